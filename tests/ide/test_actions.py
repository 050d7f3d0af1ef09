from __future__ import annotations

import pytest

from adr_ls import rules
from adr_ls.ide import actions as acting
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import Edit, Span
from tests.fixture import Fixture, fixture, whole

INDEXED = """
-- docs/adr/README.md --
# Decisions

## Index

- [ADR-001: A](./001-a.md)
  - **Status**: Accepted
  - **Summary**: Do A

- [ADR-002: B](./002-b.md)
  - **Status**: Proposed
  - **Summary**: Do B

## More
-- docs/adr/001-a.md --
# ADR-001: A

**Status**: Accepted

## Decision

A.
-- docs/adr/002-b.md --
# ADR-002: B

**Status**: Accepted

## Decision

B.
-- docs/adr/003-c.md --
# ADR-003: C

**Status**: Proposed

## Decision

We will use C for everything, as follows:
""".lstrip("\n")

UPDATED = INDEXED.replace("  - **Status**: Proposed\n", "  - **Status**: Accepted\n").replace(
    "  - **Summary**: Do B\n\n",
    "  - **Summary**: Do B\n\n- [ADR-003: C](./003-c.md)\n  - **Status**: Proposed\n  - **Summary**: C for everything\n\n",
)


def actions(given: Fixture, *kinds: str, path: str = "") -> list[acting.Action]:
    path = given.file(path or given.path).path
    spans = given.spans[path] or (Span(given.offset, given.offset),)
    return list(acting.actions(given.workspace, path, spans[0], kinds))


def test_the_fixes_of_the_problems_at_the_selection_are_offered() -> None:
    given = fixture("""
        -- docs/adr/0004-a.md --
        # $03. A

        **Status**: Acepted
        -- docs/adr/0005-b.md --
        # 5. B
        """)
    found, silence = actions(given, "quickfix")
    assert silence.title == "Silence number-mismatch on this line"
    assert found.title == "Change the title's number to 4"
    assert found.preferred
    assert found.problem
    assert found.problem.rule.name == "number-mismatch"
    assert given.edited(found.change).startswith("-- docs/adr/0004-a.md --\n# 4. A\n")


def test_a_selection_offers_the_fixes_of_all_it_touches() -> None:
    given = fixture("-- docs/adr/0004-a.md --\n⟦# 3. A\n\n**Status**: Acepted⟧\n")
    assert [found.title for found in actions(given)] == [
        "Change the title's number to 4",
        "Change to “Accepted”",
        "Silence number-mismatch on this line",
        "Silence status-unknown on this line",
    ]
    assert not actions(given, "refactor")
    assert not actions(given, "source.organizeImports")


@pytest.mark.parametrize("path", ["docs/adr/README.md", "docs/adr/001-a.md", "docs/adr/003-c.md"])
@pytest.mark.parametrize("kind", ["source", "source.updateIndex", acting.UPDATE_INDEX])
def test_the_index_is_updated_from_itself_and_from_every_record(path: str, kind: str) -> None:
    given = fixture(INDEXED)
    (found,) = (action for action in actions(given, kind, path=path) if action.kind == acting.UPDATE_INDEX)
    name = "" if path.endswith("README.md") else " README.md"
    assert found.title == f"Update the ADR index{name} (1 to add, 1 to correct)"
    assert given.edited(found.change) == UPDATED
    assert not list(acting.index_updates(fixture(UPDATED).workspace, given.file(path).path))


def test_an_index_of_nothing_new_needs_no_update() -> None:
    assert not [found for found in actions(fixture(UPDATED), path="docs/adr/001-a.md") if found.kind == acting.UPDATE_INDEX]


def test_a_page_that_is_no_index_offers_nothing() -> None:
    given = fixture("-- docs/adr/README.md --\n# About$0\n\nProse.\n-- docs/adr/0001-a.md --\n# 1. A\n")
    assert [found.kind for found in actions(given)] == [acting.CREATE_INDEX]
    assert not list(acting.actions(given.workspace, "/w/elsewhere.md", Span(0, 0)))


BROKEN = """
-- docs/adr/README.md --
# Decisions

* [1. A](0001-aa.md)
* [2. B](0002-b.md) - Proposed
* [3. C](0003-c.md)
-- docs/adr/0001-a.md --
# 2. A

**Status**: Acepted
-- docs/adr/0002-b.md --
# 2. B

**Status**: Superceded by [1. A](0001-aa.md)
-- docs/adr/0003-c.md --
# 3. C

**Status**: Accepted
-- docs/adr/0004-d.md --
# 4. D

**Status**: Accepted
""".lstrip("\n")

MENDED = """
-- docs/adr/README.md --
# Decisions

* [1. A](0001-a.md)
* [2. B](0002-b.md) - Superseded
* [3. C](0003-c.md)
* [4. D](0004-d.md)
-- docs/adr/0001-a.md --
# 1. A

**Status**: Accepted
**Supersedes**: [2. B](0002-b.md)
-- docs/adr/0002-b.md --
# 2. B

**Status**: Superseded by [1. A](0001-a.md)
-- docs/adr/0003-c.md --
# 3. C

**Status**: Accepted
-- docs/adr/0004-d.md --
# 4. D

**Status**: Accepted
""".lstrip("\n")


