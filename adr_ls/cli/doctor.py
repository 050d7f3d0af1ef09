"""``adr-ls doctor``: starts the server as an editor would and shows what it answers on your own records.

If everything looks right here and not in the editor, the fault lies in the editor's configuration.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import adr_ls
from adr_ls import rules
from adr_ls.cli.editor import Client, Failure
from adr_ls.cli.examination import Examination, attempted
from adr_ls.cli.printing import OK, PROBLEMS, say
from adr_ls.io import cache, disk, files
from adr_ls.io.disk import Loaded
from adr_ls.io.files import repository_of
from adr_ls.io.terminal import CommandError, clean, style
from adr_ls.log import discovery, missed
from adr_ls.record.filename import is_read

MOST = 12
"""How many of the causes why nothing may be seen are shown at most."""
EVERYDAY = frozenset({"is a Python environment", "is a cache", "holds other projects"})
"""Why folders are left out in which nobody looks for records."""


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
    root = path if path.is_dir() else repository_of(path.parent) or path.parent
    loaded = disk.load([root], rules=rules.NAMES)
    told = attempted(disk.told, loaded)
    for sentence in (one for every in told for one in every):
        say(f"{style('!', '33')} {clean(sentence)}")
    begun = time.perf_counter()
    try:
        with Client(server()) as client:
            examination = Examination(client, loaded.workspace, disk.to_path(root))
            examination.begin(begun)
            examination.all()
            client.leave()
    except (Failure, OSError) as failure:
        say(style(f"\n✗ {clean(str(failure))}", "31"))
        return PROBLEMS
    found = attempted(causes, loaded, root, path)
    left = [one for every in found for one in every]
    if left:
        say("\n" + style("Left out, and why", "1"))
        for line in left[:MOST]:
            say(f"  {clean(line)}")
        if len(left) > MOST:
            say(f"  … and {len(left) - MOST} more")
    say("\n" + style("Cache of what was read", "1"))
    kept = attempted(_cached, loaded, root)
    for line in (one for every in kept for one in every):
        say(f"  {clean(line)}")
    if examination.has_failed or not (told and found and kept):
        return PROBLEMS
    say(style("\n✓ The server answers. If the editor shows less, look at its configuration:", "32"))
    for line in attachment():
        say(f"  {line}")
    return OK


def _cached(loaded: Loaded, root: Path) -> list[str]:
    """What is told of the cache of a folder."""
    return list(cache.told(root, on=disk.to_path(root) not in loaded.uncached))


def causes(loaded: Loaded, root: Path, path: Path) -> list[str]:
    """What may be why somebody sees nothing, as sentences without a full stop, that of the one file asked about first."""
    workspace, base = loaded.workspace, disk.to_path(root)
    found = []
    if path != root:
        own, name = disk.to_path(path), path.name
        reason = disk.why_none(loaded, own, root)
        found.append(f"{name} {reason}" if reason else f"{name} is a record, and nothing of it is left out")
        if repository_of(root) is None:
            found.append(
                f"{name} lies in no repository: opened alone, only the files beside it are known; open the folder in the editor"
            )
    found += editor_settings(root)
    if not workspace.records:
        count = sum(is_read(one) for one in workspace.files)
        found.append(
            f"None of the {count} Markdown files here reads like a record" if count else "There are no Markdown files here"
        )
    unread = discovery.unread(one.removeprefix(f"{base}/") for one in workspace.files)
    for suffix, paths in unread.items():
        many = "1 file" if len(paths) == 1 else f"{len(paths)} files"
        found.append(f"{many} in {suffix}, such as {paths[0]}: only Markdown and AsciiDoc are read")
    notes = ((one.removeprefix(f"{base}/"), reason) for one, reason in dict.fromkeys(loaded.notes) if reason not in EVERYDAY)
    return [*found, *missed.together([*notes, *disk.missed(loaded, root)])]


def editor_settings(root: Path) -> Iterator[str]:
    """What the settings of VS Code in a folder switch off; others lie outside of it."""
    file = files.read(root / ".vscode" / "settings.json", [root])
    lines = file.text.splitlines() if isinstance(file, files.Text) else []
    for number, line in enumerate(lines, 1):
        if re.match(r"""\s*(?:\{\s*)?"adr-ls\.enable"\s*:\s*false\b""", line):
            yield f".vscode/settings.json:{number} switches adr-ls off in VS Code (“adr-ls.enable”)"


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
