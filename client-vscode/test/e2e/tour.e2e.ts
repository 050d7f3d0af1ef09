/** What a user of the extension sees, one thing after the other in one workbench. */

import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import type { Locator } from "playwright-core";

import { BOOKSHOP, eventually, Workbench } from "./workbench.ts";

const RECORDS = "docs/adr";
const SEARCH = `${RECORDS}/002-search-with-elasticsearch.md`;
const ORDERS = `${RECORDS}/004-move-orders-to-postgresql.md`;
const PASSKEYS = `${RECORDS}/005-sign-in-with-passkeys.md`;
const INDEX = `${RECORDS}/README.md`;

let bench: Workbench;

before(async () => {
  bench = await Workbench.start({ name: "tour", folder: BOOKSHOP });
});

after(async () => {
  await bench.stop();
});

step("a misspelt status has a squiggle and an entry in the Problems panel", async () => {
  await bench.show(SEARCH, "Acepted");
  bench.run("workbench.panel.markers.view.focus");
  await bench.sees(".markers-panel .monaco-list-row", "Acepted", "Ln 3");
  await eventually("a squiggle", async () => (await bench.page.locator(".monaco-editor .squiggly-warning").count()) > 0);
});

step("the status bar tells of the open record, its index, and the server", async () => {
  await bench.show(ORDERS);
  await bench.sees(statusBar("record"), "ADR-004 · Accepted");
  await bench.sees(statusBar("index"), "Index: 2 missing");
  await bench.page.locator("[id='status.languageStatus']").hover();
  await bench.sees(".hover-language-status", "5 ADRs");
  await bench.shot("the language status");
  await bench.page.mouse.move(600, 400);
});

step("settings of the workspace and of the repository count at once", async () => {
  const problems = ".markers-panel .monaco-list-row";
  const isReported = async (): Promise<boolean> => (await bench.texts(problems)).some((text) => text.includes("Acepted"));
  await bench.show(SEARCH);
  bench.run("workbench.panel.markers.view.focus");
  await eventually("the problem", isReported);
  await bench.set("adr-ls.rules", { "status-unknown": "off" });
  await eventually("the workspace's setting to count", async () => !(await isReported()));
  await bench.set("adr-ls.rules", undefined);
  await eventually("the problem", isReported);
  writeFileSync(bench.path("adr-ls.toml"), '[rules]\nstatus-unknown = "off"\n');
  await eventually("the repository's setting to count", async () => !(await isReported()));
  rmSync(bench.path("adr-ls.toml"));
  await eventually("the problem", isReported);
});

step("every setting has a control on the page of settings", async () => {
  await bench.ask("workbench.action.openSettings", "@ext:adr-ls.adr-ls");
  const items = ".settings-editor .setting-item-contents";
  await bench.sees(items, "Profile", "As the repository says");
  const without = new Set<string>();
  await eventually("all of them", async () => {
    for (const text of (await bench.texts(items)).filter((each) => each.includes("Edit in settings.json"))) {
      without.add(text.split("\n")[0] ?? "");
    }
    await bench.page.locator(".settings-tree-container .monaco-list").hover();
    await bench.page.mouse.wheel(0, 300);
    return (await bench.texts(items)).some((text) => text.includes("Trace"));
  });
  assert.deepEqual([...without], ["Adr-ls: Overrides"]);
  await bench.shot("the end of the settings");
  await bench.ask("workbench.action.closeActiveEditor");
});

step("what is wrong in the settings file is told in it, and mended", async () => {
  writeFileSync(bench.path("adr-ls.toml"), 'profle = "strict"\n');
  await bench.show("adr-ls.toml", "profle");
  // Not in the list of problems, of which only the rows in sight are there
  await eventually("a squiggle", async () => (await bench.page.locator(".monaco-editor .squiggly-warning").count()) > 0);
  await quickFix("profile");
  await onDisk("adr-ls.toml", /^profile = "strict"$/m);
  await bench.ask("workbench.action.closeActiveEditor");
  rmSync(bench.path("adr-ls.toml"));
});

