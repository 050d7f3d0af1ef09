"""A record as HTML, as it is written: its blocks and inline text, and references that lead where they lead in the log.

What GitHub adds to Markdown is shown as there: tables, task lists, what is struck through, footnotes, alerts and bare addresses. HTML is
left to `inert`. AsciiDoc is shown as the text that it is. Nothing here is markup because somebody wrote it in a title or in code.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import Protocol
from urllib.parse import unquote

from adr_ls.record.anchors import anchors
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.site.book import PICTURES
from adr_ls.site.inert import Weaver, shown
from adr_ls.syntax import lazy
from adr_ls.syntax.frontmatter import Entry
from adr_ls.syntax.markdown import Block, Inline
from adr_ls.syntax.text import Span


class Links(Protocol):
    """Where things are on the pages, seen from the record that is written."""

    def mentioned(self, mention: Mention) -> str | None:
        """The address of what a reference leads to, None where it leads to nothing here."""

    def address(self, url: str) -> str | None:
        """The address of what a link leads to, None where it leads out of what is shown."""

    def picture(self, url: str) -> str | None:
        """The address of a picture, None where there is none of us."""

    def anchor(self, name: str) -> str:
        """The id on the page of a place in the record."""


_ESCAPED = lazy.regex(r"\\([!-/:-@\[-`{-~])")
_NOTE = lazy.regex(r"\[\^(?P<label>[^\]\s]{1,80})\]:[ \t]?")
_REFERENCE = lazy.regex(r"(?<!\\)\[\^(?P<label>[^\]\s]{1,80})\]")
_STRUCK = lazy.regex(r"(?<!~)~~(?!~)")
_BARE = lazy.regex(r"(?<![\w/@.])https?://[^\s<>\"'`\\|{}\[\]]+")
_TASK = lazy.regex(r"\[(?P<mark>[ xX])\](?=\s|$)")
_ALERT = lazy.regex(r"\[!(?P<kind>[A-Z]{1,20})\][ \t]*")
_ALERTS = frozenset({"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"})
"""What GitHub sets apart; see “Alerts” in its syntax of Markdown."""
_WIKI = lazy.regex(r"\[\[(?P<name>[^\[\]|]+)(?:\|(?P<label>[^\[\]]+))?\]\]")
_EMBEDDED = lazy.regex(r"data:(?P<kind>image/[a-z+]{1,20});base64,[A-Za-z0-9+/=]+\Z")
"""A picture that stands in its address; as one it can do nothing."""
LONGEST_NAME = 60
"""How many characters the name of a file has at most that says what a picture shows."""
_BLANK_LINE = lazy.regex(r"\n[ \t>]*\r?\n|\r[ \t>]*\r")
_ALIGNED = lazy.regex(r"(?P<left>:?)-+(?P<right>:?)")


def written(record: Record, links: Links, level: int) -> str:
    """The body of a record without its title, whose headings are of `level` or below, as pieces of HTML that need nothing around them."""
    if record.is_fixed or record.document.too_large:
        return f'<pre class="as-is" tabindex="0">{_linked(record, links)}</pre>\n'
    return _Writer(record, links, level).whole()


def title_anchor(record: Record) -> str | None:
    """The anchor of the title, None where it has none."""
    if record.heading is None or record.is_fixed:
        return None
    return next((name for name, span in anchors(record).items() if span == record.heading.span), None)


def outline(record: Record) -> list[tuple[str, str]]:
    """The outermost sections: their anchors, and what they are called."""
    if record.is_fixed or record.document.too_large:
        return []
    names = {span: name for name, span in anchors(record).items()}
    headings = [heading for heading in record.document.headings if heading != record.heading]
    top = min((heading.level for heading in headings), default=0)
    return [(names[heading.span], heading.plain) for heading in headings if heading.level == top and heading.plain]


def metadata(record: Record, links: Links) -> str:
    """The front matter of a record as a table; empty where there is none."""
    front = record.front
    if front is None or not front.content.of(record.text).strip():
        return ""
    if not front.entries:
        return f'<pre class="front" tabindex="0">{shown(front.content.of(record.text).strip())}</pre>\n'
    references = _References(record)
    rows = (
        f'<tr><th scope="row">{shown(entry.key)}</th><td>{_value(record, references, links, entry)}</td></tr>'
        for entry in front.entries
    )
    return f'<table class="front"><caption>Front matter</caption><tbody>{"".join(rows)}</tbody></table>\n'


def _value(record: Record, references: _References, links: Links, entry: Entry) -> str:
    text = record.text
    if entry.kind == "empty":
        return "–"
    if entry.kind == "map":
        return f'<pre tabindex="0">{shown(_dedented(entry.value_span.of(text)))}</pre>'
    return ", ".join(
        "".join(references.woven(scalar.span, links))
        if scalar.span.of(text) == scalar.text
        else shown(scalar.text).replace("\n", "<br>")
        for scalar in entry.scalars
    )


def _dedented(text: str) -> str:
    lines = text.splitlines()
    least = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0], *(line[least:] for line in lines[1:])]) if lines else ""


def _linked(record: Record, links: Links) -> str:
    """The whole text of a file as it is, with its references."""
    text = record.written
    done = 0
    pieces: list[str] = []
    for mention in sorted(record.mentions, key=lambda one: one.span):
        address = links.mentioned(mention) if mention.span.start >= done else None
        if address is not None:
            said = mention.span.of(text)
            pieces += (shown(text[done : mention.span.start]), f'<a href="{shown(address)}">{shown(said)}</a>')
            done = mention.span.end
    return "".join((*pieces, shown(text[done:])))


class _References:
    """The references in a record's text that are no links there, by their places."""

    def __init__(self, record: Record) -> None:
        self._text = record.text
        inline = {link.span for link in record.document.links} if not record.is_fixed else set()
        self._all = sorted((one for one in record.mentions if one.span not in inline), key=lambda one: one.span)
        self._starts = [one.span.start for one in self._all]

    def within(self, span: Span) -> Sequence[Mention]:
        """Those that lie in a span."""
        found = self._all[bisect_left(self._starts, span.start) : bisect_right(self._starts, span.end)]
        return [one for one in found if one.span.end <= span.end]

    def woven(self, span: Span, links: Links) -> Iterator[str]:
        """The text of a span with its references and bare addresses, but no other marks."""
        done = span.start
        for mention in self.within(span):
            address = links.mentioned(mention) if mention.span.start >= done else None
            if address is None:
                continue
            yield from _addresses(self._text[done : mention.span.start], links)
            yield f'<a href="{shown(address)}">{shown(_named(mention, self._text))}</a>'
            done = mention.span.end
        yield from _addresses(self._text[done : span.end], links)


