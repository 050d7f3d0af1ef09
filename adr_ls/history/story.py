"""The story of a record: since when it has had which status, by whom, and what was changed in it after it was accepted.

It follows one line of commits back from the text of today. Where a merge joins two, it follows the branch from which the status came, so
that a status is dated by the commit that gave it and what a branch said that was not followed is no part of the story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adr_ls.history.changes import Kind, Part, kinds_of, parts
from adr_ls.history.versions import Commit, Version
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import fold

HELD: tuple[Canonical, ...] = ("accepted", "amended", "deprecated", "superseded")
"""The states of what was accepted at some time."""
DECIDED: tuple[Canonical, ...] = (*HELD, "rejected")
"""The states of what was decided, one way or the other."""
MOST = 2000
"""How many versions of a record are looked at, the latest ones."""

Read = Callable[[Version], Record | None]
"""Gives the record that a version is; None where its text cannot be read."""
Stated = Callable[[Record], Status | None]
"""The status that a record has where it stands."""


@dataclass(frozen=True)
class State:
    """A status from a commit on; `path` is where the record was then.

    It is `sure` unless the text before cannot be read, which may have had it already.
    """

    canonical: Canonical
    text: str
    commit: Commit
    path: str
    sure: bool = True

    @property
    def meaning(self) -> tuple[Canonical, str]:
        """What tells it from another, see `meaning`."""
        return _meant(self.canonical, self.text)

    @property
    def said(self) -> str:
        """The status in a word: one of the team's own where it is none of the usual states."""
        return "no status" if self.canonical == "none" else self.text if self.canonical == "other" else self.canonical


@dataclass(frozen=True)
class Edit:
    """What a commit changed in a record that had been accepted, besides how it stands."""

    commit: Commit
    parts: tuple[Part, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What kinds of changes these were."""
        return kinds_of(self.parts)


@dataclass(frozen=True)
class Story:
    """What became of a record, as far as it was committed, in the order in which it did."""

    begun: Commit
    """The commit by which the record came, or the earliest one that is known."""
    events: tuple[State | Edit, ...]
    """What happened to it; where a commit gave another status and changed more, the status comes first."""
    text: str
    """The id of the text that was committed last."""

    @property
    def states(self) -> tuple[State, ...]:
        """The statuses that it had."""
        return tuple(one for one in self.events if isinstance(one, State))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed in it after it had been accepted."""
        return tuple(one for one in self.events if isinstance(one, Edit))

    @property
    def state(self) -> State | None:
        """The status that was committed last; None where there is none."""
        last = next(iter(reversed(self.states)), None)
        return last if last is not None and last.canonical != "none" else None

    @property
    def decided(self) -> Commit | None:
        """The commit by which it was decided for the first time; that by which it came, where it is not decided; None where nobody knows."""
        if not all(one.sure for one in self.states):
            return None
        return next((one.commit for one in self.states if one.canonical in DECIDED), self.begun)


def story(version: Version, read: Read, stated: Stated) -> Story:
    """The story of a record, from the version of it that holds now."""
    events: list[State | Edit] = []
    was: State | None = None
    before: Record | None = None
    sure = True
    line = [*_line(version, read, stated)]
    for one, record in line:
        if record is None:
            if one.blob:  # what is not known may have been anything
                before, sure = None, False
            continue
        status = stated(record)
        held = was is not None and was.canonical in HELD
        is_other = meaning(status) != (was.meaning if was is not None else meaning(None))
        if is_other:
            was = State(status.canonical if status else "none", status.text if status else "", one.commit, one.path, sure)
            events.append(was)
        if before is not None and held:
            found = tuple(part for part in parts(before, record) if not (is_other and part.kinds == ("status",)))
            events += [Edit(one.commit, found)] if found else []
        before, sure = record, True
    return Story(line[0][0].commit, tuple(events), version.blob)


def meaning(status: Status | None) -> tuple[Canonical, str]:
    """What tells one status from another: what it comes to, or its words where that is none of the usual states."""
    return ("none", "") if status is None else _meant(status.canonical, status.text)


def _meant(canonical: Canonical, text: str) -> tuple[Canonical, str]:
    return canonical, fold(text) if canonical == "other" else ""


def _line(version: Version, read: Read, stated: Stated) -> Iterator[tuple[Version, Record | None]]:
    """The versions that led to one, the earliest first, each with its record, as far as `MOST` go back."""
    found = [(version, read(version))]
    while found[-1][0].before and len(found) < MOST:
        one, record = found[-1]
        known = [(other, read(other)) for other in one.before]
        same = (pair for pair in known if record is not None and pair[1] is not None and _agree(stated, pair[1], record))
        found.append(next(same, known[0]) if len(known) > 1 else known[0])
    return reversed(found)


def _agree(stated: Stated, one: Record, other: Record) -> bool:
    return meaning(stated(one)) == meaning(stated(other))
