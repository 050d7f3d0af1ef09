"""The blocks of everyday Markdown, read line by line and without a parser.

Most text of a record is paragraphs, headings, flat or nested lists of paragraphs, fenced code, comments and tables, each written in
the usual way. That takes no parser to see, and one regular expression sees it some ten times faster. `scan` reads just these and gives
up at the first line that could be anything else: an indented block, a quote, a definition, a heading that is underlined, a list
whose markers do not line up. What it does not give up on is exactly what mistune says, so that who reads it makes no difference.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from adr_ls.syntax import lazy

BLANK = " \t\r\n\f"
"""What mistune strips from inline text."""

Edges = tuple[int, int]
"""Where something starts and ends in the text that is scanned."""
Node = tuple[str, Edges, "Sequence[Node]", Edges | None, int, str]
"""A block as `adr_ls.syntax.markdown.Block` has it: its kind, span, children, content, level and info."""


class Scrap(NamedTuple):
    """A block without blocks inside it: its kind as a leaf's, its span, its inline text, and where its code or label stands.

    `line_ends` says where each line of a text ends that is not all equally far from where it stands, and is empty for others.
    """

    kind: str
    span: Edges
    text: str = ""
    inner: Edges | None = None
    line_ends: tuple[int, ...] = ()


class Outline(NamedTuple):
    """What `scan` found: the outermost blocks, the innermost ones in order, and where one starts that may go on behind the end.

    Of each definition of a link are kept besides where its label stands, all of it, and its target.
    """

    nodes: list[Node]
    scraps: list[Scrap]
    definitions: list[tuple[Edges, Edges, Edges]]
    open_at: int | None


# How a line of text may start, so that it is nothing but text wherever it stands.
_TEXT = (
    r"(?:[A-Za-z!\"$%&'(),./:;?@\[\\\]^{}]|(?![\s\d])[^\x00-\x7f]|\*{1,2}[^\s*]|_{1,2}[^\s_]|`{1,2}[^`\n]|~{1,2}[^\s~]|-+[^\s-]|\+[^\s+]"
    r"|=+[^\s=]|\#[^\s\#]|\d+(?![\d.)])|\d+[.)](?=\S)|<(?:https?://|[ =\d]))"
)
_CHUNK = lazy.regex(
    rf"(?P<blank>(?:[ ]{{0,3}}\n)+)"
    r"|(?P<definition>\[(?P<label>(?=[^\]\n]*[^\]\s])[^\\\[\]\n]{1,900})\]:[ ]*(?P<target>[^\s\x00-\x20\x7f\\()<>]+)[ \t]*\n(?![ \t]*[\"'(]))"
    rf"|(?P<text>{_TEXT}[^\n]*\n(?:[ ]*{_TEXT}[^\n]*\n)*)"
    r"|(?P<atx>(?P<atx_1>\#{1,6})(?!\#)(?P<atx_2>[ \t][^\n]*|))\n"
    r"|(?P<fence>(?P<mark>`{3,}(?!`)(?![^\n]*`)|~{3,}(?!~))(?P<info>[^\n\\]*))\n"
    r"|(?P<rule>(?:-{3,}|\*{3,}|_{3,})[ \t]*\n)"
    rf"|(?P<list>[ ]{{0,3}}(?:[-*+]|[0-9]{{1,9}}[.)])[ ]{{1,4}}{_TEXT})"
    r"|(?P<comment><!--)"
    r"|(?P<quote>(?:>(?:[ ][^\n\t]*)?\n)+)(?=\n|\Z)"
    r"|(?P<table>(?=\|[^\n]*\|[ \t]*\n)[^\n]*\n(?P<align>\|(?:[ ]*:?-+:?[ ]*\|)+[ \t]*\n)(?:(?=\|[^\n]*\|[ \t]*\n)[^\n]*\n)*)"
)
_CLOSING = {mark: lazy.regex(rf"\n {{0,3}}({mark}{{3,}})[ \t]*(?=\n)") for mark in "`~"}
_ALIGN_LIKE = lazy.regex(r"^[-|:> \t*+\d.)]+$", re.MULTILINE)
_LINE = lazy.regex(rf"( *)(?:([-*+]|[0-9]{{1,9}}[.)])( {{1,4}}))?({_TEXT}[^\n]*)\n|( *)\n")
# A list whose number is not 1 does not interrupt a paragraph.
_NO_INTERRUPTION = lazy.regex(r" {0,3}(?!0*1[.)])[0-9]")
_NO_DEFINITION = lazy.regex(r"\[[^\\\[\]\n]*\](?:[^:]|:[ ]*[^\s\x00-\x20\x7f\\()<>]+[ \t]+[^\s\"'(])")
_END_OF_CODE = lazy.regex(r"( *)(`{3,}|~{3,})[ \t]*\n")
_LINE_END = lazy.regex("\n")
_FENCE = lazy.regex(r"( *)(`{3,}(?!`)(?![^\n]*`)|~{3,}(?!~))([^\n\\]*)\n")
_DEEPEST = 5  # quotes or lists in each other, far from where mistune stops


def scan(source: str, depth: int = 0) -> Outline | None:
    """The blocks of a text in which every line ends with a line feed, inside so many quotes; None where it takes a parser to tell."""
    may_define = "]:" in source
    has_table = "|" in source and any("|" in line[0] for line in _ALIGN_LIKE.finditer(source))
    nodes: list[Node] = []
    scraps: list[Scrap] = []
    definitions: list[tuple[Edges, Edges, Edges]] = []
    at, size = 0, len(source)
    in_text = is_blank = False  # whether the line before belongs to a paragraph, or is blank
    while at < size:
        chunk = _CHUNK.match(source, at)
        if chunk is None:
            return None
        kind = chunk.lastgroup
        start, at = at, chunk.end()
        was_in_text, in_text = in_text, kind == "text"
        is_blank = kind == "blank"
        if is_blank:
            continue
        if kind == "text":
            if (has_table and source.find("|", start, at) >= 0) or (
                may_define and source[start] == "[" and not _NO_DEFINITION.match(source, start)
            ):
                return None
            span = strip(source, start, at)
            nodes.append(("paragraph", span, (), span, 0, ""))
            scraps.append(Scrap("text", span, source[span[0] : span[1]]))
        elif kind == "atx":
            text = heading_text(chunk)
            nodes.append(("heading", strip(source, start, at), (), text, len(chunk["atx_1"]), "atx"))
            scraps.append(Scrap("text", text, source[text[0] : text[1]]))
        elif kind == "list":
            if was_in_text and _NO_INTERRUPTION.match(source, start):
                return None
            reading = _ListReader(source, start, nodes, scraps, unsure="".join(("|" * has_table, "[" * may_define)))
            if not reading.read():
                return None
            at = reading.at
        elif kind == "fence":
            mark = chunk["mark"]
            at = next((end for _, end in closings(source, at, mark)), size)
            span = strip(source, start, at)
            code = code_in(source, span, mark)
            nodes.append(("block_code", span, (), code, 0, chunk["info"].strip()))
            scraps.append(Scrap("block_code", span, "", code))
        elif kind == "comment":
            closed_at = source.find("-->", at)
            at = source.find("\n", closed_at) + 1 if closed_at >= 0 else size
            span = strip(source, start, at)
            nodes.append(("block_html", span, (), None, 0, ""))
            scraps.append(Scrap("block_html", span))
        elif kind == "definition":
            span = strip(source, start, at)
            nodes.append(("definition", span, (), None, 0, ""))
            scraps.append(Scrap("definition", span, "", chunk.span("label")))
            definitions.append((chunk.span("label"), span, chunk.span("target")))
        elif kind == "quote":
            quote = _quote(source, start, at, scraps, depth + 1)
            if quote is None:
                return None
            nodes.append(quote)
        elif kind == "rule":
            if was_in_text and source[start] == "-":
                return None  # then it underlines a heading
            span = strip(source, start, at)
            nodes.append(("thematic_break", span, (), None, 0, ""))
            scraps.append(Scrap("other", span))
        else:
            table = _table(chunk, scraps)
            if table is None:
                return None
            nodes.append(table)
    is_open = bool(nodes) and nodes[-1][0] in ("block_code", "block_html") and not is_blank
    return Outline(nodes, scraps, definitions, nodes[-1][1][0] if is_open else None)


def _moved(node: Node, placed: Callable[[Edges], Edges]) -> Node:
    """A node with all places in it where `placed` says that they are."""
    kind, span, children, content, level, info = node
    return kind, placed(span), tuple([_moved(child, placed) for child in children]), content and placed(content), level, info


def _quote(source: str, start: int, stop: int, scraps: list[Scrap], depth: int) -> Node | None:
    """The quote of lines that all have its mark; None where what is in it takes a parser."""
    rows = source[start:stop].split("\n")[:-1]
    inner = scan("\n".join([row[2:] for row in rows]) + "\n", depth) if depth <= _DEEPEST else None
    if inner is None or inner.definitions:
        return None
    starts, shifts, at = [], [], start
    shift = start
    for row in rows:
        mark = min(len(row), len("> "))
        shift += mark
        starts.append(at - shift + mark)
        shifts.append(shift)
        at += len(row) + 1

    def place(offset: int) -> int:
        return offset + shifts[bisect_right(starts, offset) - 1]

    def placed(edges: Edges) -> Edges:
        return place(edges[0]), place(edges[1])

    for kind, span, text, inside, line_ends in inner.scraps:
        ends = line_ends
        if "\n" in text and not ends:
            ends = (*[span[0] + end.start() for end in _LINE_END.finditer(text)], span[1])
        scraps.append(Scrap(kind, placed(span), text, inside and placed(inside), tuple([place(end) for end in ends])))
    return ("block_quote", strip(source, start, stop), tuple([_moved(node, placed) for node in inner.nodes]), None, 0, "")


def _table(chunk: re.Match[str], scraps: list[Scrap]) -> Node | None:
    """The table that matched; None where its rows have not all as many cells."""
    source, (at, stop) = chunk.string, chunk.span()
    pipes = chunk["align"].count("|")
    rows: list[Node] = []
    while at < stop:
        end = source.find("\n", at) + 1
        line = strip(source, at, end)
        if source.count("|", at, end) != pipes or source.find("\\|", at, end) >= 0:
            return None
        if at != chunk.start("align"):
            cells = list(cells_in(source, line, piped=True))
            scraps += [Scrap("text", cell, source[cell[0] : cell[1]]) for cell in cells]
            children = tuple([("table_cell", cell, (), cell, 0, "") for cell in cells])
            rows.append(("table_row", line, children, None, 0, "body" if rows else "head"))
        at = end
    return ("table", (rows[0][1][0], max(rows[-1][1][1], strip(source, *chunk.span("align"))[1])), tuple(rows), None, 0, "")


@dataclass
class _List:
    """A list that is being read: the columns of its markers and of the text of its last item, the kind of its marker, its items."""

    marker_column: int
    text_column: int
    bullet: str
    info: str
    started: int  # where its last item starts
    children: list[Node] = field(default_factory=list)  # of its last item
    items: list[Node] = field(default_factory=list)


class _ListReader:
    """Reads a list that starts at an offset of the source, with the lists in it, all of paragraphs and fenced code.

    A line belongs to the innermost item whose text begins at or in front of it; where a paragraph goes on, to that, wherever it starts.
    With a character of `unsure` in it, or for the bracket at its start, a paragraph may be something else.
    """

    def __init__(self, source: str, at: int, nodes: list[Node], scraps: list[Scrap], *, unsure: str) -> None:
        self.at = at
        self._source = source
        self._nodes = nodes
        self._scraps = scraps
        self._has_table = "|" in unsure
        self._may_define = "[" in unsure
        self._open: list[_List] = []  # from the outermost to the innermost
        self._rows: list[str] = []  # of the paragraph that is being read
        self._row_ends: list[int] = []
        self._begun = 0
        self._ended = 0

    def read(self) -> bool:
        """Reads up to where the list ends, and says whether it could be told; if so, its node and scraps are there."""
        source, size = self._source, len(self._source)
        after_blank = False
        while self.at < size:
            line = _LINE.match(source, self.at)
            if line is None:
                if source[self.at] != " ":
                    if not (after_blank or source[self.at] in "#`~<*-_"):
                        return False
                    break  # what may follow a list is for the one who scans on
                if not self._read_code():
                    return False
                after_blank = False
                continue
            indent, marker, _, text, _ = line.groups()
            if text is None:
                after_blank = True
                self.at = line.end()
                continue
            if self._has_table and "|" in text:
                return False
            column = len(indent)
            if marker is None and self._rows and not after_blank:  # a paragraph goes on
                for outer, inner in pairwise([0, *(each.text_column for each in self._open)]):
                    if column >= inner - outer:
                        column -= inner - outer
                self._rows.append(" " * column + text)
                self._row_ends.append(line.end() - 1)
                self.at = line.end()
                continue
            depth, inner = self._depth(column)
            if column - inner > 3:
                return False
            if marker is None and not depth:
                if column or not after_blank:
                    return False
                break
            if self._may_define and text[0] == "[" and not _NO_DEFINITION.match(text):
                return False
            if marker is None:
                if depth < len(self._open) and not after_blank:
                    return False
                self._end_paragraph()
                self._close(depth)
            else:
                fits = self._mark(line, depth, column, after_blank)
                if fits is None:
                    break
                if not fits:
                    return False
            self._begun = line.start(4)
            self._rows = [text]
            self._row_ends = [line.end() - 1]
            after_blank = False
            self.at = line.end()
        self._end_paragraph()
        self._close(0)
        return True

    def _depth(self, column: int) -> tuple[int, int]:
        """Inside how many lists a line stands that starts in that column, and where the text of that item starts."""
        depth = len(self._open)
        while depth and self._open[depth - 1].text_column > column:
            depth -= 1
        return depth, self._open[depth - 1].text_column if depth else 0

    def _read_code(self) -> bool:
        """Reads fenced code that stands where the text of an item does; says whether it is that, and all as far to the right."""
        source = self._source
        fence = _FENCE.match(source, self.at)
        if fence is None:
            return False
        column = len(fence[1])
        depth, inner = self._depth(column)
        if not depth or inner != column:
            return False
        mark, indent = fence[2], fence[1]
        at, first = fence.end(), -1
        while (closed := _END_OF_CODE.match(source, at)) is None or not (
            column <= len(closed[1]) <= column + 3 and closed[2].startswith(mark)
        ):
            end = source.find("\n", at) + 1
            row = source[at:end]
            is_blank = not row.strip(" \n")
            if not is_blank and not row.startswith(indent):
                return False
            if first < 0:
                first = end - 1 if is_blank else at + column
            at = end
            if at == len(source):
                return False
        self._end_paragraph()
        self._close(depth)
        span = (fence.start(2), strip(source, at, closed.end())[1])
        code = (first if first >= 0 else at - 1, at - 1)
        self._open[-1].children.append(("block_code", span, (), code, 0, fence[3].strip()))
        self._scraps.append(Scrap("block_code", span, "", code))
        self._ended = span[1]
        self.at = closed.end()
        return True

    def _mark(self, line: re.Match[str], depth: int, column: int, after_blank: bool) -> bool | None:  # noqa: FBT001 - once
        """Begins an item inside so many lists, or beside the items of one; false where that is uncertain, None where another list begins."""
        marker, space = line[2], line[3]
        started, text_column = line.start(2), column + len(marker) + len(space)
        beside = self._open[depth] if depth < len(self._open) else None
        if beside is not None and beside.marker_column != column:
            return False
        if beside is not None and beside.bullet == marker[-1]:
            self._end_paragraph()
            self._close(depth + 1)
            self._end_item(beside)
            beside.started, beside.text_column = started, text_column
            return True
        if beside is not None and not depth:
            return None
        if depth >= _DEEPEST or (beside is None and self._open and not after_blank and _NO_INTERRUPTION.match(marker)):
            return False
        self._end_paragraph()
        self._close(depth)
        self._open.append(_List(column, text_column, marker[-1], marker, started))
        return True

    def _end_paragraph(self) -> None:
        if self._rows:
            text = "\n".join(self._rows).rstrip(BLANK) if len(self._rows) > 1 else self._rows[0].rstrip(BLANK)
            span = (self._begun, strip(self._source, self._begun, self._row_ends[-1])[1])
            ends = (*self._row_ends[:-1], span[1]) if len(self._rows) > 1 else ()
            self._open[-1].children.append(("paragraph", span, (), span, 0, ""))
            self._scraps.append(Scrap("text", span, text, None, ends))
            self._ended = span[1]
            self._rows = []

    def _end_item(self, ending: _List) -> None:
        ending.items.append(("list_item", (ending.started, self._ended), tuple(ending.children), None, 0, ""))
        ending.children = []

    def _close(self, depth: int) -> None:
        """Ends the lists that stand inside so many others."""
        while len(self._open) > depth:
            ending = self._open.pop()
            self._end_item(ending)
            around = self._open[-1].children if self._open else self._nodes
            items = tuple(ending.items)
            around.append(("list", (items[0][1][0], self._ended), items, None, 0, ending.info))


# What the scanner and the parser share


def closings(source: str, at: int, mark: str) -> Iterator[Edges]:
    """The lines from an offset on that may close the code that such a mark opens."""
    for closing in _CLOSING[mark[0]].finditer(source, at - 1):
        if len(closing[1]) >= len(mark):
            yield closing.start() + 1, closing.end() + 1


def line_starts(source: str) -> list[int]:
    """Where each line of a text begins in which only newlines end lines."""
    return [0, *(newline.end() for newline in _NEWLINE.finditer(source))]


def line_ends(source: str) -> list[int]:
    """Where each of them ends."""
    return [*(newline.start() for newline in _NEWLINE.finditer(source)), len(source)]


_NEWLINE = lazy.regex("\n")


def strip(source: str, start: int, end: int) -> Edges:
    """The part of source[start:end] without the blanks around it."""
    while end > start and source[end - 1] in BLANK:
        end -= 1
    while start < end and source[start] in BLANK:
        start += 1
    return start, end


def heading_text(heading: re.Match[str]) -> Edges:
    """Where the text of a heading stands: between the marks in front of it, the group ``atx_1``, and those that may be behind it."""
    line = heading["atx_2"]
    text = line.strip(string.whitespace)
    start = heading.start("atx_2") + len(line) - len(line.lstrip(string.whitespace))
    body = text.rstrip()
    unmarked = body.rstrip("#")
    if len(unmarked) < len(body) and (not unmarked or unmarked[-1].isspace()):
        text = unmarked.rstrip()
    if not text:
        return heading.end("atx_1"), heading.end("atx_1")
    first, last = strip(text, 0, len(text))
    return first + start, last + start


_PIPE = lazy.regex(r"(?<!\\)(\\*)\|")


def cells_in(source: str, row: Edges, *, piped: bool) -> Iterator[Edges]:
    """Where the cells of a table's row stand; `piped`: between pipes, instead of around them."""
    start, stop = (row[0] + 1, row[1] - 1) if piped else row
    edges = [start - 1]
    edges += (pipe.end() - 1 for pipe in _PIPE.finditer(source, start, stop) if len(pipe[1]) % 2 == 0)
    edges.append(stop)
    for before, behind in pairwise(edges):
        text = source[before + 1 : behind].rstrip()
        end = before + 1 + len(text)
        yield end - len(text.lstrip()), end


def code_in(source: str, block: Edges, fence: str) -> Edges:
    """The lines between the fences of a block; the second fence may be missing."""
    start, end = block
    first = source.find("\n", start, end)
    if first < 0:
        return end, end
    last = source.rfind("\n", start, end) + 1
    closing = source[last:end]
    mark = closing.lstrip(" ")
    if len(closing) - len(mark) > 3 or not mark.startswith(fence) or mark.strip(fence[0]):
        return first + 1, end
    return min(first + 1, last - 1), last - 1
