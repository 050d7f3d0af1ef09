"""What is asked before enough is known waits, and what has been known all along is not looked for again."""

from __future__ import annotations

import random
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from adr_ls import rules
from adr_ls.io import disk
from adr_ls.lsp import dating
from tests.lsp.timeless import Editor, lay
from tests.protocol.client import notification, request

LOG = """
-- docs/adr/001-mill-queue.md --
# ADR-001: Mill queue

**Status**: Accepted

## Context

Orders pile up.

-- docs/adr/002-tariff-reader.md --
# ADR-002: Tariff reader

**Status**: Proposed

## Context

It goes on from ADR-001, and from ADR-0

-- docs/adr/003-night-export.md --
# ADR-003: Night export

**Status**: Accepted

## Context

It goes on from ADR-002 and [the first](001-mill-queue.md).

-- docs/adr/README.md --
# Decisions

- [ADR-001: Mill queue](001-mill-queue.md)
- [ADR-002: Tariff reader](002-tariff-reader.md)

-- docs/adr/template.md --
# ADR-NNN: Title

**Status**: Proposed

## Context

What is the issue that we see, and what moves us to decide?

-- docs/guide.md --
# Guide

Read [the reader](adr/002-tariff-reader.md).
"""
ABLE = {
    "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
    "applyEdit": True,
}
TITLE, REFERENCE, TYPED = {"line": 0, "character": 5}, {"line": 6, "character": 19}, {"line": 6, "character": 39}
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 7, "character": 0}}
LOOKS: dict[str, dict[str, Any]] = {
    "textDocument/hover": {"position": REFERENCE},
    "textDocument/definition": {"position": REFERENCE},
    "textDocument/completion": {"position": TYPED},
    "textDocument/references": {"position": TITLE, "context": {"includeDeclaration": False}},
    "textDocument/documentHighlight": {"position": REFERENCE},
    "textDocument/documentLink": {},
    "textDocument/documentSymbol": {},
    "textDocument/codeAction": {"range": ALL, "context": {"diagnostics": []}},
    "workspace/symbol": {"query": "night"},
    "adr-ls/record": {},
    "adr-ls/successors": {},
    "adr-ls/mentions": {},
    "adr-ls/graph": {},
}
MAKING = "adr-ls.newRecord"
EDITS: dict[str, dict[str, Any]] = {
    "textDocument/prepareRename": {"position": TITLE},
    "textDocument/rename": {"position": TITLE, "newName": "012"},
    "workspace/willRenameFiles": {"files": [["docs/adr/002-tariff-reader.md", "docs/adr/002-tariffs.md"]]},
    "workspace/willRenameFiles a folder": {"files": [["docs/adr", "docs/decisions"]]},
    "adr-ls.updateIndex": {"arguments": []},
    MAKING: {"arguments": [{"title": "Short tokens"}]},
    "adr-ls.setStatus": {"arguments": [{"uri": "docs/adr/001-mill-queue.md", "status": "Proposed"}]},
    "adr-ls.fixAll": {"arguments": ["docs/adr/README.md"]},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "repository", LOG)


def asked(root: Path, name: str, params: dict[str, Any]) -> tuple[str, Any]:
    """The method and parameters of a row of the tables above, for the second record of a copy of the log."""

    def uri(path: Any) -> Any:
        return (root / path).as_uri() if isinstance(path, str) and path.startswith("docs") else path

    method = name.split(maxsplit=1)[0]
    if method.startswith("adr-ls."):
        given = [{k: uri(v) for k, v in one.items()} if isinstance(one, dict) else uri(one) for one in params["arguments"]]
        return "workspace/executeCommand", {"command": method, "arguments": given}
    if "files" in params:
        return method, {"files": [{"oldUri": uri(old), "newUri": uri(new)} for old, new in params["files"]]}
    return method, {"textDocument": {"uri": uri("docs/adr/002-tariff-reader.md")}, **params}


@pytest.fixture
def early(root: Path) -> Editor:
    """An editor that has just opened a record, and the server has read nothing yet."""
    editor = Editor(root, holds=True, workspace=ABLE)
    editor.open(root / "docs/adr/002-tariff-reader.md")
    return editor


