"""Records in AsciiDoc among others: everything sees them, and nothing is written into them."""

from __future__ import annotations

import posixpath

import pytest

from adr_ls import rules
from adr_ls.ide import completion, goto, hover, menu, rename, symbols
from adr_ls.ide.relating import RelatingError, related
from adr_ls.ide.superseding import SupersedingError, by_existing
from adr_ls.index import update
from adr_ls.syntax.text import Span
from adr_ls.write import creation, renaming
from adr_ls.write.creation import CreationError
from adr_ls.write.renaming import RenamingError
from tests.fixture import ROOT, Fixture, fixture

HARBOUR = """\
-- docs/adr/0001-moor-by-hand.md --
# 1. Moor by hand

## Status

Superseded by [ADR-0002](0002-moor-by-winch.adoc)

## Context

The wind; see ADR-0002 and [why](0002-moor-by-winch.adoc#_context).

## Decision

By hand.

## Consequences

Sore hands.
-- docs/adr/0002-moor-by-winch.adoc --
= 2. Moor by winch
:revdate: 2024-02-03

== Status

Accepted

Supersedes xref:0001-moor-by-hand.md[ADR-0001]

== Context

Sore hands; see ADR-0003.
-- docs/adr/0003-oil-the-winch.md --
# 3. Oil the winch

## Status

Accepted

## Context

ADR-0002 squeaks.

## Decision

Oil.

## Consequences

Less noise.
"""
INDEX = """\
-- docs/adr/README.md --
# Decisions

| ADR | Title | Status |
| --- | --- | --- |
| [0001](0001-moor-by-hand.md) | Moor by hand | Superseded |
| [0002](0002-moor-by-winch.adoc) | Moor by winch | Rejected |
| [0003](0003-oil-the-winch.md) | Oil the winch | Accepted |
"""
WINCH = "docs/adr/0002-moor-by-winch.adoc"


def problems(given: Fixture) -> list[str]:
    return [f"{posixpath.basename(one.path)}: {one.rule.name}" for one in rules.check(given.workspace)]


def test_a_log_of_both_is_one_log_without_noise() -> None:
    given = fixture(HARBOUR)
    assert [log.directory for log in given.workspace.logs] == [f"{ROOT}/docs/adr"]
    assert [(one.id, one.title, given.workspace.canonical(one)) for one in given.workspace.records.values()] == [
        ("ADR-0001", "Moor by hand", "superseded"),
        ("ADR-0002", "Moor by winch", "accepted"),
        ("ADR-0003", "Oil the winch", "accepted"),
    ]
    assert problems(given) == []


def test_it_refers_and_is_referred_to() -> None:
    workspace = fixture(HARBOUR).workspace
    names = {path: posixpath.basename(path)[:4] for path in workspace.records}
    assert {names[path]: sorted(names[one] for one in from_) for path, from_ in workspace.backlinks.items()} == {
        "0001": ["0002"],
        "0002": ["0001", "0003"],
        "0003": ["0002"],
    }
    first, second, _ = workspace.records.values()
    assert workspace.successors(first) == (second,)


def test_pages_in_asciidoc_refer_to_records_and_are_no_indexes() -> None:
    given = fixture(
        f"{HARBOUR}-- docs/09-decisions.adoc --\n= Decisions\n\n|===\n|ADR |Title\n\n|link:adr/0003-oil-the-winch.md[3] |Oil\n|===\n"
        "-- docs/guide.adoc --\n= Guide\n\nAs ADR-0003 and ADR-0099 say.\n-- docs/other.adoc --\n= Other\n"
    )
    assert given.workspace.indexes == {}
    referring = given.workspace.backlinks[f"{ROOT}/docs/adr/0003-oil-the-winch.md"]
    assert [posixpath.basename(path) for path in referring] == ["0002-moor-by-winch.adoc", "09-decisions.adoc", "guide.adoc"]
    assert problems(given) == []


def test_a_record_that_is_not_superseded_after_all_is_told() -> None:
    given = fixture(HARBOUR.replace("Superseded by [ADR-0002](0002-moor-by-winch.adoc)", "Superseded by ADR-0009"))
    assert problems(given) == ["0001-moor-by-hand.md: reference-unknown", "0002-moor-by-winch.adoc: supersede-one-way"]


