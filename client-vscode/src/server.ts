/**
 * How the server and a Python for it are found. Nothing here knows VS Code, so that all of it can be tested without.
 *
 * 1. The program that `adr-ls.path` names.
 * 2. The first Python 3.10 or later among: the one that `adr-ls.interpreter` names (and then no other), the Python extension's active
 *    one, `python3`, `python3.14` down to `python3.10`, `python` and `py` on the `PATH`, then where installers put Pythons of which
 *    the `PATH` does not tell. It runs the server in the extension; if `adr-ls.importStrategy` says so, the `adr-ls` that is installed
 *    for it, if there is one.
 *
 * What stands for a Python that is not there is not run: on macOS that would open a window that offers to install it, and on Windows a
 * shop.
 *
 * Programs are never looked for in the workspace or the working directory: who writes a repository must not choose what runs.
 */

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, readlink, stat } from "node:fs/promises";
import * as path from "node:path";

import { type Command, NotFoundError } from "./launch";

/** What the search depends on. */
export interface Surroundings {
  /** The setting `adr-ls.path`; empty if not set. */
  readonly path: string;
  /** The setting `adr-ls.interpreter`; empty if not set. */
  readonly interpreter: string;
  /** The setting `adr-ls.importStrategy`: whether an installed server is taken instead of the one in the extension. */
  readonly strategy: string;
  /** The Python extension's active interpreter, if there is one that may be run. */
  readonly active: string | undefined;
  /** The script that runs the server in the extension. */
  readonly script: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a file is there and can be run. */
  isProgram(file: string): Promise<boolean>;
  /** Whether macOS has its command-line tools, without which its own programs only offer to install them. */
  hasTools(): Promise<boolean>;
  /** Whether a file of Windows is an alias for no program, which only leads to the Store. */
  leadsToStore(file: string): Promise<boolean>;
  /** The version of the Python that a command runs, as `[3, 12]`; undefined if it does not run. */
  version(python: Command): Promise<readonly [number, number] | undefined>;
  /** Whether adr-ls is installed for a Python. */
  hasServer(python: Command): Promise<boolean>;
}

const OLDEST = [3, 10] as const;
/** How a Python may be called: also one beside the system's own, which may be older and has the plain name. */
const NAMES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python", "py"] as const;

/** The command that starts the server. */
export async function findServer(around: Surroundings): Promise<Command> {
  if (around.path !== "") {
    return { command: await named(around, around.path, "adr-ls.path"), args: [] };
  }
  const python = await findPython(around);
  if (around.strategy === "fromEnvironment" && (await around.hasServer(python))) {
    return { command: python.command, args: [...python.args, "-m", "adr_ls"] };
  }
  // Isolated (-I) and without the packages of that Python (-S): what somebody has installed there cannot break the server.
  return { command: python.command, args: [...python.args, "-I", "-S", around.script] };
}

/**
 * The command that serves coding agents in a folder, where `server` serves the editor.
 *
 * The server in the extension brings no `mcp`, which is compiled for each system: that has to be installed for the Python that runs it.
 */
export function forAgents(server: Command, folder: string): Command {
  const args = server.args.filter((word) => word !== "-S").map((word) => (word === "-I" ? "-E" : word));
  return { command: server.command, args: [...args, "mcp", folder] };
}

/** Why a command serves no agents, in its own words; undefined if it does. It is started with nobody to talk to, so that it ends at once. */
export async function whyNoAgents({ command, args }: Command, cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const started = execFile(command, [...args], { timeout: 30_000, cwd, windowsHide: true }, (error, _output, errors) => {
      resolve(error === null ? undefined : (errors.trim().split("\n").pop() ?? "") || error.message);
    });
    started.stdin?.on("error", () => undefined); // it may have ended before it is told that there is nothing
    started.stdin?.end();
  });
}

async function findPython(around: Surroundings): Promise<Command> {
  if (around.interpreter !== "") {
    const python = { command: await named(around, around.interpreter, "adr-ls.interpreter"), args: [] };
    const problem = await unfit(around, python);
    if (problem !== undefined) {
      throw new NotFoundError(`adr-ls cannot use the Python that “adr-ls.interpreter” names: ${problem}.`, "adr-ls.interpreter");
    }
    return python;
  }
  const problems: string[] = [];
  for await (const python of candidates(around)) {
    const problem = await unfit(around, python);
    if (problem === undefined) {
      return python;
    }
    problems.push(problem);
  }
  const seen = problems.length > 0 ? problems.join("; ") : "there is none on the PATH";
  throw new NotFoundError(
    `adr-ls needs Python ${OLDEST.join(".")} or later: ${seen}. Install one, or name it in the setting “adr-ls.interpreter”.`,
    "adr-ls.interpreter",
  );
}

async function* candidates(around: Surroundings): AsyncGenerator<Command> {
  if (around.active !== undefined) {
    yield { command: around.active, args: [] };
  }
  const seen = new Set<string>();
  for (const name of NAMES) {
    for (const file of await all(around, name)) {
      if (!seen.has(file) && !(await isStandIn(around, file))) {
        seen.add(file);
        yield { command: file, args: name === "py" ? ["-3"] : [] };
      }
    }
  }
}

