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


class Precedence:
    """Work that somebody waits for this moment goes before what may begin a little later; all of it on the loop.

    What is held back waits for the end of one such work, so that no more of them can put it off for ever.
    """

    def __init__(self) -> None:
        self._running = 0
        self._behind: dict[object, Callable[[], object]] = {}

    def begin(self) -> None:
        """Somebody waits for what is done from now on."""
        self._running += 1

    def end(self) -> None:
        """That is done, or has failed."""
        self._running -= 1
        behind, self._behind = self._behind, {}
        for call in behind.values():
            call()

    def behind(self, key: object, call: Callable[[], object]) -> None:
        """Makes a call, once it is in nobody's way; of several with the same key the last one."""
        if self._running:
            self._behind[key] = call
        else:
            call()


def worked() -> float:
    """The seconds of processor time of this thread so far; where there are no threads, those of the process."""
    return time.thread_time() if hasattr(time, "thread_time") else time.process_time()


def beforehand(work: Callable[[], object]) -> None:
    """Works out what will be asked for; where that fails, whoever asks for it finds out, and nobody waits for it in vain."""
    try:
        work()
    except Exception:
        logger.exception("working out what will be asked for failed")
