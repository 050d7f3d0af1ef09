from __future__ import annotations

from collections.abc import Iterator

import pytest

from adr_ls import rules
from adr_ls.rules.model import Found, Problem, Rule, Subject
from adr_ls.syntax.text import Edit, Span
from tests.fixture import Fixture, clean, fixture

HAS_EXAMPLE = pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)

TITLES = "-- docs/adr/0001-snow.md --\n---\ntitle: Use snow in winter\n---\n# Use snow in winter\n" + "".join(
    f"-- docs/adr/000{n}-forms-{n}.md --\n---\ntitle: {title}\n---\n# {title}\n"
    for n, title in enumerate(("Forms in React", "Cloud forms", "Rain forms", "Sun forms", "Fog forms"), 2)
)

TWINS = {"not-in-index": "index-missing-entry", "stale-in-index": "index-status"}
"""Rules that tell the same thing at the other end, as data: the one beside whose examples the other is bound to speak up."""


def others(problems: list[Problem], rule: Rule) -> list[Problem]:
    return [p for p in problems if p.rule.name not in (rule.name, TWINS.get(rule.name)) and p.level != "hint"]


def example(rule: Rule, source: str) -> Fixture:
    """An example with its rule at work, whether it is on by default or not."""
    return fixture(source, levels={rule.name: "info"} if rule.level == "off" else None)


MADR = '* Status: accepted\n\n## Context and Problem Statement\n\nC {n}.\n\n## Considered Options\n\n* A {n}\n* B {n}\n\n## Decision Outcome\n\nChosen option: "A {n}", because D.\n\n'


@pytest.mark.parametrize(("heading", "level"), [("Positive Consequences", "info"), ("Effects", "warning")])
def test_what_the_dialects_own_template_calls_optional_is_no_more_than_an_info(heading: str, level: str) -> None:
    whole = MADR + "### " + heading + "\n\nE {n}.\n\n"
    text = "-- docs/adr/template.md --\n# [short title]\n\n" + whole.format(n=0)
    text += "".join(
        f"-- docs/adr/000{n}-x.md --\n# X{n} and Y\n\n" + (whole if n < 5 else MADR).format(n=n) for n in range(1, 6)
    )
    assert [one.level for one in fixture(text).problems("section-missing")] == [level]


def test_a_title_of_several_after_which_no_file_is_called_is_a_templates() -> None:
    text = TITLES + "".join(f"-- docs/adr/001{n}-x{n}.md --\n# RFC Name\n" for n in range(3))
    assert len(fixture(text).problems("title-copied")) == 3
    stones = TITLES + "".join(f"-- docs/adr/001{n}-gone.md --\n# Of a decision that was taken back\n" for n in range(3))
    assert not fixture(stones).problems("title-copied")


def test_no_section_is_put_into_code_that_is_never_closed() -> None:
    log = "-- docs/adr/template.md --\n# N. T\n\n## Context\n\n## Costs\n" + "".join(
        f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n## Context\n\n```\nx: {n}\n{fence}"
        for n, fence in enumerate(("```\n", ""), 1)
    )
    assert [len(one.fixes) for one in fixture(log).problems("section-missing")] == [1, 0]


@HAS_EXAMPLE
def test_the_example_raises_this_problem_and_its_first_fix_mends_it(rule: Rule) -> None:
    broken = example(rule, rule.before)
    problems = broken.problems()
    assert [p for p in problems if p.rule is rule]
    assert not others(problems, rule)
    first = next(p for p in problems if p.rule is rule)
    if not rule.after:
        assert not any(fix.preferred and fix.edits for problem in problems if problem.rule is rule for fix in problem.fixes)
        return
    assert broken.edited(first.fixes[0].edits) == rule.after
    assert not example(rule, rule.after).problems(rule.name)
    assert not others(example(rule, rule.after).problems(), rule)


@HAS_EXAMPLE
def test_the_page_is_complete(rule: Rule) -> None:
    assert rule.before
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 120
    assert rule.name == rule.check.__name__.replace("_", "-")


def sees(rule: str, source: str) -> list[Problem]:
    """Checks that the rule reports what is marked in the text and nothing else; gives what it reports."""
    given = example(rules.BY_NAME[rule], source)
    problems = given.problems(rule)
    assert given.marked(problems) == clean(source).replace("$0", "")
    return problems


LOG = "".join(
    f"""-- docs/adr/000{number}-{word}.md --
# {number}. The {word}

Date: 2025-01-0{number}

## Status

Accepted

## Context

There is a reason for {word}.

## Decision

We do {word}.

## Consequences

There is {word}.
"""
    for number, word in enumerate(("apples", "pears", "plums", "figs"), 1)
)
"""Four records of one style: a house."""
FIFTH = "-- docs/adr/0005-d.md --\n# 5. D\n\nDate: 2025-01-05\n\n## Context\n\nText.\n"
"""One more of it."""

MANY = "".join(
    f"-- docs/adr/000{n}-x{n}.md --\n# ADR-000{n}: X\n\n## Context\n\nC.\n\n## Decision\n\nD.\n" for n in range(1, 10)
)
"""Nine records alike."""
OLD = """-- docs/adr/0001-a.md --
# ADR-0001: A

**Status**: Superseded by [B](0002-b.md)
-- docs/adr/0002-b.md --
# ADR-0002: B

**Status**: Accepted
**Supersedes**: [A](0001-a.md)

ADR-0001 was too small.
-- docs/adr/0003-c.md --
# ADR-0003: C

**Status**: Accepted
"""
"""A record, the one that superseded it, and the beginning of one that may refer to it."""

REJECTED = """-- docs/adr/0001-a.md --
# ADR-0001: All in one

**Status**: Rejected
-- docs/adr/0003-c.md --
# ADR-0003: C

**Status**: Accepted
"""
"""A record that was rejected, and the beginning of one that may refer to it."""

OPTIONS = "# X\n\n## Considered Options\n\n1. Accept numbers only, as the service sends them\n2. Accept a union of numbers and texts (in all fields)\n3. Kafka 3 in a cluster of our own\n\n## Decision Outcome\n\nChosen option: "
"""Options, and the beginning of a choice."""

