"""Markdown with exact positions: mistune's parsers, taught where they are.

What is a heading, a list or a link is what mistune says; this module, the only one that knows mistune, adds where it stands.
mistune keeps no positions, but two facts give every one of them back:

* A list item or a quote is parsed from a text of its own, and each line of that text is the tail of one line of the document, in
  order. So a nested text needs to know only its first line, and a place in it is found by its distance from the line's end.
* Siblings tile their text. Blocks note where they start, inline tokens how long they are; everything else follows.

In two cases the blocks are not mistune's. Where a block interrupts a list or quote, mistune 3.4 puts it in front of what it interrupts
if that is interrupted in turn, or adds it to a paragraph further up; here it comes where it stands. And a blank line of five spaces
is no code. Text is as written: mistune resolves escapes.

A document is read in pieces, cut before headings that nothing can reach across (see `_Piece.open_at`). A piece is parsed when
somebody looks into it, inline text only where somebody asks, and pieces that an edit left alone are taken over as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, TypeVar, cast, overload

from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown
from mistune.helpers import parse_link_href, unescape_char
from mistune.plugins.table import table, table_in_list, table_in_quote
from mistune.util import escape_url, unescape, unikey

from adr_ls.syntax import lazy, scanner
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.pieced import Pieced, Portion
from adr_ls.syntax.scanner import Edges, Node, strip
from adr_ls.syntax.text import Lines, Span

MAX_LENGTH = 2 * 1024 * 1024
"""Documents of more characters than this are not read."""

MAX_LINE = 10_000
"""Inline text with a line of more characters than this is taken as plain text: the time a regular expression takes has no bound
but the length of what it reads."""

_T = TypeVar("_T")
Token = dict[str, Any]  # mistune's; "at" is ours
References = Mapping[str, Mapping[str, Any]]  # mistune's: what each link label stands for, by normalised label


class Block(NamedTuple):
    """A block and where it stands, without the blanks around it.

    `kind` is one of heading, paragraph, list, list_item, block_quote, block_code, thematic_break, block_html, table, table_row,
    table_cell and definition. `content` is where the inline text of a paragraph, heading or table cell stands, or the code of a
    code block without its fences; other blocks have none. `level` is that of a heading, from 1 to 6, and 0 elsewhere. `info` is
    the info string of a fenced block, the first marker of a list (``-``, ``1.``), ``head`` or ``body`` for a table's row, ``atx``
    or ``setext`` for a heading.
    """

    kind: str
    span: Span
    children: Sequence[Block] = ()
    content: Span | None = None
    level: int = 0
    info: str = ""

    def shift(self, by: int) -> Block:
        """The same block, `by` code points further on."""
        return _moved_blocks((self,), by)[0]

    def walk(self) -> Iterator[Block]:
        """The block and all blocks inside it, in order."""
        ahead = [self]
        while ahead:
            block = ahead.pop()
            yield block
            ahead += reversed(block.children)


class Inline(NamedTuple):
    """A stretch of inline text; siblings follow each other without a gap.

    `kind` is one of text, emphasis, strong, codespan, link, image, autolink, inline_html, linebreak and softbreak. Text stands as
    written, with its backslashes and entities.
    """

    kind: str
    span: Span
    children: tuple[Inline, ...] = ()


class Definition(NamedTuple):
    """A link reference definition, ``[label]: target``; `target` is the destination as written, `url` as mistune resolves it."""

    label: str
    span: Span
    target: Span
    url: str


class Link(NamedTuple):
    """A link or an image.

    `kind` is inline, full, collapsed, shortcut, autolink or image. `text` stands between the brackets, `target` is the destination
    as written or, where there is none, the label; an autolink's address is both. `url` is what mistune makes of the destination,
    percent-encoded. `definition` is the one that a label refers to.
    """

    kind: str
    span: Span
    text: Span
    target: Span
    url: str
    title: str | None = None
    definition: Definition | None = None

    def shift(self, by: int) -> Link:
        """The same link, `by` code points further on; for one that refers to no definition, which would have its own place."""
        kind, (start, end), (text, text_end), (target, target_end), url, title, definition = self
        places = (
            _new(Span, (start + by, end + by)),
            _new(Span, (text + by, text_end + by)),
            _new(Span, (target + by, target_end + by)),
        )
        return _new(Link, (kind, *places, url, title, definition))


class Heading(NamedTuple):
    """A heading that is not inside a list or a quote: its level from 1 to 6, all of it, its text, and that as a reader sees it.

    A list of attributes behind it, as Pandoc, kramdown, Doxygen and MyST have it, ``{#why .wide}``, is no part of its text.
    """

    level: int
    span: Span
    text: Span
    plain: str


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
        self._known: dict[str, _Piece] = previous._known if previous else {}  # noqa: SLF001 - of the same class
        self.is_in_pieces = previous is not None
        """Whether it is read piece by piece, as pays where there is an earlier text, or a later one will come."""
        self._alone: _Piece | None = None

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

    def mentions(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches in the body that begin and end in text, so not in code, HTML or where a link leads.

        Reads the inline text only of blocks where the pattern matches.
        """
        for match in pattern.finditer(self.text, self.start):
            if match.end() > match.start() and self.kind_at(match.start()) == self.kind_at(match.end() - 1) == "text":
                yield match

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
        return Pieced([(at, piece.found(query)) for at, piece in self._pieces], move)

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
    def _of(cls, piece: _Piece) -> Document:
        """A piece as a document of its own."""
        found = cls(piece.text)
        found._alone = piece
        return found

    @cached_property
    def _pieces(self) -> tuple[tuple[int, _Piece], ...]:
        """The pieces of the body and where they start."""
        if self._alone is not None:
            return ((0, self._alone),)
        if self.too_large or self.start >= len(self.text):
            return ()
        text, inherited = self.text, self._known
        known: dict[str, _Piece] = {}

        def piece(start: int, stop: int) -> _Piece:
            own = text[start:stop]
            known[own] = found = known.get(own) or inherited.get(own) or _Piece(own, start)
            return found

        pieces: list[tuple[int, _Piece]] = []
        cuts = [*_cuts(text, self.start), len(text)]
        start, index, step = self.start, 0, 1
        while start < len(text):
            stop = cuts[index]
            found = piece(start, stop)
            open_at = None if stop == len(text) else found.open_at
            if open_at == 0:  # look for its end ever further on, so that it is not read too often
                index, step = min(index + step, len(cuts) - 1), step * 2
                continue
            if open_at is None:
                index += 1
            else:
                stop = start + open_at
                found = piece(start, stop)
            pieces += _divided(text, start, stop, piece) or ((start, found),)
            start, step = stop, 1
        self._known = known
        return tuple(pieces)

    @cached_property
    def _runs(self) -> tuple[_Run, ...]:
        """The pieces, each with those that go on with its list."""
        runs: list[list[tuple[int, _Piece]]] = []
        for at, piece in self._pieces:
            if runs and _ITEM.match(piece.text):  # no other cut is made there
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

    def _piece_at(self, offset: int) -> tuple[int, _Piece]:
        return self._pieces[max(0, bisect_right(self._starts, offset) - 1)]

    def _pieces_within(self, span: Span) -> tuple[tuple[int, _Piece], ...]:
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

    def _references_for(self, leaf: _Leaf) -> References:
        """The references that reading the leaf can need, to look for definitions only where there may be a link."""
        return self._references if "]" in leaf.text else _NO_REFERENCES

    @cached_property
    def _defined(self) -> dict[str, Definition]:
        defined: dict[str, Definition] = {}
        for definition in self.definitions:
            defined.setdefault(unikey(definition.label), definition)
        return defined

    def _links_of(self, at: int, piece: _Piece) -> Iterator[Link]:
        references = self._references if "]" in piece.source else _NO_REFERENCES
        if not _may_link(piece.source, references):
            return
        for leaf in piece.leaves:
            if _may_link(leaf.text, references):
                for link, key in leaf.links(self._references_for(leaf), at):
                    yield link if key is None else link._replace(definition=self._defined.get(key))

    def _plain_leaf(self, leaf: _Leaf, at: int, span: Span) -> str:
        if leaf.kind == "text":
            if span.covers(leaf.span(at)) and not _SPECIAL_OR_ENTITY.search(leaf.text):
                return " ".join(leaf.text.split())
            reading = leaf.read(self._references_for(leaf), at)
            return " ".join("".join(_plain(self.text, reading.nodes(at), span)).split())
        if leaf.code:
            return " ".join(_clip(self.text, leaf.code.shift(at), span).split())
        return ""


def _links(document: Document) -> tuple[Link, ...]:
    return tuple(link for at, piece in document._pieces for link in document._links_of(at, piece))  # noqa: SLF001 - of this module


# The pieces of a document

_NO_REFERENCES: References = {}

_CUT = lazy.regex(r"\n\n(?=#{1,6}[ \t]|[^\W\d_])")
_CUT_CR = lazy.regex(r"(?:\r\n|\r(?!\n)|\n){2}(?=#{1,6}[ \t]|[^\W\d_])")
_LONG_ENOUGH = 2000


def _cuts(text: str, start: int) -> Iterator[int]:
    """Where a piece may start: at lines, behind a blank one, that start with a heading's mark or, far from the last, a letter."""
    last = start
    for blank in (_CUT_CR if "\r" in text else _CUT).finditer(text, start):
        at = blank.end()
        if text[at] == "#" or at - last >= _LONG_ENOUGH:
            yield at
            last = at


_ITEM = lazy.regex(r"(?:[-*+]|[0-9]{1,9}([.)]))[ ]")
_ITEM_CUT = lazy.regex(rf"\n(?={_ITEM.pattern})")


def _divided(text: str, start: int, stop: int, piece: Callable[[int, int], _Piece]) -> tuple[tuple[int, _Piece], ...]:
    """The pieces of text[start:stop], which can be read alone, cut once more between items of its lists; none where that cannot be done.

    Many an index is one long list, of which an edit touches one item. Where a list has its markers at the start of a line, the next
    line that starts with such a marker is its next item, whatever stands in between: so each piece has to end in a list, and the next
    to start with one of the same marker, as far as it takes no parser to see that.
    """
    if stop - start < 2 * _LONG_ENOUGH:
        return ()
    found: list[tuple[int, _Piece]] = []
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


@dataclass(frozen=True)
class _Run:
    """A piece and where it starts in the document, or several in a row, each of which goes on with the list in which the last one ends."""

    pieces: tuple[tuple[int, _Piece], ...]

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
                blocks += _moved_blocks(nodes[1:], by)
                inside = [piece.last_inside(at)]
        blocks[-1] = _list_of(blocks[-1], inside)
        return tuple(blocks)


def _list_of(begun: Block, inside: list[_Moved]) -> Block:
    """The list that begins as another one and has the items of all pieces; other blocks as they are."""
    if begun.kind != "list":
        return begun
    nodes, by = inside[-1]
    return begun._replace(span=Span(begun.span.start, nodes[-1][1][1] + by), children=_Inside(*inside))


# What may go on behind a cut, see `_Piece.open_at`.
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
_AUTOLINK = lazy.regex(r"<(?:[A-Za-z][A-Za-z0-9.+-]{1,31}:|[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@)")


def _may_link(source: str, references: References) -> bool:
    """Whether there can be a link in some text; where not, it need not be read to find links."""
    if "](" in source or (references and "]" in source):
        return True
    return "<" in source and _AUTOLINK.search(source) is not None


class _Piece:
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

    def found(self, query: Callable[[Document], Sequence[_T]]) -> Portion[_T]:
        """What a query finds in the piece; see `Document.piecewise`."""
        known = self._found.get(query)
        if known is None:
            known = self._found[query] = Portion(self.text, query(Document._of(self)))  # noqa: SLF001 - of this module
        return known

    def apart(self) -> _Piece:
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
    def _place(self) -> _Place:
        return _Place(self.source, _Rows(self.text, self.source), 0, None if "\r" in self.text else 0)

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
            self._built = built = at, _moved_blocks(found.nodes, at - found.at)
        return built[1]

    def nodes(self, at: int) -> _Moved:
        """The same as they were found, with how much further on they stand."""
        return self._parsed.nodes, at - self._parsed.at

    def last_inside(self, at: int) -> _Moved:
        """What is inside the last of them, likewise."""
        nodes, by = self.nodes(at)
        return nodes[-1][2], by

    @cached_property
    def _parsed(self) -> _Builder | _Scanned:
        outline = None if "\r" in self.text else scanner.scan(self.source)
        return _Scanned(outline, self.source) if outline else self._parsed_by_mistune

    @property
    def _parsed_by_mistune(self) -> _Builder:
        state = _State()
        state.process(self.source)
        _BLOCKS.parse(state)
        return _Builder(state, self._place, self.at)

    @property
    def leaves(self) -> list[_Leaf]:
        return self._parsed.leaves

    @cached_property
    def _leaf_starts(self) -> list[int]:
        return [leaf.start for leaf in self.leaves]

    def leaf_at(self, offset: int) -> _Leaf | None:
        """The last leaf that starts no later than the offset."""
        index = bisect_right(self._leaf_starts, offset)
        return self.leaves[index - 1] if index else None

    def leaves_within(self, span: Span) -> list[_Leaf]:
        """The leaves that reach into the span, and perhaps the last one in front of it."""
        starts = self._leaf_starts
        return self.leaves[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]

    @cached_property
    def headings(self) -> tuple[tuple[int, Span, _Leaf], ...]:
        """Level, span and text of the headings among the outermost blocks."""
        if "\r" not in self.text:
            like = [match.start() for match in _HEADING_LIKE.finditer("\n" + self.source)]
            if like != [0] and self._opaque:
                like = [at for at in like if bisect_right(self._opaque, at) % 2 == 0]
            if not like:
                return ()
            first = None if len(like) > 1 or self.source[: like[0]].strip("\n") else _ATX.match(self.source, like[0])
            if first:  # no other line can be a heading, and nothing in front can keep this one from being one
                text = _Leaf("text", *scanner.heading_text(first))
                text.text = self.source[text.start : text.end]
                return ((len(first["atx_1"]), Span(*strip(self.source, first.start(), first.end())), text),)
        return tuple(
            (block.level, block.span, leaf)
            for block in self.blocks(0)
            if block.kind == "heading" and block.content and (leaf := self.leaf_at(block.content.start))
        )

    @property
    def definitions(self) -> list[Definition]:
        return self._parsed.definitions if "]:" in self.source else []

    @property
    def references(self) -> References:
        return self._parsed.references if "]:" in self.source else _NO_REFERENCES


class _Scanned:
    """What the scanner found, where it sufficed; see `_Builder`, of which it has all that a piece asks for."""

    def __init__(self, outline: scanner.Outline, source: str) -> None:
        self.nodes: Sequence[Node] = outline.nodes
        self.at = 0
        self.leaves: list[_Leaf] = []
        for kind, (start, end), text, inner, line_ends in outline.scraps:
            leaf = _Leaf(kind, start, end)
            leaf.text, leaf.line_ends = text, line_ends
            if kind == "definition" and inner:
                leaf.label_end = inner[1]
            elif inner:
                leaf.code = Span(*inner)
            self.leaves.append(leaf)
        self.definitions = [
            _definition(source, Span(*label), Span(*span), Span(*target)) for label, span, target in outline.definitions
        ]
        self.references: References = _NO_REFERENCES
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


def _moved_blocks(blocks: Iterable[Node], by: int) -> tuple[Block, ...]:
    """The blocks, `by` code points further on; those inside them are only moved when somebody looks at them."""
    return tuple(
        [
            _new(
                Block,
                (
                    kind,
                    _new(Span, (start + by, end + by)),
                    _Inside((children, by)) if children else (),
                    content and _new(Span, (content[0] + by, content[1] + by)),
                    level,
                    info,
                ),
            )
            for kind, (start, end), children, content, level, info in blocks
        ]
    )


_Moved = tuple[Sequence[Node], int]
"""Blocks as they were found, and how much further on they stand."""


class _Inside(Sequence[Block]):
    """What is inside a block that has moved: most of a long list is carried from text to text without anybody looking into its items."""

    __slots__ = ("_found", "_made")

    def __init__(self, *found: _Moved) -> None:
        self._found = found
        self._made: tuple[Block, ...] | None = None

    @property
    def _blocks(self) -> tuple[Block, ...]:
        found, made = self._found, self._made  # in this order, as another thread may be making them
        if made is None:
            self._made = made = tuple([block for nodes, by in found for block in _moved_blocks(nodes, by)])
            self._found = ()
        return made

    @overload
    def __getitem__(self, at: int) -> Block: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, at: int | slice) -> Block | tuple[Block, ...]:
        found = self._found
        if at == -1 and found:  # which tells where a list ends
            nodes, by = found[-1]
            return _moved_blocks(nodes[-1:], by)[0]
        return self._blocks[at]

    def __len__(self) -> int:
        return sum([len(nodes) for nodes, _ in self._found]) or len(self._blocks)

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, tuple | _Inside) and self._blocks == tuple(other))

    def __hash__(self) -> int:
        return hash(self._blocks)

    def __repr__(self) -> str:
        return repr(self._blocks)


