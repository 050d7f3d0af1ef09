"""What heads entries: the statuses that headings name, and items that are used as headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from adr_ls.record import status
from adr_ls.record.parts import Section
from adr_ls.syntax.markdown import Block, Heading
from adr_ls.syntax.text import Span
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import every, fold

LONGEST_HEADING = 60
"""How many characters a heading that names a status has at most."""
DEEPEST = 6
"""The level of the lowest headings, below which are the items that are used as such."""


def state_of(name: str) -> Canonical | None:
    """The status that a heading names: ``Accepted``, ``Superseded Records``; None for any other."""
    if len(name) > LONGEST_HEADING:
        return None
    reading = status.read(name)
    if reading.word:
        return reading.canonical if not reading.partial else None
    # In most languages what describes a noun stands behind it: "ADR aceptados"
    words = [word for word in re.findall(r"[^\W\d_]+", fold(name)) if word not in listed_nouns()]
    return status.read(words[0]).canonical if len(words) == 1 and status.leading_word(words[0]) == words[0] else None


def as_section(item: Block, level: int, name: str) -> Section:
    """An item as the heading of those below it."""
    own = next(child for child in item.children if child.kind in ("paragraph", "heading")).span
    below = Span(own.end, max(own.end, item.span.end))
    return Section(Heading(level, own, own, name), name, None, below, below, is_empty=below.start == below.end)


@cache
def listed_nouns() -> frozenset[str]:
    """The words for what an index lists, and for itself."""
    return frozenset(every("records", "names", "indexes"))


Heads = Mapping[int, Section]
"""The items that head others, by where they start."""
