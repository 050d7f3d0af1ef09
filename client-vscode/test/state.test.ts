import assert from "node:assert/strict";
import { test } from "node:test";

import type { RecordInfo } from "../src/protocol";
import { headline, indexLine, ownIndexLine, statusLine } from "../src/state";

const RECORD: RecordInfo = { id: "ADR-003", title: "Title", status: "Accepted", date: null, statuses: [], supersededBy: [], index: null };
const INDEX = { uri: "file:///README.md", lists: true, missing: 0 };

test("the language status says what the server does", () => {
  assert.equal(headline({ kind: "starting" }), "Starting …");
  assert.equal(headline({ kind: "reading" }), "Reading ADRs …");
  assert.equal(headline({ kind: "ready" }), "Ready");
  assert.equal(headline({ kind: "ready", counts: { records: 0, logs: 0 } }), "No ADRs found");
  assert.equal(headline({ kind: "ready", counts: { records: 1, logs: 1 } }), "1 ADR");
  assert.equal(headline({ kind: "ready", counts: { records: 12, logs: 2 } }), "12 ADRs in 2 logs");
  assert.equal(headline({ kind: "failed", why: "…" }), "Not running");
  assert.equal(headline({ kind: "off" }), "Turned off");
});

test("the status bar names the open record and its status", () => {
  assert.equal(statusLine(RECORD), "$(law) ADR-003 · Accepted");
  assert.equal(statusLine({ ...RECORD, status: null }), "$(law) ADR-003 · no status");
  assert.equal(statusLine({ ...RECORD, supersededBy: [{ uri: "", id: "ADR-004", title: "" }] }), "$(history) ADR-003 · Accepted");
});

test("the status bar tells whether the index is complete", () => {
  assert.equal(indexLine(RECORD), undefined);
  assert.deepEqual(indexLine({ ...RECORD, index: INDEX }), { text: "$(checklist) Index", what: "", isCurrent: true });
  assert.equal(indexLine({ ...RECORD, index: { ...INDEX, lists: false, missing: 2 } })?.text, "$(warning) Index: 2 missing");
  assert.equal(indexLine({ ...RECORD, index: { ...INDEX, lists: false } })?.text, "$(warning) Index: this record is missing");
});

test("of the open index, the status bar tells what it lists and lacks", () => {
  const index = { uri: "file:///README.md", listed: 5, missing: 0 };
  assert.deepEqual(ownIndexLine(index), { text: "$(checklist) Index of 5 ADRs", what: "", isCurrent: true });
  assert.equal(ownIndexLine({ ...index, listed: 1 }).text, "$(checklist) Index of 1 ADR");
  assert.deepEqual(ownIndexLine({ ...index, missing: 2 }), { text: "$(warning) Index: 2 missing", what: "2 missing", isCurrent: false });
});