# Blocks


class _State(BlockState):
    """One level of blocks, as mistune parses it."""

    def __init__(self, parent: _State | None = None) -> None:
        super().__init__(parent)
        self.nested: list[_State] = []  # the states of quotes and list items, in order
        self.opened_at = 0  # where in the parent's text the marker of this quote or item stands: the start of its line
        self.rule_at = 0  # where the rule that is running matched
        self.reading_at: int | None = None  # where the quote or list that is being read starts
        self.item_at = 0  # where the quote or item that is being read starts

    def append_token(self, token: Token) -> None:
        token["at"] = self.rule_at
        self.tokens.append(token)

    def prepend_token(self, token: Token) -> None:
        """Append a quote, but before the blank line that ended it."""
        ended_by = self.tokens.pop() if self.tokens and self.tokens[-1]["at"] > self.rule_at else None
        self.append_token(token)
        if ended_by:
            self.tokens.append(ended_by)

    def add_paragraph(self, text: str) -> None:  # noqa: ARG002 - the text of a paragraph is what stands up to the next token
        if not (self.tokens and self.tokens[-1]["type"] == "paragraph"):
            self.tokens.append({"type": "paragraph", "at": self.cursor})

    def append_paragraph(self) -> int | None:
        if self.tokens and self.tokens[-1]["type"] == "paragraph":
            return self.find_line_end()
        return None

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> _State:
        child = _State(self)
        child.process(src)
        child.lazy_line_starts = lazy_line_starts or set()
        child.opened_at = self.item_at
        self.nested.append(child)
        # If another item follows, its first line is the last that has been read.
        self.item_at = self.src.rfind("\n", 0, self.cursor - 1) + 1
        return child


