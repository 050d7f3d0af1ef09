"""A file that the command line names in another case, or with its accents in another form, is that file where the system says so."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from adr_ls.cli import main, scope
from tests.conftest import REPOSITORY

Run = Callable[..., tuple[int, str, str]]
SHOP = REPOSITORY / "examples" / "bookshop"
OLD = "docs/adr/003-deploy-with-containers.md"


@pytest.fixture
def run(forgiving: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a copy of the example on a forgiving file system; gives its status, and what it printed and complained of."""
    for path in SHOP.rglob("*.md"):
        (forgiving / path.relative_to(SHOP)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, forgiving / path.relative_to(SHOP))
    (forgiving / ".git").mkdir()
    monkeypatch.chdir(forgiving)

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.mark.parametrize("asked", [OLD, OLD.upper(), "Docs/adr/003-Deploy-with-Containers.md"])
def test_a_record_may_be_spelled_otherwise(run: Run, asked: str) -> None:
    found = run("check", asked)
    assert found == run("check", OLD)
    assert found[1].startswith(f"{OLD}:1:1: ")
    assert run("status", asked) == (0, "Accepted\n", "")


def test_so_may_a_directory(run: Run) -> None:
    assert run("check", "DOCS/ADR")[:2] == run("check", "docs/adr")[:2]
    assert run("list", "DOCS/ADR")[:2] == run("list", "docs/adr")[:2]
    assert "ADR-003" in run("list", "DOCS/ADR")[1]


def test_so_may_what_is_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (SHOP / OLD).read_bytes().replace(b"Accepted", b"Acepted")
    told = []
    for name in (OLD, OLD.upper()):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
        told.append(run("check", "--stdin-filename", name))
    assert told[0] == told[1]
    assert "status-unknown" in told[0][1]
    assert "duplicate-number" not in told[0][1]


@pytest.mark.parametrize(
    ("paths", "common"),
    [
        (["C:/work/docs", "C:/work/src"], "C:/work"),
        (["C:/work", "D:/work"], ""),
        (["C:/work", "//server/share"], ""),
        (["//server/share/a", "//server/share/b"], "//server/share"),
    ],
)
def test_several_drives_have_no_directory_in_common(paths: list[str], common: str) -> None:
    assert scope._common(paths) == common
