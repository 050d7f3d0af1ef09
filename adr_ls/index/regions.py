"""What tools write between their markers in an index."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span

_COMMENT = lazy.regex(r"<!--(?P<said>(?:[^<>]|<(?!!))*)-->")
_OPENS = lazy.regex(
    r"(?:BEGIN|START)\b[^\n]*|(?:adrlog|[\w: -]{0,80}\b(?:start|begin))(?:\s*-d[^\n]*)?",
    re.IGNORECASE,
)
_CLOSES = lazy.regex(r"adrlogstop|(?:END|STOP)\b[^\n]*|[\w: -]{0,80}\b(?:end|stop)", re.IGNORECASE)


class Region(NamedTuple):
    """What stands between two markers, and what the first of them says."""

    inner: Span
    marker: str


class Regions:
    """Some regions of a text, in order."""

    def __init__(self, found: tuple[Region, ...]) -> None:
        self._found = found

    def __bool__(self) -> bool:
        return bool(self._found)

    @cached_property
    def _starts(self) -> list[int]:
        return [region.inner.start for region in self._found]

    def hold(self, span: Span) -> bool:
        """Whether a span lies in one of them."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._found[at].inner.covers(span)

    @property
    def generated(self) -> Regions:
        """Those that a tool writes: one for a formatter only says what it is to leave alone."""
        return Regions(tuple(region for region in self._found if not region.marker.casefold().startswith("prettier")))


def regions(text: str) -> Regions:
    """The regions of a text, each from a marker that opens one to the next that closes it."""
    return Regions(tuple(_found(text)))


def _found(text: str) -> Iterator[Region]:
    opened: re.Match[str] | None = None
    for comment in _COMMENT.finditer(text):
        said = comment["said"].strip()
        if opened is None:
            opened = comment if _OPENS.fullmatch(said) else None
        elif _CLOSES.fullmatch(said):
            yield Region(Span(opened.end(), comment.start()), opened["said"].strip())
            opened = None
