/** Offers the decisions of the opened folders to coding agents in VS Code, by the Model Context Protocol, where VS Code knows that. */

import * as vscode from "vscode";

import type { Server } from "./client";
import type { Command } from "./launch";
import { type Overview, RECORDS } from "./protocol";
import { forAgents, whyNoAgents } from "./server";

/** The name by which package.json announces this. */
export const PROVIDER = "adr-ls.decisions";
/** The setting that turns it off. */
export const AGENTS = "adr-ls.agents";

/** A server that VS Code starts for agents when one asks. */
interface Definition {
  cwd?: vscode.Uri;
}

/** The part of VS Code's interface that is used here; older ones have none of it. */
interface Api {
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    environment?: Record<string, string | number | null>,
    version?: string,
  ) => Definition;
  readonly lm?: {
    readonly registerMcpServerDefinitionProvider?: (
      id: string,
      provider: { readonly onDidChangeMcpServerDefinitions: vscode.Event<void>; provideMcpServerDefinitions(): Promise<Definition[]> },
    ) => vscode.Disposable;
  };
}

export class Agents implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly changes = new vscode.EventEmitter<void>();
  /** Why a command serves no agents, for each that was tried. */
  private readonly tried = new Map<string, Promise<string | undefined>>();
  /** What was told last, so that nothing is told twice. */
  private told = "";
  /** What was offered last, which goes on being offered while the server reads what has changed. */
  private last: Definition[] = [];
  /** What that was made of. */
  private seen = "";

  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
    /** Where it is started: a directory in which no repository can put a module that Python would take for one of ours. */
    private readonly home: vscode.Uri,
  ) {
    const api = vscode as unknown as Api;
    if (api.McpStdioServerDefinition === undefined || api.lm?.registerMcpServerDefinitionProvider === undefined) {
      return;
    }
    this.subscriptions.push(
      api.lm.registerMcpServerDefinitionProvider(PROVIDER, {
        onDidChangeMcpServerDefinitions: this.changes.event,
        provideMcpServerDefinitions: () => this.definitions(api),
      }),
      server.onDidChange(({ kind }) => {
        if (kind !== "starting" && kind !== "reading" && this.key() !== this.seen) {
          this.seen = this.key();
          this.changes.fire();
        }
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(AGENTS)) {
          this.changes.fire();
        }
      }),
    );
  }

  dispose(): void {
    for (const one of this.subscriptions) {
      one.dispose();
    }
    this.changes.dispose();
  }

  /** What the offer depends on. */
  private key(): string {
    const { command, state } = this.server;
    const counts = state.kind === "ready" ? state.counts : undefined;
    return JSON.stringify([state.kind, counts?.records !== 0, counts?.logs, command]);
  }

  private async definitions(api: Api): Promise<Definition[]> {
    const { kind } = this.server.state;
    if (kind !== "starting" && kind !== "reading") {
      this.last = await this.offered(api);
    }
    return this.last;
  }

  /** One for each opened folder that has records; none where agents are not wanted, or cannot be served. */
  private async offered({ McpStdioServerDefinition: Stdio }: Api): Promise<Definition[]> {
    const isWanted = vscode.workspace.getConfiguration().get<boolean>(AGENTS, true);
    const { command, state } = this.server;
    if (Stdio === undefined || !isWanted || command === undefined || state.kind !== "ready" || state.counts?.records === 0) {
      return [];
    }
    const overview = await this.server.ask<Overview>(RECORDS, {});
    const withRecords = new Set(overview?.logs.filter(({ records }) => records.length > 0).map(({ folder }) => vscode.Uri.parse(folder).toString()));
    const folders = vscode.workspace.workspaceFolders?.filter(({ uri }) => withRecords.has(uri.toString())) ?? [];
    const found: Definition[] = [];
    for (const { name, uri } of folders) {
      const own = forAgents(command, uri.fsPath);
      if (await this.serves(own)) {
        const label = folders.length > 1 ? `Decisions of ${name}` : "Decisions";
        found.push(Object.assign(new Stdio(label, own.command, [...own.args], {}, this.server.version), { cwd: this.home }));
      }
    }
    return found;
  }

  /** Whether a command serves agents; where it does not, that is told in the log. */
  private async serves(command: Command): Promise<boolean> {
    const key = [command.command, ...command.args].join(" ");
    const trying = this.tried.get(key) ?? whyNoAgents(command, this.home.fsPath);
    this.tried.set(key, trying);
    const why = await trying;
    if (why !== undefined && why !== this.told) {
      this.told = why;
      this.log.info(`Coding agents are told of no decisions: “${key}” says: ${why}`);
    }
    return why === undefined;
  }
}
