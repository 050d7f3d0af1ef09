"""The values of fields: what stands behind a key in front matter, on a line or in a cell, or below the heading ``## Status``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import get_args

from adr_ls.ide.completion import naming, people, records, statuses
from adr_ls.ide.completion.place import NOTHING, Completion, Item, Place, listed
from adr_ls.log.log import Log
from adr_ls.record.facts import Facts
from adr_ls.record.metadata import Field, role_of, section_role
from adr_ls.record.metadata import Place as Carrier
from adr_ls.syntax import lazy
from adr_ls.words.lookup import any_of, every, one_of, words_for
from adr_ls.write import editing, wording


@dataclass(frozen=True)
class Value:
    """A value that begins at `start` of the line, of a field of that role, and what it has to be written with.

    `quote` is the quotation mark around it in front matter, `lead` the blank that is still lacking before it, `field` what is read
    of it already.
    """

    place: Place
    role: str
    start: int
    carrier: Carrier
    quote: str = ""
    lead: str = ""
    field: Field | None = None

    @property
    def text(self) -> str:
        """What is typed of it before the cursor."""
        return self.place.before[self.start :]

    def written(self, said: str) -> str:
        """A value as its place can hold it."""
        if self.quote == "'":
            said = said.replace("'", "''")
        elif self.quote:
            said = said.replace("\\", "\\\\").replace('"', '\\"')
        elif self.carrier == "front-matter":
            said = editing.toml_scalar(said) if editing.is_toml(self.place.record) else editing.yaml_scalar(said)
        else:
            said = editing.CARRIERS[self.carrier].escape(said)
        return self.lead + said


# Where


_FRONT_VALUE = lazy.regex(r"^(?P<key>[\w \t-]+)[:=][ \t]*(?P<value>.*)")
_FRONT_ITEM = lazy.regex(r"^[ \t]*-[ \t]+(?P<value>.*)")


def in_front(place: Place) -> Completion | None:
    """A value of front matter, or one of several in a list."""
    found = _FRONT_VALUE.match(place.before)
    item = None if found else _FRONT_ITEM.match(place.before)
    if found:
        role = role_of(found["key"].strip())
    elif item:
        front, start = place.record.front, place.line.start
        entries = front.entries if front else ()
        entry = next((e for e in entries if e.span.start <= start <= e.span.end + 2), None)
        role = role_of(entry.key) if entry else None
    value = found or item
    if not value or role is None or role not in _OFFERED:
        return NOTHING if value else None
    at, written = value.start("value"), value["value"]
    if written.startswith("["):
        opened = re.match(r"""\[(?:"[^"]*"|'[^']*'|[^"',\]])*(?:,(?:"[^"]*"|'[^']*'|[^"',\]])*)*""", written)
        comma = max(written.rfind(","), 0) if opened else 0
        at, written = at + comma + 1, written[comma + 1 :]
    blank = len(written) - len(written.lstrip())
    at, written = at + blank, written[blank:]
    quote = written[:1] if written[:1] in ("'", '"') else ""
    if quote and quote in written[1:]:
        return NOTHING  # behind the closing one
    lead = " " if not quote and place.before[at - 1 : at] in (":", "=", ",") else ""
    return _OFFERED[role](Value(place, role, at + len(quote), "front-matter", quote, lead))


def in_body(place: Place) -> Completion | None:
    """A value of the body: behind its key on the line, in its cell, or below a heading that is its key."""
    record, at, line = place.record, place.cursor.offset, place.line
    fields = [field for field in record.fields if field.place not in ("front-matter", "section")]
    field = next((field for field in fields if at in field.value_span and field.value_span.start < field.value_span.end), None)
    if field is None:
        cells = (f for f in fields if f.place == "table" and line.start <= f.value_span.start <= at)
        field = next((f for f in cells if not f.value and not record.text[f.value_span.start : at].strip()), None)
    if field is None:
        on_line = [f for f in fields if line.start <= f.key_span.start < line.end and f.key_span.end < at]
        field = max(on_line, key=lambda f: f.key_span.end, default=None)
    if field is None and (row := _open_row(place)) is not None:
        about, begins = row
        lead = " " if place.before[begins - 1 : begins] == "|" else ""
        return _OFFERED[about](Value(place, about, begins, "table", lead=lead))
    if field is not None:
        if field.role is None or field.role not in _OFFERED:
            return None
        start = max(min(field.value_span.start, at), line.start) - line.start
        bullet = re.match(r"[ \t]*[-*+][ \t]+", place.before) if not start else None
        start = bullet.end() if bullet else start
        start += len(place.before[start:]) - len(place.before[start:].lstrip())
        lead = " " if place.before[start - 1 : start] in (":", "*", "_", "|") else ""
        return _OFFERED[field.role](Value(place, field.role, start, field.place, lead=lead, field=field))
    section = next((s for s in reversed(record.sections) if s.heading.span.start < line.start), None)
    if (
        section is None
        or not place.cursor.is_record
        or section.own.start > line.start
        or line.of(record.text).lstrip().startswith("#")
    ):
        return None
    role = section_role(section.name)
    if role not in ("status", "date"):
        return None
    opening = re.match(r"[ \t>]*(?:[-*+][ \t]+)?(?:\[[ xX]\][ \t]+)?(?:\*\*|__)?", place.before)
    return _OFFERED[role](Value(place, role, opening.end() if opening else 0, "section"))


def _open_row(place: Place) -> tuple[str, int] | None:
    """What the row of a table is about that lacks its last bar as yet, so that it is none, and where its value begins in the line."""
    row = _OPEN_ROW.fullmatch(place.before)
    lines, number = place.record.lines, place.record.lines.line_at(place.line.start)
    above = lines.span(number - 1).of(place.record.text).lstrip() if row is not None and number else ""
    role = role_of(row["key"].strip(" \t*_")) if row is not None and above.startswith("|") else None
    return (role, row.start("value")) if row is not None and role in _OFFERED and role is not None else None


_OPEN_ROW = lazy.regex(r"[ \t]*\|(?P<key>[^|\n]{1,60})\|[ \t]*(?P<value>[^|\n]{0,200})")

# What


_WORD = r"(?:[\w’-]|'(?=\w))*"
_NAME = r"[\w./-]*"
_PIECE = lazy.regex(rf"(?:.*[,;]|.*(?<!\w){any_of('conjunctions')}(?!\w))?[ \t]*", re.DOTALL)
_PASSIVE = words_for("relations", "superseded_by", "amended_by")
_TOWARDS = lazy.regex(
    rf"(?<!\w)(?:{one_of(_PASSIVE)}[ \t]+{any_of('by')}"
    rf"|{one_of(word for word in _PASSIVE if word.endswith(tuple(f' {by}' for by in every('by'))))}"
    rf"|{one_of(words_for('relations', 'supersedes', 'amends'))})[ \t:]+",
    re.IGNORECASE,
)
"""The words of a status behind which a record follows: ``superseded by``, ``amends``."""


def _status(value: Value) -> Completion:
    """A status, or the record that it names last."""
    place, written = value.place, value.text
    verbs = list(_TOWARDS.finditer(written))
    if verbs:
        return _record(replace(value, start=value.start + verbs[-1].end(), lead="", role="status"))
    piece = written.rpartition(",")[2] if re.search(r",[ \t]*\w*$", written) else written
    text = piece.lstrip(" \t")
    if re.search(r"\d", text):
        return NOTHING  # a date
    if text != written:
        value = replace(value, lead=" " if piece == text else "")
    return statuses.offered(place, place.typed(len(place.before) - len(text), _WORD), value.written)


def _record(value: Value) -> Completion:
    """The records that a value may name."""
    place = value.place
    earlier = _PIECE.match(value.text)
    at = value.start + (earlier.end() if earlier else 0)
    if at > value.start:
        value = replace(value, lead=" " if place.before[at - 1 : at] in (",", ";") else "")
    typed = place.typed(at, _NAME)
    opened = re.match(r"\[+", typed.text)
    if opened:
        return NOTHING
    return records.offered(place, typed, records.fitting(place, typed.text), _naming(value))


def _naming(value: Value) -> naming.Naming:
    """How the field names records: as it does already, else as others like it do."""
    place = value.place
    if value.carrier == "front-matter":
        return lambda record: _in_front(value, record)
    is_bare = place.house.names_bare
    before = [one for one in place.record.mentions if value.field and value.field.value_span.covers(one.span)]
    before = [one for one in before if one.span.end < place.cursor.offset]
    if before:
        is_bare = before[-1].link is None
    link, bare = naming.like(place, before[-1] if before else None), naming.bare(place)

    def named(record: Facts) -> str | None:
        name = bare(record) if is_bare and record.number is not None else link(record)
        return None if name is None else value.written(name)

    return named


def _in_front(value: Value, record: Facts) -> str | None:
    place = value.place
    name = record.id if value.role == "status" else editing.name_in_front(place.record, record, place.log)
    if name.startswith('"'):
        return value.lead + (name.strip('"') if value.quote else name)
    return value.written(name) if record.number is None or naming.leads_in_front(place, name, record) else None


def _date(value: Value) -> Completion:
    """Today, as the records write it there; nothing where another date is written."""
    place = value.place
    if place.log is None or not place.today:
        return NOTHING
    today = _today(place.log, value)
    typed = place.typed(value.start, r"[\w./-]*")
    if not today.startswith(typed.text):
        return NOTHING
    return listed(typed, (Item(today, value.written(today), today, "date", "today"),))


def _today(log: Log, value: Value) -> str:
    """Today as the records write that field, else as they write its kind wherever they do."""
    for carrier in dict.fromkeys((value.carrier, *get_args(Carrier))):
        written = wording.written_date(
            log.records.values(), value.role, carrier, value.place.today, month_first=log.house.month_first
        )
        if written:
            return written
    return value.place.today


def _person(value: Value) -> Completion:
    """A name, one of several."""
    place = value.place
    earlier = people.SEPARATOR.match(value.text)
    at = value.start + (earlier.end() if earlier else 0)
    if at > value.start:
        value = replace(value, lead=" " if place.before[at - 1 : at] in (",", ";", "&") else "")
    return people.offered(place, place.typed(at, r"[\w.@'’-]*"), value.role, value.written)


_OFFERED: Mapping[str, Callable[[Value], Completion]] = MappingProxyType(
    {
        "status": _status,
        **dict.fromkeys(("supersedes", "superseded_by", "amends", "amended_by", "related"), _record),
        **dict.fromkeys(("date", "updated"), _date),
        **dict.fromkeys(people.ROLES, _person),
    }
)
"""What is offered in a field of each role."""
