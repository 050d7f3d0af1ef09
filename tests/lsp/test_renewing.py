"""What was told of an open file is asked for anew when another file has changed it, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adr_ls.lsp.handlers import showing
from tests.lsp.timeless import Editor, lay

FILES = """
-- docs/adr/0001-a.md --
# 1. A

Before ADR-2.
-- docs/adr/0002-b.md --
# 2. B

After ADR-1.
-- docs/adr/README.md --
- [1. A](0001-a.md)
- [2. B](0002-b.md)
-- adr-ls.toml --
title-hints = true
"""
ABLE: dict[str, Any] = {"textDocument": {"codeLens": {}, "inlayHint": {}}}
RENEWED: dict[str, Any] = {"codeLens": {"refreshSupport": True}, "inlayHint": {"refreshSupport": True}}


def shown(editor: Editor, path: Path) -> tuple[list[str], list[str]]:
    """The titles of a file's lenses, and the words of its hints."""
    item = {"textDocument": {"uri": path.as_uri()}}
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    lenses = editor.now("textDocument/codeLens", item)
    hints = editor.now("textDocument/inlayHint", {**item, "range": everything})
    return [lens["command"]["title"] for lens in lenses], [hint["label"] for hint in hints]


def asked(editor: Editor) -> tuple[int, int]:
    """How often the client was made to ask anew, for lenses and for hints."""
    return len(editor.told("workspace/codeLens/refresh")), len(editor.told("workspace/inlayHint/refresh"))


def opened(tmp_path: Path, **able: Any) -> tuple[Editor, Path, Path]:
    first, second = (lay(tmp_path, FILES) / "docs/adr" / name for name in ("0001-a.md", "0002-b.md"))
    editor = Editor(tmp_path, **{**ABLE, **able})
    editor.open(first)
    editor.open(second)
    assert shown(editor, first) == (["referenced by 1 record and 1 page"], ["B"])
    return editor, first, second


def test_what_another_file_changes_is_asked_for_anew(tmp_path: Path) -> None:
    editor, first, second = opened(tmp_path, workspace=RENEWED)
    editor.change(second, "# 2. B\n\nAfter all, ADR-1.\n")
    editor.rest(2)
    assert asked(editor) == (0, 0)  # the same refers to the same
    editor.change(second, "# 2. Bees\n\nAfter none.\n", 3)
    editor.rest(2)
    assert asked(editor) == (1, 1)
    assert shown(editor, first) == (["referenced by 1 page"], ["Bees"])
    editor.rest(2)
    assert asked(editor) == (1, 1)


def test_what_is_shown_beyond_the_protocol_is_asked_for_anew_with_one_request(tmp_path: Path) -> None:
    editor, first, second = opened(tmp_path, experimental={"adrLs": {"refresh": True}})
    index = tmp_path / "docs/adr/README.md"
    editor.open(index)
    for method, path in (("record", first), ("mentions", first), ("index", index)):
        editor.now(f"adr-ls/{method}", {"textDocument": {"uri": path.as_uri()}})
    editor.change(second, "# 2. B\n\nOther words.\n")
    editor.rest(2)
    assert editor.told("adr-ls/refresh") == []
    (tmp_path / "docs/adr/0003-c.md").write_text("# 3. C\n", "utf-8")
    editor.tell(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": (tmp_path / "docs/adr/0003-c.md").as_uri(), "type": 1}]}
    )
    editor.rest(3)
    assert editor.told("adr-ls/refresh") == [None]
    assert editor.now("adr-ls/index", {"textDocument": {"uri": index.as_uri()}})["missing"] == 1


def test_what_the_own_text_changes_clients_ask_for_by_themselves(tmp_path: Path) -> None:
    editor, first, _ = opened(tmp_path, workspace=RENEWED)
    editor.change(first, "# 1. A\n")
    editor.rest(2)
    assert asked(editor) == (0, 0)


def test_what_the_disk_changes_is_asked_for_anew(tmp_path: Path) -> None:
    editor, _, _ = opened(tmp_path, workspace=RENEWED)
    (tmp_path / "docs/adr/0003-c.md").write_text("# 3. C\n\nADR-1\n", "utf-8")
    editor.tell(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": (tmp_path / "docs/adr/0003-c.md").as_uri(), "type": 1}]}
    )
    editor.rest(3)
    assert asked(editor) == (1, 0)


def test_hints_that_are_no_longer_wanted_are_asked_for_anew(tmp_path: Path) -> None:
    editor, first, _ = opened(tmp_path, workspace=RENEWED)
    editor.tell("workspace/didChangeConfiguration", {"settings": {"adr-ls": {"titleHints": False}}})
    editor.rest(3)
    assert asked(editor) == (0, 1)
    assert shown(editor, first) == (["referenced by 1 record and 1 page"], [])


def test_clients_that_cannot_are_not_asked_to(tmp_path: Path) -> None:
    editor, _, second = opened(tmp_path)
    editor.change(second, "# 2. Bees\n")
    editor.rest(2)
    assert asked(editor) == (0, 0)


