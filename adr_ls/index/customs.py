"""What is alike all over an index: how it titles records, words and pictures statuses, and which columns repeat fields of the records."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adr_ls.log.index import Entry, Index
from adr_ls.log.index.strips import Strip
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span
from adr_ls.words import dates, lookup
from adr_ls.words.language import Canonical, Language
from adr_ls.words.lookup import STATUS_MARKS, STATUS_WORDS, fold
from adr_ls.write import editing

MEANT = 0.5
"""The share of entries from which on another spelling than the records' own titles is the index's way of naming them."""
AROUND = 6
"""How many entries of records before and behind tell first how a record is titled: that changes over the years."""
FOLLOWED = 0.6
"""The share of the values of a column from which on it repeats a field of the records."""
FEW = 3
"""How many entries tell such a thing at least."""
DISTINCT = 2
"""Of how many states an index has the usual pictures from which on it is taken to have them of the others too."""

_PICTURE = lazy.regex("(?P<mark>" + "|".join(map(re.escape, STATUS_MARKS)) + ")\ufe0f?")
PIPE = lazy.regex(r"(?<!\\)\|")
"""What ends a cell of a table."""


@dataclass(frozen=True)
class Customs:
    """What the entries of one index have in common."""

    workspace: Workspace
    index: Index

    def escaped(self, entry: Entry, value: str) -> str | None:
        """A value as an entry can hold it: in a table without a pipe that would end its cell. None where it cannot."""
        if not self.index.page.is_markdown:
            return value if editing.yaml_scalar(value) == value and not re.search(r"['\"]", value) else None
        return PIPE.sub(r"\\|", value) if entry.kind == "row" else value

    def title(self, record: Facts) -> str:
        """What the index calls a record, as Markdown: its title, unless the entries of the records around it take theirs from elsewhere.

        That is the file name in one of its spellings, the title in another case, or what another index of the log calls the record.
        """
        said = _as_in(self.index)(record)
        if said is not None:
            return said
        ranks, agreeing = self._spelled
        at = bisect_left(ranks, self._rank(record))
        near = agreeing[max(0, at - AROUND) : at + AROUND]
        for within in (near, agreeing):
            counts = [sum(column) for column in zip(*within, strict=True)]
            most = max(counts, default=0)
            if most >= FEW and most >= MEANT * len(within):
                spelled = self._spellings[counts.index(most)](record) if most > counts[0] + 1 else None
                return spelled or title_of(record)
        return title_of(record)

    def is_titled_by_records(self, titled: Iterable[tuple[Facts, str]]) -> bool:
        """Whether no spelling fits more of some records' titles in the index, to the letter, than those of the records."""
        counts = [sum(_is_said(spelling(record), said) for record, said in titled) for spelling in self._spellings]
        return counts[0] == max(counts)

    @cached_property
    def _spellings(self) -> tuple[Callable[[Facts], str | None], ...]:
        """How the index may spell what a record is called; the first is the usual."""
        others = {
            other.path: _as_in(other)
            for log in self.workspace.logs
            if log.directory in self.index.logs
            for other in self.workspace.indexes_of(log)
            if other.path != self.index.path
        }
        return (*_SPELLINGS, *others.values())

    @cached_property
    def _spelled(self) -> tuple[list[int], list[tuple[bool, ...]]]:
        """For each entry that titles its record, in the order of the records: that order, and which spellings it agrees with."""
        found = sorted(
            (self._rank(record), tuple(_is_said(spelling(record), said) for spelling in self._spellings))
            for entry in self.index.entries
            if (record := self.workspace.records.get(entry.path or "")) and (span := title_span(entry)) is not None
            for said in (self.index.page.document.plain(span),)
        )
        return [rank for rank, _ in found], [agreeing for _, agreeing in found]

    def _rank(self, record: Facts) -> int:
        return self._ranks.get(record.path, 0)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {path: rank for rank, path in enumerate(self.workspace.records)}

    @cached_property
    def followed(self) -> dict[tuple[str, str], str]:
        """The columns and keys whose values repeat a field of the records that has no role here: that field's key, folded."""
        said: dict[tuple[str, str], list[tuple[str, Facts]]] = {}
        for entry in self.index.entries:
            record = self.workspace.records.get(entry.path or "")
            for strip in entry.strips if record is not None else ():
                value = self.index.page.document.plain(strip.span) if strip.key and strip.place != "line" else ""
                if value and record is not None and strip.role not in ("status", "title", "id"):
                    said.setdefault((strip.place, strip.key), []).append((fold(value), record))
        found: dict[tuple[str, str], str] = {}
        for key, values in said.items():
            fields = Counter(
                fold(field.key)
                for value, record in values
                for field in record.fields
                if fold(record.plain(field)) == value and field.role != "status"
            )
            usual, count = fields.most_common(1)[0] if fields else ("", 0)
            if count >= FEW and count >= FOLLOWED * len(values):
                found[key] = usual
        return found

    def value(self, record: Facts, strip: Strip) -> str | None:
        """What a record says in the field that a strip's column or key repeats, as Markdown; None where it repeats none."""
        wanted = self.followed.get((strip.place, strip.key))
        return None if wanted is None else as_markdown(said_in(record, wanted))

    @cached_property
    def generic(self) -> frozenset[str]:
        """Link texts that several records share, such as "view": they name none."""
        labels: dict[str, set[str]] = {}
        for entry in self.index.entries:
            for strip in entry.strips if entry.kind == "row" else ():
                for part in strip.parts:
                    link = part.slots[0].mention.link if part.role == "link" and part.slots[0].mention else None
                    if link is not None and entry.path:
                        labels.setdefault(link.text.of(self.index.page.text), set()).add(entry.path)
        return frozenset(label for label, paths in labels.items() if len(paths) > 1)

    @cached_property
    def words(self) -> dict[Canonical, Counter[str]]:
        """The words with which the entries state each status."""
        found: dict[Canonical, Counter[str]] = {}
        for entry in self.index.entries:
            for said in entry.statements:
                word = said.slot.span.of(self.index.page.text)
                canonical = STATUS_WORDS.get(fold(word))
                if canonical is not None:
                    found.setdefault(canonical, Counter())[word] += 1  # type: ignore[arg-type]  # the table is typed by meaning
        return found

    @cached_property
    def language(self) -> Language | None:
        """The language of the statuses in the index; None where it states none, or they may be of several."""
        used = Counter(fold(word) for words in self.words.values() for word in words.elements())
        found = lookup.languages_of(("statuses", used.elements()))
        return found[0] if len(found) == 1 else None

    @cached_property
    def pictures(self) -> dict[Canonical, Counter[str]]:
        """The pictures beside the status of a record in each state, or in front of its entry."""
        found: dict[Canonical, Counter[str]] = {}
        for entry in self.index.entries:
            state = self.state(entry)
            words = (fold(said.slot.span.of(self.index.page.text)) for said in entry.statements)
            if state is None or any(STATUS_WORDS.get(word) != state for word in words):
                continue  # out of date, and its picture with it
            for strip in entry.strips:
                for part in strip.parts:
                    for slot in part.slots:
                        if slot.role == "mark":
                            found.setdefault(state, Counter())[slot.span.of(self.index.page.text)] += 1
        return found

    def status_word(self, record: Facts, like: str = "") -> str:
        """A record's status as the index states it: as the record spells it, in the index's language and in the case of `like`."""
        found = self.workspace.status(record)
        if found is None:
            return ""
        word = own_word(found.word, found.spelled, found.text)
        language = self.language
        known = language is None or not found.word or any(found.word in words for words in language.statuses.values())
        if not known and language is not None:
            used = self.words.get(found.canonical)
            word = used.most_common(1)[0][0] if used else next(iter(language.statuses.get(found.canonical, ())), word)
        return in_case(word, like)

    def picture(self, record: Facts, *, worded: bool) -> str:
        """The picture of a record's status: the one that this index uses for that state, else the record's own; empty where there is none.

        At last it is the usual one where no word states the status, `worded` being false, or where the index has that of other states.
        """
        state = self.workspace.canonical(record)
        used = self.pictures.get(state)
        if used:
            return used.most_common(1)[0][0]
        status = self.workspace.status(record)
        if status is not None:
            lead = _PICTURE.search(status.field.value[: status.span.end - status.field.value_span.start])
            if lead and STATUS_MARKS.get(lead["mark"]) == state:
                return lead[0]
        usual = sum(any(STATUS_MARKS.get(mark.rstrip("\ufe0f")) == of for mark in used) for of, used in self.pictures.items())
        if worded and usual < DISTINCT:
            return ""
        return next((mark for mark, means in STATUS_MARKS.items() if means == state), "")

    def state(self, entry: Entry) -> Canonical | None:
        """The state of the record that an entry lists; None where it lists none."""
        record = self.workspace.records.get(entry.path or "")
        return self.workspace.canonical(record) if record else None


