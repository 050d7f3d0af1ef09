from __future__ import annotations

import posixpath

import pytest
from inline_snapshot import snapshot

from adr_ls.ide import symbols
from adr_ls.ide.symbols import Symbol
from tests.fixture import fixture

RECORD = """
---
title: Use Kafka
status: superseded by ADR-2
---

# 1. Use **Kafka**

<!-- a comment
over lines -->

## Context

Text.

### Forces

```sh
# no heading
```

## Decision

Text.

#

## Consequences
"""


def outline(found: list[Symbol], depth: int = 0) -> list[str]:
    return [
        line
        for symbol in found
        for line in (
            f"{'  ' * depth}{symbol.name}{f' [{symbol.detail}]' if symbol.detail else ''}{' †' if symbol.deprecated else ''}",
            *outline(symbol.children, depth + 1),
        )
    ]


def test_the_outline_is_the_headings_as_a_tree() -> None:
    given = fixture(RECORD)
    found = symbols.document_symbols(given.workspace, given.record)
    assert outline(found) == snapshot(
        ["1. Use Kafka [superseded by ADR-2] †", "  Context", "    Forces", "  Decision", "  (untitled)", "    Consequences"]
    )
    text = given.record.text
    context = found[0].children[0]
    assert context.selection.of(text) == "## Context"
    assert context.span.of(text) == text[text.index("## Context") : text.index("## Decision")].rstrip()


def test_folds_are_front_matter_sections_code_and_comments() -> None:
    given = fixture(RECORD)
    lines = given.record.text.splitlines()
    assert [f"{fold.kind}: {lines[fold.start]} … {lines[fold.end]}" for fold in symbols.folds(given.record)] == snapshot(
        [
            "region: --- … ---",
            "region: ## Context … ```",
            "region: ### Forces … ```",
            "region: ## Decision … Text.",
            "region: # … ## Consequences",
            "comment: <!-- a comment … over lines -->",
            "region: ```sh … ```",
        ]
    )


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("# A\n\n| a | b |\n|---|---|\n| c | d |\n", ["| a | b | … | c | d |"]),
        ("# A\n\n- one\n- two\n  - three\n  - four\n", ["- one …   - four", "  - three …   - four"]),
        ("# A\n\n> it\n> was\n", ["> it … > was"]),
        ("+++\nstatus = 'accepted'\n+++\n\nContext\n---\n\nText\n", ["+++ … +++", "Context … Text"]),
        ("# A\n\n# Context\n\nText\n\n# Decision\n", ["# Context … Text"]),
    ],
)
def test_folds_of_other_dialects(source: str, folded: list[str]) -> None:
    given = fixture(source)
    lines = given.record.text.splitlines()
    assert [f"{lines[fold.start]} … {lines[fold.end]}" for fold in symbols.folds(given.record)] == folded


LOG = """
-- docs/adr/0001-use-kafka.md --
# ADR-1: Use Kafka

**Status**: Accepted
-- docs/adr/0002-use-postgres.md --
# ADR-2: Use Postgres for orders

**Status**: Superseded by ADR-3
-- docs/adr/0003-use-cockroach.md --
# ADR-3: Use CockroachDB for orders

**Status**: Proposed
-- docs/adr/0012-use-3-regions.md --
# ADR-12: Use 3 regions

**Status**: Accepted
"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["0001", "0002", "0003", "0012"]),
        ("3", ["0003", "0012"]),
        ("ADR-3", ["0003"]),
        ("adr 12", ["0012"]),
        ("orders", ["0002", "0003"]),
        ("order cockroach", ["0003"]),
        ("POSTGRES", ["0002"]),
        ("superseded", ["0002"]),
        ("accepted", ["0001", "0012"]),
        ("cckrch", ["0003"]),
        ("nothing", []),
    ],
)
def test_workspace_symbols_are_found_by_number_words_and_status(query: str, found: list[str]) -> None:
    given = fixture(LOG)
    records = symbols.workspace_symbols(given.workspace, query)
    assert [posixpath.basename(one.record.path)[:4] for one in records] == found


SECTIONS = """
-- docs/adr/0001-use-kafka.md --
# ADR-1: Use Kafka

## Context

### Forces of the market

## Entscheidung
-- docs/adr/0002-use-postgres.md --
# ADR-2: Use Postgres

## Context

## Market
"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("market", ["0001 Forces of the market", "0002 Market"]),
        ("kafka market", ["0001 Forces of the market"]),
        ("2 market", ["0002 Market"]),
        ("context", []),
        ("context kafka", ["0001 Context"]),
        ("adr-1 entscheidung", ["0001 Entscheidung"]),
        ("kafka", ["0001"]),
        ("", ["0001", "0002"]),
    ],
)
def test_sections_are_found_by_their_own_words_and_those_of_their_record(query: str, found: list[str]) -> None:
    shown = symbols.workspace_symbols(fixture(SECTIONS).workspace, query)
    assert [
        f"{posixpath.basename(one.record.path)[:4]} {one.section.name if one.section else ''}".strip() for one in shown
    ] == found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # The sections have the level of the title
        ("# 1. A\n\n# Status\n\nDeprecated\n\n# Context\n", ["1. A [Deprecated] †", "  Status", "  Context"]),
        ("## ADR-0001: A\n\n**Status**: Proposed\n\n## Context\n", ["ADR-0001: A [Proposed]", "  Context"]),
        # The title is in the front matter, or nowhere
        ("---\ntitle: A\nstatus: accepted\n---\n\n## Context\n\n### More\n", ["ADR-0001: A [accepted]", "  Context", "    More"]),
        ("Status: Accepted\n\n## Context\n\n## Decision\n", ["ADR-0001 [Accepted]", "  Context", "  Decision"]),
        # Underlined headings
        ("A\n===\n\n- Status: rejected\n\nContext\n---\n\nText\n", ["A [rejected]", "  Context"]),
        # What only its successor says
        ("# 1. A\n\n**Status**: Accepted\n\n## Context\n-- docs/adr/0002-b.md --\n# 2. B\n\n**Status**: Accepted\n**Supersedes**: ADR-1\n", ["1. A [Accepted] †", "  Context"]),
    ],
)  # fmt: skip
def test_the_outline_of_a_record_has_its_title_and_status_above_all_in_any_dialect(source: str, expected: list[str]) -> None:
    given = fixture("-- docs/adr/0001-a.md --\n" + source)
    found = symbols.document_symbols(given.workspace, given.file("docs/adr/0001-a.md"))
    assert outline(found) == expected
    (root,) = found
    assert all(root.span.covers(child.span) for child in root.children)
    assert root.span.covers(root.selection)


BESIDES = """
-- docs/adr/0001-a.md --
---
status: accepted
date: 2024-05-06
tags: [Storage, orders]
decision-makers: Ada Lovelace
---
# Keep events
-- docs/adr/0002-b.md --
# 2. Storage of events

Status: Proposed
Owner: Grace
"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("storage", ["0002", "0001"]),  # in the title, and among the labels
        ("accepted orders", ["0001"]),
        ("lovelace", ["0001"]),
        ("grace proposed", ["0002"]),
        ("2024-05", ["0001"]),
        ("grace orders", []),
    ],
)
def test_workspace_symbols_are_found_by_date_label_and_person(query: str, found: list[str]) -> None:
    records = symbols.workspace_symbols(fixture(BESIDES).workspace, query)
    assert [posixpath.basename(one.record.path)[:4] for one in records] == found
