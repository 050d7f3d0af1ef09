import assert from "node:assert/strict";
import { test } from "node:test";

import { NotFoundError } from "../src/launch";
import type { Command } from "../src/launch";
import { findServer, forAgents, hasServer, hasTools, isProgram, leadsToStore, pythonVersion, type Surroundings, whyNoAgents } from "../src/server";

const SCRIPT = "/extension/bundled/run.py";

/** Surroundings with those programs, each with the version of Python that it is, if it is one that runs. */
function around(programs: Record<string, readonly [number, number] | undefined>, more: Partial<Surroundings> = {}): Surroundings {
  return {
    path: "",
    interpreter: "",
    strategy: "useBundled",
    active: undefined,
    script: SCRIPT,
    platform: "linux",
    environment: { PATH: "/usr/local/bin:/usr/bin" },
    isProgram: (file) => Promise.resolve(file in programs),
    hasTools: () => Promise.resolve(true),
    leadsToStore: () => Promise.resolve(false),
    version: (python: Command) => Promise.resolve(programs[python.command]),
    hasServer: () => Promise.resolve(true),
    ...more,
  };
}

function bundled(command: string, ...args: string[]): Command {
  return { command, args: [...args, "-I", "-S", SCRIPT] };
}

async function refusal(surroundings: Surroundings): Promise<NotFoundError> {
  try {
    await findServer(surroundings);
  } catch (error) {
    assert.ok(error instanceof NotFoundError);
    return error;
  }
  return assert.fail("a server was found");
}

test("the first Python on the PATH runs the server in the extension", async () => {
  assert.deepEqual(await findServer(around({ "/usr/bin/python3": [3, 12] })), bundled("/usr/bin/python3"));
  assert.deepEqual(
    await findServer(around({ "/usr/bin/python3": [3, 12], "/usr/local/bin/python3": [3, 10] })),
    bundled("/usr/local/bin/python3"),
  );
});

test("a Python that is too old or does not run is passed over", async () => {
  assert.deepEqual(
    await findServer(around({ "/usr/bin/python3": [3, 9], "/usr/local/bin/python": undefined, "/usr/bin/py": [4, 0] })),
    bundled("/usr/bin/py", "-3"),
  );
});

test("beside a system's own Python, a newer one is found by its version", async () => {
  const programs = { "/usr/bin/python3": [3, 9], "/usr/bin/python3.11": [3, 11], "/usr/local/bin/python3.12": [3, 12] } as const;
  assert.deepEqual(await findServer(around(programs)), bundled("/usr/local/bin/python3.12"));
});

test("the Python extension's interpreter comes before the PATH", async () => {
  const programs = { "/env/bin/python": [3, 11], "/usr/bin/python3": [3, 12] } as const;
  assert.deepEqual(await findServer(around(programs, { active: "/env/bin/python" })), bundled("/env/bin/python"));
});

test("the interpreter of the settings is the only one to be tried", async () => {
  const programs = { "/opt/python": [3, 13], "/opt/old": [2, 7], "/usr/bin/python3": [3, 12], "/usr/bin/python3.12": [3, 12] } as const;
  assert.deepEqual(await findServer(around(programs, { interpreter: "/opt/python" })), bundled("/opt/python"));
  assert.deepEqual(await findServer(around(programs, { interpreter: "python3.12" })), bundled("/usr/bin/python3.12"));
  const { message, setting } = await refusal(around(programs, { interpreter: "/opt/old" }));
  assert.match(message, /\/opt\/old is Python 2\.7, and 3\.10 is needed/);
  assert.equal(setting, "adr-ls.interpreter");
});

test("the program of the settings is run as it is", async () => {
  const programs = { "/opt/adr-ls": undefined, "/usr/bin/adr-ls": undefined };
  assert.deepEqual(await findServer(around(programs, { path: "/opt/adr-ls" })), { command: "/opt/adr-ls", args: [] });
  assert.deepEqual(await findServer(around(programs, { path: "adr-ls" })), { command: "/usr/bin/adr-ls", args: [] });
});

