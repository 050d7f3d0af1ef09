"""What must hold of every fix, over the real collections and every rule, those that are off by default included.

A fix applies cleanly, removes its problem and adds none, here or in another file; all safe fixes together come to an end; none of them
are applied together where they overlap; and what is written keeps the line ends, the byte-order mark and the final newline.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from adr_ls import rules
from adr_ls.cli import main
from adr_ls.ide import actions
from adr_ls.io import disk
from adr_ls.log.workspace import Workspace
from adr_ls.rules.model import Fix, Problem
from adr_ls.syntax.text import Edit, apply
from tests.conftest import EVERYTHING
from tests.fixture import whole
from tests.test_corpora import collections

pytestmark = pytest.mark.timeout(3600 if EVERYTHING else 120)

SAMPLE = 2
"""How many problems of each rule are mended in each collection."""
STRICT = {"profile": "strict"}
FOLLOWING = {
    "status-missing": ("proposed-stale", "index-status"),
    "title-missing": ("title-multiple",),
    "section-misspelled": ("section-level", "section-name", "section-order"),
    "section-level": ("title-multiple",),
    "madr-chosen-not-listed": ("madr-option-without-arguments",),
    "supersede-status": ("ref-superseded",),
    "index-missing-entry": ("index-duplicate-entry",),  # of two records that share a number
}
"""What a rule's fix may bring to light: what was not said before, or not known for what it is, could not be judged."""
SMALL = (
    "ministryofjustice__cloud-platform",
    "doublegate__OctoLLM",
    "dapr__dapr",
    "Sylius__Sylius",
    "robocode-dev__tank-royale",
)


@cache
def strict(root: Path) -> Workspace:
    """The collection with every rule at work that a profile turns on."""
    return disk.load([root], settings=STRICT, rules=rules.NAMES).workspace


def chosen(corpora: Path, turn: int | None = None) -> list[Path]:
    """The collections to look at where each is read anew: of the small ones every other, if turns are taken."""
    small = SMALL if turn is None else SMALL[turn % 2 :: 2]
    return list(collections(corpora)) if EVERYTHING else [corpora / name for name in small]


def texts(workspace: Workspace, path: str) -> str:
    return whole(workspace, path).text


def told(workspace: Workspace, paths: set[str]) -> Counter[tuple[str, str, str]]:
    """What is reported of some files, but hints: a problem that is no more than that may follow from mending another."""
    found = (problem for path in paths for problem in rules.check_file(workspace, path) if problem.level != "hint")
    return Counter((problem.path, problem.rule.name, _plain(problem)) for problem in found)


def _plain(problem: Problem) -> str:
    """A message without its evidence, which changes as records do."""
    return re.sub(r"\d+ of \d+", "N of N", problem.message)


def around(workspace: Workspace, paths: set[str]) -> set[str]:
    """Those files, all that refer to them, and the indexes that list them."""
    found = set(paths)
    for path in paths:
        found.update(workspace.backlinks.get(path, ()))
        log = workspace.log_of(path)
        if log is not None:
            found.update(index.path for index in workspace.indexes_of(log))
    return found


def line_ends(text: str) -> set[str]:
    return set(re.findall(r"\r\n|\n|\r", text))


def harm(workspace: Workspace, problem: Problem, fix: Fix) -> Iterator[str]:
    """What is wrong with a fix, in words; nothing if it does as it should."""
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.path, []).append(edit.edit)
    after = workspace
    for path, edits in by_path.items():
        before = texts(workspace, path)
        text = apply(before, edits)  # fails where they overlap
        if text == before:
            yield "changes nothing"
        if not line_ends(text) <= line_ends(before):
            yield "mixes line ends"
        if before.endswith(("\n", "\r")) != text.endswith(("\n", "\r")):
            yield "changes the last line end"
        after = after.with_text(path, text)
    near = around(workspace, {problem.path, *by_path})
    was, now = told(workspace, near), told(after, near)
    key = (problem.path, problem.rule.name, _plain(problem))
    if problem.level != "hint" and now[key] >= was[key]:
        yield "leaves its problem"
    kinds = [Counter((path, rule) for path, rule, _ in account.elements()) for account in (was, now)]
    for path, rule, message in now:
        # A message may quote what was mended besides; of its own rule a fix brings no other
        more = kinds[1][path, rule] > kinds[0][path, rule] or (rule == problem.rule.name and path == problem.path)
        if more and now[path, rule, message] > was[path, rule, message] and rule not in FOLLOWING.get(problem.rule.name, ()):
            yield f"brings {rule} to {path.rsplit('/', 1)[-1]}: {message}"


