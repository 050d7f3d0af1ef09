"""What is under the cursor: shared by hover, definition, references, highlight and completion, so that they always agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from adr_ls.log.index import Index
from adr_ls.log.log import Log
from adr_ls.log.resolve import Resolution
from adr_ls.log.workspace import Workspace
from adr_ls.record import mentions
from adr_ls.record.anchors import anchor_span
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Definition, Heading, Link
from adr_ls.syntax.text import Span
from adr_ls.write import editing


@dataclass(frozen=True)
class Cursor:
    """A place in a file of a workspace: the whole context of a request. `record` is the file's text, be it a record or a page."""

    workspace: Workspace
    record: Record
    offset: int

    @cached_property
    def log(self) -> Log | None:
        """The log of the file."""
        return self.workspace.log_of(self.record.path)

    @cached_property
    def index(self) -> Index | None:
        """The file as an index, None where it is none."""
        return self.workspace.indexes.get(self.record.path)

    @property
    def is_record(self) -> bool:
        """Whether the file is a record, not a page."""
        return self.record.path in self.workspace.records


@dataclass(frozen=True)
class ReferenceTarget:
    """A mention of a record, and where it leads."""

    mention: Mention
    resolution: Resolution
    records: tuple[Facts, ...]

    @property
    def span(self) -> Span:
        """The mention as written."""
        return self.mention.span


@dataclass(frozen=True)
class StatusTarget:
    """The record's own status."""

    status: Status

    @property
    def span(self) -> Span:
        """The status as written."""
        return self.status.span


@dataclass(frozen=True)
class SelfTarget:
    """The title of the record itself, be it in its heading or in its front matter, or what numbers it there; `span` is all of that."""

    record: Record
    span: Span


@dataclass(frozen=True)
class HeadingTarget:
    """A heading of a file, be it here or where the fragment of a link leads; `span` is what the cursor is on."""

    file: Record
    heading: Heading
    span: Span


@dataclass(frozen=True)
class LabelTarget:
    """The label of links that are defined elsewhere in the file: ``[kafka]: 0003-use-kafka.md``."""

    definition: Definition
    span: Span


Target = ReferenceTarget | StatusTarget | SelfTarget


def target(cursor: Cursor) -> Target | None:
    """What the cursor is on; of things within each other the innermost, None where it is on nothing that is known."""
    found = [mention for mention in cursor.record.pointers if cursor.offset in mention.span]
    for mention in sorted(found, key=lambda mention: mention.span.end - mention.span.start):
        resolution = cursor.workspace.pointed(cursor.record)[mention]
        if resolution.kind != "none":
            records = tuple(cursor.workspace.records[path] for path in resolution.paths if path in cursor.workspace.records)
            return ReferenceTarget(mention, resolution, records)
    defined = _defined(cursor)
    if defined is not None or not cursor.is_record:
        return defined
    for status in cursor.record.statuses:
        if cursor.offset in status.span:
            return StatusTarget(status)
    span = next((span for span in _own_names(cursor.record) if cursor.offset in span), None)
    return SelfTarget(cursor.record, span) if span is not None else None


def _own_names(record: Record) -> Iterator[Span]:
    """Where a record says what it is called."""
    if record.heading is not None:
        yield record.heading.span
    fields = (record.field(role) for role in ("id", "title")) if record.front is not None else ()
    yield from (field.value_span for field in fields if field is not None and field.place == "front-matter")


def _defined(cursor: Cursor) -> ReferenceTarget | None:
    """Where the address leads that the definition of a label has, if the cursor is on that."""
    record = cursor.record
    for definition in record.document.definitions:
        if cursor.offset in definition.target:
            nothing = Span(definition.target.start, definition.target.start)
            link = Link("inline", definition.target, nothing, definition.target, definition.url)
            for mention in mentions.of_link(link, record.text):
                resolution = cursor.workspace.names.resolve(record.path, mention)
                paths = (path for path in resolution.paths if path in cursor.workspace.records)
                if resolution.kind != "none":
                    return ReferenceTarget(mention, resolution, tuple(cursor.workspace.records[path] for path in paths))
    return None


def named_part(cursor: Cursor) -> HeadingTarget | LabelTarget | None:
    """What within a file has a name of its own at the cursor: a heading but the title, the fragment that leads to one, or a label."""
    record, offset = cursor.record, cursor.offset
    for definition in record.document.definitions:
        label = editing.label_span(definition, record)
        if offset in label:
            return LabelTarget(definition, label)
    for link in record.document.links:
        if offset not in link.span and (link.definition is None or offset not in link.definition.span):
            continue
        if link.definition is not None and offset in link.target and link.target != link.text:
            return LabelTarget(link.definition, link.target)
        place = fragment_span(link, record)
        if place is not None and offset in place:
            return _led_to(cursor, link, place)
    heading = next((one for one in record.document.headings if offset in one.span), None)
    if heading is None or target(cursor) is not None:
        return None  # on the title all of the record is meant, and a reference or a status may stand in any heading
    return HeadingTarget(record, heading, heading.span)


def fragment_span(link: Link, record: Record) -> Span | None:
    """Where the fragment of a link is written, with its mark; None where it has none."""
    place = editing.destination(link)
    at = place.of(record.text).find("#")
    return Span(place.start + at, place.end) if at >= 0 else None


def _led_to(cursor: Cursor, link: Link, place: Span) -> HeadingTarget | None:
    """The heading to which a fragment leads that stands at a place."""
    file: Record | None = cursor.record
    mention = next((one for one in cursor.record.mentions if one.link == link), None)
    if mention is not None:
        paths = cursor.workspace.resolve(cursor.record, mention).paths
        file = cursor.workspace.file(paths[0]) if paths else None
    span = anchor_span(file, unquote(link.url.partition("#")[2])) if file is not None else None
    found = (heading for heading in file.document.headings if heading.span == span) if file is not None else ()
    return next((HeadingTarget(file, heading, place) for heading in found), None) if file is not None else None


def subject(cursor: Cursor) -> Known | None:
    """The record that a question at the cursor is about: the one referred to there, else the one the cursor is in."""
    found = target(cursor)
    if isinstance(found, ReferenceTarget):
        return found.records[0] if found.records and found.resolution.kind == "record" else None
    return cursor.record if cursor.is_record else None
