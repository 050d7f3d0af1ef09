/** How a server comes into being, wherever the extension runs. */

import type { BaseLanguageClient, LanguageClientOptions, Middleware } from "vscode-languageclient";

/** A program with its arguments. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** A server that is about to start. */
export interface Launched {
  /** What is started, as it stands in the log. */
  readonly program: string;
  /** The command of a program of the machine, if it is one. */
  readonly command?: Command;
  /** What people are to know of how it runs, if it is not as usual. */
  readonly about?: string;
  /** What has to be done to what the client says and hears, besides what is done everywhere. */
  readonly middleware?: Middleware;
  /** Makes the client that starts it. */
  client(options: LanguageClientOptions): BaseLanguageClient;
}

/** Finds what is to be started; throws {@link NotFoundError} where there is nothing. */
export interface Launcher {
  launch(): Promise<Launched>;
}

/** No server can be started; the message says why and what to do, `setting` is the one that helps. */
export class NotFoundError extends Error {
  constructor(
    message: string,
    readonly setting: "adr-ls.path" | "adr-ls.interpreter",
  ) {
    super(message);
    this.name = "NotFoundError";
  }
}
