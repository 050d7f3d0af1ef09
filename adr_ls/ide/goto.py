"""Going from a reference to its record and back: definition, references, document links and highlights."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from adr_ls.ide.hover import heading
from adr_ls.ide.target import Cursor, HeadingTarget, LabelTarget, ReferenceTarget, named_part, subject, target
from adr_ls.log.workspace import Workspace
from adr_ls.record.anchors import anchor_span, leading, set_in_html
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.syntax.markdown import Definition
from adr_ls.syntax.text import Span
from adr_ls.write.editing import label_span


class Spot(NamedTuple):
    """A place in a file: `span` is all of it, `name` the part to select; `origin` the text asked from, where that is known."""

    path: str
    span: Span
    name: Span
    origin: Span | None = None


@dataclass(frozen=True)
class DocumentLink:
    """A reference that leads to a file, and what it says when pointed at."""

    span: Span
    path: str
    tooltip: str


def definition(cursor: Cursor) -> tuple[Spot, ...]:
    """Where the reference at the cursor leads: its record's title, or the heading that its fragment names; several if it is ambiguous."""
    found = target(cursor)
    if not isinstance(found, ReferenceTarget):
        part = named_part(cursor)
        if isinstance(part, HeadingTarget) and part.span != part.heading.span:  # a link within the file
            return (Spot(part.file.path, part.heading.span, part.heading.span, part.span),)
        return tuple(_within(cursor))
    if found.resolution.kind == "record":
        # Where several logs have the number, the nearest is meant; within one log there is no telling
        nearest = posixpath.dirname(found.records[0].path) if found.records else ""
        return tuple(
            _title(cursor.workspace, record, found.span, found.mention.fragment)
            for record in found.records
            if posixpath.dirname(record.path) == nearest
        )
    if found.resolution.kind == "file":
        path, fragment = found.resolution.paths[0], found.mention.fragment
        file = cursor.workspace.file(path) if fragment else None
        span = (_anchored(file, fragment) if file is not None else None) or Span(0, 0)
        return (Spot(path, span, span, found.span),)
    return ()


def _within(cursor: Cursor) -> Iterator[Spot]:
    """Where a link at the cursor leads that stays within its file."""
    record = cursor.record
    for link in record.document.links:
        if link.url.startswith("#") and cursor.offset in link.span:
            span = _anchored(record, unquote(link.url[1:]))
            if span is not None:
                yield Spot(record.path, span, span, link.span)


def _anchored(file: Record, fragment: str) -> Span | None:
    """What a fragment names in a file: a heading, or an anchor in HTML."""
    return anchor_span(file, fragment) or set_in_html(file.text).get(fragment)


def _title(workspace: Workspace, record: Known, origin: Span | None, fragment: str = "") -> Spot:
    file = workspace.file(record.path)
    whole = Span(0, len(file.text) if file is not None else 0)
    if fragment:
        span = _anchored(file, fragment) if file is not None else None
        if span is not None:
            return Spot(record.path, span, span, origin)
    if record.heading is None:
        return Spot(record.path, whole, Span(0, 0), origin)
    return Spot(record.path, whole, record.heading.span, origin)


def references(cursor: Cursor, *, declaration: bool = False) -> tuple[Spot, ...]:
    """All references to what the cursor is on, and that itself too if `declaration`.

    On a heading these are the links to its anchor, on the title of a page all links to that, on the label of a link the links that have
    it; else all that refers to the record that the cursor is about, in other records and pages.
    """
    part = named_part(cursor)
    if isinstance(part, HeadingTarget):
        return tuple(_to_heading(cursor, part, declaration=declaration))
    if isinstance(part, LabelTarget):
        spans = (*labels(cursor.record, part.definition, declaration=declaration),)
        return tuple(Spot(cursor.record.path, span, span) for span in spans)
    record = subject(cursor)
    if record is None:
        return ()
    found = [_title(cursor.workspace, record, None)] if declaration else []
    found = [Spot(spot.path, spot.name, spot.name) for spot in found]
    found += (Spot(source.path, mention.span, mention.name) for source, mention in cursor.workspace.mentions_of(record))
    return tuple(found)


def _to_heading(cursor: Cursor, part: HeadingTarget, *, declaration: bool) -> Iterator[Spot]:
    """The links to the anchor of a heading, those of its own file first; before them the heading itself if `declaration`."""
    file, leads = part.file, _leads(cursor, part)
    if declaration:
        yield Spot(file.path, part.heading.span, part.heading.span)  # as editors do that find it too
    for link in file.document.links:
        if link.url.startswith("#") and leads(unquote(link.url[1:])):
            yield Spot(file.path, link.span, link.target)
    for source, mention in cursor.workspace.links_into(file.path, leads):
        yield Spot(source.path, mention.span, mention.name)


def _leads(cursor: Cursor, part: HeadingTarget) -> Callable[[str], bool]:
    """Whether a fragment leads to that heading of its file; no fragment leads to the title of a page."""
    heading_of = leading(part.file)
    is_title = part.heading == part.file.heading and part.file.path not in cursor.workspace.records
    return lambda fragment: heading_of(fragment) == part.heading.span if fragment else is_title


def _to_heading_here(cursor: Cursor, part: HeadingTarget) -> Iterator[Span]:
    """Where the cursor's own file links to the anchor of a heading, and the heading if it is there."""
    file, here, leads = part.file, cursor.record, _leads(cursor, part)
    if file.path == here.path:
        yield part.heading.text
        yield from (one.target for one in here.document.links if one.url.startswith("#") and leads(unquote(one.url[1:])))
    for mention, resolution in cursor.workspace.resolved(here).items():
        if mention.path is not None and resolution.paths[:1] == (file.path,) and leads(mention.fragment):
            yield mention.name


def labels(record: Record, definition: Definition, *, declaration: bool) -> Iterator[Span]:
    """Where the links of a file have the label of a definition; before them where it is defined if `declaration`."""
    if declaration:
        yield label_span(definition, record)
    for link in record.document.links:
        if link.definition == definition:
            yield link.target


def highlights(cursor: Cursor) -> tuple[Span, ...]:
    """The mentions of the same record in this file; on a heading or a label the links to it, and itself."""
    part = named_part(cursor)
    if isinstance(part, LabelTarget):
        return tuple(labels(cursor.record, part.definition, declaration=True))
    if isinstance(part, HeadingTarget):
        return tuple(_to_heading_here(cursor, part))
    found = target(cursor)
    if not isinstance(found, ReferenceTarget) or found.resolution.path is None:
        return ()
    resolved = cursor.workspace.pointed(cursor.record).items()
    return tuple(mention.span for mention, resolution in resolved if resolution.path == found.resolution.path)


def document_links(workspace: Workspace, record: Record) -> Iterator[DocumentLink]:
    """The references of a file that lead to records; a link's own target, or the whole of a bare mention."""
    for mention, resolution in workspace.pointed(record).items():
        other = workspace.records.get(resolution.path or "")
        if other is not None and other.path != record.path:
            yield DocumentLink(mention.name, other.path, f"{heading(other)} ({workspace.standing(other)})")
