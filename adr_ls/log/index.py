"""Indexes: hand-made or generated lists of a log's records, read as they are.

An entry is a list item or a table row whose first reference names a record. What else stands in it (status, date, summary) is read
where it is recognised and left alone where it is not. A file that lists nothing is no index.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, cast

from adr_ls.log import discovery
from adr_ls.log.entries import BOX, GROUPS, Linked, Named, Part, Reader, Slot, Strip, masked, plain_status, with_role
from adr_ls.log.mkdocs import Item, Navigation
from adr_ls.log.resolve import Names, Resolution
from adr_ls.record import filename, metadata, status
from adr_ls.record.mentions import Mention, begin
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy, markdown
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block, Document, Heading
from adr_ls.syntax.pieced import Ground, Pieced, Portion, Question, between, chosen, each
from adr_ls.syntax.text import Span
from adr_ls.words import dates
from adr_ls.words.language import Canonical, Relation
from adr_ls.words.lookup import RELATION_WORDS, any_of, every, fold, one_of

LISTED = 0.3
"""The share of a log that its own page, or a file named like an index of decisions, must list to be an index."""
LISTED_ABOVE = 0.5
"""The same for a README or an index further up, which is the home page of something else too."""
LISTED_ELSEWHERE = 0.8
"""The same for other files, which may list a part of the log on purpose."""
NEARLY = 0.9
"""The share of a log that what lists a part of it as a rule, such as instructions for agents, must list to be an index all the same."""
BRIEF = 60
"""How many characters may stand in front of the link to the whole log that ends an excerpt."""
LAGGING = 3
"""How many records a page must list at least to be an index of which most is missing."""
LONGEST_HEADING = 60
"""How many characters a heading that names a status has at most."""
DEEPEST = 6
"""The level of the lowest headings, below which are the items that are used as such."""
SEVERAL = 0.1
"""The share of rows that may open with several records before a table counts as a matrix."""
ALIKE = 0.5
"""The share of an unlinked entry's words that a record's file name or title must have for the entry to mean that record."""

_PASSING = lazy.regex(
    r"(?:^|[-_. ])(?:changelog|changes|history|news|release(?:s|[-_ ]?notes)?|road[-_ ]?map|to[-_ ]?do|tasks|plans?|hand[-_ ]?off|progress|back[-_ ]?up|bck|bak)"
    r"(?:$|[-_. ])",
    re.IGNORECASE,
)
"""Names of files that tell what happened or is to happen; they name records in passing and never list them."""
_GUIDE = lazy.regex(
    r"agents?|claude|gemini|codex|cursor|contributing|developing|development|onboarding|security|code[-_]of[-_]conduct"
    r"|(?:.*[-_.])?(?:instructions|rules)|pull[-_]request[-_]template|issue[-_]template|skill",
    re.IGNORECASE,
)
"""Names of files that tell people and agents how to work; they name the records that matter for it."""
_LISTING = lazy.regex(
    r"toc|summary|_?sidebar|(?:architecture[-_ ])?(?:decision|adr)s?(?:[-_ ]?(?:records?|log|index|list))?", re.IGNORECASE
)
"""Names of files that list decisions wherever they stand."""
_HOME = lazy.regex(r"_?readme|_?index|home", re.IGNORECASE)
"""Names of files that are the home page of a directory."""
_NAVIGATING = lazy.regex(r"summary|_?sidebar", re.IGNORECASE)
"""Names of files that are the navigation of a site."""


@cache
def _excerpt() -> re.Pattern[str]:
    """What introduces a part of a log: ``Key ADRs:``, ``Recent decisions``."""
    return re.compile(
        rf"\W*(?:{any_of('articles', 'determiners', 'inside', 'see', 'excerpts')}\W+){{0,4}}{any_of('excerpts')}\b"
        rf"(?:(?!\b{any_of('auxiliaries')}\b)[^.\n]){{0,60}}?\b{any_of('records')}\b"
        rf"(?:(?!\b{any_of('auxiliaries')}\b)[^.\n]){{0,40}}"
        rf"|.{{0,80}}\b{any_of('examples')}\W*",
        re.IGNORECASE,
    )


@cache
def _remark() -> re.Pattern[str]:
    """What follows a number that is spoken of: ``ADR-33 is intentionally unassigned``, ``ADR-19 vs ADR-10``."""
    return re.compile(
        rf"\W*{one_of(word for word in every('auxiliaries', 'conjunctions', 'disjunctions', 'ranges', but='articles') if len(word) > 1)}\b"
        rf"|.*\b{any_of('unused')}\b",
        re.IGNORECASE | re.DOTALL,
    )


_JOINT = lazy.regex(
    r"(?:[\s,;/&+·]|<br\s*/?>|\b" + any_of("conjunctions", "disjunctions", but="prepositions") + r"\b)*", re.IGNORECASE
)
"""What stands between records of which none is the one that a row is about."""
_IN_CODE = lazy.regex(r"[\s|*+>-]*`(?P<name>[^`\n|]+)`")


_NUMBER = lazy.regex(r"#?(?:[A-Za-z]{1,20}[- ]?)?(?P<number>\d{1,6})\.?")
"""What a cell holds that has nothing but the number of a record."""
_ENTITLED = lazy.regex(r"#?(?:[A-Za-z]{1,20}[- ]?)?(?P<number>\d{1,6})[.:)]?(?:\s+[–—:-])?\s+(?P<title>\S.*)")
"""What opens with a number and goes on with what may be a title."""
_OPENING = lazy.regex(r"(?P<before>\D{0,40})(?P<number>\d{1,6})(?!\d)(?P<behind>[\W_]{1,10})(?=[^\W_])")
"""What opens with a number, with what stands in front of it and behind it up to the next word."""
_DIGIT = lazy.regex(r"\d")
_MARKED = lazy.regex(r"[\d`\[]")
"""What there is in any entry without a mention."""
AHEAD = 120
"""Within how many characters, marks included, an item without a link must have the first digit of its number."""
_SPACED = lazy.regex(r"[\s|*_>+-]*\[(?P<label>[^\[\]\n]*)\]\((?P<path>[^()<>\n|]*)\)")
"""A link, or what was to be one and is none since its path has a bare blank."""


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
    reader: _Reader = field(repr=False, compare=False)
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
        return text[: self.mention.span.start].endswith("~~") or bool(_remark().match(behind))

    @cached_property
    def meant(self) -> str | None:
        """The one record that its broken link evidently means; None where the link is whole, or nothing but a number tells.

        Of a site's navigation the number is enough where an item has no title that might be another record's.
        """
        if self.resolution.kind != "broken" or len(self.resolution.paths) != 1:
            return None
        (path,) = self.resolution.paths
        text, written = self.reader.page.text, self.mention.span
        if not self.reader.page.is_markdown and not _SAYS.search(text[self.own.start : written.start]):
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


class _Setting(NamedTuple):
    """Where the entries of one piece of a page stand in the page: below what, in which list, and who reads it."""

    category: Section | None
    group: Block
    reader: _Reader


class _Way(NamedTuple):
    """How an item has its record's number: what stands in front of it, and between it and the next word; in plain words."""

    before: str
    behind: str