@pytest.mark.parametrize("name", [*LOOKS, *EDITS])
def test_what_is_asked_early_is_answered_as_if_it_were_asked_later(early: Editor, root: Path, name: str) -> None:
    method, params = asked(root, name, {**LOOKS, **EDITS}[name])
    waiting = early.ask(method, params)
    assert not early.answers(waiting)
    early.release()
    answer = early.result(waiting)
    assert answer or name == "adr-ls.setStatus"
    if name == MAKING:  # once it is there, it is not made again
        assert answer["number"] == 4
        assert (root / "docs/adr/004-short-tokens.md").is_file()
        return
    assert answer == early.now(method, params) or name == "workspace/willRenameFiles"
    applied = early.told("workspace/applyEdit")
    assert len(applied) == (2 if method == "workspace/executeCommand" and answer != {"edits": 0} else 0)
    assert not applied or applied[0] == applied[1]


def edited(answer: Any, root: Path) -> set[str]:
    """The files whose texts an edit changes, from the root."""
    return {
        Path(change["textDocument"]["uri"].removeprefix(root.as_uri() + "/")).as_posix()
        for change in answer["documentChanges"]
        if "textDocument" in change
    }


@pytest.mark.parametrize(
    ("name", "files"),
    [
        (
            "textDocument/rename",
            {"docs/adr/002-tariff-reader.md", "docs/adr/003-night-export.md", "docs/adr/README.md", "docs/guide.md"},
        ),
        ("workspace/willRenameFiles", {"docs/adr/README.md", "docs/guide.md"}),
        ("workspace/willRenameFiles a folder", {"docs/guide.md"}),
    ],
)
def test_an_edit_that_is_asked_for_early_is_whole(early: Editor, root: Path, name: str, files: set[str]) -> None:
    waiting = early.ask(*asked(root, name, EDITS[name]))
    early.release()
    assert edited(early.result(waiting), root) == files


@pytest.mark.parametrize("name", [name for name in LOOKS if name != "textDocument/documentLink"])
def test_who_looks_is_answered_from_what_there_is_after_a_while(early: Editor, root: Path, name: str) -> None:
    waiting = early.ask(*asked(root, name, LOOKS[name]))
    early.rest(1.5)
    assert not early.answers(waiting)
    early.rest(1)
    (answer,) = early.answers(waiting)
    assert "error" not in answer


def test_links_are_waited_for_longer_since_editors_keep_them(early: Editor, root: Path) -> None:
    waiting = early.ask(*asked(root, "textDocument/documentLink", {}))
    early.rest(20)
    assert not early.answers(waiting)
    early.release()
    assert early.result(waiting)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_waits_in_vain_is_refused_in_words(early: Editor, root: Path, name: str) -> None:
    waiting = early.ask(*asked(root, name, EDITS[name]))
    early.rest(25)
    assert not early.answers(waiting)
    early.rest(10)
    message = "The records are still being read; try again in a moment."
    assert early.result(waiting) == {"code": -32803, "message": message}
    early.release()
    assert len(early.answers(waiting)) == 1
    assert not early.told("workspace/applyEdit")


def test_actions_on_other_files_are_not_offered_before_these_are_known(early: Editor, root: Path) -> None:
    found = early.now(*asked(root, "textDocument/codeAction", LOOKS["textDocument/codeAction"]))
    uris = {change["textDocument"]["uri"] for action in found for change in action["edit"]["documentChanges"]}
    assert uris <= {(root / "docs/adr/002-tariff-reader.md").as_uri()}


