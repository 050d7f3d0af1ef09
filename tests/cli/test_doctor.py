"""``adr-ls doctor`` finds why nothing is shown, and fails nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adr_ls.cli import main
from tests.lsp.timeless import lay
from tests.protocol import forkserver

RECORD = "# {}. A\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do it.\n"
NOTE = "# Thoughts\n\nNothing in particular.\n"


def record(*paths: str) -> str:
    return "".join(f"-- {path} --\n{RECORD.format(number)}" for number, path in enumerate(paths, 1))


@pytest.fixture(autouse=True)
def _forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server that it asks is a fork; what it starts by itself is seen by the tests that start it."""
    if forkserver.IN_USE:
        monkeypatch.setattr("adr_ls.cli.doctor.server", forkserver.command)


CAUSES = {
    "nothing": ("-- a.txt --\nA\n", "", "There are no Markdown files here"),
    "no names of records": (f"-- notes/plan.md --\n{NOTE}", "", "None of the 1 Markdown files here reads like a record"),
    "numbers alone": (
        f"-- notes/0001-a.md --\n{NOTE}-- notes/0002-b.md --\n{NOTE}",
        "",
        "notes: 2 files, such as 0001-a.md; each lies in no directory that is called like one of records, and does not read enough like one",
    ),
    "no number": (f"-- docs/adr/plan.md --\n{NOTE}", "", "docs/adr/plan.md has no number in its name"),
    "excluded": (
        '-- adr-ls.toml --\nexclude = ["docs/"]\n' + record("docs/adr/0001-a.md"),
        "",
        "docs/adr/0001-a.md is left out by “exclude” in the settings",
    ),
    "other directories are named": (
        '-- adr-ls.toml --\ndirectories = ["notes"]\n' + record("docs/adr/0001-a.md", "notes/0002-b.md"),
        "",
        "docs/adr/0001-a.md lies outside the directories that the settings name (notes)",
    ),
    "another tool names others": (
        "-- .log4brains.yml --\nproject:\n  adrFolder: notes\n" + record("docs/adr/0001-a.md", "notes/0002-b.md"),
        "",
        "docs/adr/0001-a.md lies outside the directories that .log4brains.yml names",
    ),
    "examples": (record("examples/adr/0001-a.md"), "", "examples/adr/0001-a.md lies among tests, examples or copies"),
    "ignored": ("-- .gitignore --\nadr/\n" + record("docs/adr/0001-a.md"), "", "docs/adr is left out by a .gitignore"),
    "another markup": (
        "-- docs/adr/0001-a.rst --\nA\n",
        "",
        "1 file in .rst, such as docs/adr/0001-a.rst: only Markdown and AsciiDoc are read",
    ),
    "a repository within": (
        "-- .git/HEAD --\nref: refs/heads/main\n-- app/.git/HEAD --\nref: refs/heads/main\n" + record("app/docs/adr/0001-a.md"),
        "",
        "app is another repository or another worktree of this one",
    ),
    "too large": (
        f"-- docs/adr/0001-a.md --\n# 1. A\n\n{'word ' * 500_000}\n",
        "",
        "docs/adr/0001-a.md is larger than 2 MiB",
    ),
    "switched off": (
        '-- .vscode/settings.json --\n{\n  // never\n  "adr-ls.enable": false,\n}\n' + record("docs/adr/0001-a.md"),
        "",
        ".vscode/settings.json:3 switches adr-ls off in VS Code (“adr-ls.enable”)",
    ),
    "a record alone": (
        record("docs/adr/0001-a.md"),
        "docs/adr/0001-a.md",
        "0001-a.md lies in no repository: opened alone, only the files beside it are known; open the folder in the editor",
    ),
    "one that is a record": (
        "-- .git/HEAD --\nref: refs/heads/main\n" + record("docs/adr/0001-a.md"),
        "docs/adr/0001-a.md",
        "0001-a.md is a record",
    ),
    "an index": (
        "-- .git/HEAD --\nref: refs/heads/main\n-- docs/adr/README.md --\n- [A](0001-a.md)\n" + record("docs/adr/0001-a.md"),
        "docs/adr/README.md",
        "README.md lists records and is none itself",
    ),
    "a template": (
        "-- .git/HEAD --\nref: refs/heads/main\n-- docs/adr/template.md --\n# Title\n" + record("docs/adr/0001-a.md"),
        "docs/adr/template.md",
        "template.md is called like a template, or lies among templates",
    ),
    "a page": (
        f"-- .git/HEAD --\nref: refs/heads/main\n-- plan.md --\n{NOTE}",
        "plan.md",
        "plan.md has no number in its name and lies in no directory that is called like one of records",
    ),
    "a file of another repository": (
        "-- .git/HEAD --\nref: refs/heads/main\n-- app/.git/HEAD --\nref: refs/heads/main\n"
        + record("docs/adr/0001-a.md", "app/docs/adr/0001-b.md"),
        "app/docs/adr/0001-b.md",
        "0001-b.md is a record",
    ),
    "a file that is ignored": (
        "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n0001*\n" + record("docs/adr/0001-a.md"),
        "docs/adr/0001-a.md",
        "0001-a.md is left out by a .gitignore",
    ),
    "no Markdown": (
        "-- .git/HEAD --\nref: refs/heads/main\n-- a.txt --\nA\n",
        "a.txt",
        "a.txt is written neither in Markdown nor in AsciiDoc",
    ),
}


