/** A real VS Code workbench: code-server with the extension installed, and its page in a headless Chromium. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const HERE = import.meta.dirname;
const CODE_SERVER = path.join(HERE, "node_modules/code-server/out/node/entry.js");
/** The extension's directory. */
export const CLIENT = path.join(HERE, "../..");
/** The log that the README shows. */
export const BOOKSHOP = path.join(CLIENT, "../examples/bookshop");
/** Where screenshots and logs go. */
export const OUT = path.join(HERE, "out");
/** How long something may take to show, in milliseconds. */
const PATIENCE = 30_000;

/** Settings that keep a workbench calm. */
export const CALM = {
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "editor.hover.delay": 100,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

/** No program is found there; VS Code asks the user's shell for its PATH unless it was started from one. */
export const NO_PATH = { PATH: "/nowhere", VSCODE_CLI: "1" };
/** Whether all of it is to be done without Python; it has to be the same. */
const isWithoutPython = process.env["ADR_LS_E2E_WITHOUT_PYTHON"] === "1";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => process.exit(1)); // so that “exit” is heard of
}

export interface Options {
  /** Names the logs and pictures of this workbench. */
  readonly name: string;
  /** The folder that is opened; it is copied first. */
  readonly folder: string;
  /** The file in that folder that names the folders of the window; without it, the folder is the window's only one. */
  readonly workspace?: string;
  /** Extensions besides adr-ls and the driver, as directories. */
  readonly extensions?: readonly string[];
  /** The settings of the machine that code-server runs on, to which its page is a remote window. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the user, besides those that keep the workbench calm. */
  readonly look?: Readonly<Record<string, unknown>>;
  readonly size?: { readonly width: number; readonly height: number };
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether VS Code asks whether the folder is to be trusted. */
  readonly asksForTrust?: boolean;
}

export class Workbench {
  readonly folder: string;
  private readonly socket: string;
  private server: ChildProcess | undefined;
  private context: BrowserContext | undefined;
  private opened: Page | undefined;
  private shots = 0;

  private readonly options: Options;
  private readonly home: string;

  private constructor(options: Options, home: string) {
    this.options = options;
    this.home = home;
    this.folder = path.join(home, path.basename(options.folder));
    this.socket = path.join(home, "driver.sock");
  }

  /** Installs the extension and opens the folder. */
  static async start(options: Options): Promise<Workbench> {
    const workbench = new Workbench(options, mkdtempSync(path.join(tmpdir(), "adr-ls-e2e-")));
    try {
      await workbench.open();
      return workbench;
    } catch (error) {
      await workbench.shot("did not start").catch(() => undefined);
      await workbench.stop();
      throw error;
    }
  }

  get page(): Page {
    if (this.opened === undefined) {
      throw new Error("the workbench has no page");
    }
    return this.opened;
  }

