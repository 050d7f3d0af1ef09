"""The search of source code that nobody has opened, for references to records.

What is searched is what the rules in `.gitignore` files leave: git itself is not asked, since opening a repository runs nothing. Only
texts of a sane size are read, each once for as long as it stays as it is, and only those are looked at closer that have a number behind
the name of a series, or what may be the end of a path to a record. Nothing of a text is kept but the facts of its references.
"""

from __future__ import annotations

import posixpath
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from adr_ls.io import cache
from adr_ls.io.cache import Searched
from adr_ls.io.disk import Loaded
from adr_ls.io.files import Stamp, Unreadable
from adr_ls.io.filesystem import DISK, FileSystem
from adr_ls.log import code as coding
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of

MOST = 200_000
"""How many files of a folder are searched at most."""
SLICE, PAUSE = 50, 0.001
"""After so many files that are read it rests for so many seconds: other threads have something to do."""

_BINARY = frozenset(
    {
        *(
            ".png",
            ".jpg",
            ".jpeg",
            ".gif",
            ".webp",
            ".ico",
            ".bmp",
            ".tif",
            ".tiff",
            ".pdf",
            ".psd",
            ".mp3",
            ".mp4",
            ".mov",
            ".wav",
        ),
        *(
            ".zip",
            ".gz",
            ".bz2",
            ".xz",
            ".zst",
            ".7z",
            ".tar",
            ".tgz",
            ".jar",
            ".war",
            ".whl",
            ".egg",
            ".so",
            ".dll",
            ".dylib",
            ".a",
        ),
        *(
            ".o",
            ".obj",
            ".lib",
            ".exe",
            ".bin",
            ".class",
            ".pyc",
            ".pyo",
            ".wasm",
            ".ttf",
            ".otf",
            ".woff",
            ".woff2",
            ".eot",
            ".db",
        ),
        *(".sqlite", ".parquet", ".npy", ".npz", ".pkl", ".pt", ".onnx", ".map", ".lock", ".min.js", ".min.css"),
    }
)
"""Endings of files that are no texts that anybody wrote."""


def is_text(base: str) -> bool:
    """Whether a file of that name may be a text that somebody wrote."""
    name = base.casefold()
    return not any(
        name.endswith(ending) for ending in (posixpath.splitext(name)[1], ".min.js", ".min.css") if ending in _BINARY
    )


def search(
    workspace: Workspace,
    known: Searched | None = None,
    *,
    roots: Collection[str] | None = None,
    cached: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    system: FileSystem = DISK,
) -> Searched:
    """What the source code in opened folders says of the records of a workspace.

    `roots` are the folders to search, None for those whose settings want it. `known` is what an earlier search found, which is taken over
    for files that are as they were; without any, `cached` says whether to begin with what an earlier start kept.
    """
    found = Searched()
    for root in workspace.searched if roots is None else roots:
        sign = _sign(workspace)
        before = known
        if before is None and cached and system.is_shared:
            before = cache.searched(Path(root), on=workspace.is_cached(root))
        if before is None or before.sign != sign:
            before = Searched(sign)
        here = _Search(workspace, root, before, cancelled, system).run()
        if known is None and cached and system.is_shared and not cancelled():
            cache.save_searched(Path(root), here, on=workspace.is_cached(root))
        found = Searched(sign, {**found.stamps, **here.stamps}, found.marked | here.marked, {**found.facts, **here.facts})
    return found


def add(loaded: Loaded, known: Searched | None = None, *, is_asked: bool, system: FileSystem = DISK) -> Searched:
    """Adds what the source code says to what was read of the folders: all of it if it `is_asked` for, else what the settings want.

    `known` is what an earlier call gave.
    """
    roots = loaded.workspace.roots if is_asked else loaded.workspace.searched
    found = search(loaded.workspace, known, roots=roots, cached=True, system=system)
    loaded.workspace = loaded.workspace.with_code(found.facts)
    loaded.stamps.update(found.stamps)
    loaded.marked.update(found.marked)
    return found


