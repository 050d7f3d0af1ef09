/** Source code that refers to records, in a real workbench. */

import { after, before, test } from "node:test";

import { BOOKSHOP, eventually, Workbench } from "./workbench.ts";

const ORDERS = "src/orders.py";
const HOVER = ".monaco-hover .hover-contents";

let bench: Workbench;

before(async () => {
  bench = await Workbench.start({ name: "code", folder: BOOKSHOP, look: { "workbench.colorTheme": "Default Light Modern" } });
});

after(async () => {
  await bench.stop();
});

test("a comment that names a record shows its card, and a superseded one is struck through", async () => {
  await bench.show(ORDERS, "ADR-001");
  await eventually("the card of ADR-001", async () => {
    await bench.page.keyboard.press("Escape");
    bench.run("editor.action.showHover");
    return eventually("a hover", async () => (await bench.texts(HOVER)).some((text) => text.includes("Keep orders in MySQL")), 2000);
  });
  await bench.shot("the card in a comment");
  await bench.page.keyboard.press("Escape");
  await bench.page.locator(".squiggly-inline-deprecated").first().waitFor();
});

test("a record that does not exist is a problem", async () => {
  await bench.ask("workbench.actions.view.problems");
  await bench.sees(".markers-panel", "There is no ADR-014");
  await bench.shot("the problem in a comment");
});

test("its definition is the record, and the record says which source code refers to it", async () => {
  await bench.show(ORDERS, "ADR-001");
  await bench.ask("editor.action.revealDefinition");
  await eventually("the record", async () => (await bench.tab()) === "001-keep-orders-in-mysql.md");
});
