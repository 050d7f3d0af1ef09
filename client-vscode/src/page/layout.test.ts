import assert from "node:assert/strict";
import { test } from "node:test";

import { edge, node } from "../../test/records";
import { type Choice, firstChoice, type Graph } from "./graph";
import { type Box, CARD, components, layout } from "./layout";

function graph(count: number, edges: readonly string[], dates: readonly (string | null)[] = []): Graph {
  const nodes = Array.from({ length: count }, (_, at) => node(at + 1, { date: dates[at] ?? null, area: at % 2 === 0 ? "even" : "odd" }));
  return { nodes, edges: edges.map(edge) };
}

function chosen(of: Graph, more: Partial<Choice>): Choice {
  return { ...firstChoice(of), by: "none", ...more };
}

function overlaps(boxes: readonly Box[]): boolean {
  return boxes.some((one, at) =>
    boxes.slice(at + 1).some((other) => Math.abs(one.x - other.x) < CARD.width - 0.5 && Math.abs(one.y - other.y) < CARD.height - 0.5),
  );
}

const CHAIN = ["2 supersedes 1", "3 supersedes 2", "5 refers 4"];

test("what came later stands further right, and no card covers another", () => {
  const of = graph(9, CHAIN);
  const { cards, size, lines } = layout(of, chosen(of, {}));
  const x = (number: number): number => cards.get(`${number}.md`)?.x ?? NaN;
  assert.ok(x(1) < x(2) && x(2) < x(3) && x(4) < x(5));
  assert.equal(cards.size, 9);
  assert.equal(lines.length, 3);
  assert.ok(!overlaps([...cards.values()]));
  assert.ok([...cards.values()].every(({ x: left, y }) => left > -1 && y > -1 && left + CARD.width < size.width + 1 && y + CARD.height < size.height + 1));
});

test("where there is more room downwards, what came later stands further down", () => {
  const of = graph(9, CHAIN);
  const { cards, size } = layout(of, chosen(of, {}), 0.5);
  const y = (number: number): number => cards.get(`${number}.md`)?.y ?? NaN;
  assert.ok(y(1) < y(2) && y(2) < y(3));
  assert.ok(size.width < size.height);
  assert.ok(!overlaps([...cards.values()]));
});

test("the same graph always looks the same", () => {
  const of = graph(30, CHAIN);
  assert.deepEqual(layout(of, chosen(of, {})), layout(structuredClone(of), chosen(of, {})));
});

test("what hangs together is one part, the largest first", () => {
  const { nodes, edges } = graph(6, CHAIN);
  assert.deepEqual(components(nodes, edges).map((part) => part.nodes.map(({ number }) => number)), [[1, 2, 3], [4, 5], [6]]);
});

test("a closed group stands for its records, and the lines between two groups are one of each kind", () => {
  const of = graph(6, ["2 supersedes 1", "4 supersedes 3", "3 supersedes 1", "6 refers 5"]);
  const closed = layout(of, chosen(of, { by: "area", isClosed: true }));
  assert.deepEqual(closed.frames.map(({ name, isOpen, nodes }) => [name, isOpen, nodes.length]), [["even", false, 3], ["odd", false, 3]]);
  assert.equal(closed.cards.size, 0);
  assert.deepEqual(closed.lines.map(({ edges }) => edges.map(({ kind }) => kind)), [["supersedes", "supersedes"], ["refers"]]);
  const half = layout(of, chosen(of, { by: "area", isClosed: true, exceptions: ["odd"] }));
  assert.deepEqual([...half.cards.keys()], ["2.md", "4.md", "6.md"]);
  const frame = half.frames.find(({ isOpen }) => isOpen);
  assert.ok(frame !== undefined);
  assert.ok([...half.cards.values()].every((card) => card.x >= frame.x && card.x + card.width <= frame.x + frame.width && card.y + card.height <= frame.y + frame.height));
});

test("on the timeline a record stands at its date, one without a date with the one before", () => {
  const of = graph(4, [], ["2020-01-01", "2022-01-01", null, "2021-01-01"]);
  const { cards, ticks } = layout(of, chosen(of, { view: "timeline" }));
  const x = [1, 2, 3, 4].map((number) => cards.get(`${number}.md`)?.x ?? NaN);
  assert.ok((x[0] ?? NaN) < (x[3] ?? NaN) && (x[3] ?? NaN) < (x[1] ?? NaN));
  assert.equal(x[1], x[2]);
  assert.ok(!overlaps([...cards.values()]));
  assert.deepEqual(ticks.map(({ name }) => name).filter((name) => name.endsWith("-01")), ["2020-01", "2021-01", "2022-01"]);
});

test("a log of a thousand records has a place for each, in every view", () => {
  const between: string[] = [];
  for (let at = 2; at <= 1000; at += 1) {
    between.push(`${at} refers ${Math.max(1, at - 7)}`, ...(at % 9 === 0 ? [`${at} supersedes ${at - 5}`] : []));
  }
  const of = graph(1000, between, Array.from({ length: 1000 }, (_, at) => `${2010 + Math.floor(at / 100)}-0${1 + (at % 9)}-11`));
  for (const more of [{ isClosed: false }, { by: "area", isClosed: false }, { view: "timeline" }] as const) {
    const { cards } = layout(of, chosen(of, more));
    assert.equal(cards.size, 1000);
    assert.ok(!overlaps([...cards.values()]));
  }
});

test("edges whose ends are not there are no lines", () => {
  const of: Graph = { nodes: [node(1)], edges: [] };
  assert.deepEqual(layout(of, chosen(of, {})).lines, []);
  assert.deepEqual(layout({ nodes: [], edges: [] }, chosen(of, {})).size, { width: 0, height: 0 });
});
