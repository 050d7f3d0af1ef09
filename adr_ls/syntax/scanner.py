"""The blocks of everyday Markdown, read line by line and without a parser.

Most text of a record is paragraphs, headings, flat or nested lists of paragraphs, fenced code, comments and tables, each written in
the usual way. That takes no parser to see, and one regular expression sees it some ten times faster. `scan` reads just these and gives
up at the first line that could be anything else: an indented block, a quote, a definition, a heading that is underlined, a list
whose markers do not line up. What it does not give up on is exactly what mistune says, so that who reads it makes no difference.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

BLANK = " \t\r\n\f"
"""What mistune strips from inline text."""

Edges = tuple[int, int]
"""Where something starts and ends in the text that is scanned."""
Node = tuple[str, Edges, "tuple[Node, ...]", Edges | None, int, str]
"""A block as `adr_ls.syntax.markdown.Block` has it: its kind, span, children, content, level and info."""


class Scrap(NamedTuple):
    """A block without blocks inside it: its kind as a leaf's, its span, its inline text, and where the code of a code block stands.

    `line_ends` says where each line of a text ends that is not all equally far from where it stands, and is empty for others.
    """

    kind: str
    span: Edges
    text: str = ""
    code: Edges | None = None
    line_ends: tuple[int, ...] = ()


class Outline(NamedTuple):
    """What `scan` found: the outermost blocks, the innermost ones in order, and where one starts that may go on behind the end."""

    nodes: list[Node]
    scraps: list[Scrap]
    open_at: int | None


# How a line of text may start, so that it is nothing but text wherever it stands.
_TEXT = (
    r"(?:[A-Za-z!\"$%&'(),./:;?@\[\\\]^{}]|(?![\s\d])[^\x00-\x7f]|\*{1,2}[^\s*]|_{1,2}[^\s_]|`{1,2}[^`\n]|~{1,2}[^\s~]|-+[^\s-]|\+[^\s+]"
    r"|=+[^\s=]|\#[^\s\#]|\d+(?![\d.)])|\d+[.)](?=\S)|<(?:https?://|[ =\d]))"
)
_CHUNK = re.compile(
    rf"(?P<blank>(?:[ ]{{0,3}}\n)+)"
    rf"|(?P<text>{_TEXT}[^\n]*\n(?:[ ]*{_TEXT}[^\n]*\n)*)"
    r"|(?P<atx>(?P<atx_1>\#{1,6})(?!\#)(?P<atx_2>[ \t][^\n]*|))\n"
    r"|(?P<fence>(?P<mark>`{3,}(?![^\n]*`)|~{3,})(?P<info>[^\n\\]*))\n"
    r"|(?P<rule>(?:-{3,}|\*{3,}|_{3,})[ \t]*\n)"
    rf"|(?P<list>(?:[-*+]|[0-9]{{1,9}}[.)])[ ]{{1,4}}{_TEXT})"
    r"|(?P<comment><!--)"
    r"|(?P<table>(?=\|[^\n]*\|[ \t]*\n)[^\n]*\n(?P<align>\|(?:[ ]*:?-+:?[ ]*\|)+[ \t]*\n)(?:(?=\|[^\n]*\|[ \t]*\n)[^\n]*\n)*)"
)
_CLOSING = {mark: re.compile(rf"\n {{0,3}}({mark}{{3,}})[ \t]*(?=\n)") for mark in "`~"}
_MAY_DEFINE = re.compile(r"^[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)*\[", re.MULTILINE)
_ALIGN_LIKE = re.compile(r"^[-|:> \t*+\d.)]+$", re.MULTILINE)
_LINE = re.compile(rf"( *)(?:([-*+]|[0-9]{{1,9}}[.)])( {{1,4}}))?({_TEXT}[^\n]*)\n|( *)\n")
# A list whose number is not 1 does not interrupt a paragraph.
_NO_INTERRUPTION = re.compile(r"(?!0*1[.)])[0-9]")
_DEEPEST = 10  # lists in each other, far from where mistune stops


def scan(source: str) -> Outline | None:
    """The blocks of a text in which every line ends with a line feed; None where it takes a parser to tell."""
    if "]:" in source and _MAY_DEFINE.search(source):
        return None
    has_table = "|" in source and any("|" in line[0] for line in _ALIGN_LIKE.finditer(source))
    nodes: list[Node] = []
    scraps: list[Scrap] = []
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
            if has_table and source.find("|", start, at) >= 0:
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
            reading = _ListReader(source, start, has_table, nodes, scraps)
            if not reading.read():
                return None
            at = reading.at
        elif kind == "fence":
            mark = chunk["mark"]
            closed = (
                closing.end() + 1 for closing in _CLOSING[mark[0]].finditer(source, at - 1) if len(closing[1]) >= len(mark)
            )
            at = next(closed, size)
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
    return Outline(nodes, scraps, nodes[-1][1][0] if is_open else None)


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
    """Reads a list that starts at an offset of the source, with the lists in it, all of paragraphs.

    A line belongs to the innermost item whose text begins at or in front of it; where a paragraph goes on, to that, wherever it starts.
    """

    def __init__(self, source: str, at: int, has_table: bool, nodes: list[Node], scraps: list[Scrap]) -> None:  # noqa: FBT001 - once
        self.at = at
        self._source = source
        self._has_table = has_table
        self._nodes = nodes
        self._scraps = scraps
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
                if source[self.at] == " " or not (after_blank or source[self.at] in "#`~<*-_"):
                    return False
                break  # what may follow a list is for the one who scans on
            indent, marker, _, text, _ = line.groups()
            if text is None:
                after_blank = True
                self.at = line.end()
                continue
            if self._has_table and "|" in text:
                return False
            column = len(indent)
            depth = len(self._open)
            if marker is None and not after_blank:  # a paragraph goes on
                for outer, inner in pairwise([0, *(each.text_column for each in self._open)]):
                    if column >= inner - outer:
                        column -= inner - outer
                self._rows.append(" " * column + text)
                self._row_ends.append(line.end() - 1)
                self.at = line.end()
                continue
            while depth and self._open[depth - 1].text_column > column:
                depth -= 1
            inner = self._open[depth - 1].text_column if depth else 0
            if column - inner > 3:
                return False
            if marker is None:
                if not depth:
                    if column:
                        return False
                    break
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
        if depth >= _DEEPEST or (
            self._open and beside is None and not after_blank and marker[0].isdigit() and int(marker[:-1]) != 1
        ):
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


_PIPE = re.compile(r"(\\*)\|")


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
