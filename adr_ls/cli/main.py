"""The command line: the same core as the editor's, without an editor.

Exit status: 0 nothing at or above the threshold, 1 problems found (or an index out of date), 2 the command could not do its work, with one
clear line on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import posixpath
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import adr_ls
from adr_ls.io.terminal import CommandError, clean, inert, style, unified

if TYPE_CHECKING:  # “--version” and “--help” need none of these
    from adr_ls.io.disk import Loaded
    from adr_ls.log.index import Index
    from adr_ls.log.log import Log
    from adr_ls.log.workspace import Workspace
    from adr_ls.record.facts import Facts
    from adr_ls.syntax.text import Edit
    from adr_ls.words.language import Relation

OK, PROBLEMS, FAILED = 0, 1, 2
LEVELS = ("error", "warning", "info", "hint")
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab")
RELATIONS: tuple[Relation, ...] = ("supersedes", "superseded_by", "amends", "amended_by")


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the status to exit with."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace" if stream.encoding.lower() != "utf-8" else "replace")
    options = _parser().parse_args(arguments)
    if options.command is None:
        from adr_ls.lsp.server import serve

        serve()
    try:
        status: int = options.run(options)
    except CommandError as error:
        sys.stderr.write(f"adr-ls: {error}\n")
        return FAILED
    except BrokenPipeError:
        # Whoever read our output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"adr-ls: {message}; see “{self.prog} --help”\n")
        raise SystemExit(FAILED)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="adr-ls",
        description="A language server and linter for Architecture Decision Records. Without a command it serves an editor on standard input and output.",
    )
    parser.add_argument("--version", action="version", version=f"adr-ls {adr_ls.__version__}")
    parser.add_argument("--stdio", action="store_true", help="serve on standard input and output (the default)")
    parser.add_argument("--clientProcessId", type=int, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, run: Any, summary: str) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
        found.set_defaults(run=run)
        return found

    def path(found: argparse.ArgumentParser) -> None:
        found.add_argument("path", nargs="?", default=".", help="the repository, directory or file to look at (default: here)")

    def form(found: argparse.ArgumentParser) -> None:
        found.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")

    listing = command("list", _list, "List the records: number, title, status and date.")
    path(listing)
    form(listing)
    _check_options(command("check", _check, "Report problems in records and indexes."))
    new = command("new", _new, "Make a new record in the style of the others, and print its path.")
    new.add_argument("title", help="what is decided, in a few words")
    path(new)
    new.add_argument(
        "--supersedes",
        action="append",
        default=[],
        metavar="N",
        help="a record that the new one replaces, by number; may be repeated",
    )
    renumber = command(
        "renumber", _renumber, "Give a record another number, in its file's name, its text and all references to it."
    )
    renumber.add_argument("record", metavar="FILE", help="the record's file")
    renumber.add_argument("number", nargs="?", type=int, help="the new number (default: the next free one)")
    renumber.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    index = command("index", _index, "Bring the indexes of the logs up to date, in their own format.")
    path(index)
    index.add_argument("--check", action="store_true", help="change nothing; exit with 1 where an index is out of date")
    index.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    index.add_argument("--bump", action="store_true", help="set the “Last updated” line of each index that changes to today")
    index.add_argument("--prune", action="store_true", help="remove the entries that lead to no record, too")
    index.add_argument("--create", action="store_true", help="give each log without an index one")
    index.add_argument(
        "--style",
        choices=("bullets", "nested", "table"),
        help="turn the indexes into this style; with --create, how a new one lists (default: as other logs here)",
    )
    explain = command("explain", _explain, "Explain a rule: what it reports, why, and an example.")
    explain.add_argument("rule", nargs="?", help="the rule's name; without one, all rules are listed")
    explain.add_argument("--log", metavar="PATH", help="tell instead what was learned from the records there, and from what")
    explain.add_argument("--schema", action="store_true", help="print instead the JSON schema of the settings, for editors")
    doctor = command("doctor", _doctor, "Start the server as an editor would and show its answers on your records.")
    path(doctor)
    return parser


def _check_options(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="the repository, directories or files to look at (default: here); files are judged in their whole log",
    )
    reporting = check.add_argument_group("what is told, and how")
    reporting.add_argument(
        "--format", choices=FORMATS, default="text", help=f"{', '.join(FORMATS)} (default: text)", metavar="FORMAT"
    )
    reporting.add_argument("--output", metavar="FILE", help="write the report to a file")
    reporting.add_argument(
        "--fail-on",
        choices=(*LEVELS, "never"),
        default="warning",
        metavar="LEVEL",
        help="the least level that fails: error, warning, info, hint or never (default: warning)",
    )
    reporting.add_argument("--select", action="append", default=[], metavar="RULE,…", help="only these rules")
    reporting.add_argument("--ignore", action="append", default=[], metavar="RULE,…", help="without these rules")
    reporting.add_argument("--baseline", metavar="FILE", help="report only what this file does not know yet")
    reporting.add_argument(
        "--write-baseline", action="store_true", help="write all problems to that file instead of reporting them"
    )
    reporting.add_argument(
        "--since",
        metavar="REV",
        help="only what this branch has changed since it left a revision, and numbers taken there meanwhile (runs git)",
    )
    doing = check.add_argument_group("what is done")
    doing.add_argument("--fix", action="store_true", help="apply the safe fixes first")
    doing.add_argument("--diff", action="store_true", help="change nothing; print what --fix would change")
    doing.add_argument("--watch", action="store_true", help="go on, and tell what changes, until Ctrl-C")


# Reading


def _load(path: str) -> Loaded:
    from adr_ls import rules
    from adr_ls.io import disk

    root = Path(path)
    if not root.exists():
        raise CommandError(f"there is no “{clean(path)}”")
    try:
        loaded = disk.load([root], rules=rules.NAMES)
    except OSError as error:
        raise CommandError(f"cannot read “{clean(path)}”: {error.strerror}") from error
    for told in disk.told(loaded):
        sys.stderr.write(f"adr-ls: {clean(told)}\n")
    return loaded


def _base(path: str) -> str:
    from adr_ls.io import disk

    root = Path(path)
    return disk.to_path(root if root.is_dir() else root.parent)


def _chosen(path: str, candidate: str) -> bool:
    """Whether a file is among those asked for: all of a directory's, or the one file."""
    from adr_ls.io import disk

    return Path(path).is_dir() or disk.to_path(path) == candidate


