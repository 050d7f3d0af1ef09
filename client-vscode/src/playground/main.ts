/** A page on which records are typed or dropped, and checked by the server in a worker. It reads nothing but its own files. */

import { markdown } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { hoverTooltips, jumpToDefinitionKeymap, LSPClient, LSPPlugin, serverCompletion, Workspace, type WorkspaceFile } from "@codemirror/lsp-client";
import { ChangeSet, EditorState, Text, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";

import { BEGIN, type Begin, LEFT, LEND, type Lent, type Message, WRITE, type Written } from "../wasm/messages";

const ROOT = "file:///page/";
/** Where files are put that come without a folder. */
const PLACE = "docs/adr/";
/** Milliseconds of rest after which the server hears what was typed. */
const REST = 200;
/** As much as the server reads of one file, and more files than anybody drops on purpose, in number. */
const LARGEST = 2 * 2 ** 20;
const MOST = 2000;

/** How Markdown looks, by light and by dark. */
const LOOK = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "bold" },
  { tag: tags.strong, fontWeight: "bold" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--link)" },
  { tag: [tags.processingInstruction, tags.meta, tags.comment, tags.monospace], color: "var(--soft)" },
]);

// What the server says

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

interface Problem {
  readonly range: Range;
  readonly message: string;
  readonly severity?: number;
  readonly code?: string;
}

interface Edit {
  readonly range: Range;
  readonly newText: string;
}

interface Change {
  readonly documentChanges?: readonly { readonly textDocument: { readonly uri: string }; readonly edits: readonly Edit[] }[];
  readonly changes?: Readonly<Record<string, readonly Edit[]>>;
}

interface Fix {
  readonly title: string;
  readonly kind?: string;
  readonly edit?: Change;
}

const SEVERITIES = ["error", "warning", "hint", "hint"] as const;

function severityOf({ severity }: Problem): (typeof SEVERITIES)[number] {
  return SEVERITIES[(severity ?? 1) - 1] ?? "hint";
}

// The files, all of which are open to the server

class File implements WorkspaceFile {
  readonly languageId = "markdown";
  version = 0;
  view: EditorView | null = null;
  /** What has changed without a view since the server has heard of it. */
  unsynced: ChangeSet;

  constructor(
    readonly uri: string,
    public doc: Text,
  ) {
    this.unsynced = ChangeSet.empty(doc.length);
  }

  getView(): EditorView | null {
    return this.view;
  }

  /** Its text as it is now. */
  get text(): Text {
    return this.view?.state.doc ?? this.unsynced.apply(this.doc);
  }
}

class Files extends Workspace {
  files: File[] = [];

  override getFile(uri: string): File | null {
    return this.files.find((file) => file.uri === uri) ?? null;
  }

  syncFiles(): readonly { file: File; prevDoc: Text; changes: ChangeSet }[] {
    return this.files.flatMap((file) => {
      const plugin = file.view && LSPPlugin.get(file.view);
      const changes = plugin?.unsyncedChanges ?? file.unsynced;
      if (changes.empty) {
        return [];
      }
      const prevDoc = file.doc;
      file.doc = file.text;
      file.version += 1;
      file.unsynced = ChangeSet.empty(file.doc.length);
      plugin?.clear();
      return [{ file, prevDoc, changes }];
    });
  }

  openFile(uri: string, _language: string, view: EditorView): void {
    const file = this.getFile(uri);
    if (file !== null) {
      file.view = view;
    }
  }

  closeFile(): void {
    // `show` does it, which still has the text
  }

  override updateFile(uri: string, update: TransactionSpec): void {
    const file = this.getFile(uri);
    if (file === null) {
      return;
    }
    if (file.view !== null) {
      file.view.dispatch(update);
    } else {
      const { changes } = EditorState.create({ doc: file.text }).update(update);
      file.unsynced = file.unsynced.compose(changes);
    }
  }

  override displayFile(uri: string): Promise<EditorView | null> {
    return Promise.resolve(show(uri));
  }
}

// The page

