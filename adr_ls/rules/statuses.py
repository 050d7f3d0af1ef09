"""Rules on the status."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache

from adr_ls.log import dialects, discovery
from adr_ls.log.folds import Fold, Tally, count
from adr_ls.log.style import FEW, Style, spelling_key
from adr_ls.log.workspace import question
from adr_ls.record.facts import Facts
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.record.status import CHOICE, leading_word
from adr_ls.rules import begun
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import asciidoc, lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.language import ENDED, Language
from adr_ls.words.lookup import STATUS_WORDS, fold, misspelled, one_of, spoken, words_for
from adr_ls.words.similar import LISTED, NEAR, cased_like, is_opposite, is_surely, nearest
from adr_ls.write import editing

_STATUSES = Tally(lambda record: (fold(record.status.text),) if record.status is not None else ())
"""How many records have which status, folded."""
_OWN = Tally(
    lambda record: (fold(record.status.text),) if record.status is not None and record.status.canonical == "other" else ()
)
"""How many records have which status that is none of the usual ones, folded."""
_SECTIONED = Tally(lambda record: (bool(record.sections),))
"""How many records have sections."""


@rule("warning", asciidoc=True)
def status_missing(subject: Subject) -> Iterator[Found]:
    """The record has no status, though nearly all others here have one.

    Without a status nobody can tell whether the decision holds. Of the record on keeping records that a tool brought along without
    one it is only information, and so it is among so few that they tell no custom, and where the records beside it by number have none
    either: then statuses came later. Nothing is said where a status is written in a way that is not understood.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    -- docs/adr/0005-e.md --
    # 5. E
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    -- docs/adr/0005-e.md --
    # 5. E

    **Status**: Proposed
    ```
    """
    house, record = subject.log.house, subject.record
    if (
        record.status is not None or not record.is_whole or is_signpost(subject)
    ):  # first what asks for no counts, see `Style.is_kept_by`
        return
    are_few = 0 < subject.siblings == house.statuses.having  # all others have one, though they may be too few to tell a custom
    if not (house.statuses.is_settled or are_few):
        return
    field, section = record.field("status"), record.section("status")
    if (section is not None and not section.is_empty) or (field is None and section is None and _SAID.search(record.text)):
        return
    word = house.spelled("proposed")
    others = f"{house.statuses.having} of {house.statuses.of} records here have one"
    edits = tuple(editing.set_status(record, subject.log, word))
    if field is not None or section is not None:
        span = field.key_span if field is not None else section.heading.span if section is not None else subject.head
        yield Found(
            span,
            f"The status is empty; {others}.",
            (subject.fix(f"Set the status to “{word}”", *edits, preferred=False),),
            level=None if house.statuses.is_settled else "info",
        )
    else:
        fix = subject.fix(f"Add the status “{word}”", *edits, preferred=False)
        own = fold(record.title or "") in dialects.OWN
        level: Level | None = "info" if own or not house.statuses.is_settled or _is_of_its_time(subject) else None
        yield Found(subject.head, f"This record has no status; {others}.", (fix,), level=level)


@question
def _unstated(series: str, first: int, last: int) -> Fold[bool, int]:
    """How many records of a series whose numbers are in a range state no status."""

    def holds(record: Facts) -> bool:
        is_near = record.number is not None and first <= record.number <= last and record.series == series
        return is_near and record.status is None

    return count(holds, _unstated, series, first, last)


def _is_of_its_time(subject: Subject) -> bool:
    """Whether two of the records next to this one have no status as well."""
    record = subject.record
    if record.number is None:
        return False
    near = _unstated(record.series, record.number - BESIDE, record.number + BESIDE)
    return subject.log.of(near) > FEW - 1  # itself among them


BESIDE = 4
"""How many numbers before and behind a record tell how records were written at its time."""
_SAID = lazy.regex(
    rf"^[^\w\r\n]{{0,8}}(?:{one_of(words_for('fields', 'status'))})[*_`]{{0,4}}[ \t]?[:：]", re.IGNORECASE | re.MULTILINE
)
"""A line that begins as those do which state the status."""


