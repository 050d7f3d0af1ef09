from __future__ import annotations

import posixpath

import pytest

from adr_ls.ide import goto
from adr_ls.ide.goto import Spot
from adr_ls.syntax.text import Span
from tests.fixture import ROOT, Fixture, clean, fixture, mark

THREE = """
-- docs/adr/001-use-mysql.md --
# ADR-001: Use MySQL

## Context

Text.

## Context

Again.
-- docs/adr/002-use-postgres.md --
---
supersedes: ADR-001
---
# ADR-002: Use Postgres

See [MySQL](001-use-mysql.md), ADR-003 and [this](#alternatives).
-- docs/adr/003-use-rust.md --
# ADR-003: Use Rust

Unlike ADR 1 and [ADR-001][one].

[one]: ./001-use-mysql.md
""".lstrip("\n")


def shown(given: Fixture, spots: tuple[Spot, ...]) -> list[str]:
    """Each place as its file and the text selected there."""
    return [f"{posixpath.basename(spot.path)}: {spot.name.of(given.file(spot.path).text)}" for spot in spots]


def definition(source: str) -> list[str]:
    given = fixture(THREE + "-- docs/adr/009-x.md --\n" + source)
    return shown(given, goto.definition(given.cursor))


@pytest.mark.parametrize(
    ("source", "leads_to"),
    [
        ("# 9. X\n\n[a](001-use$0-mysql.md)\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\n[a$0][1]\n\n[1]: 001-use-mysql.md\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\n[a][1]\n\n[1]: 001-use$0-mysql.md\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\n[1]: <001-use$0-mysql.md#context> 'unused'\n", ["001-use-mysql.md: ## Context"]),
        ("# 9. X\n\n[a][1]\n\n[1]: 042-use$0-nothing.md\n", []),
        ("# 9. X\n\nADR-$01\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\n$0ADR-001\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\nADR-001$0\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\n[a](001-use-mysql.md#context-1$0)\n", ["001-use-mysql.md: ## Context"]),
        ("# 9. X\n\n[a](001-use-mysql.md#gone$0)\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("---\nsupersedes: ADR-0$001\n---\n# X\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("---\nstatus: superseded by 0$001\n---\n# X\n", ["001-use-mysql.md: # ADR-001: Use MySQL"]),
        ("# 9. X\n\n[a](0$042-gone.md)\n", []),
        ("# 9. X\n\n`ADR-0$001`\n", []),
        ("# 9. X$0\n", []),
    ],
)
def test_definition(source: str, leads_to: list[str]) -> None:
    assert definition(source) == leads_to


@pytest.mark.parametrize(
    ("name", "title", "written", "leads"),
    [
        ("DR-0003-use-kafka.md", "DR-0003: Use Kafka", "DR-3", True),
        ("DR-0003-use-kafka.md", "DR-0003: Use Kafka", "ADR-0003", True),
        ("DR-0003-use-kafka.md", "DR-0003: Use Kafka", "AD-0003", False),
        ("0003-use-kafka.md", "DEC-3: Use Kafka", "DEC-3", True),
        ("0003-use-kafka.md", "ADR-0003: Use Kafka", "DR-0003", False),
        ("Decision-0003-use-kafka.md", "Decision 3: Use Kafka", "Decision-3", False),
    ],
)
def test_a_record_is_named_as_it_calls_itself(name: str, title: str, written: str, *, leads: bool) -> None:
    other, cursor = name.replace("3", "4"), f"{written[:-1]}$0{written[-1]}"
    records = f"-- docs/decisions/{name} --\n# {title}\n-- docs/decisions/{other} --\n# {title.replace('3', '4')}\n\n"
    expected = [f"{name}: # {title}"] if leads else []
    for source in (f"{records}{cursor}\n", f"{records}Text.\n-- src/app.py --\n# See {cursor}\n"):
        given = fixture(source)
        assert shown(given, goto.definition(given.cursor)) == expected


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("[why$0](#why)", "why"),
        ("[why](#w$0hy)", "why"),
        ("[why](#gone$0)", None),
        ("[up$0](#part)", "## Part"),
        ("[up](#pa$0rt)", "## Part"),
        ("[up$0][u]\n\n[u]: #part", "## Part"),
        ("[b](0002-b.md#b$0ig)", "big"),
        ("[b$0](0002-b.md#old)", "old"),
        ("[g$0](../g.md#how)", "## How"),
        ("[g](../g.md#h$0ow)", "## How"),
        ("[g$0](../g.md#gone)", ""),
    ],
)
def test_fragments_lead_to_headings_and_to_anchors_in_html(written: str, leads_to: str | None) -> None:
    other = '-- docs/adr/0002-b.md --\n# 2. B\n\n<a name="big"></a>\n\n## Great <span id=old></span>\n-- docs/g.md --\n# G\n\n## How\n'
    given = fixture(f'-- docs/adr/0001-a.md --\n# 1. A\n\n{written}\n\n<a id="why"></a>\n\n## Part\n{other}')
    found = [one.partition(": ")[2] for one in shown(given, goto.definition(given.cursor))]
    assert found == ([leads_to] if leads_to is not None else [])


