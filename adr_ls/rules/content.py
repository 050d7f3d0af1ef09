"""Rules on what is left in a text: words of the template, notes to oneself, traces of a merge."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from adr_ls.log import dialects
from adr_ls.log.folds import Tally
from adr_ls.log.style import FEW
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section
from adr_ls.record.passages import REMARKS, comments, is_long, without_comments, words_of
from adr_ls.record.record import Record
from adr_ls.rules import begun
from adr_ls.rules.markup import is_at_home
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.rules.titles import title_from_file_name
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Edit, Span, Taken
from adr_ls.words.lookup import any_in, any_of, every, fold, is_nothing, spoken
from adr_ls.write import editing


@rule("warning", pages=True)
def placeholder_left(subject: Subject) -> Iterator[Found]:
    """Text of the template is still there.

    Looked for are the paragraphs, items, rows and metadata of the log's own template, less those that many records keep on purpose,
    and those of the templates in common use; in the page of a log what the tool that began it left to be filled in, as information. So is
    a text that says nothing but that it is still to come. `(none)` and its like are
    an answer, whether the template has them or not. Where most of a record is the template's, that is one report, and a hint in each further
    section that waits. What else is left in a section that was told of, and questions and advice that stand over their answers, are only information. In a record that was just begun, of today and not decided yet, it is
    only a hint; without a date, as long as nothing else is written.

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
    if subject.is_page:
        yield from _left_in_page(subject)
        return
    level = cache(partial(_level, subject))
    stub = _stub(subject) or _pending_throughout(subject)
    if stub is not None:
        is_of_today = subject.workspace.date(subject.record) == subject.workspace.today
        yield Found(stub, "This record only says that it is still to be written.", level="hint" if is_of_today else None)
        return
    found = [*_left_in_metadata(subject), *_left_in_title(subject), *_left_as_number(subject)]
    passages, every = begun.left(subject)
    told: set[Span] = set()
    for block in passages:
        home = next((one.own for one in reversed(subject.record.sections) if one.own.covers(block.span)), None)
        minor: Level | None = "info" if home in told or begun.is_answered_below(subject, block) else None
        if home is not None and minor is None:
            told.add(home)
        found.append(Found(block.span, "This is still the template's text.", _removal(subject, block), level=minor))
    found += _shared(subject, {block.span for block in passages})
    found += _blank(subject, [one.span for one in found])
    is_bare = len(passages) == every > 1 and not any(_is_left_by_others(subject, block) for block in passages)
    if (is_bare or len(found) >= begun.MANY) and begun.is_unfilled(subject):
        first = min(found, key=lambda one: one.span)
        said = "This record is still its template: "
        yield Found(first.span, f"{said}{len(found)} passages wait to be filled in.", level=level())
        if level() is None:
            yield from _waiting(subject, first.span, sorted(one.span for one in found))
        return
    yield from (replace(one, level=level() or one.level) for one in found)


def _waiting(subject: Subject, first: Span, left: Iterable[Span]) -> Iterator[Found]:
    """The sections of a record that was told of as a whole in which something of the template's was left, each by its first place."""
    told = {_home(subject, first)}
    for span in left:
        home = _home(subject, span)
        if home is not None and home not in told:
            told.add(home)
            yield Found(span, f"“{home.name}” waits to be filled in, too.", tag="unnecessary", level="hint")


def _home(subject: Subject, span: Span) -> Section | None:
    """The section in whose own text, or heading, a place lies."""
    return next(
        (one for one in reversed(subject.record.sections) if one.own.covers(span) or one.heading.span.covers(span)), None
    )


def _left_in_page(subject: Subject) -> Iterator[Found]:
    """What a tool left to be filled in in the page that it began, the first of each."""
    record = subject.record
    for blank in dialects.PAGES if is_at_home(subject) else ():
        at = record.text.find(blank, record.document.start)
        if at >= 0 and record.document.kind_at(at) not in ("block_code", "codespan", "block_html", "inline_html"):
            yield Found(Span(at, at + len(blank)), f"“{blank}” was never filled in.", level="info")


