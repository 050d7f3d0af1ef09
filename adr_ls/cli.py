"""The command line: the same core as the editor's, without an editor.

Exit status: 0 nothing at or above the threshold, 1 problems found (or an index out of date), 2 the command could not do its work, with one
clear line on standard error.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import adr_ls

OK, PROBLEMS, FAILED = 0, 1, 2
LEVELS = ("error", "warning", "info", "hint")


class CommandError(Exception):
    """The command cannot do its work; the message says why and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the status to exit with."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace" if stream.encoding.lower() != "utf-8" else "replace")
    options = _parser().parse_args(arguments)
    if options.command is None:
        from adr_ls.lsp.server import serve  # noqa: PLC0415  # no other command needs the protocol's types, which take long to import

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
    check = command("check", _check, "Report problems in records and indexes.")
    path(check)
    form(check)
    check.add_argument(
        "--fail-on",
        choices=LEVELS,
        default="warning",
        metavar="LEVEL",
        help="the least level that fails: error, warning, info or hint (default: warning)",
    )
    check.add_argument("--fix", action="store_true", help="apply the safe fixes first")
    index = command("index", _index, "Bring the indexes of the logs up to date, in their own format.")
    path(index)
    index.add_argument("--check", action="store_true", help="change nothing; exit with 1 where an index is out of date")
    index.add_argument("--diff", action="store_true", help="change nothing; print what would change")
    explain = command("explain", _explain, "Explain a rule: what it reports, why, and an example.")
    explain.add_argument("rule", nargs="?", help="the rule's name; without one, all rules are listed")
    doctor = command("doctor", _doctor, "Start the server as an editor would and show its answers on your records.")
    path(doctor)
    return parser


# Reading


def _load(path: str) -> Any:
    from adr_ls import disk, rules  # noqa: PLC0415  # “--help” needs neither

    root = Path(path)
    if not root.exists():
        raise CommandError(f"there is no “{_clean(path)}”")
    try:
        loaded = disk.load([root], rules=rules.NAMES)
    except OSError as error:
        raise CommandError(f"cannot read “{_clean(path)}”: {error.strerror}") from error
    for file, mistake in loaded.mistakes:
        sys.stderr.write(f"adr-ls: {_clean(posixpath.basename(file))}: {_clean(mistake)}\n")
    return loaded


def _base(path: str) -> str:
    from adr_ls import disk  # noqa: PLC0415  # as above

    root = Path(path)
    return disk.to_path(root if root.is_dir() else root.parent)


def _chosen(path: str, candidate: str) -> bool:
    """Whether a file is among those asked for: all of a directory's, or the one file."""
    from adr_ls import disk  # noqa: PLC0415  # as above

    return Path(path).is_dir() or disk.to_path(path) == candidate


# list


def _list(options: argparse.Namespace) -> int:
    loaded = _load(options.path)
    workspace, base = loaded.workspace, _base(options.path)
    if options.format == "json":
        _print_json({"version": 1, "logs": [_log_json(workspace, log, base) for log in workspace.logs]})
        return OK
    if not workspace.logs:
        _print(f"No ADRs found below {_clean(options.path)}.")
    for log in workspace.logs:
        records = [record for record in log.records.values() if _chosen(options.path, record.path)]
        _print(_style(f"{posixpath.relpath(log.directory, base)}  ({len(records)} records, {log.dialect})", "1"))
        rows = [
            (
                record.id if record.number is not None else "",
                workspace.canonical(record),
                workspace.date(record) or "",
                _clean(record.title or record.name.stem),
            )
            for record in records
        ]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
        for row in rows:
            _print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + "  " + row[3])
    return OK


def _log_json(workspace: Any, log: Any, base: str) -> dict[str, Any]:
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


def _record_json(workspace: Any, record: Any, relative: Any) -> dict[str, Any]:
    status = workspace.status(record)
    dangling = [
        mention.span.of(record.text)
        for mention, found in workspace.resolved(record).items()
        if found.kind in ("unknown", "broken")
    ]
    found = {
        "path": relative(record.path),
        "id": record.id,
        "number": record.number,
        "title": record.title,
        "status": workspace.canonical(record),
        "status_text": status.text if status else None,
        "status_line": record.lines.line_at(status.span.start) + 1 if status else None,
        "date": workspace.date(record),
    }
    for relation in ("supersedes", "superseded_by", "amends", "amended_by"):
        found[relation] = [relative(other.path) for other in workspace.related(record, relation)]
    found["references"] = [relative(other.path) for other in workspace.refers_to(record)]
    found["dangling"] = dangling
    return found


