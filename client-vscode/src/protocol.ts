/** What the extension and the server agree on beyond the Language Server Protocol; docs/editors.md describes it for all clients. */

/** The server's commands. VS Code knows them by these names too, so the extension's own are called otherwise. */
export const UPDATE_INDEX = "adr-ls.updateIndex";
export const NEW_RECORD = "adr-ls.newRecord";
export const SET_STATUS = "adr-ls.setStatus";
export const SUPERSEDE = "adr-ls.supersede";
export const FIX_ALL = "adr-ls.fixAll";
/** What a code lens runs to list what refers to a record: with one {@link Place}. */
export const SHOW_REFERENCES = "adr-ls.showReferences";

/** A place in a file, as the server writes it. */
export interface Place {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** What a code action gives a command that makes a record: a title to begin with, of which people had better be asked for a better one. */
export interface Titled {
  readonly title: string;
  readonly ask: true;
}

export const RECORD = "adr-ls/record";
export const INDEX = "adr-ls/index";
export const RECORDS = "adr-ls/records";
export const SUCCESSORS = "adr-ls/successors";
export const TEMPLATES = "adr-ls/templates";
export const MENTIONS = "adr-ls/mentions";
export const GRAPH = "adr-ls/graph";
export const STATUS = "adr-ls/status";
/** Asked by the server when what it answered to one of these holds no longer. */
export const REFRESH = "adr-ls/refresh";

/** By what people know a record. */
export interface Name {
  readonly uri: string;
  readonly id: string;
  readonly title: string;
}

/** What {@link RECORD} tells of a file that is a record. */
export interface RecordInfo {
  readonly id: string;
  readonly title: string;
  readonly status: string | null;
  readonly date: string | null;
  /** What its status may be changed to, in the spelling of the log. */
  readonly statuses: readonly string[];
  /** Those of them that only another record can give it; unknown to older servers. */
  readonly asking?: readonly string[];
  readonly supersededBy: readonly Name[];
  /** The index of its log: whether it lists the record, and how many records it lacks. */
  readonly index: { readonly uri: string; readonly lists: boolean; readonly missing: number } | null;
}

/** What {@link INDEX} tells of a file that is an index: how many records it lists, and how many of its logs' it lacks. */
export interface IndexInfo {
  readonly uri: string;
  readonly listed: number;
  readonly missing: number;
}

/** Why a record needs attention: `reason` follows its name, and `records` are those that it is about. */
export interface Reason {
  readonly kind: string;
  readonly reason: string;
  readonly records: readonly Name[];
}

/** A record, as {@link RECORDS} tells of it. */
export interface Entry extends Name {
  readonly number: number | null;
  readonly status: string | null;
  readonly canonical: string | null;
  /** What has become of the decision: `superseded` also where only its successor says so. */
  readonly standing: string | null;
  readonly date: string | null;
  readonly year: number | null;
  readonly tags: readonly string[];
  readonly areas: readonly string[];
  readonly owners: readonly string[];
  readonly deciders: readonly string[];
  readonly summary?: string;
  readonly supersededBy: readonly Name[];
  readonly attention: readonly Reason[];
}

/** A log: its directory, the opened folder that it is in, and its name in there. */
export interface LogEntries {
  readonly uri: string;
  readonly folder: string;
  readonly name: string;
  readonly records: readonly Entry[];
}

/** What {@link RECORDS} tells: all logs, and the URIs of the records that need attention, the most pressing first. */
export interface Overview {
  readonly logs: readonly LogEntries[];
  readonly attention: readonly string[];
}

/** What {@link SUCCESSORS} tells of a record: those that may supersede it, or why none can. */
export interface Successors {
  readonly reason: string | null;
  readonly records: readonly (Name & { readonly status: string | null })[];
}

/** One of those that {@link TEMPLATES} tells of a file or folder: what a new record near it may be made from. */
export interface Template {
  readonly uri: string;
  readonly name: string;
}

/** A text that names a record, as {@link MENTIONS} tells of a file. */
export interface Mention extends Name {
  readonly text: string;
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
