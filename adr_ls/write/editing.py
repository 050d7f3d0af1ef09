"""Edits to records in the style of their house: a status set, a section or a relation added, a link pointed elsewhere.

Pure functions from a record to `Edit`s of its text. Each changes as little as it can and writes line ends as the file has them.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar
from urllib.parse import quote, unquote

from adr_ls.log.folds import Tally, ranked
from adr_ls.log.log import Log
from adr_ls.log.mkdocs import Navigation
from adr_ls.log.style import FEW, Expected, House, section_key
from adr_ls.record import anchors, filename, metadata, remarks, status
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known, facts_of
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field, Place
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.markdown import Definition, Link
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words import lookup
from adr_ls.words.language import CONVERSE, Language, Relation
from adr_ls.words.lookup import fold, is_nothing
from adr_ls.write import phrasing
from adr_ls.write.phrasing import Named

_K = TypeVar("_K", bound=Hashable)

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


def obstacle(record: Known) -> str:
    """Why nothing can be written into a file; empty where something can."""
    if not filename.is_asciidoc(record.path):
        return ""
    return f"“{posixpath.basename(record.path)}” is AsciiDoc, which is only read here; change it by hand."


def relative(source: str, target: str, *, dotted: bool = False) -> str:
    """The path of `target` as a link in the file at `source` writes it, percent-encoded where Markdown needs it."""
    home, there = source.rpartition("/")[0], target.rpartition("/")
    # Mostly the two lie side by side, and many may be asked about at once
    path = there[2] if there[0] == home else posixpath.relpath(target, home)
    if dotted and not path.startswith("."):
        path = "./" + path
    return encoded(path)


_UNSAFE = lazy.regex(r"[\s()<>%#?\\]")
_ENCODED = lazy.regex(r"%(?=[0-9A-Fa-f]{2})")
"""A mark in a name that would be taken for the beginning of an encoded byte."""


def encoded(path: str, *, always: bool = False) -> str:
    """A path as a link's address writes it: percent-encoded where Markdown or an address needs it, or `always`."""
    if not always and not _UNSAFE.search(path):
        return path
    path = _ENCODED.sub("%25", path)
    return quote(path, safe="/.-_~+@!$&*,;=:'%", errors="surrogateescape")  # the name of a file need not be Unicode


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(re.findall(r"\w", text))


def escaped(text: str) -> str:
    """A text in which Markdown takes nothing for markup."""
    return re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", text)


def shown(title: str) -> str:
    """A title as it is where Markdown shows all its letters, else escaped: ``Return Option<T>``."""
    heading = Record("", f"# {title}\n").heading
    return title if heading is not None and letters(heading.plain) == letters(title) else escaped(title)


def link(source: str, target: Known, log: Log | None) -> str:
    """A link to `target` for the file at `source`, worded and pointed as this log words and points its links."""
    house = log.house if log else House()
    return f"[{link_text(target, log)}]({relative(source, target.path, dotted=house.link_path.form == './')})"


def called(target: Known, log: Log | None) -> str:
    """What the prose of this log calls `target` where it does not link it: ``ADR-003``, ``ADR 3``; its id where that is not settled."""
    house = log.house if log else House()
    return house.bare.name(target.number, target.series, target.id)


def _named_like(named: Named, source: Record, target: Known, log: Log) -> str:
    """A record named as a statement of the log names others; by a link where its number alone would not tell it."""
    is_other = target.number is None or (
        target.series != "ADR" and not named.lead.casefold().startswith(target.series.casefold())
    )
    if named.form in ("bare", "number"):
        return (
            link(source.path, target, log)
            if is_other or _is_shared(log, target)
            else f"{named.lead}{target.number:0{named.width}}"
        )
    label = worded_link(target, named.form, log.house)
    if named.form == "id" and not is_other:
        label = f"{named.lead}{target.number:0{named.width}}"
    return f"[{label}]({relative(source.path, target.path, dotted=named.dotted)})"


def link_text(target: Known, log: Log | None) -> str:
    """What this log writes between the brackets of a link to `target`; few links say nothing where nearly all names are bare."""
    house = log.house if log else House()
    is_rare = house.link_text.of < FEW and house.mention.form == "bare" and house.mention.having >= FEW
    return worded_link(target, "id" if is_rare else house.link_text.form, house)


def worded_link(target: Known, form: str, house: House) -> str:
    """What stands between the brackets of a link to `target`: its ``id``, its ``id title``, or its ``title``."""
    match form:
        case "id title":
            label = _numbered_title(target)
        case "title":
            label = target.title or target.id
        case _:
            label = house.label.name(target.number, target.series, target.id)
    return re.sub(r"([\[\]])", r"\\\1", label)


def _numbered_title(target: Known) -> str:
    """Number and title of a record, as its own heading has them where it has both: ``2. Use Kafka``, ``ADR-002: Use Kafka``."""
    title = target.heading_title
    if target.heading is not None and title is not None and title.digits and title.text:
        return target.heading.plain
    return f"{target.id}: {target.title}" if target.title else target.id