class _Numbered(NamedTuple):
    """An item without a link that opens with the number of one record: how it is written, how many digits it has with a zero in front, and where."""

    way: _Way
    width: int
    path: str
    mention: Mention


class _Alone(NamedTuple):
    """What was read in a piece alone: its entries, and the items that may be such by how others are written."""

    entries: Portion[Entry]
    left: tuple[_Numbered, ...]


class Entries(Pieced[Entry]):
    """The entries of a page. Those of a piece of a list that can be read alone are read in it, and placed in the page when somebody looks."""

    __slots__ = ("settings",)

    def __init__(self, parts: Sequence[tuple[int, Portion[Entry]]], settings: Sequence[_Setting | None]) -> None:
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


def _placed(entry: Entry, by: int, setting: _Setting) -> Entry:
    """An entry that was read in a piece alone, in the page in which the piece begins at an offset."""
    category, group, reader = setting
    mention = entry.mention.shift(by)
    start = mention.span.start
    mention = next((one for one in between(reader.page.mentions, start, start, begin) if one == mention), mention)
    span, own = entry.span.shift(by), entry.own.shift(by)
    return Entry("item", entry.block.shift(by), span, own, mention, entry.resolution, category, group, reader, entry.kept)


@dataclass(frozen=True, eq=False)
class _Stretch(Record):
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


def _carry(gone: Iterable[Portion[Entry]], come: Iterable[Portion[Entry]]) -> None:
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


