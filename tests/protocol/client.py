"""A client that knows only bytes and JSON, and takes nothing but exact frames from a server."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.protocol import forkserver

PATIENCE = 30  # seconds; only ever waited for where something hangs
HERE = Path(__file__).parent
SERVER = str(HERE / "server.py")
FORKED = [(sys.executable, "-m", "adr_ls"), (sys.executable, "-m", "adr_ls", "--stdio")]


def frame(message: Any) -> bytes:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def request(identifier: Any, method: str, params: Any = None) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}


def notification(method: str, params: Any = None) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": method, "params": params}


def _matches(message: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(key in message and message[key] == value for key, value in wanted.items())


def start(*command: str, **environment: str) -> subprocess.Popen[bytes]:
    """A process with pipes, which finds the package whether it is installed or not."""
    paths = [str(HERE.parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    # Taken one by one: pytest changes a variable of its own while a test in another thread starts a server
    here = {name: value for name in os.environ if (value := os.environ.get(name)) is not None}
    environment = {**here, "PYTHONPATH": os.pathsep.join(paths), **environment}
    if forkserver.IN_USE and command in FORKED:
        return forkserver.Forked(environment)  # type: ignore[return-value] # which can all that is asked of it
    return subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, bufsize=0, env=environment)


class Client:
    """One server process, by default the test server, and what it has sent so far."""

    def __init__(self, *options: str, program: tuple[str, ...] = (SERVER,), python: str = sys.executable, **environment: str):
        self.process = start(python, *options, *program, **environment)
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.kept: list[dict[str, Any]] = []
        self._last_id = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Client:  # noqa: PYI034 - nobody subclasses it
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE)  # before its file descriptor is closed, and perhaps becomes the next client's
        for stream in self.process.stdin, self.process.stdout, self.process.stderr:
            if stream is not None:
                stream.close()

    def _read(self) -> None:
        stdout, received = self.process.stdout, b""
        assert stdout is not None
        try:
            while chunk := stdout.read(1 << 16):
                received += chunk
                while (parts := received.split(b"\r\n\r\n", 1))[1:]:
                    name, length = parts[0].split(b": ")
                    assert name == b"Content-Length"
                    if len(parts[1]) < int(length):
                        break
                    self._messages.put(json.loads(parts[1][: int(length)], parse_constant=lambda _: 1 / 0))
                    received = parts[1][int(length) :]
        except (OSError, ValueError) as error:  # a closed pipe, or a stream that is not the protocol
            self._messages.put({"broken": repr(error), "received": repr(received[:200])})
        self._messages.put(None)

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        while data:
            data = data[self.process.stdin.write(data) :]

    def send(self, *messages: Any) -> None:
        self.write(b"".join(frame(message) for message in messages))

    def receive(self, **wanted: Any) -> dict[str, Any]:
        """The first message, received before or still to come, with these fields."""
        for index, message in enumerate(self.kept):
            if _matches(message, wanted):
                return self.kept.pop(index)
        while (message := self._messages.get(timeout=PATIENCE)) is not None:
            assert "broken" not in message, message
            if _matches(message, wanted):
                return message
            self.kept.append(message)
        raise EOFError(f"the server sent no {wanted}, but {self.kept}")

    def ask(self, method: str, params: Any = None) -> dict[str, Any]:
        """The whole answer to a request."""
        self._last_id += 1
        identifier = f"client-{self._last_id}"
        self.send(request(identifier, method, params))
        return self.receive(id=identifier)

    def result(self, method: str, params: Any = None) -> Any:
        answer = self.ask(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def initialize(self, **params: Any) -> dict[str, Any]:
        answer = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}, **params})
        self.send(notification("initialized", {}))
        return answer["result"]

    def end(self) -> tuple[int, bytes]:
        """Waits for the process; its exit code and all it wrote to standard error."""
        code = self.process.wait(PATIENCE)
        return code, self.process.stderr.read() if self.process.stderr else b""

    def shut_down(self) -> tuple[int, bytes]:
        assert self.ask("shutdown")["result"] is None
        self.send(notification("exit"))
        return self.end()
