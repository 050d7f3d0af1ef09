/** The records as a list shows them: grouped, filtered and in words. Nothing here knows VS Code. */

import type { Entry, LogEntries, Overview } from "./protocol";
import { named } from "./state";

export const GROUPINGS = ["log", "status", "tag", "year", "owner"] as const;
/** By what the records are grouped. */
export type Grouping = (typeof GROUPINGS)[number];

/** A record in its log. */
export interface Listed {
  readonly entry: Entry;
  readonly log: LogEntries;
}

export interface Group {
  /** What tells it from the others. */
  readonly key: string;
  readonly label: string;
  readonly records: readonly Listed[];
  /** Whether it is that of the records that need attention. */
  readonly isPressing: boolean;
}

/** The life of a decision, in whose order statuses are listed. */
const LIFE = ["draft", "proposed", "accepted", "amended", "other", "rejected", "deprecated", "superseded"];
/** Stands behind all that have a name. */
const NONE: Readonly<Record<Grouping, string>> = { log: "", status: "No status", tag: "No tag", year: "No date", owner: "Nobody named" };

/** The groups of the records that fit a query; before all others that of those which need attention, if any does. */
export function groups(overview: Overview, grouping: Grouping, query = ""): readonly Group[] {
  const words = read(query);
  const all = listed(overview).filter((one) => fits(one, words));
  const pressing = pressingOf(overview, all);
  const attention: Group = { key: "attention", label: "Needs attention", records: pressing, isPressing: true };
  return pressing.length > 0 ? [attention, ...grouped(all, grouping)] : grouped(all, grouping);
}

/** All records, log by log. */
export function listed(overview: Overview): readonly Listed[] {
  return overview.logs.flatMap((log) => log.records.map((entry) => ({ entry, log })));
}

/** Those records that need attention, the most pressing first, then the others. */
export function pressingFirst(overview: Overview): readonly Listed[] {
  const all = listed(overview);
  const pressing = pressingOf(overview, all);
  const isPressing = new Set(pressing);
  return [...pressing, ...all.filter((one) => !isPressing.has(one))];
}

function pressingOf(overview: Overview, all: readonly Listed[]): readonly Listed[] {
  const rank = new Map(overview.attention.map((uri, at) => [uri, at]));
  return all.filter(({ entry }) => rank.has(entry.uri)).sort((one, other) => (rank.get(one.entry.uri) ?? 0) - (rank.get(other.entry.uri) ?? 0));
}

function grouped(all: readonly Listed[], grouping: Grouping): readonly Group[] {
  const found = new Map<string, { label: string; rank: number; records: Listed[] }>();
  for (const one of all) {
    for (const { key, label, rank } of places(one, grouping)) {
      const group = found.get(key) ?? { label, rank, records: [] };
      found.set(key, group);
      group.records.push(one);
    }
  }
  const inOrder = [...found].sort(([, one], [, other]) => one.rank - other.rank || (grouping === "log" ? 0 : compare(one.label, other.label)));
  return inOrder.map(([key, { label, records }]) => ({ key: `${grouping}/${key}`, label, records, isPressing: false }));
}

interface Place {
  readonly key: string;
  readonly label: string;
  readonly rank: number;
}

/** In which groups a record stands; those of lesser rank come first. */
function places({ entry, log }: Listed, grouping: Grouping): readonly Place[] {
  switch (grouping) {
    case "log":
      return [{ key: log.uri, label: log.name, rank: 0 }];
    case "status":
      return entry.standing === null ? unnamed(grouping) : [statusPlace(entry.standing, entry)];
    case "year":
      return entry.year === null ? unnamed(grouping) : [{ key: String(entry.year), label: String(entry.year), rank: -entry.year }];
    case "tag":
      return ofNames([...entry.areas, ...entry.tags], grouping);
    case "owner":
      return ofNames(people(entry), grouping);
  }
}

function statusPlace(standing: string, { status }: Entry): Place {
  const rank = LIFE.indexOf(standing);
  return standing === "other" && status !== null ? { key: `other ${fold(status)}`, label: status, rank } : { key: standing, label: capital(standing), rank };
}

function ofNames(names: readonly string[], grouping: Grouping): readonly Place[] {
  const each = new Map(names.map((name) => [fold(name), { key: fold(name), label: name, rank: 0 }]));
  return each.size > 0 ? [...each.values()] : unnamed(grouping);
}

function unnamed(grouping: Grouping): readonly Place[] {
  return [{ key: "", label: NONE[grouping], rank: Number.MAX_SAFE_INTEGER }];
}

/** Whom to ask of a decision: those who own it, or where none are named those who took it. */
export function people({ owners, deciders }: Entry): readonly string[] {
  return owners.length > 0 ? owners : deciders;
}

// Looking for records

