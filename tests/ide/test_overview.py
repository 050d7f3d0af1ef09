"""All records at a glance: one text in, what a list shows of each record out. All is looked at on 1 January 2030."""

from __future__ import annotations

import pytest

from adr_ls.ide import overview
from tests.fixture import fixture

LOG = """
-- docs/adr/001-a.md --
# ADR-001: A

**Status**: Superseded by [ADR-002](./002-b.md)
**Date**: 2024-05-06
**Tags**: `storage`, orders
**Deciders**: Ada Lovelace, Grace Hopper
-- docs/adr/002-b.md --
---
status: accepted
date: 2025-02-03
tags: [storage, "cost; time"]
category: Backend
author: "[Ada](https://example.org/ada), Grace <grace@example.org>"
---
# ADR-002: B

It takes the place of ADR-001.
-- docs/adr/003-c.md --
# ADR-003: C

Tags: #a #b, none
-- packages/shop/adr/0001-x.md --
# 1. X

Date: 2029-12-31

## Status

Proposed
""".lstrip("\n")


def test_what_a_list_shows_of_each_record() -> None:
    workspace = fixture(LOG).workspace
    shop, main = sorted(overview.overview(workspace), key=lambda one: -len(one.log.directory))
    assert [listed.log.directory for listed in (main, shop)] == ["/w/docs/adr", "/w/packages/shop/adr"]
    first, second, third = main.entries
    assert (first.status, first.canonical, first.standing) == ("Superseded by ADR-002", "superseded", "superseded")
    assert (first.date, first.year, first.tags, first.areas) == ("2024-05-06", 2024, ("storage", "orders"), ())
    assert (first.owners, first.deciders, first.people) == (
        (),
        ("Ada Lovelace", "Grace Hopper"),
        ("Ada Lovelace", "Grace Hopper"),
    )
    assert [other.id for other in first.successors] == ["ADR-002"]
    assert (second.tags, second.areas, second.people) == (("storage", "cost", "time"), ("Backend",), ("Ada", "Grace"))
    assert (third.status, third.canonical, third.standing, third.date, third.year) == (None, None, None, None, None)
    assert third.tags == ("a", "b")
    assert overview.told(workspace, second.record) == "accepted · 2025-02-03 · Backend, storage, cost, time · Ada, Grace"
    assert overview.told(workspace, third.record) == "a, b"
    assert [one.record.id for one in shop.entries] == ["ADR-0001"]


def needs(text: str, errors: dict[str, int] | None = None) -> list[str]:
    """Which records need attention and why, the most pressing first."""
    logs = overview.with_errors(overview.overview(fixture(text).workspace), errors or {})
    return [f"{one.record.id} {reason.words}" for one in overview.pressing(logs) for reason in one.reasons]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Status: Proposed\nDate: 2029-10-01", ["ADR-0001 proposed for 92 days"]),
        ("Status: Draft\nDate: 2029-10-01", ["ADR-0001 draft for 92 days"]),
        ("Status: Vorgeschlagen\nDatum: 01.10.2029", ["ADR-0001 proposed for 92 days"]),
        ("Status: Proposed\nDate: 2029-10-03", []),  # 90 days
        ("Status: Proposed", []),  # nobody says since when
        ("Status: Accepted\nDate: 2020-10-01", []),
        ("Status: Accepted\nNext review: 2029-12-31", ["ADR-0001 review overdue since 2029-12-31"]),
        ("Status: Accepted\nNext review: 2030-01-01", []),
        ("Status: Rejected\nNext review: 2029-12-31", []),
        (
            "Status: Proposed\nDate: 2028-01-01\nNext review: 2029-12-31",
            ["ADR-0001 review overdue since 2029-12-31", "ADR-0001 proposed for 731 days"],
        ),
    ],
)
def test_proposals_and_reviews_that_wait(head: str, why: list[str]) -> None:
    assert needs(f"# 1. A\n\n{head}\n") == why


