"""How commands print, and the statuses that they exit with."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from adr_ls.io.terminal import as_json, inert

OK, PROBLEMS, FAILED = 0, 1, 2
"""Nothing at or above the threshold; problems, or an index out of date; the command could not do its work."""


def say(text: str) -> None:
    """Prints one line, or several."""
    sys.stdout.write(inert(text) + "\n")


def say_json(value: object) -> None:
    """Prints a value as JSON, for programs."""
    put(as_json(value))


def say_diff(lines: Iterable[str]) -> None:
    """Prints the lines of a diff: for people on a terminal, else for programs such as ``git apply``."""
    text = inert("".join(f"{line}\n" for line in lines))
    if sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        put(text)


def put(text: str) -> None:
    """Prints what programs read: in UTF-8 and with line feeds, whatever the console and the system have else."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.stdout.write(text)
