"""The whole server under whatever people, editors and other programs do, in sessions that are made up.

A session is made of its seed alone, so a failure is repeated by its number: ``ADR_LS_SEED=17``. At its rests the server must say what one
says that was just started with the same buffers; each request has one answer, nothing was logged as a failure, and what was answered
leaves nothing behind. The server runs within the test, and its time passes when the test says so.
"""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CORPORA, EVERYTHING
from tests.lsp import logs
from tests.lsp.test_context import DIAGNOSTICS
from tests.lsp.timeless import Editor

Json = dict[str, Any]

SEEDS = [int(os.environ["ADR_LS_SEED"])] if "ADR_LS_SEED" in os.environ else [*range(400 if EVERYTHING else 12)]
STEPS = 40
"""How many steps a session has."""
TOO_LARGE = 5_000_000
"""How many bytes a file has that nobody reads."""
ADR = "docs/adr"
LOGS = (logs.BOLD, logs.NYGARD, logs.MADR)
SETTINGS = (
    'profile = "strict"',
    'exclude = ["*003*"]',
    "[rul",
    "directories = 3",
    "\ufeff[rules]\r\norphan = 7",
    '[rules]\norphan = "hint"',
    "\0",
    "",
)
CONFIGURED: tuple[Any, ...] = ({}, {"profile": "strict"}, {"profile": 3}, {"rules": {"link-anchor": "off"}}, {"exclude": 1})
URIS = (
    "untitled:Untitled-1",
    "git:/docs/adr/001.md?HEAD",
    "file://",
    "file:///",
    "file:///%00",
    "file://host/share/001-x.md",
    "http://x/001.md",
    "",
    "::",
    "file:///%ff.md",
    "vscode-notebook-cell:/a.md#W0",
)
TEXTS = (
    "",
    "x",
    "\n",
    "\r",
    "\r\n",
    "\ufeff",
    "\U0001f9fe",
    "\u2028",
    "## Why\n",
    "See ADR-002 and ADR-099.\n",
    "---\nstatus: [a\n---\n",
    "**Status**: Superseded by ADR-004\n",
    "[a](./",
    "```\n",
    "<!--",
)
QUESTIONS = (
    "hover",
    "completion",
    "definition",
    "references",
    "documentHighlight",
    "prepareRename",
    "documentSymbol",
    "foldingRange",
    "documentLink",
    "codeLens",
    "inlayHint",
    "selectionRange",
    "codeAction",
    "rename",
    "prepareCallHierarchy",
    "prepareTypeHierarchy",
)


def collections() -> list[dict[str, bytes]]:
    """A few records of some real collections, where they are at hand."""
    found = []
    for name in ("DNUM-SocialGouv__helios", "Sylius__Sylius", "phodal__adr"):
        folder = CORPORA / name
        paths = sorted(folder.rglob("*.md"))[:8] if folder.is_dir() else []
        if paths:
            found.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    return found


