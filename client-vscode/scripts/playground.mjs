// Builds the playground into ../docs/playground: one page of files that any web server can hand out. `npm run bundle` comes before.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { notices } from "./notices.mjs";

const PLACE = "../docs/playground";
const EXAMPLE = "../examples/bookshop";

rmSync(PLACE, { recursive: true, force: true });
mkdirSync(PLACE, { recursive: true });
const { metafile } = await build({
  entryPoints: ["src/playground/main.ts", "src/playground/main.css", "src/web/worker.ts"],
  outdir: PLACE,
  entryNames: "[name]",
  bundle: true,
  format: "iife",
  target: "es2022",
  external: ["node:*", "ws"], // Pyodide asks for them only in Node.js
  minify: true,
  metafile: true,
  logLevel: "warning",
});
const records = readdirSync(EXAMPLE, { recursive: true }).map((name) => name.replaceAll("\\", "/")).filter((name) => name.endsWith(".md")).sort();
const example = Object.fromEntries(records.map((name) => [name, readFileSync(path.join(EXAMPLE, name), "utf8")]));
writeFileSync(path.join(PLACE, "example.json"), JSON.stringify(example));
cpSync("src/playground/index.html", path.join(PLACE, "index.html"));
cpSync("dist/wasm", path.join(PLACE, "wasm"), { recursive: true });
writeFileSync(path.join(PLACE, "THIRD-PARTY.txt"), [notices(Object.keys(metafile.inputs)), ...pythonNotices()].join(`\n${"-".repeat(80)}\n\n`));

/** The licences of the Python packages that are in the archive. */
function pythonNotices() {
  const libs = "bundled/libs";
  return readdirSync(libs)
    .filter((name) => name.endsWith(".dist-info"))
    .map((name) => {
      const files = readdirSync(`${libs}/${name}`, { recursive: true }).filter((file) => /(?:^|[\\/])(?:licen[cs]e|copying)[^\\/]*$/i.test(file) && statSync(`${libs}/${name}/${file}`).isFile());
      const metadata = readFileSync(`${libs}/${name}/METADATA`, "utf8").split("\n\n")[0];
      const texts = files.length > 0 ? files.map((file) => readFileSync(`${libs}/${name}/${file}`, "utf8").trim()) : [metadata];
      return `${name.replace(".dist-info", "").replace("-", " ")}\n\n${texts.join("\n\n")}\n`;
    });
}

console.log(`built the playground: serve ${path.resolve(PLACE)}`);
