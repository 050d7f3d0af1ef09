/** What a user of the extension sees, one thing after the other in one workbench. */

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { BOOKSHOP, eventually, Workbench } from "./workbench.ts";

const RECORDS = "docs/adr";
const SEARCH = `${RECORDS}/002-search-with-elasticsearch.md`;
const ORDERS = `${RECORDS}/004-move-orders-to-postgresql.md`;
const INDEX = `${RECORDS}/README.md`;

let bench: Workbench;

before(async () => {
  bench = await Workbench.start({ name: "tour", folder: BOOKSHOP });
});

after(async () => {
  await bench.stop();
});

step("a misspelt status has a squiggle and an entry in the Problems panel", async () => {
  await bench.show(SEARCH, "Acepted");
  bench.run("workbench.panel.markers.view.focus");
  await bench.sees(".markers-panel .monaco-list-row", "Acepted", "Ln 3");
  await eventually("a squiggle", async () => (await bench.page.locator(".monaco-editor .squiggly-warning").count()) > 0);
});

step("a hover shows the card of the record that is named", async () => {
  await bench.show(SEARCH, "ADR-001 cannot");
  await bench.page.keyboard.press("Escape");
  await hover("ADR-001");
  await bench.sees(".monaco-hover .hover-contents", "Keep orders in MySQL", "Superseded by");
});

step("F12 on a bare reference goes to the record", async () => {
  await bench.show(ORDERS, "ADR-002 has");
  await eventually("the other record", async () => {
    await bench.page.keyboard.press("F12");
    return eventually("its tab", async () => (await bench.tab()) === path.basename(SEARCH), 2000);
  });
});

step("in a link, records are offered and one is taken", async () => {
  await bench.show(ORDERS, "will tell how.");
  await bench.page.keyboard.press("End");
  await bench.page.keyboard.type(" See [ADR-00", { delay: 60 });
  const list = ".suggest-widget.visible .monaco-list-row";
  await bench.sees(list, "ADR-005");
  await bench.shot("completion");
  await bench.page.locator(list, { hasText: "ADR-005" }).first().click();
  await eventually("the link", async () => (await bench.text(ORDERS)).includes("[ADR-005"));
  await save();
  assert.match(bench.read(ORDERS), /See \[ADR-005[^\]]*\]\(\.\/005-sign-in-with-passkeys\.md\)/);
});

step("a quick-fix mends the status on the disk", async () => {
  await bench.show(SEARCH, "Acepted");
  await quickFix("Accepted");
  await save();
  assert.match(bench.read(SEARCH), /^\*\*Status\*\*: Accepted$/m);
});

step("the update of the index is shown, and can be discarded", async () => {
  await bench.show(INDEX);
  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".editor-instance .modified-in-monaco-diff-editor .view-lines", "ADR-005: Sign in with passkeys");
  await bench.shot("the update of the index");
  await bench.page.getByRole("button", { name: "Discard this change" }).click();
  await eventually("the index itself", async () => (await bench.tab()) === "README.md");
  assert.ok(!(await bench.text(INDEX)).includes("ADR-005"));
});

step("the index is updated once the change is confirmed", async () => {
  await bench.palette("adr-ls: Update ADR index");
  await bench.sees(".editor-instance .modified-in-monaco-diff-editor .view-lines", "ADR-005: Sign in with passkeys");
  assert.ok(!(await bench.text(INDEX)).includes("ADR-005"));
  await bench.page.getByRole("button", { name: "Apply this change" }).click();
  await eventually("the entry", async () => (await bench.text(INDEX)).includes("ADR-005: Sign in with passkeys"));
  await save();
  assert.match(bench.read(INDEX), /- \[ADR-005: Sign in with passkeys\]\(\.\/005-sign-in-with-passkeys\.md\)\n {2}- \*\*Status\*\*: Proposed/);
});

step("the server that was killed comes back", async () => {
  const [old] = bench.servers();
  assert.ok(old !== undefined, "no server runs");
  process.kill(old.pid, "SIGKILL");
  await eventually("another server", () => bench.servers().some(({ pid }) => pid !== old.pid));
});

function step(name: string, work: () => Promise<void>): void {
  test(name, { timeout: 120_000 }, async () => {
    try {
      await work();
      await bench.shot(name);
    } catch (error) {
      await bench.shot(`FAILED ${name}`);
      throw error;
    }
  });
}

/** Asks for the hover at the cursor until there is one; the server may still be reading. */
async function hover(text: string): Promise<void> {
  await eventually("a hover", async () => {
    bench.run("editor.action.showHover");
    return eventually("hover", async () => (await bench.texts(".monaco-hover .hover-contents")).some((each) => each.includes(text)), 2000);
  });
}

async function quickFix(title: string): Promise<void> {
  const rows = bench.page.locator(".action-widget .monaco-list-row.action", { hasText: title });
  await eventually("the quick-fix", async () => {
    await bench.page.keyboard.press("Control+.");
    return eventually("the menu", () => rows.first().isVisible(), 3000);
  });
  await bench.shot("quick-fix");
  await rows.first().click();
}

async function save(): Promise<void> {
  bench.run("workbench.action.files.saveAll");
  await eventually("files saved", async () => (await bench.page.locator(".tab.dirty").count()) === 0);
}
