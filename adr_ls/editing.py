"""Edits to records in the style of their house: a status set, a section or a relation added, a link pointed elsewhere.

Pure functions from a record to `Edit`s of its text. Each changes as little as it can and writes line ends as the file has them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from adr_ls import languages, naming
from adr_ls.house import Expected, House, section_key
from adr_ls.languages import Relation, fold
from adr_ls.markdown import Link
from adr_ls.metadata import Field
from adr_ls.record import Record
from adr_ls.references import Mention
from adr_ls.text import Edit, Span, line_end
from adr_ls.workspace import Log

HINTS = {
    "context": "What is the issue that motivates this decision?",
    "decision": "What is the change that we are making?",
    "consequences": "What becomes easier or more difficult because of this change?",
    "alternatives": "What other options were considered, and why were they not chosen?",
    "references": "Links to relevant resources, discussions or documentation.",
    "drivers": "What forces and concerns bear on the decision?",
    "rationale": "Why this option and not another?",
    "status": "",
}
"""What to write under a heading whose house has no template for it."""

LABELS: dict[Relation, str] = {
    "superseded_by": "Superseded by",
    "supersedes": "Supersedes",
    "amended_by": "Amended by",
    "amends": "Amends",
    "related": "Related",
}


Worded = str | Callable[[str], str]
"""A value, or how it is worded for the kind of place that it is written in."""


def _worded(value: Worded, place: str) -> str:
    return value if isinstance(value, str) else value(place)


def relative(source: str, target: str, *, dotted: bool = False) -> str:
    """The path of `target` as a link in the file at `source` writes it, percent-encoded where Markdown needs it."""
    path = posixpath.relpath(target, posixpath.dirname(source))
    if dotted and not path.startswith("."):
        path = "./" + path
    return (
        quote(path, safe="/.-_~+@!$&*,;=:'%" + "".join(c for c in path if ord(c) > 127))
        if re.search(r"[\s()<>%\\]", path)
        else path
    )


def link(source: str, target: Record, log: Log | None) -> str:
    """A link to `target` for the file at `source`, worded and pointed as this log words and points its links."""
    house = log.house if log else House()
    match house.link_text.form:
        case "id title":
            label = _numbered_title(target)
        case "title":
            label = target.title or target.id
        case _:
            label = target.id
    label = re.sub(r"([\[\]])", r"\\\1", label)
    return f"[{label}]({relative(source, target.path, dotted=house.link_path.form == './')})"


def _numbered_title(target: Record) -> str:
    """Number and title of a record, as its own heading has them where it has both: ``2. Use Kafka``, ``ADR-002: Use Kafka``."""
    title = target.heading_title
    if target.heading is not None and title is not None and title.digits and title.text:
        return target.document.plain(target.heading.text)
    return f"{target.id}: {target.title}" if target.title else target.id


def set_value(record: Record, field: Field, value: str) -> Edit:
    """Puts `value` in place of a field's own, quoted where the front matter needs it."""
    if field.place != "front-matter":
        value = value.replace("|", "\\|") if field.place == "table" else value
        lead = (
            ""
            if field.value_span.start < field.value_span.end
            or record.text[field.value_span.start - 1 : field.value_span.start].isspace()
            else " "
        )
        return Edit(field.value_span, lead + value)
    before = record.text[field.value_span.start - 1 : field.value_span.start]
    lead = "" if before.isspace() or before in "\"'" else " "
    return Edit(field.value_span, lead + (value if before in ("'", '"') else yaml_scalar(value)))


def yaml_scalar(value: str) -> str:
    """The text as YAML can hold it on one line: plain where that is safe, else in double quotes."""
    if (
        value
        and not re.search(r": |:$| #|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|[\s]$|[\n\t]", value)
        and value.casefold() not in ("true", "false", "null", "yes", "no", "on", "off", "~")
    ):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def insert_section(record: Record, expected: Expected, log: Log) -> Edit:
    """Inserts a section that the house expects where the house has it, with the template's words as a comment below."""
    newline = line_end(record.text)
    hint = _hint(expected, log)
    block = "#" * expected.level + f" {expected.name}" + newline * 2 + (f"<!-- {hint} -->" if hint else "<!-- … -->")
    order = [section.role or fold(section.name) for section in log.house.sections]
    own = expected.role or fold(expected.name)
    position = order.index(own) if own in order else len(order)
    before = set(order[:position])
    behind = set(order[position + 1 :])
    last = next((section for section in reversed(record.sections) if section_key(section) in before), None)
    follows = next(
        (
            section
            for section in record.sections
            if section_key(section) in behind and (last is None or section.heading.span.start > last.heading.span.start)
        ),
        None,
    )
    if follows is not None:
        at = record.lines.starts[record.lines.line_at(follows.heading.span.start)]
        return Edit(Span(at, at), block + newline * 2)
    at = _end_of_body(record)
    if last is not None and last.body.end < len(record.text):
        at = last.body.end
        return Edit(Span(at, at), block + newline * 2)
    rest = record.text[at:]
    head = record.text[:at]
    gap = newline * (2 - min(2, len(re.findall(r"\r\n|\n|\r", head[len(head.rstrip()) :])))) if head.strip() else ""
    tail = newline * 2 if rest.strip() else newline if not rest and (not head or head.endswith(("\n", "\r"))) else ""
    return Edit(Span(at, at), gap + block + tail)


