from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.syntax import frontmatter
from adr_ls.syntax.frontmatter import Entry, Fault, FrontMatter, Scalar, read
from adr_ls.syntax.text import Span
from tests.conftest import examples

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
bounded = pytest.mark.timeout(20)


def read_block(block: str, body: str = "\n# Title\n") -> FrontMatter:
    """The front matter with this between its fences."""
    found = read(f"---\n{block}\n---\n{body}")
    assert found is not None
    return found


def texts(entry: Entry | None) -> list[str]:
    assert entry is not None
    return [scalar.text for scalar in entry.scalars]


def kinds(found: FrontMatter) -> list[str]:
    return [fault.kind for fault in found.faults]


def assert_sound(text: str, found: FrontMatter) -> None:
    """Every span lies where it must, and says what the entry says it does."""
    assert found.span.covers(found.content)
    assert found.span.end <= found.body <= len(text)
    assert 0 <= found.span.start < 2
    at = found.content.start
    for entry in found.entries:
        assert at <= entry.span.start <= entry.key_span.start <= entry.key_span.end <= entry.value_span.start
        assert entry.value_span.end <= entry.span.end <= found.content.end
        assert entry.kind != "empty" or (entry.value_span.start == entry.value_span.end and not entry.scalars)
        at = entry.span.end
        inner = entry.value_span.start
        for scalar in entry.scalars:
            assert inner <= scalar.span.start <= scalar.span.end <= entry.value_span.end
            inner = scalar.span.end
            said = scalar.span.of(text)
            if scalar.style == "plain" and not re.search(r"[\n\r\x85\u2028\u2029]", said):
                assert said == scalar.text
        for comment in (entry.comment, *(scalar.comment for scalar in entry.scalars)):
            assert comment is None or (comment.of(text).startswith("#") and entry.span.covers(comment))
    assert list(found.faults) == sorted(found.faults, key=lambda fault: fault.span)
    for fault in found.faults:
        assert found.span.start <= fault.span.start <= fault.span.end <= len(text)
        assert fault.message.endswith(".")


def yaml_only(text: str, content: Span) -> tuple[list[Entry], list[Fault], int | None]:
    """What PyYAML makes of it, without the quick way."""
    found = frontmatter._yaml_handler().load(content.of(text), text=text, offset=content.start)
    return found.entries, found.faults, found.resume


# --- Where front matter is -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content", "body"),
    [
        ("---\na: b\n---\n# T\n", "a: b\n", "# T\n"),
        ("---\na: b\n---", "a: b\n", ""),
        ("---\na: b\n...\n# T\n", "a: b\n", "# T\n"),
        ("\ufeff---\na: b\n---\n# T\n", "a: b\n", "# T\n"),
        ("--- \t\r\na: b\r\n---\t\r\n# T\r\n", "a: b\r\n", "# T\r\n"),
        ("---\ra: b\r---\r# T", "a: b\r", "# T"),
        ("---\na: b\n---\n---\nc: d\n---\n", "a: b\n", "---\nc: d\n---\n"),
        ("---\na: b\n ---\n----\n---x\n---\n# T\n", "a: b\n ---\n----\n---x\n", "# T\n"),
        ("---\n# status: accepted\n# date:\n---\n# T\n", "# status: accepted\n# date:\n", "# T\n"),
        ("---\n# a comment\n\nstatus: accepted\n---\n# T\n", "# a comment\n\nstatus: accepted\n", "# T\n"),
        ("---\n{status: accepted}\n---\n# T\n", "{status: accepted}\n", "# T\n"),
        ('---\n"status": accepted\n---\n# T\n', '"status": accepted\n', "# T\n"),
        ('+++\na = "b"\n+++\n# T\n', 'a = "b"\n', "# T\n"),
    ],
)
def test_where_it_is(text: str, content: str, body: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.content.of(text), text[found.body :]) == (content, body)
    assert found.span.of(text).rstrip() == text[: len(text) - len(body)].strip("\ufeff").rstrip()
    assert_sound(text, found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "# T\n---\na: b\n---\n",
        "\n---\n---\n",
        "<!-- c -->\n---\na: b\n\n# T\n",
        "<!-- c\n---\na: b\n---\n",
        "text\n---\na: b\n---\n",
        " ---\na: b\n---\n",
        "----\na: b\n----\n",
        "---x\na: b\n---\n",
        "\ufeff\ufeff---\na: b\n---\n",
        "---\n\na: b\n---\n",
        "---\n \t\na: b\n---\n",
        "---\nJust prose.\n---\n",
        "---\nHello world, this: is\n---\n",
        "---\nHello world, this: is\nprose over lines.\n---\n",
        "---\n# ADR 5\n\nStatus: Accepted\n\n## Context\n\nSome text.\n---\n",
        "---\n# Title\n---\n",
        "---\n- Status: accepted\n- Date: 2024\n---\n",
        "---\nNote: this is a paragraph.\n\n# Title\n",
        "---\nhttp://example.org\n---\n",
        "+++\nprose\n+++\n",
        '+++\na = "b"\n',
        "+++\n\na = 1\n+++\n",
        '{\n"a": 1\n}\n',
    ],
)
def test_what_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("above", "block"),
    [
        ("<!-- SPDX-License-Identifier: MIT -->\n", "---\na: b\n---\n"),
        ("<!--\n a licence\n-->\n\n", "---\na: b\n---\n"),
        ("\n \n", "---\na: b\n---\n"),
        ("\ufeff\r\n", "---\r\na: b\r\n---\r\n"),
        ("", "---\n---\n"),
        ("", "---\n# SPDX-FileCopyrightText: 2024 Us\n# SPDX-License-Identifier: MIT\n---\n"),
    ],
)
def test_front_matter_below_comments_or_of_nothing_else(above: str, block: str) -> None:
    text = f"{above}{block}\n# Title\n"
    found = read(text)
    assert found is not None
    assert (text[: found.span.start], text[found.body :]) == (above, "\n# Title\n")
    assert [entry.key for entry in found.entries] == (["a"] if "a:" in block else [])
    assert not found.faults


