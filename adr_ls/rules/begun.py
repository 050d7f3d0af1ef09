"""Whether a record is still being written: a draft, a proposal, or one that somebody has just begun."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from adr_ls.log import dialects
from adr_ls.log.style import section_key
from adr_ls.record import status
from adr_ls.record.passages import words_of
from adr_ls.record.record import Record
from adr_ls.rules import pending
from adr_ls.rules.model import Subject
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Block, Document
from adr_ls.syntax.pieced import Question, each
from adr_ls.syntax.text import Span, Stretches
from adr_ls.words.lookup import any_of, fold, is_nothing
from adr_ls.write import filling, wording

_DRAFT = any_of("drafts")
_CALLED_DRAFT = lazy.regex(rf"\W*{_DRAFT}[ \t]*[:–—\])]|.*(?:[(\[]|[–—-][ \t]){_DRAFT}[)\]]?\W*$", re.IGNORECASE)
"""A title that says that it is a draft's: ``Draft: …``, ``[WIP] …``, ``… (stub)``."""
_NAMED_DRAFT = lazy.regex(rf"{_DRAFT}(?:[-_ .].*)?|.*[-_ .]{_DRAFT}", re.IGNORECASE)
_SAID_DRAFT = lazy.regex(rf"\b{_DRAFT}\b", re.IGNORECASE)


def is_draft(subject: Subject, *, proposed: bool) -> bool:
    """Whether a record says that it is not finished: by its status, its file name or its title; with `proposed`, a proposal is none either.

    One that states no status says it by the folder that it lies in, or by a decision that is still to be taken, too.
    """
    record = subject.record
    said, state = subject.workspace.status(record), subject.workspace.canonical(record)
    if state == "draft" or (proposed and state == "proposed"):
        return True
    if said is not None and _SAID_DRAFT.search(said.text):
        return True
    if state == "none" and (_is_among_drafts(record) or _is_undecided(record)):
        return True
    heading = record.document.plain(record.heading.text) if record.heading is not None else ""
    return any(_CALLED_DRAFT.match(title) for title in (heading, record.title or "")) or any(
        _NAMED_DRAFT.fullmatch(name) for name in (record.name.stem, record.name.slug)
    )


_ORDERED = lazy.regex(r"\d+[a-z]?[-_. ]+(?=[^\W\d])")
"""What is put before the name of a folder to order it among others: ``0_drafts``."""


def _is_among_drafts(record: Record) -> bool:
    """Whether a record lies in a folder for drafts."""
    folder = posixpath.basename(posixpath.dirname(record.path))
    ordered = _ORDERED.match(folder)
    return _NAMED_DRAFT.fullmatch(folder[ordered.end() :] if ordered else folder) is not None


def _is_undecided(record: Record) -> bool:
    """Whether the section for the decision says nothing but that it is still to come."""
    return any(
        one.role == "decision" and pending.PENDING.fullmatch(fold(one.body.of(record.text).strip())) is not None
        for one in record.sections
    )


def is_begun(subject: Subject) -> bool:
    """Whether a record was just begun, so that nobody had the time to replace what its template begins with.

    It has the status with which the records of its house begin, and the date of today; without a date, nothing but the template's text.
    """
    workspace, record = subject.workspace, subject.record
    date = workspace.date(record)
    is_new = date == workspace.today if date is not None else is_untouched(subject)
    return is_new and (is_draft(subject, proposed=True) or _has_first_status(subject))


def _has_first_status(subject: Subject) -> bool:
    """Whether a record has the status with which records begin here, be it none."""
    log, said = subject.log, subject.workspace.status(subject.record)
    if said is None or said.canonical == "none":
        return 2 * log.house.statuses.having < log.house.statuses.of
    return fold(wording.first_status(log, filling.template_of(log))) == fold(said.spelled)


_ASIDE = frozenset({"status", "date", "changelog"})
"""The parts of a record in which nobody has to write for it to be begun."""


def is_untouched(subject: Subject) -> bool:
    """Whether a record has nothing but its template's text, and what it states about itself."""
    record = subject.record
    asked = {words_of(block.span.of(one.text)) for one in subject.log.templates for block in texts(one)}
    stated = Stretches([field.span for field in record.fields] + [one.body for one in record.sections if one.role in _ASIDE])
    return all(
        not words or words in asked or words in dialects.PLACEHOLDERS or stated.cover(block.span)
        for block in texts(record)
        for words in [words_of(block.span.of(record.text))]
    )


def texts(record: Record) -> Iterator[Block]:
    """The paragraphs, items and rows below the first section."""
    first = record.sections[0].heading.span.start if record.sections else len(record.text)
    for block in record.document.walk():
        if block.kind in ("paragraph", "table_row") and block.span.start >= first:
            yield block


