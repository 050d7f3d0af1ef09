"""What is done to files, and why: texts edited, files made, files and folders moved.

Whatever writes, be it a fix, another name, a new record or an index, says so with a `Change`. It is carried out as a whole or not at all:
on the disk by `adr_ls.io.changes`, in an editor as `adr_ls.lsp.convert` puts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Edit, apply


class FileEdit(NamedTuple):
    """One edit in the file at `path`."""

    path: str
    edit: Edit


class NewFile(NamedTuple):
    """A file that does not exist yet, and its text."""

    path: str
    text: str


class Move(NamedTuple):
    """A file or folder that gets another path."""

    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What is done to files, as one: the paths are those of before, and all spans refer to the texts of before.

    `title` says to people what it is good for. Moves come last.
    """

    title: str = ""
    edits: tuple[FileEdit, ...] = ()
    created: tuple[NewFile, ...] = ()
    moves: tuple[Move, ...] = ()
    spared: tuple[str, ...] = ()
    """The files that would have to say something else then, and are left as they are because they are only read."""

    def __bool__(self) -> bool:
        """Whether anything is done."""
        return bool(self.edits or self.created or self.moves)

    @classmethod
    def of(cls, title: str, path: str, edits: Iterable[Edit]) -> Change:
        """Edits of one file."""
        return cls(title, tuple(FileEdit(path, edit) for edit in edits))

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Edit, ...]]:
        """The edits of each file, in the order of the files' first."""
        found: dict[str, list[Edit]] = {}
        for path, edit in self.edits:
            found.setdefault(path, []).append(edit)
        return {path: tuple(edits) for path, edits in found.items()}

    @property
    def is_edits_alone(self) -> bool:
        """Whether it only edits files that there are, which any editor can do."""
        return not (self.created or self.moves)

    def text(self, path: str, before: str) -> str:
        """The text of a file after the change; raises `OverlapError` where edits do not fit together."""
        return apply(before, self.by_path.get(path, ()))

    def landing(self, path: str) -> str:
        """Where a file or folder is after the change."""
        return landing(path, dict(self.moves))


def landing(path: str, moves: Mapping[str, str]) -> str:
    """Where a file is after the moves, each of a file or of a folder."""
    for old, new in sorted(moves.items(), key=lambda move: -len(move[0])):
        if path == old:
            return new
        if path.startswith(old.rstrip("/") + "/"):
            return new.rstrip("/") + path[len(old.rstrip("/")) :]
    return path


def joined(title: str, changes: Iterable[Change]) -> Change:
    """Several changes as one; what two of them do alike is done once."""
    every = tuple(changes)
    return Change(
        title,
        tuple(dict.fromkeys(edit for change in every for edit in change.edits)),
        tuple(dict.fromkeys(new for change in every for new in change.created)),
        tuple(dict.fromkeys(move for change in every for move in change.moves)),
        tuple(dict.fromkeys(path for change in every for path in change.spared)),
    )
