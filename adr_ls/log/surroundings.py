"""The files that nobody reads, such as pictures and source code: only of those that a link names is it asked whether they are there."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Names = frozenset[str] | None
"""The names of all that is in a directory, none where there is no such directory; None where nobody can tell."""
Standing = Literal["there", "lost", "astray", "unknown"]
"""Whether there is a file or folder at a path: it is; its directory is, without it; not even that is; nobody can tell."""

_About = tuple[Mapping[str, Sequence[str]], frozenset[str]]
"""The names in a directory by how they are folded, and their endings."""


def nobody(directory: str) -> Names:  # noqa: ARG001  # what lists directories has this form
    """Lists nothing, since there is nothing to look at."""
    return None


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The directories of one reading of the disk, each listed when it is first asked about, and then what it was at that time."""

    list: Callable[[str], Names] = field(default=nobody, repr=False)
    """The names in the directory at an absolute path."""
    listed: dict[str, Names] = field(default_factory=dict, init=False, repr=False)
    """What was listed so far, to be listed again at the next reading; see `is_as`."""
    _made: dict[str, _About] = field(default_factory=dict, init=False, repr=False)

    def names(self, directory: str) -> Names:
        """The names in a directory at an absolute path."""
        if directory not in self.listed:
            self.listed[directory] = self.list(directory)
        return self.listed[directory]

    def standing(self, path: str) -> Standing:
        """What there is at an absolute path. Names are told apart by their case, as forges do, whatever this file system does."""
        directory, base = posixpath.split(path)
        names = self.names(directory)
        if names is None:
            return "unknown"
        return "there" if base in names else "lost" if names else "astray"

    def has_kind(self, path: str) -> bool:
        """Whether the directory of an absolute path has some file with the ending of that one."""
        directory, base = posixpath.split(path)
        return bool(ending := _ending(base)) and ending in self._about(directory)[1]

    def is_checkout(self, directory: str) -> bool:
        """Whether a directory has what git or a forge looks for at the root of a repository, so that it is no copy of some files."""
        return any(name.startswith(".git") for name in self.names(directory) or ())

    def alike(self, path: str) -> str:
        """The one path in the same directory that differs in case, in how accents are encoded or by a mark behind it; else empty."""
        directory, base = posixpath.split(path)
        found = self._about(directory)[0].get(_folded(base.rstrip(_MARKS)), ())
        return posixpath.join(directory, found[0]) if len(found) == 1 else ""

    def _about(self, directory: str) -> _About:
        """What is made of the names in a directory, once for all links into it."""
        if directory not in self._made:
            names = self.names(directory) or ()
            folded: dict[str, tuple[str, ...]] = {}
            for name in sorted(names):
                folded[_folded(name)] = (*folded.get(_folded(name), ()), name)
            self._made[directory] = folded, frozenset(map(_ending, names))
        return self._made[directory]

    def is_as(self, earlier: Surroundings) -> bool:
        """Whether all that was listed earlier is as it was."""
        return all(self.names(directory) == names for directory, names in [*earlier.listed.items()])


_MARKS = ".,;:!?'\"’”)]}>"
"""What stands behind a name in a sentence."""


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].casefold()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
