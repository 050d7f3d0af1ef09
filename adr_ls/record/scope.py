"""How far a statement about a record reaches: to none, to a part of it, or to a record of another collection.

``Supersedes: none — but see ADR-1`` states no relation, ``Supersedes: ADR-1 — serving mode only`` one in part, and in ``Supersedes:
infra ADR-1`` the record is somebody else's. All of this is about words around a name; which record is named is for others to find.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from adr_ls.syntax.text import Span
from adr_ls.words.lookup import any_of, every, fold, words_for

_NONE, _FOREIGN = frozenset(every("none")), frozenset(every("foreign"))
_BEGINS_NONE = re.compile(rf"{any_of('none')}(?!\w)(?!\.?\s*[\d#№])")
_REST = re.compile(rf"(?<!\w){any_of('rest')}(?!\w)")
_PARTS = re.compile(rf"(?<!\w){any_of('parts')}(?!\w)")
_PAST = re.compile(rf"(?<!\w){any_of('past')}(?!\w)")
_ANY_FOREIGN = re.compile(rf"(?<!\w){any_of('foreign')}(?!\w)")
_KNOWN = frozenset(
    part
    for word in (
        *every("ordinary", "by", "in_part", "none", "rest", "parts", "optional"),
        *(word for table in ("statuses", "relations", "fields") for word in words_for(table)),
    )
    for part in word.split()
)
_CONTRACTIONS = frozenset(every("contractions"))
_BESIDE_VERBS = frozenset(every("auxiliaries", "adverbs"))
_LISTING = frozenset(
    part
    for word in ("adr", "adrs", *every("conjunctions", "adverbs", "see", "by", but="prepositions"))
    for part in word.split()
)
"""Words behind which a list of records goes on."""
_BREAK = re.compile(r";|—|(?<=\s)(?:–|--?)(?=\s)")
_SENTENCE = re.compile(r"[.!?][ \t]+[^\W\d_]|\w{4}[.!?][ \t]+$")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_JOINS = re.compile(rf"(?:[,&+/]|\b{any_of('conjunctions')})[\s*\[]*$", re.IGNORECASE)
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
    words = [word for word in re.findall(r"\w+", fold(re.split(r"[.;:(—]", before)[-1])) if word not in _BESIDE_VERBS]
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
    return bool(listed) or _NAME not in head or not _JOINS.search(behind)


def is_of_others(qualifier: str) -> bool:
    """Whether a note in parentheses on a key says that other collections' records are meant: ``Supersedes (cross-repo)``."""
    folded = fold(qualifier)
    return folded not in every("optional") and bool(_ANY_FOREIGN.search(folded))


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
    if not word.isascii() or not word.islower() or len(word) < 3 or word.endswith(every("attributes")):
        return False
    return folded.split()[-1] not in _KNOWN
