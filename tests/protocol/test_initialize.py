"""Whatever a client says about itself, it gets a server."""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EVERYTHING

from .client import HERE, request
from .memory import Connection

RECORDED = HERE.parent.parent.parent / "shared" / "design" / "initialize-payloads"
PAYLOADS = sorted([*(HERE / "payloads").glob("*.json"), *RECORDED.glob("*.json")])


def params_of(path: Path) -> Any:
    payload = json.loads(path.read_bytes())
    return {**payload.get("params", payload), "processId": None}


def initialized(params: Any) -> Connection:
    connection = Connection()
    connection.send(request(1, "initialize", params))
    (answer,) = connection.answers(1)
    assert set(answer) == {"jsonrpc", "id", "result"}, answer
    assert answer["result"]["serverInfo"] == {"name": "test-server", "version": "1.2.3"}
    assert answer["result"]["capabilities"]["positionEncoding"] == connection.server.encoding
    return connection


def state(connection: Connection) -> dict[str, Any]:
    connection.send(request("state", "test/state"))
    return connection.answers("state")[-1]["result"]


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_payloads(path: Path) -> None:
    state(initialized(params_of(path)))


def test_recorded_payloads_are_here() -> None:
    if not RECORDED.is_dir():
        pytest.skip(f"the payloads recorded from editors are not at {RECORDED}; only the test's own were tried")
    assert list(RECORDED.glob("*.json"))


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each container with each of its keys."""
    for key, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from places(child)


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_one_value_changed(path: Path) -> None:
    params = params_of(path)
    chance = random.Random(path.stem)  # noqa: S311 - tests are to repeat
    count = len(list(places(params)))
    for index in chance.sample(range(count), count if EVERYTHING else min(count, 4)):
        for other in (None, 5, -1, "odd", True, [], {}, [None], {"a": 1}):
            changed = copy.deepcopy(params)
            container, key = list(places(changed))[index]
            if key == "processId":
                continue
            container[key] = other
            state(initialized(changed))


@pytest.mark.parametrize(
    "params",
    [{}, {"capabilities": None}, {"capabilities": []}, {"rootUri": 1, "rootPath": {}, "workspaceFolders": [1, None, {}]}],
)
def test_next_to_nothing(params: Any) -> None:
    assert state(initialized(params))["roots"] == []


@pytest.mark.parametrize("params", [None, [], "x", 1])
def test_nothing(params: Any) -> None:
    connection = Connection()
    connection.send(request(1, "initialize", params), request(2, "initialize", {}))
    assert connection.answers(1)[0]["error"]["code"] == -32602
    assert "result" in connection.answers(2)[0]


def test_a_server_that_cannot_say_what_it_offers() -> None:
    connection = Connection()
    connection.server.capabilities = lambda params: {"odd": params["missing"]}
    connection.send(request(1, "initialize", {}), request(2, "test/echo"), request(3, "initialize", {"missing": 1}))
    assert [connection.answers(number)[0].get("error", {}).get("code") for number in (1, 2, 3)] == [-32603, -32002, None]


def test_what_takes_its_time_follows_the_answer_and_precedes_all_else() -> None:
    connection = Connection()
    server = connection.server

    def complete() -> None:
        assert "result" in connection.answers(1)[0]
        server.feature("test/late")(lambda params: params)

    server.complete = complete
    connection.send(
        request(0, "test/late"), request(1, "initialize", {}), request(2, "test/late", [5]), request(3, "initialize", {})
    )
    assert connection.answers(0)[0]["error"]["code"] == -32002
    assert connection.answers(2)[0]["result"] == [5]
    assert connection.answers(3)[0]["error"]["code"] == -32600


@pytest.mark.parametrize(
    ("encodings", "encoding"),
    [
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32", "utf-8"], "utf-32"),
        (["utf-7", {}, 5, "utf-16", "utf-8"], "utf-16"),
        (["utf-7"], "utf-16"),
        ([], "utf-16"),
        (None, "utf-16"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings(encodings: Any, encoding: str) -> None:
    assert state(initialized({"capabilities": {"general": {"positionEncodings": encodings}}}))["encoding"] == encoding


@pytest.mark.parametrize(("value", "seen"), [(True, True), (False, False), (None, False), ("yes", False), ({}, False)])
def test_capabilities_of_the_client(value: Any, seen: bool) -> None:  # noqa: FBT001
    capabilities = {"textDocument": {"completion": {"completionItem": {"snippetSupport": value}}}}
    assert state(initialized({"capabilities": capabilities}))["snippets"] is seen


FOLDERS = [
    {"uri": "file:///a%20b", "name": "a"},
    {"uri": "file://localhost/a b", "name": "again"},
    {"uri": "untitled:x", "name": "x"},
]


posix_only = pytest.mark.skipif(os.name == "nt", reason="these are POSIX paths; see test_uris for those of Windows")


@posix_only
@pytest.mark.parametrize(
    ("params", "roots"),
    [
        ({"workspaceFolders": FOLDERS, "rootUri": "file:///old", "rootPath": "/older"}, ["/a b"]),
        ({"workspaceFolders": [], "rootUri": "file:///old", "rootPath": "/older"}, ["/old"]),
        ({"workspaceFolders": None, "rootUri": None, "rootPath": "/older"}, ["/older"]),
        ({"rootUri": "vscode-vfs://host/x", "rootPath": "relative"}, []),
        ({}, []),
    ],
)
def test_roots(params: Any, roots: list[str]) -> None:
    assert state(initialized(params))["roots"] == roots


@posix_only
def test_roots_come_and_go() -> None:
    connection = initialized({"rootUri": "file:///a"})
    for event in (
        {"added": [{"uri": "file:///b", "name": "b"}, {"uri": "file:///a/", "name": "a"}], "removed": []},
        {"added": 5},
        None,
    ):
        connection.send({"jsonrpc": "2.0", "method": "workspace/didChangeWorkspaceFolders", "params": {"event": event}})
    assert state(connection)["roots"] == ["/a", "/b"]
    event = {"added": [], "removed": [{"uri": "file:///a", "name": "a"}]}
    connection.send({"jsonrpc": "2.0", "method": "workspace/didChangeWorkspaceFolders", "params": {"event": event}})
    assert state(connection)["roots"] == ["/b"]
