/** Puts the parts together. What every editor can have is the server's; here is what only VS Code offers. */

import type MarkdownIt from "markdown-it";
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";

import { CODE, isCode, NAME, Server } from "./client";
import { changeStatus, fixFile, newRecord, run, supersede, updateIndexes } from "./commands";
import { Confirmation } from "./confirm";
import { Decisions, RecordNode } from "./decisions";
import { mentionLinks } from "./markdown";
import { isReported } from "./doubles";
import { GraphPanel } from "./graph";
import type { Launcher } from "./launch";
import { Mentions } from "./mentions";
import { GROUPINGS } from "./overview";
import { search } from "./search";
import { chosen } from "./settings";
import { Status } from "./status";
import { type Found, isListed } from "./symbols";

/** The settings that decide whether and which program runs, and what it is told of. */
const PROGRAM = ["adr-ls.enable", "adr-ls.path", "adr-ls.interpreter", "adr-ls.importStrategy", `adr-ls.${CODE}`];

/** The settings of VS Code's own check of links. */
const VALIDATE = "markdown.validate";

let server: Server | undefined;

/** What VS Code's Markdown preview uses. */
export interface Preview {
  extendMarkdownIt(md: MarkdownIt): MarkdownIt;
}

/** Begins, with a server from where the extension runs. */
export function begin(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, launcher: Launcher): { readonly preview: Preview; readonly server: Server } {
  const confirmation = new Confirmation();
  /** Whether the problems that are shown may be fewer than the server told: “unchanged” says too little then. */
  let isFiltered = vscode.workspace.getConfiguration(VALIDATE).get("enabled", false);
  const running: Server = new Server(log, launcher, {
    // VS Code's own Markdown support has the outline, the folds and the headings already; what is found besides would show them twice.
    provideDocumentSymbols: () => undefined,
    provideFoldingRanges: () => undefined,
    provideWorkspaceSymbols: async (query, token, next) => (await next(query, token))?.filter((symbol) => !isListed(foundOf(symbol), query)),
    // In source code there is nothing but references: it is not asked for more with every letter.
    provideCompletionItem: (document, position, context, token, next) =>
      isCode(document) ? undefined : next(document, position, context, token),
    provideSelectionRanges: (document, positions, token, next) => (isCode(document) ? undefined : next(document, positions, token)),
    provideInlayHints: (document, range, token, next) => (isCode(document) ? undefined : next(document, range, token)),
    willSaveWaitUntil: (event, next) => (isCode(event.document) ? Promise.resolve([]) : next(event)),
    provideDiagnostics: async (document, previous, token, next) => {
      const key = (document instanceof vscode.Uri ? document : document.uri).toString();
      const report = await next(document, isFiltered ? undefined : previous, token);
      const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key);
      return open === undefined ? report : withoutDoubles(open, report);
    },
    executeCommand: (command, args: unknown[], next) => run(running, command, args, () => next(command, args) as unknown),
    workspace: {
      configuration: ({ items }) => items.map(chosenSettings), // only its own are ever asked for
      handleApplyEdit: (params, next) => confirmation.handle(params, (given) => next(given, new vscode.CancellationTokenSource().token)),
    },
  });
  server = running;
  const status = new Status(running);
  const mentions = new Mentions(running);
  const decisions = new Decisions(running, context.workspaceState);
  const graph = new GraphPanel(running, vscode.Uri.joinPath(context.extensionUri, "dist"));
  const restart = (): Promise<void> => running.restart();
  const commands: Record<string, (...given: never[]) => unknown> = {
    restart,
    showLog: () => {
      log.show();
    },
    explainFailure: () => running.tell(),
    new: (near?: unknown) => newRecord(running, given(near)),
    changeStatus: async (record?: unknown) => changeStatus(running, (await shown(record)) ?? opened()),
    supersedeRecord: async (record?: unknown) => supersede(running, ((await shown(record)) ?? opened())?.toString() ?? ""),
    fixFile: () => fixFile(running),
    updateIndexes: () => updateIndexes(running),
    search: () => search(running, decisions),
    filterDecisions: () => decisions.filter(),
    clearFilter: () => {
      decisions.filterBy("");
    },
    ...Object.fromEntries(
      GROUPINGS.map((one) => [
        `groupBy.${one}`,
        () => {
          decisions.groupBy(one);
        },
      ]),
    ),
    revealRecord: (record?: unknown) => decisions.reveal(given(record) ?? opened()),
    openToSide: (record?: unknown) => vscode.commands.executeCommand("vscode.open", given(record), vscode.ViewColumn.Beside),
    previewRecord: (record?: unknown) => vscode.commands.executeCommand("markdown.showPreview", given(record)),
    copyReference: (record?: unknown) => vscode.env.clipboard.writeText(record instanceof RecordNode ? record.listed.entry.id : ""),
    showGraph: () => graph.show(false),
    showNeighbourhood: (uri?: vscode.Uri) => graph.show(true, uri instanceof vscode.Uri ? uri : undefined),
  };
  context.subscriptions.push(
    confirmation,
    running,
    status,
    mentions,
    decisions,
    graph,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`${NAME}.${name}`, run)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (PROGRAM.some((name) => change.affectsConfiguration(name))) {
        void restart();
      } else if (change.affectsConfiguration(NAME)) {
        running.configured();
      }
      if (change.affectsConfiguration(VALIDATE)) {
        isFiltered = true;
        running.checkAgain();
      }
    }),
    // Now the settings of the workspace and its Python environment count.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  // Not waited for: VS Code would wait with the preview until then.
  void restart();
  return { preview: { extendMarkdownIt: (md) => mentionLinks(md, mentions.lookup) }, server: running };
}

