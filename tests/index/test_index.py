from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from adr_ls.cli import main, printing
from adr_ls.ide import actions
from adr_ls.index import create, judge, update
from adr_ls.index.write import is_balanced
from adr_ls.log.index import Entry, Index
from adr_ls.log.index.strips import Part
from adr_ls.log.workspace import Workspace
from adr_ls.syntax.text import apply
from tests.conftest import EVERYTHING
from tests.fixture import clean, fixture, written
from tests.test_corpora import collections, loaded

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
    change = update.update(given.workspace, given.index)
    typed = given.typed(given.index.path)
    assert update.update(typed, typed.indexes[given.index.path]) == change
    text = given.edited(change)
    again = fixture(text.replace("--\r\n", "--\n"))
    assert not update.update(again.workspace, again.index)
    assert not judge.missing(again.workspace, again.index)
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
    "a status in emphasis at the end": (
        "- **[0001](0001-use-mysql.md)** Use MySQL *(superseded)*\n- **[0002](0002-use-postgres.md)** Use Postgres *(accepted)*\n",
        "- **[0001](0001-use-mysql.md)** Use MySQL *(superseded)*\n- **[0002](0002-use-postgres.md)** Use Postgres *(accepted)*\n- **[0003](0003-use-rust.md)** Use Rust *(proposed)*\n",
    ),
    "full-width marks": (
        "- [ADR-0001](0001-use-mysql.md)：Use MySQL（Superseded）\n- [ADR-0002](0002-use-postgres.md)：Use Postgres（Accepted）\n",
        "- [ADR-0001](0001-use-mysql.md)：Use MySQL（Superseded）\n- [ADR-0002](0002-use-postgres.md)：Use Postgres（Accepted）\n- [ADR-0003](0003-use-rust.md)：Use Rust（Proposed）\n",
    ),
    "full-width marks around two": (
        "- [Use MySQL](0001-use-mysql.md)（Superseded，2024-01-01）\n- [Use Postgres](0002-use-postgres.md)（Accepted，2024-01-02）\n",
        "- [Use MySQL](0001-use-mysql.md)（Superseded，2024-01-01）\n- [Use Postgres](0002-use-postgres.md)（Accepted，2024-01-02）\n- [Use Rust](0003-use-rust.md)（Proposed，2024-01-03）\n",
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
        "## Accepted\n\n* [2. Use Postgres](0002-use-postgres.md)\n\n## Superseded\n\n* [1. Use MySQL](0001-use-mysql.md)\n\n## Proposed\n\n* [3. Use Rust](0003-use-rust.md)\n",
    ),
    "words that begin in the next line": (
        "- [ADR-0001](0001-use-mysql.md) —\n  MySQL, as it was there.\n- [ADR-0002](0002-use-postgres.md) —\n  Postgres, as it can do\n  more.\n",
        "- [ADR-0001](0001-use-mysql.md) —\n  MySQL, as it was there.\n- [ADR-0002](0002-use-postgres.md) —\n  Postgres, as it can do\n  more.\n- [ADR-0003](0003-use-rust.md) — Use Rust\n",
    ),
    "a summary that begins in the next line": (
        "- [1. Use MySQL](0001-use-mysql.md):\n  It was there.\n- [2. Use Postgres](0002-use-postgres.md):\n  It can do\n  more.\n",
        "- [1. Use MySQL](0001-use-mysql.md):\n  It was there.\n- [2. Use Postgres](0002-use-postgres.md):\n  It can do\n  more.\n- [3. Use Rust](0003-use-rust.md): Rust | Go\n",
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
        "* [1. Use MySQL][1]\n* [2. Use Postgres][2]\n* [3. Use Rust][3]\n\n[1]: 0001-use-mysql.md\n[2]: 0002-use-postgres.md\n[3]: 0003-use-rust.md\n",
    ),
    "reference-style links by their own text": (
        "* [ADR-0001][] - Superseded\n* [ADR-0002][] - Accepted\n\n[ADR-0001]: ./0001-use-mysql.md\n[ADR-0002]:   ./0002-use-postgres.md 'b'\n\nText.\n",
        "* [ADR-0001][] - Superseded\n* [ADR-0002][] - Accepted\n* [ADR-0003][] - Proposed\n\n[ADR-0001]: ./0001-use-mysql.md\n[ADR-0002]:   ./0002-use-postgres.md 'b'\n[ADR-0003]:   ./0003-use-rust.md\n\nText.\n",
    ),
    "reference-style links by titles": (
        "- [Use MySQL]\n- [Use Postgres]\n\n[Use MySQL]: 0001-use-mysql.md\n[Use Postgres]: 0002-use-postgres.md\n",
        "- [Use MySQL]\n- [Use Postgres]\n- [Use Rust]\n\n[Use MySQL]: 0001-use-mysql.md\n[Use Postgres]: 0002-use-postgres.md\n[Use Rust]: 0003-use-rust.md\n",
    ),
    "reference-style links whose definition is there": (
        "- [1][a]\n- [2][b]\n\n[a]: 0001-use-mysql.md\n[b]: 0002-use-postgres.md\n[c]: ./0003-use-rust.md\n",
        "- [1][a]\n- [2][b]\n- [3][c]\n\n[a]: 0001-use-mysql.md\n[b]: 0002-use-postgres.md\n[c]: ./0003-use-rust.md\n",
    ),
    "reference-style links by letters": (
        "- [1][a]\n- [2][b]\n\n[a]: 0001-use-mysql.md\n[b]: 0002-use-postgres.md\n",
        "- [1][a]\n- [2][b]\n- [3](0003-use-rust.md)\n\n[a]: 0001-use-mysql.md\n[b]: 0002-use-postgres.md\n",
    ),
    "reference-style links in a table, the newest first": (
        "| ADR | Status |\n| - | - |\n| [2. Use Postgres][2] | Accepted |\n| [1. Use MySQL][1] | Superseded |\n\n[2]: 0002-use-postgres.md\n[1]: 0001-use-mysql.md\n",
        "| ADR | Status |\n| - | - |\n| [3. Use Rust][3] | Proposed |\n| [2. Use Postgres][2] | Accepted |\n| [1. Use MySQL][1] | Superseded |\n\n[3]: 0003-use-rust.md\n[2]: 0002-use-postgres.md\n[1]: 0001-use-mysql.md\n",
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
    text = given.edited(update.update(given.workspace, given.index))
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
        "| ADR | Status |\n| - | - |\n| [1](0001-use-mysql.md) | **Superseded** |\n| [2](0002-use-postgres.md) | `Accepted` |\n| [3](0003-use-rust.md) | Proposed |\n",
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


RAIN = ("rain", "snow", "hail", "wind", "frost", "storm", "cloud", "mist", "dew", "sun", "ice", "heat")
"""What the records of a log are about of which the fourth was called otherwise."""
NUMBERED = {
    "a number": ("- {n:04} — {title}\n", ""),
    "a number in bold": ("* **{n:04}** {title}\n", ""),
    "an id": ("- ADR-{n:04}: {title}\n", ""),
    "an id without zeros": ("* ADR {n}: {title}\n", ""),
    "a number, and a status behind it": ("- {n:04} — {title} (accepted)\n", ""),
    "a number, where others have links": ("- {n:04} — {title}\n", "- [{n:04} — {title}]({n:04}-{name}.md)\n"),
    "a number, where others have links behind it": ("- {n:04} — {title}\n", "- {n:04} — [{title}]({n:04}-{name}.md)\n"),
    "an id, where others have links": ("- ADR-{n:04}: {title}\n", "- [ADR-{n:04}: {title}]({n:04}-{name}.md)\n"),
    "the cell of a number": ("| {n:04} | {title} | Accepted |\n", ""),
    "the cell of a number, where others have links": (
        "| {n:04} | {title} | Accepted |\n",
        "| [{n:04}]({n:04}-{name}.md) | {title} | Accepted |\n",
    ),
}
"""How an entry without a link is written, and how the others are, where that is not the same."""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["wind", "former-name"])
@pytest.mark.parametrize(("own", "other"), NUMBERED.values(), ids=NUMBERED)
def test_what_opens_with_the_number_of_a_record_is_its_entry_whatever_it_calls_it(
    own: str, other: str, name: str, newline: str
) -> None:
    listed = "| No. | Title | Status |\n|--|--|--|\n" if own.startswith("|") else ""
    records = ""
    for n, one in enumerate(RAIN, 1):
        is_it = one == "wind"
        listed += (own if is_it else other or own).format(n=n, title="Former name" if is_it else f"Use {one}", name=one)
        records += f"-- docs/adr/{n:04}-{name if is_it else one}.md --\n# {n}. Use {one}\n\n## Status\n\nAccepted\n"
    given = fixture(f"-- docs/adr/README.md --\n# Decisions\n\n{listed}{records}", newline=newline)
    assert not judge.missing(given.workspace, given.index)
    (problem,) = given.problems("index-title")
    assert problem.message == "The title of ADR-0004 is “Use wind”, not “Former name”."
    mended = written(given.index.page, problem.fixes[0].change)
    assert mended == given.index.page.text.replace("Former name", "Use wind")
    # An update changes what repeats the name of the file, which was the title once
    assert written(given.index.page, update.update(given.workspace, given.index)) == (
        mended if name == "former-name" else given.index.page.text
    )


def test_a_record_without_a_number_has_none_in_an_entry_beside_others_that_have() -> None:
    for form in ("* [{}]({})\n", "* [**{}**]({})\n"):
        before = form.format("1. Use MySQL", "0001-use-mysql.md") + form.format("2. Use Postgres", "0002-use-postgres.md")
        records = RECORDS.replace("0003-use-rust.md", "use-rust.md").replace("# 3. ", "# ")
        assert updated(before, records) == before + form.format("Use Rust", "use-rust.md")


NO_ENTRIES = {
    "another way of writing": "- 4 servers in each region\n",
    "a remark": "- 0004 is superseded\n",
    "what is struck out": "- ~~0004 — Former name~~\n",
    "a number that is listed": "- 0003 — see above\n",
    "what names two": "- 0004 — Former name\n- 0004 — Other name\n",
}


@pytest.mark.parametrize("more", NO_ENTRIES.values(), ids=NO_ENTRIES)
def test_what_opens_with_a_number_otherwise_than_others_is_no_entry(more: str) -> None:
    listed = "".join(f"- {n:04} — Use {one}\n" for n, one in enumerate(RAIN[:3], 1))
    records = "".join(
        f"-- docs/adr/{n:04}-{one}.md --\n# {n}. Use {one}\n\n## Status\n\nAccepted\n" for n, one in enumerate(RAIN[:4], 1)
    )
    given = fixture(f"-- docs/adr/README.md --\n# Decisions\n\n{listed}\n## Notes\n\n{more}{records}")
    assert [record.number for record in judge.missing(given.workspace, given.index)] == [4]


ONE, TWO, THREE = (
    "[1. Use MySQL](0001-use-mysql.md)",
    "[2. Use Postgres](0002-use-postgres.md)",
    "[3. Use Rust](0003-use-rust.md)",
)

