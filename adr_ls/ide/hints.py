"""Titles behind bare references, for those who do not know their records by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import fold

LONGEST = 60
"""How many characters of a title are shown."""


@dataclass(frozen=True)
class Hint:
    """Words that an editor shows at an offset, as if they were written there."""

    offset: int
    words: str


def hints(workspace: Workspace, file: Record, within: Span) -> Iterator[Hint]:
    """The titles of the records that a part of a file names by number alone; none where the title follows anyway."""
    for mention, resolution in workspace.resolved(file).items():
        if mention.form not in ("bare", "number") or mention.path is not None or not within.covers(mention.span):
            continue
        record = workspace.records.get(resolution.path or "")
        if record is None or not record.title or record.path == file.path or _follows(file, mention.span.end, record.title):
            continue
        title = record.title if len(record.title) <= LONGEST else record.title[: LONGEST - 1].rstrip() + "…"
        yield Hint(mention.span.end, title)


_MARKS = 100
"""How many marks and blanks may stand before and in a title that follows a number, besides those that it has itself."""


def _follows(file: Record, offset: int, title: str) -> bool:
    """Whether a title is written behind an offset, on the same line."""
    end = min(file.lines.span(file.lines.line_at(offset)).end, offset + 2 * len(title) + _MARKS)
    line = file.text[offset:end]
    return fold(line.lstrip(" \t:.,;()[]–—|*_\"'“”„«»`-")).startswith(fold(title))


def are_wanted(workspace: Workspace, file: Record) -> bool:
    """Whether the settings ask for them in a file."""
    log = workspace.log_of(file.path)
    return log is not None and log.config.at(file.path).title_hints
