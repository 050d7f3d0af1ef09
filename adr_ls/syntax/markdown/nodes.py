"""What Markdown is made of, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from adr_ls.syntax.scanner import Node
from adr_ls.syntax.text import Span

References = Mapping[str, Mapping[str, Any]]
"""What each link label stands for, by normalised label, as mistune has it."""
NO_REFERENCES: References = {}

# What a named tuple's own constructor does, in half the time: most of what we make is made here.
new = tuple.__new__


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
        return moved((self,), by)[0]

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
            new(Span, (start + by, end + by)),
            new(Span, (text + by, text_end + by)),
            new(Span, (target + by, target_end + by)),
        )
        return new(Link, (kind, *places, url, title, definition))


class Heading(NamedTuple):
    """A heading that is not inside a list or a quote: its level from 1 to 6, all of it, its text, and that as a reader sees it.

    A list of attributes behind it, as Pandoc, kramdown, Doxygen and MyST have it, ``{#why .wide}``, is no part of its text.
    """

    level: int
    span: Span
    text: Span
    plain: str


def moved(blocks: Iterable[Node], by: int) -> tuple[Block, ...]:
    """The blocks, `by` code points further on; those inside them are only moved when somebody looks at them."""
    return tuple(
        [
            new(
                Block,
                (
                    kind,
                    new(Span, (start + by, end + by)),
                    Inside((children, by)) if children else (),
                    content and new(Span, (content[0] + by, content[1] + by)),
                    level,
                    info,
                ),
            )
            for kind, (start, end), children, content, level, info in blocks
        ]
    )


Moved = tuple[Sequence[Node], int]
"""Blocks as they were found, and how much further on they stand."""


class Inside(Sequence[Block]):
    """What is inside a block that has moved: most of a long list is carried from text to text without anybody looking into its items."""

    __slots__ = ("_found", "_made")

    def __init__(self, *found: Moved) -> None:
        self._found = found
        self._made: tuple[Block, ...] | None = None

    @property
    def _blocks(self) -> tuple[Block, ...]:
        found, made = self._found, self._made  # in this order, as another thread may be making them
        if made is None:
            self._made = made = tuple([block for nodes, by in found for block in moved(nodes, by)])
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
            return moved(nodes[-1:], by)[0]
        return self._blocks[at]

    def __len__(self) -> int:
        return sum([len(nodes) for nodes, _ in self._found]) or len(self._blocks)

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, tuple | Inside) and self._blocks == tuple(other))

    def __hash__(self) -> int:
        return hash(self._blocks)

    def __repr__(self) -> str:
        return repr(self._blocks)