/** Whether a file is there only to offer that Python be installed. */
async function isStandIn(around: Surroundings, file: string): Promise<boolean> {
  if (around.platform === "darwin") {
    return path.posix.dirname(file) === "/usr/bin" && !(await around.hasTools());
  }
  return around.platform === "win32" && isAlias(file) && around.leadsToStore(file);
}

/** Whether a file lies where Windows keeps the aliases of apps. */
function isAlias(file: string): boolean {
  return /\\Microsoft\\WindowsApps\\[^\\]+$/i.test(file);
}

/** Why a Python will not do; undefined if it will. */
async function unfit(around: Surroundings, python: Command): Promise<string | undefined> {
  const found = await around.version(python);
  if (found === undefined) {
    return `${python.command} does not run`;
  }
  const [major, minor] = found;
  const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isNewEnough ? undefined : `${python.command} is Python ${major}.${minor}, and ${OLDEST.join(".")} is needed`;
}

/** The program that a setting names. */
async function named(around: Surroundings, value: string, setting: "adr-ls.path" | "adr-ls.interpreter"): Promise<string> {
  const paths = pathsOf(around);
  if (paths.isAbsolute(value)) {
    if (await around.isProgram(value)) {
      return value;
    }
    throw new NotFoundError(`The setting “${setting}” names ${value}, which is not a program here.`, setting);
  }
  if (/[\\/]/.test(value)) {
    throw new NotFoundError(`The setting “${setting}” must be an absolute path or a name without directories, not ${value}.`, setting);
  }
  const [file] = await all(around, value);
  if (file === undefined) {
    throw new NotFoundError(`The setting “${setting}” names ${value}, which is not on the PATH of VS Code.`, setting);
  }
  return file;
}

/** The programs of that name on the `PATH`, in its order. Relative entries are passed over, since they mean the working directory. */
async function all(around: Surroundings, name: string): Promise<string[]> {
  const paths = pathsOf(around);
  // Windows writes “Path”; scripts (.bat, .cmd) would need a shell.
  const key = Object.keys(around.environment).find((each) => each.toUpperCase() === "PATH");
  const ending = around.platform === "win32" && !name.toLowerCase().endsWith(".exe") ? ".exe" : "";
  const listed = (key === undefined ? "" : (around.environment[key] ?? "")).split(paths.delimiter);
  const found: string[] = [];
  for (const directory of [...listed, ...elsewhere(around)]) {
    const file = paths.join(directory, name + ending);
    if (paths.isAbsolute(directory) && !found.includes(file) && (await around.isProgram(file))) {
      found.push(file);
    }
  }
  return found;
}

/** Where programs lie that a `PATH` may not tell of: on macOS, an editor that is not started from a shell has a short one. */
function elsewhere(around: Surroundings): readonly string[] {
  if (around.platform === "darwin") {
    return ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin", "/Library/Frameworks/Python.framework/Versions/Current/bin"];
  }
  const home = around.platform === "win32" ? around.environment["LOCALAPPDATA"] : undefined;
  // The Python Install Manager's, whose aliases somebody may have turned off, and the launcher's.
  return home === undefined ? [] : [`${home}\\Python\\bin`, `${home}\\Microsoft\\WindowsApps`, `${home}\\Programs\\Python\\Launcher`];
}

function pathsOf(around: Surroundings): path.PlatformPath {
  return around.platform === "win32" ? path.win32 : path.posix;
}

/** Whether a file is there and can be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    // The Pythons of Microsoft's Store are aliases that run, and refuse to be looked at
    return process.platform === "win32" || (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Whether macOS has its command-line tools or Xcode; asking is harmless, unlike running one of them. */
export async function hasTools(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile("/usr/bin/xcode-select", ["-p"], { timeout: 10_000 }, (error) => {
      resolve(error === null);
    });
  });
}

/**
 * Whether an alias of an app belongs to the one that leads to the Store: Windows has it there until a Python is installed. What an
 * alias runs is written in it, which shows as the target of a link.
 */
export async function leadsToStore(file: string): Promise<boolean> {
  try {
    return /AppInstaller/i.test(await readlink(file));
  } catch {
    return false; // What cannot be looked at is tried: without a terminal and with arguments it ends at once
  }
}

/** The version of the Python that a command runs; undefined if it does not run. */
export async function pythonVersion(python: Command): Promise<readonly [number, number] | undefined> {
  const script = "import sys; print('%d.%d' % sys.version_info[:2])"; // Python 2 understands it as well.
  const found = /^(\d+)\.(\d+)\s*$/.exec((await outputOf(python, "-S", "-c", script)) ?? "");
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

/** Whether adr-ls is installed for a Python. */
export async function hasServer(python: Command): Promise<boolean> {
  return (await outputOf(python, "-m", "adr_ls", "--version"))?.startsWith("adr-ls ") === true;
}

/** What a Python prints; undefined if it does not run. */
async function outputOf(python: Command, ...args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Windows' place-holder for Python, which offers to install it, ends at once with an error; what hangs is not waited for.
    const options = { timeout: 10_000, cwd: path.dirname(python.command), windowsHide: true };
    execFile(python.command, [...python.args, ...args], options, (error, output) => {
      resolve(error === null ? output : undefined);
    });
  });
}