# One line that can be nothing but a paragraph, as most items of lists.
_ONE_LINE = lazy.regex(r"(?:\*\*|`)?[^\W\d_].*\n?")


class _Blocks(BlockParser):
    state_cls = _State

    # Every state comes from `state_cls` or `_State.child_state`: hence the casts.

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        state = cast("_State", state)
        at = m.start()
        if state.reading_at is None or at == state.reading_at:
            state.rule_at = at
            return super().parse_method(m, state)
        # A block interrupts the quote or list that is being read. mistune would parse it now, so before what it interrupts, and
        # recursively; we end the quote or list here and leave the block to the loop.
        if m.lastgroup == "blank_line":
            state.tokens.append({"type": "blank_line", "at": at})
            return m.end()
        if m.lastgroup == "fenced_code" and m["fenced_2"][0] == "`" and "`" in m["fenced_3"]:
            return None  # as in parse_fenced_code: it is none
        return at

    def parse_list(self, m: re.Match[str], state: BlockState) -> int:
        return self._parse_container(super().parse_list, m, state)

    def parse_block_quote(self, m: re.Match[str], state: BlockState) -> int:
        return self._parse_container(super().parse_block_quote, m, state)

    @staticmethod
    def _parse_container(rule: Callable[[re.Match[str], BlockState], int], m: re.Match[str], state: BlockState) -> int:
        state = cast("_State", state)
        state.reading_at = state.item_at = m.start()
        end = rule(m, state)
        state.reading_at = None
        state.tokens[-1].setdefault("at", m.start())  # an interrupted list is not appended like other tokens
        return end

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        if _ONE_LINE.fullmatch(state.src):
            state.add_paragraph(state.src)
            state.cursor = state.cursor_max
        else:
            super().parse(state, rules)

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        if state.src[state.cursor] not in " \t":  # mistune takes long to find that out
            return None
        cast("_State", state).rule_at = state.cursor  # this does not pass through parse_method
        return super()._parse_indent_code_fast(state)

    def parse_atx_heading(self, m: re.Match[str], state: BlockState) -> int:
        # mistune's own takes quadratic time for long white space.
        token = {"type": "heading", "style": "atx", "level": len(m["atx_1"]), "content": scanner.heading_text(m)}
        state.append_token(token)
        return m.end() + 1

    def parse_setex_heading(self, m: re.Match[str], state: BlockState) -> int | None:
        end = super().parse_setex_heading(m, state)
        last = state.last_token()
        if last and last["type"] == "heading" and "content" not in last:
            last["level"] = last["attrs"]["level"]
            last["content"] = strip(state.src, last["at"], m.start())
        return end

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        last = state.last_token()
        end = super().parse_ref_link(m, state)
        if end and not (last and last["type"] == "paragraph"):
            token = {
                "type": "definition",
                "label": Span(*m.span("reflink_1")),
                "target": _destination(state.src, m.end(), block=True),
            }
            state.append_token(token)
        return end


