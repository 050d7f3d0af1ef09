"""What an earlier workspace had worked out, and what of it holds after a change: each piece with what it rests on."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from adr_ls.log.difference import Mentioned, Moved
from adr_ls.log.index import Index
from adr_ls.log.log import Log
from adr_ls.log.resolve import Names, Resolution
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Evidence
from adr_ls.record.relations import Related
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.pieced import Ground
from adr_ls.words.language import Relation

_T = TypeVar("_T")
Said = Mapping[str, tuple[_T, ...]]
"""For each record what is said of it."""
Statement = tuple[Relation, str, Evidence]
"""How a record stands to the one at a path, which says so, and how well that is known."""

MOST_TAKEN = 8
"""How many times a page is taken over by other names before it is read again, since each may keep what is known of all records then."""


@dataclass(frozen=True)
class Stances:
    """How a record says that it stands to others that exist: `said` is what it says, in its order, each with the path of the other."""

    relations: tuple[Related, ...]
    """What it says of whomever."""
    said: tuple[tuple[Related, str], ...] = ()

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Related, ...]]:
        """What it says of each."""
        found: dict[str, list[Related]] = {}
        for related, path in self.said:
            found.setdefault(path, []).append(related)
        return {path: tuple(said) for path, said in found.items()}


@dataclass(frozen=True)
class ReadPage:
    """A page read as an index of the records that `names` knew, with the titles that were looked at for that."""

    index: Index
    asked: Mapping[str, str | None]
    names: Names
    taken: int = 0
    """How many times it was taken over by other names since it was read: what entries are read by stays as long as they do."""

    def under(self, names: Names, before: Names, moved: Moved) -> ReadPage | None:
        """The page by other names than `before`, where what has `moved` leaves all that it says of records as it is; else None."""
        if names is before or self.names is not before:
            return self if self.names is names else None
        if self.taken >= MOST_TAKEN or not self.index.is_by_links or moved.is_in(self.index.page.text):
            return None
        return ReadPage(self.index.under(names), self.asked, names, self.taken + 1)

    def holds(self, names: Names, titles: Mapping[str, str | None]) -> bool:
        """Whether the records are still called so."""
        is_same = self.names is names or self.names == names
        return is_same and all(titles.get(path) == said for path, said in self.asked.items())


@dataclass(frozen=True, eq=False)
class RecordsGround(Ground):
    """What answers about the records rest on: their logs and names, and the rest of what is compared by value."""

    logs: tuple[weakref.ref[Log], ...]
    names: weakref.ref[Names]
    others: tuple[object, ...]


OF_RECORDS = frozenset(
    {
        "canonical",
        "chain",
        "converse",
        "date",
        "is_gone",
        "log_at",
        "names",
        "on_either_side",
        "records",
        "refers_to",
        "related",
    }
    | {"relations", "resolve", "resolved", "said_of", "standing", "states", "status", "successors", "tells", "today"}
)
"""What may be asked of a workspace that it answers by its `ground` alone, where only records are asked about."""


@dataclass(frozen=True)
class Earlier:
    """What an earlier workspace with the same `names` had worked out that still holds."""

    names: Names | None = None
    backlinks: Said[str] | None = None
    stated: Said[Statement] | None = None
    in_code: Said[str] | None = None
    read_pages: Mapping[str, ReadPage] = field(default_factory=dict)
    outdated: Mapping[str, ReadPage] = field(default_factory=dict)
    """The same of pages that have not been read since, of earlier texts or in an earlier workspace, by the same names.

    Several threads may read a page at the same time, and each finds here what was read before."""
    resolved: dict[str, tuple[Sequence[Mention], Mapping[Mention, Resolution]]] = field(default_factory=dict)
    stances: dict[str, Stances] = field(default_factory=dict)
    judged: dict[tuple[object, ...], object] = field(default_factory=dict)
    """What was asked of `Workspace.judged`, while a record is being typed in, with the titles of then."""
    ground: RecordsGround | None = None
    mentioned: Mentioned | None = None
    """What the files mentioned when they were last read."""


def exchanged(known: Said[str], before: Said[str], now: Said[str]) -> Said[str]:
    """Who refers to each record, when one file refers to some `now` and referred to others `before`."""
    if before.keys() == now.keys():
        return known
    gone = {target: sources[0] for target, sources in before.items()}
    changed = {target: tuple(one for one in known.get(target, ()) if one != source) for target, source in gone.items()}
    for target, sources in now.items():
        changed[target] = tuple(sorted({*changed.get(target, known.get(target, ())), *sources}))
    return {target: said for target, said in {**known, **changed}.items() if said}


def gathered(said: Iterable[Said[_T]]) -> Said[_T]:
    """What all files say, by whom it is said of."""
    found: dict[str, list[_T]] = {}
    for one in said:
        for target, entries in one.items():
            found.setdefault(target, []).extend(entries)
    return {target: tuple(entries) for target, entries in found.items()}


def brought_up(
    known: Said[_T] | None,
    paths: Container[str],
    before: Said[_T],
    now: Said[_T],
    source: Callable[[_T], str],
    rank: Callable[[str], int],
) -> Said[_T] | None:
    """What is said of each record, when the files at `paths` say this `now` and said that `before`."""
    if known is None or before == now:
        return known
    changed: dict[str, tuple[_T, ...]] = {}
    for target in {**before, **now}:
        others = (entry for entry in known.get(target, ()) if source(entry) not in paths)
        changed[target] = tuple(sorted((*others, *now.get(target, ())), key=lambda entry: rank(source(entry))))
    return {target: said for target, said in {**known, **changed}.items() if said}