const place = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`there is no ${id}`);
  }
  return found;
};
const state = (text: string): void => {
  place("state").textContent = text;
};
const nameOf = (uri: string): string => decodeURIComponent(uri.slice(ROOT.length));
const uriOf = (name: string): string => ROOT + name.split("/").map(encodeURIComponent).join("/");

/** The problems of files, and what mends them in the file that is shown. */
const problems = new Map<string, readonly Problem[]>();
const fixes = new Map<Problem, readonly Fix[]>();
let shown: File | undefined;
let isExample = true;
let timer: ReturnType<typeof setTimeout> | undefined;

const worker = new Worker("worker.js");
const listeners = new Set<(message: string) => void>();
const post = (message: Omit<Message, "jsonrpc"> & { readonly result?: unknown }): void => {
  worker.postMessage({ jsonrpc: "2.0", ...message });
};
worker.addEventListener("error", ({ message }) => {
  state(`The server could not be started: ${message}`);
});
worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  if (data.method === WRITE) {
    written(data.params as Written);
  } else if (data.method === LEFT) {
    state("The server could not be started; the browser’s console says why.");
  } else if (data.method !== undefined && data.id !== undefined) {
    post({ id: data.id, result: null }); // what it asks of all clients, such as to watch files, is done here anyway
  } else {
    for (const listener of listeners) {
      listener(JSON.stringify(data));
    }
  }
});

let files: Files;
const client = new LSPClient({
  rootUri: ROOT.slice(0, -1),
  timeout: 60_000,
  workspace: (own) => (files = new Files(own)),
  sanitizeHTML: (html) => html.replaceAll(/<(?!\/?(?:p|em|strong|code|pre|ul|ol|li|h[1-6]|hr|br|blockquote)\s*\/?>)[^>]*>/gi, ""),
  notificationHandlers: {
    "textDocument/publishDiagnostics": (_, { uri, diagnostics }: { uri: string; diagnostics: readonly Problem[] }) => {
      problems.set(uri, diagnostics);
      list();
      void look();
      return true;
    },
    "adr-ls/status": (_, told: { state: string; records: number }) => {
      state(told.state === "reading" ? "Reading …" : told.records === 1 ? "1 record" : `${told.records} records`);
      return true;
    },
  },
  extensions: [
    {
      clientCapabilities: {
        experimental: { adrLs: { status: true } },
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceEdit: { documentChanges: true } },
        textDocument: { publishDiagnostics: { versionSupport: false }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } } },
      },
    },
    serverCompletion(),
    hoverTooltips(),
    keymap.of([...jumpToDefinitionKeymap]),
  ],
});

/** Shows a file in the editor. */
function show(uri: string): EditorView | null {
  const file = files.getFile(uri);
  if (file === null || file === shown) {
    return shown?.view ?? null;
  }
  hide();
  shown = file;
  const state = EditorState.create({
    doc: file.text,
    extensions: [
      syntaxHighlighting(LOOK),
      basicSetup,
      markdown(),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": nameOf(uri) }),
      EditorView.updateListener.of(({ docChanged }) => {
        if (docChanged) {
          soon();
        }
      }),
      client.plugin(uri, "markdown"),
    ],
  });
  file.view = new EditorView({ state, parent: place("editor") });
  place("name").textContent = nameOf(uri);
  list();
  void look();
  return file.view;
}

function hide(): void {
  if (shown?.view) {
    client.sync();
    shown.view.destroy();
    shown.view = null;
    shown = undefined;
  }
}

/** Lets the server know what was typed, once there is rest. */
function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    client.sync();
  }, REST);
}

