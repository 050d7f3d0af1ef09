"""Long texts come into the snapshot once they have been read beside the loop, so that nobody who asks for another file waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from adr_ls.lsp.documents import Document, Documents
from adr_ls.lsp.scheduling import Scheduler
from adr_ls.lsp.snapshot import Snapshot, State

LONG = 16_384
"""How many characters a text has that is read at once: the worst of them, one mark after the other, in less than 0.2 seconds."""

_log = logging.getLogger(__name__)


def is_long(document: Document) -> bool:
    """Whether working on the text of a document may take so long that others have to be served meanwhile."""
    return len(document.text) > LONG


class Reading:
    """Reads the open documents whose texts are long. Until one is read it is known as it was before, everywhere (`Documents.hold`).

    `take` is called on the loop with a document and the snapshot that has it, as soon as it is read; None where that failed.
    """

    def __init__(
        self,
        documents: Documents,
        state: State,
        scheduler: Scheduler,
        take: Callable[[str, Document, Snapshot | None], object],
        rested: Callable[[], object],
    ) -> None:
        self._documents = documents
        self._state = state
        self._scheduler = scheduler
        self._take = take
        self._rested = rested
        self._wanted: dict[str, Document] = {}
        self._running: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether all open documents are known as they are."""
        return not self._wanted

    def is_reading(self, path: str) -> bool:
        """Whether that document is not known yet as it is."""
        return path in self._wanted

    def wanted(self, path: str) -> Document | None:
        """That document as it is, where it is not known yet so."""
        return self._wanted.get(path)

    def read(self, path: str, document: Document) -> None:
        """Has a document read that was opened or changed: at once where it is short."""
        if not is_long(document):
            self.drop(path, document)
            self._take(path, document, None)
            return
        self._wanted[path] = document
        self._state.coming = frozenset(self._wanted)
        self._documents.hold(document.uri, self._state.now.documents.get(path))
        if path not in self._running:
            self._begin(path)

    def drop(self, path: str, document: Document) -> None:
        """The document was closed, or has a text that is known: none that came before matters."""
        if self._wanted.pop(path, None) is not None:
            self._state.coming = frozenset(self._wanted)
            self._documents.release(document.uri)

    def _begin(self, path: str) -> None:
        document, now = self._wanted[path], self._state.now
        self._running.add(path)

        def read() -> Snapshot | None:
            try:
                return now.with_document(path, document)
            except Exception:  # noqa: BLE001  # whatever it is, the loop will come upon it too, and tells of it
                _log.exception("reading %s beside the loop failed", path)
                return None

        self._scheduler.run(read, lambda found: self._end(path, document, found))

    def _end(self, path: str, document: Document, found: Snapshot | None) -> None:
        self._running.discard(path)
        wanted = self._wanted.get(path)
        if wanted is None:
            return
        if wanted is not document:
            self._begin(path)
            return
        self.drop(path, document)
        self._take(path, document, found)
        self._rested()
