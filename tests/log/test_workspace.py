"""However a workspace came to its texts by typing, it is the one that is built from those texts anew."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls import rules
from adr_ls.log.earlier import Earlier
from adr_ls.log.log import Log, ordered
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record
from adr_ls.syntax.pieced import Pieced
from adr_ls.words.language import Relation
from tests import fixture
from tests.conftest import examples

FILES = {
    "docs/adr/0001-use-mysql.md": "# ADR-0001: Use MySQL\n\n**Status**: Superseded by [ADR-0002](0002-use-postgres.md)\n",
    "docs/adr/0002-use-postgres.md": "# ADR-0002: Use Postgres\n\n**Status**: Accepted\n**Supersedes**: ADR-0001\n",
    "docs/adr/0003-use-kafka.md": "# ADR-0003: Use Kafka\n\n**Status**: Accepted\n\n## Context\n\nAfter ADR-0002.\n",
    "docs/adr/use-rust.md": "---\nid: 4\n---\n# Use Rust\n\n**Status**: Accepted\n\n## Context\n\nAfter ADR-0003.\n",
    "docs/adr/README.md": "# Decisions\n\n* [1](0001-use-mysql.md)\n* ADR-0002 Use Postgres\n* ADR-0003 Use Kafka\n* ADR-4 Rust\n",
    "docs/decisions/0001-use-tea.md": "# 1. Use tea\n\nDate: 2025-01-02\n\n## Status\n\nAccepted\n",
    "docs/decisions/0002-use-milk.md": "# 2. Use milk\n\nDate: 2025-01-03\n\n## Status\n\nAmends [1](0001-use-tea.md)\n",
    "docs/README.md": "# Project\n\nSee [tea](decisions/0001-use-tea.md) and [Kafka](adr/0003-use-kafka.md).\n",
}
PIECES = (
    "ADR-0001",
    "[two](0002-use-postgres.md)",
    "[tea](../decisions/0001-use-tea.md)",
    "**Supersedes**: ADR-0003\n",
    "**Status**: Superseded by ADR-4\n",
    "**Amends**: ADR-0001\n",
    "# Another title\n",
    "\n## Context\n\n",
    "Date: 1/2/2025\n",
    "---\nid: 7\n---\n",
    "* ADR-0003 Use Rust\n",
    "x",
    "",
)

changes = st.tuples(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES), st.booleans())


def anew(workspace: Workspace) -> Workspace:
    """The same files read again, and nothing taken over."""
    texts = {path: fixture.whole(workspace, path).text for path in (*workspace.records, *workspace.pages)}
    read = {path: facts_of(Record(path, text)) for path, text in texts.items()}
    logs = [
        Log(
            log.directory,
            ordered(read[path] for path in log.records),
            log.templates,
            log.config,
            log.begun_by,
            kin=tuple(read[k.path] for k in log.kin),
        )
        for log in workspace.logs
    ]
    pages = {path: read[path] for path in workspace.pages}
    return replace(workspace, logs=tuple(logs), pages=pages, opened={}, read=texts.get, earlier=Earlier())


def known(workspace: Workspace) -> dict[str, object]:
    """All that is worked out from more than one file, and follows each letter."""
    relations: tuple[Relation, ...] = ("supersedes", "superseded_by", "amends", "amended_by", "related")

    def called(records: Iterable[Facts]) -> list[str]:
        return [record.path for record in records]

    files = [*workspace.records.values(), *workspace.pages.values()]
    return {
        "records": [(record, record.mentions, record.sections) for record in workspace.records.values()],
        "names": workspace.names,
        "resolved": [list(workspace.resolved(file).values()) for file in files],
        "backlinks": dict(workspace.backlinks),
        "relations": [[called(workspace.related(r, kind)) for kind in relations] for r in workspace.records.values()],
        "converse": [[called(workspace.converse(r, kind)) for kind in relations] for r in workspace.records.values()],
        "chains": [called(workspace.chain(record)) for record in workspace.records.values()],
        "logs": [getattr(workspace.log_of(file.path), "directory", "") for file in files],
        "of logs": [
            (log.by_number, log.date_forms, log.dialect, log.template_titles, log.template_text) for log in workspace.logs
        ],
    }


def learned(workspace: Workspace) -> dict[str, object]:
    """What is known once the typing rests."""
    return {
        "indexes": {
            path: (index.logs, [(entry.span, entry.resolution) for entry in index.entries], list(index.by_record))
            for path, index in workspace.indexes.items()
        },
        "houses": [(log.house, log.habits) for log in workspace.logs],
        "problems": [
            (problem.path, problem.rule.name, problem.level, problem.span, problem.message, problem.related)
            for problem in rules.check(workspace)
        ],
    }


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(changes, min_size=1, max_size=8))
def test_what_is_known_after_typing_is_what_reading_anew_finds(typed: list[tuple[str, float, int, str, bool]]) -> None:
    workspace = fixture.workspace({f"{fixture.ROOT}/{path}": text for path, text in FILES.items()})
    known(workspace)
    for relative, where, length, piece, look in typed:
        path = f"{fixture.ROOT}/{relative}"
        text = fixture.whole(workspace, path).text
        at = int(where * len(text))
        workspace = workspace.with_text(path, text[:at] + piece + text[at + length :])
        if look:  # with and without somebody asking in between
            known(workspace)
            learned(workspace)
    fresh = anew(workspace)
    assert known(workspace) == known(fresh)
    assert learned(workspace.settled()) == learned(fresh)


def test_typing_prose_leaves_what_others_see_as_it_is() -> None:
    workspace = fixture.workspace({f"{fixture.ROOT}/{path}": text for path, text in FILES.items()})
    known(workspace)
    path = f"{fixture.ROOT}/docs/adr/0003-use-kafka.md"
    changed = workspace.with_text(path, fixture.whole(workspace, path).text + "\nMore about it.\n")
    assert changed.names is workspace.names
    assert changed.backlinks is workspace.backlinks
    assert changed._stated_by_others is workspace._stated_by_others


class Counting(Mapping[str, Facts]):
    """Records that know how often somebody went through them."""

    def __init__(self, records: Mapping[str, Facts]) -> None:
        self._records = records
        self.times = 0

    def __getitem__(self, path: str) -> Facts:
        return self._records[path]

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def test_typing_prose_in_one_log_does_not_go_through_the_records_of_another_with_each_letter() -> None:
    workspace = fixture.workspace({f"{fixture.ROOT}/{path}": text for path, text in FILES.items()})
    own, other = workspace.logs
    records = Counting(other.records)
    before = replace(workspace, logs=(own, replace(other, records=records))).prepared()
    path, text = next(iter(own.records)), ""
    times = []
    for _ in range(4):
        text = fixture.whole(before, path).text + "x"
        after = before.with_text(path, text)
        assert not after.is_seen_otherwise(before, path)
        before = after
        times.append(records.times)
    assert len(set(times[1:])) == 1


def test_a_record_that_has_or_had_the_text_of_one_in_another_log_is_seen_otherwise() -> None:
    workspace = fixture.workspace({f"{fixture.ROOT}/{path}": text for path, text in FILES.items()})
    own, other = workspace.logs
    path, copied = next(iter(own.records)), next(iter(other.records))
    text = fixture.whole(workspace, path).text + "\nMore.\n"
    alone = workspace.with_text(copied, text)
    copy = alone.with_text(path, text)
    apart = copy.with_text(path, text + "x")
    assert copy.is_seen_otherwise(alone, path)
    assert apart.is_seen_otherwise(copy, path)
    assert not apart.with_text(path, text + "xy").is_seen_otherwise(apart, path)


def test_a_workspace_that_is_left_behind_does_not_wait_for_a_search_for_garbage() -> None:
    log = fixture.fixture("""
        -- docs/adr/README.md --
        * [1. A](0001-a.md)
        * [2. B](0002-b.md)
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0002-b.md --
        # 2. B
        -- docs/adr/0003-c.md --
        # 3. C
        """)
    path = log.file("docs/adr/README.md").path
    gc.collect()
    gc.disable()
    try:
        before = log.workspace.with_text(path, "* [1. A](0001-a.md)\n* [2. X](0002-b.md)\n")
        following = before.with_text(path, "* [1. A](0001-a.md)\n* [2. Y](0002-b.md)\n")
        for workspace in (before, following):
            assert rules.check_file(workspace, path)
        left = weakref.ref(before)
        del before, workspace
        assert left() is None
    finally:
        gc.enable()


RECORDS = {
    f"docs/adr/{number:04}-use-{name}.md": f"# {number}. Use {name}\n\nDate: 2025-01-{number:02}\n\n## Status\n\nAccepted\n"
    for number, name in enumerate(("tea", "milk", "rum", "kafka", "rust", "go", "nix", "vim", "mysql", "redis"), 1)
}
ENTRIES = "".join(
    f"- [{number}. Use {name}]({path.removeprefix('docs/adr/')})\n  - **Status**: Accepted\n  - **Summary**: what is said about it\n"
    for path in RECORDS
    for number, name in ((int(path[9:13]), path[18:-3]),)
)
NESTED = """\
- [1. Use tea](0001-use-tea.md)
  - [2. Use milk](0002-use-milk.md)
  - [3. Use rum](0003-use-rum.md)
