"""Requests that need more than is known yet: they wait, for as long as people would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adr_ls.lsp.protocol import Server

LOOKING = 2.0
"""Seconds that a request waits which only looks; then it is answered from what there is."""
EDITING = 30.0
"""Seconds that an edit of several files waits; then it is refused, since a part of it would be worse than none."""
READING = 0.1
"""Seconds that a request waits for long texts to be read which are not those that it is about; then they count as they were before."""
SAVING = 0.5
"""Seconds that a saving is held up; editors give up after one or so."""


SOON = 50
"""How many files there are at most for all of them to be read within the grace of a card (`CARD`)."""


@dataclass(frozen=True)
class Need:
    """What a request needs to be known, and how many seconds it waits for that.

    An edit needs the disk as it is now, not as it was before a change that has only been heard of, and is refused where it waits in
    vain.
    """

    is_whole: bool = True
    """Whether the files that nobody has opened have to be known."""
    seconds: float = LOOKING
    is_edit: bool = False
    is_settled: bool = False
    """Whether what is known to have changed on the disk has to be read before."""
    is_searched: bool = False
    """Whether the source code has to be searched before, where that is done at all."""
    is_glance: bool = False
    """Whether it is enough to know the records that are named at the place it is about, if any is found (see `disk.glance`)."""
    grace: float = 0.0
    """Seconds after which alone what was found at a glance is given, since what is told once all is known is more."""
    beside: int = 0
    """How many of the records beside the file have to be known for that as well."""
    is_current: bool = False
    """Whether all open documents have to be known as they are; so they have for an edit."""
    path: str = ""
    """The document that has to be known as it is, whatever the others are; empty for none."""


OWN = Need(is_whole=False)
"""The need of a request that only looks at the very file."""
GLANCE = Need(is_glance=True)
"""The need of a request that only looks at what is named at a place."""
CARD = Need(is_glance=True, grace=1.0)
"""The need of a request for what is told of a record, to which others have something to add."""
SOME = Need(is_glance=True, beside=50)
"""The need of a request that offers records, a few of which are enough to begin with."""
LOOK = Need()
"""The need of any other request that only looks."""
WIDE = Need(is_searched=True)
"""The need of a request that looks at all that refers to a record."""
NOW = Need(is_settled=True)
"""The need of a request that only looks, but is made because something has changed."""
KEPT = Need(seconds=EDITING)
"""The need of a request that only looks, but whose first answer editors keep until the text changes."""
CHOICE = Need(is_current=True)
"""The need of a request that only looks, and whose answer is done when it is chosen."""
EDIT = Need(seconds=EDITING, is_edit=True)
"""The need of a request that edits several files, or makes one."""


@dataclass(frozen=True, eq=False)
class _Waiter:
    need: Need
    then: Callable[[], object]
    too_late: Callable[[], object]


class Waiting:
    """Has calls made once their need is met; `is_met` says whether one is, and `hurry` has more known soon."""

    def __init__(self, server: Server, is_met: Callable[[Need], bool], hurry: Callable[[], object]) -> None:
        self._server = server
        self._is_met = is_met
        self._hurry = hurry
        self._waiters: list[_Waiter] = []

    def until(self, need: Need, then: Callable[[], object], too_late: Callable[[], object] = lambda: None) -> None:
        """Calls `then` as soon as the need is met, at once where it is; `too_late` instead when its time is up before."""
        if self._is_met(need):
            then()
            return
        waiter = _Waiter(need, then, too_late)
        self._waiters.append(waiter)
        self._server.later(need.seconds, self._give_up, waiter)
        self._hurry()

    def look_again(self) -> None:
        """More is known than before: each whose need is met goes on, with other messages in between."""
        for waiter in self._waiters:
            self._server.post(self._go_on, waiter)

    def give_up(self) -> None:
        """No more will be known soon."""
        for waiter in self._waiters:
            self._server.post(self._give_up, waiter)

    def _go_on(self, waiter: _Waiter) -> None:
        if waiter in self._waiters and self._is_met(waiter.need):
            self._waiters.remove(waiter)
            waiter.then()

    def _give_up(self, waiter: _Waiter) -> None:
        if waiter in self._waiters:
            self._waiters.remove(waiter)
            waiter.too_late()
