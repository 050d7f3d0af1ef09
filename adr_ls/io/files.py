"""The file system, and what may be asked of it: list a folder, read a file. How files are changed is another matter: `changes`.

Folders come from strangers, so nothing here trusts them. Every path is resolved and must lie inside the folders that the user
opened, whatever symbolic links say; nothing waits for a pipe or reads a device; nothing is executed; sizes, depths and numbers of
files have limits. What is in the files is of no concern here.
"""

# pathlib has no flags, no file descriptors and no scandir, and resolved paths are strings here from end to end.
# ruff: noqa: PTH112, PTH113, PTH116, PTH118, PTH120, PTH208

from __future__ import annotations

import os
import stat as modes
import sys
import time
import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from heapq import merge
from pathlib import Path
from typing import Literal, overload

from adr_ls.io.tracked import Tracked
from adr_ls.syntax import lazy
from adr_ls.syntax.patterns import Patterns

MAX_BYTES = 2 * 1024 * 1024
"""The size of the largest file that is read."""

MAX_DEPTH = 32
"""How many folders below the root are walked into."""

MOST_LISTED = 20_000
"""How many files are listed where nobody says how many."""

MAX_SEEN = 500_000
"""How many files and folders a walk looks at, wanted or not."""

CANNOT = "cannot be read"
"""How a reason begins that the system gives, be it for a file or a folder."""

OWN = lazy.regex(r"\.adr-ls-(?P<change>[0-9a-f]{16})(?:\.\d+)?\.(?P<kind>[a-z]+)")
"""The names of our own files while something is changed; see `adr_ls.io.changes`."""

