"""A record: one Architecture Decision Record and what it says, read on demand and once.

A `Record` has two inputs, its path and its text; everything else is derived from them when first asked for and kept. Nothing here
fails: what is not there is None or empty, and what is wrong with it is for the rules to say.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from adr_ls.record import claims, filename, mentions, metadata, scope, status
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field
from adr_ls.syntax import frontmatter, markdown
from adr_ls.syntax.markdown import Block, Heading
from adr_ls.syntax.text import Lines, Span
from adr_ls.words import dates
from adr_ls.words.language import Canonical, Relation
from adr_ls.words.lookup import RELATION_WORDS, any_of, every, fold, one_of, words_for

if TYPE_CHECKING:
    from adr_ls.record.facts import Facts


@dataclass(frozen=True)
class Status:
    """The status that holds now: its text and place as written, what it comes to, and the field it was read from."""

    text: str
    span: Span
    canonical: Canonical
    word: str
    field: Field
    partial: bool = False
    choices: bool = False

    @property
    def spelled(self) -> str:
        """The word that was recognised, as the text spells it; empty where none was."""
        words = re.findall(r"[^\W\d_][\w'’-]*", self.text)[: self.word.count(" ") + 1] if self.word else []
        return " ".join(words) if fold(" ".join(words)) == self.word else ""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above.

    `own` ends at the next heading of any level; both leave out the heading itself.
    """

    heading: Heading
    name: str
    role: str | None
    body: Span
    own: Span
    is_empty: bool = False
    """Whether nothing but blanks stands in its body."""

    @property
    def level(self) -> int:
        """The heading's level, 1 to 6."""
        return self.heading.level


@dataclass(frozen=True)
class Related:
    """That this record stands in a relation to the one mentioned; `partial` where only a part of it is meant."""

    relation: Relation
    mention: Mention
    partial: bool
    field: Field | None


_T = TypeVar("_T")


