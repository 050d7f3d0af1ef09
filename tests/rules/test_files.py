"""Which links to files that are no Markdown are problems: what is marked in the texts is reported, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adr_ls import rules
from adr_ls.log.surroundings import Surroundings
from tests.fixture import fixture

HEAD = """-- docs/adr/0001-rain.md --
# 1. Rain

It is made in [code](../../src/rain), by [a loop](../../src/rain/fall.py).
-- docs/adr/images/rain.png --
-- docs/adr/images/Cloud.PNG --
-- docs/guide/setup.md --
# Setup
-- src/rain/fall.py --
-- docs/adr/0002-snow.md --
# 2. Snow

"""

REPORTED = {
    "a picture": "![Rain](images/rain.png) ![Snow](⟦images/snow.png⟧) ![Moon](⟦moon.png⟧)",
    "a name in another case": "![Cloud](⟦images/cloud.png⟧)",
    "a title, a query and a fragment": '![Rain](images/rain.png "Rain") ![Rain](images/rain.png?raw=true) [Fall](../../src/rain/fall.py#L3)',
    "a definition, told once": "[A][it] and [B][it]\n\n[it]: ⟦images/it.png⟧",
    "percent-encoded, in angle brackets": "![A](<⟦images/big rain.png⟧>) ![B](⟦images/big%20snow.png⟧)",
    "code and directories": "[rain](../../src/rain) [it](../../src/rain/) [fall](../../src/rain/fall.py) [snow](⟦../../src/snow/fall.py⟧)",
    "in HTML": 'See <img src="⟦images/snow.png⟧" width="30">, <img src="images/rain.png"> and <img src="https://example.org/a.png">.',
    "from the root of the repository": "[rain](⟦src/rain/⟧) ![cloud](⟦docs/adr/images/Cloud.PNG⟧) [snow](⟦src/rain/snow.py⟧) [A](../../src) [B](sources/snow.py) ![C](src/snow.png)",
    "further up than the repository": "[fall](⟦../../../src/rain/fall.py⟧) ![cloud](⟦../../../../docs/adr/images/Cloud.PNG⟧) [B](../../../src/rain/snow.py)",
    "a comma too much": "![Rain](⟦images/rain.png,⟧)",
    "elsewhere": "[A](https://example.org/x.png) [B](/img/x.png) [C](mailto:a@example.org) [D](~/x.png) [E](../../../x/y.png) <https://example.org/a.png>",
    "from the root of a site that is not there": "![A](⟦/images/rain.png⟧) ![B](/images/snow.png) [C](/images/rain.png) ![D](//images/rain.png)",
    "to be filled in": "[A]({{ site }}/x.png) ![B](path/to/<name>.png) ![C](images/....png) [D](a|b.png)",
    "words in the place of an address": "[Ann](⟦Lee⟧) [`tool](⟦adapter⟧) [why](⟦Why-not⟧) [snow](0002-snow) [it](0003-sun)\n\n## Why not\n\nx",
    "of a build, or another clone": "[A](../../build/report.pdf) [B](../../../other/x.py)",
    "addresses without a scheme, of which another rule tells": "[Conan](conan.io) [it](example.org/x.png)",
    "pages": "[A](../guide/setup.md) [B](../guide/setup) [C](../guide/setup.html) [D](../guide/)",
    "code and comments show what they like": "`![A](images/a.png)`\n\n```md\n![A](images/a.png)\n```\n\n<!-- ![A](images/a.png) -->",
}


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED)
def test_what_is_reported_of_files(text: str) -> None:
    given = fixture(HEAD + text + "\n")
    assert given.marked(given.problems("link-file")) == HEAD + text + "\n"


LEVELS = """
-- docs/adr/0001-rain.md --
# 1. Rain

[code](../../src/rain), by [a loop](../../src/rain/fall.py)
![](⟦images/snow.png⟧), ![](⟦../pictures/Rain.png⟧), [](⟦../pictures/snow.png⟧), ![](⟦gone/rain.png⟧)
-- docs/adr/images/rain.png --
-- docs/pictures/rain.png --
-- src/rain/fall.py --
"""


def test_what_is_certain_is_a_warning() -> None:
    given = fixture(LEVELS)
    found = {problem.span.of(given.record.text): problem.level for problem in given.problems("link-file")}
    assert found == {
        "images/snow.png": "warning",
        "../pictures/Rain.png": "warning",
        "../pictures/snow.png": "info",
        "gone/rain.png": "info",
    }


COPY = """
-- docs/adr/0001-rain.md --
# 1. Rain

![](images/snow.png) ![](gone/rain.png), [](../../src/rain/fall.py) [](../../src/snow/stop.py)
-- docs/adr/images/notes.txt --
-- src/rain/fall.py --
"""


def test_what_counts_from_the_root_is_told_though_nothing_is_there() -> None:
    """No build and no other clone brings it, since a directory of that name is at the root and none beside the record."""
    given = fixture("-- src/LICENSE --\n-- docs/adr/0001-rain.md --\n# 1. Rain\n\n[](a/b.py) [](src/c.py) [](src/d/e.py)\n")
    assert [one.level for one in given.problems("link-file")] == ["info", "info"]


def test_where_most_is_not_there_nothing_is_told() -> None:
    assert not fixture(COPY).problems("link-file")


@pytest.mark.parametrize(
    ("root", "links", "told"),
    [
        (".gitignore", "[the plan](../plan.drawio)", ["../plan.drawio"]),
        (".github/dependabot.yml", "![](a.png) ![](gone/b.png)", ["a.png", "gone/b.png"]),
        (".gitignore", "![](a.png) ![](gone/b.png) [](../plan.drawio)", []),  # a build may make them
        ("LICENSE", "[the plan](../plan.drawio)", []),  # perhaps a copy that has nothing but the texts
    ],
)
def test_in_a_checkout_a_single_file_that_is_gone_is_information(root: str, links: str, told: list[str]) -> None:
    given = fixture(f"-- {root} --\n-- docs/adr/0001-rain.md --\n# 1. Rain\n\n{links}\n")
    found = given.problems("link-file")
    assert [(one.span.of(given.file("docs/adr/0001-rain.md").text), one.level) for one in found] == [
        (one, "info") for one in told
    ]


def test_a_directory_that_is_gone_from_among_others_is_information() -> None:
    text = "-- docs/adr/0001-rain.md --\n# 1. Rain\n\n![](gone/rain.png) [](⟦../../src/snow⟧)\n-- src/rain/fall.py --\n"
    given = fixture(text)
    (found,) = given.problems("link-file")
    assert (given.marked([found]), found.level) == (text, "info")


def test_what_a_template_shows_is_no_mistake() -> None:
    given = fixture(
        "-- docs/adr/template.md --\n# Title\n\n![Picture](images/example.png)\n"
        "-- docs/adr/0001-rain.md --\n# 1. Rain\n\nIt falls.\n\n![Picture](images/example.png)\n"
    )
    assert not given.problems("link-file")


def test_where_nobody_can_tell_nothing_is_told() -> None:
    given = fixture(HEAD + "![Snow](images/snow.png)\n")
    blind = replace(given.workspace, surroundings=Surroundings())
    assert not [problem for problem in rules.check(blind) if problem.rule.name == "link-file"]
