"""Keeping an index: the edits that bring a hand-made list of records up to date without changing its shape.

A new entry is written like its neighbours (see `adr_ls.index.write`) and goes where they would have put it. An entry's status follows its
record, and where the headings are statuses the entry moves between them; titles, summaries and notes are people's own words and stay as
they are. Running it on its own result changes nothing.
"""

from __future__ import annotations

import itertools
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from adr_ls.index.write import Cloner, dated_like, said_in, title_of, title_span
from adr_ls.log.entries import Slot, masked
from adr_ls.log.index import DEEPEST, Entry, Index, Statement, state_of
from adr_ls.log.workspace import Workspace
from adr_ls.record import status
from adr_ls.record.facts import Facts
from adr_ls.record.metadata import trim
from adr_ls.record.parts import Section
from adr_ls.syntax.change import FileEdit
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Edit, Span, apply, diff, line_end
from adr_ls.words import dates
from adr_ls.words.language import Canonical, Relation
from adr_ls.words.lookup import FIELD_ROLES, STATUS_MARKS, STATUS_WORDS, any_of, fold
from adr_ls.write import editing

Key = tuple[str, int, str]
"""What records are sorted by."""

_FORMER: tuple[Relation, ...] = ("supersedes", "amends")

SORTED = 0.8
"""The share of neighbouring entries in order from which on a list counts as sorted, its exceptions as slips."""
ENOUGH = 5
"""How many entries tell that a list is sorted by date or title."""
AGREED = 0.9
"""The share of entries that have their records' titles, or dates, from which on the others are taken to have meant them."""
SAMPLE = 60
"""How many entries tell how an index titles the records."""
ROUNDS = 3
"""How often an update looks again at what it has made, at most."""
SLIPS = 0.05
"""The share of entries out of order up to which they are slips and not an order of its own."""
GROUPED = 0.5
"""The share of entries under the heading of their record's status from which on the headings are taken to follow the records."""

NEIGHBOURS = 20
"""How many rows of a table tell whether its columns are aligned."""

