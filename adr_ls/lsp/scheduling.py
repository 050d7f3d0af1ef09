"""Who does long work beside the messages: a port, so that the server needs no threads where there are none."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")
Post = Callable[..., object]
"""Has a call with its arguments made on the loop after all that are waiting there; from any thread."""


class Scheduler(Protocol):
    """Does work that takes long, on values that nobody changes."""

    def run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Has `work` done soon, and `done` called on the loop with what it returned; where it raises, that is logged and all."""


class Threads:
    """Does each work in a thread of its own, beside the loop."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """See `Scheduler`."""

        def run() -> None:
            try:
                found = work()
            except Exception:
                logger.exception("work in the background failed")
                return
            self._post(done, found)

        threading.Thread(target=run, daemon=True, name="adr-ls-work").start()


class BetweenMessages:
    """Does each work on the loop, behind the messages that wait there: for where there are no threads."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """See `Scheduler`; what is raised is logged by the loop."""
        self._post(lambda: self._post(done, work()))  # behind what the work has posted


def worked() -> float:
    """The seconds of processor time of this thread so far; where there are no threads, those of the process."""
    return time.thread_time() if hasattr(time, "thread_time") else time.process_time()


def beforehand(work: Callable[[], object]) -> None:
    """Works out what will be asked for; where that fails, whoever asks for it finds out, and nobody waits for it in vain."""
    try:
        work()
    except Exception:
        logger.exception("working out what will be asked for failed")