@dataclass(frozen=True)
class Index:
    """A page that lists records; `logs` are the directories whose records it lists, empty where it is no index.

    `is_lost` tells that nobody knows whether it is one, since this program stumbled over it.
    """

    page: Record
    entries: Sequence[Entry] = ()
    logs: tuple[str, ...] = ()
    groups: tuple[Section, ...] = ()
    """The list items that head entries by a status."""
    is_lost: bool = False
    ground: Ground = field(default_factory=Ground, repr=False)
    """What is the same as long as entries that say the same are read the same: by the same names and titles."""
    excerpts: tuple[Span, ...] | None = field(default=None, repr=False)
    """The lists and tables that give a part of a log on purpose; None where the page is no index, whatever there is of what it lists."""

    @property
    def is_by_links(self) -> bool:
        """Whether each entry is one by its link alone, whatever else the records are called."""
        return all(each(self.entries, "", Question(_is_linked)))

    def under(self, names: Names) -> Index:
        """This index where there are other records besides, by whose names all its entries are read as they were."""
        if self.excerpts is None:
            return self
        logs = _listed_logs(self.page, names, self.entries, self.excerpts, self.ground)
        return self if logs == self.logs else replace(self, logs=logs)

    @cached_property
    def by_record(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each record."""
        return _ByRecord(self.entries)

    @property
    def path(self) -> str:
        """The page's path."""
        return self.page.path

    @property
    def headings(self) -> tuple[Section, ...]:
        """What may head entries: the sections of the page, and the items that do so."""
        return (*self.page.sections, *self.groups)

    @cached_property
    def goes_on(self) -> bool:
        """Whether the index says itself that there are more records than it lists, by a row of dots."""
        text = self.page.text
        rows = (row for group in {id(one): one for one, _ in groups(self.entries)}.values() for row in group.children)
        return any(
            _MORE.search(text, row.span.start, row.span.end) and not _SAYS.search(text, row.span.start, row.span.end)
            for row in rows
        )

    def lists(self, path: str) -> bool:
        """Whether the record at that path has an entry, be it one whose link is broken but that evidently means it."""
        return path in self.by_record or path in self._meant

    def leaves_to(self, other: Index, log: Iterable[str]) -> bool:
        """Whether this page may leave the records of a log, given by their paths, to another that is the log's own and lists more.

        A page that lists nearly all of them means to list all, as does the navigation of a site, beside which nothing is shown.
        """
        log = tuple(log)
        stem, directory = filename.strip_suffix(posixpath.basename(other.path)), posixpath.dirname(log[0])
        if not self.page.is_markdown or _NAVIGATING.fullmatch(filename.strip_suffix(posixpath.basename(self.path))):
            return False
        if not (is_home(other.path, directory) and discovery.is_reserved(stem)):
            return False
        own = sum(map(self.lists, log))
        return own < NEARLY * len(log) and sum(map(other.lists, log)) > own

    @cached_property
    def _meant(self) -> frozenset[str]:
        """The records that alone answer to a broken link of an entry."""
        return frozenset(filter(None, each(self.entries, "", Question(_meant, by=self.ground))))

    @staticmethod
    def read(page: Record, names: Names, title: Callable[[str], str | None], before: Index | None = None) -> Index:
        """Reads a page as an index of the records that `names` knows; `title` gives the title of the one at a path.

        `before` is what was read of an earlier text of the page, by the same names and titles.
        """
        ground = Ground() if before is None else before.ground
        kind = _Navigator if isinstance(page, Navigation) else _Reader
        reader = kind(page, names, title)
        entries, groups = reader.read(ground)
        earlier = before.entries if before is not None and isinstance(before.entries, Entries) else None
        if earlier is not None:
            _carry(earlier.beside(entries), entries.beside(earlier))
        listed = set().union(*each(entries, "", Question(_listed, by=ground)))
        for known in sorted(listed):
            title(known)  # an entry is cut into its parts later, and by the title of its record
        if _renames(page, names, entries, ground) or _speaks_of_others(page, entries):
            return Index(page, entries, ground=ground)
        stem = filename.strip_suffix(posixpath.basename(page.path))
        if _PASSING.search(stem) or _is_diary(entries) or (not _is_index_name(stem) and _is_checklist(page, entries)):
            return Index(page, entries, ground=ground)
        excerpts = reader.excerpts()
        logs = _listed_logs(page, names, entries, excerpts, ground)
        return Index(page, entries, logs, groups, ground=ground, excerpts=excerpts)


def _listed_logs(
    page: Record, names: Names, entries: Sequence[Entry], excerpts: tuple[Span, ...], ground: Ground
) -> tuple[str, ...]:
    """The directories of which a page lists so many records that it is an index of them."""
    outside = [entry for entry in entries if not any(span.covers(entry.span) for span in excerpts)] if excerpts else entries
    whole = _Count.of(entries, names, ground)
    part = _Count.of(outside, names, ground) if excerpts else whole
    sizes = names.sizes
    return tuple(
        directory
        for directory, _ in whole.listed.most_common()
        if part.reaches(share := _share(page, directory), sizes, directory)
        or (excerpts and whole.reaches(max(share, NEARLY), sizes, directory))
        or _lags(page, names, outside, directory)
    )


class _ByRecord(Mapping[str, tuple[Entry, ...]]):
    """The entries of a page by the records that they name, placed when somebody looks at those of a record."""

    __slots__ = ("_entries", "_places")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._places: dict[str, list[int]] = {}
        for at, paths in enumerate(each(entries, "", Question(_paths_of))):
            for path in paths:
                self._places.setdefault(path, []).append(at)

    def __getitem__(self, path: str) -> tuple[Entry, ...]:
        return tuple([self._entries[at] for at in self._places[path]])

    def __contains__(self, path: object) -> bool:
        return path in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


# What is asked of entries wherever they stand, see `pieced.Question`


def _is_linked(entry: Entry, _: str) -> bool:
    return entry.mention.link is not None


def _paths_of(entry: Entry, _: str) -> tuple[str, ...]:
    return entry.paths


def _meant(entry: Entry, _text: str, _ground: Ground) -> str | None:
    return entry.meant


def _listed(entry: Entry, _text: str, _ground: Ground) -> frozenset[str]:
    return frozenset((*entry.paths, *entry.resolution.paths))


def categories(entries: Sequence[Entry]) -> Iterator[Section | None]:
    """Below what entries stand, in their order; each at least once."""
    return entries.categories if isinstance(entries, Entries) else (entry.category for entry in entries)


def groups(entries: Sequence[Entry]) -> Iterator[tuple[Block, int]]:
    """In which lists and tables entries stand, in their order, and how many in a row."""
    return entries.groups if isinstance(entries, Entries) else ((entry.group, 1) for entry in entries)


def _is_unnumbered(entry: Entry, _: str, names: Names) -> bool:
    return entry.path is not None and names.identities[entry.path].number is None


def _is_ticked(entry: Entry, text: str) -> bool:
    return status.ticked(entry.own.of(text)) is not None


class _Claim(NamedTuple):
    """The records that an entry names, that which its link means but for its folder or its capitals, and that which another broken one claims."""

    paths: tuple[str, ...]
    meant: str | None
    claimed: str | None


def _claim(entry: Entry, _text: str, _ground: Ground) -> _Claim:
    if entry.path is not None:
        return _Claim(entry.paths, None, None)
    meant = entry.meant if entry.meant is not None and _has_name_of(entry, entry.meant) else None
    claimed = entry.resolution.paths[0] if entry.resolution.paths and meant is None else None
    return _Claim(entry.paths, meant, claimed)


def _has_name_of(entry: Entry, path: str) -> bool:
    """Whether the link of an entry names the file of that record, be it in another folder, as where that was renamed."""
    written, own = (posixpath.basename(one.partition("#")[0]).casefold() for one in (entry.mention.path or "", path))
    return unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", own)


def _lags(page: Record, names: Names, entries: Iterable[Entry], directory: str) -> bool:
    """Whether the page of a log lists its records though most came later: in a table of nothing else, or a list of the first ones.

    Of a register, whose head and place say that it is one, a single row is enough.
    """
    if not (is_home(page.path, directory) and _is_index_name(filename.strip_suffix(posixpath.basename(page.path)))):
        return False
    groups: dict[int, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(id(entry.group), []).append(entry)
    return any(_is_whole(group, names, directory) for group in groups.values())


def _is_whole(entries: Sequence[Entry], names: Names, directory: str) -> bool:
    """Whether entries are all that their list or table has, each a link to a record of that directory; those of a list its first ones."""
    group = entries[0].group
    if group.kind == "table" and all(entry.mention.form == "number" and entry.path for entry in entries):
        # The numbers alone prove nothing, but for what the head of such a table and its page say
        return len(entries) == len(_rows(group, entries[0].reader.page.text)) and all(
            names.identities[entry.path or ""].directory == directory == posixpath.dirname(entry.reader.page.path)
            for entry in entries
        )
    paths = {entry.path for entry in entries if entry.path is not None and entry.mention.link is not None}
    listed = [names.identities[path] for path in paths]
    if len(listed) < LAGGING or len(listed) < len(_rows(group, entries[0].reader.page.text)):
        return False
    if any(identity.directory != directory for identity in listed):
        return False
    if group.kind == "table":
        return True
    numbers = sorted(i.number for i in names.identities.values() if i.directory == directory and i.number is not None)
    return sorted(i.number for i in listed if i.number is not None) == numbers[: len(listed)]


def _rows(group: Block, text: str) -> list[Block]:
    """The items of a list or the rows of a table below its head, those aside that hold nothing but blanks, dots and marks."""
    return [row for row in group.children if row.info != "head" and _SAYS.search(text, row.span.start, row.span.end)]


_SAYS = lazy.regex(r"[^\W_]")
_MORE = lazy.regex(r"\.\.\.|…")


def state_of(name: str) -> Canonical | None:
    """The status that a heading names: ``Accepted``, ``Superseded Records``; None for any other."""
    if len(name) > LONGEST_HEADING:
        return None
    reading = status.read(name)
    if reading.word:
        return reading.canonical if not reading.partial else None
    # In most languages what describes a noun stands behind it: "ADR aceptados"
    words = [word for word in re.findall(r"[^\W\d_]+", fold(name)) if word not in _listed_nouns()]
    return status.read(words[0]).canonical if len(words) == 1 and status.leading_word(words[0]) == words[0] else None


def _group(item: Block, level: int, name: str) -> Section:
    """An item as the heading of those below it."""
    own = next(child for child in item.children if child.kind in ("paragraph", "heading")).span
    below = Span(own.end, max(own.end, item.span.end))
    return Section(Heading(level, own, own, name), name, None, below, below, is_empty=below.start == below.end)


def names_an_index(base: str) -> bool:
    """Whether a file of that name tells that it lists decisions, be it in one word of several: ``all-decisions.md``, ``Sommaire.md``."""
    stem = filename.strip_suffix(base)
    if discovery.is_log_name(stem) or _LISTING.fullmatch(stem) or _HOME.fullmatch(stem):
        return True
    return any(fold(word) in _listed_nouns() for word in re.split(r"[-_ ]+", stem))


@cache
def _listed_nouns() -> frozenset[str]:
    return frozenset(every("records", "names", "indexes"))


def _renames(page: Record, names: Names, entries: Sequence[Entry], ground: Ground) -> bool:
    """Whether a page tells where old numbers went: most of its entries give a number to a record that has none."""
    without = list(chosen(entries, "", Question(_is_unnumbered, by=ground, through=names)))
    renamed = (
        any(
            mention.form == "bare" and mention.number is not None and names.resolve(page.path, mention).kind != "record"
            for mention in page.mentions_in(entry.span)
        )
        for entry in without
    )
    return bool(without) and 2 * sum(renamed) > len(entries)


def _is_diary(entries: Sequence[Entry]) -> bool:
    """Whether most entries stand below headings of days, so that the page tells what was done when."""
    headings = {category.heading.span: category.name for category in categories(entries) if category is not None}
    dated = {span for span, name in headings.items() if (date := dates.search(name)) is not None and date.iso is not None}
    return len(dated) > 1 and 2 * sum(
        entry.category is not None and entry.category.heading.span in dated for entry in entries
    ) > len(entries)


def _is_checklist(page: Record, entries: Sequence[Entry]) -> bool:
    """Whether most entries are items of a checklist, so that the page tells what was to be done: ``- [x] ADR-2 data model``."""
    ticked = sum(each(entries, page.text, Question(_is_ticked)))
    return 2 * ticked > len(entries)


def _speaks_of_others(page: Record, entries: Sequence[Entry]) -> bool:
    """Whether a page that is none by its name or place, such as an old design, names more decisions that are not here than such that are."""
    stem = filename.strip_suffix(posixpath.basename(page.path))
    is_old = discovery.is_of_the_past(stem)
    if not page.is_markdown or _is_index_name(stem) or (names_an_index(posixpath.basename(page.path)) and not is_old):
        return False
    lost = {entry.mention.number for entry in entries if not (entry.path or entry.resolution.paths or entry.mention.link)}
    return len(lost) > len({entry.path for entry in entries if entry.path})


@dataclass(frozen=True)
class _Count:
    """How many records of each directory some entries list, and how many more they mean with links that are broken."""

    listed: Counter[str]
    claimed: Counter[str]

    @staticmethod
    def of(entries: Sequence[Entry], names: Names, ground: Ground) -> _Count:
        listed: dict[str, None] = {}
        meant: dict[str, None] = {}
        claimed = []
        for paths, one, other in each(entries, "", Question(_claim, by=ground)):
            for path in paths:
                listed[path] = None
            if one is not None:
                meant[one] = None
            if other is not None:
                claimed.append(other)
        listed |= meant
        return _Count(
            Counter(names.identities[path].directory for path in listed),
            Counter(names.identities[path].directory for path in claimed),
        )

    def reaches(self, share: float, sizes: Mapping[str, int], directory: str) -> bool:
        """Whether that is so much of the log in a directory."""
        count = self.listed[directory]
        return count + self.claimed[directory] >= share * sizes[directory] and (count >= 2 or 0 < sizes[directory] <= 2)


def is_home(page: str, directory: str) -> bool:
    """Whether a page stands in the directory of a log, or in one of decisions right above it."""
    here = posixpath.dirname(page)
    return directory == here or (directory.startswith(here + "/") and discovery.is_log_name(posixpath.basename(here)))


def _share(page: Record, directory: str) -> float:
    """How much of the log in a directory a page must list to be an index of it."""
    stem = filename.strip_suffix(posixpath.basename(page.path))
    if _GUIDE.fullmatch(stem):
        return NEARLY
    is_above = directory == posixpath.dirname(page.path) or directory.startswith(posixpath.dirname(page.path) + "/")
    if is_above and (not page.is_markdown or _LISTING.fullmatch(stem)):
        return LISTED
    if not _is_index_name(stem):
        return LISTED_ELSEWHERE
    is_front = _HOME.fullmatch(stem) or discovery.is_called_index(stem)
    return LISTED if is_home(page.path, directory) else LISTED_ABOVE if is_above and is_front else LISTED_ELSEWHERE


def _is_index_name(stem: str) -> bool:
    """Whether a file of that stem is the page of a directory by its name, in whatever language."""
    return discovery.is_reserved(stem) or discovery.is_called_index(stem)


_Heads = Mapping[int, Section]
"""The items that head others, by where they start."""


@dataclass(frozen=True)
class _Reader:
    """Reads the entries of one page."""

    page: Record
    names: Names
    title: Callable[[str], str | None]
    numbered: frozenset[tuple[_Way, str]] = frozenset()
    """The records that an item lists which opens with their number, written in such a way, whatever it calls them."""

    def read(self, ground: Ground) -> tuple[Entries, tuple[Section, ...]]:
        """The entries in their order, and the list items that head some of them; `ground` as in `Index`."""
        entries, heads, left = self._read(ground)
        numbered = self._by_siblings(entries, left) if left else None
        if numbered:
            entries, heads, _ = replace(self, numbered=numbered)._read(ground)  # noqa: SLF001  # of this class
        return entries, heads

    def _read(self, ground: Ground) -> tuple[Entries, tuple[Section, ...], list[_Numbered]]:
        """The same by what is known of numbers so far, and the items that may be entries by how others are written."""
        named = self.page.mentions
        mentions = dict(named.parts) if isinstance(named, Pieced) else {}
        left: list[_Numbered] = []
        runs = [(blocks, self._alone(blocks, pieces, mentions, ground, left)) for blocks, pieces in self.page.document.runs]
        heads = self._heads(block for blocks, alone in runs if alone is None for block in blocks)
        parts: list[tuple[int, Portion[Entry]]] = []
        settings: list[_Setting | None] = []
        for blocks, alone in runs:
            groups = [block for block in blocks if block.kind in ("list", "table")]
            if alone is not None:
                parts += alone
                settings += [_Setting(self._category(groups[0]), groups[0], self)] * len(alone)
            elif groups:
                found = [entry for group in groups for entry in self._in_group(group, self._category(group), heads)]
                parts.append((groups[0].span.start, Portion(self.page.text, found)))
                settings.append(None)
                left += self._left(groups)
        return Entries(parts, settings), tuple(heads.values()), left

    def _by_siblings(self, entries: Sequence[Entry], left: Sequence[_Numbered]) -> frozenset[tuple[_Way, str]]:
        """Which of the items that open with a number are entries: most that open so are, and their records have no other one."""
        listed = set().union(*each(entries, "", Question(_paths_of)))
        meant = Counter(one.path for one in left)
        open_ = [one for one in left if meant[one.path] == 1 and one.path not in listed]
        widths: dict[_Way, set[int]] = {}
        proven: Counter[_Way] = Counter()
        for entry in entries if open_ else ():
            opening = self._opening_number(entry.own) if entry.kind == "item" and entry.path is not None else None
            if opening is not None and int(opening[1]) == self.names.identities[entry.path or ""].number:
                proven[opening[0]] += 1
                widths.setdefault(opening[0], set()).add(_width(opening[1]))
        open_ = [one for one in open_ if one.width in widths.get(one.way, ())]
        claiming = Counter(one.way for one in open_)
        return frozenset((one.way, one.path) for one in open_ if claiming[one.way] <= proven[one.way])

    def _category(self, group: Block) -> Section | None:
        """The section in which a list or table stands."""
        sections = self.page.sections
        above = bisect_right(sections, group.span.start, key=lambda section: section.heading.span.start)
        return sections[above - 1] if above else None

    def _alone(
        self,
        blocks: Sequence[Block],
        pieces: Iterable[tuple[int, Document]],
        mentions: Mapping[int, Portion[Mention]],
        ground: Ground,
        left: list[_Numbered],
    ) -> list[tuple[int, Portion[Entry]]] | None:
        """The entries of one long list, piece by piece; None where they are to be read in the page. What it leaves is added to `left`."""
        if sum(block.kind in ("list", "table") for block in blocks) != 1 or all(block.kind != "list" for block in blocks):
            return None
        found: list[tuple[int, Portion[Entry]]] = []
        open_: list[_Numbered] = []
        # What is known of numbers is no part of the question, or a piece would remember an answer for all that ever was
        ask, by = (_read_numbered, (ground, self.numbered)) if self.numbered else (_read_alone, ground)
        for at, piece in pieces:
            part = mentions.get(at)
            question = Question(ask, self.page.path, by=by, through=(self, piece))
            alone = part.once(ask, question) if part is not None else None
            if alone is None:
                return None
            found.append((at, alone.entries))
            open_ += alone.left
        left += open_
        return found or None

    def excerpts(self) -> tuple[Span, ...]:
        """The lists and tables that give a part of a log on purpose: they say so, or a link to the whole follows."""
        sections, blocks, plain = self.page.sections, self.page.document.blocks, self.page.document.plain
        found = []
        for at, block in enumerate(blocks):
            if block.kind not in ("list", "table"):
                continue
            above = bisect_right(sections, block.span.start, key=lambda section: section.heading.span.start)
            leads = [sections[above - 1].name] if above else []
            if at and blocks[at - 1].kind == "paragraph":
                leads.append(plain(blocks[at - 1].span))
            last = block.children[-1] if block.kind == "list" and block.children else None
            # What heads the entries themselves does not end an excerpt
            behind = [last.span] if last is not None and all(child.kind != "list" for child in last.children) else []
            behind += [other.span for other in blocks[at + 1 : at + 2] if other.kind == "paragraph"]
            if any(_excerpt().fullmatch(lead.strip()) for lead in leads) or any(map(self._leads_to_whole, behind)):
                found.append(block.span)
        return tuple(found)

    def _leads_to_whole(self, span: Span) -> bool:
        """Whether an item or a paragraph opens with a link to the page of a log, as ``[View all ADRs](adr/README.md)`` does."""
        mention = next(self._mentions_in(span), None)
        if mention is None or mention.link is None or mention.path is None:
            return False
        if len(self.page.document.plain(Span(span.start, mention.span.start))) > BRIEF:
            return False
        resolution = self.names.resolve(self.page.path, mention)
        return (
            resolution.kind == "file"
            and resolution.paths[0] != self.page.path
            and any(is_home(resolution.paths[0], directory) for directory in self.names.directories)
            and discovery.is_reserved(filename.strip_suffix(posixpath.basename(resolution.paths[0])))
        )

    def also(self, entry: Entry) -> Iterator[str | None]:
        """The further records that an entry names: a row may link several, and a bare number may be that of several."""
        if entry.mention.link is None:
            yield from self._of_home(entry.resolution.paths) if entry.path else ()
        for mention in self._mentions_in(entry.own):
            if mention is not entry.mention and mention.link is not None:
                yield self.names.resolve(self.page.path, mention).path

    def _of_home(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the records of one number that are of the log whose page this is, where any are: others have numbers of their own."""
        identities = self.names.identities
        return tuple(path for path in paths if is_home(self.page.path, identities[path].directory)) or paths

    def _mentions_in(self, span: Span) -> Iterator[Mention]:
        """The mentions that lie in a span, found without going through all of them: a long index asks for every entry."""
        return self.page.mentions_in(span)

    def _heads(self, blocks: Iterable[Block], least: int = 2) -> _Heads:
        """The items of lists that head others by a status, as if they were headings, ``- [Proposed]()``; `least` so many of a level."""
        found: dict[int, Section] = {}
        level = DEEPEST
        lists = [block for block in blocks if block.kind == "list"]
        while lists:
            level += 1
            nested: list[Block] = []
            for block in lists:
                items = block.children
                below = [child for item in items for child in item.children if child.kind == "list"]
                nested += below
                named = [(item, name) for item in items if state_of(name := self._name(item)) is not None] if below else []
                if len(named) >= least and any(child.kind == "list" for item, _ in named for child in item.children):
                    found |= {item.span.start: _group(item, level, name) for item, name in named}
            lists = nested
        return found

    def _name(self, item: Block) -> str:
        """What the first line of an item says; empty where it names a record."""
        own = next((child for child in item.children if child.kind in ("paragraph", "heading")), None)
        if own is None or self._first_of(own.span) is not None:
            return ""
        return self.page.document.plain(own.span).strip()

    def _in_group(self, group: Block, category: Section | None, heads: _Heads) -> Iterator[Entry]:
        if group.kind == "table":
            yield from self._in_table(group, category)
            return
        for item in group.children:
            own = next((child for child in item.children if child.kind in ("paragraph", "heading")), None)
            lists = [child for child in item.children if child.kind == "list"]
            if own is not None and lists and own.span.start > lists[0].span.start:
                own = None
            first = self._item(own.span) if own is not None else None
            if first is None or own is None:
                for nested in lists:
                    yield from self._in_group(nested, heads.get(item.span.start, category), heads)
                continue
            yield Entry("item", item, item.span, own.span, *first, category, group, self)
            for nested in lists:
                if not self._may_list(nested.span):
                    continue
                for entry in self._in_group(nested, category, heads):
                    # A child such as "superseded by [2. X](..)" says something of its parent
                    if entry.path != first[1].path and not self._words_before(entry):
                        yield entry

    def _item(self, span: Span) -> tuple[Mention, Resolution] | None:
        """The record that an item is about, by the reference with which it opens, or by its number."""
        first = self._first_of(span) or self._unlinked_item(span)
        one = self._numbered_item(span, first) if self.numbered else None
        return (one.mention, Resolution("record", (one.path,))) if one and (one.way, one.path) in self.numbered else first

    def _left(self, groups: Iterable[Block]) -> Iterator[_Numbered]:
        """The items of lists that open with the number of a record, and are no entries of it only for what follows."""
        lists = [group for group in groups if group.kind == "list"]
        while lists:
            items = [item for group in lists for item in group.children]
            lists = [child for item in items for child in item.children if child.kind == "list"]
            for item in items:
                own = next((child for child in item.children if child.kind in ("paragraph", "heading")), None)
                if own is not None and (one := self._numbered_item(own.span, self._item(own.span))) is not None:
                    yield one

    def _opening_number(self, span: Span) -> tuple[_Way, str] | None:
        """The number with which an item opens, as it is written."""
        if _DIGIT.search(self.page.text, span.start, min(span.end, span.start + AHEAD)) is None:
            return None
        match = _OPENING.match(self.page.document.plain(span))
        return (_Way(match["before"], match["behind"]), match["number"]) if match is not None else None

    def _numbered_item(self, span: Span, first: tuple[Mention, Resolution] | None) -> _Numbered | None:
        """The one record that an item without a link may list by its number; `first` is the reference with which it opens."""
        if first is not None and (first[1].kind != "unknown" or first[0].link is not None or not first[1].paths):
            return None
        opening = self._opening_number(span)
        if opening is None:
            return None
        way, number = opening
        paths = first[1].paths if first is not None else self._by_number.get(int(number), ())
        paths = self._of_home(paths)
        if first is not None and first[0].number != int(number):
            return None
        at = self.page.text.find(number, span.start, span.end)
        if len(paths) != 1 or at < 0 or self.page.text[span.start : at].endswith("~~"):
            return None
        if _remark().match(self.page.document.plain(Span(at + len(number), span.end))):
            return None  # it says something of the number
        own = Mention(Span(at, at + len(number)), "number", number=int(number), digits=number)
        return _Numbered(way, _width(number), paths[0], first[0] if first is not None else own)

    def _may_list(self, span: Span) -> bool:
        """Whether there may be entries in a stretch: what opens with a mention, a name in code, or a number."""
        return _MARKED.search(self.page.text, span.start, span.end) is not None or any(self._mentions_in(span))

    def _words_before(self, entry: Entry) -> bool:
        before = self.page.document.plain(Span(entry.own.start, entry.mention.span.start))
        return bool(re.search(r"[^\W\d_]", before))

    def _in_table(self, table: Block, category: Section | None) -> Iterator[Entry]:
        body = [row for row in table.children if row.info != "head"]
        opening = [(row, found) for row in body if (found := self._opening(row)) is not None]
        opened = {id(row) for row, _ in opening}
        opening += self._unlinked([row for row in body if id(row) not in opened], opening)
        opening.sort(key=lambda pair: pair[0].span.start)
        several = sum(self._is_joint(row, first[0]) for row, first in opening)
        if 2 * len(opening) < len(body) or several > SEVERAL * len(body):
            return  # a matrix of something else, in which records are named
        for row, first in opening:
            yield Entry("row", row, row.span, row.span, *first, category, table, self)

    def fields(self, entry: Entry) -> Iterator[Field]:
        """The statements of an entry: what its nested items say, or its cells below their headings."""
        if entry.kind == "item":
            for nested in entry.block.children:
                if nested.kind == "list":
                    yield from metadata.from_area(self.page.document, [nested])
            return
        for cell, (key, span) in zip(entry.block.children, self._keys.get(entry.group.span.start, ()), strict=False):
            value = metadata.trim(self.page.text, cell.content or cell.span)
            yield Field(metadata.role_of(key), key, span, value.of(self.page.text), value, cell.span, "table")

    @cached_property
    def _keys(self) -> Mapping[int, tuple[tuple[str, Span], ...]]:
        """What heads the columns of each table, by where it starts."""
        tables = (block for block in self.page.document.walk() if block.kind == "table")
        return {
            table.span.start: tuple(map(self._key, row.children))
            for table in tables
            for row in table.children
            if row.info == "head"
        }

    def _unlinked(
        self, rows: Sequence[Block], linked: Sequence[tuple[Block, tuple[Mention, Resolution]]]
    ) -> list[tuple[Block, tuple[Mention, Resolution]]]:
        """The rows among those with links that name a record by its number, where others have theirs, or that and its title alone.

        Of the log that the others list; where no row has a link, of the one whose page this is.
        """
        known = {path for _, (_, resolution) in linked if (path := resolution.path) is not None}
        homes = {self.names.identities[path].directory for path in known} if linked else self._homes
        if not rows or len(homes) != 1 or (linked and 2 * len(linked) < len(rows) + len(linked)):
            return []
        named = self._numbered(rows, self._numbers(homes, known))
        column = self._column(linked)
        found = [(row, first) for row, first, is_called in named if is_called or _is_in(row, column, first[0])]
        if linked or not (_is_proof(rows, named) or self._is_proven or self._is_register(rows, named)):
            return found
        # Where most rows prove that the numbers are those of records, others may say something else of one
        return [(row, first) for row, first, is_called in named if is_called or row.children[0].span.covers(first[0].span)]

    def _column(self, linked: Sequence[tuple[Block, tuple[Mention, Resolution]]]) -> int | None:
        """The column in which most rows with links have the numbers of their records and nothing else."""
        identities = self.names.identities
        found = Counter(
            at
            for row, (_, resolution) in linked
            for at, cell in enumerate(row.children)
            if (match := _NUMBER.fullmatch(self.page.document.plain(metadata.trim(self.page.text, cell.content or cell.span))))
            and resolution.path is not None
            and int(match["number"]) == identities[resolution.path].number
        )
        column, count = max(found.items(), key=lambda pair: pair[1], default=(None, 0))
        return column if 2 * count > len(linked) else None

    def _is_register(self, rows: Sequence[Block], named: Sequence[tuple[Block, tuple[Mention, Resolution], bool]]) -> bool:
        """Whether rows are all of a table of records by its head, and on the page of their own directory: each has a number and a status."""
        if len(named) < len(rows) or not self._is_at_home:
            return False
        keys = next((keys for start, keys in sorted(self._keys.items(), reverse=True) if start <= rows[0].span.start), ())
        return any(metadata.role_of(key) == "status" for key, _ in keys) and all(
            row.children[0].span.covers(mention.span)
            and filename.name_of(resolution.path or "").digits == mention.digits
            and posixpath.dirname(self.page.path) == self.names.identities[resolution.path or ""].directory
            for row, (mention, resolution), _ in named
        )

    def _numbers(self, homes: set[str], known: Container[str] = ()) -> Mapping[int, str]:
        """The records of some logs by their numbers, without those that are known already."""
        return {
            identity.number: path
            for path, identity in self.names.identities.items()
            if identity.directory in homes and identity.number is not None and path not in known
        }

    def _numbered(
        self, rows: Iterable[Block], numbers: Mapping[int, str]
    ) -> list[tuple[Block, tuple[Mention, Resolution], bool]]:
        """The rows that have the number of one of those records in a cell of its own, and whether another cell has its title."""
        found = []
        for row in rows:
            cells = [metadata.trim(self.page.text, cell.content or cell.span) for cell in row.children]
            plain = [self.page.document.plain(cell) for cell in cells]
            number = next(
                ((at, int(match["number"])) for at, cell in enumerate(plain) if (match := _NUMBER.fullmatch(cell))), None
            )
            path = numbers.get(number[1]) if number is not None else None
            if number is None or path is None:
                continue
            mention = Mention(cells[number[0]], "number", number=number[1], digits=re.sub(r"\D", "", plain[number[0]]))
            title = self.title(path)
            is_called = bool(title) and any(_is_called(cell, title or "") for cell in plain)
            found.append((row, (mention, Resolution("record", (path,))), is_called))
        return found

    @cached_property
    def _is_proven(self) -> bool:
        """Whether some table of the page lists records by their numbers and titles alone."""
        if len(self._homes) != 1:
            return False
        numbers = self._numbers(self._homes)
        tables = (block for block in self.page.document.blocks if block.kind == "table")
        bodies = ([row for row in table.children if row.info != "head"] for table in tables)
        return any(_is_proof(rows, self._numbered(rows, numbers)) for rows in bodies)

    def _unlinked_item(self, span: Span) -> tuple[Mention, Resolution] | None:
        """The record that an item without a link names by its number and its title: ``- 2. Use Postgres``."""
        if _DIGIT.search(self.page.text, span.start, min(span.end, span.start + AHEAD)) is None:
            return None
        match = _ENTITLED.match(self.page.document.plain(span))
        if match is None:
            return None
        words, paths = fold(match["title"]), self._of_home(self._by_number.get(int(match["number"]), ()))
        called = [path for path in paths if (title := fold(self.title(path) or "")) and _opens_with(words, title)]
        at = self.page.text.find(match["number"], span.start, span.end)
        if len(called) != 1 or at < 0:
            return None
        number = match["number"]
        mention = Mention(Span(at, at + len(number)), "number", number=int(number), digits=number)
        return mention, Resolution("record", tuple(called))

    @cached_property
    def _by_number(self) -> Mapping[int, tuple[str, ...]]:
        """The paths of the records of each number, of whatever series."""
        found: dict[int, list[str]] = {}
        for path, identity in self.names.identities.items():
            if identity.number is not None:
                found.setdefault(identity.number, []).append(path)
        return {number: tuple(paths) for number, paths in found.items()}

    @cached_property
    def _homes(self) -> set[str]:
        """The logs of which this is the page by its name and place."""
        if not _is_index_name(filename.strip_suffix(posixpath.basename(self.page.path))):
            return set()
        homes = {one.directory for one in self.names.identities.values() if is_home(self.page.path, one.directory)}
        return homes & {posixpath.dirname(self.page.path)} or homes

    @property
    def _is_at_home(self) -> bool:
        """Whether the page stands among records."""
        return posixpath.dirname(self.page.path) in self.names.directories

    def _opening(self, row: Block) -> tuple[Mention, Resolution] | None:
        """The record with which a row opens: in its first or second cell; further on a link where the page stands among records."""
        for at, cell in enumerate(row.children):
            first = self._first(cell.span, row.span)
            if first is not None:
                return first if at < 2 or (self._is_at_home and first[0].link is not None) else None
        return None

    def _is_joint(self, row: Block, mention: Mention) -> bool:
        """Whether the cell in which a row opens names further records beside the first; links may do so on the page of a log."""
        if mention.link is not None and self._is_at_home:
            return False
        cell = next((cell for cell in row.children if cell.span.covers(mention.span)), None)
        if cell is None:
            return False
        own = self.names.resolve(self.page.path, mention).path
        following = (other for other in self._mentions_in(cell.span) if other.span.start >= mention.span.end)
        other = next(following, None)
        return (
            other is not None
            and self.names.resolve(self.page.path, other).path not in (own, None)
            and bool(_JOINT.fullmatch(self.page.text, mention.span.end, other.span.start))
        )

    def _key(self, cell: Block) -> tuple[str, Span]:
        span = metadata.trim(self.page.text, cell.content or cell.span)
        return self.page.document.plain(span), span

    @cached_property
    def _opening_items(self) -> dict[Span, tuple[Mention, Resolution] | None]:
        return {}

    def _first_of(self, item: Span) -> tuple[Mention, Resolution] | None:
        """The reference with which the first block of an item opens, see `_first`; looked for once."""
        if item not in self._opening_items:
            self._opening_items[item] = self._first(item)
        return self._opening_items[item]

    def _first(self, span: Span, around: Span | None = None) -> tuple[Mention, Resolution] | None:
        """The reference with which an item or cell opens, where it leads to a record or claims to.

        Where that is a bare number and a link to the same record follows, in the item or anywhere `around`, it is the link, and so it
        is where that is broken, as where the records have moved.
        """
        mention = self._in_code(span) or self._with_blank(span) or next(self._mentions_in(span), None)
        before = Span(span.start, mention.span.start) if mention else span
        written = before.of(self.page.text)
        if mention is None:
            return None
        if written and not _opens(masked(written) if "![" in written else self.page.document.plain(before)):
            return None
        resolution = self.names.resolve(self.page.path, mention)
        if resolution.kind == "record" and mention.link is None:
            for other in self._mentions_in(around or span):
                if other.link is None:
                    continue
                linked = self.names.resolve(self.page.path, other)
                if linked.path == resolution.path:
                    return other, Resolution("record", resolution.paths[:1])
                if linked.kind == "broken" and linked.paths[:1] == resolution.paths[:1]:
                    return other, linked
            if mention.path is None:
                resolution = self._by_words(span, mention, resolution)
        return (mention, resolution) if resolution.kind in ("record", "broken", "unknown") else None

    def _in_code(self, span: Span) -> Mention | None:
        """The name of a record's file, or its path, that an item or cell opens with as code: ``| `0001-use-x` | Use X |``."""
        code = _IN_CODE.match(self.page.text, span.start, span.end)
        if code is None:
            return None
        path = code["name"].strip()
        base = posixpath.basename(path)
        if not any(mark.isdigit() for mark in base) or filename.strip_suffix(base).casefold() not in self.names.by_stem:
            return None
        start = code.start("name") + code["name"].find(path)
        return Mention(Span(start, start + len(path)), "wiki", path=base)

    def _with_blank(self, span: Span) -> Mention | None:
        """What an item or cell opens with as a link to a record whose path has a bare blank: no link in Markdown, though meant as one."""
        link = _SPACED.match(self.page.text, span.start, span.end)
        if link is None or " " not in link["path"].strip():
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.path), link["path"].strip()))
        if path not in self.names.identities:
            return None
        return Mention(Span(link.start("label") - 1, link.end()), "wiki", path=posixpath.basename(path))

    def _by_words(self, span: Span, mention: Mention, resolution: Resolution) -> Resolution:
        """Where an entry without a link leads: lists outlive a renumbering, so its words count for more than its number."""
        said = _words(self.page.document.plain(Span(mention.span.end, span.end)))
        if not said:
            return resolution

        def agreement(path: str) -> float:
            called = self.names.identities[path].stem, self.title(path) or ""
            return max(len(said & _words(name)) for name in called) / len(said)

        best = max(map(agreement, resolution.paths), default=0.0)
        if best:
            return Resolution("record", tuple(path for path in resolution.paths if agreement(path) == best))
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
            return _explained(with_role(Strip(span, reader.strip(span, anchor), role, key, place), reader), text)

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
            filename.name_of(identity.path) if identity else None,
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
        named = (
            Named(filename.name_of(identity.path), identity.number, self.title(identity.path) or "") if identity else Named()
        )
        return Reader(self.page.text, (), named).label(mention.link.text) if mention.link is not None else ()


