"""``adr-ls new``: a record in the style of the others."""

from __future__ import annotations

import argparse
import posixpath
from dataclasses import replace
from pathlib import Path

from adr_ls.cli import changing, checking, writing
from adr_ls.cli.printing import OK, say
from adr_ls.cli.scope import path_of
from adr_ls.ide import actions, superseding
from adr_ls.index import update
from adr_ls.io import disk
from adr_ls.io.terminal import CommandError, clean
from adr_ls.log import discovery
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.syntax.change import Change
from adr_ls.write import creation
from adr_ls.write.creation import Made


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
    # What is read is the whole repository: a template may lie above the log, and logs beside it may share its numbers
    path = options.path or "."
    loaded = checking.read(path, options).loaded
    workspace = loaded.workspace
    asked = path_of(path, workspace.roots)
    here, root = Path(asked if Path(asked).is_dir() else posixpath.dirname(asked)), Path(workspace.roots[0])
    near = workspace.records.get(asked)
    log = creation.log_near(workspace, asked if asked != disk.to_path(root) else None)
    is_begun = any(
        asked.startswith(f"{one.directory}/") or f"{one.directory}/".startswith(f"{asked}/") for one in workspace.logs
    )
    kept = disk.unbegun(workspace, root, disk.to_path(here)) if not is_begun and root.is_dir() else ""
    if kept:
        log = disk.cradle(workspace, root, creation.HOME, within=kept)
    elif log is None or (discovery.is_log_name(posixpath.basename(asked)) and not is_begun and near is None):
        # Where nobody has said where, it is the whole repository that gets a log
        log = disk.cradle(workspace, root if options.path is None and root.is_dir() else here, creation.HOME)
    other = disk.in_other_markup(log) if not log.records else ""
    if other:
        raise CommandError(f"the records there are not written in Markdown, as adr-ls would write one: {clean(other)}")
    try:
        superseded = [creation.numbered(log, number) for number in options.supersedes]
        for reason in filter(None, (superseding.obstacle(workspace, old) for old in superseded)):
            raise CommandError(clean(reason.removesuffix(".")))
        made = creation.create(
            workspace, log, options.title, workspace.today, near=near, supersedes=superseded, template=options.template
        )
    except creation.CreationError as error:
        raise changing.refused(error) from error
    writing.carry_out(loaded, _with_indexes(workspace, log, made) if superseded else made.change)
    current, there = Path.cwd(), Path(made.record.path)
    say(clean(str(there.relative_to(current) if there.is_relative_to(current) else there)))
    return OK


def _with_indexes(workspace: Workspace, log: Log, made: Made) -> Change:
    """What makes a record that supersedes others, with the indexes that list these."""
    after = actions.applied(workspace, made.change).with_made(log.directory, made.record)
    edits = update.following(after, made.change.by_path, made.record.path)
    return replace(made.change, edits=(*made.change.edits, *edits))
