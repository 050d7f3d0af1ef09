"""What a sentence says of a record that it names: that it is somebody else's, or that there is none.

``Backend ADR-26``, ```org/repo` ADR-7`` and ``ADR-26 in the mobile repository`` are records of others; ``ADR-8 is reserved`` and ``ADR-12
(never written)`` need not exist. Only words right beside a name count, so that nothing is said of other names in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from adr_ls.record import scope
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Document
from adr_ls.words.lookup import any_of, every, fold, one_letter

BESIDE = 400
"""How many characters before and behind a name hold all words that count."""
_NEAR = 220
"""Of these, how many hold the words right before it: no more than a repository's name is long."""
_BEGINS = lazy.regex(r"(?:^|[.!?:;(\[])[\s>*+_\[(-]{0,40}(?P<word>[^\W\d_][\w'’-]*)[ \t]+[*_\[\"“]*$")
"""A first word, which has a capital for that alone."""
_REPOSITORY = lazy.regex(r"(?<![\w/.:@-])[\w.-]{1,100}/[\w.-]{1,100}[`*_)\]]*(?:[ \t:]+|#)[*_\[(`]*$")
"""The name of a repository before a reference: ```org/repo` ADR-7``."""
_CLOSING = r"[\s)\]*_`\"”]{0,6}(?:\([^()\n]{0,80}\)[\s*_`]{0,4})?"
"""What may stand between a reference and the words about it: the end of its link or of its mark-up."""
_ELSEWHERE = lazy.regex(
    rf"{_CLOSING}\(?{any_of('prepositions', 'inside')}[ \t]+(?P<whose>(?:[\w.`'’/-]+[ \t]+){{0,3}}){any_of('homes')}(?!\w)",
    re.IGNORECASE,
)
_OWNED = lazy.regex(rf"{_CLOSING}{any_of('owners')}(?!\w)", re.IGNORECASE)
_NOUNS = frozenset(every("records", "names", "passages"))
_OURS = frozenset(every("ours"))
_LISTED = (
    rf"(?:{_CLOSING}(?:[,/&+–-]|,?[ \t]{{0,2}}(?<!\w){any_of('conjunctions')}(?!\w))[ \t]{{0,2}}[\[*_`(]{{0,4}}"
    r"(?:[^\W\d_]{1,12}[-_ #№]{0,2})?#?\d{1,6}(?!\w)){0,12}"
)
"""The other records of a list, of all of which is said what stands behind the last: ``ADR-3, ADR-4 and 5 were`` …"""
_VACANT = lazy.regex(
    rf"{_LISTED}(?:[-\u2010 \t]?{any_of('files')}(?!\w)|[ \t]?{any_of('files')}(?=[\u3040-\u9fff\uac00-\ud7af]))?{_CLOSING}(?P<link>(?:[(\[:|—–-][\s*_]{{0,4}})?(?:{any_of('auxiliaries', 'adverbs', 'yet')}[ \t]+){{0,3}}){any_of('vacant')}(?!\w)"
)
_END = lazy.regex(r"[*_]{0,3}(?:\s*$|[.,;:)|])")
"""What ends a clause."""
_VACANT_FOR = lazy.regex(
    rf"{_LISTED}{_CLOSING}{any_of('auxiliaries')}[ \t]+{any_of('prepositions')}[ \t]+(?:[\w'’/-]+[ \t]+){{1,6}}{any_of('vacant')}[*_]{{0,3}}(?:\s*$|[.,;:)|])"
)
"""What is said of a number for which there is something to come, where the verb is at the end: ``ist für die Messung reserviert.``"""
_VACANT_BEFORE = lazy.regex(
    rf"(?:(?<!\w)|(?=[\u3040-\u9fff])){any_of('vacant', 'bygone')}(?:[ \t]+|(?<=[\u3040-\u9fff\uac00-\ud7af]))"
    rf"(?:{any_of('records', 'numbers')}[ \t]+)?[*_\[(\"“]*$"
)


