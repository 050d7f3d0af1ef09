/** What the server is doing, in the words that people read. Nothing here knows VS Code. */

import type { RecordInfo, ServerStatus } from "./protocol";

export type State =
  | { readonly kind: "starting" }
  | { readonly kind: "reading" }
  /** Without counts if the server does not tell them. */
  | { readonly kind: "ready"; readonly counts?: Pick<ServerStatus, "records" | "logs"> }
  | { readonly kind: "failed"; readonly why: string };

/** The line of the language status. */
export function headline(state: State): string {
  switch (state.kind) {
    case "starting":
      return "Starting …";
    case "reading":
      return "Reading ADRs …";
    case "ready":
      return state.counts === undefined ? "Ready" : counted(state.counts);
    case "failed":
      return "Not running";
  }
}

function counted({ records, logs }: Pick<ServerStatus, "records" | "logs">): string {
  if (records === 0) {
    return "No ADRs found";
  }
  const count = records === 1 ? "1 ADR" : `${records} ADRs`;
  return logs > 1 ? `${count} in ${logs} logs` : count;
}

/** The open record in the status bar: “ADR-003 · Accepted”. */
export function statusLine({ id, status, supersededBy }: RecordInfo): string {
  const isOutdated = supersededBy.length > 0;
  return `$(${isOutdated ? "history" : "law"}) ${id} · ${status ?? "no status"}`;
}

/** The index in the status bar; undefined for a log without one. */
export function indexLine({ index }: RecordInfo): { readonly text: string; readonly what: string; readonly isCurrent: boolean } | undefined {
  if (index === null) {
    return undefined;
  }
  if (index.missing === 0 && index.lists) {
    return { text: "$(checklist) Index", what: "", isCurrent: true };
  }
  const what = index.missing > 0 ? `${index.missing} missing` : "this record is missing";
  return { text: `$(warning) Index: ${what}`, what, isCurrent: false };
}
