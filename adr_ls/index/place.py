"""Where an entry belongs in an index: under which heading, in which list, and next to which entry."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adr_ls.index.customs import OfIndex, said_in
from adr_ls.index.regions import regions
from adr_ls.log.index import Entry, categories, state_of
from adr_ls.record.facts import Facts
from adr_ls.record.parts import Section
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block
from adr_ls.words.language import Canonical, Relation
from adr_ls.words.lookup import any_of, fold

Key = tuple[str, int, str]
"""What records are sorted by."""

_FORMER: tuple[Relation, ...] = ("supersedes", "amends")

SORTED = 0.8
"""The share of neighbouring entries in order from which on a list counts as sorted, its exceptions as slips."""
ENOUGH = 5
"""How many entries tell that a list is sorted by date or title."""
SLIPS = 0.05
"""The share of entries out of order up to which they are slips and not an order of its own."""
GROUPED = 0.5
"""The share of entries under the heading of their record's status from which on the headings are taken to follow the records."""


@dataclass(frozen=True)
class Spot:
    """Where an entry goes: next to another one, behind it or in front; or under a heading that has none."""

    neighbour: Entry
    behind: bool = True
    empty: Section | None = None
    descending: bool = False

    @property
    def key(self) -> tuple[int, bool]:
        """What tells it from other places."""
        return (self.empty.heading.span.start if self.empty else self.neighbour.span.start), self.behind


@dataclass(frozen=True)
class Order:
    """How a list is sorted: its entries by what they are sorted by, whether that rises, and the share of neighbours that do."""

    keys: list[Key]
    entries: list[Entry]
    is_up: bool
    share: float


_Sorted = tuple[Callable[["Places", Facts], "Key | None"], Order]


@dataclass(frozen=True)
class _Lists:
    """Entries by list: the lists by the keys of the records in them, and the entries of each in the order of the page."""

    starts: list[Key]
    groups: list[Block]
    by_group: dict[int, list[Entry]]


