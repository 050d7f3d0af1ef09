/** The panel that draws how the records hang together, in a real workbench; and the page that the command line makes of the same. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import type { FrameLocator, Page } from "playwright-core";

import { BOOKSHOP, browse, CLIENT, eventually, OUT, Workbench } from "./workbench.ts";

const RECORDS = "docs/adr";
const ORDERS = `${RECORDS}/004-move-orders-to-postgresql.md`;
const PASSKEYS = `${RECORDS}/005-sign-in-with-passkeys.md`;
const STATUS = "[id='adr-ls.adr-ls.adr-ls.record']";

let bench: Workbench;

before(async () => {
  bench = await Workbench.start({ name: "graph", folder: BOOKSHOP, look: { "workbench.colorTheme": "Dark Modern" } });
});

after(async () => {
  await bench.stop();
});

function panel(): FrameLocator {
  return bench.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}

/** Opens a file in the editor beside the panel. */
async function show(file: string, at = ""): Promise<void> {
  await bench.ask("workbench.action.focusFirstEditorGroup");
  await bench.show(file, at);
}

/** The ids of the records that are drawn. */
async function drawn(): Promise<string[]> {
  return (await panel().locator(".node .id").allTextContents()).sort();
}

async function draws(...ids: string[]): Promise<void> {
  let last: string[] = [];
  await eventually(
    `only ${ids.join(", ")}`,
    async () => {
      last = await drawn();
      return last.join() === ids.join();
    },
    20_000,
  ).catch(() => {
    throw new Error(`drawn are ${last.join(", ")}, not ${ids.join(", ")}`);
  });
}

test("the graph of all records opens beside the editor, at the record that is open", async () => {
  await show(ORDERS);
  await bench.sees(STATUS, "ADR-004");
  await bench.palette("adr-ls: Show ADR graph");
  await draws("ADR-001", "ADR-002", "ADR-003", "ADR-004", "ADR-005");
  await eventually("the record marked", async () => (await panel().locator(".node.selected .id").textContent()) === "ADR-004");
  await bench.shot("all records, dark");
});

test("a key shows what is near the open record, and the panel follows the editor", async () => {
  await show(ORDERS);
  await bench.sees(STATUS, "ADR-004");
  await bench.page.keyboard.press("Shift+Alt+G");
  await draws("ADR-001", "ADR-002", "ADR-004");
  await bench.shot("near ADR-004, dark");
  await show(PASSKEYS);
  await draws("ADR-005");
  await show(ORDERS);
  await draws("ADR-001", "ADR-002", "ADR-004");
});

test("what is typed changes the drawing", async () => {
  await show(ORDERS, "will tell how.");
  await bench.ask("cursorLineEnd");
  await bench.page.keyboard.type(" See ADR-005.", { delay: 20 });
  await draws("ADR-001", "ADR-002", "ADR-004", "ADR-005");
  await bench.ask("workbench.action.files.revert");
  await draws("ADR-001", "ADR-002", "ADR-004");
});

test("what is made and deleted on the disk changes it as well", async () => {
  const file = bench.path(`${RECORDS}/006-ship-by-train.md`);
  writeFileSync(file, "# ADR-006: Ship by train\n\n**Status**: Proposed\n**Date**: 2025-04-01\n**Amends**: ADR-004\n");
  await draws("ADR-001", "ADR-002", "ADR-004", "ADR-006");
  rmSync(file);
  await draws("ADR-001", "ADR-002", "ADR-004");
});

test("a record is opened from the drawing, by the mouse and by the keyboard, in the editor beside", async () => {
  await panel().locator(".node.superseded").click();
  await eventually("the record", async () => (await bench.cursor())?.file === `${RECORDS}/001-keep-orders-in-mysql.md`);
  await draws("ADR-001", "ADR-002", "ADR-004");
  await panel().locator(".node.selected").focus();
  await bench.page.keyboard.press("ArrowDown"); // in a place that is higher than wide, later records stand below
  await bench.page.keyboard.press("Enter");
  await eventually("another record", async () => /00[24]/.test((await bench.cursor())?.file ?? ""));
});