_LINK_SPACE = lazy.regex(r"[ \t]*\n?[ \t]*")


# A destination without anything that needs a closer look.
_SIMPLE_DESTINATION = lazy.regex(r"[^\x00-\x20\x7f\\()<>]+(?=\))")


def _destination(source: str, start: int, *, block: bool = False) -> Span:
    """Where the link destination stands that follows `start`, without pointed brackets."""
    simple = _SIMPLE_DESTINATION.match(source, start)
    if simple and not block:
        return Span(*simple.span())
    href, _ = parse_link_href(source, start, block=block, max_nested_level=_BLOCKS.max_nested_level)
    space = _LINK_SPACE.match(source, start)
    begin = space.end() if space else start
    if source.startswith("<", begin):
        begin += 1
    return Span(begin, begin + len(href or ""))


class _Rows:
    """Where the lines of a piece start and end."""

    def __init__(self, text: str, source: str) -> None:
        self._text = text
        self._source = source

    @cached_property
    def starts(self) -> list[int]:
        return Lines(self._text).starts if "\r" in self._text else _line_starts(self._source)

    @cached_property
    def ends(self) -> list[int]:
        if "\r" in self._text:
            return Lines(self._text).ends
        return [*(start - 1 for start in self.starts[1:]), len(self._text)]


def _definition(source: str, label: Span, span: Span, target: Span) -> Definition:
    """The definition whose label and target stand there in a source."""
    return Definition(label.of(source), span, target, escape_url(unescape_char(target.of(source))))


def _line_starts(source: str) -> list[int]:
    return [0, *(newline.end() for newline in _NEWLINE.finditer(source))]


def _line_ends(source: str) -> list[int]:
    return [*(newline.start() for newline in _NEWLINE.finditer(source)), len(source)]


