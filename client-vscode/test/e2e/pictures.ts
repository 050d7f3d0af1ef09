/** Takes the pictures of the READMEs, of docs/daily-work.md and of docs/sharing.md anew, in docs/images. Needs pngquant; look at each before it is kept. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Page } from "playwright-core";

import { BOOKSHOP, browse, CLIENT, eventually, Workbench } from "./workbench.ts";

const IMAGES = path.join(import.meta.dirname, "../../../docs/images");
const RECORDS = "docs/adr";
/** The open record in the status bar, and what is offered to choose from. */
const STATUS = "[id='adr-ls.adr-ls.adr-ls.record']";
const ROWS = ".quick-input-list .monaco-list-row";
const TREE = "[id='workbench.view.extension.adr-ls'] .monaco-list-row";
/** The largest that a picture may be, in bytes. */
const MOST = 150_000;

const bench = await Workbench.start({
  name: "pictures",
  folder: BOOKSHOP,
  size: { width: 1000, height: 620 },
  look: {
    "breadcrumbs.enabled": false,
    "diffEditor.renderSideBySide": false,
    "editor.hover.above": false,
    "editor.lightbulb.enabled": "off",
    "editor.scrollbar.vertical": "hidden",
    "editor.stickyScroll.enabled": false,
    "explorer.compactFolders": true,
    "window.commandCenter": false,
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": false,
  },
});

try {
  const { page } = bench;
  await bench.show(`${RECORDS}/002-search-with-elasticsearch.md`, "ADR-001 cannot");
  bench.run("workbench.panel.markers.view.focus");
  await bench.sees(".markers-panel .monaco-list-row", "section-missing");
  await bench.show(`${RECORDS}/002-search-with-elasticsearch.md`, "ADR-001 cannot");
  await shows("editor.action.showHover", ".monaco-hover .hover-contents", "Superseded by");
  await picture("vscode-problems");

  await page.keyboard.press("Escape");
  await bench.show(`${RECORDS}/002-search-with-elasticsearch.md`, "Acepted");
  const fixes = page.locator(".action-widget .monaco-list-row.action");
  await eventually("the fixes", async () => {
    await page.keyboard.press("Control+.");
    return eventually("the menu", () => fixes.first().isVisible(), 3000);
  });
  await picture("daily-fix", { y: 0, height: 400 });

  await page.keyboard.press("Escape");
  await bench.ask("workbench.action.closePanel");
  await bench.ask("workbench.action.toggleSidebarVisibility");
  await bench.show(`${RECORDS}/004-move-orders-to-postgresql.md`, "will tell how.");
  await bench.ask("cursorLineEnd");
  await page.keyboard.type(" See [ADR-00", { delay: 60 });
  await bench.sees(".suggest-widget.visible .monaco-list-row", "ADR-005");
  await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "ADR-005" }).hover();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+Space");
  await bench.sees(".suggest-details", "passkeys");
  await picture("vscode-completion", { y: 300, height: 240 });
  await page.keyboard.press("Escape");
  await bench.ask("workbench.action.files.revert");
  await bench.ask("workbench.action.closeAllEditors");

  await bench.show(`${RECORDS}/004-move-orders-to-postgresql.md`);
  await bench.ask("markdown.showPreviewToSide");
  const preview = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  await preview.locator("s", { hasText: "ADR-001" }).waitFor();
  await picture("vscode-preview", { y: 0, height: 440 });
  await bench.ask("workbench.action.closeAllEditors");

  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".modified-in-monaco-diff-editor .view-lines", "ADR-004: Move orders");
  await bench.sees(ROWS, "Apply");
  await picture("vscode-index", { y: 0, height: 460 });
  await page.locator(ROWS, { hasText: "Apply" }).click();
  await bench.sees(STATUS.replace("record", "index"), "Index of 5 ADRs");
  await bench.ask("workbench.action.files.saveAll");
  await eventually("files saved", async () => (await page.locator(".tab.dirty").count()) === 0);

  await bench.show(`${RECORDS}/005-sign-in-with-passkeys.md`);
  await bench.sees(STATUS, "ADR-005 · Proposed");
  await page.locator(STATUS).click();
  await bench.sees(ROWS, "Accepted");
  await picture("daily-status", { y: 0, height: 400 });
  await page.keyboard.press("Escape");

  await bench.show(`${RECORDS}/003-deploy-with-containers.md`);
  await bench.sees(STATUS, "ADR-003");
  await bench.palette("adr-ls: Supersede ADR");
  await bench.sees(ROWS, "ADR-005");
  await picture("daily-supersede", { y: 0, height: 400 });
  await page.locator(ROWS, { hasText: "A new ADR" }).click();
  await bench.sees(".quick-input-widget", "supersedes ADR-003");
  await page.locator(".quick-input-widget .quick-input-box input").fill("Deploy to Kubernetes");
  await page.keyboard.press("Enter");
  await bench.sees(STATUS, "ADR-006 · Proposed");
  await picture("daily-new", { y: 0, height: 460 });

  await bench.show(`${RECORDS}/003-deploy-with-containers.md`);
  await bench.sees(STATUS, "ADR-003 · Superseded");
  await bench.sees(".codelens-decoration", "superseded by ADR-006");
  await picture("daily-superseded", { y: 0, height: 400 });

  await bench.show(`${RECORDS}/004-move-orders-to-postgresql.md`, "ADR-002");
  bench.run("references-view.findReferences");
  await bench.sees(".references-view, .tree-explorer-viewlet-tree-view", "README.md");
  await bench.show(`${RECORDS}/004-move-orders-to-postgresql.md`, "ADR-002");
  await picture("daily-references", { y: 0, height: 400 });
  await bench.ask("workbench.action.toggleSidebarVisibility");

  await bench.show(`${RECORDS}/004-move-orders-to-postgresql.md`, "ADR-002");
  await page.keyboard.press("F2");
  await page.locator(".rename-box input").waitFor();
  await picture("daily-rename", { y: 0, height: 400 });
  await page.keyboard.press("Escape");

  await bench.show(`${RECORDS}/004-move-orders-to-postgresql.md`);
  await bench.sees(STATUS, "ADR-004");
  await page.keyboard.press("Shift+Alt+G");
  await page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame").locator(".node.focused").waitFor();
  await picture("daily-graph");
  await bench.show(`${RECORDS}/002-search-with-elasticsearch.md`);
  await bench.palette("adr-ls: Fix all safe problems of this file");
  await bench.sees(STATUS, "ADR-002 · Accepted");
  await bench.ask("workbench.action.files.saveAll");
  await bench.ask("workbench.action.closeAllEditors");
  await bench.show(`${RECORDS}/005-sign-in-with-passkeys.md`);
  await bench.ask("adr-ls.groupBy.status");
  await bench.ask("adr-ls.decisions.focus");
  await bench.sees(TREE, "ADR-006");
  const edge = (await page.locator(".part.sidebar").boundingBox()) ?? { x: 0, width: 0 };
  await page.mouse.move(edge.x + edge.width + 2, 300);
  await page.mouse.down();
  await page.mouse.move(430, 300, { steps: 5 });
  await page.mouse.up();
  await picture("daily-decisions", { y: 0, height: 400 });
  await bench.palette("adr-ls: Search decisions…");
  await bench.sees(".quick-input-widget .quick-input-title", "Search decisions");
  await page.keyboard.type("orders", { delay: 60 });
  await bench.sees(ROWS, "ADR-004");
  await picture("vscode-decisions", { y: 0, height: 400 });
} finally {
  await bench.stop();
}
await ofSite();

