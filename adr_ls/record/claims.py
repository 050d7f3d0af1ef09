"""What a sentence says of a record that it names: that it is somebody else's, or that there is none.

``Backend ADR-26``, ```org/repo` ADR-7`` and ``ADR-26 in the mobile repository`` are records of others; ``ADR-8 is reserved`` and ``ADR-12
(never written)`` need not exist. Only words right beside a name count, so that nothing is said of other names in the sentence.
"""

from __future__ import annotations

import re

from adr_ls.record import scope
from adr_ls.words.lookup import any_of, every, fold

BESIDE = 400
"""How many characters before and behind a name hold all words that count."""
_NEAR = 220
"""Of these, how many hold the words right before it: no more than a repository's name is long."""
_BEGINS = re.compile(r"(?:^|[.!?:;(\[])[\s>*+_\[(-]{0,40}(?P<word>[^\W\d_][\w'’-]*)[ \t]+[*_\[\"“]*$")
"""A first word, which has a capital for that alone."""
_REPOSITORY = re.compile(r"(?<![\w/.:@-])[\w.-]{1,100}/[\w.-]{1,100}[`*_)\]]*(?:[ \t:]+|#)[*_\[(`]*$")
"""The name of a repository before a reference: ```org/repo` ADR-7``."""
_CLOSING = r"[\s)\]*_`\"”]{0,6}(?:\([^()\n]{0,80}\)[\s*_`]{0,4})?"
"""What may stand between a reference and the words about it: the end of its link or of its mark-up."""
_ELSEWHERE = re.compile(
    rf"{_CLOSING}\(?{any_of('prepositions')}[ \t]+(?P<whose>(?:[\w.`'’/-]+[ \t]+){{0,3}}){any_of('homes')}(?!\w)", re.IGNORECASE
)
_NOUNS = frozenset(every("records", "names", "passages"))
_OURS = frozenset(every("ours"))
_LISTED = (
    rf"(?:{_CLOSING}(?:[,/&+–-]|,?[ \t]{{0,2}}(?<!\w){any_of('conjunctions')}(?!\w))[ \t]{{0,2}}[\[*_`(]{{0,4}}"
    r"(?:[^\W\d_]{1,12}[-_ #№]{0,2})?#?\d{1,6}(?!\w)){0,12}"
)
"""The other records of a list, of all of which is said what stands behind the last: ``ADR-3, ADR-4 and 5 were`` …"""
_VACANT = re.compile(
    rf"{_LISTED}{_CLOSING}(?P<link>(?:[(\[:|—–-][\s*_]{{0,4}})?(?:{any_of('auxiliaries', 'adverbs', 'yet')}[ \t]+){{0,3}}){any_of('vacant')}(?!\w)"
)
_END = re.compile(r"[*_]{0,3}(?:\s*$|[.,;:)|])")
"""What ends a clause."""
_VACANT_BEFORE = re.compile(rf"(?<!\w){any_of('vacant')}[ \t]+(?:{any_of('records', 'numbers')}[ \t]+)?[*_\[(\"“]*$")


def is_of_others(before: str, behind: str) -> bool:
    """Whether the words of its line right before or behind ``ADR-7`` say that it is a record of another collection."""
    near = max(0, len(before) - _NEAR)
    first = _BEGINS.search(before, near)
    if first is not None and fold(first["word"]) not in _NOUNS:
        start = first.start("word")
        before = before[:start] + before[start].lower() + before[start + 1 :]
    return scope.is_foreign(before) or bool(_REPOSITORY.search(before, near)) or _is_elsewhere(behind)


def _is_elsewhere(behind: str) -> bool:
    match = _ELSEWHERE.match(behind)
    return match is not None and _OURS.isdisjoint(fold(match["whose"]).split())


def is_vacant(before: str, behind: str) -> bool:
    """Whether the words of its line right before or behind a record's name say that there is no such record, or none yet."""
    match = _VACANT.match(behind.casefold())
    if match is not None:
        # Where a language has no letters of ours, it says so without an auxiliary, and others do where nothing follows
        return bool(match["link"].strip()) or not match[0].isascii() or bool(_END.match(behind, match.end()))
    return bool(_VACANT_BEFORE.search(before.casefold(), max(0, len(before) - _NEAR)))
