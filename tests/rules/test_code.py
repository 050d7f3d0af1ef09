"""What is said of references in source code: what is marked, and nothing else."""

from __future__ import annotations

import pytest

from adr_ls.ide import menu
from tests.fixture import Fixture, fixture

LOG = """
-- docs/adr/0001-use-mysql.md --
# ADR-0001: Use MySQL

**Status**: Superseded by [ADR-0002](0002-use-postgres.md)
-- docs/adr/0002-use-postgres.md --
# ADR-0002: Use Postgres

**Status**: Accepted

**Supersedes**: [ADR-0001](0001-use-mysql.md)
-- docs/adr/0003-use-soap.md --
# ADR-0003: Use SOAP

**Status**: Rejected
-- docs/adr/0004-use-xml.md --
# ADR-0004: Use XML

**Status**: Accepted

ADR-0009 is reserved.
-- docs/adr/0005-use-json.md --
# ADR-0005: Use JSON

**Status**: Deprecated

We moved on, as upstream ADR-0007 says.
""".lstrip("\n")
UNPADDED = """
-- docs/adr/adr-1.md --
# ADR-1: Use MySQL

**Status**: Accepted
-- docs/adr/adr-2.md --
# ADR-2: Use Rust

**Status**: Accepted
""".lstrip("\n")


def seen(given: Fixture, level: str) -> str:
    """The source files with the problems of a level marked."""
    problems = [one for one in given.problems() if one.rule.about == "code" and one.level == level]
    return "".join(
        f"-- {part}" for part in given.marked(problems).split("-- ")[1:] if not part.startswith("docs/") and "--\n" in part
    )


@pytest.mark.parametrize(
    "source",
    [
        "-- src/app.py --\n# See ⟦ADR-0021⟧ and ADR-0004\n",
        "-- src/app.py --\n# See ADR-21, ADR-021 and adr-00021: none is written as the files are\n",
        "-- src/app.py --\nx = ADR-0021\nADR_0021 = ADR_0022\n",
        '-- src/app.py --\n"""Says ⟦ADR-0021⟧."""\n',
        '-- src/app.py --\nname = "ADR-0021"\n',
        '-- tests/test_app.py --\ntext = "ADR-0021"\n"""ADR-0021"""\n# but ⟦ADR-0022⟧\n',
        '-- src/app_test.go --\nvar s = "docs/adr/0021-gone.md" // ⟦ADR-0021⟧\n',
        "-- src/app.ts --\n// upstream ADR-0021, org/repo ADR-0022, `ADR-0023`, ADR-0021 in the mobile repository\n",
        "-- src/app.ts --\n// ADR-0022 is reserved\n// ADR-0007 is theirs\n",
        "-- src/app.ts --\n// RFC-2119, SHA-256, ISO-8601, UTF-8, ADR-9999 and ADR-2023-05-09\n",
        "-- src/app.ts --\n// ⟦docs/adr/0021-gone.md⟧, ⟦adr/0001-use-mysq.md⟧ and other/0021-gone.md\n",
        "-- src/app.ts --\n// ⟦../architecture/0004-use-xml.md⟧ and other/0004-use-xmll.md\n",
        "-- src/notes.xyz --\nADR-0021 and docs/adr/0021-gone.md\n",
        "-- src/app.ts --\n// adr-ls-disable-next-line code-reference-unknown\n// ADR-0021\n// ADR-0022 adr-ls-disable-line\n// ⟦ADR-0023⟧\n",
        "-- src/app.ts --\n// docs/adr/0004-...md\n",
        "-- vendor/lib/app.ts --\n// ADR-0021\n",
    ],
)
def test_unknown_records_are_warned_of_where_they_can_be_meant_for_no_other(source: str) -> None:
    plain = source.replace("⟦", "").replace("⟧", "")
    assert seen(fixture(LOG + plain), "warning") == source


def test_a_path_to_a_file_that_is_no_record_leads_somewhere() -> None:
    template = "-- docs/adr/0000-template.md --\n# ADR-0000: Title\n\n## Status\n\nProposed\n"
    source = "-- src/app.ts --\n// docs/adr/0000-template.md, adr/0000-template.md, not ⟦docs/adr/0000-templates.md⟧\n"
    plain = source.replace("⟦", "").replace("⟧", "")
    assert seen(fixture(LOG + template + plain), "warning") == source


