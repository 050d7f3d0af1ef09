"""The real server over stdio, met by the capabilities of real editors."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features

from tests.protocol import forkserver

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "bookshop"
CLIENTS = ["visual-studio-code", "neovim@0.11", "neovim@0.8", "emacs"]
PATIENCE = 30  # seconds; only ever waited for where something hangs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the example log."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "bookshop"))


class Window(LanguageClient):
    """An editor whose server is a fork, where that is to be had."""

    async def start_io(self, cmd: str, *args: str, **more: Any) -> None:
        await super().start_io(*(forkserver.command() if forkserver.IN_USE else [cmd, *args]), **more)


def window() -> LanguageClient:
    """What `pytest_lsp` makes by itself, but a `Window`."""
    found = Window(converter_factory=default_converter)
    register_lsp_features(found)
    return found


CONFIG = ClientServerConfig(server_command=[sys.executable, "-m", "adr_ls"], client_factory=window)


@pytest_lsp.fixture(params=CLIENTS, config=CONFIG)
async def client(lsp_client: LanguageClient, request: pytest.FixtureRequest, root: Path) -> AsyncIterator[None]:
    """An editor with the copy open; pulls or waits for diagnostics as the editor would."""
    capabilities = client_capabilities(request.param)
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
    answer = await lsp_client.initialize_session(
        types.InitializeParams(
            process_id=None,
            capabilities=capabilities,
            root_uri=root.as_uri(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), "bookshop")],
        )
    )
    lsp_client.encoding = str(answer.capabilities.position_encoding or "utf-16")
    yield
    await lsp_client.shutdown_session()


def uri(root: Path, name: str) -> str:
    return (root / "docs" / "adr" / name).as_uri()


def open_file(client: LanguageClient, root: Path, name: str, text: str | None = None) -> str:
    path = root / "docs" / "adr" / name
    item = types.TextDocumentItem(path.as_uri(), "markdown", 1, text if text is not None else path.read_text(encoding="utf-8"))
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return path.as_uri()


def change(client: LanguageClient, name: str, version: int, text: str) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version, name),
            [types.TextDocumentContentChangeWholeDocument(text)],
        )
    )


async def codes(client: LanguageClient, name: str, enough: Callable[[list[str]], bool]) -> list[str]:
    """The codes of a file's diagnostics, as soon as there are enough: pulled where the server lets one, else as pushed."""
    found: list[str] = []
    for _ in range(PATIENCE * 20):
        if is_pulling(client):
            report = await client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(types.TextDocumentIdentifier(name))
            )
            found = [str(diagnostic.code) for diagnostic in report.items]
        else:
            found = [str(diagnostic.code) for diagnostic in client.diagnostics.get(name, [])]
        if enough(found):
            return found
        await asyncio.sleep(0.05)  # between looks; there is nothing to wait on that works for pull and push alike
    raise AssertionError(f"waited in vain; the last diagnostics of {name} were {found}")


def is_pulling(client: LanguageClient) -> bool:
    workspace = client.capabilities.workspace
    return bool(
        client.capabilities.text_document.diagnostic and workspace.diagnostics and workspace.diagnostics.refresh_support
    )


@pytest.mark.asyncio
async def test_a_misspelt_status_is_reported_and_mended(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "002-search-with-elasticsearch.md")
    await codes(client, name, lambda found: {"status-unknown", "link-broken"} <= set(found))
    line = types.Range(types.Position(2, 0), types.Position(2, 19))
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(types.TextDocumentIdentifier(name), line, types.CodeActionContext([]))
    )
    fix = next(action for action in actions if action.title == "Change to “Accepted”")
    assert fix.kind == types.CodeActionKind.QuickFix
    assert fix.is_preferred
    assert [edit.new_text for edit in edits_of(fix.edit)[name]] == ["Accepted"]


def edits_of(edit: types.WorkspaceEdit) -> dict[str, list[Any]]:
    """The edits by URI, however the client takes them."""
    if edit.document_changes is not None:
        return {change.text_document.uri: list(change.edits) for change in edit.document_changes}
    return {name: list(edits) for name, edits in (edit.changes or {}).items()}


