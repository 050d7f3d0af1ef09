// Runs the end-to-end tests, or the TypeScript file that is named instead, with the Node.js that runs code-server, too.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
if (!existsSync(path.join(here, "../../adr-ls.vsix"))) {
  console.error("The extension has to be built first: make vsix");
  process.exit(1);
}
const node = path.join(here, `node_modules/node-linux-${process.arch}/bin/node`);
const [script] = process.argv.slice(2);
// One test after the other: a workbench takes both cores of a small machine.
const tests = ["--test", "--test-concurrency=1", "--test-reporter=spec", ...readdirSync(here).filter((name) => name.endsWith(".e2e.ts"))];
rmSync(path.join(here, "out"), { recursive: true, force: true });
const { status } = spawnSync(existsSync(node) ? node : process.execPath, script === undefined ? tests : [script], { cwd: here, stdio: "inherit" });
process.exit(status ?? 1);
