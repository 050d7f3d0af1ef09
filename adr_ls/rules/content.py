"""Rules on what is unfinished in a text: notes to oneself, sentences that break off, traces of a merge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_ls.record.record import Record
from adr_ls.rules import begun, pending
from adr_ls.rules.model import Found, Rule, Subject, rule
from adr_ls.rules.placeholders import STATING
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import any_in, any_of, every, fold, spoken

_NOTES = tuple(word.upper() for word in every("unsettled"))
_NOTE = lazy.regex(rf"(?<![^\W_])(?<!-)(?:{'|'.join(_NOTES)})(?![^\W_]|-)")
NEAR = 200
"""How many characters around a note are looked at."""
_OPEN, _CLOSED = r"[*_~(\[{]*", r"[*_~)\]}.!…]*"
_FIRST = lazy.regex(rf"(?:[ \t>#*+-]|\d+[.)][ \t]|\[[ xX]\][ \t])*(?:[_~(\[{{]{_OPEN})?")
"""What stands before the first word of a line, an item or a heading."""
_CELL = lazy.regex(rf".*\|[ \t]*{_OPEN}")
_VALUE = lazy.regex(rf"[^|]{{0,80}}[:：][ \t*_]*(?:[~(\[{{]{_OPEN})?")
_SENTENCE = lazy.regex(rf".*[.!?。][)\"”]?[ \t]+{_OPEN}")
_CALL = lazy.regex(r"[*_]*(?:\([^()\r\n]{1,40}\)[*_]*)?[ \t]*[:：]")
"""What makes words a call for something: ``TODO: ask``, ``**TODO**: ask``, ``TODO(jane): ask``."""
_MARKED = lazy.regex(r"(?:\*\*|__)[ \t]+\w")
_WHOLE = lazy.regex(rf"(?:[ \t]*\([^()\r\n]{{1,40}}\))?{_CLOSED}[ \t]*(?:\||$)")
_BEHIND_BRACKET = lazy.regex(r"[)\]][*_]*[ \t]+\w")
"""What stands behind a note in brackets that begins a line: ``(TBD) What it costs``."""
_GOES_ON = lazy.regex(r"(?:[^\W_]|[,;/–—-])[*_]*$|_\**$")
_TALK = lazy.regex(
    rf"\b{any_of('articles', 'determiners', 'prepositions', 'conjunctions', 'disjunctions')}[*_]*$", re.IGNORECASE
)
"""Words behind which a note is something that is talked about."""


_WORD = lazy.regex(r"[^\W_]")
_PENDING_SIZE = 80
"""How many characters a section has at most in which nothing but that stands."""
_PROMISE = lazy.regex(rf"[\W_]*{any_of('pending')}(?![^\W_])")
"""How a line begins that says when or by whom something is still to be said: ``_To be completed after the test._``"""
_LISTING = lazy.regex(
    rf"[\W_]*{any_of('pending')}(?![^\W_])[*_]{{0,3}}[ \t]{{0,3}}(?:\([^()]{{1,40}}\)|（[^（）]{{1,40}}）)?[*_]{{0,3}}[:：]"
)
"""How one begins that lists what is: ``To be determined (see below): what it costs.``"""
_PROMISE_SIZE = 200
"""How many characters such a line has at most."""


def _is_note(record: Record, span: Span) -> bool:
    """Whether ``TODO`` is said, at the beginning of something or as all of it, not talked about: *a TODO in the code*."""
    line = record.lines.line_at(span.start)
    whole = record.lines.span(line)
    before, after = record.text[max(whole.start, span.start - NEAR) : span.start], record.text[span.end : whole.end]
    above = record.lines.span(line - 1).of(record.text).rstrip()[-NEAR:] if line else ""
    first = bool(_FIRST.fullmatch(before))
    if first and before.strip("*_~([{ \t"):
        above = ""  # an item or a heading begins here, whatever stands above
    if _CALL.match(after):
        return (first and not _TALK.search(above)) or bool(_CELL.fullmatch(before) or _SENTENCE.fullmatch(before))
    if _WHOLE.match(after):
        return (first and not _GOES_ON.search(above)) or bool(_CELL.fullmatch(before) or _VALUE.fullmatch(before))
    if not first or _GOES_ON.search(above):
        return False
    is_bracketed = before.endswith(("(", "[")) and _BEHIND_BRACKET.match(after) is not None
    return is_bracketed or (before.endswith(("**", "__")) and _MARKED.match(after) is not None)


_QUOTED = lazy.regex(r"[ \t]*>[ \t]*[*_(\[]{0,3}")


def _is_aside(record: Record, span: Span) -> bool:
    """Whether ``TODO`` begins a quotation, as authors set apart what they say to themselves: ``> TODO draw the rest``."""
    line = record.lines.line_at(span.start)
    above = record.lines.span(line - 1).of(record.text).lstrip() if line else ""
    before = record.text[max(record.lines.span(line).start, span.start - NEAR) : span.start]
    return not above.startswith(">") and _QUOTED.fullmatch(before) is not None


@rule("info", asciidoc=True)
def todo_left(subject: Subject) -> Iterator[Found]:
    """An accepted record still says that something is to be done or decided.

    Who reads that a decision was taken wants to rely on all of it. Proposals and drafts may have as many open ends as they like, and
    so may sections that are there for them. A section that says nothing but “to be determined” is such an end, too; where no record
    has a status, or one in words of its own, nothing but such sections and quotations that begin so is told of. In a proposal, and in a
    record that lacks the status that others have, such sections and headings that begin so (`TODO (not verified)`) are a hint. What only talks about a note, such as one in the
    code, is none: looked for is `TODO:` at the beginning of a line, an item, a cell or a sentence, and `TODO` as all of one.

    ```md before
    # 1. Use Kafka

    **Status**: Accepted

    ## Consequences

    TODO: ask operations.
    ```
    """
    record = subject.record
    state = subject.workspace.canonical(record)
    is_accepted = state in ("accepted", "amended")
    is_taken = is_accepted or state == "other" or (state == "none" and not subject.log.house.statuses.having)
    if pending.throughout(record) is not None or begun.is_draft(subject, proposed=is_taken):
        return
    if not is_taken:
        if state in ("none", "proposed") and not begun.is_begun(subject):
            yield from _left_in_proposal(record)
        return
    yield from _left_for_later(record, notes=not is_accepted)
    if not any(note in record.text for note in _NOTES):
        return
    last = -1
    for match in _NOTE.finditer(record.text, record.document.start):
        line = record.lines.line_at(match.start())
        if line == last:
            continue
        span = Span(*match.span())
        section = record.section_around(span)
        if section is not None and pending.is_for_open_ends(section):
            continue
        is_note = _is_aside(record, span) or (is_accepted and _is_note(record, span))
        if is_note and record.document.kind_at(match.start()) == "text":
            last = line
            yield Found(span, f"“{match[0]}” is left in a decision that was taken; settle it, or say it in words.")


def _left_in_proposal(record: Record) -> Iterator[Found]:
    """The sections of a record not decided yet that are still to be written, and the headings that begin with a note."""
    for section in record.sections:
        words = fold(section.own.of(record.text).strip()) if section.own.end - section.own.start <= _PROMISE_SIZE else ""
        is_only_note = (
            section.own == section.body and len(words) <= _PENDING_SIZE and pending.TO_COME.fullmatch(words) is not None
        )
        if (is_only_note and not pending.is_for_open_ends(section)) or _NOTE_HEADING.match(section.heading.plain):
            yield Found(section.heading.span, f"“{section.name}” is still to be written.", level="hint")


_NOTE_HEADING = lazy.regex(rf"(?:{'|'.join(_NOTES)})(?:[ \t]*(?:[:：(（\[]|$)|[ \t]+[–—-])")
"""The heading of a section for what is still to be done."""


def _left_for_later(record: Record, *, notes: bool) -> Iterator[Found]:
    """The sections in which nothing stands but that something is still to be said, with `notes` by a note such as ``TODO``, too."""
    for section in record.sections:
        start, end = section.own
        if end - start > _PROMISE_SIZE or end != section.body.end or pending.is_for_open_ends(section):
            continue
        said = section.own.of(record.text).strip()
        words = fold(said) if len(said) <= _PENDING_SIZE else ""
        if (
            pending.PENDING.fullmatch(words)
            or (notes and pending.TO_COME.fullmatch(words))
            or _is_promise(said)
            or ("??" in said and not _WORD.search(said))
        ):
            at = record.text.index(said, start)
            message = f"“{section.name}” was left for later in a decision that was taken; write it, or take the heading away."
            yield Found(Span(at, at + len(said)), message)


def _is_promise(said: str) -> bool:
    """Whether a text is a line in brackets or emphasized that promises what is still to be said, or one that lists it behind a colon."""
    if "\n" in said:
        return False
    if begun.is_bracketed(said):
        return _PROMISE.match(fold(said)) is not None
    return (":" in said or "：" in said) and _LISTING.match(fold(said)) is not None


_OURS = lazy.regex(r"^<{7}(?: [^\r\n]*)?$", re.MULTILINE)
_BOTH = lazy.regex(r"^={7}$", re.MULTILINE)
_THEIRS = lazy.regex(r"^>{7}(?: [^\r\n]*)?$", re.MULTILINE)


@rule("error", asciidoc=True)
def conflict_marker(subject: Subject) -> Iterator[Found]:
    """The traces of a merge that git could not finish are still there.

    One of the two sides holds, or both do; readers cannot tell.

    ```md before
    # 1. Use Kafka

    ## Decision

    We need a broker.

    <<<<<<< HEAD
    We use Kafka.

    =======
    We use RabbitMQ.

    >>>>>>> feature/rabbit
    ## Consequences

    We run it.
    ```
    ```md after
    # 1. Use Kafka

    ## Decision

    We need a broker.

    We use Kafka.

    ## Consequences

    We run it.
    ```
    """
    record = subject.record
    if "<<<<<<<" not in record.written:
        return
    text = record.written.replace("\r", "\n")  # so that each line end is one to the patterns; no offset changes
    for ours in _OURS.finditer(text):
        both = _BOTH.search(text, ours.end())
        theirs = _THEIRS.search(text, both.end()) if both else None
        if both is None or theirs is None or record.document.kind_at(ours.start() + 1) in ("block_code", "codespan"):
            continue
        first, middle, last = (record.lines.full_span(record.lines.line_at(mark.start())) for mark in (ours, both, theirs))
        sides = (
            ("Keep the first side", (first, Span(middle.start, last.end))),
            ("Keep the second side", (Span(first.start, middle.end), last)),
            ("Keep both sides", (first, middle, last)),
        )
        fixes = tuple(subject.fix(title, *(Edit(span, "") for span in spans), preferred=False) for title, spans in sides)
        yield Found(Span(first.start, ours.end()), "A merge was not finished here: keep what holds.", fixes)


_CUES = ("in the context of", "facing", "we decided", "to achieve", "accepting")
"""The parts of a Y-statement, in order."""


@rule("info")
def statement_incomplete(subject: Subject) -> Iterator[Found]:
    """A Y-statement lacks one of its parts.

    "In the context of …, facing …, we decided …, to achieve …, accepting …": what is left out mostly is the price.

    ```md before
    # 1. Use Kafka

    In the context of the order service, facing lost messages, we decided for Kafka to achieve delivery at least once.
    ```
    """
    record = subject.record
    at = record.text.find("n the context of", record.document.start)
    if at < 0:
        return
    block = record.document.innermost_at(at)
    if block is None or block.kind not in ("paragraph", "block_text"):
        return
    words = re.sub(r"\W+", " ", fold(record.document.plain(block.span)))
    if not words.startswith("in the context of"):
        return
    lacking = [cue for cue in _CUES if not re.search(rf"\b{cue}\b", words)]
    if lacking and len(lacking) <= 2 and "we decided" not in lacking:
        said = " and ".join(f"“{cue} …”" for cue in lacking)
        yield Found(block.span, f"This Y-statement lacks {said}.")


@cache
def _breaks_off(languages: tuple[str, ...]) -> re.Pattern[str]:
    """The end of a text that goes on in some languages: a comma, or a word behind which another one has to come."""
    words = (any_in(one, "articles", "conjunctions", "prepositions") for name in languages for one in spoken(name))
    return re.compile(rf"[,、，]$|(?:^|\s)(?:{'|'.join(words)})$")


_ENDED = frozenset(".:;!?)]}>*_`|…。：；！？")
"""What ends a sentence or a mark, as nearly all texts do."""
_END = 80
"""How many characters from its end on a text is looked at."""


@rule("info")
def sentence_unfinished(subject: Subject) -> Iterator[Found]:
    """The text of a section breaks off in the middle of a sentence.

    Somebody was called away, or a part was lost. Looked for are a comma, and an article, a preposition or a conjunction, at the very end;
    not in lists, where people write without verbs and full stops.

    ```md before
    # 1. Use Kafka

    ## Context

    Several services have to learn of an order.

    ## Decision

    We use Kafka, since it keeps what was sent, and

    ## Consequences

    We run it.
    ```
    """
    record = subject.record
    for section in record.sections:
        start = section.own.start
        if section.role in STATING:
            continue
        last = start + len(section.own.of(record.text).rstrip())
        said = record.text[max(start, last - _END) : last]
        match = _breaks_off(("English", subject.log.house.language.name)).search(said) if said[-1:] not in _ENDED else None
        if match is None:
            continue
        around = record.document.block_at(last - 1)
        if [block.kind for block in around] == ["paragraph"]:
            span = Span(last - len(match[0].strip()), last)
            yield Found(span, f"The text of “{section.name}” breaks off behind “{match[0].strip()}”.")


RULES: tuple[Rule, ...] = (todo_left, sentence_unfinished, conflict_marker, statement_incomplete)