def test_unclosed_front_matter_ends_with_its_last_line() -> None:
    text = "---\nstatus: accepted\ndeciders:\n  - Ann\n  - Bob\n\n# Title\n\nA: b\n"
    found = read(text)
    assert found is not None
    assert text[found.body :] == "\n# Title\n\nA: b\n"
    assert found.faults[0] == Fault(
        Span(0, 3), "This front matter is never closed: add a line “---” below the last key.", "unclosed"
    )
    assert texts(found.get("status")) == ["accepted"]
    assert texts(found.get("deciders")) == ["Ann", "Bob"]
    assert_sound(text, found)


def test_a_later_thematic_break_does_not_close_unclosed_front_matter() -> None:
    text = "---\nstatus: accepted\n# Title\n\nSome prose here.\n\nAnd more of it.\n\n---\n\nThe end.\n"
    found = read(text)
    assert found is not None
    assert text[found.body :].startswith("# Title")
    assert kinds(found) == ["unclosed"]


def test_front_matter_with_too_many_lines_is_still_closed() -> None:
    text = "---\n" + "a: b\n" * 600 + "---\n# T\n"
    found = read(text)
    assert found is not None
    assert text[found.body :] == "# T\n"
    assert "too-large" in kinds(found)
    assert_sound(text, found)


# --- What it says ----------------------------------------------------------------------------------------------------------------

