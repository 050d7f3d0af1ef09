"""The VS Code extension: what its package.json says of the server, and, where it has been built, that the server in it runs."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import adr_ls

REPOSITORY = Path(__file__).parent.parent.parent
CLIENT = REPOSITORY / "client-vscode"
VSIX = CLIENT / "adr-ls.vsix"
PATIENCE = 60

built = pytest.mark.skipif(not VSIX.exists(), reason="the VS Code extension is not built; “make vsix” does that")


def test_the_settings_are_those_of_the_server() -> None:
    spec = importlib.util.spec_from_file_location("settings", CLIENT / "scripts" / "settings.py")
    assert spec is not None
    assert spec.loader is not None
    settings = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(settings)
    assert (CLIENT / "package.json").read_text("utf-8") == settings.package(), "run client-vscode/scripts/settings.py"


def test_the_version_is_that_of_the_server() -> None:
    assert json.loads((CLIENT / "package.json").read_text("utf-8"))["version"] == adr_ls.__version__


def test_the_settings_that_name_programs_are_guarded() -> None:
    manifest = json.loads((CLIENT / "package.json").read_text("utf-8"))
    trust = manifest["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert trust["restrictedConfigurations"] == ["adr-ls.path", "adr-ls.interpreter", "adr-ls.importStrategy"]
    properties = manifest["contributes"]["configuration"]["properties"]
    assert {properties[name]["scope"] for name in trust["restrictedConfigurations"]} == {"machine-overridable"}


@pytest.mark.parametrize("directory", [CLIENT, CLIENT / "test" / "e2e"], ids=["client", "e2e"])
def test_the_lock_file_names_no_registry(directory: Path) -> None:
    lock = json.loads((directory / "package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as VS Code unpacks it."""
    tmp = tmp_path_factory.mktemp("vsix")
    with zipfile.ZipFile(VSIX) as archive:
        archive.extractall(tmp)
    return tmp / "extension"


@built
def test_the_package_has_what_it_needs_and_nothing_of_this_machine() -> None:
    with zipfile.ZipFile(VSIX) as archive:
        names = {PurePosixPath(name) for name in archive.namelist()}
        telling = [name for name in archive.namelist() if str(REPOSITORY).encode() in archive.read(name)]
    assert {str(name) for name in names} >= {
        "extension/LICENSE.txt",
        "extension/bundled/libs/adr_ls/lsp/server.py",
        "extension/bundled/run.py",
        "extension/dist/THIRD-PARTY.txt",
        "extension/dist/extension.js",
        "extension/package.json",
        "extension/readme.md",
    }
    assert not [name for name in names if name.suffix in {".so", ".pyd", ".dylib", ".pyc", ".ts", ".map"}]
    assert not [name for name in names if name.parts[1:2] == ("node_modules",)]
    assert not telling


@built
def test_the_server_in_it_answers(extension: Path, tmp_path: Path) -> None:
    (tmp_path / "0001-first.md").write_text("# 1. First\n\n## Status\n\nAccepted\n\nSee ADR-2.\n", "utf-8")
    (tmp_path / "0002-second.md").write_text("# 2. Second\n\n## Status\n\nAccepted\n", "utf-8")
    uri = (tmp_path / "0001-first.md").as_uri()
    place = {"textDocument": {"uri": uri}, "position": {"line": 6, "character": 6}}
    folder = {"uri": tmp_path.as_uri(), "name": "records"}
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": (tmp_path / "0001-first.md").read_text("utf-8")}
    messages = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}, "workspaceFolders": [folder]}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": document}},
        {"id": 2, "method": "textDocument/hover", "params": place},
        {"id": 3, "method": "shutdown"},
        {"method": "exit"},
    ]
    # The very command of src/server.ts, in the directory of src/extension.ts.
    command = [sys.executable, "-I", "-S", str(extension / "bundled" / "run.py")]
    sent = b"".join(frame(message) for message in messages)
    done = subprocess.run(command, input=sent, capture_output=True, cwd=extension, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    answers = {message["id"]: message for message in received(done.stdout) if "id" in message and "method" not in message}
    version = json.loads((extension / "package.json").read_text("utf-8"))["version"]
    assert answers[1]["result"]["serverInfo"] == {"name": "adr-ls", "version": version}
    assert "adr-ls.updateIndex" in answers[1]["result"]["capabilities"]["executeCommandProvider"]["commands"]
    assert set(answers) == {1, 2, 3}
    assert not [answer for answer in answers.values() if "error" in answer]


def frame(message: dict[str, Any]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def received(stream: bytes) -> list[dict[str, Any]]:
    messages = []
    while stream:
        head, _, rest = stream.partition(b"\r\n\r\n")
        length = int(head.partition(b":")[2].split()[0])
        messages.append(json.loads(rest[:length]))
        stream = rest[length:]
    return messages
