"""Comments that silence rules."""

from __future__ import annotations

import pytest

from adr_ls.ide import actions
from adr_ls.syntax.text import Span
from tests.fixture import Fixture, clean, fixture, whole


def codes(text: str) -> list[str]:
    return [problem.rule.name for problem in fixture(text).problems()]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("", ["status-unknown"]),
        ("<!-- adr-ls-disable-next-line status-unknown -->", []),
        ("<!--adr-ls-disable-next-line status-unknown, date-impossible-->", ["suppression-unused"]),
        ("<!-- adr-ls-disable-next-line -->", []),
        ("<!-- adr-ls-disable status-unknown -->", []),
        ("<!-- adr-ls-disable-file status-unknown -->", []),
        (
            "<!-- adr-ls-disable status-unknown -->\n<!-- adr-ls-enable status-unknown -->",
            ["suppression-unused", "status-unknown"],
        ),
        ("<!-- adr-ls-disable status-unknown -->\n<!-- adr-ls-enable -->", ["suppression-unused", "status-unknown"]),
        ("<!-- adr-ls-disable -->\n<!-- adr-ls-enable date-impossible -->", []),
        ("<!-- adr-ls-disable -->\n<!-- adr-ls-enable status-unknown -->", ["suppression-unused", "status-unknown"]),
        ("<!-- adr-ls-disable-next-line status-unknown -->\n\n", []),
        ("<!-- adr-ls-disable-nextline status-unknown -->", ["suppression-unknown", "status-unknown"]),
        ("<!-- adr-ls-disable-line status-unknown -->", ["suppression-unused", "status-unknown"]),
        ("<!-- ADR-LS-Disable-Next-Line Status-Unknown -->", []),
        ("<!-- adr-ls-disable-next-line status-unknown -- we mean it so -->", []),
        ("<!-- adr-ls-disable-next-line status-unknown: we mean it so -->", []),
        (
            "<!-- adr-ls-disable status-unknown -->\n<!-- adr-ls-enable status-unknwn -->",
            ["suppression-unknown"],
        ),
        ("<!-- adr-ls-enable status-unknown -->", ["suppression-unused", "status-unknown"]),
        ("<!-- adr-ls-enable -->", ["suppression-unused", "status-unknown"]),
        ("<!-- adr-ls-disable-next-line number-gap -->", ["status-unknown"]),
        ("<!-- madr-lint-disable-next-line madr/status-enum, madr/date-iso8601 -->", []),
        ("<!-- madr-lint-disable -->\n<!-- adr-ls-enable -->", ["suppression-unused"]),
        ("<!-- madr-lint-disable -->\n<!-- madr-lint-enable madr/status-enum -->", ["status-unknown"]),
        ("<!-- madr-lint-disable madr/no-numbering-gap, madr/none-that-we-know -->", ["status-unknown"]),
        ("<!-- adr-kit-lint: skip -->", []),
        ("<!-- ADR-kit-lint: skip completeness -->", ["status-unknown"]),
        ("<!-- adr-kit-lint: advisory -->\n<!-- adr-kit-lint: skip -->", ["status-unknown"]),
        ("`<!-- adr-kit-lint: skip -->`", ["status-unknown"]),
        ("<!-- adr-ls-disable-next-line date-impossible -->", ["suppression-unused", "status-unknown"]),
        ("<!-- adr-ls-disable-next-line status-unknwn -->", ["suppression-unknown", "status-unknown"]),
        ("`<!-- adr-ls-disable-next-line status-unknown -->`", ["status-unknown"]),
    ],
)
def test_a_comment_silences_what_it_names_and_no_more(comment: str, expected: list[str]) -> None:
    assert codes(f"# 1. A\n\n{comment}\n**Status**: Acepted\n") == expected


def test_front_matter_has_comments_of_its_own() -> None:
    assert codes("---\n# adr-ls-disable-next-line status-unknown\nstatus: Acepted\n---\n# 1. A\n") == []


