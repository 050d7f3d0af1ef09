"""The pieces of a document: where it can be cut, so that each can be read alone and taken over to the next text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any, TypeVar

from mistune import BlockParser
from mistune.util import unikey

from adr_ls.syntax import lazy, scanner
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import blocks
from adr_ls.syntax.markdown.blocks import Builder, Place, Rows, definition_at
from adr_ls.syntax.markdown.inlines import Leaf
from adr_ls.syntax.markdown.nodes import NO_REFERENCES, Block, Definition, Moved, References, moved
from adr_ls.syntax.pieced import Portion
from adr_ls.syntax.scanner import Node, strip
from adr_ls.syntax.text import Span

_T = TypeVar("_T")
_Asked = TypeVar("_Asked")


_CUT = lazy.regex(r"\n\n(?=#{1,6}[ \t]|[^\W\d_])")
_CUT_CR = lazy.regex(r"(?:\r\n|\r(?!\n)|\n){2}(?=#{1,6}[ \t]|[^\W\d_])")
_LONG_ENOUGH = 2000


def cuts(text: str, start: int) -> Iterator[int]:
    """Where a piece may start: at lines, behind a blank one, that start with a heading's mark or, far from the last, a letter."""
    last = start
    for blank in (_CUT_CR if "\r" in text else _CUT).finditer(text, start):
        at = blank.end()
        if text[at] == "#" or at - last >= _LONG_ENOUGH:
            yield at
            last = at


ITEM = lazy.regex(r"(?:[-*+]|[0-9]{1,9}([.)]))[ ]")
_ITEM_CUT = lazy.regex(rf"\n(?={ITEM.pattern})")


def divided(text: str, start: int, stop: int, piece: Callable[[int, int], Piece]) -> tuple[tuple[int, Piece], ...]:
    """The pieces of text[start:stop], which can be read alone, cut once more between items of its lists; none where that cannot be done.

    Many an index is one long list, of which an edit touches one item. Where a list has its markers at the start of a line, the next
    line that starts with such a marker is its next item, whatever stands in between: so each piece has to end in a list, and the next
    to start with one of the same marker, as far as it takes no parser to see that.
    """
    if stop - start < 2 * _LONG_ENOUGH:
        return ()
    found: list[tuple[int, Piece]] = []
    at, least = start, _LONG_ENOUGH
    for cut in _ITEM_CUT.finditer(text, start, stop):
        if cut.end() - at < least:
            continue
        one = piece(at, cut.end())
        bullet = cut[1] or text[cut.end()]
        if one.open_at is not None or one.bullets is None:
            return ()
        if one.bullets[1] != bullet or (found and one.bullets[0] is None):
            least = 2 * (cut.end() - at)  # look ever further on, so that nothing is read too often
            continue
        found.append((at, one))
        at, least = cut.end(), _LONG_ENOUGH
    if not found:
        return ()
    last = piece(at, stop)
    found.append((at, last))
    return tuple(found) if last.bullets is not None and last.bullets[0] is not None else ()


# What may go on behind a cut, see `Piece.open_at`.
_MAY_RUN_ON = lazy.regex(r"\n {0,3}(?:```|~~~|<[!?]|<(?:pre|script|style|textarea))", re.IGNORECASE)  # see `_HEADING_LIKE`
_OPEN_LABEL = lazy.regex(r"^ {0,3}\[(?:[^\\\[\]]|\\.)*\Z", re.MULTILINE)
_LONGEST_LABEL = 1010  # mistune's 999 and what stands around them

# What it takes no parser to see, see `_opaque`.
_FENCE_OR_HTML = lazy.regex(r"\n( {0,3})(`{3,}|~{3,}|<(?:!--)?)(.*)")
_DEFINITION = lazy.regex(r"^ {0,3}\[", re.MULTILINE)


