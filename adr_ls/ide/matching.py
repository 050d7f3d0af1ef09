"""Which records fit the words of a query, and how well: for whoever searches, and for completion.

What all records of a log are searched for by stands in one text, in which those that may fit are found at once; only these are looked at
one by one.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

from adr_ls.ide.hover import heading
from adr_ls.log.folds import Fold
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property

TELLING = 3
"""So many words of a query, the longest ones, tell which records are looked at; all others of a long one are asked for in these alone."""
COMMON = 4
"""A word does not tell that where one of so many records may fit it."""


def fitting(workspace: Workspace, log: Log, query: str) -> Iterator[tuple[int, Facts]]:
    """The records of a log that fit a query, in their order, each with how well it does."""
    searched = log.of(_SEARCHED)
    records = log.records
    for path in searched.likely(query):
        score = match(records[path], workspace, query, searched.by_path[path])
        if score:
            yield score, records[path]


def match(record: Facts, workspace: Workspace, query: str, known: Searched | None = None) -> int:
    """How well a record fits a query: 0 not at all; `known` is what it is searched for by, where somebody has that.

    Every word of it must occur in number, title, file name or status, or, which counts less, in the date, the labels or among the people.
    """
    title = haystack = besides = ""
    score = 0 if query.strip() else 1
    for word, number, is_number, begins, letters in _words(query):
        if not haystack:
            known = known or Searched.of(record)
            status, title = workspace.status(record), known.title
            said = f"{status.canonical} {status.word}" if status is not None else _NO_STATUS
            haystack, besides = f"{known.named} {said}", known.besides
        if number is not None and record.number == number and (is_number or word.startswith((record.series.casefold(), "adr"))):
            score += 5
        elif title.startswith(word):
            score += 4
        elif word in haystack:
            score += 3 if begins.search(haystack) else 1
        elif (letters and _has_letters(title, word)) or word in besides or word in (workspace.date(record) or ""):
            score += 1
        else:
            return 0
    return score


def sections(log: Log, query: str) -> Iterator[tuple[Facts, int]]:
    """The sections of which the words of a query name each, or else their record, but at least one names them.

    Each is given by its record and how many stand before it there. A section that all records have, such as the context, is found with words of its record alone.
    """
    words = [word.text for word in _words(query)]
    searched = log.of(_SEARCHED)
    title, last = "", None
    for path, at, name in searched.headings(words):
        record = log.records[path]
        rest = [word for word in words if word not in name]
        if record.sections.roles[at] is not None and not rest:
            continue
        if rest and record is not last:
            title, last = f"{record.id} {heading(record)}".casefold(), record
        if all(word in title for word in rest):
            yield record, at


class Searched(NamedTuple):
    """What a record is searched for by, folded: its title, that and its file's name, what else people say of it, and its number.

    `line` has all that a word of a query may be a part of, whatever of it holds; `sections` the names of its sections, one a line, None without any.
    """

    title: str
    named: str
    besides: str
    number: int | None
    line: str
    sections: str | None

    @staticmethod
    def of(record: Facts) -> Searched:
        """That of a record."""
        title = heading(record).casefold()
        named = f"{title} {record.name.stem.casefold()}"
        besides = "\n".join(field.value for field in record.fields if field.role in _BESIDES).casefold()
        statuses = (f"{status.canonical} {status.word}" for status in record.statuses)
        date = record.date
        dates = (date.iso, date.other, record.name.date) if date is not None else (record.name.date,)
        line = " ".join((named, besides, *(statuses if record.statuses else (_NO_STATUS,)), *filter(None, dates)))
        names = "\n".join(_in_one_line(name.casefold()) for name in record.sections.names) if record.sections else None
        return Searched(title, named, besides, record.number, _in_one_line(line), names)


_BESIDES = frozenset({"tags", "category", "author", "deciders"})
"""The fields by which a record may be looked for besides."""
_NO_STATUS = "none"
"""By what a record is found that states none."""


def _in_one_line(text: str) -> str:
    """A text without ends of lines, which stand in no word of a query."""
    return text.replace("\n", " ")


class _Lines:
    """Texts of one line or several, one behind the other, each with a line end before it."""

    def __init__(self, texts: Iterable[str]) -> None:
        every = [f"\n{text}" for text in texts]
        self.text = "".join(every)
        self._starts = [0, *accumulate(map(len, every))]

    def at(self, place: int) -> int:
        """Which text is at a place."""
        return bisect_right(self._starts, place) - 1

    def start(self, number: int) -> int:
        """Where a text begins, with the line end before it; of one behind the last where that ends."""
        return self._starts[number]

    def having(self, word: str) -> Iterator[int]:
        """Which texts have a word."""
        text, starts = self.text, self._starts
        place = text.find(word)
        while place >= 0:
            number = bisect_right(starts, place)
            yield number - 1
            place = text.find(word, starts[number])

    def lines(self, word: str) -> Iterator[int]:
        """Where the lines that have a word begin, with the line end before them."""
        place = self.text.find(word)
        while place >= 0:
            yield self.text.rfind("\n", 0, place)
            end = self.text.find("\n", place)
            place = self.text.find(word, end) if end >= 0 else -1


class _All:
    """What the records of a log are searched for by, `by_path` in their order; and the same in texts with lines for each."""

    def __init__(self, by_path: Mapping[str, Searched]) -> None:
        self.by_path = by_path

    @cached_property
    def _paths(self) -> list[str]:
        return [*self.by_path]

    @cached_property
    def _lines(self) -> _Lines:
        return _Lines(one.line for one in self.by_path.values())

    @cached_property
    def _titles(self) -> _Lines:
        return _Lines(_in_one_line(one.title) for one in self.by_path.values())

    @cached_property
    def _numbers(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, one in enumerate(self.by_path.values()):
            if one.number is not None:
                found.setdefault(one.number, []).append(at)
        return found

    @cached_property
    def _headings(self) -> tuple[list[str], _Lines]:
        """The paths of the records that have sections, and the names of these."""
        having = {path: one.sections for path, one in self.by_path.items() if one.sections is not None}
        return [*having], _Lines(having.values())

    def likely(self, query: str) -> Iterable[str]:
        """The paths of the records that may fit a query, in their order: all that do, and some others."""
        found: set[int] | None = None
        most = len(self.by_path) // COMMON
        for word in sorted(dict.fromkeys(_words(query)), key=lambda word: -len(word.text))[:TELLING]:
            own = list(islice(self._with(word), most))
            if len(own) < most:  # else it tells too little to be worth the search
                found = {*own} if found is None else found.intersection(own)
        return self.by_path if found is None else map(self._paths.__getitem__, sorted(found))

    def _with(self, word: _Word) -> Iterator[int]:
        """Which records may fit a word, some of them more than once."""
        yield from self._lines.having(word.text)
        if word.letters is not None:
            titles = self._titles
            yield from (titles.at(hit.start()) for hit in word.letters.finditer(titles.text))
        if word.number is not None:
            yield from self._numbers.get(word.number, ())

    def headings(self, words: Iterable[str]) -> Iterator[tuple[str, int, str]]:
        """The sections that some of the words stand in the names of, in order: the path, how many stand before it there, and its name."""
        paths, names = self._headings
        text = names.text
        last, before, counted = -1, 0, 0
        for start in heapq.merge(*map(names.lines, dict.fromkeys(words))):
            if start == last:
                continue
            number = names.at(start)
            begin = names.start(number)
            if last < begin:
                before, counted = 0, begin
            before += text.count("\n", counted, start)
            last = counted = start
            end = text.find("\n", start + 1)
            yield paths[number], before, text[start + 1 : end if end >= 0 else None]


class _Searched(Fold[tuple[str, Searched], _All]):
    """What all records of a log are searched for by: worked out once, for whoever types a query asks with each letter."""

    def __init__(self) -> None:
        super().__init__(lambda facts: (facts.path, Searched.of(facts)), lambda seen: _All(dict(seen)))

    def after(self, value: _All, old: Facts, new: Facts) -> _All:
        """With what the changed record is searched for by now."""
        path, now = self.see(new)
        return value if now == value.by_path[old.path] else _All({**value.by_path, path: now})

    def over(self, value: _All, gone: Sequence[Facts], come: Sequence[Facts], facts: Iterable[Facts]) -> _All:  # noqa: ARG002  # those that are gone are not looked for
        """With what those are searched for by that have come."""
        known = {**value.by_path, **dict(map(self.see, come))}
        return _All({one.path: known[one.path] for one in facts})


_SEARCHED = _Searched()


class _Word(NamedTuple):
    """A word of a query: the number at its end, and whether it is nothing else; the pattern of what begins with it.

    `letters` is that of lines that have its letters in their order; None for a word that is meant as it is, such as a number.
    """

    text: str
    number: int | None
    is_number: bool
    begins: re.Pattern[str]
    letters: re.Pattern[str] | None


@lru_cache(maxsize=16)
def _words(query: str) -> tuple[_Word, ...]:
    """Each word of a query."""
    found = []
    for word in query.casefold().split():
        digits = re.sub(r"^\D+", "", word)
        number = int(digits) if digits.isdecimal() and len(digits) < 10 else None
        letters = lazy.regex("\n" + "".join(f"[^{letter}\n]*{letter}" for letter in word)) if _is_spelled(word) else None
        found.append(_Word(word, number, word == digits, lazy.regex(rf"(?<!\w){re.escape(word)}"), letters))
    return tuple(found)


def _is_spelled(word: str) -> bool:
    """Whether a word may be meant by some of its letters."""
    return len(word) > 2 and word.isalpha()


def _has_letters(text: str, word: str) -> bool:
    """Whether a text has the letters of a word in their order."""
    at = 0
    for letter in word:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True
