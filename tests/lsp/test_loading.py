"""When the disk is read again: at once for the file or two that somebody changed, and once a program that changes many is done."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from adr_ls.io.files import Stamp
from tests.lsp import logs
from tests.lsp.editor import Disk, at_rest
from tests.lsp.editor import Editor as Window
from tests.lsp.memory import Memory
from tests.lsp.timeless import Editor

ROOT = Path("/nowhere/mill")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the files in memory have POSIX paths")
RECORD = "# {0}. Mill {0}\n\n## Status\n\nAccepted\n\n## Context\n\nSee [9](0009-gone.md).\n"


def path(number: int) -> Path:
    return ROOT / f"docs/adr/{number:04}-mill.md"


def begun(*, holds: bool = False) -> tuple[Memory, Editor]:
    memory = Memory({path(number).as_posix(): RECORD.format(number) for number in (1, 2)})
    return memory, Editor(ROOT, holds=holds, system=memory)


def make(memory: Memory, editor: Editor, *numbers: int) -> None:
    """Makes records, of which the editor tells at once."""
    for number in numbers:
        memory.texts[path(number).as_posix()] = RECORD.format(number)
    changes = [{"uri": path(number).as_uri(), "type": 1} for number in numbers]
    editor.tell("workspace/didChangeWatchedFiles", {"changes": changes})


def known(editor: Editor) -> set[str]:
    """The records of which problems were told, by the ends of their names."""
    return {one["uri"][-12:-8] for one in editor.told("textDocument/publishDiagnostics") if one["diagnostics"]}


def test_a_file_that_somebody_made_is_read_at_once() -> None:
    memory, editor = begun()
    make(memory, editor, 3)
    assert known(editor) == {"0001", "0002", "0003"}


def test_a_program_that_changes_many_files_is_waited_for_whatever_else_is_told_meanwhile() -> None:
    memory, editor = begun()
    make(memory, editor, 3, 4, 5, 6)
    make(memory, editor, 7)
    assert known(editor) == {"0001", "0002"}
    editor.rest()
    assert known(editor) == {f"{number:04}" for number in range(1, 8)}


def test_a_file_that_somebody_wrote_is_read_though_it_has_the_time_and_the_size_that_it_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Memory, "stamp", lambda memory, path: Stamp(0, 0, 0) if path.as_posix() in memory.texts else None)
    memory, editor = begun()
    memory.texts[path(1).as_posix()] = RECORD.format(1).replace("[9](0009-gone.md)", "nothing here")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": path(1).as_uri(), "type": 2}]})
    editor.rest()
    (last,) = [one for one in editor.told("textDocument/publishDiagnostics") if one["uri"] == path(1).as_uri()][-1:]
    assert not [one for one in last["diagnostics"] if one["code"] == "link-broken"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets not everybody make links")
def test_a_link_out_of_the_folder_is_told_of_by_a_server_that_has_to_look_for_itself(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(RECORD.format(3), "utf-8")
    files = {f"docs/adr/000{number}-mill.md": RECORD.format(number).encode() for number in (1, 2)}
    with Window(Disk(tmp_path / "inside", files), watches=False) as window:
        at_rest(window)
        (tmp_path / "inside/docs/adr/0003-mill.md").symlink_to(tmp_path / "outside.md")
        window._unseen = True
        at_rest(window)
        assert [one["code"] for one in window.diagnostics()["docs/adr/0003-mill.md"]] == ["unusable"]


@pytest.mark.parametrize("answer", [{"result": None}, {"error": {"code": -32601, "message": "no"}}], ids=["yes", "no"])
@pytest.mark.parametrize("seconds", [1, 30])
def test_the_disk_is_looked_at_only_where_the_editor_does_not_tell_of_changes(answer: dict[str, object], seconds: int) -> None:
    """However late it answers; what changed before it does is found either way."""
    memory = Memory({path(number).as_posix(): RECORD.format(number) for number in (1, 2)})
    editor = Editor(ROOT, system=memory, answers=False)
    editor.rest(seconds)
    memory.texts[path(3).as_posix()] = RECORD.format(3)
    (asked,) = [one for one in editor.sent if one.get("method") == "client/registerCapability"]
    editor.send({"jsonrpc": "2.0", "id": asked["id"], **answer})
    editor.rest(30)
    looked = memory.walks
    editor.rest(30)
    assert (memory.walks == looked) == ("result" in answer)
    assert known(editor) == {"0001", "0002", "0003"} or (seconds == 1 and "result" in answer)


def test_settings_count_however_late_the_editor_tells_them() -> None:
    memory = Memory({path(number).as_posix(): RECORD.format(number) for number in (1, 2)})
    editor = Editor(ROOT, system=memory, workspace={"configuration": True})
    editor.rest(30)
    assert editor.codes(path(1))
    (asked,) = (one for one in editor.sent if one.get("method") == "workspace/configuration")
    levels = dict.fromkeys(editor.codes(path(1)), "off")
    editor.send({"jsonrpc": "2.0", "id": asked["id"], "result": [{"rules": levels}]})
    editor.rest()
    assert editor.codes(path(1)) == []


def test_what_somebody_waits_for_is_read_before_all_is_checked_as_it_was() -> None:
    memory, editor = begun(holds=True)
    editor.release_last()  # reads
    editor.release_first()  # works out what follows, after which all is to be checked
    make(memory, editor, 3)
    editor.release_first()  # imports the rest
    editor.release_first()  # begins to check
    assert known(editor) == set()
    editor.release()
    assert known(editor) == {"0001", "0002", "0003"}


class Slow:
    """A clock by which everything takes two seconds of the processor."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 2.0
        return self.seconds


