"""Whether one word is nearly another one: the only place that says how near is near.

Two ways to compare. `is_slip` counts letters, for a report that says that a word of the text is misspelt. `nearest` and `is_near` look
how much two words or names have in common, where it is certain that something is wrong and only open whether this is what was meant;
`Strictness` names the degrees.

A word that people use is never taken for a slip of another one: `lookup.is_word` knows those.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import Enum
from functools import cache

from adr_ls.syntax import lazy
from adr_ls.words.lookup import LANGUAGES, every, fold, is_word


class Strictness(Enum):
    """How much two texts must have in common to be nearly the same, as a share of all their letters."""

    NEAR = 0.8
    """A letter or two of a word are wrong, or a word of a name."""
    LISTED = 0.75
    """One letter of four is wrong: where only a few words come into question, as in a list that a team has written down."""
    LOOSE = 0.6
    """Reworded, but hardly about anything else."""


NEAR, LISTED, LOOSE = Strictness.NEAR, Strictness.LISTED, Strictness.LOOSE

SHORT = 8
"""Up to below how many letters a changed one mostly makes another word, so that only one left out, put in or in the wrong place counts."""
LONG = 10
"""From how many letters on a word may have two slips."""
SLIPS = 2
"""How many letters may be wrong at most in what is taken for a slip."""
SUGGESTED = 50
"""For how many mistakes of a file what was meant is looked for: each look compares a word with all the known ones."""


def nearest(word: str, known: Iterable[str], strictness: Strictness) -> str:
    """Which of the known words is most like another one, in the same spelling of both; empty where none is like it enough.

    A word that exists is like no other one but its own forms, unless `LOOSE`.
    """
    exists = strictness is not LOOSE and is_word(fold(word))
    found = difflib.get_close_matches(word, list(known), 3 if exists else 1, strictness.value)
    return next((near for near in found if not exists or is_form(fold(word), fold(near))), "")


class Guesses:
    """Looks for what was meant in the first `SUGGESTED` mistakes of one file, so that a file full of them takes no time by their square."""

    def __init__(self) -> None:
        self._left = SUGGESTED

    def nearest(self, word: str, known: Iterable[str], strictness: Strictness) -> str:
        """What `nearest` says; empty as well where enough has been looked for."""
        self._left -= 1
        return nearest(word, known, strictness) if self._left >= 0 else ""


def is_near(one: str, other: str, strictness: Strictness) -> bool:
    """Whether two texts, in the same spelling, have enough in common; the order of the two does not matter."""
    most = 2 * min(len(one), len(other)) / max(1, len(one) + len(other))
    return most >= strictness.value and likeness(one, other) >= strictness.value


def likeness(one: str, other: str) -> float:
    """How much two texts have in common: 1 where they are the same, 0 where they share no letter."""
    first, second = sorted((one, other))
    return difflib.SequenceMatcher(None, first, second).ratio()


def is_slip(one: str, other: str, *, slips: int = SLIPS) -> bool:
    """Whether a folded name is another one misspelt, and no other word or form: *Content* is none for *Context*.

    `slips` is how many letters may be wrong in a long word.
    """
    if one[:1] != other[:1] or abs(len(one) - len(other)) > slips or is_word(one) or is_form(one, other):
        return False
    pairs = list(zip(one.split(), other.split(), strict=False))
    if len(pairs) > 1 and len(one.split()) == len(
        other.split()
    ):  # each word for itself: *Model Information*, *More Information*
        return distance(one, other) <= slips and all(word == right or is_slip(word, right) for word, right in pairs)
    if len(other) < SHORT:
        return (sorted(one) == sorted(other) and len(other) >= 4) or abs(len(one) - len(other)) == distance(one, other) == 1
    return distance(one, other) <= (slips if len(other) >= LONG else 1) or sorted(one) == sorted(other)


def is_surely(one: str, other: str) -> bool:
    """Whether a folded name that is wrong can be meant for nothing but another one: a slip of it, or one letter beside it."""
    return is_slip(one, other) or (distance(one, other) == 1 and other not in one and not is_word(one))


def is_form(one: str, other: str) -> bool:
    """Whether two folded names differ in their endings only, or in what stands between their words: *Trade-off*, *Tradeoffs*."""
    first, second = (re.sub(r"[\W_]", "", text) for text in (one, other))
    if first.startswith(second) or second.startswith(first):
        return True
    pairs = list(zip(one.split(), other.split(), strict=False))
    return any(all(ending.sub("", a) == ending.sub("", b) for a, b in pairs) for ending in _endings())


@cache
def _endings() -> tuple[re.Pattern[str], ...]:
    """The endings of each language, as what stands at the end of a word."""
    return tuple(re.compile(f"(?:{'|'.join(language.endings)})$") for language in LANGUAGES if language.endings)


def is_of_letters(text: str) -> bool:
    """Whether a text is written in letters, of which one may be wrong: another sign of Chinese or Japanese, or syllable of Korean, is another word."""
    return _SIGNS.search(text) is None


_SIGNS = lazy.regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def is_opposite(one: str, other: str) -> bool:
    """Whether of two words that are nearly the same the first is a negation and the second is none: *unapproved*, *approved*."""
    return any(one.startswith(prefix) and not other.startswith(prefix) for prefix in every("opposites"))


def distance(one: str, other: str) -> int:
    """How many letters have to be put in, left out or changed to make one word the other."""
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, wanted in enumerate(other, 1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != wanted)))
        above = here
    return above[-1]


def cased_like(word: str, right: str) -> str:
    """The right word with capitals as the one has them that it takes the place of."""
    if word.isupper() and len(word) > 1:
        return right.upper()
    return right.capitalize() if word[:1].isupper() else right[:1].lower() + right[1:]
