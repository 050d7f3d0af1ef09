"""What git knows of the files of a folder's logs: their versions, read in one walk for each repository, and the old texts.

git is asked as in `git`: for commits, trees and blobs alone, by commands that look at nothing else and take no notice of how the repository
wants things to be shown (gitrevisions(7), git-rev-list(1), git-diff-tree(1), git-cat-file(1)).
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from adr_ls.history.story import Story, story
from adr_ls.history.versions import Commit, Step, Touch, Version, ancestry, joined, versions
from adr_ls.io import files, git
from adr_ls.io.files import Stamp
from adr_ls.io.terminal import CommandError, clean
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.record import Record, record_of
from adr_ls.syntax import lazy

MOST = 100_000
"""How many commits that changed something beside the records are looked at; who has more gets no history."""
AT_ONCE = 500
"""So many commits, or texts, git is asked about at a time; between two questions whoever asked may give up."""
TOGETHER = 50
"""Of so many records the old texts are at hand at a time."""
ROUNDS = 6
"""How many times records are followed to where they were before."""
PLACES = 200
"""In how many places they are looked for at most."""
FEW = 4
"""More files than these that came from one folder are looked for as all of that folder."""
NAME = 80
"""How many characters of a name are told."""
VERSIONS = 2000
"""Of how many versions of one record the text is read."""
PATIENCE = 120
"""Seconds that one question may take: git walks through all commits for the first one."""
_FORMAT = "--format=%H%x00%P%x00{}%x00%aI%x00%cI"
_MAPPED, _WRITTEN = "%aN", "%an"
"""An author's name as ``.mailmap`` has it, and as the commit has it."""
_COMPARE = (
    *("diff-tree", "--stdin", "--always", "-m", "-r", "--root", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv"),
    *("--ignore-submodules=all", "--no-color", "--encoding=UTF-8", "-l400"),
)
_FILES = (b"100644", b"100755")
"""The modes of regular files, see gitformat-index(5)."""
_DATE = lazy.regex(r"(?:19|20)\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(?:[+-]\d\d:\d\d|Z)")

_T = TypeVar("_T")
Wanted = Callable[[], bool]
"""Whether the answer is still wanted."""


class NoHistoryError(CommandError):
    """There is no history here; the message says why."""


@dataclass(frozen=True, eq=False)
class Past:
    """The versions of the files of some folders, by absolute path, in one repository as it was at a commit."""

    folder: Path
    head: str
    tips: Mapping[str, Version]

    def texts(self, paths: Iterable[str], wanted: Wanted = lambda: True) -> Mapping[str, str]:
        """The texts of all versions of the files at these paths, by the ids that git gives them, without those that cannot be read."""
        tips = (self.tips[path] for path in paths if path in self.tips)
        blobs = dict.fromkeys(one.blob for tip in tips for one in islice(ancestry(tip, VERSIONS), VERSIONS) if one.blob)
        found: dict[str, str] = {}
        for chunk in _chunks([*blobs], AT_ONCE):
            if not wanted():
                break
            found.update(_read(self.folder, chunk))
        return found


class Told(NamedTuple):
    """The story of the record at a path, and that as it was committed last, None where that cannot be read."""

    path: str
    story: Story
    committed: Record | None


class Head(NamedTuple):
    """Where a work tree's commit is written down, its log included, and the states of those files: another commit is another state."""

    folder: Path
    states: tuple[Stamp | None, ...]

    @staticmethod
    def of(folder: Path) -> Head:
        """That of the work tree whose own files git keeps in a folder."""
        return Head(folder, tuple(files.stamp(folder / name) for name in ("HEAD", "logs/HEAD")))

    @property
    def is_current(self) -> bool:
        """Whether the same commit is checked out still, as far as that can be seen without git."""
        return Head.of(self.folder) == self


@dataclass(frozen=True)
class Archive:
    """The pasts of the logs of a workspace, by their directories, and why some have none."""

    pasts: Mapping[str, Past]
    lacking: Mapping[str, str]
    heads: Mapping[str, Head] = field(default_factory=dict)
    """Of each directory of which git knows something how it stood when that was read."""

    def stories(self, workspace: Workspace, paths: Iterable[str], wanted: Wanted = lambda: True) -> Iterator[Told]:
        """The stories of the records at these paths that were ever committed, one after the other, as long as they are wanted."""
        by_past: dict[Past, list[str]] = {}
        for path in paths:
            log = workspace.log_of(path)
            found = self.pasts.get(log.directory) if log is not None else None
            if found is not None and path in found.tips:
                by_past.setdefault(found, []).append(path)
        for found, own in by_past.items():
            for some in _chunks(own, TOGETHER):
                texts = found.texts(some, wanted)
                for path in some:
                    if not wanted():
                        return
                    read, tip = _Reading(path, texts), found.tips[path]
                    yield Told(path, story(tip, read, workspace.status), read(tip))


class _Reading:
    """Reads the versions of the file at a path, each once."""

    def __init__(self, path: str, texts: Mapping[str, str]) -> None:
        self._stem, self._texts = posixpath.splitext(path)[0], texts
        self._read: dict[Version, Record | None] = {}

    def __call__(self, version: Version) -> Record | None:
        if version not in self._read:
            text, suffix = self._texts.get(version.blob), posixpath.splitext(version.path)[1]
            self._read[version] = None if text is None else record_of(self._stem + suffix, text)
        return self._read[version]


@dataclass(frozen=True)
class Place:
    """Where a directory is: the top of its repository, how it is called from there, and the commit at which that is."""

    directory: str
    top: str
    prefix: str
    """Empty for the top itself, else with a slash at the end."""
    head: str


def place(directory: str) -> Place:
    """Where a directory is in its repository; raises `NoHistoryError` where it is in none, or in one without a history to rely on."""
    folder = Path(directory)
    if not folder.is_dir():
        raise NoHistoryError(f"“{clean(directory)}” is not there")
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-toplevel", "--show-prefix", "HEAD^{commit}")
    try:
        told = git.ask(folder, "rev-parse", *asked, patience=PATIENCE)
    except git.NoGitError as error:
        raise NoHistoryError(f"the history is git’s, which is {error}") from error
    except CommandError as error:
        raise NoHistoryError(str(error)) from error
    inside, shallow, *lines = [*os.fsdecode(told.stdout).split("\n"), "", ""]
    if inside != "true":
        raise NoHistoryError("there is no history, as this is in no git repository")
    if shallow == "true":
        raise NoHistoryError(
            "this is a shallow clone, which lacks the history; “git fetch --unshallow” gets it (in CI “fetch-depth: 0”)"
        )
    if told.returncode:
        raise NoHistoryError("there is no history, as nothing has been committed yet")
    *tops, prefix, commit = lines[:-3]
    return Place(directory, "\n".join(tops), prefix, commit)


def archive(directories: Iterable[str], known: Archive | None = None, wanted: Wanted = lambda: True) -> Archive:
    """The pasts of the logs in these directories; those of an earlier archive where nothing was committed since."""
    by_top: dict[str, list[Place]] = {}
    lacking: dict[str, str] = {}
    heads: dict[str, Head] = {}
    for directory in directories:
        head = known.heads.get(directory) if known is not None else None
        folder = head.folder if head is not None else _own_folder(directory)
        if folder is not None:
            heads[directory] = Head.of(folder)  # before git is asked, or what happens meanwhile would be missed
        found = _tried(partial(place, directory))
        if isinstance(found, Place):
            by_top.setdefault(found.top, []).append(found)
        else:
            lacking[directory] = found
    pasts: dict[str, Past] = {}
    for places in by_top.values():
        before = {known.pasts.get(one.directory) if known is not None else None for one in places}
        same = next(iter(before)) if len(before) == 1 else None
        still = _still(same, places) if same is not None else None
        past_ = still if still is not None else _tried(partial(past, places, wanted))
        if isinstance(past_, Past):
            pasts |= {one.directory: past_ for one in places}
        else:
            lacking |= {one.directory: past_ for one in places}
    return Archive(pasts, lacking, heads)


def _own_folder(directory: str) -> Path | None:
    """The folder in which git keeps what is a work tree's own; None where there is none."""
    try:
        told = git.answer(Path(directory), "rev-parse", "--absolute-git-dir", patience=PATIENCE)
    except (CommandError, OSError):
        return None
    return Path(os.fsdecode(told).removesuffix("\n"))


def _still(known: Past, places: Sequence[Place]) -> Past | None:
    """What was known, where no commit since has to do with these places; None where one has, or the branch is another one."""
    old, new, folder = known.head, places[0].head, Path(places[0].directory)
    if old == new:
        return known
    within = [spec for prefix in dict.fromkeys(one.prefix for one in places) for spec in _below(prefix)]
    ask = partial(git.ask, folder, patience=PATIENCE, literal=False)
    try:
        is_later = ask("merge-base", "--is-ancestor", old, new).returncode == 0
        commits = git.said(ask("rev-list", "--max-count=1", f"{old}..{new}", "--", *within)) if is_later else b"another branch"
    except CommandError:
        return None
    return None if commits else replace(known, head=new)


def _tried(work: Callable[[], _T]) -> _T | str:
    """What some work gives; why it gives nothing where there is no history."""
    try:
        return work()
    except NoHistoryError as error:
        return str(error)


def past(places: Sequence[Place], wanted: Wanted = lambda: True) -> Past:
    """The versions of all Markdown and AsciiDoc files in some directories of one repository.

    Raises `NoHistoryError` where git cannot tell, and where it is not wanted any more.
    """
    try:
        return _past(places, wanted)
    except NoHistoryError:
        raise
    except CommandError as error:
        raise NoHistoryError(str(error)) from error


def _past(places: Sequence[Place], wanted: Wanted) -> Past:
    folder, commit = Path(places[0].directory), places[0].head
    prefixes = [*dict.fromkeys(one.prefix for one in places)]
    within = [spec for prefix in prefixes for spec in _below(prefix)]
    steps: list[Step] = []
    for _ in range(ROUNDS):
        steps = _walk(folder, commit, within, wanted)
        elsewhere = _sources(folder, steps, prefixes, wanted).difference(within)
        if not elsewhere or len(elsewhere) + len(within) > PLACES:
            break
        within += sorted(elsewhere)
    tips = versions(steps)
    found = {
        posixpath.join(one.directory, path[len(one.prefix) :]): version
        for one in places
        for path, version in tips.items()
        if path.startswith(one.prefix)
    }
    return Past(folder, commit, found)


def _below(prefix: str) -> list[str]:
    """How a directory is told to git, in the way of gitglossary(7): as a pattern, which takes ten times as long, only at the top."""
    return [f":(top,literal){prefix}"] if prefix else [f":(top,glob)**/*{suffix}" for suffix in filename.READ]


def _escaped(path: str) -> str:
    return re.sub(r"([\\*?\[\]])", r"\\\1", path)


def _walk(folder: Path, commit: str, within: Sequence[str], wanted: Wanted) -> list[Step]:
    """All commits that changed something in some places, behind their parents."""
    told = git.answer(
        folder,
        *("rev-list", "--topo-order", "--reverse", "--parents", f"--max-count={MOST + 1}", commit, "--", *within),
        patience=PATIENCE,
        literal=False,
    )
    lines = told.decode("ascii").splitlines()
    if len(lines) > MOST:
        raise NoHistoryError(f"more than {MOST} commits changed the files here, which are too many to look at")
    return [step for chunk in _chunks(lines, AT_ONCE) for step in _compared(folder, chunk, within, wanted)]


def _sources(folder: Path, steps: Sequence[Step], prefixes: Iterable[str], wanted: Wanted) -> set[str]:
    """Where the records came from that came from elsewhere in the repository, as patterns of paths."""
    begun: dict[str, list[Version]] = {}
    own = tuple(prefixes)
    for path, tip in versions(steps).items():
        if path.startswith(own):
            for one in ancestry(tip, VERSIONS):
                if one.blob and not any(other.blob for other in one.before):
                    begun.setdefault(one.commit.id, []).append(one)
    lines = [" ".join((one[0].commit.id, *one[0].commit.parents)) for one in begun.values()]
    everywhere = [f":(top,glob)**/*{suffix}" for suffix in filename.READ]
    found: set[str] = set()
    for chunk in _chunks(lines, AT_ONCE):
        for commit, by_parent in _compared(folder, chunk, everywhere, wanted):
            paths = {one.path for one in begun[commit.id]}
            sources = [one.source for touches in by_parent for one in joined(touches) if one.blob and one.path in paths]
            found.update(source for source in sources if source is not None and source not in paths)
    folders = Counter(map(posixpath.dirname, found))
    return {
        f":(top,glob){_escaped(posixpath.dirname(path))}/*{posixpath.splitext(path)[1]}"
        if folders[posixpath.dirname(path)] > FEW and posixpath.dirname(path)
        else f":(top,literal){path}"
        for path in found
    }


def _compared(folder: Path, lines: Sequence[str], within: Sequence[str], wanted: Wanted) -> Iterator[Step]:
    """What commits changed, each given as a line with its id and those of the parents that matter."""
    if not wanted():
        raise NoHistoryError("the history is not wanted any more")
    given = "".join(f"{line}\n" for line in lines).encode()
    ask = partial(git.ask, folder, *_COMPARE, patience=PATIENCE, literal=False, given=given)
    names = _FORMAT.format(_WRITTEN if _may_block(folder, ".mailmap") else _MAPPED)
    is_stuck = _may_block(folder, ".gitattributes")
    done = ask(names, "-M100%" if is_stuck else "-M", "--", *within)
    if done.returncode:  # a partial clone lacks the texts by which what was moved and changed would be known again
        done = ask(names, "-M100%", "--", *within)
    told = git.said(done)
    found: dict[str, tuple[Commit, list[tuple[Touch, ...]]]] = {}
    for commit, touches in _read_steps(told):
        found.setdefault(commit.id, (commit, []))[1].append(touches)
    for line in lines:
        name, *parents = line.split()
        commit, touched = found[name]
        # One whose parents do not matter is compared with all of them, and differs from each in the same
        yield Commit(name, tuple(parents), commit.author, commit.date), tuple(touched[: max(1, len(parents))])


def _may_block(folder: Path, name: str) -> bool:
    """Whether a file that git reads of itself, above a folder, is none, such as a pipe, for which it would wait."""
    files = [one / name for one in (folder, *folder.parents) if os.path.lexists(one / name)]
    return not all(stat.S_ISREG(mode) or stat.S_ISLNK(mode) for mode in (one.lstat().st_mode for one in files))


def _read_steps(told: bytes) -> Iterator[tuple[Commit, tuple[Touch, ...]]]:
    """Commits with their changes, in the raw format of git-diff-tree(1), all of it ended by NUL, which is in no name.

    Behind the five values of a commit come its changes, each of which begins with a colon.
    """
    words = deque(told.split(b"\0"))
    while words:
        name = words.popleft().strip(b"\n")
        if not name:
            continue
        parents, author, *dates = (words.popleft() for _ in range(4))
        date = next((said for one in dates if _DATE.fullmatch(said := one.decode("ascii", "replace"))), "")
        touches = []
        while words and (not words[0].strip(b"\n") or words[0].lstrip(b"\n").startswith(b":")):
            if (head_ := words.popleft().lstrip(b"\n")) and filename.is_read((touch := _touch(head_, words)).path):
                touches.append(touch)
        yield Commit(name.decode("ascii"), tuple(parents.decode("ascii").split()), _name(author), date), tuple(touches)


def _name(author: bytes) -> str:
    """Who somebody is, without what would disguise it; of an address that stands for a name, what is before its sign."""
    said = clean(" ".join(author.decode("utf-8", "replace").partition("@")[0].split()))
    return said if len(said) <= NAME else said[: NAME - 1] + "…"


def _touch(head_: bytes, words: deque[bytes]) -> Touch:
    _, mode, _, blob, letter = head_.split()
    source = os.fsdecode(words.popleft())
    path = os.fsdecode(words.popleft()) if letter[:1] in (b"R", b"C") else source
    if letter[:1] == b"D" or mode not in _FILES:
        return Touch(source, "", source)
    return Touch(path, blob.decode("ascii"), source if letter[:1] in (b"R", b"M", b"T") else None)


def _chunks(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (lines[at : at + size] for at in range(0, len(lines), size))


def _read(folder: Path, blobs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts of blobs that are there, are UTF-8 and not too big."""
    given = "".join(f"{blob}\n" for blob in blobs).encode()
    told = git.answer(
        folder, "cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", given=given, patience=PATIENCE
    )
    sizes = (line.split() for line in told.decode("ascii", "replace").splitlines())
    there = [name for name, kind, size in (one for one in sizes if len(one) == 3) if kind == "blob" and int(size) <= git.MOST]
    if not there:
        return
    told = git.answer(folder, "cat-file", "--batch", given="".join(f"{one}\n" for one in there).encode(), patience=PATIENCE)
    at = 0
    for _ in there:
        end = told.index(b"\n", at)
        name, _, size = told[at:end].split()
        data, at = told[end + 1 : end + 1 + int(size)], end + 2 + int(size)
        try:
            yield name.decode("ascii"), data.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
