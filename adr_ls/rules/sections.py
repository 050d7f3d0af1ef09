"""Rules on which sections a record has, judged by what the house expects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from adr_ls.log.dialects import is_optional
from adr_ls.log.folds import Fold, Tally, count
from adr_ls.log.style import CORE, FEW, NEARLY_ALL, Expected, section_key, section_keys
from adr_ls.log.workspace import question
from adr_ls.record.facts import Facts
from adr_ls.record.filename import DENSE, is_asciidoc
from adr_ls.record.metadata import section_role
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.rules import begun
from adr_ls.rules.markup import open_fence
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.rules.statuses import BESIDE, is_signpost
from adr_ls.settings.values import Level
from adr_ls.syntax import asciidoc, lazy
from adr_ls.syntax.text import Edit, Span, Stretches
from adr_ls.words.language import ENDED
from adr_ls.words.lookup import ENGLISH, any_of, every, fold, spoken, without_accents, words_for
from adr_ls.words.similar import LISTED, NEAR, SLIPS, distance, is_form, is_near, is_of_letters, is_slip, is_surely
from adr_ls.write import editing


@rule("warning", asciidoc=True)
def section_missing(subject: Subject) -> Iterator[Found]:
    """A section is missing that the template or nearly all other records have.

    Which sections are expected, what they are called and where they stand is learned from the log itself; synonyms and translations
    count. Context, decision and consequences are reported as warnings where hardly any record lacks them, others as information, as are
    all of a record that is proposed or says that it is a draft, of one that no longer holds, since nobody goes on writing it, of one
    that is built otherwise: with none of these three, with sections of its own, of which one may play the part, or with its context
    right below the title, and of one whose neighbours by number lack the same section.

    Where no template and no page asks for it, hardly any means fewer than one in ten: of eight records that lacked what between eight and
    nine of ten others had, in four collections, six were meant to be so.

    Of records in AsciiDoc only those are told that lack what nearly all others have, where all are in AsciiDoc, and none that includes other
    files, which may bring it.

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
    if is_signpost(subject) or _is_tombstone(subject) or not record.text.strip() or not record.is_whole:
        return
    if record.is_fixed and subject.log.count(_IN_ASCIIDOC, False):
        return  # what is the custom of those in Markdown, which teach it, may be none of those in AsciiDoc
    if record.is_fixed and any(asciidoc.is_attribute(section.name) for section in record.sections):
        return  # a heading that is set elsewhere may be the one
    log = subject.log
    unfinished = begun.is_draft(subject, proposed=True) or subject.workspace.canonical(record) in ENDED
    otherwise = _is_built_otherwise(subject)
    for expected in missing_sections(subject):
        if record.is_fixed and (expected.in_template or not _is_exception(subject, expected)):
            continue  # nor is a template in Markdown theirs
        if _misspelled(subject, expected) is None:
            yield Found(
                subject.head,
                f"Section “{expected.name}” is missing; {expected.evidence}.",
                _insertion(subject, expected),
                level="info"
                if unfinished
                or otherwise
                or _is_of_its_time(subject, expected)
                or expected.role not in CORE
                or (expected.role == "context" and _begins_with_prose(record))
                or not _is_exception(subject, expected)
                or is_optional(log.dialect, fold(expected.name))
                else None,
            )


_IN_ASCIIDOC = Tally(lambda record: (is_asciidoc(record.path),))
"""How many records are in AsciiDoc, and how many are not."""


def _insertion(subject: Subject, expected: Expected) -> tuple[Fix, ...]:
    """Inserts a section that is missing, where it would not stand in code that is never closed."""
    edit = editing.insert_section(subject.record, expected, subject.log)
    fence = open_fence(subject.record)
    if fence is not None and edit.span.start > fence.start:
        return ()
    return (subject.fix(f"Insert the section “{expected.name}”", edit, preferred=False),)


@question
def _lacking(key: str, series: str, first: int, last: int) -> Fold[bool, int]:
    """How many records of a series whose numbers are in a range have no section of that key."""

    def holds(record: Facts) -> bool:
        is_near = record.number is not None and first <= record.number <= last and record.series == series
        return is_near and key not in section_keys(record)

    return count(holds, _lacking, key, series, first, last)


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


