/** What the extension and the server agree on beyond the Language Server Protocol; docs/editors.md describes it for all clients. */

/** The server's commands. VS Code knows them by these names too, so the extension's own are called otherwise. */
export const UPDATE_INDEX = "adr-ls.updateIndex";
export const NEW_RECORD = "adr-ls.newRecord";
export const SET_STATUS = "adr-ls.setStatus";
/** What a code lens runs to list what refers to a record: with one {@link Place}. */
export const SHOW_REFERENCES = "adr-ls.showReferences";

/** A place in a file, as the server writes it. */
export interface Place {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

export const RECORD = "adr-ls/record";
export const MENTIONS = "adr-ls/mentions";
export const STATUS = "adr-ls/status";

/** What {@link RECORD} tells of a file that is a record. */
export interface RecordInfo {
  readonly id: string;
  readonly title: string;
  readonly status: string | null;
  readonly date: string | null;
  /** What its status may be changed to, in the spelling of the log. */
  readonly statuses: readonly string[];
  readonly supersededBy: readonly { readonly uri: string; readonly id: string; readonly title: string }[];
  /** The index of its log: whether it lists the record, and how many records it lacks. */
  readonly index: { readonly uri: string; readonly lists: boolean; readonly missing: number } | null;
}

/** A text that names a record, as {@link MENTIONS} tells of a file. */
export interface Mention {
  readonly text: string;
  readonly uri: string;
  readonly id: string;
  readonly title: string;
  readonly status: string | null;
  readonly superseded: boolean;
  readonly deprecated: boolean;
}

/** What {@link STATUS} tells of the server's work. */
export interface ServerStatus {
  readonly state: "reading" | "ready";
  readonly records: number;
  readonly logs: number;
  readonly folders: number;
}