class fact(cached_property[_T]):  # noqa: N801  # a decorator, named as those it stands beside
    """A property of a record that its facts hold too: taken from these where they are known, else read off the text once."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> fact[_T]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _T: ...
    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        if instance is not None and instance.known is not None:
            return getattr(instance.known, self.attrname or "")
        return super().__get__(instance, owner)


@dataclass(frozen=True, eq=False)
class Record:
    """An ADR: `path` is absolute, normalised and written with slashes; `text` is without a byte-order mark.

    `known` are the facts of this very text, where somebody read them off it before.
    """

    path: str
    text: str
    known: Facts | None = dataclasses.field(default=None, repr=False)
    is_markdown: ClassVar[bool] = True
    """Whether the text is Markdown: all but the configuration of a site is."""

    @cached_property
    def lines(self) -> Lines:
        """Where the lines are."""
        return Lines(self.text)

    @cached_property
    def pieces(self) -> dict[tuple[object, ...], object]:
        """What was worked out of pieces of the text, by these; handed on to the next version of the file, which has most of them too."""
        return {}

    @cached_property
    def front(self) -> frontmatter.FrontMatter | None:
        """The front matter, None where there is none."""
        return frontmatter.read(self.text)

    @cached_property
    def document(self) -> markdown.Document:
        """The body as Markdown."""
        return markdown.parse(self.text, self.front.body if self.front else 0)

    @cached_property
    def name(self) -> filename.Name:
        """The parts of the file name."""
        return filename.name_of(self.path)

    @fact
    def heading(self) -> Heading | None:
        """The heading that is the title: the first of level 1 that is not a section's, else a first one that carries the number."""
        headings = self.document.headings
        for heading in headings:
            role = metadata.section_role(self.document.plain(heading.text))
            if heading.level == 1 and role in (None, "title"):
                return heading
            if role is not None:
                break
        if headings and headings[0].level > 1:
            title = filename.parse_title(self.document.plain(headings[0].text), self.name)
            if title.number is not None and title.number == self.name.number:
                return headings[0]
        return None

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
            title = filename.parse_title(written, self.name, self._prefixes).text
            if title:
                return title
        if (
            self.heading_title is not None
            and self.heading_title.text
            and metadata.section_role(self.heading_title.text) != "title"
        ):
            return self.heading_title.text
        return self._title_below or (self.heading_title.text or None if self.heading_title else None)

    @cached_property
    def _title_below(self) -> str | None:
        """The title where it stands below a heading that only says so: ``## Title``."""
        headings = self.document.headings
        for index, heading in enumerate(headings[:3]):
            if metadata.section_role(self.document.plain(heading.text)) == "title":
                end = headings[index + 1].span.start if index + 1 < len(headings) else len(self.text)
                for block in self.blocks_in(Span(heading.span.end, end)):
                    if block.kind == "paragraph" and not any(metadata.from_area(self.document, (block,))):
                        first = self.document.plain(block.span).strip().splitlines()[0]
                        return filename.parse_title(first, self.name, self._prefixes).text or None
        return None

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
        title = filename.parse_title(field.value, self.name)
        return title if title.number is not None and not title.text else None

    @fact
    def series(self) -> str:
        """The prefix that tells this record's number from others of the same value: ``API`` of ``API-001``; ``ADR`` where it is plain."""
        prefix = self.name.prefix
        if not prefix and self.name.number is None:
            prefix = self._front_id.prefix if self._front_id else self.heading_title.prefix if self.heading_title else ""
        return prefix if prefix and prefix.casefold() not in filename.PLAIN_PREFIXES else "ADR"

    @fact
    def id(self) -> str:
        """What people call the record: ``ADR-003``, ``API-001``, or the slug of one without a number."""
        if self.number is None:
            return self.name.stem
        title = self.heading_title
        digits = self.name.digits or (title.digits if title else "") or str(self.number)
        if title is not None and title.prefix and title.number == self.number and " " not in title.prefix:
            return f"{title.prefix}{title.join}{title.digits}".replace(" ", "-" if title.join == " " else "").replace("#", "")
        return f"{self.series}-{digits}"

    # The metadata

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
            found += metadata.from_front_matter(self.front, self.text)
        found += metadata.from_area(self.document, self.area)
        for section in self.sections:
            inline = metadata.from_heading(self.document, section.heading)
            if inline is not None:
                found.append(inline)
            elif section.role == "metadata":
                found += metadata.from_area(self.document, self.blocks_in(section.own))
            elif metadata.role_of(section.name) in _SECTION_FIELDS and section.heading != self.heading:
                found += metadata.from_section(self.document, section.heading, self.blocks_in(section.own))
        return tuple(found)

    def field(self, role: str) -> Field | None:
        """The first field of that role, None where there is none."""
        return next((field for field in self.fields if field.role == role), None)

    @fact
    def sections(self) -> tuple[Section, ...]:
        """The headings but the title's, with what stands under them, in order."""
        headings = [heading for heading in self.document.headings if heading != self.heading]
        found: list[Section] = []
        following = [len(self.text)] * 7  # for each level, where the next heading of that level or above starts
        for heading in reversed(headings):
            plain = heading.plain
            body = Span(heading.span.end, following[heading.level])
            own = Span(heading.span.end, following[6])
            is_empty = not body.of(self.text).strip()
            found.append(Section(heading, metadata.section_name(plain), metadata.section_role(plain), body, own, is_empty))
            for level in range(heading.level, 7):
                following[level] = heading.span.start
        return tuple(reversed(found))

    def section(self, role: str) -> Section | None:
        """The first section that plays that part, None where none does."""
        return next((section for section in self.sections if section.role == role), None)

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
            chosen = _current(fields) if place == "section" else fields[0]
            start, end = status.chosen(chosen.value) if place != "front-matter" else (0, len(chosen.value))
            span = chosen.value_span
            if (start, end) != (0, len(chosen.value)):
                span = metadata.trim(self.text, Span(span.start + start, span.start + end))
            said = self.plain(replace(chosen, value_span=span)) if chosen.value else chosen.value
            reading = status.read(said)
            if reading.canonical == "other" and place == "section" and not reading.choices:
                reading = status.mentioned(said)
            if reading.canonical != "none":
                found.append(
                    Status(
                        said,
                        span,
                        reading.canonical,
                        reading.word,
                        chosen,
                        reading.partial,
                        reading.choices,
                    )
                )
        return tuple(found)

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
        return next(
            (field for field in self.fields if field.role == "date" and (field.value or field.place != "section")), None
        )

    @fact
    def date(self) -> dates.Date | None:
        """The date of the decision from the metadata, None where it has none or one that cannot be read."""
        stated = dates.read(self.date_field.value) if self.date_field else None
        if stated is not None:
            return stated
        current = self.status
        if current is not None and current.canonical not in ("superseded", "deprecated"):
            since = status.since(current.text, current.word)
            if since is not None:
                return since
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
                    return date
        return None

    # References

    @fact
    def mentions(self) -> tuple[Mention, ...]:
        """All places that may name another record, in order; see `adr_ls.record.mentions`."""
        found = list(mentions.in_document(self.document))
        taken = [mention.span for mention in found]
        for field in self.fields:
            if field.place == "front-matter" and field.role in _RELATION_FIELDS | {"status"}:
                found += (
                    m
                    for m in mentions.names_in(self.text, field.value_span)
                    if field.role != "status" or _behind_verb(self.text, field, m)
                )
            elif field.role in _RELATION_FIELDS or field.role == "status":
                for mention in mentions.numbers_in(self.text, field.value_span, self.series):
                    if not any(span.overlaps(mention.span) for span in taken) and _behind_verb(self.text, field, mention):
                        found.append(mention)
        return tuple(sorted(found, key=lambda mention: mention.span))

    @cached_property
    def foreign(self) -> frozenset[Mention]:
        """The mentions that say whose record is meant, and that it is somebody else's: ``upstream ADR-7``."""
        return frozenset(one for one in self.mentions if one.form == "bare" and claims.is_of_others(*self._around(one)))

    @cached_property
    def vacant(self) -> frozenset[Mention]:
        """The mentions of which the text says that there is no such record, or none yet: ``ADR-8 is reserved``."""
        return frozenset(one for one in self.mentions if one.form == "bare" and claims.is_vacant(*self._around(one)))

    def _around(self, mention: Mention) -> tuple[str, str]:
        """What stands before and behind a mention in its line."""
        line = self.lines.span(self.lines.line_at(mention.span.start))
        return self.text[line.start : mention.span.start], self.text[mention.span.end : line.end]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.span.start for mention in self.mentions]

    def mentions_in(self, span: Span) -> Iterator[Mention]:
        """The mentions that lie in a span."""
        first = bisect_left(self._mention_starts, span.start)
        last = bisect_right(self._mention_starts, span.end)
        for mention in self.mentions[first:last]:
            if span.covers(mention.span):
                yield mention

    @fact
    def relations(self) -> tuple[Related, ...]:
        """How this record says it stands to others, in the order of its text."""
        found: dict[Span, Related] = {}
        for field in self.fields:
            role = field.role
            if role is not None and field in self._relation_fields:
                partial = bool(_PART.search(fold(field.key)) or _PART.search(fold(field.value)))
                named = [mention.span.start for mention in self.mentions_in(field.value_span)]
                partial = partial or bool(named and _THING_OF.search(fold(self.text[field.value_span.start : named[0]])))
                qualifier = re.search(r"\(([^()]*)\)$", field.key)
                if qualifier and scope.is_of_others(qualifier[1]):
                    continue
                for mention in self.mentions_in(field.value_span):
                    if self._reaches(field.value_span.start, mention):
                        in_part = partial or self._leaves_rest(mention, field.value_span)
                        relation: Relation = _partly(role, in_part)
                        found.setdefault(mention.span, Related(relation, mention, in_part, field))
            elif role == "status":
                for related in self._phrases(field.value_span, field):
                    found.setdefault(related.mention.span, related)
        for span in self._relation_lines():
            for related in self._phrases(span, None):
                if any(field.value_span.covers(related.mention.span) for field in self._relation_fields):
                    continue  # what its field says of it is read already
                found.setdefault(related.mention.span, related)
        return tuple(found[span] for span in sorted(found))

    @cached_property
    def _relation_fields(self) -> tuple[Field, ...]:
        """The fields that hold nothing but what their key says of others."""
        return tuple(field for field in self.fields if field.role in _RELATION_FIELDS and field.role != "related")

    def _reaches(self, start: int, mention: Mention) -> bool:
        """Whether a statement whose verb ends, or whose value begins, at an offset is about the record of a mention behind it."""
        between = self.text[start : mention.span.start]
        qualifier = re.match(r"[ \t]*\(([^()]*)\)[*_ ]*[:：]", between)
        names = [other.span.shift(-start) for other in self.mentions_in(Span(start, mention.span.start))]
        if scope.states_none(between[: names[0].start] if names else between):
            return False
        if qualifier and scope.is_of_others(qualifier[1]):
            return False
        if mention.form in ("bare", "number") and scope.is_foreign(between):
            return False
        return not scope.is_out_of_reach(between, names)

    def _leaves_rest(self, mention: Mention, within: Span) -> bool:
        """Whether the words behind a mention, up to the next one, say that a part of the record holds on."""
        following = next(self.mentions_in(Span(mention.span.end, within.end)), None)
        return scope.leaves_rest(self.text[mention.span.end : following.span.start if following else within.end])

    def _relation_lines(self) -> Iterator[Span]:
        """Lines of the metadata area, of the status section and of lists of links that open with a word of relation."""
        blocks = list(self.area)
        for section in self.sections:
            if section.role in ("status", "references", "supersedes", "superseded_by"):
                blocks += self.blocks_in(section.own)
        for leaf in _leaves(blocks):
            for number in range(
                self.lines.line_at(leaf.span.start), self.lines.line_at(max(leaf.span.start, leaf.span.end - 1)) + 1
            ):
                line = self.lines.span(number)
                line = Span(max(line.start, leaf.span.start), min(line.end, leaf.span.end))
                if _OPENS.match(line.of(self.text)) and not self._goes_on(leaf, line):
                    yield line
        for verb in self._stating_verbs():
            line = self.lines.span(self.lines.line_at(verb.start))
            stops = (self.text.find(". ", verb.end), self.text.find("**", verb.end) + 1 or -1)
            stop = min((at for at in stops if at >= 0), default=line.end)
            yield Span(verb.start, min(max(line.end, verb.end), stop) if stop > verb.end else line.end)

    def _goes_on(self, leaf: Block, line: Span) -> bool:
        """Whether a line of a paragraph goes on with the sentence that the line before it began."""
        before = self.text[leaf.span.start : line.start].rstrip("\r\n")
        mark = line.of(self.text).lstrip()[:1]
        return bool(before.strip()) and mark.islower() and not re.search(r"(?:[.:;!?。]|  |\\|<br\s*/?>|\))$", before)

    def _stating_verbs(self) -> Iterator[Span]:
        """The verbs in the body that say what the record does to the one named next.

        Looked for from the names backwards, since there are few names and many words.
        """
        for name in _NAMED_NEXT.finditer(self.text, self.document.start):
            line = self.lines.span(self.lines.line_at(name.start()))
            verb = _STATED.search(self.text, max(line.start, name.start() - LONGEST_VERB), name.start())
            if verb and _STATING.search(self.text[line.start : verb.start()]) and self.document.kind_at(verb.start()) == "text":
                yield Span(*verb.span())

    def _phrases(self, span: Span, field: Field | None) -> Iterator[Related]:
        """Reads ``superseded in part by [A] and ADR-9; amends ADR-3`` within one line."""
        verbs = list(_VERB.finditer(self.text, span.start, span.end))
        enclosing = [Span(*match.span()) for match in status.AROUND.finditer(self.text, span.start, span.end)]
        for mention in self.mentions_in(span):
            if any(around.covers(mention.span) for around in enclosing):
                yield Related("superseded_by", mention, partial=False, field=field)
                continue
            before = [verb for verb in verbs if verb.end() <= mention.span.start]
            if not before:
                continue
            verb = before[-1]
            between = self.text[verb.end() : mention.span.start]
            lead = self.text[span.start : verb.start()]
            if not self._reaches(verb.end(), mention) or scope.is_negated(lead):
                continue
            relation = RELATION_WORDS[fold(verb[0])]
            if relation == "related":
                continue
            tail = fold(between)
            partial = (
                bool(_PART.search(fold(self.text[max(span.start, verb.start() - 20) : verb.start()])) or _PART.search(tail))
                or bool(_THING_OF.search(tail))
                or scope.is_of_part(between)
                or scope.has_part_for_subject(lead)
                or self._leaves_rest(mention, span)
                or (field is not None and _has_own_subject(lead))
            )
            yield Related(_partly(relation, partial), mention, partial, field)

    def reuse(self, previous: Record) -> None:
        """Takes over from an earlier version of the same file whatever of its reading still holds; call before anything is asked."""
        if "pieces" in previous.__dict__:
            self.__dict__["pieces"] = dict(previous.pieces)
        if "document" in previous.__dict__:
            start = self.front.body if self.front else 0
            self.__dict__["document"] = markdown.parse(self.text, start, previous.document)


