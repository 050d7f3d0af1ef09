"""What people wrote into a status besides the status: who decided and when, what speaks against it."""

from __future__ import annotations

import re

from adr_ls.record import status
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.words.lookup import fold


def has_notes(record: Record) -> bool:
    """Whether people wrote more into a status of the record than the status."""
    return any(notes(record, stated) for stated in record.statuses)


_PICTURES = lazy.regex(r"^[\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")


def notes(record: Record, stated: Status) -> str:
    """The whole of a status as written, without pictures before it, if more is written there than the status; else empty."""
    written = stated.text if stated.field.place == "front-matter" else _PICTURES.sub("", stated.span.of(record.text))
    word = r"[\W_]+".join(map(re.escape, stated.word.split())) if stated.word else r"\w+"
    rest = re.sub(word, "", written, count=1, flags=re.IGNORECASE)
    if stated.choices or not (re.search(r"\w", rest) or (stated.field.place == "section" and _goes_on(record, stated))):
        return ""
    return written


def _goes_on(record: Record, stated: Status) -> bool:
    """Whether a status goes on over the end of its line: the next in its paragraph states neither a status nor a relation."""
    block = record.document.innermost_at(stated.span.start)
    line = record.lines.line_at(stated.span.start)
    if block is None or record.lines.line_at(max(block.span.start, block.span.end - 1)) == line:
        return False
    following = record.lines.span(line + 1)
    return not (
        status.leading_word(fold(re.sub(r"^\W+", "", following.of(record.text))))
        or any(following.covers(related.mention.span) for related in record.relations)
    )
