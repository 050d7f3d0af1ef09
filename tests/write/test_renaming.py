"""Records under another number, title or path: every reference goes along, and nothing else changes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from adr_ls.io import disk
from adr_ls.log.mkdocs import Navigation
from adr_ls.log.mkdocs import page as page_of
from adr_ls.log.resolve import Resolution
from adr_ls.log.workspace import Workspace
from adr_ls.record import mentions
from adr_ls.record.known import facts_of
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change, Move, landing
from adr_ls.syntax.text import Span
from adr_ls.write import creation, renaming
from adr_ls.write.renaming import RenamingError
from tests.conftest import EVERYTHING
from tests.fixture import ROOT, Fixture, clean, fixture, whole
from tests.test_corpora import MEDIUM, collections, loaded


def changed(given: Fixture, change: Change) -> str:
    """The fixture's own text after a change."""
    texts = after(dict(given.texts), change)
    return given.render(texts)


def after(texts: dict[str, str], change: Change) -> dict[str, str]:
    return {change.landing(path): change.text(path, text) for path, text in texts.items()}


def moving(workspace: Workspace, moves: dict[str, str], beside: Sequence[Record] = ()) -> Change:
    """The moves, and what keeps links true."""
    return with_moves(renaming.moved(workspace, moves, beside), moves)


def with_moves(change: Change, moves: dict[str, str]) -> Change:
    """What follows from moves, and these."""
    return replace(change, moves=tuple(Move(*move) for move in moves.items()))


LOG = """
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    **Status**: Superseded by [ADR-0003](0003-use-nats.md)

    See 0001 and ADR-1, but not ADR-0002.
    -- docs/adr/0002-store-events.md --
    ---
    id: 2
    supersedes: 0001
    related: [0001-use-kafka.md, "ADR-0001"]
    ---
    # Store events

    After [Use Kafka](./0001-use-kafka.md#status), [1. Use Kafka](/docs/adr/0001-use-kafka.md), ADR 1, ADR-0001 and ADRs 1, 2 and 3:
    [[0001-use-kafka]], [here][k], <0001-use-kafka.md>, `ADR-0001`, 1, [site](0001-use-kafka),
    `0001-use-kafka.md`, `docs/adr/0001-use-kafka.md`, `cat 0001-use-kafka.md`.

    [k]: ../adr/0001-use-kafka.md "Kafka"
    -- docs/adr/0003-use-nats.md --
    # 3. Use NATS
    -- docs/adr/README.md --
    # Decisions

    | ADR | Title | Status |
    | --- | --- | --- |
    | [0001](0001-use-kafka.md) | Use Kafka | Superseded |
    | [0002](0002-store-events.md) | Store events | Accepted |
    | [0003](0003-use-nats.md) | Use NATS | Accepted |
    """


def test_records_are_named_by_the_series_that_their_titles_give_them() -> None:
    given = fixture("""
        -- docs/adr/0001-use-kafka.md --
        # RFC-0001: Use Kafka
        -- docs/adr/0002-store-events.md --
        # RFC-0002: Store events

        ## Context

        After RFC-0001, [RFC-0001: Kafka](0001-use-kafka.md) and RFC-0003, by RFC-2119 and API-0001.
        -- docs/adr/0003-use-nats.md --
        # Use NATS
        """)
    source = given.file("docs/adr/0002-store-events.md")
    said = [
        (resolution.kind, posixpath.basename(resolution.path or ""))
        for mention, resolution in given.workspace.resolved(source).items()
        if mention.span.start > source.text.index("After")
    ]
    assert said == [
        ("record", "0001-use-kafka.md"),
        ("record", "0001-use-kafka.md"),
        ("record", "0003-use-nats.md"),
        ("none", ""),
        ("none", ""),
    ]
    change = renaming.renumbered(given.workspace, given.file("docs/adr/0001-use-kafka.md"), 12)  # type: ignore[arg-type]
    assert "After RFC-0012, [RFC-0012: Kafka](0012-use-kafka.md) and RFC-0003" in changed(given, change)


def test_a_record_gets_another_number_wherever_it_stands() -> None:
    given = fixture(LOG)
    change = renaming.renumbered(given.workspace, given.file("docs/adr/0001-use-kafka.md"), 12)  # type: ignore[arg-type]
    assert changed(given, change) == clean("""
        -- docs/adr/0012-use-kafka.md --
        # 12. Use Kafka

        **Status**: Superseded by [ADR-0003](0003-use-nats.md)

        See 0001 and ADR-12, but not ADR-0002.
        -- docs/adr/0002-store-events.md --
        ---
        id: 2
        supersedes: 0012
        related: [0012-use-kafka.md, "ADR-0012"]
        ---
        # Store events

        After [Use Kafka](./0012-use-kafka.md#status), [12. Use Kafka](/docs/adr/0012-use-kafka.md), ADR 12, ADR-0012 and ADRs 12, 2 and 3:
        [[0012-use-kafka]], [here][k], <0012-use-kafka.md>, `ADR-0001`, 1, [site](0012-use-kafka),
        `0012-use-kafka.md`, `docs/adr/0012-use-kafka.md`, `cat 0001-use-kafka.md`.

        [k]: ../adr/0012-use-kafka.md "Kafka"
        -- docs/adr/0003-use-nats.md --
        # 3. Use NATS
        -- docs/adr/README.md --
        # Decisions

        | ADR | Title | Status |
        | --- | --- | --- |
        | [0012](0012-use-kafka.md) | Use Kafka | Superseded |
        | [0002](0002-store-events.md) | Store events | Accepted |
        | [0003](0003-use-nats.md) | Use NATS | Accepted |
        """)


