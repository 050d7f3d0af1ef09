"""Turning an index from one style into another, in place: bullets, nested bullets, a table.

What people wrote is carried over: a column becomes a nested statement of its name, a statement a column. Where something has no place in
the other style, nothing is changed and the line is named. What comes out is read again and must list the same records under the same
headings with the same statuses, in all their words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from adr_ls.index import create, judge
from adr_ls.index.create import STYLES, Style
from adr_ls.index.customs import title_span
from adr_ls.index.write import is_balanced
from adr_ls.log.index import Entry, Index
from adr_ls.log.index.strips import GROUPS, SEPARATOR, Part, Strip
from adr_ls.log.workspace import Workspace
from adr_ls.record.mentions import Mention
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Edit, Span, apply, line_end
from adr_ls.words.lookup import STATUS_WORDS, fold

NAMES = {"status": "Status", "date": "Date", "summary": "Summary", "note": "Notes"}
"""How the columns and statements are called whose words stood in a line."""

_PIPE = lazy.regex(r"(?<!\\)\|")
_BULLET = lazy.regex(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d+[.)])(?P<gap>[ \t]+)")
_KEY = lazy.regex(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]{1,20}[*_`]{0,9}[^:：\n]{1,60}[:：]?[*_`]{0,9}[:：]?[ \t]*")
_WORD = lazy.regex(r"\w+")
_BREAK = lazy.regex(r"\r\n|\r|\n")


class Obstacle(NamedTuple):
    """Why an index cannot be turned into a style: the line, counted from 0, and the reason as the end of a sentence."""

    line: int
    reason: str


class Restyled(NamedTuple):
    """The edits that turn an index into a style; none where it has that style, and none where anything is in the way."""

    edits: tuple[Edit, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


class _ObstacleError(Exception):
    """Something of people's own has no place in the other style."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


class _Said(NamedTuple):
    """One statement of an entry beside its link: what it is about, the name of its column or key, and its words as Markdown."""

    role: str
    key: str
    value: str


@dataclass(frozen=True)
class _Card:
    """An entry without its form: the link with what stands in front of it, and what is said beside it."""

    entry: Entry
    head: str
    said: tuple[_Said, ...] = ()


def style_of(group: Block, entries: Sequence[Entry]) -> Style:
    """The style of one list: nested as soon as an entry has statements of its own below it."""
    if group.kind == "table":
        return "table"
    return "nested" if any(entry.fields for entry in entries) else "bullets"


def others(workspace: Workspace, index: Index) -> tuple[Style, ...]:
    """The styles that some list of an index does not have; whether one can be turned into them takes `restyle`."""
    if not index.page.is_markdown:
        return ()  # the navigation of a site has one style
    used = {style_of(entries[0].group, entries) for entries in _lists(workspace, index)}
    return tuple(style for style in STYLES if used - {style})


def _lists(workspace: Workspace, index: Index) -> tuple[list[Entry], ...]:
    """The entries of each list and table that is turned into another style."""
    found: dict[int, list[Entry]] = {}
    for entry in judge.within_region(workspace, index):
        found.setdefault(entry.group.span.start, []).append(entry)
    return tuple(found.values())


def restyle(workspace: Workspace, index: Index, style: Style) -> Restyled:
    """Turns each list of an index that has another style into that one; see the module."""
    if workspace.indexes.get(index.path) is index:
        return workspace.derived(_restyled, index.path, style)
    return _Restyling(workspace, index, style).made()


def _restyled(workspace: Workspace, path: str, style: Style) -> Restyled:
    return _Restyling(workspace, workspace.indexes[path], style).made()


