"""When and how the disk is read: the only place of the server from which it is.

A reading works on a snapshot's values beside the loop; what it found is given to whoever holds the snapshot, on the loop.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from adr_ls import rules
from adr_ls.io import cache, changes, disk, files
from adr_ls.io.changes import Write, WriteError
from adr_ls.io.disk import Glanced, Loaded
from adr_ls.io.files import Stamp
from adr_ls.io.filesystem import FileSystem
from adr_ls.log import discovery
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.lsp.progress import Progress
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Precedence, Scheduler, beforehand, worked
from adr_ls.lsp.snapshot import State
from adr_ls.lsp.waiting import Need
from adr_ls.record.filename import is_read
from adr_ls.record.record import Record
from adr_ls.settings.file import is_settings
from adr_ls.syntax.change import NewFile

_BRIEFLY = 1.0
"""How many seconds everybody may wait while another program takes a number."""
SETTLE = 0.15
"""Seconds without news after which the disk is read again, at least."""
PART = 0.5
"""What part of the processor time that the last reading took is waited for without news, so that most of that is not for nothing."""
LONGEST = 3.0
"""Seconds without news after which the disk is read again, at most."""
FEW = 3
"""How many files somebody changes at once; where more change, a program is at work, which may not be done."""
MOST_TOLD = 50
"""How many files are looked at one by one; where more have changed, all are."""
WHOLE = 2.5
"""Seconds without news after which all of the disk is read, once only what somebody told of has been."""
POLL = 2.5
"""Seconds between looks at the disk for clients that watch no files."""
BATCH = 100
"""How many records are read before the client is told of it."""

_log = logging.getLogger(__name__)

Look = frozenset[tuple[str, Stamp | frozenset[str] | str | None]]
"""The files that a look at the disk saw, each with its state."""


@dataclass(frozen=True)
class _Asked:
    """What a reading is to read, and what was known when it began."""

    folders: frozenset[Path]
    roots: list[Path]
    texts: Mapping[str, str]
    seen: frozenset[str]
    settings: Mapping[str, Any]
    known: Loaded | None
    is_looking: bool
    is_settling: bool
    is_hurried: bool
    told: frozenset[str] | None
    """The paths at which the disk may be other than it is known, None where it may be anywhere; without any, only what follows from the
    open files is found out anew."""
    changed: Mapping[str, Workspace]


@dataclass(frozen=True)
class _Found:
    """What a reading found; `is_news` tells whether it is other than what was known.

    `there` are the open documents that are on the disk.
    """

    loaded: Loaded
    """With what is known of the files, as they were read."""
    is_news: bool
    there: frozenset[str] | None
    """None where the disk was left alone."""
    look: Look | None
    seconds: float
    """How much processor time it took."""


class Loader:
    """Reads the opened folders, and what has changed in them.

    `take` is called on the loop with what is news, `complain` with every reading, and `rested` after it, whether or
    not it has failed.
    """

    def __init__(
        self,
        server: Server,
        state: State,
        scheduler: Scheduler,
        precedence: Precedence,
        system: FileSystem,
        progress: Progress,
        take: Callable[[Workspace], object],
        complain: Callable[[Loaded], object],
        rested: Callable[[], object],
    ) -> None:
        self._server = server
        self._state = state
        self._scheduler = scheduler
        self._precedence = precedence
        self._system = system
        self._progress = progress
        self._take = take
        self._complain = complain
        self._rested = rested
        self._settings: Mapping[str, Any] = {}
        self._loaded: Loaded | None = None
        self._read_folders: frozenset[Path] = frozenset()
        """The folders that `_loaded` was read from, see `_folders`."""
        self._is_wanted = self._is_hurried = self._is_outdated = False
        """Whether anything is to be found out anew, whether somebody waits for it, and whether that takes reading all of the disk."""
        self._told: set[str] = set()
        """The files of which somebody told that they changed, to be looked at where not all of the disk is read."""
        self._is_unsure = False
        """Whether only such files have been looked at since all of the disk was."""
        self._is_settling = False
        self._changed: dict[str, Workspace] = {}
        """The open files whose changes concern others since the last reading, each with what was known before the first of these."""
        self._asked: _Asked | None = None
        """What is being read now."""
        self._took = 0.0
        """The seconds of processor time that the last reading took."""
        self._is_patient = False
        """Whether the next one waits for longer than `SETTLE`."""
        self._has_failed = False
        self._seen: frozenset[str] = frozenset()
        """The open documents that have been on the disk: no longer there, they are no records any more."""
        self._unread: frozenset[str] = frozenset()
        """The files that could not be read."""
        self._considered: frozenset[str] = frozenset()
        """The open documents that the last reading knew of."""
        self._is_polling = False
        self._last_look: Look | None = None

    # How much is known

    @property
    def is_whole(self) -> bool:
        """Whether all is known of the folders that are open now, as they were when they were last read."""
        return self._loaded is not None and self._folders() <= self._read_folders

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be read anew, as far as is known."""
        return not self._is_wanted and self._asked is None

    @property
    def has_failed(self) -> bool:
        """Whether the last reading failed."""
        return self._has_failed

    def is_hurrying(self) -> bool:
        """Whether somebody waits for what is being read now: what is worked out of the files as they were can be done afterwards."""
        return self._asked is not None and self._asked.is_hurried

    def is_met(self, need: Need) -> bool:
        """Whether enough is known for a request."""
        return (self.is_whole or not need.is_whole) and (self.is_settled or not (need.is_edit or need.is_settled))

    def _folders(self) -> frozenset[Path]:
        """The opened folders; without any, those of the files that are open."""
        return frozenset(self._server.roots or (Path(path).parent for path in self._state.opened if is_read(path)))

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
        """Looks at the disk from time to time, for clients that do not tell of changes. A look reads no file."""
        if not self._is_polling:
            self._is_polling = True
            self._look_later()

    def rely(self) -> None:
        """Looks at the disk no more: the client tells of changes after all. What changed before it did is read now."""
        if self._is_polling:
            self._is_polling = False
            self.reload()

    def _look_later(self) -> None:
        self._server.debounce("poll", POLL, self._look_soon)

    def _look_soon(self) -> None:
        if not self._is_polling:
            return
        roots, opened, listed = self.roots, self._state.opened, [*self._state.now.workspace.surroundings.listed]
        self._scheduler.run(lambda: _look(self._system, roots, opened, listed), self._looked)

    def _looked(self, look: Look) -> None:
        if not self._is_polling:
            return
        if look != self._last_look and self.is_settled:
            self.reload()
        self._look_later()

    def reload(self, changed: Sequence[str | None] | None = None) -> None:
        """Reads what has changed on the disk, soon; many calls cause one reading.

        `changed` are the paths at which it has, where that is known, with None for one that nobody can tell. Of few texts these alone are
        looked at, and all else once that rests (`WHOLE`): there may be more than somebody told of.
        """
        texts = {
            path for path in changed or () if path is not None and is_read(path) and not is_settings(path.rsplit("/", 1)[-1])
        }
        self._told |= texts
        self._is_outdated |= changed is None or len(texts) < len({*changed}) or len(self._told) > MOST_TOLD
        self._soon(len(changed) if changed is not None else None)

    def _make_sure(self) -> None:
        if self._is_unsure:
            self.reload()

    def _soon(self, changes: int | None = None) -> None:
        is_busy = self._asked is not None or self._is_settling or (self._is_wanted and not self._is_hurried)
        self._is_wanted = True
        self._is_hurried = changes is not None and changes <= FEW and not is_busy
        pause = self._pause if self.is_whole and not self._is_hurried else 0.0
        self._is_patient = pause > SETTLE
        self._server.debounce("reload", pause, self._load)

    @property
    def _pause(self) -> float:
        return min(max(SETTLE, PART * self._took), LONGEST)

    def typed(self) -> None:
        """Somebody types on, so there is no pause yet, however long it takes to take in what is typed."""
        if self._is_wanted and self._is_patient:
            self._server.debounce("reload", self._pause, self._load)

    def hurry(self) -> None:
        """Somebody waits for the next reading."""
        if self._is_wanted and self._is_patient:
            self._is_patient = False
            self._server.debounce("reload", SETTLE, self._load)

    def settle(self, path: str, before: Workspace) -> None:
        """Has all that follows from the files worked out anew, as a fresh start would, since a change in an open one concerns others.

        `before` is what was known before that change. The disk is not read for that: who changes it tells so, or is found out (`poll`).
        """
        self._is_settling = True
        self._changed.setdefault(path, before)
        self._soon()

    def opened(self, path: str) -> None:
        """A document was opened."""
        if self._system.is_file(Path(path)):
            self._seen |= {path}

    def written(self, path: str) -> None:
        """Somebody wrote a file, who may have given it the time and the size that it had: it is read again."""
        if self._loaded is not None:
            self._loaded.stamps.pop(path, None)

    def deleted(self, path: str) -> None:
        """A file or folder is gone from the disk: what is open of it was there, and is no record any more."""
        self._seen |= {one for one in self._state.opened if one == path or one.startswith(path + "/")}

    def unknown(self, path: str) -> None:
        """A document was opened or changed that the workspace does not know."""
        if self._loaded is not None and self.is_overlooked(path):
            self.reload()

    def is_overlooked(self, path: str) -> bool:
        """Whether no reading has known of an open file that could not know it otherwise.

        Such a file is not on the disk yet, stands in a folder that nobody has opened, or can be read only while it is open.
        """
        is_known = path in self._considered or (path in self._state.now.workspace.files and path not in self._unread)
        return is_read(path) and not is_known

    def closed(self, path: str) -> None:
        """A document was closed: the disk holds again."""
        self._seen -= {path}
        self._considered -= {path}
        self.written(path)
        self.reload()

    def matters(self, path: str) -> bool:
        """Whether what is at a path, or below it where it is a folder, is anything that a reading looks at."""
        return _matters(path.rsplit("/", 1)[-1]) or self.is_linked(path) or not self._system.is_file(Path(path))

    def is_linked(self, path: str) -> bool:
        """Whether somebody asked what is in the directory of a path, or in it where it is a folder, since a link leads there."""
        listed = self._state.now.workspace.surroundings.listed
        return path.rpartition("/")[0] in listed or any(one.startswith(f"{path}/") or one == path for one in [*listed])

    # How

    @property
    def roots(self) -> list[Path]:
        """The opened folders; without any, the files that are open, each with the records beside it.

        Where a folder was opened and a file is, there is nothing, neither that file nor those beside it.
        """
        if self._server.roots:
            return [root for root in self._server.roots if not self._system.is_file(root)]
        opened = [Path(path) for path in self._state.opened if is_read(path)]
        return [path for path in {path.parent: path for path in opened}.values() if self._system.is_file(path)]

    def _load(self) -> None:
        self._precedence.behind("load", self._begin)

    def _begin(self) -> None:
        if self._asked is not None:
            return  # `_finish` begins again
        self._is_wanted = False
        now = self._state.now
        self._is_outdated |= now.workspace.today != disk.today()
        known = replace(self._loaded, workspace=now.workspace) if self._loaded is not None else None
        if known is None:
            self._progress.begin()
            self._progress.tell("reading", now.workspace)
        asked = self._asked = _Asked(
            self._folders(),
            self.roots,
            now.texts(),
            self._seen,
            dict(self._settings),
            known,
            is_looking=self._is_polling,
            is_settling=self._is_settling,
            is_hurried=self._is_hurried,
            told=None if self._is_outdated or self._loaded is None else frozenset(self._told),
            changed=self._changed,
        )
        self._is_settling = self._is_hurried = self._is_outdated = False
        self._changed, self._told = {}, set()

        def load() -> _Found | None:
            try:
                return self._read(asked)
            except Exception:  # noqa: BLE001  # whatever the disk holds, the server goes on with what it has
                _log.exception("reading the workspace failed")
                return None

        self._scheduler.run(load, lambda found: self._finish(asked, found))

    def _read(self, asked: _Asked) -> _Found:
        """Reads the disk, where that may be other; beside the loop."""
        begun, before = time.perf_counter(), worked()
        known = asked.known
        if known is not None and asked.told is not None and not asked.told:
            now = known.workspace
            if not any(now.is_found_otherwise(earlier, path) for path, earlier in asked.changed.items()):
                settled = now.settled()
                beforehand(settled.prepared)
                return _Found(replace(known, workspace=settled), True, None, None, worked() - before)
        listed = [*known.workspace.surroundings.listed] if known is not None else []
        is_looking = asked.is_looking and asked.told is None
        look = _look(self._system, asked.roots, asked.texts, listed) if is_looking else None
        there = frozenset(path for path in asked.texts if self._system.is_file(Path(path)))
        texts = {path: text for path, text in asked.texts.items() if path in there or path not in asked.seen}
        load = partial(
            disk.load,
            asked.roots,
            opened=texts,
            settings=asked.settings,
            known=known,
            changed=asked.told,
            rules=rules.NAMES,
            cached=True,
            workers=None,
            system=self._system,
            progress=self._count,
        )
        loaded = load()
        if loaded.left and (told := self._system.recover(loaded.left, asked.roots)):
            _log.warning("%s", "; ".join(told))
            loaded = load()
        is_news = known is None or asked.is_settling or not loaded.workspace.is_as(known.workspace)
        if known is None or asked.is_hurried:  # somebody waits for it
            beforehand(loaded.workspace.linked)
        elif is_news:
            beforehand(loaded.workspace.prepared)
        _log.info("read %d records in %.2f s", len(loaded.workspace.records), time.perf_counter() - begun)
        return _Found(loaded, is_news, there, look, worked() - before)

    def _count(self, read: int, total: int) -> None:
        """Shows now and then how many files have been read; beside the loop."""
        if read % BATCH == 0:
            self._server.post(self._progress.count, read, total)

    def _finish(self, asked: _Asked, found: _Found | None) -> None:
        self._asked = None
        self._has_failed = found is None
        self._is_outdated |= found is None  # whatever it was that changed, nobody has seen it
        if found is not None and found.there is None:
            self._took = found.seconds
            self._take(found.loaded.workspace)
        elif found is not None and found.there is not None:
            opened = frozenset(self._state.now.documents)
            # What it made of the files is the snapshot's, or nobody's where it is no news
            self._loaded = replace(found.loaded, workspace=Workspace(), opened={})
            self._read_folders = asked.folders
            if asked.told is None:
                self._last_look, self._is_unsure = found.look, False
            if asked.told:
                self._is_unsure = True
                self._server.debounce("whole", WHOLE, self._make_sure)
            else:  # the first reads all of it, later ones what changed
                self._took = found.seconds if asked.known is not None else 0.0
            self._seen = (self._seen | found.there).intersection(self._state.opened)
            self._unread = frozenset(path for path, _ in found.loaded.notes)
            self._considered = opened.intersection(asked.texts)
            self._complain(found.loaded)
            if found.is_news:
                self._take(found.loaded.workspace)
            now = self._state.now.workspace
            if asked.known is None and any(now.is_seen_otherwise(found.loaded.workspace, path) for path in opened):
                # By what was opened meanwhile, when nobody could tell whom it concerns
                self._is_settling = self._is_wanted = self._is_outdated = True
            if any(map(self.is_overlooked, opened)):
                self._is_wanted = self._is_outdated = True
        workspace = self._state.now.workspace
        if asked.known is None:
            gc.freeze()
            self._progress.end(len(workspace.records))
        self._progress.tell("ready", workspace)
        if self._is_wanted:
            self._soon()
        self._rested()

    # What an earlier process found

    def left(self) -> list[bytes] | None:
        """What an earlier process left of what it found in these folders; None where nothing is kept. Beside the loop."""
        return cache.verdicts(self._cached_folders(), self._settings, on=self._is_cached)

    def leave(self, found: list[bytes]) -> None:
        """Leaves what was found in these folders to the next process, where anything is kept. Beside the loop."""
        cache.save_verdicts(self._cached_folders(), self._settings, found, on=self._is_cached)

    @property
    def _is_cached(self) -> bool:
        return self._system.is_shared and self._loaded is not None and not self._loaded.uncached

    def _cached_folders(self) -> list[Path]:
        return [disk.folder_of(root, self._system) for root in self.roots]

    # Beside what is known

    def glance(self, record: Record, offset: int, found: Callable[[Glanced | None], object], beside: int) -> None:
        """Looks only for what is named at a place in an open file, and tells on the loop what there is; see `disk.glance`.

        That goes before whatever has not begun.
        """
        now, roots, settings = self._state.now, self.roots, dict(self._settings)

        def look() -> Glanced | None:
            try:
                return disk.glance(
                    roots,
                    now.workspace,
                    record,
                    offset,
                    opened=now.texts(),
                    settings=settings,
                    beside=beside,
                    system=self._system,
                )
            except Exception:  # noqa: BLE001  # whatever the disk holds, it is answered when all is read
                _log.exception("looking for what is named in %s failed", record.path)
                return None

        def looked(seen: Glanced | None) -> None:
            try:
                found(seen)
            finally:
                self._precedence.end()

        self._precedence.begin()
        self._scheduler.run(look, looked)

    def beside(self) -> tuple[Record, ...]:
        """The Markdown files elsewhere in the folders, whose links to records are to follow."""
        if self._loaded is None:
            return ()
        now = self._state.now
        opened = {path: document.text for path, document in now.documents.items()}
        return disk.beside(replace(self._loaded, workspace=now.workspace), opened, self._system)

    def cradle(self, path: str | None) -> Log:
        """The log, without records yet, for the first record of the opened folder around a path; raises `CreationError` without one."""
        from adr_ls.write import creation  # noqa: PLC0415  # no record is made before much else is answered

        roots = self.roots
        if not roots:
            raise creation.CreationError("Open the folder that the ADR is to be put into first.")
        folder = next((root for root in roots if path and path.startswith(disk.to_path(root) + "/")), roots[0])
        folder = disk.folder_of(folder, self._system)
        now = self._state.now
        opened = {path: document.text for path, document in now.documents.items()}
        within = disk.unbegun(now.workspace, folder, path or "", opened, self._system)
        return disk.cradle(
            now.workspace, folder, creation.HOME, within=within, opened=opened, settings=self._settings, system=self._system
        )

    def is_unbegun(self, path: str | None) -> bool:
        """Whether a tool keeps records at a path or below that are still to come, though there are others elsewhere."""
        folder = next((root for root in self.roots if path and path.startswith(disk.to_path(root) + "/")), None)
        if (
            path is None
            or folder is None
            or any(f"{log.directory}/".startswith(f"{path}/") for log in self._state.now.workspace.logs)
        ):
            return False
        return bool(disk.unbegun(self._state.now.workspace, folder, path, system=self._system))

    def usual_line_end(self, log: Log) -> str:
        """The line end that most records of a log have on the disk; see `disk.usual_line_end`."""
        return disk.usual_line_end(self._state.now.workspace, log, self._system)

    def check_place(self, record: Record) -> None:
        """Raises `CreationError` where no file can be made for a new record."""
        from adr_ls.write.creation import CreationError  # noqa: PLC0415  # as above

        if not self._system.contains(self.roots, Path(record.path)):
            raise CreationError(f"“{record.path}” lies outside the opened folders; open the folder that it belongs into.")
        if self._system.is_taken(Path(record.path)):
            raise CreationError(f"There is a file “{record.name.stem}” already; choose another title.")

    @contextmanager
    def turn(self, log: Log) -> Iterator[Workspace]:
        """Lets nobody else take a number of a log meanwhile; gives what is known, with the names of what is there only now.

        Raises `CreationError` where others take too long.
        """
        from adr_ls.write.creation import CreationError  # noqa: PLC0415  # as above

        home = Path(log.directory)
        root = disk.folder_of(next((root for root in self.roots if home.is_relative_to(root)), home), self._system)
        whole = files.repository_of(home)
        # The repository is what commands on the command line take turns in; what is around an opened folder is left alone
        folder = disk.to_path(whole if whole is not None and whole.is_relative_to(root) else root)
        with changes.turn(folder, _BRIEFLY) if self._system.is_shared else nullcontext(True) as is_mine:
            if not is_mine:
                raise CreationError(f"{changes.BUSY[:1].upper()}{changes.BUSY[1:]}.")
            workspace = self._state.now.workspace
            there = {f"{log.directory}/{name}" for name in self._system.entries(home, self.roots) or ()} - workspace.files
            yield replace(workspace, files=workspace.files | there) if there else workspace

    def create(self, created: Iterable[NewFile]) -> None:
        """Makes files, all or none, for clients that make none themselves; raises `CreationError` where that is impossible."""
        from adr_ls.write.creation import CreationError  # noqa: PLC0415  # as above

        try:
            self._system.carry_out([Write(path, text, new=True) for path, text in created], self.roots)
        except WriteError as error:
            raise CreationError(f"{error}.") from error
        self.reload()

    def take_back(self, created: Iterable[NewFile]) -> list[str]:
        """Removes files that were made; the names of those that somebody changed meanwhile, which are left."""
        left = [path for path, text in created if not self._system.take_back(Path(path), text, self.roots)]
        self.reload()
        return [Path(path).name for path in left]


