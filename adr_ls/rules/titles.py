"""Rules on titles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from adr_ls.log.folds import Fold, Tally
from adr_ls.log.style import CORE
from adr_ls.record import filename
from adr_ls.record.filename import Title
from adr_ls.record.metadata import section_role
from adr_ls.record.record import Record
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words.lookup import fold

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
    if stray := _STRAY.match(record.text, record.document.start):
        span = Span(*stray.span("mark"))
        fix = subject.fix("Take it away", Edit(span, ""), preferred=False)  # it may be a sign that somebody likes there
        yield Found(
            span, f"“{stray['mark']}” before the number sign keeps this line from being the title; take it away.", (fix,)
        )
        return
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


_STRAY = lazy.regex(r"\s*(?P<mark>[^\s\w#\[\]<>|`*~+\-!\"'(:=\\/@.&%{\ufeff]{1,2})#[ \t]+\S")
"""A first line that were a title but for a mark before it."""


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
    slug = re.sub(r"[-_]+", " ", filename.shown(record.name.slug or record.name.stem)).strip()
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


@rule("info", strict="warning", asciidoc=True)
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


RULES: tuple[Rule, ...] = (title_missing, title_empty, title_multiple, title_format)
