"""Keeping an index: the edits that bring a hand-made list of records up to date without changing its shape.

A new entry is a clone of its neighbour: bullet, indent, link form, separators, nested lines, column widths. An entry's status follows its
record; titles, summaries and notes are people's own words and stay as they are. Running it on its own result changes nothing.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adr_ls import editing, naming, summary
from adr_ls.index import Entry, Index
from adr_ls.languages import STATUS_MARKS, Relation, fold
from adr_ls.markdown import Block
from adr_ls.metadata import Field
from adr_ls.record import Record
from adr_ls.status import MISSPELLED, leading_word, read
from adr_ls.text import Edit, Span, line_end
from adr_ls.workspace import Workspace

_FORMER: tuple[Relation, ...] = ("supersedes", "amends")

SORTED = 0.8
"""The share of neighbouring entries in order from which on a list counts as sorted, its exceptions as slips."""


ALIGNED = 0.6
"""The share of a column's cells of the same width from which on a new one is given that width too."""


def missing(workspace: Workspace, index: Index) -> tuple[Record, ...]:
    """The records of the index's logs that it does not list, in order."""
    return tuple(
        record
        for log in workspace.logs
        if log.directory in index.logs
        for record in log.records.values()
        if not index.lists(record.path)
    )


@dataclass(frozen=True)
class Stale:
    """An entry that disagrees with its record: where, and what should stand there."""

    entry: Entry
    record: Record
    edit: Edit
    said: str
    now: str


def stale(workspace: Workspace, index: Index) -> tuple[Stale, ...]:
    """The entries whose status is not the one of their record, where both are understood."""
    found = []
    for entry in index.entries:
        record = workspace.records.get(entry.path or "")
        field = entry.status
        if record is None or field is None or not field.value:
            continue
        said, now = read(_visible(index, field)), workspace.canonical(record)
        if said.canonical in ("other", "none", now) or now in ("other", "none") or said.choices or said.partial:
            continue
        word = status_words(workspace, record)
        found.append(Stale(entry, record, Edit(_status_span(index, field), _in_case(word, field.value)), field.value, word))
    return tuple(found)


def dead(index: Index) -> tuple[Entry, ...]:
    """The entries that lead to no record."""
    return tuple(entry for entry in index.entries if entry.is_dead)


def update(workspace: Workspace, index: Index, only: Iterable[Record] | None = None) -> tuple[Edit, ...]:
    """The edits of the index page that list what is missing and refresh what is stale; of `only` these records if given."""
    chosen = None if only is None else {record.path for record in only}
    edits = [found.edit for found in stale(workspace, index) if chosen is None or found.record.path in chosen]
    wanted = [record for record in missing(workspace, index) if chosen is None or record.path in chosen]
    return tuple(edits + _insertions(workspace, index, wanted))


def status_words(workspace: Workspace, record: Record) -> str:
    """A record's status as an index states it: its word alone, as the record spells it if it spells it right."""
    status = workspace.status(record)
    if status is None:
        return ""
    if status.word in MISSPELLED:
        return MISSPELLED[status.word].capitalize()
    return status.spelled or status.word.capitalize() or status.text


def _in_case(word: str, like: str) -> str:
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    return word[:1].lower() + word[1:] if letters and letters[0].islower() else word[:1].upper() + word[1:]


_STRUCK = re.compile(r"~~.*?~~")


def _visible(index: Index, field: Field) -> str:
    """A status as readers take it: without what is struck out."""
    if _STRUCK.search(field.value):
        return _STRUCK.sub("", field.value)
    return index.page.document.plain(field.value_span) if field.place != "plain-line" else field.value


def _status_span(index: Index, field: Field) -> Span:
    """The word of a status within its value, so that marks and notes around it stay."""
    text = index.page.text
    lead = re.match(r"(?:[^\w~]*~~.*?~~)*[^\w]*", field.value)
    at = lead.end() if lead else 0
    folded = leading_word(fold(field.value[at:]))
    start = field.value_span.start + at
    if folded:
        count = folded.count(" ") + 1
        words = list(re.finditer(r"[\w'’]+", text[start : field.value_span.end]))[:count]
        if words:
            return Span(start + words[0].start(), start + words[-1].end())
    return field.value_span