VALUES: dict[str, tuple[str, str, str, list[str]]] = {
    # what stands behind `key:`: the kind, the value as written, and what it says
    "octal": (" 0012", "scalar", "0012", ["0012"]),
    "no octal": (" 0009", "scalar", "0009", ["0009"]),
    "version": (" 1.10", "scalar", "1.10", ["1.10"]),
    "sexagesimal": (" 12:30:45", "scalar", "12:30:45", ["12:30:45"]),
    "boolean": (" no", "scalar", "no", ["no"]),
    "null": (" ~", "scalar", "~", ["~"]),
    "underscores": (" 1_000", "scalar", "1_000", ["1_000"]),
    "no such date": (" 2024-13-45", "scalar", "2024-13-45", ["2024-13-45"]),
    "no such time": (" 2024-01-02T25:00:00", "scalar", "2024-01-02T25:00:00", ["2024-01-02T25:00:00"]),
    "5000 digits": (" " + "9" * 5000, "scalar", "9" * 5000, ["9" * 5000]),
    "wiki link": (" [[ADR-1]]", "list", "[[ADR-1]]", ["ADR-1"]),
    "placeholder": (" { accepted }", "map", "{ accepted }", ["accepted"]),
    "placeholder of MADR": (" {YYYY-MM-DD when (x) | y}", "map", "{YYYY-MM-DD when (x) | y}", ["YYYY-MM-DD when (x) | y"]),
    "map": (" {a: b, c: [d, 'e']}", "map", "{a: b, c: [d, 'e']}", ["a", "b", "c", "d", "e"]),
    "nested map": ("\n  a: b\n  c:\n    - d", "map", "a: b\n  c:\n    - d", ["a", "b", "c", "d"]),
    "nothing": ("", "empty", "", []),
    "blanks": ("   ", "empty", "", []),
    "empty list": (" []", "list", "[]", []),
    "empty string": (' ""', "scalar", '""', [""]),
    "list": (" [a, b c]", "list", "[a, b c]", ["a", "b c"]),
    "list over lines": (" [a,\n  b, # c\n  'd'\n  ]", "list", "[a,\n  b, # c\n  'd'\n  ]", ["a", "b", "d"]),
    "list below": ("\n  - a\n  - b", "list", "- a\n  - b", ["a", "b"]),
    "list not indented": ("\n- a\n- b", "list", "- a\n- b", ["a", "b"]),
    "list with gaps": ("\n- a\n\n# c\n- 'b'\n-", "list", "- a\n\n# c\n- 'b'\n-", ["a", "b"]),
    "single quotes": (" 'it''s'", "scalar", "'it''s'", ["it's"]),
    "double quotes": (' "a\\t\\"b\\" \\u00e9"', "scalar", '"a\\t\\"b\\" \\u00e9"', ['a\t"b" é']),
    "a quoted colon": (" 'a: b # c'", "scalar", "'a: b # c'", ["a: b # c"]),
    "literal": (" |\n  1. Record\n    x\n", "scalar", "|\n  1. Record\n    x", ["1. Record\n  x\n"]),
    "literal with header": (" |2-  # c\n   a\n\n", "scalar", "|2-  # c\n   a", [" a"]),
    "folded": (" >-\n  a\n  b", "scalar", ">-\n  a\n  b", ["a b"]),
    "empty literal": (" |", "scalar", "|", [""]),
    "over lines": (" a\n  b", "scalar", "a\n  b", ["a b"]),
    "quotes over lines": (' "a\n  b"', "scalar", '"a\n  b"', ["a b"]),
    "emoji and CJK": (" 😀 決定", "scalar", "😀 決定", ["😀 決定"]),
    "a link": (" https://x.org/a#b", "scalar", "https://x.org/a#b", ["https://x.org/a#b"]),
}


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("name", VALUES)
def test_values_are_text_and_have_places(name: str, eol: str) -> None:
    written, kind, value, said = VALUES[name]
    text = f"\ufeff---\nbefore: '😀'\nkey:{written}\nlast: one\n---\n".replace("\n", eol)
    found = read(text)
    assert found is not None
    assert found.faults == ()
    entry = found.get("key")
    assert entry is not None
    assert (entry.kind, entry.value_span.of(text).replace("\r", ""), texts(entry)) == (kind, value, said)
    assert entry.span.of(text).replace("\r", "").rstrip("\n") == f"key:{written}".rstrip("\n") or not value
    assert texts(found.get("last")) == ["one"]
    assert_sound(text, found)


def test_a_comment_that_takes_the_end_of_a_value_is_kept() -> None:
    text = "---\nstatus: superseded by #12\ntag: #1\nlist:\n  - a # b\n  - 'c' # d\n---\n"
    found = read(text)
    assert found is not None
    status, tag, items = found.entries
    assert status.scalars == (Scalar("superseded by", Span(12, 25), "plain", Span(26, 29)),)
    assert tag.comment is not None
    assert (tag.kind, tag.scalars, tag.comment.of(text), tag.span.of(text)) == ("empty", (), "#1", "tag: #1")
    assert [scalar.comment and scalar.comment.of(text) for scalar in items.scalars] == ["# b", None]


