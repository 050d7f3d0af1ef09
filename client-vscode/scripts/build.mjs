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
const { metafile } = await build({
  entryPoints: tests ? ["test", "src/page"].flatMap((place) => readdirSync(place).filter((name) => name.endsWith(".test.ts")).map((name) => `${place}/${name}`)) : ["src/extension.ts"],
  outdir: folder,
  entryNames: "[name]",
  outExtension: tests ? { ".js": ".cjs" } : {},
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"], // VS Code itself provides it.
  minify: !tests,
  metafile: true,
  logLevel: "warning",
});
if (!tests) {
  // The pictures of the walkthrough are those of the documentation.
  mkdirSync("media", { recursive: true });
  for (const name of readdirSync("../docs/images").filter((each) => /^vscode-.*\.png$/.test(each))) {
    copyFileSync(`../docs/images/${name}`, `media/${name}`);
  }
  for (const [name, text] of Object.entries(await page())) {
    writeFileSync(`dist/${name}`, text); // its licences stand in it
  }
  writeFileSync("dist/THIRD-PARTY.txt", notices(Object.keys(metafile.inputs)));
}
