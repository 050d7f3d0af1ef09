"""A log's house style: what its records have in common, learned from its template and the majority of its records.

Rules judge against this and nothing else; what a house does not do is never demanded. Each finding keeps its evidence, so that a
message can say "41 of 45 records have “Consequences”".
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from adr_ls.record import metadata, status
from adr_ls.record.facts import Facts, LinkForm
from adr_ls.record.filename import SUFFIXES, parse_stem, stem_of
from adr_ls.record.mentions import Mention
from adr_ls.record.parts import Section, Status
from adr_ls.record.record import Record
from adr_ls.settings.values import Config
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Span
from adr_ls.words import dates
from adr_ls.words.language import STATUSES, Language
from adr_ls.words.lookup import (
    ENGLISH,
    STATUS_WORDS,
    Table,
    agreeing,
    any_of,
    fold,
    language_of,
    languages_of,
    misspelled,
    one_of,
    usual_forms,
    words_for,
)

FEW = 3
"""A majority of fewer records than this says nothing."""
MANY = 5
"""How many records there must be before their form is a custom."""
NEARLY_ALL = 0.9
"""The share of records from which on another form is worth a word."""
COMMON = 0.8
"""The share of records that have a section from which on the others are expected to."""
BACKED = 0.6
"""The same for a section that the template has too."""
CORE = ("context", "decision", "consequences")
"""The roles without which a record is hardly one."""
LONG = 40
"""How many items a list has at most that says what a record is like; a longer one lists records."""


def _among(open_: Sequence[Language], usual: Language) -> Language:
    """The language that some words leave open: the one that it can only be, else the usual one, where it may be that, else English."""
    return open_[0] if len(open_) == 1 else usual if usual in open_ else ENGLISH


@dataclass(frozen=True)
class Expected:
    """A section that the house expects: its usual name and level, the role it plays if known, and the evidence."""

    name: str
    role: str | None
    level: int
    having: int
    of: int
    in_template: bool
    asked_by: str = ""
    """The name of the log's own page that asks for the section; empty where none does."""

    def is_met_by(self, section: Section) -> bool:
        """Whether that section of a record is the one expected."""
        return section_key(section) == (self.role or fold(self.name))

    @property
    def evidence(self) -> str:
        """Why it is expected, as a clause: ``41 of 45 records have it``."""
        said = f"{self.having} of {self.of} records here have it"
        if self.asked_by:
            return f"{said}, and {self.asked_by} asks for it" if self.of >= FEW else f"{self.asked_by} asks for it"
        if self.in_template:
            return f"{said}, and so has the template" if self.of >= FEW else "the template has it"
        return said if self.of else "it is configured"