def is_of_others(before: str, behind: str) -> bool:
    """Whether the words of its line right before or behind ``ADR-7`` say that it is a record of another collection."""
    near = max(0, len(before) - _NEAR)
    first = _BEGINS.search(before, near)
    if first is not None and fold(first["word"]) not in _NOUNS:
        start = first.start("word")
        before = before[:start] + before[start].lower() + before[start + 1 :]
    return (
        scope.is_foreign(before)
        or scope.is_behind_initials(before)
        or bool(_REPOSITORY.search(before, near))
        or _is_elsewhere(behind)
    )


def goes_on(between: str) -> bool:
    """Whether a text between two names only lists the second beside the first: ``, ``, `` (the gate) and ``."""
    return len(between) <= BESIDE and _BETWEEN.fullmatch(between) is not None


_BETWEEN = lazy.regex(
    rf"{_CLOSING}[ \t]{{0,2}}(?:[,/&+]|,?[ \t]{{0,2}}(?<!\w){any_of('conjunctions')}(?!\w))[ \t]{{0,2}}[*_`(]{{0,4}}",
    re.IGNORECASE,
)


def _is_elsewhere(behind: str) -> bool:
    if _OWNED.match(behind) is not None:
        return True
    match = _ELSEWHERE.match(behind)
    return match is not None and _OURS.isdisjoint(fold(match["whose"]).split())


def is_vacant(behind: str) -> bool:
    """Whether the words of its line behind a record's name say that there is no such record, or none yet; see `is_introduced_vacant`, too."""
    said = behind.casefold()
    if max(said, default="") < _DENSE and _beginning_vacant().isdisjoint(_WORD.findall(one_letter(said))):
        return False  # as behind most records, for which it takes long to look for all of that
    match = _VACANT.match(said)
    if match is not None:
        # Where a language has no letters of ours, it says so without an auxiliary, and others do where nothing follows
        return bool(match["link"].strip()) or not match[0].isascii() or bool(_END.match(behind, match.end()))
    return _VACANT_FOR.match(said) is not None


def is_introduced_vacant(before: str) -> bool:
    """Whether the words right before a record's name say so, and with that of all that are listed with it: the former ADR-8 and ADR-9."""
    near = before[-_NEAR:].casefold()
    last = _WORD.findall(one_letter(near[-_LONGEST:]))[-_LAST:]
    if max(map(max, last), default="") < _DENSE and _introducing().isdisjoint(last):
        return False  # as before most records, for which it takes long to look for all of that
    return bool(_VACANT_BEFORE.search(near))


_LONGEST, _LAST = 80, 4
"""How many characters hold the last words of these, and how many words the last one of such and the noun behind it have."""


_WORD = lazy.regex(r"[^\W_]+")
_DENSE = "\u3040"
"""The first sign of scripts that put no blanks between words."""


@cache
def _beginning_vacant() -> frozenset[str]:
    """The first words of what says so behind a name."""
    return frozenset(word[0] for phrase in every("vacant") if (word := _WORD.search(phrase)) is not None)


@cache
def _introducing() -> frozenset[str]:
    """The last words of what says so before a name."""
    return frozenset(_WORD.findall(phrase)[-1] for phrase in every("vacant", "bygone") if _WORD.search(phrase))


_SAYS_VACANT = lazy.regex(rf"(?<![^\W_]){any_of('vacant')}(?![^\W_])")
_LIST_LINE = lazy.regex(r"[ \t>]*(?:[-*+|]|\d+[.)])[ \t]*(?P<numbers>.{1,60})")
_OF_RECORDS = lazy.regex(
    r"(?<![\w.])(?:(?:[A-Za-z]+-)?ADRs?[-_ #]{0,2}\d{1,6}|\d{3,4})(?:[ \t]*[-–—][ \t]*\d{1,6})?(?![\w%]|[-./]\d)", re.IGNORECASE
)
"""Numbers in a line about records, or ranges of them: ``ADR-4``, ``0004-0010``."""
_STRUCK = lazy.regex(
    r"~~[*_\[(]{0,3}(?:(?:[A-Za-z]{1,8}-)?ADRs?[-_ #]{0,2}(?P<digits>\d{1,6})|(?P<bare>\d{3,4}))(?![\w%]|[-./]\d)",
    re.IGNORECASE,
)
"""A number that is struck out: ``| ~~0006~~ |``."""
LONGEST_RANGE = 500
LONGEST_LINE = 2000


