"""A record: one Architecture Decision Record and what it says, read on demand and once.

A `Record` has two inputs, its path and its text; everything else is derived from them when first asked for and kept. Nothing here
fails: what is not there is None or empty, and what is wrong with it is for the rules to say.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar, overload

from adr_ls.record import claims, filename, grammar, mentions, metadata, status, telling
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Evidence, Field
from adr_ls.record.parts import Section, Status, says_nothing
from adr_ls.record.passages import is_long, words_of
from adr_ls.record.relations import Related
from adr_ls.syntax import asciidoc, frontmatter, lazy, markdown
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block, Heading
from adr_ls.syntax.pieced import Question, between, chosen, kept
from adr_ls.syntax.text import Lines, Span, Taken
from adr_ls.words import dates
from adr_ls.words.language import ENDED
from adr_ls.words.lookup import any_of, every, fold, one_of, usual_keys, words_for

_T = TypeVar("_T")

_LEADING = lazy.regex(r"https?:|!?\[[^\[\]]*\](?:\([^()\s]*[./#:]|\[|:)")
"""A passage that begins with a link that leads somewhere, which may well be meant for all records."""


class fact(cached_property[_T]):  # noqa: N801  # a decorator, named as those it stands beside
    """A property of a record that its facts hold too: taken from these where they are known, else read off the text once."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> fact[_T]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _T: ...
    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        if instance is not None and instance.known is not None:
            return getattr(instance.known, self.attrname)
        return super().__get__(instance, owner)