@dataclass(frozen=True)
class Style:
    """The most frequent form of something, with how many of how many records follow it; empty where there is no majority."""

    form: str = ""
    having: int = 0
    of: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether nearly all records follow it, so that another form is a slip."""
        return self.of >= FEW and self.having >= max(FEW, COMMON * self.of)

    @property
    def is_custom(self) -> bool:
        """Whether so many records follow it, and so few do not, that even a matter of taste is worth a word."""
        return self.having >= MANY and self.having >= min(NEARLY_ALL * self.of, self.of - 1)

    def is_kept_by(self, share: float, fewest: int) -> bool:
        """Whether such a share of all records follows it, and these are so many at least.

        Whoever asks this sees no counts, which are others with each record that is added, but the answer, which is hardly ever another.
        """
        return self.of >= fewest and self.having >= share * self.of

    @staticmethod
    def most(forms: Iterable[str]) -> Style:
        """The most frequent of the forms."""
        counted = Counter(forms)
        if not counted:
            return Style()
        form, having = counted.most_common(1)[0]
        return Style(form, having, counted.total())


@dataclass(frozen=True)
class Numbered:
    """How names that are hardly more than a number are written: ``ADR-003``, ``ADR 3``, ``0003``.

    `width` is with how many digits, filled up with zeros, the number is written; 0 where that is not told.
    """

    lead: Style = Style()
    width: int = 0

    @staticmethod
    def learn(written: Sequence[tuple[str, str]], longest: int) -> Numbered:
        """Learns from such names, given by what stands before the digits and by these; file names have at most so many digits."""
        lead = Style.most(before for before, _ in written)
        digits = [number for before, number in written if before == lead.form]
        filled = [len(number) for number in digits if number.startswith("0")]
        return Numbered(lead, majority(filled) or (1 if any(len(number) < longest for number in digits) else 0))

    def name(self, number: int | None, series: str, usual: str) -> str:
        """The name of the record of a series with a number; the usual one where others of that series would be called otherwise."""
        if number is None or self.lead.having < FEW or (series != "ADR" and self.lead.form):
            return usual
        digits = re.search(r"(?<!\d)\d*$", usual)
        return f"{self.lead.form}{number:0{self.width or (len(digits[0]) if digits else 0)}}"


_T = TypeVar("_T")


def majority(values: Iterable[_T]) -> _T | None:
    """The most frequent value, of several the last; None where there is none."""
    listed = list(values)
    counted = Counter(listed)
    return max(reversed(listed), key=lambda value: counted[value], default=None)


@dataclass(frozen=True)
class House:
    """The conventions of one log; see the module. `size` is the number of records they were learned from."""

    size: int = 0
    sections: tuple[Expected, ...] = ()
    vocabulary: tuple[str, ...] = ()
    """The statuses of the house in its own spelling, the most frequent first."""
    single: tuple[str, ...] = ()
    """Words for known states that only one record has, in its spelling: too few to be the house's, but better than what nobody here wrote."""
    written: frozenset[str] = frozenset()
    """The statuses that were written down (configuration, template, documentation), not only observed, folded."""
    status_place: str = ""
    statuses: Style = Style()
    """How many records state a status at all."""
    dates: Style = Style()
    date_form: Style = Style()
    date_pattern: str = ""
    """How the template writes a date's place, ``YYYY-MM-DD``; empty where it does not say."""
    month_first: bool = False
    title: Style = Style()
    file_name: Style = Style()
    mention: Style = Style()
    """Whether the records name each other by ``link`` or ``bare``."""
    relations: Style = Style()
    """The same in the statements of how records stand to each other."""
    bare: Numbered = Numbered()
    """The names of records of plain numbers in prose."""
    label: Numbered = Numbered()
    """The texts of links to such that are only an id."""
    link_text: Style = Style()
    link_path: Style = Style()
    language: Language = ENGLISH
    """The language of its statuses, else of its sections and keys."""
    key_language: Language = ENGLISH
    """The language of its metadata's keys, else of its statuses and sections."""

    @staticmethod
    def learn(records: Sequence[Facts], templates: Sequence[Record], config: Config, kin: Sequence[Facts] = ()) -> House:
        """Learns from the records and templates of one log; what is configured is taken as it is.

        `kin` are records of neighbouring logs of the same people: what they do without is not demanded here either.
        """
        documented = config.statuses or tuple(word for template in templates for word in _choices(template))
        used = Counter(record.status.spelled for record in records if record.status)
        vocabulary = tuple(
            dict.fromkeys(
                (
                    *documented,
                    *(
                        word
                        for word, count in used.most_common()
                        if word and fold(word) not in misspelled() and (count >= 2 or fold(word) in map(fold, documented))
                    ),
                )
            )
        )
        read = [date for record in records if (date := record.date)]
        longest = max((len(record.name.digits) for record in records), default=0)
        known = {stem_of(record.path) for record in records}
        forms = _forms(records, known)
        words: tuple[tuple[Table, list[str]], ...] = (
            ("statuses", [stated.word for record in records for stated in record.statuses]),
            ("sections", [name for record in records for name in record.sections.names]),
            ("fields", [field.key for record in records for field in record.fields]),
        )
        return House(
            size=len(records),
            sections=_expected(records, templates, config, kin),
            vocabulary=vocabulary,
            single=tuple(sorted(word for word in used if word not in vocabulary and _is_telling(fold(word)))),
            written=frozenset(map(fold, documented)),
            status_place=Style.most(
                record.status.field.place for record in records if record.status and len(record.statuses) == 1
            ).form
            or Style.most(record.status.field.place for record in records if record.status).form,
            statuses=Style("status", sum(record.status is not None for record in records), len(records)),
            dates=Style("date", sum(record.date_field is not None for record in records), len(records)),
            date_pattern=next((match[0] for template in templates if (match := _ISO.search(template.text))), ""),
            date_form=Style.most(date.form for date in read),
            month_first=_is_month_first(records),
            title=Style.most(record.heading_title.style for record in records if record.heading_title),
            file_name=Style.most(record.name.pattern for record in records),
            language=language_of(*words),
            key_language=_among(languages_of(words[2], *words[:2]), language_of(*words)),
            **_links(records, known, forms),
            bare=Numbered.learn([(mention.lead, mention.digits) for mention in _bare(records)], longest),
            label=Numbered.learn([(one.lead, one.digits) for one in forms if one.text == "id"], longest),
        )

    @property
    def names_bare(self) -> bool:
        """Whether a statement of how records stand to each other names them without a link."""
        own = self.relations
        if own.of >= FEW:
            return own.form == "bare"
        return self.mention.form == "bare" and self.mention.having >= FEW and own.form in ("bare", "")

    @property
    def documented(self) -> bool:
        """Whether the vocabulary was written down, at least in part."""
        return bool(self.written)

    def spelled(self, canonical: str) -> str:
        """A status as the house spells it: its most frequent word for that state, else that of its language in the house's case."""
        for word in (*self.vocabulary, *self.single):
            if STATUS_WORDS.get(fold(word)) == canonical:
                return word
        usual = self.vocabulary[0] if self.vocabulary else "A"
        word = agreeing(self.language, next(state for state in STATUSES if state == canonical), usual)
        if len(usual) > 1 and usual.isupper():
            return word.upper()
        return word.capitalize() if usual[:1].isupper() else word