# list


def _list(options: argparse.Namespace) -> int:
    from adr_ls.cli import checking

    loaded = _load(options.path)
    workspace, base = loaded.workspace, _base(options.path)
    if options.format == "json":
        _print_json({"version": 1, "logs": [_log_json(workspace, log, base) for log in workspace.logs]})
        return OK
    if not workspace.logs:
        _print(f"No ADRs found below {clean(options.path)}.{checking.unread(loaded)}")
    for log in workspace.logs:
        records = [record for record in log.records.values() if _chosen(options.path, record.path)]
        _print(style(f"{posixpath.relpath(log.directory, base)}  ({len(records)} records, {log.dialect})", "1"))
        rows = [
            (
                record.id if record.number is not None else "",
                workspace.canonical(record),
                workspace.date(record) or "",
                clean(record.title or record.name.stem),
            )
            for record in records
        ]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
        for row in rows:
            _print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + "  " + row[3])
    return OK


def _log_json(workspace: Workspace, log: Log, base: str) -> dict[str, Any]:
    def relative(path: str) -> str:
        return posixpath.relpath(path, base)

    indexes = workspace.indexes_of(log)
    missing = dict.fromkeys(path for index in indexes for path in log.records if path not in index.by_record)
    return {
        "directory": relative(log.directory),
        "dialect": log.dialect,
        "index_files": [relative(index.path) for index in indexes],
        "missing_from_index": [relative(path) for path in missing],
        "records": [_record_json(workspace, record, relative) for record in log.records.values()],
    }


