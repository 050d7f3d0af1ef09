"""Folds that are brought up to date say what those say that are made anew."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from adr_ls.ide import matching
from adr_ls.ide.completion import people, statuses
from adr_ls.log.folds import MOST, Folds, Grouping, Keeping, Tally, ranked
from adr_ls.log.log import DATE_FORMS, DIALECTS, TITLES
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.record import Record
from adr_ls.rules import cited_titles, numbering
from adr_ls.write import editing

KEPT = Keeping("We decided it in a meeting.")
TALLIES: tuple[Tally[object], ...] = (DATE_FORMS, DIALECTS, TITLES, people._NAMED, statuses._SPELLED, editing._KEYS)  # type: ignore[assignment]  # a tuple of tallies of different things

GROUPINGS: tuple[Grouping[object, object], ...] = (cited_titles._NAMES, cited_titles._PAIRS, numbering._TITLED)  # type: ignore[assignment]  # a tuple of groupings of different things


def _facts(number: int, version: int) -> Facts:
    state, date = ["Accepted", "accepted", "Proposed"][version % 3], ["2021-01-02", "2 May 2021"][version % 2]
    said = "We decided it in a meeting." if version % 4 else "Nobody knows."
    text = (
        f"# {number}. Use {version % 5}\n\nStatus: {state}\nDate: {date}\nDeciders: @p{version % 3}\n\n## Context\n\n{said}\n"
    )
    return facts_of(Record(f"/w/docs/adr/{number:04}-x.md", text))


@pytest.mark.parametrize("seed", range(5))
def test_folds_over_other_files_are_those_that_are_made_anew(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    files: Mapping[str, Facts] = {one.path: one for one in (_facts(number, chance.randrange(60)) for number in range(1, 41))}
    folds = Folds(files)
    for _ in range(30):
        _ask(folds)
        changed = dict(files)
        for path in chance.sample([*files], k=chance.randrange(0, 2)):
            del changed[path]
        for number in chance.sample(range(1, 60), k=chance.randrange(0, 3)):
            one = _facts(number, chance.randrange(60))
            changed[one.path] = one
        files = {path: changed[path] for path in sorted(changed)}
        folds = folds.over(files)
        assert _ask(folds) == _ask(Folds(files))


def _ask(folds: Folds) -> object:
    found = folds.of(matching._SEARCHED)  # what symbols are searched by
    counted, grouped = [ranked(folds.of(tally)) for tally in TALLIES], [folds.of(grouping) for grouping in GROUPINGS]
    return folds.of(KEPT), counted, grouped, [*found.by_path.items()]


def test_where_most_have_changed_nothing_is_taken_over() -> None:
    files = {one.path: one for one in (_facts(number, 1) for number in range(MOST))}
    folds = Folds(files)
    folds.of(KEPT)
    others = {one.path: one for one in (_facts(number, 2) for number in range(MOST))}
    assert folds.over(others).of(KEPT) == sum(KEPT.see(one) for one in others.values())
