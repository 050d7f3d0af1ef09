"""The table of what was measured: each figure at each size of log, how it compares, how it grows, and what it should come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.bench.figures import Figure, Goal, Samples
from tests.bench.stand import OURS

ABSENT = "–"


def table(figures: Iterable[Figure], samples: Samples, sizes: Sequence[int]) -> Iterator[str]:
    """The lines of a Markdown table.

    For each size: our median, with the 95th percentile in brackets where there is more than one sample, and what it is divided by. Then
    the growth from the smallest to the largest size, and the goals, each with whether it is met where this run can tell.
    """
    yield "| | " + " | ".join(f"{size:,} | ÷" for size in sizes) + " | ÷ what | growth | goal |"
    yield "|---|" + "---:|---:|" * len(sizes) + "---|---:|---|"
    for figure in figures:
        cells = [cell for size in sizes for cell in (_value(figure, samples, size), _short(samples.ratio(figure, size)))]
        growth = samples.growth(figure, sizes[0], sizes[-1]) if len(sizes) > 1 else None
        goals = "; ".join(_goal(goal, figure, samples, sizes) for goal in figure.goals)
        unit = f", {figure.unit}" if figure.unit else ""
        yield f"| {figure.name}{unit} | {' | '.join(cells)} | {_beside(figure)} | {_short(growth)} | {goals} |"


def _value(figure: Figure, samples: Samples, size: int) -> str:
    worst = samples.worst(figure.name, size)
    return _short(samples.median(figure.name, size)) + ("" if worst is None else f" ({_short(worst)})")


def _beside(figure: Figure) -> str:
    if figure.beside is None:
        return ""
    server = "" if figure.beside.server == OURS else figure.beside.server
    return ": ".join(filter(None, [server, figure.beside.figure]))


def _goal(goal: Goal, figure: Figure, samples: Samples, sizes: Sequence[int]) -> str:
    judged = [goal.size] if goal.size else sizes
    if goal.of == "growth":
        where = f" ({goal.between[0]:,} to {goal.between[1]:,})"
        found = [samples.growth(figure, *goal.between)]
    else:
        where = f" at {goal.size:,}" if goal.size else ""
        found = [samples.ratio(figure, size) if goal.of == "ratio" else samples.median(figure.name, size) for size in judged]
    known = [value for value in found if value is not None]
    mark = "" if not known else " ✓" if max(known) <= goal.most else " ✗"
    sign = {"ratio": "÷ ", "growth": "growth ", "value": ""}[goal.of]
    return f"{sign}≤ {goal.most:g}{where}{mark}"


def _short(value: float | None) -> str:
    if value is None:
        return ABSENT
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
