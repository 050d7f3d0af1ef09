"""Comments and strings of source code, whatever it looks like."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_ls.record import mentions
from adr_ls.record.code import Code
from adr_ls.syntax.code import LANGUAGES, language_of
from tests.patterns.measure import is_within

NAMES = [f"x{language.endings[0]}" for language in LANGUAGES]
MARKS = sorted(
    {mark for one in LANGUAGES for mark in (*one.strings, *one.long, *(part for pair in one.block for part in pair))}
)
TEXTS = st.lists(
    st.sampled_from([*MARKS, "#", "//", "--", ";", "%", "\\", "\n", "\r\n", "a", " ", "ADR-3", "1", "é"]), max_size=60
).map("".join)


@given(TEXTS, st.sampled_from(NAMES))
def test_passages_follow_each_other_and_begin_with_a_mark(text: str, name: str) -> None:
    language = language_of(name)
    assert language is not None
    found = list(language.passages(text))
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)


@given(TEXTS, st.sampled_from(NAMES))
def test_every_reference_stands_in_what_it_is_said_to_stand_in(text: str, name: str) -> None:
    code = Code(f"/w/{name}", text)
    for reference in code.references:
        assert reference.passage.span.start <= reference.mention.span.start < reference.passage.span.end
        assert code.passage(reference.mention.span.start) == reference.passage
        assert code.reference(reference.mention) == reference
    assert set(code.mentions) <= set(code.pointers) <= set(mentions.in_code(text))


def test_no_two_languages_claim_one_file() -> None:
    endings = [ending for one in LANGUAGES for ending in (*one.endings, *one.names)]
    assert len(endings) == len(set(endings))
    assert all(ending.startswith(".") and ending == ending.casefold() for one in LANGUAGES for ending in one.endings)


@pytest.mark.parametrize("name", ["x.py", "x.ts", "x.rs", "x.clj", "x.txt"])
@pytest.mark.parametrize(
    "unit", ['"', "'", "`", '"""', "/*", "*/", "\\", '\\"', "#", "ADR-1 ", "adr-", "1", "a/", ".md", "ADRs 1, ", "\n", "\r"]
)
def test_looking_costs_no_more_than_in_proportion(name: str, unit: str) -> None:
    short, long = ("# " + unit * times for times in (1_000, 4_000))
    assert is_within(8, lambda text: Code(f"/w/{name}", text).references, short, long)
