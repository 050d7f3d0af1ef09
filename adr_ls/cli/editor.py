"""An editor's side of the protocol: a few lines of plain JSON-RPC on purpose, as it must not share the server's view of it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, final

PATIENCE = 30.0
"""Seconds to wait for one answer."""

Json = dict[str, Any]

CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-32", "utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "hover": {"contentFormat": ["plaintext"]},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        "publishDiagnostics": {"relatedInformation": True},
        "completion": {"completionItem": {"labelDetailsSupport": True, "tagSupport": {"valueSet": [1]}}},
    },
}


class Failure(Exception):  # noqa: N818  # it is the patient's, not ours
    """The server gave no answer, or none that makes sense; the message says which."""


class Gone(Failure):
    """The server answers nothing any more, so that there is no sense in asking it anything else."""


@final
class Client:
    """An editor's side of the protocol, as small as it can be."""

    def __init__(self, command: list[str]) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603  # ourselves
        self._messages: queue.Queue[Json | None] = queue.Queue()
        self._next = 0
        self.diagnostics: dict[str, list[Json]] = {}
        self._said: deque[str] = deque(maxlen=20)
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._listen)]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        """Takes what the server says on its standard error, which would else wait for somebody to read it."""
        for line in self._process.stderr or ():
            self._said.append(line.decode(errors="replace"))

    def _read(self) -> None:
        stream = self._process.stdout
        while stream is not None:
            length = 0
            for line in iter(stream.readline, b""):
                if not line.strip():
                    break
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                break
            self._messages.put(json.loads(stream.read(length)))
        self._messages.put(None)

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if self._process.stdin is None:
            raise Gone("the server has no input")
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            self._process.stdin.flush()
        except OSError as error:
            raise Gone(f"the server is gone: {self.last_words() or error}") from error

    def notify(self, method: str, params: Json) -> None:
        """Tells the server something."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """Asks the server something and returns its answer; raises `Failure` where there is none."""
        self._next += 1
        own = self._next
        self._send({"id": own, "method": method, "params": params})
        for message in self._until(time.monotonic() + PATIENCE):
            if message.get("id") == own and "method" not in message:
                if "error" in message:
                    raise Failure(f"{method}: {message['error'].get('message')}")
                return message.get("result")
        raise Gone(f"no answer to {method} in {PATIENCE:.0f} s")

    def wait_for(self, uri: str, version: int | None = None) -> list[Json]:
        """The diagnostics of a file, as soon as they are told."""
        self.diagnostics.pop(uri, None)
        for message in self._until(time.monotonic() + PATIENCE):
            params = message.get("params") or {}
            if (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and (version is None or params.get("version") == version)
            ):
                return self.diagnostics[uri]
        raise Failure(f"no diagnostics for {uri} in {PATIENCE:.0f} s")

    def settle(self, seconds: float) -> None:
        """Takes in what the server still says, until it has been silent for so long."""
        while True:
            try:
                message = self._messages.get(timeout=seconds)
            except queue.Empty:
                return
            if message is None:
                return
            self._note(message)

    def _until(self, deadline: float) -> Iterator[Json]:
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self._messages.get(timeout=left)
            except queue.Empty:
                return
            if message is None:
                raise Gone(f"the server ended: {self.last_words()}")
            self._note(message)
            yield message

    def _note(self, message: Json) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def last_words(self) -> str:
        """What the server said last on its standard error."""
        try:
            self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return ""
        for thread in self._threads:
            thread.join(timeout=1)
        said = [line.strip() for line in self._said if line.strip()]
        return said[-1] if said else f"exit status {self._process.returncode}"

    def leave(self) -> None:
        """Ends the session as an editor does; raises `Failure` where the server does not end as it should."""
        self.ask("shutdown", None)
        self._send({"method": "exit"})
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired as error:
            raise Failure("the server did not end when told to") from error
        if status != 0:
            raise Failure(f"the server left with status {status}")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the server without ado if it still runs."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(timeout=1)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written to it has no reader
                    pipe.close()
