"""An editor's side of the protocol over a server's standard streams, which notes when each message came in."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

Json = dict[str, Any]

COMPILED = Path(tempfile.gettempdir()) / "adr-ls-bench-compiled"
"""Where compiled modules are kept."""
REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds to wait for one answer."""
CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}, "workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "completion": {"completionItem": {"labelDetailsSupport": True, "documentationFormat": ["markdown"]}},
    },
}


def _environment() -> dict[str, str]:
    """Ours, but with compiled modules kept between starts, as they are where a program is installed and used."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(COMPILED)}


class Client:
    """One server from its start to its end. `begun` is when it was started; times are `time.perf_counter`'s, in seconds."""

    def __init__(self, command: list[str], root: Path) -> None:
        self.root = root
        self.begun = time.perf_counter()
        paths = [str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env={**_environment(), "PYTHONPATH": os.pathsep.join(paths)},
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
            self._messages.put((time.perf_counter(), json.loads(body)))

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
        at, message = self._messages.get(timeout=PATIENCE)
        assert message is not None, f"{self.process.args!r} ended with status {self.process.wait()}"
        if "id" in message and "method" in message:
            self.send(id=message["id"], result=None)
        return at, message

    def ask(self, method: str, params: Any) -> tuple[float, Any]:
        """Asks the server something; the seconds until its answer, and the answer."""
        self._last += 1
        begun = self.send(id=self._last, method=method, params=params)
        while True:
            at, message = self._next()
            if message.get("id") == self._last and "method" not in message:
                assert "error" not in message, message
                return at - begun, message.get("result")

    def at(self, method: str, path: Path, line: int, character: int, **more: Any) -> tuple[float, Any]:
        """Asks something of a place in a file."""
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": position, **more})

    def begin(self) -> float:
        """Introduces the client; the seconds from the start of the process to the answer."""
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        params = {
            "processId": None,
            "rootUri": folder["uri"],
            "workspaceFolders": [folder],
            "capabilities": CAPABILITIES,
        }
        self.ask("initialize", params)
        taken = time.perf_counter() - self.begun
        self.send(method="initialized", params={})
        return taken

    def open(self, path: Path) -> float:
        """Opens a file; the seconds until its diagnostics came."""
        uri, text = path.as_uri(), path.read_text(encoding="utf-8")
        self._versions[uri] = 1
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        begun = self.send(method="textDocument/didOpen", params={"textDocument": item})
        return self._diagnosed(uri, 1) - begun

    def type(self, path: Path, line: int, character: int, text: str, length: int = 0) -> float:
        """Replaces `length` characters in a file by a text; the seconds until the diagnostics of the result came."""
        uri = path.as_uri()
        self._versions[uri] += 1
        span = {"start": {"line": line, "character": character}, "end": {"line": line, "character": character + length}}
        params = {
            "textDocument": {"uri": uri, "version": self._versions[uri]},
            "contentChanges": [{"range": span, "text": text}],
        }
        begun = self.send(method="textDocument/didChange", params=params)
        return self._diagnosed(uri, self._versions[uri]) - begun

    def _diagnosed(self, uri: str, version: int) -> float:
        while True:
            at, message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri and params.get("version") in (version, None):
                    return at

    def rest(self, longest: float) -> None:
        """Waits until the server does nothing any more, or so many seconds."""
        deadline = time.monotonic() + longest
        before, quiet = self._worked(), 0
        while quiet < 3 and time.monotonic() < deadline:
            time.sleep(0.2)
            now = self._worked()
            quiet = quiet + 1 if now - before <= 1 else 0
            before = now
        while not self._messages.empty():
            self._next()

    def _worked(self) -> int:
        """The processor time that the server has had, in ticks of some ten milliseconds."""
        if not sys.platform.startswith("linux"):
            return 0
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def memory(self) -> float:
        """The memory that the server holds now, in MB."""
        if not sys.platform.startswith("linux"):
            said = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, check=False).stdout
            return int(said or 0) / 1024
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def end(self) -> None:
        """Ends the server without ado."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):  # what it did not take any more
                stream.close()
