from __future__ import annotations

import pytest

from adr_ls import indexing
from adr_ls.rules.model import FileEdit
from tests.fixture import fixture

RECORDS = """\
-- docs/adr/0001-use-mysql.md --
# 1. Use MySQL

Date: 2024-01-01

## Status

Superseded by [2. Use Postgres](0002-use-postgres.md)
-- docs/adr/0002-use-postgres.md --
# 2. Use Postgres

Date: 2024-01-02

## Status

Accepted
-- docs/adr/0003-use-rust.md --
# 3. Use Rust

Date: 2024-01-03

## Status

Proposed

## Decision

We will use Rust | Go.
"""


def updated(index: str, records: str = RECORDS, *, newline: str = "\n") -> str:
    """The index after its update; that a second one would change nothing is checked on the way."""
    given = fixture(f"-- docs/adr/README.md --\n{index}{records}", newline=newline)
    edits = indexing.update(given.workspace, given.index)
    text = given.edited(FileEdit(given.index.path, edit) for edit in edits)
    again = fixture(text.replace("--\r\n", "--\n"))
    assert not indexing.update(again.workspace, again.index)
    assert not indexing.missing(again.workspace, again.index)
    return text.partition("--\n")[2].partition("-- docs/adr/0001")[0]


FORMS = {
    "toc of adr-tools": (
        "# Records\n\n* [1. Use MySQL](0001-use-mysql.md)\n* [2. Use Postgres](0002-use-postgres.md)\n",
        "# Records\n\n* [1. Use MySQL](0001-use-mysql.md)\n* [2. Use Postgres](0002-use-postgres.md)\n* [3. Use Rust](0003-use-rust.md)\n",
    ),
    "adr-log between its markers": (
        "<!-- adrlog -->\n\n- [ADR-0001](0001-use-mysql.md) - Use MySQL\n- [ADR-0002](0002-use-postgres.md) - Use Postgres\n\n<!-- adrlogstop -->\n\nText.\n",
        "<!-- adrlog -->\n\n- [ADR-0001](0001-use-mysql.md) - Use MySQL\n- [ADR-0002](0002-use-postgres.md) - Use Postgres\n- [ADR-0003](0003-use-rust.md) - Use Rust\n\n<!-- adrlogstop -->\n\nText.\n",
    ),
    "nested fields": (
        "- [ADR-0001: Use MySQL](./0001-use-mysql.md)\n  - **Status**: Superseded\n\n- [ADR-0002: Use Postgres](./0002-use-postgres.md)\n  - **Status**: Accepted\n\nText.\n",
        "- [ADR-0001: Use MySQL](./0001-use-mysql.md)\n  - **Status**: Superseded\n\n- [ADR-0002: Use Postgres](./0002-use-postgres.md)\n  - **Status**: Accepted\n\n- [ADR-0003: Use Rust](./0003-use-rust.md)\n  - **Status**: Proposed\n\nText.\n",
    ),
    "a table": (
        "| ADR | Title | Status | Date |\n|-----|-------|--------|------|\n| [0001](0001-use-mysql.md) | Use MySQL | Superseded | 2024-01-01 |\n| [0002](0002-use-postgres.md) | Use Postgres | Accepted | 2024-01-02 |\n",
        "| ADR | Title | Status | Date |\n|-----|-------|--------|------|\n| [0001](0001-use-mysql.md) | Use MySQL | Superseded | 2024-01-01 |\n| [0002](0002-use-postgres.md) | Use Postgres | Accepted | 2024-01-02 |\n| [0003](0003-use-rust.md) | Use Rust | Proposed | 2024-01-03 |\n",
    ),
    "a padded table with the link in the title": (
        "| #    | Title                                | Status     |\n| ---- | ------------------------------------ | ---------- |\n| 0001 | [Use MySQL](0001-use-mysql.md)       | Superseded |\n| 0002 | [Use Postgres](0002-use-postgres.md) | Accepted   |\n",
        "| #    | Title                                | Status     |\n| ---- | ------------------------------------ | ---------- |\n| 0001 | [Use MySQL](0001-use-mysql.md)       | Superseded |\n| 0002 | [Use Postgres](0002-use-postgres.md) | Accepted   |\n| 0003 | [Use Rust](0003-use-rust.md)         | Proposed   |\n",
    ),
    "a table without outer pipes": (
        "ADR | Status\n--- | ---\n[1. Use MySQL](0001-use-mysql.md) | Superseded\n[2. Use Postgres](0002-use-postgres.md) | Accepted\n",
        "ADR | Status\n--- | ---\n[1. Use MySQL](0001-use-mysql.md) | Superseded\n[2. Use Postgres](0002-use-postgres.md) | Accepted\n[3. Use Rust](0003-use-rust.md) | Proposed\n",
    ),
    "a numbered list with suffixes": (
        "1. [Use MySQL](0001-use-mysql.md) - **Superseded**\n2. [Use Postgres](0002-use-postgres.md) - **Accepted**\n",
        "1. [Use MySQL](0001-use-mysql.md) - **Superseded**\n2. [Use Postgres](0002-use-postgres.md) - **Accepted**\n3. [Use Rust](0003-use-rust.md) - **Proposed**\n",
    ),
    "suffixes in brackets": (
        "* [1. Use MySQL](0001-use-mysql.md) (superseded)\n* [2. Use Postgres](0002-use-postgres.md) (accepted)\n",
        "* [1. Use MySQL](0001-use-mysql.md) (superseded)\n* [2. Use Postgres](0002-use-postgres.md) (accepted)\n* [3. Use Rust](0003-use-rust.md) (proposed)\n",
    ),
    "pictures": (
        "- ⌛️ [1. Use MySQL](0001-use-mysql.md)\n- ✅ [2. Use Postgres](0002-use-postgres.md)\n",
        "- ⌛️ [1. Use MySQL](0001-use-mysql.md)\n- ✅ [2. Use Postgres](0002-use-postgres.md)\n- 🤔 [3. Use Rust](0003-use-rust.md)\n",
    ),
    "newest first": (
        "* [2. Use Postgres](0002-use-postgres.md)\n* [1. Use MySQL](0001-use-mysql.md)\n",
        "* [3. Use Rust](0003-use-rust.md)\n* [2. Use Postgres](0002-use-postgres.md)\n* [1. Use MySQL](0001-use-mysql.md)\n",
    ),
    "by status": (
        "## Accepted\n\n* [2. Use Postgres](0002-use-postgres.md)\n\n## Superseded\n\n* [1. Use MySQL](0001-use-mysql.md)\n\n## Proposed\n\n* None\n",
        "## Accepted\n\n* [2. Use Postgres](0002-use-postgres.md)\n* [3. Use Rust](0003-use-rust.md)\n\n## Superseded\n\n* [1. Use MySQL](0001-use-mysql.md)\n\n## Proposed\n\n* None\n",
    ),
    "without links": (
        "- ADR-0001 Use MySQL\n- ADR-0002 Use Postgres\n",
        "- ADR-0001 Use MySQL\n- ADR-0002 Use Postgres\n- ADR-0003 Use Rust\n",
    ),
    "without a line end at the end": (
        "* [1. Use MySQL](0001-use-mysql.md)\n* [2. Use Postgres](0002-use-postgres.md)\n",
        "* [1. Use MySQL](0001-use-mysql.md)\n* [2. Use Postgres](0002-use-postgres.md)\n* [3. Use Rust](0003-use-rust.md)\n",
    ),
    "reference-style links": (
        "* [1. Use MySQL][1]\n* [2. Use Postgres][2]\n\n[1]: 0001-use-mysql.md\n[2]: 0002-use-postgres.md\n",
        "* [1. Use MySQL][1]\n* [2. Use Postgres][2]\n* [3. Use Rust](0003-use-rust.md)\n\n[1]: 0001-use-mysql.md\n[2]: 0002-use-postgres.md\n",
    ),
    "nested words of their own": (
        "* [1. Use MySQL](0001-use-mysql.md)\n  Why not?\n\n  More.\n  - **Status**: Superseded\n  - A note\n* [2. Use Postgres](0002-use-postgres.md)\n  Because.\n  - **Status**: Accepted\n  - Another note\n",
        "* [1. Use MySQL](0001-use-mysql.md)\n  Why not?\n\n  More.\n  - **Status**: Superseded\n  - A note\n* [2. Use Postgres](0002-use-postgres.md)\n  Because.\n  - **Status**: Accepted\n  - Another note\n* [3. Use Rust](0003-use-rust.md)\n  - **Status**: Proposed\n",
    ),
    "entries with words of their own": (
        "* [MySQL, at last](0001-use-mysql.md), our first: *do not read*\n  Continued.\n* [The elephant](0002-use-postgres.md)\n",
        "* [MySQL, at last](0001-use-mysql.md), our first: *do not read*\n  Continued.\n* [The elephant](0002-use-postgres.md)\n* [Use Rust](0003-use-rust.md)\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)
def test_a_missing_record_is_added_as_its_neighbours_are_written(before: str, after: str) -> None:
    assert updated(before) == after


@pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)
def test_line_ends_are_kept(before: str, after: str) -> None:
    given = fixture(f"-- docs/adr/README.md --\n{before}{RECORDS}", newline="\r\n")
    text = given.edited(FileEdit(given.index.path, edit) for edit in indexing.update(given.workspace, given.index))
    body = text.partition("--\n")[2].partition("-- docs/adr/0001")[0]
    assert body == after.replace("\n", "\r\n")


STALE = {
    "a nested field": (
        "- [Use MySQL](0001-use-mysql.md)\n  - **Status**: Accepted (2024)\n- [2](0002-use-postgres.md)\n- [3](0003-use-rust.md)\n",
        "- [Use MySQL](0001-use-mysql.md)\n  - **Status**: Superseded (2024)\n- [2](0002-use-postgres.md)\n- [3](0003-use-rust.md)\n",
    ),
    "the case of the index": (
        "- [1](0001-use-mysql.md) - ACCEPTED\n- [2](0002-use-postgres.md) - accepted\n- [3](0003-use-rust.md) - accepted\n",
        "- [1](0001-use-mysql.md) - SUPERSEDED\n- [2](0002-use-postgres.md) - accepted\n- [3](0003-use-rust.md) - proposed\n",
    ),
    "marks around it": (
        "| ADR | Status |\n| - | - |\n| [1](0001-use-mysql.md) | ✅ **Accepted** |\n| [2](0002-use-postgres.md) | `Accepted` |\n| [3](0003-use-rust.md) | Proposed |\n",
        "| ADR | Status |\n| - | - |\n| [1](0001-use-mysql.md) | ✅ **Superseded** |\n| [2](0002-use-postgres.md) | `Accepted` |\n| [3](0003-use-rust.md) | Proposed |\n",
    ),
    "what is struck out": (
        "- [1](0001-use-mysql.md) - ~~Accepted~~ Deprecated\n- [2](0002-use-postgres.md) - ~~Proposed~~ Accepted\n- [3](0003-use-rust.md)\n",
        "- [1](0001-use-mysql.md) - ~~Accepted~~ Superseded\n- [2](0002-use-postgres.md) - ~~Proposed~~ Accepted\n- [3](0003-use-rust.md)\n",
    ),
    "titles and summaries are people's own": (
        "| ADR | Decision | Status |\n| - | - | - |\n| [1](0001-use-mysql.md) | My words | Superseded |\n| [2](0002-use-postgres.md) | x | Accepted |\n| [3](0003-use-rust.md) | | Proposed |\n",
        "| ADR | Decision | Status |\n| - | - | - |\n| [1](0001-use-mysql.md) | My words | Superseded |\n| [2](0002-use-postgres.md) | x | Accepted |\n| [3](0003-use-rust.md) | | Proposed |\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), STALE.values(), ids=STALE)
def test_a_stale_status_is_corrected_and_nothing_else(before: str, after: str) -> None:
    assert updated(before) == after


def test_a_value_with_a_pipe_stays_in_its_cell() -> None:
    before = "| ADR | Status | Summary |\n| --- | --- | --- |\n| [1](0001-use-mysql.md) | Superseded | x |\n| [2](0002-use-postgres.md) | Accepted | y |\n"
    assert updated(before) == before + "| [3](0003-use-rust.md) | Proposed | Rust \\| Go |\n"


def test_no_status_is_made_up_for_a_record_that_states_none() -> None:
    records = RECORDS.replace("## Status\n\nProposed\n\n", "")
    before = "* [1. Use MySQL](0001-use-mysql.md) (superseded)\n* [2. Use Postgres](0002-use-postgres.md) (accepted)\n"
    assert updated(before, records) == before + "* [3. Use Rust](0003-use-rust.md)\n"
    before = "- [1](0001-use-mysql.md)\n  - **Status**: Superseded\n- [2](0002-use-postgres.md)\n  - **Status**: Accepted\n"
    assert updated(before, records) == before + "- [3](0003-use-rust.md)\n"


def test_a_title_with_a_pipe_stays_in_its_cell() -> None:
    records = RECORDS.replace("# 3. Use Rust", "# 3. Use Rust | Go")
    before = "| ADR | Status |\n| --- | --- |\n| [1. Use MySQL](0001-use-mysql.md) | Superseded |\n| [2. Use Postgres](0002-use-postgres.md) | Accepted |\n"
    assert updated(before, records) == before + "| [3. Use Rust \\| Go](0003-use-rust.md) | Proposed |\n"


def test_records_go_between_their_neighbours() -> None:
    before = "* [1. Use MySQL](0001-use-mysql.md)\n* [3. Use Rust](0003-use-rust.md)\n"
    assert (
        updated(before)
        == "* [1. Use MySQL](0001-use-mysql.md)\n* [2. Use Postgres](0002-use-postgres.md)\n* [3. Use Rust](0003-use-rust.md)\n"
    )


def test_a_record_goes_below_the_heading_of_its_category() -> None:
    records = RECORDS.replace("# 3. Use Rust\n", "# 3. Use Rust\n\nCategory: languages\n")
    before = (
        "### Languages\n\n* [1. Use MySQL](0001-use-mysql.md)\n\n### Storage\n\n* [2. Use Postgres](0002-use-postgres.md)\n"
    )
    assert updated(before, records) == before.replace("mysql.md)\n", "mysql.md)\n* [3. Use Rust](0003-use-rust.md)\n")


def test_the_entry_of_a_record_in_a_directory_of_its_own_leads_to_the_directory() -> None:
    records = "".join(f"-- docs/adr/2024-01-0{n}-x{n}/README.md --\n# X{n}\n\n## Decision\n\nText.\n" for n in range(1, 4))
    given = fixture(f"-- docs/adr/README.md --\n- [X1](2024-01-01-x1/)\n- [X2](2024-01-02-x2/)\n{records}")
    text = given.edited(FileEdit(given.index.path, edit) for edit in indexing.update(given.workspace, given.index))
    assert "- [X2](2024-01-02-x2/)\n- [X3](2024-01-03-x3/)\n" in text


def test_an_index_above_the_log_links_down() -> None:
    given = fixture(
        f"-- docs/README.md --\n- [1. Use MySQL](adr/0001-use-mysql.md)\n- [2. Use Postgres](adr/0002-use-postgres.md)\n{RECORDS}"
    )
    text = given.edited(FileEdit(given.index.path, edit) for edit in indexing.update(given.workspace, given.index))
    assert "- [3. Use Rust](adr/0003-use-rust.md)\n" in text


@pytest.mark.parametrize(
    "page",
    [
        "# About\n\nSee [1](0001-use-mysql.md) and [2](0002-use-postgres.md).\n",
        "# About\n\n```\n- [1](0001-use-mysql.md)\n- [2](0002-use-postgres.md)\n```\n",
        "# About\n\n- We decided in [1](0001-use-mysql.md) to do it\n- And also [2](0002-use-postgres.md)\n",
        "",
    ],
)
def test_a_page_that_lists_nothing_is_no_index(page: str) -> None:
    given = fixture(f"-- docs/adr/README.md --\n{page}{RECORDS}")
    assert not given.workspace.indexes


def test_what_an_entry_says() -> None:
    given = fixture(f"""-- docs/adr/README.md --
### Storage

- ✅ [1. Use MySQL](0001-use-mysql.md)
  - **Status**: Accepted
  - **Owner**: Zoë
- [9. Gone](0009-gone.md) - Rejected

| ADR | Status |
| --- | --- |
| [3](0003-use-rust.md), [2](0002-use-postgres.md) | Accepted |
{RECORDS}""")
    index = given.index
    assert [
        (
            entry.kind,
            entry.path and entry.path.rsplit("/", 1)[-1],
            entry.status and entry.status.value,
            entry.category and entry.category.name,
            entry.is_dead,
        )
        for entry in index.entries
    ] == [
        ("item", "0001-use-mysql.md", "Accepted", "Storage", False),
        ("item", None, "Rejected", "Storage", True),
        ("row", "0003-use-rust.md", "Accepted", "Storage", False),
    ]
    assert all(index.lists(path) for path in given.workspace.records)
    assert [field.key for field in index.entries[0].fields] == ["Status", "Owner"]