@dataclass(frozen=True)
class _Navigator(_Reader):
    """Reads the entries of a site's navigation: its items that lead to a record."""

    def read(self, ground: Ground) -> tuple[Entries, tuple[Section, ...]]:  # noqa: ARG002  # it is read anew
        """The entries in their order; its parts are no list items."""
        return Entries([(0, Portion(self.page.text, tuple(self._entries)))], [None]), ()

    @property
    def _entries(self) -> Iterator[Entry]:
        by_start = {mention.span.start: mention for mention in self.page.mentions}
        for item in self._items:
            mention = by_start.get(item.target.span.start)
            resolution = self.names.resolve(self.page.path, mention) if mention else None
            if mention is not None and resolution is not None and resolution.kind in ("record", "broken"):
                span = item.block.span
                yield Entry("item", item.block, span, span, mention, resolution, None, item.group, self)

    @property
    def _items(self) -> tuple[Item, ...]:
        return self.page.items if isinstance(self.page, Navigation) else ()

    def titled(self, mention: Mention) -> Scalar | None:
        """The title in front of a path; None where it has none."""
        return self.page.item(mention).title if isinstance(self.page, Navigation) else None

    def excerpts(self) -> tuple[Span, ...]:
        """None: a site shows all that it has."""
        return ()

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
        named = Named(filename.name_of(identity.path), identity.number, self.title(identity.path) or "")
        return Reader(self.page.text, (), named).label(title.span)


