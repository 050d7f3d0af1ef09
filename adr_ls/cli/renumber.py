"""``adr-ls renumber``: another number for a record, wherever it stands."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_ls.cli import changing, writing
from adr_ls.cli.scope import whole_of
from adr_ls.index import update
from adr_ls.io import disk
from adr_ls.write import renaming


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("record", metavar="RECORD", help=changing.MEANT)
    parser.add_argument("number", nargs="?", type=int, help="the new number (default: the next free one)")
    changing.code_option(parser)
    changing.options(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if options.diff:  # which writes nothing at all
        return _renumber(options)
    is_file = Path(options.record).is_file()
    with writing.turn(whole_of(options.record if is_file else options.path)):
        return _renumber(options)


def _renumber(options: argparse.Namespace) -> int:
    """Reads what there is, and changes the number."""
    found = changing.with_code(changing.meant(options.record, options), options)
    workspace, record = found.workspace, found.record
    number = renaming.next_number(workspace, found.log, record) if options.number is None else options.number
    beside = disk.beside(found.loaded)
    try:
        change = update.resorted(workspace, renaming.renumbered(workspace, record, number, beside), record.path)
    except renaming.RenamingError as error:
        raise changing.refused(error) from error
    return changing.carry_out(found.loaded, change, options, beside)
