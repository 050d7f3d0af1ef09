import assert from "node:assert/strict";
import { test } from "node:test";

import { isListed } from "../src/symbols";

const VERBATIM = { name: "ADR-003: Deploy with containers", isSection: false, length: "# ADR-003: Deploy with containers".length };
const OTHER = { name: "ADR-0003: Deploy with containers", isSection: false, length: "# 3. Deploy with containers".length };

for (const [what, symbol, query, expected] of [
  ["a title", VERBATIM, "deploy", true],
  ["a title by its number", VERBATIM, "adr-003", true],
  ["all titles", VERBATIM, "", true],
  ["words that stand apart", VERBATIM, "deploy containers", false],
  ["a title with another number", OTHER, "Deploy", true],
  ["a number that the heading writes otherwise", OTHER, "ADR-0003", false],
  ["a title that is no heading", { ...VERBATIM, length: 0 }, "deploy", false],
  ["a section", { name: "Drivers", isSection: true, length: 10 }, "drivers", true],
] as const) {
  test(`VS Code ${expected ? "lists" : "does not list"} ${what}`, () => {
    assert.equal(isListed(symbol, query), expected);
  });
}
