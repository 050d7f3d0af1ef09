"""What rules saw of other files tells when they have to look again: never too late, and seldom too early."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls import rules
from adr_ls.log.earlier import OF_RECORDS, Earlier
from adr_ls.log.folds import Tally
from adr_ls.log.watch import Look, Notes, Seen, Walk, Way
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.rules.model import Problem
from tests import fixture
from tests.conftest import examples
from tests.log.test_workspace import FILES, changes

TEMPLATE = "# N. Title\n\n**Status**: Proposed\n\n## Context\n\nWhat is the issue that we see here?\n"
LEVELS = dict.fromkeys(rules.NAMES, "info")


def workspace() -> Workspace:
    texts = {**FILES, "docs/adr/template.md": TEMPLATE}
    return fixture.workspace({f"{fixture.ROOT}/{path}": text for path, text in texts.items()}, levels=LEVELS)


def said(problems: tuple[Problem, ...]) -> list[tuple[object, ...]]:
    return [
        (one.rule.name, one.level, one.span, one.message, one.related, [fix.title for fix in one.offered]) for one in problems
    ]


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(changes, min_size=1, max_size=4))
def test_what_was_found_is_still_true_as_long_as_the_same_would_be_seen(
    typed: list[tuple[str, float, int, str, bool]],
) -> None:
    current = workspace()
    notes = Notes()
    checked = {path: rules.examine(current, path, notes) for path in rules.checked(current)}
    for path, found in checked.items():
        assert said(found.problems) == said(rules.check_file(current, path))
    for relative, where, length, piece, _ in typed:
        path = f"{fixture.ROOT}/{relative}"
        text = fixture.whole(current, path).text
        at = int(where * len(text))
        current = current.with_text(path, text[:at] + piece + text[at + length :]).settled()
        look = Look(current, notes)
        for other in rules.checked(current):
            if other == path or other not in checked or not look.finds(checked[other].seen):
                checked[other] = rules.examine(current, other, notes)
            assert said(checked[other].problems) == said(rules.check_file(current, other)), other


@pytest.mark.parametrize("asked", ["most_common", "total", "elements", "copy", "items", "keys", "values"])
def test_what_a_watched_tally_is_asked_it_answers_as_the_tally_does(asked: str) -> None:
    current, path = workspace(), f"{fixture.ROOT}/docs/adr"
    log = current.log_at(path)
    assert log is not None
    tally = Tally(lambda record: [(record.number or 0) % 2])
    answers = (getattr(one.of(tally), asked)() for one in (log, Seen().log(current, path)))
    wanted, answer = (one if asked in ("copy", "total") else list(one) for one in answers)
    assert answer == wanted


def test_a_word_of_prose_makes_nobody_look_again() -> None:
    before = workspace()
    path = f"{fixture.ROOT}/docs/adr/0003-use-kafka.md"
    notes = Notes()
    checked = {other: rules.examine(before, other, notes) for other in rules.checked(before) if other != path}
    after = before.with_text(path, fixture.whole(before, path).text + "\nMore about it.\n").settled()
    look = Look(after, notes)
    assert not [other for other, found in checked.items() if not look.finds(found.seen)]


def test_what_was_seen_of_a_log_that_is_gone_is_seen_no_more() -> None:
    current = workspace()
    notes = Notes()
    checked = [rules.examine(current, path, notes) for path in current.records]
    look = Look(replace(current, logs=()), notes)
    assert not any(look.finds(found.seen) for found in checked)


GROWING = """---
status: accepted
date: 2025-01-{number:02}
owner: Ann
"id": "{number:04}"
---
# {number}. Use thing {number}

## Context

It is so, as ADR 1 says.

## Decision

We do it.

## What else

