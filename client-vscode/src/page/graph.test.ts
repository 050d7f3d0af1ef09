import assert from "node:assert/strict";
import { test } from "node:test";

import { edge, node } from "../../test/records";
import { around, called, type Choice, dated, firstChoice, type Graph, groups, isOpen, MANY, matches, saidFrom, state, visible, withShortLogs } from "./graph";

const GRAPH: Graph = {
  nodes: [
    node(1, { standing: "superseded", date: "2023-04-01", area: "Money" }),
    node(2, { date: "2023-06-01" }),
    node(3, { standing: "none", statusText: null, area: "Trust" }),
    node(4, { standing: "other", statusText: "Brewing", date: "2021-01-01", area: "Money" }),
  ],
  edges: [edge("2 supersedes 1"), edge("3 refers 2"), edge("4 amends 3")],
};
const ALL: Choice = firstChoice(GRAPH);

function ids({ nodes }: Pick<Graph, "nodes">): string {
  return nodes.map(({ number }) => number).join("");
}

test("what is near a record goes both ways, step by step", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((depth) => ids(around(GRAPH, "2.md", depth))),
    ["2", "123", "1234", "1234", "1234"],
  );
});

test("what is not chosen is not seen, and nothing leads to it", () => {
  assert.equal(ids(visible(GRAPH, ALL)), "1234");
  assert.deepEqual(visible(GRAPH, { ...ALL, withoutKinds: ["refers"] }).edges, [GRAPH.edges[0], GRAPH.edges[2]]);
  const seen = visible(GRAPH, { ...ALL, withoutStatuses: ["superseded", "none"] });
  assert.equal(ids(seen), "24");
  assert.deepEqual(seen.edges, []);
});

test("only what can be seen leads further from the record in focus, which is seen whatever its status", () => {
  assert.equal(ids(visible(GRAPH, { ...ALL, focus: "2.md", depth: 2, withoutKinds: ["refers"] })), "12");
  assert.equal(ids(visible(GRAPH, { ...ALL, focus: "1.md", withoutStatuses: ["superseded"] })), "12");
});

test("groups are in the order of a decision's life, of years or as they come, and what has none is last", () => {
  const found = (by: Choice["by"]): string[] => [...groups(GRAPH.nodes, by)].map(([name, nodes]) => `${name} ${ids({ nodes })}`);
  assert.deepEqual(found("status"), ["accepted 2", "superseded 1", "other 4", "no status 3"]);
  assert.deepEqual(found("time"), ["2021 4", "2023 12", "no date 3"]);
  assert.deepEqual(found("area"), ["Money 14", "Trust 3", "no area 2"]);
  assert.deepEqual(found("log"), ["adr 1234"]);
});

test("a small log is shown at once, a large one as closed groups", () => {
  assert.deepEqual([ALL.by, ALL.isClosed], ["none", false]);
  const many = Array.from({ length: MANY + 1 }, (_, at) => node(at, { date: `${2000 + (at % 3)}-01-01` }));
  const large = firstChoice({ nodes: many, edges: [] });
  assert.deepEqual([large.by, large.isClosed], ["time", true]);
  assert.equal(firstChoice({ nodes: many.map((one) => ({ ...one, area: one.date })), edges: [] }).by, "area");
  assert.equal(isOpen(large, "2001"), false);
  assert.equal(isOpen({ ...large, exceptions: ["2001"] }, "2001"), true);
  assert.equal(isOpen({ ...ALL, exceptions: ["2001"] }, "2001"), false);
});

test("a record is found by all words of what it says of itself", () => {
  const one = node(12, { title: "Keep orders in MySQL", date: "2024-02-12", area: "Data" });
  assert.deepEqual(
    ["", "adr-12", "mysql", "2024-02 data", "ACCEPTED keep", "mysql rejected"].map((query) => matches(one, query)),
    [true, true, true, true, true, false],
  );
});

test("each end of an edge is told from its side", () => {
  const one = { ...edge("2 supersedes 1"), partial: true };
  assert.equal(saidFrom(one, "2.md"), "supersedes in part");
  assert.equal(saidFrom(one, "1.md"), "superseded in part by");
  assert.equal(saidFrom(edge("2 refers 1"), "1.md"), "referred to by");
  assert.equal(saidFrom(edge("2 relates 1"), "1.md"), "relates to");
});

test("a record is called by number and title, its state by the team's own word where it is none that is known", () => {
  assert.equal(called(node(1)), "ADR-1: Keep orders");
  assert.equal(called(node(1, { number: null })), "Keep orders");
  assert.deepEqual(GRAPH.nodes.map(state), ["superseded", "accepted", "no status", "Brewing"]);
});

test("a date that only git knows is marked", () => {
  const day = { date: "2024-02-12" };
  assert.deepEqual([node(1), node(1, { ...day, dateFrom: "record" }), node(1, { ...day, dateFrom: "git" })].map(dated), ["", "2024-02-12", "git 2024-02-12"]);
});

test("logs are called by the part of their paths in which they differ", () => {
  const named = (...logs: string[]): string[] => withShortLogs({ nodes: logs.map((log, at) => node(at, { log })), edges: [] }).nodes.map(({ log }) => log);
  assert.deepEqual(named("file:///w/web/docs/adr", "file:///w/core%20b/docs/adr"), ["web/docs/adr", "core b/docs/adr"]);
  assert.deepEqual(named("file:///w/docs/adr", "file:///w/docs/adr"), ["adr", "adr"]);
  assert.deepEqual(named("docs/adr", "docs/adr/more"), ["adr", "adr/more"]);
  assert.deepEqual(named("50%/adr"), ["adr"]);
});