@rule("warning", asciidoc=True)
def status_unknown(subject: Subject) -> Iterator[Found]:
    """The status is not one that is known: it is misspelled, or a word that nobody else here uses.

    Statuses in other languages, with emoji or remarks, and words that several records of the log use are all understood.

    ```md before
    # 1. Use Kafka
    **Status**: Acepted
    ```
    ```md after
    # 1. Use Kafka
    **Status**: Accepted
    ```
    """
    status = subject.workspace.status(subject.record)
    if status is None or status.choices or (subject.record.is_fixed and asciidoc.is_attribute(status.text)):
        return
    if status.canonical != "other":
        yield from _not_configured(subject, status)
        return
    if SUPERSEDING.match(fold(status.text)):
        return  # what this record does to another: "Replaces ADR-1", of which "Replaced" would be the opposite
    first = re.match(r"[\W_]*(?P<word>[^\W\d_][\w'’-]*)", status.text)
    word = first["word"] if first else status.text
    house = subject.log.house
    own = next((known for known in house.vocabulary if _begins(fold(status.text), fold(known))), "")
    others = tuple(known for known in house.vocabulary if fold(known) != fold(own))
    same = subject.log.count(_STATUSES, fold(status.text))
    has_own = same > 1 and sum(count > 1 for count in subject.log.of(_OWN).values()) > 1  # each is written again: no slips
    if same >= FEW or has_own or (own and (fold(own) in house.written or not _nearest(word, others, house.language))):
        return  # a word that two records use may still be one that one was copied from the other with its slip
    near = _nearest(word, house.vocabulary, house.language)
    if len(status.text) > 60 and not near:
        return
    if not near:
        known = ", ".join(f"“{known}”" for known in house.vocabulary[:6])
        yield Found(
            status.span,
            f"“{status.text}” is no status that is known here" + (f"; in use are {known}." if known else "."),
            level=None if house.documented else "info",  # in a house that never said which there are it may well be one
        )
        return
    at = status.span.of(subject.record.text).find(word)
    span = Span(status.span.start + at, status.span.start + at + len(word)) if at >= 0 else status.span
    sure = status.evidence == "declared" and is_surely(fold(word), fold(near))
    yield Found(
        span,
        f"Unknown status “{word}”; did you mean “{near}”?",
        (subject.fix(f"Change to “{near}”", Edit(span, near), preferred=sure),),
    )


SUPERSEDING = lazy.regex(
    rf"{one_of(word for table in ('relations', 'fields') for word in words_for(table, 'supersedes', 'amends'))}(?!\w)"
)
"""A status that begins with what the record does to another, in any language."""


def _begins(text: str, words: str) -> bool:
    """Whether a text begins with these words."""
    return text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def _not_configured(subject: Subject, status: Status) -> Iterator[Found]:
    """A status that everybody knows, in a house that has written down others."""
    config = subject.log.config.at(subject.record.path)
    words = () if "statuses" in config.borrowed else config.statuses
    known = {fold(word) for word in words}
    if not words or status.word in known or fold(status.text) in known or not status.spelled:
        return
    same = [word for word in words if STATUS_WORDS.get(fold(word)) == status.canonical]
    said = ", ".join(f"“{word}”" for word in words)
    fixes: tuple[Fix, ...] = ()
    at = status.span.of(subject.record.text).find(status.spelled)
    span = Span(status.span.start + at, status.span.start + at + len(status.spelled)) if at >= 0 else status.span
    if len(same) == 1 and at >= 0:
        edit = Edit(span, same[0])
        fixes = (subject.fix(f"Change to “{same[0]}”", edit, preferred=status.evidence == "declared"),)
    yield Found(span, f"“{status.spelled}” is not among the statuses that are set for this log: {said}.", fixes)


def _nearest(word: str, vocabulary: tuple[str, ...], language: Language) -> str:
    """The status that was probably meant, as the house spells it; empty where none is near, or the word is its opposite.

    Words that the house does not use come into question in its language and in English alone.
    """
    spelled = {fold(known): known for known in reversed(vocabulary)}
    usual = _usual_words(language.name)
    near = nearest(fold(word), spelled, LISTED) or nearest(fold(word), usual, NEAR)
    return cased_like(word, spelled.get(near, near)) if near and not is_opposite(fold(word), near) else ""


@cache
def _usual_words(language: str) -> tuple[str, ...]:
    """The single words for a status, folded, in English and a language of that name."""
    words = (
        fold(word) for known in spoken(language) for state, said in known.statuses.items() if state != "other" for word in said
    )
    return tuple(dict.fromkeys(word for word in words if " " not in word))


