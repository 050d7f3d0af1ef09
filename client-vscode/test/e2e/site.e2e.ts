/** The pages that `adr-ls site` writes, in a real browser: from a folder and from a server, with and without scripts, in all forms. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import type { BrowserContextOptions, Page } from "playwright-core";

import { BOOKSHOP, browse, CLIENT, eventually, OUT } from "./workbench.ts";

const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
/** One record with all that can stand in one, and much that must not do anything. */
const RICH = `---
status: accepted
date: 2024-05-06
tags: [storage, demo]
deciders: Anna Müller
supersedes: ADR-0001
---
# Everything in one record </script><img src=x onerror=alert(1)>

## Context

A ~~wrong~~ right thing[^1], see ADR-0001 and [the first](0001-первое.md#контекст). <kbd>Ctrl</kbd> [no](javascript:alert(1))

### Tasks

- [ ] to do
- [x] done

> [!WARNING]
> Take *care*.

| Left | Right | A long name of a column that is wide |
|:-----|------:|---|
| a | 1 | ${"word ".repeat(30)} |

##### Deep

![Flow](images/flow.png) ![far](https://example.org/far.png) <img src="images/flow.png" onerror="alert(1)">

<details><summary>More</summary>

Hidden.

</details>

<script>alert(1)</script><iframe src="https://example.org"></iframe><a href="javascript:alert(1)" onclick="alert(1)">x</a>

\`\`\`py
${"def f(): pass  # ".repeat(20)}
\`\`\`

[^1]: A note.
`;

