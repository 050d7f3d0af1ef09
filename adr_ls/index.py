"""Indexes: hand-made or generated lists of a log's records, read as they are.

An entry is a list item or a table row whose first reference names a record. What else stands in it (status, date, summary) is read
where it is recognised and left alone where it is not. A file that lists nothing is no index.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from adr_ls import discovery, languages, metadata, naming, status
from adr_ls.entries import BOX, Linked, Named, Part, Reader, Slot, Strip, masked, plain_status, with_role
from adr_ls.frontmatter import Scalar
from adr_ls.languages import fold
from adr_ls.markdown import Block
from adr_ls.metadata import Field
from adr_ls.names import Names, Resolution
from adr_ls.navigation import Item, Navigation
from adr_ls.record import Record, Section
from adr_ls.references import Mention
from adr_ls.text import Span

LISTED = 0.3
"""The share of a log that a file named like an index must list to be one."""
LISTED_ELSEWHERE = 0.8
"""The same for files of other names, which may list a part of the log on purpose."""
ALIKE = 0.5
"""The share of an unlinked entry's words that a record's file name or title must have for the entry to mean that record."""

_PASSING = re.compile(
    r"(?:^|[-_. ])(?:changelog|changes|history|news|release(?:s|[-_ ]?notes)?|road[-_ ]?map|to[-_ ]?do|plans?|hand[-_ ]?off|progress)"
    r"(?:$|[-_. ])",
    re.IGNORECASE,
)
"""Names of files that tell what happened or is to happen; they name records in passing and never list them."""
_IN_CODE = re.compile(r"[\s|*+>-]*`(?P<name>[^`\n|]+)`")


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
    the record it leads to, None where it is dead. `fields` are its statements, such as ``- **Status**: Accepted`` or the cell below
    ``Status``; `category` is the heading above.
    """

    kind: Literal["item", "row"]
    block: Block
    span: Span
    own: Span
    mention: Mention
    resolution: Resolution
    fields: tuple[Field, ...]
    category: Section | None
    group: Block
    """The list or table that it stands in."""
    reader: _Reader = field(repr=False, compare=False)

    @property
    def path(self) -> str | None:
        """The record that the entry lists; None where there is no such record."""
        return self.resolution.path

    @property
    def is_dead(self) -> bool:
        """Whether the entry claims to list a record, and there is none."""
        return self.resolution.kind in ("broken", "unknown")

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


@dataclass(frozen=True)
class Index:
    """A page that lists records; `logs` are the directories whose records it lists, empty where it is no index."""

    page: Record
    entries: tuple[Entry, ...] = ()
    logs: tuple[str, ...] = ()
    by_record: dict[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False)

    @property
    def path(self) -> str:
        """The page's path."""
        return self.page.path

    def lists(self, path: str) -> bool:
        """Whether the record at that path has an entry, be it one whose link is broken but that evidently means it."""
        return path in self.by_record or path in self._meant

    @cached_property
    def _meant(self) -> frozenset[str]:
        """The records that alone answer to a broken link of an entry."""
        return frozenset(
            entry.resolution.paths[0]
            for entry in self.entries
            if entry.resolution.kind == "broken" and len(entry.resolution.paths) == 1
        )

    @staticmethod
    def read(page: Record, names: Names, title: Callable[[str], str | None]) -> Index:
        """Reads a page as an index of the records that `names` knows; `title` gives the title of the one at a path."""
        reader = _Navigator(page, names, title) if isinstance(page, Navigation) else _Reader(page, names, title)
        entries = tuple(reader.entries())
        named = {id(entry): dict.fromkeys((entry.path, *reader.also(entry))) for entry in entries}
        listed = {path for entry in entries for path in named[id(entry)] if path}
        for known in sorted(listed):
            title(known)  # an entry is cut into its parts later, and by the title of its record
        sizes = Counter(identity.directory for identity in names.identities.values())
        counts = Counter(names.identities[path].directory for path in listed)
        claimed = Counter(
            names.identities[e.resolution.paths[0]].directory for e in entries if e.path is None and e.resolution.paths
        )
        stem = naming.strip_suffix(posixpath.basename(page.path))
        here = posixpath.dirname(page.path)
        usual = discovery.is_reserved(stem) or not page.is_markdown
        if _PASSING.search(stem):
            return Index(page)
        logs = tuple(
            directory
            for directory, count in counts.most_common()
            if count + claimed[directory]
            >= (LISTED if usual and (directory == here or directory.startswith(here + "/")) else LISTED_ELSEWHERE)
            * sizes[directory]
            and (count >= 2 or sizes[directory] <= 2)
        )
        by_record: dict[str, list[Entry]] = {}
        for entry in entries:
            for path in named[id(entry)]:
                if path:
                    by_record.setdefault(path, []).append(entry)
        return Index(page, entries, logs, {path: tuple(found) for path, found in by_record.items()})