def test_keys_are_found_whatever_their_spelling() -> None:
    found = read_block(
        "Decision-Makers: a\ndecision makers: b\n'Superseded By': c\n2024: d\non: e\n? f\n: g\ncontent: h\nself: i"
    )
    assert texts(found.get("decision_makers")) == ["a"]
    assert texts(found.get("nothing", "superseded-by")) == ["c"]
    assert [entry.key for entry in found.entries][3:] == ["2024", "on", "f", "content", "self"]
    assert found.get("nothing") is None
    assert kinds(found) == ["duplicate-key"]


def test_keys_of_nested_maps_are_no_entries() -> None:
    found = read_block("a:\n  status: x\nb: {status: y}")
    assert found.get("status") is None


def test_a_key_given_twice_is_kept_and_reported() -> None:
    text = "---\nstatus: a\nStatus: b\n---\n"
    found = read(text)
    assert found is not None
    assert [texts(entry) for entry in found.entries] == [["a"], ["b"]]
    (fault,) = found.faults
    assert (fault.kind, fault.span) == ("duplicate-key", Span(14, 20))


TOML = """+++
# a comment
title = "A \\"quoted\\" \\u00e9 # title"  # c
date = 2024-13-01 # c
status = 'acc\\epted'
"quoted key" = true
tags = ["a", 'b', 3]
people = [
  "c", # d
  "e",
]
map = { status = "x", y = 1 }
[params]
status = "not this"
+++
# T
"""


def test_toml() -> None:
    found = read(TOML)
    assert found is not None
    assert [(entry.key, entry.kind, texts(entry)) for entry in found.entries] == [
        ("title", "scalar", ['A "quoted" é # title']),
        ("date", "scalar", ["2024-13-01"]),
        ("status", "scalar", ["acc\\epted"]),
        ("quoted key", "scalar", ["true"]),
        ("tags", "list", ["a", "b", "3"]),
        ("people", "list", ["c", "e"]),
        ("map", "map", ["status", "x", "y", "1"]),
    ]
    assert found.entries[2].value_span.of(TOML) == "'acc\\epted'"
    assert found.entries[5].value_span.of(TOML) == '[\n  "c", # d\n  "e",\n]'
    assert found.faults == ()
    assert TOML[found.body :] == "# T\n"
    assert_sound(TOML, found)


def test_toml_without_a_value_is_a_fault() -> None:
    found = read("+++\na =\n+++\n")
    assert found is not None
    assert kinds(found) == ["syntax"]


# --- What is wrong with it -------------------------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[str, str, str, str]] = {
    # the line with the fault: its kind, what is marked, a word of the message
    "unquoted colon": ("x: superseded by ADR-0123: Use it", "syntax", ":", "quotes"),
    "at sign": ("x: @alice", "syntax", "@", "“@”"),
    "backtick": ("x: `code`", "syntax", "`", "“`”"),
    "per cent": ("x: 5\n%y: z", "syntax", "%y: z", "“%”"),
    "tab": ("x:\tvalue", "syntax", "\t", "tab"),
    "tab in front": ("x:\n\t- a", "syntax", "\t", "tab"),
    "open brace": ("x: {unfilled | template", "syntax", "{", "never closed"),
    "open bracket": ("x: [a, b", "syntax", "[", "never closed"),
    "open quote": ("x: 'accepted", "syntax", "'", "never closed"),
    "open double quote": ('x: "accepted', "syntax", '"', "never closed"),
    "text behind quotes": ('x: "accepted" by me', "syntax", "b", "quote"),
    "escape": ('x: "a\\q"', "syntax", "\\q", "escape"),
    "emphasis": ("x: *accepted*", "syntax", "*", "quotes"),
    "no key": ("x: 1\nwords without a colon", "syntax", "words without a colon", "key"),
    "list behind a key": ("x: - a", "syntax", "-", "below"),
    "indented key": ("x: 'a'\n  y: b", "syntax", "y", "indent"),
    "control character": ("x: a\0b", "syntax", "\0", "U+0000"),
    "lone surrogate": ("x: a\ud800b", "syntax", "\ud800", "U+D800"),
    "impossible character": ('x: "\\U00110000"', "syntax", '00110000"', "quotes"),
    "second document": ("x: 1\n--- y", "syntax", "--- y", "one document"),
    "list as a key": ("[x]: 1", "syntax", "[x]", "key"),
    "alias": ("x: *accepted", "alias", "*accepted", "quote"),
    "anchor": ("x: &a b", "alias", "&a", "“&a”"),
    "tag": ("x: !!int x", "tag", "!!int", "type"),
    "tag on nothing": ("x: !!float", "tag", "!!float", "type"),
    "tag that makes objects": ("x: !!python/object/apply:os.system ['true']", "tag", "!!python/object/apply:os.system", "type"),
    "merge": ("x: &a {y: z}\n<<: *a", "alias", "&a", "value"),
    "unknown tag handle": ("x: !a!b c", "syntax", "!", "quotes"),
}


