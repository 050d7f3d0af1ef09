"""What is told of a house style."""

from __future__ import annotations

from adr_ls.ide import hover, learned
from tests.fixture import fixture

LOG = """
-- docs/adr/template.md --
# ADR-NNN: Title

**Status**: Proposed | Accepted | Superseded
**Date**: YYYY-MM-DD

## Context

## Decision
-- docs/adr/README.md --
# Decisions

- [ADR-001: Use Kafka](./001-use-kafka.md)
- [ADR-002: Use Rust](./002-use-rust.md)
-- docs/adr/001-use-kafka.md --
# ADR-001: Use $0Kafka

**Status**: Accepted
**Date**: 2024-01-01

## Context

See ADR-002.
-- docs/adr/002-use-rust.md --
# ADR-002: Use Rust

**Status**: Proposed
**Date**: 2024-01-02

## Context

Fast.

## Decision

Rust.
-- docs/adr/003-use-postgres.md --
# ADR-003: Use Postgres

**Status**: Accepted
**Date**: 2024-01-03

## Context

Tables.

## Decision

Postgres.
-- docs/adr/004-use-redis.md --
# ADR-004: Use Redis

**Status**: Accepted
**Date**: 2024-01-04

## Context

Caches.

## Decision

Redis.
-- docs/adr/005-use-vault.md --
# ADR-005: Use Vault

**Status**: Accepted
**Date**: 2024-01-05

## Context

Secrets.

## Decision

Vault.
"""


def test_everything_that_was_learned_is_told_with_its_evidence() -> None:
    given = fixture(LOG)
    told = [
        (lesson.about, lesson.said, lesson.evidence) for lesson in learned.lessons(given.workspace, given.workspace.logs[0])
    ]
    assert told == [
        ("Records", "5, written mostly in the “bold” dialect", ""),
        ("Template", "template.md", ""),
        ("Index", "README.md", "lists 2 of 5 records"),
        ("File names", "NNN-slug", "5 of 5"),
        ("Titles", "ADR-N:", "5 of 5"),
        ("Status", "in a bold line below the title", "5 of 5"),
        ("Statuses", "Proposed, Accepted, Superseded", "documented; in use: 4 accepted, 1 proposed"),
        ("Dates", "as YYYY-MM-DD", "5 of 5"),
        ("Section", "## Context", "5 of 5 records here have it, and so has the template"),
        ("Section", "## Decision", "4 of 5 records here have it, and so has the template"),
        ("References", "bare, without a link", "1 of 1"),
    ]


def test_the_card_of_a_record_tells_what_it_lacks_and_why() -> None:
    found = hover.hover(fixture(LOG).cursor)
    assert found is not None
    assert found.plain.endswith("Missing here: Decision (4 of 5 records here have it, and so has the template)")


def test_the_statuses_of_a_template_count_from_the_first_to_the_last() -> None:
    given = fixture("""
        -- docs/adr/template.md --
        # Title

        * Status: [proposed | accepted | deprecated]
        -- docs/adr/0001-a.md --
        # A

        * Status: accepted
        """)
    assert given.workspace.logs[0].house.vocabulary == ("proposed", "accepted", "deprecated")