def test_fix_all_of_everything_reaches_a_state_that_it_leaves_alone() -> None:
    given = fixture(BROKEN)
    change = acting.fix_all_in(given.workspace, given.texts)
    changed = acting.applied(given.workspace, change)
    assert given.edited(change) == MENDED
    assert {path: whole(changed, path).text for path in given.texts} == dict(fixture(MENDED).texts)
    assert not acting.fix_all_in(fixture(MENDED).workspace, given.texts)
    assert not [problem for problem in rules.check(changed) if any(fix.preferred and fix.edits for fix in problem.fixes)]


def test_fix_all_of_a_file_is_offered_where_it_is_asked_for() -> None:
    given = fixture(BROKEN)
    for kind in ("source.fixAll", acting.FIX_ALL):
        (found,) = (action for action in actions(given, kind, path="docs/adr/0001-a.md") if action.kind == acting.FIX_ALL)
        assert found.change.by_path.keys() == {"/w/docs/adr/0001-a.md"}
        assert "# 1. A\n\n**Status**: Accepted\n" in given.edited(found.change)
    assert not [found for found in actions(given, path="docs/adr/0001-a.md") if found.kind == acting.FIX_ALL]
    assert not actions(fixture(MENDED), "source.fixAll", path="docs/adr/0001-a.md")


def test_fix_all_applies_no_fix_that_is_a_choice() -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A\n\n**Status**: Proposed | Accepted | Rejected\n")
    assert not acting.fix_all(given.workspace, given.path)
    (problem,) = given.problems()
    assert [fix.title for fix in problem.fixes] == [
        f"Set the status to “{word}”" for word in ("Proposed", "Accepted", "Rejected")
    ]


def test_edits_that_do_not_fit_together_change_nothing() -> None:
    given = fixture("# 1. A\n")
    wrong = Change.of("", given.path, [Edit(Span(0, 3), "x"), Edit(Span(2, 5), "y")])
    assert acting.applied(given.workspace, wrong) is given.workspace
    assert acting.applied(given.workspace, Change.of("", "/w/gone.md", [Edit(Span(0, 0), "x")])) is given.workspace


def test_fix_all_brings_a_long_index_up_to_date_in_one_go() -> None:
    records = "".join(f"-- docs/adr/{n:04}-x{n}.md --\n# {n}. Thing {n}\n" for n in range(1, 121))
    lines = [f"* [{n}. Thing {n}]({n:04}-x{n}.md)\n" for n in range(1, 121)]
    given = fixture(f"-- docs/adr/README.md --\n{''.join(lines[:60])}{records}")
    change = acting.fix_all_in(given.workspace, given.texts)
    changed = acting.applied(given.workspace, change)
    assert whole(changed, "/w/docs/adr/README.md").text == "".join(lines)
    assert change.by_path.keys() == {"/w/docs/adr/README.md"}


DEAD = """
-- docs/adr/README.md --
# Decisions

* [1. A](0001-a.md)
* [4. Gone](⟦0004-gone.md⟧)
* [2. B](0002-b.md)
* [5. Lost](0005-lost.md)
  Why.
-- docs/adr/0001-a.md --
# 1. A
-- docs/adr/0002-b.md --
# 2. B
-- docs/adr/0003-c.md --
# 3. C
""".lstrip("\n")


def test_dead_entries_are_removed_one_by_one_or_all_at_once() -> None:
    given = fixture(DEAD)
    found = {action.title: action for action in actions(given, "quickfix")}
    text = fixture(DEAD).render(given.texts)
    assert given.edited(found["Remove the entry"].change) == text.replace("* [4. Gone](0004-gone.md)\n", "")
    pruned = text.replace("* [4. Gone](0004-gone.md)\n", "").replace("* [5. Lost](0005-lost.md)\n  Why.\n", "")
    assert given.edited(found["Remove 2 dead entries"].change) == pruned
    assert not found["Remove 2 dead entries"].preferred
    (source,) = actions(given, acting.PRUNE_INDEX)
    assert given.edited(source.change) == pruned
    (above,) = actions(given, acting.PRUNE_INDEX, path="docs/adr/0001-a.md")
    assert above.title == "Remove 2 dead entries from README.md"


def test_the_update_of_all_is_offered_with_the_problem_of_one_wherever_it_is_told() -> None:
    given = fixture(INDEXED)
    texts = {action.title: given.edited(action.change) for action in actions(given, "quickfix", path="docs/adr/003-c.md")}
    assert texts["Update the ADR index README.md (1 to add, 1 to correct)"] == UPDATED
    assert texts["Add ADR-003 to README.md"] == UPDATED.replace(
        "  - **Status**: Accepted\n  - **Summary**: Do B", "  - **Status**: Proposed\n  - **Summary**: Do B"
    )
    there = given.file("docs/adr/README.md")
    spot = there.text.index("Proposed")
    found = acting.actions(given.workspace, there.path, Span(spot, spot), ["quickfix"])
    assert given.edited(next(action for action in found if action.title.startswith("Update")).change) == UPDATED