SKIPPED_FOLDERS = frozenset(
    {
        *(".git", ".hg", ".svn", ".bzr", ".jj"),
        *("node_modules", "bower_components", "site-packages", ".bundle", ".yarn", ".pnpm-store"),
        *(".venv", "venv", ".tox", ".nox", ".direnv", ".eggs"),
        *("__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".cache", ".gradle", ".terraform"),
    }
)
"""Folders that hold other people's work or a machine's: never walked, whatever a `.gitignore` says."""

SITE = ".adr-ls-site.json"
"""The file that says what adr-ls wrote in a folder of pages; see `adr_ls.io.site`."""
_SKIP_MARKS = {
    "pyvenv.cfg": "a Python environment",
    "CACHEDIR.TAG": "a cache",
    SITE: "a site that adr-ls wrote",
}
_VENDOR_MARKS = frozenset({"modules.txt", "autoload.php", "bundle"})
"""What Go, PHP and Ruby leave in a `vendor` folder; a team may well have a folder of that name for its own vendors."""

MARKS = frozenset({".gitignore", *_SKIP_MARKS, *_VENDOR_MARKS})
"""The names of what tells a walk to leave something alone, though it is not looked for."""


# --- Listing ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """What a walk found: paths relative to its root, with `/` between their parts, sorted.

    `truncated` says that there is more than was listed. `skipped` are the paths that could not be looked at or were left out
    for another reason than a rule of the project's own, each with that reason. `left` are files of our own: of a change that is under way,
    or was cut short. `empty` are the folders that hold nothing at all, `ignored` what the project's own rules leave out. `is_shipped` says
    that the root lies in no repository: nothing tells then whether what these rules name was left out when the files came here. `is_heeding`
    says that these rules held. `links` are those of the files that are links to one of the same name in another of these folders, as
    teams sort records by their state: each is the same file once more.
    """

    files: tuple[str, ...]
    truncated: bool
    skipped: tuple[tuple[str, str], ...]
    left: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    ignored: tuple[str, ...] = field(default=(), compare=False)
    is_shipped: bool = field(default=False, compare=False)
    is_heeding: bool = field(default=True, compare=False)
    links: tuple[str, ...] = ()

    @property
    def may_lack(self) -> bool:
        """Whether what ignore files name may be of the project nonetheless."""
        return self.is_shipped and bool(self.ignored)

    def after(self, found: Listing, only: Collection[str]) -> Listing | None:
        """The listing once these files may have come or gone, of which a walk of `only` them has `found` what is there; None where that cannot be told."""
        is_whole = self.is_heeding and not self.truncated
        if not is_whole or found.truncated or found.skipped or found.left or any(map(self._is_folder, only)):
            return None
        gone, folders = frozenset(only), _above(only)
        files = tuple(merge((path for path in self.files if path not in gone), found.files))
        return (
            None
            if len(files) > MOST_LISTED
            else Listing(
                files,
                False,
                tuple(one for one in self.skipped if one[0] not in gone),
                self.left,
                tuple(sorted({*self.empty} - folders | {*found.empty})),
                tuple(sorted({*self.ignored} - gone | {*found.ignored})),
                self.is_shipped,
                links=tuple(sorted({*self.links} - gone | {*found.links})),
            )
        )

    def _is_folder(self, path: str) -> bool:
        """Whether there was a folder with files at a path."""
        behind = bisect_left(self.files, f"{path}/")
        return behind < len(self.files) and self.files[behind].startswith(f"{path}/")


def _above(paths: Iterable[str]) -> frozenset[str]:
    """The folders in which paths lie, and those above, relative to the root as these are; the root is empty."""
    found: set[str] = {""}
    for path in paths:
        home = os.path.dirname(path)
        while home not in found:
            found.add(home)
            home = os.path.dirname(home)
    return frozenset(found)


def walk(
    root: Path,
    *,
    want: Callable[[str], bool],
    limit: int = MOST_LISTED,
    cancelled: Callable[[], bool] = lambda: False,
    only: Collection[str] | None = None,
    heeding: bool = True,
) -> Listing:
    """The files below a root whose names are wanted, at most `limit` of them. Never raises for what it meets on disk.

    Links to folders are not followed, and links to files are listed only if they lead to a file below the root. Folders in
    `SKIPPED_FOLDERS` and what `.gitignore` files and `.git/info/exclude` rule out, if it is not committed, are left alone; other hidden folders are walked,
    as some teams keep decisions there. A repository inside of a repository, be it a clone, a worktree or a submodule, is not walked
    into: its files are not this one's. Folders near the root come first, so that a truncated listing has these.
    `cancelled` is asked often; once it says yes, the listing ends as it is, truncated. `only` are the relative paths of the files of
    which it is to be found out whether a walk lists them; no others are looked at, nor folders that do not lead to them. `heeding` says
    whether the rules of ignore files hold.
    """
    return _Walk(root, want, limit, cancelled, only, heeding=heeding).run()


def is_in_repository(folder: Path) -> bool:
    """Whether a folder seems to be in a git repository: this one or one above has what such a one has. Nothing of that is read."""
    return any(os.path.lexists(one / ".git") for one in (folder, *folder.parents))


def is_crawlable(root: Path) -> bool:
    """Whether a folder may be walked as a whole: a home folder, one above it, or the root of a file system may not."""
    real = os.path.realpath(root)
    if os.path.dirname(real) == real:
        return False
    try:
        home = os.path.realpath(Path.home())
    except (RuntimeError, OSError):  # There is no home to protect.
        return True
    return not _is_below(real, home)


class _Walk:
    """One walk: its limits, and what it has found so far."""

    def __init__(
        self,
        root: Path,
        want: Callable[[str], bool],
        limit: int,
        cancelled: Callable[[], bool],
        only: Collection[str] | None = None,
        *,
        heeding: bool = True,
    ) -> None:
        self.root = os.path.realpath(root)
        self.heeding = heeding
        self.only = frozenset(only) | _above(only) if only is not None else None
        self.want, self.limit, self.cancelled = want, limit, cancelled
        self.files: list[str] = []
        self.skipped: list[tuple[str, str]] = []
        self.left: list[str] = []
        self.empty: list[str] = []
        self.ignored: list[str] = []
        self.links: list[str] = []
        self.folders: deque[tuple[str, int, _Ignored]] = deque([("", 0, _Ignored.outermost(self.root))])
        self.is_repository = os.path.lexists(os.path.join(self.root, ".git"))
        self.tracked = Tracked(partial(_index_of, self.root))
        self.been_in: set[tuple[int, int]] = set()
        self.seen = 0
        self.truncated = False

    def run(self) -> Listing:
        """Walks until everything was seen, a limit is reached or the walk is cancelled."""
        while self.folders and not self.truncated:
            self.folder(*self.folders.popleft())
        left, empty = tuple(sorted(self.left)), tuple(sorted(self.empty))
        ignored = tuple(sorted(self.ignored))
        return Listing(
            tuple(sorted(self.files)),
            self.truncated,
            tuple(sorted(self.skipped)),
            left,
            empty,
            ignored,
            not is_in_repository(Path(self.root)),
            self.heeding,
            tuple(sorted(self.links)),
        )

    def skip(self, path: str, reason: str) -> Literal[False]:
        """Notes a path, which must be fit to be shown, as left out; False, as it is not to be listed."""
        self.skipped.append((path.encode("utf-8", "replace").decode(), reason))
        return False

    def ignore(self, path: str) -> None:
        """Notes a path as left out by a rule of the project's own."""
        if _is_unicode(path):
            self.ignored.append(path)

    def folder(self, path: str, depth: int, ignored: _Ignored) -> None:
        """Lists the files in one folder and queues the folders in it."""
        full = os.path.join(self.root, path) if path else self.root
        try:
            status = os.lstat(full)
            if not modes.S_ISDIR(status.st_mode) or (status.st_ino and (status.st_dev, status.st_ino) in self.been_in):
                return  # It was swapped for a link meanwhile, or is mounted inside itself.
            self.been_in.add((status.st_dev, status.st_ino))
            with os.scandir(full) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self.skip(path or ".", _reason(error))
            return
        if not entries and _is_unicode(path):
            self.empty.append(path)
        names = {entry.name for entry in entries}
        for mark, what in _SKIP_MARKS.items():
            if mark in names and path:
                self.skip(path, f"is {what}")
                return
        if path and ".git" in names and (self.is_repository or os.path.isfile(os.path.join(full, ".git"))):
            self.skip(path, "is another repository or another worktree of this one")
            return
        if path.rpartition("/")[2] == "vendor" and names & _VENDOR_MARKS:
            self.skip(path, "holds other projects")
            return
        if ".gitignore" in names and self.heeding and not ignored.is_all:
            ignored = ignored.with_file(full, path, self.skip)
        for entry in entries:
            self.seen += 1
            if self.seen > MAX_SEEN or (self.seen % 200 == 1 and self.cancelled()):
                self.truncated = True
            if self.truncated:
                return
            name = composed(full, entry.name)
            there = f"{path}/{name}" if path else name
            if self.only is None or there in self.only:
                self.entry(entry, there, depth, ignored)

    def entry(self, entry: os.DirEntry[str], path: str, depth: int, ignored: _Ignored) -> None:
        """Queues a folder, or lists a file."""
        try:
            if entry.name.startswith(".") and OWN.fullmatch(entry.name):
                self.left.append(path)
            elif entry.is_dir(follow_symlinks=False):
                if entry.name in SKIPPED_FOLDERS:
                    return
                if ignored.holds(path + "/"):
                    if not self.tracked.any_below(path):
                        self.ignore(path)
                        return
                    ignored = ignored.with_all(path)
                if depth == MAX_DEPTH:
                    self.skip(path, f"lies more than {MAX_DEPTH} folders deep")
                    return
                self.folders.append((path, depth + 1, ignored))
            elif self.listed(entry, path, ignored):
                if len(self.files) < self.limit:
                    self.files.append(path)
                else:
                    self.truncated = True
        except OSError as error:
            self.skip(path, _reason(error))

    def listed(self, entry: os.DirEntry[str], path: str, ignored: _Ignored) -> bool:
        """Whether the entry is a file to be listed. Raises `OSError` where that cannot be found out."""
        if not self.want(entry.name):
            return False
        if ignored.holds(path) and path not in self.tracked:
            self.ignore(path)
            return False
        if not _is_unicode(path):
            return self.skip(path, "has a name that is not Unicode")
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if not _is_below(self.root, target):
                return self.skip(path, "is a link to a place outside the folder")
            if os.path.isdir(target) or entry.name.startswith(".#"):  # Emacs leaves such beside what is being edited
                return False
            if not os.path.isfile(target):
                return self.skip(path, "is a link that leads to no file")
            if self._is_walked(target) and Path(target).name == entry.name:
                self.links.append(path)
            return True
        return entry.is_file(follow_symlinks=False) or self.skip(path, "is not a regular file")

    def _is_walked(self, target: str) -> bool:
        """Whether a file below the root lies in a folder that is walked, but for what ignore files say."""
        return SKIPPED_FOLDERS.isdisjoint(Path(os.path.relpath(target, self.root)).parts)


def _is_unicode(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- Names -----------------------------------------------------------------------------------------------------------------------


def composed(folder: str, name: str) -> str:
    """The name of an entry of a folder, its accents as one character each (NFC) where the file system takes both forms for one name.

    Some hand out another form than git and editors write; on others, such as most on Linux, the two are different names.
    """
    if name.isascii() or unicodedata.is_normalized("NFC", name):
        return name
    other = unicodedata.normalize("NFC", name)
    return other if _is_one(os.path.join(folder, name), os.path.join(folder, other)) else name


def spelled(path: Path, roots: Sequence[Path]) -> Path:
    """The path as a walk of the roots spells it, where the file system takes several spellings for one: in case, or in normal form.

    So it does where a root is opened by a link, or lies behind one, and the path goes where that leads.

    What it tells apart, what is not there and what lies outside stays as it is; outside the roots nothing is looked at.
    """
    for root in roots:
        below = _parts_below(root, path)
        if below is None and not any(path.is_relative_to(other) for other in roots):
            below = _parts_below(Path(os.path.realpath(root)), path)
        if below is not None:
            found = str(root)
            for part in below:
                found = os.path.join(found, _listed(found, part))
            return Path(found)
    return path


def _parts_below(root: Path, path: Path) -> tuple[str, ...] | None:
    """The parts of a path below a root that may be spelled otherwise in it; None where it is not below."""
    start, rest = path.parts[: len(root.parts)], path.parts[len(root.parts) :]
    if len(start) < len(root.parts) or ".." in rest:
        return None
    if start == root.parts:
        return rest
    alike = all(_folded(one) == _folded(other) for one, other in zip(start, root.parts, strict=True))
    return rest if alike and _is_one(str(root), str(Path(*start))) else None


def _listed(folder: str, name: str) -> str:
    """The name that a folder lists for what it finds under a name."""
    here = os.path.join(folder, name)
    others = {name.swapcase(), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))} - {name}
    if not any(_is_one(here, os.path.join(folder, other)) for other in others):
        return name
    try:
        names = os.listdir(folder)
    except OSError:
        return name
    alike = (one for one in names if _folded(one) == _folded(name) and _is_one(here, os.path.join(folder, one)))
    return composed(folder, name if name in names else next(alike, name))