@bounded
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["title: a", "title: '😀 決定 \u2028 \x85 é'"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_where_it_is_and_costs_no_other_entry(name: str, bom: str, before: str, eol: str) -> None:
    lines, kind, marked, word = FAULTS[name]
    text = f"{bom}---\n{before}\nstatus: |\n  accepted\n{lines}\ndate: 2024-13-01\n---\n# T\n".replace("\n", eol)
    found = read(text)
    assert found is not None
    fault = found.faults[0]
    start = text.index(lines.replace("\n", eol))
    assert (fault.kind, fault.span.of(text)) == (kind, marked)
    assert fault.span.start >= start
    assert word in fault.message
    assert texts(found.get("status")) == ["accepted\n"]
    assert texts(found.get("date")) == ["2024-13-01"]
    assert text[found.body :] == f"# T{eol}"
    assert_sound(text, found)


def test_what_cannot_be_parsed_is_read_line_by_line() -> None:
    text = (
        "---\nauthor: @alice\nstatus: superseded by ADR-1: x # c\n'quoted key' : \"a \\\"b\\\"\" # d\ntags: [a, 'b, c', d e]\n"
        "holder: { accepted, x: y }\npeople:\n  - Ann\n  - @bob\nempty:\nnone: # why\nlast: a\n  b\n---\n"
    )
    found = read(text)
    assert found is not None
    assert [(entry.key, entry.kind, texts(entry)) for entry in found.entries] == [
        ("author", "scalar", ["@alice"]),
        ("status", "scalar", ["superseded by ADR-1: x"]),
        ("quoted key", "scalar", ['a "b"']),
        ("tags", "list", ["a", "b, c", "d e"]),
        ("holder", "map", ["accepted", "x", "y"]),
        ("people", "list", ["Ann", "@bob"]),
        ("empty", "empty", []),
        ("none", "empty", []),
        ("last", "scalar", ["a", "b"]),
    ]
    assert kinds(found) == ["syntax"]
    assert_sound(text, found)


def test_no_entry_is_read_twice() -> None:
    text = "---\na: b\n%---\n---\n"
    found = read(text)
    assert found is not None
    assert [entry.key for entry in found.entries] == ["a"]
    assert kinds(found) == ["syntax"]


def test_what_is_no_mapping_is_reported() -> None:
    found = read("---\n[\n status: accepted\n]\n---\n")
    assert found is not None
    assert kinds(found) == ["not-a-mapping"]


DEEP = 100_000
BOMBS = {
    "flow lists": "a: " + "[" * DEEP,
    "flow maps": "a: " + "{a: " * DEEP,
    "closed flow lists": "a: " + "[" * 5_000 + "]" * 5_000,
    "block lists": "a:\n " + "- " * 7_000,
    "keys": "a: x\n" + "? " * 7_000,
    "indentation": "\n".join(" " * depth + "a:" for depth in range(150)),
    "many values": "a: [" + "b," * 7_000 + "]",
    "merge keys": "a0: &a0 {k: v}\n" + "\n".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 31)),
    "billion laughs": "a0: &a0 [lol]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)),
    "a long plain value": "a: @" + "x " * 20_000,
    "a long key": "a: 1\n" + "k" * 60_000 + ": v",
    "a long quote": 'a: "' + "\\n" * 8_000,
    "quotes": "a: @" + "\"'\\" * 20_000,
    "commas": "a: @\nb: [" + ',"\\' * 20_000,
    "colons": "a: @\n" + "b:" * 30_000,
    "blanks": "a: b" + " " * 60_000 + "\x01",
    "comments": "a: b\n" + "#" * 60_000 + "\x01",
    "line ends": "a: b\n" + "\n" * 490 + "\x01",
    "key words": "a: @\n" + "word " * 10_000 + ":",
    "brackets in lists": "a: b\n" + "c: [" + "d ," * 10_000 + "]",
}


