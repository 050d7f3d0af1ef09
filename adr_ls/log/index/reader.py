"""Reads the entries of a page: which items and rows list a record, by a link, a name in code or a number, and what they say of it."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adr_ls.log import discovery
from adr_ls.log.index.entry import Alone, Entries, Entry, Excerpt, Numbered, Setting, Stretch, Way, paths_of, remark
from adr_ls.log.index.heads import DEEPEST, Heads, as_section, state_of
from adr_ls.log.index.kinds import LAGGING, is_home, is_index_name
from adr_ls.log.index.strips import BOX, GROUPS, Linked, Named, Part, Reader, Slot, Strip, masked, plain_status, with_role
from adr_ls.log.resolve import Names, Resolution
from adr_ls.record import filename, metadata, status
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block, Document
from adr_ls.syntax.pieced import Ground, Pieced, Portion, Question, each
from adr_ls.syntax.text import Span
from adr_ls.words.language import Relation
from adr_ls.words.lookup import RELATION_WORDS, any_of, every, fold

BRIEF = 60
"""How many characters may stand in front of the link to the whole log that ends an excerpt."""
SEVERAL = 0.1
"""The share of rows that may open with several records before a table counts as a matrix."""
ALIKE = 0.5
"""The share of an unlinked entry's words that a record's file name or title must have for the entry to mean that record."""


_EXCERPT = lazy.regex(
    rf"\W*(?:{any_of('articles', 'determiners', 'inside', 'see', 'excerpts')}\W+){{0,4}}{any_of('excerpts')}\b(?P<rest>[^.\n]{{0,140}})",
    re.IGNORECASE,
)
_SENTENCE = lazy.regex(r"(?<=[.!?])\s+|(?<=[。！？])")
"""Where a sentence ends."""
_EXAMPLES = lazy.regex(rf".{{0,80}}\b{any_of('examples')}\W*", re.IGNORECASE)
_RECORDS = lazy.regex(rf"\b{any_of('records')}\b", re.IGNORECASE)
_AUXILIARIES = lazy.regex(rf"\b{any_of('auxiliaries')}\b", re.IGNORECASE)
_BEFORE_NOUN, _BEHIND_NOUN = 60, 40
"""How many characters may stand around the noun where a part of the records is introduced."""


def _introduces_part(lead: str) -> bool:
    """Whether a text introduces a part of a log: ``Key ADRs:``, ``Recent decisions``, ``Notable:``; no sentence that says something of them."""
    match = _EXCERPT.fullmatch(lead)
    rest = match["rest"] if match is not None else ""
    if match is not None and rest.strip() in (":", "："):
        return True
    return _EXAMPLES.fullmatch(lead) is not None or any(
        noun.start() <= _BEFORE_NOUN and len(rest) - noun.end() <= _BEHIND_NOUN and not _AUXILIARIES.search(rest)
        for noun in _RECORDS.finditer(rest)
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


@dataclass(frozen=True)
class PageReader:
    """Reads the entries of one page."""

    page: Record
    names: Names
    title: Callable[[str], str | None]
    numbered: frozenset[tuple[Way, str]] = frozenset()
    """The records that an item lists which opens with their number, written in such a way, whatever it calls them."""

    def read(self, ground: Ground) -> tuple[Entries, tuple[Section, ...]]:
        """The entries in their order, and the list items that head some of them; `ground` as in `Index`."""
        entries, heads, left = self._read(ground)
        numbered = self._by_siblings(entries, left) if left else None
        if numbered:
            entries, heads, _ = replace(self, numbered=numbered)._read(ground)  # noqa: SLF001  # of this class
        return entries, heads

    def _read(self, ground: Ground) -> tuple[Entries, tuple[Section, ...], list[Numbered]]:
        """The same by what is known of numbers so far, and the items that may be entries by how others are written."""
        named = self.page.mentions
        mentions = dict(named.parts) if isinstance(named, Pieced) else {}
        left: list[Numbered] = []
        runs = [(blocks, self._alone(blocks, pieces, mentions, ground, left)) for blocks, pieces in self.page.document.runs]
        heads = self._heads(block for blocks, alone in runs if alone is None for block in blocks)
        parts: list[tuple[int, Portion[Entry]]] = []
        settings: list[Setting | None] = []
        for blocks, alone in runs:
            groups = [block for block in blocks if block.kind in ("list", "table")]
            if alone is not None:
                parts += alone
                settings += [Setting(self._category(groups[0]), groups[0], self)] * len(alone)
            elif groups:
                found = [entry for group in groups for entry in self._in_group(group, self._category(group), heads)]
                parts.append((groups[0].span.start, Portion(self.page.text, found)))
                settings.append(None)
                left += self._left(groups)
        return Entries(parts, settings), tuple(heads.values()), left

    def _by_siblings(self, entries: Sequence[Entry], left: Sequence[Numbered]) -> frozenset[tuple[Way, str]]:
        """Which of the items that open with a number are entries: most that open so are, and their records have no other one."""
        listed = set().union(*each(entries, "", Question(paths_of)))
        meant = Counter(one.path for one in left)
        open_ = [one for one in left if meant[one.path] == 1 and one.path not in listed]
        # What a list below another heading says, it need not say of a record
        starts = [section.heading.span.start for section in self.page.sections]
        widths: dict[tuple[Way, int], set[int]] = {}
        proven: Counter[tuple[Way, int]] = Counter()
        for entry in entries if open_ else ():
            opening = self._opening_number(entry.own) if entry.kind == "item" and entry.path is not None else None
            if opening is not None and int(opening[1]) == self.names.identities[entry.path or ""].number:
                key = opening[0], bisect_right(starts, entry.own.start)
                proven[key] += 1
                widths.setdefault(key, set()).add(_width(opening[1]))
        placed = [(one, (one.way, bisect_right(starts, one.mention.span.start))) for one in open_]
        placed = [(one, key) for one, key in placed if one.width in widths.get(key, ())]
        claiming = Counter(key for _, key in placed)
        return frozenset((one.way, one.path) for one, key in placed if claiming[key] <= proven[key])

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
        left: list[Numbered],
    ) -> list[tuple[int, Portion[Entry]]] | None:
        """The entries of one long list, piece by piece; None where they are to be read in the page. What it leaves is added to `left`."""
        if sum(block.kind in ("list", "table") for block in blocks) != 1 or all(block.kind != "list" for block in blocks):
            return None
        found: list[tuple[int, Portion[Entry]]] = []
        open_: list[Numbered] = []
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

    def excerpts(self) -> tuple[Excerpt, ...]:
        """The lists and tables that give a part of a log on purpose: they say so, or a link to the whole follows."""
        sections, blocks, plain = self.page.sections, self.page.document.blocks, self.page.document.plain
        found = []
        for at, block in enumerate(blocks):
            if block.kind not in ("list", "table"):
                continue
            above = bisect_right(sections, block.span.start, key=lambda section: section.heading.span.start)
            leads = [sections[above - 1].name] if above else []
            is_led = False
            if at and blocks[at - 1].kind == "paragraph":
                leads.append(plain(blocks[at - 1].span))
                *before, last_said = _SENTENCE.split(leads[-1].strip())
                is_led = bool(before) and _introduces_part(last_said) and self._leads_to_whole(blocks[at - 1].span)
            last = block.children[-1] if block.kind == "list" and block.children else None
            # What heads the entries themselves does not end an excerpt
            behind = [last.span] if last is not None and all(child.kind != "list" for child in last.children) else []
            behind += [other.span for other in blocks[at + 1 : at + 2] if other.kind == "paragraph"]
            if is_led or any(_introduces_part(lead.strip()) for lead in leads) or any(map(self._leads_to_whole, behind)):
                found.append(Excerpt(block.span, is_led))
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

    def _heads(self, blocks: Iterable[Block], least: int = 2) -> Heads:
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
                    found |= {item.span.start: as_section(item, level, name) for item, name in named}
            lists = nested
        return found

    def _name(self, item: Block) -> str:
        """What the first line of an item says; empty where it names a record."""
        own = next((child for child in item.children if child.kind in ("paragraph", "heading")), None)
        if own is None or self._first_of(own.span) is not None:
            return ""
        return self.page.document.plain(own.span).strip()

    def _in_group(self, group: Block, category: Section | None, heads: Heads) -> Iterator[Entry]:
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

    def _left(self, groups: Iterable[Block]) -> Iterator[Numbered]:
        """The items of lists that open with the number of a record, and are no entries of it only for what follows."""
        lists = [group for group in groups if group.kind == "list"]
        while lists:
            items = [item for group in lists for item in group.children]
            lists = [child for item in items for child in item.children if child.kind == "list"]
            for item in items:
                own = next((child for child in item.children if child.kind in ("paragraph", "heading")), None)
                if own is not None and (one := self._numbered_item(own.span, self._item(own.span))) is not None:
                    yield one

    def _opening_number(self, span: Span) -> tuple[Way, str] | None:
        """The number with which an item opens, as it is written."""
        if _DIGIT.search(self.page.text, span.start, min(span.end, span.start + AHEAD)) is None:
            return None
        match = _OPENING.match(self.page.document.plain(span))
        return (Way(match["before"], match["behind"]), match["number"]) if match is not None else None

    def _numbered_item(self, span: Span, first: tuple[Mention, Resolution] | None) -> Numbered | None:
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
        if remark().match(self.page.document.plain(Span(at + len(number), span.end))):
            return None  # it says something of the number
        own = Mention(Span(at, at + len(number)), "number", number=int(number), digits=number)
        return Numbered(way, _width(number), paths[0], first[0] if first is not None else own)

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
        if not is_index_name(filename.strip_suffix(posixpath.basename(self.page.path))):
            return set()
        homes = {one.directory for one in self.names.identities.values() if is_home(self.page.path, one.directory)}
        return homes & {posixpath.dirname(self.page.path)} or homes

    @property
    def _is_at_home(self) -> bool:
        """Whether the page stands among records."""
        return posixpath.dirname(self.page.path) in self.names.directories

    def _opening(self, row: Block) -> tuple[Mention, Resolution] | None:
        """The record with which a row opens: in its first or second cell; further on a link where the page stands among records.

        Elsewhere it is one to the record whose number is the row's first cell: ``| 0001 | Boats | [adr/0001-boats.md](…) |``.
        """
        for at, cell in enumerate(row.children):
            first = self._first(cell.span, row.span)
            if first is not None:
                is_linked = first[0].link is not None and (self._is_at_home or self._has_number_of(row.children[0], first[1]))
                return first if at < 2 or is_linked else None
        return None

    def _has_number_of(self, cell: Block, resolution: Resolution) -> bool:
        """Whether a cell holds nothing but the number of a record."""
        match = _NUMBER.fullmatch(self.page.document.plain(metadata.trim(self.page.text, cell.content or cell.span)))
        path = resolution.path
        return match is not None and path is not None and int(match["number"]) == self.names.identities[path].number

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


def _width(number: str) -> int:
    """To how many digits a number is filled up with zeros; 0 where it is not, or nothing tells."""
    return len(number) if number.startswith("0") else 0


def _read_numbered(mentions: Portion[Mention], question: Question[Any]) -> Alone | None:
    """The same as `_read_alone`, by what is known of numbers."""
    return _read_alone(mentions, question)


def _read_alone(mentions: Portion[Mention], question: Question[Any]) -> Alone | None:
    """The entries of the one list in a piece; None where they are not all its own items, or items may head others."""
    reader, document = question.through
    page = Stretch(reader.page.path, document.text, alone=document, named=mentions.own)
    alone = PageReader(page, reader.names, reader.title, reader.numbered)
    groups = [block for block in document.blocks if block.kind in ("list", "table")]
    if len(groups) != 1 or alone._heads(groups, least=1):  # noqa: SLF001  # of this module
        return None
    entries = tuple(alone._in_group(groups[0], None, {}))  # noqa: SLF001  # of this module
    if any(entry.group is not groups[0] for entry in entries):
        return None
    return Alone(Portion(document.text, entries), tuple(alone._left(groups)))  # noqa: SLF001  # of this module


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
