/** What the documents that are previewed mention, asked of the server and kept while it holds. */

import * as path from "node:path";
import * as vscode from "vscode";

import type { Server } from "./client";
import { schemes } from "./files";
import { later } from "./later";
import type { LinkedMention } from "./markdown";
import { type Mention, MENTIONS } from "./protocol";

/** Milliseconds of rest after which a change is looked at. */
const REST = 300;
/** How many documents are remembered. */
const MOST = 50;

export class Mentions implements vscode.Disposable {
  private readonly known = new Map<string, readonly LinkedMention[]>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly refreshAll = later(REST, () => {
    if (!isPreviewOpen()) {
      this.known.clear(); // the next preview asks anew
    }
    for (const key of this.known.keys()) {
      void this.fetch(vscode.Uri.parse(key));
    }
  });

  constructor(private readonly server: Server) {
    this.subscriptions = [
      this.refreshAll,
      // Any Markdown file may be the record that another one mentions.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "markdown" && this.known.size > 0) {
          this.refreshAll.soon();
        }
      }),
      server.onDidChange(() => {
        this.refreshAll.soon();
      }),
      server.onDidRefresh(() => {
        this.refreshAll.soon();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  /** The mentions of the document that the preview renders; nothing yet if they have to be asked for, and then it is rendered again. */
  readonly lookup = (env: unknown): readonly LinkedMention[] => {
    const uri = documentOf(env);
    if (uri === undefined || !schemes().includes(uri.scheme)) {
      return [];
    }
    const key = uri.toString();
    const found = this.known.get(key);
    if (found === undefined) {
      const [oldest] = this.known.keys();
      if (this.known.size >= MOST && oldest !== undefined) {
        this.known.delete(oldest);
      }
      this.known.set(key, []);
      void this.fetch(uri);
    }
    return found ?? [];
  };

  private async fetch(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const mentions = await this.server.ask<readonly Mention[]>(MENTIONS, { textDocument: { uri: key } });
    if (mentions === undefined) {
      return; // what is known holds as far as anybody knows; the next change asks again
    }
    const found = mentions.map((mention) => ({ ...mention, href: relative(uri, vscode.Uri.parse(mention.uri)) })).filter(({ href }) => href !== "");
    if (JSON.stringify(found) !== JSON.stringify(this.known.get(key))) {
      this.known.set(key, found);
      await vscode.commands.executeCommand("markdown.preview.refresh");
    }
  }
}

function isPreviewOpen(): boolean {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .some(({ input }) => (input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputCustom) && input.viewType.includes("markdown.preview"));
}

/** The link from one file to another; empty from a file to itself. */
function relative(from: vscode.Uri, to: vscode.Uri): string {
  if (from.toString() === to.toString()) {
    return "";
  }
  return path.posix.relative(path.posix.dirname(from.path), to.path).split("/").map(encodeURIComponent).join("/");
}

/** The document that the preview renders, which it hands to its renderer in `env`. */
function documentOf(env: unknown): vscode.Uri | undefined {
  const given = typeof env === "object" && env !== null && "currentDocument" in env ? env.currentDocument : undefined;
  return given instanceof vscode.Uri ? given : undefined;
}
