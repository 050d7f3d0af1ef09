from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from adr_ls.ide import hover as hovering
from tests.fixture import fixture

DATABASES = """
-- docs/adr/001-use-mysql.md --
# ADR-001: Use MySQL

**Status**: Superseded by [ADR-002](002-use-postgres.md)
**Date**: 2024-01-01

## Context

We need a database.

## Decision

We will use MySQL, *everywhere*.

Second paragraph.
-- docs/adr/002-use-postgres.md --
# ADR-002: Use Postgres

**Status**: Superseded by [ADR-003](003-use-cockroach.md)
**Date**: 2024-02-02
**Supersedes**: [ADR-001](001-use-mysql.md)

## Decision

Postgres.
-- docs/adr/003-use-cockroach.md --
# ADR-003: Use CockroachDB

**Status**: Accepted
**Date**: 2024-03-03
**Supersedes**: [ADR-002](002-use-postgres.md)

## Decision

CockroachDB.
""".lstrip("\n")


def hover(source: str, around: str = DATABASES) -> str:
    """The hover at the cursor of a file, as plain text."""
    found = hovering.hover(fixture(around + source).cursor)
    return found.plain if found else ""


CARD = snapshot("""\
ADR-001: Use MySQL

Superseded by ADR-002 · 2024-01-01
Superseded by ADR-002 (superseded) → ADR-003 (accepted); the last one holds

> We will use MySQL, everywhere.

""")


@pytest.mark.parametrize(
    "form",
    [
        "# 9. X\n\nAs [the fir$0st](001-use-mysql.md) says.\n",
        "# 9. X\n\nAs [ADR-001](./001-use-$0mysql.md#decision) says.\n",
        "# 9. X\n\nAs [the fir$0st][1] says.\n\n[1]: 001-use-mysql.md\n",
        "# 9. X\n\nAs [the first][$01] says.\n\n[1]: 001-use-mysql.md\n",
        "# 9. X\n\nAs AD$0R-1 says.\n",
        "# 9. X\n\nAs ADR 00$001 says.\n",
        "# 9. X\n\nAs ADR001$0 says.\n",
        "# 9. X\n\nAs [[001-use$0-mysql]] says.\n",
        "# 9. X\n\nSee https://example.com and 001-use-my$0sql.md.\n",
    ],
)
def test_every_form_of_reference_shows_the_record(form: str) -> None:
    assert hover("-- docs/adr/009-x.md --\n" + form).partition("Referred")[0] == CARD


@pytest.mark.parametrize(
    "form",
    [
        "---\nsupersedes: 00$01\n---\n# X\n",
        "---\nsupersedes: [001-us$0e-mysql.md]\n---\n# X\n",
        "---\nstatus: superseded by ADR-0$001\n---\n# X\n",
        "# 9. X\n\n| Status | Superseded by [A$01](001-use-mysql.md) |\n| --- | --- |\n",
        "# 9. X\n\n> **Status**: Supersedes ADR-0$001\n",
        "# 9. X\n\n- [x] done with **ADR-0$001**\n",
    ],
)
def test_fields_show_the_record_they_name(form: str) -> None:
    assert hover("-- docs/adr/009-x.md --\n" + form).startswith("ADR-001: Use MySQL\n")


def test_an_entry_of_an_index_shows_the_record() -> None:
    shown = hover("-- docs/adr/README.md --\n- [ADR-001](001-us$0e-mysql.md)\n- [ADR-002](002-use-postgres.md)\n")
    assert shown.partition("Referred")[0] == CARD


def test_the_title_shows_the_record_itself_and_who_refers_to_it() -> None:
    assert hover("", DATABASES.replace("# ADR-003", "# AD$0R-003")) == snapshot("""\
ADR-003: Use CockroachDB

Accepted · 2024-03-03
Supersedes ADR-002

> CockroachDB.

Referred to by ADR-002\
""")


def test_a_chain_that_branches_or_comes_back_ends_there() -> None:
    assert hover(
        "",
        """
            -- docs/adr/0001-a.md --
            # ADR-1: A$0

            **Status**: Superseded by ADR-2 and ADR-3
            -- docs/adr/0002-b.md --
            # ADR-2: B

            **Status**: Superseded by ADR-1
            -- docs/adr/0003-c.md --
            # ADR-3: C

            **Status**: Accepted
            """,
    ) == snapshot("""\
ADR-1: A

Superseded by ADR-2 and ADR-3
Superseded by ADR-2, ADR-3
Supersedes ADR-2

Referred to by ADR-2\
""")


