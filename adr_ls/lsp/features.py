"""All that the server does for a client, put together once the client is known."""

from __future__ import annotations

from adr_ls.io.filesystem import FileSystem
from adr_ls.lsp.handlers import commands, document, extensions, hierarchy, sync, workspace
from adr_ls.lsp.protocol import Server
from adr_ls.lsp.scheduling import Scheduler
from adr_ls.lsp.session import Session

HANDLERS = (*sync.HANDLERS, *document.HANDLERS, *workspace.HANDLERS, *hierarchy.HANDLERS, *extensions.HANDLERS)


def register(server: Server, scheduler: Scheduler, system: FileSystem) -> None:
    """Begins the session of the client that the server has met, and registers the handlers for it."""
    session = Session(server, scheduler, system)
    for handler in HANDLERS:
        server.feature(handler.method)(handler.bound(session))
    for command in commands.HANDLERS:
        server.command(command.method)(command.bound(session))
