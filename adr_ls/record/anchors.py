"""The anchors of a record: the fragments by which links reach its headings, as forges and site generators make them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from adr_ls.record.record import Record
from adr_ls.syntax.text import Span


def slug(heading: str) -> str:
    """The fragment of a heading as GitHub makes it: lower case, blanks to hyphens, punctuation left out."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(record: Record) -> Mapping[str, Span]:
    """The fragments of a record's headings with the headings' spans, in order; repeated ones are numbered as GitHub does."""
    found: dict[str, Span] = {}
    for heading in record.document.headings:
        plain = record.document.plain(heading.text)
        explicit = re.search(r"\{#(?P<id>[\w:.-]+)\}\s*$", plain)
        base = explicit["id"] if explicit else slug(plain)
        name, count = base, 0
        while name in found:
            count += 1
            name = f"{base}-{count}"
        found[name] = heading.span
    return found


def anchor_span(record: Record, fragment: str) -> Span | None:
    """The heading that a fragment leads to, None where there is none."""
    known = anchors(record)
    return known.get(fragment) or known.get(fragment.lower())


def leading_to(record: Record, heading: Span) -> Callable[[str], bool]:
    """Whether a fragment leads to one heading of a record, for whoever asks that of many."""
    known = anchors(record)
    return lambda fragment: (known.get(fragment) or known.get(fragment.lower())) == heading
