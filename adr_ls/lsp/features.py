"""All that the server does for a client, put together once the client is known.

What it asks at once is there at once; the rest is imported while the records are read, or when it is asked for.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module

from adr_ls.io.filesystem import FileSystem
from adr_ls.lsp.handlers import pointing, sync
from adr_ls.lsp.handlers.table import Handler
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Scheduler, beforehand
from adr_ls.lsp.session import Session
from adr_ls.lsp.waiting import KEPT

FIRST = (*sync.HANDLERS, *pointing.HANDLERS)


def others() -> tuple[Handler, ...]:
    """The handlers of the other requests."""
    return tuple(handler for name in ("document", "workspace", "hierarchy", "extensions") for handler in _handlers(name))


def commands() -> tuple[Handler, ...]:
    """The handlers of commands."""
    return _handlers("commands")


def _handlers(name: str) -> tuple[Handler, ...]:
    found: tuple[Handler, ...] = import_module(f"adr_ls.lsp.handlers.{name}").HANDLERS
    return found


def register(server: Server, scheduler: Scheduler, system: FileSystem) -> None:
    """Begins the session of the client that the server has met, and registers the handlers for it."""
    session = Session(server, scheduler, system)
    for handler in FIRST:
        server.feature(handler.method)(handler.bound(session))

    def more() -> None:
        server.more = lambda: None
        for handler in others():
            server.feature(handler.method)(handler.bound(session))
        for command in commands():
            server.command(command.method)(command.bound(session))

    def import_rest() -> None:
        scheduler.run(partial(beforehand, lambda: (others(), commands())), lambda _: server.more())

    server.more = more
    session.waiting.until(KEPT, import_rest, import_rest)