  private async open(): Promise<void> {
    const extensions = path.join(this.home, "extensions");
    cpSync(this.options.folder, this.folder, { recursive: true });
    for (const directory of [path.join(HERE, "driver"), ...(this.options.extensions ?? [])]) {
      cpSync(directory, path.join(extensions, identity(directory)), { recursive: true });
    }
    for (const [file, settings] of [
      ["User/settings.json", { ...CALM, ...this.options.look }],
      ["Machine/settings.json", this.options.settings ?? {}],
    ] as const) {
      mkdirSync(path.dirname(path.join(this.home, "data", file)), { recursive: true });
      writeFileSync(path.join(this.home, "data", file), JSON.stringify(settings, null, 2));
    }
    writeFileSync(path.join(this.home, "config.yaml"), "auth: none\n");
    const common = [CODE_SERVER, "--config", path.join(this.home, "config.yaml"), "--user-data-dir", path.join(this.home, "data"), "--extensions-dir", extensions];
    execFileSync(process.execPath, [...common, "--install-extension", path.join(CLIENT, "adr-ls.vsix")], { stdio: "pipe" });

    mkdirSync(OUT, { recursive: true });
    const log = openSync(path.join(OUT, `${this.options.name}.log`), "w");
    const flags = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
    const port = await freePort();
    this.server = spawn(
      process.execPath,
      [...common, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, ...flags, ...(this.options.asksForTrust === true ? [] : ["--disable-workspace-trust"])],
      // A process group of its own, so that what it starts can be ended with it.
      { stdio: ["ignore", log, log], detached: true, env: { ...process.env, ...(isWithoutPython ? NO_PATH : {}), ...this.options.environment, ADR_LS_E2E_SOCKET: this.socket } },
    );
    // Whatever ends this process ends the workbench with it.
    process.once("exit", () => {
      this.end("SIGKILL");
    });
    const address = `http://127.0.0.1:${port}`;
    await eventually("code-server", async () => (await fetch(`${address}/healthz`)).ok);
    this.context = await chromium.launchPersistentContext(path.join(this.home, "browser"), {
      executablePath: browser(),
      viewport: this.options.size ?? { width: 1200, height: 760 },
      deviceScaleFactor: 1.5,
      args: [...FLAGS],
    });
    this.opened = this.context.pages()[0] ?? (await this.context.newPage());
    this.opened.setDefaultTimeout(PATIENCE);
    this.opened.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
    const { workspace } = this.options;
    const opens = workspace === undefined ? `folder=${encodeURIComponent(this.folder)}` : `workspace=${encodeURIComponent(this.path(workspace))}`;
    await this.opened.goto(`${address}/?${opens}`);
    await this.opened.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 90_000 });
    await eventually("the driver", () => existsSync(this.socket), 60_000);
  }

  /** Ends the workbench and all that it started. */
  async stop(): Promise<void> {
    await this.context?.close().catch(() => undefined);
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      this.end(signal);
      await sleep(500);
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Sends a signal to code-server and all that it has started. */
  private end(signal: NodeJS.Signals): void {
    const pid = this.server?.pid;
    if (pid === undefined) {
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // it is gone already
    }
  }

  /** Has the driver do something in the workbench. */
  private async drive(action: string, given: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const call = request({ socketPath: this.socket, method: "POST" }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => {
        resolve(body);
      });
    });
    call.on("error", reject);
    call.end(JSON.stringify({ action, ...given }));
    const answer = JSON.parse(await promise) as { readonly result?: unknown; readonly error?: string };
    if (answer.error !== undefined) {
      throw new Error(`${action}: ${answer.error}`);
    }
    return answer.result;
  }

  /** Runs a command of the workbench; does not wait for it, since many end only when somebody answers. */
  run(command: string, ...args: readonly unknown[]): void {
    void this.drive("run", { command, args }).catch(() => undefined);
  }

  /** Runs a command and gives its result. */
  async ask(command: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.drive("run", { command, args });
  }

  /** Opens a file, with the cursor in the middle of `at`. */
  async show(file: string, at = ""): Promise<void> {
    await this.page.mouse.move(600, 1); // away from anything that shows a card when it is pointed at
    const text = String(await this.drive("text", { file: this.path(file) }));
    const start = text.indexOf(at);
    if (start < 0) {
      throw new Error(`“${at}” is not in ${file}`);
    }
    const middle = start + Math.floor(at.length / 2);
    await this.drive("open", { file: this.path(file), start: middle, end: middle });
    await eventually(`${file} on the page`, async () => (await this.tab()) === path.basename(file));
  }

  /** What an editor holds of a file, or else the disk. */
  async text(file: string): Promise<string> {
    return String(await this.drive("text", { file: this.path(file) }));
  }

  /** The file and place that the cursor is at; the line from 0. */
  async cursor(): Promise<{ readonly file: string; readonly line: number; readonly character: number } | null> {
    const found = (await this.drive("editor")) as { file: string; line: number; character: number } | null;
    return found && { ...found, file: path.relative(this.folder, found.file) };
  }

  /** Changes a setting of the workspace. */
  async set(name: string, value: unknown): Promise<void> {
    await this.drive("set", { name, value });
  }

  /** Replaces the settings of the machine that code-server runs on. */
  setMachine(settings: Readonly<Record<string, unknown>>): void {
    writeFileSync(path.join(this.home, "data/Machine/settings.json"), JSON.stringify(settings));
  }

  path(file: string): string {
    return path.join(this.folder, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  /** The name of the file whose editor has the focus. */
  async tab(): Promise<string | undefined> {
    const tabs = this.page.locator(".editor-group-container.active .tab.active");
    return (await tabs.count()) > 0 ? ((await tabs.first().getAttribute("data-resource-name")) ?? undefined) : undefined;
  }

  /** The visible texts of what a selector finds. */
  async texts(selector: string): Promise<string[]> {
    // In one go: what is asked about one by one may be gone before its turn comes.
    const texts = await this.page
      .locator(selector)
      .evaluateAll((found: HTMLElement[]) => found.filter((each) => each.checkVisibility()).map((each) => each.innerText));
    return texts.map((text) => text.replaceAll("\u00a0", " "));
  }

  /** Waits until what a selector finds has a text that says all of `parts`, and gives that text. */
  async sees(selector: string, ...parts: readonly (string | RegExp)[]): Promise<string> {
    let last: string[] = [];
    const fits = (text: string): boolean => parts.every((part) => (typeof part === "string" ? text.includes(part) : part.test(text)));
    try {
      return await eventually(selector, async () => {
        last = await this.texts(selector);
        return last.find(fits);
      });
    } catch {
      throw new Error(`${selector} does not say ${parts.join(" and ")}; it says ${JSON.stringify(last)}`);
    }
  }

  /** Looks for a command in the palette as somebody would, and runs it. */
  async palette(title: string): Promise<void> {
    const box = this.page.locator(".quick-input-widget .quick-input-box input");
    await eventually("the palette", async () => {
      await this.page.keyboard.press("F1"); // which is lost where nothing has the focus yet
      return eventually("its box", () => box.isVisible(), 3000);
    });
    await box.fill(`>${title}`);
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
    await row.click();
  }

  /** The language servers that run for this workbench. */
  servers(): readonly { readonly pid: number; readonly command: string }[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").join(" ").trim();
          const isOurs = readlinkSync(`/proc/${name}/cwd`).startsWith(this.home) && /bundled\/run\.py$|-m adr_ls$|dist\/process\.js$/.test(command);
          return isOurs ? [{ pid: Number(name), command }] : [];
        } catch {
          return []; // it ended meanwhile
        }
      });
  }

  /** Takes a picture for whoever looks into a failure. */
  async shot(name: string): Promise<void> {
    mkdirSync(OUT, { recursive: true });
    this.shots += 1;
    const file = `${this.options.name}-${String(this.shots).padStart(2, "0")}-${name.replaceAll(/\W+/g, "-")}.png`;
    await this.page.screenshot({ path: path.join(OUT, file), scale: "css" });
  }
}

