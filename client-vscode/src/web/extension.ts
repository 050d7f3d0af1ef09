/** The extension in a browser, as on vscode.dev and github.dev: the server is a worker, and the files are the editor's. */

import * as vscode from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type MessageTransports } from "vscode-languageclient/browser";

import { NAME } from "../client";
import { begin, type Preview } from "../extension";
import { schemes } from "../files";
import type { Launched } from "../launch";
import { Lender, type Port } from "../wasm/lender";
import { BEGIN, type Begin, type Message, WRITE, type Written } from "../wasm/messages";

export { deactivate } from "../extension";

/** What is different here, shown in a narrow place; and how it is said in the log. */
const ABOUT = "in the browser, so slower";
const MORE =
  "The server runs in the browser: answers are the same and take longer, most of all the first ones and those about many records. Source code is looked at only where it is open, and what git knows is not known here.";

export function activate(context: vscode.ExtensionContext): Preview {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  context.subscriptions.push(log);
  const running: { lender?: Lender; worker?: Worker } = {};
  const end = (): void => {
    running.lender?.dispose();
    running.worker?.terminate();
  };
  const launch = (): Promise<Launched> => {
    log.info(MORE);
    end();
    const url = vscode.Uri.joinPath(context.extensionUri, "dist/worker.js").toString(true);
    const worker = new Worker(url);
    const port = portOf(worker);
    const lender = new Lender(port, log);
    Object.assign(running, { lender, worker });
    const start = async (): Promise<MessageTransports> => {
      const base = `${vscode.Uri.joinPath(context.extensionUri, "dist/wasm").toString(true)}/`;
      const how: Begin = { base, lends: schemes(), environment: { ADR_LS_CACHE: "off" }, directories: [] };
      port.post({ jsonrpc: "2.0", method: BEGIN, params: how });
      await lender.fill();
      return port.transports;
    };
    return Promise.resolve({
      program: url,
      about: ABOUT,
      middleware: lender.middleware,
      client: (options) => {
        const client = new QuietClient(NAME, NAME, start, options);
        client.onNotification(WRITE, (written: Written) => {
          lender.write(written);
        });
        return client;
      },
    });
  };
  context.subscriptions.push({ dispose: end });
  const preview = begin(context, log, { launch });
  // Others are lent then.
  context.subscriptions.push(vscode.workspace.onDidChangeWorkspaceFolders(() => vscode.commands.executeCommand(`${NAME}.restart`)));
  return preview;
}

/** A client that leaves it to the extension to tell people what goes wrong, once and with a remedy. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function portOf(worker: Worker): Port {
  let transports: MessageTransports | undefined;
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    listen: (listener) => {
      const hear = ({ data }: MessageEvent<Message>): void => {
        if (listener(data)) {
          worker.removeEventListener("message", hear);
        }
      };
      worker.addEventListener("message", hear);
    },
    get transports() {
      return (transports ??= { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
    },
  };
}