/** The pages that the command line writes, as the middle of a window. */
async function ofSite(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "adr-ls-pictures-"));
  const browser = await browse();
  try {
    execFileSync("python3", [path.join(CLIENT, "bundled/run.py"), "site", BOOKSHOP, "--output", folder]);
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
    await page.goto(`file://${folder}/index.html`);
    await picture("site", undefined, page);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command until what it shows says `text`. */
async function shows(command: string, selector: string, text: string): Promise<void> {
  await eventually(text, async () => {
    bench.run(command);
    return eventually(text, async () => (await bench.texts(selector)).some((each) => each.includes(text)), 2000);
  });
}

/** Keeps the page as a picture, or a strip of it. */
async function picture(name: string, strip?: { readonly y: number; readonly height: number }, page: Page = bench.page): Promise<void> {
  await page.mouse.move(200, 605); // where nothing shows a card when it is pointed at
  await sleep(1000); // what fades in has to be there
  const file = path.join(IMAGES, `${name}.png`);
  await page.screenshot({ path: file, ...(strip === undefined ? {} : { clip: { x: 0, width: 1000, ...strip } }) });
  execFileSync("pngquant", ["--force", "--strip", "--speed", "1", "--quality", "60-95", "--output", file, file]);
  const { size } = statSync(file);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(size / 1000)} KB`);
  if (size > MOST) {
    throw new Error(`${name} is larger than ${MOST / 1000} KB`);
  }
}
