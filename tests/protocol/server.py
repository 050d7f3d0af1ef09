"""A small server on the foundation, with a handler for everything that might go wrong."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from typing import Any

import adr_ls.lsp  # noqa: F401 - first of all, or lsprotocol is imported the slow way

# isort: split
from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from adr_ls.lsp import transport
from adr_ls.lsp.documents import Document
from adr_ls.lsp.protocol import Later, Raw, Reply, Server

transport.WATCH = float(os.environ.get("TEST_WATCH", "3"))


def make_server() -> Server:
    server = Server("test-server", "1.2.3")
    server.capabilities = lambda params: {"hoverProvider": True, "experimental": params.get("initializationOptions")}
    closed: list[Document] = []

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover:
        return types.Hover(f"{params.position.line}:{params.position.character}", types.Range(params.position, params.position))

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def rename(params: types.RenameParams) -> dict[str, Any]:
        return {"changes": {params.text_document.uri: [{"newText": params.new_name}]}}

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    def code_actions(params: types.CodeActionParams) -> list[dict[str, Any]]:
        return [{"title": f"{each.message} {each.severity!r}"} for each in params.context.diagnostics]

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        return item

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.notify("test/watched", [str(change.type) for change in params.changes])

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(document: Document) -> None:
        closed.append(document)

    @server.command("add")
    def add(ls: Server, first: int, second: int = 0) -> int:
        return first + second

    @server.feature("test/echo")
    def echo(params: Any) -> Any:
        return params

    @server.feature("test/text")
    def text(params: Any) -> Any:
        document = server.documents.get(params)
        return document and [document.text, document.version, document.language, document.path and str(document.path)]

    @server.feature("test/state")
    def state(params: Any) -> Any:
        return {
            "roots": [str(root) for root in server.roots],
            "encoding": server.encoding,
            "processId": server.client_process_id,
            "snippets": server.client("textDocument.completion.completionItem.snippetSupport", False),
            "closed": len(closed),
            "pending": len(server.protocol._pending),
            "awaited": len(server.protocol._awaited),
            "futures": len(server.protocol._request_futures),
        }

    @server.feature("test/raise")
    def fail(params: Any) -> None:
        raise ValueError(f"secret in {__file__}")

    @server.feature("test/refuse")
    def refuse(params: Any) -> None:
        raise JsonRpcContentModified("too late", data={"retry": True})

    @server.feature("test/sys.exit")
    def leave(params: Any) -> None:
        sys.exit(7)

    @server.feature("test/result")
    def result(kind: str) -> Any:
        circle: list[Any] = []
        circle.append(circle)
        return {
            "nan": float("nan"),
            "set": {1},
            "bytes": b"x",
            "generator": (each for each in [1]),
            "key": {(1, 2): 3},
            "circle": circle,
            "surrogate": "a\udc80b",
            "emoji": "a😀b",
            "raw": Raw('{"ready": [1, 2]}'),
            "objects": [types.Position(1, 2), types.MarkupKind.Markdown, types.SymbolKind.File],
            "none": None,
        }[kind]

    @server.feature("test/print")
    def prints(params: Any) -> str:
        print("Content-Length: 3\r\n\r\n{}!", flush=True)  # noqa: T201 - the point of it
        os.write(1, b"more")
        os.system("echo from a child")  # noqa: S605 - a child that prints
        return "printed"

    @server.feature("test/flood")
    def flood(params: Any) -> None:
        def speak(number: int) -> None:
            for turn in range(params["messages"]):
                print("noise")  # noqa: T201 - the point of it
                server.notify("test/noise", {"from": number, "turn": turn, "padding": "x" * 5000})

        for number in range(params["threads"]):
            threading.Thread(target=speak, args=[number]).start()

    @server.feature("test/sleep")
    def sleep(seconds: float) -> str:
        server.notify("test/sleeping", {})
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            server.check_cancelled()
            time.sleep(0.005)
        return "slept"

    waiting: dict[str, Later] = {}

    @server.feature("test/wait")
    def wait(name: str) -> Later:
        return waiting.setdefault(name, Later())

    @server.feature("test/give")
    def give(params: Any) -> None:
        waiting[params["to"]].give(lambda: result(params["kind"]) if "kind" in params else fail(None))

    @server.feature("test/block")
    def block(seconds: float) -> str:
        server.notify("test/blocked", {})
        time.sleep(seconds)
        return "blocked"

    @server.feature("test/thread")
    def thread(seconds: float) -> str:
        threading.Thread(target=time.sleep, args=[seconds]).start()
        return "started"

    @server.feature("test/ask")
    def ask(params: Any) -> None:
        def answered(reply: Reply) -> None:
            server.notify("test/answered", [reply.result, reply.error])

        server.request("test/question", params["params"], answered, params.get("timeout", 20))

    @server.feature("test/apply")
    def apply_edit(params: Any) -> None:
        future = server.protocol.send_request("workspace/applyEdit", types.ApplyWorkspaceEditParams(types.WorkspaceEdit({})))
        future.add_done_callback(lambda done: server.notify("test/applied", repr(done.exception() or done.result())))

    @server.feature("test/log")
    def log(count: int) -> None:
        for number in range(count):
            logging.getLogger("test").warning("warning %d", number)

    @server.feature("test/debounce")
    def debounce(params: Any) -> None:
        for number in range(10):
            server.debounce("key", 0.01, server.notify, "test/debounced", number)
        server.later(0.01, server.notify, "test/cancelled", 0).cancel()
        threading.Thread(target=server.post, args=[server.notify, "test/posted", "from a thread"]).start()
        server.post(lambda: 1 / 0)
        server.later(0.01, sys.exit, 3)
        server.later(0.03, server.notify, "test/later", "still here")

    return server


if __name__ == "__main__":
    sys.exit(make_server().run_stdio())