TERMS = "> A *berth* is a place at the quay, as the rules of the harbour have it."
"""A sentence that a template brings to stay."""
REPORTED: list[tuple[str, str]] = [
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# T\n\n## Why\n\n- Why is this the best of all?\n- What else was there?\n-- docs/adr/0001-x.md --\n# 1. X\n\n## Why\n\n- Why is this the best of all?\n  - It is the cheapest.\n- ⟦What else was there?⟧\n\n",
    ),
    (
        "placeholder-left",
        "# 1. X\n\n- Status: accepted\n- RFC PR: ⟦(leave this empty)⟧\n- coordinated with: ⟦**TODO** {list everyone involved in the decision}⟧\n- owner: TODO {ask Jane}\n\n## Context\n\n⟦Context here...⟧\n\n## Decision\n\nIt is decided here...\n",
    ),
    (
        "placeholder-left",
        "# Sessions end\n\n## Status\n\nAccepted\n\n## ⟦[short title of solved problem and solution]⟧\n\nThey end.\n\n## [short] titles\n\nAre short.\n",
    ),
    (
        "key-empty",
        "-- docs/adr/template.md --\n# N. T\n\n**Status**: proposed\n**Effort**: small or large\n"
        + "".join(
            f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n**Status**: Accepted\n{'**⟦Effort⟧**:' if n == 6 else '**Effort**: small'}\n"
            for n in range(1, 7)
        ),
    ),
    *(
        (
            "placeholder-left",
            f"-- docs/adr/template.md --\n# N. T\n\n## Context\n\n{left}\n-- docs/adr/0001-x.md --\n# 1. X\n\n## Context\n\n⟦{left}⟧\n",
        )
        for left in (
            "[Say what makes it necessary]",
            "[The ticket that asked for it](link)",
            "[The ticket that asked for it]()",
        )
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n---\npermalink: /records/NAME\n---\n# N. T\n"
        + "".join(
            f"-- docs/adr/000{n}-x.md --\n---\npermalink: {'⟦/records/NAME⟧' if n == 4 else f'/records/{n}'}\n---\n# {n}. X\n"
            for n in range(1, 5)
        ),
    ),
    *(
        ("section-empty", f"# 1. X\n\n**Status**: Accepted\n\n⟦## Context⟧\n\n{dots}\n\n## Decision\n\nText.\n")
        for dots in ("...", "…", "")
    ),
    ("section-empty", "# 1. X\n\n## Consequences\n\n⟦### Easier⟧\n\n### Harder\n\nText.\n"),
    (
        "section-missing",
        "-- docs/adr/template.md --\n# N. T\n\n## Context\n\n## Decision\n\n## Rollout\n"
        + "".join(
            f"-- docs/adr/000{n}-x{n}.md --\n{'⟦# 2. X⟧' if n == 2 else f'# {n}. X'}\n\n## Context\n\nText.\n\n## Decision\n\nText.\n"
            + ("" if n == 2 else "\n## Rollout\n\nText.\n")
            for n in range(1, 5)
        ),
    ),
    *(
        ("section-missing", f"{LOG}-- docs/adr/0005-d.md --\n⟦# 5. D⟧\n\n## Context\n\nText.\n\n## {name}\n\nText.\n")
        for name in ("Decision process", "Decision drivers", "Undecided")
    ),
    ("filename-format", MANY + "-- docs/adr/slug.md --\n⟦# Y⟧\n"),
    ("filename-format", MANY + "-- docs/adr/12-y.md --\n⟦# ADR-0012: Y⟧\n"),
    ("title-format", MANY + "-- docs/adr/0010-y.md --\n# ⟦10: Y⟧\n"),
    ("title-format", MANY + "-- docs/adr/0010-y.md --\n# ⟦Y⟧\n"),
    ("section-duplicate", "# 1. X\n\n## Context\n\nC.\n\n⟦## context⟧\n\nC.\n"),
    ("section-order", MANY + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n⟦## Decision⟧\n\nD.\n\n## Background\n\nC.\n"),
    ("madr-few-options", "# X\n\n⟦## Considered Options⟧\n\n* A\n\n## Decision Outcome\n\nChosen option: A\n"),
    *(
        ("madr-chosen-not-listed", f"# X\n\n## {options}\n\n* Kessel\n* Ofen\n\n## {outcome}\n\n{chosen}.\n")
        for options, outcome, chosen in (
            ("Betrachtete Optionen", "Entscheidung", "Gewählte Option: „⟦Pumpe⟧“, weil sie da ist"),
            ("Options envisagées", "Décision", "Option retenue : «\u00a0⟦Pompe⟧\u00a0», parce qu'elle est là"),
            ("Rozważane opcje", "Decyzja", 'Wybrana opcja: "⟦Pompa⟧", ponieważ jest'),
            ("検討した選択肢", "決定", "採用した選択肢：「⟦ポンプ⟧」、今あるから"),
        )
    ),
    ("madr-duplicate-option", "# X\n\n## Рассмотренные варианты\n\n* Котёл\n* Печь\n* ⟦Котёл⟧\n\n## Решение\n\nX.\n"),
    (
        "madr-chosen-not-listed",
        '# X\n\n## Considered Options\n\n* Postgres\n* [SQLite](x.md)\n\n## Decision Outcome\n\nChosen option: "⟦SQLit3⟧", because.\n',
    ),
    *(
        ("madr-chosen-not-listed", f'{OPTIONS}"⟦{choice}⟧", because it is so.\n')
        for choice in (
            "option 4 — decoding by shape",
            "(7) strict decoding",
            "E, with C wherever it is allowed",
            "A strict decoder",
            "4 brokers elsewhere",
            "C++ on a machine",
        )
    ),
    (
        "madr-chosen-not-listed",
        "# X\n\n## Considered Options\n\n* A: Postgres\n* B: SQLite\n\n## Decision Outcome\n\nChosen option: ⟦C — Redis⟧, because it is fast.\n",
    ),
    (
        "madr-chosen-not-listed",
        "# X\n\n## Considered Options\n\n* Managed Apache Kafka 3 in Frankfurt\n* SQLite\n\n## Decision Outcome\n\nChosen option: ⟦Managed Apache Kafka 4 in Frankfurt⟧, because it is fast.\n",
    ),
    (
        "madr-chosen-not-listed",
        "# X\n\n## Considered Options\n\n* The managed service Apache Kafka in Frankfurt\n* SQLite\n\n## Decision Outcome\n\nChosen option: ⟦The managed service Apache Kafa in Frankfurt⟧, because it is fast.\n",
    ),
    (
        "madr-chosen-not-listed",
        "# X\n\n## Considered Options\n\n* Postgres\n* SQLite\n\n## Decision Outcome\n\nChosen option: ⟦Redis⟧, because it is fast.\n",
    ),
    (
        "madr-chosen-not-listed",
        "# X\n\n## Considered Options\n\n* Postgres\n* SQLite\n\n## Decision Outcome\n\n**Chosen option:** [⟦Redis⟧](redis.md)\n",
    ),
    (
        "madr-chosen-not-listed",
        "# X\n\n## Considered Options\n\n### Postgres\n\nP.\n\n### SQLite\n\nS.\n\n## Decision Outcome\n\nChosen option: ⟦Redis⟧.\n",
    ),
    (
        "template-comment-left",
        "-- docs/adr/template.md --\n# T\n\n<!-- Say why this matters\nto all. -->\n-- docs/adr/0001-x.md --\n# 1. X\n\n⟦<!-- Say why this matters to all. -->⟧\n",
    ),
    (
        "template-comment-left",
        "# X\n\n## Context\n\nC.\n\n## Links ⟦<!-- optional -->⟧\n\nL.\n\n## Notes <!-- optional -->\n\nN.\n",
    ),
    *(
        ("placeholder-left", f"# 1. X\n\n**Status**: Accepted\n**Request**: ⟦{said}⟧\n\n## Context\n\nC.\n")
        for said in ("https://example.com/pull/XXXX", "[team/x#0000](https://example.com/team/x/pull/0000)")
    ),
    *(("date-format", f"# 1. X\n\nDate: ⟦{day}⟧\n") for day in ("2025-01-XX", "2025-MM-DD", "2025-01-TT")),
    ("link-lost", "# 1. X\n\nAs [the system](⟦designs.example.no⟧) has it.\n"),
    (
        "link-broken",  # in what is to be built
        "-- docs/adr/0001-use-kafka.md --\n# 1. Use Kafka\n-- specs/0007-events/tasks.md --\nSee [it](⟦../../docs/adr/0002-use-kafka.md⟧).\n",
    ),
    ("table-broken", "# 1. X\n\n| A | B | C |\n⟦| --- | :-: |⟧\n| 1 | 2 | 3 |\n"),
    ("table-broken", "# 1. X\n\n| A | B |\n⟦|---|---|---|⟧\n| 1 | 2 | 3 |\n"),
    ("table-broken", "# 1. X\n\n| A | B |\n| --- | --- |\n| 1 | `x|⟦y` | told once ⟧|\n| 1 | `x|y` | z |\n"),
    # dashes in a table are a row of it, and what follows them is told once
    ("table-broken", "# 1. X\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n| --- | --- |\n| --- | --- | --- |\n| 3 | 4 |⟦ 5 ⟧|\n"),
    (
        "table-broken",
        "-- docs/adr/0001-x.md --\n# 1. X\n-- docs/adr/README.md --\n# Decisions\n\n| A | B |\n⟦| --- |⟧\n| [1](0001-x.md) | 2 |\n",
    ),
    ("tag-unknown", "# 1. X\n\n## Decision\n\nWe buy it.\n⟦</content>⟧\n</invoke>\n"),
    (
        "front-matter-invalid",
        "⟦______________________________⟧\n\ntitle: X\napplies_to:\n\n- all\n\n______________________________\n\n# Why\n\nW.\n",
    ),
    (
        "title-copied",  # nothing in common but small words, and with the other's number, which is the same problem
        "-- docs/adr/0001-use-tea-for-the-crew.md --\n# 1. Use tea for the crew\n-- docs/adr/0002-use-oars-for-boats.md --\n# ⟦1. Use tea for the crew⟧\n",
    ),
    (
        "title-copied",  # words of both names, all of the first one's
        "-- docs/adr/0001-berths-are-ordered-lists.md --\n# Berths are ordered lists\n-- docs/adr/0002-harbour-dues-are-lists.md --\n# ⟦1 Berths are ordered lists⟧\n",
    ),
    *(
        ("blank-missing", f"# 1. X\n\n## Context\n\nx\n\n{text}\n")
        for text in (
            "⟦##⟧Decision\n\nWe buy it.",
            "⟦##⟧背景\n\n我们",
            "* We need it.\n⟦*⟧We have none.",
            "- We need it.\n⟦-⟧We have none.\n- So be it.",
            "* We need it.\n* We like it.\n\n## Bad\n\n⟦*⟧It is dear.",
            "# Why\n\nx\n\n# Who\n\nx\n\n⟦#⟧Future possibilities\n[future]: #future",
        )
    ),
    *(
        ("mark-unclosed", f"# 1. X\n\n{text}\n")
        for text in (
            "Only in `a` and ⟦`⟧b of all.",
            "A path ⟦`⟧docs/a.yaml' of the berths.",
            "⟦** ⟧Berths **".replace(" ⟧", "⟧ "),
            "More ships** come".replace("**", "⟦**⟧"),
            "**Date:**2026".replace("**", "⟦**⟧", 1),
        )
    ),
    ("fence-unclosed", "# 1. X\n\n```yaml\na: 1\n```\n\n## Decision\n\n⟦```yaml⟧\nb: 1\n\n## Consequences\n\nC.\n"),
    (
        "fence-unclosed",  # above several logs
        "".join(
            f"-- docs/adrs/{log}/00{n}-x.md --\n# {n}. X\n\nStatus: Accepted\n\n## Context\n\nC.\n"
            for log in ("app", "shop")
            for n in (1, 2)
        )
        + "-- docs/adrs/README.md --\n# Decisions\n\nSee [X](app/001-x.md) and [Y](shop/001-x.md).\n\n⟦```⟧\n\n## More\n",
    ),
    (
        "fence-unclosed",  # the outer one was closed by the first inside
        "# 1. X\n\n```md\n```yaml\na: 1\n```\n⟦```⟧\n\n## Consequences\n\nC.\n",
    ),
    ("link-anchor", OLD + "\nSee [B](0002-b.md#⟦gone⟧).\n"),
    ("ref-superseded", OLD + "\nAs ⟦[A](0001-a.md)⟧ says, and ADR-1 again.\n"),
    (
        "duplicate-number",
        """
        -- docs/adr/0007-a.md --
        # ⟦7⟧. A
        -- docs/adr/0007-b.md --
        # ⟦7⟧. B
        """,
    ),
    (
        "duplicate-number",  # without a number in the title the whole title is marked; another series is another number
        """
        -- docs/adr/0007-a.md --
        ⟦# A⟧
        -- docs/adr/7-b.md --
        ⟦# B⟧
        -- docs/adr/API-0007-c.md --
        # C
        """,
    ),
    ("number-mismatch", "-- docs/adr/ADR-012-x.md --\n# ADR-⟦011⟧: X\n"),
    ("number-mismatch", "-- docs/adr/0012-x.md --\n# [ADR ⟦11⟧] X\n"),
    ("id-mismatch", '-- docs/adr/0012-x.md --\n---\nid: "ADR-⟦0011⟧"\n---\n# X\n'),
    (
        "status-missing",
        LOG
        + """-- docs/adr/0005-d.md --
# 5. D

⟦## Status⟧

## Context

There is one.
""",
    ),
    ("status-unknown", "# 1. X\n\n**Status**: ⟦Aproved⟧\n"),
    ("status-unknown", "---\nstatus: ⟦propsed⟧\n---\n# X\n"),
    ("status-unknown", "# 1. X\n\n## Status\n\n⟦Acepted⟧ on 2024-01-01\n"),
    ("status-unknown", "# 1. X\n\n**Status**: ⟦Not started⟧\n"),
    ("status-unknown", "# 1. X\n\n## Status\n\n⟦Revisit Q3⟧\n"),
    ("status-unknown", "# 1. X\n\n**Status**: ⟦Unaccepted⟧\n"),
    ("status-unknown", "# 1. X\n\n**Status: ⟦acepted⟧**\n"),
    ("status-misspelled", "# 1. X\n\n* Status: **⟦superceded⟧** by ADR-2\n"),
    ("status-choices-left", "---\nstatus: ⟦proposed | rejected | accepted | deprecated⟧\n---\n# X\n"),
    ("duplicate-number", "-- docs/adr/0001-a.md --\n# ⟦1⟧. A\n-- docs/adr/0001-b.md --\n# ⟦1⟧. B\n"),
    *(
        (
            "index-missing-entry",
            "-- docs/adr/README.md --\n⟦# Decisions⟧\n\n"
            + "".join(f"- [X{n}](000{n}-x{n}.md)\n" for n in range(1, 9))
            + "".join(
                f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\n**Status**: {old if n == 8 else 'Accepted' if n < 8 else 'Deprecated'}\n"
                for n in range(1, 10)
            ),
        )
        for old in ("Accepted", "Rejected")  # one is no rule, and what has one of them has no such rule
    ),
    ("status-conflict", "---\nstatus: accepted\n---\n# X\n\n## Status\n\n⟦Rejected⟧\n"),
    *(
        (
            "placeholder-left",  # an item of the template, and whether it is answered below
            (
                f"-- docs/adr/template.md --\n# N. T\n\n## Doubts\n\n- What is still open about this?\n- What does it not solve at all?\n- {option}\n"
                f"-- docs/adr/0001-x.md --\n# 1. X\n\n## Doubts\n\n{text}\n"
            ),
        )
        for option, text in (
            ("None", "- ⟦What is still open about this?⟧\n- What does it not solve at all?\n  - The weather."),
            ("None", "- ⟦What is still open about this?⟧\n\n- What does it not solve at all?\n\n    The weather."),
            ("None", "It stays.\n\n- ⟦What is still open about this?⟧\n  - ⟦What does it not solve at all?⟧"),
            ("None", "- ⟦What is still open about this?⟧\n- ⟦What does it not solve at all?⟧\n\nThe weather."),
            ("[a first option]", "- ⟦[a first option]⟧\n  - The weather."),
        )
    ),
    ("date-impossible", "---\ndate: ⟦2023-13-01⟧\n---\n# X\n"),
    ("date-impossible", "# 1. X\n\nDate: ⟦31/11/2023⟧ (or so)\n"),
    ("front-matter-invalid", "---\nstatus: accepted\n⟦\t⟧date: 2024-01-01\n---\n# X\n"),
    ("front-matter-duplicate-key", "---\nstatus: accepted\n⟦status⟧: proposed\n---\n# X\n"),
    ("date-missing", LOG + "-- docs/adr/0005-d.md --\n# 5. D\n\n⟦Date⟧:\n\n## Context\n\nText.\n"),
    ("date-missing", LOG + FIFTH + "-- docs/adr/0006-e.md --\n⟦# 6. E⟧\n\n## Context\n\nText.\n"),
    ("date-future", "# 1. X\n\n**Status**: Accepted\n**Date**: ⟦2205-01-02⟧ (by all)\n"),
    ("review-overdue", "# 1. X\n\n**Status**: Accepted\n\n---\n\n**Next Review**: ⟦2025-05-10⟧ (6 months)\n"),
    ("review-overdue", "---\nstatus: accepted\nreview-date: ⟦2025-05⟧\n---\n# X\n"),
    ("proposed-stale", "# 1. X\n\n**Status**: ⟦Draft⟧\n**Date**: 2029-09-01\n"),
    ("key-misspelled", "# 1. X\n\n**⟦Stauts⟧**: Accepted\n**Deciders**: Ann\n"),
    ("key-misspelled", "# 1. X\n\n⟦Staus⟧: Accepted\nDate: 2025-01-31\n"),
    ("key-misspelled", "---\nstatus: accepted\n⟦superceeded_by⟧: 12\n⟦desicion-makers⟧: Ann\n---\n# X\n"),
    ("key-duplicate", "# 1. X\n\n- Status: Accepted\n- ⟦status⟧: Proposed\n"),
    (
        "key-empty",
        "".join(f"-- docs/adr/00{n}-x.md --\n# {n}. X\n\n**Tags**: a\n" for n in range(10, 20))
        + "-- docs/adr/0020-x.md --\n# 20. X\n\n**⟦Tags⟧**:\n",
    ),
    (
        "key-empty",
        "".join(
            f"-- docs/adr/00{n}-x.md --\n# {n}. X\n\n- Status: Accepted\n- {'⟦Deckungsgrad⟧:' if n == 20 else 'Deckungsgrad: hoch'}\n"
            for n in range(10, 21)
        ),
    ),
    ("front-matter-comment", "---\nstatus: superseded\nsuperseded-by: ⟦#12⟧\n---\n# X\n"),
    ("front-matter-comment", "---\nstatus: accepted\nrelated:\n  - ⟦#12⟧\n  - 13\n---\n# X\n"),
    ("front-matter-octal", "-- docs/adr/0018-x.md --\n---\nid: 0018\nsupersedes: [⟦0012⟧, 0007]\n---\n# X\n"),
    (
        "front-matter-octal",
        "".join(f"-- docs/adr/00{n:02}-x.md --\n---\nid: {n}\n---\n# X\n" for n in range(8, 12))
        + "-- docs/adr/0012-x.md --\n---\nid: ⟦0012⟧\n---\n# X\n",
    ),
    ("front-matter-type", "---\nstatus: ⟦no⟧\ndate: ⟦{2025-01-31}⟧\n---\n# X\n"),
    ("front-matter-invalid", "⟦---⟧\nstatus: accepted\ndate: 2025-01-31\n\n# X\n"),
    (
        "placeholder-left",
        "# X\n\n* Status: accepted\n* Deciders: ⟦[list everyone involved in the decision] <!-- optional -->⟧\n",
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# T\n\n**Team**: <name of the team>\n-- docs/adr/0001-x.md --\n# 1. X\n\n**Team**: ⟦<name of the team>⟧\n",
    ),
    *(
        ("todo-left", f"# 1. X\n\n**Status**: Accepted\n\n## Context\n\n{text}\n")
        for text in (
            "⟦TBD⟧ (TODO).",
            "D: ⟦TODO⟧",
            "- **D**: _⟦TBD⟧_",
            "C.\n⟦TODO⟧: ask, and TODO: tell.",
            "Nobody knows it\n⟦TODO⟧: ask",
            "> - [ ] **⟦TODO⟧:** ask",
            "1. ⟦FIXME⟧(jane): ask",
            "**⟦TODO⟧** Ask operations.",
            "[⟦TODO⟧: a link](https://example.com)",
            "It is so. ⟦TODO⟧: since when?",
            "| Who | When |\n|---|---|\n| Jane | ⟦TBD⟧ |\n| ⟦TODO⟧: who? | 2025 |",
            "(⟦TBD⟧)",
            "### ⟦TBC⟧",
        )
    ),
    (
        "conflict-marker",
        "# 1. X\n\n⟦<<<<<<< HEAD⟧\n**Status**: Accepted\n=======\n**Status**: Rejected\n>>>>>>> 1234567 (Reject it)\n",
    ),
    ("statement-incomplete", "# X\n\n⟦**In the context of** a, **facing** b, we decided for c,\naccepting d.⟧\n"),
    ("madr-duplicate-option", "# X\n\n## Considered Options\n\n* A and B\n* ⟦*a* and b⟧\n* C\n"),
    ("madr-no-reason", '# X\n\n## Decision Outcome\n\nChosen option: ⟦"[A](a.md)"⟧\n\n'),
    (
        "madr-option-without-arguments",
        "# X\n\n## Considered Options\n\n1. Option 1: A\n2. ⟦Something else⟧\n3. B (see below)\n\n## Pros and Cons of the Options\n\n### Option 1: A\n\nx\n\n### 3. B\n\nx\n",
    ),
    (
        "madr-option-unlisted",
        "# X\n\n## Considered Options\n\n1. A\n2. B\n\n## Pros and Cons of the Options\n\n### A\n\nx\n\n### ⟦Quite another⟧\n\nx\n",
    ),
    ("title-empty", "-- docs/adr/0001-use-kafka.md --\n⟦#⟧\n\nText.\n"),
    ("title-empty", "-- docs/adr/0012-x.md --\n# ⟦12.⟧\n\nText.\n"),
    ("title-multiple", "# 1. X\n\n## Context\n\nC.\n\n⟦Y\n===⟧\n\nText.\n\n⟦# Z⟧\n"),
    ("section-misspelled", "# 1. X\n\n## ⟦Consequenses⟧\n\nC.\n\n## Decision\n\nD.\n"),
    ("section-misspelled", "# 1. X\n\n### ⟦alternatives consdered⟧\n\nC.\n"),
    ("section-misspelled", "# 1. X\n\n**Statut**: Accepté\n\n## Contexte\n\nC.\n\n## ⟦Conséquances⟧\n\nC.\n"),
    (
        "section-level",
        MANY + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n## Context\n\nC.\n\n⟦#### Decision⟧\n\nD.\n",
    ),
    ("section-name", MANY + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n## ⟦Background⟧\n\nC.\n\n## 2. Decision\n\nD.\n"),
    (
        "status-case",
        "".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n## Status\n\naccepted\n" for n in range(1, 7))
        + "-- docs/adr/0008-x.md --\n# 8. X\n\n## Status\n\n✅ **⟦ACCEPTED⟧** on 2025-01-31\n",
    ),
    ("number-gap", "-- docs/adr/0001-a.md --\n# A\n-- docs/adr/0007-b.md --\n⟦# B⟧\n-- docs/adr/0008-c.md --\n# C\n"),
    (
        "ref-rejected",
        REJECTED + "\nAs ⟦ADR-1⟧ says, and [A](0001-a.md).\n",
    ),
    (
        "link-self",
        "-- docs/adr/0001-x.md --\n# ADR-1: X\n\nSee ⟦[two](./0001-x.md)⟧ and [the plan](0001-x.md#plan).\n\n## Plan\n\nP.\n",
    ),
    ("link-title-stale", REJECTED + "\nSee [ADR-1 — ⟦Choose something else⟧](0001-a.md).\n"),
    (
        "reference-ambiguous",
        "-- a/adr/ADR-9-x.md --\n# X\n-- b/adr/ADR-9-y.md --\n# Y\n-- c/adr/ADR-1-z.md --\n# Z\n\n⟦ADR-9⟧\n",
    ),
    ("orphan", "-- docs/adr/0001-x.md --\n⟦# X⟧\n\nADR-1 is this.\n"),
    (
        "supersede-early",
        "-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nSuperseded by ⟦[2. B](0002-b.md)⟧\n-- docs/adr/0002-b.md --\n# 2. B\n\n## Status\n\nRejected\n",
    ),
    (
        "relation-one-way",
        OLD.replace("Superseded by", "Amended by")
        .replace("**Supersedes**: [A](0001-a.md)\n", "")
        .replace("ADR-0001 was too small.\n", "")
        .replace("[B](0002-b.md)", "⟦[B](0002-b.md)⟧"),
    ),
    (
        "placeholder-left",
        '# ⟦{short title, representative of solved problem and found solution}⟧\n\n## Decision\n\n⟦Chosen option: "{title of option 1}", because {it is}.⟧\n',
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# Title\n\n- Supersedes: (none or records)\n-- docs/adr/0001-x.md --\n# X\n\n- Supersedes: ⟦(none or records)⟧\n",
    ),
    ("section-misspelled", "# 1. X\n\n## ⟦Staus⟧\n\nAccepted\n"),
    (
        "section-misspelled",
        "".join(f"-- docs/adr/000{n}-x.md --\n# X{n}\n\n## 意思決定の結末\n\nD {n}.\n\n" for n in range(1, 6))
        + "-- docs/adr/0006-y.md --\n# Y\n\n## ⟦意思決定の結慢⟧\n\nD.\n",
    ),
    ("title-missing", "⟦We use Kafka.⟧\n"),
    ("title-missing", "---\nstatus: accepted\n---\n\n⟦## Context⟧\n\nText.\n"),
    (
        "section-missing",
        LOG + "-- docs/adr/0005-d.md --\n⟦# 5. D⟧\n\n## Status\n\nAccepted\n\n## Context\n\nText.\n\n## Decision\n\nText.\n",
    ),
    (
        "section-missing",
        """
        -- adr-ls.toml --
        required-sections = ["Context", "Costs"]
        -- docs/adr/0001-a.md --
        ⟦# 1. A⟧

        ## Context

        Text.
        """,
    ),
    (
        "section-misspelled",
        LOG
        + """-- docs/adr/0005-d.md --
# 5. D

## Status

Accepted

## ⟦Contxt⟧

Text.

## Decision

Text.

## Consequences

Text.
""",
    ),
    ("section-empty", "# 1. X\n\n## Context\n\nText.\n\n⟦## Decision⟧\n"),
    (
        "placeholder-left",
        "# 1. X\n\n## Context\n\n⟦What is the issue that we're seeing that is motivating this decision or change?⟧\n",
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# Short title of the decision\n-- docs/adr/0001-x.md --\n# ⟦Short title of the decision⟧\n",
    ),
    ("link-broken", "# 1. X\n\nSee [two](⟦0002-x.md⟧) and [two again](⟦./0002-x.md#context⟧).\n"),
    ("link-broken", "# 1. X\n\nSee [two][2].\n\n[2]: ⟦0002-x.md⟧\n"),
    ("reference-unknown", "-- docs/adr/ADR-001-x.md --\n# ADR-001: X\n\nAs ⟦ADR-012⟧, ⟦ADR 12⟧ and `ADR-13` say.\n"),
    ("reference-unknown", "-- docs/adr/0001-x.md --\n---\nsupersedes: [⟦ADR-0012⟧]\n---\n# X\n"),
    ("reference-unknown", "-- docs/adr/0001-x.md --\n# ADR-1: X\n\nAs ⟦ADR-1234⟧ says.\n"),
    (
        "link-number-mismatch",
        "-- docs/adr/0001-a.md --\n# ADR-1: A\n\n[⟦ADR-3: B⟧](0002-b.md)\n-- docs/adr/0002-b.md --\n# ADR-2: B\n",
    ),
    ("link-undefined", "# 1. X\n\n[the notes][⟦nots⟧], [⟦notes2⟧][]\n\n[notes]: https://example.com\n"),
    ("supersede-no-target", "# 1. X\n\n## Status\n\n⟦Superseded⟧\n"),
    ("supersede-no-target", "---\nstatus: ⟦superseded⟧\n---\n# X\n"),
    ("supersede-no-target", "# 1. X\n\nStatus: ⟦Superseded⟧\n\n## Context\n\nSee https://example.com/a and `0007-x.md`.\n"),
    ("supersede-no-target", "# 1. X\n\nStatus: ⟦Superseded <!-- superseded by https://example.com/a -->⟧\n"),
    ("supersede-no-target", "# 1. X\n\nStatus: ⟦Superseded⟧\n\n## Context\n\nIt is superseded by `Broker`.\n"),
    (
        "supersede-status",
        """
        -- docs/adr/0001-a.md --
        # 1. A

        ## Status

        ✅ ⟦Accepted⟧
        -- docs/adr/0002-b.md --
        # 2. B

        ## Status

        Accepted

        Supersedes [1. A](0001-a.md)
        """,
    ),
    (
        "supersede-one-way",
        """
        -- docs/adr/0001-a.md --
        # 1. A

        ## Status

        Superseded by ⟦[2. B](0002-b.md)⟧
        -- docs/adr/0002-b.md --
        # 2. B

        ## Status

        Accepted
        """,
    ),
    ("supersede-cycle", "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Superseded by ⟦[ADR-1](0001-a.md)⟧\n"),
    ("supersede-cycle", "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Ersetzt durch die Entscheidung ⟦ADR-1⟧\n"),
    (
        "supersede-cycle",
        """
        -- docs/adr/0001-a.md --
        # ADR-1: A

        **Status**: Superseded by ⟦ADR-2⟧
        -- docs/adr/0002-b.md --
        # ADR-2: B

        **Status**: Superseded by ⟦ADR-3⟧
        -- docs/adr/0003-c.md --
        # ADR-3: C

        **Status**: Superseded by ⟦ADR-1⟧
        """,
    ),
    (
        "supersede-cycle",  # each says that it supersedes the other
        "-- docs/adr/0001-a.md --\n# ADR-1: A\n\n**Status**: Accepted\n**Supersedes**: ⟦ADR-2⟧\n-- docs/adr/0002-b.md --\n# ADR-2: B\n\n**Status**: Accepted\n**Supersedes**: ⟦ADR-1⟧\n",
    ),
    (
        "supersede-cycle",  # by the second of two ways
        """
        -- docs/adr/0001-a.md --
        # ADR-1: A

        **Status**: Superseded by ⟦ADR-2⟧
        -- docs/adr/0002-b.md --
        # ADR-2: B

        **Status**: Superseded by ADR-3 and ⟦ADR-1⟧
        -- docs/adr/0003-c.md --
        # ADR-3: C

        **Status**: Accepted
        """,
    ),
    (
        "index-missing-entry",
        """
        -- docs/adr/README.md --
        # ADRs

        ⟦## Index⟧

        ### Storage

        - [A](0001-a.md)
        - [B](0002-b.md)
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        -- docs/adr/0003-c.md --
        # 3. C
        """,
    ),
    (
        "not-in-index",
        """
        -- docs/adr/README.md --
        - [A](0001-a.md)
        - [B](0002-b.md)
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        -- docs/adr/0003-c.md --
        ⟦# 3. C⟧
        """,
    ),
    (
        "index-dead-entry",
        """
        -- docs/adr/README.md --
        - [A](0001-a.md)
        - [B](0002-b.md)
        - [C](⟦0009-gone.md⟧)
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        """,
    ),
    (
        "index-dead-entry",  # a tool listed whatever is there
        """
        -- docs/adr/README.md --
        - [ADR-0001](0001-a.md) - A
        - [ADR-0002](0002-b.md) - B
        - [ADR-3](⟦template.md⟧) - [short title of solved problem and solution]
        -- docs/adr/template.md --
        # [short title of solved problem and solution]

        ## Context

        [what it is about]
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        """,
    ),
    (
        "index-dead-entry",  # the number leads there, and the link beside it does not
        """
        -- docs/decisions/README.md --
        | ID | Title | Status |
        | -- | ----- | ------ |
        | ADR-0001 | [Rain](⟦docs/adr/ADR-0001-rain.md⟧) | Accepted |
        | ADR-0002 | [Snow](adr/ADR-0002-snow.md) | replaces [Fog](docs/adr/ADR-0003-fog.md) |
        | ADR-0003 | [Gone](https://example.org/ADR-0003-fog.md) | Accepted |
        -- docs/decisions/adr/ADR-0001-rain.md --
        # ADR-0001: Rain
        -- docs/decisions/adr/ADR-0002-snow.md --
        # ADR-0002: Snow
        -- docs/decisions/adr/ADR-0003-fog.md --
        # ADR-0003: Fog
        """,
    ),
    (
        "index-status",
        """
        -- docs/adr/README.md --
        - [A](0001-a.md)
          - **Status**: ⟦Proposed⟧
        - [B](0002-b.md) - ⟦proposed⟧
        - [C](0003-c.md) [⟦accepted⟧]
        - [D](0004-d.md)
          - **Status**: Accepted (see the notes)
        -- docs/adr/0001-a.md --
        # 1. A
        **Status**: Accepted
        -- docs/adr/0002-b.md --
        # 2. B
        **Status**: Rejected
        -- docs/adr/0003-c.md --
        # 3. C
        **Status**: Superseded by [D](0004-d.md)
        -- docs/adr/0004-d.md --
        # 4. D
        **Status**: Accepted
        """,
    ),
    (
        "index-duplicate-entry",
        """
        -- docs/adr/README.md --
        - [A](0001-a.md)
        - [B](0002-b.md)
        - ⟦[A again](0001-a.md)⟧
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        """,
    ),
    ("title-missing", "⟦¥⟧# 1. Use Kafka\n\n# Status\n\nAccepted\n"),
    (
        "status-conflict",  # folders named after states
        (
            "-- docs/adr/accepted/one.md --\n# One\n\nStatus: Accepted\n\n## Context\n\nC.\n"
            "-- docs/adr/accepted/two.md --\n# Two\n\nStatus: ⟦In review⟧\n\n## Context\n\nC.\n"
            "-- docs/adr/proposed/three.md --\n# Three\n\nStatus: ⟦Accepted⟧\n\n## Context\n\nC.\n"
            "-- docs/adr/proposed/four.md --\n# Four\n\nStatus: Draft\n\n## Context\n\nC.\n"
        ),
    ),
    (
        "title-copied",  # one word of many
        "-- docs/adr/0001-build-the-block-strategy.md --\n# 1. Build the block strategy\n-- docs/adr/0002-build-the-block-pattern.md --\n# ⟦2. Build the block strategy⟧\n",
    ),
    ("title-copied", TITLES + "-- docs/adr/0007-hooks.md --\n---\ntitle: ⟦Forms in React⟧\n---\n# Higher order hooks\n"),
    ("title-copied", TITLES + "-- docs/adr/0007-hooks.md --\n# 7. Higher order hooks⟦Use snow in winter⟧\n"),
    ("title-copied", TITLES + "-- docs/adr/0008-forms.md --\n---\ntitle: Forms at once\n---\n# ⟦Use snow in winter⟧\n"),
    ("section-empty", "# 1. X\n\n## Context\n[context]: #context\n\nC.\n\n⟦## Drawbacks⟧\n[drawbacks]: #drawbacks\n"),
    (
        "section-empty",  # the decision itself
        "# 1. X\n\n## Context\n\nC.\n\n⟦## Decision Outcome⟧\n\n### Consequences\n\nIt is so.\n\n### Confirmation\n\nWe look.\n",
    ),
    ("section-empty", "# 1. X\n\n## Kontext\n\nC.\n\n⟦## Entscheidung⟧\n\n### Konsequenzen\n\nEs ist so.\n"),
    ("section-empty", "# 1. X\n\n## Context\n\nC.\n\n⟦## References⟧\n\n参考\n"),  # the template's word for it
    ("placeholder-left", "# 1. X\n\n## Related\n\n- Issue: ⟦#XX⟧ (on brokers)\n- **PR**: ⟦#NNN⟧\n- Issue: #12\n"),
    (
        "link-title-stale",  # an item with another title than its record, among others that have theirs
        "-- docs/adr/0001-x.md --\n# ADR-0001: X\n\n- ADR-0002: Use snow\n- ADR-0003: ⟦Server actions⟧ (for forms)\n- ADR-0003 — holds for all pages\n-- docs/adr/0002-use-snow.md --\n# ADR-0002: Use snow\n-- docs/adr/0003-local-store.md --\n# ADR-0003: Local store\n",
    ),
    (
        "link-number-mismatch",  # the number alone, before the title
        "-- docs/adr/0001-x.md --\n# 1. X\n\n[⟦7. Use snow⟧](0002-use-snow.md), [2. Use snow](0002-use-snow.md), [7. snow](0002-use-snow.md)\n-- docs/adr/0002-use-snow.md --\n# 2. Use snow\n",
    ),
    (
        "placeholder-left",
        "# 1. X\n\n**Status**: Accepted\n**Links**: issue #12 · PR ⟦#…⟧\n\n## Context\n\nSince release 2 (M⟦??⟧) it is so: see policy ref ⟦??⟧\nReally?? `a ?? b` a ?? b. Why??\n",
    ),
    ("placeholder-left", "# 1. X\n\n**Status**: Accepted\n**Deciders**: ⟦[to be filled in by hand]⟧\n"),
    ("placeholder-left", "# 1. X\n\n**Статус**: Принято\n**Решение приняли:** ⟦[заполняется вручную]⟧\n"),
    ("section-empty", "# 1. X\n\n⟦## Decision⟧\n\n-\n\n## Consequences\n\nC.\n"),  # an item without a word
    (
        "section-empty",  # a paragraph that the dashes below it make a heading, told once
        "# 1. X\n\n## Context\n\nC.\n\n⟦## Consequences⟧\n\nWe run it,\nand pay for it.\n---\n",
    ),
    ("section-duplicate", "# 1. X\n\n## Context\n\nC.\n\n## Rollout\n\nR.\n\n⟦## Rollout⟧\n\nS.\n"),
    (
        "link-undefined",
        "# 1. X\n\nThis is an [⟦existing library of berths⟧] that we use, as in [⟦the rules of the quay⟧]. [A note of ours] ends it.\n\n> The rule [of the whole harbour] holds.\n",
    ),
    ("link-undefined", "# 1. X\n\nSee ⟦[the notes]()⟧ and [these](https://example.com).\n"),
    (
        "supersede-status",  # words of the title limit nothing
        (
            "-- docs/adr/0001-use-mysql.md --\n# ADR-0001: Use MySQL\n\n**Status**: ⟦Accepted⟧\n"
            "-- docs/adr/0002-b.md --\n# ADR-0002: B\n\n**Status**: Accepted\n**Supersedes**: ADR-0001 Use MySQL\n"
        ),
    ),
    (
        "date-year",  # the last one, in January
        "".join(
            f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\nDate: {day}\n"
            for n, day in enumerate(("2023-05-01", "2023-06-01", "2023-09-01", "2023-12-20", "⟦2023-01-04⟧"), 1)
        ),
    ),
    *(
        (
            "date-year",
            "".join(f"-- docs/adr/00{n:02}-x.md --\n# {n}. X\n\nDate: {day}\n" for n, day in enumerate(days.split(), 1)),
        )
        for days in (
            # several in January, one after the other
            "2022-09-01 2022-10-04 2022-11-03 ⟦2022-01-03⟧ ⟦2022-02-14⟧ ⟦2022-02-15⟧ 2023-03-17 ⟦2022-03-01⟧ 2023-06-22",
            # several of the year to come
            "2025-05-06 2025-06-03 2025-06-10 ⟦2026-06-16⟧ ⟦2026-06-20⟧ ⟦2026-08-06⟧ 2025-08-12 2025-10-16 2025-10-20",
            # between two that are close, though the one behind these is close, too
            "2025-08-12 2025-10-16 2025-10-20 ⟦2026-10-27⟧ 2025-11-06 2026-07-07 2026-08-07",
        )
    ),
    (
        "link-broken",  # the record of that day was renamed
        (
            "-- docs/adr/20210403-a.md --\n# A\n\nSee [B](⟦20210404-limit-the-schema-to-five-databases.md⟧).\n"
            "-- docs/adr/20210404-limit-the-schema-to-six-databases.md --\n# B\n-- docs/adr/20210404-use-a-logger.md --\n# C\n"
        ),
    ),
    (
        "link-broken",  # a file's name with its ending is none of a site's addresses
        "-- docs/adr/001-a.md --\n# 1. A\n\nSee [B](⟦use-kafka.md⟧).\n-- docs/adr/002-use-kafka.md --\n# 2. B\n",
    ),
    *(
        ("todo-left", f"# 1. X\n\n**Status**: Accepted\n\n## Context\n\nC.\n\n## Consequences\n\n⟦{said}⟧\n")
        for said in (
            *("To be determined.", "_To be defined_", "???", "À définir.", "待定", "Noch zu klären …", "미정"),
            *("*Stub — to be written.*", "Entwurf – noch zu schreiben", "草稿：待编写"),
            *("_À compléter lors de la revue (point 4)._", "(To be defined after the first test.)"),
            *(
                "No verificado (ver TODO): costos y límites. Revisar los contratos.",
                "**To be determined**: what it costs.",
                "未検証：費用。",
            ),
        )
    ),
    ("todo-left", "# 1. X\n\n**Status**: Accepted\n\n## Context\n\nC.\n\n## Costs\n\n(⟦TBD⟧) What it costs each year.\n"),
    *(
        (
            "section-misspelled",
            f"-- docs/adr/template.md --\n# N. T\n## Context\n### {right}\n-- docs/adr/0001-a.md --\n# 1. A\n\n## Context\n\nC.\n\n### ⟦{wrong}⟧\n\nS.\n",
        )
        for right, wrong in (("Maintainability", "Maintainablity"), ("Definition of Done", "Defintion of Done"))
    ),
    *(
        ("placeholder-left", f"# 1. X\n\n## Context\n\nC.\n\n## Alternatives\n\n{text}\n")
        for text in (
            "Two of them.\n\n⟦[Image of both of them, with arrows]⟧",
            "⟦*(What else was thought of? What if nothing is done?)*⟧",
            "⟦_Qu'est-ce qui a été écarté ?_⟧",
        )
    ),
    *(
        ("sentence-unfinished", f"# 1. X\n\n## Context\n\n{text}\n\n## Decision\n\nD.\n")
        for text in ("It is late. In order ⟦to⟧", "As said above⟦,⟧", "キューが満杯の場合⟦、⟧")
    ),
    ("sentence-unfinished", "# 1. X\n\n## Kontext\n\nWir nehmen Kafka ⟦und⟧\n\n## Entscheidung\n\nD.\n"),
    ("placeholder-left", "# 1. X\n\n**Date**: ⟦<*DATE OF IT HERE*>⟧\n\n## Context\n\nC.\n"),
    ("placeholder-left", "# 1. X\n\n### **Date:** ⟦<*DATE OF IT HERE*>⟧\n\n### **Status:** Draft\n\n## Context\n\nC.\n"),
    (
        "placeholder-left",
        "# 1. X\n\n* Status: accepted\n* Deciders: <!-- required -->\n  * ⟦[list everyone involved in the decision]⟧\n  * Ann\n\n## Context\n\nC.\n",
    ),
    *(
        (
            "placeholder-left",
            f"-- docs/adr/0001-x.md --\n# 1. X\n-- docs/adr/README.md --\n# Log\n\n{said}\n\n* [1. X](0001-x.md)\n",
        )
        for said in ("Decisions for ⟦[project name]⟧.", "**<http://⟦INSERT-YOUR-LOG4BRAINS-URL⟧>**")
    ),
    *(
        ("tag-unknown", f"# 1. X\n\n## Context\n\n{text}\n")
        for text in (
            "/buy ⟦<ticker>⟧ <price>",
            '⟦<enum name="STATE">⟧\n  <entry value="1"/>\n</enum>',
            "A list of ⟦<item-name>⟧.",
            "<b>Bold</b> and ⟦<kind of it>⟧.",
        )
    ),
    (
        "index-dead-entry",  # be it found by its number
        (
            "-- docs/decisions/LOG.md --\n# Decisions\n\n| ID | Title |\n| --- | --- |\n"
            "| ADR-0001 | [Use a broker](⟦docs/adr/ADR-0001-broker.md⟧) |\n| ADR-0002 | [Use Rust](⟦docs/adr/ADR-0002-rust.md⟧) |\n"
            "-- docs/decisions/adr/ADR-0001-broker.md --\n# ADR-0001: Use a broker\n"
            "-- docs/decisions/adr/ADR-0002-rust.md --\n# ADR-0002: Use Rust\n"
        ),
    ),
    *(
        ("todo-left", f"# 1. X\n\n{status}## Context\n\nC.\n\n## Alternatives\n\n⟦{said}⟧\n")
        for status in ("**Status**: Put to rest\n\n", "")
        for said in ("TODO", "_À rédiger._")
    ),
    *(
        ("todo-left", f"# 1. X\n\n**Status**: {status}\n\n## Context\n\nC.\n\n⟦## Consequences⟧\n\n{said}\n")
        for status, said in (("Proposed", "TODO"), ("In review", "**TBD**"), ("Proposé", "_À rédiger._"))
    ),
    *(
        (
            "todo-left",
            (
                f"-- docs/adr/0002-y.md --\n# 2. Y\n\nStatus: Accepted\n"
                f"-- docs/adr/0001-x.md --\n# 1. X\n\n## Context\n\nC.\n\n⟦## {name}⟧\n\n- Ask them.\n"
            ),
        )
        for name in ("TODO (not verified)", "TODO", "TBD: costs")
    ),
    *(
        (
            "todo-left",
            f"# 1. X\n\n{status}## Context\n\nC.\n\n> ⟦TODO⟧ draw the rest of it\n\nTODO: ask.\n\n> So far\n> TODO ask\n",
        )
        for status in ("**Status**: Put to rest\n\n", "")
    ),
]

ANSWERS = (
    "(none)",
    "[None.]",
    "{n/a}",
    "(n.a.)",
    "<not applicable>",
    "(keine)",
    "(aucune)",
    "[nenhum]",
    "（无）",
    "(n.v.t.)",
    "(———)",
)
"""How people say that there is none of something."""
UNANSWERED = """-- docs/adr/template.md --
# Title

- Supersedes: (none)

## Context

Why?

- **Replaces in part**: (none)
-- docs/adr/0001-x.md --
# X

- Supersedes: (none)

## Context

So.

- **Replaces in part**: (none)
"""
"""A template that says so, and a record that does."""
SILENT: list[tuple[str, str]] = [
    (
        "supersede-cycle",
        "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Accepted. Supersedes the earlier ADR-1 of the spikes.\n",
    ),
    (
        "title-copied",  # what all have for a name
        "".join(f"-- docs/adr/000{n}-x{n}.md --\n---\ntitle: Our decision\n---\n# Thing {n}\n" for n in range(1, 6)),
    ),
    ("section-empty", "# 1. X\n\n## Decision\n\n### Use snow\n\nIt is so.\n\n### Consequences\n\nCold.\n"),
    (
        "link-title-stale",  # where no item has the title of its record, words behind a colon are remarks
        "-- docs/adr/0001-x.md --\n# ADR-0001: X\n\n- ADR-0002: for the winter months\n- ADR-0003: in other words\n-- docs/adr/0002-use-snow.md --\n# ADR-0002: Use snow\n-- docs/adr/0003-local-store.md --\n# ADR-0003: Local store\n",
    ),
    ("title-copied", "-- docs/adr/0001-x.md --\n# 1. Leave Java\n-- docs/adr/0002-java.md --\n# 2. Leave JavaDoc in code\n"),
    ("title-copied", "-- docs/adr/0001-x.md --\n# 1. Script\n-- docs/adr/0002-java.md --\n# 2. Use JavaScript\n"),
    ("title-copied", "-- docs/adr/0001-x.md --\n# 1. Hub and npm\n-- docs/adr/0002-java.md --\n# 2. Use GitHub and npm, too\n"),
    ("title-copied", "-- docs/adr/0001-use-kafka.md --\n# 1. Use Kafka\n-- docs/adr/0002-kafka-again.md --\n# 2. Use Kafka\n"),
    ("title-copied", "-- docs/adr/0001-one.md --\n# 1. Use Kafka\n-- docs/adr/0002-two.md --\n# 2. Use Kafka\n"),
    ("title-copied", "-- docs/adr/0001-use-kafka.md --\n# 1. Use Kafka\n-- docs/adr/0002.md --\n# 2. Use Kafka\n"),
    ("placeholder-left", "# 1. X\n\n- Status: proposed\n- RFC PR: (leave this empty)\n\n## Context\n\nText.\n"),
    ("status-conflict", "---\nstatus: not_adopted\n---\n# 1. X\n\n## Status\n\nRejected\n"),
    ("status-choices-left", "# 1. X\n\n## Status\n\n> Status: Proposed | Accepted | Rejected\n\nAccepted\n"),
    ("status-conflict", "# 1. X\n\n## Status\n\n> Status: Proposed | Accepted | Rejected\n\nAccepted\n"),
    (
        "madr-chosen-not-listed",
        (
            "# Rules\n\n## Considered Options\n\nSee the talk.\n\nWe could say\n\n- 0.x is a draft\n- 1.x is done\n\n"
            '## Decision Outcome\n\nChosen option: "Semantic versions"\n'
        ),
    ),
    *(
        ("madr-chosen-not-listed", f"{OPTIONS}{choice}, because it is so.\n")
        for choice in (
            "**option 2 — decoding by shape, strictly**",
            "**(1) strict decoding**",
            '"2: decoding by shape"',
            "**B, with C wherever it is allowed**",
            '"Alternative (c) wherever it is allowed"',
            '"A union of texts and numbers in fields"',
            '"Accept numbers only; look at it again when the peers have moved on, or somebody complains about it"',
        )
    ),
    *(
        ("todo-left", f"# 1. X\n\n**Status**: Accepted\n\n## Context\n\n{text}\n")
        for text in (
            "- **Leave it with a TODO:** rejected, it never happens.",
            "- DRAFT banner and TODO markers in the code.",
            "It has a stale TODO claiming that one is enough.",
            "- UTC everywhere (the rest is tracked in TODO P2 sweep)",
            "the tools (写 TODO) and the TODO 表",
            "We do not leave it with a\nTODO: it never happens.",
            "It was deferred to\nTODO.",
            "What we ship is deferred,\n  with a TODO to implement it later.",
            "with a negative answer, not a TODO to fill mechanically.",
            "TODO comments are forbidden.",
            "- TODO markers in the code.",
            "They TODO'd it: TODO, FIXME and XXX.",
        )
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# N. T\n\n## Terms\n\n"
        + TERMS
        + "\n"
        + "".join(
            f"-- docs/adr/00{n}-x.md --\n# {n}. X\n\n## Terms\n\n{TERMS if n < 15 else 'None.'}\n" for n in range(11, 28)
        ),
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n---\ntheme: dark\n---\n# N. T\n-- docs/adr/0001-x.md --\n---\ntheme: dark\n---\n# 1. X\n",
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n---\nauthors: [jane]\n---\n# N. T\n"
        + "".join(f"-- docs/adr/000{n}-x.md --\n---\nauthors: [jane]\n---\n# {n}. X\n" for n in range(1, 5)),
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# N. T\n\n## Decision\n\n**Reasons of the board:**\n\nSay why.\n-- docs/adr/0001-x.md --\n# 1. X\n\n## Decision\n\n**Reasons of the board:**\n\n> It is cheap.\n",
    ),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# N. T\n\n## Folgen\n\n**Gute für uns**\n- [Welche?]\n\n__Schlechte__\n\n- [Welche?]\n-- docs/adr/0001-x.md --\n# 1. X\n\n## Folgen\n\n**Gute für uns**\n- Es ist billig.\n\n__Schlechte__\n\n- Es ist langsam.\n",
    ),
    (
        "link-self",
        f"{LOG}-- docs/adr/0005-d.md --\n# 5. D\n\n- [ADR-0001](0001-apples.md)\n- [ADR-0005](0005-d.md)\n- [ADR-0003](0003-plums.md)\n",
    ),
    *(("placeholder-left", UNANSWERED.replace("(none)", answer)) for answer in ANSWERS),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# T\n\n## Links\n\n| Kind | Records |\n|---|---|\n| Whole records | (none) |\n-- docs/adr/0001-x.md --\n# X\n\n## Links\n\n| Kind | Records |\n|---|---|\n| Whole records | (none) |\n",
    ),
    ("filename-format", MANY + "-- docs/adr/API-0001-y.md --\n# API-0001: Y\n"),
    ("filename-format", MANY + "-- docs/adr/10000-y.md --\n# ADR-10000: Y\n"),
    ("filename-format", MANY.replace("docs/adr/000", "docs/adr/") + "-- docs/adr/10-y.md --\n# ADR-0010: Y\n"),
    ("title-format", MANY + "-- docs/adr/API-0001-y.md --\n# API-0001: Y\n"),
    ("section-duplicate", "# 1. X\n\n## One\n\n### Pros\n\nA\n\n### Consequences\n\nB\n\n## Two\n\n### Consequences\n\nB\n"),
    (
        "section-order",  # the second one of that part
        MANY + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Background\n\nC.\n",
    ),
    *(
        (
            "madr-chosen-not-listed",
            f"# X\n\n## Considered Options\n\n* Postgres 16\n* SQLite\n\n## Decision Outcome\n\n{words}\n",
        )
        for words in (
            'Chosen option: "Postgres", because.',
            'Chosen option: "Neither of them", because.',
            "Chosen option: a mix of both.",
            "Chosen option: Option 2",
            "Chosen option: the managed Postgres of our cloud, because.",
            "SQLit",
        )
    ),
    ("madr-few-options", "# X\n\n## Considered Options\n\n* A\n\n### B\n\nText.\n"),
    (
        "template-comment-left",
        "-- docs/adr/template.md --\n<!-- markdownlint-disable MD013 -->\n# T\n-- docs/adr/0001-x.md --\n<!-- markdownlint-disable MD013 -->\n# 1. X\n",
    ),
    *(
        ("link-anchor", OLD + f"\nSee [B](0002-b.md{anchor}).\n")
        for anchor in ("", "#adr-0002-b", "#adr-0002--b", "#L10", "#ADR-0002-B")
    ),
    *(
        ("ref-superseded", OLD + words)
        for words in (
            "**Amends**: [A](0001-a.md)\n",
            "\n## History\n\nADR-0001 came first.\n",
            "\n## Alternatives\n\nADR-0001.\n",
            "\nADR-0001, superseded by ADR-0002, said so.\n",
            "\n`ADR-0001`\n",
        )
    ),
    (
        "template-comment-left",  # most keep it
        "".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n## Links <!-- optional -->\n\nL{n}.\n" for n in range(1, 5)),
    ),
    *(
        ("table-broken", f"# 1. X\n\n{table}")
        for table in (
            "| A | B |\n| --- | --- |\n| 1 | `x\\|y` |\n",
            "| A | B |\n| --- | --- |\n| 1 |\n| 1 | 2 | |\n",
            "A | B\n--- | ---\n1 | 2\n",
            "```\n| A | B |\n| --- |\n```\n",
            "<!--\n| A | B |\n| --- |\n-->\n",
            "- | A | B |\n  | --- | --- |\n  | 1 | 2 |\n",
            "> | A | B |\n> | --- | --- |\n> | 1 | 2 |\n",
            "Text | more\n\n| --- |\n",
        )
    ),
    *(
        ("sentence-unfinished", f"# 1. X\n\n## Context\n\n{text}\n\n## Decision\n\nD.\n")
        for text in ("We run one per az", "Signed by dan", "We send bills in cu")
    ),
    *(
        ("blank-missing", f"# 1. X\n\n## Context\n\n{text}\n")
        for text in (
            "#kafka and #queues, #12 and\n#boats too.\n#Boats",
            "*We* need it.\n\n*All of it.*\n\n-We",
            "* It is 2 * 3.\n*a* b\n  *c",
            "```\n##Decision\n-x\n```\n\n- a\n\n-b",
            "- a\n--flag\n-5 degrees",
            "<!--\n##Decision\n-->",
            "- one\n- two\n-v prints more\n-Xmx512m is the flag",
            "* a\n* b\n\n| A |\n| - |\n| 1 |\n*Without taxes.",
        )
    ),
    *(
        ("mark-unclosed", f"# 1. X\n\n{text}\n")
        for text in (
            "It is `a`, ``b ` c`` and \\`.",
            'All of docs/** and **/x.md, as "**" says, 2**3 of **a**.',
            "Rock`n`roll, and it don`t matter.",
            "```md\n`a\n```",
        )
    ),
    *(
        ("fence-unclosed", f"# 1. X\n\n{code}")
        for code in (
            "```yaml\na: 1\n```\n",
            "```sh\n# not a heading\nls\n",
            "~~~\n## x\n~~~\n",
            "- ```\n  ## x\n  ```\n",
            "    ## x\n",
        )
    ),
    ("date-format", "# 1. X\n\nDate: 2025-01-31\n"),
    ("placeholder-left", "# 1. X\n\n**Status**: Accepted\n**Request**: https://example.com/pull/1000\n\n## Context\n\nC.\n"),
    ("duplicate-number", "-- a/docs/adr/0001-x.md --\n# 1. X\n-- b/docs/adr/0001-y.md --\n# 1. Y\n"),
    ("duplicate-number", "-- docs/adr/API-001-x.md --\n# API-001: X\n-- docs/adr/CLI-001-x.md --\n# CLI-001: X\n"),
    ("duplicate-number", "-- docs/adr/20240102-x.md --\n# X\n-- docs/adr/20240102-y.md --\n# Y\n"),
    ("number-mismatch", "-- docs/adr/0004-x.md --\n# 12 factor apps\n"),
    ("number-mismatch", "-- docs/adr/0004-x.md --\n# 3-tier architecture\n"),
    ("number-mismatch", "-- docs/adr/0004-x.md --\n# HTTP-2: for all services\n"),
    ("number-mismatch", "-- docs/adr/20240104-x.md --\n# 3. X\n"),
    ("id-mismatch", "-- docs/adr/0004-x.md --\n---\nid: JIRA-3\n---\n# X\n"),
    ("id-mismatch", "-- docs/adr/0100-x.md --\n---\nid: 0100\n---\n# X\n"),  # which YAML reads as 64
    ("status-missing", "# 1. X\n\n## Context\n\nText.\n"),  # a house of one says nothing
    ("status-missing", LOG + "-- docs/adr/0005-d.md --\n# 5. D\n\nMoved to [1. The apples](0001-apples.md).\n"),  # a sign-post
    *(
        ("status-unknown", f"# 1. X\n\n## Status\n\n{status}\n")
        for status in (
            "✅ Accepted",
            "⌛️ Superseded by 036. Multi-cluster",
            "Accepted (lazy consensus) & implemented",
            "**Approved**",
            "Living",
            "on hold",
            "Partly superseded",
            "2017-11-26 完成",
            "Angenommen",
            "Accepté",
            "Aceptado",
            "提议",
            "{Active}",
            "Accepted, deprecated by ADR 7",
            "Not-Implemented",
            "已被 ADR-0001 取代",
            "由 [一](0001-example.md) 替代",
            "讨论中",
            "",
        )
    ),
    ("status-unknown", "---\nstatus: { accepted }\n---\n# X\n"),
    ("status-unknown", "# 1. X\n\n**Status**: Replaces the wiki\n"),
    ("status-unknown", "# 1. X\n\n**Statut** : Remplace le wiki\n"),
    (
        "status-unknown",  # a word of the house
        "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n**Status**: Parked\n" for n in range(1, 5)),
    ),
    ("status-misspelled", "# 1. X\n\n**Status**: Superseded by ADR-2\n"),
    ("status-choices-left", "# 1. X\n\n**Status**: Accepted, supersedes ADR-2\n"),
    ("status-choices-left", "# 1. X\n\n**Status**: Accepted / implemented\n"),
    ("status-conflict", "---\nstatus: accepted\n---\n# X\n\n## Status\n\nApproved\n"),  # a synonym
    ("status-conflict", "---\nstatus: accepted\n---\n# X\n\n## Status\n\nSuperseded in part by ADR-2\n"),
    ("status-conflict", "# 1. X\n\n## Status\n\nProposed\n\nAccepted\n"),  # a history
    ("date-impossible", "# 1. X\n\nDate: 2024-02-29\n"),
    ("date-impossible", "# 1. X\n\nDate: TBD\n\n## Context\n\nOn 2024-02-31 nothing happened.\n"),
    ("date-format", "# 1. X\n\nDate: 3/4/2021\n"),
    ("date-format", "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\nDate: 1{n}.10.2024\n" for n in range(1, 6))),
    ("front-matter-invalid", '---\ntitle: "Use Kafka: a broker"\nstatus: accepted # since May\n---\n# X\n'),
    ("front-matter-invalid", "# X\n\n---\n\ntitle: Use: it\n\n---\n"),
    ("front-matter-comment", "---\nstatus: accepted # since May\n---\n# X\n"),
    (
        "front-matter-comment",
        '---\nstatus: "accepted" # see 12\n# 12 is next\nrelated: ["#12"]\nnotes: |\n  - #12 was first\n---\n# X\n',
    ),
    ("title-missing", "---\ntitle: Use Kafka\n---\n\n## Context\n\nText.\n"),
    (
        "date-missing",
        LOG + FIFTH + "-- docs/adr/0006-e.md --\n# 6. E\n\n## Status\n\nAccepted on 2025-01-31\n\n## Context\n\nC.\n",
    ),
    ("date-missing", LOG + FIFTH + "-- docs/adr/0006-e.md --\n# 6. E\n\nMoved to [1. The apples](0001-apples.md).\n"),
    ("date-future", "# 1. X\n\n**Status**: Accepted\n**Date**: 2030-01-02\n**Next Review**: 2031-01-01\n"),
    ("date-future", "# 1. X\n\n**Status**: Proposed\n**Date**: 2031-01-02\n"),  # when it is to be decided
    ("review-overdue", "# 1. X\n\n**Status**: Accepted\n**Date**: 2025-03-01\n**Review**: 2025-03-02\n"),  # when it was held
    ("review-overdue", "# 1. X\n\n**Status**: Accepted\n**Next Review**: 2030-01-01\n"),
    ("review-overdue", "# 1. X\n\n**Status**: Deprecated\n**Next Review**: 2025-01-01\n"),
    ("review-overdue", "# 1. X\n\n**Status**: Accepted\n**Next Review**: 2030-01\n**Review**: when it hurts\n"),
    ("proposed-stale", "# 1. X\n\n**Status**: Proposed\n**Date**: 2029-12-01\n"),
    *(
        ("key-misspelled", f"# 1. X\n\n**Status**: Accepted\n**Date**: 2025-01-31\n**{key}**: y\n")
        for key in (
            "Updates",
            "Stats",
            "State of the art",
            "Dated",
            "Data",
            "Author's note",
            "Dates",
            "Team",
            "Late",
            "Informs",
            "Statue",
        )
    ),
    ("key-misspelled", "".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n**Statys**: y\n" for n in (1, 2))),
    ("key-misspelled", "# 1. X\n\nNote: Statsu.\n\n## Context\n\n**Statsu**: y\n"),
    ("key-duplicate", "# 1. X\n\n- Status: Accepted\n- Supersedes: ADR-2\n- Supersedes: ADR-3\n"),
    (
        "key-duplicate",
        "| Date | Author |\n| --- | --- |\n| 2025-01-01 | Ann |\n\n| Date | Author |\n| --- | --- |\n| 2025-01-02 | Ben |\n",
    ),
    (
        "front-matter-octal",
        '-- docs/adr/0012-x.md --\n---\nid: "0012"\nsupersedes: [0007, ADR-0010, 12, 0089]\ndate: 0012\n---\n# X\n',
    ),
    (
        "front-matter-octal",
        "".join(f"-- docs/adr/00{n:02}-x.md --\n---\nid: 00{n:02}\nsupersedes: 0010\n---\n# X\n" for n in range(8, 13)),
    ),
    ("front-matter-octal", '-- docs/adr/0012-x.md --\n+++\nid = "0012"\n+++\n# X\n'),
    (
        "reference-unknown",
        "---\nstatus: {proposed | rejected | accepted | deprecated | superseded by ADR-0123}\n---\n# ADR-1: X\n",
    ),
    ("front-matter-type", "---\nstatus: accepted\ndate: {YYYY-MM-DD}\n---\n# X\n"),
    ("front-matter-type", "---\nstatus: {proposed | accepted}\nreviewed: no\n---\n# X\n"),
    (
        "placeholder-left",
        "# 1. X\n\n**Deciders**: [Ann Other](mailto:ann@example.com)\n**Team**: <a@example.com>\n**Date**: [TBD]\n",
    ),
    *(
        ("todo-left", f"# 1. X\n\n**Status**: {status}\n\n## {section}\n\n{text}\n")
        for status, section, text in (
            ("Draft", "Context", "TODO"),
            ("Proposed", "Context", "C.\n\nTODO: ask."),
            ("Accepted", "Open questions", "TBD"),
            ("Accepted", "Follow-up", "TODO: x"),
            ("Accepted", "Context", "`TODO`, a todo list, TODOs, TODO-42"),
            ("Accepted", "Context", "```\n// TODO\n```"),
        )
    ),
    ("conflict-marker", "# 1. X\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n```\n"),
    ("conflict-marker", "# 1. X\n\n<<<<<<< is a mark of git\n"),
    *(
        ("statement-incomplete", f"# X\n\n{text}\n")
        for text in (
            "In the context of a, facing b, we decided for c to achieve d, accepting e, because f.",
            "In the context of our platform, teams are facing outages.",
            "We discussed this in the context of a, facing b, and we decided to achieve d.",
        )
    ),
    ("madr-duplicate-option", "# X\n\n## Considered Options\n\n* A\n* A with B\n* …\n* …\n"),
    *(
        ("madr-no-reason", f"# X\n\n## Decision Outcome\n\n{text}\n")
        for text in (
            'Chosen option: "A", because it is.',
            'Chosen option: "A".\n\n### Consequences\n\n* Good, because it is\n',
            'Chosen option: "A"\n\nIt is better.',
            "Chosen option: A - it is better",
            "We chose A.",
        )
    ),
    (
        "madr-option-without-arguments",
        "# X\n\n## Considered Options\n\n* A\n* B\n\n## Pros and Cons of the Options\n\n### A\n\nx\n",
    ),
    (
        "madr-option-unlisted",
        "# X\n\n## Considered Options\n\n* A: the fast one\n* [B](b.md)\n\n## Pros and Cons of the Options\n\n### Option 1 - A\n\nx\n\n### B\n\nx\n\n### Conclusion\n\nx\n",
    ),
    ("title-empty", "# C++\n"),
    ("title-empty", "".join(f"-- docs/adr/000{n}-x.md --\n# ADR-000{n}\n\n## Use it\n" for n in range(1, 4))),
    ("title-empty", "---\ntitle: Use Kafka\n---\n# 1.\n\nText.\n"),
    ("title-empty", "# Title\n\nUse Kafka\n\n## Context\n\nText.\n"),
    ("title-multiple", "# 1. X\n\n# Context\n\nC.\n\n# Decision\n\nD.\n"),
    ("title-multiple", "".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\nA.\n\n# Notes on it\n\nB.\n" for n in range(1, 4))),
    ("title-multiple", "# 1. X\n\n```sh\n# Install\n```\n"),
    *(
        ("section-misspelled", f"# 1. X\n\n## {name}\n\nC.\n")
        for name in (
            "Decisive factors",
            "Contents",
            "Consequential",
            "Contest",
            "Deciding",
            "Reference",
            "Alternates",
            "Auswirkung",
            "Stats",
            "Content",
        )
    ),
    ("section-misspelled", "".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n## Consequenses\n\nC.\n" for n in (1, 2))),
    (
        "section-level",
        MANY
        + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n## Context\n\nC.\n\n## Plan\n\n### Decision\n\nD.\n\n### Decision\n\nD.\n",
    ),
    ("section-name", MANY + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n## 1. Context:\n\nC.\n\n## Decision ✅\n\nD.\n"),
    (
        "status-case",
        "".join(
            f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\n**Status**: {word}\n"
            for n, word in enumerate(("Accepted", "accepted", "Accepted", "accepted", "Accepted"), 1)
        ),
    ),
    ("number-gap", "-- docs/adr/0004-a.md --\n# A\n-- docs/adr/API-0009-b.md --\n# B\n-- docs/adr/1000-c.md --\n# C\n"),
    ("slug-mismatch", "-- docs/adr/0004-use-kafka.md --\n# 4. We use the broker\n"),
    ("slug-mismatch", "-- docs/adr/0004-kafka.md --\n# 4. Брокер\n"),
    *(
        (
            "ref-rejected",
            REJECTED + words,
        )
        for words in (
            "\nADR-0001 was rejected.\n",
            "\nInstead of ADR-0001 we do this.\n",
            "**Related**: ADR-0001\n",
            "\n## Alternatives\n\nADR-0001.\n",
        )
    ),
    (
        "link-self",
        "-- docs/adr/0001-x.md --\n# [ADR-1](0001-x.md): X\n\nADR-1, [here](#x), [there](https://example.com/docs/adr/0001-x.md).\n",
    ),
    (
        "link-title-stale",
        OLD
        + "\n[ADR-2: B in short](0002-b.md), [ADR-2](0002-b.md), [2 reasons why not](0002-b.md), [the beginning](0002-b.md).\n",
    ),
    ("reference-unlinked", OLD + "\nADR-0001 and ADR-0002 and ADR-0001 again.\n"),  # a log without links, mostly
    ("reference-padding", "-- docs/adr/0001-a.md --\n# ADR-0001: A\n\nADR-1, ADR-0001, ADR-12.\n"),
    (
        "supersede-early",
        "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Accepted\n-- docs/adr/0002-b.md --\n# 2. B\n\n**Status**: Proposed\n**Supersedes**: [A](0001-a.md)\n",
    ),
    (
        "supersede-many",
        OLD.replace("**Status**: Superseded by [B](0002-b.md)", "**Status**: Superseded by [B](0002-b.md), [C](0003-c.md)")
        + "**Supersedes**: ADR-1\n",
    ),
    ("supersede-many", OLD + "**Supersedes**: ADR-1 in part\n"),
    ("supersede-older", OLD),
    ("relation-one-way", OLD.replace("Superseded by", "Amended by").replace("Supersedes", "Amends")),
    ("relation-one-way", OLD.replace("Superseded by [B](0002-b.md)", "Accepted").replace("Supersedes", "Related")),
    ("mixed-dialect", MANY + "-- docs/adr/0010-y.md --\n# ADR-0010: Y\n\n## Context\n\nC.\n"),
    ("title-missing", "Use Kafka\n=========\n\nText.\n"),
    ("title-missing", ""),
    (
        "section-missing",  # synonyms and translations, a numbered heading, another level
        LOG
        + """-- docs/adr/0005-d.md --
# 5. D

## Zustand

Akzeptiert

## 1. Background

Text.

### Decision Outcome

Text.

## Konsequenzen

Text.
""",
    ),
    ("section-missing", LOG + "-- docs/adr/0005-d.md --\n# 5. D\n\nSuperseded by [1. The apples](0001-apples.md).\n"),
    ("section-missing", "# 1. X\n\n## Whatever\n\nText.\n"),
    (
        "section-missing",  # a heading that joins two without a blank
        "".join(
            f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n## 背景\n\nC.\n\n## 决策\n\nD.\n\n## 后果\n\nE.\n" for n in range(1, 5)
        )
        + "-- docs/adr/0005-d.md --\n# 5. D\n\n## 背景与问题\n\nC.\n\n## 决策\n\nD.\n\n## 后果和风险\n\nE.\n",
    ),
    ("section-misspelled", LOG + "-- docs/adr/0005-d.md --\n# 5. D\n\n## Contract\n\nText.\n"),
    (
        "status-case",  # small letters in front matter are no custom of the text
        "".join(
            f"-- docs/adr/000{n}-x.md --\n---\nstatus: accepted\n---\n# {n}. X\n\n## Status\n\n**Accepted** (2026-03-20)\n"
            for n in range(1, 8)
        ),
    ),
    (
        "section-misspelled",  # what several call so, in this log and those beside it, they mean
        "-- adr/template.md --\n# N. T\n\n## Diagramas\n\nText.\n"
        + "".join(
            f"-- adr/{part}/000{n}-x.md --\n# {n}. X\n\n## Contexto\n\nC.\n\n## Diagrama\n\nD.\n"
            for n, part in enumerate(("api", "api", "data", "data"), 1)
        ),
    ),
    ("section-misspelled", "# 1. X\n\n## Context\n\nText.\n\n## Mode Information\n\nText.\n"),
    *(
        (rule, f"{LOG}-- docs/adr/0005-d.md --\n# 5. D\n\n**Status**: Accepted\n\n{headings}\n\n## Consequences\n\nText.\n")
        for rule in ("section-missing", "section-misspelled")
        for headings in (
            "## Context / forces\n\nText.\n\n## Main Decisions\n\nText.",
            "## Business context\n\nText.\n\n## Rejected paths & decision\n\nText.",
            "## Context and sketch\n\nText.\n\n## Decision on the format\n\nText.",
            "## Context\n\nText.\n\n## Decision-1\n\nText.\n\n## Decision-2\n\nText.",
            "## Contexte technique\n\nText.\n\n## Decision A\n\nText.\n\n## Decision B\n\nText.",
        )
    ),
    (
        "section-missing",
        LOG
        + "-- docs/adr/0005-d.md --\n# 5. D\n\n## Status\n\nSuperseded by [1. The apples](0001-apples.md)\n\n## Summary\n\nIt was so.\n",
    ),
    ("section-empty", "# 1. X\n\n## Context\n\n### Forces\n\nText.\n"),
    ("section-empty", "# 1. X\n\n## Context\n\nText.\n\n### Cost\n\n### Time\n"),
    ("section-empty", "# 1. X\n\n## Context\n\nText.\n\n## [Figures](figures.md)\n"),
    ("section-empty", "# 1. X\n\n**Status**: Proposed\n\n## Proposal\n\nText.\n\n## Decision Outcome\n"),
    (
        "madr-option-without-arguments",
        (
            '# X\n\n## Considered Options\n\n* Kafka\n* Rabbit\n\n## Decision Outcome\n\nChosen option: "Kafka", because.\n\n'
            "## Pros and Cons of the Options\n\n### Logs\n\n#### Kafka\n\n* Good\n\n### Queues\n\n#### Rabbit\n\n* Bad\n"
        ),
    ),
    ("section-empty", "# 1. X\n\n## Context\n\n```\n# no heading\n```\n"),
    (
        "placeholder-left",
        "-- docs/adr/template.md --\n# T\n\n## Context\n\nN/A\n-- docs/adr/0001-x.md --\n# 1. X\n\n## Context\n\nN/A\n",
    ),
    (
        "link-broken",
        "# 1. X\n\nSee [code](../../src/main.py), [site](https://example.com/0002-x.md), [here](#context), ![](0002-x.md).\n",
    ),
    ("link-broken", "# 1. X\n\n```\n[two](0002-x.md)\n```\n\n`[two](0002-x.md)` <!-- [two](0002-x.md) -->\n"),
    ("link-broken", "# 1. X\n\n[owner](@somebody) and [issue](12)\n"),
    ("link-broken", "-- docs/adr/0001-x.md --\n# 1. X\n\n[two](0002-a%20b.md)\n-- docs/adr/0002-a b.md --\n# 2. A b\n"),
    (
        "reference-unknown",
        "-- docs/adr/ADR-001-x.md --\n# ADR-001: X\n\nRFC-2119, #12, ADR-2023-05-09, UTF-8, SHA-256, ADR-12-notes and `ADR-12`.\n\n    ADR-12\n",
    ),
    *(
        (
            rule,
            f"-- docs/adr/template.md --\n# T\n\n**Supersedes**: ADR-0099, [x](0099-title.md)\n-- docs/adr/0001-x.md --\n# ADR-1: X\n\n{text}\n",
        )
        for rule, text in (
            ("reference-unknown", "As ADR-XXX, ADR-NNN, ADR-0000 and ADR-0099 show."),
            ("link-broken", "[a](XXXX-title.md) [b](NNNN-title.md) [c](0000-title.md) [d](0099-title.md)"),
        )
    ),
    (
        "link-number-mismatch",
        "-- docs/adr/0001-a.md --\n# ADR-1: A\n\n[ADR-0002](0002-b.md) [#12](0002-b.md) [3 reasons](0002-b.md)\n-- docs/adr/0002-b.md --\n# ADR-2: B\n",
    ),
    ("link-undefined", "# 1. X\n\nAn `array[0][1]`, a task [x][ ], a [text][TODO: later], an aside [sic].\n"),
    ("supersede-no-target", "# 1. X\n\n## Status\n\nSuperseded by the new platform\n"),
    *(
        ("supersede-no-target", f"# 1. X\n\nStatus: {word}\n\n## Context\n\n{said}\n")
        for word, said in (
            ("Superseded", "This is superseded by the model described in:\n\n- `0007-use-kafka.md`"),
            ("Superseded", "Superseded by `ADR-7`."),
            ("Superseded", "Superseded - See <https://example.com/x/blob/main/decisions/20220224-plan.md>"),
            ("Ersetzt", "Ersetzt durch die Regeln in `docs/adr/0007-kafka.adoc`."),
        )
    ),
    ("supersede-no-target", "# 1. X\n\n## Status\n\nSuperseded\n\nSee <https://example.com/adr/7>.\n"),
    (
        "supersede-status",  # status-conflict tells
        (
            "-- docs/adr/0001-a.md --\n# 1. A\n\n- Status: superseded\n\n## Context\n\nC.\n\n## Status\n\nAccepted\n"
            "-- docs/adr/0002-b.md --\n# 2. B\n\nSupersedes: [A](0001-a.md)\n\n## Status\n\nAccepted\n"
            "-- docs/adr/0003-c.md --\n# 3. C\n\n## Status\n\nAccepted\n-- docs/adr/0004-d.md --\n# 4. D\n\n## Status\n\nAccepted\n"
        ),
    ),
    ("supersede-no-target", "# 1. X\n\n**Status**: Superseded\n**Superseded by**: [the wiki](https://example.com)\n"),
    (
        "supersede-no-target",  # the other side says it
        "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Superseded\n-- docs/adr/0002-b.md --\n# 2. B\n\n**Status**: Accepted\n**Supersedes**: [A](0001-a.md)\n",
    ),
    *(
        (
            "placeholder-left",  # questions of the template over their answers
            (
                f"-- docs/adr/template.md --\n# N. T\n\n## Doubts\n\n- What is still open about this?\n- What does it not solve at all?\n"
                f"-- docs/adr/0001-x.md --\n# 1. X\n\n## Doubts\n\n{text}\n"
            ),
        )
        for text in (
            "- What is still open about this?\n  - It.\n- What does it not solve at all?\n  - The weather.",
            "1. What does it not solve at all?\n\n   ```\n   x\n   ```",
            "- What is still open about this?\n\nThe weather.\n\n- What does it not solve at all?\n\nAll.",
        )
    ),
    (
        "reference-unknown",
        "-- docs/adr/ADR-001-x.md --\n# ADR-001: X\n\n- The platform's ADR-054 (the gate) and ADR-055 (what it leaves out), ADR-056\n",
    ),
    ("section-misspelled", MANY.replace("## Decision", "## Original Decision", 1)),
    (
        "duplicate-number",
        "-- docs/adr/adr-021.md --\n# ADR-021: A\n-- docs/adr/adr-021-a.md --\n# ADR-021-A: B\n-- docs/adr/adr-021-b.md --\n# ADR-021-B: C\n",
    ),
    (
        "index-missing-entry",  # of what holds
        "-- docs/adr/current.md --\n# What holds\n\n"
        + "".join(f"- [X{n}](000{n}-x{n}.md)\n" for n in range(1, 7))
        + "".join(
            f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X{n}\n\n**Status**: {'Accepted' if n < 7 else 'Rejected' if n == 8 else 'Deprecated'}\n"
            for n in range(1, 10)
        ),
    ),
    ("status-conflict", "---\nstatus: not_adopted\n---\n# X\n\n## Status\n\nRejected\n"),
    ("status-conflict", "---\nstatus: no adoptada\n---\n# X\n\n## Estado\n\nRechazada\n"),
    (
        "status-conflict",  # a legend of all statuses
        "# 1. X\n\n## Status\n\n> Status: Proposed | Accepted | Rejected | Superseded\n\nAccepted\n",
    ),
    (
        "status-choices-left",
        "# 1. X\n\n## 상태(Status)\n\n> 상태: 제안됨(Proposed)|승인됨(Accepted)|대체됨(Superseded)|사용중단됨(Deprecated)\n\nAccepted\n",
    ),
    *(
        (
            "supersede-status",
            f"""
            -- docs/adr/0001-a.md --
            # 1. A

            **Status**: {old}
            -- docs/adr/0002-b.md --
            # 2. B

            **Status**: {new}
            {relation}
            """,
        )
        for old, new, relation in (
            ("Accepted", "Proposed", "**Supersedes**: [A](0001-a.md)"),  # not decided yet
            ("Accepted", "Rejected", "**Supersedes**: [A](0001-a.md)"),
            ("Accepted", "Accepted", "**Supersedes**: [A](0001-a.md) in part"),
            ("Accepted", "Accepted", "**Partially supersedes**: [A](0001-a.md)"),
            ("Superseded in part by [B](0002-b.md)", "Accepted", "**Supersedes**: [A](0001-a.md)"),
            ("Accepted", "Accepted", "**Amends**: [A](0001-a.md)"),
            ("Accepted", "Accepted", "**Related**: [A](0001-a.md)"),
            ("Superseded by [B](0002-b.md)", "Accepted", "**Supersedes**: [A](0001-a.md)"),
            ("Deprecated", "Accepted", "**Supersedes**: [A](0001-a.md)"),
        )
    ),
    (
        "supersede-one-way",  # this house tells of it on one side
        "".join(
            f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n**Status**: Superseded by [the next](000{n + 1}-x{n + 1}.md)\n"
            for n in range(1, 6)
        )
        + "-- docs/adr/0006-x6.md --\n# 6. X\n\n**Status**: Accepted\n",
    ),
    (
        "supersede-one-way",
        "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Superseded by ADR-2\n-- docs/adr/0002-b.md --\n# 2. B\n\nWe supersede [ADR 1](0001-a.md).\n",
    ),
    (
        "index-missing-entry",
        "-- docs/adr/README.md --\n# ADRs\n\nSee [the first](0001-a.md).\n-- docs/adr/0001-a.md --\n# 1. A\n-- docs/adr/0002-b.md --\n# 2. B\n",
    ),
    (
        "index-dead-entry",
        "-- docs/adr/README.md --\n- [A](0001-a.md)\n- [B](0002-b.md)\n- [template](template.docx)\n- [Template](template.md)\n- [Site](https://example.com)\n-- docs/adr/template.md --\n# [short title of solved problem and solution]\n-- docs/adr/0001-a.md --\n# 1. A\n-- docs/adr/0002-b.md --\n# 2. B\n",
    ),
    (
        "index-status",  # a synonym, a mark, a choice not made, a note
        """
        -- docs/adr/README.md --
        | ADR | Status |
        | --- | --- |
        | [A](0001-a.md) | Approved |
        | [B](0002-b.md) | ✅ |
        | [C](0003-c.md) | ~~Accepted~~ superseded |
        | [D](0004-d.md) | In discussion |
        -- docs/adr/0001-a.md --
        # 1. A
        **Status**: Accepted
        -- docs/adr/0002-b.md --
        # 2. B
        **Status**: Accepted
        -- docs/adr/0003-c.md --
        # 3. C
        **Status**: Superseded by [D](0004-d.md)
        -- docs/adr/0004-d.md --
        # 4. D
        **Status**: Proposed
        """,
    ),
    (
        "index-duplicate-entry",  # by version and by topic
        "-- docs/adr/README.md --\n## By date\n\n- [A](0001-a.md)\n- [B](0002-b.md)\n\n## By topic\n\n- [A](0001-a.md)\n-- docs/adr/0001-a.md --\n# 1. A\n-- docs/adr/0002-b.md --\n# 2. B\n",
    ),
    ("section-empty", "# 1. X\n\n### Notes:\n\n## Library\n\nL.\n"),  # the colon leads to what follows
    *(
        (
            "status-missing",  # there is one, in a form that is not understood
            LOG + f"-- docs/adr/0005-d.md --\n# 5. D\n\n{said}\n\n## Context\n\nText.\n",
        )
        for said in (
            "**Status: accepted; done (A1–A3) and D6 **seen** too.**",
            "- *Statut :* voir plus bas",
            "## **Status**\n\n**Chosen** (2025-06-26). All efforts go there.",
        )
    ),
    *(
        (
            "supersede-status",  # of a part, by the words behind the number
            (
                "-- docs/adr/0001-use-mysql.md --\n# ADR-0001: Use MySQL\n\n**Status**: Accepted\n"
                f"-- docs/adr/0002-b.md --\n# ADR-0002: B\n\n**Status**: Accepted\n**Supersedes**: {said}\n"
            ),
        )
        for said in ("ADR-0001 code examples (prose stands)", "[ADR-0001](0001-use-mysql.md) §Decision")
    ),
    (
        "supersede-status",  # its own status names what took over, and what did not go with it
        (
            "-- docs/adr/0001-a.md --\n# ADR-0001: A\n\n**Status**: Accepted, the namespace decision superseded by ADR-0002.\n"
            "-- docs/adr/0002-b.md --\n# ADR-0002: B\n\n**Status**: Accepted\n**Supersedes**: ADR-0001\n"
        ),
    ),
    (
        "duplicate-number",  # a letter in the titles tells them apart
        "-- docs/adr/adr-r9-e-fees.md --\n# ADR R9-E — Fees\n-- docs/adr/adr-r9-f6-window.md --\n# ADR R9-F.6 — Window\n",
    ),
    *(
        (
            "section-misspelled",
            f"-- docs/adr/template.md --\n# N. T\n## {right}\n-- docs/adr/0001-a.md --\n# 1. A\n\n## {own}\n\nC.\n",
        )
        for right, own in (
            ("备选方案说明", "备选方案证明"),
            ("検討した選択肢", "検討した選択理"),
            ("고려한선택지들", "고려한선택사들"),
        )
    ),
    (
        "placeholder-left",  # it is to stay until there is something
        (
            "-- docs/adr/template.md --\n# N. T\n\n## Revisions\n\n(Leave empty until the first revision.)\n"
            "-- docs/adr/0001-a.md --\n# 1. A\n\n## Context\n\nC.\n\n## Revisions\n\n(Leave empty until the first revision.)\n"
        ),
    ),
    *(
        (
            "date-year",
            "".join(f"-- docs/adr/000{n}-x.md --\n# {n}. X\n\nDate: {day}\n" for n, day in enumerate(days, 1)),
        )
        for days in (
            ("2023-05-01", "2023-06-01", "2024-02-01", "2023-09-01", "2023-12-20"),  # a year less is out of order as well
            ("2023-05-01", "2021-06-01", "2024-06-05", "2022-09-01", "2023-12-20"),  # dates that do not go by numbers
            ("2023-05-01", "2023-06-01", "2023-05-20", "2023-09-01", "2023-12-20"),  # hardly out of order
            ("2023-05-01", "2023-06-01", "2025-08-01", "2023-09-01"),  # two years off
        )
    ),
    ("section-duplicate", "# 1. X\n\n## Context\n\nC.\n\n## Update\n\nR.\n\n## Update\n\nS.\n"),
    *(
        (rule, f"-- docs/adr/template.md --\n# N. T\n## Contexte\n## Alternatives rejetées\n{log}")
        for log in ("-- docs/adr/0001-a.md --\n# 1. A\n\n## Contexte\n\nC.\n\n## Alternatives rejetees\n\nA.\n",)
        for rule in ("section-misspelled", "section-missing")
    ),
    *(
        (
            "section-misspelled",
            f"-- docs/adr/template.md --\n# N. T\n## Context\n### {right}\n-- docs/adr/0001-a.md --\n# 1. A\n\n## Context\n\nC.\n\n### {own}\n\nS.\n",
        )
        for right, own in (("Scalability", "Scalabilities"), ("Migration", "Mitigation"), ("Phase 1", "Phase 2"))
    ),
    *(
        ("placeholder-left", f"# 1. X\n\n## Context\n\n*How do we store it?*\n\n## {name}\n\n{text}\n")
        for name, text in (
            ("Alternatives", "[the first of them][a]\n\n[a]: https://example.com"),
            ("Alternatives", "[one of three kinds](https://example.com)\n\n[^1]\n\n[x] done with it"),
            ("Alternatives", "`[a b c]`\n\n```\n[a b c]\n```"),
            ("Open questions", "*Do we need it?*"),
            ("Alternatives", "*What else is there?* Nothing."),
        )
    ),
    *(
        ("sentence-unfinished", f"# 1. X\n\n## Context\n\n{text}\n\n## Decision\n\nD.\n")
        for text in (
            "* easy to rely on",
            "We run it on Redox OS",
            "They ask for buy-in",
            "N/A",
            "`a,`",
            "It is what we agreed on.",
        )
    ),
    ("placeholder-left", "# 1. X\n\n**Date**: <2024-01-31>\n\n## Context\n\nC.\n"),
    *(
        ("tag-unknown", f"# 1. X\n\n## Context\n\n{text}\n")
        for text in (
            "`List<T>`, <https://example.com>, <ann@example.com>, a <b>bold</b> one<br/>",
            "<Tabs>\n\ntext\n\n</Tabs>\n\n<adr-list/>",
            "<!-- <number> -->",
            "<svg>\n<circle r='1'/>\n</svg>",
            "\\<number>, a < b > c, &lt;x>",
            "```\n<enum>\n```",
        )
    ),
    ("section-misspelled", "# 1. Un choix\n\n## Contexte\n\nC.\n\n## Recommandation\n\nR.\n\n## Conséquences\n\nC.\n"),
    (
        "supersede-status",  # of a part, of a file in code
        (
            "-- docs/adr/0001-keys.md --\n# ADR-0001: Keys\n\n**Status:** Accepted\n"
            "-- docs/adr/0002-b.md --\n# ADR-0002: B\n\n**Status:** Accepted\n**Supersedes / corrects:** `docs/adr/0001-keys.md` format section\n"
        ),
    ),
    (
        "link-broken",  # the address on a site that leaves numbers and endings out
        "-- docs/adr/001-a.md --\n# 1. A\n\nSee [B](./use-kafka) and [B](use-kafka/).\n-- docs/adr/002-use-kafka.md --\n# 2. B\n",
    ),
    *(
        ("todo-left", f"# 1. X\n\n**Status**: {status}\n\n## Context\n\nC.\n\n## {name}\n\n{said}\n")
        for status, name, said in (
            ("Draft", "Consequences", "To be determined."),
            ("Proposed", "Open questions", "To be determined."),
            ("Accepted", "Open questions", "To be determined."),
            ("Accepted", "Consequences", "How costs are to be determined is told elsewhere."),
            ("Accepted", "Consequences", "None."),
            ("Accepted", "Consequences", "To be verified by hand: none of it."),
            ("Proposed", "Consequences", "> TODO draw the rest of it"),
            ("Accepted", "Consequences", "To be determined are _two things_."),
            ("Put to rest", "Consequences", "TODO: ask them.\n\nAnd more."),
        )
    ),
    (
        "reference-unknown",  # a guide has the old decisions as its own sections
        (
            "-- docs/adr/0007-fonts.md --\n# ADR-007: Fonts\n\nAs ADR-001 says.\n-- docs/adr/0008-x.md --\n# ADR-008: X\n"
            "-- docs/overview.md --\n# Overview\n\n### ADR-001: Python\n\nWe use it, see [fonts](adr/0007-fonts.md).\n"
        ),
    ),
]


@pytest.mark.parametrize(("rule", "source"), REPORTED)
def test_reports(rule: str, source: str) -> None:
    assert sees(rule, source)


@pytest.mark.parametrize(("rule", "source"), SILENT)
def test_does_not_report(rule: str, source: str) -> None:
    assert not sees(rule, source)


OTHER_HEADINGS = """Contents Content Contest Contexts Conclusions Conventions Constraints Concerns Consensus Consequent Considerations
Consistency Configuration Conformance Conversion Decisive Deviations Divisions Definitions Directions Documentation Revisions Provisions
Precision Opinions Operations Income Objectives Observations Problems Process Progress Propositions Rational Relations Release Referral
Rejected Reflections Restrictions Station States Static Stats Statement Strategy Support Tradeoff Transition Alternation Alternates
Alterations Applications Implementations Initiatives Interactions Mitigation Mitigations Migration Playground Seasons Classification
Modification Notification Specification Qualification Clarification"""
OTHER_KEYS = """layout parent nav_order sidebar_position slug weight description permalink aliases contributors creator ticket epic team
reviewers approved facilitator responsible accountable consultation information informer supervised superset superseding amending dated
data database deadline decades decide statut stature statuses station stats author's authorization auditor actors editor contacts confirmed
replaced released effective effort impact issues revision risk signed signoff since source subject submitted timeline updates validity
verified formatted stakeholders sponsor"""


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("section-misspelled", "# X\n\n" + "".join(f"## {word}\n\nT.\n\n" for word in OTHER_HEADINGS.split())),
        ("key-misspelled", "---\n" + "".join(f"{word}: x\n" for word in OTHER_KEYS.split()) + "---\n# X\n"),
        ("key-misspelled", "# X\n\n" + "".join(f"**{word.capitalize()}**: x\n" for word in OTHER_KEYS.split())),
    ],
)
@pytest.mark.parametrize("status", ["Accepted", "Angenommen", "Accepté", "Aceptado", "Aceito", "Accettata", "Godkjent"])
def test_words_of_their_own_are_no_slips(rule: str, text: str, status: str) -> None:
    others = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n**Status**: {status}\n" for n in (1, 2, 3))
    assert not fixture(f"{others}-- docs/adr/0004-y.md --\n{text}").problems(rule)


@pytest.mark.parametrize(
    ("rule", "source", "levels"),
    [
        (
            "section-duplicate",
            "# 1. X\n\n## Context\n\nC.\n\n## Rollout\n\nR.\n\n## Rollout\n\nS.\n\n## Context\n\nC.\n",
            {"Rollout": "info", "Context": "warning"},
        ),
        ("section-empty", "# 1. X\n\n## Context\n\nC.\n\n## Costs\n\n# What was assumed\n\nA.\n", {"Costs": "info"}),
        (
            "placeholder-left",
            (
                "-- docs/adr/template.md --\n# N. T\n\n## Checks\n\nHow do we see that it is done?\n\n## Reasons\n\nName the reasons at length.\n"
                "-- docs/adr/0001-a.md --\n# 1. A\n\n## Checks\n\nHow do we see that it is done?\n\nBy tests.\n\n"
                "## Reasons\n\nName the reasons at length.\n\nCosts.\n"
            ),
            {"How do we see": "info", "Name the reasons": "warning"},
        ),
        (
            "status-missing",
            LOG + "-- docs/adr/0000-use-markdown.md --\n# Use Markdown Any Decision Records\n\n## Context\n\nText.\n",
            {"Use Markdown": "info"},
        ),
        (
            "index-missing-entry",
            (
                "-- README.md --\n# Decisions\n\n- [Pears](docs/adr/0002-pears.md)\n- [Plums](docs/adr/0003-plums.md)\n- [Limes](docs/adr/0006-limes.md)\n"
                "- [Nuts](docs/adr/0007-nuts.md)\n- Where we plant figs\n-- docs/adr/0006-limes.md --\n# 6. Limes\n-- docs/adr/0007-nuts.md --\n# 7. Nuts\n"
                "-- docs/adr/0001-records.md --\n# 1. Record architecture decisions\n-- docs/adr/0002-pears.md --\n# 2. Pears\n"
                "-- docs/adr/0003-plums.md --\n# 3. Plums\n-- docs/adr/0004-figs.md --\n# 4. Where we plant figs\n"
                "-- docs/adr/0005-dates.md --\n# 5. Where we buy dates\n"
            ),
            {"ADR-0001": "info", "ADR-0004": "info", "ADR-0005": "warning"},
        ),
        (
            "status-missing",
            "-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Accepted\n-- docs/adr/0002-b.md --\n# 2. Bees\n\n## Context\n\nC.\n",
            {"2. Bees": "info"},
        ),
        (
            "index-dead-entry",
            (
                "-- docs/adr/README.md --\n| ADR | Title |\n| --- | --- |\n| ADR-0001 | Apples |\n| [ADR-0002](0002-pears.md) | Pears |\n"
                "| [ADR-0003](0003-plums.md) | Plums |\n| [ADR-0004](0004-figs.md) | Figs |\n"
                "-- docs/adr/0002-pears.md --\n# ADR-0002: Pears\n-- docs/adr/0003-plums.md --\n# ADR-0003: Plums\n"
            ),
            {"ADR-0001": "info", "0004-figs": "warning"},
        ),
    ],
)
def test_what_weighs_less_is_information(rule: str, source: str, levels: dict[str, str]) -> None:
    given = fixture(source)
    found = {}
    for problem in given.problems(rule):
        said = f"{problem.span.of(given.texts[problem.path])} {problem.message}"
        found[next(key for key in levels if key in said)] = problem.level
    assert found == levels


def test_sections_beyond_the_core_are_information() -> None:
    log = LOG.replace("## Consequences", "## Costs\n\nNone.\n\n## Consequences")
    given = fixture(log + "-- docs/adr/0005-d.md --\n# 5. D\n\n**Status**: Accepted\n\n## Context\n\nText.\n")
    levels = {problem.message.split("”")[0].split("“")[1]: problem.level for problem in given.problems("section-missing")}
    assert levels == {"Decision": "warning", "Consequences": "warning", "Costs": "info"}


@pytest.mark.parametrize(
    ("name", "title", "status", "missing", "empty"),
    [
        ("0005-d", "D", "Accepted", "warning", "warning"),
        ("0005-draft-releases-first", "Draft releases", "Rejected", "info", "info"),  # a name like that may be a draft's
        ("0005-releases", "How stubs are made", "Accepted", "warning", "warning"),
        ("0005-d", "D", "Proposed", "info", "warning"),
        ("0005-d", "D", "Draft", "info", "info"),
        ("0005-d", "D", "Proposed (stub, to be written)", "info", "info"),
        ("0005-d", "Draft: D", "Superseded", "info", "info"),
        ("0005-d", "D (WIP)", "Accepted", "info", "info"),
        ("0005-d", "[WIP] D", "Accepted", "info", "info"),
        ("0005-d-entwurf", "D", "Accepted", "info", "info"),
    ],
)
def test_what_a_draft_lacks_is_information(name: str, title: str, status: str, missing: str, empty: str) -> None:
    given = fixture(
        f"{LOG}-- docs/adr/{name}.md --\n# 5. {title}\n\n## Status\n\n{status}\n\n## Context\n\nText.\n\n## Decision\n"
    )
    levels = [[problem.level for problem in given.problems(rule)] for rule in ("section-missing", "section-empty")]
    assert levels == [[missing], [empty]]


@pytest.mark.parametrize(
    ("status", "message", "level"),
    [
        ("Not started", "“Not started” is no status that is known here.", "info"),
        ("To be decided", "“To be decided” is no status that is known here.", "info"),
        ("TBD", "“TBD” is no status that is known here.", "info"),
        ("Acepted", "Unknown status “Acepted”; did you mean “Accepted”?", "warning"),
    ],
)
def test_what_is_no_status_here_is_said_in_whole(status: str, message: str, level: str) -> None:
    (problem,) = fixture(f"# 1. X\n\n**Status**: {status}\n").problems()
    assert (problem.message, problem.level) == (message, level)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "-- docs/adr/README.md --\n# Records\n\nA record's status is one of: draft, acceptable, accepted or withdrawn.\n",
            "accepted acceptable",
        ),
        (
            "-- docs/adr/template.md --\n# N. Title\n\n**Status**: proposed | acceptable | accepted | rejected\n",
            "accepted acceptable",
        ),
        ("", "accepted accepted accepted acceptable acceptable acceptable"),
        ("", "Adopt Hold Trial Adopt Hold Trial Adopt Hold"),
    ],
    ids=["told in a sentence", "in the template", "used by several", "a vocabulary of its own"],
)
def test_words_of_the_house_are_no_misspelt_statuses(said: str, words: str) -> None:
    records = (f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n**Status**: {word}\n" for n, word in enumerate(words.split(), 1))
    assert fixture(said + "".join(records)).problems("status-unknown") == []


@pytest.mark.parametrize("word", ["Action Required", "Valid", "Required"])
def test_plain_words_are_not_rewritten_unasked(word: str) -> None:
    others = "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\n**Status**: Accepted\n" for n in (1, 2, 3))
    problems = fixture(f"{others}-- docs/adr/0004-y.md --\n# 4. Y\n\n**Status**: {word}\n").problems("status-unknown")
    assert [fix.title for problem in problems for fix in problem.fixes if fix.preferred] == []