@dataclass(frozen=True)
class Habits:
    """How many records of one log write what, each counted once: what is worth a word only where nearly all do alike.

    `keys` are the metadata's keys, folded, with how often each spelling occurs, `filled` how many records give each a value; `names`
    and `levels` the headings of each section role as written, and their levels; `headings` all headings' names, folded; `statuses`
    the spellings of each status word, apart for front matter; `places` where statuses stand; `digits` how bare references write their numbers; `octal` how many records have a number in front matter that YAML takes for octal; `ids` how their own numbers stand there.
    """

    size: int = 0
    keys: Mapping[str, Style] = field(default_factory=dict)
    filled: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Style] = field(default_factory=dict)
    levels: Mapping[str, Style] = field(default_factory=dict)
    headings: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[tuple[str, bool], Style] = field(default_factory=dict)
    places: Style = Style()
    digits: Style = Style()
    octal: int = 0
    ids: Style = Style()

    # What rules ask of every record, so that no record that is added has all others looked at again, see `Style.is_kept_by`

    def has_key(self, key: str, fewest: int) -> bool:
        """Whether so many records at least have a key, folded."""
        return self.keys.get(key, Style()).of >= fewest

    def has_heading(self, name: str, fewest: int) -> bool:
        """Whether so many records at least have a heading of that name, folded."""
        return self.headings.get(name, 0) >= fewest

    @cached_property
    def common_keys(self) -> tuple[tuple[str, str], ...]:
        """The keys, folded, that half of the records have, each as most of these write it."""
        return tuple((key, style.form) for key, style in self.keys.items() if style.of >= max(FEW, self.size / 2))

    @cached_property
    def familiar(self) -> tuple[tuple[str, str], ...]:
        """The names of parts that several records have as a heading, each as most write it; without counts, which each new record changes."""
        return tuple(sorted((name, style.form) for name, style in self.names.items() if self.has_heading(name, FEW)))

    @cached_property
    def expected_keys(self) -> tuple[str, ...]:
        """The keys, folded, that nearly all records have, where there are many records."""
        if self.size < 2 * MANY:
            return ()
        return tuple(key for key, style in self.keys.items() if key and style.of >= NEARLY_ALL * self.size)

    @staticmethod
    def learn(records: Sequence[Facts]) -> Habits:
        """Counts through the records of one log."""
        keys: dict[str, list[str]] = {}
        names: dict[str, list[str]] = {}
        levels: dict[str, list[str]] = {}
        statuses: dict[tuple[str, bool], list[str]] = {}
        filled: Counter[str] = Counter()
        headings: Counter[str] = Counter()
        digits = []
        for record in records:
            own = {fold(stated.key): stated for stated in reversed(record.fields) if stated.place not in ("section", "heading")}
            for key, stated in own.items():
                keys.setdefault(key, []).append(stated.key)
                filled[key] += bool(stated.value)
            roles: dict[str, tuple[str, int]] = {}
            for name, role, level in record.sections.heads:
                if role:
                    roles.setdefault(role, (name, level))
            for role, (name, level) in roles.items():
                names.setdefault(role, []).append(name)
                levels.setdefault(role, []).append(str(level))
            headings.update(set(map(fold, record.sections.names)))
            spelled = {spelling_key(one): one.spelled for one in reversed(record.statuses) if one.spelled}
            for spelling, word in spelled.items():
                statuses.setdefault(spelling, []).append(word)
            digits += ["N" * len(mention.digits) for mention in record.mentions if mention.form == "bare"]
        return Habits(
            len(records),
            _styles(keys),
            filled,
            _styles(names),
            _styles(levels),
            headings,
            _styles(statuses),
            Style.most(record.status.field.place for record in records if record.status),
            Style.most(digits),
            sum(record.octal for record in records),
            Style.most(record.padded for record in records if record.padded),
        )