@dataclass(frozen=True, eq=False)
class Record:
    """An ADR: `path` is absolute, normalised and written with slashes; `text` is without a byte-order mark.

    `known` are the facts of this very text, where somebody read them off it before. `before` is the Markdown of an earlier text of the
    same file, of which unchanged pieces are not read again.
    """

    path: str
    text: str
    known: Facts | None = dataclasses.field(default=None, repr=False)
    before: markdown.Document | None = dataclasses.field(default=None, repr=False)
    is_markdown: ClassVar[bool] = True
    """Whether the text is Markdown: all but the configuration of a site is."""
    is_fixed: ClassVar[bool] = False
    """Whether the file is only read and never changed, as `text` is not what stands in it."""

    @property
    def written(self) -> str:
        """The text as it stands in the file."""
        return self.text

    @cached_property
    def lines(self) -> Lines:
        """Where the lines are."""
        return Lines(self.text)

    @cached_property
    def front(self) -> frontmatter.FrontMatter | None:
        """The front matter, None where there is none."""
        return frontmatter.read(self.text)

    @cached_property
    def front_entries(self) -> tuple[frontmatter.Entry, ...]:
        """What the front matter says of the record, be it in a map of its own: ``adr: {status: accepted}``."""
        return metadata.entries_of(self.front, self.text) if self.front is not None else ()

    @cached_property
    def document(self) -> markdown.Document:
        """The body as Markdown; a byte-order mark within it, where files were put together, is a blank."""
        return markdown.parse(self.text.replace("\ufeff", " "), self.front.body if self.front else 0, self.before)

    @cached_property
    def name(self) -> filename.Name:
        """The parts of the file name."""
        return filename.name_of(self.path)

    @fact
    def heading(self) -> Heading | None:
        """The heading that is the title: the first of level 1 that is not a section's, else a first one that carries the number, or says that it is."""
        headings = self.document.headings
        for index, heading in enumerate(headings):
            role = metadata.section_role(heading.plain)
            if heading.level == 1 and (role in (None, "title") or self._is_alone(heading)):
                below = headings[index + 1] if index + 1 < len(headings) else None
                return below if below is not None and self._is_title_below(heading, below) else heading
            if role is not None:
                break
        if headings and headings[0].level > 1:
            title = filename.parse_title(self.document.plain(headings[0].text), self.name)
            is_own = title.number is not None and title.number == self.name.number
            if is_own or filename.is_labelled(headings[0].plain) or self._is_lower_title(headings[0]):
                return headings[0]
        return None

    def _is_lower_title(self, heading: Heading) -> bool:
        """Whether a heading of a lower level is the title: above all others, the sections of a record among them, ``=== X``, ``==== Status``."""
        others = self.document.headings[1:]
        if metadata.section_role(heading.plain) is not None or any(other.level <= heading.level for other in others):
            return False
        roles = {metadata.section_role(other.plain) for other in others if other.level == heading.level + 1}
        front = metadata.from_front_matter(self.front, self.front_entries, self.text) if self.front is not None else ()
        return len(roles & _TELLING) > 1 and not any(field.role == "title" and field.value for field in front)

    def _is_title_below(self, heading: Heading, below: Heading) -> bool:
        """Whether a heading says only what the file is called, or what kind of text it is, and the next one is the title.

        That has the file's number, ``# ADR: 0001-x``, ``# 1. X``, or the words of its name: ``# Architecture Decision Record``, ``## Use Kafka``.
        """
        named = filename.parse_title(heading.plain, self.name)
        title = filename.parse_title(below.plain, self.name)
        is_numbered = title.number is not None and title.number == self.name.number and bool(title.text)
        if is_numbered and named.prefix and named.text.casefold() == self.name.stem.casefold():
            return True
        if metadata.section_role(below.plain) is not None or not title.text or not _says_no_more(heading.plain):
            return False
        return is_numbered or (
            bool(self.name.slug) and set(_PART.findall(fold(self.name.slug))) <= set(_PART.findall(fold(title.text)))
        )

    def _is_alone(self, heading: Heading) -> bool:
        """Whether a heading that is called like a section is the title all the same: above all the others, which are sections.

        What is called like the metadata is what the title stands in, ``# Meta`` above ``Name: Use Kafka``, unless the file is called so, too.
        """
        first, *others = self.document.headings
        if first is not heading or not others or any(other.level <= heading.level for other in others):
            return False
        return metadata.section_role(heading.plain) != "metadata" or heading.plain.casefold() in self.name.stem.casefold()

    @fact
    def heading_title(self) -> filename.Title | None:
        """The parts of the title heading."""
        if self.heading is None:
            return None
        return filename.parse_title(self.document.plain(self.heading.text), self.name, self._prefixes)

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset({self.name.prefix.casefold()} if self.name.prefix else ())

    @fact
    def title(self) -> str | None:
        """The title without number or prefix: the front matter's, else the heading's; None where there is truly none."""
        field = self.field("title")
        if field is not None and field.place == "front-matter" and field.value:
            written = re.sub(r"\s+", " ", field.value).strip()
            title, headed = filename.parse_title(written, self.name, self._prefixes), self.heading_title
            heading = headed.text if headed is not None else ""
            # What has the word for a record in front of it is what that is called, and the other what its page is
            is_of_page = headed is not None and bool(headed.prefix) and not (title.prefix or title.digits)
            if title.text and not (
                heading and (is_of_page or (_SLUG.fullmatch(written) and " " in heading) or _says_no_more(written))
            ):
                return title.text
        if (
            self.heading_title is not None
            and self.heading_title.text
            and metadata.section_role(self.heading_title.text) != "title"
        ):
            return self._said_below if self.title_below is not None else self._without_status(self.heading_title.text)
        if field is not None and field.value and self.heading is None and field.place != "section":
            return self.plain(field)  # "Name: X", in a head like that of Rust's RFCs
        below = self._said_below or (self.heading_title.text or None if self.heading_title else None)
        if below is None and self.plain_title is not None:
            return filename.parse_title(self.document.plain(self.plain_title), self.name, self._prefixes).text
        return below

    @cached_property
    def _behind_bar(self) -> tuple[Field, ...]:
        """The metadata behind a bar in the title: ``# Use Kafka | Date: 13/10/25``."""
        titled = self.heading is not None and self.heading_title is not None and " | " in self.heading_title.text
        return metadata.behind_bar(self.document, self.heading) if titled and self.heading is not None else ()

    def _without_status(self, title: str) -> str:
        """What follows in a title on the record's status, where that stands nowhere else: ``Use Kafka`` of ``Draft: Use Kafka``."""
        if self._behind_bar and " | " in title:
            return title.partition(" | ")[0].rstrip() or title
        stated = self.field("status")
        if stated is None or self.heading is None or stated.span != self.heading.span:
            return title
        if stated.key:  # "Use Kafka (2024-05-01, status: accepted)"
            start = max(self.text.rfind(mark, self.heading.text.start, stated.key_span.start) for mark in "([")
            note = self.document.plain(Span(max(start, self.heading.text.start), self.heading.text.end))
            return title[: -len(note)].rstrip() if title.endswith(note) and len(note) < len(title) else title
        tail = self.document.plain(Span(stated.value_span.start, self.heading.text.end))
        rest = self.text[stated.value_span.end : self.heading.text.end]
        if rest.rstrip().endswith(("]", ")")) and not re.search(r"[\[\]()]", rest.rstrip()[:-1]) and title.endswith(tail):
            return title[: -len(tail)].rstrip("[( \t")
        behind = re.sub(r"^[\])]?[\s:：–—-]+", "", self.document.plain(Span(stated.value_span.end, self.heading.text.end)))
        return behind if title.endswith(behind) and behind else title

    @cached_property
    def plain_title(self) -> Span | None:
        """The first line, where it is the title by its number though nothing makes it a heading: ``5. Use Kafka``, ``**ADR-5: Use Kafka**``."""
        if self.heading is not None or self.name.number is None:
            return None
        start = self.front.body if self.front is not None else 0
        match = _FIRST_LINE.match(self.text, start)
        if match is None:
            return None
        title = filename.parse_title(match["line"].strip("*_ \t"), self.name, self._prefixes)
        return Span(*match.span("line")) if title.number == self.name.number and title.text else None

    @cached_property
    def title_below(self) -> Span | None:
        """The line that is the title below a heading that only says so, ``## Title``, be it under one that says no more in any record."""
        own = self.heading_title
        if own is not None and own.text and metadata.section_role(own.text) != "title" and not _says_no_more(own.text):
            return None
        headings = self.document.headings
        for index, heading in enumerate(headings[:3]):
            if metadata.section_role(self.document.plain(heading.text)) == "title":
                end = headings[index + 1].span.start if index + 1 < len(headings) else len(self.text)
                for block in self.blocks_in(Span(heading.span.end, end)):
                    if block.kind == "paragraph" and not any(metadata.from_area(self.document, (block,))):
                        line = self.lines.span(self.lines.line_at(block.span.start))
                        return Span(block.span.start, min(block.span.end, line.end))
        return None

    @property
    def _said_below(self) -> str | None:
        """That title, without number or prefix; None where there is none."""
        if self.title_below is None:
            return None
        return filename.parse_title(self.document.plain(self.title_below).strip(), self.name, self._prefixes).text or None

    @fact
    def number(self) -> int | None:
        """The number: the file name's, else the front matter's, else the title's; None for a record known by date or slug."""
        if self.name.number is not None:
            return self.name.number
        if self._front_id is not None:
            return self._front_id.number
        if self.name.date is None and self.heading_title and self.heading_title.prefix:
            return self.heading_title.number
        return None

    @cached_property
    def _front_id(self) -> filename.Title | None:
        """The number in the front matter, with its prefix; None where there is none."""
        field = self.field("id")
        if field is None or field.place != "front-matter":
            return None
        prefix = re.split(r"(?<![-_ #])[-_ #]*\d", field.value, maxsplit=1)[0].casefold()
        title = filename.parse_title(field.value, self.name, frozenset({prefix}))
        return title if title.number is not None and not title.text else None

    @fact
    def series(self) -> str:
        """The prefix that tells this record's number from others of the same value: ``API`` of ``API-001``; ``ADR`` where it is plain."""
        prefix = self.name.prefix
        if not prefix and self.name.number is None:
            prefix = self._front_id.prefix if self._front_id else self.heading_title.prefix if self.heading_title else ""
        return prefix if prefix and not filename.is_plain(prefix) else "ADR"

    @fact
    def id(self) -> str:
        """What people call the record: ``ADR-003``, ``API-001``, or the slug of one without a number."""
        if self.number is None:
            return filename.shown(self.name.stem)
        title = self.heading_title
        digits = self.name.digits or (title.digits if title else "") or str(self.number)
        is_named = title is not None and title.prefix and not filename.says_in_full(title.prefix)
        if title is not None and is_named and title.number == self.number and " " not in title.prefix:
            return f"{title.prefix}{title.join}{title.digits}".replace(" ", "-" if title.join == " " else "").replace("#", "")
        return f"{self.series}-{digits}"

    # The metadata

    @cached_property
    def asking(self) -> frozenset[str]:
        """What it asks for as a template: the paragraphs, items and rows of its sections that say something, see `passages.words_of`."""
        first = self.sections[0].heading.span.start if self.sections else len(self.text)
        found = (
            words_of(block.span.of(self.text))
            for block in self.document.walk()
            if block.kind in ("paragraph", "table_row") and block.span.start >= first and block.info != "head"
        )
        return frozenset(words for words in found if is_long(words) and not _LEADING.match(words))

    @cached_property
    def area(self) -> tuple[Block, ...]:
        """The blocks of the metadata area: from the start of the body to the first heading behind the title."""
        document, title = self.document, self.heading
        stop = next(
            (h.span.start for h in document.headings if h != title and (title is None or h.span.start > title.span.start)),
            len(self.text),
        )
        return tuple(block for block in document.blocks_within(Span(0, stop)) if block.kind != "heading")

    @fact
    def fields(self) -> tuple[Field, ...]:
        """All the metadata, in order of the places that are trusted most: front matter, metadata area, sections."""
        found: list[Field] = []
        if self.front is not None:
            found += metadata.without_pages_status([*metadata.from_front_matter(self.front, self.front_entries, self.text)])
        found += metadata.from_area(self.document, self.area)
        for index, section in enumerate(self.sections):
            inline = metadata.from_heading(self.document, section.heading)
            if inline is not None:
                found.append(inline)
            elif section.role == "metadata":
                found += metadata.from_area(self.document, self.blocks_in(section.own))
            elif (
                section.role is None
                and (index < _EARLY or index == len(self.sections) - 1)
                and metadata.may_be_keyed(self.text, section.own)
                and (
                    keyed := metadata.from_keyed(self.document, blocks := self.blocks_in(section.own))
                    or (metadata.from_listed(self.document, blocks) if index == 0 else ())
                )
            ):
                found += keyed
            elif metadata.field_of(section.name) in _SECTION_FIELDS and section.heading != self.heading:
                found += metadata.from_section(self.document, section.heading, self.blocks_in(section.own))
            elif index == 0:
                blocks = self.blocks_in(section.own)
                found += metadata.from_listed(self.document, blocks) or metadata.behind_rule(self.document, blocks)
        if self.sections:
            known = {field.role for field in found}
            found += (field for field in self._below if field.role not in known)
        found = list(metadata.with_stage(found))
        known = {field.role for field in found}
        found += (field for field in self._behind_bar if field.role not in known)
        if self.heading_title is not None and self.heading is not None and not any(field.role == "status" for field in found):
            noted = metadata.noted_in_title(self.document, self.heading)
            before = None if noted else metadata.from_title(self.document, self.heading, self.heading_title.start)
            known = {field.role for field in found}
            found += (field for field in noted if field.role not in known)
            found += (before,) if before is not None else ()
        return tuple(found)

    @property
    def _below(self) -> Iterator[Field]:
        """The status and the date where they stand below all else: ``_Date: 2021-01-02_`` as the last lines."""
        blocks = self.document.blocks_within(Span(max(self.sections[-1].own.start, len(self.text) - _FOOT), len(self.text)))
        foot: list[Block] = []
        for block in reversed(blocks):
            if block.kind != "paragraph" or not metadata.may_be_keyed(self.text, block.span):
                break
            foot.insert(0, block)
        if len(foot) == len(blocks):
            return iter(())  # all that the last section says
        fields = metadata.from_area(self.document, foot)
        return (field for field in fields if field.role in ("status", "date") and metadata.fits(field.role, field.value))

    def field(self, role: str) -> Field | None:
        """The first field of that role, None where there is none."""
        return next((field for field in self.fields if field.role == role), None)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The headings but the title's, with what stands under them, in order; those of the facts made once, as rules look again and again."""
        if self.known is not None:
            return tuple(self.known.sections)
        headings = [heading for heading in self.document.headings if heading != self.heading]
        found: list[Section] = []
        following = [len(self.text)] * 7  # for each level, where the next heading of that level or above starts
        for heading in reversed(headings):
            plain = heading.plain
            body = Span(heading.span.end, following[heading.level])
            own = Span(heading.span.end, following[6])
            is_empty = says_nothing(body.of(self.text))
            found.append(Section(heading, metadata.section_name(plain), metadata.section_role(plain), body, own, is_empty))
            for level in range(heading.level, 7):
                following[level] = heading.span.start
        return tuple(reversed(found))

    def section(self, role: str) -> Section | None:
        """The first section that plays that part, None where none does."""
        return next((section for section in self.sections if section.role == role), None)

    def section_around(self, span: Span) -> Section | None:
        """The section in whose own text or heading a span lies, None where it lies in none."""
        return next((one for one in reversed(self.sections) if one.own.covers(span) or one.heading.span.covers(span)), None)

    def blocks_in(self, span: Span) -> tuple[Block, ...]:
        """The top-level blocks within a span."""
        return tuple(block for block in self.document.blocks_within(span) if block.kind != "heading")

    @fact
    def statuses(self) -> tuple[Status, ...]:
        """The status of each place that states one, the most trusted place first."""
        found: list[Status] = []
        by_place: dict[str, list[Field]] = {}
        for field in self.fields:
            if field.role == "status":
                by_place.setdefault("section" if field.place == "section" else f"{field.place}", []).append(field)
        for place, fields in by_place.items():
            chosen = _current(fields, self.plain) if place == "section" else fields[0]
            start, end = status.chosen(chosen.value) if place != "front-matter" else (0, len(chosen.value))
            span = chosen.value_span
            if (start, end) != (0, len(chosen.value)):
                span = metadata.trim(self.text, Span(span.start + start, span.start + end))
            said = self.plain(replace(chosen, value_span=span)) if chosen.value else chosen.value
            reading = status.read(said)
            if reading.canonical == "other" and (shown := status.on_badge(chosen.value)):
                said, reading = shown, replace(status.read(shown), span=None)
            evidence: Evidence = "declared"
            if reading.canonical == "other" and place == "section" and not reading.choices:
                reading = status.mentioned(said)
                evidence = "stated" if reading.word else evidence
            if reading.canonical != "none":
                stated = Status(
                    said,
                    span,
                    reading.canonical,
                    reading.word,
                    chosen,
                    reading.partial,
                    reading.choices,
                    evidence,
                )
                if not (_is_prose(stated) and self._is_inner(chosen)):
                    found.append(stated)
        if not found and self._history is not None and not _is_beginning(self._history[0]):
            return (self._history[0],)
        if not found and (notice := self._notice) is not None:
            return (notice,)
        if len(found) > 1 and any(one.canonical != "other" for one in found):
            # "We shall see in spring." below a heading for the status tells more of what a line says elsewhere
            told = [one for one in found if not (one.field.place == "section" and _is_prose(one))]
            found = told if any(one.canonical != "other" for one in told) else found
            found = [one for one in found if not (one.choices and self._is_quoted(one.span.start))]
        return tuple(found)

    def _is_inner(self, field: Field) -> bool:
        """Whether a field is what stands below a heading within another section, where prose may tell of the status of anything."""
        if field.place != "section":
            return False
        at = field.key_span.start
        return any(
            section.heading.span.end <= at and at in section.body and section.role != "metadata"
            for section in self.sections
            if section.heading != self.heading
        )

    def _is_quoted(self, offset: int) -> bool:
        """Whether a place is in a quotation: beside another status, choices there are the legend of all that there are."""
        return self.lines.span(self.lines.line_at(offset)).of(self.text).lstrip(" \t").startswith(">")

    @property
    def _notice(self) -> Status | None:
        """The state with which a notice below the title begins, in bold: ``> ⚠️ **Superseded by ADR-7** — kept for reference``."""
        if self.heading is None:
            return None
        for block in self.area[:2]:
            lines = block.children if block.kind == "block_quote" else (block,)
            match = _NOTICE.match(self.text, lines[0].span.start, lines[0].span.end) if lines else None
            if match is None or lines[0].kind != "paragraph":
                continue
            span = Span(*match.span("said"))
            said = self.document.plain(span)
            reading = status.read(said)
            if (
                reading.word
                and reading.canonical not in ("other", "none", "amended", "draft")
                and not (reading.canonical == "proposed" and self._is_key(span))
                and self._is_set_off(span, reading)
            ):
                field = Field("status", "", Span(span.start, span.start), span.of(self.text), span, span, "plain-line")
                return Status(said, span, reading.canonical, reading.word, field, reading.partial, evidence="stated")
        return None

    def _is_key(self, span: Span) -> bool:
        """Whether bold words are the key of a value, as that of where a record is talked about: ``**Discussion:** https://…``."""
        return any(field.value and field.key_span.start == span.start for field in self.fields)

    def _is_set_off(self, span: Span, reading: status.Reading) -> bool:
        """Whether a state at the beginning of a notice is no word of a sentence: behind it come a mark, another record, or nothing."""
        found = grammar.tokens(self.text, span, [mention.span for mention in self.mentions_in(span)])
        count = len(reading.word.split())
        words = [index for index, token in enumerate(found) if token.mark == "word"]
        at = next((index for index in words if "state" in found[index].parts), None)
        if at is None or any(map(grammar.is_content, found[:at])) or count == 0:
            return False
        behind = found[at + 1] if at + 1 < len(found) else None
        return behind is None or behind.mark not in ("word", "") or "by" in behind.parts or not grammar.is_content(behind)

    @cached_property
    def _history(self) -> tuple[Status, dates.Date] | None:
        """The latest state of those that the record has with their dates: in a change log, or as keys below the title.

        ``- [approved](…) (2023-02-01)``, ``| Date | State |``, ``Accepted: 2018-09-01``.
        """
        found: list[tuple[str, int, Status, dates.Date]] = []
        for section in self.sections:
            if section.role != "changelog":
                continue
            for line in metadata.lines_of(self.blocks_in(section.own)):
                cells = [metadata.trim(self.text, cell) for cell in line]
                read = [(cell, self.document.plain(cell)) for cell in cells]
                date = next((date for _, said in read if (date := dates.search(said)) is not None and date.iso), None)
                for cell, said in read:
                    reading = status.read(said)
                    if date is not None and reading.word and _is_bare(said):
                        heading = section.heading.text
                        field = Field("status", heading.of(self.text), heading, cell.of(self.text), cell, cell, "section")
                        stated = Status(said, cell, reading.canonical, reading.word, field, evidence="stated")
                        found.append((date.iso or "", len(found), stated, date))
                        break
        for number, (stated, date) in enumerate(self._since()):
            found.append((date.iso or "", len(found) + number, stated, date))
        return max(found, key=lambda entry: entry[:2])[2:] if found else None

    def _since(self) -> Iterator[tuple[Status, dates.Date]]:
        """The states below the title that are keys, with the dates since when they hold: ``Accepted: 2018-09-01``."""
        for block in self.area:
            if block.kind not in ("paragraph", "list", "block_quote"):
                continue
            for match in _SINCE.finditer(self.text, block.span.start, block.span.end):
                span = metadata.trim(self.text, Span(*match.span("said")))
                said, date = span.of(self.text), dates.read(match["date"])
                reading = status.read(said)
                is_whole = date is not None and date.iso is not None and not match["date"][date.end :].strip(" \t\\.*_)")
                if date is None or not is_whole or not reading.word or metadata.role_of(said) or not _is_bare(said):
                    continue
                field = Field("status", "", Span(span.start, span.start), said, span, span, "plain-line")
                yield Status(said, span, reading.canonical, reading.word, field, evidence="stated"), date

    @cached_property
    def status(self) -> Status | None:
        """The status that holds now, None where the record states none."""
        return self.statuses[0] if self.statuses else None

    def plain(self, field: Field) -> str:
        """The value of a field as a reader sees it."""
        if field.place == "front-matter" or not field.value:
            return field.value
        return self.document.plain(field.value_span)

    @fact
    def date_field(self) -> Field | None:
        """The field that states the date of the decision, None where there is none."""
        dated = [field for field in self.fields if field.role == "date" and (field.value or field.place != "section")]
        usual = usual_keys("date")
        if not dated or dated[0].place != "front-matter" or fold(dated[0].key) in usual:
            return dated[0] if dated else None
        # Editors note there when a file was made, as `created`; whoever writes a date below says when it was decided
        below = (field for field in dated if field.place != "front-matter" and fold(field.key) in usual)
        return next((field for field in below if dates.read(field.value) is not None), dated[0])

    @fact
    def date(self) -> dates.Date | None:
        """The date of the decision from the metadata, None where it has none or one that cannot be read."""
        return self._dated[0] if self._dated else None

    @property
    def date_evidence(self) -> Evidence | None:
        """How well the date is known, None where there is none."""
        return self._dated[1] if self._dated else None

    @cached_property
    def _dated(self) -> tuple[dates.Date, Evidence] | None:
        declared = dates.read(self.date_field.value) if self.date_field else None
        if declared is not None:
            return declared, "declared"
        current = self.status
        if self._history is not None and current == (None if _is_beginning(self._history[0]) else self._history[0]):
            return self._history[1], "stated"
        if current is not None and current.canonical not in ("superseded", "deprecated"):
            since = status.since(current.text, current.word)
            if since is not None:
                return since, current.evidence
        # "Architect's approval: Jane Doe (2021-01-02)": a line of the team's own about the deciding, with a single date
        for field in self.fields:
            if (
                field.role in (None, "deciders")
                and field.place not in ("front-matter", "section")
                and _DECIDING.search(field.key)
            ):
                clause = field.value.partition(";")[0]
                date = dates.search(clause)
                if date is not None and dates.search(clause[date.end :]) is None:
                    return date, "stated"
        # "Last updated: 2021-01-02", the least that tells of when, where nothing else does
        for field in self.fields if self.date_field is None else ():
            if field.role == "updated" and (date := dates.read(field.value)) is not None:
                return date, "told"
        return None

    # References

    @fact
    def mentions(self) -> Sequence[Mention]:
        """All places that may name another record, in order; see `adr_ls.record.mentions`."""
        written = kept(mentions.in_document(self.document), self.text, Question(telling.is_meant, by=self.own_series))
        found: list[Mention] = []
        taken: Taken | None = None
        for field in self.fields:
            value = _Value(self.text, field)
            if field.place == "front-matter" and field.role in telling.RELATION_FIELDS | {"status"}:
                named = (
                    mention
                    for mention in mentions.names_in(self.text, field.value_span)
                    if field.role != "status" or value.names(mention)
                )
                known = {*written, *found}
                found += (mention for mention in named if mention not in known)
            elif field.role in telling.RELATION_FIELDS or field.role == "status":
                for mention in mentions.numbers_in(self.text, field.value_span, self.series):
                    taken = taken or Taken(mention.span for mention in written)
                    if not taken.overlaps(mention.span) and value.names(mention):
                        found.append(mention)
        if self.front is not None:
            named_so = Taken(mention.span for mention in (*written, *found))
            found += (
                mention
                for mention in mentions.items_in(self.text, Span(0, self.front.body))
                if mention.number != self.number and not named_so.overlaps(mention.span)
            )
        return tuple(sorted((*written, *found), key=lambda mention: mention.span)) if found else written

    @cached_property
    def own_series(self) -> frozenset[str]:
        """What the record has before its number, in its file's name, its title or its front matter, in lower case."""
        title = self.heading_title
        named = title.prefix if title is not None and title.number == self.number else ""
        numbered = metadata.numbered_as(self.fields, self.number)
        kind = filename.kind_of(self.path)
        return frozenset(said.casefold() for said in (self.series, self.name.prefix, named, numbered, kind) if said)

    @property
    def pointers(self) -> Sequence[Mention]:
        """All places from which people may go to a record, be it that none may be meant there."""
        return self.mentions

    @cached_property
    def foreign(self) -> frozenset[Mention]:
        """The mentions that say whose record is meant, and that it is somebody else's: ``upstream ADR-7``."""
        found: set[Mention] = set()
        last: Mention | None = None
        for one in chosen(self.mentions, "", Question(_is_bare_one)):
            on = last in found and last is not None and claims.goes_on(self.text[last.span.end : one.span.start])
            if on or claims.is_of_others(*self._around(one)):
                found.add(one)
            last = one
        return frozenset(found)

    @cached_property
    def vacant(self) -> frozenset[Mention]:
        """The mentions of which the text says that there is no such record, or none yet: ``ADR-8 is reserved``."""
        found: set[Mention] = set()
        last: Mention | None = None
        for one in chosen(self.mentions, "", Question(_is_bare_one)):
            before, behind = self._around(one)
            on = last is not None and claims.goes_on(self.text[last.span.end : one.span.start])
            last = one if on or claims.is_introduced_vacant(before) else None
            if last is not None or claims.is_vacant(behind):
                found.add(one)
        return frozenset(found)

    def _around(self, mention: Mention) -> tuple[str, str]:
        """What stands right before and behind a mention in its line; no more, as a line may name thousands."""
        line, at = self.lines.span(self.lines.line_at(mention.span.start)), mention.span
        return self.text[max(line.start, at.start - claims.BESIDE) : at.start], self.text[
            at.end : min(line.end, at.end + claims.BESIDE)
        ]

    def brings_more(self, span: Span) -> bool:  # noqa: ARG002  # a record in AsciiDoc looks there
        """Whether something stands in a span in whose place `text` is blank, such as another file's text or a picture."""
        return False

    @property
    def is_whole(self) -> bool:
        """Whether all of it stands in its own file."""
        return True

    @property
    def is_conditional(self) -> bool:
        """Whether some of it is only there under a condition."""
        return False

    def mentions_in(self, span: Span) -> Iterator[Mention]:
        """The mentions that lie in a span, found without going through all of them: a long index asks for every entry."""
        return (mention for mention in between(self.mentions, *span, mentions.begin) if mention.span.end <= span.end)

    @fact
    def relations(self) -> tuple[Related, ...]:
        """How this record says it stands to others, in the order of its text; see `Related.evidence`."""
        return telling.relations_of(self)

    def after(self, text: str) -> Record:
        """The record after its file got another text, of which whatever still holds is not read again."""
        return Record(self.path, text, before=self.document)