def test_dead_links_to_it_are_told() -> None:
    given = fixture(HARBOUR.replace("(0002-moor-by-winch.adoc#_context)", "(0002-moor-by-wench.adoc)"))
    assert problems(given) == ["0001-moor-by-hand.md: link-broken"]


def test_an_index_says_what_it_says() -> None:
    given = fixture(HARBOUR + INDEX)
    assert problems(given) == ["README.md: index-status"]
    index = given.workspace.indexes[f"{ROOT}/docs/adr/README.md"]
    after = update.update(given.workspace, index).text(index.path, index.page.text)
    assert "| [0002](0002-moor-by-winch.adoc) | Moor by winch | Accepted |" in after


def test_an_index_that_calls_it_otherwise_is_told() -> None:
    body = "== Status\n\nAccepted\n\n== Decision\n\nIt is so.\n"
    titles = ["Use ropes", "Use nets", "Use buoys", "Use oars", "Use sails", "Use lamps"]
    records = "".join(f"-- docs/adr/000{n}-x.adoc --\n= {n}. {title}\n\n{body}" for n, title in enumerate(titles, 1))
    listed = ["Use ropes", "Use fishing nets from Norway", *titles[2:]]
    index = "".join(f"- [{n}. {title}](000{n}-x.adoc)\n" for n, title in enumerate(listed, 1))
    given = fixture(f"{records}-- docs/adr/README.md --\n# Decisions\n\n{index}")
    assert problems(given) == ["README.md: index-title"]


def test_an_index_gets_an_entry_of_it() -> None:
    given = fixture(HARBOUR + INDEX.replace("| [0002](0002-moor-by-winch.adoc) | Moor by winch | Rejected |\n", ""))
    assert problems(given) == ["README.md: index-missing-entry"]
    index = given.workspace.indexes[f"{ROOT}/docs/adr/README.md"]
    after = update.update(given.workspace, index).text(index.path, index.page.text)
    assert "| [0002](0002-moor-by-winch.adoc) | Moor by winch | Accepted |" in after


def test_it_is_found_where_records_are_looked_for() -> None:
    given = fixture(HARBOUR.replace("ADR-0002 squeaks", "ADR-00$002 squeaks"))
    found = hover.hover(given.cursor)
    assert found is not None
    assert "Moor by winch" in found.markdown
    assert "2024-02-03" in found.markdown
    text = given.texts[f"{ROOT}/{WINCH}"]
    assert [(posixpath.basename(one.path), one.name.of(text)) for one in goto.definition(given.cursor)] == [
        ("0002-moor-by-winch.adoc", "= 2. Moor by winch")
    ]
    sources = [(posixpath.basename(one.path), one.name.of(given.texts[one.path])) for one in goto.references(given.cursor)]
    assert ("0001-moor-by-hand.md", "0002-moor-by-winch.adoc") in sources
    assert [one.record.id for one in symbols.workspace_symbols(given.workspace, "winch") if one.section is None] == [
        "ADR-0002",
        "ADR-0003",
    ]
    typing = fixture(HARBOUR.replace("ADR-0002 squeaks", "ADR-$0 squeaks"))
    assert "ADR-0002" in [item.insert for item in completion.completion(typing.cursor).items]


def test_from_it_records_are_found_and_no_markdown_is_offered() -> None:
    given = fixture(HARBOUR.replace("xref:0001-moor-by-hand.md[ADR-$00001]", "").replace("see ADR-0003.", "see ADR-0$0003."))
    assert given.record.is_fixed
    assert [posixpath.basename(one.path) for one in goto.definition(given.cursor)] == ["0003-oil-the-winch.md"]
    assert completion.completion(given.cursor).items == ()
    assert menu.menu(given.workspace, given.record, Span(0, len(given.record.text)), "2024-02-04") == ()
    assert rename.renamable(given.cursor) is None
    with pytest.raises(RenamingError, match=r"^“0002-moor-by-winch\.adoc” is AsciiDoc, which is only read here"):
        rename.rename(given.cursor, "4", move=True)


def test_it_is_left_as_it_is_where_others_get_another_name() -> None:
    given = fixture(HARBOUR)
    change = renaming.renumbered(given.workspace, given.file("docs/adr/0001-moor-by-hand.md"), 7)
    assert [posixpath.basename(path) for path in change.by_path] == ["0001-moor-by-hand.md"]
    assert change.spared == (f"{ROOT}/{WINCH}",)
    title = renaming.retitled(given.workspace, given.file("docs/adr/0003-oil-the-winch.md"), "Grease the winch")
    assert title.spared == ()


