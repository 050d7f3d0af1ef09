"""The core of the server without a disk and without threads: both are ports, and here are others behind them."""

from __future__ import annotations

import builtins
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.memory import Forgiving, Memory
from tests.lsp.timeless import Editor

ROOT = Path("/nowhere/mill")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the files in memory have POSIX paths")
FILES = {
    "docs/adr/001-queue.md": "# ADR-001: Mill queue\n\n**Status**: Acepted\n\n## Context\n\nIt goes on from ADR-002.\n",
    "docs/adr/002-tariff.md": "# ADR-002: Tariff reader\n\n**Status**: Accepted\n\n## Context\n\nIt is read at night.\n",
    "docs/adr/README.md": "# Decisions\n\n- [ADR-001: Mill queue](001-queue.md)\n- [ADR-002: Tariff reader](002-tariff.md)\n",
}


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """The files, on a machine without threads, and whose disk is asked for none of them."""
    past: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **how: Any) -> Any:
            past.extend(f"{name} {one}" for one in args if str(one).startswith(str(ROOT)))
            return real(*args, **how)

        return ask

    monkeypatch.setattr(threading.Thread, "start", lambda thread: past.append(f"started {thread.name}"))
    for module, names in ((os, ("open", "scandir", "stat", "lstat", "listdir")), (builtins, ("open",))):
        for name in names:
            monkeypatch.setattr(module, name, watched(name, getattr(module, name)))
    yield Memory({(ROOT / path).as_posix(): text for path, text in FILES.items()})
    assert not past


def test_the_server_needs_neither_a_disk_nor_threads(memory: Memory) -> None:
    editor = Editor(ROOT, system=memory)
    queue, tariff = ROOT / "docs/adr/001-queue.md", ROOT / "docs/adr/002-tariff.md"
    assert editor.codes(queue) == ["status-unknown"]
    uri = editor.open(queue, FILES["docs/adr/001-queue.md"])
    place = {"textDocument": {"uri": uri}, "position": {"line": 6, "character": 18}}
    assert "Tariff reader" in editor.now("textDocument/hover", place)["contents"]["value"]
    assert editor.now("textDocument/definition", place)[0]["uri"] == tariff.as_uri()
    assert len(editor.now("textDocument/references", {**place, "context": {"includeDeclaration": False}})) == 2
    title = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 12}}
    renamed = editor.now("textDocument/rename", {**title, "newName": "Mill line"})
    assert set(renamed["changes"]) == {uri, (ROOT / "docs/adr/README.md").as_uri()}


def test_the_time_of_a_thread_is_not_asked_for_where_there_is_none(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("time.thread_time")
    editor = Editor(ROOT, system=memory)
    queue = ROOT / "docs/adr/001-queue.md"
    editor.open(queue, FILES["docs/adr/001-queue.md"])
    editor.rest()
    assert editor.codes(queue) == ["status-unknown"]
    editor.change(queue, FILES["docs/adr/001-queue.md"].replace("Acepted", "Accepted"))
    assert editor.codes(queue) == []


def test_what_changes_behind_the_port_is_seen(memory: Memory) -> None:
    editor = Editor(ROOT, system=memory, watches=False)
    queue = ROOT / "docs/adr/001-queue.md"
    assert editor.codes(queue) == ["status-unknown"]
    memory.texts[queue.as_posix()] = FILES["docs/adr/001-queue.md"].replace("Acepted", "Accepted")
    editor.rest(6)
    assert editor.codes(queue) == []


@pytest.mark.parametrize(
    ("there", "asked"),
    [
        ("docs/adr/001-queue.md", "docs/ADR/001-Queue.md"),
        ("docs/adr/001-caf\u00e9.md", "docs/adr/001-cafe\u0301.md"),
        ("docs/adr/001-\u00c9t\u00e9.md", "docs/adr/001-e\u0301te\u0301.MD"),
    ],
)
def test_a_file_that_is_opened_under_another_spelling_is_that_file(memory: Memory, there: str, asked: str) -> None:
    renamed = {path.replace("docs/adr/001-queue.md", there): text for path, text in FILES.items()}
    index = (ROOT / "docs/adr/README.md").as_posix()
    system = Forgiving({(ROOT / path).as_posix(): text for path, text in renamed.items()})
    system.texts[index] = system.texts[index].replace("001-queue.md", Path(there).name)
    text = renamed[there]
    editor = Editor(ROOT, system=system)
    uri = editor.open(ROOT / asked, text)
    assert editor.codes(ROOT / asked) == ["status-unknown"], "and not that there are two with its number"
    place = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 4}}
    found = editor.now("textDocument/references", {**place, "context": {"includeDeclaration": True}})
    assert {one["uri"] for one in found} == {uri, Path(index).as_uri()}, "as the client spells it"
    title = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 12}}
    assert set(editor.now("textDocument/rename", {**title, "newName": "Mill line"})["changes"]) == {uri, Path(index).as_uri()}
    editor.change(ROOT / asked, text.replace("Acepted", "Accepted"))
    editor.rest(1)
    assert editor.codes(ROOT / asked) == []
    assert len(editor.now("workspace/symbol", {"query": "001"})) == 1
    editor.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    editor.rest(3)
    assert editor.codes(ROOT / there) == ["status-unknown"], "the disk holds again"
