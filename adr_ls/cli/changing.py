"""What commands that change a record have in common: which record is meant, and how the change is made or shown."""

from __future__ import annotations

import argparse
import os
import posixpath
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from adr_ls.cli import checking, writing
from adr_ls.cli.printing import OK, say, say_diff
from adr_ls.cli.scope import is_below, path_of
from adr_ls.io import disk
from adr_ls.io.disk import Loaded
from adr_ls.io.terminal import CommandError, clean
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change
from adr_ls.write import creation

MEANT = "the record: its file, number, id or name"
"""How the help tells of an argument that names a record."""


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what all of them can be told."""
    parser.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    parser.add_argument(
        "-C", dest="path", default=".", metavar="PATH", help="the repository or directory to look at (default: here)"
    )
    checking.options(parser, path=False)


def code_option(parser: argparse.ArgumentParser) -> None:
    """Adds whether source code is to follow, for commands by which a record is called otherwise."""
    parser.add_argument(
        "--code", action="store_true", help="also change what source code says of it (always where “code” is set to “all”)"
    )


@dataclass(frozen=True)
class Meant:
    """What was read, and the record that is meant in it."""

    loaded: Loaded
    log: Log
    record: Record

    @property
    def workspace(self) -> Workspace:
        """All that was read."""
        return self.loaded.workspace

    def other(self, written: str) -> Facts:
        """Another record that is called so, of the same log unless it is given by its file."""
        path = path_of(written, self.workspace.roots)
        found = self.workspace.records.get(path) if Path(written).is_file() else None
        try:
            return found or creation.numbered(self.workspace, self.log, written)
        except creation.CreationError as error:
            raise refused(error) from error


def meant(written: str, options: argparse.Namespace) -> Meant:
    """The record that is called so, by its file or in the log that is meant by the path of the options."""
    is_file, path = Path(written).is_file(), options.path
    loaded = checking.read(written if is_file else path, options).loaded
    workspace = loaded.workspace
    asked = path_of(written if is_file else path, workspace.roots)
    log = workspace.log_of(asked) or _log_having(workspace, asked, written)
    if log is None or (is_file and asked not in workspace.records):
        raise CommandError(f"“{clean(written)}” is no ADR" if is_file else checking.nothing_in(loaded))
    try:
        found = workspace.records[asked] if is_file else creation.numbered(workspace, log, written)
    except creation.CreationError as error:
        raise refused(error) from error
    record = workspace.file(found.path)
    if record is None:
        raise CommandError(f"cannot read “{clean(found.path)}”")
    return Meant(loaded, workspace.log_of(found.path) or log, record)


def _log_having(workspace: Workspace, asked: str, written: str) -> Log | None:
    """The log in which a record is looked for by its name, from a directory: of several below it the one that has it."""
    below = [log for log in workspace.logs if is_below(log.directory, asked)]
    having = {path: log for log in below if (path := _called(workspace, log, written))}
    if len(having) > 1:
        raise _ambiguous(workspace, written, [*having])
    return next(iter(having.values()), None) or creation.log_near(workspace, asked) or creation.log_near(workspace, None)


def _ambiguous(workspace: Workspace, written: str, paths: Sequence[str]) -> CommandError:
    names = " and ".join(f"“{clean(posixpath.relpath(one, workspace.root_of(one)))}”" for one in paths[:2])
    return CommandError(f"“{clean(written)}” is {names}; name the file, or the directory of the log")


def named(workspace: Workspace, among: Collection[str], written: str) -> str:
    """The path of the record, of those at some paths, that is called so, by its file or in whichever log has just one."""
    path = path_of(written, workspace.roots)
    if path in among:
        return path
    found = [one for log in workspace.logs if (one := _called(workspace, log, written)) in among]
    if len(found) > 1:
        raise _ambiguous(workspace, written, found)
    if not found:
        raise CommandError(f"there is no ADR “{clean(written)}” here, or more than one in its log; “adr-ls list” lists them")
    return found[0]


def _called(workspace: Workspace, log: Log, written: str) -> str:
    """The path of the one record of a log that is called so; empty where there is none, or more than one."""
    try:
        return creation.numbered(workspace, log, written).path
    except creation.CreationError:
        return ""


def with_code(found: Meant, options: argparse.Namespace) -> Meant:
    """The same with what source code says, where that is asked for or set."""
    if not options.code and not found.workspace.searched:
        return found
    from adr_ls.io import code  # noqa: PLC0415  # few have source code follow

    code.add(found.loaded, is_asked=options.code)
    return found


def refused(error: Exception) -> CommandError:
    """What the core refuses, as a command says it."""
    said = str(error)
    is_name = said[1:2].isupper()  # ADR-002 …
    return CommandError(clean((said if is_name else said[:1].lower() + said[1:]).removesuffix(".")))


def carry_out(loaded: Loaded, change: Change, options: argparse.Namespace, beside: Iterable[Record] = ()) -> int:
    """Makes a change, or shows it, and tells of the files; returns the status to exit with."""
    base = disk.to_path(".")
    for path in change.spared:
        sys.stderr.write(f"adr-ls: {clean(posixpath.relpath(path, base))} is left as it is: AsciiDoc is only read\n")
    for old, new in change.moves:
        is_itself = Path(new).exists() and Path(new).samefile(old)  # in another case, where the file system takes them for one
        if os.path.lexists(new) and not is_itself:
            raise CommandError(f"there is a “{clean(posixpath.basename(new))}” already")
    if options.diff:
        root = loaded.workspace.roots[0]  # which a diff is applied to from anywhere in it
        say_diff(writing.difference(loaded, change, base if is_below(root, base) else root, beside))
        return OK
    writing.carry_out(loaded, change, beside)
    for path, _ in change.created:
        say(clean(posixpath.relpath(path, base)))
    for old, new in change.moves:
        say(f"{clean(posixpath.relpath(old, base))} → {clean(posixpath.relpath(new, base))}")
    for path in sorted(set(change.by_path) - {old for old, _ in change.moves}):
        say(f"{clean(posixpath.relpath(path, base))} changed")
    return OK