/** Shows the problems of the file in the editor, with what mends them. */
async function look(): Promise<void> {
  const file = shown;
  const found = file && problems.get(file.uri);
  if (file?.view == null || found === undefined) {
    return;
  }
  const asked = found.filter((problem) => !fixes.has(problem));
  await Promise.all(
    asked.map(async (problem) => {
      const context = { diagnostics: [problem], only: ["quickfix"] };
      const answer = await client.request<unknown, readonly Fix[] | null>("textDocument/codeAction", { textDocument: { uri: file.uri }, range: problem.range, context }).catch(() => null);
      fixes.set(problem, (answer ?? []).filter(({ edit }) => edit !== undefined));
    }),
  );
  if (file !== shown || problems.get(file.uri) !== found) {
    return; // there is news
  }
  const { doc } = file.view.state;
  const marked = found.map((problem): Diagnostic => {
    const [from, to] = [offset(doc, problem.range.start), offset(doc, problem.range.end)];
    const actions = (fixes.get(problem) ?? []).map((fix) => ({ name: fix.title, apply: () => { carryOut(fix); } }));
    return { from, to: Math.max(from, to), severity: severityOf(problem), message: problem.message, source: problem.code ?? "", actions };
  });
  file.view.dispatch(setDiagnostics(file.view.state, marked));
  list();
}

function offset(doc: Text, { line, character }: Position): number {
  const found = doc.line(Math.min(line + 1, doc.lines));
  return Math.min(found.from + character, found.to);
}

function carryOut({ edit }: Fix): void {
  const changes = edit?.documentChanges?.map(({ textDocument, edits }) => [textDocument.uri, edits] as const) ?? Object.entries(edit?.changes ?? {});
  for (const [uri, edits] of changes) {
    const doc = files.getFile(uri)?.text;
    if (doc !== undefined) {
      files.updateFile(uri, { changes: edits.map(({ range, newText }) => ({ from: offset(doc, range.start), to: offset(doc, range.end), insert: newText })) });
    }
  }
  client.sync();
}

/** Lists the files, and the problems of all of them. */
function list(): void {
  const named = [...files.files].sort((one, other) => one.uri.localeCompare(other.uri));
  place("files").replaceChildren(
    ...named.map(({ uri }) => {
      const count = (problems.get(uri) ?? []).filter((problem) => severityOf(problem) !== "hint").length;
      const button = element("button", nameOf(uri), { type: "button", "aria-current": String(uri === shown?.uri) });
      button.addEventListener("click", () => {
        show(uri)?.focus();
      });
      if (count > 0) {
        button.append(" ", element("span", String(count), { class: "count", title: count === 1 ? "1 problem" : `${count} problems` }));
      }
      return within("li", button);
    }),
  );
  const found = named.flatMap(({ uri }) => (problems.get(uri) ?? []).map((problem) => ({ uri, problem })));
  place("problems").replaceChildren(...(found.length > 0 ? found.map(listed) : [element("li", files.files.length > 0 ? "None." : "There is no record yet.")]));
}

function listed({ uri, problem }: { readonly uri: string; readonly problem: Problem }): HTMLElement {
  const at = element("button", `${nameOf(uri)}:${problem.range.start.line + 1}`, { type: "button", class: "place" });
  at.addEventListener("click", () => {
    const view = show(uri);
    const anchor = view === null ? 0 : offset(view.state.doc, problem.range.start);
    view?.dispatch({ selection: { anchor }, scrollIntoView: true });
    view?.focus();
  });
  const line = within("li", element("span", `${problem.message} `, { class: severityOf(problem) }), element("code", problem.code ?? ""), at);
  for (const fix of uri === shown?.uri ? (fixes.get(problem) ?? []) : []) {
    const button = element("button", fix.title, { type: "button", class: "fix" });
    button.addEventListener("click", () => {
      carryOut(fix);
    });
    line.append(button);
  }
  return line;
}

function element(tag: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
}

