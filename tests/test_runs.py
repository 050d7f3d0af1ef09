"""No run of characters, wherever it stands, costs more than in proportion to its length: nobody can make the server deaf by a text.

The processor time of a long run is compared with that of a shorter one in the same process; `ADR_LS_ALL=1` tries every run everywhere.
"""

from __future__ import annotations

from functools import partial
from itertools import product

import pytest

from adr_ls.record.summary import _CHOSEN
from tests.conftest import EVERYTHING
from tests.features import FEATURES
from tests.fixture import Fixture, fixture
from tests.patterns.measure import is_within, seconds

SHORT, TIMES = 4_000, 6
"""The characters of the shorter run, and how many times as long the longer one is."""
ABOUT = 2.2
"""How much more than `TIMES` as much the longer run may take; where each character looks at all the others it is `TIMES` more."""
NOTICED = 0.15
"""Seconds of the processor that nobody notices, however the time grows."""
LOOKS = 3
"""How often a run is tried that seems to take too long."""
EACH = 109
"""Of so many pairs of a place and a run one is tried, if not all are."""

PLACES = {
    "title": "# 1. {}\n\n## Status\n\nAccepted\n",
    "heading": "# 1. A\n\n## Status\n\nAccepted\n\n## {}\n\nx\n",
    "status": "# 1. A\n\n## Status\n\n{}\n\n## Context\n\nx\n",
    "status line": "# 1. A\n\n**Status**: {}\n\n## Context\n\nx\n",
    "names": "# 1. A\n\n**Status**: Accepted\n**Supersedes**: {}\n\n## Context\n\nx\n",
    "key": "# 1. A\n\n**Status**: Accepted\n**{}**: x\n\n## Context\n\nx\n",
    "date": "# 1. A\n\n**Date**: {}\n\n## Context\n\nx\n",
    "prose": "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nSuperseded by {} x\n",
    "option": "# 1. A\n\n## Considered Options\n\n* {}\n\n## Decision Outcome\n\nChosen option: “{}”, because x\n",
    "option in prose": '# 1. A\n\n## Decision Outcome\n\nChosen option: {}" x\n',
    "cell": "# 1. A\n\n## Status\n\nAccepted\n\n| a | b |\n|--|--|\n| {} | c |\n",
    "front matter": "---\nstatus: {}\n---\n# 1. A\n\n## Context\n",
    "key in front matter": "---\nstatus: accepted\n{}: x\n---\n# 1. A\n\n## Context\n",
    "comment": "# 1. A\n\n## Status\n\nAccepted\n\n<!-- adr-ls: {} -->\n\n<!-- {} -->\n",
    "label": "# 1. A\n\n## Status\n\nAccepted\n\nSee [{}](0002-b.md).\n",
    "target": "# 1. A\n\n## Status\n\nAccepted\n\nSee [B]({}).\n",
    "definition": "# 1. A\n\n## Status\n\nAccepted\n\nSee [b].\n\n[b]: {}\n",
    "index": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n# Decisions\n\n- [1. A](0001-a.md) {}\n- [2. B](0002-b.md)\n",
    "cell of an index": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n"
    "# Decisions\n\n| ADR | Status |\n|--|--|\n| [1. A](0001-a.md) | {} |\n| [2. B](0002-b.md) {} | Accepted |\n",
    "template": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/template.md --\n# N. {}\n\n## Status\n\n{}\n\n## Context\n\n{}\n",
    "cell of a status": "# 1. A\n\n| Status | Date |\n|--|--|\n| {} | 2020-01-01 |\n\n## Context\n\nx\n",
    "list in front matter": "---\nstatus: accepted\ndeciders: [{}, b]\n---\n# 1. A\n\n## Context\n",
    "broken front matter": '---\nstatus: [accepted, {}\ntitle: "a\n---\n# 1. A\n',
    "TOML": '+++\nstatus = "{}"\n+++\n# 1. A\n\n## Context\n',
    "settings": "# 1. A\n\n## Status\n\nAccepted\n-- .adr-ls.toml --\n{}\n",
    "value of settings": "# 1. A\n\n## Status\n\nAccepted\n-- .adr-ls.toml --\n"
    'directories = ["{}"]\nexclude = ["{}"]\nstatuses = ["{}"]\n',
    "pyproject": "# 1. A\n\n## Status\n\nAccepted\n-- pyproject.toml --\n[tool.adr-ls]\n{} = 1\n",
    "people": "# 1. A\n\n**Status**: Accepted\n**Deciders**: {}\n\n## Context\n\nx\n",
    "paragraph": "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n{}\n",
    "decision": "# 1. A\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will {}\n",
    "argument": "# 1. A\n\n## Considered Options\n\n### A\n\n* Good, because {}\n",
    "code": "# 1. A\n\n## Status\n\nAccepted\n\n```\n{}\n```\n",
    "label of a definition": "# 1. A\n\n## Status\n\nAccepted\n\nSee [{}].\n\n[{}]: 0002-b.md\n",
    "title of a link": '# 1. A\n\n## Status\n\nAccepted\n\n[B](0002-b.md "{}")\n',
    "wiki link": "# 1. A\n\n## Status\n\nAccepted\n\n[[{}]]\n",
    "title in an index": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n"
    "# Decisions {}\n\n## {}\n\n- [1. {}](0001-a.md)\n- [2. B](0002-b.md)\n",
    "nested in an index": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n"
    "# Decisions\n\n- [1. A](0001-a.md)\n  - Status: {}\n- [2. B](0002-b.md)\n",
    "region": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n"
    "# Decisions\n\n<!-- adrlog -->\n\n- [1. A](0001-a.md)\n\n<!-- {} -->\n",
    "navigation": '# 1. A\n\n## Status\n\nAccepted\n-- mkdocs.yml --\ndocs_dir: {}\nnav:\n  - "{}": adr/0001-a.md\n',
    "AsciiDoc title": "= 1. {}\n\n== Status\n\nAccepted\n",
    "AsciiDoc": '= 1. A\n:status: {}\n\n*Status:* {}\n\n[{}]\nxref:0002-b.adoc[{}]\n\n[cols="{}"]\n|===\n|Status |{}\n|===\n',
    "AsciiDoc link": "= 1. A\n\n== Status\n\nAccepted\n\nxref:{}[x] <<{}>> link:{}[x]\n",
    "number in front matter": '---\nstatus: accepted\nrfc: {}\nid: {}\nadr: "{}"\n---\n# 1. A\n\n## Context\n',
    "number in an index": "# 1. A\n\n## Status\n\nAccepted\n-- docs/adr/README.md --\n"
    "# Decisions\n\n| No | ADR | Status |\n|--|--|--|\n| {} | [{}](0001-a.md) | Accepted |\n| {} | [2. B](0002-b.md) | Accepted |\n",
    "page": "# 1. A\n\n## Status\n\nAccepted\n-- docs/guide.md --\n# Guide\n\n{} See [1. A](adr/0001-a.md).\n",
}
RUNS = [
    *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ aA1\té語由取、",
    *(
        "[(",
        "](",
        "[[",
        "**",
        "*_",
        "- ",
        "| ",
        "<!--",
        "-->",
        "<a",
        "</",
        "&#",
        "\\[",
        "a-",
        "a ",
        "1.",
        "1 ",
        "A-1",
        "123-",
        "→ ",
        "~~",
        "/",
    ),
    *(
        "\n\n",
        "\n",
        "\n- ",
        "\n> ",
        "\n# ",
        "\n| ",
        "\n\t",
        "\r",
        "...",
        "'''",
        '"\\',
        '"a',
        "`a`",
        "http://",
        "x.md ",
        "<br>",
        "<!",
    ),
    *(
        "ADR-1 ",
        "ADR-1, ",
        "by ",
        "not ",
        "superseded by ",
        "Superseded ",
        "accepted ",
        "see ADR-2 and ",
        "ADR-0001 supersedes ",
    ),
    *("- [ ] ", "[x](", "](x)", "(x)", "2020-01-02 ", "01/02/2020 ", "a: ", "{a: ", "[a, ", "TODO ", "TBD", "because ", "取代"),
    *(", ", "; ", "&amp;", "É", "ﬁ", "\u0301", "\u200b", "😀"),
]
OTHERS = (
    "-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\nAccepted\n-- docs/adr/0003-c.md --\n# 3. C\n\n## Status\n\nAccepted\n"
)