/** A word that is looked for, and where alone: `tag:storage`. */
interface Word {
  readonly text: string;
  readonly field: string;
}

const FIELDS: Readonly<Record<string, (one: Listed) => readonly (string | null)[]>> = {
  status: ({ entry }) => [entry.status, entry.standing],
  tag: ({ entry }) => [...entry.tags, ...entry.areas],
  owner: ({ entry }) => [...entry.owners, ...entry.deciders],
  year: ({ entry }) => [entry.year === null ? null : String(entry.year)],
  log: ({ log }) => [log.name],
};

/** The words of a query. */
export function read(query: string): readonly Word[] {
  return query
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => {
      const [before = "", ...behind] = word.split(":");
      const field = fold(before);
      return Object.hasOwn(FIELDS, field) && behind.length > 0 ? { field, text: fold(behind.join(":")) } : { field: "", text: fold(word) };
    });
}

/** Whether each word of a query stands in what a list tells of a record. */
export function fits(one: Listed, words: readonly Word[]): boolean {
  return words.every(({ field, text }) => said(one, field).some((value) => value.includes(text)));
}

function said(one: Listed, field: string): readonly string[] {
  const { entry } = one;
  const values = FIELDS[field]?.(one) ?? [
    named(entry),
    entry.number === null ? null : String(entry.number),
    entry.date,
    entry.summary ?? null,
    ...entry.attention.map(({ reason }) => reason),
    ...Object.values(FIELDS).flatMap((each) => each(one)),
  ];
  return values.filter((value) => value !== null).map(fold);
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// In words

/** What stands behind the title of a record: why it needs attention, or else its status and date, as far as its group does not tell. */
export function description({ entry }: Listed, grouping: Grouping, isPressing: boolean): string {
  if (isPressing) {
    const reasons = entry.attention.map(({ reason }) => reason).join(", ");
    return entry.number === null ? reasons : `${reasons} · ${entry.title}`;
  }
  const shown = [grouping === "status" && entry.standing !== "other" ? null : (entry.status ?? "no status"), entry.date];
  return shown.filter((part) => part !== null).join(" · ");
}

/** By what a record is called in the tree: where it is told why it needs attention, that has to fit into one line with it. */
export function label({ entry }: Listed, isPressing: boolean): string {
  return isPressing && entry.number !== null ? entry.id : named(entry);
}

/** All that is told of a record, for those who do not see its icon. */
export function spoken({ entry }: Listed): string {
  const parts = [named(entry), entry.status ?? "no status", ...(isOverruled(entry) ? ["superseded"] : []), entry.date, ...entry.attention.map(({ reason }) => `needs attention: ${reason}`)];
  return parts.filter((part) => part !== null).join(", ");
}

/** Whether another record has superseded this one, and its status does not say so. */
export function isOverruled({ standing, canonical }: Entry): boolean {
  return standing === "superseded" && canonical !== "superseded";
}

/** An icon of VS Code's, and the colour of its themes, for what has become of a decision. */
export function icon({ standing }: Entry): readonly [string, string] {
  return ICONS[standing ?? ""] ?? ["circle-outline", "icon.foreground"];
}

const ICONS: Readonly<Record<string, readonly [string, string]>> = {
  draft: ["edit", "charts.blue"],
  proposed: ["comment-discussion", "charts.blue"],
  accepted: ["pass", "charts.green"],
  amended: ["pass", "charts.green"],
  rejected: ["circle-slash", "charts.red"],
  deprecated: ["archive", "disabledForeground"],
  superseded: ["history", "disabledForeground"],
  "": ["question", "problemsWarningIcon.foreground"],
};

/** The same for a group, by what it is of and the first of its records. */
export function groupIcon({ isPressing, records }: Group, grouping: Grouping): readonly [string, string] {
  if (isPressing) {
    return ["bell-dot", "problemsWarningIcon.foreground"];
  }
  const [first] = records;
  return grouping === "status" && first !== undefined ? icon(first.entry) : [GROUP_ICONS[grouping], "icon.foreground"];
}

const GROUP_ICONS: Readonly<Record<Grouping, string>> = { log: "book", status: "law", tag: "tag", year: "calendar", owner: "person" };

/** Of how many records what is told. */
export function counted(records: number): string {
  return records === 1 ? "1 decision" : `${records} decisions`;
}

/** What is said above a list of the records that fit a query; nothing where none does, which is said in their place. */
export function filtered(overview: Overview, query: string): string {
  const all = listed(overview);
  const words = read(query);
  const found = all.filter((one) => fits(one, words)).length;
  return words.length === 0 || found === 0 ? "" : `“${query.trim()}”: ${found} of ${all.length}`;
}

function compare(one: string, other: string): number {
  return one.localeCompare(other, undefined, { sensitivity: "base", numeric: true });
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