def typed(memory: Memory, editor: Editor, version: int) -> None:
    """Types a letter in the title of a record, which concerns the others."""
    text = memory.texts[path(1).as_posix()].replace("Mill 1", f"Mill 1{'x' * version}")
    identifier = {"uri": path(1).as_uri(), "version": version}
    editor.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})


@pytest.mark.parametrize("is_waited_for", [False, True])
def test_where_reading_takes_long_it_is_not_begun_in_each_pause_between_two_letters(
    monkeypatch: pytest.MonkeyPatch, *, is_waited_for: bool
) -> None:
    memory, editor = begun()
    monkeypatch.setattr("adr_ls.lsp.loading.worked", Slow())
    readings: list[object] = []
    monkeypatch.setattr("adr_ls.lsp.loading._log", logging.getLogger("readings"))
    monkeypatch.setattr("adr_ls.lsp.loading._log.info", lambda *told: readings.append(told))
    for file in (path(1), path(2)):
        item = {"uri": file.as_uri(), "languageId": "markdown", "version": 1, "text": memory.texts[file.as_posix()]}
        editor.tell("textDocument/didOpen", {"textDocument": item})
    typed(memory, editor, 2)
    editor.rest(5)
    assert len(readings) == 1
    for version in (3, 4, 5):
        typed(memory, editor, version)
        editor.rest(0.5)
    for version in (2, 3, 4):  # elsewhere, which concerns nobody
        identifier, text = {"uri": path(2).as_uri(), "version": version}, memory.texts[path(2).as_posix()]
        content = [{"text": text.replace("See", "See, ")}]
        editor.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": content})
        editor.rest(0.5)
    assert len(readings) == 1
    if is_waited_for:
        editor.ask("workspace/executeCommand", {"command": "adr-ls.updateIndex"})
    editor.rest(0.4)
    assert len(readings) == (2 if is_waited_for else 1)
    editor.rest(0.4)
    assert len(readings) == 2


def test_what_is_opened_during_the_first_reading_concerns_others_as_what_is_opened_later() -> None:
    # A record of another log that has the text of this one is a copy; one that says something else shows how records are written here
    texts = {(ROOT / path).as_posix(): text for path, text in logs.MADR.items()}
    one, other = ROOT / "docs/decisions/0001-mill-queue.md", ROOT / "docs/adr/001-x.md"
    text = texts[other.as_posix()] = texts[one.as_posix()]
    editor = Editor(ROOT, holds=True, system=Memory(texts))
    editor.open(other, text.replace("pile up", "heap up"))
    editor.release()
    editor.release()
    assert "section-missing" not in editor.codes(one)