@pytest.mark.parametrize(
    "source",
    [
        '-- src/app.py --\nname = "⟦ADR-0021⟧"\n',
        "-- src/app.py --\n# See ⟦ADR-0001⟧, ⟦docs/adr/0001-use-mysql.md⟧\n",
        '-- src/app.py --\nname = "⟦ADR-0001⟧", "ADR-1", "docs/adr/0001-use-mysql.md"\n',
        '-- src/app.json --\n["ADR-0001", "ADR-0021", "docs/adr/0001-use-mysql.md", "docs/adr/0021-gone.md"]\n',
        "-- src/app.py --\n# ⟦tool/docs/architecture/0004-use-xml.md⟧ and docs/adr/0004-use-xml.md\n",
        "-- src/app.py --\n# ADR-0001 was superseded by ADR-0002\n",
        "-- src/app.py --\n# Follows ADR-0001\n#\n# and now ADR-2\n",
        "-- src/app.py --\n# no longer as in ADR-0001\n",
        "-- src/app.py --\n# ADR-0004 replaces ADR-0001\n",
        "-- src/app.py --\n# ⟦ADR-0003⟧ and ⟦ADR-0005⟧\n",
        '-- tests/test_app.py --\n"ADR-0001" in text  # ⟦ADR-1⟧\n',
    ],
)
def test_records_that_hold_no_longer_are_hinted_at(source: str) -> None:
    plain = source.replace("⟦", "").replace("⟧", "")
    assert seen(fixture(LOG + plain), "hint") == source


@pytest.mark.parametrize(
    "source",
    ["-- src/app.py --\n# See ⟦ADR-5⟧ and ADR-2, not ADR-99\n", '-- src/app.py --\nx = "ADR-5"\n', "-- src/a.asm --\nADR-5\n"],
)
def test_in_a_log_that_fills_nothing_up_an_unknown_number_is_a_hint(source: str) -> None:
    plain = source.replace("⟦", "").replace("⟧", "")
    given = fixture(UNPADDED + plain)
    assert seen(given, "hint") == source
    assert not [one for one in given.problems() if one.rule.about == "code" and one.level != "hint"]


@pytest.mark.parametrize(
    ("title", "before", "after"),
    [
        ("Refer to ADR-0002, “Use Postgres”", "# as $0ADR-0001 says", "# as ADR-0002 says"),
        ("Refer to ADR-0002, “Use Postgres”", "# as $0ADR 1 says", "# as ADR 2 says"),
        (
            "Refer to ADR-0002, “Use Postgres”",
            "# see ../docs/adr/$00001-use-mysql.md#status",
            "# see ../docs/adr/0002-use-postgres.md#status",
        ),
        ("Refer to ADR-0004, “Use XML”", "# see docs/adr/$00004-use-xmll.md", "# see docs/adr/0004-use-xml.md"),
        ("Refer to ADR-0004, “Use XML”", "# see ../architecture/$00004-use-xml.md", "# see ../docs/adr/0004-use-xml.md"),
        ("Refer to ADR-0004, “Use XML”", "# see docs/old/$00004-use-xml.md", "# see docs/adr/0004-use-xml.md"),
        (
            "Silence code-reference-superseded on this line",
            "def f():\n    # as $0ADR-0001 says",
            "def f():\n    # adr-ls-disable-next-line code-reference-superseded\n    # as ADR-0001 says",
        ),
        ("Silence code-reference-superseded on this line", '"""\nas $0ADR-0001 says"""', None),
    ],
)
def test_what_is_offered(title: str, before: str, after: str | None) -> None:
    given = fixture(f"{LOG}-- src/app.py --\n{before}\n")
    span = given.cursor.record.lines.span(given.cursor.record.lines.line_at(given.offset))
    found = {one.title: one for one in menu.menu(given.workspace, given.record, span, "2030-01-01")}
    if after is None:
        assert title not in found
    else:
        assert found[title].change.text(given.path, given.texts[given.path]) == after + "\n"
