"""What clients say beside a request for code actions may be odd, as it comes from other servers too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lsp.timeless import Editor

DIAGNOSTICS: tuple[Any, ...] = (
    {"message": "x", "tags": [3, -1], "severity": 9, "code": 7, "data": {"jsonrpc": "2.0"}},
    {"message": 3},
    {"message": "x", "code": {"a": 1}},
    {"message": "x", "source": None, "tags": "no"},
    None,
    7,
)
"""Diagnostics as other servers or nobody would send them, without their ranges."""


@pytest.mark.parametrize(
    "context",
    [
        {"diagnostics": [{**one, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}}]}
        if isinstance(one, dict)
        else {"diagnostics": [one]}
        for one in DIAGNOSTICS
    ]
    + [{}, None, 7, {"diagnostics": {}}, {"only": 7}, {"only": ["", "odd", 3, None]}, {"triggerKind": "x"}, {"triggerKind": 9}],
)
def test_no_context_takes_the_code_actions_away(tmp_path: Path, context: Any) -> None:
    path = tmp_path / "docs" / "adr" / "0001-x.md"
    path.parent.mkdir(parents=True)
    path.write_text("# 1. X\n\n## Status\n\nAcepted\n\n## Context\n\nA.\n", "utf-8")
    editor = Editor(tmp_path)
    uri = editor.open(path)
    place = {"line": 4, "character": 2}
    params = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}}
    titles = [action["title"] for action in editor.now("textDocument/codeAction", {**params, "context": {"diagnostics": []}})]
    found = editor.now("textDocument/codeAction", {**params, "context": context})
    if isinstance(context, dict) and "only" in context and context["only"] != 7:
        assert isinstance(found, list), found
    else:
        assert titles
        assert [action["title"] for action in found] == titles
