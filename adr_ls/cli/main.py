"""The command line: the same core as the editor's, without an editor.

Exit status: 0 nothing at or above the threshold, 1 problems found (or an index out of date), 2 the command could not do its work, with one
clear line on standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import MappingProxyType
from typing import NoReturn

import adr_ls
from adr_ls.cli.printing import FAILED, OK
from adr_ls.io import terminal
from adr_ls.io.terminal import CommandError

COMMANDS = MappingProxyType(
    {
        "list": ("listing", "List the records: number, title, status and date."),
        "check": ("check", "Report problems in records and indexes."),
        "new": ("new", "Make a new record in the style of the others, and print its path."),
        "status": ("status", "Give a record another status, in the form in which it states the one that it has."),
        "supersede": ("supersede", "Have a record superseded by another one, or by a new one, on both sides."),
        "link": ("link", "Say on both sides how one record stands to another."),
        "retitle": ("retitle", "Give a record another title, in its file's name, its text and all references to it."),
        "renumber": ("renumber", "Give a record another number, in its file's name, its text and all references to it."),
        "index": ("index", "Bring the indexes of the logs up to date, in their own format."),
        "graph": ("graph", "Draw how the records hang together: what superseded what, and who refers to whom."),
        "site": ("site", "Write all records as pages to share, with search, a timeline and a graph."),
        "history": (
            "history",
            "Tell when and by whom records got their status, and what changed after they were accepted (runs git).",
        ),
        "context": ("context", "Print the decisions that matter for some files, short enough for a prompt."),
        "mcp": ("mcp", "Serve coding agents on standard input and output, by the Model Context Protocol."),
        "explain": ("explain", "Explain a rule: what it reports, why, and an example."),
        "completions": ("completions", "Print what has a shell complete commands, options and rules."),
        "doctor": ("doctor", "Start the server as an editor would and show its answers on your records."),
    }
)
"""The module of each command, imported only when it is asked for, so that ``--help`` and the small ones start at once, and a summary."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the status to exit with."""
    if sys.stderr is None:  # as Python has it where the stream was closed
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stdout is None:
        sys.stderr.write("adr-ls: there is nowhere to print to: standard output is closed\n")
        return FAILED
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace" if stream.encoding.lower() != "utf-8" else "replace")
    options = parsed(arguments)
    if options.command is None:
        from adr_ls.lsp.server import serve  # noqa: PLC0415  # no command needs the protocol

        serve()
    terminal.colour(options.color)
    try:
        _check_here()
        status: int = options.run(options)
    except CommandError as error:
        sys.stderr.write(f"adr-ls: {error}\n")
        return FAILED
    except BrokenPipeError:
        # Whoever read our output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:  # such as a folder above what was asked for that may not be looked into
        where = f" at “{terminal.clean(str(error.filename))}”" if error.filename else ""
        sys.stderr.write(f"adr-ls: {(error.strerror or str(error)).lower()}{where}\n")
        return FAILED
    except KeyboardInterrupt:
        return 130
    return status


def _check_here() -> None:
    """Raises `CommandError` where the current directory is gone, from which all paths are told."""
    try:
        os.getcwd()  # noqa: PTH109  # it is only asked whether there is one
    except OSError as error:
        raise CommandError(f"the current directory cannot be used ({(error.strerror or '').lower()})") from error


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"adr-ls: {message}; see “{self.prog} --help”\n")
        raise SystemExit(FAILED)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and what it is told; `run` among it does it. Ends the program where the arguments make no sense, or ask for help."""
    parser = _Parser(
        prog="adr-ls",
        description="A language server and linter for Architecture Decision Records. Without a command it serves an editor on standard input and output.",
    )
    parser.add_argument("-V", "--version", action="version", version=f"adr-ls {adr_ls.__version__}")
    parser.add_argument("--stdio", action="store_true", help="serve on standard input and output (the default)")
    parser.add_argument("--clientProcessId", type=int, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary, parents=[_common()])
        if name in arguments:
            found = import_module(f"adr_ls.cli.{module}")
            found.options(command)
            command.set_defaults(run=found.run)
    return parser.parse_args(arguments)


def _common() -> _Parser:
    """What every command can be told."""
    parser = _Parser(add_help=False)
    said = "when to print in colours (default: auto, on a terminal that wants them)"
    parser.add_argument("--color", choices=terminal.WHEN, default="auto", help=said)
    return parser


def command(name: str) -> argparse.ArgumentParser:
    """What reads the arguments of a command."""
    module, summary = COMMANDS[name]
    parser = _Parser(prog=f"adr-ls {name}", description=summary, parents=[_common()])
    import_module(f"adr_ls.cli.{module}").options(parser)
    return parser
