"""The handlers: from a message to a feature and back, a few lines each."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

import adr_ls
from adr_ls.ide import actions, completion, goto, hover, records, rename, symbols
from adr_ls.ide.target import Cursor
from adr_ls.io import disk
from adr_ls.lsp import uris
from adr_ls.lsp.convert import Json
from adr_ls.lsp.documents import Document
from adr_ls.lsp.protocol import Reply, Server
from adr_ls.lsp.session import Session
from adr_ls.record.record import Record
from adr_ls.syntax.text import Span, line_end
from adr_ls.write import creation, editing
from adr_ls.write.creation import CreationError
from adr_ls.write.renaming import RenamingError

UPDATE_INDEX = "adr-ls.updateIndex"
"""The command that updates the index of the file at the given URI, or of all logs without one."""
SWITCH = 0.001
"""Seconds after which work in the background lets the loop go on; Python’s own 0.005 would be felt in every answer meanwhile."""
FIX_ALL = "adr-ls.fixAll"
"""The command that applies all safe fixes to the file at the given URI."""
NEW_RECORD = creation.COMMAND
"""The command that makes a record with the given title, in the log of the file or directory at the given URI."""
SET_STATUS = "adr-ls.setStatus"
"""The command that gives the record at the given URI another status."""
COMMANDS = (UPDATE_INDEX, FIX_ALL, NEW_RECORD, SET_STATUS)
RECORD = "adr-ls/record"
"""The request for what a status bar shows of a record."""
MENTIONS = "adr-ls/mentions"
"""The request for the records that a document names without linking them."""
REQUEST_FAILED = -32803
"""The protocol's code for a request that was understood and could not be done."""


def make_server() -> Server:
    """The server with its handlers, not yet running."""
    server = Server("adr-ls", adr_ls.__version__)
    session = Session(server)

    def capabilities(params: Mapping[str, Any]) -> Json:
        session.begin(params)
        return _capabilities(server, session)

    server.capabilities = capabilities
    _sync(server, session)
    _documents(server, session)
    _workspace(server, session)
    _beyond(server, session)
    return server


_MOVABLE = [
    {"scheme": "file", "pattern": {"glob": "**/*.{md,markdown,mdx}", "matches": "file"}},
    {"scheme": "file", "pattern": {"glob": "**", "matches": "folder"}},
]
"""What may hold or be a record, so that links have to follow when it gets another path."""


def _capabilities(server: Server, session: Session) -> Json:
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
        "renameProvider": {"prepareProvider": True} if server.client("textDocument.rename.prepareSupport", False) else True,
        "codeActionProvider": {"codeActionKinds": [*actions.KINDS, records.REWRITE]},
        "executeCommandProvider": {"commands": [*COMMANDS]},
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {"willRename": {"filters": _MOVABLE}},
        },
    }
    if session.is_pulling:
        found["diagnosticProvider"] = {"identifier": "adr-ls", "interFileDependencies": True, "workspaceDiagnostics": True}
    return found


