"""What a figure is: how a sample of it is taken, what it is divided by, and what it should come to."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.bench.stand import ABSENT, OURS, RUMDL, Effort, Stand, Trial

Measure = Callable[[Trial], "float | None"]
"""Takes a sample, in seconds or in the figure's unit; nothing where a server or a system has no such thing."""
FEWEST = 2
"""So many samples are taken of answers, however long they take; of what starts a program, one."""


@dataclass(frozen=True)
class Goal:
    """The most that a figure's value, ratio or growth should come to: at one size of log or at each; growth, between two sizes."""

    of: Literal["value", "ratio", "growth"]
    most: float
    size: int | None = None
    between: tuple[int, int] = (100, 5000)


@dataclass(frozen=True)
class Beside:
    """What a figure is divided by: samples of another server, of ours of another figure, or both; no `figure` is the same one."""

    server: str = OURS
    figure: str = ""


@dataclass(frozen=True)
class Figure:
    """One thing to measure, on each of `servers` in turn; `once` says that a sample starts a program and few are taken."""

    name: str
    measure: Measure
    unit: str
    servers: tuple[str, ...]
    beside: Beside | None
    goals: tuple[Goal, ...]
    once: bool


def figure(
    name: str,
    *goals: Goal,
    unit: str = "ms",
    servers: tuple[str, ...] = (OURS, RUMDL),
    beside: Beside | None = None,
    once: bool = False,
) -> Callable[[Measure], Figure]:
    """Makes a figure of the function that takes a sample; divided by the second of its servers if nothing else is said."""
    divisor = beside or (Beside(servers[1]) if len(servers) > 1 else None)
    return lambda measure: Figure(name, measure, unit, servers, divisor, goals, once)


class Samples:
    """All that was measured, in each figure's unit."""

    def __init__(self) -> None:
        self._all: defaultdict[tuple[str, int, str], list[float]] = defaultdict(list)

    def add(self, figure: str, size: int, server: str, value: float) -> None:
        """Takes a sample in."""
        self._all[figure, size, server].append(value)

    def of(self, figure: str, size: int, server: str = OURS) -> list[float]:
        """The samples of a figure in rising order."""
        return sorted(self._all.get((figure, size, server), ()))

    def median(self, figure: str, size: int, server: str = OURS) -> float | None:
        """The median of the samples, if there are any."""
        found = self.of(figure, size, server)
        return statistics.median(found) if found else None

    def worst(self, figure: str, size: int) -> float | None:
        """The 95th percentile of our samples, the highest of a few; nothing of a single one."""
        found = self.of(figure, size)
        return found[min(len(found) - 1, int(0.95 * len(found)))] if len(found) > 1 else None

    def ratio(self, figure: Figure, size: int) -> float | None:
        """Our median divided by that beside it."""
        if figure.beside is None:
            return None
        return _divided(
            self.median(figure.name, size), self.median(figure.beside.figure or figure.name, size, figure.beside.server)
        )

    def growth(self, figure: Figure, smaller: int, larger: int) -> float | None:
        """Our median at one size divided by that at a smaller one."""
        return _divided(self.median(figure.name, larger), self.median(figure.name, smaller))


def _divided(value: float | None, by: float | None) -> float | None:
    return value / by if value is not None and by else None


def take(figure: Figure, stand: Stand, samples: Samples) -> None:
    """Takes the samples of a figure, of all its servers in turn."""
    effort: Effort = stand.effort
    size = len(stand.log.records)
    servers = [server for server in figure.servers if server not in ABSENT]
    for server in servers:
        if not figure.once:
            stand.running(server).rest(effort.quiet)  # from what the figure before has left it to do
    begun = time.perf_counter()
    for turn in range(effort.starts if figure.once else effort.repeats):
        if turn >= (1 if figure.once else FEWEST) and time.perf_counter() - begun > effort.enough:
            return
        for server in servers:
            value = figure.measure(Trial(stand, server))
            if value is not None:
                samples.add(figure.name, size, server, value * 1000 if figure.unit == "ms" else value)
            time.sleep(effort.pause)