def test_a_status_that_is_not_among_the_documented_ones_is_a_warning() -> None:
    given = fixture('-- adr-ls.toml --\nstatuses = ["Open"]\n-- docs/adr/0001-x.md --\n# 1. X\n\n**Status**: Revisit Q3\n')
    (problem,) = given.problems()
    assert (problem.message, problem.level) == ("“Revisit Q3” is no status that is known here; in use are “Open”.", "warning")


@pytest.mark.parametrize(
    ("word", "suggested", "preferred"),
    [
        ("Acepted", "Accepted", True),
        ("Implementd", "Implemented", True),
        ("Accpeted", "Accepted", True),
        ("Preaccepted", "Accepted", False),  # it says more than that
        ("Sperseeded", "Superseeded", True),
        ("Unaccepted", "", False),
        ("Disapproved", "", False),
        ("Nonaccepted", "", False),
    ],
)
def test_no_status_is_turned_into_another(word: str, suggested: str, *, preferred: bool) -> None:
    (problem,) = fixture(f"# 1. X\n\n**Status**: {word}\n").problems()
    assert [fix.title for fix in problem.fixes] == ([f"Change to “{suggested}”"] if suggested else [])
    assert any(fix.preferred for fix in problem.fixes) == preferred


def test_a_number_that_two_records_have_is_no_ground_for_a_fix_unasked() -> None:
    given = "".join(
        f"-- docs/adr/{name}.md --\n# ADR-{name[:4]}: {name[5:]}\n\n**Status**: Accepted\n{more}"
        for name, more in (("0001-a", ""), ("0002-b", ""), ("0002-c", ""), ("0003-d", "**Supersedes**: ADR-0002\n"))
    )
    for rule in ("supersede-status", "supersede-one-way"):
        assert [fix.title for problem in fixture(given).problems(rule) for fix in problem.fixes if fix.preferred] == []