def _is_exception(subject: Subject, expected: Expected) -> bool:
    """Whether a record without a section is one of few; where nobody asked for it, of very few, as a slip is rare."""
    asked = expected.in_template or bool(expected.asked_by) or bool(subject.log.config.required_sections)
    share = USUAL if asked else NEARLY_ALL
    return expected.having >= share * expected.of or (not asked and expected.having >= expected.of - 1)


def _begins_with_prose(record: Record) -> bool:
    """Whether something is told between the title and the first section: what led to the decision, where a record has no section for it."""
    first = record.sections[0].heading.span.start if record.sections else len(record.text)
    stated = Stretches([field.span for field in record.fields] + [status.span for status in record.statuses])
    return any(
        block.kind == "paragraph"
        and block.span.start < first
        and block.span.end - block.span.start >= PROSE
        and not (stated.are_in(block.span) or stated.cover(block.span))
        for block in record.document.blocks
    )


PROSE = 80
"""How many characters of a paragraph are more than a line about the record itself."""


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


_PARTED = lazy.regex(
    rf"[/&+,;:()（）、|]|\s[-–—]+\s|\s{any_of('conjunctions', 'disjunctions')}\s"
    rf"|(?<=[{DENSE}]){any_of('conjunctions', 'disjunctions')}(?=[{DENSE}])",
    re.IGNORECASE,
)
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


@rule("warning", asciidoc=True)
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
                        # Another sign may be another word: what was before, and what comes after
                        preferred=is_of_letters(expected.name)
                        and is_surely(fold(span.of(subject.record.text)), fold(expected.name)),
                    ),
                ),
            )
            told.add(span)
    for found in _slips(subject, told):
        told.add(found.span)
        yield found
    yield from _slips_of_others(subject, told)


_USUAL = ("status", "context", "decision", "consequences", "alternatives", "drivers", "rationale", "references")


def _slips(subject: Subject, told: set[Span]) -> Iterator[Found]:
    """Headings that nobody else here has, and that are nearly a section's usual name where the record has no such section."""
    record, habits = subject.record, subject.log.habits
    roles = {section.role for section in record.sections}
    language = subject.log.house.language.name
    english = _usual_names("English")
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
        likely = _usual_like(language, folded[0], len(folded))
        if roles.issuperset(role for _, role in likely):
            continue
        at = section.heading.text.of(record.text).find(section.name)
        span = Span(section.heading.text.start + at, section.heading.text.start + at + len(section.name))
        if at < 0 or span in told or any(is_form(folded, word) for word, _ in likely):
            continue
        meant = [
            word for word, role in likely if role not in roles and is_slip(folded, word, slips=SLIPS if word in english else 1)
        ]
        if meant:
            near = min(meant, key=lambda word: distance(folded, word))
            right = next((style.form for style in habits.names.values() if fold(style.form) == near), "")
            right = right or (near.title() if section.name.istitle() and " " in near else near[:1].upper() + near[1:])
            fix = subject.fix(f"Change to “{right}”", Edit(span, right))
            yield Found(span, f"Did you mean “{right}”? Nothing else here is called “{section.name}”.", (fix,))


def _slips_of_others(subject: Subject, told: set[Span]) -> Iterator[Found]:
    """Headings that nobody else here has, of which one word is a slip in the name of a section of the template, or of several records."""
    record, habits = subject.record, subject.log.habits
    own = {fold(section.name) for section in record.sections}
    known: dict[str, str] | None = None
    alike: dict[tuple[str, int], list[str]] = {}
    for section in record.sections:
        folded = fold(section.name)
        if section.role is not None or len(folded) < _LONG or not is_of_letters(folded) or habits.has_heading(folded, 2):
            continue
        if known is None:
            known = dict(habits.familiar)
            known |= {fold(one.name): one.name for template in subject.log.templates for one in template.sections}
            for name in known.keys() - own:
                alike.setdefault((name[:1], len(name)), []).append(name)
        near = (name for more in (-1, 0, 1) for name in alike.get((folded[0], len(folded) + more), ()))
        meant = [name for name in near if _has_slip(folded, name)]
        at = section.heading.text.of(record.text).find(section.name)
        span = Span(section.heading.text.start + at, section.heading.text.start + at + len(section.name))
        if len(meant) == 1 and at >= 0 and span not in told:
            right = known[meant[0]]
            fix = subject.fix(f"Change to “{right}”", Edit(span, right))
            yield Found(span, f"Did you mean “{right}”? Nothing else here is called “{section.name}”.", (fix,))


