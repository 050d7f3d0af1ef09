/** The interpreter that the Python extension has chosen, where that extension is there. */

import * as vscode from "vscode";

/** The part of the Python extension's interface that is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** Milliseconds that the Python extension may take; it looks for interpreters on the whole disk when it starts. */
const PATIENCE = 8000;

export class PythonEnvironment implements vscode.Disposable {
  private subscription: vscode.Disposable | undefined;
  private readonly changes = new vscode.EventEmitter<void>();
  /** Another interpreter was chosen. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  dispose(): void {
    this.subscription?.dispose();
    this.changes.dispose();
  }

  /** The active interpreter; none in a workspace that is not trusted, where it may lie in the workspace. */
  async active(): Promise<string | undefined> {
    const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
    if (extension === undefined || !vscode.workspace.isTrusted) {
      return undefined;
    }
    try {
      return await within(PATIENCE, this.ask(extension));
    } catch (error) {
      this.log.warn(`The Python extension does not tell its interpreter: ${String(error)}`);
      return undefined;
    }
  }

  private async ask(extension: vscode.Extension<PythonExtension>): Promise<string | undefined> {
    const { environments } = await extension.activate();
    this.subscription ??= environments.onDidChangeActiveEnvironmentPath(() => {
      this.changes.fire();
    });
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
    return environment?.executable.uri?.fsPath;
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${milliseconds / 1000} s`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
