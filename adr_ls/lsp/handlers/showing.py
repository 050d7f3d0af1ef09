"""Commands that only show something, for clients that have no way of their own to do so."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from adr_ls.ide import past
from adr_ls.ide.hover import heading
from adr_ls.lsp.protocol import Reply, RequestFailed
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import LOOKING
from adr_ls.record.facts import Facts
from adr_ls.syntax.text import Span

OPEN = "adr-ls.open"
REFERENCES = "adr-ls.showReferences"
HISTORY = "adr-ls.showHistory"
OFFERED = 12
"""Of how many files that refer to a record people may choose one."""


def open_record(session: Session, *arguments: Any) -> None:
    """Shows the record at the given URI."""
    record = _asked(session, arguments)
    _show(session, record, record.heading.span if record.heading else Span(0, 0))


def show_references(session: Session, *arguments: Any) -> None:
    """Shows what refers to the record at the given URI: asks which where there are several."""
    record = _asked(session, arguments)
    spots: dict[str, tuple[Facts, Span]] = {}
    for source, mention in session.workspace.mentions_of(record):
        name = _name(session, source)
        spots.setdefault(name, (source, mention.span))
    if len(spots) == 1:
        _show(session, *next(iter(spots.values())))
    elif spots:

        def answered(reply: Reply) -> None:
            choice = reply.result.get("title") if isinstance(reply.result, Mapping) else None
            if choice in spots:
                _show(session, *spots[choice])

        actions = [{"title": name} for name in list(spots)[:OFFERED]]
        params = {"type": types.MessageType.Info, "message": f"What refers to {heading(record)}", "actions": actions}
        session.server.request(types.WINDOW_SHOW_MESSAGE_REQUEST, params, answered, timeout=None)


def show_history(session: Session, *arguments: Any) -> Any:
    """Tells since when the record at the given URI has had which status, and what was changed after it was accepted."""
    record = _asked(session, arguments)

    def answer() -> None:
        story = session.dating.known(record.path)
        if story is None:
            raise RequestFailed("Git knows nothing of this record, or is not asked; “adr-ls history” says why.")
        message = "\n".join((heading(record), *past.events(story)))
        session.server.notify(types.WINDOW_SHOW_MESSAGE, {"type": types.MessageType.Info, "message": message})

    return session.dated([record.path], None, answer, LOOKING)


def _name(session: Session, source: Facts) -> str:
    """What people know a file by that refers to a record: source code by its path, as many files may have one name."""
    workspace, path = session.workspace, source.path
    if path in workspace.records:
        return heading(source)
    return posixpath.relpath(path, workspace.root_of(path)) if path in workspace.code else posixpath.basename(path)


def _asked(session: Session, arguments: tuple[Any, ...]) -> Facts:
    """The record that a command is given as ``{"uri": …}``, or as the URI alone."""
    given = arguments[0] if arguments else None
    path = session.path(given.get("uri") if isinstance(given, Mapping) else given)
    record = session.workspace.records.get(path) if path is not None else None
    if record is None:
        raise RequestFailed("This file is no ADR.")
    return record


def _show(session: Session, file: Facts, span: Span) -> None:
    if not session.server.client("window.showDocument.support", False):
        raise RequestFailed("This editor does not let others show a file.")
    (place,) = session.convert.ranges(file, (span,), session.workspace)
    params = {"uri": session.convert.uri(file.path), "takeFocus": True, "selection": place}
    session.server.request(types.WINDOW_SHOW_DOCUMENT, params, timeout=None)
