"""``adr-ls supersede``: a record superseded by another, on both sides."""

from __future__ import annotations

import argparse

from adr_ls.cli import changing
from adr_ls.ide import superseding
from adr_ls.io import disk
from adr_ls.io.terminal import CommandError
from adr_ls.write.creation import CreationError


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("record", metavar="RECORD", help=f"{changing.MEANT}; the one that holds no longer")
    parser.add_argument("title", nargs="?", metavar="TITLE", help="the title of a new record that supersedes it")
    parser.add_argument("--by", metavar="RECORD", help="the record that supersedes it, where there is one already")
    changing.options(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if (options.title is None) == (options.by is None):
        raise CommandError("say what supersedes it: a title for a new record, or “--by RECORD” for one that there is")
    found = changing.meant(options.record, options)
    try:
        if options.by is not None:
            change = superseding.by_existing(found.workspace, found.record, found.other(options.by))
        else:
            newline = disk.usual_line_end(found.workspace, found.log)
            change = superseding.by_new(found.workspace, found.record, options.title, newline=newline).change
    except (superseding.SupersedingError, CreationError) as error:
        raise changing.refused(error) from error
    return changing.carry_out(found.loaded, change, options)
