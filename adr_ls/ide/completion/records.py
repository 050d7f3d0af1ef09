"""Records to offer: which fit what is typed, the best first, and how each is shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from adr_ls.ide.completion.place import MOST, Completion, Item, Place, Typed
from adr_ls.ide.matching import match
from adr_ls.index.customs import own_word
from adr_ls.record.facts import Facts
from adr_ls.words.language import ENDED, Canonical

LONGEST = 40
"""How many characters of a status are shown, at most."""


def offered(place: Place, typed: Typed, found: Iterable[Facts], insert: Callable[[Facts], str | None]) -> Completion:
    """Records in the order to show them, with what each inserts; one for which that is None is left out."""
    written = ((record, text) for record in found if (text := insert(record)) is not None)
    return Completion(typed.span, tuple(_item(place, typed, *pair) for pair in islice(written, MOST)), incomplete=True)


def fitting(place: Place, query: str) -> Iterator[Facts]:
    """The records that fit a query, best first: this log's before others', those that hold before those that do not; this one not.

    In an index those come first that it lacks.
    """
    workspace, here, index = place.workspace, place.record.path, place.cursor.index
    own = place.log.records if place.log else {}
    words = re.sub(r"[\[\]()*_`,:]+|\.(?=\s|$)", " ", query).strip()
    known: Iterable[Facts] = _all(place)
    if words:
        scored = [(record.path not in own, -score, record) for record in known if (score := match(record, workspace, words))]
        scored.sort(key=lambda found: found[:2])
        known = [found[2] for found in scored]
    if index is not None:
        known = sorted(known, key=lambda record: index.lists(record.path))
    gone = []
    for record in known:
        if record.path == here:
            continue
        if workspace.is_gone(record):
            gone.append(record)
        else:
            yield record
    yield from gone


def _all(place: Place) -> Iterator[Facts]:
    """All records that may be meant here, this log's first: neither copies nor those of another opened folder."""
    workspace, log = place.workspace, place.log
    if log is not None:
        yield from log.records.values()
    if len(workspace.logs) < 2:
        return
    doubles = workspace.doubles(log)
    home = workspace.root_of(place.record.path)
    for other in workspace.logs:
        if other is not log and workspace.root_of(other.directory) == home:
            yield from (record for path, record in other.records.items() if path not in doubles)


def _item(place: Place, typed: Typed, record: Facts, text: str) -> Item:
    workspace = place.workspace
    state = workspace.standing(record)
    said = _said(place, record, state)
    numbered = record.id if record.number is not None else ""
    title = record.title or ""
    there = ""
    if place.log is None or record.path not in place.log.records:
        there = posixpath.relpath(posixpath.dirname(record.path), workspace.root_of(record.path) or "/")
    return Item(
        numbered or title or record.id,
        text,
        f"{typed.text} {numbered} {title} {said}".lstrip(),
        "record",
        title,
        " · ".join(filter(None, (said, there))),
        state in ENDED,
        record.path,
    )


def _said(place: Place, record: Facts, state: Canonical) -> str:
    """The status that holds, as the record has it, spelled right; as the house calls it where only another record says so."""
    status = place.workspace.status(record)
    if status is not None and status.canonical == state:
        return own_word(status.word, status.spelled, status.text[:LONGEST])
    return place.house.spelled(state) if state != "none" else ""
