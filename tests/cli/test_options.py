"""What all commands have in common with other linters: formats, colours, groups of rules, standard input, where they look, completion."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adr_ls import rules
from adr_ls.cli import checking, main, progress
from adr_ls.io import terminal
from tests.conftest import REPOSITORY

Run = Callable[..., tuple[int, str, str]]
PLACE = "docs/adr/002-search-with-elasticsearch.md:3:13"
LINE = f"{PLACE}: status-unknown Unknown status “Acepted”; did you mean “Accepted”?\n"
ONE = ("check", "--select", "status-unknown")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a copy of the example; gives its status, and what it printed and complained of."""
    shutil.copytree(REPOSITORY / "examples" / "bookshop", tmp_path / "shop")
    (tmp_path / "shop" / ".git").mkdir()
    (tmp_path / "shop" / "src" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "shop")
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_what_is_piped_has_one_line_for_each_problem(run: Run) -> None:
    assert run(*ONE) == (1, f"{LINE}1 warning in 5 records; “adr-ls check --fix” mends 1\n", "")
    assert run(*ONE, "--format", "concise") == run(*ONE)
    assert run(*ONE, "--quiet") == run(*ONE, "-q") == (1, LINE, "")


def test_paths_are_told_from_where_one_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, path in (("docs", ""), ("src/deep", "../.."), ("..", "shop")):
        monkeypatch.chdir(tmp_path / "shop" / folder)
        assert run(*ONE, "-q", str(tmp_path / "shop"))[1].startswith(str(Path(path, PLACE if folder != "docs" else PLACE[5:])))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run(*ONE, "-q", str(tmp_path / "shop"))[1].startswith(str(tmp_path / "shop" / PLACE))


def test_a_terminal_gets_text_with_colours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _self: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    output = run(*ONE)[1]
    assert "\x1b[33mwarning\x1b[0m" in output
    assert "^^^^^^^" in output
    assert "\x1b[" not in run(*ONE, "--color", "never")[1]


@pytest.mark.parametrize(
    ("given", "variables", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_as_wished(
    run: Run, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], variables: dict[str, str], *, coloured: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(*ONE, *given)[1]) == coloured
    terminal.colour("auto")


def test_statistics_are_all_that_is_told(run: Run) -> None:
    status, output, _ = run("check", "--statistics", "-q")
    assert status == 1
    assert output.splitlines()[0] == "  2  index-missing-entry  in 1 file"
    assert "  1  status-unknown  in 1 file" in output.splitlines()


def test_groups_of_rules_are_selected(run: Run) -> None:
    def names(*arguments: str) -> set[str]:
        return {one["rule"] for one in json.loads(run("check", "--format", "json", *arguments)[1])["problems"]}

    assert names("--select", "index") == {name for name in names() if name.startswith("index-")}
    assert names("--select", "index,status-unknown") == names("--select", "index") | {"status-unknown"}
    assert names("--select", "all", "--ignore", "index") == {name for name in names() if not name.startswith("index-")}
    assert names("--select", "index*") == names("--select", "index")
    assert run("check", "--select", "indx")[0] == 2
    assert all(set(group) <= rules.NAMES for group in checking.GROUPS.values())


def given(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_stands_for_a_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "docs/adr/003-deploy-with-containers.md"
    text = Path(path).read_text("utf-8")
    given(monkeypatch, text.replace("Accepted", "Acepted"))
    assert run(*ONE, "-q", "--stdin-filename", path) == (1, LINE.replace(PLACE, f"{path}:3:13"), "")
    given(monkeypatch, text.replace("Accepted", "Acepted"))
    assert run(*ONE, "--stdin-filename", path, "--fix") == (0, text, "")
    given(monkeypatch, "# ADR-009: New\n\n**Status**: Acepted\n")
    assert run(*ONE, "-q", "--stdin-filename", "docs/adr/009-new.md")[1].startswith("docs/adr/009-new.md:3:13: status-unknown")
    assert not Path("docs/adr/009-new.md").exists()
    assert run(*ONE, "--stdin-filename", "nowhere/009-new.md")[0] == 2


def test_what_comes_by_standard_input_goes_back_with_all_that_it_had(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "docs/adr/003-deploy-with-containers.md"
    text = "\ufeff" + Path(path).read_text("utf-8").replace("\n", "\r\n")
    given(monkeypatch, text.replace("Accepted", "Acepted"))
    assert run(*ONE, "--stdin-filename", path, "--fix") == (0, text, "")
    given(monkeypatch, "# ADR-003: Größe\n".encode("latin-1"))
    status, output, errors = run(*ONE, "--stdin-filename", path, "--fix")
    assert (status, output) == (2, "")
    assert errors == "adr-ls: standard input is not UTF-8 (at byte 14), so nothing was looked at\n"


def test_a_settings_file_may_be_given(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[rules]\nstatus-unknown = "off"\nlink-broken = "error"\n', "utf-8")
    problems = json.loads(run("check", "--config", str(own), "--format", "json")[1])["problems"]
    assert "status-unknown" not in {one["rule"] for one in problems}
    assert {one["severity"] for one in problems if one["rule"] == "link-broken"} == {"error"}
    assert run(*ONE, "--config", str(own))[1] == "no problems in 5 records\n"
    own.write_text("[rulez]\n", "utf-8")
    assert run("list", "--config", str(own)) == (
        2,
        "",
        f"adr-ls: {own}:1:2: There is no setting “rulez”; did you mean “rules”?\n",
    )
    assert run("check", "--config", "gone.toml")[2] == "adr-ls: cannot read “gone.toml”: No such file or directory\n"


@pytest.mark.parametrize("arguments", [("check", "-q"), ("list",), ("index", "--check"), ("new", "Print receipts")])
def test_where_nothing_lies_below_it_is_the_repository_around(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path / "shop" / "src" / "deep")
    assert "docs/adr" in run(*arguments)[1]
    status, output, errors = run(*arguments, ".")
    assert "docs/adr" not in output or arguments[0] == "new", (status, output, errors)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["-V"])
    assert capsys.readouterr().out.startswith("adr-ls ")


def test_a_long_reading_is_told_of_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: True, raising=False)
    for after, said in ((0.0, "\rreading the records: 5 of 9\r"), (3600.0, "")):
        monkeypatch.setattr(progress, "AFTER", after)
        monkeypatch.setattr(progress, "EVERY", 0.0)
        with progress.shown() as count:
            count(5, 9)
        assert capsys.readouterr().err.startswith(said)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("su", {"supersede"}),
        ("check --stat", {"--statistics"}),
        ("check --select status-un", {"status-unknown"}),
        ("check --format con", {"concise"}),
        ("explain index-du", {"index-duplicate-entry"}),
        ("completions f", {"fish"}),
    ],
)
def test_bash_completes(run: Run, words: str, expected: set[str]) -> None:
    script = run("completions", "bash")[1]
    typed = f"adr-ls {words}".split()
    asked = f"COMP_WORDS=({' '.join(typed)}); COMP_CWORD={len(typed) - 1}; _adr_ls; echo ${{COMPREPLY[@]}}"
    done = subprocess.run(["bash", "-c", f"{script}\n{asked}"], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == expected


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_know_all_commands_and_options(run: Run, shell: str) -> None:
    script = run("completions", shell)[1]
    assert all(name in script for name in (*main.COMMANDS, "stdin-filename", "supersede-cycle"))
    if (program := shutil.which(shell)) is not None:
        subprocess.run([program, "-n"], input=script, text=True, check=True)
