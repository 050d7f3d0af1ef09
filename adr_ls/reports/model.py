"""What a report is made of, and how a finding is known again after the file around it has changed."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from adr_ls.record.record import Record
from adr_ls.rules.model import Problem
from adr_ls.settings import former
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property

LEVELS = ("error", "warning", "info", "hint")
"""The levels, the gravest first."""
Threshold = Literal["error", "warning", "info", "hint", "never"]

ReadRecord = Callable[[str], Record]
"""The file at an absolute path."""

_KEY = lazy.regex(r"(?P<id>(?<![A-Z0-9])[A-Z](?:[A-Z0-9]*\d|[A-Z0-9]*-\d+)\b)|“(?P<quoted>[^“”]*)”")


@dataclass(frozen=True)
class Finding:
    """A problem, the file it is in, that file's path as the report tells it, and what tells it from others.

    The fingerprint is the same after lines have moved, after other files were renamed, and after the title was reworded; two findings of
    one file never share one. It says nothing of the file, so that it also outlives the file's own renaming.
    """

    problem: Problem
    file: Record
    path: str
    identity: str

    @cached_property
    def fingerprint(self) -> str:
        """A short name by which the problem is known again."""
        return digest(self.identity)

    @property
    def former_fingerprints(self) -> tuple[str, ...]:
        """Those under which earlier versions knew it, by which its rule had another name."""
        rest = self.identity.partition("\0")[2]
        return tuple(digest(f"{name}\0{rest}") for name in former.names_of(self.problem.rule.name))

    @property
    def level(self) -> str:
        """The level that is in force."""
        return self.problem.level


@dataclass(frozen=True)
class Report:
    """All that a format may tell.

    `findings` are file by file, in the order of the text. `checked` are the paths of all files that were looked at, `records` how many
    of them are records, `code` how many are source code that names some. `fails_on` is the least level that fails. `hidden` is how many problems a baseline hid, None where there is no
    baseline. `base` is the directory to which all paths here are relative, empty where they are not, `read` gives any other file. `nothing` says why there
    is nothing to report on.
    """

    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    records: int
    code: int
    fails_on: Threshold
    base: str
    read: ReadRecord
    hidden: int | None = None
    nothing: str = ""
    is_quiet: bool = False
    """Whether nothing but the problems is wanted."""

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each level."""
        return Counter(finding.level for finding in self.findings)

    @property
    def failing(self) -> frozenset[str]:
        """The levels that fail."""
        return failing(self.fails_on)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings for people: without hints, which are meant for editors, unless they are asked for."""
        return tuple(finding for finding in self.findings if finding.level != "hint" or self.fails_on == "hint")

    def relative(self, path: str) -> str:
        """An absolute path as the report tells it."""
        return told(path, self.base)


def told(path: str, base: str) -> str:
    """An absolute path as it is told from a directory; as it is where that is empty."""
    return posixpath.relpath(path, base) if base else path


def failing(threshold: Threshold) -> frozenset[str]:
    """The levels that fail at a threshold."""
    return frozenset() if threshold == "never" else frozenset(LEVELS[: LEVELS.index(threshold) + 1])


def findings(problems: Iterable[Problem], read: ReadRecord, base: str) -> Iterator[Finding]:
    """The problems with what is needed to tell them; `base` is the directory that their paths are told from."""
    seen: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        file = read(problem.path)
        identity = _identity(problem, file)
        count = seen[problem.path, identity]
        seen[problem.path, identity] += 1
        yield Finding(problem, file, told(problem.path, base), f"{identity}\0{count}")


def digest(text: str) -> str:
    """A short name for a text, for which no two texts of one repository are likely to meet."""
    import hashlib  # noqa: PLC0415  # most reports tell no fingerprints, and OpenSSL takes long to load

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _identity(problem: Problem, file: Record) -> str:
    """What makes a problem this one: rule, the words at its place and the thing it is about; neither line nor evidence.

    A problem of the record as a whole stands at the title, which may be reworded without the problem being another. Messages tell
    numbers of records and names of neighbours, which change without the problem, so only the first thing named counts.
    """
    whole = file.heading is not None and problem.span == file.heading.span
    place = "" if whole else " ".join(problem.span.of(file.text).split())
    named = _KEY.search(problem.message)
    about = (named["id"] or named["quoted"]) if named else ""
    if about.endswith(".md") and about not in file.text:  # a neighbour's file name
        about = ""
    return f"{problem.rule.name}\0{place}\0{about}"
