"""``adr-ls renumber``: another number for a record, wherever it stands."""

from __future__ import annotations

import argparse
import os
import posixpath

from adr_ls.cli import checking, writing
from adr_ls.cli.printing import OK, say, say_diff
from adr_ls.io import disk
from adr_ls.io.terminal import CommandError, clean
from adr_ls.write import renaming


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("record", metavar="FILE", help="the record's file")
    parser.add_argument("number", nargs="?", type=int, help="the new number (default: the next free one)")
    parser.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    checking.options(parser, path=False)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    loaded = checking.read(options.record, options).loaded
    workspace, path = loaded.workspace, disk.to_path(options.record)
    record, log = workspace.file(path), workspace.log_of(path)
    if record is None or log is None or path not in workspace.records:
        raise CommandError(f"“{clean(options.record)}” is no ADR")
    number = renaming.next_number(workspace, log, record) if options.number is None else options.number
    try:
        beside = disk.beside(loaded)
        change = renaming.renumbered(workspace, record, number, beside)
    except renaming.RenamingError as error:
        raise CommandError(clean(str(error)).removesuffix(".")) from error
    base = disk.to_path(".")
    for _, new in change.moves:
        if os.path.lexists(new):
            raise CommandError(f"there is a “{clean(posixpath.basename(new))}” already")
    if options.diff:
        say_diff(writing.difference(loaded, change, base, beside))
    else:
        writing.carry_out(loaded, change, beside)
    for old, new in change.moves:
        say(f"{clean(posixpath.relpath(old, base))} → {clean(posixpath.relpath(new, base))}")
    return OK
