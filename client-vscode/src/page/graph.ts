/** What the page knows: the graph as the server tells it, and which part of it is to be seen. Nothing here needs a browser. */

/** How one record stands to another, the strongest first. */
export const KINDS = ["supersedes", "amends", "relates", "refers"] as const;
export type Kind = (typeof KINDS)[number];
/** By what records can be put together. */
export const BY = ["none", "status", "time", "area", "log"] as const;
export type By = (typeof BY)[number];
/** The statuses in the order of a decision's life. */
const LIFE = ["draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "amended", "other", "none"];
export const NO_STATUS = "no status";
const UNKNOWN: Readonly<Record<By, string>> = { none: "", status: NO_STATUS, time: "no date", area: "no area", log: "" };
/** More records than this are not shown one by one at once. */
export const MANY = 120;

/** A record; `uri` is what opens it. */
export interface Node {
  readonly uri: string;
  readonly log: string;
  readonly id: string;
  readonly number: number | null;
  readonly title: string;
  readonly status: string;
  readonly statusText: string | null;
  readonly standing: string;
  readonly date: string | null;
  readonly dateFrom: "record" | "git" | null;
  readonly area: string | null;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: Kind;
  readonly partial: boolean;
  readonly evidence: "declared" | "stated" | null;
  readonly saidBy: readonly ("from" | "to")[];
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** What people have chosen to see; kept as it is where the page is hidden and shown again. */
export interface Choice {
  readonly view: "graph" | "timeline";
  readonly by: By;
  readonly withoutKinds: readonly Kind[];
  readonly withoutStatuses: readonly string[];
  /** The record around which alone is shown what is near, and how far that is. */
  readonly focus: string | null;
  readonly depth: number;
  /** Whether groups are closed unless they are among `exceptions`, or the other way round. */
  readonly isClosed: boolean;
  readonly exceptions: readonly string[];
}

/** The graph with logs called by that part of their paths in which they differ. */
export function withShortLogs(graph: Graph): Graph {
  const logs = [...new Set(graph.nodes.map(({ log }) => log))];
  const [first = ""] = logs;
  const parts = first.split("/");
  const common = parts.findIndex((_, at) => logs.some((log) => log.split("/")[at] !== parts[at]));
  const kept = common < 0 ? parts.length - 1 : common;
  const name = (log: string): string => decoded(log.split("/").slice(kept).join("/"));
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, log: name(node.log) })) };
}

/** A part of an address as people read it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a path with a percent sign
  }
}

/** What is shown at first: all of it, or the groups of a large log. */
export function firstChoice(graph: Graph): Choice {
  const isLarge = graph.nodes.length > MANY;
  const by = isLarge ? (several(graph, "area") ? "area" : "time") : several(graph, "log") ? "log" : "none";
  return { view: "graph", by, withoutKinds: [], withoutStatuses: [], focus: null, depth: 1, isClosed: isLarge, exceptions: [] };
}

/** Whether records can be told apart by something. */
export function several(graph: Graph, by: By): boolean {
  return new Set(graph.nodes.map((node) => groupOf(node, by)).filter((name) => name !== UNKNOWN[by])).size > 1;
}

/** The part of the graph that the choice leaves. */
export function visible(graph: Graph, choice: Choice): Graph {
  const edges = graph.edges.filter(({ kind }) => !choice.withoutKinds.includes(kind));
  const nodes = graph.nodes.filter((node) => node.uri === choice.focus || !choice.withoutStatuses.includes(node.standing));
  const chosen = among({ nodes, edges }, new Set(nodes.map(({ uri }) => uri)));
  return choice.focus === null ? chosen : around(chosen, choice.focus, choice.depth);
}

function among(graph: Graph, uris: ReadonlySet<string>): Graph {
  return {
    nodes: graph.nodes.filter(({ uri }) => uris.has(uri)),
    edges: graph.edges.filter(({ from, to }) => uris.has(from) && uris.has(to)),
  };
}

/** The part within so many steps of a record, whichever way the edges lead. */
export function around(graph: Graph, uri: string, depth: number): Graph {
  const beside = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const found = new Set([uri]);
  let outer = [uri];
  for (let step = 0; step < depth; step += 1) {
    outer = outer.flatMap((one) => beside.get(one) ?? []).filter((other) => !found.has(other));
    outer.forEach((one) => found.add(one));
  }
  return among(graph, found);
}

export function groupOf(node: Node, by: By): string {
  const named = {
    none: "",
    status: node.standing === "none" ? null : node.standing,
    time: node.date?.slice(0, 4) ?? null,
    area: node.area,
    log: node.log,
  }[by];
  return named === null || named === "" ? UNKNOWN[by] : named;
}

/** The records by the group that they belong to: statuses in the order of a decision's life, all others as they come; what has none last. */
export function groups(nodes: readonly Node[], by: By): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    const name = groupOf(node, by);
    found.set(name, [...(found.get(name) ?? []), node]);
  }
  const names = [...found.keys()];
  const rank = (name: string): number => (by === "status" ? LIFE.indexOf(name) : by === "time" ? Number(name) : names.indexOf(name));
  const isKnown = (name: string): boolean => by === "none" || by === "log" || name !== UNKNOWN[by];
  names.sort((one, other) => Number(isKnown(other)) - Number(isKnown(one)) || (isKnown(one) ? rank(one) - rank(other) : 0));
  return new Map(names.map((name) => [name, found.get(name) ?? []]));
}

export function isOpen(choice: Choice, group: string): boolean {
  return choice.isClosed === choice.exceptions.includes(group);
}

/** What became of a record in a word for people: one of the team's own where it is none that is known. */
export function state(node: Node): string {
  return node.standing === "none" ? UNKNOWN.status : node.standing === "other" ? (node.statusText ?? "other") : node.standing;
}

/** The date of a record for people, marked where only git knows it; empty where there is none. */
export function dated(node: Node): string {
  return node.date !== null && node.dateFrom === "git" ? `git ${node.date}` : (node.date ?? "");
}

/** Number and title in one line. */
export function called(node: Node): string {
  return node.number === null ? node.title : `${node.id}: ${node.title}`;
}

const SAID: Readonly<Record<Kind, readonly [string, string]>> = {
  supersedes: ["supersedes", "superseded"],
  amends: ["amends", "amended"],
  relates: ["relates to", "relates to"],
  refers: ["refers to", "referred to"],
};

/** What an edge says, in a word or two. */
export function said(edge: Edge): string {
  return SAID[edge.kind][0] + (edge.partial ? " in part" : "");
}

/** How the record at one end of an edge stands to the other: “superseded in part by”. */
export function saidFrom(edge: Edge, uri: string): string {
  if (edge.from === uri || edge.kind === "relates") {
    return said(edge);
  }
  return `${SAID[edge.kind][1]}${edge.partial ? " in part" : ""} by`;
}

/** Whether a record is one of those that are looked for: all words are in what it is called, its status, date or area. */
export function matches(node: Node, query: string): boolean {
  const text = [node.id, node.number ?? "", node.title, state(node), node.statusText, node.date, node.area].join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** How the records at the ends of all edges stand to each other, one list for each record. */
export function connections(graph: Graph): ReadonlyMap<string, readonly Edge[]> {
  const found = new Map<string, Edge[]>(graph.nodes.map(({ uri }) => [uri, []]));
  for (const edge of graph.edges) {
    found.get(edge.from)?.push(edge);
    found.get(edge.to)?.push(edge);
  }
  return found;
}
