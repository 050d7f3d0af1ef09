"""Long texts come into the snapshot once they have been read beside the loop, so that nobody who asks for another file waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from adr_ls.lsp.documents import Document, Documents
from adr_ls.lsp.scheduling import Scheduler, worked
from adr_ls.lsp.snapshot import Snapshot, State

LONG = 16_384
"""How many characters a text has that is worked on at once: the worst of them, one mark after the other, for less than 0.2 seconds."""
LITTLE = 1000
"""How many characters may be new in a text for it to take about as long as it did before."""
BRIEF = 0.1
"""Seconds of the processor for which others may wait."""

Work = Literal["reading", "checking"]
_log = logging.getLogger(__name__)


class Efforts:
    """How long working on the open documents took, to tell on which others would have to wait too long.

    A long text is worked on beside the loop until that is known to be brief, as texts are that people type; then at once, which is
    quicker.
    """

    def __init__(self) -> None:
        self._seconds: dict[tuple[Work, str], float] = {}

    def is_long(self, work: Work, path: str, document: Document) -> bool:
        """Whether such work on a document may take so long that others have to be served meanwhile."""
        return len(document.text) > LONG and not self._seconds.get((work, path), BRIEF) < BRIEF

    def changed(self, path: str, document: Document) -> None:
        """The document has changed: much of it may be other than it was."""
        if document.changed > LITTLE:
            self.closed(path)

    def closed(self, path: str) -> None:
        """Nothing is known of the document any more."""
        for work in get_args(Work):
            self._seconds.pop((work, path), None)

    @contextmanager
    def measured(self, work: Work, path: str) -> Iterator[None]:
        """Takes the time of the processor for what is done within; in any thread."""
        begun = worked()
        yield
        self._seconds[work, path] = worked() - begun


class Reading:
    """Reads the open documents whose texts are long. Until one is read it is known as it was before, everywhere (`Documents.hold`).

    `take` is called on the loop with a document and the snapshot that has it, as soon as it is read; `rested` has
    whoever waits look again, once that is done.
    """

    def __init__(
        self,
        documents: Documents,
        state: State,
        scheduler: Scheduler,
        efforts: Efforts,
        take: Callable[[str, Document, Snapshot], object],
        rested: Callable[[], object],
    ) -> None:
        self._documents = documents
        self._state = state
        self._scheduler = scheduler
        self._efforts = efforts
        self._take = take
        self._rested = rested
        self._running: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether all open documents are known as they are."""
        return not self._state.coming

    def is_reading(self, path: str) -> bool:
        """Whether that document is not known yet as it is."""
        return path in self._state.coming

    def read(self, path: str, document: Document) -> None:
        """Has a document read that was opened or changed: at once where that is brief."""
        self._efforts.changed(path, document)
        if not self._efforts.is_long("reading", path, document):
            self.drop(path, document)
            self._take(path, document, self._made(self._state.now, path, document))
            return
        self._state.coming[path] = document
        self._documents.hold(document.uri, self._state.now.documents.get(path))
        if path not in self._running:
            self._begin(path)

    def drop(self, path: str, document: Document) -> None:
        """The document was closed, or has a text that is known: none that came before matters."""
        if self._state.coming.pop(path, None) is not None:
            self._documents.release(document.uri)
            self._rested()

    def _begin(self, path: str) -> None:
        document, now = self._state.coming[path], self._state.now
        self._running.add(path)

        def read() -> Snapshot | None:
            try:
                return self._made(now, path, document)
            except Exception:  # noqa: BLE001  # whatever it is, the loop will come upon it too, and tells of it
                _log.exception("reading %s beside the loop failed", path)
                return None

        self._scheduler.run(read, lambda found: self._end(path, document, now, found))

    def _made(self, now: Snapshot, path: str, document: Document) -> Snapshot:
        with self._efforts.measured("reading", path):
            return now.with_document(path, document)

    def _end(self, path: str, document: Document, before: Snapshot, found: Snapshot | None) -> None:
        self._running.discard(path)
        wanted = self._state.coming.get(path)
        if wanted is None:
            return
        if wanted is not document:
            self._begin(path)
            return
        self.drop(path, document)
        now = self._state.now
        self._take(path, document, found if found is not None and now is before else now.with_document(path, document, found))
