"""The server inside of a program that hands it messages and, where it has no disk, files."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adr_ls.io.files import SKIPPED_FOLDERS
from adr_ls.lsp.hosted import Hosted, HostedLoop
from tests.conftest import REPOSITORY
from tests.protocol.client import notification, request

FIRST = "# ADR-001: Mill queue\n\n**Status**: Acepted\n\n## Context\n\nIt goes on from ADR-002.\n"
SECOND = "# ADR-002: Tariff reader\n\n**Status**: Accepted\n\n## Context\n\nIt is read at night.\n"


class Host:
    """A host with one loop, which runs until what is waited for has come."""

    def __init__(self, folder: Path, *, lends: bool) -> None:
        self.sent: list[dict[str, Any]] = []
        self.left: list[int] = []
        self.folder, self._loop = folder, asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self.hosted = Hosted(lambda text: self.sent.append(json.loads(text)), self.left.append, lends=lends)

    def start(self) -> None:
        """Opens the folder, with a client that tells of changed files and lets itself be told everything else."""
        able = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
        folders = [{"uri": self.folder.as_uri(), "name": self.folder.name}]
        self.tell(request("r", "initialize", {"processId": 1, "capabilities": able, "workspaceFolders": folders}))
        self.until(lambda: self.answer("r"))
        self.tell(notification("initialized", {}))

    def tell(self, message: Any) -> None:
        self.hosted.receive(json.dumps(message))

    def lend(self, **files: Any) -> None:
        self.hosted.lend(json.dumps({self.uri(name): held for name, held in files.items()}))

    def uri(self, name: str) -> str:
        return (self.folder / "docs/adr" / f"{name}.md").as_uri()

    def changed(self, name: str) -> None:
        self.tell(notification("workspace/didChangeWatchedFiles", {"changes": [{"uri": self.uri(name), "type": 2}]}))

    def until(self, ask: Callable[[], Any]) -> Any:
        async def wait() -> Any:
            while not (found := ask()):  # noqa: ASYNC110  # what is waited for tells nobody
                await asyncio.sleep(0.01)
            return found

        return self._loop.run_until_complete(asyncio.wait_for(wait(), 20))

    def answer(self, identifier: str) -> Any:
        return next((one for one in self.sent if one.get("id") == identifier and "method" not in one), None)

    def ask(self, identifier: str, method: str, params: Any) -> Any:
        self.tell(request(identifier, method, params))
        return self.until(lambda: self.answer(identifier))

    def problems(self, name: str) -> list[dict[str, Any]] | None:
        """The problems that it last told of a file; None where it told nothing."""
        told = [one["params"] for one in self.sent if one.get("method") == "textDocument/publishDiagnostics"]
        about = [one["diagnostics"] for one in told if one["uri"] == self.uri(name)]
        return about[-1] if about else None

    def codes(self, name: str) -> list[str] | None:
        found = self.problems(name)
        return None if found is None else sorted(one["code"] for one in found)

    def messages(self, name: str) -> list[str]:
        return [one["message"] for one in self.problems(name) or ()]

    def end(self) -> None:
        self._loop.close()
        asyncio.set_event_loop(None)


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Host]]:
    """Makes hosts, on a machine that has no threads."""
    monkeypatch.setenv("ADR_LS_CACHE", "off")
    made: list[Host] = []
    begun: list[str] = []

    def make(*, lends: bool) -> Host:
        made.append(Host(tmp_path, lends=lends))
        monkeypatch.setattr(threading.Thread, "start", lambda thread: begun.append(thread.name))
        return made[-1]

    yield make
    for one in made:
        one.end()
    assert not begun


def test_it_serves_the_files_of_the_disk(host: Callable[..., Host], tmp_path: Path) -> None:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/001-queue.md").write_text(FIRST, "utf-8")
    one = host(lends=False)
    one.start()
    assert one.until(lambda: one.codes("001-queue")) == ["reference-unknown", "status-unknown"]
    with pytest.raises(ValueError, match="those of the disk"):
        one.lend(**{"001-queue": FIRST})


def test_it_serves_the_files_that_it_is_lent(host: Callable[..., Host]) -> None:
    one = host(lends=True)
    one.lend(**{"001-queue": FIRST, "002-tariff": SECOND})
    one.start()
    assert one.until(lambda: one.codes("001-queue")) == ["status-unknown"]
    place = {"textDocument": {"uri": one.uri("001-queue")}, "position": {"line": 6, "character": 18}}
    assert "Tariff reader" in one.ask("h", "textDocument/hover", place)["result"]["contents"]["value"]

    one.lend(**{"001-queue": FIRST.replace("Acepted", "Accepted")})
    one.changed("001-queue")
    one.until(lambda: one.codes("001-queue") == [])
    one.lend(**{"002-tariff": None})
    one.changed("002-tariff")
    one.until(lambda: one.codes("001-queue") == ["reference-unknown"])


def test_a_file_of_which_only_the_name_is_lent_is_there_and_says_why_it_is_not_read(host: Callable[..., Host]) -> None:
    one = host(lends=True)
    one.lend(**{"001-queue": FIRST.replace("Acepted", "Accepted"), "002-tariff": {"why": "is one of too many files"}})
    one.start()
    told = one.until(lambda: one.messages("002-tariff"))
    assert told == ["This file is one of too many files, so it is left out."]


def test_a_file_that_it_makes_is_told_to_whoever_lends_the_others(host: Callable[..., Host]) -> None:
    one = host(lends=True)
    one.lend(**{"001-queue": FIRST.replace("ADR-002", "the mill"), "002-tariff": SECOND})
    one.start()
    given = {"title": "Sluice gate", "uri": one.uri("001-queue")}
    one.ask("n", "workspace/executeCommand", {"command": "adr-ls.newRecord", "arguments": [given]})
    (made,) = [told["params"] for told in one.sent if told.get("method") == "adr-ls/write"]
    assert made["uri"] == one.uri("003-sluice-gate")
    assert made["text"].startswith("# ADR-003: Sluice gate\n")


def test_it_leaves_as_the_protocol_asks(host: Callable[..., Host]) -> None:
    one = host(lends=True)
    one.start()
    one.ask("s", "shutdown", None)
    one.tell(notification("exit", None))
    assert one.left == [0]


def test_calls_are_made_in_their_order_and_let_the_host_go_on() -> None:
    loop = asyncio.new_event_loop()
    hosted = HostedLoop(loop)
    seen: list[object] = []
    for number in range(5000):
        hosted.post(seen.append, number)
    timer = hosted.later(0, seen.append, "cancelled")
    timer.cancel()
    hosted.later(0.02, loop.stop)
    loop.call_soon(lambda: seen.append("the host") if seen else loop.call_soon(seen.append, "the host"))
    loop.run_forever()
    loop.close()
    assert [one for one in seen if one != "the host"] == list(range(5000))
    assert "the host" in seen


def test_the_editor_leaves_out_the_folders_that_a_walk_leaves_out() -> None:
    text = (REPOSITORY / "client-vscode/src/wasm/order.ts").read_text("utf-8")
    listed = text[text.index("SKIPPED = ") : text.index("]);")]
    assert set(re.findall(r'"([^"]+)"', listed)) == SKIPPED_FOLDERS
