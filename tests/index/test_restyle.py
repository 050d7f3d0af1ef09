from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from adr_ls.ide import actions
from adr_ls.index import create, judge, restyle, update
from adr_ls.log.workspace import Workspace
from adr_ls.syntax.text import apply
from tests.conftest import EVERYTHING
from tests.fixture import Fixture, fixture
from tests.index.test_index import ONE, RECORDS, THREE, TWO
from tests.test_corpora import collections, loaded


def given(index: str, newline: str = "\n") -> Fixture:
    return fixture(f"-- docs/adr/README.md --\n{index}{RECORDS}", newline=newline)


def restyled(index: str, style: create.Style, newline: str = "\n") -> str:
    """The index in another style; that a second time would change nothing is checked on the way."""
    found = given(index, newline)
    edits, obstacles = restyle.restyle(found.workspace, found.index, style)
    assert not obstacles
    typed = found.typed(found.index.path)
    assert restyle.restyle(typed, typed.indexes[found.index.path], style).edits == edits
    text = apply(found.index.page.text, edits)
    again = given(text.replace("\r\n", "\n"), newline)
    assert restyle.restyle(again.workspace, again.index, style) == restyle.Restyled()
    assert not update.update(again.workspace, again.index)
    return text


BARE = f"# Log\n\n* {ONE}\n* {TWO}\n* {THREE}\n\nText.\n"
FLAT = f"# Log\n\n- {ONE} - Superseded\n- {TWO} - Accepted - *Our* store\n- {THREE} - Proposed\n\nText.\n"
NESTED = f"""# Log

- {ONE}
  - **Status**: Superseded

- {TWO}
  - **Status**: Accepted
  - **Summary**: *Our* store

- {THREE}
  - **Status**: Proposed

Text.
"""
TABLE = f"""# Log

| ADR                                     | Status     | Summary     |
| --------------------------------------- | ---------- | ----------- |
| {ONE}       | Superseded |             |
| {TWO} | Accepted   | *Our* store |
| {THREE}         | Proposed   |             |

Text.
"""
OWN = """# Log

| # | Title | Status | Owner |
| - | - | - | - |
| 1 | [Use MySQL](0001-use-mysql.md) | Superseded | Zoë, [x](http://x.org) |
| 2 | [Use Postgres](0002-use-postgres.md) | Accepted | |
| 3 | [Use Rust](0003-use-rust.md) | Proposed | A \\| B |
"""
SPLIT = """# Log

| ADR | Title |
| - | - |
| [ADR-0001](0001-use-mysql.md) | MySQL, `at` last |
| [ADR-0002](0002-use-postgres.md) | Use Postgres |
| [ADR-0003](0003-use-rust.md) | Use Rust |
"""

TURNED: dict[str, tuple[str, create.Style, str]] = {
    "flat to nested": (FLAT, "nested", NESTED),
    "flat to table": (FLAT, "table", TABLE),
    "nested to flat": (NESTED, "bullets", FLAT),
    "nested to table": (NESTED, "table", TABLE),
    "table to flat": (TABLE, "bullets", FLAT),
    "table to nested": (TABLE, "nested", NESTED),
    "bare to nested, with what a new index would say": (
        BARE,
        "nested",
        (
            f"# Log\n\n* {ONE}\n  - **Status**: Superseded\n  - **Summary**: Use MySQL\n\n* {TWO}\n  - **Status**: Accepted\n"
            f"  - **Summary**: Use Postgres\n\n* {THREE}\n  - **Status**: Proposed\n  - **Summary**: Rust | Go\n\nText.\n"
        ),
    ),
    "columns of people's own become statements": (
        OWN,
        "nested",
        (
            "# Log\n\n- [1: Use MySQL](0001-use-mysql.md)\n  - **Status**: Superseded\n  - **Owner**: Zoë, [x](http://x.org)\n\n"
            "- [2: Use Postgres](0002-use-postgres.md)\n  - **Status**: Accepted\n\n"
            "- [3: Use Rust](0003-use-rust.md)\n  - **Status**: Proposed\n  - **Owner**: A | B\n"
        ),
    ),
    "columns of people's own stay named": (
        OWN,
        "bullets",
        (
            "# Log\n\n- [1: Use MySQL](0001-use-mysql.md) - Superseded - Owner: Zoë, [x](http://x.org)\n"
            "- [2: Use Postgres](0002-use-postgres.md) - Accepted\n- [3: Use Rust](0003-use-rust.md) - Proposed - Owner: A | B\n"
        ),
    ),
    "a title of its own column": (
        SPLIT,
        "bullets",
        (
            "# Log\n\n- [ADR-0001: MySQL, `at` last](0001-use-mysql.md)\n- [ADR-0002: Use Postgres](0002-use-postgres.md)\n"
            "- [ADR-0003: Use Rust](0003-use-rust.md)\n"
        ),
    ),
    "what has the style already": (TABLE, "table", TABLE),
}


