"""Code actions on references: one text with a cursor in, the titles or the text out."""

from __future__ import annotations

import posixpath

import pytest

from adr_ls.ide import referring
from adr_ls.syntax.text import Span
from tests.fixture import ROOT, Fixture, fixture

TODAY = "2030-01-01"
LOG = """
-- docs/adr/011-k.md --
# ADR-011: K

Text {}.
-- docs/adr/012-l.md --
# ADR-012: L

See [ADR-011](011-k.md) and [ADR-002](./002-b.md).
-- docs/adr/002-b.md --
# ADR-002: B

See [ADR-011](011-k.md).
""".lstrip("\n")
BARE = LOG.replace("See [ADR-011](011-k.md) and [ADR-002](./002-b.md).", "ADR-011, ADR-002.").replace(
    "[ADR-011](011-k.md)", "ADR-011"
)


def at(source: str, text: str) -> tuple[Fixture, Span]:
    given = fixture(source.replace("{}", text))
    return given, Span(given.offset, given.offset)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("ADR-0$021", ["Change to ADR-012, “L”", "Create ADR-021…"]),
        ("ADR-0$013", ["Change to ADR-012, “L”", "Create ADR-013…"]),
        ("ADR-1$002", ["Change to ADR-012, “L”", "Create ADR-102…"]),
        ("ADR-9$099", ["Create ADR-999…"]),
        ("ADR-0$012", []),
        ("RFC-2$0119", []),
    ],
)
def test_an_unknown_reference_has_its_remedies(text: str, titles: list[str]) -> None:
    given, span = at(LOG, text)
    assert [action.title for action in referring.remedies(given.workspace, given.record, span, TODAY)] == titles


def test_the_nearest_record_is_written_as_the_reference_was() -> None:
    given, span = at(LOG, "ADR 2$01, as said")
    nearest, *_ = referring.remedies(given.workspace, given.record, span, TODAY)
    assert "Text ADR 12, as said." in given.edited(nearest.change)


def test_the_record_of_a_reference_is_made_with_its_number() -> None:
    given, span = at(LOG, "ADR-0$040")
    made = list(referring.remedies(given.workspace, given.record, span, TODAY))[-1]
    assert made.order
    assert dict(made.order.arguments) == {"title": "Decision 40", "uri": given.path, "number": 40, "ask": True}


@pytest.mark.parametrize(
    ("log", "text", "after"),
    [
        (LOG, "ADR-$0002 again", "[ADR-002](002-b.md) again"),
        (LOG, "ADR 1$02 again", "[ADR 12](012-l.md) again"),
        (LOG, "[it](0$002-b.md)", None),
        (LOG, "`ADR-0$002`", None),
        (LOG, "ADR-0$077", None),
    ],
)
def test_a_reference_is_made_a_link(log: str, text: str, after: str | None) -> None:
    given, span = at(log, text)
    found = list(referring.rewritings(given.workspace, given.record, span))
    linking = next((action for action in found if action.title.startswith("Make this a link to ADR-0")), None)
    assert (linking is not None) == (after is not None)
    if linking and after:
        assert f"Text {after}." in given.edited(linking.change)


@pytest.mark.parametrize(
    ("log", "text", "title", "after"),
    [
        (
            LOG,
            "ADR 2, AD$0R-12, [ADR12](012-l.md), [it](012-l.md)",
            "Write 3 references here like [ADR 2](002-b.md)",
            "[ADR 2](002-b.md), [ADR-12](012-l.md), [ADR-012](012-l.md), [it](012-l.md)",
        ),
        (
            BARE,
            "ADR 2, AD$0R-012, [ADR12](012-l.md), `ADR 2`, ADRs 2 and 12",
            "Write 2 references here like ADR-002",
            "ADR-002, ADR-012, [ADR-012](012-l.md), `ADR 2`, ADRs 2 and 12",
        ),
        (BARE, "ADR-0$012, ADR-002", None, None),
    ],
)
def test_all_references_are_written_alike(log: str, text: str, title: str | None, after: str | None) -> None:
    given, span = at(log, text)
    found = [
        action for action in referring.rewritings(given.workspace, given.record, span) if action.title.startswith("Write ")
    ]
    assert [action.title for action in found] == ([title] if title else [])
    if after:
        assert f"Text {after}." in given.edited(found[0].change)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("⟦keep spare ropes⟧ on board", "New ADR “Keep spare ropes”…"),
        ("we ⟦keep *spare* ropes.⟧", "New ADR “Keep spare ropes”…"),
        ("⟦ropes⟧", None),
        ("`⟦keep spare ropes⟧`", None),
        ("⟦keep\nspare ropes⟧", None),
    ],
)
def test_a_selection_may_become_a_record(text: str, title: str | None) -> None:
    given = fixture(LOG.replace("{}", text))
    (span,) = given.spans[given.path]
    found = list(referring.from_selection(given.workspace, given.record, span))
    assert [action.title for action in found] == ([title] if title else [])
    if title:
        assert found[0].order
        assert dict(found[0].order.arguments) == {"title": "Keep spare ropes", "uri": given.path, "ask": True}


LINKED = """
-- docs/adr/001-a.md --
# ADR-001: A

**Status**: Accepted

## Context

See $0{}.
-- docs/adr/002-b.md --
# ADR-002: B

**Status**: Accepted

## Context

C.
"""


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "[the broker](./003-use-kafka.md)",
            ("docs/adr/003-use-kafka.md", "# ADR-003: the broker", "Create ADR-003, “the broker”"),
        ),
        ("[ADR-003](003-use-kafka.md)", ("docs/adr/003-use-kafka.md", "# ADR-003: Use kafka", "Create ADR-003, “Use kafka”")),
        ("[2](007-use-kafka.md#x)", ("docs/adr/007-use-kafka.md", "# ADR-007: Use kafka", "Create ADR-007, “Use kafka”")),
        ("[B](002-bee.md)", None),
        ("[B](002-b.md)", None),
        ("[B](../003-b.md)", None),
        ("[B](notes.md)", None),
    ],
)
def test_what_a_link_names_can_be_made(link: str, expected: tuple[str, str, str] | None) -> None:
    given = fixture(LINKED.lstrip("\n").replace("{}", link))
    found = list(referring.remedies(given.workspace, given.record, Span(given.offset, given.offset), TODAY))
    made = [
        (posixpath.relpath(new.path, ROOT), new.text.partition("\n")[0], action.title)
        for action in found
        for new in action.change.created
    ]
    assert made == ([expected] if expected else [])
