"""Files that an editor hands out, since there is no disk that the server could look at: in a browser, or of a repository far away.

The editor says beforehand which files there are and what is in them, and again whenever one is another. They are kept in the file system
of this process, in memory where it runs in WebAssembly, so that all that is true of files on a disk is true of them: how folders are
walked, what is ignored, what is too large. What is made here is made there as well, by the editor, which is told of it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from adr_ls.io import files
from adr_ls.io.changes import Write, WriteError
from adr_ls.io.files import Text, Unreadable
from adr_ls.io.filesystem import Disk
from adr_ls.syntax.change import Move

_NOT_OURS = "is the editor’s, which alone can change or move it"


class Lent(Disk):
    """The files that were lent, at their paths; `tell` hears of each that is made here, with its text, and None where it is taken back."""

    is_shared = False

    def __init__(self, tell: Callable[[Path, str | None], object]) -> None:
        self._tell = tell
        self._reasons: dict[Path, str] = {}
        """Why files have no text whose names alone are lent."""

    def lend(self, told: str) -> None:
        """Takes in what an editor tells, as JSON: for each absolute path a text, ``{"why": reason}`` of a file without one, or null.

        A text has the line ends and the byte order mark of the file. A reason is the rest of a sentence that begins with the file's name.
        Null says that there is nothing at the path any more, be it a file or a folder.
        """
        for name, held in json.loads(told).items():
            path = Path(name)
            self._reasons.pop(path, None)
            if held is None:
                self._forget(path)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(held, str):
                path.write_bytes(held.encode("utf-8", "surrogatepass"))
            else:
                path.write_bytes(b"")
                self._reasons[path] = str(held["why"])

    def _forget(self, path: Path) -> None:
        for one in [one for one in self._reasons if path in one.parents]:
            del self._reasons[one]
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def entries(self, folder: Path, roots: Sequence[Path]) -> frozenset[str] | None:  # noqa: ARG002  # as `FileSystem` has it
        """Nothing, as only what is read is lent; see `FileSystem`."""
        return None

    def read(self, path: Path, roots: Sequence[Path]) -> Text | Unreadable:
        """See `FileSystem`."""
        reason = self._reasons.get(path)
        return Unreadable(reason) if reason is not None and files.contains(roots, path) else super().read(path, roots)

    def carry_out(self, writes: Sequence[Write], roots: Sequence[Path], moves: Sequence[Move] = ()) -> None:
        """Makes new texts, and refuses to change or move others, or to make what is no text; see `FileSystem`."""
        texts = [(write.path, write.text) for write in writes if write.new and isinstance(write.text, str)]
        made = {path for path, _ in texts}
        refused = [*(write.path for write in writes if write.path not in made), *(move.old for move in moves)]
        if refused:
            raise WriteError([(path, f"{Path(path).name} {_NOT_OURS}") for path in refused])
        super().carry_out(writes, roots)
        marked = {write.path for write in writes if write.bom}
        for path, text in texts:
            self._tell(Path(path), ("\ufeff" if path in marked else "") + text)

    def take_back(self, path: Path, text: str, roots: Sequence[Path]) -> bool:
        """Removes a file, and has the editor remove it, if it holds just this text; see `FileSystem`."""
        was_there = self.is_taken(path)
        is_gone = super().take_back(path, text, roots)
        if was_there and is_gone:
            self._tell(path, None)
        return is_gone