def _folded(name: str) -> str:
    """A name without what file systems may take no notice of."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_one(path: str, other: str) -> bool:
    """Whether there is the same thing at both paths, be it a link."""
    try:
        return os.path.samestat(os.lstat(path), os.lstat(other))
    except (OSError, ValueError):
        return False


# --- .gitignore ------------------------------------------------------------------------------------------------------------------

_MAX_IGNORE_BYTES = 256 * 1024
_MAX_INDEX_BYTES = 64 * 1024 * 1024


class _Ignored:
    """The ignore rules that hold in a folder: its own, and below them, those of the folders above.

    The nearest file that has anything to say about a path decides, and in it the last rule that does. As a walk never enters an
    ignored folder, nothing in it can be included again, which is Git's way too. What is committed is not ignored, see `adr_ls.io.tracked`.
    """

    def __init__(self, folder: str, patterns: Patterns, above: _Ignored | None, *, is_all: bool = False) -> None:
        self.folder, self.patterns, self.above = folder, patterns, above
        self.is_all = is_all
        """Whether this is an ignored folder, in which no file of its own says what is not."""

    @classmethod
    def outermost(cls, root: str) -> _Ignored:
        """The rules of `.git/info/exclude`. Git's other files lie outside the folder, and are none of our business."""
        lines = _ignore_lines(os.path.join(root, ".git", "info", "exclude"))
        return cls("", Patterns.read(lines or ()), None)

    def with_file(self, full: str, folder: str, skip: Callable[[str, str], object]) -> _Ignored:
        """These rules, topped by the `.gitignore` in a folder; what is wrong with that is reported to `skip`."""
        path = f"{folder}/.gitignore" if folder else ".gitignore"
        lines = _ignore_lines(os.path.join(full, ".gitignore"))
        if lines is None:
            skip(path, "is no file of reasonable size")
            return self
        patterns = Patterns.read(lines, lambda _, reason: skip(path, f"has a rule that {reason}"))
        return _Ignored(f"{folder}/" if folder else "", patterns, self) if patterns.rules else self

    def with_all(self, folder: str) -> _Ignored:
        """These rules below a folder that is ignored, of which all is but what is kept nonetheless."""
        return _Ignored(f"{folder}/", Patterns.read(["*"]), self, is_all=True)

    def holds(self, path: str) -> bool:
        """Whether a path relative to the root is ignored; that of a folder ends with `/`."""
        level: _Ignored | None = self
        while level is not None:
            decided = level.patterns.decide(path[len(level.folder) :])
            if decided is not None:
                return decided
            level = level.above
        return False


