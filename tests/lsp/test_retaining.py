"""However long somebody works, no more is kept than what is known now: objects are counted, and none waits for a search for garbage."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from adr_ls.log.index import Index
from adr_ls.log.log import Log
from adr_ls.log.resolve import Names
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.settings.values import Config
from adr_ls.syntax import markdown
from tests.lsp.memory import Memory
from tests.lsp.timeless import Editor
from tests.protocol.client import request

KINDS = (Config, Facts, Index, Log, Names, Record, Workspace, markdown.Document)
"""What is large, or holds what is."""
ROOT = Path("/nowhere/mill")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the files in memory have POSIX paths")
RECORD = "# {0}. Mill {0}\n\n## Status\n\n{1}\n\n## Context\n\nSee [the first](0001-mill.md) and [9](0009-gone.md).\n"
NUMBERS = range(1, 9)
INDEX = ROOT / "docs/adr/README.md"
SHOWING = ("codeAction", "codeLens", "completion", "documentSymbol", "hover", "references")


def path(number: int) -> Path:
    return ROOT / f"docs/adr/{number:04}-mill.md"


class Person:
    """Somebody at work, who does the same things again and again."""

    def __init__(self) -> None:
        texts = {path(number).as_posix(): RECORD.format(number, "Accepted") for number in NUMBERS}
        texts[path(8).as_posix()] = RECORD.format(
            8, "Rejected"
        )  # which the index tells otherwise, so that notes are taken of that
        summary = "for the sake of the mill and all who work there " * 20  # so that the list is read by its pieces
        listed = "".join(f"* [{number}. Mill {number}]({path(number).name}): accepted\n\n  {summary}\n" for number in NUMBERS)
        texts[INDEX.as_posix()] = f"# Decisions\n\n{listed}"
        self.memory = Memory(texts)
        self.editor = Editor(ROOT, system=self.memory)
        self.version = 1
        self.asked = 0
        for file in (INDEX, path(1), path(2), path(3)):
            self.open(file)

    def open(self, file: Path) -> None:
        item = {"uri": file.as_uri(), "languageId": "markdown", "version": 1, "text": self.memory.texts[file.as_posix()]}
        self.editor.tell("textDocument/didOpen", {"textDocument": item})

    def type(self, file: Path, text: str) -> None:
        """Gives a file another text and takes it back, as somebody who tries something, and looks at it."""
        for content in (text, self.memory.texts[file.as_posix()]):
            self.version += 1
            identifier = {"uri": file.as_uri(), "version": self.version}
            self.editor.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": content}]})
            for method in SHOWING:
                self.asked += 1
                place = {"line": 2, "character": 8}
                params = {"textDocument": {"uri": file.as_uri()}, "position": place, "range": {"start": place, "end": place}}
                self.editor.send(request(self.asked, f"textDocument/{method}", {**params, "context": {"diagnostics": []}}))
            self.editor.rest()

    def change(self, file: Path, text: str | None) -> None:
        """Has another program write a file, or delete it."""
        was = file.as_posix() in self.memory.texts
        if text is None:
            del self.memory.texts[file.as_posix()]
        else:
            self.memory.texts[file.as_posix()] = text
        kind = 3 if text is None else 2 if was else 1
        self.editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": kind}]})
        self.editor.rest()

    def round(self, number: int) -> None:
        """Half an hour, after which all stands as before."""
        first = self.memory.texts[path(1).as_posix()]
        self.type(path(1), first + f"\nMore {number} of it.\n")
        self.type(path(2), self.memory.texts[path(2).as_posix()].replace("Accepted", "Rejected"))
        self.type(path(3), self.memory.texts[path(3).as_posix()].replace("# 3. Mill 3", f"# 3. Mill of {number}"))
        self.type(INDEX, self.memory.texts[INDEX.as_posix()].replace("* [4. Mill 4]", f"* [4. Mill {number}]"))
        for at in (1, 4, 5):
            self.change(path(at), RECORD.format(at, "Proposed"))
            self.change(path(at), RECORD.format(at, "Accepted"))
        self.change(path(10 + number), RECORD.format(10 + number, "Accepted"))
        self.change(path(10 + number), None)
        self.editor.tell("textDocument/didClose", {"textDocument": {"uri": path(2).as_uri()}})
        self.editor.rest()
        self.open(path(2))
        self.editor.rest()
        self.editor.sent.clear()


@pytest.fixture(autouse=True)
def set_aside() -> Iterator[None]:
    """Sets aside again what was known before, as the other tests have it."""
    yield
    gc.collect()
    gc.freeze()


def alive() -> Counter[str]:
    """How many there are of each kind; those that nobody needs and that wait for a search for garbage count."""
    gc.unfreeze()  # what is known first is set aside, and would not be counted
    return Counter(kind.__qualname__ for one in gc.get_objects() for kind in KINDS if type(one) is kind)


def test_however_long_somebody_works_no_more_is_kept() -> None:
    gc.collect()
    others = alive()
    gc.disable()
    try:
        person = Person()
        for number in range(3):
            person.round(number)
        before = alive() - others
        for number in range(3, 8):
            person.round(number)
        after = alive() - others
        assert not after - before
        assert after["Index"] == 1
        assert after["Names"] <= 2  # entries of a piece that says the same know by which names they were read
        assert after["Facts"] < 3 * (len(NUMBERS) + 1)
    finally:
        gc.enable()


def test_what_was_found_in_files_that_rest_keeps_nothing_of_long_ago() -> None:
    gc.collect()
    others = alive()
    person = Person()
    for number in (4, 5, 6, 7):
        person.change(path(number), RECORD.format(number, "Rejected"))  # the index says otherwise, which can be mended
        person.open(path(number))
    person.editor.rest()

    def letter(number: int, turn: int) -> None:
        """Types one in prose, which concerns no other file."""
        text = person.memory.texts[path(number).as_posix()].replace("See ", f"See{' now' * turn} ")
        identifier = {"uri": path(number).as_uri(), "version": turn + 1}
        person.editor.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})
        person.editor.rest()

    counted = []
    for number, turn in ((4, 1), (4, 2), (5, 1), (6, 1), (7, 1), (7, 2)):
        letter(number, turn)
        gc.collect()
        counted.append(alive() - others)
    # Of an open file there is its text as it was last read beside the one that is typed, but of all others there is one
    for kind in (Workspace, Log, Names, Index):
        assert len({one[kind.__qualname__] for one in counted}) == 1, kind
