"""Where completion is asked for, and what is offered there.

A provider is a function from a `Place` to a `Completion`, or to None where it is not one of its own places. It finds what is being
typed, before and behind the cursor, and says which span all its items replace, since editors' own idea of a word ends at the hyphen of
``ADR-``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from adr_ls.ide.target import Cursor
from adr_ls.log.log import Log
from adr_ls.log.style import House
from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import fold
from adr_ls.words.similar import LISTED, is_near
from adr_ls.write import creation

MOST = 50
"""How many records are offered at once; what is typed on narrows them."""
ALL = 200
"""How many of anything else, of which there are fewer."""
FEW = 3
"""From how many letters on a word may have a slip."""

Kind = Literal["record", "file", "status", "section", "key", "anchor", "label", "date", "person", "option", "rule"]
Area = Literal["front", "text", "comment", "code"]


class Item(NamedTuple):
    """One thing to insert; `filter` is what the editor compares with what is typed, `path` the record that it stands for."""

    label: str
    insert: str
    filter: str
    kind: Kind
    detail: str = ""
    description: str = ""
    deprecated: bool = False
    path: str = ""


class Typed(NamedTuple):
    """What is being typed: the `span` that an item replaces, which may go on behind the cursor, and the `text` of it before that."""

    span: Span
    text: str


@dataclass(frozen=True)
class Completion:
    """The items in the order to show them, all of which replace `span`; `incomplete` where typing on may bring others."""

    span: Span
    items: tuple[Item, ...] = ()
    incomplete: bool = False


NOTHING = Completion(Span(0, 0))
"""What a provider gives where it knows that there is nothing to complete, whatever the others would say."""


@dataclass(frozen=True)
class Place:
    """The cursor and the line it is in, cut in two by it; `today` in ISO 8601."""

    cursor: Cursor
    today: str
    line: Span
    before: str
    behind: str
    area: Area

    @staticmethod
    def of(cursor: Cursor, today: str) -> Place:
        """The place of a cursor."""
        record = cursor.record
        line = record.lines.span(record.lines.line_at(cursor.offset))
        offset = min(cursor.offset, line.end)
        before, behind = record.text[line.start : offset], record.text[offset : line.end]
        return Place(cursor, today, line, before, behind, _area(record, line, offset))

    @property
    def workspace(self) -> Workspace:
        """All that is known."""
        return self.cursor.workspace

    @property
    def record(self) -> Record:
        """The file, be it a record or a page."""
        return self.cursor.record

    @cached_property
    def log(self) -> Log | None:
        """The log whose way of writing counts here: the file's own, else the nearest in its folder; None where it lies in none of those."""
        path, workspace = self.record.path, self.workspace
        is_foreign = bool(workspace.roots) and not workspace.root_of(path)
        return self.cursor.log or (None if is_foreign else creation.log_near(workspace, path))

    @property
    def house(self) -> House:
        """The conventions that count here."""
        return self.log.house if self.log else House()

    @property
    def in_front(self) -> bool:
        """Whether the cursor is in front matter."""
        return self.area == "front"

    def typed(self, start: int, behind: str = "") -> Typed:
        """What is typed from that place of the line on, with as much behind the cursor as the pattern matches."""
        rest = re.match(behind, self.behind) if behind else None
        end = self.line.start + len(self.before) + (rest.end() if rest else 0)
        return Typed(Span(self.line.start + start, end), self.before[start:])


Provider = Callable[[Place], Completion | None]


def listed(typed: Typed, items: Iterable[Item], lead: str = "") -> Completion:
    """The items of a short list, which editors narrow themselves, those that fit what is typed first.

    They are found by their `filter` behind a `lead` that is typed already.
    """
    found = [item._replace(filter=sought(typed.text, item.filter, lead)) for item in items]
    found.sort(key=lambda item: not item.filter.startswith(typed.text))
    return Completion(typed.span, tuple(found[:ALL]))


def sought(typed: str, words: str, lead: str = "") -> str:
    """What an editor is to compare with what is typed, so that it finds something by these words behind a lead.

    Editors may compare beginnings alone, and letter for letter. So it begins with what is typed if that is how the words or one of
    them begin in whatever case, or nearly how they do.
    """
    text = typed.removeprefix(lead)
    said, known = text.casefold(), words.casefold()
    if known.startswith(said):
        return typed + words[len(text) :]
    is_slip = len(said) >= FEW and is_near(fold(said), fold(known)[: len(said) + 1], LISTED)
    return f"{typed} {words}" if is_slip or re.search(rf"(?<!\w){re.escape(said)}", known) else lead + words


_FRONT_LINE = lazy.regex(r"[ \t]*(?:(?:[\w-][\w -]*|(?<= )):.*|-[ \t].*|#.*)?")


def _area(record: Record, line: Span, offset: int) -> Area:
    if _is_in_front(record, offset):
        return "front"
    document, text = record.document, record.text
    if document.kind_at(max(line.start, offset - 1)) in ("block_code", "codespan"):
        blocks = document.block_at(max(0, offset - 1))
        if (blocks and blocks[-1].kind == "block_code") or document.kind_at(offset) == "codespan":
            return "code"
    opened = text.rfind("<!--", 0, offset)
    if opened < 0 or "-->" in text[opened:offset]:
        return "text"
    is_comment = opened >= line.start or document.kind_at(opened) in ("block_html", "inline_html")
    return "comment" if is_comment else "text"


def _is_in_front(record: Record, offset: int) -> bool:
    """Whether the offset is in front matter, be it one that is just being begun and none yet to its readers."""
    if record.front is not None:
        return record.front.content.start <= offset <= record.front.content.end
    lines, here = record.lines, record.lines.line_at(offset)
    if not here or lines.span(0).of(record.text).rstrip() != "---":
        return False
    return all(_FRONT_LINE.fullmatch(lines.span(number).of(record.text)) for number in range(1, here))
