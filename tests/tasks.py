"""What there is to do in a clone, on every system: ``python -m tests.tasks`` lists it, ``python -m tests.tasks test`` does it.

It needs a Python and nothing else, and sets up what it uses in ``.venv``. The Makefile only finds a Python for it. Until the version is
known to be new enough, nothing here may need more than Python 3.7 does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "client-vscode"
EDITORS = ROOT / ".editors"
VENV = ROOT / ".venv"
STAMP = VENV / ".installed"
"""When what `pyproject.toml` asks for was installed."""
EXTRAS = ".[dev,editors,bench]"
OLDEST_PYTHON, OLDEST_NODE = (3, 10), 20

BUILT = (
    *(".venv", ".editors", "dist", "build", "docs/playground"),
    *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"),
    *(f"client-vscode/{name}" for name in ("node_modules", "dist", "out", "media", "bundled", "*.vsix")),
    *(f"client-vscode/test/e2e/{name}" for name in ("node_modules", "out")),
)
"""What is set up and built here, as patterns."""

TASKS: dict[str, Callable[[], None]] = {}


def task(work: Callable[[], None]) -> Callable[[], None]:
    """Makes something a task: its name is the function's, with hyphens, its description the docstring."""
    TASKS[work.__name__.replace("_", "-")] = work
    return work