def _is_telling(word: str) -> bool:
    """Whether a status, folded, that one record has is what others would be called; what waits may do so for reasons of its own."""
    state = STATUS_WORDS.get(word)
    return state is not None and (state not in ("draft", "proposed") or word in usual_forms(state))


def _styles(forms: Mapping[_T, Iterable[str]]) -> Mapping[_T, Style]:
    return {key: Style.most(found) for key, found in forms.items()}


def spelling_key(status: Status) -> tuple[str, bool]:
    """What statuses have in common whose capitals can be compared: the word, and whether it is a value of front matter."""
    return status.word, status.field.place == "front-matter"


_ISO = lazy.regex(dates.blank(r"\b{y}-{m}-{d}\b"))
"""How templates ask for dates in ISO 8601."""
_OPTIONAL = lazy.regex(any_of("optional"), re.IGNORECASE)


def section_key(section: Section) -> str:
    """What a section is compared by: its role, or its folded name where it plays none that is known."""
    return section.role or fold(section.name)


def section_keys(record: Facts) -> Iterator[str]:
    """The keys of all sections of a file, in their order."""
    return (role or fold(name) for name, role, _ in record.sections.heads)


def _choices(template: Record) -> list[str]:
    """The statuses among which a template's status line lets one choose."""
    field = template.field("status")
    if field is None or not status.lists_choices(field.value):
        return []
    parts = [_without_remark(part.lstrip(" [({<")).strip(" {}[]()<>*_`\"'…") for part in status.CHOICE.split(field.value)]
    return _listed_states([part for part in parts if part])


def _without_remark(choice: str) -> str:
    """A choice without what stands in brackets behind it."""
    above, newline, line = choice.rpartition("\n")
    return above + newline + re.split(r"[\[({<]", line, maxsplit=1)[0]


def _listed_states(words: Sequence[str]) -> list[str]:
    """The statuses of a list that a team has written down, its own words among them; empty where the list is of something else."""
    short = [word for word in words if word.count(" ") <= 2]
    known = [word for word in short if status.leading_word(fold(word))]
    return short if len(known) >= 2 and 2 * len(known) >= len(words) else []


