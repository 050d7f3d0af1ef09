/** What the extension and the server in WebAssembly say to each other beyond the Language Server Protocol. */

/** The first message: how the server is to run. A notification with {@link Begin}. */
export const BEGIN = "adr-ls/begin";
/** Files that are lent, by their URIs: a text, why there is none, or null for what is gone. A notification with {@link Lent}. */
export const LEND = "adr-ls/lend";
/** Asks which of some names are those of files that matter; a request with {@link Names}, answered with the names that do. */
export const WANTED = "adr-ls/wanted";
/** The server has made a file, or has taken it back where its text is null. A notification with {@link Written}. */
export const WRITE = "adr-ls/write";

/** The server is no more; a notification of a worker, of which its browser tells nobody. */
export const LEFT = "adr-ls/left";

export interface Begin {
  /** Where the files of Pyodide and the server lie: a URL with a slash at the end. */
  readonly base: string;
  /** The schemes of the URIs of files that are lent; none where the files are those of the disk. */
  readonly lends: readonly string[];
  /** Variables of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Directories of the disk that are there besides those that are opened. */
  readonly directories: readonly string[];
}

export type Lent = Readonly<Record<string, string | { readonly why: string } | null>>;

export interface Names {
  readonly names: readonly string[];
}

export interface Written {
  readonly uri: string;
  readonly text: string | null;
}

/** A message of JSON-RPC, as far as it is looked at here. */
export interface Message {
  readonly jsonrpc: "2.0";
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
}
