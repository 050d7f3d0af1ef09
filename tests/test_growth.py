"""What repeats in a file costs in proportion to how often it does: in steps of the program, which no busy machine makes more or fewer.

A step is a call of a function, Python's own ones included. What one pattern costs inside one search is not counted here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from adr_ls import rules
from adr_ls.ide import actions, completion, goto, hover, symbols
from adr_ls.log.watch import Notes
from adr_ls.syntax.text import Span
from tests.fixture import Fixture, fixture

FEW = 60
"""How often a thing stands in the shortest text; in the others it stands twice and four times as often."""
ABOUT = 1.3
"""What the second doubling may cost, divided by twice what the first one does; where each looks at all the others that is 2."""

HEAD = "# 1. Use a queue\n\n## Status\n\nAccepted\n\n"
OTHERS = (
    "-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\nAccepted\n-- docs/adr/0003-c.md --\n# 3. C\n\n## Status\n\nAccepted\n"
)
REPEATED = {
    "bullets": "- It is so.\n",
    "nested bullets": "- It is so\n  - and so\n    - and so.\n",
    "cells": "| a | b |\n",
    "code": "```\nx = 1\n```\n\n",
    "comments": "<!-- so -->\n\n",
    "dates": "Date: 2020-01-02\n\n",
    "definitions": "[a{}]: 0002-b.md\n",
    "dead links": "See [B](0002-lost-{}.md).\n",
    "dead links to the same file": "See [B](0002-lost.md).\n",
    "empty sections": "## Context {}\n\n",
    "entries": "- [{}. B](0002-b.md)\n",
    "fields": "**Key {}**: value\n",
    "foreign records": "See org/repo ADR-{}.\n",
    "links": "See [B](0002-b.md).\n",
    "links to anchors": "See [B](0002-b.md#nowhere-{}).\n",
    "options": "### Option {}\n\nGood, because it is.\n\n",
    "paragraphs": "It is so.\n\n",
    "placeholders": "[Describe it {}]\n\n",
    "records": "See ADR-0002.\n",
    "sections": "## Section {}\n\nIt is so.\n\n",
    "sections of one name": "## Context\n\nIt is so.\n\n",
    "statements": "Superseded by [3. C](0003-c.md)\n\n",
    "statements of both kinds": "Supersedes [2. B](0002-b.md)\n\nSuperseded by [3. C](0003-c.md)\n\n",
    "statuses": "Status: Acepted\n\n",
    "suppressions": "<!-- adr-ls: ignore nothing-{} -->\n\n",
    "unknown records": "See ADR-9{}.\n",
    "words": "it is so and ",
}


def _steps(work: Callable[[], Any]) -> int:
    """How many functions are called."""
    found = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


def _given(repeated: str, count: int) -> Fixture:
    # Other numbers in each text, or what is remembered of a shorter one would be missing in the next
    body = "".join(repeated.replace("{}", str(100 * count + at)) for at in range(count))
    return fixture(f"-- docs/adr/0001-a.md --\n{HEAD}{body}$0\n{OTHERS}")


def _done(work: Callable[[Fixture], object], repeated: str, count: int) -> object:
    return work(_given(repeated, count))


def _check(given: Fixture) -> object:
    return rules.examine(given.workspace, given.path, Notes())


def _act(given: Fixture) -> object:
    return [*actions.actions(given.workspace, given.path, Span(0, len(given.record.text)), [])]


def _look(given: Fixture) -> object:
    return (
        hover.hover(given.cursor),
        goto.definition(given.cursor),
        goto.references(given.cursor),
        goto.highlights(given.cursor),
    )


def _complete(given: Fixture) -> object:
    return completion.completion(given.cursor)


def _outline(given: Fixture) -> object:
    return symbols.document_symbols(given.workspace, given.record)


def _link(given: Fixture) -> object:
    return [*goto.document_links(given.workspace, given.record)]


IN_CODE = {
    "comments": "# so\n",
    "references": "# ADR-0002\n",
    "references in one comment": "ADR-0002 ",
    "unknown records": "# ADR-0009{}\n",
    "dead paths": "# docs/adr/0009-{}.md\n",
    "what holds no longer": "# ADR-0004\n",
    "strings": "x = 'so'\n",
    "marks": "'\"`",
    "long marks": "''' \"\"\" ",
    "backslashes": "\\",
    "slashes": "/* // ",
    "lists": "# ADRs 2, 3 and 4\n",
    "suppressions": "# adr-ls-disable-line code-reference-unknown\n",
    "digits": "1-2-3 ",
    "endings": ".md ",
}


@pytest.mark.parametrize("work", [_check, _act, _look, _link], ids=lambda work: work.__name__.strip("_"))
@pytest.mark.parametrize("repeated", IN_CODE.values(), ids=IN_CODE)
@pytest.mark.parametrize("name", ["a.py", "a.ts", "a.txt"])
def test_the_steps_grow_no_faster_than_source_code(name: str, repeated: str, work: Callable[[Fixture], object]) -> None:
    others = (
        f"-- docs/adr/0001-a.md --\n{HEAD}{OTHERS}-- docs/adr/0004-d.md --\n# 4. D\n\n## Status\n\nSuperseded by ADR-0003\n"
    )

    def done(count: int) -> object:
        body = "".join(repeated.replace("{}", str(100 * count + at)) for at in range(count))
        return work(fixture(f"{others}-- src/{name} --\n# {body}\n# ADR-$00002\n"))

    done(2)
    few, twice, more = (_steps(partial(done, count)) for count in (FEW, 2 * FEW, 4 * FEW))
    assert more - twice <= ABOUT * 2 * (twice - few) + FEW


@pytest.mark.parametrize("work", [_check, _act, _look, _complete, _outline, _link], ids=lambda work: work.__name__.strip("_"))
@pytest.mark.parametrize("repeated", REPEATED.values(), ids=REPEATED)
def test_the_steps_grow_no_faster_than_the_text(repeated: str, work: Callable[[Fixture], object]) -> None:
    _done(work, repeated, 2)  # what is worked out once for all texts
    few, twice, more = (_steps(partial(_done, work, repeated, count)) for count in (FEW, 2 * FEW, 4 * FEW))
    assert more - twice <= ABOUT * 2 * (twice - few) + FEW
