"""The rules, and checking with them. Each rule is one declaration in the module of its theme; `RULES` is all of them in order."""

from __future__ import annotations

import logging
import sys
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import import_module
from itertools import islice
from types import MappingProxyType, ModuleType
from typing import Any

from adr_ls import REPOSITORY
from adr_ls.log.log import Log
from adr_ls.log.watch import Notes, Seen
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.rules import suppression
from adr_ls.rules.model import About, Fix, Found, Problem, Rule, Subject
from adr_ls.settings.values import Config, Level
from adr_ls.syntax.change import FileEdit
from adr_ls.syntax.text import Span

_THEMES = (
    "numbering",
    "statuses",
    "dates",
    "keys",
    "front_matter",
    "titles",
    "sections",
    "empty_sections",
    "layout",
    "markup",
    "placeholders",
    "content",
    "madr",
    "links",
    "references",
    "citations",
    "cited_titles",
    "link_syntax",
    "files",
    "file_names",
    "supersession",
    "accepted",
    "indexes",
    "code",
    "suppression",
    "configuration",
)
MODULES: tuple[ModuleType, ...]
"""The rules' themes, in the order in which they are listed."""
RULES: tuple[Rule, ...]
BY_NAME: Mapping[str, Rule]
NAMES: frozenset[str]


@cache
def _all(name: str) -> Any:
    """`MODULES`, `RULES`, `BY_NAME` or `NAMES`.

    The themes import more than half of this program, and who looks at a record needs no rule for it; so they come when one is asked for.
    """
    match name:
        case "MODULES":
            return tuple(import_module(f"{__name__}.{theme}") for theme in _THEMES)
        case "RULES":
            return tuple(rule for module in _all("MODULES") for rule in module.RULES)
        case "BY_NAME":
            return MappingProxyType({rule.name: rule for rule in _all("RULES")})
        case "NAMES":
            return frozenset(_all("BY_NAME"))
        case _:
            raise AttributeError(f"module {__name__} has no attribute {name}")


__getattr__ = _all
_here = sys.modules[__name__]
"""By which they are asked for in this module, too."""


DOCUMENTATION = f"{REPOSITORY}/blob/main/docs/rules/{{}}.md"
"""Where the page of each rule is, with a place for its name."""

