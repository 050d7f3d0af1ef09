"""What differs between systems: the same commands and the same server do the same where POSIX has no part in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.protocol import forkserver
from tests.protocol.client import PATIENCE, Client, notification

SHOP = REPOSITORY / "examples" / "bookshop"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what stands in for Windows is made of Linux")

COMMANDS = [
    ["list"],
    ["check", "--format", "json"],
    ["check", "--fix", "--fail-on", "never"],
    ["index"],
    ["new", "Search by author"],
    ["status", "3", "deprecated"],
    ["supersede", "2", "--by", "3"],
    ["retitle", "3", "Deploy without containers"],
    ["renumber", "5", "9"],
    ["explain", "status-unknown"],
]


def did(program: list[str], folder: Path, arguments: list[str]) -> tuple[int, bytes, bytes, dict[str, bytes]]:
    """What a command does in a copy of the example: its status, what it prints and complains of, and the files after it."""
    shutil.copytree(SHOP, folder / "shop")
    (folder / "shop" / ".git").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "ADR_LS_CACHE": "on", "ADR_LS_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run([*program, *arguments], cwd=folder / "shop", env=environment, capture_output=True, check=False)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "shop").rglob("*") if path.is_file()}
    return done.returncode, done.stdout, done.stderr, files


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_needs_nothing_that_windows_lacks(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    own = forkserver.command() if forkserver.IN_USE else [sys.executable, "-m", "adr_ls"]
    here = did(own, tmp_path / "here", arguments)
    assert here[0] in (0, 1), here[2]
    assert did([sys.executable, "-m", "tests.as_windows"], tmp_path / "there", arguments) == here


def test_the_server_needs_nothing_that_windows_lacks(tmp_path: Path) -> None:
    shutil.copytree(SHOP, tmp_path / "shop")
    path = tmp_path / "shop/docs/adr/002-search-with-elasticsearch.md"
    text = path.read_text("utf-8")
    with Client("-m", program=("tests.as_windows",), ADR_LS_CACHE_DIR=str(tmp_path)) as client:
        client.initialize(processId=os.getpid(), workspaceFolders=[{"uri": (tmp_path / "shop").as_uri(), "name": "shop"}])
        document = {"uri": path.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        client.send(notification("textDocument/didOpen", {"textDocument": document}))
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 7, "character": 55}}
        hover = client.result("textDocument/hover", place)
        assert "ADR-001: Keep orders in MySQL" in str(hover)
        assert client.shut_down()[0] == 0


def test_the_server_ends_with_its_editor_where_processes_get_no_signals() -> None:
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with Client("-m", program=("tests.as_windows",)) as client:
        client.initialize(processId=editor.pid)
        editor.communicate(b"\n")
        assert client.process.wait(PATIENCE) == 1
