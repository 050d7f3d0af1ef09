"""Bare references in prose: ``ADR`` and ``ADR-``, or the series of another log; a blank instead of the hyphen only before a number."""

from __future__ import annotations

import re

from adr_ls.ide.completion import naming, records
from adr_ls.ide.completion.place import Completion, Place
from adr_ls.record import mentions
from adr_ls.syntax import lazy

PLAIN = ("adr", "adrs")
"""The words for a record of whatever series, in lower case."""
_HEAD = rf"(?:(?<![\w/.-])|{mentions.OPEN})"
_SERIES = lazy.regex(rf"{_HEAD}(?P<word>[A-Za-z]+(?:-[A-Za-z]+){{0,3}})(?P<join>[- ]#?)(?P<typed>\w*)$")
_ALONE = lazy.regex(rf"{_HEAD}(?P<word>[A-Z]+(?:-[A-Z]+){{0,3}})(?P<join>)(?P<typed>)$")
"""The series with nothing behind it, in capitals, as it is no word of prose then."""


def references(place: Place) -> Completion | None:
    """The records of a series, as the log mentions them."""
    found = _SERIES.search(place.before) or _ALONE.search(place.before)
    if not found or (not found["typed"] and re.match(r"[^\W\d_]", place.behind)):
        return None
    series = found["word"].casefold()
    if series not in PLAIN and series not in place.workspace.names.series:
        return None
    if found["join"] == " " and not found["typed"].isdigit():
        return None  # prose goes on behind "This ADR "
    if not found["join"] and place.behind.startswith("-"):
        return None  # in the midst of a name
    typed = place.typed(found.start("word"), r"[^\W_]*")
    fitting = records.fitting(place, found["typed"])
    named = (one for one in fitting if one.number is not None and (series in PLAIN or one.series.casefold() == series))
    return records.offered(place, typed, named, naming.mention(place))
