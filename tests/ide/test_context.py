"""Which decisions are told about some files or a topic, in which order, and how few characters that may take."""

from __future__ import annotations

import pytest

from adr_ls.ide import brief, context, finding
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from tests.fixture import ROOT, Fixture, fixture

SHOP = """
-- docs/adr/0001-mysql.md --
# ADR-0001: Keep orders in MySQL

**Status**: Superseded by [ADR-0004](0004-postgresql.md)
**Date**: 2024-02-12
**Applies to**: src/store/**

## Decision

We will use **MySQL 8**, e.g. for orders. One schema holds them all. Nobody writes procedures.
-- docs/adr/0002-search.md --
# ADR-0002: Search with Elasticsearch

**Status**: Accepted
**Date**: 2024-03-04

## Decision

We will use:

- Elasticsearch, managed
- a queue in front
-- docs/adr/0003-deploy.md --
# ADR-0003: Deploy with containers

**Status**: Proposed
**Applies to**: *.dockerfile

## Context

Machines differ; the payment gateway wants them pinned.

## Decision

[what is decided]
-- docs/adr/0004-postgresql.md --
# ADR-0004: Move orders to PostgreSQL

**Status**: Accepted
**Date**: 2025-01-15
**Supersedes**: [ADR-0001](0001-mysql.md)

## Decision

We will move all orders to PostgreSQL 16.
-- docs/adr/0005-xml.md --
# ADR-0005: Exchange orders as XML

**Status**: Rejected

## Decision

No.
-- src/store/orders.py --
# See ADR-0001 and ADR-0002
# Again: ADR-0002
-- src/api/pay.py --
# As ADR-0005 has it
-- src/api/other.py --
# ADR-0002
"""


def texts(workspace: Workspace) -> finding.Words:
    def words(record: Facts) -> frozenset[str]:
        file = workspace.file(record.path)
        assert file is not None
        return finding.words_of(file.text)

    return words


def told(given: Fixture, asked: str, topic: str = "", most: int = brief.MOST) -> str:
    files = [f"{ROOT}/{path}" for path in asked.split()]
    decisions = context.context(given.workspace, files, topic, texts(given.workspace))
    return brief.markdown(given.workspace, decisions, ROOT, most)


ORDERS = """\
- **ADR-0004: Move orders to PostgreSQL** (accepted, 2025-01-15, docs/adr/0004-postgresql.md)
  Replaces ADR-0001: Keep orders in MySQL, which says that it is about src/store/orders.py. \
Replaces ADR-0001: Keep orders in MySQL, which is cited in src/store/orders.py:1.
  > We will move all orders to PostgreSQL 16.
- **ADR-0002: Search with Elasticsearch** (accepted, 2024-03-04, docs/adr/0002-search.md)
  Cited in src/store/orders.py:1,2.
  > We will use: Elasticsearch, managed, a queue in front"""


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("src/store/orders.py", ORDERS),
        (
            "src/api/pay.py",
            """\
- **ADR-0005: Exchange orders as XML** (rejected, docs/adr/0005-xml.md)
  Cited in src/api/pay.py:1.
  > No.
- **ADR-0002: Search with Elasticsearch** (accepted, 2024-03-04, docs/adr/0002-search.md)
  Cited nearby, in src/api/other.py:1.
  > We will use: Elasticsearch, managed, a queue in front""",
        ),
        (
            "a.dockerfile",
            """\
- **ADR-0003: Deploy with containers** (proposed, docs/adr/0003-deploy.md)
  Says that it is about a.dockerfile.""",
        ),
        (
            "lib/SearchIndex.java",
            """\
- **ADR-0002: Search with Elasticsearch** (accepted, 2024-03-04, docs/adr/0002-search.md)
  Shares “search” with the path.
  > We will use: Elasticsearch, managed, a queue in front""",
        ),
        (
            "docs/adr/0001-mysql.md",
            """\
- **ADR-0001: Keep orders in MySQL** (superseded, 2024-02-12, docs/adr/0001-mysql.md)
  Replaced by ADR-0004: Move orders to PostgreSQL.
  > We will use MySQL 8, e.g. for orders. One schema holds them all.
- **ADR-0004: Move orders to PostgreSQL** (accepted, 2025-01-15, docs/adr/0004-postgresql.md)
  Cited in docs/adr/0001-mysql.md:3. Replaces ADR-0001: Keep orders in MySQL.
  > We will move all orders to PostgreSQL 16.""",
        ),
        ("lib/nothing.py", ""),
    ],
)
def test_what_binds_a_file_is_told_first_and_what_holds_in_place_of_what_does_not(asked: str, expected: str) -> None:
    assert told(fixture(SHOP), asked) == expected


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("payments", "0003"),
        ("search", "0002"),
        ("MySQL", "0004"),  # which has come in its place
        ("ADR-0002", "0002"),
        ("what is it about the orders", "0004 0005"),
        ("the kitchen sink", ""),
        ("  ", ""),
    ],
)
def test_a_topic_is_found_by_words_that_tell_records_apart(topic: str, expected: str) -> None:
    given = fixture(SHOP)
    found = context.context(given.workspace, (), topic, texts(given.workspace))
    assert " ".join(one.record.name.digits for one in found) == expected