def yaml_scalar(value: str) -> str:
    """The text as YAML can hold it on one line: plain where that is safe, else in double quotes."""
    if (
        value
        and not re.search(r": |:$| #|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|[\s]$|[\n\t]", value)
        and value.casefold() not in ("true", "false", "null", "yes", "no", "on", "off", "~")
    ):
        return value
    return f'"{_doubly(value)}"'


def _doubly(value: str) -> str:
    """The text as it stands between double quotes."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def toml_scalar(value: str) -> str:
    """The text as TOML can hold it on one line: in double quotes, but for a number or a date."""
    return value if re.fullmatch(r"0|[1-9]\d*|\d{4}-\d\d-\d\d", value) else f'"{_doubly(value)}"'


def set_scalar(scalar: Scalar, value: str) -> Edit:
    """Makes a piece of YAML that stands on one line say something else, in the quotes that it has; in double ones where it needs them."""
    match scalar.style:
        case "single":
            return Edit(scalar.span, value.replace("'", "''"))
        case "double":
            return Edit(scalar.span, _doubly(value))
        case _:
            return Edit(scalar.span, yaml_scalar(value))


def within_scalar(record: Record, place: Span, words: str) -> str | None:
    """Words as they can stand in place of others within a value of the front matter; None where the value would need other quotes."""
    scalars = (scalar for entry in record.front.entries for scalar in entry.scalars) if record.front else ()
    scalar = next((scalar for scalar in scalars if scalar.span.covers(place)), None)
    if scalar is None:
        return None
    if scalar.style in ("single", "double"):
        return set_scalar(scalar, words).text
    whole = record.text[scalar.span.start : place.start] + words + record.text[place.end : scalar.span.end]
    return words if yaml_scalar(whole) == whole else None


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
    return HINTS.get(expected.role or "", "") if log.house.language is lookup.ENGLISH else ""


def retarget(record: Record, mention: Mention, target: Known) -> Edit:
    """Points a mention at another record, keeping the way in which it is written; a reference-style link by its definition.

    The fragment stays where the other record has such a heading, and so does one that names no heading.
    """
    link = mention.link
    if isinstance(record, Navigation):
        return set_scalar(record.item(mention).target, posixpath.relpath(target.path, record.home))
    if link is None:
        return rename_mention(record, mention, target)
    dotted = bool(mention.path and mention.path.startswith("./"))
    fragment = f"#{mention.fragment}" if mention.fragment and _has(target, mention.fragment) else ""
    return Edit(destination(link), relative(record.path, target.path, dotted=dotted) + fragment)


_OF_NO_HEADING = lazy.regex(r"L\d|:~:")
"""How a fragment begins that names lines, or words of a text."""


def _has(target: Known, fragment: str) -> bool:
    """Whether a fragment leads somewhere in a record."""
    facts = target if isinstance(target, Facts) else facts_of(target)
    known = {anchors.bare(name) for name in facts.anchors}
    wanted = anchors.bare(unquote(fragment))
    return wanted in known or fragment in facts.html_anchors or _OF_NO_HEADING.match(fragment) is not None


def destination(link: Link) -> Span:
    """Where the address of a link is written: in its parentheses, or in the definition that its label refers to."""
    return link.definition.target if link.definition is not None else link.target


def label_span(definition: Definition, record: Record) -> Span:
    """Where the label of a definition is written, without its brackets."""
    at = record.text.index("[", definition.span.start) + 1
    return Span(at, at + len(definition.label))


def rename_mention(record: Record, mention: Mention, target: Known) -> Edit:
    """Makes a bare mention name another record, in the form in which it is written: ``ADR 3`` becomes ``ADR 9``."""
    written = mention.span.of(record.text)
    if mention.path is not None:
        base = posixpath.basename(mention.path)
        start = mention.span.start + written.find(base)
        name = posixpath.basename(target.path) if base.casefold().endswith(filename.SUFFIXES) else target.name.stem
        return Edit(Span(start, start + len(base)), name)
    same = not mention.series or mention.series.casefold() == target.series.casefold()
    if target.number is None or not mention.digits or not same:
        return Edit(mention.span, target.id)
    at = mention.span.start + written.rfind(mention.digits)
    return Edit(Span(at, at + len(mention.digits)), f"{target.number:0{len(mention.digits)}}")


def reference(source: Record, target: Known, log: Log | None, place: Place) -> str:
    """How a metadata field at that place names another record: a link, or the bare id in front matter, which is no Markdown."""
    return CARRIERS[place].refer(source, target, log)


def without_lines(record: Record, first: int, last: int) -> Edit:
    """Removes whole lines, with a blank one behind them where one in front of them stays."""
    lines, text = record.lines, record.text

    def blank(line: int) -> bool:
        return not 0 <= line < len(lines) or not lines.span(line).of(text).strip()

    if blank(first - 1) and last + 1 < len(lines) and blank(last + 1):
        last += 1
    start, end = lines.starts[first], lines.full_span(last).end
    if end == len(text) and not text.endswith(("\n", "\r")) and first:
        start = lines.ends[first - 1]  # the last line keeps having no end
    return Edit(Span(start, end), "")


def set_value(record: Record, field: Field, value: str) -> Edit:
    """Puts `value` in place of a field's own, as its place needs it."""
    return carrier(record, field).set(record, field.value_span, value)


