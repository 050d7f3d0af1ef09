"""Pages are written into a folder, of which adr-ls remembers what it wrote there: nothing else is ever overwritten or removed."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from adr_ls.io import changes, files
from adr_ls.io.changes import Write, WriteError
from adr_ls.io.files import SITE
from adr_ls.io.terminal import CommandError, clean
from adr_ls.log import code

LARGEST_PICTURE = 16 * 1024 * 1024
"""How many bytes a picture has at most that is shown."""
LARGEST_PAGE = 1024 * 1024 * 1024
"""How many bytes a page has at most that is looked at before it is written anew."""


@dataclass(frozen=True)
class Written:
    """How many files were written and removed, and how many are as they were."""

    written: int
    removed: int
    kept: int


def pictures(root_of: Callable[[str], str]) -> Callable[[str], bytes | None]:
    """What reads the pictures of the opened folders, of which `root_of` gives the one in which a file lies."""

    def read(path: str) -> bytes | None:
        root = root_of(path)
        found = files.contents(Path(path), [Path(root)], LARGEST_PICTURE) if root else None
        return found if isinstance(found, bytes) else None

    return read


def write_folder(folder: Path, pages: Mapping[str, str | bytes]) -> Written:
    """Brings a folder to hold these files, all of them or none; what an earlier run wrote and is not among them is removed.

    Raises `CommandError` where the folder holds something that is not ours, or that somebody changed.
    """
    folder = folder.absolute()
    before = _known(folder)
    writes: list[Write] = []
    data = {name: one if isinstance(one, bytes) else one.encode() for name, one in pages.items()}
    for name, new in data.items():
        path = folder / name
        old = _there(path, folder)
        if old is None:
            writes.append(Write(str(path), new, new=True))
            continue
        if name not in before or _digest(old) != before[name]:
            raise _not_ours(name, folder, is_changed=name in before)
        if _even(old) != _even(new):
            writes.append(Write(str(path), new, expected=files.stamp(path)))
    gone = [name for name in before if name not in data and _is_plain(name)]
    left = [name for name in gone if (old := _there(folder / name, folder)) is not None and _digest(old) == before[name]]
    record = _record(data)
    if _there(folder / SITE, folder) != record:
        writes.append(Write(str(folder / SITE), record))
    try:
        changes.carry_out(writes, [folder])
    except WriteError as error:
        more = f", and {len(error.paths) - 1} more cannot be written" if len(error.paths) > 1 else ""
        lost = "".join(f"; {sentence}" for sentence in error.left)
        raise CommandError(clean(f"nothing was written to “{folder}”: {error.paths[0][1]}{more}{lost}")) from error
    removed = sum(_remove(folder, name) for name in left)
    return Written(
        sum(not one.path.endswith(SITE) for one in writes),
        removed,
        len(data) - len(writes) + (str(folder / SITE) in {one.path for one in writes}),
    )


def write_file(file: Path, text: str, mark: str) -> None:
    """Writes one page, but not over a file that does not say by `mark` that it is such a page."""
    file = file.absolute()
    if os.path.lexists(file):
        old = files.contents(file, [file.parent], LARGEST_PAGE)
        if isinstance(old, files.Unreadable):
            raise CommandError(f"“{clean(str(file))}” {old.reason}; name another file to write to")
        if mark.encode() not in old[: code.HEAD]:
            raise CommandError(
                f"“{clean(str(file))}” was not made by “adr-ls site”; name another file to write to, or remove it"
            )
    try:
        changes.write(file, text, [file.parent])
    except WriteError as error:
        raise CommandError(clean(str(error))) from error


def _known(folder: Path) -> dict[str, str]:
    """What adr-ls wrote in a folder, as the digests of files by their names; empty where there is nothing yet."""
    if not os.path.lexists(folder):
        return {}
    if not folder.is_dir():
        raise CommandError(
            f"“{clean(str(folder))}” is no folder; name another one, or a file that ends in “.html” for one page"
        )
    try:
        names = [one.name for one in folder.iterdir() if not one.name.startswith(".")]
    except OSError as error:
        raise CommandError(f"cannot read “{clean(str(folder))}”: {error.strerror}") from error
    record = files.contents(folder / SITE, [folder], LARGEST_PICTURE)
    if isinstance(record, bytes):
        with suppress(ValueError):
            found = json.loads(record)["files"] if isinstance(json.loads(record), dict) else None
            if isinstance(found, dict) and all(isinstance(one, str) for one in found.values()):
                return found
        raise CommandError(
            f"“{SITE}” in “{clean(str(folder))}” is not as adr-ls wrote it; remove the folder, or name another one"
        )
    if names:
        some = ", ".join(f"“{clean(name)}”" for name in sorted(names)[:2])
        raise CommandError(
            f"“{clean(str(folder))}” holds files that adr-ls did not write ({some}{', …' if len(names) > 2 else ''}); name a folder that is"
            " empty or not there yet"
        )
    return {}


def _not_ours(name: str, folder: Path, *, is_changed: bool) -> CommandError:
    said = "was changed since adr-ls wrote it" if is_changed else "was not written by adr-ls"
    return CommandError(
        f"“{clean(name)}” in “{clean(str(folder))}” {said}, and is left as it is; move it away, or name another folder"
    )


def _there(path: Path, folder: Path) -> bytes | None:
    """The bytes of a file in the folder, None where there is none."""
    if not os.path.lexists(path):
        return None
    found = files.contents(path, [folder], LARGEST_PAGE)
    if isinstance(found, files.Unreadable):
        raise CommandError(f"“{clean(str(path))}” {found.reason}; move it away, or name another folder")
    return found


def _even(data: bytes) -> bytes:
    """The bytes with the line ends that they were written with, whatever git made of them."""
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")


def _digest(data: bytes) -> str:
    return hashlib.sha256(_even(data)).hexdigest()


def _record(data: Mapping[str, bytes]) -> bytes:
    said = {
        "about": "Written by “adr-ls site”, which may replace and remove these files.",
        "files": {name: _digest(data[name]) for name in sorted(data)},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _is_plain(name: str) -> bool:
    """Whether a name in a record of what was written leads to a file in the folder, and not out of it."""
    return not name.startswith(("/", "\\")) and ":" not in name and ".." not in name.replace("\\", "/").split("/")


def _remove(folder: Path, name: str) -> bool:
    """Removes a file, and the folders that are empty then."""
    path = folder / name
    try:
        path.unlink()
        parent = posixpath.dirname(name)
        while parent:
            (folder / parent).rmdir()
            parent = posixpath.dirname(parent)
    except OSError:
        return not os.path.lexists(path)
    return True
