"""The server inside of a program that hands it messages: where there are neither processes nor threads nor pipes, as in a browser.

The host's own loop runs it. Whatever runs asyncio will do: in Pyodide (CPython in WebAssembly) that is the loop of JavaScript.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from adr_ls.io import files
from adr_ls.io.filesystem import DISK
from adr_ls.io.lent import Lent
from adr_ls.log import discovery
from adr_ls.lsp import uris
from adr_ls.lsp.scheduling import BetweenMessages
from adr_ls.lsp.server import COLLECTED, make_server
from adr_ls.lsp.transport import Loop, Timer

SLICE = 0.01
"""Seconds of calls after which the host's loop goes on, so that messages come in between."""
WRITE = "adr-ls/write"
"""The notification by which an editor that lends its files hears of one that was made, or taken back where its text is null."""


class HostedLoop(Loop):
    """A loop whose calls another one makes, on the thread of which all of it is used."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self._waiting: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()
        self._is_asked = False

    def post(self, callback: Callable[..., object], *args: Any) -> None:
        """See `Loop`."""
        self._waiting.append((callback, args))
        self._ask()

    def later(self, seconds: float, callback: Callable[..., object], *args: Any) -> Timer:
        """See `Loop`."""
        timer = Timer(callback, args)
        self._loop.call_later(seconds, self.post, timer.fire)
        return timer

    def end_with(self, process_id: int) -> None:
        """Does nothing: the host ends with its client, and this with the host."""

    def _ask(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self._loop.call_soon(self._work)

    def _work(self) -> None:
        self._is_asked = False
        end = time.monotonic() + SLICE
        while self._waiting and self._exit_code is None:
            if time.monotonic() > end:
                self._ask()
                return
            callback, args = self._waiting.popleft()
            self._call(callback, *args)


class Hosted:
    """A server that runs since it was made. `send` is given each of its messages, `leave` the code with which the connection ends.

    Messages are JSON, without headers. Where `lends`, the files are those that the client tells by `lend`, and else those of the disk.
    """

    def __init__(self, send: Callable[[str], object], leave: Callable[[int], object], *, lends: bool = False) -> None:
        gc.set_threshold(*COLLECTED)
        self._send, self._leave = send, leave
        self._files = Lent(self._wrote) if lends else None
        self._loop = HostedLoop(asyncio.get_event_loop())
        self._server = make_server(BetweenMessages, self._files or DISK, self._loop)
        self._server.protocol.set_writer(self)
        self._log = self._server.log_to_client()

    def receive(self, message: str) -> None:
        """Takes in a message."""
        if not self._server.protocol.receive(message.encode("utf-8", "replace")):
            code = self._server.protocol.exit_code()
            self._loop.stop(code)
            self._server.protocol.hang_up()
            logging.getLogger().removeHandler(self._log)
            self._leave(code)

    def lend(self, told: str) -> None:
        """Takes in files, see `Lent.lend`, with their URIs instead of paths; the server reads them when it hears that they have changed."""
        if self._files is None:
            raise ValueError("the files are those of the disk")
        held = json.loads(told)
        found = {str(path): one for uri, one in held.items() if (path := uris.to_path(uri)) is not None}
        self._files.lend(json.dumps(found))

    def wanted(self, names: str) -> str:
        """Which of the names, as JSON, are those of files that have to be lent where there are any."""
        return json.dumps([name for name in json.loads(names) if discovery.is_wanted(name) or name in files.MARKS])

    def write(self, data: bytes) -> None:
        """Part of what pygls wants of a writer."""
        self._send(data.partition(b"\r\n\r\n")[2].decode())

    def close(self) -> None:
        """Part of what pygls wants of a writer."""

    def _wrote(self, path: Path, text: str | None) -> None:
        self._server.notify(WRITE, {"uri": uris.from_path(path), "text": text})
