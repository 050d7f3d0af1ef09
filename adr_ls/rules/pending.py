"""What a record says is still to come: records, sections and lines that only stand in for what somebody has yet to write."""

from __future__ import annotations

from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import any_of, fold

PENDING = lazy.regex(rf"[\W_]*(?:{any_of('drafts')}[\W_]{{1,8}})?{any_of('pending')}[\W_]*")
"""A folded text that says nothing but that something is to be determined: ``To be determined``, ``Stub — to be written.``"""
TO_COME = lazy.regex(rf"[\W_]*{any_of('pending', 'unsettled')}[\W_]*")
"""What stands in a section that is yet to be written, folded: a note such as ``TODO``, too."""
_OPEN_ENDS = lazy.regex(rf"\b{any_of('open_ends')}")
_STUB = lazy.regex(rf"[\W_]*{any_of('pending', 'unsettled')}(?![^\W_])[ \t]*(?:[.!:…。！：\n]|$)")
_STUB_SIZE = 300
"""How long the text of a record is at most that only says that it is to come."""
_SEVERAL = 2
"""How many sections at least say so of a record that is yet to be written."""


def stub(record: Record) -> Span | None:
    """The text of a record that says nothing but that it is to be written: ``> 🚧 **Coming soon.**``; None of any other."""
    if (
        any(section.role != "references" for section in record.sections)
        or len(record.text) - record.document.start > _STUB_SIZE
    ):
        return None
    stated = [field.span for field in record.fields] + [status.span for status in record.statuses]
    stated += [section.body for section in record.sections]
    said = [
        block.span
        for block in record.document.walk()
        if block.kind == "paragraph" and not any(block.span.covers(span) or span.covers(block.span) for span in stated)
    ]
    if not said or not _STUB.match(fold(record.document.plain(said[0]))):
        return None
    return Span(said[0].start, said[-1].end)


def throughout(record: Record) -> Span | None:
    """What stands in the first section of a record whose sections all say nothing but that they are to come: ``TODO`` below each heading."""
    told = [section.own for section in record.sections if section.role not in ("status", "references", "metadata", "changelog")]
    told = [own for own in told if own.of(record.text).strip()]
    if len(told) < _SEVERAL or len(record.text) > _STUB_SIZE * _SEVERAL:
        return None
    if not all(TO_COME.fullmatch(fold(own.of(record.text))) for own in told):
        return None
    blocks = record.blocks_in(told[0])
    return blocks[0].span if blocks else told[0]


def is_for_open_ends(section: Section) -> bool:
    """Whether a section is there for what is not settled: *Open Questions*."""
    return _OPEN_ENDS.search(fold(section.name)) is not None
