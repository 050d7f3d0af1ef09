"""Outlines: the headings of a file, all records of the workspace and their sections by name, and what can be folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from adr_ls.ide.hover import heading
from adr_ls.log.folds import Fold as OverRecords
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax.markdown import Heading
from adr_ls.syntax.text import Span

MOST = 200
"""How many workspace symbols are answered at most."""
HEADINGS = 5000
"""How many headings of one file are in its outline; nobody looks for one among more."""


@dataclass
class Symbol:
    """A heading and what stands under it; `deprecated` for the title of a record that holds no longer (`is_struck`)."""

    name: str
    detail: str
    span: Span
    selection: Span
    level: int
    deprecated: bool = False
    children: list[Symbol] = field(default_factory=list)


@dataclass(frozen=True)
class Fold:
    """Lines that can be folded, from and to (both from 0, both included)."""

    start: int
    end: int
    kind: Literal["region", "comment"] = "region"


def document_symbols(workspace: Workspace, record: Record) -> list[Symbol]:
    """The headings of a file as a tree; above all those of a record its title, with its status, be it a heading or not."""
    roots: list[Symbol] = []
    stack: list[Symbol] = []
    facts = workspace.records.get(record.path)
    headings = record.document.headings
    # The sections of some are headings of the same level as the title, and some have their title in the front matter alone
    holds_all = facts is not None and (record.heading is None or record.heading == headings[0])
    if facts is not None and record.heading is None:
        roots.append(_of_record(workspace, facts, heading(facts), Span(0, len(record.text.rstrip())), _title_place(record)))
        stack.append(roots[0])
    for found, reach in islice(sections(record), HEADINGS):
        name = record.document.plain(found.text) or "(untitled)"
        whole = Span(found.span.start, max(found.span.end, found.span.start + len(reach.of(record.text).rstrip())))
        if found == record.heading and facts is not None:
            end = len(record.text.rstrip()) if holds_all else whole.end
            symbol = _of_record(workspace, facts, name, Span(whole.start, end), found.span)
            symbol.level = 0 if holds_all else found.level
        else:
            symbol = Symbol(name, "", whole, found.span, found.level)
        while stack and stack[-1].level >= symbol.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(symbol)
        stack.append(symbol)
    return roots


def _of_record(workspace: Workspace, record: Facts, name: str, whole: Span, selection: Span) -> Symbol:
    """The symbol of a record itself."""
    status = workspace.status(record)
    return Symbol(name, status.text[:80] if status else "", whole, selection, 0, is_struck(workspace, record))


def is_struck(workspace: Workspace, record: Known) -> bool:
    """Whether the name of a record is struck out, since what it decided holds no longer."""
    return workspace.standing(record) in ("superseded", "deprecated")


def _title_place(record: Record) -> Span:
    """Where a record without a heading for it has its title, else its beginning."""
    field = record.field("title")
    return field.span if field is not None and field.place == "front-matter" else Span(0, 0)


def sections(record: Record) -> Iterator[tuple[Heading, Span]]:
    """Each heading, the title too, and all that stands under it with itself, up to the next one of its level or above."""
    following = [len(record.text)] * 7  # for each level, where the next heading of that level or above starts
    found = []
    for one in reversed(record.document.headings):
        found.append((one, Span(one.span.start, following[one.level])))
        for level in range(one.level, 7):
            following[level] = one.span.start
    return reversed(found)


@dataclass(frozen=True)
class Found:
    """A record that a search finds, or one of its sections."""

    record: Facts
    section: Section | None = None


def workspace_symbols(workspace: Workspace, query: str) -> tuple[Found, ...]:
    """The records that a query finds by number, title words, status, date, label or person, the best first, and behind them sections; at most `MOST`.

    A section that all records have, such as the context, is found with words of its record alone.
    """
    scored = [
        (score, record)
        for log in workspace.logs
        for known in (log.of(_SEARCHED),)
        for path, record in log.records.items()
        if (score := match(record, workspace, query, known[path]))
    ]
    scored.sort(key=lambda found: -found[0])
    found = [Found(record) for _, record in scored[:MOST]]
    return (*found, *islice(_found_sections(workspace, query), MOST - len(found)))


def _found_sections(workspace: Workspace, query: str) -> Iterator[Found]:
    """The sections of which the words of a query name each, or else their record, but at least one names them."""
    words = [word for word, *_ in _words(query)]
    for record, sections in _with_sections(workspace) if words else ():
        if not any(word in sections for word in words):
            continue  # as in most records
        title = ""
        for at, (name, role) in enumerate(zip(record.sections.names, record.sections.roles, strict=True)):
            folded = name.casefold()
            own = [word for word in words if word in folded]
            if not own or (role is not None and len(own) == len(words)):
                continue
            title = title or f"{record.id} {heading(record)}".casefold()
            if all(word in title for word in words if word not in own):
                yield Found(record, record.sections[at])


def _with_sections(workspace: Workspace) -> Iterator[tuple[Facts, str]]:
    """All records, each with the names of its sections, folded."""
    for log in workspace.logs:
        known = log.of(_SEARCHED)
        yield from ((record, known[path].sections) for path, record in log.records.items())


class _Searched(NamedTuple):
    """What a record is searched for by, folded: its title, that and its file's name, what else people say of it, the names of its sections."""

    title: str
    named: str
    besides: str
    sections: str

    @staticmethod
    def of(record: Facts) -> _Searched:
        title = heading(record).casefold()
        besides = (field.value for field in record.fields if field.role in _BESIDES)
        sections = "\n".join(record.sections.names).casefold()
        return _Searched(title, f"{title} {record.name.stem.casefold()}", "\n".join(besides).casefold(), sections)