def test_the_second_heading_of_a_name_is_another_place() -> None:
    given = fixture(THREE + "-- docs/adr/009-x.md --\n# 9. X\n\n[a](001-use-mysql.md#con$0text-1)\n")
    (spot,) = goto.definition(given.cursor)
    assert spot.span.start == given.file("docs/adr/001-use-mysql.md").text.rindex("## Context")
    assert spot.origin == Span(9, 9 + len("[a](001-use-mysql.md#context-1)")) or spot.origin


@pytest.mark.parametrize(
    "written", ["参见$0docs/adr/001-使用.md。", "与adr/001-$0使用.md不同", "これは001-使用.md$0です", "见001-使用$0.md。"]
)
def test_a_path_in_source_code_may_stand_between_words_without_blanks(written: str) -> None:
    given = fixture(f"-- docs/adr/001-使用.md --\n# 1. 使用\n-- docs/adr/002-b.md --\n# 2. B\n-- app.ts --\n// {written}\n")
    (spot,) = goto.definition(given.cursor)
    assert spot.path == f"{ROOT}/docs/adr/001-使用.md"
    assert spot.origin is not None
    found = spot.origin.of(given.file("app.ts").text)
    assert found == written.replace("$0", "").strip("参见与。不同これはです")


@pytest.mark.parametrize("written", ["docs/adr/001-use$0.md.bak", "docs/adr/001-use$0.md5", "docs/adr/001-use$0.md-old"])
def test_a_path_in_source_code_to_another_kind_of_file_is_none_to_a_record(written: str) -> None:
    given = fixture(f"-- docs/adr/001-use.md --\n# 1. Use\n-- docs/adr/002-b.md --\n# 2. B\n-- app.ts --\n// {written}\n")
    assert goto.definition(given.cursor) == ()


def test_a_link_to_another_page_leads_to_that_file() -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A\n\n[guide](../gu$0ide.md)\n-- docs/guide.md --\n# Guide\n")
    assert [spot.path for spot in goto.definition(given.cursor)] == [f"{ROOT}/docs/guide.md"]


def test_references_from_a_title_and_from_a_mention_are_the_same() -> None:
    expected = [
        "002-use-postgres.md: ADR-001",
        "002-use-postgres.md: 001-use-mysql.md",
        "003-use-rust.md: ADR 1",
        "003-use-rust.md: one",
    ]
    for source in (THREE.replace("Use MySQL\n", "Use MyS$0QL\n", 1), THREE.replace("ADR 1", "AD$0R 1")):
        given = fixture(source)
        assert shown(given, goto.references(given.cursor)) == expected
        declared = goto.references(given.cursor, declaration=True)
        assert shown(given, declared) == ["001-use-mysql.md: # ADR-001: Use MySQL", *expected]


def test_references_include_the_index() -> None:
    given = fixture(THREE.replace("Use Rust\n", "Use Ru$0st\n") + "-- docs/adr/README.md --\n- [Rust](003-use-rust.md)\n")
    assert shown(given, goto.references(given.cursor)) == ["002-use-postgres.md: ADR-003", "README.md: 003-use-rust.md"]


@pytest.mark.parametrize(
    "marked",
    [
        "# 9. X\n\n⟦[a](001-use$0-mysql.md)⟧, ⟦ADR-1⟧, ADR-2, `ADR-1` and ⟦[b][c]⟧.\n\n[c]: 001-use-mysql.md\n",
        "# 9. X\n\n[a](001-use-mysql.md), AD$0R-42.\n",
        "# 9. X\n\n[a](⟦#context⟧), [b](001-use-mysql.md#context)\n\n## ⟦Con$0text⟧\n",
        "# 9. X\n\n[a][⟦one⟧], [⟦one⟧][], [two]\n\n[⟦o$0ne⟧]: 001-use-mysql.md\n[two]: x.md\n",
    ],
)
def test_highlights(marked: str) -> None:
    given = fixture(THREE + "-- docs/adr/009-x.md --\n" + marked)
    assert mark(given.record.text, goto.highlights(given.cursor)) == clean(marked).replace("$0", "")