# check


def _check(options: argparse.Namespace) -> int:
    from adr_ls import rules  # noqa: PLC0415  # as above

    loaded = _load(options.path)
    if options.fix:
        _fix(loaded, options.path)
        loaded = _load(options.path)
    workspace, base = loaded.workspace, _base(options.path)
    problems = [problem for problem in rules.check(workspace) if _chosen(options.path, problem.path)]
    counts = Counter(problem.level for problem in problems)
    records = sum(_chosen(options.path, path) for path in workspace.records)
    if options.format == "json":
        summary = {"records": records, **{f"{level}s": counts[level] for level in LEVELS}}
        _print_json(
            {"version": 1, "problems": [_problem_json(workspace, problem, base) for problem in problems], "summary": summary}
        )
    else:
        for line in _report(workspace, problems, base, options.fail_on):
            _print(line)
        _print(_summary(problems, records, loaded))
    failing = LEVELS[: LEVELS.index(options.fail_on) + 1]
    return PROBLEMS if any(counts[level] for level in failing) else OK


def _problem_json(workspace: Any, problem: Any, base: str) -> dict[str, Any]:
    file = workspace.records.get(problem.path) or workspace.pages[problem.path]
    start, end = file.lines.position(problem.span.start), file.lines.position(problem.span.end)
    return {
        "path": posixpath.relpath(problem.path, base),
        "line": start.line + 1,
        "column": start.column + 1,
        "end_line": end.line + 1,
        "end_column": end.column + 1,
        "rule": problem.rule.name,
        "severity": problem.level,
        "message": problem.message,
        "fixes": [fix.title for fix in problem.fixes],
    }


_COLOURS = {"error": "31", "warning": "33", "info": "36", "hint": "2"}


def _report(workspace: Any, problems: Sequence[Any], base: str, threshold: str) -> Iterator[str]:
    """The problems file by file, each with its line and a mark under the place; hints only where they are asked for."""
    shown = [problem for problem in problems if problem.level != "hint" or threshold == "hint"]
    path = ""
    for problem in shown:
        if problem.path != path:
            if path:
                yield ""
            path = problem.path
            yield _style(_clean(posixpath.relpath(path, base)), "1")
        file = workspace.records.get(path) or workspace.pages[path]
        yield from excerpt(
            file.lines,
            problem.span,
            f"{_style(problem.level, _COLOURS[problem.level])}  {_clean(problem.message)}  {_style(problem.rule.name, '2')}",
            _COLOURS[problem.level],
        )


def excerpt(lines: Any, span: Any, headline: str, colour: str) -> Iterator[str]:
    """A finding: where, what, the line of the text, and a mark under the place."""
    line, column = lines.position(span.start)
    yield f"  {line + 1}:{column + 1}  {headline}"
    whole = lines.span(line).of(lines.text)
    text = _clean(whole.expandtabs(1))
    if not text.strip():
        return
    shift = max(0, column - 60)
    width = max(1, min(span.end, lines.ends[line]) - span.start)
    yield f"      {text[shift : shift + 110]}"
    yield (
        "      "
        + " " * _width(whole[shift:column])
        + _style("^" * max(1, _width(whole[column : column + min(width, 110)])), colour)
    )


def _width(text: str) -> int:
    """How many cells a terminal gives the text."""
    import unicodedata  # noqa: PLC0415  # only for printing excerpts

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _summary(problems: Sequence[Any], records: int, loaded: Any) -> str:
    counts = Counter(problem.level for problem in problems)
    if not records:
        return "No ADRs found here." + (f" ({loaded.notes[0][1]})" if loaded.notes else "")
    parts = [
        f"{counts[level]} {level}{'s' if counts[level] != 1 and level != 'info' else ''}" for level in LEVELS if counts[level]
    ]
    fixable = sum(any(fix.preferred for fix in problem.fixes) for problem in problems)
    said = ", ".join(parts) if parts else "no problems"
    hint = f"; “adr-ls check --fix” mends {fixable}" if fixable else ""
    return f"{'' if not parts else chr(10)}{said} in {records} record{'s' if records != 1 else ''}{hint}"


