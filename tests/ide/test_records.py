"""What editors show of a record beyond the protocol, and its status changed: one text in, the facts or the text out."""

from __future__ import annotations

import pytest

from adr_ls.ide import records
from adr_ls.syntax.text import Span
from tests.fixture import fixture

TODAY = "2026-03-09"
LOG = """
-- docs/adr/README.md --
# Decisions

- [ADR-001: A](./001-a.md)
- [ADR-002: B](./002-b.md)
-- docs/adr/001-a.md --
# ADR-001: A

**Status**: Superseded by [ADR-002](./002-b.md)
**Date**: 2024-05-06
-- docs/adr/002-b.md --
# ADR-002: B

**Status**: Accepted
**Supersedes**: [ADR-001](./001-a.md)
-- docs/adr/003-c.md --
# ADR-003: C

**Status**: Deprecated

ADR-001 and ADR 2, ADR-002 again, [ADR-001](./001-a.md), `ADR-002`, ADR-009, ADRs 1 and 3.
-- docs/adr/004-d.md --
# ADR-004: D

Text of $0ADR-003.
""".lstrip("\n")


def test_the_card_of_a_record() -> None:
    given = fixture(LOG)
    card = records.card(given.workspace, given.file("docs/adr/001-a.md"))
    assert card
    assert (card.record.id, card.canonical, card.date) == ("ADR-001", "superseded", "2024-05-06")
    assert card.status
    assert card.status.startswith("Superseded by ")
    assert [other.id for other in card.superseded_by] == ["ADR-002"]
    assert card.statuses[:2] == ("Draft", "Proposed")
    assert card.index
    assert (card.index.path, card.is_listed, card.missing) == ("/w/docs/adr/README.md", True, 2)


FRENCH = """
-- docs/adr/0001-a.md --
# 1. A

## Statut

Accepté
-- docs/adr/0002-b.md --
# 2. B

## Statut

Remplacé par [3. C](0003-c.md)
-- docs/adr/0003-c.md --
# 3. C

## Statut

Accepté
""".lstrip("\n")


@pytest.mark.parametrize(
    ("log", "path", "asking"),
    [
        (LOG, "docs/adr/002-b.md", ["Superseded"]),
        (LOG, "docs/adr/001-a.md", []),  # it says already what supersedes it
        (FRENCH, "docs/adr/0001-a.md", ["Remplacé"]),
        (FRENCH, "docs/adr/0002-b.md", []),
    ],
)
def test_statuses_that_only_another_record_can_give_ask_for_it(log: str, path: str, asking: list[str]) -> None:
    given = fixture(log)
    card = records.card(given.workspace, given.file(path))
    assert card
    assert list(card.asking) == asking


def test_the_card_of_a_record_that_says_nothing() -> None:
    given = fixture(LOG)
    card = records.card(given.workspace, given.record)
    assert card
    assert (card.status, card.canonical, card.date, card.superseded_by, card.is_listed) == (None, None, None, (), False)


def test_an_index_has_no_card() -> None:
    given = fixture(LOG)
    assert records.card(given.workspace, given.file("docs/adr/README.md")) is None


def test_the_statuses_are_those_of_the_house() -> None:
    given = fixture("""
        -- docs/adr/template.md --
        # Title

        Status: proposed | accepted | rejected | superseded by [0005](0005-example.md)

        ## Context
        -- docs/adr/0001-a.md --
        # A

        Status: accepted
        """)
    card = records.card(given.workspace, given.file("docs/adr/0001-a.md"))
    assert card
    assert card.statuses == ("proposed", "accepted", "rejected")


def test_the_mentions_of_a_document() -> None:
    given = fixture(LOG)
    found = list(records.named(given.workspace, given.file("docs/adr/003-c.md")))
    assert [(named.text, named.record.id, named.is_superseded, named.is_deprecated) for named in found] == [
        ("ADR-001", "ADR-001", True, False),
        ("ADR 2", "ADR-002", False, False),
        ("ADR-002", "ADR-002", False, False),
        ("ADRs 1", "ADR-001", True, False),
    ]
    (named,) = records.named(given.workspace, given.record)
    assert (named.text, named.status, named.is_superseded, named.is_deprecated) == ("ADR-003", "Deprecated", False, True)


