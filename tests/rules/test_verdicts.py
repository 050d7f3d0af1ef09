"""What an earlier process found holds for the next one as long as a check would find the same: never longer, and not much shorter."""

from __future__ import annotations

import os
import posixpath
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_ls import rules
from adr_ls.io import cache, disk
from adr_ls.log.recalled import step_of, step_told
from adr_ls.log.surroundings import Surroundings
from adr_ls.log.watch import Notes, Seen
from adr_ls.log.workspace import Workspace
from adr_ls.rules import verdicts
from adr_ls.rules.model import Problem
from adr_ls.rules.verdicts import Verdicts
from tests import fixture
from tests.conftest import EVERYTHING, REPOSITORY, examples
from tests.log.test_workspace import FILES, PIECES
from tests.test_corpora import collections

TEMPLATE = "# N. Title\n\n**Status**: Proposed\n\n## Context\n\nWhat is the issue that we see here?\n"
TEXTS = {f"{fixture.ROOT}/{path}": text for path, text in {**FILES, "docs/adr/template.md": TEMPLATE}.items()}
ALL = dict.fromkeys(rules.NAMES, "info")

edits = st.tuples(st.just("edit"), st.sampled_from(sorted(TEXTS)), st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES))
removals = st.tuples(st.just("remove"), st.sampled_from(sorted(TEXTS)))
moves = st.tuples(st.just("move"), st.sampled_from(sorted(TEXTS)), st.sampled_from(["0002-use-x.md", "0009-y.md", "notes.md"]))
levels = st.tuples(st.just("set"), st.sampled_from(sorted(rules.NAMES)), st.sampled_from(["off", "error"]))
days = st.tuples(st.just("day"), st.sampled_from(["2025-01-01", "2031-12-31"]))
steps = st.lists(st.one_of(edits, edits, edits, removals, moves, levels, days), min_size=1, max_size=3)


def stepped(
    texts: dict[str, str], levels: dict[str, str], day: str, step: tuple[object, ...]
) -> tuple[dict[str, str], dict[str, str], str]:
    """The files, levels and day after somebody has done something."""
    match step:
        case ("edit", str(path), float(where), int(length), str(piece)) if path in texts:
            at = int(where * len(texts[path]))
            return {**texts, path: texts[path][:at] + piece + texts[path][at + length :]}, levels, day
        case ("remove", str(path)):
            return {other: text for other, text in texts.items() if other != path}, levels, day
        case ("move", str(path), str(name)) if path in texts:
            moved = f"{posixpath.dirname(path)}/{name}"
            return {moved if other == path else other: text for other, text in texts.items()}, levels, day
        case ("set", str(rule), str(level)):
            return texts, {**levels, rule: level}, day
        case ("day", str(then)):
            return texts, levels, then
    return texts, levels, day


def said(problems: list[Problem]) -> list[tuple[object, ...]]:
    return [(one.path, one.rule.name, one.level, one.span, one.message, one.related, one.tag) for one in problems]


def titles(problems: list[Problem]) -> list[list[str]]:
    return [[fix.title for fix in one.offered] for one in problems]


def left_by(workspace: Workspace) -> list[bytes]:
    """The verdicts that a check of everything leaves."""
    _, left = verdicts.check(workspace, rules.checked(workspace), (), fixable=False)
    assert left is not None
    return left


@settings(max_examples=examples(25), deadline=None)
@given(steps)
def test_a_check_with_verdicts_finds_what_one_without_finds(done: list[tuple[object, ...]]) -> None:
    texts, levels, day = dict(TEXTS), dict(ALL), fixture.TODAY
    left = left_by(replace(fixture.workspace(texts, levels=levels), today=day))
    for step in done:
        texts, levels, day = stepped(texts, levels, day, step)
        current = replace(fixture.workspace(texts, levels=levels), today=day)
        paths, wanted = rules.checked(current), list(rules.check(current))
        found, news = verdicts.check(current, paths, left, fixable=False)
        assert said(found) == said(wanted)
        mended, _ = verdicts.check(current, paths, left, fixable=True)
        assert (said(mended), titles(mended)) == (said(wanted), titles(wanted))
        left = left if news is None else news


def recalled(workspace: Workspace, left: list[bytes]) -> set[str]:
    """The files of which it is known what a check would find, by asking."""
    recollection = Verdicts(left).in_view_of(workspace, Notes())
    return {path for path in rules.checked(workspace) if recollection.get(path) is not None}


def test_a_word_of_prose_leaves_the_verdicts_on_all_who_do_not_see_the_record() -> None:
    left = left_by(fixture.workspace(TEXTS, levels=ALL))
    path = f"{fixture.ROOT}/docs/decisions/0002-use-milk.md"
    after = fixture.workspace({**TEXTS, path: TEXTS[path] + "\nMore about it.\n"}, levels=ALL)
    assert {one for one in rules.checked(after) if "/docs/adr/0" in one} <= recalled(after, left)
    assert path not in recalled(after, left)


