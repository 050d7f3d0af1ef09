"""The real server without a process, a thread or a client: messages go in, what it sends is a list, and work is done when a test says so."""

from __future__ import annotations

import heapq
import json
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from adr_ls.io.filesystem import FileSystem
from adr_ls.lsp.scheduling import BetweenMessages, Post, Scheduler
from adr_ls.lsp.server import make_server
from adr_ls.lsp.transport import Loop, Timer
from tests.protocol.client import notification, request
from tests.protocol.memory import Connection

T = TypeVar("T")


class Timeless(Loop):
    """A loop whose time passes when a test says so, however long that takes."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._waiting: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()

    def post(self, callback: Callable[..., object], *args: Any) -> None:
        self._waiting.append((callback, args))

    def later(self, seconds: float, callback: Callable[..., object], *args: Any) -> Timer:
        timer = Timer(callback, args)
        heapq.heappush(self._timers, (self._now + seconds, next(self._counter), timer))
        return timer

    def run_for(self, seconds: float) -> None:
        """Makes the calls that wait, and those whose time comes."""
        end = self._now + seconds
        while self._waiting or (self._timers and self._timers[0][0] <= end):
            if self._waiting:
                callback, args = self._waiting.popleft()
                callback(*args)
            else:
                self._now, _, timer = heapq.heappop(self._timers)
                timer.fire()
        self._now = end


class Held:
    """A scheduler that does its work when it is told to."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._held: list[Callable[[], object]] = []

    def run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._held.append(lambda: self._post(done, work()))

    def release(self) -> None:
        while self._held:
            self._held.pop(0)()

    def release_last(self) -> None:
        self._held.pop()()

    def release_first(self) -> None:
        self._held.pop(0)()


class Timed:
    """A scheduler that does its work at once, and counts the seconds of the processor that this took."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.post: Post = lambda *_: None

    def run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        begun = time.thread_time()
        found = work()
        self.seconds += time.thread_time() - begun
        self.post(done, found)


class Editor(Connection):
    """An editor with folders open.

    `holds` keeps the server from reading anything until `release`, `timed` counts what is done beside the loop, `system` is where its
    files are; without `answers` it lets the server wait for its registrations.
    """

    def __init__(
        self,
        *roots: Path,
        holds: bool = False,
        timed: Timed | None = None,
        watches: bool = True,
        answers: bool = True,
        system: FileSystem | None = None,
        **capabilities: Any,
    ) -> None:
        schedulers: list[Held] = []

        def scheduler(post: Post) -> Scheduler:
            schedulers.append(Held(post))
            if timed is not None:
                timed.post = post
            return schedulers[0] if holds else timed or BetweenMessages(post)

        super().__init__(make_server(scheduler, system))
        self._held = schedulers[0]
        self._loop = self.server._loop = Timeless()
        self._last = 0
        workspace = {"didChangeWatchedFiles": {"dynamicRegistration": watches}, **capabilities.pop("workspace", {})}
        folders = [{"uri": root.as_uri(), "name": root.name} for root in roots]
        able = {"workspace": workspace, **capabilities}
        self.ask("initialize", {"capabilities": able, "workspaceFolders": folders})
        self.tell("initialized", {})
        for message in list(self.sent) if answers else ():
            if message.get("method") == "client/registerCapability":
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
        self.rest()

    def rest(self, seconds: float = 1.0) -> None:
        """Lets so much time pass."""
        self._loop.run_for(seconds)

    def send(self, *messages: Any) -> None:
        """Has all the messages, and what they lead to at once, done."""
        for message in messages:
            self.server.protocol.receive(json.dumps(message).encode())
        self._loop.run_for(0)

    def release(self) -> None:
        """Has the work done that was held, and what follows from it."""
        for _ in range(3):
            self.server.post(self._held.release)
            self.rest()

    def release_last(self) -> None:
        """Has only the work done that was held last, and what follows from it at once."""
        self.server.post(self._held.release_last)
        self.rest(0)

    def release_first(self) -> None:
        """Has only the work done that is held longest, and what follows from it at once."""
        self.server.post(self._held.release_first)
        self.rest(0)

    def tell(self, method: str, params: Any) -> None:
        self.send(notification(method, params))

    def ask(self, method: str, params: Any) -> str:
        """Sends a request; its id."""
        self._last += 1
        self.send(request(f"r{self._last}", method, params))
        return f"r{self._last}"

    def result(self, identifier: str) -> Any:
        """The result of a request; its error where it has one."""
        (answer,) = self.answers(identifier)
        return answer.get("result", answer.get("error"))

    def now(self, method: str, params: Any) -> Any:
        """The result of a request that is answered at once, or within the time that people wait."""
        identifier = self.ask(method, params)
        if not self.answers(identifier):
            self.rest(3)
        return self.result(identifier)

    def told(self, method: str) -> list[Any]:
        """The parameters of all notifications and requests of a method."""
        return [message.get("params") for message in self.sent if message.get("method") == method]

    def open(self, path: Path, text: str | None = None) -> str:
        uri = path.as_uri()
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": path.read_text("utf-8") if text is None else text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, path: Path, text: str, version: int = 2) -> None:
        identifier = {"uri": path.as_uri(), "version": version}
        self.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})

    def codes(self, path: Path) -> list[str]:
        """The codes of the diagnostics that it shows for a file."""
        told = [params for params in self.told("textDocument/publishDiagnostics") if params["uri"] == path.as_uri()]
        return [diagnostic["code"] for diagnostic in told[-1]["diagnostics"]] if told else []


def lay(root: Path, files: str) -> Path:
    """Files behind lines such as ``-- docs/adr/0001-x.md --``, laid below a root."""
    name = ""
    texts: dict[str, str] = {}
    for line in files.splitlines(keepends=True):
        if line.startswith("-- ") and line.rstrip().endswith(" --"):
            name = line.strip()[3:-3]
        elif name:
            texts[name] = texts.get(name, "") + line
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text.strip("\n") + "\n", "utf-8")
    return root