class Window:
    """An editor with folders, on which a session is played; it keeps in mind what it was not answered."""

    def __init__(self, base: Path, chance: random.Random) -> None:
        self.base, self.chance = base, chance
        self.folders = [base]
        self.settings: Any = {}
        self.open: dict[str, int] = {}
        self.done: list[str] = []
        self.asked: dict[str, str] = {}
        self.first = {path: path.read_bytes() for path in sorted(base.rglob("*.md"))}
        self._heard = 0
        self.editor = self._started()

    def _started(self) -> Editor:
        workspace = {"configuration": True, "workspaceFolders": True, "workspaceEdit": {"documentChanges": True}}
        return Editor(*self.folders, workspace=workspace, textDocument={"publishDiagnostics": {"versionSupport": True}})

    # What is done

    def hear(self) -> None:
        """Answers what the server asks: its settings, and changes, which are refused, failed or left unanswered."""
        while self._heard < len(self.editor.sent):
            message = self.editor.sent[self._heard]
            self._heard += 1
            if "method" not in message or "id" not in message:
                continue
            reply: Json = {"jsonrpc": "2.0", "id": message["id"]}
            if message["method"] == "workspace/configuration":
                self.editor.send({**reply, "result": [self.settings]})
            elif message["method"] == "workspace/applyEdit":
                answers: list[Json] = [{"result": {"applied": False}}, {"error": {"code": 1, "message": "no"}}, {"result": 7}]
                self.editor.send({**reply, **self.chance.choice(answers)})
            else:
                self.editor.send({**reply, "result": None})

    def rest(self) -> None:
        for _ in range(4):
            self.hear()
            self.editor.rest(4)

    def tell(self, method: str, params: Any) -> None:
        self.editor.tell(method, params)

    def ask(self, method: str, params: Any) -> str:
        identifier = self.editor.ask(method, params)
        self.asked[identifier] = method
        return identifier

    def files(self) -> list[Path]:
        return sorted({*self.first, *(path for path in self.base.rglob("*.md"))})

    def some_file(self) -> Path:
        return self.chance.choice(self.files())

    def changed(self, *paths: Path) -> None:
        """Tells of files that changed, as watchers do: now and then of the wrong kind, and twice."""
        events = [
            {"uri": path.as_uri(), "type": 2 if path.exists() else 3}
            for path in paths
            for _ in range(self.chance.choice((1, 1, 2)))
        ]
        self.tell("workspace/didChangeWatchedFiles", {"changes": events})

    def put(self, path: Path, content: bytes | None) -> None:
        """Gives a path other bytes, whatever stood there; none at all for None."""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif os.path.lexists(path):
            path.unlink()
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def step(self) -> None:
        name = self.chance.choice(STEPS_BY_WEIGHT)
        self.done.append(name)
        getattr(self, f"do_{name}")()
        self.hear()
        if self.chance.random() < 0.5:
            self.editor.rest(self.chance.choice((0.0, 0.1, 0.3, 3.0)))

    def do_opens(self) -> None:
        path = self.some_file()
        if path.is_file() and path.stat().st_size < TOO_LARGE:
            self._open(path.as_uri(), path.read_bytes().decode("utf-8", "replace"))

    def _open(self, uri: str, text: str) -> None:
        self.open[uri] = self.open.get(uri, 0) + 1
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})

    def do_opens_oddly(self) -> None:
        uri = self.chance.choice(URIS)
        self.tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": self.chance.choice(TEXTS)}},
        )
        self.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}})
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def do_closes(self) -> None:
        uri = self.chance.choice([*self.open, self.some_file().as_uri()])
        self.open.pop(uri, None)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def place(self) -> Json:
        odd = self.chance.choice((0, 0, 0, 1))
        most = 2**31 if odd else 40
        return {
            "line": self.chance.randrange(-1 if odd else 0, most),
            "character": self.chance.randrange(-1 if odd else 0, most),
        }

    def do_types(self) -> None:
        """Edits with whatever version and ranges, also in documents that are not open."""
        uri = self.chance.choice([*self.open] * 4 + [self.some_file().as_uri()])
        changes: list[Json] = []
        for _ in range(self.chance.randint(1, 4)):
            text = self.chance.choice(TEXTS)
            changes.append({"range": {"start": self.place(), "end": self.place()}, "text": text})
        version = self.chance.choice((None, -1, 0, 2, 7, 7, 2**31, "x"))
        self.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes})

    def do_saves(self) -> None:
        path = self.some_file()
        document = self.editor.server.documents.get(path.as_uri())
        if document is not None and not path.is_dir():
            self.put(path, document.text.encode())
            self.tell("textDocument/didSave", {"textDocument": {"uri": path.as_uri()}})
            self.changed(path)

    def do_writes(self) -> None:
        path = self.some_file()
        content = path.read_bytes() if path.is_file() else b"# 7. Back\n"
        self.put(path, content[: TOO_LARGE // 2] + self.chance.choice(TEXTS).encode())
        self.changed(path)

    def do_makes(self) -> None:
        path = (
            self.base
            / ADR
            / self.chance.choice(("009-new.md", "0002-again.md", "README.md", "sub/001-x.md", "é.md", "010-a b.md"))
        )
        self.put(path, self.chance.choice((b"", b"# 9. New\n\n## Status\n\nAccepted\n", self.first[min(self.first)])))
        self.changed(path)

    def do_deletes(self) -> None:
        path = self.some_file()
        self.put(path, None)
        self.changed(path)

    def do_restores(self) -> None:
        path = self.chance.choice(sorted(self.first))
        self.put(path, self.first[path])
        self.changed(path)

    def do_spoils(self) -> None:
        """Makes a file one that cannot be read, whoever asks."""
        path = self.some_file()
        kind = self.chance.choice(("folder", "pipe", "bytes", "size", "link"))
        self.put(path, b"\xff\xfe\0" if kind == "bytes" else b"x" * TOO_LARGE if kind == "size" else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "link":
            path.symlink_to(self.chance.choice((path, self.base / "nowhere", Path("/etc/hostname"))))
        self.changed(path)

    def do_checks_out(self) -> None:
        """Many files at once, as with another branch."""
        paths = self.chance.sample(self.files(), k=min(6, len(self.files())))
        texts = [self.first[path] for path in sorted(self.first)]
        for path in paths:
            self.put(path, self.chance.choice([*texts, None]))
        self.changed(*paths)

    def do_configures(self) -> None:
        self.settings = self.chance.choice(CONFIGURED)
        self.tell("workspace/didChangeConfiguration", {"settings": self.chance.choice((None, {"adr-ls": self.settings}))})

    def do_sets(self) -> None:
        path = self.base / "adr-ls.toml"
        self.put(path, self.chance.choice(SETTINGS).encode() if self.chance.random() < 0.7 else None)
        self.changed(path)

    def do_changes_folders(self) -> None:
        folder = self.chance.choice((self.base, self.base / ADR, self.base / "docs", self.base / "gone"))
        own = {"uri": folder.as_uri(), "name": "x"}
        adds = folder not in self.folders
        if not adds and len(self.folders) == 1:
            return
        self.folders = [*self.folders, folder] if adds else [one for one in self.folders if one != folder]
        event = {"added": [own] if adds else [], "removed": [] if adds else [own]}
        self.tell("workspace/didChangeWorkspaceFolders", {"event": event})

    def do_loses_a_folder(self) -> None:
        """A folder is moved away, told as itself, and comes back or not."""
        folder, away = self.base / ADR, self.base / "away"
        one, other = (folder, away) if folder.is_dir() else (away, folder)
        if one.is_dir() and not other.exists():
            other.parent.mkdir(parents=True, exist_ok=True)
            one.rename(other)
            self.changed(folder, *(path for path in self.files()))

    def question(self) -> tuple[str, Json]:
        uri = self.chance.choice([self.some_file().as_uri()] * 9 + [self.chance.choice(URIS)])
        place = self.place()
        name = self.chance.choice(QUESTIONS)
        span = {"start": place, "end": self.place()}
        given = [{"range": span, **one} if isinstance(one, dict) else one for one in self.chance.sample(DIAGNOSTICS, k=2)]
        context: Json = {
            "diagnostics": given,
            "only": self.chance.choice((None, ["odd"], ["quickfix"], [], [3])),
            "triggerKind": self.chance.choice((1, 2, 9)),
            "includeDeclaration": True,
        }
        params = {"textDocument": {"uri": uri}, "position": place, "range": span, "newName": self.chance.choice(("9", "x", ""))}
        return f"textDocument/{name}", {
            **params,
            "positions": [place],
            "context": context if name != "completion" else {"triggerKind": 1},
        }

    def do_asks(self) -> None:
        self.ask(*self.question())

    def do_floods(self) -> None:
        for _ in range(30):
            identifier = self.ask(*self.question())
            if self.chance.random() < 0.5:
                self.tell("$/cancelRequest", {"id": identifier})

    def do_commands(self) -> None:
        path = self.some_file()
        name, argument = self.chance.choice(
            [
                ("updateIndex", path.as_uri()),
                ("fixAll", path.as_uri()),
                ("newRecord", {"title": "Z", "uri": path.as_uri()}),
                ("newRecord", {"title": "Y", "supersedes": 2}),
                ("setStatus", {"uri": path.as_uri(), "status": "Accepted"}),
                ("supersede", {"uri": path.as_uri(), "title": "X"}),
                ("supersede", {"uri": path.as_uri(), "by": "4"}),
                ("supersede", 7),
                ("open", {"uri": self.chance.choice(URIS)}),
                ("nothing", None),
            ]
        )
        self.ask("workspace/executeCommand", {"command": f"adr-ls.{name}", "arguments": [argument]})

    def do_renames(self) -> None:
        old, new = self.some_file(), self.base / ADR / "0077-other.md"
        self.ask("workspace/willRenameFiles", {"files": [{"oldUri": old.as_uri(), "newUri": new.as_uri()}]})

    # What is seen

    def state(self, editor: Editor) -> dict[str, list[str]]:
        """What an editor shows of every file, and what its server answers on the open ones."""
        seen: dict[str, list[str]] = {}
        for told in editor.told("textDocument/publishDiagnostics"):
            seen[told["uri"]] = sorted(json.dumps(one, sort_keys=True) for one in told["diagnostics"])
        seen = {uri: found for uri, found in seen.items() if found}
        asked = [("", "workspace/symbol", {"query": ""})]
        for uri in self.open:
            item = {"textDocument": {"uri": uri}}
            asked += [(uri, "textDocument/documentSymbol", item), (uri, "textDocument/documentLink", item)]
            for line in (0, 2, 8):
                asked.append((uri, "textDocument/hover", {**item, "position": {"line": line, "character": 5}}))
        for uri, method, params in asked:
            answer = editor.now(method, params)
            parts = answer if isinstance(answer, list) else [answer]
            seen.setdefault(uri, []).extend(
                f"{method} {params.get('position', '')}: {json.dumps(one, sort_keys=True)}" for one in parts
            )
        return seen

    def differences(self) -> list[str]:
        """What is seen otherwise than by a server that is started now, as lines."""
        fresh = self._started()
        heard = 0
        for _ in range(4):
            for message in fresh.sent[heard:]:
                if message.get("method") == "workspace/configuration":
                    fresh.send({"jsonrpc": "2.0", "id": message["id"], "result": [self.settings]})
            heard = len(fresh.sent)
            fresh.rest(4)
        for uri in self.open:
            document = self.editor.server.documents.get(uri)
            assert document is not None, f"{uri} is open and not known"
            item = {"uri": uri, "languageId": "markdown", "version": 1, "text": document.text}
            fresh.tell("textDocument/didOpen", {"textDocument": item})
        gone = [
            uri
            for uri in self.open
            if not Path(uri.removeprefix("file://").replace("%20", " ").replace("%C3%A9", "é")).is_file()
        ]
        fresh.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3} for uri in gone]})
        fresh.rest(8)
        one, other = self.state(self.editor), self.state(fresh)
        return [
            f"{uri}\n  has   {line}" if line in one.get(uri, []) else f"{uri}\n  wants {line}"
            for uri in sorted({*one, *other})
            for line in sorted(set(one.get(uri, [])) ^ set(other.get(uri, [])))
        ]

    def unanswered(self) -> list[str]:
        """The requests that have not exactly one answer."""
        counted = dict.fromkeys(self.asked, 0)
        for message in self.editor.sent:
            if "method" not in message and message.get("id") in counted:
                counted[message["id"]] += 1
        return [f"{self.asked[one]} ({count} answers)" for one, count in counted.items() if count != 1]