@rule("info", strict="warning", asciidoc=True)
def status_misspelled(subject: Subject) -> Iterator[Found]:
    """A status is understood, but misspelled.

    “Superceded” is what the first ADR tools wrote and many copied; searches for “superseded” miss it.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A

    ## Status

    Superceded by [2. B](0002-b.md)
    -- docs/adr/0002-b.md --
    # 2. B

    ## Status

    Accepted

    Supersedes [1. A](0001-a.md)
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A

    ## Status

    Superseded by [2. B](0002-b.md)
    -- docs/adr/0002-b.md --
    # 2. B

    ## Status

    Accepted

    Supersedes [1. A](0001-a.md)
    ```
    """
    status = subject.record.status
    if status is None or status.word not in misspelled():
        return
    match = re.search(re.escape(status.word), status.span.of(subject.record.text), re.IGNORECASE)
    if match:
        span = Span(*match.span()).shift(status.span.start)
        right = misspelled()[status.word]
        right = right.upper() if match[0].isupper() else right.capitalize() if match[0][0].isupper() else right
        fix = subject.fix(f"Change to “{right}”", Edit(span, right), preferred=status.evidence == "declared")
        yield Found(span, f"“{match[0]}” is spelled “{right}”.", (fix,))


@rule("warning", asciidoc=True)
def status_choices_left(subject: Subject) -> Iterator[Found]:
    """The status still lists the template's choices.

    It was meant to be replaced by the one that holds; as it is nobody can tell whether anything was decided.

    ```md before
    # 1. Use Kafka
    **Status**: Proposed | Accepted | Rejected | Superseded
    ```
    ```md after
    # 1. Use Kafka
    **Status**: Proposed
    ```
    """
    status = subject.record.status
    if status is not None and status.choices:
        inner = status.span.of(subject.record.text)
        words = [part.strip(" {}[]()<>*_`\"'…") for part in CHOICE.split(inner)]
        fixes = tuple(
            subject.fix(f"Set the status to “{word}”", editing.set_value(subject.record, status.field, word), preferred=False)
            for word in dict.fromkeys(words)
            if word and leading_word(fold(word)) and len(word) < 30
        )
        if not begun.is_unfilled(subject):  # which is told as a whole
            yield Found(status.span, "The status still lists the template's choices; keep the one that holds.", fixes)


@rule("warning", asciidoc=True)
def status_conflict(subject: Subject) -> Iterator[Found]:
    """Two places of the record state different statuses.

    Readers and tools take the one that they meet first. Synonyms ("approved", "accepted"), a supersession in part and “Deprecated” beside “Superseded by …” are no conflict.
    Where the front matter says that a decision holds no longer, what the text says may be left from before on purpose, and that is an info,
    as are two ways to say that nothing is decided yet. A list of all states there are, each an item, states none. Where the folders of a log
    are named after states, a record in that of another one was not moved, or its status was not changed: that is information, of an undecided
    record among decided ones or the other way round.

    ```md before
    ---
    status: proposed
    ---
    # Use Kafka

    ## Status

    Accepted
    ```
    ```md after
    ---
    status: proposed
    ---
    # Use Kafka

    ## Status

    Proposed
    ```
    """
    statuses = [status for status in subject.record.statuses if status.canonical != "other"]
    held = subject.workspace.status(subject.record)
    if subject.record.is_conditional:
        return  # each may hold in its own case
    for other in statuses:
        if (
            held is not None
            and other is not held
            and other.canonical != held.canonical
            and {other.canonical, held.canonical} != _GONE
            and not held.partial
            and not other.partial
            and not _is_one_of_all(subject.record, other)
        ):
            yield Found(
                other.span,
                f"This says “{_short(other)}”, line {subject.record.lines.line_at(held.span.start) + 1} says “{_short(held)}”.",
                tuple(_agreed(subject, one, two) for one, two in ((held, other), (other, held)) if one.spelled and two.spelled),
                (Place(subject.record.path, held.span, "the other status"),),
                level="info" if _is_left_from_before(held, other) or {other.canonical, held.canonical} == _OPEN else None,
            )

    if held is not None and (folder := _folder_of_another(subject, held)):
        yield Found(held.span, f"This says “{_short(held)}”, the folder “{folder}”.", level="info")