def _named(mention: Mention, text: str) -> str:
    """What a reader sees of a reference that is no link of Markdown: of a wiki link its label."""
    if mention.link is not None:
        return mention.link.text.of(text) or mention.span.of(text)
    said = mention.span.of(text)
    wiki = _WIKI.fullmatch(said)
    return (wiki["label"] or wiki["name"]).strip() if wiki else said


def _plain(text: str) -> str:
    """A text of Markdown without its escapes and entities."""
    pieces: list[str] = []
    done = 0
    for found in _ESCAPED.finditer(text):
        pieces += (unescape(text[done : found.start()]), found[1])
        done = found.end()
    return "".join((*pieces, unescape(text[done:])))


def _addresses(text: str, links: Links) -> Iterator[str]:
    """A text of Markdown with the addresses in it as links, as GitHub has them."""
    done = 0
    for found in _BARE.finditer(text):
        url = found[0].rstrip("?!.,:;*_~")
        extra = url.count(")") - url.count("(")
        url = url[: len(url) - max(0, min(extra, len(url) - len(url.rstrip(")"))))]
        address = links.address(url)
        if address is None:
            continue
        yield shown(_plain(text[done : found.start()]))
        yield f'<a href="{shown(address)}">{shown(url)}</a>'
        done = found.start() + len(url)
    yield shown(_plain(text[done:]))


