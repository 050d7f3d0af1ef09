"""The scripts and style sheets of pages, which come with the program."""

from __future__ import annotations

from pathlib import Path

import adr_ls
from adr_ls.io.terminal import CommandError

_PLACE = Path(adr_ls.__file__).resolve().parent


def part(name: str, of: str = "graph") -> str:
    """The text of a file that stands in a page of a package, with line feeds whatever a checkout made of them."""
    try:
        return (_PLACE / of / name).read_text("utf-8")
    except OSError as error:
        raise CommandError(f"“{name}” did not come with this adr-ls; install it anew") from error
