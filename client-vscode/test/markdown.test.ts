import assert from "node:assert/strict";
import { test } from "node:test";

import MarkdownIt from "markdown-it";

import { type LinkedMention, mentionLinks } from "../src/markdown";

function mention(text: string, more: Partial<LinkedMention> = {}): LinkedMention {
  return { text, uri: "", id: text, title: "Title", status: "Accepted", superseded: false, deprecated: false, href: "record.md", ...more };
}

function render(markdown: string, ...mentions: readonly LinkedMention[]): string {
  const md = new MarkdownIt({ html: true, linkify: true });
  return mentionLinks(md, (env) => (env === "this document" ? mentions : [])).renderInline(markdown, "this document");
}

const ADR_1 = mention("ADR-001", { title: "Keep orders", href: "./001-keep.md" });
const LINK = '<a href="./001-keep.md" data-href="./001-keep.md" title="ADR-001: Keep orders (Accepted)">ADR-001</a>';

test("a bare reference is a link with the title and status of its record", () => {
  assert.equal(render("See ADR-001, and ADR-009.", ADR_1), `See ${LINK}, and ADR-009.`);
  assert.equal(render("**ADR-001** (ADR-001)", ADR_1), `<strong>${LINK}</strong> (${LINK})`);
});

test("one that is superseded or deprecated is struck through", () => {
  assert.match(render("ADR-001", { ...ADR_1, superseded: true }), /title="ADR-001: Keep orders \(superseded\)"><s>ADR-001<\/s><\/a>$/);
  assert.match(render("ADR-001", { ...ADR_1, deprecated: true, status: "Deprecated" }), /\(Deprecated\)"><s>/);
});

test("links, code and addresses stay as they are", () => {
  for (const markdown of ["[ADR-001](./x.md)", "[see **ADR-001** there](./x.md)", "`ADR-001`", "https://example.org/ADR-001", "<b title='ADR-001'>"]) {
    assert.equal(render(markdown, ADR_1), new MarkdownIt({ html: true, linkify: true }).renderInline(markdown));
  }
  assert.equal(render("[x](./x.md) ADR-001", ADR_1), `<a href="./x.md">x</a> ${LINK}`);
});

test("only whole references, and the longest that fits", () => {
  for (const text of ["ADR-0012", "XADR-001", "ADR-001b", "my-ADR-001"]) {
    assert.equal(render(text, ADR_1), text);
  }
  const [short, long] = [mention("ADR-1", { href: "short.md" }), mention("ADR-1.2 (x)", { href: "long.md" })];
  assert.match(render("ADR-1.2 (x) and ADR-1.", short, long), /^<a href="long.md".*and <a href="short.md".*\.$/);
});

test("without mentions, and in another document, nothing changes", () => {
  assert.equal(render("ADR-001 & <b>x</b>"), "ADR-001 &amp; <b>x</b>");
  assert.equal(mentionLinks(new MarkdownIt(), () => []).renderInline("ADR-001 \\< x"), "ADR-001 &lt; x");
});

test("titles cannot break out of their place", () => {
  const html = render("ADR-001 & <b>x</b>", mention("ADR-001", { title: '"><img src=x>', href: '"javascript' }));
  assert.ok(!html.includes("<img") && html.includes("&quot;&gt;&lt;img src=x&gt;") && html.includes('href="&quot;javascript"'), html);
});

test("a title that starts with the number does not repeat it", () => {
  assert.match(render("ADR-001", mention("ADR-001", { title: "ADR-001: Keep orders", status: null })), /title="ADR-001: Keep orders"/);
});
