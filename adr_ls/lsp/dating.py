"""What git knows of records, for editors: read beside the loop when somebody asks, and kept until another commit is checked out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from adr_ls.io import files
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.log.workspace import Workspace
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Scheduler
from adr_ls.lsp.snapshot import State

if TYPE_CHECKING:  # what runs programs is imported where a program is run
    from adr_ls.history.story import Story
    from adr_ls.io.history import Archive

PAUSE = 0.3
"""Seconds that an answer waits for what git knows, which is only a part of it; the next one has it."""
FRESH = 5.0
"""Seconds for which nobody looks whether something was committed."""
KEPT = 5000
"""How many stories are kept at most."""


class _Found(NamedTuple):
    """The pasts that are known, and the stories that were found in them."""

    archive: Archive | None
    stories: Mapping[str, Story | None]


_log = logging.getLogger(__name__)


class Historian:
    """Knows the stories of the records that somebody has asked about, where the settings want it and the files are on the disk.

    `news` is called on the loop when another story is known than was told before.
    """

    def __init__(
        self, server: Server, state: State, scheduler: Scheduler, system: FileSystem, news: Callable[[], object]
    ) -> None:
        self._server = server
        self._state = state
        self._scheduler = scheduler
        self._is_able = system is DISK
        self._news = news
        self._archive: Archive | None = None
        self._stories: dict[str, Story | None] = {}
        """What was found of each record; None where there is nothing."""
        self._wanted: dict[str, None] = {}
        self._waiting: list[tuple[frozenset[str], Callable[[], object]]] = []
        self._is_fresh = self._is_reading = False
        self.waited = 0.0
        """So many seconds somebody has waited in vain for what is being read."""

    def known(self, path: str) -> Story | None:
        """The story of the record at a path, as far as it is known for the commit that is checked out."""
        directory = self._directory(self._state.now.workspace, path) if path in self._stories else ""
        return self._stories[path] if directory and self._is_current(directory) else None

    def _is_current(self, directory: str) -> bool:
        """Whether the commit is checked out still for which the stories of a directory were found."""
        head = self._archive.heads.get(directory) if self._archive is not None else None
        return head is None or head.is_current

    def _directory(self, workspace: Workspace, path: str) -> str:
        """The directory of the log of the record at a path, where somebody wants to know its history; else empty."""
        log = workspace.log_of(path) if self._is_able and not workspace.is_partial and path in workspace.records else None
        return log.directory if log is not None and log.config.history else ""

    def look(self, paths: Iterable[str], then: Callable[[], object] | None = None) -> bool:
        """Finds the stories of records, where those are not known, and looks whether something was committed if it is time for that.

        Calls `then` once all are known. Returns whether they are known now, and `then` is not called.
        """
        workspace = self._state.now.workspace
        homes = {path: home for path in paths if (home := self._directory(workspace, path))}
        there = {home for home in {*homes.values()} if files.is_in_repository(Path(home))}
        asked = frozenset(path for path, home in homes.items() if home in there)
        current = {home for home in there if self._is_current(home)}
        missing = frozenset(path for path in asked if path not in self._stories or homes[path] not in current)
        self._wanted |= dict.fromkeys(missing)
        if missing and then is not None:
            self._waiting.append((asked, then))
        if (asked and not self._is_fresh) or missing:
            self._read()
        return not missing

    def _read(self) -> None:
        if self._is_reading:
            return  # `_finish` begins again
        self._is_reading, self._is_fresh = True, True
        self._server.later(FRESH, self._wilt)
        workspace, known, wanted = self._state.now.workspace, self._archive, [*self._wanted]
        again = [*self._stories]
        self._wanted.clear()

        def is_wanted() -> bool:
            return self._state.now.workspace.roots == workspace.roots

        def read() -> _Found:
            from adr_ls.io import history  # noqa: PLC0415  # few ask, and the server starts without

            try:
                logs = (workspace.log_of(path) for path in (*again, *wanted))
                directories = dict.fromkeys(log.directory for log in logs if log is not None and log.config.history)
                archive = history.archive(directories, known, is_wanted)
                # What was committed since may be about any record that was told of
                old = [path for path in again if not _is_same(workspace, path, known, archive)]
                asked = [*dict.fromkeys((*wanted, *old))][:KEPT]
                found = {one.path: one.story for one in archive.stories(workspace, asked, is_wanted)}
            except Exception:  # noqa: BLE001  # whatever a repository holds, the server goes on without its history
                _log.exception("reading the history failed")
                return _Found(None, dict.fromkeys((*again, *wanted)))
            for directory, reason in archive.lacking.items():
                _log.info("no history of %s: %s", directory, reason)
            return _Found(archive, {path: found.get(path) for path in asked})

        self._scheduler.run(read, self._finish)

    def _finish(self, found: _Found) -> None:
        self._is_reading, self.waited = False, 0.0
        self._archive, stories = found
        is_news = any(self._stories.get(path) != story for path, story in stories.items())
        self._stories = {**(self._stories if len(self._stories) < KEPT else {}), **stories}
        if is_news:
            self._news()
        waiting, self._waiting = self._waiting, []
        for asked, then in waiting:
            if not asked <= self._stories.keys():
                self._waiting.append((asked, then))
            elif self.look(asked, then):  # else another commit was checked out meanwhile
                then()
        if self._wanted:
            self._read()

    def _wilt(self) -> None:
        self._is_fresh = False


def _is_same(workspace: Workspace, path: str, before: Archive | None, now: Archive) -> bool:
    """Whether nothing was committed since a record was told of."""
    log = workspace.log_of(path)
    if log is None or before is None:
        return False
    known, found = before.pasts.get(log.directory), now.pasts.get(log.directory)
    return known is not None and found is not None and known.tips is found.tips
