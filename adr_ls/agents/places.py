"""The files that somebody asks about by their paths: all of them in the one folder that is looked at, there or still to be made."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from adr_ls.io import code, disk
from adr_ls.io.cache import Searched
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.log.workspace import Workspace

MOST = 2000
"""How many files of the directories that are asked about are looked at, at most."""
BESIDE = 500
"""How many files beside those that are asked about are searched for what they cite, at most."""


class PlaceError(Exception):
    """A path that nobody may ask about; the message says why."""


@dataclass(frozen=True)
class Places:
    """The files that are asked about, as absolute paths, and the files and directories that were `named`.

    `absent` are those that do not exist, `left` the directories with more files.
    """

    files: tuple[str, ...]
    named: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def place(written: str, root: Path, here: Path, system: FileSystem = DISK) -> str:
    """The path in the folder `root` that is meant by a word, which counts from `here`, or where nothing is there from the folder.

    Raises `PlaceError` for one that is empty or leads out, be it by a link.
    """
    if not written.strip() or "\0" in written:
        raise PlaceError("a path is empty")
    folder = disk.to_path(root)
    near, far = (disk.to_path(system.spelled(Path(disk.to_path(start / written)), [root])) for start in (here, root))
    path = near if _is_within(near, folder) and (system.is_taken(Path(near)) or not system.is_taken(Path(far))) else far
    if not _is_within(path, folder) or not system.contains([root], Path(path)):
        raise PlaceError(f"“{written}” lies outside “{folder}”, and nothing else is looked at")
    return path


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def places(written: Iterable[str], root: Path, here: Path, system: FileSystem = DISK) -> Places:
    """The files that are meant by some paths: of a directory all in it, for each that is to be looked at; see `place`."""
    found: dict[str, None] = {}
    absent, left = [], []
    named = tuple(dict.fromkeys(place(one, root, here, system) for one in written))
    for path in named:
        if system.is_folder(Path(path)):
            listing = system.walk(Path(path), want=code.is_text, limit=max(1, MOST - len(found)))
            found.update((posixpath.join(path, one), None) for one in listing.files)
            if listing.truncated:
                left.append(path)
        else:
            found[path] = None
            if not system.is_file(Path(path)):
                absent.append(path)
    return Places(tuple(found), named, tuple(absent), tuple(left))


def around(workspace: Workspace, paths: Sequence[str], known: Searched | None = None, system: FileSystem = DISK) -> Searched:
    """What those files of source code say of records, and those beside them; `known` is what an earlier call found."""
    folders = dict.fromkeys(posixpath.dirname(path) for path in paths if path not in workspace.records)
    beside = [posixpath.join(folder, name) for folder in folders for name in system.names(Path(folder)) if code.is_text(name)]
    return code.some(workspace, dict.fromkeys((*paths, *beside[:BESIDE])), known, system)