@dataclass(frozen=True, eq=False)
class Transcript(Record):
    """An ADR in AsciiDoc: `text` says the same in Markdown, each character where it stands in the file; see `adr_ls.syntax.asciidoc`."""

    asciidoc: str = dataclasses.field(default="", repr=False)
    is_fixed: ClassVar[bool] = True

    @property
    def written(self) -> str:
        """The text as it stands in the file."""
        return self.asciidoc

    def brings_more(self, span: Span) -> bool:
        """As of any record."""
        return asciidoc.brings_more(span.of(self.asciidoc))

    @property
    def is_whole(self) -> bool:
        """As of any record."""
        return not asciidoc.includes(self.asciidoc)

    @property
    def is_conditional(self) -> bool:
        """As of any record."""
        return asciidoc.is_conditional(self.asciidoc)

    @cached_property
    def lines(self) -> Lines:
        """Where the lines of the file are."""
        return Lines(self.asciidoc)

    @fact
    def mentions(self) -> Sequence[Mention]:
        """As of any record; the target of a link is where it stands in the file, in front of its words."""
        return tuple(map(self._placed, super().mentions))

    def _placed(self, mention: Mention) -> Mention:
        path = mention.link.url.partition("#")[0] if mention.link is not None else ""
        at = mention.span.of(self.asciidoc).find(path) if path else -1
        if mention.link is None or at < 0:
            return mention
        start = mention.span.start + at
        return replace(mention, link=mention.link._replace(target=Span(start, start + len(path))))

    def after(self, text: str) -> Record:
        """The record after its file got another text, of which whatever still holds is not read again."""
        said = asciidoc.as_markdown(text)
        return Transcript(self.path, said, before=self.document, asciidoc=text)


