"""Outlines: the headings of a file, all records of the workspace and their sections by name, and what can be folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

from adr_ls.ide import matching
from adr_ls.ide.hover import heading
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


class Found(NamedTuple):
    """A record that a search finds, or one of its sections."""

    record: Facts
    section: Section | None = None


def workspace_symbols(workspace: Workspace, query: str) -> tuple[Found, ...]:
    """The records that a query finds by number, title words, status, date, label or person, the best first, and behind them sections; at most `MOST`.

    A section that all records have, such as the context, is found with words of its record alone.
    """
    scored = [found for log in workspace.logs for found in matching.fitting(workspace, log, query)]
    scored.sort(key=lambda found: -found[0])
    found = [Found(record) for _, record in scored[:MOST]]
    sections = (Found(record, record.sections[at]) for log in workspace.logs for record, at in matching.sections(log, query))
    return (*found, *islice(sections, MOST - len(found)))


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