_LONG = 7
"""How long a word is at least in which one letter too many, too few or in another's place is a slip and hardly makes another word."""


def _has_slip(name: str, other: str) -> bool:
    """Whether two folded names differ in one long word alone, and in a letter of that."""
    words, others = name.split(), other.split()
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(pairs) != 1 or len(pairs[0][0]) < _LONG:
        return False
    return is_slip(*pairs[0], slips=1) and len({*map(without_accents, pairs[0])}) > 1


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


@cache
def _usual_like(language: str, first: str, length: int) -> tuple[tuple[str, str], ...]:
    """Those that begin with a letter and have about so many, each with its part."""
    names = _usual_names(language).items()
    return tuple((word, role) for word, role in names if word[0] == first and abs(len(word) - length) <= 2)


def _misspelled(subject: Subject, expected: Expected) -> Span | None:
    """The heading that was probably meant to be the expected section."""
    wanted = fold(expected.name)
    for section in subject.record.sections:
        if section.role is None:
            at = section.heading.text.of(subject.record.text).find(section.name)
            name = fold(section.name)
            if (
                at >= 0
                and (_is_nearly(name, wanted) or _has_wrong_sign(subject, name, wanted))
                and not _is_used_by_several(subject, name)
                and not _is_former(name, wanted)
                and not (subject.record.is_fixed and is_form(name, wanted))  # nothing there mends it, and anybody finds it
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


_SIGNS, _HAVING = 6, 4
"""How many signs of Chinese or Japanese a heading has at least in which one may be wrong, and how many records have the right one."""


def _has_wrong_sign(subject: Subject, one: str, other: str) -> bool:
    """Whether a name has another sign than one that several records have, as by a wrong choice among those that sound alike."""
    return (
        len(one) == len(other) >= _SIGNS
        and not is_of_letters(other)
        and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        and subject.log.habits.has_heading(other, _HAVING)
    )


def _is_nearly(one: str, other: str) -> bool:
    """Whether a folded name is nearly another one, in each of its words where both have as many."""
    if not (is_of_letters(one) and is_of_letters(other)):
        return False
    words, others = one.split(), other.split()
    alike = len(words) != len(others) or all(is_near(*pair, LISTED) for pair in zip(words, others, strict=True))
    return alike and is_near(one, other, NEAR)


@rule("warning")
def section_duplicate(subject: Subject) -> Iterator[Found]:
    """A section occurs twice.

    Links lead to the first, and readers who look for the section stop there. Mostly a part of the record was copied, or two branches
    were merged. Only the outermost sections are looked at, not those of each option; that one which is the team's own has the name of
    another is only information, and so is that several occur again with other text, as in a record of two decisions. A section that says
    the same again is removed by *fix all*; others are yours to merge.

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
    twice: list[tuple[Section, Section, bool]] = []
    for section in record.sections:
        if section.level == outermost and (section.role is not None or not _recurs(section.name)):
            first = seen.setdefault(fold(section.name), section)
            if first is not section:
                twice.append((section, first, section.body.of(record.text).split() == first.body.of(record.text).split()))
    several = len({fold(section.name) for section, _, same in twice if not same}) > 1
    for section, first, same in twice:
        place = Place(record.path, first.heading.span, "the first of that name")
        fixes: tuple[Fix, ...] = ()
        if same:
            lines = (record.lines.line_at(at) for at in (section.heading.span.start, max(0, section.body.end - 1)))
            fixes = (subject.fix("Remove the second one", editing.without_lines(record, *lines)),)
        level: Level | None = "info" if section.role is None or (several and not same) else None
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


RULES: tuple[Rule, ...] = (section_missing, section_misspelled, section_duplicate)
