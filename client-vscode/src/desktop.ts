/** The extension where there is a machine: the server is a program on it. */

import { fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { pathToFileURL } from "node:url";

import * as vscode from "vscode";
import { IPCMessageReader, IPCMessageWriter, LanguageClient, type LanguageClientOptions, type MessageTransports, type ServerOptions } from "vscode-languageclient/node";

import { NAME } from "./client";
import { begin, type Preview } from "./extension";
import { type Launched, NotFoundError } from "./launch";
import { PythonEnvironment } from "./python";
import { findServer, hasServer, hasTools, isProgram, leadsToStore, pythonVersion } from "./server";
import { BEGIN, type Begin } from "./wasm/messages";
import { virtual } from "./wasm/paths";

export { deactivate } from "./extension";

/** What is different where the server runs without Python, shown in a narrow place; and how it is said in the log. */
const ABOUT = "without Python, so slower";
const MORE = "The server runs without Python, in WebAssembly: answers are the same and take longer, most of all the first ones and those about many records. With Python 3.10 or later, and “adr-ls: Restart server”, they are as fast as usual.";

export function activate(context: vscode.ExtensionContext): Preview {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const python = new PythonEnvironment(log);
  context.subscriptions.push(log, python);
  const preview = begin(context, log, { launch: () => launch(context, log, python) });
  context.subscriptions.push(python.onDidChange(() => vscode.commands.executeCommand(`${NAME}.restart`)));
  return preview;
}

/** A client that leaves it to the extension to tell people what goes wrong, once and with a remedy. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

async function launch(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, python: PythonEnvironment): Promise<Launched> {
  const settings = vscode.workspace.getConfiguration(NAME);
  const [given, interpreter] = [settings.get("path", "").trim(), settings.get("interpreter", "").trim()];
  try {
    const { command, args } = await findServer({
      path: given,
      interpreter,
      strategy: settings.get("importStrategy", "useBundled"),
      active: await python.active(),
      script: context.asAbsolutePath("bundled/run.py"),
      platform: process.platform,
      environment: process.env,
      isProgram,
      hasTools,
      leadsToStore,
      version: pythonVersion,
      hasServer,
    });
    const started = { command, args: [...args], options: { cwd: context.extensionPath } };
    return { program: [command, ...args].join(" "), client: (options) => made(started, options) };
  } catch (error) {
    if (!(error instanceof NotFoundError) || given !== "" || interpreter !== "") {
      throw error; // what somebody has named is to be mended, not passed over
    }
    log.info(error.message);
    log.info(MORE);
    const script = context.asAbsolutePath("dist/process.js");
    return { program: script, about: ABOUT, client: (options) => made(() => Promise.resolve(withoutPython(context, log, script)), options) };
  }
}

function made(server: ServerOptions, options: LanguageClientOptions): LanguageClient {
  return new QuietClient(NAME, NAME, server, options);
}

/** Starts the server in WebAssembly, in a process of the Node.js that runs this extension. */
function withoutPython(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, script: string): MessageTransports {
  const cache = context.globalStorageUri.fsPath;
  mkdirSync(cache, { recursive: true });
  const child = fork(script, [], { cwd: context.extensionPath, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"], env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log.info(text.trimEnd());
    });
  }
  const wasm = pathToFileURL(context.asAbsolutePath("dist/wasm"));
  const how: Begin = {
    base: `${wasm.href}/`,
    lends: [],
    environment: { HOME: virtual(homedir()), ADR_LS_CACHE_DIR: virtual(cache) },
    directories: [cache],
  };
  child.send({ jsonrpc: "2.0", method: BEGIN, params: how });
  return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
}