REFRESHED = {
    "a note that is a status": (f"- {TWO} - Accepted (amended 2026-07-30)",) * 2,
    "a note that names another record": (f"- {TWO} - Accepted (amended by 0030)",) * 2,
    "a note that agrees with another word": (f"- {TWO} - Accepted (superseded)",) * 2,
    "a note behind a stale word": (f"- {TWO} - Proposed (amended)", f"- {TWO} - Accepted (amended)"),
    "a date in front of the status": (f"- {TWO} - 2024-01-02 - Proposed", f"- {TWO} - 2024-01-02 - Accepted"),
    "a written date in front of it": (f"- {TWO} - 12. Mai 2024, Proposed", f"- {TWO} - 12. Mai 2024, Accepted"),
    "a tag around it": (
        f'- {TWO} · <span style="color:red">Proposed</span>',
        f'- {TWO} · <span style="color:red">Accepted</span>',
    ),
    "who superseded it": (
        f"- {TWO}\n  - Status: Superseded by [ADR-0001](0001-use-mysql.md)",
        f"- {TWO}\n  - Status: Accepted",
    ),
    "the same in brackets": (f"- {TWO} (Superseded by [1](0001-use-mysql.md))", f"- {TWO} (Accepted)"),
    "words that argue": (f"- {TWO} - Rejected in favour of [1](0001-use-mysql.md)",) * 2,
    "words behind a comma": (f"- {TWO} - Proposed, until MySQL is gone",) * 2,
    "words in brackets": (f"- {TWO} - Proposed (by the storage team)",) * 2,
    "prose that opens with a status": (f"- {TWO}, Rejected alternatives",) * 2,
    "a picture beside the word": (f"- {TWO} - ❌ Rejected", f"- {TWO} - Accepted"),
    "a picture in front of the link": (f"- ❌ {TWO} - Rejected", f"- {TWO} - Accepted"),
    "a badge": (
        f"- ![state](https://x.org/rejected.svg) {TWO} - Rejected",
        f"- ![state](https://x.org/rejected.svg) {TWO} - Accepted",
    ),
    "a status in front of the link": (f"* Proposed: {TWO}", f"* Accepted: {TWO}"),
    "a word that is not known": (f"- {TWO} - Verified",) * 2,
}


@pytest.mark.parametrize(("before", "after"), REFRESHED.values(), ids=REFRESHED)
def test_a_status_is_corrected_by_its_word_alone_or_not_at_all(before: str, after: str) -> None:
    text = f"- {ONE}\n{{}}\n- {THREE}\n".replace("- [", f"{before[0]} [")
    assert updated(text.format(before)) == text.format(after)


@pytest.mark.parametrize(
    "said",
    ["Accepted (amended)", "Accepted (amended by 0030)", "Accepted (proposed 2024-01-01)", "accepted (superseded in part)"],
)
def test_a_note_in_brackets_is_no_other_status(said: str) -> None:
    page = f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| {TWO} | {said} |\n| {THREE} | Proposed |\n"
    given = fixture(f"-- docs/adr/README.md --\n{page}{RECORDS}")
    assert not given.problems("index-status", "stale-in-index")
    assert updated(page) == page
    both = page.replace(ONE, THREE).rpartition("| [3")[0].replace("Superseded", "Proposed (amended)")
    assert f"| {ONE} | superseded |" in updated(both).replace("| Superseded", "| superseded")


def test_one_of_two_statuses_in_a_cell_agrees_with_the_record() -> None:
    page = f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| {TWO} | Accepted; implemented in part |\n| {THREE} | Proposed; not implemented yet |\n"
    assert not fixture(f"-- docs/adr/README.md --\n{page}{RECORDS}").problems("index-status", "stale-in-index")
    wrong = page.replace("Proposed;", "Rejected;")
    assert len(fixture(f"-- docs/adr/README.md --\n{wrong}{RECORDS}").problems("index-status")) == 1


@pytest.mark.parametrize(("said", "is_wrong"), [("Accepted 2026-01-01; **amended 2026-02-02**", False), ("Accepted", True)])
def test_that_a_record_was_amended_agrees_with_one_that_says_so(said: str, *, is_wrong: bool) -> None:
    page = f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| {TWO} | **Amended 2026-02-02** |\n| {THREE} | Proposed |\n"
    records = RECORDS.replace("Accepted", said)
    assert bool(fixture(f"-- docs/adr/README.md --\n{page}{records}").problems("index-status")) is is_wrong


def test_an_index_of_which_most_links_died_is_one_still() -> None:
    page = "# Decisions\n\n- [1. Use MySQL](0001-use-mysqll.md)\n- [2. Use Postgres](0002-use-postgres.md)\n- [9. Gone](0009-gone.md)\n"
    given = fixture(f"-- docs/adr/README.md --\n{page}{RECORDS}")
    assert [one.message for one in given.problems("index-missing-entry")] == ["ADR-0003, “Use Rust”, is not in this index."]
    assert len(given.problems("index-dead-entry")) == 2


def test_an_index_may_call_a_record_superseded_that_is_so_in_part() -> None:
    page = f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| {TWO} | Superseded |\n| {THREE} | Proposed |\n"
    records = RECORDS.replace("Accepted", "Partially superseded (see below)")
    assert not fixture(f"-- docs/adr/README.md --\n{page}{records}").problems("index-status", "stale-in-index")


def test_an_index_that_is_ahead_of_a_superseded_record_is_right() -> None:
    """The record is wrong, and is told so; that the index says otherwise is the same problem."""
    page = f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| {TWO} | Superseded |\n| {THREE} | Proposed |\n| [4](0004-use-zig.md) | Accepted |\n"
    newer = "-- docs/adr/0004-use-zig.md --\n# 4. Use Zig\n\nStatus: Accepted\n\nSupersedes: [ADR-2](0002-use-postgres.md)\n"
    given = fixture(f"-- docs/adr/README.md --\n{page}{RECORDS}{newer}")
    assert not given.problems("index-status", "stale-in-index")
    assert len(given.problems("supersede-status")) == 1


def test_a_status_that_words_explain_is_reported_without_a_fix() -> None:
    given = fixture(f"-- docs/adr/README.md --\n- {ONE}\n- {TWO} - Rejected in favour of {ONE}\n- {THREE}\n{RECORDS}")
    (problem,) = given.problems("index-status")
    assert not problem.fixes


def test_a_date_in_the_cell_of_a_status_stays() -> None:
    before = f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| {TWO} | 2024-01-02: Proposed |\n| {THREE} | Proposed |\n"
    assert updated(before) == before.replace("02: Proposed", "02: Accepted")


def test_a_child_that_tells_of_another_record_is_no_entry() -> None:
    given = fixture(f"-- docs/adr/README.md --\n- {ONE}\n  - superseded by {TWO}\n- {THREE}\n{RECORDS}")
    assert [entry.path and entry.path[-13:] for entry in given.index.entries] == ["-use-mysql.md", "3-use-rust.md"]
    assert [record.number for record in judge.missing(given.workspace, given.index)] == [2]


# What stands in the entry of record 2 and what record 3 gets after it; {} is the link
CLONED = {
    "a status in front": ("* Accepted: {}", "* Proposed: {}"),
    "a status in brackets in front": ("* [Accepted] {}", "* [Proposed] {}"),
    "a date in front": ("* 2024-01-02: {}", "* 2024-01-03: {}"),
    "a status in brackets": ("* {} (Accepted)", "* {} (Proposed)"),
    "a description with brackets": ("* {} — storage (see #12)", "* {} — Rust | Go"),
    "struck out": ("* ~~{}~~", "* {}"),
    "emphasis": ("* {} - *Accepted*", "* {} - *Proposed*"),
    "strong and emphasis": ("* **{}** - *Accepted* (2024-01-02)", "* **{}** - *Proposed* (2024-01-03)"),
    "a status with its date": ("* {} - Accepted on 2024-01-02", "* {} - Proposed on 2024-01-03"),
    "code": ("* {} · `Accepted`", "* {} · `Proposed`"),
    "a note": ("* {}, our *first*", "* {}"),
    "a task": ("* [x] {}", "* [ ] {}"),
    "a task to do": ("* [ ] {}", "* [ ] {}"),
    "an unclosed bracket": ("* {} (storage", "* {}"),
}


@pytest.mark.parametrize(("before", "after"), CLONED.values(), ids=CLONED)
def test_what_surrounds_the_link_is_adapted_or_left_out_whole(before: str, after: str) -> None:
    text = f"* {ONE}\n{before.format(TWO)}\n"
    text = text.replace(f"* {ONE}\n", "")
    records = RECORDS.replace("Superseded by [2. Use Postgres](0002-use-postgres.md)", "Superseded")
    listed = f"{before.format(ONE).replace('Accepted', 'Superseded').replace('2024-01-02', '2024-01-01')}\n{text}"
    assert updated(listed, records) == f"{listed}{after.format(THREE)}\n"


def test_a_superseded_record_names_its_successor_where_the_index_does() -> None:
    records = RECORDS.replace("Proposed\n", "Superseded by [2. Use Postgres](0002-use-postgres.md)\n")
    before = f"- {ONE} (superseded by {TWO})\n- {TWO} (accepted)\n"
    assert updated(before, records) == f"{before}- {THREE} (superseded by {TWO})\n"


LABELS = {
    "a status behind the title": ("ADR-0002: Use Postgres (accepted)", "ADR-0003: Use Rust (proposed)"),
    "a number in brackets": ("[ADR 2] Use Postgres", "[ADR 3] Use Rust"),
    "code": ("`0002-use-postgres.md`", "`0003-use-rust.md`"),
    "strong": ("**ADR 2** Use Postgres", "**ADR 3** Use Rust"),
    "the title alone": ("Use Postgres", "Use Rust"),
    "a word for what it is": ("ADR: Use Postgres", "ADR: Use Rust"),
    "a word of another language": ("Décision : Use Postgres", "Décision : Use Rust"),
}


@pytest.mark.parametrize(("before", "after"), LABELS.values(), ids=LABELS)
def test_the_text_of_a_link_is_written_as_its_neighbours(before: str, after: str) -> None:
    text = f"* {ONE}\n* [{before}](0002-use-postgres.md)\n"
    text = (
        f"* [{before.replace('2', '1').replace('Postgres', 'MySQL')}](0001-use-mysql.md)\n* [{before}](0002-use-postgres.md)\n"
    )
    text = text.replace("0001-use-postgres", "0001-use-mysql").replace("1-use-postgres", "1-use-mysql")
    assert updated(text) == f"{text}* [{after}](0003-use-rust.md)\n"


def test_the_title_of_a_link_is_not_copied() -> None:
    before = f'* {ONE}\n* [2. Use Postgres](0002-use-postgres.md "Postgres!")\n'
    assert updated(before) == f"{before}* {THREE}\n"


