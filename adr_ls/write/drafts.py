"""Drafts that are known by their name, such as ``draft-use-kafka.md``, as records with a number: how the house numbers its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import STATUS_WORDS, any_of, every, one_of
from adr_ls.write import creation

_UNDECIDED = one_of(word for word, state in STATUS_WORDS.items() if state in ("draft", "proposed"))
_PLACE = rf"[\[({{<]?(?:{_UNDECIDED}|{one_of(every('numbers'))}|X{{2,}}|N{{2,}}|(?<!\#)\#{{2,}}|\?+|0+[XN]*)[\])}}>]?"
_NOUN = rf"(?:ADR|{any_of('names')})"
_NAME = rf"(?:{_NOUN}[-_ #]*)?"
_IN_STEM = lazy.regex(rf"(?:{_NAME}{_PLACE}[-_ .]+|{_NOUN}[-_ #]*(?:(?<=[-_ ])|\.[-_ .]*))(?=\w)", re.IGNORECASE)
_IN_TITLE = lazy.regex(rf"{_NAME}{_PLACE}(?:[ \t]*[:.–—|-]+[ \t]*|(?<=[\])}}>])[ \t]+)(?=\S)", re.IGNORECASE)


def numbered(workspace: Workspace, log: Log, record: Record, number: int) -> tuple[str, tuple[Edit, ...]]:
    """The path of a record without a number once it has that one, and the edits of its title and front matter.

    What a draft says in the place of a number, such as ``draft-`` or ``ADR-XXX:``, gives way to it. The path stays the same where
    the other records of the log have no numbers in their names.
    """
    models = creation.models_with_numbers(log)
    title = _after(_IN_TITLE.match, record.title or "")
    words = re.sub(r"[-_.]+", " ", _after(_IN_STEM.match, record.name.stem))
    path = creation.path_of(log, models, words, number, workspace.today)
    if record.name.own_directory:
        path = record.path
    filler = creation.filler(workspace, log, models, path, title or words, number)
    return path, _edits(record.text, filler.named(record.text))


def _after(marker: Callable[[str], re.Match[str] | None], text: str) -> str:
    found = marker(text)
    return text[found.end() :] if found else text


def _edits(before: str, after: str) -> tuple[Edit, ...]:
    """The one edit that turns a text into another."""
    if before == after:
        return ()
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return (Edit(Span(start, len(before) - end), after[start : len(after) - end]),)


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    least = min(len(one), len(other))
    return next((index for index in range(least) if one[index] != other[index]), least)
