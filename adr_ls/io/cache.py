"""A cache of facts on disk, so that every start but the first has only to look whether files are as they were.

It lies in the user's cache directory, never in a repository: one file for each opened folder, which only the user may read. An entry
counts only for the very text that it was made of, and only for the code that made it, so it cannot be stale. What is damaged,
foreign or of another version is as good as none. Nothing in it is executed. Where it cannot be written, there is none; nobody is
told, as nothing is missing but a little time.

Beside it lies what checks of the folder found (`verdicts`), which counts for the code that checks as well. What is in it is not looked at
here.

The file: one line of ASCII that names the format, the key of the code that wrote it, and the checksum of all bytes behind it; then, for
every block of files, one line of JSON with their paths, relative to the folder, and digests, and one with their facts (see
`adr_ls.record.codec`).
"""

# pathlib has no flags and no file descriptors, as in `files`.
# ruff: noqa: PTH105, PTH108

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import posixpath
import stat as modes
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

import adr_ls
from adr_ls.io.files import Stamp
from adr_ls.record import codec
from adr_ls.record.facts import Facts

SWITCH = "ADR_LS_CACHE"
"""The environment variable that turns the cache off: ``off``, ``0``, ``no`` or ``false``."""
PLACE = "ADR_LS_CACHE_DIR"
"""The environment variable that says where caches lie instead of in the user's cache directory."""
MOST, MOST_OF_ONE = 64 * 1024 * 1024, 32 * 1024 * 1024
"""How many bytes the caches of all folders, and that of one, may have."""
BLOCK = 128
"""How many files share a block: few enough to be read within milliseconds, enough to be read fast."""
TOLERATED = 0.01
"""The share of files whose facts may be missing or left over without a cache being written anew: to read so few is the smaller work."""

_FORMAT, _FORMAT_OF_VERDICTS = b"adr-ls facts 2", b"adr-ls verdicts 2"
_OWN = "facts"
"""The directory for nothing but caches, which only the user may enter, whoever may write around it."""
_SUFFIX, _UNFINISHED = ".facts", ".tmp"
_ABANDONED = 3600.0
"""The age in seconds from which on an unfinished file is one that nobody will finish."""
_OTHERS_MAY_WRITE = modes.S_IWGRP | modes.S_IWOTH


class _Block(NamedTuple):
    """Files whose facts stand together: their paths, relative to the folder, their digests, and their facts as JSON."""

    paths: tuple[str, ...]
    digests: tuple[str, ...]
    data: bytes


