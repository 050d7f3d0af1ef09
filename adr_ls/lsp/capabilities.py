"""What the server says that it can.

It is said before what can it has been imported, so it stands here in words of its own; the tests compare them with the features'.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from adr_ls.lsp.protocol import Server

TRIGGERS = ("-", "[", "(", "/", "#", ":", " ", "*", '"')
"""The characters behind which something may be completed."""
KINDS = (
    "quickfix",
    "source.fixAll.adr-ls",
    "source.updateIndex.adr-ls",
    "source.pruneIndex.adr-ls",
    "refactor.createIndex.adr-ls",
    "refactor.rewrite.adr-ls",
    "refactor.rewrite",
    "refactor.extract",
)
"""The kinds of code actions."""
COMMANDS = (
    "adr-ls.updateIndex",
    "adr-ls.fixAll",
    "adr-ls.newRecord",
    "adr-ls.setStatus",
    "adr-ls.supersede",
    "adr-ls.open",
    "adr-ls.showReferences",
    "adr-ls.showHistory",
)
"""The names of the commands."""
ASKED: Mapping[str, Any] = {
    "selectionRange": True,
    "callHierarchy": True,
    "typeHierarchy": True,
    "codeLens": {"resolveProvider": False},
    "inlayHint": {"resolveProvider": False},
}
"""What is only said to clients that announce that they ask for it, and how."""
_MOVABLE = [
    {"scheme": "file", "pattern": {"glob": "**/*.{md,markdown,mdx}", "matches": "file"}},
    {"scheme": "file", "pattern": {"glob": "**", "matches": "folder"}},
]
"""What may hold or be a record, so that links have to follow when it gets another path."""


def capabilities(server: Server) -> dict[str, Any]:
    """What is answered to a client's ``initialize``, by what that client can."""
    found: dict[str, Any] = {
        "textDocumentSync": {
            "openClose": True,
            "change": types.TextDocumentSyncKind.Incremental,
            "save": {"includeText": False},
            "willSaveWaitUntil": True,
        },
        "hoverProvider": True,
        "completionProvider": {
            "triggerCharacters": [*TRIGGERS],
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
        "renameProvider": {"prepareProvider": True} if server.client("textDocument.rename.prepareSupport", False) else True,
        "codeActionProvider": {
            "codeActionKinds": [*KINDS],
            **({"resolveProvider": True} if resolves_actions(server) else {}),
        },
        "executeCommandProvider": {"commands": [*COMMANDS]},
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {"willRename": {"filters": _MOVABLE}},
        },
    }
    found.update((f"{name}Provider", said) for name, said in ASKED.items() if announces(server, f"textDocument.{name}"))
    if is_pulling(server):
        found["diagnosticProvider"] = {"identifier": "adr-ls", "interFileDependencies": True, "workspaceDiagnostics": True}
    return found


def announces(server: Server, path: str) -> bool:
    """Whether the client has an object, be it an empty one, for the capability at a dotted path."""
    return server.client(path, {"": ""}) != {"": ""}


def resolves_actions(server: Server) -> bool:
    """Whether the client asks for the edits of an action when it was chosen."""
    resolved: list[Any] = server.client("textDocument.codeAction.resolveSupport.properties", [""])
    return "edit" in resolved and server.client("textDocument.codeAction.dataSupport", False)


def is_pulling(server: Server) -> bool:
    """Whether the client pulls diagnostics, so that none are pushed."""
    return (
        announces(server, "textDocument.diagnostic")
        and server.client("workspace.diagnostics.refreshSupport", False)
        and not _forgets_open_files(server)
    )


def _forgets_open_files(server: Server) -> bool:
    """Whether the client, asked to pull anew, pulls for the files that are not open alone, as Neovim 0.12 does."""
    client = server.initialize_params.get("clientInfo")
    return isinstance(client, Mapping) and client.get("name") == "Neovim"
