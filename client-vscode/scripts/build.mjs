// Bundles the extension into dist/extension.js, or with --tests each test into out/, where `node --test` finds it.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const tests = process.argv.includes("--tests");
const folder = tests ? "out" : "dist";
rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: tests ? readdirSync("test").map((name) => `test/${name}`) : ["src/extension.ts"],
  outdir: folder,
  outExtension: tests ? { ".js": ".cjs" } : {},
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"], // VS Code itself provides it.
  minify: !tests,
  legalComments: "linked",
  logLevel: "warning",
});
