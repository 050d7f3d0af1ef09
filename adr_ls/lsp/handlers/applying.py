"""What commands have in common: how the client is made to change files, and which day it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from lsprotocol import types

from adr_ls.lsp.convert import Json
from adr_ls.lsp.protocol import Reply, RequestFailed
from adr_ls.lsp.session import Session
from adr_ls.syntax.change import Change

Answer = Callable[[Callable[[], Any]], bool]
"""Takes a call that returns what came of something, or raises `RequestFailed`; whether anybody still waits for it."""

PATIENCE = 60.0
"""Seconds after which somebody is told that the editor has neither done nor refused edits; it may be asking people before it does them."""


def apply(session: Session, change: Change, *, preview: bool) -> Json:
    """Asks the client to carry out edits; answers at once how many those are, since it may take its time to confirm them.

    Where it does not do them people are told, unless they were shown a preview and said no.
    """

    def answered(reply: Reply) -> None:
        if (reason := _refusal(reply)) is not None and not (preview and reason == ""):
            tell(session, _not_done(change, reason))

    if change:
        _asking(session, change, answered, preview=preview)()
    return {"edits": len(change.edits)}


def carry_out(session: Session, change: Change, answer: Answer, done: Callable[[], Any]) -> None:
    """Makes the new files of a change on the disk, has the client do its edits, and gives `done` to `answer` when both is done.

    New files come first, so that what the edits name leads somewhere. Where the client refuses or is gone, they are taken back, unless
    somebody changed them meanwhile or a part of the edits was done all the same, and what `answer` gets says so. A client that says
    nothing for long may still do them, so the files stay; then `answer` gets that, and people hear what becomes of it. Raises
    `RequestFailed` where the files cannot be made.
    """
    _Carrying(session, change, answer, done).begin()


class _Carrying:
    """A change that is being carried out, see `carry_out`."""

    def __init__(self, session: Session, change: Change, answer: Answer, done: Callable[[], Any]) -> None:
        self._session = session
        self._change = change
        self._answer = answer
        self._done = done
        self._is_over = False
        known = {path: file.text for path in change.by_path if (file := session.now.file(path)) is not None}
        self._edited = {path: change.text(path, text) for path, text in known.items()}
        """The texts that there will be."""

    def begin(self) -> None:
        """Makes the files, and asks for the edits."""
        from adr_ls.write.creation import CreationError  # noqa: PLC0415  # what opens a document imports this module, too

        edits = Change(self._change.title, self._change.edits)
        ask = _asking(self._session, edits, self._answered, preview=False) if edits else partial(self._answer, self._done)
        try:
            self._session.loading.create(self._change.created)
        except CreationError as error:
            raise RequestFailed(str(error)) from None
        try:
            ask()
        except Exception:
            self._session.loading.take_back(self._change.created)
            raise
        if edits:
            self._session.server.later(PATIENCE, self._wait_no_longer)

    def _are_done(self) -> list[bool]:
        """Of each file whether it has the text that the edits give it."""
        return [self._session.text(path) == text for path, text in self._edited.items()]

    def _answered(self, reply: Reply) -> None:
        self._is_over = True
        reason = _refusal(reply)
        done = self._are_done()
        if reason is None or (done and all(done)):
            self._answer(self._done)
            return
        if any(done):
            became = f"A part of them has changed all the same, so {self._names} is left."
        else:
            left = self._session.loading.take_back(self._change.created)
            became = (
                f"{', '.join(left)} was changed meanwhile and is left." if left else "What was made for that is taken back."
            )
        message = f"{_not_done(self._change, reason)} {became}"
        if not self._answer(partial(_refuse, message)):
            tell(self._session, message)

    def _wait_no_longer(self) -> None:
        if self._is_over:
            return
        done = self._are_done()
        if done and all(done):  # by a client that does not say so
            self._is_over = True
            self._answer(self._done)
            return
        what = f"{self._change.title}: the editor has not said yet whether it changes the files."
        self._answer(partial(_refuse, f"{what} {self._names} was made, and is taken back if it does not."))

    @property
    def _names(self) -> str:
        return ", ".join(PurePosixPath(path).name for path, _ in self._change.created)


def tell(session: Session, message: str) -> None:
    """Warns people in their editor."""
    session.server.notify(types.WINDOW_SHOW_MESSAGE, {"type": types.MessageType.Warning, "message": message})


def _asking(session: Session, change: Change, answered: Callable[[Reply], object], *, preview: bool) -> Callable[[], object]:
    """What asks the client for edits of the files as they are now."""
    params: Json = {
        "label": change.title,
        "edit": session.convert.workspace_edit(change, session.now.file, annotated=preview),
    }
    if len(change.by_path) > 1 and session.server.client("workspace.workspaceEdit.metadataSupport", False):
        params["metadata"] = {"isRefactoring": True}  # so that files that are not open need not be saved one by one
    return partial(session.server.request, types.WORKSPACE_APPLY_EDIT, params, answered, timeout=None)


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
