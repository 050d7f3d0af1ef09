"""A record as the others of its house are, less all that they say: what a new one is made from where there is no template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from adr_ls.log.log import Log
from adr_ls.log.style import COMMON, FEW, majority, section_key
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.frontmatter import Entry
from adr_ls.syntax.markdown import Heading
from adr_ls.syntax.text import Edit, Span, apply, line_end
from adr_ls.words.language import CONVERSE
from adr_ls.words.lookup import ENGLISH, fold, is_nothing
from adr_ls.write import editing, wording

RECENT = 10
"""How many of the newest records a new one is modelled on."""

STATED = frozenset({"status", "date", "deciders", "title", "metadata", "supersedes", "superseded_by", "amends", "amended_by"})
"""The roles of sections that state facts of the record, which are not where its text begins."""


def skeleton(log: Log, models: Sequence[Facts], recent: Sequence[Record]) -> str:
    """A record as the others are, less all that they say: their metadata, and the sections that most of them have.

    `models` are all those that it is like, `recent` the newest of them, whole.
    """
    model = _typical(recent)
    newline = line_end(model.text)
    head = _head(model, recent)
    between = newline * 2 + (f"---{newline * 2}" if _is_ruled(recent) else "")
    body = between.join(_section(model, section, log, newline) for section in _sections(log, models, model))
    return f"{head.rstrip()}{newline * 2}{body}{newline}" if body else f"{head.rstrip()}{newline}"


def _is_ruled(recent: Sequence[Record]) -> bool:
    """Whether the records draw a line between their sections."""
    ends = [
        blocks[-1].kind == "thematic_break"
        for record in recent
        for section in record.sections[:-1]
        if (blocks := record.blocks_in(section.own))
    ]
    return 2 * sum(ends) > len(ends)


def _typical(recent: Sequence[Record]) -> Record:
    """The record whose metadata are most like those of the others, of several the newest."""
    keys = [{(field.place, fold(field.key)) for field in record.fields} for record in recent]
    counted = Counter(key for own in keys for key in own)

    def likeness(index: int) -> tuple[float, int]:
        rare = sum(2 * counted[key] < len(recent) for key in keys[index])
        return sum(2 * counted[key] >= len(recent) for key in keys[index]) - rare, index

    return recent[max(range(len(recent)), key=likeness)]


_RELATIONS = frozenset({*CONVERSE, "related"})
FILLED = frozenset({"title", "id", "status", "date", "updated"})
"""The roles of the fields that are filled in."""


def _is_nothing(value: str) -> bool:
    """Whether a value, as it is written, says that there is none, as houses have it that always have the line: ``—``, ``None``, ``[]``."""
    return not value or value == "[]" or is_nothing(value)


def _head(model: Record, recent: Sequence[Record]) -> str:
    """Front matter, title and metadata of a record, with what is its own taken out."""
    counted = Counter(key for record in recent for key in {(f.place, fold(f.key)) for f in record.fields})
    values: dict[tuple[str, str], Counter[str]] = {}
    for record in recent:
        for field in record.fields:
            said = field.value_span.of(record.text) if field.role in _RELATIONS else field.value
            values.setdefault((field.place, fold(field.key)), Counter())[said] += 1
    first = model.sections[0].heading.span.start if model.sections else len(model.text)
    edits: list[Edit] = []
    kept: list[Field] = []
    for field in model.fields:
        if field.span.start >= first:
            continue
        key = (field.place, fold(field.key))
        (value, often) = values[key].most_common(1)[0]
        if 2 * counted[key] < len(recent) or (field.role in _RELATIONS and not _is_nothing(value)):
            continue
        kept.append(field)
        if field.role in _RELATIONS:
            edits.append(Edit(field.value_span, value))
            continue
        constant = value == field.value and len(recent) >= FEW and often >= COMMON * len(recent)
        if field.role not in FILLED and not constant:
            edits.append(_blank(model, field))
    lines, text = model.lines, model.text
    stating = {
        n
        for field in kept
        for n in range(lines.line_at(field.span.start), lines.line_at(max(field.span.start, field.span.end - 1)) + 1)
    }
    stating |= {lines.line_at(field.value_span.start) for field in kept}
    is_ruled = 2 * sum(any(block.kind == "thematic_break" for block in record.area) for record in recent) >= len(recent)
    edits += _unknown(model, recent, first, stating)
    dropped: set[int] = set()
    if model.front is not None:
        whole = {n for f in kept if (e := entry_of(model, f)) for n in _lines(model, e.span)}
        outer = (
            entry for entry in model.front.entries if entry.kind == "map" and whole.intersection(_lines(model, entry.span))
        )
        whole |= {lines.line_at(entry.key_span.start) for entry in outer}
        dropped |= set(_lines(model, model.front.content)) - whole
        last = lines.line_at(max(model.front.span.start, model.front.span.end - 1))
        dropped -= {lines.line_at(model.front.span.start), last}
    for block in model.document.blocks_within(Span(model.document.start, first)):
        own = set(_lines(model, block.span))
        if block.kind == "heading" or (block.kind == "thematic_break" and is_ruled):
            continue
        if not own & stating:
            dropped |= own
        elif block.kind == "table":
            rows = [n for n in sorted(own) if n not in stating]
            dropped |= set(rows) - {min(own), min(own) + 1}
        else:
            dropped |= own - stating
    edits = [edit for edit in edits if lines.line_at(edit.span.start) not in dropped]
    edits += [Edit(lines.full_span(n), "") for n in sorted(dropped) if lines.starts[n] < first]
    changed = apply(text[:first], [edit for edit in edits if edit.span.end <= first])
    changed = re.sub(r"(?<=[:*_：])[ \t]+$", "", changed, flags=re.MULTILINE)
    return re.sub(r"(?:\r\n|\n|\r){3,}", line_end(text) * 2, changed)


_KEYED = lazy.regex(r"(?P<key>[ \t>]*(?:[-*+][ \t]+)?[*_]*[^\W\d_][^:：*_\n|]{0,40}[*_]*[:：][*_]*(?![*_]))(?P<value>.*)")
"""A line such as ``* Team: core`` whose key means nothing to us."""


def _unknown(model: Record, recent: Sequence[Record], first: int, stating: set[int]) -> Iterator[Edit]:
    """The lines of the metadata with keys of the team's own, which it adds to `stating`: emptied where they differ."""
    said: dict[str, list[str]] = {}
    for record in recent:
        for block in record.area:
            for line in _lines(record, block.span):
                if match := _KEYED.fullmatch(record.lines.span(line).of(record.text)):
                    said.setdefault(match["key"], []).append(match["value"])
    known = {model.lines.line_at(field.span.start) for field in model.fields}
    for block in model.area:
        own = _lines(model, block.span)
        if block.span.start >= first or block.kind == "table" or not stating & set(own):
            continue
        for line in set(own) - stating - known:
            span = model.lines.span(line)
            match = _KEYED.fullmatch(span.of(model.text))
            if match is None or 2 * len(said.get(match["key"], ())) < len(recent):
                continue
            stating.add(line)
            values = said[match["key"]]
            if len(recent) < FEW or values.count(match["value"]) < COMMON * len(recent):
                yield Edit(Span(span.start + match.start("value"), span.end), "")


