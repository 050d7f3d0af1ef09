// Builds the page that draws graphs, as one script and one style sheet that need nothing else, and writes both into adr_ls/graph, where
// the command line finds them without Node.js; with --check it only looks whether they are there already.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { notices, packagesOf } from "./notices.mjs";

const SOURCES = "src/page";
const PLACE = "../adr_ls/graph";

/** The files of the page by their names. */
export async function page() {
  const { metafile, outputFiles } = await build({
    entryPoints: [`${SOURCES}/main.ts`, `${SOURCES}/page.css`],
    outdir: ".",
    bundle: true,
    format: "iife",
    target: "es2022",
    legalComments: "none", // they are all said at the top
    minify: true,
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const files = Object.keys(metafile.inputs);
  const built = new Map(outputFiles.map(({ path, text }) => [path.endsWith(".css") ? "page.css" : "page.js", text]));
  const inert = (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`; // they stand in strings alone
  const [script, style] = [built.get("page.js").replaceAll(/[^\n\t -~]/g, inert), built.get("page.css")];
  if (/<\/script|<!--|[^\n\t -~]/i.test(script) || /<\/style/i.test(style)) {
    throw new Error("the page cannot stand in HTML as it is");
  }
  const held = packagesOf(files).map(({ name, version, license }) => `${name} ${version} (${license})`).join(", ");
  const said = `The page of “adr-ls graph”, built of client-vscode/${SOURCES} by “make page”; sources ${digest()}`;
  const licences = notices(files).replaceAll("*/", "* /").replaceAll(/<(?=[!/])/g, "< ");
  return { "page.js": `/*! ${said}\nIt holds ${held}.\n\n${licences}*/\n${script}`, "page.css": `/*! ${said} */\n${style}` };
}

/** What tells the sources from others: a test in Python, where there is no Node.js, compares it. */
function digest() {
  const hash = createHash("sha256");
  for (const name of readdirSync(SOURCES).filter((one) => /(?<!\.test)\.(?:ts|css)$/.test(one)).sort()) {
    hash.update(`${name}\n${readFileSync(`${SOURCES}/${name}`, "utf8").replaceAll("\r\n", "\n")}\n`);
  }
  return hash.digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const isChecking = process.argv.includes("--check");
  for (const [name, text] of Object.entries(await page())) {
    if (!isChecking) {
      writeFileSync(`${PLACE}/${name}`, text);
      console.log(`${name}: ${Math.round(text.length / 1000)} KB`);
    } else if (readFileSync(`${PLACE}/${name}`, "utf8").replaceAll("\r\n", "\n") !== text) {
      console.error(`adr_ls/graph/${name} is not what these sources and packages build: run “make page”.`);
      process.exitCode = 1;
    }
  }
}
