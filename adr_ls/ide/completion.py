"""Completion: records, statuses, sections, metadata keys and anchors, in the style that the log writes them.

`token_at` finds what is being typed, before and behind the cursor, and what it stands in; the container decides what is offered. Every
item says which span it replaces, since editors' own idea of a word ends at the hyphen of ``ADR-``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from adr_ls.ide.hover import Address, Hover, card
from adr_ls.ide.symbols import match
from adr_ls.ide.target import Cursor
from adr_ls.log.style import House
from adr_ls.log.workspace import Workspace
from adr_ls.record.anchors import anchors
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Place, role_of, section_role
from adr_ls.record.record import Record
from adr_ls.syntax.text import Span
from adr_ls.words.language import STATUSES
from adr_ls.words.lookup import STATUS_WORDS, any_of, every, fold, one_of, words_for
from adr_ls.write import editing

MOST = 50
"""How many items are offered at once; what is typed on narrows them."""

TRIGGERS = ("-", "[", "(", "/", "#", ":", " ", "*")
"""The characters after which completion is worth asking for."""


@dataclass(frozen=True)
class Item:
    """One thing to insert at `span`; `filter` is what the editor compares with what is typed, `path` the record it stands for."""

    label: str
    insert: str
    span: Span
    filter: str
    kind: Literal["record", "status", "section", "key", "anchor"]
    detail: str = ""
    description: str = ""
    deprecated: bool = False
    path: str = ""


@dataclass(frozen=True)
class Completion:
    """The items in the order to show them; `incomplete` where typing on may bring others."""

    items: tuple[Item, ...]
    incomplete: bool = False


NOTHING = Completion(())

Container = Literal["destination", "anchor", "link", "text", "wiki", "section", "status", "record", "series", "key"]


@dataclass(frozen=True)
class Token:
    """What is being typed at the cursor, and what it stands in: all that the kinds of completion need to know of the text.

    An item takes the place of `span`, which reaches over what stands behind the cursor of the same word, and of the brackets that
    belong to it; `typed` is what there is of it before the cursor. `quote` is the quotation mark around it in front matter, `lead`
    the blank that is still lacking before it, `role` the field or the series that it belongs to.
    """

    container: Container
    span: Span
    typed: str
    quote: str = ""
    lead: str = ""
    role: str = ""
    in_front: bool = False


@dataclass(frozen=True)
class _Place:
    """The cursor and the line it is in, cut in two by it."""

    cursor: Cursor
    line: Span
    before: str
    behind: str
    in_front: bool

    @staticmethod
    def of(cursor: Cursor) -> _Place:
        record = cursor.record
        line = record.lines.span(record.lines.line_at(cursor.offset))
        offset = min(cursor.offset, line.end)
        before, behind = record.text[line.start : offset], record.text[offset : line.end]
        return _Place(cursor, line, before, behind, _is_in_front(record, offset))

    def token(self, container: Container, start: int, behind: str = "", **more: Any) -> Token:
        """The token that begins at that place of the line, with as much behind the cursor as the pattern matches."""
        rest = re.match(behind, self.behind)
        span = Span(self.line.start + start, self.line.start + len(self.before) + (rest.end() if rest else 0))
        return Token(container, span, self.before[start:], in_front=self.in_front, **more)


def token_at(cursor: Cursor) -> Token | None:
    """What is being typed at the cursor; None in code, comments and images, and where nothing that is known is typed."""
    place = _Place.of(cursor)
    if not place.in_front and _is_no_text(place):
        return None
    readers = (_front_value, _front_key) if place.in_front else (_destination, _label, _heading, _value, _series, _key)
    for reader in readers:
        found = reader(place)
        if found is not None:
            return found if isinstance(found, Token) else None
    return None


NO_TOKEN: Literal[False] = False
"""What a reader gives where it knows that there is nothing to complete, whatever the others would say."""
_Read = Token | Literal[False] | None

_WORD = r"(?:[\w’-]|'(?=\w))*"
_NAME = r"[\w./-]*"
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?(?P<typed>[^\s<>]*)$")
_DESTINATION = re.compile(
    r"(?:(?P<bang>!?)\[(?:[^\[\]\n]|!?\[[^\[\]\n]*\](?:\([^()\n]*\))?)*)?\]\(<?(?P<typed>[^()\s<>]*)$",
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|@")
"""The address of something that is no file here."""
_BRACKET = re.compile(r"(?P<bang>(?<!\\)!)?(?<!\\)(?P<open>\[\[?)(?P<typed>[^\[\]()\n]*)$")
_BOX = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]?$")
_SERIES = re.compile(r"(?<![\w/.-])(?P<word>[A-Za-z]+(?:-[A-Za-z]+){0,3})(?P<join>[- ]#?)(?P<typed>[\w]*)$")
_HEADING = re.compile(r"^#{1,4}[ \t]+[^#\n]*$")
_KEY = re.compile(r"^(?P<lead>[ \t>]*(?:[-*+][ \t]+)?)(?P<mark>\*\*|__)?(?P<typed>[^\W\d_][\w -]{0,30})?$")
_FRONT_VALUE = re.compile(r"^(?P<key>[\w -]+?)[ \t]*[:=][ \t]*(?P<value>.*)$")
_FRONT_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<value>.*)$")
_PIECE = re.compile(rf"(?:.*[,;]|.*(?<!\w){any_of('conjunctions')}(?!\w))?[ \t]*(?=\S*|$)", re.DOTALL)


_PASSIVE = words_for("relations", "superseded_by", "amended_by")
_TOWARDS = re.compile(
    rf"(?<!\w)(?:{one_of(_PASSIVE)}[ \t]+{any_of('by')}"
    rf"|{one_of(word for word in _PASSIVE if word.endswith(tuple(f' {by}' for by in every('by'))))}"
    rf"|{one_of(words_for('relations', 'supersedes', 'amends'))})[ \t:]+",
    re.IGNORECASE,
)
"""The words of a status behind which a record follows: ``superseded by``, ``amends``."""


def _is_no_text(place: _Place) -> bool:
    """Whether the cursor is in code or in a comment."""
    document, text, offset = place.cursor.record.document, place.cursor.record.text, place.cursor.offset
    before = max(place.line.start, offset - 1)
    if document.kind_at(before) in ("block_code", "codespan"):
        blocks = document.block_at(max(0, offset - 1))
        if (blocks and blocks[-1].kind == "block_code") or document.kind_at(offset) == "codespan":
            return True
    opened = text.rfind("<!--", 0, offset)
    if opened < 0 or "-->" in text[opened:offset]:
        return False
    return opened >= place.line.start or document.kind_at(opened) in ("block_html", "inline_html")


def _destination(place: _Place) -> _Read:
    found = _DESTINATION.search(place.before) or _DEFINED.search(place.before)
    if not found:
        return None
    rest = re.match(r"[^()\s<>]*", place.behind)
    if found.groupdict().get("bang") or _ELSEWHERE.match(found["typed"] + (rest[0] if rest else "")):
        return NO_TOKEN
    path, mark, _ = found["typed"].partition("#")
    start = found.start("typed")
    if mark:
        return place.token("anchor", start + len(path) + 1, r"[^()\s<>]*", role=path)
    return place.token("destination", start, r"[^()\s<>#]*")


def _label(place: _Place) -> _Read:
    """``[…``: a link to be, or the text alone of one that has its address; nothing in an image, a task's box and an index ``a[0]``."""
    found = _BRACKET.search(place.before)
    if not found:
        return None
    if found["bang"] or _BOX.match(place.before) or re.search(r"[A-Za-z0-9_\])]$", place.before[: found.start()]):
        return NO_TOKEN
    name = r"[\w-]*" if re.search(r"\w$", found["typed"]) else ""
    if found["open"] == "[[":
        return place.token("wiki", found.start("open"), rf"{name}(?:\]\])?")
    rest = re.match(rf"{name}(?P<tail>\]\(\)|\](?=[(\[:])|\]|[^\[\]\n]*\])?", place.behind)
    tail = rest["tail"] if rest else None
    if tail is None:
        return place.token("link", found.start("open"), name)
    following = place.behind[rest.end() : rest.end() + 1] if rest else ""
    if tail == "]()" or (tail == "]" and following not in ("(", "[", ":")):
        return place.token("link", found.start("open"), rf"{name}\](?:\(\))?")
    return place.token("text", found.start("typed"), name) if following != ":" else NO_TOKEN


def _heading(place: _Place) -> _Read:
    if not (_HEADING.match(place.before) and place.cursor.is_record):
        return None
    return place.token("section", 0, r".*?(?=[ \t]*$)")


def _front_value(place: _Place) -> _Read:
    found = _FRONT_VALUE.match(place.before)
    item = None if found else _FRONT_ITEM.match(place.before)
    if found:
        role = role_of(found["key"])
    elif item:
        front, start = place.cursor.record.front, place.line.start
        entries = front.entries if front else ()
        entry = next((e for e in entries if e.span.start <= start <= e.span.end + 2), None)
        role = role_of(entry.key) if entry else None
    value = found or item
    if not value or role not in _VALUED:
        return NO_TOKEN if value else None
    at, written = value.start("value"), value["value"]
    if written.startswith("["):
        opened = re.match(r"""\[(?:"[^"]*"|'[^']*'|[^"',\]])*(?:,(?:"[^"]*"|'[^']*'|[^"',\]])*)*""", written)
        comma = max(written.rfind(","), 0) if opened else 0
        at, written = at + comma + 1, written[comma + 1 :]
    blank = len(written) - len(written.lstrip())
    at, written = at + blank, written[blank:]
    quote = written[:1] if written[:1] in ("'", '"') else ""
    if quote and quote in written[1:]:
        return NO_TOKEN  # behind the closing one
    lead = " " if not quote and place.before[at - 1 : at] in (":", "=", ",") else ""
    return _stated(place, str(role), at + len(quote), quote, lead)


def _front_key(place: _Place) -> _Read:
    found = _KEY.match(place.before)
    if not found or not place.cursor.is_record or found["mark"]:
        return None
    return place.token("key", found.end("lead"), r"[\w-]*")


def _value(place: _Place) -> _Read:
    """The value of a field of the body: what stands behind its key on the line, or in its cell, or below the heading ``## Status``."""
    record, at, line = place.cursor.record, place.cursor.offset, place.line
    fields = [field for field in record.fields if field.place not in ("front-matter", "section")]
    field = next((field for field in fields if at in field.value_span and field.value_span.start < field.value_span.end), None)
    if field is None:
        on_line = [f for f in fields if line.start <= f.key_span.start < line.end and f.key_span.end < at]
        field = max(on_line, key=lambda f: f.key_span.end, default=None)
    if field is not None:
        if field.role not in _VALUED:
            return None
        start = max(min(field.value_span.start, at), line.start) - line.start
        lead = " " if place.before[start - 1 : start] in (":", "*", "_") else ""
        return _stated(place, str(field.role), start, "", lead)
    section = next((s for s in reversed(record.sections) if s.heading.span.start < line.start), None)
    if (
        section is None
        or not place.cursor.is_record
        or section_role(section.name) != "status"
        or section.own.start > line.start
        or line.of(record.text).lstrip().startswith("#")
    ):
        return None
    opening = re.match(r"[ \t>]*(?:[-*+][ \t]+)?(?:\[[ xX]\][ \t]+)?(?:\*\*|__)?", place.before)
    return _stated(place, "status", opening.end() if opening else 0, "", "")


def _stated(place: _Place, role: str, start: int, quote: str, lead: str) -> _Read:
    """What is typed of a value that begins at that place of the line: a status, or the record that it names last."""
    written = place.before[start:]
    if role == "status":
        verbs = list(_TOWARDS.finditer(written))
        if not verbs:
            piece = written.rpartition(",")[2] if re.search(r",[ \t]*\w*$", written) else written
            typed = piece.lstrip(" \t")
            if re.search(r"\d", typed):
                return NO_TOKEN  # a date
            if typed != written:
                lead = " " if piece == typed else ""
            return place.token("status", len(place.before) - len(typed), _WORD, quote=quote, lead=lead)
        start += verbs[-1].end()
        written, lead = place.before[start:], ""
    earlier = _PIECE.match(written)
    at = start + (earlier.end() if earlier else 0)
    if at > start:
        lead = " " if place.before[at - 1 : at] in (",", ";") else ""
    return place.token("record", at, _NAME, quote=quote, lead=lead, role=role)


def _series(place: _Place) -> _Read:
    """``ADR-``, or the series of another log; a blank instead of the hyphen only before a number."""
    found = _SERIES.search(place.before)
    if not found or (not found["typed"] and re.match(r"[^\W\d]", place.behind)):
        return None
    word = found["word"].casefold()
    if word not in _PLAIN and word not in place.cursor.workspace.names.series:
        return None
    if found["join"] == " " and found["typed"] and not found["typed"].isdigit():
        return None
    return place.token(
        "series", found.start("word"), r"\w*" if found["join"] != " " or found["typed"] else "", role=found["word"]
    )


_PLAIN = ("adr", "adrs")


def _key(place: _Place) -> _Read:
    """A metadata key in the area above the first section; behind the title, and only where something of it is typed."""
    cursor, found = place.cursor, _KEY.match(place.before)
    record = cursor.record
    if not found or not cursor.is_record or cursor.offset > _area_end(record) or not place.before.strip(" \t>"):
        return None
    if record.heading is not None and cursor.offset <= record.heading.span.end:
        return None
    mark = found["mark"] or ""
    close = re.escape(mark)
    if found["typed"]:
        behind = rf"[\w ()/-]*?(?:{close}[ \t]*:?|:{close})[ \t]?|[\w-]*" if mark else r"[\w-]*(?:[ \t]*:[ \t]?)?"
    else:
        behind = rf"(?:{close}[ \t]*:?|:{close})?" if mark else ""
    return place.token("key", found.end("lead"), behind, role=mark)


def completion(cursor: Cursor) -> Completion:
    """What can be inserted at the cursor."""
    token = token_at(cursor)
    return _OFFERED[token.container](cursor, token) if token else NOTHING


def documentation(workspace: Workspace, path: str, address: Address = str) -> Hover | None:
    """The card of the record that an item stands for; None where it is gone."""
    record = workspace.records.get(path)
    return card(workspace, record, address) if record else None


_FRONT_LINE = re.compile(r"[ \t]*(?:[\w -]+:.*|-[ \t].*|#.*)?")


def _is_in_front(record: Record, offset: int) -> bool:
    """Whether the offset is in front matter, be it one that is just being begun and none yet to its readers."""
    if record.front is not None:
        return record.front.content.start <= offset <= record.front.content.end
    lines, here = record.lines, record.lines.line_at(offset)
    above = [lines.span(number).of(record.text) for number in range(here)]
    return bool(above) and above[0].rstrip() == "---" and all(_FRONT_LINE.fullmatch(line) for line in above[1:])


def _records(cursor: Cursor, typed: str) -> list[Facts]:
    """The records to offer, best first: those that fit what is typed, this log's before others', superseded ones last, this one and copies not."""
    workspace, log = cursor.workspace, cursor.log
    query = re.sub(r"[\[\]()*_`,:]+", " ", typed).strip()
    own = log.records if log else {}
    doubles = workspace.doubles(log)
    scored = []
    for position, record in enumerate(workspace.records.values()):
        if record.path == cursor.record.path or record.path in doubles or (score := match(record, workspace, query)) == 0:
            continue
        gone = workspace.is_gone(record)
        scored.append((gone, record.path not in own, -score, position, record))
    scored.sort(key=lambda found: found[:4])
    return [found[4] for found in scored]


def _items(cursor: Cursor, records: list[Facts], span: Span, lead: str, insert: Iterable[str]) -> Completion:
    workspace = cursor.workspace
    items = []
    for record, text in zip(records[:MOST], insert, strict=False):
        state = workspace.standing(record)
        status = workspace.status(record)
        said = status.text[:40] if status and state == "other" else state if state != "none" else ""
        items.append(
            Item(
                label=record.id if record.number is not None else (record.title or record.id),
                insert=text,
                span=span,
                filter=f"{lead}{record.id if record.number is not None else ''} {record.title or ''} {record.name.stem} {state}".replace(
                    "  ", " "
                ),
                kind="record",
                detail=record.title or "",
                description=" · ".join(part for part in (said, workspace.date(record) or "") if part),
                deprecated=workspace.is_gone(record),
                path=record.path,
            ),
        )
    return Completion(tuple(items), incomplete=True)


def _destinations(cursor: Cursor, token: Token) -> Completion:
    typed = token.typed
    dotted = typed.startswith("./") or (not typed and _house(cursor).link_path.form == "./")
    query = re.sub(r"^[./]+", "", typed.rsplit("/", 1)[-1])
    records = _records(cursor, query.replace("-", " ") if not query[:1].isdigit() else query.split("-", 1)[0])
    paths = (editing.relative(cursor.record.path, record.path, dotted=dotted) for record in records)
    return _items(cursor, records, token.span, typed + " ", paths)


def _anchors(cursor: Cursor, token: Token) -> Completion:
    """The headings of the record that is linked, or of this one."""
    target: Record | None = cursor.record
    if token.role:
        mention = Mention(token.span, "link", path=token.role)
        path = cursor.workspace.names.resolve(cursor.record.path, mention).path
        target = cursor.workspace.file(path) if path is not None else None
    found = anchors(target).items() if target else ()
    return Completion(
        tuple(
            Item(f"#{name}", name, token.span, name, "anchor", detail=target.document.plain(where) if target else "")
            for name, where in found
        )
    )


def _links(cursor: Cursor, token: Token) -> Completion:
    records = _records(cursor, token.typed)
    links = (editing.link(cursor.record.path, record, cursor.log) for record in records)
    return _items(cursor, records, token.span, "[", links)


def _texts(cursor: Cursor, token: Token) -> Completion:
    records = _records(cursor, token.typed)
    return _items(cursor, records, token.span, "", (editing.link_text(record, cursor.log) for record in records))


def _wikis(cursor: Cursor, token: Token) -> Completion:
    records = _records(cursor, token.typed)
    return _items(cursor, records, token.span, "[[", (f"[[{record.name.stem}]]" for record in records))


def _named(cursor: Cursor, token: Token) -> Completion:
    """The records of a series, as the log mentions them in prose."""
    typed = token.typed[len(token.role) :].lstrip("- #")
    plain = token.role.casefold() in _PLAIN
    records = [
        record
        for record in _records(cursor, typed)
        if record.number is not None and (plain or record.series.casefold() == token.role.casefold())
    ]
    linked = _house(cursor).mention.form == "link"
    insert = (editing.link(cursor.record.path, record, cursor.log) if linked else record.id for record in records)
    join = token.typed[len(token.role) : len(token.typed) - len(typed)]
    return _items(cursor, records, token.span, f"{token.role}{join}" if join != "-" else "", insert)


def _sections(cursor: Cursor, token: Token) -> Completion:
    if cursor.log is None:
        return NOTHING
    here = token.span.start
    present = {section.role or fold(section.name) for section in cursor.record.sections if section.heading.span.start != here}
    marks = token.typed.split()[0]
    found = [
        Item(
            expected.name,
            "#" * expected.level + " " + expected.name,
            token.span,
            f"{marks} {expected.name}",
            "section",
            detail=expected.evidence,
        )
        for expected in cursor.log.house.sections
        if (expected.role or fold(expected.name)) not in present
    ]
    return Completion(tuple(found[:MOST]))


def _area_end(record: Record) -> int:
    return next((section.heading.span.start for section in record.sections), len(record.text))


_VALUED = frozenset({"status", "supersedes", "superseded_by", "amends", "amended_by", "related"})


def _written(token: Token, value: str) -> str:
    """A value as its place can hold it."""
    if token.quote == "'":
        value = value.replace("'", "''")
    elif token.quote:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    elif token.in_front:
        value = editing.yaml_scalar(value)
    return token.lead + value


def _values(cursor: Cursor, token: Token) -> Completion:
    records = _records(cursor, token.typed)
    place: Place = "front-matter" if token.in_front else "bold-line"
    names = (_written(token, editing.reference(cursor.record, other, cursor.log, place)) for other in records)
    return _items(cursor, records, token.span, "", names)


def statuses(house: House) -> tuple[str, ...]:
    """The statuses of a house in its spelling; with the usual ones besides where it has written down none."""
    words = list(house.vocabulary) or [house.spelled(state) for state in STATUSES[:6]]
    known = {fold(word) for word in words}
    words += [word for state in STATUSES[:6] if fold(word := house.spelled(state)) not in known and not house.documented]
    return tuple(dict.fromkeys(words))


def _statuses(cursor: Cursor, token: Token) -> Completion:
    """The house's statuses; behind a word only those that begin like that, since what is typed is a sentence otherwise."""
    words = list(statuses(_house(cursor)))
    typed = token.typed.lstrip()
    if re.search(r"\s", typed):
        words = [word for word in words if word.casefold().startswith(typed.casefold())]
    counts: Counter[str] = (
        Counter(cursor.workspace.canonical(record) for record in cursor.log.records.values()) if cursor.log else Counter()
    )
    found = []
    for word in words:
        count = counts.get(STATUS_WORDS.get(fold(word), fold(word)), 0)
        detail = f"{count} of {counts.total()} records here" if count else ""
        found.append(Item(word, _written(token, word), token.span, word, "status", detail=detail))
    return Completion(tuple(found))


def _keys(cursor: Cursor, token: Token) -> Completion:
    """The metadata keys that other records of the log have in this place and this one lacks."""
    log, record = cursor.log, cursor.record
    if log is None:
        return NOTHING
    line = record.lines.span(record.lines.line_at(cursor.offset))
    have = {fold(field.key) for field in record.fields if not (line.start <= field.key_span.start < line.end)}
    usual: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for other in log.records.values():
        signs.update(other.key_ends)
        for field in other.fields:
            if (field.place == "front-matter") == token.in_front and field.place in _KEYED:
                usual[field.key] += 1
    bold = not token.in_front and (bool(token.role) or _house(cursor).status_place == "bold-line")
    inside = signs[":"] > signs["*"]
    form = ("**{}:** " if inside else "**{}**: ") if bold else "{}: "
    if token.in_front and re.match(r"[ \t]*:", record.text[token.span.end : line.end]):
        form = "{}"
    return Completion(
        tuple(
            Item(
                name,
                form.format(name),
                token.span,
                f"**{name}" if bold else name,
                "key",
                detail=f"in {count} of {len(log.records)} records here",
            )
            for name, count in usual.most_common(MOST)
            if fold(name) not in have and count >= 2
        )
    )


_KEYED = ("front-matter", "bold-line", "bullet", "plain-line")

_OFFERED: Mapping[Container, Callable[[Cursor, Token], Completion]] = MappingProxyType(
    {
        "destination": _destinations,
        "anchor": _anchors,
        "link": _links,
        "text": _texts,
        "wiki": _wikis,
        "section": _sections,
        "status": _statuses,
        "record": _values,
        "series": _named,
        "key": _keys,
    }
)
"""What is offered in each container."""


def _house(cursor: Cursor) -> House:
    return cursor.log.house if cursor.log else House()
