"""What is where in Markdown: mistune says what, the text itself says whether the where is right."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import mistune
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mistune.helpers import unescape_char
from mistune.plugins.table import table, table_in_list, table_in_quote
from mistune.util import escape_url

from adr_ls import markdown
from adr_ls.markdown import Block, Document, Inline, parse
from adr_ls.text import Span

HERE = Path(__file__).parent
COMMONMARK = [text for _, text in json.loads((HERE / "data/markdown/commonmark.json").read_text("utf-8"))["examples"]]
CORPORA = HERE.parent.parent / "shared" / "corpora"
EVERYTHING = os.environ.get("ADR_LS_ALL") == "1"


# The judges: mistune as it is, and mistune without its defect that a block which interrupts a list or quote is parsed while the
# list or quote still is. There it comes out in front of what it interrupts, or is added to the paragraph in front of both, and
# many such blocks exhaust the stack. Wherever the two agree, so on all real files, we have to be equal to mistune as it is.


class _State(mistune.BlockState):
    reading: int | None = None

    def prepend_token(self, token: dict[str, Any]) -> None:
        tail = [self.tokens.pop()] if self.tokens and self.tokens[-1].pop("ended_quote", False) else []
        self.tokens += [token, *tail]


class _InOrder(mistune.BlockParser):
    state_cls = _State

    def parse_method(self, m: re.Match[str], state: Any) -> int | None:
        if state.reading is None or m.start() == state.reading:
            return super().parse_method(m, state)
        if m.lastgroup == "blank_line":
            state.tokens.append({"type": "blank_line", "ended_quote": True})
            return m.end()
        if m.lastgroup == "fenced_code" and m["fenced_2"][0] == "`" and "`" in m["fenced_3"]:
            return None
        return m.start()

    def parse_list(self, m: re.Match[str], state: Any) -> int:
        state.reading = m.start()
        end = super().parse_list(m, state)
        state.reading = None
        return end

    def parse_block_quote(self, m: re.Match[str], state: Any) -> int:
        state.reading = m.start()
        end = super().parse_block_quote(m, state)
        state.reading = None
        return end


PLUGINS = [table, table_in_quote, table_in_list]
STOCK = mistune.create_markdown(renderer="ast", plugins=PLUGINS)
IN_ORDER = mistune.Markdown(block=_InOrder(), inline=mistune.InlineParser(), plugins=PLUGINS)

Tree = list[Any]


def their_tree(tokens: list[dict[str, Any]]) -> Tree:
    tree: Tree = []
    for token in tokens:
        kind, raw, attrs = token["type"], token.get("raw", ""), token.get("attrs") or {}
        children = their_tree(token.get("children", []))
        if kind == "blank_line":
            continue
        if kind == "text":
            if tree and tree[-1][0] == "text":
                tree[-1][1] += raw
            elif raw:
                tree.append(["text", raw])
        elif kind in ("paragraph", "block_text"):
            tree.append(["paragraph", children])
        elif kind == "heading":
            tree.append([kind, attrs["level"], token["style"], children])
        elif kind == "list":
            tree.append([kind, token["bullet"], children])
        elif kind == "block_code":
            if token["style"] == "fenced" or raw.strip():  # else it is a blank line of five spaces or more
                tree.append([kind, attrs.get("info", ""), squeezed(raw)])
        elif kind in ("block_html", "inline_html", "codespan"):
            tree.append([kind, squeezed(raw)])
        elif kind in ("link", "image"):
            tree.append([kind, attrs["url"], attrs.get("title"), children])
        elif kind in ("table_head", "table_row"):
            tree.append(["table_row", "head" if kind == "table_head" else "body", children])
        elif kind == "table_body":
            tree += children
        else:
            tree.append([kind, children])
    return tree


def squeezed(text: str) -> str:
    """Without the white space, and the quote marks, that differ between nested text and document."""
    return re.sub(r"[\s>\x00]+", "", text)


def readable(text: str) -> str:
    """As the parser sees it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def our_tree(document: Document) -> Tree:
    links = iter(document.links)
    text = readable(document.text)

    def inline(nodes: tuple[Inline, ...], *, in_link: bool = False) -> Tree:
        tree: Tree = []
        for kind, span, children in nodes:
            raw = span.of(text)
            if kind == "text":
                # The text of a link keeps the backslashes in what would be an autolink elsewhere.
                parts = re.split(r"((?<!\\)<[A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*>)", raw) if in_link else [raw]
                raw = "".join(part if in_link and part.startswith("<") else unescape_char(part) for part in parts)
                if tree and tree[-1][0] == "text":
                    tree[-1][1] += raw
                else:
                    tree.append(["text", raw])
            elif kind == "codespan":
                tree.append([kind, squeezed(raw.strip("`"))])
            elif kind == "inline_html":
                tree.append([kind, squeezed(raw)])
            elif kind in ("link", "image", "autolink"):
                link = next(links)
                inside = [["text", raw[1:-1]]] if kind == "autolink" else inline(children, in_link=in_link or kind == "link")
                tree.append([kind.replace("autolink", "link"), link.url, link.title, inside])
            else:
                tree.append([kind, inline(children, in_link=in_link)])
        return tree

    def blocks(level: tuple[Block, ...]) -> Tree:
        tree: Tree = []
        for block in level:
            kind, children = block.kind, blocks(block.children)
            if kind == "definition":
                continue
            if kind == "paragraph" or kind == "table_cell":
                tree.append([kind, inline(document.inlines(block))])
            elif kind == "heading":
                tree.append([kind, block.level, block.info, inline(document.inlines(block))])
            elif kind == "list":
                tree.append([kind, block.info[-1], children])
            elif kind == "block_code":
                assert block.content
                tree.append([kind, block.info, squeezed(block.content.of(text))])
            elif kind == "block_html":
                tree.append([kind, squeezed(block.span.of(text))])
            elif kind == "table_row":
                tree.append([kind, block.info, children])
            else:
                tree.append([kind, children])
        return tree

    tree = blocks(document.blocks)
    assert not list(links), "a link outside the trees of inline text"
    return tree


