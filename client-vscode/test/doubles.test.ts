import assert from "node:assert/strict";
import { test } from "node:test";

import { isReported } from "../src/doubles";

const ALL = { enabled: true, fileLinks: true, fragmentLinks: true, referenceLinks: true };

for (const [what, rule, before, checks, expected] of [
  ["a dead link", "link-broken", "See [ADR-003](", ALL, true],
  ["a dead link in angle brackets", "link-broken", "See [ADR-003](<", ALL, true],
  ["a dead link of a definition", "link-broken", "[adr3]: ", ALL, true],
  ["a dead anchor", "link-anchor", "See [ADR-003](003-x.md", ALL, true],
  ["a label without a definition", "link-undefined", "See ", ALL, true],
  ["a dead link, unless it is told to", "link-broken", "See [ADR-003](", { ...ALL, enabled: false }, false],
  ["a dead link, if it shall not", "link-broken", "See [ADR-003](", { ...ALL, fileLinks: false }, false],
  ["the link of a wiki", "link-broken", "See [[", ALL, false],
  ["a file that the front matter names", "link-broken", "supersedes: ", ALL, false],
  ["an unknown record", "reference-unknown", "See [ADR-003](", ALL, false],
] as const) {
  test(`VS Code ${expected ? "reports" : "does not report"} ${what}`, () => {
    assert.equal(isReported(rule, before, checks), expected);
  });
}
