"""Rules on what is left of a template: its text, its comments, and blanks that nobody filled in."""

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
from adr_ls.rules import begun, pending
from adr_ls.rules.markup import is_at_home
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.rules.titles import title_from_file_name
from adr_ls.settings.values import Level
from adr_ls.syntax import asciidoc, lazy
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Edit, Span, Taken
from adr_ls.words.lookup import any_of, every, fold, is_nothing
from adr_ls.write import editing


@rule("warning", pages=True, asciidoc=True)
def placeholder_left(subject: Subject) -> Iterator[Found]:
    """Text of the template is still there.

    Looked for are the paragraphs, items, rows and metadata of the log's own template, less those that many records keep on purpose,
    and those of the templates in common use; in the page of a log what the tool that began it left to be filled in, as information. So is
    a text that says nothing but that it is still to come. `(none)` and its like are
    an answer, whether the template has them or not. Where most of a record is the template's, that is one report, and a hint in each further
    section that waits. What else is left in a section that was told of, and questions and advice that stand over their answers, are only information, as is all that a record has left that says that it is a draft. In a record that was just begun, of today and not decided yet, it is
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
    stub = pending.stub(subject.record) or pending.throughout(subject.record)
    if stub is not None and not begun.is_draft(subject, proposed=False):
        is_of_today = subject.workspace.date(subject.record) == subject.workspace.today
        yield Found(stub, "This record only says that it is still to be written.", level="hint" if is_of_today else None)
        return
    found = [*_left_in_metadata(subject), *_left_in_title(subject), *_left_as_number(subject)]
    passages, every = begun.left(subject)
    told: set[Section] = set()
    for block in passages:
        home = subject.record.section_around(block.span)
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
    record = subject.record
    told = {record.section_around(first)}
    for span in left:
        home = record.section_around(span)
        if home is not None and home not in told:
            told.add(home)
            yield Found(span, f"“{home.name}” waits to be filled in, too.", tag="unnecessary", level="hint")


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
        if section.role in STATING or section.own.end - section.own.start > _ASKED:
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


_BLANK_TEXT = lazy.regex(r"^\[(?![ xX^!][\]\d])[^\[\]\s]{1,40}(?:[ \t]+[^\[\]\s]{1,40}){2,60}\][.。]?(?=[ \t]*$)", re.MULTILINE)
"""A line of several words, all of it in square brackets: ``[Image of the layers]``."""


def _blank(subject: Subject, told: Sequence[Span]) -> Iterator[Found]:
    """The paragraphs that are for something that was never put there, by their brackets, and the questions that are all of a section."""
    record, known = subject.record, Taken(told)
    of_others = cache(lambda: Taken([*told, *(link.span for link in record.document.links)]))
    for match in record.document.mentions(_BLANK_TEXT, having=("[",)):
        span = Span(*match.span())
        around = record.document.innermost_at(span.start)
        own = around.span.of(record.text).strip() if around and around.kind == "paragraph" else ""
        if own == span.of(record.text) and not of_others().overlaps(span):
            yield Found(span, "This is for something that was never put here.", level="info")
    for section in record.sections:
        start, end = section.own
        if end - start > _ASKED or section.own != section.body or section.role in STATING or section.role == "context":
            continue
        said = section.own.of(record.text).strip()
        is_question = said[:1] in ("*", "_", "(", "（") and said.rstrip("*_)） ").endswith(("?", "？"))
        if not is_question or "\n\n" in said or not begun.is_bracketed(said) or pending.is_for_open_ends(section):
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
STATING = frozenset({"status", "date", "references", "metadata", "changelog"})
"""The parts of a record that state something of it, in which records may say the same."""
_ASKED = 400
"""How long a section is at most that only asks for something."""


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
    """How much it weighs that the template's text is still there: hardly anything while nobody had the time to replace it, little in a draft."""
    if begun.is_begun(subject):
        return "hint"
    return "info" if begun.is_draft(subject, proposed=False) else None


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
        if is_nothing(written) or (record.is_fixed and asciidoc.is_attribute(written)):
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
            elif pending.PENDING.fullmatch(words):
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
    section = record.section_around(block.span)
    beside = [other for other in record.blocks_in(section.own) if not other.span.covers(block.span)] if section else []
    if not beside and (section is None or not record.text[section.own.end : section.body.end].strip()):
        return ()
    first, last = (record.lines.line_at(at) for at in (block.span.start, max(block.span.start, block.span.end - 1)))
    return (subject.fix("Remove the template's text", editing.without_lines(record, first, last), preferred=False),)


_TOOLS = lazy.regex(r"\b(?:lint|markdownlint|prettier|vale|toc|adr-ls|copyright|licen[cs]e|spdx)", re.IGNORECASE)
"""Comments that are there for good: for tools and lawyers."""
_ADVICE = frozenset({"This is an optional element. Feel free to remove."})
"""Comments of public templates."""


@rule("info", strict="warning", asciidoc=True)
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


RULES: tuple[Rule, ...] = (placeholder_left, template_comment_left)