TABLES = {
    "a number beside the link": (
        "| ADR # | Decision |\n| - | - |\n| ADR-001 | [Use MySQL](0001-use-mysql.md) |\n| ADR-002 | [Use Postgres](0002-use-postgres.md) |\n",
        "| ADR-003 | [Use Rust](0003-use-rust.md) |\n",
    ),
    "a padded number": (
        "| No | Decision |\n| - | - |\n| 0001 | [Use MySQL](0001-use-mysql.md) |\n| 0002 | [Use Postgres](0002-use-postgres.md) |\n",
        "| 0003 | [Use Rust](0003-use-rust.md) |\n",
    ),
    "a bare number": (
        "| ID | Decision |\n| - | - |\n| 1 | [Use MySQL](0001-use-mysql.md) |\n| 2 | [Use Postgres](0002-use-postgres.md) |\n",
        "| 3 | [Use Rust](0003-use-rust.md) |\n",
    ),
    "German dates and statuses": (
        "| ADR | Status | Datum |\n| - | - | - |\n| [1](0001-use-mysql.md) | Ersetzt | 01.01.2024 |\n| [2](0002-use-postgres.md) | Akzeptiert | 02.01.2024 |\n",
        "| [3](0003-use-rust.md) | Vorgeschlagen | 03.01.2024 |\n",
    ),
    "a link that says the same in every row": (
        "| ADR | Title | Link |\n| - | - | - |\n| 1 | Use MySQL | [view](0001-use-mysql.md) |\n| 2 | Use Postgres | [view](0002-use-postgres.md) |\n",
        "| 3 | Use Rust | [view](0003-use-rust.md) |\n",
    ),
    "columns of people's own": (
        "| ADR | Owner | Packs | Status |\n| - | - | - | - |\n| [1](0001-use-mysql.md) | Zoë | a, b | Superseded |\n| [2](0002-use-postgres.md) | Ann | c | Accepted |\n",
        "| [3](0003-use-rust.md) | | | Proposed |\n",
    ),
}


@pytest.mark.parametrize(("before", "row"), TABLES.values(), ids=TABLES)
def test_each_cell_of_a_new_row_is_written_as_its_column(before: str, row: str) -> None:
    assert updated(before).replace("|  |", "| |").replace("|  |", "| |") == before + row


def test_several_records_go_newest_first_into_a_list_that_is() -> None:
    records = RECORDS + "-- docs/adr/0004-use-go.md --\n# 4. Use Go\n\n## Status\n\nProposed\n"
    before = f"* {TWO}\n* {ONE}\n"
    assert updated(before, records) == f"* [4. Use Go](0004-use-go.md)\n* {THREE}\n{before}"


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Use \\_\\_init\\_\\_", "Use \\_\\_init\\_\\_"),
        ("Use Vec\\<T>", "Use Vec\\<T>"),
        ("Use \\[x\\] here", "Use \\[x\\] here"),
        ("Use a_b and `c`", "Use a_b and `c`"),
        ("Use 2 * 3", "Use 2 * 3"),
    ],
)
def test_a_title_shows_as_itself(heading: str, label: str) -> None:
    records = RECORDS.replace("# 3. Use Rust", f"# 3. {heading}")
    before = f"* {ONE}\n* {TWO}\n"
    assert updated(before, records) == f"{before}* [3. {label}](0003-use-rust.md)\n"


ROWS = {
    n: f"| {link} | {date} |\n"
    for n, (link, date) in enumerate(((ONE, "2024-01-01"), (TWO, "2024-01-02"), (THREE, "2024-01-03")), 1)
}
COLUMNS = "| ADR | Date |\n| --- | --- |\n"

