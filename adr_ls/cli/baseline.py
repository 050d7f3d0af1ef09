"""Baselines: the problems that a repository had when it adopted adr-ls, so that only new ones are reported.

A baseline is a JSON file with an entry for each problem, sorted, so that it merges and reads well. Paths are relative to the file.
Entries are told apart by fingerprint, see `adr_ls.reports.model.Finding`, so that they survive edits elsewhere in a file.
"""

from __future__ import annotations

import json
import posixpath
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import adr_ls
from adr_ls.io import changes, disk
from adr_ls.io.terminal import CommandError, clean
from adr_ls.reports.model import Finding
from adr_ls.settings import former

VERSION = 1
"""Of the form of the file. Entries outlive a rule's renaming; a release that has to change the form still reads the earlier ones."""


class Entry(NamedTuple):
    """One known problem: the path of its file, relative to the baseline, its rule and fingerprint, and its message, for readers."""

    path: str
    rule: str
    fingerprint: str
    message: str


@dataclass(frozen=True)
class Compared:
    """The findings that a baseline does not know, the known ones, and the entries whose problems are gone."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    obsolete: tuple[Entry, ...]


def read(file: Path) -> tuple[Entry, ...]:
    """The entries of a baseline."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise CommandError(
                f"“{clean(str(file))}” is a baseline of version {clean(str(found['version']))}, and this adr-ls, {adr_ls.__version__},"
                f" reads version {VERSION}: the adr-ls that wrote it is a newer one"
            )
        entries = (
            Entry(*(str(problem[key]) for key in ("path", "rule", "fingerprint", "message"))) for problem in found["problems"]
        )
        return tuple(entry._replace(rule=former.rule(entry.rule) or entry.rule) for entry in entries)
    except FileNotFoundError as error:
        raise CommandError(
            f"there is no baseline “{clean(str(file))}”; “adr-ls check --baseline FILE --write-baseline” writes one"
        ) from error
    except OSError as error:
        raise CommandError(f"cannot read “{clean(str(file))}”: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CommandError(f"“{clean(str(file))}” is no baseline of adr-ls; write it anew with “--write-baseline”") from error


def compare(
    findings: Iterable[Finding],
    entries: Sequence[Entry],
    directory: str,
    *,
    exists: Callable[[str], bool],
    judged: Callable[[str, str], bool],
) -> Compared:
    """Tells known findings from new ones.

    `directory` is that of the baseline, `exists` says whether a file (by absolute path) is still there, and `judged` whether a file was
    looked at for a rule, as only then an entry can be known to be obsolete. A record that was renamed keeps its entries.
    """
    left: dict[tuple[str, str, str], Entry] = {(entry.path, entry.rule, entry.fingerprint): entry for entry in entries}
    findings = tuple(findings)
    known: set[int] = set()
    for position, finding in enumerate(findings):
        path = posixpath.relpath(finding.problem.path, directory)
        keys = ((path, finding.problem.rule.name, name) for name in (finding.fingerprint, *finding.former_fingerprints))
        if any(left.pop(key, None) is not None for key in keys):
            known.add(position)
    moved: dict[tuple[str, str], list[Entry]] = {}
    for entry in left.values():
        if not exists(_absolute(directory, entry)):
            moved.setdefault((entry.rule, entry.fingerprint), []).append(entry)
    for position, finding in enumerate(findings):
        candidates = next(
            filter(
                None,
                (moved.get((finding.problem.rule.name, name)) for name in (finding.fingerprint, *finding.former_fingerprints)),
            ),
            None,
        )
        if position not in known and candidates:
            entry = candidates.pop(0)
            del left[entry.path, entry.rule, entry.fingerprint]
            known.add(position)
    return Compared(
        tuple(finding for position, finding in enumerate(findings) if position not in known),
        tuple(finding for position, finding in enumerate(findings) if position in known),
        tuple(entry for entry in left.values() if judged(_absolute(directory, entry), entry.rule)),
    )


def text(findings: Iterable[Finding], kept: Iterable[Entry], directory: str) -> str:
    """The text of a baseline with the findings as they are now, and the entries that are kept because nobody looked at their files."""
    entries = {
        *kept,
        *(
            Entry(
                posixpath.relpath(finding.problem.path, directory),
                finding.problem.rule.name,
                finding.fingerprint,
                finding.problem.message,
            )
            for finding in findings
        ),
    }
    return (
        json.dumps(
            {"version": VERSION, "problems": [entry._asdict() for entry in sorted(entries)]}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _absolute(directory: str, entry: Entry) -> str:
    return posixpath.normpath(posixpath.join(directory, entry.path))


def new_since(file: Path, found: tuple[Finding, ...], judged: Callable[[str, str], bool]) -> tuple[tuple[Finding, ...], int]:
    """The findings that a baseline does not know, and how many it knows; tells which of its entries are no longer needed.

    `judged` says whether a file was looked at for a rule, see `compare`.
    """
    compared = compare(
        found,
        read(file),
        disk.to_path(file.absolute().parent),
        exists=lambda path: Path(path).exists(),
        judged=judged,
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


def write(file: Path, found: tuple[Finding, ...], judged: Callable[[str, str], bool]) -> None:
    """Writes a baseline of these findings; keeps the entries of an earlier one whose files nobody looked at."""
    directory = disk.to_path(file.absolute().parent)
    earlier = read(file) if file.exists() else ()
    kept = [entry for entry in earlier if not judged(_absolute(directory, entry), entry.rule)]
    try:
        changes.write(file, text(found, kept, directory), [file.absolute().parent])
    except changes.WriteError as error:
        raise CommandError(clean(str(error))) from error
    count = len(found) + len(kept)
    sys.stderr.write(
        f"adr-ls: {clean(file.name)} now holds {count} problem{'s' * (count != 1)}; later checks report only others\n"
    )
