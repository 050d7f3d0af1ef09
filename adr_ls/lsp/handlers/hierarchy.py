"""What the client asks of how records hang together."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from adr_ls.ide import hierarchy
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import LOOK


def on_prepare(
    session: Session, params: types.CallHierarchyPrepareParams | types.TypeHierarchyPrepareParams
) -> list[Json] | None:
    """The records that a hierarchy at a place is about."""
    at = session.cursor(params.text_document, params.position)
    return [session.convert.node(session.workspace, record) for record in hierarchy.items(at)] if at else None


def on_incoming(session: Session, params: types.CallHierarchyIncomingCallsParams) -> list[Json]:
    """Who refers to a record."""
    path = session.path(params.item.uri)
    found = hierarchy.incoming(session.workspace, path) if path else ()
    return [
        {
            "from": session.convert.node(session.workspace, one.file),
            "fromRanges": session.convert.ranges(one.file, one.places, session.workspace),
        }
        for one in found
    ]


def on_outgoing(session: Session, params: types.CallHierarchyOutgoingCallsParams) -> list[Json]:
    """To which records one refers."""
    path = session.path(params.item.uri)
    source = session.workspace.facts(path) if path else None
    found = hierarchy.outgoing(session.workspace, source.path) if source is not None else ()
    return [
        {
            "to": session.convert.node(session.workspace, one.file),
            "fromRanges": session.convert.ranges(source, one.places, session.workspace),
        }
        for one in found
        if source is not None
    ]


def on_supertypes(session: Session, params: types.TypeHierarchySupertypesParams) -> list[Json]:
    """Which records one supersedes or amends."""
    path = session.path(params.item.uri)
    return _kin(session, hierarchy.supertypes(session.workspace, path) if path else ())


def on_subtypes(session: Session, params: types.TypeHierarchySubtypesParams) -> list[Json]:
    """Which records supersede or amend one."""
    path = session.path(params.item.uri)
    return _kin(session, hierarchy.subtypes(session.workspace, path) if path else ())


HANDLERS = (
    Handler(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, on_prepare, LOOK),
    Handler(types.CALL_HIERARCHY_INCOMING_CALLS, on_incoming, LOOK),
    Handler(types.CALL_HIERARCHY_OUTGOING_CALLS, on_outgoing, LOOK),
    Handler(types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, on_prepare, LOOK),
    Handler(types.TYPE_HIERARCHY_SUPERTYPES, on_supertypes, LOOK),
    Handler(types.TYPE_HIERARCHY_SUBTYPES, on_subtypes, LOOK),
)


def _kin(session: Session, found: Iterable[hierarchy.Kin]) -> list[Json]:
    return [session.convert.node(session.workspace, one.record, one.how) for one in found]