def _shared(subject: Subject, told: Container[Span]) -> Iterator[Found]:
    """The sections of a record that say nothing but what others say in theirs, word for word, where that is what a template asks.

    So is what is left of a template that is not kept with the records. One section that asks tells it of the others of the record, too,
    but not the question that a record is to answer.
    """
    record = subject.record
    found: list[tuple[Section, Block, str]] = []
    for section in record.sections:
        if section.role in _STATING or section.own.end - section.own.start > _ASKED:
            continue
        blocks = [one for one in record.blocks_in(section.own) if one.kind != "block_html"]
        words = words_of(blocks[0].span.of(record.text)) if blocks else ""
        if len(blocks) == 1 and blocks[0].kind == "paragraph" and is_long(words):
            found.append((section, blocks[0], words))
    # What others have is only asked for where there is something to ask
    if not any(
        _asks(words) and subject.log.keeping(words) > 1 and not _is_at_issue(subject, section, words)
        for section, _, words in found
    ):
        return
    for section, block, words in found:
        if block.span not in told and subject.log.keeping(words) > 1:
            answer = Span(section.own.end, section.body.end).of(record.text)
            level: Level | None = "info" if answer.strip() else None
            yield Found(block.span, "Other records have this too: a template's text that nothing answers.", level=level)


def _is_at_issue(subject: Subject, section: Section, words: str) -> bool:
    """Whether a question is what a record is to answer, as several do on one matter: it is all of its context, and few others ask it."""
    log, said = subject.log, fold(words).strip("*_()[]（） ")
    kept = log.keeping(words)
    return section.role == "context" and said.endswith(("?", "？")) and (kept <= FEW or 2 * kept <= log.size)


_BLANK_TEXT = lazy.regex(r"^\[(?![ xX^!][\]\d])[^\[\]\s]{1,40}(?:[ \t]+[^\[\]\s]{1,40}){2,60}\](?=[ \t]*$)", re.MULTILINE)
"""A line of several words, all of it in square brackets: ``[Image of the layers]``."""


def _blank(subject: Subject, told: Sequence[Span]) -> Iterator[Found]:
    """The paragraphs that are for something that was never put there, by their brackets, and the questions that are all of a section."""
    record, known = subject.record, Taken(told)
    of_others = cache(lambda: Taken([*told, *(link.span for link in record.document.links)]))
    for match in record.document.mentions(_BLANK_TEXT, having=("[",)):
        span = Span(*match.span())
        around = record.document.block_at(span.start)
        own = around[-1].span.of(record.text).strip() if around and around[-1].kind == "paragraph" else ""
        if own == span.of(record.text) and not of_others().overlaps(span):
            yield Found(span, "This is for something that was never put here.", level="info")
    for section in record.sections:
        start, end = section.own
        if end - start > _ASKED or section.own != section.body or section.role in _STATING or section.role == "context":
            continue
        said = section.own.of(record.text).strip()
        is_question = said[:1] in ("*", "_", "(", "（") and said.rstrip("*_)） ").endswith(("?", "？"))
        if not is_question or "\n\n" in said or not begun.is_bracketed(said) or _OPEN_ENDS.search(fold(section.name)):
            continue
        at = record.text.index(said, start)
        span = Span(at, at + len(said))
        if not known.overlaps(span):
            yield Found(span, f"“{section.name}” only asks: a template's text that nothing answers.", level="info")


def _asks(words: str) -> bool:
    """Whether a text only asks for something: a question or several, or what is to be described."""
    said = fold(words).strip("*_()[]（） ")
    if said.endswith(("?", "？")):
        return not any(end in said for end in _ENDS)
    return _DESCRIBE.match(said) is not None or said.rstrip(" .。").endswith(_VERBS)


_ENDS = (". ", "! ", ": ", "。", "！", "：")
"""The ends of what is no question, with something behind them."""
_VERBS = tuple(word for word in every("prompts") if word >= "\u3040")
"""Those that stand last, in languages that put no blanks between words."""
_DESCRIBE = lazy.regex(rf"{any_of('prompts')}(?![^\W_])")
_STATING = frozenset({"status", "date", "references", "metadata", "changelog"})
"""The parts of a record that state something of it, in which records may say the same."""
_ASKED = 400
"""How long a section is at most that only asks for something."""


_STUB = lazy.regex(rf"[\W_]*{any_of('pending', 'unsettled')}(?![^\W_])[ \t]*(?:[.!:…。！：\n]|$)")
_STUB_SIZE = 300
"""How long the text of a record is at most that only says that it is to come."""


