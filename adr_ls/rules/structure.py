"""Rules on title and sections, judged by what the house expects."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType

from adr_ls.log.dialects import is_optional
from adr_ls.log.folds import Fold, Tally, count
from adr_ls.log.log import DIALECTS, dialect_of
from adr_ls.log.style import CORE, FEW, MANY, NEARLY_ALL, Expected, Style, section_key, section_keys
from adr_ls.log.workspace import question
from adr_ls.record.facts import Facts
from adr_ls.record.filename import Title
from adr_ls.record.known import facts_of
from adr_ls.record.metadata import section_role
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.rules import begun
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.rules.statuses import is_signpost
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words.lookup import ENGLISH, any_of, every, fold, spoken, without_accents, words_for
from adr_ls.words.similar import LISTED, NEAR, SLIPS, distance, is_form, is_near, is_of_letters, is_slip, is_surely
from adr_ls.write import editing

_TITLED = Tally(lambda record: (record.title is not None,))
"""How many records have a title."""
_HEADED = Tally(lambda record: (bool(record.title),) if record.heading is not None else ())
"""How many records whose title is a heading have something in it."""
_SECOND_TITLES = Tally(
    lambda record: (any(section.level == 1 for section in record.sections),) if record.heading is not None else ()
)
"""How many records whose title is a heading have another of its level."""


def _first_titles(titles: Iterable[Title | None]) -> Mapping[str, Title]:
    found: dict[str, Title] = {}
    for title in titles:
        if title is not None:
            found.setdefault(title.style, title)
    return found


_TITLE_MODELS = Fold(lambda record: record.heading_title, _first_titles)
"""For each form of title the first one that has it."""


HAVING = Tally(section_keys)
"""How many records have a section of which key."""
EMPTY = Tally(lambda record: (section_key(section) for section in record.sections if section.is_empty))
"""How many records have an empty one."""


@question
def _opening(first: str, second: str) -> Fold[bool, int]:
    """How many records have both sections, the one before the other."""

    def holds(record: Facts) -> bool:
        order = [key for key in section_keys(record) if key in (first, second)]
        return len(set(order)) == 2 and order[0] == first

    return count(holds, _opening, first, second)


_MOST_TITLED = 0.75
"""Which share of the others must have a title for one without to be a mistake: RFCs often begin with the heading *Summary*."""


@rule("warning")
def title_missing(subject: Subject) -> Iterator[Found]:
    """The record has no title.

    Lists, previews and search results show the file name instead.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    ## Context

    We need a broker.
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # Use kafka

    ## Context

    We need a broker.
    ```
    """
    record = subject.record
    is_section = record.heading is not None and _is_of_a_section(record)
    if record.heading is not None and not is_section:
        return
    if not record.text.strip() or (record.heading is None and record.title and record.plain_title is None):
        return
    if subject.siblings and subject.others(_TITLED, True) < subject.siblings * _MOST_TITLED:
        return
    if record.heading is not None:
        at, newline = record.heading.span.start, line_end(record.text)
        edit = Edit(Span(at, at), f"# {title_from_file_name(subject)}{newline}{newline}")
        fixes = (subject.fix("Add a title from the file name", edit, preferred=False),)
        yield Found(record.heading.span, f"“{record.title}” is a section; this record has no title above it.", fixes)
        return
    plain = record.plain_title
    if plain is not None:
        if subject.others(_HEADED, True) >= subject.siblings / 2:
            fix = subject.fix("Make it a heading", Edit(Span(plain.start, plain.start), "# "), preferred=False)
            yield Found(plain, "The title is no heading, so nothing shows it as one.", (fix,))
        return
    newline = line_end(record.text)
    at = record.front.body if record.front else 0
    title = f"# {title_from_file_name(subject)}{newline}{newline if record.text[at:].lstrip(' ')[:1] not in (chr(10), chr(13)) else ''}"
    yield Found(
        subject.head,
        "This record has no title (a first heading, “# …”).",
        (subject.fix("Add a title from the file name", Edit(Span(at, at), title), preferred=False),),
    )


def _is_of_a_section(record: Record) -> bool:
    """Whether what stands as the title is the name of a core section, which the record, in parts as it is, has nowhere else."""
    title, roles = record.title or "", {section.role for section in record.sections}
    role = section_role(title)
    words = set(re.findall(r"[^\W_]+", fold(record.name.slug)))
    return (
        role in CORE
        and role not in roles
        and not roles.isdisjoint(CORE)
        and bool(words)
        and words.isdisjoint(re.findall(r"[^\W_]+", fold(title)))
    )


def title_from_file_name(subject: Subject) -> str:
    """A title in the house's form, made from the record's file name."""
    record = subject.record
    slug = re.sub(r"[-_]+", " ", record.name.slug or record.name.stem).strip()
    number = f"{record.number}" if record.number is not None else ""
    style = subject.log.house.title.form if subject.log.house.title.is_settled else "plain"
    model = subject.log.of(_TITLE_MODELS).get(style)
    model = model if model is not None and model.digits else None
    head = f"{model.prefix}{model.join}{int(number):0{len(model.digits)}}{model.separator}" if model and number else ""
    return f"{head}{slug[:1].upper()}{slug[1:]}"


@rule("warning")
def title_empty(subject: Subject) -> Iterator[Found]:
    """The title is empty, or nothing but the number.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001:

    ## Context

    We need a broker.
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # Use kafka

    ## Context

    We need a broker.
    ```
    """
    record = subject.record
    if record.heading is None or _only_leads_on(record):
        return
    plain = record.document.plain(record.heading.text).strip()
    if record.title and record.title != plain:
        return
    bare = re.fullmatch(r"\W*(?:[^\W\d_]{1,8}[-_ #]{0,2})?(?P<digits>\d{1,6})\W*", plain)
    if not plain or (bare and (not record.title or int(bare["digits"]) == record.number)):
        empty, full = (subject.others(_HEADED, is_titled) for is_titled in (False, True))
        if empty + full > 1 and empty >= full:
            return  # a house that has its titles elsewhere
        span = record.heading.text
        fixes: tuple[Fix, ...] = ()
        if record.text.startswith("#", record.heading.span.start) and record.name.slug:
            line = record.lines.line_at(record.heading.span.start)
            marks = re.match(r"#+", record.text[record.heading.span.start :])
            whole = Span(record.heading.span.start, record.lines.ends[line])
            title = f"{marks[0] if marks else '#'} {title_from_file_name(subject)}"
            fixes = (subject.fix("Take the title from the file name", Edit(whole, title), preferred=False),)
        yield Found(
            span if span.start < span.end else record.heading.span, "This title says nothing; name the decision.", fixes
        )


_STUB = 8
"""How many lines of text a file has at most that only says where its record went."""


def _only_leads_on(record: Record) -> bool:
    """Whether a file under a bare number only says where to find its record: a few lines with links, and no section."""
    if record.sections or not any(mention.path for mention in record.mentions):
        return False
    return sum(1 for line in record.text.splitlines() if line.strip()) <= _STUB


@rule("info", strict="warning")
def title_multiple(subject: Subject) -> Iterator[Found]:
    """There is more than one heading of the first level.

    Sites and lists of contents take the first for the title and the second for that of another document. Not reported where other
    records do so as well, nor for sections that are written on the first level.

    ```md before
    # 1. Use Kafka

    ## Context

    We need a broker.

    # Migration plan

    We begin with orders.
    ```
    ```md after
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Migration plan

    We begin with orders.
    ```
    """
    record, title = subject.record, subject.record.heading
    if title is None or title.level > 1:
        return
    more = [section for section in record.sections if section.level == 1]
    if not more or any(section.role is not None for section in more):
        return
    several, one = (subject.others(_SECOND_TITLES, has_more) for has_more in (True, False))
    if several > (several + one) / 10:
        return
    starts = [section.heading.span.start for section in record.sections]
    for section in more:
        fixes: tuple[Fix, ...] = ()
        if record.text.startswith("#", section.heading.span.start):
            # Its own sections go one level down with it; those that every record has are none of its own
            inner = record.sections[bisect_left(starts, section.body.start) : bisect_left(starts, section.body.end)]
            own = [] if any(other.role for other in inner) else inner
            edits = [Edit(Span(at, at), "#") for at in (one.heading.span.start for one in (section, *own))]
            if all(one.level < 6 and record.text.startswith("#", one.heading.span.start) for one in own):
                fixes = (subject.fix("Make it a section", *edits, preferred=False),)
        place = Place(record.path, title.span, "the title")
        yield Found(section.heading.span, "There is a title already; make this a section.", fixes, (place,))


@rule("warning")
def section_missing(subject: Subject) -> Iterator[Found]:
    """A section is missing that the template or nearly all other records have.

    Which sections are expected, what they are called and where they stand is learned from the log itself; synonyms and translations
    count. Context, decision and consequences are reported as warnings, others as information, as are all of a record that is proposed or
    says that it is a draft, of one that is built otherwise: with none of these three, or with sections of its own, of which one may
    play the part, and of one whose neighbours by number lack the same section.

    ```md before
    -- docs/adr/template.md --
    # N. Title
    ## Context
    ## Decision
    ## Consequences
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Consequences

    We run Kafka.
    ```
    ```md after
    -- docs/adr/template.md --
    # N. Title
    ## Context
    ## Decision
    ## Consequences
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Decision

    <!-- What is the change that we are making? -->

    ## Consequences

    We run Kafka.
    ```
    """
    record = subject.record
    if is_signpost(subject) or _is_tombstone(subject) or not record.text.strip():
        return
    unfinished, log = begun.is_draft(subject, proposed=True), subject.log
    otherwise = _is_built_otherwise(subject)
    for expected in missing_sections(subject):
        if _misspelled(subject, expected) is None:
            yield Found(
                subject.head,
                f"Section “{expected.name}” is missing; {expected.evidence}.",
                (
                    subject.fix(
                        f"Insert the section “{expected.name}”",
                        editing.insert_section(record, expected, log),
                        preferred=False,
                    ),
                ),
                level="info"
                if unfinished
                or otherwise
                or _is_of_its_time(subject, expected)
                or expected.role not in CORE
                or expected.having < USUAL * expected.of
                or is_optional(log.dialect, fold(expected.name))
                else None,
            )


@question
def _lacking(key: str, series: str, first: int, last: int) -> Fold[bool, int]:
    """How many records of a series whose numbers are in a range have no section of that key."""

    def holds(record: Facts) -> bool:
        is_near = record.number is not None and first <= record.number <= last and record.series == series
        return is_near and key not in section_keys(record)

    return count(holds, _lacking, key, series, first, last)


BESIDE = 4
"""How many numbers before and behind a record tell how records were written at its time."""


def _is_of_its_time(subject: Subject, expected: Expected) -> bool:
    """Whether two of the records next to this one lack the section as well: then it came, or went, with a custom."""
    record = subject.record
    if record.number is None:
        return False
    key = expected.role or fold(expected.name)
    near = _lacking(key, record.series, record.number - BESIDE, record.number + BESIDE)
    return subject.log.of(near) > FEW - 1  # itself among them


USUAL = 0.8
"""The share of records that must have a section for one without it to be an exception, whatever a page or template asks for."""


def _is_built_otherwise(subject: Subject) -> bool:
    """Whether a record follows a plan of its own: it has none of the core parts, or sections that the house does not know.

    Each of these may play the part of one that is missing, in words that only its author knows.
    """
    own = [section for section in subject.record.sections if not section.is_empty]
    house = {fold(expected.name) for expected in subject.log.house.sections}
    return not any(section.role in CORE for section in own) or any(
        section.role is None
        and fold(section.name) not in house
        and not any(_takes_part(section.name, expected) for expected in subject.log.house.sections)
        for section in own
        if section.heading.level == 2
    )


def _is_tombstone(subject: Subject) -> bool:
    """Whether a record was cut to a note of what took its place: it is superseded, and nothing of what it decided is left."""
    canonical = subject.workspace.canonical(subject.record)
    return canonical in ("superseded", "deprecated") and not any(section.role in CORE for section in subject.record.sections)


def missing_sections(subject: Subject) -> list[Expected]:
    """The sections that the house expects and the record lacks, in the house's order."""
    keys = {section_key(section) for section in subject.record.sections}
    fields = {field.role for field in subject.record.fields}
    unnamed = [
        expected
        for expected in subject.log.house.sections
        if (expected.role or fold(expected.name)) not in keys and expected.role not in fields
    ]
    if not unnamed:  # as of nearly all records
        return []
    names = {fold(field.key) for field in subject.record.fields if field.place != "front-matter"}
    plain = {without_accents(fold(section.name)) for section in subject.record.sections}
    return [
        expected
        for expected in unnamed
        if not any(_is_former(fold(section.name), fold(expected.name)) for section in subject.record.sections)
        and not any(_takes_part(section.name, expected) for section in subject.record.sections)
        and fold(expected.name) not in names
        and without_accents(fold(expected.name)) not in plain  # as those write it whose keyboard has no accents
    ]