def _width(number: str) -> int:
    """To how many digits a number is filled up with zeros; 0 where it is not, or nothing tells."""
    return len(number) if number.startswith("0") else 0


def _read_numbered(mentions: Portion[Mention], question: Question[Any]) -> _Alone | None:
    """The same as `_read_alone`, by what is known of numbers."""
    return _read_alone(mentions, question)


def _read_alone(mentions: Portion[Mention], question: Question[Any]) -> _Alone | None:
    """The entries of the one list in a piece; None where they are not all its own items, or items may head others."""
    reader, document = question.through
    page = _Stretch(reader.page.path, document.text, alone=document, named=mentions.own)
    alone = _Reader(page, reader.names, reader.title, reader.numbered)
    groups = [block for block in document.blocks if block.kind in ("list", "table")]
    if len(groups) != 1 or alone._heads(groups, least=1):  # noqa: SLF001  # of this module
        return None
    entries = tuple(alone._in_group(groups[0], None, {}))  # noqa: SLF001  # of this module
    if any(entry.group is not groups[0] for entry in entries):
        return None
    return _Alone(Portion(document.text, entries), tuple(alone._left(groups)))  # noqa: SLF001  # of this module


def _is_in(row: Block, column: int | None, mention: Mention) -> bool:
    """Whether a row has what it names a record by in that column."""
    return column is not None and any(cell.span.covers(mention.span) for cell in row.children[column : column + 1])


