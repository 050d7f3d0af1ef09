"""The server: its handlers put together, what it says it can, and its process."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from lsprotocol import types

import adr_ls
from adr_ls.ide import actions, completion, records
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers import commands, document, extensions, sync, workspace
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Post, Scheduler, Threads
from adr_ls.lsp.session import Session

SWITCH = 0.001
"""Seconds after which work in the background lets the loop go on; Python’s own 0.005 would be felt in every answer meanwhile."""
COLLECTED = 50_000, 10, 10
"""How often Python looks for garbage that refers to itself: seldom, as a keystroke in a long index makes and drops more objects than that."""
HANDLERS = (*sync.HANDLERS, *document.HANDLERS, *workspace.HANDLERS, *extensions.HANDLERS)
COMMANDS = tuple(command.method for command in commands.HANDLERS)
"""The names of the commands."""


def make_server(scheduler: Callable[[Post], Scheduler] = Threads) -> Server:
    """The server with its handlers, not yet running; `scheduler` is who does its long work."""
    server = Server("adr-ls", adr_ls.__version__)
    session = Session(server, scheduler(server.post))

    def capabilities(params: Mapping[str, Any]) -> Json:
        session.begin(params)
        return _capabilities(session)

    server.capabilities = capabilities
    for handler in HANDLERS:
        server.feature(handler.method)(handler.bound(session))
    for command in commands.HANDLERS:
        server.command(command.method)(command.bound(session))
    return server


_MOVABLE = [
    {"scheme": "file", "pattern": {"glob": "**/*.{md,markdown,mdx}", "matches": "file"}},
    {"scheme": "file", "pattern": {"glob": "**", "matches": "folder"}},
]
"""What may hold or be a record, so that links have to follow when it gets another path."""


def _capabilities(session: Session) -> Json:
    found: Json = {
        "textDocumentSync": {
            "openClose": True,
            "change": types.TextDocumentSyncKind.Incremental,
            "save": {"includeText": False},
            "willSaveWaitUntil": True,
        },
        "hoverProvider": True,
        "completionProvider": {
            "triggerCharacters": list(completion.TRIGGERS),
            "resolveProvider": True,
            "completionItem": {"labelDetailsSupport": True},
        },
        "definitionProvider": True,
        "referencesProvider": True,
        "documentHighlightProvider": True,
        "documentLinkProvider": {"resolveProvider": False},
        "documentSymbolProvider": True,
        "workspaceSymbolProvider": True,
        "foldingRangeProvider": True,
        "renameProvider": {"prepareProvider": True}
        if session.server.client("textDocument.rename.prepareSupport", False)
        else True,
        "codeActionProvider": {
            "codeActionKinds": [*actions.KINDS, records.REWRITE],
            **({"resolveProvider": True} if session.convert.resolves else {}),
        },
        "executeCommandProvider": {"commands": [*COMMANDS]},
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {"willRename": {"filters": _MOVABLE}},
        },
    }
    if session.publishing.is_pulling:
        found["diagnosticProvider"] = {"identifier": "adr-ls", "interFileDependencies": True, "workspaceDiagnostics": True}
    return found


def serve() -> None:
    """Serves a client on standard input and output until it leaves, and ends the process with the code that the protocol asks for."""
    sys.setswitchinterval(SWITCH)
    gc.set_threshold(*COLLECTED)
    code = make_server().run_stdio()
    sys.stdout.flush()
    os._exit(code)