_PARTED = lazy.regex(rf"[/&+,;:()（）、|]|\s[-–—]+\s|\s{any_of('conjunctions', 'disjunctions')}\s", re.IGNORECASE)
_COUNTED = lazy.regex(r"(?:(?<![\s_#.-])[\s_#.-]+)?(?:(?<!\d)\d+|(?<=[\s-])[a-zA-Z])$")
"""The number or letter of one of several sections of a kind: ``Decision-1``, ``Decision B``."""
_PREPOSITION = lazy.regex(any_of("prepositions"), re.IGNORECASE)


def _takes_part(name: str, expected: Expected) -> bool:
    """Whether a heading names an expected section among other words: ``Consequences / trade-offs``, ``Key Decisions``, ``Decision-1``."""
    return any(_is_kind_of(_COUNTED.sub("", piece), expected) for each in _PARTED.split(name) if (piece := each.strip()))


@cache
def _english_names() -> frozenset[str]:
    """What sections are called in English, folded."""
    return frozenset(fold(word) for words in ENGLISH.sections.values() for word in words)


def _is_kind_of(name: str, expected: Expected) -> bool:
    """Whether a name is that of an expected section, or one with more words around its noun: ``Technical Context``, ``Contexte technique``."""
    words = name.split()
    if not words:
        return False
    nouns = {name, words[-1]}
    if len(words) > 1 and (_PREPOSITION.fullmatch(words[1]) or fold(words[0]) not in _english_names()):
        nouns.add(words[0])  # what a noun is for stands behind it, in most languages all that describes it
    wanted = fold(expected.name)
    return any(fold(noun) == wanted or (expected.role and section_role(noun) == expected.role) for noun in nouns)


