/** The side bar: what a user sees of all decisions, and does with them, by keyboard. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BOOKSHOP, eventually, Workbench } from "./workbench.ts";

const ROWS = "[id='workbench.view.extension.adr-ls'] .monaco-list-row";

let bench: Workbench;

before(async () => {
  bench = await Workbench.start({ name: "sidebar", folder: BOOKSHOP });
});

after(async () => {
  await bench.stop();
});

step("the records stand in the side bar, and before them what needs attention", async () => {
  await bench.show("docs/adr/002-search-with-elasticsearch.md");
  bench.run("adr-ls.decisions.focus");
  await bench.sees(ROWS, "ADR-005", "proposed for");
  await bench.sees(ROWS, "ADR-002");
  await bench.shot("by log");
  assert.match((await bench.texts(ROWS))[0] ?? "", /Needs attention/);
  await eventually("a badge", async () => (await bench.texts(".activitybar .badge")).some((text) => text.trim() !== ""));
});

function step(name: string, work: () => Promise<void>): void {
  test(name, { timeout: 120_000 }, async () => {
    try {
      await work();
    } catch (error) {
      await bench.shot("FAILED");
      throw error;
    }
  });
}
