from __future__ import annotations

from itertools import pairwise

import pytest

from adr_ls.ide import selection
from tests.fixture import fixture


def grown(source: str, most: int = 9) -> list[str]:
    """What the selection at the cursor grows to, step by step; line ends shown as ⏎."""
    given = fixture(source)
    spans = selection.selections(given.record, given.offset)
    assert all(outer.covers(inner) and outer != inner for inner, outer in pairwise(spans))
    return [span.of(given.record.text).replace("\n", "⏎") for span in spans][:most]


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        (
            "# 1. Queue\n\n## Context\n\nIt go$0es on.\n\nAnd on.\n\n## Decision\n\nNo.\n",
            [
                "goes",
                "It goes on.",
                "It goes on.⏎⏎And on.",
                "## Context⏎⏎It goes on.⏎⏎And on.",
                "## Context⏎⏎It goes on.⏎⏎And on.⏎⏎## Decision⏎⏎No.",
                "# 1. Queue⏎⏎## Context⏎⏎It goes on.⏎⏎And on.⏎⏎## Decision⏎⏎No.",
                "# 1. Queue⏎⏎## Context⏎⏎It goes on.⏎⏎And on.⏎⏎## Decision⏎⏎No.⏎",
            ],
        ),
        ("# A\n\nSee [the **big $0queue**](002-b.md#x).\n", ["queue", "big queue", "**big queue**", "the **big queue**"]),
        ("# A\n\nSee [it](00$02-b.md#x) now.\n", ["002-b", "002-b.md#x", "[it](002-b.md#x)", "See [it](002-b.md#x) now."]),
        ("# A\n\n- one\n- t$0wo\n  - three\n", ["two", "- two⏎  - three", "- one⏎- two⏎  - three"]),
        ("# A\n\n| a | b |\n|---|---|\n| c d | e$0f |\n", ["ef", "| c d | ef |", "| a | b |⏎|---|---|⏎| c d | ef |"]),
        (
            "# A\n\nOne is done (all\nof i$0t). Two is not! 3.5 is a number.\n",
            ["it", "One is done (all⏎of it).", "One is done (all⏎of it). Two is not! 3.5 is a number."],
        ),
        ("# A\n\nOne. Two is n$0ot! 3.5 is a number.\n", ["not", "Two is not!", "One. Two is not! 3.5 is a number."]),
        ("# A\n\nOne. 3.5 is$0 one\n", ["is", "3.5 is one", "One. 3.5 is one"]),
        ("# A\n\n一つ。二$0つ。三つ。\n", ["二つ", "二つ。", "一つ。二つ。三つ。"]),
        ("# A\n\n> It wa$0s said.\n", ["was", "It was said.", "> It was said."]),
        ("# A\n\n```sh\nl$0s -l\n```\n", ["ls", "ls -l", "```sh⏎ls -l⏎```"]),
        (
            '---\nstatus: "acc$0epted"\ntags: [a, b]\n---\n# A\n',
            ["accepted", '"accepted"', 'status: "accepted"', 'status: "accepted"⏎tags: [a, b]'],
        ),
        ("---\ntags: [a, b$0b]\n---\n# A\n", ["bb", "[a, bb]", "tags: [a, bb]", "---⏎tags: [a, bb]⏎---"]),
        ("# Ein B$0eschluß\n", ["Beschluß", "Ein Beschluß", "# Ein Beschluß", "# Ein Beschluß⏎"]),
        ("# A\n\nCafé-Bes$0uche\n", ["Café-Besuche"]),
        ("$0", [""]),
    ],
)
def test_selections_grow_by_what_is_written(source: str, steps: list[str]) -> None:
    assert grown(source, len(steps)) == steps
