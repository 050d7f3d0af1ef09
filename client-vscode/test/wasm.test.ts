import assert from "node:assert/strict";
import { test } from "node:test";

import { virtual } from "../src/wasm/paths";
import { fromServer, toServer } from "../src/wasm/uris";

const LENDS = ["vscode-vfs", "memfs"];
const RECORD = "vscode-vfs://github%2B7b2276/o/r/docs/adr/001-caf%C3%A9.md";

test("the server knows every file by a URI of a file, and the editor by its own", () => {
  const message = {
    method: "textDocument/rename",
    params: { textDocument: { uri: RECORD }, others: [RECORD, "memfs:/docs/x.md", "memfs:///docs/y.md"], edit: { changes: { [RECORD]: [] } } },
  };
  const told = toServer(message, LENDS);
  const lent = "file:///lent/vscode-vfs/github%2B7b2276/o/r/docs/adr/001-caf%C3%A9.md";
  assert.deepEqual(told.params.textDocument, { uri: lent });
  assert.deepEqual(told.params.edit, { changes: { [lent]: [] } });
  assert.deepEqual(told.params.others.slice(1), ["file:///lent/memfs/-/docs/x.md", "file:///lent/memfs/-/docs/y.md"]);
  assert.deepEqual(fromServer(told).params, { ...message.params, others: [RECORD, "memfs:/docs/x.md", "memfs:/docs/y.md"] });
});

test("a folder at the top is one as well", () => {
  assert.equal(toServer("memfs://host", LENDS), "file:///lent/memfs/host");
  assert.equal(fromServer("file:///lent/memfs/host"), "memfs://host");
});

test("what people have written stays as it is, and so do other URIs", () => {
  const written = { text: RECORD, newText: `${RECORD}\n`, title: RECORD, uri: "https://example.org/x", name: `see ${RECORD}` };
  assert.deepEqual(toServer(written, LENDS), written);
  const back = { text: "file:///lent/memfs/-/x.md", newText: "file:///lent/memfs/-/x.md" };
  assert.deepEqual(fromServer(back), back);
});

test("links amid what the server says lead to the editor's files", () => {
  const value = "[ADR-001](file:///lent/vscode-vfs/github/o/r/001.md), (file:///lent/memfs/-/x.md#L1) and file:///home/x.md";
  assert.deepEqual(fromServer({ contents: { value } }).contents.value, "[ADR-001](vscode-vfs://github/o/r/001.md), (memfs:/x.md#L1) and file:///home/x.md");
});

test("a drive of Windows is a directory at the top", () => {
  assert.equal(virtual("C:\\Users\\Ada"), "/c:/Users/Ada");
  assert.equal(virtual("/home/ada"), "/home/ada");
});
