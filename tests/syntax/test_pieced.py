"""What is found by pieces is what is found in the whole, and is asked once for each piece."""

from __future__ import annotations

from adr_ls.syntax.markdown import Document, Link, parse
from adr_ls.syntax.pieced import Pieced, Question, between, chosen, each, kept

ABOVE = "# Title\n\nSee [one](1.md).\n\n"
BELOW = "## More\n\nSee [two](2.md) and [three](3.md).\n\n## Last\n\nNothing.\n"


def _links(document: Document) -> tuple[Link, ...]:
    return tuple(document.links)


def _read(typed: str) -> tuple[str, Pieced[Link]]:
    """The links of a text after something was typed into its first piece."""
    text = f"{ABOVE}{typed}\n\n{BELOW}"
    links = parse(text, previous=parse(f"{ABOVE}\n\n{BELOW}")).links
    assert isinstance(links, Pieced)
    return text, links


def test_things_stand_where_they_stand_in_the_text() -> None:
    for typed in ("", "x", "[four](4.md)", "## X\n\n[five](5.md)"):
        text, links = _read(typed)
        assert links == _links(parse(text))
        assert [links[at] for at in range(-len(links), 0)] == list(links)
        assert links[1:] == tuple(links)[1:]
        assert list(map(id, links)) == [
            id(links[at]) for at in range(len(links))
        ]  # the same objects, however one comes by them


def test_a_piece_is_asked_once_for_all_texts_in_which_it_stands() -> None:
    asked: list[str] = []

    def url(link: Link, text: str, by: object) -> str:
        asked.append(link.url)
        assert link.text.of(text) in ("one", "two", "three", "four")  # places count from the piece
        return f"{by}:{link.url}"

    document = parse(f"{ABOVE}\n\n{BELOW}")
    for typed, by, wanted in (("x", "a", None), ("[four](4.md)", "a", ["1.md", "4.md"]), ("x[four](4.md)", "b", None)):
        _, document = document.links, parse(f"{ABOVE}{typed}\n\n{BELOW}", previous=document)
        asked.clear()
        found = list(each(document.links, document.text, Question(url, by=by)))
        assert found == [f"{by}:{link.url}" for link in document.links]
        assert asked == (wanted or [link.url for link in document.links])


def test_an_answer_by_a_value_holds_for_an_equal_one_and_by_an_object_for_that_alone() -> None:
    class Directory:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, Directory)

        __hash__ = None  # type: ignore[assignment]  # as of those that are compared by what they hold

    asked: list[object] = []

    def name(link: Link, _: str, by: object) -> None:
        asked.append(by)

    text, links = _read("x")
    first, other = Directory(), Directory()
    for by, times in (
        (frozenset({"a"}), 3),
        (frozenset({"a"}), 0),
        (("b", 1), 3),
        (("b", 1), 0),
        (first, 3),
        (first, 0),
        (other, 3),
    ):
        asked.clear()
        assert list(each(links, text, Question(name, by=by))) == [None] * 3
        assert asked == [by] * times


def _is_odd(link: Link, text: str) -> bool:
    return text[link.target.start] in "13"


def test_what_is_chosen_of_pieces_is_what_is_chosen_of_the_whole() -> None:
    text, links = _read("[four](4.md)")
    whole = _links(parse(text))
    wanted = tuple(chosen(whole, text, Question(_is_odd)))
    assert [link.url for link in wanted] == ["1.md", "3.md"]
    assert tuple(chosen(links, text, Question(_is_odd))) == wanted
    assert kept(links, text, Question(_is_odd)) == kept(whole, text, Question(_is_odd)) == wanted


def test_what_begins_in_a_stretch_is_found_without_the_others() -> None:
    text, links = _read("x")
    whole = _links(parse(text))
    for start in range(0, len(text) + 1, 3):
        for end in (start, start + 5, start + 60):
            stretch = (start, end, _begin)
            assert list(between(links, *stretch)) == list(between(whole, *stretch))
            assert list(between(whole, *stretch)) == [link for link in whole if start <= link.span.start <= end]


def _begin(link: Link) -> int:
    return link.span.start