NUMBERED = """
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-b.md --
    # ADR-0002: B

    After [ADR-0001](0001-use-kafka.md#1-use-kafka) and ADR-0003.
    -- docs/adr/0003-c/README.md --
    # 3. C
    -- docs/adr/draft-d.md --
    # ADR-XXXX: D

    **Status**: Draft
    -- docs/adr/README.md --
    # Decisions

    - [1. Use Kafka](0001-use-kafka.md)
    - [2. B](0002-b.md)
    - [3. C](0003-c/README.md)
    """


@pytest.mark.parametrize(
    ("moves", "changes"),
    [
        (
            {"0001-use-kafka.md": "0010-use-kafka.md"},
            [("# 1. Use", "# 10. Use"), ("[ADR-0001](0001", "[ADR-0010](0010"), ("#1-use", "#10-use"), ("[1. Use Kafka](0001", "[10. Use Kafka](0010")],
        ),
        # In other words besides, and with another number of digits
        (
            {"0001-use-kafka.md": "012-kafka.md"},
            [("# 1. Use", "# 12. Use"), ("[ADR-0001](0001-use-kafka.md#1", "[ADR-012](012-kafka.md#12"), ("[1. Use Kafka](0001-use-kafka.md", "[12. Use Kafka](012-kafka.md")],
        ),
        # The number stays
        ({"0001-use-kafka.md": "0001-kafka.md"}, [("](0001-use-kafka.md", "](0001-kafka.md")]),
        # It is another record's
        ({"0001-use-kafka.md": "0002-kafka.md"}, [("](0001-use-kafka.md", "](0002-kafka.md")]),
        # A folder that is one record
        ({"0003-c": "0004-c"}, [("# 3. C", "# 4. C"), ("ADR-0003", "ADR-0004"), ("[3. C](0003-c", "[4. C](0004-c")]),
        # A draft gets a number
        ({"draft-d.md": "0004-d.md"}, [("# ADR-XXXX: D", "# ADR-0004: D")]),
        # Two that change places
        (
            {"0001-use-kafka.md": "0002-use-kafka.md", "0002-b.md": "0001-b.md"},
            [("# 1. Use", "# 2. Use"), ("# ADR-0002: B", "# ADR-0001: B"), ("[ADR-0001](0001-use-kafka.md#1", "[ADR-0002](0002-use-kafka.md#2"), ("[1. Use Kafka](0001", "[2. Use Kafka](0002"), ("[2. B](0002-b", "[1. B](0001-b")],
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_given_another_number_is_said_to_have_it(moves: dict[str, str], changes: list[tuple[str, str]]) -> None:
    given = fixture(NUMBERED)
    paths = {f"{ROOT}/docs/adr/{old}": f"{ROOT}/docs/adr/{new}" for old, new in moves.items()}
    then = changed(given, with_moves(renaming.relocated(given.workspace, paths), paths))
    expected = clean(NUMBERED)
    for old, new in changes:
        expected = expected.replace(old, new)
    for old, new in paths.items():
        expected = expected.replace(f"-- {old[len(ROOT) + 1 :]}", f"-- {new[len(ROOT) + 1 :]}")
    assert then == expected


FORMS = [
    ("-- docs/adr/7-x.md --\n# ADR 7: X\n", 12, "-- docs/adr/12-x.md --\n# ADR 12: X\n"),
    ("-- docs/adr/ADR-012.md --\n# ADR-012: X\n", 7, "-- docs/adr/ADR-007.md --\n# ADR-007: X\n"),
    ("-- docs/adr/2024-01-01-0003-x.md --\n# X\n", 4, "-- docs/adr/2024-01-01-0004-x.md --\n# X\n"),
    ("-- docs/adr/0003-x.md --\n# ADR-0003 — X\n\nADR-0003 is this.\n", 10000, "-- docs/adr/10000-x.md --\n# ADR-10000 — X\n\nADR-10000 is this.\n"),
    ("-- docs/adr/0003-x/README.md --\n# 3. X\n\n![p](p.png)\n-- docs/adr/0004-y.md --\n# 4. Y\n\n[X](0003-x/README.md) [X](0003-x/)\n", 5, "-- docs/adr/0005-x/README.md --\n# 5. X\n\n![p](p.png)\n-- docs/adr/0004-y.md --\n# 4. Y\n\n[X](0005-x/README.md) [X](0005-x/)\n"),
    ("-- docs/adr/adr-x.md --\n---\nid: ADR-3\nstatus: accepted\n---\n# ADR-3: X\n\n## Context\n\n## Decision\n", 4, "-- docs/adr/adr-x.md --\n---\nid: ADR-4\nstatus: accepted\n---\n# ADR-4: X\n\n## Context\n\n## Decision\n"),
    ("-- docs/adr/0003-x.md --\n# 3. X\n-- docs/adr/0004-y.md --\n# 4. Y\n\n[X](0003-x.md)\n\n[x]: 0003-x.md 'X'\n[y]: <./0003-x.md#why>\n", 5, "-- docs/adr/0005-x.md --\n# 5. X\n-- docs/adr/0004-y.md --\n# 4. Y\n\n[X](0005-x.md)\n\n[x]: 0005-x.md 'X'\n[y]: <./0005-x.md#why>\n"),
    ("-- docs/adr/0003 use it.md --\n# 3. X\n-- docs/adr/0004-y.md --\n# 4. Y\n\n[X](0003%20use%20it.md) [X](<0003 use it.md>)\n", 5, "-- docs/adr/0005 use it.md --\n# 5. X\n-- docs/adr/0004-y.md --\n# 4. Y\n\n[X](0005%20use%20it.md) [X](<0005 use it.md>)\n"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "number", "expected"), FORMS, ids=[source.split()[1] for source, _, _ in FORMS])
def test_the_new_number_is_written_as_the_house_writes_numbers(source: str, number: int, expected: str) -> None:
    given = fixture(source)
    record = whole(given.workspace, next(iter(given.workspace.records)))
    assert changed(given, renaming.renumbered(given.workspace, record, number)) == expected


def test_what_could_mean_another_record_is_left_alone() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0001-b.md --
        # 1. B
        -- docs/adr/0002-c.md --
        # 2. C

        ADR-0001, [ADR-0001](0001-a.md), [B](0001-b.md), [ADR-0001](0001-b.md)
        """)
    assert changed(given, renaming.renumbered(given.workspace, record(given, "0001-b.md"), 3)) == clean("""
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0003-b.md --
        # 3. B
        -- docs/adr/0002-c.md --
        # 2. C

        ADR-0001, [ADR-0001](0001-a.md), [B](0003-b.md), [ADR-0003](0003-b.md)
        """)


def record(given: Fixture, base: str) -> Record:
    return whole(given.workspace, posixpath.join(ROOT, "docs/adr", base))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda w, r: renaming.renumbered(w, r, 2), "ADR-0002 is “Store events” (0002-store-events.md)."),
        (lambda w, r: renaming.renumbered(w, r, 10**6), "1000000 is no number for an ADR; choose one from 0 to 999999."),
        (lambda w, r: renaming.renumbered(w, r, -1), "-1 is no number for an ADR; choose one from 0 to 999999."),
        (lambda w, r: renaming.retitled(w, r, "12. Use X"), "“12. Use X” begins with another number than the record's; give a title without one."),
        (lambda w, r: renaming.retitled(w, r, " "), "An ADR needs a title."),
        (lambda w, r: renaming.retitled(w, r, "store Events"), "ADR-0002 has that title already."),
        (lambda w, r: renaming.retitled(w, r, "?"), "“?” has no letters from which a file name could be made; choose another title."),
    ],
)  # fmt: skip
def test_what_cannot_be_says_why(ask: Callable[[Workspace, Record], Change], said: str) -> None:
    given = fixture(LOG)
    with pytest.raises(RenamingError) as caught:
        ask(given.workspace, record(given, "0001-use-kafka.md"))
    assert str(caught.value) == said


def test_no_title_gives_a_file_a_name_that_windows_keeps_for_a_device() -> None:
    given = fixture(
        "-- docs/adr/use-kafka.md --\n# Use Kafka\n\n## Status\n\nAccepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
    )
    with pytest.raises(RenamingError, match="Windows keeps the name “con” for a device"):
        renaming.retitled(given.workspace, record(given, "use-kafka.md"), "Con")


def test_the_same_name_changes_nothing() -> None:
    given = fixture(LOG)
    one = record(given, "0001-use-kafka.md")
    assert renaming.renumbered(given.workspace, one, 1) == renaming.retitled(given.workspace, one, "Use Kafka") == Change()


def test_a_link_that_goes_a_way_round_follows_too() -> None:
    given = fixture("-- docs/adr/0001-a.md --\n# 1. A\n\n[B](../adr/0002-b.md)\n-- docs/adr/0002-b.md --\n# 2. B\n")
    assert renaming.moved(given.workspace, {"/w/docs/adr/0001-a.md": "/w/docs/old/0001-a.md"}).edits == ()
    ((_, edit),) = renaming.moved(given.workspace, {"/w/docs/adr/0001-a.md": "/w/docs/adr/old/0001-a.md"}).edits
    assert edit.text == "../0002-b.md"


def test_a_file_of_that_name_is_in_the_way() -> None:
    given = fixture(
        "-- docs/adr/0001-a.md --\n# 1. A\n-- docs/adr/0002-a/README.md --\n# 2. B\n-- docs/adr/0003-a.md --\n# 3. C\n"
    )
    change = renaming.renumbered(given.workspace, record(given, "0003-a.md"), 4)
    assert change.moves == (("/w/docs/adr/0003-a.md", "/w/docs/adr/0004-a.md"),)


def test_a_record_gets_another_title_wherever_that_is_repeated() -> None:
    given = fixture(LOG)
    change = renaming.retitled(given.workspace, record(given, "0001-use-kafka.md"), "Use [Redpanda]")
    text = changed(given, change)
    assert "-- docs/adr/0001-use-redpanda.md --\n# 1. Use [Redpanda]\n" in text
    assert (
        "After [Use \\[Redpanda\\]](./0001-use-redpanda.md#status), [1. Use \\[Redpanda\\]](/docs/adr/0001-use-redpanda.md)"
        in text
    )
    assert "| [0001](0001-use-redpanda.md) | Use [Redpanda] | Superseded |" in text
    assert '[k]: ../adr/0001-use-redpanda.md "Kafka"' in text
    kept = changed(given, renaming.retitled(given.workspace, record(given, "0001-use-kafka.md"), "Use Redpanda", move=False))
    assert kept == given.render(dict(given.texts)).replace("Use Kafka", "Use Redpanda")


@pytest.mark.parametrize("behind", [" | Date: 13/10/25", " | Status: accepted | Date: 2025-10-13", " [REJECTED]"])
def test_what_stands_behind_a_title_stays(behind: str) -> None:
    given = fixture(f"-- docs/adr/0001-use-kafka.md --\n# 1. Use Kafka{behind}\n\n## Context\n\nC.\n")
    text = changed(given, renaming.retitled(given.workspace, record(given, "0001-use-kafka.md"), "Use NATS"))
    assert text.startswith(f"-- docs/adr/0001-use-nats.md --\n# 1. Use NATS{behind}\n")


def test_a_file_that_is_not_called_by_its_title_keeps_its_name() -> None:
    given = fixture("-- docs/adr/0001-messaging.md --\n---\ntitle: Use Kafka\n---\n# 1. Use Kafka\n")
    assert changed(given, renaming.retitled(given.workspace, record(given, "0001-messaging.md"), "Use NATS")) == (
        "-- docs/adr/0001-messaging.md --\n---\ntitle: Use NATS\n---\n# 1. Use NATS\n"
    )


def test_a_label_of_a_definition_goes_on_leading_to_it() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A

        [ADR-3], [ADR-3][], [3. Use Kafka], [it][ADR-3]

        [ADR-3]: 0003-use-kafka.md
        [3. Use Kafka]: 0003-use-kafka.md
        -- docs/adr/0003-use-kafka.md --
        # 3. Use Kafka
        """)
    then = changed(given, renaming.renumbered(given.workspace, record(given, "0003-use-kafka.md"), 12))
    assert "[ADR-12][ADR-3], [ADR-12][ADR-3], [12. Use Kafka][3. Use Kafka], [it][ADR-3]\n" in then
    assert "[ADR-3]: 0012-use-kafka.md\n[3. Use Kafka]: 0012-use-kafka.md\n" in then
    then = changed(given, renaming.retitled(given.workspace, record(given, "0003-use-kafka.md"), "B", move=False))
    assert "[ADR-3], [ADR-3][], [3. B][3. Use Kafka], [it][ADR-3]\n" in then


LABELS = [
    ("[S3 bucket, ADR-3](0003-it.md)", "[S3 bucket, ADR-12](0012-it.md)"),
    ("[Phase 3: ADR 3 - it](0003-it.md)", "[Phase 3: ADR 12 - it](0012-it.md)"),
    ("[3, says ADR-003](0003-it.md)", "[3, says ADR-012](0012-it.md)"),
    ("[RFC-3](0003-it.md)", "[RFC-3](0012-it.md)"),
    ("[#3](0003-it.md)", "[#12](0012-it.md)"),
    ("[decision 3](0003-it.md)", "[decision 12](0012-it.md)"),
    ("[besluit 3](0003-it.md)", "[besluit 12](0012-it.md)"),
    ("[a decisão n.º 003](0003-it.md)", "[a decisão n.º 012](0012-it.md)"),
    ("[决策 3](0003-it.md)", "[决策 12](0012-it.md)"),
    ("[phase 3](0003-it.md)", "[phase 3](0012-it.md)"),
    ("[3 decisions](0003-it.md)", "[3 decisions](0012-it.md)"),
]


@pytest.mark.parametrize(("before", "then"), LABELS)
def test_the_number_that_names_the_record_is_the_one_that_changes(before: str, then: str) -> None:
    given = fixture(
        f'-- docs/adr/0001-a.md --\n# 1. A\n\n{before}\n-- docs/adr/0003-it.md --\n# <a name="adr3"></a>ADR 3: it\n'
    )
    text = changed(given, renaming.renumbered(given.workspace, record(given, "0003-it.md"), 12))
    assert f"\n{then}\n" in text
    assert text.endswith('# <a name="adr3"></a>ADR 12: it\n')


@pytest.mark.parametrize("label", ["Audit", "Use it", "it works", "Phase 2: it", "Chapter 12 it"])
def test_a_title_is_none_where_it_is_part_of_other_words(label: str) -> None:
    text = f"-- docs/adr/0001-a.md --\n# 1. A\n\n[{label}](0003-it.md)\n-- docs/adr/0003-it.md --\n"
    given = fixture(f"{text}---\ntitle: 'ADR-3: it'\n---\n# 3. it\n")
    change = renaming.retitled(given.workspace, record(given, "0003-it.md"), "Trace", move=False)
    assert changed(given, change) == f"{text}---\ntitle: 'ADR-3: Trace'\n---\n# 3. Trace\n"


@pytest.mark.parametrize(
    "label", ["it", "3. it", "ADR-3: it", "**ADR 0003** - it", "Decision 3 — it", "2024-01-01 it", "ADR: it"]
)
def test_a_title_is_one_alone_and_behind_the_number(label: str) -> None:
    text = f"-- docs/adr/0001-a.md --\n# 1. A\n\n[{label}](0003-it.md)\n-- docs/adr/0003-it.md --\n# 3. it\n"
    given = fixture(text)
    change = renaming.retitled(given.workspace, record(given, "0003-it.md"), "Trace", move=False)
    assert changed(given, change) == text.replace(" it\n", " Trace\n").replace("it]", "Trace]")


def test_a_number_beside_the_link_of_an_entry_follows() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0003-use-kafka.md --
        # 3. Use Kafka
        -- docs/adr/README.md --
        # Decisions

        | No. | Title | Votes |
        | --- | --- | --- |
        | 0001 | [A](0001-a.md) | 3 |
        | 0003 | [Use Kafka](0003-use-kafka.md) | 13 |
        -- docs/README.md --
        # Decisions

        * 0001 [A](adr/0001-a.md)
        * 3 - [Use Kafka](adr/0003-use-kafka.md)
        -- mkdocs.yml --
        nav:
          - 1. A: adr/0001-a.md
          - 3. Use Kafka: adr/0003-use-kafka.md
          - '0003': adr/0003-use-kafka.md
        """)
    then = changed(given, renaming.renumbered(given.workspace, record(given, "0003-use-kafka.md"), 12))
    assert "| 0012 | [Use Kafka](0012-use-kafka.md) | 13 |" in then
    assert "| 0001 | [A](0001-a.md) | 3 |" in then
    assert "* 12 - [Use Kafka](adr/0012-use-kafka.md)\n" in then
    assert "  - 1. A: adr/0001-a.md\n  - 12. Use Kafka: adr/0012-use-kafka.md\n  - '0012': adr/0012-use-kafka.md\n" in then


def test_the_navigation_of_a_site_follows_into_another_folder() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A
        -- docs/adr/0003-use-kafka.md --
        # 3. Use Kafka
        -- mkdocs.yml --
        nav:
          - 1. A: adr/0001-a.md
          - adr/0003-use-kafka.md
        """)
    moves = {"/w/docs/adr/0003-use-kafka.md": "/w/docs/old/0003-use-kafka.md"}
    then = changed(given, moving(given.workspace, moves))
    assert then.endswith("  - 1. A: adr/0001-a.md\n  - old/0003-use-kafka.md\n")
    moves = {"/w/docs/adr": "/w/docs/decisions"}
    then = changed(given, moving(given.workspace, moves))
    assert then.endswith("  - 1. A: decisions/0001-a.md\n  - decisions/0003-use-kafka.md\n")
    assert renaming.moved(given.workspace, {"/w/docs": "/w/site"}).edits == ()


HELD = """
    -- docs/adr/0003-use-kafka.md --
    # 3. Use Kafka
    -- docs/adr/0004-b.md --
    ---
    related: ["[3. Use Kafka](0003-use-kafka.md)"]
    ---
    # 4. B
    -- docs/adr/README.md --
    # Decisions

    | ADR | Title | Status |
    | --- | --- | --- |
    | [0003](0003-use-kafka.md) | Use Kafka | Accepted |
    | [4. B](0004-b.md) | B, not [Use Kafka](0003-use-kafka.md) | Accepted |
    -- mkdocs.yml --
    nav:
      - Use Kafka: adr/0003-use-kafka.md
      - "3. Use Kafka": adr/0003-use-kafka.md
      - 'Use Kafka': adr/0003-use-kafka.md
      - B: adr/0004-b.md
    """


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Use A | B", ["Use A \\| B", "Use A \\| B", "Use A | B", "Use A | B", "Use A | B", "Use A | B"]),
        (
            'Don\'t use "Kafka": #1 choice',
            [
                'Don\'t use "Kafka": #1 choice',
                'Don\'t use "Kafka": #1 choice',
                'Don\'t use \\"Kafka\\": #1 choice',
                '"Don\'t use \\"Kafka\\": #1 choice"',
                'Don\'t use \\"Kafka\\": #1 choice',
                "Don''t use \"Kafka\": #1 choice",
            ],
        ),
        ("Use [A", ["Use [A", "Use \\[A", "Use \\\\[A", "Use [A", "Use [A", "Use [A"]),
    ],
)
def test_a_title_is_written_as_its_place_can_hold_it(title: str, said: list[str]) -> None:
    given = fixture(HELD)
    then = changed(given, renaming.retitled(given.workspace, record(given, "0003-use-kafka.md"), title, move=False))
    cell, label, front, plain, double, single = said
    assert f"| {cell} | Accepted |" in then
    assert f"not [{label}](0003" in then
    assert f'["[3. {front}](0003-use-kafka.md)"]' in then
    assert f'  - {plain}: adr/0003-use-kafka.md\n  - "3. {double}": adr' in then
    assert f"  - '{single}': adr/0003-use-kafka.md" in then
    back = fixture(then.replace(f"[3. {front}]", "[3. Use Kafka]"))
    again = renaming.retitled(back.workspace, record(back, "0003-use-kafka.md"), "Use Kafka", move=False)
    assert changed(back, again).replace('- "Use Kafka"', "- Use Kafka") == clean(HELD)


