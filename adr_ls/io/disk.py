"""From folders on disk to a `Workspace`: finds the logs, reads their records and the pages that may be their indexes.

All reading goes through `adr_ls.io.files`, so nothing outside the opened folders is touched, whatever links and settings say.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from adr_ls.io import pool
from adr_ls.io.cache import Cache
from adr_ls.io.changes import CHANGED, Write, WriteError
from adr_ls.io.files import CANNOT, Folders, Listing, Stamp, Text, Unreadable
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.io.worker import NOT_UNDERSTOOD, Read, understanding
from adr_ls.log import assemble, discovery, mkdocs
from adr_ls.log.earlier import Earlier
from adr_ls.log.log import Log
from adr_ls.log.style import Described, described
from adr_ls.log.surroundings import Surroundings
from adr_ls.log.workspace import Reader, Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.known import digest_of
from adr_ls.record.record import Record
from adr_ls.settings.file import Settings, is_settings
from adr_ls.settings.values import Config
from adr_ls.syntax.change import Change
from adr_ls.syntax.patterns import Patterns
from adr_ls.syntax.text import line_end

if TYPE_CHECKING:  # imported where it is asked for
    from adr_ls.log.missed import Looker

_log = logging.getLogger(__name__)

SAMPLE = 50
"""How many files are looked at to learn what is usual."""

KEEPERS = frozenset({".gitkeep", ".keep", ".gitignore"})
"""The files by which git keeps a directory that holds nothing yet."""
OTHER_MARKUP = frozenset({*filename.ASCIIDOC, *filename.UNREAD})
"""The endings of files in which some teams write records, and into which nothing is written."""


@dataclass
class Loaded:
    """A workspace as read from disk, with what is needed to keep it fresh and to write back.

    `facts` are those of all files that were read, records or not, `opened` the files that were open, `templates` those that were read
    whole, `described` what pages ask of records, each with the digest of its text, `silent` the files elsewhere that do not refer to
    records, each with its state and what was looked for. `stamps` tell the state of each file when it was read, `marked` the files with a byte-order mark; `notes` are clauses on what
    was left out and why, each with a path; `mistakes` sentences on what is wrong with the client's settings; `uncached` the folders whose
    settings turn the cache off; `left` files of our own that a change has left, see `adr_ls.io.changes`.
    """

    workspace: Workspace
    facts: dict[str, Facts] = field(default_factory=dict, repr=False)
    opened: dict[str, Record] = field(default_factory=dict, repr=False)
    templates: dict[str, Record] = field(default_factory=dict, repr=False)
    described: dict[str, tuple[str, tuple[Described, ...]]] = field(default_factory=dict, repr=False)
    silent: dict[str, tuple[Stamp, str]] = field(default_factory=dict, repr=False)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    uncached: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    listings: dict[str, Listing] = field(default_factory=dict, repr=False)
    """What was found in the folders that were gone through."""

    def complaints(self) -> list[tuple[str, str]]:
        """What people have to be told beside the problems, as pairs of a file's path (empty for the client's settings) and a sentence.

        That is a mistake in the client's settings, and a file that could not be read though it may matter: Markdown among or above the
        records or in a directory called like one of them, or settings. A folder that cannot be looked into is told without a path where
        it is an opened one, or called like one of records: what is in it would be missed.
        """
        around = {log.directory for log in self.workspace.logs}
        unread = [
            (path, f"This file {reason}, so it is left out.")
            for path, reason in self.notes
            if is_settings(posixpath.basename(path))
            or (
                path.casefold().endswith(filename.SUFFIXES)
                and (
                    any(posixpath.dirname(path) == log or log.startswith(posixpath.dirname(path) + "/") for log in around)
                    or discovery.is_log_name(posixpath.basename(posixpath.dirname(path)))
                )
            )
        ]
        closed = [
            f"The folder “{path}” {reason}."
            for path, reason in self.notes
            if reason.startswith(CANNOT)
            and not path.casefold().endswith(filename.SUFFIXES)
            and (path in self.workspace.roots or any(map(discovery.is_log_name, self._within(path).split("/"))))
        ]
        return list(dict.fromkeys([*(("", sentence) for sentence in (*self.mistakes, *closed)), *unread]))

    def _within(self, path: str) -> str:
        """A path as it is told from the root that it lies in."""
        root = next((root for root in self.workspace.roots if path.startswith(root.rstrip("/") + "/")), "")
        return path[len(root) :]


LOST = f"This file {NOT_UNDERSTOOD}, so what it lists is left out."
"""What is told of a page of which nobody knows whether it is an index (`Workspace.lost`)."""


def told(loaded: Loaded, among: Callable[[str], bool] = lambda _: True) -> list[str]:
    """What a command has to tell of before it does its work, as lines without an end: complaints, and mistakes in settings files `among`.

    Paths are told from the current directory.
    """
    lost, here = [(path, LOST) for path in sorted(loaded.workspace.lost)], to_path(".")
    found = [
        f"{posixpath.relpath(file, here)}: {complaint}" if file else complaint
        for file, complaint in (*loaded.complaints(), *lost)
    ]
    for path, settings in loaded.workspace.settings.items():
        for wrong in settings.wrong if among(path) else ():
            line, column = settings.page.lines.position(wrong.span.start, "utf-32")
            found.append(f"{posixpath.relpath(path, here)}:{line + 1}:{column + 1}: {wrong.message}")
    return found


def to_path(path: str | Path) -> str:
    """A path as the core writes it: absolute, normalised, with slashes."""
    return (
        Path(path).absolute().as_posix()
        if ".." not in Path(path).parts
        else posixpath.normpath(Path(path).absolute().as_posix())
    )


def folder_of(root: Path, system: FileSystem = DISK) -> Path:
    """The folder that is opened with a root: itself, or for a file the one that it is in.

    A root that is not there, be it for now, is an empty folder: nothing of what is around it was opened.
    """
    return root.parent if system.is_file(root) else root


def load(
    roots: Sequence[Path],
    *,
    opened: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    known: Loaded | None = None,
    changed: Collection[str] | None = None,
    rules: frozenset[str] | None = None,
    cached: bool = False,
    workers: int | None = 0,
    progress: Callable[[int, int], None] = lambda _read, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    system: FileSystem = DISK,
) -> Loaded:
    """Reads the folders (a file stands for itself and its directory's records).

    `opened` holds the texts of open buffers by path, which win over the disk; `settings` those of the editor, which win over files;
    `known` an earlier result, whose unchanged records are taken over; where nothing but open buffers can be other than it is there, and
    what lies at the absolute paths that have `changed`, no folder is gone through and no other file looked at that is known. `rules` the names of the rules that may be set. `cached` says
    whether to use the caches of the folders where nothing is known, `workers` how many processes may read at once, None for as many
    as pay (see `adr_ls.io.pool`). `progress` hears how many of how many files are read where that takes long. `system` is where the
    files are.
    """
    absolute = [root.absolute() for root in roots]
    loader = _Loader(
        absolute,
        opened or {},
        known,
        cancelled,
        system,
        changed=changed if known is not None else None,
        workers=workers,
        progress=progress,
    )
    for root in loader.roots:
        try:
            loader.folder(root, settings or {}, rules, cached=cached and known is None)
        except Exception:  # noqa: BLE001, PERF203  # whatever is the matter with one folder, the others are there
            _log.exception("reading the folder %s failed", root)
            loader.loaded.notes.append((to_path(root), f"{CANNOT}; the log says why"))
    unique = {log.directory: log for log in loader.logs}
    workspace = Workspace(
        roots=tuple(dict.fromkeys(to_path(folder_of(root, system)) for root in loader.roots)),
        logs=tuple(unique[directory] for directory in sorted(unique)),
        files=frozenset(loader.listed),
        settings=MappingProxyType(loader.settings_files),
        today=today(),
        opened=loader.loaded.opened,
        read=reader(loader.roots, system),
        surroundings=known.workspace.surroundings
        if known is not None and not changed and changed is not None
        else surroundings(loader.roots, system),
    )
    workspace = workspace.named_after(known.workspace) if known is not None else workspace
    pages = assemble.pages(workspace, loader.listed, loader)
    workspace = replace(workspace, pages=MappingProxyType(pages))
    guides = loader.guides(assemble.elsewhere(workspace, loader.listed - loader.doubles), workspace)
    templates = {one.path for log in workspace.logs for one in log.templates}
    known_files = {*workspace.records, *pages, *guides, *templates}
    found = replace(
        workspace,
        pages=MappingProxyType({**pages, **guides}),
        guides=frozenset(guides),
        # Others were only looked at to tell what they are
        opened={path: record for path, record in loader.loaded.opened.items() if path in known_files},
        earlier=Earlier(workspace.names),
    )
    loader.loaded.workspace = found.taking_over(known.workspace) if known is not None else found
    if not cancelled():
        loader.save()
    return loader.loaded


def today() -> str:
    """The day on the calendar of whoever looks, in ISO 8601."""
    return date.today().isoformat()  # noqa: DTZ011  # theirs, whatever it is elsewhere


class Glanced(NamedTuple):
    """What a glance has found: a partial workspace, and how many files there are to be read."""

    workspace: Workspace
    listed: int


def glance(
    roots: Sequence[Path],
    workspace: Workspace,
    record: Record,
    offset: int,
    *,
    opened: Mapping[str, str],
    settings: Mapping[str, Any],
    beside: int = 0,
    system: FileSystem = DISK,
) -> Glanced | None:
    """What little of the folders tells what is named at a place in an open file, None where more has to be read.

    `workspace` is what is known of the open files, `record` that file; for the others see `load`. So many of the records `beside` it are
    looked at as well. What is found in it is what `load` finds; what is not found may still be there.
    """
    known = Loaded(workspace)
    for root in roots:
        loader = _Loader([root.absolute()], opened, known, lambda: False, system)
        folder = folder_of(loader.roots[0], system)
        base = to_path(folder)
        if record.path.startswith(base + "/"):
            listing = loader.listing(loader.roots[0], folder)
            config, _, _ = assemble.configure(base, listing, loader.settings, settings)
            log = assemble.glanced(base, listing, config, loader, record, offset, beside)
            if log is not None:
                seen = Workspace(
                    (base,), (log,), is_partial=True, opened={record.path: record}, read=reader(loader.roots, system)
                )
                return Glanced(seen, len(listing))
    return None


def save(loaded: Loaded) -> None:
    """Keeps what is known of the files in the caches of their folders, for the next start; `load` does so only where it began with nothing."""
    for root in loaded.workspace.roots:
        Cache.opened(Path(root), on=root not in loaded.uncached).save(loaded.facts.values())


def reader(roots: Sequence[Path], system: FileSystem = DISK) -> Reader:
    """What reads the text of a file in those folders; None for one that cannot be read."""
    folders = [folder_of(root, system) for root in roots]
    return Reader(lambda: partial(_text, system, Folders(folders)))


def surroundings(roots: Sequence[Path], system: FileSystem = DISK) -> Surroundings:
    """What lists directories in those folders, but for a home folder or a whole disk."""
    folders = Folders(folder for folder in (folder_of(root, system) for root in roots) if system.is_crawlable(folder))
    return Surroundings(lambda directory: system.entries(Path(directory), folders))


def _text(system: FileSystem, folders: Folders, path: str) -> str | None:
    found = system.read(Path(path), folders)
    return None if isinstance(found, Unreadable) else found.text


def beside(loaded: Loaded, opened: Mapping[str, str] | None = None, system: FileSystem = DISK) -> tuple[Record, ...]:
    """The Markdown files that are listed but no part of the workspace, such as guides that link to records, as they are now.

    `opened` holds the texts of open buffers by path; the stamps of the others are added to those of `loaded`.
    """
    workspace = loaded.workspace
    loader = _Loader([Path(root) for root in workspace.roots], opened or {}, None, lambda: False, system)
    templates = {one.path for log in workspace.logs for one in log.templates}
    known = {*workspace.records, *workspace.pages, *templates}
    others = (path for path in sorted(workspace.files - known) if path.casefold().endswith(filename.SUFFIXES))
    found = tuple(record for path in others if (record := loader.record(path)) is not None)
    loaded.stamps.update(loader.loaded.stamps)
    loaded.marked.update(loader.loaded.marked)
    return found


def texts(loaded: Loaded, change: Change, beside: Iterable[Record] = ()) -> Iterator[tuple[str, str, str]]:
    """The files whose texts a change touches: their paths of before, the old text, empty where it is new, and the new one.

    `beside` are those that are no part of the workspace. Raises `WriteError` where one cannot be read any more.
    """
    others = {record.path: record for record in beside}
    for path, text in change.created:
        yield path, "", text
    for path in change.by_path:
        file = loaded.workspace.file(path) or others.get(path)
        if file is None:
            raise WriteError([(path, f"{posixpath.basename(path)} {CHANGED}")])
        if file.is_fixed:
            raise WriteError([(path, f"{posixpath.basename(path)} is only read and never changed")])
        if (after := change.text(path, file.text)) != file.text:
            yield path, file.text, after


def carry_out(loaded: Loaded, change: Change, beside: Iterable[Record] = (), system: FileSystem = DISK) -> None:
    """Carries a change out as a whole, unless a file was changed since it was read; see `adr_ls.io.changes` and `texts`."""
    created = {path for path, _ in change.created}
    writes = [
        Write(path, after, path in loaded.marked, loaded.stamps.get(path), new=path in created)
        for path, _, after in texts(loaded, change, beside)
    ]
    system.carry_out(writes, [Path(root) for root in loaded.workspace.roots], change.moves)


def cradle(
    workspace: Workspace,
    folder: Path,
    usual: str,
    *,
    within: str = "",
    opened: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    system: FileSystem = DISK,
) -> Log:
    """The log, without records yet, for the first record of a folder that was read and has none; see `load` and `assemble.first`.

    A directory that somebody has made for records, empty or kept in git by a file that says nothing, goes before the `usual` one.
    """
    if system.is_crawlable(folder):
        walked = system.walk(folder, want=KEEPERS.__contains__)
        kept = (*walked.files, *(f"{path}/" for path in walked.empty))
        usual = next((home.directory for home in discovery.homes(kept, lambda _path: None)), usual)
    loader = _Loader([folder.absolute()], opened or {}, None, lambda: False, system)
    base, listing = to_path(folder), sorted(workspace.files)
    config, _, _ = assemble.configure(base, listing, loader.settings, settings or {})
    return assemble.first(base, listing, config, loader, usual, within)


def unbegun(
    workspace: Workspace, folder: Path, path: str, opened: Mapping[str, str] | None = None, system: FileSystem = DISK
) -> str:
    """The directory, relative to a folder, in which a tool keeps records that are still to come, at a path or below; empty without one.

    Such as that of a package that has no records yet, beside others that have.
    """
    loader = _Loader([folder.absolute()], opened or {}, None, lambda: False, system)
    base = to_path(folder)
    listing = [one.removeprefix(f"{base}/") for one in sorted(workspace.files) if one.startswith(f"{base}/")]
    begun = {log.directory for log in workspace.logs if log.records}
    for home in discovery.homes(listing, lambda one: loader.text(posixpath.join(base, one))):
        there = posixpath.normpath(posixpath.join(base, home.directory))
        if home.named_by and there not in begun and f"{there}/".startswith(f"{path.rstrip('/')}/"):
            return home.directory
    return ""


def missed(loaded: Loaded, folder: Path, system: FileSystem = DISK) -> list[tuple[str, str]]:
    """What in a folder that was read may have been meant as a record and is none: paths relative to it, each with the reason as a clause."""
    base = to_path(folder)
    if not system.is_folder(folder) or not system.is_crawlable(folder):
        return []
    ignored = [
        (path, "is left out by a .gitignore")
        for path in system.walk(folder, want=discovery.is_wanted).ignored
        if not loaded.workspace.records or any(map(discovery.is_log_name, path.split("/")))
    ]
    return [*ignored, *_looker(loaded.workspace, folder, system).missed()] if base in loaded.workspace.roots else ignored


def why_none(loaded: Loaded, path: str, folder: Path, system: FileSystem = DISK) -> str:
    """Why a file in a folder that was read is no record, as a clause; empty where it is one. Its path is absolute."""
    workspace = loaded.workspace
    if path in workspace.records:
        return ""
    around = {path, *map(to_path, Path(path).parents)} - {to_path(folder)}
    noted = next((reason for one, reason in loaded.notes if one in around), "")
    if noted:
        return noted
    if not filename.is_read(path):
        return "is written neither in Markdown nor in AsciiDoc, and nothing else is read"
    if path not in workspace.files:
        return "is left out by a .gitignore, or lies among what other programs keep"
    if path in workspace.indexes:
        return "lists records and is none itself"
    return _looker(workspace, folder, system).reason(path.removeprefix(f"{to_path(folder)}/")) or "cannot be read"


def _looker(workspace: Workspace, folder: Path, system: FileSystem) -> Looker:
    from adr_ls.log.missed import Looker  # noqa: PLC0415  # few ask

    loader = _Loader([folder.absolute()], {}, None, lambda: False, system)
    base, listing = to_path(folder), sorted(workspace.files)
    config, _, _ = assemble.configure(base, listing, loader.settings, {})
    inside = [path.removeprefix(f"{base}/") for path in listing if path.startswith(f"{base}/")]
    templates = (one.path for log in workspace.logs for one in log.templates)
    known = (*workspace.records, *workspace.indexes, *templates)
    return Looker(
        inside,
        frozenset(path.removeprefix(f"{base}/") for path in known),
        lambda path: loader.facts(posixpath.join(base, path)),
        lambda path: loader.text(posixpath.join(base, path)),
        config.directories,
        Patterns.read(config.exclude),
    )


def in_other_markup(log: Log, system: FileSystem = DISK) -> str:
    """The name of a record beside those of a log that is not written in Markdown, such as ``0001-use-kafka.adoc``; empty without any."""
    others = (name for name in system.names(Path(log.directory)) if posixpath.splitext(name)[1].casefold() in OTHER_MARKUP)
    return next((name for name in others if filename.parse_stem(posixpath.splitext(name)[0]).number is not None), "")


def usual_line_end(workspace: Workspace, log: Log, system: FileSystem = DISK) -> str:
    """The line end that most of the newest files of a log have on the disk; empty where none has any.

    Some editors show the server other line ends than they write.
    """
    folders = [Path(root) for root in workspace.roots]
    read = (system.read(Path(path), folders) for path in tuple(log.records)[-SAMPLE:])
    counted = Counter(line_end(one.text) for one in read if isinstance(one, Text) and re.search(r"[\r\n]", one.text))
    return max(counted, key=lambda found: counted[found], default="")


class _Loader:
    """What one reading of the disk shares: the roots, the open buffers, and each file read at most once."""

    def __init__(
        self,
        roots: list[Path],
        opened: Mapping[str, str],
        known: Loaded | None,
        cancelled: Callable[[], bool],
        system: FileSystem,
        *,
        changed: Collection[str] | None = None,
        workers: int | None = 0,
        progress: Callable[[int, int], None] = lambda _read, _total: None,
    ) -> None:
        self.roots = roots
        self._system = system
        self.caches: list[Cache] = []
        self._unchanged: dict[str, bool] = {}
        self._changed = frozenset(changed) if changed is not None else None
        self._workers, self._progress = workers, progress
        self._done = self._total = 0
        self.opened = opened
        self.cancelled = cancelled
        self.loaded = Loaded(Workspace())
        self._known = known or Loaded(Workspace())
        self._folders = Folders(folder_of(root, system) for root in roots)
        self.logs: list[Log] = []
        self.listed: set[str] = set()
        self.doubles: set[str] = set()
        """Those that are links to others of them, which are no records or guides of their own; an index may be reached by one."""
        self.settings_files: dict[str, Settings] = {}

    def folder(self, root: Path, settings: Mapping[str, Any], rules: frozenset[str] | None, *, cached: bool) -> None:
        """Finds the settings and the logs of a root, with what is listed in it; see `load`."""
        folder = folder_of(root, self._system)
        base = to_path(folder)
        listing = self.listing(root, folder)
        config, found, mistakes = assemble.configure(base, listing, self.settings, settings, rules)
        self.settings_files.update((one.path, one) for one in found)
        self.loaded.mistakes += mistakes
        self.listed.update(listing)
        if not config.cache:
            self.loaded.uncached.add(base)
        if cached and self._system.is_shared:
            self.caches.append(Cache.opened(folder, on=config.cache))
        logs = self._read_logs(base, listing, config)
        if self._leaves_all_out(base, logs):
            listing = self.listing(root, folder, heeding=False)
            self.listed.update(listing)
            logs = self._read_logs(base, listing, config)
        self.logs += logs

    def _read_logs(self, base: str, listing: Sequence[str], config: Config) -> list[Log]:
        listing = [path for path in listing if path not in self.doubles]
        if self._changed is None:  # else there are hardly any to be read
            self.prepare(assemble.needed(base, listing, config, self.text))
        return assemble.logs(base, listing, config, self)

    def _leaves_all_out(self, base: str, logs: Sequence[Log]) -> bool:
        """Whether ignore files may be why there are no records, in a folder without a repository.

        A project may commit what its ignore file names, and where no repository says so, all that came with it was committed. As long
        as there are others, they still hold: what a build has copied is no record beside them.
        """
        found = self.loaded.listings.get(base)
        if found is None or not found.may_lack:
            return False
        listed = {posixpath.join(base, path) for path in found.files}
        return listed.isdisjoint(path for log in logs for path in log.records)

    def listing(self, root: Path, folder: Path, *, heeding: bool = True) -> list[str]:
        """The Markdown and configuration files of a root, as absolute paths; with those that ignore files name where these are not heeded."""
        base = to_path(folder)
        if not self._system.is_crawlable(folder):
            self.loaded.notes.append(
                (base, "is a home directory or a whole disk, so only files in it that are opened are looked at")
            )
            return [to_path(root)] if root != folder else [path for path in self.opened if posixpath.dirname(path) == base]
        if root == folder:
            found = (heeding and self._relisted(folder)) or self._system.walk(
                folder, want=discovery.is_wanted, cancelled=self.cancelled, heeding=heeding
            )
            self.loaded.listings[base] = found
            skipped = ((posixpath.join(base, path), reason) for path, reason in found.skipped)
            notes = [(path, reason) for path, reason in skipped if path not in self.opened]
            if found.truncated:
                notes.append((base, "holds more files than are looked at; name the ADR directories in adr-ls.toml"))
            self.loaded.notes += [note for note in notes if note not in self.loaded.notes]
            left = [posixpath.join(base, path) for path in found.left]
            self.loaded.left += [path for path in left if path not in self.loaded.left]
            paths = [posixpath.join(base, path) for path in found.files]
            self.doubles.update(posixpath.join(base, path) for path in found.links)
        else:  # a file opened alone stands among the files beside it
            names = [name for name in self._system.names(folder) if discovery.is_wanted(name)]
            paths = [posixpath.join(base, name) for name in names]
        is_ours = (
            (lambda path: path.startswith(base + "/")) if root == folder else (lambda path: posixpath.dirname(path) == base)
        )
        return list(dict.fromkeys([*paths, *filter(is_ours, self.opened)]))

    def _relisted(self, folder: Path) -> Listing | None:
        """What is listed in a folder by what is known of it and a look at what has changed; None where it has to be gone through."""
        base = to_path(folder)
        known = self._known.listings.get(base) if self._changed is not None else None
        only = [path[len(base) + 1 :] for path in self._changed or () if path.startswith(f"{base}/")]
        if known is None or not only:
            return known
        return known.after(self._system.walk(folder, want=discovery.is_wanted, cancelled=self.cancelled, only=only), only)

    def text(self, path: str) -> str | None:
        """The text of a file: the open buffer's, else the disk's; None where it cannot be read."""
        if path in self.opened:
            return self.opened[path]
        read = self._system.read(Path(path), self._folders)
        if isinstance(read, Unreadable):
            self.loaded.notes.append((path, read.reason))
            return None
        self._take(path, read)
        return read.text

    def _take(self, path: str, read: Text | Read) -> None:
        """Remembers the state of a file that was read."""
        if read.stamp is not None:
            self.loaded.stamps[path] = read.stamp
        if read.bom:
            self.loaded.marked.add(path)

    def settings(self, path: str) -> str | None:
        """The text of a settings file, which need not exist."""
        return self.text(path) if path in self.opened or self._system.is_file(Path(path)) else None

    def facts(self, path: str) -> Facts | None:
        """The facts of a file; those read earlier where it has not changed since."""
        if path not in self.loaded.facts:
            facts = self._read(path)
            if facts is None:
                return None
            self.loaded.facts[path] = facts
            self._count()
        return self.loaded.facts[path]

    def _count(self) -> None:
        """Tells of one more file that was read."""
        if self._done < self._total:
            self._done += 1
            self._progress(self._done, self._total)

    def _read(self, path: str) -> Facts | None:
        if self.cancelled():
            return None
        earlier = self._known.facts.get(path)
        if path in self.opened:
            record = self._at_hand(path)
            known = self._known.workspace.facts(path) if record is self._known.workspace.opened.get(path) else None
            return known if known is not None else self._understood(record)
        if earlier is not None and self._is_unchanged(path):
            self.loaded.stamps[path] = self._known.stamps[path]
            if path in self._known.marked:
                self.loaded.marked.add(path)
            return earlier
        text = self.text(path)
        if text is None:
            return None
        digest = digest_of(text)
        if earlier is not None and earlier.digest == digest:
            return earlier
        return self._cached(path, digest) or self._understood(mkdocs.page(path, text))

    def _understood(self, record: Record) -> Facts | None:
        """The facts of a file; None where this program stumbles over it, which is then told as if the file could not be read."""
        facts = understanding(record)
        if facts is None:
            self.loaded.notes.append((record.path, NOT_UNDERSTOOD))
            self.loaded.opened.pop(record.path, None)
        return facts

    def _cached(self, path: str, digest: str) -> Facts | None:
        """The facts of a text in a file from a cache."""
        return next((found for cache in self.caches if (found := cache.get(path, digest)) is not None), None)

    def guides(self, paths: Sequence[str], workspace: Workspace) -> dict[str, Facts]:
        """The facts of those files that refer to the records of a workspace; only these are read as Markdown."""
        sign = workspace.names.sign.pattern
        before = self._known.workspace
        spoke = before.guides if before.guides and before.names.sign.pattern == sign else frozenset()
        speaking = []
        for path in paths:
            known = self._known.silent.get(path)
            if path not in self.opened and known is not None and known[1] == sign and self._holds(path, known[0]):
                self.loaded.silent[path] = known
                continue
            is_known = path in spoke and path not in self.opened and self._is_unchanged(path)
            text = None if is_known else self.text(path)
            if is_known or (text is not None and workspace.names.sign.search(text)):
                speaking.append(path)
            elif path in self.loaded.stamps and path not in self.opened:
                self.loaded.silent[path] = self.loaded.stamps.pop(path), sign
        self.prepare(speaking)
        return {path: facts for path in speaking if (facts := self.facts(path)) is not None}

    def prepare(self, paths: Sequence[str]) -> None:
        """Reads the files that are not known yet at once, if they are so many that this is faster than one after the other."""
        new = [
            path for path in paths if path not in self.opened and path not in self.loaded.facts and not self._is_at_hand(path)
        ]
        self._done, self._total = len(paths) - len(new), len(paths)
        if len(new) < pool.FEWEST or not self._system.is_shared:
            return
        for one in pool.read_all(new, self._folders, processes=self._workers, cancelled=self.cancelled):
            self._count()
            if one.facts is not None:  # whoever asks for one that cannot be read is told why
                self.loaded.facts[one.path] = one.facts
                self._take(one.path, one)

    def _is_at_hand(self, path: str) -> bool:
        """Whether the facts of a file need not be read off its text; then they are there."""
        if path in self._known.facts and self._is_unchanged(path):
            return True
        if not any(path in cache for cache in self.caches) or self.cancelled():
            return False
        read = self._system.read(Path(path), self._folders)
        found = self._cached(path, digest_of(read.text)) if isinstance(read, Text) else None
        if found is None or not isinstance(read, Text):
            return False
        self.loaded.facts[path] = found
        self._take(path, read)
        return True

    def save(self) -> None:
        """Keeps what was read in the caches."""
        for cache in self.caches:
            cache.save(self.loaded.facts.values())

    def _is_unchanged(self, path: str) -> bool:
        """Whether a file is as it was known; looked up once in a reading, for which it is what it then was."""
        if path not in self._unchanged:
            stamp = self._known.stamps.get(path)
            self._unchanged[path] = stamp is not None and self._holds(path, stamp)
        return self._unchanged[path]

    def _holds(self, path: str, stamp: Stamp) -> bool:
        """Whether a file is in a state in which it was, as somebody tells or as it stands on the disk."""
        is_known = self._changed is not None and path not in self._changed
        return is_known or stamp.holds(self._system.stamp(Path(path)))

    def _at_hand(self, path: str) -> Record:
        """An open file, whole; as it was read before where its text is the same."""
        known = self._known.workspace.opened.get(path)
        if path not in self.loaded.opened:
            same = known is not None and known.written == self.opened[path]
            self.loaded.opened[path] = known if known is not None and same else mkdocs.edited(path, self.opened[path])
        return self.loaded.opened[path]

    def record(self, path: str) -> Record | None:
        """A file as a record, whole."""
        if path in self.opened:
            return self._at_hand(path)
        known = self._known.templates.get(path)
        if known is not None and self._is_unchanged(path):
            self.loaded.stamps[path] = self._known.stamps[path]
        else:
            text = self.text(path)
            if text is None:
                return None
            known = known if known is not None and known.written == text else mkdocs.page(path, text)
            if self._understood(known) is None:
                return None
        self.loaded.templates[path] = known
        return known

    def described(self, path: str) -> tuple[Described, ...]:
        """What a page asks of records; read anew only where its text is another."""
        facts = self.facts(path)
        if facts is None:
            return ()
        known = self._known.described.get(path)
        if known is None or known[0] != facts.digest:
            text = self.text(path)  # read once more and not kept: a page may list thousands of records
            known = facts.digest, described(mkdocs.page(path, text)) if text is not None else ()
        self.loaded.described[path] = known
        return known[1]