@dataclass(frozen=True)
class OfIndex:
    """Whatever goes by the customs of one index."""

    customs: Customs

    @property
    def workspace(self) -> Workspace:
        """Where the index and its records are."""
        return self.customs.workspace

    @property
    def index(self) -> Index:
        """The index itself."""
        return self.customs.index


def said_in(record: Facts, key: str) -> str:
    """What a record says in the field of that folded key, in plain words; empty where it has none."""
    return next((record.plain(field) for field in record.fields if fold(field.key) == key), "")


def title_span(entry: Entry) -> Span | None:
    """Where an entry says what its record is called: in its link, behind that, or in a column for it; None where it does nowhere."""
    for strip in entry.strips:
        for part in strip.parts:
            mention = part.slots[0].mention if part.role == "link" else None
            named = entry.reader.label(mention) if mention is not None else part.slots
            for slot in named:
                if slot.role == "title":
                    return slot.span
    column = next((strip for strip in entry.strips if strip.place == "cell" and strip.role == "title"), None)
    return column.span if column is not None and column.span.start < column.span.end else None


def _is_said(spelled: str | None, said: str) -> bool:
    return spelled is not None and re.sub(r"\\\\(?=\\W)|[*_`]", "", spelled) == re.sub(r"[*_`]", "", said)