def _index_of(root: str) -> bytes:
    """The index of the repository at a root, empty where there is none that can be read."""
    try:
        with _opened(os.path.join(root, ".git", "index")) as (file, status):
            return _read_all(file, _MAX_INDEX_BYTES) if status.st_size <= _MAX_INDEX_BYTES else b""
    except OSError:
        return b""


def _ignore_lines(path: str) -> list[str] | None:
    """The lines of an ignore file that is a plain file of reasonable size, else None. Git follows no link here either."""
    try:
        with _opened(path) as (file, status):
            if status.st_size > _MAX_IGNORE_BYTES:
                return None
            return os.read(file, _MAX_IGNORE_BYTES).decode("utf-8", "replace").split("\n")
    except OSError:
        return None


# --- Reading ---------------------------------------------------------------------------------------------------------------------


FRESH = 100_000_000
"""So many nanoseconds after a change a file may change again at the same time, as file systems count it: in ticks of a clock."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another.

    `changed_ns` is when anything of it changed, which no program can set back as it can the time of its bytes; 0 where a system keeps no
    such time. `is_fresh` tells that it changed just when it was looked at, so that it may be another at the same time; it is no part of
    the state, and so not compared.
    """

    mtime_ns: int
    size: int
    inode: int
    changed_ns: int = 0
    is_fresh: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp in a file's status, as of now."""
        changed = status.st_ctime_ns if sys.platform != "win32" else 0  # there it is when the file was made
        is_fresh = time.time_ns() - (changed or status.st_mtime_ns) < FRESH
        return cls(status.st_mtime_ns, status.st_size, status.st_ino, changed, is_fresh)

    def holds(self, now: Stamp | None) -> bool:
        """Whether a file that was in this state is so still."""
        return not self.is_fresh and self == now

    def has_bytes_of(self, other: Stamp | None) -> bool:
        """Whether both are states of a file with the same bytes, be it that it was moved, linked or got other permissions meanwhile."""
        return other is not None and (self.mtime_ns, self.size, self.inode) == (other.mtime_ns, other.size, other.inode)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with its line ends as they are, without the byte order mark, and the state of the file it is from."""

    text: str
    bom: bool
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file has no text, as the rest of a sentence that starts with its name: `is not UTF-8 text`."""

    reason: str


