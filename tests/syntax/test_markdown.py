"""What is where in Markdown: mistune says what, the text itself says whether the where is right."""

from __future__ import annotations

import json
import random
import re
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

from adr_ls.syntax import markdown
from adr_ls.syntax.markdown import Block, Document, Inline, parse, pieces
from adr_ls.syntax.markdown import blocks as parsing
from adr_ls.syntax.text import Span
from tests.conftest import CORPORA, EVERYTHING

HERE = Path(__file__).parents[1]
COMMONMARK = [text for _, text in json.loads((HERE / "data/markdown/commonmark.json").read_text("utf-8"))["examples"]]


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
            if kind in ("paragraph", "table_cell"):
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
                assert shown[0] == "[", node
                assert shown[-1] in ")]", node
            elif kind == "image":
                assert shown[:2] == "![", node
                assert shown[-1] in ")]", node
            elif kind in ("inline_html", "autolink"):
                assert shown[0] == "<", node
                assert shown[-1] == ">", node
            elif kind == "linebreak":
                assert shown.startswith(("\\", "  ")), node
            elif kind == "softbreak":
                assert shown.lstrip(" ")[0] in "\r\n", node
        assert done == outer.end or not tiled, (nodes, outer)

    check_blocks(document.blocks, body, nested=False)
    last = body.start
    for link in document.links:
        kind, span, inner, target, url, _, definition = link
        assert body.covers(span), link
        assert span.covers(inner), link
        assert span.covers(target), link
        assert last <= span.start, link
        last = span.start
        if kind == "autolink":
            address = target.of(text)
            assert url in (escape_url(address), escape_url("mailto:" + address)), link
            continue
        assert text[inner.start - 1] == "[", link
        assert text[inner.end] == "]", link
        if definition is None:
            assert text[inner.end : inner.end + 2] == "](", link
            assert escape_url(unescape_char(target.of(text))) == url, link
        else:
            assert mistune.util.unikey(unquoted(target.of(text))) == mistune.util.unikey(unquoted(definition.label)), link
            assert definition.url == url, link
            assert definition in document.definitions, link
    for definition in document.definitions:
        assert body.covers(definition.span), definition
        assert definition.span.covers(definition.target), definition
        assert escape_url(unescape_char(definition.target.of(text))) == definition.url, definition
    if not document.too_large:
        outer = [block for block in document.blocks if block.kind == "heading"]
        assert [(h.level, h.span) for h in document.headings] == [(b.level, b.span) for b in outer]
        for heading, block in zip(document.headings, outer, strict=True):
            assert block.content is not None
            assert block.content.covers(heading.text)
            assert heading.text.start == block.content.start
            behind = text[heading.text.end : block.content.end].strip()
            assert not behind or behind[0] + behind[-1] == "{}"
        assert all(h.plain == document.plain(h.text) for h in document.headings)
    assert list(document.walk()) == [inner for block in document.blocks for inner in block.walk()]


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - to be repeatable, not secret


def unquoted(label: str) -> str:
    return re.sub(r"(?m)^[ \t>]+", "", label.replace("\r\n", "\n").replace("\r", "\n"))


def everything(document: Document) -> Any:
    return our_tree(document), document.blocks, document.headings, document.links, document.definitions


def check(text: str, *, against: Any = IN_ORDER) -> None:
    document = parse(text)
    check_places(document)
    assert our_tree(document) == their_tree(against(readable(text)))


def same(document: Document, fresh: Document) -> None:
    assert everything(document) == everything(fresh)
    check_places(document)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_commonmarks_examples(line_end: str) -> None:
    for example in COMMONMARK:
        check(example.replace("\n", line_end), against=STOCK)


def test_behind_front_matter() -> None:
    for example in COMMONMARK:
        head = "---\ntitle: \u2028 # x\n---\n"
        moved, plain = parse(head + example, len(head)), parse(example)
        check_places(moved)
        assert our_tree(moved) == our_tree(plain)
        assert [block.span.shift(-len(head)) for block in moved.walk()] == [block.span for block in plain.walk()]


def test_commonmarks_examples_in_containers() -> None:
    """Each example again as the content of a quote, an item and both; tabs make what is nested something else, so any tree will do."""
    for index, example in enumerate(COMMONMARK):
        first, *rest = example.split("\n")
        lines = ["> " + line for line in (first, *rest)]
        check("\n".join(lines))
        check("\n".join(["- " + first, *("  " + line for line in rest)]))
        check("\n".join(["10. " + lines[0], *("    " + line for line in lines[1:])]))
        check("Before.\n\n# Before\n\n" + example + "\n\n# Behind\n\n" + COMMONMARK[(index * 7) % len(COMMONMARK)])


