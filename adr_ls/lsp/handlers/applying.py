"""What commands have in common: how the client is made to change files, and which day it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lsprotocol import types

from adr_ls.lsp.convert import Json
from adr_ls.lsp.session import Session
from adr_ls.rules.model import FileEdit


def apply(session: Session, label: str, edits: Iterable[FileEdit], *, preview: bool) -> Json:
    """Asks the client to apply edits; answers at once how many there are, since the client may take its time to confirm them."""
    found = list(edits)
    if found:
        edit = session.convert.workspace_edit(found, session.now.file, label=label, annotated=preview)
        session.server.request(types.WORKSPACE_APPLY_EDIT, {"label": label, "edit": edit}, timeout=None)
    return {"edits": len(found)}


def today() -> str:
    """The day in ISO 8601."""
    return date.today().isoformat()  # noqa: DTZ011  # the day on the calendar of whoever sits here