GONE = """
-- docs/adr/0001-a.md --
# 1. A

Status: Superseded by [2. B](0002-b.md)
-- docs/adr/0002-b.md --
# 2. B

Status: Accepted

Supersedes [1. A](0001-a.md)
-- docs/adr/0003-c.md --
# 3. C

Status: Accepted

""".lstrip("\n")
RELIED = "ADR-0001 superseded by ADR-0002, but ADR-0003 still refers to it"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GONE + "## Decision\n\nAs in ADR-1.\n", [RELIED]),
        (GONE + "## Decision\n\nAs in [A](0001-a.md).\n", [RELIED]),
        (GONE + "## Decision\n\nNothing.\n", []),
        (GONE + "## Decision\n\nAs in ADR-1, now ADR-2.\n", []),
        (GONE + "## Alternatives\n\nAs in ADR-1.\n", []),
        (GONE.replace("# 3. C\n\nStatus: Accepted", "# 3. C\n\nStatus: Rejected") + "## Decision\n\nAs in ADR-1.\n", []),
        # What took its place holds no longer either, and nothing has come since
        (GONE.replace("# 2. B\n\nStatus: Accepted", "# 2. B\n\nStatus: Deprecated") + "## Decision\n\nAs in ADR-1.\n", []),
        (
            GONE + "".join(f"As in ADR-1.\n-- docs/adr/000{number}-x.md --\n# {number}. X\n" for number in range(4, 9)),
            ["ADR-0001 superseded by ADR-0002, but ADR-0003, ADR-0004, ADR-0005 and 2 more still refer to it"],
        ),
        (GONE + "As in ADR-1.\n-- README.md --\nAs in [A](docs/adr/0001-a.md).\n", [RELIED]),
        (
            GONE.replace("Superseded by [2. B](0002-b.md)", "Accepted").replace("\n\nSupersedes [1", "\nSupersedes: [1"),
            ["ADR-0001 still “Accepted”, though superseded by ADR-0002"],
        ),
    ],
)
def test_what_is_superseded_and_not_everybody_knows(text: str, why: list[str]) -> None:
    assert needs(text) == why


def test_the_most_pressing_comes_first() -> None:
    text = """
-- docs/adr/0001-a.md --
# 1. A

Status: Proposed
Date: 2029-03-01
-- docs/adr/0002-b.md --
# 2. B

Status: Proposed
Date: 2029-02-01
-- docs/adr/0003-c.md --
# 3. C

Status: Accepted
Review by: 2029-12-01
-- docs/adr/0004-d.md --
# 4. D

Status: Accepted
"""
    ids = [line.split(maxsplit=1) for line in needs(text.lstrip("\n"), {"/w/docs/adr/0004-d.md": 1, "/w/README.md": 3})]
    assert ids == [
        ["ADR-0004", "1 error"],
        ["ADR-0003", "review overdue since 2029-12-01"],
        ["ADR-0002", "proposed for 334 days"],
        ["ADR-0001", "proposed for 306 days"],
    ]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("proposed-stale", "# 1. A\n\nStatus: Proposed\nDate: 2029-01-01\n"),
        ("review-overdue", "# 1. A\n\nStatus: Accepted\nReview by: 2029-01-01\n"),
        ("ref-superseded", GONE + "As in ADR-1.\n"),
        (
            "supersede-status",
            GONE.replace("Superseded by [2. B](0002-b.md)", "Accepted").replace("\n\nSupersedes [1", "\nSupersedes: [1"),
        ),
    ],
)
def test_what_a_team_does_not_want_to_hear_of_is_not_told(rule: str, text: str) -> None:
    assert needs(text)
    settings = f'-- adr-ls.toml --\n[rules]\n{rule} = "off"\n'
    files = text if text.startswith("--") else f"-- docs/adr/0001-a.md --\n{text}"
    assert needs(settings + files) == []


def test_how_long_a_proposal_may_rest_is_set_for_each_path() -> None:
    text = "-- adr-ls.toml --\nstale-after = 10\n[[overrides]]\npaths = ['/slow/']\nstale-after = 100\n"
    for folder, number in (("docs/adr", 1), ("slow/adr", 2)):
        text += f"-- {folder}/000{number}-a.md --\n# {number}. A\n\nStatus: Proposed\nDate: 2029-12-01\n"
    assert needs(text) == ["ADR-0001 proposed for 31 days"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a, b; c", ["a", "b", "c"]),
        ("[storage, orders]", ["storage", "orders"]),
        ("#storage #orders", ["storage", "orders"]),
        ("- C#\n- .NET core", ["C#", ".NET core"]),
        ("数据库、安全", ["数据库", "安全"]),
        ("{list of tags}", []),
        ("none", []),
        ("", []),
    ],
)
def test_labels(value: str, found: list[str]) -> None:
    assert [*overview.labels(value)] == found