CORPUS = sorted(CORPORA.rglob("*.md")) if CORPORA.is_dir() else []


@pytest.mark.skipif(not CORPUS, reason="the collections of real decision records are not beside this repository")
def test_real_files() -> None:
    chosen = CORPUS if EVERYTHING else seeded(8).sample(CORPUS, min(len(CORPUS), 70))
    for path in chosen:
        text = path.read_bytes().decode("utf-8", "replace")
        check(text, against=STOCK)
        if len(text) < 20_000 or EVERYTHING:
            edited(text, seeded(len(text)), 3)


# Random documents

# fmt: off
MARKS = [
    "ADR-003", "[a](./b.md)", "`x y`", "**b**", "*i*", "see", "[r][d]", "[d]", "[d][]", "![i](p.png)", "<b>", "\\*", "a",
    "http://x.y", "<http://u.v>", "é", "😀", "\u2028", "&amp;", "]", "[", "`", "``", "***", "__", "_", "snake_case", "---",
    "===", "```", "~~~", "```py", "# h", "## t ##", "#", "[d]: /u", "[d]: <v> 't'", "[e]:", "<!--", "-->", "<div>",
    "</pre >", "<pre>", "</pre>", "<?", "  ", "\\", "!", "<a@b.c>", "(x)", "\t", "\x0b", "\x0c", "\xa0", "> q", "- a",
    "2. b", "![", " \t", "    c", "\x00", "&#35;", "\\[", "\x1c", "a*b*c", "**a `b` c**:", "*a [b](c_d)*", "[x](y 'z')",
    "[`c`](d)", "\ud800", "|", "a|b", "| a | b |", "|---|---|",
]
# fmt: on
HEADS = ["", "", "", "", "> ", "- ", "  ", "    ", "\t", "1. ", "2) ", ">", "* ", " > ", "-\t", "   ", "+   ", "10. ", " "]

