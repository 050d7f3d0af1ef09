"""The server, and its process.

It answers ``initialize`` before anything that knows of ADRs is imported: so nothing at the top of this module may.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import adr_ls
from adr_ls.lsp import boot
from adr_ls.lsp.capabilities import capabilities
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Post, Scheduler, Threads

if TYPE_CHECKING:
    from adr_ls.io.filesystem import FileSystem
    from adr_ls.lsp.transport import Loop

SWITCH = 0.001
"""Seconds after which work in the background lets the loop go on; Python’s own 0.005 would be felt in every answer meanwhile."""
COLLECTED = 50_000, 10, 10
"""How often Python looks for garbage that refers to itself: seldom, as a keystroke in a long index makes and drops more objects than that."""


def make_server(
    scheduler: Callable[[Post], Scheduler] = Threads, system: FileSystem | None = None, loop: Loop | None = None
) -> Server:
    """The server, not yet running; `scheduler` is who does its long work, `system` where the files are, the disk if none is given.

    `loop` makes its calls, where it is not one of the server's own.
    """
    server = Server("adr-ls", adr_ls.__version__, loop)
    work = scheduler(server.post)

    def complete() -> None:
        with boot.importing():
            from adr_ls.io.filesystem import DISK  # noqa: PLC0415  # the client has its answer before this is imported
            from adr_ls.lsp import features  # noqa: PLC0415  # as above

        features.register(server, work, system or DISK)

    server.capabilities = lambda _params: capabilities(server)
    server.complete = complete
    return server


def serve() -> None:
    """Serves a client on standard input and output until it leaves, and ends the process with the code that the protocol asks for."""
    sys.setswitchinterval(SWITCH)
    gc.set_threshold(*COLLECTED)
    code = make_server().run_stdio()
    sys.stdout.flush()
    os._exit(code)