def test_lenses_right_after_opening_are_complete(tmp_path: Path) -> None:
    path = lay(tmp_path, FILES) / "docs/adr/0001-a.md"
    editor = Editor(tmp_path, holds=True, **ABLE)
    editor.open(path)
    waiting = editor.ask("textDocument/codeLens", {"textDocument": {"uri": path.as_uri()}})
    assert not editor.answers(waiting)
    editor.release()
    assert [lens["command"]["title"] for lens in editor.result(waiting)] == ["referenced by 1 record and 1 page"]


def test_a_lens_can_be_chosen_in_any_editor(tmp_path: Path) -> None:
    editor, first, second = opened(tmp_path, window={"showDocument": {"support": True}})
    (lens,) = editor.now("textDocument/codeLens", {"textDocument": {"uri": second.as_uri()}})
    assert lens["command"]["command"] == showing.REFERENCES
    editor.now("workspace/executeCommand", lens["command"])
    (question,) = editor.told("window/showMessageRequest")
    assert [action["title"] for action in question["actions"]] == ["ADR-0001: A", "README.md"]
    (request,) = (message for message in editor.sent if message.get("method") == "window/showMessageRequest")
    editor.send({"jsonrpc": "2.0", "id": request["id"], "result": {"title": "ADR-0001: A"}})
    editor.now("workspace/executeCommand", {"command": showing.OPEN, "arguments": [{"uri": second.as_uri()}]})
    assert [(one["uri"], one["selection"]["start"]["line"]) for one in editor.told("window/showDocument")] == [
        (first.as_uri(), 2),
        (second.as_uri(), 0),
    ]


@pytest.mark.parametrize("command", [showing.OPEN, showing.REFERENCES])
def test_what_cannot_be_shown_says_why(tmp_path: Path, command: str) -> None:
    editor, first, _ = opened(tmp_path)
    answer = editor.now("workspace/executeCommand", {"command": command, "arguments": ["file:///nowhere.md"]})
    assert answer["message"] == "This file is no ADR."
    if command == showing.OPEN:
        answer = editor.now("workspace/executeCommand", {"command": command, "arguments": [first.as_uri()]})
        assert answer["message"] == "This editor does not let others show a file."


def test_the_list_of_all_records_is_asked_for_anew_when_any_changes(tmp_path: Path) -> None:
    first, second = (lay(tmp_path, FILES) / "docs/adr" / name for name in ("0001-a.md", "0002-b.md"))
    editor = Editor(tmp_path, experimental={"adrLs": {"refresh": True}})
    (log,) = editor.now("adr-ls/records", {})["logs"]
    assert [(one["uri"], one["id"], one["title"], one["status"]) for one in log["records"]] == [
        (first.as_uri(), "ADR-0001", "A", None),
        (second.as_uri(), "ADR-0002", "B", None),
    ]
    assert (log["folder"], log["name"], log["uri"]) == (tmp_path.as_uri(), "docs/adr", first.parent.as_uri())
    editor.open(second)
    editor.change(second, "# 2. B\n\nOther words.\n")
    editor.rest(2)
    assert editor.told("adr-ls/refresh") == []  # nothing that a list shows
    editor.change(second, "# 2. B\n\nStatus: Proposed\nDate: 2020-01-01\n", 3)
    editor.rest(2)
    assert editor.told("adr-ls/refresh") == [None]
    found = editor.now("adr-ls/records", {})
    assert found["attention"] == [second.as_uri()]
    assert found["logs"][0]["records"][1]["attention"][0]["kind"] == "proposed"


@pytest.mark.parametrize("pulls", [False, True])
def test_errors_are_told_in_the_list_once_they_are_known(tmp_path: Path, *, pulls: bool) -> None:
    second = lay(tmp_path, FILES) / "docs/adr/0002-b.md"
    pulling: dict[str, Any] = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    editor = Editor(tmp_path, experimental={"adrLs": {"refresh": True}}, **(pulling if pulls else {}))
    editor.open(second)
    assert editor.now("adr-ls/records", {})["attention"] == []
    editor.change(second, "# 2. B\n\n<<<<<<< ours\nAfter ADR-1.\n\n=======\n\nBefore.\n>>>>>>> theirs\n")
    editor.rest(2)
    if pulls:  # nothing is known before
        assert editor.told("adr-ls/refresh") == []
        editor.now("textDocument/diagnostic", {"textDocument": {"uri": second.as_uri()}})
        editor.rest(2)
    assert editor.told("adr-ls/refresh") == [None]
    (log,) = editor.now("adr-ls/records", {})["logs"]
    assert [reason["reason"] for one in log["records"] for reason in one["attention"]] == ["1 error"]


def test_the_list_of_a_folder_that_is_still_being_read_is_whole(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    editor = Editor(tmp_path, holds=True)
    asked = editor.ask("adr-ls/records", {})
    editor.release()
    (answer,) = [message for message in editor.sent if message.get("id") == asked]
    assert [len(log["records"]) for log in answer["result"]["logs"]] == [2]
