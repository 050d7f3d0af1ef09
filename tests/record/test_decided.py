"""What was decided, in a record's own words and few of them."""

from __future__ import annotations

import pytest

from adr_ls.record.record import Record
from adr_ls.record.summary import DECIDED, decided


def said(body: str) -> str:
    return decided(Record("/w/docs/adr/0001-a.md", f"# 1. A\n\n## Status\n\nAccepted\n\n{body}"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Decision\n\nWe use Kafka. It is fast. It is ours.\n", "We use Kafka. It is fast."),
        ("## Decision\n\nWe use **Kafka**, e.g. for\norders.\n\nMore.\n", "We use Kafka, e.g. for orders."),
        ("## Decision\n\nWe use:\n\n- Kafka - it is fast\n- Redis: in front\n", "We use: Kafka, Redis"),
        (
            "## Decision\n\nWe use Kafka, because\n\n* it is fast\n* it is ours\n",
            "We use Kafka, because it is fast, it is ours",
        ),
        ("## Decision\n\nWe use Kafka.\n\n* it is fast\n", "We use Kafka."),
        ("## Decision\n\n1. Kafka\n2. Redis\n", "Kafka, Redis"),
        (
            '## Decision Outcome\n\nChosen option: "Kafka", because it is fast. It scales.\n\n### Consequences\n\n* Good, so.\n',
            'Chosen option: "Kafka", because it is fast. It scales.',
        ),
        (
            "## Entscheidung\n\nWir nehmen Kafka, d.h. keine Tabelle. Mehr nicht. Nie.\n",
            "Wir nehmen Kafka, d.h. keine Tabelle. Mehr nicht.",
        ),
        ("## 决策\n\n我们使用 Kafka。\n", "我们使用 Kafka。"),
        ("## Decision\n\n[what is decided]\n", ""),
        ("## Decision\n\nWhat is the change that we are making?\n", ""),
        ("## Decision\n\nN/A\n", ""),
        ("## Decision\n\n<!-- so -->\n\nWe use Kafka.\n", "We use Kafka."),
        ("## Decision\n\n```\ncode\n```\n", ""),
        ("## Decision\n", ""),
        ("## Context\n\nWe use Kafka.\n", ""),
    ],
)
def test_the_first_sentences_of_the_decision(body: str, expected: str) -> None:
    assert said(body) == expected


def test_a_long_sentence_is_cut_between_words() -> None:
    long = said(f"## Decision\n\nWe use {'very long words ' * 50}.\n")
    assert len(long) <= DECIDED
    assert long.endswith("…")
    assert set(long.removesuffix("…").split()) == {"We", "use", "very", "long", "words"}
