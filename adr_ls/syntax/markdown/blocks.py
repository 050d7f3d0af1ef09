"""Blocks with exact positions: mistune's parser of blocks, taught where they are.

A list item or a quote is parsed from a text of its own, and each line of that text is the tail of one line of the document, in order. So
a nested text needs to know only its first line, and a place in it is found by its distance from the line's end. Siblings tile their text:
they note where they start, and everything else follows.

In two cases the blocks are not mistune's. Where a block interrupts a list or quote, mistune 3.4 puts it in front of what it interrupts
if that is interrupted in turn, or adds it to a paragraph further up; here it comes where it stands. And a blank line of five spaces
is no code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from mistune import BlockParser, BlockState, Markdown
from mistune.helpers import unescape_char
from mistune.plugins.table import table, table_in_list, table_in_quote
from mistune.util import escape_url

from adr_ls.syntax import lazy, scanner
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown.inlines import Leaf, destination
from adr_ls.syntax.markdown.nodes import Block, Definition, References, new
from adr_ls.syntax.scanner import Edges, Node, strip
from adr_ls.syntax.text import Lines, Span

Token = dict[str, Any]  # mistune's; "at" is ours


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
                "target": destination(state.src, m.end(), block=True),
            }
            state.append_token(token)
        return end


class Rows:
    """Where the lines of a piece start and end."""

    def __init__(self, text: str, source: str) -> None:
        self._text = text
        self._source = source

    @cached_property
    def starts(self) -> list[int]:
        """Where each begins."""
        return Lines(self._text).starts if "\r" in self._text else scanner.line_starts(self._source)

    @cached_property
    def ends(self) -> list[int]:
        """Where each ends, without what ends it."""
        if "\r" in self._text:
            return Lines(self._text).ends
        return [*(start - 1 for start in self.starts[1:]), len(self._text)]


def definition_at(source: str, label: Span, span: Span, target: Span) -> Definition:
    """The definition whose label and target stand there in a source."""
    return Definition(label.of(source), span, target, escape_url(unescape_char(target.of(source))))


class Place:
    """Where the text of a state lies in its piece."""

    __slots__ = ("_starts", "row", "rows", "shift", "source")

    def __init__(self, source: str, rows: Rows, row: int, shift: int | None = None) -> None:
        self.source = source
        self.rows = rows
        self.row = row  # the piece's line on which the text starts
        self.shift = shift  # how much further on everything stands, where that is the same everywhere
        self._starts: list[int] | None = None
        if shift is None and source.find("\n") in (-1, len(source) - 1):
            self.shift = rows.ends[row] - len(source.removesuffix("\n"))

    @property
    def starts(self) -> list[int]:
        """Where each line of the text begins in it."""
        if self._starts is None:
            self._starts = self.rows.starts if self.shift == self.row == 0 else scanner.line_starts(self.source)
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

    def inside(self, child: _State) -> Place:
        """The place of a quote or item."""
        row = self.row + bisect_right(self.starts, child.opened_at) - 1
        if _LONE_MARKER.match(self.source, child.opened_at):  # then the text of the item starts on the next line
            row += 1
        return Place(child.src, self.rows, min(row, len(self.rows.ends) - 1))


_LONE_MARKER = lazy.regex(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[^\S\n]*$", re.MULTILINE)
_MARKER = lazy.regex(r"[ \t]*([*+-]|\d{1,9}[.)])")


class Builder:
    """Turns what mistune noted about a piece into blocks with their places; the piece starts at offset `at` of the document."""

    def __init__(self, state: _State, place: Place, at: int) -> None:
        self.at = at
        self.leaves: list[Leaf] = []
        self.definitions: list[Definition] = []
        self.nodes: Sequence[Node] = self._blocks(state, place)
        self.references: References = state.env["ref_links"]
        last = state.tokens[-1]
        runs_on = last["type"] == "block_html" or last.get("style") == "fenced"
        self.open_at = place.offset(last["at"]) if runs_on else None

    def _span(self, place: Place, start: int, end: int) -> Span:
        at = self.at
        if place.shift is not None:
            at += place.shift
            return new(Span, (start + at, end + at))
        return new(Span, (place.offset(start) + at, place.offset(end) + at))

    def _blocks(self, state: _State, place: Place) -> tuple[Block, ...]:
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
            blocks.append(new(Block, (kind, span, children, content, level, info)))
        return tuple(blocks)

    def _item(self, item: _State, place: Place, end: int) -> Block:
        span = self._span(place, *strip(place.source, item.opened_at, end))
        return new(Block, ("list_item", span, self._blocks(item, place.inside(item)), None, 0, ""))

    def _add_leaf(self, kind: str, span: Span) -> Leaf:
        leaf = Leaf(kind, span[0] - self.at, span[1] - self.at)
        self.leaves.append(leaf)
        return leaf

    def _add_text(self, own: Edges, span: Span, place: Place) -> None:
        leaf = self._add_leaf("text", span)
        leaf.text = text = place.source[own[0] : own[1]]
        if place.shift is None and "\n" in text:
            leaf.line_ends = tuple([place.offset(own[0] + end) for end in scanner.line_ends(text)])

    def _add_definition(self, token: Token, span: Span, place: Place) -> None:
        label, target = token["label"], token["target"]
        self._add_leaf("definition", span).label_end = place.offset(label.end)
        found = definition_at(place.source, label, span.shift(-self.at), target)
        self.definitions.append(found._replace(target=self._span(place, *target).shift(-self.at)))

    def _rows(self, token: Token, own: Edges, place: Place) -> Iterator[Block]:
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
                cells.append(new(Block, ("table_cell", content, (), content, 0, "")))
            yield Block("table_row", self._span(place, *line), tuple(cells), info="head" if row is head else "body")
            start = end + 1
            if row is head:  # step over the line between head and body
                start = source.find("\n", start) + 1


_BLOCKS = _Blocks()
Markdown(block=_BLOCKS, plugins=[table, table_in_quote, table_in_list])  # adds tables to the parser


def parsed(source: str, place: Place, at: int) -> Builder:
    """The blocks of a piece that starts at an offset of the document, as mistune finds them."""
    state = _State()
    state.process(source)
    _BLOCKS.parse(state)
    return Builder(state, place, at)