# What is stated


def supersede(record: Record, successor: Known, log: Log) -> Iterator[Edit]:
    """Marks a record as superseded by another, in its status; whatever else is written there stays."""
    word = log.house.spelled("superseded")
    if any(related.relation == "superseded_by" and related.evidence == "declared" for related in record.relations):
        yield from set_status(record, log, word)
    elif _is_told_in_own_field(record, log):
        yield from set_status(record, log, word)
        yield from relate(record, "superseded_by", successor, log)
    else:
        yield from set_status(record, log, lambda carrier: _superseded(record, successor, log, carrier))


def _is_told_in_own_field(record: Record, log: Log) -> bool:
    """Whether the successor of a record goes into a field for just that: as it does elsewhere in the log, else where the record has one."""
    if record.status is None or record.status.field.place in ("section", "heading"):
        return False
    elsewhere = phrasing.has_own_field(log, "superseded_by")
    return _own_field(record, "superseded_by") is not None if elsewhere is None else elsewhere


def _superseded(record: Record, successor: Known, log: Log, place: Carrier) -> str:
    """``Superseded by X`` as the log has it elsewhere, else in its language."""
    said = phrasing.phrase(log, "superseded_by", is_value=place.is_value) if place is not CARRIERS["heading"] else None
    if said is not None:
        return f"{said.before}{_named_like(said.named, record, successor, log)}{said.behind}"
    return _superseded_by(log.house, log.house.spelled("superseded"), place.refer(record, successor, log))


def _superseded_by(house: House, word: str, name: str) -> str:
    """``Superseded by X`` in the language of the house, around the record where that language has it so."""
    if house.language.around and not re.search(r"[A-Za-z]", word):
        before, behind = house.language.around[0]
        return f"{before} {name} {behind}"
    if "superseded_by" in house.language.after and fold(word) not in lookup.ENGLISH.statuses["superseded"]:
        return _behind(house.language, "superseded_by", name)
    spoken = (house.language, *lookup.LANGUAGES)
    by = next((lang.by[0] for lang in spoken if fold(word) in lang.statuses.get("superseded", ()) and lang.by), "")
    if not by:  # a language of which we know no word for that
        return f"Superseded by {name}"
    return f"{word} {by.upper() if word.isupper() else by} {name}"


def _behind(language: Language, relation: Relation, name: str) -> str:
    """How a record stands to another in a language that says so behind that one's name, after a blank where it puts some between words."""
    words = language.after[relation][0]
    return f"{name}{words}" if _DENSE.match(words) else f"{name} {words}"


_DENSE = lazy.regex(f"[{filename.DENSE}]")


Worded = str | Callable[["Carrier"], str]
"""A value, or how it is worded for the kind of place that it is written in."""


def _worded(value: Worded, carrier: Carrier) -> str:
    return value if isinstance(value, str) else value(carrier)


def set_status(record: Record, log: Log, worded: Worded) -> Iterator[Edit]:
    """Gives a record a status, in each place where it states the one that holds, or in the one where it would.

    Only the word is replaced. What people wrote behind it stays: in a section as the paragraph that it was, elsewhere as a sentence
    of its own. A checklist of statuses is left alone, since it has no place for others.
    """
    field, section = record.field("status"), record.section("status")
    if record.status is not None:
        for stated in record.statuses:
            if stated.canonical == record.status.canonical and not is_checklist(record, stated):
                place = carrier(record, stated.field)
                yield place.restate(record, stated, _worded(worded, place))
    elif field is not None:
        yield set_value(record, field, _worded(worded, carrier(record, field)))
    elif section is not None:
        at = below(record, section.heading.span)
        yield Edit(Span(at, at), line_end(record.text) * 2 + _worded(worded, CARRIERS["section"]))
    else:
        yield from add_field(record, log, "status", worded)


def below(record: Record, heading: Span) -> int:
    """The end of a heading's line, where what is to stand below it is written: behind the blanks that it may end with."""
    return record.lines.span(record.lines.line_at(max(heading.start, heading.end - 1))).end


def is_checklist(record: Known, stated: Status) -> bool:
    """Whether a status is one item of a list with a box for each."""
    return any(
        field.role == "status" and field.place == stated.field.place and status.ticked(field.value) is not None
        for field in record.fields
    )


