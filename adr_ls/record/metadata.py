"""Metadata of a record: what it says of itself, wherever its team writes that.

Each *carrier* (front matter, bold lines, plain lines, bullets, key/value tables, column tables, sections) has one small reader, and
all of them always run; a house style only says which of them is expected. Fields are read from the metadata area alone, which ends
at the first heading behind the title, and from sections that are named like a field: a body is full of ``**Format**:`` lines that say
nothing of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from adr_ls.record import grammar, status
from adr_ls.record.filename import WORDS, is_number
from adr_ls.syntax import frontmatter, lazy
from adr_ls.syntax.frontmatter import Entry, FrontMatter, Scalar
from adr_ls.syntax.markdown import Block, Document, Heading
from adr_ls.syntax.text import Span
from adr_ls.words import dates
from adr_ls.words.lookup import (
    DECISIONS,
    FIELD_ROLES,
    SECTION_ROLES,
    STATUS_WORDS,
    any_of,
    every,
    fold,
    is_nothing,
    misspelled,
    usual,
    words_for,
)

Place = Literal["front-matter", "bold-line", "plain-line", "bullet", "table", "section", "heading"]

Evidence = Literal["declared", "stated", "told"]
"""How well something is known of a record.

``declared``: in its metadata, or in its status section as a block that is nothing but a statement. ``stated``: by a sentence of which
this record is the subject. ``told``: by any other sentence. Only what is declared may be acted upon without asking.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One statement about the record: ``**Status**: Accepted``.

    `role` is what it is about (``status``, ``date``, ``superseded_by`` …; None for a key of the team's own), `span` the whole
    statement, `value_span` the value as written without the blanks around it; all offsets are code points into the record's text.
    """

    role: str | None
    key: str
    key_span: Span
    value: str
    value_span: Span
    span: Span
    place: Place


REMEMBERED = 4096
"""Of so many keys, and headings, is remembered what they mean, as the records of a log share most of them."""


@lru_cache(REMEMBERED)
def role_of(key: str) -> str | None:
    """What a metadata key is about, whatever its spelling and language; None for an unknown one."""
    folded = fold(key)
    role = FIELD_ROLES.get(folded) or FIELD_ROLES.get(without_note(folded)) or _role_of_record(folded) or _role_in_part(folded)
    return role or (FIELD_ROLES.get(fold(_HUMP.sub(" ", key))) if _HUMP.search(key) else None)


def _role_of_record(folded: str) -> str | None:
    """What a key is about that says of what kind of record it is: ``RFC status``, ``дата ADR``; None for any but status and date."""
    first, _, behind = folded.partition(" ")
    before, _, last = folded.rpartition(" ")
    said = behind if first in WORDS else before if last in WORDS else ""
    role = FIELD_ROLES.get(said)
    return role if role in ("status", "date") else None


def _role_in_part(folded: str) -> str | None:
    """The relation of a key that says besides that it holds in part: ``sustituye parcialmente``; None for any other."""
    said = _IN_PART.sub("", folded).strip()
    role = FIELD_ROLES.get(said) if said != folded else None
    return role if role in RELATIONS else None


def without_note(text: str) -> str:
    """The text without what stands in parentheses at its end."""
    if not text.endswith(")"):
        return text
    opened = text.find("(", text.rfind(")", 0, -1) + 1)
    return text[:opened].rstrip() if opened >= 0 else text


_HUMP = lazy.regex(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
"""Where a word begins in a key like ``supersededBy``."""


def entries_of(front: FrontMatter, text: str) -> tuple[Entry, ...]:
    """The entries of front matter, with those of the maps in which a record keeps what it says of itself in the place of these."""
    if all(entry.kind != "map" for entry in front.entries) or text.startswith("+++", front.span.start):
        return front.entries
    found: list[Entry] = []
    for entry in front.entries:
        inner = frontmatter.inside(text, entry) if fold(entry.key) in _OF_THE_RECORD else ()
        found += inner or (entry,)
    return tuple(found)


def from_front_matter(front: FrontMatter, entries: Sequence[Entry], text: str) -> Iterator[Field]:
    """What `entries_of` gives of front matter, each value as text: a list's items joined by commas."""
    plain = {role_of(entry.key) for entry in front.entries if entry.kind != "map"}
    outer = frozenset(entry.key_span for entry in front.entries)
    for entry in entries:
        if entry.key_span not in outer and role_of(entry.key) in plain:
            continue  # the record says it of itself outside of the map
        if entry.kind in ("map", "list"):
            for inner in _inner(entry, text):
                if (
                    inner.role in RELATIONS
                    or inner.role == "related"
                    or (inner.role not in plain and fold(entry.key) in _OF_THE_RECORD)
                ):
                    yield inner
        value = ", ".join(scalar.text for scalar in entry.scalars) if entry.scalars else ""
        span = entry.value_span
        if entry.kind == "scalar" and entry.scalars:
            span = entry.scalars[0].span
        yield Field(role_of(entry.key), entry.key, entry.key_span, value.strip(), trim(text, span), entry.span, "front-matter")


def with_stage(fields: Sequence[Field]) -> Sequence[Field]:
    """The same fields; where none is of the status, a stage that is a state is it, as RFCs have it: ``stage: accepted``.

    So is a decision in front matter that is nothing but a state: ``decision: draft``.
    """
    if any(field.role == "status" for field in fields):
        return fields
    return [replace(field, role="status") if _is_stage(field) or _is_decided(field) else field for field in fields]


def _is_stage(field: Field) -> bool:
    return field.role == "stage" and status.read(field.value).canonical not in ("other", "none")


def _is_decided(field: Field) -> bool:
    return (
        field.place == "front-matter"
        and field.role is None
        and fold(field.key) in DECISIONS
        and STATUS_WORDS.get(fold(field.value), "other") != "other"
    )


def without_pages_status(fields: Sequence[Field]) -> Sequence[Field]:
    """The same fields; where front matter says of the decision by name how it stands, its mere status is that of the page.

    So is that of ``status: active`` beside ``adr_status: proposed``.
    """
    stated = [field for field in fields if field.role == "status" and field.place == "front-matter"]
    if len(stated) < 2 or not any(_names_record(field.key) for field in stated):
        return fields
    return [replace(field, role=None) if field in stated and not _names_record(field.key) else field for field in fields]


def _names_record(key: str) -> bool:
    """Whether a key names the record besides what it says of it: ``adr_status``, ``decision-status``."""
    words = fold(_HUMP.sub(" ", key)).split()
    return len(words) > 1 and not _ITSELF.isdisjoint(words)


_OF_THE_RECORD = frozenset({"adr", "decision", "record", "metadata", "meta", "decision record", "architecture decision record"})
"""Keys of front matter below which a record may keep what it says of itself."""
_RELATED = frozenset({"target", "to", "adr", "record", "id", "number", "ref", "link"})
_KIND = frozenset({"kind", "type", "relation", "rel"})
_TOGETHER = {fold(key).replace(" ", ""): role for key, role in FIELD_ROLES.items()}


def _inner(entry: Entry, text: str) -> Iterator[Field]:
    """The statements one level down: ``adr: {status: accepted}``, and ``links: [{target: 2, kind: supersededby}]``."""
    pairs: list[tuple[Scalar, list[Scalar]]] = []
    for scalar in entry.scalars:
        if _IS_KEY.match(text, scalar.span.end):
            pairs.append((scalar, []))
        elif pairs:
            pairs[-1][1].append(scalar)
    related: dict[str, tuple[Scalar, Scalar]] = {}
    for key, values in pairs:
        if not values:
            continue
        name, value = fold(key.text), ", ".join(scalar.text.strip() for scalar in values)
        if name in _RELATED or name in _KIND:
            related["target" if name in _RELATED else "kind"] = key, values[0]
        elif entry.kind == "map":
            span = Span(values[0].span.start, values[-1].span.end)
            yield Field(role_of(key.text), key.text, key.span, value, span, Span(key.span.start, span.end), "front-matter")
        if len(related) == 2:
            (first, target), (_, kind) = related["target"], related["kind"]
            role = _relation_of(kind.text) or (None if target.text.strip().isdigit() else "related")
            whole = Span(first.span.start, target.span.end)
            yield Field(role, kind.text, kind.span, target.text, target.span, whole, "front-matter")
            related.clear()


def _relation_of(kind: str) -> str | None:
    """What a kind of relation comes to, be it in part only: ``supersedes``, ``partially-superseded-by``."""
    joined = re.sub(r"[\s_-]", "", kind.casefold())
    whole = _IN_PART.sub("", kind)
    return _TOGETHER.get(joined) or (_TOGETHER.get(re.sub(r"[\s_-]", "", whole.casefold())) if whole != kind else None)


def numbered_as(fields: Sequence[Field], number: int | None) -> str:
    """The series by which front matter gives a record's number, ``RFC: 3``, in lower case; empty where it gives none so."""
    return next(
        (
            field.key.casefold()
            for field in fields
            if field.place == "front-matter" and field.key.casefold() in WORDS and is_number(field.value, number)
        ),
        "",
    )


def tells_part(key: str) -> bool:
    """Whether a key tells of a part only: ``partially-supersedes``."""
    return bool(_IN_PART.search(key))


_IN_PART = lazy.regex(rf"(?<![^\W_]){any_of('in_part')}(?![^\W_])", re.IGNORECASE)

_IS_KEY = lazy.regex(r"[\"']?[ \t]*:(?=\s)")

_BOLD = lazy.regex(
    r"(?P<mark>\*\*|__|(?<![*_\w])[*_](?![*_\s]))(?P<key>[^*\n:：]{1,60}?)[ \t]*(?:[:：][ \t]*(?P=mark)|(?P=mark)[ \t]*[:：])[ \t]*",
)
_BOLD_KEY = lazy.regex(r"(?P<mark>\*\*|__)(?P<key>[^\W\d_][^*_\n:：]{1,30}?)(?P=mark)[ \t]*(?:[-–—=][ \t]+)?")
"""A bold key without a colon: ``**Status** Accepted``, ``**Date** - 2021-01-02``; or a whole line, above its value."""
_WRAPPED = lazy.regex(r"(?P<mark>\*{1,2}|_{1,2})(?P<inner>[^*_\n]+)(?P=mark)[ \t\\]*$")
"""A line that is emphasised as a whole: ``*Status: Accepted*``."""
_BOLD_WHOLE = lazy.regex(r"(?P<mark>\*\*|__)(?P<inner>[^*_\n]+)(?P=mark)(?=[ \t]|$)")
"""Key and value in one bold run at the start of a line, before prose: ``**Status: accepted.** Decided by all.``"""
_DASHED = lazy.regex(r"(?P<key>[^\W\d_]+)[ \t]+[-–—=][ \t]+(?=\S)")
_PICTURE = lazy.regex(r"[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+[ \t]*")
_PLAIN = lazy.regex(r"(?P<key>[^\W\d_][\w .()/&'’-]{0,40}?)[ \t]*[:：][ \t]*(?=\S|$)")
_PLAIN_DATE = lazy.regex(r"(?P<key>[^\W\d_]+)[ \t]+(?=\d)")
_QUOTE = lazy.regex(r"[ \t]*(?:>[ \t]?)*")
_SEPARATOR = lazy.regex(r"(?:[|·•,;/\\]|&nbsp;|<br\s{0,9}/?>)\Z")
_LONGEST_SEPARATOR = len("<br/>") + 9


def from_area(document: Document, blocks: Sequence[Block]) -> Iterator[Field]:
    """The fields of the blocks of the metadata area, in the order in which they stand."""
    for block, following in zip_longest(blocks, blocks[1:]):
        match block.kind:
            case "paragraph":
                titled = _ADMONITION.match(document.text, *block.span)
                if titled and fits(role_of(titled["key"]), titled["value"]):
                    value = Span(*titled.span("value"))
                    yield _field(document.text, titled, value, block.span.start, "plain-line")
                    yield from _lines(document.text, Span(titled.end(), block.span.end), bullet=False)
                    continue
                own = _is_keyed(document.text, list(_values(document.text, block.span)))
                yield from _above(document.text, list(_lines(document.text, block.span, bullet=False, own=own)), following)
            case "block_quote":
                for child in block.children:
                    if child.kind == "paragraph":
                        yield from _lines(document.text, child.span, bullet=False)
            case "list":
                items = [item.children for item in block.children if item.children and item.children[0].kind == "paragraph"]
                own = _is_keyed(document.text, [item[0].span for item in items]) and len(items) == len(block.children)
                for item in items:
                    below = item[1] if len(item) > 1 else None
                    fields = list(_lines(document.text, item[0].span, bullet=True, own=own))
                    yield from _above(document.text, fields, below)
            case "table":
                yield from _table(document, block)
            case "block_code" if block is blocks[0] and block.content is not None:
                yield from _fenced(document.text, block.content)
            case _:
                pass


def _fenced(text: str, code: Span) -> Iterator[Field]:
    """The fields of code above all else, if that is nothing but metadata: each line has a key, and it says both the status and the date."""
    if may_be_keyed(text, code) and len(code.of(text).splitlines()) <= _FEW_LINES:
        fields = list(_lines(text, code, bullet=False))
        if {"status", "date"} <= {field.role for field in fields if field.value and fits(field.role, field.value)}:
            yield from fields


_FEW_LINES = 20
_ADMONITION = lazy.regex(
    r"(?:!!!|\?\?\?\+?|:::)[ \t]?[\w-]{1,30}[ \t]\"?(?P<key>[^\s\"\[\]](?:[^\n\"\[\]]{0,58}[^\s\"\[\]])?)\"?\r?\n[ \t]{0,12}(?P<value>[^\s:].*)"
)
"""A box whose title is a key, as sites draw it: ``!!! info "Status"``, and below it its value."""


def may_be_keyed(text: str, span: Span) -> bool:
    """Whether every line of a short stretch of text has a colon or a bar, as it has where it holds nothing but metadata."""
    if not 0 < span.end - span.start <= _FEW_CHARACTERS:
        return False
    lines = [line for line in span.of(text).splitlines() if line.strip()]
    return bool(lines) and all(":" in line or "：" in line or "|" in line for line in lines)


def from_keyed(document: Document, blocks: Sequence[Block]) -> Sequence[Field]:
    """The fields of a section that holds nothing but metadata, such as a date below “Info”; none of one that holds anything else.

    Its lines all have a key, most of these are known, and one is of the date or the status.
    """
    if not 0 < len(blocks) <= _FEW_BLOCKS or any(block.kind not in ("paragraph", "list", "table") for block in blocks):
        return ()
    fields = list(from_area(document, blocks))
    known = [field for field in fields if field.role is not None]
    if not any(field.role in ("date", "status") and fits(field.role, field.value) for field in known):
        return ()
    text = document.text
    lines = sum(1 for block in blocks if block.kind != "table" for _ in _values(text, block.span))
    whole = len({field.span.start for field in fields if field.place != "table"}) >= lines
    return fields if whole and 2 * len(known) >= len(fields) else ()


def behind_rule(document: Document, blocks: Sequence[Block]) -> Sequence[Field]:
    """The fields behind a rule in a section, such as of links to go on, if that is nothing but metadata; see `from_keyed`."""
    rules = [*(at for at, block in enumerate(blocks) if block.kind == "thematic_break"), len(blocks), len(blocks)]
    return from_keyed(document, blocks[rules[0] + 1 : rules[1]])


def from_listed(document: Document, blocks: Sequence[Block]) -> Sequence[Field]:
    """The fields of a list of metadata behind a sentence or two, such as of a first section “Overview”; none of any other list.

    Its items all have a key, two of these at least are known, and one is of the date or the status.
    """
    at = next((at for at, block in enumerate(blocks) if block.kind != "paragraph"), len(blocks))
    if not 0 < at < len(blocks) or at >= _FEW_BLOCKS or blocks[at].kind != "list":
        return ()
    fields = list(from_area(document, blocks[at : at + 1]))
    known = {field.role for field in fields if field.role is not None and field.value}
    says = any(field.value and field.role in ("date", "status") and fits(field.role, field.value) for field in fields)
    return fields if says and len(known) >= _FEWEST_KEYS and len(fields) >= len(blocks[at].children) else ()


_FEW_BLOCKS = 4
_FEW_CHARACTERS = 2000


def _above(text: str, fields: list[Field], following: Block | None) -> Iterator[Field]:
    """The fields of a paragraph; where it ends in ``**Status**`` alone, the value is the first line of the block below.

    Of a list with a box for each status that is the one with a tick, of one of states with their dates the latest date.
    """
    end = following.span.start if following is not None else len(text)
    fields = [_with_line_below(text, field, end) for field in fields]
    last = fields[-1] if fields else None
    if last is not None and last.role in RELATIONS and not last.value and following is not None and following.kind == "list":
        yield from fields[:-1]
        value = trim(text, following.span)
        yield replace(last, value=value.of(text), value_span=value)
        return
    if (
        last is None
        or _COMMENT.sub("", last.value).strip()
        or last.role not in ("status", "date")
        or following is None
        or last.place not in ("bold-line", "bullet")
    ):
        yield from fields
        return
    yield from fields[:-1]
    leaves = list(_leaves(following))
    leaf = next((leaf for leaf in leaves if status.ticked(leaf.span.of(text))), next(iter(leaves), None))
    if leaf is not None:
        end = text.find("\n", leaf.span.start, leaf.span.end)
        value = trim(text, Span(leaf.span.start, end if end >= 0 else leaf.span.end))
        latest = _latest(text, following, leaves) if last.role == "date" else None
        if latest is not None or fits(last.role, value.of(text)):
            value = latest or value
            last = replace(last, value=value.of(text), value_span=value)
    yield last


def _latest(text: str, block: Block, leaves: Sequence[Block]) -> Span | None:
    """Where the latest date stands in a list that says since when a record has had which state: ``- Drafted: 2024-03-14``; None in any other.

    Dots may stand for what is still to come.
    """
    known: list[tuple[str, Span]] = []
    others: list[tuple[str, Span]] = []
    for leaf in leaves if block.kind == "list" else ():
        key = _PLAIN.match(text, leaf.span.start, leaf.span.end) or _BOLD.match(text, leaf.span.start, leaf.span.end)
        value = trim(text, Span(key.end(), leaf.span.end)) if key is not None else leaf.span
        date = dates.read(value.of(text)) if key is not None else None
        if key is not None and date is not None and date.iso is not None and date.end == value.end - value.start:
            is_state = role_of(key["key"]) == "date" or status.leading_word(fold(key["key"])) != ""
            if role_of(key["key"]) != "updated":
                (known if is_state else others).append((date.iso, value))
        elif leaf.span.of(text).strip(" .…"):
            return None
    found = known or others
    return max(found)[1] if found else None


def _with_line_below(text: str, field: Field, stop: int) -> Field:
    """A status or date with the line below as its value, where its own has nothing but the key: ``**Status**`` over ``Accepted``.

    Where the next block begins, at `stop`, is no line of this one.
    """
    if field.value or field.role not in ("status", "date") or field.place != "bold-line":
        return field
    end = _line_end(text, field.span.end)
    start = end + (2 if text.startswith("\r\n", end) else 1)
    value = trim(text, Span(min(start, len(text)), _line_end(text, start)))
    if value.end > stop or text[field.span.end : end].strip() or not value.of(text) or not fits(field.role, value.of(text)):
        return field
    return replace(field, value=value.of(text), value_span=value, span=Span(field.span.start, value.end))


def _is_keyed(text: str, lines: Sequence[Span]) -> bool:
    """Whether lines, or items of a list, are metadata whatever their keys: each has one, and that of the status or the date is among them."""
    if len(lines) < _FEWEST_KEYS:
        return False
    keys = [_PLAIN.match(text, line.start, line.end) or _BOLD.match(text, line.start, line.end) for line in lines]
    return None not in keys and any(
        fits(role_of(key["key"].strip()), text[key.end() : line.end]) and text[key.end() : line.end].strip()
        for key, line in zip(keys, lines, strict=True)
        if key is not None
    )


_FEWEST_KEYS = 2
"""How many lines with a key tell that the keys are a team's own where nobody knows them."""


def _lines(text: str, block: Span, *, bullet: bool, own: bool = False) -> Iterator[Field]:
    """The fields of lines; with `own` also those by plain keys that no language knows, which only the first line of an item has."""
    at = block.start
    while at < block.end:
        stop = min((i for i in (text.find("\n", at, block.end), text.find("\r", at, block.end)) if i >= 0), default=block.end)
        quote = _QUOTE.match(text, at, stop)
        is_own = own and (at == block.start or not bullet)
        yield from _line(text, Span(quote.end() if quote else at, stop), bullet=bullet, own=is_own)
        at = stop + 1


def _line(text: str, line: Span, *, bullet: bool, own: bool = False) -> Iterator[Field]:
    picture = _PICTURE.match(text, line.start, line.end)
    line = Span(picture.end(), line.end) if picture else line
    wrapped = _WRAPPED.match(text, line.start, line.end)
    if wrapped and not (wrapped["inner"].rstrip().endswith((":", "："))):
        inner = Span(*wrapped.span("inner"))
        keyed = list(_line(text, inner, bullet=bullet))
        if any(field.role in ("status", "date") for field in keyed):
            place: Place = "bullet" if bullet else "bold-line" if len(wrapped["mark"]) == 2 else "plain-line"
            yield from (replace(_without_stop(field), place=place) for field in keyed)
            return
    bolds = list(_BOLD.finditer(text, line.start, line.end))
    if bolds and bolds[0].start() == line.start:
        ends = [match.start() for match in bolds[1:]] + [line.end]
        for match, end in zip(bolds, ends, strict=True):
            yield _field(text, match, Span(match.end(), end), match.start(), "bullet" if bullet else "bold-line")
        return
    whole = _BOLD_WHOLE.match(text, line.start, line.end)
    if whole:
        keyed = [
            field
            for field in _line(text, Span(*whole.span("inner")), bullet=bullet)
            if field.role in ("status", "date") and field.value and fits(field.role, field.value)
        ]
        if keyed:
            yield from (replace(_without_stop(field), place="bullet" if bullet else "bold-line") for field in keyed)
            return
    plain = _PLAIN.match(text, line.start, line.end)
    if plain and (own or role_of(plain["key"])):
        matches = [plain, *_beside(text, plain, line.end)]
        for match, following in zip_longest(matches, matches[1:]):
            value = Span(match.end(), following.start() if following is not None else line.end)
            yield _field(text, match, value, match.start(), "bullet" if bullet else "plain-line")
        return
    dated = _PLAIN_DATE.match(text, line.start, line.end)
    if dated and role_of(dated["key"]) == "date":
        yield _field(text, dated, Span(dated.end(), line.end), line.start, "bullet" if bullet else "plain-line")
        return
    bold, dashed = _BOLD_KEY.match(text, line.start, line.end), _DASHED.match(text, line.start, line.end)
    for bare, place in ((bold, "bold-line"), (dashed, "plain-line")):
        if bare and (fits(role_of(bare["key"]), text[bare.end() : line.end]) or _says_relation(text, bare, line.end)):
            yield _field(text, bare, Span(bare.end(), line.end), line.start, "bullet" if bullet else place)
            return
    alone = dates.read(text[line.start : line.end])
    if alone is not None and not bullet and not text[line.start + alone.end : line.end].strip(" \t.*_)`\\"):
        value = trim(text, line)
        yield Field("date", "", Span(value.start, value.start), value.of(text), value, value, "plain-line")


def _says_relation(text: str, key: re.Match[str], end: int) -> bool:
    """Whether a dash and a verb that says how the record stands to others follow on a bold key: ``**Relationship** — amends ADR-2``."""
    if "mark" not in key.groupdict() or not key[0].endswith((" ", "\t")) or not grammar.may_state(text[key.end() : end]):
        return False
    first = next(iter(grammar.tokens(text, Span(key.end(), end), ())), None)
    return first is not None and first.relation is not None and first.relation != "related"


def _beside(text: str, first: re.Match[str], end: int) -> Iterator[re.Match[str]]:
    """The known keys behind a plain one on the same line, each set off by a mark: ``Date: 2021-01-02 · Status: accepted``."""
    for mark in _SET_OFF.finditer(text, first.end(), end):
        key = _PLAIN.match(text, mark.end(), end)
        if key is not None and role_of(key["key"]):
            yield key


_SET_OFF = lazy.regex(r"[·•|][ \t]+")


def _without_stop(field: Field) -> Field:
    """The field without the full stop that ends a sentence rather than its value."""
    value = field.value.rstrip(".")
    return replace(field, value=value, value_span=Span(field.value_span.start, field.value_span.start + len(value)))


def fits(role: str | None, value: str) -> bool:
    """Whether a value fits its key well enough to do without a colon between them: a known status, a date, or nothing yet."""
    if role == "status":
        return not value.strip() or bool(status.leading_word(fold(re.sub(r"^(?:\[[xX]\])?[^\w]+", "", value))))
    return role == "date" and (not value.strip() or dates.read(value) is not None)


def _field(text: str, match: re.Match[str], value: Span, start: int, place: Place) -> Field:
    value = trim(text, Span(value.start, _unseparated(text, value)))
    key = match["key"].strip()
    return Field(
        role_of(key), key, Span(*match.span("key")), value.of(text), value, Span(start, max(value.end, match.end("key"))), place
    )


def _unseparated(text: str, value: Span) -> int:
    """Where a value ends that something may set off from what follows, by marks that repeat."""
    end = value.start + len(value.of(text).rstrip(" \t"))
    if text.endswith("&#x20;", value.start, end):
        return end - len("&#x20;")
    while separator := _SEPARATOR.search(text, max(value.start, end - _LONGEST_SEPARATOR), end):
        end = separator.start()
    return end


def _table(document: Document, table: Block) -> Iterator[Field]:
    """``| Status | Accepted |`` row by row, or ``| Status | Date |`` over a single row of values."""
    text = document.text
    rows = [[cell.content or cell.span for cell in row.children] for row in table.children]
    if not rows:
        return
    head = rows[0]
    known = [role_of(_key_text(cell.of(text))) for cell in head]
    # "Status | Superseded" are key and value, though a key may be called so too
    is_pair = len(head) == 2 and known[0] == "status" and fits("status", head[1].of(text)) and bool(head[1].of(text).strip())
    if len(rows) == 2 and sum(role is not None for role in known) >= 2 and not is_pair:
        for cell, value in zip(head, rows[1], strict=False):
            yield _cell(text, cell, value)
        return
    for row in rows:
        if len(row) >= 2:
            key = _key_text(row[0].of(text))
            if row is head and not is_pair and not (role_of(key) and len(row) == 2 and known[1] is None):
                continue
            if key and (role_of(key) or len(row) == 2):
                yield _cell(text, row[0], row[1])


def _cell(text: str, key: Span, value: Span) -> Field:
    value = trim(text, value)
    return Field(
        role_of(_key_text(key.of(text))),
        _key_text(key.of(text)),
        key,
        value.of(text),
        value,
        Span(key.start, value.end),
        "table",
    )


def _key_text(text: str) -> str:
    return text.strip().strip("*_").rstrip(":： ").strip("*_ ")


_HAN = "[0-9〇零一二三四五六七八九十百]{1,4}"
_NUMBERING = lazy.regex(
    r"^(?:(?:\(?[0-9]{1,2}(?:\.[0-9]+)*[.)]?|[IVX]{1,4}\.)[ \t]+"
    rf"|(?:{_HAN}[ \t]?[、．.，]|[(（]{_HAN}[)）]|第[ \t]?{_HAN}[ \t]?[章节節条條部回項项](?:分)?[ \t]?[：:、.]?|제[ \t]?[0-9]{{1,3}}[ \t]?[장절조])[ \t]*(?=[^\s0-9]))"
)
_INLINE = lazy.regex(
    r"^(?P<key>[^-:–—]{2,30}?)[ \t]*(?:(?:[:：]|[ \t][-–—])[ \t]+(?P<value>\S.*)|[ \t][(\[](?P<bracket>[^()\[\]]+)[)\]])$"
)


_COMMENT = lazy.regex(r"<!--.*?(?:(?P<closed>-->)|\Z|(?=\n))")
_AROUND_NAME = lazy.regex(
    r"^[^\w(\[{]+|(?<![\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff])[\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+$"
)
_REMARK = lazy.regex(rf"(?:(?<!\s)\s+)?[(\[（]{any_of('required', 'optional')}[)\]）]$", re.IGNORECASE)


@lru_cache(REMEMBERED)
def section_name(plain: str) -> str:
    """A heading's text as a section's name: without numbering, comments, emoji, a trailing colon and a note in brackets."""
    name = _NUMBERING.sub("", _COMMENT.sub(lambda found: "" if found["closed"] else found[0], plain)).strip(" \t:：")
    return _REMARK.sub("", _AROUND_NAME.sub("", name))


@lru_cache(REMEMBERED)
def section_role(plain: str) -> str | None:
    """The part a section of that heading plays (``context``, ``decision`` …), in any language; None for one of its own."""
    name = section_name(plain)
    folded = fold(name)
    role = SECTION_ROLES.get(folded)
    if role is None and folded.endswith(")"):
        role = SECTION_ROLES.get(fold(without_note(name)))
    if role is None:
        inline = _INLINE.match(name)
        if inline and SECTION_ROLES.get(fold(inline["key"])) == "status":
            role = "status"
    if role is None and _is_status_of_itself(folded):
        role = "status"
    return role


@lru_cache(REMEMBERED)
def field_of(name: str) -> str | None:
    """What the text below a section of that name is, as of a field: ``status``, ``date`` …; None for what is no metadata."""
    return role_of(name) or ("status" if _is_status_of_itself(fold(name)) else None)


def _is_status_of_itself(folded: str) -> bool:
    """Whether a heading says at some length that below is the record's own status: ``What is the status of the proposal?``."""
    both = [half.strip() for half in _AND.split(folded)]
    if len(both) == 2 and {role_of(both[0]), role_of(both[1])} == {"status", "date"}:
        return True  # "Status & Date"
    words = re.findall(r"[^\W_]+", folded)
    if not 1 < len(words) <= _MOST_WORDS or re.sub(r"[^\W_]+|[\s?'’]", "", folded):
        return False
    said = [word for word in words if FIELD_ROLES.get(word) == "status"]
    return (
        len(said) == 1
        and any(word in _ITSELF for word in words)
        and all(word in said or word in _ITSELF or word in _BESIDE_ITSELF for word in words)
    )


_MOST_WORDS = 10
_AND = lazy.regex(rf"[&/,+、]|(?<=\s){any_of('conjunctions')}(?=\s)")
"""What stands between the two halves of a heading."""
_ITSELF = frozenset(every("records")) | {word.split()[-1] for word in every("itself") if " " in word}
"""Nouns for the record in a heading: the status of this *decision*."""
_BESIDE_ITSELF = frozenset(
    part
    for word in every("articles", "prepositions", "auxiliaries", "ours", "asking", "names", "itself")
    for part in re.findall(r"[^\W_]+", word)
)


def from_heading(document: Document, heading: Heading) -> Field | None:
    """The field in a heading such as ``## Status: Accepted``, ``## **Status:** DRAFT`` or ``## Date - 2021-01-02``; None where it holds none."""
    text, written = document.text, heading.text.of(document.text)
    shown = written.translate(_BLANKED) if written.startswith(("*", "_")) else written
    start = heading.text.start + len(shown) - len(shown.lstrip())
    inline = _INLINE.match(shown.strip())
    role = role_of(section_name(inline["key"])) if inline else None
    if not inline or role not in ("status", "date"):
        return None
    which = "value" if inline["value"] else "bracket"
    if role == "date" and dates.read(inline[which]) is None and not inline[which].startswith(("<", "{")):
        return None  # "Dates: which ones we keep", but for the template's "Date: <when it was taken>"
    if which == "bracket" and (not fits(role, inline[which]) or role_of(inline[which].strip()) == role):
        return None  # "상태 (Status)" is the name in two languages
    key = Span(start, start + inline.end("key"))
    value = trim(text, Span(start + inline.start(which), start + inline.end(which)))
    name = "Status" if role == "status" else key.of(text)
    return Field(role, name, key, value.of(text), value, heading.span, "heading")


_BLANKED = str.maketrans("*_", "  ")
"""Makes the marks of emphasis blanks, so that all else stays where it is."""


def from_title(document: Document, heading: Heading, start: int) -> Field | None:
    """The status before a title, which starts at an offset of the heading: ``# Draft: Use Kafka``, ``# 5. [Rejected] Use Kafka``.

    None where there is none: words that name a kind of text as well, such as *proposal*, are not taken for one.
    """
    text = document.text
    match = _STATUS_BEFORE.match(text, heading.text.start + start, heading.text.end)
    if match is None or not _stands_before(text, match):
        return _behind_title(text, heading, start)
    value = Span(*match.span("inside" if match["inside"] else "value"))
    return Field("status", "", Span(value.start, value.start), value.of(text), value, heading.span, "heading")


def noted_in_title(document: Document, heading: Heading) -> tuple[Field, ...]:
    """The status, by its name, and the date in a note behind a title: ``# ADR-5: Use Kafka (2024-05-01, status: accepted)``."""
    text = document.text
    note = _NOTE_BEHIND.search(text, heading.text.start, heading.text.end)
    found: list[Field] = []
    for part in _NOTED.finditer(text, *note.span("note")) if note is not None else ():
        said = trim(text, Span(*part.span()))
        keyed = _KEYED_NOTE.fullmatch(text, said.start, said.end)
        role = role_of(keyed["key"]) if keyed is not None else None
        if keyed is not None and role in ("status", "date") and fits(role, keyed["value"]):
            value = Span(*keyed.span("value"))
            found.append(Field(role, keyed["key"], Span(*keyed.span("key")), value.of(text), value, heading.span, "heading"))
        elif keyed is None and fits("date", said.of(text)):
            empty = Span(said.start, said.start)
            found.append(Field("date", "", empty, said.of(text), said, heading.span, "heading"))
    return tuple(found) if any(field.role == "status" for field in found) else ()


def behind_bar(document: Document, heading: Heading) -> tuple[Field, ...]:
    """The metadata by their names behind a bar in a title: ``# Use Kafka | Date: 13/10/25 | Status: accepted``; all that is there, or none."""
    text = document.text
    bar = text.find(" | ", heading.text.start, heading.text.end)
    found: list[Field] = []
    for part in _BARRED.finditer(text, bar + 1, heading.text.end) if bar > heading.text.start else ():
        said = trim(text, Span(*part.span()))
        keyed = _KEYED_NOTE.fullmatch(text, said.start, said.end)
        role = role_of(keyed["key"]) if keyed is not None else None
        if keyed is None or role not in ("status", "date") or not fits(role, keyed["value"]):
            return ()
        value = Span(*keyed.span("value"))
        found.append(Field(role, keyed["key"], Span(*keyed.span("key")), value.of(text), value, heading.span, "heading"))
    return tuple(found)


_BARRED = lazy.regex(r"[^|]+")
_NOTE_BEHIND = lazy.regex(r"(?<=\s)[(\[](?P<note>[^()\[\]\n]{3,100})[)\]]\s*\Z")
_NOTED = lazy.regex(r"[^,;|·]+")
_KEYED_NOTE = lazy.regex(r"(?P<key>[^\s:：][^:：]{0,30}?)[ \t]{0,4}[:：][ \t]{0,4}(?P<value>\S.*)")


def _behind_title(text: str, heading: Heading, start: int) -> Field | None:
    """The status behind a title: ``# 5. Use Kafka [REJECTED]``, ``# Use Kafka (superseded by ADR-7)``."""
    match = _STATUS_BEHIND.search(text, heading.text.start + start + 1, heading.text.end)
    if match is None or not _stands_before(text, match):
        return None
    value = Span(*match.span("value"))
    return Field("status", "", Span(value.start, value.start), value.of(text), value, heading.span, "heading")


def _stands_before(text: str, match: re.Match[str]) -> bool:
    """Whether what stands where titles have a status is one."""
    value = Span(*match.span("value" if match["value"] else "inside"))
    said = fold(value.of(text))
    if said in _BEFORE_TITLES or bool(match["by"] and fold(value.of(text)[: -len(match["by"])]) in _BEFORE_TITLES):
        return True
    # "[PLANNED]": capitals in brackets set a state apart from a word of the title
    return text[value.start - 1] == "[" and value.of(text).isupper() and said in _MARKED


_NOUNS = frozenset(words_for("sections", "decision", "context")) | _ITSELF
_BEFORE_TITLES = (
    usual("accepted")
    | usual("rejected")
    | usual("deprecated")
    | usual("superseded")
    | {wrong for wrong, right in misspelled().items() if right in usual("superseded")}
    | (usual("proposed") - _NOUNS)
    | frozenset(every("drafts")).intersection(words_for("statuses", "draft")).difference(every("lookalikes"))
)
"""The states that stand before titles: none of the words that people have for other things too."""
_MARKED = (frozenset(word for word in STATUS_WORDS if " " not in word) | frozenset(every("in_part", "vacant"))) - _NOUNS
"""The words that are a state where they stand in capitals in square brackets behind a title."""
_STATUS_BEFORE = lazy.regex(
    rf"[\[(](?P<inside>[^\W\d_][\w -]{{2,30}})[\])][ \t]{{0,4}}[:：–—-]?[ \t]{{0,4}}(?=[^\s:])"
    rf"|(?P<value>[^\W\d_][\w -]{{2,30}}?(?P<by>[ \t]{{1,4}}{any_of('by')}[ \t]{{1,4}}\S{{1,100}}?)?)[ \t]{{0,4}}[:：][ \t]{{1,4}}(?=\S)",
    re.IGNORECASE,
)


_STATUS_BEHIND = lazy.regex(
    rf"(?<=\s)[\[(](?P<inside>)(?P<value>[^\W\d_][\w -]{{2,30}}?(?P<by>[ \t]{{1,4}}{any_of('by')}[ \t]{{1,4}}\S{{1,100}}?)?)"
    r"(?:[ \t]{0,4}(?:[–—:;,/|]|-[ \t])[^\[\]()]{1,100})?[\])]\s*\Z",
    re.IGNORECASE,
)


def from_section(document: Document, heading: Heading, blocks: Sequence[Block]) -> Iterator[Field]:
    """The lines of a section such as ``## Status`` or ``## Date``, one field each, as values of that section's role."""
    found = list(_said_in_section(document, heading, blocks))
    if field_of(section_name(document.plain(heading.text))) != "status":
        yield from found
        return
    found = _from_words_on(found)
    kinds = [_kind_of_status(document.text, field) for field in found]
    keyed = any(field.role == "status" and field.place != "section" for field in found)
    if not any(field.role == "status" for field in found) and (ended := _ended_by(document.text, heading, found)):
        yield from ended
        return
    first = None
    if not keyed and not any(kind is None and _begins_with_state(field) for field, kind in zip(found, kinds, strict=True)):
        first = next((at for at, kind in enumerate(kinds) if kind is not None), None)
        keyed = first is not None
    for at, (field, kind) in enumerate(zip(found, kinds, strict=True)):
        if kind is not None:
            yield replace(kind, role="status") if at == first else kind
        elif not keyed or field.role != "status" or field.place != "section" or _begins_with_state(field):
            yield field


def _from_words_on(found: list[Field]) -> list[Field]:
    """The fields of a status section without the lines of marks, such as an emoji, in front of the one that says a state in words."""
    is_mark = [field.place == "section" and not any(map(str.isalnum, field.value)) for field in found]
    first = next((at for at, mark in enumerate(is_mark) if not mark), None)
    return found[first:] if first and found[first].role == "status" and _begins_with_state(found[first]) else found


def _ended_by(text: str, heading: Heading, found: Sequence[Field]) -> list[Field]:
    """The fields of a status section whose status is what its only statement says: ``Superseded by: ADR-2``; empty for any other."""
    at = next((at for at, field in enumerate(found) if field.role == "superseded_by" and field.value), None)
    if at is None or is_nothing(found[at].value) or not status.leading_word(fold(found[at].key)):
        return []
    whole = trim(text, Span(found[at].key_span.start, found[at].value_span.end))
    said = Field("status", heading.text.of(text), heading.text, whole.of(text), whole, whole, "section")
    return [*found[:at], said, *found[at + 1 :]]


def _begins_with_state(field: Field) -> bool:
    """Whether a line of a status section says a state, or how the record stands to others, at once: no prose on what a key has said."""
    value = field.value
    words = grammar.tokens(value, Span(0, len(value)), ())
    if words and words[0].relation is not None:
        return True
    behind = words[1:2]
    return bool(status.leading_word(fold(re.sub(r"^[^\w]+", "", value)))) and all(
        "ordinary" in word.parts or not grammar.is_content(word) for word in behind
    )


def _kind_of_status(text: str, field: Field) -> Field | None:
    """The field as one of the team's own where its line has a key for the state of something else: ``Implementation status: done``."""
    if field.role != "status" or field.place != "section":
        return None
    line = field.value_span
    key = _BOLD.match(text, line.start, line.end) or _PLAIN.match(text, line.start, line.end)
    if (
        key is None
        or role_of(key["key"].strip()) is not None
        or not _IS_KIND_OF_STATUS.search(without_note(fold(key["key"].strip())))
    ):
        return None
    place: Place = "bold-line" if "mark" in key.groupdict() else "plain-line"
    return replace(_field(text, key, Span(key.end(), line.end), line.start, place), role=None)


_STATUS_KEYS = "|".join(
    sorted((re.escape(key) for key, role in FIELD_ROLES.items() if role == "status"), key=len, reverse=True)
)
_IS_KIND_OF_STATUS = lazy.regex(rf"(?:{_STATUS_KEYS})$|^(?:{_STATUS_KEYS})\b", re.IGNORECASE)
"""A key that ends in a word for the status, or begins with one: ``implementation status``, ``статус реализации``."""


def _said_in_section(document: Document, heading: Heading, blocks: Sequence[Block]) -> Iterator[Field]:
    text = document.text
    role = field_of(section_name(document.plain(heading.text)))
    tables: dict[Span, list[Field]] = {}
    if role == "status":
        tables = {
            block.span: found for block in blocks if block.kind == "table" if (found := _of_history(text, block, heading))
        }
    for fields in tables.values():
        yield from fields
    leaves = [(block, leaf) for block in blocks if block.span not in tables for leaf in _leaves(block)]
    done = -1
    for at, (_, leaf) in enumerate(leaves):
        if at <= done:
            continue
        span = leaf.content or leaf.span
        if role in RELATIONS:
            yield Field(role, heading.text.of(text), heading.text, span.of(text), span, span, "section")
            continue
        before = ""
        lines = list(_values(text, span))
        for index, line in enumerate(lines):
            if role == "status" and not _is_date(text, line) and _goes_on(before, line.of(text)):
                before = f"{before} {line.of(text)}"[-_LONG_ENOUGH:]
                continue
            before = text[line.start : _line_end(text, line.end)][-_LONG_ENOUGH:]
            inner = next(_line(text, line, bullet=False), None)
            if inner is not None and inner.role in RELATIONS and not inner.value:
                if index + 1 < len(lines):
                    end = lines[-1].end
                else:
                    done = _list_behind(leaves, at)
                    end = leaves[done][1].span.end
                value = trim(text, Span(inner.value_span.end, end))
                yield replace(inner, value=value.of(text), value_span=value, span=Span(inner.span.start, end))
                if index + 1 < len(lines):
                    break
            elif inner is not None and not inner.key:
                yield replace(inner, key=heading.text.of(text), key_span=heading.text, place="section")
            elif inner is not None and inner.role is not None:
                yield inner
            else:
                yield Field(role, heading.text.of(text), heading.text, line.of(text), line, line, "section")


def _is_date(text: str, line: Span) -> bool:
    """Whether a line is a date with its key: ``日期: 2026-03-07``."""
    key = _PLAIN.match(text, line.start, line.end)
    return key is not None and role_of(key["key"]) == "date" and dates.read(text[key.end() : line.end]) is not None


def _list_behind(leaves: Sequence[tuple[Block, Block]], at: int) -> int:
    """The index of the last item of the list, or of the paragraph, that follows on a line with a key and no value."""
    own = leaves[at][0]
    following = [
        index
        for index, (block, _) in enumerate(leaves)
        if index > at and (block is own or (at + 1 < len(leaves) and block is leaves[at + 1][0]))
    ]
    return following[-1] if following else at


RELATIONS = frozenset({"supersedes", "superseded_by", "amends", "amended_by"})
"""The roles of what says how a record stands to others."""


def _values(text: str, span: Span) -> Iterator[Span]:
    """The lines of a block that have some text, without marks of quotes and blanks around them."""
    at = span.start
    while at < span.end:
        stop = min((i for i in (text.find("\n", at, span.end), text.find("\r", at, span.end)) if i >= 0), default=span.end)
        quote = _QUOTE.match(text, at, stop)
        value = trim(text, Span(quote.end() if quote else at, stop))
        if value.start < value.end:
            yield value
        at = stop + 1


_LONG_ENOUGH = 500
"""How many characters tell whether a sentence goes on."""


def _line_end(text: str, at: int) -> int:
    """Where the line ends that a place is on, without its line end."""
    return min((end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0), default=len(text))


def _goes_on(before: str, line: str) -> bool:
    """Whether a line belongs to those before it: it begins with no state, or in the middle of a sentence that says more than one."""
    if not before.strip():
        return False
    begins = line.lstrip(" \t*_~`[(")[:1]
    first = next(iter(grammar.tokens(line, Span(0, len(line)), ())), None)
    if first is None or not (status.leading_word(fold(line)) or first.relation or begins.isdigit()):
        return True
    said = before.rstrip()
    if _ENDS.search(said) or "  " in before[len(said) :]:
        return False
    words = grammar.tokens(before, Span(0, len(before)), ())
    if not words:  # a line of marks, such as an emoji
        return False
    leads_on = words[-1].relation is not None or words[-1].parts & {"listing", "by", "of", "auxiliaries", "none"}
    return bool(leads_on) or (any(map(grammar.is_content, words)) and not begins.isupper())


_ENDS = lazy.regex(r"(?:[.:;!?。；：)）\]*_`~\\]|<br[ ]?/?>)\Z")
"""The end of a line behind which another statement may begin."""


def _of_history(text: str, table: Block, heading: Heading) -> list[Field]:
    """The status and its date in the latest row of a table with a column for each: ``| Date | Status |``; empty for any other."""
    rows = [[cell.content or cell.span for cell in row.children] for row in table.children]
    roles = [role_of(_key_text(cell.of(text))) for cell in rows[0]] if len(rows) > 1 else []
    if not {"status", "date"} <= set(roles):
        return []
    state, day = roles.index("status"), roles.index("date")
    dated = [
        (date.iso, at, row)
        for at, row in enumerate(rows[1:])
        if len(row) > max(state, day) and (date := dates.read(row[day].of(text).strip())) and date.iso
    ]
    if len(dated) < len(rows) - 1:
        return []
    _, _, row = max(dated, key=lambda entry: entry[:2])
    said, since = trim(text, row[state]), trim(text, row[day])
    return [
        Field("status", heading.text.of(text), heading.text, said.of(text), said, said, "section"),
        Field("date", rows[0][day].of(text), rows[0][day], since.of(text), since, since, "table"),
    ]


def _leaves(block: Block) -> Iterator[Block]:
    if block.kind == "paragraph":
        yield block
    elif block.kind == "table":
        for row in block.children:
            if row.info == "body" and row.children:
                yield row.children[0]
    elif block.kind in ("list", "list_item", "block_quote"):
        for child in block.children:
            yield from _leaves(child)


def lines_of(blocks: Sequence[Block]) -> Iterator[Sequence[Span]]:
    """The rows of tables, cell by cell, and the paragraphs and list items, each as one cell."""
    for block in blocks:
        if block.kind == "table":
            yield from ([cell.content or cell.span for cell in row.children] for row in block.children if row.info == "body")
        else:
            yield from ([leaf.content or leaf.span] for leaf in _leaves(block))


def trim(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip())
    return (
        Span(min(start, span.end), max(start, span.start + len(inner.rstrip())))
        if inner.strip()
        else Span(span.start, span.start)
    )