@dataclass(frozen=True)
class _Reader:
    """Reads the entries of one page."""

    page: Record
    names: Names
    title: Callable[[str], str | None]

    def entries(self) -> Iterator[Entry]:
        sections = self.page.sections
        for block in self.page.document.blocks:
            if block.kind in ("list", "table"):
                above = bisect_right(sections, block.span.start, key=lambda section: section.heading.span.start)
                yield from self._in_group(block, sections[above - 1] if above else None)

    def also(self, entry: Entry) -> Iterator[str | None]:
        """The further records that an entry names: a row may link several, and a bare number may be that of several."""
        if entry.mention.link is None:
            yield from entry.resolution.paths if entry.path else ()
        for mention in self._mentions_in(entry.own):
            if mention is not entry.mention and mention.link is not None:
                yield self.names.resolve(self.page.path, mention).path

    def _mentions_in(self, span: Span) -> Iterator[Mention]:
        """The mentions that lie in a span, found without going through all of them: a long index asks for every entry."""
        mentions = self.page.mentions
        for at in range(bisect_left(mentions, span.start, key=lambda mention: mention.span.start), len(mentions)):
            if mentions[at].span.start > span.end:
                return
            if mentions[at].span.end <= span.end:
                yield mentions[at]

    def _in_group(self, group: Block, category: Section | None) -> Iterator[Entry]:
        if group.kind == "table":
            yield from self._in_table(group, category)
            return
        for item in group.children:
            own = next((child for child in item.children if child.kind in ("paragraph", "heading")), None)
            lists = [child for child in item.children if child.kind == "list"]
            if own is not None and lists and own.span.start > lists[0].span.start:
                own = None
            first = self._first(own.span) if own is not None else None
            if first is None or own is None:
                for nested in lists:
                    yield from self._in_group(nested, category)
                continue
            fields = tuple(found for nested in lists for found in metadata.from_area(self.page.document, [nested]))
            yield Entry("item", item, item.span, own.span, *first, fields, category, group, self)
            for nested in lists:
                for entry in self._in_group(nested, category):
                    # A child such as "superseded by [2. X](..)" says something of its parent
                    if entry.path != first[1].path and not self._words_before(entry):
                        yield entry

    def _words_before(self, entry: Entry) -> bool:
        before = self.page.document.plain(Span(entry.own.start, entry.mention.span.start))
        return bool(re.search(r"[^\W\d_]", before))

    def _in_table(self, table: Block, category: Section | None) -> Iterator[Entry]:
        head = next((row for row in table.children if row.info == "head"), None)
        keys = [self._key(cell) for cell in head.children] if head else []
        for row in table.children:
            first = next((found for cell in row.children if (found := self._first(cell.span, row.span))), None)
            if row is head or first is None:
                continue
            fields = []
            for cell, (key, key_span) in zip(row.children, keys, strict=False):
                value = metadata.trim(self.page.text, cell.content or cell.span)
                fields.append(Field(metadata.role_of(key), key, key_span, value.of(self.page.text), value, cell.span, "table"))
            yield Entry("row", row, row.span, row.span, *first, tuple(fields), category, table, self)

    def _key(self, cell: Block) -> tuple[str, Span]:
        span = metadata.trim(self.page.text, cell.content or cell.span)
        return self.page.document.plain(span), span

    def _first(self, span: Span, around: Span | None = None) -> tuple[Mention, Resolution] | None:
        """The reference with which an item or cell opens, where it leads to a record or claims to.

        Where that is a bare number and a link to the same record follows, in the item or anywhere `around`, it is the link.
        """
        mention = self._in_code(span) or next(self._mentions_in(span), None)
        before = Span(span.start, mention.span.start) if mention else span
        written = before.of(self.page.text)
        if mention is None or not _opens(masked(written) if "![" in written else self.page.document.plain(before)):
            return None
        resolution = self.names.resolve(self.page.path, mention)
        if resolution.kind == "record" and mention.link is None:
            for other in self._mentions_in(around or span):
                if other.link is not None and self.names.resolve(self.page.path, other).path == resolution.path:
                    return other, Resolution("record", resolution.paths[:1])
            resolution = self._by_words(span, mention, resolution)
        return (mention, resolution) if resolution.kind in ("record", "broken", "unknown") else None

    def _in_code(self, span: Span) -> Mention | None:
        """The name of a record's file that an item or cell opens with as code: ``| `0001-use-x` | Use X |``."""
        code = _IN_CODE.match(self.page.text, span.start, span.end)
        if code is None:
            return None
        base = posixpath.basename(code["name"].strip())
        if not any(mark.isdigit() for mark in base) or naming.strip_suffix(base).casefold() not in self.names.by_stem:
            return None
        start = code.start("name") + code["name"].find(base)
        return Mention(Span(start, start + len(base)), "wiki", path=base)

    def _by_words(self, span: Span, mention: Mention, resolution: Resolution) -> Resolution:
        """Where an entry without a link leads: lists outlive a renumbering, so its words count for more than its number."""
        said = _words(self.page.document.plain(Span(mention.span.end, span.end)))
        if not said:
            return resolution

        def agreement(path: str) -> float:
            called = self.names.identities[path].stem, self.title(path) or ""
            return max(len(said & _words(name)) for name in called) / len(said)

        agreeing = [path for path in resolution.paths if agreement(path)]
        if agreeing:
            return Resolution("record", tuple(agreeing))
        directory = self.names.identities[resolution.paths[0]].directory
        likely = [
            path
            for path, identity in self.names.identities.items()
            if identity.directory == directory and agreement(path) >= ALIKE
        ]
        return Resolution("record", tuple(likely)) if len(likely) == 1 else Resolution("unknown", resolution.paths)

    def strips(self, entry: Entry, *, stating: bool = False) -> Iterator[Strip]:
        """The line or the cells of an entry and its nested statements, cut into their parts; only what may state a status if so asked."""
        text, own = self.page.text, entry.mention
        reader: Reader | None = None

        def strip(span: Span, role: str | None, key: str, place: str) -> Strip:
            nonlocal reader
            parts = plain_status(text, span) if role == "status" else ()
            if parts:
                return Strip(span, parts, role, key, place)
            reader = reader or self._reader(entry)
            anchor = own.span if place != "nested" and span.covers(own.span) else None
            return with_role(Strip(span, reader.strip(span, anchor), role, key, place), reader)

        if entry.kind == "item":
            end = self.page.lines.ends[self.page.lines.line_at(own.span.end)]
            line = Span(entry.own.start, max(own.span.end, min(end, entry.own.end)))
            around = text[line.start : own.span.start] + text[own.span.end : line.end]
            if not stating or re.search(r"[^\W\d_]", around):
                yield strip(line, None, "", "line")
            for found in entry.fields:
                if not stating or found.role == "status":
                    yield strip(found.value_span, found.role, found.key, "nested")
            return
        keys = [(found.role, found.key) for found in entry.fields]
        stated = any(role == "status" for role, _ in keys)
        for at, cell in enumerate(entry.block.children):
            span = metadata.trim(text, cell.content or cell.span)
            role, key = keys[at] if at < len(keys) else (None, "")
            # A word such as "Proposed" in a column of any other meaning is no status
            if not stating or role == "status" or (not stated and span.covers(own.span)):
                yield strip(span, role, key, "cell")

    def _reader(self, entry: Entry) -> Reader:
        own = entry.mention
        identity = self.names.identities.get(entry.path or "")
        named = Named(
            naming.name_of(identity.path) if identity else None,
            identity.number if identity else None,
            (self.title(identity.path) or "") if identity else "",
        )
        links = [
            Linked(mention, own=mention is own or self._is_same(entry, mention)) for mention in self._mentions_in(entry.span)
        ]
        if not any(found.mention is own for found in links):
            links.append(Linked(own, own=True))
        return Reader(self.page.text, links, named)

    def _is_same(self, entry: Entry, mention: Mention) -> bool:
        """Whether a further mention in an entry names its record too."""
        return entry.path is not None and self.names.resolve(self.page.path, mention).path == entry.path

    def label(self, mention: Mention) -> tuple[Slot, ...]:
        """What the text of a link to a record is made of."""
        path = self.names.resolve(self.page.path, mention).path
        identity = self.names.identities.get(path or "")
        named = Named(naming.name_of(identity.path), identity.number, self.title(identity.path) or "") if identity else Named()
        return Reader(self.page.text, (), named).label(mention.link.text) if mention.link is not None else ()