def _given(place: str, run: str, length: int) -> Fixture:
    written = PLACES[place]
    text = written.replace("{}", (run * (length // len(run) + 1))[: length // written.count("{}")])
    name = "0001-a.adoc" if written.startswith("=") else "0001-a.md"
    return fixture(f"-- docs/adr/{name} --\n{text}{OTHERS}")


def asked(place: str, run: str, length: int) -> None:
    """What an editor and the commands ask when there are files with a run of that length somewhere."""
    given = _given(place, run, length)
    for work in FEATURES.values():
        work(given)


@pytest.mark.parametrize("place", PLACES)
def test_the_time_grows_no_faster_than_the_run(place: str) -> None:
    pairs = [*product(PLACES, RUNS)]
    runs = [run for at, (where, run) in enumerate(pairs) if where == place and (EVERYTHING or at % EACH == 0)]
    assert not [run for run in runs if _is_slow(place, run)]


@pytest.mark.parametrize("place", ["number in front matter", "number in an index", "title", "label", "front matter"])
@pytest.mark.parametrize("run", ["9", "07"])
def test_more_digits_than_python_reads_are_nobodys_number(place: str, run: str, caplog: pytest.LogCaptureFixture) -> None:
    asked(place, run, 3 * 5_000)  # in up to three places of one text, where `int` reads 4300 of them
    assert not [record for record in caplog.records if record.exc_info]


def test_marks_around_an_option_take_no_more_than_the_square() -> None:
    short, long = (f'chosen option: {"_" * times}a"b' for times in (150, 600))
    assert is_within(30, _CHOSEN.match, short, long)  # it took the cube: sixty-four times as much


def _is_slow(place: str, run: str) -> bool:
    """Whether a run is noticed, and takes more than in proportion each time that it is tried: other work on the machine may slow one.

    What is read in another way from some length on, such as a line that is too long, takes more from there, but no more than in proportion.
    """
    for short, times in (*[(SHORT, TIMES)] * LOOKS, (TIMES * SHORT, TIMES / 2)):
        long = seconds(partial(asked, place, run, int(times * short)))
        if long <= NOTICED or long <= ABOUT * times * seconds(partial(asked, place, run, short)):
            return False
    return True
