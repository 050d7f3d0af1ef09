/** The server's life: started, restarted, failed and why. */

import * as vscode from "vscode";
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  type BaseLanguageClient,
  type LanguageClientOptions,
  type Middleware,
  ResponseError,
  RevealOutputChannelOn,
  State as ClientState,
  type StaticFeature,
} from "vscode-languageclient";

import { ASCIIDOC_FILES, files, SETTINGS_FILES } from "./files";
import { type Command, type Launched, type Launcher, NotFoundError } from "./launch";
import { REFRESH, type ServerStatus, STATUS } from "./protocol";
import type { State } from "./state";

export const NAME = "adr-ls";
/** The setting that says how far source code is looked at. */
export const CODE = "code";
/** Settings are among them for what is wrong in them, and its fixes. */
const always = (): ReturnType<typeof files> => [...files({ language: "markdown" }), ...files({ pattern: SETTINGS_FILES })];
/** What the server is told of: AsciiDoc, which it judges and never changes, and source code as well, unless that is off here; what the repository says of it, the server knows. */
const selector = (): DocumentSelector => {
  const isOff = vscode.workspace.getConfiguration(NAME).get<string | null>(CODE, null) === "off";
  return isOff ? [...always(), ...files({ pattern: ASCIIDOC_FILES })] : [...always(), ...files()];
};

/** Whether a document is one of those that the server is told of for their references alone. */
export const isCode = (document: vscode.TextDocument): boolean => vscode.languages.match(always(), document) === 0;
/** A server that ends that often within {@link SPAN} milliseconds is not started again. */
const MOST_ENDS = 4;
const SPAN = 180_000;
const METHOD_NOT_FOUND = -32601;

/** Milliseconds that a command waits for a server that is just starting. */
const PATIENCE = 20_000;