@dataclass(frozen=True)
class _Navigator(_Reader):
    """Reads the entries of a site's navigation: its items that lead to a record."""

    def entries(self) -> Iterator[Entry]:
        by_start = {mention.span.start: mention for mention in self.page.mentions}
        for item in self._items:
            mention = by_start.get(item.target.span.start)
            resolution = self.names.resolve(self.page.path, mention) if mention else None
            if mention is not None and resolution is not None and resolution.kind in ("record", "broken"):
                span = item.block.span
                yield Entry("item", item.block, span, span, mention, resolution, (), None, item.group, self)

    @property
    def _items(self) -> tuple[Item, ...]:
        return self.page.items if isinstance(self.page, Navigation) else ()

    def titled(self, mention: Mention) -> Scalar | None:
        """The title in front of a path; None where it has none."""
        return self.page.titled(mention) if isinstance(self.page, Navigation) else None

    def also(self, entry: Entry) -> Iterator[str | None]:
        """None but its own: an item is one page."""
        yield entry.path

    def strips(self, entry: Entry, *, stating: bool = False) -> Iterator[Strip]:
        """The title, which states nothing but what the record is called."""
        slots = () if stating else self.label(entry.mention)
        if slots:
            span = Span(slots[0].span.start, slots[-1].span.end)
            yield Strip(span, (Part("title", span, span, slots),))

    def label(self, mention: Mention) -> tuple[Slot, ...]:
        """What the title in front of a path is made of."""
        title = self.titled(mention)
        path = self.names.resolve(self.page.path, mention).path
        identity = self.names.identities.get(path or "")
        if title is None or title.text != title.span.of(self.page.text) or identity is None:
            return ()
        named = Named(naming.name_of(identity.path), identity.number, self.title(identity.path) or "")
        return Reader(self.page.text, (), named).label(title.span)


def _opens(before: str) -> bool:
    """Whether what stands before a reference leaves it the first thing said: marks, a number, a date or a status, but no sentence."""
    words = fold(re.sub(r"[\W\d_]+", " ", BOX.sub("", before)))
    return not words or (status.leading_word(words) == words and words.split()[-1] not in _BY)


_BY = frozenset(word for language in languages.LANGUAGES for phrase in language.by for word in phrase.split())


def _words(text: str) -> set[str]:
    """The words of a text that tell it from others."""
    return set(re.findall(r"[^\W\d_]{4,}", fold(text)))
