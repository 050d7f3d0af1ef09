// Runs a script with the Python named by PYTHON, or else the first one found.
import { spawnSync } from "node:child_process";

const candidates = process.env.PYTHON ? [process.env.PYTHON] : ["python3", "python", "py"];
const python = candidates.find((name) => spawnSync(name, ["--version"]).status === 0);
if (python === undefined) {
  console.error(`There is no Python here (looked for ${candidates.join(", ")}); set PYTHON to one.`);
  process.exit(1);
}
process.exit(spawnSync(python, process.argv.slice(2), { stdio: "inherit" }).status ?? 1);
