/** The side bar and the search: what a user sees of all decisions, and does with them, mostly by keyboard. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { BOOKSHOP, eventually, type Options, Workbench } from "./workbench.ts";

const VIEW = "[id='workbench.view.extension.adr-ls']";
const ROWS = `${VIEW} .monaco-list-row`;
const PICKED = ".quick-input-list .monaco-list-row";
const MENU = ".monaco-menu .action-item";
const SEARCH = "docs/adr/002-search-with-elasticsearch.md";
const PASSKEYS = "docs/adr/005-sign-in-with-passkeys.md";
const THEMES = { light: "Default Light Modern", dark: "Default Dark Modern", contrast: "Default High Contrast", "light contrast": "Default High Contrast Light" };

let bench: Workbench;
let scratch: string;

before(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), "adr-ls-sidebar-"));
  bench = await Workbench.start({ name: "sidebar", folder: BOOKSHOP });
});

after(async () => {
  await bench.stop();
  rmSync(scratch, { recursive: true, force: true });
});

step("the records stand in the side bar, and before them what needs attention", async () => {
  await bench.show(SEARCH);
  await bench.ask("adr-ls.decisions.focus");
  await bench.sees(ROWS, "ADR-005: Sign in with passkeys", "Proposed");
  const [first = "", second = "", third = ""] = await bench.texts(ROWS);
  assert.match(first, /Needs attention\s*2/);
  assert.match(second, /ADR-001\s*still “Accepted”, though superseded by ADR-004/);
  assert.match(third, /ADR-005\s*proposed for \d+ days/);
  await eventually("a badge", async () => (await bench.texts(".activitybar .badge")).some((text) => text.trim() === "2"));
  assert.match((await label(ROWS, "ADR-005")) ?? "", /^ADR-005: Sign in with passkeys, Proposed, 2025-03-02, needs attention: proposed for \d+ days/);
  await eventually("a card", async () => {
    await bench.page.mouse.move(600, 400); // a row that is drawn anew under the mouse shows none
    await bench.page.locator(ROWS, { hasText: "ADR-004: " }).hover();
    return eventually("the card", async () => (await bench.texts(".monaco-hover")).some((text) => text.includes("ADR-004")), 3000);
  });
  await bench.sees(".monaco-hover", "ADR-004: Move orders to PostgreSQL", "Accepted · 2025-01-15", "Move orders, customers and stock to PostgreSQL 16");
  await bench.shot("the card of a record");
  await bench.page.mouse.move(600, 400);
});

step("it is to be read in all kinds of themes", async () => {
  for (const [kind, theme] of Object.entries(THEMES)) {
    await bench.set("workbench.colorTheme", theme);
    await eventually(theme, async () => (await bench.page.locator(".monaco-workbench").getAttribute("class"))?.includes(theme.includes("Contrast") ? "hc-" : theme.includes("Dark") ? "vs-dark" : "vs "));
    await bench.shot(kind);
  }
  await bench.set("workbench.colorTheme", undefined);
});

step("the record that is open is selected", async () => {
  await bench.show(PASSKEYS);
  await bench.sees(`${ROWS}.selected`, "ADR-005: Sign in");
  await bench.show(SEARCH);
  await bench.sees(`${ROWS}.selected`, "ADR-002");
  await bench.set("adr-ls.revealActive", false);
  await bench.show(PASSKEYS);
  await bench.sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-005");
  await bench.sees(`${ROWS}.selected`, "ADR-002");
  await bench.palette("adr-ls: Reveal in the side bar");
  await bench.sees(`${ROWS}.selected`, "ADR-005: Sign in");
  await bench.set("adr-ls.revealActive", undefined);
});

step("records are grouped as people like, and that is remembered", async () => {
  for (const [grouping, group] of [
    ["status", /^Proposed\s*1$/],
    ["year", /^2024\s*3$/],
    ["tag", /^No tag\s*5$/],
    ["owner", /^Nobody named\s*5$/],
  ] as const) {
    await bench.palette(`adr-ls: Group decisions by ${grouping}`);
    await bench.sees(ROWS, group);
    await bench.shot(`by ${grouping}`);
  }
  await bench.palette("adr-ls: Group decisions by status");
  await bench.sees(ROWS, /^Superseded\s*1$/);
  await bench.page.reload();
  await bench.page.waitForSelector(ROWS, { timeout: 90_000 });
  await bench.sees(ROWS, /^Superseded\s*1$/);
  await bench.palette("adr-ls: Group decisions by log");
  await bench.sees(ROWS, /^docs\/adr\s*5$/);
});

step("a filter counts while it is being typed, is kept or given up, and cleared", async () => {
  const shown = async (): Promise<string[]> => (await bench.texts(ROWS)).flatMap((text) => /ADR-\d+/.exec(text) ?? []);
  await filter("postgres");
  await eventually("the one that fits", async () => (await shown()).join() === "ADR-004");
  await bench.sees(`${VIEW} .message`, "“postgres”: 1 of 5");
  await bench.shot("the filter");
  await bench.page.keyboard.press("Escape");
  await eventually("all of them", async () => (await shown()).length === 7);
  await filter("status:superseded");
  await bench.page.keyboard.press("Enter");
  await eventually("those that fit", async () => (await shown()).join() === "ADR-001,ADR-001");
  await filter("nothing of the kind");
  await bench.sees(`${VIEW} .welcome-view-content`, "No decision fits the filter");
  await bench.page.keyboard.press("Enter");
  await bench.shot("nothing fits");
  await bench.page.locator(`${VIEW} .welcome-view-content`).getByRole("button", { name: "Clear the Filter" }).click();
  await eventually("all of them", async () => (await shown()).length === 7);
});

step("a search finds by title, status, decision and heading, and what is found is opened", async () => {
  await search();
  await bench.sees(PICKED, "ADR-005: Sign in with passkeys");
  assert.match((await bench.texts(PICKED))[0] ?? "", /ADR-001.*still “Accepted”/s);
  await bench.shot("the search");
  await bench.page.keyboard.type("passwords only", { delay: 30 });
  await eventually("what was decided", async () => (await bench.texts(PICKED)).length === 1);
  await bench.sees(PICKED, "ADR-005: Sign in with passkeys", "Offer passkeys first, and passwords only to those who ask for them");
  await bench.shot("what was decided");
  await bench.page.keyboard.press("Enter");
  await eventually("the record", async () => (await bench.tab()) === path.basename(PASSKEYS));
  await search();
  await bench.page.keyboard.type("containers context", { delay: 30 });
  await bench.sees(PICKED, "Context", "ADR-003: Deploy with containers");
  await bench.page.keyboard.press("Enter");
  await eventually("the heading", async () => (await bench.cursor())?.line === 5);
  assert.equal((await bench.cursor())?.file, "docs/adr/003-deploy-with-containers.md");
});

step("by keyboard alone: down to a record, opened, opened beside, and its menu", async () => {
  const { keyboard } = bench.page;
  await bench.ask("workbench.action.closeAllEditors");
  await bench.ask("adr-ls.decisions.focus");
  await keyboard.press("Home");
  await bench.sees(`${ROWS}.focused`, "Needs attention");
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await bench.sees(`${ROWS}.focused`, "ADR-005");
  await keyboard.press("Enter");
  await eventually("the record", async () => (await bench.tab()) === path.basename(PASSKEYS));
  await bench.ask("adr-ls.decisions.focus");
  await focus("ADR-003");
  await choose("Open to the side");
  await eventually("two groups of editors", async () => (await bench.page.locator(".editor-group-container").count()) === 2);
  await eventually("the record beside", async () => (await bench.tab()) === "003-deploy-with-containers.md");
  await bench.ask("workbench.action.closeAllEditors");
  await bench.ask("adr-ls.decisions.focus");
  await focus("ADR-003");
  await keyboard.press("Shift+F10");
  await bench.sees(MENU, "Change ADR status");
  const offered = (await bench.texts(MENU)).map((text) => text.trim().split("\n")[0]).filter((text) => text !== "");
  assert.deepEqual(offered, ["Open to the side", "Open preview", "Change ADR status", "Supersede ADR", "New ADR", "Copy reference"]);
  await eventually("a menu that has come", async () => (await bench.page.locator(".context-view.monaco-menu-container").last().evaluate((menu) => menu.getAnimations({ subtree: true }).length)) === 0);
  await bench.shot("the menu of a record");
  await keyboard.press("Escape");
  await choose("Open preview");
  const preview = bench.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  await preview.locator("h1", { hasText: "ADR-003" }).waitFor();
  await bench.ask("workbench.action.closeAllEditors");
});

step("a proposal is accepted from the side bar, and needs attention no longer", async () => {
  await bench.ask("adr-ls.decisions.focus");
  await focus("ADR-005: ");
  await choose("Change ADR status");
  await bench.sees(PICKED, "Accepted");
  await bench.page.keyboard.type("Accepted");
  await bench.page.keyboard.press("Enter");
  await eventually("the status", async () => (await bench.text(PASSKEYS)).includes("**Status**: Accepted"));
  await eventually("less that needs attention", async () => (await bench.texts(".activitybar .badge")).some((text) => text.trim() === "1"));
  await bench.sees(ROWS, /ADR-005: Sign in with passkeys\s*Accepted/);
  await bench.shot("accepted");
});

step("a record is superseded from the side bar", async () => {
  await bench.ask("adr-ls.decisions.focus");
  await focus("ADR-003: ");
  await choose("Supersede ADR");
  await bench.sees(PICKED, "A new ADR");
  await bench.page.keyboard.press("Enter");
  await bench.sees(".quick-input-widget", "supersedes ADR-003");
  await bench.page.keyboard.type("Deploy to Kubernetes");
  await bench.page.keyboard.press("Enter");
  await bench.sees(ROWS, "ADR-006: Deploy to Kubernetes");
  await bench.sees(ROWS, /ADR-003: Deploy with containers\s*Superseded by ADR-006/);
  await bench.shot("superseded");
});

step("a reference to a record is copied", async () => {
  await bench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await bench.ask("adr-ls.decisions.focus");
  await focus("ADR-004: ");
  await choose("Copy reference");
  await eventually("the reference", async () => (await bench.page.evaluate("navigator.clipboard.readText()")) === "ADR-004");
});

test("without records there is a way to the first one", { timeout: 180_000 }, async () => {
  const folder = path.join(scratch, "empty");
  mkdirSync(path.join(folder, "docs/adr"), { recursive: true });
  writeFileSync(path.join(folder, "README.md"), "# Nothing yet\n");
  await inside({ name: "sidebar-empty", folder }, async (other) => {
    await other.ask("adr-ls.decisions.focus");
    await other.sees(`${VIEW} .welcome-view-content`, "No decision records were found here");
    await other.shot("no records");
    await other.page.locator(`${VIEW} .welcome-view-content`).getByRole("button", { name: "New Decision Record" }).click();
    await other.sees(".quick-input-widget", "What is decided?");
    await other.page.keyboard.type("Record decisions");
    await other.page.keyboard.press("Enter");
    await other.sees(ROWS, "Record decisions");
    await other.shot("the first record");
  });
});

test("without a server it is said why nothing is known", { timeout: 180_000 }, async () => {
  await inside({ name: "sidebar-failed", folder: BOOKSHOP, settings: { "adr-ls.path": "/bin/false" } }, async (other) => {
    await other.ask("adr-ls.decisions.focus");
    await other.sees(`${VIEW} .message`, "does not start: “/bin/false” does not answer");
    await other.sees(ROWS, "Show log");
    await other.shot("no server");
    await other.ask("notifications.clearAll");
    await other.page.locator(ROWS, { hasText: "What helps" }).click();
    await other.sees(".notifications-toasts .notification-list-item", "Restart Server");
    other.setMachine({});
    await other.sees(ROWS, "ADR-002");
  });
});

test("in a window of several folders each has its logs", { timeout: 180_000 }, async () => {
  const folder = path.join(scratch, "several");
  for (const [name, title] of [["shop", "Sell books"], ["press", "Print books"]] as const) {
    mkdirSync(path.join(folder, name, "docs/adr"), { recursive: true });
    writeFileSync(path.join(folder, name, "docs/adr/0001-books.md"), `# 1. ${title}\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n`);
  }
  writeFileSync(path.join(folder, "both.code-workspace"), JSON.stringify({ folders: [{ path: "shop" }, { path: "press" }] }));
  await inside({ name: "sidebar-several", folder, workspace: "both.code-workspace" }, async (other) => {
    await other.ask("adr-ls.decisions.focus");
    await other.sees(ROWS, /^shop\/docs\/adr\s*1$/);
    await other.sees(ROWS, /^press\/docs\/adr\s*1$/);
    await other.sees(ROWS, "ADR-0001: Print books");
    await other.shot("several folders");
  });
});

/** Moves the focus of the tree, where it is, to the last row that says something. */
async function focus(text: string): Promise<void> {
  await bench.page.keyboard.press("End");
  await eventually(text, async () => {
    if ((await bench.texts(`${ROWS}.focused`)).some((each) => each.includes(text))) {
      return true;
    }
    await bench.page.keyboard.press("ArrowUp");
    return false;
  });
}

