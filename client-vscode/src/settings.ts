/** What somebody has set. Nothing here knows VS Code. */

/** What is known of a setting: its default, and what was set where. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/**
 * The settings that somebody has set, of all with their values.
 *
 * What is only a default is nobody's wish; told to the server, it would win over the repository's adr-ls.toml.
 */
export function chosen(values: object, inspect: (name: string) => Inspected | undefined): Record<string, unknown> {
  const isChosen = ({ globalValue, workspaceValue, workspaceFolderValue }: Inspected): boolean =>
    [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
  return Object.fromEntries(Object.entries(values).filter(([name]) => isChosen(inspect(name) ?? {})));
}