def test_document_links_are_on_targets_and_bare_mentions() -> None:
    marked = "# 9. X\n\n[a](⟦001-use-mysql.md⟧), ⟦ADR-2⟧, ADR-42, [code](../x.py), [site](https://example.com), ADR-9, `ADR-1`, [b][⟦c⟧].\n\n[c]: 003-use-rust.md#x\n"
    given = fixture(THREE + "-- docs/adr/009-x.md --\n" + marked)
    links = list(goto.document_links(given.workspace, given.record))
    assert mark(given.record.text, [link.span for link in links]) == marked.replace("$0", "")
    assert [link.tooltip for link in links] == [
        "ADR-001: Use MySQL (none)",
        "ADR-002: Use Postgres (none)",
        "ADR-003: Use Rust (none)",
    ]


def test_a_document_link_says_what_has_become_of_the_decision() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A

        **Status**: Accepted
        -- docs/adr/0002-b.md --
        # 2. B

        **Status**: Accepted
        **Supersedes**: ADR-0001
        -- docs/adr/0003-c.md --
        # 3. C

        $0ADR-0001 and ADR-0002
        """)
    assert [link.tooltip for link in goto.document_links(given.workspace, given.record)] == [
        "ADR-0001: A (superseded)",
        "ADR-0002: B (accepted)",
    ]


PARTS = """
-- docs/adr/001-use-mysql.md --
# ADR-001: Use MySQL

See [below](#context-1) and [Größe](#größe).

## Context

Text.

## Context

Again, as in [the guide](../guide.md#setup).

## Größe
-- docs/adr/002-use-postgres.md --
# ADR-002: Use Postgres

Why: [first](001-use-mysql.md#context), [second](./001-use-mysql.md#Context-1), ADR-001, [size](001-use-mysql.md#gr%C3%B6%C3%9Fe) and [it][mysql].

## Context

[mysql]: 001-use-mysql.md#context
-- docs/adr/README.md --
# Decisions

- [ADR-001](001-use-mysql.md)
- [ADR-002](002-use-postgres.md#context)

## Setup
-- docs/guide.md --
# Guide

## Setup

As in [MySQL](adr/001-use-mysql.md#context) and [the list](adr/README.md#setup), [all](adr/README.md).
""".lstrip("\n")

TO_THE_FIRST = [
    "002-use-postgres.md: 001-use-mysql.md#context",
    "002-use-postgres.md: mysql",
    "guide.md: adr/001-use-mysql.md#context",
]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            "## Context\n\nText",
            "## Con$0text\n\nText",
            TO_THE_FIRST,
        ),
        (
            "## Context\n\nAgain",
            "## Con$0text\n\nAgain",
            ["001-use-mysql.md: #context-1", "002-use-postgres.md: ./001-use-mysql.md#Context-1"],
        ),
        ("## Größe", "## Grö$0ße", ["001-use-mysql.md: #größe", "002-use-postgres.md: 001-use-mysql.md#gr%C3%B6%C3%9Fe"]),
        ("## Context\n\n[mysql]", "## C$0ontext\n\n[mysql]", ["README.md: 002-use-postgres.md#context"]),
        # What leads to a heading is on the fragment of a link to it
        (
            "(#context-1)",
            "(#con$0text-1)",
            ["001-use-mysql.md: #context-1", "002-use-postgres.md: ./001-use-mysql.md#Context-1"],
        ),
        ("md#context), [sec", "md#con$0text), [sec", TO_THE_FIRST),
        # As another site makes anchors
        (
            "[size](001-use-mysql.md#gr%C3%B6%C3%9Fe)",
            "[size](001-use-mysql.md#_Grö$0ße)",
            ["001-use-mysql.md: #größe", "002-use-postgres.md: 001-use-mysql.md#_Größe"],
        ),
        # A heading of a page that is no record
        ("## Setup\n-- docs/guide", "## Set$0up\n-- docs/guide", ["guide.md: adr/README.md#setup"]),
        ("# Decisions", "# Deci$0sions", ["guide.md: adr/README.md"]),
        # The label of a link
        ("[mysql]: ", "[my$0sql]: ", ["002-use-postgres.md: mysql"]),
        ("[it][mysql]", "[it][mys$0ql]", ["002-use-postgres.md: mysql"]),
        # On the path all of the record is meant
        ("](002-use-postgres.md#", "](002-use$0-postgres.md#", ["README.md: 002-use-postgres.md#context"]),
    ],
)
def test_references_are_to_what_is_under_the_cursor(before: str, after: str, found: list[str]) -> None:
    given = fixture(PARTS.replace(before, after, 1))
    assert shown(given, goto.references(given.cursor)) == found


def test_a_heading_declares_itself() -> None:
    given = fixture(PARTS.replace("## Context\n\nText", "## Con$0text\n\nText"))
    assert shown(given, goto.references(given.cursor, declaration=True))[0] == "001-use-mysql.md: ## Context"


def test_a_link_within_the_file_leads_to_its_heading() -> None:
    given = fixture(PARTS.replace("(#context-1)", "(#con$0text-1)"))
    (spot,) = goto.definition(given.cursor)
    assert spot.span.start == given.record.text.rindex("## Context")
