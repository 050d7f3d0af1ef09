import assert from "node:assert/strict";
import { test } from "node:test";

import { description, filtered, fits, type Grouping, groupIcon, groups, icon, label, type Listed, listed, pressingFirst, read, spoken } from "../src/overview";
import type { Entry, Overview } from "../src/protocol";

/** A record of the number of its place, with what is told of it. */
function log(name: string, ...records: readonly Partial<Entry>[]): Overview["logs"][number] {
  const nothing = { number: null, status: null, canonical: null, standing: null, date: null, year: null, tags: [], areas: [], owners: [], deciders: [], supersededBy: [], attention: [] };
  const entries = records.map((given, at) => {
    const number = at + 1;
    const standing = given.status?.toLowerCase() ?? null;
    const dated = given.date ? { year: Number(given.date.slice(0, 4)) } : {};
    return { ...nothing, uri: `file:///${name}/${number}`, id: `ADR-00${number}`, title: `Title ${number}`, number, canonical: standing, standing, ...dated, ...given };
  });
  return { uri: `file:///${name}`, folder: "file:///", name, records: entries };
}

const REASON = { kind: "proposed", reason: "proposed for 94 days", records: [] };
const SHOP = log(
  "docs/adr",
  { title: "Keep orders in MySQL", status: "Accepted", standing: "superseded", date: "2023-01-02", tags: ["Storage"], owners: ["Ada"], deciders: ["Grace"] },
  { title: "Café search", status: "Proposed", date: "2024-05-06", tags: ["search", "storage"], deciders: ["Grace", "ada"], attention: [REASON], summary: "Elasticsearch, fed from the orders" },
  { title: "Sign in", status: "Accepted", date: "2024-07-08", areas: ["security"] },
);
const WEB = log("web/adr", { title: "Pages", status: "Trial", canonical: "other", standing: "other" }, { title: "Themes" });
const BOTH: Overview = { logs: [SHOP, WEB], attention: ["file:///docs/adr/2"] };

/** The groups in a line each. */
function told(grouping: Grouping, query = ""): string[] {
  return groups(BOTH, grouping, query).map(({ label, records }) => `${label}: ${records.map(({ entry }) => entry.title).join(", ")}`);
}

const ATTENTION = "Needs attention: Café search";

test("records are grouped, and what needs attention comes first", () => {
  assert.deepEqual(told("log"), [ATTENTION, "docs/adr: Keep orders in MySQL, Café search, Sign in", "web/adr: Pages, Themes"]);
  assert.deepEqual(told("status"), [ATTENTION, "Proposed: Café search", "Accepted: Sign in", "Trial: Pages", "Superseded: Keep orders in MySQL", "No status: Themes"]);
  assert.deepEqual(told("year"), [ATTENTION, "2024: Café search, Sign in", "2023: Keep orders in MySQL", "No date: Pages, Themes"]);
  assert.deepEqual(told("tag"), [ATTENTION, "search: Café search", "security: Sign in", "Storage: Keep orders in MySQL, Café search", "No tag: Pages, Themes"]);
  assert.deepEqual(told("owner"), [ATTENTION, "Ada: Keep orders in MySQL, Café search", "Grace: Café search", "Nobody named: Sign in, Pages, Themes"]);
});

test("no two groups have the same key, and they keep theirs", () => {
  const keys = groups(BOTH, "status").map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(groups(BOTH, "status", "search").map(({ key }) => key), ["attention", "status/proposed"]);
});

test("without anything that needs attention there is no group for it", () => {
  assert.deepEqual(groups({ logs: [WEB], attention: [] }, "log").map(({ label }) => label), ["web/adr"]);
  assert.deepEqual(groups({ logs: [], attention: [] }, "log"), []);
});

test("a filter leaves what has each of its words somewhere", () => {
  const found = (query: string): number[] => listed(BOTH).flatMap((one, at) => (fits(one, read(query)) ? [at + 1] : []));
  assert.deepEqual(found(""), [1, 2, 3, 4, 5]);
  assert.deepEqual(found("ORDERS"), [1, 2]); // in a title, and in a summary
  assert.deepEqual(found("orders mysql"), [1]);
  assert.deepEqual(found("cafe"), [2]);
  assert.deepEqual(found("adr-003"), [3]);
  assert.deepEqual(found("superseded"), [1]);
  assert.deepEqual(found("accepted 2024"), [3]);
  assert.deepEqual(found("ada"), [1, 2]);
  assert.deepEqual(found("94 days"), [2]);
  assert.deepEqual(found("status:acc"), [1, 3]);
  assert.deepEqual(found("tag:s year:2024"), [2, 3]);
  assert.deepEqual(found("owner:grace log:docs"), [1, 2]);
  assert.deepEqual(found("owner:sign"), []);
  assert.deepEqual(found("constructor:x"), []);
  assert.deepEqual(found("https://x"), []);
  assert.deepEqual(told("log", "accepted"), ["docs/adr: Keep orders in MySQL, Sign in"]);
  assert.equal(filtered(BOTH, " accepted"), "“accepted”: 2 of 5");
  assert.equal(filtered(BOTH, "nothing of the kind"), "");
  assert.equal(filtered(BOTH, " "), "");
});

test("a search begins with what needs attention", () => {
  assert.deepEqual(pressingFirst(BOTH).map(({ entry }) => entry.title), ["Café search", "Keep orders in MySQL", "Sign in", "Pages", "Themes"]);
});

test("what is told of a record", () => {
  const [orders, search, , , themes] = listed(BOTH) as readonly [Listed, Listed, Listed, Listed, Listed];
  assert.equal(description(orders, "log", false), "Accepted · 2023-01-02");
  assert.equal(description(orders, "status", false), "2023-01-02");
  assert.equal(description(search, "log", true), "proposed for 94 days · Café search");
  assert.deepEqual([label(search, true), label(search, false)], ["ADR-002", "ADR-002: Café search"]);
  assert.equal(description(themes, "log", false), "no status");
  assert.equal(spoken(orders), "ADR-001: Keep orders in MySQL, Accepted, superseded, 2023-01-02");
  assert.equal(spoken(search), "ADR-002: Café search, Proposed, 2024-05-06, needs attention: proposed for 94 days");
  assert.deepEqual([orders, search, themes].map(({ entry }) => icon(entry)[0]), ["history", "comment-discussion", "question"]);
});

test("groups have icons of what they are groups of", () => {
  const icons = (grouping: Grouping): string[] => groups(BOTH, grouping).map((group) => groupIcon(group, grouping)[0]);
  assert.deepEqual(icons("log"), ["bell-dot", "book", "book"]);
  assert.deepEqual(icons("status"), ["bell-dot", "comment-discussion", "pass", "circle-outline", "history", "question"]);
});
