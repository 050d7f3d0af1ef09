"""``adr-ls mcp`` as agents see it: started by the official SDK's client, and asked all that it can be asked."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import adr_ls
from adr_ls.cli import main
from tests.agents.shop import shop

if importlib.util.find_spec("mcp") is None:
    pytest.skip("the package “mcp” is not installed", allow_module_level=True)

from mcp import ClientSession
from mcp.shared.exceptions import MCPError

from tests.agents.client import client

POSTGRES = "docs/adr/004-move-orders-to-postgresql.md"


def asked(folder: Path, steps: Callable[[ClientSession], Awaitable[None]], *words: str) -> str:
    """Starts a server in a folder, takes some steps, and gives what it complained of."""
    errors = folder.parent / "errors.txt"

    async def run() -> None:
        async with client(folder, *words, errors=errors) as session:
            await steps(session)

    asyncio.run(asyncio.wait_for(run(), 120))
    return errors.read_text("utf-8")


async def told(session: ClientSession, tool: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
    """What a tool answers, as text and as data, which have to be as its schema says."""
    answer = await session.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    assert answer.structured_content is not None
    (content,) = answer.content
    assert content.type == "text"
    return content.text, answer.structured_content


async def refused(session: ClientSession, tool: str, **arguments: Any) -> str:
    """Why a tool does not answer."""
    answer = await session.call_tool(tool, arguments)
    assert answer.is_error
    (content,) = answer.content
    assert content.type == "text"
    return content.text


def test_a_session_with_all_there_is(tmp_path: Path) -> None:
    root = shop(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}

    async def steps(session: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(tools) == {"search_decisions", "read_decision", "decisions_about", "check_draft", "propose_decision"}
        for tool in tools.values():
            assert tool.description
            assert tool.title
            assert tool.annotations is not None
            assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
            assert all(one.get("description") for one in tool.input_schema["properties"].values()), tool.name
            assert tool.output_schema is not None
            jsonschema.validators.validator_for(tool.output_schema).check_schema(tool.output_schema)
        assert tools["read_decision"].input_schema["required"] == ["record"]

        async def valid(tool: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
            text, data = await told(session, tool, **arguments)
            schema = {**(tools[tool].output_schema or {}), "additionalProperties": False}
            jsonschema.validate(data, schema)
            return text, data

        text, data = await valid("decisions_about", paths=["src/orders.py"])
        assert text.startswith("- **ADR-004: Move orders to PostgreSQL** (accepted, 2025-01-15, ")
        assert [one["id"] for one in data["decisions"]] == ["ADR-004"]
        assert (await valid("search_decisions", query="passkeys"))[1]["records"][0]["holds"] is False
        assert (await valid("search_decisions", limit=2))[1]["total"] == 5
        assert (await valid("read_decision", record="4"))[1]["path"] == POSTGRES
        assert (await valid("check_draft", text="# ADR-006: X\n"))[1]["path"] == "docs/adr/006-x.md"
        assert (await valid("propose_decision", title="Cache", supersedes=["2"]))[1]["is_written"] is False

        assert "there is no record “77”" in await refused(session, "read_decision", record="77")
        assert "lies outside" in await refused(session, "decisions_about", paths=["/etc/passwd"])
        assert "started without “--write”" in await refused(session, "propose_decision", title="X", write=True)
        assert "record" in await refused(session, "read_decision")
        assert "limit" in await refused(session, "search_decisions", limit=0)
        assert "nonsense" in await refused(session, "nonsense")

        resources = (await session.list_resources()).resources
        addresses = {resource.name: str(resource.uri) for resource in resources}
        assert len(addresses) == 5
        address = addresses["ADR-004: Move orders to PostgreSQL"]
        assert address == f"adr:///{POSTGRES}"
        (content,) = (await session.read_resource(address)).contents
        assert (getattr(content, "text", ""), content.mime_type) == ((root / POSTGRES).read_text("utf-8"), "text/markdown")
        templates = (await session.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == ["adr:///{+path}"]
        for strange in (
            "adr:///docs/adr/README.md",
            "adr:///docs/adr/99.md",
            "adr:///../x.md",
            "adr:///%2e%2e/x.md",
            "file:///etc",
        ):
            with pytest.raises(MCPError):
                await session.read_resource(strange)

        prompts = {prompt.name for prompt in (await session.list_prompts()).prompts}
        assert prompts == {"review_change", "record_decision"}
        found = await session.get_prompt("review_change", {"paths": "src/orders.py"})
        assert "src/orders.py" in json.dumps(found.messages[0].model_dump(mode="json"))

        (root / "docs" / "adr" / "006-new.md").write_text("# ADR-006: Übung\n\n**Status**: Accepted\n", "utf-8")
        assert (await told(session, "search_decisions", query="Übung"))[1]["records"][0]["id"] == "ADR-006"
        (root / "docs" / "adr" / "006-new.md").unlink()
        assert (await told(session, "search_decisions"))[1]["total"] == 5

    errors = asked(root, steps)
    assert "Traceback" not in errors
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before


def test_what_it_is_allowed_to_write(tmp_path: Path) -> None:
    root = shop(tmp_path)

    async def steps(session: ClientSession) -> None:
        (tool,) = [tool for tool in (await session.list_tools()).tools if tool.name == "propose_decision"]
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (False, False)
        assert (await told(session, "propose_decision", title="Cache"))[1]["is_written"] is False
        assert not (root / "docs" / "adr" / "006-cache.md").exists()
        _, data = await told(session, "propose_decision", title="Cache", supersedes=["2"], write=True)
        assert (data["is_written"], data["path"]) == (True, "docs/adr/006-cache.md")

    asked(root, steps, "--write")
    assert (root / "docs" / "adr" / "006-cache.md").is_file()
    assert "006" in (root / "docs" / "adr" / "002-search-with-elasticsearch.md").read_text("utf-8")


def test_what_it_calls_itself(tmp_path: Path) -> None:
    from adr_ls.agents.folder import Folder  # noqa: PLC0415  # here it is not started
    from adr_ls.agents.server import server  # noqa: PLC0415  # as above

    made = server(Folder(shop(tmp_path)))
    assert (made.name, made.version) == ("adr-ls", adr_ls.__version__)
    assert made.instructions is not None
    assert "decisions_about" in made.instructions


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mcp", "nowhere"), "there is no “nowhere”"),
        (("mcp", "adr-ls.toml"), "“adr-ls.toml” is no folder"),
        (("mcp", "/"), "is a home directory or a whole disk; name the repository: adr-ls mcp PATH"),
        (("mcp", "--config", "missing.toml"), "cannot read “missing.toml”"),
    ],
)
def test_who_starts_it_wrongly_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "adr-ls.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main.main(words) == 2
    assert said in capsys.readouterr().err


def test_without_the_package_it_is_said_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("adr_ls.cli.mcp.find_spec", lambda _name: None)
    assert main.main(["mcp", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        "adr-ls: the server for agents needs the package “mcp”; install it with: pip install 'adr-ls[mcp]'\n"
    )