step("in a workspace that says so, adr-ls is off, and says so", async () => {
  await bench.set("adr-ls.enable", false);
  await bench.show(SEARCH);
  await eventually("no server", () => bench.servers().length === 0);
  await eventually("nothing in the status bar", async () => !(await bench.texts(statusBar("record"))).some((text) => text !== ""));
  await bench.palette("adr-ls: New ADR");
  await bench.sees(".notifications-toasts .notification-list-item", "turned off here", "Open Settings");
  assert.deepEqual(await bench.texts(".quick-input-widget"), [], "it asks for a title that leads to nothing");
  await bench.shot("turned off");
  await bench.ask("notifications.clearAll");
  await bench.set("adr-ls.enable", undefined);
  await bench.sees(statusBar("record"), "ADR-002");
});

step("commands are in the menus where they apply, and only there", async () => {
  const menu = ".monaco-menu .action-item";
  const offered = async (): Promise<string[]> => (await bench.texts(menu)).filter((text) => text.includes("ADR")).map((text) => text.replace(/\n.*/, "")); // without its key
  await bench.show(SEARCH);
  await bench.sees(statusBar("record"), "ADR-002");
  await bench.page.locator(".editor-instance .view-line", { hasText: "Context" }).click({ button: "right" });
  await bench.sees(menu, "New ADR");
  assert.deepEqual(await offered(), ["New ADR", "Change ADR status", "Supersede ADR", "Update ADR index", "Show graph around this ADR"]);
  await bench.page.keyboard.press("Escape");
  await bench.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "adr" }).first().click({ button: "right" });
  await bench.sees(menu, "New ADR");
  assert.deepEqual(await offered(), ["New ADR"]);
  await bench.page.keyboard.press("Escape");
  await bench.show("README.md");
  await bench.page.locator(".editor-instance .view-line", { hasText: "bookshop" }).first().click({ button: "right" });
  await bench.sees(menu, "Copy");
  assert.deepEqual(await offered(), []);
  await bench.page.keyboard.press("Escape");
});

step("beside VS Code's own Markdown features nothing is there twice", async () => {
  await bench.show(ORDERS, "001-keep-orders");
  await bench.page.keyboard.press("Shift+F12");
  await bench.sees(".reference-zone-widget .ref-tree", "001-keep-orders");
  await bench.sees(".reference-zone-widget .peekview-title", "References (5)");
  await bench.page.keyboard.press("Escape");
  await bench.show(ORDERS, "001-keep-orders");
  await bench.page.keyboard.press("F12");
  await eventually("the record itself, not a choice", async () => (await bench.tab()) === "001-keep-orders-in-mysql.md");
  await bench.ask("outline.focus");
  await bench.sees(".outline-tree .monaco-list-row", "ADR-001: Keep orders in MySQL");
  assert.equal((await bench.texts(".outline-tree .monaco-list-row")).filter((text) => text.includes("Context")).length, 1);
  await bench.ask("workbench.files.action.focusFilesExplorer");
  await bench.ask("workbench.action.quickOpen", "#Keep orders");
  const symbols = ".quick-input-list .monaco-list-row";
  await bench.sees(symbols, "ADR-001: Keep orders in MySQL");
  await bench.shot("symbols");
  assert.equal((await bench.texts(symbols)).filter((text) => text.includes("Keep orders in MySQL")).length, 1);
  await bench.page.keyboard.press("Escape");
});

step("above the title stands who refers to the record, and a click shows where", async () => {
  const lens = ".codelens-decoration a";
  await bench.show(SEARCH, "002");
  await bench.sees(lens, "referenced by");
  await bench.shot("the lenses");
  await bench.page.locator(lens, { hasText: "referenced by" }).first().click();
  await bench.sees(".reference-zone-widget .ref-tree", path.basename(ORDERS));
  await bench.shot("the references behind a lens");
  await bench.page.keyboard.press("Escape");
});

step("where VS Code checks links itself, a dead one is reported once, and its fix is offered", async () => {
  const dead = async (): Promise<number> => (await bench.texts(".markers-panel .monaco-list-row")).filter((text) => text.includes("003-deploy-with-container.md")).length;
  await bench.show(SEARCH, "deploy-with-container.md");
  bench.run("workbench.panel.markers.view.focus");
  await bench.sees(".markers-panel .monaco-list-row", "There is no file", "adr-ls");
  await bench.set("markdown.validate.enabled", true);
  await bench.sees(".markers-panel .monaco-list-row", "File does not exist");
  await eventually("one report", async () => (await dead()) === 1);
  await bench.shot("links checked by VS Code");
  await bench.show(SEARCH, "deploy-with-container.md");
  await offeredFix("Link to ADR-003");
  await bench.page.keyboard.press("Escape");
  await bench.set("markdown.validate.enabled", undefined);
  await bench.sees(".markers-panel .monaco-list-row", "There is no file", "adr-ls");
});

