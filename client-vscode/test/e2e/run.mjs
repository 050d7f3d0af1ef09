// Runs the end-to-end tests with the Node.js that runs code-server, too. Arguments: the tests to run.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
if (!existsSync(path.join(here, "../../adr-ls.vsix"))) {
  console.error("The extension has to be built first: make vsix");
  process.exit(1);
}
const node = path.join(here, `node_modules/node-linux-${process.arch}/bin/node`);
const tests = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(here).filter((name) => name.endsWith(".e2e.ts"));
rmSync(path.join(here, "out"), { recursive: true, force: true });
// One after the other: a workbench takes both cores of a small machine.
const { status } = spawnSync(existsSync(node) ? node : process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...tests], {
  cwd: here,
  stdio: "inherit",
});
process.exit(status ?? 1);