def _expected(
    records: Sequence[Facts], templates: Sequence[Record], config: Config, kin: Sequence[Facts]
) -> tuple[Expected, ...]:
    grown = [record for record in records if record.sections]
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    levels: defaultdict[str, Counter[int]] = defaultdict(Counter)
    places: defaultdict[str, list[float]] = defaultdict(list)
    having: Counter[str] = Counter()
    roles: dict[str, str | None] = {}
    for record in grown:
        seen = set()
        for position, (name, role, level) in enumerate(record.sections.heads):
            key = role or fold(name)
            if key in seen:
                continue
            seen.add(key)
            having[key] += 1
            roles.setdefault(key, role)
            names[key][name] += 1
            levels[key][level] += 1
            places[key].append(position / len(record.sections))
    in_template: dict[str, Section] = {}
    asked: dict[str, str] = {}
    optional: set[str] = set()
    for template in templates:
        for section in template.sections:
            if _OPTIONAL.search(section.heading.text.of(template.text) + _first_lines(template, section)):
                optional.add(section_key(section))
            else:
                in_template.setdefault(section_key(section), section)
                if isinstance(template, Described):
                    asked.setdefault(section_key(section), posixpath.basename(template.path))
    if config.required_sections:
        return tuple(
            Expected(name, role, 2, having[key], len(grown), in_template=False)
            for name in config.required_sections
            for role in [metadata.section_role(name)]
            for key in [role or fold(name)]
        )
    others = [set(section_keys(record)) for record in kin if record.sections]
    found = []
    for key, count in having.items():
        share = (
            BACKED if (key in asked and roles[key] is not None) or (key in in_template and roles[key] not in CORE) else COMMON
        )
        everywhere = (count + sum(key in keys for keys in others)) / (len(grown) + len(others))
        if others and everywhere < share:
            continue
        level = levels[key].most_common(1)[0][0]
        backed = key in in_template and count >= (BACKED if len(grown) < FEW else share) * len(grown)
        # One page that speaks for several logs is borne out by all of them together
        backed = backed or (key in asked and bool(others) and roles[key] in CORE and 2 * count >= len(grown) >= FEW)
        is_free = key in optional and key not in in_template
        common = len(grown) >= FEW and count >= COMMON * len(grown) and count >= FEW and not is_free
        if (backed or common) and (level <= 2 or roles[key] in CORE) and key not in ("status", "date"):
            found.append(
                (
                    sum(places[key]) / len(places[key]),
                    Expected(
                        names[key].most_common(1)[0][0],
                        roles[key],
                        level,
                        count,
                        len(grown),
                        key in in_template,
                        asked.get(key, ""),
                    ),
                )
            )
    found.sort(key=lambda pair: pair[0])
    ordered = [expected for _, expected in found]
    if len(grown) < FEW:
        _complete(ordered, in_template, having, len(grown), asked)
    return tuple(ordered)


def _complete(
    ordered: list[Expected], in_template: dict[str, Section], having: Counter[str], size: int, asked: dict[str, str]
) -> None:
    """Adds what the template alone has, each behind the section that it follows there."""
    at = 0
    for key, section in in_template.items():
        place = next((index for index, expected in enumerate(ordered) if expected.is_met_by(section)), None)
        if place is not None:
            at = place + 1
        elif key not in having and section.level <= 2 and key not in ("status", "date"):
            ordered.insert(
                at,
                Expected(section.name, section.role, section.level, 0, size, in_template=True, asked_by=asked.get(key, "")),
            )
            at += 1


def _first_lines(template: Record, section: Section) -> str:
    """The beginning of what stands under a template's heading, where it says that the section is optional."""
    return section.own.of(template.text)[:120].split("\n\n")[0] if section.own.start < section.own.end else ""


def _is_month_first(records: Sequence[Facts]) -> bool:
    """Whether the dates of the log whose order is certain put the month first."""
    votes = 0
    for record in records:
        date = record.date
        if date is not None and date.month_first is not None:
            votes += 1 if date.month_first else -1
        elif date is not None and (proved := dates.nearer(date, record.name.date)) is not None:
            votes += 1 if proved == date.other else -1
    return votes > 0