@pytest.mark.asyncio
async def test_typing_changes_the_diagnostics(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "002-search-with-elasticsearch.md")
    await codes(client, name, lambda found: "status-unknown" in found)
    text = (root / "docs" / "adr" / "002-search-with-elasticsearch.md").read_text(encoding="utf-8")
    change(client, name, 2, text.replace("Acepted", "Accepted"))
    await codes(client, name, lambda found: "status-unknown" not in found and "link-broken" in found)


@pytest.mark.asyncio
async def test_a_reference_behind_an_emoji_hovers_and_leads(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "004-move-orders-to-postgresql.md")
    await codes(client, name, lambda found: "reference-unknown" in found)
    text = (root / "docs" / "adr" / "004-move-orders-to-postgresql.md").read_text(encoding="utf-8").splitlines()
    row = next(number for number, line in enumerate(text) if "📚" in line)
    before = text[row][: text[row].index("ADR-001")]
    units = {"utf-8": lambda s: len(s.encode()), "utf-16": lambda s: len(s.encode("utf-16-le")) // 2, "utf-32": len}
    column = units[client.encoding](before)
    at = types.Position(row, column + 1)
    document = types.TextDocumentIdentifier(name)

    hover = await client.text_document_hover_async(types.HoverParams(document, at))
    assert hover is not None
    assert "Keep orders in MySQL" in hover.contents.value
    assert (hover.range.start.character, hover.range.end.character) == (column, column + len("ADR-001"))

    found = await client.text_document_definition_async(types.DefinitionParams(document, at))
    target = found[0]
    assert (getattr(target, "target_uri", None) or target.uri).endswith("001-keep-orders-in-mysql.md")

    references = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(include_declaration=False), document, at)
    )
    assert {Path(location.uri).name for location in references} >= {"002-search-with-elasticsearch.md", "README.md"}


@pytest.mark.asyncio
async def test_records_are_completed_and_documented(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "005-sign-in-with-passkeys.md")
    await codes(client, name, lambda found: "not-in-index" in found)
    text = (root / "docs" / "adr" / "005-sign-in-with-passkeys.md").read_text(encoding="utf-8")
    change(client, name, 2, text + "\nAs in ADR-")
    at = types.Position(text.count("\n") + 1, len("As in ADR-"))
    result = await client.text_document_completion_async(types.CompletionParams(types.TextDocumentIdentifier(name), at))
    assert [item.label for item in result.items] == ["ADR-002", "ADR-003", "ADR-004", "ADR-001"]
    last = result.items[-1]
    assert last.deprecated or types.CompletionItemTag.Deprecated in (last.tags or [])
    resolved = await client.completion_item_resolve_async(result.items[0])
    assert "Elasticsearch" in getattr(resolved.documentation, "value", resolved.documentation)


@pytest.mark.asyncio
async def test_the_index_is_updated_once(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "README.md")
    await codes(client, name, lambda found: found.count("index-missing-entry") == 2)
    context = types.CodeActionContext([], only=["source.updateIndex.adr-ls"])
    nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
    params = types.CodeActionParams(types.TextDocumentIdentifier(name), nowhere, context)
    (action,) = await client.text_document_code_action_async(params)
    assert action.kind == "source.updateIndex.adr-ls"
    if action.edit is None:  # this client asks for what it has chosen
        action = await client.code_action_resolve_async(action)
    text = (root / "docs" / "adr" / "README.md").read_text(encoding="utf-8").split("\n")
    for edit in sorted(
        edits_of(action.edit)[name], key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True
    ):
        start, end = edit.range.start, edit.range.end
        joined = text[start.line][: start.character] + edit.new_text + text[end.line][end.character :]
        text[start.line : end.line + 1] = joined.split("\n")
    updated = "\n".join(text)
    assert "- [ADR-005: Sign in with passkeys](./005-sign-in-with-passkeys.md)\n  - **Status**: Proposed\n" in updated
    change(client, name, 2, updated)
    await codes(client, name, lambda found: "index-missing-entry" not in found and "index-status" not in found)
    assert not await client.text_document_code_action_async(params)


@pytest.mark.asyncio
async def test_closed_files_are_reported_too(client: LanguageClient, root: Path) -> None:
    open_file(client, root, "005-sign-in-with-passkeys.md")
    closed = uri(root, "002-search-with-elasticsearch.md")
    for _ in range(PATIENCE * 20):
        if is_pulling(client):
            report = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
            found = [str(d.code) for item in report.items if item.uri == closed for d in item.items]
        else:
            found = [str(d.code) for d in client.diagnostics.get(closed, [])]
        if "status-unknown" in found:
            return
        await asyncio.sleep(0.05)  # as above
    raise AssertionError(f"the closed file's diagnostics were {found}")