@pytest.mark.parametrize("name", CAUSES)
def test_why_nothing_is_shown_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    files, asked, cause = CAUSES[name]
    monkeypatch.setenv("ADR_LS_CACHE", "off")
    lay(tmp_path, files)
    status = main.main(["doctor", str(tmp_path / asked)])
    output, errors = capsys.readouterr()
    assert (status, errors) == (0, "")
    _, _, left = output.partition("Left out, and why\n")
    lines = [line.strip() for line in left.partition("\n\n")[0].splitlines()]
    assert [line for line in lines if line.startswith(cause)], lines


def test_where_all_is_shown_nothing_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(
        tmp_path,
        "-- .git/HEAD --\nref: refs/heads/main\n-- README.md --\n# Mill\n-- docs/adr/README.md --\n# Decisions\n"
        + record("docs/adr/0001-a.md"),
    )
    assert main.main(["doctor", str(tmp_path)]) == 0
    assert "Left out" not in capsys.readouterr().out


def doctor(*arguments: str, cwd: Path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "adr_ls", "doctor", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={name: value for name, value in known.items() if value is not None},
    )


SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no git": {"PATH": "/nowhere"},
    "no home": {"HOME": None, "XDG_CACHE_HOME": None},
    "a home that is no path": {"HOME": "nowhere/at/all"},
    "a cache that cannot be written": {"ADR_LS_CACHE_DIR": str(Path(__file__))},
    "a console of ASCII": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_it_fails_in_no_surroundings(tmp_path: Path, name: str) -> None:
    lay(tmp_path, "-- adr-ls.toml --\nrules = 3\nexclude = 'x'\n[overrides]\n" + record("docs/adr/0001-a.md"))
    done = doctor(str(tmp_path), cwd=tmp_path, **SURROUNDINGS[name])
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "must be a list of texts." in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="which keeps the directory that a process is in")
def test_a_current_directory_that_is_gone_is_one_clear_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = "import os, sys; from adr_ls.cli import main; os.rmdir(os.getcwd()); sys.exit(main.main(['doctor']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=gone)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "adr-ls: the current directory cannot be used (no such file or directory)\n"


@pytest.mark.parametrize("command", ["check", "list", "doctor", "index"])
def test_a_path_that_may_not_be_looked_at_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    real = Path.exists

    def exists(path: Path, **named: bool) -> bool:
        if path.name == "0001-a.md":  # as it is where somebody else's folder is above it
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **named)

    monkeypatch.setattr(Path, "exists", exists)
    asked = tmp_path / "0001-a.md"
    assert main.main([command, str(asked)]) == 2
    assert capsys.readouterr() == ("", f"adr-ls: permission denied at “{asked}”\n")


REFERRING = {
    "docs/adr/0001-a.md": RECORD.format(1),
    "docs/adr/0002-b.md": RECORD.format(2) + "\nSee [1](0001-a.md).\n",
    "docs/adr/README.md": "# Decisions\n\n* [1. A](0001-a.md)\n* [2. A](0002-b.md)\n",
}
SECTIONS = (
    "Diagnostics: ",
    "Hover on ",
    "Go to definition",
    "References to it: ",
    "Completion after ",
    "Index docs/adr/README.md",
)
"""How the parts begin of what is told."""
BROKEN = {
    "adr_ls.ide.hover.hover": "Hover on ",
    "adr_ls.ide.goto.definition": "Go to definition",
    "adr_ls.ide.goto.references": "References to it: ",
}


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], list[str]]:
    """The status of the command, the beginnings of the parts that are told, and what is told to have failed."""
    status = main.main(["doctor", str(folder)])
    lines = capsys.readouterr().out.splitlines()
    return status, [one for one in SECTIONS if any(line.startswith(one) for line in lines)], [x for x in lines if "✗" in x]


@pytest.mark.parametrize("where", BROKEN)
def test_what_the_server_fails_at_is_told_and_the_rest_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    lay(tmp_path, "".join(f"-- {path} --\n{text}" for path, text in REFERRING.items()))
    module, _, name = where.rpartition(".")
    code = f"import {module} as one; one.{name} = None; from adr_ls.__main__ import main; main()"
    monkeypatch.setattr("adr_ls.cli.doctor.server", lambda: [sys.executable, "-c", code])
    status, shown, failed = told(tmp_path, capsys)
    assert shown == [one for one in SECTIONS if one != BROKEN[where]]
    assert (status, len(failed)) == (1, 1)


@pytest.mark.parametrize(
    ("where", "section"),
    [("cli.examination.Examination._completion", "Completion after "), ("io.disk.missed", ""), ("io.cache.told", "")],
)
def test_what_doctor_itself_fails_at_is_told_and_the_rest_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: str, section: str
) -> None:
    def fails(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("x")

    lay(tmp_path, "".join(f"-- {path} --\n{text}" for path, text in REFERRING.items()))
    monkeypatch.setattr(f"adr_ls.{where}", fails)
    status, shown, failed = told(tmp_path, capsys)
    assert shown == [one for one in SECTIONS if one != section]
    assert (status, failed) == (1, ["✗ ZeroDivisionError: x, which is a mistake in adr-ls"])
