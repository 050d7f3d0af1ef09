"""One text to a workspace, a cursor and ranges, without a disk.

Files stand behind lines such as ``-- docs/adr/0001-x.md --``; a text without one is ``docs/adr/0001-example.md``. What stands behind
``-- docs/adr/0001-x.md, as it was --`` is the file with which that is compared. The cursor is ``$0``;
``⟦…⟧`` mark the ranges that are expected. All of it lies in the folder ``/w``.
"""

from __future__ import annotations

import inspect
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from adr_ls import rules
from adr_ls.ide.target import Cursor
from adr_ls.log import assemble
from adr_ls.log.index import Index
from adr_ls.log.mkdocs import edited
from adr_ls.log.mkdocs import page as page_of
from adr_ls.log.style import Described, described
from adr_ls.log.surroundings import Surroundings
from adr_ls.log.watch import Notes
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import digest_of, facts_of
from adr_ls.record.record import Record
from adr_ls.rules.model import Problem
from adr_ls.syntax.change import Change, FileEdit
from adr_ls.syntax.text import Span

ROOT = "/w"
ALONE = "docs/adr/0001-example.md"
WAS = ", as it was"
_HEADER = re.compile(r"^-- (?P<path>\S.*?) --\n", re.MULTILINE)
_MARK = re.compile(r"⟦|⟧|\$0")


@dataclass(frozen=True)
class Fixture:
    """A workspace with the texts that it was made from, by absolute path, and what was marked in them."""

    workspace: Workspace
    texts: Mapping[str, str]
    spans: Mapping[str, tuple[Span, ...]]
    path: str
    """The file of the cursor, else the first with a range, else the first."""
    offset: int = 0
    alone: bool = False

    @property
    def record(self) -> Record:
        return self.file(self.path)

    def file(self, path: str) -> Record:
        """The record, page, settings file or source code at a path, absolute or relative to the folder."""
        path = posixpath.join(ROOT, path)
        found = self.workspace.file(path) or self.workspace.as_code(path, self.texts[path])
        assert found is not None
        return found

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.workspace, self.record, self.offset)

    @property
    def index(self) -> Index:
        (index,) = self.workspace.indexes.values()
        return index

    def problems(self, *only: str) -> list[Problem]:
        """The problems of all files, of those rules if any are named.

        A rule that notes what it sees finds no others, and no rule does in files that are open, which are read piece by piece.
        """
        found = [*rules.check(self.workspace)]
        notes = Notes()
        opened = {path: edited(path, text) for path, text in self.texts.items() if path not in self.workspace.code}
        workspace = replace(self.workspace, opened=MappingProxyType({**self.workspace.opened, **opened}))
        watched = (rules.examine(workspace, path, notes) for path in rules.checked(workspace))
        assert [_told(problem) for one in watched for problem in one.problems] == [*map(_told, found)]
        return [problem for problem in found if not only or problem.rule.name in only]

    def typed(self, path: str) -> Workspace:
        """The workspace after somebody typed a letter at the end of an open file, and took it away again."""
        text = self.texts[path]
        return self.workspace.with_text(path, f"{text}x").with_text(path, text)

    def marked(self, problems: Iterable[Problem]) -> str:
        """The fixture's own text with the problems' spans marked, for comparison with the text that it was made from."""
        spans: dict[str, set[Span]] = {}
        for problem in problems:
            spans.setdefault(problem.path, set()).add(problem.span)
        return self.render({path: mark(text, spans.get(path, ())) for path, text in self.texts.items()})

    def edited(self, done: Change | Iterable[FileEdit]) -> str:
        """The fixture's own text after the edits of a change, or some edits."""
        change = done if isinstance(done, Change) else Change(edits=tuple(done))
        assert change.by_path.keys() <= self.texts.keys()
        return self.render({path: change.text(path, text) for path, text in self.texts.items()})

    def render(self, texts: Mapping[str, str]) -> str:
        """Texts in the form of a fixture."""
        if self.alone:
            return next(iter(texts.values()))
        return "".join(f"-- {posixpath.relpath(path, ROOT)} --\n{text}" for path, text in texts.items())


def written(page: Record, change: Change) -> str:
    """The text of a file after a change."""
    return change.text(page.path, page.text)


TODAY = "2030-01-01"
"""The day on which all of them are looked at."""