def _record_json(workspace: Workspace, record: Facts, relative: Callable[[str], str]) -> dict[str, Any]:
    status = workspace.status(record)
    whole = workspace.file(record.path)
    dangling = [
        mention.span.of(whole.text if whole is not None else "")
        for mention, found in workspace.resolved(record).items()
        if found.kind in ("unknown", "broken")
    ]
    found: dict[str, Any] = {
        "path": relative(record.path),
        "id": record.id,
        "number": record.number,
        "title": record.title,
        "status": workspace.canonical(record),
        "status_text": status.text if status else None,
        "status_line": record.lines.line_at(status.span.start) + 1 if status else None,
        "date": workspace.date(record),
    }
    for relation in RELATIONS:
        both = (*workspace.related(record, relation), *workspace.converse(record, relation))
        found[relation] = [relative(other.path) for other in dict.fromkeys(both)]
    found["references"] = [relative(other.path) for other in workspace.refers_to(record)]
    found["dangling"] = dangling
    return found


# check


def _check(options: argparse.Namespace) -> int:
    from adr_ls.cli import checking

    return checking.run(options)


# new


def _new(options: argparse.Namespace) -> int:
    from adr_ls.cli import checking
    from adr_ls.io import disk, files
    from adr_ls.log import discovery
    from adr_ls.syntax.text import apply
    from adr_ls.write import creation

    if not options.title.strip():
        raise CommandError("a new ADR needs a title")
    if not Path(options.path).exists():
        raise CommandError(f"there is no “{clean(options.path)}”")
    asked, here = disk.to_path(options.path), Path(_base(options.path))
    # The whole repository is read: a template may lie above the log, and logs beside it may share its numbers
    root = checking.repository_of(here) or here
    loaded = _load(str(root) if here.absolute() != root.absolute() else options.path)
    workspace = loaded.workspace
    near = workspace.records.get(asked)
    log = creation.log_near(workspace, asked if asked != disk.to_path(root) else None)
    is_begun = any(
        asked.startswith(f"{one.directory}/") or f"{one.directory}/".startswith(f"{asked}/") for one in workspace.logs
    )
    if log is None or (discovery.is_log_name(posixpath.basename(asked)) and not is_begun and near is None):
        log = disk.cradle(workspace, here, creation.HOME)
    try:
        superseded = [creation.numbered(log, number) for number in options.supersedes]
        made = creation.create(workspace, log, options.title, workspace.today, near=near, supersedes=superseded)
    except creation.CreationError as error:
        message = str(error)
        raise CommandError(clean(message[:1].lower() + message[1:].removesuffix("."))) from error
    try:
        files.write(Path(made.record.path), made.record.text, [root], new=True)
    except files.WriteError as error:
        raise CommandError(clean(str(error))) from error
    for changed in dict.fromkeys(path for path, _ in made.changes):
        edits = [edit for path, edit in made.changes if path == changed]
        whole = workspace.file(changed)
        if whole is None:
            continue  # it went while we looked
        checking.write(loaded, changed, apply(whole.text, edits))
    current, path = Path.cwd(), Path(made.record.path)
    _print(clean(str(path.relative_to(current) if path.is_relative_to(current) else path)))
    return OK


# renumber


