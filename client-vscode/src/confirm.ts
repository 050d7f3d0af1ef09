/**
 * Shows a change that the server wants confirmed as a diff, with buttons that apply or discard it.
 *
 * VS Code's own preview of such edits lists them unticked, so that “Apply” applies nothing until each is ticked.
 */

import * as vscode from "vscode";
import type { ApplyWorkspaceEditParams, ApplyWorkspaceEditResult, TextDocumentEdit, WorkspaceEdit } from "vscode-languageclient";

import { edited } from "./edits";

const SCHEME = "adr-ls-preview";
const APPLY = "$(check) Apply";
const DISCARD = "$(discard) Discard";

type Next = (params: ApplyWorkspaceEditParams) => unknown;

/** A change that waits for somebody to decide. */
interface Pending {
  readonly texts: ReadonlyMap<string, string>;
  decide(isWanted: boolean): void;
}

export class Confirmation implements vscode.Disposable {
  private pending: Pending | undefined;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor() {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.pending?.texts.get(uri.path) ?? "",
      }),
      vscode.commands.registerCommand("adr-ls.applyPreview", () => this.pending?.decide(true)),
      vscode.commands.registerCommand("adr-ls.discardPreview", () => this.pending?.decide(false)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some(isPreview)) {
          this.pending?.decide(false);
        }
      }),
    ];
  }

  dispose(): void {
    this.pending?.decide(false);
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  /** Answers the server's `workspace/applyEdit`: with `next` at once if nothing has to be confirmed, else when somebody has decided. */
  async handle(params: ApplyWorkspaceEditParams, next: Next): Promise<ApplyWorkspaceEditResult> {
    const changes = asked(params.edit);
    if (changes === undefined) {
      const result = (await next(params)) as ApplyWorkspaceEditResult;
      for (const uri of withStops(params.edit)) {
        await vscode.workspace.save(uri); // its text is that on the disk; what people have written is the first to be unsaved
      }
      return result;
    }
    if (!(await this.ask(params.label ?? "Change", changes))) {
      return { applied: false, failureReason: "discarded" };
    }
    const result = (await next({ ...params, edit: { documentChanges: changes.map(confirmed) } })) as ApplyWorkspaceEditResult;
    const [first] = changes;
    if (result.applied && first !== undefined) {
      await vscode.window.showTextDocument(vscode.Uri.parse(first.textDocument.uri), { preview: false });
    } else if (!result.applied) {
      void vscode.window.showWarningMessage("Nothing was changed, since the file has changed meanwhile. Try again.");
    }
    return result;
  }

  private async ask(label: string, changes: readonly TextDocumentEdit[]): Promise<boolean> {
    // A newer change takes the place of one that nobody has decided on.
    this.pending?.decide(false);
    this.pending = undefined;
    await closePreviews();
    const files = await Promise.all(
      changes.map(async (change) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(change.textDocument.uri));
        return { uri: document.uri, proposed: proposed(document, change) };
      }),
    );
    let decide: (isWanted: boolean) => void = () => undefined;
    const decision = new Promise<boolean>((resolve) => {
      decide = resolve;
    });
    const pending = { texts: new Map(files.map(({ uri, proposed }) => [uri.path, proposed])), decide };
    this.pending = pending;
    for (const { uri } of files) {
      const changed = uri.with({ scheme: SCHEME, query: String(Date.now()) }); // VS Code would remember what it was the last time
      await vscode.commands.executeCommand("vscode.diff", uri, changed, `${label}: ${vscode.workspace.asRelativePath(uri)}`, { preview: false });
    }
    const question = vscode.window.createQuickPick();
    question.title = label;
    question.placeholder = files.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(", ");
    question.items = [{ label: APPLY }, { label: DISCARD }];
    question.ignoreFocusOut = true; // the change can be looked at meanwhile; Escape leaves it to the buttons above it
    question.onDidAccept(() => {
      decide(question.activeItems[0]?.label === APPLY);
    });
    question.show();
    const isWanted = await decision;
    question.dispose();
    if (this.pending === pending) {
      this.pending = undefined;
      await closePreviews();
    }
    return isWanted;
  }
}

/** The changes of texts that somebody has to confirm; undefined if there are none, or if files are made or moved besides. */
function asked(edit: WorkspaceEdit): readonly TextDocumentEdit[] | undefined {
  const isAsked = Object.values(edit.changeAnnotations ?? {}).some((annotation) => annotation.needsConfirmation === true);
  const changes = (edit.documentChanges ?? []).filter((change) => "textDocument" in change);
  return isAsked && changes.length > 0 && changes.length === edit.documentChanges?.length ? changes : undefined;
}

/** The files in which people are to go on from one blank to the next. */
function withStops(edit: WorkspaceEdit): readonly vscode.Uri[] {
  return (edit.documentChanges ?? [])
    .filter((change) => "textDocument" in change)
    .filter(({ edits }) => edits.some((each) => "snippet" in each))
    .map(({ textDocument }) => vscode.Uri.parse(textDocument.uri));
}

/** A change without its annotations, which say that it has to be confirmed. */
function confirmed(change: TextDocumentEdit): TextDocumentEdit {
  return { ...change, edits: change.edits.map((edit) => ("newText" in edit ? { range: edit.range, newText: edit.newText } : edit)) };
}

/** The text that a document would have. */
function proposed(document: vscode.TextDocument, change: TextDocumentEdit): string {
  const offset = ({ line, character }: { line: number; character: number }): number => document.offsetAt(new vscode.Position(line, character));
  const edits = change.edits
    .filter((edit) => "newText" in edit)
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }));
  return edited(document.getText(), edits);
}

async function closePreviews(): Promise<void> {
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isPreview));
}

function isPreview({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === SCHEME;
}