def _end_of_body(record: Record) -> int:
    """Where the last section ends: in front of a footer of metadata behind a thematic break, if there is one."""
    rules = [block for block in record.document.blocks if block.kind == "thematic_break"]
    if rules:
        tail = [block for block in record.document.blocks if block.span.start > rules[-1].span.end]
        if all(block.kind == "paragraph" and re.match(r"[*_]{1,2}\S", block.span.of(record.text)) for block in tail) and tail:
            return record.lines.starts[record.lines.line_at(rules[-1].span.start)]
    return len(record.text)


def _hint(expected: Expected, log: Log) -> str:
    for template in log.templates:
        for section in template.sections:
            if section_key(section) == (expected.role or fold(expected.name)):
                words = re.sub(r"<!--|-->", "", section.own.of(template.text)).strip()
                first = re.split(r"\n\s*\n", words)[0].strip()
                if first and len(first) <= 300:
                    return re.sub(r"\s+", " ", first.strip("{}[]"))
    return HINTS.get(expected.role or "", "")


def retarget(record: Record, mention: Mention, target: Record) -> Edit:
    """Points a mention at another record, keeping the way in which it is written; a reference-style link by its definition."""
    link = mention.link
    if link is None:
        return rename_mention(record, mention, target)
    dotted = bool(mention.path and mention.path.startswith("./"))
    fragment = f"#{mention.fragment}" if mention.fragment else ""
    return Edit(destination(link), relative(record.path, target.path, dotted=dotted) + fragment)


def destination(link: Link) -> Span:
    """Where the address of a link is written: in its parentheses, or in the definition that its label refers to."""
    return link.definition.target if link.definition is not None else link.target


def rename_mention(record: Record, mention: Mention, target: Record) -> Edit:
    """Makes a bare mention name another record, in the form in which it is written: ``ADR 3`` becomes ``ADR 9``."""
    written = mention.span.of(record.text)
    if mention.path is not None:
        base = posixpath.basename(mention.path)
        start = mention.span.start + written.find(base)
        name = posixpath.basename(target.path) if base.casefold().endswith(naming.SUFFIXES) else target.name.stem
        return Edit(Span(start, start + len(base)), name)
    same = not mention.series or mention.series.casefold() == target.series.casefold()
    if target.number is None or not mention.digits or not same:
        return Edit(mention.span, target.id)
    at = mention.span.start + written.rfind(mention.digits)
    return Edit(Span(at, at + len(mention.digits)), f"{target.number:0{len(mention.digits)}}")


def reference(source: Record, target: Record, log: Log | None, place: str) -> str:
    """How a metadata field at that place names another record: a link, or the bare id in front matter, which is no Markdown."""
    return target.id if place == "front-matter" else link(source.path, target, log)


def supersede(record: Record, successor: Record, log: Log) -> Iterator[Edit]:
    """Marks a record as superseded by another, in its status."""
    word = log.house.spelled("superseded")
    if any(related.relation == "superseded_by" for related in record.relations):
        yield from set_status(record, log, word)
    else:
        yield from set_status(record, log, lambda place: f"{word} {_by(word)} {reference(record, successor, log, place)}")


def set_status(record: Record, log: Log, worded: Worded) -> Iterator[Edit]:
    """Gives a record a status, in the place where it has one or would have one; `worded` words it for that place."""
    field = record.status.field if record.status else record.field("status")
    section = record.section("status")
    if field is not None:
        yield set_value(record, field, _worded(worded, field.place))
    elif section is not None:
        at = section.heading.span.end
        yield Edit(Span(at, at), line_end(record.text) * 2 + _worded(worded, "section"))
    else:
        yield from add_field(record, log, "Status", worded)


def _by(word: str) -> str:
    for language in languages.LANGUAGES:
        if fold(word) in language.statuses.get("superseded", ()) and language.by:
            return language.by[0]
    return "by"


_NOTHING = frozenset({"", "-", "—", "none", "n/a", "na", "nothing", "[]", "~", "null"})
"""What people write where there is nothing to write."""


