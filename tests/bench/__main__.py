"""``python -m tests.bench``: measures reading, starting, asking and the command line, and prints one table for all sizes of log."""

from __future__ import annotations

import argparse
import contextlib
import math
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench import code, commands, keystrokes, load, questions, reading, report, starting
from tests.bench.client import UnansweredError
from tests.bench.figures import Figure, Samples, take
from tests.bench.generate import generate
from tests.bench.stand import SERVERS, Effort, Stand

FIGURES = (*reading.FIGURES, *starting.FIGURES, *commands.FIGURES, *keystrokes.FIGURES, *questions.FIGURES)
QUICK = 400
"""The most records that ``--quick`` measures with."""


def selected(words: Sequence[str]) -> list[Figure]:
    """The figures with one of the words in their names, and those that they are divided by; all if there are no words."""
    named = [figure for figure in FIGURES if not words or any(word in figure.name for word in words)]
    divisors = {figure.beside.figure for figure in named if figure.beside}
    return [figure for figure in FIGURES if figure in named or figure.name in divisors]


def bench(size: int, figures: Iterable[Figure], effort: Effort, samples: Samples) -> None:
    """Measures the figures for a generated log of so many records; what cannot be measured is told and left out."""
    with tempfile.TemporaryDirectory() as folder:
        log = generate(Path(folder).resolve() / "project", size)
        with contextlib.closing(Stand(log, effort)) as stand:
            stand.compile()
            for figure in figures:
                _tell(f"{size:,} records: {figure.name}")
                try:
                    take(figure, stand, samples)
                except (UnansweredError, OSError) as error:
                    _tell(f"  not measured: {error}")
                    for server in SERVERS:
                        stand.stop(server)  # what state it is in is not known


def work(amount: load.Load | None = None) -> load.Found:
    """Prints what comes of an hour of work in a big repository."""
    amount = amount or load.Load()
    with tempfile.TemporaryDirectory() as folder:
        found = load.measure(Path(folder).resolve() / "project", amount, _tell)
    sys.stdout.write("\n".join(load.report(amount, found)) + "\n")
    return found


def search(amount: code.Amount | None = None) -> code.Samples:
    """Prints what source code costs."""
    amount = amount or code.Amount()
    with tempfile.TemporaryDirectory() as folder:
        found = code.measure(Path(folder).resolve() / "project", amount, _tell)
    sys.stdout.write("\n".join(code.report(amount, found)) + "\n")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table; wall times are told and not judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default="100,1000,5000", help="the numbers of records, by commas")
    parser.add_argument("--quick", action="store_true", help=f"few repetitions, and at most {QUICK} records")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="WORD", help="only figures with one of these words in the name"
    )
    parser.add_argument(
        "--load",
        action="store_true",
        help="an hour of work in a big repository instead: more than an hour, and some gigabytes of memory",
    )
    parser.add_argument("--code", action="store_true", help="a repository of 50,000 source files instead: some minutes")
    parser.add_argument("--seconds", type=float, default=math.inf, help="after how many no further minute of that is begun")
    options = parser.parse_args(arguments)
    if options.code:
        search()
        return
    if options.load:
        work(load.Load(seconds=options.seconds))
        return
    sizes = sorted({min(int(size), QUICK) if options.quick else int(size) for size in options.sizes.split(",")})
    figures, samples = selected(options.only), Samples()
    for size in sizes:
        bench(size, figures, Effort(starts=1, repeats=10) if options.quick else Effort(), samples)
    sys.stdout.write("\n".join(report.table(figures, samples, sizes)) + "\n")


def _tell(message: str) -> None:
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