def test_a_fix_that_changes_nothing_is_none() -> None:
    for source in ("---\nstatus: accepted\n\tdate: 2024-01-01\n---\n# X\n", "---\nstatus:\taccepted\n---\n# X\n"):
        for problem in fixture(source).problems():
            assert not problem.fixes, problem
    given = fixture("# 1. X\n\n**Status**: Acepted\n")
    (problem,) = given.problems()
    same = Edit(problem.span, "Acepted")

    def check(subject: Subject) -> Iterator[Found]:
        yield Found(problem.span, "", (subject.fix("Nothing", same), subject.fix("Something", same, Edit(Span(0, 0), "x"))))

    subject = next(rules._subjects(given.workspace, given.path))
    (found,) = rules._run(Rule("idle", "error", check), "error", subject.log.config, subject)
    assert [(fix.title, len(fix.edits)) for fix in found.fixes] == [("Something", 1)]


@pytest.mark.parametrize(("level", "reported"), [("error", ["error"]), ("hint", ["hint"]), ("off", [])])
def test_the_level_of_a_rule_is_configured(level: str, reported: list[str]) -> None:
    given = fixture(
        f'-- adr-ls.toml --\n[rules]\nstatus-unknown = "{level}"\n-- docs/adr/0001-x.md --\n# 1. X\n\n**Status**: Acepted\n'
    )
    assert [problem.level for problem in given.problems()] == reported


