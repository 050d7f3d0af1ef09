import assert from "node:assert/strict";
import { test } from "node:test";

import { edited } from "../src/edits";

test("edits are made where they stand in the text before", () => {
  const [first, second] = [
    { start: 0, end: 3, newText: "" },
    { start: 4, end: 7, newText: "three" },
  ];
  for (const edits of [[first, second], [second, first]]) {
    assert.equal(edited("one two.", edits), " three.");
  }
  assert.equal(edited("as it is", []), "as it is");
});

test("insertions at one place keep their order", () => {
  const at = { start: 1, end: 1 };
  assert.equal(
    edited("()", [
      { ...at, newText: "a" },
      { ...at, newText: "b" },
    ]),
    "(ab)",
  );
});

test("an insertion stands before what is replaced at its place", () => {
  assert.equal(
    edited("old", [
      { start: 0, end: 0, newText: "a " },
      { start: 0, end: 3, newText: "new" },
    ]),
    "a new",
  );
});
