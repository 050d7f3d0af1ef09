"""A search that looks at likely records alone finds what one that looks at all of them finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.ide import matching, symbols
from adr_ls.ide.hover import heading
from adr_ls.ide.symbols import Found
from adr_ls.log.workspace import Workspace
from tests import fixture

Shown = tuple[str, str]
"""The id of a record, and the name of a section of it or nothing."""

WORDS = """
kafka orders queue context decision adr none straße ﬁre İstanbul 3 12 2024 use the proposed café"""
words = st.sampled_from(WORDS.split())
pieces = st.text("adkrsußiİ-1 ", min_size=1, max_size=6) | words | words.map(str.upper) | words.map(lambda word: word[::2])
queries = st.lists(pieces, max_size=4).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A record of those words."""
    said = st.lists(words, min_size=1, max_size=3).map(" ".join)
    front = draw(
        st.sampled_from(["", f"---\ntags: [{draw(words)}, {draw(words)}]\n---\n", f"---\ndate: 0{draw(words)}\n---\n"])
    )
    number = draw(st.sampled_from(["ADR-3: ", "12. ", "", "RFC-3: "]))
    status = draw(st.sampled_from(["", "Status: Accepted\n\n", "## Status\n\nProposed\n\n", "* Status: superseded by 3\n\n"]))
    dated = draw(st.sampled_from(["", "Date: 2024-05-06\n\n", "Date: 03/04/2024\n\n"]))
    sections = "".join(f"{draw(st.sampled_from(['##', '###']))} {draw(said)}\n\n" for _ in range(draw(st.integers(0, 3))))
    return f"{front}# {number}{draw(said)}\n\n{status}{dated}{sections}"


def workspace(records: list[str], *, months: bool) -> Workspace:
    """A workspace of two logs, one of which may write the month first."""
    files = {
        f"{fixture.ROOT}/{'docs' if at % 3 else 'packages/shop'}/adr/{at:04}-a-{at}.md": text
        for at, text in enumerate(records, 1)
    }
    proof = "# 90. Proof\n\nStatus: Accepted\n\nDate: 05/31/2024\n" if months else "# 90. Proof\n"
    return fixture.workspace({**files, f"{fixture.ROOT}/docs/adr/0090-proof.md": proof})


def plainly(of: Workspace, query: str) -> list[Shown]:
    """What a search finds that looks at each record and each section."""
    every = [record for log in of.logs for record in log.records.values()]
    scored = [(score, record) for record in every if (score := matching.match(record, of, query))]
    scored.sort(key=lambda found: -found[0])
    found = [(record.path, "") for _, record in scored]
    wanted = query.casefold().split()
    for record in every if wanted else ():
        for section in record.sections:
            own = [word for word in wanted if word in section.name.casefold()]
            title = f"{record.id} {heading(record)}".casefold()
            is_told = own and (section.role is None or len(own) < len(wanted))
            if is_told and all(word in title for word in wanted if word not in own):
                found.append((record.path, section.name))
    return found[: symbols.MOST]


def shown(found: tuple[Found, ...]) -> Iterator[Shown]:
    return ((record.path, section.name if section is not None else "") for record, section in found)


@settings(max_examples=200, deadline=None)
@given(st.lists(texts(), min_size=1, max_size=12), st.booleans(), st.lists(queries, min_size=1, max_size=8))
def test_likely_records_are_all_that_a_query_finds(records: list[str], months: bool, asked: list[str]) -> None:  # noqa: FBT001
    given = workspace(records, months=months)
    for query in asked:
        assert [*shown(symbols.workspace_symbols(given, query))] == plainly(given, query), query


@settings(max_examples=60, deadline=None)
@given(st.lists(texts(), min_size=2, max_size=6), texts(), queries)
def test_they_are_after_a_record_was_changed(records: list[str], text: str, query: str) -> None:
    before = workspace(records, months=False)
    [*shown(symbols.workspace_symbols(before, query))]
    after = before.with_text(min(before.records), text)
    assert [*shown(symbols.workspace_symbols(after, query))] == plainly(after, query)
    assert plainly(after, query) == plainly(replace(after), query)


@pytest.mark.parametrize(
    ("title", "word", "found"),
    [
        ("Use Kafka", "kfk", True),
        ("Use Kafka", "kkf", False),
        ("A\u2028b c", "abc", True),
        ("Use Kafka", "uk", False),  # so few letters are meant as they are
        ("Use Kafka 2000", "k20", False),
    ],
)
def test_letters_of_a_title_in_their_order_find_it(title: str, word: str, *, found: bool) -> None:
    others = [f"# {number}. Zzz" for number in range(2, 12)]
    given = workspace([f"# 1. {title}", *others], months=False)
    assert len(symbols.workspace_symbols(given, word)) == found


def test_letters_of_two_titles_are_not_those_of_one() -> None:
    given = workspace([f"# {number}. {word}" for number, word in enumerate(["abc", "def", *["zzz"] * 9], 1)], months=False)
    assert not symbols.workspace_symbols(given, "bcde")
