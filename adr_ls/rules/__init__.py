"""The rules, and checking with them. Each rule is one declaration in the module of its theme; `RULES` is all of them in order."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.rules import (
    configuration,
    content,
    dates,
    front_matter,
    indexes,
    keys,
    links,
    madr,
    numbering,
    statuses,
    structure,
    supersession,
    suppression,
)
from adr_ls.rules.model import FileEdit, Fix, Found, Problem, Rule, Subject
from adr_ls.syntax.text import Span

MODULES = (
    numbering,
    statuses,
    dates,
    keys,
    front_matter,
    structure,
    content,
    madr,
    links,
    supersession,
    indexes,
    suppression,
    configuration,
)
"""The rules' themes, in the order in which they are listed."""
RULES: tuple[Rule, ...] = tuple(rule for module in MODULES for rule in module.RULES)
BY_NAME = MappingProxyType({rule.name: rule for rule in RULES})
NAMES = frozenset(BY_NAME)

DOCUMENTATION = "https://github.com/adr-ls/adr-ls/blob/main/docs/rules/{}.md"
"""Where the page of each rule is, with a place for its name."""

MOST = 200
"""How many problems are reported of one file."""

_log = logging.getLogger(__name__)


def check_file(workspace: Workspace, path: str) -> tuple[Problem, ...]:
    """The problems of one record, index or settings file, in the order of its text; none for other files.

    A rule that fails is logged and left out.
    """
    found: list[Problem] = []
    for subject in _subjects(workspace, path):
        reported = [problem for rule in RULES if rule.about == subject.about for problem in _run(rule, subject)]
        kept, wrong = _silenced(reported, subject)
        found += kept
        for rule, mistake in wrong:
            level = subject.log.config.at(path).level(rule.name, rule.level, rule.strict)
            if level != "off":
                found.append(_problem(rule, level, subject, mistake))
    found.sort(key=lambda problem: (problem.span, problem.rule.name))
    return tuple(found[:MOST])


def check(workspace: Workspace) -> Iterator[Problem]:
    """The problems of all files that are looked at, file by file in the order of their paths."""
    for path in checked(workspace):
        yield from check_file(workspace, path)


def checked(workspace: Workspace) -> list[str]:
    """The paths of the files that rules look at: records, indexes and settings files, sorted."""
    return sorted({*workspace.records, *workspace.indexes, *workspace.settings})


def is_checked(workspace: Workspace, path: str) -> bool:
    """Whether the file at a path is one that rules look at."""
    return path in workspace.records or path in workspace.settings or path in workspace.indexes


def _subjects(workspace: Workspace, path: str) -> Iterator[Subject]:
    record = workspace.file(path) if path in workspace.records else None
    if record is not None:
        log = workspace.log_of(path)
        if log is not None:
            yield Subject(workspace, log, record)
    index = workspace.indexes.get(path)
    if index is not None:
        log = workspace.log_of(path)
        if log is not None:
            yield Subject(workspace, log, index.page, index)
    settings = workspace.settings.get(path)
    if settings is not None:
        nothing = Log(settings.folder, MappingProxyType({}), config=settings.config)
        yield Subject(workspace, nothing, settings.page, settings=settings)


def _silenced(reported: list[Problem], subject: Subject) -> tuple[list[Problem], list[tuple[Rule, Found]]]:
    config = subject.log.config.at(subject.record.path)
    unheard = frozenset(rule.name for rule in RULES if config.level(rule.name, rule.level, rule.strict) == "off")
    quieted = any(BY_NAME[name].level != "off" for name in unheard)
    return suppression.silenced(reported, subject.record, NAMES, unheard, quieted=quieted)


def _run(rule: Rule, subject: Subject) -> Iterator[Problem]:
    config = subject.log.config.at(subject.record.path)
    level = config.level(rule.name, rule.level, rule.strict)
    if level == "off":
        return
    is_set = rule.name in config.rules
    try:
        for found in rule.check(subject):
            own = level if is_set or found.level is None else config.toned(found.level)
            if own != "off":
                yield _problem(rule, own, subject, found)
    except Exception:  # noqa: BLE001  # whatever a rule trips over is its own matter: one logged line, and the others go on
        _log.exception("rule %s failed on %s", rule.name, subject.record.path)


def _problem(rule: Rule, level: str, subject: Subject, found: Found) -> Problem:
    size = len(subject.record.text)
    span = Span(min(found.span.start, size), min(max(found.span.start, found.span.end), size))
    fixes = tuple(replace(fix, make=partial(_changes, subject.workspace, fix)) for fix in found.fixes)
    return Problem(rule, level, subject.record.path, span, found.message, fixes, found.related, found.tag)  # type: ignore[arg-type]  # one of the levels


def _changes(workspace: Workspace, fix: Fix) -> Iterator[FileEdit]:
    """The edits of a fix that change the text where they stand."""
    for change in fix.edits:
        file = workspace.file(change.path)
        if file is None or change.edit.span.of(file.text) != change.edit.text:
            yield change