class _Writer:
    """Writes one document in Markdown."""

    def __init__(self, record: Record, links: Links, level: int) -> None:
        self.record, self.document, self.links, self.level = record, record.document, links, level
        self.text = record.document.text
        self.references = _References(record)
        self.by_span = {mention.span: mention for mention in record.mentions if mention.link is not None}
        self.inline = {link.span: link for link in self.document.links}
        self.weaver = Weaver(links.address, self.picture, self.named)
        # Where statements about the record begin, which stand in lines of their own
        self.fields = {field.span.start for field in record.fields if field.place in ("bold-line", "plain-line")}
        self.levels: list[int] = []
        self.anchors = {span.start: name for name, span in anchors(record).items()}
        self.headings = {heading.span.start: heading for heading in self.document.headings}
        self.given = set(self.anchors.values())
        self.notes: dict[str, tuple[Inline, ...] | str] = {}
        self.order: dict[str, int] = {}
        self.times: dict[str, int] = {}

    def whole(self) -> str:
        """All of it but the title."""
        for block in self.document.walk() if "[^" in self.text else ():
            if block.kind == "paragraph":
                self.notes.update(self.noted(block))
        for definition in self.document.definitions:
            if definition.label.startswith("^"):
                self.notes.setdefault(definition.label[1:].casefold(), definition.target.of(self.text))
        title = self.record.heading.span.start if self.record.heading is not None else -1
        body = self.blocks([block for block in self.document.blocks if block.span.start != title], 0)
        return body + self.weaver.closed(0) + self.footnotes()

    def named(self, name: str) -> str | None:
        """The id of an anchor that is set in HTML; None for one that there is already."""
        if name in self.given or not re.fullmatch(r"[^\s\"'<>&]{1,200}", name):
            return None
        self.given.add(name)
        return self.links.anchor(name)

    # Blocks

    def blocks(self, blocks: Sequence[Block], floor: int, *, is_tight: bool = False) -> str:
        """Blocks one after the other."""
        return "".join(self.block(block, floor, is_tight=is_tight) for block in blocks)

    def inside(self, blocks: Sequence[Block], *, is_tight: bool = False) -> str:
        """Blocks in a block of their own, which closes what they leave open."""
        depth = self.weaver.depth
        return self.blocks(blocks, depth, is_tight=is_tight) + self.weaver.closed(depth)

    def block(self, block: Block, floor: int, *, is_tight: bool) -> str:
        """One block."""
        kind = block.kind
        if kind == "paragraph":
            return self.paragraph(block, is_tight=is_tight)
        if kind == "heading":
            return self.heading(block)
        if kind == "list":
            return self.items(block)
        if kind == "block_quote":
            return self.quote(block)
        if kind == "block_code":
            return self.code(block)
        if kind == "table":
            return self.table(block)
        if kind == "block_html":
            return self.weaver.woven(self.unindented(block.span), floor) + self.weaver.calmed(floor) + "\n"
        if kind == "thematic_break":
            return "<hr>\n"
        return ""  # definitions

    def paragraph(self, block: Block, *, is_tight: bool) -> str:
        if "[^" in self.text[block.span.start : block.span.start + 2] and any(self.noted(block)):
            return ""
        self.weaver.has_blocks = False
        said = self.inlines(self.document.inlines(block))
        if not said.strip():
            return ""
        if is_tight:
            return f"{said}\n"
        return f'<div class="p">{said}</div>\n' if self.weaver.has_blocks else f"<p>{said}</p>\n"

    def heading(self, block: Block) -> str:
        while self.levels and self.levels[-1] >= block.level:
            self.levels.pop()
        self.levels.append(block.level)
        level = min(6, self.level + len(self.levels) - 1)
        name = self.anchors.get(block.span.start)
        own = self.headings.get(block.span.start) if name else None
        nodes = self.document.inlines(block)
        if own is not None and block.content is not None and own.text.end < block.content.end:
            nodes = tuple(node for node in nodes if node.span.start < own.text.end)
        said = self.inlines(nodes, own.text.end if own is not None else None)
        if name is None:
            return f"<h{level}>{said}</h{level}>\n"
        anchor = shown(self.links.anchor(name))
        return f'<h{level} id="{anchor}">{said}</h{level}>\n'

    def items(self, block: Block) -> str:
        gaps = [(one.span.end, other.span.start) for one, other in pairwise(block.children)]
        gaps += [(a.span.end, b.span.start) for item in block.children for a, b in pairwise(item.children)]
        is_tight = not any(_BLANK_LINE.search(self.text, start, end) for start, end in gaps)
        name = "ol" if block.info[:1].isdigit() else "ul"
        start = block.info.rstrip(".)")
        first = f' start="{int(start)}"' if name == "ol" and start.isascii() and start != "1" else ""
        return f"<{name}{first}>\n{''.join(self.item(item, is_tight=is_tight) for item in block.children)}</{name}>\n"

    def item(self, item: Block, *, is_tight: bool) -> str:
        first = next(iter(item.children), None)
        task = _TASK.match(self.text, first.span.start) if first is not None and first.kind == "paragraph" else None
        if task is None or first is None:
            return f"<li>{self.inside(item.children, is_tight=is_tight).strip()}</li>\n"
        is_done = task["mark"] != " "
        sign, word = ("☑", "Done") if is_done else ("☐", "To do")
        depth = self.weaver.depth
        said = self.inlines(self.after(self.document.inlines(first), task.end())).lstrip()
        rest = self.blocks(item.children[1:], depth, is_tight=is_tight) + self.weaver.closed(depth)
        box = f'<span class="box" role="img" aria-label="{word}">{sign}</span> '
        return f'<li class="task">{box}{said}{rest}</li>\n' if is_tight else f'<li class="task"><p>{box}{said}</p>{rest}</li>\n'

    @staticmethod
    def after(nodes: Sequence[Inline], offset: int) -> tuple[Inline, ...]:
        """What of inline text stands behind an offset in its first node."""
        return tuple(
            node._replace(span=Span(max(offset, node.span.start), node.span.end)) for node in nodes if node.span.end > offset
        )

    def quote(self, block: Block) -> str:
        first = next(iter(block.children), None)
        alert = _ALERT.match(self.text, first.span.start) if first is not None and first.kind == "paragraph" else None
        if alert is None or first is None or alert["kind"] not in _ALERTS:
            return f"<blockquote>\n{self.inside(block.children)}</blockquote>\n"
        kind = alert["kind"]
        said = self.inlines(self.after(self.document.inlines(first), alert.end())).strip()
        begun = f'<p class="label">{kind.capitalize()}</p>\n' + (f"<p>{said}</p>\n" if said else "")
        return f'<div class="alert {kind.lower()}">\n{begun}{self.inside(block.children[1:])}</div>\n'

    def code(self, block: Block) -> str:
        is_fenced = block.content is not None and block.content != block.span
        code = self.fenced(block, block.content) if block.content is not None and is_fenced else self.indented(block.span)
        language = block.info.split()[0] if block.info.split() else ""
        label = f' data-language="{shown(language)}"' if language else ""
        return f'<pre tabindex="0"{label}><code>{shown(code)}\n</code></pre>\n'

    def unindented(self, span: Span) -> str:
        """The lines of a span without what stands in front of them as they are in a list or a quote."""
        first, *rest = _lines(span.of(self.text))
        width = self.column(span.start)
        return "\n".join([first, *(_without(line, width) for line in rest)])

    def fenced(self, block: Block, content: Span) -> str:
        """The code between two fences, without what stands in front of the first one."""
        width = self.column(block.span.start)
        first, *rest = _lines(content.of(self.text))
        return "\n".join([_without(first, width - self.column(content.start)), *(_without(line, width) for line in rest)])

    def indented(self, span: Span) -> str:
        """The lines of code that is marked by its indentation alone, without what all of them have in front."""
        lines = _lines(self.text[self.line_start(span.start) : span.end])
        spaces = [line[: len(line) - len(line.lstrip(" \t>"))] for line in lines if line.strip(" \t>")]
        width = min(map(_columns, spaces), default=0)
        return "\n".join(_without(line, width) for line in lines)

    def line_start(self, offset: int) -> int:
        """Where the line begins in which an offset lies."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def column(self, offset: int) -> int:
        """How many columns stand in front of an offset in its line."""
        return _columns(self.text[self.line_start(offset) : offset])

    def table(self, block: Block) -> str:
        head = [row for row in block.children if row.info == "head"]
        body = [row for row in block.children if row.info != "head"]
        sides = self.sides(head[0]) if head else []
        rows = "".join(f"<thead>{self.row(row, sides, 'th')}</thead>" for row in head)
        rows += f"<tbody>{''.join(self.row(row, sides, 'td') for row in body)}</tbody>" if body else ""
        return f'<div class="wide" tabindex="0" role="group" aria-label="Table"><table>{rows}</table></div>\n'

    def sides(self, head: Block) -> list[str]:
        """To which side the columns are set, by the line below the head."""
        start = self.text.find("\n", head.span.end) + 1
        end = self.text.find("\n", start)
        found = _ALIGNED.finditer(self.text, start, end if end >= 0 else len(self.text)) if start else iter(())
        names = {(":", ":"): "center", ("", ":"): "right"}
        return [names.get((one["left"], one["right"]), "") for one in found]

    def row(self, row: Block, sides: Sequence[str], name: str) -> str:
        cells = ""
        for at, cell in enumerate(row.children):
            side = f' align="{sides[at]}"' if at < len(sides) and sides[at] else ""
            own = name if name == "td" or cell.content is None or cell.content.of(self.text).strip() else "td"
            cells += f"<{own}{side}>{self.inlines(self.document.inlines(cell))}</{own}>"
        return f"<tr>{cells}</tr>"

    # Inline text

    def inlines(self, nodes: Sequence[Inline], end: int | None = None) -> str:
        """Inline text up to an offset; tags that are opened in it are closed."""
        depth = self.weaver.depth
        return self.nodes(nodes, depth, end) + self.weaver.closed(depth)

    def nodes(self, nodes: Sequence[Inline], floor: int, end: int | None = None) -> str:
        merged = _merged(nodes, end)
        marks = sum(len(_STRUCK.findall(node.span.of(self.text))) for node in merged if node.kind == "text")
        struck = iter(("<del>", "</del>") * (marks // 2))
        return "".join(self.node(node, floor, struck) for node in merged)

    def node(self, node: Inline, floor: int, struck: Iterator[str]) -> str:
        text = node.span.of(self.text)
        if node.kind == "text":
            return self.said(node.span, floor, struck)
        if node.kind in ("emphasis", "strong"):
            name = "em" if node.kind == "emphasis" else "strong"
            return f"<{name}>{self.inlines(node.children)}</{name}>"
        if node.kind == "codespan":
            return self.codespan(node)
        if node.kind == "linebreak":
            return "<br>\n"
        if node.kind == "softbreak":
            return "<br>\n" if node.span.end in self.fields else "\n"
        if node.kind == "inline_html":
            return self.weaver.woven(text, floor)
        if node.kind == "image":
            link = self.inline.get(node.span)
            alt = self.document.plain(link.text) if link is not None else text
            return self.picture(unescape(link.url) if link is not None else "", alt, {})
        return self.link(node)

    def codespan(self, node: Inline) -> str:
        text = node.span.of(self.text)
        ticks = len(text) - len(text.lstrip("`"))
        code = re.sub(r"\r?\n[ \t>]*", " ", text[ticks:-ticks])
        if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
            code = code[1:-1]
        said = f"<code>{shown(code)}</code>"
        for mention in self.references.within(node.span) if not self.weaver.is_linked else ():
            address = self.links.mentioned(mention)
            if mention.span == node.span and address is not None:
                return f'<a href="{shown(address)}">{said}</a>'
        return said

    def link(self, node: Inline) -> str:
        text = node.span.of(self.text)
        note = _REFERENCE.fullmatch(text)
        if note is not None and note["label"].casefold() in self.notes:
            return self.note(note["label"])
        link, mention = self.inline.get(node.span), self.by_span.get(node.span)
        address = self.links.mentioned(mention) if mention is not None else None
        if address is None and link is not None:
            address = self.links.address(link.url)
        is_outer = not self.weaver.is_linked and address is not None
        before = self.weaver.is_in_link
        self.weaver.is_in_link = before or is_outer
        said = self.inlines(node.children)
        self.weaver.is_in_link = before
        if not is_outer or address is None:
            written = f' title="{shown(link.url)}"' if link is not None and not before else ""
            return f'<span class="out"{written}>{said}</span>' if said else ""
        title = f' title="{shown(link.title)}"' if link is not None and link.title else ""
        return f'<a href="{shown(address)}"{title}>{said or shown(address)}</a>'

    def picture(self, url: str, alt: str, attributes: Mapping[str, str]) -> str:
        """A picture of the repository; one from elsewhere is not fetched, only told of."""
        embedded = _EMBEDDED.match(url)
        is_picture = embedded is not None and embedded["kind"] in PICTURES.values()
        source = url if is_picture else self.links.picture(url)
        if source is not None:
            said = "".join(f' {key}="{shown(value)}"' for key, value in attributes.items())
            return f'<img src="{shown(source)}" alt="{shown(alt or _called(url))}"{said} loading="lazy">'
        name = alt or _called(url)
        address = self.links.address(url) if not self.weaver.is_linked else None
        return (
            f'<a class="picture" href="{shown(address)}">{shown(name)}</a>'
            if address
            else f'<span class="picture">{shown(name)}</span>'
        )

    def said(self, span: Span, floor: int, struck: Iterator[str]) -> str:
        """Text as written: references, bare addresses, notes, and what is struck through."""
        found = []
        done = span.start
        cuts = [*_STRUCK.finditer(self.text, span.start, span.end)]
        cuts += [one for one in _REFERENCE.finditer(self.text, span.start, span.end) if one["label"].casefold() in self.notes]
        for cut in sorted(cuts, key=lambda one: one.start()):
            found.append(self.piece(Span(done, cut.start())))
            done = cut.end()
            if cut[0] != "~~":
                found.append(self.note(cut["label"]))
            else:
                found.append(self.weaver.woven(next(struck, "~~"), floor))
        found.append(self.piece(Span(done, span.end)))
        return "".join(found)

    def piece(self, span: Span) -> str:
        if self.weaver.is_linked:
            return shown(_plain(span.of(self.text)))
        return "".join(self.references.woven(span, self.links))

    # Notes

    def noted(self, block: Block) -> Iterator[tuple[str, tuple[Inline, ...]]]:
        """The footnotes that a paragraph holds, if it holds nothing else."""
        if not _NOTE.match(self.text, block.span.start):
            return
        label = ""
        nodes: list[Inline] = []
        for one in _merged(self.document.inlines(block), None):
            begins = _NOTE.match(self.text, one.span.start) if one.kind == "text" else None
            if begins is not None and (not label or (nodes and nodes[-1].kind == "softbreak")):
                if label:
                    yield label, tuple(nodes)
                label = begins["label"].casefold()
                nodes = [one._replace(span=Span(begins.end(), max(begins.end(), one.span.end)))]
                continue
            nodes.append(one)
        yield label, tuple(nodes)

    def note(self, label: str) -> str:
        """The reference to a footnote."""
        key = label.casefold()
        if self.weaver.is_linked:
            return ""
        number = self.order.setdefault(key, len(self.order) + 1)
        self.times[key] = self.times.get(key, 0) + 1
        times = "" if self.times[key] == 1 else f"-{self.times[key]}"
        own, goal = self.links.anchor(f"note:{number}:ref{times}"), self.links.anchor(f"note:{number}")
        return f'<sup><a id="{shown(own)}" href="#{shown(goal)}" aria-label="Note {number}">{number}</a></sup>'

    def footnotes(self) -> str:
        if not self.notes:
            return ""
        done: list[str] = []
        for key in self.notes:
            self.order.setdefault(key, len(self.order) + 1)
        for key, number in self.order.items():
            note = self.notes[key]
            said = "".join(_addresses(note, self.links)) if isinstance(note, str) else self.inlines(note).strip()
            goal = self.links.anchor(f"note:{number}")
            back = (
                f' <a href="#{shown(self.links.anchor(f"note:{number}:ref"))}" aria-label="Back to where note {number} is referred to">↩</a>'
                if key in self.times
                else ""
            )
            done.append(f'<li id="{shown(goal)}">{said}{back}</li>\n')
        return f'<div class="notes"><ol>\n{"".join(done)}</ol></div>\n'


def _called(url: str) -> str:
    """What to call a picture of which nobody says what it shows."""
    name = unquote(posixpath.basename(url))
    return name if posixpath.splitext(name)[1].casefold() in PICTURES and len(name) <= LONGEST_NAME else "picture"


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _columns(text: str) -> int:
    """How many columns a text takes at the start of a line; a tab ends at the next fourth one."""
    return len(text.expandtabs(4))


def _without(line: str, width: int) -> str:
    """A line without so many columns of what stands in front of it."""
    at = column = 0
    while column < width and at < len(line) and line[at] in " \t>":
        column += 4 - column % 4 if line[at] == "\t" else 1
        at += 1
    return " " * (column - width) + line[at:]


def _merged(nodes: Sequence[Inline], end: int | None) -> list[Inline]:
    """The nodes up to an offset, with neighbouring pieces of text as one."""
    found: list[Inline] = []
    for node in nodes:
        one = node if end is None or node.span.end <= end else node._replace(span=Span(node.span.start, end))
        if found and found[-1].kind == one.kind == "text" and found[-1].span.end == one.span.start:
            found[-1] = Inline("text", Span(found[-1].span.start, one.span.end))
        else:
            found.append(one)
    return found
