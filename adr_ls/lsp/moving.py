"""Records that get other names: what else has to be edited, and which of the client's questions only follow from that."""

from __future__ import annotations

import posixpath
import time
from collections.abc import Callable, Mapping

from adr_ls.log.workspace import Workspace
from adr_ls.lsp.convert import Converter, Json
from adr_ls.lsp.loading import Loader
from adr_ls.lsp.snapshot import State
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change

PATIENCE = 30.0
"""Seconds within which a client is expected to carry out a renaming, previews included."""


class Mover:
    """Answers for the files that get other paths, be it by a rename in a text or in the editor's tree of files."""

    def __init__(self, state: State, loader: Loader, tell: Callable[[str], None]) -> None:
        self._state = state
        self._loader = loader
        self._tell = tell
        self._asked: tuple[Mapping[str, str], float] = ({}, 0.0)
        """The files that the client was last asked to give other paths, and when."""

    def renamed(self, change: Change, beside: tuple[Record, ...], convert: Converter, workspace: Workspace) -> Json:
        """A change that gives a record of a workspace another name, as the client carries it out; see `Loader.beside`."""
        self._asked = dict(change.moves), time.monotonic()
        return self._edit(workspace, change, beside, convert)

    def moving(self, moves: Mapping[str, str], convert: Converter) -> Json | None:
        """What has to be edited when files or folders get other paths; None for nothing."""
        own, asked = self._asked
        self._asked = {}, 0.0
        if moves == own and time.monotonic() - asked < PATIENCE:
            return None  # the client asks what follows from our own change, which holds that already
        from adr_ls.index import update  # noqa: PLC0415  # nothing moves before much else is answered
        from adr_ls.write import renaming  # noqa: PLC0415  # the same

        beside = self._loader.beside()
        workspace = self._state.now.workspace.remembering()
        change = update.relocated(workspace, renaming.relocated(workspace, moves, beside), moves)
        return self._edit(workspace, change, beside, convert) if change or change.spared else None

    def _edit(self, workspace: Workspace, change: Change, beside: tuple[Record, ...], convert: Converter) -> Json:
        if change.spared:
            names = ", ".join(posixpath.basename(path) for path in change.spared)
            self._tell(f"Left as they are, as AsciiDoc is only read: {names}.")
        others = {record.path: record for record in beside}
        return convert.workspace_edit(change, lambda path: others.get(path) or workspace.file(path))
