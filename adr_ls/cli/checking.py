"""What is read for a command, and which of the problems in it are reported."""

from __future__ import annotations

import argparse
import posixpath
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from adr_ls import reports, rules
from adr_ls.cli import progress
from adr_ls.cli.scope import Scope, is_below, scope
from adr_ls.history.versions import Touch, joined
from adr_ls.io import cache, changes, disk, files
from adr_ls.io.cache import Searched
from adr_ls.io.disk import Loaded
from adr_ls.io.files import repository_of
from adr_ls.io.terminal import CommandError, clean
from adr_ls.log import discovery
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.filename import UNREAD
from adr_ls.record.known import Known
from adr_ls.record.record import Record, record_of
from adr_ls.reports.model import Report, findings, told
from adr_ls.rules import accepted, verdicts
from adr_ls.rules.model import Problem, Rule, Subject
from adr_ls.settings import former
from adr_ls.settings.file import Settings
from adr_ls.syntax.text import Lines, Span
from adr_ls.words.similar import LOOSE, nearest

if TYPE_CHECKING:  # what runs programs is imported where a program is run
    from adr_ls.io import git


def options(parser: argparse.ArgumentParser, *, path: bool = True) -> None:
    """Adds what commands that read can be told: where to look, if it is a `path`, and what is set besides."""
    if path:
        parser.add_argument(
            "path",
            nargs="?",
            help="the repository, directory or file to look at (default: here, or else the repository around)",
        )
    parser.add_argument("--config", metavar="FILE", help="a settings file that goes before those of the repository")


def unknown_rule(name: str) -> CommandError:
    """The error of a command that was given a rule that does not exist."""
    near = nearest(name, rules.BY_NAME, LOOSE)
    return CommandError(
        f"there is no rule “{clean(name)}”" + (f"; did you mean “{near}”?" if near else "; “adr-ls explain” lists them")
    )


def current(name: str) -> str:
    """The name of today of the rule that somebody asks for; refuses what is none."""
    now = former.rule(name)
    if now not in rules.NAMES:
        raise unknown_rule(name) if now else CommandError(clean(former.told("rule", name, now)))
    return now


def tell_former(given: Iterable[str]) -> None:
    """Tells people which of the rules that they named are called something else now."""
    for name in given:
        if (now := former.rule(name)) != name:
            sys.stderr.write(f"adr-ls: {clean(former.told('rule', name, now))}\n")


def wanted_rules(options: argparse.Namespace) -> frozenset[str]:
    """The names of the rules that `--select` and `--ignore` leave."""
    selected, ignored = _names(options.select), _names(options.ignore)
    return frozenset(selected or rules.NAMES) - frozenset(ignored)


