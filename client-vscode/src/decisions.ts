/** The side bar: all records, grouped and filtered, and before them those that need attention. */

import * as vscode from "vscode";

import type { Server } from "./client";
import { later } from "./later";
import { counted, description, filtered, type Group, groupIcon, type Grouping, GROUPINGS, groups, icon, isOverruled, label, type Listed, listed, people, spoken } from "./overview";
import { type Entry, type LogEntries, type Overview, RECORDS } from "./protocol";
import { named } from "./state";

const VIEW = "adr-ls.decisions";
/** Milliseconds of rest after which the records are asked for anew. */
const REST = 300;
/** Where it is remembered by what people group. */
const GROUPING = "adr-ls.grouping";

/** A record where it stands in the tree. */
export class RecordNode {
  readonly uri: vscode.Uri;

  constructor(
    readonly listed: Listed,
    readonly parent: GroupNode,
  ) {
    this.uri = vscode.Uri.parse(listed.entry.uri);
  }
}

class GroupNode {
  readonly records: readonly RecordNode[];

  constructor(readonly group: Group) {
    this.records = group.records.map((one) => new RecordNode(one, this));
  }
}

/** What helps, where there is nothing else to show. */
class RemedyNode {
  constructor(
    readonly title: string,
    readonly icon: string,
    readonly command: string,
  ) {}
}

type Node = GroupNode | RecordNode | RemedyNode;

const OLD = "The adr-ls that is running is too old to list all records; update it, or use the one that comes with the extension.";

/** What stands in the tree while the server does not run; why it does not is said above. */
const REMEDIES = [new RemedyNode("What helps…", "lightbulb", "adr-ls.explainFailure"), new RemedyNode("Show log", "output", "adr-ls.showLog")];

export class Decisions implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  /** All records, as they were last told; undefined as long as they were not. */
  overview: Overview | undefined;
  private roots: readonly GroupNode[] = [];
  private grouping: Grouping;
  private query = "";
  /** The file that was last selected since it is open. */
  private followed = "";
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly update = later(REST, () => void this.ask());
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    const remembered = memory.get(GROUPING);
    this.grouping = GROUPINGS.find((one) => one === remembered) ?? "log";
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.view,
      this.changes,
      this.update,
      server.onDidChange(() => {
        this.show();
        this.update.soon();
      }),
      server.onDidRefresh(() => {
        this.update.soon();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => void this.follow()),
      this.view.onDidChangeVisibility(() => void this.follow()),
    ];
    this.show();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  // What the tree shows

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return this.server.state.kind === "failed" ? REMEDIES : [...this.roots];
    }
    return node instanceof GroupNode ? [...node.records] : [];
  }

  getParent(node: Node): Node | undefined {
    return node instanceof RecordNode ? node.parent : undefined;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node instanceof GroupNode ? this.ofGroup(node.group) : node instanceof RecordNode ? this.ofRecord(node) : ofRemedy(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node instanceof RecordNode) {
      item.tooltip = card(node.listed.entry);
    }
    return item;
  }

  private ofGroup(group: Group): vscode.TreeItem {
    const { key, records } = group;
    const item = new vscode.TreeItem(group.label, vscode.TreeItemCollapsibleState.Expanded);
    item.id = key;
    item.description = String(records.length);
    item.contextValue = "group";
    item.tooltip = `${group.label}: ${counted(records.length)}`;
    item.accessibilityInformation = { label: item.tooltip };
    item.iconPath = themed(groupIcon(group, this.grouping));
    return item;
  }

  private ofRecord({ listed: one, uri, parent: { group } }: RecordNode): vscode.TreeItem {
    const item = new vscode.TreeItem(label(one, group.isPressing));
    item.id = `${group.key} ${one.entry.uri}`;
    item.iconPath = themed(icon(one.entry));
    item.description = description(one, this.grouping, group.isPressing);
    item.resourceUri = uri; // so that its problems and changes are seen as in the explorer
    item.contextValue = "record";
    item.command = { command: "vscode.open", title: "Open", arguments: [uri] };
    item.accessibilityInformation = { label: spoken(one) };
    return item;
  }

  // What is known

  /** Asks the server for all records. */
  async ask(): Promise<void> {
    const { kind } = this.server.state;
    if (kind === "ready" || kind === "reading") {
      const told = await this.server.ask<Overview>(RECORDS, {});
      this.overview = told === undefined ? this.overview : { ...told, logs: told.logs.map(inWindow) };
      this.show();
    }
  }

  private show(): void {
    const { state } = this.server;
    if (state.kind === "failed" || state.kind === "off") {
      this.overview = undefined;
    }
    const { overview } = this;
    this.roots = overview === undefined ? [] : groups(overview, this.grouping, this.query).map((group) => new GroupNode(group));
    const number = overview?.attention.length ?? 0;
    this.view.badge = number > 0 ? { value: number, tooltip: `${counted(number)} that need${number === 1 ? "s" : ""} attention` } : undefined;
    this.view.description = `by ${this.grouping}`;
    this.view.message = state.kind === "failed" ? state.why : overview !== undefined ? filtered(overview, this.query) : !this.server.knows(RECORDS) ? OLD : "";
    setContext("server", state.kind);
    setContext("records", overview === undefined ? "unknown" : listed(overview).length > 0 ? "some" : "none");
    setContext("isFiltered", this.query !== "");
    setContext("grouping", this.grouping);
    this.changes.fire(undefined);
    if (this.followed !== vscode.window.activeTextEditor?.document.uri.toString()) {
      void this.follow(); // it was not there yet
    }
  }

  // What people do with it

  groupBy(grouping: Grouping): void {
    this.grouping = grouping;
    void this.memory.update(GROUPING, grouping);
    this.followed = "";
    this.show();
  }

  filterBy(query: string): void {
    this.query = query.trim();
    this.show();
  }

  /** Asks for words, and shows only the records that have them, already while they are being typed. */
  async filter(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const before = this.query;
    const input = vscode.window.createInputBox();
    input.title = "Filter decisions";
    input.placeholder = "Words of titles, statuses, dates, tags, people; or status:accepted tag:storage owner:ada year:2024";
    input.value = before;
    let kept = before;
    input.onDidChangeValue((value) => {
      this.filterBy(value);
    });
    input.onDidAccept(() => {
      kept = input.value;
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      this.filterBy(kept);
      void vscode.commands.executeCommand(`${VIEW}.focus`);
    });
    input.show();
  }

  /** Selects a record in the tree. */
  async reveal(uri: vscode.Uri | undefined): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const node = uri && this.node(uri);
    if (node !== undefined) {
      await this.view.reveal(node, { select: true, focus: true });
    }
  }

  /** Selects the record that is open in the editor, where that is wanted. */
  private async follow(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const node = uri && this.node(uri);
    const isWanted = vscode.workspace.getConfiguration("adr-ls").get<boolean>("revealActive") !== false;
    const isThere = this.view.selection.some((one) => one instanceof RecordNode && one.uri.toString() === uri?.toString());
    if (node !== undefined && isWanted && this.view.visible) {
      this.followed = node.uri.toString();
      await (isThere ? undefined : this.view.reveal(node, { select: true, focus: false }));
    }
  }

  /** Where a record stands among all, be it among those that need attention as well. */
  private node(uri: vscode.Uri): RecordNode | undefined {
    const nodes = this.roots.flatMap(({ records }) => records).filter((one) => one.uri.toString() === uri.toString());
    return nodes.find(({ parent }) => !parent.group.isPressing) ?? nodes[0];
  }
}

