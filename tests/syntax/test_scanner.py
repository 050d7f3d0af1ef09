"""The scanner finds the blocks that mistune finds, or says that it cannot tell."""

from __future__ import annotations

import itertools
import random
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_ls.syntax import markdown, scanner
from adr_ls.syntax.markdown import nodes, pieces
from tests.conftest import EVERYTHING
from tests.patterns.measure import is_within
from tests.syntax.test_markdown import (
    COMMONMARK,
    CORPUS,
    HOSTILE,
    PIECES,
    documents,
    edited,
    fenced_documents,
    seeded,
    some,
)
from tests.syntax.test_markdown import check as judged


def found(reading: Any, at: int) -> Any:
    """All that a piece that begins at `at` asks of who read it."""
    leaves = [(leaf.kind, leaf.start, leaf.end, leaf.text, leaf.code, leaf.line_ends) for leaf in reading.leaves]
    return (
        nodes.moved(reading.nodes, at - reading.at),
        leaves,
        reading.definitions,
        dict(reading.references),
        reading.open_at,
    )


def check(text: str) -> int:
    """Compares the two readings of each piece of a text; returns how many pieces the scanner could tell."""
    told = 0
    for at, piece in markdown.parse(text)._pieces:
        outline = scanner.scan(piece.source)
        if outline is not None and "\r" not in piece.text:
            told += 1
            scanned, parsed = pieces._Scanned(outline, piece.source), pieces.Piece(piece.text, at)._parsed_by_mistune
            assert found(scanned, at) == found(parsed, at), piece.text
    return told


def test_commonmarks_examples() -> None:
    told = sum(check(example) for example in COMMONMARK)
    for example in COMMONMARK:
        first, *rest = example.split("\n")
        check("\n".join(["- " + first, *("  " + line for line in rest)]))
        check("\n".join(["1. - " + first, *("     " + line for line in rest)]))
        check("Text:\n" + example + "Text\n")
        check("- Item\n" + example + "- Item\n")
        check("- Item\n\n  " + example)
    assert told > 180


@pytest.mark.skipif(not CORPUS, reason="the collections of real decision records are not beside this repository")
def test_real_files() -> None:
    told = asked = 0
    for path in CORPUS if EVERYTHING else seeded(3).sample(CORPUS, min(len(CORPUS), 100)):
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        told += check(text)
        asked += len(markdown.parse(text)._pieces)
    assert told > asked * 0.8