_NEWLINE = lazy.regex("\n")


class _Place:
    """Where the text of a state lies in its piece."""

    __slots__ = ("_starts", "row", "rows", "shift", "source")

    def __init__(self, source: str, rows: _Rows, row: int, shift: int | None = None) -> None:
        self.source = source
        self.rows = rows
        self.row = row  # the piece's line on which the text starts
        self.shift = shift  # how much further on everything stands, where that is the same everywhere
        self._starts: list[int] | None = None
        if shift is None and source.find("\n") in (-1, len(source) - 1):
            self.shift = rows.ends[row] - len(source.removesuffix("\n"))

    @property
    def starts(self) -> list[int]:
        if self._starts is None:
            self._starts = self.rows.starts if self.shift == self.row == 0 else _line_starts(self.source)
        return self._starts

    def offset(self, position: int) -> int:
        """The piece's offset for a position in the text: as far from the end of its line."""
        if self.shift is not None:
            return position + self.shift
        starts = self.starts
        line = bisect_right(starts, position) - 1
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.source)
        row = min(self.row + line, len(self.rows.ends) - 1)
        return max(self.rows.starts[row], self.rows.ends[row] - (end - position))

    def inside(self, child: _State) -> _Place:
        """The place of a quote or item."""
        row = self.row + bisect_right(self.starts, child.opened_at) - 1
        if _LONE_MARKER.match(self.source, child.opened_at):  # then the text of the item starts on the next line
            row += 1
        return _Place(child.src, self.rows, min(row, len(self.rows.ends) - 1))