def test_a_record_offers_to_correct_what_the_index_says_of_it() -> None:
    given = fixture(INDEXED)
    spot = given.file("docs/adr/002-b.md").text.index("Accepted")
    found = acting.actions(given.workspace, given.file("docs/adr/002-b.md").path, Span(spot, spot), ["quickfix"])
    action = next(action for action in found if action.title == "Change README.md to “Accepted”")
    assert "  - **Status**: Accepted\n  - **Summary**: Do B" in given.edited(action.change)


def test_on_save_the_index_is_updated_only_if_so_set() -> None:
    given = fixture(INDEXED)
    assert not acting.on_save(given.workspace, "/w/docs/adr/003-c.md")
    given = fixture(INDEXED + "-- adr-ls.toml --\nupdate-index-on-save = true\n")
    for path in ("/w/docs/adr/003-c.md", "/w/docs/adr/README.md"):
        assert given.edited(acting.on_save(given.workspace, path)).startswith(UPDATED)
    assert not acting.on_save(given.workspace, "/w/notes.md")


def test_the_date_of_an_index_follows_its_updates_only_if_so_set() -> None:
    dated = INDEXED.replace("## More\n", "## More\n\n**Last updated**: 2024-01-02\n")
    for settings, date in (("", "2024-01-02"), ("-- adr-ls.toml --\nbump-index-date = true\n", "2030-01-01")):
        given = fixture(dated + settings)
        (action,) = acting.index_updates(given.workspace, "/w/docs/adr/README.md")
        assert f"**Last updated**: {date}\n" in given.edited(action.change)
        assert not list(acting.index_updates(fixture(given.edited(action.change)).workspace, "/w/docs/adr/README.md"))


LATE = acting.Offering(moves=True, is_late=True)
"""For an editor that asks for the edits of an action when it is chosen."""


@pytest.mark.parametrize("path", ["docs/adr/README.md", "docs/adr/001-a.md", "docs/adr/002-b.md", "docs/adr/003-c.md"])
def test_what_is_chosen_later_does_what_it_would_have_done_at_once(path: str) -> None:
    given = fixture(INDEXED.replace("## More\n", "- [ADR-004: D](./004-d.md)\n\n## More\n"))
    found, span = given.file(path), Span(0, 2000)
    at_once = list(acting.actions(given.workspace, found.path, span, offering=acting.Offering(moves=True)))
    late = list(acting.actions(given.workspace, found.path, span, offering=LATE))
    assert [action.title for action in late] == [action.title for action in at_once]
    assert any(action.choice for action in late)
    for one, other in zip(late, at_once, strict=True):
        if one.choice:
            chosen = acting.chosen(given.workspace.settled(), found.path, span, one.choice)
            assert chosen is not None
            assert (one.change.edits, chosen.change) == ((), other.change)
        else:
            assert one.change == other.change


def test_an_action_that_is_done_already_is_none() -> None:
    given = fixture(INDEXED)
    path = given.file("docs/adr/003-c.md").path
    (late,) = acting.actions(given.workspace, path, Span(0, 0), [acting.UPDATE_INDEX], LATE)
    done = fixture(UPDATED).workspace
    assert acting.chosen(done, path, Span(0, 0), late.choice) is None


def test_what_keeps_an_index_from_another_style_is_told_when_that_is_chosen() -> None:
    given = fixture("""
        -- docs/adr/README.md --
        - [x] [1. A](0001-a.md)
        - [ ] [2. B](0002-b.md)
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        """)
    path = given.file("docs/adr/README.md").path
    late = [one for one in acting.actions(given.workspace, path, Span(0, 0), offering=LATE) if one.kind == acting.RESTYLE_INDEX]
    assert [(one.title, one.disabled) for one in late] == [
        ("Turn the ADR index into nested bullets", ""),
        ("Turn the ADR index into a table", ""),
    ]
    chosen = acting.chosen(given.workspace, path, Span(0, 0), late[1].choice)
    assert chosen is not None
    assert (chosen.disabled, bool(chosen.change)) == ("Line 1 keeps it from that: it is an item to tick.", False)
    asked = acting.actions(given.workspace, path, Span(0, 0), [acting.RESTYLE_INDEX], LATE)
    assert chosen.disabled in [one.disabled for one in asked]


def test_a_renumbering_is_worked_out_when_it_is_chosen() -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# $1. A\n-- docs/adr/0001-b.md --\n# 1. B\n\nSee [1](0001-a.md).\n")
    path = given.file("docs/adr/0001-a.md").path
    (late,) = [one for one in acting.actions(given.workspace, path, Span(2, 2), offering=LATE) if one.choice]
    chosen = acting.chosen(given.workspace, path, Span(2, 2), late.choice)
    assert chosen is not None
    assert (late.title, bool(late.change), bool(chosen.change.edits), len(chosen.change.moves)) == (
        "Renumber this record to 2",
        False,
        True,
        1,
    )