/** Tells the server that what it tells beyond the protocol is understood. */
const hears: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), adrLs: { status: true, refresh: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

export class Server implements vscode.Disposable {
  private client: BaseLanguageClient | undefined;
  private launched: Launched | undefined;
  private last: Promise<void> = Promise.resolve();
  private current: State = { kind: "starting" };
  /** What the last failure was, if the server does not run because of it. */
  private failure: unknown;
  private ends: number[] = [];
  /** Whether `start` waits for the first answer of a server. */
  private isFirst = false;
  private readonly unknown = new Set<string>();
  private readonly changes = new vscode.EventEmitter<State>();
  readonly onDidChange = this.changes.event;
  private readonly refreshes = new vscode.EventEmitter<void>();
  /** What the server has told of open files holds no longer. */
  readonly onDidRefresh = this.refreshes.event;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly launcher: Launcher,
    private readonly middleware: Middleware,
  ) {}

  get state(): State {
    return this.current;
  }

  /** The version of the server that runs. */
  get version(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  /** What people are to know of how it runs; undefined if it runs as usual. */
  get about(): string | undefined {
    return this.launched?.about;
  }

  /** The command of the server that runs; undefined if none does, or one that is no program of the machine. */
  get command(): Command | undefined {
    return this.client?.isRunning() === true ? this.launched?.command : undefined;
  }

  dispose(): void {
    this.changes.dispose();
    this.refreshes.dispose();
  }

  /** Starts the server anew. Resolves when it runs or has failed, and never rejects. */
  restart(): Promise<void> {
    this.ends = [];
    return this.inTurn(() => this.start());
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.leave());
  }

  /** Asks the server something; undefined if it does not run, does not know the question or cannot answer it. */
  async ask<T>(method: string, params: unknown): Promise<T | undefined> {
    if (this.client?.isRunning() !== true || this.unknown.has(method)) {
      return undefined;
    }
    try {
      return await this.client.sendRequest<T>(method, params);
    } catch (error) {
      if (error instanceof ResponseError && error.code === METHOD_NOT_FOUND) {
        this.unknown.add(method); // an older server, which somebody has chosen: it will not learn it
      }
      this.log.warn(`The server does not answer ${method}: ${reason(error)}`);
      return undefined;
    }
  }

  /** Whether the server that runs may know a question; one that is older than the extension may not, which is known once it was asked. */
  knows(method: string): boolean {
    return !this.unknown.has(method);
  }

  /** Whether the server can be asked something; where it cannot, that is said. Whoever wants to ask people does this first. */
  async isReady(): Promise<boolean> {
    await this.last;
    if (this.current.kind === "starting") {
      await this.started();
    }
    if (this.client?.isRunning() === true) {
      return true;
    }
    await (this.current.kind === "off" ? this.tellOff() : this.current.kind === "failed" ? this.tell() : vscode.window.showWarningMessage(SLOW));
    return false;
  }

  /** Resolves when the server no longer starts, or takes too long for that. */
  private started(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = this.changes.event(({ kind }) => {
        if (kind !== "starting") {
          done();
        }
      });
      const timer = setTimeout(done, PATIENCE);
      function done(): void {
        clearTimeout(timer);
        subscription.dispose();
        resolve();
      }
    });
  }

  private async tellOff(): Promise<void> {
    const chosen = await vscode.window.showInformationMessage("adr-ls is turned off here by the setting “adr-ls.enable”.", OPEN_SETTINGS);
    if (chosen === OPEN_SETTINGS) {
      await vscode.commands.executeCommand("workbench.action.openSettings", { query: "adr-ls.enable" });
    }
  }

  /** Has the server run one of its commands. Throws with a message for people if it cannot. */
  async execute<T>(command: string, ...args: readonly unknown[]): Promise<T> {
    await this.last;
    if (this.client?.isRunning() !== true) {
      throw new Error("The adr-ls server is not running.");
    }
    const known = this.client.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
    if (!known.includes(command)) {
      throw new Error("The adr-ls that is running is too old for this; update it, or use the one that comes with the extension.");
    }
    return this.client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
  }

  /** Tells the server that settings have changed; it asks for what it wants to know. */
  configured(): void {
    if (this.client?.isRunning() === true) {
      void this.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }

  /** Asks for the problems of the open files anew. */
  checkAgain(): void {
    const pulling = this.client?.getFeature("textDocument/diagnostic");
    const open = vscode.workspace.textDocuments.find((document) => pulling?.getProvider(document) !== undefined);
    if (open !== undefined) {
      pulling?.getProvider(open)?.onDidChangeDiagnosticsEmitter.fire(); // one speaks for all
    }
  }

  /** Says why there is no server, with buttons that lead to the remedy. */
  async tell(): Promise<void> {
    if (this.current.kind !== "failed") {
      return;
    }
    const { why } = this.current;
    if (this.failure instanceof NotFoundError) {
      const remedies = this.failure.setting === "adr-ls.interpreter" ? [GET_PYTHON, OPEN_SETTINGS] : [OPEN_SETTINGS];
      const chosen = await vscode.window.showErrorMessage(why, ...remedies);
      if (chosen === GET_PYTHON) {
        await vscode.env.openExternal(vscode.Uri.parse("https://www.python.org/downloads/"));
      } else if (chosen === OPEN_SETTINGS) {
        // In a remote window the setting belongs to the machine there, and the user's settings do not even list it.
        const isRemote = vscode.env.remoteName !== undefined;
        await vscode.commands.executeCommand(`workbench.action.${isRemote ? "openRemoteSettings" : "openSettings"}`, { query: this.failure.setting });
      }
      return;
    }
    const chosen = await vscode.window.showErrorMessage(why, RESTART, SHOW_LOG);
    if (chosen === RESTART) {
      await this.restart();
    } else if (chosen === SHOW_LOG) {
      this.log.show();
    }
  }

  /** Does one thing after the other: a server must not be started while the one before it is still leaving. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work, work);
    return this.last;
  }

  private async leave(): Promise<void> {
    const running = this.client;
    this.client = undefined;
    try {
      await running?.dispose();
    } catch (error) {
      this.log.warn(`The server did not leave in good order: ${String(error)}`);
    }
  }

  private async start(): Promise<void> {
    await this.leave();
    this.unknown.clear();
    const settings = vscode.workspace.getConfiguration(NAME);
    if (!settings.get<boolean>("enable", true)) {
      this.become({ kind: "off" });
      return;
    }
    this.become({ kind: "starting" });
    let program = "";
    try {
      const launched = await this.launcher.launch();
      this.launched = launched;
      ({ program } = launched);
      this.log.info(`Starting ${program}`);
      this.client = this.make(launched);
      this.isFirst = true;
      await this.client.start();
    } catch (error) {
      const why = error instanceof NotFoundError ? error.message : `The adr-ls server does not start: “${program}” does not answer (${reason(error)}).`;
      this.fail(why, error);
    } finally {
      this.isFirst = false;
    }
  }

  private make(launched: Launched): BaseLanguageClient {
    const options: LanguageClientOptions = {
      documentSelector: selector(),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: joined(this.middleware, launched.middleware),
      initializationFailedHandler: () => false, // `start` tells what went wrong
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: this.ended(client) ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
      },
    };
    const client = launched.client(options);
    client.registerFeature(hears);
    client.onNotification(STATUS, (status: ServerStatus) => {
      this.become(status.state === "reading" ? { kind: "reading" } : { kind: "ready", counts: status });
    });
    client.onRequest(REFRESH, () => {
      this.refreshes.fire();
      return null;
    });
    client.onDidChangeState(({ newState }) => {
      if (newState === ClientState.Starting) {
        this.become({ kind: "starting" });
      } else if (newState === ClientState.Running && this.current.kind === "starting") {
        this.become({ kind: "ready" });
      }
    });
    return client;
  }

  /** The server has ended by itself; whether it is to be started again. */
  private ended(client: BaseLanguageClient): boolean {
    if (client !== this.client) {
      return false; // it was told to
    }
    const now = Date.now();
    if (this.isFirst) {
      return false; // `start` tells what went wrong, whichever of the two hears of it first
    }
    const hasRun = client.initializeResult !== undefined;
    this.ends = [...this.ends.filter((end) => now - end < SPAN), now];
    if (hasRun && this.ends.length <= MOST_ENDS) {
      this.log.warn("The server has ended unexpectedly and is started again.");
      return true;
    }
    const often = this.ends.length > 1 ? `${this.ends.length} times within ${SPAN / 60_000} minutes` : "at once";
    this.fail(`The adr-ls server ended ${often} and is not started again. The log may tell why.`, undefined);
    return false;
  }

  private fail(why: string, failure: unknown): void {
    if (this.current.kind === "failed") {
      return; // the same failure, seen from two sides: the first is closer to its cause
    }
    this.log.error(why);
    this.failure = failure;
    this.become({ kind: "failed", why });
    // Not waited for: the message stays until somebody reads it.
    void this.tell();
  }

  private become(state: State): void {
    this.current = state;
    this.changes.fire(state);
  }
}

/** Two middlewares as one, of which the second has what the first has not. */
function joined(one: Middleware, other: Middleware | undefined): Middleware {
  return { ...one, ...other, workspace: { ...one.workspace, ...other?.workspace }, window: { ...one.window, ...other?.window } };
}

const SLOW = "The adr-ls server is still starting; try again in a moment.";
const GET_PYTHON = "Get Python";
const OPEN_SETTINGS = "Open Settings";
const RESTART = "Restart Server";
const SHOW_LOG = "Show Log";

/** What an error says. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