def _sync(server: Server, session: Session) -> None:
    """What the client tells: its life, its documents, its files and settings."""

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        session.start()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(document: Document) -> None:
        session.opened(document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(document: Document) -> None:
        session.opened(document)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(document: Document) -> None:
        session.closed(document)

    @server.feature(types.TEXT_DOCUMENT_WILL_SAVE_WAIT_UNTIL)
    def will_save(params: types.WillSaveTextDocumentParams) -> list[Json]:
        # An index is brought up to date before it is saved, but not while its author pauses
        path = uris.to_path(params.text_document.uri)
        if path is None or params.reason == types.TextDocumentSaveReason.AfterDelay:
            return []
        own = disk.to_path(path)
        found = [edit for edit in actions.on_save(session.workspace, own) if edit.path == own]
        return session.convert.text_edits(found, session.file)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        path = uris.to_path(params.text_document.uri)
        if path is not None and server.client("workspace.applyEdit", False):
            own = disk.to_path(path)
            found = [edit for edit in actions.on_save(session.workspace, own) if edit.path != own]
            _apply(server, session, "Update the ADR index", found, preview=False)
        session.reload()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(_params: types.DidChangeWatchedFilesParams) -> None:
        session.reload()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(_params: types.DidChangeWorkspaceFoldersParams) -> None:
        session.reload()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configuration(params: types.DidChangeConfigurationParams) -> None:
        if not session.configure() or params.settings:
            session.set(params.settings if isinstance(params.settings, Mapping) else {})


def _documents(server: Server, session: Session) -> None:
    """What the client asks of a document."""

    def any_file(item: types.TextDocumentIdentifier) -> Record | None:
        path = uris.to_path(item.uri)
        return session.file(disk.to_path(path)) if path is not None else None

    def file(item: types.TextDocumentIdentifier) -> Record | None:
        found = any_file(item)
        return None if found is None or found.path in session.workspace.settings else found  # which are no Markdown

    def cursor(item: types.TextDocumentIdentifier, position: types.Position) -> Cursor | None:
        record = file(item)
        if record is None:
            return None
        return Cursor(session.workspace, record, record.lines.offset(position.line, position.character, server.encoding))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(params: types.HoverParams) -> Json | None:
        at = cursor(params.text_document, params.position)
        found = hover.hover(at) if at else None
        return session.convert.hover(found, at.record.lines) if at and found else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def on_definition(params: types.DefinitionParams) -> list[Json]:
        at = cursor(params.text_document, params.position)
        return session.convert.spots(goto.definition(at), at.record, session.file) if at else []

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def on_references(params: types.ReferenceParams) -> list[Json]:
        at = cursor(params.text_document, params.position)
        found = goto.references(at, declaration=params.context.include_declaration) if at else ()
        return session.convert.spots(found, at.record, session.file) if at else []

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def on_highlight(params: types.DocumentHighlightParams) -> list[Json]:
        at = cursor(params.text_document, params.position)
        return [{"range": session.convert.range(at.record.lines, span)} for span in goto.highlights(at)] if at else []

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def on_links(params: types.DocumentLinkParams) -> list[Json]:
        record = file(params.text_document)
        return session.convert.links(list(goto.document_links(session.workspace, record)), record.lines) if record else []

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def on_symbols(params: types.DocumentSymbolParams) -> list[Json]:
        record = file(params.text_document)
        return session.convert.symbols(symbols.document_symbols(session.workspace, record), record) if record else []

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def on_folds(params: types.FoldingRangeParams) -> list[Json]:
        record = file(params.text_document)
        return session.convert.folds(symbols.folds(record)) if record else []

    @server.feature(types.TEXT_DOCUMENT_COMPLETION)
    def on_completion(params: types.CompletionParams) -> Json:
        at = cursor(params.text_document, params.position)
        found = completion.completion(at) if at else completion.NOTHING
        return session.convert.completion(found, at.record.lines) if at else {"isIncomplete": False, "items": []}

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def on_resolve(item: types.CompletionItem) -> types.CompletionItem:
        if isinstance(item.data, Mapping) and isinstance(item.data.get("path"), str):
            card = completion.documentation(session.workspace, item.data["path"])
            item.documentation = session.convert.documentation(card) if card else None
        return item

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    def on_actions(params: types.CodeActionParams) -> list[Json]:
        record = any_file(params.text_document)
        if record is None:
            return []
        lines = record.lines
        start = lines.offset(params.range.start.line, params.range.start.character, server.encoding)
        end = lines.offset(params.range.end.line, params.range.end.character, server.encoding)
        kinds = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        given = [server.protocol.plain(diagnostic) for diagnostic in params.context.diagnostics]
        span = Span(min(start, end), max(start, end))
        found = [*actions.actions(session.workspace, record.path, span, kinds, moves=session.convert.moves)]
        if actions.is_wanted(records.REWRITE, kinds):
            found += records.status_actions(session.workspace, record, span, _today())
        if actions.is_wanted("quickfix", kinds):
            found += records.creations(session.workspace, record, span, _today())
        shown = [action for action in found if not action.disabled or session.convert.explains]
        return [session.convert.action(session.workspace, action, record, session.file, given) for action in shown]

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def on_prepare_rename(params: types.PrepareRenameParams) -> Json | None:
        at = cursor(params.text_document, params.position)
        found = rename.renamable(at) if at else None
        return (
            {"range": session.convert.range(at.record.lines, found.span), "placeholder": found.words} if at and found else None
        )

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def on_rename(params: types.RenameParams) -> Json | None:
        at = cursor(params.text_document, params.position)
        if at is None:
            return None
        try:
            change = rename.rename(at, params.new_name, move=session.convert.moves, beside=session.beside())
        except RenamingError as error:
            raise JsonRpcException(str(error), REQUEST_FAILED) from None
        return session.renamed(change, f"Rename to “{params.new_name.strip()}”")

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC)
    def on_diagnostic(params: types.DocumentDiagnosticParams) -> Json:
        path = uris.to_path(params.text_document.uri)
        identity, found = session.diagnostics(disk.to_path(path)) if path else ("0", [])
        if params.previous_result_id == identity:
            return {"kind": "unchanged", "resultId": identity}
        return {"kind": "full", "resultId": identity, "items": found}


