"""What an editor's user waits for, measured over raw standard streams with all servers in turn."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.client import Client
from tests.bench.figures import Figures
from tests.bench.generate import Log

OURS = "adr-ls"
STOCK = "plain pygls"
LONGEST = 90.0
"""Seconds to wait for a log to be read whole."""
STUCK = 6.0
"""Seconds without one more reference after which no more are expected."""
FEWEST, ENOUGH = 2, 6.0
"""Each figure has so many samples, and after so many seconds no more."""
LOOK = 0.02
"""Seconds between looks whether it is."""

_STOCK = "from pygls.lsp.server import LanguageServer; LanguageServer('stock', '1').start_io()"


def servers() -> dict[str, list[str]]:
    """The servers to compare, ours first; rumdl's where it is installed beside the interpreter."""
    found = {OURS: [sys.executable, "-m", "adr_ls", "--stdio"]}
    rumdl = Path(sys.executable).with_name("rumdl.exe" if sys.platform == "win32" else "rumdl")
    if rumdl.exists():
        found["rumdl"] = [str(rumdl), "server", "--stdio"]
    return found


@dataclass(frozen=True)
class Place:
    """A place in a file, by line and character."""

    path: Path
    line: int
    character: int

    @staticmethod
    def of(path: Path, pattern: str) -> Place:
        """Where in a file the first match of a pattern begins."""
        text = path.read_text(encoding="utf-8")
        match = re.search(pattern, text)
        assert match is not None
        at = match.start()
        return Place(path, text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1)

    def ask(self, client: Client, method: str, **more: Any) -> tuple[float, Any]:
        """Asks something of this place."""
        return client.at(method, self.path, self.line, self.character, **more)


def measure(log: Log, figures: Figures, *, starts: int, repeats: int) -> None:
    """Starts every server so many times, and asks each everything so many times."""
    clients: dict[str, Client] = {}
    try:
        for _ in range(starts):
            for client in clients.values():
                client.end()
            clients = {name: _start(name, command, log, figures) for name, command in servers().items()}
            stock = Client([sys.executable, "-c", _STOCK], log.root)
            figures.add("spawn to initialize", STOCK, stock.begin())
            stock.end()
        _measure_answers(log, figures, clients, repeats)
    finally:
        for client in clients.values():
            client.end()


def _start(name: str, command: list[str], log: Log, figures: Figures) -> Client:
    """Starts a server, and sees when it has diagnostics for a file and when it knows all the log."""
    client = Client(command, log.root)
    figures.add("spawn to initialize", name, client.begin())
    client.open(log.small)
    figures.add("spawn to first diagnostics", name, time.perf_counter() - client.begun)
    wanted = log.mentions if name == OURS else log.links
    link = Place.of(log.small, r"(?<=\./)0001-")
    found, since = 0, time.perf_counter()
    deadline = client.begun + LONGEST
    while found < wanted and time.perf_counter() < deadline:
        count = len(_references(client, link)[1] or ())
        if count > found:
            found, since = count, time.perf_counter()
        taken, _ = link.ask(client, "hover")
        figures.add("hover while the log is read", name, taken)
        if found and time.perf_counter() - since > STUCK:
            break  # it will not find more
        time.sleep(LOOK)
    figures.add("spawn to complete references", name, since - client.begun)
    figures.add("references found", name, found, "of all")
    client.rest(LONGEST)
    figures.add("memory", name, client.memory(), "MB")
    return client


def _references(client: Client, place: Place) -> tuple[float, Any]:
    return place.ask(client, "references", context={"includeDeclaration": False})


def _measure_answers(log: Log, figures: Figures, clients: dict[str, Client], repeats: int) -> None:
    for client in clients.values():
        client.open(log.large)
        client.open(log.index)
        client.rest(LONGEST)

    def each(name: str, ask: Callable[[Client, int], float], times: int = repeats, pause: float = 0.02) -> None:
        begun = time.perf_counter()
        for turn in range(times):
            if turn >= FEWEST and time.perf_counter() - begun > ENOUGH:
                return
            for server, client in clients.items():
                figures.add(name, server, ask(client, turn))
                time.sleep(pause)

    def typing(place: Place) -> Callable[[Client, int], float]:
        return lambda client, turn: client.type(
            place.path, place.line, place.character, "" if turn % 2 else "x", length=turn % 2
        )

    each("keystroke to diagnostics, 5 KB", typing(_after(Place.of(log.small, r"We will"), 3)))
    each("keystroke to diagnostics, 30 KB", typing(_after(Place.of(log.large, r"We will"), 3)))
    each("keystroke to diagnostics, index", typing(_after(Place.of(log.index, r"\*\*Summary\*\*: "), 14)), max(6, repeats // 3))
    each("keystroke in the title", typing(_after(Place.of(log.small, r"# ADR-0002: "), 12)), max(4, repeats // 5), 0.3)
    for client in clients.values():
        client.rest(LONGEST)
    link = Place.of(log.small, r"(?<=\./)0001-")
    each("hover", lambda client, _: link.ask(client, "hover")[0])
    each("definition", lambda client, _: link.ask(client, "definition")[0])
    each("references to the most cited", lambda client, _: _references(client, link)[0], max(5, repeats // 2))
    title = re.sub(r"^\d+-|-", " ", log.large.stem).split()
    each(
        "workspace symbols, narrow",
        lambda client, _: client.ask("workspace/symbol", {"query": title[-1]})[0],
        max(5, repeats // 2),
    )
    each("workspace symbols, all", lambda client, _: client.ask("workspace/symbol", {"query": ""})[0], max(5, repeats // 2))
    end = _after(Place.of(log.small, r"We will"), 0)
    for client in clients.values():
        client.type(end.path, end.line, end.character, "See [it](")
    inside = _after(end, len("See [it]("))
    each("completion in a link", lambda client, _: inside.ask(client, "completion")[0])


def _after(place: Place, characters: int) -> Place:
    return Place(place.path, place.line, place.character + characters)