def _as_in(index: Index) -> Callable[[Facts], str | None]:
    """The title by which an index knows each record."""

    def called(record: Facts) -> str | None:
        spans = (title_span(entry) for entry in index.by_record.get(record.path, ()) if entry.path == record.path)
        span = next((span for span in spans if span is not None), None)
        return span.of(index.page.text) if span is not None else None

    return called


def _slug(record: Facts) -> str:
    return record.name.slug


def _spelt(words: Iterable[str], record: Facts, join: str) -> str:
    """The words with capitals, those that the title spells in a way of their own (``ABCI``, ``gRPC``) as it does."""
    own = {fold(word): word for word in re.findall(r"\w+", record.title or "") if not word[1:].islower()}
    return join.join(own.get(fold(word)) or (word if fold(word) in _SMALL else word[:1].upper() + word[1:]) for word in words)


def title_of(record: Facts) -> str:
    """A record's title as Markdown: as its heading has it where that is the title and holds no link, else escaped."""
    return record.marked or as_markdown(record.title or record.id)


_SMALL = frozenset(
    (*lookup.ENGLISH.articles, *lookup.ENGLISH.prepositions, *lookup.ENGLISH.conjunctions, *lookup.ENGLISH.disjunctions)
)
"""Words that keep their small letters in an English title."""
_SPELLINGS: tuple[Callable[[Facts], str | None], ...] = (
    title_of,
    _slug,
    lambda record: re.sub(r"[-_]+", " ", _slug(record)),
    lambda record: _spelt(re.split(r"[-_]+", _slug(record)), record, "-"),
    lambda record: _spelt(re.split(r"[-_]+", _slug(record)), record, " "),
    lambda record: _spelt(title_of(record).split(" "), record, " "),
    lambda record: (words := re.sub(r"[-_]+", " ", _slug(record)))[:1].upper() + words[1:],
)
"""How an index may spell what a record is called; the first is the usual."""


def own_word(word: str, spelled: str, text: str) -> str:
    """A record's status by its word alone, as the record spells it if it spells it right."""
    if word in lookup.misspelled():
        return lookup.misspelled()[word].capitalize()
    return spelled or word.capitalize() or text


def in_case(word: str, like: str) -> str:
    """The word with capitals as another one has them."""
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    if not letters:
        return word
    return word[:1].lower() + word[1:] if letters[0].islower() else word[:1].upper() + word[1:]


_SHOWN = lazy.regex(r"(?<!\\)(?:[\[\]`<~]|(?<![^\W_])_|_(?![^\W_])|\*(?=\S)|(?<=\S)\*|&(?=#?\w+;)|\\(?=[!-/:-@\[-`{-~]))")
"""What Markdown would take as a mark and not show as it is."""


def as_markdown(text: str) -> str:
    """The Markdown that shows plain text as it is."""
    return _SHOWN.sub(lambda match: "\\" + match[0], text)


def dated_like(iso: str, written: str, neighbour: str | None) -> str:
    """A date in the form of one that is written; `neighbour` is what that one means, which tells the order of day and month.

    As it is given where that form cannot be written.
    """
    read = dates.read(written)
    return dates.like(written, iso, month_first=read is not None and read.other is not None and read.other == neighbour)
