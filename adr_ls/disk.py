"""From folders on disk to a `Workspace`: finds the logs, reads their records and the pages that may be their indexes.

All reading goes through `adr_ls.files`, so nothing outside the opened folders is touched, whatever links and settings say.
"""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType
from typing import Any

from adr_ls import config as configuration
from adr_ls import discovery, files, naming
from adr_ls.config import Config
from adr_ls.files import Stamp, Text, Unreadable
from adr_ls.record import Record
from adr_ls.workspace import Log, Workspace, order

KIN = 15
"""A log of fewer records than this is judged with its neighbours in mind."""


@dataclass
class Loaded:
    """A workspace as read from disk, with what is needed to keep it fresh and to write back.

    `stamps` tell the state of each file when it was read, `marked` the files with a byte-order mark; `notes` are sentences on what
    was left out and why, `mistakes` those on settings, each with the path of its file.
    """

    workspace: Workspace
    stamps: dict[str, Stamp] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)
    mistakes: list[tuple[str, str]] = field(default_factory=list)


def to_path(path: str | Path) -> str:
    """A path as the core writes it: absolute, normalised, with slashes."""
    return (
        Path(path).absolute().as_posix()
        if ".." not in Path(path).parts
        else posixpath.normpath(Path(path).absolute().as_posix())
    )