_UPDATED = re.compile(
    r"^[ \t]*[*_>(-]*[ \t]*(?:"
    + "|".join(re.escape(key) for key, role in FIELD_ROLES.items() if role == "updated")
    + r")[*_]*[ \t]*[:：][*_]*[ \t]*(?P<date>\d[^\s*_)]*)",
    re.MULTILINE | re.IGNORECASE,
)
_BLANKS = re.compile(" *")
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_GENERATED = re.compile(r"\{%-?\s*for\b|\{\{[<%]\s*[\w-]*(?:list|adr|index|children|pages)[\w-]*")
_REGION = re.compile(
    r"<!--\s*(?P<open>adrlog|(?:BEGIN|START)\b[^>\n]*?|[\w: -]*?\b(?:start|begin)|prettier-ignore-start)\s*(?:-d[^>\n]*)?-->"
    r"(?P<inner>.*?)"
    r"<!--\s*(?:adrlogstop|(?:END|STOP)\b[^>\n]*?|[\w: -]*?\b(?:end|stop)|prettier-ignore-end)\s*-->",
    re.DOTALL | re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def _nobody_is_listed() -> re.Pattern[str]:
    """What stands under a heading that has no records."""
    return re.compile(
        rf"\W*(?:{any_of('none', 'nothing', 'unsettled')}(?:\W+{any_of('records', 'yet')}){{0,3}})?\W*",
        re.IGNORECASE,
    )


def missing(workspace: Workspace, index: Index) -> tuple[Facts, ...]:
    """The records of the index's logs that it does not list, in order; none of a log whose own index lists more of it."""
    return tuple(_updater(workspace, index).missing.values())


def lacks(workspace: Workspace, index: Index, record: Facts) -> bool:
    """Whether that record is one of those."""
    return record.path in _updater(workspace, index).missing


def refusal(index: Index) -> str:
    """Why an index is not written to, as the end of a sentence; empty where it is."""
    if _CONFLICT.search(index.page.text):
        return "it has the marks of a merge conflict"
    if _GENERATED.search(index.page.text):
        return "a site generator writes it"
    return ""


Kind = Literal["status", "heading", "title", "number", "date"]
"""In what an entry disagrees with its record; heading for the status that the heading above it is."""


@dataclass(frozen=True)
class Stale:
    """An entry that disagrees with its record: where, what it says and what the record does.

    `edits` correct it; there are none where words of people's own follow that would become false with it. An update makes them where
    `is_sure`: what else people may have meant to say otherwise than the record.
    """

    entry: Entry = field(compare=False)
    record: Facts
    span: Span
    edits: tuple[Edit, ...] = field(compare=False)
    said: str
    now: str
    kind: Kind = "status"
    is_sure: bool = True

    @property
    def is_move(self) -> bool:
        """Whether it is to stand under another heading."""
        return self.kind == "heading"


@dataclass(frozen=True)
class Misplaced:
    """An entry that stands out of the order of its list, or under another heading than that of its record's category.

    `heading` is the one that it belongs under, None where the order is meant; `edits` move it.
    """

    entry: Entry = field(compare=False)
    record: Facts
    span: Span
    heading: str | None
    edits: Callable[[], tuple[Edit, ...]] = field(repr=False, compare=False)


def stale(workspace: Workspace, index: Index) -> tuple[Stale, ...]:
    """The entries that disagree with their records: in the status, the number, the title or the date, or by the heading above them.

    Titles, numbers and dates are only compared where nearly all entries of the index have those of their records.
    """
    return _updater(workspace, index).stale


def duplicates(index: Index) -> Iterator[tuple[Entry, Entry]]:
    """The list items whose record stands in the same list before, each with the first. Several lists may each have it."""
    seen: dict[tuple[int, str], Entry] = {}
    for entry in index.entries:
        if entry.path and entry.kind == "item":
            first = seen.setdefault((entry.group.span.start, entry.path), entry)
            if first is not entry:
                yield entry, first


def misplaced(workspace: Workspace, index: Index) -> tuple[Misplaced, ...]:
    """The few entries that break the order of their list, and those whose records name the category of another heading."""
    return _updater(workspace, index).misplaced


@dataclass(frozen=True)
class Standing:
    """How a record stands in an index: the entry that shows where the index is, and what is wrong with the record's own entries.

    `lacks` tells that it has none, `obstacle` why it cannot get one (empty where it can); `stale` and `misplaced` are those that disagree or stand elsewhere, `doubled` the places of each that
    repeats another, that one first.
    """

    place: Span
    lacks: bool
    obstacle: str
    stale: tuple[Stale, ...]
    misplaced: tuple[Misplaced, ...]
    doubled: tuple[tuple[Span, Span], ...]


def standing(workspace: Workspace, index: str, record: str) -> Standing:
    """How the record at a path stands in the index at another, as of when the typing last rested; to be asked (`Workspace.ask`)."""
    return workspace.judged(_judge, index).standing(record)


def _judge(workspace: Workspace, path: str) -> Updater:
    """What is known of the index at a path."""
    return Updater(workspace, workspace.indexes[path])


def _updater(workspace: Workspace, index: Index) -> Updater:
    """What is to be done about an index, kept with its workspace: every record that is missing asks for it."""
    return workspace.derived(_judge, index.path) if workspace.indexes.get(index.path) is index else Updater(workspace, index)


def dead(index: Index) -> tuple[Entry, ...]:
    """The entries that lead to no record."""
    return tuple(entry for entry in index.entries if entry.is_dead)


def within_region(workspace: Workspace, index: Index) -> tuple[Entry, ...]:
    """The entries between the markers of a generated region, where there are such; else all."""
    return _updater(workspace, index).within_region


@dataclass(frozen=True)
class Outlook:
    """What an update of an index would come to: how many records it adds and entries it corrects, and how many dead entries there are."""

    lacking: int
    corrected: int
    dead: int


def outlook(workspace: Workspace, index: Index) -> Outlook:
    """What an update of an index comes to."""
    return _updater(workspace, index).outlook


def likely(workspace: Workspace, index: str) -> Outlook:
    """The same of the index at a path, as of when the typing last rested."""
    return workspace.judged(_judge, index).outlook


def pruning(workspace: Workspace, index: Index) -> tuple[Edit, ...]:
    """The edits that take out the entries that lead to no record, but for those whose links an update would correct."""
    return _updater(workspace, index).pruning


def removal(workspace: Workspace, index: Index, entry: Entry) -> Edit:
    """Takes one entry out, with what it leaves behind: a blank line, a heading without entries."""
    return _updater(workspace, index).removal(entry)


def update(workspace: Workspace, index: Index, only: Iterable[Facts] | None = None) -> tuple[Edit, ...]:
    """The edits of the index page that list what is missing and refresh what is stale; of `only` these records if given."""
    updater = _updater(workspace, index)
    return updater.update({record.path for record in only}) if only is not None else updater.updated


def bump(index: Index, today: str) -> tuple[Edit, ...]:
    """The edits of the index's "Last updated" lines to the date `today` (ISO 8601), each in the form in which it is written."""
    found = []
    for match in _UPDATED.finditer(index.page.text):
        date = dates.read(match["date"])
        if date is None or date.iso in (None, today):
            continue
        # Behind dots the day comes first; behind slashes nobody knows
        if date.form in ("iso", "numeric") or (date.form == "ambiguous" and "." in match["date"]):
            span = Span(match.start("date") + date.start, match.start("date") + date.end)
            found.append(Edit(span, dated_like(today, span.of(index.page.text), None)))
    return tuple(found)


def following(after: Workspace, paths: Iterable[str], new: str = "") -> Iterator[FileEdit]:
    """The edits of indexes that follow from changes of the records at some paths, in a workspace in which they have been made.

    Entries are corrected where there are some; a `new` record gets one.
    """
    records = [record for path in (*paths, new) if (record := after.records.get(path)) is not None]
    logs = {log.directory: log for record in records if (log := after.log_of(record.path)) is not None}
    indexes = {index.path: (index, log) for log in logs.values() for index in after.indexes_of(log)}
    for path, (index, log) in indexes.items():
        edits = update(after, index, [one for one in records if one.path == new or one.path in index.by_record])
        is_dated = log.config.at(path).bump_index_date and after.today
        dated = bump(index, after.today) if edits and is_dated else ()
        yield from (FileEdit(path, edit) for edit in (*edits, *dated))


def left_out(workspace: Workspace, index: Index) -> dict[str, str]:
    """The missing records that an update cannot add, by path, each with the reason as the end of a sentence."""
    updater = _updater(workspace, index)
    reasons = {record.path: updater.obstacle(record) for record in missing(workspace, index)}
    return {path: reason for path, reason in reasons.items() if reason}


@dataclass(frozen=True)
class _Spot:
    """Where an entry goes: next to another one, behind it or in front; or under a heading that has none."""

    neighbour: Entry
    behind: bool = True
    empty: Section | None = None
    descending: bool = False

    @property
    def key(self) -> tuple[int, bool]:
        return (self.empty.heading.span.start if self.empty else self.neighbour.span.start), self.behind


@dataclass(frozen=True)
class _Order:
    """How a list is sorted: its entries by what they are sorted by, whether that rises, and the share of neighbours that do."""

    keys: list[Key]
    entries: list[Entry]
    is_up: bool
    share: float


_Sorted = tuple[Callable[["Updater", Facts], "Key | None"], _Order]


class _Facts(NamedTuple):
    """What an entry says, wherever it stands: number and title of its record, dates by their places, and statuses that are clear."""

    number: str | None
    title: str | None
    dates: tuple[tuple[tuple[str, ...], str], ...]
    states: tuple[Canonical, ...]


@dataclass(frozen=True)
class _Lists:
    """Entries by list: the lists by the keys of the records in them, and the entries of each in the order of the page."""

    starts: list[Key]
    groups: list[Block]
    by_group: dict[int, list[Entry]]


_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[str, _V]]) -> Mapping[str, tuple[_V, ...]]:
    found: dict[str, list[_V]] = {}
    for path, value in pairs:
        found.setdefault(path, []).append(value)
    return {path: tuple(values) for path, values in found.items()}