@pytest.mark.parametrize(("before", "style", "after"), TURNED.values(), ids=TURNED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_index_is_turned_into_another_style(before: str, style: create.Style, after: str, newline: str) -> None:
    assert restyled(before, style, newline) == after.replace("\n", newline)


REFUSED: dict[str, tuple[str, create.Style, int, str]] = {
    "words below an entry": (
        f"- {ONE}\n- {TWO}\n\n  Because.\n- {THREE}\n",
        "table",
        3,
        "it holds words that are no statement with a name of its own",
    ),
    "a bullet without a name": (
        f"- {ONE}\n  - **Status**: Superseded\n  - To be read\n- {TWO}\n- {THREE}\n",
        "bullets",
        2,
        "it holds words that are no statement with a name of its own",
    ),
    "a row that lists nothing": (
        f"| ADR | Status |\n| - | - |\n| {ONE} | Superseded |\n| **Data** | |\n| {TWO} | |\n| {THREE} | |\n",
        "nested",
        3,
        "it is no entry of a record",
    ),
    "a column without a name": (
        f"| ADR | |\n| - | - |\n| {ONE} | mine |\n| {TWO} | |\n| {THREE} | |\n",
        "nested",
        2,
        "“mine” stands in a column without a name",
    ),
    "a list in a list": (
        f"- Data\n  - {ONE}\n  - {TWO}\n- Code\n  - {THREE}\n",
        "table",
        1,
        "it stands inside another list, where a table has no place",
    ),
    "tasks": (f"- [x] {ONE}\n- [x] {TWO}\n- [ ] {THREE}\n", "table", 0, "it is an item to tick"),
    "a statement made twice": (
        f"- {ONE}\n  - Owner: A\n  - Owner: B\n- {TWO}\n- {THREE}\n",
        "table",
        0,
        "it says “Owner” twice",
    ),
    "a conflict": (
        f"<<<<<<< HEAD\n* {ONE}\n=======\n* {TWO}\n>>>>>>> x\n* {THREE}\n",
        "table",
        0,
        "it has the marks of a merge conflict",
    ),
}


@pytest.mark.parametrize(("before", "style", "line", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_has_no_place_in_the_other_style_is_named_and_stays(
    before: str, style: create.Style, line: int, reason: str
) -> None:
    found = given(before)
    edits, obstacles = restyle.restyle(found.workspace, found.index, style)
    assert not edits
    assert obstacles[0] == (line, reason)


def test_a_table_gets_the_blank_lines_that_it_needs() -> None:
    text = restyled(f"These:\n- {ONE} (superseded)\n- {TWO}\n- {THREE}\n<!-- end -->\n", "table")
    assert text.startswith("These:\n\n| ADR ")
    assert text.endswith("|\n\n<!-- end -->\n")


def test_the_actions_offer_the_other_styles() -> None:
    found = given(NESTED)
    offered = {
        action.title: action
        for action in actions.actions(found.workspace, found.index.path, found.index.entries[0].own, ["refactor"])
    }
    assert list(offered) == ["Turn the ADR index into one line per record", "Turn the ADR index into a table"]
    assert TABLE in found.edited(offered["Turn the ADR index into a table"].change.edits)
    assert not list(actions.index_restylings(found.workspace, "/w/docs/adr/0001-use-mysql.md"))


def test_the_styles_of_a_long_index_are_only_worked_out_if_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    found = given(NESTED)
    spot = found.index.entries[0].own
    for longest, titles in ((3, 2), (2, 0)):
        monkeypatch.setattr(actions, "UNASKED", longest)
        offered = [action for action in actions.actions(found.workspace, found.index.path, spot) if "Turn" in action.title]
        assert len(offered) == titles
    assert list(actions.actions(found.workspace, found.index.path, spot, ["refactor.rewrite"]))


# --- The property: what people wrote is still there ---------------------------------------------------------------------------------


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _turned(workspace: Workspace, path: str) -> Iterator[str]:
    index = workspace.indexes[path]
    before = index.page.text
    for style in create.STYLES:
        edits, obstacles = restyle.restyle(workspace, index, style)
        assert not (edits and obstacles)
        if not edits:
            yield "refused" if obstacles else "as it was"
            continue
        changed = workspace.with_text(path, apply(before, edits))
        after = changed.indexes[path]
        assert [entry.path for entry in after.entries] == [entry.path for entry in index.entries]
        keys = {word for entry in index.entries for field in entry.fields for word in _words(field.key)}
        assert not {word for word in _words(before) if word not in _words(after.page.text)} - keys
        assert restyle.restyle(changed, after, style) == restyle.Restyled()
        known = {(found.record.path, found.kind) for found in judge.stale(workspace, index)}
        assert {(found.record.path, found.kind) for found in judge.stale(changed, after)} <= known
        for other in create.STYLES:
            back = restyle.restyle(changed, after, other)
            if back.edits:
                text = apply(after.page.text, back.edits)
                again = changed.with_text(path, text).indexes[path]
                assert [entry.path for entry in again.entries] == [entry.path for entry in index.entries]
        yield "turned"


def test_every_index_can_be_turned_or_says_what_is_in_the_way(corpora: Path) -> None:
    total: Counter[str] = Counter()
    for root in collections(corpora):
        if not EVERYTHING and root.name.startswith("eclipse"):
            continue
        workspace = loaded(root).workspace
        for path in workspace.indexes:
            total += Counter(_turned(workspace, path))
    print(dict(total))  # noqa: T201  # what the test is asked to tell
    assert total["turned"] > total["refused"]


def test_an_action_that_cannot_be_done_says_why() -> None:
    before, style, line, reason = next(iter(REFUSED.values()))
    found = given(before)
    title = f"Turn the ADR index into {actions.TITLES[style]}"
    (action,) = [one for one in actions.index_restylings(found.workspace, found.index.path) if one.title == title]
    assert action.disabled == f"Line {line + 1} keeps it from that: {reason}."
    assert not action.change.edits
