"""Inline text with exact positions: most of it read here, the rest by mistune's parser, taught how long each token is.

Siblings follow each other without a gap, so their lengths give every position. Text is as written: mistune resolves escapes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from mistune import InlineParser, InlineState
from mistune.helpers import parse_link_href
from mistune.util import escape_url, unescape

from adr_ls.syntax import lazy, scanner
from adr_ls.syntax.markdown.nodes import Inline, Link, References, new
from adr_ls.syntax.text import Span

MAX_LINE = 10_000
"""Inline text with a line of more characters than this is taken as plain text: the time a regular expression takes has no bound
but the length of what it reads."""

Token = dict[str, Any]  # mistune's; "at" is ours


class Leaf:
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
        self.reading: Reading | None = None
        self.quick: tuple[int, bool, Links] | None = (
            None  # the links for a piece at an offset, and whether brackets may be some
        )

    def span(self, at: int) -> Span:
        """Where it stands in a document in which the piece starts at that offset."""
        return new(Span, (self.start + at, self.end + at))

    def read(self, references: References, at: int) -> Reading:
        """The inline text; a piece that is read for the first time starts at offset `at` of the document."""
        reading = self.reading
        if reading is None or (reading.references is not references and reading.references != references):
            reading = _read(self, references, at)
            self.reading = reading
        return reading

    def links(self, references: References, at: int) -> Links:
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
        """What stands at an offset of the piece, for one that holds no inline text."""
        if self.kind != "definition":
            return self.kind
        mark = offset == self.start or self.label_end <= offset < self.label_end + 2
        return "other" if mark else "link_target"


class Reading:
    """The inline text of a leaf, and the links in it with the normalised labels they refer by.

    Both are kept as they are in a document in which the piece starts at some offset, and moved when it starts elsewhere.
    """

    __slots__ = ("_kinds", "_links", "_nodes", "references")

    def __init__(self, references: References, at: int, nodes: tuple[Inline, ...], links: Links) -> None:
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

    def links(self, at: int) -> Links:
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


Links = tuple[tuple[Link, "str | None"], ...]


def _mapped(nodes: tuple[Inline, ...], place: Callable[[int], int]) -> tuple[Inline, ...]:
    """The nodes with every offset replaced."""
    return tuple(
        [
            new(Inline, (kind, new(Span, (place(start), place(end))), _mapped(children, place) if children else ()))
            for kind, (start, end), children in nodes
        ]
    )


def _shifted(links: Links, by: int) -> Links:
    """The links so many code points further on; which definition they refer to is told by their keys."""
    return tuple([(link.shift(by), key) for link, key in links])


def _mapped_links(links: Links, place: Callable[[int], int]) -> Links:
    """The links with every offset replaced."""

    def spot(span: Span) -> Span:
        return new(Span, (place(span[0]), place(span[1])))

    return tuple(
        [
            (new(Link, (kind, spot(span), spot(text), spot(target), url, title, None)), key)
            for (kind, span, text, target, url, title, _), key in links
        ]
    )


_AUTOLINK = lazy.regex(r"<(?:[A-Za-z][A-Za-z0-9.+-]{1,31}:|[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@)")


def may_link(source: str, references: References) -> bool:
    """Whether there can be a link in some text; where not, it need not be read to find links."""
    if "](" in source or (references and "]" in source):
        return True
    return "<" in source and _AUTOLINK.search(source) is not None


# mistune finds nothing but line ends where these characters do not stand.
_SPECIAL = lazy.regex(r"[\]`*_<\\]")
SPECIAL_OR_ENTITY = lazy.regex(r"[\]`*_<\\&]")

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


def _read(leaf: Leaf, references: References, at: int) -> Reading:
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
        return Reading(references, at, tuple(nodes), tuple(links))
    # Each line is so much further on as its end is, where it stands in the piece.
    starts = scanner.line_starts(text)
    shifts = [there - here + at for there, here in zip(leaf.line_ends, scanner.line_ends(text), strict=True)]

    def offset(position: int) -> int:
        return position + shifts[bisect_right(starts, position) - 1]

    return Reading(references, at, _mapped(tuple(nodes), offset), _mapped_links(tuple(links), offset))


def _add_lines(nodes: list[Inline], text: str, start: int, stop: int, base: int) -> None:
    """Adds text[start:stop], which has no marks: its lines and the breaks between them."""
    while (newline := text.find("\n", start, stop)) >= 0:
        end = newline
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            nodes.append(new(Inline, ("text", new(Span, (base + start, base + end)), ())))
        space = _SPACE.match(text, newline, stop)
        start = space.end() if space else newline + 1
        kind = "linebreak" if newline - end >= 2 else "softbreak"
        nodes.append(new(Inline, (kind, new(Span, (base + end, base + start)), ())))
    if start < stop:
        nodes.append(new(Inline, ("text", new(Span, (base + start, base + stop)), ())))


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
            nodes.append(new(Inline, ("codespan", new(Span, (base + start, base + end)), ())))
        elif mark.lastgroup == "target":
            kind = "image" if text[start] == "!" else "link"
            span = new(Span, (base + start, base + end))
            children = _label(text, *mark.span("text"), base)
            if children is None:
                break
            nodes.append(new(Inline, (kind, span, tuple(children))))
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
            around.append(new(Inline, (emphasis, new(Span, (base + opened, base + end)), tuple(nodes))))
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
    span, text = new(Span, (base + start, base + mark.end())), new(Span, (base + first, base + last))
    return Link(kind, span, text, new(Span, (base + opened, base + closed)), escape_url(mark["target"]))


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
        nodes.append(new(Inline, ("codespan", new(Span, (base + mark.start(), base + mark.end())), ())))
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
        nodes.append(new(Inline, (kind, new(Span, (base + start, base + position)), tuple(children))))
    return nodes, position


_LINK_SPACE = lazy.regex(r"[ \t]*\n?[ \t]*")


# A destination without anything that needs a closer look.
_SIMPLE_DESTINATION = lazy.regex(r"[^\x00-\x20\x7f\\()<>]+(?=\))")


def destination(source: str, start: int, *, block: bool = False) -> Span:
    """Where the link destination stands that follows `start`, without pointed brackets."""
    simple = _SIMPLE_DESTINATION.match(source, start)
    if simple and not block:
        return Span(*simple.span())
    href, _ = parse_link_href(source, start, block=block, max_nested_level=_INLINES.max_nested_level)
    space = _LINK_SPACE.match(source, start)
    begin = space.end() if space else start
    if source.startswith("<", begin):
        begin += 1
    return Span(begin, begin + len(href or ""))


def _link(token: Token, kind: str, text: str, edges: tuple[int, int, int, int], base: int) -> tuple[Link, str | None]:
    """The link of a token that starts, whose text starts, whose text ends, and that ends at the four edges."""
    start, inner, closed, end = edges
    key = token.get("ref")
    target = Span(inner, closed)
    if kind == "autolink":
        form = kind
    elif key is None:
        form, target = "inline", destination(text, closed + 2)
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


def plain(text: str, nodes: tuple[Inline, ...], within: Span) -> Iterator[str]:
    """What a reader sees of the nodes, as far as they lie in the span."""
    first = bisect_right(nodes, within.start, key=_end)
    for kind, span, children in nodes[first : bisect_left(nodes, within.end, first, key=_start)]:
        if kind == "text":
            yield _ESCAPED.sub(lambda m: m[1] or unescape(m[0]), clip(text, span, within))
        elif kind == "codespan":
            code = span.of(text)
            ticks = len(code) - len(code.lstrip("`"))
            yield clip(text, Span(span.start + ticks, span.end - ticks), within)
        elif kind == "autolink":
            yield clip(text, Span(span.start + 1, span.end - 1), within)
        elif kind in ("linebreak", "softbreak"):
            yield " "
        elif kind == "inline_html" and _is_of_a_type(text, span):
            yield clip(text, span, within)
        else:
            yield from plain(text, children, within)


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


def clip(text: str, span: Span, within: Span) -> str:
    """The text of a span, as far as it lies within another one."""
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


_INLINES = _Inlines()
