"""Sets of characters as intervals of code points, and the atoms that a pattern's sets divide all characters into.

Characters of one atom are alike to the pattern, so it is enough to look at one of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeAlias

Charset: TypeAlias = tuple[tuple[int, int], ...]
"""Intervals of code points, sorted, apart from each other; both ends are in."""

LAST = 0x10FFFF
EVERY: Charset = ((0, LAST),)
NONE: Charset = ()
NEWLINE: Charset = ((10, 10),)


def union(sets: Iterable[Charset]) -> Charset:
    """What is in any of the sets."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(interval for each in sets for interval in each):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def complement(charset: Charset) -> Charset:
    """What is not in the set."""
    found, start = [], 0
    for first, last in charset:
        if start < first:
            found.append((start, first - 1))
        start = last + 1
    return (*found, (start, LAST)) if start <= LAST else tuple(found)


@cache
def _all_characters() -> str:
    return "".join(map(chr, range(LAST + 1)))


@cache
def of_class(written: str, *, is_ascii: bool) -> Charset:
    """What one class such as ``\\w`` matches, as the engine itself says."""
    flags = re.DOTALL | (re.ASCII if is_ascii else re.NOFLAG if hasattr(re, "NOFLAG") else 0)
    return tuple((each.start(), each.end() - 1) for each in re.compile(f"{written}+", flags).finditer(_all_characters()))


@cache
def _cases() -> dict[int, tuple[int, ...]]:
    """For each character with more than one case all that differ from it by case alone, as the engine compares them."""
    groups: dict[str, set[int]] = {}
    for character in _all_characters():
        forms = {character.lower(), character.upper(), character.lower().upper(), character.upper().lower()}
        if forms != {character}:
            single = {form for form in forms if len(form) == 1}
            groups.setdefault(min(single, default=character), set()).update(map(ord, {*single, character}))
    found: dict[int, set[int]] = {}
    for group in groups.values():
        whole = group.union(*(found.get(each, set()) for each in group))
        for each in whole:
            found[each] = whole
    return {each: tuple(sorted(whole)) for each, whole in found.items()}


@cache
def _cased() -> tuple[int, ...]:
    return tuple(sorted(_cases()))


@cache
def any_case(charset: Charset) -> Charset:
    """The set, and all that differ from its members by case alone."""
    others = [other for each in _cased() if contains(charset, each) for other in _cases()[each]]
    return union([charset, tuple((each, each) for each in sorted(set(others)))])


def contains(charset: Charset, code: int) -> bool:
    """Whether the character is in the set."""
    return any(first <= code <= last for first, last in charset)


class Atoms:
    """The finest parts that some sets divide all characters into; sets of atoms are numbers with one bit for each."""

    def __init__(self, sets: Iterable[Charset]) -> None:
        self._sets = list(dict.fromkeys(sets))
        events: dict[int, int] = {0: 0}
        for at, charset in enumerate(self._sets):
            for first, last in charset:
                events[first] = events.get(first, 0) ^ 1 << at
                events[last + 1] = events.get(last + 1, 0) ^ 1 << at
        intervals: dict[int, list[tuple[int, int]]] = {}
        inside, points = 0, sorted(events)
        for start, end in zip(points, [*points[1:], LAST + 1], strict=True):
            inside ^= events[start]
            if start <= LAST:
                intervals.setdefault(inside, []).append((start, end - 1))
        self._atoms = list(intervals.items())
        self.everything = (1 << len(self._atoms)) - 1
        self._masks = {
            charset: sum(1 << number for number, (members, _) in enumerate(self._atoms) if members >> at & 1)
            for at, charset in enumerate(self._sets)
        }

    def mask(self, charset: Charset) -> int:
        """The atoms of one of the sets."""
        return self._masks[charset]

    def example(self, mask: int) -> str:
        """A character of any of these atoms, one that can be read if there is one."""
        intervals = [interval for number, (_, each) in enumerate(self._atoms) if mask >> number & 1 for interval in each]
        return chr(_readable(intervals))


def _readable(intervals: Sequence[tuple[int, int]]) -> int:
    for first, last in ((ord("a"), ord("z")), (ord("!"), ord("~")), (ord(" "), ord(" ")), (ord("\t"), ord("\n"))):
        for start, end in intervals:
            if max(start, first) <= min(end, last):
                return max(start, first)
    return next((start for start, end in intervals if not 0xD800 <= start <= 0xDFFF), intervals[0][0])
