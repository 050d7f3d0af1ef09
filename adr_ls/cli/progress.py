"""A line on the terminal that tells how far a long reading is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 1.0
"""Seconds after which a reading is long enough to be told of."""
EVERY = 0.1
"""Seconds between two looks of the line, at least."""


@contextmanager
def shown() -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be told how many of how many files are read; the line is gone at the end. Only a terminal gets one."""
    begun = last = time.monotonic()
    width = 0

    def count(read: int, total: int) -> None:
        nonlocal last, width
        now = time.monotonic()
        if not sys.stderr.isatty() or now - begun < AFTER or now - last < EVERY:
            return
        said = f"reading the records: {read} of {total}"
        sys.stderr.write(f"\r{said.ljust(width)}")
        sys.stderr.flush()
        last, width = now, len(said)

    try:
        yield count
    finally:
        if width:
            sys.stderr.write(f"\r{' ' * width}\r")
            sys.stderr.flush()
