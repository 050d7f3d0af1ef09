// The licences of the packages whose code is in a bundle: they ask to be passed on with it.
import { existsSync, readdirSync, readFileSync } from "node:fs";

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
      const own = readdirSync(directory).find((each) => /^(licen[cs]e|copying)/i.test(each));
      const file = own === undefined ? `licences/${name}.txt` : `${directory}/${own}`; // some packages forget theirs
      if (!existsSync(file)) {
        throw new Error(`${name} is bundled, but has no licence file`);
      }
      return `${name} ${version} (${license})\n\n${readFileSync(file, "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
