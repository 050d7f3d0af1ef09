"""The facts of a file: all that others may see of it, as one small value.

`Facts` are made once of a record's text and then stand for it: in every fold over a log or a workspace, in rules that look at other
records, and in the cache on disk. They hold neither text nor Markdown. Two facts are equal where others would see no difference:
where prose moved a reference to another line, nothing has changed for anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from adr_ls.record.filename import Name, Title
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section, Sections, Status
from adr_ls.record.passages import Passages
from adr_ls.record.relations import Related
from adr_ls.syntax.markdown import Heading
from adr_ls.syntax.pieced import Question, each
from adr_ls.syntax.text import LineMap, Span
from adr_ls.words.dates import Date


class LinkForm(NamedTuple):
    """How one inline link to a Markdown file is written: by ``id``, ``id title`` or ``title``, and with ``./`` or nothing in front.

    `lead` and `digits` are those of a mere id: ``ADR-`` and ``003``. `stem` is what tells the file from others: its name or its
    directory's, without ending.
    """

    text: str
    path: str
    lead: str = ""
    digits: str = ""
    stem: str = ""


class _Told:
    """Holds what others may see of facts, once that was asked for: those of an open file are compared again and again."""

    __slots__ = ("_told",)
    _told: tuple[object, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Facts(_Told):
    """What others may see of one file; offsets are code points into the text that these were read off."""

    path: str
    digest: str
    """What tells the text from others."""
    name: Name
    """The parts of the file name."""
    number: int | None
    series: str
    id: str
    title: str | None
    heading: Heading | None
    """The heading that is the title."""
    heading_title: Title | None
    """The parts of that heading."""
    fields: tuple[Field, ...]
    sections: Sections
    anchors: tuple[str, ...]
    """The fragments that lead to its headings."""
    statuses: tuple[Status, ...]
    date_field: Field | None
    date: Date | None
    mentions: Sequence[Mention]
    foreigners: frozenset[tuple[str, int]]
    """The records that it says are somebody else's, or not there, by series in lower case and number; without one, any of that number."""
    relations: tuple[Related, ...]
    links: tuple[LinkForm, ...]
    """How it writes links to Markdown files."""
    passages: Passages
    """Its paragraphs, items, rows and comments."""
    octal: bool
    """Whether YAML takes a number of its front matter for another one."""
    padded: str
    """How its own number stands in its front matter; empty where it does not."""
    is_bare: bool
    """Whether it holds nothing but a title."""
    plains: Mapping[Span, str]
    """The values of fields that readers see otherwise than they are written, by their places."""
    marked: str
    """The title as Markdown, where its heading has it so that it can be written elsewhere; else empty."""
    has_notes: bool
    """Whether people wrote more into the status than the status."""
    written_status: str
    """The status as it stands in Markdown or YAML."""
    newline: str
    """How its lines end; empty where there is but one."""
    html_anchors: frozenset[str]
    """The anchors that are set in HTML, or by name in AsciiDoc."""
    beside: Mapping[Span, tuple[str, ...]]
    """What stands before, between and behind the records in the fields that name some, by their places."""
    lines: LineMap
    key_ends: str
    """The characters behind the keys of its bold lines."""
    has_html_links: bool
    """Whether it has links that are written in HTML."""
    summary: str
    """What it says in one line, see `adr_ls.record.summary`; only to be shown, as `seen` leaves it out."""

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
        """All but the passages, the summary and the places of sections and references: what tells one state of the file from another for others."""
        try:
            return self._told
        except AttributeError:
            object.__setattr__(self, "_told", self._all_told())
            return self._told

    def _all_told(self) -> tuple[object, ...]:
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
            self.sections.outline,
            self.statuses,
            self.date_field,
            self.date,
            tuple(each(self.mentions, "", _SAID)),
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


def _said(mention: Mention, _: str) -> tuple[object, ...]:
    """What a mention says, wherever it stands."""
    return mention.form, mention.series, mention.number, mention.digits, mention.path, mention.fragment, mention.lead


_SAID = Question(_said)