def fixture(source: str, *, newline: str = "\n", levels: Mapping[str, str] | None = None) -> Fixture:
    """The workspace of a text; `newline` replaces the line ends of its files, `levels` set those of rules."""
    source = clean(source)
    texts, spans = {}, {}
    cursor: tuple[str, int] | None = None
    headers = list(_HEADER.finditer(source))
    ends = [*(match.start() for match in headers[1:]), len(source)]
    parts = [(match["path"], source[match.end() : end]) for match, end in zip(headers, ends, strict=False)]
    for relative, marked in parts or [(ALONE, source)]:
        path = posixpath.join(ROOT, relative)
        texts[path], spans[path], at = _unmark(marked.replace("\n", newline))
        if at is not None:
            assert cursor is None, "one cursor at most"
            cursor = path, at
    first = next((path for path, found in spans.items() if found), next(iter(texts)))
    path, offset = cursor or (first, spans[first][0].start if spans[first] else 0)
    was = {path: text for path, text in texts.items() if path.endswith(WAS)}
    before = {path.removesuffix(WAS): page_of(path.removesuffix(WAS), text) for path, text in was.items()}
    known = workspace({path: text for path, text in texts.items() if path not in was}, levels=levels)
    return Fixture(replace(known, before=before), texts, spans, path, offset, alone=not headers)


def clean(source: str) -> str:
    """The text without the indentation of the test it stands in."""
    return inspect.cleandoc(source) + "\n" if source.startswith("\n") else source


def whole(workspace: Workspace, path: str) -> Record:
    """The whole file at a path."""
    found = workspace.file(path)
    assert found is not None
    return found


class Texts:
    """Files that are nothing but texts by path, as `assemble` reads them."""

    def __init__(self, texts: Mapping[str, str], known: Mapping[str, Facts] | None = None) -> None:
        self._texts = texts
        self._facts: dict[str, Facts] = {
            path: facts for path, facts in (known or {}).items() if path in texts and facts.digest == digest_of(texts[path])
        }

    def text(self, path: str) -> str | None:
        return self._texts.get(path)

    def record(self, path: str) -> Record | None:
        return page_of(path, self._texts[path]) if path in self._texts else None

    def facts(self, path: str) -> Facts | None:
        if path in self._texts and path not in self._facts:
            self._facts[path] = facts_of(page_of(path, self._texts[path]))
        return self._facts.get(path)

    def described(self, path: str) -> tuple[Described, ...]:
        page = self.record(path)
        return described(page) if page is not None else ()


def workspace(
    texts: Mapping[str, str], root: str = ROOT, levels: Mapping[str, str] | None = None, before: Workspace | None = None
) -> Workspace:
    """The workspace of those files, put together as `adr_ls.io.disk` does it; the facts of texts that are as `before` are not made again."""
    config, settings, mistakes = assemble.configure(root, texts, texts.get, {"rules": levels} if levels else {}, rules.NAMES)
    assert not mistakes, mistakes
    listing = [path for path in texts if not path.endswith(".toml")]
    reader = Texts(texts, {**before.records, **before.pages} if before is not None else None)
    logs = assemble.logs(root, listing, config, reader)
    bare = Workspace(
        (root,),
        tuple(sorted(logs, key=lambda log: log.directory)),
        files=frozenset(listing),
        today=TODAY,
        settings=MappingProxyType({one.path: one for one in settings}),
        read=texts.get,
        surroundings=Surroundings(partial(_names, texts)),
    )
    bare = replace(bare, pages=MappingProxyType(assemble.pages(bare, listing, reader)))
    others = (path for path in assemble.elsewhere(bare, listing) if bare.names.sign.search(texts[path]))
    guides = {path: facts for path in others if (facts := reader.facts(path)) is not None}
    known = replace(bare, pages=MappingProxyType({**bare.pages, **guides}), guides=frozenset(guides))
    read = ((path, known.as_code(path, texts[path])) for path in listing)
    code = {path: facts_of(file) for path, file in read if file is not None and file.mentions}
    return known.with_code(code)


def _names(texts: Mapping[str, str], directory: str) -> frozenset[str]:
    """The names in a directory."""
    below = f"{directory}/"
    return frozenset(path[len(below) :].partition("/")[0] for path in texts if path.startswith(below))


def _told(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.rule.name, problem.span, problem.message, [fix.title for fix in problem.fixes]


def mark(text: str, spans: Iterable[Span]) -> str:
    """The text with ``⟦…⟧`` around the spans."""
    marks = sorted(
        (
            (at, order, sign)
            for span in set(spans)
            for at, order, sign in ((span.start, 1, "⟦"), (span.end, 0 if span.start < span.end else 2, "⟧"))
        ),
        key=lambda found: found[:2],
    )
    parts, done = [], 0
    for at, _, sign in marks:
        parts += text[done:at], sign
        done = at
    return "".join([*parts, text[done:]])


def _unmark(text: str) -> tuple[str, tuple[Span, ...], int | None]:
    parts, spans, opened = [], [], []
    cursor: int | None = None
    done = length = 0
    for match in _MARK.finditer(text):
        parts.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        if match[0] == "⟦":
            opened.append(length)
        elif match[0] == "⟧":
            spans.append(Span(opened.pop(), length))
        else:
            assert cursor is None, "one cursor at most"
            cursor = length
    assert not opened
    return "".join([*parts, text[done:]]), tuple(sorted(spans)), cursor
