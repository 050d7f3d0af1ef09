"""A new record of the folder that was read: in which log, by which template, and what else follows; for the command line and for agents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from adr_ls.ide import actions, superseding
from adr_ls.index import update
from adr_ls.io import disk
from adr_ls.io.disk import Loaded
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.log import discovery
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.syntax.change import Change
from adr_ls.write import creation
from adr_ls.write.creation import CreationError, Made


def log_for(loaded: Loaded, asked: str, *, is_said: bool, system: FileSystem = DISK) -> Log:
    """The log, which may have no record yet, that gets a new one at a path: a record's, that of a directory, or the nearest.

    What is read is the whole repository, of which `asked` is a file or directory: a template may lie above the log, and logs beside it may
    share its numbers. `is_said` says whether somebody has named the path; else the repository as a whole gets a log where it has none.
    Raises `CreationError` where the records there are written in another markup.
    """
    workspace, root = loaded.workspace, Path(loaded.workspace.roots[0])
    here = Path(asked if system.is_folder(Path(asked)) else posixpath.dirname(asked))
    log = creation.log_near(workspace, asked) or creation.log_near(workspace, None)
    is_begun = any(
        asked.startswith(f"{one.directory}/") or f"{one.directory}/".startswith(f"{asked}/") for one in workspace.logs
    )
    kept = disk.unbegun(workspace, root, disk.to_path(here), system=system) if not is_begun and system.is_folder(root) else ""
    if kept:
        log = disk.cradle(workspace, root, creation.HOME, within=kept, system=system)
    elif log is None or (discovery.is_log_name(posixpath.basename(asked)) and not is_begun and asked not in workspace.records):
        log = disk.cradle(workspace, root if not is_said and system.is_folder(root) else here, creation.HOME, system=system)
    other = disk.in_other_markup(log, system) if not log.records else ""
    if other:
        raise CreationError(f"The records there are not written in Markdown, as adr-ls would write one: {other}")
    return log


def begin(loaded: Loaded, log: Log, title: str, asked: str = "", *, supersedes: Iterable[str] = (), template: str = "") -> Made:
    """A new record of a log, with all that follows: what it supersedes, each called as people call it, says so, and so do the indexes.

    `asked` is the path that somebody has named, which may be that of a record of the series that is meant.
    Raises `CreationError` where that cannot be; the message says why.
    """
    workspace = loaded.workspace
    superseded = [creation.numbered(workspace, log, number) for number in supersedes]
    for reason in filter(None, (superseding.obstacle(workspace, old) for old in superseded)):
        raise CreationError(reason)
    near = workspace.records.get(asked)
    made = creation.create(workspace, log, title, workspace.today, near=near, supersedes=superseded, template=template)
    return replace(made, change=_with_indexes(workspace, log, made)) if superseded else made


def _with_indexes(workspace: Workspace, log: Log, made: Made) -> Change:
    """What makes a record that supersedes others, with the indexes that list these."""
    after = actions.applied(workspace, made.change).with_made(log.directory, made.record)
    edits = update.following(after, made.change.by_path, made.record.path)
    return replace(made.change, edits=(*made.change.edits, *edits))
