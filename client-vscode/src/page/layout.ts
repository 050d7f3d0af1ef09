/** Where everything stands: dagre puts what came of each other in layers, time from left to right; the rest is set in rows. */

import { graphlib, layout as dagre } from "@dagrejs/dagre";
import { utcTicks } from "d3-time";

import { type By, type Choice, type Edge, type Graph, groups, isOpen, type Node } from "./graph";

/** The size of a card, in pixels, and what is left between them. */
export const CARD = { width: 196, height: 74 } as const;
const GAP = 14;
/** The size of a group that is closed. */
export const CLOSED = { width: 196, height: 56 } as const;
/** What a group needs around its records: for its name above, and at the other sides. */
const HEAD = 34;
const PAD = 14;
/** Up to so many records mere references have a say in where they stand; beyond, only what superseded and amended what. */
const FEW = 60;
/** Where the place is less wide than that, for its height, time goes downwards. */
const TALL = 0.9;
/** From so many records that hang together on they are put in layers in the quicker way. */
const LARGE = 150;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its upper left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A group with a frame around its records, or one that is closed and stands for them. */
export interface Frame extends Box {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly isOpen: boolean;
}

/** A line from one card or closed group to another; several edges are one line between closed groups. */
export interface Line {
  readonly edges: readonly Edge[];
  readonly path: string;
  /** Whether it begins or ends at a closed group. */
  readonly isOfGroup: boolean;
}

export interface Tick {
  readonly x: number;
  readonly name: string;
}

export interface Layout {
  readonly size: { readonly width: number; readonly height: number };
  readonly cards: ReadonlyMap<string, Box>;
  readonly frames: readonly Frame[];
  readonly lines: readonly Line[];
  readonly ticks: readonly Tick[];
}

/** Where everything of a graph stands that is to be seen; `aspect` is how much wider than high the place for it is. */
export function layout(graph: Graph, choice: Choice, aspect = 1.6): Layout {
  if (choice.view === "timeline") {
    return timeline(graph, choice.by);
  }
  return choice.by === "none" || choice.focus !== null ? loose(graph, aspect) : grouped(graph, choice, aspect);
}

interface Piece {
  readonly width: number;
  readonly height: number;
  readonly cards: ReadonlyMap<string, Box>;
  /** The ways of edges that were laid along with the cards. */
  readonly ways: ReadonlyMap<Edge, readonly Point[]>;
}

function loose(graph: Graph, aspect: number): Layout {
  const piece = arranged(graph.nodes, graph.edges, aspect);
  const { width, height } = piece;
  return { size: { width, height }, cards: piece.cards, frames: [], lines: lines(graph.edges, piece.cards, piece.ways), ticks: [] };
}

/** Records with what hangs together in layers, and the rest in rows below. */
function arranged(nodes: readonly Node[], edges: readonly Edge[], aspect: number): Piece {
  const counting = nodes.length > FEW ? edges.filter(({ kind }) => kind !== "refers") : edges;
  const parts = components(nodes, counting);
  const pieces = parts.filter(({ nodes: own }) => own.length > 1).map(({ nodes: own, edges: between }) => layered(own, between, aspect));
  const alone = parts.flatMap(({ nodes: own }) => (own.length === 1 ? own : []));
  if (alone.length > 0) {
    pieces.push(rows(alone, aspect));
  }
  return together(pieces, aspect);
}

/** The parts of a graph that hang together, the largest first, each in the order of its records. */
export function components(nodes: readonly Node[], edges: readonly Edge[]): readonly Graph[] {
  const home = new Map(nodes.map(({ uri }) => [uri, uri]));
  const root = (uri: string): string => {
    let at = uri;
    for (let above = home.get(at); above !== undefined && above !== at; above = home.get(at)) {
      at = above;
    }
    return at;
  };
  for (const { from, to } of edges) {
    home.set(root(from), root(to));
  }
  const found = new Map<string, { nodes: Node[]; edges: Edge[] }>();
  for (const node of nodes) {
    const key = root(node.uri);
    const part = found.get(key) ?? { nodes: [], edges: [] };
    part.nodes.push(node);
    found.set(key, part);
  }
  for (const edge of edges) {
    found.get(root(edge.from))?.edges.push(edge);
  }
  return [...found.values()].sort((one, other) => other.nodes.length - one.nodes.length);
}

/** Time goes from left to right, or downwards where there is more room. */
function layered(nodes: readonly Node[], edges: readonly Edge[], aspect: number): Piece {
  const graph = new graphlib.Graph<object, { width: number; height: number }, object>({ multigraph: true });
  graph.setGraph({ rankdir: aspect < TALL ? "BT" : "RL", nodesep: GAP, ranksep: aspect < TALL ? 40 : 64, edgesep: 10, ranker: nodes.length > LARGE ? "longest-path" : "network-simplex" });
  nodes.forEach(({ uri }) => graph.setNode(uri, { ...CARD }));
  edges.forEach(({ from, to, kind }) => graph.setEdge(from, to, { weight: kind === "refers" ? 1 : 3 }, kind));
  dagre(graph);
  const cards = new Map(nodes.map(({ uri }) => [uri, corner(graph.node(uri) as unknown as Point)]));
  const ways = new Map(edges.map((edge) => [edge, (graph.edge({ v: edge.from, w: edge.to, name: edge.kind }) as { points: Point[] }).points]));
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, cards, ways };
}

