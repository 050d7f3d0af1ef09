"""From a listing of files to logs and pages: pure decisions, whoever reads the files.

The disk, the editor's buffers and the tests all put their workspaces together here, so that what is found never depends on who asks.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from adr_ls.log import discovery
from adr_ls.log.index import names_an_index
from adr_ls.log.log import Log, ordered
from adr_ls.log.style import Described
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.settings import other_tools
from adr_ls.settings.file import FILES, OWN, Settings
from adr_ls.settings.values import Config
from adr_ls.syntax.patterns import Patterns

KIN = 15
"""A log of fewer records than this is judged with its neighbours in mind."""

MOST_GUIDES = 5000
"""How many other files in Markdown or AsciiDoc are looked through for references at most; where there are more, for none."""

ReadText = Callable[[str], str | None]
"""Reads the text of the file at an absolute path; None where there is none."""


class Reader(Protocol):
    """What gives files by their absolute paths; None stands for one that cannot be read."""

    def text(self, path: str) -> str | None:
        """The text of a file."""

    def facts(self, path: str) -> Facts | None:
        """The facts of a record or page."""

    def record(self, path: str) -> Record | None:
        """A file read whole, as a record."""

    def described(self, path: str) -> tuple[Described, ...]:
        """What a page asks of the records beside it; see `adr_ls.log.style.described`."""


def configure(
    folder: str, listing: Iterable[str], read: ReadText, client: Mapping[str, Any], rules: frozenset[str] | None = None
) -> tuple[Config, tuple[Settings, ...], tuple[str, ...]]:
    """The configuration that holds in a folder, the settings files that it comes from, and what is wrong with the client's settings.

    Other tools' configuration counts first, as far as it says something for us.
    `listing` are the files of the folder, by absolute paths. The settings of a folder below it hold for what is in that one; the
    `client`'s win over all files. `rules` are the names that exist, None for any. What is wrong in a file, the file itself tells.
    """
    listing = tuple(listing)
    config = _of_peers(folder, listing, read)
    found = _first(folder, FILES, read, rules)
    for settings in found:
        config, _ = config.merged(settings.values or {}, rules, folder)
    inner = {posixpath.dirname(path) for path in listing if posixpath.basename(path) in OWN} - {folder}
    for home in sorted(inner, key=lambda path: (path.count("/"), path)):
        below = _first(home, OWN, read, rules)
        for settings in below:
            config, _ = config.below(settings.values or {}, home, folder, rules)
        found += below
    config, wrong = config.merged(client, rules, folder)
    directories = frozenset(
        directory
        for directory in config.directories
        if not any(path.startswith(posixpath.normpath(posixpath.join(folder, directory)) + "/") for path in listing)
    )
    known = tuple(replace(one, config=config, absent=directories) for one in found)
    return config, known, tuple(mistake.message for mistake in wrong)


def _of_peers(folder: str, listing: Iterable[str], read: ReadText) -> Config:
    """What the configuration of other tools sets for us."""
    config = Config()
    for path in sorted(
        (path for path in listing if posixpath.basename(path) in other_tools.FILES), key=lambda p: (p.count("/"), p)
    ):
        home, base = posixpath.split(path)
        values = dict(other_tools.settings(base, read(path) or ""))
        if home == folder:
            config, _ = config.merged(values, None, folder)
        else:  # which statuses there are is told for a whole folder
            values.pop("statuses", None)
            config, _ = config.below(values, home, folder)
    return replace(config, borrowed=frozenset({"statuses"}) if config.statuses else frozenset())


def _first(folder: str, bases: Iterable[str], read: ReadText, rules: frozenset[str] | None) -> list[Settings]:
    """The settings files of a folder, up to the first that says something for us."""
    found = []
    for base in bases:
        path = posixpath.join(folder, base)
        text = read(path)
        if text is None or (base not in OWN and not ("adr-ls" in text or "adr_ls" in text)):
            continue
        found.append(Settings(path, text, rules))
        if found[-1].values is not None:
            break
    return found


def needed(folder: str, listing: Iterable[str], config: Config, read: ReadText) -> list[str]:
    """The files that will nearly all be read for `logs` and `pages`, as far as their names tell; all paths are absolute."""
    found = discovery.needed(
        _kept(folder, listing, config), lambda path: read(posixpath.join(folder, path)), config.directories, folder
    )
    return [posixpath.join(folder, path) for path in found]


def _kept(folder: str, listing: Iterable[str], config: Config) -> list[str]:
    """The files of a folder that settings do not exclude, relative to it."""
    base = folder.rstrip("/") + "/"
    excluded = Patterns.read(config.exclude)
    relative = (path[len(base) :] for path in listing)
    return [path for path in relative if not (excluded.rules and excluded.hold(path))]


def logs(folder: str, listing: Iterable[str], config: Config, reader: Reader) -> list[Log]:
    """The logs among the files of a folder; all paths are absolute and written with slashes."""
    kept = _kept(folder, listing, config)
    found = discovery.find(
        kept,
        read=lambda path: reader.facts(posixpath.join(folder, path)),
        config=lambda path: reader.text(posixpath.join(folder, path)),
        directories=config.directories,
        folder=folder,
    )
    templates = {home.directory: home.templates for home in found if home.templates}
    own = {path for home in found for path in (*home.records, *home.templates)}
    beside = [path for path in kept if path not in own and path.casefold().endswith(filename.SUFFIXES)]
    read = [
        _log(
            folder, home, config, _nearest(home.directory, templates, folder, reader), _describing(folder, home, beside), reader
        )
        for home in found
    ]
    whole = [log for log in read if log.records]
    return [replace(log, kin=_kin(log, whole)) if len(log.records) < KIN else log for log in whole]


def glanced(
    folder: str, listing: Iterable[str], config: Config, reader: Reader, record: Record, offset: int, beside: int = 0
) -> Log | None:
    """The log around a file, with no records but that file, those that are named at a place in it, and those that these relate to.

    So many of those `beside` it are taken as well, the ones with the word that is being typed in their names first, then the newest.
    Records are found by the names of their files alone, so that hardly any has to be read: None where the directory of the file has no
    name that makes each numbered file in it a record. All paths are absolute and written with slashes.
    """
    home = posixpath.dirname(record.path)
    found = discovery.find(
        _kept(folder, listing, config),
        read=lambda _: None,
        config=lambda path: reader.text(posixpath.join(folder, path)),
        directories=config.directories,
        folder=folder,
    )
    paths = next(
        (one.records for one in found if posixpath.normpath(posixpath.join(folder, one.directory)) == home and one.records),
        None,
    )
    if paths is None:
        return None
    named = {posixpath.join(folder, path): filename.name_of(path) for path in paths}
    mentions = [mention for mention in record.mentions if offset in mention.span]
    records: dict[str, Facts] = {}
    word = re.findall(r"(?<![^\W_])[^\W_]*$", record.text[:offset].casefold())[0]
    newest = sorted(named, key=lambda path: (word in named[path].stem.casefold(), named[path].number or 0, path), reverse=True)
    wanted = {record.path, *newest[:beside]} & named.keys()
    for _ in ("the records that are named", "those that these relate to"):
        for mention in mentions:
            stem = filename.strip_suffix(posixpath.basename(mention.path or ""))
            wanted |= {path for path, name in named.items() if name.stem == stem or name.number == mention.number is not None}
        new = [facts for path in sorted(wanted - records.keys()) if (facts := reader.facts(path)) is not None]
        records.update((facts.path, facts) for facts in new)
        mentions = [related.mention for facts in new if facts.path != record.path for related in facts.relations]
    return Log(home, ordered(records.values()), config=config)


def first(folder: str, listing: Iterable[str], config: Config, reader: Reader, usual: str, within: str = "") -> Log:
    """The log, without records yet, into which the first record of a folder goes; `usual` is where, if nothing says so.

    All paths are absolute and written with slashes, but `usual` and `within`, the part of the folder that is meant, are relative to it.
    """
    base = folder.rstrip("/") + "/"
    kept = [path[len(base) :] for path in listing if path.startswith(base)]

    def at(path: str) -> str:
        return posixpath.join(folder, path)

    homes = tuple(discovery.homes(kept, lambda path: reader.text(at(path)), folder))
    named = [
        posixpath.normpath(name) if name else "" for name in (*config.directories, *(home.directory for home in homes), usual)
    ]
    meant = [name for name in named if f"{name}/".startswith(f"{within}/")] if within else []
    home = discovery.Found((meant or named)[0], ())
    tool = next((one.named_by for one in homes if one.directory == home.directory), "")
    found = discovery.find(
        kept, read=lambda path: reader.facts(at(path)), config=lambda path: reader.text(at(path)), folder=folder
    )
    templates = {other.directory: other.templates for other in found if other.templates}
    beside = [path for path in kept if path.casefold().endswith(filename.SUFFIXES)]
    log = _log(folder, home, config, _nearest(home.directory, templates, folder, reader), (), reader)
    asked = (one for path in _describing(folder, home, beside) for one in reader.described(at(path)))
    begun_by = (posixpath.basename(tool), reader.text(at(tool)) or "") if tool else ("", "")
    return replace(log, templates=(*log.templates, *asked), begun_by=begun_by)


def _describing(folder: str, found: discovery.Found, beside: Iterable[str]) -> tuple[str, ...]:
    """The pages that say what the records of a log should be like: those beside them, and beside a log that this one is part of."""
    homes, above = {found.directory}, found.directory
    folder = discovery.named_as(folder)
    while above:
        above = posixpath.dirname(above)
        if discovery.is_log_name(posixpath.basename(posixpath.join(folder, above).rstrip("/"))):
            homes.add(above)
    return tuple(
        path
        for path in beside
        if posixpath.dirname(path) in homes and discovery.is_reserved(filename.strip_suffix(posixpath.basename(path)))
    )


def _log(
    folder: str,
    found: discovery.Found,
    config: Config,
    templates: Sequence[str],
    describing: Sequence[str],
    reader: Reader,
) -> Log:
    records = [one for path in found.records if (one := reader.facts(posixpath.join(folder, path)))]
    read = [whole for path in templates if (whole := reader.record(posixpath.join(folder, path)))]
    for path in describing if found.records else ():
        read += reader.described(posixpath.join(folder, path))
    directory = posixpath.normpath(posixpath.join(folder, found.directory))
    return Log(directory, ordered(records), tuple(read), config)


def _nearest(directory: str, templates: Mapping[str, tuple[str, ...]], folder: str, reader: Reader) -> tuple[str, ...]:
    """The templates of a log: those in its directory or one below it, else those of records in the nearest directory above."""
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
            if (read := reader.facts(posixpath.join(folder, path))) and discovery.reads_like_template(path, read)
        ]
        if beside:
            return tuple(beside)
    return ()


def _kin(log: Log, logs: Sequence[Log]) -> tuple[Facts, ...]:
    """The records of the other logs, copies of this log's own left out."""
    own = {record.digest for record in log.records.values()}
    return tuple(record for other in logs if other is not log for record in other.models if record.digest not in own)


