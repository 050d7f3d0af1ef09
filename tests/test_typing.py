"""While people type, every text is half a record: nothing may fail on any prefix of any of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from adr_ls import rules
from adr_ls.ide import actions, completion, goto, hierarchy, hints, hover, lenses, rename, selection, symbols
from adr_ls.ide.target import Cursor
from adr_ls.index import update
from adr_ls.log.workspace import Workspace
from adr_ls.record import anchors, summary
from adr_ls.rules.model import Subject
from adr_ls.syntax.text import Span
from adr_ls.write.renaming import RenamingError
from tests.conftest import EVERYTHING
from tests.fixture import ROOT, Fixture, clean, fixture, whole, workspace, written

AROUND = """
-- docs/adr/README.md --
# Decisions

## Index

| ADR | Status | Date |
| --- | --- | --- |
| [ADR-0001](0001-use-mysql.md) | Accepted | 2024-01-01 |
| [ADR-0002](0002-use-postgres.md) | Accepted | 2024-01-02 |
-- docs/adr/0001-use-mysql.md --
# ADR-0001: Use MySQL

**Status**: Superseded by [ADR-0002](0002-use-postgres.md)
**Date**: 2024-01-01

## Context

We need a database.

## Decision

MySQL.
-- docs/adr/0002-use-postgres.md --
# ADR-0002: Use Postgres

**Status**: Accepted
**Date**: 2024-01-02

## Context

MySQL is too small.

## Decision

Postgres.
"""

TYPED = {
    "bold": """# ADR-0003: Use **Rust** 🦀

**Status**: Accepted | **Date**: 2024-01-03
**Supersedes**: [ADR-0001](0001-use-mysql.md), ADR 2
**Deciders**: Zoë, 李雷

## Context

