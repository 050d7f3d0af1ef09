/** The extension in a browser, as on vscode.dev and github.dev: the server is a worker, and the files are the editor's. */

import * as vscode from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";

import { NAME } from "../client";
import { begin, type Preview } from "../extension";
import { schemes } from "../files";
import type { Launched } from "../launch";
import type { Port } from "../wasm/lender";
import { Lending } from "../wasm/lending";
import { type Begin, LEFT, type Message } from "../wasm/messages";

export { deactivate } from "../extension";

/** What is different here, shown in a narrow place; and how it is said in the log. */
const ABOUT = "in the browser, so slower";
const MORE =
  "The server runs in the browser: answers are the same and take longer, most of all the first ones and those about many records. Source code is looked at only where it is open, and what git knows is not known here.";

export function activate(context: vscode.ExtensionContext): Preview {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  context.subscriptions.push(log);
  const url = vscode.Uri.joinPath(context.extensionUri, "dist/worker.js").toString(true);
  const lending = new Lending(log, () => portOf(new Worker(url)));
  context.subscriptions.push(lending);
  const launch = (): Promise<Launched> => {
    log.info(MORE);
    const base = `${vscode.Uri.joinPath(context.extensionUri, "dist/wasm").toString(true)}/`;
    const how = (): Begin => ({ base, lends: schemes(), environment: { ADR_LS_CACHE: "off" }, directories: [] });
    return Promise.resolve({
      program: url,
      about: ABOUT,
      middleware: lending.middleware,
      client: (options) => lending.serve(new QuietClient(NAME, NAME, () => lending.start(how()), options)),
    });
  };
  const { preview } = begin(context, log, { launch });
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

/** Reads what a worker says, until it says that it has left. */
class Reader extends BrowserMessageReader {
  leave(): void {
    this.fireClose();
  }
}

function portOf(worker: Worker): Port {
  const reader = new Reader(worker);
  const ends = new Set<() => void>();
  worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.method === LEFT) {
      for (const hear of ends) {
        hear();
      }
      reader.leave();
    }
  });
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
    onEnd: (listener) => ends.add(listener),
    end: () => {
      worker.terminate();
    },
    transports: { reader, writer: new BrowserMessageWriter(worker) },
  };
}
