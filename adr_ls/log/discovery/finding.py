"""Finds the logs among the files of a repository."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from adr_ls.log.discovery.found import FEW, Found, Reader
from adr_ls.log.discovery.naming import (
    ASSETS,
    LOG_NAMES,
    PROPOSALS,
    TEMPLATE_DIRECTORIES,
    is_aside,
    is_below,
    is_inside,
    is_log_name,
    is_named,
    is_neighbour,
    is_of_the_past,
    is_template,
    may_name_decisions,
    named_as,
    status_of,
)
from adr_ls.log.discovery.records import Place, is_doubled, log_in
from adr_ls.record import filename
from adr_ls.record.filename import name_of
from adr_ls.settings import other_tools


def find(
    files: Iterable[str], read: Reader, config: Callable[[str], str | None], directories: Sequence[str] = (), folder: str = ""
) -> tuple[Found, ...]:
    """The logs among the files, whose paths are relative to the opened folder and written with slashes.

    `read` reads a file in Markdown or AsciiDoc as a record, `config` the text of another tool's configuration file. `directories` are those that our
    own settings name; `folder` is the opened folder's own path, whose name counts for files that lie directly in it.
    """
    files, read = tuple(files), cache(read)  # which is asked for each file many times
    folder = _naming(folder, files)
    texts = [path for path in files if filename.is_read(path)]
    tools = [path for path in files if posixpath.basename(path) in other_tools.FILES and not is_aside(posixpath.dirname(path))]
    configured = _configured(texts, tools, config, directories)
    homes = _without_former(_joined(_by_home(texts), folder))
    exclusive = bool(configured) and any(is_complete(path, texts, config) for path in tools)
    found = []
    for home in sorted(homes):
        named = any(is_below(home + "/x", directory) for directory in configured)
        if not named and (exclusive or directories or is_aside(home)):
            continue
        if not named and posixpath.basename(home).casefold() in ASSETS:
            continue
        whole = posixpath.join(folder, home) if folder else home
        is_among = bool(PROPOSALS.fullmatch(posixpath.basename(folder)))
        place = Place(
            named=named or is_named(whole if is_inside(folder) else home),
            own_name=named or bool(LOG_NAMES.fullmatch(posixpath.basename(whole.rstrip("/")))),
            is_home=named or may_name_decisions(posixpath.basename(whole.rstrip("/"))),
            proposes=is_among or _proposes(home, folder),
            is_among=is_among,
            configured=named,
        )
        log = log_in(home, homes[home], read, place)
        if log.records or log.templates:
            found.append(log)
    return tuple(found)


def _naming(folder: str, files: Sequence[str]) -> str:
    """The opened folder's path as far as its name says what it holds; empty where directories in it say so themselves.

    A repository called ``team-adrs`` that has a directory ``adrs`` for each project has plans and notes beside these.
    """
    folder = named_as(folder)
    if not is_inside(folder):
        return folder
    numbered = Counter(_home(path) for path in files if filename.is_read(path) and name_of(path).number is not None)
    named = [home for home, count in numbered.items() if count > 1 and is_log_name(posixpath.basename(home))]
    return "" if len([home for home in named if not is_aside(home)]) > 1 else folder


def needed(
    files: Iterable[str], config: Callable[[str], str | None], directories: Sequence[str] = (), folder: str = ""
) -> tuple[str, ...]:
    """The files that `find`, and whoever looks for indexes after it, will read of nearly every folder, for the same arguments.

    It goes by names alone, so that many files can be read at once; there may be others that are needed, and a few that are not.
    """
    files = tuple(files)
    folder = _naming(folder, files)
    texts = [path for path in files if filename.is_read(path)]
    tools = [path for path in files if posixpath.basename(path) in other_tools.FILES and not is_aside(posixpath.dirname(path))]
    configured = _configured(texts, tools, config, directories)
    found: dict[str, None] = {}
    above: set[str] = set()
    for home, paths in _by_home(texts).items():
        named = any(is_below(home + "/x", directory) for directory in configured)
        if not named and (directories or is_aside(home)):
            continue
        if named or is_named(posixpath.join(folder, home) if is_inside(folder) else home):
            found.update(dict.fromkeys(paths))
            while home:
                home = posixpath.dirname(home)  # noqa: PLW2901  # up to the folder itself
                above.add(home)
        elif len(numbered := [path for path in paths if name_of(path).number is not None and not is_neighbour(path)]) > 1:
            found.update(dict.fromkeys(numbered))
    return (
        *found,
        *(path for path in texts if posixpath.dirname(path) in above and path not in found and not filename.is_asciidoc(path)),
    )


def _configured(
    texts: Sequence[str], tools: Iterable[str], config: Callable[[str], str | None], directories: Sequence[str]
) -> tuple[str, ...]:
    """The directories that our own settings and other tools' configuration name, as far as there are records to be read in them."""
    named_by_tools = (directory for path in tools for directory in other_tools.directories(path, config(path) or ""))
    found = dict.fromkeys((*(posixpath.normpath(directory) for directory in directories), *named_by_tools))
    return tuple(directory for directory in found if any(is_below(path, directory) for path in texts))


def is_complete(tool: str, texts: Collection[str], config: Callable[[str], str | None]) -> bool:
    """Whether another tool's file names all directories of records that there are: that of log4brains does, as it names those of packages.

    Not if one of them is not there any more: then it was not kept up when they moved.
    """
    return posixpath.basename(tool).startswith(".log4brains") and all(
        any(is_below(path, directory) for path in texts) for directory in other_tools.directories(tool, config(tool) or "")
    )