step("a hover shows the card of the record that is named", async () => {
  await bench.show(SEARCH, "ADR-001 cannot");
  await hover("ADR-001");
  await bench.sees(".monaco-hover .hover-contents", "Keep orders in MySQL", "Superseded by");
});

step("F12 on a bare reference goes to the record", async () => {
  await bench.show(ORDERS, "ADR-002 has");
  await eventually("the other record", async () => {
    await bench.page.keyboard.press("F12");
    return eventually("its tab", async () => (await bench.tab()) === path.basename(SEARCH), 2000);
  });
});

step("in a link, records are offered and one is taken", async () => {
  await bench.show(ORDERS, "will tell how.");
  await bench.ask("cursorLineEnd");
  await bench.page.keyboard.type(" See [ADR-00", { delay: 60 });
  const list = ".suggest-widget.visible .monaco-list-row";
  await bench.sees(list, "ADR-005");
  await bench.shot("completion");
  await bench.page.locator(list, { hasText: "ADR-005" }).first().click();
  await eventually("the link", async () => (await bench.text(ORDERS)).includes("[ADR-005"));
  await onDisk(ORDERS, /See \[ADR-005[^\]]*\]\(\.\/005-sign-in-with-passkeys\.md\)/);
});

step("in the index, an entry is found by a word of its title, and arrives whole", async () => {
  const before = await bench.text(INDEX);
  await bench.show(INDEX);
  await bench.ask("cursorBottom");
  await bench.page.keyboard.type("\n- [pass", { delay: 60 });
  const list = ".suggest-widget.visible .monaco-list-row";
  await bench.sees(list, "ADR-005");
  await bench.shot("completion in the index");
  await bench.page.keyboard.press("Enter");
  await onDisk(INDEX, /\n- \[ADR-005: Sign in with passkeys\]\(\.\/005-sign-in-with-passkeys\.md\)\s*$/);
  writeFileSync(bench.path(INDEX), before);
  await eventually("the index to be as it was", async () => (await bench.text(INDEX)) === before);
});

step("in the preview, a bare reference is a link with title and status, struck through if superseded", async () => {
  await bench.show(ORDERS);
  bench.run("markdown.showPreviewToSide");
  const preview = bench.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  const superseded = preview.getByTitle("ADR-001: Keep orders in MySQL (superseded)");
  await superseded.locator("s", { hasText: "ADR-001" }).waitFor();
  const other = preview.getByTitle("ADR-002: Search with Elasticsearch");
  assert.equal(await other.locator("s").count(), 0);
  assert.equal(await preview.locator("a", { hasText: "ADR-012" }).count(), 0);
  await superseded.hover();
  await bench.shot("the preview");
  await other.click();
  await preview.getByRole("heading", { name: "ADR-002: Search with Elasticsearch" }).waitFor();
  await bench.ask("workbench.action.closeAllEditors");
});

step("a quick-fix mends the status on the disk", async () => {
  await bench.show(SEARCH, "Acepted");
  await bench.sees(statusBar("record"), "ADR-002 · Acepted");
  await quickFix("Accepted");
  await onDisk(SEARCH, /^\*\*Status\*\*: Accepted$/m);
});

step("the status is changed from the status bar", async () => {
  await bench.show(PASSKEYS);
  await bench.sees(statusBar("record"), "ADR-005 · Proposed");
  await bench.page.locator(statusBar("record")).click();
  const rows = ".quick-input-list .monaco-list-row";
  await bench.sees(rows, "Proposed", "now");
  await bench.shot("the statuses");
  await bench.page.locator(rows, { hasText: "Accepted" }).click();
  await bench.sees(statusBar("record"), "ADR-005 · Accepted");
  await onDisk(PASSKEYS, /^\*\*Status\*\*: Accepted$/m);
});

