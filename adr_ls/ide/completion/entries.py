"""Entries of an index: the status of the record that is listed, where the entries have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_ls.ide.completion.place import Completion, Item, Place, listed
from adr_ls.ide.completion.statuses import statuses
from adr_ls.index.customs import Customs, in_case
from adr_ls.log.index import Entry, Index
from adr_ls.record.facts import Facts
from adr_ls.record.metadata import role_of
from adr_ls.syntax import lazy
from adr_ls.words.lookup import STATUS_WORDS, fold

_NESTED = lazy.regex(
    r"^[ \t>]*(?:[-*+][ \t]+)?(?:\*\*|__)?(?P<key>[^\W\d_][^*_:：\n]{0,40}?)(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*(?P<typed>[^\n]*)"
)
"""A statement in a line of its own below an entry."""
_CELL = lazy.regex(r"(?<!\\)\|[ \t]*(?![ \t])(?P<typed>[^|\n]*)$")
_PIPE = lazy.regex(r"(?<!\\)\|")
_WORD = r"[\w’-]*"


def entries(place: Place) -> Completion | None:
    """The statuses, that of the record first, where the entries of an index state them."""
    index = place.cursor.index
    if index is None or not index.page.is_markdown:
        return None
    start = _start(place, index)
    if start is None:
        return None
    typed = place.typed(start, _WORD)
    if re.search(r"[^\w\s’-]|\d", typed.text):
        return None
    entry = _entry_at(place, index)
    record = place.workspace.records.get((entry.path if entry else None) or "")
    lead = " " if place.before[start - 1 : start] in (":", "*", "|", "_") else ""
    words = dict.fromkeys(_words(place, index, record))
    return listed(typed, (Item(word, lead + word, word, "status") for word in words))


def _start(place: Place, index: Index) -> int | None:
    """Where in the line the status begins that the cursor is in, None where it is in none."""
    at, line = place.cursor.offset, place.line.start
    for entry in index.entries:
        if at in entry.span:
            for said in entry.statements:
                if at in said.slot.span and said.slot.span.start >= line:
                    return said.slot.span.start - line
    nested = _NESTED.match(place.before)
    if nested:
        return nested.start("typed") if role_of(nested["key"]) == "status" and any(_above(place, index)) else None
    cell = _CELL.search(place.before)
    if cell:
        column = len(_PIPE.findall(place.before)) - 1
        row = next((entry for entry in _near(place, index) if entry.kind == "row"), None)
        roles = [found.role for found in row.fields] if row is not None else []
        return cell.start("typed") if column < len(roles) and roles[column] == "status" else None
    return _behind_link(place, index)


def _behind_link(place: Place, index: Index) -> int | None:
    """Where the status begins behind a link, as it does in the entries around."""
    text = index.page.text
    for entry in _near(place, index):
        said = entry.status
        if entry.kind != "item" or said is None or said.strip.place != "line" or said.slot.span.start < entry.mention.span.end:
            continue
        between = text[entry.mention.span.end : said.slot.span.start]
        pattern = "".join(rf"[ \t]*{re.escape(piece)}" for piece in between.split())
        found = re.search(rf"[\])]{pattern}[ \t]*(?P<typed>[^\W\d_]*)$", place.before)
        return found.start("typed") if found and between.strip() else None
    return None


def _near(place: Place, index: Index) -> Iterator[Entry]:
    """The other entries, the nearest above first, then those below."""
    at = place.cursor.offset
    others = [entry for entry in index.entries if at not in entry.own]
    yield from (entry for entry in reversed(others) if entry.span.start < at)
    yield from (entry for entry in others if entry.span.start >= at)


def _above(place: Place, index: Index) -> Iterator[Entry]:
    """The entries that begin above the line."""
    return (entry for entry in index.entries if entry.span.start < place.line.start)


def _entry_at(place: Place, index: Index) -> Entry | None:
    """The entry that the cursor is in or right below."""
    begun = [entry for entry in index.entries if entry.span.start <= place.cursor.offset]
    return begun[-1] if begun else None


def _words(place: Place, index: Index, record: Facts | None) -> Iterator[str]:
    """The statuses as the index words them: that of the record, then those of the house."""
    customs = Customs(place.workspace, index)
    used = [said.slot.span.of(index.page.text) for entry in _near(place, index) if (said := entry.status) is not None]
    like = used[0] if used else ""
    if record is not None and (word := customs.status_word(record, like)):
        yield word
    for word in statuses(place.house):
        state = STATUS_WORDS.get(fold(word))
        known = next((counts for canonical, counts in customs.words.items() if canonical == state), None)
        yield known.most_common(1)[0][0] if known else in_case(word, like)
