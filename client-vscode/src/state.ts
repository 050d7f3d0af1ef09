/** What the server is doing, in the words that people read. Nothing here knows VS Code. */

import type { IndexInfo, Name, RecordInfo, ServerStatus } from "./protocol";

export type State =
  | { readonly kind: "starting" }
  | { readonly kind: "reading" }
  /** Without counts if the server does not tell them. */
  | { readonly kind: "ready"; readonly counts?: Pick<ServerStatus, "records" | "logs"> }
  | { readonly kind: "failed"; readonly why: string }
  /** The settings say so. */
  | { readonly kind: "off" };

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
    case "off":
      return "Turned off";
  }
}

function counted({ records, logs }: Pick<ServerStatus, "records" | "logs">): string {
  if (records === 0) {
    return "No ADRs found";
  }
  const count = records === 1 ? "1 ADR" : `${records} ADRs`;
  return logs > 1 ? `${count} in ${logs} logs` : count;
}

/** A record as people know it: “ADR-003: Deploy with containers”. */
export function named({ id, title }: Pick<Name, "id" | "title">): string {
  return title.startsWith(id) ? title : `${id}: ${title}`;
}

/** The open record in the status bar: “ADR-003 · Accepted”. */
export function statusLine({ id, status, supersededBy }: RecordInfo): string {
  const isOutdated = supersededBy.length > 0;
  return `$(${isOutdated ? "history" : "law"}) ${id} · ${status ?? "no status"}`;
}

/** An index in the status bar. */
export interface IndexLine {
  readonly text: string;
  /** What is to be done to it; empty if nothing. */
  readonly what: string;
  readonly isCurrent: boolean;
}

/** The index of a record; undefined for a log without one. */
export function indexLine({ index }: RecordInfo): IndexLine | undefined {
  if (index === null) {
    return undefined;
  }
  if (index.missing === 0 && index.lists) {
    return { text: "$(checklist) Index", what: "", isCurrent: true };
  }
  const what = index.missing > 0 ? `${index.missing} missing` : "this record is missing";
  return { text: `$(warning) Index: ${what}`, what, isCurrent: false };
}

/** The open file, which is an index itself. */
export function ownIndexLine({ listed, missing }: IndexInfo): IndexLine {
  const what = missing > 0 ? `${missing} missing` : "";
  const lists = listed === 1 ? "1 ADR" : `${listed} ADRs`;
  return what === "" ? { text: `$(checklist) Index of ${lists}`, what, isCurrent: true } : { text: `$(warning) Index: ${what}`, what, isCurrent: false };
}
