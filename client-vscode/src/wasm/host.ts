/** Runs the server in Pyodide, be it in a process of Node.js or in a worker of a browser: messages come in, messages go out. */

import { loadPyodide } from "pyodide";

import { BEGIN, type Begin, LEND, type Lent, type Message, type Names, WANTED } from "./messages";
import { fromServer, lent, toServer } from "./uris";

/** What is used of Pyodide, whose own types want those of Emscripten. */
export interface Python {
  readonly FS: { mkdirTree(path: string): void; writeFile(path: string, data: Uint8Array): void };
  mountNodeFS(path: string, directory: string): void;
  runPython(code: string): unknown;
  pyimport(module: string): unknown;
}

/** What differs between the places where it runs. */
export interface Place {
  /** The bytes at a URL. */
  read(url: string): Promise<Uint8Array>;
  /** A URL as Pyodide wants it. */
  place(url: string): string;
  /** Hands a message to the client. */
  send(message: unknown): void;
  /** The connection has ended, as the protocol asks, or because nothing works. */
  leave(code: number): void;
  /** Is told of each message before the server is, so that it finds the files that a message is about. */
  prepare(python: Python, begin: Begin, message: Message): void;
}

/** The server, as Python has it: `adr_ls.lsp.hosted.Hosted`. */
interface Hosted {
  receive(message: string): void;
  lend(told: string): void;
  wanted(names: string): string;
}

/** Where the packages of the server stand in the file system of Pyodide. */
const PACKAGES = "/adr-ls.zip";

export class Host {
  private readonly waiting: Message[] = [];
  private begin: Begin | undefined;
  private take: ((message: Message) => void) | undefined;

  constructor(private readonly place: Place) {}

  /** Takes a message of the client, of which the first says how to begin; it is dealt with in its turn. */
  receive(message: Message): void {
    if (this.begin === undefined && message.method === BEGIN) {
      this.begin = message.params as Begin;
      void this.start(this.begin);
    } else if (this.take === undefined) {
      this.waiting.push(message);
    } else {
      this.try(() => this.take?.(message));
    }
  }

  /** Does something, and leaves where that is the end of Python itself: whatever else goes wrong, the server sees to. */
  private try(work: () => void): void {
    try {
      work();
    } catch (error) {
      console.error(error);
      this.place.leave(1);
    }
  }

  private async start(begin: Begin): Promise<void> {
    try {
      this.take = await this.load(begin);
    } catch (error) {
      console.error(error);
      this.place.leave(1);
      return;
    }
    for (const message of this.waiting.splice(0)) {
      this.try(() => this.take?.(message));
    }
  }

  private async load(begin: Begin): Promise<(message: Message) => void> {
    const { place } = this;
    const isLending = begin.lends.length > 0;
    const packages = place.read(`${begin.base}adr-ls.zip`);
    const { default: createPyodideModule } = (await import(`${begin.base}pyodide.asm.js`)) as { default: never };
    const python: Python = await loadPyodide({
      indexURL: place.place(begin.base),
      createPyodideModule,
      env: begin.environment,
      lockFileContents: new TextDecoder().decode(await place.read(`${begin.base}pyodide-lock.json`)),
    });
    python.FS.writeFile(PACKAGES, await packages);
    python.runPython(`import sys; sys.path.insert(0, "${PACKAGES}"); from adr_ls.lsp import boot; boot.load()`);
    const { Hosted } = python.pyimport("adr_ls.lsp.hosted") as { Hosted: { callKwargs(...given: readonly unknown[]): Hosted } };
    const send = (text: string): void => {
      place.send(isLending ? fromServer(JSON.parse(text)) : JSON.parse(text));
    };
    const leave = (code: number): void => {
      place.leave(code);
    };
    const server = Hosted.callKwargs(send, leave, { lends: isLending });
    return (message) => {
      if (message.method === LEND) {
        const files = Object.entries(message.params as Lent).map(([uri, file]) => [lent(uri, begin.lends), file]);
        server.lend(JSON.stringify(Object.fromEntries(files)));
      } else if (message.method === WANTED) {
        const { names } = message.params as Names;
        place.send({ jsonrpc: "2.0", id: message.id, result: JSON.parse(server.wanted(JSON.stringify(names))) as unknown });
      } else {
        place.prepare(python, begin, message);
        server.receive(JSON.stringify(isLending ? toServer(message, begin.lends) : message));
      }
    };
  }
}