def test_one_of_two_copies_of_a_log_is_told() -> None:
    twice = (
        SHOP.replace("-- src/store", "-- src/store")
        + "".join(f"-- book/src/adr/{part}" for part in SHOP.split("-- docs/adr/")[1:]).partition("-- src/")[0]
    )
    found = context.context(fixture(twice).workspace, (), "postgresql")
    assert [one.record.name.digits for one in found] == ["0004"]


@pytest.mark.parametrize("most", [*range(0, 260, 13), 400, 500, 6000])
def test_no_more_is_told_than_there_is_room_for(most: int) -> None:
    given = fixture(SHOP)
    whole = told(given, "src/store/orders.py src/api/pay.py a.dockerfile")
    shown = told(given, "src/store/orders.py src/api/pay.py a.dockerfile", most=most)
    assert len(shown) <= most
    assert shown == whole if len(whole) <= most else shown != whole
    named = sum(f"ADR-{number}" in shown for number in ("0002", "0003", "0004", "0005"))
    assert named or most < 80


def test_what_there_is_no_room_for_is_named_or_counted() -> None:
    given = fixture(SHOP)
    assert told(given, "src/store/orders.py src/api/pay.py a.dockerfile", most=330).splitlines()[-1] == (
        "- 3 more: ADR-0003, ADR-0002 and ADR-0005"
    )


def test_as_data_for_programs() -> None:
    given = fixture(SHOP)
    decisions = context.context(given.workspace, [f"{ROOT}/src/store/orders.py"])
    (first, _) = brief.data(given.workspace, decisions, ROOT, 2, len)
    assert brief.data(given.workspace, decisions, ROOT, 1, len) == [first]
    mysql = {"id": "ADR-0001", "title": "Keep orders in MySQL", "path": "docs/adr/0001-mysql.md"}
    file = {"path": "src/store/orders.py", "lines": []}
    assert first == {
        "id": "ADR-0004",
        "title": "Move orders to PostgreSQL",
        "path": "docs/adr/0004-postgresql.md",
        "status": "Accepted",
        "state": "accepted",
        "holds": True,
        "date": "2025-01-15",
        "decided": "We will move all orders to PostgreSQL 16.",
        "why": [
            {"kind": "governs", "files": [file], "words": [], "through": mysql},
            {"kind": "cited", "files": [{**file, "lines": [1]}], "words": [], "through": mysql},
        ],
        "replaces": [mysql],
        "replaced_by": [],
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("order", "orders"),
        ("caching", "cache"),
        ("postgres", "postgresql"),
        ("policy", "policies"),
        ("订单", "保存订单"),
    ],
)
def test_forms_of_one_word_are_alike(one: str, other: str) -> None:
    assert finding.alike(one, other)
    assert finding.alike(other, one)


def test_what_is_looked_for_may_be_the_beginning_of_a_word() -> None:
    assert finding.forms("elastic", ["elasticsearch", "other"]) == {"elasticsearch"}
    assert finding.forms("engine", ["engineering", "engines"]) == {"engines"}
    assert not finding.forms("elasticsearch", ["elastic"])
    assert not finding.forms("data", ["databases"])


@pytest.mark.parametrize(
    ("one", "other"), [("commit", "common"), ("test", "text"), ("contact", "contract"), ("do", "docs"), ("order", "ordinal")]
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert not finding.alike(one, other)


def test_names_in_programs_are_taken_apart() -> None:
    assert finding.words_of("class OrderService(PostgreSQL): s3_bucket") == {
        "class", "orderservice", "order", "service", "postgresql", "postgre", "sql", "s3", "bucket"
    }  # fmt: skip