def test_every_problem_can_be_silenced_where_it_stands() -> None:
    text = clean("""
        # 1. A

        **Status**: Acepted
        **Date**: 2024-02-30
        """)
    given: Fixture = fixture(text)
    offered = [
        action
        for action in actions.actions(given.workspace, given.path, Span(0, len(text)))
        if action.title.startswith("Silence")
    ]
    assert [action.title for action in offered] == [
        "Silence status-unknown on this line",
        "Silence date-impossible on this line",
    ]
    assert not any(action.preferred for action in offered)
    for action in offered:
        after = fixture(given.edited(action.change.edits))
        assert action.problem is not None
        assert action.problem.rule.name not in [problem.rule.name for problem in after.problems()]
        assert "suppression-unused" not in [problem.rule.name for problem in after.problems()]


@pytest.mark.parametrize(
    ("comment", "after"),
    [
        ("<!-- adr-ls-disable-next-line date-impossible -->\n", ""),
        ("<!-- adr-ls-disable date-impossible, status-unknown -->\n", "<!-- adr-ls-disable status-unknown -->\n"),
        ("<!-- adr-ls-disable status-unknown , date-impossible -->\n", "<!-- adr-ls-disable status-unknown -->\n"),
        ("<!--adr-ls-disable status-unknown title-missing date-future-->\n", "<!--adr-ls-disable status-unknown-->\n"),
        ("Words <!-- adr-ls-disable-file date-impossible -->\n\n", "Words\n\n"),
        ("<!-- adr-ls-disable date-impossible -->\n\nWords\n\n<!-- adr-ls-enable -->\n\n", "Words\n\n"),
    ],
)
def test_what_silences_nothing_is_taken_out(comment: str, after: str) -> None:
    given: Fixture = fixture(f"# 1. A\n\n{comment}**Status**: Acepted\n")
    changed = actions.applied(given.workspace, actions.fix_all_in(given.workspace, [given.path]))
    assert whole(changed, given.path).text.startswith(f"# 1. A\n\n{after}**Status**: A")


def test_nothing_is_called_unused_where_its_rule_was_switched_off() -> None:
    text = "# 1. A\n\n<!-- adr-ls-disable-next-line status-unknown -->\n**Status**: Accepted\n"
    assert codes(text) == ["suppression-unused"]
    assert codes(f'-- adr-ls.toml --\nrules.status-unknown = "off"\n-- docs/adr/0001-a.md --\n{text}') == []


LISTED = """
    -- docs/adr/0001-a.md --
    # 1. A

    **Status**: Accepted

    > Quoted.
    > See [B](0007-gone.md).
    > So it is.

    Words before  
    and [C](0007-gone.md)  
    and words behind.

    - one
    - [D](0007-gone.md)
    - three

      ADR-0099
    -- docs/adr/0002-b.md --
    # 2. B

    **Status**: Accepted
    -- docs/adr/README.md --
    # Decisions

    | ADR | Status |
    | --- | --- |
    | [A](0001-a.md) | Accepted |
    | [B](0002-b.md) | Proposed |
    | [C](0007-gone.md) | Accepted |
    """  # noqa: W291  # two blanks at the end of a line break it


def test_silencing_breaks_no_block() -> None:
    given = fixture(LISTED)
    before = given.problems()
    assert len(before) >= 5
    for problem in before:
        (action,) = [
            action
            for action in actions.actions(given.workspace, problem.path, problem.span)
            if action.problem is not None and action.problem.message == problem.message and action.title.startswith("Silence")
        ]
        after = fixture(given.edited(action.change.edits)).problems()
        left = [(one.rule.name, one.message) for one in before if one is not problem]
        assert [(one.rule.name, one.message) for one in after] == left, problem.message


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text", ["<!-- adr-kit-lint:{}", "<!-- adr-ls-disable{}", "<!--{}adr-ls-disable", "<!-- adr-ls-disable a,{}b: c"]
)
def test_a_comment_of_blanks_takes_no_time(text: str) -> None:
    assert codes("# 1. A\n\n" + text.format(" " * 50_000) + "\n") == []
