"""What a search costs, as a ratio: no machine is slow enough to make a linear one look like a square."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

LOOKS = 3
"""How often each is measured; the least counts, since other work on the machine only ever adds."""


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that it takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def growth(work: Callable[[str], object], short: str, long: str) -> float:
    """How many times as much the long text costs as the short one."""
    return min(seconds(partial(work, long)) for _ in range(LOOKS)) / max(
        min(seconds(partial(work, short)) for _ in range(LOOKS)), 1e-7
    )
