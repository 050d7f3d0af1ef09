"""When and how the disk is read: the only place of the server from which it is.

A reading works on a snapshot's values beside the loop; what it found is given to whoever holds the snapshot, on the loop.
"""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from adr_ls import rules
from adr_ls.io import disk, files
from adr_ls.io.disk import Loaded
from adr_ls.log.workspace import Log, Workspace
from adr_ls.lsp.progress import Progress
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Scheduler
from adr_ls.lsp.snapshot import State, is_markdown
from adr_ls.record.record import Record
from adr_ls.write import creation
from adr_ls.write.creation import CreationError

SETTLE = 0.15
"""Seconds without news after which the disk is read again."""
POLL = 2.5
"""Seconds between looks at the disk for clients that watch no files."""
BATCH = 100
"""How many records are read before their garbage is collected."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Found:
    """What a reading found; `is_news` tells whether it is other than what was known."""

    loaded: Loaded | None
    is_news: bool


class Loader:
    """Reads the opened folders, and what has changed in them.

    `take` is called on the loop with what is news, `complain` with every reading.
    """

    def __init__(
        self,
        server: Server,
        state: State,
        scheduler: Scheduler,
        progress: Progress,
        take: Callable[[Workspace], object],
        complain: Callable[[Loaded], object],
    ) -> None:
        self._server = server
        self._state = state
        self._scheduler = scheduler
        self._progress = progress
        self._take = take
        self._complain = complain
        self._settings: Mapping[str, Any] = {}
        self._loaded: Loaded | None = None
        self._is_loading = False
        self._again = False

    # When

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Takes in the client's settings before anything is read."""
        self._settings = _own(settings)

    def set(self, settings: Mapping[str, Any]) -> None:
        """Takes over the client's settings; they apply at once."""
        own = _own(settings)
        if own != self._settings:
            self._settings = own
            self.reload()

    def poll(self) -> None:
        """Looks at the disk from time to time, for clients that do not tell of changes."""
        self._server.later(POLL, self._look)

    def _look(self) -> None:
        self.reload()
        self.poll()

    def reload(self) -> None:
        """Reads what has changed on the disk, soon; many calls cause one reading."""
        self._server.debounce("reload", 0.0 if self._loaded is None else SETTLE, self._load)

    def opened(self, path: str) -> None:
        """A document was opened or changed that the workspace does not know."""
        if not self._server.roots or (
            is_markdown(path)
            and self._loaded is not None
            and path not in self._state.now.workspace.files
            and any(path.startswith(root.rstrip("/") + "/") for root in self._state.now.workspace.roots)
        ):
            self.reload()  # a file that is not on the disk yet, or stands among records that nobody has opened

    def closed(self, path: str) -> None:
        """A document was closed: the disk holds again."""
        if self._loaded is not None:
            self._loaded.stamps.pop(path, None)
        self.reload()

    # How

    @property
    def roots(self) -> list[Path]:
        """The opened folders; without any, the files that are open, each with the records beside it."""
        if self._server.roots:
            return list(self._server.roots)
        opened = [Path(path) for path in self._state.now.documents if is_markdown(path)]
        return [path for path in {path.parent: path for path in opened}.values() if path.exists()]

    def _load(self) -> None:
        if self._is_loading:
            self._again = True
            return
        self._is_loading = True
        roots, opened = self.roots, self._state.now.texts()
        current, settings = self._state.now.workspace, dict(self._settings)
        known = replace(self._loaded, workspace=current) if self._loaded is not None else None
        if known is None:
            self._progress.begin()
            self._progress.tell("reading", current)

        def load() -> _Found:
            begun = time.perf_counter()
            if known is None:
                gc.disable()  # `_read_records` collects: otherwise all that was read is looked through again and again
            try:
                found = disk.load(roots, opened=opened, settings=settings, known=known, rules=rules.NAMES)
                if known is not None and _is_same(found.workspace, current):
                    return _Found(found, is_news=False)
                _read_records(found.workspace, opened, freeze=known is None)
                _warm(found.workspace, current)
            except Exception:  # noqa: BLE001  # whatever the disk holds, the server goes on with what it has
                _log.exception("reading the workspace failed")
                return _Found(None, is_news=False)
            finally:
                gc.enable()
            _log.info("read %d records in %.2f s", len(found.workspace.records), time.perf_counter() - begun)
            return _Found(found, is_news=True)

        self._scheduler.run(load, self._finish)

    def _finish(self, found: _Found) -> None:
        is_first = self._loaded is None
        self._is_loading = False
        if found.loaded is not None:
            self._loaded = found.loaded
            self._complain(found.loaded)
            if found.is_news:
                self._take(found.loaded.workspace)
        workspace = self._state.now.workspace
        if is_first:
            gc.freeze()
            self._progress.end(len(workspace.records))
        self._progress.tell("ready", workspace)
        if self._again:
            self._again = False
            self.reload()

    # Beside what is known

    @property
    def is_read(self) -> bool:
        """Whether the workspace has been read."""
        return self._loaded is not None

    def beside(self) -> tuple[Record, ...]:
        """The Markdown files elsewhere in the folders, whose links to records are to follow."""
        if self._loaded is None:
            return ()
        now = self._state.now
        opened = {path: document.text for path, document in now.documents.items()}
        return disk.beside(replace(self._loaded, workspace=now.workspace), opened)

    def cradle(self, path: str | None) -> Log:
        """The log, without records yet, for the first record of the opened folder around a path; raises `CreationError` without one."""
        roots = self.roots
        if not roots:
            raise CreationError("Open the folder that the ADR is to be put into first.")
        folder = next((root for root in roots if path and path.startswith(disk.to_path(root) + "/")), roots[0])
        folder = folder if folder.is_dir() else folder.parent
        now = self._state.now
        opened = {path: document.text for path, document in now.documents.items()}
        return disk.cradle(now.workspace, folder, creation.HOME, opened=opened, settings=self._settings)

    def usual_line_end(self, log: Log) -> str:
        """The line end that most records of a log have on the disk; see `disk.usual_line_end`."""
        return disk.usual_line_end(self._state.now.workspace, log)

    def check_place(self, record: Record) -> None:
        """Raises `CreationError` where no file can be made for a new record."""
        if not files.contains(self.roots, Path(record.path)):
            raise CreationError(f"“{record.path}” lies outside the opened folders; open the folder that it belongs into.")
        if os.path.lexists(record.path):
            raise CreationError(f"There is a file “{record.name.stem}” already; choose another title.")

    def write(self, record: Record) -> None:
        """Makes the file of a new record, for clients that make none themselves.

        Raises `CreationError` where that is impossible.
        """
        try:
            files.write(Path(record.path), record.text, self.roots, new=True)
        except files.WriteError as error:
            raise CreationError(f"{error}.") from error
        self.reload()