@pytest.mark.asyncio
async def test_files_that_change_on_the_disk_are_noticed(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "004-move-orders-to-postgresql.md")
    await codes(client, name, lambda found: "reference-unknown" in found)
    new = root / "docs" / "adr" / "012-import-again.md"
    new.write_text("# ADR-012: Import again\n\n**Status**: Proposed\n**Date**: 2025-04-01\n", encoding="utf-8")
    watched = client.capabilities.workspace and client.capabilities.workspace.did_change_watched_files
    if watched and watched.dynamic_registration:
        event = types.FileEvent(new.as_uri(), types.FileChangeType.Created)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    await codes(client, name, lambda found: "reference-unknown" not in found)


@pytest.mark.asyncio
async def test_outlines_links_and_folds(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "004-move-orders-to-postgresql.md")
    await codes(client, name, lambda found: "reference-unknown" in found)
    document = types.TextDocumentIdentifier(name)
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert symbols[0].name == "ADR-004: Move orders to PostgreSQL"
    links = await client.text_document_document_link_async(types.DocumentLinkParams(document))
    assert {Path(link.target).name for link in links} == {"001-keep-orders-in-mysql.md", "002-search-with-elasticsearch.md"}
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert len(folds) == 4
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams("containers"))
    assert [symbol.name for symbol in found] == ["ADR-003: Deploy with containers"]


@pytest.mark.asyncio
async def test_settings_apply_without_restart(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "002-search-with-elasticsearch.md")
    await codes(client, name, lambda found: "link-broken" in found)
    settings = {"adr-ls": {"rules": {"link-broken": "off"}}}
    client.set_configuration(settings)
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    await codes(client, name, lambda found: "link-broken" not in found and "status-unknown" in found)


@pytest.mark.asyncio
async def test_the_index_is_kept_on_save_if_so_set(client: LanguageClient, root: Path) -> None:
    asked: asyncio.Queue[types.ApplyWorkspaceEditParams] = asyncio.Queue()

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def on_apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        asked.put_nowait(params)
        return types.ApplyWorkspaceEditResult(applied=True)

    index = open_file(client, root, "README.md")
    record = open_file(client, root, "001-keep-orders-in-mysql.md")
    await codes(client, index, lambda found: "index-missing-entry" in found)
    saving = types.WillSaveTextDocumentParams(types.TextDocumentIdentifier(index), types.TextDocumentSaveReason.Manual)
    assert not await client.text_document_will_save_wait_until_async(saving)
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(record)))
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"adr-ls": {"updateIndexOnSave": True}}))
    for _ in range(PATIENCE * 20):
        edits = await client.text_document_will_save_wait_until_async(saving)
        if edits:
            break
        await asyncio.sleep(0.05)  # until the settings hold
    assert edits
    pause = types.WillSaveTextDocumentParams(types.TextDocumentIdentifier(index), types.TextDocumentSaveReason.AfterDelay)
    assert not await client.text_document_will_save_wait_until_async(pause)
    assert asked.empty()  # nothing was asked for while it was not set
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(record)))
    if client.capabilities.workspace.apply_edit:
        params = await asyncio.wait_for(asked.get(), PATIENCE)
        assert [edit.new_text for edit in edits_of(params.edit)[index]] == [edit.new_text for edit in edits]


@pytest.mark.asyncio
async def test_a_new_record_is_made(client: LanguageClient, root: Path) -> None:
    name = open_file(client, root, "005-sign-in-with-passkeys.md")
    await codes(client, name, lambda found: "not-in-index" in found)
    argument = {"title": "Print receipts", "uri": name}
    made = await client.workspace_execute_command_async(types.ExecuteCommandParams("adr-ls.newRecord", [argument]))
    path = root / "docs" / "adr" / "006-print-receipts.md"
    assert made["uri"] == path.as_uri()
    text = path.read_text("utf-8")
    assert text.startswith("# ADR-006: Print receipts\n\n**Status**: Proposed\n")
    assert text.splitlines()[made["range"]["start"]["line"] - 2] == "## Context"