_LONE_MARKER = lazy.regex(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[^\S\n]*$", re.MULTILINE)
_MARKER = lazy.regex(r"[ \t]*([*+-]|\d{1,9}[.)])")

# What a named tuple's own constructor does, in half the time: most of what we make is made here.
_new = tuple.__new__


class _Builder:
    """Turns what mistune noted about a piece into blocks with their places; the piece starts at offset `at` of the document."""

    def __init__(self, state: _State, place: _Place, at: int) -> None:
        self.at = at
        self.leaves: list[_Leaf] = []
        self.definitions: list[Definition] = []
        self.nodes: Sequence[Node] = self._blocks(state, place)
        self.references: References = state.env["ref_links"]
        last = state.tokens[-1]
        runs_on = last["type"] == "block_html" or last.get("style") == "fenced"
        self.open_at = place.offset(last["at"]) if runs_on else None

    def _span(self, place: _Place, start: int, end: int) -> Span:
        at = self.at
        if place.shift is not None:
            at += place.shift
            return _new(Span, (start + at, end + at))
        return _new(Span, (place.offset(start) + at, place.offset(end) + at))

    def _blocks(self, state: _State, place: _Place) -> tuple[Block, ...]:
        source, tokens, nested = place.source, state.tokens, iter(state.nested)
        blocks: list[Block] = []
        for index, token in enumerate(tokens, 1):
            kind = token["type"]
            if kind == "blank_line":
                continue
            end = tokens[index]["at"] if index < len(tokens) else len(source)
            own = strip(source, token["at"], end)
            span = self._span(place, *own)
            children: tuple[Block, ...] = ()
            content = None
            level, info = 0, ""
            if kind in ("paragraph", "block_text"):
                kind, content = "paragraph", span
                self._add_text(own, span, place)
            elif kind == "heading":
                content = self._span(place, *token["content"])
                self._add_text(token["content"], content, place)
                level, info = token["level"], token["style"]
            elif kind == "list":
                items = [next(nested) for _ in token["children"]]
                ends = [*(item.opened_at for item in items[1:]), end]
                children = tuple([self._item(item, place, end) for item, end in zip(items, ends, strict=True)])
                marker = _MARKER.match(source, own[0])
                info = marker[1] if marker else ""
            elif kind == "block_quote":
                child = next(nested)
                children = self._blocks(child, place.inside(child))
            elif kind == "table":
                children = tuple(self._rows(token, own, place))
            elif kind == "block_code":
                if token["style"] == "fenced":
                    content = self._span(place, *scanner.code_in(source, own, token["marker"]))
                    info = token.get("attrs", {}).get("info", "")
                elif token["raw"].strip():
                    content = span
                else:
                    continue  # mistune takes a blank line of five spaces for code
                self._add_leaf(kind, span).code = content.shift(-self.at)
            elif kind == "definition":
                self._add_definition(token, span, place)
            else:  # block_html, thematic_break
                self._add_leaf(kind if kind == "block_html" else "other", span)
            blocks.append(_new(Block, (kind, span, children, content, level, info)))
        return tuple(blocks)

    def _item(self, item: _State, place: _Place, end: int) -> Block:
        span = self._span(place, *strip(place.source, item.opened_at, end))
        return _new(Block, ("list_item", span, self._blocks(item, place.inside(item)), None, 0, ""))

    def _add_leaf(self, kind: str, span: Span) -> _Leaf:
        leaf = _Leaf(kind, span[0] - self.at, span[1] - self.at)
        self.leaves.append(leaf)
        return leaf

    def _add_text(self, own: Edges, span: Span, place: _Place) -> None:
        leaf = self._add_leaf("text", span)
        leaf.text = text = place.source[own[0] : own[1]]
        if place.shift is None and "\n" in text:
            leaf.line_ends = tuple([place.offset(own[0] + end) for end in _line_ends(text)])

    def _add_definition(self, token: Token, span: Span, place: _Place) -> None:
        label, target = token["label"], token["target"]
        self._add_leaf("definition", span).label_end = place.offset(label.end)
        found = _definition(place.source, label, span.shift(-self.at), target)
        self.definitions.append(found._replace(target=self._span(place, *target).shift(-self.at)))

    def _rows(self, token: Token, own: Edges, place: _Place) -> Iterator[Block]:
        source = place.source
        head, body = token["children"]
        start = own[0]
        piped = False
        for row in [head, *body["children"]]:
            end = source.find("\n", start)
            line = strip(source, start, len(source) if end < 0 else end)
            if row is head:
                piped = line[1] - line[0] > 1 and source[line[0]] == source[line[1] - 1] == "|"
            cells = []
            for cell in scanner.cells_in(source, line, piped=piped):
                content = self._span(place, *cell)
                self._add_text(cell, content, place)
                cells.append(_new(Block, ("table_cell", content, (), content, 0, "")))
            yield Block("table_row", self._span(place, *line), tuple(cells), info="head" if row is head else "body")
            start = end + 1
            if row is head:  # step over the line between head and body
                start = source.find("\n", start) + 1


# Inline text


class _Leaf:
    """A block without blocks inside it. Its `kind` is text where it holds inline text, else what `Document.kind_at` calls it."""

    __slots__ = ("code", "end", "kind", "label_end", "line_ends", "quick", "reading", "start", "text")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = ""
        self.code: Span | None = None  # where the code of a code block stands
        self.label_end = 0  # where the label of a definition ends
        # Where each line of the text ends in the piece, unless all are equally far from where they stand there:
        self.line_ends: tuple[int, ...] = ()
        self.reading: _Reading | None = None
        self.quick: tuple[int, bool, _Links] | None = (
            None  # the links for a piece at an offset, and whether brackets may be some
        )

    def span(self, at: int) -> Span:
        return _new(Span, (self.start + at, self.end + at))

    def read(self, references: References, at: int) -> _Reading:
        """The inline text; a piece that is read for the first time starts at offset `at` of the document."""
        reading = self.reading
        if reading is None or (reading.references is not references and reading.references != references):
            reading = _read(self, references, at)
            self.reading = reading
        return reading

    def links(self, references: References, at: int) -> _Links:
        """The links in the text, for which all the rest of it is read only where they cannot be told without."""
        if self.reading is None and not self.line_ends:
            refers = "]" in self.text and bool(references)
            if self.quick is not None and self.quick[1] == refers:
                by = at - self.quick[0]
                links = _shifted(self.quick[2], by) if by else self.quick[2]
            else:
                found = _quick_links(self.text, self.start + at, refers=refers)
                if found is None:
                    return self.read(references, at).links(at)
                links = tuple(found)
            self.quick = at, refers, links
            return links
        return self.read(references, at).links(at)

    def kind_at(self, offset: int) -> str:
        if self.kind != "definition":
            return self.kind
        mark = offset == self.start or self.label_end <= offset < self.label_end + 2
        return "other" if mark else "link_target"


class _Reading:
    """The inline text of a leaf, and the links in it with the normalised labels they refer by.

    Both are kept as they are in a document in which the piece starts at some offset, and moved when it starts elsewhere.
    """

    __slots__ = ("_kinds", "_links", "_nodes", "references")

    def __init__(self, references: References, at: int, nodes: tuple[Inline, ...], links: _Links) -> None:
        self.references = references
        self._nodes = at, nodes
        self._links = at, links
        self._kinds: tuple[list[int], list[str]] | None = None

    def nodes(self, at: int) -> tuple[Inline, ...]:
        """The nodes in a document in which the piece starts at that offset."""
        before, nodes = self._nodes
        if before != at:
            nodes = _mapped(nodes, lambda offset: offset + at - before)
            self._nodes = at, nodes
        return nodes

    def links(self, at: int) -> _Links:
        """The links likewise."""
        before, links = self._links
        if before != at:
            links = _shifted(links, at - before)
            self._links = at, links
        return links

    def kind_at(self, offset: int) -> str:
        """What stands at an offset of the piece."""
        kinds = self._kinds
        if kinds is None:
            at, nodes = self._nodes
            kinds = ([], [])
            for start, kind in _kinds(nodes):
                kinds[0].append(start - at)
                kinds[1].append(kind)
            self._kinds = kinds
        index = bisect_right(kinds[0], offset) - 1
        return kinds[1][index] if index >= 0 else "other"


_Links = tuple[tuple[Link, "str | None"], ...]


def _mapped(nodes: tuple[Inline, ...], place: Callable[[int], int]) -> tuple[Inline, ...]:
    """The nodes with every offset replaced."""
    return tuple(
        [
            _new(Inline, (kind, _new(Span, (place(start), place(end))), _mapped(children, place) if children else ()))
            for kind, (start, end), children in nodes
        ]
    )


def _shifted(links: _Links, by: int) -> _Links:
    """The links so many code points further on; which definition they refer to is told by their keys."""
    return tuple([(link.shift(by), key) for link, key in links])


def _mapped_links(links: _Links, place: Callable[[int], int]) -> _Links:
    """The links with every offset replaced."""

    def spot(span: Span) -> Span:
        return _new(Span, (place(span[0]), place(span[1])))

    return tuple(
        [
            (_new(Link, (kind, spot(span), spot(text), spot(target), url, title, None)), key)
            for (kind, span, text, target, url, title, _), key in links
        ]
    )


# mistune finds nothing but line ends where these characters do not stand.
_SPECIAL = lazy.regex(r"[\]`*_<\\]")
_SPECIAL_OR_ENTITY = lazy.regex(r"[\]`*_<\\&]")

# The marks that `_read_simple` reads: code without ticks inside, links and images of plain text, code and an address, emphasis. Ticks,
# `](`, escapes, HTML and underscores that are not part of a word, or of one of these, are left to mistune.
_LINK_OR_CODE = (
    r"(?<!`)`(?P<ticks>`*)[^`]+`(?P=ticks)(?!`)"
    r"|\[(?P<text>(?:[^\[\]`*<\\]|`[^\[\]`]+`(?!`))+)\]\((?P<target>[^\x00-\x20\x7f\\()<>]+)\)"
    r"|\]|`|\\|<\S"
)
_LINK_MARK = lazy.regex(_LINK_OR_CODE)
_SIMPLE_MARK = lazy.regex(rf"{_LINK_OR_CODE}|\*\**|_(?:(?<!\w_)|(?!\w))")
_CODE_OR_UNDERSCORE = lazy.regex(r"`[^`]+`|(?<!\w)_|_(?!\w)")
_SPACE = lazy.regex(r"\s*")
_SIZE = {"emphasis": 1, "strong": 2}


def _read(leaf: _Leaf, references: References, at: int) -> _Reading:
    text = leaf.text
    base = 0 if leaf.line_ends else leaf.start + at
    links: list[tuple[Link, str | None]] = []
    nodes: list[Inline] | None = None
    if len(text) > MAX_LINE and max(map(len, text.split("\n"))) > MAX_LINE:
        nodes = [Inline("text", Span(base, base + len(text)))]
    elif not _SPECIAL.search(text):
        nodes = []
        _add_lines(nodes, text, 0, len(text), base)
    else:
        nodes = _read_simple(text, base, links, refers="]" in text and bool(references))
    if nodes is None:
        nodes, _ = _lay_out(_INLINES(text, {"ref_links": references}), text, 0, base, links)
    if not leaf.line_ends:
        return _Reading(references, at, tuple(nodes), tuple(links))
    # Each line is so much further on as its end is, where it stands in the piece.
    starts = _line_starts(text)
    shifts = [there - here + at for there, here in zip(leaf.line_ends, _line_ends(text), strict=True)]

    def offset(position: int) -> int:
        return position + shifts[bisect_right(starts, position) - 1]

    return _Reading(references, at, _mapped(tuple(nodes), offset), _mapped_links(tuple(links), offset))


def _add_lines(nodes: list[Inline], text: str, start: int, stop: int, base: int) -> None:
    """Adds text[start:stop], which has no marks: its lines and the breaks between them."""
    while (newline := text.find("\n", start, stop)) >= 0:
        end = newline
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            nodes.append(_new(Inline, ("text", _new(Span, (base + start, base + end)), ())))
        space = _SPACE.match(text, newline, stop)
        start = space.end() if space else newline + 1
        kind = "linebreak" if newline - end >= 2 else "softbreak"
        nodes.append(_new(Inline, (kind, _new(Span, (base + end, base + start)), ())))
    if start < stop:
        nodes.append(_new(Inline, ("text", _new(Span, (base + start, base + stop)), ())))


def _read_simple(text: str, base: int, links: list[tuple[Link, str | None]], *, refers: bool) -> list[Inline] | None:
    """The nodes of text whose only marks are simple ones; nothing, and no links, where that is not so.

    Where it `refers`, a bracket may be a link by itself.

    This is most text with marks, and mistune takes its time for it. Only what is beyond doubt is read here: the first mark of an
    emphasis has white space in front of it, so can only open, and the second is the next one, as long, and can close.
    """
    nodes: list[Inline] = []
    around: list[Inline] | None = None  # the nodes around the emphasis that is open
    opened, size, done = 0, 0, 0
    for mark in _SIMPLE_MARK.finditer(text):
        start, end = mark.span()
        if text[start] == "]":
            if refers or text.startswith("(", end):
                break
            continue  # alone it is text
        if mark.lastgroup == "target" and text[start - 1 : start] == "!":
            start -= 1
        if start > done:
            _add_lines(nodes, text, done, start, base)
        done = end
        if mark.lastgroup == "ticks":
            nodes.append(_new(Inline, ("codespan", _new(Span, (base + start, base + end)), ())))
        elif mark.lastgroup == "target":
            kind = "image" if text[start] == "!" else "link"
            span = _new(Span, (base + start, base + end))
            children = _label(text, *mark.span("text"), base)
            if children is None:
                break
            nodes.append(_new(Inline, (kind, span, tuple(children))))
            links.append((_link_at(mark, start, base), None))
        elif text[start] != "*":
            break
        elif around is None:
            if end - start > 2 or text[start - 1 : start].strip() or not text[end : end + 1].strip():
                break
            around, nodes, opened, size = nodes, [], start, end - start
        else:
            before, behind = text[start - 1], text[end : end + 1]
            if end - start != size or before.isspace() or (behind.isalnum() and not before.isalnum()):
                break
            emphasis = "strong" if size == 2 else "emphasis"
            around.append(_new(Inline, (emphasis, _new(Span, (base + opened, base + end)), tuple(nodes))))
            nodes, around = around, None
    else:
        if around is None:
            _add_lines(nodes, text, done, len(text), base)
            return nodes
    links.clear()
    return None


def _link_at(mark: re.Match[str], start: int, base: int) -> Link:
    """The link, or from a mark in front of it on the image, that `_LINK_MARK` found in a text that stands at `base`."""
    (first, last), (opened, closed) = mark.span("text"), mark.span("target")
    kind = "inline" if start == mark.start() else "image"
    span, text = _new(Span, (base + start, base + mark.end())), _new(Span, (base + first, base + last))
    return Link(kind, span, text, _new(Span, (base + opened, base + closed)), escape_url(mark["target"]))


def _quick_links(text: str, base: int, *, refers: bool) -> list[tuple[Link, str | None]] | None:
    """The links that `_read_simple` finds, without a look at the emphasis around them; None where it takes mistune to tell."""
    if len(text) > MAX_LINE:
        return None
    links: list[tuple[Link, str | None]] = []
    for mark in _LINK_MARK.finditer(text):
        start, end = mark.span()
        if mark.lastgroup == "target":
            links.append((_link_at(mark, start - (text[start - 1 : start] == "!"), base), None))
        elif mark.lastgroup != "ticks" and (text[start] != "]" or refers or text.startswith("(", end)):
            return None
    return links


def _label(text: str, start: int, stop: int, base: int) -> list[Inline] | None:
    """The nodes of the text of a link, which holds no marks but code; None where an underscore may be one."""
    nodes: list[Inline] = []
    for mark in _CODE_OR_UNDERSCORE.finditer(text, start, stop):
        if mark[0] == "_":
            return None
        _add_lines(nodes, text, start, mark.start(), base)
        nodes.append(_new(Inline, ("codespan", _new(Span, (base + mark.start(), base + mark.end())), ())))
        start = mark.end()
    _add_lines(nodes, text, start, stop, base)
    return nodes


def _lay_out(
    tokens: list[Token], text: str, position: int, base: int, links: list[tuple[Link, str | None]]
) -> tuple[list[Inline], int]:
    """Lays mistune's tokens end to end, from `position` in the text on, which stands at `base`; notes the links; says where it ends."""
    nodes: list[Inline] = []
    for token in tokens:
        kind = token["type"]
        start = position
        children: list[Inline] = []
        if kind == "text":
            position += len(token["raw"])
            if position == start:
                continue
        elif "at" in token:
            start, position = token["at"]
            if "children" in token:
                if text[start] == "<":
                    kind = "autolink"
                index = len(links)
                inner = start + (2 if kind == "image" else 1)
                children, closed = _lay_out(token["children"], text, inner, base, links)
                links.insert(index, _link(token, kind, text, (start, inner, closed, position), base))
        else:
            size = _SIZE[kind]
            children, position = _lay_out(token["children"], text, position + size, base, links)
            position += size
        nodes.append(_new(Inline, (kind, _new(Span, (base + start, base + position)), tuple(children))))
    return nodes, position


def _link(token: Token, kind: str, text: str, edges: tuple[int, int, int, int], base: int) -> tuple[Link, str | None]:
    """The link of a token that starts, whose text starts, whose text ends, and that ends at the four edges."""
    start, inner, closed, end = edges
    key = token.get("ref")
    target = Span(inner, closed)
    if kind == "autolink":
        form = kind
    elif key is None:
        form, target = "inline", _destination(text, closed + 2)
    elif end == closed + 1:
        form = "shortcut"
    elif end == closed + 3:
        form = "collapsed"
    else:
        form, target = "full", Span(closed + 2, end - 1)
    attrs = token["attrs"]
    link = Link(
        "image" if kind == "image" else form,
        Span(base + start, base + end),
        Span(base + inner, base + closed),
        target.shift(base),
        attrs["url"],
        attrs.get("title"),
    )
    return link, key


def _kinds(nodes: tuple[Inline, ...]) -> Iterator[tuple[int, str]]:
    """Where what begins, in the terms of `Document.kind_at`."""
    for kind, span, children in nodes:
        if kind in ("text", "codespan", "inline_html"):
            yield span.start, kind
            continue
        yield span.start, "other"
        yield from _kinds(children)
        if kind in _SIZE:
            yield span.end - _SIZE[kind], "other"
        elif kind == "autolink":
            yield span.start + 1, "link_target"
            yield span.end - 1, "other"
        elif kind in ("link", "image"):
            end = children[-1].span.end if children else span.start + len("![" if kind == "image" else "[")
            yield end, "other"
            if end + len("](") < span.end - 1:
                yield end + len("]("), "link_target"
                yield span.end - 1, "other"


_ESCAPED = lazy.regex(r"\\([!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]+|[^\t\n\f <&#;]{1,32});")


def _plain(text: str, nodes: tuple[Inline, ...], within: Span) -> Iterator[str]:
    """What a reader sees of the nodes, as far as they lie in the span."""
    first = bisect_right(nodes, within.start, key=_end)
    for kind, span, children in nodes[first : bisect_left(nodes, within.end, first, key=_start)]:
        if kind == "text":
            yield _ESCAPED.sub(lambda m: m[1] or unescape(m[0]), _clip(text, span, within))
        elif kind == "codespan":
            code = span.of(text)
            ticks = len(code) - len(code.lstrip("`"))
            yield _clip(text, Span(span.start + ticks, span.end - ticks), within)
        elif kind == "autolink":
            yield _clip(text, Span(span.start + 1, span.end - 1), within)
        elif kind in ("linebreak", "softbreak"):
            yield " "
        elif kind == "inline_html" and _is_of_a_type(text, span):
            yield _clip(text, span, within)
        else:
            yield from _plain(text, children, within)


_TYPE = lazy.regex(r"<(?P<name>[A-Za-z]\w{0,60})>")
_TAGS = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "hr", "i", "img", "ins",
    "kbd", "mark", "p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup", "tt", "u",
    "var", "wbr",
})  # fmt: skip
"""What an element may be called that begins right behind a letter."""


