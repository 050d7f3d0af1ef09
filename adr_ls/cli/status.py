"""``adr-ls status``: another status for a record, or the ones that it may have."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from adr_ls import rules
from adr_ls.cli import changing
from adr_ls.cli.printing import OK, say
from adr_ls.ide import actions, records
from adr_ls.index import update
from adr_ls.io.terminal import CommandError, clean
from adr_ls.write import editing


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("record", metavar="RECORD", help=changing.MEANT)
    parser.add_argument("status", nargs="?", metavar="STATUS", help="the new status (default: tell the one that it has)")
    changing.options(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    found = changing.meant(options.record, options)
    workspace, record = found.workspace, found.record
    if options.status is None:
        stated = workspace.status(record)
        say(clean(stated.text) if stated is not None else "none")
        return OK
    word = " ".join(options.status.split())
    if not word:
        raise CommandError("a status needs a word")
    if obstacle := editing.obstacle(record):
        raise CommandError(clean(obstacle.removesuffix(".")))
    if records.asks_for_successor(workspace, record, word):
        raise CommandError(
            f"superseded by which record? “adr-ls supersede {clean(options.record)} --by RECORD” says so on both sides"
        )
    change = records.set_status(workspace, record, word, workspace.today)
    if not change and any(editing.is_checklist(record, stated) for stated in record.statuses):
        raise CommandError(f"the status is a list to tick, and “{clean(word)}” is not in it")
    if not change:
        say(f"{record.id} has that status already")
        return OK
    after = actions.applied(workspace, change)
    followed = replace(change, edits=(*change.edits, *update.following(after, [record.path])))
    for problem in rules.check_file(after, record.path):
        if problem.rule.name == "status-unknown":
            sys.stderr.write(f"adr-ls: {clean(problem.message)}\n")
    return changing.carry_out(found.loaded, followed, options)