@dataclass(frozen=True)
class _Restyling:
    """One index on its way into a style."""

    workspace: Workspace
    index: Index
    style: Style
    keys: set[str] = field(default_factory=set)
    """The words of the keys and headers that the style does without."""

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(entry.span.start for entry in self.index.entries)

    @property
    def _text(self) -> str:
        return self.index.page.text

    def _line(self, at: int) -> int:
        return self.index.page.lines.line_at(at)

    def made(self) -> Restyled:
        """The edits, or what is in their way."""
        if not self.index.page.is_markdown:
            return Restyled()  # the navigation of a site has one style
        if reason := judge.refusal(self.index):
            return Restyled((), (Obstacle(0, reason),))
        edits: list[Edit] = []
        obstacles: list[Obstacle] = []
        for entries in _lists(self.workspace, self.index):
            group = entries[0].group
            if style_of(group, entries) != self.style:
                try:
                    edits += self._group(group, entries)
                except _ObstacleError as error:
                    obstacles.append(Obstacle(self._line(error.at), error.reason))
        if not obstacles and edits:
            obstacles += self._differences(edits)
        return Restyled((), tuple(obstacles)) if obstacles else Restyled(tuple(edits))

    def _group(self, group: Block, entries: list[Entry]) -> Iterator[Edit]:
        """The edits of one list or table."""
        own = {entry.block.span.start for entry in entries}
        others = [child for child in group.children if child.span.start not in own and child.info != "head"]
        if others and "table" in (self.style, style_of(group, entries)):
            raise _ObstacleError(others[0].span.start, "it is no entry of a record")
        if self.style == "table" and all(block is not group for block in self.index.page.document.blocks):
            raise _ObstacleError(group.span.start, "it stands inside another list, where a table has no place")
        cards = [self._row(entry) if entry.kind == "row" else self._item(entry) for entry in entries]
        if self.style != "bullets" and not any(card.said for card in cards):
            cards = [replace(card, said=tuple(self._stated(card))) for card in cards]
        newline = line_end(self._text)
        if others:
            for card in cards:
                yield Edit(self._lines(card.entry.span), newline.join(self._list_lines(card)))
            return
        lines = self._table(cards) if self.style == "table" else self._list(cards)
        span = self._lines(group.span)
        first, last = self._line(span.start), self._line(span.end)
        before = newline if first and not self._is_blank(first - 1) and self._text[span.start : span.start + 1] != " " else ""
        behind = newline if last + 1 < len(self.index.page.lines) and not self._is_blank(last + 1) else ""
        if group.kind != "table" and self.style != "table":
            before = behind = ""
        yield Edit(span, before + newline.join(lines) + behind)

    def _is_blank(self, line: int) -> bool:
        return not self.index.page.lines.span(line).of(self._text).strip()

    def _lines(self, span: Span) -> Span:
        """The whole lines of a span, without the last line end."""
        lines = self.index.page.lines
        last = span.end
        while last > span.start and self._text[last - 1].isspace():
            last -= 1
        return Span(lines.starts[lines.line_at(span.start)], lines.ends[lines.line_at(max(span.start, last - 1))])

    # What an entry says

    def _stated(self, card: _Card) -> Iterator[_Said]:
        """What the style says of a record where the index has said nothing yet, as a new index would."""
        record = self.workspace.records.get(card.entry.path or "")
        if record is None:
            return
        date = self.workspace.date(record) or ""
        rest = (
            _Said("date", "Date", date)
            if self.style == "table"
            else _Said("summary", "Summary", create.summary_of(self.workspace, record))
        )
        for said in (_Said("status", "Status", create.status_of(self.workspace, record)), rest):
            if said.value and not (said.role == "status" and card.entry.statements):
                yield said

    def _item(self, entry: Entry) -> _Card:
        """What a list item says."""
        line, *nested = entry.strips
        self._check_rest(entry, nested)
        head, said = self._of_line(entry, line)
        found = list(said)
        for strip in nested:
            value = " ".join(line.strip(" \t") for line in _BREAK.split(strip.span.of(self._text))).strip()
            found.append(_Said(strip.role or "", strip.key, value))
        names = [fold(one.key) for one in found]
        twice = next((one for one in found if names.count(fold(one.key)) > 1), None)
        if twice is not None:
            raise _ObstacleError(entry.own.start, f"it says “{twice.key}” twice")
        return _Card(entry, head, tuple(one for one in found if one.value))

    def _check_rest(self, entry: Entry, nested: list[Strip]) -> None:
        """Refuses an item with more in it than its line and its statements."""
        lines = self.index.page.lines
        following = bisect_right(self._starts, entry.span.start)
        if following < len(self._starts) and self._starts[following] < entry.span.end:
            raise _ObstacleError(self._starts[following], "it is an entry below another one")
        held: set[int] = set()
        for strip in nested:
            first, last = self._line(strip.span.start), self._line(max(strip.span.start, strip.span.end - 1))
            lead = self._text[lines.starts[first] : strip.span.start]
            if _KEY.fullmatch(lead) and first not in held:
                held.update(range(first, last + 1))
        span = self._lines(entry.span)
        for number in range(self._line(span.start) + 1, self._line(span.end) + 1):
            if number not in held and not self._is_blank(number):
                raise _ObstacleError(lines.starts[number], "it holds words that are no statement with a name of its own")
        if re.search(r"\[[ xX]\]", self._text[lines.starts[self._line(entry.own.start)] : entry.mention.span.start]):
            raise _ObstacleError(entry.own.start, "it is an item to tick")

    def _of_line(self, entry: Entry, line: Strip) -> tuple[str, tuple[_Said, ...]]:
        """The link of a line with what belongs to it, and what is said behind it; all of the line as one where that cannot be told."""
        whole = line.span.of(self._text).strip(), ()
        parts = list(line.parts)
        at = next((i for i, part in enumerate(parts) if self._is_anchor(part, entry)), -1)
        if at < 0:
            return whole
        before, behind = parts[:at], parts[at + 1 :]
        end = parts[at].span.end
        while before and behind and before[-1].role == behind[0].role and before[-1].role in ("wrap", "strike"):
            before.pop()
            end = behind.pop(0).span.end
        head = self._text[line.span.start : end].strip()
        title = next((part for part in behind[:1] if part.role == "title"), None)
        if title is not None:
            head += self._text[title.span.start : title.span.end]
            behind.pop(0)
        found: list[_Said] = []
        for part in behind:
            role = {"description": "summary"}.get(part.role, part.role)
            if part.role == "blank" and not part.span.of(self._text).strip():
                continue
            if role not in NAMES or any(one.role == role for one in found):
                return whole
            found.append(_Said(role, NAMES[role], self._words(part)))
        cells = (head, *(one.value for one in found))
        return (head, tuple(found)) if all(map(is_balanced, cells)) else whole

    @staticmethod
    def _is_anchor(part: Part, entry: Entry) -> bool:
        return part.role == "link" and part.slots[0].mention is entry.mention

    def _words(self, part: Part) -> str:
        """What a part says behind its separator, without the brackets around it."""
        separator = SEPARATOR.match(self._text, part.span.start, part.span.end)
        said = self._text[separator.end() if separator else part.span.start : part.span.end].strip()
        opened = said[:1]
        if opened in GROUPS and said.endswith(GROUPS[opened]) and is_balanced(said[1:-1]):
            return said[1:-1].strip()
        return said

    def _row(self, entry: Entry) -> _Card:
        """What a row of a table says."""
        strips = list(entry.strips)
        anchor = next((strip for strip in strips if strip.span.covers(entry.mention.span)), None)
        if anchor is None:
            raise _ObstacleError(entry.span.start, "the cell of its link cannot be told")
        head = self._cell(anchor)
        self.keys.update(map(fold, _WORD.findall(anchor.key)))
        said: list[_Said] = []
        for strip in strips:
            value = self._cell(strip)
            if strip is anchor or not value:
                continue
            merged = self._merged(entry, head, strip, value)
            if merged is not None:
                head = merged
                self.keys.update(map(fold, _WORD.findall(strip.key)))
            elif not strip.key:
                raise _ObstacleError(strip.span.start, f"“{value}” stands in a column without a name")
            else:
                said.append(_Said(strip.role or "", strip.key, value))
        return _Card(entry, head, tuple(said))

    def _cell(self, strip: Strip) -> str:
        return strip.span.of(self._text).replace("\\|", "|")

    def _merged(self, entry: Entry, head: str, strip: Strip, value: str) -> str | None:
        """The link with the number or title of a column of its own taken into it; None where that is to stay beside it."""
        link = entry.mention.link
        slots = {slot.role: slot.span.of(self._text) for slot in entry.reader.label(entry.mention)}
        if link is None:
            return f"{head} {value}" if strip.role == "title" and title_span(entry) == strip.span else None
        label, plain = link.text.of(self._text), self.index.page.document.plain
        if head.count(f"[{label}]") != 1 or re.search(r"[\[\]<>]", value):
            return self._linked_twice(entry, strip, head, label)
        said = plain(strip.span)
        numbers = re.findall(r"\d+", said)
        counted = strip.role == "id" or (len(strip.parts) == 1 and strip.parts[0].role == "number")
        if counted and len(numbers) == 1:
            if slots.get("number") and slots["number"].lstrip("0") == numbers[0].lstrip("0"):
                return head if not re.search(r"[^\W\d]", said) or said in plain(link.text) else None
            return head.replace(f"[{label}]", f"[{value}: {label}]") if "number" not in slots else None
        if strip.role == "title" and "title" not in slots:
            return head.replace(f"[{label}]", f"[{label}: {value}]")
        return head if strip.role == "title" and fold(said) == fold(slots.get("title", "")) else None

    def _linked_twice(self, entry: Entry, strip: Strip, head: str, label: str) -> str | None:
        """The same where the other cell is nothing but a link to the same place."""
        links = [mention for mention in self._mentions(strip.span) if mention.link is not None]
        if strip.role != "title" or len(links) != 1 or links[0].span != strip.span or links[0].path != entry.mention.path:
            return None
        other = links[0].link
        if other is None or re.search(r"[\[\]]", label + (title := other.text.of(self._text))):
            return None
        return head.replace(f"[{label}]", f"[{label}: {title}]", 1)

    def _mentions(self, span: Span) -> list[Mention]:
        return [mention for mention in self.index.page.mentions if span.covers(mention.span)]

    # How it is written

    def _lead(self, entry: Entry) -> tuple[str, str]:
        """The indent and the mark of a list's item."""
        match = _BULLET.match(self._text, self.index.page.lines.starts[self._line(entry.span.start)])
        return (match["indent"], match["mark"] + match["gap"]) if match and entry.kind == "item" else ("", "- ")

    def _list_lines(self, card: _Card) -> list[str]:
        indent, mark = self._lead(card.entry)
        if self.style == "bullets":
            said = "".join(f" - {self._short(one)}" for one in card.said)
            return [f"{indent}{mark}{card.head}{said}"]
        below = indent + " " * len(mark)
        return [f"{indent}{mark}{card.head}", *(f"{below}- **{one.key}**: {one.value}" for one in card.said)]

    def _short(self, said: _Said) -> str:
        if said.role in ("status", "date", "summary") or said.key == NAMES["note"]:
            self.keys.update(map(fold, _WORD.findall(said.key)))
            return said.value
        return f"{said.key}: {said.value}"

    def _list(self, cards: list[_Card]) -> list[str]:
        lines: list[str] = []
        for card in cards:
            lines += ["", *self._list_lines(card)] if lines and self.style == "nested" else self._list_lines(card)
        return lines

    def _table(self, cards: list[_Card]) -> list[str]:
        columns = list(dict.fromkeys(fold(said.key) for card in cards for said in card.said))
        names = {fold(said.key): said.key for card in reversed(cards) for said in card.said}
        rows = [["ADR", *(names[column] for column in columns)]]
        for card in cards:
            said = {fold(one.key): one.value for one in card.said}
            rows.append([card.head, *(said.get(column, "") for column in columns)])
        return create.aligned([[_PIPE.sub(r"\\|", cell) for cell in row] for row in rows])

    # Whether nothing is lost

    def _differences(self, edits: list[Edit]) -> Iterator[Obstacle]:
        """The first entry that would not read the same afterwards."""
        text = apply(self._text, edits)
        changed = self.workspace.with_text(self.index.path, text)
        again = changed.indexes.get(self.index.path)
        before = self.index.entries
        after = again.entries if again is not None else ()
        for one, other in zip(before, after, strict=False):
            facts, now = self._facts(one), self._facts(other)
            if facts != now and (facts[:-1] != now[:-1] or one.statements or not self._is_own_status(other)):
                yield Obstacle(self._line(one.own.start), "it would say something else afterwards")
                return
            lost = set(_words(one.span.of(self._text))) - set(_words(other.span.of(text))) - self.keys
            lost -= {word for found in one.fields for word in _words(found.key)} if self.style == "table" else set()
            if lost:
                yield Obstacle(self._line(one.own.start), f"“{min(lost)}” would be lost")
                return
        if len(before) != len(after):
            yield Obstacle(self._line(before[0].own.start), "its entries would not all be read again")

    def _is_own_status(self, entry: Entry) -> bool:
        """Whether an entry states its record's status and no other."""
        record = self.workspace.records.get(entry.path or "")
        words = {STATUS_WORDS.get(fold(said.slot.span.of(entry.reader.page.text))) for said in entry.statements}
        return record is not None and words == {self.workspace.canonical(record)}

    @staticmethod
    def _facts(entry: Entry) -> tuple[object, ...]:
        states = [(said.slot.span.of(entry.reader.page.text)) for said in entry.statements]
        return entry.path, entry.is_dead, entry.category.name if entry.category else None, states


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
