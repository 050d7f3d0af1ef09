"""What must not be changed in records that were accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adr_ls.history.changes import Part, parts
from adr_ls.history.story import HELD
from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.rules.model import Found, Place, Rule, Subject, called, rule
from adr_ls.syntax.text import Span

MOST = 8
"""How many of the places that changed are told."""


@rule("off")
def accepted_changed(subject: Subject) -> Iterator[Found]:
    """An accepted record was changed otherwise than by superseding it.

    Who reads a decision later has to rely on it that this is what was decided then. Where a team keeps it so, whoever changes their mind
    makes a new record, which supersedes the old one. This is off unless asked for, as many teams keep their records up to date instead.

    `adr-ls check --since REV` compares with the records as they were where the branch left that revision; nothing is known of that in
    editors. What may change nevertheless, the setting `may-change` says: all but the substance and new passages, unless it is set. A
    status may change as long as it says that the record was accepted at some time, such as *superseded*; and a file that is renamed is
    compared with itself.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ## Status

    Accepted

    ## Decision

    We use Rabbit.
    -- docs/adr/0001-use-kafka.md, as it was --
    # 1. Use Kafka

    ## Status

    Accepted

    ## Decision

    We use Kafka.
    ```
    """
    record = subject.record
    old = subject.workspace.before.get(record.path)
    was = subject.workspace.status(old) if old is not None else None
    if old is None or was is None or was.canonical not in HELD:
        return
    now = subject.workspace.status(record)
    allowed = {*subject.log.config.at(record.path).may_change}
    if now is None or now.canonical not in HELD:
        allowed -= {"status"}
    found = [part for part in parts(old, record) if not allowed.issuperset(part.kinds)]
    if found:
        first, *others = (_span(record, part) for part in found)
        told = ", ".join(_told(part) for part in found[:MOST]) + (f" and {len(found) - MOST} more" if len(found) > MOST else "")
        yield Found(
            first,
            f"{called(record)} was accepted and must not change, but these lines did: {told}. {_ADVICE}",
            related=tuple(Place(record.path, span, "this was changed, too") for span in others[: MOST - 1]),
        )


_ADVICE = "Take that back, and let a new record supersede this one (“adr-ls supersede”)."


def on_absence(workspace: Workspace, record: Record) -> str:
    """What there is to say of a record that is gone, as it was; empty where that was never accepted."""
    was = workspace.status(record)
    return f"{called(record)} was accepted and must not be taken away. {_ADVICE}" if was and was.canonical in HELD else ""


def _told(part: Part) -> str:
    start, end = part.new
    lines = f"{start + 1}–{end}" if end - start > 1 else f"{start + 1}"
    return f"{lines} ({_kinds(part.kinds)})" if end > start else f"some taken away at {lines} ({_kinds(part.kinds)})"


def _kinds(kinds: Sequence[str]) -> str:
    return ", ".join(kinds)


def _span(record: Record, part: Part) -> Span:
    """The lines that changed; of what was taken away, the line that is there now."""
    lines = record.lines
    first = min(part.new[0], len(lines) - 1)
    return Span(lines.span(first).start, lines.span(max(first, part.new[1] - 1)).end)


RULES: tuple[Rule, ...] = (accepted_changed,)
