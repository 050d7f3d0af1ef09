"""Where the figures of one log are measured: the servers, started when they are needed, and their caches."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import Client
from tests.bench.generate import Log
from tests.bench.places import citation

OURS, RUMDL, PYGLS = "adr-ls", "rumdl", "empty pygls"
RUMDL_PROGRAM = Path(sys.executable).with_name("rumdl.exe" if sys.platform == "win32" else "rumdl")
SERVERS = {
    OURS: [sys.executable, "-m", "adr_ls", "--stdio"],
    RUMDL: [str(RUMDL_PROGRAM), "server", "--stdio"],
    PYGLS: [sys.executable, "-c", "from pygls.lsp.server import LanguageServer; LanguageServer('empty', '1').start_io()"],
}
"""The command of each server."""
ABSENT = frozenset() if RUMDL_PROGRAM.exists() else frozenset({RUMDL})
"""What is not installed."""


@dataclass(frozen=True)
class Effort:
    """How much is done for a figure; times are in seconds.

    `starts` is how often each server is started, `repeats` how often it is asked; after `enough` seconds a figure has its samples.
    A server that has done nothing for `quiet` is at rest, and `idle` is how long it is watched then. `pause` lies between questions.
    """

    starts: int = 5
    repeats: int = 30
    enough: float = 12.0
    quiet: float = 1.0
    idle: float = 5.0
    pause: float = 0.05


def kept_in(cache: Path) -> dict[str, str]:
    """The variables that have every program keep what it knows of a log in a folder."""
    return {"ADR_LS_CACHE_DIR": str(cache / OURS), "RUMDL_CACHE_DIR": str(cache / RUMDL)}


class Stand:
    """A log, and what is running on it, until it is closed."""

    def __init__(self, log: Log, effort: Effort) -> None:
        self.log = log
        self.effort = effort
        self._folder = tempfile.TemporaryDirectory()
        self._running: dict[str, Client] = {}
        self._warm: dict[str, Path] = {}

    def close(self) -> None:
        """Ends what runs and deletes the caches."""
        for server in [*self._running]:
            self.stop(server)
        self._folder.cleanup()

    def compile(self) -> None:
        """Starts each server once, so that its compiled modules are kept as they are where it has been used before."""
        for server in SERVERS:
            if server not in ABSENT:
                with self.started(server, self.fresh_cache()) as client:
                    client.begin()

    def fresh_cache(self) -> Path:
        """An empty folder for a cache."""
        return Path(tempfile.mkdtemp(dir=self._folder.name))

    def warm_cache(self, server: str) -> Path:
        """The folder of the cache that a server has filled when it read the whole log and ended in peace."""
        if server not in self._warm:
            cache = self.fresh_cache()
            with self.started(server, cache) as client:
                client.begin()
                client.open(self.log.small)
                citation(self.log).ask(client, "references", context={"includeDeclaration": False})
                client.rest(self.effort.quiet)
                client.leave()
            self._warm[server] = cache
        return self._warm[server]

    @contextlib.contextmanager
    def started(self, server: str, cache: Path) -> Iterator[Client]:
        """A server that has just been started, and ends with the context."""
        client = Client(SERVERS[server], self.log.root, kept_in(cache))
        try:
            yield client
        finally:
            client.end()

    def running(self, server: str) -> Client:
        """The server that is asked again and again.

        It knows the whole log, and the small, the large and the middling record and the index are open.
        """
        if server not in self._running:
            client = Client(SERVERS[server], self.log.root, kept_in(self.warm_cache(server)))
            self._running[server] = client
            client.begin()
            for path in (self.log.small, self.log.large, self.log.middling, self.log.index):
                client.open(path)
                client.diagnosed(path)
            citation(self.log).ask(client, "references", context={"includeDeclaration": False})
            client.rest(self.effort.quiet)
        return self._running[server]

    def stop(self, server: str) -> None:
        """Ends the server that is asked again and again, where it runs."""
        if server in self._running:
            self._running.pop(server).end()


@dataclass(frozen=True)
class Trial:
    """One sample to take: of a server, on a stand."""

    stand: Stand
    server: str

    @property
    def log(self) -> Log:
        return self.stand.log

    @property
    def client(self) -> Client:
        """The running server."""
        return self.stand.running(self.server)
