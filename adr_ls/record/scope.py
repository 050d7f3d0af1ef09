"""How far a statement about a record reaches: to none, to a part of it, or to a record of another collection.

``Supersedes: none — but see ADR-1`` states no relation, ``Supersedes: ADR-1 — serving mode only`` one in part, and in ``Supersedes:
infra ADR-1`` the record is somebody else's. All of this is about words around a name; which record is named is for others to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from adr_ls.syntax.text import Span
from adr_ls.words.languages import LANGUAGES, OPTIONAL, fold


def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for language in LANGUAGES for word in getattr(language, kind))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?!\w)")


_NONE, _FOREIGN = _words("none"), _words("foreign")
_BEGINS_NONE = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _NONE), key=len, reverse=True))})(?!\w)(?!\.?\s*[\d#№])")
_REST, _PARTS, _PAST, _ANY_FOREIGN = (
    _any_of(_words("rest")),
    _any_of(_words("parts")),
    _any_of(_words("past")),
    _any_of(_FOREIGN),
)
_KNOWN = frozenset(
    part
    for language in LANGUAGES
    for words in (
        language.ordinary, language.by, language.in_part, language.none, language.rest, language.parts, language.optional,
        *language.statuses.values(), *language.relations.values(), *language.fields.values(),
    )
    for word in words
    for part in fold(word).split()
)  # fmt: skip
_CONTRACTIONS = frozenset({"it's", "that's", "what's", "let's", "here's", "there's", "who's", "he's", "she's", "one's"})
_AUXILIARIES = frozenset(
    {"is", "was", "are", "were", "be", "been", "has", "have", "being", "now", "also", "since", "later", "then"}
)
_LISTING = frozenset(
    {"and", "also", "then", "plus", "see", "adr", "adrs", "by", "with", "as", "well", "und", "et", "y", "e", "siehe"}
)
"""Words behind which a list of records goes on."""
_BREAK = re.compile(r";|—|(?<=\s)(?:–|--?)(?=\s)")
_SENTENCE = re.compile(r"[.!?][ \t]+[^\W\d_]|\w{4}[.!?][ \t]+$")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NAME = "\0"


def states_none(value: str) -> bool:
    """Whether a value, or what follows a verb, begins by saying that there is none: ``none — but see ADR-1``."""
    begins = re.sub(r"^[\s:：*_~`\"'(]+", "", value)
    lead = value[: len(value) - len(begins)]
    if re.match(r"[-–—][\s*_(]+[^\W\d_]{2}", begins) and (not lead or ":" in lead):
        return True
    return bool(_BEGINS_NONE.match(fold(begins)))


def is_negated(before: str) -> bool:
    """Whether the words before a verb say that it is not so: ``is not yet`` superseded by."""
    return not _NONE.isdisjoint(re.findall(r"[\w'’]+", fold(re.split(r"[.;:(]", before)[-1]))[-3:])


def is_of_part(words: str) -> bool:
    """Whether words around a verb name a part of a decision: ``allowlist aspect`` superseded by, supersedes ``the mode`` of."""
    return bool(_PARTS.search(fold(_ASIDE.sub(" ", words))))


def has_part_for_subject(before: str) -> bool:
    """Whether the noun right before a verb is one for a part of a decision."""
    words = [word for word in re.findall(r"\w+", fold(re.split(r"[.;:(—]", before)[-1])) if word not in _AUXILIARIES]
    return bool(words) and bool(_PARTS.fullmatch(words[-1]))


def leaves_rest(behind: str) -> bool:
    """Whether the words behind a record's name say that some of it holds on: ``— serving mode only``, ``(stages 2 and 3 remain)``.

    What is kept only for reference or as history does not.
    """
    sentence = re.split(r"[.!?](?:\s|$)", behind)[0]
    clauses = re.split(r"[;()—]|\s–\s", sentence)
    return any(_REST.search(fold(clause)) and not _PAST.search(fold(clause)) for clause in clauses)


def is_out_of_reach(between: str, names: Sequence[Span]) -> bool:
    """Whether a statement ends before the record named behind `between`, which begins with the statement's verb or value.

    `names` are the spans of the records named in it. A statement ends at a full stop, and at a semicolon or dash with words behind it
    that start another one; a parenthesis behind a name only explains.
    """
    said = between
    for name in names:
        said = said[: name.start] + _NAME * len(name) + said[name.end :]
    said = _ASIDE.sub(lambda aside: " " * len(aside[0]), said)
    if _SENTENCE.search(said):
        return True
    aside = said.rfind("(")
    if aside > said.rfind(")") and _NAME in said[:aside]:
        return _NAME in said[aside:] or not _LISTING.issuperset(re.findall(r"[^\W\d_]+", fold(said[aside:])))
    breaks = list(_BREAK.finditer(said))
    if not breaks:
        return False
    head, behind = said[: breaks[-1].start()], said[breaks[-1].end() :]
    if not re.search(rf"\w|{_NAME}", head):
        return False
    behind, listed, _ = behind.partition(_NAME)
    if _LISTING.issuperset(re.findall(r"[^\W\d_]+", fold(behind))):
        return False
    return bool(listed) or _NAME not in head or not re.search(r"(?:[,&+/]|\band)[\s*\[]*$", behind)


def is_of_others(qualifier: str) -> bool:
    """Whether a note in parentheses on a key says that other collections' records are meant: ``Supersedes (cross-repo)``."""
    folded = fold(qualifier)
    return folded not in OPTIONAL and bool(_ANY_FOREIGN.search(folded))


def is_foreign(before: str) -> bool:
    """Whether the words of a line right before ``ADR-7`` say whose record it is: ``the platform's``, ``upstream``, ``editions``.

    A word in small letters counts where it is none of those that stand before references otherwise.
    """
    match = re.search(r"(?<![\w/.@#-])(?P<word>[^\W\d_][\w'’-]*)[ \t]+[*_\[\"“]*$", before)
    if match is None:
        return False
    word = match["word"].replace("’", "'")
    folded = fold(word)
    if folded in _FOREIGN or _ANY_FOREIGN.search(folded):
        return True
    if re.fullmatch(r".+(?:'s|s')", word):
        return word.casefold() not in _CONTRACTIONS
    if not word.isascii() or not word.islower() or len(word) < 3 or word.endswith(("ing", "ed", "ly")):
        return False
    return folded.split()[-1] not in _KNOWN
