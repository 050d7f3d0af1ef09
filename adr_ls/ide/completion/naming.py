"""How a record is named where it is completed: as the place has it, be that prose, a field, or an index with its own kind of links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from adr_ls.ide.completion.place import Place
from adr_ls.index.customs import Customs
from adr_ls.index.write import Writer
from adr_ls.log.index import Entry
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import link_form
from adr_ls.record.mentions import BARE, Mention, names_in
from adr_ls.syntax.text import Span
from adr_ls.write import editing

Naming = Callable[[Facts], str | None]
"""How a record is written; None for one that cannot be written so, as the text would not lead to it."""


def link(place: Place) -> Naming:
    """A whole link."""
    entry = _as_entries(place)
    if entry is not None:
        return lambda record: "[{}]({})".format(*entry(record))
    return partial(editing.link, place.record.path, log=place.log)


def label(place: Place) -> Naming:
    """What stands between the brackets of a link."""
    entry = _as_entries(place)
    if entry is not None:
        return lambda record: entry(record)[0]
    return partial(editing.link_text, log=place.log)


def address(place: Place) -> Naming:
    """Where a link leads."""
    entry = _as_entries(place)
    if entry is not None:
        return lambda record: entry(record)[1]
    dotted = place.house.link_path.form == "./"
    return lambda record: editing.relative(place.record.path, record.path, dotted=dotted)


def plain_address(place: Place) -> Naming:
    """The same without ``./``, as it is written there already."""
    return lambda record: editing.relative(place.record.path, record.path)


def mention(place: Place) -> Naming:
    """A reference in running text, as most here are: a link, or bare."""
    is_index = _as_entries(place) is not None
    return link(place) if is_index or place.house.mention.form == "link" else bare(place)


def bare(place: Place) -> Naming:
    """A name in prose that is no link; only of records to which it leads from here."""

    def named(record: Facts) -> str | None:
        text = editing.called(record, place.log)
        return text if record.number is not None and leads(place, text, record) else None

    return named


def like(place: Place, other: Mention | None) -> Naming:
    """A link in the form of another one in the file; as others here are where that is none."""
    form = link_form(other, place.record.text) if other is not None else None
    if form is None:
        return link(place)

    def named(record: Facts) -> str:
        text = editing.worded_link(record, form.text, place.house)
        return f"[{text}]({editing.relative(place.record.path, record.path, dotted=form.path == './')})"

    return named


def leads_in_front(place: Place, text: str, record: Facts) -> bool:
    """Whether a name in front matter, which is no Markdown, means that record."""
    found = next(names_in(text, Span(0, len(text))), None)
    return found is not None and place.workspace.names.resolve(place.record.path, found).path == record.path


def leads(place: Place, text: str, record: Facts) -> bool:
    """Whether a bare name means that record where it is written."""
    found = BARE.fullmatch(text)
    if found is None:
        return False
    series = found["series"] or "ADR"
    mention = Mention(Span(0, len(text)), "bare", series, int(found["digits"]), found["digits"])
    return place.workspace.names.resolve(place.record.path, mention).path == record.path


def _as_entries(place: Place) -> Callable[[Facts], tuple[str, str]] | None:
    """What gives the text and the address of a link as the entries of this index have them; None in any other file.

    The model is the entry above, else the first; rather one whose number has as many digits, as it tells how such are written.
    """
    index, records = place.cursor.index, place.workspace.records
    if index is None or not index.page.is_markdown:
        return None
    others = tuple(entry for entry in index.entries if place.cursor.offset not in entry.own)
    linked = [entry for entry in others if entry.path in records and entry.mention.link is not None]
    if not linked:
        return None
    above = [entry for entry in reversed(linked) if entry.span.end <= place.line.start]
    models: dict[int, Entry] = {}
    for entry in (*above, *linked):
        models.setdefault(_digits(records[entry.path or ""]), entry)
    usual = (*above, *linked)[0]
    writer = place.workspace.derived(_writer, index.path)
    if len(others) < len(index.entries):
        # What is half typed is no way of calling a record
        rest = replace(index, entries=others)
        writer = Writer(Customs(place.workspace, rest))
    return lambda record: writer.link(models.get(_digits(record), usual), record)


def _digits(record: Facts) -> int:
    return 0 if record.number is None else len(str(record.number))


def _writer(workspace: Workspace, path: str) -> Writer:
    return Writer(Customs(workspace, workspace.indexes[path]))
