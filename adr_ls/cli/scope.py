"""Which files a command is asked for, and what has to be read to judge them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from adr_ls.io import disk, files
from adr_ls.io.terminal import CommandError, clean


@dataclass(frozen=True)
class Scope:
    """The files asked for. Records are judged in their whole log, so more is read (`roots`) than is reported on (`directories`, `paths`).

    `base` is the directory that paths are told from: the one directory asked for; else the current one, if everything asked for is in it.
    `is_default` says that nothing was asked for by name, so that it is what there is where one is.
    """

    roots: tuple[Path, ...]
    base: str
    directories: tuple[str, ...]
    paths: frozenset[str]
    is_default: bool = False

    def __contains__(self, path: object) -> bool:
        return path in self.paths or any(is_below(str(path), directory) for directory in self.directories)

    @property
    def is_all(self) -> bool:
        """Whether all that is read is asked for."""
        return {disk.to_path(root) for root in self.roots} <= set(self.directories)

    @property
    def shown_from(self) -> str:
        """The directory that paths are told from where people click on them: the current one; empty where all lies elsewhere."""
        here = disk.to_path(".")
        return here if self.base == here or is_below(self.base, here) or is_below(here, self.base) else ""

    @property
    def named_from(self) -> str:
        """The directory that names of files are told from in sentences: the current one, or that of what was asked for elsewhere."""
        return self.shown_from or self.base

    @property
    def widened(self) -> Scope:
        """The whole repository, where nothing was asked for by name; else the same."""
        root = disk.to_path(self.roots[0])
        is_wider = self.is_default and (root,) != self.directories and self.roots[0].is_dir()
        return replace(self, base=root, directories=(root,)) if is_wider else self


def is_below(path: str, directory: str) -> bool:
    """Whether a path lies in a directory, at whatever depth."""
    return path.startswith(directory.rstrip("/") + "/")


def path_of(written: str | Path, roots: Iterable[str | Path]) -> str:
    """The path that is meant by a word on the command line, spelled as the files below the roots are listed.

    A link to a file of the same name below one of them means that file, as it does there (see `Listing.links`).
    """
    folders = [disk.folder_of(Path(root)) for root in roots]
    path = Path(disk.to_path(written))
    if path.is_symlink() and path.is_file() and (target := path.resolve()).name == path.name:
        within = ((folder, folder.resolve()) for folder in folders)
        path = next((folder / target.relative_to(root) for folder, root in within if root in target.parents), path)
    return disk.to_path(files.spelled(path, folders))


def _common(paths: list[str]) -> str:
    """The deepest directory that holds all paths; empty where none does, as on several drives."""
    try:
        found = posixpath.commonpath(paths)
    except ValueError:  # a drive and a share
        return ""
    return f"/{found}" if all(path.startswith("//") for path in paths) else found  # two slashes begin a share


def scope(arguments: Iterable[str]) -> Scope:
    """What the arguments of the command line ask for, all of which must exist; where there are none, what lies here."""
    asked = tuple(arguments)
    given = [Path(argument) for argument in asked or (".",)]
    for path in given:
        if not path.exists():
            raise CommandError(f"there is no “{clean(str(path))}”")
    folders = [path for path in given if path.is_dir()]
    roots: dict[str, str] = {}
    named: dict[Path, str] = {}
    for path in (*folders, *sorted(path for path in given if not path.is_dir())):
        home, root = _home(Path(disk.to_path(path)))
        roots.setdefault(disk.to_path(home), disk.to_path(root))
        named[path] = path_of(path, [home])
    paths = frozenset(named[path] for path in given if path not in folders)
    directories = tuple(named[path] for path in folders)
    outermost = [root for root in roots.values() if not any(is_below(root, other) for other in roots.values())]
    here = disk.to_path(".")
    if len(given) == 1 and folders:
        base = directories[0]
    elif all(path == here or is_below(path, here) for path in (*paths, *directories)):
        base = here
    else:
        base = _common([*directories, *(posixpath.dirname(path) for path in paths)]) or here
    return Scope(tuple(Path(root) for root in outermost), base, directories, paths, is_default=not asked)


def _home(path: Path) -> tuple[Path, Path]:
    """The folder from which a file or directory is judged, and what to read for it.

    That is its repository, so that the index above it and the settings count. Without one it is the directory itself, and for a file
    the current directory if that holds it; else the files beside it, or itself where these are nobody's business.
    """
    folder = path if path.is_dir() else path.parent
    repository = files.repository_of(folder)
    if repository is not None:
        return repository, repository
    if folder == path:
        return path, path
    here = Path.cwd()
    if is_below(disk.to_path(path), disk.to_path(here)) and files.is_crawlable(here):
        return here, here
    return (folder if files.is_crawlable(folder) else path), path


def whole_of(path: str) -> str:
    """The folder of all that is read for a path, within which two may not take the same number."""
    home, _ = _home(Path(disk.to_path(path)))
    return disk.to_path(home if home.is_dir() else home.parent)
