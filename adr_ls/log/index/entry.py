"""The entries of an index, one by one and all of a page, and what is asked of them wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

from adr_ls.log.index.strips import Part, Slot, Strip
from adr_ls.log.resolve import Resolution
from adr_ls.record.mentions import Mention, begin
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy, markdown
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block, Document
from adr_ls.syntax.pieced import Ground, Pieced, Portion, between
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import any_of, every, one_of

if TYPE_CHECKING:
    from adr_ls.log.index.reader import PageReader


@cache
def remark() -> re.Pattern[str]:
    """What follows a number that is spoken of: ``ADR-33 is intentionally unassigned``, ``ADR-19 vs ADR-10``."""
    return re.compile(
        rf"\W*{one_of(word for word in every('auxiliaries', 'conjunctions', 'disjunctions', 'ranges', but='articles') if len(word) > 1)}\b"
        rf"|.*\b{any_of('unused')}\b",
        re.IGNORECASE | re.DOTALL,
    )


_T = TypeVar("_T")


@dataclass(frozen=True)
class Statement:
    """What an entry says of its record's status: the strip and the part in which it stands, and its value in plain words."""

    strip: Strip
    part: Part
    slot: Slot
    value: str


@dataclass(frozen=True)
class Entry:
    """One entry of an index.

    `span` is all of it, nested lines included; `own` its first line or row. `mention` is the reference that it opens with and `path`
    the record it leads to, None where it is dead; `category` is the heading above.
    """

    kind: Literal["item", "row"]
    block: Block
    span: Span
    own: Span
    mention: Mention
    resolution: Resolution
    category: Section | None
    group: Block
    """The list or table that it stands in."""
    reader: PageReader = field(repr=False, compare=False)
    kept: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out of it that has no places, by who did; it is that of the same entry in later texts of the page, too."""

    def once(self, query: Callable[[Entry], _T]) -> _T:
        """What a pure function says of the entry and what its record is called, where that has no places; worked out once."""
        if query not in self.kept:
            self.kept[query] = query(self)
        return cast("_T", self.kept[query])

    @property
    def paths(self) -> tuple[str, ...]:
        """All records that it names, its own first."""
        return self.once(_paths)

    @cached_property
    def path(self) -> str | None:
        """The record that the entry lists; None where there is no such record."""
        return self.resolution.path

    @property
    def is_link(self) -> bool:
        """Whether it leads to its record: by a link, or as an item of a site's navigation, which is nothing but the path of a page."""
        return self.mention.link is not None or not self.reader.page.is_markdown

    @property
    def is_dead(self) -> bool:
        """Whether the entry claims to list a record, and there is none; without a link only if its number is nobody's and no remark follows."""
        if self.is_link:
            return self.resolution.kind in ("broken", "unknown")
        return self.resolution.kind in ("broken", "unknown") and not self.resolution.paths and not self._is_remark

    @property
    def is_told_bare(self) -> bool:
        """Whether the entry says something of a record that is not there, without a link: one that was, or that is to come."""
        is_bare = self.mention.link is None and self.mention.number is not None and self.resolution.path is None
        behind = self.reader.page.document.plain(Span(self.mention.span.end, self.own.end)) if is_bare else ""
        return any(sign.isalpha() for sign in behind)

    @cached_property
    def _is_remark(self) -> bool:
        """Whether an entry without a link says something of a number instead of listing a record."""
        text = self.reader.page.text
        behind = self.reader.page.document.plain(Span(self.mention.span.end, self.own.end))
        return text[: self.mention.span.start].endswith("~~") or bool(remark().match(behind))

    @cached_property
    def meant(self) -> str | None:
        """The one record that its broken link evidently means; None where the link is whole, or nothing but a number tells.

        Of a site's navigation the number is enough where an item has no title that might be another record's.
        """
        if self.resolution.kind != "broken" or len(self.resolution.paths) != 1:
            return None
        (path,) = self.resolution.paths
        text, written = self.reader.page.text, self.mention.span
        if not self.reader.page.is_markdown and not SAYS.search(text[self.own.start : written.start]):
            return path
        said = self.own.of(text).replace(self.mention.path or "", " ")
        return path if self.reader.names.is_meant(self.mention, path, self.reader.title(path) or "", said) else None

    @cached_property
    def differs_in_case(self) -> bool:
        """Whether its link is broken by nothing but capital and small letters."""
        return (
            self.meant is not None and self.reader.names.differs_in(self.reader.page.path, self.mention, self.meant) == "case"
        )

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its statements, such as ``- **Status**: Accepted`` or the cell below ``Status``."""
        return tuple(self.reader.fields(self))

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """Its line or cells and its nested statements, cut into their parts."""
        return tuple(self.reader.strips(self))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What it says of the record's status, wherever it does."""
        return tuple(
            Statement(strip, part, slot, self.reader.page.document.plain(part.said))
            for strip in self.reader.strips(self, stating=True)
            for part in strip.parts
            if (slot := part.slot("status"))
        )

    @property
    def status(self) -> Statement | None:
        """The first of these."""
        return self.statements[0] if self.statements else None


def _paths(entry: Entry) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys((entry.path, *entry.reader.also(entry)))))


class Excerpt(NamedTuple):
    """A list or table that gives a part of a log on purpose; `is_led` by a paragraph that says so and names where the whole is."""

    span: Span
    is_led: bool = False