def load(
    roots: Sequence[Path],
    *,
    opened: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    known: Loaded | None = None,
    rules: frozenset[str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Loaded:
    """Reads the folders (a file stands for itself and its directory's records).

    `opened` holds the texts of open buffers by path, which win over the disk; `settings` those of the editor, which win over files;
    `known` an earlier result, whose unchanged records are taken over; `rules` the names of the rules that may be set.
    """
    loader = _Loader([root.absolute() for root in roots], opened or {}, known, cancelled)
    logs: list[Log] = []
    listed: set[str] = set()
    base_config = Config()
    for root in loader.roots:
        folder = root if root.is_dir() else root.parent
        config, mistakes = _configure(loader, folder, settings or {}, rules)
        loader.loaded.mistakes += mistakes
        base_config = config
        listing = loader.listing(root, folder)
        listed.update(listing)
        logs += loader.logs(folder, listing, config)
    unique = {log.directory: log for log in logs}
    workspace = Workspace(
        roots=tuple(dict.fromkeys(to_path(root if root.is_dir() else root.parent) for root in loader.roots)),
        logs=tuple(unique[directory] for directory in sorted(unique)),
        files=frozenset(listed),
        config=base_config,
    )
    pages = loader.pages(workspace, listed)
    loader.loaded.workspace = Workspace(
        workspace.roots, workspace.logs, MappingProxyType(pages), workspace.files, workspace.config
    )
    return loader.loaded


class _Loader:
    """What one reading of the disk shares: the roots, the open buffers, and each file read at most once."""

    def __init__(
        self, roots: list[Path], opened: Mapping[str, str], known: Loaded | None, cancelled: Callable[[], bool]
    ) -> None:
        self.roots = roots
        self.opened = opened
        self.cancelled = cancelled
        self.loaded = Loaded(Workspace())
        self._known = known
        self._records: dict[str, Record | None] = {}
        self._earlier = {**known.workspace.pages, **known.workspace.records} if known else {}
        self._folders = [root if root.is_dir() else root.parent for root in roots]

    def listing(self, root: Path, folder: Path) -> list[str]:
        """The Markdown and configuration files of a root, as absolute paths."""
        base = to_path(folder)
        if not root.is_dir() or not files.is_crawlable(folder):
            if root.is_dir():
                self.loaded.notes.append(
                    (base, "is a home directory or a whole disk, so only files in it that are opened are looked at")
                )
                return [path for path in self.opened if posixpath.dirname(path) == base]
            return [
                posixpath.join(base, name)
                for name in sorted(entry.name for entry in folder.iterdir() if entry.is_file())
                if discovery.is_wanted(name)
            ]
        found = files.walk(folder, want=discovery.is_wanted, cancelled=self.cancelled)
        self.loaded.notes += [(posixpath.join(base, path), reason) for path, reason in found.skipped]
        if found.truncated:
            self.loaded.notes.append((base, "holds more files than are looked at; name the ADR directories in adr-ls.toml"))
        paths = [posixpath.join(base, path) for path in found.files]
        return paths + [path for path in self.opened if path.startswith(base + "/") and path not in set(paths)]

    def text(self, path: str) -> str | None:
        """The text of a file: the open buffer's, else the disk's; None where it cannot be read."""
        if path in self.opened:
            return self.opened[path]
        read = files.read(Path(path), self._folders)
        if isinstance(read, Unreadable):
            self.loaded.notes.append((path, read.reason))
            return None
        self._note(path, read)
        return read.text

    def record(self, path: str) -> Record | None:
        """The file as a record; the one read earlier where the file has not changed since."""
        if path not in self._records:
            self._records[path] = self._read(path)
        return self._records[path]

    def _read(self, path: str) -> Record | None:
        if self.cancelled():
            return None
        earlier = self._earlier.get(path)
        if earlier is not None and path not in self.opened and self._known is not None:
            stamp = self._known.stamps.get(path)
            if stamp is not None and files.stamp(Path(path)) == stamp:
                self.loaded.stamps[path] = stamp
                if path in self._known.marked:
                    self.loaded.marked.add(path)
                return earlier
        text = self.text(path)
        if text is None:
            return None
        return earlier if earlier is not None and earlier.text == text else Record(path, text)

    def _note(self, path: str, read: Text) -> None:
        self.loaded.stamps[path] = read.stamp
        if read.bom:
            self.loaded.marked.add(path)

    def logs(self, folder: Path, listing: Iterable[str], config: Config) -> list[Log]:
        """The logs below a folder."""
        base = to_path(folder)
        relative = [path[len(base) + 1 :] for path in listing]
        kept = [path for path in relative if not any(fnmatch(path, pattern) for pattern in config.exclude)]
        found = discovery.find(
            kept,
            read=lambda path: self.record(posixpath.join(base, path)),
            config=lambda path: self.text(posixpath.join(base, path)),
            directories=config.directories,
            folder=base,
        )
        templates = {home.directory: home.templates for home in found if home.templates}
        logs = [self._log(base, log, config, _nearest_templates(log.directory, templates)) for log in found if log.records]
        small = [replace(log, kin=_kin(log, logs)) if len(log.records) < KIN else log for log in logs]
        return [log for log in small if log.records]

    def _log(self, base: str, found: discovery.Found, config: Config, templates: Sequence[str]) -> Log:
        records = [record for path in found.records if (record := self.record(posixpath.join(base, path)))]
        read = tuple(record for path in templates if (record := self.record(posixpath.join(base, path))))
        directory = posixpath.normpath(posixpath.join(base, found.directory))
        return Log(directory, MappingProxyType({record.path: record for record in sorted(records, key=order)}), read, config)

    def pages(self, workspace: Workspace, listed: set[str]) -> dict[str, Record]:
        """The files beside and above the records that mention at least two of them, or the only one: an index may be among them."""
        directories = {posixpath.dirname(path) for path in workspace.records} | {log.directory for log in workspace.logs}
        around = set(directories)
        for directory in directories:
            above = directory
            while any(above.startswith(root + "/") for root in workspace.roots):
                above = posixpath.dirname(above)
                around.add(above)
        templates = {template.path for log in workspace.logs for template in log.templates}
        found = {}
        for path in sorted(listed):
            if (
                posixpath.dirname(path) not in around
                or path in workspace.records
                or path in templates
                or not path.casefold().endswith(naming.SUFFIXES)
            ):
                continue
            page = self.record(path)
            if page is not None:
                found[path] = page
        return found


def _nearest_templates(directory: str, templates: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The templates of a log: those in its directory or one below it, else those of the nearest directory above."""
    own = [
        path
        for home, paths in templates.items()
        if home == directory or (home.startswith(f"{directory}/") and "/" not in home[len(directory) + 1 :])
        for path in paths
    ]
    if own:
        return tuple(own)
    above = directory
    while above:
        above = posixpath.dirname(above)
        beside = [
            path
            for home, paths in templates.items()
            if home in (above, posixpath.join(above, posixpath.basename(home)))
            for path in paths
        ]
        if beside:
            return tuple(beside)
    return ()


def _kin(log: Log, logs: Sequence[Log]) -> tuple[Record, ...]:
    """The records of the other logs, copies of this log's own left out."""
    own = {record.text for record in log.records.values()}
    return tuple(record for other in logs if other is not log for record in other.records.values() if record.text not in own)


def _configure(
    loader: _Loader, folder: Path, settings: Mapping[str, Any], rules: frozenset[str] | None
) -> tuple[Config, list[tuple[str, str]]]:
    """The configuration that holds in a folder, and the mistakes in it with the file that makes each."""
    config, mistakes = Config(), []
    for base in configuration.CONFIG_FILES:
        path = posixpath.join(to_path(folder), base)
        if not (folder / base).is_file():
            continue
        text = loader.text(path)
        if text is None or (base == "pyproject.toml" and "adr-ls" not in text):
            continue
        values, wrong = _toml(text, base)
        mistakes += [(path, sentence) for sentence in wrong]
        if values is not None:
            config, wrong_values = config.merged(values, rules)
            mistakes += [(path, sentence) for sentence in wrong_values]
            break
    config, wrong_settings = config.merged(settings, rules)
    return config, mistakes + [("", sentence) for sentence in wrong_settings]


def _toml(text: str, base: str) -> tuple[Mapping[str, Any] | None, list[str]]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415  # only where a settings file exists
    else:
        import tomli as tomllib  # noqa: PLC0415  # as above
    try:
        values: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, [f"This is not valid TOML: {error}"]
    if base == "pyproject.toml":
        values = values.get("tool", {}).get("adr-ls")
    return values if isinstance(values, Mapping) else None, []