def relate(record: Record, relation: Relation, other: Known, log: Log) -> Iterator[Edit]:
    """Adds to a record that it stands in that relation to another: to the field it has for that, or as a new one."""
    existing = _own_field(record, relation)
    paired = [field for field in record.fields if _is_pair(record, field)]
    if paired and (existing is None or existing in paired):
        yield _another_pair(record, existing or paired[-1], relation, _in_front(other, log))
        return
    if existing is None:
        said = phrasing.phrase(log, relation, is_value=False)
        whole = f"{said.before}{_named_like(said.named, record, other, log)}{said.behind}" if said is not None else ""
        if not whole and relation in log.house.language.after:
            whole = _behind(log.house.language, relation, CARRIERS["section"].refer(record, other, log))
        yield from add_field(record, log, relation, lambda carrier: carrier.relative(record, other, log), whole)
        return
    place = carrier(record, existing)
    name = _in_front(other, log) if place is CARRIERS["front-matter"] else place.refer(record, other, log)
    is_list = (
        record.text[existing.value_span.start : existing.value_span.start + 1] in ("[", "-")
        and place is CARRIERS["front-matter"]
    )
    if is_nothing(existing.value) and not is_list:
        yield place.set(record, existing.value_span, name)
    else:
        yield place.extend(record, existing, name)


def _own_field(record: Record, relation: Relation) -> Field | None:
    """The field that a record has for a relation; None where it has none, or merely a section."""
    fields = (field for field in record.fields if field.role == relation and field.place != "section")
    return next((field for field in fields if not metadata.tells_part(field.key)), None)


def _is_pair(record: Record, field: Field) -> bool:
    """Whether a field is an item of a list in front matter that has the kind of relation beside the record: ``{type: amends, target: ADR-2}``."""
    if field.place != "front-matter" or record.front is None or field.key_span.start == field.span.start:
        return False
    return not any(entry.key_span == field.key_span for entry in record.front_entries)


def _another_pair(record: Record, like: Field, relation: Relation, name: str) -> Edit:
    """Adds an item to a list of relations and records behind its last one, written as the one of `like` is."""
    text = record.text
    entry = next(entry for entry in record.front_entries if entry.span.start <= like.key_span.start < entry.span.end)
    kind = (
        like.key
        if like.role == relation and not metadata.tells_part(like.key)
        else ("_" if "_" in like.key else "-").join(relation.split("_"))
    )
    said = sorted([(like.key_span.start, kind), (like.value_span.start, name)])
    pairs = []
    for at, value in said:
        key = _PAIR_KEY.search(text, max(entry.value_span.start, at - _PAIR_LONG), at)
        pairs.append(f"{key['key'] if key else 'target'}: {value}")
    if entry.value_span.of(text).startswith("["):
        at = text.rindex("}", entry.value_span.start, entry.value_span.end) + 1
        return Edit(Span(at, at), f", {{{', '.join(pairs)}}}")
    head = list(_PAIR_ITEM.finditer(text, record.lines.starts[record.lines.line_at(entry.value_span.start)], said[0][0]))[-1]
    gap = line_end(text)
    at = record.lines.span(record.lines.line_at(entry.value_span.end - 1)).end
    if head["brace"]:
        return Edit(Span(at, at), f"{gap}{head['dash']}{{{', '.join(pairs)}}}")
    return Edit(Span(at, at), f"{gap}{head['dash']}{pairs[0]}{gap}{' ' * len(head['dash'])}{pairs[1]}")


_PAIR_KEY = lazy.regex(r"(?P<key>[\w-]{1,40}[\"']?)[ \t]{0,9}:[ \t]{0,9}[\"']?\Z")
_PAIR_LONG = 80
_PAIR_ITEM = lazy.regex(r"^(?P<dash>[ \t]*-[ \t]+)(?P<brace>\{?)", re.MULTILINE)


class _Listed(NamedTuple):
    """How front matter has a list: in brackets, or with its dashes so far behind its key, in YAML's *block* style; `quoted` as its items are."""

    indent: int | None
    quoted: bool


def _listed(field: Field, record: Known, first: Mention) -> _Listed | None:
    """How a field of front matter lists what it holds; None for a single value. Brackets, dashes and quotes are no part of its value."""
    if field.value_span.end - field.value_span.start < len(field.value) + 2:
        return None
    line, column = record.lines.position(field.value_span.start)
    key_line, margin = record.lines.position(field.key_span.start)
    is_block = line != key_line
    lead = first.span.start - field.value_span.start
    return _Listed(max(0, column - margin) if is_block else None, quoted=lead == (3 if is_block else 2))


_Named = int | str | None
"""How front matter names a record: with so many digits of a mere number, by the name of its file with this ending, or by its id."""


def _named(mention: Mention) -> _Named:
    if mention.form == "number":
        return len(mention.digits)
    path = mention.path or ""
    return posixpath.splitext(path)[1] if path and mention.span.end - mention.span.start == len(path) else None  # bare, no link


_IN_FRONT = Tally(
    lambda record: [
        (_named(related.mention), _listed(field, record, related.mention))
        for field in record.fields
        if field.place == "front-matter"
        for related in [next((one for one in record.relations if one.field == field), None)]
        if related is not None
    ]
)
"""How front matter names records that others stand to, and in what list, if in one."""


