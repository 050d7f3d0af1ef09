/** The commands that ask something before the server does the work. What cannot be done is said before anything is asked. */

import * as vscode from "vscode";

import { reason, type Server } from "./client";
import { FIX_ALL, NEW_RECORD, type Place, RECORD, type RecordInfo, SET_STATUS, SHOW_REFERENCES, SUCCESSORS, type Successors, SUPERSEDE, type Template, TEMPLATES, type Titled, UPDATE_INDEX } from "./protocol";
import { named } from "./state";

const NO_RECORD = "The file in the editor is no ADR.";

/** Asks for a title and has the server make the record; `near` is a file or folder of the log that is meant. */
export async function newRecord(server: Server, near: vscode.Uri | undefined): Promise<void> {
  if (!(await server.isReady())) {
    return;
  }
  const title = await askTitle("New ADR");
  if (title === undefined) {
    return;
  }
  const uri = (near ?? vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.toString();
  const chosen = uri === undefined ? {} : await askTemplate(server, uri);
  if (chosen !== undefined) {
    // The server makes the file and shows it with the cursor in place.
    await attempt("No record was made", () => server.execute(NEW_RECORD, { title, ...(uri === undefined ? {} : { uri }), ...chosen }));
  }
}

/** Offers the statuses of the log and has the server write the one that is chosen. */
export async function changeStatus(server: Server, record: vscode.Uri | undefined): Promise<void> {
  if (!(await server.isReady())) {
    return;
  }
  const uri = record?.toString() ?? "";
  const info = uri === "" ? null : await server.ask<RecordInfo | null>(RECORD, { textDocument: { uri } });
  if (!info) {
    void vscode.window.showInformationMessage(NO_RECORD);
    return;
  }
  const items = info.statuses.map((label) => ({ label, ...(label === info.status ? { description: "now" } : {}) }));
  const chosen = await vscode.window.showQuickPick(items, { title: `Status of ${info.id}`, placeHolder: info.title });
  if (chosen === undefined || chosen.label === info.status) {
    return;
  }
  if (info.asking?.includes(chosen.label) === true) {
    await supersede(server, uri);
    return;
  }
  await attempt("The status was not changed", () => server.execute(SET_STATUS, { uri, status: chosen.label }));
}

/** Asks which record supersedes the one at a URI, or the title of a new one that does, and has the server mark both sides. */
export async function supersede(server: Server, uri: string): Promise<void> {
  if (!(await server.isReady())) {
    return;
  }
  const item = { textDocument: { uri } };
  const record = await server.ask<RecordInfo | null>(RECORD, item);
  const found = await server.ask<Successors | null>(SUCCESSORS, item);
  if (!record || found?.reason !== null) {
    void vscode.window.showInformationMessage(found?.reason ?? NO_RECORD);
    return;
  }
  const anew = { label: "$(new-file) A new ADR…", description: "", by: "" };
  const items = [anew, ...found.records.map((one) => ({ label: named(one), description: one.status ?? "", by: one.uri }))];
  const title = `Which ADR supersedes ${record.id}?`;
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: named(record), matchOnDescription: true });
  if (chosen === undefined) {
    return;
  }
  const given = chosen === anew ? { title: await askTitle(`ADR that supersedes ${record.id}`) } : { by: chosen.by };
  if (!("title" in given) || given.title !== undefined) {
    await attempt(`${record.id} was not superseded`, () => server.execute(SUPERSEDE, { uri, ...given }));
  }
}

/** Runs one of the server's commands with the title that people give it, beginning with the one it has. */
async function withTitle(server: Server, command: string, given: Titled): Promise<void> {
  const title = await askTitle("New ADR", given.title);
  if (title !== undefined) {
    await attempt("No record was made", () => server.execute(command, { ...given, title, ask: false }));
  }
}

/** Has the server apply all safe fixes to the file in the active editor. */
export async function fixFile(server: Server): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (uri === undefined || !(await server.isReady())) {
    return;
  }
  await attempt("Nothing was fixed", async () => {
    const { edits } = await server.execute<{ readonly edits: number }>(FIX_ALL, uri);
    if (edits === 0) {
      void vscode.window.showInformationMessage("Nothing in this file can be fixed without a choice.");
    }
  });
}

/** Has the server update the indexes of all logs; the change is shown before it is made. */
export async function updateIndexes(server: Server): Promise<void> {
  if (!(await server.isReady())) {
    return;
  }
  await attempt("The index was not updated", async () => {
    const { edits } = await server.execute<{ readonly edits: number }>(UPDATE_INDEX);
    if (edits === 0) {
      void vscode.window.showInformationMessage("The ADR index is up to date.");
    }
  });
}

/** Shows what refers to the record at a place, as *Go to References* does there. */
async function showReferences(place: Place): Promise<void> {
  const uri = vscode.Uri.parse(place.uri);
  const position = new vscode.Position(place.position.line, place.position.character);
  const found = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeReferenceProvider", uri, position);
  // VS Code asks for the title itself as well, where people are already.
  const others = found.filter((one) => one.uri.toString() !== uri.toString() || !one.range.contains(position));
  await vscode.commands.executeCommand("editor.action.showReferences", uri, position, others);
}

/**
 * Runs one of the server's commands that a code action or a code lens holds.
 *
 * What the server would have to ask with the little that all editors have is asked here as VS Code asks it.
 */
export async function run(server: Server, command: string, args: readonly unknown[], next: () => unknown): Promise<unknown> {
  const [given] = args;
  if (command === SHOW_REFERENCES && isPlace(given)) {
    return showReferences(given);
  }
  if (isTitled(given)) {
    return withTitle(server, command, given);
  }
  if (command === SUPERSEDE && isOfRecord(given)) {
    return supersede(server, given.uri);
  }
  return next();
}

function isPlace(given: unknown): given is Place {
  return typeof given === "object" && given !== null && "uri" in given && "position" in given;
}

function isTitled(given: unknown): given is Titled {
  return typeof given === "object" && given !== null && "title" in given && "ask" in given && given.ask === true;
}

/** Whether nothing is said but which record is to be superseded. */
function isOfRecord(given: unknown): given is { readonly uri: string } {
  return typeof given === "object" && given !== null && "uri" in given && typeof given.uri === "string" && !("by" in given) && !("title" in given);
}

/** Asks which template a record near a file is made from, where there are several; undefined if nobody wants one. */
async function askTemplate(server: Server, uri: string): Promise<{ readonly template?: string } | undefined> {
  const templates = (await server.ask<readonly Template[]>(TEMPLATES, { textDocument: { uri } })) ?? [];
  if (templates.length < 2) {
    return {};
  }
  const items = templates.map((one) => ({ label: one.name, template: one.uri }));
  const chosen = await vscode.window.showQuickPick(items, { title: "New ADR", placeHolder: "From which template?" });
  return chosen && { template: chosen.template };
}

async function askTitle(heading: string, value = ""): Promise<string | undefined> {
  const title = await vscode.window.showInputBox({
    title: heading,
    value,
    prompt: "What is decided? The number, the file name and the sections come from your other records.",
    placeHolder: "Keep orders in PostgreSQL",
    validateInput: (text) => (text.trim() === "" ? "A record needs a title." : undefined),
    ignoreFocusOut: true,
  });
  return title?.trim();
}

async function attempt(failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void vscode.window.showErrorMessage(`${failure}: ${reason(error)}`);
  }
}
