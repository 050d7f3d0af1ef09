"""Builds what goes to PyPI and tries it where nothing else of the project is; packages that it needs are installed from the package index.

Run ``make dist``, or ``python -m tests.release``; with ``--suite`` the source distribution also runs its own tests. What is built, and a
file of checksums, is left in ``dist``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

import adr_ls
from tests.protocol.client import Client

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


def notes(version: str) -> str:
    """What the change log says of a version: the part below its heading; what is not yet in a version counts where it has none."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## ([^\s]+)[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return (parts.get(version) or parts["Unreleased"]).strip() + "\n"


def build() -> list[Path]:
    """The source distribution, and the wheel built of it alone."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT)
    built = sorted((*DIST.glob("*.tar.gz"), *DIST.glob("*.whl")))
    assert len(built) == 2, built
    run(sys.executable, "-m", "twine", "check", "--strict", *built)
    return built


def tried(artefact: Path, folder: Path) -> None:
    """Installs a wheel or a source distribution in an environment of its own and runs it, from a folder that knows nothing of us."""
    python = environment(folder)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", artefact, cwd=folder)
    program = python.with_name("adr-ls" + python.suffix)
    example = folder / "bookshop"
    shutil.copytree(ROOT / "examples" / "bookshop", example)
    assert run(program, "--version", cwd=folder).split()[-1] == adr_ls.__version__
    checked = json.loads(run(program, "check", example, "--format", "json", "--fail-on", "never", cwd=folder))
    assert len(checked["problems"]) > 5, checked
    assert 'id="graph"' in run(program, "graph", example, "--format", "html", cwd=folder)
    with Client("-I", program=("-m", "adr_ls"), python=str(python)) as client:
        answer = client.initialize(rootUri=example.as_uri())
        assert answer["serverInfo"]["version"] == adr_ls.__version__, answer
        assert client.shut_down() == (0, b"")
    say(f"{artefact.name}: installs, checks and serves")


def tested(sdist: Path, folder: Path) -> None:
    """Unpacks a source distribution and runs the tests in it, in an environment made of it alone."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder)  # noqa: S202 - our own
    (inside,) = (path for path in folder.iterdir() if path.is_dir() and path.name.startswith("adr_ls-"))
    python = environment(folder)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f"{inside}[dev]", cwd=inside)
    run(
        python,
        "-m",
        "pytest",
        "--numprocesses",
        "2",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        "-rs",
        cwd=inside,
        shown=True,
    )
    say(f"{sdist.name}: its own tests pass")


def environment(folder: Path) -> Path:
    """The Python of a new virtual environment in a folder."""
    venv.create(folder / "env", with_pip=True)
    return next((folder / "env").glob("bin/python"), folder / "env" / "Scripts" / "python.exe")


def run(*command: str | os.PathLike[str], cwd: Path = ROOT, shown: bool = False) -> str:
    """What a command prints; ends this one where it fails."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    output = None if shown else subprocess.PIPE
    done = subprocess.run(command, cwd=cwd, env=clean, stdout=output, stderr=output, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed\n{done.stdout or ''}{done.stderr or ''}")
    return done.stdout or ""


def say(text: str) -> None:
    """Tells how far it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Builds and tries; prints the release's notes instead where those are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", action="store_true", help="also run the tests of the source distribution")
    parser.add_argument("--notes", metavar="VERSION", help="only print what the change log says of a version")
    options = parser.parse_args()
    if options.notes:
        if options.notes.removeprefix("v") != adr_ls.__version__:
            sys.exit(f"this is {adr_ls.__version__}, not {options.notes}; see the checklist in docs/publishing/README.md")
        sys.stdout.write(notes(adr_ls.__version__))
        return
    built = build()
    with tempfile.TemporaryDirectory() as temporary:
        for artefact in built:
            folder = Path(temporary) / artefact.suffix.strip(".")
            folder.mkdir()
            tried(artefact, folder)
        if options.suite:
            folder = Path(temporary) / "suite"
            folder.mkdir()
            tested(next(path for path in built if path.suffix == ".gz"), folder)
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in built)
    (DIST / "SHA256SUMS").write_text(sums, encoding="utf-8")
    say(f"{DIST.relative_to(ROOT)}: {', '.join(path.name for path in built)}, SHA256SUMS")


if __name__ == "__main__":
    main()