def name_in_front(source: Record, target: Known, log: Log | None) -> str:
    """How front matter names `target` where it states how a record stands to others, as the records besides `source` have it.

    By a number, in quotes where YAML would take it for octal, by the name of its file, or by its id.
    """
    return target.id if log is None else _in_front(target, log, source)


def _in_front(target: Known, log: Log, without: Known | None = None) -> str:
    """The same as all records of a log have it, or all but one."""
    return _quoted(_bare_in_front(target, log, without))


def _bare_in_front(target: Known, log: Log, without: Known | None = None) -> str:
    """The same without quotes, for where a list has its own."""
    named = next((named for named, _ in _by_others(log, _IN_FRONT, without)), None)
    if isinstance(named, int) and target.number is not None:
        return f"{target.number:0{named}}"
    return target.name.stem + named if isinstance(named, str) else target.id


def _by_others(log: Log, tally: Tally[_K], record: Known | None) -> list[_K]:
    """What a tally counts in the records of a log, all or all but one, the most frequent first."""
    known: Counter[_K] = log.of(tally)
    counts = Counter(dict(known))  # a copy, also where what is asked is noted
    own = log.records.get(record.path) if record is not None else None
    counts.subtract(tally.see(own) if own is not None else ())
    return [key for key, count in ranked(counts) if count > 0]


def add_field(record: Record, log: Log, role: Role, worded: Worded, sentence: str = "") -> Iterator[Edit]:
    """Adds a statement behind the status, or the first of the metadata, in the carrier that it is written in.

    `sentence` says all of it where that is no key and value but a paragraph of a section; empty where its key says so there, too.
    """
    anchor = record.status.field if record.status else None
    if anchor is None or (anchor not in record.fields and anchor.place != "section"):
        # Nothing states the status, or a notice does, which has no key for another statement to be modelled on
        anchor = next((field for field in record.fields if field.place != "section"), None)
    if anchor is not None:
        anchor = _before(record, log, role, anchor)
        place = carrier(record, anchor)
        if sentence and place is CARRIERS["section"]:
            yield from place.append(record, anchor, "", sentence)
        else:
            yield from place.append(record, anchor, _key(record, log, role, place), _worded(worded, place))
    else:
        place = CARRIERS.get(log.house.status_place or "bold-line", CARRIERS["bold-line"])
        yield from place.first(record, _key(record, log, role, place), _worded(worded, place))


def _before(record: Record, log: Log, role: Role, usual: Field) -> Field:
    """The field behind which a relation is written: the one behind which others have it, where the record has that one in the usual place."""
    for key in phrasing.keys_before(log, role, usual.place):
        found = next((field for field in record.fields if fold(field.key) == key and field.place == usual.place), None)
        if found is not None and not _is_pair(record, found):
            return found
    return usual


_KEYS = Tally(
    lambda record: [
        (field.role, field.place == "front-matter", field.key)
        for field in record.fields
        if field.place not in ("section", "heading")
        and (field.role in CONVERSE or field.role == "date")
        and metadata.role_of(field.key) == field.role
    ]
)
"""How the keys of relations and dates are called, in front matter and elsewhere, and in how many records."""


def _key(record: Record, log: Log, role: Role, place: Carrier) -> str:
    """What a new statement is called: as other records of the log call it, else as its place and language have it."""
    if place is not CARRIERS["section"] and place is not CARRIERS["heading"]:
        for (known, is_value, key), _ in ranked(log.of(_KEYS)):
            if (known, is_value) == (role, place.is_value):
                return key
    return place.label(record, log.house, role)


# Where it is stated


Role = Relation | Literal["status", "date"]


class Carrier:
    """A kind of place in which records make statements about themselves, and how a statement is worded, changed and added there.

    `is_value` tells whether what stands there is a value of a format of its own, not Markdown.
    """

    is_value = False

    def refer(self, source: Record, target: Known, log: Log | None) -> str:
        """How the place names another record."""
        named = phrasing.named(log) if log is not None else None
        if log is not None and named is not None:
            return _named_like(named, source, target, log)
        if log is None or not log.house.names_bare or _is_shared(log, target):
            return link(source.path, target, log)
        return called(target, log)

    def relative(self, source: Record, target: Known, log: Log) -> str:
        """The whole value of a new field that says how the record stands to another."""
        return self.refer(source, target, log)

    def label(self, record: Record, house: House, role: Role) -> str:  # noqa: ARG002  # front matter looks at the record itself
        """What a statement is called, in the language of the house's other labels."""
        return lookup.label(house.key_language, role)

    def escape(self, value: str) -> str:
        """A value as the place can hold it."""
        return value

    def set(self, record: Record, span: Span, value: str) -> Edit:
        """Puts a value in place of what stands at `span`, or behind its key if that is nothing."""
        before = record.text[span.start - 1 : span.start]
        return Edit(span, ("" if span.start < span.end or not before or before.isspace() else " ") + self.escape(value))

    def restate(self, record: Record, stated: Status, value: str) -> Edit:
        """Puts another status in place of the one that is stated; what is written besides it follows as a sentence of its own."""
        rest = remarks.notes(record, stated)
        return self.set(record, stated.span, f"{value}. {rest}" if rest else value)

    def extend(self, record: Record, field: Field, value: str) -> Edit:  # noqa: ARG002  # front matter looks at the record
        """Adds a value to those that a field has."""
        return Edit(Span(field.value_span.end, field.value_span.end), f", {self.escape(value)}")

    def append(self, record: Record, anchor: Field, key: str, value: str) -> Iterator[Edit]:
        """Adds a statement behind another one of the same place."""
        raise NotImplementedError

    def first(self, record: Record, key: str, value: str) -> Iterator[Edit]:
        """Adds a statement to a record that makes none."""
        newline = line_end(record.text)
        at = below(record, record.heading.span) if record.heading else (record.front.body if record.front else 0)
        rest = record.text[at:]
        gap = "" if rest.startswith(("\n", "\r")) or not rest else newline * 2
        yield Edit(Span(at, at), (newline * 2 if record.heading else "") + self.statement(key, value, newline) + gap)

    def statement(self, key: str, value: str, newline: str) -> str:  # noqa: ARG002  # a section needs the line end
        """A statement that has no other to be modelled on."""
        return f"**{key}**: {value}"


