"""What goes wrong in one place takes nothing else along: a strange parameter, a file, a folder, a feature."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest
from lsprotocol import types

from adr_ls.ide import completion
from adr_ls.io.files import MAX_BYTES, Listing
from adr_ls.io.filesystem import Disk
from adr_ls.log.workspace import Workspace
from adr_ls.lsp import features
from adr_ls.lsp.handlers import commands
from tests.lsp.timeless import Editor, lay

FILES = """
-- docs/adr/0001-a.md --
# ADR-0001: A

**Status**: Acepted
-- docs/adr/0002-b.md --
# ADR-0002: B

**Status**: Accepted

See ADR-0009.
-- docs/adr/README.md --
# Decisions

- [ADR-0001: A](0001-a.md)
"""
ACTIONS = {
    "codeAction": {
        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
        "dataSupport": True,
        "resolveSupport": {"properties": ["edit"]},
    }
}
FIRST, SECOND, INDEX = "docs/adr/0001-a.md", "docs/adr/0002-b.md", "docs/adr/README.md"
MEND = "Change to “Accepted”"
STATUS = {"start": {"line": 2, "character": 12}, "end": {"line": 2, "character": 19}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path, FILES)


def opened(root: Path, path: str = FIRST) -> Editor:
    editor = Editor(root, textDocument=ACTIONS)
    editor.open(root / path)
    editor.rest()
    return editor


def actions(editor: Editor, path: Path, context: Any) -> Any:
    params = {"textDocument": {"uri": path.as_uri()}, "range": STATUS, "context": context}
    return editor.now("textDocument/codeAction", params)


# --- Parameters ------------------------------------------------------------------------------------------------------------------

FOREIGN: dict[str, Any] = {"range": STATUS, "message": "theirs", "source": "another server"}


@pytest.mark.parametrize(
    "context",
    [
        None,
        [],
        "x",
        {},
        {"diagnostics": None},
        {"diagnostics": {"a": 1}},
        {"diagnostics": [None, 1, "x", [], {}]},
        *({"diagnostics": [{**FOREIGN, "tags": tags}]} for tags in ([3], [-1, -2], ["1"], [None], "12", 7)),
        *({"diagnostics": [{**FOREIGN, "severity": severity}]} for severity in (0, 5, "error", None, [])),
        *({"diagnostics": [{**FOREIGN, "code": code}]} for code in (None, 1.5, {"value": "x", "target": "y"}, ["x"])),
        *({"diagnostics": [{**FOREIGN, "data": data}]} for data in (None, 1, "x", {"a": [{}]})),
        {"diagnostics": [{**FOREIGN, "codeDescription": 1, "relatedInformation": [None], "source": 4}]},
        *(
            {"diagnostics": [], "only": only}
            for only in (None, "quickfix", 1, [1, None], {"a": 1}, ["quickfix", 7, "theirs.own"])
        ),
        *({"diagnostics": [], "triggerKind": kind} for kind in (0, 3, 1.0, "1", None, [])),
    ],
    ids=repr,
)
def test_no_context_costs_the_code_actions(root: Path, context: Any) -> None:
    assert MEND in [action["title"] for action in actions(opened(root), root / FIRST, context)]


def test_kinds_that_are_none_of_ours_have_no_actions(root: Path) -> None:
    assert actions(opened(root), root / FIRST, {"diagnostics": [], "only": ["theirs.own"]}) == []


def test_a_diagnostic_comes_back_as_it_was_given(root: Path) -> None:
    given = {"range": STATUS, "message": "ours", "code": "status-unknown", "severity": 5, "tags": [-1], "data": {"theirs": [1]}}
    offered = actions(opened(root), root / FIRST, {"diagnostics": [given]})
    assert [action["diagnostics"] for action in offered if action["title"] == MEND] == [[given]]


def test_an_action_with_a_strange_diagnostic_is_resolved(root: Path) -> None:
    editor = opened(root, SECOND)
    given = {**FOREIGN, "severity": 9, "tags": [3]}
    (update,) = [
        one for one in actions(editor, root / SECOND, {"diagnostics": []}) if one["title"].startswith("Update the ADR index")
    ]
    assert "edit" in editor.now("codeAction/resolve", {**update, "diagnostics": [given]})


STRANGE = (None, -1, "file:///%00", [None], {})


def parameters(root: Path) -> dict[str, Any]:
    """Parameters that make some sense for every method and command."""
    uri = (root / FIRST).as_uri()
    item = {"name": "a", "kind": 1, "uri": uri, "range": STATUS, "selectionRange": STATUS, "data": {"path": str(root / FIRST)}}
    return {
        "textDocument": {"uri": uri, "version": 2, "languageId": "markdown", "text": "# A\n"},
        "position": {"line": 2, "character": 14},
        "positions": [{"line": 2, "character": 14}],
        "range": STATUS,
        "context": {"diagnostics": [FOREIGN], "includeDeclaration": True},
        "contentChanges": [{"range": STATUS, "text": "Accepted"}],
        "newName": "Another",
        "query": "a",
        "item": item,
        "label": "a",
        "title": "A",
        "reason": 1,
        "previousResultIds": [{"uri": uri, "value": "1"}],
        "files": [{"oldUri": uri, "newUri": uri + "x"}],
        "changes": [{"uri": uri, "type": 2}],
        "event": {"added": [], "removed": [{"uri": uri, "name": "a"}]},
        "settings": {"adr-ls": {"profile": "strict"}},
        "uri": uri,
        "status": "Accepted",
        "by": uri,
        "data": {"path": str(root / FIRST), "uri": uri, "version": 1, "span": [0, 3], "choice": "fix:status-unknown:x"},
    }


def of_method(method: str, every: dict[str, Any]) -> dict[str, Any]:
    """Those of the parameters that the protocol names for a method; all for commands and methods of our own."""
    _, _, shape, *_ = types.METHOD_TO_TYPES.get(method, (None,) * 3)
    named = (
        {re.sub(r"_(\w)", lambda match: match[1].upper(), field.name) for field in attrs.fields(shape)} if shape else {*every}
    )
    return {name: part for name, part in every.items() if name in named}


def one_by_one(value: Any) -> Iterator[Any]:
    """The value with each of its parts replaced by what is strange, or left out."""
    yield from STRANGE
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts):
        for other in one_by_one(part):
            changed = value.copy()
            changed[key] = other
            yield changed
        if isinstance(value, dict):
            yield {name: other for name, other in value.items() if name != key}


COMMANDS = [command.method for command in commands.HANDLERS]


@pytest.mark.parametrize("method", [*(handler.method for handler in (*features.FIRST, *features.others())), *COMMANDS])
def test_a_strange_parameter_is_an_error_of_that_message_alone(
    root: Path, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    editor = opened(root)
    for params in one_by_one(of_method(method, parameters(root))):
        if method in COMMANDS:
            editor.ask("workspace/executeCommand", {"command": method, "arguments": [params]})
        elif method == "initialized" or "/did" in method:
            editor.tell(method, params)
        else:
            editor.ask(method, params)
    editor.rest()
    assert [message for message in editor.sent if message.get("error", {}).get("code") == -32603] == []
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    editor.tell("textDocument/didClose", {"textDocument": {"uri": (root / FIRST).as_uri()}})
    lay(root, FILES)
    editor.open(root / FIRST)
    editor.rest()
    assert MEND in [action["title"] for action in actions(editor, root / FIRST, {"diagnostics": []})]


# --- Files that cannot be read ---------------------------------------------------------------------------------------------------


def not_text(path: Path) -> None:
    path.write_bytes(b"# \xff\n")


def too_large(path: Path) -> None:
    path.write_bytes(b"# Large\n" + b"x" * MAX_BYTES)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.md")


UNREADABLE: dict[Callable[[Path], None], str] = {
    not_text: "is not UTF-8 text",
    too_large: "is larger than 2 MiB",
    pipe: "is not a regular file",
    dead_link: "is a link that leads to no file",
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and links")
@pytest.mark.parametrize("spoil", UNREADABLE, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("path", [FIRST, INDEX])
@pytest.mark.parametrize("watches", [True, False])
def test_a_file_that_cannot_be_read_any_more_is_told_until_it_can(
    root: Path, spoil: Callable[[Path], None], path: str, *, watches: bool
) -> None:
    def changed() -> None:
        if watches:
            editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (root / path).as_uri(), "type": 2}]})
        editor.rest(6)

    editor = Editor(root, watches=watches)
    editor.rest()
    before, text = said(editor, root / path), (root / path).read_text("utf-8")
    spoil(root / path)
    changed()
    assert said(editor, root / path) == [f"This file {UNREADABLE[spoil]}, so it is left out."]
    times = len(editor.told("textDocument/publishDiagnostics"))
    changed()
    assert len(editor.told("textDocument/publishDiagnostics")) == times  # once
    (root / path).unlink()
    (root / path).write_text(text, "utf-8")
    changed()
    assert said(editor, root / path) == before


def test_an_editor_that_pulls_is_asked_to_do_so_for_a_file_that_cannot_be_read(root: Path) -> None:
    able: dict[str, Any] = {"workspace": {"diagnostics": {"refreshSupport": True}}, "textDocument": {"diagnostic": {}}}
    editor = Editor(root, **able)
    settings = lay(root, "-- adr-ls.toml --\n") / "adr-ls.toml"  # which says nothing, so that nothing else changes with it
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 1}]})
    editor.rest(3)
    times = len(editor.told("workspace/diagnostic/refresh"))
    not_text(settings)
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 2}]})
    editor.rest(3)
    assert len(editor.told("workspace/diagnostic/refresh")) > times
    report = editor.now("textDocument/diagnostic", {"textDocument": {"uri": settings.as_uri()}})
    assert [one["code"] for one in report["items"]] == ["unusable"]


class Closed(Disk):
    """A disk with a folder that nobody may look into."""

    def walk(self, root: Path, **named: Any) -> Listing:
        found = super().walk(root, **named)
        files = tuple(path for path in found.files if not path.startswith("docs/adr/"))
        return replace(found, files=files, skipped=(("docs/adr", "cannot be read (permission denied)"), *found.skipped))


def test_a_folder_of_records_that_cannot_be_looked_into_is_told_once(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    editor = Editor(root, system=Closed())
    editor.open(root / FIRST)
    editor.tell("textDocument/didSave", {"textDocument": {"uri": (root / FIRST).as_uri()}})
    editor.rest(3)
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert told == [f"The folder “{root.as_posix()}/docs/adr” cannot be read (permission denied)."]


# --- Steps that fail -------------------------------------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, where: str, only: str = "") -> None:
    """Has a function fail, be it only where one of its arguments has a path that ends so."""
    home, _, name = where.rpartition(".")
    known = getattr(import_module(home), name)

    def fails(*arguments: Any, **named: Any) -> Any:
        if not only or any(str(getattr(one, "path", one)).endswith(only) for one in arguments):
            raise ZeroDivisionError(where)
        return known(*arguments, **named)

    monkeypatch.setattr(where, fails)


def said(editor: Editor, path: Path) -> list[str]:
    """What is shown of a file."""
    told = [params for params in editor.told("textDocument/publishDiagnostics") if params["uri"] == path.as_uri()]
    return [diagnostic["message"] for diagnostic in told[-1]["diagnostics"]] if told else []


@pytest.mark.parametrize("path", [FIRST, INDEX])
def test_a_file_that_cannot_be_understood_is_told_and_the_others_are_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    failing(monkeypatch, "adr_ls.io.worker.facts_of", path)
    editor = opened(root, SECOND)
    assert "reference-unknown" in editor.codes(root / SECOND)
    assert ["could not be understood" in message for message in said(editor, root / path)] == [True]
    monkeypatch.undo()
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (root / path).as_uri(), "type": 2}]})
    editor.rest()
    assert "unusable" not in editor.codes(root / path)


def test_a_text_that_cannot_be_understood_costs_what_is_known_of_its_file_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = opened(root)
    editor.open(root / SECOND)
    with monkeypatch.context() as patch:
        for where in ("adr_ls.io.worker.facts_of", "adr_ls.log.workspace.facts_of"):
            failing(patch, where, FIRST)
        editor.change(root / FIRST, "# ADR-0001: A\n\n**Status**: Acepted\n\nMore.\n")
        editor.rest()
        assert actions(editor, root / FIRST, {"diagnostics": []}) == []  # edits for another text would be worse than none
        assert ["could not be understood" in message for message in said(editor, root / FIRST)] == [True]
        editor.change(root / SECOND, "# ADR-0002: B\n\n**Status**: Acepted\n")
        editor.rest()
        assert MEND in [action["title"] for action in actions(editor, root / SECOND, {"diagnostics": []})]
    editor.change(root / FIRST, "# ADR-0001: A\n\n**Status**: Acepted\n\nNothing more.\n", 3)
    editor.rest()
    assert MEND in [action["title"] for action in actions(editor, root / FIRST, {"diagnostics": []})]
    assert "unusable" not in editor.codes(root / FIRST)


def test_a_folder_that_fails_does_not_blind_the_others(root: Path, tmp_path: Path) -> None:
    class Broken(Disk):
        def walk(self, root: Path, **named: Any) -> Any:
            if root.name == "broken":
                raise ZeroDivisionError
            return super().walk(root, **named)

    (tmp_path / "broken").mkdir()
    editor = Editor(tmp_path / "broken", root / "docs", system=Broken())
    assert [found["name"] for found in editor.now("workspace/symbol", {"query": "ADR"})] == ["ADR-0001: A", "ADR-0002: B"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="names of any length")
def test_a_name_that_no_disk_has_does_not_blind_the_others(root: Path) -> None:
    editor = opened(root)
    editor.open(root / "docs/adr" / f"0003-{'x' * 300}.md", "# ADR-0003: X\n")
    editor.rest()
    assert MEND in [action["title"] for action in actions(editor, root / FIRST, {"diagnostics": []})]


PROVIDERS = (
    "adr_ls.ide.actions._silences",
    "adr_ls.ide.actions._renumberings",
    "adr_ls.ide.actions.index_updates",
    "adr_ls.ide.actions.index_prunings",
    "adr_ls.ide.actions.index_creations",
    "adr_ls.ide.referring.remedies",
    "adr_ls.ide.referring.rewritings",
    "adr_ls.ide.referring.from_selection",
    "adr_ls.ide.records.status_actions",
    "adr_ls.ide.superseding.likely",
    "adr_ls.ide.superseding.candidates",
)


@pytest.mark.parametrize("where", PROVIDERS)
def test_an_action_that_fails_does_not_take_the_others_along(root: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    editor = opened(root)
    failing(monkeypatch, where)
    assert MEND in [action["title"] for action in actions(editor, root / FIRST, {"diagnostics": []})]


def test_a_fix_that_fails_is_none_and_the_others_are_offered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = opened(root)
    failing(monkeypatch, "adr_ls.rules._is_change")
    titles = [action["title"] for action in actions(editor, root / FIRST, {"diagnostics": []})]
    assert MEND not in titles
    assert any(title.startswith("Supersede by") for title in titles)


def test_a_completion_that_fails_leaves_the_place_to_the_others(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_place: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(completion, "PROVIDERS", {**completion.PROVIDERS, "text": (fails, *completion.PROVIDERS["text"])})
    editor = opened(root, SECOND)
    at = {"textDocument": {"uri": (root / SECOND).as_uri()}, "position": {"line": 4, "character": 8}}
    assert "ADR-0001" in [item["label"] for item in editor.now("textDocument/completion", at)["items"]]


TWO_INDEXES = """
-- docs/adr/0003-c.md --
# ADR-0003: C