@pytest.mark.parametrize("name", [*LOOKS, *EDITS])
def test_what_waits_can_be_cancelled(early: Editor, root: Path, name: str) -> None:
    waiting = early.ask(*asked(root, name, {**LOOKS, **EDITS}[name]))
    early.send(notification("$/cancelRequest", {"id": waiting}))
    assert early.result(waiting)["code"] == -32800
    early.release()
    assert len(early.answers(waiting)) == 1
    assert not early.told("workspace/applyEdit")


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_meanwhile_each_request_is_answered_once(root: Path, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - tests are to repeat
    editor = Editor(root, holds=luck.random() < 0.8, workspace=ABLE)
    record = root / "docs/adr/002-tariff-reader.md"
    editor.open(record)
    sent: list[str] = []
    for version in range(2, 60):
        match luck.choice(["ask", "ask", "ask", "cancel", "change", "files", "rest", "release", "close"]):
            case "ask":
                name, params = luck.choice([*LOOKS.items(), *EDITS.items()])
                sent.append(editor.ask(*asked(root, name, params)))
            case "cancel" if sent:
                editor.send(notification("$/cancelRequest", {"id": luck.choice(sent)}))
            case "change":
                editor.change(record, f"# ADR-002: Tariffs {version}\n\nIt goes on from ADR-001, and from ADR-0\n", version)
            case "files":
                record.with_name(f"{100 + version}-x.md").write_text(f"# ADR-{100 + version}: X\n\nADR-002\n", "utf-8")
                editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": root.as_uri(), "type": 1}]})
            case "rest":
                editor.rest(luck.choice([0.1, 1, 3, 40]))
            case "release":
                editor.release()
            case "close":
                editor.tell("textDocument/didClose", {"textDocument": {"uri": record.as_uri()}})
                editor.open(record)
    editor.send(request("end", "shutdown"))
    assert [len(editor.answers(one)) for one in [*sent, "end"]] == [1] * (len(sent) + 1)
    codes = {answer["error"]["code"] for one in sent for answer in editor.answers(one) if "error" in answer}
    assert codes <= {-32800, -32801, -32803}


def test_what_was_asked_of_a_text_that_has_changed_is_not_answered(early: Editor, root: Path) -> None:
    waiting = [
        early.ask(*asked(root, name, {**LOOKS, **EDITS}[name])) for name in ("textDocument/hover", "textDocument/rename")
    ]
    early.change(root / "docs/adr/002-tariff-reader.md", "# ADR-002: Another\n")
    early.release()
    assert {early.result(one)["code"] for one in waiting} == {-32801}


def test_what_an_open_file_says_by_itself_is_answered_at_once(early: Editor, root: Path) -> None:
    method, params = asked(root, "textDocument/foldingRange", {})
    assert early.answers(early.ask(method, params))
    closed = early.ask(method, {"textDocument": {"uri": (root / "docs/adr/003-night-export.md").as_uri()}})
    assert not early.answers(closed)
    early.release()
    assert len(early.result(closed)) == 1


def test_a_folder_that_is_added_is_waited_for(early: Editor, root: Path, tmp_path: Path) -> None:
    early.release()
    other = lay(
        tmp_path / "other", LOG.replace("ADR-002 and", "[ADR-002](../../../repository/docs/adr/002-tariff-reader.md) and")
    )
    event = {"added": [{"uri": other.as_uri(), "name": "other"}], "removed": []}
    early.tell("workspace/didChangeWorkspaceFolders", {"event": event})
    waiting = early.ask(*asked(root, "textDocument/rename", EDITS["textDocument/rename"]))
    assert not early.answers(waiting)
    early.release()
    assert other.as_uri() + "/docs/adr/003-night-export.md" in str(early.result(waiting))


def test_a_file_without_a_folder_waits_for_those_beside_it(root: Path) -> None:
    editor = Editor(holds=True)
    editor.release()
    editor.open(root / "docs/adr/002-tariff-reader.md")
    waiting = editor.ask(*asked(root, "textDocument/hover", LOOKS["textDocument/hover"]))
    assert not editor.answers(waiting)
    editor.release()
    assert "Mill queue" in str(editor.result(waiting))


def test_an_edit_knows_the_disk_as_it_is(early: Editor, root: Path) -> None:
    early.release()
    lay(root, "-- docs/adr/004-build-banner.md --\n# ADR-004: Build banner\n\n**Status**: Accepted\n\nIt needs ADR-002.\n")
    early.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": root.as_uri(), "type": 1}]})
    waiting = early.ask(*asked(root, "textDocument/rename", EDITS["textDocument/rename"]))
    looking = early.ask(*asked(root, "textDocument/hover", LOOKS["textDocument/hover"]))
    early.rest(dating.PAUSE)
    assert early.answers(looking), "who looks need not wait, but for what git may add"
    early.release()
    assert "docs/adr/004-build-banner.md" in edited(early.result(waiting), root)


def test_what_cannot_be_read_is_not_waited_for(early: Editor, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(disk, "load", broken)
    hover, rename = (
        early.ask(*asked(root, name, {**LOOKS, **EDITS}[name])) for name in ("textDocument/hover", "textDocument/rename")
    )
    early.release()
    assert early.result(hover) is None or "contents" in early.result(hover)
    assert early.result(rename)["message"] == "The records could not be read; the server’s log says why."
    again = early.ask(*asked(root, "textDocument/rename", EDITS["textDocument/rename"]))
    assert early.result(again)["code"] == -32803


def test_the_server_needs_no_threads(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Thread, "start", lambda self: pytest.fail(f"{self.name} was started"))
    editor = Editor(root)
    editor.open(root / "docs/adr/002-tariff-reader.md")
    editor.rest()
    assert "not-in-index" in editor.codes(root / "docs/adr/003-night-export.md")
    assert "Mill queue" in str(editor.now(*asked(root, "textDocument/hover", LOOKS["textDocument/hover"])))
    shutil.rmtree(root / "docs/adr")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": root.as_uri(), "type": 3}]})
    editor.rest()
    assert editor.now("workspace/symbol", {"query": ""}) == []


def test_progress_counts_what_is_read(tmp_path: Path) -> None:
    for number in range(1, 251):
        lay(tmp_path, f"-- adr/{number:03}-x{number}.md --\n# ADR-{number:03}: X{number}\n\n**Status**: Accepted\n")
    editor = Editor(tmp_path, holds=True, window={"workDoneProgress": True})
    (created,) = (message for message in editor.sent if message.get("method") == "window/workDoneProgress/create")
    editor.send({"jsonrpc": "2.0", "id": created["id"], "result": None})
    editor.release()
    values = [params["value"] for params in editor.told("$/progress")]
    assert [(value["kind"], value.get("message"), value.get("percentage")) for value in values] == [
        ("begin", None, 0),
        ("report", "100 of 250 records", 40),
        ("report", "200 of 250 records", 80),
        ("end", "250 records", None),
    ]


@pytest.mark.parametrize("watches", [True, False])
def test_nothing_is_read_or_checked_where_nothing_has_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, watches: bool
) -> None:
    editor = Editor(root, watches=watches)
    record = root / "docs/adr/002-tariff-reader.md"
    editor.open(record)
    editor.rest(6)
    before = len(editor.sent)
    checked: list[str] = []
    read: list[int] = []
    check, load = rules.check_file, disk.load
    monkeypatch.setattr(rules, "check_file", lambda workspace, path: checked.append(path) or check(workspace, path))
    monkeypatch.setattr(disk, "load", lambda *args, **how: read.append(1) or load(*args, **how))
    editor.rest(20)
    assert not read, "a look at the disk reads no file"
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": record.as_uri(), "type": 2}]})
    editor.rest()
    assert len(read) == 1
    assert not checked
    assert len(editor.sent) == before
    (root / "docs/adr/004-build-banner.md").write_text("# ADR-004: Build banner\n\n**Status**: Acepted\n", "utf-8")
    if watches:
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": root.as_uri(), "type": 1}]})
    editor.rest(6)
    assert len(read) == 2
    assert "status-unknown" in editor.codes(root / "docs/adr/004-build-banner.md")


def test_a_file_that_is_gone_is_no_record_though_it_is_open(root: Path) -> None:
    gone, same = root / "docs/adr/003-night-export.md", root / "docs/adr/003-other.md"
    editor = Editor(root)
    uri = editor.open(gone)
    editor.rest()
    assert "index-missing-entry" in editor.codes(root / "docs/adr/README.md")
    gone.unlink()
    lay(root, "-- docs/adr/003-other.md --\n# ADR-003: Other\n\n**Status**: Accepted\n\n## Context\n\nX.\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}, {"uri": same.as_uri(), "type": 1}]})
    editor.rest()
    assert "duplicate-number" not in editor.codes(same)
    assert [one["name"] for one in editor.now("workspace/symbol", {"query": "ADR-003"})] == ["ADR-003: Other"]
    editor.change(gone, "# ADR-003: Typed on\n\nIt goes on from ADR-001.\n")
    editor.rest()
    assert "duplicate-number" not in editor.codes(same)
    hover = editor.now("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 18}})
    assert "Mill queue" in str(hover), "it is answered for like any other file"
    gone.write_text("# ADR-003: Typed on\n", "utf-8")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    editor.rest()
    assert "duplicate-number" in editor.codes(same), "it is there again"


def test_a_buffer_that_was_never_on_the_disk_is_a_record(root: Path) -> None:
    editor = Editor(root)
    editor.open(root / "docs/adr/003-new.md", "# ADR-003: New\n\n**Status**: Accepted\n")
    editor.rest()
    assert "duplicate-number" in editor.codes(root / "docs/adr/003-night-export.md")


@pytest.mark.parametrize("folder", [True, False])
def test_a_buffer_that_is_opened_while_the_disk_is_read_is_not_overlooked(root: Path, *, folder: bool) -> None:
    editor = Editor(*([root] if folder else []), holds=True)
    path = root / "docs/adr" / ("004-new.md" if folder else "002-tariff-reader.md")
    editor.open(path, "# ADR-004: New\n\n**Status**: Accepted\n\nIt needs ADR-001.\n")
    hover = editor.ask("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": {"line": 4, "character": 11}})
    editor.release()
    assert "Mill queue" in str(editor.result(hover))
    assert "Accepted" in str(editor.now("adr-ls/record", {"textDocument": {"uri": path.as_uri()}}))


def test_a_file_that_was_just_renamed_is_the_record_that_it_was(root: Path) -> None:
    editor = Editor(root)
    old, new = root / "docs/adr/003-night-export.md", root / "docs/adr/003-nightly.md"
    editor.open(old)
    old.rename(new)
    editor.tell("textDocument/didClose", {"textDocument": {"uri": old.as_uri()}})
    editor.open(new)  # and nobody has yet told that the disk has changed
    item = {"textDocument": {"uri": new.as_uri()}}
    links = editor.ask("textDocument/documentLink", item)
    assert editor.now("adr-ls/record", item)["id"] == "ADR-003"
    assert [link["range"]["start"]["line"] for link in editor.result(links)] == [6, 6]  # not the number in its own title


def test_a_file_that_is_no_record_is_looked_for_once_however_long_it_is_typed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor(root)
    outside = root.parent / "notes.md"
    editor.open(outside, "# Notes\n")
    editor.rest()
    read: list[int] = []
    load = disk.load
    monkeypatch.setattr(disk, "load", lambda *args, **how: read.append(1) or load(*args, **how))
    for version in range(2, 6):
        editor.change(outside, f"# Notes {version}\n", version)
        editor.rest()
    assert not read


def test_diagnostics_that_were_pulled_early_are_asked_for_anew(root: Path) -> None:
    workspace = {**ABLE, "diagnostics": {"refreshSupport": True}}
    editor = Editor(root, holds=True, workspace=workspace, textDocument={"diagnostic": {}})
    asking = {"textDocument": {"uri": editor.open(root / "docs/adr/003-night-export.md")}}
    early = editor.result(editor.ask("textDocument/diagnostic", asking))
    assert "not-in-index" not in str(early), "the index is not known yet"
    everything = editor.ask("workspace/diagnostic", {"previousResultIds": []})
    assert not editor.answers(everything)
    assert not editor.told("workspace/diagnostic/refresh")
    editor.release()
    assert editor.answers(everything)
    assert len(editor.told("workspace/diagnostic/refresh")) == 1
    late = editor.now("textDocument/diagnostic", {**asking, "previousResultId": early["resultId"]})
    assert (late["kind"], "not-in-index" in str(late)) == ("full", True)
    assert "index-missing-entry" in str(editor.now("workspace/diagnostic", {"previousResultIds": []}))
    assert not editor.told("textDocument/publishDiagnostics")