@pytest.mark.parametrize("spoil", ["bytes", "link"])
def test_a_file_that_cannot_be_read_is_left_out_only_while_it_is_not_open(tmp_path: Path, spoil: str) -> None:
    root, outside = tmp_path / "mill", tmp_path / "outside.md"
    record = root / "docs/adr/0002-mill.md"
    record.parent.mkdir(parents=True)
    (record.parent / "0001-mill.md").write_text(RECORD.format(1), "utf-8")
    outside.write_text(RECORD.format(2), "utf-8")
    if spoil == "bytes":
        record.write_bytes(b"\xff\xfe\0")
    else:
        record.symlink_to(outside)
    editor = Editor(root)
    assert editor.codes(record) == ["unusable"]
    uri = editor.open(record, "# 2. Mill 2\n\n## Status\n\nAcepted\n\n## Context\n\nMills.\n")
    editor.rest()
    assert editor.codes(record) == ["status-unknown"]
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    editor.rest()
    assert editor.codes(record) == ["status-unknown"]
    editor.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    editor.rest()
    assert editor.codes(record) == ["unusable"]


def test_a_record_that_cannot_be_read_is_there_all_the_same(tmp_path: Path) -> None:
    """Its name tells its number, which others may name; what is in no file is unknown as before."""
    first, second = (tmp_path / f"docs/adr/000{number}-mill.md" for number in (1, 2))
    first.parent.mkdir(parents=True)
    first.write_text("# 1. Mill\n\n## Status\n\nAccepted\n\n## Context\n\nSee ADR-0002 and ADR-0003.\n", "utf-8")
    second.write_bytes("# 2. Mühle\n".encode("latin-1"))
    editor = Editor(tmp_path)
    editor.rest()
    (told,) = [one for one in editor.told("textDocument/publishDiagnostics") if one["uri"] == first.as_uri()][-1:]
    unknown = [one["message"] for one in told["diagnostics"] if one["code"] == "reference-unknown"]
    assert [message[:20] for message in unknown] == ["There is no ADR-0003"]
    editor.open(first)
    place = {"textDocument": {"uri": first.as_uri()}, "position": {"line": 8, "character": 6}}
    found = editor.now("textDocument/definition", place)
    assert second.as_uri() in str(found)


def test_a_text_that_was_looked_at_and_is_no_record_is_followed_while_it_is_typed_in() -> None:
    memory, editor = begun()
    note = ROOT / "notes/001-note.md"
    memory.texts[note.as_posix()] = "# Note\n\n## Milk\n"
    uri = editor.open(note, memory.texts[note.as_posix()])
    make(memory, editor, 3)
    editor.rest()
    editor.change(note, "# Note\n\n## Bread\n")
    told = editor.now("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [one["name"] for one in told] == ["Note", "Bread"]


INDEX = ROOT / "docs/adr/README.md"
LISTING = "# Decisions\n\n* [1. Mill 1](0001-mill.md)\n* [2. Mill 2](0002-mill.md)\n"


@pytest.mark.parametrize(
    ("at", "old", "new"),
    [
        (INDEX, "[1. Mill 1]", "The first is [1. Mill 1]"),  # nothing that tells what a file is
        (INDEX, "* [2. Mill 2](0002-mill.md)\n", ""),
        (path(1), "Mill 1", "The first mill"),
        (path(1), "## Status\n\nAccepted\n\n", ""),
    ],
)
def test_a_pause_in_typing_does_not_look_at_the_disk(monkeypatch: pytest.MonkeyPatch, at: Path, old: str, new: str) -> None:
    memory = Memory({INDEX.as_posix(): LISTING, **{path(number).as_posix(): RECORD.format(number) for number in (1, 2)}})
    editor = Editor(ROOT, system=memory)
    text = memory.texts[at.as_posix()]
    editor.tell(
        "textDocument/didOpen", {"textDocument": {"uri": at.as_uri(), "languageId": "markdown", "version": 1, "text": text}}
    )
    editor.rest()
    looked: list[str] = []

    def noted(method: str) -> None:
        ask = getattr(memory, method)
        monkeypatch.setattr(memory, method, lambda *on, **how: looked.append(method) or ask(*on, **how))

    for method in ("walk", "stamp", "read"):
        noted(method)
    version = {"uri": at.as_uri(), "version": 2}
    editor.tell("textDocument/didChange", {"textDocument": version, "contentChanges": [{"text": text.replace(old, new)}]})
    editor.rest()
    assert "walk" not in looked
    assert looked.count("stamp") == looked.count("read")  # of each file that a rule reads, and no other
