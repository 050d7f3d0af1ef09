"""``adr-ls doctor``: starts the server as an editor would and shows what it answers on your own records.

If everything looks right here and not in the editor, the fault lies in the editor's configuration.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from adr_ls.cli.editor import Client, Failure
from adr_ls.cli.examination import Examination
from adr_ls.cli.printing import OK, PROBLEMS, say
from adr_ls.io import disk
from adr_ls.io.terminal import CommandError, clean, style


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("path", nargs="?", default=".", help="the repository, directory or file to look at (default: here)")


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if not Path(options.path).exists():
        raise CommandError(f"there is no “{clean(options.path)}”")
    return examine(Path(options.path))


def examine(path: Path) -> int:
    """Examines the server on the records at `path`; prints each answer with its time and returns 0 if all is well, else 1."""
    root = path if path.is_dir() else path.parent
    workspace = disk.load([root]).workspace
    if not workspace.records:
        say(f"No ADRs found below {path}; nothing to show.")
        return PROBLEMS
    begun = time.perf_counter()
    client = Client([sys.executable, "-m", "adr_ls"], root)
    examination = Examination(client, workspace, disk.to_path(root))
    try:
        examination.begin(begun)
        examination.all()
        client.leave()
    except Failure as failure:
        client.kill()
        say(style(f"\n✗ {failure}", "31"))
        return PROBLEMS
    say(style("\n✓ The server answers. If the editor shows less, look at its configuration:", "32"))
    for line in attachment():
        say(f"  {line}")
    return OK


def attachment() -> tuple[str, ...]:
    """The lines that attach the server to VS Code and Neovim."""
    command = Path(sys.executable).with_name("adr-ls")
    program = str(command) if command.exists() else "adr-ls"
    return (
        "VS Code:  make vsix && code --install-extension client-vscode/adr-ls.vsix",
        f"Neovim:   vim.lsp.config('adr_ls', {{ cmd = {{ '{program}' }}, filetypes = {{ 'markdown' }}, root_markers = {{ '.git' }} }})",
        "          vim.lsp.enable('adr_ls')",
    )
