// Bundles the extension into dist/extension.js, or with --tests each test into out/, where `node --test` finds it.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const tests = process.argv.includes("--tests");
const folder = tests ? "out" : "dist";
for (const each of tests ? [folder] : [folder, "media"]) {
  rmSync(each, { recursive: true, force: true });
}
const { metafile } = await build({
  entryPoints: tests ? readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`) : ["src/extension.ts"],
  outdir: folder,
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
  writeFileSync("dist/THIRD-PARTY.txt", notices(Object.keys(metafile.inputs)));
}

/** The licences of the packages whose code is in the bundle: they ask to be passed on with it. */
function notices(files) {
  const packages = new Set(files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  return [...packages]
    .sort()
    .map((directory) => {
      const { name, version, license } = JSON.parse(readFileSync(`${directory}/package.json`, "utf8"));
      const file = readdirSync(directory).find((each) => /^(licen[cs]e|copying)/i.test(each));
      if (file === undefined) {
        throw new Error(`${name} is bundled, but has no licence file`);
      }
      return `${name} ${version} (${license})\n\n${readFileSync(`${directory}/${file}`, "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
