/** Which documents the server is told of. */

import * as vscode from "vscode";

/** The files in which a repository sets something. */
export const SETTINGS_FILES = "**/{adr-ls.toml,.adr-ls.toml,pyproject.toml}";

/** Records in AsciiDoc, whichever extension it belongs to, or none. */
export const ASCIIDOC_FILES = "**/*.{adoc,asciidoc}";

/** The schemes of the files that are opened: `file`, and in a browser such as `vscode-vfs`. */
export function schemes(): readonly string[] {
  return [...new Set(["file", ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)])];
}

/** Documents of the opened files that a filter lets through. */
export function files(filter: { readonly language?: string; readonly pattern?: string } = {}): { scheme: string; language?: string; pattern?: string }[] {
  return schemes().map((scheme) => ({ scheme, ...filter }));
}

export const markdown = (): vscode.DocumentSelector => files({ language: "markdown" });
