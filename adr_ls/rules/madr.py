"""Rules on records in the way of MADR: the options, which of them was chosen and why, and what speaks for and against each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from adr_ls.log import dialects
from adr_ls.log.style import FEW
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words.lookup import any_of, every, fold
from adr_ls.words.similar import LISTED, LOOSE, NEAR, is_near, nearest
from adr_ls.write import editing

_OPTIONS = frozenset(every("considered"))
_LEAD = rf"{any_of('chosen')}[*_]{{0,2}}[ \t\u00a0]?[:：][*_]{{0,2}}[ \t]*"
"""What begins the sentence that names the option that was taken: ``Chosen option: ``."""
_CHOSEN = lazy.regex(
    rf"(?:(?<=[\r\n])|^)[*_]{{0,2}}{_LEAD}"
    r"(?:[\"“„«「'`*_\[{]+[ \u00a0]?(?![\"“„«「'`*_\[{])(?P<option>[^\"”“»」`*\]}\r\n]+?)[ \u00a0]?[\"”“»」'`*_\]}]"
    rf"|(?P<bare>\w[^\"”“»「」`*\]}}\r\n,;.，。]+?)(?=[,;.，。]|(?<![ \t])[ \t]+{any_of('reasons')}\b|(?<![ \t])[ \t]*(?:[\r\n]|$)))",
    re.IGNORECASE | re.MULTILINE,
)
_CHOICE = lazy.regex(any_of("chosen"), re.IGNORECASE)
_CHOOSING = lazy.regex(
    rf"{_LEAD}(?![ \t])(?P<quote>[\"“„«「'`]?)(?P<said>[^\"”“`\r\n,;.]*)$",
    re.IGNORECASE,
)
ARGUMENTS = ("Good, because", "Neutral, because", "Bad, because")
"""With what an argument begins."""
_NO_OPTION = lazy.regex(rf"\b{any_of('nothing', 'several', 'unsettled')}\b", re.IGNORECASE)
"""Words of a choice that is none of the options, or several."""


class Option(NamedTuple):
    """An option that a record considered: its words as a reader sees them, where they stand, all of its item, and where its list starts."""

    name: str
    span: Span
    item: Span
    among: int


def choosing(before: str) -> re.Match[str] | None:
    """A choice that is being written at the end of a text: its opening quotation mark, and what is `said` so far."""
    *_, last = (0, *(found.start() for found in _CHOICE.finditer(before)))
    return _CHOOSING.match(before, last)


def _considered(record: Record) -> Section | None:
    return next((section for section in record.sections if fold(section.name) in _OPTIONS), None)


@lru_cache(maxsize=2)  # for the rules that look at a file one after another; a record that is kept is one with all its Markdown
def _options(record: Record) -> tuple[Option, ...]:
    """The options that a record in the way of MADR lists."""
    section = _considered(record)
    return _listed(record, section.own) if section is not None else ()


def _is_prose(record: Record) -> bool:
    """Whether the options are told in words, so that a list among these is of something else."""
    section = _considered(record)
    blocks = record.blocks_in(section.own) if section is not None else ()
    return sum(block.kind == "paragraph" for block in blocks) >= PROSE


PROSE = 2
"""How many paragraphs beside a list make a section more than that list."""


def unweighed(record: Record, at: int) -> tuple[str, ...]:
    """The options that have no heading yet where their pros and cons are told, if an offset is there; a heading at it does not count."""
    parent = next((section for section in record.sections if fold(section.name) in _PROS), None)
    if parent is None or at not in parent.body:
        return ()
    known = [one.name for one in record.sections if parent.body.covers(one.body) and one.heading.span.start != at and one.name]
    return tuple(option.name for option in _options(record) if not any(_is_same(option.name, name) for name in known))


def is_weighing(record: Record, at: int) -> bool:
    """Whether an offset is where the pros and cons of one of the options are told."""
    return any(at in section.own for section in _judged(record))


def named(record: Record) -> tuple[str, ...]:
    """What the options are called, in the words of a reader."""
    return tuple(dict.fromkeys(option.name for option in _named(record)))


def _named(record: Record) -> tuple[Option, ...]:
    """The options that are listed, else all that is listed in, or heads, a section below “Considered Options”."""
    section = _considered(record)
    if section is None or _options(record):
        return _options(record)
    below = [other.heading.text for other in record.sections if section.body.covers(other.body) and other is not section]
    headings = [Option(record.document.plain(words), words, words, section.own.start) for words in below]
    return (*headings, *_listed(record, section.body))


def _listed(record: Record, span: Span) -> tuple[Option, ...]:
    lists = [block for block in record.blocks_in(span) if block.kind == "list"]
    items = [(item, item.children[0].span, block.span.start) for block in lists for item in block.children if item.children]
    return tuple(Option(record.document.plain(words), words, item.span, among) for item, words, among in items)


def _judged(record: Record) -> list[Section]:
    """The sections of the options in “Pros and Cons of the Options”; where they stand in groups, those in the groups."""
    parent = next((section for section in record.sections if fold(section.name) in _PROS), None)
    if parent is None:
        return []
    inner = [section for section in record.sections if section != parent and parent.body.covers(section.body)]
    outer = [section for section in inner if section.level == parent.level + 1]
    options = _options(record)
    if any(_is_same(section.name, option.name) for section in outer for option in options):
        return outer
    grouped = [section for section in inner if section.level == parent.level + 2]
    return grouped if any(_is_same(section.name, option.name) for section in grouped for option in options) else outer


_PROS = frozenset(every("weighed"))
_GENERIC = frozenset(every("options"))


def _is_same(one: str, other: str) -> bool:
    """Whether two texts name the same option: one often says more than the other, or is a little reworded."""
    first, second = _letters(one).split(), _letters(other).split()
    if (
        not first
        or not second
        or f" {' '.join(first)} " in f" {' '.join(second)} "
        or f" {' '.join(second)} " in f" {' '.join(first)} "
    ):
        return True
    numbers = [{word for word in words if word.isdigit()} for words in (first, second)]
    if numbers[0] and numbers[0] == numbers[1]:
        return True
    said, meant = ({word for word in words if not word.isdigit()} - _GENERIC for words in (first, second))
    if not said or not meant:
        return True  # "Option 2": which one that is, is for people to know
    return len(said & meant) * 2 >= min(len(said), len(meant)) or is_near(_letters(one), _letters(other), LOOSE)


@rule("warning", asciidoc=True)
def madr_chosen_not_listed(subject: Subject) -> Iterator[Found]:
    """The option that was chosen is not among those that were considered.

    Readers look for its pros and cons by the name in the decision. An option may be called a little otherwise in the two places, as long
    as some of its words are the same, and may be named by its number or letter. It is a warning where one option is nearly called so;
    else it may only be worded otherwise.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafa", because it keeps events.
    ```
    ```md after
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.
    ```
    """
    record = subject.record
    section = record.section("decision")
    options = _named(record)
    if section is None or len(options) < 2:
        return
    found = _CHOSEN.search(record.text, section.body.start, section.body.end)
    if not found or any(piece in found[0] for piece in dialects.PIECES) or _is_prose(record):
        return
    group = "option" if found["option"] else "bare"
    chosen, span = _letters(found[group]), Span(*found.span(group))
    known = {_letters(option.name): option.name for option in options}
    if not chosen or any(chosen in option or option in chosen for option in known):
        return
    if _is_labelled(found[group], options) or any(_repeats(found[group], option) for option in known):
        return
    near = nearest(chosen, known, NEAR)
    if near:
        right = known[near]
        fix = subject.fix(f"Change to “{right}”", Edit(span, right), preferred=False)
        yield Found(span, f"“{found[group]}” is not among the considered options; did you mean “{right}”?", (fix,))
    elif not _NO_OPTION.search(chosen) and not any(_is_same(chosen, option.name) for option in options):
        said = f"“{_short(found[group])}” is not among the considered options; add it to them, or name the one that was chosen."
        yield Found(span, said, _listing(subject, options, found[group]), level="info")


_LABEL = lazy.regex(
    # The noun is taken as it is found first, so that the last letter of "Variante" is none of an option
    rf"(?:(?=(?P<noun>{any_of('options')}))(?P=noun)[ \t]*(?:[#:(\[][ \t]*)?(?P<said>\d{{1,2}}|[a-z])(?![^\W_])"
    r"|[(\[](?P<within>\d{1,2}|[a-z])[)\]]"
    r"|(?P<bare>\d{1,2}|[A-Z])(?=[ \t]*(?:[):,;–—]|$|\.(?!\d)|[ \t][-/&+][ \t])))",
    re.IGNORECASE,
)
"""The number or letter of an option before its words: ``option 2 — …``, ``(1) …``, ``A, with …``."""


def _is_labelled(chosen: str, options: tuple[Option, ...]) -> bool:
    """Whether a choice begins with the number or the letter of an option that exists, by its place or its own words."""
    match = _LABEL.match(chosen.strip())
    if match is None:
        return False
    label = match["said"] or match["within"] or match["bare"]
    if match["bare"] and not (label.isdigit() or label.isupper()):
        return False
    place = int(label) if label.isdigit() else ord(label.upper()) - ord("A") + 1
    own = [known for option in options if (known := _LABEL.match(option.name.strip()))]
    if 2 * len(own) >= len(options):
        return any(fold(known["said"] or known["within"] or known["bare"]) == fold(label) for known in own)
    return 1 <= place <= len(options)


_MOSTLY = 0.8
"""Which share of the words of a choice must occur in an option that is named at less length, or in another order."""


def _repeats(chosen: str, option: str) -> bool:
    """Whether nearly all words of a choice, or of what it begins with, are an option's, and none is another number or a slip."""
    known = set(option.split())
    numbers = {word for word in known if word[:1].isdigit()}
    for part in (chosen, re.split(r"[;,(:—–]", chosen, maxsplit=1)[0]):
        words = {word for word in _letters(part).split() if len(word) > 2 or not word.isalpha()} - _GENERIC
        other = words - known
        if len(words) < FEW or len(words) - len(other) < _MOSTLY * len(words):
            continue
        if not any((word[:1].isdigit() and numbers) or nearest(word, known, LISTED) for word in other):
            return True
    return False


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


@rule("info", strict="warning")
def madr_few_options(subject: Subject) -> Iterator[Found]:
    """Only one option is listed as considered.

    A decision is one between options; what else there was, if only to do nothing, tells later readers why this one was taken.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.
    ```
    """
    record = subject.record
    section = _considered(record)
    if section is not None and len(_options(record)) == 1 and section.own.end == section.body.end:
        yield Found(section.heading.span, "Only one option is listed; what else was considered?")


@rule("warning")
def madr_duplicate_option(subject: Subject) -> Iterator[Found]:
    """An option is listed twice.

    Mostly a line was copied to be changed, and was not.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ
    * Apache Kafka

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.
    ```
    ```md after
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.
    ```
    """
    record = subject.record
    seen: dict[tuple[int, str], Option] = {}
    for option in _options(record):
        words = re.sub(r"\s+", " ", fold(option.name))
        first = seen.setdefault((option.among, words), option)
        if first is not option and re.search(r"\w", words):
            lines = [record.lines.line_at(at) for at in (option.item.start, max(option.item.start, option.item.end - 1))]
            alone = not record.text[record.lines.starts[lines[0]] : option.item.start].strip()
            same = fold(first.item.of(record.text)) == fold(option.item.of(record.text))
            edit = editing.without_lines(record, *lines)
            fixes = (subject.fix("Remove the second one", edit, preferred=False),) if alone and same else ()
            yield Found(
                option.span, f"“{option.name}” is listed twice.", fixes, (Place(record.path, first.span, "the first one"),)
            )


_CHOICE_ALONE = lazy.regex(rf"\s*[*_]{{0,2}}{_LEAD}(?=[^\s])", re.IGNORECASE)
_BECAUSE = lazy.regex(rf"\b{any_of('reasons')}\b|[,;–—]|:\s| - ", re.IGNORECASE)


@rule("info")
def madr_no_reason(subject: Subject) -> Iterator[Found]:
    """The option that was chosen is named, but nothing says why.

    The reason is what later readers come for: it tells them when the decision should be looked at again. Any text below the choice
    counts as one.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka".
    ```
    """
    record = subject.record
    section = record.section("decision")
    if section is None:
        return
    said = _CHOICE_ALONE.match(record.text, section.body.start, section.body.end)
    option = record.text[said.end() : section.body.end].rstrip(". \t\r\n") if said else ""
    if said and option and not re.search(r"[\r\n]", option) and not _BECAUSE.search(option):
        yield Found(Span(said.end(), said.end() + len(option)), "Why this option? Say so, with “because …”.")


@rule("off", strict="hint")
def madr_chosen_format(subject: Subject) -> Iterator[Found]:
    """The decision does not begin with “Chosen option: …”, as MADR has it.

    Tools that read MADR find the choice by these words.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    We take Apache Kafka, because it keeps events.
    ```
    """
    record = subject.record
    section = next((section for section in record.sections if fold(section.name) == "decision outcome"), None)
    if section is None or _considered(record) is None or not section.body.of(record.text).strip():
        return
    if not re.search(r"chosen (?:option|alternative|solution)", section.body.of(record.text), re.IGNORECASE):
        yield Found(section.heading.span, "Say here which option was taken, as MADR does: “Chosen option: …, because …”.")


@rule("hint", strict="info")
def madr_option_without_arguments(subject: Subject) -> Iterator[Found]:
    """Nothing is said for or against one of the options, though it is for the others.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ
    * Postgres

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.

    ## Pros and Cons of the Options

    ### Apache Kafka

    * Good, because it keeps events

    ### RabbitMQ

    * Bad, because it does not
    ```
    """
    judged = _judged(subject.record)
    if len(judged) < 2:
        return
    for option in _options(subject.record):
        if not any(_is_same(section.name, option.name) for section in judged):
            yield Found(option.span, f"“{_short(option.name)}” has no pros and cons, though {len(judged)} options have.")


@rule("info")
def madr_option_unlisted(subject: Subject) -> Iterator[Found]:
    """Pros and cons are given for an option that is not among those considered.

    Either the option was renamed in one of the two places, or the list lacks it.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.

    ## Pros and Cons of the Options

    ### Apache Kafka

    * Good, because it keeps events

    ### Postgres

    * Good, because we have it
    ```
    ```md after
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ
    * Postgres

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.

    ## Pros and Cons of the Options

    ### Apache Kafka

    * Good, because it keeps events

    ### Postgres

    * Good, because we have it
    ```
    """
    record = subject.record
    options = _options(record)
    judged = _judged(record)
    if len(options) < 2 or not any(_is_same(section.name, option.name) for section in judged for option in options):
        return
    for section in judged:
        if section.role is None and not any(_is_same(section.name, option.name) for option in options):
            yield Found(
                section.heading.text,
                f"“{_short(section.name)}” is not among the considered options.",
                _listing(subject, options, section.heading.text.of(record.text)),
            )


def _listing(subject: Subject, options: tuple[Option, ...], name: str) -> tuple[Fix, ...]:
    """Adds an option to the list, written as the last one is."""
    record, last = subject.record, options[-1].span
    line = record.lines.line_at(last.start)
    marker = re.fullmatch(r"[ \t]*[-*+][ \t]+", record.text[record.lines.starts[line] : last.start])
    if not marker or record.lines.line_at(max(last.start, last.end - 1)) != line:
        return ()
    at = record.lines.ends[line]
    edit = Edit(Span(at, at), f"{line_end(record.text)}{marker[0]}{name}")
    return (subject.fix("Add it to the considered options", edit, preferred=False),)


@rule("off", strict="hint")
def madr_argument_form(subject: Subject) -> Iterator[Found]:
    """An argument for or against an option does not begin with “Good, because”, “Neutral, because” or “Bad, because”.

    Looked at are records in which some do.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.

    ## Pros and Cons of the Options

    ### Apache Kafka

    * Good, because it keeps events
    * It is hard to run
    ```
    """
    record = subject.record
    lists = (block for section in _judged(record) for block in record.blocks_in(section.own) if block.kind == "list")
    arguments = [item.children[0].span for block in lists for item in block.children if item.children]
    others = [span for span in arguments if not _ARGUMENT.match(span.of(record.text))]
    if len(others) < len(arguments):
        for span in others:
            yield Found(span, "Begin it with “Good, because”, “Neutral, because” or “Bad, because”.")


_ARGUMENT = lazy.regex(r"\W*(?:good|neutral|bad)\b", re.IGNORECASE)


@rule("off", strict="hint")
def madr_drivers_list(subject: Subject) -> Iterator[Found]:
    """The decision drivers are no list.

    ```md before
    # Use Kafka

    ## Decision Drivers

    It must keep events, and we want to run it ourselves.

    ## Decision Outcome

    We use Kafka.
    ```
    """
    record = subject.record
    for section in record.sections:
        if (
            fold(section.name) == "decision drivers"
            and record.blocks_in(section.own)
            and (
                not any(block.kind in ("list", "table") for block in record.blocks_in(section.own))
                and section.own.end == section.body.end
            )
        ):
            yield Found(section.heading.span, "List the drivers, one to an item, so that others can refer to them.")


@rule("off", strict="hint")
def madr_confirmation_missing(subject: Subject) -> Iterator[Found]:
    """An accepted record does not say how it will be seen that the decision is followed.

    MADR 4 has a section “Confirmation” for that, by a review or a test; MADR 3 called it “Validation”. Both are optional, so it is
    asked for only where the template or another record has one.

    ```md before
    -- docs/adr/0001-use-rust.md --
    # Use Rust

    **Status**: Accepted

    ## Considered Options

    * Rust
    * Go

    ## Decision Outcome

    Chosen option: "Rust", because it is fast.

    ### Confirmation

    A review of each new service.
    -- docs/adr/0002-use-kafka.md --
    # Use Kafka

    **Status**: Accepted

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.
    ```
    """
    record = subject.record
    outcome = next((section for section in record.sections if fold(section.name) == "decision outcome"), None)
    if outcome is None or _considered(record) is None or subject.workspace.canonical(record) != "accepted":
        return
    known = "confirmation" in subject.log.habits.names or any(t.section("confirmation") for t in subject.log.templates)
    if known and record.section("confirmation") is None:
        yield Found(outcome.heading.span, "How will it be confirmed that this is followed? MADR has a section “Confirmation”.")


@rule("off", strict="hint")
def madr_consequence_place(subject: Subject) -> Iterator[Found]:
    """Consequences or confirmation stand beside the decision outcome, where MADR has them within it.

    ```md before
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.

    ## Consequences

    * Good, because we can replay
    ```
    ```md after
    # Use Kafka

    ## Considered Options

    * Apache Kafka
    * RabbitMQ

    ## Decision Outcome

    Chosen option: "Apache Kafka", because it keeps events.

    ### Consequences

    * Good, because we can replay
    ```
    """
    record = subject.record
    if _considered(record) is None:
        return
    sections = record.sections
    for index, outcome in enumerate(sections):
        if fold(outcome.name) != "decision outcome":
            continue
        for position, section in enumerate(sections[index + 1 :], index + 1):
            if section.level <= outcome.level and section.role not in ("consequences", "confirmation"):
                break
            if section.level == outcome.level:
                deeper = any(
                    other.level > section.level for other in sections[position + 1 :] if section.body.covers(other.body)
                )
                between = sections[index + 1 : position]
                fixes: tuple[Fix, ...] = ()
                at = section.heading.span.start
                if not deeper and record.text.startswith("#", at) and all(other.role in _WITHIN for other in between):
                    fixes = (subject.fix("Put it within the decision outcome", Edit(Span(at, at), "#"), preferred=False),)
                yield Found(section.heading.span, f"MADR has “{section.name}” within “{outcome.name}”.", fixes)


_WITHIN = ("consequences", "confirmation", None)


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:59] + "…"


RULES: tuple[Rule, ...] = (
    madr_few_options, madr_duplicate_option, madr_chosen_not_listed, madr_chosen_format, madr_no_reason, madr_option_without_arguments,
    madr_option_unlisted, madr_argument_form, madr_drivers_list, madr_consequence_place, madr_confirmation_missing,
)  # fmt: skip
