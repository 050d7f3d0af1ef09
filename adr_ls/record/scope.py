"""Whose record is meant: one of this collection, or somebody else's, as in ``Supersedes: infra ADR-1``."""

from __future__ import annotations

import re

from adr_ls.record.filename import DENSE
from adr_ls.syntax import lazy
from adr_ls.words.lookup import any_of, every, fold, words_for

_FOREIGN = frozenset(every("foreign"))
_ANY_FOREIGN = lazy.regex(rf"(?:(?<!\w)|(?=[{DENSE}])){any_of('foreign')}(?!\w)")
_KNOWN = frozenset(
    part
    for word in (
        *every("ordinary", "by", "in_part", "none", "rest", "parts", "optional", "auxiliaries", "adverbs", "fillers", "conditions"),
        *every("inside", "whole", "articles", "records", "conjunctions", "listing"),
        *(word for table in ("statuses", "relations", "fields") for word in words_for(table)),
    )
    for part in word.split()
)  # fmt: skip
_CONTRACTIONS = frozenset(every("contractions"))


_LAST_WORD = lazy.regex(rf"(?<![\w/.@#-])(?P<word>[^\W\d_][\w'’-]{{0,60}})(?:[ \t]+|(?<=[{DENSE}]))[*_\[\"“「]*$")
_LOOKED_AT = 100
"""How many characters before a reference hold the word before it, with its blanks and marks."""


def is_foreign(before: str) -> bool:
    """Whether the words of a line right before ``ADR-7`` say whose record it is: ``the platform's``, ``upstream``, ``editions``.

    A word in small letters counts where it is none of those that stand before references otherwise.
    """
    match = _LAST_WORD.search(before, max(0, len(before) - _LOOKED_AT))
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


_INITIALS = lazy.regex(r"(?<![\w/.@#*_|-])(?P<word>[A-Z][A-Z0-9]{2,11})[ \t]+$")


def is_behind_initials(before: str) -> bool:
    """Whether the words right before ``ADR-7`` end in the initials of something: ``the VRS ADR-7``. Words may be all capitals, too."""
    match = _INITIALS.search(before, max(0, len(before) - _LOOKED_AT))
    return match is not None and not _KNOWN.issuperset(fold(match["word"]).split()) and fold(match["word"]) not in _CALLS


_CALLS = frozenset(every("unsettled", "see", "fillers", "whole"))
"""Words that often stand in capitals, and are nobody's name."""
