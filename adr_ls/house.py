"""A log's house style: what its records have in common, learned from its template and the majority of its records.

Rules judge against this and nothing else; what a house does not do is never demanded. Each finding keeps its evidence, so that a
message can say "41 of 45 records have “Consequences”".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adr_ls import metadata, status
from adr_ls.config import Config
from adr_ls.languages import STATUS_WORDS, fold
from adr_ls.naming import SUFFIXES
from adr_ls.record import Record, Section
from adr_ls.text import Span

FEW = 3
"""A majority of fewer records than this says nothing."""
COMMON = 0.8
"""The share of records that have a section from which on the others are expected to."""
BACKED = 0.6
"""The same for a section that the template has too."""
CORE = ("context", "decision", "consequences")
"""The roles without which a record is hardly one."""


@dataclass(frozen=True)
class Expected:
    """A section that the house expects: its usual name and level, the role it plays if known, and the evidence."""

    name: str
    role: str | None
    level: int
    having: int
    of: int
    in_template: bool

    def is_met_by(self, section: Section) -> bool:
        """Whether that section of a record is the one expected."""
        return section_key(section) == (self.role or fold(self.name))

    @property
    def evidence(self) -> str:
        """Why it is expected, as a clause: ``41 of 45 records have it``."""
        said = f"{self.having} of {self.of} records here have it"
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

    @staticmethod
    def most(forms: Iterable[str]) -> Style:
        """The most frequent of the forms."""
        counted = Counter(forms)
        if not counted:
            return Style()
        form, having = counted.most_common(1)[0]
        return Style(form, having, counted.total())


@dataclass(frozen=True)
class House:
    """The conventions of one log; see the module. `size` is the number of records they were learned from."""

    size: int = 0
    sections: tuple[Expected, ...] = ()
    vocabulary: tuple[str, ...] = ()
    """The statuses of the house in its own spelling, the most frequent first."""
    documented: bool = False
    """Whether the vocabulary was written down (configuration, template), not only observed."""
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
    link_text: Style = Style()
    link_path: Style = Style()

    @staticmethod
    def learn(records: Sequence[Record], templates: Sequence[Record], config: Config, kin: Sequence[Record] = ()) -> House:
        """Learns from the records and templates of one log; what is configured is taken as it is.

        `kin` are records of neighbouring logs of the same people: what they do without is not demanded here either.
        """
        documented = config.statuses or tuple(word for template in templates for word in _choices(template))
        used = Counter(spelling(record) for record in records if record.status and record.status.word)
        vocabulary = tuple(
            dict.fromkeys(
                (
                    *documented,
                    *(
                        word
                        for word, count in used.most_common()
                        if word and (count >= 2 or fold(word) in map(fold, documented))
                    ),
                )
            )
        )
        read = [date for record in records if (date := record.date)]
        return House(
            size=len(records),
            sections=_expected(records, templates, config, kin),
            vocabulary=vocabulary,
            documented=bool(documented),
            status_place=Style.most(
                record.status.field.place for record in records if record.status and len(record.statuses) == 1
            ).form
            or Style.most(record.status.field.place for record in records if record.status).form,
            statuses=Style("status", sum(record.status is not None for record in records), len(records)),
            dates=Style("date", sum(record.date_field is not None for record in records), len(records)),
            date_pattern=next(
                (match[0] for template in templates if (match := re.search(r"\bYYYY-MM-DD\b", template.text))), ""
            ),
            date_form=Style.most(date.form for date in read),
            month_first=_is_month_first(records),
            title=Style.most(record.heading_title.style for record in records if record.heading_title),
            file_name=Style.most(record.name.pattern for record in records),
            **_links(records),
        )

    def spelled(self, canonical: str) -> str:
        """A status as the house spells it: its most frequent word for that state, else the English one in the house's case."""
        for word in self.vocabulary:
            if STATUS_WORDS.get(fold(word)) == canonical:
                return word
        capital = not self.vocabulary or self.vocabulary[0][:1].isupper()
        return canonical.capitalize() if capital else canonical


def section_key(section: Section) -> str:
    """What a section is compared by: its role, or its folded name where it plays none that is known."""
    return section.role or fold(section.name)


def spelling(record: Record) -> str:
    """The status word of a record as it is written there."""
    if record.status is None:
        return ""
    count = record.status.word.count(" ") + 1
    words = re.findall(r"[^\W\d_][\w'’-]*", record.status.text)[:count]
    spelled = " ".join(words)
    return spelled if fold(spelled) == record.status.word else ""


def _choices(template: Record) -> list[str]:
    """The statuses among which a template's status line lets one choose."""
    field = template.field("status")
    if field is None or not status.lists_choices(field.value):
        return []
    parts = [re.sub(r"[\[({<].*$", "", part).strip(" {}[]()<>*_`\"'…") for part in re.split(r"[|/,]|\bor\b", field.value)]
    return [part for part in parts if part and status.leading_word(fold(part))]


