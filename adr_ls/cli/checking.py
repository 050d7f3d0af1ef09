"""``adr-ls check``: which files are meant, what of their problems is reported, and mending them."""

from __future__ import annotations

import argparse
import posixpath
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adr_ls import reports, rules
from adr_ls.io import disk, files
from adr_ls.io.disk import Loaded
from adr_ls.io.terminal import CommandError, clean, inert, plain, unified
from adr_ls.log import discovery
from adr_ls.log.workspace import Workspace
from adr_ls.record.filename import UNREAD
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.reports.model import Finding, Report, findings
from adr_ls.rules.model import Problem, Subject
from adr_ls.syntax.text import Span
from adr_ls.words.similar import LOOSE, nearest
from adr_ls.write import renaming

if TYPE_CHECKING:  # what runs programs is imported where a program is run
    from adr_ls.io import git

OK, PROBLEMS = 0, 1
POLL = 1.0
"""Seconds between looks at the disk while watching, at least."""


# Which files


@dataclass(frozen=True)
class Scope:
    """The files asked for. Records are judged in their whole log, so more is read (`roots`) than is reported on (`paths`).

    `base` is the directory that paths are told from: the one directory asked for; else the current one, if everything asked for is in it.
    """

    roots: tuple[Path, ...]
    base: str
    directories: tuple[str, ...]
    paths: frozenset[str]

    def __contains__(self, path: object) -> bool:
        return path in self.paths or any(str(path).startswith(f"{directory.rstrip('/')}/") for directory in self.directories)


def scope(arguments: Iterable[str]) -> Scope:
    """What the arguments of the command line ask for; all of them must exist."""
    given = [Path(argument) for argument in arguments]
    for path in given:
        if not path.exists():
            raise CommandError(f"there is no “{clean(str(path))}”")
    folders = [path for path in given if path.is_dir()]
    paths = frozenset(disk.to_path(path) for path in given if not path.is_dir())
    directories = tuple(disk.to_path(path) for path in folders)
    if len(given) == 1 and folders:
        return Scope((given[0],), directories[0], directories, paths)
    roots = {directory: directory for directory in directories}
    for file in sorted(paths):
        home, root = _home(Path(file))
        roots.setdefault(disk.to_path(home), disk.to_path(root))
    outermost = [
        root for root in roots.values() if not any(root.startswith(other.rstrip("/") + "/") for other in roots.values())
    ]
    here = disk.to_path(".")
    if all(path.startswith(here.rstrip("/") + "/") or path == here for path in (*paths, *directories)):
        base = here
    else:
        base = posixpath.commonpath([*directories, *(posixpath.dirname(path) for path in paths)])
    return Scope(tuple(Path(root) for root in outermost), base, directories, paths)


def _home(file: Path) -> tuple[Path, Path]:
    """The folder from which a file is judged, and what to read for it.

    That is its repository, so that the index above it and the settings count; else the files beside it, or itself where these are nobody's
    business.
    """
    repository = repository_of(file.parent)
    if repository is not None:
        return repository, repository
    return (file.parent if files.is_crawlable(file.parent) else file), file


def repository_of(folder: Path) -> Path | None:
    """The nearest folder, this one or one above, that holds a repository and may be walked."""
    for candidate in (folder, *folder.absolute().parents):
        if (candidate / ".git").exists():
            return candidate if files.is_crawlable(candidate) else None
    return None


def _report_base(asked: Scope, form: str) -> str:
    """The directory that the paths of a report are told from."""
    if form not in reports.FROM_REPOSITORY:
        return asked.base
    repository = repository_of(Path(asked.base))
    if repository is not None:
        return disk.to_path(repository)
    here = disk.to_path(".")
    return here if asked.base.startswith(here.rstrip("/") + "/") else asked.base


# Which rules


def unknown_rule(name: str) -> CommandError:
    """The error of a command that was given a rule that does not exist."""
    near = nearest(name, rules.BY_NAME, LOOSE)
    return CommandError(
        f"there is no rule “{clean(name)}”" + (f"; did you mean “{near}”?" if near else "; “adr-ls explain” lists them")
    )


def _rules(options: argparse.Namespace) -> frozenset[str]:
    """The names of the rules that `--select` and `--ignore` leave."""
    selected, ignored = _names(options.select), _names(options.ignore)
    return frozenset(selected or rules.NAMES) - frozenset(ignored)


def _names(given: Iterable[str]) -> list[str]:
    names = [name.strip() for part in given for name in part.split(",") if name.strip()]
    for name in names:
        if name not in rules.NAMES:
            raise unknown_rule(name)
    return names


