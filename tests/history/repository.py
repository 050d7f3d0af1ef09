"""Small repositories from lines that a person can read: what whom did to which record, day by day.

::

    2024-05-01 Ann: 1 Proposed
    branch side
    2024-05-02 Bob: 1 Proposed, We use Kafkka.
    on main
    2024-05-03 Cy: 1 Accepted
    2024-05-04 Dee: from side

A line is a commit: its day, its author, and what it does, be it several things with semicolons between. ``1 Accepted, We use Kafka.`` gives
record 1 a status, and behind the comma other text; ``1 is 0001-other.md`` another name, or with ``docs/`` in front another path;
``1 gone`` takes it away. ``from side`` merges a branch: what that changed since both were one is taken over, where the branch at hand
left it alone; what the same commit does besides comes on top. ``branch side`` begins a branch and goes there, ``on main`` goes back.
``2 again Proposed`` makes a record anew under the name that it had.
"""

from __future__ import annotations

import inspect
import re
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

HOME = "docs/adr"
TEXT = "We use Kafka, as three teams need it."
_COMMIT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?P<zone> [+-]\d{4})? (?P<who>[^:]*): (?P<done>.*)")


@dataclass
class Branch:
    """The files of a branch, which file a record is in, and the mark of its last commit, 0 for none."""

    files: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    mark: int = 0

    def copy(self) -> Branch:
        return Branch(dict(self.files), dict(self.paths), self.mark)


def record(number: str, status: str, text: str = TEXT) -> str:
    return f"# {number}. Use number {number}\n\n## Status\n\n{status}\n\n## Decision\n\n{text}\n\n## Consequences\n\nThere are some.\n"


def build(root: Path, script: str) -> Path:
    """Makes the repository, with its files in the folder, and returns that."""
    stream: list[bytes] = []
    branches = {"main": Branch()}
    commits: dict[int, Branch] = {0: Branch()}
    parents: dict[int, tuple[int, ...]] = {0: ()}
    here = "main"
    for line in inspect.cleandoc(script).splitlines():
        word, _, name = line.partition(" ")
        if word in ("branch", "on"):
            branches.setdefault(name, branches[here].copy())
            here = name
            continue
        match = _COMMIT.fullmatch(line)
        assert match is not None, line
        now = branches[here]
        before = dict(now.files)
        mark, merged = len(commits), ""
        for action in match["done"].split("; "):
            if action.startswith("from "):
                merged = action.removeprefix("from ")
                _merge(now, branches[merged], _base(parents, commits, now.mark, branches[merged].mark))
            else:
                _do(now, action)
        when = (
            f"{int(datetime.fromisoformat(match['day'] + 'T12:00:00+00:00').timestamp())} {(match['zone'] or ' +0000').strip()}"
        )
        known = tuple(one for one in (now.mark, branches[merged].mark if merged else 0) if one)
        stream += _commit(here, mark, f"{match['who']} <somebody@example.org> {when}", known, before, now.files)
        now.mark, parents[mark] = mark, known
        commits[mark] = now.copy()
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "fast-import", "--quiet", given=b"".join(stream))
    git(root, "reset", "-q", "--hard", "main")
    return root


def _do(branch: Branch, action: str) -> None:
    number, _, rest = action.partition(" ")
    path = branch.paths.get(number, f"{HOME}/{int(number):04}-use-number-{number}.md")
    if (rest == "gone" or rest.startswith("is ")) and path not in branch.files:
        return  # a merge has taken it away
    if rest == "gone":
        branch.files.pop(path)
    elif rest.startswith("is "):
        name = rest.removeprefix("is ")
        branch.paths[number] = name if "/" in name else f"{HOME}/{name}"
        branch.files[branch.paths[number]] = branch.files.pop(path)
    else:
        status, _, text = rest.removeprefix("again ").partition(", ")
        branch.paths[number] = path
        known = re.search(r"## Decision\n\n(.*?)\n\n##", branch.files.get(path, record(number, "")), re.DOTALL)
        branch.files[path] = record(number, status, text or (known[1] if known else ""))


def _merge(ours: Branch, theirs: Branch, base: Branch) -> None:
    for path in {*theirs.files, *base.files}:
        if ours.files.get(path) == base.files.get(path):
            ours.files.pop(path, None)
            ours.files |= {path: theirs.files[path]} if path in theirs.files else {}
    ours.paths |= {number: path for number, path in theirs.paths.items() if path in ours.files}


def _base(parents: dict[int, tuple[int, ...]], commits: dict[int, Branch], one: int, other: int) -> Branch:
    """What two commits have in common last."""

    def above(mark: int) -> set[int]:
        return {mark}.union(*(above(parent) for parent in parents[mark]))

    return commits[max(above(one) & above(other), default=0)]


def _commit(
    branch: str, mark: int, who: str, known: tuple[int, ...], before: dict[str, str], after: dict[str, str]
) -> list[bytes]:
    """A commit as git-fast-import(1) reads it."""
    lines = [
        f"commit refs/heads/{branch}\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata 1\nx\n".encode(
            "utf-8", "surrogateescape"
        )
    ]
    lines += [f"{word} :{parent}\n".encode() for word, parent in zip(("from", "merge"), known, strict=False)]
    lines += [b"D " + _path(path) + b"\n" for path in before if path not in after]
    for path, text in after.items():
        data = text.encode("utf-8", "surrogateescape")
        lines.append(b"M 100644 inline " + _path(path) + b"\ndata %d\n%s\n" % (len(data), data))
    return lines


def _path(path: str) -> bytes:
    return b'"' + re.sub(rb'([\\"])', rb"\\\1", path.encode("utf-8", "surrogateescape")) + b'"'


def git(root: Path, *words: str, given: bytes = b"") -> str:
    """Runs the user's own git there."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(["git", *identity, *words], cwd=root, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8", "replace").strip()
