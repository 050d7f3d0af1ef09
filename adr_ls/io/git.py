"""How git is asked, and what it knows of the branch at hand, for ``adr-ls check --since``; see `history` for what it knows of the past.

git is the user's own program, looked for on the `PATH` and never in the current directory; but the repository may be a stranger's, with
programs named in its configuration. So git is only asked what it has: commits, trees and blobs. It compares two trees, never a tree
with files, for which it would run the filters that the repository names; files are compared here, by the ids that git would give them.
A repository has to be one that was cloned: one that lies among its files, as plain folders, is none. Besides: no shell, arguments as a
list, a revision that can be no option, no hooks, no file-system monitor, no external diff or text conversion, nothing fetched (whatever
protocols the repository allows), no file with names of people from elsewhere, no locks taken, and an end to waiting.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from adr_ls.io.terminal import CommandError, clean
from adr_ls.record import filename

TIMEOUT = 30
"""Seconds that one git command may take."""

_GIT = "git.exe" if sys.platform == "win32" else "git"
MOST = 2 * 1024 * 1024
"""How many bytes a text has at most that is read."""
_SET = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "mailmap.file=",
    "mailmap.blob=",
)
_SAFE = tuple(word for setting in _SET for word in ("-c", setting))
_DIFF = ("diff-tree", "-r", "--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=all", "--relative", "-z")
_ELSEWHERE = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX"),
    *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE"),
)
"""What says in the environment that another repository is meant than that of a folder, as in an editor that git itself has started."""
_LINK = b"120000"
"""The mode of a symbolic link."""


@dataclass(frozen=True)
class Since:
    """What a branch has changed since it left a revision, and what has come to that revision since; all paths relative to `folder`.

    `changed` are those of the files asked for that differ from the merge base, uncommitted and untracked ones included; `new` those of
    them that the merge base does not have; `gone` those of the kinds of records that only the merge base has; `new_there` the files that
    the revision has and the merge base does not. `fork` is the merge base.
    """

    folder: Path
    revision: str
    commit: str
    fork: str
    changed: frozenset[str]
    new: frozenset[str]
    gone: tuple[str, ...]
    new_there: tuple[str, ...]

    def read(self, path: str) -> str | None:
        """The text of a file at the revision; None where it is too big or not UTF-8."""
        return self._read(self.commit, path)

    def read_before(self, path: str) -> str | None:
        """The text of a file at the merge base; None where it is too big or not UTF-8."""
        return self._read(self.fork, path)

    def _read(self, commit: str, path: str) -> str | None:
        if int(_git(self.folder, "cat-file", "-s", f"{commit}:./{path}")) > MOST:
            return None
        try:
            return _bytes(self.folder, "cat-file", "blob", f"{commit}:./{path}").decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


def since(folder: Path, revision: str, paths: Iterable[str]) -> Since:
    """Compares files in a folder, as they are on disk, with the point at which the branch left a revision; `paths` are relative to it."""
    if revision.startswith("-") or not revision.strip():
        raise CommandError(f"“{clean(revision)}” is no revision; name a branch, a tag or a commit, as in “--since origin/main”")
    if _run(folder, "rev-parse", "--is-inside-work-tree").stdout.strip() != b"true":
        raise CommandError(f"“--since” needs a git repository, and “{clean(str(folder))}” is not in one")
    found = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found.returncode:
        raise CommandError(
            f"git knows no revision “{clean(revision)}” here; name a branch, a tag or a commit, and fetch it first if it is remote"
        )
    commit = found.stdout.decode().strip()
    base = _run(folder, "merge-base", commit, "HEAD")
    if base.returncode:
        raise CommandError(
            f"“{clean(revision)}” and this branch have no common ancestor here; in a shallow clone, fetch the whole history (“fetch-depth: 0”)"
        )
    fork = base.stdout.decode().split()[0]
    there = _files(folder, fork)
    new = frozenset(path for path in paths if path not in there)
    changed = frozenset(path for path in paths if path in there and not _is_same(folder / path, *there[path]))
    new_there = tuple(_names(folder, *_DIFF, "--name-only", "--diff-filter=A", fork, commit))
    gone = tuple(path for path in there if filename.is_read(path) and not os.path.lexists(folder / path))
    return Since(folder, revision, commit, fork, changed | new, new, gone, new_there)


def _files(folder: Path, commit: str) -> dict[str, tuple[bytes, bytes]]:
    """The files of a commit below a folder, relative to it, each with its mode and the id of its content."""
    found = {}
    for line in _bytes(folder, "ls-tree", "-r", "-z", commit).split(b"\0"):
        head, _, path = line.partition(b"\t")
        if path:
            mode, _, name = head.split()
            found[os.fsdecode(path)] = mode, name
    return found


def _is_same(path: Path, mode: bytes, name: bytes) -> bool:
    """Whether a file has the content of that id, be it with other ends of lines, which git may write as the system has them."""
    try:
        data = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    except OSError:
        return False
    if path.is_symlink() != (mode == _LINK):
        return False
    return name in (_id(data, len(name)), _id(data.replace(b"\r\n", b"\n"), len(name)))


def _id(data: bytes, length: int) -> bytes:
    """The id that git gives to a content, in so many characters; see gitformat-pack(5) and “git help hash-object”."""
    algorithm = "sha256" if length == 64 else "sha1"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest().encode()


def _names(folder: Path, *arguments: str) -> list[str]:
    return [os.fsdecode(name) for name in _bytes(folder, *arguments).split(b"\0") if name]


def _git(folder: Path, *arguments: str) -> str:
    return _bytes(folder, *arguments).decode("utf-8", "replace").strip()


def answer(folder: Path, *arguments: str, patience: float = TIMEOUT, given: bytes = b"", literal: bool = True) -> bytes:
    """What git prints, see `ask`; raises `CommandError` where it fails."""
    return said(ask(folder, *arguments, patience=patience, given=given, literal=literal))


def ask(
    folder: Path, *arguments: str, patience: float = TIMEOUT, given: bytes = b"", literal: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Runs git in the repository that a folder is in, whatever repository the environment names.

    It may take `patience` seconds and reads what is `given`. Without `literal`, paths among the arguments may be patterns, as
    gitglossary(7) has them.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    patterns = (
        {} if literal else dict.fromkeys((f"GIT_{kind}_PATHSPECS" for kind in ("LITERAL", "GLOB", "NOGLOB", "ICASE")), "0")
    )
    return _done(folder, arguments, {**inherited, **_ENVIRONMENT, **patterns}, given, patience)


def _bytes(folder: Path, *arguments: str) -> bytes:
    return said(_run(folder, *arguments))


def said(done: subprocess.CompletedProcess[bytes]) -> bytes:
    """What git has printed; raises `CommandError` where it failed."""
    if done.returncode:
        raise CommandError(f"git says: {_last(done.stderr) or f'status {done.returncode}'}")
    return done.stdout


_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # which goes before what a repository allows for one protocol
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_PAGER": "cat",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}


class NoGitError(CommandError):
    """git is not there."""


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return _done(folder, arguments, {**os.environ, **_ENVIRONMENT}, b"", TIMEOUT)
    except NoGitError as error:
        raise CommandError(f"“--since” needs git, which is {error}") from error


def _done(
    folder: Path, arguments: Iterable[str], environment: Mapping[str, str], given: bytes, patience: float
) -> subprocess.CompletedProcess[bytes]:
    command = [_program(folder), "--no-pager", *_SAFE, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # git, with arguments that are no options
            command, input=given, capture_output=True, timeout=patience, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CommandError(f"git did not answer within {patience:g} seconds") from error
    except OSError as error:
        raise CommandError(f"git cannot be run: {error.strerror}") from error
    if b"dubious ownership" in done.stderr:
        raise CommandError(
            f"git does not trust “{clean(str(folder))}”, as somebody else owns it; “git config --global --add safe.directory” lets it"
        )
    return done


def _program(asked: Path) -> str:
    """Where git is: on the `PATH`, of which relative entries are passed over, and such as lie in the repository that is asked about.

    The former lead into the current directory, which may be a stranger's repository, and it is where Windows looks first of all.
    """
    around = _around(asked.absolute())
    for folder in map(Path, os.environ.get("PATH", "").split(os.pathsep)):
        file = folder / _GIT
        if folder.is_absolute() and not folder.is_relative_to(around) and file.is_file() and os.access(file, os.X_OK):
            return str(file)
    raise NoGitError("not installed or not on the PATH")


def _around(folder: Path) -> Path:
    """The outermost repository that a folder seems to lie in, but not one that somebody keeps their own programs in: a home directory."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # it raises nothing where nobody has a home
    found = [one for one in (folder, *folder.parents) if one not in (home, *home.parents) and os.path.lexists(one / ".git")]
    return found[-1] if found else folder


def _last(errors: bytes) -> str:
    lines = [clean(line) for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0].removeprefix("fatal: ") if lines else ""