def again(workspace: Workspace, known: Searched, paths: Collection[str], system: FileSystem = DISK) -> Searched:
    """What was known of source code, with some of its files looked at anew; those that are gone are left out.

    Where one is a folder, or was one, everything is looked at.
    """
    others = tuple(f"{path}/" for path in paths if path not in known.stamps)
    if any(system.is_folder(Path(path)) for path in others) or (
        others and any(path.startswith(others) for path in known.stamps)
    ):
        return search(workspace, known, system=system)
    stamps, facts, marked = dict(known.stamps), dict(known.facts), set(known.marked)
    for path in paths:
        for one in (stamps, facts):
            one.pop(path, None)
        marked.discard(path)
    found = replace(known, stamps=stamps, facts=facts, marked=frozenset(marked))
    for root in workspace.searched:
        own = sorted(path for path in paths if workspace.root_of(path) == root and workspace.reach(path) == "all")
        here = _Search(workspace, root, Searched(known.sign), lambda: False, system).read(own)
        found = Searched(known.sign, {**found.stamps, **here.stamps}, found.marked | here.marked, {**found.facts, **here.facts})
    return found


def _sign(workspace: Workspace) -> str:
    """What tells what is looked for."""
    return " ".join(workspace.names.signs)


class _Search:
    """One search of one folder."""

    def __init__(
        self, workspace: Workspace, root: str, before: Searched, cancelled: Callable[[], bool], system: FileSystem
    ) -> None:
        self._workspace = workspace
        self._root = root
        self._before = before
        self._cancelled = cancelled
        self._system = system
        self._stamps: dict[str, Stamp] = {}
        self._marked: set[str] = set()
        self._facts: dict[str, Facts] = {}

    def run(self) -> Searched:
        """Searches the whole folder, but not a home folder or a whole disk."""
        folder = Path(self._root)
        if not self._system.is_crawlable(folder):
            return Searched(self._before.sign)
        listing = self._system.walk(folder, want=is_text, cancelled=self._cancelled, limit=MOST)
        return self.read([posixpath.join(self._root, path) for path in listing.files if coding.is_code(path)])

    def read(self, paths: list[str]) -> Searched:
        """Searches some files of it."""
        read = 0
        for path in paths:
            stamp = self._system.stamp(Path(path))
            if stamp is None:
                continue
            before = self._before.stamps.get(path)
            if before is not None and before.holds(stamp):
                self._take_over(path, stamp)
                continue
            if stamp.size <= coding.LARGEST:
                self._look(path)
                read += 1
                if read % SLICE == 0:
                    if self._cancelled():
                        break
                    time.sleep(PAUSE)
            self._stamps.setdefault(path, stamp)
        return Searched(self._before.sign, self._stamps, frozenset(self._marked), self._facts)

    def _take_over(self, path: str, stamp: Stamp) -> None:
        self._stamps[path] = stamp
        if path in self._before.facts:
            self._facts[path] = self._before.facts[path]
        if path in self._before.marked:
            self._marked.add(path)

    def _look(self, path: str) -> None:
        found = self._system.read(Path(path), [Path(self._root)])
        if isinstance(found, Unreadable):
            return
        self._stamps[path] = found.stamp
        if "\0" in found.text or coding.is_made(found.text) or not self._workspace.names.may_name(found.text):
            return
        code = coding.code_of(path, found.text, self._root)
        if code.mentions:
            self._facts[path] = facts_of(code)
            if found.bom:
                self._marked.add(path)


def some(workspace: Workspace, paths: Collection[str], known: Searched | None = None, system: FileSystem = DISK) -> Searched:
    """What some files of source code in the opened folders say of records, whatever the settings say: somebody asks about these.

    `known` is what an earlier call found, which is taken over for files that are as they were.
    """
    sign = _sign(workspace)
    before = known if known is not None and known.sign == sign else Searched(sign)
    found = Searched(sign)
    for root in workspace.roots:
        own = sorted(
            path for path in paths if workspace.root_of(path) == root and coding.is_code(posixpath.relpath(path, root))
        )
        here = _Search(workspace, root, before, lambda: False, system).read(own)
        found = Searched(sign, {**found.stamps, **here.stamps}, found.marked | here.marked, {**found.facts, **here.facts})
    return found
