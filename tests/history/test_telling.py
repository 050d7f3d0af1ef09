"""What is told of a story in a line: nothing that the record says itself."""

from __future__ import annotations

import pytest

from adr_ls.history import telling
from adr_ls.history.changes import Kind, Part
from adr_ls.history.story import Edit, State, Story
from adr_ls.history.versions import Commit
from adr_ls.record.parts import Status
from adr_ls.record.record import record_of
from adr_ls.words.language import Canonical

BEGUN = Commit("0" * 40, (), "Ann", "2024-05-01T12:00:00+02:00")
LATER = Commit("1" * 40, (), "Bob", "2024-05-09T12:00:00+02:00")


def state(canonical: Canonical, commit: Commit, *, sure: bool = True) -> State:
    return State(canonical, canonical, commit, "docs/adr/0001-x.md", sure)


def edit(kind: Kind, commit: Commit = LATER) -> Edit:
    return Edit(commit, (Part((kind,), (1, 2), (1, 2)),))


def status(word: str) -> Status | None:
    return record_of("/w/docs/adr/0001-x.md", f"# 1. X\n\n## Status\n\n{word}\n").status


PROPOSED, ADDED, ACCEPTED = state("proposed", BEGUN), state("accepted", BEGUN), state("accepted", LATER)
NOBODY = state("accepted", Commit("2" * 40))

LINES = [
    # what happened, the status of now, the date it declares, whether it says who decided, and what is told
    ([PROPOSED, ACCEPTED], "Accepted", None, False, "accepted on 2024-05-09 by Bob"),
    ([PROPOSED, ACCEPTED], "Accepted", None, True, "accepted on 2024-05-09 by Bob"),
    ([PROPOSED, ACCEPTED], "Accepted", "2024-05-02", True, "accepted on 2024-05-09 by Bob"),
    ([PROPOSED, ACCEPTED], "Accepted", "2024-05-09", False, "accepted on 2024-05-09 by Bob"),
    ([PROPOSED, ACCEPTED], "Accepted", "2024-05-09", True, ""),
    ([PROPOSED, ACCEPTED], "✅ accepted", "2024-05-09", True, ""),
    ([ADDED], "Accepted", None, False, "added as accepted on 2024-05-01 by Ann"),
    ([ADDED], "Accepted", "2019-01-01", False, ""),
    ([PROPOSED, NOBODY], "Accepted", None, False, ""),
    ([PROPOSED, state("accepted", LATER, sure=False)], "Accepted", None, False, ""),
    ([ADDED, edit("typos"), edit("links")], "Accepted", "2019-01-01", False, ""),
    ([ADDED, edit("substance")], "Accepted", "2019-01-01", False, "changed on 2024-05-09 by Bob after it was accepted"),
    (
        [ADDED, edit("additions", BEGUN), edit("substance")],
        "Accepted",
        None,
        False,
        "added as accepted on 2024-05-01 by Ann; changed twice after it was accepted, last on 2024-05-09 by Bob",
    ),
    ([PROPOSED], "Accepted", None, False, "not committed yet; committed as proposed on 2024-05-01 by Ann"),
    ([], "Accepted", None, False, "not committed yet"),
    ([], "", None, False, ""),
    ([PROPOSED], "", None, False, ""),
]


@pytest.mark.parametrize(("events", "now", "date", "is_signed", "expected"), LINES)
def test_what_is_told(events: list[State | Edit], now: str, date: str | None, is_signed: bool, expected: str) -> None:  # noqa: FBT001  # a table
    story = Story(BEGUN, tuple(events), "")
    assert telling.line(story, status(now), date, is_signed=is_signed) == expected
