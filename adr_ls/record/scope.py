"""Whose record is meant: one of this collection, or somebody else's, as in ``Supersedes: infra ADR-1``."""

from __future__ import annotations

import re

from adr_ls.words.languages import LANGUAGES, fold

_FOREIGN = frozenset(fold(word) for language in LANGUAGES for word in language.foreign)
_ANY_FOREIGN = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _FOREIGN), key=len, reverse=True))})(?!\w)")
_KNOWN = frozenset(
    part
    for language in LANGUAGES
    for words in (
        language.ordinary, language.by, language.in_part, language.none, language.rest, language.parts, language.optional,
        language.auxiliaries, language.conditions, language.of, language.whole, language.listing,
        *language.statuses.values(), *language.relations.values(), *language.fields.values(),
    )
    for word in words
    for part in fold(word).split()
)  # fmt: skip
_CONTRACTIONS = frozenset({"it's", "that's", "what's", "let's", "here's", "there's", "who's", "he's", "she's", "one's"})


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
