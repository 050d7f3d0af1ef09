"""What goes wrong in one place takes nothing else along: a strange parameter, a file, a folder, a feature."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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


def one_by_one(value: Any) -> Iterator[Any]:
    """The value with each of its parts replaced by what is strange, or left out."""
    for strange in STRANGE:
        yield strange
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts):
        for other in one_by_one(part):
            changed = value.copy()
            changed[key] = other
            yield changed
        if isinstance(value, dict):
            yield {name: other for name, other in value.items() if name != key}


COMMANDS = [command.method for command in commands.HANDLERS]


@pytest.mark.parametrize("method", [*(handler.method for handler in features.HANDLERS), *COMMANDS])
def test_a_strange_parameter_is_an_error_of_that_message_alone(
    root: Path, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    editor = opened(root)
    for params in one_by_one(parameters(root)):
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
