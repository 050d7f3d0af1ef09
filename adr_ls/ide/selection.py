"""Selections that grow: from a word over its link, sentence, cell, item or paragraph and its sections to the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_ls.ide import symbols
from adr_ls.record.metadata import trim
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Block, Inline
from adr_ls.syntax.text import Span

_WORD = lazy.regex(r"(?<![\w'’-])[\w'’-]*\w")
_SENTENCE = lazy.regex(r"\S.*?(?:[.!?…][\"'”’»)]*(?=\s|\Z)|[。！？]|\Z)", re.DOTALL)


def selections(record: Record, offset: int) -> tuple[Span, ...]:
    """What may be selected around an offset, each within the next; the last is the whole file."""
    found = [Span(offset, offset)]
    for span in sorted(set(_around(record, offset)), key=lambda span: span.end - span.start):
        if span != found[-1] and span.covers(found[-1]):  # what only overlaps, such as the word behind a link, is no step
            found.append(span)
    return tuple(found[1:] or found)


def _around(record: Record, offset: int) -> Iterator[Span]:
    """Everything that holds the offset, in no order."""
    text = record.text
    yield Span(0, len(text))
    if text:
        yield from _matches(_WORD, text, record.lines.span(record.lines.line_at(offset)), offset)
    if record.front is not None and offset in record.front.span:
        yield record.front.span
        yield trim(text, record.front.content)
        for entry in record.front.entries:
            if offset in entry.span:
                yield entry.span
                yield from (span for span in (entry.value_span, *(one.span for one in entry.scalars)) if offset in span)
        return
    blocks = record.document.block_at(offset)
    for block in blocks:
        yield block.span
        if block.content is not None and offset in block.content:
            yield block.content
            if block.kind == "paragraph":
                yield from _matches(_SENTENCE, text, block.content, offset)
    if blocks:
        yield from _inlines(record, blocks[-1], offset)
    yield from _sections(record, offset)


def _matches(pattern: re.Pattern[str], text: str, within: Span, offset: int) -> Iterator[Span]:
    """The matches within a span that hold the offset."""
    found = (Span(*match.span()) for match in pattern.finditer(text, within.start, within.end))
    return (span for span in found if offset in span)


def _inlines(record: Record, block: Block, offset: int) -> Iterator[Span]:
    """The emphasis, code and links around an offset, with a link's text and target by themselves."""
    level: tuple[Inline, ...] = record.document.inlines(block)
    while level:
        inside = [inline for inline in level if offset in inline.span]
        yield from (inline.span for inline in inside if inline.kind != "text")
        yield from (Span(one.children[0].span.start, one.children[-1].span.end) for one in inside if one.children)
        level = tuple(child for inline in inside for child in inline.children)
    for link in record.document.links:
        if offset in link.span:
            yield from (span for span in (link.text, link.target) if offset in span)


def _sections(record: Record, offset: int) -> Iterator[Span]:
    """The sections around an offset, the title's too: each with its heading, and without."""
    for heading, whole in symbols.sections(record):
        if offset in whole:
            yield trim(record.text, whole)
            yield trim(record.text, Span(heading.span.end, whole.end))
