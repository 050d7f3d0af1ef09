import assert from "node:assert/strict";
import { test } from "node:test";

import { inOrder } from "../src/wasm/order";

test("settings are fetched first, then what looks like records, then what is near the top", () => {
  const first = ["/r/.gitignore", "/r/adr-ls.toml", "/r/docs/mkdocs.yml"];
  const records = ["/r/text/0042-speed.md", "/r/docs/adr/README.md", "/r/docs/adr/first.md", "/r/packages/x/decisions/one.adoc"]; // by depth
  const others = ["/r/README.md", "/r/docs/guide.md", "/r/docs/deep/down/notes.md"];
  assert.deepEqual(inOrder([...others, ...records, ...first].reverse()), [...first, ...records, ...others]);
});
