"""What an index lacks, and what is wrong in it: entries that disagree with their records, stand elsewhere than they should, or lead nowhere.

Only what people will have meant to be as their records say is called wrong: titles, numbers and dates where nearly all other entries
have those of their records, an order where nearly all of a list is in it.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from adr_ls.index.correct import Corrector
from adr_ls.index.customs import Customs, OfIndex, dated_like, title_of, title_span
from adr_ls.index.place import ENOUGH, Key, Places, alike
from adr_ls.index.regions import Regions, regions
from adr_ls.log.index import Entry, Index, Statement, categories, groups, state_of
from adr_ls.log.index.strips import BARE, Slot, masked
from adr_ls.log.style import FEW
from adr_ls.log.workspace import Workspace, question
from adr_ls.record import metadata, status
from adr_ls.record.facts import Facts
from adr_ls.record.filename import is_number
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.pieced import Question, chosen, each
from adr_ls.syntax.text import Edit, Span
from adr_ls.words import dates
from adr_ls.words.language import ENDED, Canonical
from adr_ls.words.lookup import STATUS_WORDS, fold
from adr_ls.write import editing

_log = logging.getLogger(__name__)

AGREED = 0.9
"""The share of entries that have their records' titles, or dates, from which on the others are taken to have meant them."""
AGREED_IN_GROUP = 0.75
"""The share of entries below the heading of a status whose records have it, from which on it is taken to be meant."""
SAMPLE = 60
"""How many entries tell how an index titles the records."""

