"""Which files a command is asked for, and what has to be read to judge them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from adr_ls.io import disk, files
from adr_ls.io.terminal import CommandError, clean


@dataclass(frozen=True)
class Scope:
    """The files asked for. Records are judged in their whole log, so more is read (`roots`) than is reported on (`paths`).

    `base` is the directory that paths are told from: the one directory asked for; else the current one, if everything asked for is in it.
    """

    roots: tuple[Path, ...]
    base: str
    directories: tuple[str, ...]
    paths: frozenset[str]

    def __contains__(self, path: object) -> bool:
        return path in self.paths or any(str(path).startswith(f"{directory.rstrip('/')}/") for directory in self.directories)


def scope(arguments: Iterable[str]) -> Scope:
    """What the arguments of the command line ask for; all of them must exist."""
    given = [Path(argument) for argument in arguments]
    for path in given:
        if not path.exists():
            raise CommandError(f"there is no “{clean(str(path))}”")
    folders = [path for path in given if path.is_dir()]
    paths = frozenset(disk.to_path(path) for path in given if not path.is_dir())
    directories = tuple(disk.to_path(path) for path in folders)
    if len(given) == 1 and folders:
        return Scope((given[0],), directories[0], directories, paths)
    roots = {directory: directory for directory in directories}
    for file in sorted(paths):
        home, root = _home(Path(file))
        roots.setdefault(disk.to_path(home), disk.to_path(root))
    outermost = [
        root for root in roots.values() if not any(root.startswith(other.rstrip("/") + "/") for other in roots.values())
    ]
    here = disk.to_path(".")
    if all(path.startswith(here.rstrip("/") + "/") or path == here for path in (*paths, *directories)):
        base = here
    else:
        base = posixpath.commonpath([*directories, *(posixpath.dirname(path) for path in paths)])
    return Scope(tuple(Path(root) for root in outermost), base, directories, paths)


def _home(file: Path) -> tuple[Path, Path]:
    """The folder from which a file is judged, and what to read for it.

    That is its repository, so that the index above it and the settings count; else the files beside it, or itself where these are nobody's
    business.
    """
    repository = repository_of(file.parent)
    if repository is not None:
        return repository, repository
    return (file.parent if files.is_crawlable(file.parent) else file), file


def repository_of(folder: Path) -> Path | None:
    """The nearest folder, this one or one above, that holds a repository and may be walked."""
    for candidate in (folder, *folder.absolute().parents):
        if (candidate / ".git").exists():
            return candidate if files.is_crawlable(candidate) else None
    return None
