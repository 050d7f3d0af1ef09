"""``adr-ls retitle``: another title for a record, wherever it stands."""

from __future__ import annotations

import argparse

from adr_ls.cli import changing
from adr_ls.cli.printing import OK, say
from adr_ls.index import update
from adr_ls.io import disk
from adr_ls.write import renaming


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("record", metavar="RECORD", help=changing.MEANT)
    parser.add_argument("title", metavar="TITLE", help="the new title, without a number")
    parser.add_argument("--keep-file", action="store_true", help="leave the name of the file as it is")
    changing.code_option(parser)
    changing.options(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    found = changing.with_code(changing.meant(options.record, options), options)
    beside = disk.beside(found.loaded)
    try:
        change = renaming.retitled(found.workspace, found.record, options.title, move=not options.keep_file, beside=beside)
        change = update.resorted(found.workspace, change, found.record.path)
    except renaming.RenamingError as error:
        raise changing.refused(error) from error
    if not change:
        say(f"{found.record.id} has that title already")
        return OK
    return changing.carry_out(found.loaded, change, options, beside)
