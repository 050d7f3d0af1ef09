"""``python -m tests.bench``: measures reading and serving, and prints a table for each size of log."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import reading, serving
from tests.bench.figures import Figures
from tests.bench.generate import generate

QUICK = 400
"""The most records that ``--quick`` measures with."""


def bench(size: int, *, starts: int, repeats: int) -> Figures:
    """All figures for a generated log of so many records."""
    with tempfile.TemporaryDirectory() as folder:
        log = generate(Path(folder).resolve() / "project", size)
        figures = Figures()
        reading.measure(log, figures)
        serving.measure(log, figures, starts=starts, repeats=repeats)
    return figures


def main(arguments: list[str] | None = None) -> None:
    """Prints the tables; wall times are told and not judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default="100,1000,5000", help="the numbers of records, by commas")
    parser.add_argument("--quick", action="store_true", help=f"few repetitions, and at most {QUICK} records; under a minute")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.quick:
        sizes = sorted({min(size, QUICK) for size in sizes})
    for size in sizes:
        starts = 1 if options.quick or size > 2000 else 3
        figures = bench(size, starts=starts, repeats=10 if options.quick else 30)
        sys.stdout.write(f"\n{size:,} records\n\n" + "\n".join(figures.table(serving.OURS)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
