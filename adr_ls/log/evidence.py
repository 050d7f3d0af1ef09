"""How much a file reads like a record: what its status, its sections and its title say for that, wherever it lies.

A decision about one file's facts at a time; which directories are logs, and what counts there, `discovery` decides.
"""

from __future__ import annotations

import re

from adr_ls.log.dialects import PROPOSAL, TITLES
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.words.lookup import LANGUAGES, every, fold

TELLING = 2
"""How much evidence a file must give to be a record beside another of its number."""
_BLANK = lazy.regex(r"(?<![^\W_])(?:[Nn]{3,}|[Xx]{3,})(?![^\W_])")
"""What stands for a number in the title of a template."""
COLLECTED = 5
"""Of so many decisions a file has headings that is a collection of them."""
FORMED = 4
"""How many sections of a proposal in that form a file must have."""
_OF_PROPOSALS = PROPOSAL - {"summary", "motivation", "basic example", "tutorial", "reference", "implementations"}
"""The sections of such a form that other documents with a motivation do not have."""
_TELLING_OF_PROPOSALS = frozenset(every("proposals")) - PROPOSAL
"""The same in other languages."""
_DESIGNS = frozenset(fold(language.proposals[0]) for language in LANGUAGES if language.proposals)
"""That of them which a concept or a decision hardly has: *Detailed design*."""
_WHY = frozenset({"context", "summary"})
"""The parts that such a text begins with."""
WHOLE = 3
"""How much evidence there is where a file tells why and what was decided, and how it stands or what comes of it."""
_BRACKETED = lazy.regex(r"\[[^\[\]]+\]|\{[^{}]+\}|<[^<>]+>|\{\{[^{}]+\}\}")
"""A title that is to be filled in as a whole: ``[Title of the decision]``."""


def named_decision(record: Facts | None) -> frozenset[str]:
    """How a file names the sections that say what is decided."""
    return frozenset(fold(section.name) for section in record.sections if section.role == "decision") if record else frozenset()


def is_collection(record: Facts | None) -> bool:
    """Whether a file without a number in its title holds many decisions, each below a heading of its own: ``### ADR-003: Use Kafka``."""
    if record is None or is_numbered(record):
        return False
    titles = (filename.parse_title(section.name) for section in record.sections)
    numbers = {title.number for title in titles if title.prefix.casefold() in filename.PLAIN_PREFIXES - {""}} - {None}
    return len(numbers) >= COLLECTED


def build(record: Facts) -> frozenset[str]:
    """The headings and the keys of a file."""
    return frozenset(
        {fold(section.name) for section in record.sections if section.level == 2}
        | {f"{fold(field.key)}:" for field in record.fields if field.place != "section"}
    )


def is_labelled(record: Facts | None) -> bool:
    """Whether a file gives its number a second time, behind the word for what it is: ``rfc: 0007``."""
    return record is not None and any(
        field.key.casefold() in filename.WORDS and filename.is_number(field.value.strip(), record.name.number)
        for field in record.fields
    )


def section_names(record: Facts | None) -> set[str]:
    """What the sections of a file are called, folded."""
    return {fold(section.name) for section in record.sections} if record is not None else set()


def is_formed_proposal(record: Facts | None) -> bool:
    """Whether a file has the sections of a proposal in the form of Rust's RFCs, among them why, and two that hardly any other text has."""
    every_name = section_names(record)
    parts = {role for role in record.sections.roles if role is not None} if record is not None else set()
    telling = every_name & _TELLING_OF_PROPOSALS
    if (
        len(telling) > 1
        and telling & _DESIGNS
        and parts & _WHY
        and len(telling) + len(parts & (_WHY | {"alternatives"})) >= FORMED
    ):
        return True
    names = every_name & PROPOSAL
    return not names.isdisjoint({"motivation", "summary"}) and len(names) >= FORMED and len(names & _OF_PROPOSALS) > 1


def is_stated(record: Facts | None) -> bool:
    """Whether a file says how things stand with it, in words that decisions have."""
    status = record.status if record is not None else None
    return status is not None and status.canonical not in ("other", "none")


def is_dated(record: Facts | None) -> bool:
    """Whether a file says how things stand with it, be it in words of its own, and since when."""
    return record is not None and record.status is not None and record.date_field is not None


def is_of_a_day(record: Facts | None) -> bool:
    """Whether a file has a title, and its day in front matter."""
    dated = record.date_field if record is not None and record.title else None
    return dated is not None and dated.place == "front-matter"


def weigh_body(record: Facts | None) -> int:
    """How much a file reads like an ADR apart from its title: its status counts for two, each of its usual parts for one."""
    if record is None:
        return 0
    status = record.status
    roles = set(record.sections.roles)
    return (
        (2 if status is not None and status.canonical not in ("other", "none") else 0)
        + ("decision" in roles)
        + ("context" in roles)
        + ("consequences" in roles or "alternatives" in roles)
    )


def is_exception(record: Facts | None) -> bool:
    """Whether a file without a number is a record among numbered ones: it states status and decision, bears its number elsewhere, or was just begun."""
    if record is None:
        return False
    title, stated = record.heading_title, is_stated(record)
    return (
        (stated and "decision" in record.sections.roles)
        or (title is not None and bool(title.digits) and title.prefix.casefold() in filename.PLAIN_PREFIXES - {""})
        or (record.number is not None and record.field("id") is not None)
        or is_stub(record)
    )


def is_numbered(record: Facts | None) -> bool:
    """Whether the title of a file has the number that the file has."""
    title = record.heading_title if record is not None else None
    return record is not None and title is not None and title.number is not None and title.number == record.name.number


def tells_why(record: Facts | None) -> bool:
    """Whether a file has both a context and a decision."""
    return record is not None and {"context", "decision"} <= {section.role for section in record.sections}


def is_whole(record: Facts | None) -> bool:
    """Whether a file has all that a record has, and has it once, so that it is one below a log's directory whatever it is called."""
    once = record is not None and sum(section.role == "status" for section in record.sections) < TELLING
    return once and tells_why(record) and weigh_body(record) >= WHOLE


def is_blank(record: Facts | None) -> bool:
    """Whether the title of a file is that of a template: ``RFC-NNNN Title``, ``[short title of solved problem]``."""
    title = record.title if record is not None else None
    return title is not None and (bool(_BLANK.search(title)) or re.sub(r"[{}\[\](),]", "", fold(title)).strip() in TITLES)


def is_bracketed(record: Facts | None) -> bool:
    """Whether the whole title of a file is to be filled in."""
    return record is not None and record.title is not None and bool(_BRACKETED.fullmatch(record.title))


def is_decision(record: Facts | None) -> bool:
    """Whether a file says that it decides something, as a plan or a README with a status does not."""
    if record is None:
        return False
    title = record.heading_title
    return any(section.role == "decision" for section in record.sections) or bool(
        title is not None and title.prefix and title.prefix.casefold() in filename.PLAIN_PREFIXES
    )


def weigh(record: Facts | None) -> int:
    """How much a file reads like an ADR: 3 or more is enough by itself."""
    if record is None:
        return 0
    title = record.heading_title
    titled = title is not None and bool(title.prefix) and title.prefix.casefold() in filename.PLAIN_PREFIXES
    return weigh_body(record) + (2 if titled else 0)


def is_stub(record: Facts | None) -> bool:
    """Whether a file holds nothing but a title: a record just begun."""
    return record is not None and record.is_bare