class Setting(NamedTuple):
    """Where the entries of one piece of a page stand in the page: below what, in which list, and who reads it."""

    category: Section | None
    group: Block
    reader: PageReader


class Way(NamedTuple):
    """How an item has its record's number: what stands in front of it, and between it and the next word; in plain words."""

    before: str
    behind: str


class Numbered(NamedTuple):
    """An item without a link that opens with the number of one record: how it is written, how many digits it has with a zero in front, and where."""

    way: Way
    width: int
    path: str
    mention: Mention


class Alone(NamedTuple):
    """What was read in a piece alone: its entries, and the items that may be such by how others are written."""

    entries: Portion[Entry]
    left: tuple[Numbered, ...]


class Entries(Pieced[Entry]):
    """The entries of a page. Those of a piece of a list that can be read alone are read in it, and placed in the page when somebody looks."""

    __slots__ = ("settings",)

    def __init__(self, parts: Sequence[tuple[int, Portion[Entry]]], settings: Sequence[Setting | None]) -> None:
        super().__init__(parts, None)
        self.settings = settings
        """Of each part how its entries are to be placed; None for those that were read in the page itself."""

    def part(self, index: int) -> tuple[Entry, ...]:
        """See `Pieced`."""
        setting = self.settings[index]
        if setting is None or index in self._held:
            return super().part(index)
        at, part = self.parts[index]
        return self._held.setdefault(index, tuple([_placed(entry, at, setting) for entry in part.own]))

    def beside(self, other: Entries) -> Iterator[Portion[Entry]]:
        """The parts that are no parts of others."""
        known = {id(part) for _, part in other.parts}
        return (part for _, part in self.parts if id(part) not in known)

    @property
    def categories(self) -> Iterator[Section | None]:
        """See `categories`."""
        for setting, (_, part) in zip(self.settings, self.parts, strict=True):
            if part.own:
                yield from [entry.category for entry in part.own] if setting is None else (setting.category,)

    @property
    def groups(self) -> Iterator[tuple[Block, int]]:
        """See `groups`."""
        for setting, (_, part) in zip(self.settings, self.parts, strict=True):
            if part.own:
                yield from [(entry.group, 1) for entry in part.own] if setting is None else ((setting.group, len(part.own)),)


def _placed(entry: Entry, by: int, setting: Setting) -> Entry:
    """An entry that was read in a piece alone, in the page in which the piece begins at an offset."""
    category, group, reader = setting
    mention = entry.mention.shift(by)
    start = mention.span.start
    mention = next((one for one in between(reader.page.mentions, start, start, begin) if one == mention), mention)
    span, own = entry.span.shift(by), entry.own.shift(by)
    return Entry("item", entry.block.shift(by), span, own, mention, entry.resolution, category, group, reader, entry.kept)


@dataclass(frozen=True, eq=False)
class Stretch(Record):
    """A piece of a page that is read alone, with the mentions that are in it."""

    alone: Document | None = field(default=None, repr=False)
    named: tuple[Mention, ...] = ()

    @property
    def document(self) -> Document:
        """The piece as Markdown."""
        return self.alone or markdown.parse(self.text)

    @property
    def mentions(self) -> Sequence[Mention]:
        """Those mentions."""
        return self.named


def carry(gone: Iterable[Portion[Entry]], come: Iterable[Portion[Entry]]) -> None:
    """Gives entries that have just been read what was worked out of those that said the same, by the same names and titles."""
    come = tuple(come)
    known = {_said(entry, part.text): entry.kept for part in (gone if come else ()) for entry in part.own}
    for part in come if known else ():
        for entry in part.own:
            entry.kept.update(known.get(_said(entry, part.text), {}))


def _said(entry: Entry, text: str) -> tuple[str, str, Resolution]:
    """What an entry says, below which head of a table, and where it leads."""
    head = _head(entry.group, text) if entry.kind == "row" else ""
    return head, entry.span.of(text), entry.resolution


def _head(table: Block, text: str) -> str:
    """The head of a table, which tells what its cells are about."""
    return table.children[0].span.of(text) if table.children else ""


# What is asked of entries wherever they stand, see `pieced.Question`


def is_linked(entry: Entry, _: str) -> bool:
    """Whether it is one by a link."""
    return entry.mention.link is not None


def paths_of(entry: Entry, _: str) -> tuple[str, ...]:
    """The records that it names."""
    return entry.paths


def meant_of(entry: Entry, _text: str, _ground: Ground) -> str | None:
    """The record that its broken link means."""
    return entry.meant


def names_of(entry: Entry, _text: str, _ground: Ground) -> frozenset[str]:
    """The records that it names, and those that it may."""
    return frozenset((*entry.paths, *entry.resolution.paths))


def categories(entries: Sequence[Entry]) -> Iterator[Section | None]:
    """Below what entries stand, in their order; each at least once."""
    return entries.categories if isinstance(entries, Entries) else (entry.category for entry in entries)


def groups(entries: Sequence[Entry]) -> Iterator[tuple[Block, int]]:
    """In which lists and tables entries stand, in their order, and how many in a row."""
    return entries.groups if isinstance(entries, Entries) else ((entry.group, 1) for entry in entries)


SAYS = lazy.regex(r"[^\W_]")
