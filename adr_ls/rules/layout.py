"""Rules on how sections are arranged and called in the house."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from adr_ls.log.folds import Fold, count
from adr_ls.log.log import DIALECTS, dialect_of
from adr_ls.log.style import MANY, NEARLY_ALL, Style, section_key, section_keys
from adr_ls.log.workspace import question
from adr_ls.record.facts import Facts
from adr_ls.record.known import facts_of
from adr_ls.record.parts import Section
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import fold


@question
def _opening(first: str, second: str) -> Fold[bool, int]:
    """How many records have both sections, the one before the other."""

    def holds(record: Facts) -> bool:
        order = [key for key in section_keys(record) if key in (first, second)]
        return len(set(order)) == 2 and order[0] == first

    return count(holds, _opening, first, second)


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


RULES: tuple[Rule, ...] = (section_order, section_level, section_name, mixed_dialect)
