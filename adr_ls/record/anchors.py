"""The anchors of a record: the fragments by which links reach its headings, as forges and site generators make them, and those in HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span

_SET = lazy.regex(r"(?<=[{:\s])#(?P<id>[\w:.-]+)(?=[\s}])")
"""The anchor in the list of attributes behind a heading."""

_HTML = lazy.regex(r"""\b(?:id|name)=["']?(?P<name>[^\s"'<>]{1,100})""")


def slug(heading: str) -> str:
    """The fragment of a heading as GitHub makes it: lower case, blanks to hyphens, punctuation left out."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(record: Record) -> Mapping[str, Span]:
    """The fragments of a record's headings with the headings' spans, in order; repeated ones are numbered as GitHub does."""
    found: dict[str, Span] = {}
    last: dict[str, int] = {}
    for heading in record.document.headings:
        explicit = _SET.search(record.text, heading.text.end, heading.span.end)
        base = explicit["id"] if explicit else slug(heading.plain)
        name, count = base, last.get(base, 0)
        while name in found:
            count += 1
            name = f"{base}-{count}"
        found[name], last[base] = heading.span, count
    return found


def set_in_html(text: str) -> Mapping[str, Span]:
    """The anchors that are set in the HTML of a text, each with where it is first."""
    found: dict[str, Span] = {}
    for match in _HTML.finditer(text) if "id=" in text or "name=" in text else ():
        found.setdefault(match["name"], Span(*match.span("name")))
    return found


def bare(anchor: str) -> str:
    """What of an anchor is the same however a site makes it: ``3.-use-kafka`` and ``3-use_kafka``."""
    return re.sub(r"[\W_]", "", anchor).casefold()


def leading(record: Record) -> Callable[[str], Span | None]:
    """To which heading of a record a fragment leads, None where there is none; for whoever asks that of many."""
    known = anchors(record)
    loose: dict[str, Span] = {}
    for name, span in known.items():
        loose.setdefault(bare(name), span)
    return lambda fragment: known.get(fragment) or known.get(fragment.lower()) or loose.get(bare(fragment) or "#")


def anchor_span(record: Record, fragment: str) -> Span | None:
    """The heading that a fragment leads to, None where there is none."""
    return leading(record)(fragment)