MOST = 200
"""How many problems are reported of one file."""
EACH = 5 * MOST
"""How many problems one rule looks for in one file: more than are reported, as comments may silence some."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """The problems of a file, and what was seen of others to find them: as long as that holds, they are what a new check would find.

    `has_failed` tells that some rule has, so that the next check, of whatever process, is to fail and tell of it again.
    """

    problems: tuple[Problem, ...]
    seen: Seen
    has_failed: bool = False


def check_file(workspace: Workspace, path: str, most: int = MOST) -> tuple[Problem, ...]:
    """The problems of one record, index or settings file, in the order of its text, at most so many; none for other files.

    A rule that fails is logged and left out.
    """
    return _problems(_subjects(workspace, path), most)


def examine(workspace: Workspace, path: str, notes: Notes) -> Checked:
    """The same, with what was seen of others."""
    seen, failed = Seen(), list[str]()
    subjects = tuple(_subjects(workspace, path))
    if any(subject.about in _OF_ALL for subject in subjects):
        seen.note_all(workspace)  # in which is whatever it may see as something else, such as a page, besides
        noted = seen.view(workspace).surroundings
        problems = _problems((replace(subject, noted=noted) for subject in subjects), failed=failed)
    else:
        problems = _problems((_watched(subject, seen) for subject in subjects), failed=failed)
    seen.close(notes)
    return Checked(problems, seen, bool(failed))


_OF_ALL: tuple[About, ...] = ("index", "settings")
"""What is looked at with all there is."""


def _watched(subject: Subject, seen: Seen) -> Subject:
    """What a rule looks at, through views that note what is read of others."""
    workspace = subject.workspace
    log = seen.log(workspace, subject.log.directory)
    return replace(subject, workspace=seen.view(workspace), log=log, whole=workspace)


def _problems(subjects: Iterable[Subject], most: int = MOST, failed: list[str] | None = None) -> tuple[Problem, ...]:
    """The problems of one file, which may be looked at as several things; what its comments silence, they silence in all of them.

    The names of the rules that fail come into `failed`.
    """
    reported: list[Problem] = []
    first: Subject | None = None
    for subject in subjects:
        first = first or subject
        config = subject.log.config.at(subject.record.path)
        reported += [
            problem
            for rule, level in _active(config).asked_of(subject)
            for problem in _run(rule, level, config, subject, failed)
        ]
    if first is None:
        return ()
    config = first.log.config.at(first.record.path)
    active = _active(config)
    found, wrong = suppression.silenced(reported, first.record, _here.NAMES, active.unheard, quieted=active.quieted)
    for rule, mistake in wrong:
        level = config.level(rule.name, rule.level, rule.strict)
        if level != "off":
            found.append(_problem(rule, level, first, mistake))
    found.sort(key=lambda problem: (problem.span, problem.rule.name))
    return tuple(found[:most])


def check(workspace: Workspace) -> Iterator[Problem]:
    """The problems of all files that are looked at, file by file in the order of their paths."""
    for path in checked(workspace):
        yield from check_file(workspace, path)


def checked(workspace: Workspace) -> list[str]:
    """The paths of the files that rules look at: records, indexes, other pages and source code that refer to records, and settings, sorted.

    Those of which nobody knows whether they are indexes count, so that people are told.
    """
    pages = (path for path in workspace.pages if _log_of_page(workspace, path) is not None)
    found = {*workspace.records, *workspace.indexes, *workspace.lost, *pages, *workspace.settings, *workspace.code}
    return sorted(found)


def is_checked(workspace: Workspace, path: str) -> bool:
    """Whether the file at a path is one that rules look at."""
    is_known = path in workspace.code or path in workspace.lost
    return is_known or is_of_log(workspace, path) or _log_of_page(workspace, path) is not None


def is_of_log(workspace: Workspace, path: str) -> bool:
    """Whether the file at a path is a record, an index or has settings, and not just another page that may refer to records."""
    return path in workspace.records or path in workspace.settings or path in workspace.indexes


def _log_of_page(workspace: Workspace, path: str) -> Log | None:
    """The log by which a page is judged that refers to records; None for other files, and where that is not wanted."""
    if path not in workspace.pages or path in workspace.records or not workspace.may_be_guide(path):
        return None
    return workspace.log_near(path)


def kinds(workspace: Workspace, path: str) -> tuple[tuple[About, str], ...]:
    """What the file at a path is looked at as, each with the directory of its log; nothing is read for that."""
    return tuple((about, log.directory) for about, log in _kinds(workspace, path))


def _kinds(workspace: Workspace, path: str) -> Iterator[tuple[About, Log]]:
    own = workspace.log_of(path)
    if own is not None and path in workspace.records:
        yield "record", own
    if own is not None and path in workspace.indexes:
        yield "index", own
    page = _log_of_page(workspace, path)
    if page is not None:
        yield "page", page
    code = workspace.log_near(path) if path in workspace.code else None
    if code is not None:
        yield "code", code
    settings = workspace.settings.get(path)
    if settings is not None:
        yield "settings", Log(settings.folder, MappingProxyType({}), config=settings.config)


def _subjects(workspace: Workspace, path: str) -> Iterator[Subject]:
    index, settings = workspace.indexes.get(path), workspace.settings.get(path)
    for about, log in _kinds(workspace, path):
        if about == "index" and index is not None:
            yield Subject(workspace, log, index.page, index)
        elif about == "settings" and settings is not None:
            yield Subject(workspace, log, settings.page, settings=settings)
        elif (file := workspace.file(path)) is not None:
            is_page = about == "page"
            yield Subject(workspace, log, file, index if is_page else None, is_page=is_page)


class _Active:
    """The rules that a configuration leaves on, by what they are about, with their levels; the names of those that are off.

    `quieted` tells whether one is off that is not so by default.
    """

    def __init__(self, config: Config) -> None:
        levels = [(rule, config.level(rule.name, rule.level, rule.strict)) for rule in _here.RULES]
        self._on: dict[About, list[tuple[Rule, Level]]] = {"record": [], "index": [], "page": [], "settings": [], "code": []}
        for rule, level in levels:
            if level != "off":
                self._on[rule.about].append((rule, level))
                if rule.pages:
                    self._on["page"].append((rule, level))
        self.unheard = frozenset(rule.name for rule, level in levels if level == "off")
        self.quieted = any(rule.level != "off" for rule, level in levels if level == "off")

        self._asciidoc = {about: [one for one in on if one[0].asciidoc] for about, on in self._on.items()}

    def asked_of(self, subject: Subject) -> list[tuple[Rule, Level]]:
        """The rules that look at what is looked at."""
        return (self._asciidoc if subject.record.is_fixed else self._on)[subject.about]


def _active(config: Config) -> _Active:
    """What a configuration leaves on, worked out once for as long as it is in use."""
    known = _ACTIVE.get(id(config))
    if known is None or known[0]() is not config:
        key = id(config)
        known = _ACTIVE[key] = weakref.ref(config, lambda gone: _forget(key, gone)), _Active(config)
    return known[1]


def _forget(key: int, gone: weakref.ref[Config]) -> None:
    """Lets go of what a configuration that is gone left on, unless another one has its place already."""
    if (known := _ACTIVE.get(key)) is not None and known[0] is gone:
        del _ACTIVE[key]


_ACTIVE: dict[int, tuple[weakref.ref[Config], _Active]] = {}


def _run(rule: Rule, level: Level, config: Config, subject: Subject, failed: list[str] | None = None) -> Iterator[Problem]:
    is_set = rule.name in config.rules
    try:
        for found in islice(rule.check(subject), EACH):
            own = level if is_set or found.level is None else config.toned(found.level)
            if own != "off":
                yield _problem(rule, own, subject, found)
    except Exception:  # noqa: BLE001  # whatever a rule trips over is its own matter: one logged line, and the others go on
        _log.exception("rule %s failed on %s", rule.name, subject.record.path)
        if failed is not None:
            failed.append(rule.name)


def _problem(rule: Rule, level: Level, subject: Subject, found: Found) -> Problem:
    size = len(subject.record.text)
    span = Span(min(found.span.start, size), min(max(found.span.start, found.span.end), size))
    fixes = tuple(replace(fix, make=partial(_changes, rule, subject, fix)) for fix in found.fixes)
    return Problem(rule, level, subject.record.path, span, found.message, fixes, found.related, found.tag)


def _changes(rule: Rule, subject: Subject, fix: Fix) -> tuple[FileEdit, ...]:
    """The edits of a fix that change the text where they stand; none where it fails, which is as well as no fix, and logged.

    One that would change a file that is only read is none either, as half of it would be left undone.
    """
    try:
        edits = fix.edits
        if any(map(filename.is_asciidoc, (found.path for found in edits))):
            return ()
        return tuple(found for found in edits if _is_change(subject, found))
    except Exception:  # noqa: BLE001  # as above
        _log.exception("a fix of rule %s failed on %s", rule.name, subject.record.path)
        return ()


def _is_change(subject: Subject, found: FileEdit) -> bool:
    file = subject.record if found.path == subject.record.path else subject.fixing.file(found.path)
    return file is None or found.edit.span.of(file.text) != found.edit.text
