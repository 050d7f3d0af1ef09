"""What is named at a place is told before all else is known: what is shown then is what will be shown, or a part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adr_ls.io import files
from adr_ls.lsp.scheduling import Precedence
from adr_ls.lsp.waiting import CARD, SOON
from tests.lsp.timeless import Editor, lay

LOG = """
-- docs/adr/0001-mill-queue.md --
# 1. Mill queue

**Status**: Superseded by [ADR-3](0003-night-export.md)
**Date**: 2024-03-17

## Decision

We queue the mills.

-- docs/adr/0002-tariff-reader.md --
# 2. Tariff reader

**Status**: Proposed

It needs ADR-1, [the exporter](0003-night-export.md), ADR-4, ADR-5, ADR-6, [tokens](short-tokens.md), ADR-9.
See [the queue](../guide.md#queue) and ../other/decisions ADR-0007 or [the notes](notes/0008-notes.md).

-- docs/adr/0003-night-export.md --
# 3. Night export

**Status**: Accepted

It goes on from ADR-1.

-- docs/adr/0004-build-banner.md --
# 4. Build banner

**Status**: Accepted

Supersedes [ADR-5](0005-booking-keys.md).

-- docs/adr/0005-booking-keys.md --
# 5. Booking keys

**Status**: Accepted
**Date**: 03/04/2024

-- docs/adr/0006-job-table.md --
---
status: proposed
---
# 6. Job table

**Status**: Accepted

-- docs/adr/short-tokens.md --
# Short tokens

**Status**: Accepted

## Context

Long ones.

## Decision

We shorten them.

-- docs/adr/notes/0008-notes.md --
# Notes

-- docs/guide.md --
# Guide

## Queue
"""
PLACES = (
    "ADR-1,",
    "exporter",
    "ADR-4",
    "ADR-5",
    "ADR-6",
    "tokens",
    "ADR-9",
    "queue](",
    "ADR-0007",
    "notes]",
    "Tariff",
    "Proposed",
)
FOUND = {
    "textDocument/hover": "ADR-1, exporter ADR-4 Tariff Proposed",
    "textDocument/definition": "ADR-1, exporter ADR-4 ADR-5 ADR-6",
}


def at(root: Path, word: str) -> dict[str, Any]:
    path = root / "docs/adr/0002-tariff-reader.md"
    lines = path.read_text("utf-8").split("\n")
    line = next(number for number, text in enumerate(lines) if word in text)
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": lines[line].index(word) + 1}}


def lines_of(answer: Any) -> list[str]:
    """What an answer tells, apart from how it is set."""
    if isinstance(answer, list):
        return [str(one) for one in answer]
    return [line.rstrip() for line in answer["contents"]["value"].split("\n") if line.strip()] if answer else []


@pytest.mark.parametrize("word", PLACES)
@pytest.mark.parametrize("method", FOUND)
def test_what_is_told_early_is_a_part_of_what_is_told_later(tmp_path: Path, method: str, word: str) -> None:
    editor = Editor(lay(tmp_path, LOG), holds=True)
    editor.open(tmp_path / "docs/adr/0002-tariff-reader.md")
    waiting = editor.ask(method, at(tmp_path, word))
    assert not editor.answers(waiting)
    editor.release_last()
    editor.rest(CARD.grace)
    is_early = bool(editor.answers(waiting))
    assert is_early == (word in FOUND[method].split())
    editor.release()
    early, later = lines_of(editor.result(waiting)), lines_of(editor.now(method, at(tmp_path, word)))
    assert early == later if not is_early or "definition" in method else early[0] == later[0]
    shown = "\n".join(later)
    assert all(line in shown for line in early), (early, later)


def labels_of(answer: Any) -> list[str]:
    return [item["label"] for item in answer["items"]] if answer else []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("See ADR-", ["ADR-0003", "ADR-0004", "ADR-0006", "ADR-0001", "ADR-0005"]),
        ("See [ban", ["ADR-0004"]),
        ("See [x](0004", ["ADR-0004"]),
        ("See [nothing like it", []),
        ("**Status**: ", []),  # its words hang on all records
    ],
)
def test_records_are_offered_as_soon_as_some_of_those_beside_the_file_are_known(
    tmp_path: Path, typed: str, offered: list[str]
) -> None:
    editor = Editor(lay(tmp_path, LOG), holds=True)
    path = tmp_path / "docs/adr/0002-tariff-reader.md"
    text = "# 2. Tariff reader\n\n" + typed
    editor.open(path, text)
    place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 2, "character": len(typed)}}
    waiting = editor.ask("textDocument/completion", place)
    editor.release_last()
    assert bool(editor.answers(waiting)) == bool(offered)
    editor.release()
    early, later = editor.result(waiting), editor.now("textDocument/completion", place)
    if offered:
        assert labels_of(early) == offered
        assert early["isIncomplete"]
        assert set(offered) <= set(labels_of(later))
    else:
        assert early == later


def test_of_many_records_those_are_looked_at_first_that_are_likely_to_be_meant(tmp_path: Path) -> None:
    many = "".join(f"-- docs/adr/{n:04}-thing.md --\n# {n}. Thing\n\n**Status**: Accepted\n\n" for n in range(1, 200))
    editor = Editor(lay(tmp_path, many + "-- docs/adr/0200-x.md --\n# 200. X\n"), holds=True)
    path = tmp_path / "docs/adr/0200-x.md"
    for typed, first in (("See ADR-", "ADR-0151"), ("See ADR-000", "ADR-0001"), ("See ADR-0042", "ADR-0042")):
        editor.open(path, "# 200. X\n\n" + typed)
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 2, "character": len(typed)}}
        waiting = editor.ask("textDocument/completion", place)
        editor.release_last()
        assert labels_of(editor.result(waiting))[0] == first


def test_an_early_hover_tells_nothing_that_others_may_say(tmp_path: Path) -> None:
    editor = Editor(lay(tmp_path, LOG), holds=True)
    editor.open(tmp_path / "docs/adr/0002-tariff-reader.md")
    waiting = editor.ask("textDocument/hover", at(tmp_path, "ADR-1,"))
    editor.release_last()
    editor.rest(CARD.grace)
    assert lines_of(editor.result(waiting)) == [
        "ADR-0001: Mill queue",
        "Superseded · 2024-03-17",
        "Superseded by ADR-0003",
        "> We queue the mills.",
    ]


def test_a_card_is_whole_where_all_is_known_soon(tmp_path: Path) -> None:
    editor = Editor(lay(tmp_path, LOG), holds=True)
    editor.open(tmp_path / "docs/adr/0002-tariff-reader.md")
    waiting = editor.ask("textDocument/hover", at(tmp_path, "ADR-1,"))
    editor.release_last()
    assert not editor.answers(waiting)
    editor.release()
    assert "Referred to by ADR-0002, ADR-0003" in lines_of(editor.result(waiting))


@pytest.mark.parametrize("others", [SOON - 9, SOON])
def test_a_card_waits_for_what_others_add_only_where_that_is_known_soon(tmp_path: Path, others: int) -> None:
    many = "".join(f"-- docs/adr/{n + 100:04}-thing.md --\n# {n}. Thing\n\n**Status**: Accepted\n\n" for n in range(others))
    editor = Editor(lay(tmp_path, LOG + many), holds=True)
    editor.open(tmp_path / "docs/adr/0002-tariff-reader.md")
    waiting = editor.ask("textDocument/hover", at(tmp_path, "ADR-1,"))
    editor.release_last()
    assert bool(editor.answers(waiting)) == (others == SOON)
    editor.rest(CARD.grace)
    assert lines_of(editor.result(waiting))[:2] == ["ADR-0001: Mill queue", "Superseded · 2024-03-17"]


def test_what_somebody_waits_for_goes_before_what_nobody_has_asked_for(tmp_path: Path) -> None:
    editor = Editor(lay(tmp_path, LOG), holds=True)
    editor.open(tmp_path / "docs/adr/0002-tariff-reader.md")
    editor.ask("textDocument/hover", at(tmp_path, "ADR-1,"))
    uri = editor.open(tmp_path / "docs/adr/0006-job-table.md")
    editor.rest()
    assert uri not in [told["uri"] for told in editor.told("textDocument/publishDiagnostics")]
    editor.release_last()
    assert uri in [told["uri"] for told in editor.told("textDocument/publishDiagnostics")]


def test_nothing_is_put_off_for_longer_than_one_such_work_takes() -> None:
    precedence, done = Precedence(), list[str]()
    precedence.behind("load", lambda: done.append("at once"))
    precedence.begin()
    precedence.begin()
    precedence.behind("load", lambda: done.append("sooner"))
    precedence.behind("load", lambda: done.append("later"))
    assert done == ["at once"]
    precedence.end()  # though the other one still runs
    assert done == ["at once", "later"]
    precedence.end()
    assert done == ["at once", "later"]


def test_what_was_typed_meanwhile_is_not_answered_early(tmp_path: Path) -> None:
    editor = Editor(lay(tmp_path, LOG), holds=True)
    path = tmp_path / "docs/adr/0002-tariff-reader.md"
    editor.open(path)
    waiting = editor.ask("textDocument/hover", at(tmp_path, "ADR-1,"))
    editor.change(path, "# 2. Tariff\n")
    editor.release_last()
    editor.rest(CARD.grace)
    assert not editor.answers(waiting)


def test_a_glance_reads_only_what_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = files.read
    monkeypatch.setattr(files, "read", lambda path, folders: (read.append(path.name), real(path, folders))[1])
    editor = Editor(lay(tmp_path, LOG), holds=True)
    editor.open(tmp_path / "docs/adr/0002-tariff-reader.md")
    waiting = editor.ask("textDocument/hover", at(tmp_path, "ADR-1,"))
    editor.release_last()
    editor.rest(CARD.grace)
    assert editor.answers(waiting)
    assert set(read) == {"0001-mill-queue.md", "0003-night-export.md"}
