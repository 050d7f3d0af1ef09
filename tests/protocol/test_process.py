"""Streams, threads, signals and exit codes of the whole process. Times are hang guards, never measurements."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from adr_ls.lsp import transport

from .client import PATIENCE, SERVER, Client, frame, notification, request, start

EXIT = notification("exit")
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and processes")
LONG = 2 * PATIENCE  # what keeps a server busy so long is seen to be ended by force
INITIALIZE = request(1, "initialize", {"capabilities": {}})
MESSAGES = [{"jsonrpc": "2.0", "id": 1}, "é😀", [1, 2]]


def all_frames(*chunks: bytes) -> list[bytes | None]:
    source = iter(chunks)
    return list(transport.frames(lambda: next(source, b"")))


@pytest.mark.parametrize(
    ("stream", "bodies"),
    [
        (b"Content-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"content-length: 2\r\n\r\n{}CONTENT-LENGTH : 3 \r\n\r\n[1]", [b"{}", b"[1]"]),
        (b"Content-Length:2\n\n{}", [b"{}"]),
        (b"Content-Length: 2\r\nContent-Type: x; charset=utf8\r\n\r\n{}", [b"{}"]),
        (b"X-Content-Length: 7\r\nContent-Length: 2\r\nOdd\r\n\r\n{}", [b"{}"]),
        (b"Content-Length: 9\r\nContent-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"\r\n\r\nContent-Length: 2\r\n\r\n{}\r\nContent-Length: 2\r\n\r\n[]", [b"{}", b"[]"]),
        (b"Content-Length: -2\r\n\r\n{}Content-Length: 2\r\n\r\n[]", [b"[]"]),
        (b"Content-Length: x\r\n\r\nContent-Length: 2\r\n\r\n[]", [b"[]"]),
        (b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nContent-Length: 2\r\n\r\n[]", [b"[]"]),
        (b"Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n[]", [b"", b"[]"]),
        (b"Content-Length: 9\r\n\r\n{}", []),
        (b"Content-Length: 9\r\n", []),
        (b"", []),
    ],
)
def test_frames(stream: bytes, bodies: list[bytes]) -> None:
    assert all_frames(stream) == bodies
    assert all_frames(*[bytes([byte]) for byte in stream]) == bodies
    for cut in range(1, len(stream) if len(stream) < 100 else 0):
        assert all_frames(stream[:cut], stream[cut:]) == bodies


def test_a_message_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_BODY", 10)
    stream = frame(b"x" * 10) + frame(b"y" * 11) + frame(b"z" * 500) + frame(b"{}")
    expected = [b"x" * 10, None, None, b"{}"]
    assert all_frames(stream) == expected
    assert all_frames(*[bytes([byte]) for byte in stream]) == expected


@pytest.mark.parametrize("stream", [b"Content-Length: 10000000000000\r\n\r\n", b"x" * transport.MAX_HEADER])
def test_beyond_all_limits(stream: bytes) -> None:
    with pytest.raises(transport.Unreadable):
        all_frames(stream)
    with Client() as client:
        client.initialize()
        client.write(stream)
        assert client.end() == (1, b"")


def test_byte_by_byte() -> None:
    with Client() as client:
        for byte in frame(INITIALIZE) + frame(request(2, "test/echo", "é😀")):
            client.write(bytes([byte]))
        client.receive(id=1)
        assert client.receive(id=2)["result"] == "é😀"


def test_a_thousand_requests_at_once() -> None:
    with Client() as client:
        client.initialize()
        client.send(*[request(number, "test/echo", number) for number in range(1000)], request("end", "test/echo"))
        client.receive(id="end")
        assert [(message["id"], message["result"]) for message in client.kept] == [(number, number) for number in range(1000)]


@pytest.mark.parametrize("options", [[], ["-u"], ["-O"], ["-X", "dev"]], ids=str)
def test_printing_cannot_break_the_stream(options: list[str]) -> None:
    with Client(*options) as client:
        client.initialize()
        assert client.result("test/print") == "printed"
        client.send(notification("test/flood", {"threads": 4, "messages": 50}))
        client.send(*[request(number, "test/print") for number in range(3)])
        told = [client.receive(method="test/noise")["params"] for _ in range(200)]
        assert sorted((each["from"], each["turn"]) for each in told) == [
            (number, turn) for number in range(4) for turn in range(50)
        ]
        assert client.shut_down() == (0, b"")


def test_nobody_reads_standard_error() -> None:
    with Client() as client:
        client.initialize()
        client.send(*[request(number, "test/raise") for number in range(500)], *[notification("test/raise")] * 500)
        assert client.ask("test/echo")
        assert client.shut_down() == (0, b"")


# --- The end


SHUTDOWN = request(2, "shutdown")


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([], 1),
        ([EXIT], 1),
        ([INITIALIZE], 1),
        ([INITIALIZE, EXIT], 1),
        ([SHUTDOWN, EXIT], 1),
        ([INITIALIZE, SHUTDOWN], 0),
        ([INITIALIZE, SHUTDOWN, EXIT], 0),
        ([INITIALIZE, SHUTDOWN, EXIT, request(3, "test/echo")], 0),
        ([INITIALIZE, SHUTDOWN, request(3, "test/echo"), EXIT], 0),
        ([INITIALIZE, b"{}"], 1),
    ],
    ids=lambda value: (
        "+".join(message["method"] if isinstance(message, dict) else "rubbish" for message in value)
        if isinstance(value, list)
        else str(value)
    ),
)
def test_exit_codes(messages: list[Any], code: int) -> None:
    with Client() as client:
        client.send(*messages)
        assert client.process.stdin is not None
        client.process.stdin.close()
        assert client.end() == (code, b"")


def test_the_end_comes_in_the_middle_of_a_message() -> None:
    with Client() as client:
        client.initialize()
        client.write(frame(request(1, "test/echo"))[:-5])
        assert client.process.stdin is not None
        client.process.stdin.close()
        assert client.end() == (1, b"")


@pytest.mark.parametrize(("before", "code"), [([], 1), ([SHUTDOWN], 0)], ids=["exit", "shutdown and exit"])
def test_exit_does_not_wait_for_a_stuck_handler(before: list[Any], code: int) -> None:
    with Client() as client:
        client.initialize()
        client.send(request(1, "test/block", LONG))
        client.receive(method="test/blocked")
        client.send(*before, EXIT)
        assert client.end() == (code, b"")


def test_exit_does_not_wait_for_other_threads() -> None:
    with Client() as client:
        client.initialize()
        client.result("test/thread", LONG)
        assert client.shut_down() == (0, b"")


def test_the_client_reads_no_more() -> None:
    with start(sys.executable, SERVER) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(frame(INITIALIZE))
        assert process.wait(PATIENCE) == 1
        assert process.stderr.read() == b""


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_are_quiet(number: signal.Signals) -> None:
    with Client() as client:
        client.initialize()
        client.process.send_signal(number)
        assert client.end() == (128 + number, b"")


@POSIX
def test_the_client_dies_but_its_pipes_live() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1) as editor, Client(TEST_WATCH="0.05") as client:
        client.initialize(processId=editor.pid)
        assert client.result("test/state")["processId"] == editor.pid
        editor.kill()
        editor.wait()
        assert client.end() == (1, b"")


@POSIX
@pytest.mark.parametrize("process_id", [None, 0, -1, "1", 2**40, True, "own", "gone"], ids=str)
def test_a_process_that_cannot_be_watched(process_id: Any) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with Client(TEST_WATCH="0.01") as client:
        client.initialize(processId={"own": client.process.pid, "gone": gone.pid}.get(process_id, process_id))
        client.result("test/block", 0.1)
        assert client.shut_down() == (0, b"")


@POSIX
@pytest.mark.parametrize("stream", [0, 1])
def test_started_without_a_stream(stream: int) -> None:
    with start("/bin/sh", "-c", f'exec "{sys.executable}" "{SERVER}" {stream}>&-') as process:
        assert process.wait(PATIENCE) == 1


def test_the_loop_survives_what_it_calls() -> None:
    loop, done = transport.Loop(), threading.Event()
    loop.post(lambda: 1 / 0)
    loop.post(sys.exit, 3)
    loop.later(0.001, lambda: [done.set(), loop.stop(5), loop.stop(6)])
    assert loop.run() == 5
    assert done.is_set()
