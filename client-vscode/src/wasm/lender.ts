/** Lends the editor's files to a server that has no disk: before it reads them, and again whenever one is another. */

import * as vscode from "vscode";
import type { MessageTransports } from "vscode-languageclient";

import { LEND, type Lent, type Message, WANTED, type Written } from "./messages";
import { inOrder, SKIPPED } from "./order";

/** A connection to the server, before a client takes it over. */
export interface Port {
  post(message: Message): void;
  /** Hears of each message, until it says that it has what it wants. */
  listen(listener: (message: Message & { readonly result?: unknown }) => boolean): void;
  /** Hears that there is no server any more. */
  onEnd(listener: () => void): void;
  end(): void;
  readonly transports: MessageTransports;
}

/** How many folders are looked into, for how many milliseconds, and how many of their files are read, at most. */
const MOST_FOLDERS = 5000;
const PATIENCE = 20_000;
const MOST_FILES = 20_000;
const MOST_READ = 2500;
/** How many bytes a file may have, and all that are read. */
const LARGEST = 2 * 2 ** 20;
const MOST_BYTES = 48 * 2 ** 20;
/** How many questions an editor's file system is asked at once, and how many files are handed over at once. */
const AT_ONCE = 16;
const CHUNK = 64;

const TOO_MANY = { why: "is one of more files than are read where the editor has to fetch them" };

export class Lender implements vscode.Disposable {
  private readonly subscriptions: readonly vscode.Disposable[];
  /** Names of which the server has said whether they matter. */
  private readonly known = new Map<string, Promise<boolean>>();
  private asked = 0;
  /** How many bytes the files have that were lent, and all of them together. */
  private readonly sizes = new Map<string, number>();
  private bytes = 0;
  /** What is being written for the server. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly port: Port,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { workspace } = vscode;
    this.subscriptions = [
      workspace.onDidSaveTextDocument(({ uri }) => void this.renewed([uri])),
      workspace.onDidCreateFiles(({ files }) => void this.renewed(files)),
      workspace.onDidDeleteFiles(({ files }) => void this.renewed(files)),
      workspace.onDidRenameFiles(({ files }) => void this.renewed(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri]))),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Resolves when all that was written for the server is there. */
  async written(): Promise<void> {
    await this.writing;
  }

