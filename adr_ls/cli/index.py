"""``adr-ls index``: brings indexes up to date, makes them, turns them into another style."""

from __future__ import annotations

import argparse
import os
import posixpath
import sys

from adr_ls.cli import checking, writing
from adr_ls.cli.checking import Reader
from adr_ls.cli.printing import FAILED, OK, PROBLEMS, say, say_diff
from adr_ls.index import create, judge, restyle, update
from adr_ls.io.disk import Loaded
from adr_ls.io.terminal import CommandError, clean
from adr_ls.log.index import Index
from adr_ls.log.workspace import Workspace
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import diff

NO_INDEX = "there is no index here: no file lists the records"


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    checking.options(parser)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where an index is out of date")
    parser.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    parser.add_argument("--bump", action="store_true", help="set the “Last updated” line of each index that changes to today")
    parser.add_argument("--prune", action="store_true", help="remove the entries that lead to no record, too")
    parser.add_argument("--create", action="store_true", help="give each log without an index one")
    parser.add_argument(
        "--style",
        choices=("bullets", "nested", "table"),
        help="turn the indexes into this style; with --create, how a new one lists (default: as other logs here)",
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    reader = checking.read(options.path, options)
    loaded, base = reader.loaded, reader.scope.named_from
    workspace = loaded.workspace
    if options.create:
        return _create(reader, options)
    chosen = [index for index in workspace.indexes.values() if index.path in reader.scope]
    if not chosen:
        is_any = any(path in reader.scope for path in workspace.records)
        if options.check:
            say(f"{NO_INDEX.capitalize()}; “adr-ls index --create” makes one." if is_any else checking.nothing_in(loaded))
            return OK
        raise CommandError(NO_INDEX if is_any else f"no ADRs found below “{clean(options.path or '.')}”")
    outdated = refused = 0
    failed = False
    for index in chosen:
        name = posixpath.relpath(index.path, base)
        _tell_left_out(judge.left_out(workspace, index), loaded, name)
        if not options.prune and (count := len(update.pruning(workspace, index).edits)):
            entries = "an entry that leads" if count == 1 else f"{count} entries that lead"
            sys.stderr.write(f"adr-ls: {clean(name)} has {entries} to no record; “adr-ls index --prune” removes what is dead\n")
        change, complaints = _kept(workspace, index, options)
        for complaint in complaints:
            refused += 1
            sys.stderr.write(f"adr-ls: {clean(name)}{clean(complaint)}\n")
        if not change:
            if not (options.check or options.diff or complaints):
                say(f"{clean(name)} is up to date")
            continue
        outdated += 1
        if options.diff:
            say_diff(writing.difference(loaded, change, base))
        elif options.check:
            say(f"{clean(name)} is out of date; “adr-ls index{_asked(options)}” updates it")
        else:
            wrong = writing.attempt(loaded, change)
            failed |= bool(wrong)
            writing.tell(wrong, base)
            if not wrong:
                say(f"{clean(name)} updated")
    if failed:
        return FAILED
    return PROBLEMS if refused or (outdated and (options.check or options.diff)) else OK


def _asked(options: argparse.Namespace) -> str:
    """The options that tell what is to be done to an index, as they are written."""
    return (" --prune" if options.prune else "") + (f" --style {options.style}" if options.style else "")


def _kept(workspace: Workspace, index: Index, options: argparse.Namespace) -> tuple[Change, list[str]]:
    """What was asked for of an index, and what was in the way of that, to be read behind the file's name.

    Each step sees what the one before has left: dead entries removed, the rest brought up to date, its style changed.
    """
    path, before = index.path, index.page.text
    complaints: list[str] = []
    text = before

    def after(change: Change) -> None:
        nonlocal workspace, text
        text = change.text(path, text)
        workspace = workspace.with_text(path, text)

    if options.prune:
        after(update.pruning(workspace, index))
    if path in workspace.indexes:
        after(update.update(workspace, workspace.indexes[path]))
    if options.style and path in workspace.indexes:
        found = restyle.restyle(workspace, workspace.indexes[path], options.style)
        complaints = [f":{line + 1} keeps this from becoming “{options.style}”: {reason}" for line, reason in found.obstacles]
        after(Change.of("", path, found.edits))
    log = workspace.log_of(path)
    is_dated = options.bump or (log is not None and log.config.at(path).bump_index_date)
    if is_dated and text != before and path in workspace.indexes:
        after(update.bump(workspace.indexes[path], workspace.today))
    return Change.of(update.TITLE, path, diff(before, text)), complaints


def _tell_left_out(reasons: dict[str, str], loaded: Loaded, name: str) -> None:
    for path, reason in reasons.items():
        sys.stderr.write(f"adr-ls: {clean(name)} does not get {loaded.workspace.records[path].id}: {clean(reason)}\n")


def _create(reader: Reader, options: argparse.Namespace) -> int:
    """Gives each log without an index one; of those that lie below the path."""
    loaded, base = reader.loaded, reader.scope.named_from
    workspace = loaded.workspace
    logs = [log for log in workspace.logs if log.records and checking.is_asked(log, reader)]
    bare = [log for log in logs if not any(index.page.is_markdown for index in workspace.indexes_of(log))]
    for log in bare:
        change = create.create(workspace, log, options.style or create.style_of(workspace))
        path = next(path for path, _ in (*change.created, *change.edits))
        name = posixpath.relpath(path, base)
        if change.created and os.path.lexists(path):
            raise CommandError(f"there is a “{clean(name)}” already that cannot be read")
        if options.diff:
            say_diff(writing.difference(loaded, change, base))
        elif options.check:
            say(f"{clean(name)} lists no records; “adr-ls index --create” adds them")
        else:
            writing.carry_out(loaded, change)
            say(f"{clean(name)} {'created' if change.created else 'updated'}")
    if not bare:
        say("every log has an index" if logs else checking.nothing_in(loaded))
    return PROBLEMS if bare and (options.check or options.diff) else OK