def _insertions(workspace: Workspace, index: Index, records: Sequence[Record]) -> list[Edit]:
    """One insertion for each place that gains entries, the entries in order."""
    placed: dict[tuple[int, bool], list[tuple[Record, Entry]]] = {}
    for record in records:
        spot = _spot(workspace, index, record)
        if spot is not None:
            neighbour, behind = spot
            placed.setdefault((neighbour.span.start, behind), []).append((record, neighbour))
    edits = []
    newline = line_end(index.page.text)
    for (_, behind), group in placed.items():
        neighbour = group[0][1]
        gap = _gap(index, neighbour)
        start, end = _lines_of(index.page, neighbour)
        clones = [
            _numbered(index, neighbour, _clone(workspace, index, _model(workspace, index, near), record), place + behind)
            for place, (record, near) in enumerate(group)
        ]
        if behind:
            edits.append(Edit(Span(end, end), "".join(f"{newline}{gap}{clone}" for clone in clones)))
        else:
            edits.append(Edit(Span(start, start), "".join(f"{clone}{newline}{gap}" for clone in clones)))
    return edits


_ORDINAL = re.compile(r"[ \t]*(?P<number>\d+)(?=[.)][ \t])")


def _numbered(index: Index, neighbour: Entry, clone: str, further: int) -> str:
    """The text of an item of a numbered list with its number: so many further than the neighbour's, where the list counts at all."""
    page = index.page
    numbers = [
        match["number"]
        for item in neighbour.group.children
        if item.kind == "list_item"
        and (match := _ORDINAL.match(page.text, page.lines.starts[page.lines.line_at(item.span.start)]))
    ]
    own, here = _ORDINAL.match(clone), _ORDINAL.match(page.text, _lines_of(page, neighbour).start)
    if neighbour.kind != "item" or own is None or here is None or len(set(numbers)) < min(2, len(numbers)):
        return clone
    return clone[: own.start("number")] + str(int(here["number"]) + further) + clone[own.end("number") :]


def _spot(workspace: Workspace, index: Index, record: Record) -> tuple[Entry, bool] | None:
    """The entry next to which a record belongs, and whether behind it; None where the index has none of its log."""
    log = workspace.log_of(record.path)
    mine = [
        entry
        for entry in index.entries
        if entry.path and (own := workspace.log_of(entry.path)) and log and own.directory == log.directory
    ]
    if not mine:
        return None
    mine = _in_category(workspace, record, mine) or mine
    ordered = [(entry, _key(workspace.records[entry.path])) for entry in mine if entry.path]
    key = _key(record)
    lower = [pair for pair in ordered if pair[1] < key]
    home = (max(lower, key=lambda pair: pair[1]) if lower else min(ordered, key=lambda pair: pair[1]))[0].group
    within = [(entry, other) for entry, other in ordered if entry.group is home]
    keys = [other for _, other in within]
    steps = [one < other for one, other in itertools.pairwise(keys)]
    if steps and sum(steps) < len(steps) * (1 - SORTED):
        above = [pair for pair in within if pair[1] > key]
        return (min(above, key=lambda pair: pair[1])[0], True) if above else (within[0][0], False)
    if not steps or sum(steps) >= len(steps) * SORTED:
        below = [pair for pair in within if pair[1] < key]
        return (max(below, key=lambda pair: pair[1])[0], True) if below else (within[0][0], False)
    return within[-1][0], True


def _key(record: Record) -> tuple[str, int, str]:
    return (record.series, record.number, "") if record.number is not None else ("~", 0, record.name.stem)


def _in_category(workspace: Workspace, record: Record, entries: list[Entry]) -> list[Entry]:
    """The entries under the heading that the record belongs under; none where nothing tells which.

    That is its status where the headings are statuses, else its own category, or the place of the record that it replaces.
    """
    headings = {entry.category.heading.span.start: entry.category for entry in entries if entry.category}
    if len(headings) < 2:
        return []
    states = {at: read(section.name).canonical for at, section in headings.items()}
    if sum(state not in ("other", "none") for state in states.values()) >= 2:
        wanted = workspace.canonical(record)
        fitting = [at for at, state in states.items() if state == wanted]
    else:
        field = record.field("category") or record.field("tags")
        words = {fold(word) for word in re.split(r"[,;]", record.plain(field))} if field else set()
        fitting = [at for at, section in headings.items() if fold(section.name) in words]
        if not fitting:
            # What replaces a record is about the same matter
            former = {other.path for relation in _FORMER for other in workspace.related(record, relation)}
            fitting = [entry.category.heading.span.start for entry in entries if entry.path in former and entry.category]
    return [entry for entry in entries if entry.category and entry.category.heading.span.start in fitting]


