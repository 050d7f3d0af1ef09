from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest

from adr_ls.ide import lenses
from tests.fixture import fixture

LOG = """
-- docs/adr/0001-mill-queue.md --
---
status: superseded by ADR-2
---
# 1. Mill queue
-- docs/adr/0002-tariff-reader.md --
# 2. Tariff reader

**Status**: Superseded
-- docs/adr/0003-night-export.md --
# 3. Night export

**Status**: Accepted
**Supersedes**: ADR-2

After ADR-1, see [the guide](../guide.md).
-- docs/adr/0004-build-banner.md --
# 4. Build banner

**Status**: Accepted
**Amends**: ADR-3
-- docs/adr/0005-booking-keys.md --
# 5. Booking keys
-- docs/adr/README.md --
# Decisions

- [1. Mill queue](0001-mill-queue.md)
- [2. Tariff reader](0002-tariff-reader.md)
-- docs/guide.md --
Nothing of it.
""".lstrip("\n")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "adr/0001-mill-queue.md",
            [
                "# 1. Mill queue: referenced by 1 record and 1 page (references 0001-mill-queue.md)",
                "# 1. Mill queue: superseded by ADR-0002: Tariff reader (open 0002-tariff-reader.md)",
                "# 1. Mill queue: now ADR-0003: Night export (open 0003-night-export.md)",
            ],
        ),
        (
            "adr/0002-tariff-reader.md",
            [
                "# 2. Tariff reader: referenced by 2 records and 1 page (references 0002-tariff-reader.md)",
                "# 2. Tariff reader: superseded by ADR-0003: Night export (open 0003-night-export.md)",
            ],
        ),
        (
            "adr/0003-night-export.md",
            [
                "# 3. Night export: referenced by 1 record (references 0003-night-export.md)",
                "# 3. Night export: amended by ADR-0004: Build banner (open 0004-build-banner.md)",
            ],
        ),
        ("adr/0005-booking-keys.md", []),
        ("adr/README.md", ["# Decisions: missing: ADR-0003, ADR-0004, ADR-0005 (update README.md)"]),
    ],
)
def test_lenses_stand_above_the_title(name: str, shown: list[str]) -> None:
    given = fixture(LOG)
    file = given.file(f"docs/{name}")
    found = lenses.lenses(given.workspace, file)
    assert [f"{one.span.of(file.text)}: {one.title} ({one.does} {posixpath.basename(one.path)})" for one in found] == shown


def test_of_many_only_some_are_named() -> None:
    given = fixture(LOG + "-- docs/adr/0006-job-table.md --\n# 6. Job table\n")
    (found,) = lenses.lenses(given.workspace, given.file("docs/adr/README.md"))
    assert found.title == "missing: ADR-0003, ADR-0004, ADR-0005 and 1 more"


def test_nothing_is_counted_while_not_all_is_known() -> None:
    given = fixture(LOG)
    early = replace(given.workspace, is_partial=True)
    assert not list(lenses.lenses(early, given.file("docs/adr/0001-mill-queue.md")))
