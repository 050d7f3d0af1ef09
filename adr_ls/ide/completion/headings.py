"""Headings: the title with the next number, and the sections that the house expects and the record lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_ls.ide.completion.place import Completion, Item, Place, listed
from adr_ls.log.discovery import is_reserved
from adr_ls.log.log import Log
from adr_ls.rules import madr
from adr_ls.syntax import lazy
from adr_ls.words.lookup import fold
from adr_ls.write import creation

_HEADING = lazy.regex(r"^(?P<marks>#{1,4})[ \t][^#\n]*$")


def headings(place: Place) -> Completion | None:
    """What may be a heading there."""
    found, log = _HEADING.match(place.before), place.cursor.log
    if not found or log is None or not (place.cursor.is_record or _may_be_one(place)):
        return None
    typed = place.typed(0, r"(?:.*[^ \t\n])?")
    marks = found["marks"]
    here = place.line.start
    others = [heading for heading in place.record.document.headings if heading.span.start != here]
    items = [*_titles(place, log)] if marks == "#" and not any(one.level == 1 for one in others) else []
    items += _sections(place, log)
    items += _options(place, marks)
    return listed(typed, items, marks + " ")


def _may_be_one(place: Place) -> bool:
    """Whether a file among the records may become one, as it has hardly begun."""
    return place.cursor.index is None and not is_reserved(place.record.name.stem)


def _titles(place: Place, log: Log) -> Iterator[Item]:
    """The number of the record, its file's own or else the next, as titles have it; and with the words of the file's name behind it."""
    name = place.record.name
    number = name.number
    if number is None and name.date is None:
        number = creation.next_number(place.workspace, log)
    if number is None:
        return
    label = creation.title_label(log, number)
    if not label:
        return
    words = re.sub(r"[-_]+", " ", name.slug).strip() if name.number is not None else ""
    yield Item(
        label.rstrip(" :.–—-|") or label, f"# {label}", label, "section", "the next number" if name.number is None else ""
    )
    if words:
        title = label + words[:1].upper() + words[1:]
        yield Item(title, f"# {title}", title, "section")


def _sections(place: Place, log: Log) -> Iterator[Item]:
    """The missing sections, each at its own level."""
    here = place.line.start
    present = {section.role or fold(section.name) for section in place.record.sections if section.heading.span.start != here}
    for expected in log.house.sections:
        if (expected.role or fold(expected.name)) not in present:
            yield Item(expected.name, "#" * expected.level + " " + expected.name, expected.name, "section", expected.evidence)


def _options(place: Place, marks: str) -> Iterator[Item]:
    """The options whose pros and cons are still to be told, below the heading for that."""
    for name in madr.unweighed(place.record, place.line.start):
        yield Item(name, f"{marks} {name}", name, "option")
