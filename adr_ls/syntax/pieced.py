"""What is found in a text piece by piece, with places that count from the piece.

An edit touches a piece or two of a long text; all others say what they said, only further on. So what was found in a piece is kept with
it as a `Portion`, and `Pieced` is the sequence of all of it: whoever asks what has no places is answered by the part, once for all texts in
which the piece stands, and what has places is moved to where it is now when somebody looks at it.
"""

from __future__ import annotations

import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import accumulate, chain
from types import NoneType
from typing import Any, Generic, TypeVar, cast, overload

_T = TypeVar("_T")
_R = TypeVar("_R")


class Ground:
    """What answers rest on, as an object that is the same as long as they hold."""

    __slots__ = ("__weakref__",)


class Question(Generic[_R]):
    """What is asked of each thing: a pure function of that, of the text in which it has its places, and of what is `given`.

    That text may be a piece of the whole. `by` is what the question is answered by, such as a directory of all records; it comes before
    what is given, and of answers to the same question only those by the last one are remembered. Where it is but what tells that those
    who are asked say the same, they are asked `through` what is not remembered. Small values are the same where they are equal, all else
    where it is the same object.
    """

    __slots__ = ("by", "key", "through")

    def __init__(self, query: Callable[..., _R], *given: Hashable, by: object = None, through: Any = None) -> None:
        self.key = query, given
        self.by = by
        self.through: Any = by if through is None else through

    def of(self, one: object, text: str) -> _R:
        """What it gets of one thing."""
        query, given = self.key
        return query(one, text, *given) if self.through is None else query(one, text, self.through, *given)


class Portion(Generic[_T]):
    """What was found in one piece of a text, and the piece itself, from the beginning of which places count; it never changes."""

    __slots__ = ("_moved", "_told", "own", "text")

    def __init__(self, text: str, own: Sequence[_T]) -> None:
        self.text = text
        self.own = tuple(own)
        self._moved = 0, self.own
        # What was asked, with what it was answered by, and the answer.
        self._told: dict[tuple[Hashable, ...], tuple[object, Any]] = {}

    def at(self, offset: int, move: Callable[[_T, int], _T] | None) -> tuple[_T, ...]:
        """All of it where the piece begins at an offset."""
        before, found = self._moved
        if before != offset and move is not None and found:
            found = tuple([move(one, offset) for one in self.own])
            self._moved = offset, found
        return found

    def once(self, ask: Callable[[Portion[_T], Question[Any]], _R], question: Question[Any]) -> _R:
        """What `ask` gets of the part by a question; asked once, as long as it is answered by the same."""
        known = self._told.get((ask, question.key))
        if known is None or not _is_by(question.by, known[0]):
            known = self._told[ask, question.key] = _held(question.by), ask(self, question)
        return cast("_R", known[1])


def _held(by: object) -> object:
    """What a question is answered by: a value as it is, and an object such that nothing large is kept only because of an answer."""
    return by if isinstance(by, _VALUES) else weakref.ref(by)


def _is_by(by: object, held: object) -> bool:
    return held() is by if isinstance(held, weakref.ref) else held == by


_VALUES = (NoneType, str, tuple, frozenset)


class Pieced(Sequence[_T]):
    """What is found in a text: `parts`, each with where its piece begins, and how one thing is moved, None for what has no places."""

    __slots__ = ("_held", "_move", "parts", "reached")

    def __init__(self, parts: Sequence[tuple[int, Portion[_T]]], move: Callable[[_T, int], _T] | None) -> None:
        self.parts = parts
        self._move = move
        # How many there are in front of each part, and in all.
        self.reached = [0, *accumulate(len(part.own) for _, part in parts)]
        # What was looked at stays the same object, whatever others move meanwhile.
        self._held: dict[int, tuple[_T, ...]] = {}

    def kept(self, question: Question[Any]) -> Pieced[_T]:
        """Those things of which it is said."""
        return Pieced([(at, _kept(part, question)) for at, part in self.parts], self._move)

    def part(self, index: int) -> tuple[_T, ...]:
        """What is in one of the parts, where it stands."""
        held = self._held.get(index)
        if held is None:
            at, part = self.parts[index]
            held = self._held.setdefault(index, part.at(at, self._move))
        return held

    @overload
    def __getitem__(self, at: int) -> _T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, at: int | slice) -> _T | tuple[_T, ...]:
        if isinstance(at, slice):
            return tuple([self[one] for one in range(*at.indices(len(self)))])
        at = at + len(self) if at < 0 else at
        if not 0 <= at < len(self):
            raise IndexError(at)
        index = bisect_right(self.reached, at) - 1
        return self.part(index)[at - self.reached[index]]

    def __len__(self) -> int:
        return self.reached[-1]

    def __iter__(self) -> Iterator[_T]:
        return chain.from_iterable(map(self.part, range(len(self.parts))))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, tuple | Pieced) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def each(found: Sequence[_T], text: str, question: Question[_R]) -> Iterator[_R]:
    """What is said of each thing that was found in a text; nothing with places."""
    if isinstance(found, Pieced):
        return chain.from_iterable([part.once(_each, question) for _, part in found.parts])
    return (question.of(one, text) for one in found)


def chosen(found: Sequence[_T], text: str, question: Question[Any]) -> Iterator[_T]:
    """Those things of which it is said, where they stand."""
    if not isinstance(found, Pieced):
        yield from (one for one in found if question.of(one, text))
        return
    for index, (_, part) in enumerate(found.parts):
        places = part.once(_places, question)
        if places:
            here = found.part(index)
            yield from [here[at] for at in places]


def kept(found: Sequence[_T], text: str, question: Question[Any]) -> Sequence[_T]:
    """The same as a sequence, of which the parts go on to be those of their pieces."""
    if not isinstance(found, Pieced):
        return tuple([one for one in found if question.of(one, text)])
    return found.kept(question)


def _each(part: Portion[Any], question: Question[_R]) -> tuple[_R, ...]:
    return tuple([question.of(one, part.text) for one in part.own])


def _places(part: Portion[Any], question: Question[Any]) -> tuple[int, ...]:
    return tuple([at for at, one in enumerate(part.own) if question.of(one, part.text)])


def _kept(part: Portion[_T], question: Question[Any]) -> Portion[_T]:
    places = part.once(_places, question)
    return (
        part if len(places) == len(part.own) else part.once(_some, question)
    )  # a part that had itself as an answer would stay


def _some(part: Portion[_T], question: Question[Any]) -> Portion[_T]:
    return Portion(part.text, [part.own[at] for at in part.once(_places, question)])


def between(found: Sequence[_T], start: int, end: int, begin: Callable[[_T], int]) -> Iterator[_T]:
    """The things that begin in a stretch of the text, its end included; `begin` tells where one does, in the order of which they are."""
    at = _first(found, start, begin)
    while at < len(found) and begin(one := found[at]) <= end:
        yield one
        at += 1


def _first(found: Sequence[_T], offset: int, begin: Callable[[_T], int]) -> int:
    """Which of the things is the first that begins no earlier."""
    if not isinstance(found, Pieced):
        return bisect_left(found, offset, key=begin)
    index = max(0, bisect_right(found.parts, offset, key=_start) - 1)
    at, part = found.parts[index] if found.parts else (0, Portion("", ()))
    return found.reached[index] + bisect_left(part.own, offset - at, key=begin)


def _start(part: tuple[int, Portion[Any]]) -> int:
    return part[0]
