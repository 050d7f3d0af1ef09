"""What is taken over from an earlier reading of the folders is what a reading finds that begins with nothing."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls.log.difference import Mentioned, elsewhere
from adr_ls.log.workspace import Workspace
from adr_ls.record.mentions import Mention
from tests import fixture
from tests.conftest import examples
from tests.log.test_workspace import known, learned

NAMES = (
    "docs/adr/0001-use-mysql.md",
    "docs/adr/0002-use-postgres.md",
    "docs/adr/0012-use-postgres.md",
    "docs/adr/API-002-use-http.md",
    "docs/adr/0003-use-kafka/README.md",
    "docs/adr/20260323-02-use-tea.md",
    "docs/adr/20260323-03-use-milk.md",
    "docs/adr/use-rust.md",
    "docs/adr/README.md",
    "docs/adr/notes/README.md",
    "docs/adr/0007-use-nix.rst",
    "docs/decisions/0001-use-mysql.md",
    "docs/decisions/0002-use-milk.md",
    "docs/plan.md",
    "docs/README.md",
)
BODIES = (
    "# 2. Use it\n\n## Status\n\nAccepted\n\n## Context\n\nOrders.\n\n## Decision\n\nDone.\n",
    "---\nid: 7\nslug: use-it\n---\n# Use it\n\n## Status\n\nSuperseded by [2](0002-use-postgres.md)\n\n## Context\n\nO.\n\n## Decision\n\nD.\n",
    "# DR-5: Use it\n\n**Status**: Accepted\n**Supersedes**: ADR-0001\n\n## Context\n\nSee ADR-0012.\n\n## Decision\n\nDone.\n",
    "# Pages\n\n* [1](0001-use-mysql.md)\n* [2](0002-use-postgres.md)\n* 12. Use it\n",
    "# Pages\n\n* [1](0001-use-mysql.md) Accepted\n* [2. Use it](0002-use-postgres.md) Rejected\n* [Use it](use-rust.md)\n",
    "# Pages\n\n| | |\n|---|---|\n| [1. Use it](0001-use-mysql.md) | Accepted |\n| 12 | Use it |\n| `API-002-use-http` | Accepted |\n",
    "# Pages\n\n## Recent decisions\n\n* [1](0001-use-mysql.md)\n* [2](0002-use-postgres.md)\n\nSee [all](../README.md).\n",
)
SAID = """
ADR-1, ADR-0002 and ADRs 3, 12; API-002, API-2, DR-5, ADR-7, RFC 2, ADR-20260323-03, ADR-2026-03-23, [[0001-use-mysql]], [[use-rust]]
`0001-use-mysql.md` `docs/adr/0002-use-postgres.md` 0012-use-postgres.md
[a](0001-use-mysql.md) [b](./0002-use-postgres.md#x) [c](0002-use-postgres) [d](0009-use-postgres.md) [e](0002-gone.md) [f](../adr/0012-x.md)
[g](..) [h](.) [i](../adr/) [j](notes) [k](../adr/notes/) [l](0003-use-kafka) [m](/adr/use-postgres) [n](/docs/adr/use-it) [o](/adr/2) [p](use-it)
[q](../plan.md) [r](plan.html) [s](0001-use-mysql.html) [t](0001-use-mysql.m) [u](../decisions/0001-use-mysql.md) [v](0001-USE-MYSQL.md)
[w](https://github.com/o/r/blob/main/docs/adr/0001-use-mysql.md) [ADR-2](https://github.com/o/r/pull/9) [ADR-0012](gone.md) [x](0007-use-nix.rst)
[y](%30001-use-mysql.md) [z](٠٠٠١-use-mysql.md) [ADR-1](/docs/adr/0001) [A](/) [B](0007) [C](ADR-0007.md)
"""
"""One of each form in which a record, a page or the page of a directory may be named."""

files = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(BODIES), min_size=3)


def read(found: dict[str, str], before: Workspace | None = None) -> Workspace:
    texts = {
        "docs/adr/0050-that-names-all.md": f"# 50. Names all\n\n## Status\n\nAccepted\n\n## Context\n{SAID}\n\n## Decision\n\nIt.\n"
    }
    return fixture.workspace({f"{fixture.ROOT}/{path}": text for path, text in {**texts, **found}.items()}, before=before)


def mentions(workspace: Workspace) -> tuple[Mention, ...]:
    return workspace.records[f"{fixture.ROOT}/docs/adr/0050-that-names-all.md"].mentions


changes = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from((*BODIES, None))), min_size=1, max_size=3)


def changed(found: dict[str, str], steps: list[tuple[str, str | None]]) -> dict[str, str]:
    return {path: text for path, text in {**found, **dict(steps)}.items() if text is not None}


@settings(max_examples=examples(30), deadline=None)
@given(files, changes)
def test_a_mention_that_nothing_has_changed_for_leads_where_it_did(
    found: dict[str, str], steps: list[tuple[str, str | None]]
) -> None:
    before = read(found)
    now = read(changed(found, steps), before)
    may = elsewhere(before.names, now.names)
    for source in (before.roots[0] + "/docs/adr/0050-that-names-all.md", before.roots[0] + "/docs/adr/extra.md"):
        for mention in mentions(before) if may is not None else ():
            if not may(mention) and before.names.identities.get(source) == now.names.identities.get(source):
                assert before.names.resolve(source, mention) == now.names.resolve(source, mention), mention


@settings(max_examples=examples(20), deadline=None)
@given(files, changes)
def test_what_files_mention_is_taken_over_from_those_that_are_as_they_were(
    found: dict[str, str], steps: list[tuple[str, str | None]]
) -> None:
    before = read(found)
    now = read(changed(found, steps), before)
    old, new = ({**one.records, **one.pages} for one in (before, now))
    mentioned = Mentioned.of(new, Mentioned.of({path: new.get(path, facts) for path, facts in old.items()}))
    assert mentioned == Mentioned.of(new)
    moved = elsewhere(before.names, now.names)
    if moved is not None:
        assert moved.files(mentioned) == {path for path, facts in new.items() if any(map(moved, facts.mentions))}


@settings(max_examples=examples(10), deadline=None)
@given(files, st.lists(st.tuples(changes, st.booleans()), min_size=1, max_size=3))
def test_what_is_taken_over_is_what_reading_anew_finds(
    found: dict[str, str], rounds: list[tuple[list[tuple[str, str | None]], bool]]
) -> None:
    workspace = read(found)
    for steps, is_asked in rounds:
        if is_asked:  # with and without somebody asking in between
            known(workspace)
            learned(workspace)
        found = changed(found, steps)
        workspace = read(found, workspace).named_after(workspace).taking_over(workspace)
    fresh = read(found)
    assert known(workspace) == known(fresh)
    assert learned(workspace) == learned(fresh)


def test_a_new_record_leaves_what_leads_elsewhere_alone() -> None:
    found = dict.fromkeys(NAMES[:3], BODIES[0])
    before = read(found).linked()
    for record in before.records.values():
        before.resolved(record)
    now = read({**found, "docs/adr/0031-use-nix.md": "# 31. Use Nix\n\n## Status\n\nAccepted\n"}, before)
    now = now.named_after(before).taking_over(before)
    assert now.is_linked or now.earlier.backlinks is not None
    may = elsewhere(before.names, now.names)
    assert may is not None
    assert sum(map(may, mentions(before))) < len(mentions(before)) / 4


ALONE = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nOrders.\n\n## Decision\n\nDone.\n"


BARE = "# A\n\n## Status\n\nAccepted\n\n## Context\n\nOrders.\n\n## Decision\n\nDone.\n"
SLUG = f"---\nslug: use-it\n---\n{BARE}"
CHANGED = {
    "its number": ("0050-all.md", "ADR-9", {"0009-use-tea.md": BARE}),
    "its number in a path": ("0050-all.md", "[x](/adr/9)", {"0009-use-tea.md": BARE}),
    "its number in a series": ("0050-all.md", "RFC-9", {"RFC-0009-use-tea.md": BARE}),
    "a number where there was none": ("all.md", "ADR-4", {"0009-use-tea.md": BARE}),
    "another number of a series that nobody had": ("API-0050-all.md", "RFC-3", {"RFC-0009-use-tea.md": BARE}),
    "a number in other digits": ("0050-all.md", "[x](٠٠٠٩-gone.md)", {"0009-use-tea.md": BARE}),
    "a number of a file that is not read": ("0050-all.md", "ADR-7", {"0007-use-nix.rst": BARE}),
    "words of its name": ("0050-all.md", "[x](use-tea)", {"0009-use-tea.md": BARE}),
    "its name without a number": ("0050-all.md", "[[use-rust]]", {"use-rust.md": BARE}),
    "what its site calls it": ("0050-all.md", "[x](/docs/adr/use-it)", {"0009-tea.md": SLUG}),
    "its directory": ("0050-all.md", "[x](notes)", {"notes/README.md": "# Notes\n"}),
    "a directory above": ("0050-all.md", "[x](..)", {"../README.md": "# Docs\n"}),
    "a page": ("0050-all.md", "[x](../plan.md)", {"../plan.md": "# Plan\n"}),
    "a day": ("0050-all.md", "ADR-2026-03-23", {"20260323-use-milk.md": BARE}),
    "a directory that had no records": (
        "0050-all.md",
        "[x](../decisions/0009-gone.md)",
        {"../decisions/0001-use-tea.md": BARE},
    ),
}
"""What says it of the record in which it is said, and the files that come; all in docs/adr."""


@pytest.mark.parametrize("is_gone", [False, True], ids=["comes", "goes"])
@pytest.mark.parametrize(("source", "said", "come"), CHANGED.values(), ids=CHANGED)
def test_a_mention_may_lead_elsewhere_by_what_comes_or_goes(
    source: str, said: str, come: dict[str, str], *, is_gone: bool
) -> None:
    home = f"{fixture.ROOT}/docs/adr"
    source = f"{home}/{source}"
    few = {source: BARE.replace("Orders.", said), f"{home}/other.md": BARE}
    many = few | {posixpath.normpath(f"{home}/{path}"): text for path, text in come.items()}
    before = fixture.workspace(many if is_gone else few)
    now = fixture.workspace(few if is_gone else many, before=before)
    (mention,) = before.records[source].mentions
    assert before.names.resolve(source, mention) != now.names.resolve(source, mention)
    may = elsewhere(before.names, now.names)
    assert may is None or may(mention)


LISTED = "# Pages\n\n* [ADR-0001](0001-use-mysql.md)\n* [ADR-0002](0002-use-postgres.md)\n"
OTHERWISE = {
    "another record": ("", "0031-use-nix.md", True),
    "its number in a date": ("* Drawn up on 2024-05-31\n", "0031-use-nix.md", False),
    "an entry without a link": ("* ADR-0012: Use it\n", "0031-use-nix.md", False),
    "a link that was dead": ("* [ADR-0031](0031-use-nix.md)\n", "0031-use-nix.md", False),
}
"""What an index says besides, the record that comes, and whether the index is taken over as it was read."""


@pytest.mark.parametrize(("said", "come", "is_kept"), OTHERWISE.values(), ids=OTHERWISE)
def test_an_index_is_read_anew_where_what_comes_may_be_in_it(said: str, come: str, *, is_kept: bool) -> None:
    found = {**dict.fromkeys(NAMES[:3], BODIES[0]), "docs/adr/README.md": LISTED + said}
    before = read(found).linked()
    path = f"{fixture.ROOT}/docs/adr/README.md"
    index = before.indexes[path]
    found[f"docs/adr/{come}"] = "# 31. Use Nix\n\n## Status\n\nAccepted\n"
    now = read(found, before).named_after(before).taking_over(before)
    assert (path in now.read_pages and now.indexes[path] is index) is is_kept
    assert learned(now) == learned(read(found))


def test_an_index_is_none_any_more_once_it_lists_too_little() -> None:
    found = {**dict.fromkeys(NAMES[:2], BODIES[0]), "docs/adr/README.md": LISTED}
    workspace = read(found).linked()
    for number in range(60, 75):
        assert workspace.indexes.keys() == read(found).indexes.keys()
        found[f"docs/adr/00{number}-use-{number}.md"] = BODIES[0]
        workspace = read(found, workspace).named_after(workspace).taking_over(workspace)
    assert not workspace.indexes


def test_what_a_record_writes_before_its_number_may_be_that_of_others_of_its_log() -> None:
    told, plain = ALONE.replace("1. A", "DR-{}: A"), ALONE.replace("1. A", "{}. A")
    naming = {"docs/adr/0050-that-names-all.md": plain.format(50).replace("Orders.", "See DR-3.")}
    found = {f"docs/adr/DR-000{n}-a.md": told.format(n) for n in (1, 2)} | {
        f"docs/adr/000{n}-a.md": plain.format(n) for n in (3, 4, 5)
    }
    before = read({**found, **naming})
    now = read({**found, **naming, **{f"docs/adr/DR-000{n}-a.md": told.format(n) for n in (6, 7, 8)}}, before)
    (mention,) = mentions(before)
    source = f"{fixture.ROOT}/docs/adr/0050-that-names-all.md"
    may = elsewhere(before.names, now.names)
    assert before.names.resolve(source, mention) != now.names.resolve(source, mention)
    assert may is None or may(mention)


TYPED = (
    "# 1. Another\n",
    "## Status\n\nRejected\n",
    "See ADR-0002.\n",
    "More.\n",
    "* **Context** - what is so\n* **Decision** - what is done\n* **Consequences** - what comes\n",
    "Each record keeps **Context**, **Decision** and **Options**.\n",
    "```md\n# N. Title\n\n## Context\n\n## Proposal\n```\n",
    "## Template\n",
    "x",
)


@settings(max_examples=examples(20), deadline=None)
@given(files, st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPED), st.integers(0, 9)), min_size=1, max_size=3))
def test_where_nothing_can_be_found_otherwise_a_reading_finds_the_same(
    found: dict[str, str], typed: list[tuple[str, str, int]]
) -> None:
    workspace = read(found)
    for relative, piece, at in typed:
        before, path = workspace, f"{fixture.ROOT}/{relative}"
        if relative not in found or workspace.facts(path) is None:
            continue
        lines = found[relative].splitlines(keepends=True)
        found = {**found, relative: "".join([*lines[:at], piece, *lines[at:]])}
        workspace = workspace.with_text(path, found[relative])
        fresh = read(found)
        if not workspace.is_seen_otherwise(before, path) or workspace.is_found_otherwise(before, path):
            workspace = fresh
            continue
        assert arranged(workspace) == arranged(fresh)
        assert learned(workspace.settled()) == learned(fresh)


def arranged(workspace: Workspace) -> dict[str, object]:
    """Which files are taken for what."""
    return {
        "logs": [
            (log.directory, list(log.records), [one.text for one in log.templates], [one.digest for one in log.kin])
            for log in workspace.logs
        ],
        "pages": sorted(workspace.pages),
        "guides": workspace.guides,
    }