def _stub(subject: Subject) -> Span | None:
    """The text of a record that says nothing but that it is to be written: ``> 🚧 **Coming soon.**``; None of one that says that it is a draft."""
    record = subject.record
    if (
        any(section.role != "references" for section in record.sections)
        or len(record.text) - record.document.start > _STUB_SIZE
    ):
        return None
    stated = [field.span for field in record.fields] + [status.span for status in record.statuses]
    stated += [section.body for section in record.sections]
    said = [
        block.span
        for block in record.document.walk()
        if block.kind == "paragraph" and not any(block.span.covers(span) or span.covers(block.span) for span in stated)
    ]
    if not said or not _STUB.match(fold(record.document.plain(said[0]))) or begun.is_draft(subject, proposed=False):
        return None
    return Span(said[0].start, said[-1].end)


_TO_COME = lazy.regex(rf"[\W_]*{any_of('pending', 'unsettled')}[\W_]*")
"""What stands in a section that is yet to be written."""


def _pending_throughout(subject: Subject) -> Span | None:
    """What stands in the first section of a record whose sections all say nothing but that they are to come: ``TODO`` below each heading."""
    record = subject.record
    told = [section.own for section in record.sections if section.role not in ("status", "references", "metadata", "changelog")]
    told = [own for own in told if own.of(record.text).strip()]
    if len(told) < SEVERAL or len(record.text) > _STUB_SIZE * SEVERAL or begun.is_draft(subject, proposed=False):
        return None
    if not all(_TO_COME.fullmatch(fold(own.of(record.text))) for own in told):
        return None
    blocks = record.blocks_in(told[0])
    return blocks[0].span if blocks else told[0]


SEVERAL = 2
"""How many sections at least say so of a record that is yet to be written."""


def _is_left_by_others(subject: Subject, block: Block) -> bool:
    """Whether other records have the same passage of a template, so that it is no draft that somebody is about to fill in."""
    return subject.log.keeping(words_of(block.span.of(subject.record.text))) > 1


def _left_in_title(subject: Subject) -> Iterator[Found]:
    """The title, where it is still the template's."""
    record = subject.record
    for section in record.sections:
        if re.fullmatch(r"[\[{<][^\[\]{}<>]+[\]}>]", section.name) and dialects.is_blank_title(section.name):
            yield Found(section.heading.text, "This heading is still the template's.")
    if record.heading is None or not record.title:
        return
    known = dialects.is_blank_title(record.title)
    if known or fold(record.title) in subject.log.template_titles:
        title = title_from_file_name(subject)
        fix = subject.fix(f"Write “{title}”, after the file name", Edit(record.heading.text, title), preferred=False)
        fixes = (fix,) if record.name.slug and fold(title) != fold(record.title) else ()
        yield Found(record.heading.text, "The title is still the template's.", fixes)


def _level(subject: Subject) -> Level | None:
    """How much it weighs that the template's text is still there: hardly anything while nobody had the time to replace it."""
    return "hint" if begun.is_begun(subject) else None


_BLANK = lazy.regex(r"[\[{<(][^\[\]{}<>]{5,}[\]}>)]?|.*\bYYYY-MM-DD\b.*", re.DOTALL)
"""What is to be filled in, as templates write it in their metadata."""
_NUMBERLESS = lazy.regex(r"https?://[^\s<>()]{1,200}/(?:X{3,}|x{3,}|N{3,}|0{3,})(?=[\s<>)]|\Z)")
"""The address of an issue or a request whose number is still to come: ``https://example.com/pull/0000``."""
_NOTED = lazy.regex(rf"\A[*_`]{{0,3}}{any_of('unsettled')}\b[*_`:]{{0,4}}[ \t]*(?=[\[{{<(])", re.IGNORECASE)
"""A note of the template itself before that: ``**TODO** {list everyone}``."""


_NUMBER_TO_COME = lazy.regex(
    rf"[:：][ \t*_]{{0,4}}(?P<blank>#(?:X{{2,6}}|x{{2,6}}|N{{2,6}}|\?{{2,6}}|(?i:{any_of('unsettled')})))(?![\w-])"
)
"""The number of an issue or a request that is still to come, behind what it is of: ``Issue: #XX``."""


_NUMBER_UNKNOWN = lazy.regex(
    r"(?<![^\s(\[·,;])#(?:…|\.{3})(?![\w…./])|(?:(?<=\(|[ \t])|(?<=(?<!\w)[A-Z]))\?\?(?=[)\].,;:|]|[ \t]*$)", re.MULTILINE
)
"""What stands for a number that was to be looked up: ``PR #…``, ``(M??)``, ``policy ref ??``."""


