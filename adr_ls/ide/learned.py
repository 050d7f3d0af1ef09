"""What was learned of a log's house style, and from what: for people who wonder why a rule says what it says."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from adr_ls.log.log import Log
from adr_ls.log.style import Style
from adr_ls.log.workspace import Workspace

PLACES = {
    "front-matter": "in the front matter",
    "bold-line": "in a bold line below the title",
    "plain-line": "in a line of its own below the title",
    "bullet": "in a list below the title",
    "table": "in a table below the title",
    "section": "in a section of its own",
    "heading": "in a heading",
}
"""Where metadata stands, in words."""


@dataclass(frozen=True)
class Lesson:
    """One thing that was learned: what about, what it is, and from what."""

    about: str
    said: str
    evidence: str = ""


def lessons(workspace: Workspace, log: Log) -> Iterator[Lesson]:
    """Everything that rules, fixes and completion take from the log, in the order in which a record has it."""
    house = log.house
    yield Lesson("Records", f"{house.size}, written mostly in the “{log.dialect}” dialect")
    if log.templates:
        names = ", ".join(posixpath.basename(template.path) for template in log.templates)
        yield Lesson("Template", names)
    for index in workspace.indexes_of(log):
        lacking = sum(path not in index.by_record for path in log.records)
        listed = house.size - lacking
        yield Lesson("Index", posixpath.relpath(index.path, log.directory), f"lists {listed} of {house.size} records")
    yield from _style("File names", house.file_name)
    yield from _style("Titles", house.title, {"plain": "without a number"})
    if house.status_place:
        yield Lesson("Status", PLACES.get(house.status_place, house.status_place), _share(house.statuses))
    if house.vocabulary:
        used = Counter(workspace.canonical(record) for record in log.records.values())
        seen = ", ".join(f"{count} {state}" for state, count in used.most_common() if state != "none")
        yield Lesson("Statuses", ", ".join(house.vocabulary), ("documented; " if house.documented else "") + f"in use: {seen}")
    yield from _style(
        "Dates", house.date_form, {"iso": "as YYYY-MM-DD", "numeric": "in numbers", "written": "with the month in letters"}
    )
    for section in house.sections:
        yield Lesson("Section", f"{'#' * section.level} {section.name}", section.evidence)
    yield from _style("References", house.mention, {"link": "as links", "bare": "bare, without a link"})
    yield from _style("Link texts", house.link_text, {"id": "number", "id title": "number and title", "title": "title"})
    yield from _style("Link paths", house.link_path, {"": "plain", "./": "with ./"})


def _style(about: str, style: Style, words: dict[str, str] | None = None) -> Iterator[Lesson]:
    if style.of:
        yield Lesson(about, (words or {}).get(style.form, style.form), _share(style))


def _share(style: Style) -> str:
    return f"{style.having} of {style.of}"
