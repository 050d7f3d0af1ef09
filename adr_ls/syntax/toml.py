"""TOML with places: what a settings file says, and where in its text it says it.

The values are the standard library's (tomli's before Python 3.11), which tells no places. These are found by a walk over the text that
knows strings, comments, brackets and table headers; it is only asked about texts that are valid, and where it does not find a key it says
so rather than guess.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span

Key = str | int
"""One step of a path into a document: the key of a table or, from 0, the number of an item."""


MOST_DOTS = 2_000
"""How many dots a line has at most: what reads a dotted key takes time by the square of its parts."""


class TomlError(ValueError):
    """What makes a text no TOML: the sentence, and the offset in code points at which it goes wrong."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True)
class Toml:
    """A valid TOML document: its text and its values."""

    text: str
    values: Mapping[str, Any]

    @staticmethod
    def read(text: str) -> Toml:
        """Reads a text. Raises `TomlError`."""
        if sys.version_info >= (3, 11):
            import tomllib  # noqa: PLC0415  # only where a settings file exists
        else:
            import tomli as tomllib  # noqa: PLC0415  # as above
        for line in text.split("\n"):
            if line.count(".") > MOST_DOTS:
                raise TomlError(f"A key with more than {MOST_DOTS} dots", text.index(line))
        try:
            # The standard knows no other line ends
            return Toml(text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            said, place = _split(str(error))
            raise TomlError(said, _offset(text, place)) from error
        except RecursionError as error:
            raise TomlError("Too deeply nested", 0) from error

    def key(self, *path: Key) -> Span | None:
        """Where the last key of a path stands, its quotes left out; of an item of an array, the item. None where that is not found."""
        found = self._places.get(path)
        return found[0] if found else None

    def value(self, *path: Key) -> Span | None:
        """Where the value at a path stands, with its quotes or brackets; None where that is not found or it is no single place."""
        found = self._places.get(path)
        return found[1] if found else None

    @cached_property
    def _places(self) -> Mapping[tuple[Key, ...], tuple[Span, Span | None]]:
        return dict(_Walk(self.text).document())


_PLACE = lazy.regex(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def _split(message: str) -> tuple[str, tuple[int, int] | None]:
    match = _PLACE.search(message)
    if match is None:
        return message, (1, 1)
    return message[: match.start()], (int(match["line"]), int(match["column"])) if match["line"] else None


def _offset(text: str, place: tuple[int, int] | None) -> int:
    if place is None:
        return len(text.rstrip())
    lines = text.split("\n")  # what the parser takes for lines
    line = min(place[0], len(lines)) - 1
    return min(sum(len(one) + 1 for one in lines[:line]) + place[1] - 1, len(text))


_TOKEN = lazy.regex(
    r"""(?P<space>[ \t\r\n]+|\#[^\n]*)
    |(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{},.=])
    |(?P<bare>[A-Za-z0-9_:+-]+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    span: Span
    first: bool
    """Whether it is the first of its line."""


_DEEPEST = 16
"""How many steps of a dotted key are told apart; no setting lies deeper."""
_Place = tuple[tuple[Key, ...], tuple[Span, "Span | None"]]


class _Walk:
    """One walk over a valid document, token by token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split())
        self._at = 0

    def _split(self) -> Iterator[_Token]:
        at, first = 0, True
        while at < len(self._text):
            match = _TOKEN.match(self._text, at)
            if match is None:  # a character that only a value's middle can have
                at += 1
                continue
            if match.lastgroup == "space":
                first = first or "\n" in match[0]
            else:
                yield _Token(match.lastgroup or "", match[0], Span(*match.span()), first)
                first = False
            at = match.end()

    def document(self) -> Iterator[_Place]:
        """The places of all keys and items, in the order of the text; tables by their first header."""
        table: tuple[Key, ...] = ()
        counts: dict[tuple[Key, ...], int] = {}
        while (token := self._peek()) is not None:
            if token.text == "[" and token.first:
                double = self._next_is_adjacent("[")
                self._at += 2 if double else 1
                names = self._names()
                table = ()
                for step, (name, span) in enumerate(names, 1):
                    table = (*table, name)
                    if double and step == len(names):
                        if table not in counts:
                            yield table, (span, None)
                        counts[table] = counts.get(table, -1) + 1
                        yield (*table, counts[table]), (span, None)
                    elif table not in counts:
                        yield table, (span, None)
                    if table in counts:
                        table = (*table, counts[table])
                self._at += 2 if double else 1
            elif token.kind in ("bare", "string"):
                yield from self._pair(table)
            else:
                self._at += 1

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next_is_adjacent(self, mark: str) -> bool:
        following = self._tokens[self._at + 1 : self._at + 2]
        return bool(following) and following[0].text == mark and following[0].span.start == self._tokens[self._at].span.end

    def _names(self) -> list[tuple[str, Span]]:
        """A dotted key."""
        found = []
        while (token := self._peek()) is not None and (token.kind in ("bare", "string") or token.text == "."):
            if token.kind == "string":
                found.append((_unquoted(token.text), Span(token.span.start + 1, token.span.end - 1)))
            elif token.kind == "bare":
                found.append((token.text, token.span))
            self._at += 1
        return found[:_DEEPEST]

    def _pair(self, table: tuple[Key, ...]) -> Iterator[_Place]:
        names = self._names()
        self._at += 1  # the equals sign
        path = table
        for name, span in names[:-1]:
            path = (*path, name)
            yield path, (span, None)
        if names:
            start = self._at
            inner = list(self._value((*path, names[-1][0])))
            yield (*path, names[-1][0]), (names[-1][1], self._since(start))
            yield from inner

    def _since(self, start: int) -> Span | None:
        if start >= self._at or self._at > len(self._tokens):
            return None
        return Span(self._tokens[start].span.start, self._tokens[self._at - 1].span.end)

    def _value(self, path: tuple[Key, ...]) -> Iterator[_Place]:
        """The places within a value, and the walk goes on behind it."""
        token = self._peek()
        if token is None:
            return
        if token.text == "[":
            self._at += 1
            number = 0
            while (inside := self._peek()) is not None and inside.text != "]":
                if inside.text == ",":
                    self._at += 1
                    continue
                start = self._at
                inner = list(self._value((*path, number)))
                span = self._since(start)
                if span is not None:
                    yield (*path, number), (span, span)
                yield from inner
                number += 1
            self._at += 1
        elif token.text == "{":
            self._at += 1
            while (inside := self._peek()) is not None and inside.text != "}":
                if inside.kind in ("bare", "string"):
                    yield from self._pair(path)
                else:
                    self._at += 1
            self._at += 1
        else:  # a text, a number, a date: all up to what cannot belong to it
            self._at += 1
            while (more := self._peek()) is not None and not more.first and (more.kind == "bare" or more.text == "."):
                self._at += 1


def _unquoted(text: str) -> str:
    """What a quoted key says."""
    if text.startswith("'"):
        return text[1:-1]
    return re.sub(r'\\(["\\])', r"\1", text[1:-1])
