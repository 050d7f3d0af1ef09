"""What editors may ask beyond the protocol; docs/editors.md tells of it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from adr_ls.graph import data
from adr_ls.graph.model import Graph, graph_of
from adr_ls.ide import overview, past, records, superseding
from adr_ls.lsp.convert import Json
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import KEPT, LOOK, LOOKING, NOW
from adr_ls.record.code import Code
from adr_ls.record.record import Record
from adr_ls.write import creation, filling


def on_record(session: Session, params: Any) -> Json | None:
    """What a status bar shows of a record."""
    record = _file(session, params)
    card = records.card(session.workspace, record) if record else None
    return session.convert.card(card) if card else None


def on_index(session: Session, params: Any) -> Json | None:
    """What a status bar shows of an index."""
    file = _file(session, params)
    card = records.index_card(session.workspace, file) if file else None
    return session.convert.index_card(card) if card else None


def on_records(session: Session, _params: Any) -> Json:
    """All records of all logs, and which of them need attention."""
    logs = overview.with_errors(session.workspace.derived(overview.overview), session.publishing.errors())
    return session.convert.overview(session.workspace, logs, overview.pressing(logs))


def on_successors(session: Session, params: Any) -> Json | None:
    """The records that may supersede a record, the likely ones first, or why none can; for menus to choose from."""
    record = _file(session, params)
    if record is None:
        return None
    workspace = session.workspace
    found = superseding.candidates(workspace, record)
    stated = ((one, status.text if (status := workspace.status(one)) else None) for one in found)
    return session.convert.successors(superseding.obstacle(workspace, record), stated)


def on_templates(session: Session, params: Any) -> list[Json]:
    """The templates among which people may choose for a new record near a file or directory."""
    log = creation.log_near(session.workspace, session.path(_uri(params)))
    found = filling.templates(log) if log is not None else ()
    return [{"uri": session.convert.uri(one.path), "name": posixpath.basename(one.path)} for one in found if one.path]


def on_mentions(session: Session, params: Any) -> list[Json]:
    """The records that a document names without linking them."""
    record = _file(session, params)
    return [session.convert.named(named) for named in records.named(session.workspace, record)] if record else []


def on_graph(session: Session, params: Any) -> Any:
    """How all records hang together, or those within some steps of the one that is asked about; git dates those that say no date."""
    graph: Graph = session.workspace.derived(graph_of)
    if isinstance(params, Mapping) and params.get("textDocument") is not None:
        path, depth = session.path(_uri(params)), params.get("depth", 1)
        if not isinstance(depth, int) or isinstance(depth, bool) or depth < 0:
            raise JsonRpcInvalidParams("depth is no number of steps")
        graph = graph.around(path, depth) if path is not None else Graph()
    undated = [node.path for node in graph.nodes if not node.date]

    def answer() -> Json:
        days = past.days({path: session.dating.known(path) for path in undated})
        return data.for_clients(graph.with_days(days), session.convert.uri)

    return session.dated(undated, None, answer, LOOKING)


HANDLERS = (
    Handler("adr-ls/record", on_record, LOOK),
    Handler("adr-ls/index", on_index, LOOK),
    Handler("adr-ls/records", on_records, KEPT),
    Handler("adr-ls/successors", on_successors, LOOK),
    Handler("adr-ls/templates", on_templates, LOOK),
    Handler("adr-ls/mentions", on_mentions, LOOK),
    Handler("adr-ls/graph", on_graph, NOW),
)


def _file(session: Session, params: Any) -> Record | None:
    """The file asked about."""
    found = session.file(_uri(params))
    return None if isinstance(found, Code) else found


def _uri(params: Any) -> str:
    """The URI asked about; the parameters have no type of the protocol's, so they are checked here."""
    item = params.get("textDocument") if isinstance(params, Mapping) else None
    uri = item.get("uri") if isinstance(item, Mapping) else None
    if not isinstance(uri, str):
        raise JsonRpcInvalidParams("textDocument.uri is missing")
    return uri