def _left_as_number(subject: Subject) -> Iterator[Found]:
    """The numbers that were never put in the place of the template's, and in a decision that was taken those that nobody looked up."""
    record = subject.record
    if subject.workspace.canonical(record) not in ("none", "draft", "proposed"):
        for match in record.document.mentions(_NUMBER_UNKNOWN, having=("#…", "#...", "??")):
            yield Found(Span(*match.span()), f"“{match[0]}” stands for a number that was never given.", level="info")
    for match in record.document.mentions(_NUMBER_TO_COME, having=("#",)):
        span = Span(*match.span("blank"))
        if not any(field.role == "status" and field.span.covers(span) for field in record.fields):
            yield Found(span, f"“{match['blank']}” is still the template's: give the number, or take the line away.")


def _left_in_metadata(subject: Subject) -> Iterator[Found]:
    """The values of the metadata that are still what the template, or one in common use, has in their place."""
    record = subject.record
    state = subject.workspace.canonical(record)
    # Where no record has a status, those that are there were decided upon
    is_decided = state not in ("none", "draft", "proposed") or (state == "none" and not subject.log.house.statuses.having)
    yield from _left_in_items(subject)
    for field in record.fields:
        if field.place == "section":
            continue
        if field.place == "heading":
            if field.role == "date" and _is_blank_date(field.value_span.of(record.text)):
                yield Found(field.value_span, f"“{field.key}” is still the template's; fill it in.")
            continue
        stray = _stray(record, field)
        if stray is not None:
            fix = subject.fix("Take the bracket away", Edit(stray, ""), preferred=False)
            yield Found(stray, f"“{stray.of(record.text)}” closes what nothing opens; is this still the template's?", (fix,))
        if field.role == "status" or stray is not None:
            continue
        written = without_comments(field.value_span.of(record.text))
        if is_nothing(written):
            continue
        asked = ((fold(other.key), fold(other.value)) for template in subject.log.templates for other in template.fields)
        is_asked = (fold(field.key), fold(field.value)) in asked
        level: Level | None = None
        if _is_list_of_many(subject, field):
            is_left = False
        elif _BLANK.fullmatch(blank := _NOTED.sub("", written)):
            words = fold(blank.strip("[]{}<>() \r\n"))
            if words.startswith(dialects.LATER):
                is_left = is_decided and subject.log.of(_LATER)[fold(field.key)] < FEW
            elif _PENDING.fullmatch(words):
                is_left, level = True, None if is_decided or is_asked else "info"
            else:
                is_left = is_asked or words.startswith(dialects.BLANKS) or (field.role == "date" and _is_blank_date(written))
        else:
            is_left = _NUMBERLESS.search(written) is not None or (
                is_asked and field.role in (None, "title") and _is_of_each(subject, field)
            )
        if is_left:
            yield Found(
                field.value_span,
                f"“{field.key}” is still the template's; fill it in or remove it.",
                _line(subject, field),
                level=level,
            )


def _left_in_items(subject: Subject) -> Iterator[Found]:
    """The items below a key of the metadata that are still what public templates have there: ``- [list everyone involved]`` below “Deciders”."""
    record = subject.record
    for block in record.area:
        for key in block.children if block.kind == "list" else ():
            below = (one for listed in key.children[1:] if listed.kind == "list" for one in listed.walk())
            for leaf in (one for one in below if one.kind == "paragraph"):
                written = without_comments(leaf.span.of(record.text)).strip()
                if _BLANK.fullmatch(written) and fold(written.strip("[]{}<>() ")).startswith(dialects.BLANKS):
                    yield Found(leaf.span, "This is still the template's text.", _removal(subject, leaf))


def _is_blank_date(written: str) -> bool:
    """Whether what is written for a date only says where it is to stand: ``<date of the decision>``."""
    return written[:1] in "<{" and not any(sign.isdigit() for sign in written)


_LATER = Tally(
    lambda record: [
        fold(field.key) for field in record.fields if fold(field.value).strip("[]{}<>() ").startswith(dialects.LATER)
    ]
)
"""How many records still say of which key that it is to be left empty: where several do, nobody here comes back to it."""
_VALUES = Tally(
    lambda record: [
        (fold(field.key), fold(field.value))
        for field in record.fields
        if field.place == "front-matter" and field.role in (None, "title")
    ]
)
"""How many records give the title, or which key of front matter that is nobody's but the team's, which value."""


