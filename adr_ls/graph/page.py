"""A graph as one page of HTML that needs nothing else: the drawing, what of it is to be seen, and a table that says the same.

The script and the style sheet that draw it are built of ``client-vscode/src/page`` and stand beside this module. The page runs them alone,
which its own policy says by their hashes, and fetches nothing. What people wrote stands in it as data.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from html import escape

from adr_ls.graph import data
from adr_ls.graph.model import By, Graph, labelled, plain

SCRIPT, STYLE = "page.js", "page.css"
"""The names of the two files."""


def render(graph: Graph, by: By | None, link: Callable[[str], str], title: str, script: str, style: str) -> str:
    """The page, on which records are put together so at first; `link` gives the address of the record at a path."""
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    )
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(title)}</title>",
        f"<style>{style}</style>",
        f'<div id="page" data-by="{by}">' if by is not None else '<div id="page">',
        "<noscript>",
        f"<h1>{_text(title)}</h1>",
        *_listed(graph, link),
        "</noscript>",
        "</div>",
        f'<script type="application/json" id="graph">{_data(graph, link)}</script>',
        f"<script>{script}</script>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _data(graph: Graph, link: Callable[[str], str]) -> str:
    """The graph as JSON, without what would end the element that it stands in or disguise it."""
    text = json.dumps(data.for_clients(graph.shown(), link), ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _listed(graph: Graph, link: Callable[[str], str]) -> Iterator[str]:
    """What the page says where no script runs."""
    names = {node.path: node.id for node in graph.nodes}
    said: dict[str, list[str]] = {}
    for edge in graph.edges:
        said.setdefault(edge.source, []).append(f"{labelled(edge)} {names[edge.target]}")
    yield "<ul>"
    for node in graph.nodes:
        stands = "; ".join([", ".join(filter(None, (node.state, node.dated))), *said.get(node.path, ())])
        yield f'<li><a href="{_text(link(node.path))}">{_text(node.name)}</a>: {_text(stands)}</li>'
    yield "</ul>"


def _text(text: str) -> str:
    return escape(plain(text))
