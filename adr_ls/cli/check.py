"""``adr-ls check``: reports problems, and mends them."""

from __future__ import annotations

import argparse
import posixpath
import sys
from collections.abc import Container
from dataclasses import replace
from pathlib import Path

from adr_ls import reports
from adr_ls.cli import checking, writing
from adr_ls.cli.checking import Reader
from adr_ls.cli.printing import FAILED, OK, PROBLEMS, put, say_diff
from adr_ls.cli.scope import path_of, scope
from adr_ls.io import disk
from adr_ls.io.terminal import CommandError, clean, inert, plain
from adr_ls.reports.model import LEVELS, findings
from adr_ls.syntax.change import Change


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="the repository, directories or files to look at (default: here, or else the repository around); files are judged in their whole log",
    )
    parser.add_argument(
        "--stdin-filename", metavar="FILE", help="judge what is read from standard input, as the text of that file"
    )
    parser.add_argument(
        "--code", action="store_true", help="look at source code as well: comments and strings that refer to records"
    )
    checking.options(parser, path=False)
    reporting = parser.add_argument_group("what is told, and how")
    reporting.add_argument(
        "--format",
        choices=tuple(reports.FORMATS),
        help=f"{', '.join(reports.FORMATS)} (default: text on a terminal, concise elsewhere)",
        metavar="FORMAT",
    )
    reporting.add_argument(
        "--statistics", action="store_const", dest="format", const="statistics", help="only how often each rule was broken"
    )
    reporting.add_argument("-q", "--quiet", action="store_true", help="print nothing but the problems")
    reporting.add_argument("--output", metavar="FILE", help="write the report to a file")
    reporting.add_argument(
        "--fail-on",
        choices=(*LEVELS, "never"),
        default="warning",
        metavar="LEVEL",
        help="the least level that fails: error, warning, info, hint or never (default: warning)",
    )
    reporting.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULE,…",
        help=f"only these rules, or those of a group: {', '.join(checking.GROUPS)}",
    )
    reporting.add_argument("--ignore", action="append", default=[], metavar="RULE,…", help="without these rules or groups")
    reporting.add_argument("--baseline", metavar="FILE", help="report only what this file does not know yet")
    reporting.add_argument(
        "--write-baseline", action="store_true", help="write all problems to that file instead of reporting them"
    )
    reporting.add_argument(
        "--since",
        metavar="REV",
        help="only what this branch has changed since it left a revision, and numbers taken there meanwhile (runs git)",
    )
    doing = parser.add_argument_group("what is done")
    doing.add_argument("--fix", action="store_true", help="apply the safe fixes first")
    doing.add_argument("--diff", action="store_true", help="change nothing; print what --fix would change")
    doing.add_argument("--watch", action="store_true", help="go on, and tell what changes, until Ctrl-C")


def run(options: argparse.Namespace) -> int:
    """Checks, and returns the status to exit with."""
    _refuse(options)
    given = _standard_input() if options.stdin_filename is not None else None
    reader = _reader(options, given)
    reader.load()
    if given is not None and options.fix:
        return _fix_given(reader, options, given)
    if options.diff:
        base = reader.scope.base
        change = _fixed(reader, options)
        lines = writing.difference(reader.loaded, change, base)
        if options.output is None:
            say_diff(lines)
        else:
            _write("".join(f"{line}\n" for line in lines), options)
        return PROBLEMS if change else OK
    spared: set[str] = set()
    if options.fix:
        spared = _fix(reader, options)
        reader.load()
    if options.write_baseline:
        _write_baseline(reader, options)
        return OK
    form = _format(options)
    report = checking.report(reader, options, form)
    rendered = reports.render(form, report)
    if options.output is None:
        sys.stdout.write(inert(rendered)) if form in reports.FOR_PEOPLE else put(rendered)
    else:
        from adr_ls.reports import text  # noqa: PLC0415  # only where the report goes to a file

        _write(rendered, options)
        sys.stderr.write(f"adr-ls: {plain(text.summary(report))}\n")
    if options.watch:
        from adr_ls.cli import watch  # noqa: PLC0415  # few wait

        watch.watch(reader, options, report)
    if spared:
        return FAILED
    return PROBLEMS if any(finding.level in report.failing for finding in report.findings) else OK