def test_a_configured_level_wins_over_the_one_of_the_case() -> None:
    config = '-- adr-ls.toml --\nrequired-sections = ["Costs"]\n[rules]\nsection-missing = "error"\n'
    assert [
        problem.level for problem in fixture(config + "-- docs/adr/0001-x.md --\n# 1. X\n\n## Context\n\nText.\n").problems()
    ] == ["error"]


def test_statuses_of_the_configuration_are_the_vocabulary() -> None:
    given = fixture('-- adr-ls.toml --\nstatuses = ["Idea", "Agreed"]\n-- docs/adr/0001-x.md --\n# 1. X\n\n**Status**: Idee\n')
    (problem,) = given.problems()
    assert problem.message == "Unknown status “Idee”; did you mean “Idea”?"


def test_excluded_files_are_no_records() -> None:
    given = fixture(
        '-- adr-ls.toml --\nexclude = ["docs/adr/old/*"]\n-- docs/adr/0001-x.md --\n# 1. X\n-- docs/adr/old/0002-y.md --\n# 2. Y\n'
    )
    assert [path.rsplit("/", 1)[-1] for path in given.workspace.records] == ["0001-x.md"]


def test_a_rule_that_fails_is_left_out_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(subject: object) -> None:
        raise ZeroDivisionError(subject)

    broken = Rule("always-fails", "error", fails)  # type: ignore[arg-type]
    monkeypatch.setattr(rules, "RULES", (broken, *rules.RULES))
    assert [problem.rule.name for problem in fixture("# 1. X\n\n**Status**: Acepted\n").problems()] == ["status-unknown"]
    assert "rule always-fails failed on /w/docs/adr/0001-example.md" in caplog.text


