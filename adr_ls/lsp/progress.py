"""What the client is shown of how far the server is."""

from __future__ import annotations

from lsprotocol import types

from adr_ls.log.workspace import Workspace
from adr_ls.lsp.convert import Json
from adr_ls.lsp.protocol import Reply, Server

_TOKEN = "adr-ls-reading"  # noqa: S105  # the protocol calls so what names a progress


class Progress:
    """Shows the reading of the records where the client can show progress, and the server's state where it asked for that."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._is_reading = False
        self._is_shown = False
        self._told: Json = {}

    def begin(self) -> None:
        """Shows that the records are being read."""
        self._is_reading = True
        if self._server.client("window.workDoneProgress", False):
            self._server.request(types.WINDOW_WORK_DONE_PROGRESS_CREATE, {"token": _TOKEN}, self._created)

    def _created(self, reply: Reply) -> None:
        if reply.error is None and self._is_reading:
            self._is_shown = True
            self._report({"kind": "begin", "title": "Reading ADRs", "percentage": 0})

    def count(self, done: int, total: int) -> None:
        """Shows how many of the records have been read."""
        if self._is_shown:
            self._report({"kind": "report", "message": f"{done} of {total} records", "percentage": 100 * done // total})

    def end(self, records: int) -> None:
        """Shows that all is read, and how many records that are."""
        self._is_reading = False
        if self._is_shown:
            self._is_shown = False
            self._report({"kind": "end", "message": f"{records} records"})

    def _report(self, value: Json) -> None:
        self._server.notify(types.PROGRESS, {"token": _TOKEN, "value": value})

    def tell(self, state: str, workspace: Workspace) -> None:
        """Tells clients that show it how far the server is, and how many records it knows; only what they do not know yet."""
        if not self._server.client("experimental.adrLs.status", False):
            return
        records, logs = len(workspace.records), len(workspace.logs)
        said = {"state": state, "records": records, "logs": logs, "folders": len(self._server.roots)}
        if said != self._told:
            self._told = said
            self._server.notify("adr-ls/status", said)
