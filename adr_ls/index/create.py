"""A first index for a log that has none: bullets, nested bullets or a table, in the words and links of its house."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from typing import Literal

from adr_ls.index.customs import as_markdown, own_word, title_of
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record import summary
from adr_ls.record.facts import Facts
from adr_ls.syntax.change import Change, NewFile
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.write import editing

Style = Literal["bullets", "nested", "table"]
STYLES: tuple[Style, ...] = ("bullets", "nested", "table")
TITLE = "List the records here"
"""What creating an index is called."""
HEADING = "Architecture Decision Records"
NAMES = ("README.md", "index.md")
"""Where an index is put: in the first of these that is there, else in a new file of the first name."""


WIDEST = 120
"""The width in characters up to which a column's cells are filled up with blanks."""


def place(workspace: Workspace, log: Log) -> str:
    """The path of the page that an index of a log belongs into."""
    paths = [posixpath.join(log.directory, name) for name in NAMES]
    return next((path for path in paths if path in workspace.pages), paths[0])


def style_of(workspace: Workspace) -> Style:
    """The style that the indexes of the other logs have; bullets where there are none."""
    for index in workspace.indexes.values():
        if index.entries and index.page.is_markdown:
            first = index.entries[0]
            return "table" if first.kind == "row" else "nested" if first.fields else "bullets"
    return "bullets"


def create(workspace: Workspace, log: Log, style: Style) -> Change:
    """A new index, on a page of its own or at the end of what its page says already."""
    path = place(workspace, log)
    page = workspace.file(path)
    text = page.text if page is not None else ""
    newline = line_end(text)
    listed = newline.join(lines(workspace, log, path, style))
    at = len(text.rstrip())
    head = f"{newline * 2}## Records" if at else f"# {HEADING}"
    added = f"{head}{newline * 2}{listed}{newline}"
    if page is None:
        return Change(TITLE, created=(NewFile(path, added),))
    return Change.of(TITLE, path, [Edit(Span(at, len(text)), added)])


def lines(workspace: Workspace, log: Log, path: str, style: Style) -> list[str]:
    """The lines of a list of all the records of a log, for the page at that path."""
    return _FORMS[style](workspace, log, path, list(log.records.values()))


def _bullets(_: Workspace, log: Log, path: str, records: Sequence[Facts]) -> list[str]:
    return [f"- {_link(log, path, record)}" for record in records]


def _nested(workspace: Workspace, log: Log, path: str, records: Sequence[Facts]) -> list[str]:
    found: list[str] = []
    for record in records:
        found += ["", f"- {_link(log, path, record)}"] if found else [f"- {_link(log, path, record)}"]
        said = (("Status", status_of(workspace, record)), ("Summary", summary_of(workspace, record)))
        found += [f"  - **{key}**: {value}" for key, value in said if value]
    return found


def _table(workspace: Workspace, log: Log, path: str, records: Sequence[Facts]) -> list[str]:
    rows = [(_link(log, path, record), status_of(workspace, record), workspace.date(record) or "") for record in records]
    table = [("ADR", "Status", "Date"), *rows]
    return aligned([[re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in row] for row in table])


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, its columns of one width but for those of long texts; the first row is its head."""
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    widths = [width if width <= WIDEST else len(table[0][column]) for column, width in enumerate(widths)]
    cells = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in table]
    rule = ["-" * max(3, width) for width in widths]
    return [f"| {' | '.join(row)} |" for row in (cells[0], rule, *cells[1:])]


_FORMS: dict[Style, Callable[[Workspace, Log, str, Sequence[Facts]], list[str]]] = {
    "bullets": _bullets,
    "nested": _nested,
    "table": _table,
}


def _link(log: Log, path: str, record: Facts) -> str:
    """A link with number and title, pointed as the log points its links."""
    dotted = log.house.link_path.form == "./"
    title = title_of(record)
    label = f"{record.id}: {title}" if record.number is not None else title
    return f"[{label}]({editing.relative(path, record.path, dotted=dotted)})"


def summary_of(workspace: Workspace, record: Facts) -> str:
    """A record in one line of Markdown; empty where it cannot be read."""
    whole = workspace.file(record.path)
    return as_markdown(summary.summary(whole)) if whole is not None else ""


def status_of(workspace: Workspace, record: Facts) -> str:
    """A record's status as a new index states it, as Markdown; empty where it states none."""
    status = workspace.status(record)
    return as_markdown(own_word(status.word, status.spelled, status.text)) if status else ""
