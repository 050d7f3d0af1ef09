"""What an agent sees that asks `adr-ls mcp` about the example, for ``make demo``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.agents.client import client
from tests.agents.shop import shop

ASKED = (
    ("decisions_about", {"paths": ["src/orders.py"], "topic": "how people sign in"}),
    ("propose_decision", {"title": "Cache prices", "supersedes": ["2"]}),
)


async def demo(folder: Path) -> None:
    """Asks, and prints what is answered."""
    async with client(shop(folder), errors=folder / "errors.txt") as session:
        for tool, arguments in ASKED:
            sys.stdout.write(f"\n$ adr-ls mcp: {tool} {arguments}\n")
            answer = await session.call_tool(tool, arguments)
            sys.stdout.write("".join(f"{getattr(one, 'text', '')}\n" for one in answer.content))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text stream where a program is run
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(demo(Path(scratch)))