class Folders(Sequence[Path]):
    """Folders for as long as one reading takes, for which each directory is resolved once: what lies in them then is what did at first."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._resolved: dict[str, str | None] = {}

    @overload
    def __getitem__(self, at: int) -> Path: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Path]: ...
    def __getitem__(self, at: int | slice) -> Path | Sequence[Path]:
        return self._folders[at]

    def __len__(self) -> int:
        return len(self._folders)

    def resolved(self, directory: str) -> str | None:
        """The directory with all links resolved; None where it lies in none of the folders."""
        if directory not in self._resolved:
            real = os.path.realpath(directory)
            self._resolved[directory] = real if _is_within(self, real) else None
        return self._resolved[directory]


def entries(folder: Path, roots: Sequence[Path]) -> frozenset[str] | None:
    """The names of all that is in a folder in one of the roots, links resolved; none where there is no such folder.

    It is `None`, as nobody can tell, where the folder lies outside or may not be looked into.
    """
    try:
        if not contains(roots, folder):
            return None
        return frozenset(composed(str(folder), name) for name in os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    except (OSError, ValueError):  # A ValueError is a path with a NUL in it
        return None


def read(path: Path, roots: Sequence[Path]) -> Text | Unreadable:
    """The text of a file that lies in one of the roots, links resolved. Never raises for what is on disk, and never waits.

    Outside the roots not even the existence of a file is looked at. Whoever reads many files gives `Folders`.
    """
    try:
        found = _contents(path, roots)
        if isinstance(found, Unreadable):
            return found
        data, status = found
    except _NotAFileError:
        return Unreadable("is not a regular file")
    except FileNotFoundError:
        return Unreadable("does not exist")
    except (OSError, ValueError) as error:  # A ValueError is a path with a NUL in it.
        return Unreadable(_reason(error))
    if len(data) > MAX_BYTES:  # It grew, or is one of those of /proc, which claim to be empty.
        return Unreadable("is larger than 2 MiB")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Unreadable("is not UTF-8 text")
    bom = text.startswith("\ufeff")
    return Text(text[1:] if bom else text, bom, Stamp.of(status))


def contents(path: Path, roots: Sequence[Path], most: int) -> bytes | Unreadable:
    """The bytes of a file that is no text, of which it may have so many; as `read` looks only at what lies in one of the roots."""
    try:
        found = _contents(path, roots, most)
    except (OSError, ValueError) as error:
        return Unreadable(_reason(error))
    if isinstance(found, Unreadable):
        return found
    return found[0] if len(found[0]) <= most else Unreadable("is too large")


def _contents(path: Path, roots: Sequence[Path], most: int = MAX_BYTES) -> tuple[bytes, os.stat_result] | Unreadable:
    """The bytes of a file and its status; raises what the system does."""
    directory, name = os.path.split(path)
    within = roots.resolved(directory) if isinstance(roots, Folders) and name not in ("", os.curdir, os.pardir) else None
    if within is not None:
        with suppress(_NotAFileError):  # but perhaps a link to one
            return _bytes(os.path.join(within, name), most)
    real = os.path.realpath(path)
    return _bytes(real, most) if _is_within(roots, real) else Unreadable("lies outside the opened folders")


def _bytes(real: str, most: int) -> tuple[bytes, os.stat_result] | Unreadable:
    """The same of a regular file at a path without links. Raises `OSError`."""
    with _opened(real) as (file, status):
        return (_read_all(file, most), status) if status.st_size <= most else Unreadable(f"is larger than {most >> 20} MiB")


def stamp(path: Path) -> Stamp | None:
    """The state of a regular file, a link to one included; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return Stamp.of(status) if modes.S_ISREG(status.st_mode) else None


