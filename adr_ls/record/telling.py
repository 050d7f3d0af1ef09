"""What a record says of others: how it stands to them, by its metadata, its title and its sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, product
from types import MappingProxyType
from typing import TYPE_CHECKING

from adr_ls.record import filename, grammar, mentions, relations
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Evidence, Field
from adr_ls.record.relations import Related, Unit
from adr_ls.syntax import lazy, markdown
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.pieced import Pieced, Question, kept
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import every, fold

if TYPE_CHECKING:
    from adr_ls.record.record import Record

RELATION_FIELDS = frozenset({"supersedes", "superseded_by", "amends", "amended_by", "related"})
_EITHER = frozenset(every("either"))
_OF_ITSELF = frozenset({"status", "references", "supersedes", "superseded_by", "metadata"})
"""The parts of sections in which records speak of themselves."""
_BLANK = 100
"""How much white space is between a paragraph and the list that it leads up to at most."""
_LED_UP = lazy.regex(rf"[:：]\s{{1,{_BLANK}}}(?P<item>[-*+]|[0-9]{{1,9}}[.)])")
"""The end of a paragraph that leads up to a list, with the mark of what is perhaps its first item."""
_DENYING = 4
"""How many words a denial has behind it at most in front of a list of what is denied."""
_AT_END = lazy.regex(r"\((?P<said>(?:[^()\n]|\([^()\n]*\))+)\)[ \t]*$")
"""A note in brackets, in which a link may stand."""
_LOOSE_FIELDS = frozenset({None, "related", "summary", "governs"})
"""The roles of fields whose values may say in words how the record stands to others."""
_GRADES: Mapping[Evidence, int] = MappingProxyType({"declared": 0, "stated": 1, "told": 2})
_MARKS = lazy.regex(r"[*_~\s]*")


def relations_of(record: Record) -> tuple[Related, ...]:
    """How a record says it stands to others, in the order of its text; see `Related.evidence`."""
    if not record.mentions:
        return ()
    found: dict[Span, Related] = {}
    for related in _related(record):
        known = found.get(related.mention.span)
        if known is None or _GRADES[related.evidence] < _GRADES[known.evidence]:
            found[related.mention.span] = related
    current = record.status
    if (
        current is not None
        and current.canonical == "superseded"
        and not any(
            related.relation in ("superseded_by", "amended_by") and related.evidence != "told" for related in found.values()
        )
    ):
        for field, span in _extents(record):
            if field.role == "status":
                for related in relations.successors(record.text, field, tuple(record.mentions_in(span)), span):
                    found[related.mention.span] = related
    return tuple(relations.without_parts(found[span] for span in sorted(found)))


def _related(record: Record) -> Iterator[Related]:
    read: list[Span] = []
    for field, span in _extents(record):
        role = field.role
        if role == "supersedes" and fold(field.key) in _EITHER and _is_followed(record, span):
            role = "superseded_by"
        read.append(span)
        if role in RELATION_FIELDS and role != "related":
            yield from relations.in_value(record.text, field, tuple(record.mentions_in(span)), role, span)  # type: ignore[arg-type]  # the roles of relation fields are the relations
        elif role == "status" or (role in _LOOSE_FIELDS and field.place != "front-matter"):
            evidence: Evidence = "declared" if role == "status" and _is_first(record, field) else "stated"
            unit = Unit(span, evidence, field if role == "status" else None)
            if not grammar.may_state(span.of(record.text)):
                yield from _listed(record, span.start)
                continue
            yield from relations.in_unit(record.text, unit, tuple(record.mentions_in(span)), partial(_owns, record))
    if (noted := _note_of_title(record)) is not None and grammar.may_state(noted.of(record.text)):
        yield from relations.in_unit(
            record.text, Unit(noted, "stated"), tuple(record.mentions_in(noted)), partial(_owns, record)
        )
    read.sort()
    starts = [span.start for span in read]
    done = -1
    for mention in _spoken_of(record):
        at = mention.span.start
        before = bisect_right(starts, at)
        if at < done or (before and at < read[before - 1].end):
            continue
        block = record.document.text_at(at)
        if block is None:
            continue
        done = block.end
        if not grammar.may_state(block.of(record.text)):
            yield from _listed(record, at)
            continue
        if _is_denied(record, at):
            continue
        is_elliptic = _is_cell(record, block) or _is_of_options(record, at)
        unit = Unit(block, "stated" if _speaks_of_itself(record, at) else "told", is_elliptic=is_elliptic)
        yield from relations.in_unit(record.text, unit, tuple(record.mentions_in(block)), partial(_owns, record))


def _note_of_title(record: Record) -> Span | None:
    """What stands in brackets at the end of the title: ``Split the queue (extends ADR-2)``; None where nothing does."""
    place = record.heading.text if record.heading is not None else Span(0, 0)
    match = _AT_END.search(record.text, place.start, place.end)
    return Span(*match.span("said")) if match else None


def _spoken_of(record: Record) -> Sequence[Mention]:
    """The mentions but those of the body that stand in blocks without any statement of relation, as nearly all of an index do."""
    spoken = mentions.in_pieces(record.document, _spoken, Mention.shift)
    if spoken is None:
        return record.mentions
    if isinstance(record.mentions, Pieced):
        said = kept(spoken, record.text, Question(is_meant, by=record.own_series))
        below = _below_statements(record)
        return sorted({*said, *below}, key=mentions.begin) if below else said
    silent = {one.span.start for one in mentions.in_document(record.document)}.difference(one.span.start for one in spoken)
    silent.difference_update(one.span.start for one in _below_statements(record))
    return [mention for mention in record.mentions if mention.span.start not in silent]


def _below_statements(record: Record) -> list[Mention]:
    """The mentions in lists that a paragraph leads up to which may state something of them, see `_listed`."""
    found: list[Mention] = []
    for match in _LED_UP.finditer(record.text, record.document.start):  # most blocks are none, and need not be read
        block = record.document.outermost_at(match.start("item"))
        if block is None or block.kind != "list" or block.span.start < match.start():
            continue
        lead = _lead_of(record, block)
        if lead is not None and grammar.may_state(lead.of(record.text)):
            found += record.mentions_in(block.span)
    return found


def _is_followed(record: Record, span: Span) -> bool:
    """Whether this record is superseded, and all records named in a span are later: by their numbers, or else by their days.

    So it is where another field says of one of them that it superseded this record.
    """
    said = [field.value_span for field in record.fields if field.role == "superseded_by" and field.value_span != span]
    later = {one.number for each in said for one in record.mentions_in(each)} - {None}
    if any(one.number in later for one in record.mentions_in(span)):
        return True
    if record.status is None or record.status.canonical != "superseded":
        return False
    own, others = filename.day_of(record.name.stem), list(record.mentions_in(span))
    for one in others:
        stem = filename.strip_suffix(one.path.rpartition("/")[2]) if one.path else ""
        number = one.number if one.number is not None else filename.parse_stem(stem).number
        day = filename.day_of(stem)
        is_later = number is not None and record.number is not None and number > record.number
        if not is_later and (own is None or day is None or day[1] <= own[1]):
            return False
    return bool(others)


def _is_denied(record: Record, offset: int) -> bool:
    """Whether a place is in a list of what is not so, by the paragraph that leads up to it: ``This record does not:``."""
    block = record.document.outermost_at(offset)
    if block is None or block.kind != "list":
        return False
    lead = _lead_of(record, block)
    if lead is None:
        return False
    words = [token for token in grammar.tokens(record.text, lead, ()) if token.mark == "word"]
    return any("none" in token.parts for token in words[-_DENYING:])


def _lead_of(record: Record, block: Block) -> Span | None:
    """The paragraph that leads up to a block, with a colon at its end; None where none does."""
    blank = record.text[max(0, block.span.start - _BLANK) : block.span.start]
    end = block.span.start - len(blank) + len(blank.rstrip())
    return record.document.text_at(end - 1) if record.text[end - 1 : end] in (":", "：") else None


def _listed(record: Record, offset: int) -> Iterator[Related]:
    """The relations to the records that begin the items of a list, by the paragraph that leads up to it: ``This replaces:``."""
    item, block = record.document.text_at(offset), record.document.outermost_at(offset)
    first = next(record.mentions_in(item), None) if item is not None else None
    if (
        first is None
        or item is None
        or block is None
        or block.kind != "list"
        or not _MARKS.fullmatch(record.text, item.start, first.span.start)
    ):
        return
    lead = _lead_of(record, block)
    if lead is None or not grammar.may_state(lead.of(record.text)) or any(record.mentions_in(lead)):
        return
    options = _is_of_options(record, offset)
    unit = Unit(lead, "stated" if _speaks_of_itself(record, offset) else "told", is_elliptic=options)
    yield from relations.in_list(record.text, unit, (first,), partial(_owns, record))


def _extents(record: Record) -> Iterator[tuple[Field, Span]]:
    """The fields with all that belongs to each: its value goes on to the next field, or to the end of its block."""
    starts = sorted(field.span.start for field in record.fields if field.place != "front-matter")
    for field in record.fields:
        if field.place == "front-matter":
            yield field, field.value_span
            continue
        start = field.value_span.start if field.role in RELATION_FIELDS | {"status"} else field.span.start
        block = record.document.text_at(field.value_span.start)
        following = bisect_right(starts, field.span.start)
        end = min(block.end if block else field.span.end, starts[following] if following < len(starts) else len(record.text))
        yield field, Span(start, max(end, field.value_span.end))


def _is_cell(record: Record, block: Span) -> bool:
    """Whether a block shares its line with others, as the cells of a table do."""
    line = record.lines.span(record.lines.line_at(block.start))
    return "|" in record.text[line.start : block.start] or "|" in record.text[block.end : line.end]


def _is_first(record: Record, field: Field) -> bool:
    """Whether a field of status is no later line of a status section."""
    return field.place != "section" or field is next(
        other for other in record.fields if other.role == "status" and other.key_span == field.key_span
    )


def _is_of_options(record: Record, offset: int) -> bool:
    """Whether a place is among the options that were weighed, or below one."""
    return any(section.role == "alternatives" and offset in section.body for section in record.sections)


def _speaks_of_itself(record: Record, offset: int) -> bool:
    """Whether a place is one where records speak of themselves: beside the metadata, in a list of links, under the status."""
    index = bisect_right(record.sections, offset, key=lambda section: section.heading.span.end)
    return not index or record.sections[index - 1].role in _OF_ITSELF


def _owns(record: Record, mention: Mention) -> bool:
    """Whether a mention is the record's own number, or its day where it has none."""
    if mention.form == "wiki" and mention.path and record.number is None:
        named = filename.day_of(mention.path)
        return named is not None and named[1] == (filename.day_of(record.name.stem) or ("", ""))[1]
    is_own = mention.series == "ADR" or mention.series.casefold() in record.own_series
    return mention.form == "bare" and mention.number == record.number and is_own


def is_meant(mention: Mention, _: str, own: frozenset[str]) -> bool:
    """Whether a mention is one in a record of these series."""
    return not mentions.is_loose(mention) or mention.series.casefold() in own


def _spoken(document: markdown.Document) -> list[Mention]:
    """The mentions of a document but those in blocks without any statement of relation."""
    found: list[Mention] = []
    for block, named in groupby(mentions.in_document(document), lambda one: document.text_at(one.span.start)):
        here = list(named)
        if block is None or _may_relate(document.text, block, here):
            found += here
    return found


def _may_relate(text: str, block: Span, named: Sequence[Mention]) -> bool:
    """Whether a block may state how a record stands to those that are named in it, whichever record's it is, and wherever it stands."""
    if not grammar.may_state(block.of(text)):
        return False
    if len(named) > 1:
        return True
    ways = product(_GRADES, (False, True), (_is_nobodys, _is_own))
    units = ((Unit(block, evidence, is_elliptic=is_elliptic), owns) for evidence, is_elliptic, owns in ways)
    return any(True for unit, owns in units for _ in relations.in_unit(text, unit, named, owns))


def _is_own(_: Mention) -> bool:
    return True


def _is_nobodys(_: Mention) -> bool:
    return False
