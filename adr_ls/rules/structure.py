"""Rules on title and sections, judged by what the house expects."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from adr_ls import dialects, editing
from adr_ls.house import CORE, Expected, section_key
from adr_ls.languages import fold
from adr_ls.markdown import Block
from adr_ls.record import Record
from adr_ls.rules.meta import is_signpost
from adr_ls.rules.model import Found, Rule, Subject, rule
from adr_ls.text import Edit, Span, line_end


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
    if record.title or record.heading is not None or not record.text.strip():
        return
    others = [other for other in subject.log.records.values() if other is not record]
    if others and sum(other.title is not None for other in others) < len(others) / 2:
        return
    slug = re.sub(r"[-_]+", " ", record.name.slug or record.name.stem).strip()
    number = f"{record.number}" if record.number is not None else ""
    style = subject.log.house.title.form if subject.log.house.title.is_settled else "plain"
    model = next(
        (
            other.heading_title
            for other in others
            if other.heading_title and other.heading_title.style == style and other.heading_title.digits
        ),
        None,
    )
    head = f"{model.prefix}{model.join}{int(number):0{len(model.digits)}}{model.separator}" if model and number else ""
    newline = line_end(record.text)
    at = record.front.body if record.front else 0
    title = f"# {head}{slug[:1].upper()}{slug[1:]}{newline}{newline if record.text[at:].lstrip(' ')[:1] not in (chr(10), chr(13)) else ''}"
    yield Found(
        subject.head,
        "This record has no title (a first heading, “# …”).",
        (subject.fix("Add a title from the file name", Edit(Span(at, at), title), preferred=False),),
    )


@rule("warning")
def section_missing(subject: Subject) -> Iterator[Found]:
    """A section is missing that the template or nearly all other records have.

    Which sections are expected, what they are called and where they stand is learned from the log itself; synonyms and translations
    count. Context, decision and consequences are reported as warnings, others as information.

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
    if is_signpost(subject) or not record.text.strip():
        return
    for expected in missing_sections(subject):
        if _misspelled(subject, expected) is None:
            yield Found(
                subject.head,
                f"Section “{expected.name}” is missing; {expected.evidence}.",
                (
                    subject.fix(
                        f"Insert the section “{expected.name}”",
                        editing.insert_section(record, expected, subject.log),
                        preferred=False,
                    ),
                ),
                level=None if expected.role in CORE else "info",
            )


def missing_sections(subject: Subject) -> list[Expected]:
    """The sections that the house expects and the record lacks, in the house's order."""
    keys = {section_key(section) for section in subject.record.sections}
    fields = {field.role for field in subject.record.fields}
    names = {fold(field.key) for field in subject.record.fields if field.place != "front-matter"}
    return [
        expected
        for expected in subject.log.house.sections
        if (expected.role or fold(expected.name)) not in keys
        and expected.role not in fields
        and fold(expected.name) not in names
    ]


@rule("warning")
def section_misspelled(subject: Subject) -> Iterator[Found]:
    """A heading is nearly, but not quite, the name of an expected section.

    Whoever looks for the section by its name, in an editor, a search or a site's table of contents, misses it.

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
    for expected in missing_sections(subject):
        span = _misspelled(subject, expected)
        if span is not None:
            yield Found(
                span,
                f"Did you mean “{expected.name}”? {expected.evidence[0].upper()}{expected.evidence[1:]}.",
                (subject.fix(f"Change to “{expected.name}”", Edit(span, expected.name)),),
            )


def _misspelled(subject: Subject, expected: Expected) -> Span | None:
    """The heading that was probably meant to be the expected section."""
    for section in subject.record.sections:
        if section.role is None:
            near = difflib.SequenceMatcher(None, fold(section.name), fold(expected.name)).ratio()
            at = section.heading.text.of(subject.record.text).find(section.name)
            if near >= 0.85 and at >= 0:
                return Span(section.heading.text.start + at, section.heading.text.start + at + len(section.name))
    return None


@rule("warning")
def section_empty(subject: Subject) -> Iterator[Found]:
    """A heading has nothing under it.

    Either something was forgotten, or the heading was: an optional section without content is best removed. Not reported where leaving
    that section empty is the custom of the house.

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
    for section in record.sections:
        if (
            record.text[section.body.start : section.body.end].strip()
            or section.role == "status"
            or (section.level > 2 and section.role is None)
        ):
            continue
        key, siblings = section_key(section), [other for other in subject.log.records.values() if other is not record]
        having = [other for other in siblings if any(section_key(s) == key for s in other.sections)]
        empty = sum(
            any(section_key(s) == key and not other.text[s.body.start : s.body.end].strip() for s in other.sections)
            for other in having
        )
        if len(having) < 3 or empty < 0.2 * len(having):
            yield Found(section.heading.span, f"Section “{section.name}” is empty.")


@rule("warning")
def placeholder_left(subject: Subject) -> Iterator[Found]:
    """Text of the template is still there.

    Looked for are the paragraphs, items and rows of the log's own template, less those that many records keep on purpose, and those of
    the templates in common use.

    ```md before
    -- docs/adr/template.md --
    # N. Title

    ## Context

    Describe the forces at play here.

    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ## Context

    Describe the forces at play here.
    ```
    """
    record = subject.record
    if not subject.log.templates and not any(hint in record.text for hint in dialects.PLACEHOLDERS):
        return
    left = subject.log.template_text
    for block in _texts(record):
        words = _words(record, block)
        if words in left or words in dialects.PLACEHOLDERS:
            yield Found(block.span, "This is still the template's text.")
    title = record.heading
    if title is not None and record.title and subject.log.template_titles and fold(record.title) in subject.log.template_titles:
        yield Found(title.text, "The title is still the template's.")


def _texts(record: Record) -> Iterator[Block]:
    """The paragraphs, items and rows below the first section."""
    first = record.sections[0].heading.span.start if record.sections else len(record.text)
    for block in record.document.walk():
        if block.kind in ("paragraph", "table_row") and block.span.start >= first:
            yield block


def _words(record: Record, block: Block) -> str:
    return re.sub(r"\s+", " ", block.span.of(record.text)).strip()


RULES: tuple[Rule, ...] = (title_missing, section_missing, section_misspelled, section_empty, placeholder_left)