def test_a_file_reports_only_so_much() -> None:
    given = fixture("# 1. X\n\n" + "".join(f"[x](00{n:03}-gone.md)\n\n" for n in range(100, 400)))
    assert len(given.problems()) == rules.MOST


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        (
            "# 1. X\n\n**Status**: Proposed | Accepted | Rejected\n",
            ["Set the status to “Proposed”", "Set the status to “Accepted”", "Set the status to “Rejected”"],
        ),
        (
            "---\nstatus: proposed # since May\n---\n# X\n\n## Status\n\n✅ **Accepted** on 2025-01-31\n",
            ["Write “Proposed” in both places", "Write “accepted” in both places"],
        ),
        ("---\ndate: 2025-31-01\nstatus: accepted\n---\n# X\n", ["Change to 2025-01-31"]),
        (
            "# 1. X\n\n## Context\n\n<<<<<<< HEAD\nOne.\n\n=======\nTwo.\n\n>>>>>>> other\nThree.\n",
            ["Keep the first side", "Keep the second side", "Keep both sides"],
        ),
        (LOG.replace("Date: 2025-01-04", "Date:") + FIFTH.replace("## Context\n\nText.\n", ""), ["Write 2030-01-01"]),
        ("# 1. X\n\n**Status**: Accepted\n**Date**: YYYY-MM-DD\n", ["Remove “Date”"]),
        (
            "".join(f"-- docs/adr/000{n}-x.md --\n---\nstatus: accepted\ndate: 2025-01-0{n}\n---\n# X\n" for n in range(1, 6))
            + "-- docs/adr/0006-y.md --\n---\nstatus: accepted\n---\n# Y\n",
            ["Add the date 2030-01-01"],
        ),
        ("# 1. X\n\n## Context\n\nC.\n\n# Plan\n\n## First step\n\nS.\n", ["Make it a section"]),
        (
            "-- docs/adr/0021-x.md --\n# ADR-0021: X\n-- docs/adr/0001-y.md --\n# ADR-0001: Y\n\nSee ADR-0012.\n",
            ["Change to ADR-0021, “X”"],
        ),
        (
            "-- docs/adr/0001-a.md --\n# ADR-1: A\n\n[ADR-3](0002-b.md)\n-- docs/adr/0002-b.md --\n# ADR-2: B\n-- docs/adr/0003-c.md --\n# ADR-3: C\n",
            ["Change the text to 2", "Link to ADR-3, “C”"],
        ),
        (
            "".join(f"-- docs/adr/000{n}-x{n}.md --\n# {n}. X\n\nDate: 2024-01-1{n}\n" for n in range(1, 9))
            + "-- docs/adr/0009-y.md --\n# 9. Y\n\nDate: 3/4/2024\n-- docs/adr/template.md --\n# T\n\nDate: YYYY-MM-DD\n",
            ["Write 2024-04-03", "Write 2024-03-04"],
        ),
    ],
)
def test_choices_are_offered_and_none_is_preferred(source: str, titles: list[str]) -> None:
    (problem,) = fixture(source).problems()
    assert [fix.title for fix in problem.fixes] == titles
    assert not any(fix.preferred for fix in problem.fixes)
    given = fixture(source)
    texts = {given.edited(fix.edits) for fix in problem.fixes}
    assert len(texts) == len(titles)
    for text in texts:
        assert not fixture(text).problems(problem.rule.name)


