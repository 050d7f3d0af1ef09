// Packs adr-ls.vsix. The Marketplaces show README and CHANGELOG outside the repository: their links and pictures, relative in it, become
// those of the released version.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { URL } from "node:url";

const { repository, version } = JSON.parse(readFileSync("package.json", "utf8"));
const home = repository.url.replace(/\.git$/, "");
const inline = /(!?)(\[(?:[^\]]*)\])\((?!https?:|#)([^)\s]+)\)/g;

mkdirSync("dist", { recursive: true });
for (const [source, folder] of [["README.md", "client-vscode/"], ["../CHANGELOG.md", ""]]) {
  const text = readFileSync(source, "utf8").replace(inline, (_, picture, label, link) => {
    const address = new URL(link, `${home}/${picture === "" ? "blob" : "raw"}/v${version}/${folder}`);
    return `${picture}${label}(${address.href})`;
  });
  writeFileSync(`dist/${source.replace("../", "")}`, text);
}
const vsce = ["vsce", "package", "--no-dependencies", "--readme-path", "dist/README.md", "--changelog-path", "dist/CHANGELOG.md", "--out", "adr-ls.vsix"];
process.exit(spawnSync("npx", ["--no-install", ...vsce], { stdio: "inherit", shell: process.platform === "win32" }).status ?? 1);
