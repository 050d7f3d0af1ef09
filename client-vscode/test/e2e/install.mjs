// Brings a real VS Code workbench here: code-server and the Node.js it needs from npm, Chromium from the distribution. What is there
// already stays. Nothing is compiled: the native parts that this leaves out are only used for log files and the terminal.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
const server = path.join(here, "node_modules/code-server/lib/vscode");
const stamp = path.join(here, "node_modules/.complete");
const lock = readFileSync(path.join(here, "package-lock.json"), "utf8");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  console.error("Installing code-server (about a minute and 1 GB) …");
  npm(here, "ci");
  // The packages of the workbench itself come apart from those of code-server; what has to be compiled for them is left out.
  for (const directory of [server, path.join(server, "extensions")]) {
    npm(directory, "install", "--omit=dev", "--no-save");
  }
  writeFileSync(stamp, lock);
}

if (!["chromium", "chromium-browser", "google-chrome"].some((name) => works(name, "--version"))) {
  console.error("Installing Chromium …");
  if (process.getuid?.() !== 0 || !works("apt-get", "--version")) {
    fail("Chromium is needed and was not found; install it with the package manager of your system.");
  }
  run("apt-get", ["-qq", "update"]);
  run("apt-get", ["-qq", "install", "--no-install-recommends", "chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"]);
}

function npm(directory, ...args) {
  rmSync(path.join(directory, "node_modules"), { recursive: true, force: true });
  run("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: directory });
}

function run(command, args, options = {}) {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", env: environment, ...options });
  if (status !== 0) {
    fail(`${command} ${args.join(" ")} failed: ${error?.message ?? ""}\n${stdout ?? ""}${stderr ?? ""}`);
  }
}

function works(command, ...args) {
  return spawnSync(command, args).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