def record_of(path: str, text: str, known: Facts | None = None) -> Record:
    """The file at a path as a record, in whichever markup it is; `known` are the facts of this text, where somebody has them."""
    if not filename.is_asciidoc(path):
        return Record(path, text, known)
    return Transcript(path, asciidoc.as_markdown(text), known, asciidoc=text)


_TELLING = frozenset({"status", "context", "decision", "consequences"})
"""Parts of sections of which hardly any other text has two."""
_SLUG = lazy.regex(r"[^\s_-]+(?:[-_][^\s_-]+)+")
"""What a site calls a page, which is less than the title that its heading has: ``0001-add-logger``."""


def _says_no_more(title: str) -> bool:
    """Whether a title says only what kind of text it is of, as one that is the same in all records: ``Décision (MADR)``."""
    words = _PART.findall(fold(title))
    return bool(words) and all(word in _OF_ANY_RECORD or word in filename.WORDS or _NO_NUMBER.fullmatch(word) for word in words)


_PART = lazy.regex(r"[^\W_]+")
_OF_ANY_RECORD = frozenset(
    part for word in every("records", "names", "articles", "templates") for part in _PART.findall(word)
) | {"madr"}
_NO_NUMBER = lazy.regex("n{2,}|x{2,}")
"""What a template has in place of a number."""
_FIRST_LINE = lazy.regex(r"\s*(?P<line>[^#>|<\s-][^\r\n]{2,150}?)(?:(?<![ \t])[ \t]+)?(?:(?:\r\n?|\n)[ \t]*(?:\r|\n)|\Z)")
"""A first line of text, with an empty one below it."""
_FEW = 3
"""So many words without any for a state may still be one of the team's own."""
_EARLY = 3
"""How many sections may hold metadata whatever they are called; so may the last."""
_NOTICE = lazy.regex(r"[^\w*_\n]{0,12}(?P<mark>\*\*|__)(?P<said>[^*_\n][^\n]{0,200}?)(?P=mark)")
"""A line that begins in bold, with a picture at most before it."""
_SINCE = lazy.regex(
    r"^[ \t>]{0,8}(?:[-*+][ \t]+)?[*_]{0,3}(?P<said>[^\W\d_][^:：*_\n]{1,40})[*_]{0,3}[:：][*_]{0,3}[ \t]*(?P<date>[^\n]{4,40})$",
    re.MULTILINE,
)
"""A line with a key and a short value, as a state and its date are."""
_SECTION_FIELDS = frozenset({"status", "date", "supersedes", "superseded_by", "amends", "amended_by", "summary"})
_TRACKED = lazy.regex(
    rf"(?<![^\W_])(?:{one_of(words_for('fields', 'story'))})s?(?:[ \t]+[#!]?\d+[ \t]*(?:,|&|(?<!\w){any_of('conjunctions')}(?!\w)))*[ \t]+$",
    re.IGNORECASE,
)
"""What stands before the number of an issue or a request: ``issue ``, ``PRs #3, #4 and ``."""
_LONGEST_LEAD = 60
_RECORDS = frozenset(every("records"))
_DECIDING = lazy.regex(rf"\b{any_of('deciding')}", re.IGNORECASE)