def pages(workspace: Workspace, listed: Iterable[str], reader: Reader) -> dict[str, Facts]:
    """The files beside the records and above them, up to the opened folder: an index may be among them.

    So may be a file in a folder next to that of a log, if it is called like one.
    """
    around = {posixpath.dirname(path) for path in workspace.records} | {log.directory for log in workspace.logs}
    for directory in tuple(around):
        above = directory
        while any(above.startswith(root + "/") for root in workspace.roots):
            above = posixpath.dirname(above)
            around.add(above)
    beside = {posixpath.dirname(log.directory) for log in workspace.logs}
    templates = {one.path for log in workspace.logs for one in log.templates if not isinstance(one, Described)}
    wanted = (
        path
        for path in sorted(listed)
        if (
            posixpath.dirname(path) in around
            or (posixpath.dirname(posixpath.dirname(path)) in beside and names_an_index(posixpath.basename(path)))
        )
        and path not in workspace.records
        and path not in templates
        and (path.casefold().endswith(filename.SUFFIXES) or posixpath.basename(path) in discovery.SITE_FILES)
    )
    return {path: page for path in wanted if (page := reader.facts(path)) is not None}


def elsewhere(workspace: Workspace, listed: Iterable[str]) -> list[str]:
    """The files that are none of the records, pages and templates of a workspace and may yet refer to its records."""
    templates = {one.path for log in workspace.logs for one in log.templates}
    known = {*workspace.records, *workspace.pages, *templates}
    found = [path for path in sorted(listed) if path not in known and workspace.may_be_guide(path)]
    return found if len(found) <= MOST_GUIDES else []