def contains(roots: Sequence[Path], path: Path) -> bool:
    """Whether a path is, or would be, in one of the roots or one of them itself, all links resolved."""
    try:
        return _is_within(roots, os.path.realpath(path))
    except (OSError, ValueError):
        return False


def _is_within(roots: Sequence[Path], real: str) -> bool:
    """Whether a resolved path is in one of the roots."""
    return any(_is_below(os.path.realpath(root), real) for root in roots)


def _is_below(root: str, path: str) -> bool:
    """Whether a resolved path is the resolved root or below it. `/ws-evil` is not below `/ws`."""
    sep = os.path.sep
    root, path = os.path.normcase(root).rstrip(sep), os.path.normcase(path).rstrip(sep)
    return f"{path}{sep}".startswith(f"{root}{sep}")


class _NotAFileError(OSError):
    """A folder, pipe, socket or device stands where a file was asked for."""


@contextmanager
def _opened(path: str) -> Iterator[tuple[int, os.stat_result]]:
    """A regular file, opened for reading, and its status. Raises `OSError`.

    It is looked at before it is opened, since opening a device may already do something, and after, since it may have changed.
    """
    if not modes.S_ISREG(os.lstat(path).st_mode):
        raise _NotAFileError
    # Not all systems have all flags. Without O_BINARY, Windows changes line ends.
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
        flags |= getattr(os, name, 0)
    file = os.open(path, flags)
    try:
        status = os.fstat(file)
        if not modes.S_ISREG(status.st_mode):
            raise _NotAFileError
        yield file, status
    finally:
        os.close(file)


def _read_all(file: int, most: int) -> bytes:
    """Everything in a file, up to one byte more than may be read."""
    parts: list[bytes] = []
    left = most + 1
    while left and (part := os.read(file, min(left, 1 << 16))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    """What went wrong as the rest of a sentence, without a path, which may say more than it should."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{CANNOT} ({said.lower() or 'unknown error'})"


def repository_of(folder: Path) -> Path | None:
    """The nearest folder, this one or one above, that holds a repository and may be walked."""
    for candidate in (folder, *folder.absolute().parents):
        if (candidate / ".git").exists():
            return candidate if is_crawlable(candidate) else None
    return None
