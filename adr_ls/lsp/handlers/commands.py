"""What the client can have done. Arguments come as one object with names, or one by one in the order of these."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from lsprotocol import types

from adr_ls.ide import actions, records
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers.applying import apply, today
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.protocol import Reply, RequestFailed
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import EDIT
from adr_ls.record.record import Record
from adr_ls.syntax.change import joined
from adr_ls.syntax.text import line_end
from adr_ls.write import creation, editing
from adr_ls.write.creation import CreationError, Made


def update_index(session: Session, *arguments: Any) -> Json:
    """Updates the index of each file at the given URIs, or of all logs without any."""
    paths = _paths(session, arguments) or sorted(session.workspace.indexes)
    found = (action.change for path in paths for action in actions.index_updates(session.workspace, path))
    return apply(session, joined("Update the ADR index", found), preview=True)


def fix_all(session: Session, *arguments: Any) -> Json:
    """Applies all safe fixes to the files at the given URIs."""
    return apply(session, actions.fix_all_in(session.workspace, _paths(session, arguments)), preview=False)


def new_record(session: Session, *arguments: Any) -> Json:
    """Makes a record with the given title, in the log of the file or directory at the given URI."""
    asked = _named(arguments, "title", "uri")
    title, file = asked.get("title"), session.path(asked.get("file"))
    near = session.path(asked.get("uri")) or file
    try:
        made = _create(session, title if isinstance(title, str) else "", near, file or "")
        # An editor gives a new file the line ends of its own system
        by_client = session.convert.creates and line_end(made.record.text) == os.linesep
        if not by_client:
            session.loading.carry_out(made.change)
    except CreationError as error:
        raise RequestFailed(str(error)) from None
    place = session.convert.range(made.record.lines, made.selection)
    if by_client:
        _have_made(session, made, place)
    else:
        _show(session, made.record, place)
    return {"uri": session.convert.uri(made.record.path), "range": place, "number": made.record.number}


def set_status(session: Session, *arguments: Any) -> None:
    """Gives the record at the given URI another status."""
    asked = _named(arguments, "uri", "status")
    path, status = session.path(asked.get("uri")), asked.get("status")
    record = session.workspace.file(path) if path is not None and path in session.workspace.records else None
    if record is None:
        raise RequestFailed("This file is no ADR, so it has no status.")
    if not isinstance(status, str) or not status.strip():
        raise RequestFailed("No status was given.")
    change = records.set_status(session.workspace, record, status, today())
    if not change and any(editing.is_checklist(record, stated) for stated in record.statuses):
        raise RequestFailed(f"The status is a list to tick, and “{status}” is not in it.")
    apply(session, change, preview=False)


HANDLERS = (
    Handler("adr-ls.updateIndex", update_index, EDIT),
    Handler("adr-ls.fixAll", fix_all, EDIT),
    Handler(creation.COMMAND, new_record, EDIT),
    Handler("adr-ls.setStatus", set_status, EDIT),
)


def _paths(session: Session, uris: Iterable[Any]) -> list[str]:
    return [path for uri in uris if (path := session.path(uri))]


def _named(arguments: tuple[Any, ...], *names: str) -> Mapping[str, Any]:
    """The values that a command is given by their names."""
    if arguments and isinstance(arguments[0], Mapping):
        return arguments[0]
    return dict(zip(names, arguments, strict=False))


def _create(session: Session, title: str, near: str | None, file: str) -> Made:
    """A new record for the log that a file or directory belongs to, or for the first folder where there is none.

    `file` is the path that it is to have, where that is known. Raises `CreationError` where there can be none.
    """
    log = creation.log_near(session.workspace, near) or session.loading.cradle(near)
    neighbour = session.workspace.records.get(near) if near else None
    newline = session.loading.usual_line_end(log)
    made = creation.create(session.workspace, log, title, today(), near=neighbour, path=file, newline=newline)
    session.loading.check_place(made.record)
    return made


def _show(session: Session, record: Record, place: Json) -> None:
    """Has the client show a new record, where it can."""
    if session.server.client("window.showDocument.support", False):
        params = {"uri": session.convert.uri(record.path), "takeFocus": True, "selection": place}
        session.server.request(types.WINDOW_SHOW_DOCUMENT, params, timeout=None)


def _have_made(session: Session, made: Made, place: Json) -> None:
    """Has the client make the file of a new record, and show it; tells people where it would not."""

    def answered(reply: Reply) -> None:
        answer = reply.result if isinstance(reply.result, Mapping) else {}
        if answer.get("applied"):
            _show(session, made.record, place)
            return
        reason = reply.error or answer.get("failureReason") or "the editor gave no reason"
        message = f"“{made.record.name.stem}” was not created: {reason}"
        session.server.notify(types.WINDOW_SHOW_MESSAGE, {"type": types.MessageType.Warning, "message": message})

    edit = session.convert.workspace_edit(made.change, session.now.file)
    session.server.request(types.WORKSPACE_APPLY_EDIT, {"label": made.change.title, "edit": edit}, answered, timeout=None)
