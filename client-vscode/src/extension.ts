/** Puts the parts together. What every editor can have is the server's; here is what only VS Code offers. */

import type MarkdownIt from "markdown-it";
import * as vscode from "vscode";

import { NAME, Server } from "./client";
import { changeStatus, isPlace, newRecord, showReferences, updateIndexes } from "./commands";
import { Confirmation } from "./confirm";
import { mentionLinks } from "./markdown";
import { Mentions } from "./mentions";
import { SHOW_REFERENCES } from "./protocol";
import { PythonEnvironment } from "./python";
import { Status } from "./status";

/** The settings that decide which program runs. */
const PROGRAM = ["adr-ls.path", "adr-ls.interpreter", "adr-ls.importStrategy"];

let server: Server | undefined;

/** What VS Code's Markdown preview uses. */
interface MarkdownPlugin {
  extendMarkdownIt(md: MarkdownIt): MarkdownIt;
}

export function activate(context: vscode.ExtensionContext): MarkdownPlugin {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const python = new PythonEnvironment(log);
  const confirmation = new Confirmation();
  const running = new Server(context, log, python, {
    // VS Code's own Markdown support has the outline and the folds already; a second provider would show them twice.
    provideDocumentSymbols: () => undefined,
    provideFoldingRanges: () => undefined,
    // The server would ask which one to open; VS Code shows all of them.
    executeCommand: (command, args: unknown[], next) => (command === SHOW_REFERENCES && isPlace(args[0]) ? showReferences(args[0]) : (next(command, args) as unknown)),
    workspace: { handleApplyEdit: (params, next) => confirmation.handle(params, (given) => next(given, new vscode.CancellationTokenSource().token)) },
  });
  server = running;
  const status = new Status(running);
  const mentions = new Mentions(running);
  const restart = (): Promise<void> => running.restart();
  const commands: Record<string, (...given: never[]) => unknown> = {
    restart,
    showLog: () => {
      log.show();
    },
    explainFailure: () => running.tell(),
    new: (near?: vscode.Uri) => newRecord(running, near instanceof vscode.Uri ? near : undefined),
    changeStatus: () => changeStatus(running, status),
    updateIndexes: () => updateIndexes(running),
  };
  context.subscriptions.push(
    log,
    python,
    confirmation,
    running,
    status,
    mentions,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`${NAME}.${name}`, run)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (PROGRAM.some((name) => change.affectsConfiguration(name))) {
        void restart();
      } else if (change.affectsConfiguration(NAME)) {
        running.configured();
      }
    }),
    python.onDidChange(restart),
    // Now the settings of the workspace and its Python environment count.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  // Not waited for: VS Code would wait with the preview until then.
  void restart();
  return { extendMarkdownIt: (md) => mentionLinks(md, mentions.lookup) };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