def check_places(document: Document) -> None:
    """Every span has to be what it says it is."""
    text = readable(document.text)
    body = Span(document.start, len(text))

    def check_blocks(level: tuple[Block, ...], outer: Span, *, nested: bool) -> None:
        done = outer.start
        for block in level:
            kind, span, children, content, depth, info = block
            shown = span.of(text)
            assert outer.covers(span), (block, outer)
            assert done <= span.start <= span.end, (block, done)
            if kind != "table_cell":
                assert span.end > span.start, block
                assert shown == shown.strip(" \t\r\n\f"), block
            done = span.end
            if content is not None:
                assert span.covers(content), block
            if kind == "heading" and info == "atx":
                assert re.match("#+", shown)[0] == "#" * depth, block  # type: ignore[index]  # the pattern has to match
                assert content
                assert not text[span.start : content.start].strip("# \t\v\f"), block
                assert not text[content.end : span.end].strip("# \t") or text[content.end].isspace(), block
            elif kind == "heading":
                assert shown.rstrip().endswith("=" if depth == 1 else "-"), block
            elif kind == "block_quote":
                assert shown.startswith(">"), block
            elif kind in ("list", "list_item"):
                assert re.match(r"[-+*]|\d{1,9}[.)]", shown), block
                if kind == "list":
                    assert shown.startswith(info), block
            elif kind == "block_code" and info:
                assert shown.startswith(("```", "~~~")), block
            elif kind == "thematic_break":
                assert not shown.strip("-_* \t"), block
            elif kind == "block_html":
                assert shown.startswith("<"), block
            elif kind == "definition":
                assert shown.startswith("["), block
            elif kind == "table_row" and not nested:
                assert "\n" not in shown, block
            check_blocks(children, span, nested=nested or kind in ("list_item", "block_quote"))
            if content is not None and kind != "block_code":
                check_inlines(document.inlines(block), content)
            else:
                assert document.inlines(block) == ()

    def check_inlines(nodes: tuple[Inline, ...], outer: Span, *, tiled: bool = True) -> None:
        done = outer.start
        for node in nodes:
            kind, span, children = node
            shown = span.of(text)
            assert span.start == done, (node, done)
            assert span.end > span.start, node
            done = span.end
            if kind == "codespan":
                ticks = len(shown) - len(shown.lstrip("`"))
                assert 0 < ticks < len(shown), node
                assert shown.endswith("`" * ticks), node
            elif kind in ("emphasis", "strong"):
                size = 1 if kind == "emphasis" else 2
                assert shown[:size] == shown[-size:] == shown[0] * size, node
                assert shown[0] in "*_", node
                check_inlines(children, Span(span.start + size, span.end - size))
            elif kind == "link":
                assert shown.startswith("[") and shown.endswith((")", "]")), node
            elif kind == "image":
                assert shown.startswith("![") and shown.endswith((")", "]")), node
            elif kind in ("inline_html", "autolink"):
                assert shown.startswith("<") and shown.endswith(">"), node
            elif kind == "linebreak":
                assert shown.startswith(("\\", "  ")), node
            elif kind == "softbreak":
                assert shown.lstrip(" ")[0] in "\r\n", node
        assert done == outer.end or not tiled, (nodes, outer)

    check_blocks(document.blocks, body, nested=False)
    last = body.start
    for link in document.links:
        kind, span, inner, target, url, _, definition = link
        assert body.covers(span) and span.covers(inner) and span.covers(target), link
        assert last <= span.start, link
        last = span.start
        if kind == "autolink":
            address = target.of(text)
            assert url in (escape_url(address), escape_url("mailto:" + address)), link
            continue
        assert text[inner.start - 1] == "[" and text[inner.end] == "]", link
        if definition is None:
            assert text[inner.end : inner.end + 2] == "](", link
            assert escape_url(unescape_char(target.of(text))) == url, link
        else:
            assert mistune.util.unikey(unquoted(target.of(text))) == mistune.util.unikey(unquoted(definition.label)), link
            assert definition.url == url, link
            assert definition in document.definitions, link
    for definition in document.definitions:
        assert body.covers(definition.span) and definition.span.covers(definition.target), definition
        assert escape_url(unescape_char(definition.target.of(text))) == definition.url, definition
    if not document.too_large:
        outer = [block for block in document.blocks if block.kind == "heading"]
        assert [(h.level, h.span, h.text) for h in document.headings] == [(b.level, b.span, b.content) for b in outer]
        assert all(h.plain == document.plain(h.text) for h in document.headings)
    assert list(document.walk()) == [inner for block in document.blocks for inner in block.walk()]


def unquoted(label: str) -> str:
    return re.sub(r"(?m)^[ \t>]+", "", label.replace("\r\n", "\n").replace("\r", "\n"))


def everything(document: Document) -> Any:
    return our_tree(document), document.blocks, document.headings, document.links, document.definitions


def check(text: str, *, against: Any = IN_ORDER) -> None:
    document = parse(text)
    check_places(document)
    assert our_tree(document) == their_tree(against(readable(text)))