def _opaque(source: str) -> list[int] | None:
    """Where each fenced code block and comment among the outermost blocks starts and ends, in turn; None where that takes a parser.

    One that is not closed ends with the source. A fence or comment at the very start of a line ends any list, quote or paragraph in
    front of it: only a definition, other HTML or, if it has a pipe, a table could take it in. What goes on inside a list or quote
    makes no difference, as mistune picks their lines without a look at that.
    """
    if "]:" in source and _DEFINITION.search(source):
        return None
    edges: list[int] = []
    end = 0
    lines = "\n" + source  # where a line's number of characters from the start is where the line end in front of it stands
    while opening := _FENCE_OR_HTML.search(lines, end):
        indent, mark, rest = opening.groups()
        if indent or mark == "<" or "|" in rest or (mark[0] == "`" and "`" in rest):
            return None
        if mark == "<!--":
            closed = source.find("-->", opening.end(2) - 1)
            end = source.find("\n", closed) if closed >= 0 else len(source)
        else:
            end = next((end - 1 for _, end in scanner.closings(source, opening.end(), mark)), len(source))
        edges += (opening.start(), end)
    return edges


_SURROGATE = lazy.regex("[\ud800-\udfff]")
# With the line end in front of it, which is quick to find.
_HEADING_LIKE = lazy.regex(r"\n(?: {0,3}#{1,6}(?=[ \t]|$)|(?<=[^\n]\n) {0,3}[=-]+[ \t]*$)", re.MULTILINE)
_ATX = lazy.regex(BlockParser.SPECIFICATION["atx_heading"], re.MULTILINE)


class Piece:
    """A part of a document that can be read alone; all it knows counts from its own start.

    It starts at offset `at` of the document for which it was made, and may start elsewhere in a later one.
    """

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        source = text
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        if not source.isascii():
            try:
                source.encode()
            except UnicodeEncodeError:  # a lone half of a surrogate pair makes URL quoting fail
                source = _SURROGATE.sub("\ufffd", source)
        self.source = source if source.endswith("\n") else source + "\n"
        # What was found in it, by who looked.
        self._found: dict[Callable[..., Any], Portion[Any]] = {}
        # Its blocks, and at which offset of the document it started when they were last asked for.
        self._built: tuple[int, tuple[Block, ...]] | None = None

    def found(self, query: Callable[[_Asked], Sequence[_T]], alone: Callable[[Piece], _Asked]) -> Portion[_T]:
        """What a query finds in the piece, of which `alone` makes a document of its own; see `Document.piecewise`."""
        known = self._found.get(query)
        if known is None:
            known = self._found[query] = Portion(self.text, query(alone(self)))
        return known

    def apart(self) -> Piece:
        """The same piece, in which nothing was found yet: for whoever is kept with what is found in this one, as neither would be let go of."""
        same = copy(self)
        same._found = {}  # noqa: SLF001  # its own
        return same

    @cached_property
    def open_at(self) -> int | None:
        """Where something starts that goes on behind the end of this text, which a blank line ends; 0 where that is unknown.

        Where a blank line is followed by a heading's mark or a letter at the start of a line, lists, quotes, tables and all else
        have ended. Only fenced code, HTML up to its end mark, and the label of a definition, in which mistune allows blank lines,
        can go on; and the first two would have that blank line behind them if they were complete. Most can be told without parsing.
        """
        source = self.source
        tail = source[-_LONGEST_LABEL:]
        if "[" in tail and (tail.rfind("]") < tail.rfind("[") or "\\" in tail) and _OPEN_LABEL.search(tail):
            return 0
        if ("<" in source or "```" in source or "~~~" in source) and _MAY_RUN_ON.search("\n" + source):
            edges = self._opaque
            if edges is None:
                return self._parsed.open_at
            if edges and edges[-1] == len(source):
                return self._place.offset(edges[-2])
        return None

    @cached_property
    def _opaque(self) -> list[int] | None:
        return _opaque(self.source)

    @property
    def _place(self) -> Place:
        return Place(self.source, Rows(self.text, self.source), 0, None if "\r" in self.text else 0)

    @cached_property
    def bullets(self) -> tuple[str | None, str | None] | None:
        """The kinds of marker, at the start of their lines, of the list that the piece begins with and of that in which it ends.

        None where it took a parser to read the piece.
        """
        return self._parsed.bullets if isinstance(self._parsed, _Scanned) else None

    def blocks(self, at: int) -> tuple[Block, ...]:
        """The outermost blocks of the piece, which starts at offset `at` of the document."""
        built = self._built
        if built is None or built[0] != at:
            found = self._parsed
            self._built = built = at, moved(found.nodes, at - found.at)
        return built[1]

    def nodes(self, at: int) -> Moved:
        """The same as they were found, with how much further on they stand."""
        return self._parsed.nodes, at - self._parsed.at

    def last_inside(self, at: int) -> Moved:
        """What is inside the last of them, likewise."""
        nodes, by = self.nodes(at)
        return nodes[-1][2], by

    @cached_property
    def _parsed(self) -> Builder | _Scanned:
        outline = None if "\r" in self.text else scanner.scan(self.source)
        return _Scanned(outline, self.source) if outline else self._parsed_by_mistune

    @property
    def _parsed_by_mistune(self) -> Builder:
        return blocks.parsed(self.source, self._place, self.at)

    @property
    def leaves(self) -> list[Leaf]:
        """The blocks without blocks inside them, in order."""
        return self._parsed.leaves

    @cached_property
    def _leaf_starts(self) -> list[int]:
        return [leaf.start for leaf in self.leaves]

    def leaf_at(self, offset: int) -> Leaf | None:
        """The last leaf that starts no later than the offset."""
        index = bisect_right(self._leaf_starts, offset)
        return self.leaves[index - 1] if index else None

    def leaves_within(self, span: Span) -> list[Leaf]:
        """The leaves that reach into the span, and perhaps the last one in front of it."""
        starts = self._leaf_starts
        return self.leaves[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]

    @cached_property
    def headings(self) -> tuple[tuple[int, Span, Leaf], ...]:
        """Level, span and text of the headings among the outermost blocks."""
        if "\r" not in self.text:
            like = [match.start() for match in _HEADING_LIKE.finditer("\n" + self.source)]
            if like != [0] and self._opaque:
                like = [at for at in like if bisect_right(self._opaque, at) % 2 == 0]
            if not like:
                return ()
            first = None if len(like) > 1 or self.source[: like[0]].strip("\n") else _ATX.match(self.source, like[0])
            if first:  # no other line can be a heading, and nothing in front can keep this one from being one
                text = Leaf("text", *scanner.heading_text(first))
                text.text = self.source[text.start : text.end]
                return ((len(first["atx_1"]), Span(*strip(self.source, first.start(), first.end())), text),)
        return tuple(
            (block.level, block.span, leaf)
            for block in self.blocks(0)
            if block.kind == "heading" and block.content and (leaf := self.leaf_at(block.content.start))
        )

    @property
    def definitions(self) -> list[Definition]:
        """The link reference definitions, in order."""
        return self._parsed.definitions if "]:" in self.source else []

    @property
    def references(self) -> References:
        """What each link label that it defines stands for."""
        return self._parsed.references if "]:" in self.source else NO_REFERENCES


