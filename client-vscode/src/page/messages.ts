/** What the extension and the page in its panel say to each other. */

import type { Graph } from "./graph";

export type ToPage = { readonly type: "graph"; readonly graph: Graph } | { readonly type: "select"; readonly uri: string | null; readonly isNear: boolean };
export type FromPage = { readonly type: "ready" } | { readonly type: "open"; readonly uri: string };