MARK = "\ufeff"
"""The byte-order mark."""


def _standard_input() -> str:
    """The text on standard input, byte-order mark and line ends included; raises `CommandError` where it is none that can be given back."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(f"standard input is not UTF-8 (at byte {error.start + 1}), so nothing was looked at") from error


def _reader(options: argparse.Namespace, given: str | None) -> Reader:
    """What reads that which is asked for: files and directories, or the text `given` on standard input, which stands for one file."""
    settings = checking.settings_of(options)
    if given is None:
        return Reader(scope(options.paths), settings, is_reporting=True, code=options.code)
    folder = Path(disk.to_path(options.stdin_filename)).parent
    if not folder.is_dir():
        raise CommandError(f"there is no “{clean(str(folder))}”")
    asked = scope([str(folder)])
    path = path_of(options.stdin_filename, asked.roots)
    only = replace(asked, base=disk.to_path("."), directories=(), paths=frozenset({path}))
    return Reader(only, settings, is_reporting=True, opened={path: given.removeprefix(MARK)})


def _fix_given(reader: Reader, options: argparse.Namespace, given: str) -> int:
    """Prints the text from standard input with the safe fixes in place, and its byte-order mark."""
    (path,) = reader.scope.paths
    mark = MARK if given.startswith(MARK) else ""
    put(mark + _fixed(reader, options).text(path, reader.file(path).text))
    return OK


def _fix(reader: Reader, options: argparse.Namespace) -> set[str]:
    """Applies the safe fixes, past the files that may not be written, which are told; what is fixed together with these stays, too."""
    spared: set[str] = set()
    while True:
        change = _fixed(reader, options, spared)
        wrong = writing.attempt(reader.loaded, change)
        if not wrong:
            break
        writing.tell(wrong, reader.scope.named_from)
        if spared.issuperset(wrong):
            raise CommandError("so nothing was fixed")
        spared.update(wrong)
    for path in change.by_path if not options.quiet else ():
        sys.stderr.write(f"adr-ls: fixed {clean(posixpath.relpath(path, reader.scope.named_from))}\n")
    return spared


def _format(options: argparse.Namespace) -> str:
    """The format that is asked for; without one, what suits a terminal, a file or whatever program reads the output."""
    suits = "text" if sys.stdout.isatty() or options.output is not None or options.watch else "concise"
    return options.format or suits


def _refuse(options: argparse.Namespace) -> None:
    """Stops where options do not fit together."""
    modes = [name for name in ("fix", "diff", "write_baseline", "watch") if getattr(options, name)]
    if len(modes) > 1:
        one, two = (f"“--{name.replace('_', '-')}”" for name in modes[:2])
        raise CommandError(f"{one} and {two} do not go together; use one of them")
    if options.write_baseline and options.baseline is None:
        raise CommandError("“--write-baseline” needs to know where to: add “--baseline FILE”")
    if options.diff and options.format is not None:
        raise CommandError("“--diff” prints a diff, whatever the format; leave “--format” away")
    if options.watch and (options.format not in (None, "text") or options.output is not None):
        raise CommandError("“--watch” prints text as it goes; leave “--format” and “--output” away")


def _write(text: str, options: argparse.Namespace) -> None:
    """Writes a report where `--output` says."""
    try:
        with Path(options.output).open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(plain(text))
    except OSError as error:
        raise CommandError(f"cannot write “{clean(options.output)}”: {error.strerror}") from error


def _fixed(reader: Reader, options: argparse.Namespace, sparing: Container[str] = ()) -> Change:
    """What the safe fixes change, without those that touch a file to be spared."""
    from adr_ls.ide import actions  # noqa: PLC0415  # few need it

    return actions.fix_all_in(reader.loaded.workspace, checking.judge(reader, options).checked, sparing)


def _write_baseline(reader: Reader, options: argparse.Namespace) -> None:
    from adr_ls.cli import baseline  # noqa: PLC0415  # few need it

    judged = checking.judge(reader, options)
    found = tuple(findings(judged.problems, reader.file, reader.scope.base))
    baseline.write(Path(options.baseline), found, checking.is_judged(judged, reader, options))
