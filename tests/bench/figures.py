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


class Figures:
    """All figures of one log, in the order in which they were first measured."""

    def __init__(self) -> None:
        self.all: dict[str, Figure] = {}

    def add(self, name: str, server: str, value: float, unit: str = "ms") -> None:
        """Takes a sample in; times are given in seconds and kept in milliseconds."""
        found = self.all.setdefault(name, Figure(name, unit))
        found.add(server, value * 1000 if unit == "ms" else value)

    def table(self, own: str) -> Iterator[str]:
        """The lines of a Markdown table: median and 95th percentile of ours and of each other server, and how they compare."""
        yield f"| | {own} | p95 | beside | median | p95 | {own} ÷ it |"
        yield "|---|---:|---:|---|---:|---:|---:|"
        for figure in self.all.values():
            ours = f"{figure.name}, {figure.unit} | {_short(figure.median(own))} | {_short(figure.worst(own))}"
            others = [server for server in figure.samples if server != own]
            for other in others:
                ratio = _short(figure.median(own) / figure.median(other))
                yield f"| {ours} | {other} | {_short(figure.median(other))} | {_short(figure.worst(other))} | {ratio} |"
            if not others:
                yield f"| {ours} | | | | |"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
