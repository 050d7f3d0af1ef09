"""Rules on indexes: what they lack, what they list in vain, and where they disagree with the records."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_ls.index import judge, update
from adr_ls.log import dialects
from adr_ls.log.index import Entry, Index
from adr_ls.log.style import FEW
from adr_ls.log.workspace import Workspace
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.rules.misnamed import is_of_one_cause
from adr_ls.rules.model import LONG, Fix, Found, Place, Rule, Subject, called, index_rule, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.change import FileEdit
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import fold
from adr_ls.write import editing


@index_rule("warning")
def index_missing_entry(subject: Subject) -> Iterator[Found]:
    """The index does not list a record.

    Only a file that lists records already is an index; a README that merely mentions some is not. It is only information where the
    record's title stands there without a link, or in a row or item that is no entry, as among such of decisions that are kept elsewhere,
    where a page outside their folder has all but the record on keeping records that a tool began them with, and where a row of dots
    says that there are more. Where many are not listed, nobody keeps the index, and that is one report: all but the first are information.

    ```md before
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    ```
    ```md after
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    ```
    """
    index = subject.index
    if index is None:
        return
    spot = _heading_of(subject, index.entries[0])
    lacking = judge.missing(subject.workspace, index)
    obstacles = judge.left_out(subject.workspace, index) if lacking else {}
    said = _said_without_links(subject.record) if lacking else ""
    led = _led_by_rows(subject) if lacking else frozenset()
    told = 0
    for record in lacking:
        place = Place(record.path, record.heading.span if record.heading else Span(0, 0), "the record")
        reason = obstacles.get(record.path)
        fixes = () if reason else (_add(subject.workspace, index.path, record, "the index"),)
        why = f" It cannot be added: {reason}." if reason else ""
        if _stands_bare(record, said):
            yield Found(spot, f"{called(record)}, stands in this index without a link.{why}", fixes, (place,), level="info")
            continue
        own = fold(record.title or "") in dialects.OWN and posixpath.dirname(index.path) not in index.logs
        is_known = own or index.goes_on or record.path in led
        level: Level | None = "info" if is_known or (told and len(lacking) > FEW) else None
        told += level is None
        yield Found(spot, f"{called(record)}, is not in this index.{why}", fixes, (place,), level=level)


def _led_by_rows(subject: Subject) -> frozenset[str]:
    """The records that a row or an item of a page names first, be it no entry."""
    lines, seen = subject.record.lines, set[int]()
    found: set[str] = set()
    for mention, resolution in subject.workspace.resolved(subject.record).items():
        line = lines.line_at(mention.span.start)
        if resolution.paths and line not in seen and _ROW.match(lines.span(line).of(subject.record.text)):
            found.update(resolution.paths)
            seen.add(line)
    return frozenset(found)


_ROW = lazy.regex(r"[ \t>]*(?:[-*+|]|\d+[.)])")
"""How a row or an item begins."""


def _said_without_links(page: Record) -> str:
    """The text of a page, folded, with nothing of its links."""
    ends = [page.front.body if page.front else 0, *(link.span.end for link in page.document.links)]
    starts = [*(link.span.start for link in page.document.links), len(page.text)]
    return fold("\n".join(page.text[start:end] for start, end in zip(ends, starts, strict=True)))


def _stands_bare(record: Known, said: str) -> bool:
    """Whether the folded text of an index besides its links has the title of a record somewhere."""
    title = fold(record.title or "")
    return len(title) >= TELLING and " " in title and title in said


TELLING = 10
"""How many characters of a title tell that it is one."""


def _add(workspace: Workspace, index: str, record: Known, name: str) -> Fix:
    return Fix(f"Add {record.id} to {name}", lambda: _updated(workspace, index, record.path), is_late=True)


def _updated(workspace: Workspace, index: str, record: str) -> Iterator[FileEdit]:
    """The edits that bring what an index says of one record up to date."""
    return iter(update.update(workspace, workspace.indexes[index], [workspace.records[record]]).edits)


def _heading_of(subject: Subject, entry: Entry) -> Span:
    """The heading above the first list, where what concerns the whole index is reported."""
    if entry.category is not None:
        section = entry.category
        above = [
            other
            for other in subject.record.sections
            if other.level < section.level and other.body.covers(section.heading.span)
        ]
        return (above[-1] if above else section).heading.span
    return subject.head


@rule("hint")
def not_in_index(subject: Subject) -> Iterator[Found]:
    """The record is not listed in the index of its log.

    The same as index-missing-entry, told where one is while writing the record.

    ```md before
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    ```
    ```md after
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    ```
    """
    workspace, record = subject.workspace, subject.record
    for index in workspace.indexed_by(subject.log.directory):
        standing = workspace.ask(judge.standing, index, record.path)
        if standing is not None and standing.lacking is not None:
            name = posixpath.basename(index)
            yield Found(
                subject.head,
                f"{name} does not list this record yet.",
                () if standing.obstacle else (_add(subject.fixing, index, record, name),),
                (Place(index, standing.lacking, "the index"),),
            )


@index_rule("warning")
def index_dead_entry(subject: Subject) -> Iterator[Found]:
    """An entry of the index leads to no record.

    The record was renamed, moved or deleted. Where one record alone can be meant the link is corrected; an update of the index removes
    no entry by itself. Of several that lead into the same missing folder, or into one from which their files were moved, all but the first
    are information. An entry that is no link is only information, and so is one that lists the template by its title as it stands
    there, with what is to be filled in, as tools do that list whatever lies in the directory.

    ```md before
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgresql.md)
    * [3. Use Rust](0003-use-rust.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    ```
    ```md after
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    ```
    """
    if subject.index is None:
        return
    causes: set[str] = set()
    for entry in judge.dead(subject.index):
        likely = [subject.workspace.records[path] for path in entry.resolution.paths if path in subject.workspace.records]
        fixes = [
            subject.fix(
                f"Link to {record.id}, “{record.title}”",
                editing.retarget(subject.record, entry.mention, record),
                preferred=record.path == entry.meant,
            )
            for record in likely[:3]
            if entry.is_link
        ]
        if entry.differs_in_case:
            base = posixpath.basename(likely[0].path)
            yield Found(entry.mention.name, f"This link differs in case from the file “{base}”.", tuple(fixes))
            continue
        fixes.append(_remove(subject, subject.index, entry))
        # Who lists a record without a link may mean one that is kept elsewhere, or a range of numbers
        path = entry.mention.path if entry.is_link else None
        level: Level | None = "info" if path is None or is_of_one_cause(subject, path, causes, entry.meant or "") else None
        yield Found(entry.mention.name, _led(subject, entry), tuple(fixes), tag="unnecessary", level=level)
    yield from _of_templates(subject)


def _of_templates(subject: Subject) -> Iterator[Found]:
    """The lines of an index that list a template by the title that is to be filled in."""
    page = subject.record
    blank = {
        template.path: template.title
        for template in subject.log.templates
        if template.title and template.title in page.text and dialects.is_blank_title(template.title)
    }
    for mention, resolution in subject.workspace.resolved(page).items() if blank else ():
        title = next((blank[path] for path in resolution.paths[:1] if path in blank), None)
        at = page.lines.line_at(mention.span.start)
        if title is not None and _LISTED.match(line := page.lines.span(at).of(page.text)) and title in line:
            said = f"This lists the template, “{posixpath.basename(resolution.paths[0])}”, which is no record."
            fix = subject.fix("Remove the entry", editing.without_lines(page, at, at), preferred=False)
            yield Found(mention.name, said, (fix,), tag="unnecessary", level="info")


_LISTED = lazy.regex(r"[ \t]*(?:[-*+|]|\d+[.)])")
"""How a line begins that is an item or a row."""


def _led(subject: Subject, entry: Entry) -> str:
    """What is wrong with an entry that leads to no record: its path, and the file that is evidently meant, with its directory where that is what is wrong."""
    if not (entry.is_link and entry.mention.path):
        return "This entry leads to no record."
    near = "."
    if entry.meant is not None:
        base = posixpath.basename(entry.meant)
        is_called_so = base == posixpath.basename(entry.mention.path)
        near = f"; did you mean “{editing.relative(subject.record.path, entry.meant) if is_called_so else base}”?"
    return f"This entry leads to no record: there is no “{entry.mention.path}”{near}"


@index_rule("warning")
def index_status(subject: Subject) -> Iterator[Found]:
    """The index states another status than the record.

    Readers of the index believe that a decision still holds, or does not yet. Synonyms, marks and notes beside the word are left alone.

    ```md before
    -- docs/adr/README.md --
    | ADR | Status |
    | --- | --- |
    | [1. Use Kafka](0001-use-kafka.md) | Proposed |
    | [2. Use Rust](0002-use-rust.md) | Accepted |
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    **Status**: Accepted
    -- docs/adr/0002-use-rust.md --
    # 2. Use Rust
    **Status**: Accepted
    ```
    ```md after
    -- docs/adr/README.md --
    | ADR | Status |
    | --- | --- |
    | [1. Use Kafka](0001-use-kafka.md) | Accepted |
    | [2. Use Rust](0002-use-rust.md) | Accepted |
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    **Status**: Accepted
    -- docs/adr/0002-use-rust.md --
    # 2. Use Rust
    **Status**: Accepted
    ```
    """
    if subject.index is None:
        return
    for found in judge.stale(subject.workspace, subject.index):
        status = subject.workspace.status(found.record)
        places = (Place(found.record.path, status.span, "the record's own status"),) if status else ()
        if found.kind not in ("status", "heading", "group"):
            continue
        if found.is_below_another:
            fixes = (_move(subject.workspace, subject.index.path, found.record, found.now),) if found.is_move else ()
            said = f"{found.record.id} is “{found.now}”, but stands under “{found.said}”."
            # A heading may group otherwise than by the word of the status
            yield Found(found.span, said, fixes, places, level="info")
            continue
        fixes = (subject.fix(f"Change to “{found.now}”", *found.edits),) if found.edits else ()
        yield Found(found.span, f"{found.record.id} is “{found.now}”, not “{found.said}”.", fixes, places)


@index_rule("hint")
def index_title(subject: Subject) -> Iterator[Found]:
    """The index calls a record by another number or title than the record itself.

    Told only where nearly all other entries have those of their records; elsewhere the titles of an index are its own words.

    ```md before
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    * [4. Use Helm](0004-use-helm.md)
    * [5. Use Nix](0005-use-nix.md)
    * [6. Use Vim](0006-use-vim.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use PostgreSQL 16
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-helm.md --
    # 4. Use Helm
    -- docs/adr/0005-use-nix.md --
    # 5. Use Nix
    -- docs/adr/0006-use-vim.md --
    # 6. Use Vim
    ```
    ```md after
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use PostgreSQL 16](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    * [4. Use Helm](0004-use-helm.md)
    * [5. Use Nix](0005-use-nix.md)
    * [6. Use Vim](0006-use-vim.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use PostgreSQL 16
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-helm.md --
    # 4. Use Helm
    -- docs/adr/0005-use-nix.md --
    # 5. Use Nix
    -- docs/adr/0006-use-vim.md --
    # 6. Use Vim
    ```
    """
    yield from _disagreeing(subject, "number", "title")


@index_rule("info")
def index_date(subject: Subject) -> Iterator[Found]:
    """The index gives a record another date than the record itself.

    Told only where nearly all other entries have the dates of their records in that place.

    ```md before
    -- docs/adr/README.md --
    | ADR | Date |
    | --- | --- |
    | [1. Use Kafka](0001-use-kafka.md) | 2024-01-01 |
    | [2. Use Postgres](0002-use-postgres.md) | 2024-01-20 |
    | [3. Use Rust](0003-use-rust.md) | 2024-01-03 |
    | [4. Use Helm](0004-use-helm.md) | 2024-01-04 |
    | [5. Use Nix](0005-use-nix.md) | 2024-01-05 |
    | [6. Use Vim](0006-use-vim.md) | 2024-01-06 |
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    Date: 2024-01-01
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres

    Date: 2024-01-02
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust

    Date: 2024-01-03
    -- docs/adr/0004-use-helm.md --
    # 4. Use Helm

    Date: 2024-01-04
    -- docs/adr/0005-use-nix.md --
    # 5. Use Nix

    Date: 2024-01-05
    -- docs/adr/0006-use-vim.md --
    # 6. Use Vim

    Date: 2024-01-06
    ```
    ```md after
    -- docs/adr/README.md --
    | ADR | Date |
    | --- | --- |
    | [1. Use Kafka](0001-use-kafka.md) | 2024-01-01 |
    | [2. Use Postgres](0002-use-postgres.md) | 2024-01-02 |
    | [3. Use Rust](0003-use-rust.md) | 2024-01-03 |
    | [4. Use Helm](0004-use-helm.md) | 2024-01-04 |
    | [5. Use Nix](0005-use-nix.md) | 2024-01-05 |
    | [6. Use Vim](0006-use-vim.md) | 2024-01-06 |
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    Date: 2024-01-01
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres

    Date: 2024-01-02
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust

    Date: 2024-01-03
    -- docs/adr/0004-use-helm.md --
    # 4. Use Helm

    Date: 2024-01-04
    -- docs/adr/0005-use-nix.md --
    # 5. Use Nix

    Date: 2024-01-05
    -- docs/adr/0006-use-vim.md --
    # 6. Use Vim

    Date: 2024-01-06
    ```
    """
    yield from _disagreeing(subject, "date")


def _disagreeing(subject: Subject, *kinds: judge.Kind) -> Iterator[Found]:
    if subject.index is None:
        return
    for found in judge.stale(subject.workspace, subject.index):
        if found.kind in kinds:
            heading = found.record.heading
            own = found.record.date_field if found.kind == "date" else None
            place = own.value_span if own else heading.span if heading else Span(0, 0)
            fixes = (
                (subject.fix(f"Change to “{_short(found.now)}”", *found.edits, preferred=found.is_sure),) if found.edits else ()
            )
            yield Found(
                found.span,
                f"The {found.kind} of {found.record.id} is “{_short(found.now)}”, not “{_short(found.said)}”.",
                fixes,
                (Place(found.record.path, place, "the record"),),
            )


@index_rule("hint")
def index_order(subject: Subject) -> Iterator[Found]:
    """An entry stands out of the order of its list, or under another heading than that of its record's category.

    Told only of a few entries in a list that is sorted otherwise: by number, by date, by title or by a column that repeats a field.

    ```md before
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [4. Use Helm](0004-use-helm.md)
    * [2. Use Postgres](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    * [5. Use Nix](0005-use-nix.md)
    * [6. Use Vim](0006-use-vim.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-helm.md --
    # 4. Use Helm
    -- docs/adr/0005-use-nix.md --
    # 5. Use Nix
    -- docs/adr/0006-use-vim.md --
    # 6. Use Vim
    ```
    ```md after
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Postgres](0002-use-postgres.md)
    * [3. Use Rust](0003-use-rust.md)
    * [4. Use Helm](0004-use-helm.md)
    * [5. Use Nix](0005-use-nix.md)
    * [6. Use Vim](0006-use-vim.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-helm.md --
    # 4. Use Helm
    -- docs/adr/0005-use-nix.md --
    # 5. Use Nix
    -- docs/adr/0006-use-vim.md --
    # 6. Use Vim
    ```
    """
    if subject.index is None:
        return
    for found in judge.misplaced(subject.workspace, subject.index):
        if found.heading is None:
            message = f"{found.record.id} stands out of the order of this list."
        else:
            message = f"{found.record.id} belongs under “{found.heading}” by its own category."
        yield Found(found.entry.mention.name, message, (_place(found),))


def _place(found: judge.Misplaced) -> Fix:
    title = "Move it to its place" if found.heading is None else f"Move it to “{found.heading}”"
    return Fix(title, lambda: update.moving(found).edits, preferred=False)


@rule("hint")
def stale_in_index(subject: Subject) -> Iterator[Found]:
    """The index says something else of this record than the record itself, or lists it in the wrong place.

    The same as index-status, index-title, index-date, index-order and index-duplicate-entry, told where one is while writing the record.

    ```md before
    -- docs/adr/README.md --
    | ADR | Status |
    | --- | --- |
    | [1. Use Kafka](0001-use-kafka.md) | Proposed |
    | [2. Use Rust](0002-use-rust.md) | Accepted |
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    **Status**: Accepted
    -- docs/adr/0002-use-rust.md --
    # 2. Use Rust
    **Status**: Accepted
    ```
    ```md after
    -- docs/adr/README.md --
    | ADR | Status |
    | --- | --- |
    | [1. Use Kafka](0001-use-kafka.md) | Accepted |
    | [2. Use Rust](0002-use-rust.md) | Accepted |
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    **Status**: Accepted
    -- docs/adr/0002-use-rust.md --
    # 2. Use Rust
    **Status**: Accepted
    ```
    """
    workspace, record = subject.workspace, subject.record
    for index in workspace.indexed_by(subject.log.directory):
        name, standing = posixpath.basename(index), workspace.ask(judge.standing, index, record.path)
        if standing is None:
            continue
        for found in standing.stale:
            yield Found(
                _stated(subject, found.kind),
                f"{name} lists this record under “{found.said}”."
                if found.is_below_another
                else f"{name} has the {found.kind} of this record as “{_short(found.said)}”.",
                _corrections(subject.fixing, index, found, name),
                (Place(index, found.span, "the index"),),
            )
        for off in standing.misplaced:
            where = "out of order" if off.heading is None else f"not under “{off.heading}”"
            place = Place(index, off.span, "the index")
            yield Found(subject.head, f"{name} lists this record {where}.", (_place(off),), (place,))
        for first, second in standing.doubled:
            places = (Place(index, first, "the first entry"), Place(index, second, "the second"))
            yield Found(subject.head, f"{name} lists this record twice.", (), places)


def _short(words: str) -> str:
    """As much of a title as a message repeats."""
    return words if len(words) <= LONG else words[: LONG - 1].rstrip() + "…"


def _stated(subject: Subject, kind: judge.Kind) -> Span:
    """Where a record states what an index has otherwise."""
    if kind in ("status", "heading", "group"):
        status = subject.workspace.status(subject.record)
        return status.span if status else subject.head
    if kind == "date" and subject.record.date_field is not None:
        return subject.record.date_field.value_span
    return subject.head


def _corrections(workspace: Workspace, index: str, found: judge.Stale, name: str) -> tuple[Fix, ...]:
    if found.is_move:
        return (_move(workspace, index, found.record, found.now),)
    if not found.edits:
        return ()
    edits = tuple(FileEdit(index, edit) for edit in found.edits)
    return (Fix(f"Change {name} to “{_short(found.now)}”", lambda: edits, preferred=found.is_sure),)


def _move(workspace: Workspace, index: str, record: Known, word: str) -> Fix:
    return Fix(f"Move to “{word}”", lambda: _updated(workspace, index, record.path), is_late=True)


@index_rule("info")
def index_duplicate_entry(subject: Subject) -> Iterator[Found]:
    """A list has the same record twice.

    Several lists of one page, say by date and by topic, may each have it.

    ```md before
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Rust](0002-use-rust.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-rust.md --
    # 2. Use Rust
    ```
    ```md after
    -- docs/adr/README.md --
    # Decisions

    * [1. Use Kafka](0001-use-kafka.md)
    * [2. Use Rust](0002-use-rust.md)
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-rust.md --
    # 2. Use Rust
    ```
    """
    if subject.index is None:
        return
    repeated = {id(entry) for entry in judge.repeated(subject.index)}
    for entry, first in judge.duplicates(subject.index):
        yield Found(
            entry.own,
            "This record is listed twice.",
            (_remove(subject, subject.index, entry, preferred=id(entry) in repeated),),
            related=(Place(subject.record.path, first.own, "the first entry"),),
            tag="unnecessary",
        )


def _remove(subject: Subject, index: Index, entry: Entry, *, preferred: bool = False) -> Fix:
    """Takes an entry out; preferred where that loses no words."""
    return Fix(
        "Remove the entry", lambda: (subject.edit(update.removal(subject.workspace, index, entry)),), preferred=preferred
    )


RULES: tuple[Rule, ...] = (
    index_missing_entry,
    not_in_index,
    index_dead_entry,
    index_status,
    index_title,
    index_date,
    index_order,
    index_duplicate_entry,
    stale_in_index,
)
