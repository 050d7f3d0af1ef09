"""A file system that is nothing but texts by path: the server without a disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from pathlib import Path, PurePosixPath

from adr_ls.io.changes import Write, WriteError
from adr_ls.io.files import Listing, Stamp, Text, Unreadable
from adr_ls.syntax.change import Move


class Memory:
    """Files in memory; a folder is there as long as a file is in it."""

    is_shared = False

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.walks = 0
        """How often all of it was looked at."""

    def is_folder(self, path: Path) -> bool:
        return any(file.startswith(f"{path.as_posix()}/") for file in self.texts)

    def is_file(self, path: Path) -> bool:
        return path.as_posix() in self.texts

    def is_taken(self, path: Path) -> bool:
        return self.is_file(path) or self.is_folder(path)

    def is_crawlable(self, folder: Path) -> bool:
        return bool(folder.name)

    def contains(self, roots: Sequence[Path], path: Path) -> bool:
        return any(path.is_relative_to(root) for root in roots)

    def names(self, folder: Path) -> list[str]:
        return sorted(PurePosixPath(file).name for file in self.texts if PurePosixPath(file).parent == PurePosixPath(folder))

    def entries(self, folder: Path, roots: Sequence[Path]) -> frozenset[str] | None:
        below = f"{folder.as_posix()}/"
        return frozenset(file[len(below) :].partition("/")[0] for file in self.texts if file.startswith(below))

    def walk(
        self,
        root: Path,
        *,
        want: Callable[[str], bool],
        cancelled: Callable[[], bool] = lambda: False,
        limit: int = 0,
        only: Collection[str] | None = None,
        heeding: bool = True,
    ) -> Listing:
        assert limit == 0 or limit > len(self.texts)
        self.walks += only is None
        below = f"{root.as_posix()}/"
        found = (file[len(below) :] for file in self.texts if file.startswith(below) and want(PurePosixPath(file).name))
        found = (path for path in found if only is None or path in only)
        return Listing(tuple(sorted(found)), truncated=cancelled(), skipped=())

    def spelled(self, path: Path, roots: Sequence[Path]) -> Path:
        return path

    def read(self, path: Path, roots: Sequence[Path]) -> Text | Unreadable:
        if not self.contains(roots, path):
            return Unreadable("lies outside the opened folders")
        stamp = self.stamp(path)
        return Text(self.texts[path.as_posix()], False, stamp) if stamp is not None else Unreadable("does not exist")

    def stamp(self, path: Path) -> Stamp | None:
        text = self.texts.get(path.as_posix())
        return None if text is None else Stamp(hash(text), len(text), 0)

    def carry_out(self, writes: Sequence[Write], roots: Sequence[Path], moves: Sequence[Move] = ()) -> None:
        for one in writes:
            if not self.contains(roots, Path(one.path)) or (one.new and self.is_taken(Path(one.path))):
                raise WriteError([(one.path, f"{one.path} cannot be written")])
        self.texts |= {one.path: one.text for one in writes}
        for old, new in moves:
            self.texts[new] = self.texts.pop(old)

    def take_back(self, path: Path, text: str, roots: Sequence[Path]) -> bool:
        if self.texts.get(path.as_posix()) == text and self.contains(roots, path):
            del self.texts[path.as_posix()]
        return path.as_posix() not in self.texts

    def recover(self, left: Sequence[str], roots: Sequence[Path]) -> list[str]:
        return []


class Forgiving(Memory):
    """Like the file systems of macOS and Windows: names that differ in case or in how accents are encoded are one."""

    def _there(self, path: Path) -> Path:
        """The path as it is listed."""
        return next((Path(file) for file in self.texts if _folded(file) == _folded(path.as_posix())), path)

    def spelled(self, path: Path, roots: Sequence[Path]) -> Path:
        return self._there(path) if self.contains(roots, path) else path

    def is_file(self, path: Path) -> bool:
        return super().is_file(self._there(path))

    def contains(self, roots: Sequence[Path], path: Path) -> bool:
        return any(Path(_folded(path.as_posix())).is_relative_to(_folded(root.as_posix())) for root in roots)

    def stamp(self, path: Path) -> Stamp | None:
        return super().stamp(self._there(path))

    def read(self, path: Path, roots: Sequence[Path]) -> Text | Unreadable:
        return super().read(self._there(path), roots)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFD", path).casefold()