step("a new record is made in the style of the others, with the cursor in place", async () => {
  await bench.palette("adr-ls: New ADR");
  const box = bench.page.locator(".quick-input-widget .quick-input-box input");
  await bench.sees(".quick-input-widget", "New ADR");
  await box.fill("Cache rendered pages");
  await bench.page.keyboard.press("Enter");
  const file = `${RECORDS}/006-cache-rendered-pages.md`;
  await eventually("its editor", async () => (await bench.cursor())?.file === file);
  await bench.sees(statusBar("record"), "ADR-006 · Proposed");
  assert.match(await bench.text(file), /^# ADR-006: Cache rendered pages\n\n\*\*Status\*\*: Proposed\n\*\*Date\*\*: \d{4}-\d\d-\d\d\n\n## Context\n/);
  const { line } = (await bench.cursor()) ?? assert.fail();
  assert.equal((await bench.text(file)).split("\n")[line - 2], "## Context");
  await eventually("all saved by itself", async () => (await bench.page.locator(".tab.dirty").count()) === 0);
});

step("the update of the index is shown, and can be discarded", async () => {
  await bench.show(INDEX);
  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".editor-instance .modified-in-monaco-diff-editor .view-lines", "ADR-005: Sign in with passkeys");
  await bench.sees(".quick-input-widget", "Update the ADR index", "Apply", "Discard");
  await bench.shot("the update of the index");
  await bench.page.keyboard.press("Escape");
  await bench.page.getByRole("button", { name: "Discard this change" }).click();
  await eventually("the index itself", async () => (await bench.tab()) === "README.md");
  assert.ok(!(await bench.text(INDEX)).includes("ADR-005"));
});

step("asked for twice, the update is shown once", async () => {
  const diffs = (): Promise<number> => bench.page.locator(".tab", { hasText: "Update the ADR index" }).count();
  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".quick-input-widget", "Update the ADR index", "Apply");
  await bench.page.keyboard.press("Escape");
  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".quick-input-widget", "Update the ADR index", "Apply");
  assert.equal(await diffs(), 1);
  await bench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Discard" }).click();
  await eventually("no preview", async () => (await diffs()) === 0);
});

step("the index is updated once the change is confirmed", async () => {
  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".quick-input-widget", "Update the ADR index", "Apply");
  assert.ok(!(await bench.text(INDEX)).includes("ADR-005"));
  await bench.page.keyboard.press("Enter");
  await eventually("the entry", async () => (await bench.text(INDEX)).includes("ADR-005: Sign in with passkeys"));
  await onDisk(INDEX, /- \[ADR-005: Sign in with passkeys\]\(\.\/005-sign-in-with-passkeys\.md\)\n {2}- \*\*Status\*\*: Accepted/);
});

step("where that is set, saving a record keeps its index", async () => {
  await bench.set("adr-ls.updateIndexOnSave", true);
  await bench.show(PASSKEYS, "Accepted");
  await bench.page.locator(statusBar("record")).click();
  await bench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Proposed" }).click();
  await bench.sees(statusBar("record"), "ADR-005 · Proposed");
  bench.run("workbench.action.files.save");
  await eventually("the index", async () => /ADR-005: .*\n {2}- \*\*Status\*\*: Proposed/.test(await bench.text(INDEX)));
  await bench.set("adr-ls.updateIndexOnSave", undefined);
  await save();
});

step("the successor is asked for from the status and from the light bulb, too", async () => {
  const rows = ".quick-input-list .monaco-list-row";
  const before = bench.read(PASSKEYS);
  await bench.show(PASSKEYS, "Proposed");
  await bench.sees(statusBar("record"), "ADR-005 · Proposed");
  await bench.page.locator(statusBar("record")).click();
  await bench.page.locator(rows, { hasText: "Superseded" }).click();
  await bench.sees(".quick-input-widget", "Which ADR supersedes ADR-005?", "A new ADR", "ADR-006");
  await bench.page.keyboard.press("Escape");
  await bench.show(PASSKEYS, "Proposed");
  await quickFix("Supersede by an existing ADR");
  await bench.sees(".quick-input-widget", "Which ADR supersedes ADR-005?", "ADR-006");
  await bench.page.keyboard.press("Escape");
  await bench.show(PASSKEYS, "Proposed");
  await quickFix("Supersede by a new ADR");
  await bench.sees(".quick-input-widget", "New ADR", "What is decided?");
  await bench.shot("the title of the successor");
  await bench.page.keyboard.press("Escape");
  assert.equal(await bench.text(PASSKEYS), before);
});