def _is_shared(log: Log, target: Known) -> bool:
    """Whether another record of the log has the number of one, so that only a link tells which is meant."""
    return target.number is not None and len(log.by_number.get((target.series.casefold(), target.number), ())) > 1


class _Written(str):
    """A value of front matter as it stands there, in YAML and TOML alike."""

    __slots__ = ()


def _quoted(name: str) -> str:
    """What names a record as front matter has it: a number in quotes where YAML would take it for octal."""
    return _Written(f'"{name}"') if name.startswith("0") and name.isdecimal() else name


class _FrontMatter(Carrier):
    """``status: accepted`` in YAML, or ``status = "accepted"`` in TOML."""

    is_value = True

    def refer(self, source: Record, target: Known, log: Log | None) -> str:  # noqa: ARG002  # no Markdown, so no style of links
        return target.id

    def relative(self, source: Record, target: Known, log: Log) -> str:
        listed = next((listed for (_, listed), _ in ranked(log.of(_IN_FRONT))), None)
        name = _bare_in_front(target, log)
        if listed is None:
            return _quoted(name)
        item = f'"{_doubly(name)}"' if listed.quoted or is_toml(source) else _quoted(yaml_scalar(name))
        if listed.indent is None or is_toml(source):
            return _Written(f"[{item}]")
        return _Written(f"{line_end(source.text)}{' ' * listed.indent}- {item}")

    def label(self, record: Record, house: House, role: Role) -> str:  # noqa: ARG002  # its keys are English in any house
        keys = [entry.key for entry in record.front_entries]
        name = lookup.label(lookup.language_of(("fields", keys)), role)
        return name.casefold().replace(" ", "_" if any("_" in key for key in keys) else "-")

    def set(self, record: Record, span: Span, value: str) -> Edit:
        quote = record.text[span.start - 1 : span.start]
        if quote in ("'", '"'):
            value = value[1:-1] if isinstance(value, _Written) and value.startswith('"') else value
            return Edit(span, value.replace("'", "''") if quote == "'" else _doubly(value))
        if is_toml(record) and _BARE.fullmatch(value) and _BARE.fullmatch(span.of(record.text)):
            value = _Written(value)  # a date or a number, which TOML has without quotes
        if _is_in_braces(record, span) and not isinstance(value, _Written) and re.search(r"[,\[\]{}]", value):
            value = _Written(f'"{_doubly(value)}"')
        return Edit(span, ("" if quote.isspace() else " ") + self._scalar(record, value))

    def restate(self, record: Record, stated: Status, value: str) -> Edit:
        rest = remarks.notes(record, stated)
        return self.set(record, stated.field.value_span, f"{value}. {rest}" if rest else value)

    def extend(self, record: Record, field: Field, value: str) -> Edit:
        entry = next((e for e in record.front_entries if e.key_span == field.key_span), None)
        if entry is None or entry.kind != "list" or entry.value_span.of(record.text).startswith("[["):
            return super().extend(record, field, value)
        last = entry.scalars[-1] if entry.scalars else None
        name = self._item(record, value, last)
        if not entry.value_span.of(record.text).startswith("["):
            line = record.lines.span(record.lines.line_at(field.value_span.end))
            marker = re.match(r"[ \t]*-[ \t]+", line.of(record.text))
            return Edit(Span(line.end, line.end), f"{line_end(record.text)}{marker[0] if marker else '  - '}{name}")
        at = last.span.end + (last.style in ("single", "double")) if last else entry.value_span.start + 1
        return Edit(Span(at, at), f", {name}" if last else name)

    def append(self, record: Record, anchor: Field, key: str, value: str) -> Iterator[Edit]:
        at = anchor.span.end
        if _is_in_braces(record, anchor.key_span):
            yield Edit(Span(at, at), f", {self._line(record, key, value)}")
            return
        line = record.lines.span(record.lines.line_at(anchor.key_span.start))
        margin = line.of(record.text)[: anchor.key_span.start - line.start]
        margin = margin[: len(margin) - len(margin.lstrip())]
        yield Edit(Span(at, at), line_end(record.text) + margin + self._line(record, key, value).replace("\n", f"\n{margin}"))

    def first(self, record: Record, key: str, value: str) -> Iterator[Edit]:
        newline = line_end(record.text)
        if record.front is None:
            yield Edit(Span(0, 0), f"---{newline}{self._line(record, key, value)}{newline}---{newline * 2}")
            return
        content = record.front.content
        gap = "" if content.of(record.text).endswith("\n") or not content.of(record.text) else newline
        yield Edit(Span(content.end, content.end), gap + self._line(record, key, value) + newline)

    def _item(self, record: Record, value: str, like: Scalar | None) -> str:
        """A value as an item of a list, in the quotes of another one."""
        bare = value[1:-1] if isinstance(value, _Written) and value.startswith('"') else value
        if like is None or like.style not in ("single", "double"):
            return self._scalar(record, value)
        return f"'{bare.replace(chr(39), chr(39) * 2)}'" if like.style == "single" else f'"{_doubly(bare)}"'

    def _line(self, record: Record, key: str, value: str) -> str:
        written = self._scalar(record, value)
        join = " =" if is_toml(record) else ":"
        return f"{key}{join}{written}" if written.startswith(("\n", "\r")) else f"{key}{join} {written}"

    @staticmethod
    def _scalar(record: Record, value: str) -> str:
        if isinstance(value, _Written):
            return value
        return f'"{_doubly(value)}"' if is_toml(record) else yaml_scalar(value)


