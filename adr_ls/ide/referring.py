"""Code actions on references: made a link, written as the others are, given the record that they miss."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_ls.ide.actions import Action, Order
from adr_ls.ide.target import Cursor, ReferenceTarget, target
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import BARE, Mention
from adr_ls.record.record import Record
from adr_ls.rules.model import called
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.similar import distance
from adr_ls.write import creation, editing

REWRITE = "refactor.rewrite"
"""The kind of the actions that write references otherwise."""
NEAREST = 2
"""How many records are offered in place of an unknown one, at most."""


def rewritings(workspace: Workspace, file: Record, span: Span) -> Iterator[Action]:
    """For a reference at the selection: made a link where it is none, and all of the file written as the house writes its own."""
    found = target(Cursor(workspace, file, span.start))
    log = workspace.log_of(file.path)
    if not isinstance(found, ReferenceTarget) or log is None or len(found.records) != 1 or not span.end <= found.span.end:
        return
    if _is_prose(file, found.mention) and found.resolution.kind == "record":
        edit = _linked(file, found.mention, found.records[0], log)
        yield _written(f"Make this a link to {called(found.records[0])}", file, edit)
    if file.path not in workspace.indexes:
        edits = tuple(_alike(workspace, file, log))
        model = edits[0].text if edits else ""
        if len(edits) > 1 or (edits and edits[0].span != found.span):
            count = "1 reference" if len(edits) == 1 else f"{len(edits)} references"
            yield _written(f"Write {count} here like {model}", file, *edits)


def _written(title: str, file: Record, *edits: Edit, kind: str = REWRITE) -> Action:
    return Action(title, kind, Change.of(title, file.path, edits))


def _linked(file: Record, mention: Mention, record: Known, log: Log) -> Edit:
    """A reference in prose as a link with the words that it has."""
    path = editing.relative(file.path, record.path, dotted=log.house.link_path.form == "./")
    return Edit(mention.span, f"[{mention.span.of(file.text)}]({path})")


def _is_prose(file: Record, mention: Mention) -> bool:
    """Whether a reference is one of words alone, where Markdown takes a link."""
    title = file.heading.span if file.heading else Span(0, 0)
    at = mention.span.start
    is_text = at >= file.document.start and file.document.kind_at(at) == "text"
    return mention.form == "bare" and is_text and not title.covers(mention.span)


def _alike(workspace: Workspace, file: Record, log: Log) -> Iterator[Edit]:
    """The edits by which a file's references to records are written as the log writes most: as links, or as the ids alone.

    A link stays one, but for the way in which its words give the number.
    """
    for mention, resolution in workspace.resolved(file).items():
        record = workspace.records.get(resolution.path or "")
        if resolution.kind != "record" or record is None or len(resolution.paths) != 1 or record.path == file.path:
            continue
        if _is_prose(file, mention):
            edit = (
                _linked(file, mention, record, log)
                if log.house.mention.form == "link"
                else Edit(mention.span, record.id)
                if _counts_alone(file, mention)
                else None
            )
        elif mention.link is not None and mention.link.kind == "inline" and BARE.fullmatch(mention.link.text.of(file.text)):
            edit = Edit(mention.link.text, record.id)
        else:
            edit = None
        if edit is not None and edit.span.of(file.text) != edit.text:
            yield edit


def _counts_alone(file: Record, mention: Mention) -> bool:
    """Whether a reference has all of its words for itself, unlike the two of ``ADRs 1 and 2``."""
    whole = BARE.fullmatch(mention.span.of(file.text))
    return whole is not None and not whole["many"]


# Records that there are not

EXTRACT = "refactor.extract"
"""The kind of the action that makes a record out of a selection."""
SHORTEST, LONGEST = 8, 120
"""How many characters a selection has that may be a title."""


def from_selection(workspace: Workspace, file: Record, span: Span) -> Iterator[Action]:
    """A new record, with the words that are selected in a record or a page beside the records for its title."""
    selected = span.of(file.text).strip()
    if workspace.log_of(file.path) is None or not SHORTEST <= len(selected) <= LONGEST or "\n" in selected or "\r" in selected:
        return
    at = span.start + len(span.of(file.text)) - len(span.of(file.text).lstrip())
    if at < file.document.start or file.document.kind_at(at) != "text":
        return
    title = file.document.plain(Span(at, at + len(selected))).strip(" .,;:!?*_-–—")
    if len(re.findall(r"[^\W\d_]{2,}", title)) >= 2:
        arguments = {"title": title[:1].upper() + title[1:], "uri": file.path, "ask": True}
        name = f"New ADR “{arguments['title']}”…"
        yield Action(name, EXTRACT, Change(name), order=Order(creation.COMMAND, arguments))


def remedies(workspace: Workspace, file: Record, span: Span, today: str) -> Iterator[Action]:
    """For a reference at the selection to a record that does not exist: the nearest one, and the record made."""
    found = target(Cursor(workspace, file, span.start))
    if not isinstance(found, ReferenceTarget):
        return
    if found.resolution.kind == "broken" and found.mention.path:
        yield from _of_path(workspace, file, found.mention, today)
    log = workspace.log_of(file.path)
    if found.resolution.kind == "unknown" and log is not None and found.mention.number is not None:
        for record in _nearest(log, file, found.mention):
            edit = editing.rename_mention(file, found.mention, record)
            yield _written(f"Change to {called(record)}", file, edit, kind="quickfix")
        yield from _of_number(workspace, log, file, found.mention)


def _nearest(log: Log, file: Record, mention: Mention) -> list[Facts]:
    """The records whose numbers are a slip away from that of a mention: two digits changed places, one is another, missing or too much."""
    written, series = str(mention.number), mention.series.casefold()
    alike = [
        record
        for record in log.records.values()
        if record.path != file.path
        and record.number is not None
        and (not series or series in (record.series.casefold(), *filename.PLAIN_PREFIXES))
    ]
    turned = [record for record in alike if sorted(str(record.number)) == sorted(written)]
    near = turned or [record for record in alike if distance(written, str(record.number)) == 1]
    return sorted(near, key=lambda record: abs((record.number or 0) - (mention.number or 0)))[:NEAREST]


def _of_number(workspace: Workspace, log: Log, file: Record, mention: Mention) -> Iterator[Action]:
    """The record of that number, made; people who are asked give it its title."""
    number = mention.number or 0
    if not log.by_number or workspace.log_of(file.path) is not log:
        return
    try:
        made = creation.create(workspace, log, creation.working_title(log, number), workspace.today, number=number)
    except creation.CreationError:
        return
    arguments = {"title": made.record.title or "", "uri": file.path, "number": number, "ask": True}
    title = f"Create {made.record.id}…"
    yield Action(title, "quickfix", Change(title), order=Order(creation.COMMAND, arguments))


def _of_path(workspace: Workspace, file: Record, mention: Mention, today: str) -> Iterator[Action]:
    """The record that a link names by its file, made from the link's words."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), mention.path or ""))
    log = next((log for log in workspace.logs if log.directory == posixpath.dirname(path)), None)
    name = filename.name_of(path)
    if log is None or not path.endswith(filename.SUFFIXES) or not name.slug or not (name.number is not None or name.date):
        return
    if any(record.number == name.number for record in log.records.values() if name.number is not None):
        return  # the link means a record that there is, under another name
    label = file.document.plain(mention.link.text) if mention.link else ""
    words = filename.parse_title(label, name).text
    title = words if re.search(r"[^\W\d]{3}", words) and mention.number is None else ""
    title = title or re.sub(r"[-_ ]+", " ", name.slug[:1].upper() + name.slug[1:]).strip()
    try:
        made = creation.create(workspace, log, title, today, path=path)
    except creation.CreationError:
        return
    arguments = {"title": made.record.title or "", "file": made.record.path}
    yield Action(made.change.title, "quickfix", made.change, order=Order(creation.COMMAND, arguments))