**Status**: Accepted
-- docs/adr/README.md --
# Decisions

- [ADR-0001: A](0001-a.md)
- [ADR-0002: B](0002-b.md)
-- docs/adr/index.md --
# Index

| ADR | Status |
|---|---|
| [ADR-0001](0001-a.md) | Accepted |
| [ADR-0002](0002-b.md) | Rejected |
"""
THIRD, TABLE = "docs/adr/0003-c.md", "docs/adr/index.md"
LOST = "This file could not be understood, which is a mistake in adr-ls, so what it lists is left out."
OF_AN_INDEX = (
    "adr_ls.index.judge.Customs",
    "adr_ls.index.judge.refusal",
    "adr_ls.index.update._of",
    "adr_ls.index.judge._judge",
)
"""What is worked out of an index when somebody asks, as an index or its path is given to it."""


def asked(editor: Editor, path: Path) -> dict[str, Any]:
    """What is answered about a file, wherever the cursor is."""
    item, place = {"textDocument": {"uri": path.as_uri()}}, {"position": {"line": 4, "character": 6}}
    context = {"context": {"includeDeclaration": True}}
    params = {"hover": {**item, **place}, "references": {**item, **place, **context}, "documentSymbol": item, "codeLens": item}
    found = {method: editor.now(f"textDocument/{method}", given) for method, given in params.items()}
    symbols = editor.now("workspace/symbol", {"query": "ADR"})
    return {**found, "symbols": symbols, "card": editor.now("adr-ls/record", item) | {"index": None}}


def test_a_page_that_cannot_be_read_as_an_index_costs_what_it_lists_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(root, TWO_INDEXES)
    before = asked(opened(root, SECOND), root / SECOND)
    with monkeypatch.context() as patch:
        failing(patch, "adr_ls.log.index.index.PageReader", "README.md")
        editor = opened(root, SECOND)
        assert said(editor, root / INDEX) == [LOST]
        assert asked(editor, root / SECOND) == before
        assert [f"{index} does not list" in message for index in ("index.md",) for message in said(editor, root / THIRD)] == [
            True
        ]
        assert "status-unknown" in editor.codes(root / FIRST)
        assert "index-status" in editor.codes(root / TABLE)
        editor.open(root / INDEX)
        editor.rest()
        assert said(editor, root / INDEX) == [LOST]
    editor.change(root / INDEX, (root / INDEX).read_text("utf-8") + "\nMore.\n")
    editor.rest()
    assert LOST not in said(editor, root / INDEX)
    assert "index-missing-entry" in editor.codes(root / INDEX)
    assert len(said(editor, root / THIRD)) == 2


@pytest.mark.parametrize("where", OF_AN_INDEX)
def test_an_index_that_cannot_be_judged_costs_nothing_else(root: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    lay(root, TWO_INDEXES)
    before = asked(opened(root, SECOND), root / SECOND)
    failing(monkeypatch, where, "README.md")
    editor = opened(root, SECOND)
    assert asked(editor, root / SECOND) == before
    assert "index.md does not list this record yet." in said(editor, root / THIRD)
    assert "index-status" in editor.codes(root / TABLE)
    titles = [action["title"] for action in actions(editor, root / SECOND, {"diagnostics": []})]
    assert any(title.startswith("Update the ADR index index.md") for title in titles)


def test_an_index_that_cannot_be_judged_is_so_once_and_not_once_for_each_record(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing(monkeypatch, "adr_ls.index.judge._grouped")
    opened(root, SECOND)
    told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told == [f"judging the index {(root / INDEX).as_posix()} failed"]


def test_what_is_usual_in_a_log_costs_nothing_else_where_it_cannot_be_found_out(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(root, "-- other/adr/0001-x.md --\n# ADR-0001: X\n\n**Status**: Acepted\n")
    failing(monkeypatch, "adr_ls.log.style._complete")
    editor = opened(root)
    for path in (FIRST, "other/adr/0001-x.md"):
        assert "status-unknown" in editor.codes(root / path)
    assert MEND in [action["title"] for action in actions(editor, root / FIRST, {"diagnostics": []})]


@pytest.mark.parametrize("path", [INDEX, TABLE])
def test_indexes_are_updated_but_for_one_that_fails(root: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    lay(root, TWO_INDEXES)
    editor = opened(root, SECOND)
    failing(monkeypatch, "adr_ls.index.update._of", path)
    editor.now("workspace/executeCommand", {"command": "adr-ls.updateIndex"})
    (asked,) = editor.told("workspace/applyEdit")
    assert list(asked["edit"]["changes"]) == [(root / other).as_uri() for other in (INDEX, TABLE) if other != path]
    told = [params["message"] for params in editor.told("window/showMessage")]
    assert told == [f"{Path(path).name} could not be updated, which is a mistake in adr-ls; the server’s log says why."]


@pytest.mark.parametrize("where", ["_resolved", "_statements_of"])
def test_references_of_a_file_that_cannot_be_followed_cost_those_of_no_other(
    root: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    lay(root, f"-- {THIRD} --\n# ADR-0003: C\n\n**Status**: Accepted\n**Supersedes**: [ADR-0001](0001-a.md)\n")
    known = getattr(Workspace, where)

    def fails(workspace: Workspace, source: Any) -> Any:
        if source.path.endswith(SECOND):
            raise ZeroDivisionError(where)
        return known(workspace, source)

    monkeypatch.setattr(Workspace, where, fails)
    editor = opened(root)
    assert "status-unknown" in editor.codes(root / FIRST)
    lenses = editor.now("textDocument/codeLens", {"textDocument": {"uri": (root / FIRST).as_uri()}})
    assert any(lens["command"]["title"].startswith("superseded by ADR-0003") for lens in lenses)


def test_what_refers_to_what_is_answered_with_an_error_where_it_cannot_be_found_out_and_files_are_checked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = opened(root)
    failing(monkeypatch, "adr_ls.log.workspace.gathered")
    lay(root, f"-- {THIRD} --\n# ADR-0003: C\n\n**Status**: Acepted\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (root / THIRD).as_uri(), "type": 1}]})
    answer = editor.ask("textDocument/codeLens", {"textDocument": {"uri": (root / FIRST).as_uri()}})
    editor.rest(5)
    assert len(editor.answers(answer)) == 1
    assert "status-unknown" in editor.codes(root / THIRD)


def test_a_record_that_is_saved_is_read_whatever_comes_of_its_indexes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(root, TWO_INDEXES + "-- adr-ls.toml --\nupdate-index-on-save = true\n")
    editor = Editor(root, workspace={"applyEdit": True})
    editor.open(root / SECOND)
    editor.rest()
    failing(monkeypatch, "adr_ls.index.update._of", INDEX)
    text = (root / FIRST).read_text("utf-8").replace("ADR-0001: A", "ADR-0001: Another")
    (root / FIRST).write_text(text, "utf-8")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": (root / SECOND).as_uri()}})
    editor.rest()
    assert [list(asked["edit"]["changes"]) for asked in editor.told("workspace/applyEdit")] == [[(root / TABLE).as_uri()]]
    assert "ADR-0001: Another" in [found["name"] for found in editor.now("workspace/symbol", {"query": "ADR"})]


def test_a_renewal_that_fails_does_not_take_the_others_along(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    able: dict[str, Any] = {"workspace": {"codeLens": {"refreshSupport": True}, "inlayHint": {"refreshSupport": True}}}
    editor = Editor(root, **able)
    editor.open(root / SECOND)
    item = {"textDocument": {"uri": (root / SECOND).as_uri()}}
    editor.now("textDocument/codeLens", item)
    editor.now("textDocument/inlayHint", {**item, "range": STATUS})
    with monkeypatch.context() as patch:
        failing(patch, "adr_ls.ide.hints.are_wanted")
        lay(root, f"-- {THIRD} --\n# ADR-0003: C\n\nSee ADR-0002.\n")
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (root / THIRD).as_uri(), "type": 1}]})
        editor.rest(3)
    assert len(editor.told("workspace/codeLens/refresh")) == 1


def test_a_look_that_fails_has_the_file_checked_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = opened(root)
    failing(monkeypatch, "adr_ls.log.watch._stepped")
    lay(root, "-- docs/adr/0003-c.md --\n# ADR-0003: C\n\n**Status**: Accepted\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (root / THIRD).as_uri(), "type": 1}]})
    editor.rest()
    assert "status-unknown" in editor.codes(root / FIRST)
    assert "reference-unknown" in editor.codes(root / SECOND)


def test_a_check_that_fails_is_that_of_one_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "adr_ls.rules._subjects", FIRST)
    editor = Editor(root)
    editor.rest()
    assert "reference-unknown" in editor.codes(root / SECOND)
