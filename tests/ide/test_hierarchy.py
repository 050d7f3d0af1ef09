from __future__ import annotations

import posixpath

import pytest

from adr_ls.ide import hierarchy
from tests.fixture import Fixture, fixture

LOG = """
-- docs/adr/0001-mill-queue.md --
# 1. Mill queue

**Status**: Superseded by ADR-3
-- docs/adr/0002-tariff-reader.md --
# 2. Tariff reader

**Status**: Accepted

After ADR-1 and [the queue](0001-mill-queue.md), see ADR-0002.
-- docs/adr/0003-night-export.md --
# 3. Night export

**Status**: Accepted
**Amends**: [ADR-2](0002-tariff-reader.md)

## Context

It goes on from ADR-2.
-- docs/adr/README.md --
- [1. Mill queue](0001-mill-queue.md)
- [2. Tariff reader](0002-tariff-reader.md)
""".lstrip("\n")
FIRST, SECOND, THIRD = "0001-mill-queue.md", "0002-tariff-reader.md", "0003-night-export.md"


def path(name: str) -> str:
    return f"/w/docs/adr/{name}"


def shown(given: Fixture, found: tuple[hierarchy.Reference, ...], source: str = "") -> list[str]:
    """Each file with the texts that refer, which stand in it or in the source."""
    return [
        f"{posixpath.basename(one.file.path)}: {[span.of(given.file(source or one.file.path).text) for span in one.places]}"
        for one in found
    ]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("# 2. Tariff", "# 2. Tar$0iff", [SECOND]),
        ("After ADR-1", "After AD$0R-1", [FIRST]),
        ("It goes on", "It go$0es on", [THIRD]),
        ("- [1. Mill", "- [1. Mi$0ll", [FIRST]),
        ("\n- [2.", "\n$0- [2.", []),
        ("from ADR-2", "from ADR-4$02", []),
    ],
)
def test_a_hierarchy_is_about_the_record_that_is_named_or_the_one_around(before: str, after: str, found: list[str]) -> None:
    given = fixture(LOG.replace(before, after, 1))
    assert [posixpath.basename(one.path) for one in hierarchy.items(given.cursor)] == found


def test_who_refers_to_whom() -> None:
    given = fixture(LOG)
    assert shown(given, hierarchy.incoming(given.workspace, path(FIRST))) == [
        f"{SECOND}: ['ADR-1', '[the queue](0001-mill-queue.md)']",
        "README.md: ['[1. Mill queue](0001-mill-queue.md)']",
    ]
    assert shown(given, hierarchy.outgoing(given.workspace, path(THIRD)), path(THIRD)) == [
        f"{SECOND}: ['[ADR-2](0002-tariff-reader.md)', 'ADR-2']"
    ]
    assert [posixpath.basename(one.file.path) for one in hierarchy.outgoing(given.workspace, path("README.md"))] == [
        FIRST,
        SECOND,
    ]
    assert hierarchy.incoming(given.workspace, path("gone.md")) == hierarchy.outgoing(given.workspace, path("gone.md")) == ()


@pytest.mark.parametrize(
    ("name", "former", "later"),
    [
        (FIRST, [], [(THIRD, "supersedes it")]),
        (SECOND, [], [(THIRD, "amends it")]),
        (THIRD, [(FIRST, "superseded by it"), (SECOND, "amended by it")], []),
        ("gone.md", [], []),
    ],
)
def test_what_came_of_what_whichever_side_says_so(
    name: str, former: list[tuple[str, str]], later: list[tuple[str, str]]
) -> None:
    workspace = fixture(LOG).workspace
    for asked, expected in ((hierarchy.supertypes, former), (hierarchy.subtypes, later)):
        assert [(posixpath.basename(one.record.path), one.how) for one in asked(workspace, path(name))] == expected