/** The file or folder that a menu was opened on. */
function given(place: unknown): vscode.Uri | undefined {
  return place instanceof RecordNode ? place.uri : place instanceof vscode.Uri ? place : undefined;
}

/** The record that a menu was opened on, which is shown, as it is about to be changed. */
async function shown(record: unknown): Promise<vscode.Uri | undefined> {
  const uri = given(record);
  if (uri !== undefined) {
    await vscode.window.showTextDocument(uri, { preserveFocus: true });
  }
  return uri;
}

/** The file in the active editor. */
function opened(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri;
}

type Report = Awaited<ReturnType<NonNullable<Middleware["provideDiagnostics"]>>>;

/** The problems of an open file without those that VS Code's own check of its links reports. */
function withoutDoubles(document: vscode.TextDocument, report: Report): Report {
  if (report === null || report === undefined || !("items" in report)) {
    return report;
  }
  const settings = vscode.workspace.getConfiguration(VALIDATE, document);
  const isOn = (name: string): boolean => settings.get(`${name}.enabled`) !== "ignore";
  const checks = {
    enabled: settings.get("enabled", false),
    fileLinks: isOn("fileLinks"),
    fragmentLinks: isOn("fragmentLinks"),
    referenceLinks: isOn("referenceLinks"),
  };
  const isOurs = ({ code, range }: vscode.Diagnostic): boolean => {
    const rule = typeof code === "object" ? code.value : code;
    const before = document.lineAt(range.start.line).text.slice(0, range.start.character);
    return !isReported(String(rule), before, checks);
  };
  return checks.enabled ? { ...report, items: report.items.filter(isOurs) } : report;
}

/** What somebody has set; in a folder that is not trusted git is not asked, as VS Code itself does not either. */
function chosenSettings(): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration(NAME);
  const found = chosen(settings, (name) => settings.inspect(name));
  return vscode.workspace.isTrusted ? found : { ...found, history: false };
}

function foundOf({ name, kind, location }: vscode.SymbolInformation): Found {
  const { start, end } = location.range;
  return { name, isSection: kind !== vscode.SymbolKind.File, length: end.character - start.character };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