def _groups() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rules whose names begin with the same word, by that word, where there are several: ``index``, ``supersede``."""
    words: dict[str, list[str]] = {}
    for rule in rules.RULES:
        words.setdefault(rule.name.partition("-")[0], []).append(rule.name)
    yield from ((word, tuple(names)) for word, names in sorted(words.items()) if len(names) > 1)


GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(dict(_groups()))
"""The names of the rules of each group."""
ALL = "all"
"""What stands for every rule."""


def _parts(given: Iterable[str]) -> list[str]:
    return [name.strip() for part in given for name in part.split(",") if name.strip()]


def _names(given: Iterable[str]) -> list[str]:
    """The rules that are given by name or by group."""
    found: list[str] = []
    for name in _parts(given):
        if name.casefold() == ALL:
            found += (rule.name for rule in rules.RULES)
        elif name not in rules.NAMES and name.rstrip("-*") in GROUPS:
            found += GROUPS[name.rstrip("-*")]
        else:
            found.append(current(name))
    return found


def config_of(options: argparse.Namespace | None) -> Mapping[str, Any]:
    """What the file given by ``--config`` sets, which goes before what the repository sets."""
    given = getattr(options, "config", None)
    if given is None:
        return {}
    try:
        text = Path(given).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"cannot read “{clean(given)}”: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from error
    found = Settings(disk.to_path(given), text, rules.NAMES)
    if found.wrong:
        line, column = Lines(text).position(found.wrong[0].span.start)
        raise CommandError(clean(f"{given}:{line + 1}:{column + 1}: {found.wrong[0].message}"))
    return found.values or {}


def settings_of(options: argparse.Namespace) -> Mapping[str, Any]:
    """What is set on the command line: what is not wanted is off, what is asked for by name is on though it is off by default."""
    own = config_of(options)
    wanted = wanted_rules(options)
    tell_former(_parts((*options.select, *options.ignore)))
    levels = dict.fromkeys(rules.NAMES - wanted, "off")
    named = (now for name in _parts(options.select) if (now := former.rule(name)) in wanted)
    levels |= {name: "warning" for name in named if rules.BY_NAME[name].level == "off"}
    return {**own, "rules": {**own.get("rules", {}), **levels}} if levels else own


class Reader:
    """Reads what a scope needs, again and again if need be, and keeps what has not changed.

    `is_reporting` says whether problems are reported, mistakes in settings files that were asked for among them; `opened` are texts, by
    their paths, that are looked at instead of those on the disk. With `code`, source code is searched for references to records.
    """

    def __init__(
        self,
        asked: Scope,
        settings: Mapping[str, Any],
        *,
        is_reporting: bool,
        opened: Mapping[str, str] | None = None,
        code: bool = False,
    ) -> None:
        self.scope = asked
        self.loaded = Loaded(Workspace())
        self._settings = settings
        self._opened = opened or {}
        self._is_reporting = is_reporting
        self._told: set[str] = set()
        self._roots = list(asked.roots)
        self._code = code
        self._searched: Searched | None = None

    def load(self) -> Loaded:
        """What is on disk now; what people have to be told is told once."""
        known = self.loaded if self.loaded.workspace.roots else None
        try:
            with progress.shown() as count:
                load = partial(
                    disk.load, settings=self._settings, opened=self._opened, rules=rules.NAMES, workers=None, progress=count
                )
                self.loaded = load(self._roots, known=known, cached=True)
            if self.loaded.left and (told := changes.recover(self.loaded.left, self._roots)):
                sys.stderr.write("".join(f"adr-ls: {clean(sentence)}\n" for sentence in told))
                self.loaded = load(self._roots, known=self.loaded)
            alone = [path for path in (*self.scope.paths, *self.scope.directories) if self._is_left_out(path)]
            outside = next((path for path in alone if path in self.scope.directories and self._leads_out(path)), None)
            if outside is not None:
                raise CommandError(
                    f"“{clean(outside)}” is a link that leads out of what is looked at; name the place that it leads to"
                )
            if alone:  # ignored by git, say, but asked for by name: it stands for itself, and a file for its directory
                self._roots += [Path(path) for path in alone]
                self.loaded = load(self._roots, known=self.loaded)
            if self._code:
                from adr_ls.io import code  # noqa: PLC0415  # few look at source code

                self._searched = code.add(self.loaded, self._searched, is_asked=True)
            if not any(path in self.scope for path in rules.checked(self.loaded.workspace)):
                self.scope = self.scope.widened
        except OSError as error:
            where = error.filename or self.scope.base
            raise CommandError(f"cannot read “{clean(str(where))}”: {error.strerror}") from error
        # Mistakes in settings are problems like others, but where nobody asked for the problems of that file
        told = disk.told(self.loaded, lambda path: not (self._is_reporting and path in self.scope))
        for sentence in told:
            if sentence not in self._told:
                sys.stderr.write(f"adr-ls: {clean(sentence)}\n")
        self._told = set(told)
        return self.loaded

    def _is_left_out(self, path: str) -> bool:
        """Whether nothing was found of what was asked for, or only pages of what nobody takes for records unasked, such as examples."""
        workspace = self.loaded.workspace
        if Path(path) in map(Path.absolute, self._roots):
            return False
        is_directory = path in self.scope.directories
        if not is_directory and not path.casefold().endswith(filename.SUFFIXES):
            return False
        found = [file for file in workspace.files if file == path or is_below(file, path)]
        home = next((root for root in map(disk.to_path, self._roots) if is_below(path, root)), "")
        is_aside = discovery.is_aside(path[len(home) + 1 :] if is_directory else posixpath.dirname(path)[len(home) + 1 :])
        if not found and is_directory and self._code:
            return False  # there may well be nothing but source code in it
        return not found or (is_aside and not any(file in workspace.records for file in found))

    def _leads_out(self, path: str) -> bool:
        """Whether a directory seems to be in a folder that is looked at, and a link there leads elsewhere."""
        is_inside = any(is_below(path, disk.to_path(root)) for root in self._roots)
        return is_inside and not files.contains(self._roots, Path(path))

    def check(self, *, fixable: bool) -> list[Problem]:
        """The problems of all files that are looked at; where an earlier check found those of a file, they are not looked for again."""
        workspace, folders = self.loaded.workspace.in_one_go(), [disk.folder_of(root) for root in self._roots]
        left = cache.verdicts(folders, self._settings, on=not self._opened and not self.loaded.uncached)
        if left is None:
            return list(rules.check(workspace))
        problems, news = verdicts.check(workspace, rules.checked(workspace), left, fixable=fixable)
        if news is not None:
            cache.save_verdicts(folders, self._settings, news)
        return problems

    def file(self, path: str) -> Record:
        """The file at a path, also one that is no record, such as one with settings."""
        workspace = self.loaded.workspace
        found = workspace.file(path)
        if found is None:
            read = files.read(Path(path), self._roots)
            found = Record(path, read.text if isinstance(read, files.Text) else "")
        return found


@dataclass(frozen=True)
class Judged:
    """The problems of the files asked for, and which files were looked at: of the pages that only refer to records those with problems."""

    problems: tuple[Problem, ...]
    checked: tuple[str, ...]


def judge(reader: Reader, options: argparse.Namespace, *, fixable: bool = True) -> Judged:
    """Looks for the problems that were asked for; with `fixable` they have their fixes."""
    workspace, wanted = reader.loaded.workspace, wanted_rules(options)
    checked = [path for path in rules.checked(workspace) if path in reader.scope]
    collisions: list[Problem] = []
    if options.since is not None:
        from adr_ls.io import git  # noqa: PLC0415  # few runs compare with a commit

        folders = [disk.folder_of(root) for root in reader.scope.roots]
        changed = [git.since(folder, options.since, _below(disk.to_path(folder), checked)) for folder in folders]
        workspace = _compared(workspace, changed)
        touched = {posixpath.join(disk.to_path(found.folder), path) for found in changed for path in found.changed}
        checked = [path for path in checked if path in touched]
        collisions = [problem for found in changed for problem in _collisions(workspace, found) if problem.path in checked]
        collisions += [problem for found in changed for problem in _taken_away(workspace, found)]
    whole = options.since is None and reader.scope.is_all
    if whole:
        found: Iterable[Problem] = reader.check(fixable=fixable)
    else:
        found = (problem for path in checked for problem in rules.check_file(workspace, path))
    problems = [problem for problem in (*found, *collisions) if problem.rule.name in wanted and problem.path in reader.scope]
    problems.sort(key=lambda problem: (problem.path, problem.span, problem.rule.name))
    troubled = {problem.path for problem in problems}
    return Judged(tuple(problems), tuple(path for path in checked if rules.is_of_log(workspace, path) or path in troubled))


def _compared(workspace: Workspace, changed: Iterable[git.Since]) -> Workspace:
    """The workspace with the records as they were, where somebody wants to know what has changed in them."""
    rule = accepted.accepted_changed
    before: dict[str, Record] = {}
    for since in changed:
        moved = {new: old for new, old in _moves(since).items() if new in since.new}
        for path in since.changed:
            absolute, source = posixpath.join(disk.to_path(since.folder), path), moved.get(path)
            log = workspace.log_of(absolute)
            is_new = path in since.new and source is None
            if is_new or log is None or absolute not in workspace.records or not _is_on(rule, log, absolute):
                continue
            text = since.read_before(source or path)
            if text is not None:
                before[absolute] = record_of(absolute, text)
    return replace(workspace, before=MappingProxyType(before)) if before else workspace


def _moves(since: git.Since) -> Mapping[str, str]:
    """Where new files were before, as their names tell."""
    gone, new = (Touch(path, "", path) for path in since.gone), (Touch(path, "new", None) for path in sorted(since.new))
    return {one.path: one.source for one in joined([*gone, *new]) if one.source is not None and one.path != one.source}


def _is_on(rule: Rule, log: Log, path: str) -> bool:
    return log.config.at(path).level(rule.name, rule.level, rule.strict) != "off"


def _taken_away(workspace: Workspace, since: git.Since) -> Iterator[Problem]:
    """The accepted records that are gone, where they must not change."""
    rule, folder = accepted.accepted_changed, disk.to_path(since.folder)
    moved = {*_moves(since).values()}
    for path in since.gone:
        absolute = posixpath.join(folder, path)
        log = workspace.log_near(absolute)
        is_ours = log is not None and is_below(absolute, log.directory) and not filename.is_asciidoc(path)
        if log is None or not is_ours or path in moved or not _is_on(rule, log, absolute):
            continue
        text = since.read_before(path)
        record = record_of(absolute, text) if text is not None else None
        if record is not None and (message := accepted.on_absence(workspace, record)):
            config = log.config.at(absolute)
            yield Problem(rule, config.level(rule.name, rule.level, rule.strict), absolute, Span(0, 0), message)


def _below(folder: str, paths: Iterable[str]) -> list[str]:
    """The paths in a folder, relative to it."""
    return [posixpath.relpath(path, folder) for path in paths if path.startswith(f"{folder.rstrip('/')}/")]


def _collisions(workspace: Workspace, since: git.Since) -> Iterator[Problem]:
    """Numbers of new records here that another record has taken meanwhile where the branch is to be merged."""
    folder = disk.to_path(since.folder)
    rule = rules.BY_NAME["duplicate-number"]
    there: dict[str, list[Record]] = {}
    for log in workspace.logs:
        taken = []
        for path in since.new_there:
            absolute = posixpath.join(folder, path)
            if filename.is_read(path) and absolute.startswith(f"{log.directory}/") and absolute not in workspace.files:
                text = since.read(path)
                if text is not None:
                    taken.append(record_of(absolute, text))
        there[log.directory] = taken
    for log in workspace.logs:
        taken = there[log.directory]
        for record in log.records.values() if taken else ():
            level = log.config.at(record.path).level(rule.name, rule.level, rule.strict)
            if level == "off" or record.number is None or posixpath.relpath(record.path, folder) not in since.new:
                continue
            same = [
                other for other in taken if (other.series.casefold(), other.number) == (record.series.casefold(), record.number)
            ]
            if same:
                known: tuple[Known, ...] = (*log.records.values(), *taken)
                numbers = [other.number or 0 for other in known if other.series == record.series]
                names = ", ".join(f"“{posixpath.basename(other.path)}”" for other in same)
                message = (
                    f"Number {record.name.digits or record.number} is also used by {names} on “{since.revision}”, which this branch"
                    f" does not have yet; the next free number is {max(numbers) + 1}."
                )
                whole = workspace.file(record.path)
                head = Subject(workspace, log, whole).head if whole is not None else Span(0, 0)
                yield Problem(rule, level, record.path, head, message)


def _nothing(reader: Reader, options: argparse.Namespace) -> str:
    """What to say where no file was looked at."""
    loaded = reader.loaded
    if loaded.workspace.records and options.since is not None:
        return f"No ADRs have changed since {clean(options.since)}."
    if reader.scope.paths:
        return "No ADRs among these files."
    return nothing_in(loaded)


def report(reader: Reader, options: argparse.Namespace, form: str) -> Report:
    """The report on what is on disk, for a format."""
    judged = judge(reader, options, fixable=form in reports.WITH_FIXES)
    base = base_of(reader.scope, form)
    found = tuple(findings(judged.problems, reader.file, base))
    hidden: int | None = None
    if options.baseline is not None:
        from adr_ls.cli import baseline  # noqa: PLC0415  # few need it

        found, hidden = baseline.new_since(Path(options.baseline), found, is_judged(judged, reader, options))
    return Report(
        findings=found,
        checked=tuple(told(path, base) for path in judged.checked),
        records=sum(path in reader.loaded.workspace.records for path in judged.checked),
        code=sum(path in reader.loaded.workspace.code for path in judged.checked),
        fails_on=options.fail_on,
        base=base,
        read=reader.file,
        hidden=hidden,
        nothing=_nothing(reader, options),
        is_quiet=options.quiet,
    )


def base_of(asked: Scope, form: str) -> str:
    """The directory that the paths of a report are told from."""
    if form in reports.FOR_PEOPLE:
        return asked.shown_from
    if form not in reports.FROM_REPOSITORY:
        return asked.base
    repository = repository_of(Path(asked.base))
    if repository is not None:
        return disk.to_path(repository)
    here = disk.to_path(".")
    return here if asked.base.startswith(here.rstrip("/") + "/") else asked.base


def is_judged(judged: Judged, reader: Reader, options: argparse.Namespace) -> Callable[[str, str], bool]:
    """Whether a file was looked at for a rule; a file that is gone was, if everything was asked for."""
    wanted, checked = wanted_rules(options), frozenset(judged.checked)

    def looked_at(path: str, rule: str) -> bool:
        whole = options.since is None and path in reader.scope and not Path(path).exists()
        return (rule in wanted or rule not in rules.NAMES) and (path in checked or whole)

    return looked_at


def read(path: str | None, options: argparse.Namespace | None = None, *, code: bool = False) -> Reader:
    """Reads what the one path that a command was given needs, or what is here, and tells what people have to be told of it.

    With `code`, source code is searched for references to records.
    """
    reader = Reader(scope([path] if path is not None else []), config_of(options), is_reporting=False, code=code)
    reader.load()
    return reader


def nothing_in(loaded: Loaded) -> str:
    """The sentence for where there are no records, with the reason if one is known."""
    notes = [f"{clean(posixpath.basename(path.rstrip('/')))} {clean(reason)}" for path, reason in loaded.notes[:1]]
    return "No ADRs found here." + unread(loaded) + "".join(f" {note[:1].upper()}{note[1:]}." for note in notes)


def unread(loaded: Loaded) -> str:
    """What to add where no ADRs are found, but files that may be some in a markup that is not read; empty where there are none."""
    found = discovery.unread(loaded.workspace.files)
    kinds = (
        f"{len(paths)} {'file' if len(paths) == 1 else 'files'} in {UNREAD[suffix]} ({clean(posixpath.basename(paths[0]))})"
        for suffix, paths in found.items()
    )
    return f" Only Markdown and AsciiDoc are read; left out are {', '.join(kinds)}." if found else ""


def is_asked(log: Log, reader: Reader) -> bool:
    """Whether a log, be it without records, lies in what was asked for."""
    directories = reader.scope.directories
    return log.directory in directories or log.directory in reader.scope or any(path in reader.scope for path in log.records)