def test_where_nothing_has_changed_everything_is_recalled() -> None:
    before = fixture.workspace(TEXTS, levels=ALL)
    left = left_by(before)
    again = fixture.workspace(TEXTS, levels=ALL)
    assert recalled(again, left) == set(rules.checked(again))
    assert verdicts.check(again, rules.checked(again), left, fixable=False)[1] is None


def test_files_of_other_kinds_that_come_and_go_are_noticed() -> None:
    text = "# 1. Use milk\n\n## Context\n\n![The herd](img/herd.png) and ![the barn](img/barn.png)\n"

    def among(*pictures: str) -> Workspace:
        names = {"/w": {".git"}, "/w/docs/adr/img": {*pictures}}
        bare = fixture.workspace({"/w/docs/adr/0001-use-milk.md": text, "/w/docs/adr/0002-x.md": "# 2. X\n"})
        return replace(bare, surroundings=Surroundings(lambda directory: frozenset(names.get(directory, ()))))

    left = left_by(among("herd.png", "barn.png"))
    for pictures, lost in ((("herd.png", "barn.png"), []), (("herd.png",), ["barn"]), ((), ["barn", "herd"])):
        now = among(*pictures)
        found, _ = verdicts.check(now, rules.checked(now), left, fixable=False)
        assert sorted(one for one in ("herd", "barn") for problem in found if one in problem.message) == lost


def test_verdicts_without_what_they_rest_on_are_never_left() -> None:
    workspace = fixture.workspace(TEXTS, levels=ALL)
    found = {path: verdicts.Recalled((), None, fixable=False) for path in rules.checked(workspace)}
    assert not Verdicts(verdicts.written(workspace, found)).by_path


def test_a_rule_that_fails_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("oops")

    failing = tuple(replace(rule, check=fail) if rule.name == "title-missing" else rule for rule in rules.RULES)
    monkeypatch.setattr(rules, "RULES", failing)
    before = fixture.workspace(TEXTS, levels=ALL)
    assert {path for path in Verdicts(left_by(before)).by_path if path in before.records} == set()


@pytest.mark.parametrize("cut", [0, 1, 40, 400, -1, -40])
def test_what_is_no_verdict_is_as_good_as_none(cut: int) -> None:
    left = b"\n".join(left_by(fixture.workspace(TEXTS, levels=ALL)))
    after = fixture.workspace({**TEXTS, f"{fixture.ROOT}/docs/adr/0005-x.md": "# ADR-0005: X\n"}, levels=ALL)
    wanted = said(list(rules.check(after)))
    for damaged in (left[:cut], left.replace(b"[", b"{", 3), b"[[],[]]\n[[],[]]", left.rpartition(b"\n")[0], b"\xff" + left):
        assert said(verdicts.check(after, rules.checked(after), damaged.split(b"\n"), fixable=False)[0]) == wanted


@pytest.mark.parametrize(
    "told",
    [
        "._private",
        ".__class__",
        ".a.b",
        "",
        "x",
        '({"question":"os.system"})',
        '([{"question":"os.system"}])',
        '([{"fold":"os.environ"}])',
        '([{"Facts":"[]"}])',
        '([{"Mention":"[]"}])',
        "[{}",
    ],
)
def test_a_step_leads_only_to_what_rules_look_at(told: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        step_of(told)


def test_every_step_that_rules_take_can_be_told() -> None:
    workspace = fixture.workspace(TEXTS, levels=ALL)
    notes = Notes()
    seen: list[Seen] = [rules.examine(workspace, path, notes).seen for path in rules.checked(workspace)]
    taken = {step for one in seen for answer in one.answers for step in answer.way}
    assert len(taken) > 100
    assert {step_of(step_told(step)) for step in taken} == taken


def test_every_verdict_on_real_records_is_known_in_another_process(corpora: Path, tmp_path: Path) -> None:
    """Whatever order sets have there."""
    for root in [*collections(corpora)][: None if EVERYTHING else 4]:
        place = tmp_path / root.name
        run = [sys.executable, "-m", "adr_ls", "check", "--format", "concise", "--fail-on", "never", str(root)]
        environment = {**os.environ, cache.PLACE: str(place), cache.SWITCH: "", "PYTHONHASHSEED": "1"}
        subprocess.run(run, env=environment, check=True, capture_output=True, cwd=REPOSITORY)
        left = next((file for file in place.glob("facts/*-*")), None)
        workspace = disk.load([root], rules=rules.NAMES).workspace
        wanted = {path for path in rules.checked(workspace) if workspace.facts(path) is not None}
        assert left is not None or not wanted
        if left is not None:
            earlier = Verdicts(left.read_bytes().splitlines()[1:])
            assert earlier.in_view_of(workspace, Notes()).is_same
            earlier.whole = ""
            asked = earlier.in_view_of(workspace, Notes())
            assert {path for path in wanted if asked.get(path) is None} == set()
