/** Which program runs the server, and what is said when there is none. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { BOOKSHOP, eventually, NO_PATH, type Options, Workbench } from "./workbench.ts";

const REPOSITORY = path.join(import.meta.dirname, "../../..");
const SEARCH = "docs/adr/002-search-with-elasticsearch.md";
const ORDERS = "docs/adr/004-move-orders-to-postgresql.md";
const TOAST = ".notifications-toasts .notification-list-item";
const STATUS = "[id='adr-ls.adr-ls.adr-ls.record']";
/** A Python itself, not one of the scripts by which version managers find it. */
const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();

let scratch: string;

before(() => {
  scratch = mkdtempSync(path.join(tmpdir(), "adr-ls-programs-"));
});

after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

inWorkbench("without Python the server runs all the same, does what it does otherwise, and says what is different", { environment: NO_PATH }, async (bench) => {
  await bench.show(SEARCH);
  await squiggle(bench);
  assert.match(bench.servers().map(({ command }) => command).join("\n"), /^\S+node \S+dist\/process\.js$/);
  await bench.sees(STATUS, "ADR-002");
  await bench.page.locator("[id='status.languageStatus']").hover();
  await bench.sees(".hover-language-status", "5 ADRs", "without Python");
  await bench.shot("without Python");

  await bench.show(ORDERS, "001-keep-orders");
  bench.run("editor.action.showHover");
  await bench.sees(".monaco-hover .hover-contents", "Keep orders in MySQL", "Superseded by");
  await bench.show(ORDERS, "001-keep-orders");
  await bench.page.keyboard.press("F12");
  await eventually("the record that is named", async () => (await bench.tab()) === "001-keep-orders-in-mysql.md");

  await bench.show(SEARCH, "Acepted");
  const fix = bench.page.locator(".action-widget .monaco-list-row.action", { hasText: "Accepted" }).first();
  await eventually("the quick-fix", async () => {
    await bench.page.keyboard.press("Escape");
    await bench.page.keyboard.press("Control+.");
    return eventually("the menu", () => fix.isVisible(), 3000);
  });
  await fix.click();
  await eventually("the fix", async () => (await bench.text(SEARCH)).includes("**Status**: Accepted"));
  await bench.page.keyboard.press("Control+End");
  await bench.page.keyboard.type("\n\nAs ADR-00");
  bench.run("editor.action.triggerSuggest");
  await bench.sees(".suggest-widget .monaco-list-row", "Sign in with passkeys");
  await bench.shot("completion without Python");

  // A record that the server makes, on the disk
  await bench.page.keyboard.press("Escape");
  await bench.palette("adr-ls: New ADR");
  await bench.sees(".quick-input-widget", "What is decided?");
  await bench.page.locator(".quick-input-widget .quick-input-box input").fill("Pay by invoice");
  await bench.page.keyboard.press("Enter");
  await eventually("the new record", async () => (await bench.tab()) === "006-pay-by-invoice.md");
});

inWorkbench("a Python that is named and is none is not passed over, and no reload is needed once it is right", { environment: NO_PATH, settings: { "adr-ls.interpreter": "/nowhere/python" } }, async (bench) => {
  await bench.show(SEARCH);
  await bench.sees(TOAST, "/nowhere/python, which is not a program here", "Get Python", "Open Settings");
  await bench.sees(STATUS, "adr-ls");
  await bench.shot("no Python");
  assert.deepEqual(bench.servers(), []);
  await bench.ask("notifications.clearAll");
  await bench.palette("adr-ls: New ADR");
  await bench.sees(TOAST, "/nowhere/python", "Get Python", "Open Settings");
  assert.deepEqual(await bench.texts(".quick-input-widget"), [], "it asks for a title that leads to nothing");
  await bench.page.locator(TOAST).getByRole("button", { name: "Open Settings" }).click();
  await bench.sees(".settings-editor .setting-item-contents", "Interpreter");
  await bench.shot("the setting");

  bench.setMachine({ "adr-ls.interpreter": python });
  await bench.show(SEARCH);
  await squiggle(bench);

  const old = path.join(scratch, "old-python");
  writeFileSync(old, "#!/bin/sh\necho 3.9\n", { mode: 0o755 });
  bench.setMachine({ "adr-ls.interpreter": old });
  await bench.sees(TOAST, "old-python is Python 3.9, and 3.10 is needed");
});

inWorkbench("a server that does not start is not started for ever", { settings: { "adr-ls.path": "/bin/false" } }, async (bench) => {
  await bench.show(SEARCH);
  await bench.sees(TOAST, "does not start: “/bin/false” does not answer", "Restart Server", "Show Log");
  assert.equal((await bench.texts(TOAST)).length, 1, "it is said more than once");
  await bench.shot("a server that ends at once");
  bench.setMachine({});
  await squiggle(bench);
});