@rule("warning")
def section_misspelled(subject: Subject) -> Iterator[Found]:
    """A heading is nearly, but not quite, the name of an expected section.

    Whoever looks for the section by its name, in an editor, a search or a site's table of contents, misses it. Names in Chinese,
    Japanese and Korean are left alone: one sign more or less makes another word of them.

    ```md before
    -- docs/adr/template.md --
    # N. Title
    ## Context
    ## Consequences
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Consequenses

    We run Kafka.
    ```
    ```md after
    -- docs/adr/template.md --
    # N. Title
    ## Context
    ## Consequences
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Consequences

    We run Kafka.
    ```
    """
    told: set[Span] = set()
    for expected in missing_sections(subject):
        span = _misspelled(subject, expected)
        if span is not None:
            yield Found(
                span,
                f"Did you mean “{expected.name}”? {expected.evidence[0].upper()}{expected.evidence[1:]}.",
                (
                    subject.fix(
                        f"Change to “{expected.name}”",
                        Edit(span, expected.name),
                        preferred=is_surely(fold(span.of(subject.record.text)), fold(expected.name)),
                    ),
                ),
            )
            told.add(span)
    yield from _slips(subject, told)


_USUAL = ("status", "context", "decision", "consequences", "alternatives", "drivers", "rationale", "references")