@dataclass(frozen=True)
class Places(OfIndex):
    """The places of one index, as they are without one of its entries if that is left out; what takes going through all is worked out once."""

    left_out: Entry | None = None

    @cached_property
    def _by_directory(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.within_region:
            log = self.workspace.log_of(entry.path or "") if entry.path else None
            if log is not None:
                found.setdefault(log.directory, []).append(entry)
        return found

    @cached_property
    def within_region(self) -> Sequence[Entry]:
        """See `within_region`."""
        found = regions(self.index.page.text)
        inside = tuple(entry for entry in self.index.entries if found.hold(entry.span)) if found else ()
        entries = inside or self.index.entries
        return entries if self.left_out is None else [entry for entry in entries if entry is not self.left_out]

    def of_same_log(self, record: Facts) -> list[Entry]:
        """The entries of the records of the same log."""
        log = self.workspace.log_of(record.path)
        return self._by_directory.get(log.directory, []) if log else []

    @cached_property
    def status_headings(self) -> dict[int, Canonical]:
        """The headings that are statuses, by where they stand; empty where the entries are not grouped by status."""
        under = dict.fromkeys(categories(self.index.entries))
        used = {section.heading.span.start: section for section in under if section is not None}
        if not used or None in under:
            return {}
        levels = {section.level for section in used.values()}
        found = {
            section.heading.span.start: state
            for section in self.index.headings
            if section.level in levels and (state := state_of(section.name)) is not None
        }
        return found if len(found) >= 2 and used.keys() <= found.keys() else {}

    @cached_property
    def follows_records(self) -> bool:
        """Whether the headings agree with the records' own statuses in most entries."""
        pairs = [
            (self.status_headings.get(entry.category.heading.span.start), self.workspace.canonical(record))
            for entry in self.index.entries
            if entry.category and (record := self.workspace.records.get(entry.path or ""))
        ]
        known = [(said, now) for said, now in pairs if said and now not in ("other", "none")]
        return bool(known) and sum(alike(said, now) for said, now in known) > GROUPED * len(known)

    def fitting(self, record: Facts) -> tuple[Section, ...]:
        """The headings of the record's status, the best first."""
        now = self.workspace.canonical(record)
        own = fold(self.customs.status_word(record))
        sections = [s for s in self.index.headings if s.heading.span.start in self.status_headings]
        states = self.status_headings
        fitting = [s for s in sections if states[s.heading.span.start] == now] or [
            s for s in sections if alike(states[s.heading.span.start], now)
        ]
        return tuple(sorted(fitting, key=lambda section: (not fold(section.name).startswith(own), len(section.name))))

    def other_heading(self, entry: Entry, record: Facts) -> Section | None:
        """The heading that an entry belongs under, where it stands under that of another status."""
        headings = self.status_headings
        if not headings or entry.category is None or not self.follows_records:
            return None
        now, said = self.workspace.canonical(record), headings[entry.category.heading.span.start]
        if now in ("other", "none") or alike(said, now):
            return None
        fitting = tuple(section for section in self.fitting(record) if self._is_of_one_form(entry, section))
        listed = {
            other.category.heading.span.start
            for other in self.index.by_record.get(record.path, ())
            if other.category is not None
        }
        return None if not fitting or any(s.heading.span.start in listed for s in fitting) else fitting[0]

    def _is_of_one_form(self, entry: Entry, section: Section) -> bool:
        """Whether an entry may go below a heading as it is: to other items, to a table with the same columns, or where nothing is."""
        there = [other for other in self.index.entries if other.category == section]
        heads = {self.head(other.group) if other.kind == "row" else "" for other in there}
        own = self.head(entry.group) if entry.kind == "row" else ""
        return _cells(own) in map(_cells, heads) if heads else True

    def head(self, table: Block) -> str:
        """The head of a table, which tells what its cells are about."""
        return table.children[0].span.of(self.index.page.text) if table.children else ""

    def spot(self, record: Facts, moved: Container[int] = ()) -> Spot | None:
        """Where a record belongs; None where the index has no entry of its log, or no heading for it."""
        mine = self.of_same_log(record)
        if not mine:
            return None
        if self.status_headings:
            fitting = self.fitting(record)
            if not fitting:
                return None
            under = self._under(mine, frozenset({fitting[0].heading.span.start}))
            there = [entry for entry in under if id(entry) not in moved] if moved else under
            if not there:
                return Spot(mine[0], empty=fitting[0])
            mine = under if len(there) == len(under) else self.same(there)
        else:
            mine = self._under(mine, self._categories(record, mine) or self._remaining(mine)) or mine
        return self.within(record, mine)

    @cached_property
    def _memory(self) -> dict[object, Any]:
        """What was worked out for lists of entries, which are kept so that their ids stay theirs."""
        return {}

    def same(self, entries: list[Entry]) -> list[Entry]:
        """The same list for the same entries."""
        found: list[Entry] = self._memory.setdefault(tuple(map(id, entries)), entries)
        return found

    def _under(self, entries: list[Entry], headings: frozenset[int]) -> list[Entry]:
        """The entries under those headings; the same list each time."""
        key = "under", id(entries), headings
        if key not in self._memory:
            self._memory[key] = [e for e in entries if e.category and e.category.heading.span.start in headings]
        found: list[Entry] = self._memory[key]
        return found

    def within(self, record: Facts, mine: list[Entry]) -> Spot:
        """The place among entries, by the order in which they stand."""
        lists = self._lists(mine)
        home = lists.groups[max(bisect_left(lists.starts, self.key(record)) - 1, 0)]
        within = self._mixed(home) or lists.by_group[id(home)]
        for key, order in self.orders(within):
            own = key(self, record)
            if own is None:
                continue
            if order.is_up:
                at = bisect_left(order.keys, own)
                return Spot(order.entries[at - 1]) if at else Spot(within[0], behind=False)
            at = bisect_right(order.keys, own)
            above = at < len(order.keys)
            return Spot(order.entries[at] if above else within[0], behind=above, descending=True)
        return Spot(next(entry for entry in reversed(self.index.entries) if entry.group is home))

    def _mixed(self, group: Block) -> list[Entry]:
        """All entries of a list in which those of several logs stand in one order; none where each log has a stretch of its own."""
        key = "mixed", id(group)
        if key not in self._memory:
            entries = [e for e in self.within_region if e.group is group and e.path in self.workspace.records]
            homes = [log.directory for e in entries if (log := self.workspace.log_of(e.path or ""))]
            self._memory[key] = entries if len(list(itertools.groupby(homes))) > len(set(homes)) else []
        found: list[Entry] = self._memory[key]
        return found

    def _lists(self, mine: list[Entry]) -> _Lists:
        """Entries by the lists in which they stand."""
        key = "lists", id(mine)
        if key not in self._memory:
            pairs = [(self.key(self.workspace.records[entry.path]), at, entry) for at, entry in enumerate(mine) if entry.path]
            pairs.sort(key=lambda pair: pair[:2])
            by_group: dict[int, list[Entry]] = {}
            for entry in mine:
                by_group.setdefault(id(entry.group), []).append(entry)
            self._memory[key] = _Lists([one for one, _, _ in pairs], [entry.group for _, _, entry in pairs], by_group)
        found: _Lists = self._memory[key]
        return found

    def orders(self, entries: list[Entry]) -> list[_Sorted]:
        """By what a list is sorted: number or file, else date, else title; none for a list in no order."""
        key = "orders", id(entries)
        if key not in self._memory:
            found = list(self._ordered(entries, (Places.key,)))
            if len(entries) >= ENOUGH and not (found and found[0][1].share == 1):
                # A few entries may be in the order of their dates or titles by chance
                found += () if found else self._ordered(entries, (Places._dated, _titled))
                columns = list(self._ordered(entries, self._columns))
                best = [pair for pair in columns if not found or pair[1].share > found[0][1].share]
                found = [*best, *found, *(pair for pair in columns if pair not in best)]
            self._memory[key] = found
        orders: list[_Sorted] = self._memory[key]
        return orders

    def _ordered(self, entries: list[Entry], keys: Iterable[Callable[[Places, Facts], Key | None]]) -> Iterator[_Sorted]:
        records = [(entry, self.workspace.records[entry.path]) for entry in entries if entry.path]
        for key in keys:
            keyed = [(value, entry) for entry, other in records if (value := key(self, other)) is not None]
            if len(keyed) < SORTED * len(records):
                continue
            steps = [one[0] < other[0] for one, other in itertools.pairwise(keyed) if one[0] != other[0]]
            up = sum(steps) / len(steps) if steps else 1.0
            # Numbers that rise although those of the records fall are older than the records
            is_up = up >= 0.5 or self._counts_up(entries[0].group)
            share = up if is_up else 1 - up
            if share >= SORTED:
                keyed.sort(key=lambda pair: pair[0])
                yield key, Order([value for value, _ in keyed], [entry for _, entry in keyed], is_up, share)

    @cached_property
    def _columns(self) -> list[Callable[[Places, Facts], Key | None]]:
        """The keys by which a list is sorted that repeats a field of the records, such as the date of the next review."""

        def key(field: str) -> Callable[[Places, Facts], Key | None]:
            return lambda _, record: (
                (value, record.number or 0, record.name.stem) if (value := said_in(record, field)) else None
            )

        return [key(field) for field in dict.fromkeys(self.customs.followed.values())]

    def _dated(self, record: Facts) -> Key | None:
        date = self.workspace.date(record)
        return (date, 0, record.name.stem) if date else None

    @cached_property
    def _dated_logs(self) -> frozenset[str]:
        """The directories of the logs whose files are mostly named by their dates."""
        return frozenset(
            log.directory
            for log in self.workspace.logs
            if sum(record.name.date is not None for record in log.records.values()) * 2 > len(log.records)
        )

    def key(self, record: Facts) -> Key:
        """What a log is sorted by: numbers, or the names of the files, which may open with a date."""
        found: Key = self._memory.get(record.path) or self._memory.setdefault(record.path, self._own_key(record))
        return found

    def _own_key(self, record: Facts) -> Key:
        log = self.workspace.log_of(record.path) if self._dated_logs and record.name.date is None else None
        if log is not None and log.directory in self._dated_logs:
            return ("~", 0, f"{self.workspace.date(record) or ''} {record.name.stem}".strip())
        return (record.series, record.number, "") if record.number is not None else ("~", 0, record.name.stem)

    def _counts_up(self, group: Block) -> bool:
        """Whether the numbers that the entries of a list have written down rise, whatever their records' are."""
        written = [
            entry.mention.number for entry in self.index.entries if entry.group is group and entry.mention.number is not None
        ]
        return len(written) > 1 and all(one < other for one, other in itertools.pairwise(written))

    def _remaining(self, entries: list[Entry]) -> frozenset[int]:
        """The heading of what belongs under none of the others, where there is one: *Other decisions*."""
        headings = self.headings(entries)
        return frozenset(at for at, name in headings.items() if len(headings) > 1 and _REST.match(fold(name)))

    def _categories(self, record: Facts, entries: list[Entry]) -> frozenset[int]:
        """The headings of the record's own category, or of the record that it replaces; none where nothing tells."""
        headings = self.headings(entries)
        if len(headings) < 2:
            return frozenset()
        fitting = self.own_categories(record, headings)
        if fitting:
            return fitting
        # What replaces a record is about the same matter
        former = (other.path for relation in _FORMER for other in self.workspace.related(record, relation))
        return frozenset(
            entry.category.heading.span.start
            for path in former
            for entry in self.index.by_record.get(path, ())
            if entry.category and entry.category.heading.span.start in headings
        )

    @staticmethod
    def own_categories(record: Facts, headings: Mapping[int, str]) -> frozenset[int]:
        """The headings that the record itself names as its category or tags."""
        for role in ("category", "tags") if len(headings) > 1 else ():
            said = (record.plain(field) for field in record.fields if field.role == role)
            words = {fold(word) for value in said for word in re.split(r"[,;]", value)}
            found = frozenset(at for at, name in headings.items() if name in words)
            if found:
                return found
        return frozenset()

    def headings(self, entries: list[Entry]) -> dict[int, str]:
        """The headings of entries by where they stand."""
        key = "headings", id(entries)
        if key not in self._memory:
            self._memory[key] = {e.category.heading.span.start: fold(e.category.name) for e in entries if e.category}
        found: dict[int, str] = self._memory[key]
        return found

    def outsiders(self, entries: list[Entry]) -> list[Entry]:
        """The fewest entries without which a list is in order; none where those are too many for slips."""
        order = next(iter(self.orders(entries)), None) if len(entries) >= ENOUGH else None
        if order is None:
            return []
        keyed = [
            (key, entry) for entry in entries if (key := order[0](self, self.workspace.records[entry.path or ""])) is not None
        ]
        if not order[1].is_up:
            keyed.reverse()
        staying = _longest_rise([key for key, _ in keyed])
        off = [entry for at, (_, entry) in enumerate(keyed) if at not in staying]
        return off if len(off) <= max(1, SLIPS * len(keyed)) else []


_REST = lazy.regex(rf"{any_of('remaining')}(?!\w)")
"""With what the heading begins of what belongs under no other."""


def _longest_rise(keys: Sequence[Key]) -> frozenset[int]:
    """The places of a longest stretch of keys, with gaps, that never falls."""
    if all(one <= other for one, other in itertools.pairwise(keys)):
        return frozenset(range(len(keys)))
    ends: list[int] = []  # for each length the place at which the lowest such stretch ends
    before: list[int] = []
    for at, key in enumerate(keys):
        length = bisect_right(ends, key, key=lambda end: keys[end])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [at]
    found, at = [], ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return frozenset(found)


def _titled(_: Places, record: Facts) -> Key | None:
    return (fold(record.title), 0, "") if record.title else None


_NEAR_ENOUGH: dict[Canonical, tuple[Canonical, ...]] = {
    "draft": ("proposed",),
    "proposed": ("draft",),
    "amended": ("accepted",),
    "superseded": ("deprecated",),
    "deprecated": ("superseded",),
}
"""Under which headings a record of a state may stand besides its own."""


def alike(heading: Canonical | None, now: Canonical) -> bool:
    """Whether the status that a heading names may be that of a record."""
    return heading == now or heading in _NEAR_ENOUGH.get(now, ())


def _cells(head: str) -> tuple[str, ...]:
    """The words of a table's head, cell by cell."""
    return tuple(cell.strip() for cell in head.strip().strip("|").split("|"))
