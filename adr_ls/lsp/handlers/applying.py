"""What commands have in common: how the client is made to change files, and which day it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from lsprotocol import types

from adr_ls.lsp.convert import Json
from adr_ls.lsp.protocol import Reply, RequestFailed
from adr_ls.lsp.session import Session
from adr_ls.syntax.change import Change
from adr_ls.write.creation import CreationError

Answer = Callable[[Callable[[], Any]], object]
"""Takes a call that returns what came of something, or raises `RequestFailed`."""


def apply(session: Session, change: Change, *, preview: bool) -> Json:
    """Asks the client to carry out edits; answers at once how many those are, since it may take its time to confirm them.

    Where it does not do them people are told, unless they were shown a preview and said no.
    """

    def answered(reply: Reply) -> None:
        if (reason := _refusal(reply)) is not None and not (preview and reason == ""):
            tell(session, _not_done(change, reason))

    if change:
        _ask(session, change, answered, preview=preview)
    return {"edits": len(change.edits)}


def carry_out(session: Session, change: Change, answer: Answer, done: Callable[[], Any]) -> None:
    """Makes the new files of a change on the disk, has the client do its edits, and gives `done` to `answer` when both is done.

    New files come first, so that what the edits name leads somewhere. Where the client refuses, they are taken back, unless somebody
    changed them meanwhile, and what `answer` gets says so. Raises `RequestFailed` where the files cannot be made.
    """
    try:
        session.loading.create(change.created)
    except CreationError as error:
        raise RequestFailed(str(error)) from None
    edits = Change(change.title, change.edits)
    if not edits:
        answer(done)
        return

    def answered(reply: Reply) -> None:
        reason = _refusal(reply)
        if reason is None:
            answer(done)
            return
        left = session.loading.take_back(change.created)
        became = f"{', '.join(left)} was changed meanwhile and is left." if left else "What was made for that is taken back."
        answer(partial(_refuse, f"{_not_done(change, reason)} {became}"))

    _ask(session, edits, answered, preview=False)


def tell(session: Session, message: str) -> None:
    """Warns people in their editor."""
    session.server.notify(types.WINDOW_SHOW_MESSAGE, {"type": types.MessageType.Warning, "message": message})


def _ask(session: Session, change: Change, answered: Callable[[Reply], object], *, preview: bool) -> None:
    params: Json = {
        "label": change.title,
        "edit": session.convert.workspace_edit(change, session.now.file, annotated=preview),
    }
    if len(change.by_path) > 1 and session.server.client("workspace.workspaceEdit.metadataSupport", False):
        params["metadata"] = {"isRefactoring": True}  # so that files that are not open need not be saved one by one
    session.server.request(types.WORKSPACE_APPLY_EDIT, params, answered, timeout=None)


def _refusal(reply: Reply) -> str | None:
    """Why a client did not do edits, empty where it says nothing of that; None where it did them."""
    if reply.error is not None:
        return reply.error
    answer = reply.result if isinstance(reply.result, Mapping) else {}
    if answer.get("applied") is True:
        return None
    reason = answer.get("failureReason")
    return reason if isinstance(reason, str) else ""


def _not_done(change: Change, reason: str) -> str:
    why = f": {reason.rstrip('.')}" if reason.strip() else ""
    return f"{change.title}: the editor did not change the files{why}."


def _refuse(message: str) -> None:
    raise RequestFailed(message)


def today() -> str:
    """The day in ISO 8601."""
    return date.today().isoformat()  # noqa: DTZ011  # the day on the calendar of whoever sits here
