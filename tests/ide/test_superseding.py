"""Records superseded in one step: a log in, its texts out; and whatever is written holds before the rules."""

from __future__ import annotations

import posixpath
from itertools import permutations

import pytest

from adr_ls.ide import superseding
from adr_ls.ide.actions import applied
from adr_ls.ide.superseding import SupersedingError
from adr_ls.log.workspace import Workspace
from adr_ls.write.creation import CreationError
from tests.fixture import ROOT, Fixture, fixture

BOLD = """
-- docs/adr/README.md --
# Decisions

| ADR | Status |
|---|---|
| [ADR-001: Keep orders in MySQL](001-keep.md) | Accepted |
| [ADR-002: Move orders](002-move.md) | Accepted |
| [ADR-003: Try Rust](003-try.md) | Rejected |
-- docs/adr/001-keep.md --
# ADR-001: Keep orders in MySQL

**Status**: Accepted
**Date**: 2024-01-02

## Context

C.
-- docs/adr/002-move.md --
# ADR-002: Move orders

**Status**: Accepted
**Date**: 2024-02-02

## Context

After [ADR-001](001-keep.md).
-- docs/adr/003-try.md --
# ADR-003: Try Rust

**Status**: Rejected
**Date**: 2024-03-02

## Context

C.
""".lstrip("\n")
NYGARD = """
-- doc/adr/0001-keep.md --
# 1. Keep orders in MySQL

Date: 2024-01-02

## Status

Accepted (lazy consensus) & implemented

## Context

C.
-- doc/adr/0002-move.md --
# 2. Move orders

Date: 2024-02-02

## Status

Accepted

## Context

See [1. Keep orders in MySQL](0001-keep.md).
""".lstrip("\n")
MADR = """
-- docs/decisions/0001-keep.md --
---
status: accepted
date: 2024-01-02
---

# Keep orders in MySQL

## Context and Problem Statement

C.
-- docs/decisions/0002-move.md --
---
status: proposed
date: 2024-02-02
---

# Move orders

## Context and Problem Statement

C.
""".lstrip("\n")
GERMAN = """
-- doku/adr/0001-mysql.md --
# 1. Bestellungen in MySQL

## Status

Akzeptiert

## Kontext

C.

## Entscheidung

E.
-- doku/adr/0002-umzug.md --
# 2. Bestellungen ziehen um

## Status

Vorgeschlagen

## Kontext

C.

## Entscheidung

E.
""".lstrip("\n")
TABLE = """
-- adr/ADR-1-keep.md --
# ADR-1: Keep orders

| Status | Accepted |
|---|---|
| Date | 2024-01-02 |

## Context

C.
-- adr/ADR-2-move.md --
# ADR-2: Move orders

| Status | Accepted |
|---|---|
| Date | 2024-02-02 |

## Context

C.
""".lstrip("\n")
LOGS = {"bold": BOLD, "nygard": NYGARD, "madr": MADR, "german": GERMAN, "table": TABLE}


def texts(given: Fixture, after: Workspace) -> dict[str, str]:
    """The texts of the files that have another one, by name."""
    found = {path: file.text for path in given.texts if (file := after.file(path)) is not None}
    return {posixpath.relpath(path, ROOT): text for path, text in found.items() if text != given.texts[path]}


def test_both_sides_say_so_and_the_index_follows() -> None:
    given = fixture(BOLD)
    old, new, _ = given.workspace.records.values()
    done = superseding.by_existing(given.workspace, given.file(old.path), new)
    assert texts(given, applied(given.workspace, done)) == {
        "docs/adr/README.md": given.file("docs/adr/README.md").text.replace(
            "MySQL](001-keep.md) | Accepted", "MySQL](001-keep.md) | Superseded"
        ),
        "docs/adr/001-keep.md": given.file("docs/adr/001-keep.md").text.replace(
            "Accepted", "Superseded by [ADR-002](002-move.md)"
        ),
        "docs/adr/002-move.md": given.file("docs/adr/002-move.md").text.replace(
            "Accepted\n", "Accepted\n**Supersedes**: [ADR-001](001-keep.md)\n"
        ),
    }


def test_the_new_record_is_made_and_listed() -> None:
    given = fixture(BOLD)
    old = given.file("docs/adr/002-move.md")
    done = superseding.by_new(given.workspace, old, "Split orders")
    assert posixpath.relpath(done.record.path, ROOT) == "docs/adr/004-split-orders.md"
    assert done.record.text.startswith(
        "# ADR-004: Split orders\n\n**Status**: Proposed\n**Supersedes**: [ADR-002](002-move.md)\n**Date**: 2030-01-01\n"
    )
    after = applied(given.workspace, done.change)
    assert "**Status**: Superseded by [ADR-004](004-split-orders.md)\n" in texts(given, after)["docs/adr/002-move.md"]
    assert texts(given, after)["docs/adr/README.md"].endswith(
        "| [ADR-002: Move orders](002-move.md) | Superseded |\n"
        "| [ADR-003: Try Rust](003-try.md) | Rejected |\n"
        "| [ADR-004: Split orders](004-split-orders.md) | Proposed |\n"
    )