def _renumber(options: argparse.Namespace) -> int:
    from adr_ls.cli import checking
    from adr_ls.io import disk
    from adr_ls.syntax.text import apply
    from adr_ls.write import renaming

    loaded = checking.Reader(checking.scope([options.record]), {}).load()
    workspace, path = loaded.workspace, disk.to_path(options.record)
    record, log = workspace.file(path), workspace.log_of(path)
    if record is None or log is None or path not in workspace.records:
        raise CommandError(f"“{clean(options.record)}” is no ADR")
    number = renaming.next_number(workspace, log, record) if options.number is None else options.number
    try:
        beside = disk.beside(loaded)
        change = renaming.renumbered(workspace, record, number, beside)
    except renaming.RenamingError as error:
        raise CommandError(clean(str(error)).removesuffix(".")) from error
    base = disk.to_path(".")
    for _, new in change.moves:
        if os.path.lexists(new):
            raise CommandError(f"there is a “{clean(posixpath.basename(new))}” already")
    others = {other.path: other for other in beside}
    texts: dict[str, tuple[str, str]] = {}
    for changed in dict.fromkeys(changed for changed, _ in change.edits):
        file = workspace.file(changed) or others.get(changed)
        if file is not None:
            texts[changed] = file.text, apply(file.text, [edit for other, edit in change.edits if other == changed])
    if options.diff:
        for changed, (before, after) in texts.items():
            for line in unified(before, after, posixpath.relpath(changed, base)):
                _print(inert(line))
    else:
        checking.carry_out(loaded, change.moves, texts)
    for old, new in change.moves:
        _print(f"{clean(posixpath.relpath(old, base))} → {clean(posixpath.relpath(new, base))}")
    return OK


# index


def _index(options: argparse.Namespace) -> int:
    from adr_ls.cli import checking
    from adr_ls.index import update

    loaded = _load(options.path)
    workspace, base = loaded.workspace, _base(options.path)
    chosen = [index for index in workspace.indexes.values() if _chosen(options.path, index.path)]
    if options.create:
        return _create(loaded, options)
    if not chosen:
        if options.check:
            return OK
        raise CommandError(
            "there is no index here: no file lists the records"
            if workspace.records
            else f"no ADRs found below “{clean(options.path)}”"
        )
    outdated = refused = 0
    for index in chosen:
        name = posixpath.relpath(index.path, base)
        _tell_left_out(update.left_out(workspace, index), loaded, name)
        if not options.prune and (count := len(update.pruning(workspace, index))):
            entries = "an entry that leads" if count == 1 else f"{count} entries that lead"
            sys.stderr.write(f"adr-ls: {clean(name)} has {entries} to no record; “adr-ls index --prune” removes what is dead\n")
        new, complaints = _kept(workspace, index, options)
        for complaint in complaints:
            refused += 1
            sys.stderr.write(f"adr-ls: {clean(name)}{clean(complaint)}\n")
        if new == index.page.text:
            if not (options.check or options.diff or complaints):
                _print(f"{clean(name)} is up to date")
            continue
        outdated += 1
        if options.diff:
            for line in unified(index.page.text, new, name):
                _print(inert(line))
        elif options.check:
            _print(f"{clean(name)} is out of date; “adr-ls index{_asked(options)}” updates it")
        else:
            checking.write(loaded, index.path, new)
            _print(f"{clean(name)} updated")
    return PROBLEMS if refused or (outdated and (options.check or options.diff)) else OK


def _asked(options: argparse.Namespace) -> str:
    """The options that tell what is to be done to an index, as they are written."""
    return (" --prune" if options.prune else "") + (f" --style {options.style}" if options.style else "")


def _kept(workspace: Workspace, index: Index, options: argparse.Namespace) -> tuple[str, list[str]]:
    """The text of an index after what was asked for, and what was in the way of that, to be read behind the file's name.

    Each step sees what the one before has left: dead entries removed, the rest brought up to date, its style changed.
    """
    from adr_ls.index import restyle, update
    from adr_ls.syntax.text import apply

    path, before = index.path, index.page.text
    complaints: list[str] = []
    text = before

    def after(edits: tuple[Edit, ...]) -> None:
        nonlocal workspace, text
        text = apply(text, edits)
        workspace = workspace.with_text(path, text)

    if options.prune:
        after(update.pruning(workspace, index))
    if path in workspace.indexes:
        after(update.update(workspace, workspace.indexes[path]))
    if options.style and path in workspace.indexes:
        found = restyle.restyle(workspace, workspace.indexes[path], options.style)
        complaints = [f":{line + 1} keeps this from becoming “{options.style}”: {reason}" for line, reason in found.obstacles]
        after(found.edits)
    log = workspace.log_of(path)
    is_dated = options.bump or (log is not None and log.config.at(path).bump_index_date)
    if is_dated and text != before and path in workspace.indexes:
        after(update.bump(workspace.indexes[path], workspace.today))
    return text, complaints


