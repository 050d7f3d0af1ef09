"""``adr-ls doctor``: starts the server as an editor would and shows what it answers on your own records.

If everything looks right here and not in the editor, the fault lies in the editor's configuration. The client is a few lines of plain
JSON-RPC on purpose: it must not share the server's view of the protocol.
"""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from adr_ls.io import disk
from adr_ls.io.terminal import COLOURS, clean, excerpt, style, unified
from adr_ls.log.workspace import Workspace
from adr_ls.record.record import Record
from adr_ls.syntax.text import Edit, Lines, Span, apply

PATIENCE = 30.0
"""Seconds to wait for one answer."""
SHOWN = 12
"""How many diagnostics and completions are printed at most."""

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


class Client:
    """An editor's side of the protocol, as small as it can be."""

    def __init__(self, command: list[str], root: Path) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=root)  # noqa: S603  # ourselves
        self._messages: queue.Queue[Json | None] = queue.Queue()
        self._next = 0
        self.diagnostics: dict[str, list[Json]] = {}
        threading.Thread(target=self._read, daemon=True).start()

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
            raise Failure("the server has no input")
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            self._process.stdin.flush()
        except OSError as error:
            raise Failure(f"the server is gone: {self.last_words() or error}") from error

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
        raise Failure(f"no answer to {method} in {PATIENCE:.0f} s")

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
                raise Failure(f"the server ended: {self.last_words()}")
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
        said = self._process.stderr.read().decode(errors="replace") if self._process.stderr else ""
        return said.strip().splitlines()[-1] if said.strip() else f"exit status {self._process.returncode}"

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

    def kill(self) -> None:
        """Ends the server without ado."""
        self._process.kill()
        self._process.wait()


def run(path: Path) -> int:
    """Examines the server on the records at `path`; prints each answer with its time and returns 0 if all is well, else 1."""
    root = path if path.is_dir() else path.parent
    workspace = disk.load([root]).workspace
    if not workspace.records:
        say(f"No ADRs found below {path}; nothing to show.")
        return 1
    begun = time.perf_counter()
    client = Client([sys.executable, "-m", "adr_ls"], root)
    examination = _Examination(client, workspace, disk.to_path(root))
    try:
        examination.begin(begun)
        examination.all()
        client.leave()
    except Failure as failure:
        client.kill()
        say(style(f"\n✗ {failure}", "31"))
        return 1
    say(style("\n✓ The server answers. If the editor shows less, look at its configuration:", "32"))
    for line in attachment():
        say(f"  {line}")
    return 0


def attachment() -> tuple[str, ...]:
    """The lines that attach the server to VS Code and Neovim."""
    command = Path(sys.executable).with_name("adr-ls")
    program = str(command) if command.exists() else "adr-ls"
    return (
        "VS Code:  make vsix && code --install-extension client-vscode/adr-ls.vsix",
        f"Neovim:   vim.lsp.config('adr_ls', {{ cmd = {{ '{program}' }}, filetypes = {{ 'markdown' }}, root_markers = {{ '.git' }} }})",
        "          vim.lsp.enable('adr_ls')",
    )


