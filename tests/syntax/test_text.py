from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adr_ls.syntax.text import Edit, Encoding, Lines, OverlapError, Position, Span, Stretches, apply, diff, line_end
from tests.patterns.measure import is_within

TEXTS = st.text(st.sampled_from("ab \n\r\té🦀\u2028"), max_size=40)
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def test_a_span_is_its_text() -> None:
    span = Span(2, 4)
    assert span.of("abcdef") == "cd"
    assert span.shift(1).of("abcdef") == "de"
    assert [offset for offset in range(7) if offset in span] == [2, 3, 4]
    assert "2" not in span
    assert span.covers(Span(2, 4))
    assert not span.covers(Span(1, 3))
    assert span.overlaps(Span(3, 9))
    assert not span.overlaps(Span(4, 9))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\n\r\nb", ["a", "", "b"]),
        ("\r\r\n", ["", "", ""]),
        ("a\x0cb\x85c\u2028d\x1de", ["a\x0cb\x85c\u2028d\x1de"]),
    ],
)
def test_lines_end_as_in_the_protocol(text: str, lines: list[str]) -> None:
    found = Lines(text)
    assert [found.span(line).of(text) for line in range(len(found))] == lines
    assert "".join(found.full_span(line).of(text) for line in range(len(found))) == text


@pytest.mark.parametrize(
    ("encoding", "columns"), [("utf-8", [0, 1, 3, 7, 8]), ("utf-16", [0, 1, 2, 4, 5]), ("utf-32", [0, 1, 2, 3, 4])]
)
def test_columns_count_what_the_editor_counts(encoding: Encoding, columns: list[int]) -> None:
    lines = Lines("aé🦀b")
    assert [lines.position(offset, encoding).column for offset in range(5)] == columns
    assert [lines.offset(0, column, encoding) for column in columns] == [0, 1, 2, 3, 4]


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_positions_and_offsets_are_each_others_converse(text: str, encoding: Encoding) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        there = lines.offset(*lines.position(offset, encoding), encoding)
        within_break = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        assert there == offset - within_break
        assert lines.line_at(offset) == lines.position(offset).line


@given(TEXTS, st.integers(-3, 9), st.integers(-3, 99), st.sampled_from(ENCODINGS))
def test_positions_outside_the_text_are_moved_to_its_nearest_place(
    text: str, line: int, column: int, encoding: Encoding
) -> None:
    assert 0 <= Lines(text).offset(line, column, encoding) <= len(text)
    assert Lines(text).position(-5) == Position(0, 0)
    assert Lines(text).position(len(text) + 5) == Lines(text).position(len(text))


def test_apply_keeps_the_order_of_insertions_at_one_place() -> None:
    edits = [Edit(Span(3, 4), "D"), Edit(Span(1, 1), "x"), Edit(Span(1, 1), "y"), Edit(Span(1, 2), "B")]
    assert apply("abcd", edits) == "axyBcD"
    assert apply("abcd", []) == "abcd"


@pytest.mark.parametrize("edits", [[(0, 2), (1, 3)], [(3, 9)], [(2, 1)], [(-1, 1)]])
def test_apply_refuses_what_does_not_fit(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(OverlapError):
        apply("abcd", [Edit(Span(*span), "x") for span in edits])


@given(TEXTS, TEXTS)
@example("a\r\n", "a\n")
@example("a\r\nb", "a\r\r\nb")
def test_diff_leads_from_one_text_to_the_other_by_places_that_editors_have(before: str, after: str) -> None:
    edits = diff(before, after)
    assert apply(before, edits) == after
    lines = Lines(before)
    for edit in edits:
        for offset in edit.span:
            assert lines.offset(*lines.position(offset)) == offset


SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(SPANS), SPANS)
def test_stretches_know_what_lies_in_or_around_another_one(spans: list[Span], span: Span) -> None:
    assert Stretches(spans).cover(span) == any(one.covers(span) for one in spans)
    assert Stretches(spans).are_in(span) == any(span.covers(one) for one in spans)


def test_diff_is_small() -> None:
    assert diff("one\ntwo\nthree\n", "one\n2\nthree\n") == (Edit(Span(4, 7), "2"),)
    assert diff("one\n", "one\ntwo\n") == (Edit(Span(4, 4), "two\n"),)
    assert diff("same\n", "same\n") == ()


@given(st.data())
def test_diff_of_long_texts_leads_from_one_to_the_other_too(data: st.DataObject) -> None:
    lines = [
        f"- record {number}\n" if number % 3 else "  - accepted\n" for number in range(data.draw(st.sampled_from((600, 900))))
    ]
    changed = [*lines]
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(changed) - 1))
        kind = data.draw(st.sampled_from(("out", "in", "move", "other", "all")))
        if kind == "out":
            del changed[at : at + data.draw(st.integers(1, 40))]
        elif kind == "in":
            changed[at:at] = data.draw(st.lists(st.sampled_from(("new\n", "  - accepted\n", "x\n")), max_size=30))
        elif kind == "move":
            changed.insert(0, changed.pop(at))
        elif kind == "other":
            changed[at] = "  - rejected\n"
        else:
            changed = [line.replace("record", "entry") for line in changed]
    before, after = "".join(lines), "".join(changed)
    assert apply(before, diff(before, after)) == after


def test_diff_of_long_texts_is_small_and_costs_in_proportion() -> None:
    def texts(times: int) -> tuple[str, str]:
        entries = [f"- [{number}](x.md)\n  - accepted\n  - short\n" for number in range(times)]
        return "".join(entries), "".join(one.replace("short", f"short {at}") for at, one in enumerate(entries) if at != 7)

    assert len(diff(*texts(800))) == 799
    assert is_within(8, lambda size: diff(*texts(len(size))), "x" * 1_000, "x" * 4_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "\n"), ("a", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\nb\r\n", "\n"), ("a\rb\r", "\r"), ("a\r\n", "\r\n")],
)
def test_line_end_is_that_of_most_lines(text: str, expected: str) -> None:
    assert line_end(text) == expected
