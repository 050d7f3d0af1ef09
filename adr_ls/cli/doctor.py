"""``adr-ls doctor``: starts the server as an editor would and shows what it answers on your own records.

If everything looks right here and not in the editor, the fault lies in the editor's configuration.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import adr_ls
from adr_ls import rules
from adr_ls.cli.editor import Client, Failure
from adr_ls.cli.examination import Examination
from adr_ls.cli.printing import OK, PROBLEMS, say
from adr_ls.cli.scope import repository_of
from adr_ls.io import cache, disk
from adr_ls.io.terminal import CommandError, clean, style


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument(
        "path", nargs="?", help="the repository, directory or file to look at (default: the repository around, or here)"
    )


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    path = Path(options.path) if options.path is not None else repository_of(Path()) or Path()
    if not path.exists():
        raise CommandError(f"there is no “{clean(options.path)}”")
    return examine(path)


def examine(path: Path) -> int:
    """Examines the server on the records at `path`; prints each answer with its time and returns 0 if all is well, else 1."""
    root = path if path.is_dir() else path.parent
    try:
        loaded = disk.load([root], rules=rules.NAMES)
    except OSError as error:
        raise CommandError(f"cannot read “{clean(str(path))}”: {error.strerror}") from error
    for sentence in disk.told(loaded):
        say(f"{style('!', '33')} {clean(sentence)}")
    workspace = loaded.workspace
    begun = time.perf_counter()
    with Client(server()) as client:
        examination = Examination(client, workspace, disk.to_path(root))
        try:
            examination.begin(begun)
            examination.all()
            client.leave()
        except Failure as failure:
            say(style(f"\n✗ {clean(str(failure))}", "31"))
            return PROBLEMS
    say("\n" + style("Cache of what was read", "1"))
    for line in cache.told(root, on=disk.to_path(root) not in loaded.uncached):
        say(f"  {clean(line)}")
    say(style("\n✓ The server answers. If the editor shows less, look at its configuration:", "32"))
    for line in attachment():
        say(f"  {line}")
    return OK


def server() -> list[str]:
    """The command that starts this very server: nothing is imported from the current directory, whatever a repository has there."""
    own = str(Path(adr_ls.__file__).parent.parent)
    return [sys.executable, "-c", f"import sys; sys.path[0] = {own!r}; from adr_ls.__main__ import main; main()"]


def attachment() -> tuple[str, ...]:
    """The lines that attach the server to VS Code and Neovim."""
    command = Path(sys.executable).with_name("adr-ls.exe" if sys.platform == "win32" else "adr-ls")
    program = command.as_posix() if command.exists() else "adr-ls"  # Lua takes a backslash for something else
    return (
        "VS Code:  make vsix && code --install-extension client-vscode/adr-ls.vsix",
        f"Neovim:   vim.lsp.config('adr_ls', {{ cmd = {{ '{program}' }}, filetypes = {{ 'markdown' }}, root_markers = {{ '.git' }} }})",
        "          vim.lsp.enable('adr_ls')",
    )
