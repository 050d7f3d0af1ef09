"""What a status says: which of the usual states it comes to, and since when.

Statuses are read as people write them: ``Accepted (lazy consensus) & implemented``, ``✅ Accepted``, ``superseded-in-part by 0303``,
``{accepted}``, ``2017-11-26 完成``. What counts is how the text begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from adr_ls.record import grammar
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.words import dates
from adr_ls.words.language import ENDED, Canonical
from adr_ls.words.lookup import STATUS_MARKS, STATUS_WORDS, any_of, around, every, fold, is_nothing, one_of, words_for


@dataclass(frozen=True)
class Reading:
    """What a text comes to as a status.

    `word` is the word or phrase that was recognised, as the text has it folded; empty where none was. `partial` says that the state
    covers the record only in part, `choices` that the text still lists the choices of a template. `span` is where the word stands in
    the text that was read; None where it cannot be told exactly, so that nobody writes there.
    """

    canonical: Canonical
    word: str = ""
    partial: bool = False
    choices: bool = False
    span: Span | None = None


_AHEAD = 100
"""Within how many characters behind an arrow the state begins and ends that it leads to."""
_LONGEST = max(word.count(" ") + 1 for word in STATUS_WORDS)
_DENSE = sorted((word for word in STATUS_WORDS if re.search(r"[぀-ヿ一-鿿가-힯]", word)), key=len, reverse=True)
_PARTIAL = lazy.regex(rf"\b{any_of('in_part')}\b")
_LIMITED = lazy.regex(rf"[^\W\d_]+[ \t]*[(（][ \t]*{any_of('concerning')}\b", re.IGNORECASE)
"""What says right behind a state for what alone it holds: ``Superseded (for the web) by ADR-2``."""
_LEAD = lazy.regex(r"^[^\w]+", re.UNICODE)
_BOX = lazy.regex(r"^\s*(?:[-*+]\s+)?\[(?P<tick>[ xX✓✔]?)\]\s*(?=\S)")
_STRUCK = lazy.regex(r"\s*~~[^~]+~~[\s,;:/|>→-]*(?=[^\s~])")
_ARROW = lazy.regex(r"(?:→|⇒|➔|➜|=>|->|-->)\s*")
_EMPHASISED = lazy.regex(r"(?:\*\*|__|`)(?P<text>[^*_`|]+)(?:\*\*|__|`)|(?<![*\w])\*(?P<em>[^*|]+)\*(?![*\w])")
_SINCE = lazy.regex(
    rf"[\W_]*(?:(?:{any_of('on', 'since')}|{one_of(words_for('fields', 'date'))})\b[\W_]*)?(?=\w)",
    re.IGNORECASE,
)
_AROUND = lazy.regex("|".join(rf"{re.escape(before)}[^。；;\n]{{1,200}}?{re.escape(behind)}" for before, behind in around()))
"""Words of supersession around the record that did it: ``已被 ADR-0005 取代``."""
CHOICE = lazy.regex(rf"[|/、,;]|\b{any_of('disjunctions', but='prepositions')}\b", re.IGNORECASE)
"""What stands between the states to choose from."""


@lru_cache(4096)  # the records of a log share most of them
def read(text: str) -> Reading:
    """Reads the text of a status; `canonical` is ``none`` for an empty one and ``other`` for words that mean none of the usual.

    Of several states that it names one after another, the last holds: ``Implemented. Superseded by ADR-2``.
    """
    reading = _read_first(text)
    if reading.word and not reading.choices:
        for clause in _CLAUSE.finditer(text, 0, _FAR):
            behind = text[clause.end() : clause.end() + _FAR]
            adverb = _ADVERB.match(behind)
            later = _read_first(behind[adverb.end() :] if adverb else behind)
            mark = "." if adverb else clause[0]
            if _ends(reading, later, behind, mark) or _is_step(text[: clause.start()], reading, behind, later):
                at = _place_of(later.word, behind)
                reading = replace(later, span=at.shift(clause.end()) if at else None)
    return reading


def _is_done_to_another(text: str) -> bool:
    """Whether a text begins with what the record does to another, in a language that has one word for both: ``Ersetzt ADR-2``."""
    if text.isascii() and text.isalpha():  # one word, as most are
        return False
    found = grammar.tokens(text, Span(0, len(text)), ())
    if len(found) < 2 or found[0].relation not in ("supersedes", "amends"):
        return False
    return found[1].mark == "word" and "by" not in found[1].parts


def _named_last(text: str) -> str:
    """What follows the record that superseded this one, where a status begins with that: ``ADR-2により置き換え``; else empty."""
    sentence = next(grammar.sentences(grammar.tokens(text, Span(0, len(text)), ())), ())
    verb = next((index for index, token in enumerate(sentence) if token.after == "superseded_by"), 0)
    if not verb or any("none" in token.parts for token in sentence):
        return ""
    return sentence[verb].folded


_CLAUSE = lazy.regex(r"(?:(?<!\b\w)[.;!?](?=\s)|[；。]|,(?=\s)|[(（]|(?<=\s)(?:[–—]{1,2}|--?)(?=\s))\s*")
"""What begins another clause of a status."""
_ADVERB = lazy.regex(rf"{any_of('adverbs')}[ \t]+(?=\w)", re.IGNORECASE)
"""What begins a clause that tells what became of a record, whatever the mark before it: ``Accepted, later deprecated``."""
_FAR = 400
"""How many characters of a status are looked through for later states."""


def _ends(reading: Reading, later: Reading, text: str, mark: str) -> bool:
    """Whether the text behind a state, and behind the mark that begins another clause, says what became of it."""
    if later.canonical not in ENDED or later.partial or not later.word:
        return False
    sentence = next(grammar.sentences(grammar.tokens(text, Span(0, len(text)), ())), ())
    head = grammar.clause(sentence)
    if later.canonical == "superseded":
        return any("by" in token.parts or token.around or token.after for token in head) or any(
            map(grammar.ends_in_by, head[:1])
        )
    return reading.canonical not in ENDED and mark[0] in ".;!?；。" and not any(map(grammar.is_content, head))


_STEPS = ("draft", "proposed", "accepted", "rejected", "deprecated", "superseded")
"""The states in the order in which a record may come to them."""


def _is_step(before: str, reading: Reading, behind: str, later: Reading) -> bool:
    """Whether two states, each with its date, are steps of a history in a line: ``Submitted 2017-01-26; Approved 2017-02-22``."""
    if later.canonical not in _STEPS or reading.canonical not in _STEPS or later.partial or later.choices:
        return False
    if _STEPS.index(later.canonical) <= _STEPS.index(reading.canonical) or not fold(behind).startswith(later.word):
        return False
    first, second = since(before, reading.word), since(re.split(r"[;。]|\.\s", behind, maxsplit=1)[0], later.word)
    return first is not None and second is not None and (first.iso or "~") <= (second.iso or "")


def _read_first(text: str) -> Reading:
    """Reads the first state in the text of a status."""
    if ticked(text) is False:
        return Reading("other", choices=True)
    bare = _BOX.sub("", text).strip()
    if is_nothing(bare):
        return Reading("none")
    if lists_choices(bare):
        return Reading("other", choices=True)
    bare = _LEAD.sub("", bare)
    date = dates.read(bare)
    folded = fold(bare[date.end :].lstrip(" :.,;)-–—") if date is not None else bare)
    if not folded:
        return Reading(
            next((state for mark, state in STATUS_MARKS.items() if mark in text), "other" if date is None else "none")
        )
    lead = _PARTIAL.match(folded)
    if folded in STATUS_WORDS or not lead:
        word = leading_word(folded)
    else:
        word = leading_word(folded) or leading_word(folded[lead.end() :].lstrip())
    if word in _RECORDS and _NUMBERED.match(folded, len(word)) and _named_last(bare):
        word = ""  # "決定 3 により廃止"
    enclosing = _AROUND.match(bare) if not word else None
    if enclosing:
        behind = next(behind for _, behind in around() if enclosing[0].endswith(behind))
        return Reading("superseded", behind, span=_place_of(behind, text))
    if not word:
        behind = _named_last(bare)
        return Reading("superseded", behind, span=_place_of(behind, text)) if behind else Reading("other")
    if _is_done_to_another(bare):
        return Reading("other")
    canonical: Canonical = STATUS_WORDS[word]  # type: ignore[assignment]  # the table is typed by meaning, not by state
    partial = bool(_PARTIAL.search(folded[: len(word) + 40].partition(". ")[0]))
    partial = partial or (canonical == "superseded" and (_leaves_rest(bare) or bool(_LIMITED.match(bare))))
    if partial and canonical in ENDED:
        canonical = "accepted"
    return Reading(canonical, word, partial, span=_place_of(word, text))


_RECORDS = frozenset(every("records"))
_NUMBERED = lazy.regex(r"[-_ #]{0,2}\d")
"""What is behind a word that says of a number what it is."""
_TOKEN = lazy.regex(r"[^\W_](?:[^\W_]|['’.])*")


def _place_of(word: str, text: str) -> Span | None:
    """Where a folded word or phrase first stands in a text as written."""
    tokens = list(_TOKEN.finditer(text))
    count = len(_TOKEN.findall(word))
    for at in range(len(tokens) - count + 1):
        span = Span(tokens[at].start(), tokens[at + count - 1].start() + len(tokens[at + count - 1][0].rstrip(".'’")))
        if fold(span.of(text)) == word:
            return span
        if word in _DENSE and span.of(text).casefold().startswith(word):
            return Span(span.start, span.start + len(word))
    return None


def _leaves_rest(text: str) -> bool:
    """Whether the first sentence of a status says that some of the record holds on.

    Brackets behind several records that say more than one thing tell what went where: ``(names to ADR-2; fees remain)``.
    """
    first = next(grammar.sentences(grammar.tokens(text, Span(0, len(text)), ())), ())
    opened = next((index for index, token in enumerate(first) if token.mark == "open"), len(first))
    several = any("listing" in token.parts or token.mark == "comma" for token in first[:opened])
    is_shared = several and any(token.mark == "break" for token in first[opened:])
    return grammar.leaves_rest(first[:opened] if is_shared else first)


def ticked(text: str) -> bool | None:
    """Whether an item of a checklist is ticked; None for a text that is none."""
    box = _BOX.match(text)
    return box["tick"] not in ("", " ") if box else None


def chosen(text: str) -> tuple[int, int]:
    """Which part of a status as written holds: behind what is struck out or an arrow, or the one emphasised of several choices."""
    start, end = 0, len(text)
    while struck := _STRUCK.match(text, start):
        start = struck.end()
    for arrow in _ARROW.finditer(text, start):
        if leading_word(fold(_LEAD.sub("", text[arrow.end() : arrow.end() + _AHEAD]))):
            start = arrow.end()
    beside = re.search(r"[\[(]([^\[\]()]*)[\])][\s.]*$", text)
    before = text[start : beside.start()].strip() if beside else ""
    if beside and lists_choices(beside[1]) and not lists_choices(before) and leading_word(fold(_LEAD.sub("", before))):
        return start, start + len(text[start : beside.start()].rstrip())
    if lists_choices(text[start:]):
        parts = list(_EMPHASISED.finditer(text, start))
        if len(parts) == 1 and leading_word(fold(parts[0][0])):
            return parts[0].start(), parts[0].end()
    return start, end


def on_badge(written: str) -> str:
    """The state on a badge, whose address says what it shows: ``![Status](https://img.shields.io/badge/status-accepted-green)``; else empty."""
    address = _BADGE.search(written) if "/badge/" in written else None
    for part in _BADGE_PARTS.split(address["parts"]) if address else ():
        said = unquote(part).replace("_", " ").strip()
        if STATUS_WORDS.get(leading_word(fold(said)), "other") != "other":
            return said
    return ""


_BADGE = lazy.regex(r"!\[[^\[\]\n]{0,200}\]\(https?://[^\s()/]{1,100}/badge/(?P<parts>[^\s()?#]{1,200})")
_BADGE_PARTS = lazy.regex(r"(?<!-)-(?!-)|/")


def since(text: str, word: str) -> dates.Date | None:
    """The date that a status gives for itself: ``Accepted (2021-01-02)``, ``2017-11-26 完成``, ``Approved by the team on 3 May 2021``."""
    text = _BOX.sub("", text)
    date = dates.read(text)
    if date is not None or not word:
        return date
    found = re.search(r"[\W_]+".join(map(re.escape, word.split())), text, re.IGNORECASE)
    if not found:
        return None
    rest = text[found.end() :]
    apart = [date for date in map(_whole_date, _APART.split(rest)[1:]) if date is not None]
    if len(apart) == 1:
        return apart[0]
    more = _NEXT_WORD.match(rest)
    if more is not None and STATUS_WORDS.get(fold(more["word"])) in ("proposed", "draft"):
        rest = rest[more.end() :]  # "Draft Proposal, 2021-01-02"
    behind = _SINCE.match(rest)
    date = dates.read(rest[behind.end() :]) if behind else None
    if date is not None:
        return date
    beyond = _BEYOND.match(rest)
    date = dates.read(rest[beyond.end() :]) if beyond else None
    if beyond is not None and date is not None and _CLAUSE_ENDS.match(rest, beyond.end() + date.end):
        return date
    clause = re.split(r"[;,(]|\.\s", rest)[0]
    date = dates.search(clause)
    if date is None:
        return _noted(rest[:_FAR])
    return None if _says_more(clause[: date.start]) else date


def _whole_date(part: str) -> dates.Date | None:
    """The date that a part of a value is and nothing else."""
    said = part.strip()
    date = dates.read(said)
    return date if date is not None and date.end == len(said) else None


_APART = lazy.regex(r"(?<=[ \t])[·•|](?=[ \t])")
"""What stands between the parts of a value that say different things: ``Accepted · needs a review · 2021-01-02``."""
_BEYOND = lazy.regex(r"[*_ \t]*[(（](?:[^()（）\n]|[(（][^()（）\n]*[)）])+[)）][*_ \t]*(?:[:：,，;；]|[-–—]{1,3})[*_ \t]*")
"""A note behind a state and the mark before what is said of the state again: ``(refined by ADR-8) — 2021-01-02``."""
_CLAUSE_ENDS = lazy.regex(r"[*_ \t)）]*(?:[.。,，;；\n]|$)")
_NEXT_WORD = lazy.regex(r"[ \t]+(?P<word>[^\W\d_]{1,30})(?=[ \t]*[,;:(]|[ \t]+[-–—\d])")
"""A word behind a state and before what tells more of it."""


def _noted(rest: str) -> dates.Date | None:
    """The date in the first note behind a state, wherever it stands there, if it stands for itself: ``(v1 — 2026-06-23)``, ``(by all; 3 May 2021)``."""
    note = _NOTE.search(rest)
    if note is None or _says_more(rest[: note.start()]):
        return None
    parts = _BETWEEN.split(note["text"])
    found = [(part, date) for part in parts if (date := dates.read(part.strip())) is not None and date.end == len(part.strip())]
    if len(found) != 1 or any(_says_more(part) for part in parts if part is not found[0][0]):
        return None
    return found[0][1]


_NOTE = lazy.regex(r"[(\[（](?P<text>[^()\[\]（）\n]{1,200})[)\]）]")
_BETWEEN = lazy.regex(r"[,;、，；|·•]|[ \t][-–—/][ \t]|(?<=\w)[–—](?=\w)")
"""What stands between the parts of a note."""


_NAMED = lazy.regex(r"[^\W\d_]-\d")
"""What a record's name has: ``ADR-3``."""


def _says_more(text: str) -> bool:
    """Whether words behind a state name another state, or another record and what was done to it, of which a date may be."""
    found = grammar.tokens(text, Span(0, len(text)), ())
    return (
        bool(_NAMED.search(text))
        or any(token.relation or token.after for token in found)
        or any(leading_word(fold(text[at : at + _AHEAD])) for at in (match.start() for match in re.finditer(r"\b\w", text)))
    )


def leading_word(folded: str) -> str:
    """The longest known status word or phrase with which a folded text begins; empty where it begins with none."""
    if folded in STATUS_WORDS:  # be it that marks stand between its letters
        return folded
    words = re.findall(r"[\w'’.]+", folded)[:_LONGEST]
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count]).rstrip(".")
        if phrase in STATUS_WORDS:
            return phrase
    return next((word for word in _DENSE if folded.startswith(word)), "")