class _Examination:
    """One run through the features, each with its answer printed."""

    def __init__(self, client: Client, workspace: Workspace, base: str) -> None:
        self.client = client
        self.workspace = workspace
        self.base = base

    def uri(self, path: str) -> str:
        return Path(path).as_uri()

    def name(self, path: str) -> str:
        return path[len(self.base) + 1 :] if path.startswith(self.base + "/") else path

    def section(self, title: str, seconds: float | None = None) -> None:
        took = f"  {seconds * 1000:.1f} ms" if seconds is not None else ""
        say("\n" + style(title, "1") + style(took, "2"))

    def timed(self, method: str, params: Any) -> tuple[Any, float]:
        begun = time.perf_counter()
        answer = self.client.ask(method, params)
        return answer, time.perf_counter() - begun

    def begin(self, begun: float) -> None:
        answer = self.client.ask(
            "initialize", {"processId": None, "rootUri": self.uri(self.base), "capabilities": CAPABILITIES}
        )
        info = answer["serverInfo"]
        self.section(
            f"{info['name']} {info['version']} on {len(self.workspace.records)} records started in", time.perf_counter() - begun
        )
        self.client.notify("initialized", {})

    def all(self) -> None:
        first, *others = self.whole(list(self.workspace.records)[:50])
        begun = time.perf_counter()
        self.open(first)
        self.client.wait_for(self.uri(first.path))
        opened = time.perf_counter() - begun
        for record in others:
            self.open(record)
        self.client.settle(1.0)
        self.diagnostics(opened)
        reference = self.reference()
        if reference is not None:
            self.hover(*reference)
            self.definition(*reference)
            self.references(*reference)
        self.completion(first)
        self.index()

    def whole(self, paths: Iterable[str]) -> list[Record]:
        """The files at these paths."""
        return [file for path in paths if (file := self.workspace.file(path)) is not None]

    def open(self, record: Record) -> None:
        self.client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": self.uri(record.path), "languageId": "markdown", "version": 1, "text": record.text}},
        )

    def diagnostics(self, seconds: float) -> None:
        found = [(uri, diagnostic) for uri, own in sorted(self.client.diagnostics.items()) for diagnostic in own]
        self.section(f"Diagnostics: {len(found)}; those of the first file came within", seconds)
        shown = sorted(found, key=lambda pair: pair[1]["severity"])[:SHOWN]
        by_uri = {self.uri(path): path for path in (*self.workspace.records, *self.workspace.pages, *self.workspace.settings)}
        for uri, diagnostic in shown:
            record, level = self.workspace.file(by_uri[uri]), LEVELS[diagnostic["severity"]]
            if record is None:
                continue
            span = _span(record.lines, diagnostic["range"])
            line, column = record.lines.position(span.start)
            place = f"{style(self.name(record.path), '4')}:{line + 1}:{column + 1}"
            say(f"  {place} {style(level, COLOURS[level])} {clean(diagnostic['message'])} {style(diagnostic['code'], '2')}")
            for part in excerpt(record.lines, span, COLOURS[level]):
                say(f"      {part}")
        if len(found) > SHOWN:
            say(f"  … and {len(found) - SHOWN} more; “adr-ls check” lists them")

    def reference(self) -> tuple[Record, Span] | None:
        """A reference to show: a bare mention in prose if there is one."""
        found = [
            (mention.form != "bare", not self.workspace.successors(self.workspace.records[to.path]), record.path, mention.span)
            for record in self.workspace.records.values()
            for mention, to in self.workspace.resolved(record).items()
            if to.path and to.path != record.path
        ]
        _, _, path, span = min(found, key=lambda found: found[:2], default=(False, False, "", Span(0, 0)))
        record = self.workspace.file(path)
        return (record, span) if record is not None else None

    def at(self, record: Record, span: Span) -> Json:
        line, column = record.lines.position(span.start + 1)
        return {"textDocument": {"uri": self.uri(record.path)}, "position": {"line": line, "character": column}}

    def where(self, record: Record, span: Span) -> str:
        line, column = record.lines.position(span.start)
        return f"“{span.of(record.text)}” in {self.name(record.path)}:{line + 1}:{column + 1}"

    def hover(self, record: Record, span: Span) -> None:
        answer, seconds = self.timed("textDocument/hover", self.at(record, span))
        self.section(f"Hover on {self.where(record, span)}", seconds)
        if not answer:
            raise Failure("no hover on a reference")
        for line in answer["contents"]["value"].splitlines():
            say(f"  │ {line}")

    def definition(self, record: Record, span: Span) -> None:
        answer, seconds = self.timed("textDocument/definition", self.at(record, span))
        self.section("Go to definition", seconds)
        if not answer:
            raise Failure("no definition of a reference")
        for found in answer[:3]:
            path = next((path for path in self.workspace.records if self.uri(path) == found["uri"]), "")
            target = self.workspace.file(path)
            line = found["range"]["start"]["line"]
            say(
                f"  → {self.name(target.path) if target else found['uri']}:{line + 1}  {target.lines.span(line).of(target.text) if target else ''}"
            )

    def references(self, record: Record, span: Span) -> None:
        answer, seconds = self.timed(
            "textDocument/references", {**self.at(record, span), "context": {"includeDeclaration": False}}
        )
        self.section(f"References to it: {len(answer or [])}", seconds)

    def completion(self, record: Record) -> None:
        """What is offered after `ADR-`, typed at the end of a record and not kept."""
        word = next(iter(re.findall(r"^[A-Za-z-]+-", record.id)), "ADR-")
        typed = record.text + ("" if record.text.endswith("\n") else "\n") + f"\nSee {word}"
        self.client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": self.uri(record.path), "version": 2}, "contentChanges": [{"text": typed}]},
        )
        line, column = Lines(typed).position(len(typed))
        params = {"textDocument": {"uri": self.uri(record.path)}, "position": {"line": line, "character": column}}
        answer, seconds = self.timed("textDocument/completion", params)
        self.client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": self.uri(record.path), "version": 3}, "contentChanges": [{"text": record.text}]},
        )
        items = answer["items"]
        self.section(f"Completion after “See {word}”: {len(items)}", seconds)
        for item in items[:SHOWN]:
            label = style(item["label"], "9" if 1 in item.get("tags", []) else "0")
            say(f"  {label}  {item['detail']}  {style(item['labelDetails'].get('description', ''), '2')}")

    def index(self) -> None:
        paths = sorted(self.workspace.indexes)
        if not paths:
            self.section("Index: none; no file lists the records")
            return
        for path in paths[:3]:
            for page in self.whole([path]):
                self.open(page)
            params = {
                "textDocument": {"uri": self.uri(path)},
                "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
                "context": {"diagnostics": [], "only": ["source.updateIndex"]},
            }
            answer, seconds = self.timed("textDocument/codeAction", params)
            self.section(f"Index {self.name(path)}: {answer[0]['title'] if answer else 'up to date'}", seconds)
            for action in answer:
                self.diff(action["edit"])

    def diff(self, edit: Json) -> None:
        """Prints what an edit changes."""
        for change in edit["documentChanges"]:
            paths = (path for path in self.workspace.pages if self.uri(path) == change["textDocument"]["uri"])
            page = next(iter(self.whole(paths)))
            edits = [Edit(_span(page.lines, edit["range"]), edit["newText"]) for edit in change["edits"]]
            for line in unified(page.text, apply(page.text, edits), self.name(page.path)):
                say("  " + style(line, {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")))


LEVELS = {1: "error", 2: "warning", 3: "info", 4: "hint"}
"""The protocol's numbers for the levels."""


def say(text: str) -> None:
    """Prints one line."""
    sys.stdout.write(text + "\n")


def _span(lines: Lines, found: Json) -> Span:
    """A range of the protocol, in code points as we asked for them, as a span."""
    start, end = found["start"], found["end"]
    return Span(lines.offset(start["line"], start["character"]), lines.offset(end["line"], end["character"]))
