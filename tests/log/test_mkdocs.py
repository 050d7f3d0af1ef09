from __future__ import annotations

from pathlib import Path

import pytest

from adr_ls.cli import main, printing
from adr_ls.ide import actions
from adr_ls.index import create, judge, restyle, update
from adr_ls.log.mkdocs import Navigation
from tests.fixture import Fixture, fixture, written
from tests.index.test_index import RECORDS, log_on_disk

HEAD = """\
site_name: Ours # what we call it
docs_dir: docs
plugins:
  - search: {lang: !!python/tuple [en, de]}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
repo_url: !ENV [REPO, "https://x.org"]
"""


def given(nav: str, records: str = RECORDS, *, newline: str = "\n") -> Fixture:
    return fixture(f"-- mkdocs.yml --\n{HEAD}{nav}{records}", newline=newline)


def updated(nav: str, records: str = RECORDS, *, newline: str = "\n") -> str:
    """The navigation after an update; that a second one would change nothing is checked on the way."""
    found = given(nav, records, newline=newline)
    text = written(found.index.page, update.update(found.workspace, found.index))
    again = found.workspace.with_text(found.index.path, text)
    assert isinstance(again.file(found.index.path), Navigation)
    assert not judge.missing(again, again.indexes[found.index.path])
    assert not update.update(again, again.indexes[found.index.path])
    head = HEAD.replace("\n", newline)
    assert text.startswith(head)
    return text.removeprefix(head)


NAVIGATIONS = {
    "titles and paths": (
        """nav:
  - Home: index.md
  - Decisions:
      - 1. Use MySQL: adr/0001-use-mysql.md
      - 2. Use Postgres: adr/0002-use-postgres.md # ours
  - About: about.md
extra: {a: b}
""",
        "      - 2. Use Postgres: adr/0002-use-postgres.md # ours\n",
        "      - 3. Use Rust: adr/0003-use-rust.md\n",
    ),
    "paths alone": (
        "nav:\n- index.md\n- Decisions:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n\ntheme: readthedocs\n",
        "  - adr/0002-use-postgres.md\n",
        "  - adr/0003-use-rust.md\n",
    ),
    "quotes": (
        "nav:\n  - 'ADR-1: Use MySQL': 'adr/0001-use-mysql.md'\n  - 'ADR-2: Use Postgres': 'adr/0002-use-postgres.md'\n",
        "  - 'ADR-2: Use Postgres': 'adr/0002-use-postgres.md'\n",
        "  - 'ADR-3: Use Rust': 'adr/0003-use-rust.md'\n",
    ),
    "the newest first": (
        "nav:\n  - Use Postgres: adr/0002-use-postgres.md\n  - Use MySQL: adr/0001-use-mysql.md\n",
        "nav:\n",
        "  - Use Rust: adr/0003-use-rust.md\n",
    ),
}


@pytest.mark.parametrize(("before", "behind", "added"), NAVIGATIONS.values(), ids=NAVIGATIONS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_page_is_added_as_its_neighbours_are_written(before: str, behind: str, added: str, newline: str) -> None:
    assert updated(before, newline=newline) == before.replace(behind, behind + added).replace("\n", newline)


def test_a_title_that_yaml_would_misread_is_quoted() -> None:
    records = RECORDS.replace("# 3. Use Rust", "# 3. Rust: yes #1")
    before = "nav:\n  - Use MySQL: adr/0001-use-mysql.md\n  - Use Postgres: adr/0002-use-postgres.md\n"
    assert updated(before, records) == before + '  - "Rust: yes #1": adr/0003-use-rust.md\n'
    doubly = before.replace("- Use MySQL:", '- "Use MySQL":').replace("- Use Postgres:", '- "Use Postgres":')
    assert updated(doubly, records.replace("#1", 'said "x"')) == doubly + '  - "Rust: yes said \\"x\\"": adr/0003-use-rust.md\n'


def test_the_paths_count_from_the_directory_of_the_pages() -> None:
    nav = "nav:\n  - 0001-use-mysql.md\n  - 0002-use-postgres.md\n"
    found = fixture(f"-- mkdocs.yml --\ndocs_dir: 'docs/adr' # here\n{nav}{RECORDS}")
    assert written(found.index.page, update.update(found.workspace, found.index)).endswith("  - 0003-use-rust.md\n")


@pytest.mark.parametrize(
    "nav",
    [
        "nav: [adr/0001-use-mysql.md, adr/0002-use-postgres.md]\n",
        "nav:\n  - {Use MySQL: adr/0001-use-mysql.md}\n  - {Use Postgres: adr/0002-use-postgres.md}\n",
        "nav: !include nav.yml\n",
        "nav:\n  - Home: index.md\n",
        "nav:\n  - [broken\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n",
        "# nav:\n#  - adr/0001-use-mysql.md\n#  - adr/0002-use-postgres.md\n",
        "nav:\n" + "  - x\n" * 20000,
        "",
    ],
)
def test_what_is_not_written_in_lines_is_left_alone(nav: str) -> None:
    found = given(nav)
    assert not found.workspace.indexes
    assert not found.problems("index-missing-entry", "not-in-index")


def test_what_is_missing_and_what_is_dead_is_told_where_it_stands() -> None:
    found = given(
        "⟦nav⟧:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n  - Gone: ⟦adr/0009-gone.md⟧ # but not forgotten\n"
    )
    problems = found.problems("index-missing-entry", "index-dead-entry")
    assert found.marked(problems).startswith(
        f"-- mkdocs.yml --\n{HEAD}⟦nav⟧:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n  - Gone: ⟦adr/0009-gone.md⟧ #"
    )
    (missing,) = (problem for problem in problems if problem.rule.name == "index-missing-entry")
    assert "  - adr/0003-use-rust.md\n" in found.edited(missing.fixes[0].edits)
    text = written(found.index.page, update.pruning(found.workspace, found.index))
    assert text == f"{HEAD}nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n"
    assert not [a for a in actions.actions(found.workspace, found.index.path, problems[0].span) if "Silence" in a.title]


RENAMED = {
    "its title is the record's": ("  - Use Rust: adr/{}\n", "0003-oxide.md"),
    "its path alone": ("  - adr/{}\n", "0003-oxide.md"),
    "its path in quotes": ('  - "adr/{}"\n', "0003-oxide.md"),
    "its slug": ("  - Iron: adr/{} # third\n", "0003-use-rusty-iron.md"),
    "its folder": ("  - Iron: {} # third\n", "decisions/0003-use-rust.md"),
    "a name to be quoted": ("  - 'Use Rust': 'adr/{}'\n", "0003-that's it.md"),
}
"""How an item tells which record it means, and what its file was called."""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("item", "old"), RENAMED.values(), ids=RENAMED)
def test_a_path_that_died_when_a_file_was_renamed_is_told_and_mended(item: str, old: str, newline: str) -> None:
    before = f"nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n{item.format(old)}"
    new = "adr/0003-use-rust.md" if old.startswith("decisions/") else "0003-use-rust.md"
    found = given(before.replace(old, old.replace("'", "''")), newline=newline)
    (problem,) = found.problems("index-dead-entry", "index-missing-entry")
    assert problem.level == "warning"
    assert problem.message.startswith("This entry leads to no record: there is no “docs/")
    wanted = before.replace(old, new).replace("\n", newline)
    assert written(found.index.page, problem.fixes[0].change) == HEAD.replace("\n", newline) + wanted
    assert updated(before.replace(old, old.replace("'", "''")), newline=newline) == wanted