def _by_home(texts: Iterable[str]) -> dict[str, list[str]]:
    """Files by the directory of the log that they would belong to."""
    found: dict[str, list[str]] = {}
    for path in texts:
        found.setdefault(_home(path), []).append(path)
    return found


def _without_former(homes: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same without what an archive beside records has of them as they were: files that are called as those are."""
    found: dict[str, list[str]] = {}
    for home, paths in homes.items():
        beside = homes.get(posixpath.dirname(home), ()) if home and is_of_the_past(posixpath.basename(home)) else ()
        now = {posixpath.basename(path) for path in beside if name_of(path).number is not None}
        left = [path for path in paths if posixpath.basename(path) not in now]
        if left:
            found[home] = left
    return found


def _joined(homes: dict[str, list[str]], folder: str) -> dict[str, list[str]]:
    """The same, with those directories of a log that are called after a status taken for parts of it: ``adr/accepted``, ``adr/rejected``.

    Records move between these while they keep their numbers, so they are one number space. A single such directory is part of the log
    only if it goes on with the numbers of the log; else it may well be an archive of an earlier one.
    """
    parts: dict[str, list[str]] = {}
    for home in homes:
        above = posixpath.dirname(home)
        whole = posixpath.join(folder, above) if folder else above
        name = posixpath.basename(whole.rstrip("/"))
        if above != home and (is_log_name(name) or PROPOSALS.fullmatch(name)) and status_of(home) != "other":
            parts.setdefault(above, []).append(home)
    joined = dict(homes)
    for above, below in parts.items():
        own, others = _numbers(homes.get(above, ())), _numbers(path for home in below for path in homes[home])
        if len(below) > 1 or (own and others and own.isdisjoint(others)):
            joined[above] = [*homes.get(above, ()), *(path for home in below for path in joined.pop(home))]
    for (above, _), paths in _by_area(joined, folder).items():
        for home in {_home(path) for path in paths} & joined.keys():
            left = [path for path in joined.pop(home) if path not in paths]
            joined.update({home: left} if left else {})
        joined[above] = [*joined.get(above, ()), *paths]
    return joined


def _by_area(homes: dict[str, list[str]], folder: str) -> dict[tuple[str, str], list[str]]:
    """The files that are called after proposals and lie in several folders by area, by the directory that is that of all, and what they are called.

    It is called after proposals, or holds the template that is called as they are: ``boats/rfc-012-x.md``, ``mill/rfc-013-y.md``, and
    ``rfc-000-template.md`` above them. No two have the same number.
    """
    led = {(home, name_of(path).prefix.casefold()) for home, paths in homes.items() for path in paths if is_template(path)}
    found: dict[tuple[str, str], list[str]] = {}
    for home, paths in homes.items():
        if is_aside(home):
            continue
        for path in paths:
            name = name_of(path)
            prefix = name.prefix.casefold()
            if not name.number or len(name.digits) < AREA_DIGITS or name.own_directory or not PROPOSALS.fullmatch(prefix):
                continue
            above = next((one for one in _upwards(home) if (one, prefix) in led or _proposes(one, folder)), None)
            if above is not None:
                found.setdefault((above, prefix), []).append(path)
    return {
        of: paths
        for of, paths in found.items()
        if len({_home(path) for path in paths}) > 1 and FEW <= len(paths) == len(_numbers(paths))
    }


AREA_DIGITS = 3
"""How many digits the numbers of proposals have at least that lie in folders by area."""


def _upwards(directory: str) -> Iterator[str]:
    """A directory and those above it, the nearest first."""
    yield directory
    while directory:
        directory = posixpath.dirname(directory)
        yield directory


def _proposes(directory: str, folder: str) -> bool:
    """Whether a directory is called after proposals; of the opened folder, its own name counts."""
    whole = posixpath.join(folder, directory) if folder else directory
    return bool(PROPOSALS.fullmatch(posixpath.basename(whole.rstrip("/"))))


def _numbers(paths: Iterable[str]) -> set[int]:
    return {number for path in paths if (number := name_of(path).number) is not None}


class Home(NamedTuple):
    """A directory in which the first record of a folder belongs, and the file that says so, if another tool's does."""

    directory: str
    named_by: str = ""


def homes(files: Iterable[str], config: Callable[[str], str | None], folder: str = "") -> Iterator[Home]:
    """Where the first record of a folder belongs, the best first: the directories that tools or their names say are logs.

    Paths are relative to the folder, whose own path is `folder`; see `find`.
    """
    files, folder = tuple(files), named_as(folder)
    for path in files:
        if posixpath.basename(path) in other_tools.FILES and not is_aside(posixpath.dirname(path)):
            yield from (Home(directory, path) for directory in other_tools.directories(path, config(path) or ""))
    if is_inside(folder):
        yield Home("")
    directories = {posixpath.dirname(path) for path in files}
    directories |= {posixpath.dirname(path) for path in directories if posixpath.basename(path) in TEMPLATE_DIRECTORIES}
    for directory in sorted(directories, key=lambda path: (path.count("/"), path)):
        if is_log_name(posixpath.basename(directory)) and not is_aside(directory):
            yield Home(directory)


@lru_cache(filename.NAMES)  # as `is_template`
def _home(path: str) -> str:
    """The directory of the log that a file would belong to: its own, or the one above where the record has a directory of its own."""
    directory = posixpath.dirname(path)
    return posixpath.dirname(directory) if name_of(path).own_directory or is_doubled(path) else directory