def _fix(loaded: Any, path: str) -> None:
    """Applies the safe fixes to the files asked for, and writes what changed."""
    from adr_ls.features import actions  # noqa: PLC0415  # as above

    workspace = loaded.workspace
    chosen = [file for file in sorted({*workspace.records, *workspace.indexes}) if _chosen(path, file)]
    _, changed = actions.fix_all_in(workspace, chosen)
    for file in sorted({*workspace.records, *workspace.pages}):
        before = workspace.records.get(file) or workspace.pages[file]
        after = changed.records.get(file) or changed.pages[file]
        if before.text != after.text:
            _write(loaded, file, after.text)
            sys.stderr.write(f"adr-ls: fixed {_clean(posixpath.relpath(file, _base(path)))}\n")


def _write(loaded: Any, file: str, text: str) -> None:
    from adr_ls import files  # noqa: PLC0415  # as above

    roots = [Path(root) for root in loaded.workspace.roots]
    try:
        files.write(Path(file), text, roots, expected=loaded.stamps.get(file), bom=file in loaded.marked)
    except files.WriteError as error:
        raise CommandError(str(error)) from error


# index


def _index(options: argparse.Namespace) -> int:
    from adr_ls import indexing  # noqa: PLC0415  # as above
    from adr_ls.text import apply  # noqa: PLC0415  # as above

    loaded = _load(options.path)
    workspace, base = loaded.workspace, _base(options.path)
    chosen = [index for index in workspace.indexes.values() if _chosen(options.path, index.path)]
    if not chosen:
        if options.check:
            return OK
        raise CommandError(
            "there is no index here: no file lists the records"
            if workspace.records
            else f"no ADRs found below “{_clean(options.path)}”"
        )
    outdated = 0
    for index in chosen:
        edits = indexing.update(workspace, index)
        name = posixpath.relpath(index.path, base)
        if not edits:
            if not (options.check or options.diff):
                _print(f"{_clean(name)} is up to date")
            continue
        outdated += 1
        new = apply(index.page.text, edits)
        if options.diff:
            sys.stdout.write("".join(unified(index.page.text, new, name)))
        elif options.check:
            _print(f"{_clean(name)} is out of date; “adr-ls index” updates it")
        else:
            _write(loaded, index.path, new)
            _print(f"{_clean(name)} updated")
    return PROBLEMS if outdated and (options.check or options.diff) else OK


def unified(before: str, after: str, name: str) -> Iterator[str]:
    """The change of a file as a unified diff."""
    for line in difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name, n=2):
        yield _clean(line.rstrip("\r\n")) + "\n"


# explain


def _explain(options: argparse.Namespace) -> int:
    from adr_ls import rules  # noqa: PLC0415  # as above

    if options.rule is None:
        width = max(len(rule.name) for rule in rules.RULES)
        for rule in rules.RULES:
            _print(f"{rule.name.ljust(width)}  {rule.level.ljust(7)}  {rule.summary}")
        return OK
    found = rules.BY_NAME.get(options.rule)
    if found is None:
        near = difflib.get_close_matches(options.rule, rules.BY_NAME, 1)
        raise CommandError(
            f"there is no rule “{_clean(options.rule)}”"
            + (f"; did you mean “{near[0]}”?" if near else "; “adr-ls explain” lists them")
        )
    parts = [f"{_style(found.name, '1')} ({found.level} by default)", found.summary, found.explanation]
    parts += [f"Example:\n\n{_indented(found.before)}"] if found.before else []
    parts += [f"After the fix:\n\n{_indented(found.after)}"] if found.after else []
    parts.append(f'Set its level in adr-ls.toml:\n\n    [rules]\n    {found.name} = "off"')
    _print("\n\n".join(part for part in parts if part))
    return OK


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip().splitlines())


# doctor


def _doctor(options: argparse.Namespace) -> int:
    from adr_ls import doctor  # noqa: PLC0415  # as above

    if not Path(options.path).exists():
        raise CommandError(f"there is no “{_clean(options.path)}”")
    return doctor.run(Path(options.path), _print, style=_style)


# Printing


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _clean(text: str) -> str:
    """The text without what would command a terminal or disguise it: control characters and changes of direction."""
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", text)


def _style(text: str, code: str) -> str:
    """The text in colour, on a terminal that wants it."""
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{code}m{text}\x1b[0m"
