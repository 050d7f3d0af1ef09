"""A record in one line, read no further than that takes."""

from __future__ import annotations

import pytest

from adr_ls.record.record import Record
from adr_ls.record.summary import summary

ANNOUNCED = """# 1. Use Kafka

## Decision

{opening}

{steps}
## Consequences

Good ones.
"""


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("### 1. Step {0} of *it*\n\nHow.\n\n- a\n\n", "Step 1 of it, Step 2 of it, Step 3 of it"),
        ("### 1. Step {0} {{#step-{0} .wide}}\n\n#### More\n\nHow.\n\n", "Step 1 {#step-1 .wide}, Step 2 {#step-2 .wide}"),
        ("Step {0}\n---\n\nHow.\n\n", ""),
        ("- **Step {0}**: how\n\n", "Step 1, Step 2, Step 3"),
    ],
)
def test_a_summary_reads_no_further_than_it_has_to_and_says_the_same(step: str, wanted: str) -> None:
    text = ANNOUNCED.format(
        opening="We will use the following steps:", steps="".join(step.format(number) for number in range(1, 4))
    )
    lazy, eager = (Record("/w/docs/adr/0001-use-kafka.md", text) for _ in range(2))
    assert [block.kind for block in eager.document.walk()]  # all of it is parsed
    assert summary(lazy) == summary(eager)
    assert wanted in summary(lazy)
    if step.startswith("### "):
        assert not [
            piece
            for _, piece in lazy.document._pieces
            if piece.text.startswith("### ") and "2 of" in piece.text and "_parsed" in piece.__dict__
        ]


@pytest.mark.parametrize(
    ("decision", "wanted"),
    [
        (
            "Keep what is found with its piece (a `Portion`, which is " + "long " * 40 + "and so on).",
            "Keep what is found with its piece…",
        ),
        ("(All of it is " + "long " * 40 + ").", "(All of it is long"),
        ("Keep it [as told by " + "one " * 8 + "] and " + "long " * 40, "and long long"),
    ],
)
def test_what_stands_in_brackets_is_cut_off_as_a_whole(decision: str, wanted: str) -> None:
    assert wanted in summary(Record("/w/docs/adr/0001-x.md", f"# 1. X\n\n## Decision\n\n{decision}\n"))


@pytest.mark.parametrize(
    ("decision", "wanted"),
    [
        ('Chosen option: "Use Kafka", because it lasts.', "Use Kafka"),
        ("**Chosen option:** Use Kafka, since it lasts.", "Use Kafka"),
        ("Chosen option: Use Kafka, Avro and Flink.", "Use Kafka, Avro and Flink"),
        ("Chosen option Use Kafka", "Use Kafka"),
        ('Chosen option: "Kafka" and "Avro", because they last.', '"Kafka" and "Avro"'),
        ('Chosen option: "Kafka" because it lasts.', "Kafka"),
        ("Chosen option: **Kafka** (option 2).", "Kafka (option 2)"),
        ("Gewählte Option: „Kafka verwenden“, weil es hält.", "Kafka verwenden"),
        ("Gewählte Option: Kafka verwenden, weil es hält.", "Kafka verwenden"),
        ("Option retenue : « Utiliser Kafka », car il dure.", "Utiliser Kafka"),
        ("Opción elegida: Usar Kafka, porque dura.", "Usar Kafka"),
        ("Wybrana opcja: `Kafka`, ponieważ działa.", "Kafka"),
        ("Выбранный вариант: «Использовать Kafka», так как он надёжен.", "Использовать Kafka"),
        ("所选方案：“使用 Kafka”，因为它可靠。", "使用 Kafka"),
        ("採用した選択肢：「Kafka を使う」", "Kafka を使う"),
        ("선택한 옵션: Kafka 사용", "Kafka 사용"),
    ],
)
def test_the_option_that_was_chosen_is_what_was_decided(decision: str, wanted: str) -> None:
    assert summary(Record("/w/docs/adr/0001-x.md", f"# 1. X\n\n## Decision\n\n{decision}\n")) == wanted
