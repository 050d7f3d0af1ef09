"""Verdicts: what a check of a file found, and what it saw of others to find it, as a value that outlives the process.

A verdict counts only for the very text that it is about, looked at as the same kinds of files, and only where each question that was
asked of the others gets the answer of then (see `adr_ls.log.recalled`): then a check would find the same, and need not be made. Whoever
keeps verdicts has to tell those of other code apart. Fixes are not kept, as they are worked out of the texts.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from adr_ls import rules
from adr_ls.log.recalled import UntoldError, step_of, step_told, value_told, whole_told
from adr_ls.log.watch import Answer, Notes, Seen, Step, Walk
from adr_ls.log.workspace import Workspace
from adr_ls.record import codec
from adr_ls.rules import Checked
from adr_ls.rules.model import Place, Problem
from adr_ls.settings.values import Level
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span

_T = TypeVar("_T")
TOLERATED = 0.01
"""The share of files that may be checked anew each time without the verdicts being written anew: to check so few is the smaller work."""
BLOCK = 32
"""How many files share a block: few enough to take no memory that matters while they are written."""


class _Finding(NamedTuple):
    """A problem without its fixes, see `Problem`; the rule by its name."""

    rule: str
    level: Level
    span: Span
    message: str
    related: tuple[Place, ...]
    tag: str


class _Verdict(NamedTuple):
    """What was found in the text of a digest, looked at as some kinds of file; `fixable` tells that there were fixes.

    `seen` are the numbers of the answers that were got.
    """

    path: str
    digest: str
    kinds: tuple[tuple[str, str], ...]
    findings: tuple[_Finding, ...]
    fixable: bool
    seen: array[int]


class _Answer(NamedTuple):
    """An answer: the way to it, and what tells its value from others."""

    way: tuple[str, ...]
    value: str


@dataclass(frozen=True)
class _Answers:
    """All answers that the verdicts of a block rest on."""

    all: tuple[_Answer, ...] = ()


@dataclass(frozen=True)
class _Head:
    """What told the workspace from others in which verdicts were found, and the directories around its files that were looked at."""

    whole: str = ""
    around: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Some:
    """The verdicts of a block."""

    verdicts: tuple[_Verdict, ...] = ()


class _Block:
    """Verdicts that stand together, with the answers they rest on, which are read when the first one is wanted: often none is."""

    def __init__(self, data: bytes) -> None:
        self._data = zlib.compress(data, 1)  # to a quarter, in a hundredth of the time that it takes to find out

    @cached_property
    def answers(self) -> tuple[_Answer, ...]:
        """All answers."""
        found = _read(_Answers, zlib.decompress(self._data))
        self._data = b""
        return found.all if found is not None else ()


class Recalled(NamedTuple):
    """What a check of a file finds, and what it saw of others for it: None where nobody has asked, as all is as it was.

    `fixable` tells whether there are fixes, which the problems need not have.
    """

    problems: tuple[Problem, ...]
    seen: Seen | None
    fixable: bool


class Verdicts:
    """The verdicts that an earlier process has left; none where `left` is nothing that `written` makes.

    `whole` is what told the workspace from others in which they were found, by what the directories `around` list.
    """

    def __init__(self, left: Sequence[bytes] = ()) -> None:
        head, *lines = left or [b""]
        known = _read(_Head, head) or _Head()
        self.whole, self.around = known.whole, known.around
        self.by_path: dict[str, tuple[_Verdict, _Block]] = {}
        for verdicts, answers in zip(lines[::2], lines[1::2], strict=False):
            block = _Block(answers)
            self.by_path |= {verdict.path: (verdict, block) for verdict in (_read(_Some, verdicts) or _Some()).verdicts}

    def in_view_of(self, workspace: Workspace, notes: Notes) -> Recollection:
        """What still holds in a workspace, with notes for later."""
        return Recollection(self, workspace, notes)


def _read(kind: type[_T], data: bytes) -> _T | None:
    try:
        return codec.decode_one(kind, data) if data else None
    except ValueError:  # whoever wrote it can make a checksum, but not this
        return None


class Recollection:
    """The verdicts that hold in one workspace.

    Where all there is to see is as it was, that is all of them; else each question is asked once for all files.
    """

    def __init__(self, verdicts: Verdicts, workspace: Workspace, notes: Notes) -> None:
        self._verdicts, self._workspace, self._notes = verdicts, workspace, notes
        self.is_same = bool(verdicts.whole) and verdicts.whole == whole_told(workspace, verdicts.around)
        """Whether all is as it was."""
        self._walk = Walk(workspace)
        self._known: dict[_Answer, Answer | None] = {}
        self._steps: dict[str, Step] = {}

    def get(self, path: str) -> Recalled | None:
        """What a check of the file at a path would find; None where only the check can tell."""
        found, facts = self._verdicts.by_path.get(path), self._workspace.facts(path)
        if found is None or facts is None:
            return None
        verdict, block = found
        if verdict.digest != facts.digest or path in self._workspace.lost:
            return None
        if verdict.kinds != rules.kinds(self._workspace, path):
            return None
        answers = None if self.is_same else self._all(verdict.seen, block)
        if answers is None and not self.is_same:
            return None
        try:
            problems = tuple(_problem(path, finding) for finding in verdict.findings)
        except KeyError:  # no such rule
            return None
        return Recalled(problems, Seen(answers) if answers is not None else None, verdict.fixable)

    def is_news(self, found: Mapping[str, Recalled]) -> bool:
        """Whether what was found now is worth being left to the next process in place of this."""
        told = {path for path, one in found.items() if one.seen is not None}
        known = {path for path in self._verdicts.by_path if self.get(path) is not None}
        return not self.is_same and len(told ^ known) > TOLERATED * len(found)

    def _all(self, numbers: Iterable[int], block: _Block) -> tuple[Answer, ...] | None:
        """The answers of those numbers, if they are what one gets now."""
        found: list[Answer] = []
        for number in numbers:
            if number >= len(block.answers):
                return None
            told = block.answers[number]
            if told not in self._known:
                self._known[told] = self._asked(told)
            answer = self._known[told]
            if answer is None:
                return None
            found.append(answer)
        return tuple(found)

    def _asked(self, told: _Answer) -> Answer | None:
        try:
            way = tuple(map(self._step, told.way))
            value = self._walk.end(way[:-1], way[-1])
            return self._notes.shared(way, value) if value_told(value) == told.value else None
        except (UntoldError, ValueError, LookupError, AttributeError):
            return None

    def _step(self, told: str) -> Step:
        step = self._steps.get(told)
        if step is None:
            step = self._steps[told] = step_of(told)
        return step


def check(
    workspace: Workspace, paths: Iterable[str], left: Sequence[bytes], *, fixable: bool
) -> tuple[list[Problem], list[bytes] | None]:
    """The problems of the files at these paths, which are all that are looked at, and the verdicts to be left for the next process.

    `left` are those of an earlier one, None comes back where they still serve. With `fixable` the problems have their fixes.
    """
    notes = Notes()
    recollection = Verdicts(left).in_view_of(workspace, notes)
    found: dict[str, Recalled] = {}
    for path in paths:
        recalled = recollection.get(path)
        if recalled is None or (fixable and recalled.fixable):
            recalled = judged(rules.examine(workspace, path, notes))
            if recalled.seen is not None:
                recalled.seen.share()
        found[path] = recalled
    problems = [problem for one in found.values() for problem in one.problems]
    return problems, written(workspace, found) if recollection.is_news(found) else None


def written(workspace: Workspace, found: Mapping[str, Recalled]) -> list[bytes]:
    """The verdicts on files as lines, for `Verdicts`; without those of which it is not known, or cannot be told, what they rest on."""
    paths = [path for path in sorted(found) if found[path].seen is not None]
    around = tuple(sorted(workspace.surroundings.listed))
    lines = [codec.encode_one(_Head(whole_told(workspace, around), around))]
    for start in range(0, len(paths), BLOCK):
        lines += _block(workspace, {path: found[path] for path in paths[start : start + BLOCK]})
    return lines


def _block(workspace: Workspace, found: Mapping[str, Recalled]) -> tuple[bytes, bytes]:
    """Verdicts that stand together, and the answers that they rest on."""
    numbers: dict[Answer, int | None] = {}
    answers: list[_Answer] = []
    steps: dict[Step, str] = {}

    def told_step(step: Step) -> str:
        told = steps.get(step)
        if told is None:
            told = steps[step] = step_told(step)
        return told

    def number(answer: Answer) -> int | None:
        if answer not in numbers:
            try:
                told = _Answer(tuple(map(told_step, answer.way)), value_told(answer.value))
            except UntoldError:
                numbers[answer] = None
            else:
                numbers[answer] = len(answers)
                answers.append(told)
        return numbers[answer]

    verdicts: list[_Verdict] = []
    for path, (problems, seen, fixable) in found.items():
        facts = workspace.facts(path)
        if facts is None or seen is None or path in workspace.lost:
            continue
        asked = [number(answer) for answer in seen.answers]
        told = [one for one in asked if one is not None]
        if len(told) == len(asked):
            findings = tuple(map(_finding, problems))
            verdicts.append(_Verdict(path, facts.digest, rules.kinds(workspace, path), findings, fixable, array("I", told)))
    return codec.encode_one(_Some(tuple(verdicts))), codec.encode_one(_Answers(tuple(answers)))


def judged(checked: Checked) -> Recalled:
    """What a check has found just now; where a rule has failed, the next check is to fail and tell of it again."""
    fixable = any(problem.offered for problem in checked.problems)
    return Recalled(checked.problems, None if checked.has_failed else checked.seen, fixable)


def _finding(problem: Problem) -> _Finding:
    return _Finding(problem.rule.name, problem.level, problem.span, problem.message, problem.related, problem.tag)


def _problem(path: str, finding: _Finding) -> Problem:
    rule = rules.BY_NAME[finding.rule]
    return Problem(rule, finding.level, path, finding.span, finding.message, (), finding.related, finding.tag)
