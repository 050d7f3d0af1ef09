"""The words of all languages, and how they are looked up."""

from __future__ import annotations

import doctest
import re
from dataclasses import fields
from typing import get_args

import pytest

from adr_ls.words import lookup
from adr_ls.words.language import STATUSES, Language, Relation
from adr_ls.words.lookup import LANGUAGES, Kind, Table, every, fold


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_words_are_written_as_they_are_looked_up(language: Language) -> None:
    for kind in get_args(Kind):
        words = getattr(language, kind)
        assert len(set(words)) == len(words), kind
        assert kind == "weekdays" or all(word == word.lower().strip() and word for word in words), kind
    for table in get_args(Table):
        for meaning, words in getattr(language, table).items():
            assert words, (table, meaning)
            assert all(word == word.lower().strip() for word in words), (table, meaning)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_meanings_are_those_that_are_known(language: Language) -> None:
    assert language.statuses.keys() <= {*STATUSES, "other"}
    assert language.relations.keys() | language.after.keys() <= set(get_args(Relation))
    assert set(language.parted) <= {verb for verbs in language.relations.values() for verb in verbs if " " in verb}
    assert language.sections.keys() <= lookup.ENGLISH.sections.keys()
    assert language.fields.keys() <= lookup.ENGLISH.fields.keys()


def test_each_kind_is_a_field_and_each_field_can_be_asked_for() -> None:
    elsewhere = {"name", "around", "months", "date_blanks", "misspelled", "letters", "inflections"}
    assert {field.name for field in fields(Language)} == {*get_args(Kind), *get_args(Table), *elsewhere}


def test_english_has_a_word_of_every_kind() -> None:
    lacking = {field.name for field in fields(Language) if not getattr(lookup.ENGLISH, field.name)}
    assert lacking == {"after", "around", "letters", "inflections", "owners", "parted", "particles", "suffixes"}


def test_no_month_is_two_in_different_languages() -> None:
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        assert len(language.months) in (0, 12), language.name
        for number, forms in enumerate(language.months, start=1):
            for form in forms:
                found.setdefault(form.casefold(), set()).add(number)
    assert {form: numbers for form, numbers in found.items() if len(numbers) > 1} == {}
    assert dict(lookup.months()) == {form: number for form, (number,) in found.items()}


def test_a_word_that_says_something_else_in_another_language_proves_nothing() -> None:
    assert "en" in every("conjunctions")
    assert {"en", "i", "a"}.isdisjoint(every("conjunctions", but="prepositions"))
    assert {"and", "und", "et", "y", "e", "og", "och", "и"} <= set(every("conjunctions", but="prepositions"))
    assert "til" in every("ranges", but="prepositions")  # in both languages that have it, it is both


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (" **Decision-Makers** : ", "decision makers"),
        ("ACCEPTED", "accepted"),
        ("Überholt", "überholt"),
        ("Akzeptiert!", "akzeptiert"),
        ("Straße", "strasse"),
        ("İptal edildi", "iptal edildi"),
        ("“In  Review”", "in review"),
        ("状态：", "状态"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize("word", [
    "cancelled", "annulled", "aufgehoben", "anulada", "annulé", "anulowane", "annullata", "ingetrokken", "upphävt", "annulleret",
    "opphevet", "zrušeno", "iptal edildi", "anulado", "скасовано", "отменено", "已取消", "取り消し", "취소됨",
])  # fmt: skip
def test_what_was_called_off_holds_no_longer_in_any_language(word: str) -> None:
    assert lookup.STATUS_WORDS[fold(word)] in ("rejected", "deprecated")


@pytest.mark.parametrize("value", ["", "—", "(none)", "[n.a.]", "*keine*", "N/A", "Néant.", "無", "~", "`null`"])
def test_what_says_nothing(value: str) -> None:
    assert lookup.is_nothing(value)


@pytest.mark.parametrize("value", ["ADR-1", "none — but see ADR-1", "{list}", "0"])
def test_what_says_something(value: str) -> None:
    assert not lookup.is_nothing(value)


def test_the_longest_word_is_taken() -> None:
    pattern = re.compile(lookup.one_of(("in", "in part", "in favour of")))
    assert pattern.match("in-favour of it")
    assert [found[0] for found in pattern.finditer("in part, in favour  of, in_part, in")] == [
        "in part",
        "in favour  of",
        "in_part",
        "in",
    ]
    assert not re.search(lookup.one_of(()), "anything")


def test_the_examples_hold() -> None:
    assert not doctest.testmod(lookup).failed


@pytest.mark.parametrize(
    ("fields", "statuses", "language"),
    [
        (("Status", "Datum"), (), "English"),
        (("Status", "Datum"), ("Accepted",), "English"),
        (("Status", "Datum"), ("Akzeptiert",), "German"),
        (("Status", "Datum"), ("Geaccepteerd",), "Dutch"),
        (("Status", "Datum", "Beslissers"), ("Accepted",), "Dutch"),
        (("Status", "Date"), ("Accepté",), "French"),
    ],
)
def test_words_that_languages_share_leave_open_which_it_is(
    fields: tuple[str, ...], statuses: tuple[str, ...], language: str
) -> None:
    assert lookup.language_of(("fields", fields), ("statuses", statuses)).name == language


FORMS = {
    "Aceptados": "accepted",
    "Reemplazadas": "superseded",
    "Acceptées": "accepted",
    "Akzeptierte": "accepted",
    "Abgelehnter": "rejected",
    "Отклонена": "rejected",
    "Принятые": "accepted",
    "Přijatá": "accepted",
    "Odrzucone": "rejected",
    "Rifiutati": "rejected",
    "Vedtatte": "accepted",
    "Goedgekeurde": "accepted",
    "Verabredete": None,
    "Ersetzte": None,
}


@pytest.mark.parametrize(("word", "meaning"), FORMS.items())
def test_a_status_is_known_in_all_forms_of_its_word(word: str, meaning: str | None) -> None:
    assert lookup.STATUS_WORDS.get(lookup.fold(word)) == meaning