def _settings(options: argparse.Namespace) -> Mapping[str, Any]:
    """Settings that switch off what is not wanted, and on what is asked for by name though it is off by default."""
    wanted = _rules(options)
    levels = dict.fromkeys(rules.NAMES - wanted, "off")
    levels |= {name: "warning" for name in _names(options.select) if name in wanted and rules.BY_NAME[name].level == "off"}
    return {"rules": levels} if levels else {}


# Reading and judging


class Reader:
    """Reads what a scope needs, again and again if need be, and keeps what has not changed."""

    def __init__(self, asked: Scope, settings: Mapping[str, Any]) -> None:
        self.scope = asked
        self.loaded = Loaded(Workspace())
        self._settings = settings
        self._told: set[str] = set()
        self._roots = list(asked.roots)

    def load(self) -> Loaded:
        """What is on disk now; what people have to be told is told once."""
        known = self.loaded if self.loaded.workspace.roots else None
        try:
            self.loaded = disk.load(self._roots, settings=self._settings, known=known, rules=rules.NAMES)
            alone = [path for path in self.scope.paths if self._is_left_out(path)]
            if alone:  # ignored by git, say, but asked for by name: it stands for itself and its directory
                self._roots += [Path(path) for path in alone]
                self.loaded = disk.load(self._roots, settings=self._settings, known=self.loaded, rules=rules.NAMES)
        except OSError as error:
            where = error.filename or self.scope.base
            raise CommandError(f"cannot read “{clean(str(where))}”: {error.strerror}") from error
        # Mistakes in settings are problems like others, but where nobody asked for the problems of that file
        told = disk.told(self.loaded, lambda path: path not in self.scope)
        for sentence in told:
            if sentence not in self._told:
                sys.stderr.write(f"adr-ls: {clean(sentence)}\n")
        self._told = set(told)
        return self.loaded

    def _is_left_out(self, path: str) -> bool:
        known = path in self.loaded.workspace.files or Path(path) in self._roots
        return not known and path.lower().endswith((".md", ".markdown", ".mdx"))

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
    """The problems of the files asked for, and which of the log's files were looked at."""

    problems: tuple[Problem, ...]
    checked: tuple[str, ...]


def _judge(reader: Reader, options: argparse.Namespace) -> Judged:
    workspace, wanted = reader.loaded.workspace, _rules(options)
    checked = [path for path in rules.checked(workspace) if path in reader.scope]
    collisions: list[Problem] = []
    if options.since is not None:
        from adr_ls.io import git  # noqa: PLC0415  # few runs compare with a commit

        changed = [git.since(root if root.is_dir() else root.parent, options.since) for root in reader.scope.roots]
        touched = {posixpath.join(disk.to_path(found.folder), path) for found in changed for path in found.changed}
        checked = [path for path in checked if path in touched]
        collisions = [problem for found in changed for problem in _collisions(workspace, found) if problem.path in checked]
    whole = options.since is None and not reader.scope.paths
    found = rules.check(workspace) if whole else (problem for path in checked for problem in rules.check_file(workspace, path))
    problems = [problem for problem in (*found, *collisions) if problem.rule.name in wanted and problem.path in reader.scope]
    problems.sort(key=lambda problem: (problem.path, problem.span, problem.rule.name))
    return Judged(tuple(problems), tuple(checked))


def _collisions(workspace: Workspace, since: git.Since) -> Iterator[Problem]:
    """Numbers of new records here that another record has taken meanwhile where the branch is to be merged."""
    folder = disk.to_path(since.folder)
    rule = rules.BY_NAME["duplicate-number"]
    there: dict[str, list[Record]] = {}
    for log in workspace.logs:
        taken = []
        for path in since.new_there:
            absolute = posixpath.join(folder, path)
            is_markdown = path.lower().endswith((".md", ".markdown", ".mdx"))
            if is_markdown and absolute.startswith(f"{log.directory}/") and absolute not in workspace.files:
                text = since.read(path)
                if text is not None:
                    taken.append(Record(absolute, text))
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
    if loaded.workspace.records or reader.scope.paths:
        return "No ADRs among these files."
    return "No ADRs found here." + unread(loaded) + (f" ({loaded.notes[0][1]})" if loaded.notes else "")


def unread(loaded: Loaded) -> str:
    """What to add where no ADRs are found, but files that may be some in a markup that is not read; empty where there are none."""
    found = discovery.unread(loaded.workspace.files)
    kinds = (
        f"{len(paths)} {'file' if len(paths) == 1 else 'files'} in {UNREAD[suffix]} ({clean(posixpath.basename(paths[0]))})"
        for suffix, paths in found.items()
    )
    return f" Only Markdown is read; left out are {', '.join(kinds)}." if found else ""