def vacancies(document: Document) -> frozenset[int]:
    """The numbers of which a page about records says that there are none: in a sentence, below a heading or a label that does, or struck out.

    So it does of those in a table or list of its own without a link, where it has another one that links records: what is yet to come.
    """
    found: set[int] = set()
    if "~~" in document.text:
        found.update(int(match["digits"] or match["bare"]) for match in _STRUCK.finditer(document.text))
    is_below = False
    body = document.piecewise(_in_piece)
    stretches = [_in_lines(document.text)] if body is None else [_in_lines(document.text[: document.start]), *body]
    links = any(stretch.links for stretch in stretches)
    for stretch in stretches:
        found.update(stretch.said, stretch.below if is_below else (), stretch.unlinked if links else ())
        is_below = is_below if stretch.ends_below is None else stretch.ends_below
    return frozenset(found)


class _Stretch(NamedTuple):
    """What a stretch of whole lines says: the numbers in any case, and those if it stands below a heading or a label that says it of them.

    `ends_below` tells whether it ends below one, None where it does if it stands below one. `unlinked` are the numbers that begin the rows or
    items of what has no link, `links` tells whether others do with one.
    """

    said: tuple[int, ...]
    below: tuple[int, ...]
    ends_below: bool | None
    unlinked: tuple[int, ...] = ()
    links: bool = False


def _in_piece(document: Document) -> list[_Stretch]:
    return [_in_lines(document.text)]


def _in_lines(text: str) -> _Stretch:
    said: list[int] = []
    below: list[int] = []
    is_below: bool | None = None
    may_say = _SAYS_VACANT.search(text.casefold()) is not None
    for line in text.splitlines():
        line = line[:LONGEST_LINE]  # noqa: PLW2901  # no sentence is longer
        is_heading = line.startswith("#")
        if may_say and _SAYS_VACANT.search(line.casefold()):
            said += _numbers_of(line)
            is_below = is_heading or line.rstrip(" *_").endswith((":", "："))
        elif is_heading:
            is_below = False
        elif is_below is not False:
            match = _LIST_LINE.match(line)
            if match is not None:
                (below if is_below is None else said).extend(_numbers_of(match["numbers"]))
            elif line.strip():
                is_below = False
        if is_below is False and not may_say:
            break
    return _Stretch(tuple(said), tuple(below), is_below, *_listed(text))


def _listed(text: str) -> tuple[tuple[int, ...], bool]:
    """The numbers that begin the rows, or items, of the tables and lists without a link; and whether some begin those of one that has such."""
    unlinked: list[int] = []
    links = False
    for block in _ROWS.finditer(text):
        numbers = [int(match["digits"] or match["bare"]) for match in _ROW.finditer(block[0])]
        if "](" in block[0] or "][" in block[0]:
            links = links or bool(numbers)
        else:
            unlinked += numbers
    return tuple(unlinked), links


_ROWS = lazy.regex(r"(?:^[ \t>]{0,12}(?:\||[-*+][ \t])[^\n]{0,2000}(?:\n|\Z))+", re.MULTILINE)
"""A table, or a list of items of one line."""
_ROW = lazy.regex(
    r"^[ \t>]{0,12}(?:\||[-*+][ \t])[ \t]{0,8}[*_`\[]{0,4}(?:(?:[A-Za-z]{1,8}-)?ADRs?[-_ #]{0,2}(?P<digits>\d{1,6})|(?P<bare>0\d{2,3}))"
    r"(?![\w%]|[-./]\d)",
    re.MULTILINE | re.IGNORECASE,
)
"""How a row begins that is about a record: ``| 0007 |``, ``- **ADR-7**``."""


def _numbers_of(line: str) -> Iterator[int]:
    for match in _OF_RECORDS.finditer(line):
        first, *rest = map(int, re.findall(r"\d+", match[0]))
        last = rest[-1] if rest else first
        yield from range(first, last + 1) if first <= last < first + LONGEST_RANGE else (first,)
