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

from adr_ls import discovery, metadata, naming, status
from adr_ls.languages import fold
from adr_ls.markdown import Block
from adr_ls.metadata import Field
from adr_ls.names import Names, Resolution
from adr_ls.record import Record, Section
from adr_ls.references import Mention
from adr_ls.text import Span

LISTED = 0.3
"""The share of a log that a file named like an index must list to be one."""
LISTED_ELSEWHERE = 0.8
"""The same for files of other names, which may list a part of the log on purpose."""
ALIKE = 0.5
"""The share of an unlinked entry's words that a record's file name or title must have for the entry to mean that record."""
LONGEST = 120
"""How many characters a status behind a reference has at most."""


_PASSING = re.compile(
    r"(?:^|[-_. ])(?:changelog|changes|history|news|release(?:s|[-_ ]?notes)?|road[-_ ]?map|to[-_ ]?do|plans?|hand[-_ ]?off|progress)"
    r"(?:$|[-_. ])",
    re.IGNORECASE,
)
"""Names of files that tell what happened or is to happen; they name records in passing and never list them."""
_IN_CODE = re.compile(r"[\s|*+>-]*`(?P<name>[^`\n|]+)`")
_GOES_ON = re.compile(
    r"\s*(?:$|[(\[,;:.–—|/*_)\]-]|\d|(?:by|in|on|with|since|as of|and|but|von|durch|par|por|da|av|af)\b)", re.IGNORECASE
)
"""What may follow a status: marks, a date or who did it, but not the rest of a sentence that happens to open with its word."""


@dataclass(frozen=True)
class Entry:
    """One entry of an index.

    `span` is all of it, nested lines included; `own` its first line or row. `mention` is the reference that it opens with and `path`
    the record it leads to, None where it is dead. `fields` are its statements, such as ``- **Status**: Accepted`` or the cell below
    ``Status``; `category` is the heading above, `parent` the item it is nested in.
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

    @property
    def path(self) -> str | None:
        """The record that the entry lists; None where there is no such record."""
        return self.resolution.path

    @property
    def is_dead(self) -> bool:
        """Whether the entry claims to list a record, and there is none."""
        return self.resolution.kind in ("broken", "unknown")

    @property
    def status(self) -> Field | None:
        """What the entry says of the record's status."""
        return next((found for found in self.fields if found.role == "status"), None)


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
        reader = _Reader(page, names, title)
        entries = tuple(reader.entries())
        named = {id(entry): dict.fromkeys((entry.path, *reader.also(entry))) for entry in entries}
        listed = {path for entry in entries for path in named[id(entry)] if path}
        sizes = Counter(identity.directory for identity in names.identities.values())
        counts = Counter(names.identities[path].directory for path in listed)
        claimed = Counter(
            names.identities[e.resolution.paths[0]].directory for e in entries if e.path is None and e.resolution.paths
        )
        stem = naming.strip_suffix(posixpath.basename(page.path))
        here = posixpath.dirname(page.path)
        usual = discovery.is_reserved(stem)
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
            within = [entry for nested in lists for entry in self._in_group(nested, category)]
            fields = tuple(found for nested in lists for found in metadata.from_area(self.page.document, [nested]))
            fields += tuple(self._suffix(own.span, *first))
            yield Entry("item", item, item.span, own.span, *first, fields, category, group)
            yield from (entry for entry in within if entry.path != first[1].path)

    def _in_table(self, table: Block, category: Section | None) -> Iterator[Entry]:
        head = next((row for row in table.children if row.info == "head"), None)
        keys = [self._key(cell) for cell in head.children] if head else []
        for row in table.children:
            first = next((found for cell in row.children if (found := self._first(cell.span))), None)
            if row is head or first is None:
                continue
            fields = []
            for cell, (key, key_span) in zip(row.children, keys, strict=False):
                value = metadata.trim(self.page.text, cell.content or cell.span)
                fields.append(Field(metadata.role_of(key), key, key_span, value.of(self.page.text), value, cell.span, "table"))
            yield Entry("row", row, row.span, row.span, *first, tuple(fields), category, table)

    def _key(self, cell: Block) -> tuple[str, Span]:
        span = metadata.trim(self.page.text, cell.content or cell.span)
        return self.page.document.plain(span), span

    def _first(self, span: Span) -> tuple[Mention, Resolution] | None:
        """The reference with which an item or cell opens, where it leads to a record or claims to."""
        mention = self._in_code(span) or next(self._mentions_in(span), None)
        if mention is None or not _opens(self.page.document.plain(Span(span.start, mention.span.start))):
            return None
        resolution = self.names.resolve(self.page.path, mention)
        if resolution.kind == "record" and mention.link is None:
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

    def _suffix(self, own: Span, mention: Mention, resolution: Resolution) -> Iterator[Field]:
        """The status behind the reference of an item, on its line: ``[..](..) - Accepted``, ``(superseded)``; a title is none."""
        text = self.page.text
        end = text.find("\n", mention.span.end, own.end)
        rest = metadata.trim(text, Span(mention.span.end, end if end >= 0 else own.end))
        inner = re.match(r"[-–—:·|()\[\]*_`\s]*", rest.of(text))
        start = rest.start + (inner.end() if inner else 0)
        plain = text[start : rest.end].strip(" )]*_`")
        holding = plain[slice(*status.chosen(plain))]
        reading = status.read(holding)
        if (
            reading.word
            and len(plain) <= LONGEST
            and _is_status(holding, reading.word)
            and not _says(plain, self.title(resolution.path or ""))
        ):
            span = Span(start, start + len(plain))
            yield Field("status", "", Span(start, start), plain, span, span, "plain-line")


def _is_status(text: str, word: str) -> bool:
    """Whether a text that opens with the word of a status is one: ``Deferred computation`` is not."""
    found = re.search(r"[\W_]+".join(map(re.escape, word.split())), text, re.IGNORECASE)
    return found is None or bool(_GOES_ON.match(text, found.end()))


def _opens(before: str) -> bool:
    """Whether what stands before a reference leaves it the first thing said: marks, a number, a date or a status, but no sentence."""
    words = re.sub(r"[\W\d_]+", " ", before).strip()
    return not words or (len(words) <= 30 and bool(status.leading_word(fold(words))))


def _words(text: str) -> set[str]:
    """The words of a text that tell it from others."""
    return set(re.findall(r"[^\W\d_]{4,}", fold(text)))


def _says(text: str, title: str | None) -> bool:
    """Whether a text repeats a title, whatever its marks."""
    return title is not None and re.findall(r"\w+", fold(text)) == re.findall(r"\w+", fold(title))