class Cache:
    """The cache of one opened folder, as it was found; see `opened`. `file` is where it lies, None where nothing is kept."""

    def __init__(self, folder: str, file: Path | None, blocks: Sequence[_Block]) -> None:
        self._folder, self.file = folder.rstrip("/") + "/", file
        self._there = {path: digest for block in blocks for path, digest in zip(block.paths, block.digests, strict=True)}
        self._unread = {path: block for block in blocks for path in block.paths}
        self._read: dict[str, Facts] = {}
        self._alike = codec.Alike()

    @classmethod
    def opened(cls, folder: Path, *, on: bool = True) -> Cache:
        """The cache of a folder; an empty one that keeps nothing where it is turned off, by the caller or the environment.

        Never raises for what is, or is not, on disk.
        """
        base = posixpath.normpath(folder.absolute().as_posix())
        place = directory() if on and not is_off() else None
        if place is None:
            return cls(base, None, ())
        file = place / (_digest(base.encode("utf-8", "surrogatepass"), key()) + _SUFFIX)
        blocks = list(_blocks(_content(file)))
        if blocks:
            with suppress(OSError):  # used lately, so it is not the first one to be removed
                os.utime(file)
        return cls(base, file, blocks)

    @property
    def entries(self) -> int:
        """Of how many files there are facts."""
        return len(self._there)

    def __contains__(self, path: object) -> bool:
        """Whether there are facts of the file at an absolute path, of whatever text."""
        return isinstance(path, str) and self._relative(path) in self._there

    def get(self, path: str, digest: str) -> Facts | None:
        """The facts of the file at an absolute path if its text has that digest, else None."""
        relative = self._relative(path)
        if relative is None or self._there.get(relative) != digest:
            return None
        block = self._unread.get(relative)
        if block is not None:
            self._decode(block)
        return self._read.get(relative)

    def _decode(self, block: _Block) -> None:
        wanted = dict(zip(block.paths, block.digests, strict=True))
        for path in block.paths:
            self._unread.pop(path, None)
            self._there.pop(path, None)
        with suppress(ValueError):  # whoever wrote it can make a checksum, but not this
            found = codec.decode(block.data, [self._folder + path for path in block.paths], self._alike)
            for path, one in zip(block.paths, found, strict=True):
                if wanted[path] == one.digest:
                    self._there[path], self._read[path] = one.digest, one

    def save(self, facts: Iterable[Facts]) -> None:
        """Keeps exactly these facts of files in the folder for the next time, if they are not nearly all there already.

        `facts` outside the folder are left out, and so is what would make the file too large. Never raises for what is on disk.
        """
        kept = {path: one for one in facts if (path := self._relative(one.path)) is not None}
        others = sum(self._there.get(path) != one.digest for path, one in kept.items()) + len(self._there.keys() - kept.keys())
        if self.file is None or not others or others < TOLERATED * len(kept):
            return
        with suppress(OSError):
            _write(self.file, _lines(kept), _FORMAT, key())
            self._there = {path: one.digest for path, one in kept.items()}
            self._unread, self._read = {}, kept
        with suppress(OSError):
            _tidy(self.file)

    def _relative(self, path: str) -> str | None:
        return path[len(self._folder) :] if path.startswith(self._folder) else None


@dataclass(frozen=True)
class Searched:
    """What was found in source code when it was searched: for each file its state and whether it has a byte-order mark.

    `facts` are those of the files that refer to records, `sign` tells what was looked for; all paths are absolute.
    """

    sign: str = ""
    stamps: Mapping[str, Stamp] = field(default_factory=dict, repr=False)
    marked: frozenset[str] = frozenset()
    facts: Mapping[str, Facts] = field(default_factory=dict, repr=False)


def searched(folder: Path, *, on: bool = True) -> Searched:
    """What is known of the source code of a folder from an earlier search; nothing where caches are off. Never raises for what is on disk.

    Unlike facts of records, which count for a text, it counts for files whose state is as it was.
    """
    base, file = _search_file(folder, on=on)
    first, *rest = (_content(file) if file is not None else ()) or [b"[]"]
    with suppress(ValueError, TypeError):
        match codec.loads(first):
            case [str(sign), [*paths], [*states], [*marked]] if {str}.issuperset(map(type, (*paths, *marked))):
                each = ((path, *map(int, state)) for path, state in zip(paths, states, strict=True))
                stamps = {f"{base}/{path}": Stamp(mtime, size, inode, changed) for path, mtime, size, inode, changed in each}
                facts: dict[str, Facts] = {}
                alike = codec.Alike()
                for block in _blocks(rest):
                    found = codec.decode(block.data, [f"{base}/{path}" for path in block.paths], alike)
                    facts.update((one.path, one) for one in found)
                return Searched(sign, stamps, frozenset(f"{base}/{path}" for path in marked), facts)
    return Searched()


def save_searched(folder: Path, found: Searched, *, on: bool = True) -> None:
    """Keeps what a search of the source code of a folder found; but for files that changed just now, and may do so again unnoticed."""
    base, file = _search_file(folder, on=on)
    if file is None:
        return
    settled = time.time_ns() - _SETTLED
    stamps = {
        path[len(base) + 1 :]: stamp for path, stamp in found.stamps.items() if stamp.mtime_ns < settled and not stamp.is_fresh
    }
    kept = {path[len(base) + 1 :]: facts for path, facts in found.facts.items() if path[len(base) + 1 :] in stamps}
    marked = [path[len(base) + 1 :] for path in found.marked]
    states = [[stamp.mtime_ns, stamp.size, stamp.inode, stamp.changed_ns] for stamp in stamps.values()]
    first = codec.dumps([found.sign, list(stamps), states, marked])
    with suppress(OSError):
        _write(file, chain((first,), _lines(kept, len(first))), _FORMAT, key())
        _tidy(file)


