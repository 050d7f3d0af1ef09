"""What repeats in a file costs in proportion to how often it does: in steps of the program, which no busy machine makes more or fewer.

A step is a call of a function, Python's own ones included. What one pattern costs inside one search is not counted here.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from itertools import product
from types import FrameType
from typing import Any

import pytest

from adr_ls import rules
from adr_ls.ide import actions, goto, hover
from adr_ls.log.watch import Notes
from adr_ls.syntax.text import Span
from tests.conftest import EVERYTHING
from tests.features import FEATURES
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
    "brackets of pictures": "[The picture of layer {}]\n\n[x](0002-b.md)\n\n",
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
    "sections that are nearly called as usual": "## Contexxt {}\n\nIt is so.\n\n",
    "sections of one name": "## Context\n\nIt is so.\n\n",
    "statements": "Superseded by [3. C](0003-c.md)\n\n",
    "statements of both kinds": "Supersedes [2. B](0002-b.md)\n\nSuperseded by [3. C](0003-c.md)\n\n",
    "statuses": "Status: Acepted\n\n",
    "suppressions": "<!-- adr-ls: ignore nothing-{} -->\n\n",
    "unknown records": "See ADR-9{}.\n",
    "words": "it is so and ",
    "unclosed links": "See [B](0002-b.md and ",
}
INDEX = "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n# Decisions\n\n"
SETTINGS = "# 1. A\n\n## Status\n\nAccepted\n-- .adr-ls.toml --\n"
FRAMED = {
    "entries of an index": (INDEX, "- [{}. B](0002-b.md) - Accepted\n", ""),
    "entries of one line": (INDEX, "[{}. B](0002-b.md), ", ""),
    "groups of an index": (INDEX, "## Accepted\n\n- [{}. B](0002-b.md)\n\n", ""),
    "entries without links": (INDEX + "- 0002 — B\n", "- 0003 — Former {}\n", ""),
    "nested statements": (INDEX, "- [{}. B](0002-b.md)\n  - Status: Accepted\n", ""),
    "regions": (INDEX, "<!-- adrlog -->\n- [{}. B](0002-b.md)\n<!-- adrlogstop -->\n\n", ""),
    "rows of an index": (INDEX + "| ADR | Status |\n|--|--|\n", "| [{}. B](0002-b.md) | Accepted |\n", ""),
    "rows without records": (INDEX + "| ADR | Status |\n|--|--|\n", "| [{}. B](0{}-b.md) | Accepted |\n", ""),
    "navigation": ("# 1. A\n\n## Status\n\nAccepted\n-- mkdocs.yml --\nnav:\n", "  - B{}: adr/0002-b.md\n", ""),
    "keys in front matter": ("---\nstatus: accepted\n", "key{}: x\n", "---\n# 1. A\n"),
    "people in front matter": ("---\ndeciders: [", "name{}, ", "x]\n---\n# 1. A\n"),
    "relations in front matter": ("---\nsupersedes:\n", "  - ADR-{}\n", "---\n# 1. A\n"),
    "keys of settings": (SETTINGS, "key{} = 1\n", ""),
    "statuses in settings": (SETTINGS + "statuses = [\n", '"a{}",\n', "]\n"),
    "words of a status": ("# 1. A\n\n## Status\n\n", "Accepted\n\n", "x\n"),
    "history": ("# 1. A\n\n## Status\n\n", "2020-01-02: Accepted {}\n\n", ""),
    "statuses of one line": ("# 1. A\n\n## Status\n\n", "Accepted, ", "x\n"),
    "records of a status": ("# 1. A\n\n**Status**: Superseded by ", "ADR-{}, ", "x\n"),
    "people": ("# 1. A\n\n**Deciders**: ", "Jane {}, ", "x\n"),
    "considered options": (
        "# 1. A\n\n## Considered Options\n\n",
        "* Option {}\n",
        '\n## Decision Outcome\n\nChosen option: "Option 3", because x\n',
    ),
    "arguments": (
        "# 1. A\n\n## Pros and Cons of the Options\n\n### A\n\n",
        "* Good, because it is what all of us want, and have wanted for long: {}\n",
        "",
    ),
    "silenced and given back": (HEAD, "<!-- adr-ls-disable a-{} -->\n<!-- adr-ls-enable b-{} -->\n", ""),
    "silenced below": (HEAD, "<!-- adr-ls-disable-next-line a-{} -->\n", ""),
    "AsciiDoc": ("= 1. A\n\n", "== S{}\n\n* xref:0002-b.md[x{}]\n\n----\ncode\n----\n\n", ""),
} | {name: (HEAD, repeated, "") for name, repeated in REPEATED.items()}
"""What repeats in a frame of its own, with what stands before and behind it."""
EACH = 19
"""Of so many pairs of a thing and a feature one is tried, if not all are."""


def _steps(work: Callable[[], Any]) -> int:
    """How many functions are called."""
    found = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    before = sys.getprofile()
    gc.disable()  # what it calls where earlier tests left garbage is none of this work
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
        gc.enable()
    return found


def _given(repeated: str, count: int) -> Fixture:
    before, each, behind = FRAMED[repeated]
    # Other numbers in each text, or what is remembered of a shorter one would be missing in the next
    body = "".join(each.replace("{}", str(100 * count + at)) for at in range(count))
    name = "0001-a.adoc" if repeated == "AsciiDoc" else "0001-a.md"
    return fixture(f"-- docs/adr/{name} --\n{before}{body}{behind}\n{OTHERS}")


def _done(feature: str, repeated: str, count: int) -> None:
    FEATURES[feature](_given(repeated, count))


PAIRS = [pair for at, pair in enumerate(product(FRAMED, FEATURES)) if EVERYTHING or at % EACH == 0]


@pytest.mark.parametrize(("repeated", "feature"), PAIRS)
def test_the_steps_grow_no_faster_than_the_text(repeated: str, feature: str) -> None:
    for once in (2, FEW):
        _done(feature, repeated, once)  # what is worked out once for all texts
    for least in (FEW, 3 * FEW):  # what is bounded may end between the first two sizes, and then only there
        few, twice, more = (_steps(partial(_done, feature, repeated, count)) for count in (least, 2 * least, 4 * least))
        if more - twice <= ABOUT * 2 * (twice - few) + FEW:
            return
    assert more - twice <= ABOUT * 2 * (twice - few) + FEW


def _in_code(given: Fixture) -> object:
    """What editors ask of source code."""
    return (
        rules.examine(given.workspace, given.path, Notes()),
        [*actions.actions(given.workspace, given.path, Span(0, len(given.record.text)), [])],
        hover.hover(given.cursor),
        goto.definition(given.cursor),
        goto.references(given.cursor),
        goto.highlights(given.cursor),
        [*goto.document_links(given.workspace, given.record)],
    )


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


@pytest.mark.parametrize("repeated", IN_CODE.values(), ids=IN_CODE)
@pytest.mark.parametrize("name", ["a.py", "a.ts", "a.txt"])
def test_the_steps_grow_no_faster_than_source_code(name: str, repeated: str) -> None:
    others = (
        f"-- docs/adr/0001-a.md --\n{HEAD}{OTHERS}-- docs/adr/0004-d.md --\n# 4. D\n\n## Status\n\nSuperseded by ADR-0003\n"
    )

    def done(count: int) -> object:
        body = "".join(repeated.replace("{}", str(100 * count + at)) for at in range(count))
        return _in_code(fixture(f"{others}-- src/{name} --\n# {body}\n# ADR-$00002\n"))

    for once in (2, FEW):
        done(once)  # what is worked out once for all texts
    few, twice, more = (_steps(partial(done, count)) for count in (FEW, 2 * FEW, 4 * FEW))
    assert more - twice <= ABOUT * 2 * (twice - few) + FEW
