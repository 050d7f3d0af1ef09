// Fills dist/wasm with what runs the server where there is no Python: Pyodide, which is CPython in WebAssembly, and the packages of
// bundled/libs as one archive, compiled by that very Python, so that starting need not.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { loadPyodide } from "pyodide";

const PLACE = "dist/wasm";
const PYODIDE = path.dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));

// Docstrings are what the rules say of themselves; those of other packages nobody reads here.
const COMPILE = `
import pathlib, py_compile, zipfile

libs, compiled = pathlib.Path("/libs"), pathlib.Path("/compiled.pyc")
unused = {".dist-info", ".pyi", ".typed"}
with zipfile.ZipFile("/adr-ls.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(libs.rglob("*")):
        name = path.relative_to(libs).as_posix()
        if not path.is_file() or "__pycache__" in name or path.suffix in unused or ".dist-info/" in name:
            continue
        if path.suffix == ".py":
            how = {"invalidation_mode": py_compile.PycInvalidationMode.UNCHECKED_HASH, "optimize": 0 if name.startswith("adr_ls/") else 2}
            py_compile.compile(str(path), str(compiled), dfile=name, doraise=True, **how)
            path, name = compiled, name + "c"
        archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
`;

rmSync(PLACE, { recursive: true, force: true });
mkdirSync(PLACE, { recursive: true });
for (const [name, as] of [["pyodide.asm.mjs", "pyodide.asm.js"], ["pyodide.asm.wasm"], ["python_stdlib.zip"]]) {
  copyFileSync(path.join(PYODIDE, name), path.join(PLACE, as ?? name)); // many web servers do not know what .mjs is
}
writeFileSync(path.join(PLACE, "package.json"), JSON.stringify({ type: "module" })); // but Node.js has to
const { info } = JSON.parse(readFileSync(path.join(PYODIDE, "pyodide-lock.json"), "utf8"));
writeFileSync(path.join(PLACE, "pyodide-lock.json"), JSON.stringify({ info, packages: {} })); // nothing is fetched

const python = await loadPyodide();
python.FS.mkdirTree("/libs");
python.mountNodeFS("/libs", path.resolve("bundled/libs"));
python.runPython(COMPILE);
const archive = python.FS.readFile("/adr-ls.zip");
writeFileSync(path.join(PLACE, "adr-ls.zip"), archive);
console.log(`compiled the server for ${python.runPython("import sys; sys.version.split()[0]")}, ${(archive.length / 2 ** 20).toFixed(1)} MiB`);
process.exit(0); // Pyodide would keep Node.js waiting