test("what was chosen stays when the panel is hidden and shown again", async () => {
  await panel().getByRole("button", { name: "Timeline" }).click();
  await eventually("the axis", async () => (await panel().locator(".tick").count()) > 0);
  await bench.shot("the timeline, dark");
  await panel().locator("body").focus();
  await bench.ask("workbench.action.focusNextGroup");
  await bench.ask("workbench.action.files.newUntitledFile");
  await eventually("the panel again", async () => {
    await bench.ask("workbench.action.closeActiveEditor");
    return (await panel().locator("button[aria-pressed='true']").textContent()) === "Timeline";
  });
  await panel().getByRole("button", { name: "Graph", exact: true }).click();
});

test("it has the colours of the theme, light and with high contrast", async () => {
  const colour = async (): Promise<string> => panel().locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  for (const [theme, said] of [["Light Modern", "rgb(255, 255, 255)"], ["Default High Contrast", "rgb(0, 0, 0)"]] as const) {
    await bench.set("workbench.colorTheme", theme);
    await eventually(theme, async () => (await colour()) === said);
    await bench.shot(theme);
  }
});

// The page of the command line

let folder: string;
let browser: Awaited<ReturnType<typeof browse>>;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "adr-ls-page-"));
  browser = await browse();
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The page of some records, with what it asked for besides and what went wrong in it. */
async function opened(records: string, colorScheme: "light" | "dark", ...options: readonly string[]): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> {
  const file = path.join(folder, `${path.basename(records)}.html`);
  execFileSync("python3", [path.join(CLIENT, "bundled/run.py"), "graph", records, "--format", "html", "--output", file, ...options]);
  const page = await browser.newPage({ viewport: { width: 1200, height: 700 }, colorScheme });
  const wrong: string[] = [];
  page.on("pageerror", ({ message }) => wrong.push(message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("request", (request) => request.url() !== `file://${file}` && wrong.push(request.url()));
  page.on("dialog", (dialog) => {
    wrong.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`file://${file}`);
  await page.locator(".node, .group.closed").first().waitFor();
  return { page, wrong };
}

for (const scheme of ["light", "dark"] as const) {
  test(`the page draws the records in ${scheme} colours, and fetches nothing`, async () => {
    const { page, wrong } = await opened(BOOKSHOP, scheme);
    assert.equal(await page.locator(".node").count(), 5);
    assert.equal(await page.locator("tbody tr").count(), 5);
    assert.equal(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor), scheme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)");
    await page.screenshot({ path: path.join(OUT, `page-${scheme}.png`) });
    await page.getByRole("button", { name: "Timeline" }).click();
    await page.getByLabel("Together by").selectOption("area");
    await page.screenshot({ path: path.join(OUT, `page-timeline-${scheme}.png`) });
    assert.deepEqual(wrong, []);
    await page.close();
  });
}

test("the page is used by the keyboard alone", async () => {
  const { page, wrong } = await opened(BOOKSHOP, "light");
  await page.keyboard.press("/");
  await page.keyboard.type("passkeys");
  assert.equal(await page.locator(".told").textContent(), "1 of 5 records with “passkeys”");
  assert.deepEqual(await page.locator("tbody tr th").allTextContents(), ["ADR-005: Sign in with passkeys"]);
  await page.keyboard.press("Enter");
  assert.match(String(await page.evaluate(() => document.activeElement?.querySelector("title")?.textContent)), /^ADR-005: Sign in with passkeys, proposed, 2025-03-02/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("f");
  assert.match(String(await page.locator(".told").textContent()), /records near ADR-00/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".told").textContent(), "5 records");
  assert.equal(await page.locator(".drawing [tabindex='0']").count(), 1, "Tab comes to one record alone");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("what is not chosen is in neither the drawing nor the table", async () => {
  const { page } = await opened(BOOKSHOP, "light");
  await page.getByRole("checkbox", { name: "superseded" }).uncheck();
  assert.equal(await page.locator(".node").count(), 4);
  assert.equal(await page.locator("tbody tr").count(), 4);
  await page.getByRole("checkbox", { name: "refers to" }).uncheck();
  assert.equal(await page.locator(".drawing g .line").count(), 0);
  await page.close();
});

test("the page begins as the command line was told, and at the record that its address names", async () => {
  const { page } = await opened(BOOKSHOP, "light", "--by", "status");
  assert.deepEqual((await page.locator(".group .name").allTextContents()).sort(), ["accepted", "other", "proposed", "superseded"]);
  await page.evaluate(() => {
    location.hash = "ADR-004";
  });
  await eventually("what is near it", async () => (await page.locator(".node").count()) === 3);
  await page.close();
});

test("titles that look like markup are text", async () => {
  const records = path.join(folder, "hostile/docs/adr");
  execFileSync("mkdir", ["-p", records]);
  const titles = ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "{{x}} ${y} `z` &lt;b&gt;"];
  titles.forEach((title, at) => {
    writeFileSync(path.join(records, `000${at + 1}-x.md`), `---\ntitle: ${JSON.stringify(title)}\nstatus: ${JSON.stringify(title)}\ncategory: ${JSON.stringify(title)}\n---\n\n# ${title.replaceAll("<", "\\<")}\n\nSee ADR-${at}.\n`);
  });
  const { page, wrong } = await opened(path.join(folder, "hostile"), "light");
  const shown = await page.locator("tbody tr th a").allTextContents();
  titles.forEach((title, at) => {
    assert.ok(shown[at]?.includes(title.slice(0, 8)), `${String(shown[at])} is not ${title}`);
  });
  assert.equal(await page.locator("img, #page script").count(), 0);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("a log of a thousand records is closed groups at first, and a record of it is soon found", async () => {
  const records = path.join(folder, "large/docs/adr");
  execFileSync("mkdir", ["-p", records]);
  for (let at = 1; at <= 1000; at += 1) {
    const number = String(at).padStart(4, "0");
    const text = `# ${at}. Decide on matter ${at}\n\n**Status**: Accepted\n**Date**: ${2015 + Math.floor(at / 100)}-03-01\n${at % 9 === 0 ? `**Supersedes**: ADR-${String(at - 5).padStart(4, "0")}\n` : ""}\nSee ADR-${String(Math.max(1, at - 3)).padStart(4, "0")}.\n`;
    writeFileSync(path.join(records, `${number}-matter.md`), text);
  }
  const { page, wrong } = await opened(path.join(folder, "large"), "light");
  assert.equal(await page.locator(".node").count(), 0);
  assert.equal(await page.locator(".group.closed").count(), 11);
  await page.screenshot({ path: path.join(OUT, "page-large.png") });
  await page.getByRole("button", { name: /^2020, 100 records/ }).click();
  assert.equal(await page.locator(".node").count(), 100);
  await page.screenshot({ path: path.join(OUT, "page-large-open.png") });
  await page.keyboard.press("/");
  await page.keyboard.type("matter 512");
  await page.keyboard.press("Enter");
  await eventually("the record", async () => (await page.locator(".node.selected .id").textContent()) === "ADR-0512");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("nothing in the page keeps people from using it, as axe sees it", async () => {
  const axe = readFileSync(path.join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
  for (const scheme of ["light", "dark"] as const) {
    const { page } = await opened(BOOKSHOP, scheme);
    // The page's own policy lets no other script in, so it is evaluated by the browser's debugger.
    await page.evaluate(axe);
    const found = await page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`))");
    assert.deepEqual(found, []);
    await page.close();
  }
});
