"""Which records a graph has, and what is between them."""

from __future__ import annotations

import posixpath

import pytest

from adr_ls.graph.model import By, Edge, Graph, graph_of
from tests.fixture import fixture

LOG = """
-- docs/adr/0001-mill-queue.md --
# 1. Mill queue

**Status**: Accepted
**Date**: 2023-05-02
-- docs/adr/0002-tariff-reader.md --
# 2. Tariff reader

**Status**: Superseded by ADR-3
**Date**: 2023-07-09

After ADR-1.
-- docs/adr/0003-night-export.md --
# 3. Night export

**Status**: Accepted
**Date**: 2024-02-11
**Supersedes**: [ADR-2](0002-tariff-reader.md), ADR-1
**Related**: ADR-4

Of the reader of ADR-2.
-- docs/adr/0004-day-export.md --
# 4. Day export

**Status**: Brewing
**Amends**: parts of ADR-3
-- docs/adr/0005-both.md --
# 5. Both

See ADR-6.
-- docs/adr/0006-of-them.md --
# 6. Of them

**Related**: ADR-4

After ADR-5. This decision was amended by ADR-5 in May.
-- docs/guide.md --
See [ADR-1](adr/0001-mill-queue.md).
"""


def lines(graph: Graph) -> list[str]:
    """The edges of a graph, one a line, with records by their numbers."""
    return [told(edge) for edge in graph.edges]


def told(edge: Edge) -> str:
    source, target = (posixpath.basename(path)[3:4] for path in (edge.source, edge.target))
    grade = " ".join(
        filter(None, (edge.evidence or "", "in part" if edge.is_partial else "", "by " + " and ".join(edge.sides)))
    )
    return f"{source} {edge.kind} {target}, {grade}"


def test_edges_lead_from_who_acts_and_say_who_says_so() -> None:
    assert lines(graph_of(fixture(LOG).workspace)) == [
        "2 refers 1, by from",
        "3 supersedes 1, declared by from",
        "3 supersedes 2, declared by from and to",
        "3 relates 4, declared by from",
        "4 amends 3, declared in part by from",
        "5 amends 6, stated by to",
        "6 relates 4, declared by from",
    ]


def test_a_relation_that_both_declare_is_one_edge_and_so_are_two_references() -> None:
    log = """
    -- docs/adr/0001-a.md --
    # 1. A

    **Status**: Accepted
    **Related**: ADR-2

    See ADR-3.
    -- docs/adr/0002-b.md --
    # 2. B

    **Status**: Accepted
    **Related**: ADR-1
    -- docs/adr/0003-c.md --
    # 3. C

    **Status**: Accepted

    See ADR-1.
    """
    assert lines(graph_of(fixture(log).workspace)) == ["1 relates 2, declared by from and to", "3 refers 1, by from and to"]


def test_a_node_has_its_status_as_it_is_written_what_it_comes_to_and_what_became_of_it() -> None:
    graph = graph_of(fixture(LOG).workspace)
    assert [(one.id, one.status, one.status_text, one.standing, one.state, one.date) for one in graph.nodes] == [
        ("ADR-0001", "accepted", "Accepted", "superseded", "superseded", "2023-05-02"),
        ("ADR-0002", "superseded", "Superseded by ADR-3", "superseded", "superseded", "2023-07-09"),
        ("ADR-0003", "accepted", "Accepted", "accepted", "accepted", "2024-02-11"),
        ("ADR-0004", "other", "Brewing", "other", "Brewing", None),
        ("ADR-0005", "none", None, "none", "no status", None),
        ("ADR-0006", "none", None, "none", "no status", None),
    ]


@pytest.mark.parametrize(
    ("depth", "near"),
    [
        (0, ["ADR-0002"]),
        (1, ["ADR-0001", "ADR-0002", "ADR-0003"]),
        (2, ["ADR-0001", "ADR-0002", "ADR-0003", "ADR-0004"]),
        (9, 6),
        (10**400, 6),
    ],
)
def test_what_is_within_some_steps_of_a_record(depth: int, near: list[str] | int) -> None:
    graph = graph_of(fixture(LOG).workspace).around("/w/docs/adr/0002-tariff-reader.md", depth)
    found = [node.id for node in graph.nodes]
    assert (found if depth < 9 else len(found)) == near
    paths = {node.path for node in graph.nodes}
    assert all({edge.source, edge.target} <= paths for edge in graph.edges)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("status", {"accepted": "3", "superseded": "12", "other": "4", "no status": "56"}),
        ("time", {"2023": "12", "2024": "3", "no date": "456"}),
        ("area", {"no area": "123456"}),
        ("log", {"/w/docs/adr": "123456"}),
    ],
)
def test_records_are_put_together_by_what_they_have_in_common(by: By, groups: dict[str, str]) -> None:
    found = graph_of(fixture(LOG).workspace).groups(by)
    assert {name: "".join(str(node.number) for node in nodes) for name, nodes in found.items()} == groups
    assert list(found) == list(groups)


AREAS = """
-- docs/adr/0001-a.md --
---
status: accepted
category: [Money, Trust]
---
# 1. A
-- docs/adr/0002-b.md --
# 2. B

* Status: accepted
* Area: none
-- docs/adr/0003-c.md --
# 3. C

* Status: accepted
-- docs/adr/README.md --
# Decisions

## Storage

- [1. A](0001-a.md)
- [2. B](0002-b.md)

## Accepted

- [3. C](0003-c.md)

## Transport
"""


def areas(source: str) -> list[str | None]:
    return [node.area for node in graph_of(fixture(source).workspace).nodes]


def test_what_a_record_is_about_it_says_itself_or_the_heading_in_the_index_does() -> None:
    assert areas(AREAS) == ["Money", None, None], "one heading that is no status tells nothing apart"
    assert areas(AREAS.replace("## Accepted", "## Trade")) == ["Money", "Storage", "Trade"]
    assert areas(AREAS.replace("## Accepted", "## Trade").replace("## Storage", "## 2024")) == ["Money", None, None]


def test_what_a_record_is_about_the_folder_says_in_which_it_lies_with_others() -> None:
    log = "".join(
        f"-- docs/adr/{path}.md --\n# {number}. {title}\n\n**Status**: Accepted\n"
        for number, (path, title) in enumerate(
            [("web/0001-a", "A"), ("web/0002-b", "B"), ("core/0003-c", "C"), ("core/0004-d", "D"), ("0005-e", "E")], 1
        )
    )
    found = {node.number: node.area for node in graph_of(fixture(log).workspace).nodes if node.log == "/w/docs/adr"}
    assert found
    assert all(area in ("web", "core", None) for area in found.values())


def test_a_graph_of_some_records_has_nothing_of_the_others() -> None:
    workspace = fixture(LOG).workspace
    graph = graph_of(workspace, {"/w/docs/adr/0003-night-export.md", "/w/docs/adr/0001-mill-queue.md"})
    assert [node.id for node in graph.nodes] == ["ADR-0001", "ADR-0003"]
    assert lines(graph) == ["3 supersedes 1, declared by from"]


def test_git_dates_what_says_no_date_and_nothing_else() -> None:
    graph = graph_of(fixture(LOG).workspace)
    days = {node.path: "2020-01-01" for node in graph.nodes if node.number != 5}
    dated = graph.with_days(days)
    assert [(node.number, node.dated) for node in dated.nodes][:5] == [
        (1, "2023-05-02"),
        (2, "2023-07-09"),
        (3, "2024-02-11"),
        (4, "git 2020-01-01"),
        (5, ""),
    ]
    assert "2020" in dated.groups("time")