def mentioned(text: str) -> Reading:
    """The first status word anywhere in a sentence, for statuses written as prose.

    Not one that is denied or comes under a condition; and none where a template's sentence explains them all.
    """
    found = grammar.tokens(text, Span(0, len(text)), ())
    words: list[str] = []
    states: set[str] = set()
    for index, token in enumerate(found):
        word = leading_word(token.folded) if "state" in token.parts else ""
        if word and STATUS_WORDS[word] not in ("other", "draft") and len(word) > 5:
            states.add(STATUS_WORDS[word])
            before = found[max(0, index - _NEAR) : index]
            if not any(part in other.parts for other in before for part in ("none", "conditions")):
                words.append(word)
    if not words or len(states) > 2:
        return Reading("other")
    if STATUS_WORDS[words[0]] in ENDED and any(part in token.parts for token in found for part in ("parts", "in_part")):
        return Reading("accepted", words[0], partial=True)
    return Reading(STATUS_WORDS[words[0]], words[0])  # type: ignore[arg-type]  # the table is typed by meaning, not by state


_NEAR = 4
"""How many words before a state a word stands at most that denies it."""


def lists_choices(text: str) -> bool:
    """Whether the text lists three or more states to choose from, as templates do: ``Accepted | Rejected | Superseded``."""
    parts = [part for part in CHOICE.split(re.sub(r"^[^:：]{0,12}[:：]", "", text)) if part.strip(" {}[]()<>*_`\"'…")]
    if len(parts) < 3:
        return False
    states = {STATUS_WORDS[word] for part in parts if (word := leading_word(fold(part.strip(" {}[]()<>*_`\"'…\t"))))}
    return len(states) >= 3


def explained(word: str) -> re.Pattern[str]:
    """A line that explains a status, such as ``- **Accepted**: decided, and it holds``: the groups ``word`` and ``words``."""
    return re.compile(
        rf"^[ \t]*[-*+|][ \t]*[*_`]*(?P<word>{re.escape(word)})[*_`]*[ \t]*[:|–—-]+[*_]*[ \t]*(?P<words>[^\n|]+)",
        re.IGNORECASE | re.MULTILINE,
    )