@pytest.mark.parametrize("name", LOGS)
def test_what_is_written_breaks_no_rule(name: str) -> None:
    """Whichever record supersedes which, in whatever dialect. That others refer to what is superseded now is a hint worth having."""
    given = fixture(LOGS[name])
    known = {(found.path, found.rule.name, found.message) for found in given.problems()}
    done: list[Workspace] = []
    for old, new in permutations(given.workspace.records.values(), 2):
        if new in superseding.candidates(given.workspace, old):
            whole = given.file(old.path)
            done.append(applied(given.workspace, superseding.by_existing(given.workspace, whole, new)))
            assert done[-1].canonical(done[-1].records[old.path]) == "superseded"
    for old in given.workspace.records.values():
        if superseding.obstacle(given.workspace, old):
            continue
        made = superseding.by_new(given.workspace, given.file(old.path), "Split orders")
        directory = posixpath.dirname(old.path)
        done.append(applied(given.workspace, made.change).with_made(directory, made.record))
    assert len(done) >= len(given.workspace.records)
    for after in done:
        problems = [one for one in Fixture(after, {}, {}, "").problems() if one.level != "hint"]
        assert not {(one.path, one.rule.name, one.message) for one in problems} - known


def test_one_of_two_records_of_a_number_is_named_by_a_link() -> None:
    """Also where records are named by their ids alone."""
    text = "# ADR-00{0}: {1}\n\n**Status**: Accepted\n\n## Context\n\nAfter {2}.\n"
    names = [(1, "a", "nothing"), (2, "b", "ADR-001"), (3, "c", "ADR-001, ADR-002"), (4, "d", "ADR-001"), (4, "e", "ADR-002")]
    given = fixture(
        "".join(f"-- docs/adr/00{n}-{slug}.md --\n{text.format(n, slug.upper(), after)}" for n, slug, after in names)
    )
    old = given.file("docs/adr/001-a.md")
    for slug, said in (("003-c", "ADR-003"), ("004-e", "[ADR-004](004-e.md)")):
        change = superseding.by_existing(given.workspace, old, given.file(f"docs/adr/{slug}.md"))
        assert f"**Status**: Superseded by {said}\n" in given.edited(change)


def test_a_relation_is_called_as_others_call_it() -> None:
    given = fixture(BOLD.replace("**Date**: 2024-03-02", "**Replaces**: [ADR-001](001-keep.md)"))
    old, new, _ = given.workspace.records.values()
    after = applied(given.workspace, superseding.by_existing(given.workspace, given.file(old.path), new))
    assert "**Replaces**: [ADR-001](001-keep.md)\n" in texts(given, after)["docs/adr/002-move.md"]


def test_the_likely_successors_come_first() -> None:
    given = fixture(BOLD.replace("**Status**: Rejected", "**Status**: Proposed"))
    old = given.file("docs/adr/001-keep.md")
    assert [one.id for one in superseding.candidates(given.workspace, old)] == ["ADR-002", "ADR-003"]
    assert [one.id for one in superseding.likely(given.workspace, old)] == ["ADR-002"]
    assert superseding.working_title(given.workspace, old) == "Supersedes ADR-001"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("001-keep.md", "001-keep.md", "A record cannot supersede itself."),
        ("001-keep.md", "003-try.md", "ADR-003, “Try Rust”, is rejected itself."),
        ("002-move.md", "001-keep.md", "ADR-001, “Keep orders in MySQL”, is older than ADR-002 by number and by date."),
        ("README.md", "001-keep.md", "This file is no ADR."),
        ("003-try.md", "002-move.md", "ADR-003, “Try Rust”, was rejected, so there is nothing to supersede."),
    ],
)
def test_what_cannot_be_is_said(old: str, new: str, reason: str) -> None:
    given = fixture(BOLD)
    with pytest.raises(SupersedingError) as raised:
        superseding.by_existing(given.workspace, given.file(f"docs/adr/{old}"), given.file(f"docs/adr/{new}"))
    assert str(raised.value) == reason


def test_who_is_superseded_is_not_so_again() -> None:
    given = fixture(BOLD)
    old, new, _ = given.workspace.records.values()
    after = applied(given.workspace, superseding.by_existing(given.workspace, given.file(old.path), new))
    whole = after.file(old.path)
    assert whole
    with pytest.raises(SupersedingError, match=r"ADR-001, “Keep orders in MySQL”, is superseded by ADR-002 already\."):
        superseding.by_existing(after, whole, new)
    with pytest.raises(SupersedingError):
        superseding.by_new(after, whole, "Split orders")
    with pytest.raises(CreationError):
        superseding.by_new(given.workspace, given.file(old.path), "Move orders")
