"""Nothing that a repository holds commands whoever reads a report: a terminal, a CI system, an XML or JSON reader, a person's eye."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from adr_ls import reports
from adr_ls.cli import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")

PIECES = {
    "a line end": "\n",
    "a carriage return": "\r",
    "a command of GitHub's": "\n::error::owned",
    "a command of GitHub's in a line": "##[error]owned",
    "a command of GitHub's behind blanks": "\n  ::set-output name=x::y",
    "a colour": "\x1b[31mred",
    "a title of the terminal": "\x1b]0;owned\x07",
    "a title in C1": "\x9d0;owned\x9c",
    "a backspace": "\x08\x08\x08",
    "a separator of lines": "\u2028x\u2029y\x85z\x0bv\x0cf",
    "another direction": "\u202edm.txt\u2066",
    "what XML refuses": "\ufffe\uffff\x01",
    "bytes that are no text": "\udcff\udc80",
    "markup": "<b>&\"'",
    "what escapes": "%0A%3A,a=b,file=x",
    "markup of its own": "`x` [y](javascript:z) |",
}
COMMANDS = {
    **{f"check . --format {form}": form for form in reports.FORMATS},
    "check . --statistics": "concise",
    "check . --format text --color always": "coloured",
    "check . --diff": "diff",
    "check . --fix --diff": "diff",
    "list": "text",
    "list --format json": "json",
    "index docs/adr --diff": "diff",
    "index docs/adr --check": "text",
    "new X docs/adr": "text",
    "status 1 accepted --diff -C docs/adr": "diff",
    "explain --log docs/adr": "text",
    "context docs --max-chars 90000": "text",
    "context docs --topic b": "text",
    "context docs --format json": "json",
    "doctor": "text",
}
"""Each command that prints what it found, and what is printed."""

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What commands a terminal or hides what there is."""
OURS = re.compile(r"::(?:error|warning|notice) file=[^:,\s][^:,]*(?:,[a-zA-Z]+=[^:,]*)*::.+")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    folder = Path("docs/adr")
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# Decisions\n\n- [1. A](0001-plain.md)\n- [99. Lost](0099-lost.md)\n", "utf-8")
    (folder / "0001-plain.md").write_text("# 1. A\n\n## Status\n\nAcepted\n", "utf-8")
    return folder


def make(folder: Path, number: int, piece: str) -> None:
    """A record with a piece in its name, and wherever a report may quote."""
    said = piece.encode("utf-8", "replace").decode()
    text = (
        f"# {number}. A {said} b\n\n## Status\n\nAcepted {said} c\n\n## Context\n\nSee [{said}](0098-{said}.md) and ADR-0097.\n"
    )
    data = os.fsencode(str(folder / f"{number:04}-a{piece}b.md"))
    with open(data, "wb") as file:  # noqa: PTH123 - a path that is no text
        file.write(text.encode())


@pytest.mark.parametrize("words", COMMANDS)
def test_a_report_commands_nobody(log: Path, capfd: pytest.CaptureFixture[str], words: str) -> None:
    for number, piece in enumerate(PIECES.values(), 2):
        make(log, number, piece)
    (log / "evil\n::warning::folder").mkdir()
    make(log / "evil\n::warning::folder", 50, "\x1b[2J")
    try:
        main.main(words.split())
    except SystemExit as ended:
        assert ended.code in (0, 1)  # noqa: PT017 - how a command may end
    told, errors = capfd.readouterr()
    READERS[COMMANDS[words]](told)
    text_of(errors)


def text_of(told: str) -> None:
    told.encode()
    assert UNSEEN.findall(told) == []
    assert [line for line in told.split("\n") if line.lstrip().startswith("::") or "##[" in line] == []


def diff(told: str) -> None:
    """The lines of files are exact, for `git apply`; what names them is not."""
    heads = [line for line in told.split("\n") if line.startswith(("--- ", "+++ "))]
    assert [line for line in heads if UNSEEN.search(line.rstrip("\t"))] == []
    assert [line for line in told.split("\n") if line.lstrip().startswith("::") or "##[" in line] == []


def coloured(told: str) -> None:
    text_of(re.sub(r"\x1b\[[0-9;]*m", "", told))
    assert set(re.findall(r"\x1b\[([0-9;]*)m", told)) <= {"0", "1", "2", "31", "32", "33", "36", "1;31", "1;33", "1;36"}
    assert "\x1b[31mred" not in told


def github(told: str) -> None:
    told.encode()
    assert UNSEEN.findall(told) == []
    lines = told.split("\n")
    assert any(OURS.fullmatch(line) for line in lines)
    assert [line for line in lines if "::" in line and not OURS.fullmatch(line)] == []
    assert "##[" not in told


def data(told: str) -> None:
    """JSON, whatever lies in it: valid, and as inert as any other text on the way."""
    assert json.loads(told)
    text_of(told)


def junit(told: str) -> None:
    assert fromstring(told).findall(".//testcase")  # noqa: S314 - our own
    text_of(told)


READERS: dict[str, Callable[[str], None]] = {
    "text": text_of,
    "concise": text_of,
    "statistics": text_of,
    "coloured": coloured,
    "diff": diff,
    "github": github,
    "json": data,
    "sarif": data,
    "gitlab": data,
    "junit": junit,
}


def test_each_format_has_its_reader() -> None:
    assert set(reports.FORMATS) <= READERS.keys()
