"""Metadata keys: those that other records of the log have in this place, or its template or dialect has, and this one lacks."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from adr_ls.ide.completion.place import NOTHING, Completion, Item, Place, listed
from adr_ls.log import dialects
from adr_ls.log.folds import Tally
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.words.lookup import fold
from adr_ls.write import editing

_KEY = lazy.regex(r"^(?P<lead>[ \t>]*(?:[-*+][ \t]+)?)(?P<mark>\*\*|__)?(?P<typed>[^\W\d_][\w -]{0,30})?$")
_KEYED = ("front-matter", "bold-line", "bullet", "plain-line")
"""Where a key stands in front of its value."""
_KEYS = Tally(lambda record: ((field.place == "front-matter", field.key) for field in record.fields if field.place in _KEYED))
"""How many records have which key, in front matter or below their titles."""
_INSIDE = Tally(lambda record: (record.key_ends[:1],) if record.key_ends else ())
"""How many records have the colon of a bold key inside its marks, or outside."""


def in_front(place: Place) -> Completion | None:
    """A key of front matter."""
    found = _KEY.match(place.before)
    if not found or not place.cursor.is_record or found["mark"]:
        return None
    is_keyed = re.match(r"[\w-]*[ \t]*[:=]", place.behind)
    return _offered(
        place, found.end("lead"), r"[\w-]*", "{}" if is_keyed else "{} = " if editing.is_toml(place.record) else "{}: "
    )


def in_body(place: Place) -> Completion | None:
    """A metadata key in the area above the first section; behind the title, and only where something of it is typed."""
    found, record = _KEY.match(place.before), place.record
    if not found or not place.cursor.is_record or place.cursor.offset > _area_end(record) or not place.before.strip(" \t>"):
        return None
    if record.heading is not None and place.cursor.offset <= record.heading.span.end:
        return None
    mark = found["mark"] or ""
    close = re.escape(mark)
    if found["typed"]:
        behind = rf"[\w ()/-]*?(?:{close}[ \t]*:?|:{close})[ \t]?|[\w-]*" if mark else r"[\w-]*(?:[ \t]*:[ \t]?)?"
    else:
        behind = rf"(?:{close}[ \t]*:?|:{close})?" if mark else ""
    is_bold = bool(mark) or place.house.status_place == "bold-line"
    ends: Counter[str] = place.log.of(_INSIDE) if place.log else Counter()
    sign = mark or "**"
    form = f"{sign}{{}}:{sign} " if ends[":"] > ends["*"] + ends["_"] else f"{sign}{{}}{sign}: "
    return _offered(place, found.end("lead"), behind, form if is_bold else "{}: ", sign if is_bold else "")


def _area_end(record: Record) -> int:
    return next((section.heading.span.start for section in record.sections), len(record.text))


SHOWING = 20
"""So many records show in which order keys stand of which as many records have one as another."""


def _offered(place: Place, start: int, behind: str, form: str, lead: str = "") -> Completion:
    log, record, line = place.cursor.log, place.record, place.line
    if log is None:
        return NOTHING
    have = {fold(field.key) for field in record.fields if not (line.start <= field.key_span.start < line.end)}
    counted = {key: count for (front, key), count in log.of(_KEYS).items() if front == place.in_front and count >= 2}
    order = {
        key: at
        for at, key in enumerate(
            dict.fromkeys(field.key for one in islice(log.records.values(), SHOWING) for field in one.fields)
        )
    }
    counts = dict(sorted(counted.items(), key=lambda pair: (-pair[1], order.get(pair[0], len(order)), pair[0])))
    asked = [
        field.key
        for template in log.templates
        for field in template.fields
        if field.place in _KEYED and (field.place == "front-matter") == place.in_front
    ]
    if place.in_front:
        asked += dialects.keys_of(log.dialect, log.habits.headings)
    names: dict[str, str] = {}
    for key in (*counts, *asked):
        names.setdefault(fold(key), key)
    typed = place.typed(start, behind)
    return listed(
        typed,
        (
            Item(
                name,
                form.format(name),
                name,
                "key",
                f"in {counts[name]} of {log.size} records here" if name in counts else "as the template has it",
            )
            for key, name in names.items()
            if key not in have
        ),
        lead if typed.text.startswith(lead) else "",
    )
