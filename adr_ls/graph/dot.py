"""A graph for Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from adr_ls.graph.model import By, Edge, Graph, Kind, Node, labelled, names_of, plain
from adr_ls.words.language import Canonical

_EDGES: Mapping[Kind, str] = MappingProxyType(
    {
        "supersedes": 'style=bold, color="#374151"',
        "amends": 'color="#374151", arrowhead=empty',
        "relates": 'style=dashed, color="#6b7280", dir=none',
        "refers": 'style=dotted, color="#6b7280", arrowhead=open, arrowsize=0.7',
    }
)
_NODES: Mapping[Canonical, str] = MappingProxyType(
    {
        "draft": 'fillcolor="#f3f4f6", color="#6b7280", style="rounded,filled,dashed"',
        "proposed": 'fillcolor="#dbeafe", color="#2563eb", style="rounded,filled,dashed"',
        "accepted": 'fillcolor="#dcfce7", color="#15803d"',
        "amended": 'fillcolor="#fef3c7", color="#b45309"',
        "superseded": 'fillcolor="#e5e7eb", color="#6b7280", fontcolor="#4b5563"',
        "deprecated": 'fillcolor="#e5e7eb", color="#6b7280", fontcolor="#4b5563"',
        "rejected": 'fillcolor="#fee2e2", color="#b91c1c"',
    }
)


def render(graph: Graph, by: By | None, link: Callable[[str], str]) -> str:
    """The graph as a digraph in which time goes from left to right; `link` gives the address of the record at a path."""
    return "\n".join(_lines(graph, by, link)) + "\n"


def _lines(graph: Graph, by: By | None, link: Callable[[str], str]) -> Iterator[str]:
    names = names_of(graph.nodes)
    yield "digraph adr {"
    yield '  graph [rankdir=RL, fontname="Helvetica"]'
    yield '  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#6b7280", fontname="Helvetica", fontsize=11]'
    yield '  edge [fontname="Helvetica", fontsize=9]'
    if by is None:
        yield from (f"  {_node(node, names, link)}" for node in graph.nodes)
    else:
        for at, (group, nodes) in enumerate(graph.groups(by).items(), 1):
            yield f"  subgraph cluster_{at} {{"
            yield f'    label={quoted(group)}; color="#9ca3af"; style=rounded'
            yield from (f"    {_node(node, names, link)}" for node in nodes)
            yield "  }"
    yield from (f"  {_edge(edge, names)}" for edge in graph.edges)
    yield "}"


def _node(node: Node, names: Mapping[str, str], link: Callable[[str], str]) -> str:
    below = " · ".join(filter(None, (node.state, node.dated)))
    label = f"{quoted(node.name)[:-1]}\\n{quoted(below)[1:]}"
    style = f", {_NODES[node.standing]}" if node.standing in _NODES else ""
    return f"{names[node.path]} [label={label}, URL={quoted(link(node.path))}, tooltip={quoted(node.name)}{style}]"


def _edge(edge: Edge, names: Mapping[str, str]) -> str:
    label = f"label={quoted(labelled(edge))}, " if edge.kind in ("supersedes", "amends") else ""
    return f"{names[edge.source]} -> {names[edge.target]} [{label}{_EDGES[edge.kind]}]"


def quoted(text: str) -> str:
    """A text as a quoted string, in which Graphviz reads ``&amp;`` as HTML does, and escapes behind a backslash."""
    return '"' + plain(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'
