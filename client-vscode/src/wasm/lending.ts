/** A server without a disk, from its start to its end: whenever it is started, the editor's files are lent to it first. */

import type * as vscode from "vscode";
import type { BaseLanguageClient, MessageTransports, Middleware } from "vscode-languageclient";

import { Lender, type Port } from "./lender";
import { BEGIN, type Begin, WRITE, type Written } from "./messages";

export class Lending implements vscode.Disposable {
  private lender: Lender | undefined;
  private port: Port | undefined;

  /** `connect` starts what the server runs in. */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly connect: () => Port,
  ) {}

  dispose(): void {
    this.lender?.dispose();
    this.port?.end();
  }

  /** Starts it. Rejects where it ends before it has begun. */
  async start(how: Begin): Promise<MessageTransports> {
    this.dispose();
    const port = this.connect();
    const lender = new Lender(port, this.log);
    [this.port, this.lender] = [port, lender];
    port.post({ jsonrpc: "2.0", method: BEGIN, params: how });
    const end = new Promise<never>((_, reject) => {
      port.onEnd(() => {
        reject(new Error("it ended before it had begun; the log says why"));
      });
    });
    await Promise.race([lender.fill(), end]);
    return port.transports;
  }

  /** Has a client do what its server asks of whoever lends it files. */
  serve(client: BaseLanguageClient): BaseLanguageClient {
    client.onNotification(WRITE, (written: Written) => {
      this.lender?.write(written);
    });
    return client;
  }

  /** What is told to have changed is lent anew first, and what is shown has been written. */
  readonly middleware: Middleware = {
    workspace: {
      didChangeWatchedFile: async (event, next) => {
        await this.lender?.renew(event.uri);
        await next(event);
      },
    },
    window: {
      showDocument: async (params, token, next) => {
        await this.lender?.written();
        return next(params, token);
      },
    },
  };
}