See [the first][1], [ADR-2](0002-use-postgres.md#context), ADR-0009, <https://example.com> and `ADR-1`.

```sql
-- # no heading
SELECT 1; -- [x](0001-use-mysql.md)
```

## Decision

> Quoted [two](0002-use-postgres.md)

1. One
   - nested ADR-1
2. Two

[1]: 0001-use-mysql.md "The first"
""",
    "front matter": """---
# a comment
title: "Use Rust: now"
status: superseded by #2
date: 2024-13-01
supersedes:
  - 0001-use-mysql.md
  - "ADR-0002"
tags: [a, {b: c}, 'd']
text: |
  folded
   text
status: accepted
---

# Use Rust

## Considered Options

* [option 1]
* option 2 <!-- a comment
  over lines -->

## Decision Outcome

Chosen option: "option 2", because it comes [first](./0001-use-mysql.md).
""",
    "table": """| Key | Value |
| --- | --- |
| Status | Accepted |
| Date | 3/4/2024 |
| Supersedes | [ADR-0001](0001-use-mysql.md) \\| ADR-2 |

Use Rust
========

Superseded by [[0002-use-postgres]]
""",
}
"""Records as they are typed, with as many kinds of things in them as fit."""


def dice() -> random.Random:
    """The same dice at each run."""
    return random.Random(7)  # noqa: S311  # for a sample, not for a secret


def prefixes(text: str) -> Iterator[int]:
    """The ends of the prefixes to try: of every line, and some within."""
    ends = {at for at, character in enumerate(text) if character == "\n"} | {
        at + 1 for at, character in enumerate(text) if character == "\n"
    }
    rest = [at for at in range(len(text) + 1) if at not in ends]
    return iter(sorted({0, len(text), *ends, *(rest if EVERYTHING else dice().sample(rest, len(rest) // 24))}))


def spans_of(workspace: Workspace, path: str, offset: int) -> Iterator[tuple[str, str, Span]]:
    """Everything that every feature says about a file and a place in it: by whom, of which file, and where."""
    record = whole(workspace, path)
    log = workspace.log_of(path)
    cursor = Cursor(workspace, record, offset)
    if path in workspace.records and log is not None:
        for rule in rules.RULES:
            if rule.about == "record":
                for found in rule.check(Subject(workspace, log, record)):
                    yield rule.name, path, found.span
                    for place in found.related:
                        yield rule.name, place.path, place.span
                    for fix in found.fixes:
                        for edit in fix.edits:
                            yield rule.name, edit.path, edit.edit.span
                        actions.applied(workspace, fix.change)
        summary.summary(record)
        assert len(hover.card(workspace, record).markdown) <= hover.LONGEST
    index = workspace.indexes.get(path)
    if index is not None and log is not None:
        for rule in rules.RULES:
            if rule.about == "index":
                for found in rule.check(Subject(workspace, log, record, index)):
                    yield rule.name, path, found.span
        written(record, update.update(workspace, index))
    shown = hover.hover(cursor)
    if shown:
        yield "hover", path, shown.span
    yield "completion", path, completion.completion(cursor, "2030-01-01").span
    for spot in (*goto.definition(cursor), *goto.references(cursor, declaration=True)):
        yield "navigation", spot.path, spot.span
        yield "navigation", spot.path, spot.name
        if spot.origin:
            yield "navigation", path, spot.origin
    for span in goto.highlights(cursor):
        yield "highlights", path, span
    for link in goto.document_links(workspace, record):
        yield "links", path, link.span
    for span in selection.selections(record, offset):
        yield "selections", path, span
        assert offset in span
    for lens in lenses.lenses(workspace, record):
        yield "lenses", path, lens.span
    for hint in hints.hints(workspace, record, Span(0, len(record.text))):
        yield "hints", path, Span(hint.offset, hint.offset)
    for item in hierarchy.items(cursor):
        for reference in (*hierarchy.incoming(workspace, item.path), *hierarchy.outgoing(workspace, path)):
            assert reference.places
        assert not {one.record.path for one in hierarchy.supertypes(workspace, item.path)} & {item.path}
    named = rename.renamable(cursor)
    if named is not None:
        yield "rename", path, named.span
        for words in ("12", "Other words", named.words):
            with suppress(RenamingError):
                change = rename.rename(cursor, words, move=True)
                for changed, edits in change.by_path.items():
                    change.text(changed, whole(workspace, changed).text)
                    yield from (("rename", changed, edit.span) for edit in edits)
    for symbol in symbols.document_symbols(workspace, record):
        yield "symbols", path, symbol.span
        yield "symbols", path, symbol.selection
        assert symbol.span.covers(symbol.selection)
    for fold in symbols.folds(record):
        assert 0 <= fold.start <= fold.end < len(record.lines)
    for span in anchors.anchors(record).values():
        yield "anchors", path, span
    for action in actions.actions(workspace, path, Span(0, offset), ("quickfix", "source")):
        for edit in action.change.edits:
            yield action.title, edit.path, edit.edit.span


def check(workspace: Workspace, path: str, offset: int) -> None:
    for who, where, span in spans_of(workspace, path, offset):
        text = whole(workspace, where).text
        assert 0 <= span.start <= span.end <= len(text), (who, where, span)


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_nothing_fails_on_what_has_been_typed_so_far(text: str) -> None:
    given = fixture(AROUND + "-- docs/adr/0003-use-rust.md --\n" + text)
    path = f"{ROOT}/docs/adr/0003-use-rust.md"
    for end in prefixes(text):
        check(given.workspace.with_text(path, text[:end]), path, end)


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_nothing_fails_where_something_is_left_out(text: str) -> None:
    given = fixture(AROUND + "-- docs/adr/0003-use-rust.md --\n" + text)
    path = f"{ROOT}/docs/adr/0003-use-rust.md"
    chance = dice()
    for _ in range(400 if EVERYTHING else 12):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randrange(1, 40))
        check(given.workspace.with_text(path, text[:start] + text[end:]), path, start)


def test_nothing_fails_while_the_index_is_typed() -> None:
    given = fixture(AROUND)
    path = f"{ROOT}/docs/adr/README.md"
    text = given.texts[path]
    for end in range(0, len(text) + 1, 1 if EVERYTHING else 2):
        check(given.workspace.with_text(path, text[:end]), path, end)


def test_a_workspace_that_was_typed_is_the_one_that_is_read() -> None:
    """What a keystroke carries over from the workspace before it tells the same as reading everything anew."""
    given = fixture(AROUND + "-- docs/adr/0003-use-rust.md --\n" + TYPED["bold"])
    path = f"{ROOT}/docs/adr/0003-use-rust.md"
    typed = given.workspace
    for end in (*prefixes(TYPED["bold"]), len(TYPED["bold"])):
        list(rules.check(typed))
        typed = typed.with_text(path, TYPED["bold"][:end])
        read = workspace({**given.texts, path: TYPED["bold"][:end]})
        assert {p: set(paths) for p, paths in typed.backlinks.items() if paths} == {
            p: set(paths) for p, paths in read.backlinks.items()
        }
        assert typed.records[path].fields == read.records[path].fields
        assert typed.records[path].mentions == read.records[path].mentions


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_nothing_fails_on_the_examples_of_the_rules(rule: rules.Rule) -> None:
    given: Fixture = fixture(clean(rule.before))
    for path in (*given.workspace.records, *given.workspace.indexes):
        text = given.file(path).text
        ends = [at for at, character in enumerate(text + "\n") if character == "\n"]
        for end in ends if EVERYTHING else ends[::4]:
            check(given.workspace.with_text(path, text[:end]), path, end)


def test_nothing_fails_on_the_beginnings_of_real_records(corpora: Path) -> None:
    chance = dice()
    found = [path for path in sorted(corpora.glob("*/**/*.md")) if path.parent != corpora]
    around = fixture(AROUND).texts
    for path in found if EVERYTHING else chance.sample(found, 12):
        text = path.read_text(encoding="utf-8-sig")[:20_000]
        name = f"{ROOT}/docs/adr/0003-{path.stem.lower()}.md"
        given = workspace({**around, name: text})
        if name in given.records:
            for end in sorted(chance.sample(range(len(text) + 1), min(4, len(text)))):
                check(given.with_text(name, text[:end]), name, end)