_SECTION_FIELDS = frozenset({"status", "date", "supersedes", "superseded_by", "amends", "amended_by", "summary"})
_RELATION_FIELDS = frozenset({"supersedes", "superseded_by", "amends", "amended_by", "related"})

_VERB = re.compile(rf"(?<!\w){one_of(RELATION_WORDS)}(?!\w)", re.IGNORECASE)
_OPENS = re.compile(
    rf"[^\w]*(?:{one_of((*words_for('statuses', 'accepted'), *every('in_part')))}\W+)?{_VERB.pattern}", re.IGNORECASE
)
_ACTIVE = one_of(word for word, relation in RELATION_WORDS.items() if relation in ("supersedes", "amends"))
_NAMED_NEXT = re.compile(r"(?<=\w)[ ]+(?:\*\*)?(?:\[|ADR)")
LONGEST_VERB = 40
"""How many characters before a name its verb begins at most."""
_PASSIVE = one_of(word for word, relation in RELATION_WORDS.items() if relation in ("superseded_by", "amended_by"))
_STATED = re.compile(
    rf"\b(?:{_ACTIVE}|{_PASSIVE}(?:[ ]{any_of('in_part')})?[ ]{any_of('by')})(?:[ ]ADR)?\Z",
    re.IGNORECASE,
)
_STATING = re.compile(rf"(?:^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(?:\*\*|__)?|\*\*)(?:{any_of('itself')}[ ]+)?$", re.IGNORECASE)
"""A sentence, item or bold phrase of the body that says what the record does to another: ``We supersede [ADR 18](…)``."""
_DECIDING = re.compile(rf"\b{any_of('deciding')}", re.IGNORECASE)
_PART = re.compile(rf"\b{any_of('in_part')}\b")