WEIGHTS = {
    "opens": 6,
    "opens_oddly": 1,
    "closes": 3,
    "types": 8,
    "saves": 3,
    "writes": 3,
    "makes": 2,
    "deletes": 2,
    "restores": 5,
    "spoils": 3,
    "checks_out": 2,
    "configures": 1,
    "sets": 2,
    "changes_folders": 2,
    "loses_a_folder": 1,
    "asks": 6,
    "floods": 1,
    "commands": 3,
    "renames": 1,
}
"""What may be done, and how often."""
STEPS_BY_WEIGHT = [name for name, weight in WEIGHTS.items() for _ in range(weight)]


@contextmanager
def failures() -> Iterator[list[str]]:
    """What is logged as a failure meanwhile."""
    found: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(
                f"{record.getMessage()}\n{logging.Formatter().formatException(record.exc_info) if record.exc_info else ''}"
            )

    handler = Kept(logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        yield found
    finally:
        logging.getLogger().removeHandler(handler)


def play(base: Path, seed: int) -> str:
    """Why a session does not hold, with how to repeat it; empty where it does."""
    chance = random.Random(seed)  # noqa: S311  # it is to repeat
    known = [*LOGS, *collections()]
    for path, text in known[seed % len(known)].items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    (base / ".git").mkdir()
    with failures() as failed:
        window = Window(base.resolve(), chance)
        window.rest()
        wrong: list[str] = []
        for number in range(1, STEPS + 1):
            window.step()
            if number % 10 == 0:
                window.rest()
                wrong += window.unanswered()
                wrong += window.differences()
            wrong += failed
            if wrong:
                steps = " ".join(window.done)
                return "\n".join([f"ADR_LS_SEED={seed}, after {number} steps: {steps}", *(line[:3000] for line in wrong[:6])])
    return ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_session_holds(tmp_path: Path, seed: int) -> None:
    wrong = play(tmp_path, seed)
    assert not wrong, wrong


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def test_a_long_session_costs_as_much_at_its_end_as_at_its_start(tmp_path: Path) -> None:
    """In time, by the ratio of what the processor did, and in memory."""
    for path, text in logs.BOLD.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    window = Window(tmp_path.resolve(), random.Random(1))  # noqa: S311  # as above
    path = min(window.first)
    window._open(path.as_uri(), window.first[path].decode())

    def work() -> None:
        for number in range(40):
            window.put(path, window.first[path] + b"More.\n" * (number % 3))
            window.changed(path)
            text = window.first[path].decode() + "Typed.\n" * (number % 5)
            window.editor.change(path, text, number + 2)
            window.ask("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": {"line": 0, "character": 3}})
            window.rest()
            window.editor.sent.clear()
            window._heard = 0

    work()
    first = min(_spent(work) for _ in range(2))
    tracemalloc.start(1)
    try:
        work()
        before = tracemalloc.get_traced_memory()[0]
        work()
        assert tracemalloc.get_traced_memory()[0] - before < 300_000
    finally:
        tracemalloc.stop()
    assert min(_spent(work) for _ in range(2)) < 3 * first


def test_a_template_is_followed_while_it_is_typed_in(tmp_path: Path) -> None:
    for path, text in logs.BOLD.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    editor = Editor(tmp_path)
    template = next(tmp_path.rglob("template.md"))
    uri = editor.open(template)
    editor.change(template, "# ADR-NNN: Title\n\n## Other\n")
    editor.rest(3)
    told = json.dumps(editor.now("textDocument/documentSymbol", {"textDocument": {"uri": uri}}))
    assert "Other" in told
    assert "Consequences" not in told