/** Asks for a filter, and types it over the one that there is. */
async function filter(query: string): Promise<void> {
  await bench.palette("adr-ls: Filter decisions…");
  await bench.sees(".quick-input-widget .quick-input-title", "Filter decisions");
  await bench.page.keyboard.press("Control+a");
  await bench.page.keyboard.type(query, { delay: 30 });
}

/** Begins a search. */
async function search(): Promise<void> {
  await bench.palette("adr-ls: Search decisions…");
  await bench.sees(".quick-input-widget .quick-input-title", "Search decisions");
}

/** Chooses something in the menu of the row that has the focus. */
async function choose(title: string): Promise<void> {
  await bench.page.keyboard.press("Shift+F10");
  await bench.sees(MENU, title);
  await eventually(title, async () => {
    if ((await bench.texts(`${MENU}.focused`)).some((text) => text.includes(title))) {
      return true;
    }
    await bench.page.keyboard.press("ArrowDown");
    return false;
  });
  await bench.page.keyboard.press("Enter");
}

/** What a screen reader says of the last row with a text. */
async function label(selector: string, text: string): Promise<string | null> {
  return bench.page.locator(selector, { hasText: text }).last().getAttribute("aria-label");
}

async function inside(options: Options, work: (bench: Workbench) => Promise<void>): Promise<void> {
  const other = await Workbench.start(options);
  try {
    await work(other);
  } catch (error) {
    await other.shot("FAILED");
    throw error;
  } finally {
    await other.stop();
  }
}

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