def _tell_left_out(reasons: dict[str, str], loaded: Loaded, name: str) -> None:
    for path, reason in reasons.items():
        sys.stderr.write(f"adr-ls: {clean(name)} does not get {loaded.workspace.records[path].id}: {clean(reason)}\n")


def _create(loaded: Loaded, options: argparse.Namespace) -> int:
    """Gives each log without an index one; of those that lie below the path."""
    from adr_ls.cli import checking
    from adr_ls.index import create
    from adr_ls.syntax.text import apply

    workspace, base = loaded.workspace, _base(options.path)
    bare = [log for log in workspace.logs if log.records and not any(i.page.is_markdown for i in workspace.indexes_of(log))]
    for log in bare:
        path, edit = create.create(workspace, log, options.style or create.style_of(workspace))
        page = workspace.file(path)
        if page is None and os.path.lexists(path):
            raise CommandError(f"there is a “{clean(posixpath.relpath(path, base))}” already that cannot be read")
        before = page.text if page else ""
        name, new = posixpath.relpath(path, base), apply(before, [edit])
        if options.diff:
            for line in unified(before, new, name):
                _print(inert(line))
        elif options.check:
            _print(f"{clean(name)} lists no records; “adr-ls index --create” adds them")
        else:
            checking.write(loaded, path, new)
            _print(f"{clean(name)} {'updated' if page else 'created'}")
    if not bare:
        _print("every log has an index")
    return PROBLEMS if bare and (options.check or options.diff) else OK


# explain


def _explain(options: argparse.Namespace) -> int:
    from adr_ls import rules
    from adr_ls.cli import checking

    if options.log is not None:
        return _explain_log(options.log)
    if options.schema:
        from adr_ls.cli.schema import schema

        _print_json(schema())
        return OK
    if options.rule is None:
        width = max(len(rule.name) for rule in rules.RULES)
        for rule in rules.RULES:
            _print(f"{rule.name.ljust(width)}  {rule.level.ljust(7)}  {rule.summary}")
        return OK
    found = rules.BY_NAME.get(options.rule)
    if found is None:
        raise checking.unknown_rule(options.rule)
    parts = [f"{style(found.name, '1')} ({found.level} by default)", found.summary, found.explanation]
    parts += [f"Example:\n\n{_indented(found.before)}"] if found.before else []
    parts += [f"After the fix:\n\n{_indented(found.after)}"] if found.after else []
    parts.append(f'Set its level in adr-ls.toml:\n\n    [rules]\n    {found.name} = "off"')
    _print("\n\n".join(part for part in parts if part))
    return OK


def _explain_log(path: str) -> int:
    """Tells the house style of each log: what it is, and from how many records or from what it was learned."""
    from adr_ls.ide import learned

    workspace, base = _load(path).workspace, _base(path)
    if not workspace.logs:
        raise CommandError(f"no ADRs found below “{clean(path)}”")
    for log in workspace.logs:
        _print(style(clean(posixpath.relpath(log.directory, base)), "1"))
        for lesson in learned.lessons(workspace, log):
            evidence = style(f"  ({clean(lesson.evidence)})", "2") if lesson.evidence else ""
            _print(f"  {lesson.about + ':':12} {clean(lesson.said)}{evidence}")
    return OK


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip().splitlines())


# doctor


def _doctor(options: argparse.Namespace) -> int:
    from adr_ls.cli import doctor

    if not Path(options.path).exists():
        raise CommandError(f"there is no “{clean(options.path)}”")
    return doctor.run(Path(options.path))


# Printing


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