step("a record is superseded by a new one from the palette, on both sides and in the index", async () => {
  const [old, successor] = [`${RECORDS}/003-deploy-with-containers.md`, `${RECORDS}/007-deploy-to-kubernetes.md`];
  await bench.show(old);
  await bench.sees(statusBar("record"), "ADR-003");
  await bench.palette("adr-ls: Supersede ADR");
  const rows = ".quick-input-list .monaco-list-row";
  await bench.sees(rows, "ADR-005: Sign in with passkeys");
  await bench.shot("which ADR supersedes");
  await bench.page.locator(rows, { hasText: "A new ADR" }).click();
  await bench.sees(".quick-input-widget", "ADR that supersedes ADR-003");
  await bench.page.locator(".quick-input-widget .quick-input-box input").fill("Deploy to Kubernetes");
  await bench.page.keyboard.press("Enter");
  await eventually("its editor", async () => (await bench.cursor())?.file === successor);
  await bench.sees(statusBar("record"), "ADR-007 · Proposed");
  await onDisk(successor, /Supersedes.*ADR-003/);
  await onDisk(old, /Superseded by.*ADR-007/);
  await onDisk(INDEX, /ADR-007: Deploy to Kubernetes/);
});

step("where that is set, what is safe is fixed on saving", async () => {
  const file = `${RECORDS}/008-save.md`;
  await bench.set("editor.codeActionsOnSave", { "source.fixAll.adr-ls": "explicit" });
  writeFileSync(bench.path(file), "# ADR-008: Save\n\n**Status**: Acepted\n\n## Context\n\nA.\n");
  await bench.show(file, "A.");
  await bench.sees(statusBar("record"), "ADR-008 · Acepted");
  await bench.page.keyboard.type("Once. ");
  await eventually("what was typed", async () => (await bench.text(file)).includes("Once. "));
  await bench.page.keyboard.press("Control+S");
  await eventually("the fix on the disk", () => /^\*\*Status\*\*: Accepted$/m.test(bench.read(file)) && bench.read(file).includes("Once. "));
  await bench.set("editor.codeActionsOnSave", undefined);
  await bench.ask("workbench.action.closeActiveEditor");
  rmSync(bench.path(file));
});

step("all that is safe is fixed from the palette", async () => {
  const file = `${RECORDS}/008-fix.md`;
  writeFileSync(bench.path(file), "# ADR-008: Fix\n\n**Status**: Acepted\n**Date**: 2024-05-06\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n## Consequences\n\nC.\n");
  await bench.show(file);
  await bench.sees(statusBar("record"), "ADR-008 · Acepted");
  await bench.palette("adr-ls: Fix all safe problems of this file");
  await onDisk(file, /^\*\*Status\*\*: Accepted$/m);
  await onDisk(INDEX, /ADR-008: Fix/);
});

step("of the open index, the status bar tells its own state", async () => {
  await bench.show(INDEX);
  await bench.sees(statusBar("index"), "Index of");
  await eventually("nothing of a record", async () => !(await bench.texts(statusBar("record"))).some((text) => text !== ""));
  rmSync(bench.path(`${RECORDS}/008-fix.md`)); // what it lists and is no longer there is told as a problem
  writeFileSync(bench.path(`${RECORDS}/008-other.md`), "# ADR-008: Other\n\n**Status**: Proposed\n");
  await bench.sees(statusBar("index"), "Index: 1 missing");
  rmSync(bench.path(`${RECORDS}/008-other.md`));
});

step("the walkthrough leads through all that", async () => {
  await bench.ask("workbench.action.closeAllEditors");
  await bench.ask("workbench.action.openWalkthrough", "adr-ls.adr-ls#start");
  await bench.sees(".getting-started-category, .gettingStartedContainer", "Get started with adr-ls", "See what is wrong", "Keep the index");
  await eventually("its picture", async () => (await bench.page.locator(".getting-started-media img").count()) > 0);
});

step("the server that was killed comes back", async () => {
  const [old] = bench.servers();
  assert.ok(old !== undefined, "no server runs");
  process.kill(old.pid, "SIGKILL");
  await eventually("another server", () => bench.servers().some(({ pid }) => pid !== old.pid));
  await bench.show(SEARCH, "ADR-001 cannot");
  await hover("Keep orders in MySQL");
});