def _report(reader: Reader, options: argparse.Namespace, form: str) -> Report:
    judged = _judge(reader, options)
    base = _report_base(reader.scope, form)
    found = tuple(findings(judged.problems, reader.file, base))
    hidden: int | None = None
    if options.baseline is not None:
        found, hidden = _new_since_baseline(reader, options, judged, found)
    return Report(
        findings=found,
        checked=tuple(posixpath.relpath(path, base) for path in judged.checked),
        records=sum(path in reader.loaded.workspace.records for path in judged.checked),
        fails_on=options.fail_on,
        base=base,
        read=reader.file,
        hidden=hidden,
        nothing=_nothing(reader, options),
    )


# Baselines


def _is_judged(judged: Judged, reader: Reader, options: argparse.Namespace) -> Callable[[str, str], bool]:
    """Whether a file was looked at for a rule; a file that is gone was, if everything was asked for."""
    wanted, checked = _rules(options), frozenset(judged.checked)

    def is_judged(path: str, rule: str) -> bool:
        whole = options.since is None and path in reader.scope and not Path(path).exists()
        return (rule in wanted or rule not in rules.NAMES) and (path in checked or whole)

    return is_judged


def _new_since_baseline(
    reader: Reader, options: argparse.Namespace, judged: Judged, found: tuple[Finding, ...]
) -> tuple[tuple[Finding, ...], int]:
    from adr_ls.cli import baseline  # noqa: PLC0415  # few need it

    file = Path(options.baseline)
    compared = baseline.compare(
        found,
        baseline.read(file),
        disk.to_path(file.absolute().parent),
        exists=lambda path: Path(path).exists(),
        judged=_is_judged(judged, reader, options),
    )
    if compared.obsolete:
        count = len(compared.obsolete)
        sys.stderr.write(
            f"adr-ls: {count} {'entries' if count > 1 else 'entry'} of “{clean(file.name)}” {'are' if count > 1 else 'is'}"
            " no longer needed; “--write-baseline” takes them out:\n"
        )
        for entry in compared.obsolete:
            sys.stderr.write(f"  {clean(entry.path)}  {clean(entry.rule)}  {clean(entry.message)}\n")
    return compared.new, len(compared.known)


def _write_baseline(reader: Reader, options: argparse.Namespace) -> int:
    from adr_ls.cli import baseline  # noqa: PLC0415  # few need it

    file = Path(options.baseline)
    directory = disk.to_path(file.absolute().parent)
    judged = _judge(reader, options)
    found = tuple(findings(judged.problems, reader.file, reader.scope.base))
    earlier = baseline.read(file) if file.exists() else ()
    is_judged = _is_judged(judged, reader, options)
    kept = [entry for entry in earlier if not is_judged(posixpath.normpath(posixpath.join(directory, entry.path)), entry.rule)]
    try:
        files.write(file, baseline.text(found, kept, directory), [file.absolute().parent])
    except files.WriteError as error:
        raise CommandError(clean(str(error))) from error
    count = len(found) + len(kept)
    sys.stderr.write(
        f"adr-ls: {clean(file.name)} now holds {count} problem{'s' * (count != 1)}; later checks report only others\n"
    )
    return OK


# Fixing


def _fixed(reader: Reader, options: argparse.Namespace) -> list[tuple[Record, Record]]:
    """The files that the safe fixes change, before and after."""
    from adr_ls.ide import actions  # noqa: PLC0415  # few need it

    workspace = reader.loaded.workspace
    _, changed = actions.fix_all_in(workspace, _judge(reader, options).checked)
    pairs = [
        (workspace.file(path), changed.file(path))
        for path in sorted({*workspace.records, *workspace.pages, *workspace.settings})
    ]
    return [(before, after) for before, after in pairs if before and after and before.text != after.text]


def write(loaded: Loaded, file: str, text: str) -> None:
    """Writes a file that was read, unless it has changed meanwhile."""
    roots = [Path(root) for root in loaded.workspace.roots]
    try:
        files.write(Path(file), text, roots, expected=loaded.stamps.get(file), bom=file in loaded.marked)
    except files.WriteError as error:
        raise CommandError(clean(str(error))) from error


def carry_out(loaded: Loaded, moves: Sequence[tuple[str, str]], texts: Mapping[str, tuple[str, str]]) -> None:
    """Moves files and folders and writes texts, each given by its path of before with the old one and the new one.

    Raises `CommandError` where something cannot be done, and has put back by then what was done.
    """
    roots = [Path(root) for root in loaded.workspace.roots]
    landed = dict(moves)
    undo: list[tuple[str, Callable[[], None]]] = []
    try:
        for old, new in moves:
            files.move(Path(old), Path(new), roots)
            undo.append((old, partial(files.move, Path(new), Path(old), roots)))
        for path, (before, after) in texts.items():
            put = partial(files.write, Path(renaming.landing(path, landed)), roots=roots, bom=path in loaded.marked)
            put(text=after, expected=loaded.stamps.get(path))
            undo.append((path, partial(put, text=before)))
    except (files.WriteError, KeyboardInterrupt) as error:
        left = [told for path, back in reversed(undo) if (told := _put_back(path, back))]
        said = str(error) or "interrupted"
        raise CommandError(clean("; ".join([said, *(left or ["nothing was changed"])]))) from error


