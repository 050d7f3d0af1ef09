"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// test/server.test.ts
var import_strict = __toESM(require("node:assert/strict"));
var import_node_test = require("node:test");

// src/server.ts
var import_node_child_process = require("node:child_process");
var import_node_fs = require("node:fs");
var import_promises = require("node:fs/promises");
var path = __toESM(require("node:path"));
var NotFoundError = class extends Error {
  constructor(message, setting) {
    super(message);
    this.setting = setting;
    this.name = "NotFoundError";
  }
  setting;
};
var OLDEST = [3, 10];
async function findServer(around2) {
  if (around2.path !== "") {
    return { command: await named(around2, around2.path, "adr-ls.path"), args: [] };
  }
  const python = await findPython(around2);
  return { command: python.command, args: [...python.args, "-I", "-S", around2.script] };
}
async function findPython(around2) {
  if (around2.interpreter !== "") {
    const python = { command: await named(around2, around2.interpreter, "adr-ls.interpreter"), args: [] };
    const problem = await unfit(around2, python);
    if (problem !== void 0) {
      throw new NotFoundError(`adr-ls cannot use the Python that \u201Cadr-ls.interpreter\u201D names: ${problem}.`, "adr-ls.interpreter");
    }
    return python;
  }
  const problems = [];
  for await (const python of candidates(around2)) {
    const problem = await unfit(around2, python);
    if (problem === void 0) {
      return python;
    }
    problems.push(problem);
  }
  const seen = problems.length > 0 ? problems.join("; ") : "there is none on the PATH";
  throw new NotFoundError(
    `adr-ls needs Python ${OLDEST.join(".")} or later: ${seen}. Install one, or name it in the setting \u201Cadr-ls.interpreter\u201D.`,
    "adr-ls.interpreter"
  );
}
async function* candidates(around2) {
  if (around2.active !== void 0) {
    yield { command: around2.active, args: [] };
  }
  for (const name of ["python3", "python", "py"]) {
    const file = await which(around2, name);
    if (file !== void 0) {
      yield { command: file, args: name === "py" ? ["-3"] : [] };
    }
  }
}
async function unfit(around2, python) {
  const found = await around2.version(python);
  if (found === void 0) {
    return `${python.command} does not run`;
  }
  const [major, minor] = found;
  const isNewEnough = major > OLDEST[0] || major === OLDEST[0] && minor >= OLDEST[1];
  return isNewEnough ? void 0 : `${python.command} is Python ${major}.${minor}, and ${OLDEST.join(".")} is needed`;
}
async function named(around2, value, setting) {
  const paths = pathsOf(around2);
  if (paths.isAbsolute(value)) {
    if (await around2.isProgram(value)) {
      return value;
    }
    throw new NotFoundError(`The setting \u201C${setting}\u201D names ${value}, which is not a program here.`, setting);
  }
  if (/[\\/]/.test(value)) {
    throw new NotFoundError(`The setting \u201C${setting}\u201D must be an absolute path or a name without directories, not ${value}.`, setting);
  }
  const file = await which(around2, value);
  if (file === void 0) {
    throw new NotFoundError(`The setting \u201C${setting}\u201D names ${value}, which is not on the PATH of VS Code.`, setting);
  }
  return file;
}
async function which(around2, name) {
  const paths = pathsOf(around2);
  const key = Object.keys(around2.environment).find((each) => each.toUpperCase() === "PATH");
  const ending = around2.platform === "win32" && !name.toLowerCase().endsWith(".exe") ? ".exe" : "";
  for (const directory of (key === void 0 ? "" : around2.environment[key] ?? "").split(paths.delimiter)) {
    const file = paths.join(directory, name + ending);
    if (paths.isAbsolute(directory) && await around2.isProgram(file)) {
      return file;
    }
  }
  return void 0;
}
function pathsOf(around2) {
  return around2.platform === "win32" ? path.win32 : path.posix;
}
async function isProgram(file) {
  try {
    await (0, import_promises.access)(file, import_node_fs.constants.X_OK);
    return (await (0, import_promises.stat)(file)).isFile();
  } catch {
    return false;
  }
}
async function pythonVersion(python) {
  const script = "import sys; print('%d.%d' % sys.version_info[:2])";
  return new Promise((resolve) => {
    const options = { timeout: 1e4, cwd: path.dirname(python.command), windowsHide: true };
    (0, import_node_child_process.execFile)(python.command, [...python.args, "-S", "-c", script], options, (error, output) => {
      const found = /^(\d+)\.(\d+)\s*$/.exec(output);
      resolve(error === null && found ? [Number(found[1]), Number(found[2])] : void 0);
    });
  });
}

