"""What an editor shows of a record beyond the protocol, and its status changed: for status bars, previews and menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adr_ls.ide.actions import Action
from adr_ls.ide.attempts import attempted
from adr_ls.ide.completion.statuses import statuses
from adr_ls.ide.target import Cursor, StatusTarget, target
from adr_ls.index import judge
from adr_ls.log.index import Index
from adr_ls.log.log import Log
from adr_ls.log.style import House
from adr_ls.log.workspace import Workspace
from adr_ls.record import status
from adr_ls.record.facts import Facts
from adr_ls.record.metadata import Field
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import STATUS_WORDS, every, fold
from adr_ls.write import editing, wording

REWRITE = "refactor.rewrite"
"""The kind of the actions that change a status."""
OFFERED = 8
"""How many statuses are offered as actions, at most."""


@dataclass(frozen=True)
class Card:
    """What a status bar shows of a record: the statuses it may be given, what superseded it, and the index it belongs in.

    `asking` are those of the statuses that only another record can give it, so that people have to say which; `missing` is how many
    records of the log the index lacks.
    """

    record: Record
    status: str | None
    canonical: str | None
    date: str | None
    statuses: tuple[str, ...]
    asking: tuple[str, ...]
    superseded_by: tuple[Facts, ...]
    index: Index | None = None
    is_listed: bool = False
    missing: int = 0


def card(workspace: Workspace, record: Record) -> Card | None:
    """The card of a record; None for any other file."""
    log = workspace.log_of(record.path)
    if log is None or record.path not in workspace.records:
        return None
    stated, canonical = workspace.status(record), workspace.canonical(record)
    index = next(iter(workspace.indexes_of(log)), None)
    return Card(
        record,
        stated.text if stated else None,
        canonical if canonical != "none" else None,
        workspace.date(record),
        (words := () if record.is_fixed else settable(log.house)),
        tuple(word for word in words if asks_for_successor(workspace, record, word)),
        workspace.successors(record),
        index,
        index is not None and record.path in index.by_record,
        sum(1 for _ in attempted(judge.missing, workspace, index)) if index else 0,
    )


@dataclass(frozen=True)
class IndexCard:
    """What a status bar shows of an index: how many records it lists, and how many of its logs' it lacks."""

    index: Index
    listed: int
    missing: int


def index_card(workspace: Workspace, file: Record) -> IndexCard | None:
    """The card of an index; None for any other file."""
    index = workspace.indexes.get(file.path)
    return None if index is None else IndexCard(index, len(index.by_record), len(judge.missing(workspace, index)))


def settable(house: House) -> tuple[str, ...]:
    """The statuses that say something by themselves, as "superseded by" does not."""
    unfinished = every("by")
    return tuple(word for word in statuses(house) if fold(word).rpartition(" ")[2] not in unfinished)


@dataclass(frozen=True)
class Named:
    """A text that names a record wherever it stands in a document, and what became of that record."""

    text: str
    record: Facts
    status: str | None
    is_superseded: bool
    is_deprecated: bool


def named(workspace: Workspace, file: Record) -> Iterator[Named]:
    """The bare references of a file that lead to another record, each text once; links show where they lead by themselves."""
    seen: set[str] = set()
    for mention, resolution in workspace.resolved(file).items():
        text = mention.span.of(file.text)
        record = workspace.records.get(resolution.path) if resolution.kind == "record" and resolution.path else None
        if mention.form != "bare" or record is None or record.path == file.path or text in seen:
            continue
        seen.add(text)
        stated, canonical = workspace.status(record), workspace.canonical(record)
        yield Named(
            text,
            record,
            stated.text if stated else None,
            canonical == "superseded" or (canonical not in ("deprecated", "rejected") and workspace.is_gone(record)),
            canonical == "deprecated",
        )


# Changing the status


