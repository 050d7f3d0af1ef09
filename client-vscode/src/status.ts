/** What is shown of the server and of the open record or index: the language status, two items of the status bar, and keys for menus. */

import * as path from "node:path";
import * as vscode from "vscode";

import type { Server } from "./client";
import { files, markdown, SETTINGS_FILES } from "./files";
import { later } from "./later";
import { INDEX, type IndexInfo, RECORD, type RecordInfo } from "./protocol";
import { headline, type IndexLine, indexLine, named, ownIndexLine, type State, statusLine } from "./state";

/** Milliseconds of rest after which the open record is asked about anew. */
const REST = 300;

/** The open record, as far as it is known. */
export interface OpenRecord {
  readonly uri: vscode.Uri;
  readonly info: RecordInfo;
}

export class Status implements vscode.Disposable {
  /** The record in the active editor. */
  record: OpenRecord | undefined;
  private readonly language = vscode.languages.createLanguageStatusItem("adr-ls", [...files({ language: "markdown" }), ...files({ pattern: SETTINGS_FILES })]);
  private readonly status = vscode.window.createStatusBarItem("adr-ls.record", vscode.StatusBarAlignment.Right, 101);
  private readonly index = vscode.window.createStatusBarItem("adr-ls.index", vscode.StatusBarAlignment.Right, 100.9);
  /** The directories in which records lie, as VS Code's menus compare them. */
  private readonly directories = new Set<string>();
  private readonly update = later(REST, () => void this.ask());
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(private readonly server: Server) {
    this.language.name = "adr-ls";
    this.status.name = "ADR: Status";
    this.index.name = "ADR: Index";
    this.subscriptions = [
      this.language,
      this.status,
      this.index,
      this.update,
      server.onDidChange((state) => {
        this.tell(state);
        this.update.soon();
        if (state.kind === "ready") {
          void this.learnDirectories();
        }
      }),
      server.onDidRefresh(() => {
        this.update.soon();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.uri.toString() !== this.record?.uri.toString()) {
          this.show(undefined);
        }
        void this.ask();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        // Also of another file: it may be the index. What is logged is a document as well, and must not make us ask and log again.
        if (vscode.languages.match(markdown(), document) > 0) {
          this.update.soon();
        }
      }),
    ];
    this.tell(server.state);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private tell(state: State): void {
    setContext("hasFailed", state.kind === "failed");
    this.language.busy = state.kind === "starting" || state.kind === "reading";
    this.language.text = headline(state);
    const version = `adr-ls ${this.server.version ?? ""}`.trimEnd();
    this.language.detail = state.kind === "failed" ? state.why : this.server.about === undefined ? version : `${version}, ${this.server.about}`;
    this.language.severity = state.kind === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    this.language.command =
      state.kind === "failed"
        ? { command: "adr-ls.explainFailure", title: "What Helps" }
        : state.kind === "off"
          ? { command: "workbench.action.openSettings", title: "Open Settings", arguments: ["adr-ls.enable"] }
          : { command: "adr-ls.showLog", title: "Show Log" };
    this.show(undefined);
  }

  /** Asks the server about the file in the active editor. */
  private async ask(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || vscode.languages.match(markdown(), document) === 0) {
      this.show(undefined);
      return;
    }
    const asked = { textDocument: { uri: document.uri.toString() } };
    const info = await this.server.ask<RecordInfo | null>(RECORD, asked);
    const index = info ? null : await this.server.ask<IndexInfo | null>(INDEX, asked);
    if (document === vscode.window.activeTextEditor?.document) {
      this.show(info ? { uri: document.uri, info } : undefined, index ?? undefined);
    }
  }

  private show(record: OpenRecord | undefined, index?: IndexInfo): void {
    this.record = record;
    setContext("isRecord", record !== undefined);
    if (this.server.state.kind === "failed") {
      this.showFailure(this.server.state.why);
      return;
    }
    this.status.backgroundColor = undefined;
    if (record === undefined) {
      this.status.hide();
      this.showIndex(index && ownIndexLine(index), index?.uri);
      return;
    }
    const { info } = record;
    this.learn(record.uri);
    this.status.text = statusLine(info);
    this.status.tooltip = this.card(info);
    this.status.command = info.statuses.length > 0 ? "adr-ls.changeStatus" : undefined;
    this.status.accessibilityInformation = { label: `${info.id}, status ${info.status ?? "missing"}` };
    this.status.show();
    this.showIndex(indexLine(info), info.index?.uri);
  }

  /** Shows an index, the open one or that of the open record. */
  private showIndex(line: IndexLine | undefined, uri: string | undefined): void {
    setContext("isIndexBehind", line?.isCurrent === false);
    if (line === undefined || uri === undefined) {
      this.index.hide();
      return;
    }
    const name = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
    this.index.text = line.text;
    this.index.tooltip = line.isCurrent ? `${name} lists every record` : `${line.what} in ${name}: select to update it`;
    this.index.command = line.isCurrent ? { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(uri)] } : "adr-ls.updateIndexes";
    this.index.accessibilityInformation = { label: this.index.tooltip };
    this.index.show();
  }

  private showFailure(why: string): void {
    this.index.hide();
    if (vscode.window.activeTextEditor?.document.languageId !== "markdown") {
      this.status.hide();
      return;
    }
    this.status.text = "$(error) adr-ls";
    this.status.tooltip = why;
    this.status.command = "adr-ls.explainFailure";
    this.status.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
    this.status.accessibilityInformation = { label: why };
    this.status.show();
  }

  /** What is shown on hovering over the status. */
  private card({ status, date, supersededBy, statuses, ...name }: RecordInfo): vscode.MarkdownString {
    const card = new vscode.MarkdownString();
    card.appendMarkdown("**").appendText(named(name)).appendMarkdown("**\n\n");
    card.appendText([status ?? "no status", date].filter((part) => part !== null).join(" · "));
    for (const other of supersededBy) {
      card.appendMarkdown("\n\n").appendText(`Superseded by ${named(other)}`);
    }
    if (statuses.length > 0) {
      card.appendMarkdown("\n\nSelect to change the status");
    }
    return card;
  }

  private async learnDirectories(): Promise<void> {
    const found = await this.server.ask<readonly { readonly location: { readonly uri: string } }[] | null>("workspace/symbol", { query: "" });
    for (const { location } of found ?? []) {
      this.learn(vscode.Uri.parse(location.uri));
    }
  }

  /** Remembers the directory of a record. */
  private learn(uri: vscode.Uri): void {
    const before = this.directories.size;
    // Menus see the path in the form of the system that the window runs on, or, in a remote window, that of URIs.
    this.directories.add(path.posix.dirname(uri.path)).add(path.dirname(uri.fsPath));
    if (this.directories.size > before) {
      setContext("directories", [...this.directories]);
    }
  }
}

/** Tells menus something, as `adr-ls.name` in their conditions. */
function setContext(name: string, value: unknown): void {
  void vscode.commands.executeCommand("setContext", `adr-ls.${name}`, value);
}