def _slips(subject: Subject, told: set[Span]) -> Iterator[Found]:
    """Headings that nobody else here has, and that are nearly a section's usual name where the record has no such section."""
    record, habits = subject.record, subject.log.habits
    roles = {section.role for section in record.sections}
    names, english = (_usual_names(language) for language in (subject.log.house.language.name, "English"))
    for section in record.sections:
        folded = fold(section.name)
        if (
            section.role is not None
            or section.level > 3
            or len(folded) < 5
            or not is_of_letters(folded)
            or habits.has_heading(folded, 2)
        ):
            continue
        likely = {word: role for word, role in names.items() if word[0] == folded[0] and abs(len(word) - len(folded)) <= 2}
        at = section.heading.text.of(record.text).find(section.name)
        span = Span(section.heading.text.start + at, section.heading.text.start + at + len(section.name))
        if at < 0 or span in told or any(is_form(folded, word) for word in likely):
            continue
        meant = [
            word
            for word, role in likely.items()
            if role not in roles and is_slip(folded, word, slips=SLIPS if word in english else 1)
        ]
        if meant:
            near = min(meant, key=lambda word: distance(folded, word))
            right = next((style.form for style in habits.names.values() if fold(style.form) == near), "")
            right = right or (near.title() if section.name.istitle() and " " in near else near[:1].upper() + near[1:])
            fix = subject.fix(f"Change to “{right}”", Edit(span, right))
            yield Found(span, f"Did you mean “{right}”? Nothing else here is called “{section.name}”.", (fix,))


@cache
def _usual_names(language: str) -> Mapping[str, str]:
    """The usual names of sections, folded, in English and a language of that name, with the part that each plays."""
    found = {
        word: role
        for known in spoken(language)
        for role in _USUAL
        for word in known.sections.get(role, ())
        if len(word) >= 7 or word == "status"
    }
    return MappingProxyType(found)


