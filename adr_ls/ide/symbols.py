"""Outlines: the headings of a file, all records of the workspace by name, and what can be folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from adr_ls.ide.hover import heading
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.syntax.markdown import Heading
from adr_ls.syntax.text import Span

MOST = 200
"""How many workspace symbols are answered at most."""


@dataclass
class Symbol:
    """A heading and what stands under it; `deprecated` for the title of a superseded record."""

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
    """The headings of a file as a tree, the record's title with its status first."""
    roots: list[Symbol] = []
    stack: list[Symbol] = []
    for found, reach in sections(record):
        title = found == record.heading
        status = workspace.status(record) if title and record.path in workspace.records else None
        name = record.document.plain(found.text) or "(untitled)"
        whole = Span(found.span.start, max(found.span.end, found.span.start + len(reach.of(record.text).rstrip())))
        symbol = Symbol(
            name,
            status.text[:80] if status else "",
            whole,
            found.span,
            found.level,
            bool(status and status.canonical == "superseded"),
        )
        while stack and stack[-1].level >= found.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(symbol)
        stack.append(symbol)
    return roots


def sections(record: Record) -> Iterator[tuple[Heading, Span]]:
    """Each heading, the title too, and all that stands under it with itself, up to the next one of its level or above."""
    following = [len(record.text)] * 7  # for each level, where the next heading of that level or above starts
    found = []
    for one in reversed(record.document.headings):
        found.append((one, Span(one.span.start, following[one.level])))
        for level in range(one.level, 7):
            following[level] = one.span.start
    return reversed(found)


def workspace_symbols(workspace: Workspace, query: str) -> tuple[Facts, ...]:
    """The records that a query finds by number, title words or status, the best first; at most `MOST`."""
    scored = [
        (score, position, record)
        for position, record in enumerate(workspace.records.values())
        if (score := match(record, workspace, query))
    ]
    scored.sort(key=lambda found: (-found[0], found[1]))
    return tuple(record for _, _, record in scored[:MOST])


def match(record: Facts, workspace: Workspace, query: str) -> int:
    """How well a record fits a query: 0 not at all; every word of it must occur in number, title, file name or status."""
    title = ""
    score = 0 if query.strip() else 1
    for word, number, is_number, begins, letters in _words(query):
        if not title:
            title = heading(record).casefold()
            haystack = f"{title} {record.name.stem.casefold()} {workspace.canonical(record)}"
        if number is not None and record.number == number and (is_number or word.startswith((record.series.casefold(), "adr"))):
            score += 5
        elif title.startswith(word):
            score += 4
        elif word in haystack:
            score += 3 if begins.search(haystack) else 1
        elif letters is not None and letters.match(title):
            score += 1
        else:
            return 0
    return score


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
    return re.compile("".join(f"[^{letter}]*{letter}" for letter in word))


def folds(record: Record) -> Iterable[Fold]:
    """What can be folded: front matter, sections, code blocks and comments of more than one line."""
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
        if block.kind in ("block_code", "block_html"):
            start, end = between(block.span)
            if end > start:
                comment = block.kind == "block_html" and record.text.startswith("<!--", block.span.start)
                yield Fold(start, end, "comment" if comment else "region")