def test_links_to_anything_in_a_folder_follow_it() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A

        ![x](../adr/img/x.svg) ![y](0003-x/y.png)
        -- docs/adr/0003-x/index.md --
        # 3. X
        -- README.md --
        # All

        [ADRs](docs/adr/), ![x](docs/adr/img/x.svg) ![x](/docs/adr/img/x.svg) [src](src/) [web](//docs/adr/)
        """)
    moves = {"/w/docs/adr": "/w/decisions"}
    then = changed(given, moving(given.workspace, moves))
    assert "![x](img/x.svg) ![y](0003-x/y.png)\n" in then
    assert "[ADRs](decisions/), ![x](decisions/img/x.svg) ![x](/decisions/img/x.svg) [src](src/) [web](//docs/adr/)\n" in then
    then = changed(given, renaming.renumbered(given.workspace, record(given, "0003-x/index.md"), 12))
    assert "![x](../adr/img/x.svg) ![y](0012-x/y.png)\n" in then


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("[[0003-use-kafka|ADR-3]]", "[[0012-use-kafka|ADR-12]]"),
        ("[[0003-use-kafka#status]]", "[[0012-use-kafka#status]]"),
        ("[[ 0003-use-kafka.md#status | 0003 ]]", "[[ 0012-use-kafka.md#status | 0003 ]]"),
        ("[[../adr/0003-use-kafka|it]]", "[[../adr/0012-use-kafka|it]]"),
        ('<a href="0003-use-kafka.md#x">ADR-3</a>', '<a href="0012-use-kafka.md#x">ADR-12</a>'),
        (
            "<div><a class='x' HREF='./0003-use-kafka.md'>it</a></div>",
            "<div><a class='x' HREF='./0012-use-kafka.md'>it</a></div>",
        ),
        ('`<a href="0003-use-kafka.md">`', '`<a href="0003-use-kafka.md">`'),
    ],
)
def test_wiki_links_and_html_follow(before: str, then: str) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n{before}\n-- docs/adr/0003-use-kafka.md --\n# 3. Use Kafka\n")
    text = changed(given, renaming.renumbered(given.workspace, record(given, "0003-use-kafka.md"), 12))
    assert f"\n{then}\n" in text


def test_pictures_in_html_follow_their_folder() -> None:
    given = fixture('-- docs/adr/0001-a.md --\n# 1. A\n\n<img width="9" src="img/x.png"/>\n')
    moves = {"/w/docs/adr/0001-a.md": "/w/docs/adr/old/0001-a.md"}
    then = changed(given, moving(given.workspace, moves))
    assert '<img width="9" src="../img/x.png"/>' in then


def test_the_anchor_of_the_title_follows() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A

        [x](0003-use-kafka.md#3-use-kafka) [y](0003-use-kafka.md#status) [z](#3-use-kafka) [3][k]

        [k]: 0003-use-kafka.md#3-use-kafka "K"
        -- docs/adr/0003-use-kafka.md --
        # 3. Use Kafka

        [top](#3-use-kafka) [status](#status) [again](#3-use-kafka-1) [a](0001-a.md#3-use-kafka)

        ## Status

        ## 3. Use Kafka
        """)
    one = record(given, "0003-use-kafka.md")
    then = changed(given, renaming.renumbered(given.workspace, one, 12))
    assert "[x](0012-use-kafka.md#12-use-kafka) [y](0012-use-kafka.md#status) [z](#3-use-kafka) [3][k]\n" in then
    assert '[k]: 0012-use-kafka.md#12-use-kafka "K"\n' in then
    assert "[top](#12-use-kafka) [status](#status) [again](#3-use-kafka) [a](0001-a.md#3-use-kafka)\n" in then
    then = changed(given, renaming.retitled(given.workspace, one, "Größe: 12", move=False))
    assert "[x](0003-use-kafka.md#3-größe-12) [y](0003-use-kafka.md#status) [z](#3-use-kafka) [3][k]\n" in then


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("1. Use X", "Use X"),
        ("ADR-0001: Use X", "Use X"),
        ("1 tier", "1 tier"),
        ("12 factors", "12 factors"),
        ("S3: why", "S3: why"),
    ],
)
def test_a_title_may_be_given_with_the_records_number(asked: str, title: str) -> None:
    given = fixture(LOG)
    then = changed(given, renaming.retitled(given.workspace, record(given, "0001-use-kafka.md"), asked, move=False))
    assert then == given.render(dict(given.texts)).replace("Use Kafka", title)


