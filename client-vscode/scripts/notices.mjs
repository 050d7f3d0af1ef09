// The licences of the packages whose code is in a bundle: they ask to be passed on with it.
import { readdirSync, readFileSync } from "node:fs";

/** The packages that the files of a bundle are from, by their names, each with its directory, version and licence. */
export function packagesOf(files) {
  const directories = new Set(files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  return [...directories].sort().map((directory) => {
    const { name, version, license } = JSON.parse(readFileSync(`${directory}/package.json`, "utf8"));
    return { directory, name, version, license };
  });
}

export function notices(files) {
  return packagesOf(files)
    .map(({ directory, name, version, license }) => {
      const file = readdirSync(directory).find((each) => /^(licen[cs]e|copying)/i.test(each));
      if (file === undefined) {
        throw new Error(`${name} is bundled, but has no licence file`);
      }
      return `${name} ${version} (${license})\n\n${readFileSync(`${directory}/${file}`, "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