- [4. Use kafka](0004-use-kafka.md)
  - Accepted
    - [5. Use rust](0005-use-rust.md)
  - Proposed
    - [6. Use go](0006-use-go.md)
"""
HEADED = "".join(f"- {state}\n" + "".join(f"  {line}\n" for line in ENTRIES.splitlines()) for state in ("Accepted", "Proposed"))
ROWS = "| ADR | Status |\n| --- | --- |\n" + "".join(
    f"| [{path[9:13]}]({path.removeprefix('docs/adr/')}) | Accepted |\n" for path in RECORDS
)
PAGES = (
    f"# Decisions\n\n## Ours\n\n{ENTRIES * 3}{NESTED}{ENTRIES * 2}\n## Others\n\n{NESTED}",
    f"# Decisions\n\n{HEADED * 2}\n## Table\n\n{ROWS}\n\n## More\n\n{ENTRIES}",
)
TYPED = (
    *("x", "", "\n", "  ", "- ", "\n\n", "\n- [11. Use it](0011-use-it.md)\n", "- 4. Use kafka\n", "  - ADR-3 Proposed\n"),
    *(
        "Proposed",
        "2024-02-03",
        "<a href='0001-use-tea.md'>",
        "\n[1]: 0001-use-tea.md\n",
        "[2]",
        "```\n",
        "## Status\n\n",
        "# Else\n\n",
    ),
)


def listed(workspace: Workspace) -> list[object]:
    """All that is read of the indexes, down to the last place."""
    return [
        (
            (index.path, index.logs, index.groups, {path: len(found) for path, found in index.by_record.items()}),
            [
                (entry, entry.block.children, entry.group.children, entry.paths, entry.fields, entry.statements)
                for entry in index.entries
            ],
        )
        for index in workspace.indexes.values()
    ]


@settings(max_examples=examples(10), deadline=None)
@given(
    st.sampled_from(PAGES),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from((0, 0, 1, 9)), st.sampled_from(TYPED), st.booleans()), min_size=1, max_size=5
    ),
)
def test_what_an_index_lists_after_typing_is_what_its_text_lists(text: str, typed: list[tuple[float, int, str, bool]]) -> None:
    path = f"{fixture.ROOT}/docs/adr/README.md"
    files = {path: f"{text}\n"} | {f"{fixture.ROOT}/{one}": said for one, said in RECORDS.items()}
    workspace = fixture.workspace(files).with_text(path, text).prepared()
    for where, length, piece, look in typed:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
        workspace = workspace.with_text(path, text)
        if look:
            rules.check_file(workspace, path)
    fresh = anew(workspace)
    assert listed(workspace) == listed(fresh)
    assert learned(workspace.settled())["problems"] == learned(fresh)["problems"]


def test_whoever_reads_an_index_beside_another_takes_over_as_much() -> None:
    path = f"{fixture.ROOT}/docs/adr/README.md"
    text = f"# Decisions\n\n{ENTRIES * 3}"
    files = {path: text} | {f"{fixture.ROOT}/{one}": said for one, said in RECORDS.items()}
    before = fixture.workspace(files).with_text(path, f"{text}x\n").prepared()
    after = before.with_text(path, f"{text}xy\n")
    for one in (after, replace(after)):  # as in two threads, of which none has seen what the other reads
        index = one.indexes[path]
        assert index.ground is before.indexes[path].ground
        assert [isinstance(index.entries, Pieced), len(index.entries)] == [True, 3 * len(RECORDS)]


def test_what_will_be_asked_for_is_worked_out_until_something_is_more_urgent() -> None:
    files = {f"{fixture.ROOT}/{one}": said for one, said in RECORDS.items()}
    answers = iter([False, False, True])
    assert not fixture.workspace(files).prepared(lambda: next(answers)).is_linked
    assert fixture.workspace(files).prepared().is_linked


def test_entries_that_open_with_numbers_are_none_where_these_name_no_records_any_more() -> None:
    path = f"{fixture.ROOT}/docs/adr/README.md"
    items = "".join(f"- {number:04} which is a decision that was made a long time ago by somebody\n" for number in range(1, 11))
    before, after = (f"# Decisions\n\n{ENTRIES}\n## {heading}\n\n{items * 8}" for heading in ("Supersedes", "Numbers"))
    files = {path: f"{before}\n"} | {f"{fixture.ROOT}/{one}": said for one, said in RECORDS.items()}
    workspace = fixture.workspace(files).with_text(path, before).prepared()
    changed = workspace.with_text(path, after)
    assert len(changed.indexes[path].entries) < len(workspace.indexes[path].entries)
    assert listed(changed) == listed(anew(changed))
