/** What VS Code's own check of Markdown links reports already. Nothing here knows VS Code. */

/** Which of its checks are on, by the names of their settings below `markdown.validate`. */
export interface Checks {
  readonly enabled: boolean;
  readonly fileLinks: boolean;
  readonly fragmentLinks: boolean;
  readonly referenceLinks: boolean;
}

/** Of which of the server's rules each check finds the same. */
const RULES: Readonly<Record<string, Exclude<keyof Checks, "enabled">>> = {
  "link-broken": "fileLinks",
  "link-anchor": "fragmentLinks",
  "link-undefined": "referenceLinks",
};

/**
 * Whether VS Code reports a problem of that rule, too; `before` is what stands on the line before it.
 *
 * VS Code knows the links of Markdown alone, and not those of front matter, wikis or bare text. Its report is kept, since people have
 * asked for it; the server's quick-fixes are offered all the same.
 */
export function isReported(rule: string, before: string, checks: Checks): boolean {
  const check = RULES[rule];
  const isOfMarkdown = rule === "link-undefined" || /(?:\]\(\s*<?|^\s*\[[^\]]+\]:\s*<?)[^()\s<>]*$/.test(before);
  return check !== undefined && checks.enabled && checks[check] && isOfMarkdown;
}
