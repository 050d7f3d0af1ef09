"""What an editor and the commands ask of a workspace, feature by feature, of all its files and at several places in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from adr_ls import rules
from adr_ls.ide import actions, brief, completion, context, finding, goto, hints, hover, lenses, rename, selection, symbols
from adr_ls.ide.target import Cursor
from adr_ls.index import update
from adr_ls.log.watch import Notes
from adr_ls.record import summary
from adr_ls.record.record import Record
from adr_ls.site import pages
from adr_ls.site.book import Book
from adr_ls.syntax.text import Span
from adr_ls.write import renaming
from tests.fixture import ROOT, TODAY, Fixture

LONG = 200
"""A file of fewer characters is none that is asked about at several places."""
BEFORE_END = 30
"""How many characters before the end of a file the last cursor but one stands."""


def _files(given: Fixture) -> Iterator[Record]:
    """The files that can be read."""
    return filter(None, map(given.workspace.file, given.texts))


def _cursors(given: Fixture) -> Iterator[Cursor]:
    for file in _files(given):
        if len(file.text) > LONG or file.path == given.path:
            for offset in {len(file.text) // 2, max(0, len(file.text) - BEFORE_END), len(file.text)}:
                yield Cursor(given.workspace, file, offset)


def _at_each(question: Callable[[Cursor], object], given: Fixture) -> None:
    for cursor in _cursors(given):
        question(cursor)


def _check(given: Fixture) -> None:
    for path in rules.checked(given.workspace):
        rules.examine(given.workspace, path, Notes())


def _goto(cursor: Cursor) -> None:
    for question in (goto.definition, goto.references, goto.highlights):
        question(cursor)


def _select(cursor: Cursor) -> None:
    selection.selections(cursor.record, cursor.offset)


def _outline(given: Fixture) -> None:
    workspace = given.workspace
    for file in _files(given):
        symbols.document_symbols(workspace, file)
        every = Span(0, len(file.text))
        for found in (
            symbols.folds(file),
            lenses.lenses(workspace, file),
            hints.hints(workspace, file, every),
            goto.document_links(workspace, file),
        ):
            list(found)
    symbols.workspace_symbols(workspace, "queue")


def _act(given: Fixture) -> None:
    for file in _files(given):
        list(actions.actions(given.workspace, file.path, Span(0, len(file.text)), []))


def _fix(given: Fixture) -> None:
    actions.fix_all(given.workspace, given.path)


def _attempted(change: Callable[[], object]) -> None:
    """Makes a change, which may be refused."""
    try:
        change()
    except renaming.RenamingError:
        return


def _rename(cursor: Cursor) -> None:
    for words in ("Another name", "7") if rename.renamable(cursor) is not None else ():
        _attempted(partial(rename.rename, cursor, words, move=True))


def _retitle(given: Fixture) -> None:
    if given.path in given.workspace.records:
        _attempted(partial(renaming.retitled, given.workspace, given.record, "Another title", move=True))
        _attempted(partial(renaming.renumbered, given.workspace, given.record, 77))


def _list(given: Fixture) -> None:
    for path in given.workspace.records:
        file = given.workspace.file(path)
        assert file is not None
        summary.summary(file)
        given.workspace.status(file)


def _context(given: Fixture) -> None:
    decisions = context.context(
        given.workspace, given.texts, "a queue", lambda record: finding.words_of(given.texts[record.path])
    )
    brief.markdown(given.workspace, decisions, ROOT)
    brief.data(given.workspace, decisions, ROOT, len(decisions), len)


def _index(given: Fixture) -> None:
    for index in given.workspace.indexes.values():
        update.update(given.workspace, index)
        update.pruning(given.workspace, index)
        update.bump(index, TODAY)
        list(actions.index_restylings(given.workspace, index.path))


def _site(given: Fixture) -> None:
    paths = tuple(given.workspace.records)
    if paths:
        pages.folder(Book(given.workspace, paths, "Decisions"), pages.Parts("", "", "", ""))


FEATURES: Mapping[str, Callable[[Fixture], None]] = MappingProxyType(
    {
        "check": _check,
        "hover": partial(_at_each, hover.hover),
        "completion": partial(_at_each, completion.completion),
        "goto": partial(_at_each, _goto),
        "selection": partial(_at_each, _select),
        "outline": _outline,
        "actions": _act,
        "fix": _fix,
        "rename": partial(_at_each, _rename),
        "retitle": _retitle,
        "list": _list,
        "context": _context,
        "index": _index,
        "site": _site,
    }
)