def _misspelled(subject: Subject, expected: Expected) -> Span | None:
    """The heading that was probably meant to be the expected section."""
    for section in subject.record.sections:
        if section.role is None:
            at = section.heading.text.of(subject.record.text).find(section.name)
            name = fold(section.name)
            if (
                at >= 0
                and _is_nearly(name, fold(expected.name))
                and not _is_used_by_several(subject, name)
                and not _is_former(name, fold(expected.name))
            ):
                return Span(section.heading.text.start + at, section.heading.text.start + at + len(section.name))
    return None


def _is_former(name: str, expected: str) -> bool:
    """Whether a heading says of an expected section that what stands below is that of before: ``Original Alternatives``."""
    first, _, rest = name.partition(" ")
    return rest == expected and first in every("whole")


def _is_used_by_several(subject: Subject, name: str) -> bool:
    """Whether several records call a section so, of this log and those beside it: then they mean it."""
    if subject.log.habits.has_heading(name, FEW):
        return True
    return sum(log.habits.headings.get(name, 0) for log in subject.workspace.logs) >= FEW


_EMPTY = lazy.regex(r"\s*(?:(?:\.{3,}|…|(?:[-*+]|1[.)])(?:\s+[-*+])*)\s*)?")
"""What stands in a section without text: nothing, the dots of one to be written, or items without a word."""


def _is_open_yet(subject: Subject, section: Section) -> bool:
    """Whether a section is for what will be decided, in a proposal that says above it what is proposed."""
    return (
        section.role == "decision"
        and subject.workspace.canonical(subject.record) in ("proposed", "draft")
        and any(other.role == "decision" and not other.is_empty for other in subject.record.sections)
    )


def _is_left_out(record: Record, section: Section) -> bool:
    """Whether a part of a section has no text though others beside it have some; where none has, the headings are a list."""
    around = [other for other in record.sections if other.level < section.level and other.body.covers(section.heading.span)]
    return any(
        other.level == section.level and (not around or around[-1].body.covers(other.heading.span)) and not other.is_empty
        for other in record.sections
    )


def _is_nearly(one: str, other: str) -> bool:
    """Whether a folded name is nearly another one, in each of its words where both have as many."""
    if not (is_of_letters(one) and is_of_letters(other)):
        return False
    words, others = one.split(), other.split()
    alike = len(words) != len(others) or all(is_near(*pair, LISTED) for pair in zip(words, others, strict=True))
    return alike and is_near(one, other, NEAR)


@rule("warning")
def section_empty(subject: Subject) -> Iterator[Found]:
    """A heading has nothing under it.

    Either something was forgotten, or the heading was: an optional section without content is best removed. Not reported where leaving
    that section empty is the custom of the house, and only as information in a record that says that it is a draft.

    ```md before
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Alternatives

    ## Consequences

    We run Kafka.
    ```
    """
    record = subject.record
    links = {link.span for link in record.document.links}
    is_begun = cache(partial(begun.is_begun, subject))
    is_draft = cache(partial(begun.is_draft, subject, proposed=False))
    blank = [section.body.end for section in record.sections if _EMPTY.fullmatch(section.body.of(record.text))]
    glued = [
        section
        for section in record.sections
        if _is_glued(record, section) and (section.heading.span.start in blank or section.body.end in blank)
    ]
    if glued:
        yield _unglued(subject, glued, "hint" if is_begun() else "info" if is_draft() else None)
    starts = {section.heading.span.start for section in glued}
    ends = {section.body.end for section in record.sections if section.body.end in starts and section not in glued}
    for section in record.sections:
        if (
            section.heading.span.start in starts
            or section.body.end in ends
            or not _EMPTY.fullmatch(section.body.of(record.text))
            or section.role == "status"
            or (section.level > 2 and section.role is None and not _is_left_out(record, section))
            or section.heading.text in links  # what it leads to is its text
            or _is_open_yet(subject, section)
            or (
                section.heading.plain.rstrip().endswith((":", "：")) and record.text[section.body.end :].strip()
            )  # what follows is its text
        ):
            continue
        key = section_key(section)
        having, empty = (subject.log.of(tally)[key] - 1 for tally in (HAVING, EMPTY))  # without itself
        if having < 3 or empty < 0.2 * having:
            fixes: tuple[Fix, ...] = ()
            if not any(expected.is_met_by(section) for expected in subject.log.house.sections):
                lines = (record.lines.line_at(at) for at in (section.heading.span.start, max(0, section.body.end - 1)))
                edit = editing.without_lines(record, *lines)
                fixes = (subject.fix("Remove the heading", edit, preferred=False),)
            is_minor = (section.level > 2 and section.role is None) or (
                section.role not in CORE and record.text.startswith("# ", section.body.end)
            )
            level: Level | None = "info" if is_minor or is_draft() else None
            level = "hint" if is_begun() else level
            yield Found(section.heading.span, f"Section “{section.name}” is empty.", fixes, level=level)