def _is_proof(rows: Sequence[Block], named: Sequence[tuple[Block, tuple[Mention, Resolution], bool]]) -> bool:
    """Whether rows without links list records: most have the number of one and its title."""
    called = sum(is_called for _, _, is_called in named)
    return called >= LAGGING and 2 * called >= len(rows)


def _explained(strip: Strip, text: str) -> Strip:
    """The strip with what only explains a status as a note on it.

    That is what stands in brackets behind it (``Accepted (amended by 30)``), and what the record does to another one (``Aceptada.
    Supersede 4``), be its verb written like the word of a status.
    """
    parts: list[Part] = []
    for part in strip.parts:
        opening = text[part.span.start : part.said.start]
        stated = next((other for other in reversed(parts) if other.slots), None)
        own = part.slot("status")
        is_note = own is not None and (
            (stated is not None and stated.slot("status") is not None and any(mark in GROUPS for mark in opening))
            or (any(other.slot("status") for other in parts) and RELATION_WORDS.get(fold(own.span.of(text))) in _ACTIVE)
        )
        parts.append(Part("note", part.span, part.said) if is_note else part)
    return replace(strip, parts=tuple(parts))


_ACTIVE: tuple[Relation, ...] = ("supersedes", "amends")
"""What a record does to another one, which says nothing of its own status."""


def _opens(before: str) -> bool:
    """Whether what stands before a reference leaves it the first thing said: marks, a number, a date or a status, but no sentence."""
    words = fold(re.sub(r"[\W\d_]+", " ", BOX.sub("", before)))
    return not words or (status.leading_word(words) == words and words.split()[-1] not in _BY)


_BY = frozenset(word for phrase in every("by") for word in phrase.split())


def _opens_with(words: str, title: str) -> bool:
    """Whether words begin with a title and no more of the same word."""
    return words.startswith(title) and not words[len(title) : len(title) + 1].isalnum()


def _is_called(said: str, title: str) -> bool:
    """Whether a cell repeats a title, or most of its words are of it."""
    words = _words(said)
    return fold(said) == fold(title) or (bool(words) and len(words & _words(title)) >= ALIKE * len(words))


def _words(text: str) -> set[str]:
    """The words of a text that tell it from others."""
    return set(re.findall(r"[^\W\d_]{4,}", fold(text)))