_CONFLICT = lazy.regex(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_GENERATED = lazy.regex(r"\{%-?\s*for\b|\{\{[<%]\s*[\w-]*(?:list|adr|index|children|pages)[\w-]*")
_YEAR = lazy.regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SAYS_MORE = lazy.regex(r"[–—;:.()\[\]|\n]|,\s|\s-")
"""What parts a title from words of people's own."""
_LETTER = lazy.regex(r"[^\W\d_]")


def missing(workspace: Workspace, index: Index) -> tuple[Facts, ...]:
    """The records of the index's logs that it does not list, in order; none of a log whose own index lists more of it."""
    return tuple(of(workspace, index).missing.values())


def lacks(workspace: Workspace, index: Index, record: Facts) -> bool:
    """Whether that record is one of those."""
    return record.path in of(workspace, index).missing


def refusal(index: Index) -> str:
    """Why an index is not written to, as the end of a sentence; empty where it is."""
    if _CONFLICT.search(index.page.text):
        return "it has the marks of a merge conflict"
    if _GENERATED.search(index.page.text):
        return "a site generator writes it"
    return ""


Kind = Literal["status", "heading", "group", "title", "number", "date"]
"""In what an entry disagrees with its record; heading for the status that the heading above it is, group where there is none for another."""


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

    @property
    def is_below_another(self) -> bool:
        """Whether the heading above it is that of another status."""
        return self.kind in ("heading", "group")


@dataclass(frozen=True)
class Misplaced:
    """An entry that stands out of the order of its list, or under another heading than that of its record's category.

    `heading` is the one that it belongs under, None where the order is meant; `judgement` is that of the whole index.
    """

    entry: Entry = field(compare=False)
    record: Facts
    span: Span
    heading: str | None
    judgement: Judgement = field(repr=False, compare=False)


def stale(workspace: Workspace, index: Index) -> tuple[Stale, ...]:
    """The entries that disagree with their records: in the status, the number, the title or the date, or by the heading above them.

    Titles, numbers and dates are only compared where nearly all entries of the index have those of their records.
    """
    return of(workspace, index).stale


def duplicates(index: Index) -> Iterator[tuple[Entry, Entry]]:
    """The list items whose record stands in the same list before, each with the first. Several lists may each have it."""
    listed = [path for path in each(index.entries, index.page.text, Question(_listed_by_item)) if path]
    if len(set(listed)) == len(listed):
        return
    seen: dict[tuple[int, str], Entry] = {}
    for entry in index.entries:
        if entry.path and entry.kind == "item":
            first = seen.setdefault((entry.group.span.start, entry.path), entry)
            if first is not entry:
                yield entry, first


def _listed_by_item(entry: Entry, _: str) -> str | None:
    return entry.path if entry.kind == "item" else None


def repeated(index: Index) -> tuple[Entry, ...]:
    """Those that say word for word what the first one does, so that nothing is lost without them."""
    text = index.page.text
    return tuple(entry for entry, first in duplicates(index) if entry.span.of(text).strip() == first.span.of(text).strip())


def misplaced(workspace: Workspace, index: Index) -> tuple[Misplaced, ...]:
    """The few entries that break the order of their list, and those whose records name the category of another heading."""
    return of(workspace, index).misplaced


@dataclass(frozen=True)
class Standing:
    """How a record stands in an index, and what is wrong with the record's own entries.

    `lacking` is the entry that shows where the index is if it has none, else None, since that may move with each letter in the index;
    `obstacle` tells why it cannot get one (empty where it can); `stale` and `misplaced` are those that disagree or stand elsewhere, `doubled` the places of each that
    repeats another, that one first.
    """

    lacking: Span | None
    obstacle: str
    stale: tuple[Stale, ...]
    misplaced: tuple[Misplaced, ...]
    doubled: tuple[tuple[Span, Span], ...]


@question
def standing(workspace: Workspace, index: str, record: str) -> Standing | None:
    """How the record at a path stands in the index at another, as of when the typing last rested; to be asked (`Workspace.ask`).

    None where this program stumbles over that index: it is found out once, and costs the records nothing that others tell of them.
    """
    judgement = workspace.judged(_standings, index)
    return judgement.standing(record) if judgement is not None else None


def _standings(workspace: Workspace, path: str) -> Judgement | None:
    """What is known of the index at a path, with all worked out that its records are asked about; None where that fails."""
    try:
        judgement = workspace.derived(_judge, path)
        judgement.prepare()
    except Exception:  # noqa: BLE001  # whatever it is, it is a matter of this index alone
        _log.exception("judging the index %s failed", path)
        return None
    return judgement


def _judge(workspace: Workspace, path: str) -> Judgement:
    """What is known of the index at a path."""
    return Judgement(Customs(workspace, workspace.indexes[path]))


def of(workspace: Workspace, index: Index) -> Judgement:
    """What is to be done about an index, kept with its workspace: every record that is missing asks for it."""
    return (
        workspace.derived(_judge, index.path)
        if workspace.indexes.get(index.path) is index
        else Judgement(Customs(workspace, index))
    )


def dead(index: Index) -> tuple[Entry, ...]:
    """The entries that lead to no record."""
    return tuple(chosen(index.entries, "", Question(_is_dead, by=index.ground)))


def _is_dead(entry: Entry, _text: str, _ground: object) -> bool:
    return entry.is_dead


def within_region(workspace: Workspace, index: Index) -> Sequence[Entry]:
    """The entries between the markers of a generated region, where there are such; else all."""
    return of(workspace, index).places.within_region


def left_out(workspace: Workspace, index: Index) -> dict[str, str]:
    """The missing records that an update cannot add, by path, each with the reason as the end of a sentence."""
    judgement = of(workspace, index)
    reasons = {record.path: judgement.obstacle(record) for record in missing(workspace, index)}
    return {path: reason for path, reason in reasons.items() if reason}


class _Agreement(NamedTuple):
    """Whether an entry has the number and the title of its record, each also where it has none."""

    number: bool
    title: bool

    @staticmethod
    def of(entry: Entry, record: Facts, said: _Facts) -> _Agreement:
        """To be asked once as long as the entry and the record are as they are; see `Entry.kept`."""
        known = entry.kept.get(_Agreement.of)
        if known is None or known[0] is not record:
            number = said.number is None or _has_number(record, said.number)
            known = entry.kept[_Agreement.of] = record, _Agreement(number, said.title is None or _has_title(record, said.title))
        found: _Agreement = known[1]
        return found


def _has_number(record: Facts, written: str) -> bool:
    return record.number is None or not written.isdecimal() or is_number(written, record.number)


def _has_title(record: Facts, written: str) -> bool:
    if not record.title or written == record.title or _same_words(written, record.title):
        return True
    return record.heading is not None and _same_words(written, record.heading.plain)


class _Facts(NamedTuple):
    """What an entry says, wherever it stands: number and title of its record, dates by their places, and statuses that are clear."""

    number: str | None
    title: str | None
    dates: tuple[tuple[tuple[str, ...], str], ...]
    states: tuple[Canonical, ...]

    @staticmethod
    def of(entry: Entry) -> _Facts:
        """To be asked once for all texts of the page in which the entry is as it is (`Entry.once`)."""
        text, plain = entry.reader.page.text, entry.reader.page.document.plain
        slots = _name_slots(entry)
        states = (_stated(statement, text) for statement in entry.statements)
        return _Facts(
            plain(slots["number"]) if "number" in slots else None,
            plain(slots["title"]) if "title" in slots else None,
            tuple((key, slot.span.of(text)) for key, slot in _dates_in(entry)),
            tuple(
                said.canonical
                for said in states
                if said.canonical not in ("other", "none") and not said.choices and not said.partial
            ),
        )


def _name_slots(entry: Entry) -> dict[str, Span]:
    """Where an entry has its record's number and title: in the text of its link, a title else in a part of its own."""
    slots = entry.reader.label(entry.mention)
    found = {slot.role: slot.span for slot in slots if slot.role in ("number", "title")}
    if "title" not in found and not any(slot.role in ("file", "stem") for slot in slots):
        title = title_span(entry) or _words_behind(entry)
        if title is not None:
            found["title"] = title
    return found


def _words_behind(entry: Entry) -> Span | None:
    """Words of an entry without a link right behind its number, where those of others have titles; None where they say more than one thing."""
    if entry.mention.link is not None or entry.kind != "item":
        return None
    for strip in entry.strips:
        behind = [part for part in strip.parts if part.span.start >= entry.mention.span.end and part.role != "wrap"]
        if strip.place == "line" and behind and behind[0].role in ("description", "note"):
            said = metadata.trim(entry.reader.page.text, behind[0].said)
            return None if _SAYS_MORE.search(said.of(entry.reader.page.text)) else said
    return None


def _dates_in(entry: Entry) -> Iterator[tuple[tuple[str, ...], Slot]]:
    """The dates of an entry, each with the place in which it is one."""
    if not _YEAR.search(entry.reader.page.text, entry.span.start, entry.span.end):
        return
    for strip in entry.strips:
        for part in strip.parts:
            for slot in part.slots:
                if slot.role == "date":
                    yield (strip.place, strip.key, part.role), slot


def _stated(statement: Statement, text: str) -> status.Reading:
    """What a statement of a status comes to."""
    shown = masked(statement.part.said.of(text))
    return status.read(shown[slice(*status.chosen(shown))])


# What is asked of entries wherever they stand (`pieced.Question`), through the workspace that knows their records


def _record(entry: Entry, workspace: Workspace) -> Facts | None:
    return workspace.records.get(entry.path) if entry.path is not None else None


def _may_be_stale(entry: Entry, _: str, workspace: Workspace) -> bool:
    """Whether an entry states another status than its record, or none in a row."""
    record = _record(entry, workspace)
    now = workspace.canonical(record) if record is not None else "none"
    if now in ("other", "none"):
        return False
    return any(state != now for state in entry.once(_Facts.of).states) or (entry.kind == "row" and not entry.statements)


def _names_categories(entry: Entry, _: str, workspace: Workspace) -> bool:
    """Whether the record of an entry says of what category it is."""
    record = _record(entry, workspace)
    return record is not None and any(field.role in ("category", "tags") for field in record.fields)


class _Called(NamedTuple):
    """Whether an entry has a number and a title, and whether they are those of its record, also where it has none."""

    number: bool = False
    title: bool = False
    agreed: _Agreement = _Agreement(number=True, title=True)


def _called(entry: Entry, _: str, workspace: Workspace) -> _Called:
    record = _record(entry, workspace)
    if record is None:
        return _Called()
    said = entry.once(_Facts.of)
    return _Called(said.number is not None, said.title is not None, _Agreement.of(entry, record, said))


def _is_called_otherwise(entry: Entry, text: str, workspace: Workspace) -> bool:
    return not all(_called(entry, text, workspace).agreed)


def _dated(entry: Entry, _: str, workspace: Workspace) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The places in which an entry has a date beside that of its record, each with whether it is that."""
    record = _record(entry, workspace)
    said = entry.once(_Facts.of).dates if record is not None else ()
    iso = workspace.date(record) if said and record is not None else None
    return tuple((key, _is_date(written, iso)) for key, written in said) if iso is not None and len(iso) == 10 else ()


def _is_dated_otherwise(entry: Entry, text: str, workspace: Workspace) -> bool:
    return not all(is_same for _, is_same in _dated(entry, text, workspace))


def _key(entry: Entry, _: str, places: Places) -> Key | None:
    record = _record(entry, places.workspace)
    return places.key(record) if record is not None else None


@dataclass(frozen=True)
class _Compared:
    """What entries say of something beside what their records do: of how many that can be told, and those that are off, with what they say."""

    count: int
    off: list[tuple[Entry, Facts, str]]

    @property
    def is_usual(self) -> bool:
        """Whether so many agree with their records that, seen from one that does not, the others do."""
        return self.count > ENOUGH and self.count - len(self.off) >= AGREED * (self.count - 1)


_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[str, _V]]) -> Mapping[str, tuple[_V, ...]]:
    found: dict[str, list[_V]] = {}
    for path, value in pairs:
        found.setdefault(path, []).append(value)
    return {path: tuple(values) for path, values in found.items()}


@dataclass(frozen=True)
class Judgement(OfIndex):
    """What is to be said about one index; whatever takes going through all of it is worked out once."""

    @cached_property
    def places(self) -> Places:
        """Where entries belong."""
        return Places(self.customs)

    @cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self.customs)

    @cached_property
    def missing(self) -> Mapping[str, Facts]:
        """See `missing`; by path."""
        lacking = {
            record.path: record
            for log in self.workspace.logs
            if log.directory in self.index.logs
            and not any(
                self.index.leaves_to(other, log.records) for other in self.workspace.indexes_of(log) if other is not self.index
            )
            for record in log.records.values()
            if not self.index.lists(record.path)
        }
        return {} if self._leaves_out(lacking.values()) else lacking

    def _leaves_out(self, lacking: Iterable[Facts]) -> bool:
        """Whether an index leaves out on purpose what holds no longer: several such, of which it has none, and no other record."""
        ended = [self.workspace.canonical(record) in ENDED for record in lacking]
        if len(ended) < FEW or not all(ended):
            return False
        listed = [self.workspace.records[path] for path in self.index.by_record if path in self.workspace.records]
        return len(listed) >= FEW and not any(self.workspace.canonical(record) in ENDED for record in listed)

    @cached_property
    def stale(self) -> tuple[Stale, ...]:
        """See `stale`."""
        return tuple(self._stale())

    def prepare(self) -> None:
        """Works out whatever takes going through all of it, and whether one can be added."""
        _ = self._by_record
        for record in self.missing.values():
            self.obstacle(record)
            break

    def standing(self, path: str) -> Standing:
        """See `standing`."""
        return Standing(
            self.index.entries[0].span if path in self.missing else None,
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

    def _asked(self, query: Callable[..., _V], through: Workspace | Places | None = None) -> Question[_V]:
        """Something that is asked of entries, and answered the same as long as the records are the same."""
        return Question(query, by=self.workspace.ground, through=through or self.workspace)

    def _chosen(self, query: Callable[..., bool]) -> Iterator[tuple[Entry, Facts]]:
        """The entries, each with its record, of which such a function says so."""
        for entry in chosen(self.index.entries, self.index.page.text, self._asked(query)):
            record = _record(entry, self.workspace)
            if record is not None:
                yield entry, record

    def _stale(self) -> Iterator[Stale]:
        is_grouped = bool(self.places.status_headings)
        for entry, record in ((one[0], one[1]) for one in self._listed) if is_grouped else self._chosen(_may_be_stale):
            now = self.workspace.canonical(record)
            if now not in ("other", "none") and any(state != now for state in entry.once(_Facts.of).states):
                for statement in entry.statements:
                    found = self._compared(entry, statement, record)
                    if found is not None:
                        yield found
            elif now not in ("other", "none") and entry.kind == "row" and not entry.statements:
                yield from self._swapped(entry, record)
            spot = self.places.other_heading(entry, record) if is_grouped else None
            if spot is not None and entry.category is not None:
                word = self.customs.status_word(record)
                yield Stale(entry, record, entry.mention.name, (), entry.category.name, word, "heading")
        yield from self._stale_groups()
        yield from self._stale_names()
        yield from self._stale_dates()

    def _stale_groups(self) -> Iterator[Stale]:
        """The few entries below the heading of a status whose records have another one, for which the index has no heading."""
        states = {
            one.heading.span.start: state
            for one in set(categories(self.index.entries))
            if one and (state := state_of(one.name))
        }
        if not states:
            return
        grouped: dict[int, list[tuple[Entry, Facts, Canonical]]] = {}
        for entry, record, _ in self._listed:
            now, at = self.workspace.canonical(record), entry.category.heading.span.start if entry.category else None
            if at in states and now not in ("other", "none"):
                grouped.setdefault(at, []).append((entry, record, now))
        for at, members in grouped.items():
            other = [(entry, record) for entry, record, now in members if not alike(states[at], now)]
            if len(members) - len(other) < max(FEW, AGREED_IN_GROUP * len(members)):
                continue
            for entry, record in other:
                if self.places.other_heading(entry, record) is None and entry.category is not None:
                    word = self.customs.status_word(record)
                    yield Stale(entry, record, entry.mention.name, (), entry.category.name, word, "group", is_sure=False)

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
                word = self.customs.status_word(record, word)
            edits = (
                *self._corrector.replaced(entry, stated.value_span, word),
                *self._corrector.replaced(entry, other.value_span, stated.value_span.of(self.index.page.text)),
            )
            yield Stale(entry, record, stated.value_span, edits, said, word)

    @cached_property
    def is_undecided(self) -> bool:
        """Whether entries disagree with their records of which too few others tell whether they should."""
        if any(compared.off and not compared.is_usual for compared in (*self._names.values(), *self._dates.values())):
            return True
        return bool(self.places.status_headings and self._listed) and not self.places.follows_records

    @cached_property
    def _names(self) -> Mapping[str, _Compared]:
        """The numbers and the titles of entries beside those of their records."""
        called = Counter(each(self.index.entries, self.index.page.text, self._asked(_called)))
        numbers = sum(count for one, count in called.items() if one.number)
        titles = sum(count for one, count in called.items() if one.title)
        off = [
            (entry, record, said, _Agreement.of(entry, record, said))
            for entry, record in self._chosen(_is_called_otherwise)
            for said in (entry.once(_Facts.of),)
        ]
        return {
            "number": _Compared(
                numbers, [(entry, record, said.number or "") for entry, record, said, ok in off if not ok.number]
            ),
            "title": _Compared(titles, [(entry, record, said.title or "") for entry, record, said, ok in off if not ok.title]),
        }

    def _stale_names(self) -> Iterator[Stale]:
        """The entries with another title or number than their records, where nearly all others have those."""
        text = self.index.page.text
        for kind, compared in self._names.items():
            if not (compared.off and compared.is_usual):
                continue
            if kind == "title" and not self._is_titled_by_records({record.path for _, record, _ in compared.off}):
                continue  # but by the names of their files, say
            for entry, record, written in compared.off:
                span = _name_slots(entry)[kind]
                if kind == "number":
                    now = f"{record.number:0{len(written)}}"
                    yield Stale(entry, record, span, tuple(self._corrector.replaced(entry, span, now)), written, now, "number")
                else:
                    new = self.customs.escaped(entry, title_of(record))
                    # What repeats the file's name was the record's title once; what a generator wrote is nobody's own words
                    sure = _same_words(written, record.name.slug) or self._generated.hold(entry.span)
                    keeps = new is None or re.search(r"[\[\]`]", span.of(text))
                    edits = () if new is None or keeps else tuple(self._corrector.replaced(entry, span, new))
                    yield Stale(entry, record, span, edits, written, record.title or "", "title", is_sure=sure)

    def _is_titled_by_records(self, off: set[str]) -> bool:
        """Whether no spelling fits more entries to the letter than the titles of the records, those that are off left aside."""
        others = [(record, said.title) for _, record, said in self._listed if said.title is not None and record.path not in off]
        return self.customs.is_titled_by_records(others[:SAMPLE])

    @cached_property
    def _listed(self) -> list[tuple[Entry, Facts, _Facts]]:
        """The entries that list a record, with it and with what they say."""
        known = self.workspace.records
        pairs = ((entry, known.get(path)) for entry in self.index.entries if (path := entry.path) is not None)
        return [(entry, record, entry.once(_Facts.of)) for entry, record in pairs if record is not None]

    @cached_property
    def _dates(self) -> Mapping[tuple[str, ...], _Compared]:
        """The dates of entries beside those of their records, by the place in which they are."""
        dated = each(self.index.entries, self.index.page.text, self._asked(_dated))
        counts = Counter(key for places in dated for key, _ in places)
        off: dict[tuple[str, ...], list[tuple[Entry, Facts, str]]] = {}
        for entry, record in self._chosen(_is_dated_otherwise):
            for key, written in entry.once(_Facts.of).dates:
                if not _is_date(written, self.workspace.date(record) or ""):
                    off.setdefault(key, []).append((entry, record, written))
        return {key: _Compared(count, off.get(key, [])) for key, count in counts.items()}

    def _stale_dates(self) -> Iterator[Stale]:
        """The entries with another date than their records, where nearly all others have that in the same place."""
        for key, compared in self._dates.items():
            if not compared.is_usual:
                continue
            for entry, record, written in compared.off:
                iso = self.workspace.date(record) or ""
                span = next(slot.span for place, slot in _dates_in(entry) if place == key)
                new = dated_like(iso, written, None)
                is_like = new != iso or not _LETTER.search(written)
                edits = tuple(self._corrector.replaced(entry, span, new)) if _is_date(new, iso) and is_like else ()
                yield Stale(entry, record, span, edits, written, iso, "date")

    @cached_property
    def _generated(self) -> Regions:
        """What a tool writes between its markers."""
        return regions(self.index.page.text).generated

    @cached_property
    def misplaced(self) -> tuple[Misplaced, ...]:
        """See `misplaced`."""
        return tuple(self._misplaced())

    def _misplaced(self) -> Iterator[Misplaced]:
        if self.places.status_headings:
            return
        several = len(set(categories(self.index.entries))) > 1
        for entry, record in self._chosen(_names_categories) if several else ():
            headings = self.places.headings(self.places.of_same_log(record))
            wanted = self.places.own_categories(record, headings)
            under = {e.category.heading.span.start for e in self.index.by_record.get(record.path, ()) if e.category}
            if wanted and entry.category is not None and not wanted & under:
                name = next(s.name for s in self.index.headings if s.heading.span.start in wanted)
                yield Misplaced(entry, record, entry.own, name, self)
        disordered = self._disordered
        for group in disordered:
            entries = [entry for entry, _, _ in self._listed if id(entry.group) == group]
            for entry in self.places.outsiders(self.places.same(entries)):
                record = self.workspace.records[entry.path or ""]
                yield Misplaced(entry, record, entry.own, None, self)

    @property
    def _disordered(self) -> list[int]:
        """The ids of the lists of which the records do not rise as a log is sorted."""
        keys = each(self.index.entries, self.index.page.text, self._asked(_key, self.places))
        by_group: dict[int, list[Key]] = {}
        for group, count in groups(self.index.entries):
            by_group.setdefault(id(group), []).extend(key for key in itertools.islice(keys, count) if key is not None)
        return [group for group, own in by_group.items() if any(one > other for one, other in itertools.pairwise(own))]

    def _compared(self, entry: Entry, statement: Statement, record: Facts) -> Stale | None:
        now, said = self.workspace.canonical(record), self._said(statement)
        if said.canonical in ("other", "none", now) or now in ("other", "none") or said.choices or said.partial:
            return None
        if now not in ENDED and (self._is_part(statement, record) or self._is_amended(said, record)):
            return None
        if any(other.strip is statement.strip and self._said(other).canonical == now for other in entry.statements):
            return None  # "Draft; implemented in part": one of the two is what the record says
        stated = self.workspace.status(record)
        if said.canonical == "superseded" and (self.workspace.successors(record) or (stated is not None and stated.partial)):
            return None  # the record is behind, which is told there, or says so of a part
        if self._is_in_front(entry, statement) and not self._in_front.get(id(entry.group), False):
            return None
        word = self.customs.status_word(record)
        edits = (
            ()
            if self._is_explained(statement, now)
            else tuple(self._corrector.status(entry, statement, record, said.canonical))
        )
        return Stale(entry, record, statement.slot.span, edits, statement.value, word)

    def _is_part(self, statement: Statement, record: Facts) -> bool:
        """Whether an entry says one of the two words that the record's own status is made of: *provisional* of ``accepted-provisional``."""
        stated = self.workspace.status(record)
        words = re.findall(r"\w+", fold(stated.text)) if stated is not None else []
        return len(words) == 2 and fold(statement.slot.span.of(self.index.page.text)) in words

    def _is_amended(self, said: status.Reading, record: Facts) -> bool:
        """Whether an entry says *amended* of a record that says so itself besides what holds: ``Accepted; amended 2026-08-20``."""
        if said.canonical != "amended":
            return False
        stated = self.workspace.status(record)
        words = re.findall(r"[^\W\d_]+", fold(stated.field.value)) if stated is not None else []
        return any(STATUS_WORDS.get(word) == "amended" for word in words) or bool(self.workspace.related(record, "amended_by"))

    def _is_in_front(self, entry: Entry, statement: Statement) -> bool:
        """Whether a status stands in front of the link without any mark, as the word of a request may: ``Review [ADR-4](…)``."""
        words = self.index.page.text[statement.part.span.start : entry.mention.span.start]
        return (
            statement.strip.place == "line"
            and statement.slot.span.end <= entry.mention.span.start
            and BARE.fullmatch(words) is not None
        )

    @cached_property
    def _in_front(self) -> Mapping[int, bool]:
        """Whether most entries of a list have a status in front of their links, by the list's id; one alone tells nothing."""
        found: dict[int, list[bool]] = {}
        for entry, _, _ in self._listed:
            found.setdefault(id(entry.group), []).append(any(self._is_in_front(entry, one) for one in entry.statements))
        return {group: len(said) > 1 and 2 * sum(said) > len(said) for group, said in found.items()}

    def _said(self, statement: Statement) -> status.Reading:
        return _stated(statement, self.index.page.text)

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

    def obstacle(self, record: Facts) -> str:
        """Why a record cannot be added, as the end of a sentence; empty where it can."""
        if reason := refusal(self.index):
            return reason
        if self.places.status_headings and self.places.of_same_log(record) and not self.places.fitting(record):
            word = self.customs.status_word(record)
            return f"it has no heading for “{word}”" if word else "its headings are statuses and the record states none"
        return ""

    def repairs(self) -> Iterator[tuple[Facts, Edit]]:
        """The links that lead nowhere, corrected where one record alone can be meant that has no other entry."""
        for entry in dead(self.index):
            record = self.workspace.records.get(entry.meant or "")
            if record is not None and (entry.differs_in_case or record.path not in self.index.by_record):
                yield record, editing.retarget(self.index.page, entry.mention, record)


def _is_date(written: str, iso: str) -> bool:
    read = dates.read(written)
    return read is not None and iso in (read.iso, read.other)


@lru_cache(maxsize=4096)
def _same_words(one: str, other: str) -> bool:
    return re.findall(r"[^\W_]+", fold(one)) == re.findall(r"[^\W_]+", fold(other))
