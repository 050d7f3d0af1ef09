"""``adr-ls context``: the decisions that matter for some files, short enough for a prompt."""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from adr_ls.agents import places
from adr_ls.agents.places import PlaceError
from adr_ls.cli import checking
from adr_ls.cli.printing import OK, say, say_json
from adr_ls.ide import brief, context, finding
from adr_ls.io import disk
from adr_ls.io.files import repository_of
from adr_ls.io.terminal import CommandError, as_json, clean
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy

STDIN = "-"


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file or directory, which need not exist yet; “-” reads such paths from standard input, one on a line",
    )
    parser.add_argument("--topic", default="", metavar="WORDS", help="also what is about this")
    parser.add_argument(
        "--max-chars",
        type=int,
        default=brief.MOST,
        metavar="N",
        help=f"print so many characters at most, {brief.LEAST} or more (default: {brief.MOST}; a token has about four)",
    )
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown", help="how to print (default: markdown)")
    checking.options(parser, path=False)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    written = list(_written(options.paths))
    if options.max_chars < brief.LEAST:
        raise CommandError(f"“--max-chars” has to be {brief.LEAST} or more")
    if not written and not options.topic.strip():
        if STDIN in options.paths:
            return OK  # no file has changed
        raise CommandError("which files is it about? Name some, or a --topic")
    here = Path.cwd()
    root = _root(written, here)
    loaded = checking.read(str(root), options).loaded
    try:
        asked = places.places(written, root, here)
    except PlaceError as error:
        raise CommandError(clean(str(error))) from error
    workspace = loaded.workspace.with_code(places.around(loaded.workspace, asked.files).facts)
    for path in asked.left:
        sys.stderr.write(f"adr-ls: only the first {places.MOST} files of {clean(posixpath.relpath(path))} were looked at\n")

    def words(record: Facts) -> frozenset[str]:
        file = workspace.file(record.path)
        return finding.words_of(file.text) if file is not None else frozenset()

    decisions = context.context(workspace, asked.files, options.topic, words, named=asked.named)
    base = disk.to_path(here if disk.to_path(here).startswith(disk.to_path(root)) else root)
    if options.format == "json":
        frame = len(as_json({"version": 1, "decisions": [], "left_out": len(decisions)}))
        kept = brief.data(workspace, decisions, base, options.max_chars - frame, lambda value: len(as_json({"": value})))
        say_json({"version": 1, "decisions": kept, "left_out": len(decisions) - len(kept)})
    elif decisions:
        say(brief.markdown(workspace, decisions, base, options.max_chars - 1))
    elif not workspace.records:
        say(checking.nothing_in(loaded))
    else:
        say("No decision is about that, as far as records and files say.")
    return OK


def _written(paths: Iterable[str]) -> Iterator[str]:
    """The paths of the command line, with those of standard input in the place of “-”."""
    for path in paths:
        if path == STDIN:
            yield from _listed(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
        else:
            yield path


def _listed(text: str) -> Iterator[str]:
    """The paths in what programs print: one on a line, or with ``-z`` between zeros; git quotes unusual ones as C does."""
    for line in text.split("\0") if "\0" in text else text.splitlines():
        path = line.strip("\r\n")
        if len(path) > 1 and path.startswith('"') and path.endswith('"') and "\0" not in text:
            path = _unquoted(path)
        if path.strip():
            yield path


_ESCAPED = lazy.regex(rb"\\([0-7]{3}|.)", re.DOTALL)
_CONTROL = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


def _unquoted(path: str) -> str:
    def byte(match: re.Match[bytes]) -> bytes:
        found = match[1]
        return bytes([int(found, 8) & 0xFF]) if found.isdigit() and len(found) == 3 else _CONTROL.get(found, found)

    return _ESCAPED.sub(byte, path[1:-1].encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def _root(written: list[str], here: Path) -> Path:
    """The repository of the first path that is in one, else that of the current directory; without one the directory itself."""
    for path in written:
        there = Path(disk.to_path(here / path))
        folder = next((folder for folder in (there, *there.parents) if folder.is_dir()), here)
        if (found := repository_of(folder)) is not None:
            return found
    return repository_of(here) or here
