"""Rules on sections without text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from adr_ls.log.folds import Tally
from adr_ls.log.style import CORE, section_key, section_keys
from adr_ls.record.metadata import role_of, section_role
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.rules import begun
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words.language import ENDED
from adr_ls.write import editing

HAVING = Tally(section_keys)
"""How many records have a section of which key."""
EMPTY = Tally(lambda record: (section_key(section) for section in record.sections if section.is_empty))
"""How many records have an empty one."""
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


@rule("warning", asciidoc=True)
def section_empty(subject: Subject) -> Iterator[Found]:
    """A heading has nothing under it.

    Either something was forgotten, or the heading was: an optional section without content is best removed. Not reported where leaving
    that section empty is the custom of the house, or where the heading is metadata itself (`## Date: 2025-01-31`). A decision of which
    nothing is written but its consequences is told of, too. Where nothing at all is written below any heading, that is one report, and a
    hint for each further section. It is only information in a record that says that it is a draft or that no longer holds, and where headings of the author's own follow, which may well be
    its parts, written a level too high.

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
    links = [link.span for link in record.document.links if not link.url.startswith("#")]
    is_begun = cache(partial(begun.is_begun, subject))
    is_draft = cache(partial(begun.is_draft, subject, proposed=False))
    is_ended = subject.workspace.canonical(record) in ENDED
    blank = [section.body.end for section in record.sections if _is_blank(record, section)]
    glued = [
        section
        for section in record.sections
        if _is_glued(record, section) and (section.heading.span.start in blank or section.body.end in blank)
    ]
    if glued:
        yield _unglued(subject, glued, "hint" if is_begun() else "info" if is_draft() else None)
    level: Level | None
    for section in (one for one in record.sections if _says_what_follows_alone(record, one)):
        level = "hint" if is_begun() else "info" if is_draft() or is_ended else None
        yield Found(section.heading.span, f"Section “{section.name}” says what follows, but not what was decided.", level=level)
    starts = {section.heading.span.start for section in glued}
    ends = {section.body.end for section in record.sections if section.body.end in starts and section not in glued}
    is_untouched, told = _is_untouched(record), False
    for section in record.sections:
        if (
            section.heading.span.start in starts
            or section.body.end in ends
            or not (_is_blank(record, section) or _says_its_name(record, section))
            or section.role == "status"
            or (section.level > 2 and section.role is None and not _is_left_out(record, section))
            or _leads_on(section, links)
            or _is_metadata(section)
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
            is_minor = is_minor or is_ended or _has_parts_beside(subject, section)
            level = "info" if is_minor or is_draft() else None
            level = "hint" if is_begun() or (is_untouched and told) else level
            told = told or level is None
            said = "is empty" if _is_blank(record, section) else "says nothing but its name"
            yield Found(section.heading.span, f"Section “{section.name}” {said}.", fixes, level=level)


def _is_untouched(record: Record) -> bool:
    """Whether nothing is written below any heading of a record but its status and metadata."""
    return all(_is_blank(record, section) or section.role == "status" or _is_metadata(section) for section in record.sections)


def _is_blank(record: Record, section: Section) -> bool:
    """Whether nothing stands in a section, or what only waits for text."""
    says_nothing = section.is_empty or _EMPTY.fullmatch(section.body.of(record.text)) is not None
    return says_nothing and not record.brings_more(section.body)


def _says_what_follows_alone(record: Record, section: Section) -> bool:
    """Whether a section for the decision has nothing but parts for what follows from it, as the shortest templates have one."""
    if section.role != "decision" or section.is_empty or section.own.of(record.text).strip():
        return False
    parts = [one for one in record.sections if one.level == section.level + 1 and section.body.covers(one.heading.span)]
    return bool(parts) and all(one.role in ("consequences", "confirmation") for one in parts)


def _says_its_name(record: Record, section: Section) -> bool:
    """Whether all that stands in a section is what it is called, as a template says it in another language."""
    start, end = section.body
    if section.role is None or end - start > _NAME:
        return False
    said = section.body.of(record.text).strip()
    return "\n" not in said and section_role(said) == section.role


_NAME = 40
"""How many characters a section has at most in which nothing but its name stands."""


def _leads_on(section: Section, links: Sequence[Span]) -> bool:
    """Whether a heading is a link, or has one where no known part is called so: what it leads to is the section's text."""
    text = section.heading.text
    return text in links or (section.role is None and any(text.start <= link.start and link.end <= text.end for link in links))


def _is_metadata(section: Section) -> bool:
    """Whether a heading is a key with its value: ``Deciders: Ann, Ben``."""
    key, colon, value = section.heading.plain.partition(":")
    return bool(colon and value.strip()) and role_of(key.strip()) is not None


def _has_parts_beside(subject: Subject, section: Section) -> bool:
    """Whether what follows is a section of the same level with text, that nobody else here has and that plays no other part."""
    beside = next((one for one in subject.record.sections if one.heading.span.start == section.body.end), None)
    return (
        beside is not None
        and beside.level == section.level
        and not beside.is_empty
        and (
            beside.role == section.role is not None
            or (beside.role is None and subject.log.of(HAVING)[section_key(beside)] <= 1)
        )
    )


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


RULES: tuple[Rule, ...] = (section_empty,)
