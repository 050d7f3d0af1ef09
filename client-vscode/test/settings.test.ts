import assert from "node:assert/strict";
import { test } from "node:test";

import { chosen, type Inspected } from "../src/settings";

test("the server is told only what somebody has set", () => {
  const inspected: Record<string, Inspected> = {
    profile: { globalValue: "strict" },
    statuses: {},
    updateIndexOnSave: { workspaceValue: false },
    exclude: { workspaceFolderValue: [] },
  };
  const values = { profile: "strict", statuses: [], updateIndexOnSave: false, exclude: [], unheardOf: 1 };
  assert.deepEqual(
    chosen(values, (name) => inspected[name]),
    { profile: "strict", updateIndexOnSave: false, exclude: [] },
  );
});