def _is_glued(record: Record, section: Section) -> bool:
    """Whether a section's heading is a paragraph, of which the dashes right below it made one."""
    written = section.heading.span.of(record.text).rstrip()
    start = written.rfind("\n") + 1
    plain = section.heading.plain.rstrip()
    is_text = plain.endswith((".", "!", "?", "。")) or len(plain) > _SENTENCE or written.count("\n") > 1
    return bool(start) and is_text and set(written[start:].strip()) == {"-"}


def _unglued(subject: Subject, glued: Sequence[Section], level: Level | None) -> Found:
    """What is told of the paragraphs that became headings, once in a file."""
    record, first = subject.record, glued[0]
    edits = []
    for section in glued:
        written = section.heading.span.of(record.text).rstrip()
        at = section.heading.span.start + written.rfind("\n") + 1
        edits.append(Edit(Span(at, at), line_end(record.text)))
    above = next((one for one in record.sections if one.body.end == first.heading.span.start and one.own == one.body), None)
    what = f"The text of “{above.name}”" if above is not None and _EMPTY.fullmatch(above.body.of(record.text)) else "This text"
    said = f"{what} became a heading by the dashes right below it; put a blank line between them."
    more = (
        f" So it is in {len(glued) - 1} more places."
        if len(glued) > 2
        else " So it is in one more place."
        if len(glued) == 2
        else ""
    )
    fix = subject.fix("Put a blank line before the dashes", *edits, preferred=False)
    span = above.heading.span if above is not None and what != "This text" else first.heading.span
    return Found(span, said + more, (fix,), level=level)


_SENTENCE = 120
"""From how many characters on a heading is no heading but a paragraph."""


@rule("info", strict="warning")
def title_format(subject: Subject) -> Iterator[Found]:
    """The title is not written as nearly all others of its log.

    Searches and tools that read numbers off titles miss it, and lists of titles look uneven.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    -- docs/adr/0004-use-regions.md --
    # ADR-0004: Use regions
    -- docs/adr/0005-use-linux.md --
    # ADR-0005: Use Linux
    -- docs/adr/0006-use-git.md --
    # ADR-0006: Use Git
    -- docs/adr/0007-use-tests.md --
    # ADR-0007: Use tests
    -- docs/adr/0008-use-docs.md --
    # ADR-0008: Use docs
    -- docs/adr/0009-use-hooks.md --
    # ADR-0009: Use hooks
    -- docs/adr/0010-use-colours.md --
    # 10. Use colours
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    -- docs/adr/0004-use-regions.md --
    # ADR-0004: Use regions
    -- docs/adr/0005-use-linux.md --
    # ADR-0005: Use Linux
    -- docs/adr/0006-use-git.md --
    # ADR-0006: Use Git
    -- docs/adr/0007-use-tests.md --
    # ADR-0007: Use tests
    -- docs/adr/0008-use-docs.md --
    # ADR-0008: Use docs
    -- docs/adr/0009-use-hooks.md --
    # ADR-0009: Use hooks
    -- docs/adr/0010-use-colours.md --
    # ADR-0010: Use colours
    ```
    """
    record, style, title = subject.record, subject.log.house.title, subject.record.heading_title
    if not style.is_custom or title is None or record.heading is None or not title.text or title.style == style.form:
        return
    model = subject.log.of(_TITLE_MODELS).get(style.form)
    if model is None or (title.digits and title.prefix != model.prefix and model.prefix and title.prefix):
        return  # a series of its own
    fixes: tuple[Fix, ...] = ()
    at = record.heading.text.of(record.text).rfind(title.text)
    if at >= 0 and (record.number is not None or not model.digits):
        head = f"{model.prefix}{model.join}{record.number:0{len(model.digits)}}{model.separator}" if model.digits else ""
        edit = Edit(Span(record.heading.text.start, record.heading.text.start + at), head)
        fixes = (subject.fix(f"Write “{head}{title.text}”", edit, preferred=False),)
    yield Found(record.heading.text, f"{style.having} of {style.of} titles here are written like “{style.form}”.", fixes)