@pytest.mark.parametrize(
    ("said", "safe"),
    [
        ("**Supersedes**: ADR-1", True),
        ("**Supersedes**: [ADR-1](0001-a.md), ADR-3", True),
        ("**Supersedes**: ADR-1 — Use apples", True),
        ("**Status**: Accepted\n\n## Status\n\nAccepted\n\nSupersedes [1. Use apples](0001-a.md)", True),
        ("**Supersedes**: ADR-1 for metrics", False),
        ("**Supersedes**: what ADR-1 says of pears", False),
        ("## Decision\n\nWe supersede [ADR-1](0001-a.md).", False),
    ],
)
def test_a_record_is_marked_as_superseded_by_itself_only_where_nothing_limits_that(said: str, *, safe: bool) -> None:
    old = "-- docs/adr/0001-a.md --\n# 1. Use apples\n\n**Status**: Accepted\n"
    given = fixture(f"{old}-- docs/adr/0002-b.md --\n# 2. B\n\n{said}\n-- docs/adr/0003-c.md --\n# 3. C\n")
    (problem,) = given.problems("supersede-status")
    assert [fix.preferred for fix in problem.fixes] == [safe]


@pytest.mark.parametrize(
    ("written", "said", "preferred"),
    [
        ("0002-use-postgers.md", "; did you mean “0002-use-postgres.md”?", True),
        ("0009-use-postgres.md", "; did you mean “0002-use-postgres.md”?", True),
        ("0002-Use-Postgres.md", "; “0002-use-postgres.md” differs from it in case.", True),
        ("../0002-use-postgres.md", "; did you mean “0002-use-postgres.md”?", True),
        ("old/0002-use-postgres.md", "; did you mean “0002-use-postgres.md”?", True),
        ("0002-trust-and-security-axioms.md", "; ADR-0002 is “0002-use-postgres.md”.", False),
    ],
)
def test_a_broken_link_is_mended_by_more_than_its_number(written: str, said: str, *, preferred: bool) -> None:
    given = fixture(
        f"-- docs/adr/0001-x.md --\n# 1. X\n\n[See]({written}).\n-- docs/adr/0002-use-postgres.md --\n# 2. Use Postgres\n"
    )
    (problem,) = given.problems("link-broken")
    assert problem.message == f"There is no file “{written}”{said}"
    assert [fix.preferred for fix in problem.fixes] == [preferred]