@bounded
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_not_go_off(name: str) -> None:
    text = f"---\nstatus: accepted\n{BOMBS[name]}\n---\n# T\n"
    found = read(text)
    assert found is not None
    assert found.faults or name == "brackets in lists"
    assert texts(found.get("status")) == ["accepted"]
    assert_sound(text, found)


@bounded
@pytest.mark.parametrize("fence", ["---", "+++"])
@pytest.mark.parametrize(
    "filler",
    ["a: b\n", 'a = "', "[", "{", '"', "'", "\\", "# ", "- ", "? ", " ", "\t", "a ", "a:", "\n", "\r", ": ", ",", "-", "."],
)
def test_a_large_text_of_anything_is_read_in_no_time(fence: str, filler: str) -> None:
    for start in ("a: b\n", "a = 1\n", "a: [", "a: @", 'a = "', "a: '", ""):
        for end in ("", f"\n{fence}\n", f"\n{fence}x\n"):
            text = f"{fence}\n{start}{filler * (100_000 // len(filler))}{end}"
            found = read(text)
            if found:
                assert_sound(text, found)


def test_the_c_parser_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise AssertionError

    for name in ("load", "compose", "parse", "scan"):
        monkeypatch.setattr(yaml, name, refuse)
    for name in ("construct_document", "construct_object"):
        monkeypatch.setattr(yaml.constructor.BaseConstructor, name, refuse)
    for name in ("get_single_node", "compose_node"):
        monkeypatch.setattr(yaml.composer.Composer, name, refuse)
    assert texts(read_block("a: {b: c}").get("a")) == ["b", "c"]


def test_the_handler_detects_what_python_frontmatter_should() -> None:
    handler = frontmatter._yaml_handler()
    assert handler.detect("---\na: b\n---\n")
    assert not handler.detect("----\n")