@rule("warning")
def section_duplicate(subject: Subject) -> Iterator[Found]:
    """A section occurs twice.

    Links lead to the first, and readers who look for the section stop there. Mostly a part of the record was copied, or two branches
    were merged. Only the outermost sections are looked at, not those of each option; that one which is the team's own has the name of
    another is only information. A section that says the same again is removed by *fix all*; others are yours to merge.

    ```md before
    # 1. Use Kafka

    ## Context

    We need a broker.

    ## Decision

    We use Kafka.

    ## Context

    We need a fast broker.
    ```
    """
    outermost = min((section.level for section in subject.record.sections), default=0)
    record = subject.record
    seen: dict[str, Section] = {}
    for section in record.sections:
        if section.level == outermost and (section.role is not None or not _recurs(section.name)):
            first = seen.setdefault(fold(section.name), section)
            if first is not section:
                place = Place(record.path, first.heading.span, "the first of that name")
                fixes: tuple[Fix, ...] = ()
                if section.body.of(record.text).split() == first.body.of(record.text).split():
                    lines = (record.lines.line_at(at) for at in (section.heading.span.start, max(0, section.body.end - 1)))
                    fixes = (subject.fix("Remove the second one", editing.without_lines(record, *lines)),)
                level: Level | None = "info" if section.role is None else None
                yield Found(section.heading.span, f"There is a section “{section.name}” already.", fixes, (place,), level=level)


def _recurs(name: str) -> bool:
    """Whether there may be a section of that name each time something is added to a record: *Update*, *Amendment*."""
    return fold(name)[:_STEM] in _added()


_STEM = 5
"""How many letters of a word its forms have in common."""


@cache
def _added() -> frozenset[str]:
    words = (*words_for("relations", "amends", "amended_by"), *words_for("fields", "updated"), *every("addenda"))
    return frozenset(word[:_STEM] for word in words)


@rule("hint", strict="info")
def section_order(subject: Subject) -> Iterator[Found]:
    """Two sections stand in another order than in nearly all other records.

    Readers who know one record of the log find their way in all of them.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    ## Context
    It is so.
    ## Decision
    We do it.
    -- docs/adr/0002-b.md --
    # 2. B
    ## Context
    It is so.
    ## Decision
    We do it.
    -- docs/adr/0003-c.md --
    # 3. C
    ## Context
    It is so.
    ## Decision
    We do it.
    -- docs/adr/0004-d.md --
    # 4. D
    ## Context
    It is so.
    ## Decision
    We do it.
    -- docs/adr/0005-e.md --
    # 5. E
    ## Context
    It is so.
    ## Decision
    We do it.
    -- docs/adr/0006-f.md --
    # 6. F
    ## Decision
    We do it.
    ## Context
    It is so.
    ```
    """
    expected = [section.role or fold(section.name) for section in subject.log.house.sections]
    first: dict[str, Section] = {}
    for section in subject.record.sections:
        first.setdefault(section_key(section), section)
    for one, other in pairwise(section for key, section in first.items() if key in expected):
        keys = section_key(one), section_key(other)
        if expected.index(keys[0]) <= expected.index(keys[1]):
            continue
        usual, same = subject.log.of(_opening(keys[1], keys[0])), subject.log.of(_opening(*keys)) - 1  # without itself
        if usual + same >= MANY and usual >= NEARLY_ALL * (usual + same):
            said = f"“{other.name}” stands before “{one.name}” in {usual} of {usual + same} other records here."
            yield Found(one.heading.span, said, related=(Place(subject.record.path, other.heading.span, "the other section"),))


@rule("hint", strict="info")
def section_level(subject: Subject) -> Iterator[Found]:
    """A section stands on another level than in nearly all other records.

    It is folded, numbered and listed as a part of the section before it, or as one that is not its part any more.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0002-b.md --
    # 2. B
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0003-c.md --
    # 3. C
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0004-d.md --
    # 4. D
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0005-e.md --
    # 5. E
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0006-f.md --
    # 6. F
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0007-g.md --
    # 7. G
    ## Context
    It is so.
    ### Alternatives Considered
    None.
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0002-b.md --
    # 2. B
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0003-c.md --
    # 3. C
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0004-d.md --
    # 4. D
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0005-e.md --
    # 5. E
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0006-f.md --
    # 6. F
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0007-g.md --
    # 7. G
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    ```
    """
    record, habits = subject.record, subject.log.habits
    counts = Counter(section.role for section in record.sections)
    for section in record.sections:
        if section.role is None or counts[section.role] > 1:
            continue
        style = habits.levels.get(section.role, Style())
        if not style.is_custom or style.form == str(section.level):
            continue
        fixes: tuple[Fix, ...] = ()
        marks = re.match(r"#+(?=[ \t])", record.text[section.heading.span.start :])
        if marks and section.own == section.body:
            at = section.heading.span.start
            edit = Edit(Span(at, at + len(marks[0])), "#" * int(style.form))
            fixes = (subject.fix(f"Put it on level {style.form}", edit, preferred=False),)
        said = f"“{section.name}” is on level {style.form} in {style.having} of {style.of} records here"
        yield Found(section.heading.span, f"{said}, not on level {section.level}.", fixes)


