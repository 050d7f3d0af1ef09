"""What the client tells: its life, its documents, its files and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lsprotocol import types

from adr_ls.lsp.convert import Json
from adr_ls.lsp.documents import Document
from adr_ls.lsp.handlers.applying import apply
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import EDITING, SAVING, Need
from adr_ls.syntax.change import Change

_INDEXED = Need(seconds=SAVING, is_current=True)
"""What has to be known before an index is brought up to date."""


def on_initialized(session: Session, _params: types.InitializedParams) -> None:
    """Begins to read."""
    session.start()


def on_open(session: Session, document: Document) -> None:
    """A document was opened or changed."""
    session.opened(document)


def on_close(session: Session, document: Document) -> None:
    """A document was closed."""
    session.closed(document)


def on_will_save(session: Session, params: types.WillSaveTextDocumentParams) -> list[Json]:
    """The edits that bring an index up to date before it is saved, but not while its author pauses."""
    path = session.path(params.text_document.uri)
    is_pause = params.reason == types.TextDocumentSaveReason.AfterDelay
    if path is None or is_pause or not session.is_met(_INDEXED):
        return []
    found = [edit for edit in _updated(session, path).edits if edit.path == path]
    return session.convert.text_edits(found, session.now.file)


def on_save(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """Has the indexes of a record that was saved brought up to date, where that is wished."""
    session.loading.reload()
    path = session.path(params.text_document.uri)
    if path is not None and not session.loading.matters(path):
        return

    def update() -> None:
        if path is not None:
            change = _updated(session, path)
            apply(session, replace(change, edits=tuple(edit for edit in change.edits if edit.path != path)), preview=False)

    if session.server.client("workspace.applyEdit", False):
        session.waiting.until(replace(_INDEXED, seconds=EDITING), update)


def _updated(session: Session, path: str) -> Change:
    """The change that brings the indexes up to date where a record is saved."""
    from adr_ls.ide import actions  # noqa: PLC0415  # nothing is saved before much else is answered

    return actions.on_save(session.workspace, path)


def on_files(session: Session, params: types.DidChangeWatchedFilesParams | types.DidChangeWorkspaceFoldersParams) -> None:
    """Files changed on the disk, or folders were opened or closed."""
    if not isinstance(params, types.DidChangeWatchedFilesParams):
        session.loading.reload()
        return
    paths = [(session.path(change.uri), change.type) for change in params.changes]
    session.searching.changed(path for path, _ in paths if path is not None)
    changes = [
        (path, kind)
        for path, kind in paths
        if path is None or kind == types.FileChangeType.Deleted or session.loading.matters(path)
    ]
    for path, kind in changes:
        if path is not None:
            told = session.loading.deleted if kind == types.FileChangeType.Deleted else session.loading.written
            told(path)
    if changes:
        session.loading.reload([path for path, _ in changes])


def on_configuration(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """Settings changed: asks for them, or takes those that came along."""
    if not session.configure() or params.settings:
        session.loading.set(params.settings if isinstance(params.settings, Mapping) else {})


HANDLERS = (
    Handler(types.INITIALIZED, on_initialized),
    Handler(types.TEXT_DOCUMENT_DID_OPEN, on_open),
    Handler(types.TEXT_DOCUMENT_DID_CHANGE, on_open),
    Handler(types.TEXT_DOCUMENT_DID_CLOSE, on_close),
    Handler(types.TEXT_DOCUMENT_WILL_SAVE_WAIT_UNTIL, on_will_save, _INDEXED),
    Handler(types.TEXT_DOCUMENT_DID_SAVE, on_save),
    Handler(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, on_files),
    Handler(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, on_files),
    Handler(types.WORKSPACE_DID_CHANGE_CONFIGURATION, on_configuration),
)