def _stray(record: Record, field: Field) -> Span | None:
    """The bracket at the end of a value that closes nothing, as where the beginning of the template's text was replaced; None without one."""
    written = without_comments(field.value_span.of(record.text)).rstrip()
    opening = {"}": "{", "]": "["}.get(written[-1:])
    if opening is None or written.count(opening) >= written.count(written[-1]) or "`" in written:
        return None
    end = field.value_span.start + len(written)
    return Span(end - 1, end) if record.text[end - 1 : end] == written[-1] else None


_SAID = Tally(lambda record: [(fold(field.key), fold(field.value)) for field in record.fields if field.place == "front-matter"])
"""How many records give which key of front matter which value."""


def _is_list_of_many(subject: Subject, field: Field) -> bool:
    """Whether a value is a list of single words that several records share, as of a team's only author: such stays as it was."""
    if field.place != "front-matter" or field.value_span.of(subject.record.text)[:1] != "[":
        return False
    is_worded = all(len(item.split()) == 1 and item[:1] not in ("{", "<") for item in field.value.split(","))
    return is_worded and subject.log.of(_SAID)[fold(field.key), fold(field.value)] >= FEW


def _is_of_each(subject: Subject, field: Field) -> bool:
    """Whether each other record has its own value for a key, so that one that it shares with the template was left."""
    key = fold(field.key)
    own = [often for (name, value), often in subject.log.of(_VALUES).items() if name == key and value != fold(field.value)]
    return len(own) >= FEW and all(often == 1 for often in own)


def _line(subject: Subject, field: Field) -> tuple[Fix, ...]:
    """Removes the line of a field."""
    record = subject.record
    first, last = (record.lines.line_at(at) for at in (field.span.start, max(field.span.start, field.span.end - 1)))
    written = record.lines.span(first).of(record.text)
    if first != last or field.place == "table" or written.count(":") - field.value.count(":") > 1:
        return ()
    return (subject.fix(f"Remove “{field.key}”", editing.without_lines(record, first, last), preferred=False),)


def _removal(subject: Subject, block: Block) -> tuple[Fix, ...]:
    """Removes a block of the template, where its section does not become empty by that."""
    record = subject.record
    section = next((section for section in reversed(record.sections) if section.own.covers(block.span)), None)
    beside = [other for other in record.blocks_in(section.own) if not other.span.covers(block.span)] if section else []
    if not beside and (section is None or not record.text[section.own.end : section.body.end].strip()):
        return ()
    first, last = (record.lines.line_at(at) for at in (block.span.start, max(block.span.start, block.span.end - 1)))
    return (subject.fix("Remove the template's text", editing.without_lines(record, first, last), preferred=False),)


_TOOLS = lazy.regex(r"\b(?:lint|markdownlint|prettier|vale|toc|adr-ls|copyright|licen[cs]e|spdx)", re.IGNORECASE)
"""Comments that are there for good: for tools and lawyers."""
_ADVICE = frozenset({"This is an optional element. Feel free to remove."})
"""Comments of public templates."""


@rule("info", strict="warning")
def template_comment_left(subject: Subject) -> Iterator[Found]:
    """A comment of the template is still there.

    It was advice for the author, or a remark such as “optional” behind a heading; readers of the source now wonder whether it is meant for
    them. Told once of a record, and not where half of the records keep it.

    ```md before
    # Use Kafka

    ## Context

    We need a broker.

    <!-- This is an optional element. Feel free to remove. -->

    ## Decision

    We use Kafka.
    ```
    ```md after
    # Use Kafka

    ## Context

    We need a broker.

    ## Decision

    We use Kafka.
    ```
    """
    record, log = subject.record, subject.log
    if "<!--" not in record.text:
        return
    asked = {words for template in log.templates for _, words in comments(template.text)}
    kept: dict[str, bool] = {}
    found: list[Span] = []
    for span, words in comments(record.text, record.document.start):
        if words not in REMARKS and ((words not in asked and words not in _ADVICE) or not is_long(words)):
            continue
        if _TOOLS.search(words) or record.document.kind_at(span.start) not in ("block_html", "inline_html"):
            continue
        if words not in kept:
            kept[words] = log.size > 1 and log.keeping(words) >= max(2, log.size / 2)
        if not kept[words]:
            found.append(span)
    if not found or begun.is_unfilled(subject):  # which is told as a whole
        return
    edits = [Edit(_with_line(record, span), "") for span in found]
    title = "Remove the comment" if len(found) == 1 else f"Remove {len(found)} comments of the template"
    more = f", and {len(found) - 1} more of its comments." if len(found) > 1 else "."
    fix = subject.fix(title, *edits, preferred=False)
    said = f"This comment of the template is still there{more}"
    yield Found(found[0], said, (fix,), tag="unnecessary", level=_level(subject))


