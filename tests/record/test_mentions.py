"""Looking only where a reference can be finds what looking everywhere does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_ls.record import mentions
from adr_ls.syntax import markdown
from tests.syntax.test_markdown import CORPUS, EVERYTHING, seeded, some


def everywhere(document: markdown.Document) -> Iterator[re.Match[str]]:
    """Each line searched from its start."""
    for line in re.finditer(r"[^\n]*\n?", document.text[document.start :]):
        yield from (
            match
            for match in mentions._INTEREST.finditer(document.text, document.start + line.start(), document.start + line.end())
            if mentions._is_prose(document, match)
        )


def check(text: str) -> None:
    document = markdown.parse(text)
    found = mentions._candidates(document, lambda _offset: False)
    assert [match.span() for match in found] == [match.span() for match in everywhere(document)]


# fmt: off
_PARTS = [
    "ADR", "adr", "Adrs", "ADRs", "Architecture Decision Record", "architectural decision records", "Records", "s", "-", "_", " ", "  ", "#", "№", "1",
    "23", "0004", "API", "ODH-ADR-MS", "a-b", ".md", "[[", "]]", "x", ",", "to", "(", ")", "/", ".", "@", "é", "٣", "foo-bar-0001-baz", ".mdx", "\n",
    "some words of prose and then some more", "](0001-a.md)", "[", "`", "AB-c-D-e-F", "2021-04-03-use-x", "0004-use-x", "`12`", "ADR `", "RFC `3`", "RFC0003",
    "decisions ", "Entscheidung Nr. ", "決定", "n°",
]
# fmt: on


@some
@given(st.lists(st.sampled_from(_PARTS), max_size=14))
def test_random_lines(parts: list[str]) -> None:
    check("".join(parts))


@pytest.mark.skipif(not CORPUS, reason="the collections of real decision records are not beside this repository")
def test_real_files() -> None:
    for path in CORPUS if EVERYTHING else seeded(4).sample(CORPUS, min(len(CORPUS), 200)):
        check(path.read_bytes().decode("utf-8", "replace"))