/** A log, by the name that it has in a window of several folders. */
function inWindow(log: LogEntries): LogEntries {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.find(({ uri }) => uri.toString() === vscode.Uri.parse(log.folder).toString());
  return folders.length > 1 && folder !== undefined ? { ...log, name: `${folder.name}/${log.name}` } : log;
}

function ofRemedy({ title, icon, command }: RemedyNode): vscode.TreeItem {
  const item = new vscode.TreeItem(title);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = { command, title };
  return item;
}

function themed([name, colour]: readonly [string, string]): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}

/** What is shown on hovering over a record. */
function card(entry: Entry): vscode.MarkdownString {
  const card = new vscode.MarkdownString("", true);
  const line = (label: string, values: readonly string[]): void => {
    if (values.length > 0) {
      card.appendMarkdown(`\n\n${label}: `).appendText(values.join(", "));
    }
  };
  card.appendMarkdown("**").appendText(named(entry)).appendMarkdown("**\n\n");
  card.appendText([entry.status ?? "no status", entry.date].filter((part) => part !== null).join(" · "));
  if (entry.summary !== undefined && entry.summary !== entry.title) {
    card.appendMarkdown("\n\n").appendText(entry.summary);
  }
  for (const { reason } of entry.attention) {
    card.appendMarkdown("\n\n$(bell-dot) ").appendText(reason);
  }
  line("Superseded by", isOverruled(entry) || entry.attention.length === 0 ? entry.supersededBy.map(named) : []);
  line("Tags", [...entry.areas, ...entry.tags]);
  line("People", people(entry));
  return card;
}

/** Tells menus something, as `adr-ls.name` in their conditions. */
function setContext(name: string, value: unknown): void {
  void vscode.commands.executeCommand("setContext", `adr-ls.${name}`, value);
}
