"""Whether a pattern may cost more than in proportion to the text: decided on its automaton, before anybody writes such a text.

Python's engine tries one way through the pattern after the other, so what it costs is the number of ways that it may begin. That
grows faster than the text exactly if the automaton is ambiguous in one of two forms (Weber and Seidl 1991; Wüstholz, Olivo, Heule
and Dillig 2017): exponentially if from a state two ways lead back to it by the same characters, by a power if the same characters
lead from a state back to it, from it to another, and from that one back to it. A search begins anew at each place, which is a
state that every character leads back to; so the square of ``\\s+$`` is found as well.

Ways that are sure to end in a match do not count: the engine takes the first one, and tries no others. What is not understood
exactly (longer looks around, references to groups, atomic groups) is taken to be possible and never sure, so a pattern that
passes is linear, and one that is reported may still be.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeAlias

from tests.patterns.automaton import Automaton, Builder, Edge
from tests.patterns.charsets import NONE, Charset

STEPS = 12_000_000
"""How many steps of the product are looked at before a pattern is left undecided."""
ENDS_OF_LINES: Charset = ((10, 10), (13, 13))

Pair: TypeAlias = tuple[int, int]


class UndecidedError(Exception):
    """The pattern is too large to be decided."""


@dataclass(frozen=True)
class Costly:
    """A pattern that may cost more than in proportion: how it grows, and a text that shows it."""

    exponential: bool
    begins: str
    repeats: str
    """What makes it costly if it is repeated."""
    ends: tuple[str, ...]
    """With one of these after it, nothing may match."""

    def text(self, times: int, end: str) -> str:
        """The text with so many repeats."""
        return self.begins + self.repeats * times + end


def examine(
    pattern: str, flags: int = 0, *, searched: bool = True, whole: bool = False, lines: bool = False, steps: int = STEPS
) -> Costly | None:
    """What makes the pattern cost more than in proportion, None if nothing does.

    `searched` where it is tried at each place of the text (search, finditer, sub, split), `whole` for fullmatch, `lines` where
    the texts are single lines.
    Raises UndecidedError after so many steps.
    """
    never = ENDS_OF_LINES if lines else NONE
    return _Examination(Builder(pattern, flags, never).build(searched=searched, whole=whole), steps).costly()


class _Examination:
    def __init__(self, automaton: Automaton, steps: int) -> None:
        self.automaton = automaton
        self.edges = automaton.edges
        self.left = steps
        self.before: dict[int, list[int]] = {}
        """The states from which a step leads to each."""
        for state, edges in enumerate(self.edges):
            for edge in edges:
                self.before.setdefault(edge.target, []).append(state)
        self.reached = self._reached()
        sure = self._sure()
        self.open = [
            [] if state in automaton.starts else [edge._replace(atoms=edge.atoms & ~sure[state]) for edge in edges]
            for state, edges in enumerate(self.edges)
        ]
        """The steps that may turn out to be in vain."""

    def _reached(self) -> set[int]:
        seen, todo = set(self.automaton.starts), list(self.automaton.starts)
        while todo:
            for target, _, _ in self.edges[todo.pop()]:
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return seen

    def _sure(self) -> list[int]:
        """For each state the next atoms with which it is sure to come to a match, whatever follows."""
        everything = self.automaton.atoms.everything | self.automaton.end
        certain = set(range(len(self.edges)))
        while True:
            sure = [
                reduce(
                    lambda found, edge: found | (edge.surely if edge.target in certain else 0),
                    edges,
                    self.automaton.accepts[state],
                )
                for state, edges in enumerate(self.edges)
            ]
            remaining = {state for state in certain if sure[state] & everything == everything}
            if remaining == certain:
                return sure
            certain = remaining

    def costly(self) -> Costly | None:
        whole = [component for component in _components(self.edges) if component[0] in self.reached]
        loops = [component for component in _components(self.open) if component[0] in self.reached]
        for component in loops:
            found = self._exponential(set(component))
            if found:
                return found
        around = [self._around(outer, self.edges) for outer in whole]
        for inner in loops:
            towards, shared = self._leading_to(inner), self._around(inner, self.open)
            for outer, atoms in zip(whole, around, strict=True):
                if atoms & shared and outer[0] in towards:
                    found = self._polynomial(set(outer), set(inner), towards)
                    if found:
                        return found
        return None

    @staticmethod
    def _around(component: Iterable[int], edges: list[list[Edge]]) -> int:
        """The atoms with which steps lead from one state of a component to another of it."""
        members = set(component)
        return reduce(or_, (edge.atoms for state in members for edge in edges[state] if edge.target in members), 0)

    def _count(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise UndecidedError

    def _leading_to(self, component: Iterable[int]) -> set[int]:
        seen, todo = set(component), list(component)
        while todo:
            for state in self.before.get(todo.pop(), ()):
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        return seen

    # ---- two ways at once

    def _pairs(
        self, outer: set[int], outer_edges: list[list[Edge]], inner: set[int]
    ) -> Iterator[dict[Pair, list[tuple[Pair, int]]]]:
        """The states of both that the same characters lead around, in groups in which each leads to all."""
        graph: dict[Pair, list[tuple[Pair, int]]] = {}
        todo = [(one, other) for one in outer for other in inner]
        for pair in todo:
            steps = []
            for step in outer_edges[pair[0]]:
                if step.target in outer:
                    self._count(len(self.open[pair[1]]))
                    steps += [
                        ((step.target, also.target), step.atoms & also.atoms)
                        for also in self.open[pair[1]]
                        if also.target in inner and step.atoms & also.atoms
                    ]
            graph[pair] = steps
        numbers = {pair: number for number, pair in enumerate(graph)}
        pairs = list(graph)
        for component in _components([[Edge(numbers[pair], atoms, 0) for pair, atoms in steps] for steps in graph.values()]):
            members = {pairs[number] for number in component}
            yield {pair: [step for step in graph[pair] if step[0] in members] for pair in members}

    def _exponential(self, component: set[int]) -> Costly | None:
        for state in component:
            seen: dict[int, int] = {}
            for edge in self.open[state]:
                if edge.target in component:
                    twice = seen.get(edge.target, 0) & edge.atoms
                    if twice:
                        back = self._way(edge.target, state, component)
                        return self._found(exponential=True, state=state, repeats=self.automaton.atoms.example(twice) + back)
                    seen[edge.target] = seen.get(edge.target, 0) | edge.atoms
        for graph in self._pairs(component, self.open, component):
            same = next((pair for pair in graph if pair[0] == pair[1]), None)
            other = next((pair for pair in graph if pair[0] != pair[1]), None)
            if same and other:
                repeats = self._path(graph, same, other) + self._path(graph, other, same)
                return self._found(exponential=True, state=same[0], repeats=repeats)
        return None

    def _polynomial(self, outer: set[int], inner: set[int], towards: set[int]) -> Costly | None:
        for graph in self._pairs(outer, self.edges, inner):
            start = next((pair for pair in graph if pair[0] != pair[1]), None)
            if start is None:
                continue
            # From one pair of a group each other one is reached, so any of them may be the first
            first = (start[0], start[0], start[1])
            before: dict[tuple[int, int, int], tuple[tuple[int, int, int], int] | None] = {first: None}
            todo = deque([first])
            while todo:
                triple = todo.popleft()
                one, middle, other = triple
                if middle == other and one != other:
                    word = _word(self.automaton, before, triple)
                    repeats = word + self._path(graph, (one, other), start)
                    return self._found(exponential=False, state=start[0], repeats=repeats)
                for (to_one, to_other), atoms in graph[one, other]:
                    for edge in self.edges[middle]:
                        self._count()
                        if edge.target in towards and edge.atoms & atoms:
                            reached = to_one, edge.target, to_other
                            if reached not in before:
                                before[reached] = triple, edge.atoms & atoms
                                todo.append(reached)
        return None

    # ---- the text that shows it

    def _found(self, *, exponential: bool, state: int, repeats: str) -> Costly:
        begins = min(
            (self._way(start, state, self.reached) for start in self.automaton.starts if self._leads(start, state)), key=len
        )
        everything = self.automaton.atoms.everything
        ends = [
            "",
            *(self.automaton.atoms.example(1 << at) for at in range(everything.bit_length()) if everything >> at & 1),
            "\n!",
        ]
        return Costly(exponential, begins, repeats, tuple(dict.fromkeys(ends)))

    def _leads(self, start: int, state: int) -> bool:
        return start == state or start in self._leading_to([state])

    def _way(self, start: int, goal: int, within: set[int]) -> str:
        graph = {
            (state, 0): [((edge.target, 0), edge.atoms) for edge in self.edges[state] if edge.target in within and edge.atoms]
            for state in {start, *within}
        }
        return self._path(graph, (start, 0), (goal, 0))

    def _path(self, graph: dict[Pair, list[tuple[Pair, int]]], start: Pair, goal: Pair) -> str:
        """The characters of a shortest way."""
        before: dict[Pair, tuple[Pair, int] | None] = {start: None}
        todo = deque([start])
        while todo:
            pair = todo.popleft()
            if pair == goal:
                return _word(self.automaton, before, pair)
            for target, atoms in graph[pair]:
                if target not in before:
                    before[target] = pair, atoms
                    todo.append(target)
        raise ValueError("no way leads there")


def _word(automaton: Automaton, before: dict, state: tuple) -> str:  # type: ignore[type-arg]
    found = []
    step = before[state]
    while step is not None:
        state, atoms = step
        found.append(automaton.atoms.example(atoms))
        step = before[state]
    return "".join(reversed(found))


def _components(edges: list[list[Edge]]) -> Iterator[list[int]]:
    """The groups of states in which each leads to all, and to itself (Tarjan)."""
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in range(len(edges)):
        if root in order:
            continue
        work = [(root, iter(edges[root]))]
        order[root] = lowest[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            state, following = work[-1]
            for edge in following:
                target = edge.target
                if not edge.atoms:
                    continue
                if target not in order:
                    order[target] = lowest[target] = len(order)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(edges[target])))
                    break
                if target in on_stack:
                    lowest[state] = min(lowest[state], order[target])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[state])
                if lowest[state] == order[state]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == state:
                            break
                    if len(component) > 1 or any(edge.target == state and edge.atoms for edge in edges[state]):
                        yield component
