"""Random rubbish: as many answers as requests, and a server that is still there."""

from __future__ import annotations

import copy
import json
import random
import tracemalloc
from typing import Any

from lsprotocol import types

from adr_ls.lsp.protocol import Server
from tests.conftest import EVERYTHING

from .client import notification, request
from .memory import Connection

TEXT = {"textDocument": {"uri": "file:///a.md", "version": 1, "languageId": "markdown", "text": "abc"}}
PLACE = {**TEXT, "position": {"line": 0, "character": 0}}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
DIAGNOSTIC = {
    "range": RANGE,
    "message": "m",
    "severity": 1,
    "tags": [1],
    "codeDescription": {"href": "a:b"},
    "data": {"a": [1]},
}
REQUESTS: dict[str, Any] = {
    "textDocument/hover": PLACE,
    "textDocument/completion": {**PLACE, "context": {"triggerKind": 2, "triggerCharacter": "["}},
    "completionItem/resolve": {
        "label": "a",
        "kind": 5,
        "textEdit": {"newText": "a", "range": RANGE},
        "data": {"jsonrpc": "2.0"},
    },
    "textDocument/references": {**PLACE, "context": {"includeDeclaration": True}},
    "textDocument/rename": {**PLACE, "newName": "b"},
    "textDocument/codeAction": {
        **TEXT,
        "range": RANGE,
        "context": {"diagnostics": [DIAGNOSTIC], "only": ["quickfix"], "triggerKind": 1},
    },
    "codeAction/resolve": {
        "title": "a",
        "kind": "quickfix",
        "edit": {"changes": {"file:///a.md": [{"range": RANGE, "newText": ""}]}},
    },
    "textDocument/diagnostic": {**TEXT, "previousResultId": "1"},
    "workspace/diagnostic": {"previousResultIds": [{"uri": "a:b", "value": "1"}], "partialResultToken": 5},
    "workspace/executeCommand": {"command": "add", "arguments": [1, 2]},
    "workspace/willRenameFiles": {"files": [{"oldUri": "file:///a", "newUri": "file:///b"}]},
    "textDocument/semanticTokens/range": {**TEXT, "range": RANGE},
    "textDocument/selectionRange": {**TEXT, "positions": [PLACE["position"]]},
}
NOTIFICATIONS: dict[str, Any] = {
    "textDocument/didOpen": TEXT,
    "textDocument/didChange": {**TEXT, "contentChanges": [{"range": RANGE, "text": "x"}, {"text": "y"}]},
    "textDocument/didSave": TEXT,
    "textDocument/didClose": TEXT,
    "workspace/didChangeWatchedFiles": {"changes": [{"uri": "file:///a", "type": 1}]},
    "workspace/didChangeConfiguration": {"settings": {}},
    "workspace/didChangeWorkspaceFolders": {"event": {"added": [{"uri": "file:///a", "name": "a"}], "removed": []}},
    "window/workDoneProgress/cancel": {"token": 1},
    "$/setTrace": {"value": "off"},
    "$/cancelRequest": {"id": 1},
}
VALUES = [None, 0, -1, 2**31, 1e300, "", "x", "\ud800", True, [], {}, [1], {"a": 1}, [[]], {"jsonrpc": "1.0"}]
CODES = {-32600, -32601, -32602, -32603, -32700}


def make_server() -> Server:
    """With a handler for every method, which returns its parameters through lsprotocol's types and back."""
    server = Server("fuzz", "1")
    for method in types.METHOD_TO_TYPES:
        if not method.startswith(("textDocument/did", "$/", "initialize", "shutdown", "exit")):
            server.feature(method)(lambda params: params)
    return server


def mutate(value: Any, chance: random.Random) -> Any:
    value = copy.deepcopy(value)
    containers = [value]
    for container in containers:
        children = container.values() if isinstance(container, dict) else container
        containers += [child for child in children if isinstance(child, (dict, list)) and child]
    container = chance.choice(containers)
    key = chance.choice(list(container) if isinstance(container, dict) else range(len(container)))
    if chance.random() < 0.2:
        del container[key]
    else:
        container[key] = chance.choice(VALUES)
    return value if chance.random() < 0.6 or not value else mutate(value, chance)


def test_as_many_answers_as_requests() -> None:
    chance = random.Random(1)  # noqa: S311 - tests are to repeat
    connection = Connection(make_server())
    connection.send(request("start", "initialize", {"capabilities": {}}))
    results = 0
    for number in range(4000):
        method, params = chance.choice([*REQUESTS.items()] * 2 + [*NOTIFICATIONS.items()])
        message = (request if method in REQUESTS else notification)(*([number] if method in REQUESTS else []), method, params)
        if chance.random() < 0.9:
            message["params"] = mutate(params, chance)
        connection.send(message)
        if method in REQUESTS:
            (answer,) = connection.answers(number)
            assert ("result" in answer) != ("error" in answer)
            assert "error" not in answer or answer["error"]["code"] in CODES, answer
            results += "result" in answer
        assert {each["method"] for each in connection.sent if "method" in each} <= {"window/logMessage"}
        connection.sent.clear()
    assert 500 < results < 3500
    connection.send(request("end", "textDocument/hover", PLACE))
    assert "result" in connection.answers("end")[0]
    assert not connection.server.protocol._pending


def test_whole_messages() -> None:
    chance = random.Random(2)  # noqa: S311 - tests are to repeat
    connection = Connection(make_server())
    connection.send(request("start", "initialize", {"capabilities": {}}))
    for number in range(2000):
        connection.send(mutate({**request(number, *chance.choice([*REQUESTS.items()])), "result": 1}, chance))
        body = bytearray(json.dumps(request(number, "textDocument/hover", PLACE)).encode())
        body[chance.randrange(len(body))] = chance.randrange(256)
        connection.server.protocol.receive(bytes(body))
    connection.send(request("end", "textDocument/hover", PLACE))
    assert "result" in connection.answers("end")[0]


def test_memory_stays_flat() -> None:
    connection = Connection(make_server())
    connection.send(request("start", "initialize", {"capabilities": {}}), notification("textDocument/didOpen", TEXT))

    def edit(times: int) -> int:
        for number in range(times):
            change = {"range": RANGE, "text": "xy"[number % 2]}
            item = {"uri": TEXT["textDocument"]["uri"]}
            connection.send(notification("textDocument/didChange", {"textDocument": item, "contentChanges": [change]}))
            if number % 10 == 0:
                connection.send(request(number, "textDocument/hover", PLACE), notification("$/cancelRequest", {"id": number}))
            connection.sent.clear()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start(1)
    try:
        before = edit(1000)
        times = 20_000 if EVERYTHING else 5_000
        assert edit(times) - before < 5 * times
    finally:
        tracemalloc.stop()
