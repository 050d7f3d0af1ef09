"""Going from a reference to its record and back: definition, references, document links and highlights."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from adr_ls.ide.hover import heading
from adr_ls.ide.target import Cursor, ReferenceTarget, subject, target
from adr_ls.log.workspace import Workspace
from adr_ls.record.anchors import anchor_span
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.syntax.text import Span


@dataclass(frozen=True)
class Spot:
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
        return ()
    if found.resolution.kind == "record":
        # Where several logs have the number, the nearest is meant; within one log there is no telling
        nearest = posixpath.dirname(found.records[0].path) if found.records else ""
        return tuple(
            _title(cursor.workspace, record, found.span, found.mention.fragment)
            for record in found.records
            if posixpath.dirname(record.path) == nearest
        )
    if found.resolution.kind == "file":
        return (Spot(found.resolution.paths[0], Span(0, 0), Span(0, 0), found.span),)
    return ()


def _title(workspace: Workspace, record: Known, origin: Span | None, fragment: str = "") -> Spot:
    file = workspace.file(record.path)
    whole = Span(0, len(file.text) if file is not None else 0)
    if fragment:
        span = anchor_span(file, fragment) if file is not None else None
        if span is not None:
            return Spot(record.path, span, span, origin)
    if record.heading is None:
        return Spot(record.path, whole, Span(0, 0), origin)
    return Spot(record.path, whole, record.heading.span, origin)


def references(cursor: Cursor, *, declaration: bool = False) -> tuple[Spot, ...]:
    """All references to the record that the cursor is about, in other records and pages; its title too if `declaration`."""
    record = subject(cursor)
    if record is None:
        return ()
    found = [_title(cursor.workspace, record, None)] if declaration else []
    found = [Spot(spot.path, spot.name, spot.name) for spot in found]
    found += (Spot(source.path, mention.span, mention.name) for source, mention in cursor.workspace.mentions_of(record))
    return tuple(found)


def highlights(cursor: Cursor) -> tuple[Span, ...]:
    """The mentions of the same record in this file."""
    found = target(cursor)
    if not isinstance(found, ReferenceTarget) or found.resolution.path is None:
        return ()
    resolved = cursor.workspace.resolved(cursor.record).items()
    return tuple(mention.span for mention, resolution in resolved if resolution.path == found.resolution.path)


def document_links(workspace: Workspace, record: Record) -> Iterator[DocumentLink]:
    """The references of a file that lead to records; a link's own target, or the whole of a bare mention."""
    for mention, resolution in workspace.resolved(record).items():
        other = workspace.records.get(resolution.path or "")
        if other is not None and other.path != record.path:
            yield DocumentLink(mention.name, other.path, f"{heading(other)} ({workspace.standing(other)})")
