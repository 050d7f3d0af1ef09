"""A graph for Mermaid, which GitHub, GitLab and many wikis draw: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from adr_ls.graph.model import By, Edge, Graph, Kind, Node, labelled, names_of, plain
from adr_ls.syntax import lazy
from adr_ls.words.language import Canonical

MOST_EDGES = 500
"""How many edges Mermaid draws unless it is configured to draw more."""
_ARROWS: Mapping[Kind, str] = MappingProxyType({"supersedes": "==>", "amends": "-->", "relates": "-.-", "refers": "-.->"})
_STYLES: Mapping[Canonical, str] = MappingProxyType(
    {
        "draft": "fill:#f3f4f6,stroke:#6b7280,color:#1f2937,stroke-dasharray:4 3",
        "proposed": "fill:#dbeafe,stroke:#2563eb,color:#1e3a8a,stroke-dasharray:4 3",
        "accepted": "fill:#dcfce7,stroke:#15803d,color:#14532d",
        "amended": "fill:#fef3c7,stroke:#b45309,color:#713f12",
        "superseded": "fill:#e5e7eb,stroke:#6b7280,color:#4b5563",
        "deprecated": "fill:#e5e7eb,stroke:#6b7280,color:#4b5563",
        "rejected": "fill:#fee2e2,stroke:#b91c1c,color:#7f1d1d",
    }
)
_UNSAFE = lazy.regex(r"[\x21-\x27*+;<=>?@\[\\\]^_`{|}~]")
"""What may mean something in a label, even between quotes."""


def render(graph: Graph, by: By | None, link: Callable[[str], str]) -> str:
    """The graph as a flowchart in which time goes from left to right; `link` gives the address of the record at a path."""
    return "\n".join(_lines(graph, by, link)) + "\n"


def _lines(graph: Graph, by: By | None, link: Callable[[str], str]) -> Iterator[str]:
    names = names_of(graph.nodes)
    yield "flowchart RL"
    if by is None:
        yield from (f"  {_node(node, names)}" for node in graph.nodes)
    else:
        for at, (group, nodes) in enumerate(graph.groups(by).items(), 1):
            yield f'  subgraph g{at}["{escaped(group)}"]'
            yield from (f"    {_node(node, names)}" for node in nodes)
            yield "  end"
    yield from (f"  {_edge(edge, names)}" for edge in graph.edges)
    yield from (f'  click {names[node.path]} href "{link(node.path)}"' for node in graph.nodes)
    there = dict.fromkeys(node.standing for node in graph.nodes)
    yield from (f"  classDef {standing} {_STYLES[standing]}" for standing in there if standing in _STYLES)


def _node(node: Node, names: Mapping[str, str]) -> str:
    below = " · ".join(filter(None, (node.state, node.dated)))
    style = f":::{node.standing}" if node.standing in _STYLES else ""
    return f'{names[node.path]}["{escaped(node.name)}<br/>{escaped(below)}"]{style}'


def _edge(edge: Edge, names: Mapping[str, str]) -> str:
    label = f"|{labelled(edge)}|" if edge.kind in ("supersedes", "amends") else ""
    return f"{names[edge.source]} {_ARROWS[edge.kind]}{label} {names[edge.target]}"


def escaped(text: str) -> str:
    """A text as it stands in a label, with codes for what would end the label or mean something in it."""
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};", plain(text))