def harms(root: Path, workspace: Workspace) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for problem in rules.check(workspace):
        seen[problem.rule.name] += 1
        if EVERYTHING or seen[problem.rule.name] <= SAMPLE:
            for fix in problem.fixes:
                for what in harm(workspace, problem, fix):
                    yield f"{root.name}/{problem.path.rsplit('/', 1)[-1]}: {problem.rule.name}: {fix.title}: {what}"


def test_every_fix_mends_its_problem_and_does_no_harm(corpora: Path) -> None:
    found = [what for root in collections(corpora) for what in harms(root, strict(root))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("turn", "newline"), [(0, "\r\n"), (1, "\r")])
def test_every_fix_keeps_the_line_ends_of_its_file(corpora: Path, turn: int, newline: str) -> None:
    for root in chosen(corpora, turn):
        workspace = strict(root)
        opened = {path: re.sub(r"\r\n|\n", newline, texts(workspace, path)) for path in (*workspace.records, *workspace.pages)}
        changed = disk.load([root], opened=opened, settings=STRICT, rules=rules.NAMES).workspace
        found, before = ([(p.path, p.rule.name, p.message) for p in rules.check(w)] for w in (changed, workspace))
        assert found == before
        assert not list(harms(root, changed))


def test_safe_fixes_that_touch_each_other_are_not_applied_together(corpora: Path) -> None:
    together = 0
    for root in collections(corpora):
        workspace = strict(root)
        for path in (*workspace.records, *workspace.indexes):
            taken: dict[str, list[Edit]] = {}
            for _, fix in actions._compatible(rules.check_file(workspace, path)):
                own: dict[str, list[Edit]] = {}
                for edit in fix.edits:
                    own.setdefault(edit.path, []).append(edit.edit)
                for file, edits in own.items():
                    spans = [edit.span for edit in taken.get(file, [])]
                    assert not any(e.span.start <= s.end and s.start <= e.span.end for e in edits for s in spans), fix.title
                    taken.setdefault(file, []).extend(edits)
                together += 1
            for file, edits in taken.items():
                apply(texts(workspace, file), edits)
    assert together >= 10


def test_fixing_all_ends_and_leaves_nothing_to_fix(corpora: Path) -> None:
    for root in collections(corpora) if EVERYTHING else chosen(corpora):
        workspace = strict(root)
        paths = {*workspace.records, *workspace.indexes}
        before = told(workspace, paths)
        change = actions.fix_all_in(workspace, paths)
        changed = actions.applied(workspace, change)
        left = [problem for problem in rules.check(changed) if any(fix.preferred and fix.edits for fix in problem.fixes)]
        assert not [(problem.path, problem.rule.name, problem.message) for problem in left]
        following = {rule for found in FOLLOWING.values() for rule in found}
        assert not [found for found in told(changed, paths) - before if found[1] not in following]
        assert not actions.fix_all_in(changed, paths)


@pytest.mark.parametrize("name", ["Sylius__Sylius", "alphagov__govuk-aws", "apache__james-project"])
def test_what_is_written_keeps_line_ends_byte_order_mark_and_final_newline(
    corpora: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, other = (
        shutil.copytree(corpora / name, tmp_path / kind, copy_function=shutil.copyfile) for kind in ("plain", "other")
    )
    mark = b"\xef\xbb\xbf"
    for file in plain.rglob("*.md"):
        text = file.read_bytes().removeprefix(mark).replace(b"\r\n", b"\n").rstrip(b"\n")
        file.write_bytes(text)
        (other / file.relative_to(plain)).write_bytes(mark + text.replace(b"\n", b"\r\n"))
    written = {file: file.read_bytes() for file in plain.rglob("*.md")}
    for folder in (plain, other):
        (folder / "adr-ls.toml").write_text('profile = "strict"\n', encoding="utf-8")
        assert main.main(["check", "--fix", str(folder)]) in (0, 1)
    capsys.readouterr()
    changed = 0
    for file, before in written.items():
        text, same = file.read_bytes(), (other / file.relative_to(plain)).read_bytes()
        assert same == mark + text.replace(b"\n", b"\r\n"), file.name
        assert b"\r" not in text
        assert not text.endswith(b"\n"), file.name
        changed += text != before
    assert changed