def test_titles_that_are_numbered_on_their_own_are_left_alone() -> None:
    given = fixture("".join(f"-- docs/adr/010{n}-x{n}.md --\n# {n}. X\n" for n in range(1, 5)))
    assert not given.problems("number-mismatch")


REQUESTS = "".join(
    f"-- docs/adr/00{n}-x{n}.md --\n- RFC PR: [#{said}](https://forge.example/boats/rfcs/pull/{said})\n- Start Date: 2021-01-02\n\n# X{n}\n\n## Why\n\nSo.\n"
    for n, said in ((31, 31), (32, 32), (33, 33), (34, 33), (36, 35))
)


def test_the_request_of_another_record_is_told_where_records_have_the_numbers_of_theirs() -> None:
    (found,) = fixture(REQUESTS).problems("id-mismatch")
    assert (found.path, found.level) == ("/w/docs/adr/0034-x34.md", "info")
    assert found.message == "This is the request of number 33; was it copied?"
    assert not fixture(REQUESTS.replace("pull/31", "pull/1").replace("pull/32", "pull/2")).problems("id-mismatch")


TITLED = """\
-- docs/adr/0001-moorings.md --
# ADR-1: Adopt mooring buoys at the pier

It is built.

- {said}
-- docs/adr/0002-winch.md --
# ADR-2: Use the hand winch
-- docs/adr/0003-oars.md --
# ADR-3: Carve oars of ash
"""


@pytest.mark.parametrize(
    "said",
    [
        "**⟦ADR-3⟧**: hand winch (for the oars)",
        "⟦ADR-3⟧ – hand winch",
        "ADR-3 (hand winch)",
        "See ADR-3: hand winch",
        "**⟦ADR-1⟧** – Hand winch, as decided",
        "**ADR-2**: hand winch",
        "ADR-3: hand winch or oars, whichever is at hand",  # of its own, too
        "ADR-3: tells what is done by hand",
        "ADR-3: mooring buoys are left to this one",  # of the record itself
        "ADR-3 hand winch",
    ],
)
def test_a_number_with_words_of_another_title_is_told(said: str) -> None:
    text = TITLED.format(said=said)
    given = fixture(text)
    found = given.problems("link-title-stale")
    assert given.marked(found) == text
    assert all(one.level == "info" and "is of something else; did you mean ADR-" in one.message for one in found)


NAMED = """\
-- docs/adr/0001-moorings.md --
# ADR-1: Adopt Mooring Buoys

## Related

* {said}
-- docs/adr/0002-winch.md --
# ADR-2: Use the Hand Winch
-- docs/adr/0003-oars.md --
# ADR-3: Carve Oars of Ash
-- docs/adr/0004-sails.md --
# ADR-4: Wie Segel genäht werden
"""


@pytest.mark.parametrize(
    "said",
    [
        "[ADR-3] ⟦Harbour Light Colours⟧",
        "**ADR-3**: ⟦Harbour Light Colours⟧ (draft)",
        "ADR-3 — ⟦Colour of the Lights⟧",
        "[ADR-3] Carving of Oars",
        "ADR-3: Ash and Beech Wood",
        "ADR-3: Harbour light colours",  # a remark may begin so
        "ADR-3: Lights",
        "ADR-3 (Harbour Light Colours)",
        "As ADR-3: Harbour Light Colours",
        "ADR-4: Harbour Light Colours",  # titles have no capitals there
        "ADR-3: Mooring Buoys Only",  # of the record itself
        "ADR-3: Rules for Oarsmen",
        "ADR-1: Harbour Light Colours",
    ],
)
def test_an_item_with_another_title_in_capitals_is_told(said: str) -> None:
    text = NAMED.format(said=said)
    given = fixture(text)
    found = given.problems("link-title-stale")
    assert given.marked(found) == text
    assert all((one.level, one.message) == ("info", "The title of ADR-3 is “Carve Oars of Ash”.") for one in found)


@pytest.mark.parametrize("said", ["ADR-3: Hand Winch Rules", "**ADR-3** — Hand Winch Rules", "ADR-3: hand winch rules"])
def test_an_item_with_the_title_of_another_record_is_told_once(said: str) -> None:
    (found,) = fixture(NAMED.format(said=said)).problems("link-title-stale")
    assert found.message == "ADR-3, “Carve Oars of Ash”, is of something else; did you mean ADR-2?"


OTHERS = """\
-- docs/adr/0001-moorings.md --
# ADR-0001: Adopt mooring buoys

{said}

## Related

See below.
-- docs/adr/0002-tide-tables.md --
# ADR-0002: Tide Tables
-- docs/adr/0003-harbour-lights.md --
# ADR-0003: Harbour Lights and Their Colours

## Lamp oil

Of whales.
-- docs/adr/0004-oars.md --
# ADR-0004: Carve Oars of Ash (2nd draft)
-- docs/adr/0005-lamp-oil.md --
# ADR-0005: Lamp Oil
-- docs/adr/0006-boat-house.md --
# ADR-0006: Boat House
-- docs/adr/0007-light-house.md --
# ADR-0007: Light House
-- docs/adr/0008-customs-house.md --
# ADR-0008: Customs House
-- docs/adr/0009-航路標識.md --
# ADR-0009: 航路標識の採用
-- docs/adr/0010-puits.md --
# ADR-0010: Creuser un puits à marée
-- docs/adr/0011-same.md --
# ADR-0011: Of One Name
-- docs/adr/0012-same-again.md --
# ADR-0012: Of One Name
-- docs/adr/0013-sound-of-fog.md --
# ADR-0002: Sound of Fog
-- docs/adr/0014-hemp-ropes.md --
# Hemp Ropes
"""


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("**Related ADRs:** ADR-0002 (Tide Tables), ADR-0003 (⟦Tide Tables⟧)", "warning"),
        ("**Related:** ADR-0002 (⟦Harbour Lights⟧), ADR-0004", "warning"),  # the name of its file
        ("* Supersedes / refines: ADR-0002 (⟦Carve Oars of Ash⟧), and more", "warning"),
        ("It follows from ADR-0002: ⟦Lamp Oil⟧.", "warning"),
        ("- ADR-0002 – ⟦Lamp Oil⟧", "warning"),
        ("- ADR-0002 - “⟦Lamp Oil⟧”", "warning"),
        ("- [ADR-0002](0002-tide-tables.md) ⟦Lamp Oil⟧", "warning"),
        ("- [ADR-0002](0002-tide-tables.md) (⟦Lamp Oil⟧)", "warning"),
        ("As [ADR-0002: ⟦Lamp Oil⟧](0002-tide-tables.md) says.", "warning"),
        ("As [⟦Lamp Oil⟧](0002-tide-tables.md) says.", "warning"),
        ("As [⟦Hemp Ropes⟧](0002-tide-tables.md) says.", "warning"),
        ("## ADR-0002: ⟦Lamp Oil⟧", "warning"),
        ("As ADR-0002 (⟦lamp oil⟧) says.", "info"),
        ("As ADR-0002 — ⟦Harbour lights⟧ — says.", "info"),
        ("As ADR-0006 (⟦Customs House⟧) says.", "warning"),  # what they share says little here
        ("参照：ADR-0002（⟦航路標識の採用⟧）", "warning"),
        ("参照：ADR-0002「⟦航路標識⟧」", "warning"),
        ("Remplace l’ADR-0002 (⟦Creuser un puits à marée⟧).", "warning"),
        ("As [lamp oil](0002-tide-tables.md) says.", ""),
        ("As ADR-0003 (Lamp Oil) says.", ""),  # it has a part of that name
        ("As ADR-0002 (Lamp Oil Prices) says.", ""),
        ("As ADR-0002 lamp oil says.", ""),
        ("As ADR-0005/ADR-0002 (Lamp Oil) says.", ""),
        ("As ADR-0005 and ADR-0002: Lamp Oil.", ""),
        ("As ADR-0002 (Of One Name) says.", ""),
        ("As ADR-0002 (Sound of Fog) says.", ""),  # which has that number in its heading
        ("As ADR-0002 (Adopt mooring buoys) says.", ""),  # its own
        ("As ADR-0010 (Creuser un puits) says.", ""),
        ("As ADR-0004 (Carve Oars of Ash) says.", ""),
        ("As ADR-0002 ([Lamp Oil](0005-lamp-oil.md)) says.", ""),
    ],
)
def test_a_reference_with_the_title_of_another_record_is_told(said: str, level: str) -> None:
    text = OTHERS.format(said=said)
    given = fixture(text)
    found = given.problems("link-title-stale")
    assert given.marked(found) == text
    assert [one.level for one in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("said", "record", "words"),
    [
        ("As ADR-0002 (Lamp Oil) says.", "As ADR-0005 (Lamp Oil) says.", "As ADR-0002 (Tide Tables) says."),
        (
            "As [ADR-0002](./0002-tide-tables.md) Lamp Oil.",
            "As [ADR-0005](./0005-lamp-oil.md) Lamp Oil.",
            "As [ADR-0002](./0002-tide-tables.md) Tide Tables.",
        ),
        (
            "As [ADR-0002: Lamp Oil](0002-tide-tables.md).",
            "As [ADR-0005: Lamp Oil](0005-lamp-oil.md).",
            "As [ADR-0002: Tide Tables](0002-tide-tables.md).",
        ),
        ("As [Lamp Oil](0002-tide-tables.md).", "As [Lamp Oil](0005-lamp-oil.md).", "As [Tide Tables](0002-tide-tables.md)."),
        ("As ADR-0002 (lamp oil) says.", "As ADR-0005 (lamp oil) says.", ""),
    ],
)
def test_a_reference_with_the_title_of_another_record_is_mended_by_either(said: str, record: str, words: str) -> None:
    given = fixture(OTHERS.format(said=said))
    (found,) = given.problems("link-title-stale")
    assert not any(fix.preferred for fix in found.fixes)
    texts = [given.edited(fix.change) for fix in found.fixes]
    assert [text.split("\n")[3] for text in texts] == [record, *filter(None, [words])]


def test_a_reference_with_the_title_of_another_record_is_a_warning_once() -> None:
    found = fixture(OTHERS.format(said="ADR-0002 (Lamp Oil).\n\nADR-0002 (Lamp Oil).")).problems("link-title-stale")
    assert [one.level for one in found] == ["warning", "info"]


SHIFTED = """\
-- docs/adr/0001-rain.md --
# 1. Rain
-- docs/adr/0002-snow.md --
# ⟦3⟧. Snow
-- docs/adr/0003-hail.md --
# ⟦4⟧. Hail
-- docs/adr/0004-sleet.md --
# ⟦5⟧. Sleet
-- docs/adr/0005-fog.md --
# 5. Fog
"""


def test_titles_that_were_forgotten_when_files_got_other_numbers_are_told_of_each() -> None:
    given = fixture(SHIFTED)
    found = given.problems("number-mismatch")
    assert given.marked(found) == SHIFTED
    assert {(one.level, one.message[:17]) for one in found} == {
        ("info", "The title says 3,"),
        ("info", "The title says 4,"),
        ("info", "The title says 5,"),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# 1. Rain", "# 2. Rain"),  # no title agrees before them
        ("# 5. Fog", "# 6. Fog"),  # nor behind
        ("# ⟦4⟧. Hail", "# 9. Hail"),  # another one differs by more
    ],
)
def test_titles_that_are_numbered_on_their_own_from_some_record_on_are_left_alone(old: str, new: str) -> None:
    assert not fixture(SHIFTED.replace(old, new)).problems("number-mismatch")


@pytest.mark.parametrize(
    ("date", "fixes"),
    [
        ("2024-??-??", []),
        ("2024-05-??", []),
        ("2024--05-16", ["Write 2024-05-16"]),
        ("2024-05--16", ["Write 2024-05-16"]),
        ("2024-05-16", None),
        ("2024-05", None),
        ("?", None),
    ],
)
def test_a_date_that_is_only_half_written_is_reported(date: str, fixes: list[str] | None) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\nDate: {date}\n")
    said = [[fix.title for fix in problem.fixes] for problem in given.problems("date-format")]
    assert said == ([] if fixes is None else [fixes])


def test_six_digits_that_are_a_date_are_no_number() -> None:
    days = ("230927", "231005", "231006", "231218")
    given = fixture("".join(f"-- docs/adr/{day}-x{n}.md --\n# {n}. X\n" for n, day in enumerate(days, 1)))
    assert not given.problems("number-mismatch")
    assert [record.id for record in given.workspace.records.values()] == [f"{day}-x{n}" for n, day in enumerate(days, 1)]


@pytest.mark.parametrize(("others", "safe"), [("", False), (LOG, True), ("-- docs/adr/0007-x.md --\n# 7. X\n", True)])
def test_a_title_is_renumbered_unasked_only_where_the_other_titles_agree_with_their_files(others: str, *, safe: bool) -> None:
    (problem,) = fixture(f"-- docs/adr/0006-e.md --\n# 5. E\n{others}").problems("number-mismatch")
    assert [fix.preferred for fix in problem.fixes] == [safe]


def test_a_broken_link_never_means_the_record_that_it_stands_in() -> None:
    given = fixture(
        "-- adr/0025-ingress.md --\n# 25. Ingress\n\n[ADR-0005](0005-ingress.md).\n-- adr/0005-domains.md --\n# 5. Domains\n"
    )
    (problem,) = given.problems("link-broken")
    assert [(fix.title, fix.preferred) for fix in problem.fixes] == [("Link to ADR-0005, “Domains”", False)]


def test_a_file_of_the_same_name_elsewhere_is_named_with_its_directory() -> None:
    given = fixture(
        "-- docs/adr/0001-x.md --\n# 1. X\n\n[See](0002-use-postgres.md).\n-- docs/adr/0003-z.md --\n# 3. Z\n"
        "-- shop/adr/0002-use-postgres.md --\n# 2. Use Postgres\n-- shop/adr/0001-y.md --\n# 1. Y\n"
    )
    (problem,) = given.problems("link-broken")
    assert problem.message == ("There is no file “0002-use-postgres.md”; did you mean “../../shop/adr/0002-use-postgres.md”?")


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("As the upstream platform's ADR-0054 has it. See ADR-0054.", True),
        ("As upstream ADR-0054 has it, and ADR-54 again.", True),
        ("See the sibling ADR-0054.", True),
        ("See editions ADR-0054.", True),
        ("It follows the VRS ADR-0054.", True),
        ("It is SUPERSEDED by ADR-0054, and THE ADR-0054, SEE ADR-0054, TODO ADR-0054.", False),
        ("It’s ADR-0054.", False),
        ("See the ADR-0054.", False),
        ("This implements ADR-0054.", False),
        ("Superseded by ADR-0054.", False),
        ("As in ADR-0054, following ADR-0054.", False),
        ("See editions (ADR-0054).", False),
        ("## Context\n\nOur platform uses it: ADR-0054.", False),
    ],
)
def test_records_of_others_are_not_looked_for_here(said: str, *, known: bool) -> None:
    source = f"-- docs/adr/0001-x.md --\n# ADR-0001: X\n\n{said}\n-- docs/adr/0002-y.md --\n# ADR-0002: Y\n\n{{}}\n"
    assert bool(fixture(source.format("Text.")).problems("reference-unknown")) != known
    there = [
        problem for problem in fixture(source.format("See ADR-54.")).problems("reference-unknown") if "0002" in problem.path
    ]
    assert bool(there) != known


@pytest.mark.parametrize(("left", "count"), [(12, 1), (9, 9), (3, 3)])
def test_a_record_that_nobody_has_filled_in_is_one_report(left: int, count: int) -> None:
    asks = [f"Describe force number {n} at play in the harbour." for n in range(12)]
    own = [f"We count the ships of pier {n} by hand today." for n in range(12)]
    text = "\n\n".join([*asks[:left], *own[: 12 if left < 12 else 2]])
    template = "# N. Title\n\n## Context\n\n" + "\n\n".join(asks)
    given = fixture(
        f"-- docs/adr/template.md --\n{template}\n-- docs/adr/0001-x.md --\n# 1. X\n\n**Status**: Accepted\n\n## Context\n\n{text}\n"
    )
    assert len(given.problems("placeholder-left")) == count