def _own(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings that are for us: the section of our name where there is one, without what is the client's own or empty.

    Editors send their defaults for what nobody has set, and an empty list must not hide what the repository says.
    """
    section = settings.get("adr-ls", settings)
    if not isinstance(section, Mapping):
        return {}
    return {key: value for key, value in section.items() if key not in _CLIENT_SIDE and value not in (None, [], {})}


_CLIENT_SIDE = frozenset({"trace", "revealActive", "path", "interpreter", "importStrategy", "args", "enable", "agents"})


def _look(system: FileSystem, roots: Sequence[Path], opened: Iterable[str], listed: Iterable[str]) -> Look:
    """What is on the disk where records, pages and settings are looked for, and in the directories in which it was asked for other files."""
    paths = {Path(path) for path in opened}
    surroundings = disk.surroundings(roots, system)
    unusable: list[tuple[str, str]] = []
    for root in roots:
        folder = disk.folder_of(root, system)
        if folder == root and system.is_crawlable(folder):
            listing = system.walk(folder, want=_matters)
            if listing.may_lack:  # then a reading may look at all
                listing = system.walk(folder, want=_matters, heeding=False)
            paths.update(folder / path for path in listing.files)
            unusable += listing.skipped
        else:
            paths.update(folder / name for name in system.names(folder) if _matters(name))
    there = ((path.as_posix(), system.stamp(path)) for path in paths)
    return frozenset((*there, *unusable, *((directory, surroundings.list(directory)) for directory in listed)))


def _matters(base: str) -> bool:
    return discovery.is_wanted(base) or is_settings(base) or base == ".gitignore"
