"""A record after its file got another text is the one that is read off that text, whatever was kept of the earlier one."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record, record_of
from tests.conftest import examples

PATH = "/w/docs/adr/0001-use-x.md"
PAGE = "/w/docs/adr/README.md"
PROSE = "# 1. Use X\n\n**Status**: Superseded by [ADR-2](0002-y.md)\n\n## Context\n\nAfter ADR-3 and [4](0004-z.md#why), see [[5]].\n\n"
LIST = "".join(
    f"- [ADR-{number:04}: Use {number}](000{number}-x.md)\n  - **Status**: Accepted\n  - **Summary**: what is said of it\n\n"
    for number in range(60)
)
TABLE = "| ADR | Title |\n| --- | --- |\n" + "".join(f"| [{number}](000{number}-x.md) | Use it |\n" for number in range(60))
TEXTS = (PROSE, PROSE + LIST, LIST, f"{PROSE}## Log\n\n{TABLE}\n{LIST}", f"---\nid: 7\nsupersedes: ADR-2\n---\n{PROSE}{LIST}")
TYPED = (
    *("x", " ", "\n", "\n\n", "\r", "\t", "|", "> ", "\ufeff"),
    *(
        "[a](b.md)",
        "(0001-a.md)",
        "ADR-7",
        "ADRs 1, 2 and\n- 3",
        "[[0001-x",
        "]]",
        "supersedes ADR-2",
        "[l]: x.md\n",
        "\n[label\n\n",
    ),
    *("\n\n# X\n\n", "\n- item ADR-3\n", "\n* x\n", "\n1. a\n", "```\n", "~~~\n", "  ```\n"),
    *("\n\n## Reserved numbers\n\n", "\n\n**Not written**:\n", "\n- ADR-8 (deleted)\n", "\n- ADR-0090 to 95\n"),
    *("<a href='0001-x.md'>", "<a", "<div", "\n<pre>\n", "<!--", "-->", '{{< ref "x.md" >}}'),
)
edits = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from((0, 0, 0, 1, 5, 40)), st.sampled_from(TYPED)), min_size=1, max_size=6
)


def told(record: Record) -> dict[str, object]:
    """All that its facts say, down to the last place."""
    facts = facts_of(record)
    found = {field.name: getattr(facts, field.name) for field in dataclasses.fields(Facts)}
    lines = [facts.lines.position(at) for at in range(0, len(record.text), 97)]
    return {**found, "passages": facts.passages.numbers, "sections": tuple(facts.sections), "lines": lines}


@settings(max_examples=examples(25), deadline=None)
@given(st.sampled_from((PATH, PAGE)), st.sampled_from(TEXTS), edits)
def test_what_is_known_after_typing_is_what_the_text_says(path: str, text: str, typed: list[tuple[float, int, str]]) -> None:
    record = Record(path, text)
    told(record)
    for where, length, piece in typed:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
        record = record.after(text)
        assert told(record) == told(record_of(path, text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("1. one\n   ```\n\n", "1. one\n   ```\n   code of an item\n\n", id="code that ends with its item"),
        pytest.param("Words of a text\n", "Words of a text\n<pre>\nand some more\n\n", id="HTML that is never closed"),
        pytest.param("<p><a\n\n", '<p><a\n\n## Heading href="0002-y.md" of it\n\n', id="a link in HTML without an end"),
        pytest.param("Words <!-- and\n\n", "Words <!-- and\n\n## More of them -->\n\n", id="a comment over several blocks"),
        pytest.param("Words of a text\n[a label\n\n", "Words of a text\n[a label\n\nof several lines]: x.md\n", id="a label"),
        pytest.param("See [label].\n\n", "See [label].\n\n## X\n\n[label]: 0002-y.md\n\n", id="a definition"),
        pytest.param("See [ADR-2: Y](0002-y.md).\n", "See [ADR\ufeff2: Y](0002-y.md).\n", id="a byte-order mark in a label"),
        pytest.param("One [[a\r\r## b\r", "One [[a\r\r## b]] ADR-3\r", id="carriage returns"),
    ],
)
def test_what_goes_on_from_one_piece_into_the_next_is_read_as_a_whole(before: str, after: str) -> None:
    record = Record(PATH, f"{PROSE}{before}## Log\n\n{LIST}")
    told(record)
    for part in (after, f"{after}x", before):
        text = f"{PROSE}{part}## Log\n\n{LIST}"
        record = record.after(text)
        assert told(record) == told(Record(PATH, text))


def test_a_paragraph_states_something_of_the_list_below_it_after_typing_too() -> None:
    items = "This decision replaces:\n\n- [ADR-2](0002-y.md)\n- [ADR-3](0003-z.md)\n\n## Log\n\nNothing.\n"
    for head in ("", "---\nrelated: ADR-7\n---\n"):
        record = Record(PATH, f"{head}# 1. Use X\n\n## Decision\n\n{items}")
        told(record)
        for typed in ("x", "", "We use X.\n\n"):
            text = f"{head}# 1. Use X\n\n## Decision\n\n{typed}{items}"
            record = record.after(text)
            assert told(record) == told(Record(PATH, text))
            assert {related.mention.path for related in record.relations} >= {"0002-y.md", "0003-z.md"}


def test_numbers_without_a_record_are_told_below_a_heading_of_an_earlier_piece() -> None:
    above, items = "# Decisions\n\n", "".join(f"- ADR-{number:04} to come in the course of time\n" for number in range(90, 190))
    record = Record(PAGE, f"{above}## Used\n\n{items}")
    told(record)
    for heading, nobodys in (("Reserved", range(90, 190)), ("Used", ()), ("Used\n\nThese are reserved:", range(90, 190))):
        record = record.after(f"{above}## {heading}\n\n{items}")
        assert {number for _, number in facts_of(record).foreigners} == {*nobodys}