def test_a_long_title_makes_no_longer_file_name_than_others() -> None:
    given = fixture(LOG)
    change = renaming.retitled(given.workspace, record(given, "0001-use-kafka.md"), "word " * 100)
    ((_, new),) = change.moves
    assert len(posixpath.basename(new)) <= len("0001-.md") + creation.LONGEST


SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("github.com/me/it/blob/main", True),
        ("github.com/Me/It/blob/release-2", True),
        ("github.com/other/it/blob/main", False),
        ("gitlab.com/me/it/-/blob/main", False),
        (f"github.com/me/it/blob/{SHA}", False),
        (f"github.com/me/it/blob/{SHA[:7]}", False),
        ("github.com/me/it/blob/v1.2.0", False),
        ("github.com/other/w/tree/main", True),  # called like the folder
    ],
)
def test_only_addresses_of_this_repository_are_followed(address: str, *, is_ours: bool) -> None:
    given = fixture(f"""
        -- docs/adr/0001-a.md --
        # 1. A

        [A](https://github.com/me/it/blob/main/docs/adr/0001-a.md) [C](https://github.com/me/it/blob/main/docs/adr/0001-a.md)

        [ADR-3: Use Kafka](https://{address}/docs/adr/0003-use-kafka.md)
        -- docs/adr/0003-use-kafka.md --
        # 3. Use Kafka
        """)
    one = record(given, "0003-use-kafka.md")
    then = changed(given, renaming.renumbered(given.workspace, one, 12))
    number = 12 if is_ours else 3
    assert f"[ADR-{number}: Use Kafka](https://{address}/docs/adr/{number:04}-use-kafka.md)\n" in then
    then = changed(given, renaming.retitled(given.workspace, one, "B", move=False))
    assert f"[ADR-3: {'B' if is_ours else 'Use Kafka'}](https" in then


