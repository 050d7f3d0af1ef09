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
        ["1. Use Kafka [superseded by ADR-2] †", "  Context", "    Forces", "  Decision", "(untitled)", "  Consequences"]
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
    assert [posixpath.basename(record.path)[:4] for record in records] == found
