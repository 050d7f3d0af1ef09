"""Text for people at a terminal: colour only where it is wanted, marks under the place, and nothing that commands the terminal."""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Literal, get_args

from adr_ls.syntax import lazy
from adr_ls.syntax.text import Lines, Span

COLOURS = {"error": "31", "warning": "33", "info": "36", "hint": "2"}
"""The colour of each level, as a terminal's code."""
WIDEST = 110
"""How many characters of a line an excerpt shows."""
LEAD = 60
"""How many characters before the place an excerpt shows at most."""

_UNSEEN = lazy.regex(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_ESCAPED = lazy.regex(rf"{_UNSEEN.pattern}|[\ud800-\udfff]")
_COMMAND = lazy.regex(r"^([^\S\n]*:):|##\[", re.MULTILINE)


class CommandError(Exception):
    """A command cannot do its work; the message says why and what to do, in one line that is fit for a terminal."""


def clean(text: str) -> str:
    """The text without what would command a terminal or disguise it: control characters, ends of lines, changes of direction."""
    return _UNSEEN.sub("", text)


def as_json(value: object) -> str:
    """A value as JSON with a line end, in which whatever commands a terminal or a CI system, or disguises text, is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("##[", "#\\u0023[")
    return "\n".join(_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line) for line in text.split("\n")) + "\n"


When = Literal["auto", "always", "never"]
WHEN: tuple[When, ...] = get_args(When)
"""When to print in colours."""
_WISHED: ContextVar[When] = ContextVar("when to print in colours", default="auto")


def colour(when: When) -> None:
    """Says when to print in colours from now on."""
    _WISHED.set(when)


def _is_coloured() -> bool:
    """Whether standard output gets colours: as wished, else as the environment says, else where it is a terminal that can."""
    if _WISHED.get() != "auto":
        return _WISHED.get() == "always"
    if "NO_COLOR" in os.environ:
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and _takes_colours()


if sys.platform == "win32":
    import ctypes
    import functools

    @functools.cache
    def _takes_colours() -> bool:
        """Whether the console takes colours once it is told to; one before Windows 10 would show their codes, and so would a log."""
        kernel, output, takes_codes = ctypes.windll.kernel32, -11, 0x0004
        console, mode = kernel.GetStdHandle(output), ctypes.c_uint32()
        if not kernel.GetConsoleMode(console, ctypes.byref(mode)):
            return "TERM" in os.environ  # a terminal of another kind, such as that of MSYS
        return bool(mode.value & takes_codes or kernel.SetConsoleMode(console, mode.value | takes_codes))
else:

    def _takes_colours() -> bool:
        """Whether a terminal takes colours: all do that are not called dumb."""
        return True


def style(text: str, code: str) -> str:
    """The text in a colour, where colours are wanted."""
    return f"\x1b[{code}m{text}\x1b[0m" if _is_coloured() else text


def plain(text: str) -> str:
    """The text without the colours that `style` gave it, for a file."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def inert(text: str) -> str:
    """The text without what a CI system would obey: GitHub Actions takes commands from any line of the output of a step.

    A record could otherwise mask words in the log or fake messages, as its lines are shown in excerpts and differences.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return _COMMAND.sub(lambda match: f"{match[1]} :" if match[1] else "## [", text)


def width(text: str) -> int:
    """How many cells a terminal gives the text."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def excerpt(lines: Lines, span: Span, colour: str) -> Iterator[str]:
    """The line of a text on which a span begins, and a mark under the span; nothing for a blank line."""
    line, column = lines.position(span.start)
    whole = clean(lines.span(line).of(lines.text).expandtabs(1))
    if not whole.strip():
        return
    shift = max(0, column - LEAD)
    length = max(1, min(span.end, lines.ends[line]) - span.start)
    yield whole[shift : shift + WIDEST]
    yield " " * width(whole[shift:column]) + style(
        "^" * max(1, width(whole[column : min(column + length, shift + WIDEST)])), colour
    )


def unified(before: str, after: str, name: str, *, is_new: bool = False) -> Iterator[str]:
    """The change of a file, be it made by that, as the lines of a unified diff, without their line ends.

    What is shown on a terminal is cleaned; elsewhere the diff is exact, so that ``git apply`` and ``patch`` take it.
    """
    before_name, after_name = _quoted(f"a/{name}"), _quoted(f"b/{name}")
    shown = clean if sys.stdout.isatty() else str
    old = "/dev/null" if is_new else before_name
    lines = difflib.unified_diff(_lines(before), _lines(after), old, after_name, n=2, lineterm="")
    for number, line in enumerate(lines):
        yield shown(line.removesuffix("\n"))
        if number > 1 and line[:1] in "+- " and not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _quoted(name: str) -> str:
    """A name as it stands in a diff: quoted as git does where it would not be one line of plain text, see git-config(1), core.quotePath."""
    if not _ESCAPED.search(name) and not set(name) & set('"\\\t'):
        return name + ("\t" if " " in name else "")  # tells tools where a name with blanks ends
    known = {ord('"'): '\\"', ord("\\"): "\\\\"}
    return '"' + "".join(known.get(one, chr(one) if 32 <= one < 127 else f"\\{one:03o}") for one in os.fsencode(name)) + '"'


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]