def left(subject: Subject) -> tuple[list[Block], int]:
    """The passages of a record that are still the template's, and how many it has besides its status."""
    record = subject.record
    # What stands in no text stands in no block of it, and to look there takes far less than reading the blocks
    said = record.document.piecewise(_said) or (words_of(record.text),)
    having = frozenset().union(*each(said, record.text, Question(_having, subject.log.template_text)))
    if not having:
        return [], 0
    asked, pieces = having.difference(dialects.PIECES), having.intersection(dialects.PIECES)
    stated = Stretches(one.span for one in record.statuses)
    found, every = [], 0
    for block in texts(record):
        if stated.are_in(block.span):
            continue  # a new record has the status that its template begins with
        words = words_of(block.span.of(record.text))
        every += 1
        if fold(words.strip("([{ ")).startswith(dialects.STAYS):
            continue
        if any(piece in words for piece in pieces) or (
            words in asked and (words in dialects.PLACEHOLDERS or not _answers(words))
        ):
            found.append(block)
    if not found:
        return [], every
    closing = _closing(record)
    return [
        block
        for block in found
        if not (_is_answered(subject, block, asked) or _is_standing(subject, block, closing) or _is_not_chosen(record, block))
    ], every


def _said(document: Document) -> list[str]:
    return [words_of(document.text)]


def _having(said: str, _: str, of_template: frozenset[str]) -> frozenset[str]:
    """What of a template's text, and of that of the ones in common use, a text has."""
    return frozenset(words for words in (*of_template, *dialects.PLACEHOLDERS, *dialects.PIECES) if words in said)


def _is_not_chosen(record: Record, block: Block) -> bool:
    """Whether a passage is an item of a checklist without a tick, where another has one: what was not chosen has nothing to fill in."""
    around = record.document.block_at(block.span.start)
    listed = next((one for one in reversed(around) if one.kind == "list"), None)
    if listed is None or status.ticked(_line(record, block)) is not False:
        return False
    return any(status.ticked(_line(record, item)) for item in listed.children)


def _line(record: Record, block: Block) -> str:
    """The line that a block begins in."""
    return record.lines.span(record.lines.line_at(block.span.start)).of(record.text)


def _closing(record: Record) -> Span:
    """What stands behind the last rule across a text, with no heading below it: the foot of the page."""
    last = max((block.span.end for block in record.document.blocks if block.kind == "thematic_break"), default=len(record.text))
    is_foot = not any(section.heading.span.start >= last for section in record.sections)
    return Span(last if is_foot else len(record.text), len(record.text))


def _is_standing(subject: Subject, block: Block, closing: Span) -> bool:
    """Whether a passage of the log's own template is there to stay, or stands for something else in a record.

    The foot of the page stays, what has a word of its own for its answer (``Review period: not started``), what leads to another record,
    and a formula. A passage below another heading than in the template is quoted, as by a record that tells how records are written. What
    is to be filled in, or asked, never stays.
    """
    record = subject.record
    words = words_of(block.span.of(record.text))
    if words in dialects.PLACEHOLDERS:
        return False
    resolved = subject.workspace.resolved(record)
    if any(resolved[mention].path is not None for mention in record.mentions_in(block.span)):
        return True
    if _ASKS.search(words):
        return False
    if closing.covers(block.span) or _ANSWERED.fullmatch(words) or _FORMULA.fullmatch(words):
        return True
    homes = {
        _home(one, other) for one in subject.log.templates for other in texts(one) if words_of(other.span.of(one.text)) == words
    }
    return bool(homes) and _home(record, block) not in homes


def _home(record: Record, block: Block) -> str | None:
    """The section that a block stands in, by the part that it plays or its name."""
    section = record.section_around(block.span)
    return section_key(section) if section is not None else None


_ASKS = lazy.regex(r"[?？…\[{<]|\.{3}")
"""What is in a passage that waits for an answer."""
_FORMULA = lazy.regex(r"`[^`=]*=[^`]*`")
"""A passage that is nothing but an equation in code."""
_ANSWERED = lazy.regex(
    rf"[-*+\s]*[^:：.]{{1,80}}[:：][*_\s]*{any_of('none', 'nothing')}(?![^\W_])(?:[^.:：;]{{0,40}}[.]?|[^.:：;]{{0,20}};.*)",
    re.IGNORECASE,
)
"""A label with an answer that says that there is none, or not yet: ``Decision date: not applicable``."""


