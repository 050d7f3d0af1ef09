"""What the server says that it can is what it can, though it says so before it has imported any of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from adr_ls.ide import completion, menu
from adr_ls.lsp import capabilities
from adr_ls.lsp.handlers import commands
from tests.lsp.timeless import Editor

PROBE = """
import json, sys
from adr_ls.lsp.server import make_server
server = make_server()
server.protocol.receive(b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}')
print(json.dumps(sorted(name for name in sys.modules if name.startswith("adr_ls."))))
"""


def test_what_is_said_is_what_the_features_can() -> None:
    assert capabilities.TRIGGERS == completion.TRIGGERS
    assert sorted(capabilities.KINDS) == sorted(menu.KINDS)
    assert tuple(command.method for command in commands.HANDLERS) == capabilities.COMMANDS


def test_each_ability_that_is_said_has_its_handler(tmp_path: Path) -> None:
    editor = Editor(tmp_path, textDocument={name: {} for name in capabilities.ASKED})
    known = editor.server.protocol.fm.features
    methods = {
        name[0].lower() + name[1:]
        for name in (
            key.removesuffix("Provider") for key in capabilities.capabilities(editor.server) if key.endswith("Provider")
        )
    }
    others = {
        "workspaceSymbol": "workspace/symbol",
        "executeCommand": "",
        "callHierarchy": "textDocument/prepareCallHierarchy",
        "typeHierarchy": "textDocument/prepareTypeHierarchy",
    }
    asked = {others.get(name, f"textDocument/{name}") for name in methods} - {""}
    assert asked <= set(known)
    assert set(capabilities.COMMANDS) == set(editor.server.protocol.fm.commands)


@pytest.mark.parametrize("name", capabilities.ASKED)
def test_what_a_client_does_not_ask_for_is_not_said(tmp_path: Path, name: str) -> None:
    others = {other: {} for other in capabilities.ASKED if other != name}
    said = capabilities.capabilities(Editor(tmp_path, textDocument=others).server)
    assert f"{name}Provider" not in said
    assert {f"{other}Provider" for other in others} <= said.keys()


def test_an_editor_is_answered_before_anything_is_imported_that_knows_of_records() -> None:
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    own = {name.split(".")[1] for name in json.loads(run.stdout)}
    assert own == {"lsp", "syntax"}
    assert "adr_ls.lsp.session" not in json.loads(run.stdout)


FIRST = """
import json, sys
from adr_ls.lsp import features
print(json.dumps(sorted(name for name in sys.modules if name.startswith("adr_ls."))))
"""


def test_what_is_asked_first_imports_neither_a_rule_nor_what_writes_an_index() -> None:
    printed = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, check=True, text=True).stdout
    imported = json.loads(printed)
    assert "adr_ls.lsp.handlers.pointing" in imported
    late = ("adr_ls.index", "adr_ls.graph", "adr_ls.ide.completion", "adr_ls.rules.sections", "adr_ls.lsp.handlers.document")
    assert not [name for name in imported if name.startswith(late)]


@pytest.mark.parametrize("is_read", [True, False])
def test_what_is_asked_later_is_there_when_it_is_asked_for(tmp_path: Path, *, is_read: bool) -> None:
    editor = Editor(tmp_path, holds=True)
    editor.open(tmp_path / "0001-x.md", "# 1. X\n\n## Context\n\nY.\n")
    if is_read:
        editor.release()
    known = editor.server.protocol.fm
    assert ("textDocument/foldingRange" in known.features) == is_read
    uri = (tmp_path / "0001-x.md").as_uri()
    assert editor.result(editor.ask("textDocument/foldingRange", {"textDocument": {"uri": uri}}))
    assert set(known.commands) == set(capabilities.COMMANDS)
