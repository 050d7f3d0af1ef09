/** The playground in a browser: records are checked, mended and made on a page that asks nobody but its own web server. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import { serve, type Served } from "./serve.ts";
import { browse, eventually, OUT } from "./workbench.ts";

const PLAYGROUND = path.join(import.meta.dirname, "../../../docs/playground");

let served: Served;
let browser: Browser;
let page: Page;
const wrong: string[] = [];
const asked: string[] = [];

before(async () => {
  served = await serve({ "/some/where/": `${PLAYGROUND}/` });
  browser = await browse();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("console", (message) => {
    if (message.type() === "error") {
      wrong.push(message.text());
    }
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${served.address}/some/where/index.html`);
});

after(async () => {
  await browser.close();
  await served.close();
});

step("the example is read, its problems are listed, and so are those of each file", async () => {
  await said("#state", "5 records");
  await said("#problems li", "Unknown status “Acepted”");
  await said("#problems li", "is not in this index");
  await said("#files li", "002-search-with-elasticsearch.md");
});

step("a problem is shown where it is, and mended", async () => {
  await eventually("a squiggle", async () => (await page.locator(".cm-lintRange-warning").count()) > 0);
  await page.locator("#problems .fix", { hasText: "Accepted" }).first().click();
  await eventually("the fix", async () => (await text()).includes("**Status**: Accepted"));
  await eventually("no such problem", async () => !(await texts("#problems li")).some((each) => each.includes("Acepted")));
});

step("a record that is named shows its card", async () => {
  const place = await page.locator(".cm-line", { hasText: "ADR-001" }).evaluate((line) => {
    const range = document.createRange();
    const [node] = line.childNodes;
    const start = line.textContent.indexOf("ADR-001");
    if (node !== undefined) {
      range.setStart(node, start);
      range.setEnd(node, start + 7);
    }
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.move(place.x - 3, place.y);
  await page.mouse.move(place.x, place.y);
  await said(".cm-tooltip", "Keep orders in MySQL");
});

step("what is typed is checked, and records are offered", async () => {
  await page.mouse.move(1, 1);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nAs said in ADR-042, and ");
  await said("#problems li", "There is no ADR-042");
  await page.keyboard.type("ADR-00");
  await page.keyboard.press("Control+Space");
  await said(".cm-tooltip-autocomplete", "ADR-005");
  await page.keyboard.press("Escape");
});

step("a new record is made in the style of the others", async () => {
  page.once("dialog", (dialog) => void dialog.accept("Pay by invoice"));
  await page.getByRole("button", { name: "New record…" }).click();
  await said("#name", "docs/adr/006-pay-by-invoice.md");
  assert.match(await text(), /# ADR-006: Pay by invoice/);
  await said("#state", "6 records");
});

step("records of one's own take the place of the example", async () => {
  await page.locator("#open").setInputFiles([
    { name: "0001-use-rust.md", mimeType: "text/markdown", buffer: Buffer.from("# 1. Use Rust\n\nDate: 2024-01-02\n\n## Status\n\nAcceptd\n\n## Context\n\nSpeed.\n\n## Decision\n\nRust.\n\n## Consequences\n\nNone.\n") },
  ]);
  await said("#state", "1 record");
  await said("#problems li", "Acceptd");
  assert.equal(await page.locator("#files li").count(), 1);
  await page.locator("#problems .fix", { hasText: "Accepted" }).first().click();
  await said("#problems", "None.");
});

step("everybody can use it, by light and by dark", async () => {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")); // the page lets no script in
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
    assert.deepEqual(found, [], colorScheme);
  }
});

step("nothing was asked of anybody else, and nothing went wrong", () => {
  assert.deepEqual([...new Set(asked.map((url) => new URL(url).origin))].filter((origin) => origin !== "null"), [served.address]);
  assert.deepEqual(wrong, []);
  return Promise.resolve();
});

let hasFailed = false;

function step(name: string, work: () => Promise<void>): void {
  test(name, { timeout: 120_000 }, async (context) => {
    if (hasFailed) {
      context.skip("what comes before it has failed");
      return;
    }
    hasFailed = true;
    try {
      await work();
      hasFailed = false;
    } finally {
      await page.screenshot({ path: path.join(OUT, `playground-${name.replaceAll(/\W+/g, "-")}.png`) });
    }
  });
}

async function texts(selector: string): Promise<string[]> {
  return page.locator(selector).allInnerTexts();
}

async function text(): Promise<string> {
  return (await texts(".cm-line")).join("\n");
}

async function said(selector: string, part: string): Promise<void> {
  let last: string[] = [];
  try {
    await eventually(selector, async () => {
      last = await texts(selector);
      return last.some((each) => each.includes(part));
    });
  } catch {
    assert.fail(`${selector} does not say ${part}; it says ${JSON.stringify(last)}; ${wrong.join("; ")}`);
  }
}