class _AllSearched(OverRecords[tuple[str, _Searched], Mapping[str, _Searched]]):
    """The same of all records, by path: worked out once, for whoever types a query asks with each letter."""

    def __init__(self) -> None:
        super().__init__(lambda facts: (facts.path, _Searched.of(facts)), dict)

    def after(self, value: Mapping[str, _Searched], old: Facts, new: Facts) -> Mapping[str, _Searched]:
        """With what the changed record is searched for by now."""
        path, now = self.see(new)
        return value if now == value[old.path] else {**value, path: now}


_SEARCHED = _AllSearched()


def match(record: Facts, workspace: Workspace, query: str, known: _Searched | None = None) -> int:
    """How well a record fits a query: 0 not at all; `known` is what it is searched for by, where somebody has that.

    Every word of it must occur in number, title, file name or status, or, which counts less, in the date, the labels or among the people.
    """
    title = haystack = besides = ""
    score = 0 if query.strip() else 1
    for word, number, is_number, begins, letters in _words(query):
        if not haystack:
            known = known or _Searched.of(record)
            status, title = workspace.status(record), known.title
            said = f"{status.canonical} {status.word}" if status is not None else "none"
            haystack, besides = f"{known.named} {said}", known.besides
        if number is not None and record.number == number and (is_number or word.startswith((record.series.casefold(), "adr"))):
            score += 5
        elif title.startswith(word):
            score += 4
        elif word in haystack:
            score += 3 if begins.search(haystack) else 1
        elif (letters is not None and letters.match(title)) or word in besides or word in (workspace.date(record) or ""):
            score += 1
        else:
            return 0
    return score


_BESIDES = frozenset({"tags", "category", "author", "deciders"})
"""The fields by which a record may be looked for besides."""


@lru_cache(maxsize=16)
def _words(query: str) -> tuple[tuple[str, int | None, bool, re.Pattern[str], re.Pattern[str] | None], ...]:
    """Each word of a query: the number at its end, whether it is nothing else, the pattern of what begins with it, and `_scattered`."""
    found = []
    for word in query.casefold().split():
        digits = re.sub(r"^\D+", "", word)
        number = int(digits) if digits.isdecimal() and len(digits) < 10 else None
        found.append((word, number, word == digits, re.compile(rf"(?<!\w){re.escape(word)}"), _scattered(word)))
    return tuple(found)


def _scattered(word: str) -> re.Pattern[str] | None:
    """The pattern of a text that has the letters of a word in their order; None for one that is meant as it is, such as a number."""
    if len(word) <= 2 or not word.isalpha():
        return None
    return re.compile(r"\A" + "".join(f"[^{letter}]*{letter}" for letter in word))


def folds(record: Record) -> Iterable[Fold]:
    """What can be folded: front matter, sections, code, comments, tables, lists and quotes of more than one line."""
    lines = record.lines

    def between(span: Span) -> tuple[int, int]:
        text = record.text[span.start : span.end].rstrip()
        return lines.line_at(span.start), lines.line_at(span.start + max(0, len(text) - 1))

    if record.front is not None:
        yield Fold(*between(record.front.span), "region")
    for section in record.sections:
        start, end = between(Span(section.heading.span.start, section.body.end))
        if end > start:
            yield Fold(start, end)
    for block in record.document.walk():
        if block.kind in ("block_code", "block_html", "table", "list", "block_quote"):
            start, end = between(block.span)
            if end > start:
                comment = block.kind == "block_html" and record.text.startswith("<!--", block.span.start)
                yield Fold(start, end, "comment" if comment else "region")