_BARE = lazy.regex(r"\d{4}-\d\d-\d\d|\d{1,9}")


def _is_in_braces(record: Record, span: Span) -> bool:
    """Whether a stretch of front matter stands in a map in braces."""
    outer = record.front.entries if record.front is not None else ()
    around = (entry.value_span for entry in outer if entry.kind == "map" and entry.value_span.covers(span))
    return any(value.of(record.text).startswith("{") for value in around)


def is_toml(record: Record) -> bool:
    """Whether the front matter of a record is written in TOML."""
    return record.front is not None and record.text[record.front.span.start :].startswith("+++")


class _Line(Carrier):
    """``**Status**: Accepted``, with or without emphasis, on a line or in an item of a list."""

    def __init__(self, form: str = "**{}**: {}") -> None:
        self.form = form

    def statement(self, key: str, value: str, newline: str) -> str:  # noqa: ARG002  # all on one line
        return self.form.format(key, value)

    def append(self, record: Record, anchor: Field, key: str, value: str) -> Iterator[Edit]:
        newline, lines = line_end(record.text), record.lines
        line = lines.line_at(anchor.key_span.start)
        if lines.line_at(anchor.value_span.start) != line:  # the value stands below its key
            at = _end_of_block(record, anchor.value_span.start)
            yield Edit(Span(at, at), newline * 2 + self.statement(key, value, newline))
            return
        start, end = lines.span(line)
        others = [field for field in record.fields if field.place == anchor.place]
        stating = {lines.line_at(field.key_span.start) for field in others}
        own = [field for field in others if lines.line_at(field.key_span.start) == line]
        lead = record.text[start : own[0].span.start]
        mark = record.text[anchor.span.start : anchor.key_span.start]
        between = record.text[anchor.key_span.end : anchor.value_span.start].rstrip() + " "
        tail = re.search(r"(?:^[*_]+)?(?:(?<! ) {2,}|\\)?$", record.text[own[-1].value_span.end : end])
        around = [near.of(record.text) for n in (line - 1, line + 1) if 0 <= n < len(lines) for near in [lines.span(n)]]
        spaced = (
            not stating & {line - 1, line + 1}
            and not (anchor.place != "plain-line" and any(near.strip(" \t>") for near in around))
            and (anchor.place == "plain-line" or bool(stating & {line - 2, line + 2}))
        )
        at = self._behind(record, anchor, line, stating)
        said = f"{newline * (2 if spaced else 1)}{lead}{mark}{key}{between}{value}"
        # The last of several lines needs no break behind it, until another one follows
        above = (
            _BREAK.search(lines.span(line - 1).of(record.text)) if at == end and not spaced and line - 1 in stating else None
        )
        if above is not None and not _BREAK.search(record.text[start:end]):
            yield Edit(Span(at, at), f"{above[0]}{said}")
            return
        yield Edit(Span(at, at), f"{said}{tail[0] if tail else ''}")

    def _behind(self, record: Record, anchor: Field, line: int, stating: set[int]) -> int:
        """Where the statement ends: behind the lines of its paragraph that go on with it, and with an item behind all of that."""
        blocks = record.document.block_at(anchor.key_span.start)
        item = next((block for block in reversed(blocks) if block.kind == "list_item"), None)
        if item is not None:
            return record.lines.ends[record.lines.line_at(max(item.span.start, item.span.end - 1))]
        last = record.lines.line_at(max(blocks[-1].span.start, blocks[-1].span.end - 1)) if blocks else line
        while line < last and line + 1 not in stating:
            line += 1
        return record.lines.ends[line]