def _lines_of(page: Record, entry: Entry) -> Span:
    """The entry's whole lines, without the last line end."""
    first = page.lines.line_at(entry.span.start)
    last = page.lines.line_at(max(entry.span.start, entry.span.end - 1))
    return Span(page.lines.starts[first], page.lines.ends[last])


def _gap(index: Index, entry: Entry) -> str:
    """What stands between two entries beyond the line end: the blank lines of a loose list, of another list where this one has one entry."""
    if entry.kind == "row":
        return ""
    page = index.page
    groups = [entry.group, *(other.group for other in index.entries if other.group is not entry.group and other.kind == "item")]
    for group in groups:
        for one, other in itertools.pairwise(group.children):
            between = page.text[_end_of(page, one) : page.lines.starts[page.lines.line_at(other.span.start)]]
            if not between.strip():
                return line_end(page.text) * max(0, len(re.findall(r"\r\n|\n|\r", between)) - 1)
    return ""


def _end_of(page: Record, block: Block) -> int:
    return page.lines.ends[page.lines.line_at(max(block.span.start, block.span.end - 1))]


def _model(workspace: Workspace, index: Index, near: Entry) -> Entry:
    """The entry to clone: the nearest one whose record has the plainest status, so that no "superseded by" is copied."""
    siblings = [
        (at, entry)
        for at, entry in enumerate(index.entries)
        if entry is near or (entry.group is near.group and entry.path and entry.mention.link is not None)
    ]
    position = next(at for at, entry in siblings if entry is near)
    plain = [
        (at, entry)
        for at, entry in siblings
        if (record := workspace.records.get(entry.path or "")) and workspace.canonical(record) != "superseded"
    ]
    return min(plain or siblings, key=lambda pair: abs(pair[0] - position))[1]


def _clone(workspace: Workspace, index: Index, model: Entry, record: Record) -> str:
    """The text of an entry for `record` in the words and form of `model`, without the last line end."""
    page = index.page
    lines = _lines_of(page, model)
    neighbour = workspace.records.get(model.path or "")
    edits: list[Edit] = []
    link = model.mention.link
    behind = link.span.end if link else model.mention.span.end
    if link is not None:
        label = _label(link.text.of(page.text), neighbour, record)
        if link.kind in ("inline", "autolink") or link.definition is None:
            edits += [Edit(link.text, label), Edit(link.target, _target(index, model, record))]
        else:
            edits.append(Edit(link.span, f"[{label}]({_target(index, model, record)})"))
    else:
        edits.append(editing.rename_mention(page, model.mention, record))
    if model.kind == "row":
        edits += _cells(workspace, index, model, neighbour, record, behind)
        escaped = [Edit(span, _PIPE.sub(r"\\|", new)) for span, new in edits]
        return _aligned(page, model.group, _apply(page.text, lines, escaped))
    edits += _line(workspace, index, model, neighbour, record, behind)
    return _apply(page.text, lines, edits)


