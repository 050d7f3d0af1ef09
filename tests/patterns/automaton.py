"""A pattern as Python itself parses it, as an automaton that counts the ways that the engine may try.

A state is a place in the pattern that takes one character. What lies between two characters (anchors, word boundaries, looking
one character around) is a condition on the character before and the one after. What cannot be said so is taken to hold, and not
to be relied on.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from typing import Any, NamedTuple

from tests.patterns.charsets import EVERY, NEWLINE, NONE, Atoms, Charset, any_case, complement, of_class, union

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser

COPIES = 300
"""A repeat of at most so many is written out; a longer one is taken for one without end."""
CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


class Between(NamedTuple):
    """What has to hold between two characters, as sets of atoms: of the one before, and of the one after.

    After `surely` it holds, after `after` it may. The ends of the text are atoms of their own.
    """

    before: int
    after: int
    surely: int

    def __and__(self, other: Between) -> Between:  # type: ignore[override] # a tuple has no `&`
        return Between(self.before & other.before, self.after & other.after, self.surely & other.surely)

    @property
    def possible(self) -> bool:
        """Whether any characters fulfil it."""
        return bool(self.before and self.after)


@dataclass
class Part:
    """A part of a pattern: the ways through it without a character, and the places where it begins and ends with one."""

    empty: Counter[Between] = field(default_factory=Counter)
    first: Counter[tuple[Between, int]] = field(default_factory=Counter)
    last: Counter[tuple[int, Between]] = field(default_factory=Counter)


class Edge(NamedTuple):
    """A step to another state by one character of these atoms; `surely` for those of them that do lead there."""

    target: int
    atoms: int
    surely: int


@dataclass
class Automaton:
    """States, numbered; what each leads to; where a search begins; on which next atoms a state is the end of a match."""

    atoms: Atoms
    edges: list[list[Edge]]
    starts: range
    accepts: list[int]
    end: int
    """The atom that is the end of the text."""


class Builder:
    """Makes the automaton of one pattern."""

    def __init__(self, pattern: str, flags: int, never: Charset = NONE) -> None:
        self._never = never
        self._tree: Any = parser.parse(pattern, flags)
        self._flags = self._tree.state.flags
        self._groups: dict[int, tuple[Any, int]] = {}
        sets = [*self._sets(self._tree, self._flags), never, EVERY, NONE, NEWLINE, self._word(0), self._word(re.ASCII)]
        self.atoms = Atoms(sets)
        width = self.atoms.everything.bit_length()
        self.end, self.begin = 1 << width, 1 << width + 1
        self.any_before, self.any_after = self.atoms.everything | self.begin, self.atoms.everything | self.end
        self.free = Between(self.any_before, self.any_after, self.any_after)
        self.places: list[int] = []
        self.follows: dict[int, Counter[tuple[Between, int]]] = {}

    @staticmethod
    def _word(flags: int) -> Charset:
        return of_class(r"\w", is_ascii=bool(flags & re.ASCII))

    # ---- sets of characters

    def _sets(self, tree: Any, flags: int) -> Iterator[Charset]:
        for op, argument in tree:
            name = str(op)
            charset = self._charset(name, argument, flags)
            if charset is not None:
                yield charset
            for below, added in self._below(name, argument, flags):
                yield from self._sets(below, added)

    def _below(self, name: str, argument: Any, flags: int) -> Iterator[tuple[Any, int]]:
        if name == "BRANCH":
            for each in argument[1]:
                yield each, flags
        elif name == "SUBPATTERN":
            group, added, removed, below = argument
            inner = (flags | added) & ~removed
            if group is not None:
                self._groups[group] = below, inner
            yield below, inner
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield argument[2], flags
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield argument[1], flags
        elif name == "ATOMIC_GROUP":
            yield argument, flags
        elif name == "GROUPREF_EXISTS":
            for each in argument[1:]:
                if each is not None:
                    yield each, flags

    def _charset(self, name: str, argument: Any, flags: int) -> Charset | None:
        """What one place takes, None for what is no such place."""
        if name == "ANY":
            return EVERY if flags & re.DOTALL else complement(NEWLINE)
        if name in ("LITERAL", "NOT_LITERAL"):
            one: Charset = ((argument, argument),)
            one = any_case(one) if flags & re.IGNORECASE else one
            return complement(one) if name == "NOT_LITERAL" else one
        if name != "IN":
            return None
        negated, members, classes = False, [], []
        for op, what in argument:
            kind = str(op)
            if kind == "NEGATE":
                negated = True
            elif kind == "LITERAL":
                members.append(((what, what),))
            elif kind == "RANGE":
                members.append((tuple(what),))
            elif kind == "CATEGORY":
                classes.append(of_class(CATEGORIES[str(what)], is_ascii=bool(flags & re.ASCII)))
            else:
                raise ValueError(f"a set of characters has {kind}, of which nothing is known")
        found = union(members)
        # A class is asked about a character in lower case, which is of the same class
        found = union([any_case(found) if flags & re.IGNORECASE else found, *classes])
        return complement(found) if negated else found

    # ---- parts

    def part(self, tree: Any, flags: int) -> Part:
        """The parts one after the other."""
        return reduce(self._then, (self._one(str(op), argument, flags) for op, argument in tree), self._nothing())

    def _nothing(self) -> Part:
        return Part(Counter([self.free]))

    def _one(self, name: str, argument: Any, flags: int) -> Part:
        charset = self._charset(name, argument, flags)
        if charset is not None:
            self.places.append(self.atoms.mask(charset))
            place = len(self.places) - 1
            self.follows[place] = Counter()
            return Part(Counter(), Counter([(self.free, place)]), Counter([(place, self.free)]))
        if name == "AT":
            return Part(_few(Counter(self._at(str(argument), flags))))
        if name == "BRANCH":
            return self._either(self.part(each, flags) for each in argument[1])
        if name == "SUBPATTERN":
            ((below, inner),) = self._below(name, argument, flags)
            return self.part(below, inner)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            part = self._repeated(*argument, flags)
            return self._unsure(part) if name == "POSSESSIVE_REPEAT" else part
        if name == "ATOMIC_GROUP":
            return self._unsure(self.part(argument, flags))
        if name in ("ASSERT", "ASSERT_NOT"):
            return self._look(*argument, flags, negated=name == "ASSERT_NOT")
        if name == "GROUPREF":
            # What the group took, it takes again: never more ways than through the group itself
            return self._unsure(self.part(*self._groups[argument]))
        if name == "GROUPREF_EXISTS":
            _, yes, no = argument
            return self._unsure(self._either([self.part(yes, flags), self.part(no, flags) if no else self._nothing()]))
        if name == "FAILURE":
            return Part()
        raise ValueError(f"a pattern has {name}, of which nothing is known")

    def _at(self, name: str, flags: int) -> list[Between]:
        free, newline = self.free, self.atoms.mask(NEWLINE)
        if name in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            lines = newline if flags & re.MULTILINE and name == "AT_BEGINNING" else 0
            return [free._replace(before=self.begin | lines)]
        if name == "AT_END_STRING":
            return [free._replace(after=self.end, surely=self.end)]
        if name == "AT_END":
            surely = self.end | (newline if flags & re.MULTILINE else 0)
            return [free._replace(after=self.end | newline, surely=surely)]
        if name in ("AT_BOUNDARY", "AT_NON_BOUNDARY"):
            word = self.atoms.mask(self._word(flags))
            before, after = self.any_before & ~word, self.any_after & ~word
            if name == "AT_BOUNDARY":
                return [Between(word, after, after), Between(before, word, word)]
            return [Between(word, word, word), Between(before, after, after)]
        raise ValueError(f"a pattern has {name}, of which nothing is known")

    def _then(self, one: Part, other: Part) -> Part:
        for (place, after), ways in one.last.items():
            for (before, following), more in other.first.items():
                self._follow(place, after & before, following, ways * more)
        first, last = Counter(one.first), Counter(other.last)
        for between, ways in one.empty.items():
            for (before, place), more in other.first.items():
                _add(first, (between & before, place), ways * more)
        for between, ways in other.empty.items():
            for (place, after), more in one.last.items():
                _add(last, (place, after & between), ways * more)
        empty: Counter[Between] = Counter()
        for (between, ways), (beyond, more) in product(one.empty.items(), other.empty.items()):
            if (between & beyond).possible:
                _add(empty, between & beyond, ways * more)
        return Part(empty, first, last)

    def _follow(self, place: int, between: Between, following: int, ways: int) -> None:
        if between.possible:
            _add(self.follows[place], (between, following), ways)

    @staticmethod
    def _either(parts: Iterable[Part]) -> Part:
        found = Part()
        for part in parts:
            for counted, more in ((found.empty, part.empty), (found.first, part.first), (found.last, part.last)):
                for key, ways in more.items():
                    _add(counted, key, ways)
        return found

    def _unsure(self, part: Part) -> Part:
        """The part, of which nobody may rely on getting through."""
        empty, last = Counter[Between](), Counter[tuple[int, Between]]()
        for between, ways in part.empty.items():
            _add(empty, between._replace(surely=0), ways)
        for (place, after), ways in part.last.items():
            _add(last, (place, after._replace(surely=0)), ways)
        return Part(empty, part.first, last)

    def _repeated(self, least: int, most: Any, tree: Any, flags: int) -> Part:
        endless = most == parser.MAXREPEAT
        if not endless and most > COPIES:
            return self._unsure(self._loop(self._copies(min(least, 1), tree, flags), tree, flags))
        if endless:
            if least > COPIES:
                return self._unsure(self._loop(self._copies(1, tree, flags), tree, flags))
            if least == 1 and len(tree) == 1:
                one = self.part(tree, flags)
                if not one.empty:
                    self._close(one)
                    return one
            return self._loop(self._copies(least, tree, flags), tree, flags)
        optional = self._nothing()
        for _ in range(most - least):
            optional = self._either([self._then(self.part(tree, flags), optional), self._nothing()])
        return self._then(self._copies(least, tree, flags), optional)

    def _copies(self, count: int, tree: Any, flags: int) -> Part:
        return reduce(self._then, (self.part(tree, flags) for _ in range(count)), self._nothing())

    def _loop(self, before: Part, tree: Any, flags: int) -> Part:
        part = self.part(tree, flags)
        self._close(part)
        # The engine goes through an empty round once, and then on
        once = Part(_few(Counter([self.free]) + part.empty))
        return self._then(before, self._either([once, self._then(Part(Counter(), part.first, part.last), once)]))

    def _close(self, part: Part) -> None:
        for (place, after), ways in part.last.items():
            for (before, following), more in part.first.items():
                self._follow(place, after & before, following, ways * more)

    def _look(self, direction: int, tree: Any, flags: int, *, negated: bool) -> Part:
        part = self.part(tree, flags)
        free, everything = self.free, self.any_after if direction > 0 else self.any_before
        may, surely = self._ahead(part) if direction > 0 else self._behind(part)
        if negated:
            may, surely = everything & ~surely, everything & ~may
        if direction < 0:
            return Part(Counter([free._replace(before=may, surely=free.surely if may == surely else 0)]))
        # What is looked at costs, too: a way that leads nowhere
        return Part(Counter([free._replace(after=may, surely=surely)]), part.first if _has_loop(tree) else Counter())

    def _ahead(self, part: Part) -> tuple[int, int]:
        """The atoms with which the part may begin, and those with which alone it is there."""
        ends = {place for place, after in part.last if after == self.free}
        may = surely = 0
        for between, place in part.first:
            may |= between.after & self.places[place]
            if place in ends and between.before == self.any_before:
                surely |= between.surely & self.places[place]
        for between in part.empty:
            may |= between.after
            surely |= between.surely if between.before == self.any_before else 0
        return may, surely

    def _behind(self, part: Part) -> tuple[int, int]:
        """The atoms with which the part may end, and those with which alone it is there."""
        begins = {place for before, place in part.first if before == self.free}
        may = surely = 0
        for place, between in part.last:
            may |= between.before & self.places[place]
            if place in begins and between.surely == self.any_after:
                surely |= self.places[place] & between.before
        for between in part.empty:
            may |= between.before
            surely |= between.before if between.surely == self.any_after else 0
        return may, surely

    # ---- the automaton

    def build(self, *, searched: bool, whole: bool) -> Automaton:
        """The automaton of the pattern, searched for at each place or matched at one, up to the end of the text or not."""
        never = self.atoms.mask(self._never)
        self.atoms.everything &= ~never
        part = self.part(self._tree, self._flags)
        self.places = [mask & ~never for mask in self.places]
        if whole:
            part = self._then(part, Part(Counter([self.free._replace(after=self.end, surely=self.end)])))
        kinds = self._kinds(part)
        states = [(place, kind) for place, mask in enumerate(self.places) for kind in range(len(kinds)) if mask & kinds[kind]]
        number = {state: len(kinds) + at for at, state in enumerate(states)}
        edges: list[list[Edge]] = [[] for _ in range(len(kinds) + len(states))]
        accepts = [0] * len(edges)
        for kind, before in enumerate(kinds):
            for (between, place), ways in part.first.items():
                if between.before & before:
                    edges[kind] += self._steps(kinds, number, between, place, ways)
            if searched:
                edges[kind] += [
                    Edge(at, each & self.atoms.everything, 0) for at, each in enumerate(kinds) if each & self.atoms.everything
                ]
        for place, kind in states:
            for (between, following), ways in self.follows[place].items():
                if between.before & kinds[kind]:
                    edges[number[place, kind]] += self._steps(kinds, number, between, following, ways)
        for place, after in part.last:
            for kind, before in enumerate(kinds):
                if (place, kind) in number and after.before & before:
                    accepts[number[place, kind]] |= after.surely
        return Automaton(self.atoms, edges, range(len(kinds)), accepts, self.end)

    def _kinds(self, part: Part) -> list[int]:
        """What the pattern tells apart when it looks back by one character."""
        asked = {between.before for after in self.follows.values() for between, _ in after}
        asked |= {between.before for between, _ in part.first} | {between.before for _, between in part.last}
        kinds = [self.any_before]
        for mask in asked:
            kinds = [each for kind in kinds for each in (kind & mask, kind & ~mask) if each]
        return kinds

    def _steps(
        self, kinds: list[int], number: dict[tuple[int, int], int], between: Between, place: int, ways: int
    ) -> Iterator[Edge]:
        for kind, each in enumerate(kinds):
            atoms = between.after & self.places[place] & each
            if atoms:
                for _ in range(ways):
                    yield Edge(number[place, kind], atoms, atoms & between.surely)


def _add(counted: Counter[Any], key: Any, ways: int) -> None:
    counted[key] = min(2, counted.get(key, 0) + ways)  # more than one is all that counts


def _few(counted: Counter[Any]) -> Counter[Any]:
    return Counter({key: min(2, ways) for key, ways in counted.items()})


def _has_loop(tree: Any) -> bool:
    """Whether anything in it may take more than a few characters."""
    return tree.getwidth()[1] > COPIES
