"""A record in one line, for indexes and previews: its own summary, else its decision in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Block, Heading
from adr_ls.syntax.text import Span
from adr_ls.words.language import Language
from adr_ls.words.lookup import LANGUAGES, any_in, any_of, fold, is_nothing, one_letter, one_of, words_for

LENGTH = 160
"""How many characters a summary has at most; the hand-written ones of real indexes have about that."""
SENTENCES, DECIDED = 2, 320
"""How many sentences and characters there are at most of what was decided."""

_SENTENCE = lazy.regex(r".+?(?:(?<![.!?。！？])[.!?。！？]+[)\"”’]?(?=\s[^\W\d_a-zà-ÿ]|$)|$)", re.DOTALL)
_ABBREVIATED = lazy.regex(rf"\b(?:{any_of('abbreviations')}|[A-Z])\.$", re.IGNORECASE)


@cache
def _opening(language: Language) -> re.Pattern[str]:
    """How a decision begins in a language before it says what was decided: ``Therefore, we have decided to use``."""
    return re.compile(
        rf"^(?:{any_in(language, 'therefore')},?\s+)?{any_in(language, 'deciders')}\s+"
        rf"(?:{any_in(language, 'auxiliaries', 'adverbs')}\s+){{0,2}}?{any_in(language, 'decide')}(?:\s+|(?<=['’]))"
        rf"(?:(?:{any_in(language, 'auxiliaries')}\s+)?{any_in(language, 'use')}\s+)?",
        re.IGNORECASE,
    )


@cache
def _opened_by() -> Mapping[str, tuple[Language, ...]]:
    """The first words of that, with the languages in which it begins so: the words of all would make a pattern that takes long to compile."""
    found: dict[str, dict[str, Language]] = {}
    for language in LANGUAGES:
        for phrase in (*language.therefore, *language.deciders):
            found.setdefault(_first(fold(phrase)), {})[language.name] = language
    return {word: tuple(languages.values()) for word, languages in found.items()}


def _first(text: str) -> str:
    """The first word of a text."""
    word = _WORD.search(text)
    return word[0] if word is not None else ""


_WORD = lazy.regex(r"[^\W_]+")
_ENDED = lazy.regex(r"[.!?。！？…][)\"”’]?$")
_CLOSING = lazy.regex(rf"{any_of('follows')}\b", re.IGNORECASE)
_HOLLOW = lazy.regex(
    rf"^(?:{any_of('articles', 'determiners')}\s+)?{any_of('following')}\b\s*(?P<what>(?!\s).*)", re.IGNORECASE
)
_LABEL = lazy.regex(rf"{one_of((*words_for('fields', 'summary'), *words_for('sections', 'summary')))}\b[:\s]*", re.IGNORECASE)
_ARTICLE = lazy.regex(rf"^{any_of('articles')}\s+", re.IGNORECASE)
_PROMPT = lazy.regex(r"^\s*[\[{<…]|[?？]\s*$")
"""What a template asks for, and nobody has answered yet."""
_CHOSEN = lazy.regex(rf"^{any_of('chosen')}(?![^\W_])[*_]{{0,2}}[ \t\u00a0]?[:：]?[*_]{{0,2}}\s*", re.IGNORECASE)
"""With what the sentence begins that names the option that was taken: ``Chosen option: "Kafka", because it lasts.``"""
_REASON = lazy.regex(rf"[,，、][ \t]?{any_of('reasons')}(?![^\W_])", re.IGNORECASE)
_ALONE = lazy.regex(
    rf"[\"“”»」'’`*_\]}}]{{1,4}}[ \t\u00a0]{{0,2}}(?:$|[,，、.。;；:：(（–—]|{any_of('reasons')}(?![^\W_]))", re.IGNORECASE
)
"""The end of a name, behind which nothing else is named."""
_QUOTED = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "'": "'", "’": "’", "`": "`", "[": "]", "{": "}"}
"""With what a name may begin, and with which of those it ends then."""


def summary(record: Record) -> str:
    """The record in at most `LENGTH` characters of plain text on one line; its title where it says no more."""
    own = record.field("summary")
    text = record.plain(own) if own else ""
    if not text:
        section = record.section("summary")
        text = _sentence(_first_paragraph(record, section)) if section else ""
    if not text:
        text = _quote(record)
    if not text:
        section = record.section("decision")
        text = _decision(record, section) if section else ""
    if _PROMPT.search(text):
        text = ""
    return _cut(re.sub(r"\s+", " ", text).strip() or (record.title or record.id))


def decided(record: Record) -> str:
    """What was decided, as the section about that says it: its first sentences in plain text, so many and so long at most.

    What a colon announces is named behind it, and so is a list that ends a sentence. Empty where there is no such section, or nobody has
    written it yet.
    """
    section = record.section("decision")
    if section is None:
        return ""
    blocks = tuple(_blocks(record, section))
    for position, block in enumerate(blocks):
        if block.kind == "list":
            words = _heads(record, [block], section)
        elif block.kind == "paragraph":
            words = _sentences(record.document.plain(block.span), SENTENCES)
            following = blocks[position + 1 :]
            is_open = not _ENDED.search(words) and following[:1] and following[0].kind == "list"
            if is_open or words.endswith((":", "：")):
                words = f"{words} {_heads(record, following, section)}".strip()
        else:
            continue
        if words and not _PROMPT.search(words) and not is_nothing(words):
            return _cut(re.sub(r"\s+", " ", words), DECIDED)
    return ""


def decision_paragraph(record: Record) -> Span | None:
    """The first paragraph of the decision, None where there is none."""
    section = record.section("decision")
    if section is None:
        return None
    return next((block.span for block in record.blocks_in(section.body) if block.kind in ("paragraph", "list")), None)


def _quote(record: Record) -> str:
    """A block quote right under the title, where it is a summary."""
    for block in record.area:
        if block.kind == "block_quote":
            words = record.document.plain(block.span)
            label = _LABEL.match(words)
            if label:
                return _sentence(words[label.end() :])
    return ""


def _first_paragraph(record: Record, section: Section) -> str:
    return next(
        (record.document.plain(block.span) for block in record.blocks_in(section.body) if block.kind == "paragraph"), ""
    )


def _blocks(record: Record, section: Section) -> Iterator[Block]:
    """The outermost blocks of a section, read no further than somebody asks."""
    return (block for block in record.document.each_within(section.body) if block.span.start >= section.body.start)


def _decision(record: Record, section: Section) -> str:
    blocks = _blocks(record, section)
    for block in blocks:
        if block.kind == "paragraph":
            words = _sentence(record.document.plain(block.span))
            chosen = _CHOSEN.match(words)
            if chosen and (option := _option(words[chosen.end() :])):
                return option
            plain = _plain(words)
            hollow = _HOLLOW.match(plain)
            if not plain.endswith(":") and not hollow:
                return _capital(plain.rstrip("."))
            if hollow:
                heads = _heads(record, blocks, section)
                what = hollow["what"].rstrip(": ")
                return _capital(f"{what}: {heads}" if what and heads else heads or what)
            return _capital(plain.rstrip(": "))
        if block.kind == "list":
            return _heads(record, [block], section)
    return ""


def _option(named: str) -> str:
    """The option that a sentence names: what is in quotation marks, else all of it but the reason."""
    ends = _QUOTED.get(named[:1], "")
    within = re.match(rf"[^{re.escape(ends)}]+", named[1:]) if ends else None
    # Where more is named behind it, such as a second option, all of that is what was decided
    if within is not None and _ALONE.match(named, len(within[0]) + 1):
        return within[0].strip(" \u00a0*_\"“'`[]{}")
    reason = _REASON.search(named)
    return (named[: reason.start()] if reason else named).strip(" \t\u00a0*_.。")


def _plain(sentence: str) -> str:
    """The sentence without "we will use" in front and "for the following reasons" behind."""
    words = sentence.strip()
    for language in _opened_by().get(one_letter(_first(words).casefold()), ()):
        words = _opening(language).sub("", words)
    words = _ARTICLE.sub("", words) if words != sentence.strip() else words
    # Nothing but that may stand behind it, up to a colon that ends it all
    closing = _CLOSING.search(words, words.rfind(":", 0, -1) + 1)
    return (words[: closing.start()].rstrip().removesuffix(",") if closing else words).strip()


def _heads(record: Record, blocks: Iterable[Block], section: Section) -> str:
    """What the list behind a colon names: its items' bold heads or first words, else the headings that follow in the section."""
    for block in blocks:
        if block.kind == "list":
            items = [
                record.document.plain(child.span)
                for item in block.children
                for child in item.children[:1]
                if child.kind == "paragraph"
            ]
            return ", ".join(_head(item) for item in items[:6] if item)
        if block.kind == "heading":
            there = Span(block.span.start, section.body.end)
            same = [one for one in record.document.headings if one.level == block.level and one.span.start in range(*there)]
            return ", ".join(re.sub(r"^\d+[.)]\s*", "", _said(record, one)) for one in same[:6])
    return ""


