"""What the client asks of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from adr_ls.ide import actions, completion, goto, hints, lenses, menu, rename, selection, symbols
from adr_ls.ide.actions import Action, Offering
from adr_ls.log.workspace import Workspace
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers.applying import today
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.protocol import Raw, RequestFailed
from adr_ls.lsp.publishing import Kept
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import CHOICE, EDIT, KEPT, LOOK, OWN, SOME
from adr_ls.record.code import Code
from adr_ls.syntax.text import Span
from adr_ls.write.creation import CreationError
from adr_ls.write.renaming import RenamingError


def on_highlight(session: Session, params: types.DocumentHighlightParams) -> list[Json]:
    """Where the same file names the record at a place."""
    at = session.cursor(params.text_document, params.position)
    return [{"range": session.convert.range(at.record.lines, span)} for span in goto.highlights(at)] if at else []


def on_links(session: Session, params: types.DocumentLinkParams) -> list[Json]:
    """The bare references of a file, to click on."""
    record = session.referring(params.text_document)
    return session.convert.links(list(goto.document_links(session.workspace, record)), record.lines) if record else []


def on_symbols(session: Session, params: types.DocumentSymbolParams) -> list[Json]:
    """The headings of a file."""
    record = session.markdown(params.text_document)
    return session.convert.symbols(symbols.document_symbols(session.workspace, record), record) if record else []


def on_folds(session: Session, params: types.FoldingRangeParams) -> list[Json]:
    """What of a file can be folded."""
    record = session.markdown(params.text_document)
    return session.convert.folds(symbols.folds(record)) if record else []


def on_selections(session: Session, params: types.SelectionRangeParams) -> list[Json]:
    """What selections at some places grow to."""
    record = session.file(params.text_document.uri)
    if record is None or isinstance(record, Code):
        return []
    offsets = (session.offset(record, position) for position in params.positions)
    return [session.convert.selection(selection.selections(record, offset), record.lines) for offset in offsets]


def on_lenses(session: Session, params: types.CodeLensParams) -> Any:
    """What stands above the title of a record or an index, and above source code."""

    def answer() -> list[Json]:
        record = session.referring(params.text_document)
        found = lenses.lenses(session.workspace, record, session.past) if record else ()
        if record:
            session.dating.look([record.path])  # which is told of when it is known
        return [session.convert.lens(lens, record.lines) for lens in found] if record else []

    return session.linked(params.text_document.uri, answer)


def on_hints(session: Session, params: types.InlayHintParams) -> list[Json]:
    """The titles behind bare references in a range, where they are wanted."""
    record = session.markdown(params.text_document)
    if record is None or not hints.are_wanted(session.workspace, record):
        return []
    span = Span(session.offset(record, params.range.start), session.offset(record, params.range.end))
    return [session.convert.hint(hint, record.lines) for hint in hints.hints(session.workspace, record, span)]


def on_completion(session: Session, params: types.CompletionParams) -> Raw | None:
    """What may stand at a place; early only records, as the rest of them comes with the next letter."""
    at = session.cursor(params.text_document, params.position)
    if at is None or isinstance(at.record, Code):
        return None
    found = completion.completion(at, today())
    if session.is_glancing and not any(item.path for item in found.items):
        return None
    return session.convert.completion(found, at.record.lines)


def on_resolve(session: Session, item: types.CompletionItem) -> types.CompletionItem:
    """A completion item with the card of its record."""
    if isinstance(item.data, Mapping) and isinstance(item.data.get("path"), str):
        card = completion.documentation(session.workspace, item.data["path"], session.convert.uri)
        item.documentation = session.convert.documentation(card) if card else None
    return item


def on_actions(session: Session, params: types.CodeActionParams) -> Any:
    """What can be done at a range."""
    path = session.path(params.text_document.uri)
    return session.examined(path, lambda _: _actions(session, params), fixable=True) if path else []


def _actions(session: Session, params: types.CodeActionParams) -> list[Json]:
    record = session.file(params.text_document.uri)
    if record is None:
        return []
    ends = session.offset(record, params.range.start), session.offset(record, params.range.end)
    span = Span(min(ends), max(ends))
    kinds = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    offering = Offering(session.convert.moves, session.convert.resolves)
    problems = session.publishing.problems(record.path)
    found = menu.menu(session.workspace, record, span, today(), kinds, offering, problems)
    if not session.loading.is_met(LOOK):  # then what is to be done in other files is not known
        found = tuple(action for action in found if _is_within(action, record.path))
    given = [session.server.protocol.plain(diagnostic) for diagnostic in params.context.diagnostics]
    data = {"uri": params.text_document.uri, "version": _version(session, params.text_document.uri), "span": list(span)}
    shown = [action for action in found if not action.disabled or session.convert.explains]
    return [session.convert.action(session.workspace, action, record, session.now.file, given, data) for action in shown]


def on_action_resolve(session: Session, item: types.CodeAction) -> Json:
    """An action that was chosen, with its edits; refused where its text has changed since it was offered, or it is done already."""
    match item.data:
        case {"uri": str(uri), "version": version, "span": [int(start), int(end)], "choice": str(choice)}:
            record = session.file(uri)
        case _:
            raise JsonRpcInvalidParams("this action was not offered to be resolved")
    if record is None or version != _version(session, uri):
        raise RequestFailed("The text has changed since this was offered; please choose again.")
    with _turn(session, record.path if choice == actions.RENUMBER else None) as workspace:
        found = menu.chosen(workspace.settled(), record.path, Span(start, end), choice)
    if found is not None and found.disabled:
        raise RequestFailed(found.disabled)
    if found is None or not found.change:
        raise RequestFailed("There is nothing left to do here.")
    # What was offered is what is previewed, even if an update comes to a little more by now
    edit = session.convert.edit_of(replace(found, change=replace(found.change, title=item.title)), session.now.file)
    plain: Json = session.server.protocol.plain(item)
    return {**plain, "edit": edit}


def _version(session: Session, uri: str) -> int | None:
    """The version of an open document; None for a file on the disk."""
    document = session.server.documents.get(uri)
    return document.version if document is not None else None


def on_prepare_rename(session: Session, params: types.PrepareRenameParams) -> Json | None:
    """What a rename at a place would replace."""
    at = session.cursor(params.text_document, params.position)
    found = rename.renamable(at) if at else None
    return {"range": session.convert.range(at.record.lines, found.span), "placeholder": found.words} if at and found else None


def on_rename(session: Session, params: types.RenameParams) -> Json | None:
    """Another number or title for a record, everywhere."""
    at = session.cursor(params.text_document, params.position)
    if at is None:
        return None
    beside, found = session.loading.beside(), rename.renamable(at)
    is_number = found is not None and found.what == "number"
    with _turn(session, found.record.path if found is not None and is_number else None) as workspace:
        at = replace(at, workspace=workspace.remembering())
        try:
            change = rename.rename(at, params.new_name, move=session.convert.moves, beside=beside)
        except RenamingError as error:
            raise RequestFailed(str(error)) from None
    return session.moving.renamed(change, beside, session.convert, at.workspace)


@contextmanager
def _turn(session: Session, path: str | None) -> Iterator[Workspace]:
    """What is known, with what is there only now where the record at a path is to get a number of its log; see `Loader.turn`.

    Whatever is answered, the client does it later, and refuses to where there is such a file by then.
    """
    log = session.workspace.log_of(path) if path is not None else None
    if log is None:
        yield session.workspace
        return
    try:
        with session.loading.turn(log) as workspace:
            yield workspace
    except CreationError as error:
        raise RequestFailed(str(error)) from None


def on_diagnostic(session: Session, params: types.DocumentDiagnosticParams) -> Any:
    """The diagnostics of a file, for clients that pull."""
    path = session.path(params.text_document.uri)

    def answer(kept: Kept | None = None) -> Json:
        identity, found = session.publishing.diagnostics(path, kept) if path else ("0", [])
        if params.previous_result_id == identity:
            return {"kind": "unchanged", "resultId": identity}
        return {"kind": "full", "resultId": identity, "items": found}

    return session.examined(path, answer) if path else answer()


HANDLERS = (
    Handler(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, on_highlight, LOOK),
    Handler(types.TEXT_DOCUMENT_DOCUMENT_LINK, on_links, KEPT),
    Handler(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, on_symbols, LOOK),
    Handler(types.TEXT_DOCUMENT_FOLDING_RANGE, on_folds, OWN),
    Handler(types.TEXT_DOCUMENT_SELECTION_RANGE, on_selections, OWN),
    Handler(types.TEXT_DOCUMENT_CODE_LENS, on_lenses, LOOK),
    Handler(types.TEXT_DOCUMENT_INLAY_HINT, on_hints, LOOK),
    Handler(types.TEXT_DOCUMENT_COMPLETION, on_completion, SOME),
    Handler(types.COMPLETION_ITEM_RESOLVE, on_resolve, LOOK),
    Handler(types.TEXT_DOCUMENT_CODE_ACTION, on_actions, CHOICE),
    Handler(types.CODE_ACTION_RESOLVE, on_action_resolve, EDIT),
    Handler(types.TEXT_DOCUMENT_PREPARE_RENAME, on_prepare_rename, EDIT),
    Handler(types.TEXT_DOCUMENT_RENAME, on_rename, EDIT),
    Handler(types.TEXT_DOCUMENT_DIAGNOSTIC, on_diagnostic),
)


def _is_within(action: Action, path: str) -> bool:
    """Whether an action changes that one file, and makes and moves none."""
    is_own = action.change.is_edits_alone and action.change.by_path.keys() <= {path}
    return is_own and not action.choice and action.order is None