@rule("off", strict="hint")
def section_name(subject: Subject) -> Iterator[Found]:
    """A section is called otherwise than in nearly all other records: another word, or other capitals.

    adr-ls takes both for the same section; a search by the name does not.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0002-b.md --
    # 2. B
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0003-c.md --
    # 3. C
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0004-d.md --
    # 4. D
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0005-e.md --
    # 5. E
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0006-f.md --
    # 6. F
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0007-g.md --
    # 7. G
    ## Context
    It is so.
    ## Alternatives considered
    None.
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0002-b.md --
    # 2. B
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0003-c.md --
    # 3. C
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0004-d.md --
    # 4. D
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0005-e.md --
    # 5. E
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0006-f.md --
    # 6. F
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    -- docs/adr/0007-g.md --
    # 7. G
    ## Context
    It is so.
    ## Alternatives Considered
    None.
    ```
    """
    record, habits = subject.record, subject.log.habits
    counts = Counter(section.role for section in record.sections)
    for section in record.sections:
        if section.role is None or counts[section.role] > 1:
            continue
        style = habits.names.get(section.role, Style())
        at = section.heading.text.of(record.text).find(section.name)
        if style.is_custom and style.form != section.name and at >= 0:
            span = Span(section.heading.text.start + at, section.heading.text.start + at + len(section.name))
            fix = subject.fix(f"Change to “{style.form}”", Edit(span, style.form), preferred=False)
            yield Found(span, f"This section is called “{style.form}” in {style.having} of {style.of} records here.", (fix,))


@rule("off", strict="hint")
def mixed_dialect(subject: Subject) -> Iterator[Found]:
    """The record is written after another template than nearly all others of its log.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A

    ## Status

    Accepted

    ## Context

    It is so.

    ## Decision

    We do it.

    ## Consequences

    It is done.
    -- docs/adr/0002-b.md --
    # 2. B

    ## Status

    Accepted

    ## Context

    It is so.

    ## Decision

    We do it.

    ## Consequences

    It is done.
    -- docs/adr/0003-c.md --
    # 3. C

    ## Status

    Accepted

    ## Context

    It is so.

    ## Decision

    We do it.

    ## Consequences

    It is done.
    -- docs/adr/0004-d.md --
    # 4. D

    ## Status

    Accepted

    ## Context

    It is so.

    ## Decision

    We do it.

    ## Consequences

    It is done.
    -- docs/adr/0005-e.md --
    # 5. E

    ## Status

    Accepted

    ## Context

    It is so.

    ## Decision

    We do it.

    ## Consequences

    It is done.
    -- docs/adr/0006-f.md --
    # 6. F

    ## Status

    Accepted

    ## Context

    It is so.

    ## Decision

    We do it.

    ## Consequences

    It is done.
    -- docs/adr/0007-g.md --
    # 7. G

    * Status: accepted

    ## Context and Problem Statement

    It is so.

    ## Considered Options

    * It
    * Something else

    ## Decision Outcome

    Chosen option: "It", because it is so.

    ### Consequences

    * Good, because it is done
    ```
    """
    log, record = subject.log, subject.record
    usual = log.dialect
    own = dialect_of(facts_of(record))
    if usual == "generic" or own in ("generic", usual) or own[:4] == usual[:4]:
        return
    same = log.count(DIALECTS, usual)
    if Style(usual, same, log.size).is_custom:
        yield Found(
            subject.head,
            f"This is written in the way of {own}; {same} of {log.size} records here are in that of {usual}.",
        )


RULES: tuple[Rule, ...] = (
    title_missing, title_empty, title_multiple, title_format, section_missing, section_misspelled, section_empty, section_duplicate,
    section_order, section_level, section_name, mixed_dialect,
)  # fmt: skip
