"""What is answered to what: one row per way to get it wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from .client import Client, frame, notification, request

HOVER = {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 1, "character": 2}}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """One server for all of them: each row has to leave it working."""
    with Client() as client:
        client.initialize()
        yield client


@pytest.mark.parametrize(
    ("data", "identifier", "code"),
    [
        pytest.param(frame(b"{"), None, -32700, id="malformed JSON"),
        pytest.param(frame(b""), None, -32700, id="no body"),
        pytest.param(frame(b'"\xff\xfe"'), None, -32700, id="not UTF-8"),
        pytest.param(frame(b'{"jsonrpc": "2.0", "id": 1, "method": "test/echo", "params": NaN}'), None, -32700, id="NaN"),
        pytest.param(frame(b"[" * 200_000 + b"]" * 200_000), None, -32700, id="deep"),
        pytest.param(frame([request(1, "test/echo")]), None, -32600, id="batch"),
        pytest.param(frame("text"), None, -32600, id="no object"),
        pytest.param(frame({"id": 5, "method": "test/echo"}), 5, -32600, id="no jsonrpc"),
        pytest.param(frame({**request(6, "test/echo"), "jsonrpc": "1.0"}), 6, -32600, id="JSON-RPC 1"),
        pytest.param(frame({**request(6, "test/echo"), "jsonrpc": [{}]}), 6, -32600, id="odd jsonrpc"),
        pytest.param(frame(request(None, "test/echo")), None, -32600, id="id null"),
        pytest.param(frame(request(1.5, "test/echo")), None, -32600, id="id 1.5"),
        pytest.param(frame(request(True, "test/echo")), None, -32600, id="id true"),
        pytest.param(frame(request({"a": 1}, "test/echo")), None, -32600, id="id object"),
        pytest.param(frame({"jsonrpc": "2.0", "id": 7, "method": None}), 7, -32600, id="method null"),
        pytest.param(frame({"jsonrpc": "2.0", "id": 8, "method": ["x"]}), 8, -32600, id="method list"),
        pytest.param(frame({"jsonrpc": "2.0", "id": 9}), 9, -32600, id="no method"),
        pytest.param(frame(request(10, "unknown/method")), 10, -32601, id="unknown method"),
        pytest.param(frame(request(11, "$/unknown")), 11, -32601, id="unknown $ method"),
        pytest.param(frame(request(12, "textDocument/moniker")), 12, -32601, id="known, not offered"),
        pytest.param(frame({"jsonrpc": "2.0", "id": 13, "method": "textDocument/hover"}), 13, -32602, id="no params"),
        pytest.param(frame(request(14, "textDocument/hover")), 14, -32602, id="params null"),
        pytest.param(frame(request(15, "textDocument/hover", [1])), 15, -32602, id="params list"),
        pytest.param(frame(request(16, "textDocument/hover", {**HOVER, "position": {}})), 16, -32602, id="empty position"),
        pytest.param(frame(request(17, "textDocument/hover", {**HOVER, "position": None})), 17, -32602, id="null position"),
        pytest.param(
            frame(request(18, "textDocument/hover", {**HOVER, "textDocument": {"uri": 5}})), 18, -32602, id="number as URI"
        ),
        pytest.param(frame(request(19, "textDocument/rename", {**HOVER, "newName": None})), 19, -32602, id="null as name"),
        pytest.param(frame(request(20, "workspace/executeCommand", {"command": "unknown"})), 20, -32602, id="unknown command"),
        pytest.param(
            frame(request(21, "workspace/executeCommand", {"command": "add", "arguments": []})),
            21,
            -32602,
            id="too few arguments",
        ),
        pytest.param(
            frame(request(22, "workspace/executeCommand", {"command": "add", "arguments": [1, 2, 3]})),
            22,
            -32602,
            id="too many arguments",
        ),
        pytest.param(frame(request(23, "initialize", {"capabilities": {}})), 23, -32600, id="second initialize"),
        pytest.param(frame(request(24, "test/raise")), 24, -32603, id="failing handler"),
        pytest.param(frame(request(25, "test/sys.exit")), 25, -32603, id="exiting handler"),
        pytest.param(frame(request(26, "test/refuse")), 26, -32801, id="refusing handler"),
        *[
            pytest.param(frame(request(f"result {kind}", "test/result", kind)), f"result {kind}", -32603, id=f"result {kind}")
            for kind in ("nan", "set", "bytes", "generator", "key", "circle")
        ],
    ],
)
def test_refused(client: Client, data: bytes, identifier: Any, code: int) -> None:
    client.write(data)
    answer = client.receive(id=identifier)
    assert answer["error"]["code"] == code
    assert "secret" not in str(answer)
    assert ".py" not in str(answer)
    assert ("data" in answer["error"]) == (code == -32801)
    assert client.result("test/echo", "alive") == "alive"


@pytest.mark.parametrize(
    ("method", "params", "result"),
    [
        ("test/echo", {"jsonrpc": "1.0", "nested": [{"jsonrpc": "2.0", "id": 1, "method": "exit"}]}, ...),
        ("test/echo", {"data": {"snake_case": 1, "camelCase": None}}, ...),
        ("test/result", "none", None),
        ("test/result", "raw", {"ready": [1, 2]}),
        ("test/result", "objects", [{"line": 1, "character": 2}, "markdown", 1]),
        ("test/result", "surrogate", "a\ufffdb"),
        ("test/result", "emoji", "a😀b"),
        ("test/echo", "lone \ud800, paired \U0001f600, escaped \\ud800", "lone \ufffd, paired 😀, escaped \\ud800"),
        ("textDocument/hover", HOVER, {"contents": "1:2", "range": {"start": HOVER["position"], "end": HOVER["position"]}}),
        ("textDocument/rename", {**HOVER, "newName": "b", "unknown": 1}, {"changes": {"file:///a.md": [{"newText": "b"}]}}),
        (
            "completionItem/resolve",
            {"label": "a", "kind": 9999, "data": {"jsonrpc": 1}},
            {"label": "a", "kind": 9999, "data": {"jsonrpc": 1}},
        ),
        ("workspace/executeCommand", {"command": "add", "arguments": [1, 2]}, 3),
        ("workspace/executeCommand", {"command": "add", "arguments": [1]}, 1),
    ],
)
def test_answered(client: Client, method: str, params: Any, result: Any) -> None:
    assert client.result(method, params) == (params if result is ... else result)


def test_a_lone_surrogate_that_is_escaped_by_a_client(client: Client) -> None:
    client.write(
        frame(rb'{"jsonrpc": "2.0", "id": "s", "method": "test/echo", "params": "\uD800 \uDC00 \ud83d\uDE00 \\ud800"}')
    )
    assert client.receive(id="s")["result"] == "\ufffd \ufffd 😀 \\ud800"


@pytest.mark.parametrize(
    ("position", "contents"),
    [
        ({"line": -1, "character": -5}, "0:0"),
        ({"line": 2**31, "character": 2**40}, "2147483647:2147483647"),
        ({"line": 1.0, "character": 2.9}, "1:2"),
    ],
)
def test_positions_are_moved_into_range(client: Client, position: Any, contents: str) -> None:
    assert client.result("textDocument/hover", {**HOVER, "position": position})["contents"] == contents


@pytest.mark.parametrize(
    ("diagnostic", "titles"),
    [
        ({"severity": 0}, ["m 0"]),
        ({"severity": "1"}, ["m '1'"]),
        ({"severity": 2, "tags": [3, -1]}, ["m <DiagnosticSeverity.Warning: 2>"]),
        ({"codeDescription": {}}, []),
        ({"range": None}, []),
        ({"range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 2**33}}}, ["m None"]),
    ],
)
def test_strange_diagnostics_do_not_cost_the_code_actions(client: Client, diagnostic: Any, titles: list[str]) -> None:
    context = {
        "diagnostics": [{"range": RANGE, "message": "m", **diagnostic}, {"range": RANGE, "message": "good"}],
        "triggerKind": 4,
    }
    actions = client.result("textDocument/codeAction", {"textDocument": {"uri": "x:y"}, "range": RANGE, "context": context})
    assert [action["title"] for action in actions] == [*titles, "good None"]


@pytest.mark.parametrize(
    "message",
    [
        notification("unknown/method", {"a": 1}),
        notification("$/unknown"),
        notification("test/raise"),
        notification("test/sys.exit"),
        notification("$/setTrace", {"value": "compact"}),
        notification("$/cancelRequest", {"id": "unknown"}),
        notification("$/cancelRequest", {"id": [1]}),
        notification("$/cancelRequest", None),
        notification("textDocument/didOpen", None),
        notification("textDocument/didOpen", {"textDocument": {"uri": "a:b", "text": None}}),
        notification("textDocument/didOpen", {"textDocument": "text"}),
        notification("textDocument/didChange", {"textDocument": {"uri": "unknown:x"}, "contentChanges": [{"text": "x"}]}),
        notification("textDocument/didClose", {"textDocument": {"uri": "unknown:x"}}),
        notification("workspace/didChangeWatchedFiles", {"changes": [{"uri": 1}]}),
        {"jsonrpc": "2.0", "id": "never asked", "result": 1},
        {"jsonrpc": "2.0", "id": ["odd"], "result": 1},
        {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "x"}},
        {"jsonrpc": "2.0", "result": 1},
        {"jsonrpc": "2.0", "id": "no code", "error": {}},
    ],
    ids=lambda message: json.dumps(message)[17:80],
)
def test_ignored(client: Client, message: Any) -> None:
    client.kept.clear()
    client.send(message)
    assert client.result("test/echo", "alive") == "alive"
    assert [each for each in client.kept if each.get("method") != "window/logMessage"] == []


def test_an_unknown_value_of_an_enumeration_reaches_the_handler(client: Client) -> None:
    client.send(
        notification("workspace/didChangeWatchedFiles", {"changes": [{"uri": "a:b", "type": 1}, {"uri": "a:b", "type": 4}]})
    )
    assert client.receive(method="test/watched")["params"] == ["FileChangeType.Created", "4"]


def test_the_same_id_twice(client: Client) -> None:
    client.send(request("twice", "test/echo", 1), request("twice", "test/echo", 2))
    assert [client.receive(id="twice")["result"] for _ in range(2)] == [1, 2]


def test_nothing_is_left_over(client: Client) -> None:
    state = client.result("test/state")
    assert (state["pending"], state["awaited"], state["futures"]) == (1, 0, 0)  # the one request is this one


# --- Before, between and after


def test_before_initialize() -> None:
    with Client() as client:
        client.send(notification("textDocument/didOpen", {"textDocument": {"uri": "a:b", "text": "x"}}))
        assert client.ask("textDocument/hover", HOVER)["error"]["code"] == -32002
        assert client.ask("shutdown")["error"]["code"] == -32002
        assert client.ask("initialize", [])["error"]["code"] == -32602
        client.initialize()
        assert client.result("test/text", "a:b") is None
        assert client.shut_down() == (0, b"")
        assert client.kept == []


def test_after_shutdown() -> None:
    with Client() as client:
        client.initialize()
        client.result("shutdown")
        client.send(notification("textDocument/didOpen", {"textDocument": {"uri": "a:b", "text": "x"}}))
        assert [client.ask(method)["error"]["code"] for method in ("test/echo", "shutdown", "initialize")] == [-32600] * 3
        client.send(notification("exit"))
        assert client.end() == (0, b"")


# --- Asking the client


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ({"result": {"jsonrpc": "2.0", "any": "thing"}}, [{"jsonrpc": "2.0", "any": "thing"}, None]),
        ({"result": None}, [None, None]),
        ({"error": {"code": 1, "message": "no"}}, [None, "no"]),
        ({"error": {}}, [None, "the client gave no reason"]),
        ({"error": "odd"}, [None, "the client gave no reason"]),
    ],
)
def test_the_client_answers(client: Client, answer: Any, taken: Any) -> None:
    client.send(notification("test/ask", {"params": {"a": 1}}))
    question = client.receive(method="test/question")
    assert question["params"] == {"a": 1}
    client.send({"jsonrpc": "2.0", "id": question["id"], **answer})
    assert client.receive(method="test/answered")["params"] == taken
    client.send({"jsonrpc": "2.0", "id": question["id"], **answer})  # once more
    assert client.result("test/state")["awaited"] == 0


def test_the_client_answers_too_late(client: Client) -> None:
    client.send(notification("test/ask", {"params": None, "timeout": 0.01}))
    question = client.receive(method="test/question")
    assert "params" not in question
    assert client.receive(method="test/answered")["params"] == [None, "no answer within 0.01 s"]
    client.send({"jsonrpc": "2.0", "id": question["id"], "result": 1})
    assert client.result("test/echo", "alive") == "alive"


@pytest.mark.parametrize(
    ("answer", "taken"),
    [({"result": {"applied": True}}, "{'applied': True}"), ({"error": {"message": "no"}}, "JsonRpcException('no')")],
)
def test_the_typed_calls_of_pygls(client: Client, answer: Any, taken: str) -> None:
    client.send(notification("test/apply"))
    question = client.receive(method="workspace/applyEdit")
    assert question["params"] == {"edit": {"changes": {}}}
    client.send({"jsonrpc": "2.0", "id": question["id"], **answer})
    assert client.receive(method="test/applied")["params"] == taken


# --- Cancelling


def test_a_waiting_request_that_is_cancelled_is_not_run(client: Client) -> None:
    client.send(
        request("first", "test/block", 0.05),
        request("second", "test/block", 20),
        notification("$/cancelRequest", {"id": "second"}),
    )
    assert client.receive(id="first")["result"] == "blocked"
    assert client.receive(id="second")["error"]["code"] == -32800


def test_a_running_request_that_is_cancelled_ends_early(client: Client) -> None:
    client.send(request("long", "test/sleep", 60))
    client.receive(method="test/sleeping")
    client.send(notification("$/cancelRequest", {"id": "long"}))
    assert client.receive(id="long")["error"]["code"] == -32800


@pytest.mark.parametrize(("kind", "found"), [("none", None), ("emoji", "a😀b"), ("raw", {"ready": [1, 2]})])
def test_an_answer_that_is_given_later(client: Client, kind: str, found: Any) -> None:
    client.send(request("waits", "test/wait", kind))
    assert client.ask("test/state")["result"]["pending"] == 2
    assert answers(client, "waits") == 0
    client.send(request("gives", "test/give", {"to": kind, "kind": kind}))
    assert client.receive(id="waits")["result"] == found
    assert client.ask("test/give", {"to": kind, "kind": kind})["result"] is None
    assert client.ask("test/state")["result"]["pending"] == 1
    assert answers(client, "waits") == 0


def answers(client: Client, identifier: str) -> int:
    """How many answers came that nobody has looked at."""
    return sum(message.get("id") == identifier for message in client.kept)


@pytest.mark.parametrize(("given", "code"), [({"kind": "set"}, -32603), ({}, -32603), ({"kind": "nan"}, -32603)])
def test_an_answer_that_goes_wrong_later(client: Client, given: dict[str, Any], code: int) -> None:
    name = json.dumps(given)
    client.send(request(name, "test/wait", name), request("gives", "test/give", {"to": name, **given}))
    assert client.receive(id=name)["error"]["code"] == code


def test_a_request_that_waits_can_be_cancelled(client: Client) -> None:
    client.send(request("waits", "test/wait", "c"))
    assert client.ask("test/state")["result"]["pending"] == 2
    client.send(notification("$/cancelRequest", {"id": "waits"}))
    assert client.receive(id="waits")["error"]["code"] == -32800
    assert client.ask("test/give", {"to": "c", "kind": "none"})["result"] is None
    assert client.ask("test/state")["result"]["pending"] == 1
    assert answers(client, "waits") == 0


def test_whoever_waits_when_the_server_is_shut_down_is_told_so() -> None:
    with Client() as client:
        client.initialize()
        client.send(request("waits", "test/wait", "s"), request("ends", "shutdown"))
        assert client.receive()["error"] == {"code": -32803, "message": "The server is shutting down."}
        assert client.receive()["id"] == "ends"


def test_a_cancellation_that_comes_too_late_is_forgotten(client: Client) -> None:
    client.send(request("done", "test/echo"), notification("$/cancelRequest", {"id": "done"}))
    client.receive(id="done")
    client.send(notification("$/cancelRequest", {"id": "done"}), request("done", "test/echo", "again"))
    assert client.receive(id="done")["result"] == "again"


# --- Scheduling and logging


def test_calls_for_later(client: Client) -> None:
    client.kept.clear()
    client.send(notification("test/debounce"))
    assert client.receive(method="test/later")["params"] == "still here"
    told = {message["method"]: message["params"] for message in client.kept if message["method"].startswith("test/")}
    assert told == {"test/debounced": 9, "test/posted": "from a thread"}


def test_the_log_reaches_the_client_but_never_floods_it() -> None:
    with Client() as client:
        client.initialize()
        client.ask("test/raise")
        client.result("test/log", 100)
        assert [(message["method"], message["params"]["type"]) for message in client.kept] == [
            ("window/logMessage", 1),
            *[("window/logMessage", 2)] * 4,
        ]
        assert "ValueError: secret" in client.kept[0]["params"]["message"]
        assert client.kept[1]["params"]["message"] == "warning 0"
        assert client.shut_down() == (0, b"")