class _Value:
    """The value of a field, to be asked which of the numbers in it stand where only a record can."""

    def __init__(self, text: str, field: Field) -> None:
        self._text, self._field = text, field

    @cached_property
    def _tokens(self) -> list[grammar.Token]:
        return grammar.tokens(self._text, self._field.value_span, ())

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self._tokens]

    @cached_property
    def _opened(self) -> list[int]:
        """For each token the bracket before it that is still open; -1 for none."""
        found, opened = [], -1
        for index, token in enumerate(self._tokens):
            found.append(opened)
            opened = index if token.mark == "open" else -1 if token.mark == "close" else opened
        return [*found, opened]

    @cached_property
    def _first_number(self) -> int:
        return next((index for index, token in enumerate(self._tokens) if token.folded.isdigit()), len(self._tokens))

    @cached_property
    def _first_telling(self) -> int:
        """The first token that says a status or a relation of one kind or another."""
        telling = (
            index
            for index, token in enumerate(self._tokens)
            if token.relation not in (None, "related") or "state" in token.parts
        )
        return next(telling, len(self._tokens))

    def names(self, mention: Mention) -> bool:
        """Whether a number in the value stands behind a word of relation, or in a field for records."""
        field = self._field
        if mention.form != "number":
            return True
        before = bisect_left(self._starts, mention.span.start)
        if self._first_number < self._opened[before]:
            return False  # "Superseded by [0005](…) (stages 2 and 3 remain)"
        if field.role in telling.RELATION_FIELDS:
            start = max(field.value_span.start, mention.span.start - _LONGEST_LEAD)
            if _TRACKED.search(self._text[start : mention.span.start]):
                return False
            noun = self._tokens[before - 1] if before else None
            if noun is not None and grammar.is_content(noun) and noun.folded not in _RECORDS:
                return False  # "the plan 0015", which is none of them
            return len(mention.digits) >= 3 or field.place == "front-matter" or "#" in mention.span.of(self._text)
        # "ersetzt durch Entscheidung 3": a noun for a record says of any number what it is
        is_called = before > 0 and self._tokens[before - 1].folded in _RECORDS
        if is_called and self._is_told_behind(mention):
            return True  # "決定 3 により廃止"
        before -= is_called
        padded = is_called or len(mention.digits) >= 3
        while padded and before > 1 and "whole" in self._tokens[before - 1].parts:
            before -= 1  # "sustituida por la 003"
        last = self._tokens[before - 1] if before else None
        if last is not None and "by" in last.parts and padded and self._is_told_behind(mention):
            return True
        if self._first_telling >= before or last is None:
            return False
        if (
            "state" in last.parts
            and last.relation == "superseded_by"
            and (is_called or (padded and mention.digits.startswith("0")))
        ):
            return True  # "nahrazeno 003"
        if last.mark == "open":  # "Отменено (0003)", but not "Accepted (2021)"
            return mention.digits.startswith("0") and len(mention.digits) >= 3
        if not padded and self._counts(before + 1):
            return False  # "Replaced by 6 services"
        if last.mark == "comma" or "listing" in last.parts:
            return padded or self._goes_on[before]
        return last.relation in ("supersedes", "amends") or "by" in last.parts or grammar.ends_in_by(last)

    def _is_told_behind(self, mention: Mention) -> bool:
        """Whether the word right behind a number says what became of the record: ``已被 003 取代``."""
        at = bisect_left(self._starts, mention.span.end)
        relations = ("supersedes", "superseded_by")
        return at < len(self._tokens) and (self._tokens[at].relation in relations or self._tokens[at].after in relations)

    def _counts(self, behind: int) -> bool:
        """Whether a number is followed by what there are so many of; the title of a record begins with a capital."""
        if behind >= len(self._tokens):
            return False
        token = self._tokens[behind]
        return (grammar.is_content(token) or token.folded in _RECORDS) and self._text[token.start].islower()

    @cached_property
    def _goes_on(self) -> list[bool]:
        """For each token whether what stands before it is a list of records behind a word of relation: not in ``Phases 2`` and 3."""
        found, goes_on, leads, opened = [], False, False, False
        for token in self._tokens:
            found.append(goes_on)
            if token.mark == "open":
                opened = True
            elif token.mark == "close":
                opened = False
            elif not opened:
                is_verb = token.relation not in (None, "related")
                if token.mark in ("stop", "break") or grammar.is_content(token) or (token.mark == "colon" and not leads):
                    goes_on = False
                elif token.relation in ("supersedes", "amends") or "by" in token.parts or grammar.ends_in_by(token) or leads:
                    goes_on = True
                leads = is_verb or "by" in token.parts
        return [*found, goes_on]


