"""Renaming at the cursor.

That is the number or the title of a record, from its own heading or from any reference to it; another heading, from itself or from a
link to its anchor; the label of links; the word of a status, in all records of the log.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from adr_ls.ide.target import Cursor, HeadingTarget, LabelTarget, ReferenceTarget, SelfTarget, StatusTarget, named_part, target
from adr_ls.index import update
from adr_ls.record import mentions
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import Span
from adr_ls.write import editing, renaming, rewording
from adr_ls.write.renaming import RenamingError


@dataclass(frozen=True)
class Renamable:
    """What can be renamed at a place, by what, and the words to begin with; `record` is the one that is renamed, or in which it stands."""

    record: Record
    what: Literal["number", "title", "heading", "label", "status"]
    span: Span
    words: str
    part: HeadingTarget | LabelTarget | None = None


def renamable(cursor: Cursor) -> Renamable | None:
    """What a rename at the cursor is about; None where it is about nothing that has a name here."""
    found = _named(cursor)
    return None if found is None or cursor.record.is_fixed or found.record.is_fixed else found


def _named(cursor: Cursor) -> Renamable | None:
    """What at the cursor has a name, whether or not it can get another one."""
    part = named_part(cursor)
    if part is not None and not (isinstance(part, HeadingTarget) and _is_title(cursor, part)):
        return _part(cursor, part)
    found = target(cursor)
    text = cursor.record.text
    if isinstance(found, StatusTarget) or found is None:
        return _status(cursor)
    if isinstance(found, SelfTarget):
        number, title = renaming.own_names(found.record, found.span)
        if number is not None and cursor.offset <= number.end and found.record.number is not None:
            return Renamable(found.record, "number", number, number.of(text))
        if title is not None and found.record.title == title.of(text):
            return Renamable(found.record, "title", title, title.of(text))
        return None
    if not isinstance(found, ReferenceTarget) or found.resolution.path is None or not found.records:
        return None
    record, mention = cursor.workspace.file(found.records[0].path), found.mention
    if record is None:
        return None
    place = mention.link.text if mention.link is not None else mention.span
    written = place.of(text)
    digits = mentions.number_span(mention, text) if mention.number == record.number else None
    title = renaming.repeated(written, record, record.title) if record.title else None
    if digits is not None and (title is None or cursor.offset <= digits.end):
        return Renamable(record, "number", digits, mention.digits)
    if record.title and title is not None:
        return Renamable(record, "title", title.shift(place.start), record.title)
    return None


def _is_title(cursor: Cursor, part: HeadingTarget) -> bool:
    """Whether a link leads to the title of a record."""
    return part.heading == part.file.heading and part.file.path in cursor.workspace.records


def _part(cursor: Cursor, part: HeadingTarget | LabelTarget) -> Renamable:
    """What within a file can be renamed; from a link to a heading its fragment is shown to be replaced."""
    if isinstance(part, LabelTarget):
        return Renamable(cursor.record, "label", part.span, part.span.of(cursor.record.text), part)
    words = part.heading.text
    span = words if part.span == part.heading.span else part.span
    return Renamable(part.file, "heading", span, words.of(part.file.text), part)


def _status(cursor: Cursor) -> Renamable | None:
    """The word of a status at the cursor, in a record or in the entry of an index."""
    if cursor.log is None:
        return None
    spans: list[Span] = []
    if cursor.index is not None:
        strips = (strip for entry in cursor.index.entries if cursor.offset in entry.span for strip in entry.strips)
        spans += (slot.span for strip in strips for part in strip.parts for slot in part.slots if slot.role == "status")
    elif cursor.is_record:
        found = (rewording.word_span(cursor.log, cursor.record, status) for status in cursor.record.statuses)
        spans += (span for span in found if span is not None)
    span = next((span for span in spans if cursor.offset in span), None)
    return Renamable(cursor.record, "status", span, span.of(cursor.record.text)) if span is not None else None


def rename(cursor: Cursor, words: str, *, move: bool, beside: Sequence[Record] = ()) -> Change:
    """The change that gives what is at the cursor another name; without `move` no file gets one. `beside` is as in `renaming.moved`.

    Raises `RenamingError` where that cannot be.
    """
    found = _named(cursor)
    for file in (cursor.record, found.record) if found is not None else ():
        if obstacle := editing.obstacle(file):
            raise RenamingError(obstacle)
    if found is None:
        raise RenamingError("There is nothing here that has a name: no number or title of an ADR, heading, label or status.")
    match found:
        case Renamable(what="heading", part=HeadingTarget(heading=heading)):
            return renaming.reheaded(cursor.workspace, found.record, heading, words, beside)
        case Renamable(what="label", part=LabelTarget(definition=definition)):
            return rewording.relabelled(found.record, definition, words)
        case Renamable(what="status") if cursor.log is not None:
            return rewording.restated(cursor.workspace, cursor.log, found.words, words)
    if found.what == "title":
        change = renaming.retitled(cursor.workspace, found.record, words, move=move, beside=beside)
        return update.resorted(cursor.workspace, change, found.record.path)
    number = re.fullmatch(r"\s*(?:[A-Za-z][A-Za-z -]*(?:_[-_ ]*)?)?#?(\d{1,30})\s*", words)
    if number is None:
        raise RenamingError(f"“{words.strip()}” is no number; choose one from 0 to {renaming.GREATEST}.")
    change = renaming.renumbered(cursor.workspace, found.record, int(number[1]), beside)
    change = update.resorted(cursor.workspace, change, found.record.path)
    if change.moves and not move:
        raise RenamingError("The number is in the file's name, and this editor does not let others rename files.")
    return change