def test_one_address_alone_tells_nothing_of_the_repository() -> None:
    given = fixture("""
        -- docs/adr/0001-a.md --
        # 1. A

        <https://github.com/other/repo/blob/main/docs/adr/0003-use-kafka.md>
        -- docs/adr/0003-use-kafka.md --
        # 3. Use Kafka
        """)
    then = changed(given, renaming.renumbered(given.workspace, record(given, "0003-use-kafka.md"), 12))
    assert "/0003-use-kafka.md>\n" in then


def test_links_from_files_elsewhere_follow_too() -> None:
    given = fixture(LOG)
    guide = Record(
        "/w/docs/guide/h.md", "[1. Use Kafka](../adr/0001-use-kafka.md#status) and ADR-0001, [B](../adr/0002-store-events.md)\n"
    )
    other = Record("/w/docs/guide/x.md", "Use Kafka\n")
    one = record(given, "0001-use-kafka.md")

    def then(change: Change) -> list[str]:
        return [change.text(file.path, file.text) for file in (guide, other)]

    change = renaming.renumbered(given.workspace, one, 12, [guide, other])
    assert then(change) == [guide.text.replace("[1.", "[12.").replace("0001-use", "0012-use"), other.text]
    change = renaming.retitled(given.workspace, one, "Use NATS now", beside=[guide, other])
    assert then(change) == [guide.text.replace("Use Kafka", "Use NATS now").replace("use-kafka", "use-nats-now"), other.text]
    moves = {"/w/docs/guide": "/w/guide"}
    assert then(renaming.moved(given.workspace, moves, [guide])) == [
        guide.text.replace("../adr", "../docs/adr"),
        other.text,
    ]


