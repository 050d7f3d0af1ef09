"""A graph as data: for scripts, as ``adr-ls graph --format json`` prints it, and for editors and the page that draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adr_ls.graph.model import Graph, Node

Json = dict[str, Any]


def dated_from(node: Node) -> str | None:
    """Who says the date of a decision: the ``record``, or only ``git``; None where nobody does."""
    return None if not node.date else "git" if node.is_dated_by_git else "record"


def for_scripts(graph: Graph, relative: Callable[[str], str]) -> Json:
    """The graph with the paths that `relative` makes of the records' own. New keys may be added; those that are there keep their meaning."""
    return {
        "version": 1,
        "nodes": [
            {
                "path": relative(node.path),
                "log": relative(node.log),
                "id": node.id,
                "number": node.number,
                "title": node.title,
                "status": node.status,
                "status_text": node.status_text,
                "standing": node.standing,
                "date": node.date,
                "date_from": dated_from(node),
                "area": node.area,
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                "from": relative(edge.source),
                "to": relative(edge.target),
                "kind": edge.kind,
                "partial": edge.is_partial,
                "evidence": edge.evidence,
                "said_by": list(edge.sides),
            }
            for edge in graph.edges
        ],
    }


def for_clients(graph: Graph, uri: Callable[[str], str]) -> Json:
    """The graph as ``adr-ls/graph`` answers it and as the page takes it; `uri` gives the address of a record or directory by its path."""
    return {
        "nodes": [
            {
                "uri": uri(node.path),
                "log": uri(node.log),
                "id": node.id,
                "number": node.number,
                "title": node.title,
                "status": node.status,
                "statusText": node.status_text,
                "standing": node.standing,
                "date": node.date,
                "dateFrom": dated_from(node),
                "area": node.area,
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                "from": uri(edge.source),
                "to": uri(edge.target),
                "kind": edge.kind,
                "partial": edge.is_partial,
                "evidence": edge.evidence,
                "saidBy": list(edge.sides),
            }
            for edge in graph.edges
        ],
    }