Nothing.
"""
ODD = "---\nstatus: accepted\ndate: 2025-02-01\nownr: Ann\n---\n# 30. Use more\n\n## Contxt\n\nIt is.\n\n## Decision\n\nYes.\n"


def test_a_record_that_is_added_makes_hardly_anybody_look_again() -> None:
    folder = f"{fixture.ROOT}/docs/adr"
    texts = {f"{folder}/{number:04}-use-thing-{number}.md": GROWING.format(number=number) for number in range(1, 25)}
    texts[f"{folder}/0030-use-more.md"] = ODD
    before, notes = fixture.workspace(texts), Notes()
    checked = {path: rules.examine(before, path, notes) for path in rules.checked(before)}
    look = Look(fixture.workspace({**texts, f"{folder}/0025-use-thing-25.md": GROWING.format(number=25)}), notes)
    anew = {path for path, found in checked.items() if not look.finds(found.seen)}
    # One of whom counts were told is looked at again, since these have changed; and the one before the new one might be
    assert anew <= {f"{folder}/0030-use-more.md", f"{folder}/0024-use-thing-24.md"}


class Untouchable(Mapping[str, object]):
    """What nobody may look into."""

    def __getitem__(self, key: str) -> object:
        raise AssertionError(key)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError


ABOUT: Mapping[str, Callable[[Workspace, Facts, Facts], object]] = {
    "canonical": lambda w, one, _: w.canonical(one),
    "chain": lambda w, one, _: w.chain(one),
    "converse": lambda w, one, _: w.converse(one, "supersedes"),
    "date": lambda w, one, _: w.date(one),
    "is_gone": lambda w, one, _: w.is_gone(one),
    "log_at": lambda w, one, _: [
        (log := w.log_at(one.path.rpartition("/")[0])),
        log and (log.house, log.habits, log.template_text),
    ],
    "names": lambda w, one, _: (w.names.lost(one.path, ("x.md",)), w.names.folders, w.names.sign.pattern),
    "on_either_side": lambda w, one, _: w.on_either_side(one, "amends"),
    "records": lambda w, one, _: (w.records.get(one.path), len(w.records), "x" in w.records),
    "refers_to": lambda w, one, _: w.refers_to(one),
    "related": lambda w, one, _: w.related(one, "superseded_by"),
    "relations": lambda w, one, _: w.relations(one, told=True),
    "resolve": lambda w, one, _: [w.resolve(one, mention) for mention in one.mentions],
    "resolved": lambda w, one, _: w.resolved(one),
    "said_of": lambda w, one, other: w.said_of(one, other),
    "standing": lambda w, one, _: w.standing(one),
    "states": lambda w, one, other: w.states(one, "supersedes", other),
    "status": lambda w, one, _: w.status(one),
    "successors": lambda w, one, _: w.successors(one),
    "tells": lambda w, one, other: w.tells(one, ("supersedes", "amends"), other),
    "today": lambda w, _, __: w.today,
}


@pytest.mark.parametrize("name", sorted(OF_RECORDS))
def test_what_rests_on_the_records_alone_looks_at_nothing_else(name: str) -> None:
    current = workspace()
    nothing = Untouchable()
    alone = replace(
        current,
        pages=nothing,
        guides=None,
        code=nothing,
        settings=nothing,
        before=nothing,
        opened=nothing,
        read=None,
        earlier=Earlier(),
    )
    for one in current.records.values():
        for other in current.records.values():
            assert ABOUT[name](alone, one, other) == ABOUT[name](current, one, other)


def test_what_rests_on_the_records_alone_is_not_asked_again_when_a_page_is_typed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    before, notes = workspace().prepared(), Notes()
    path, index = (f"{fixture.ROOT}/docs/adr/{name}" for name in ("0001-use-mysql.md", "README.md"))
    seen = rules.examine(before, path, notes).seen
    assert Look(before, notes).finds(seen)
    asked: list[Way] = []
    end = Walk.end
    monkeypatch.setattr(Walk, "end", lambda self, before, step: asked.append((*before, step)) or end(self, before, step))
    page = before.with_text(index, fixture.whole(before, index).text + "\nMore.\n")
    assert page.ground is before.ground
    assert Look(page.settled(), notes).finds(seen)
    assert asked
    assert {way[0].name for way in asked}.isdisjoint(OF_RECORDS)
    record = page.with_text(path, fixture.whole(before, path).text.replace("Use MySQL", "Use Oracle"))
    assert record.ground is not before.ground
    asked.clear()
    assert not Look(record.settled(), notes).finds(
        rules.examine(before, f"{fixture.ROOT}/docs/adr/0002-use-postgres.md", notes).seen
    )


def test_what_many_files_have_seen_is_kept_once_and_let_go_of_with_the_last_of_them() -> None:
    current, first, second = workspace(), Notes(), Notes()
    path, other = sorted(current.records)[:2]
    one, two = (rules.examine(current, each, first).seen for each in (path, other))
    common = {answer.way: answer for answer in one.answers if answer in two.answers}
    assert len(common) > len(one.answers) / 3
    look = Look(workspace(), second)
    assert look.finds(one)
    again = rules.examine(current, other, second).seen  # of which the notes know only what the first file has seen
    assert all(common[answer.way] is answer for answer in again.answers if answer.way in common)
    assert not [answer for answer in again.answers if answer in two.answers and answer.way not in common]


def test_a_way_leads_where_its_steps_lead_one_after_the_other() -> None:
    current = workspace()
    answers = [answer for path in current.records for answer in rules.examine(current, path, Notes()).seen.answers]
    walk = Walk(current)
    for answer in answers:
        assert walk.end(answer.before, answer.step) == Walk(current).end(answer.before, answer.step) == answer.value
    nowhere = Walk(replace(current, logs=()))
    ends = [nowhere.end(answer.before, answer.step) for answer in answers if answer.way[0].name == "log_at"]
    assert ends
    assert len({id(end) for end in ends}) == 1  # what equals nothing


def test_an_index_whose_markdown_was_let_go_of_is_judged_as_one_that_is_read_now() -> None:
    path = f"{fixture.ROOT}/docs/adr/0003-use-kafka.md"
    texts = {f"{fixture.ROOT}/{relative}": text for relative, text in FILES.items()}
    first = fixture.workspace(texts, levels=LEVELS)
    indexes = [index.path for index in first.indexes.values()]
    assert indexes
    text = fixture.whole(first, path).text
    for other in (text, text.replace("Accepted", "Rejected"), text.replace("afka", "afka now")):
        current = first
        for index in indexes:
            rules.check_file(current, index)
        current.rest()
        current = current.with_text(path, other).settled()
        fresh = fixture.workspace({**texts, path: other}, levels=LEVELS)
        for index in indexes:
            assert said(rules.check_file(current, index)) == said(rules.check_file(fresh, index))


def test_one_more_record_is_no_news_to_one_with_a_heading_of_its_own() -> None:
    body = "\n\nStatus: Accepted\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Fermentation of messages\n\nX.\n"
    before, after = (
        fixture.fixture(
            "".join(
                f"-- docs/adr/{n:04}-x{n}.md --\n# {n}. X{n}{body.replace('messages', f'{n} messages')}"
                for n in range(count, 0, -1)
            )
        ).workspace
        for count in (12, 13)
    )
    (path,) = (path for path in before.records if path.endswith("0003-x3.md"))
    seen = rules.examine(before, path, Notes()).seen
    assert Look(after, Notes()).finds(seen)
