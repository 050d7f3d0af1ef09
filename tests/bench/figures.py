"""The figures: for each server its samples, and the table that compares them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Figure:
    """One thing measured, by server; `unit` is ``ms``, ``MB`` or ``MB/s``."""

    name: str
    unit: str = "ms"
    samples: dict[str, list[float]] = field(default_factory=dict)

    def add(self, server: str, value: float) -> None:
        """Takes a sample in."""
        self.samples.setdefault(server, []).append(value)

    def median(self, server: str) -> float:
        """The median of a server's samples."""
        return statistics.median(self.samples[server])

    def worst(self, server: str) -> float:
        """The 95th percentile of a server's samples; the highest of a few."""
        ordered = sorted(self.samples[server])
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]

    def ratio(self, one: str, other: str) -> float | None:
        """The median of one server by that of another; None where it was not measured."""
        return self.median(one) / self.median(other) if other in self.samples and one in self.samples else None


class Figures:
    """All figures of one log, in the order in which they were first measured."""

    def __init__(self) -> None:
        self.all: dict[str, Figure] = {}

    def add(self, name: str, server: str, value: float, unit: str = "ms") -> None:
        """Takes a sample in; times are given in seconds and kept in milliseconds."""
        found = self.all.setdefault(name, Figure(name, unit))
        found.add(server, value * 1000 if unit == "ms" else value)

    def table(self, own: str, others: list[str]) -> Iterator[str]:
        """The lines of a Markdown table: median and 95th percentile of each server, and how ours compares with each other one."""
        servers = [own, *others]
        yield f"| | {' | '.join(f'{server} median | p95' for server in servers)} | {' | '.join(f'{own} / {o}' for o in others)} |"
        yield "|---|" + "---:|" * (2 * len(servers) + len(others))
        for figure in self.all.values():
            cells = [f"{figure.name}, {figure.unit}"]
            for server in servers:
                known = server in figure.samples
                cells += [_short(figure.median(server)), _short(figure.worst(server))] if known else ["–", "–"]
            for other in others:
                ratio = figure.ratio(own, other)
                cells.append("–" if ratio is None else _short(ratio))
            yield f"| {' | '.join(cells)} |"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
