"""The navigation of a MkDocs site, ``nav`` in ``mkdocs.yml``: a list of pages that may be an index of records.

Only the lines of ``nav`` are looked at, and only as YAML events: the rest of the file is full of tags such as ``!!python/name`` and
``!ENV``, which mean something to MkDocs and nothing here. An item is understood where it stands on a line of its own, as a path or as a
title and a path; whatever else there is stays what it is.
"""

from __future__ import annotations

import posixpath
import re
from typing import ClassVar, NamedTuple

from adr_ls.log import discovery
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.record.parts import Section
from adr_ls.record.record import Record, record_of
from adr_ls.syntax import frontmatter, lazy
from adr_ls.syntax.frontmatter import FrontMatter, Scalar
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block, Document, Heading
from adr_ls.syntax.text import Span

_NAV = lazy.regex(r"^nav[ \t]*:[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)", re.MULTILINE)
_BELOW = lazy.regex(r"(?:[ \t]+[^\r\n]*|-[ \t][^\r\n]*|#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_DOCS = lazy.regex(
    r"^docs_dir[ \t]*:[ \t]*(?:(?P<quote>[\"'])(?P<quoted>[^\"'#!&*\r\n]+)(?P=quote)[ \t]*|(?P<plain>[^\"'#!&*\s][^\"'#!&*\r\n]*))"
    r"(?:#[^\r\n]*)?(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_ITEM = lazy.regex(r"(?P<indent> *)-(?P<gap> +)(?=\S)")
_JOIN = lazy.regex(r"[\"']?[ ]*:[ ]+[\"']?")
_REST = lazy.regex(r"[\"']?[ \t]*(?:#.*)?")


class Item(NamedTuple):
    """A page in the navigation: its line without the indent, its title if it has one, and the path as written."""

    block: Block
    group: Block
    title: Scalar | None
    target: Scalar


class _Line(NamedTuple):
    indent: int
    span: Span
    scalars: tuple[Scalar, ...]


class Navigation(Record):
    """A ``mkdocs.yml``, as a page that lists records: no Markdown, but mentions on places of its own."""

    is_markdown: ClassVar[bool] = False

    @cached_property
    def front(self) -> FrontMatter | None:
        """None: it is no Markdown."""
        return None

    @cached_property
    def document(self) -> Document:
        """A document without blocks."""
        return _Bare(self.text, len(self.text))

    @cached_property
    def heading(self) -> Heading | None:
        """The key that the navigation stands under."""
        found = _NAV.search(self.text)
        span = Span(found.start(), found.start() + len("nav")) if found else None
        return Heading(1, span, span, "nav") if span else None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """None: where a new page goes, its neighbours tell."""
        return ()

    @cached_property
    def root(self) -> str:
        """The directory that the paths count from, relative to the file."""
        found = _DOCS.search(self.text)
        return (found["quoted"] or found["plain"]).strip() if found else "docs"

    @property
    def home(self) -> str:
        """The same as a path like that of the file."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), self.root))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The pages, in order; empty where the navigation is not written in lines."""
        found = _NAV.search(self.text)
        if found is None:
            return ()
        end = found.end()
        end += 2 if self.text.startswith("\r\n", end) else 1
        while end < len(self.text) and (line := _BELOW.match(self.text, end)):
            end = line.end()
        entry = frontmatter.entry(self.text, Span(found.start(), min(end, len(self.text))))
        return tuple(self._items(entry.scalars)) if entry is not None and entry.kind == "list" else ()

    def _items(self, scalars: tuple[Scalar, ...]) -> list[Item]:
        by_line: dict[int, list[Scalar]] = {}
        for scalar in scalars:
            by_line.setdefault(self.lines.line_at(scalar.span.start), []).append(scalar)
        lines: list[_Line] = []
        for number, on_it in by_line.items():
            span = self.lines.span(number)
            match = _ITEM.match(self.text, span.start, span.end)
            if match is not None:
                lines.append(_Line(len(match["indent"]), Span(match.end("indent"), span.end), tuple(on_it)))
        found: list[Item] = []
        for group in _groups(lines):
            blocks = [Block("list_item", Span(line.span.start, max(line.span.end, last))) for line, last in group]
            whole = Block("list", Span(blocks[0].span.start, blocks[-1].span.end), tuple(blocks), info="-")
            for (line, last), block in zip(group, blocks, strict=True):
                leaf = self._leaf(line) if last <= line.span.end else None
                if leaf is not None:
                    found.append(Item(block, whole, *leaf))
        return sorted(found, key=lambda item: item.block.span)

    def _leaf(self, line: _Line) -> tuple[Scalar | None, Scalar] | None:
        """The title and the path on a line; None for a section, or anything else."""
        text, start = self.text, _ITEM.match(self.text, self.lines.starts[self.lines.line_at(line.span.start)])
        *titles, target = line.scalars
        first = line.scalars[0]
        if start is None or len(titles) > 1 or text[start.end() : first.span.start].strip("\"'"):
            return None
        if titles and not _JOIN.fullmatch(text, titles[0].span.end, target.span.start):
            return None
        if not target.span.of(text).strip() or not _REST.fullmatch(text, target.span.end, line.span.end):
            return None
        return (titles[0] if titles else None), target

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The paths of the pages."""
        return tuple(
            Mention(item.target.span, "bare", path=posixpath.normpath(posixpath.join(self.root, item.target.text)))
            for item in self.items
            if "://" not in item.target.text
        )

    def item(self, mention: Mention) -> Item:
        """The page whose path a mention is."""
        return next(item for item in self.items if item.target.span == mention.span)

    def after(self, text: str) -> Record:
        """The file with another text; nothing is taken over, since it is read in one go."""
        return Navigation(self.path, text)


class _Bare(Document):
    """Text without marks."""

    def plain(self, span: Span) -> str:
        return " ".join(span.of(self.text).split())


def _groups(lines: list[_Line]) -> list[list[tuple[_Line, int]]]:
    """The lines by the lists that they are items of, each with the end of all that is below it."""
    done: list[list[tuple[_Line, int]]] = []
    opened: list[list[tuple[_Line, int]]] = []
    for line in lines:
        while opened and opened[-1][0][0].indent > line.indent:
            done.append(opened.pop())
        if not opened or opened[-1][0][0].indent < line.indent:
            opened.append([])
        opened[-1].append((line, line.span.end))
        for group in opened:
            group[-1] = group[-1][0], line.span.end
    return [*done, *opened]


def is_navigation(path: str) -> bool:
    """Whether the file at a path is the configuration of a MkDocs site."""
    return posixpath.basename(path) in discovery.SITE_FILES


def page(path: str, text: str, known: Facts | None = None) -> Record:
    """The file at a path as a record or page; `known` are the facts of this text, where somebody has them."""
    return Navigation(path, text, known) if is_navigation(path) else record_of(path, text, known)


def edited(path: str, text: str) -> Record:
    """The same of a file that somebody has open: its Markdown is read piece by piece, so that the first letter typed is as quick as the next."""
    return page(path, text).after(text)