def _folder_of_another(subject: Subject, held: Status) -> str:
    """The name of the folder that a record lies in where that is for undecided records and this one is not, or the other way round; else empty."""
    folder, log = posixpath.dirname(subject.record.path), subject.log
    said = discovery.status_of(folder)
    if said == "other" or held.partial or held.choices or held.canonical in ("none", "other"):
        return ""
    beside = (one.directory for one in subject.workspace.logs if posixpath.dirname(one.directory) == posixpath.dirname(folder))
    states = {discovery.status_of(one) for one in (*log.of(_FOLDERS), *beside)} - {"other"}
    is_odd = (said in _UNDECIDED) != (held.canonical in _UNDECIDED)
    return posixpath.basename(folder) if is_odd and len(states) >= _SEVERAL else ""


_UNDECIDED = ("proposed", "draft")
_FOLDERS = Fold(lambda record: posixpath.dirname(record.path), frozenset[str])
"""The folders in which the records of a log lie."""
_SEVERAL = 2
"""How many folders for states show that they are there for that."""


def _is_left_from_before(held: Status, other: Status) -> bool:
    """Whether the first place of two tells what became of a decision, and the text below only what it was."""
    return held.field.place == "front-matter" and held.canonical in ENDED and other.canonical not in ENDED


def _is_one_of_all(record: Record, stated: Status) -> bool:
    """Whether a status is an item of a list of bare states, three or more of them: a record about records says which there are."""
    around = record.document.block_at(stated.span.start)
    listed = next((block for block in reversed(around) if block.kind == "list"), None)
    if listed is None:
        return False
    words = [fold(re.sub(r"^[ \t]*(?:[-*+]|\d+[.)])", "", item.span.of(record.text))) for item in listed.children]
    states = {STATUS_WORDS[word] for word in words if word in STATUS_WORDS}
    return len(states) >= 3


_OPEN = {"draft", "proposed"}
"""Two ways to say that nothing is decided yet."""
_GONE = {"deprecated", "superseded"}
"""Two ways to say that a decision holds no longer, of which the second only adds that another took its place."""


def _agreed(subject: Subject, right: Status, wrong: Status) -> Fix:
    """Makes one statement of the status say the same as the other."""
    word = cased_like(wrong.spelled, right.spelled)
    edit = editing.carrier(subject.record, wrong.field).restate(subject.record, wrong, word)
    return subject.fix(f"Write “{word}” in both places", edit, preferred=False)


def _short(status: Status) -> str:
    return status.text if len(status.text) <= 40 else status.text[:39] + "…"


@rule("hint", strict="info")
def status_case(subject: Subject) -> Iterator[Found]:
    """The status is written with other capitals than in nearly all other records.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: accepted
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: Accepted
    ```
    """
    status = subject.workspace.status(subject.record)
    if status is None or not status.spelled or status.choices:
        return
    style = subject.log.habits.statuses.get(spelling_key(status), Style())
    at = status.span.of(subject.record.text).find(status.spelled)
    if style.is_custom and style.form != status.spelled and at >= 0:
        span = Span(status.span.start + at, status.span.start + at + len(status.spelled))
        said = f"{style.having} of {style.of} records here write “{style.form}”."
        fix = subject.fix(f"Change to “{style.form}”", Edit(span, style.form), preferred=status.evidence == "declared")
        yield Found(span, said, (fix,))


@rule("off", strict="hint")
def status_place(subject: Subject) -> Iterator[Found]:
    """The status stands in another place than in nearly all other records: say, in front matter instead of a section.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: Accepted
    -- docs/adr/0007-g.md --
    # 7. G

    ## Status

    Accepted
    ```
    """
    status, style = subject.workspace.status(subject.record), subject.log.habits.places
    if (
        status is None
        or not style.is_custom
        or status.field.place in (style.form, "heading")
        or len(subject.record.statuses) > 1
    ):
        return
    place = _PLACES.get(style.form, style.form)
    yield Found(status.span, f"The status stands {place} in {style.having} of {style.of} records here.")


_PLACES = {
    "front-matter": "in the front matter",
    "bold-line": "on a line below the title",
    "plain-line": "on a line below the title",
    "bullet": "in a list below the title",
    "table": "in a table",
    "section": "in a section",
    "heading": "in a heading",
}


def is_signpost(subject: Subject) -> bool:
    """Whether the record only points elsewhere: some text without any section, in a log whose records have sections."""
    record = subject.record
    return (
        not record.sections
        and any(block.kind != "heading" for block in record.document.blocks)
        and subject.log.count(_SECTIONED, True) > 0
    )


RULES: tuple[Rule, ...] = (
    status_missing, status_unknown, status_misspelled, status_choices_left, status_conflict, status_case, status_place,
)  # fmt: skip