_THING_OF = re.compile(rf"^{any_of('articles', 'determiners')}\s\S.*\b{any_of('inside')}$")
"""A part of the other record, put before its name: ``Supersedes: the release criterion in ADR 11``."""
_WHOLE = frozenset(
    part
    for word in every(
        "itself", "records", "articles", "determiners", "auxiliaries", "adverbs", "conjunctions", "contrasts", "ranges"
    )
    for part in word.split()
)  # fmt: skip
"""Words of which the subject of a sentence may consist that speaks of the whole record, not of something in it."""


def _has_own_subject(before: str) -> bool:
    """Whether what stands before a verb names something smaller that it is said of: ``Accepted; M4 gate superseded by ADR 11``."""
    *clause, subject = re.split(r"[;(—,]", before)
    words = re.findall(r"[^\W\d_]+", fold(subject)) if any(part.strip() for part in clause) else []
    return bool(words) and not _WHOLE.issuperset(words) and not status.leading_word(" ".join(words))


def _partly(role: str, partial: bool) -> Relation:  # noqa: FBT001  # read with its argument's name at each call
    """A relation in part is an amendment: the other record goes on to hold."""
    if partial and role == "superseded_by":
        return "amended_by"
    if partial and role == "supersedes":
        return "amends"
    return role  # type: ignore[return-value]  # the roles of relation fields are the relations