def set_status(workspace: Workspace, record: Record, word: str, today: str) -> Change:
    """The change that gives a record another status, in the form in which it states the one it has.

    Marks of code and emphasis around the word stay, a picture becomes that of the new status, and a statement of what superseded the
    record goes with the old status. Whatever else people wrote stays where it is, behind the new word: never do both statuses stand
    there. `today` is the date in ISO 8601.
    """
    log = workspace.log_of(record.path)
    word = " ".join(word.split())
    if log is None or not word:
        return Change()
    current = workspace.status(record)
    if word.islower() and (current is None or not current.spelled.islower()):
        word = _spelled(log.house, word)
    name = f"Change the status to “{word}”"
    if current is None:
        return Change.of(name, record.path, editing.set_status(record, log, word))
    found: list[Edit] = []
    for stated in record.statuses:
        if editing.is_checklist(record, stated):
            found += _ticked(record, stated.field, word)
            continue
        if stated.canonical != current.canonical:
            continue
        written = stated.span.of(record.text)
        parts = wording.decoration(written, stated.word) if not record.text.startswith("+++") else None
        place = editing.carrier(record, stated.field)
        if parts is not None:
            value = _decorated(log, word, parts, today)
            if value != written:
                whole = stated.field.value_span if place.is_value else stated.span
                around = record.text[whole.start : stated.span.start], record.text[stated.span.end : whole.end]
                found.append(place.set(record, whole, value.join(around)))
        elif stated.canonical == "superseded" and any(stated.span.covers(r.mention.span) for r in record.relations):
            found.append(place.set(record, stated.span, word))
        elif fold(stated.spelled) != fold(word):
            value = wording.reworded(stated.field.value if place.is_value else written, stated.word, word)
            found.append(place.set(record, stated.field.value_span if place.is_value else stated.span, value))
    return Change.of(name, record.path, (edit for edit in found if edit.span.of(record.text) != edit.text))


def _spelled(house: House, word: str) -> str:
    """A status as a house spells it, where it is one of its own or of the usual ones: *deprecated* where others are *Accepted*."""
    state = STATUS_WORDS.get(fold(word))
    known = (*house.vocabulary, house.spelled(state)) if state is not None else house.vocabulary
    return next((own for own in known if fold(own) == fold(word)), word)


def asks_for_successor(workspace: Workspace, record: Record, word: str) -> bool:
    """Whether a status says that another record superseded this one, and neither it nor the record says which."""
    return STATUS_WORDS.get(fold(word)) == "superseded" and not workspace.successors(record)


def _ticked(record: Record, current: Field, word: str) -> Iterator[Edit]:
    """Moves the tick of a checklist to the item with that word; nothing where there is none."""
    boxes = [
        field
        for field in record.fields
        if field.role == "status" and field.place == current.place and status.ticked(field.value) is not None
    ]
    chosen = next((box for box in boxes if fold(re.sub(r"^.*?\]", "", box.value)) == fold(word)), None)
    if chosen is None:
        return
    for box in boxes:
        at = record.text.index("[", box.value_span.start) + 1
        end = record.text.index("]", at)
        tick = record.text[at:end]
        if status.ticked(box.value) and box is not chosen:
            yield Edit(Span(at, end), " ")
        elif not status.ticked(box.value) and box is chosen:
            yield Edit(Span(at, end), "x" if tick.strip() == "" else tick)


def _decorated(log: Log, word: str, parts: tuple[str, str], today: str) -> str:
    """The word with what stood around another one; the picture and the date are those of its own."""
    before, behind = parts
    if wording.has_picture(before) or wording.has_picture(behind):
        return wording.written_status(log, word, today)
    return wording.dated(before, today) + word + wording.dated(behind, today)


def status_actions(workspace: Workspace, record: Record, span: Span, today: str) -> Iterator[Action]:
    """The other statuses of the house, for a cursor on the record's own."""
    found = target(Cursor(workspace, record, span.start))
    log = workspace.log_of(record.path)
    if not isinstance(found, StatusTarget) or log is None or not span.end <= found.span.end:
        return
    current = fold(found.status.spelled)
    words = [word for word in settable(log.house) if fold(word) != current and STATUS_WORDS.get(fold(word)) != "superseded"]
    for word in words[:OFFERED]:
        change = set_status(workspace, record, word, today)
        if change:
            yield Action(change.title, REWRITE, change)