test("an installed server is taken if it is wanted and there", async () => {
  const programs = { "/usr/bin/python3": [3, 12] } as const;
  const strategy = "fromEnvironment";
  assert.deepEqual(await findServer(around(programs, { strategy })), { command: "/usr/bin/python3", args: ["-m", "adr_ls"] });
  assert.deepEqual(await findServer(around(programs, { strategy, hasServer: () => Promise.resolve(false) })), bundled("/usr/bin/python3"));
});

test("a program that is not there is named with its setting", async () => {
  for (const value of ["/opt/nothing", "nothing"]) {
    const { message, setting } = await refusal(around({ "/usr/bin/python3": [3, 12] }, { path: value }));
    assert.ok(message.includes("“adr-ls.path”") && message.includes(value), message);
    assert.equal(setting, "adr-ls.path");
  }
});

test("nothing is run from the workspace or the working directory", async () => {
  const here = { "./tool": [3, 12], "bin/tool": [3, 12], python3: [3, 12], "./python3": [3, 12], "bin/python3": [3, 12] } as const;
  for (const value of ["./tool", "bin/tool", "..\\tool"]) {
    assert.match((await refusal(around(here, { path: value }))).message, /must be an absolute path/);
    assert.match((await refusal(around(here, { interpreter: value }))).message, /must be an absolute path/);
  }
  assert.match((await refusal(around(here, { environment: { PATH: ".::bin:" } }))).message, /none on the PATH/);
});

test("without any Python the message says what to do", async () => {
  const { message, setting } = await refusal(around({ "/usr/bin/python3": [3, 8], "/usr/bin/python": undefined }));
  assert.equal(
    message,
    "adr-ls needs Python 3.10 or later: /usr/bin/python3 is Python 3.8, and 3.10 is needed; /usr/bin/python does not run." +
      " Install one, or name it in the setting “adr-ls.interpreter”.",
  );
  assert.equal(setting, "adr-ls.interpreter");
  assert.match((await refusal(around({}, { environment: {} }))).message, /there is none on the PATH/);
});

test("Windows: programs end in .exe, and the variable may be “Path”", async () => {
  const windows = { platform: "win32", environment: { Path: "C:\\Windows;C:\\Python" } } as const;
  assert.deepEqual(await findServer(around({ "C:\\Python\\python.exe": [3, 12] }, windows)), bundled("C:\\Python\\python.exe"));
  assert.deepEqual(await findServer(around({ "C:\\Windows\\py.exe": [3, 12] }, windows)), bundled("C:\\Windows\\py.exe", "-3"));
  assert.deepEqual(await findServer(around({ "D:\\adr-ls.exe": undefined }, { ...windows, path: "D:\\adr-ls.exe" })), {
    command: "D:\\adr-ls.exe",
    args: [],
  });
});

test("of several programs of one name, each is tried", async () => {
  const programs = { "/usr/local/bin/python3": [3, 9], "/usr/bin/python3": [3, 13], "/usr/bin/python3.10": [3, 10] } as const;
  assert.deepEqual(await findServer(around(programs)), bundled("/usr/bin/python3"));
});

/** Surroundings whose programs are listed in `run` when they are. */
function watched(run: string[], programs: Record<string, readonly [number, number] | undefined>, more: Partial<Surroundings>): Surroundings {
  return around(programs, {
    ...more,
    version: (python: Command) => {
      run.push(python.command);
      return Promise.resolve(programs[python.command]);
    },
  });
}

test("macOS: what would offer to install the command-line tools is not run", async () => {
  const mac = { platform: "darwin", environment: { PATH: "/usr/bin:/bin" }, hasTools: () => Promise.resolve(false) } as const;
  const run: string[] = [];
  assert.match((await refusal(watched(run, { "/usr/bin/python3": [3, 9] }, mac))).message, /none on the PATH/);
  assert.deepEqual(run, []);
  const homebrew = { "/usr/bin/python3": undefined, "/opt/homebrew/bin/python3": [3, 13] } as const;
  assert.deepEqual(await findServer(watched(run, homebrew, mac)), bundled("/opt/homebrew/bin/python3"));
  assert.deepEqual(run, ["/opt/homebrew/bin/python3"]);
});

