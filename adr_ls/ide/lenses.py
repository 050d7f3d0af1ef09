"""What an editor shows above a file: who refers to a record and what has become of it, what an index lacks, what was decided on code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from adr_ls.ide.attempts import attempted
from adr_ls.ide.hover import Telling, heading, nothing
from adr_ls.index import judge
from adr_ls.log.governing import governing
from adr_ls.log.index import Index
from adr_ls.log.workspace import Workspace
from adr_ls.record.code import Code
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.syntax.text import Span

NAMED = 3
"""How many records are named that supersede or amend one, or that an index lacks."""
GOVERNING = 5
"""How many of the records that are about a source file are named above it."""


@dataclass(frozen=True)
class Lens:
    """A line above the text at `span`, and what choosing it does: list the references to the record at `path`, open it, update the index there, or tell of its history."""

    span: Span
    title: str
    does: Literal["references", "open", "update", "history"]
    path: str


def lenses(workspace: Workspace, file: Record, past: Telling = nothing) -> Iterator[Lens]:
    """The lenses of a record, an index or source code; none while not all is known. `past` tells what git knows of a record."""
    if workspace.is_partial:
        return
    if isinstance(file, Code):
        for decision in governing(workspace, file.path)[:GOVERNING]:
            yield Lens(Span(0, 0), f"{heading(decision)} ({workspace.standing(decision)})", "open", decision.path)
        return
    top = next((one.span for one in (file.heading, *file.document.headings) if one is not None), Span(0, 0))
    record, index = workspace.records.get(file.path), workspace.indexes.get(file.path)
    if record is not None:
        yield from attempted(_of_record, workspace, record, top)
        said = past(record)
        if said:
            yield Lens(top, said, "history", record.path)
    if index is not None and file.is_markdown:
        yield from attempted(_of_index, workspace, index, top)


def _of_index(workspace: Workspace, index: Index, top: Span) -> Iterator[Lens]:
    missing = judge.missing(workspace, index) if not judge.refusal(index) else ()
    if missing:
        yield Lens(top, f"missing: {_listed(missing)}", "update", index.path)


def _of_record(workspace: Workspace, record: Facts, top: Span) -> Iterator[Lens]:
    sources, code = workspace.backlinks.get(record.path, ()), workspace.code_backlinks.get(record.path, ())
    if sources or code:
        records = sum(path in workspace.records for path in sources)
        counts = _count(records, "record"), _count(len(sources) - records, "page"), _count(len(code), "source file")
        *first, last = filter(None, counts)
        named = f"{', '.join(first)} and {last}" if first else last
        yield Lens(top, f"referenced by {named}", "references", record.path)
    successors = workspace.successors(record)
    for one in successors[:NAMED]:
        yield Lens(top, f"superseded by {heading(one)}", "open", one.path)
    chain = workspace.chain(record)
    if len(chain) > 1:
        yield Lens(top, f"now {heading(chain[-1])}", "open", chain[-1].path)
    amending = dict.fromkeys((*workspace.related(record, "amended_by"), *workspace.converse(record, "amended_by")))
    for one in list(amending)[:NAMED]:
        yield Lens(top, f"amended by {heading(one)}", "open", one.path)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}" if number else ""


def _listed(records: tuple[Facts, ...]) -> str:
    more = len(records) - NAMED
    named = ", ".join(one.id for one in records[:NAMED])
    return f"{named} and {more} more" if more > 0 else named
