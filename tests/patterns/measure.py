"""What a search costs, as a ratio: no machine is slow enough to make a linear one look like a square."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial

LOOKS = 3
"""How often each is measured; the least counts, since other work on the machine only ever adds."""


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that it takes; collecting what earlier tests left is none of that."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        if was_collecting:
            gc.enable()


def growth(work: Callable[[str], object], short: str, long: str) -> float:
    """How many times as much the long text costs as the short one."""
    return least(partial(work, long)) / max(least(partial(work, short)), 1e-7)


def least(work: Callable[[], object]) -> float:
    """The processor's time that it takes where nothing else is in its way."""
    return min(seconds(work) for _ in range(LOOKS))


def is_within(most: float, work: Callable[[str], object], short: str, long: str) -> bool:
    """Whether the long text costs less than so many times what the short one does: one look at it is enough where that shows it."""
    bound = most * max(least(partial(work, short)), 1e-7)
    return any(seconds(partial(work, long)) < bound for _ in range(LOOKS))
