"""What is to be done in a clone has one entry on every system."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests import tasks
from tests.conftest import REPOSITORY


def test_make_offers_every_task() -> None:
    offered = re.search(r"^TASKS := (.*)$", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert offered
    assert set(offered[1].split()) == set(tasks.TASKS)


def test_each_task_is_listed_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    tasks.main([])
    listed = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert listed.keys() == tasks.TASKS.keys()
    assert listed["e2e-editors"] == "Test the server in real Neovims, Emacsen and Helix (installs them; Debian, as root)"


def test_programs_lie_where_each_system_puts_them() -> None:
    assert tasks.program("ruff", Path("v"), windows=True) == Path("v", "Scripts", "ruff.exe")
    assert tasks.program("ruff", Path("v"), windows=False) == Path("v", "bin", "ruff")


@pytest.mark.parametrize(
    ("asked", "version", "said"),
    [
        (["tset"], (3, 12, 0), "There is no task “tset”; there are help, demo, test,"),
        (["test"], (3, 9, 1), "Python 3.10 or newer is needed, and this is 3.9: "),
    ],
)
def test_what_cannot_be_done_is_said(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], version: tuple[int, ...], said: str
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=re.escape(said)):
        tasks.main(asked)


def test_a_program_that_fails_ends_everything_with_its_status() -> None:
    with pytest.raises(SystemExit) as ended:
        tasks.run(sys.executable, "-c", "raise SystemExit(3)")
    assert ended.value.code == 3
    with pytest.raises(SystemExit, match="“no-such-program” is needed"):
        tasks.run("no-such-program")