def _links(records: Sequence[Facts], known: Container[str], links: Sequence[LinkForm]) -> dict[str, Style]:
    """How the records name and link each other."""
    forms = ["bare" for record in records for _ in _outside_title(record)]
    forms += [
        "link"
        for record in records
        for mention in record.mentions
        if mention.path and mention.path.casefold().endswith(SUFFIXES) and _is_records(stem_of(mention.path), known)
    ]
    return {
        "mention": Style.most(forms),
        "relations": Style.most(
            "bare" if related.mention.path is None else "link"
            for record in records
            for related in record.relations
            if related.field is not None and related.field.place != "front-matter"
        ),
        "link_text": Style.most(link.text for link in links),
        "link_path": Style.most(link.path for link in links),
    }


def _forms(records: Sequence[Facts], known: Container[str]) -> list[LinkForm]:
    """How links to records are written; those to other files are worded by what these are about."""
    return [link for record in records for link in record.links if _is_records(link.stem, known)]


def _is_records(stem: str, known: Container[str]) -> bool:
    """Whether a file's name is that of a record: of one that is known, or with a number as records of other logs have."""
    if stem in known:
        return True
    name = parse_stem(stem)
    return name.number is not None and (bool(name.prefix) or len(name.digits) >= FEW)


def _outside_title(record: Facts) -> Iterator[Mention]:
    """The bare names of records in a record, but for those in its title."""
    title = record.heading.span if record.heading else Span(0, 0)
    return (mention for mention in record.mentions if mention.form == "bare" and not title.covers(mention.span))


def _bare(records: Iterable[Facts]) -> Iterator[Mention]:
    """The bare names of records of plain numbers."""
    return (mention for record in records for mention in _outside_title(record) if mention.series == "ADR")


@dataclass(frozen=True, eq=False)
class Described(Record):
    """What a log's own page, its README say, asks of the records, written out as the template that this amounts to."""


_NAMED = lazy.regex(r"^[\W\d_]*(?P<name>[^\W\d_][^:：–—(（\n]{1,40}?)[ \t]*(?:[:：(（]|[ \t][-–—]|$)")
"""The name with which an item of a description opens: ``**Context** - what …``, ``1. Context: …``."""
_BLANK = lazy.regex(
    rf"\b(?:X{{2,}}|N{{2,}}|n{{3,}})\b|\bYYYY\b|^#[^\S\r\n](?:[^\w\r\n]|[\d_])*{one_of(words_for('sections', 'title'))}\b"
    r"|^#[^\S\r\n].*[\[{<]|^[^\w\n]*(?:\w+[^\w\n]+)?\w+ \| \w+ \| \w+",
    re.IGNORECASE | re.MULTILINE,
)
"""What a text still leaves open that is a template, not an example."""
_STATES = lazy.regex(rf"(?<!\w){any_of('states')}(?!\w)", re.IGNORECASE)


def described(page: Record) -> tuple[Described, ...]:
    """What a page of a log says that its records should be like; empty where it says nothing of it.

    Read are a template in a code block, a list of the parts of a record (``* **Context** - what …``), a sentence that names them
    ("each ADR keeps **Context**, **Decision** and **Consequences**") and a list of statuses below a heading that says so.
    """
    blocks = tuple(_describing(page))
    found = [template for block in blocks if (template := _fenced(page, block))]
    listed = [name for block in blocks if block.kind == "list" for name in _listed(page, block)]
    told = [
        name
        for block in blocks
        if block.kind == "paragraph"
        for sentence in _SENTENCES.split(page.document.plain(block.span))
        for name in _told(sentence)
    ]
    names: dict[str, str] = {}
    for name in listed or told:
        names.setdefault(metadata.section_role(name) or fold(name), name)
    states = dict.fromkeys(
        word
        for block in blocks
        if block.kind == "paragraph"
        for sentence in _SENTENCES.split(page.document.plain(block.span))
        for word in _enumerated(sentence)
    )
    for section in page.sections:
        if _STATES.search(section.name):
            states.update(dict.fromkeys(word for block in page.blocks_in(section.own) for word in _states(page, block)))
    text = f"## Status\n\n{' | '.join(states)}\n\n" if len(states) >= FEW else ""
    text += "".join(f"## {name[:1].upper()}{name[1:]}\n\n" for name in names.values())
    if text:
        found.append(Described(page.path, text))
    return tuple(found)


