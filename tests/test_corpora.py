"""The real collections: what is read off them, and that nothing offered for them does harm.

They lie beside a development checkout; without them these tests are skipped. ``ADR_LS_ALL=1`` goes through all of them, the default is
a sample.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import EVERYTHING

from adr_ls import disk, files, indexing, rules
from adr_ls.features import actions
from adr_ls.record import Record
from adr_ls.rules.model import Fix, Problem
from adr_ls.text import apply
from adr_ls.workspace import Workspace

SAMPLE = 6
"""How many problems of each rule are mended in each collection."""

SEVERE = ("error", "warning")


@cache
def loaded(root: Path) -> disk.Loaded:
    return disk.load([root])


def collections(corpora: Path) -> Iterator[Path]:
    return (path for path in sorted(corpora.iterdir()) if (path / "SOURCE.txt").is_file())


def _text(workspace: Workspace, path: str) -> str:
    file: Record = workspace.records.get(path) or workspace.pages[path]
    return file.text


def _severe(workspace: Workspace, paths: set[str]) -> set[tuple[str, str, str]]:
    return {
        (problem.path, problem.rule.name, problem.message)
        for path in paths
        for problem in rules.check_file(workspace, path)
        if problem.level in SEVERE
    }


def _harm(workspace: Workspace, problem: Problem, fix: Fix) -> Iterator[str]:
    """What is wrong with a fix, in words; nothing if it does as it should."""
    by_path: dict[str, list] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.path, []).append(edit.edit)
    if not by_path:
        yield "does nothing"
        return
    after = workspace
    for path, edits in by_path.items():
        before = _text(workspace, path)
        text = apply(before, edits)
        if "\r" in before and "\n" in text.replace("\r\n", "") and "\n" not in before.replace("\r\n", ""):
            yield "mixes line ends"
        if before.endswith("\n") != text.endswith("\n"):
            yield "changes the last line end"
        after = after.with_text(path, text)
    touched = {problem.path, *by_path}
    same = [
        other
        for other in rules.check_file(after, problem.path)
        if other.rule is problem.rule and other.message == problem.message
    ]
    earlier = [
        other
        for other in rules.check_file(workspace, problem.path)
        if other.rule is problem.rule and other.message == problem.message
    ]
    if len(same) >= len(earlier):
        yield "leaves its problem"
    for path, rule, message in _severe(after, touched) - _severe(workspace, touched):
        yield f"brings {rule} to {posixpath.basename(path)}: {message}"


def test_every_fix_mends_its_problem_and_does_no_harm(corpora: Path) -> None:
    harm = []
    for root in collections(corpora):
        workspace = loaded(root).workspace
        seen: dict[str, int] = {}
        for problem in rules.check(workspace):
            seen[problem.rule.name] = seen.get(problem.rule.name, 0) + 1
            if seen[problem.rule.name] > SAMPLE and not EVERYTHING:
                continue
            for fix in problem.fixes:
                where = f"{root.name}/{posixpath.relpath(problem.path, root.as_posix())}"
                harm += [f"{where}: {problem.rule.name}: {fix.title}: {what}" for what in _harm(workspace, problem, fix)]
    assert not harm, "\n".join(harm)
