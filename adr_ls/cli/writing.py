"""What commands change on disk: all of it or nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from adr_ls.io import files
from adr_ls.io.disk import Loaded
from adr_ls.io.terminal import CommandError, clean
from adr_ls.write import renaming


def write(loaded: Loaded, file: str, text: str) -> None:
    """Writes a file that was read, unless it has changed meanwhile."""
    roots = [Path(root) for root in loaded.workspace.roots]
    try:
        files.write(Path(file), text, roots, expected=loaded.stamps.get(file), bom=file in loaded.marked)
    except files.WriteError as error:
        raise CommandError(clean(str(error))) from error


def carry_out(loaded: Loaded, moves: Sequence[tuple[str, str]], texts: Mapping[str, tuple[str, str]]) -> None:
    """Moves files and folders and writes texts, each given by its path of before with the old one and the new one.

    Raises `CommandError` where something cannot be done, and has put back by then what was done.
    """
    roots = [Path(root) for root in loaded.workspace.roots]
    landed = dict(moves)
    undo: list[tuple[str, Callable[[], None]]] = []
    try:
        for old, new in moves:
            files.move(Path(old), Path(new), roots)
            undo.append((old, partial(files.move, Path(new), Path(old), roots)))
        for path, (before, after) in texts.items():
            put = partial(files.write, Path(renaming.landing(path, landed)), roots=roots, bom=path in loaded.marked)
            put(text=after, expected=loaded.stamps.get(path))
            undo.append((path, partial(put, text=before)))
    except (files.WriteError, KeyboardInterrupt) as error:
        left = [told for path, back in reversed(undo) if (told := _put_back(path, back))]
        said = str(error) or "interrupted"
        raise CommandError(clean("; ".join([said, *(left or ["nothing was changed"])]))) from error


def _put_back(path: str, back: Callable[[], None]) -> str:
    """What to tell of a file that cannot be put back; empty where it can."""
    try:
        back()
    except files.WriteError as error:
        return f"{posixpath.basename(path)} was changed and could not be put back: {error}"
    return ""