MOVED = """
    -- docs/adr/0001-a.md --
    # 1. A

    ![p](img/p.png), [code](../../src/x.py#L3), [web](https://example.com/x), [B](0002-b.md), [top](#a), [root](/docs/adr/0002-b.md)
    -- docs/adr/0002-b.md --
    # 2. B

    [A](./0001-a.md#a) and <https://github.com/me/w/blob/main/docs/adr/0001-a.md>
    -- docs/adr/README.md --
    # Decisions

    - [A](0001-a.md)
    - [B](0002-b.md)
    -- README.md --
    # All

    [Decisions](docs/adr/) start with [A](docs/adr/0001-a.md).
    """


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        (
            {"docs/adr/0001-a.md": "docs/adr/old/0001-a.md"},
            {
                "docs/adr/old/0001-a.md": "# 1. A\n\n![p](../img/p.png), [code](../../../src/x.py#L3), [web](https://example.com/x), [B](../0002-b.md), [top](#a), [root](/docs/adr/0002-b.md)\n",
                "docs/adr/0002-b.md": "# 2. B\n\n[A](./old/0001-a.md#a) and <https://github.com/me/w/blob/main/docs/adr/old/0001-a.md>\n",
                "docs/adr/README.md": "# Decisions\n\n- [A](old/0001-a.md)\n- [B](0002-b.md)\n",
                "README.md": "# All\n\n[Decisions](docs/adr/) start with [A](docs/adr/old/0001-a.md).\n",
            },
        ),
        (
            {"docs/adr": "decisions"},
            {
                "decisions/0001-a.md": "# 1. A\n\n![p](img/p.png), [code](../src/x.py#L3), [web](https://example.com/x), [B](0002-b.md), [top](#a), [root](/decisions/0002-b.md)\n",
                "decisions/0002-b.md": "# 2. B\n\n[A](./0001-a.md#a) and <https://github.com/me/w/blob/main/decisions/0001-a.md>\n",
                "decisions/README.md": "# Decisions\n\n- [A](0001-a.md)\n- [B](0002-b.md)\n",
                "README.md": "# All\n\n[Decisions](decisions/) start with [A](decisions/0001-a.md).\n",
            },
        ),
    ],
)  # fmt: skip
def test_links_follow_what_moves(moves: dict[str, str], expected: dict[str, str]) -> None:
    given = fixture(MOVED)
    absolute = {posixpath.join(ROOT, old): posixpath.join(ROOT, new) for old, new in moves.items()}
    change = moving(given.workspace, absolute)
    found = {path.removeprefix(ROOT + "/"): text for path, text in after(dict(given.texts), change).items()}
    assert found == expected


