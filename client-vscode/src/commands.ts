/** The commands that ask something before the server does the work. */

import * as vscode from "vscode";

import { reason, type Server } from "./client";
import { NEW_RECORD, type Place, SET_STATUS, UPDATE_INDEX } from "./protocol";
import type { Status } from "./status";

/** Asks for a title and has the server make the record; `near` is a file or folder of the log that is meant. */
export async function newRecord(server: Server, near: vscode.Uri | undefined): Promise<void> {
  const title = await vscode.window.showInputBox({
    title: "New ADR",
    prompt: "What is decided? The number, the file name and the sections come from your other records.",
    placeHolder: "Keep orders in PostgreSQL",
    validateInput: (value) => (value.trim() === "" ? "A record needs a title." : undefined),
    ignoreFocusOut: true,
  });
  if (title === undefined) {
    return;
  }
  const uri = (near ?? vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.toString();
  // The server makes the file and shows it with the cursor in place.
  await attempt("No record was made", () => server.execute(NEW_RECORD, { title: title.trim(), ...(uri === undefined ? {} : { uri }) }));
}

/** Offers the statuses of the log and has the server write the one that is chosen. */
export async function changeStatus(server: Server, status: Status): Promise<void> {
  const { record } = status;
  if (record === undefined) {
    void vscode.window.showInformationMessage("Open an ADR to change its status.");
    return;
  }
  const { uri, info } = record;
  const items = info.statuses.map((label) => ({ label, ...(label === info.status ? { description: "now" } : {}) }));
  const chosen = await vscode.window.showQuickPick(items, { title: `Status of ${info.id}`, placeHolder: info.title });
  if (chosen !== undefined && chosen.label !== info.status) {
    await attempt("The status was not changed", () => server.execute(SET_STATUS, { uri: uri.toString(), status: chosen.label }));
  }
}

/** Has the server update the indexes of all logs; the change is shown before it is made. */
export async function updateIndexes(server: Server): Promise<void> {
  await attempt("The index was not updated", async () => {
    const { edits } = await server.execute<{ readonly edits: number }>(UPDATE_INDEX);
    if (edits === 0) {
      void vscode.window.showInformationMessage("The ADR index is up to date.");
    }
  });
}

/** Shows what refers to the record at a place, as *Go to References* does there. */
export async function showReferences(place: Place): Promise<void> {
  const uri = vscode.Uri.parse(place.uri);
  const position = new vscode.Position(place.position.line, place.position.character);
  const found = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeReferenceProvider", uri, position);
  // VS Code asks for the title itself as well, where people are already.
  const others = found.filter((one) => one.uri.toString() !== uri.toString() || !one.range.contains(position));
  await vscode.commands.executeCommand("editor.action.showReferences", uri, position, others);
}

export function isPlace(given: unknown): given is Place {
  return typeof given === "object" && given !== null && "uri" in given && "position" in given;
}

async function attempt(failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void vscode.window.showErrorMessage(`${failure}: ${reason(error)}`);
  }
}
