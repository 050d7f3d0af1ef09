"""Renaming at the cursor: the number or the title of a record, from its own heading or from any reference to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from adr_ls.ide.target import Cursor, ReferenceTarget, SelfTarget, target
from adr_ls.record import mentions
from adr_ls.record.record import Record
from adr_ls.syntax.text import Span
from adr_ls.write import renaming
from adr_ls.write.renaming import Change, RenamingError


@dataclass(frozen=True)
class Renamable:
    """What can be renamed at a place: the record, whether by its number or its title, and the words to begin with."""

    record: Record
    what: Literal["number", "title"]
    span: Span
    words: str


def renamable(cursor: Cursor) -> Renamable | None:
    """What a rename at the cursor is about; None where it is about nothing that has a name here."""
    found = target(cursor)
    text = cursor.record.text
    if isinstance(found, SelfTarget):
        number, title = renaming.number_span(found.record), renaming.title_span(found.record)
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


def rename(cursor: Cursor, words: str, *, move: bool, beside: Sequence[Record] = ()) -> Change:
    """The change that gives what is at the cursor another name; without `move` no file gets one. `beside` is as in `renaming.moved`.

    Raises `RenamingError` where that cannot be.
    """
    found = renamable(cursor)
    if found is None:
        raise RenamingError("There is no number or title of an ADR here.")
    if found.what == "title":
        return renaming.retitled(cursor.workspace, found.record, words, move=move, beside=beside)
    number = re.fullmatch(r"\s*(?:[A-Za-z][A-Za-z -]*?[-_ ]*)?#?(\d{1,30})\s*", words)
    if number is None:
        raise RenamingError(f"“{words.strip()}” is no number; choose one from 0 to {renaming.GREATEST}.")
    change = renaming.renumbered(cursor.workspace, found.record, int(number[1]), beside)
    if change.moves and not move:
        raise RenamingError("The number is in the file's name, and this editor does not let others rename files.")
    return change
