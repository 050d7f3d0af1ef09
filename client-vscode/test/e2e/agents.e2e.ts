/** What coding agents in a real workbench are offered. */

import { after, before, test } from "node:test";
import path from "node:path";

import { BOOKSHOP, eventually, Workbench } from "./workbench.ts";

/** A Python that has the package `mcp`. */
const PYTHON = path.join(import.meta.dirname, "../../../.venv/bin/python");
const PICKED = ".quick-input-widget .quick-input-list .monaco-list-row";

let bench: Workbench;

before(async () => {
  bench = await Workbench.start({ name: "agents", folder: BOOKSHOP, settings: { "adr-ls.interpreter": PYTHON } });
});

after(async () => {
  await bench.stop();
});

/** What the list of servers for agents says of ours; undefined where it is not in it. */
async function listed(): Promise<string | undefined> {
  await bench.page.keyboard.press("Escape");
  bench.run("workbench.mcp.listServer");
  await eventually("a list of servers", async () => (await bench.texts(".quick-input-widget")).length > 0, 5000);
  return (await bench.texts(PICKED)).find((text) => text.includes("Decisions"));
}

test("the decisions of the opened folder are among the servers for agents", async () => {
  await bench.show("docs/adr/002-search-with-elasticsearch.md");
  await eventually("the server for agents", listed);
  await bench.shot("the servers for agents");
});

test("it runs, and VS Code finds its tools", async () => {
  await bench.page.locator(PICKED).filter({ hasText: "Decisions" }).click();
  await bench.page.locator(PICKED).filter({ hasText: "Start Server" }).click();
  await eventually("a server that runs", async () => (await listed())?.includes("Running"));
  await bench.shot("the server runs");
});

test("it can be turned off", async () => {
  await bench.set("adr-ls.agents", false);
  await eventually("no server for agents", async () => (await listed()) === undefined);
});
