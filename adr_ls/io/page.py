"""What draws the page of a graph, which comes with the program."""

from __future__ import annotations

from pathlib import Path

import adr_ls
from adr_ls.io.terminal import CommandError

_PLACE = Path(adr_ls.__file__).resolve().parent / "graph"


def part(name: str) -> str:
    """The text of a file of the page, with line feeds whatever a checkout made of them."""
    try:
        return (_PLACE / name).read_text("utf-8")
    except OSError as error:
        raise CommandError(f"“{name}” did not come with this adr-ls; install it anew") from error