def _current(fields: list[Field], plain: Callable[[Field], str]) -> Field:
    """The line of a status section that holds now: the last dated one, or a later one that ends the earlier state.

    `plain` gives the text of a line without marks and addresses, in which a language may tell "replaces X" from "replaced".
    """
    ticked = [field for field in fields if status.ticked(field.value)]
    if ticked or any(status.ticked(field.value) is not None for field in fields):
        fields = ticked or fields[:1]
        return fields[-1]
    lines = [
        field for field in fields if not status.lists_choices(field.value) and not _STRUCK.fullmatch(field.value)
    ] or fields
    history = [(since.iso or "", index, field) for index, field in enumerate(lines) if (since := _since(field.value))]
    if history and _since(lines[0].value) and (len(history) > 1 or dates.read(lines[0].value)):
        return max(history, key=lambda entry: entry[:2])[2]
    current = lines[0]
    for line in lines[1:]:
        reading = status.read(plain(line))
        if reading.canonical in ENDED and not reading.partial and _states(line.value):
            current = current if _OF_ALL.match(line.value) else line
    return current


_FOOT = 1000
"""How many characters at its end a text has at most that are below all else."""
_OF_ALL = lazy.regex(rf"\W*\w+[ ]+{any_of('records')}\b", re.IGNORECASE)
"""A line that speaks of all records of a status, as templates do: ``Rejected ADRs are captured …``."""
_STRUCK = lazy.regex(r"[^\w~]*~{2,}[^~]+~{2,}[^\w~]*")
"""A line that is struck out as a whole."""


