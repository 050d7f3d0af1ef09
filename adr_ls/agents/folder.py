"""The one folder that agents are told of, as it is now: what has not changed on the disk is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from adr_ls import rules
from adr_ls.agents import places
from adr_ls.agents.places import Places
from adr_ls.ide import finding
from adr_ls.io import code, disk
from adr_ls.io.cache import Searched
from adr_ls.io.changes import WriteError
from adr_ls.io.disk import Loaded
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change


class Folder:
    """A folder, looked at anew for each question. Where these come from several threads, each waits for its `turn`.

    `settings` go before those of the folder. With `is_writable`, records may be made in it; else nothing of it is ever changed.
    """

    def __init__(
        self, root: Path, settings: Mapping[str, Any] | None = None, *, is_writable: bool = False, system: FileSystem = DISK
    ) -> None:
        self.root = root.absolute()
        self.base = disk.to_path(self.root)
        self.is_writable = is_writable
        self._settings = settings or {}
        self._system = system
        self.turn = Lock()
        self._known: Loaded | None = None
        self._searched: Searched | None = None
        self._near: Searched | None = None
        self._words: dict[str, frozenset[str]] = {}

    def now(self) -> Loaded:
        """What is on the disk now."""
        known = self._known
        found = disk.load(
            [self.root],
            settings=self._settings,
            known=known,
            rules=rules.NAMES,
            cached=True,
            workers=None,
            system=self._system,
        )
        if known is not None and found.workspace.is_as(known.workspace):
            found.workspace = known.workspace  # with all that was worked out of it
        self._known = found
        return found

    def with_draft(self, workspace: Workspace, path: str, text: str, directory: str = "") -> Workspace:
        """The workspace with a text in place of the file at a path, which need not exist, as if that had been saved.

        `directory` is that of the log of which it is known to be a new record; without it the folder is looked at for what it would be.
        """
        if path in workspace.records:
            return workspace.with_text(path, text)
        if directory:
            return workspace.with_made(directory, Record(path, text))
        return disk.load(
            [self.root],
            settings=self._settings,
            known=self._known,
            opened={path: text},
            rules=rules.NAMES,
            system=self._system,
        ).workspace

    def with_code(self, workspace: Workspace) -> Workspace:
        """The workspace with what all source code in the folder says of records."""
        self._searched = code.search(
            workspace, self._searched, roots=workspace.roots, cached=self._searched is None, system=self._system
        )
        return _worked_out(workspace).with_code(self._searched.facts)

    def around(self, workspace: Workspace, asked: Places) -> Workspace:
        """The workspace with what the source code that is asked about says of records, and that beside it."""
        self._near = places.around(workspace, asked.files, self._near, self._system)
        return _worked_out(workspace).with_code(self._near.facts)

    def place(self, written: str) -> str:
        """The path that is meant by a word, which counts from the folder; see `places.place`."""
        return places.place(written, self.root, self.root, self._system)

    def places(self, written: list[str]) -> Places:
        """The files that are meant by some paths, see `places.places`."""
        return places.places(written, self.root, self.root, self._system)

    def words(self, workspace: Workspace) -> finding.Words:
        """What gives the words of a record's text, which are kept for as long as there is such a text."""
        digests = {record.digest for record in workspace.records.values()}
        kept = self._words = {digest: words for digest, words in self._words.items() if digest in digests}

        def words_of(record: Facts) -> frozenset[str]:
            if record.digest not in kept:
                file = workspace.file(record.path)
                kept[record.digest] = finding.words_of(file.text) if file is not None else frozenset()
            return kept[record.digest]

        return words_of

    def carry_out(self, loaded: Loaded, change: Change) -> str:
        """Carries a change out as a whole; why that cannot be, and nothing has changed, else an empty text."""
        try:
            disk.carry_out(loaded, change, system=self._system)
        except WriteError as error:
            return "; ".join([str(error), *error.left])
        return ""

    def why_none(self, loaded: Loaded, path: str) -> str:
        """Why a file is no record, as a clause, see `disk.why_none`."""
        return disk.why_none(loaded, path, self.root, self._system)

    def exists(self, path: str) -> bool:
        """Whether there is anything at a path."""
        return self._system.is_taken(Path(path))


def _worked_out(workspace: Workspace) -> Workspace:
    """A workspace of which it is known what refers to what, so that those made of it need not work that out again."""
    _ = workspace.linked().indexes
    return workspace
