"""How records hang together: who refers to whom, which editors show as calls, and what came of what, which they show as types.

A record is made of those that it supersedes or amends, as a type is of others; whichever side says so. All else that one says of another
is a reference.
"""

from __future__ import annotations

from dataclasses import dataclass

from adr_ls.ide.target import Cursor, ReferenceTarget, target
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.syntax.text import Span
from adr_ls.words.language import Relation

_FORMER: dict[Relation, str] = {"supersedes": "superseded by it", "amends": "amended by it"}
_LATER: dict[Relation, str] = {"superseded_by": "supersedes it", "amended_by": "amends it"}


@dataclass(frozen=True)
class Reference:
    """A file that refers to a record, or a record that a file refers to, and where in the referring file."""

    file: Facts
    places: tuple[Span, ...]


@dataclass(frozen=True)
class Kin:
    """A record that another one came of, or that came of it, and how."""

    record: Facts
    how: str


def items(cursor: Cursor) -> tuple[Facts, ...]:
    """The records that a hierarchy at the cursor is about: those referred to there, else the one that the cursor is in."""
    found = target(cursor)
    if isinstance(found, ReferenceTarget):
        return found.records if found.resolution.kind == "record" else ()
    own = cursor.workspace.records.get(cursor.record.path)
    return (own,) if own is not None else ()


def incoming(workspace: Workspace, path: str) -> tuple[Reference, ...]:
    """The records and pages that refer to the record at a path."""
    record = workspace.records.get(path)
    found: dict[str, tuple[Facts, list[Span]]] = {}
    for source, mention in workspace.mentions_of(record) if record is not None else ():
        found.setdefault(source.path, (source, []))[1].append(mention.span)
    return tuple(Reference(source, tuple(spans)) for source, spans in found.values())


def outgoing(workspace: Workspace, path: str) -> tuple[Reference, ...]:
    """The records to which the record or page at a path refers, with the places there."""
    source = workspace.facts(path)
    found: dict[str, list[Span]] = {}
    for mention, resolution in workspace.resolved(source).items() if source is not None else ():
        if resolution.path is not None and resolution.path != path:
            found.setdefault(resolution.path, []).append(mention.span)
    return tuple(Reference(workspace.records[one], tuple(spans)) for one, spans in found.items() if one in workspace.records)


def supertypes(workspace: Workspace, path: str) -> tuple[Kin, ...]:
    """The records that the one at a path supersedes or amends."""
    return _kin(workspace, path, _FORMER)


def subtypes(workspace: Workspace, path: str) -> tuple[Kin, ...]:
    """The records that supersede or amend the one at a path."""
    return _kin(workspace, path, _LATER)


def _kin(workspace: Workspace, path: str, relations: dict[Relation, str]) -> tuple[Kin, ...]:
    record = workspace.records.get(path)
    found: dict[str, Kin] = {}
    for relation, how in relations.items() if record is not None else ():
        for other in workspace.on_either_side(record, relation) if record is not None else ():
            found.setdefault(other.path, Kin(other, how))
    return tuple(found.values())
