"""How one record stands to another, said on both sides in one step."""

from __future__ import annotations

import re

from adr_ls.ide import superseding
from adr_ls.log.workspace import Workspace
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.rules.supersession import is_told_by_one
from adr_ls.syntax.change import Change, FileEdit
from adr_ls.words import lookup
from adr_ls.words.language import CONVERSE, Relation
from adr_ls.words.lookup import fold
from adr_ls.write import editing


class RelatingError(Exception):
    """The records cannot stand so to each other; the message says why."""


def related(workspace: Workspace, record: Known, relation: Relation, other: Known) -> Change:
    """A record that says how it stands to another, which says the converse where the log has both sides say such things.

    Raises `RelatingError`, or `SupersedingError` for supersessions, where that cannot be or is so already.
    """
    if relation == "supersedes":
        return superseding.by_existing(workspace, other, record)
    if relation == "superseded_by":
        return superseding.by_existing(workspace, record, other)
    if record.path == other.path:
        raise RelatingError("A record cannot stand so to itself.")
    if obstacle := editing.obstacle(record):
        raise RelatingError(obstacle)
    found: list[FileEdit] = []
    # Records are related to each other
    sides: list[tuple[Known, Relation, Known]] = [(record, relation, other), (other, CONVERSE.get(relation, relation), record)]
    for source, said, target in sides:
        log, whole = workspace.log_of(source.path), workspace.file(source.path)
        if log is None or whole is None or source.path not in workspace.records:
            raise RelatingError(f"“{source.path}” is no ADR.")
        is_left_out = source is other and (whole.is_fixed or is_told_by_one(*workspace.sides(log.directory, relation)))
        if not (is_left_out or workspace.tells(source, (said,), target) or _names(workspace, whole, said, target)):
            found += (FileEdit(source.path, edit) for edit in editing.relate(whole, said, target, log))
    if not found:
        raise RelatingError(f"{record.id} says so already.")
    return Change(f"Relate {record.id} to {other.id}", tuple(found))


def _names(workspace: Workspace, record: Record, role: str, other: Known) -> bool:
    """Whether a field of a record that is of other records names that one, or a line that begins as such a field does."""
    values = [field.value_span for field in record.fields if field.role == role]
    words = lookup.words_for("fields", role)
    for mention, found in workspace.resolved(record).items():
        if other.path in found.paths:
            line = record.lines.span(record.lines.line_at(mention.span.start))
            before = fold(re.sub(r"[\W_]+", " ", record.text[line.start : mention.span.start]))
            if before in words or any(span.covers(mention.span) for span in values):
                return True
    return False
