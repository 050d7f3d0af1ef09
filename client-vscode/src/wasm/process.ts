/** The server in a process of Node.js, for machines without Python. It sees nothing of the disk but what is opened. */

import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Host, type Python } from "./host";
import type { Message } from "./messages";
import { virtual } from "./paths";

/** What the server itself cannot do without. */
const OWN = new Set(["/", "/dev", "/lib", "/proc"]);

const mounted = new Set<string>();

const host = new Host({
  read: async (url) => new Uint8Array(await readFile(fileURLToPath(url))),
  place: (url) => fileURLToPath(url),
  send: (message) => process.send?.(message),
  leave: (code) => {
    process.exitCode = code;
    process.disconnect(); // once what was sent has been taken
    setTimeout(() => process.exit(code), 200);
  },
  prepare: (python, begin, message) => {
    for (const directory of begin.lends.length > 0 ? [] : [...begin.directories, ...directoriesOf(message)]) {
      mount(python, directory);
    }
  },
});
process.on("message", (message: Message) => {
  host.receive(message);
});
process.on("disconnect", () => process.exit(process.exitCode ?? 1));

interface Opening {
  readonly rootUri?: string | null;
  readonly workspaceFolders?: readonly { readonly uri: string }[] | null;
  readonly event?: { readonly added: readonly { readonly uri: string }[] };
  readonly textDocument?: { readonly uri: string };
}

/** The directories that a message opens: folders, or those of a file. */
function directoriesOf({ method, params }: Message): readonly string[] {
  const given = params as Opening;
  switch (method) {
    case "initialize":
      return folders([...(given.workspaceFolders ?? []).map(({ uri }) => uri), ...(typeof given.rootUri === "string" ? [given.rootUri] : [])]);
    case "workspace/didChangeWorkspaceFolders":
      return folders((given.event?.added ?? []).map(({ uri }) => uri));
    case "textDocument/didOpen":
      return folders([given.textDocument?.uri ?? ""]).map((file) => path.dirname(file));
    default:
      return [];
  }
}

function folders(uris: readonly string[]): string[] {
  return uris.filter((uri) => /^file:\/\/\//i.test(uri)).map((uri) => fileURLToPath(uri));
}

/** Has a directory of the disk be where the server looks for it, unless it is there already. */
function mount(python: Python, directory: string): void {
  const target = virtual(directory);
  if ([...mounted].some((one) => target === one || target.startsWith(`${one}/`)) || !isDirectory(directory)) {
    return;
  }
  if (OWN.has(target)) {
    console.error(`${directory} cannot be opened without Python, only folders in it.`);
    return;
  }
  python.FS.mkdirTree(target);
  python.mountNodeFS(target, directory);
  mounted.add(target);
}

function isDirectory(directory: string): boolean {
  return existsSync(directory) && statSync(directory).isDirectory();
}