def test_a_number_that_several_records_have_says_so() -> None:
    assert hover(
        "",
        "-- docs/adr/0001-a.md --\n# 1. A\n-- docs/adr/0001-b.md --\n# 1. B\n-- docs/adr/0002-c.md --\n# 2. C\n\nSee ADR-$01.\n",
    ) == snapshot("""\
ADR-0001: A

no status

Referred to by ADR-0002

2 records have this number; besides this one 0001-b.md\
""")


def test_a_reference_that_leads_nowhere_says_so() -> None:
    assert hover("-- docs/adr/004-x.md --\n# ADR-004: X\n\nSee ADR-0$042.\n") == snapshot("There is no such record here.")
    assert hover("-- docs/adr/004-x.md --\n# ADR-004: X\n\nSee [x](042-$0gone.md).\n") == snapshot(
        "There is no such record here."
    )


@pytest.mark.parametrize(
    "nothing",
    [
        "See `ADR-0$001`.",
        "```\nADR-0$001\n```",
        "    ADR-0$001",
        "See RFC-0$001.",
        "See #$01.",
        "[code](../../src/m$0ain.py)",
        "<!-- ADR-0$001 -->",
        "Some te$0xt.",
    ],
)
def test_what_is_no_reference_shows_nothing(nothing: str) -> None:
    assert not hover(f"-- docs/adr/009-x.md --\n# 9. X\n\n{nothing}\n")


def test_a_status_shows_what_it_means_here() -> None:
    assert hover("-- docs/adr/004-x.md --\n# ADR-004: X\n\n**Status**: Prop$0osed\n") == snapshot("""\
Proposed: under discussion; not decided yet

1 of 4 records here are proposed

In use here: Superseded (2), Accepted (1), Proposed (1)\
""")
    assert hover("", DATABASES.replace("Superseded by [ADR-002]", "Super$0seded by [ADR-002]")) == snapshot("""\
Superseded: a newer record has taken its place

2 of 3 records here are superseded

In use here: Superseded (2), Accepted (1)

Superseded by ADR-002: Use Postgres → ADR-003: Use CockroachDB\
""")


def test_a_status_is_explained_in_the_words_of_the_index() -> None:
    readme = "-- docs/adr/README.md --\n- **Accepted**: The steering group has *signed* it <b>off</b>.\n\n- [ADR-001](001-use-mysql.md)\n- [ADR-002](002-use-postgres.md)\n"
    assert hover(readme, DATABASES.replace("**Status**: Accepted", "**Status**: Acc$0epted")) == snapshot("""\
Accepted: The steering group has signed it off.

1 of 3 records here are accepted

In use here: Superseded (2), Accepted (1)\
""")


def test_html_images_and_command_links_of_a_record_stay_words() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # ADR-1: A <script>alert(1)</script> ![x](https://evil.example/x.png)

        **Status**: [Accepted](command:evil) <img src=x onerror=1>

        ## Decision

        Click [here](command:workbench.action.quit) or <https://evil.example> or https://evil.example, `code`, <b>bold</b> & &lt;i&gt;, www.evil.example, a@evil.example.
        # no heading, - no list
        -- docs/adr/0002-b.md --
        # ADR-2: B

        See ADR-$01.
        """)
    found = hovering.hover(given.cursor)
    assert found
    assert found.markdown == snapshot("""\
**ADR-1: A alert(1) x**

Accepted

> Click here or https://evil.example or https://evil.example, code, bold \\& \\<i>, www.evil.example, a@evil.example.

Referred to by ADR-2\
""")


def test_a_card_is_capped() -> None:
    words = "<*word*> " * 2000
    others = "".join(f"-- docs/adr/{n:04}-x.md --\n# ADR-{n}: {'X' * 300}\n\nSee ADR-1.\n" for n in range(2, 40))
    given = fixture(f"-- docs/adr/0001-a.md --\n# ADR-1: {'A' * 5000}$0\n\n## Decision\n\n{words}\n" + others)
    found = hovering.hover(given.cursor)
    assert found
    assert len(found.markdown) <= hovering.LONGEST
    assert found.markdown.endswith("…")


def test_a_long_decision_is_cut_in_any_script() -> None:
    for words, length in (("word " * 1000, hovering.PARAGRAPH), ("决定" * 1000, hovering.PARAGRAPH)):
        shown = hover("", f"-- docs/adr/0001-a.md --\n# ADR-1: A$0\n\n## Decision\n\n{words}\n")
        quoted = next(line for line in shown.splitlines() if line.startswith(">"))
        assert length - 10 <= len(quoted) <= length + 4
        assert quoted.endswith("…")