_line = st.builds(
    lambda heads, glue, marks: "".join(heads) + glue.join(marks),
    st.lists(st.sampled_from(HEADS), max_size=3),
    st.sampled_from(["", " "]),
    st.lists(st.sampled_from(MARKS), max_size=4),
)
_lines = st.lists(st.one_of(st.sampled_from(["", "", "> ", ">", "\t", "      "]), _line, _line, _line), min_size=1, max_size=20)
documents = st.one_of(
    st.builds(lambda lines, end: end.join(lines), _lines, st.sampled_from(["\n", "\n", "\r\n", "\r"])),
    st.builds(lambda lines, end: "\n\n".join(lines) + end, _lines, st.sampled_from(["", "\n"])),
    st.text(max_size=60),
    st.text(alphabet="*_`[]()<>!\\ \n#-|&;:a1\t\r", max_size=60),
)
some = settings(
    max_examples=20_000 if EVERYTHING else 80,
    deadline=None,
    derandomize=not EVERYTHING,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@some
@given(documents)
def test_random_documents(text: str) -> None:
    check(text)


def edited(text: str, chance: random.Random, times: int) -> None:
    """Edit after edit: what is taken over from the document before must make no difference."""
    document = parse(text)
    for _ in range(times):
        if chance.random() < 0.8:
            everything(document)  # else nothing has been looked at when the next edit comes
        start = chance.randrange(len(text) + 1)
        stop = min(len(text), start + chance.choice([0, 0, 0, 1, 3, 40]))
        text = (
            text[:start]
            + chance.choice(
                ["", "x", " ", "\n", "\n\n", "\n\n# x\n\n", "`", "```\n", "<!--", "[d]: /new\n", "[", "*", "\r\n", "> "]
            )
            + text[stop:]
        )
        document = parse(text, 0, document)
        same(document, parse(text))


@some
@given(documents, st.randoms(use_true_random=False))
def test_edits(text: str, chance: random.Random) -> None:
    edited(text, chance, 4)


@some
@given(documents, st.integers(0, 400))
def test_a_letter_in_front_of_a_heading_and_everywhere(text: str, offset: int) -> None:
    """A piece taken over from another place, with other definitions."""
    base = "\n\n# One\n\n[d] `a` *b*\n> q\n> [d]\n\n# Two\n\n" + text
    first = parse(base)
    everything(first)
    same(
        parse("x" * offset + base + "\n\n# End\n\n[d]: /end\n", 0, first),
        parse("x" * offset + base + "\n\n# End\n\n[d]: /end\n"),
    )


# What runs over a heading, and what does not

PIECES = [
    "```\n\n# a\n\n# b\n```\n\n# c\n",
    "~~~\n\n# a\n\n# b\n",
    "x\n~~~ y\n\n# a\n\n~~~\n\n# b\n\n```\n\n# c\n\n```\n",
    "<!--\n\n# a\n\n-->\n\n# b\n",
    "<!-- a -->\n\n# b\n",
    "text <!-- a\n\n# b\n\n-->\n",
    "<pre>\n\n# a\n\n</pre>\n\n# b\n",
    "<script>\n\n# a\n",
    "<?php\n\n# a\n\n?>\n\n# b\n",
    "<!DOCTYPE x\n\n# a\n\n>\n\n# b\n",
    "<![CDATA[\n\n# a\n\n]]>\n\n# b\n",
    "<div>\n\n# a\n\n</div>\n\n# b\n",
    "[label\n\n# a\n\nb]: /url\n\n# c\n\n[label # a b]\n",
    "[label\n\n# a\n\n# b\n",
    "[a \\] b\n\n# a\n\nb]: /url\n",
    "- ```\n\n# a\n\n  ```\n",
    "> ```\n\n# a\n\n> ```\n",
    "> a\n```\n\n# b\n\n> ```\n\n```\n",
    "1. a\n```\n\n# b\n```\n   ```\n\n# c\n",
    "~~~ `a` ~~~\n\n# a\n\n```\n~~~~\n\n# b\n",
    "``` `a`\n\n# a\n\n```\n\n# b\n",
    "````\n```\n\n# a\n\n````` \t\n\n# b\n",
    "```\n``` a\n\n# a\n\n    ```\n\n# b\n\n   ```\n\n# c\n",
    "a | b\n- | -\n``` | c\n\n# a\n\n```\n\n# b\n",
    "|a|\n|-|\n<!-- |\n\n# a\n\n-->\n\n# b\n",
    "[d]:\n```\n\n# a\n\n```\n\n# b\n",
    "[d]: /u '\n```\n'\n\n# a\n\n```\n\n# b\n",
    "<div>\n```\n\n# a\n\n```\n\n# b\n",
    "<!--\n```\n-->\n\n# a\n\n```\n\n# b\n",
    "```\n<!--\n```\n\n# a\n\n-->\n\n# b\n",
    "<!-- a --> ```\n\n# a\n\n```\n\n# b\n",
    "<!--> a\n\n# a\n\n<!-- b --> c -->\n\n# b\n",
    "- <!--\n\n# a\n\n-->\n",
    "    <!--\n\n# a\n\n-->\n",
    "1. a\n\n   ```\n\n# b\n",
    "[d]: /u 'title\n\n# a\n'\n",
    "[d]:\n\n# a\n",
    "| a |\n|---|\n| b |\n\n# c\n| d |\n",
    "a | b\n- | -\n# c | d\n\n# e\n",
    "> quote\n# lazy\n\n# a\n",
    "para\n===\n\n# a\n---\n\n## b\n",
    "    code\n\n# a\n",
    "\n\n# a\r\n\r\n# b\r\r# c\n\r\n# d\r\n",
    "# a\n  \n# b\n\t\n# c\n",
    "#\n\n#\n\n## \n\n#x\n\n# #\n\n### a ## #\n",
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", PIECES)
def test_what_runs_over_a_cut(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    check(text, against=STOCK)
    long = (line_end * 2).join([text] + ["Word " * 500, text] * 3)
    check(long)
    edited(long, seeded(len(text)), 12 if EVERYTHING else 2)


# What can be told about fences and comments without a parser

# fmt: off
FENCES = [
    "```", "```", "~~~", "~~~", "````", "~~~~", "```py", "~~~ a", "``` `", "~~~ ` ~~~", "```a|b", "~~~|", "``` \t", "~~", "``",
    "<!--", "<!-- a -->", "-->", "--> b", "<!-- | -->", "<!-->", "<div>", "</div>", "<pre>", "</pre>", "<?", "<b>", "<!X", "<",
    "# h", "## h ##", "#", "===", "---", "a", "b c", "| a |", "|-|", "a|b", "-|-", "[d]: /u", "[d]:", "[d]: /u 'x", "x'", "[e", "e]: f",
    "[", "- a", "1. b", "2. c", "> q", "-", ">", "***", "", "", "", "", "\x0b", "\u2028", "\ud800",
]
# fmt: on
fenced_documents = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(
        st.builds(
            lambda heads, mark: "".join(heads) + mark,
            st.one_of(st.just([]), st.just([]), st.lists(st.sampled_from(HEADS), max_size=2)),
            st.sampled_from([*FENCES, "\n# x", "\n\n# y"]),
        ),
        min_size=1,
        max_size=16,
    ),
    st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"]),
)


def check_told(text: str) -> bool:
    """What a piece says without parsing, if it does, is what parsing it says."""
    piece = pieces.Piece(text, 0)
    edges = piece._opaque
    if edges is None:
        return False
    state = parsing._State()
    state.process(piece.source)
    parsing._BLOCKS.parse(state)
    stop = len(piece.source)
    ends = [*(token["at"] for token in state.tokens[1:]), stop]
    assert [(start, min(end + 1, stop)) for start, end in zip(edges[::2], edges[1::2], strict=True)] == [
        (token["at"], end)
        for token, end in zip(state.tokens, ends, strict=True)
        if token["type"] == "block_html" or token.get("style") == "fenced"
    ]
    assert pieces.Piece(text, 0).open_at in (0, piece._parsed.open_at)
    return True


@some
@given(fenced_documents, st.randoms(use_true_random=False))
def test_random_fences(text: str, chance: random.Random) -> None:
    check(text)
    edited(text, chance, 2)
    end = "\r\n" if "\r\n" in text else "\r" if "\r" in text else "\n"
    for piece in (text + end + end, *(piece.text + end + end for _, piece in parse(text)._pieces)):
        check_told(piece)


def test_fences_at_the_start_of_a_line_need_no_parser() -> None:
    told = ["```\na\n```\n\n", "- a\n~~~ b\n- c\n\n", "<!-- a -->\n\n", "> a\n```\n```\nb\n\n"]
    untold = [" ```\n\n", "``` `\n\n", "```|\n\n", "<b>\n\n", "[a]:\n```\n\n"]
    assert [text for text in told + untold if check_told(text)] == told


# What differs from mistune as it is, on purpose

DIFFERENT = {
    "> q\n- a\n## H\n": ["block_quote", "list", "heading"],  # mistune: the list first
    "para\n> quote\n2. foo\n": ["paragraph", "block_quote", "list"],  # mistune: "2. foo" is part of "para"
    "- a\n> b\n- c\n": ["list", "block_quote", "list"],
    "> q\n</pre x\n": ["block_quote", "paragraph"],  # mistune: a lazy line of the quote, as for other text that is no HTML
    "para\n\n      \n\npara\n": ["paragraph", "paragraph"],  # mistune: the blank line is a code block
}


@pytest.mark.parametrize(("text", "kinds"), DIFFERENT.items())
def test_known_defects_of_mistune(text: str, kinds: list[str]) -> None:
    document = parse(text)
    check_places(document)
    assert [block.kind for block in document.blocks] == kinds


# Blocks by example


def shown(text: str) -> list[str]:
    document = parse(text)
    check_places(document)
    found = []
    for block in document.walk():
        content = "" if block.content is None else f" {block.content.of(text)!r}"
        about = f" {block.level or ''}{block.info}" if block.level or block.info else ""
        found.append(f"{block.kind}{about} {block.span.of(text)!r}{content if block.content != block.span else ''}")
    return found


BLOCKS = {
    "# A #\n": ["heading 1atx '# A #' 'A'"],
    "  ##   B c\t\n": ["heading 2atx '##   B c' 'B c'"],
    "#\n": ["heading 1atx '#' ''"],
    "A\nb\n---\n": ["heading 2setext 'A\\nb\\n---' 'A\\nb'"],
    "- a\n  b\n- c\n": [
        "list - '- a\\n  b\\n- c'",
        "list_item '- a\\n  b'",
        "paragraph 'a\\n  b'",
        "list_item '- c'",
        "paragraph 'c'",
    ],
    " 7) a\n": ["list 7) '7) a'", "list_item '7) a'", "paragraph 'a'"],
    "-\n  a\n": ["list - '-\\n  a'", "list_item '-\\n  a'", "paragraph 'a'"],
    "-\n- a\n": ["list - '-\\n- a'", "list_item '-'", "list_item '- a'", "paragraph 'a'"],
    "> a\nb\n>\n": ["block_quote '> a\\nb\\n>'", "paragraph 'a\\nb'"],
    "```py x\na\n b\n```\n": ["block_code py x '```py x\\na\\n b\\n```' 'a\\n b'"],
    "```\n```\n": ["block_code '```\\n```' ''"],
    "~~~\na\n```": ["block_code '~~~\\na\\n```' 'a\\n```'"],
    "> ```\n> a\n> ```\n": ["block_quote '> ```\\n> a\\n> ```'", "block_code '```\\n> a\\n> ```' 'a'"],
    "\ta\n\n    b\n": ["block_code 'a\\n\\n    b'"],
    "- - > x\n": [
        "list - '- - > x'",
        "list_item '- - > x'",
        "list - '- > x'",
        "list_item '- > x'",
        "block_quote '> x'",
        "paragraph 'x'",
    ],
    "-\ta\n\n\t> b\n": [
        "list - '-\\ta\\n\\n\\t> b'",
        "list_item '-\\ta\\n\\n\\t> b'",
        "paragraph 'a'",
        "block_quote '> b'",
        "paragraph 'b'",
    ],
    "***\n": ["thematic_break '***'"],
    "<div>\nx\n</div>\n": ["block_html '<div>\\nx\\n</div>'"],
    "[a]: <b> 'c'\n": ["definition \"[a]: <b> 'c'\""],
    "|a|b\\||\n|-|:-:|\n|`c`||\n": [
        "table '|a|b\\\\||\\n|-|:-:|\\n|`c`||'",
        "table_row head '|a|b\\\\||'",
        "table_cell 'a'",
        "table_cell 'b\\\\|'",
        "table_row body '|`c`||'",
        "table_cell '`c`'",
        "table_cell ''",
    ],
    "a | b\n- | -\nc |\n": [
        "table 'a | b\\n- | -\\nc |'",
        "table_row head 'a | b'",
        "table_cell 'a'",
        "table_cell 'b'",
        "table_row body 'c |'",
        "table_cell 'c'",
        "table_cell ''",
    ],
}


@pytest.mark.parametrize(("text", "blocks"), BLOCKS.items())
def test_blocks(text: str, blocks: list[str]) -> None:
    assert shown(text) == blocks
    check(text, against=STOCK)


TABLES = [
    "| a | b |\n| - | - |\n| c | d |\n",
    "- x\n\n  | a | b |\n  | - | - |\n  | [c](d) | `e` |\n",
    "> | a |\n> |---|\n> | *b* |\n",
    "a|b\n-|-\n\\||c\n",
    "| a | b |\n| - |\n",
    "|a|\n|-|\n|b|c|\n",
    "| a \\| b |\n|---|\n| `c \\| d` |\n",
    " | a |\n | - |\n | b |\n",
    "| a | b\n|---|---\n| c | d\n",
    "a | b |\n--|---|\nc | d |\n",
    "| a |\n|---|\n| b \\|\n",
    "|a\u00a0|\n|-|\n|\u00a0|\n",
]


@pytest.mark.parametrize("text", TABLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_tables(text: str, line_end: str) -> None:
    check(text.replace("\n", line_end), against=STOCK)


# Links by example: kind, text, target, url, title

LINKS: dict[str, list[tuple[str, str, str, str, str | None]]] = {
    "[a](b.md)": [("inline", "a", "b.md", "b.md", None)],
    "[a *b*]( <c d> 'e' )": [("inline", "a *b*", "c d", "c%20d", "e")],
    "[a]()": [("inline", "a", "", "", None)],
    "[](b)": [("inline", "", "b", "b", None)],
    "[a](b\\)c#d)": [("inline", "a", "b\\)c#d", "b)c#d", None)],
    "[a](b&amp;c)": [("inline", "a", "b&amp;c", "b&c", None)],
    "[a](ü.md)": [("inline", "a", "ü.md", "%C3%BC.md", None)],
    '![a](b.png "c")': [("image", "a", "b.png", "b.png", "c")],
    "[![a](b)](c)": [("inline", "![a](b)", "c", "c", None), ("image", "a", "b", "b", None)],
    "<http://a.b>": [("autolink", "http://a.b", "http://a.b", "http://a.b", None)],
    "<a@b.c>": [("autolink", "a@b.c", "a@b.c", "mailto:a@b.c", None)],
    "[a][B]\n\n[b]: /c 'd'": [("full", "a", "B", "/c", "d")],
    "[b][]\n\n[b]: /c": [("collapsed", "b", "b", "/c", None)],
    "[b]\n\n[b]: /c": [("shortcut", "b", "b", "/c", None)],
    "![b]\n\n[b]: /c": [("image", "b", "b", "/c", None)],
    "[b](x\n\n[b]: /c": [("shortcut", "b", "b", "/c", None)],
    "# [a](b)\n\n- [c](d)\n\n> [e](f)\n\n|[g](h)|\n|-|\n|[i](j)|": [
        ("inline", a, b, b, None) for a, b in ("ab", "cd", "ef", "gh", "ij")
    ],
    "> [a\n> b](c\n> 'd')": [("inline", "a\n> b", "c", "c", "d")],
    "`[a](b)` \\[a](b) http://c.d www.e.f": [],
    "    [a](b)\n\n<p>[a](b)</p>": [],
    "[a] b [c]": [],
}


@pytest.mark.parametrize(("text", "links"), LINKS.items())
def test_links(text: str, links: list[tuple[str, str, str, str, str | None]]) -> None:
    document = parse(text)
    found = [(link.kind, link.text.of(text), link.target.of(text), link.url, link.title) for link in document.links]
    assert found == links
    assert all(
        (link.definition is not None) == (link.kind in ("full", "collapsed", "shortcut") or link.url == "/c")
        for link in document.links
    )
    check(text, against=STOCK)


def test_the_first_definition_counts() -> None:
    text = "[a]\n\n> [A]: /one\n\n# x\n\n[a]: /two\n"
    document = parse(text)
    assert [definition.url for definition in document.definitions] == ["/one", "/two"]
    assert document.links[0].definition == document.definitions[0]
    assert document.definitions[0].target.of(text) == "/one"
    later = parse(text.replace("> [A]", "> [B]"), 0, document)
    assert later.links[0].url == "/two"


# What is where: each character of the text has a letter below it

LETTERS = {
    "text": "t",
    "codespan": "c",
    "block_code": "C",
    "block_html": "H",
    "inline_html": "h",
    "link_target": "l",
    "other": ".",
}
KINDS = [
    ("# a `b` *c*", "..ttccct.t."),
    ("**a**: \\* &amp;", "..t..tttttttttt"),
    ("[a](b 'c') d", ".t..lllll.tt"),
    ("[a][b]\n\n[b]: c 'd'", ".t..l....l..llllll"),
    ("[b][] [b]\n\n[b]: c", ".t...t.t....l..ll"),
    ("![a](b)", "..t..l."),
    ("<http://a>", ".llllllll."),
    ("a<b>c</b>", "thhhthhhh"),
    ("- a\n  b\n  > c", "..t...t.....t"),
    ("```x\na\n```\nb", "CCCCCCCCCC.t"),
    ("<p>\na", "HHHHH"),
    ("|a|b|\n|-|-|\n|c| |", ".t.t.........t..."),
    ("a  \nb\\\nc", "t...t..t"),
    ("---\n\n    a", ".........C"),
    ("[`a`](b)", ".ccc..l."),
    ("[](b)", "...l."),
    ("[a](<b>)", ".t..lll."),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kinds(text: str, kinds: str) -> None:
    document = parse(text)
    assert "".join(LETTERS[document.kind_at(offset)] for offset in range(len(text))) == kinds
    assert document.kind_at(-1) == document.kind_at(len(text)) == "other"


MENTIONS = [
    ("ADR-1 and ADR-2", ["ADR-1", "ADR-2"]),
    ("`ADR-1` ADR-2", ["ADR-2"]),
    ("[ADR-1](ADR-2.md) <ADR-3>", ["ADR-1"]),
    ("**ADR-1**, *see ADR-2*", ["ADR-1", "ADR-2"]),
    ("```\nADR-1\n```\n# ADR-2\n\n    ADR-3", ["ADR-2"]),
    ("<!-- ADR-1 -->\n\n<p title='ADR-2'>ADR-3</p>\n\na <b>ADR-4</b>", ["ADR-4"]),
    ("[ADR-1]: ADR-2\n\n[ADR-1]", ["ADR-1"]),
    ("- ADR-1\n- x\n  > | ADR-2 | `ADR-3` |\n  > |---|---|", ["ADR-1", "ADR-2"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "mentioned"), MENTIONS)
def test_mentions(text: str, mentioned: list[str]) -> None:
    assert [match[0] for match in parse(text).mentions(re.compile(r"ADR-\d"))] == mentioned


@pytest.mark.parametrize(("text", "mentioned"), MENTIONS)
def test_mentions_of_what_is_being_written_are_the_same(text: str, mentioned: list[str]) -> None:
    pattern = re.compile(r"ADR-\d")
    document = parse(text)
    for typed in ("", "ADR", "ADR-7 ", "`"):
        written = f"# {typed}\n\nFirst.\n\n## Second\n\n{text}\n\n## Third\n\nADR-8"
        document = parse(written, previous=document)
        found = [match.span() for match in document.mentions(pattern, having=("ADR",))]
        assert found == [match.span() for match in parse(written).mentions(pattern)]
        assert len(found) >= len(mentioned)


def test_mentions_leave_front_matter_alone_and_skip_empty_matches() -> None:
    text = "---\na: ADR-1\n---\nADR-2 "
    document = parse(text, text.index("ADR-2"))
    assert [match.span() for match in document.mentions(re.compile(r"(?:ADR-\d)?"))] == [(17, 22)]


PLAIN = [
    ("a  *b*\n`c  d` **[e](f)** ![g](h)", "a b c d e g"),
    ("\\*a\\* &amp; &lt;b&gt; &#65; &nope; \\&amp;", "*a* & <b> A &nope; &amp;"),
    ("a <b>c</b><!-- d --> <http://e.f> g\\\nh", "a c http://e.f g h"),
    ("# a\n\n- b\n- c\n\n> d\n> e\n\n|f|g|\n|-|-|\n|h||", "a b c d e f g h"),
    ("```x\na  b\n```\n<p>\nc\n</p>\n\n[d]: e\n\n***\n\nf", "a b f"),
    ("[a [b] c](d)", "a [b] c"),
    ("a List<T> and Map<Key>, b<br>c<B>", "a List<T> and Map<Key>, bc<B>"),
    ("a <T> b<sup>2</sup>", "a b2"),
    ("`` a`b ``", "a`b"),
]


@pytest.mark.parametrize(("text", "plain"), PLAIN)
def test_plain(text: str, plain: str) -> None:
    assert parse(text).plain(Span(0, len(text))) == plain


def test_plain_of_a_part() -> None:
    text = "# a **bc** `de` [fg](h)\n\ni"
    document = parse(text)
    assert document.plain(Span(7, 13)) == "c d"
    assert document.plain(Span(0, 0)) == ""
    assert document.headings[0].plain == "a bc de fg"


def test_block_at() -> None:
    text = "a\n\n- b\n  > c\n\nd"
    document = parse(text)

    def kinds(offset: int) -> list[str]:
        return [block.kind for block in document.block_at(offset)]

    assert kinds(0) == kinds(1) == ["paragraph"]
    assert kinds(2) == []
    assert kinds(3) == ["list", "list_item"]
    assert kinds(5) == ["list", "list_item", "paragraph"]
    assert kinds(text.index("c")) == ["list", "list_item", "block_quote", "paragraph"]
    assert kinds(len(text)) == ["paragraph"]
    assert kinds(len(text) + 1) == []
    assert parse("").block_at(0) == ()


def test_blocks_within_a_span() -> None:
    text = "a\n\n# b\n\nc\n\n# d\n"
    document = parse(text)
    assert [block.span.of(text) for block in document.blocks_within(Span(3, 9))] == ["# b", "c"]
    assert document.blocks_within(Span(2, 2)) == ()


# Laziness


def pieces_parsed(document: Document) -> list[str]:
    return [piece.text for _, piece in document._pieces if "_parsed" in piece.__dict__]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("# Why {#why}", "Why"),
        ("# Why{#why}", "Why"),
        ("# Why {: #why .wide }", "Why"),
        ('# Why {#why .wide data-x="1 2"} ##', "Why"),
        ("Why {.wide}\n---", "Why"),
        ("# Why `{#why}`", "Why `{#why}`"),
        ("# Why \\{#why}", "Why \\{#why}"),
        ("# Why {why}", "Why {why}"),
        ("# Why {#why} not", "Why {#why} not"),
        ("# Why ${#why}", "Why ${#why}"),
        ("# {#why}", "{#why}"),
    ],
)
def test_attributes_behind_a_heading_are_no_part_of_its_text(heading: str, said: str) -> None:
    document = parse(f"{heading}\n\nText.\n")
    assert [one.text.of(document.text) for one in document.headings] == [said]


RECORD = (
    "# 1. A\n\nStatus: x\n\n## Context\n\nSee [b](c).\n\n## Decision\n\nSee `d`.\n\n## More\n\n```sh\n\n# no heading\n```\n"
)


def test_only_what_is_asked_for_is_parsed() -> None:
    document = parse(RECORD)
    assert [heading.plain for heading in document.headings] == ["1. A", "Context", "Decision", "More"]
    assert pieces_parsed(document) == []  # not even for what looks like a heading in code
    assert next(document.walk()).kind == "heading"
    assert len(document.links) == 1
    assert [piece.split("\n")[0] for piece in pieces_parsed(document)] == ["# 1. A", "## Context"]


def test_an_edit_parses_what_it_touched() -> None:
    document = parse(RECORD)
    everything(document)
    later = parse(RECORD.replace("Status", "State").replace("`d`", "`e`"), 0, document)
    everything(later)
    before = {id(piece) for _, piece in document._pieces}
    new = [piece.text.strip() for _, piece in later._pieces if id(piece) not in before]
    assert new == ["# 1. A\n\nState: x", "## Decision\n\nSee `e`."]
    assert later.headings[1].span.start == document.headings[1].span.start - 1
    assert pieces_parsed(later) == pieces_parsed(parse(later.text, 0, later))


def test_what_rests_is_read_again_when_somebody_asks() -> None:
    document, asked = parse(RECORD), parse(RECORD)
    wanted = everything(document)
    blocks = document.blocks
    document.rest()
    assert document.__dict__.keys() == parse(RECORD).__dict__.keys()
    assert everything(document) == wanted
    assert document.blocks == blocks
    document.rest()
    edited = RECORD.replace("Status", "State")
    assert everything(parse(edited, 0, document)) == everything(parse(edited, 0, asked))
    assert parse(edited, 0, document).unchanged(document) == ()  # pieces that were let go of are not those of now


# Safety

HOSTILE = [
    "\x00",
    "\ufeff# a",
    "\ud800[a](\udfff) `\ud800`",
    "a\u2028b\n\u2028\n# c",
    "\r\r# a\r- b\r\r  c\r",
    "\n" * 50,
    " " * 50,
    "[" * 5_000,
    "[a](" * 3_000,
    "![" * 3_000 + "](" * 3_000,
    "*a " * 5_000,
    "*" * 5_000 + "a" + "*" * 5_000,
    "a**b c* " * 1_500,
    "`" * 2_000 + " a " + "`" * 1_999,
    "`a``b```c````d" * 800,
    "> " * 500 + "a",
    "- " * 500 + "a",
    "> a\n- b\n" * 1_000,
    "> a\n1. b\n> ```\n" * 700,
    "<" * 5_000,
    "<a " * 3_000,
    "<!--" * 3_000,
    "&" * 5_000,
    "\\" * 5_000,
    "[a]: /u 'x\n" * 1_500,
    "[a]: /u\n" * 2_000 + "[a] " * 2_000,
    "x\n" + "2. x\n" * 5_000,
    "|a" * 3_000 + "\n" + "|-" * 3_000,
    "| a |\n|---|\n" + "| b |\n" * 2_000,
    "[x\n\n# a\n\n" * 800,
    "```\n\n# c\n```\n" * 800,
    "```\n# c\n```\n" * 2_000,
    "~" * 20_000 + "|\n~~~\n",
    "`" * 20_000 + " `\n```\n",
    "\n".join("~" * size for size in range(200, 3, -1)),
    "```\n" + "\n\n# c\n" * 2_000,
    "<pre>\n\n# c\n</pre>\n" * 800,
    "[" + "\n\n# c\n" * 2_000,
    "-" * 20_000 + "x",
    "\n\n# a" * 3_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
@pytest.mark.timeout(
    60
)  # for some 10 KB; exponential time would take longer, and how long it takes else is for the benchmark to say
def test_hostile_text(text: str) -> None:
    document = parse(text)
    check_places(document)
    assert document.plain(Span(0, len(text))) is not None
    for offset in range(0, len(text), max(1, len(text) // 50)):
        document.kind_at(offset)
        document.block_at(offset)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u2003"])
@pytest.mark.parametrize(
    "shape", ["# a{}x", "# {}x", "# a{}#", "# a{}# x", "a{}\nb", "- {}x", "> {}x", "{}x", "|{}|\n|-|", "[a]:{}b", "[a](b{}c)"]
)
@pytest.mark.timeout(60)  # what takes time by the square of the length takes minutes
def test_long_blanks(shape: str, blank: str) -> None:
    text = shape.format(blank * 65_536)
    document = parse(text)
    everything(document)
    assert document.text is text


def test_long_lines_are_one_run_of_text() -> None:
    text = "`a` " + "*b* " * 3_000 + "\n`c`\n\n`d`"
    document = parse(text)
    check_places(document)
    first, second = document.blocks
    assert [node.kind for node in document.inlines(first)] == ["text"]
    assert [node.kind for node in document.inlines(second)] == ["codespan"]


def test_too_large() -> None:
    document = parse("# a\n" * (markdown.MAX_LENGTH // 4) + "b")
    assert document.too_large
    assert document.blocks == document.headings == document.links == document.definitions == ()
    assert document.block_at(1) == ()
    assert document.kind_at(1) == "other"
    assert document.plain(Span(0, 9)) == ""
    assert list(document.mentions(re.compile("b"))) == []
    smaller = parse("# a", 0, document)
    assert smaller.headings[0].plain == "a"
    assert not smaller.too_large


def test_threads_share_parsers_and_documents() -> None:
    texts = ["\n\n# Next\n\n".join(COMMONMARK[index : index + 40]) for index in range(0, len(COMMONMARK), 40)]
    expected = [everything(parse(text)) for text in texts]
    documents = [parse(text) for text in texts]
    moved = [parse("x\n\n" + text, 0, document) for text, document in zip(texts, documents, strict=True)]

    def work(number: int) -> Iterator[bool]:
        order = list(range(len(texts)))
        seeded(number).shuffle(order)
        for index in order:
            yield everything(documents[index]) == expected[index]
            yield everything(parse(texts[index])) == expected[index]
            yield len(our_tree(moved[index])) == len(expected[index][0]) + 1

    with ThreadPoolExecutor(8) as pool:
        assert all(all(results) for results in pool.map(lambda number: list(work(number)), range(8 if EVERYTHING else 4)))
