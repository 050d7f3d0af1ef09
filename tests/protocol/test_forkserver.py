"""A server that is a fork is to its client what one is that was started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.protocol import forkserver
from tests.protocol.client import PATIENCE, Client, start
from tests.protocol.forkserver import Forked

pytestmark = pytest.mark.skipif(not forkserver.IN_USE, reason="all servers are started")
LOOK = 0.01


@contextmanager
def server() -> Iterator[Client]:
    with Client("-m", "adr_ls", program=()) as found:
        assert isinstance(found.process, Forked)
        found.initialize()
        yield found


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}/stat").exists()


def parent(client: Client) -> str:
    return Path(f"/proc/{client.process.pid}/stat").read_text().rpartition(")")[2].split()[1]


def until_gone(process: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while is_there(process):
        assert time.monotonic() < deadline
        time.sleep(LOOK)


def test_it_ends_as_it_should() -> None:
    with server() as client:
        assert client.shut_down() == (0, b"")


def test_it_ends_badly_without_a_goodbye() -> None:
    with server() as client:
        client.process.stdin.close()
        assert client.end()[0] == 1


@pytest.mark.parametrize(("code", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_it_is_told_what_ended_it(code: int, status: int) -> None:
    with server() as client:
        os.kill(client.process.pid, code)
        assert client.process.wait(PATIENCE) == status


def test_it_is_waited_for_as_long_as_was_said() -> None:
    with server() as client, pytest.raises(subprocess.TimeoutExpired):
        client.process.wait(LOOK)


def test_it_is_gone_once_its_client_is() -> None:
    with server() as client:
        process = client.process.pid
        assert is_there(process)
    until_gone(process)


def test_it_is_gone_once_whoever_asked_for_it_is() -> None:
    with start(*forkserver.command()) as asked:
        assert asked.stdin
        asked.kill()
        asked.wait()
        assert asked.stdout.read() == b""  # nobody else holds it


def test_of_two_each_has_its_own_order_of_sets() -> None:
    with server() as one, server() as other:
        assert len({*map(parent, (one, other))}) == 2


def test_it_has_the_folder_and_the_environment_of_its_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ADR_LS_SEEN", "x")
    with server() as client:
        assert Path(f"/proc/{client.process.pid}/cwd").resolve() == tmp_path.resolve()