def _since(value: str) -> dates.Date | None:
    """The date of a line that states a state and its date and nothing that only adds to an earlier one."""
    reading = status.read(value)
    return status.since(value, reading.word) if reading.word and reading.canonical not in ("amended", "other") else None


def _is_bare_one(mention: Mention, _: str) -> bool:
    return mention.form == "bare"


def _is_prose(stated: Status) -> bool:
    """Whether a status without any word for one is a sentence."""
    text = stated.text
    return (
        stated.canonical == "other"
        and not stated.choices
        and sum(map(grammar.is_content, grammar.tokens(text, Span(0, len(text)), ()))) > _FEW
    )


def _is_bare(value: str) -> bool:
    """Whether a line has no words of its own besides a state, a date and what joins them."""
    return not any(map(grammar.is_content, grammar.tokens(value, Span(0, len(value)), ())))


def _states(value: str) -> bool:
    """Whether a line begins with a state and goes on with what belongs to one, and is no sentence about something else."""
    if not status.leading_word(fold(_LEAD.sub("", value))):
        return False
    behind = grammar.tokens(value, Span(0, len(value)), ())[1:2]
    return all("ordinary" in token.parts or not grammar.is_content(token) for token in behind)


_LEAD = lazy.regex(r"^[^\w]+")


def _is_beginning(stated: Status) -> bool:
    """Whether a key with a date alone tells when a record was put forward, not what has become of it since: ``Proposed: 2018-09-01``."""
    return stated.field.place == "plain-line" and stated.canonical in ("proposed", "draft")