/** The card with that middle. */
function corner({ x, y }: Point): Box {
  return { x: x - CARD.width / 2, y: y - CARD.height / 2, ...CARD };
}

/** Records that have nothing to do with others, in rows. */
function rows(nodes: readonly Node[], aspect: number): Piece {
  const columns = Math.max(1, Math.min(nodes.length, Math.ceil(Math.sqrt((nodes.length * aspect * CARD.height) / CARD.width))));
  const cards = nodes.map(({ uri }, at): [string, Box] => {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    return [uri, { x: column * (CARD.width + GAP), y: row * (CARD.height + GAP), ...CARD }];
  });
  const height = Math.ceil(nodes.length / columns) * (CARD.height + GAP) - GAP;
  return { width: columns * (CARD.width + GAP) - GAP, height, cards: new Map(cards), ways: new Map() };
}

/** Several pieces as one, in rows. */
function together(pieces: readonly Piece[], aspect: number): Piece {
  const places = shelves(pieces, 2 * GAP, aspect);
  const cards = new Map<string, Box>();
  const ways = new Map<Edge, readonly Point[]>();
  pieces.forEach((piece, at) => {
    const by = places[at] ?? { x: 0, y: 0 };
    piece.cards.forEach((box, uri) => cards.set(uri, moved(box, by)));
    piece.ways.forEach((points, edge) => ways.set(edge, points.map((point) => moved(point, by))));
  });
  return { ...extent(pieces, places), cards, ways };
}

type Size = Pick<Box, "width" | "height">;

/** The places of boxes on shelves, in their order. */
function shelves(boxes: readonly Size[], gap: number, aspect: number): readonly Point[] {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const most = Math.max(Math.sqrt(area * aspect) * 1.1, ...boxes.map(({ width }) => width));
  let [x, y, high] = [0, 0, 0];
  return boxes.map(({ width, height }) => {
    if (x > 0 && x + width > most) {
      [x, y, high] = [0, y + high + gap, 0];
    }
    const place = { x, y };
    x += width + gap;
    high = Math.max(high, height);
    return place;
  });
}

function extent(boxes: readonly Size[], places: readonly Point[]): Size {
  const ends = boxes.map(({ width, height }, at) => ({ x: (places[at]?.x ?? 0) + width, y: (places[at]?.y ?? 0) + height }));
  return { width: Math.max(0, ...ends.map(({ x }) => x)), height: Math.max(0, ...ends.map(({ y }) => y)) };
}

function moved<T extends Point>(one: T, by: Point): T {
  return { ...one, x: one.x + by.x, y: one.y + by.y };
}

/** The groups on shelves, each with its records in it unless it is closed. */
function grouped(graph: Graph, choice: Choice, aspect: number): Layout {
  const found = [...groups(graph.nodes, choice.by)].map(([name, nodes]) => {
    const own = new Set(nodes.map(({ uri }) => uri));
    const open = isOpen(choice, name);
    const piece = open ? arranged(nodes, graph.edges.filter(({ from, to }) => own.has(from) && own.has(to)), aspect) : undefined;
    const size = piece === undefined ? CLOSED : { width: Math.max(piece.width + 2 * PAD, CLOSED.width), height: piece.height + HEAD + PAD };
    return { name, nodes, open, piece, ...size };
  });
  const places = shelves(found, 3 * GAP, aspect);
  const cards = new Map<string, Box>();
  const ways = new Map<Edge, readonly Point[]>();
  const ends = new Map<string, Box>();
  const frames = found.map(({ name, nodes, open, piece, width, height }, at): Frame => {
    const frame = { name, nodes, isOpen: open, width, height, ...(places[at] ?? { x: 0, y: 0 }) };
    const by = { x: frame.x + PAD, y: frame.y + HEAD };
    piece?.cards.forEach((box, uri) => cards.set(uri, moved(box, by)));
    piece?.ways.forEach((points, edge) => ways.set(edge, points.map((point) => moved(point, by))));
    nodes.forEach(({ uri }) => ends.set(uri, cards.get(uri) ?? frame));
    return frame;
  });
  return { size: extent(found, places), cards, frames, lines: lines(graph.edges, ends, ways), ticks: [] };
}

