"""A long text is read beside the loop: nobody who asks for another file waits for it, and nothing rests on what it was before."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from adr_ls.lsp.reading import LONG
from tests.conftest import EVERYTHING
from tests.lsp.timeless import Editor, Timed, lay

LOG = """
-- docs/adr/001-mill-queue.md --
# ADR-001: Mill queue

**Status**: Accepted

## Context

Orders pile up. See ADR-002.

-- docs/adr/002-tariff-reader.md --
# ADR-002: Tariff reader

**Status**: Accepted

## Context

It goes on from ADR-001.

-- docs/adr/README.md --
# Decisions

- [ADR-001: Mill queue](001-mill-queue.md)
- [ADR-002: Tariff reader](002-tariff-reader.md)
"""
PROSE = "It is read at night, when nobody is at the mill.\n"
MUCH = "\n## Decision\n\n" + PROSE * (LONG // len(PROSE) + 1)


class Mill:
    """A log whose second record is long, and open; the editor holds all work until it is released."""

    def __init__(self, root: Path, **capabilities: Any) -> None:
        self.root = lay(root, LOG)
        self.queue, self.tariff = root / "docs/adr/001-mill-queue.md", root / "docs/adr/002-tariff-reader.md"
        self.editor = Editor(root, holds=True, **capabilities)
        self.editor.open(self.queue)
        self.editor.open(self.tariff, self.text())
        self.editor.release()
        self.editor.sent.clear()

    def text(self, title: str = "Tariff reader", status: str = "Accepted") -> str:
        return f"# ADR-002: {title}\n\n**Status**: {status}\n\n## Context\n\nIt goes on from ADR-001.\n{MUCH}"

    def type(self, text: str, version: int = 2) -> None:
        self.editor.change(self.tariff, text, version)

    def at(self, path: Path, line: int, character: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}

    def told(self, path: Path) -> list[Any]:
        """The versions for which diagnostics were told, each with their codes."""
        told = self.editor.told("textDocument/publishDiagnostics")
        return [
            (one["version"], [found["code"] for found in one["diagnostics"]]) for one in told if one["uri"] == path.as_uri()
        ]


@pytest.fixture
def mill(tmp_path: Path) -> Mill:
    return Mill(tmp_path)


def test_who_asks_for_another_file_waits_a_moment_and_is_told_what_is_known(mill: Mill) -> None:
    mill.type(mill.text("Price reader"))
    asked = mill.editor.ask("textDocument/hover", mill.at(mill.queue, 6, 22))
    assert mill.editor.answers(asked) == []
    mill.editor.rest(0.1)
    assert "Tariff reader" in mill.editor.result(asked)["contents"]["value"]


def test_who_asks_for_another_file_is_told_what_is_new_where_that_is_read_soon(mill: Mill) -> None:
    mill.type(mill.text("Price reader"))
    asked = mill.editor.ask("textDocument/hover", mill.at(mill.queue, 6, 22))
    mill.editor.release_last()
    assert "Price reader" in mill.editor.result(asked)["contents"]["value"]


def test_who_asks_for_the_very_file_waits_for_its_text(mill: Mill) -> None:
    mill.type("\n\n" + mill.text())
    asked = mill.editor.ask("textDocument/hover", mill.at(mill.tariff, 8, 18))
    mill.editor.rest(1)
    assert mill.editor.answers(asked) == []
    mill.editor.release()
    assert "Mill queue" in mill.editor.result(asked)["contents"]["value"]


def test_what_is_asked_of_a_text_that_is_not_read_in_time_is_not_answered_by_the_one_before(mill: Mill) -> None:
    mill.type("\n\n" + mill.text())
    asked = mill.editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": mill.tariff.as_uri()}})
    mill.editor.rest(3)
    assert mill.editor.result(asked)["message"] == "the document is still being read"


def test_edits_of_several_files_wait_for_every_text(mill: Mill) -> None:
    mill.type("\n\n" + mill.text())
    asked = mill.editor.ask("textDocument/rename", {**mill.at(mill.queue, 0, 12), "newName": "Grain queue"})
    acted = mill.editor.ask(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": mill.queue.as_uri()},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    )
    mill.editor.rest(1)
    assert mill.editor.answers(asked) == mill.editor.answers(acted) == []
    mill.editor.release()
    assert mill.queue.as_uri() in mill.editor.result(asked)["changes"]
    assert isinstance(mill.editor.result(acted), list)


def test_an_edit_is_refused_in_words_where_a_text_is_not_read_in_time(mill: Mill) -> None:
    mill.type("\n\n" + mill.text())
    asked = mill.editor.ask("textDocument/rename", {**mill.at(mill.queue, 0, 12), "newName": "Grain queue"})
    mill.editor.rest(31)
    assert "try again in a moment" in mill.editor.result(asked)["message"]


def test_diagnostics_carry_the_version_of_the_text_that_was_read(mill: Mill) -> None:
    mill.type(mill.text(status="Acepted"), 2)
    mill.editor.rest(1)
    assert mill.told(mill.tariff) == []
    mill.editor.release()
    assert (2, ["status-unknown"]) in mill.told(mill.tariff)


def test_of_texts_that_come_while_one_is_read_the_last_counts(mill: Mill) -> None:
    for version, status in enumerate(["Acepted", "Propsed", "Accepted"], 2):
        mill.type(mill.text(status=status), version)
    mill.editor.release()
    assert mill.told(mill.tariff)[-1] == (4, [])
    assert {version for version, _ in mill.told(mill.tariff)} <= {1, 4}


def test_a_text_that_has_become_short_counts_at_once_and_for_good(mill: Mill) -> None:
    mill.type(mill.text("Price reader"), 2)
    mill.type("# ADR-002: Short reader\n\n**Status**: Acepted\n\n## Context\n\nNone.\n", 3)
    hover = mill.editor.now("textDocument/hover", mill.at(mill.queue, 6, 22))
    assert "Short reader" in hover["contents"]["value"]
    mill.editor.release()
    assert mill.told(mill.tariff)[-1] == (3, ["status-unknown"])


@pytest.mark.parametrize("ends", ["short", "closed"])
def test_who_waits_for_a_text_that_is_read_no_more_waits_no_longer(mill: Mill, ends: str) -> None:
    mill.type(mill.text("Price reader"), 2)
    asked = mill.editor.ask("textDocument/hover", mill.at(mill.queue, 6, 22))
    if ends == "short":
        mill.type("# ADR-002: Short reader\n\n**Status**: Accepted\n\n## Context\n\nNone.\n", 3)
    else:
        mill.editor.tell("textDocument/didClose", {"textDocument": {"uri": mill.tariff.as_uri()}})
    assert mill.editor.answers(asked)


def test_a_document_that_is_closed_while_it_is_read_is_the_disks_again(mill: Mill) -> None:
    mill.type(mill.text("Price reader"))
    mill.editor.tell("textDocument/didClose", {"textDocument": {"uri": mill.tariff.as_uri()}})
    mill.editor.release()
    hover = mill.editor.now("textDocument/hover", mill.at(mill.queue, 6, 22))
    assert "Tariff reader" in hover["contents"]["value"]


def test_one_that_is_opened_anew_meanwhile_has_its_new_text(mill: Mill) -> None:
    mill.type(mill.text("Price reader"))
    mill.editor.tell("textDocument/didClose", {"textDocument": {"uri": mill.tariff.as_uri()}})
    mill.editor.open(mill.tariff, mill.text("Toll reader"))
    mill.editor.release()
    hover = mill.editor.now("textDocument/hover", mill.at(mill.queue, 6, 22))
    assert "Toll reader" in hover["contents"]["value"]


def test_who_pulls_diagnostics_gets_those_of_the_text_he_has(tmp_path: Path) -> None:
    mill = Mill(tmp_path, textDocument={"diagnostic": {}})
    mill.type(mill.text(status="Acepted"))
    asked = mill.editor.ask("textDocument/diagnostic", {"textDocument": {"uri": mill.tariff.as_uri()}})
    mill.editor.rest(5)
    assert mill.editor.answers(asked) == []
    mill.editor.release()
    assert [found["code"] for found in mill.editor.result(asked)["items"]] == ["status-unknown"]


def test_nobody_gets_the_diagnostics_of_the_text_before(tmp_path: Path) -> None:
    mill = Mill(tmp_path, textDocument={"diagnostic": {}})
    mill.type(mill.text(status="Acepted"))
    asked = mill.editor.ask("textDocument/diagnostic", {"textDocument": {"uri": mill.tariff.as_uri()}})
    mill.editor.rest(31)
    assert mill.editor.result(asked)["message"] == "the document is still being read"


def test_typing_elsewhere_meanwhile_is_kept(mill: Mill) -> None:
    mill.type(mill.text("Price reader"))
    mill.editor.change(mill.queue, "# ADR-001: Mill queue\n\n**Status**: Acepted\n\n## Context\n\nSee ADR-002.\n")
    mill.editor.release()
    assert mill.editor.codes(mill.queue) == ["status-unknown"]
    hover = mill.editor.now("textDocument/hover", mill.at(mill.queue, 6, 6))
    assert "Price reader" in hover["contents"]["value"]


def test_a_text_that_cannot_be_read_is_told_and_the_others_go_on(mill: Mill, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("adr_ls.lsp.snapshot._taking", fail)
    mill.type(mill.text("Price reader"))
    mill.editor.release_last()
    monkeypatch.undo()
    mill.editor.release()
    assert mill.editor.codes(mill.queue) == []
    assert "Price reader" in mill.editor.now("textDocument/hover", mill.at(mill.queue, 6, 22))["contents"]["value"]


def test_a_long_guide_that_is_opened_before_the_records_are_known_is_judged_once_they_are(tmp_path: Path) -> None:
    root = lay(tmp_path, LOG + "\n-- guides/run.md --\n# Run\n\nAs ADR-001 says.\n")
    editor = Editor(root, holds=True)
    guide = root / "guides/run.md"
    editor.open(guide, f"# Run\n\nAs [decided](../docs/adr/009-gone.md).\n{MUCH}")
    editor.release_last()
    editor.release()
    assert editor.codes(guide) == ["link-broken"]


RUNS = ["\n#", "ADR-1 ", "\n1.", "a:\n", "\n|", "[x](002-tariff-reader.md) "]
NOTICED = 0.2
"""Seconds of the processor after which people notice that a server does not answer."""


@pytest.mark.parametrize(("run", "kind"), [*((run, "push") for run in (RUNS if EVERYTHING else RUNS[::2])), ("\n#", "pull")])
def test_however_long_a_text_takes_the_loop_is_there_for_others(run: str, kind: str, tmp_path: Path) -> None:
    timed = Timed()
    editor = Editor(lay(tmp_path, LOG), timed=timed, **({"textDocument": {"diagnostic": {}}} if kind == "pull" else {}))
    path = tmp_path / "docs/adr/002-tariff-reader.md"
    uri = {"textDocument": {"uri": editor.open(path)}}
    editor.rest()
    begun, timed.seconds = time.thread_time(), 0.0
    editor.change(path, f"# ADR-002: Tariff reader\n\n**Status**: Accepted\n\n{run * (32_768 // len(run))}\n")
    if kind == "pull":
        editor.now("textDocument/diagnostic", uri)
    editor.rest()
    beside = timed.seconds
    on_the_loop = time.thread_time() - begun - beside
    # There are several calls, with others between them; on a slow machine reading, which is done beside, is a measure for it
    assert on_the_loop < max(NOTICED, beside / 2)
