"""SECURITY.md's first sentence for what agents can ask: each tool, resource and prompt, on a repository that tries everything."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.audit import hostile as bait
from tests.audit.hostile import UNSAID, Hostile
from tests.audit.test_audit import FILES, PROGRAM, environment
from tests.audit.verdict import events, forbidden

if importlib.util.find_spec("mcp") is None:
    pytest.skip("the package “mcp” is not installed", allow_module_level=True)

from mcp import ClientSession
from mcp.shared.exceptions import MCPError

from tests.agents.client import client

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and programs are POSIX'"),
    pytest.mark.timeout(300),
]

DRAFT = "# 5. New\n\n## Status\n\nAcepted, see ADR-1 and [that](../../../outside/secret.md)\n"
ASKED: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "search_decisions": (
        {},
        {"query": "queue"},
        {"query": "secret", "status": "accepted", "tag": "x", "owner": "x", "year": 2024},
    ),
    "read_decision": tuple({"record": record} for record in (*FILES, "1", "3", "secret")),
    "decisions_about": (
        {"paths": ["docs/guide.md", "src/new.py", "docs"]},
        {"paths": ["."], "topic": "queue", "max_chars": 500},
        *({"paths": [path]} for path in FILES),
    ),
    "check_draft": ({"text": DRAFT}, *({"text": DRAFT, "path": path} for path in FILES)),
    "propose_decision": (
        {"title": "../../../outside/x"},
        {"title": "X", "directory": "../outside"},
        {"title": "X", "directory": "docs/adr/linked"},
        {"title": "X", "template": "../../../outside/secret.md"},
        {"title": "../../../outside/y", "supersedes": ["3"], "write": True},
        {"title": "Z", "directory": "docs/adr/linked", "write": True},
        {"title": "W", "text": DRAFT, "write": True},
    ),
}
"""What each tool is asked."""


async def _ask_all(session: ClientSession) -> list[str]:
    """All that is answered to all that can be asked."""
    heard: list[str] = []
    assert {tool.name for tool in (await session.list_tools()).tools} == ASKED.keys()
    for tool, every in ASKED.items():
        heard += [(await session.call_tool(tool, dict(one))).model_dump_json() for one in every]
    for resource in (await session.list_resources()).resources:
        heard.append((await session.read_resource(str(resource.uri))).model_dump_json())
    for path in FILES:
        try:
            heard.append((await session.read_resource(f"adr:///{path}")).model_dump_json())
        except MCPError as error:  # noqa: PERF203  # most of them are no records
            heard.append(str(error))
    for prompt in (await session.list_prompts()).prompts:
        given = {argument.name: "../outside/secret.md" for argument in prompt.arguments or ()}
        heard.append((await session.get_prompt(prompt.name, given)).model_dump_json())
    return heard


@pytest.mark.parametrize("writes", [False, True], ids=["reading", "writing"])
def test_agents_get_nothing_that_a_repository_wants(tmp_path: Path, *, writes: bool) -> None:
    hostile: Hostile = bait.build(tmp_path / "base")
    log, errors = tmp_path / "log", tmp_path / "errors.txt"
    before = {path: path.read_bytes() for path in (tmp_path / "base").rglob("*") if path.is_file() and os.access(path, os.R_OK)}

    async def run() -> list[str]:
        words = ("--write",) if writes else ()
        async with client(
            hostile.root, *words, errors=errors, program=(PROGRAM,), environment=environment(hostile, log)
        ) as session:
            return await _ask_all(session)

    heard = asyncio.run(asyncio.wait_for(run(), 240))
    told = json.dumps(heard) + errors.read_text("utf-8")
    assert UNSAID not in told
    assert "Traceback" not in told
    assert sum('"isError":false' in one or '"is_error":false' in one for one in heard) > 10
    assert forbidden(events(log), "mcp", hostile, writes=writes, reads_code=True) == ""
    assert not hostile.bitten()
    after = {path: path.read_bytes() for path in before if path.is_file()}
    changed = {path for path in before if after.get(path) != before[path]}
    assert not {path for path in changed if not (writes and path.is_relative_to(hostile.root))}
