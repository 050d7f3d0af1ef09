"""The facts of a file: all that others may see of it, as one small value.

`Facts` are made once of a record's text and then stand for it: in every fold over a log or a workspace, in rules that look at other
records, and in the cache on disk. They hold neither text nor Markdown. Two facts are equal where others would see no difference:
where prose moved a reference to another line, nothing has changed for anybody else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from adr_ls.record import filename, metadata
from adr_ls.record.anchors import anchors
from adr_ls.record.filename import Name, Title
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field
from adr_ls.record.passages import Passages
from adr_ls.record.record import Record, Section, Status
from adr_ls.record.relations import Related
from adr_ls.record.remarks import has_notes
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.markdown import Heading
from adr_ls.syntax.text import LineMap, Span, line_end
from adr_ls.words.dates import Date

PADDED = "0N"
"""How a number stands in front matter that is filled up with zeros and has no quotes."""


class LinkForm(NamedTuple):
    """How one inline link to a Markdown file is written: by ``id``, ``id title`` or ``title``, and with ``./`` or nothing in front."""

    text: str
    path: str


@dataclass(frozen=True, eq=False, slots=True)
class Facts:
    """What others may see of the file at `path`; offsets are code points into the text whose digest is `digest`.

    `name` are the parts of the file name, `heading` is the one that is the title, `heading_title` its parts. `mentions` and `sections` hold all references and headings with
    their places; `anchors` the fragments of the headings. `foreigners` are the records of others that it names as such, by series and
    number. `passages` are its paragraphs, items and comments, `links` tell how it writes links, `octal` whether YAML takes a number of its front matter for another one, `padded` how its
    own number stands there (empty for nowhere), `is_bare` whether it holds nothing but a title. `plains` has the
    values of fields, by their place, that readers see otherwise than they are written, `marked` the title as Markdown where its heading
    has it so that it can be written elsewhere. `has_notes` tells whether people wrote more into the status than the status,
    `written_status` is that as it stands in Markdown or YAML, `newline` how lines end (empty where there is but one), `html_anchors`
    the anchors that are set in HTML, `beside` what else stands in fields that name records, by their place, `lines` where
    the lines are, `key_ends` the characters behind the keys of its bold lines,
    `has_html_links` whether it has links written in HTML.
    """

    path: str
    digest: str
    name: Name
    number: int | None
    series: str
    id: str
    title: str | None
    heading: Heading | None
    heading_title: Title | None
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    anchors: tuple[str, ...]
    statuses: tuple[Status, ...]
    date_field: Field | None
    date: Date | None
    mentions: tuple[Mention, ...]
    foreigners: frozenset[tuple[str, int]]
    relations: tuple[Related, ...]
    links: tuple[LinkForm, ...]
    passages: Passages
    octal: bool
    padded: str
    is_bare: bool
    plains: Mapping[Span, str]
    marked: str
    has_notes: bool
    written_status: str
    newline: str
    html_anchors: frozenset[str]
    beside: Mapping[Span, str]
    lines: LineMap
    key_ends: str
    has_html_links: bool

    @property
    def status(self) -> Status | None:
        """The status that the most trusted place states, None where none does."""
        return self.statuses[0] if self.statuses else None

    def field(self, role: str) -> Field | None:
        """The first field of that role, None where there is none."""
        return next((field for field in self.fields if field.role == role), None)

    def section(self, role: str) -> Section | None:
        """The first section that plays that part, None where none does."""
        return next((section for section in self.sections if section.role == role), None)

    def plain(self, field: Field) -> str:
        """The value of a field of these as a reader sees it."""
        return self.plains.get(field.value_span, field.value)

    @property
    def seen(self) -> tuple[object, ...]:
        """All but the passages and the places of sections and references: what tells one state of the file from another for others."""
        return (
            self.path,
            self.number,
            self.series,
            self.id,
            self.title,
            self.heading,
            self.heading_title,
            self.fields,
            self.anchors,
            tuple((section.name, section.role, section.level, section.is_empty) for section in self.sections),
            self.statuses,
            self.date_field,
            self.date,
            tuple((one.form, one.series, one.number, one.digits, one.path, one.fragment) for one in self.mentions),
            self.foreigners,
            tuple((one.relation, one.partial, one.evidence, one.field, one.mention) for one in self.relations),
            self.links,
            self.octal,
            self.padded,
            self.is_bare,
            self.plains,
            self.marked,
            self.has_notes,
            self.written_status,
            self.newline,
            self.html_anchors,
            self.beside,
            self.key_ends,
            self.has_html_links,
        )

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Facts) and self.seen == other.seen)

    def __hash__(self) -> int:
        return hash(self.path)


_HTML_ANCHOR = re.compile(r"""\b(?:id|name)=["']?(?P<name>[^\s"'<>]{1,100})""")
_HTML_LINK = re.compile(r"<(?:a|img)\s", re.IGNORECASE)
Known = Facts | Record
"""Whatever tells what a file says: its facts, or all of it."""


def around_mentions(record: Known, field: Field) -> str:
    """What stands in a field that states a relation besides the records that it names."""
    return record.beside.get(field.value_span, "") if isinstance(record, Facts) else _beside(record, field)


def _beside(record: Record, field: Field) -> str:
    span, said = field.value_span, field.value_span.of(record.text)
    for mention in reversed(list(record.mentions_in(span))):
        said = said[: mention.span.start - span.start] + said[mention.span.end - span.start :]
    return said


def facts_of(record: Record) -> Facts:
    """The facts of a record or page, read off its text; those it was given where it was (see `Record.known`)."""
    if record.known is not None:
        return record.known
    scalars = [scalar for entry in record.front.entries for scalar in entry.scalars] if record.front is not None else []
    return Facts(
        path=record.path,
        digest=digest_of(record.text),
        name=record.name,
        number=record.number,
        series=record.series,
        id=record.id,
        title=record.title,
        heading=record.heading,
        heading_title=record.heading_title,
        fields=record.fields,
        sections=record.sections,
        anchors=tuple(anchors(record)),
        statuses=record.statuses,
        date_field=record.date_field,
        date=record.date,
        mentions=record.mentions,
        foreigners=frozenset((one.series.casefold(), one.number) for one in record.foreign if one.number is not None),
        relations=record.relations,
        links=tuple(_link_forms(record)),
        passages=Passages.of(record.text),
        octal=any(octal(scalar) for scalar in scalars),
        padded=_padded(record),
        is_bare=record.heading is not None and not record.sections and not record.area,
        plains={field.value_span: said for field in record.fields if (said := record.plain(field)) != field.value},
        marked=_marked(record),
        has_notes=has_notes(record),
        written_status=record.status.span.of(record.text) if record.status and not record.text.startswith("+++") else "",
        newline=line_end(record.text) if re.search(r"[\r\n]", record.text) else "",
        html_anchors=frozenset(match["name"] for match in _HTML_ANCHOR.finditer(record.text)),
        beside={one.field.value_span: _beside(record, one.field) for one in record.relations if one.field is not None},
        lines=LineMap.of(record.lines),
        key_ends="".join(record.text[f.key_span.end : f.key_span.end + 1] for f in record.fields if f.place == "bold-line"),
        has_html_links=bool(_HTML_LINK.search(record.text)),
    )


def _marked(record: Record) -> str:
    """The title as its heading has it, marks included, where that is the title and holds no link; else empty."""
    title, parsed, heading = record.title, record.heading_title, record.heading
    if title is None or parsed is None or heading is None or parsed.text != title:
        return ""
    source = heading.text.of(record.text).strip()
    tail = filename.parse_title(source, record.name, frozenset({record.name.prefix.casefold()} - {""})).text
    end = heading.text.start + heading.text.of(record.text).rindex(tail) + len(tail) if tail in source else 0
    is_whole = end and not re.search(r"[\[\]<>!|]", tail) and record.document.plain(Span(end - len(tail), end)) == title
    return tail if is_whole else ""


def digest_of(text: str) -> str:
    """What tells one text from another: 128 bits of it in hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _link_forms(record: Record) -> Iterator[LinkForm]:
    """How the inline links to Markdown files are written."""
    for mention in record.mentions:
        link = mention.link
        if link is None or link.kind != "inline" or not mention.path or not mention.path.casefold().endswith(filename.SUFFIXES):
            continue
        label = link.text.of(record.text)
        if re.fullmatch(r"\W*[A-Za-z-]*[- #]*\d+\W*", label):
            text = "id"
        elif re.match(r"\W*[A-Za-z-]*[- #]*\d+", label):
            text = "id title"
        else:
            text = "title"
        yield LinkForm(text, "./" if mention.path.startswith("./") else "")


def octal(scalar: Scalar) -> bool:
    """Whether YAML takes a number with leading zeros for an octal one, of another value: ``0012`` is ten."""
    return scalar.style == "plain" and bool(re.fullmatch(r"0[0-7]+", scalar.text)) and int(scalar.text, 8) != int(scalar.text)


def _padded(record: Record) -> str:
    """How the record's own number stands in its front matter: `PADDED`, ``other``, or empty for nowhere."""
    if record.front is None:
        return ""
    found = next((e.scalars[0] for e in record.front.entries if metadata.role_of(e.key) == "id" and e.scalars), None)
    if found is None:
        return ""
    return PADDED if found.style == "plain" and re.fullmatch(r"0\d+", found.text) else "other"
