"""Documents stay what the editor shows."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.lsp.documents import Documents
from adr_ls.syntax.text import Encoding

URI = "file:///a.md"
TEXTS = st.text("ab\n\n\r\r\n\x0b\x0c\x85\u2028é—😀\ufffd", max_size=30)
POSITIONS = st.fixed_dictionaries({"line": st.integers(-1, 8), "character": st.integers(-1, 14)})
RANGES = st.none() | st.fixed_dictionaries({"start": POSITIONS, "end": POSITIONS})
ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]


def offset(text: str, position: dict[str, int], encoding: Encoding) -> int:
    """Written as the specification puts it, with no thought for speed."""
    pieces = re.split(r"(\r\n|\n|\r)", text)
    line = max(0, position["line"])
    if line > len(pieces) // 2:
        return len(text)
    before, body = "".join(pieces[: 2 * line]), pieces[2 * line]
    units = 0
    for index, character in enumerate(body):
        if units >= position["character"]:
            return len(before) + index
        units += (
            len(character.encode(f"{encoding}-le" if encoding != "utf-8" else encoding))
            // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
        )
    return len(before) + len(body)


def splice(text: str, change: dict[str, Any], encoding: Encoding) -> str:
    span = change.get("range")
    if span is None:
        return str(change["text"])
    start, end = sorted(offset(text, span[name], encoding) for name in ("start", "end"))
    return text[:start] + change["text"] + text[end:]


@settings(max_examples=400, deadline=None)
@given(
    TEXTS,
    st.lists(st.lists(st.fixed_dictionaries({"text": TEXTS, "range": RANGES}), max_size=4), max_size=6),
    st.sampled_from(ENCODINGS),
)
def test_edits(text: str, notifications: list[list[dict[str, Any]]], encoding: Encoding) -> None:
    documents = Documents(encoding)
    documents.open(URI, text, 1)
    for version, changes in enumerate(notifications, 2):
        document = documents.change(URI, changes, version)
        for change in changes:
            text = splice(text, change, encoding)
        assert document is documents.get(URI) is not None
        assert (document.text, document.version) == (text, version)
        assert document.lines.text == text


@settings(max_examples=200, deadline=None)
@given(TEXTS, POSITIONS, st.sampled_from(ENCODINGS))
def test_a_position_is_where_the_lines_say(text: str, position: dict[str, int], encoding: Encoding) -> None:
    document = Documents(encoding).open(URI, text)
    assert document.lines.offset(position["line"], position["character"], encoding) == (
        offset(text, position, encoding) if position["line"] >= 0 else 0
    )


@pytest.mark.parametrize(
    ("before", "start", "end", "new", "after"),
    [
        ("abc", (0, 99), (0, 99), "!", "abc!"),
        ("abc\n", (0, 4), (0, 4), "!", "abc!\n"),
        ("abc\r\nd", (0, 4), (0, 9), "!", "abc!\r\nd"),
        ("abc", (0, 2), (0, 1), "!", "a!c"),
        ("a\nb", (9, 0), (9, 9), "!", "a\nb!"),
        ("a\rb\nc", (1, 0), (1, 1), "", "a\r\nc"),
        ("a\r\nb", (0, 1), (1, 0), "\r", "a\rb"),
        ("a\u2028b\nc", (1, 0), (1, 1), "!", "a\u2028b\n!"),
        ("😀b", (0, 1), (0, 2), "!", "😀!b"),
        ("", (0, 0), (0, 0), "", ""),
    ],
)
def test_known_cases(before: str, start: tuple[int, int], end: tuple[int, int], new: str, after: str) -> None:
    documents = Documents()
    documents.open(URI, before)
    places = [dict(zip(("line", "character"), place, strict=True)) for place in (start, end)]
    document = documents.change(URI, [{"range": {"start": places[0], "end": places[1]}, "text": new}])
    assert document is not None
    assert document.text == after


def test_versions_and_spellings() -> None:
    documents = Documents()
    first = documents.open("file:///C%3A/a%20b.md", "one", 5, "markdown")
    second = documents.change("file:///c:/a b.md", [{"text": "two", "range": None}])
    assert (first.text, second and second.text) == ("one", "two")
    assert second is not None
    assert (second.uri, second.version, second.language) == (first.uri, 6, "markdown")
    assert [document.version for document in documents] == [6]
    third = documents.change("file:///c:/a b.md", [], 3)
    assert third is not None
    assert third.version == 3
    assert documents.close("file://localhost/c:/a b.md") is third
    assert len(documents) == 0
    assert documents.get(first.uri) is None


def test_what_is_no_file() -> None:
    assert Documents().open("untitled:Untitled-1", "x").path is None


def test_unknown_documents_are_logged_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    documents = Documents()
    with caplog.at_level(logging.INFO):
        assert documents.change(URI, [{"text": "x"}]) is None
        assert documents.close(URI) is None
        documents.open(URI, "one", 4)
        documents.open(URI, "two", 4)
        documents.change(URI, [{"text": "x"}], 4)
    assert [record.getMessage() for record in caplog.records] == [
        f"{URI} was changed although it is not open",
        f"{URI} was closed although it was not open",
        f"{URI} was opened although it was open",
        f"{URI} went from version 4 to 4",
    ]


@pytest.mark.parametrize(
    "bad",
    [
        None,
        5,
        "text",
        {},
        {"text": None},
        {"text": 5},
        {"text": "x", "range": {}},
        {"text": "x", "range": {"start": {"line": None}, "end": {}}},
    ],
)
def test_a_bad_change_changes_nothing(bad: Any) -> None:
    documents = Documents()
    document = documents.open(URI, "abc")
    with pytest.raises(ValueError, match="change to a document"):
        documents.change(URI, [{"text": "good"}, bad])
    assert documents.get(URI) is document


def test_many_edits_of_a_large_document() -> None:
    line = "A line of some sixty characters, as they are found in records — "
    documents = Documents()
    documents.open(URI, f"{line}\n" * 20_000)
    edits = [
        {"range": {"start": {"line": n, "character": 2}, "end": {"line": n, "character": 3}}, "text": "é\n"}
        for n in range(10_000)
    ]
    document = documents.change(URI, edits[::-1])
    assert document is not None
    assert document.text == f"A é\nine{line[6:]}\n" * 10_000 + f"{line}\n" * 10_000
