"""What commands change on disk, or would."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from adr_ls.io import changes, disk
from adr_ls.io.changes import WriteError
from adr_ls.io.disk import Loaded
from adr_ls.io.terminal import CommandError, clean, unified
from adr_ls.record.record import Record
from adr_ls.syntax.change import Change


@contextmanager
def turn(folder: str) -> Iterator[None]:
    """See `changes.turn`; raises `CommandError` where others take too long."""
    with changes.turn(folder) as is_mine:
        if not is_mine:
            raise CommandError(changes.BUSY)
        yield


def difference(loaded: Loaded, change: Change, base: str, beside: Iterable[Record] = ()) -> list[str]:
    """The lines of a unified diff of what a change does to texts, with paths from `base`."""
    created = {path for path, _ in change.created}
    return [
        line
        for path, before, after in sorted(disk.texts(loaded, change, beside))
        for line in unified(before, after, posixpath.relpath(path, base), is_new=path in created)
    ]


def carry_out(loaded: Loaded, change: Change, beside: Iterable[Record] = ()) -> None:
    """Carries a change out as a whole; raises `CommandError` where that cannot be, and nothing has changed then."""
    wrong = attempt(loaded, change, beside)
    if wrong:
        is_several = len(change.by_path) + len(change.created) + len(change.moves) > 1
        raise CommandError(clean("; ".join([*wrong.values(), *["nothing was changed"] * is_several])))


def attempt(loaded: Loaded, change: Change, beside: Iterable[Record] = ()) -> dict[str, str]:
    """Carries a change out as a whole; where files are in the way, nothing has changed, and each is given with why.

    Raises `CommandError` where it was interrupted, or failed so that not even all could be put back.
    """
    try:
        disk.carry_out(loaded, change, beside)
    except KeyboardInterrupt as error:
        raise CommandError("interrupted") from error
    except WriteError as error:
        if error.left:
            raise CommandError(clean("; ".join([str(error), *error.left]))) from error
        return dict(error.paths)
    return {}


def tell(wrong: Mapping[str, str], base: str) -> None:
    """Tells of files that are in the way, and goes on."""
    for path, sentence in wrong.items():
        folder = posixpath.dirname(posixpath.relpath(path, base))
        sys.stderr.write(f"adr-ls: {clean(posixpath.join(folder, sentence))}\n")