GROUPED = {
    "a row moved to another table": (
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}{ROWS[3]}\n## Proposed\n\n{COLUMNS}\n## Superseded\n\n{COLUMNS}{ROWS[1]}",
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}\n## Proposed\n\n{COLUMNS}{ROWS[3]}\n## Superseded\n\n{COLUMNS}{ROWS[1]}",
    ),
    "a row moved to where there is no table": (
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}{ROWS[3]}\n## Proposed\n\nNone yet.\n\n## Superseded\n\n{COLUMNS}{ROWS[1]}",
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}\n## Proposed\n\n{COLUMNS}{ROWS[3]}\n## Superseded\n\n{COLUMNS}{ROWS[1]}",
    ),
    "a row added where there is none": (
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}\n## Proposed\n\n## Superseded\n\n{COLUMNS}{ROWS[1]}",
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}\n## Proposed\n\n{COLUMNS}{ROWS[3]}\n## Superseded\n\n{COLUMNS}{ROWS[1]}",
    ),
    "a row of other columns stays": (
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}\n## Proposed\n\n{COLUMNS}{ROWS[3]}{ROWS[1]}\n## Superseded\n\n* [9](0009-gone.md)\n",
        f"## Accepted\n\n{COLUMNS}{ROWS[2]}\n## Proposed\n\n{COLUMNS}{ROWS[3]}{ROWS[1]}\n## Superseded\n\n* [9](0009-gone.md)\n",
    ),
    "a heading without records": (
        f"## Proposed\n\nNone.\n\n## Accepted\n\n* {TWO}\n\n## Superseded\n\n* {ONE}\n",
        f"## Proposed\n\n* {THREE}\n\n## Accepted\n\n* {TWO}\n\n## Superseded\n\n* {ONE}\n",
    ),
    "a heading with nothing below": (
        f"## Proposed\n\n## Accepted\n\n* {TWO}\n\n## Superseded\n\n* {ONE}\n",
        f"## Proposed\n\n* {THREE}\n\n## Accepted\n\n* {TWO}\n\n## Superseded\n\n* {ONE}\n",
    ),
    "a record whose status has changed": (
        f"## Proposed\n\n* {TWO}, at *last*\n* {THREE}\n\n## Accepted\n\nNone.\n\n## Superseded\n\n* {ONE}\n",
        f"## Proposed\n\n* {THREE}\n\n## Accepted\n\n* {TWO}, at *last*\n\n## Superseded\n\n* {ONE}\n",
    ),
    "the only one of its heading": (
        f"## Proposed\n\n* {TWO}\n\n## Accepted\n\nNone.\n\n## Draft\n\n* {THREE}\n\n## Superseded\n\n* {ONE}\n",
        f"## Proposed\n\nNone.\n\n## Accepted\n\n* {TWO}\n\n## Draft\n\n* {THREE}\n\n## Superseded\n\n* {ONE}\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), GROUPED.values(), ids=GROUPED)
def test_under_headings_that_are_statuses_a_record_goes_below_its_own(before: str, after: str) -> None:
    assert updated(before) == after


def test_a_record_is_left_out_where_there_is_no_heading_for_its_status() -> None:
    given = fixture(f"-- docs/adr/README.md --\n## Accepted\n\n* {TWO}\n\n## Superseded\n\n* {ONE}\n{RECORDS}")
    assert not update.update(given.workspace, given.index)
    assert list(judge.left_out(given.workspace, given.index).values()) == ["it has no heading for “Proposed”"]
    (problem,) = given.problems("index-missing-entry")
    assert problem.message.endswith("is not in this index. It cannot be added: it has no heading for “Proposed”.")
    assert not problem.fixes


@pytest.mark.parametrize(
    "text",
    [
        f"* {ONE}\n<<<<<<< HEAD\n* {TWO}\n=======\n>>>>>>> x\n",
        f"* {ONE}\n* {TWO}\n\n{{% for page in site.pages %}}\n{{% endfor %}}\n",
    ],
)
def test_an_index_in_a_conflict_or_of_a_generator_is_not_written_to(text: str) -> None:
    given = fixture(f"-- docs/adr/README.md --\n{text}{RECORDS}")
    assert not update.update(given.workspace, given.index)
    assert judge.refusal(given.index)


def test_only_the_list_between_markers_is_added_to() -> None:
    listed = f"* {ONE}\n* {TWO}\n"
    before = f"## Start here\n\n{listed}\n<!-- BEGIN GENERATED: index -->\n\n{listed}\n<!-- END GENERATED: index -->\n\n## Again\n\n{listed}"
    head, tail = before.split("\n<!-- END")
    assert updated(before) == f"{head}* {THREE}\n\n<!-- END{tail}"


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


@pytest.mark.parametrize(
    ("said", "other", "goes"),
    [
        ("Area: backend\nTags: languages, fast\n", "Storage", "Languages"),
        ("", "Other decisions", "Other decisions"),
        ("", "Sonstiges", "Sonstiges"),
        ("Area: languages\n", "Other", "Languages"),
    ],
)
def test_a_record_of_no_group_goes_below_what_remains(said: str, other: str, goes: str) -> None:
    records = RECORDS.replace("# 3. Use Rust\n", f"# 3. Use Rust\n\n{said}")
    lists = {other: "* [1. Use MySQL](0001-use-mysql.md)\n", "Languages": "* [2. Use Postgres](0002-use-postgres.md)\n"}
    before = "\n".join(f"### {name}\n\n{entries}" for name, entries in lists.items())
    lists[goes] += "* [3. Use Rust](0003-use-rust.md)\n"
    assert updated(before, records) == "\n".join(f"### {name}\n\n{entries}" for name, entries in lists.items())


def test_the_entry_of_a_record_in_a_directory_of_its_own_leads_to_the_directory() -> None:
    records = "".join(f"-- docs/adr/2024-01-0{n}-x{n}/README.md --\n# X{n}\n\n## Decision\n\nText.\n" for n in range(1, 4))
    given = fixture(f"-- docs/adr/README.md --\n- [X1](2024-01-01-x1/)\n- [X2](2024-01-02-x2/)\n{records}")
    text = given.edited(update.update(given.workspace, given.index))
    assert "- [X2](2024-01-02-x2/)\n- [X3](2024-01-03-x3/)\n" in text


REGISTERS = {
    "a row with a number alone below a head of a register": ("docs/adr/README.md", "| ID | Title | Status |\n| - | - | - |\n| 0001 | The database | Accepted |\n", True),
    "a table without statuses": ("docs/adr/README.md", "| ID | Title | Owner |\n| - | - | - |\n| 0001 | The database | Ann |\n", False),
    "numbers that are written otherwise": ("docs/adr/README.md", "| ID | Title | Status |\n| - | - | - |\n| 1 | Write it | Done |\n", False),
    "a row about something else": ("docs/adr/README.md", "| ID | Title | Status |\n| - | - | - |\n| 0001 | The database | Done |\n| R | Rest | Open |\n", False),
    "a linked row below a head of a register": ("docs/adr/README.md", "| ID | Title | Status |\n| - | - | - |\n| [0001](0001-use-tool-1.md) | The database | Accepted |\n", True),
    "a linked row without a status": ("docs/adr/README.md", "| ID | Title | Owner |\n| - | - | - |\n| [0001](0001-use-tool-1.md) | The database | Ann |\n", False),
    "a linked row that is not the first": ("docs/adr/README.md", "| ID | Title | Status |\n| - | - | - |\n| [0004](0004-use-tool-4.md) | The database | Accepted |\n", False),
    "another page": ("docs/README.md", "| ID | Title | Status |\n| - | - | - |\n| 0001 | The database | Accepted |\n", False),
}  # fmt: skip


@pytest.mark.parametrize(("path", "page", "is_one"), REGISTERS.values(), ids=REGISTERS)
def test_a_register_that_was_only_begun_is_an_index(path: str, page: str, *, is_one: bool) -> None:
    given = fixture(f"-- {path} --\n# Records\n\n{page}{SIX_TOOLS}")
    assert bool(given.workspace.indexes) == is_one
    levels = [problem.level for problem in given.problems("index-missing-entry")]
    assert levels == ["warning", "info", "info", "info", "info"] * is_one
    if is_one:
        text = written(given.index.page, update.update(given.workspace, given.index))
        assert re.search(r"0001.*\| The database \| Accepted \|\n\| .*0002.* \| Use tool 2 \|", text)


def test_an_index_above_the_log_links_down() -> None:
    given = fixture(
        f"-- docs/README.md --\n- [1. Use MySQL](adr/0001-use-mysql.md)\n- [2. Use Postgres](adr/0002-use-postgres.md)\n{RECORDS}"
    )
    text = given.edited(update.update(given.workspace, given.index))
    assert "- [3. Use Rust](adr/0003-use-rust.md)\n" in text


LINKED_LAST = "# About\n\n| # | Question | File |\n| - | - | - |\n"


@pytest.mark.parametrize(
    ("rows", "is_one"),
    [
        ("| 0001 | Which one? | [`it`](adr/0001-use-mysql.md) |\n| 0002 | Again? | [`it`](adr/0002-use-postgres.md) |\n", True),
        (
            "| 0007 | Which one? | [`it`](adr/0001-use-mysql.md) |\n| 0008 | Again? | [`it`](adr/0002-use-postgres.md) |\n",
            False,
        ),
        ("| a | Which one? | [`it`](adr/0001-use-mysql.md) |\n| b | Again? | [`it`](adr/0002-use-postgres.md) |\n", False),
    ],
)
def test_a_row_that_opens_with_a_number_lists_the_record_of_that_number_to_which_it_links(rows: str, *, is_one: bool) -> None:
    given = fixture(f"-- docs/README.md --\n{LINKED_LAST}{rows}{RECORDS}")
    assert bool(given.workspace.indexes) == is_one
    if is_one:
        text = given.edited(update.update(given.workspace, given.index))
        assert "| 0003 |" in text
        assert "](adr/0003-use-rust.md) |\n" in text


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


SIX_TOOLS = "".join(f"-- docs/adr/000{n}-use-tool-{n}.md --\n# {n}. Use tool {n}\n" for n in range(1, 7))
TOOLS = [f"- [{n}. Use tool {n}](adr/000{n}-use-tool-{n}.md)\n" for n in range(1, 7)]
OWN = "-- docs/adr/README.md --\n" + "".join(line.replace("adr/", "") for line in TOOLS)
EXCERPTS = {
    "instructions for agents": ("CLAUDE.md", "Our ADRs:\n\n" + "".join(TOOLS[:5]).replace("(adr", "(docs/adr")),
    "a guide for contributors": ("docs/CONTRIBUTING.md", "- **ADR-0001**: Use tool 1\n- **ADR-0002**: Use tool 2\n- **ADR-0003**: Use tool 3\n"),
    "key decisions": ("docs/README.md", "Key ADRs:\n\n" + "".join(TOOLS[:4])),
    "key decisions by their heading": ("docs/README.md", "## Key Architectural Decisions (ADRs)\n\n" + "".join(TOOLS[:4])),
    "examples": ("docs/README.md", "We write down what we decide, e.g.:\n\n" + "".join(TOOLS[:4])),
    "a list that ends with a link to all": ("docs/README.md", "".join(TOOLS[:3]) + "- [View all ADRs](adr/README.md)\n-- docs/adr/README.md --\n# ADRs\n\nText.\n"),
    "a list with a link to all behind it": ("docs/README.md", "".join(TOOLS[:3]) + "\nSee the [whole log](adr/README.md).\n-- docs/adr/README.md --\n# ADRs\n\nText.\n"),
    "a selection behind the way to all": ("docs/README.md", "All are in [`adr/`](adr/README.md). Most notable:\n\n" + "".join(TOOLS) + "-- docs/adr/README.md --\n# ADRs\n\nText.\n"),
    "a selection in another language": ("docs/README.md", "Journal complet dans [`adr/`](adr/README.md). Notables :\n\n" + "".join(TOOLS) + "-- docs/adr/README.md --\n# ADRs\n\nText.\n"),
    "an old design, which decided other things under the same numbers and more": (
        "docs/archive/design.md",
        "".join(f"- **ADR-{n:04}** says so\n" for n in range(1, 14)),
    ),
    "pages by the records that they depend on": (
        "docs/README.md",
        "| Page | Depends on |\n| - | - |\n| overview.md | all |\n| api.md | ADR-0002, ADR-0003 |\n| events.md | ADR-0001 |\n",
    ),
    "answers with their records": (
        "docs/README.md",
        "| Area | Decision | ADR |\n| - | - | - |\n" + "".join(f"| Area {n} | **Yes** | ADR-000{n} |\n" for n in range(1, 6)),
    ),
    "a table of which few rows name a record": (
        "docs/adr/README.md",
        "| Step | Words |\n| - | - |\n| ADR-0001 | x |\n| ADR-0002 | x |\n| Build | x |\n| Test | x |\n| Ship | x |\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "page"), EXCERPTS.values(), ids=EXCERPTS)
def test_a_page_that_names_some_records_for_its_own_sake_is_no_index(path: str, page: str) -> None:
    given = fixture(f"-- {path} --\n{page}{SIX_TOOLS}")
    assert not given.workspace.indexes


@pytest.mark.parametrize("few", [2, 6])
def test_links_that_differ_in_case_are_entries_and_are_corrected(few: int) -> None:
    lines = [line.replace("adr/", "") for line in TOOLS]
    before = "".join(line.replace("use-tool", "Use-Tool") if at < few else line for at, line in enumerate(lines))
    given = fixture(f"-- docs/adr/README.md --\n{before}{SIX_TOOLS}")
    problems = given.problems()
    assert {problem.message for problem in problems} == {
        f"This link differs in case from the file “000{n}-use-tool-{n}.md”." for n in range(1, few + 1)
    }
    assert [[fix.preferred for fix in problem.fixes] for problem in problems] == [[True]] * few
    assert not update.pruning(given.workspace, given.index)
    assert written(given.index.page, update.update(given.workspace, given.index)) == "".join(lines)


REMARKS = {
    "ADR-0033 is intentionally unassigned": False,
    "ADR-0033: reserved": False,
    "ADR-0033 vs ADR-0002: overlap": False,
    "~~ADR-0033~~ Old words": False,
    "ADR-0033 (number withdrawn)": False,
    "ADR-0006 - Variant and facade architecture": False,
    "ADR-0033 Use tool 33": True,
    "ADR-0033": True,
    "[ADR-0033](0033-reserved.md) reserved": True,
}


@pytest.mark.parametrize(("entry", "dead"), REMARKS.items())
def test_what_is_said_of_a_number_is_no_dead_entry(entry: str, *, dead: bool) -> None:
    listed = "".join(TOOLS).replace("adr/", "")
    given = fixture(f"-- docs/adr/README.md --\n{listed}- {entry}\n{SIX_TOOLS}")
    assert bool(given.problems("index-dead-entry")) == dead
    assert bool(update.pruning(given.workspace, given.index)) == dead


WHOLE = {
    "instructions for agents": ("AGENTS.md", "".join(TOOLS).replace("(adr", "(docs/adr")),
    "key decisions": ("docs/README.md", "## Key decisions\n\n" + "".join(TOOLS)),
    "half of them further up": ("docs/README.md", "".join(TOOLS[:3])),
    "a table with the links in its third column": (
        "docs/adr/README.md",
        "| Date | Area | ADR |\n| - | - | - |\n| 2024 | x | [1](0001-use-tool-1.md) |\n| 2024 | x | [2](0002-use-tool-2.md) |\n",
    ),
    "a category called like an excerpt": (
        "docs/adr/README.md",
        "## Key management\n\n" + "".join(TOOLS[:3]).replace("adr/", ""),
    ),
    "a sentence on what is decided": (
        "docs/adr/README.md",
        "Important decisions are recorded here:\n\n" + "".join(TOOLS[:3]).replace("adr/", ""),
    ),
}


@pytest.mark.parametrize(("path", "page"), WHOLE.values(), ids=WHOLE)
def test_a_page_that_lists_the_records_is_an_index_whatever_it_is_called(path: str, page: str) -> None:
    given = fixture(f"-- {path} --\n{page}{SIX_TOOLS}")
    assert [found.removeprefix("/w/") for found in given.workspace.indexes] == [path]


def test_a_page_beside_the_logs_own_index_lacks_nothing_but_is_told_what_is_wrong() -> None:
    gone = "- [9. Gone](adr/0009-gone.md)\n"
    given = fixture(f"-- docs/README.md --\n{''.join(TOOLS[:4])}{gone}{OWN}{SIX_TOOLS}")
    assert [problem.rule.name for problem in given.problems()] == ["index-dead-entry"]
    assert not any(update.update(given.workspace, index) for index in given.workspace.indexes.values())


def test_a_page_that_lists_nearly_all_means_to_list_all() -> None:
    records = SIX_TOOLS + "".join(f"-- docs/adr/00{n}-use-tool-{n}.md --\n# {n}. Use tool {n}\n" for n in range(10, 16))
    lines = TOOLS + [f"- [{n}. Use tool {n}](adr/00{n}-use-tool-{n}.md)\n" for n in range(10, 16)]
    own = "-- docs/adr/README.md --\n" + "".join(lines).replace("adr/", "")
    given = fixture(f"-- docs/README.md --\n{''.join(lines[:-1])}{own}{records}")
    assert [problem.path for problem in given.problems("index-missing-entry")] == ["/w/docs/README.md"]


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


CREATED = {
    "bullets": "- [ADR-0001: Use MySQL](0001-use-mysql.md)\n",
    "nested": "- [ADR-0001: Use MySQL](0001-use-mysql.md)\n  - **Status**: Superseded\n  - **Summary**: Use MySQL\n",
    "table": "| [ADR-0001: Use MySQL](0001-use-mysql.md)       | Superseded | 2024-01-01 |\n",
}


@pytest.mark.parametrize("style", create.STYLES)
@pytest.mark.parametrize("page", ["", "-- docs/adr/README.md --\n# About\n\nWe write ADRs.\n"])
def test_a_log_without_an_index_gets_one(style: create.Style, page: str) -> None:
    given = fixture(page + RECORDS)
    (log,) = given.workspace.logs
    change = create.create(given.workspace, log, style)
    path = "/w/docs/adr/README.md"
    text = change.text(path, given.texts[path]) if page else dict(change.created)[path]
    assert CREATED[style] in text
    assert text.startswith("# About\n\nWe write ADRs.\n\n## Records\n\n" if page else "# Architecture Decision Records\n\n")
    again = fixture(f"-- docs/adr/README.md --\n{text}{RECORDS}")
    assert not judge.missing(again.workspace, again.index)
    assert not update.update(again.workspace, again.index)
    assert not again.problems("index-status", "index-missing-entry")
    assert [entry.kind for entry in again.index.entries] == ["row" if style == "table" else "item"] * 3


def test_the_action_lists_the_records_on_the_page_beside_them() -> None:
    given = fixture("-- docs/adr/README.md --\n# About\n" + RECORDS)
    (action,) = actions.index_creations(given.workspace, "/w/docs/adr/README.md")
    assert f"# About\n\n## Records\n\n- {ONE.replace('1. ', 'ADR-0001: ')}\n" in given.edited(action.change.edits)
    assert not list(actions.index_creations(given.workspace, "/w/docs/adr/0001-use-mysql.md"))


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("**Last Updated**: 2024-01-05", "**Last Updated**: 2026-02-03"),
        ("_Last updated: 05.01.2024_", "_Last updated: 03.02.2026_"),
        ("Last updated: whenever", "Last updated: whenever"),
        ("We last updated: 2024-01-05", "We last updated: 2024-01-05"),
    ],
)
def test_the_date_of_the_last_update_is_set_only_if_asked_for(line: str, after: str) -> None:
    before = f"* {ONE}\n* {TWO}\n\n{line}\n"
    given = fixture(f"-- docs/adr/README.md --\n{before}{RECORDS}")
    assert line in updated(before)
    assert written(given.index.page, update.bump(given.index, "2026-02-03")) == before.replace(line, after)


def log_on_disk(root: Path, index: str | None) -> Path:
    directory = root / "docs" / "adr"
    directory.mkdir(parents=True)
    for number, name in enumerate(("a", "b", "c"), 1):
        (directory / f"000{number}-{name}.md").write_text(f"# {number}. {name}\n\n## Status\n\nAccepted\n", encoding="utf-8")
    if index is not None:
        (directory / "README.md").write_text(index, encoding="utf-8")
    return directory / "README.md"


def test_the_command_creates_an_index(tmp_path: Path) -> None:
    readme = log_on_disk(tmp_path, None)
    assert main.main(["index", str(tmp_path), "--create", "--check"]) == printing.PROBLEMS
    assert not readme.exists()
    assert main.main(["index", str(tmp_path), "--create", "--style", "table"]) == printing.OK
    assert readme.read_text(encoding="utf-8").startswith("# Architecture Decision Records\n\n| ADR ")
    assert main.main(["index", str(tmp_path), "--create", "--check"]) == printing.OK
    assert main.main(["index", str(tmp_path), "--check"]) == printing.OK


def test_the_command_tells_what_an_index_does_not_get(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = "<<<<<<< HEAD\n* [1. a](0001-a.md)\n=======\n* [2. b](0002-b.md)\n>>>>>>> x\n"
    readme = log_on_disk(tmp_path, before)
    main.main(["index", str(tmp_path)])
    assert "docs/adr/README.md does not get ADR-0003: it has the marks of a merge conflict" in capsys.readouterr().err
    assert readme.read_text(encoding="utf-8") == before


def test_the_command_removes_dead_entries_only_if_asked_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = "* [1. a](0001-a.md)\n* [2. b](0002-b.md)\n* [3. c](0003-c.md)\n"
    readme = log_on_disk(tmp_path, f"{listed}* [9. Gone](0009-gone.md)\n")
    assert main.main(["index", str(tmp_path)]) == printing.OK
    assert "README.md has an entry that leads to no record; “adr-ls index --prune” removes" in capsys.readouterr().err
    assert "Gone" in readme.read_text(encoding="utf-8")
    assert main.main(["index", str(tmp_path), "--prune", "--check"]) == printing.PROBLEMS
    assert main.main(["index", str(tmp_path), "--prune"]) == printing.OK
    assert readme.read_text(encoding="utf-8") == listed
    assert main.main(["index", str(tmp_path), "--prune", "--check"]) == printing.OK


def test_an_index_that_is_typed_in_loses_no_blank_line_with_its_last_entry() -> None:
    gone = "- [3. Gone](0003-gone.md)\n- [4. Gone, too](0004-gone.md)\n"
    listed = "# Log\n\n- [1. Use MySQL](0001-use-mysql.md)\n- [2. Use Postgres](0002-use-postgres.md)\n"
    given = fixture(f"-- docs/adr/README.md --\n{listed}{gone}\nAfter.\n{RECORDS}")
    path, text = given.index.path, given.index.page.text
    for workspace in (given.workspace, given.typed(path)):
        assert update.pruning(workspace, workspace.indexes[path]).text(path, text) == f"{listed}\nAfter.\n"


def test_the_command_turns_an_index_into_another_style(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = log_on_disk(tmp_path, "# Log\n\n* [1. a](0001-a.md)\n* [2. b](0002-b.md)\n")
    assert main.main(["index", str(tmp_path), "--style", "table"]) == printing.OK
    assert readme.read_text(encoding="utf-8") == (
        "# Log\n\n| ADR                | Status   |\n| ------------------ | -------- |\n| [1. a](0001-a.md) | Accepted |\n"
        "| [2. b](0002-b.md) | Accepted |\n| [3. c](0003-c.md) | Accepted |\n"
    ).replace("ADR                |", "ADR               |").replace("------------------ |", "----------------- |")
    assert main.main(["index", str(tmp_path), "--style", "table", "--check"]) == printing.OK
    readme.write_text(readme.read_text(encoding="utf-8") + "| Total | 3 |\n", encoding="utf-8")
    capsys.readouterr()
    assert main.main(["index", str(tmp_path), "--style", "nested"]) == printing.PROBLEMS
    assert "docs/adr/README.md:8 keeps this from becoming “nested”: it is no entry of a record" in capsys.readouterr().err
    assert "| Total | 3 |" in readme.read_text(encoding="utf-8")


GOLDEN = sorted(path for path in (Path(__file__).parents[1] / "data" / "indexes").iterdir() if path.is_dir())
"""Each format of indexes in the wild, before and after an update; `records.txt` beside them holds the records."""


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_each_format_is_updated_in_itself(path: Path) -> None:
    before, after = ((path / f"{name}.md").read_text(encoding="utf-8") for name in ("before", "after"))
    records = (path.parent / "records.txt").read_text(encoding="utf-8")
    given = fixture(f"-- docs/adr/README.md --\n{before}{records}")
    text = given.edited(update.update(given.workspace, given.index))
    assert text == f"-- docs/adr/README.md --\n{after}{records}"
    again = fixture(text)
    assert not update.update(again.workspace, again.index)


def test_what_a_broken_entry_means_is_missing_in_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_on_disk(tmp_path, "# Index\n\n* [1. a](0001-a.md)\n* [2. b](0002-b.md)\n* [3. c](003-c.md)\n")
    assert main.main(["list", str(tmp_path), "--format", "json"]) == printing.OK
    (log,) = json.loads(capsys.readouterr().out)["logs"]
    assert (len(log["index_files"]), log["missing_from_index"]) == (1, [])


def test_what_an_index_lacks_is_counted_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_on_disk(tmp_path, "# Index\n\n* [1. a](0001-a.md)\n* [2. b](0002-b.md)\n")
    assert main.main(["check", str(tmp_path)]) == printing.PROBLEMS
    assert "mends 1" in capsys.readouterr().out


WORDED = {
    "the file name": (
        "* [1. use-mysql](0001-use-mysql.md)\n* [2. use-postgres](0002-use-postgres.md)\n* [3. use-rust](0003-use-rust.md)\n",
        "* [4. keep-a-log](0004-keep-a-log.md)\n",
    ),
    "the file name with capitals": (
        "* [Use-MySQL](0001-use-mysql.md)\n* [Use-Postgres](0002-use-postgres.md)\n* [Use-Rust](0003-use-rust.md)\n",
        "* [Keep-a-Log](0004-keep-a-log.md)\n",
    ),
    "the records' own titles": (
        "* [1. Use MySQL](0001-use-mysql.md)\n* [2. The elephant](0002-use-postgres.md)\n* [3. Use Rust](0003-use-rust.md)\n",
        "* [4. Write it down](0004-keep-a-log.md)\n",
    ),
    "words of people's own": (
        "* [MySQL](0001-use-mysql.md)\n* [The elephant](0002-use-postgres.md)\n* [Oxide](0003-use-rust.md)\n",
        "* [Write it down](0004-keep-a-log.md)\n",
    ),
}


@pytest.mark.parametrize(("before", "added"), WORDED.values(), ids=WORDED)
def test_a_record_is_titled_by_what_the_entries_around_take_their_titles_from(before: str, added: str) -> None:
    records = f"{RECORDS}-- docs/adr/0004-keep-a-log.md --\n# 4. Write it down\n"
    assert updated(before, records) == before + added


def test_a_record_is_titled_as_another_index_does() -> None:
    listed = "* [My](adr/0001-use-mysql.md)\n* [Elephant](adr/0002-use-postgres.md)\n* [Oxide](adr/0003-use-rust.md)\n"
    records = f"{RECORDS}-- docs/adr/0004-x.md --\n# 4. Write it down\n-- docs/README.md --\n{listed}* [Diary](adr/0004-x.md)\n"
    given = fixture(f"-- docs/adr/README.md --\n{listed.replace('adr/', '')}{records}")
    index = given.workspace.indexes["/w/docs/adr/README.md"]
    text = given.edited(update.update(given.workspace, index))
    assert "(0003-use-rust.md)\n* [Diary](0004-x.md)\n" in text


def test_a_date_of_a_new_row_is_written_out_as_its_neighbours_are() -> None:
    head = "| ADR | Date |\n| - | - |\n"
    english = f"{head}| {ONE} | 1 January 2024 |\n| {TWO} | 2 January 2024 |\n"
    assert updated(english) == f"{english}| {THREE} | 3 January 2024 |\n"
    german = f"{head}| {ONE} | 1. Januar 2024 |\n| {TWO} | 2. Januar 2024 |\n"
    assert updated(german) == f"{german}| {THREE} | 3. Januar 2024 |\n"
    dotted = f"{head}| {ONE} | 01.01.2024 |\n| {TWO} | 02.01.2024 |\n"
    assert updated(dotted) == f"{dotted}| {THREE} | 03.01.2024 |\n"


@pytest.mark.parametrize("title", ["Call clear() at night", "Smile :) at least once", "Bold `**` marks"])
def test_brackets_of_a_title_of_its_own_hinder_no_entry(title: str) -> None:
    before = (
        "| ADR | Title |\n| - | - |\n| [1](0001-use-mysql.md) | Use MySQL |\n| [2](0002-use-postgres.md) | Use Postgres |\n"
    )
    records = RECORDS.replace("# 3. Use Rust", f"# 3. {title}")
    assert updated(before, records) == f"{before}| [3](0003-use-rust.md) | {title} |\n"


def test_a_picture_beside_a_status_is_that_of_the_entries_in_the_same_state() -> None:
    head = "| ADR | Status |\n| - | - |\n"
    records = RECORDS.replace("Superseded by [2. Use Postgres](0002-use-postgres.md)", "Proposed")
    before = f"{head}| {ONE} | 💡 Proposed |\n| {TWO} | 🚀 Accepted |\n| {THREE} | 🚀 Accepted |\n"
    assert updated(before, records) == before.replace(f"{THREE} | 🚀 Accepted", f"{THREE} | 💡 Proposed")


def test_no_picture_is_put_beside_a_status_that_the_index_does_not_use() -> None:
    head = "| ADR | Status |\n| - | - |\n"
    records = RECORDS.replace("Superseded by [2. Use Postgres](0002-use-postgres.md)", "Accepted")
    before = f"{head}| {ONE} | ✅ Accepted |\n| {TWO} | ✅ Accepted |\n"
    assert updated(before, records) == f"{before}| {THREE} | Proposed |\n"
    assert updated(f"{before}| {THREE} | ✅ Accepted |\n", records) == f"{before}| {THREE} | Proposed |\n"


@pytest.mark.parametrize(
    "said", ["**Aceptada** (2024-01-02). **Supersede [1](0001-use-mysql.md)**; nota", "Accepted; supersede 1"]
)
def test_what_a_record_does_to_another_one_is_no_status_of_its_own(said: str) -> None:
    head = "| ADR | Status |\n| - | - |\n"
    before = f"{head}| {ONE} | Superseded |\n| {TWO} | {said} |\n| {THREE} | Proposed |\n"
    assert updated(before) == before


def test_a_column_that_repeats_a_field_is_filled_from_it_and_sorts_the_table() -> None:
    reviews = ("2026-05-01", "2026-02-01", "2026-04-01", "2026-01-01", "2026-06-01", "2026-03-01")
    records = "".join(
        f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\n**Status:** Accepted | **Review:** {review}\n"
        for n, review in enumerate(reviews, 1)
    )
    rows = sorted(f"| {review} | [X{n}](000{n}-x{n}.md) |\n" for n, review in enumerate(reviews, 1))
    head = "| Review date | ADR |\n| --- | --- |\n"
    assert updated(head + "".join(row for row in rows if "X3" not in row), records) == head + "".join(rows)


def test_a_picture_that_the_index_lacks_is_the_records_own() -> None:
    records = RECORDS.replace("Superseded by [2. Use Postgres](0002-use-postgres.md)", "Accepted").replace(
        "Proposed\n", "⌛\ufe0f Superseded\n"
    )
    before = f"- ✅ {ONE}\n- ✅ {TWO}\n"
    assert updated(before, records) == f"{before}- ⌛\ufe0f {THREE}\n"


SIX = "".join(
    f"-- docs/adr/000{n}-use-{w}.md --\n# {n}. Use {w.title()}\n\nDate: 2024-01-0{n}\n" for n, w in enumerate("abcdef", 1)
)
DATED = (
    "| ADR                    | Title                  | Date       |\n|------------------------|------------------------|------------|\n"
    + "".join(
        f"| [ADR-{n}](000{n}-use-{w}.md) | Use {w.title()}                  | 2024-01-0{n} |\n"
        for n, w in enumerate("abcdef", 1)
    )
)

FOLLOWING = {
    "a title that was the record's": (SIX.replace("Use B", "Use Beta"), "| Use Beta               | 2024-01-02"),
    "a date": (SIX.replace("2024-01-02", "2024-02-01"), "| Use B                  | 2024-02-01"),
}


@pytest.mark.parametrize(("records", "after"), FOLLOWING.values(), ids=FOLLOWING)
def test_what_follows_the_records_is_refreshed_in_an_aligned_table(records: str, after: str) -> None:
    assert updated(DATED, records) == DATED.replace("| Use B                  | 2024-01-02", after)


def test_a_number_that_no_longer_is_the_records_is_refreshed() -> None:
    before = "".join(f"* [{n}. Use {w.title()}](000{n}-use-{w}.md)\n" for n, w in enumerate("abcdef", 1))
    assert updated(before.replace("[6. ", "[9. "), SIX) == before


def test_a_title_of_peoples_own_is_told_of_and_stays() -> None:
    before = DATED.replace("Use B ", "Bees! ")
    assert updated(before, SIX) == before
    given = fixture(f"-- docs/adr/README.md --\n{before}{SIX}")
    (problem,) = given.problems("index-title")
    assert problem.span.of(given.index.page.text) == "Bees!"
    (fix,) = problem.fixes
    assert not fix.preferred
    assert given.edited(fix.edits) == given.render(given.texts).replace(before, DATED)
    (mirrored,) = given.problems("stale-in-index")
    assert mirrored.message == "README.md has the title of this record as “Bees!”."


def test_titles_of_which_many_are_peoples_own_are_not_told_of() -> None:
    before = DATED.replace("Use B ", "Bees! ").replace("Use C ", "Seas! ")
    given = fixture(f"-- docs/adr/README.md --\n{before}{SIX}")
    assert not given.problems("index-title")


def test_what_a_generator_wrote_is_refreshed_like_one() -> None:
    before = f"<!-- BEGIN GENERATED: adrs -->\n\n{DATED.replace('Use B ', 'Bees! ')}\n<!-- END GENERATED: adrs -->\n"
    assert updated(before, SIX) == before.replace("Bees! ", "Use B ")


def test_an_entry_under_another_heading_than_its_category_is_told_of_and_moved() -> None:
    records = SIX.replace("Date: 2024-01-02\n", "Date: 2024-01-02\nCategory: Tools\n")
    link = [f"* [{n}. Use {w.title()}](000{n}-use-{w}.md)\n" for n, w in enumerate("abcdef", 1)]
    before = f"## Data\n\n{''.join(link[:3])}\n## Tools\n\n{''.join(link[3:])}"
    given = fixture(f"-- docs/adr/README.md --\n{before}{records}")
    (problem,) = given.problems("index-order")
    assert problem.message == "ADR-0002 belongs under “Tools” by its own category."
    (fix,) = problem.fixes
    assert given.edited(fix.edits) == given.render(given.texts).replace(
        before, f"## Data\n\n{link[0]}{link[2]}\n## Tools\n\n{link[1]}{''.join(link[3:])}"
    )
    assert updated(before, records) == before


def test_a_link_that_can_mean_one_record_alone_is_mended() -> None:
    assert updated(f"* {ONE}\n* {TWO.replace('postgres.md', 'postgresql.md')}\n* {THREE}\n") == f"* {ONE}\n* {TWO}\n* {THREE}\n"


MENDED = {
    "the same words under another number": ("[ADR-0003](0003-use-postgres.md) Postgres", "[ADR-0003](0002-use-postgres.md) Postgres"),
    "a slip in the words": ("[2](0002-use-postgers.md)", "[2](0002-use-postgres.md)"),
    "the words of the entry": ("[2. Use Postgres](0002-choose-storage.md)", "[2. Use Postgres](0002-use-postgres.md)"),
    "a number alone": ("[2](0002.md)", "[2](0002-use-postgres.md)"),
    "a heading that the record has": ("[2](0002-use-postgers.md#2-use-postgres)", "[2](0002-use-postgres.md#2-use-postgres)"),
    "a heading that it has not": ("[2](0002-use-postgers.md#berths)", "[2](0002-use-postgres.md)"),
    "other words under the number": ("[2](0002-hybrid-matching.md) - Hybrid matching",) * 2,
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), MENDED.values(), ids=MENDED)
def test_a_link_is_mended_by_more_than_its_number(before: str, after: str) -> None:
    given = fixture(f"-- docs/adr/README.md --\n- {ONE}\n- {before}\n- {THREE}\n{RECORDS}")
    text = written(given.index.page, update.update(given.workspace, given.index))
    assert f"- {after}\n" in text
    (problem,) = given.problems("index-dead-entry")
    assert [fix.preferred for fix in problem.fixes] == [before != after, False]
    assert bool(given.problems("index-missing-entry")) == (before == after)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_pruning_takes_out_what_leads_nowhere_and_leaves_no_gap(gap: str) -> None:
    lines = [f"* {ONE}\n", f"* {TWO}\n", "* [4. Gone](0004-gone.md)\n  - **Status**: Accepted\n", f"* {THREE}\n"]
    for order in ([0, 2, 1, 3], [2, 0, 1, 3], [0, 1, 3, 2]):
        given = fixture(f"-- docs/adr/README.md --\n{gap.join(lines[at] for at in order)}\nText.\n{RECORDS}")
        text = written(given.index.page, update.pruning(given.workspace, given.index))
        assert text == gap.join(lines[at] for at in (0, 1, 3)) + "\nText.\n"


def test_pruning_neighbours_at_the_end_of_a_loose_list_takes_their_gaps_once() -> None:
    lines = [f"* {ONE}\n", f"* {TWO}\n", f"* {THREE}\n", "* [8. Gone](0008-gone.md)\n", "* [9. Lost](0009-lost.md)"]
    given = fixture(f"-- docs/adr/README.md --\n{{}}\n{RECORDS}".replace("{}", "\n".join(lines)))
    text = written(given.index.page, update.pruning(given.workspace, given.index))
    assert text.rstrip() == "\n".join(lines[:3]).rstrip()


def test_what_an_update_adds_may_be_the_evidence_for_what_it_corrects() -> None:
    listed = [f"- [{n}. Use {w.title()}](000{n}-use-{w}.md)\n" for n, w in enumerate("abcdef", 1)]
    before = f"<!-- adrlog -->\n\n{listed[0]}{listed[1].replace('Use B', 'Bees')}\n<!-- adrlogstop -->\n"
    assert updated(before, SIX) == f"<!-- adrlog -->\n\n{''.join(listed)}\n<!-- adrlogstop -->\n"


def test_pruning_spares_a_link_that_an_update_mends() -> None:
    given = fixture(f"-- docs/adr/README.md --\n* {ONE}\n* {TWO.replace('postgres.md', 'postgresql.md')}\n* {THREE}\n{RECORDS}")
    assert not update.pruning(given.workspace, given.index)


# --- The property: what is deleted comes back ---------------------------------------------------------------------------------------

OWN_WORDS = ("description", "note", "title")
KNOWN = ("status", "date", "title", "id")
SHARE, EXACT = 0.9, 0.65
"""The shares of entries that an update restores but for people's own words, and byte for byte, over all collections."""
EACH = 9
"""Of so many entries of an index one is deleted, and the last, if not all are."""


def _shape(index: Index, entry: Entry) -> list[object]:
    """An entry and its place without people's own words: titles, descriptions, notes, cells of columns that say nothing known."""
    text = index.page.text
    found: list[object] = [entry.category.name if entry.category else None, index.entries.index(entry)]
    for strip in entry.strips:
        own = strip.place != "line" and strip.role not in KNOWN and not any(part.role == "link" for part in strip.parts)
        parts = [_said(text, entry, part) for part in strip.parts if part.role != "note"]
        found.append((strip.key, "…" if own else "".join(parts).strip()))
    return found


def _said(text: str, entry: Entry, part: Part) -> str:
    if part.role in OWN_WORDS:
        return text[part.span.start : part.said.start] + "…"
    link = part.slots[0].mention.link if part.role == "link" else None
    if link is None:
        return part.span.of(text)
    numbers = [slot.span.of(text) for slot in entry.reader.label(part.slots[0].mention) if slot.role == "number"]
    return f"[{numbers}…]({link.target.of(text)})"


def _restored(workspace: Workspace, path: str, before: str) -> Iterator[str]:
    """For entries of an index whose record is listed once: how they come back after they were deleted."""
    index = workspace.indexes[path]
    for entry in index.entries if EVERYTHING else (*index.entries[:-1:EACH], *index.entries[-1:]):
        log = workspace.log_of(entry.path) if entry.path else None
        if log is None or len(index.by_record.get(entry.path, ())) != 1:
            continue
        removal = update.removal(workspace, index, entry)
        without = workspace.with_text(path, apply(before, [removal]))
        left = without.indexes.get(path)
        if left is None or log.directory not in left.logs or left.lists(entry.path):
            continue  # no index of that log any more
        after = written(left.page, update.update(without, left))
        again = without.with_text(path, after).indexes[path]
        if after == before:
            yield "byte for byte"
        elif entry.path not in again.by_record:
            assert judge.left_out(without, left)
            yield "left out"
        else:
            (other,) = again.by_record[entry.path]
            assert not is_balanced(entry.own.of(before)) or is_balanced(other.own.of(after))
            yield "but for words" if _shape(index, entry) == _shape(again, other) else "otherwise"


def test_an_entry_that_was_deleted_comes_back_but_for_peoples_own_words(corpora: Path) -> None:
    total: Counter[str] = Counter()
    for root in collections(corpora):
        if not EVERYTHING and root.name.startswith(("wagov", "eclipse")):
            continue
        workspace = loaded(root).workspace
        for path, index in workspace.indexes.items():
            before = written(index.page, update.update(workspace, index))
            counts = Counter(_restored(workspace.with_text(path, before), path, before))
            total += counts
            print(f"{path.removeprefix(str(corpora))}: {dict(counts)}")  # noqa: T201  # what the test is asked to tell
    count = sum(total.values())
    exact = total["byte for byte"]
    words = total["but for words"]
    print(f"{exact / count:.1%} byte for byte, {exact / (count - words):.1%} of those without words of people's own,")  # noqa: T201  # as above
    print(f"{(exact + words) / count:.1%} but for such words, of {count} entries")  # noqa: T201  # as above
    assert exact + words >= SHARE * count, total
    assert exact >= EXACT * count, total


def test_a_table_in_one_log_is_no_index_of_another_with_the_same_numbers() -> None:
    logs = "".join(f"-- {log}/adr/ADR-00{at}-x.md --\n# ADR-00{at}: {log}{at}\n" for log in "ab" for at in range(1, 6))
    review = "-- a/adr/REVIEW.md --\n# Review\n\n| ADR | Lines |\n| - | - |\n" + "".join(
        f"| ADR-00{at} | ~10{at} |\n" for at in range(1, 5)
    )
    workspace = fixture(review + logs).workspace
    assert {log for index in workspace.indexes.values() for log in index.logs} == {"/w/a/adr"}


SMALL = "".join(f"-- docs/adr/{at:04}-x{at}.md --\n# {at}. X{at}\n\n## Status\n\nAccepted\n" for at in range(1, 13))


@pytest.mark.parametrize(
    ("path", "lines", "added"),
    [
        (
            "docs/adr/README.md",
            "| ADR | Title |\n| - | - |\n| [1](0001-x1.md) | X1 |\n| [2](0002-x2.md) | X2 |\n| [3](0003-x3.md) | X3 |\n",
            "| [12](0012-x12.md) | X12 |",
        ),
        (
            "docs/adr/README.md",
            "| ADR | Title |\n| - | - |\n| [1](0001-x1.md) | X1 |\n| [2](0002-x2.md) | X2 |\n| [3](0003-x3.md) | X3 |\n| ... | |\n",
            "| [12](0012-x12.md) | X12 |",
        ),
        (
            "docs/adr/README.md",
            "* [1. X1](0001-x1.md)\n* [2. X2](0002-x2.md)\n* [3. X3](0003-x3.md)\n* …\n",
            "* [12. X12](0012-x12.md)",
        ),
        (
            "docs/adr/README.md",
            "| ADR | Title |\n| - | - |\n| [1](0001-x1.md) | X1 |\n| [2](0002-x2.md) | X2 |\n| [3](0003-x3.md) | X3 |\n| | |\n",
            "| [12](0012-x12.md) | X12 |",
        ),
        (
            "docs/adr/Index.md",
            "* [1. X1](0001-x1.md)\n* [2. X2](0002-x2.md)\n* [3. X3](0003-x3.md)\n",
            "* [12. X12](0012-x12.md)",
        ),
        (
            "docs/architektur/entscheidungen.md",
            "".join(f"- [{at}. X{at}](../adr/{at:04}-x{at}.md)\n" for at in range(1, 12)),
            "- [12. X12](../adr/0012-x12.md)",
        ),
        (
            "docs/adr/Verzeichnis.md",
            "".join(f"- `docs/adr/{at:04}-x{at}.md`\n" for at in range(1, 7)),
            "- `docs/adr/0012-x12.md`",
        ),
    ],
)
def test_a_page_that_lists_a_part_and_nothing_else_is_an_index(path: str, lines: str, added: str) -> None:
    given = fixture(f"-- {path} --\n# X\n\n{lines}{SMALL}")
    index = given.workspace.indexes[f"/w/{path}"]
    after = written(index.page, update.update(given.workspace, index))
    assert added in after.splitlines()


def test_an_index_that_says_that_there_are_more_is_told_by_the_way() -> None:
    head = "-- docs/adr/README.md --\n# X\n\n| ADR | Title |\n| - | - |\n"
    rows = "".join(f"| [{at}](000{at}-x{at}.md) | X{at} |\n" for at in (1, 2, 3))
    for last, first in (("", "warning"), ("| ... | ... |\n", "info"), ("| | … |\n", "info"), ("| | |\n", "warning")):
        given = fixture(f"{head}{rows}{last}{SMALL}")
        assert [problem.level for problem in given.problems("index-missing-entry")] == [first, *["info"] * 8]
        (index,) = given.workspace.indexes.values()
        after = apply(index.page.text, [one.edit for one in update.update(given.workspace, index).edits])
        assert after.endswith(f"| [12](0012-x12.md) | X12 |\n{last}")


@pytest.mark.parametrize(
    "text",
    [
        "# Reading\n\n- [4. X4](0004-x4.md)\n- [7. X7](0007-x7.md)\n- [9. X9](0009-x9.md)\n",
        "# X\n\n## Key decisions\n\n| ADR | Title |\n| - | - |\n| [1](0001-x1.md) | X1 |\n| [2](0002-x2.md) | X2 |\n| [3](0003-x3.md) | X3 |\n",
        "# How\n\n| Topic | See |\n| - | - |\n| Names | [1](0001-x1.md) |\n| Parts | [2](0002-x2.md) |\n| Logs | [here](https://x.org) |\n",
    ],
)
def test_a_page_that_names_a_few_is_none(text: str) -> None:
    assert not fixture(f"-- docs/adr/README.md --\n{text}{SMALL}").workspace.indexes


@pytest.mark.parametrize(
    "wrong",
    ["0002-use-postgres.m", "0002-use-postgres.mdd", "0002-use-postgre.md", "0002-use-postgresmd", "0002-usepostgres.md"],
)
def test_an_entry_whose_path_has_a_slip_lists_its_record_and_is_mended(wrong: str) -> None:
    text = f"- {ONE}\n- {TWO}\n- {THREE}\n"
    given = fixture(f"-- docs/adr/README.md --\n{text.replace('0002-use-postgres.md', wrong)}{RECORDS}")
    assert not judge.missing(given.workspace, given.index)
    assert [entry.mention.path for entry in judge.dead(given.index)] == [wrong]
    assert updated(text.replace("0002-use-postgres.md", wrong)) == text


def test_a_page_whose_links_name_a_folder_that_was_renamed_lists_its_records() -> None:
    text = "".join(f"- [{n}](old/000{n}-use-tool-{n}.md)\n" for n in range(1, 5))
    given = fixture(f"-- docs/README.md --\n# Decisions\n\n{text}{SIX_TOOLS.replace('docs/adr', 'docs/decisions')}")
    assert [record.number for record in judge.missing(given.workspace, given.index)] == [5, 6]
    assert len(judge.dead(given.index)) == len(range(1, 5))


@pytest.mark.parametrize(
    "row",
    ["| 2 | Use Postgres | Accepted |", "| ADR 2 | **Use Postgres** | Accepted |", "| #02 | Use Postgres (new) | Accepted |"],
)
def test_a_row_without_a_link_lists_the_record_of_its_number_where_others_have_theirs(row: str) -> None:
    head = "| No. | Decision | Status |\n| - | - | - |\n"
    one, three = "| 1 | [Use MySQL](0001-use-mysql.md) | Superseded |\n", "| 3 | [Use Rust](0003-use-rust.md) | Proposed |\n"
    assert updated(f"{head}{one}{row}\n{three}") == f"{head}{one}{row}\n{three}"
    stale = row.replace("Accepted", "Proposed")
    assert updated(f"{head}{one}{stale}\n{three}") == f"{head}{one}{row}\n{three}"
    other = "| 2 | Buy a boat | {} |\n"  # what the record was called before
    assert updated(f"{head}{one}{other.format('Proposed')}{three}") == f"{head}{one}{other.format('Accepted')}{three}"
    elsewhere = "| Boats | 2 | Proposed |\n"
    added = "| 2 | [Use Postgres](0002-use-postgres.md) | Accepted |\n"
    assert added in updated(f"{head}{one}{elsewhere}{three}")


def test_what_was_to_be_a_link_lists_its_record_though_its_path_has_a_blank() -> None:
    records = RECORDS.replace("0003-use-rust.md", "0003-Use Rust.md")
    for entry in ("- [3 Use Rust](0003-Use Rust.md)\n", "- [3 Use Rust](./0003-Use Rust.md) - fast\n"):
        assert updated(f"- {ONE}\n- {TWO}\n{entry}", records) == f"- {ONE}\n- {TWO}\n{entry}"


@pytest.mark.parametrize(
    ("head", "right", "wrong"),
    [
        (
            "| ADR | Status | Date |",
            "| [2](0002-use-postgres.md) | Accepted | 2024-01-02 |",
            "| [2](0002-use-postgres.md) | 2024-01-02 | Accepted |",
        ),
        (
            "| ADR | Titel | Status |",
            "| [2](0002-use-postgres.md) | Use Postgres | akzeptiert |",
            "| [2](0002-use-postgres.md) | akzeptiert | Use Postgres |",
        ),
        (
            "| ADR | Date | Status |",
            "| [2](0002-use-postgres.md) | 2. Januar 2024 | Accepted |",
            "| [2](0002-use-postgres.md) | Proposed | 2. Januar 2024 |",
        ),
    ],
)
def test_cells_of_a_row_that_were_swapped_are_told_of_and_put_right(head: str, right: str, wrong: str) -> None:
    around = f"{head}\n| - | - | - |\n| {ONE} |  | |\n{{}}\n| {THREE} |  | |\n"
    given = fixture(f"-- docs/adr/README.md --\n{around.format(wrong)}{RECORDS}")
    assert [found.kind for found in judge.stale(given.workspace, given.index)] == ["status"]
    assert updated(around.format(wrong)) == around.format(right)


def test_a_record_goes_below_the_item_that_is_its_status() -> None:
    before = f"- [Proposed]()\n- [Accepted]()\n  - {TWO}\n- [Superseded]()\n  - {ONE}\n"
    assert updated(before) == f"- [Proposed]()\n  - {THREE}\n- [Accepted]()\n  - {TWO}\n- [Superseded]()\n  - {ONE}\n"
    german = f"* Log\n  * **Vorgeschlagen**\n    * {THREE}\n  * **Akzeptiert**\n    * {ONE}\n  * **Abgelöst**\n"
    after = f"* Log\n  * **Vorgeschlagen**\n    * {THREE}\n  * **Akzeptiert**\n    * {TWO}\n  * **Abgelöst**\n    * {ONE}\n"
    assert updated(german) == after


def test_a_link_to_the_log_above_its_entries_makes_no_excerpt_of_them() -> None:
    records = RECORDS + "-- docs/adr/README.md --\n# Decisions\n\nHow we decide.\n"
    text = "- [Home](README.md)\n- [Decisions](adr/README.md)\n  - [1. Use MySQL](adr/0001-use-mysql.md)\n  - [2. Use Postgres](adr/0002-use-postgres.md)\n"
    given = fixture(f"-- docs/SUMMARY.md --\n{text}{records}")
    index = given.workspace.indexes["/w/docs/SUMMARY.md"]
    after = written(index.page, update.update(given.workspace, index))
    assert after == f"{text}  - [3. Use Rust](adr/0003-use-rust.md)\n"


@pytest.mark.parametrize("item", ["2: Use Postgres", "0002 - Use Postgres (Accepted)", "#2 **Use Postgres**"])
def test_an_item_without_a_link_lists_the_record_of_its_number_and_title(item: str) -> None:
    assert updated(f"- {ONE}\n- {item}\n- {THREE}\n") == f"- {ONE}\n- {item}\n- {THREE}\n"
    other = item.replace("Use Postgres", "Buy boats")
    assert f"- {TWO}\n" in updated(f"- {ONE}\n- {other}\n- {THREE}\n")


def test_an_entry_without_a_link_lists_the_record_that_its_words_fit_best() -> None:
    """Two records may share a number, written with more zeros or fewer, and a word besides."""
    records = (
        "-- docs/adr/0001-modular-architecture.md --\n# 1. Modular architecture\n"
        "-- docs/adr/001-backend-architecture-decisions.md --\n# 1. Backend architecture decisions\n"
        "-- docs/adr/0002-use-rust.md --\n# 2. Use Rust\n"
    )
    lines = "- ADR-001 Modular architecture\n- ADR-001 Backend architecture decisions\n- ADR-002 Use Rust\n"
    given = fixture(f"-- docs/adr/README.md --\n# Decisions\n\n{lines}{records}")
    assert [entry.path and entry.path.rsplit("/", 1)[-1] for entry in given.index.entries] == [
        "0001-modular-architecture.md",
        "001-backend-architecture-decisions.md",
        "0002-use-rust.md",
    ]


NAMED_BY_FILE = """
    -- README.md --
    # Decisions

    ## Data

    - [`001-mysql`](data/docs/adr/001-mysql.md) - The orders
    - [`002-redis`](data/docs/adr/002-redis.md) - Caching

    ## Cloud

    - [`003-aws`](clouds/docs/adr/003-aws.md) - Where it runs
    - [`004-helm`](clouds/docs/adr/004-helm.md) - Charts
    -- data/docs/adr/001-mysql.md --
    # 1. Orders in MySQL

    ## Decision

    We will keep all orders in one MySQL database with the following properties.
    -- data/docs/adr/002-redis.md --
    # 2. Caching in Redis
    -- data/docs/adr/005-s3.md --
    # 5. 📦 Files in S3

    ## Decision

    We will put all files into S3 with the following properties.
    -- cloud/docs/adr/003-aws.md --
    # 3. AWS
    -- cloud/docs/adr/004-helm.md --
    # 4. Helm charts
    -- cloud/docs/adr/006-spot.md --
    # 6. Spot instances
    """


def test_words_behind_a_file_name_that_are_short_are_a_name_and_no_summary() -> None:
    given = fixture(clean(NAMED_BY_FILE))
    text = written(given.index.page, update.update(given.workspace, given.index))
    assert (
        "- [`002-redis`](data/docs/adr/002-redis.md) - Caching\n- [`005-s3`](data/docs/adr/005-s3.md) - Files in S3\n" in text
    )
    longer = clean(NAMED_BY_FILE).replace("The orders", "All orders are kept in one MySQL database, and in no other place")
    longer = longer.replace("- Caching", "- What is read often is kept in Redis, and thrown away every night")
    given = fixture(longer)
    text = written(given.index.page, update.update(given.workspace, given.index))
    assert "- [`005-s3`](data/docs/adr/005-s3.md) - Put all files into S3\n" in text


def test_what_a_link_that_is_put_right_brings_to_light_is_listed_at_once() -> None:
    given = fixture(clean(NAMED_BY_FILE))
    text = written(given.index.page, update.update(given.workspace, given.index))
    assert (
        "- [`004-helm`](cloud/docs/adr/004-helm.md) - Charts\n- [`006-spot`](cloud/docs/adr/006-spot.md) - Spot instances\n"
        in text
    )
    again = given.workspace.with_text(given.index.path, text)
    assert not update.update(again, again.indexes[given.index.path])


REQUESTS = [
    ("Review {one} for the details\nUnderstand {two} for the rest\n", []),
    ("Start with {one}\nReview {two}\nStudy {three}\n", []),
    ("Review {one}\n", []),
    ("Accepted {one}\nProposed {two}\nAccepted {three}\n", ["Proposed"]),
    ("**Proposed** {one}\n**Accepted** {two}\n", ["Proposed"]),
    ("[Proposed] {one}\n[Accepted] {two}\n", ["Proposed"]),
    ("Revisar {one} para los detalles\nEstudiar {two}\n", []),
]


@pytest.mark.parametrize(("lines", "stale"), REQUESTS)
def test_a_word_that_asks_for_something_in_front_of_a_link_is_no_status(lines: str, stale: list[str]) -> None:
    links = {name: f"[000{n}-{name}.md](000{n}-{name}.md)" for n, name in enumerate(("one", "two", "three"), 1)}
    listed = "".join(f"{n}. {line}\n" for n, line in enumerate(lines.format(**links).splitlines(), 1))
    records = "".join(
        f"-- docs/adr/000{n}-{name}.md --\n# {n}. {name.title()}\n\nStatus: Accepted\n" for n, name in enumerate(links, 1)
    )
    whole = "".join(f"- {link}\n" for link in links.values())
    given = fixture(f"-- docs/adr/README.md --\n# Decisions\n\n{whole}\n## For newcomers\n\n{listed}{records}")
    assert [one.said.strip("[]") for one in judge.stale(given.workspace, given.index)] == stale


def test_an_entry_that_comes_to_repeat_another_goes() -> None:
    lines = "- [1. Use MySQL](0001-use-mysql.md) - **Superseded**\n- [2. Use Postgres](0002-use-postgres.md) - **Accepted**\n"
    rest = "- [3. Use Rust](0003-use-rust.md) - **Proposed**\n"
    again = "- [2. Use Postgres](0002-use-postgres.md) - **Proposed**\n"
    assert updated(f"{lines}{again}{rest}") == f"{lines}{rest}"


@pytest.mark.parametrize(
    ("status", "said", "stale"),
    [
        ("accepted-provisional", "provisional", []),
        ("Accepted (draft)", "Draft", []),
        ("accepted", "provisional", ["provisional"]),
        ("Accepted, was proposed", "Proposed", ["Proposed"]),
        ("Superseded (accepted)", "Accepted", ["Accepted"]),
    ],
)
def test_an_entry_may_say_one_of_the_two_words_of_a_status(status: str, said: str, stale: list[str]) -> None:
    records = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\nStatus: {status}\n" for n in (1, 2))
    given = fixture(f"-- docs/adr/README.md --\n- [X1](0001-x1.md) *({said})*\n- [X2](0002-x2.md)\n{records}")
    assert [one.said for one in judge.stale(given.workspace, given.index)] == stale


UNLINKED = {
    "number and title": """\
| ID | Name | Status |
|----|------|--------|
| 001 | Use MySQL | Superseded |
| 002 | Use Postgres now | Accepted |
| 003 | Rust | Accepted |
""",
    "one with other words": """\
| ID | Name | Status |
|----|------|--------|
| 0001 | Use MySQL | Superseded |
| 0002 | Use Postgres | Accepted |
| 0003 | Use Rust | Accepted |
| 0004 | The lake | Accepted |
""",
    "another table besides": """\
| ID | Name |
|----|------|
| 2 | Use Postgres |
| 3 | Use Rust |
| 5 | Use Kafka |

| ID | By | Why |
|----|----|-----|
| 1 | 2 | cheaper |
""",
    "a table of something else": """\
| Team | People |
|------|--------|
| 1 | Anna |
| 2 | Bert |
| 3 | Carl |
""",
}
LISTED = {
    "number and title": "1 2 3",
    "one with other words": "1 2 3 4",
    "another table besides": "2 3 5 1",
    "a table of something else": "",
}
MORE = RECORDS + "".join(
    f"-- docs/adr/000{n}-{name.casefold().replace(' ', '-')}.md --\n# {n}. {name}\n\nDate: 2024-01-0{n}\n\n## Status\n\nAccepted\n"
    for n, name in ((4, "Store files"), (5, "Use Kafka"))
)


@pytest.mark.parametrize("table", UNLINKED)
def test_a_table_without_links_lists_records_by_number_and_title(table: str) -> None:
    given = fixture(f"{MORE}-- docs/adr/README.md --\n# Decisions\n\n{UNLINKED[table]}")
    (index,) = given.workspace.indexes.values() if LISTED[table] else (Index(given.file("docs/adr/README.md")),)
    records = given.workspace.records
    assert " ".join(str(records[entry.path].number) for entry in index.entries if entry.path) == LISTED[table]
    elsewhere = fixture(f"{MORE}-- docs/notes.md --\n# Notes\n\n{UNLINKED[table]}")
    assert not elsewhere.workspace.indexes


def test_a_new_row_without_a_link_has_the_title_once() -> None:
    rows = "".join(
        f"| 000{n} | {t} | Sales |\n" for n, t in ((1, "Use MySQL"), (2, "Use Postgres"), (3, "Rust"), (4, "Store files"))
    )
    index = f"# Decisions\n\n| ID | Name | Area |\n|--|--|--|\n{rows}"
    assert updated(index, MORE) == f"{index}| 0005 | Use Kafka | |\n"


def test_a_diary_that_names_records_by_the_day_is_no_index() -> None:
    names = ("", "use-mysql", "use-postgres", "use-rust")
    days = "".join(f"## 2024-01-0{n}: work\n\n- [{n}](000{n}-{names[n]}.md) is written\n- Tests\n\n" for n in (1, 2, 3))
    assert not fixture(f"{RECORDS}-- docs/adr/README.md --\n# Records\n\n{days}").workspace.indexes
    years = "".join(f"## {2023 + n}\n\n- [{n}](000{n}-{names[n]}.md) is written\n\n" for n in (1, 2, 3))
    assert fixture(f"{RECORDS}-- docs/adr/README.md --\n# Records\n\n{years}").workspace.indexes


@pytest.mark.parametrize(
    "heading", ["Accepted ADRs", "ADR aceptados", "Décisions acceptées", "Принятые решения", "Přijatá rozhodnutí"]
)
def test_an_entry_below_the_heading_of_another_status_is_told_in_all_languages(heading: str) -> None:
    rows = "- [1](0001-use-mysql.md)\n- [2](0002-use-postgres.md)\n\n## Superseded\n\n- [old](0004-old.md)\n"
    old = "-- docs/adr/0004-old.md --\n# 4. Old\n\n## Status\n\nSuperseded by [2. X](0002-use-postgres.md)\n"
    given = fixture(f"{RECORDS}{old}-- docs/adr/README.md --\n# Records\n\n## {heading}\n\n{rows}")
    (found,) = given.problems("index-status")
    assert found.span.of(given.texts[found.path]) == "0001-use-mysql.md"


@pytest.mark.parametrize("below", ["", "\n## Superseded\n\n- [old](0009-old.md)\n"])
def test_an_entry_below_the_heading_of_a_status_that_its_record_has_not_is_told_without_another_heading(below: str) -> None:
    states = dict.fromkeys(range(1, 7), "Accepted") | {5: "Proposed"}
    given = fixture(
        "-- docs/adr/README.md --\n# Records\n\n## Accepted records\n\n"
        + "".join(f"- [{n}](000{n}-x{n}.md)\n" for n in states)
        + below
        + "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\n## Status\n\n{said}\n" for n, said in states.items())
        + "-- docs/adr/0009-old.md --\n# 9. Old\n\n## Status\n\nSuperseded by [1. X1](0001-x1.md)\n"
    )
    (found,) = given.problems("index-status")
    assert (found.span.of(given.texts[found.path]), found.level, found.fixes) == ("0005-x5.md", "info", ())
