/** Starts the server and tells what goes wrong; everything else is the server's, so that every editor gets it. */

import * as vscode from "vscode";
import { type Executable, LanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient/node";

import { findServer, isProgram, NotFoundError, pythonVersion } from "./server";

const NAME = "adr-ls";

let log: vscode.LogOutputChannel;
let client: LanguageClient | undefined;
let last: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel(NAME, { log: true });
  const restart = (): Promise<void> => inTurn(() => start(context));
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("adr-ls.restart", restart),
    vscode.commands.registerCommand("adr-ls.showLog", () => {
      log.show();
    }),
    vscode.commands.registerCommand("adr-ls.updateIndexes", updateIndexes),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("adr-ls.path") || change.affectsConfiguration("adr-ls.interpreter")) {
        void restart();
      } else if (change.affectsConfiguration(NAME) && client?.isRunning() === true) {
        // The server asks for what it wants to know.
        void client.sendNotification("workspace/didChangeConfiguration", { settings: null });
      }
    }),
    // Now the settings of the workspace and its Python environment count.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await inTurn(stop);
}

/** Does one thing after the other: a server must not be started while the one before it is still leaving. */
function inTurn(work: () => Promise<void>): Promise<void> {
  last = last.then(work, work);
  return last;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  try {
    await running?.dispose();
  } catch (error) {
    log.warn(`The server did not leave in good order: ${String(error)}`);
  }
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  await stop();
  try {
    const settings = vscode.workspace.getConfiguration(NAME);
    const server = await findServer({
      path: settings.get("path", "").trim(),
      interpreter: settings.get("interpreter", "").trim(),
      active: await activePython(),
      script: context.asAbsolutePath("bundled/run.py"),
      platform: process.platform,
      environment: process.env,
      isProgram,
      version: pythonVersion,
    });
    log.info(`Starting ${[server.command, ...server.args].join(" ")}`);
    client = makeClient(server.command, [...server.args], context.extensionPath);
    await client.start();
  } catch (error) {
    // Not waited for: the message stays until somebody reads it.
    void tell(error);
  }
}

function makeClient(command: string, args: string[], cwd: string): LanguageClient {
  const server: Executable = { command, args, options: { cwd } };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "markdown" }],
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  };
  return new LanguageClient(NAME, NAME, server, options);
}

/** The interpreter that the Python extension has chosen; not in a workspace that is not trusted, where it may lie in the workspace. */
async function activePython(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (extension === undefined || !vscode.workspace.isTrusted) {
    return undefined;
  }
  try {
    const { environments } = await extension.activate();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
    return environment?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`The Python extension does not tell its interpreter: ${String(error)}`);
    return undefined;
  }
}

/** The part of the Python extension's interface that is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** Says why there is no server, with a button that leads to the remedy. */
async function tell(error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  log.error(message);
  if (error instanceof NotFoundError) {
    const settings = "Open Settings";
    if ((await vscode.window.showErrorMessage(message, settings)) === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", error.setting);
    }
    return;
  }
  const show = "Show Log";
  if ((await vscode.window.showErrorMessage(`The adr-ls server does not start: ${message}`, show)) === show) {
    log.show();
  }
}

/** Has the server update the indexes of all logs; it asks VS Code to show the edits before they are made. */
async function updateIndexes(): Promise<void> {
  if (client?.isRunning() !== true) {
    void vscode.window.showWarningMessage("The adr-ls server is not running.");
    return;
  }
  const { edits } = await client.sendRequest<{ readonly edits: number }>("workspace/executeCommand", { command: "adr-ls.updateIndex", arguments: [] });
  if (edits === 0) {
    void vscode.window.showInformationMessage("No ADR index needs an update.");
  }
}
