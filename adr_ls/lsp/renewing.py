"""What was told of open files, or of all records, and holds no longer: the client is made to ask for it anew, where it can be."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from adr_ls.lsp.documents import Document
from adr_ls.lsp.protocol import Later, Server
from adr_ls.lsp.scheduling import Scheduler
from adr_ls.lsp.snapshot import State

_log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds of rest after which it is looked whether anything has to be told anew."""
RENEWALS = {
    types.TEXT_DOCUMENT_CODE_LENS: (types.WORKSPACE_CODE_LENS_REFRESH, "workspace.codeLens.refreshSupport"),
    types.TEXT_DOCUMENT_INLAY_HINT: (types.WORKSPACE_INLAY_HINT_REFRESH, "workspace.inlayHint.refreshSupport"),
    **dict.fromkeys(
        ("adr-ls/record", "adr-ls/index", "adr-ls/mentions", "adr-ls/records"), ("adr-ls/refresh", "experimental.adrLs.refresh")
    ),
}
"""How a client is made to ask anew for what it asked by a method, and by what it says that it can be."""
OF_ALL = frozenset({"adr-ls/records"})
"""Those methods that are about no file."""


@dataclass(frozen=True)
class _Told:
    """The document that something was told of, if it was one, what that was, and how it is found again."""

    document: Document | None
    found: Any
    again: Callable[[], Any]


class Renewer:
    """Remembers what was last told of each open file, as long as that has the same text: then only other files can have changed it."""

    def __init__(self, server: Server, state: State, scheduler: Scheduler) -> None:
        self._server = server
        self._state = state
        self._scheduler = scheduler
        self._told: dict[tuple[str, str], _Told] = {}
        self._able = {method for method, (_, can) in RENEWALS.items() if server.client(can, False)}

    def told(self, method: str, uri: str | None, found: Any, again: Callable[[], Any]) -> None:
        """An open file, or all records, were asked about by a method, and this was found; `again` finds it once more.

        What is only told `Later` is not known here, and counts as changed once anything has.
        """
        document = self._server.documents.get(uri) if uri is not None else None
        if method in self._able and (document is not None or method in OF_ALL):
            self._told[method, uri or ""] = _Told(document, None if isinstance(found, Later) else found, again)

    def look_again(self) -> None:
        """Something has changed: looks, once that rests, whether the client has to ask anew."""
        if self._told:
            self._server.debounce("renew", PAUSE, self._look)

    def _look(self) -> None:
        workspace = self._state.now.workspace

        is_of_all = any(method in OF_ALL for method, _ in self._told)

        # What refers to what, and all that is told of it at once, is worked out beside the loop
        def prepare() -> None:
            workspace.linked()
            if is_of_all:
                from adr_ls.ide import overview  # noqa: PLC0415  # nothing waits for what that imports

                workspace.derived(overview.overview)

        def look(_: object) -> None:
            if self._state.now.workspace is workspace:
                self._renew()

        self._scheduler.run(prepare, look)

    def _renew(self) -> None:
        documents = self._server.documents
        self._told = {key: told for key, told in self._told.items() if documents.get(key[1]) is told.document}
        stale = {RENEWALS[key[0]][0] for key, told in self._told.items() if _has_changed(key[0], told)}
        self._told = {key: told for key, told in self._told.items() if RENEWALS[key[0]][0] not in stale}
        for request in sorted(stale):
            self._server.request(request, None)


def _has_changed(method: str, told: _Told) -> bool:
    """Whether something else is found now; so it is where that fails, which costs the others nothing."""
    try:
        return bool(told.again() != told.found)
    except Exception:  # noqa: BLE001  # whatever it is, whoever asks for it anew is told
        _log.exception("finding out whether %s has changed failed", method)
        return True