_BREAK = lazy.regex(r"(?:(?<! ) {2,}|(?<!\\)\\)$")
"""What makes a reader see the next line on one of its own."""


class _Row(Carrier):
    """``| Status | Accepted |``."""

    def escape(self, value: str) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", value)

    def append(self, record: Record, anchor: Field, key: str, value: str) -> Iterator[Edit]:
        lines = record.lines
        line = lines.line_at(anchor.value_span.start)
        if _is_delimiter(record, line + 1):
            line += 1
        end = lines.ends[line]
        start = record.text[lines.starts[line] : end]
        lead = start[: len(start) - len(start.lstrip())]
        yield Edit(Span(end, end), f"{line_end(record.text)}{lead}| {key} | {self.escape(value)} |")


class _Column(_Row):
    """``| Status | Date |`` over one row of values."""

    def append(self, record: Record, anchor: Field, key: str, value: str) -> Iterator[Edit]:
        first, last = (record.lines.line_at(span.start) for span in (anchor.key_span, anchor.value_span))
        for line in range(first, last + 1):
            written = record.lines.span(line).of(record.text).rstrip()
            at = record.lines.starts[line] + len(written)
            cell = key if line == first else "---" if _is_delimiter(record, line) else self.escape(value)
            blank = " " if " |" in written or "| " in written else ""
            yield Edit(Span(at, at), f"{blank}{cell}{blank}|" if written.endswith("|") else f"{blank}|{blank}{cell}")


# There is one way to read each line, or a long one of `-` would take forever
_DELIMITER = lazy.regex(
    r"[ \t]*(?:\|[ \t]*)?:?-(?::{0,2}-|:?(?:[ \t]+(?:\|[ \t]*)?|\|[ \t]*):?-)*:?[ \t]*(?:\|[ \t]*)?",
)


def _is_delimiter(record: Record, line: int) -> bool:
    """Whether a line is the one between the head and the body of a table."""
    return line < len(record.lines) and bool(_DELIMITER.fullmatch(record.lines.span(line).of(record.text)))


class _Section(Carrier):
    """``## Status`` with the value below it."""

    def label(self, record: Record, house: House, role: Role) -> str:  # noqa: ARG002  # a heading is in the house's language
        return lookup.label(house.language, role)

    def restate(self, record: Record, stated: Status, value: str) -> Edit:
        if not remarks.notes(record, stated) or stated.field.place == "heading":
            return super().restate(record, stated, value)
        # Above all that is stated there, which may be a history of which the last line counts
        section = next(section for section in reversed(record.sections) if section.heading.span.start < stated.span.start)
        blocks = record.blocks_in(section.own)
        at = record.lines.starts[record.lines.line_at(min(stated.span.start, *(block.span.start for block in blocks)))]
        return Edit(Span(at, at), value + line_end(record.text) * 2)

    def append(self, record: Record, anchor: Field, key: str, value: str) -> Iterator[Edit]:
        at = _end_of_block(record, anchor.value_span.start)
        yield Edit(Span(at, at), line_end(record.text) * 2 + f"{key} {value}".lstrip())

    def statement(self, key: str, value: str, newline: str) -> str:
        return f"## {key}{newline * 2}{value}"


def _end_of_block(record: Record, offset: int) -> int:
    """The end of the last line of the outermost block at an offset."""
    blocks = record.document.block_at(offset)
    return record.lines.ends[record.lines.line_at(max(offset, blocks[0].span.end - 1) if blocks else offset)]


class _Heading(_Section):
    """``# Use Kafka [ACCEPTED]``: a part of a heading, which names others without links, as what shows a title shows it."""

    def refer(self, source: Record, target: Known, log: Log | None) -> str:  # noqa: ARG002  # a link needs the source
        """How the place names another record."""
        return called(target, log)


CARRIERS: Mapping[str, Carrier] = MappingProxyType(
    {
        "front-matter": _FrontMatter(),
        "bold-line": _Line(),
        "plain-line": _Line("{}: {}"),
        "bullet": _Line("- {}: {}"),
        "table": _Row(),
        "section": _Section(),
        "heading": _Heading(),
    }
)
"""What holds a statement at each place."""
_COLUMN = _Column()


def carrier(record: Record, field: Field) -> Carrier:
    """What holds a field: that of its place, where the two kinds of tables differ in whether the key stands above its value."""
    lines = record.lines
    if field.place == "table" and lines.line_at(field.key_span.start) != lines.line_at(field.value_span.start):
        return _COLUMN
    return CARRIERS[field.place]
