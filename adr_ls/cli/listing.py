"""``adr-ls list``: the records, for people and for scripts."""

from __future__ import annotations

import argparse
import posixpath
from collections.abc import Callable, Sequence
from typing import Any

from adr_ls.cli import checking
from adr_ls.cli.printing import OK, say, say_json
from adr_ls.io.terminal import clean, style
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.words.language import Relation

RELATIONS: tuple[Relation, ...] = ("supersedes", "superseded_by", "amends", "amended_by")


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    checking.options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    reader = checking.read(options.path, options)
    workspace, base = reader.loaded.workspace, reader.scope.base
    logs = [log for log in workspace.logs if checking.is_asked(log, reader)]
    chosen = [(log, [one for path, one in log.records.items() if path in reader.scope]) for log in logs]
    if options.format == "json":
        say_json({"version": 1, "logs": [_log_json(workspace, log, records, base) for log, records in chosen]})
        return OK
    if not chosen:
        say(checking.nothing_in(reader.loaded))
    for log, records in chosen:
        say(style(f"{posixpath.relpath(log.directory, reader.scope.named_from)}  ({len(records)} records, {log.dialect})", "1"))
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
            say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + "  " + row[3])
    return OK


def _log_json(workspace: Workspace, log: Log, records: Sequence[Facts], base: str) -> dict[str, Any]:
    def relative(path: str) -> str:
        return posixpath.relpath(path, base)

    indexes = workspace.indexes_of(log)
    missing = dict.fromkeys(path for index in indexes for path in log.records if path not in index.by_record)
    return {
        "directory": relative(log.directory),
        "dialect": log.dialect,
        "index_files": [relative(index.path) for index in indexes],
        "missing_from_index": [relative(path) for path in missing],
        "records": [_record_json(workspace, record, relative) for record in records],
    }


def _record_json(workspace: Workspace, record: Facts, relative: Callable[[str], str]) -> dict[str, Any]:
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
        "date": workspace.date(record),
    }
    for relation in RELATIONS:
        both = (*workspace.related(record, relation), *workspace.converse(record, relation))
        found[relation] = [relative(other.path) for other in dict.fromkeys(both)]
    found["references"] = [relative(other.path) for other in workspace.refers_to(record)]
    found["dangling"] = dangling
    return found