_SETTLED = 2 * 10**9
"""So many nanoseconds after its last change a file that changes again has another time of change on any file system."""


def _search_file(folder: Path, *, on: bool) -> tuple[str, Path | None]:
    """A folder as paths name it, and where the searches of its source code are kept."""
    base = posixpath.normpath(folder.absolute().as_posix())
    place = directory() if on and not is_off() else None
    named = place / (_digest(base.encode("utf-8", "surrogatepass"), key(), "code") + _SUFFIX) if place is not None else None
    return base, named


def verdicts(folders: Sequence[Path], settings: Mapping[str, object], *, on: bool = True) -> list[bytes] | None:
    """What was kept of what checks of these folders together, with these settings, found, in lines; None where caches are off.

    Never raises for what is, or is not, on disk.
    """
    file = _verdicts_file(folders, settings) if on and not is_off() else None
    if file is None:
        return None
    found = list(_content(file, _FORMAT_OF_VERDICTS, whole_key()))
    if found:
        with suppress(OSError):  # used lately, so it is not the first one to be removed
            os.utime(file)
    return found


def save_verdicts(folders: Sequence[Path], settings: Mapping[str, object], found: Iterable[bytes], *, on: bool = True) -> None:
    """Keeps what checks of these folders with these settings found, in lines, where it is not too large.

    Never raises for what is on disk.
    """
    file = _verdicts_file(folders, settings) if on and not is_off() else None
    if file is not None:
        with suppress(OSError):
            _write(file, found, _FORMAT_OF_VERDICTS, whole_key())
            _tidy(file)


def _verdicts_file(folders: Sequence[Path], settings: Mapping[str, object]) -> Path | None:
    """Where the verdicts on some folders are kept; the name begins alike for all settings."""
    place = directory()
    if place is None:
        return None
    bases = [posixpath.normpath(folder.absolute().as_posix()) for folder in folders]
    set_ = json.dumps(settings, sort_keys=True, default=str)
    return place / f"{_digest(whole_key(), *bases)}-{_digest(set_)}{_SUFFIX}"


def is_off() -> bool:
    """Whether the environment turns caches off."""
    return os.environ.get(SWITCH, "").strip().casefold() in ("off", "0", "no", "false")


def directory() -> Path | None:
    """Where caches lie; None where the system has no such place."""
    named = os.environ.get(PLACE)
    if named:
        return Path(named).absolute() / _OWN
    from platformdirs import user_cache_path  # noqa: PLC0415  # only whoever opens a folder needs it

    with suppress(OSError, RuntimeError):
        found = user_cache_path("adr-ls", appauthor=False)
        return found / _OWN if found.is_absolute() else None
    return None


@dataclass(frozen=True)
class State:
    """What there is of caches: whether they are used, where they lie, and their number and bytes; for a folder, its own besides.

    `entries` is how many files' facts the folder's own cache has, `judged_size` the bytes of what checks of it found, with whatever settings.
    """

    on: bool
    directory: Path | None
    files: int = 0
    size: int = 0
    entries: int = 0
    own_size: int = 0
    judged_size: int = 0


def state(folder: Path, *, on: bool = True) -> State:
    """What there is of caches now, and of that of a folder. Never raises for what is on disk."""
    place = directory()
    if place is None:
        return State(on=False, directory=None)
    sizes = {path: status.st_size for path, status in _caches(place)}
    own, judged = Cache.opened(folder, on=on), _verdicts_file([folder], {})
    own_size = sizes.get(own.file, 0) if own.file else 0
    begins = judged.name.partition("-")[0] if judged is not None else ""
    judged_size = sum(size for path, size in sizes.items() if path.name.startswith(f"{begins}-"))
    return State(own.file is not None, place, len(sizes), sum(sizes.values()), own.entries, own_size, judged_size)


