"""An editor's side of the protocol over a server's standard streams, which notes when each message came in."""

from __future__ import annotations

import contextlib
import json
import math
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench import processes

Json = dict[str, Any]

COMPILED = Path(tempfile.gettempdir()) / "adr-ls-bench-compiled"
"""Where compiled modules are kept."""
REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 900.0
"""Seconds to wait for one answer: a server may wait with it until it has read what it needs."""
RESTING = 0.05
"""The share of a processor up to which a server is at rest."""
CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
    },
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "completion": {"completionItem": {"labelDetailsSupport": True, "documentationFormat": ["markdown"]}},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
            "isPreferredSupport": True,
            "disabledSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}


class UnansweredError(Exception):
    """A server did not answer in time, answered with an error, or ended."""


def environment() -> dict[str, str]:
    """Ours, but with compiled modules kept between starts, as they are where a program is installed and used, and caches not forbidden."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "ADR_LS_CACHE")}
    paths = [str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**kept, "PYTHONPYCACHEPREFIX": str(COMPILED), "PYTHONPATH": os.pathsep.join(paths)}


class Client:
    """One server from its start to its end. `begun` is when it was started; times are `time.perf_counter`'s, in seconds.

    `offered` are the capabilities that it answered with, `diagnostics` what it last said of each file, by URI.
    """

    def __init__(self, command: list[str], root: Path, variables: dict[str, str]) -> None:
        self.root = root
        self.offered: Json = {}
        self.diagnostics: dict[str, list[Json]] = {}
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env={**environment(), **variables},
            start_new_session=True,  # so that its children can be ended with it
        )
        self._messages: queue.Queue[tuple[float, Json | None]] = queue.Queue()
        self._last = 0
        self._versions: dict[str, int] = {}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            for line in iter(stream.readline, b"\r\n"):
                if not line:
                    self._messages.put((time.perf_counter(), None))
                    return
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = stream.read(length)
            at = time.perf_counter()
            self._messages.put((at, json.loads(body) if len(body) == length else None))  # it may end in the midst of a message

    def send(self, **message: Any) -> float:
        """Sends a message; when that began."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self.process.stdin
        assert stream is not None
        begun = time.perf_counter()
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stream.flush()
        return begun

    def _next(self) -> tuple[float, Json]:
        """The next message and when it came; requests are answered, and diagnostics kept."""
        try:
            at, message = self._messages.get(timeout=PATIENCE)
        except queue.Empty:
            raise UnansweredError(f"{self.process.args!r} said nothing for {PATIENCE:.0f} seconds") from None
        if message is None:
            raise UnansweredError(f"{self.process.args!r} ended with status {self.process.wait()}")
        if "id" in message and "method" in message:
            items = (message.get("params") or {}).get("items") if message["method"] == "workspace/configuration" else None
            self.send(id=message["id"], result=items and [None] * len(items))
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return at, message

    def ask(self, method: str, params: Json | None = None) -> tuple[float, Any]:
        """Asks the server something; the seconds until its answer, and the answer."""
        self._last += 1
        begun = self.send(id=self._last, method=method, **({} if params is None else {"params": params}))
        while True:
            at, message = self._next()
            if message.get("id") == self._last and "method" not in message:
                if "error" in message:
                    raise UnansweredError(f"{method}: {message['error']}")
                return at - begun, message.get("result")

    def begin(self) -> float:
        """Introduces the client; the seconds from the start of the process to the answer."""
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        params = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder], "capabilities": CAPABILITIES}
        _, answer = self.ask("initialize", params)
        taken = time.perf_counter() - self.begun
        self.offered = answer["capabilities"]
        self.send(method="initialized", params={})
        return taken

    def open(self, path: Path, text: str | None = None) -> None:
        """Opens a file, with another text than that on the disk if one is given."""
        uri, text = path.as_uri(), path.read_text(encoding="utf-8") if text is None else text
        self._versions[uri] = 1
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": item})

    def type(self, path: Path, line: int, character: int, text: str, length: int = 0) -> float:
        """Replaces `length` characters in an open file by a text; when it began to say so."""
        uri = path.as_uri()
        self._versions[uri] += 1
        span = {"start": {"line": line, "character": character}, "end": {"line": line, "character": character + length}}
        params = {
            "textDocument": {"uri": uri, "version": self._versions[uri]},
            "contentChanges": [{"range": span, "text": text}],
        }
        return self.send(method="textDocument/didChange", params=params)

    def save(self, path: Path) -> None:
        """Tells that an open file was saved."""
        self.send(method="textDocument/didSave", params={"textDocument": {"uri": path.as_uri()}})
        self.changed(path, 2)

    def close(self, path: Path) -> None:
        """Closes a file."""
        self.send(method="textDocument/didClose", params={"textDocument": {"uri": path.as_uri()}})

    def diagnosed(self, path: Path) -> float:
        """Waits for the diagnostics of the last version of an open file; when they came."""
        uri = path.as_uri()
        while True:
            at, message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri and params.get("version") == self._versions[uri]:
                    return at

    def changed(self, path: Path, kind: int) -> float:
        """Tells that a file was created (1), changed (2) or deleted (3) on disk; when it began to say so."""
        return self.send(method="workspace/didChangeWatchedFiles", params={"changes": [{"uri": path.as_uri(), "type": kind}]})

    def rest(self, quiet: float) -> None:
        """Waits until the server and its children have done next to nothing for so many seconds."""
        deadline = time.monotonic() + PATIENCE
        worked = math.inf
        while not 0 <= worked <= RESTING * quiet and time.monotonic() < deadline:  # less than nothing: a child has ended
            before = processes.worked(self.process.pid)
            time.sleep(quiet)
            worked = processes.worked(self.process.pid) - before
        while not self._messages.empty():
            self._next()

    def leave(self) -> None:
        """Asks the server to end, so that it can keep what it wants to keep."""
        self.ask("shutdown")
        self.send(method="exit")
        assert self.process.stdin is not None
        self.process.stdin.close()  # some end only then
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)

    def end(self) -> None:
        """Ends the server and its children without ado."""
        if sys.platform == "win32":
            self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):  # what it did not take any more
                stream.close()