def test_yaml_is_imported_only_where_it_takes_yaml_to_read_a_text() -> None:
    program = (
        "import sys; from adr_ls.syntax.frontmatter import read; read('# T'); read('---\\nstatus: accepted\\ntags: [a]\\n---\\n');"
        "print('yaml' in sys.modules, 'frontmatter' in sys.modules); read('---\\na: {b: c}\\n---\\n');"
        "print('yaml' in sys.modules, 'frontmatter' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["False", "False", "True", "True"]


# --- Properties ------------------------------------------------------------------------------------------------------------------

ODD = [
    "---",
    "...",
    "+++",
    "a: ",
    "b:",
    "status: accepted",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "\\",
    "#",
    " #",
    "|",
    ">",
    "&a ",
    "*a",
    "!!int ",
]
ODD += [
    "?",
    ": ",
    ",",
    "@",
    "`",
    "%",
    "\t",
    "\x85",
    "\u2028",
    "\ufeff",
    "\0",
    "\ud800",
    "😀",
    "決",
    " ",
    "  ",
    "x",
    "2024-13-01",
    "= ",
    "[t]",
]
soup = st.lists(st.sampled_from([*ODD, "\n", "\n", "\n", "\r\n", "\r"]), max_size=40).map("".join)
plain = st.text(st.sampled_from("ab 01:/#.,'\"[]{}&*!|>%@`-_é😀\\"), max_size=12)
words = st.text("ab c1.-/é", min_size=1, max_size=8)
names = st.text("abk-_1", min_size=1, max_size=4)
simple_values = st.one_of(
    words,
    plain,
    words.map(lambda word: f'"{word}"'),
    words.map(lambda word: f"'{word}'"),
    st.lists(words, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
)
tidy = st.builds("{}{}".format, st.sampled_from("abé1"), st.text("ab c1.-/é:,", max_size=8))
tidy_lines = st.one_of(
    st.builds("{}: {}".format, names, tidy),
    st.builds("{}:\n- {}\n- {}".format, names, tidy, tidy),
    st.builds("{}:\n  - {}\n  - {}".format, names, tidy, tidy),
    st.builds("{}: [{}, {}]".format, names, tidy, tidy),
    st.builds("{}: '{}'".format, names, tidy),
    st.builds("{}:".format, names),
    tidy.map("# {}".format),
)
simple_lines = st.one_of(
    st.builds("{}: {}".format, names, simple_values),
    st.builds("{}:".format, names),
    st.builds("{}:{}".format, names, plain),
    st.builds("{}- {}".format, st.sampled_from(["", " ", "  "]), simple_values),
    plain.map("# {}".format),
    st.sampled_from(["", " ", "  x", "-"]),
)


@settings(max_examples=examples(200), deadline=None)
@given(
    soup,
    st.sampled_from(["", "---\n", "---\na: b\n", "\ufeff---\r\nstatus: x\r\n", "+++\n", "+++\na = 1\n"]),
    st.sampled_from(["", "\n---\n", "\n+++\n# T"]),
)
def test_any_text_is_read_and_every_span_is_sound(text: str, start: str, end: str) -> None:
    whole = f"{start}{text}{end}"
    found = read(whole)
    if found is not None:
        assert_sound(whole, found)


@settings(max_examples=examples(100), deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_read(text: str) -> None:
    for whole in (
        text,
        f"---\n{text}\n---\n",
        f"---\na: {text}\n---\n",
        f"---\na: {text}\nb: {text}",
        f"+++\na = {text}\n+++\n",
    ):
        found = read(whole)
        if found is not None:
            assert_sound(whole, found)


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(tidy_lines, max_size=4),
    st.lists(simple_lines, max_size=1),
    st.lists(tidy_lines, max_size=2),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_quick_way_says_what_yaml_says(before: list[str], odd: list[str], after: list[str], eol: str) -> None:
    text = f"---\n{chr(10).join([*before, *odd, *after])}\n---\n".replace("\n", eol)
    content = Span(3 + len(eol), len(text) - 3 - len(eol))
    quick = frontmatter._read_simple(text, content)
    if quick:
        entries, faults, resume = yaml_only(text, content)
        assert (faults, resume) == ([], None)
        assert list(quick) == entries


scalars = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3),
    max_leaves=8,
)


def flat(value: object) -> list[str]:
    """The texts in what a loader made of a value, in order."""
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in flat(part)]
    return [text for item in value for text in flat(item)] if isinstance(value, list) else [str(value)]


@settings(max_examples=examples(100), deadline=None)
@given(
    st.dictionaries(names, values, min_size=1, max_size=4),
    st.fixed_dictionaries(
        {
            "default_flow_style": st.sampled_from([None, False, True]),
            "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
            "allow_unicode": st.booleans(),
        }
    ),
)
def test_agrees_with_yaml_on_what_yaml_writes(data: dict[str, object], style: dict[str, Any]) -> None:
    block = yaml.dump(data, Dumper=yaml.SafeDumper, sort_keys=False, **style)
    loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings only, of what was written a line above
    content = Span(4, 4 + len(block))
    text = f"---\n{block}---\n"
    entries, faults, resume = yaml_only(text, content)
    # Quoted in order to be a string, a scalar may get a tag; that and a text too long to be a simple key are no matter here.
    if resume is None and not faults:
        expected = [(key, [said for said in flat(value) if said]) for key, value in loaded.items()]
        assert [(entry.key, [said for said in texts(entry) if said]) for entry in entries] == expected
    assert all(fault.kind == "tag" for fault in faults)


@bounded
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the collections of real records are not here")
def test_real_records() -> None:
    count = faulty = 0
    for path in sorted(CORPORA.rglob("*.md")):
        text = path.read_bytes().decode("utf-8", "replace")
        found = read(text)
        if found is None:
            assert not re.match(r"---\n\w+: .*\n(\w+: .*\n)*---\n", text), path
            continue
        assert_sound(text, found)
        count += 1
        faulty += bool(found.faults)
        for entry in found.entries:
            assert entry.key_span.of(text) == entry.key
            assert re.match(r"[ ]*:", text[entry.key_span.end :]), (path, entry)
        assert "unclosed" not in kinds(found), path
        quick = frontmatter._read_simple(text, found.content)
        if quick:
            assert list(quick) == yaml_only(text, found.content)[0]
    assert count > 300
    assert faulty < count / 50
