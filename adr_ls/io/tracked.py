"""Which files git keeps of a folder, by its index: what was committed is not ignored, whatever a `.gitignore` says of it later.

The format is that of https://git-scm.com/docs/index-format, versions 2 to 4. Of a worktree or a submodule, whose index
lies outside of its folder, nothing is known; nor of an index that is split in two or names its objects by SHA-256. There ignored files stay ignored.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator

from adr_ls.syntax.lazy import cached_property

_FIXED = 62
"""How long an entry is in front of its path, of which the last two bytes are flags."""
_IS_EXTENDED = 0x4000
_MOST = 128 * 1024 * 1024
"""So many bytes all paths may have; more than any repository has, and less than what an index may make of what paths have in common."""


class Tracked:
    """The files that a repository keeps, their paths relative to its root. `read` gives the index, once a file is asked for; none is empty."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read

    def __contains__(self, path: str) -> bool:
        """Whether a file is kept."""
        wanted = os.fsencode(path)
        return self._first(wanted) == wanted

    def any_below(self, folder: str) -> bool:
        """Whether any file in a folder, or in one below it, is kept."""
        wanted = os.fsencode(f"{folder}/")
        return self._first(wanted).startswith(wanted)

    def _first(self, path: bytes) -> bytes:
        """The first path that is kept and does not come before this one, as far as that begins with it; else empty, or any."""
        if path not in self._index and not self._is_shortened:
            return b""  # which most are not, and that is seen without taking the index apart
        at = bisect_left(self._paths, path)
        return self._paths[at] if at < len(self._paths) else b""

    @cached_property
    def _index(self) -> bytes:
        return self._read()

    @property
    def _is_shortened(self) -> bool:
        """Whether paths are written without what they have in common with the one before."""
        return self._index[4:8] == b"\0\0\0\4"

    @cached_property
    def _paths(self) -> list[bytes]:
        try:
            found = list(_paths(self._index))
        except (IndexError, ValueError):
            return []
        return found if found == sorted(found) else []


def _paths(index: bytes) -> Iterator[bytes]:
    """The paths in an index, in its order. Raises `IndexError` or `ValueError` where it is none that is known."""
    version, count = int.from_bytes(index[4:8], "big"), int.from_bytes(index[8:12], "big")
    if index[:4] != b"DIRC" or not 2 <= version <= 4:
        raise ValueError(version)
    at, before, reached = 12, b"", 0
    for _ in range(count):
        start, flags = at, int.from_bytes(index[at + _FIXED - 2 : at + _FIXED], "big")
        at += _FIXED + (2 if version >= 3 and flags & _IS_EXTENDED else 0)
        if version == 4:
            dropped, at = _number(index, at)
            end = index.index(b"\0", at)
            before = before[: len(before) - dropped] + index[at:end]
            at = end + 1
        else:
            end = index.index(b"\0", at)
            before = index[at:end]
            at = start + (end - start + 8) // 8 * 8
        reached += len(before)
        if reached > _MOST:
            raise ValueError(reached)
        yield before


def _number(index: bytes, at: int) -> tuple[int, int]:
    """A number as version 4 writes it, seven bits a byte, and where it ends."""
    byte = index[at]
    found = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = index[at]
        found = (found + 1) << 7 | (byte & 0x7F)
    return found, at + 1