inWorkbench("a server that ends again and again is given up, and comes back on request", {}, async (bench) => {
  await bench.show(SEARCH);
  await squiggle(bench);
  for (let ends = 1; ends <= 5; ends++) {
    const { pid } = await eventually("a server", () => bench.servers()[0]);
    await bench.sees(STATUS, "ADR-002"); // it has started
    process.kill(pid, "SIGKILL");
    await eventually("its end", () => bench.servers().every((server) => server.pid !== pid));
  }
  await bench.sees(TOAST, "ended 5 times within 3 minutes", "Restart Server");
  await bench.sees(STATUS, "adr-ls");
  assert.deepEqual(bench.servers(), []);
  await bench.page.locator(TOAST).getByRole("button", { name: "Restart Server" }).click();
  await bench.sees(STATUS, "ADR-002");
});

inWorkbench("an installed adr-ls is taken if the settings say so", {}, async (bench) => {
  await bench.show(SEARCH);
  await squiggle(bench);
  assert.match(bench.servers()[0]?.command ?? "", /-I -S .*bundled\/run\.py$/);
  bench.setMachine({ "adr-ls.interpreter": path.join(REPOSITORY, ".venv/bin/python"), "adr-ls.importStrategy": "fromEnvironment" });
  await eventually("the installed server", () => bench.servers().some(({ command }) => command.endsWith(".venv/bin/python -m adr_ls")));
  await eventually("no other", () => bench.servers().length === 1);
});

inWorkbench(
  "the interpreter of the Python extension is followed",
  { extensions: [path.join(import.meta.dirname, "python")], environment: { ADR_LS_E2E_PYTHON: python } },
  async (bench) => {
    await bench.show(SEARCH);
    await squiggle(bench);
    const other = path.join(scratch, "other-python");
    symlinkSync(python, other);
    await bench.ask("standin.choose", other);
    await eventually("a server that runs with the other Python", () => bench.servers().some(({ command }) => command.startsWith(other)));
  },
);

test("in a folder that is not trusted the extension works, and runs nothing that the folder names", { timeout: 180_000 }, async () => {
  const folder = path.join(scratch, "untrusted");
  const mark = path.join(scratch, "was-run");
  const program = path.join(scratch, "program");
  writeFileSync(program, `#!/bin/sh\necho >${mark}\n`, { mode: 0o755 });
  mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  mkdirSync(path.join(folder, "docs/adr"), { recursive: true });
  writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify({ "adr-ls.path": program, "adr-ls.interpreter": program }));
  writeFileSync(path.join(folder, "docs/adr/001-first.md"), "# ADR-001: First\n\n**Status**: Acepted\n");
  await inside({ name: "untrusted", folder, asksForTrust: true }, async (bench) => {
    await bench.show("docs/adr/001-first.md");
    await squiggle(bench);
    assert.equal(existsSync(mark), false, "a program was run that an untrusted folder names");
    await bench.sees(".statusbar-item", "Restricted Mode");
    bench.run("workbench.trust.manage");
    await bench.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
    await eventually("the program that the trusted folder names", () => existsSync(mark));
  });
});

test("a settings file starts the extension by itself, and tells what is wrong in it", { timeout: 180_000 }, async () => {
  const folder = path.join(scratch, "settings");
  mkdirSync(path.join(folder, "packages/shop"), { recursive: true });
  writeFileSync(path.join(folder, "packages/shop/adr-ls.toml"), 'profle = "strict"\n');
  await inside({ name: "settings", folder }, async (bench) => {
    await eventually("a server", () => bench.servers().length > 0);
    await bench.show("packages/shop/adr-ls.toml");
    bench.run("workbench.panel.markers.view.focus");
    await bench.sees(".markers-panel .monaco-list-row", "profle", "did you mean “profile”");
  });
});

function inWorkbench(name: string, options: Partial<Options>, work: (bench: Workbench) => Promise<void>): void {
  test(name, { timeout: 180_000 }, () => inside({ name: name.split(" ").slice(0, 4).join("-"), folder: BOOKSHOP, ...options }, work));
}

async function inside(options: Options, work: (bench: Workbench) => Promise<void>): Promise<void> {
  const bench = await Workbench.start(options);
  try {
    await work(bench);
  } catch (error) {
    await bench.shot("FAILED");
    throw error;
  } finally {
    await bench.stop();
  }
}

async function squiggle(bench: Workbench): Promise<void> {
  await eventually("a squiggle", async () => (await bench.page.locator(".monaco-editor .squiggly-warning").count()) > 0);
}
