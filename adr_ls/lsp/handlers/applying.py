"""What commands have in common: how the client is made to change files, and which day it is."""

from __future__ import annotations

from datetime import date

from lsprotocol import types

from adr_ls.lsp.convert import Json
from adr_ls.lsp.session import Session
from adr_ls.syntax.change import Change


def apply(session: Session, change: Change, *, preview: bool) -> Json:
    """Asks the client to carry out a change; answers at once how many edits that are, since it may take its time to confirm them."""
    if change:
        params: Json = {
            "label": change.title,
            "edit": session.convert.workspace_edit(change, session.now.file, annotated=preview),
        }
        if len(change.by_path) > 1 and session.server.client("workspace.workspaceEdit.metadataSupport", False):
            params["metadata"] = {"isRefactoring": True}  # so that files that are not open need not be saved one by one
        session.server.request(types.WORKSPACE_APPLY_EDIT, params, timeout=None)
    return {"edits": len(change.edits)}


def today() -> str:
    """The day in ISO 8601."""
    return date.today().isoformat()  # noqa: DTZ011  # the day on the calendar of whoever sits here