def _workspace(server: Server, session: Session) -> None:
    """What the client asks of the workspace."""

    @server.feature(types.WORKSPACE_SYMBOL)
    def on_symbols(params: types.WorkspaceSymbolParams) -> list[Json]:
        found = symbols.workspace_symbols(session.workspace, params.query)
        return [session.convert.workspace_symbol(session.workspace, record, hover.heading(record)) for record in found]

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES)
    def will_rename(params: types.RenameFilesParams) -> Json | None:
        pairs = ((uris.to_path(file.old_uri), uris.to_path(file.new_uri)) for file in params.files)
        return session.moving({disk.to_path(old): disk.to_path(new) for old, new in pairs if old and new})

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    def on_diagnostic(params: types.WorkspaceDiagnosticParams) -> Json:
        known = {uris.key(previous.uri): previous.value for previous in params.previous_result_ids}
        return {"items": [_report(server, session, path, known) for path in session.all_diagnostics()]}

    @server.command(UPDATE_INDEX)
    def update_index(*arguments: Any) -> Any:
        paths = [disk.to_path(path) for uri in arguments if isinstance(uri, str) and (path := uris.to_path(uri))]
        found = [
            edit
            for path in paths or sorted(session.workspace.indexes)
            for action in actions.index_updates(session.workspace, path)
            for edit in action.edits
        ]
        return _apply(server, session, "Update the ADR index", list(dict.fromkeys(found)), preview=True)

    @server.command(FIX_ALL)
    def fix_all(*arguments: Any) -> Any:
        paths = [disk.to_path(path) for uri in arguments if isinstance(uri, str) and (path := uris.to_path(uri))]
        found = [edit for path in paths for edit in actions.fix_all(session.workspace, path)]
        return _apply(server, session, "Fix all safe problems", found, preview=False)

    @server.command(NEW_RECORD)
    def new_record(*arguments: Any) -> Json:
        asked = _named(arguments, "title", "uri")
        title = asked.get("title")
        near, file = (
            disk.to_path(path) if isinstance(uri := asked.get(key), str) and (path := uris.to_path(uri)) else None
            for key in ("uri", "file")
        )
        try:
            made = session.create(title if isinstance(title, str) else "", near or file, _today(), file=file or "")
            # An editor gives a new file the line ends of its own system
            is_made = session.convert.creates and line_end(made.record.text) == os.linesep
            if not is_made:
                session.write(made.record)
        except CreationError as error:
            raise JsonRpcException(str(error), REQUEST_FAILED) from None
        record = made.record
        place = session.convert.range(record.lines, made.selection)
        _put(server, session, record, place, by_client=is_made)
        return {"uri": session.convert.uri(record.path), "range": place, "number": record.number}

    @server.command(SET_STATUS)
    def set_status(*arguments: Any) -> None:
        asked = _named(arguments, "uri", "status")
        uri, status = asked.get("uri"), asked.get("status")
        path = uris.to_path(uri) if isinstance(uri, str) else None
        record = session.file(disk.to_path(path)) if path else None
        if record is None or record.path not in session.workspace.records:
            raise JsonRpcException("This file is no ADR, so it has no status.", REQUEST_FAILED)
        if not isinstance(status, str) or not status.strip():
            raise JsonRpcException("No status was given.", REQUEST_FAILED)
        edits = records.set_status(session.workspace, record, status, _today())
        if not edits and any(editing.is_checklist(record, stated) for stated in record.statuses):
            raise JsonRpcException(f"The status is a list to tick, and “{status}” is not in it.", REQUEST_FAILED)
        _apply(server, session, f"Change the status to “{status.strip()}”", list(edits), preview=False)