def _said(record: Record, heading: Heading) -> str:
    """A heading as a reader sees it, with what is not understood as attributes; its section is not parsed for that."""
    is_whole = not record.document.text[heading.text.end : heading.span.end].lstrip().startswith("{")
    return heading.plain if is_whole else record.document.plain(heading.span)


def _head(item: str) -> str:
    return re.split(r"\s[-–—]\s|:\s|\.\s|;", item, maxsplit=1)[0].strip().rstrip(".:")


def _sentence(text: str) -> str:
    """The first sentence, not ending at an abbreviation."""
    return _sentences(text, 1)


def _sentences(text: str, count: int) -> str:
    """The first sentences, so many at most, none ending at an abbreviation."""
    text = re.sub(r"\s+", " ", text).strip()
    taken = ""
    for match in _SENTENCE.finditer(text):
        taken += match[0]
        count -= not _ABBREVIATED.search(taken, max(0, len(taken) - LENGTH))
        if not count:
            break
    return taken.strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut(text: str, length: int = LENGTH) -> str:
    if len(text) <= length:
        return text
    head = text[: length - 1]
    cut = max(head.rfind(" "), head.rfind("，"), head.rfind("、"))
    head = head[: cut if cut > length // 2 else length - 1]
    for opening, closing in ("()", "[]", "（）"):
        at = head.rfind(opening)
        if at > max(head.rfind(closing), length // 8):  # what is in brackets goes as a whole, or nobody would close them
            head = head[:at]
    return head.rstrip(" ,;:–—-([（") + "…"


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same in the same words, whatever their marks and case."""
    return fold(re.sub(r"[^\w\s]", " ", one)) == fold(re.sub(r"[^\w\s]", " ", other))