def _put_back(path: str, back: Callable[[], None]) -> str:
    """What to tell of a file that cannot be put back; empty where it can."""
    try:
        back()
    except files.WriteError as error:
        return f"{posixpath.basename(path)} was changed and could not be put back: {error}"
    return ""


# The command


def run(options: argparse.Namespace) -> int:
    """Checks, and returns the status to exit with."""
    _refuse(options)
    reader = Reader(scope(options.paths), _settings(options))
    reader.load()
    if options.diff:
        base = _report_base(reader.scope, "text")
        changes = _fixed(reader, options)
        lines = [line for one, two in changes for line in unified(one.text, two.text, posixpath.relpath(one.path, base))]
        _put("".join(f"{line}\n" for line in lines), options)
        return PROBLEMS if changes else OK
    if options.fix:
        for _, after in _fixed(reader, options):
            write(reader.loaded, after.path, after.text)
            sys.stderr.write(f"adr-ls: fixed {clean(posixpath.relpath(after.path, reader.scope.base))}\n")
        reader.load()
    if options.write_baseline:
        return _write_baseline(reader, options)
    report = _report(reader, options, options.format)
    _put(reports.render(options.format, report), options)
    if options.output is not None:
        from adr_ls.reports import text  # noqa: PLC0415  # only where the report goes to a file

        sys.stderr.write(f"adr-ls: {plain(text.summary(report))}\n")
    if options.watch:
        _watch(reader, options, report)
    return PROBLEMS if any(finding.level in report.failing for finding in report.findings) else OK


def _refuse(options: argparse.Namespace) -> None:
    """Stops where options do not fit together."""
    modes = [name for name in ("fix", "diff", "write_baseline", "watch") if getattr(options, name)]
    if len(modes) > 1:
        one, two = (f"“--{name.replace('_', '-')}”" for name in modes[:2])
        raise CommandError(f"{one} and {two} do not go together; use one of them")
    if options.write_baseline and options.baseline is None:
        raise CommandError("“--write-baseline” needs to know where to: add “--baseline FILE”")
    if options.diff and options.format != "text":
        raise CommandError("“--diff” prints a diff, whatever the format; leave “--format” away")
    if options.watch and (options.format != "text" or options.output is not None):
        raise CommandError("“--watch” prints text as it goes; leave “--format” and “--output” away")


def _put(text: str, options: argparse.Namespace) -> None:
    """Prints a report, or writes it where `--output` says."""
    if options.output is None:
        sys.stdout.write(inert(text) if options.format == "text" else text)
        return
    try:
        with Path(options.output).open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(plain(text))
    except OSError as error:
        raise CommandError(f"cannot write “{clean(options.output)}”: {error.strerror}") from error


def _watch(reader: Reader, options: argparse.Namespace, report: Report) -> None:
    """Checks again whenever files change, and prints what is new and what is gone, until it is interrupted."""
    from adr_ls.reports import text  # noqa: PLC0415  # only where the files are watched

    sys.stdout.flush()
    trouble = ""
    cost = 0.0
    while True:
        time.sleep(max(POLL, 10 * cost))  # a look may take a tenth of one processor's time
        started = time.monotonic()
        before = reader.loaded
        try:
            after = reader.load()
            if after.stamps == before.stamps and after.workspace.files == before.workspace.files and not trouble:
                cost = time.monotonic() - started
                continue
            current = _report(reader, options, "text")
            trouble = ""
        except CommandError as error:
            if str(error) != trouble:
                sys.stderr.write(f"adr-ls: {error}\n")
            trouble = str(error)
            continue
        cost = time.monotonic() - started
        old = {(finding.path, finding.problem.message, finding.fingerprint) for finding in report.shown}
        new = {(finding.path, finding.problem.message, finding.fingerprint) for finding in current.shown}
        lines = [
            f"- {clean(finding.path)}: {clean(finding.problem.message)}  {finding.problem.rule.name}"
            for finding in report.shown
            if (finding.path, finding.problem.message, finding.fingerprint) not in new
        ]
        for finding in current.shown:
            if (finding.path, finding.problem.message, finding.fingerprint) not in old:
                lines += [f"+ {text.heading(finding.path)}", *text.entry(finding)]
        if lines:
            sys.stdout.write(inert("".join(f"{line}\n" for line in ("", *lines, text.summary(current)))))
            sys.stdout.flush()
        report = current