let folder: string;
let rich: string;
let browser: Awaited<ReturnType<typeof browse>>;
let server: Server;
let served: string;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "adr-ls-site-"));
  const records = path.join(folder, "rich/docs/adr");
  mkdirSync(path.join(records, "images"), { recursive: true });
  writeFileSync(path.join(records, "0001-первое.md"), "---\nstatus: accepted\ndate: 2023-01-02\n---\n# Первое решение\n\n## Контекст\n\nПроза.\n");
  writeFileSync(path.join(records, "0002-everything.md"), RICH);
  writeFileSync(path.join(records, "0003-b.adoc"), "= ADR-0003: In AsciiDoc\n\n== Status\n\nProposed\n\nSee ADR-0002.\n");
  writeFileSync(path.join(records, "images/flow.png"), PIXEL);
  rich = path.join(folder, "rich");
  write(rich, "--output", path.join(folder, "rich-site"));
  write(rich, "--output", path.join(folder, "rich.html"));
  write(BOOKSHOP, "--output", path.join(folder, "bookshop-site"));
  browser = await browse();
  server = createServer(({ url }, response) => {
    const name = decodeURIComponent(new URL(url ?? "/", "http://localhost").pathname).replace(/^\/some\/path\//, "");
    if (name === "/favicon.ico") {
      response.writeHead(204).end(); // browsers ask for one of themselves
      return;
    }
    response.setHeader("content-type", name.endsWith(".html") ? "text/html" : "image/png");
    response.end(readFileSync(path.join(folder, "rich-site", name)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  served = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path`;
});

after(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(...words: readonly string[]): void {
  execFileSync("python3", [path.join(CLIENT, "bundled/run.py"), "site", ...words]);
}

/** A page, with what it asked for that does not lie beside it and what went wrong in it. */
async function opened(address: string, options: BrowserContextOptions = {}): Promise<{ readonly page: Page; readonly wrong: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", ({ message }) => wrong.push(message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`file://${folder}`) && !url.startsWith(served) && !url.startsWith("data:")) {
      wrong.push(url);
    }
  });
  page.on("dialog", (dialog) => {
    wrong.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address);
  return { page, wrong };
}

function at(name: string): string {
  return `file://${folder}/${name}`;
}

/** All pages of the rich site, the folder's and the one. */
function all(): string[] {
  const records = readdirSync(path.join(folder, "rich-site/docs/adr")).map((name) => `rich-site/docs/adr/${name}`);
  return ["rich-site/index.html", "rich-site/timeline.html", "rich-site/graph.html", ...records, "rich.html"];
}

function rows(page: Page): Promise<string[]> {
  return page.locator(".row:visible .called").allTextContents();
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`in ${colorScheme} colours no page fetches anything or keeps people from using it, as axe sees it`, async () => {
    const axe = readFileSync(path.join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
    for (const name of all()) {
      const { page, wrong } = await opened(at(name), { colorScheme });
      await page.screenshot({ path: path.join(OUT, `site-${colorScheme}-${path.basename(name, ".html")}.png`), fullPage: true });
      // The page's own policy lets no other script in, so it is evaluated by the browser's debugger.
      await page.evaluate(axe);
      const found = await page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`))");
      assert.deepEqual(found, [], name);
      assert.deepEqual(wrong, [], name);
      await page.context().close();
    }
  });
}

test("decisions are found by words of their texts, and what is chosen stands in the address", async () => {
  const { page, wrong } = await opened(at("bookshop-site/index.html"));
  assert.equal((await rows(page)).length, 5);
  await page.keyboard.press("/");
  await page.keyboard.type("Managed ELASTIC");
  assert.deepEqual(await rows(page), ["Search with Elasticsearch"]);
  assert.equal(await page.locator("output").textContent(), "1 of 5");
  await page.getByRole("button", { name: "Clear" }).click(); // the browser empties the fields before the page looks at them
  await eventually("all decisions are there again", async () => (await rows(page)).length === 5);
  await page.getByLabel("Status").selectOption("Superseded");
  assert.deepEqual(await rows(page), ["Keep orders in MySQL"]);
  assert.match(page.url(), /#status=Superseded$/);
  await page.reload();
  assert.deepEqual(await rows(page), ["Keep orders in MySQL"]);
  await page.getByLabel("Only what holds").check();
  assert.deepEqual(await rows(page), []);
  assert.equal(await page.locator("output").textContent(), "Nothing fits.");
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("without scripts everything is read and reached but the search", async () => {
  const { page, wrong } = await opened(at("bookshop-site/index.html"), { javaScriptEnabled: false });
  assert.equal(await page.locator(".filters").isVisible(), false);
  assert.equal(await page.locator(".row").count(), 5);
  await page.getByRole("link", { name: "Keep orders in MySQL" }).click();
  assert.match(String(await page.locator(".fate").textContent()), /^Replaced by ADR-004: Move orders to PostgreSQL\.$/);
  await page.locator(".fate a").click();
  assert.match(String(await page.locator("h1").textContent()), /^Move orders to PostgreSQL$/);
  await page.getByRole("link", { name: "Graph" }).click();
  assert.equal(await page.locator("noscript").count(), 1);
  await page.goBack();
  await page.getByRole("link", { name: "Timeline" }).click();
  assert.equal(await page.locator(".moment").count(), 5);
  assert.deepEqual(wrong, []);
  await page.context().close();
});

for (const [where, address] of [["a folder", () => at("rich-site")], ["a server, below a path", () => served]] as const) {
  test(`from ${where}, links lead from page to page and pictures are shown`, async () => {
    const { page, wrong } = await opened(`${address()}/index.html`);
    await page.getByRole("link", { name: /^Everything in one record/ }).click();
    await page.locator("main img").first().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.querySelectorAll("img")].every((image) => image.naturalWidth > 0));
    assert.equal(await page.locator("main img").count(), 2);
    await page.getByRole("link", { name: "the first" }).click();
    assert.equal(decodeURIComponent(new URL(page.url()).hash), "#контекст");
    assert.equal(await page.locator("h2:target").textContent(), "Контекст");
    await page.getByRole("link", { name: "Graph" }).click();
    await page.locator(".node").first().waitFor();
    await page.locator("tbody th a").last().click();
    assert.match(String(await page.locator(".as-is").textContent()), /^= ADR-0003/);
    assert.deepEqual(wrong, []);
    await page.context().close();
  });
}

test("one page holds all of it, and its links stay in it", async () => {
  const { page, wrong } = await opened(at("rich.html"));
  await page.getByRole("link", { name: "the first" }).click();
  assert.equal(await page.locator("h3:target").textContent(), "Контекст");
  await page.locator("#graph svg a").last().click();
  assert.equal(await page.locator("section:target h2").first().textContent(), "In AsciiDoc");
  await page.waitForFunction(() => [...document.querySelectorAll("img")].every((image) => image.src.startsWith("data:")));
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("what stands in records does nothing, and what a server says of a policy is not needed for that", async () => {
  const { page, wrong } = await opened(at("rich-site/docs/adr/0002-everything.html"));
  assert.equal(await page.locator("main script, main iframe, main [onclick], main [onerror], main [href^=javascript]").count(), 0);
  assert.equal(await page.evaluate(() => document.querySelectorAll("script").length), 0);
  assert.match(String(await page.locator("main").textContent()), /<script>alert\(1\)<\/script><iframe/);
  // Whatever came in all the same would not run: the page has a policy of its own
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return "ran" in window;
  });
  assert.equal(ran, false);
  assert.equal(wrong.filter((one) => !one.includes("Content Security Policy")).join(), "");
  await page.context().close();
});

test("pages fit a narrow window and paper", async () => {
  for (const name of all().filter((one) => !one.endsWith("graph.html"))) {
    const { page } = await opened(at(name), { viewport: { width: 340, height: 700 } });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 340, name);
    await page.screenshot({ path: path.join(OUT, `site-narrow-${path.basename(name, ".html")}.png`) });
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".top").isVisible(), false);
    await page.setViewportSize({ width: 760, height: 1000 });
    await page.screenshot({ path: path.join(OUT, `site-print-${path.basename(name, ".html")}.png`) });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 760, name);
    await page.context().close();
  }
});

test("a log of a thousand records is searched as it is typed", async () => {
  const records = path.join(folder, "large/docs/adr");
  mkdirSync(records, { recursive: true });
  for (let number = 1; number <= 1000; number += 1) {
    const name = String(number).padStart(4, "0");
    writeFileSync(path.join(records, `${name}-matter.md`), `# ${number}. Decide on matter ${number}\n\n**Status**: Accepted\n**Date**: ${2015 + Math.floor(number / 100)}-03-01\n\nSee ADR-${String(Math.max(1, number - 3)).padStart(4, "0")} and code${number * 7}.\n`);
  }
  write(path.join(folder, "large"), "--output", path.join(folder, "large-site"));
  const { page, wrong } = await opened(at("large-site/index.html"));
  assert.equal(await page.locator(".row").count(), 1000);
  await page.getByLabel("Search").fill("code3577");
  assert.deepEqual(await rows(page), ["Decide on matter 511"]);
  await page.getByLabel("Search").fill("");
  await page.getByLabel("Year").selectOption("2020");
  assert.equal((await rows(page)).length, 100);
  assert.deepEqual(wrong, []);
  await page.context().close();
});