def _expected(
    records: Sequence[Record], templates: Sequence[Record], config: Config, kin: Sequence[Record]
) -> tuple[Expected, ...]:
    grown = [record for record in records if record.sections]
    names: dict[str, Counter[str]] = {}
    levels: dict[str, Counter[int]] = {}
    places: dict[str, list[float]] = {}
    having: Counter[str] = Counter()
    roles: dict[str, str | None] = {}
    for record in grown:
        seen = set()
        for position, section in enumerate(record.sections):
            key = section_key(section)
            if key in seen:
                continue
            seen.add(key)
            having[key] += 1
            roles.setdefault(key, section.role)
            names.setdefault(key, Counter())[section.name] += 1
            levels.setdefault(key, Counter())[section.level] += 1
            places.setdefault(key, []).append(position / len(record.sections))
    in_template: dict[str, Section] = {}
    for template in templates:
        for section in template.sections:
            optional = re.search(
                r"optional|if (?:applicable|needed|any)",
                section.heading.text.of(template.text) + _first_lines(template, section),
                re.IGNORECASE,
            )
            if not optional:
                in_template.setdefault(section_key(section), section)
    if config.required_sections:
        return tuple(
            Expected(name, role, 2, having[key], len(grown), in_template=False)
            for name in config.required_sections
            for role in [metadata.section_role(name)]
            for key in [role or fold(name)]
        )
    others = [{section_key(section) for section in record.sections} for record in kin if record.sections]
    found = []
    for key, count in having.items():
        if others and count + sum(key in keys for keys in others) < COMMON * (len(grown) + len(others)):
            continue
        level = levels[key].most_common(1)[0][0]
        backed = key in in_template and (count >= BACKED * len(grown) if len(grown) < FEW else count >= COMMON * len(grown))
        common = len(grown) >= FEW and count >= COMMON * len(grown) and count >= FEW
        if (backed or common) and (level <= 2 or roles[key] in CORE) and key not in ("status", "date"):
            found.append(
                (
                    sum(places[key]) / len(places[key]),
                    Expected(names[key].most_common(1)[0][0], roles[key], level, count, len(grown), key in in_template),
                )
            )
    found.sort(key=lambda pair: pair[0])
    ordered = [expected for _, expected in found]
    if len(grown) < FEW:
        _complete(ordered, in_template, having, len(grown))
    return tuple(ordered)


def _complete(ordered: list[Expected], in_template: dict[str, Section], having: Counter[str], size: int) -> None:
    """Adds what the template alone has, each behind the section that it follows there."""
    at = 0
    for key, section in in_template.items():
        place = next((index for index, expected in enumerate(ordered) if expected.is_met_by(section)), None)
        if place is not None:
            at = place + 1
        elif key not in having and section.level <= 2 and key not in ("status", "date"):
            ordered.insert(at, Expected(section.name, section.role, section.level, 0, size, in_template=True))
            at += 1


def _first_lines(template: Record, section: Section) -> str:
    """The beginning of what stands under a template's heading, where it says that the section is optional."""
    return section.own.of(template.text)[:120].split("\n\n")[0] if section.own.start < section.own.end else ""


def _is_month_first(records: Sequence[Record]) -> bool:
    """Whether the dates of the log whose order is certain put the month first."""
    votes = 0
    for record in records:
        field = record.date_field
        match = re.match(r"\W*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}", field.value) if field else None
        if match and record.date and record.date.form == "numeric" and match[1] != match[2]:
            votes += 1 if int(match[2]) > 12 else -1
        elif match and record.date and record.name.date and record.date.other == record.name.date:
            votes += 1
    return votes > 0


def _links(records: Sequence[Record]) -> dict[str, Style]:
    """How the records name and link each other."""
    forms, texts, paths = [], [], []
    for record in records:
        title = record.heading.span if record.heading else Span(0, 0)
        for mention in record.mentions:
            if mention.form == "bare" and not title.covers(mention.span):
                forms.append("bare")
            elif mention.path and mention.path.casefold().endswith(SUFFIXES):
                forms.append("link")
            if (
                mention.link is not None
                and mention.path
                and mention.link.kind == "inline"
                and mention.path.endswith((".md", ".markdown"))
            ):
                paths.append("./" if mention.path.startswith("./") else "")
                label = mention.link.text.of(record.text)
                texts.append(
                    "id"
                    if re.fullmatch(r"\W*[A-Za-z-]*[- #]*\d+\W*", label)
                    else "id title"
                    if re.match(r"\W*[A-Za-z-]*[- #]*\d+", label)
                    else "title"
                )
    return {"mention": Style.most(forms), "link_text": Style.most(texts), "link_path": Style.most(paths)}
