"""Rules on indexes: what they lack, what they list in vain, and where they disagree with the records."""

from __future__ import annotations

from collections.abc import Iterator

from adr_ls import editing, indexing
from adr_ls.index import Entry, Index
from adr_ls.record import Record
from adr_ls.rules.model import FileEdit, Fix, Found, Place, Rule, Subject, index_rule, rule
from adr_ls.text import Edit, Span
from adr_ls.workspace import Workspace


@index_rule("warning")
def index_missing_entry(subject: Subject) -> Iterator[Found]:
    """The index does not list a record.

    Only a file that lists records already is an index; a README that merely mentions some is not.

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
    lacking = indexing.missing(subject.workspace, index)
    obstacles = indexing.left_out(subject.workspace, index) if lacking else {}
    for record in lacking:
        place = Place(record.path, record.heading.span if record.heading else Span(0, 0), "the record")
        reason = obstacles.get(record.path)
        fixes = () if reason else (_add(subject.workspace, index, record, "the index"),)
        why = f" It cannot be added: {reason}." if reason else ""
        yield Found(spot, f"{record.id}, “{record.title}”, is not in this index.{why}", fixes, (place,))


def _add(workspace: Workspace, index: Index, record: Record, name: str) -> Fix:
    return Fix(
        f"Add {record.id} to {name}",
        lambda: (FileEdit(index.path, edit) for edit in indexing.update(workspace, index, [record])),
    )


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
    for index in workspace.indexes_of(subject.log):
        if not index.lists(record.path):
            name = index.path.rsplit("/", 1)[-1]
            yield Found(
                subject.head,
                f"{name} does not list this record yet.",
                (_add(workspace, index, record, name),),
                (Place(index.path, index.entries[0].span, "the index"),),
            )


@index_rule("warning")
def index_dead_entry(subject: Subject) -> Iterator[Found]:
    """An entry of the index leads to no record.

    The record was renamed, moved or deleted. Where one record alone can be meant the link is corrected; an update of the index removes
    no entry by itself.

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
    for entry in indexing.dead(subject.index):
        likely = [subject.workspace.records[path] for path in entry.resolution.paths if path in subject.workspace.records]
        fixes = [
            subject.fix(
                f"Link to {record.id}, “{record.title}”",
                editing.retarget(subject.record, entry.mention, record),
                preferred=len(likely) == 1,
            )
            for record in likely[:3]
            if entry.mention.link is not None
        ]
        lines = subject.record.lines
        whole = Span(
            lines.starts[lines.line_at(entry.span.start)],
            lines.full_span(lines.line_at(max(entry.span.start, entry.span.end - 1))).end,
        )
        fixes.append(subject.fix("Remove the entry", Edit(whole, ""), preferred=False))
        yield Found(entry.mention.name, "This entry leads to no record.", tuple(fixes), tag="unnecessary")


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
    for found in indexing.stale(subject.workspace, subject.index):
        status = subject.workspace.status(found.record)
        places = (Place(found.record.path, status.span, "the record's own status"),) if status else ()
        if found.is_move:
            yield Found(
                found.span,
                f"{found.record.id} is “{found.now}”, but stands under “{found.said}”.",
                (_move(subject.workspace, subject.index, found.record, found.now),),
                places,
                level="info",  # a heading may group otherwise than by the word of the status
            )
            continue
        fixes = (subject.fix(f"Change to “{found.now}”", *found.edits),) if found.edits else ()
        yield Found(found.span, f"{found.record.id} is “{found.now}”, not “{found.said}”.", fixes, places)


def _move(workspace: Workspace, index: Index, record: Record, word: str) -> Fix:
    return Fix(
        f"Move to “{word}”",
        lambda: (FileEdit(index.path, edit) for edit in indexing.update(workspace, index, [record])),
    )


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
    """
    if subject.index is None:
        return
    seen: dict[tuple[int, str], Entry] = {}
    for entry in subject.index.entries:
        if entry.path and entry.kind == "item":
            first = seen.setdefault((entry.group.span.start, entry.path), entry)
            if first is not entry:
                yield Found(
                    entry.own,
                    "This record is listed twice.",
                    related=(Place(subject.record.path, first.own, "the first entry"),),
                    tag="unnecessary",
                )


RULES: tuple[Rule, ...] = (index_missing_entry, not_in_index, index_dead_entry, index_status, index_duplicate_entry)
