"""What is told of a story in a line: only what the record does not say itself, and nothing that git does not know."""

from __future__ import annotations

from adr_ls.history.changes import Kind
from adr_ls.history.story import Edit, Story, meaning
from adr_ls.history.versions import Commit
from adr_ls.record.parts import Status

TELLING: frozenset[Kind] = frozenset(("additions", "substance"))
"""The kinds of changes that are worth a word where little is told."""

TWICE = 2


def line(story: Story, status: Status | None, date: str | None, *, is_signed: bool) -> str:
    """What git adds to what a record says, in one line; empty where it adds nothing.

    `status` is the record's own of this moment and `date` the one that it declares, in ISO 8601; `is_signed` says that it names who
    decided.
    """
    state, told = story.state, []
    if state is None or meaning(status) != meaning_of(story):
        if status is None or status.choices:
            return ""
        return "not committed yet" + (f"; committed as {made(state.said, state.commit)}" if state is not None else "")
    came = state.commit is story.begun
    is_known = state.sure and bool(state.commit.day or state.commit.author)
    if is_known and (date is None or (not came and (date[:10] != state.commit.day or not is_signed))):
        told.append(made(f"added as {state.said}" if came else state.said, state.commit))
    changed = [edit for edit in story.edits if TELLING & {*edit.kinds}]
    if changed:
        told.append(_changed(changed))
    return "; ".join(filter(None, told))


def meaning_of(story: Story) -> tuple[str, str]:
    """What the status comes to that was committed last, as `meaning` says it."""
    state = story.state
    return meaning(None) if state is None else state.meaning


def made(what: str, commit: Commit) -> str:
    """What was done by a commit, when and by whom: ``accepted on 2024-05-03 by Ann``."""
    return what + (f" on {commit.day}" if commit.day else "") + (f" by {commit.author}" if commit.author else "")


def _changed(edits: list[Edit]) -> str:
    if len(edits) == 1:
        return made("changed", edits[-1].commit) + " after it was accepted"
    times = "twice" if len(edits) == TWICE else f"{len(edits)} times"
    return made(f"changed {times} after it was accepted, last", edits[-1].commit)
