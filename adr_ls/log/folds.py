"""Folds: what follows from many records, kept true by what each of them adds to it.

A fold says what it *sees* of one file's facts and what comes of all. Where a file changes and a fold sees the same of it as before,
nothing has happened; else its value is made anew from the facts, never from texts, or from the value before and the facts of that file alone. So nobody keeps a derived value up to date by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from adr_ls.record.facts import Facts

MOST = 4
"""Where more than one of so many files have come or gone, all are looked at anew."""

_S = TypeVar("_S")
_V = TypeVar("_V")
_K = TypeVar("_K", bound=Hashable)
_I = TypeVar("_I", bound="tuple[Any, ...]")


class Fold(Generic[_S, _V]):
    """What comes of all that is seen of each file: `see` is compared by value, `total` gets it file by file in the log's order.

    A fold is itself, unless it was made for something that is asked about: then `about` tells it from others.
    """

    sees_texts = False
    """Whether it sees what equal facts need not share."""

    def __init__(self, see: Callable[[Facts], _S], total: Callable[[Iterable[_S]], _V], about: Hashable = None) -> None:
        self.see = see
        self.total = total
        self.about = about if about is not None else object()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fold) and self.about == other.about

    def __hash__(self) -> int:
        return hash(self.about)

    def of(self, facts: Iterable[Facts]) -> _V:
        """The value for those files."""
        return self.total(self.see(one) for one in facts)

    def after(self, value: _V, old: Facts, new: Facts) -> _V | None:
        """The value when one file has changed: the same object where no difference is seen, None where it has to be made anew."""
        return value if self.see(old) == self.see(new) else None

    def over(self, value: _V, gone: Sequence[Facts], come: Sequence[Facts], facts: Iterable[Facts]) -> _V | None:  # noqa: ARG002  # for those that can
        """The value over `facts` when some of them have come and others are gone; None where it has to be made anew."""
        return None


def count(holds: Callable[[Facts], bool], *about: Hashable) -> Fold[bool, int]:
    """How many files something holds of, which is about these things; made anew for each question."""
    return Fold(holds, sum, about)


class Tally(Fold[tuple[_K, ...], "Counter[_K]"], Generic[_K]):
    """How many files have what; each file counts once for each thing that is seen of it."""

    def __init__(self, see: Callable[[Facts], Iterable[_K]]) -> None:
        super().__init__(lambda facts: tuple(dict.fromkeys(see(facts))), _counted)

    def after(self, value: Counter[_K], old: Facts, new: Facts) -> Counter[_K] | None:
        """The counts with what the file has now in place of what it had."""
        before, now = self.see(old), self.see(new)
        if before == now:
            return value
        return self.over(value, (old,), (new,), ())

    def over(self, value: Counter[_K], gone: Sequence[Facts], come: Sequence[Facts], facts: Iterable[Facts]) -> Counter[_K]:  # noqa: ARG002  # as above
        """The counts without what those had that are gone, and with what those have that have come."""
        changed = value.copy()
        for one in gone:
            changed.subtract(self.see(one))
        for one in come:
            changed.update(self.see(one))
        return +changed


class Grouping(Fold["tuple[tuple[_K, _I], ...]", "Mapping[_K, tuple[_I, ...]]"], Generic[_K, _I]):
    """Which files have what: for each thing that is seen of any what stands for those files, sorted; no two stand for the same."""

    def __init__(self, see: Callable[[Facts], Iterable[tuple[_K, _I]]]) -> None:
        super().__init__(lambda facts: tuple(dict.fromkeys(see(facts))), _grouped)

    def after(self, value: Mapping[_K, tuple[_I, ...]], old: Facts, new: Facts) -> Mapping[_K, tuple[_I, ...]] | None:
        """The groups with what the file has now in place of what it had."""
        return value if self.see(old) == self.see(new) else self.over(value, (old,), (new,), ())

    def over(
        self,
        value: Mapping[_K, tuple[_I, ...]],
        gone: Sequence[Facts],
        come: Sequence[Facts],
        facts: Iterable[Facts],  # noqa: ARG002  # for those that need the others
    ) -> Mapping[_K, tuple[_I, ...]]:
        """The groups without those that are gone, and with those that have come."""
        changed = dict(value)
        for key, item in (pair for one in gone for pair in self.see(one)):
            changed[key] = tuple(other for other in changed[key] if other != item)
            if not changed[key]:
                del changed[key]
        for key, item in (pair for one in come for pair in self.see(one)):
            changed[key] = tuple(sorted((*changed.get(key, ()), item)))
        return changed


def ranked(counts: Counter[_K]) -> list[tuple[_K, int]]:
    """What was counted, the most frequent first, and what is as frequent in an order that does not tell which file came first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], repr(pair[0])))


class Keeping(Fold[bool, int]):
    """How many files have a passage."""

    sees_texts = True

    def __init__(self, words: str) -> None:
        super().__init__(lambda facts: words in facts.passages, sum, (Keeping, words))

    def over(self, value: int, gone: Sequence[Facts], come: Sequence[Facts], facts: Iterable[Facts]) -> int:  # noqa: ARG002  # as above
        """Less those that are gone, and with those that have come."""
        return value - sum(map(self.see, gone)) + sum(map(self.see, come))


class Digests(Fold[str, frozenset[str]]):
    """The digests of all texts."""

    sees_texts = True

    def __init__(self) -> None:
        super().__init__(lambda facts: facts.digest, frozenset)


def _counted(seen: Iterable[Iterable[_K]]) -> Counter[_K]:
    return Counter(thing for things in seen for thing in things)


def _grouped(seen: Iterable[Iterable[tuple[_K, _I]]]) -> Mapping[_K, tuple[_I, ...]]:
    found: dict[_K, list[_I]] = {}
    for key, item in (pair for pairs in seen for pair in pairs):
        found.setdefault(key, []).append(item)
    return {key: tuple(sorted(items)) for key, items in found.items()}


class Folds:
    """The values of folds over the same files, each worked out when first asked for."""

    def __init__(self, facts: Mapping[str, Facts], known: Mapping[Fold[Any, Any], Any] = MappingProxyType({})) -> None:
        self._facts = facts
        self._known = dict(known)

    def of(self, fold: Fold[Any, _V]) -> _V:
        """The value of a fold."""
        if fold not in self._known:
            self._known[fold] = fold.of(self._facts.values())
        value: _V = self._known[fold]
        return value

    def over(self, facts: Mapping[str, Facts]) -> Folds:
        """The folds over other facts, of which most are these."""
        before = self._facts
        gone = [one for path, one in before.items() if facts.get(path) is not one]
        come = [one for path, one in facts.items() if before.get(path) is not one]
        if not gone and not come and [*before] == [*facts]:
            return self
        if MOST * (len(gone) + len(come)) > len(facts):
            return Folds(facts)
        kept = {
            fold: value
            for fold, known in tuple(self._known.items())
            if (value := fold.over(known, gone, come, facts.values())) is not None
        }
        return Folds(facts, kept)

    def after(self, facts: Mapping[str, Facts], old: Facts, new: Facts) -> Folds:
        """The folds over `facts`, which are these files with `new` in place of `old`."""
        same = old == new
        kept = {
            fold: value
            for fold, known in tuple(self._known.items())
            if (value := known if same and not fold.sees_texts else fold.after(known, old, new)) is not None
        }
        return Folds(facts, kept)