def test_nothing_is_written_into_it() -> None:
    given = fixture(HARBOUR)
    first, winch, third = given.workspace.records.values()
    only_read = r"^“0002-moor-by-winch\.adoc” is AsciiDoc, which is only read here; change it by hand\.$"
    with pytest.raises(RenamingError, match=only_read):
        renaming.renumbered(given.workspace, given.file(WINCH), 7)
    with pytest.raises(RenamingError, match=only_read):
        renaming.retitled(given.workspace, given.file(WINCH), "Moor by rope")
    with pytest.raises(SupersedingError, match=only_read):
        by_existing(given.workspace, winch, third)
    with pytest.raises(RelatingError, match=only_read):
        related(given.workspace, winch, "amends", third)
    assert [one.path for one in related(given.workspace, third, "amends", winch).edits] == [third.path]
    assert all(path.endswith(".md") for path in by_existing(given.workspace, third, winch).by_path), first


def test_a_new_record_is_written_as_those_in_markdown_are() -> None:
    given = fixture(HARBOUR)
    made = creation.create(given.workspace, given.workspace.logs[0], "Paint the winch", "2024-02-04")
    assert posixpath.basename(made.record.path) == "0004-paint-the-winch.md"
    assert made.record.text.startswith("# 4. Paint the winch\n\n## Status\n")


def test_among_records_in_asciidoc_alone_no_new_one_is_written() -> None:
    given = fixture(f"-- {WINCH} --\n= 2. Moor by winch\n\n== Status\n\nAccepted\n\n== Decision\n\nBy winch.\n")
    with pytest.raises(CreationError, match=r"are not written in Markdown.*: 0002-moor-by-winch\.adoc\.$"):
        creation.create(given.workspace, given.workspace.logs[0], "Paint the winch", "2024-02-04")


PLACES = {
    "beside the same in Markdown": ("docs/adr/0001-a.md docs/adr/0001-a.adoc", ["0001-a.md"]),
    "an index and a template": ("docs/adr/0001-a.adoc docs/adr/index.adoc docs/adr/README.adoc docs/adr/template.adoc", ["0001-a.adoc"]),
    "a directory of its own": ("docs/adr/0001-a/README.adoc docs/adr/0002-b/index.adoc", ["README.adoc", "index.adoc"]),
    "its other endings": ("docs/adr/0001-a.asciidoc docs/adr/0002-b.asc", ["0001-a.asciidoc", "0002-b.asc"]),
    "a signature": ("docs/adr/0001-a.md docs/adr/0001-a.md.asc", ["0001-a.md"]),
    "chapters": ("src/docs/01-goals.adoc src/docs/02-limits.adoc", []),
    "archived by status": ("docs/adr/accepted/0001-a.adoc docs/adr/rejected/0002-b.adoc", ["0001-a.adoc", "0002-b.adoc"]),
}  # fmt: skip


@pytest.mark.parametrize(("paths", "records"), PLACES.values(), ids=PLACES)
def test_which_files_are_records(paths: str, records: list[str]) -> None:
    text = {"src": "= Goals\n\n== Overview\n\nWords.\n", "docs": "= A\n\n== Status\n\nAccepted\n\n== Decision\n\nIt is so.\n"}
    given = fixture("".join(f"-- {path} --\n{text[path.partition('/')[0]]}" for path in paths.split()))
    assert sorted(posixpath.basename(path) for path in given.workspace.records) == records


def test_references_between_the_pages_of_an_antora_site_count_from_these() -> None:
    pages = "docs/modules/ROOT/pages"
    body = "== Status\n\nAccepted\n\n== Context\n\n"
    given = fixture(
        f"-- {pages}/adr/0001-a.adoc --\n= A\n\n{body}See xref:adr/0002-b.adoc[it] and xref:ROOT:page$adr/0003-c.adoc[that].\n"
        f"-- {pages}/adr/0002-b.adoc --\n= B\n\n{body}\n-- {pages}/adr/0003-c.adoc --\n= C\n\n{body}\n"
    )
    first = next(iter(given.workspace.records.values()))
    assert [posixpath.basename(one.path) for one in given.workspace.refers_to(first)] == ["0002-b.adoc", "0003-c.adoc"]