def _apply(text: str, within: Span, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    done = within.start
    for span, new in sorted(edits, key=lambda edit: edit.span):
        if span.start < done or span.end > within.end:
            continue  # an inner part of something already replaced
        parts += text[done : span.start], new
        done = span.end
    return "".join([*parts, text[done : within.end]])


def _label(label: str, neighbour: Record | None, record: Record) -> str:
    """A link text like `label`, which names `neighbour`, for `record`."""
    title = (record.title or record.id).replace("[", "\\[").replace("]", "\\]")
    code = re.fullmatch(r"(?P<mark>[*_`]+)(?P<inner>.*?)(?P=mark)", label)
    if code:
        return code["mark"] + _label(code["inner"], neighbour, record) + code["mark"]
    parsed = naming.parse_title(
        label,
        neighbour.name if neighbour else None,
        frozenset({neighbour.name.prefix.casefold()} if neighbour and neighbour.name.prefix else ()),
    )
    if parsed.number is not None and record.number is not None:
        start = label.index(parsed.digits)
        head = label[:start] + f"{record.number:0{len(parsed.digits)}}" + label[start + len(parsed.digits) : parsed.start]
        return head + title if parsed.text else head
    date = re.match(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)", label)
    if date and record.name.date and label[date.end() :].strip():
        rest = re.match(r"[\s:–—-]*", label[date.end() :])
        return record.name.date.replace("-", date[2]) + (rest[0] if rest else " ") + title
    if neighbour is not None and label in (posixpath.basename(neighbour.path), neighbour.name.stem):
        return posixpath.basename(record.path) if label != neighbour.name.stem else record.name.stem
    return title


def _target(index: Index, model: Entry, record: Record) -> str:
    """The link to `record` as the index writes its links: from where, with or without ``./`` and ending, to a file or a directory."""
    written = model.mention.path or ""
    page = index.page
    if written.startswith("/"):
        path = model.path or ""
        root = path[: -len(written)] if path.endswith(written) else ""
        return (
            record.path[len(root) :]
            if root and record.path.startswith(root + "/")
            else editing.relative(page.path, record.path)
        )
    target = editing.relative(page.path, record.path, dotted=written.startswith("./"))
    if record.name.own_directory and not written.casefold().endswith(naming.SUFFIXES):
        directory = target.rsplit("/", 1)[0]
        return directory + "/" if written.endswith("/") else directory
    if (
        not written.casefold().endswith(naming.SUFFIXES)
        and not record.name.own_directory
        and model.path
        and not written.endswith("/")
    ):
        return naming.strip_suffix(target)
    return target


def _line(
    workspace: Workspace, index: Index, model: Entry, neighbour: Record | None, record: Record, behind: int
) -> list[Edit]:
    """The edits of a list item beyond its reference: nested fields, and what stands before and behind the reference."""
    page, values = index.page, _values(workspace, record)
    edits: list[Edit] = []
    suffix = next((field for field in model.fields if field.place == "plain-line" and not field.key), None)
    kept = set()
    for field in model.fields:
        value = values.get(field.role or "")
        if field is not suffix and value:
            kept.add(page.lines.line_at(field.span.start))
            edits.append(Edit(_inner(field), _in_case(value, field.value) if field.role == "status" else value))
    first, last = page.lines.line_at(model.span.start), page.lines.line_at(max(model.span.start, model.span.end - 1))
    for line in range(first + 1, last + 1):
        span = Span(page.lines.ends[line - 1], page.lines.ends[line])
        if line not in kept and (span.of(page.text).strip() or line <= page.lines.line_at(model.own.end)):
            edits.append(Edit(span, ""))  # the neighbour's own words
    rest = Span(behind, page.lines.ends[first])
    if suffix is not None and values["status"]:
        word = _status_span(index, suffix)
        note = Span(word.end, rest.end)
        trailing = re.match(r"[)\]*_`.\s]*", note.of(page.text))
        edits.append(Edit(word, _in_case(values["status"], suffix.value)))
        edits.append(Edit(note, trailing[0].rstrip() if trailing else ""))
    elif suffix is not None:
        edits.append(Edit(rest, ""))
    elif rest.of(page.text).strip():
        link = model.mention.link
        titled = link is None or bool(re.fullmatch(r"\W*[A-Za-z-]*[- #]*\d+\W*", link.text.of(page.text)))
        edits += _description(page, rest, neighbour, record, titled=titled)
    lead = Span(model.own.start, model.mention.span.start)
    mark = next((m for m in STATUS_MARKS if m in lead.of(page.text)), None)
    if mark is not None:
        edits += _mark(workspace, index, lead, mark, record)
    return edits


def _values(workspace: Workspace, record: Record) -> dict[str, str]:
    """What an entry can say of a record, by role."""
    date = workspace.date(record) or ""
    values = {
        "status": status_words(workspace, record),
        "date": date,
        "summary": summary.summary(record),
        "title": record.title or record.id,
        "id": record.id,
    }
    for role in ("deciders", "author", "tags", "category"):
        field = record.field(role)
        values[role] = record.plain(field) if field else ""
    return values


def _inner(field: Field) -> Span:
    """The part of a field's value that a new value replaces: inside bold or code marks, all of it otherwise."""
    match = re.fullmatch(r"(?P<mark>\*\*|__|`|\*|_)(?P<inner>.+?)(?P=mark)", field.value)
    return (
        Span(field.value_span.start + match.start("inner"), field.value_span.start + match.end("inner"))
        if match
        else field.value_span
    )


def _description(page: Record, rest: Span, neighbour: Record | None, record: Record, *, titled: bool = False) -> list[Edit]:
    """What follows the link on its line: the title, where the link has only the number (`titled`), or a description."""
    text = rest.of(page.text)
    separator = re.match(r"[*_`]*[\s]*(?:[-–—:·|]+|\()?[\s]*", text)
    start = rest.start + (separator.end() if separator else 0)
    words = page.text[start : rest.end].rstrip()
    tail = re.search(r"[)\]*_`]*$", words)
    end = start + len(words) - (len(tail[0]) if tail else 0)
    said = page.text[start:end]
    if said.strip() and (titled or (neighbour is not None and summary.same_words(said, neighbour.title or ""))):
        return [Edit(Span(start, end), record.title or record.id)]
    if not said.strip() or (not titled and separator and not separator[0].strip(" *_`")):
        return [Edit(rest, "")]
    return [Edit(Span(start, end), summary.summary(record))]


def _mark(workspace: Workspace, index: Index, lead: Span, mark: str, record: Record) -> list[Edit]:
    """The picture of the record's status: the one that this index uses for that state elsewhere."""
    page, wanted = index.page, workspace.canonical(record)
    used: Counter[str] = Counter()
    for entry in index.entries:
        other = workspace.records.get(entry.path or "")
        if other is not None and workspace.canonical(other) == wanted:
            before = page.text[entry.own.start : entry.mention.span.start]
            used.update(m + ("\ufe0f" if m + "\ufe0f" in before else "") for m in STATUS_MARKS if m in before)
    new = used.most_common(1)[0][0] if used else next((m for m, state in STATUS_MARKS.items() if state == wanted), mark)
    at = lead.start + lead.of(page.text).index(mark)
    end = at + len(mark) + (page.text[at + len(mark) : at + len(mark) + 1] == "\ufe0f")
    return [Edit(Span(at, end), new)]


def _cells(
    workspace: Workspace, index: Index, model: Entry, neighbour: Record | None, record: Record, behind: int
) -> list[Edit]:
    """The edits of a table row beyond its link: each cell by its column."""
    page, values, edits = index.page, _values(workspace, record), []
    for cell, field in zip(model.block.children, model.fields, strict=False):
        if cell.span.covers(model.mention.span):
            raw = cell.content or cell.span
            rest = Span(behind, max(behind, raw.end))
            if rest.of(page.text).strip() and field.role != "status":
                edits += _description(page, rest, neighbour, record)
            continue
        value = values.get(field.role or "", "") or _by_model(field, neighbour, record)
        if field.role == "status" and value:
            value = _in_case(value, field.value)
        inner = _inner(field)
        marks = page.text[field.value_span.start : inner.start], page.text[inner.end : field.value_span.end]
        edits.append(Edit(field.value_span, value.join(marks) if value else ""))
    return edits


def _by_model(field: Field, neighbour: Record | None, record: Record) -> str:
    """What stands in a cell of a column of no known meaning, by what the neighbour has there: a title, a number, or nothing."""
    if neighbour is not None and summary.same_words(field.value, neighbour.title or "\0"):
        return record.title or ""
    digits = re.fullmatch(r"\W*(?:[A-Za-z-]+[- #]?)?(?P<number>\d+)\W*", field.value)
    if neighbour is not None and record.number is not None and digits:
        number = f"{record.number:0{len(digits['number'])}}"
        return field.value[: digits.start("number")] + number + field.value[digits.end("number") :]
    return (record.title or "") if field.role is None and fold(field.key) in ("decision", "decisions", "adr", "record") else ""


_PIPE = re.compile(r"(?<!\\)\|")


def _aligned(page: Record, table: Block, row: str) -> str:
    """The row with its cells as wide as the table's columns, where they are of one width; else with single blanks behind them."""
    columns = [_PIPE.split(page.lines.span(page.lines.line_at(child.span.start)).of(page.text)) for child in table.children]
    below_head = page.lines.span(page.lines.line_at(table.children[0].span.start) + 1).of(page.text)
    rule = _PIPE.split(below_head)
    cells = _PIPE.split(row)
    for at, cell in enumerate(cells):
        if not cell.strip() and at in (0, len(cells) - 1):
            continue  # before the first pipe, or behind the last
        column = [parts[at] for parts in columns if at < len(parts)]
        width, count = Counter(map(len, column)).most_common(1)[0] if column else (0, 0)
        padded = any(part.endswith("  ") for part in column) or (at < len(rule) and len(rule[at]) == width)
        if padded and count >= ALIGNED * len(column):
            cells[at] = (cell.rstrip() + (" " if cell.endswith(" ") else "")).ljust(width)
        else:
            cells[at] = re.sub(r"[ \t]+$", " ", cell)
    return "|".join(cells)
