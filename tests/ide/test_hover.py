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

Superseded · 2024-01-01
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


def test_the_title_shows_what_is_told_of_the_record_itself_and_who_refers_to_it() -> None:
    assert hover("", DATABASES.replace("# ADR-003", "# AD$0R-003")) == snapshot("""\
Accepted · 2024-03-03
Supersedes ADR-002

> CockroachDB.

Referred to by ADR-002\
""")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("Superseded by [ADR-002](002-use-postgres.md)", "Superseded"),
        ("Superseded by [Use Postgres](002-use-postgres.md) (2024-02-02)", "Superseded"),
        ("ersetzt durch ADR-002", "ersetzt"),
        ("Superseded by ADR-002, since the vendor left", "Superseded by ADR-002, since the vendor left"),
    ],
)
def test_what_superseded_a_record_is_told_once(status: str, said: str) -> None:
    given = DATABASES.replace("Superseded by [ADR-002](002-use-postgres.md)", status, 1)
    shown = hover("-- docs/adr/009-x.md --\n# 9. X\n\nAs AD$0R-1 says.\n", given)
    assert shown.splitlines()[2] == f"{said} · 2024-01-01"
    assert "Superseded by ADR-002 (superseded) → ADR-003 (accepted)" in shown


def test_the_names_in_a_card_lead_to_their_files() -> None:
    given = fixture(DATABASES + "-- docs/adr/009 (old).md --\n# ADR-009: X\n\nAs AD$0R-1 says.\n")
    found = hovering.hover(given.cursor, lambda path: f"file://{path}")
    assert found
    assert "[ADR-002](file:///w/docs/adr/002-use-postgres.md) (superseded) → [ADR-003](file:///w" in found.markdown
    assert "[ADR-009](file:///w/docs/adr/009%20%28old%29.md)" in found.markdown
    assert "](" not in found.plain
    assert "Referred to by ADR-002, ADR-009" in found.plain


def test_links_give_way_before_anything_is_cut() -> None:
    chain = "".join(
        f"-- docs/adr/{n:04}-x.md --\n# ADR-{n}: X\n\n**Status**: Superseded by ADR-{n + 1}\n" for n in range(1, 60)
    )
    given = fixture(chain + "-- docs/adr/0060-x.md --\n# ADR-60: X\n\nNot ADR$0-1.\n")
    found = hovering.hover(given.cursor, lambda path: f"file://{path}{'x' * 50}")
    assert found
    assert len(found.markdown) <= hovering.LONGEST
    assert "](" not in found.markdown
    assert "ADR-60" in found.markdown


def test_why_a_problem_matters_is_told_with_a_link_to_its_rule() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # ADR-0001: A

        **Status**: Accepted

        It needs [the list](0009-list.md), which
        see ADR-$00042.
        """)
    problems = given.problems()
    found = hovering.hover(given.cursor)
    shown = hovering.explaining(problems, given.offset, lambda rule: f"file:///rules/{rule}.md", found)
    assert shown
    assert found
    assert shown.span == found.span
    first, why = shown.markdown.split("\n\n")
    assert first == "There is no such record here."
    assert why.endswith("([reference-unknown](file:///rules/reference-unknown.md))")
    assert hovering.explaining(problems, 0, str, None) is None


@pytest.mark.parametrize(
    ("comment", "rules"),
    [
        ("<!-- adr-ls-disable-next-line link-bro$0ken -->", ["link-broken"]),
        ("<!-- adr-ls-disable link-broken, reference-un$0known -- not ours -->", ["reference-unknown"]),
        ("<!-- adr-ls-dis$0able link-broken -->", []),
        ("<!-- adr-ls-disable no-such-ru$0le -->", []),
        ("<!-- link-bro$0ken -->", []),
    ],
)
def test_a_rule_that_is_silenced_is_explained(comment: str, rules: list[str]) -> None:
    found = hovering.hover(fixture(f"# 1. A\n\n{comment}\n").cursor, manual=lambda rule: f"file:///{rule}.md")
    assert [f"([{rule}](file:///{rule}.md))" in found.markdown for rule in rules if found] == [True] * len(rules)
    assert bool(found) == bool(rules)


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
Superseded
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

2 records have this number; besides this one: 0001-b.md\
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


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ("Accepted", ["Implementabel: no status that is known here", "In use here: Superseded (2)"]),
        (
            "Implementabel",
            ["Implementabel: a status of this project’s own", "2 of 4 records here say so", "In use here: Superseded (2)"],
        ),
    ],
)
def test_a_word_that_no_language_knows_is_a_status_where_others_have_it(others: str, said: list[str]) -> None:
    shown = hover(
        "-- docs/adr/004-x.md --\n# ADR-004: X\n\n**Status**: Impl$0ementabel\n",
        DATABASES.replace("**Status**: Accepted", f"**Status**: {others}"),
    )
    assert [line.partition(", Accepted")[0] for line in shown.split("\n\n")] == said


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

Referred to by [ADR-2](/w/docs/adr/0002-b.md)\
""")


def test_a_card_is_capped() -> None:
    words = "<*word*> " * 2000
    others = "".join(f"-- docs/adr/{n:04}-x.md --\n# ADR-{n}: {'X' * 300}\n\nSee ADR-1.\n" for n in range(2, 40))
    given = fixture(
        f"-- docs/adr/0001-a.md --\n# ADR-1: {'A' * 5000}\n\n## Decision\n\n{words}\n" + others.replace("ADR-1.", "ADR-$01.", 1)
    )
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