def _describing(page: Record) -> Iterator[Block]:
    """The blocks of a page that may say what a record is like, those inside others included: not what is in the long lists of an index."""
    ahead = list(reversed(page.document.blocks))
    while ahead:
        block = ahead.pop()
        if block.kind not in ("list", "table") or len(block.children) <= LONG:
            yield block
            ahead += reversed(block.children)


def _fenced(page: Record, block: Block) -> Described | None:
    """The template that a code block holds, None where it holds none."""
    if block.kind != "block_code" or block.content is None:
        return None
    template = Described(page.path, block.content.of(page.text))
    roles = {section.role for section in template.sections}
    return template if len(roles & set(CORE)) >= 2 and _BLANK.search(template.text) else None


def _listed(page: Record, block: Block) -> list[str]:
    """The sections that a list names item by item as the parts of a record; empty for any other list."""
    names = []
    for item in block.children:
        line = page.document.plain(Span(item.span.start, item.children[0].span.end if item.children else item.span.end))
        match = _NAMED.match(line)
        if match and metadata.section_role(match["name"]) and not _OPTIONAL.search(line):
            names.append(match["name"].strip())
    return _parts(names)


_SENTENCES = lazy.regex(r"(?<=[.!?。])\s+")
_JOINING = any_of("conjunctions", "disjunctions")
_PIECES = lazy.regex(rf",[ ]?(?:{_JOINING}[ ])?|[ ]{_JOINING}[ ]|[:：;、，][ ]?|\.[ ]", re.IGNORECASE)
_AROUND_NAME = lazy.regex(rf"^{any_of('articles', 'determiners')}[ ]|[ ]{any_of('passages')}(?!\w).*|\.$", re.IGNORECASE)
"""What a sentence puts around the name of a section: *the* Context *section*."""


def _told(text: str) -> list[str]:
    """The sections that a sentence names one after the other."""
    pieces = _PIECES.split(re.sub(r"\s+", " ", text))
    names = []
    for piece in pieces:
        name = _AROUND_NAME.sub("", piece.strip("*_`\"'“” "))
        # The first and the last of a list stand in the middle of words: "keeps Context", "Consequences sections"
        last = re.sub(r"^.*\s(?=\S+$)", "", name)
        named = next((one for one in (name, last) if metadata.section_role(one) in CORE), "")
        if named:
            names.append(named)
    return _parts(names)


def _parts(names: list[str]) -> list[str]:
    """The names, where they are all that a record needs: a text that says "decision" once names no sections."""
    roles = {metadata.section_role(name) for name in names}
    return (
        [
            name
            for name in names
            if metadata.section_role(name) not in ("status", "date", "title", "deciders", "metadata", "summary")
        ]
        if roles >= set(CORE)
        else []
    )


_BY = lazy.regex(rf"(?<![ \t])[ \t]+{any_of('by')}(?!\w).*", re.IGNORECASE)


def _enumerated(sentence: str) -> list[str]:
    """The statuses that a sentence counts up: ``A record's status is one of: proposed, accepted, withdrawn``."""
    said, colon, listed = re.sub(r"\s+", " ", sentence.replace("：", ":")).partition(":")
    if not colon or not _STATES.search(said):
        return []
    return _listed_states([word for piece in _PIECES.split(listed) if (word := piece.strip("*_`\"'“”. "))])


def _states(page: Record, block: Block) -> list[str]:
    """The statuses that a list or the first column of a table explains."""
    rows = (
        [item.children[0].span if item.children else item.span for item in block.children]
        if block.kind == "list"
        else [row.children[0].span for row in block.children if row.info == "body" and row.children]
        if block.kind == "table"
        else []
    )
    named = [match["name"].strip() for span in rows if (match := _NAMED.match(page.document.plain(span)))]
    return _listed_states([_BY.sub("", word) for word in named])
