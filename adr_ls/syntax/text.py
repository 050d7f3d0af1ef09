"""Text, positions in it, and edits to it.

Everything in the core speaks of a place as a `Span`: a pair of code-point offsets into one text, so that
``text[span.start:span.end]`` *is* the thing. Lines and columns, and the code units in which editors count them, exist only in
`Lines`, at the edge.
"""

from __future__ import annotations

import difflib
from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""What an editor counts as one column: a byte, a UTF-16 code unit, or a code point."""

_BREAK = lazy.regex(r"\r\n|\n|\r")


class Span(NamedTuple):
    """The code points from offset `start` up to, not including, `end`."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        """Whether the offset lies inside; a cursor right behind the last character still touches it."""
        return isinstance(offset, int) and self.start <= offset <= self.end

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


class Taken:
    """Which stretches of a text are taken, to be asked about each further one."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []  # in order, and none overlaps another
        for span in sorted(spans):
            last = self._spans[-1] if self._spans else None
            if last is not None and last.overlaps(span):
                self._spans[-1] = Span(last.start, max(last.end, span.end))
            else:
                self._spans.append(span)

    def add(self, span: Span) -> None:
        """Takes one more, which overlaps none."""
        insort(self._spans, span)

    def overlaps(self, span: Span) -> bool:
        """Whether a stretch shares at least one character with one of them."""
        at = bisect_left(self._spans, span)
        return any(one.overlaps(span) for one in self._spans[max(0, at - 1) : at + 2])


class Stretches:
    """Stretches of a text, however they overlap, to be asked how each further one lies to them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._last = [*accumulate((span.end for span in ordered), max)]  # the greatest end of those up to each
        self._first = [*accumulate((span.end for span in reversed(ordered)), min)][::-1]  # the least end of those from each on

    def cover(self, span: Span) -> bool:
        """Whether a stretch lies in one of them."""
        at = bisect_right(self._starts, span.start)
        return at > 0 and self._last[at - 1] >= span.end

    def are_in(self, span: Span) -> bool:
        """Whether one of them lies in a stretch."""
        at = bisect_left(self._starts, span.start)
        return at < len(self._first) and self._first[at] <= span.end


class Position(NamedTuple):
    """A line and a column in it, both from 0; what a column counts is said where one is made."""

    line: int
    column: int


class Lines:
    r"""Where each line of a text starts and ends.

    As in the Language Server Protocol only ``\n``, ``\r\n`` and ``\r`` end a line: form feeds, U+0085 and U+2028 do not, unlike in
    `str.splitlines`. A text has always at least one line, and one more than it has line ends.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            breaks = [match.span() for match in _BREAK.finditer(text)]
            self.starts = [0, *(end for _, end in breaks)]
            self.ends = [*(start for start, _ in breaks), len(text)]
        else:
            self.starts = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
            behind = self.starts.pop()
            self.ends = [*(start - 1 for start in self.starts[1:]), behind - 1]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    def line_at(self, offset: int) -> int:
        """The line (from 0) that holds the offset; a line end belongs to the line it ends."""
        return bisect_right(self.starts, offset) - 1

    def span(self, line: int) -> Span:
        """The line's text without its line end."""
        return Span(self.starts[line], self.ends[line])

    def full_span(self, line: int) -> Span:
        """The line's text with its line end."""
        return Span(self.starts[line], self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text))

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """The offset as line and column; an offset outside the text is moved to its nearest end, one inside CRLF before it."""
        offset = max(0, min(offset, len(self.text)))
        line = self.line_at(offset)
        offset = min(offset, self.ends[line])
        start = self.starts[line]
        if encoding == "utf-32" or self._is_ascii:
            return Position(line, offset - start)
        before = self.text[start:offset]
        if before.isascii():
            return Position(line, offset - start)
        if encoding == "utf-8":
            return Position(line, len(before.encode("utf-8", "surrogatepass")))
        return Position(line, len(before) + sum(character > "\uffff" for character in before))

    def edges(self, span: Span, encoding: Encoding = "utf-32") -> tuple[int, int, int, int]:
        """The lines and columns of both ends of a span, as `position` tells them."""
        return (*self.position(span.start, encoding), *self.position(span.end, encoding))

    def offset(self, line: int, column: int, encoding: Encoding = "utf-32") -> int:
        """The code-point offset of a position; one behind a line's end, or behind the text, is moved to that end."""
        if line >= len(self.starts):
            return len(self.text)
        if line < 0:
            return 0
        start, end = self.starts[line], self.ends[line]
        column = max(0, column)
        if encoding == "utf-32" or self._is_ascii:
            return min(start + column, end)
        body = self.text[start:end]
        if body.isascii():
            return min(start + column, end)
        units = 0
        for index, character in enumerate(body):
            if units >= column:
                return start + index
            if encoding == "utf-16":
                units += 2 if character > "\uffff" else 1
            else:
                units += len(character.encode("utf-8", "surrogatepass"))
        return end


