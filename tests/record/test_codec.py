"""Facts come back from JSON as they were, down to every place; whatever else is there is refused."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_ls.log import mkdocs
from adr_ls.record import codec
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.passages import Passages
from adr_ls.syntax.text import LineMap
from tests.conftest import EVERYTHING, REPOSITORY

RECORD = """\
---
id: 0007
status: superseded by [ADR-0009](0009-x.md)
tags: [a, "b c"]
---
# ADR-0007: Use `X` for *Y*

Date: 2024-13-02

## Context and Problem

See [the first][one], ADR-12, [[0003-z]] and API-004; [ADR 2](./sub/0002-b.md#why "Title").

[one]: 0001-a.md "One"

## Decision

- Partly superseded by ADR-11, as upstream ADR-44 says.

<!-- a comment that is long enough -->

## Größe 😀
"""


def whole(value: object) -> object:
    """Everything in a value, places included, whatever its own equality leaves out."""
    if dataclasses.is_dataclass(value):
        return type(value).__name__, [(field.name, whole(getattr(value, field.name))) for field in dataclasses.fields(value)]
    if isinstance(value, Passages):
        return value.numbers.typecode, list(value.numbers)
    if isinstance(value, LineMap):
        return list(value.starts), list(value.wide), value.is_ascii
    if isinstance(value, tuple):
        return type(value).__name__, [whole(part) for part in value]
    if isinstance(value, dict):
        return [(whole(key), whole(part)) for key, part in value.items()]
    return type(value).__name__, value


def assert_comes_back(facts: list[Facts]) -> None:
    data = codec.encode(facts)
    assert b"\n" not in data
    back = codec.decode(data, [one.path for one in facts])
    assert [whole(one) for one in back] == [whole(one) for one in facts]
    assert back == facts


def test_what_stands_in_several_blocks_is_one_object_and_nothing_else_than_without() -> None:
    every = [of(RECORD.replace("0007", f"{number:04}"), f"/w/docs/adr/{number:04}-use-x.md") for number in range(1, 41)]
    alike, blocks = codec.Alike(), [every[start : start + 4] for start in range(0, 40, 4)]
    shared = [one for block in blocks for one in codec.decode(codec.encode(block), [one.path for one in block], alike)]
    assert [whole(one) for one in shared] == [whole(one) for one in every]
    first, last = shared[0], shared[-1]
    assert first.sections.names is last.sections.names
    assert first.statuses is last.statuses
    assert first.mentions[0].span is last.mentions[0].span
    assert first.foreigners is last.foreigners


def of(text: str, path: str = "/w/docs/adr/0007-use-x.md") -> Facts:
    return facts_of(mkdocs.page(path, text))


def markdown(folder: Path, each: int = 1) -> Iterator[Facts]:
    for path in sorted(folder.rglob("*.md"))[::each]:
        yield of(path.read_bytes().decode("utf-8", "replace"), path.as_posix())


def test_a_record_with_all_there_is_comes_back() -> None:
    facts = of(RECORD)
    assert facts.relations
    assert facts.foreigners
    assert facts.passages.numbers
    assert any(mention.link and mention.link.definition for mention in facts.mentions)
    assert_comes_back([facts])


def test_so_do_several_files_in_one_block_and_none_at_all() -> None:
    assert_comes_back([])
    assert_comes_back([of(""), of(RECORD), of("# A"), of(RECORD, "/w/2024-01-02-x/README.md")])


def test_so_does_the_navigation_of_a_site() -> None:
    assert_comes_back([of("nav:\n  - Decisions:\n    - adr/0001-x.md\n", "/w/mkdocs.yml")])


def test_so_do_halves_of_characters() -> None:
    assert_comes_back([of("# A \ud83d b\n\n## \udc00\n")])


def test_so_does_every_text_of_this_repository() -> None:
    assert_comes_back([*markdown(REPOSITORY / "docs"), *markdown(REPOSITORY / "examples"), *markdown(REPOSITORY / "tests")])


def test_so_does_every_real_record(corpora: Path) -> None:
    for folder in sorted(path for path in corpora.iterdir() if path.is_dir()):
        assert_comes_back([*markdown(folder, 1 if EVERYTHING else 20)])


_words = st.sampled_from(
    [
        *("# ADR-7: X", "## Status", "## Decision", "Accepted", "Superseded by [ADR-9](0009-y.md)", "**Status**: Draft", "---"),
        *("* Date: 2024-01-02", "| Status | Date |\n|--|--|\n| Draft | 1.2.2024 |", "> Status: rejected", "status: proposed"),
        *(
            "ADR-3 and ADR-4",
            "[x]: 0001-a.md",
            "[x]",
            "[[0002-b]]",
            "<!-- Remove this comment -->",
            "amends API-12",
            "",
            "\t",
            "é😀",
        ),
    ]
)
_texts = st.one_of(
    st.builds(lambda lines, end: end.join(lines), st.lists(_words, max_size=15), st.sampled_from(["\n", "\n\n", "\r\n"])),
    st.text(max_size=60),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_texts, max_size=4))
def test_whatever_is_written_comes_back(texts: list[str]) -> None:
    assert_comes_back([of(text) for text in texts])


# --- What is no block ------------------------------------------------------------------------------------------------------------


def spoilt(value: Any) -> Iterator[Any]:
    """The same JSON with one thing in it that is not as it was: of another type, too much, too little, out of range."""
    for other in (None, True, 1.5, -1, 10**9, "x", {}, []):
        if type(other) is not type(value) or other != value:
            yield other
    if isinstance(value, list):
        yield [*value, 0]
        yield value[:-1] if value else [None]
        inner = [at for at, one in enumerate(value) if isinstance(one, list)]
        for at in inner or range(min(len(value), 2)):
            for other in spoilt(value[at]):
                yield [*value[:at], other, *value[at + 1 :]]


def test_what_does_not_fit_is_refused_or_read_as_facts_that_can_be() -> None:
    """Another number may be one as well; but no value is of another type than it should be, and no other error is raised."""
    block = json.loads(codec.encode([of(RECORD)]))

    def is_refused(value: Any) -> bool:
        try:
            (facts,) = codec.decode(codec.dumps(value), ["/w/docs/adr/0007-use-x.md"])
        except ValueError:
            return True
        assert codec.encode([facts])  # nothing of another type is in it
        return False

    assert sum(map(is_refused, spoilt(block))) > 500


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"{}", b"[]", b"[[],[]]", b"[" * 100_000, b"[" + b"1" * 5000 + b"]", b"[[1],[]]"]
)
def test_what_is_no_block_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        codec.decode(data, ["/w/a.md"])


def test_a_block_for_more_or_fewer_files_is_refused() -> None:
    data = codec.encode([of(RECORD), of("# A")])
    for paths in ([], ["/w/a.md"], ["/w/a.md"] * 3):
        with pytest.raises(ValueError):
            codec.decode(data, paths)


# --- Types -----------------------------------------------------------------------------------------------------------------------


class Itself(NamedTuple):
    parts: tuple[Itself, ...]


@pytest.mark.parametrize("kind", [float, bytes, int | str, list[str], Itself, dict[str, str]])
def test_types_that_facts_have_no_need_of_are_refused_when_the_plan_is_made(kind: Any) -> None:
    with pytest.raises(TypeError):
        codec._plan(kind)


def test_the_schema_tells_every_field() -> None:
    told = codec._files().rows.told
    for said in (
        "digest: str",
        "number: int?",
        "canonical: ('draft', ",
        "link: Link(kind: str",
        "frozenset[tuple(0: str, 1: int)]",
    ):
        assert said in told
    assert len(codec.schema()) == 32