def _lines(record: Record, span: Span) -> range:
    return range(record.lines.line_at(span.start), record.lines.line_at(max(span.start, span.end - 1)) + 1)


def _blank(record: Record, field: Field) -> Edit:
    """Takes out the value of a field."""
    entry = entry_of(record, field)
    if entry is None:
        return Edit(field.value_span, "")
    span = Span(entry.value_span.start, max(entry.value_span.end, entry.span.end))
    if entry.kind == "list":
        at = (
            entry.key_span.end + record.text[entry.key_span.end :].index(":") + 1
            if ":" in record.text[entry.key_span.end :]
            else span.start
        )
        return Edit(Span(at, span.end), " []")
    quoted = record.text[span.start : span.start + 1] in ("'", '"')
    return Edit(span, '""' if quoted else "")


def _sections(log: Log, models: Sequence[Facts], model: Record) -> list[Section]:
    """The sections of a new record in the order of the house: those of most records, each as some record has its heading."""
    grown = [record for record in models if record.sections]
    if len(grown) < FEW:
        return _complete([s for s in model.sections if s.level <= 2 and s.role not in _RELATIONS], log)
    counted: Counter[str] = Counter()
    places: dict[str, list[float]] = {}
    found: dict[str, Section] = {}
    everyone: tuple[Known, ...] = (*grown, model)
    for record in everyone:
        seen: set[str] = set()
        for position, section in enumerate(record.sections):
            key = section_key(section)
            if key not in seen:
                seen.add(key)
                counted[key] += record is not model
                places.setdefault(key, []).append(position / len(record.sections))
                if key not in found or record is model:
                    found[key] = section
    least = 0.6
    chosen = [
        key
        for key in found
        if counted[key] >= least * len(grown) and found[key].level <= 3 and found[key].role not in _RELATIONS
    ]
    names = {key: majority(s.name for r in grown for s in r.sections if section_key(s) == key) for key in chosen}
    ordered = sorted(chosen, key=lambda key: sum(places[key]) / len(places[key]))
    return _complete([found[key]._replace(name=names[key] or found[key].name) for key in ordered], log)


def _complete(sections: list[Section], log: Log) -> list[Section]:
    """Adds what the house expects besides, each behind what it follows there; a heading that only a template has is made up."""
    at = 0
    for expected in log.house.sections:
        own = next((index for index, section in enumerate(sections) if expected.is_met_by(section)), None)
        if own is not None:
            at = own + 1
            continue
        heading = Heading(expected.level, Span(0, 0), Span(0, 0), expected.name)
        sections.insert(
            max(at, 1 if sections and sections[0].role in STATED else 0),
            Section(heading, expected.name, expected.role, Span(0, 0), Span(0, 0)),
        )
        at += 1
    return sections


def _section(model: Record, section: Section, log: Log, newline: str) -> str:
    """A heading with what is to be written below it as a comment, or with the status and date that are filled in later."""
    own = next((s for s in model.sections if section_key(s) == section_key(section)), None)
    written = own.heading.text.of(model.text) if own is not None and own.name == section.name else section.name
    head = f"{'#' * section.level} {written}"
    if section.role == "title":
        return f"{head}{newline * 2}TITLE"
    if section.role in ("status", "date") and own is not None:
        if any(field.place == "heading" and field.span == own.heading.span for field in model.fields):
            return head
        field = next((f for f in model.fields if f.role == section.role and own.own.covers(f.value_span)), None)
        if field is not None:
            value = field.value_span.of(model.text)
            if section.role == "status" and model.status is not None and not wording.says_nothing_else(model.status.text):
                value = model.status.spelled or "STATUS"  # what a record remarks on its own status is no part of the next one's
            return f"{head}{newline * 2}{value}"
    hint = editing.HINTS.get(section.role or "", "") if log.house.language is ENGLISH else ""
    return f"{head}{newline * 2}<!-- {hint or '…'} -->"


def entry_of(record: Record, field: Field) -> Entry | None:
    """The entry of front matter that a field was read from; None for a field of another place."""
    if field.place != "front-matter" or record.front is None:
        return None
    return next((entry for entry in record.front_entries if entry.key_span == field.key_span), None)
