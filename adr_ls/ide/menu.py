"""All that can be done at a place: each thing once, under a title that says what will be, the likely one first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from adr_ls.ide import actions, records, referring, superseding
from adr_ls.ide.actions import AT_ONCE, Action, Offering, Order
from adr_ls.ide.attempts import attempted
from adr_ls.ide.target import Cursor, StatusTarget, target
from adr_ls.log.workspace import Workspace
from adr_ls.record.code import Code
from adr_ls.record.record import Record
from adr_ls.rules.model import Problem, called
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import Span

LIKELY = 2
"""How many successors of a record are offered by name, at most."""
_SUPERSEDE = "supersede"
"""With what the `choice` of an action begins that has a record superseded by one that there is."""


def menu(
    workspace: Workspace,
    file: Record,
    span: Span,
    today: str,
    kinds: Iterable[str] = (),
    offering: Offering = AT_ONCE,
    problems: Iterable[Problem] | None = None,
) -> tuple[Action, ...]:
    """The actions for a selection in a file, of `kinds` or below if any are given; the rest is as for `actions.actions`."""
    if file.is_fixed:
        return ()
    wanted = tuple(kinds)
    found = [*actions.actions(workspace, file.path, span, wanted, offering, problems)]
    if isinstance(file, Code):
        return tuple(_once(sorted(found, key=_rank)))
    if actions.is_wanted("quickfix", wanted):
        found += attempted(referring.remedies, workspace, file, span, today)
    if actions.is_wanted(records.REWRITE, wanted):
        found += attempted(records.status_actions, workspace, file, span, today)
        found += attempted(successions, workspace, file, span, offering)
        found += attempted(referring.rewritings, workspace, file, span)
    if actions.is_wanted(referring.EXTRACT, wanted):
        found += attempted(referring.from_selection, workspace, file, span)
    return tuple(_once(sorted(found, key=_rank)))


def chosen(workspace: Workspace, path: str, span: Span, choice: str) -> Action | None:
    """The action that was offered with a `choice`, with its edits; see `actions.chosen`."""
    what, _, about = choice.partition(":")
    if what != _SUPERSEDE:
        return actions.chosen(workspace, path, span, choice)
    old, new = workspace.file(path), workspace.records.get(about)
    if old is None or new is None:
        return None
    try:
        change = superseding.by_existing(workspace, old, new)
    except superseding.SupersedingError:
        return None
    return Action(change.title, records.REWRITE, change)


def successions(workspace: Workspace, file: Record, span: Span, offering: Offering) -> Iterator[Action]:
    """For a cursor on the title or the status of a record that holds: superseded by one that there is, or by a new one."""
    at = target(Cursor(workspace, file, span.start))
    place = at.span if isinstance(at, StatusTarget) else file.heading.span if file.heading is not None else None
    if place is None or not place.covers(span):
        return
    if workspace.canonical(file) == "superseded" or superseding.obstacle(workspace, file):
        return
    for new in superseding.likely(workspace, file)[:LIKELY]:
        title = _superseded_by(called(new))
        if offering.is_late:
            yield Action(title, records.REWRITE, Change(title), choice=f"{_SUPERSEDE}:{new.path}")
        else:
            yield Action(title, records.REWRITE, superseding.by_existing(workspace, file, new))
    new_title = {"uri": file.path, "title": superseding.working_title(workspace, file), "ask": True}
    yield _ordered(_superseded_by("a new ADR…"), new_title)
    if superseding.candidates(workspace, file):
        yield _ordered(_superseded_by("an existing ADR…"), {"uri": file.path})


def _ordered(title: str, arguments: Mapping[str, object]) -> Action:
    return Action(title, records.REWRITE, Change(title), order=Order(superseding.COMMAND, arguments))


def _superseded_by(what: str) -> str:
    return f"Supersede by {what}"


_KINDS = ("quickfix", records.REWRITE, referring.EXTRACT)
"""The kinds of what is done to the very place, the likely ones first; other actions are on the whole file, or on others."""


def _rank(action: Action) -> tuple[bool, int, bool]:
    """What decides which of two actions comes first; equal ones keep their order."""
    kind = _KINDS.index(action.kind) if action.kind in _KINDS else len(_KINDS)
    return action.is_aside, kind, not action.preferred


def _once(found: Iterable[Action]) -> Iterator[Action]:
    """The actions without those that have the title of an earlier one, or do the same."""
    seen: set[Hashable] = set()
    for action in found:
        change = action.change
        does: Hashable = (change.edits, change.moves) if change.edits and not action.disabled else action.title
        if action.title not in seen and does not in seen:
            seen |= {action.title, does}
            yield action


KINDS = tuple(dict.fromkeys((*actions.KINDS, records.REWRITE, referring.EXTRACT)))
"""The kinds of all actions, as a client may ask for them."""