# fmt: off
EVERYDAY = [
    "Text of a line", "**Bold**: text", "*so*", "`code` and", "[a](b.md) is", "_it_ is", "2021 was", "2021-01-02", "1.5 times", "1st", "“Quoted” – so",
    "é", "😀 smile", "(in brackets)", "a | b", "https://x.y", "<https://x.y>", "#5 is", "~~gone~~", "- item", "- item", "* item", "+ item",
    "1. one", "2. two", "10. ten", "1) one", "-  wide", "-    wider", "-     code", "- **Bold**: text", "- [a](b.md)", "- `code`", "* *so*",
    "- [ ] task", "- [x] task", "- > quote", "- # heading", "- 1. both", "-", "- a | b", "# One", "## Two ##", "### Three", "#", "---", "***", "___", "===",
    "```", "```", "```py", "~~~", "````", "<!-- note -->", "<!--", "-->", "<b>so</b>", "<div>", "> quote", "| a | b |", "|---|---|",
    "| a \\| b | c |", "| a |", "|:-:|", "[a]: /u", "[a", "b]: /u", "[^1]: note on", "[a](b): c", "[d]: /v", "[e]:  <f>", "[f]: /u 't'", "> - item", "> ```", ">", "> [a]: /u", "text  ", "text\\", "   text", "  text", "    text", "", "", "", "", "", "  ", "\t",
]
# fmt: on
_everyday = st.builds(
    lambda lines, end: "\n".join(lines) + end,
    st.lists(
        st.builds(
            lambda indent, line: " " * indent + line,
            st.sampled_from([0, 0, 0, 0, 2, 2, 3, 4, 6, 1, 5]),
            st.sampled_from(EVERYDAY),
        ),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from(["", "\n", "\n\n"]),
)


@some
@given(_everyday)
def test_everyday_documents(text: str) -> None:
    check(text)


_QUOTED = st.lists(st.sampled_from(["> " + line for line in EVERYDAY] + [">"]), min_size=1, max_size=10)


@some
@given(
    _QUOTED,
    st.sampled_from(["", "Before\n\n", "Before\n", "- Before\n"]),
    st.sampled_from(["", "\n\nBehind", "\nBehind", "\n"]),
)
def test_quotes(lines: list[str], before: str, behind: str) -> None:
    check(before + "\n".join(lines) + behind)


_CODE = st.lists(
    st.sampled_from(["```", "   ```", "  ```", "     ```", "code", "  code", "   code", "", " ", "- code", "  # x"]), max_size=8
)


@some
@given(
    st.sampled_from(["-", "1.", "- a\n  -", "1. a\n   -"]),
    st.sampled_from(["", " "]),
    st.integers(2, 6),
    _CODE,
    st.sampled_from(EVERYDAY),
)
def test_code_in_lists(marker: str, blank: str, indent: int, lines: list[str], behind: str) -> None:
    pad = " " * indent
    code = "\n".join([pad + line if line else blank for line in ["```py", *lines, "```"]])
    check(f"{marker} item\n{code}\n{behind}\n{marker} item\n")
    check(f"{marker} item\n\n{code}\n\n{pad}{behind}\n")


_PLAIN = [line for line in EVERYDAY[:43] if line not in ("-", "- > quote", "- # heading", "- 1. both", "-     code")]


@some
@given(
    st.lists(
        st.builds(
            lambda indent, line: (" " * indent + line) if line else "",
            st.sampled_from([0, 0, 2, 2, 4, 3]),
            st.one_of(st.just(""), st.sampled_from(_PLAIN)),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_lists_in_lists(lines: list[str]) -> None:
    check("- Item\n" + "\n".join(lines))


@some
@given(st.one_of(documents, fenced_documents))
def test_random_documents(text: str) -> None:
    check(text.replace("\r\n", "\n").replace("\r", "\n"))


LONG = [
    "[a\n\n",
    "text\n\n- a\n\n",
    "- a\n\n\n* b\n",
    "> - a\n- b\n",
    " - a\n- b\n",
    "`a [",
    "[`a` ",
    "<!--\n\n",
    "- a\n  ```\n",
    "| a |\n|-|\n\n",
]


@pytest.mark.parametrize("shape", LONG)
def test_long_text_costs_in_proportion(shape: str) -> None:
    def read(text: str) -> None:
        document = markdown.parse(text)
        assert document.headings == ()
        assert document.blocks[-1].span.end <= len(text)

    assert is_within(8, read, shape * 500, shape * 2_000)


@pytest.mark.parametrize("text", [*HOSTILE, *PIECES], ids=lambda text: ascii(text[:12]))
@pytest.mark.timeout(60)
def test_hostile_text(text: str) -> None:
    scanner.scan(text.replace("\r", "\n") + "\n")
    check(text[:3_000])


# Long lists are read in pieces; here lists are long at once.


_ITEMS = [
    "- item", "- [a](b.md)", "- **Bold**: text", "  - nested", "  more", "", "", "lazy", "- a\n- b\n- c", "* other", "1. one", "2. two", "  1. in\n  2. it",
    "# One", "Text", "text\n- a", "> quote", "| a |\n|---|", "```\n- code\n```", "  ```\n  - code\n  ```", "<!--\n- a\n-->", "[a", "- b]: /u", "[d]: /u", "- [d]",
    " - a", "-", "- > q", "---", "- [a", "  <!--", "<div>", "-->", "`", "- x | y", "- | -", "\t- tab", "  b]: /v",
]  # fmt: skip


@some
@given(
    st.lists(st.sampled_from(_ITEMS), min_size=3, max_size=30), st.sampled_from([4, 12, 40]), st.randoms(use_true_random=False)
)
def test_lists_in_pieces(lines: list[str], size: int, chance: random.Random) -> None:
    text = "\n".join(lines)
    with mock.patch.object(pieces, "_LONG_ENOUGH", size):
        judged(text)
        document = markdown.parse(text)
        assert document.blocks == nodes.moved(pieces.Piece(text, 0)._parsed_by_mistune.nodes, 0)
        for offset in range(len(text)):
            path = document.block_at(offset)
            assert all(inner in outer.children for outer, inner in itertools.pairwise(path))
            assert not path or path[0] in document.blocks
        edited(text, chance, 3)


def test_an_edit_in_a_long_list_reads_its_surroundings() -> None:
    text = "# Index\n\n" + "".join(f"- [ADR-{number:04}](./{number:04}-x.md)\n  - Accepted\n" for number in range(1, 1001))
    document = markdown.parse(text)
    (_, entries) = document.blocks
    assert (len(entries.children), len(document.links)) == (1000, 1000)
    later = markdown.parse(text.replace("ADR-0500", "ADR-500"), 0, document)
    assert len(later.blocks[1].children) == 1000
    before = {id(piece) for _, piece in document._pieces}
    assert len([piece for _, piece in later._pieces if id(piece) not in before]) <= 2
    assert len(later._pieces) >= 20


TOLD = [
    " - a\n   ```py\n   b\n\n     c\n   ```\n - d\n\n> e\n>\n> - f\n>   g\n\n[h]: /i\n[^j]: k l\n",
    "Text\nmore\n\n## Heading\n- a\n- b\n  c\n\n  d\n  1. e\n\n     f\n- g\nlazy\n\n---\n```py\nx\n```\n<!-- a\n\nb -->\n| a | b |\n|---|:-:|\n| c | d |\n",
    "**Status**: x\n**Date**: y\n1. a\n2. b\n- c\n- d\n",
]
UNTOLD = [
    "a\n---\n",
    "> a\nb\n",
    "    a\n",
    "\ta\n",
    "[a]: /u 't'\n",
    "- [a]: /u\n",
    "<div>\n",
    "- a\n - b\n",
    "a | b\n- | -\n",
    "a\n2. b\n",
    "- a\n  ```\nb\n",
]


def test_what_it_can_tell() -> None:
    assert [text for text in TOLD + UNTOLD if scanner.scan(text)] == TOLD