def main(arguments: list[str]) -> None:
    """Does the tasks that are named, one after the other, up to the first that fails."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    for name in arguments or ["help"]:
        if name not in TASKS:
            raise SystemExit(f"There is no task “{name}”; there are {', '.join(TASKS)}.")
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, version[:2])) for version in (OLDEST_PYTHON, sys.version_info))
        raise SystemExit(f"Python {wanted} or newer is needed, and this is {found}: {sys.executable}")
    for name in arguments or ["help"]:
        TASKS[name]()


def program(name: str, venv: Path = VENV, *, windows: bool = os.name == "nt") -> Path:
    """Where a program of an environment is."""
    return venv / "Scripts" / f"{name}.exe" if windows else venv / "bin" / name


def run(command: str | Path, *arguments: str, folder: Path = ROOT, **environment: str) -> None:
    """Runs a program; one that fails ends everything, with its own exit status."""
    found = shutil.which(command)  # also what Windows starts by another ending, such as npm.cmd
    if found is None:
        raise SystemExit(f"“{command}” is needed and was not found.")
    done = subprocess.run([found, *arguments], cwd=folder, env={**os.environ, **environment}, check=False)
    if done.returncode:
        raise SystemExit(done.returncode if done.returncode > 0 else 128 - done.returncode)


def python(*arguments: str, **environment: str) -> None:
    """Runs the Python of the environment."""
    set_up()
    run(program("python"), *arguments, **environment)


def tool(name: str, *arguments: str) -> None:
    """Runs a tool that is installed in the environment."""
    set_up()
    run(program(name), *arguments)


def set_up() -> None:
    """Sees to it that all is installed that `pyproject.toml` asks for."""
    if STAMP.exists() and STAMP.stat().st_mtime >= (ROOT / "pyproject.toml").stat().st_mtime:
        return
    if Path(sys.prefix) != VENV:
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            raise SystemExit("Python's venv module is needed (on Debian and Ubuntu: the package python3-venv).")
    sys.stdout.write("Setting up .venv …\n")
    sys.stdout.flush()
    run(program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", EXTRAS)
    STAMP.touch()


@task
def help() -> None:  # noqa: A001  # it is the name of the task
    """Show what there is."""
    for name, work in TASKS.items():
        sys.stdout.write(f"{name:13} {str(work.__doc__).rstrip('.')}\n")


@task
def demo() -> None:
    """See the server at work on the example records."""
    tool("adr-ls", "doctor", "examples/bookshop")
    pages = ["site", "--output", "build/site"]
    for shown in (["list", "--attention"], ["check", "--code", "--fail-on", "never"], ["graph", "--format", "mermaid"], pages):
        sys.stdout.write(f"\n$ adr-ls {' '.join(shown)} examples/bookshop\n")
        sys.stdout.flush()
        tool("adr-ls", *shown, "examples/bookshop")
    sys.stdout.write(f"\nOpen {(ROOT / 'build' / 'site' / 'index.html').as_uri()} in a browser.\n")
    with tempfile.TemporaryDirectory() as folder:
        python("-m", "tests.history.demo", folder)
        for shown in (["history", "-C"], ["check", "--since", "main", "--select", "accepted-changed", "--fail-on", "never"]):
            sys.stdout.write(f"\n$ adr-ls {' '.join(shown)} REPOSITORY\n")
            sys.stdout.flush()
            tool("adr-ls", *shown, folder)
    sys.stdout.write("\n$ adr-ls context adr_ls/agents\n")
    sys.stdout.flush()
    tool("adr-ls", "context", "adr_ls/agents", "--max-chars", "1500")
    python("-m", "tests.agents.demo")


@task
def test() -> None:
    """Lint, check types and run every test."""
    lint()
    # What is compiled is kept, or each worker and each server that is started would begin by compiling all of it
    told = ("--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    python("-m", "pytest", *told, PYTHONDONTWRITEBYTECODE="")


@task
def lint() -> None:
    """Lint, check types and check the workflows."""
    tool("ruff", "check", "--quiet")
    tool("ruff", "format", "--check", "--quiet")
    tool("mypy", "--no-error-summary")
    for system in {"linux", "darwin", "win32"} - {sys.platform}:  # what is missing there is found here
        tool("mypy", "--no-error-summary", "--platform", system, "--cache-dir", f".mypy_cache/{system}")
    workflows = [str(path.relative_to(ROOT)) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    tool("check-jsonschema", "--quiet", "--builtin-schema", "vendor.github-workflows", *workflows)
    tool("check-jsonschema", "--quiet", "--builtin-schema", "vendor.github-actions", "action.yml")
    tool("zizmor", "--offline", "--quiet", "--no-progress", *workflows, "action.yml")


@task
def bench() -> None:
    """Measure speed and memory (some minutes)."""
    python("-m", "tests.bench")


@task
def docs() -> None:
    """Write the generated parts of the documentation anew."""
    python("-m", "tests.generate")
    python("client-vscode/scripts/settings.py")


@task
def page() -> None:
    """Build the page that draws graphs anew (needs Node.js and npm)."""
    run("npm", "ci", "--no-audit", "--no-fund", folder=CLIENT)
    run("npm", "run", "--silent", "page", folder=CLIENT)


@task
def dist() -> None:
    """Build what goes to PyPI, and try it where nothing else of us is."""
    python("-m", "tests.release")


@task
def vsix() -> None:
    """Build the VS Code extension (needs Node.js and npm)."""
    set_up_node()
    run("npm", "run", "package", folder=CLIENT, PYTHON=str(program("python")))


@task
def playground() -> None:
    """Build the page on which records are tried in a browser, into docs/playground (needs Node.js and npm)."""
    set_up_node()
    run("npm", "run", "--silent", "bundle", folder=CLIENT, PYTHON=str(program("python")))
    run("npm", "run", "--silent", "playground", folder=CLIENT)


def set_up_node() -> None:
    """Sets Python up, and what builds the extension."""
    set_up()
    asked = "process.exit(Number(Number(process.versions.node.split('.')[0]) < Number(process.argv[1])))"
    node = shutil.which("node")
    fits = node is not None and not subprocess.run([node, "-e", asked, str(OLDEST_NODE)], check=False).returncode
    if not fits or shutil.which("npm") is None:
        raise SystemExit(f"Node.js {OLDEST_NODE} or newer with npm is needed to build the extension.")
    run("npm", "ci", "--no-audit", "--no-fund", folder=CLIENT)


@task
def e2e() -> None:
    """Test the extension in a real VS Code workbench (installs one; Linux with Node.js and npm)."""
    vsix()
    e2e_editors()
    run("npm", "run", "--silent", "e2e", folder=CLIENT)


@task
def e2e_editors() -> None:
    """Test the server in real Neovims, Emacsen and Helix (installs them; Debian, as root)."""
    run("sh", "tests/editors/install.sh", EDITORS.name)
    names = {"NEOVIM": "nvim", "NEOVIM_OLDER": "nvim-0.10", "EMACS": "emacs", "HELIX": "hx"}
    there = {f"ADR_LS_{key}": EDITORS / "bin" / name for key, name in names.items()}
    found = {key: str(file) if file.exists() else "" for key, file in there.items()}
    python("-m", "pytest", "tests/editors", "-m", "editor", "-rs", ADR_LS_E2E="1", **found)


@task
def pictures() -> None:
    """Take the pictures of VS Code anew (needs pngquant; look at each before you keep it)."""
    vsix()
    run("npm", "run", "--silent", "pictures", folder=CLIENT)


@task
def clean() -> None:
    """Remove what was set up and built."""
    for pattern in BUILT:
        for path in ROOT.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
