"""What kind of change there is between two texts of a record."""

from __future__ import annotations

import pytest

from adr_ls.history.changes import kinds_of, parts
from adr_ls.record.record import record_of

PLAIN = """\
# 7. Use Kafka

Date: 2024-05-01
Deciders: Ann, Bob

## Status

Accepted

## Decision

We use Kafka, as three teams need it. It does not lose messages.
We will allow up to 12 partitions, see ADR-3.

```sh
kafka --topic orders
```

## Consequences

* Good, because teams are independent.
* Bad, because it is unencrypted.

## References

* [Kafka](https://kafka.example.org/docs)
"""
FRONT = """\
---
status: accepted
date: 2024-05-01
tags: [a, b]
---
# Use Kafka

## Decision

We use Kafka.
"""

CHANGES = [
    # one text, what is put for what, the kinds that it comes to
    (PLAIN, {}, ""),
    (PLAIN, {"Accepted": "Superseded by [ADR-9](0009-use-rabbit.md)"}, "status"),
    (PLAIN, {"Accepted": "Accepted\n\nSuperseded in part by ADR-9"}, "status"),
    (PLAIN, {"Accepted": "accepted"}, "status"),
    (FRONT, {"status: accepted": "status: superseded\nsuperseded-by: 9"}, "status"),
    (FRONT, {"status: accepted": "status:  accepted"}, "formatting"),
    (FRONT, {"[a, b]": "[a, b, c]"}, "metadata"),
    (PLAIN, {"2024-05-01": "2024-05-02"}, "metadata"),
    (PLAIN, {"Ann, Bob": "Ann, Bob, Cy"}, "metadata"),
    (PLAIN, {"2024-05-01": "2024-05-02", "Accepted": "Deprecated"}, "metadata status"),
    (PLAIN, {"see ADR-3": "see [ADR-3](0003-use-tests.md)"}, "links"),
    (PLAIN, {"https://kafka.example.org/docs": "https://kafka.example.org"}, "links"),
    (
        PLAIN,
        {"* [Kafka](https://kafka.example.org/docs)": "* [Kafka](https://kafka.example.org/docs)\n* [Other](x.md)"},
        "links",
    ),
    (PLAIN, {"We use Kafka,": "We use **Kafka**,"}, "formatting"),
    (PLAIN, {"messages.\nWe": "messages. We"}, "formatting"),
    (PLAIN, {"* Good": "- Good", "* Bad": "- Bad"}, "formatting"),
    (PLAIN, {"## Decision\n\n": "## Decision\n\n\n"}, ""),
    (PLAIN, {"## Decision\n": "## Decision\n<!-- why: asked often -->\n"}, "formatting"),
    (PLAIN, {"it. It": "it.  It"}, "formatting"),
    (PLAIN, {"independent": "indepedent"}, "typos"),
    (PLAIN, {"need it.": "need it!"}, "typos"),
    (PLAIN, {"three teams need it": "Three teams need it"}, "typos"),
    (PLAIN, {"as three": "as as three"}, "substance"),
    (PLAIN, {"partitions": "partition"}, "typos"),
    (PLAIN, {"Use Kafka": "Use Kafkka"}, "typos"),
    (PLAIN, {"Use Kafka": "Use Rabbit"}, "substance"),
    (PLAIN, {"12": "21"}, "substance"),
    (PLAIN, {"12 partitions": "1.2 partitions"}, "substance"),
    (PLAIN, {"does not lose": "does lose"}, "substance"),
    (PLAIN, {"does not lose": "doesn't lose"}, "substance"),
    (PLAIN, {"unencrypted": "encrypted"}, "substance"),
    (PLAIN, {"will allow": "may allow"}, "substance"),
    (PLAIN, {"see ADR-3": "see ADR-4"}, "substance"),
    (PLAIN, {"--topic orders": "--topic prices"}, "substance"),
    (PLAIN, {"* Bad, because it is unencrypted.\n": ""}, "substance"),
    (PLAIN, {"unencrypted.\n": "unencrypted.\n* Bad, because of the cost.\n"}, "additions"),
    (PLAIN, {"## References": "## Update of 2025\n\nIt went well.\n\n## References"}, "additions"),
    (PLAIN.replace("We use Kafka, as three", "我们使用 Kafka"), {"我们使用": "我们不用"}, "substance"),
    (PLAIN.replace("partitions", "partitions partitions"), {"partitions partitions": "partitions"}, "typos"),
    (PLAIN.replace("three teams", "threeteams"), {"threeteams": "three teams"}, "typos"),
    (PLAIN.replace("\n", "\r\n"), {"\r\n": "\n"}, ""),
    ("# [Accepted] Use Kafka\n\n## Decision\n\nIt is so.\n", {"[Accepted]": "[Superseded]"}, "status"),
    ("", {"": PLAIN}, "additions links metadata status"),
]


@pytest.mark.parametrize(("text", "put", "expected"), CHANGES, ids=[f"{put}"[:60] for _, put, _ in CHANGES])
def test_what_kind_of_change_it_is(text: str, put: dict[str, str], expected: str) -> None:
    after = text
    for old, new in put.items():
        assert old in after
        after = after.replace(old, new) if old else new
    before = record_of("/w/docs/adr/0007-use-kafka.md", text)
    found = parts(before, record_of(before.path, after))
    assert set(kinds_of(found)) == set(expected.split())
