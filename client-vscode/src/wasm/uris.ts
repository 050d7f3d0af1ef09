/**
 * Between the URIs of an editor, be they `vscode-vfs://github/…`, and those of files, which are all that the server knows.
 *
 * `scheme://authority/path` becomes `file:///lent/scheme/authority/path` and back, wherever a message has it.
 */

const LENT = "file:///lent/";
const URI = /^([A-Za-z][\w+.-]*):(?:\/\/([^/?#]*)(?=\/|$)|(?=\/(?!\/)))/;
const NONE = "-"; // no authority is called so
const BACK = /file:\/\/\/lent\/([A-Za-z][\w+.-]*)\/([^/?#\s)>"]*)/g;
/** What holds people's text, which stays as it is. */
const TEXTS = new Set(["text", "newText", "value", "title"]);

/** The URI of a file for one of another scheme that is among those that are lent. */
export function lent(uri: string, schemes: readonly string[]): string {
  const found = URI.exec(uri);
  return found?.[1] === undefined || !schemes.includes(found[1]) ? uri : `${LENT}${found[1]}/${found[2] === undefined || found[2] === "" ? NONE : found[2]}${uri.slice(found[0].length)}`;
}

/** A message to the server, with URIs that it knows: whatever is nothing but a URI, or is called by one. */
export function toServer<T>(message: T, schemes: readonly string[]): T {
  return mapped(message, (text, key) => (TEXTS.has(key) ? text : lent(text, schemes))) as T;
}

/** A message of the server, with the editor's URIs, also amid what people read. */
export function fromServer<T>(message: T): T {
  // As VS Code writes them
  const back = (_: string, scheme: string, authority: string): string =>
    authority !== NONE ? `${scheme}://${authority}` : scheme === "file" ? "file://" : `${scheme}:`;
  return mapped(message, (text, key) => (key === "text" || key === "newText" ? text : text.replaceAll(BACK, back))) as T;
}

function mapped(value: unknown, change: (text: string, key: string) => string, key = ""): unknown {
  if (typeof value === "string") {
    return change(value, key);
  }
  if (Array.isArray(value)) {
    return value.map((one) => mapped(one, change, key));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [change(name, ""), mapped(one, change, name)]));
  }
  return value;
}