class _Scanned:
    """What the scanner found, where it sufficed; see `Builder`, of which it has all that a piece asks for."""

    def __init__(self, outline: scanner.Outline, source: str) -> None:
        self.nodes: Sequence[Node] = outline.nodes
        self.at = 0
        self.leaves: list[Leaf] = []
        for kind, (start, end), text, inner, line_ends in outline.scraps:
            leaf = Leaf(kind, start, end)
            leaf.text, leaf.line_ends = text, line_ends
            if kind == "definition" and inner:
                leaf.label_end = inner[1]
            elif inner:
                leaf.code = Span(*inner)
            self.leaves.append(leaf)
        self.definitions = [
            definition_at(source, Span(*label), Span(*span), Span(*target)) for label, span, target in outline.definitions
        ]
        self.references: References = NO_REFERENCES
        if self.definitions:
            self.references = {
                unikey(found.label): {"url": found.url, "label": found.label} for found in reversed(self.definitions)
            }
        self.open_at = outline.open_at
        self.bullets: tuple[str | None, str | None] = (None, None)
        if self.nodes:
            first, last = self.nodes[0], self.nodes[-1]
            begins = first[0] == "list" and first[1][0] == 0
            ends = last[0] == "list" and source[: last[1][0]][-1:] in ("", "\n")
            self.bullets = (first[5][-1] if begins else None, last[5][-1] if ends else None)