step("links follow a file that gets another name in the explorer", async () => {
  const [old, name] = ["003-deploy-with-containers.md", "003-deploy-with-images.md"];
  await bench.show(`${RECORDS}/${old}`);
  await bench.ask("workbench.files.action.showActiveFileInExplorer");
  await bench.page.locator(".explorer-folders-view .monaco-list-row.focused", { hasText: old }).waitFor();
  await bench.page.keyboard.press("F2");
  await bench.page.locator(".explorer-item-edited input").fill(name);
  await bench.page.keyboard.press("Enter");
  const dialog = bench.page.locator(".monaco-dialog-box");
  await dialog.waitFor();
  await bench.shot("the question");
  await dialog.getByRole("button", { name: "OK" }).click();
  await eventually("the file of that name", () => existsSync(bench.path(`${RECORDS}/${name}`)));
  await eventually("the link in the index", async () => (await bench.text(INDEX)).includes(`](./${name})`));
  await bench.sees(statusBar("record"), "ADR-003"); // of the file that is open under its new name
  await bench.sees(statusBar("index"), "Index");
  await save();
});

step("F2 on a reference gives the record another number, with its file and all that refer to it", async () => {
  await bench.show(ORDERS, "ADR-002");
  await bench.page.keyboard.press("F2");
  const box = bench.page.locator(".rename-box input");
  await eventually("the number", async () => (await box.inputValue()) === "002");
  await bench.shot("the number");
  await box.fill("9");
  await bench.page.keyboard.press("Enter");
  const moved = SEARCH.replace("002", "009");
  await eventually("the file of that number", () => existsSync(bench.path(moved)) && !existsSync(bench.path(SEARCH)));
  await onDisk(moved, /^# ADR-009: Search with Elasticsearch$/m);
  await onDisk(ORDERS, /The import of ADR-009 has to be rewritten/);
  await onDisk(INDEX, /\[ADR-009: Search with Elasticsearch\]\(\.\/009-search-with-elasticsearch\.md\)/);
});

/** The item of the status bar that the extension calls so. */
function statusBar(name: string): string {
  return `[id='adr-ls.adr-ls.adr-ls.${name}']`;
}

function step(name: string, work: () => Promise<void>): void {
  test(name, { timeout: 180_000 }, async () => {
    try {
      await work();
      await bench.shot(name);
      assert.deepEqual(await bench.texts(".notifications-toasts .notification-list-item:has(.codicon-error)"), []);
    } catch (error) {
      await bench.shot(`FAILED ${name}`);
      throw error;
    }
  });
}

/** Asks for the hover at the cursor until there is one; the server may still be reading. */
async function hover(text: string): Promise<void> {
  await eventually("a hover", async () => {
    await bench.page.keyboard.press("Escape");
    bench.run("editor.action.showHover");
    return eventually("hover", async () => (await bench.texts(".monaco-hover .hover-contents")).some((each) => each.includes(text)), 2000);
  });
}

/** Opens the menu of quick-fixes until it has one that says so, and gives its row. */
async function offeredFix(title: string): Promise<Locator> {
  const row = bench.page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
  await eventually("the quick-fix", async () => {
    await bench.page.keyboard.press("Escape");
    await bench.page.keyboard.press("Control+.");
    return eventually("the menu", () => row.isVisible(), 3000);
  });
  await bench.shot("quick-fix");
  return row;
}

async function quickFix(title: string): Promise<void> {
  await (await offeredFix(title)).click();
}

async function save(): Promise<void> {
  await eventually("files saved", async () => {
    await bench.ask("workbench.action.files.saveAll");
    return (await bench.page.locator(".tab.dirty").count()) === 0;
  });
}

/** Waits until the editor holds of a file what it should, however long that is on its way, and then for the disk. */
async function onDisk(file: string, pattern: RegExp): Promise<void> {
  try {
    await eventually(`${file} in the editor`, async () => pattern.test(await bench.text(file)));
    await eventually(`${file} on the disk`, async () => {
      await save();
      return pattern.test(bench.read(file));
    });
  } catch {
    assert.match(bench.read(file), pattern);
  }
}
