"""Verdicts: what a check of a file found, and what it saw of others to find it, as a value that outlives the process.

A verdict counts only for the very text that it is about, looked at as the same kinds of files, and only where each question that was
asked of the others gets the answer of then (see `adr_ls.log.recalled`): then a check would find the same, and need not be made. Whoever
keeps verdicts has to tell those of other code apart. Fixes are not kept, as they are worked out of the texts.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from adr_ls import rules
from adr_ls.log.recalled import UntoldError, step_of, step_told, value_told
from adr_ls.log.watch import Answer, Notes, Seen, Step, walk
from adr_ls.log.workspace import Workspace
from adr_ls.record import codec
from adr_ls.rules import Checked
from adr_ls.rules.model import Place, Problem
from adr_ls.settings.values import Level
from adr_ls.syntax.text import Span


@dataclass(frozen=True)
class _Finding:
    """A problem without its fixes, see `Problem`; the rule by its name."""

    rule: str
    level: Level
    span: Span
    message: str
    related: tuple[Place, ...]
    tag: str


@dataclass(frozen=True)
class _Verdict:
    """What was found in the text of a digest, looked at as some kinds of file; `fixable` tells that there were fixes.

    `seen` are the numbers of the answers that were got.
    """

    path: str
    digest: str
    kinds: tuple[tuple[str, str], ...]
    findings: tuple[_Finding, ...]
    fixable: bool
    seen: array[int]


@dataclass(frozen=True)
class _Answer:
    """An answer: the way to it, and what tells its value from others."""

    way: tuple[str, ...]
    value: str


@dataclass(frozen=True)
class _Written:
    """What one process leaves to the next."""

    answers: tuple[_Answer, ...] = ()
    verdicts: tuple[_Verdict, ...] = ()


class Recalled(NamedTuple):
    """What a check of a file would find, without the fixes; `fixable` tells whether there are any."""

    checked: Checked
    fixable: bool


class Verdicts:
    """The verdicts that an earlier process has left; none where `data` is nothing that `written` makes."""

    def __init__(self, data: bytes = b"") -> None:
        try:
            found = codec.decode_one(_Written, data) if data else _Written()
        except ValueError:  # whoever wrote it can make a checksum, but not this
            found = _Written()
        self._answers = found.answers
        self._by_path = {verdict.path: verdict for verdict in found.verdicts}

    def __len__(self) -> int:
        return len(self._by_path)

    def in_view_of(self, workspace: Workspace, notes: Notes) -> Recollection:
        """What still holds in a workspace, with notes for later."""
        return Recollection(self._answers, self._by_path, workspace, notes)


class Recollection:
    """The verdicts that hold in one workspace; each question is asked once for all of them."""

    def __init__(
        self, answers: tuple[_Answer, ...], verdicts: Mapping[str, _Verdict], workspace: Workspace, notes: Notes
    ) -> None:
        self._answers, self._verdicts = answers, verdicts
        self._workspace, self._notes = workspace, notes
        self._known: dict[int, Answer | None] = {}
        self._steps: dict[str, Step] = {}

    def __contains__(self, path: object) -> bool:
        return path in self._verdicts

    def get(self, path: str) -> Recalled | None:
        """What a check of the file at a path would find; None where only the check can tell."""
        verdict, facts = self._verdicts.get(path), self._workspace.facts(path)
        if verdict is None or facts is None or verdict.digest != facts.digest or path in self._workspace.lost:
            return None
        if verdict.kinds != rules.kinds(self._workspace, path):
            return None
        answers: list[Answer] = []
        for number in verdict.seen:
            answer = self._known[number] if number in self._known else self._ask(number)
            if answer is None:
                return None
            answers.append(answer)
        try:
            problems = tuple(_problem(path, finding) for finding in verdict.findings)
        except KeyError:  # no such rule
            return None
        return Recalled(Checked(problems, Seen(tuple(answers))), verdict.fixable)

    def _ask(self, number: int) -> Answer | None:
        """The answer of that number, if it is what one gets now."""
        self._known[number] = found = self._asked(self._answers[number]) if number < len(self._answers) else None
        return found

    def _asked(self, answer: _Answer) -> Answer | None:
        try:
            way = tuple(map(self._step, answer.way))
            value = walk(self._workspace, way)
            return self._notes.shared(way, value) if value_told(value) == answer.value else None
        except (UntoldError, ValueError, AttributeError):
            return None

    def _step(self, told: str) -> Step:
        step = self._steps.get(told)
        if step is None:
            step = self._steps[told] = step_of(told)
        return step


def written(workspace: Workspace, found: Mapping[str, Recalled]) -> bytes:
    """The verdicts on files, for `Verdicts`; without those that cannot be told, or in which a rule has failed."""
    numbers: dict[Answer, int | None] = {}
    answers: list[_Answer] = []

    def number(answer: Answer) -> int | None:
        if answer not in numbers:
            try:
                told = _Answer(tuple(map(step_told, answer.way)), value_told(answer.value))
            except UntoldError:
                numbers[answer] = None
            else:
                numbers[answer] = len(answers)
                answers.append(told)
        return numbers[answer]

    verdicts: list[_Verdict] = []
    for path, (checked, fixable) in sorted(found.items()):
        facts = workspace.facts(path)
        seen = [number(answer) for answer in checked.seen.answers]
        known = [one for one in seen if one is not None]
        if facts is not None and len(known) == len(seen) and not checked.has_failed and path not in workspace.lost:
            findings = tuple(map(_finding, checked.problems))
            kinds = rules.kinds(workspace, path)
            verdicts.append(_Verdict(path, facts.digest, kinds, findings, fixable, array("I", known)))
    return codec.encode_one(_Written(tuple(answers), tuple(verdicts)))


def judged(checked: Checked) -> Recalled:
    """What a check has found just now."""
    return Recalled(checked, any(problem.offered for problem in checked.problems))


def _finding(problem: Problem) -> _Finding:
    return _Finding(problem.rule.name, problem.level, problem.span, problem.message, problem.related, problem.tag)


def _problem(path: str, finding: _Finding) -> Problem:
    rule = rules.BY_NAME[finding.rule]
    return Problem(rule, finding.level, path, finding.span, finding.message, (), finding.related, finding.tag)