def _with_line(record: Record, span: Span) -> Span:
    """A comment with the blanks before it, or with its lines where these have nothing else."""
    first, last = record.lines.line_at(span.start), record.lines.line_at(span.end)
    before = record.text[record.lines.starts[first] : span.start]
    if before.strip() or record.text[span.end : record.lines.ends[last]].strip():
        return Span(span.start - (len(before) - len(before.rstrip())), span.end)
    blank = last + 1 < len(record.lines) and not record.lines.span(last + 1).of(record.text).strip()
    return Span(record.lines.starts[first], record.lines.full_span(last + blank).end)


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


_PENDING = lazy.regex(rf"[\W_]*{any_of('pending')}[\W_]*")
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
_OPEN_ENDS = lazy.regex(rf"\b{any_of('open_ends')}")


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


@rule("info")
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
    if _pending_throughout(subject) is not None or begun.is_draft(subject, proposed=is_taken):
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
        section = next((section for section in reversed(record.sections) if section.own.start <= match.start()), None)
        if section is not None and _OPEN_ENDS.search(fold(section.name)):
            continue
        span = Span(*match.span())
        is_note = _is_aside(record, span) or (is_accepted and _is_note(record, span))
        if is_note and record.document.kind_at(match.start()) == "text":
            last = line
            yield Found(span, f"“{match[0]}” is left in a decision that was taken; settle it, or say it in words.")


def _left_in_proposal(record: Record) -> Iterator[Found]:
    """The sections of a record not decided yet that are still to be written, and the headings that begin with a note."""
    for section in record.sections:
        words = fold(section.own.of(record.text).strip()) if section.own.end - section.own.start <= _PROMISE_SIZE else ""
        is_only_note = section.own == section.body and len(words) <= _PENDING_SIZE and _TO_COME.fullmatch(words) is not None
        if (is_only_note and not _OPEN_ENDS.search(fold(section.name))) or _NOTE_HEADING.match(section.heading.plain):
            yield Found(section.heading.span, f"“{section.name}” is still to be written.", level="hint")


_NOTE_HEADING = lazy.regex(rf"(?:{'|'.join(_NOTES)})(?:[ \t]*(?:[:：(（\[]|$)|[ \t]+[–—-])")
"""The heading of a section for what is still to be done."""


def _left_for_later(record: Record, *, notes: bool) -> Iterator[Found]:
    """The sections in which nothing stands but that something is still to be said, with `notes` by a note such as ``TODO``, too."""
    for section in record.sections:
        start, end = section.own
        if end - start > _PROMISE_SIZE or end != section.body.end or _OPEN_ENDS.search(fold(section.name)):
            continue
        said = section.own.of(record.text).strip()
        words = fold(said) if len(said) <= _PENDING_SIZE else ""
        if (
            _PENDING.fullmatch(words)
            or (notes and _TO_COME.fullmatch(words))
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


@rule("error")
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
    if "<<<<<<<" not in record.text:
        return
    text = record.text.replace("\r", "\n")  # so that each line end is one to the patterns; no offset changes
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
    blocks = record.document.block_at(at)
    if not blocks or blocks[-1].kind not in ("paragraph", "block_text"):
        return
    words = re.sub(r"\W+", " ", fold(record.document.plain(blocks[-1].span)))
    if not words.startswith("in the context of"):
        return
    lacking = [cue for cue in _CUES if not re.search(rf"\b{cue}\b", words)]
    if lacking and len(lacking) <= 2 and "we decided" not in lacking:
        said = " and ".join(f"“{cue} …”" for cue in lacking)
        yield Found(blocks[-1].span, f"This Y-statement lacks {said}.")


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
        if section.role in _STATING:
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


RULES: tuple[Rule, ...] = (
    placeholder_left, template_comment_left, todo_left, sentence_unfinished, conflict_marker, statement_incomplete,
)  # fmt: skip