STATUSES = [
    ("**Status**: Accepted", "Deprecated", "**Status**: Deprecated"),
    ("**Status**: accepted", "rejected", "**Status**: rejected"),
    ("**Status**: Accepted", "rejected", "**Status**: Rejected"),
    ("**Status:** `Accepted` | **Date:** 2024-01-01", "Rejected", "**Status:** `Rejected` | **Date:** 2024-01-01"),
    ("* Status: *accepted*", "rejected", "* Status: *rejected*"),
    ("Status: Accepted  \nDate: 2024-01-01", "Proposed", "Status: Proposed  \nDate: 2024-01-01"),
    ("## Status\n\nAccepted", "Proposed", "## Status\n\nProposed"),
    ("## Status\n\n✅ Accepted", "Proposed", "## Status\n\n🤔 Proposed"),
    ("## Status\n\n2017-11-23 Accepted", "Rejected", "## Status\n\n2026-03-09 Rejected"),
    ("## Status\n\nAccepted (2024-01-02)", "Rejected", "## Status\n\nRejected (2026-03-09)"),
    ("## Status: Accepted", "Rejected", "## Status: Rejected"),
    ("| Status | `Accepted` |\n|---|---|", "Rejected", "| Status | `Rejected` |\n|---|---|"),
    ("## Status\n\nSuperseded by [ADR-2](0002-b.md)", "Accepted", "## Status\n\nAccepted"),
    ("**Status**: Accepted by the board", "Rejected", "**Status**: Rejected by the board"),
    ("## Status\n\nAccepted by the board", "Rejected", "## Status\n\nRejected by the board"),
    ("## Status\n\nAccepted (by all) & implemented.", "Proposed", "## Status\n\nProposed (by all)."),
    ("## Status\n\nAccepted and implemented, in part", "Draft", "## Status\n\nDraft, in part"),
    ("## Status\n\nAngenommen (einstimmig) und umgesetzt", "Abgelehnt", "## Status\n\nAbgelehnt (einstimmig)"),
    ("* Status: accepted, implemented in v3", "proposed", "* Status: proposed, implemented in v3"),
    ("| Status | Accepted — see the minutes |\n|---|---|", "Draft", "| Status | Draft — see the minutes |\n|---|---|"),
    ("**Status**: Accepted", "Accepted", "**Status**: Accepted"),
    ("**Status**:", "Accepted", "**Status**: Accepted"),
    ("**Status**: Frobnicated", "Accepted", "**Status**: Accepted"),
    ("## Status\n\n- [ ] Proposed\n- [x] Accepted", "Proposed", "## Status\n\n- [x] Proposed\n- [ ] Accepted"),
    ("## Status\n\n- [ ] Proposed\n- [x] Accepted", "Rejected", "## Status\n\n- [ ] Proposed\n- [x] Accepted"),
    ("Prose.", "Accepted", "## Status\n\nAccepted\n\nProse."),
]


@pytest.mark.parametrize(("before", "word", "after"), STATUSES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_status_is_changed_in_its_form(before: str, word: str, after: str, newline: str) -> None:
    rest = "-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\n🤔 Proposed\n"
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n{before}\n{rest}", newline=newline)
    edits = records.set_status(given.workspace, given.record, word, TODAY)
    text = f"# 1. A\n\n{after}\n".replace("\n", newline)
    assert (
        given.edited(edits)
        == f"-- docs/adr/0001-a.md --\n{text}-- docs/adr/0002-b.md --\n" + given.file("docs/adr/0002-b.md").text
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nstatus: accepted\n---\n\n# A\n", "---\nstatus: rejected\n---\n\n# A\n"),
        ('---\nstatus: "accepted"\n---\n\n# A\n', '---\nstatus: "rejected"\n---\n\n# A\n'),
        ("---\nstatus: superseded by ADR-0002\n---\n\n# A\n", "---\nstatus: rejected\n---\n\n# A\n"),
        ('+++\nstatus = "accepted"\n+++\n\n# A\n', '+++\nstatus = "rejected"\n+++\n\n# A\n'),
    ],
)
def test_a_status_in_front_matter_is_changed(before: str, after: str) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n{before}-- docs/adr/0002-b.md --\n# B\n\n## Status\n\nAccepted\n")
    edits = records.set_status(given.workspace, given.record, "rejected", TODAY)
    assert given.edited(edits).startswith(f"-- docs/adr/0001-a.md --\n{after}-- ")


def test_two_places_are_changed_together() -> None:
    given = fixture("---\nstatus: accepted\n---\n\n# A\n\n## Status\n\nAccepted\n")
    edits = records.set_status(given.workspace, given.record, "Rejected", TODAY)
    assert given.edited(edits) == "---\nstatus: Rejected\n---\n\n# A\n\n## Status\n\nRejected\n"


def test_on_the_status_the_others_of_the_house_are_offered() -> None:
    given = fixture("# ADR-001: A\n\n**Status**: Acc$0epted\n\n## Context\n\nC.\n")
    span = Span(given.offset, given.offset)
    found = list(records.status_actions(given.workspace, given.record, span, TODAY))
    assert [action.title for action in found] == [
        f"Change the status to “{word}”" for word in ("Draft", "Proposed", "Rejected", "Deprecated")
    ]
    assert {action.kind for action in found} == {"refactor.rewrite"}
    assert given.edited(found[2].change.edits) == "# ADR-001: A\n\n**Status**: Rejected\n\n## Context\n\nC.\n"


def test_elsewhere_no_status_is_offered() -> None:
    given = fixture("# ADR-001: A\n\n**Status**: Accepted\n\n## Con$0text\n\nC.\n")
    assert not list(records.status_actions(given.workspace, given.record, Span(given.offset, given.offset), TODAY))
