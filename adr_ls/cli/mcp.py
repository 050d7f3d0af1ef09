"""``adr-ls mcp``: the decisions of a repository for coding agents, by the Model Context Protocol."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from adr_ls.agents.folder import Folder
from adr_ls.cli import checking
from adr_ls.cli.printing import OK
from adr_ls.io import disk, files
from adr_ls.io.files import repository_of
from adr_ls.io.terminal import CommandError, clean

MISSING = "the server for agents needs the package “mcp”; install it with: pip install 'adr-ls[mcp]'"


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument(
        "--write", action="store_true", help="let agents make new records where they say so; else nothing is ever written"
    )
    checking.options(parser)


def run(options: argparse.Namespace) -> int:
    """Serves an agent on standard input and output until it hangs up, and returns the status to exit with."""
    settings = checking.config_of(options)
    asked = Path(options.path or ".")
    if not asked.is_dir():
        raise CommandError(f"“{clean(str(asked))}” is no folder" if asked.exists() else f"there is no “{clean(str(asked))}”")
    folder = Path(disk.to_path(asked))
    root = repository_of(folder) or folder
    if not files.is_crawlable(root):
        raise CommandError(f"“{clean(str(root))}” is a home directory or a whole disk; name the repository: adr-ls mcp PATH")
    if find_spec("mcp") is None:
        raise CommandError(MISSING)
    from adr_ls.agents.server import serve  # noqa: PLC0415  # it is large, and not everybody has it

    serve(Folder(root, settings, is_writable=options.write))
    return OK
