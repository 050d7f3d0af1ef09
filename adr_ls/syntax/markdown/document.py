"""A document of Markdown, read as far as was asked for.

It is read in pieces, cut before headings that nothing can reach across (see `Piece.open_at`). A piece is parsed when somebody looks into
it, inline text only where somebody asks, and pieces that an edit left alone are taken over as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from mistune.util import unikey

from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown.inlines import SPECIAL_OR_ENTITY, Leaf, clip, may_link, plain
from adr_ls.syntax.markdown.nodes import (
    NO_REFERENCES,
    Block,
    Definition,
    Heading,
    Inline,
    Inside,
    Link,
    Moved,
    References,
    moved,
)
from adr_ls.syntax.markdown.pieces import ITEM, Piece, cuts, divided
from adr_ls.syntax.pieced import Pieced
from adr_ls.syntax.text import Span

MAX_LENGTH = 2 * 1024 * 1024
"""Documents of more characters than this are not read."""

_T = TypeVar("_T")


_ATTRIBUTES = lazy.regex(
    r"\{(?=[#.]|:[ \t]*[#.A-Za-z]):?[ \t]*"
    r"(?:(?:[#.][\w:.-]+|[A-Za-z][\w:.-]*=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}=]+))(?:[ \t]+|(?=\})))+\}[ \t]*"
)
"""A list of attributes, which begins with an anchor or a class, or has a colon in front: ``{#why}``, ``{.wide}``, ``{: data-x="1"}``."""


def _without_attributes(text: str, span: Span) -> Span:
    """The text of a heading up to the list of attributes that is behind it, if one is."""
    at = text.rfind("{", span.start, span.end)
    if at <= span.start or text[at - 1] in "\\$" or not _ATTRIBUTES.fullmatch(text, at, span.end):
        return span
    end = span.start + len(text[span.start : at].rstrip())
    return Span(span.start, end) if end > span.start else span


def parse(text: str, start: int = 0, previous: Document | None = None) -> Document:
    """The Markdown that stands in `text` from offset `start` on, the start of a line behind any front matter.

    Takes any string and never raises. `previous` is an earlier document of the same file, of which unchanged pieces are reused.
    """
    return Document(text, start, previous)


class Document:
    """Markdown, read as far as was asked for. Offsets count code points from the start of the whole text.

    Threads may share a document. Text of more than `MAX_LENGTH` characters is `too_large`: it has no blocks.
    """

    def __init__(self, text: str, start: int = 0, previous: Document | None = None) -> None:
        self.text = text
        self.start = start
        self.too_large = len(text) > MAX_LENGTH
        # Pieces by their text: first those of the previous document, then our own.
        self._known: dict[str, Piece] = previous._known if previous else {}  # noqa: SLF001 - of the same class
        self.is_in_pieces = previous is not None
        """Whether it is read piece by piece, as pays where there is an earlier text, or a later one will come."""
        self._alone: Piece | None = None

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The outermost blocks, in order."""
        return tuple(block for run in self._runs for block in run.blocks)

    def walk(self) -> Iterator[Block]:
        """All blocks, each before those inside it, in order; parses no further than it is asked to go."""
        for run in self._runs:
            for block in run.blocks:
                yield from block.walk()

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings among the outermost blocks, in order."""
        return tuple(
            Heading(level, span.shift(at), said, self._plain_leaf(leaf, at, said))
            for at, piece in self._pieces
            for level, span, leaf in piece.headings
            for said in (_without_attributes(self.text, leaf.span(at)),)
        )

    @cached_property
    def links(self) -> Sequence[Link]:
        """Every link, image and ``<autolink>``, wherever it stands, in order; a link comes before an image inside it."""
        found = self.piecewise(_links, Link.shift)
        return _links(self) if found is None else found

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """All link reference definitions, in order, including those that an earlier one of the same label makes moot."""
        return tuple(
            definition._replace(span=definition.span.shift(at), target=definition.target.shift(at))
            for at, piece in self._pieces
            for definition in piece.definitions
        )

    def inlines(self, block: Block) -> tuple[Inline, ...]:
        """The inline text of one of the document's paragraphs, headings or table cells; nothing for other blocks."""
        if block.content is None or block.kind == "block_code":
            return ()
        at, piece = self._piece_at(block.content.start)
        leaf = piece.leaf_at(block.content.start - at)
        return leaf.read(self._references_for(leaf), at).nodes(at) if leaf else ()

    def block_at(self, offset: int) -> tuple[Block, ...]:
        """The blocks around an offset, outermost first; a cursor right behind a block's last character is still in it."""
        first = self.outermost_at(offset)
        path = [first] if first is not None else []
        level = first.children if first is not None else ()
        while level:
            index = bisect_right(level, offset, key=lambda block: block.span.start) - 1
            if index < 0 or offset not in level[index].span:
                break
            path.append(level[index])
            level = level[index].children
        return tuple(path)

    def innermost_at(self, offset: int) -> Block | None:
        """The last of the blocks around an offset, as in `block_at`: the paragraph, the row, the code."""
        path = self.block_at(offset)
        return path[-1] if path else None

    def outermost_at(self, offset: int) -> Block | None:
        """The first of the blocks around an offset, as in `block_at`; looks into none."""
        if self.too_large or not self._pieces:
            return None
        blocks = self._runs[max(0, bisect_right(self._run_starts, offset) - 1)].blocks
        index = bisect_right(blocks, offset, key=lambda block: block.span.start) - 1
        return blocks[index] if index >= 0 and offset in blocks[index].span else None

    def text_at(self, offset: int) -> Span | None:
        """Where the paragraph, heading or table cell around an offset stands; None where there is none. Builds no blocks."""
        if not self.start <= offset < len(self.text) or self.too_large:
            return None
        at, piece = self._piece_at(offset)
        leaf = piece.leaf_at(offset - at)
        return leaf.span(at) if leaf is not None and leaf.kind == "text" and offset - at < leaf.end else None

    def blocks_within(self, span: Span) -> tuple[Block, ...]:
        """The outermost blocks that share a character with the span; parses nothing elsewhere."""
        return tuple(self.each_within(span))

    def each_within(self, span: Span) -> Iterator[Block]:
        """The same one after the other; parses no further than it is asked to go."""
        starts = self._run_starts
        for run in self._runs[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]:
            blocks = run.blocks
            first = bisect_right(blocks, span.start, key=lambda block: block.span.end)
            last = bisect_left(blocks, span.end, lo=first, key=lambda block: block.span.start)
            yield from blocks[first:last]

    def kind_at(self, offset: int) -> str:
        """What the character at the offset belongs to.

        One of text (also inside emphasis or the text of a link), codespan, block_code (fences included), block_html, inline_html,
        link_target (the destination, title or label of a link or definition), and other: marks, blanks, rules, front matter.
        """
        if not self.start <= offset < len(self.text) or self.too_large:
            return "other"
        at, piece = self._piece_at(offset)
        leaf = piece.leaf_at(offset - at)
        if leaf is None or offset - at >= leaf.end:
            return "other"
        if leaf.kind != "text":
            return leaf.kind_at(offset - at)
        return leaf.read(self._references_for(leaf), at).kind_at(offset - at)

    def mentions(self, pattern: re.Pattern[str], having: tuple[str, ...] = ("",)) -> Iterator[re.Match[str]]:
        """The matches in the body that begin and end in text, so not in code, HTML or where a link leads.

        Reads the inline text only of blocks where the pattern matches. Every match has one of the strings in `having`, which are found
        faster than the pattern. The pattern looks at no more than the lines that it matches, so that pieces can be asked once.
        """
        starts = self.piecewise(_starting(pattern, having), _further)
        if starts is None:
            if any(mark in self.text for mark in having):
                yield from filter(self.is_text, pattern.finditer(self.text, self.start))
            return
        reached = self.start
        for start in starts:
            match = pattern.match(self.text, start) if start >= reached else None
            if match is not None and self.is_text(match):
                reached = match.end()
                yield match

    def is_text(self, match: re.Match[str]) -> bool:
        """Whether a match begins and ends in text."""
        return match.end() > match.start() and self.kind_at(match.start()) == self.kind_at(match.end() - 1) == "text"

    def plain(self, span: Span) -> str:
        """The text of the span as a reader sees it, on one line.

        Marks, HTML and where links lead are left out, the text of links and of code is kept, escapes and entities are resolved,
        and white space is collapsed to single spaces.
        """
        parts = (
            self._plain_leaf(leaf, at, span)
            for at, piece in self._pieces_within(span)
            for leaf in piece.leaves_within(span.shift(-at))
        )
        return " ".join(part for part in parts if part)

    def piecewise(
        self, query: Callable[[Document], Sequence[_T]], move: Callable[[_T, int], _T] | None = None
    ) -> Pieced[_T] | None:
        """What a pure function finds in each piece of the body, read alone, in order.

        `move` moves what it found by so many code points, None for what has no places. Pieces that were there in an earlier text of the
        file are not asked again. None where it is not read `is_in_pieces`, so that nothing would be gained, and where they cannot be read
        alone, since labels are defined that links anywhere may refer to.
        """
        if not self.is_in_pieces or self._references:
            return None
        return Pieced([(at, piece.found(query, self._of)) for at, piece in self._pieces], move)

    def unchanged(self, before: Document) -> tuple[tuple[Span, int], ...]:
        """The stretches that are read as they were in an earlier text of the same file, each with how much further on it stands now.

        They are what is in front of all that was edited and what is behind; none where pieces cannot be read alone, see `piecewise`.
        """
        if self._references or before._references:
            return ()
        old, new = before._pieces, self._pieces
        most = min(len(old), len(new))
        front = next((at for at in range(most) if old[at] != new[at]), most)
        back = next((at for at in range(most - front) if old[-1 - at][1] is not new[-1 - at][1]), most - front)
        found: list[tuple[Span, int]] = []
        if front:
            found.append((Span(self.start, new[front][0] if front < len(new) else len(self.text)), 0))
        if back:
            found.append((Span(new[-back][0], len(self.text)), new[-back][0] - old[-back][0]))
        return tuple(found)

    @property
    def runs(self) -> Iterator[tuple[tuple[Block, ...], tuple[tuple[int, Document], ...]]]:
        """The outermost blocks by the pieces that have them, each of which goes on with the list of the one before.

        Each piece comes as a document of its own, with where it begins; there are none where pieces cannot be read alone, see `piecewise`.
        """
        is_alone = self.is_in_pieces and not self._references
        for run in self._runs:
            yield run.blocks, tuple([(at, self._of(piece.apart())) for at, piece in run.pieces]) if is_alone else ()

    def rest(self) -> None:
        """Lets go of all that was read, which takes twenty times as much memory as the text: who asks for it next has it read again."""
        for name in [name for name in self.__dict__ if isinstance(getattr(Document, name, None), cached_property)]:
            self.__dict__.pop(name, None)
        self._known = {}

    # How it is read

    @classmethod
    def _of(cls, piece: Piece) -> Document:
        """A piece as a document of its own."""
        found = cls(piece.text)
        found._alone = piece
        return found

    @cached_property
    def _pieces(self) -> tuple[tuple[int, Piece], ...]:
        """The pieces of the body and where they start."""
        if self._alone is not None:
            return ((0, self._alone),)
        if self.too_large or self.start >= len(self.text):
            return ()
        text, inherited = self.text, self._known
        known: dict[str, Piece] = {}

        def piece(start: int, stop: int) -> Piece:
            own = text[start:stop]
            known[own] = found = known.get(own) or inherited.get(own) or Piece(own, start)
            return found

        pieces: list[tuple[int, Piece]] = []
        ends = [*cuts(text, self.start), len(text)]
        start, index, step = self.start, 0, 1
        while start < len(text):
            stop = ends[index]
            found = piece(start, stop)
            open_at = None if stop == len(text) else found.open_at
            if open_at == 0:  # look for its end ever further on, so that it is not read too often
                index, step = min(index + step, len(ends) - 1), step * 2
                continue
            if open_at is None:
                index += 1
            else:
                stop = start + open_at
                found = piece(start, stop)
            pieces += divided(text, start, stop, piece) or ((start, found),)
            start, step = stop, 1
        self._known = known
        return tuple(pieces)

    @cached_property
    def _runs(self) -> tuple[_Run, ...]:
        """The pieces, each with those that go on with its list."""
        runs: list[list[tuple[int, Piece]]] = []
        for at, piece in self._pieces:
            if runs and ITEM.match(piece.text):  # no other cut is made there
                runs[-1].append((at, piece))
            else:
                runs.append([(at, piece)])
        return tuple(_Run(tuple(run)) for run in runs)

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.at for run in self._runs]

    @cached_property
    def _starts(self) -> list[int]:
        return [at for at, _ in self._pieces]

    def _piece_at(self, offset: int) -> tuple[int, Piece]:
        return self._pieces[max(0, bisect_right(self._starts, offset) - 1)]

    def _pieces_within(self, span: Span) -> tuple[tuple[int, Piece], ...]:
        starts = self._starts
        return self._pieces[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]

    @cached_property
    def _references(self) -> References:
        """What each link label stands for: the first definition of it counts."""
        references: dict[str, Mapping[str, Any]] = {}
        for _, piece in self._pieces:
            for key, reference in piece.references.items():
                references.setdefault(key, reference)
        return references

    def _references_for(self, leaf: Leaf) -> References:
        """The references that reading the leaf can need, to look for definitions only where there may be a link."""
        return self._references if "]" in leaf.text else NO_REFERENCES

    @cached_property
    def _defined(self) -> dict[str, Definition]:
        defined: dict[str, Definition] = {}
        for definition in self.definitions:
            defined.setdefault(unikey(definition.label), definition)
        return defined

    def _links_of(self, at: int, piece: Piece) -> Iterator[Link]:
        references = self._references if "]" in piece.source else NO_REFERENCES
        if not may_link(piece.source, references):
            return
        for leaf in piece.leaves:
            if may_link(leaf.text, references):
                for link, key in leaf.links(self._references_for(leaf), at):
                    yield link if key is None else link._replace(definition=self._defined.get(key))

    def _plain_leaf(self, leaf: Leaf, at: int, span: Span) -> str:
        if leaf.kind == "text":
            if span.covers(leaf.span(at)) and not SPECIAL_OR_ENTITY.search(leaf.text):
                return " ".join(leaf.text.split())
            reading = leaf.read(self._references_for(leaf), at)
            return " ".join("".join(plain(self.text, reading.nodes(at), span)).split())
        if leaf.code:
            return " ".join(clip(self.text, leaf.code.shift(at), span).split())
        return ""