# On real collections

AWKWARD = 'Quite "another" | matter: [77 #x] it\'s'


def files_of(given: Workspace) -> list[Record]:
    return [whole(given, path) for path in (*given.records, *given.pages)]


def texts_of(given: Workspace, beside: Sequence[Record] = ()) -> dict[str, str]:
    return {file.path: file.text for file in (*files_of(given), *beside)}


def led(given: Workspace, source: Record) -> list[tuple[Mention, Resolution]]:
    """The mentions of a file, in HTML too, and where they lead, but for those in its title, which may have become another."""
    title = source.heading.span if source.heading else Span(0, 0)
    in_html = mentions.in_html(source.document) if source.is_markdown else ()
    found = [*given.resolved(source).items(), *((one, given.names.resolve(source.path, one)) for one in in_html)]
    return [(mention, resolution) for mention, resolution in found if not title.covers(mention.span)]


def harm(given: Workspace, what: str, change: Change, beside: Sequence[Record]) -> Iterator[str]:
    """What a change breaks: references that lead elsewhere, or files that are no records any more."""
    moves = dict(change.moves)
    files = frozenset(landing(path, moves) for path in given.files)
    texts = after(texts_of(given, beside), change)
    now = disk_like(given, texts, files, moves)
    own = renaming.repositories(given)
    others = {path: Record(path, texts[path]) for one in beside for path in [landing(one.path, moves)]}
    for source in (*files_of(given), *beside):
        log = given.log_of(source.path)
        path = landing(source.path, moves)
        same = now.file(path) or others[path]
        before, then = led(given, source), [resolution for _, resolution in led(now, same)]
        if len(before) != len(then):
            yield f"{what}: {len(before)} references of {source.path} become {len(then)}"
            continue
        for (mention, resolution), found in zip(before, then, strict=True):
            if not renaming.is_followed(mention, own) or (source.path in others and mention.path is None):
                continue
            within = [path for path in resolution.paths if log is not None and {source.path, path} <= {*log.records}]
            sure = resolution.path and (len(resolution.paths) == 1 or mention.path is not None or len(within) == 1)
            if sure and found.path != landing(resolution.paths[0], moves):
                yield f"{what}: “{mention.span.of(source.text)}” of {source.path} leads to {found.paths}"
    if len(now.records) != len(given.records):
        yield f"{what}: {len(given.records)} records become {len(now.records)}"