function within(tag: string, ...children: readonly HTMLElement[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

// Files that come and go

/** Takes files in, by their names, which begin with their folders. */
function add(found: Readonly<Record<string, string>>): void {
  lend(found);
  for (const [name, text] of Object.entries(found)) {
    if (/\.(md|markdown)$/i.test(name)) {
      const file = new File(uriOf(name), Text.of(text.split(/\r\n?|\n/)));
      files.files.push(file);
      client.didOpen(file);
    }
  }
  list();
}

/** Hands files to the server, and says that they are others than before. */
function lend(found: Readonly<Record<string, string | null>>): void {
  const files: Lent = Object.fromEntries(Object.entries(found).map(([name, text]) => [uriOf(name), text]));
  post({ method: LEND, params: files });
  post({ method: "workspace/didChangeWatchedFiles", params: { changes: Object.keys(files).map((uri) => ({ uri, type: 2 })) } });
}

function clear(): void {
  hide();
  for (const { uri } of files.files) {
    client.didClose(uri);
  }
  lend(Object.fromEntries(files.files.map(({ uri }) => [nameOf(uri), null])));
  files.files = [];
  problems.clear();
  isExample = false;
  place("name").textContent = "…";
  list();
}

/** The server has made a file, or takes it back. */
function written({ uri, text }: Written): void {
  if (text === null) {
    if (shown?.uri === uri) {
      hide();
    }
    client.didClose(uri);
    files.files = files.files.filter((file) => file.uri !== uri);
    list();
    return;
  }
  const file = new File(uri, Text.of(text.split("\n")));
  files.files.push(file);
  client.didOpen(file);
  show(uri);
}

async function dropped(found: readonly (readonly [string, Blob])[]): Promise<void> {
  const wanted = found.filter(([name, file]) => /\.(md|markdown|toml)$/i.test(name) && file.size <= LARGEST).slice(0, MOST);
  const texts = await Promise.all(wanted.map(async ([name, file]) => [name, await file.text()] as const));
  if (texts.length === 0) {
    state("There was no Markdown in what you dropped.");
    return;
  }
  if (isExample) {
    clear();
  }
  const placed = texts.map(([name, text]) => [name.includes("/") ? name : PLACE + name, text] as const);
  add(Object.fromEntries(placed.filter(([name]) => files.getFile(uriOf(name)) === null)));
  const [first] = files.files;
  if (first !== undefined) {
    show(first.uri);
  }
}

/** All files of what was dropped, in folders as well. */
async function unfolded(entry: FileSystemEntry): Promise<(readonly [string, Blob])[]> {
  if (entry.isFile) {
    const file = await new Promise<Blob>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [[entry.fullPath.slice(1), file]];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) {
      break;
    }
    all.push(...some.filter(({ name }) => name !== ".git" && name !== "node_modules"));
  }
  return (await Promise.all(all.map(unfolded))).flat();
}

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("is-dragging");
});
document.addEventListener("dragleave", () => {
  document.body.classList.remove("is-dragging");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("is-dragging");
  const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  void Promise.all(entries.map(unfolded)).then((found) => dropped(found.flat()));
});
place("open").addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement) {
    void dropped([...(target.files ?? [])].map((file) => [file.name, file] as const));
  }
});
place("clear").addEventListener("click", clear);
place("new").addEventListener("click", () => {
  const title = window.prompt("What is decided?")?.trim() ?? "";
  if (title !== "") {
    client.sync();
    const given = { title, uri: shown?.uri ?? ROOT.slice(0, -1) };
    client.request("workspace/executeCommand", { command: "adr-ls.newRecord", arguments: [given] }).catch((error: unknown) => {
      state(`No record was made: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
});

async function begin(): Promise<void> {
  const how: Begin = { base: new URL("wasm/", location.href).href, lends: ["file"], environment: { ADR_LS_CACHE: "off" }, directories: [] };
  post({ method: BEGIN, params: how });
  const example = (await (await fetch("example.json")).json()) as Record<string, string>;
  state("Starting Python in the browser …");
  post({ method: LEND, params: Object.fromEntries(Object.entries(example).map(([name, text]) => [uriOf(name), text])) });
  client.connect({
    send: (message) => {
      worker.postMessage(JSON.parse(message));
    },
    subscribe: (listener) => listeners.add(listener),
    unsubscribe: (listener) => listeners.delete(listener),
  });
  await client.initializing;
  add(example);
  show(uriOf(Object.keys(example).find((name) => name.includes("/002-")) ?? Object.keys(example)[0] ?? ""));
}

void begin();