/** The directory of the extension as a workbench installs it, in a directory of its own. */
export function installed(home: string): string {
  const extensions = path.join(home, "extensions");
  execFileSync(process.execPath, [CODE_SERVER, "--user-data-dir", path.join(home, "data"), "--extensions-dir", extensions, "--install-extension", path.join(CLIENT, "adr-ls.vsix")], { stdio: "pipe" });
  const found = readdirSync(extensions).find((name) => name.startsWith("adr-ls."));
  if (found === undefined) {
    throw new Error("the extension was not installed");
  }
  return path.join(extensions, found);
}

/** A browser for pages that need no workbench. */
export async function browse(): Promise<Browser> {
  mkdirSync(OUT, { recursive: true });
  return chromium.launch({ executablePath: browser(), args: [...FLAGS] });
}

/** A browser that keeps what pages leave in a directory, without which panels within a page cannot work. */
export async function browseWith(directory: string): Promise<BrowserContext> {
  mkdirSync(OUT, { recursive: true });
  mkdirSync(path.join(directory, "Default"), { recursive: true });
  // VS Code's panels are pages of another host
  writeFileSync(path.join(directory, "Default/Preferences"), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
  return chromium.launchPersistentContext(directory, { executablePath: browser(), viewport: { width: 1280, height: 800 }, args: [...FLAGS] });
}

/** Asks until the answer is neither false nor undefined nor an error, and gives it. */
export async function eventually<T>(what: string, ask: () => Promise<T> | T, patience = PATIENCE): Promise<Exclude<T, false | undefined | null>> {
  const end = performance.now() + patience;
  let reason: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== false && answer !== undefined && answer !== null) {
        return answer as Exclude<T, false | undefined | null>;
      }
    } catch (error) {
      reason = error;
    }
    if (performance.now() > end) {
      throw new Error(`${what}: nothing after ${patience / 1000} s`, { cause: reason });
    }
    await sleep(100);
  }
}

/** The name of the directory in which VS Code looks for an extension. */
function identity(directory: string): string {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8")) as Record<string, string>;
  return `${publisher}.${name}-${version}`;
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => {
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return promise;
}

function browser(): string {
  const found = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .flatMap((directory) => ["chromium", "chromium-browser", "google-chrome"].map((name) => path.join(directory, name)))
    .find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error("Chromium is needed and is not on the PATH");
  }
  return found;
}
