"""The page that draws a graph: that it is one file that fetches nothing, and that nobody's words become more than words."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from adr_ls.graph import page
from adr_ls.graph.model import Graph
from adr_ls.io.page import part
from tests.conftest import REPOSITORY
from tests.graph.test_forms import HOSTILE, graph, link

CLIENT = REPOSITORY / "client-vscode"


class Elements(HTMLParser):
    """The elements of a page, each with its attributes and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.is_open = False
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

        self.is_open = True

    def handle_endtag(self, tag: str) -> None:
        self.is_open = self.is_open and tag not in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self.found and self.is_open:
            self.found[-1][2].append(data)

    def text(self, tag: str, **attributes: str) -> str:
        (text,) = ("".join(said) for name, own, said in self.found if name == tag and attributes.items() <= own.items())
        return text


def rendered(of: Graph, title: str = "Decisions") -> str:
    return page.render(of, None, link, title, part(page.SCRIPT), part(page.STYLE))


def test_it_holds_the_graph_as_data() -> None:
    found = json.loads(Elements(rendered(graph())).text("script", id="graph"))
    assert [node["uri"] for node in found["nodes"]] == [link(node.path) for node in graph().nodes]
    assert [edge["kind"] for edge in found["edges"]] == ["amends", "refers"]


def test_it_runs_its_own_script_alone_and_fetches_nothing() -> None:
    elements = Elements(rendered(graph()))
    (policy,) = (own["content"] for name, own, _ in elements.found if own.get("http-equiv") == "Content-Security-Policy")
    scripts = ["".join(said) for name, own, said in elements.found if name == "script" and "type" not in own]
    assert len(scripts) == 1
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (*scripts, elements.text("style"))]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert not [own for _, own, _ in elements.found if "src" in own or any(name.startswith("on") for name in own)]
    assert {own["href"] for _, own, _ in elements.found if "href" in own} == {link(node.path) for node in graph().nodes}
    assert not re.search(r"@import|url\(", part(page.STYLE))


def test_it_says_how_records_are_put_together_at_first() -> None:
    text = page.render(graph(), "time", link, "Decisions", "", "")
    assert [own for name, own, _ in Elements(text).found if name == "div"] == [{"id": "page", "data-by": "time"}]


def test_without_scripts_it_lists_the_records() -> None:
    items = ["".join(said).strip() for name, _, said in Elements(rendered(graph())).found if name in ("li", "a")]
    assert items[2:4] == ["", "ADR-0002: Night export: accepted, 2024-07-09; amends in part ADR-0001"]


@pytest.mark.parametrize("title", HOSTILE)
def test_nobodys_words_become_markup(title: str) -> None:
    whole = graph()
    bad = Graph(
        tuple(replace(one, title=title, area=title, status_text=title, standing="other") for one in whole.nodes), whole.edges
    )
    one, other = Elements(rendered(whole)), Elements(rendered(bad, title))
    assert [name for name, _, _ in one.found] == [name for name, _, _ in other.found]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u2028\u202e]", rendered(bad, title))
    (data,) = {node["title"] for node in json.loads(other.text("script", id="graph"))["nodes"]}
    assert data == " ".join(re.sub(r"[\x00-\x1f\u2028\u202e]", " ", title).split())


def test_what_draws_it_is_built_of_these_sources() -> None:
    """`make page` builds it, and ``npm run check`` compares all of it; here only the sources are compared, without Node.js."""
    digest = hashlib.sha256()
    for path in sorted((CLIENT / "src" / "page").iterdir()):
        if path.suffix in (".ts", ".css") and not path.name.endswith(".test.ts"):
            digest.update(f"{path.name}\n{path.read_text('utf-8')}\n".encode())
    for name in (page.SCRIPT, page.STYLE):
        assert digest.hexdigest() in part(name).partition("*/")[0].splitlines()[0], "run “make page”"


def test_it_names_what_it_holds_with_version_and_licence() -> None:
    head = part(page.SCRIPT).partition("*/")[0]
    packages = json.loads((CLIENT / "package-lock.json").read_text("utf-8"))["packages"]
    held = re.findall(r"(\S+) (\d+\.\d+\.\d+) \(([\w-]+)\)", head.splitlines()[1])
    assert {name for name, _, _ in held} >= {"@dagrejs/dagre", "d3-zoom", "d3-selection", "d3-time"}
    for name, version, licence in held:
        assert packages[f"node_modules/{name}"]["version"] == version
        assert licence in ("MIT", "ISC", "BSD-3-Clause")
        assert f"{name} {version} ({licence})\n\n" in head
