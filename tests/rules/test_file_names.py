"""Which names of files in a text are problems: what is marked in the texts is reported, and nothing else is."""

from __future__ import annotations

import pytest

from tests.fixture import fixture

HEAD = """-- docs/adr/0002-store-orders-in-postgres.md --
# 2. Store orders in Postgres
-- docs/specs/orders.md --
# Orders
-- docs/adr/0001-use-kafka.md --
# 1. Use Kafka

"""
REPORTED = {
    "fewer words than the record has": "See ⟦0002-store-orders.md⟧ and `⟦0002-store-orders-postgres.md⟧`.",
    "its words with another number": "See ⟦0007-store-orders-in-postgres.md⟧.",
    "the name as it is": "See 0002-store-orders-in-postgres.md and `0002-store-orders-in-postgres.md`.",
    "a record of nobody here": "See 0009-use-rust.md, or begin with 0002-your-title.md.",
    "what was before": "The former 0002-store-orders.md.\n\nWe renamed `0002-store-orders.md` to 0002-store-orders-in-postgres.md.",
    "how names are made": "Name it `NNNN-title.md`, such as `0002-store-orders.md`.",
    "a page among the references": "## References\n\n- `docs/specs/orders.md`\n- `⟦docs/specs/bills.md⟧`\n- `../specs/orders.md`\n- `docs/plans/bills.md`, `docs/specs/<name>.md`",
    "a page elsewhere": "## Decision\n\nWe write `docs/specs/bills.md`.",
}


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED)
def test_what_is_reported_of_names(text: str) -> None:
    given = fixture(HEAD + text + "\n")
    assert given.marked(given.problems("file-unknown")) == HEAD + text + "\n"
