"""Completion: records, statuses, sections, metadata keys and anchors, in the style that the log writes them.

What is offered depends on the text before the cursor on its line and on where the line is. Every item says which span it replaces, since
editors' own idea of a word ends at the hyphen of ``ADR-``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from adr_ls import editing
from adr_ls.anchors import anchors
from adr_ls.features.hover import Hover, card
from adr_ls.features.symbols import match
from adr_ls.features.target import Cursor
from adr_ls.house import House
from adr_ls.languages import STATUS_WORDS, STATUSES, fold
from adr_ls.metadata import Field, role_of, section_role
from adr_ls.record import Record
from adr_ls.references import Mention
from adr_ls.text import Span
from adr_ls.workspace import Log, Workspace

MOST = 50
"""How many items are offered at once; what is typed on narrows them."""

TRIGGERS = ("-", "[", "(", "/", "#", ":", " ", "*")
"""The characters after which completion is worth asking for."""


@dataclass(frozen=True)
class Item:
    """One thing to insert at `span`; `filter` is what the editor compares with what is typed, `path` the record it stands for."""

    label: str
    insert: str
    span: Span
    filter: str
    kind: Literal["record", "status", "section", "key", "anchor"]
    detail: str = ""
    description: str = ""
    deprecated: bool = False
    path: str = ""


@dataclass(frozen=True)
class Completion:
    """The items in the order to show them; `incomplete` where typing on may bring others."""

    items: tuple[Item, ...]
    incomplete: bool = False


NOTHING = Completion(())

_DESTINATION = re.compile(r"\]\((?P<typed><?[^()\s<>]*)$")
_BRACKET = re.compile(r"(?<!\\)\[(?P<typed>[^\[\]()]*)$")
_SERIES = re.compile(r"(?<![\w/.-])(?P<whole>(?P<word>[A-Za-z]+(?:-[A-Za-z]+){0,3})(?P<join>[- ]#?)(?P<typed>[\w]*))$")
_HEADING = re.compile(r"^(?P<marks>#{1,4})[ \t]+(?P<typed>[^#\n]*)$")
_KEY = re.compile(r"^(?P<lead>[ \t>]*(?:[-*+][ \t]+)?(?:\*\*|__)?)(?P<typed>[^\W\d_][\w -]{0,30})?$")


def completion(cursor: Cursor) -> Completion:
    """What can be inserted at the cursor; nothing within code."""
    record, offset = cursor.record, cursor.offset
    line = record.lines.span(record.lines.line_at(offset))
    before = record.text[line.start : offset]
    in_front = _is_in_front(record, offset)
    if (
        not in_front
        and record.document.kind_at(max(line.start, offset - 1)) in ("block_code", "codespan")
        and _inside_code(record, offset)
    ):
        return NOTHING
    destination = _DESTINATION.search(before)
    if destination and not in_front:
        return _destinations(cursor, offset, destination["typed"])
    bracket = _BRACKET.search(before)
    if bracket and not in_front and not re.match(r"[ \t]*[-*+][ \t]+\[[ xX]?$", before):
        return _links(cursor, bracket, offset, line)
    marks = _HEADING.match(before)
    if marks and cursor.is_record:
        return _sections(cursor, line, offset, marks)
    field = _field_at(cursor, line, before, in_front=in_front)
    if field is not None:
        role, start = field
        return _values(cursor, role, start, offset, line, in_front=in_front)
    series = _SERIES.search(before)
    if (
        series
        and _is_series(cursor, series["word"])
        and (series["join"] != " " or series["typed"].isdigit() or not series["typed"])
    ):
        return _bare(cursor, Span(offset - len(series["whole"]), offset), series)
    if cursor.is_record and (in_front or offset <= _area_end(record)):
        return _keys(cursor, line, before, offset, in_front=in_front)
    return NOTHING


def documentation(workspace: Workspace, path: str) -> Hover | None:
    """The card of the record that an item stands for; None where it is gone."""
    record = workspace.records.get(path)
    return card(workspace, record) if record else None


_FRONT_LINE = re.compile(r"[ \t]*(?:[\w -]+:.*|-[ \t].*|#.*)?")


def _is_in_front(record: Record, offset: int) -> bool:
    """Whether the offset is in front matter, be it one that is just being begun and none yet to its readers."""
    if record.front is not None:
        return record.front.content.start <= offset <= record.front.content.end
    lines, here = record.lines, record.lines.line_at(offset)
    above = [lines.span(number).of(record.text) for number in range(here)]
    return bool(above) and above[0].rstrip() == "---" and all(_FRONT_LINE.fullmatch(line) for line in above[1:])


def _inside_code(record: Record, offset: int) -> bool:
    blocks = record.document.block_at(max(0, offset - 1))
    if blocks and blocks[-1].kind == "block_code":
        return True
    return record.document.kind_at(offset) == "codespan"


def _is_series(cursor: Cursor, word: str) -> bool:
    return word.casefold() in ("adr", "adrs") or word.casefold() in cursor.workspace.names.series


def _records(cursor: Cursor, typed: str) -> list[Record]:
    """The records to offer, best first: those that fit what is typed, this log's before others', superseded ones last, this one not."""
    workspace, log = cursor.workspace, cursor.log
    query = re.sub(r"[\[\]()*_`,:]+", " ", typed).strip()
    own = log.records if log else {}
    scored = []
    for position, record in enumerate(workspace.records.values()):
        if record is cursor.record or (score := match(record, workspace, query)) == 0:
            continue
        gone = workspace.is_gone(record)
        scored.append((gone, record.path not in own, -score, position, record))
    scored.sort(key=lambda found: found[:4])
    return [found[4] for found in scored]


def _items(cursor: Cursor, records: list[Record], span: Span, lead: str, insert: Iterable[str]) -> Completion:
    workspace = cursor.workspace
    items = []
    for record, text in zip(records[:MOST], insert, strict=False):
        state = workspace.canonical(record)
        status = workspace.status(record)
        said = status.text[:40] if status and state == "other" else state if state != "none" else ""
        items.append(
            Item(
                label=record.id if record.number is not None else (record.title or record.id),
                insert=text,
                span=span,
                filter=f"{lead}{record.id if record.number is not None else ''} {record.title or ''} {record.name.stem} {state}".replace(
                    "  ", " "
                ),
                kind="record",
                detail=record.title or "",
                description=" · ".join(part for part in (said, workspace.date(record) or "") if part),
                deprecated=workspace.is_gone(record),
                path=record.path,
            ),
        )
    return Completion(tuple(items), incomplete=True)


def _destinations(cursor: Cursor, offset: int, typed: str) -> Completion:
    typed = typed.lstrip("<")
    path, mark, fragment = typed.partition("#")
    if mark:
        target = cursor.record if not path else _linked(cursor, path, offset)
        if target is None:
            return NOTHING
        span = Span(offset - len(fragment), offset)
        return Completion(
            tuple(
                Item(f"#{name}", name, span, name, "anchor", detail=target.document.plain(where))
                for name, where in anchors(target).items()
            )
        )
    dotted = typed.startswith("./") or (not typed and _house(cursor).link_path.form == "./")
    query = re.sub(r"^[./]+", "", typed.rsplit("/", 1)[-1])
    records = _records(cursor, query.replace("-", " ") if not query[:1].isdigit() else query.split("-", 1)[0])
    span = Span(offset - len(typed), offset)
    return _items(
        cursor,
        records,
        span,
        typed + " ",
        (editing.relative(cursor.record.path, r.path, dotted=dotted) for r in records),
    )


def _linked(cursor: Cursor, path: str, offset: int) -> Record | None:
    mention = Mention(Span(offset, offset), "link", path=path)
    return cursor.workspace.records.get(cursor.workspace.names.resolve(cursor.record.path, mention).path or "")


def _links(cursor: Cursor, bracket: re.Match[str], offset: int, line: Span) -> Completion:
    start = line.start + bracket.start()
    behind = cursor.record.text[offset : line.end]
    closing = re.match(r"\](?:\([^)\n]*\))?", behind)
    span = Span(start, offset + (closing.end() if closing else 0))
    records = _records(cursor, bracket["typed"])
    return _items(cursor, records, span, "[", (editing.link(cursor.record.path, record, cursor.log) for record in records))


def _bare(cursor: Cursor, span: Span, series: re.Match[str]) -> Completion:
    records = [
        r
        for r in _records(cursor, series["typed"])
        if r.number is not None
        and (series["word"].casefold() in ("adr", "adrs") or r.series.casefold() == series["word"].casefold())
    ]
    linked = _house(cursor).mention.form == "link"
    insert = (editing.link(cursor.record.path, r, cursor.log) if linked else r.id for r in records)
    return _items(cursor, records, span, f"{series['word']}{series['join']}" if series["join"] != "-" else "", insert)


def _sections(cursor: Cursor, line: Span, offset: int, marks: re.Match[str]) -> Completion:
    log = cursor.log
    if log is None:
        return NOTHING
    here = line.start
    present = {section.role or fold(section.name) for section in cursor.record.sections if section.heading.span.start != here}
    span = Span(line.start, offset)
    found = []
    for expected in log.house.sections:
        if (expected.role or fold(expected.name)) not in present:
            text = "#" * expected.level + " " + expected.name
            found.append(
                Item(expected.name, text, span, f"{marks['marks']} {expected.name}", "section", detail=expected.evidence)
            )
    return Completion(tuple(found[:MOST]))


def _area_end(record: Record) -> int:
    return next((section.heading.span.start for section in record.sections), len(record.text))


def _field_at(cursor: Cursor, line: Span, before: str, *, in_front: bool) -> tuple[str, int] | None:
    """The role of the field whose value the cursor is in, and where what is typed of it begins."""
    if in_front:
        key = re.match(r"(?P<key>[\w -]+?)[ \t]*:[ \t]*(?P<typed>.*)$", before)
        role = role_of(key["key"]) if key else None
        if key and role in _VALUED:
            return str(role), line.start + key.start("typed") + _last(key["typed"])
        item = re.match(r"[ \t]*-[ \t]+(?P<typed>.*)$", before)
        entry = next(
            (
                e
                for e in (cursor.record.front.entries if cursor.record.front else ())
                if e.span.start <= line.start and line.start <= e.span.end + 2
            ),
            None,
        )
        role = role_of(entry.key) if item and entry else None
        return (str(role), line.start + item.start("typed")) if item and role in _VALUED else None
    at = line.start + len(before)
    for field in cursor.record.fields:
        if (
            field.role in _VALUED
            and field.place != "section"
            and field.key_span.end < at <= max(field.value_span.end, line.end)
            and line.start <= field.key_span.start < line.end
        ):
            return _typed(cursor.record, field, at, line)
    section = next((section for section in reversed(cursor.record.sections) if section.heading.span.start < line.start), None)
    if section is not None and section_role(section.name) == "status" and section.own.start <= line.start and cursor.is_record:
        return "status", line.start + len(before) - len(before.lstrip()) + _last(before.strip())
    return None


def _typed(record: Record, field: Field, at: int, line: Span) -> tuple[str, int]:
    start = max(min(field.value_span.start, at), line.start)
    return str(field.role), start + _last(record.text[start:at])


def _last(typed: str) -> int:
    """Where in a value what is being typed begins: behind the last comma, or behind the words before a record."""
    match = re.search(r"(?:,|;|\b(?:by|and|und|par|durch|supersedes|amends)\b)[ \t]*(?=[^,;]*$)", typed, re.IGNORECASE)
    return match.end() if match else 0


_VALUED = frozenset({"status", "supersedes", "superseded_by", "amends", "amended_by", "related"})


def _values(cursor: Cursor, role: str, start: int, offset: int, line: Span, *, in_front: bool) -> Completion:
    record = cursor.record
    start = min(start, offset)
    typed = record.text[start:offset].lstrip(" \t")
    start = offset - len(typed)
    lead = " " if start and record.text[start - 1] in ":*_,;" else ""
    prefix = record.text[line.start : start]
    place = "front-matter" if in_front else "bold-line"
    if role == "status" and not re.search(r"\b(?:by|par|durch|por|da|door|supersedes|amends)[ \t]*$", prefix, re.IGNORECASE):
        behind = re.match(r"[\w'’-]*", record.text[offset : line.end])
        return Completion(tuple(_statuses(cursor, Span(start, offset + (behind.end() if behind else 0)), lead)))
    records = _records(cursor, typed)
    return _items(
        cursor,
        records,
        Span(start, offset),
        "",
        (lead + editing.reference(record, other, cursor.log, place) for other in records),
    )


def _statuses(cursor: Cursor, span: Span, lead: str) -> Iterator[Item]:
    house = _house(cursor)
    words = list(house.vocabulary) or [house.spelled(state) for state in STATUSES[:6]]
    known = {fold(word) for word in words}
    words += [word for state in STATUSES[:6] if fold(word := house.spelled(state)) not in known and not house.documented]
    counts: Counter[str] = (
        Counter(cursor.workspace.canonical(record) for record in cursor.log.records.values()) if cursor.log else Counter()
    )
    for word in dict.fromkeys(words):
        canonical = STATUS_WORDS.get(fold(word), fold(word))
        count = counts.get(canonical, 0)
        yield Item(word, lead + word, span, word, "status", detail=f"{count} of {counts.total()} records here" if count else "")


def _keys(cursor: Cursor, line: Span, before: str, offset: int, *, in_front: bool) -> Completion:
    """The metadata keys that other records of the log have in this place and this one lacks."""
    key = _KEY.match(before)
    log = cursor.log
    if not key or log is None or (not in_front and not (key["lead"].strip() or key["typed"])):
        return NOTHING
    if not in_front and cursor.record.heading is not None and offset <= cursor.record.heading.span.end:
        return NOTHING
    have = {fold(field.key) for field in cursor.record.fields if not (line.start <= field.key_span.start < line.end)}
    usual = Counter(
        field.key
        for record in log.records.values()
        for field in record.fields
        if (field.place == "front-matter") == in_front and field.place in ("front-matter", "bold-line", "bullet", "plain-line")
    )
    bold = "**" in key["lead"] or (_house(cursor).status_place == "bold-line" and not in_front)
    closing = re.match(r"\*\*:?", cursor.record.text[offset : line.end]) if "**" in key["lead"] else None
    span = Span(line.start + key.end("lead") - (2 if "**" in key["lead"] else 0), offset + (closing.end() if closing else 0))
    return Completion(tuple(_key_items(log, usual, have, span, bold=bold)))


def _key_items(log: Log, usual: Counter[str], have: set[str], span: Span, *, bold: bool) -> Iterator[Item]:
    for name, count in usual.most_common(MOST):
        if fold(name) not in have and count >= 2:
            yield Item(
                name,
                f"**{name}**: " if bold else f"{name}: ",
                span,
                f"**{name}" if bold else name,
                "key",
                detail=f"in {count} of {len(log.records)} records here",
            )


def _house(cursor: Cursor) -> House:
    return cursor.log.house if cursor.log else House()
