/** The extension where there is a machine: the server is a program on it. */

import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { pathToFileURL } from "node:url";

import * as vscode from "vscode";
import { IPCMessageReader, IPCMessageWriter, LanguageClient, type LanguageClientOptions, type MessageTransports, type ServerOptions } from "vscode-languageclient/node";

import { Agents } from "./agents";
import { NAME } from "./client";
import { begin, type Preview } from "./extension";
import { schemes } from "./files";
import { type Launched, NotFoundError } from "./launch";
import { PythonEnvironment } from "./python";
import { findServer, hasServer, hasTools, isProgram, leadsToStore, pythonVersion } from "./server";
import type { Port } from "./wasm/lender";
import { Lending } from "./wasm/lending";
import { BEGIN, type Begin, type Message } from "./wasm/messages";
import { virtual } from "./wasm/paths";

export { deactivate } from "./extension";

/** What is different where the server runs without Python, shown in a narrow place; and how it is said in the log. */
const ABOUT = "without Python, so slower";
const MORE = "The server runs without Python, in WebAssembly: answers are the same and take longer, most of all the first ones and those about many records; what only git knows is not known. With Python 3.10 or later, and “adr-ls: Restart server”, they are as fast as usual.";

/** The same where the opened folders are not on the disk. */
const ABROAD = "on files that the editor fetches, so slower";
const LENT = "The opened folders are not on a disk, so the editor fetches their files for the server, which runs in WebAssembly: answers are the same and take longer. Source code is looked at only where it is open, and what git knows is not known.";

export function activate(context: vscode.ExtensionContext): Preview {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const python = new PythonEnvironment(log);
  const lending = new Lending(log, () => portOf(start(context, log)));
  context.subscriptions.push(log, python, lending);
  const { preview, server } = begin(context, log, { launch: () => launch(context, log, python, lending) });
  context.subscriptions.push(new Agents(server, log, context.extensionUri));
  let opened = String(schemes());
  context.subscriptions.push(
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      if (opened !== String(schemes()) || schemes().length > 1) {
        opened = String(schemes());
        void vscode.commands.executeCommand(`${NAME}.restart`); // others are lent then, or none
      }
    }),
  );
  context.subscriptions.push(python.onDidChange(() => vscode.commands.executeCommand(`${NAME}.restart`)));
  return preview;
}

/** A client that leaves it to the extension to tell people what goes wrong, once and with a remedy. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

async function launch(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, python: PythonEnvironment, lending: Lending): Promise<Launched> {
  const script = scriptOf(context);
  if (schemes().length > 1) {
    log.info(LENT);
    const how = (): Begin => ({ base: baseOf(context), lends: schemes(), environment: { ADR_LS_CACHE: "off" }, directories: [] });
    return { program: script, about: ABROAD, middleware: lending.middleware, client: (options) => lending.serve(made(() => lending.start(how()), options)) };
  }
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
    return { program: [command, ...args].join(" "), command: { command, args }, client: (options) => made(started, options) };
  } catch (error) {
    if (!(error instanceof NotFoundError) || given !== "" || interpreter !== "") {
      throw error; // what somebody has named is to be mended, not passed over
    }
    log.info(error.message);
    log.info(MORE);
    return { program: script, about: ABOUT, client: (options) => made(() => Promise.resolve(withDisk(context, log)), options) };
  }
}

function made(server: ServerOptions, options: LanguageClientOptions): LanguageClient {
  return new QuietClient(NAME, NAME, server, options);
}

/** Starts the server in WebAssembly, in a process of the Node.js that runs this extension. */
function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): ChildProcess {
  const environment = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const child = fork(scriptOf(context), [], { cwd: context.extensionPath, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"], env: environment });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log.info(text.trimEnd());
    });
  }
  return child;
}

function scriptOf(context: vscode.ExtensionContext): string {
  return context.asAbsolutePath("dist/process.js");
}

function baseOf(context: vscode.ExtensionContext): string {
  return `${pathToFileURL(context.asAbsolutePath("dist/wasm")).href}/`;
}

/** The same with the files of the disk, of which it sees the opened folders and its cache. */
function withDisk(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): MessageTransports {
  const cache = context.globalStorageUri.fsPath;
  mkdirSync(cache, { recursive: true });
  const child = start(context, log);
  const how: Begin = {
    base: baseOf(context),
    lends: [],
    environment: { HOME: virtual(homedir()), ADR_LS_CACHE_DIR: virtual(cache) },
    directories: [cache],
  };
  child.send({ jsonrpc: "2.0", method: BEGIN, params: how });
  return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
}

function portOf(child: ChildProcess): Port {
  return {
    post: (message) => child.send(message),
    listen: (listener) => {
      const hear = (message: Message): void => {
        if (listener(message)) {
          child.off("message", hear);
        }
      };
      child.on("message", hear);
    },
    onEnd: (listener) => child.once("exit", listener),
    end: () => {
      if (child.connected) {
        child.disconnect();
      }
    },
    transports: { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) },
  };
}