@dataclass(frozen=True)
class Updater:
    """What is to be done about one index; whatever takes going through all of it is worked out once."""

    workspace: Workspace
    index: Index

    @cached_property
    def _cloner(self) -> Cloner:
        return Cloner(self.workspace, self.index)

    @cached_property
    def missing(self) -> Mapping[str, Facts]:
        """See `missing`; by path."""
        return {
            record.path: record
            for log in self.workspace.logs
            if log.directory in self.index.logs
            and not any(
                self.index.leaves_to(other, log.records) for other in self.workspace.indexes_of(log) if other is not self.index
            )
            for record in log.records.values()
            if not self.index.lists(record.path)
        }

    # What is stale

    @cached_property
    def stale(self) -> tuple[Stale, ...]:
        """See `stale`."""
        return tuple(self._stale())

    @cached_property
    def outlook(self) -> Outlook:
        """See `outlook`."""
        lacking = sum(not self.obstacle(record) for record in self.missing.values())
        corrected = sum(found.is_sure and (bool(found.edits) or found.is_move) for found in self.stale)
        return Outlook(lacking, corrected + sum(1 for _ in self.repairs()), len(self.pruning))

    def standing(self, path: str) -> Standing:
        """See `standing`."""
        return Standing(
            self.index.entries[0].span,
            path in self.missing,
            self.obstacle(self.missing[path]) if path in self.missing else "",
            self._by_record[0].get(path, ()),
            self._by_record[1].get(path, ()),
            self._by_record[2].get(path, ()),
        )

    @cached_property
    def _by_record(
        self,
    ) -> tuple[
        Mapping[str, tuple[Stale, ...]], Mapping[str, tuple[Misplaced, ...]], Mapping[str, tuple[tuple[Span, Span], ...]]
    ]:
        """What is stale, misplaced and doubled, by the paths of the records."""
        doubled = (((entry.path or ""), (first.own, entry.own)) for entry, first in duplicates(self.index))
        return (
            _grouped((one.record.path, one) for one in self.stale),
            _grouped((one.record.path, one) for one in self.misplaced),
            _grouped(doubled),
        )

    def _stale(self) -> Iterator[Stale]:
        for entry, record in self._listed:
            now = self.workspace.canonical(record)
            if now not in ("other", "none") and any(said != now for said in self._facts[id(entry)].states):
                for statement in entry.statements:
                    found = self._compared(entry, statement, record)
                    if found is not None:
                        yield found
            elif now not in ("other", "none") and entry.kind == "row" and not entry.statements:
                yield from self._swapped(entry, record)
            spot = self._other_heading(entry, record)
            if spot is not None and entry.category is not None:
                word = self._cloner.status_word(record)
                yield Stale(entry, record, entry.mention.name, (), entry.category.name, word, "heading")
        yield from self._stale_names()
        yield from self._stale_dates()

    def _swapped(self, entry: Entry, record: Facts) -> Iterator[Stale]:
        """The cell for the status of a row that has the date or title of its record, where the status stands in the cell for that."""
        plain = self.index.page.document.plain
        for stated in entry.fields:
            said = plain(stated.value_span)
            date = dates.read(said) if stated.role == "status" else None
            is_date = date is not None and date.iso is not None and not said[date.end :].strip()
            is_title = stated.role == "status" and bool(record.title) and _same_words(said, record.title or "")
            other = next((cell for cell in entry.fields if fold(plain(cell.value_span)) in STATUS_WORDS), None)
            if other is None or not (is_date or is_title):
                continue
            word = plain(other.value_span)
            if STATUS_WORDS[fold(word)] != self.workspace.canonical(record):
                word = self._cloner.status_word(record, word)
            edits = (
                *self._replaced(entry, stated.value_span, word),
                *self._replaced(entry, other.value_span, stated.value_span.of(self.index.page.text)),
            )
            yield Stale(entry, record, stated.value_span, edits, said, word)

    @cached_property
    def _facts(self) -> dict[int, _Facts]:
        """What each entry says, by its id; what an earlier version of the page had in the same words is not read again."""
        known, page = self.index.page.pieces, self.index.page
        heads = {id(entry.group): self._head(entry.group) for entry in self.index.entries if entry.kind == "row"}
        found: dict[int, _Facts] = {}
        pieces: dict[tuple[object, ...], object] = {}
        for entry, record in self._listed:
            words = page.text[entry.span.start : entry.span.end]
            key = "facts", words, heads.get(id(entry.group)), record.path, record.title
            facts = known.get(key)
            found[id(entry)] = pieces[key] = facts if isinstance(facts, _Facts) else self._read(entry)
        known.clear()
        known.update(pieces)
        return found

    def _head(self, table: Block) -> str:
        """The head of a table, which tells what its cells are about."""
        return table.children[0].span.of(self.index.page.text) if table.children else ""

    def _read(self, entry: Entry) -> _Facts:
        text, plain = self.index.page.text, self.index.page.document.plain
        slots = self._name_slots(entry)
        states = (self._said(statement) for statement in entry.statements)
        return _Facts(
            plain(slots["number"]) if "number" in slots else None,
            plain(slots["title"]) if "title" in slots else None,
            tuple((key, slot.span.of(text)) for key, slot in self._dates_in(entry)),
            tuple(
                said.canonical
                for said in states
                if said.canonical not in ("other", "none") and not said.choices and not said.partial
            ),
        )

    def _stale_names(self) -> Iterator[Stale]:
        """The entries with another title or number than their records, where nearly all others have those."""
        text = self.index.page.text
        for kind in ("number", "title"):
            facts = ((entry, record, getattr(self._facts[id(entry)], kind)) for entry, record in self._listed)
            said = [found for found in facts if found[2] is not None]
            off = [found for found in said if not self._agrees(kind, found[1], found[2])]
            if not off or not _is_usual(len(said) - len(off), len(said)):
                self._memory["undecided"] = self._memory.get("undecided") or bool(off)
                continue
            if kind == "title" and not self._is_titled_by_records({record.path for _, record, _ in off}):
                continue  # but by the names of their files, say
            for entry, record, written in off:
                span = self._name_slots(entry)[kind]
                if kind == "number":
                    now = f"{record.number:0{len(written)}}"
                    yield Stale(entry, record, span, tuple(self._replaced(entry, span, now)), written, now, "number")
                else:
                    new = self._cloner.escaped(entry, title_of(record))
                    # What repeats the file's name was the record's title once; what a generator wrote is nobody's own words
                    sure = _same_words(written, record.name.slug) or any(
                        region.covers(entry.span) for region in self._generated
                    )
                    keeps = new is None or re.search(r"[\[\]`]", span.of(text))
                    edits = () if new is None or keeps else tuple(self._replaced(entry, span, new))
                    yield Stale(entry, record, span, edits, written, record.title or "", "title", is_sure=sure)

    def _is_titled_by_records(self, off: set[str]) -> bool:
        """Whether no spelling fits more entries to the letter than the titles of the records, those that are off left aside."""
        others = [(record, self._facts[id(entry)].title) for entry, record in self._listed if record.path not in off]
        return self._cloner.is_titled_by_records([(record, said) for record, said in others if said is not None][:SAMPLE])

    @staticmethod
    def _agrees(kind: str, record: Facts, written: str) -> bool:
        if kind == "number":
            return record.number is None or not written.isdigit() or int(written) == record.number
        if not record.title or _same_words(written, record.title):
            return True
        return record.heading is not None and _same_words(written, record.heading.plain)

    def _name_slots(self, entry: Entry) -> dict[str, Span]:
        """Where an entry has its record's number and title: in the text of its link, a title else in a part of its own."""
        slots = entry.reader.label(entry.mention)
        found = {slot.role: slot.span for slot in slots if slot.role in ("number", "title")}
        if "title" not in found and not any(slot.role in ("file", "stem") for slot in slots):
            title = title_span(entry)
            if title is not None:
                found["title"] = title
        return found

    @cached_property
    def _listed(self) -> list[tuple[Entry, Facts]]:
        """The entries that list a record, with it."""
        pairs = ((entry, self.workspace.records.get(entry.path or "")) for entry in self.index.entries)
        return [(entry, record) for entry, record in pairs if record is not None]

    def _dates_in(self, entry: Entry) -> Iterator[tuple[tuple[str, ...], Slot]]:
        """The dates of an entry, each with the place in which it is one."""
        if not _YEAR.search(self.index.page.text, entry.span.start, entry.span.end):
            return
        for strip in entry.strips:
            for part in strip.parts:
                for slot in part.slots:
                    if slot.role == "date":
                        yield (strip.place, strip.key, part.role), slot

    def _stale_dates(self) -> Iterator[Stale]:
        """The entries with another date than their records, where nearly all others have that in the same place."""
        said: dict[tuple[str, ...], list[tuple[Entry, Facts, str, str]]] = {}
        for entry, record in self._listed:
            iso = self.workspace.date(record) if self._facts[id(entry)].dates else None
            if iso is not None and len(iso) == 10:
                for key, written in self._facts[id(entry)].dates:
                    said.setdefault(key, []).append((entry, record, written, iso))
        for key, dated in said.items():
            off = [found for found in dated if not _is_date(found[2], found[3])]
            if not _is_usual(len(dated) - len(off), len(dated)):
                self._memory["undecided"] = self._memory.get("undecided") or bool(off)
                continue
            for entry, record, written, iso in off:
                span = next(slot.span for place, slot in self._dates_in(entry) if place == key)
                new = dated_like(iso, written, None)
                is_like = new != iso or not _LETTER.search(written)
                edits = tuple(self._replaced(entry, span, new)) if _is_date(new, iso) and is_like else ()
                yield Stale(entry, record, span, edits, written, iso, "date")

    def _replaced(self, entry: Entry, span: Span, new: str) -> Iterator[Edit]:
        """Other words in place of some, in a table with the blanks that its columns need."""
        yield Edit(span, new)
        if entry.kind == "row":
            cell = next((cell for cell in entry.block.children if cell.span.covers(span)), None)
            if cell is not None:
                end = trim(self.index.page.text, cell.content or cell.span).end
                yield from self._padding(entry, end, span.end - span.start - len(new))

    @cached_property
    def _generated(self) -> list[Span]:
        """What a tool writes between its markers."""
        return [
            Span(*match.span("inner"))
            for match in _REGION.finditer(self.index.page.text)
            if not match["open"].casefold().startswith("prettier")
        ]

    # What stands elsewhere than it should

    @cached_property
    def misplaced(self) -> tuple[Misplaced, ...]:
        """See `misplaced`."""
        return tuple(self._misplaced())

    def _misplaced(self) -> Iterator[Misplaced]:
        if self._status_headings:
            return
        groups: dict[int, list[Entry]] = {}
        several = len({id(entry.category) for entry in self.index.entries}) > 1
        for entry, record in self._listed:
            groups.setdefault(id(entry.group), []).append(entry)
            if not several:
                continue
            headings = self._headings(self._mine(record))
            wanted = self._own_categories(record, headings)
            under = {e.category.heading.span.start for e in self.index.by_record.get(record.path, ()) if e.category}
            if wanted and entry.category is not None and not wanted & under:
                name = next(s.name for s in self.index.headings if s.heading.span.start in wanted)
                yield Misplaced(entry, record, entry.own, name, partial(self._moved, entry, record))
        for group in groups.values():
            for entry in self._outsiders(self._same(group)):
                record = self.workspace.records[entry.path or ""]
                yield Misplaced(entry, record, entry.own, None, partial(self._moved, entry, record))

    def _outsiders(self, entries: list[Entry]) -> list[Entry]:
        """The fewest entries without which a list is in order; none where those are too many for slips."""
        order = next(iter(self._orders(entries)), None) if len(entries) >= ENOUGH else None
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

    def _moved(self, entry: Entry, record: Facts) -> tuple[Edit, ...]:
        """The edits that move an entry to where a new one of its record would go."""
        spot = self._spot(record, {})
        if refusal(self.index) or spot is None or spot.neighbour is entry:
            return ()
        text = self._lines_of(entry).of(self.index.page.text)
        return (self.removal(entry), self._insertion([(spot, record, text)]))

    def _compared(self, entry: Entry, statement: Statement, record: Facts) -> Stale | None:
        now, said = self.workspace.canonical(record), self._said(statement)
        if said.canonical in ("other", "none", now) or now in ("other", "none") or said.choices or said.partial:
            return None
        word = self._cloner.status_word(record)
        edits = () if self._is_explained(statement, now) else tuple(self._corrections(entry, statement, record, said.canonical))
        return Stale(entry, record, statement.slot.span, edits, statement.value, word)

    def _said(self, statement: Statement) -> status.Reading:
        """What a statement of a status comes to."""
        shown = masked(statement.part.said.of(self.index.page.text))
        return status.read(shown[slice(*status.chosen(shown))])

    def _is_explained(self, statement: Statement, now: Canonical) -> bool:
        """Whether words of people's own follow a status, which would tell something false of another one."""
        text, part = self.index.page.text, statement.part
        if any(slot.role == "successor" for slot in part.slots) and now == "superseded":
            return False
        if re.search(r"[^\W\d_]", masked(text[part.rest.start : part.rest.end])):
            return True
        following = statement.strip.parts[statement.strip.parts.index(part) + 1 :]
        if not following or following[0].role not in ("note", "description"):
            return False
        lead = text[following[0].span.start : following[0].said.start].strip()
        return lead in ("", ",", ";", ".") and bool(re.search(r"[^\W\d_]", following[0].said.of(text)))

    def _corrections(self, entry: Entry, statement: Statement, record: Facts, said: Canonical) -> Iterator[Edit]:
        text = self.index.page.text
        now = self.workspace.canonical(record)
        written = statement.slot.span.of(text)
        word = self._cloner.status_word(record, written)
        yield Edit(statement.slot.span, word)
        if statement.strip.place == "cell":
            yield from self._padding(entry, statement.strip.span.end, len(written) - len(word))
        for slot in statement.part.slots:
            if slot.role == "successor" and now != "superseded":
                yield Edit(slot.span, "")
        line = entry.strips[0].parts if entry.kind == "item" else ()
        alone = [part for part in line if part.role == "mark" and not part.slot("status")]
        for part in dict.fromkeys((statement.part, *alone)):
            for slot in part.slots:
                if slot.role == "mark" and self._is_outdated(slot.span.of(text), now, said, beside=part is statement.part):
                    yield self._pictured(slot.span, record)

    def _is_outdated(self, picture: str, now: Canonical, said: Canonical, *, beside: bool) -> bool:
        """Whether a picture illustrates the status that was said and not the one that holds; `beside` tells that it stands by the word."""
        meaning = _meaning(picture)
        if meaning is None:
            return (
                beside and picture not in self._cloner.pictures.get(now, ()) and picture in self._cloner.pictures.get(said, ())
            )
        return meaning != now and (beside or meaning == said)

    def _padding(self, entry: Entry, end: int, wider: int) -> Iterator[Edit]:
        """Blanks to add or take behind a cell, so that the columns of an aligned table stay so."""
        text, lines = self.index.page.text, self.index.page.lines
        widths = {len(lines.span(lines.line_at(row.span.start)).of(text)) for row in entry.group.children[:NEIGHBOURS]}
        behind = _BLANKS.match(text, end)
        blanks = len(behind[0]) if behind else 0
        if len(widths) == 1 and wider > 0:
            yield Edit(Span(end, end), " " * wider)
        elif len(widths) == 1 and wider < 0 and blanks > 1:
            yield Edit(Span(end, end + min(-wider, blanks - 1)), "")

    def _pictured(self, span: Span, record: Facts) -> Edit:
        """Another picture in place of one; with the blanks behind it gone where the state has none."""
        text, new = self.index.page.text, self._cloner.picture(record, worded=True)
        end = span.end
        while not new and text[end : end + 1] in (" ", "\t"):
            end += 1
        return Edit(Span(span.start, end), new)

    # Headings that are statuses

    @cached_property
    def _by_directory(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.within_region:
            log = self.workspace.log_of(entry.path or "") if entry.path else None
            if log is not None:
                found.setdefault(log.directory, []).append(entry)
        return found

    @cached_property
    def within_region(self) -> tuple[Entry, ...]:
        """See `within_region`."""
        regions = [Span(*match.span("inner")) for match in _REGION.finditer(self.index.page.text)]
        inside = tuple(entry for entry in self.index.entries if any(region.covers(entry.span) for region in regions))
        return inside or self.index.entries

    def _mine(self, record: Facts) -> list[Entry]:
        """The entries of the records of the same log."""
        log = self.workspace.log_of(record.path)
        return self._by_directory.get(log.directory, []) if log else []

    @cached_property
    def _status_headings(self) -> dict[int, Canonical]:
        """The headings that are statuses, by where they stand; empty where the entries are not grouped by status."""
        used = {entry.category.heading.span.start: entry.category for entry in self.index.entries if entry.category}
        if not used or any(entry.category is None for entry in self.index.entries):
            return {}
        levels = {section.level for section in used.values()}
        found = {
            section.heading.span.start: state
            for section in self.index.headings
            if section.level in levels and (state := state_of(section.name)) is not None
        }
        return found if len(found) >= 2 and used.keys() <= found.keys() else {}

    @cached_property
    def _follows_records(self) -> bool:
        """Whether the headings agree with the records' own statuses in most entries."""
        pairs = [
            (self._status_headings.get(entry.category.heading.span.start), self.workspace.canonical(record))
            for entry in self.index.entries
            if entry.category and (record := self.workspace.records.get(entry.path or ""))
        ]
        known = [(said, now) for said, now in pairs if said and now not in ("other", "none")]
        follows = bool(known) and sum(_alike(said, now) for said, now in known) > GROUPED * len(known)
        self._memory["undecided"] = self._memory.get("undecided") or not follows
        return follows

    def _fitting(self, record: Facts) -> tuple[Section, ...]:
        """The headings of the record's status, the best first."""
        now = self.workspace.canonical(record)
        own = fold(self._cloner.status_word(record))
        sections = [s for s in self.index.headings if s.heading.span.start in self._status_headings]
        states = self._status_headings
        fitting = [s for s in sections if states[s.heading.span.start] == now] or [
            s for s in sections if _alike(states[s.heading.span.start], now)
        ]
        return tuple(sorted(fitting, key=lambda section: (not fold(section.name).startswith(own), len(section.name))))

    def _other_heading(self, entry: Entry, record: Facts) -> Section | None:
        """The heading that an entry belongs under, where it stands under that of another status."""
        headings = self._status_headings
        if not headings or entry.category is None or not self._follows_records:
            return None
        now, said = self.workspace.canonical(record), headings[entry.category.heading.span.start]
        if now in ("other", "none") or _alike(said, now):
            return None
        fitting = tuple(section for section in self._fitting(record) if self._is_of_one_form(entry, section))
        listed = {
            other.category.heading.span.start
            for other in self.index.by_record.get(record.path, ())
            if other.category is not None
        }
        return None if not fitting or any(s.heading.span.start in listed for s in fitting) else fitting[0]

    def _is_of_one_form(self, entry: Entry, section: Section) -> bool:
        """Whether an entry may go below a heading as it is: to other items, to a table with the same columns, or where nothing is."""
        there = [other for other in self.index.entries if other.category is section]
        heads = {self._head(other.group) if other.kind == "row" else "" for other in there}
        own = self._head(entry.group) if entry.kind == "row" else ""
        return _cells(own) in map(_cells, heads) if heads else True

    def obstacle(self, record: Facts) -> str:
        """Why a record cannot be added, as the end of a sentence; empty where it can."""
        if reason := refusal(self.index):
            return reason
        if self._status_headings and self._mine(record) and not self._fitting(record):
            word = self._cloner.status_word(record)
            return f"it has no heading for “{word}”" if word else "its headings are statuses and the record states none"
        return ""

    # What is written

    @cached_property
    def updated(self) -> tuple[Edit, ...]:
        """The edits after which nothing is left to do, though what they add may be the evidence that something else is stale."""
        edits, before = self.update(None), self.index.page.text
        for _ in range(ROUNDS if edits and self._is_undecided else 0):
            workspace = self.workspace.with_text(self.index.path, apply(before, edits))
            again = workspace.indexes.get(self.index.path)
            following = Updater(workspace, again).update(None) if again is not None else ()
            if again is None or not following:
                break
            both = _rebased(edits, following)
            edits = (*edits, *both) if both is not None else diff(before, apply(again.page.text, following))
        return edits

    @property
    def _is_undecided(self) -> bool:
        """Whether entries disagree with their records of which too few others tell whether they should."""
        return bool(self._memory.get("undecided"))

    def update(self, chosen: set[str] | None) -> tuple[Edit, ...]:
        """See `update`; in one round."""
        if refusal(self.index):
            return ()
        corrections = [found for found in self.stale if found.is_sure and (chosen is None or found.record.path in chosen)]
        moved = {id(found.entry): found for found in corrections if found.is_move}
        edits = [edit for found in corrections for edit in found.edits if id(found.entry) not in moved]
        placed: dict[tuple[int, bool], list[tuple[_Spot, Facts, str]]] = {}
        gone: set[tuple[str, str]] = set()
        removals: list[Edit] = []
        defined: list[tuple[int, str]] = []
        for found in moved.values():
            spot = self._spot(found.record, moved)
            lines = self._lines_of(found.entry)
            same = found.record.path, lines.of(self.index.page.text)
            if spot is not None and same in gone:
                removals.append(self.removal(found.entry, moved))  # it has just been moved
                continue
            gone.add(same)
            if spot is not None:
                own = [edit for other in corrections if other.entry is found.entry for edit in other.edits]
                text = _edited(self.index.page.text, lines, own)
                placed.setdefault(spot.key, []).append((spot, found.record, text))
                removals.append(self.removal(found.entry, moved))
        edits += _apart(removals)
        for record in self.missing.values():
            if (chosen is None or record.path in chosen) and not self.obstacle(record):
                spot = self._spot(record, moved)
                cloned = self._cloner.entry(self._cloner.model(spot.neighbour, record), record) if spot else None
                if spot is not None and cloned is not None:
                    placed.setdefault(spot.key, []).append((spot, record, cloned))
                    defined += self._definition(spot, record, cloned)
        edits += [self._insertion(group) for group in placed.values()]
        edits += [Edit(Span(at, at), "".join(line for where, line in defined if where == at)) for at in dict(defined)]
        edits += [edit for record, edit in self.repairs() if chosen is None or record.path in chosen]
        return tuple(dict.fromkeys(edits))

    @cached_property
    def pruning(self) -> tuple[Edit, ...]:
        """See `pruning`."""
        if refusal(self.index):
            return ()
        mended = {edit.span.start for _, edit in self.repairs()}
        gone = [entry for entry in dead(self.index) if not any(entry.span.start <= at < entry.span.end for at in mended)]
        kept = [
            entry for entry in gone if any(entry is not other and entry.span.covers(other.span) for other in self.index.entries)
        ]
        out = [entry for entry in gone if entry not in kept]
        if not self.index.page.is_markdown:  # a section of a site's navigation may not be left empty
            going = {entry.block.span for entry in out}
            out = [entry for entry in out if any(block.span not in going for block in entry.group.children)]
        moved = {id(entry): entry for entry in out}
        return tuple(_apart(self.removal(entry, moved) for entry in out))

    def repairs(self) -> Iterator[tuple[Facts, Edit]]:
        """The links that lead nowhere, corrected where one record alone can be meant that has no other entry."""
        for entry in dead(self.index):
            record = self.workspace.records.get(entry.meant or "")
            if record is not None and (entry.differs_in_case or record.path not in self.index.by_record):
                yield record, editing.retarget(self.index.page, entry.mention, record)

    def _definition(self, spot: _Spot, record: Facts, cloned: str) -> Iterator[tuple[int, str]]:
        """The definition that a new entry's link refers to, and where it goes: beside that of the entry next to it."""
        page, model = self.index.page, self._cloner.model(spot.neighbour, record)
        reference = self._cloner.reference(model, record)
        if reference is None or not reference.added or f"[{reference.label}]" not in cloned:
            return
        links = (spot.neighbour.mention.link, model.mention.link)
        beside = next((link.definition for link in links if link is not None and link.definition is not None), None)
        if beside is not None and spot.behind:
            yield beside.span.end, line_end(page.text) + reference.added
        elif beside is not None:
            yield beside.span.start, reference.added + line_end(page.text)

    def _insertion(self, group: list[tuple[_Spot, Facts, str]]) -> Edit:
        """The entries that go to one place, in order."""
        spot = group[0][0]
        newline = line_end(self.index.page.text)
        gap = self._gap(spot.neighbour)
        ordered = sorted(group, key=lambda found: self._key(found[1]), reverse=spot.descending)
        if spot.empty is not None:
            return self._first_below(spot, f"{newline}{gap}".join(text for _, _, text in ordered))
        texts = [self._numbered(spot.neighbour, text, place + spot.behind) for place, (_, _, text) in enumerate(ordered)]
        start, end = self._lines_of(spot.neighbour)
        if spot.behind:
            return Edit(Span(end, end), "".join(f"{newline}{gap}{text}" for text in texts))
        return Edit(Span(start, start), "".join(f"{text}{newline}{gap}" for text in texts))

    def _first_below(self, spot: _Spot, text: str) -> Edit:
        """The first entries under a heading, in place of a line that says that there are none; rows with the head of a table."""
        page, section = self.index.page, spot.empty or spot.neighbour.category
        if section is None:
            raise ValueError("there is no heading to write below")
        newline = line_end(page.text)
        if section.level > DEEPEST:
            return Edit(Span(section.own.start, section.own.start), newline + text)
        blocks = page.blocks_in(section.own)
        if spot.neighbour.kind == "row":
            if blocks and blocks[-1].kind == "table":
                return Edit(Span(blocks[-1].span.end, blocks[-1].span.end), newline + text)
            head = page.lines.line_at(spot.neighbour.group.span.start)
            text = newline.join([*(page.lines.span(head + at).of(page.text) for at in (0, 1)), text])
        if len(blocks) == 1 and _nobody_is_listed().fullmatch(page.document.plain(blocks[0].span)):
            start = page.lines.starts[page.lines.line_at(blocks[0].span.start)]
            return Edit(Span(start, blocks[0].span.end), text)
        at = blocks[-1].span.end if blocks else section.heading.span.end
        return Edit(Span(at, at), newline * 2 + text)

    def removal(self, entry: Entry, moved: Mapping[int, object] = MappingProxyType({})) -> Edit:
        """Takes an entry's lines out; a heading that is left without any gets what other such headings have."""
        page = self.index.page
        first, last = (page.lines.line_at(at) for at in self._lines_of(entry))
        start, end = page.lines.starts[first], page.lines.full_span(last).end
        staying = [
            other
            for other in self.index.entries
            if other is not entry and other.category is entry.category and id(other) not in moved and other.group is entry.group
        ]
        if not staying and entry.kind == "item" and (nobody := self._nobody()):
            going = [other for other in self.index.entries if other.group is entry.group and id(other) in moved] or [entry]
            return Edit(Span(start, end), nobody + page.text[page.lines.ends[last] : end] if going[0] is entry else "")
        is_last = bool(staying) and entry.group.children[-1] is entry.block
        while is_last and first and self._is_blank(first - 1):
            first -= 1
            start = page.lines.starts[first]
        while not is_last and entry.kind == "item" and last + 1 < len(page.lines) and self._is_blank(last + 1):
            last += 1
            end = page.lines.full_span(last).end
        return Edit(Span(start, end), "")

    def _is_blank(self, line: int) -> bool:
        return not self.index.page.lines.span(line).of(self.index.page.text).strip()

    def _nobody(self) -> str:
        """What this index writes under a heading without records; empty where it writes nothing."""
        page = self.index.page
        for section in page.sections:
            blocks = page.blocks_in(section.own) if section.heading.span.start in self._status_headings else ()
            words = page.document.plain(blocks[0].span) if len(blocks) == 1 else ""
            if words.strip() and _nobody_is_listed().fullmatch(words):
                return blocks[0].span.of(page.text)
        return ""

    _ORDINAL = re.compile(r"[ \t]*(?P<number>\d+)(?=[.)][ \t])")

    def _numbered(self, neighbour: Entry, text: str, further: int) -> str:
        """An item of a numbered list with its number: so many further than the neighbour's, where the list counts at all."""
        page = self.index.page
        numbers = [
            match["number"]
            for item in neighbour.group.children
            if item.kind == "list_item"
            and (match := self._ORDINAL.match(page.text, page.lines.starts[page.lines.line_at(item.span.start)]))
        ]
        own, here = self._ORDINAL.match(text), self._ORDINAL.match(page.text, self._lines_of(neighbour).start)
        if neighbour.kind != "item" or own is None or here is None or len(set(numbers)) < min(2, len(numbers)):
            return text
        return text[: own.start("number")] + str(int(here["number"]) + further) + text[own.end("number") :]

    # Where it goes

    def _spot(self, record: Facts, moved: dict[int, Stale]) -> _Spot | None:
        """Where a record belongs; None where the index has no entry of its log, or no heading for it."""
        mine = self._mine(record)
        if not mine:
            return None
        if self._status_headings:
            fitting = self._fitting(record)
            if not fitting:
                return None
            under = self._under(mine, frozenset({fitting[0].heading.span.start}))
            there = [entry for entry in under if id(entry) not in moved] if moved else under
            if not there:
                return _Spot(mine[0], empty=fitting[0])
            mine = under if len(there) == len(under) else self._same(there)
        else:
            mine = self._under(mine, self._categories(record, mine)) or mine
        return self._within(record, mine)

    @cached_property
    def _memory(self) -> dict[object, Any]:
        """What was worked out for lists of entries, which are kept so that their ids stay theirs."""
        return {}

    def _same(self, entries: list[Entry]) -> list[Entry]:
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

    def _within(self, record: Facts, mine: list[Entry]) -> _Spot:
        """The place among entries, by the order in which they stand."""
        lists = self._lists(mine)
        home = lists.groups[max(bisect_left(lists.starts, self._key(record)) - 1, 0)]
        within = self._mixed(home) or lists.by_group[id(home)]
        for key, order in self._orders(within):
            own = key(self, record)
            if own is None:
                continue
            if order.is_up:
                at = bisect_left(order.keys, own)
                return _Spot(order.entries[at - 1]) if at else _Spot(within[0], behind=False)
            at = bisect_right(order.keys, own)
            above = at < len(order.keys)
            return _Spot(order.entries[at] if above else within[0], behind=above, descending=True)
        return _Spot(next(entry for entry in reversed(self.index.entries) if entry.group is home))

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
            pairs = [(self._key(self.workspace.records[entry.path]), at, entry) for at, entry in enumerate(mine) if entry.path]
            pairs.sort(key=lambda pair: pair[:2])
            by_group: dict[int, list[Entry]] = {}
            for entry in mine:
                by_group.setdefault(id(entry.group), []).append(entry)
            self._memory[key] = _Lists([one for one, _, _ in pairs], [entry.group for _, _, entry in pairs], by_group)
        found: _Lists = self._memory[key]
        return found

    def _orders(self, entries: list[Entry]) -> list[_Sorted]:
        """By what a list is sorted: number or file, else date, else title; none for a list in no order."""
        key = "orders", id(entries)
        if key not in self._memory:
            found = list(self._ordered(entries, (Updater._key,)))
            if len(entries) >= ENOUGH and not (found and found[0][1].share == 1):
                # A few entries may be in the order of their dates or titles by chance
                found += () if found else self._ordered(entries, (Updater._dated, _titled))
                columns = list(self._ordered(entries, self._columns))
                best = [pair for pair in columns if not found or pair[1].share > found[0][1].share]
                found = [*best, *found, *(pair for pair in columns if pair not in best)]
            self._memory[key] = found
        orders: list[_Sorted] = self._memory[key]
        return orders

    def _ordered(self, entries: list[Entry], keys: Iterable[Callable[[Updater, Facts], Key | None]]) -> Iterator[_Sorted]:
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
                yield key, _Order([value for value, _ in keyed], [entry for _, entry in keyed], is_up, share)

    @cached_property
    def _columns(self) -> list[Callable[[Updater, Facts], Key | None]]:
        """The keys by which a list is sorted that repeats a field of the records, such as the date of the next review."""

        def key(field: str) -> Callable[[Updater, Facts], Key | None]:
            return lambda _, record: (
                (value, record.number or 0, record.name.stem) if (value := said_in(record, field)) else None
            )

        return [key(field) for field in dict.fromkeys(self._cloner.followed.values())]

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

    def _key(self, record: Facts) -> Key:
        """What a log is sorted by: numbers, or the names of the files, which may open with a date."""
        found: Key = self._memory.get(record.path) or self._memory.setdefault(record.path, self._own_key(record))
        return found

    def _own_key(self, record: Facts) -> Key:
        log = self.workspace.log_of(record.path)
        if record.name.date is None and log is not None and log.directory in self._dated_logs:
            return ("~", 0, f"{self.workspace.date(record) or ''} {record.name.stem}".strip())
        return (record.series, record.number, "") if record.number is not None else ("~", 0, record.name.stem)

    def _counts_up(self, group: Block) -> bool:
        """Whether the numbers that the entries of a list have written down rise, whatever their records' are."""
        written = [
            entry.mention.number for entry in self.index.entries if entry.group is group and entry.mention.number is not None
        ]
        return len(written) > 1 and all(one < other for one, other in itertools.pairwise(written))

    def _categories(self, record: Facts, entries: list[Entry]) -> frozenset[int]:
        """The headings of the record's own category, or of the record that it replaces; none where nothing tells."""
        headings = self._headings(entries)
        if len(headings) < 2:
            return frozenset()
        fitting = self._own_categories(record, headings)
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
    def _own_categories(record: Facts, headings: Mapping[int, str]) -> frozenset[int]:
        """The headings that the record itself names as its category or tags."""
        field = record.field("category") or record.field("tags") if len(headings) > 1 else None
        words = {fold(word) for word in re.split(r"[,;]", record.plain(field))} if field else set()
        return frozenset(at for at, name in headings.items() if name in words)

    def _headings(self, entries: list[Entry]) -> dict[int, str]:
        """The headings of entries by where they stand."""
        key = "headings", id(entries)
        if key not in self._memory:
            self._memory[key] = {e.category.heading.span.start: fold(e.category.name) for e in entries if e.category}
        found: dict[int, str] = self._memory[key]
        return found

    def _lines_of(self, entry: Entry) -> Span:
        """The entry's whole lines, without the last line end."""
        lines = self.index.page.lines
        first, last = lines.line_at(entry.span.start), lines.line_at(max(entry.span.start, entry.span.end - 1))
        return Span(lines.starts[first], lines.ends[last])

    def _gap(self, entry: Entry) -> str:
        """What stands between two entries beyond the line end: the blank lines of a loose list, of another list where this has one entry."""
        if entry.kind == "row":
            return ""
        page = self.index.page
        groups = {id(e.group): e.group for e in (entry, *self.index.entries) if e.kind == "item"}
        for group in groups.values():
            gaps = Counter(
                len(re.findall(r"\r\n|\n|\r", between)) - 1
                for one, other in itertools.islice(itertools.pairwise(group.children), 50)
                if not (
                    between := page.text[self._end_of(one) : page.lines.starts[page.lines.line_at(other.span.start)]]
                ).strip()
            )
            if gaps:
                return line_end(page.text) * max(0, gaps.most_common(1)[0][0])
        return ""

    def _end_of(self, block: Block) -> int:
        lines = self.index.page.lines
        return lines.ends[lines.line_at(max(block.span.start, block.span.end - 1))]


def _cells(head: str) -> tuple[str, ...]:
    """The words of a table's head, cell by cell."""
    return tuple(cell.strip() for cell in head.strip().strip("|").split("|"))


def _is_usual(agreeing: int, count: int) -> bool:
    """Whether so many entries of a count agree with their records that, seen from one that does not, the others do."""
    return count > ENOUGH and agreeing >= AGREED * (count - 1)


def _is_date(written: str, iso: str) -> bool:
    read = dates.read(written)
    return read is not None and iso in (read.iso, read.other)


@lru_cache(maxsize=4096)
def _same_words(one: str, other: str) -> bool:
    return re.findall(r"[^\W_]+", fold(one)) == re.findall(r"[^\W_]+", fold(other))


def _longest_rise(keys: Sequence[Key]) -> frozenset[int]:
    """The places of a longest stretch of keys, with gaps, that never falls."""
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


def _titled(_: Updater, record: Facts) -> Key | None:
    return (fold(record.title), 0, "") if record.title else None


def _meaning(picture: str) -> Canonical | None:
    return STATUS_MARKS.get(picture.rstrip("\ufe0f"))


_NEAR_ENOUGH: dict[Canonical, tuple[Canonical, ...]] = {
    "draft": ("proposed",),
    "proposed": ("draft",),
    "amended": ("accepted",),
    "superseded": ("deprecated",),
    "deprecated": ("superseded",),
}
"""Under which headings a record of a state may stand besides its own."""


def _alike(heading: Canonical | None, now: Canonical) -> bool:
    return heading == now or heading in _NEAR_ENOUGH.get(now, ())


def _apart(removals: Iterable[Edit]) -> Iterator[Edit]:
    """Removals of neighbours, none of which takes out the blank lines that another one does."""
    done = 0
    for span, text in sorted(removals):
        start = max(span.start, done)
        done = max(done, span.end)
        if start < span.end or text:
            yield Edit(Span(start, max(start, span.end)), text)


def _rebased(edits: Iterable[Edit], following: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Edits of the text that some edits lead to, as edits of the text before; None where they touch what was changed."""
    stretches: list[tuple[int, int, int]] = []  # where the text is the same: from, to, and how much further on it is now
    at = shift = 0
    for span, text in sorted(edits):
        stretches.append((at + shift, span.start + shift, shift))
        at, shift = span.end, shift + len(text) - (span.end - span.start)
    found: list[Edit] = []
    for span, text in following:
        whole = [*stretches, (at + shift, sys.maxsize, shift)]
        own = next((by for start, end, by in whole if start <= span.start and span.end <= end and (start, end) != span), None)
        if own is None or (span.start == span.end and any(span.start in (start, end) for start, end, _ in whole)):
            return None
        found.append(Edit(span.shift(-own), text))
    return tuple(found)


def _edited(text: str, lines: Span, edits: Sequence[Edit]) -> str:
    """The lines after edits within them."""
    parts, done = [], lines.start
    for span, new in sorted(set(edits)):
        parts += [text[done : span.start], new]
        done = span.end
    return "".join([*parts, text[done : lines.end]])
