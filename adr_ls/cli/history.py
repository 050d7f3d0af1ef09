"""``adr-ls history``: what git knows of how records came to be what they are."""

from __future__ import annotations

import argparse
import posixpath
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adr_ls.cli import changing, checking
from adr_ls.cli.printing import OK, say, say_json
from adr_ls.cli.scope import is_below, path_of
from adr_ls.history.changes import Kind, Part, kinds_of, parts
from adr_ls.history.story import Edit, State, Story, meaning
from adr_ls.history.versions import Commit
from adr_ls.ide import overview
from adr_ls.ide.hover import heading
from adr_ls.io import history
from adr_ls.io.terminal import CommandError, clean, style
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.parts import Status

SHORT = 10
"""How many letters of a commit's id are shown to people."""


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("records", nargs="*", metavar="RECORD", help=f"{changing.MEANT}, or a directory (default: all records)")
    parser.add_argument(
        "-C", dest="path", default=".", metavar="PATH", help="the repository or directory to look at (default: here)"
    )
    checking.options(parser, path=False)
    parser.add_argument(
        "--changed", action="store_true", help="only records that were changed after they were accepted, besides their status"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")


@dataclass(frozen=True)
class Told:
    """What is told of a record: its story, None where it was never committed, and what is not committed yet."""

    record: Facts
    status: Status | None
    date: str | None
    deciders: tuple[str, ...]
    story: Story | None
    pending: tuple[Part, ...] = ()
    """What was changed and not committed."""

    @property
    def is_pending(self) -> bool:
        """Whether its status is not committed."""
        return self.story is not None and self.status is not None and meaning(self.status) != _committed(self.story)


def _committed(story: Story) -> tuple[str, str]:
    return story.state.meaning if story.state is not None else meaning(None)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    reader = checking.read(options.path, options)
    workspace, base = reader.loaded.workspace, reader.scope.base
    logs = [log for log in workspace.logs if checking.is_asked(log, reader)]
    among = dict.fromkeys(path for log in logs for path in log.records if path in reader.scope or options.records)
    if not among:
        raise CommandError(checking.nothing_in(reader.loaded).rstrip(".").replace("No ADRs", "no ADRs", 1))
    paths = [*dict.fromkeys(path for written in options.records for path in _meant(workspace, among, written))] or [*among]
    archive = history.archive(dict.fromkeys(log.directory for path in paths if (log := workspace.log_of(path))))
    _complain(archive, base)
    stories = {one.path: one for one in archive.stories(workspace, paths)}
    told = [
        _told(workspace, path, stories.get(path))
        for path in paths
        if (log := workspace.log_of(path)) is not None and log.directory in archive.pasts
    ]
    if options.changed:
        told = [one for one in told if one.story is not None and one.story.edits]
    if options.format == "json":
        say_json({"version": 1, "records": [_as_json(one, base) for one in told]})
        return OK
    if not told:
        say("No record was changed after it was accepted.")
    for at, one in enumerate(told):
        say("\n".join(([""] if at else []) + [*_lines(one, reader.scope.named_from)]))
    return OK


def _meant(workspace: Workspace, among: Collection[str], written: str) -> list[str]:
    """The records that are meant by a word: those in a directory, or the one that is called so."""
    directory = path_of(written, workspace.roots) if Path(written).is_dir() else ""
    found = [path for path in among if directory and is_below(path, directory)]
    return found or [changing.named(workspace, among, written)]


def _complain(archive: history.Archive, base: str) -> None:
    """Says which logs have no history, and why; where none has any, that is all that can be said."""
    reasons: dict[str, list[str]] = {}
    for directory, reason in archive.lacking.items():
        reasons.setdefault(reason, []).append(clean(posixpath.relpath(directory, base)))
    if not archive.pasts:
        raise CommandError("; ".join(reasons))
    for reason, directories in reasons.items():
        sys.stderr.write(f"adr-ls: nothing is told of {', '.join(directories)}: {reason}\n")


def _told(workspace: Workspace, path: str, found: history.Told | None) -> Told:
    record = workspace.records[path]
    pending: tuple[Part, ...] = ()
    after = workspace.file(path)
    if found is not None and found.committed is not None and after is not None and found.committed.written != after.written:
        pending = parts(found.committed, after)
    deciders = overview.entry(workspace, None, record).deciders
    return Told(
        record, workspace.status(record), workspace.date(record), deciders, found.story if found is not None else None, pending
    )


def _lines(told: Told, base: str) -> Iterator[str]:
    """What people are told of a record."""
    path = clean(posixpath.relpath(told.record.path, base))
    yield f"{style(clean(heading(told.record)), '1')}  {path}"
    rows = [*_rows(told)]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  " + "  ".join((*cells, row[3])).rstrip()
    if told.deciders:
        yield f"  decided by {clean(', '.join(told.deciders))}"


def _rows(told: Told) -> Iterator[tuple[str, str, str, str]]:
    if told.story is None:
        yield "", "not committed yet", "", ""
        return
    if not told.story.states or told.story.states[0].commit is not told.story.begun:
        yield _row(told.story.begun, "added")
    for one in told.story.events:
        if isinstance(one, State):
            name = posixpath.basename(one.path)
            moved = f"  (as {clean(name)})" if name != posixpath.basename(told.record.path) else ""
            yield _row(one.commit, clean(one.said) + ("" if one.sure else " (or earlier)"), moved)
        else:
            yield _row(one.commit, f"changed: {_kinds(one.kinds)}", f"  {_numbers(one.parts)}")
    if told.is_pending and told.status is not None:
        yield (
            "",
            f"{told.status.canonical if told.status.canonical != 'other' else clean(told.status.text)}",
            "",
            "not committed yet",
        )
    elif told.pending:
        yield "", f"changed: {_kinds(kinds_of(told.pending))}", "", f"not committed yet  {_numbers(told.pending)}"


def _row(commit: Commit, what: str, more: str = "") -> tuple[str, str, str, str]:
    return commit.day, what, clean(commit.author), commit.id[:SHORT] + (" (merge)" if commit.is_merge else "") + more


def _kinds(kinds: Iterable[Kind]) -> str:
    return ", ".join(kinds)


def _numbers(found: Iterable[Part]) -> str:
    """The lines that changed, as people count them: ``lines 3, 7–9``; of what was taken away the line where it was."""
    numbers = [f"{a + 1}–{b}" if b - a > 1 else f"{a + 1}" for a, b in (part.new for part in found)]
    return f"line{'s' * (len(numbers) > 1 or '–' in numbers[0])} {', '.join(numbers)}"


def _as_json(told: Told, base: str) -> dict[str, Any]:
    story = told.story
    return {
        "path": posixpath.relpath(told.record.path, base),
        "id": told.record.id,
        "number": told.record.number,
        "title": told.record.title,
        "status": told.status.canonical if told.status is not None else "none",
        "status_text": told.status.text if told.status is not None else None,
        "date": told.date,
        "deciders": [*told.deciders],
        "added": _commit_json(story.begun) if story is not None else None,
        "statuses": [_state_json(one) for one in (story.states if story is not None else ())],
        "changes": [_edit_json(one) for one in (story.edits if story is not None else ())],
        "uncommitted": [*kinds_of(told.pending)] if story is not None else None,
    }


def _commit_json(commit: Commit) -> dict[str, Any]:
    return {"date": commit.date or None, "author": commit.author or None, "commit": commit.id, "merge": commit.is_merge}


def _state_json(one: State) -> dict[str, Any]:
    text = one.text if one.canonical != "none" else None
    return {"status": one.canonical, "status_text": text, "certain": one.sure, **_commit_json(one.commit), "file": one.path}


def _edit_json(one: Edit) -> dict[str, Any]:
    lines = [{"kinds": [*part.kinds], "from": part.new[0] + 1, "to": part.new[1]} for part in one.parts]
    return {**_commit_json(one.commit), "kinds": [*one.kinds], "lines": lines}
