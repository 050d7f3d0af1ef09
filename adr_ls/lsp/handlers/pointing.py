"""What the client asks first, about what somebody points at: so it imports little."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from adr_ls.ide import goto, hover
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.protocol import Raw
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import CARD, GLANCE, WIDE


def on_hover(session: Session, params: types.HoverParams) -> Any:
    """The card of the record or the explanation of the word at a place; why a problem there matters, where the client shows no link."""
    at = session.cursor(params.text_document, params.position)
    explains = at is not None and not session.convert.describes and not at.workspace.is_partial

    def answer() -> Json | None:
        at = session.cursor(params.text_document, params.position)
        found = hover.hover(at, session.convert.uri, session.convert.manual, session.past) if at else None
        if at and explains:
            found = hover.explaining(session.publishing.examined(at.record.path), at.offset, session.convert.manual, found)
        return session.convert.hover(found, at.record.lines) if at and found else None

    def dated(_: object = None) -> Any:
        record = hover.about(at) if at else None
        return session.dated([record.path] if record is not None else [], params.text_document.uri, answer)

    return session.examined(at.record.path, dated, fixable=True) if at and explains else dated()


def on_definition(session: Session, params: types.DefinitionParams) -> list[Json]:
    """Where a reference leads."""
    at = session.cursor(params.text_document, params.position)
    return session.convert.spots(goto.definition(at), at.record, session.workspace, session.now.file) if at else []


def on_references(session: Session, params: types.ReferenceParams) -> Raw | list[Json]:
    """Where the record at a place is referred to."""
    at = session.cursor(params.text_document, params.position)
    found = goto.references(at, declaration=params.context.include_declaration) if at else ()
    return session.convert.places(found, session.workspace, session.now.file) if at else []


HANDLERS = (
    Handler(types.TEXT_DOCUMENT_HOVER, on_hover, CARD),
    Handler(types.TEXT_DOCUMENT_DEFINITION, on_definition, GLANCE),
    Handler(types.TEXT_DOCUMENT_REFERENCES, on_references, WIDE),
)
