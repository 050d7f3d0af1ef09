"""The texts of the documents that are open in the editor, kept in step with it.

A client tells of a change as a series of edits by line and column. So while a document is edited it is held as a list of lines:
an edit then costs what it touches, however long the document is. Everybody else sees an immutable `Document`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from adr_ls.lsp import uris
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Encoding, Lines

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Document:
    """What one open document said at one moment."""

    uri: str
    """As the client spells it."""
    path: Path | None
    """Where it is on disk; None for what is no file, such as ``untitled:1``."""
    text: str
    version: int
    language: str
    changed: int
    """How many characters of it came with what the client told last: all of them where it told the whole text."""

    @cached_property
    def lines(self) -> Lines:
        """The text's lines, found when first asked for."""
        return Lines(self.text)


class Documents:
    """The open documents, by URI in any spelling. One thread changes them; others may look."""

    def __init__(self, encoding: Encoding = "utf-16") -> None:
        self.encoding = encoding
        """What the client counts as one column."""
        self.spelled: Callable[[Path], Path] = lambda path: path
        """The path as the file system spells it, to which editors may have come by another spelling."""
        self._buffers: dict[str, _Buffer] = {}
        self._spellings: dict[str, str] = {}
        """The keys of open documents whose files are spelled otherwise, by those of their URIs."""

    def __len__(self) -> int:
        return len(self._buffers)

    def __iter__(self) -> Iterator[Document]:
        return iter([buffer.document for buffer in list(self._buffers.values())])

    def get(self, uri: str) -> Document | None:
        """The document as it is now, or as it is held; None where it is not open."""
        buffer = self._buffers.get(self._key(uri))
        return None if buffer is None else buffer.document if buffer.held is None else buffer.held[0]

    def latest(self, uri: str) -> Document | None:
        """The document as the client has it, also while it is held; None where it is not open."""
        buffer = self._buffers.get(self._key(uri))
        return None if buffer is None else buffer.document

    def hold(self, uri: str, document: Document | None) -> None:
        """Gives the document as it was before, None for not open yet, until it is released; the client goes on changing it."""
        buffer = self._buffers.get(self._key(uri))
        if buffer is not None:
            buffer.held = (document,)

    def release(self, uri: str) -> None:
        """Gives the document as it is again."""
        buffer = self._buffers.get(self._key(uri))
        if buffer is not None:
            buffer.held = None

    def _key(self, uri: str) -> str:
        key = uris.key(uri)
        return self._spellings.get(key, key) if self._spellings else key

    def open(self, uri: str, text: str, version: int | None = None, language: str = "") -> Document:
        """Takes the document over from the disk; an open one is replaced."""
        if self.get(uri) is not None:
            logger.info("%s was opened although it was open", uri)
        named = uris.to_path(uri)
        path = None if named is None else self.spelled(named)
        if path is not None and path != named:
            self._spellings[uris.key(uri)] = uris.key(uris.from_path(path))
        document = Document(uri, path, text, version or 0, language, len(text))
        self._buffers[self._key(uri)] = _Buffer(document)
        return document

    def change(self, uri: str, changes: Sequence[Mapping[str, Any]], version: int | None = None) -> Document | None:
        """The document after the changes, given as in ``textDocument/didChange``: in order, each seeing those before it.

        A change without a range, or with a range of null, replaces the whole text. Positions outside the text are moved to its
        nearest end, a reversed range is turned round, and a missing version counts on. None, and nothing done, where the
        document is not open; raises `ValueError`, and nothing done, for a change that is none.
        """
        buffer = self._buffers.get(self._key(uri))
        if buffer is None:
            logger.info("%s was changed although it is not open", uri)
            return None
        edits = [_read(change) for change in changes]
        for edit in edits:
            buffer.apply(edit, self.encoding)
        before = buffer.document
        if version is None:
            version = before.version + 1
        elif version <= before.version:
            logger.info("%s went from version %d to %d", uri, before.version, version)
        changed = sum(len(text) for _, text in edits)
        buffer.document = Document(before.uri, before.path, buffer.text(), version, before.language, changed)
        return buffer.document

    def close(self, uri: str) -> Document | None:
        """The document as it last was, which is now the disk's again; None where it was not open."""
        buffer = self._buffers.pop(self._key(uri), None)
        self._spellings.pop(uris.key(uri), None)
        if buffer is None:
            logger.info("%s was closed although it was not open", uri)
            return None
        return buffer.document


_Place = tuple[int, int]
"""A line and a column, both from 0; the column in the client's units, or an index into the line."""

_Edit = tuple[tuple[_Place, _Place] | None, str]
"""What to replace (None: everything), and by what."""


def _read(change: Mapping[str, Any]) -> _Edit:
    """The change checked, so that a bad one is found before a good one before it has been made."""
    try:
        text, span = change["text"], change.get("range")
        places = None if span is None else (_place(span["start"]), _place(span["end"]))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise ValueError(f"not a change to a document: {error!r}") from error
    if not isinstance(text, str):
        raise ValueError("a change to a document without a text")  # noqa: TRY004 - to the caller it is one kind of error
    return places, text


def _place(position: Mapping[str, Any]) -> _Place:
    return max(0, int(position["line"])), max(0, int(position["character"]))


class _Buffer:
    """A document while it is edited, as its lines with their line ends; the last line has none, and may be empty."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.held: tuple[Document | None] | None = None
        """What others are given in its place, see `Documents.hold`."""
        self._lines: list[str] | None = None  # None: as in the document, and not needed so far

    def text(self) -> str:
        """All of it."""
        return self.document.text if self._lines is None else "".join(self._lines)

    def apply(self, edit: _Edit, encoding: Encoding) -> None:
        """Replaces what stands in the range by the text."""
        span, text = edit
        if self._lines is None:
            self._lines = _split(self.document.text if span else text)
        elif span is None:
            self._lines = _split(text)
        if span is None:
            return
        lines = self._lines
        (first, start), (last, end) = sorted((_clamp(lines, span[0], encoding), _clamp(lines, span[1], encoding)))
        middle = lines[first][:start] + text + lines[last][end:]
        if first and middle.startswith("\n") and lines[first - 1].endswith("\r"):  # two line ends have become one
            first -= 1
            middle = lines[first] + middle
        new = _split(middle)
        if last + 1 < len(lines):  # then the middle ends with a line end, and what follows it is the next line
            new.pop()
        lines[first : last + 1] = new


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise([*Lines(text).starts, len(text)])]


def _clamp(lines: list[str], place: _Place, encoding: Encoding) -> _Place:
    """The place with its column as an index into the line; one behind the line's text, or behind the last line, is moved there."""
    line, column = place
    if line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    # A character is one unit or more, so what is behind `column` characters does not matter.
    return line, Lines(lines[line][:column]).offset(0, column, encoding)