def told(folder: Path, *, on: bool = True) -> list[str]:
    """What there is of caches, as lines for people."""
    found = state(folder, on=on)
    if found.directory is None:
        return ["no cache: the system names no directory for one"]
    if not found.on:
        return [f"turned off ({'by ' + SWITCH if is_off() else 'by the settings'})", f"in {found.directory}: {_amount(found)}"]
    own = f"facts of {found.entries} files, {_size(found.own_size)}" if found.entries else "none yet"
    own += f"; what checks found, {_size(found.judged_size)}" if found.judged_size else ""
    return [f"of this folder: {own}", f"in {found.directory}: {_amount(found)} of at most {_size(MOST)}"]


def _amount(found: State) -> str:
    return f"{found.files} {'file' if found.files == 1 else 'files'}, {_size(found.size)}"


def _size(number: int) -> str:
    return f"{number / 1024 / 1024:.1f} MB" if number >= 1024 * 1024 else f"{(number + 1023) // 1024} KB"


# --- Keys ------------------------------------------------------------------------------------------------------------------------


def _digest(*parts: bytes | str) -> str:
    """One digest for several parts: 128 bits in hexadecimal."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()


@cache
def key() -> str:
    """What tells facts of this code from those of any other: version, types, and the state of the files that make them.

    The version alone says too little while somebody works on this very code.
    """
    return _digest(adr_ls.__version__, codec.schema(), *(f"{name} {size} {time}" for name, size, time in _makers()))


@cache
def whole_key() -> str:
    """The same for what checks find, which is made by all of this program."""
    return _digest(key(), *(f"{name} {size} {time}" for name, size, time in _programs()))


def _programs() -> Iterator[tuple[str, int, int]]:
    """All modules of this program, and what patterns of paths are matched by, as `_makers`."""
    own = Path(adr_ls.__file__).parent
    yield from _states(own, [*sorted(own.rglob("*.py")), *_origins("pathspec")])


def _states(base: Path, paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """The names, sizes and times of change of files, those that are there."""
    for path in paths:
        with suppress(OSError):
            status = path.stat()
            yield (
                path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name,
                status.st_size,
                status.st_mtime_ns,
            )


def _makers() -> Iterator[tuple[str, int, int]]:
    """The modules that facts are made by, each with its size and its time of change; none where they are no files."""
    own = Path(adr_ls.__file__).parent
    found = [
        *(path for part in ("syntax", "words", "record") for path in sorted((own / part).rglob("*.py"))),
        own / "log" / "mkdocs.py",
        own / "log" / "code.py",
    ]
    yield from _states(own, [*found, *_origins("mistune", "frontmatter", "yaml")])


def _origins(*names: str) -> Iterator[Path]:
    """The files of other modules."""
    for name in names:
        with suppress(ImportError, ValueError):
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.origin:
                yield Path(spec.origin)


# --- The file --------------------------------------------------------------------------------------------------------------------


def _content(file: Path, form: bytes = _FORMAT, made_by: str | None = None) -> list[bytes]:
    """The lines behind the first one of a cache; none where it is not ours, not whole, or of other code.

    They are read one by one: a piece of memory that has been given back, as large as the whole, is kept by the allocator from then on.
    """
    try:
        if not _is_ours(os.lstat(file.parent), modes.S_ISDIR) or not _is_ours(os.lstat(file), modes.S_ISREG):
            return []
        flags = os.O_RDONLY
        for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
            flags |= getattr(os, name, 0)
        with os.fdopen(os.open(file, flags), "rb") as source:
            status = os.fstat(source.fileno())
            if not _is_ours(status, modes.S_ISREG) or status.st_size > MOST_OF_ONE:
                return []
            head, whole, left = _head(form, made_by or key()), _checksum(), status.st_size
            first = source.readline(len(head) + _DIGITS + 1)
            found: list[bytes] = []
            while left > 0 and (line := source.readline(left)):
                left -= len(line)
                whole.update(line)
                found.append(line.rstrip(b"\n"))
    except (OSError, ValueError):
        return []
    return found if first == b"%b%b\n" % (head, whole.hexdigest().encode()) else []


_DIGITS = 32
"""How long a checksum is."""


def _checksum() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_DIGITS // 2)


def _head(form: bytes, made_by: str) -> bytes:
    """What the first line of a cache says, up to the checksum."""
    return b"%b %b " % (form, made_by.encode())


def _blocks(lines: Sequence[bytes]) -> Iterator[_Block]:
    """The blocks in a cache, up to the first that is none."""
    with suppress(ValueError):
        for keys, data in zip(lines[::2], lines[1::2], strict=False):
            match codec.loads(keys):
                case [[*paths], [*digests]] if len(paths) == len(digests) and {str}.issuperset(map(type, paths + digests)):
                    yield _Block(tuple(paths), tuple(digests), data)
                case _:
                    return


def _lines(kept: dict[str, Facts], size: int = 0) -> Iterator[bytes]:
    """The lines of a cache, in the order of the paths, as many as it may have behind so many bytes."""
    paths = sorted(kept)
    for start in range(0, len(paths), BLOCK):
        some = paths[start : start + BLOCK]
        facts = [kept[path] for path in some]
        lines = codec.dumps([some, [one.digest for one in facts]]), codec.encode(facts)
        size += sum(map(len, lines)) + len(lines)
        if size > MOST_OF_ONE - 1024:
            return
        yield from lines


def _is_ours(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Whether a file or directory is of that kind, belongs to the user, and nobody else may write to it."""
    return is_kind(status.st_mode) and _is_own(status)


