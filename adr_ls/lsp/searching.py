"""The search of source code that nobody has opened: when it is made, and what it found."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping

from adr_ls.io.cache import Searched
from adr_ls.io.filesystem import FileSystem
from adr_ls.log.workspace import Workspace
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Scheduler
from adr_ls.lsp.snapshot import State
from adr_ls.record.facts import Facts

SETTLE = 0.3
"""Seconds without news after which it is searched again."""
MANY = 200
"""Where so many files change at once, all are looked at anew."""
POLL = 2.5
"""Seconds between looks for clients that watch no files, where a look takes no time."""
REST = 40
"""So many times as long as a look took, the next one is away at least: there may be very much to look at."""

_log = logging.getLogger(__name__)


class Searcher:
    """Searches the source code of the opened folders where their settings want it; nothing happens where none do.

    `take` is called on the loop with what was found, `rested` after each search.
    """

    def __init__(
        self,
        server: Server,
        state: State,
        scheduler: Scheduler,
        system: FileSystem,
        take: Callable[[], object],
        rested: Callable[[], object],
    ) -> None:
        self._server = server
        self._state = state
        self._scheduler = scheduler
        self._system = system
        self._take = take
        self._rested = rested
        self._found = Searched()
        self._is_known = False
        """Whether a search has come to its end."""
        self._asked: tuple[object, ...] = ()
        """What the last search was about."""
        self._dirty: set[str] = set()
        self._is_wanted = self._is_searching = self._is_polling = False

    @property
    def code(self) -> Mapping[str, Facts]:
        """The source files that refer to records, as far as they were searched."""
        return self._found.facts

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be searched, as far as is known."""
        return not (self._is_wanted or self._is_searching or self._dirty)

    def known(self, workspace: Workspace) -> None:
        """The records were read: searches all source code unless that was done for folders and names such as these."""
        if workspace.is_partial:
            return
        if _about(workspace) != self._asked and (workspace.searched or self._found.stamps):
            self.look()

    def changed(self, paths: Iterable[str]) -> None:
        """Files changed on the disk, be they source code or not."""
        workspace = self._state.now.workspace
        if not workspace.searched:
            return
        self._dirty.update(path for path in paths if workspace.reach(path) == "all")
        if self._dirty:
            self._server.debounce("code", SETTLE, self._search)

    def look(self) -> None:
        """Looks at all files, soon."""
        self._is_wanted = True
        self._server.debounce("code", SETTLE if self._is_known else 0.0, self._search)

    def poll(self) -> None:
        """Looks at all files from time to time, for clients that do not tell of changes."""
        if not self._is_polling:
            self._is_polling = True
            self._server.later(POLL, self._look_soon)

    def rely(self) -> None:
        """Looks at them no more: the client tells of changes after all. What changed before it did is found now."""
        if self._is_polling:
            self._is_polling = False
            if self._state.now.workspace.searched:
                self.look()

    def _look_soon(self) -> None:
        if not self._is_polling:
            return
        if self._state.now.workspace.searched and self.is_settled:
            self.look()
        else:
            self._server.later(POLL, self._look_soon)

    def _search(self) -> None:
        if self._is_searching:
            return  # `_finish` begins again
        workspace, known = self._state.now.workspace, self._found if self._is_known else None
        dirty, is_whole = frozenset(self._dirty), self._is_wanted or len(self._dirty) > MANY or not self._is_known
        self._dirty.clear()
        self._is_wanted, self._is_searching = False, True
        about, begun = _about(workspace), time.monotonic()

        def search() -> Searched | None:
            from adr_ls.io import code  # noqa: PLC0415  # few have source code searched, and only once the records are read

            try:
                if is_whole or known is None:
                    return code.search(workspace, known, cached=True, system=self._system)
                return code.again(workspace, known, dirty, self._system)
            except Exception:  # noqa: BLE001  # whatever the disk holds, the server goes on with what it has
                _log.exception("searching the source code failed")
                return None

        def finish(found: Searched | None) -> None:
            self._is_searching = False
            self._asked = about
            if found is not None:
                self._is_known = True
                is_news = _digests(found) != _digests(self._found)
                self._found = found
                if is_news:
                    self._take()
            if self._is_wanted or self._dirty:
                self._search()
            elif self._is_polling:
                self._server.debounce("look", max(POLL, REST * (time.monotonic() - begun)), self._look_soon)
            self._rested()

        self._scheduler.run(search, finish)


def _digests(found: Searched) -> dict[str, str]:
    """What tells the texts that were found: a reference may have moved in one that says the same."""
    return {path: facts.digest for path, facts in found.facts.items()}


def _about(workspace: Workspace) -> tuple[object, ...]:
    """What tells one search from another: the folders, and what is looked for."""
    return workspace.searched, workspace.names.signs
