// The files of a web server as an editor's file system, as GitHub's are on vscode.dev. What is changed is put to the server.
/* eslint-disable no-undef */
const vscode = require("vscode");

class Files {
  constructor(base) {
    this.base = base;
    this.changes = new vscode.EventEmitter();
    this.onDidChangeFile = this.changes.event;
    this.files = fetch(`${base}/files.json`)
      .then((answer) => answer.json())
      .then((found) => new Map(Object.entries(found).map(([path, text]) => [path, { data: new TextEncoder().encode(text), mtime: Date.now() }])));
  }

  watch() {
    return new vscode.Disposable(() => undefined);
  }

  async stat({ path }) {
    const files = await this.files;
    const file = files.get(path);
    if (file !== undefined) {
      return { type: vscode.FileType.File, ctime: 0, mtime: file.mtime, size: file.data.length };
    }
    if (path === "/" || [...files.keys()].some((one) => one.startsWith(`${path}/`))) {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    throw vscode.FileSystemError.FileNotFound(path);
  }

  async readDirectory({ path }) {
    const start = path.endsWith("/") ? path : `${path}/`;
    const below = [...(await this.files).keys()].filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
    const names = new Map(below.map((one) => [one.split("/")[0], one.includes("/") ? vscode.FileType.Directory : vscode.FileType.File]));
    return [...names];
  }

  async readFile({ path }) {
    const file = (await this.files).get(path);
    if (file === undefined) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    return file.data;
  }

  async writeFile(uri, data) {
    const files = await this.files;
    const type = files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    files.set(uri.path, { data, mtime: Date.now() });
    await fetch(`${this.base}${uri.path}`, { method: "PUT", body: data });
    this.changes.fire([{ type, uri }]);
  }

  async delete(uri) {
    const files = await this.files;
    for (const path of [...files.keys()].filter((one) => one === uri.path || one.startsWith(`${uri.path}/`))) {
      files.delete(path);
      await fetch(`${this.base}${path}`, { method: "DELETE" });
    }
    this.changes.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  async rename(from, to) {
    const data = await this.readFile(from);
    await this.delete(from);
    await this.writeFile(to, data);
  }

  createDirectory() {
    // it is there as soon as a file is in it
  }
}

exports.activate = (context) => {
  // In a browser the extension comes from that server, too
  const base = globalThis.process?.env?.ADR_LS_E2E_FILES ?? context.extensionUri.with({ path: "/disk" }).toString(true);
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider("memfs", new Files(base), { isCaseSensitive: true }));
};