if sys.platform == "win32":

    def _is_own(_status: os.stat_result) -> bool:
        """Whether that belongs to the user alone: there, everything in the user's own directories does, and a mode says nothing of it."""
        return True
elif sys.platform == "emscripten":

    def _is_own(status: os.stat_result) -> bool:
        """Whether nobody else may write to it: there are no users there, and whoever runs it has chosen the directory."""
        return not status.st_mode & _OTHERS_MAY_WRITE
else:

    def _is_own(status: os.stat_result) -> bool:
        """Whether that belongs to the user alone."""
        return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _write(file: Path, lines: Iterable[bytes], form: bytes, made_by: str) -> None:
    """Puts a cache in its place in one step, readable by the user alone, line by line as in `_content`.

    Raises `OSError`, also where it would be too large.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(os.lstat(file.parent), modes.S_ISDIR):
        raise PermissionError("the directory is another user's")
    made = file.with_name(f"{file.stem}-{os.urandom(8).hex()}{_UNFINISHED}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        with os.fdopen(os.open(made, flags, 0o600), "wb") as out:
            head, whole = _head(form, made_by), _checksum()
            out.write(b"%b%b\n" % (head, b" " * _DIGITS))
            for line in lines:
                whole.update(line + b"\n")
                _add(out, line + b"\n")
            out.seek(len(head))
            out.write(whole.hexdigest().encode())
        os.replace(made, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(made)
        raise


def _add(out: IO[bytes], line: bytes) -> None:
    if out.tell() + len(line) > MOST_OF_ONE:
        raise OSError(errno.EFBIG, "too large to be read again")
    out.write(line)


def _caches(place: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The caches in a directory, each with its status."""
    with suppress(OSError):
        for path in sorted(place.glob("*" + _SUFFIX)):
            with suppress(OSError):
                yield path, os.lstat(path)


def _tidy(own: Path) -> None:
    """Removes the caches that were not used for longest, until all together are small enough, and files that nobody will finish."""
    found = sorted(_caches(own.parent), key=lambda pair: (pair[0] == own, pair[1].st_mtime), reverse=True)
    size = 0
    for path, status in found:
        size += status.st_size
        if size > MOST:
            with suppress(OSError):
                os.unlink(path)
    for path in own.parent.glob("*" + _UNFINISHED):
        with suppress(OSError):
            if os.lstat(path).st_mtime < time.time() - _ABANDONED:
                os.unlink(path)
