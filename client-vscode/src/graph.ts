/** The panel that draws how the records hang together. It follows the editor, and is as it was when VS Code shows it again. */

import * as vscode from "vscode";

import type { Server } from "./client";
import { later } from "./later";
import type { Graph } from "./page/graph";
import type { FromPage, ToPage } from "./page/messages";
import { GRAPH } from "./protocol";

const TYPE = "adr-ls.graph";
/** Milliseconds of rest after which the graph is asked for anew. */
const REST = 600;

export class GraphPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  /** Whether the page listens. */
  private isReady = false;
  /** The record that people are at, and whether only what is near it is to be shown. */
  private selected: Extract<ToPage, { readonly type: "select" }> = { type: "select", uri: null, isNear: false };
  private readonly update = later(REST, () => void this.draw());
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly place: vscode.Uri,
  ) {
    const changed = (): void => {
      if (this.panel !== undefined) {
        this.update.soon();
      }
    };
    const files = vscode.workspace.createFileSystemWatcher("**/*.{md,markdown,mdx,adoc,asciidoc}");
    this.subscriptions = [
      files,
      files.onDidCreate(changed),
      files.onDidChange(changed),
      files.onDidDelete(changed),
      server.onDidChange(changed),
      server.onDidRefresh(changed),
      vscode.window.registerWebviewPanelSerializer(TYPE, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "markdown") {
          changed();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId === "markdown") {
          this.select(editor.document.uri.toString(), false);
        }
      }),
    ];
  }

  dispose(): void {
    this.panel?.dispose();
    this.update.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Opens the panel beside the editor, at the record that is open there or at the one that is given; `isNear` shows only what is near it. */
  async show(isNear: boolean, given?: vscode.Uri): Promise<void> {
    if (!(await this.server.isReady())) {
      return;
    }
    const editor = vscode.window.activeTextEditor?.document;
    const uri = given?.toString() ?? (editor?.languageId === "markdown" ? editor.uri.toString() : this.selected.uri);
    if (this.panel === undefined) {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
      this.take(vscode.window.createWebviewPanel(TYPE, "ADR Graph", column, { enableScripts: true, localResourceRoots: [this.place], enableFindWidget: false }));
    } else {
      this.panel.reveal();
    }
    this.select(uri, isNear);
  }

  /** Fills a panel that VS Code had kept. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.place] };
    this.take(panel);
    const open = vscode.window.activeTextEditor?.document;
    this.selected = { ...this.selected, uri: open?.languageId === "markdown" ? open.uri.toString() : null };
    return Promise.resolve();
  }

  private take(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.isReady = false;
    panel.iconPath = vscode.Uri.joinPath(this.place, "../icon.png");
    panel.onDidDispose(() => {
      if (this.panel === panel) {
        this.panel = undefined;
      }
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      if (message.type === "ready") {
        this.isReady = true;
        void this.draw();
        this.tell(this.selected);
      } else {
        void vscode.window.showTextDocument(vscode.Uri.parse(message.uri), { viewColumn: this.column(), preview: true });
      }
    });
    panel.webview.html = this.page(panel.webview);
  }

  /** Where records are opened: where there is an editor beside the panel. */
  private column(): vscode.ViewColumn {
    const others = vscode.window.tabGroups.all.filter(({ viewColumn }) => viewColumn !== this.panel?.viewColumn);
    return others.find(({ activeTab }) => activeTab?.input instanceof vscode.TabInputText)?.viewColumn ?? others[0]?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  private select(uri: string | null, isNear: boolean): void {
    this.selected = { type: "select", uri, isNear };
    this.tell(this.selected);
    this.selected = { ...this.selected, isNear: isNear && !this.isReady }; // until the page is there to hear of it
  }

  private async draw(): Promise<void> {
    if (this.panel === undefined || !this.isReady) {
      return;
    }
    const graph = await this.server.ask<Graph>(GRAPH, {});
    if (graph !== undefined) {
      this.tell({ type: "graph", graph });
    }
  }

  private tell(message: ToPage): void {
    if (this.isReady) {
      void this.panel?.webview.postMessage(message);
    }
  }

  private page(webview: vscode.Webview): string {
    const nonce = crypto.randomUUID();
    const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.place, name)).toString();
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
    return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>ADR Graph</title>
<link rel="stylesheet" href="${at("page.css")}">
<div id="page"></div>
<script nonce="${nonce}" src="${at("page.js")}"></script>
</html>`;
  }
}
