"""The menu at a place: its titles in their order, and what the new ones among them do."""

from __future__ import annotations

import pytest

from adr_ls.ide import menu
from adr_ls.ide.actions import Offering
from adr_ls.syntax.text import Span
from tests.fixture import TODAY, Fixture, fixture

LATE = Offering(moves=True, is_late=True)
LOG = """
-- docs/adr/README.md --
# Deci{index}sions

- [ADR-001: A](001-a.md)
- [ADR-002: B](002-b.md)
-- docs/adr/001-a.md --
# ADR-{title}001: A

**Status**: {status}

## Context

C.

## Decision

D.
-- docs/adr/002-b.md --
# ADR-002: B

**Status**: Accepted

## Context

After ADR-001.

## Decision

D.
-- docs/adr/003-c.md --
# ADR-003: C

**Status**: Accepted
-- docs/adr/004-d.md --
# ADR-004: D

**Status**: Accepted

## Context

C.

## Decision

D.
-- docs/adr/template.md --
# ADR-NNN: Title

**Status**: Proposed

## Context

## Decision
""".lstrip("\n")


def at(**texts: str) -> Fixture:
    given = {"index": "", "title": "", "status": "Accepted", **texts}
    return fixture(LOG.format(**given))


def titles(given: Fixture, offering: Offering = LATE, *kinds: str) -> list[str]:
    span = Span(given.offset, given.offset)
    return [action.title for action in menu.menu(given.workspace, given.record, span, TODAY, kinds, offering)]


def test_an_index_that_lacks_records() -> None:
    assert titles(at(index="$0")) == [
        "Add ADR-003 to the index",
        "Add ADR-004 to the index",
        "Update the ADR index (2 to add)",
        "Turn the ADR index into nested bullets",
        "Turn the ADR index into a table",
        "Silence index-missing-entry on this line",
    ]


def test_a_status_that_is_misspelt() -> None:
    given = at(status="Acep$0ted")
    found = titles(given, LATE, "quickfix", "refactor.rewrite")
    assert found[0] == "Change to “Accepted”"
    assert "Change the status to “Accepted”" not in found
    assert "Change the status to “Rejected”" in found


@pytest.mark.parametrize("texts", [{"title": "$0"}, {"status": "Acc$0epted"}])
@pytest.mark.parametrize("offering", [LATE, Offering()])
def test_a_record_that_holds_can_be_superseded(texts: dict[str, str], offering: Offering) -> None:
    found = [title for title in titles(at(**texts), offering, "refactor.rewrite") if title.startswith("Supersede")]
    assert found == ["Supersede by ADR-002, “B”", "Supersede by a new ADR…", "Supersede by an existing ADR…"]


@pytest.mark.parametrize("status", ["Rej$0ected", "Super$0seded by [ADR-002](002-b.md)"])
def test_one_that_does_not_cannot(status: str) -> None:
    assert not [title for title in titles(at(status=status)) if title.startswith("Supersede")]


def test_what_is_done_to_the_place_comes_before_all_else() -> None:
    found = titles(at(status="Acc$0epted"))
    assert found[0].startswith("Change the status to")
    assert found[-1].startswith("Update the ADR index")


def test_the_chosen_successor_is_written() -> None:
    given = at(title="$0")
    span = Span(given.offset, given.offset)
    offered = menu.menu(given.workspace, given.record, span, TODAY, ("refactor.rewrite",), LATE)
    late = next(action for action in offered if action.title.startswith("Supersede by ADR-002"))
    chosen = menu.chosen(given.workspace, given.path, span, late.choice)
    assert chosen
    early = menu.menu(given.workspace, given.record, span, TODAY, ("refactor.rewrite",))
    assert chosen.change == next(action for action in early if action.title == late.title).change
    assert "**Status**: Superseded by [ADR-002](002-b.md)\n" in given.edited(chosen.change)


WHOLE = "# ADR-00{0}: {0}\n\n**Status**: Accepted\n\n## Context\n\nC{0}.\n\n## Decision\n\nD{0}.\n\n## Consequences\n\nE{0}.\n"


@pytest.mark.parametrize("offering", [LATE, Offering()])
def test_all_missing_sections_are_inserted_at_once(offering: Offering) -> None:
    others = "".join(f"-- docs/adr/00{number}-x.md --\n{WHOLE.format(number)}" for number in range(1, 7))
    given = fixture(f"{others}-- docs/adr/007-y.md --\n# $0ADR-007: Y\n\n**Status**: Accepted\n\n## Decision\n\nD.\n")
    span = Span(given.offset, given.offset)
    offered = menu.menu(given.workspace, given.record, span, TODAY, ("quickfix",), offering)
    action = next(action for action in offered if action.title == "Insert the 2 missing sections")
    found = menu.chosen(given.workspace, given.path, span, action.choice) if action.choice else action
    assert found
    after = given.edited(found.change).partition("# ADR-007")[2]
    assert [line for line in after.split("\n") if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
