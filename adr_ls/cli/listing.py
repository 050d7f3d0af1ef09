"""``adr-ls list``: the records, for people and for scripts."""

from __future__ import annotations

import argparse
import posixpath
from collections.abc import Callable, Sequence
from typing import Any

from adr_ls.cli import checking
from adr_ls.cli.printing import OK, say, say_json
from adr_ls.cli.scope import Scope
from adr_ls.ide import overview
from adr_ls.ide.overview import Entry, Listed, Wanted
from adr_ls.index import judge
from adr_ls.io.terminal import clean, style
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.words.language import Relation

RELATIONS: tuple[Relation, ...] = ("supersedes", "superseded_by", "amends", "amended_by")


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    checking.options(parser)
    parser.add_argument(
        "--attention", action="store_true", help="only records that need attention, the most pressing first, and why"
    )
    parser.add_argument("--status", default="", help="only records of this status, such as accepted")
    parser.add_argument("--tag", default="", help="only records with this in a tag or category")
    parser.add_argument("--owner", default="", help="only records with this in the name of an owner or decider")
    parser.add_argument("--year", type=int, default=0, help="only records of this year")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    reader = checking.read(options.path, options)
    workspace, base = reader.loaded.workspace, reader.scope.base
    logs = [log for log in workspace.logs if checking.is_asked(log, reader)]
    wanted = Wanted(options.status, options.tag, options.owner, options.year, options.attention)
    chosen = [(log, _chosen(workspace, log, reader.scope, wanted)) for log in logs]
    is_narrowed = wanted != Wanted()
    if is_narrowed:
        chosen = [(log, entries) for log, entries in chosen if entries]
    if options.format == "json":
        say_json({"version": 1, "logs": [_log_json(workspace, log, entries, base) for log, entries in chosen]})
        return OK
    if not chosen:
        say("No record is like that." if is_narrowed and logs else checking.nothing_in(reader.loaded))
    for log, entries in chosen:
        shown = f"{len(entries)} of {log.size}" if is_narrowed else len(entries)
        noun = "record" if log.size == 1 and (is_narrowed or len(entries) == 1) else "records"
        say(style(f"{posixpath.relpath(log.directory, reader.scope.named_from)}  ({shown} {noun}, {log.dialect})", "1"))
        rows = [
            (
                entry.record.id if entry.record.number is not None else "",
                entry.canonical or "none",
                entry.date or "",
                clean(entry.record.title or entry.record.name.stem) + (f"  ({_why(entry)})" if options.attention else ""),
            )
            for entry in entries
        ]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
        for row in rows:
            say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + "  " + row[3])
    return OK


def _chosen(workspace: Workspace, log: Log, scope: Scope, wanted: Wanted) -> list[Entry]:
    """The records of a log that are asked for, those that need attention sorted by how pressing they are, if only these are."""
    entries = (overview.entry(workspace, log, record) for path, record in log.records.items() if path in scope)
    found = [entry for entry in entries if wanted.holds(entry)]
    return [*overview.pressing((Listed(log, tuple(found)),))] if wanted.is_pressing else found


def _why(entry: Entry) -> str:
    return clean("; ".join(reason.words for reason in entry.reasons))


def _log_json(workspace: Workspace, log: Log, entries: Sequence[Entry], base: str) -> dict[str, Any]:
    def relative(path: str) -> str:
        return posixpath.relpath(path, base)

    indexes = workspace.indexes_of(log)
    missing = dict.fromkeys(
        path for index in indexes for path, record in log.records.items() if judge.lacks(workspace, index, record)
    )
    return {
        "directory": relative(log.directory),
        "dialect": log.dialect,
        "index_files": [relative(index.path) for index in indexes],
        "missing_from_index": [relative(path) for path in missing],
        "records": [_record_json(workspace, entry, relative) for entry in entries],
    }


def _record_json(workspace: Workspace, entry: Entry, relative: Callable[[str], str]) -> dict[str, Any]:
    record = entry.record
    status = workspace.status(record)
    whole = workspace.file(record.path)
    dangling = [
        mention.span.of(whole.written if whole is not None else "")
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
        "date": entry.date,
        "tags": [*entry.areas, *entry.tags],
        "owners": [*entry.owners],
        "deciders": [*entry.deciders],
        "attention": [reason.words for reason in entry.reasons],
    }
    for relation in RELATIONS:
        found[relation] = [relative(other.path) for other in workspace.on_either_side(record, relation)]
    found["references"] = [relative(other.path) for other in workspace.refers_to(record)]
    found["dangling"] = dangling
    return found
