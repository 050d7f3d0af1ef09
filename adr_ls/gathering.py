"""From a listing of files to logs and pages: pure decisions, whoever reads the files.

The disk, the editor's buffers and the tests all put their workspaces together here, so that what is found never depends on who asks.
"""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from types import MappingProxyType
from typing import Any

from adr_ls import discovery, naming
from adr_ls.config import CONFIG_FILES, Config
from adr_ls.house import Described, described
from adr_ls.record import Record
from adr_ls.workspace import Log, Workspace, order

KIN = 15
"""A log of fewer records than this is judged with its neighbours in mind."""

ReadRecord = Callable[[str], Record | None]
"""Reads the file at an absolute path as a record; None where it cannot be read."""
ReadText = Callable[[str], str | None]
"""Reads the text of the file at an absolute path; None where there is none."""


def configure(
    folder: str, read: ReadText, settings: Mapping[str, Any], rules: frozenset[str] | None = None
) -> tuple[Config, list[tuple[str, str]]]:
    """The configuration that holds in a folder, and the mistakes in it with the file that makes each.

    `settings` are the editor's, which win; mistakes in them have an empty path. `rules` are the names that exist, None for any.
    """
    config, mistakes = Config(), []
    for base in CONFIG_FILES:
        path = posixpath.join(folder, base)
        text = read(path)
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
        tool = values.get("tool")
        values = tool.get("adr-ls") if isinstance(tool, Mapping) else None
    return values if isinstance(values, Mapping) else None, []


def logs(folder: str, listing: Iterable[str], config: Config, record: ReadRecord, text: ReadText) -> list[Log]:
    """The logs among the files of a folder; all paths are absolute and written with slashes."""
    base = folder.rstrip("/") + "/"
    relative = [path[len(base) :] for path in listing]
    kept = [path for path in relative if not any(fnmatch(path, pattern) for pattern in config.exclude)]
    found = discovery.find(
        kept,
        read=lambda path: record(posixpath.join(folder, path)),
        config=lambda path: text(posixpath.join(folder, path)),
        directories=config.directories,
        folder=folder,
    )
    templates = {home.directory: home.templates for home in found if home.templates}
    own = {path for home in found for path in (*home.records, *home.templates)}
    beside = [path for path in kept if path not in own and path.casefold().endswith(naming.SUFFIXES)]
    read = [
        _log(folder, home, config, _nearest(home.directory, templates), _describing(folder, home, beside), record)
        for home in found
    ]
    whole = [log for log in read if log.records]
    return [replace(log, kin=_kin(log, whole)) if len(log.records) < KIN else log for log in whole]


def _describing(folder: str, found: discovery.Found, beside: Iterable[str]) -> tuple[str, ...]:
    """The pages that say what the records of a log should be like: those beside them, and beside a log that this one is part of."""
    homes, above = {found.directory}, found.directory
    while above:
        above = posixpath.dirname(above)
        if discovery.is_log_name(posixpath.basename(posixpath.join(folder, above).rstrip("/"))):
            homes.add(above)
    return tuple(
        path
        for path in beside
        if posixpath.dirname(path) in homes and discovery.is_reserved(naming.strip_suffix(posixpath.basename(path)))
    )


def _log(
    folder: str,
    found: discovery.Found,
    config: Config,
    templates: Sequence[str],
    describing: Sequence[str],
    record: ReadRecord,
) -> Log:
    records = [one for path in found.records if (one := record(posixpath.join(folder, path)))]
    read = tuple(one for path in templates if (one := record(posixpath.join(folder, path))))
    for path in describing if found.records else ():
        if (page := record(posixpath.join(folder, path))) is not None:
            read += described(page)
    directory = posixpath.normpath(posixpath.join(folder, found.directory))
    return Log(directory, MappingProxyType({one.path: one for one in sorted(records, key=order)}), read, config)


def _nearest(directory: str, templates: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
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


def pages(workspace: Workspace, listed: Iterable[str], record: ReadRecord) -> dict[str, Record]:
    """The files beside the records and above them, up to the opened folder: an index may be among them."""
    around = {posixpath.dirname(path) for path in workspace.records} | {log.directory for log in workspace.logs}
    for directory in tuple(around):
        above = directory
        while any(above.startswith(root + "/") for root in workspace.roots):
            above = posixpath.dirname(above)
            around.add(above)
    templates = {one.path for log in workspace.logs for one in log.templates if not isinstance(one, Described)}
    wanted = (
        path
        for path in sorted(listed)
        if posixpath.dirname(path) in around
        and path not in workspace.records
        and path not in templates
        and path.casefold().endswith(naming.SUFFIXES)
    )
    return {path: page for path in wanted if (page := record(path)) is not None}