test("macOS: with the command-line tools, their Python is one like others", async () => {
  const mac = { platform: "darwin", environment: { PATH: "/usr/bin:/bin" } } as const;
  assert.deepEqual(await findServer(around({ "/usr/bin/python3": [3, 12] }, mac)), bundled("/usr/bin/python3"));
  const older = { "/usr/bin/python3": [3, 9], "/usr/local/bin/python3.11": [3, 11] } as const;
  assert.deepEqual(await findServer(around(older, mac)), bundled("/usr/local/bin/python3.11"));
});

test("Windows: the Store's and the Install Manager's Pythons are found, and the alias that leads to the Store is not run", async () => {
  const apps = "C:\\Users\\x\\AppData\\Local\\Microsoft\\WindowsApps";
  const manager = "C:\\Users\\x\\AppData\\Local\\Python\\bin";
  const windows = { platform: "win32", environment: { Path: `C:\\Windows;${apps}`, LOCALAPPDATA: "C:\\Users\\x\\AppData\\Local" } } as const;
  const leads = { ...windows, leadsToStore: (file: string) => Promise.resolve(!file.endsWith("py.exe")) };
  const run: string[] = [];
  assert.deepEqual(await findServer(around({ [`${apps}\\python3.exe`]: [3, 13] }, windows)), bundled(`${apps}\\python3.exe`));
  const aliases = { [`${apps}\\python.exe`]: undefined, [`${apps}\\python3.exe`]: undefined };
  assert.match((await refusal(watched(run, aliases, leads))).message, /none on the PATH/);
  assert.deepEqual(run, []);
  assert.deepEqual(await findServer(watched(run, { ...aliases, [`${apps}\\py.exe`]: [3, 14] }, leads)), bundled(`${apps}\\py.exe`, "-3"));
  assert.deepEqual(run, [`${apps}\\py.exe`]);
  assert.deepEqual(
    await findServer(around({ ...aliases, [`${manager}\\python3.exe`]: [3, 14] }, leads)),
    bundled(`${manager}\\python3.exe`),
  );
});

test("what is really there: this Node.js is a program, but no Python", async () => {
  assert.equal(await isProgram(process.execPath), true);
  assert.equal(await isProgram(`${process.execPath}-nothing`), false);
  assert.equal(await isProgram(__dirname), false);
  assert.equal(await pythonVersion({ command: process.execPath, args: [] }), undefined);
  assert.equal(await pythonVersion({ command: `${process.execPath}-nothing`, args: [] }), undefined);
  assert.equal(await hasServer({ command: process.execPath, args: [] }), false);
  assert.equal(await leadsToStore(process.execPath), false);
  assert.equal(await hasTools(), process.platform === "darwin");
});

test("agents are served by the program that serves the editor, with the packages of its Python", () => {
  const folder = "/home/someone/shop";
  const by = (command: string, ...args: string[]): Command => ({ command, args });
  assert.deepEqual(forAgents(by("/opt/adr-ls"), folder), by("/opt/adr-ls", "mcp", folder));
  assert.deepEqual(forAgents(bundled("/usr/bin/py", "-3"), folder), by("/usr/bin/py", "-3", "-E", SCRIPT, "mcp", folder));
  assert.deepEqual(forAgents(by("/usr/bin/python3", "-m", "adr_ls"), folder), by("/usr/bin/python3", "-m", "adr_ls", "mcp", folder));
});

test("a program that serves no agents says why", async () => {
  const node = (script: string): Command => ({ command: process.execPath, args: ["-e", script] });
  assert.equal(await whyNoAgents(node("process.stdin.resume()"), "/"), undefined);
  assert.equal(await whyNoAgents(node("console.error('it lacks a package'); process.exit(2)"), "/"), "it lacks a package");
  assert.match((await whyNoAgents({ command: "/nowhere/adr-ls", args: [] }, "/")) ?? "", /ENOENT/);
});
