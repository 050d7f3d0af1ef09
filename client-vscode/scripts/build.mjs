// Bundles the extension into dist/extension.js, or with --tests each test into out/, where `node --test` finds it.
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { notices } from "./notices.mjs";
import { page } from "./page.mjs";

const tests = process.argv.includes("--tests");
const folder = tests ? "out" : "dist";
for (const each of tests ? [folder] : [folder, "media"]) {
  rmSync(each, { recursive: true, force: true });
}
const inputs = [];

/** Bundles what is named, for where it runs. */
async function bundle(entryPoints, options) {
  const { metafile } = await build({ entryPoints, outdir: folder, entryNames: "[name]", bundle: true, minify: !tests, metafile: true, logLevel: "warning", ...options });
  inputs.push(...Object.keys(metafile.inputs));
}

const testsIn = (place) => readdirSync(place).filter((name) => name.endsWith(".test.ts")).map((name) => `${place}/${name}`);
await bundle(tests ? ["test", "src/page"].flatMap(testsIn) : ["src/desktop.ts", "src/wasm/process.ts"], {
  outExtension: tests ? { ".js": ".cjs" } : {},
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"], // VS Code itself provides it.
});
if (!tests) {
  const browser = { platform: "browser", target: "es2022" };
  // Where there is no Node.js, paths are those of a package, and Pyodide does not ask for what only Node.js has.
  await bundle([{ in: "src/web/extension.ts", out: "web" }], { ...browser, format: "cjs", external: ["vscode"], alias: { "node:path": "path-browserify" } });
  await bundle(["src/web/worker.ts"], { ...browser, format: "iife", external: ["node:*", "ws"] });
  // The pictures of the walkthrough are those of the documentation.
  mkdirSync("media", { recursive: true });
  for (const name of readdirSync("../docs/images").filter((each) => /^vscode-.*\.png$/.test(each))) {
    copyFileSync(`../docs/images/${name}`, `media/${name}`);
  }
  for (const [name, text] of Object.entries(await page())) {
    writeFileSync(`dist/${name}`, text); // its licences stand in it
  }
  writeFileSync("dist/THIRD-PARTY.txt", notices([...new Set(inputs)]));
}
