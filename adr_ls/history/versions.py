"""The versions of each file that led to the one of today: a graph for each file, made of what commits did to files.

A commit does something to a file only where the file differs from that of every parent: what a merge merely brings was done by the commit
that it brings. Versions go on over a move, be it one that git sees or one that the names tell, and over a file that was away for a while.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from adr_ls.record import filename


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its id, those of its parents as far as they matter, who made it and when.

    `author` is a name without an address, empty where there is none; `date` is ISO 8601 with the zone of the author, empty where it is
    none that a calendar has.
    """

    id: str
    parents: tuple[str, ...] = ()
    author: str = ""
    date: str = ""

    @property
    def day(self) -> str:
        """The day on which it was made, where its author was; empty where nobody knows."""
        return self.date[:10]

    @property
    def is_merge(self) -> bool:
        """Whether it joins branches that both matter."""
        return len(self.parents) > 1


@dataclass(frozen=True, slots=True)
class Touch:
    """How a commit differs from one parent in one file: `blob` is the id of the new text, empty where the file is gone.

    `source` is the path of the file in the parent, None where it has none.
    """

    path: str
    blob: str
    source: str | None


Step = tuple[Commit, tuple[tuple[Touch, ...], ...]]
"""A commit and how it differs from each of its parents; of one without parents, how it differs from nothing."""


@dataclass(frozen=True, eq=False, slots=True)
class Version:
    """A text of a file, the commit that made it, and the texts that it was made of, one for each parent that has any."""

    commit: Commit
    path: str
    blob: str
    """The id of the text; empty where the file was taken away."""
    before: tuple[Version, ...] = ()


def versions(steps: Iterable[Step]) -> Mapping[str, Version]:
    """The version of each file that the last commit leaves, by path; commits come behind their parents, and the last one leads to all."""
    every = list(steps)
    left = Counter(parent for commit, _ in every for parent in commit.parents)
    states: dict[str, dict[str, Version]] = {}
    state: dict[str, Version] = {}
    for commit, by_parent in every:
        before = [states.get(parent, {}) for parent in commit.parents] or [{}]
        for parent in commit.parents:
            left[parent] -= 1
            if not left[parent]:
                states.pop(parent, None)
        is_free = len(commit.parents) == 1 and not left[commit.parents[0]]
        state = _after(commit, before, [joined(touches) for touches in by_parent], before[0] if is_free else dict(before[0]))
        if left[commit.id]:
            states[commit.id] = state
    return {path: version for path, version in state.items() if version.blob}


def _after(
    commit: Commit, before: Sequence[Mapping[str, Version]], touched: Sequence[Sequence[Touch]], state: dict[str, Version]
) -> dict[str, Version]:
    """What a commit leaves, made in `state`, which holds what its first parent left."""
    first, *others = touched or ((),)
    beside = [{touch.path: touch for touch in touches} for touches in others]
    made: dict[str, Version] = {}
    for touch in first:
        same = next((at for at, known in enumerate(beside, 1) if touch.path not in known and touch.path in before[at]), None)
        if same is not None:
            made[touch.path] = before[same][touch.path]
            continue
        places = (touch, *(known.get(touch.path) for known in beside))
        sources = [
            found
            for at, place in enumerate(places)
            if place is not None and (found := before[at].get(place.path if place.source is None else place.source)) is not None
        ]
        made[touch.path] = Version(commit, touch.path, touch.blob, tuple(dict.fromkeys(sources)))
    for touch in first:
        if touch.source not in (None, touch.path):
            state.pop(touch.source or "", None)
    state.update(made)
    return state


def joined(touches: Iterable[Touch]) -> list[Touch]:
    """The same, but a file that is gone and a new one that are one record by their names are one file that was moved.

    git knows a file again by its text alone, and so not one that was rewritten while it was moved.
    """
    every = list(touches)
    gone = [touch for touch in every if not touch.blob]
    new = [touch for touch in every if touch.blob and touch.source is None]
    if not gone or not new:
        return every
    moved: dict[str, str] = {}
    for name in (posixpath.basename, _number, _slug):
        sources = _alone(name, (touch.path for touch in gone if touch.path not in moved.values()))
        targets = _alone(name, (touch.path for touch in new if touch.path not in moved))
        moved |= {path: sources[key] for key, path in targets.items() if key in sources}
    taken = set(moved.values())
    return [
        replace(touch, source=moved.get(touch.path, touch.source)) for touch in every if touch.blob or touch.path not in taken
    ]


def _number(path: str) -> str:
    """What a file is known by from its number; empty where it has none."""
    name = filename.name_of(path)
    return f"{name.prefix.casefold()} {name.number}" if name.number is not None else ""


def _slug(path: str) -> str:
    return filename.name_of(path).slug.casefold()


def _alone(key: Callable[[str], str], paths: Iterable[str]) -> dict[str, str]:
    """The paths by what is said of each, without those of which the same is said, or nothing."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(key(path), []).append(path)
    return {said: known[0] for said, known in found.items() if said and len(known) == 1}


def ancestry(version: Version, most: int) -> Iterator[Version]:
    """A version and all that led to it, the nearest first, up to so many."""
    seen = {version}
    waiting = [version]
    while waiting:
        yield from waiting
        waiting = [*dict.fromkeys(other for one in waiting for other in one.before if other not in seen)]
        seen.update(waiting)
        if len(seen) > most:
            return
