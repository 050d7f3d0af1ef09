"""The VS Code extension: what its package.json says of the server, and, where it has been built, that the server in it runs."""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import adr_ls
from tests.protocol.client import Client, notification

REPOSITORY = Path(__file__).parent.parent.parent
CLIENT = REPOSITORY / "client-vscode"
VSIX = CLIENT / "adr-ls.vsix"

built = pytest.mark.skipif(not VSIX.exists(), reason="the VS Code extension is not built; “make vsix” does that")


def test_the_settings_are_those_of_the_server() -> None:
    spec = importlib.util.spec_from_file_location("settings", CLIENT / "scripts" / "settings.py")
    assert spec is not None
    assert spec.loader is not None
    settings = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(settings)
    assert (CLIENT / "package.json").read_text("utf-8") == settings.package(), "run client-vscode/scripts/settings.py"


def test_the_settings_that_name_programs_are_guarded() -> None:
    manifest = json.loads((CLIENT / "package.json").read_text("utf-8"))
    trust = manifest["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert trust["restrictedConfigurations"] == ["adr-ls.path", "adr-ls.interpreter", "adr-ls.importStrategy"]
    settings = _settings(manifest)
    assert {settings[name]["scope"] for name in trust["restrictedConfigurations"]} == {"machine-overridable"}


def test_every_setting_has_a_control_on_the_page_of_settings() -> None:
    manifest = json.loads((CLIENT / "package.json").read_text("utf-8"))
    without = [name for name, setting in _settings(manifest).items() if not _has_control(setting)]
    assert without == ["adr-ls.overrides"]


def _settings(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: one for group in manifest["contributes"]["configuration"] for name, one in group["properties"].items()}


def _has_control(setting: dict[str, Any]) -> bool:
    """Whether VS Code shows more of a setting than “Edit in settings.json”."""
    kind = setting["type"]
    if "enum" in setting:  # a list to choose from, in which what sets nothing has a name
        return len(setting["enum"]) == len(setting.get("enumItemLabels", setting["enum"])) and (
            None not in setting["enum"] or "enumItemLabels" in setting
        )
    if kind == ["integer", "null"]:  # a box for a number, which may be empty
        return setting["default"] is None
    if kind == "array":
        return bool(setting["items"]["type"] == "string")
    if kind == "object":
        return setting["additionalProperties"] is False and all("enum" in one for one in setting["properties"].values())
    return kind in ("string", "boolean")


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
        "extension/bundled/libs/adr_ls/graph/page.js",
        "extension/bundled/run.py",
        "extension/changelog.md",
        "extension/dist/THIRD-PARTY.txt",
        "extension/dist/desktop.js",
        "extension/dist/page.css",
        "extension/dist/page.js",
        "extension/dist/web.js",
        "extension/package.json",
        "extension/readme.md",
    }
    assert not [name for name in names if name.suffix in {".so", ".pyd", ".dylib", ".pyc", ".ts", ".map"}]
    assert not [name for name in names if name.parts[1:2] == ("node_modules",)]
    assert not telling


def test_the_marketplaces_are_told_what_it_is() -> None:
    manifest = json.loads((CLIENT / "package.json").read_text("utf-8"))
    assert manifest["publisher"] == adr_ls.PUBLISHER
    assert manifest["preview"] is adr_ls.__version__.startswith("0.")
    assert manifest["repository"]["url"] == f"{adr_ls.REPOSITORY}.git"
    assert all(url.startswith(adr_ls.REPOSITORY) for url in (manifest["homepage"], manifest["bugs"]["url"], manifest["qna"]))
    assert len(manifest["keywords"]) <= 30, "more than the Marketplace takes"
    assert manifest["categories"]
    assert manifest["galleryBanner"]["color"]
    picture = (CLIENT / manifest["icon"]).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert min(int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) >= 128


@built
@pytest.mark.parametrize("page", ["readme.md", "changelog.md"])
def test_links_and_pictures_work_outside_the_repository(extension: Path, page: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)", (extension / page).read_text("utf-8"))
    released = re.compile(re.escape(adr_ls.REPOSITORY) + rf"/(?:raw|blob)/v{re.escape(adr_ls.__version__)}/([^#]*)")
    ours = [match[1] for link in links if (match := released.match(link))]
    assert ours
    assert not [link for link in links if not link.startswith(("https://", "#"))]
    assert not [path for path in ours if not (REPOSITORY / path).exists()]


@built
def test_the_server_in_it_answers(extension: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = tmp_path / "adr"
    records.mkdir()
    (records / "0001-first.md").write_text("# 1. First\n\n## Status\n\nAccepted\n\nSee ADR-2.\n", "utf-8")
    (records / "0002-second.md").write_text("# 2. Second\n\n## Status\n\nAccepted\n", "utf-8")
    uri = (records / "0001-first.md").as_uri()
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": (records / "0001-first.md").read_text("utf-8")}
    version = json.loads((extension / "package.json").read_text("utf-8"))["version"]
    # The very command of src/server.ts, in the directory of src/extension.ts.
    monkeypatch.chdir(extension)
    with Client("-I", "-S", program=(str(extension / "bundled" / "run.py"),)) as client:
        begun = client.initialize(workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "records"}])
        client.send(notification("textDocument/didOpen", {"textDocument": document}))
        hover = client.result("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 6, "character": 6}})
        ended = client.shut_down()
    assert begun["serverInfo"] == {"name": "adr-ls", "version": version}
    assert "adr-ls.updateIndex" in begun["capabilities"]["executeCommandProvider"]["commands"]
    assert "Second" in str(hover)
    assert ended == (0, b"")