def _behind_verb(text: str, field: Field, mention: Mention) -> bool:
    """Whether a number in a value stands where only a record can: behind a word of relation, or in a field for records."""
    if mention.form != "number":
        return True
    aside = text.rfind("(", field.value_span.start, mention.span.start)
    if aside > text.rfind(")", field.value_span.start, mention.span.start) and re.search(
        r"\d", text[field.value_span.start : aside]
    ):
        return False  # "Superseded by [0005](…) (stages 2 and 3 remain)"
    if field.role in _RELATION_FIELDS:
        return len(mention.digits) >= 3 or field.place == "front-matter" or "#" in mention.span.of(text)
    before = text[field.value_span.start : mention.span.start]
    return bool(_VERB.search(before)) and bool(_BEFORE_NUMBER.search(before))


_BEFORE_NUMBER = re.compile(
    rf"(?:(?<!\w){one_of((*every('by', 'conjunctions', but='prepositions'), *words_for('relations', 'supersedes', 'amends')))}|[,&])[ \t\[]*$",
    re.IGNORECASE,
)
"""What stands right before the bare number of a record: ``superseded by 7``, ``amends 3 and 4``."""


def _current(fields: list[Field]) -> Field:
    """The line of a status section that holds now: the last dated one, or a later one that ends the earlier state."""
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
        reading = status.read(line.value)
        if reading.canonical in ("superseded", "deprecated", "rejected") and not reading.partial and _leads(line.value):
            current = current if _OF_ALL.match(line.value) else line
    return current


_OF_ALL = re.compile(rf"\W*\w+[ ]+{any_of('records')}\b", re.IGNORECASE)
"""A line that speaks of all records of a status, as templates do: ``Rejected ADRs are captured …``."""
_STRUCK = re.compile(r"\W*~~[^~]+~~\W*")
"""A line that is struck out as a whole."""


def _since(value: str) -> dates.Date | None:
    """The date of a line that states a state and its date and nothing that only adds to an earlier one."""
    reading = status.read(value)
    return status.since(value, reading.word) if reading.word and reading.canonical not in ("amended", "other") else None


def _leads(value: str) -> bool:
    return bool(status.leading_word(fold(re.sub(r"^[^\w]+", "", value))))


def _leaves(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind in ("paragraph", "table_row"):
            yield block
        elif block.kind in ("list", "list_item", "block_quote", "table"):
            yield from _leaves(list(block.children))
