"""What a graph looks like in the languages in which graphs are drawn, whatever people call their records."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from adr_ls.graph import data, dot, mermaid
from adr_ls.graph.model import Graph, graph_of
from tests.fixture import fixture

LOG = """
-- docs/adr/0001-mill-queue.md --
# 1. Mill queue

**Status**: Accepted
**Date**: 2023-05-02
-- docs/adr/0002-night-export.md --
# 2. Night export

**Status**: Accepted
**Date**: 2024-07-09
**Amends**: parts of [ADR-1](0001-mill-queue.md)
-- docs/adr/0003-tariff-reader.md --
# 3. Tariff reader

**Status**: Proposed

After ADR-2.
"""


def link(path: str) -> str:
    return path.removeprefix("/w/")


def graph() -> Graph:
    return graph_of(fixture(LOG).workspace)


def test_mermaid() -> None:
    assert mermaid.render(graph(), None, link) == (
        "flowchart RL\n"
        '  n1["ADR-0001: Mill queue<br/>accepted · 2023-05-02"]:::accepted\n'
        '  n2["ADR-0002: Night export<br/>accepted · 2024-07-09"]:::accepted\n'
        '  n3["ADR-0003: Tariff reader<br/>proposed"]:::proposed\n'
        "  n2 -->|amends in part| n1\n"
        "  n3 -.-> n2\n"
        '  click n1 href "docs/adr/0001-mill-queue.md"\n'
        '  click n2 href "docs/adr/0002-night-export.md"\n'
        '  click n3 href "docs/adr/0003-tariff-reader.md"\n'
        "  classDef accepted fill:#dcfce7,stroke:#15803d,color:#14532d\n"
        "  classDef proposed fill:#dbeafe,stroke:#2563eb,color:#1e3a8a,stroke-dasharray:4 3\n"
    )


def test_mermaid_by_year() -> None:
    assert mermaid.render(graph(), "time", link).splitlines()[1:10] == [
        '  subgraph g1["2023"]',
        '    n1["ADR-0001: Mill queue<br/>accepted · 2023-05-02"]:::accepted',
        "  end",
        '  subgraph g2["2024"]',
        '    n2["ADR-0002: Night export<br/>accepted · 2024-07-09"]:::accepted',
        "  end",
        '  subgraph g3["no date"]',
        '    n3["ADR-0003: Tariff reader<br/>proposed"]:::proposed',
        "  end",
    ]


def test_dot() -> None:
    assert dot.render(graph(), "status", link).partition("fontsize=9]\n")[2] == DOT.lstrip("\n")


DOT = r"""
  subgraph cluster_1 {
    label="proposed"; color="#9ca3af"; style=rounded
    n3 [label="ADR-0003: Tariff reader\nproposed", URL="docs/adr/0003-tariff-reader.md", tooltip="ADR-0003: Tariff reader", fillcolor="#dbeafe", color="#2563eb", style="rounded,filled,dashed"]
  }
  subgraph cluster_2 {
    label="accepted"; color="#9ca3af"; style=rounded
    n1 [label="ADR-0001: Mill queue\naccepted · 2023-05-02", URL="docs/adr/0001-mill-queue.md", tooltip="ADR-0001: Mill queue", fillcolor="#dcfce7", color="#15803d"]
    n2 [label="ADR-0002: Night export\naccepted · 2024-07-09", URL="docs/adr/0002-night-export.md", tooltip="ADR-0002: Night export", fillcolor="#dcfce7", color="#15803d"]
  }
  n2 -> n1 [label="amends in part", color="#374151", arrowhead=empty]
  n3 -> n2 [style=dotted, color="#6b7280", arrowhead=open, arrowsize=0.7]
}
"""


def test_data_for_scripts_and_for_clients_says_the_same() -> None:
    scripts = data.for_scripts(graph(), link)
    assert scripts["version"] == 1
    assert scripts["nodes"][1] == {
        "path": "docs/adr/0002-night-export.md",
        "log": "docs/adr",
        "id": "ADR-0002",
        "number": 2,
        "title": "Night export",
        "status": "accepted",
        "status_text": "Accepted",
        "standing": "accepted",
        "date": "2024-07-09",
        "date_from": "record",
        "area": None,
    }
    assert scripts["edges"] == [
        {
            "from": "docs/adr/0002-night-export.md",
            "to": "docs/adr/0001-mill-queue.md",
            "kind": "amends",
            "partial": True,
            "evidence": "declared",
            "said_by": ["from"],
        },
        {
            "from": "docs/adr/0003-tariff-reader.md",
            "to": "docs/adr/0002-night-export.md",
            "kind": "refers",
            "partial": False,
            "evidence": None,
            "said_by": ["from"],
        },
    ]
    clients = data.for_clients(graph(), link)
    names = {"statusText": "status_text", "uri": "path", "saidBy": "said_by", "dateFrom": "date_from"}
    renamed = {key: [{names.get(one, one): said for one, said in each.items()} for each in clients[key]] for key in clients}
    assert renamed == {key: scripts[key] for key in ("nodes", "edges")}


HOSTILE = [
    'Say "hello" and <b>bye</b>',
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "a]] --> b[[c & d; e#f",
    "`ticks` **stars** {braces} |pipes| \\N \\l %% click n1 callback",
    "]]> <!-- x --> &amp; &#60; #quot; %3Cscript%3E",
    "RTL \u202e tail \u2028 next \x07 bell \x1b[31m",
    "emoji 📚 und Ümläute 漢字",
    'end"]; subgraph x',
]


def hostile(title: str) -> Graph:
    """A graph with a record that has that title, whatever Markdown makes of it."""
    whole = graph()
    return Graph(
        tuple(replace(node, title=title, area=title, status_text=title, standing="other") for node in whole.nodes), whole.edges
    )


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_leaves_its_label_in_mermaid(title: str) -> None:
    for line in mermaid.render(hostile(title), "area", link).splitlines():
        label = r'"[^"<>`\[\]{}|\\]*(?:<br/>[^"<>`\[\]{}|\\]*)?"'
        assert re.fullmatch(
            rf"flowchart RL| +n\d\[{label}\]| +subgraph g\d\[{label}\]|  end|  n\d [=.>-]+(?:\|[\w ]+\|)? n\d|  click n\d href \"[\w./-]+\"",
            line,
        ), line
        assert not re.search(r"[\x00-\x1f\u2028\u202e]", line)


def test_a_reader_of_mermaid_sees_the_title_as_it_is() -> None:
    for title in HOSTILE[:5]:
        shown = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), mermaid.escaped(title))
        assert shown == title


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_leaves_its_string_in_dot(title: str) -> None:
    for line in dot.render(hostile(title), "area", link).splitlines():
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        assert re.fullmatch(r"[\w\s\[\]={},;.>-]*", bare), line
        assert not re.search(r"[\x00-\x1f\u2028\u202e]", line)


def test_the_same_records_give_the_same_text() -> None:
    one, other = (fixture(LOG).workspace for _ in range(2))
    for form in (mermaid, dot):
        assert form.render(graph_of(one), "area", link) == form.render(graph_of(other), "area", link)
