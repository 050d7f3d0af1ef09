"""What the client asks of the workspace."""

from __future__ import annotations

from lsprotocol import types

from adr_ls.ide import symbols
from adr_ls.lsp import uris
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.protocol import Raw
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import EDIT, LOOK


def on_symbols(session: Session, params: types.WorkspaceSymbolParams) -> Raw:
    """The records that a search finds, and their sections."""
    return session.convert.workspace_symbols(session.workspace, symbols.workspace_symbols(session.workspace, params.query))


def on_will_rename(session: Session, params: types.RenameFilesParams) -> Json | None:
    """The edits that keep links true when files or folders move."""
    pairs = ((session.path(file.old_uri), session.path(file.new_uri)) for file in params.files)
    return session.moving.moving({old: new for old, new in pairs if old and new}, session.convert)


def on_diagnostic(session: Session, params: types.WorkspaceDiagnosticParams) -> Json:
    """The diagnostics of all records and indexes, for clients that pull."""
    known = {uris.key(previous.uri): previous.value for previous in params.previous_result_ids}
    publishing = session.publishing
    paths = ((path, known.get(uris.key(session.convert.uri(path)))) for path in publishing.all_diagnostics())
    return {"items": [publishing.report(path, identity) for path, identity in paths]}


HANDLERS = (
    Handler(types.WORKSPACE_SYMBOL, on_symbols, LOOK),
    Handler(types.WORKSPACE_WILL_RENAME_FILES, on_will_rename, EDIT),
    Handler(types.WORKSPACE_DIAGNOSTIC, on_diagnostic, LOOK),
)