// test/server.test.ts
var SCRIPT = "/extension/bundled/run.py";
function around(programs, more = {}) {
  return {
    path: "",
    interpreter: "",
    active: void 0,
    script: SCRIPT,
    platform: "linux",
    environment: { PATH: "/usr/local/bin:/usr/bin" },
    isProgram: (file) => Promise.resolve(file in programs),
    version: (python) => Promise.resolve(programs[python.command]),
    ...more
  };
}
function bundled(command, ...args) {
  return { command, args: [...args, "-I", "-S", SCRIPT] };
}
async function refusal(surroundings) {
  try {
    await findServer(surroundings);
  } catch (error) {
    import_strict.default.ok(error instanceof NotFoundError);
    return error;
  }
  return import_strict.default.fail("a server was found");
}
(0, import_node_test.test)("the first Python on the PATH runs the server in the extension", async () => {
  import_strict.default.deepEqual(await findServer(around({ "/usr/bin/python3": [3, 12] })), bundled("/usr/bin/python3"));
  import_strict.default.deepEqual(
    await findServer(around({ "/usr/bin/python3": [3, 12], "/usr/local/bin/python3": [3, 10] })),
    bundled("/usr/local/bin/python3")
  );
});
(0, import_node_test.test)("a Python that is too old or does not run is passed over", async () => {
  import_strict.default.deepEqual(
    await findServer(around({ "/usr/bin/python3": [3, 9], "/usr/local/bin/python": void 0, "/usr/bin/py": [4, 0] })),
    bundled("/usr/bin/py", "-3")
  );
});
(0, import_node_test.test)("the Python extension's interpreter comes before the PATH", async () => {
  const programs = { "/env/bin/python": [3, 11], "/usr/bin/python3": [3, 12] };
  import_strict.default.deepEqual(await findServer(around(programs, { active: "/env/bin/python" })), bundled("/env/bin/python"));
});
(0, import_node_test.test)("the interpreter of the settings is the only one to be tried", async () => {
  const programs = { "/opt/python": [3, 13], "/opt/old": [2, 7], "/usr/bin/python3": [3, 12], "/usr/bin/python3.12": [3, 12] };
  import_strict.default.deepEqual(await findServer(around(programs, { interpreter: "/opt/python" })), bundled("/opt/python"));
  import_strict.default.deepEqual(await findServer(around(programs, { interpreter: "python3.12" })), bundled("/usr/bin/python3.12"));
  const { message, setting } = await refusal(around(programs, { interpreter: "/opt/old" }));
  import_strict.default.match(message, /\/opt\/old is Python 2\.7, and 3\.10 is needed/);
  import_strict.default.equal(setting, "adr-ls.interpreter");
});
(0, import_node_test.test)("the program of the settings is run as it is", async () => {
  const programs = { "/opt/adr-ls": void 0, "/usr/bin/adr-ls": void 0 };
  import_strict.default.deepEqual(await findServer(around(programs, { path: "/opt/adr-ls" })), { command: "/opt/adr-ls", args: [] });
  import_strict.default.deepEqual(await findServer(around(programs, { path: "adr-ls" })), { command: "/usr/bin/adr-ls", args: [] });
});
(0, import_node_test.test)("a program that is not there is named with its setting", async () => {
  for (const value of ["/opt/nothing", "nothing"]) {
    const { message, setting } = await refusal(around({ "/usr/bin/python3": [3, 12] }, { path: value }));
    import_strict.default.ok(message.includes("\u201Cadr-ls.path\u201D") && message.includes(value), message);
    import_strict.default.equal(setting, "adr-ls.path");
  }
});
(0, import_node_test.test)("nothing is run from the workspace or the working directory", async () => {
  const here = { "./tool": [3, 12], "bin/tool": [3, 12], python3: [3, 12], "./python3": [3, 12], "bin/python3": [3, 12] };
  for (const value of ["./tool", "bin/tool", "..\\tool"]) {
    import_strict.default.match((await refusal(around(here, { path: value }))).message, /must be an absolute path/);
    import_strict.default.match((await refusal(around(here, { interpreter: value }))).message, /must be an absolute path/);
  }
  import_strict.default.match((await refusal(around(here, { environment: { PATH: ".::bin:" } }))).message, /none on the PATH/);
});
(0, import_node_test.test)("without any Python the message says what to do", async () => {
  const { message, setting } = await refusal(around({ "/usr/bin/python3": [3, 8], "/usr/bin/python": void 0 }));
  import_strict.default.equal(
    message,
    "adr-ls needs Python 3.10 or later: /usr/bin/python3 is Python 3.8, and 3.10 is needed; /usr/bin/python does not run. Install one, or name it in the setting \u201Cadr-ls.interpreter\u201D."
  );
  import_strict.default.equal(setting, "adr-ls.interpreter");
  import_strict.default.match((await refusal(around({}, { environment: {} }))).message, /there is none on the PATH/);
});
(0, import_node_test.test)("Windows: programs end in .exe, and the variable may be \u201CPath\u201D", async () => {
  const windows = { platform: "win32", environment: { Path: "C:\\Windows;C:\\Python" } };
  import_strict.default.deepEqual(await findServer(around({ "C:\\Python\\python.exe": [3, 12] }, windows)), bundled("C:\\Python\\python.exe"));
  import_strict.default.deepEqual(await findServer(around({ "C:\\Windows\\py.exe": [3, 12] }, windows)), bundled("C:\\Windows\\py.exe", "-3"));
  import_strict.default.deepEqual(await findServer(around({ "D:\\adr-ls.exe": void 0 }, { ...windows, path: "D:\\adr-ls.exe" })), {
    command: "D:\\adr-ls.exe",
    args: []
  });
});
(0, import_node_test.test)("what is really there: this Node.js is a program, but no Python", async () => {
  import_strict.default.equal(await isProgram(process.execPath), true);
  import_strict.default.equal(await isProgram(`${process.execPath}-nothing`), false);
  import_strict.default.equal(await isProgram(__dirname), false);
  import_strict.default.equal(await pythonVersion({ command: process.execPath, args: [] }), void 0);
  import_strict.default.equal(await pythonVersion({ command: `${process.execPath}-nothing`, args: [] }), void 0);
});