def tables(given: Workspace, what: str, change: Change) -> Iterator[str]:
    """What a change does to the shape of indexes: rows that get other cells, entries that are lost."""
    moves = dict(change.moves)
    now = disk_like(given, after(texts_of(given), change), given.files, moves)
    for path, index in given.indexes.items():
        other = whole(now, landing(path, moves))
        if pipes(index.page) != pipes(other):
            yield f"{what}: the rows of {path} get other cells"
        if isinstance(index.page, Navigation) and len(index.page.items) != len(getattr(other, "items", ())):
            yield f"{what}: the navigation in {path} cannot be read any more"


def pipes(page: Record) -> list[int]:
    """How many marks between cells each row of a page's tables has."""
    rows = (block for block in page.document.walk() if block.kind == "table_row")
    return [len(re.findall(r"(?<!\\)\|", row.span.of(page.text))) for row in rows]


def disk_like(given: Workspace, texts: dict[str, str], files: frozenset[str], moves: dict[str, str]) -> Workspace:
    """The workspace with other texts under other paths, as it was put together."""
    logs = tuple(
        replace(
            log,
            directory=landing(log.directory, moves),
            records=MappingProxyType(
                {path: facts_of(Record(path, texts[path])) for old in log.records for path in [landing(old, moves)]}
            ),
        )
        for log in given.logs
    )
    pages = {path: facts_of(page_of(path, texts[path])) for old in given.pages for path in [landing(old, moves)]}
    return Workspace(given.roots, logs, MappingProxyType(pages), files, read=texts.get)


def test_everywhere_references_lead_where_they_led(corpora: Path) -> None:
    harms = []
    for root in collections(corpora, MEDIUM):
        read = loaded(root)
        given, beside = read.workspace, disk.beside(read)
        for log in given.logs:
            every = [whole(given, path) for path in log.records]
            chosen = every[:: max(1, len(every) // (8 if EVERYTHING else 2))]  # each takes all files to be read anew
            for one in chosen:
                free = renaming.next_number(given, log, one) + 3
                changes: list[tuple[str, Change]] = []
                if one.number is not None:
                    changes.append((f"{one.path} as {free}", renaming.renumbered(given, one, free, beside)))
                if one.title and renaming.title_span(one) is not None:
                    changes.append((f"{one.path} retitled", renaming.retitled(given, one, AWKWARD, beside=beside)))
                away = posixpath.join(posixpath.dirname(one.path), "archive of old", posixpath.basename(one.path))
                if not one.name.own_directory:
                    moves = {one.path: away}
                    changes.append((f"{one.path} archived", moving(given, moves, beside)))
                for what, change in changes:
                    harms += harm(given, f"{root.name}: {what}", change, beside)
    assert not harms, "\n".join(harms)


def test_everywhere_an_awkward_title_leaves_indexes_their_shape(corpora: Path) -> None:
    harms, seen = [], 0
    for root in collections(corpora):
        given = loaded(root).workspace
        listed = {path for index in given.indexes.values() for path in index.by_record}
        for one in [whole(given, path) for path in sorted(listed) if path in given.records][:: 1 if EVERYTHING else 9]:
            if one.title and renaming.title_span(one) is not None:
                change = renaming.retitled(given, one, AWKWARD)
                seen += any(path in given.indexes and AWKWARD[:5] in edit.text for path, edit in change.edits)
                harms += tables(given, f"{root.name}: {one.path} retitled", change)
    assert seen
    assert not harms, "\n".join(harms)


def test_a_record_that_calls_itself_otherwise_is_called_so_with_its_new_number() -> None:
    before = """
        -- docs/adr/DR-0003-use-kafka.md --
        # DR-⟦0003⟧: Use Kafka
        -- docs/adr/DR-0004-use-rust.md --
        # DR-0004: Use Rust

        As DR-⟦0003⟧, DR-⟦3⟧ and ADR-⟦3⟧ say, [DR-⟦0003⟧](DR-⟦0003⟧-use-kafka.md), AD-0003 not.
        -- src/app.py --
        # DR-⟦3⟧
    """
    given = fixture(clean(before).replace("⟦", "").replace("⟧", ""))
    change = renaming.renumbered(given.workspace, record(given, "DR-0003-use-kafka.md"), 9)
    expected = clean(before).replace("⟦0003⟧", "0009").replace("⟦3⟧", "9").replace("DR-0003-use", "DR-0009-use")
    assert changed(given, change) == expected


def test_wiki_links_follow_by_as_much_of_a_path_as_they_have() -> None:
    given = fixture(
        "-- docs/adr/0001-rain/README.md --\n# 1. Rain\n\n## Status\n\nAccepted\n"
        "-- docs/adr/0002-snow/README.md --\n# 2. Snow\n\n## Status\n\nAccepted\n\n"
        "See [[0001-rain/README|ADR-0001]], [[adr/0001-rain/README]] and [[docs/adr/0001-rain/README]].\n"
    )
    change = renaming.renumbered(given.workspace, given.file("docs/adr/0001-rain/README.md"), 9)
    assert "[[0009-rain/README|ADR-0009]], [[adr/0009-rain/README]] and [[docs/adr/0009-rain/README]]" in changed(given, change)


def test_the_line_under_a_title_is_as_long_as_the_title_where_it_was() -> None:
    given = fixture("-- docs/adr/0001-rain.md --\nADR-1: Rain\n===========\n-- docs/adr/0002-snow.md --\nADR-2: Snow\n=====\n")
    for name, title, expected in (
        ("0001-rain", "Fog", "ADR-1: Fog\n==========\n"),
        ("0002-snow", "Hail", "ADR-2: Hail\n=====\n"),
    ):
        change = renaming.retitled(given.workspace, given.file(f"docs/adr/{name}.md"), title)
        assert expected in changed(given, change)