  /** Lends all that the server may want to read of the opened folders. */
  async fill(): Promise<void> {
    const begun = Date.now();
    const folders = vscode.workspace.workspaceFolders ?? [];
    const found = (await Promise.all(folders.map(({ uri }) => this.below(uri)))).flat();
    const count = await this.lend(found);
    this.log.info(`Lent ${count} of ${found.length} files to the server, within ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
  }

  /** Makes a file for the server, or takes it back. */
  write({ uri, text }: Written): void {
    const place = vscode.Uri.parse(uri);
    this.writing = this.writing.then(async () => {
      const edit = new vscode.WorkspaceEdit();
      if (text === null) {
        edit.deleteFile(place, { ignoreIfNotExists: true });
      } else {
        edit.createFile(place, { contents: new TextEncoder().encode(text), overwrite: false, ignoreIfExists: false });
      }
      if (!(await vscode.workspace.applyEdit(edit))) {
        void vscode.window.showErrorMessage(`${vscode.workspace.asRelativePath(place)} could not be ${text === null ? "removed" : "made"}.`);
      }
      await this.renewed([place]);
    });
  }

  /** Lends anew what has changed, and tells the server, whether or not a watcher does. */
  private async renewed(uris: readonly vscode.Uri[]): Promise<void> {
    await Promise.all(uris.map((uri) => this.renew(uri.toString())));
    this.tell("workspace/didChangeWatchedFiles", { changes: uris.map((uri) => ({ uri: uri.toString(), type: 2 })) });
  }

  /** Lends anew what is at a URI, be it nothing. */
  async renew(text: string): Promise<void> {
    const uri = vscode.Uri.parse(text);
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) {
      return;
    }
    let type: vscode.FileType;
    try {
      ({ type } = await vscode.workspace.fs.stat(uri));
    } catch {
      this.count(uri, 0);
      this.tell(LEND, { [uri.toString()]: null });
      return;
    }
    await this.lend((type & vscode.FileType.Directory) === 0 ? [uri] : await this.below(uri));
  }

  /** All files below a folder that an editor opens, as far as there is time. */
  private async below(root: vscode.Uri): Promise<vscode.Uri[]> {
    const files: vscode.Uri[] = [];
    const end = Date.now() + PATIENCE;
    let folders = [root];
    let looked = 0;
    while (folders.length > 0) {
      const [some, rest] = [folders.slice(0, AT_ONCE), folders.slice(AT_ONCE)];
      looked += some.length;
      if (looked > MOST_FOLDERS || files.length > MOST_FILES || Date.now() > end) {
        this.log.warn(`${root.toString()} has more folders than can be looked into here; records in ${String(folders.length)} of them are missed.`);
        break;
      }
      const found = await Promise.all(some.map((folder) => this.entries(folder)));
      folders = rest.concat(found.flatMap((each) => each.folders));
      files.push(...found.flatMap((each) => each.files));
    }
    return files;
  }

  private async entries(folder: vscode.Uri): Promise<{ readonly folders: vscode.Uri[]; readonly files: vscode.Uri[] }> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(folder);
      const of = (isWanted: (type: vscode.FileType, name: string) => boolean): vscode.Uri[] =>
        entries.filter(([name, type]) => isWanted(type, name)).map(([name]) => vscode.Uri.joinPath(folder, name));
      return {
        folders: of((type, name) => type === vscode.FileType.Directory && !SKIPPED.has(name)),
        files: of((type) => (type & vscode.FileType.File) !== 0),
      };
    } catch (error) {
      this.log.warn(`${folder.toString()} cannot be looked into: ${String(error)}`);
      return { folders: [], files: [] };
    }
  }

  /** Lends those of some files that matter; how many there are. */
  private async lend(uris: readonly vscode.Uri[]): Promise<number> {
    const wanted = await this.wanted(uris.map(nameOf));
    const found = new Map(uris.filter((uri) => wanted.has(nameOf(uri))).map((uri) => [uri.path, uri]));
    const ordered = inOrder([...found.keys()]).flatMap((path) => found.get(path) ?? []);
    for (let start = 0; start < ordered.length; start += CHUNK) {
      const some = ordered.slice(start, start + CHUNK);
      const lent: Record<string, Lent[string]> = {};
      for (let at = 0; at < some.length; at += AT_ONCE) {
        await Promise.all(
          some.slice(at, at + AT_ONCE).map(async (uri) => {
            const isFull = this.sizes.size >= MOST_READ || this.bytes > MOST_BYTES;
            lent[uri.toString()] = isFull && !this.sizes.has(uri.toString()) ? TOO_MANY : await this.text(uri);
          }),
        );
      }
      this.tell(LEND, lent);
    }
    return ordered.length;
  }

  /** Remembers how large a file is that is lent; nothing is as good as none. */
  private count(uri: vscode.Uri, size: number): void {
    const key = uri.toString();
    this.bytes += size - (this.sizes.get(key) ?? 0);
    if (size === 0) {
      this.sizes.delete(key);
    } else {
      this.sizes.set(key, size);
    }
  }

  private async text(uri: vscode.Uri): Promise<Lent[string]> {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      this.count(uri, bytes.length);
      return bytes.length > LARGEST ? { why: "is larger than 2 MiB" } : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      return error instanceof TypeError ? { why: "is not UTF-8 text" } : { why: `cannot be read (${error instanceof Error ? error.message : String(error)})` };
    }
  }

  /** Those of some names that the server wants to know of. */
  private async wanted(names: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = [...new Set(names)].filter((name) => !this.known.has(name));
    if (unknown.length > 0) {
      const answer = this.ask(unknown);
      for (const name of unknown) {
        this.known.set(name, answer.then((found) => found.has(name)));
      }
    }
    const answers = await Promise.all([...new Set(names)].map(async (name) => [name, await this.known.get(name)] as const));
    return new Set(answers.filter(([, isWanted]) => isWanted === true).map(([name]) => name));
  }

  private ask(names: readonly string[]): Promise<ReadonlySet<string>> {
    this.asked += 1;
    const id = `adr-ls-wanted-${this.asked}`;
    return new Promise((resolve) => {
      this.port.listen((message) => {
        if (message.id !== id) {
          return false;
        }
        resolve(new Set(message.result as string[]));
        return true;
      });
      this.port.post({ jsonrpc: "2.0", id, method: WANTED, params: { names } });
    });
  }

  private tell(method: string, params: unknown): void {
    this.port.post({ jsonrpc: "2.0", method, params });
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
