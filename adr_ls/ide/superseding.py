"""A record superseded by another, in one step: both sides say so as the house says it, and the indexes follow.

Pure functions from a workspace to edits of its texts. Whatever they write holds before the rules: who asks for what would not, such as
to be superseded by an older decision, is told why.
"""

from __future__ import annotations

from dataclasses import replace

from adr_ls.ide.actions import applied
from adr_ls.index import update
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.rules.model import called
from adr_ls.rules.supersession import is_older, is_told_by_one
from adr_ls.syntax.change import Change, FileEdit
from adr_ls.words import lookup
from adr_ls.words.language import ENDED
from adr_ls.write import creation, editing
from adr_ls.write.creation import Made

MOST = 50
"""How many records people are given to choose a successor from, at most."""
COMMAND = "adr-ls.supersede"
"""The editors' command that does it."""


class SupersedingError(Exception):
    """One record cannot supersede the other; the message says why."""


def by_existing(workspace: Workspace, old: Known, new: Known) -> Change:
    """A record marked as superseded by another one, on both sides, and in the indexes of their logs.

    Raises `SupersedingError` where that cannot be, or is so already.
    """
    reason = obstacle(workspace, old) or _unfit(workspace, old, new)
    log, own, other = workspace.log_of(old.path), workspace.file(old.path), workspace.file(new.path)
    if reason or log is None or own is None or other is None:
        raise SupersedingError(reason or f"“{old.path}” is no ADR.")
    found: list[FileEdit] = []
    if workspace.canonical(old) != "superseded" or not workspace.tells(old, ("superseded_by",), new):
        found += (FileEdit(old.path, edit) for edit in editing.supersede(own, new, log))
    is_told = other.is_fixed or workspace.tells(new, ("supersedes",), old)
    if not is_told and not _is_left_to_the_old(workspace, log, new):
        there = workspace.log_of(new.path) or log
        found += (FileEdit(new.path, edit) for edit in editing.relate(other, "supersedes", old, there))
    if not found:
        raise SupersedingError(f"{called(old)}, is superseded by {new.id} already.")
    title = f"Supersede {old.id} by {new.id}"
    after = applied(workspace, Change(title, tuple(found)))
    return Change(title, (*found, *update.following(after, [old.path, new.path])))


def by_new(workspace: Workspace, old: Known, title: str, *, newline: str = "") -> Made:
    """A new record with that title that supersedes an old one, which is marked so, and both in the indexes of the log.

    `newline` is as for `creation.create`. Raises `SupersedingError` where the old one cannot be superseded, `CreationError` where there
    can be no such new one.
    """
    reason = obstacle(workspace, old)
    log, near = workspace.log_of(old.path), workspace.records.get(old.path)
    if reason or log is None or near is None:
        raise SupersedingError(reason or f"“{old.path}” is no ADR.")
    made = creation.create(workspace, log, title, workspace.today, near=near, supersedes=(near,), newline=newline)
    after = applied(workspace, made.change).with_made(log.directory, made.record)
    edits = (*made.change.edits, *update.following(after, [old.path], new=made.record.path))
    return replace(made, change=replace(made.change, title=f"Supersede {old.id} by {made.record.id}", edits=edits))


def working_title(workspace: Workspace, old: Known) -> str:
    """What a successor may be called until somebody has found its title: ``Supersedes ADR-002``, in the language of the house."""
    log = workspace.log_of(old.path)
    language = log.house.language if log is not None else lookup.ENGLISH
    return f"{lookup.label(language, 'supersedes')} {old.id}"


def candidates(workspace: Workspace, old: Known) -> tuple[Facts, ...]:
    """The records that may supersede one, the likely ones first: those that name it already, then the newest."""
    log = workspace.log_of(old.path)
    if log is None or obstacle(workspace, old):
        return ()
    naming = {source.path for source, _ in workspace.mentions_of(old)}
    newest = reversed([record for record in log.records.values() if not _unfit(workspace, old, record)])
    behind = _behind(log, old)
    return tuple(sorted(newest, key=lambda one: (one.path not in naming, one.path not in behind)))[:MOST]


def likely(workspace: Workspace, old: Known) -> tuple[Facts, ...]:
    """Those of them that name it already and stand behind it in the log."""
    log = workspace.log_of(old.path)
    behind = _behind(log, old) if log is not None else frozenset()
    naming = {source.path for source, _ in workspace.mentions_of(old)}
    return tuple(one for one in candidates(workspace, old) if one.path in naming and one.path in behind)


def obstacle(workspace: Workspace, old: Known) -> str:
    """Why a record cannot be superseded; empty where it can."""
    if workspace.log_of(old.path) is None or old.path not in workspace.records:
        return "This file is no ADR."
    if obstacle := editing.obstacle(old):
        return obstacle
    if workspace.canonical(old) == "superseded" and (known := workspace.successors(old)):
        return f"{called(old)}, is superseded by {known[0].id} already."
    if workspace.canonical(old) == "rejected":
        return f"{called(old)}, was rejected, so there is nothing to supersede."
    if any(editing.is_checklist(old, stated) for stated in old.statuses):
        return f"The status of {old.id} is a list to tick, so it has no place for a successor."
    return ""


def _unfit(workspace: Workspace, old: Known, new: Known) -> str:
    """Why a record cannot supersede another; empty where it can."""
    if old.path == new.path:
        return "A record cannot supersede itself."
    if new.path not in workspace.records:
        return "The successor is no ADR."
    if (state := workspace.canonical(new)) in ENDED:
        return f"{called(new)}, is {state} itself."
    if any(other.path == new.path for other in (*workspace.related(old, "supersedes"), *workspace.converse(old, "supersedes"))):
        return f"{old.id} supersedes {called(new)}."
    if is_older(workspace, new, old):
        return f"{called(new)}, is older than {old.id} by number and by date."
    return ""


def _is_left_to_the_old(workspace: Workspace, log: Log, new: Known) -> bool:
    """Whether the log leaves it to superseded records to tell of it, and that is enough: an undecided successor has to say so itself."""
    return workspace.canonical(new) not in ("proposed", "draft") and is_told_by_one(
        *workspace.sides(log.directory, "superseded_by")
    )


def _behind(log: Log, record: Known) -> frozenset[str]:
    """The records that stand behind one in the order of its log."""
    paths = list(log.records)
    return frozenset(paths[paths.index(record.path) + 1 :]) if record.path in paths else frozenset()
