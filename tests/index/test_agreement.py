"""What `check` reports of an index and what `index --check` would change are the same, and where both are silent nothing is missing.

In made-up indexes of all forms, and in the real ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from adr_ls import rules
from adr_ls.index import judge, update
from adr_ls.log.index import Index
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.words.language import ENDED
from tests.conftest import EVERYTHING
from tests.index.test_index_properties import SETTINGS, holds, logs
from tests.test_corpora import collections, loaded

pytestmark = pytest.mark.timeout(3600 if EVERYTHING else 300)


def disagreements(workspace: Workspace, index: Index) -> Iterator[str]:
    """In what the two differ on an index, and what both are silent about."""
    problems = [problem for problem in rules.check_file(workspace, index.path) if problem.rule.about == "index"]
    unasked = [problem for problem in problems if any(fix.preferred and fix.change for fix in problem.fixes)]
    change = update.update(workspace, index)
    if bool(change) != bool(unasked):
        yield f"{len(change.edits)} edits for {[problem.message for problem in unasked]}"
    lacking = [problem for problem in problems if problem.rule.name == "index-missing-entry"]
    missing = judge.missing(workspace, index)
    if len(lacking) != min(len(missing), rules.MOST):
        yield f"{len(missing)} records are missing, {len(lacking)} are told"
    if bool(change) != bool(any(not left for left in _left(workspace, index, missing)) or _is_corrected(workspace, index)):
        yield "an update does not come to what is wrong"
    known = {record.path for record in missing}
    for log in workspace.logs:
        if log.directory in index.logs and len(workspace.indexes_of(log)) == 1:
            unlisted = [record for record in log.records.values() if not index.lists(record.path)]
            if all(workspace.canonical(record) in ENDED for record in unlisted):
                continue  # an index may leave out on purpose what holds no longer
            for record in unlisted:
                if record.path not in known and not _is_spoken_of(index, record):
                    yield f"nobody tells that {record.name.stem} is missing"


def _left(workspace: Workspace, index: Index, missing: tuple[Facts, ...]) -> Iterator[str]:
    """Why each of the missing records cannot be added; empty where it can."""
    reasons = judge.left_out(workspace, index)
    yield from (reasons.get(record.path, "") for record in missing)


def _is_corrected(workspace: Workspace, index: Index) -> bool:
    """Whether an update corrects an entry."""
    return update.outlook(workspace, index).corrected > 0


def _is_spoken_of(index: Index, record: Facts) -> bool:
    """Whether the page of an index names a record in any way: by its file, its number, or a word of its title."""
    text = index.page.text.casefold()
    words = re.findall(r"\w{2,}", f"{record.title or ''} {record.name.slug}".casefold())
    is_numbered = record.number is not None and re.search(rf"(?<!\d)0*{record.number}(?!\d)", text) is not None
    return record.name.stem.casefold() in text or is_numbered or any(word in text for word in words)


@SETTINGS
@given(logs())
def test_check_and_update_agree_on_made_up_indexes(source: dict[str, str]) -> None:
    found = holds(source)
    if found is not None:
        assert not list(disagreements(*found))


def test_check_and_update_agree_on_real_indexes(corpora: Path) -> None:
    found, looked_at = [], 0
    for root in collections(corpora):
        workspace = loaded(root).workspace
        for index in workspace.indexes.values():
            looked_at += 1
            found += [f"{root.name}/{Path(index.path).name}: {what}" for what in disagreements(workspace, index)]
    assert not found, "\n".join(found)
    assert looked_at >= 10


def test_what_is_taken_out_of_a_real_index_is_told(corpora: Path) -> None:
    """Of each index every entry that alone lists its record, one after the other."""
    told = 0
    for root in collections(corpora):
        workspace = loaded(root).workspace
        for path, index in workspace.indexes.items():
            alone = [entry for entry in index.entries if entry.path and len(index.by_record[entry.path]) == 1]
            for entry in alone if EVERYTHING else alone[:3]:
                text = index.page.text
                lines = index.page.lines
                first, last = lines.line_at(entry.span.start), lines.line_at(max(entry.span.start, entry.span.end - 1))
                rest = workspace.with_text(path, text[: lines.starts[first]] + text[lines.full_span(last).end :])
                left, log = rest.indexes.get(path), rest.log_of(entry.path or "")
                if left is None or log is None or log.directory not in left.logs or entry.path in left.by_record:
                    continue  # what is left is no index of it any more, or names it elsewhere, too
                if len(rest.indexes_of(log)) > 1:
                    continue  # another one has it
                missing = {record.path for record in judge.missing(rest, left)}
                assert entry.path in missing, f"{root.name}/{Path(path).name}: {entry.path}"
                told += 1
    assert told >= 20