def _is_of_a_type(text: str, span: Span) -> bool:
    """Whether what Markdown takes for a tag is a part of a type's name: ``List<T>``."""
    named = _TYPE.fullmatch(text, span.start, span.end)
    return named is not None and named["name"] not in _TAGS and text[span.start - 1 : span.start].isalnum()


def _start(node: Inline) -> int:
    return node.span.start


def _end(node: Inline) -> int:
    return node.span.end


def _clip(text: str, span: Span, within: Span) -> str:
    return text[max(span.start, within.start) : min(span.end, within.end)]


class _Inlines(InlineParser):
    # One bracket at a time, so that one rule makes one token.
    SPECIFICATION: ClassVar[dict[str, str]] = {**InlineParser.SPECIFICATION, "link_close": r"\]"}

    def parse_method(self, m: re.Match[str], state: InlineState) -> int | None:
        opener = state.brackets[-1] if state.brackets else None
        end = super().parse_method(m, state)
        if end:
            token = state.tokens[-1]
            if token["type"] != "text":
                start = m.start()
                if opener and m.lastgroup == "link_close":
                    start = opener.start - (2 if opener.image else 1)
                token["at"] = (start, end)
        return end

    def parse_escape(self, m: re.Match[str], state: InlineState) -> int:
        # With its backslashes, so that a text's length is its extent.
        self.process_text(m[0], state, parse_emphasis=False)
        return m.end()


_BLOCKS, _INLINES = _Blocks(), _Inlines()
Markdown(block=_BLOCKS, inline=_INLINES, plugins=[table, table_in_quote, table_in_list])  # adds tables to the two parsers
