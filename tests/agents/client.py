"""A real client of the Model Context Protocol: the official SDK's, which starts `adr-ls mcp` and speaks to it by its pipes."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

PROGRAM = ("-m", "adr_ls")


@asynccontextmanager
async def client(
    folder: Path,
    *words: str,
    errors: Path,
    program: tuple[str, ...] = PROGRAM,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[ClientSession]:
    """A session with a server for a folder, that is started with some words more; what it complains of is put into a file."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=[*program, "mcp", *words],
        cwd=folder,
        env={"ADR_LS_CACHE": "off", **(environment or {})},
    )
    with errors.open("w", encoding="utf-8") as log:
        async with stdio_client(parameters, errlog=log) as streams, ClientSession(*streams) as session:
            await session.initialize()
            yield session
