"""The picture of a graph: what stands where, and that it is sound whatever the records are called."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from adr_ls.graph import drawing
from adr_ls.graph.model import Edge, Graph, Node
from tests.graph.test_forms import HOSTILE, graph, link

SVG = "{http://www.w3.org/2000/svg}"


def parsed(of: Graph) -> ET.Element:
    return ET.fromstring(drawing.render(of, "status", link))  # noqa: S314  # it is our own


def node(number: int, date: str | None = None, title: str = "Keep orders") -> Node:
    path = f"/w/docs/adr/{number:04}-x.md"
    return Node(path, "docs/adr", f"ADR-{number}", number, title, "accepted", "Accepted", "accepted", date, None)


def cards(of: Graph) -> dict[str, tuple[float, float]]:
    """The places of the cards, by what their links lead to."""
    found = {}
    for one in parsed(of).iter(f"{SVG}a"):
        card = one.find(f"{SVG}rect")
        assert card is not None
        found[one.attrib["href"]] = (float(card.attrib["x"]), float(card.attrib["y"]))
    return found


def test_a_card_says_what_tells_a_record_from_others_and_leads_to_it() -> None:
    first = next(parsed(graph()).iter(f"{SVG}a"))
    assert first.attrib == {"href": "docs/adr/0001-mill-queue.md", "class": "accepted"}
    assert [one.text for one in first.iter() if one.text] == [
        "ADR-0001: Mill queue · accepted · 2023-05-02",
        "ADR-0001",
        "2023-05-02",
        "Mill queue",
        "accepted",
    ]


def test_later_records_stand_further_right_and_those_without_a_date_with_the_one_before() -> None:
    of = Graph((node(1, "2020-01-01"), node(2, "2021-06-01"), node(3), node(4, "2020-01-02")))
    places = {re.sub(r"\D", "", path): x for path, (x, _) in cards(of).items()}
    assert places["0001"] < places["0004"] < places["0002"] == places["0003"]


def test_no_card_covers_another_and_all_lie_within_the_picture() -> None:
    days = [f"20{20 + at % 4}-{1 + at % 12:02}-{1 + at * 7 % 28:02}" for at in range(60)]
    of = Graph(tuple(node(at, date if at % 5 else None) for at, date in enumerate(days, 1)))
    places = [*cards(of).values()]
    assert len(set(places)) == 60
    for (x, y), (u, v) in itertools.combinations(places, 2):
        assert abs(x - u) >= drawing.CARD or abs(y - v) >= drawing.HEIGHT
    whole = parsed(of).attrib
    assert all(
        0 < x < float(whole["width"]) - drawing.CARD and 0 < y < float(whole["height"]) - drawing.HEIGHT for x, y in places
    )


@pytest.mark.parametrize(
    ("dates", "ticks"),
    [
        (("2024-02-12", "2024-05-20"), ["2024-03", "2024-04", "2024-05"]),
        (("2019-03-01", "2026-05-20"), ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]),
        (("1999-03-01", "2026-05-20"), ["2000", "2005", "2010", "2015", "2020", "2025"]),
        (("2024-02-12", "2024-02-12"), []),
        ((None, None), []),
    ],
)
def test_the_axis_has_as_many_dates_as_fit(dates: tuple[str | None, ...], ticks: list[str]) -> None:
    of = Graph(tuple(node(at, date) for at, date in enumerate(dates, 1)))
    found = [one.text for one in parsed(of).iter(f"{SVG}text") if one.attrib.get("class") == "dim"]
    assert found == ticks


def test_lines_say_what_they_mean_and_the_legend_names_each_kind() -> None:
    of = Graph((node(1, "2020-01-01"), node(2, "2021-06-01")), (Edge(node(2).path, node(1).path, "supersedes", "declared"),))
    edges = [one for one in parsed(of).iter(f"{SVG}path") if "edge" in one.attrib.get("class", "")]
    assert [[title.text for title in one] for one in edges] == [["ADR-2 supersedes ADR-1"], []]
    assert [one.text for one in parsed(of).iter(f"{SVG}text")][-1] == "supersedes"


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_becomes_markup(title: str) -> None:
    whole = graph()
    bad = Graph(
        tuple(replace(one, title=title, area=title, status_text=title, standing="other") for one in whole.nodes), whole.edges
    )
    text = drawing.render(bad, "area", lambda path: f"javascript:'{path}'\"<b>")
    root = ET.fromstring(text)  # noqa: S314  # it is our own
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        *("svg", "style", "defs", "marker", "path", "rect", "line", "text", "a", "title")
    }
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u2028\u202e]", text)
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]


def test_it_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    text = drawing.render(graph(), "status", link)
    assert not re.search(r"<script|@import|url\((?!#)|<image|https?://(?!www\.w3\.org/2000/svg)", text)


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("Keep orders in MySQL", 2, ("Keep orders in MySQL",)),
        ("Keep orders, customers and stock in MySQL for now", 2, ("Keep orders, customers", "and stock in MySQL for…")),
        ("W" * 40, 2, ("W" * 14, "W" * 13 + "…")),
        ("決定記録を一つの場所に保管する方針", 1, ("決定記録を一つの場所に…",)),
        ("", 2, ()),
        ("a\x00b\u202ec", 1, ("a b c",)),
    ],
)
def test_titles_are_wrapped_by_how_wide_they_are(text: str, most: int, lines: tuple[str, ...]) -> None:
    found = drawing.wrapped(text, 150, 12, most)
    assert found == lines
    assert all(drawing.width_of(line, 12) <= 150 for line in found)


def test_without_records_there_is_still_a_picture() -> None:
    assert parsed(Graph()).tag == f"{SVG}svg"
