"""What is read in one language is read in the others: words that join, date, give reasons and say nothing."""

from __future__ import annotations

import pytest

from adr_ls.record import status
from adr_ls.record.record import Record
from adr_ls.record.summary import summary


@pytest.mark.parametrize(
    "joint",
    ["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "e", "og", "och", "или", "oraz", "și", "şi", "és", "và", "και"],
)
def test_numbers_are_joined_in_any_language(joint: str) -> None:
    record = Record("docs/adr/0001-x.md", f"# 1. X\n\n## Context\n\nADRs 3 {joint} 5 hold.\n")
    assert [mention.number for mention in record.mentions] == [3, 5]


@pytest.mark.parametrize("word", ["en", "i", "a"])
def test_words_that_are_something_else_in_another_language_join_nothing(word: str) -> None:
    record = Record("docs/adr/0001-x.md", f"# 1. X\n\n## Context\n\nADRs 3 {word} 2023.\n")
    assert [mention.number for mention in record.mentions] == [3]


@pytest.mark.parametrize("text", ["n/a", "none", "keine", "aucun", "ninguno", "geen", "нет", "無", "(none)"])
def test_a_status_that_says_nothing(text: str) -> None:
    assert status.read(text).canonical == "none"


@pytest.mark.parametrize(
    "text",
    [
        "Accepted since 2024-01-02",
        "Akzeptiert am 2. Januar 2024",
        "Accepté le 2 janvier 2024",
        "Aceptado desde el 2 de enero de 2024",
    ],
)
def test_the_date_of_a_status(text: str) -> None:
    found = status.since(text, status.read(text).word)
    assert found is not None
    assert found.iso == "2024-01-02"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ("Therefore, we have decided to use Kafka for the following reasons:", "Kafka"),
        ("Daher verwenden wir Kafka.", "Daher verwenden wir Kafka"),
        ("Wir verwenden Kafka.", "Kafka"),
        ("Nous avons décidé d'utiliser Kafka.", "Kafka"),
        ("Vi skal bruke Kafka.", "Kafka"),
    ],
)
def test_a_decision_without_its_opening(decision: str, words: str) -> None:
    assert summary(Record("docs/adr/0001-x.md", f"# 1. X\n\n## Decision\n\n{decision}\n")) == words


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Superseded by ADR-2 as part of the move", ["superseded_by 2 declared"]),
        ("Remplacée par ADR-2 comme partie du projet", ["superseded_by 2 declared"]),
        ("Erstattet av ADR-2 som del av flyttingen", ["superseded_by 2 declared"]),
        ("Accepted\n\nMust supersede ADR-2", ["supersedes 2 told"]),
        ("Accepted\n\nADR-3 is superseded by this team", []),
        ("Принято. Заменяет ADR-2 и ADR-3", ["supersedes 2 declared", "supersedes 3 declared"]),
        ("Godkjent. Erstatter ADR-2 og ADR-3", ["supersedes 2 declared", "supersedes 3 declared"]),
    ],
)
def test_how_a_record_stands_to_others(text: str, relations: list[str]) -> None:
    record = Record("docs/adr/0009-x.md", f"# 9. X\n\n## Status\n\n{text}\n")
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in record.relations] == relations