def relate(record: Record, relation: Relation, other: Record, log: Log) -> Iterator[Edit]:
    """Adds to a record that it stands in that relation to another: to the field it has for that, or as a new one."""
    existing = next((field for field in record.fields if field.role == relation and field.place != "section"), None)
    if existing is None:
        yield from add_field(record, log, LABELS[relation], lambda place: reference(record, other, log, place))
        return
    name = reference(record, other, log, existing.place)
    written = existing.value_span.of(record.text)
    if existing.place == "front-matter" and written.endswith("]") and not written.startswith("[["):
        at = existing.value_span.end - 1
        yield Edit(Span(at, at), f", {name}" if existing.value else name)
    elif existing.value.casefold().strip(" .") in _NOTHING:
        yield set_value(record, existing, name)
    elif existing.place == "front-matter" and written.startswith("-"):
        yield _new_item(record, existing, name)
    else:
        at = existing.value_span.end
        yield Edit(Span(at, at), f", {name}")


def _new_item(record: Record, field: Field, name: str) -> Edit:
    """One item more behind the last of a list in front matter that has a line for each."""
    line = record.lines.span(record.lines.line_at(field.value_span.end))
    marker = re.match(r"[ \t]*-[ \t]+", line.of(record.text))
    return Edit(Span(line.end, line.end), f"{line_end(record.text)}{marker[0] if marker else '  - '}{yaml_scalar(name)}")


def add_field(record: Record, log: Log, key: str, worded: Worded) -> Iterator[Edit]:
    """Adds a statement behind the status, or the first of the metadata, in the carrier that it is written in.

    `worded` words its value for that carrier.
    """
    anchor = record.status.field if record.status else next((f for f in record.fields if f.place != "section"), None)
    if anchor is None:
        yield from _first_field(record, log, key, worded)
        return
    newline = line_end(record.text)
    line = record.lines.line_at(anchor.value_span.start)
    end = record.lines.ends[line]
    match anchor.place:
        case "front-matter":
            underscored = record.front is not None and any("_" in entry.key for entry in record.front.entries)
            name = key.casefold().replace(" ", "_" if underscored else "-")
            end = anchor.span.end
            text = f"{newline}{name}: {yaml_scalar(_worded(worded, 'front-matter'))}"
        case "section" | "heading":
            text = f"{newline * 2}{key} {_worded(worded, 'section')}"
        case "table" if record.lines.line_at(anchor.key_span.start) != line:  # the keys are the head of the table
            text = f"{newline * 2}**{key}**: {_worded(worded, 'bold-line')}"
        case "table":
            following = record.lines.span(min(line + 1, len(record.lines) - 1))
            if re.fullmatch(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|?)+[ \t]*", following.of(record.text)):
                end = following.end
            text = f"{newline}| {key} | {_worded(worded, 'table').replace('|', chr(92) + '|')} |"
        case _:
            text = _line_like(record, anchor, key, _worded(worded, anchor.place))
            end = record.lines.ends[record.lines.line_at(anchor.key_span.start)]
    yield Edit(Span(end, end), text)


def _line_like(record: Record, model: Field, key: str, value: str) -> str:
    """A line of metadata to stand behind the one of `model`, in its form."""
    line = record.lines.line_at(model.key_span.start)
    start, end = record.lines.span(line)
    lines: dict[int, list[Field]] = {}
    for field in record.fields:
        if field.place == model.place:
            lines.setdefault(record.lines.line_at(field.key_span.start), []).append(field)
    lead = record.text[start : lines[line][0].span.start]
    mark = record.text[model.span.start : model.key_span.start]
    between = record.text[model.key_span.end : model.value_span.start].rstrip() + " "
    tail = re.search(r"(?: {2,}|\\)$", record.text[start:end])
    near = lines.keys() & {line - 1, line + 1}
    spaced = not near and (model.place == "plain-line" or bool(lines.keys() & {line - 2, line + 2}))
    return f"{line_end(record.text) * (2 if spaced else 1)}{lead}{mark}{key}{between}{value}{tail[0] if tail else ''}"


def _first_field(record: Record, log: Log, key: str, worded: Worded) -> Iterator[Edit]:
    newline = line_end(record.text)
    at = record.heading.span.end if record.heading else (record.front.body if record.front else 0)
    place = log.house.status_place or "bold-line"
    value = _worded(worded, place)
    match place:
        case "section":
            text = f"## {key}{newline * 2}{value}"
        case "bullet":
            text = f"- {key}: {value}"
        case "plain-line":
            text = f"{key}: {value}"
        case "front-matter":
            name = key.casefold().replace(" ", "-")
            if record.front is not None:
                yield Edit(
                    Span(record.front.content.end, record.front.content.end),
                    f"{'' if record.front.content.of(record.text).endswith(chr(10)) or not record.front.content.of(record.text) else newline}{name}: {yaml_scalar(value)}{newline}",
                )
            else:
                yield Edit(Span(0, 0), f"---{newline}{name}: {yaml_scalar(value)}{newline}---{newline * 2}")
            return
        case _:
            text = f"**{key}**: {value}"
    rest = record.text[at:]
    yield Edit(
        Span(at, at),
        f"{newline * 2 if record.heading else ''}{text}" + ("" if rest.startswith(("\n", "\r")) or not rest else newline * 2),
    )