def _own(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings that are for us: the section of our name where there is one, without what is the client's own or empty.

    Editors send their defaults for what nobody has set, and an empty list must not hide what the repository says.
    """
    section = settings.get("adr-ls", settings)
    if not isinstance(section, Mapping):
        return {}
    return {key: value for key, value in section.items() if key not in _CLIENT_SIDE and value not in (None, [], {})}


_CLIENT_SIDE = frozenset({"trace", "path", "interpreter", "importStrategy", "args", "enable"})


def _is_same(one: Workspace, other: Workspace) -> bool:
    """Whether two readings of the disk found the same files with the same texts and settings."""
    return (
        one.roots == other.roots
        and one.files == other.files
        and one.settings == other.settings
        and len(one.logs) == len(other.logs)
        and all(
            a.directory == b.directory
            and a.config == b.config
            and list(a.records.items()) == list(b.records.items())
            and a.templates == b.templates
            for a, b in zip(one.logs, other.logs, strict=True)
        )
        and list(one.pages.items()) == list(other.pages.items())
    )


def _read_records(workspace: Workspace, opened: Container[str], *, freeze: bool) -> None:
    """Reads the records one by one; with `freeze`, what was read is kept out of all later collections."""
    for number, record in enumerate(workspace.records.values(), 1):
        _ = record.title, record.heading_title, record.statuses, record.date, record.mentions, record.relations
        if record.path not in opened:
            let_go(record)
        if freeze and number % BATCH == 0:
            gc.collect(1)
            gc.freeze()


def let_go(record: Record) -> None:
    """Forgets the Markdown of a closed file: what the record says is known, and its blocks take ten times the memory of its text."""
    for name in ("document", "area"):
        record.__dict__.pop(name, None)


def _warm(workspace: Workspace, previous: Workspace) -> None:
    """Works out, off the loop, what handlers will ask of a new snapshot; what did not change is taken over from the one before."""
    if "names" in previous.__dict__ and workspace.names == previous.names:
        workspace.__dict__["names"] = previous.names
    for log in workspace.logs:
        old = next((other for other in previous.logs if other.directory == log.directory), None)
        if (
            old is not None
            and list(old.records.items()) == list(log.records.items())
            and old.config == log.config
            and old.templates == log.templates
        ):
            log.__dict__.update({key: value for key, value in old.__dict__.items() if key not in log.__dict__})
        _ = log.house
    _ = workspace.indexes, workspace.backlinks
    for record in workspace.records.values():
        workspace.successors(record)
