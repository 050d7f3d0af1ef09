/** Records and edges to try the page with. */

import type { Edge, Node } from "../src/page/graph";

export function node(number: number, more: Partial<Node> = {}): Node {
  const common = { log: "adr", title: "Keep orders", status: "accepted", statusText: "Accepted", standing: "accepted", date: null, dateFrom: null, area: null };
  return { uri: `${number}.md`, id: `ADR-${number}`, number, ...common, ...more };
}

/** An edge such as “3 supersedes 1”. */
export function edge(text: string): Edge {
  const [from, kind, to] = text.split(" ");
  return { from: `${from}.md`, to: `${to}.md`, kind: kind as Edge["kind"], partial: false, evidence: "declared", saidBy: ["from"] };
}
