"""What is nearly another word, and what only looks like it."""

from __future__ import annotations

import pytest

from adr_ls.words.language import Language
from adr_ls.words.lookup import LANGUAGES, fold
from adr_ls.words.similar import (
    LISTED,
    LOOSE,
    NEAR,
    Strictness,
    cased_like,
    distance,
    is_form,
    is_near,
    is_opposite,
    is_slip,
    nearest,
)


@pytest.mark.parametrize(
    ("word", "known", "strictness", "expected"),
    [
        ("acepted", "accepted rejected", NEAR, "accepted"),
        ("supersedd", "accepted superseded", NEAR, "superseded"),
        ("idee", "idea done", LISTED, "idea"),
        ("idee", "idea done", NEAR, ""),
        ("idee", "done", LISTED, ""),
        ("numberign", "numbering number", LOOSE, "numbering"),
        ("contxt", "context consequences", LOOSE, "context"),
        ("fine", "accepted rejected", LOOSE, ""),
        # a word that exists is none with a slip in it
        ("content", "context", NEAR, ""),
        ("content", "context", LOOSE, "context"),
        ("decisions", "decision", NEAR, "decision"),
        ("retire", "rejected retired", NEAR, "retired"),
        ("", "accepted", LOOSE, ""),
    ],
)
def test_the_nearest_word(word: str, known: str, strictness: Strictness, expected: str) -> None:
    assert nearest(word, known.split(), strictness) == expected


def test_the_degrees_are_in_order() -> None:
    assert NEAR.value > LISTED.value > LOOSE.value
    assert is_near("use kafka here", "use kafka", LOOSE)
    assert is_near("use kafka", "use kafka here", LOOSE)
    assert not is_near("use kafka", "write rust", LOOSE)


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("statsu", "status"),
        ("stauts", "status"),
        ("contxt", "context"),
        ("consequneces", "consequences"),
        ("entscheidnug", "entscheidung"),
        ("desicion", "decision"),
    ],
)
def test_slips(word: str, right: str) -> None:
    assert is_slip(word, right)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("content", "context"),
        ("stats", "status"),
        ("state", "status"),
        ("decisive", "decision"),
        ("tradeoffs", "trade off"),
        ("options", "option"),
        ("entscheidungen", "entscheidung"),
        ("kontekst", "context"),
    ],
)
def test_other_words_and_forms_are_no_slips(word: str, other: str) -> None:
    assert not is_slip(word, other)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_no_word_of_a_language_is_a_slip_of_another_one(language: Language) -> None:
    words = {fold(word) for table in (language.statuses, language.sections) for known in table.values() for word in known}
    english = {fold(word) for known in LANGUAGES[0].sections.values() for word in known}
    misspelled = {word for known in LANGUAGES for word in known.misspelled}
    assert not [(word, other) for word in words - misspelled for other in english if word != other and is_slip(word, other)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("accept", "accepted", True),
        ("retire", "retired", True),
        ("trade offs", "tradeoff", True),
        ("décidé", "décidée", True),
        ("entscheidungen", "entscheidung", True),
        ("context", "contract", False),
    ],
)
def test_forms(one: str, other: str, same: bool) -> None:  # noqa: FBT001  # a parameter of the table
    assert is_form(one, other) == same


def test_opposites() -> None:
    assert is_opposite("unapproved", "approved")
    assert is_opposite("niezaakceptowana", "zaakceptowana")
    assert not is_opposite("unde review", "under review")


@pytest.mark.parametrize(
    ("one", "other", "letters"), [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 2), ("", "abc", 3), ("kitten", "sitting", 3)]
)
def test_distance(one: str, other: str, letters: int) -> None:
    assert distance(one, other) == distance(other, one) == letters


@pytest.mark.parametrize(
    ("word", "right", "cased"),
    [("ACEPTED", "Accepted", "ACCEPTED"), ("acepted", "Accepted", "accepted"), ("Acepted", "accepted", "Accepted")],
)
def test_capitals_are_kept(word: str, right: str, cased: str) -> None:
    assert cased_like(word, right) == cased