def _beyond(server: Server, session: Session) -> None:
    """What editors may ask beyond the protocol; docs/editors.md tells of it."""

    def file(params: Any) -> Record | None:
        item = params.get("textDocument") if isinstance(params, Mapping) else None
        uri = item.get("uri") if isinstance(item, Mapping) else None
        if not isinstance(uri, str):
            raise JsonRpcInvalidParams("textDocument.uri is missing")
        path = uris.to_path(uri)
        return session.file(disk.to_path(path)) if path is not None else None

    @server.feature(RECORD)
    def on_record(params: Any) -> Json | None:
        record = file(params)
        card = records.card(session.workspace, record) if record else None
        return session.convert.card(card) if card else None

    @server.feature(MENTIONS)
    def on_mentions(params: Any) -> list[Json]:
        record = file(params)
        return [session.convert.named(named) for named in records.named(session.workspace, record)] if record else []


def _named(arguments: tuple[Any, ...], *names: str) -> Mapping[str, Any]:
    """The values that a command is given by their names: as one object, or one by one in that order."""
    if arguments and isinstance(arguments[0], Mapping):
        return arguments[0]
    return dict(zip(names, arguments, strict=False))


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  # the day on the calendar of whoever sits here


def _put(server: Server, session: Session, record: Record, place: Json, *, by_client: bool) -> None:
    """Has the client make a new record, unless the server has done so, and show it where it can."""
    uri = session.convert.uri(record.path)

    def show() -> None:
        if server.client("window.showDocument.support", False):
            server.request(types.WINDOW_SHOW_DOCUMENT, {"uri": uri, "takeFocus": True, "selection": place}, timeout=None)

    def made(reply: Reply) -> None:
        answer = reply.result if isinstance(reply.result, Mapping) else {}
        if answer.get("applied"):
            show()
            return
        reason = reply.error or answer.get("failureReason") or "the editor gave no reason"
        message = f"“{record.name.stem}” was not created: {reason}"
        server.notify(types.WINDOW_SHOW_MESSAGE, {"type": types.MessageType.Warning, "message": message})

    if not by_client:
        show()
        return
    label = f"Create {record.id}"
    edit = session.convert.workspace_edit((), session.file, label=label, created=(record,))
    server.request(types.WORKSPACE_APPLY_EDIT, {"label": label, "edit": edit}, made, timeout=None)


def _report(server: Server, session: Session, path: str, known: Mapping[str, str]) -> Json:
    identity, found = session.all_diagnostics()[path]
    uri = session.convert.uri(path)
    document = server.documents.get(uri)
    head: Json = {"uri": uri, "version": document.version if document else None, "resultId": identity}
    if known.get(uris.key(uri)) == identity:
        return {"kind": "unchanged", **head}
    return {"kind": "full", "items": found, **head}


def _apply(server: Server, session: Session, label: str, edits: list[Any], *, preview: bool) -> Json:
    """Asks the client to apply edits; answers at once how many there are, since the client may take its time to confirm them."""
    if edits:
        edit = session.convert.workspace_edit(edits, session.file, label=label, annotated=preview)
        server.request(types.WORKSPACE_APPLY_EDIT, {"label": label, "edit": edit}, timeout=None)
    return {"edits": len(edits)}


def serve() -> None:
    """Serves a client on standard input and output until it leaves, and ends the process with the code that the protocol asks for."""
    sys.setswitchinterval(SWITCH)
    code = make_server().run_stdio()
    sys.stdout.flush()
    os._exit(code)
