/** A search over all decisions: titles, numbers, statuses, dates, tags, people and what was decided, and the headings in them. */

import * as vscode from "vscode";

import type { Server } from "./client";
import type { Decisions } from "./decisions";
import { fits, icon, type Listed, pressingFirst, read } from "./overview";
import { named } from "./state";

/** From so many characters on, headings are looked for as well. */
const LEAST = 3;
/** Milliseconds after which the records are shown without the headings. */
const PATIENCE = 150;

interface Item extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
  readonly line?: number;
}

/** A heading, as `workspace/symbol` finds it. */
interface Heading {
  readonly name: string;
  readonly kind: number;
  readonly containerName?: string;
  readonly location: { readonly uri: string; readonly range: { readonly start: { readonly line: number } } };
}

const SIDE: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("split-horizontal"), tooltip: "Open to the side" };
const PREVIEW: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("open-preview"), tooltip: "Open preview" };
/** What the protocol calls a record; its headings are of another kind. */
const FILE = 1;

/** Offers all records, those that need attention first, and those that are looked for while people type. */
export async function search(server: Server, decisions: Decisions): Promise<void> {
  if (!(await server.isReady())) {
    return;
  }
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = "Search decisions";
  pick.placeholder = "Words of titles, statuses, dates, tags, people, decisions and headings; or status:accepted tag:storage owner:ada year:2024";
  pick.busy = true;
  const show = async (): Promise<void> => {
    const { value } = pick;
    const give = (found: readonly Item[]): void => {
      if (value === pick.value) {
        pick.items = [...records(decisions, value), ...found];
      }
    };
    // What is there is not taken away for the moment that the server takes.
    const timer = setTimeout(give, value.trim().length < LEAST ? 0 : PATIENCE, []);
    if (value.trim().length >= LEAST) {
      const found = await headings(server, value);
      clearTimeout(timer);
      give(found.length > 0 ? [{ label: "Headings", kind: vscode.QuickPickItemKind.Separator }, ...found] : []);
    }
  };
  pick.onDidChangeValue(show);
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    if (item !== undefined) {
      pick.hide();
      void open(item, vscode.ViewColumn.Active);
    }
  });
  pick.onDidTriggerItemButton(({ item, button }) => {
    pick.hide();
    void (button === PREVIEW ? vscode.commands.executeCommand("markdown.showPreview", item.uri) : open(item, vscode.ViewColumn.Beside));
  });
  pick.onDidHide(() => {
    pick.dispose();
  });
  pick.show();
  await decisions.ask();
  pick.busy = false;
  await show();
}

/** The records that fit a query. */
function records({ overview }: Decisions, query: string): Item[] {
  const words = read(query);
  return (overview === undefined ? [] : pressingFirst(overview)).filter((one) => fits(one, words)).map(ofRecord);
}

function ofRecord({ entry }: Listed): Item {
  const said = [entry.status ?? "no status", entry.date, ...entry.areas, ...entry.tags, ...entry.attention.map(({ reason }) => `$(bell-dot) ${reason}`)];
  return {
    label: `$(${icon(entry)[0]}) ${named(entry)}`,
    description: said.filter((part) => part !== null).join(" · "),
    ...(entry.summary === undefined || entry.summary === entry.title ? {} : { detail: entry.summary }),
    uri: vscode.Uri.parse(entry.uri),
    buttons: [SIDE, PREVIEW],
    alwaysShow: true, // it has been found already, in more than is shown
  };
}

async function headings(server: Server, query: string): Promise<Item[]> {
  const found = (await server.ask<readonly Heading[] | null>("workspace/symbol", { query })) ?? [];
  return found
    .filter(({ kind }) => kind !== FILE)
    .map(({ name, containerName, location }) => ({
      label: `$(symbol-string) ${name}`,
      description: containerName ?? "",
      uri: vscode.Uri.parse(location.uri),
      line: location.range.start.line,
      buttons: [SIDE],
      alwaysShow: true,
    }));
}

async function open({ uri, line = 0 }: Item, viewColumn: vscode.ViewColumn): Promise<void> {
  if (uri !== undefined) {
    await vscode.window.showTextDocument(uri, { viewColumn, selection: new vscode.Range(line, 0, line, 0) });
  }
}
