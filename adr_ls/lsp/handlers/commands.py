"""What the client can have done. Arguments come as one object with names, or one by one in the order of these."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any

from lsprotocol import types

from adr_ls.ide import actions, records, superseding
from adr_ls.ide.superseding import SupersedingError
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers import showing
from adr_ls.lsp.handlers.applying import Answer, apply, carry_out, tell, today
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.protocol import Later, Reply, RequestFailed
from adr_ls.lsp.session import EARLY, Session
from adr_ls.lsp.waiting import EDIT, LOOK
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.rules.model import called
from adr_ls.syntax.change import joined
from adr_ls.write import creation, editing
from adr_ls.write.creation import CreationError, Made


def update_index(session: Session, *arguments: Any) -> Json:
    """Updates the index of each file at the given URIs, or of all logs without any; tells of those where that fails."""
    paths = _paths(session, arguments) or sorted(session.workspace.indexes)
    found, failed = actions.updates_of(session.workspace, paths)
    for path in failed:
        tell(
            session,
            f"{posixpath.basename(path)} could not be updated, which is a mistake in adr-ls; the server’s log says why.",
        )
    return apply(session, joined("Update the ADR index", found), preview=True)


def fix_all(session: Session, *arguments: Any) -> Json:
    """Applies all safe fixes to the files at the given URIs."""
    return apply(session, actions.fix_all_in(session.workspace, _paths(session, arguments)), preview=False)


def new_record(session: Session, *arguments: Any) -> Json | Later:
    """Makes a record with the given title, in the log of the file or directory at the given URI."""
    asked = _named(arguments, "title", "uri")
    title, replaced = asked.get("title"), asked.get("supersedes")
    if isinstance(replaced, str | int) and isinstance(title, str) and title.strip():
        return _superseded_by_new_later(session, _replaced(session, asked, str(replaced)), title)
    try:
        made = _create(session, asked)
    except CreationError as error:
        raise RequestFailed(str(error)) from None
    return _shown(session, made)


def supersede(session: Session, *arguments: Any) -> Json | Later | None:
    """Has the record at the given URI superseded: by a new one with a title, or by the one given; asks which where neither is given."""
    asked = _named(arguments, "uri", "title", "by")
    record = _record(session, asked.get("uri"))
    title, by = asked.get("title"), asked.get("by")
    if isinstance(by, str) and by.strip():
        return _superseded_by(session, record, _successor(session, record, by))
    if isinstance(title, str) and title.strip():
        return _superseded_by_new_later(session, record, title)
    _ask_for_successor(session, record)
    return None


def set_status(session: Session, *arguments: Any) -> None:
    """Gives the record at the given URI another status; asks for the successor where it is to be superseded."""
    asked = _named(arguments, "uri", "status")
    record, status = _record(session, asked.get("uri")), asked.get("status")
    if not isinstance(status, str) or not status.strip():
        raise RequestFailed("No status was given.")
    if obstacle := editing.obstacle(record):
        raise RequestFailed(obstacle)
    if records.asks_for_successor(session.workspace, record, status):
        _ask_for_successor(session, record)
        return
    change = records.set_status(session.workspace, record, status, today())
    if not change and any(editing.is_checklist(record, stated) for stated in record.statuses):
        raise RequestFailed(f"The status is a list to tick, and “{status}” is not in it.")
    apply(session, change, preview=False)


HANDLERS = (
    Handler("adr-ls.updateIndex", update_index, EDIT),
    Handler("adr-ls.fixAll", fix_all, EDIT),
    Handler(creation.COMMAND, new_record, EDIT),
    Handler("adr-ls.setStatus", set_status, EDIT),
    Handler(superseding.COMMAND, supersede, EDIT),
    Handler(showing.OPEN, showing.open_record, LOOK),
    Handler(showing.REFERENCES, showing.show_references, LOOK),
    Handler(showing.HISTORY, showing.show_history, LOOK),
)


def _paths(session: Session, uris: Iterable[Any]) -> list[str]:
    return [path for uri in uris if (path := session.path(uri))]


def _named(arguments: tuple[Any, ...], *names: str) -> Mapping[str, Any]:
    """The values that a command is given by their names."""
    if arguments and isinstance(arguments[0], Mapping):
        return arguments[0]
    return dict(zip(names, arguments, strict=False))


def _record(session: Session, uri: Any) -> Record:
    """The record at a URI."""
    path = session.path(uri)
    record = session.workspace.file(path) if path is not None and path in session.workspace.records else None
    if record is None:
        raise RequestFailed("This file is no ADR, so it has no status.")
    return record


def _create(session: Session, asked: Mapping[str, Any]) -> Made:
    """Makes a record for the log that a file or directory belongs to, or for the first folder where there is none.

    Raises `CreationError` where there can be none.
    """
    title, number, template = (asked.get(name) for name in ("title", "number", "template"))
    file = session.path(asked.get("file"))
    near = session.path(asked.get("uri")) or file
    known = creation.log_near(session.workspace, near) if not session.loading.is_unbegun(near) else None
    log = known or session.loading.cradle(near)
    with session.loading.turn(log) as workspace:
        made = creation.create(
            workspace,
            log,
            title if isinstance(title, str) else "",
            today(),
            near=workspace.records.get(near) if near else None,
            path=file or "",
            number=number if isinstance(number, int) and number > 0 else None,
            template=session.path(template) or template if isinstance(template, str) else "",
            newline=session.loading.usual_line_end(log),
        )
        session.loading.check_place(made.record)
        session.loading.create(made.change.created)
    return made


def _shown(session: Session, made: Made) -> Json:
    """Has the client show a record that was made, where it can; answers where it is and where writing begins."""
    path, place = made.record.path, session.convert.range(made.record.lines, made.selection)

    def answered(reply: Reply) -> None:
        if (
            isinstance(reply.result, Mapping)
            and reply.result.get("success")
            and session.convert.has_stops
            and len(made.blanks) > 1
        ):
            edit = session.convert.stops(made.record, made.blanks)
            session.server.request(types.WORKSPACE_APPLY_EDIT, {"label": "Fill in", "edit": edit}, timeout=None)

    if session.server.client("window.showDocument.support", False):
        params = {"uri": session.convert.uri(path), "takeFocus": True, "selection": place}
        session.server.request(types.WINDOW_SHOW_DOCUMENT, params, answered, timeout=None)
    blanks = [session.convert.range(made.record.lines, blank) for blank in made.blanks]
    return {"uri": session.convert.uri(path), "range": place, "blanks": blanks, "number": made.record.number}


# Superseding

OFFERED = 9
"""Among how many successors one is asked to choose, at most."""
_NEW = "A new ADR"


def _successor(session: Session, old: Record, by: str) -> Known:
    """The record that is given as a successor: by its URI, its number or its name."""
    log = session.workspace.log_of(old.path)
    path = session.path(by)
    found = session.workspace.records.get(path) if path else None
    if found is None and log is not None:
        try:
            found = creation.numbered(session.workspace, log, by)
        except CreationError as error:
            raise RequestFailed(str(error)) from None
    if found is None:
        raise RequestFailed("The successor is no ADR.")
    return found


def _replaced(session: Session, asked: Mapping[str, Any], written: str) -> Record:
    """The record that a new one is to supersede: by its URI, or by its number or name in the log that is meant."""
    path = session.path(written)
    if path is None or path not in session.workspace.records:
        log = creation.log_near(session.workspace, session.path(asked.get("uri")))
        try:
            path = creation.numbered(session.workspace, log, written).path if log is not None else None
        except CreationError as error:
            raise RequestFailed(str(error)) from None
    record = session.workspace.file(path) if path is not None else None
    if record is None:
        raise RequestFailed("What is to be superseded is no ADR.")
    return record


def _superseded_by(session: Session, old: Record, new: Known) -> Json:
    try:
        change = superseding.by_existing(session.workspace, old, new)
    except SupersedingError as error:
        raise RequestFailed(str(error)) from None
    apply(session, change, preview=False)
    return {"uri": session.convert.uri(new.path), "number": new.number}


def _superseded_by_new(session: Session, old: Record, title: str, answer: Answer) -> None:
    """Supersedes a record by a new one; see `carry_out`. Raises `RequestFailed` where that is impossible."""
    log = session.workspace.log_of(old.path)
    try:
        newline = session.loading.usual_line_end(log) if log is not None else ""
        with session.loading.turn(log) if log is not None else nullcontext(session.workspace) as workspace:
            made = superseding.by_new(workspace, old, title, newline=newline)
            session.loading.check_place(made.record)
            carry_out(session, made.change, answer, partial(_shown, session, made))
    except (SupersedingError, CreationError) as error:
        raise RequestFailed(str(error)) from None


def _superseded_by_new_later(session: Session, old: Record, title: str) -> Later:
    later = Later()
    _superseded_by_new(session, old, title, later.give)
    return later


def _ask_for_successor(session: Session, old: Record) -> None:
    """Asks people which record supersedes one, and has that done."""
    path = old.path
    if reason := superseding.obstacle(session.workspace, old):
        raise RequestFailed(reason)
    named = {called(one): one.path for one in superseding.candidates(session.workspace, old)[:OFFERED]}

    def attempt(step: Callable[[], Any]) -> bool:
        try:
            step()
        except RequestFailed as error:
            tell(session, str(error.message))
        return True

    def answered(reply: Reply) -> None:
        choice = reply.result.get("title") if isinstance(reply.result, Mapping) else None
        if choice is not None:  # people may have taken their time, in which files have come and gone
            session.waiting.until(EDIT, partial(chosen, choice), partial(tell, session, EARLY))

    def chosen(choice: object) -> None:
        record = session.workspace.file(path)
        if record is None:
            return
        if choice == _NEW:
            title = superseding.working_title(session.workspace, record)
            attempt(lambda: _superseded_by_new(session, record, title, attempt))
        elif choice in named and named[choice] in session.workspace.records:
            attempt(lambda: _superseded_by(session, record, session.workspace.records[named[choice]]))

    params = {
        "type": types.MessageType.Info,
        "message": f"Which ADR supersedes {called(old)}?",
        "actions": [{"title": title} for title in (*named, _NEW)],
    }
    session.server.request(types.WINDOW_SHOW_MESSAGE_REQUEST, params, answered, timeout=None)