class LineMap:
    """Where the lines of a text are, kept without it: enough to tell the line and column of an offset in UTF-16 and UTF-32."""

    __slots__ = ("is_ascii", "starts", "wide")

    def __init__(self, starts: array[int], wide: array[int], is_ascii: bool) -> None:  # noqa: FBT001  # as it is kept
        self.starts = starts
        self.wide = wide
        self.is_ascii = is_ascii

    @staticmethod
    def of(lines: Lines) -> LineMap:
        """The map of a text's lines; `wide` are the offsets of its characters that take two code units in UTF-16."""
        text = lines.text
        is_ascii = text.isascii()
        wide = () if is_ascii else (match.start() for match in _WIDE.finditer(text))
        return LineMap(array("I", lines.starts), array("I", wide), is_ascii)

    def line_at(self, offset: int) -> int:
        """The line (from 0) that holds the offset."""
        return bisect_right(self.starts, offset) - 1

    def serves(self, encoding: Encoding) -> bool:
        """Whether columns of that encoding can be told without the text."""
        return self.is_ascii or encoding != "utf-8"

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """An offset within a line as line and column; see `serves`."""
        line = self.line_at(offset)
        start = self.starts[line]
        wider = bisect_left(self.wide, offset) - bisect_left(self.wide, start) if encoding == "utf-16" else 0
        return Position(line, offset - start + wider)

    def edges(self, span: Span, encoding: Encoding = "utf-32") -> tuple[int, int, int, int]:
        """The same of both ends of a span; the line is looked for once where they are in one, as nearly always."""
        start, end = span
        starts = self.starts
        line = bisect_right(starts, start)
        if self.wide or (line < len(starts) and end >= starts[line]):
            return (*self.position(start, encoding), *self.position(end, encoding))
        begin = starts[line - 1]
        return line - 1, start - begin, line - 1, end - begin


_WIDE = lazy.regex(r"[\U00010000-\U0010ffff]")


class Edit(NamedTuple):
    """Replaces what stands at `span` by `text`; an empty span inserts."""

    span: Span
    text: str


class OverlapError(ValueError):
    """Two edits of one set touch the same characters, or one lies outside the text."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after all the edits, whose spans all refer to the text before; insertions at one place keep their order.

    Raises `OverlapError` where they do not fit together.
    """
    parts: list[str] = []
    done = 0
    for span, new in sorted(edits, key=lambda edit: edit.span):
        if not done <= span.start <= span.end <= len(text):
            raise OverlapError(f"edit at {span.start}..{span.end} does not fit behind offset {done} of {len(text)}")
        parts += text[done : span.start], new
        done = span.end
    return "".join([*parts, text[done:]])


_LINES, _PAIRS = 250_000, 200_000
"""Where two texts have more pairs of lines, or more that are alike, those that are there once part them before all others are looked for."""
_DEEPEST = 8
"""How often parts are parted again."""


def diff(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that turn one text into the other, by lines and within a single changed line by what differs."""
    one, other = Lines(before), Lines(after)
    old = [one.full_span(line).of(before) for line in range(len(one))]
    new = [other.full_span(line).of(after) for line in range(len(other))]
    edits = []
    for a, b, c, d in _differing(old, new):
        start = one.starts[a] if a < len(old) else len(before)
        end = one.starts[b] if b < len(old) else len(before)
        text = "".join(new[c:d])
        head = _common(before[start:end], text)
        head -= _is_within_break(before, start + head)
        tail = _common(before[start + head : end][::-1], text[head:][::-1])
        tail -= _is_within_break(before, end - tail)
        edits.append(Edit(Span(start + head, end - tail), text[head : len(text) - tail]))
    return tuple(edits)


def _differing(old: list[str], new: list[str], depth: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """The runs of lines that differ, from and to which line of the one and of the other.

    `difflib` compares each line with all its likes, and goes through all lines for each run that it finds. So long texts are parted at the
    lines that both have once, in the order of both, as patience sorting finds them.
    """
    count, again = Counter(old), Counter(new)
    if len(old) * len(new) <= _LINES and sum(times * again[line] for line, times in count.items()) <= _PAIRS:
        for tag, *places in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                a, b, c, d = places
                yield a, b, c, d
        return
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    at = {line: number for number, line in enumerate(new) if again[line] == 1}
    inner = range(head, len(old) - tail)
    pairs = [(number, at[old[number]]) for number in inner if count[old[number]] == 1 and old[number] in at]
    anchors = _rising(pairs) if depth < _DEEPEST else []
    if not anchors:
        if head < len(old) - tail or head < len(new) - tail:
            yield head, len(old) - tail, head, len(new) - tail
        return
    a, c = head, head
    for b, d in [*anchors, (len(old) - tail, len(new) - tail)]:
        for run in _differing(old[a:b], new[c:d], depth + 1):
            yield run[0] + a, run[1] + a, run[2] + c, run[3] + c
        a, c = b + 1, d + 1


class _Chain(NamedTuple):
    """A pair and those in front of it."""

    pair: tuple[int, int]
    before: _Chain | None


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs, which rise in their first numbers, that rise in the second as well."""
    lasts: list[int] = []
    ends: list[_Chain] = []
    for pair in pairs:
        place = bisect_left(lasts, pair[1])
        lasts[place : place + 1] = [pair[1]]
        ends[place : place + 1] = [_Chain(pair, ends[place - 1] if place else None)]
    found: list[tuple[int, int]] = []
    link = ends[-1] if ends else None
    while link is not None:
        found.append(link.pair)
        link = link.before
    return found[::-1]


def _is_within_break(text: str, offset: int) -> bool:
    """Whether an offset lies between the two halves of CRLF, where no editor has a position."""
    return text[offset - 1 : offset] == "\r" and text[offset : offset + 1] == "\n"


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters two texts, or lines two lists, have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def line_end(text: str) -> str:
    r"""The line end that most lines of the text have; ``\n`` where it has none."""
    crlf = text.count("\r\n")
    lf = text.count("\n") - crlf
    cr = text.count("\r") - crlf if "\r" in text else 0
    most = max(crlf, lf, cr)
    if not most or lf == most:
        return "\n"
    return "\r\n" if crlf == most else "\r"