def test_a_path_whose_title_is_another_ones_is_told_and_stays() -> None:
    before = "nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n  - Buy a boat: adr/0003-boat.md\n"
    (problem,) = given(before).problems("index-dead-entry")
    assert [fix.title for fix in problem.fixes] == ["Link to ADR-0003, “Use Rust”", "Remove the entry"]
    assert not problem.fixes[0].preferred
    assert updated(before).endswith("  - Buy a boat: adr/0003-boat.md\n")


def test_a_line_end_that_is_missing_at_the_end_stays_so() -> None:
    found = given("nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n")
    workspace = found.workspace.with_text(found.index.path, found.index.page.text.rstrip())
    index = workspace.indexes[found.index.path]
    assert written(index.page, update.update(workspace, index)).endswith("2-use-postgres.md\n  - adr/0003-use-rust.md")


def test_a_section_is_not_left_empty() -> None:
    nav = "nav:\n  - A:\n      - adr/0001-use-mysql.md\n      - adr/0002-use-postgres.md\n  - B:\n      - adr/0009-gone.md\n"
    found = given(nav)
    assert not update.pruning(found.workspace, found.index)


def test_a_title_that_the_record_no_longer_has_is_told_of_and_corrected() -> None:
    records = "".join(f"-- docs/adr/000{n}-use-{w}.md --\n# {n}. Use {w.upper()}\n" for n, w in enumerate("abcdef", 1))
    nav = "nav:\n" + "".join(f"  - Use {w.upper()}: adr/000{n}-use-{w}.md\n" for n, w in enumerate("abcdef", 1))
    assert updated(nav, records.replace("Use B", "Use Bees")) == nav.replace("Use B:", "Use Bees:")
    found = given(nav, records.replace("Use B", "B: that's it"))
    (problem,) = found.problems("index-title")
    assert not problem.fixes
    assert updated(nav, records.replace("Use B", "B: that's it")) == nav


def test_the_navigation_has_one_style_and_is_no_reason_against_an_index() -> None:
    found = given("nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n")
    for style in create.STYLES:
        assert restyle.restyle(found.workspace, found.index, style) == restyle.Restyled()


def test_the_command_updates_it_and_creates_an_index_beside_it(tmp_path: Path) -> None:
    log_on_disk(tmp_path, None)
    file = tmp_path / "mkdocs.yml"
    before = f"{HEAD}nav:\n  - adr/0001-a.md\n  - adr/0002-b.md\n"
    file.write_text(before, encoding="utf-8")
    assert main.main(["index", str(tmp_path), "--check"]) == printing.PROBLEMS
    assert main.main(["index", str(tmp_path)]) == printing.OK
    assert file.read_text(encoding="utf-8") == f"{before}  - adr/0003-c.md\n"
    assert main.main(["index", str(tmp_path), "--check"]) == printing.OK
    assert main.main(["index", str(tmp_path), "--create"]) == printing.OK
    assert (tmp_path / "docs" / "adr" / "README.md").exists()


def test_a_record_refers_to_where_it_is_listed() -> None:
    found = given("nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n")
    assert "/w/mkdocs.yml" in found.workspace.backlinks["/w/docs/adr/0001-use-mysql.md"]


def test_an_edit_of_the_fix_is_minimal() -> None:
    found = given("nav:\n  - adr/0001-use-mysql.md\n  - adr/0002-use-postgres.md\n")
    change = update.update(found.workspace, found.index)
    ((_, edit),) = change.edits
    assert edit.span.start == edit.span.end
    assert found.edited(change).count("\n") == found.render(found.texts).count("\n") + 1
