/** Which files are lent first, where there may be too many of them. Nothing here knows VS Code. */

/** The folders that are never looked into; a test compares them with those of the server. */
export const SKIPPED = new Set([
  ...[".git", ".hg", ".svn", ".bzr", ".jj"],
  ...["node_modules", "bower_components", "site-packages", ".bundle", ".yarn", ".pnpm-store"],
  ...[".venv", "venv", ".tox", ".nox", ".direnv", ".eggs"],
  ...["__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".cache", ".gradle", ".terraform"],
]);

const PROSE = /\.(?:md|markdown|mdx|adoc|asciidoc|asc|rst|txt|org)$/i;
const HOME = /(?:^|\/)[^/]*(?:adr|decision|rfc)[^/]*\//i;
const NUMBERED = /(?:^|\/)(?:adr[-_ ]?)?\d{2,}[^/]*$/i;

/** The paths in the order in which they matter: what sets something, what is likely a record, and then what is near the top. */
export function inOrder(paths: readonly string[]): string[] {
  const weight = (path: string): number => (!PROSE.test(path) ? 0 : HOME.test(path) || NUMBERED.test(path) ? 1 : 2);
  const depth = (path: string): number => path.split("/").length;
  return [...paths].sort((one, other) => weight(one) - weight(other) || depth(one) - depth(other) || (one < other ? -1 : 1));
}