/** The lines for edges: those between the same two closed groups are one, and those within one are none. */
function lines(edges: readonly Edge[], ends: ReadonlyMap<string, Box>, ways: ReadonlyMap<Edge, readonly Point[]>): readonly Line[] {
  const found = new Map<Box, Map<string, { edges: Edge[]; path: string; isOfGroup: boolean }>>();
  for (const edge of edges) {
    const [source, target] = [ends.get(edge.from), ends.get(edge.to)];
    if (source === undefined || target === undefined || source === target) {
      continue;
    }
    const own = found.get(source) ?? new Map<string, { edges: Edge[]; path: string; isOfGroup: boolean }>();
    found.set(source, own);
    const key = `${edge.kind} ${target.x} ${target.y}`;
    const known = own.get(key);
    if (known !== undefined) {
      known.edges.push(edge);
      continue;
    }
    const way = ways.get(edge);
    const isOfGroup = "isOpen" in source || "isOpen" in target;
    own.set(key, { edges: [edge], path: way === undefined ? bent(source, target, edge) : smooth(way), isOfGroup });
  }
  return [...found.values()].flatMap((own) => [...own.values()]);
}

/** Pixels above or below the middle of a card where the lines of a kind begin and end. */
const BESIDE: Readonly<Record<Edge["kind"], number>> = { supersedes: -9, amends: -3, relates: 3, refers: 9 };

/** A line from the side of one box to that of another, which leaves and comes level. */
function bent(source: Box, target: Box, { kind }: Edge): string {
  const from = source.y + source.height / 2 + BESIDE[kind];
  const to = target.y + target.height / 2 + BESIDE[kind];
  if (target.x + target.width + 8 <= source.x || source.x + source.width + 8 <= target.x) {
    const isBack = target.x < source.x;
    const [begin, end] = isBack ? [source.x, target.x + target.width] : [source.x + source.width, target.x];
    const bend = Math.max(26, Math.abs(begin - end) / 2) * (isBack ? -1 : 1);
    return curve(begin, from, begin + bend, end - bend, end, to);
  }
  const out = Math.min(source.x, target.x) - 28;
  return curve(source.x, from, out, out, target.x, to);
}

function curve(x: number, y: number, one: number, other: number, end: number, to: number): string {
  return `M${px(x)} ${px(y)}C${px(one)} ${px(y)} ${px(other)} ${px(to)} ${px(end)} ${px(to)}`;
}

/** A line through points, rounded at each but the first and the last. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) {
    return "";
  }
  const through = rest.map((point, at) => {
    const next = rest[at + 1] ?? last;
    const to = at === rest.length - 1 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${px(point.x)} ${px(point.y)} ${px(to.x)} ${px(to.y)}`;
  });
  return `M${px(first.x)} ${px(first.y)}${through.length > 0 ? through.join("") : `L${px(last.x)} ${px(last.y)}`}`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

// By time

const TOP = 30;
const NARROWEST = 640;
const WIDEST = 4000;
const EACH = 160;
const DAY = 86_400_000;

/** Each record at its date, in a lane of its group; one without a date stands where the record before it does. */
function timeline(graph: Graph, by: By): Layout {
  const known = graph.nodes.map(({ date }) => (date === null ? Number.NaN : Date.parse(date))).filter((time) => !Number.isNaN(time));
  const [first, last] = [known.reduce((one, other) => Math.min(one, other), Infinity), known.reduce((one, other) => Math.max(one, other), -Infinity)];
  const span = known.length > 0 ? last - first : 0;
  const width = span === 0 ? 0 : Math.min(WIDEST, Math.max(NARROWEST, EACH * new Set(known).size));
  const left = by === "none" ? 0 : 120; // for the names of the lanes
  const place = (time: number): number => left + (span === 0 ? 0 : ((time - first) / span) * width);
  const xs = new Map<string, number>();
  let before = first;
  for (const { uri, date } of graph.nodes) {
    const time = date === null ? Number.NaN : Date.parse(date);
    before = Number.isNaN(time) ? before : time;
    xs.set(uri, place(Number.isFinite(before) ? before : 0));
  }
  const cards = new Map<string, Box>();
  let top = TOP;
  const frames = [...groups(graph.nodes, by)].map(([name, nodes]): Frame => {
    const ends: number[] = [];
    const x = ({ uri }: Node): number => xs.get(uri) ?? left;
    for (const node of [...nodes].sort((one, other) => x(one) - x(other))) {
      const free = ends.findIndex((end) => end + GAP <= x(node));
      const row = free < 0 ? ends.length : free;
      ends[row] = x(node) + CARD.width;
      cards.set(node.uri, { x: x(node), y: top + PAD + row * (CARD.height + GAP), ...CARD });
    }
    const frame = { name, nodes, isOpen: true, x: -20, y: top, width: left + width + CARD.width + 40, height: 2 * PAD + ends.length * (CARD.height + GAP) - GAP };
    top += frame.height + 6;
    return frame;
  });
  const ticks = span === 0 ? [] : utcTicks(new Date(first), new Date(last), 10).map((date) => ({ x: place(date.getTime()), name: named(date, span) }));
  return { size: { width: left + width + CARD.width + 20, height: top }, cards, frames, lines: lines(graph.edges, cards, new Map()), ticks };
}

/** A date on the axis, as exact as all of it is long. */
function named(date: Date, span: number): string {
  const text = date.toISOString();
  return text.slice(0, span > 4 * 365 * DAY && text.slice(5, 10) === "01-01" ? 4 : span > 60 * DAY ? 7 : 10);
}