def _is_answered(subject: Subject, block: Block, asked: frozenset[str]) -> bool:
    """Whether an item of the template was kept as the label of what is written below it, in the same item: a question and its answer.

    So is the only item of a list with text behind it. What waits to be filled in itself, ``[option 1]``, is no label.
    """
    record = subject.record
    words = words_of(block.span.of(record.text))
    if words in dialects.PLACEHOLDERS or words[:1] in ("[", "{", "<"):
        return False
    around = record.document.block_at(block.span.start)
    items = [index for index, one in enumerate(around) if one.kind == "list_item"]
    if not items or around[items[-1]].children[0].span != block.span:
        return False
    below = list(around[items[-1]].children[1:])
    listed = around[items[-1] - 1]
    if not below and len(listed.children) == 1 and items[-1] == 1:
        behind = record.document.blocks_within(Span(listed.span.end, listed.span.end + _NEAR))
        below = [one for one in behind if one.span.start >= listed.span.end][:1]
        below = [one for one in below if one.kind in _TEXTS]
    return any(
        one.kind in _TEXTS and words_of(one.span.of(record.text)) not in asked for whole in below for one in whole.walk()
    )


def is_answered_below(subject: Subject, block: Block) -> bool:
    """Whether a question, what leads up to a list, or a quoted or bracketed advice of the log's own template stands over text of the record's own.

    What is asked there is answered; to leave the question is a matter of taste.
    """
    record = subject.record
    written = block.span.of(record.text)
    words = words_of(written)
    around = record.document.block_at(block.span.start)
    quoted = any(one.kind == "block_quote" for one in around)
    if words in dialects.PLACEHOLDERS or not (quoted or words.endswith(("?", "？", ":", "：")) or is_bracketed(words)):
        return False
    section = record.section_around(block.span)
    if section is None:
        return False
    end = next((one.span.end for one in around if one.kind == "block_quote"), block.span.end)
    asked = subject.log.template_text
    return any(
        one.kind in _TEXTS and words_of(one.span.of(record.text)) not in asked
        for outer in record.document.blocks_within(Span(end, section.own.end))
        for one in outer.walk()
    )


def is_bracketed(text: str) -> bool:
    """Whether a paragraph is all in brackets or emphasized."""
    return _BRACKETED.fullmatch(text) is not None


_BRACKETED = lazy.regex(r"[*_]*[(（].*[)）][*_]*|([*_]{1,3})[^*_].*\1", re.DOTALL)
_TEXTS = frozenset({"paragraph", "block_code", "table"})
"""What can be an answer."""
_NEAR = 100
"""How many characters behind a list hold the beginning of what follows it."""


def is_unfilled(subject: Subject) -> bool:
    """Whether nobody has filled a record in: all that it says is its template's, or most, where that is much.

    A team's own template has passages that nobody knows where it is not kept, so that a third tells enough where there are many. One of
    which most sections have words of its own is written, however long the lists are that were left in the others.
    """
    found, every = left(subject)
    share = 2 if subject.log.templates else 3
    return len(found) == every > 0 or (
        len(found) >= MANY and share * len(found) > every and not _is_mostly_written(subject.record, found)
    )


def _is_mostly_written(record: Record, found: Sequence[Block]) -> bool:
    """Whether most of the outermost sections of a record, and several, say something besides the template's passages."""
    level = min((one.level for one in record.sections), default=0)
    outer = [
        one for one in record.sections if one.level == level and one.role not in _ASIDE and one.body.of(record.text).strip()
    ]
    left_over = [block.span for block in found]
    written = sum(
        any(
            one.kind in ("paragraph", "table_row", "block_code")
            and one.span.start >= section.own.start
            and not any(span.covers(one.span) for span in left_over)
            and len(words_of(one.span.of(record.text))) > _SHORT
            for block in record.blocks_in(section.body)
            for one in block.walk()
        )
        for section in outer
    )
    return written >= _SECTIONS and 2 * written > len(outer)


_SHORT = 4
"""How many characters a passage has at most that says nothing: ``...``, ``TBD``."""
_SECTIONS = 3
"""How many sections have words of their own in a record that is written, though much of its template is left."""


MANY = 4
"""How many places left from the template are told as one where they are most of a record: fewer are soon filled in one by one."""


def _answers(words: str) -> bool:
    """Whether a passage says the same wherever it stands: that there is none of something, ``Replaces: (none)``, or what follows it."""
    if _LABEL.fullmatch(words):
        return True
    first, *said = [part for part in re.split(r"[:：|]", words.strip("| -")) if part.strip(" *_`")] or [""]
    return all(is_nothing(part) for part in said or [first])


_LABEL = lazy.regex(
    r"[*_]{0,3}[^*_\[\]{}<>()\n]{1,60}(?:[:：][*_]{0,3}|[*_]{1,3}[:：])|(?P<strong>\*\*|__)[^*_\[\]{}<>()\n]{1,40}(?P=strong)"
)
"""A paragraph or an item that only says what is below it: ``**Reasons of the board:**``, ``**Positive**``."""
