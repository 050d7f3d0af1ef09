"""``adr-ls new``: a record in the style of the others."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_ls.agents import beginning
from adr_ls.cli import changing, checking, writing
from adr_ls.cli.printing import OK, say
from adr_ls.cli.scope import path_of, whole_of
from adr_ls.io.terminal import CommandError, clean
from adr_ls.write.creation import CreationError, Made


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("title", help="what is decided, in a few words")
    parser.add_argument("--template", metavar="NAME", default="", help="the template to follow, where there are several")
    checking.options(parser)
    parser.add_argument(
        "--supersedes",
        action="append",
        default=[],
        metavar="N",
        help="a record that the new one replaces, by number; may be repeated",
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if not options.title.strip():
        raise CommandError("a new ADR needs a title")
    path = options.path or "."
    with writing.turn(whole_of(path)):
        made = _made(path, options)
    current, there = Path.cwd(), Path(made.record.path)
    say(clean(str(there.relative_to(current) if there.is_relative_to(current) else there)))
    return OK


def _made(path: str, options: argparse.Namespace) -> Made:
    """Reads what there is, and makes the record."""
    loaded = checking.read(path, options).loaded
    asked = path_of(path, loaded.workspace.roots)
    try:
        log = beginning.log_for(loaded, asked, is_said=options.path is not None)
        made = beginning.begin(loaded, log, options.title, asked, supersedes=options.supersedes, template=options.template)
    except CreationError as error:
        raise changing.refused(error) from error
    writing.carry_out(loaded, made.change)
    return made
