"""What commands change on disk, or would."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from adr_ls.io import files
from adr_ls.io.disk import Loaded
from adr_ls.io.terminal import CommandError, clean, unified
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change


def texts(loaded: Loaded, change: Change, beside: Iterable[Record] = ()) -> Iterator[tuple[str, str, str]]:
    """The files whose texts a change touches: their paths of before, the old text, empty where it is new, and the new one."""
    others = {record.path: record for record in beside}
    for path, text in change.created:
        yield path, "", text
    for path in change.by_path:
        file = loaded.workspace.file(path) or others.get(path)
        if file is not None and (after := change.text(path, file.text)) != file.text:
            yield path, file.text, after


def difference(loaded: Loaded, change: Change, base: str, beside: Iterable[Record] = ()) -> list[str]:
    """The lines of a unified diff of what a change does to texts, with paths from `base`."""
    return [
        line
        for path, before, after in sorted(texts(loaded, change, beside))
        for line in unified(before, after, posixpath.relpath(path, base))
    ]


def carry_out(loaded: Loaded, change: Change, beside: Iterable[Record] = ()) -> None:
    """Carries a change out, all of it or nothing.

    Raises `CommandError` where something cannot be done, and has put back by then what was done.
    """
    roots = [Path(root) for root in loaded.workspace.roots]
    undo: list[tuple[str, Callable[[], None]]] = []
    created = {path for path, _ in change.created}
    touched = list(texts(loaded, change, beside))  # read before anything moves
    try:
        for old, new in change.moves:
            files.move(Path(old), Path(new), roots)
            undo.append((old, partial(files.move, Path(new), Path(old), roots)))
        for path, before, after in touched:
            if path in created:
                files.write(Path(path), after, roots, new=True)
                continue
            put = partial(files.write, Path(change.landing(path)), roots=roots, bom=path in loaded.marked)
            put(text=after, expected=loaded.stamps.get(path))
            undo.append((path, partial(put, text=before)))
    except (files.WriteError, KeyboardInterrupt) as error:
        left = [told for path, back in reversed(undo) if (told := _put_back(path, back))]
        said = [str(error) or "interrupted"]
        if len(touched) + len(change.moves) > 1:
            said += left or ["nothing was changed"]
        raise CommandError(clean("; ".join(said))) from error


def _put_back(path: str, back: Callable[[], None]) -> str:
    """What to tell of a file that cannot be put back; empty where it can."""
    try:
        back()
    except files.WriteError as error:
        return f"{posixpath.basename(path)} was changed and could not be put back: {error}"
    return ""