@cache
def _starting(pattern: re.Pattern[str], having: tuple[str, ...]) -> Callable[[Document], Sequence[int]]:
    """What finds the beginnings of a pattern's mentions, the same function for the same pattern, as answers are known by who asked."""
    return lambda document: [match.start() for match in document.mentions(pattern, having)]


def _further(start: int, by: int) -> int:
    return start + by


def _links(document: Document) -> tuple[Link, ...]:
    return tuple(link for at, piece in document._pieces for link in document._links_of(at, piece))  # noqa: SLF001 - of this module


@dataclass(frozen=True)
class _Run:
    """A piece and where it starts in the document, or several in a row, each of which goes on with the list in which the last one ends."""

    pieces: tuple[tuple[int, Piece], ...]

    @property
    def at(self) -> int:
        return self.pieces[0][0]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        at, first = self.pieces[0]
        if len(self.pieces) == 1:
            return first.blocks(at)
        blocks = list(first.blocks(at))
        inside = [first.last_inside(at)]
        for at, piece in self.pieces[1:]:
            nodes, by = piece.nodes(at)
            inside.append((nodes[0][2], by))
            if len(nodes) > 1:
                blocks[-1] = _list_of(blocks[-1], inside)
                blocks += moved(nodes[1:], by)
                inside = [piece.last_inside(at)]
        blocks[-1] = _list_of(blocks[-1], inside)
        return tuple(blocks)


def _list_of(begun: Block, inside: list[Moved]) -> Block:
    """The list that begins as another one and has the items of all pieces; other blocks as they are."""
    if begun.kind != "list":
        return begun
    nodes, by = inside[-1]
    return begun._replace(span=Span(begun.span.start, nodes[-1][1][1] + by), children=Inside(*inside))
