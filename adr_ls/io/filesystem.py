"""What is asked of a file system. The disk is one; an editor that hands out its files, an archive, or the tests' fixtures are others."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol

from adr_ls.io import changes, files
from adr_ls.io.changes import Write
from adr_ls.io.files import MOST_LISTED, Listing, Stamp, Text, Unreadable
from adr_ls.syntax.change import Move


class FileSystem(Protocol):
    """A place where files are listed, read and written; what each may do is said in `adr_ls.io.files`."""

    is_shared: bool
    """Whether other processes find the same files under the same paths."""

    def is_folder(self, path: Path) -> bool:
        """Whether there is a folder at a path."""

    def is_file(self, path: Path) -> bool:
        """Whether there is a file at a path."""

    def is_taken(self, path: Path) -> bool:
        """Whether there is anything at a path, be it a link that leads nowhere."""

    def is_crawlable(self, folder: Path) -> bool:
        """Whether a folder may be walked as a whole."""

    def contains(self, roots: Sequence[Path], path: Path) -> bool:
        """Whether a path lies in one of the roots, links resolved."""

    def names(self, folder: Path) -> list[str]:
        """The names of the files in a folder, sorted; none where it cannot be listed."""

    def entries(self, folder: Path, roots: Sequence[Path]) -> frozenset[str] | None:
        """The names of all that is in a folder in one of the roots; none where there is no such folder, None where nobody can tell."""

    def walk(
        self,
        root: Path,
        *,
        want: Callable[[str], bool],
        cancelled: Callable[[], bool] = lambda: False,
        limit: int = MOST_LISTED,
        only: Collection[str] | None = None,
        heeding: bool = True,
    ) -> Listing:
        """The files below a root whose names are wanted, so many at most, or those of `only` these relative paths; `heeding` ignore files or not."""

    def spelled(self, path: Path, roots: Sequence[Path]) -> Path:
        """The path as `walk` and `names` spell it, where other spellings lead to the same file."""

    def read(self, path: Path, roots: Sequence[Path]) -> Text | Unreadable:
        """The text of a file in one of the roots."""

    def stamp(self, path: Path) -> Stamp | None:
        """The state of a file, None where there is none."""

    def carry_out(self, writes: Sequence[Write], roots: Sequence[Path], moves: Sequence[Move] = ()) -> None:
        """Writes and moves files, all of them or none; raises `changes.WriteError`."""

    def take_back(self, path: Path, text: str, roots: Sequence[Path]) -> bool:
        """Removes a file that holds just this text; whether there is none now."""

    def recover(self, left: Sequence[str], roots: Sequence[Path]) -> list[str]:
        """Finishes what was cut short, given what a walk found of it; what people are to know, as sentences."""


class Disk:
    """The file system of this machine."""

    is_shared = True

    def is_folder(self, path: Path) -> bool:
        """See `FileSystem`."""
        return os.path.isdir(path)  # noqa: PTH112  # pathlib raises where a folder above may not be looked into

    def is_file(self, path: Path) -> bool:
        """See `FileSystem`."""
        return os.path.isfile(path)  # noqa: PTH113  # as above, and for names that are too long

    def is_taken(self, path: Path) -> bool:
        """See `FileSystem`."""
        return os.path.lexists(path)

    def is_crawlable(self, folder: Path) -> bool:
        """See `FileSystem`."""
        return files.is_crawlable(folder)

    def contains(self, roots: Sequence[Path], path: Path) -> bool:
        """See `FileSystem`."""
        return files.contains(roots, path)

    def names(self, folder: Path) -> list[str]:
        """See `FileSystem`."""
        try:
            return sorted(files.composed(str(folder), entry.name) for entry in folder.iterdir() if entry.is_file())
        except OSError:
            return []

    def entries(self, folder: Path, roots: Sequence[Path]) -> frozenset[str] | None:
        """See `FileSystem`."""
        return files.entries(folder, roots)

    def walk(
        self,
        root: Path,
        *,
        want: Callable[[str], bool],
        cancelled: Callable[[], bool] = lambda: False,
        limit: int = MOST_LISTED,
        only: Collection[str] | None = None,
        heeding: bool = True,
    ) -> Listing:
        """See `FileSystem`."""
        return files.walk(root, want=want, cancelled=cancelled, limit=limit, only=only, heeding=heeding)

    def spelled(self, path: Path, roots: Sequence[Path]) -> Path:
        """See `FileSystem`."""
        return files.spelled(path, roots)

    def read(self, path: Path, roots: Sequence[Path]) -> Text | Unreadable:
        """See `FileSystem`."""
        return files.read(path, roots)

    def stamp(self, path: Path) -> Stamp | None:
        """See `FileSystem`."""
        return files.stamp(path)

    def carry_out(self, writes: Sequence[Write], roots: Sequence[Path], moves: Sequence[Move] = ()) -> None:
        """See `FileSystem`."""
        changes.carry_out(writes, roots, moves)

    def take_back(self, path: Path, text: str, roots: Sequence[Path]) -> bool:
        """See `FileSystem`."""
        return changes.take_back(path, text, roots)

    def recover(self, left: Sequence[str], roots: Sequence[Path]) -> list[str]:
        """See `FileSystem`."""
        return changes.recover(left, roots)


DISK = Disk()
