"""Rules on what is cited: what a record says of another, beside what that one is today."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.rules.model import Found, Rule, Subject, called, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import any_of
from adr_ls.write import editing

_HISTORY = frozenset({"changelog", "alternatives", "status", "notes", "references"})
"""The parts of a record that speak of what was, or name records for their own sake."""


@rule("hint", strict="info", asciidoc=True)
def ref_superseded(subject: Subject) -> Iterator[Found]:
    """A reference names a record that another one has superseded since.

    Whoever follows it reads what no longer holds. The text may well mean the old decision, so this is only a hint; nothing is said of
    relations, histories, alternatives and lists of links, in the record that superseded it, and where the newer one is named beside it.
    Each record is told of once in a file.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- docs/adr/0003-keep-events.md --
    # ADR-0003: Keep events

    **Status**: Accepted

    ## Decision

    Events are kept in the database of ADR-0001.
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- docs/adr/0003-keep-events.md --
    # ADR-0003: Keep events

    **Status**: Accepted

    ## Decision

    Events are kept in the database of ADR-0002.
    ```
    """
    record, workspace = subject.record, subject.workspace
    if workspace.is_gone(record):
        return
    quiet = _quiet(record)
    resolved = workspace.resolved(record)
    relied: dict[str, list[Mention]] = {}
    for mention, resolution in resolved.items():
        target = workspace.records.get(resolution.path or "")
        if target is None or target.path == record.path or workspace.canonical(target) != "superseded":
            continue
        chain = workspace.chain(target)
        if (
            not chain
            or any(other.path == record.path for other in chain)
            or workspace.is_gone(chain[-1])
            or any(span.covers(mention.span) for span in quiet)
        ):
            continue
        block = record.document.innermost_at(mention.span.start)
        around = block.span if block is not None else mention.span
        if not any(resolved[other].path in {r.path for r in chain} for other in resolved if around.covers(other.span)):
            relied.setdefault(target.path, []).append(mention)
    for path, mentions in relied.items():
        last = workspace.chain(workspace.records[path])[-1]
        edits = [tuple(renamed(subject, mention, last)) for mention in mentions]
        # Told once, at the first mention, so the fix is for all of them
        changes = (edit for own in edits for edit in own)
        fixes = (subject.fix(f"Change to {called(last)}", *changes, preferred=False),) if all(edits) else ()
        yield Found(mentions[0].span, f"{workspace.records[path].id} is superseded by {called(last)}.", fixes, tag="deprecated")


def renamed(subject: Subject, mention: Mention, target: Known) -> Iterator[Edit]:
    """A mention changed to name another record, in its text as well; nothing where a definition is shared."""
    if mention.link is None:
        yield editing.rename_mention(subject.record, mention, target)
    elif mention.link.kind == "inline" and mention.number is not None:
        yield Edit(mention.span, editing.link(subject.record.path, target, subject.log))
    elif mention.link.kind == "inline":
        yield editing.retarget(subject.record, mention, target)


@rule("hint", strict="info", asciidoc=True)
def ref_rejected(subject: Subject) -> Iterator[Found]:
    """A reference names a record that was rejected or is deprecated, and that no other has superseded.

    Whoever follows it reads what does not hold. As with superseded records nothing is said of relations, histories, alternatives and
    lists of links, and each record is told of once in a file.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Rejected
    -- docs/adr/0002-keep-events.md --
    # ADR-0002: Keep events

    **Status**: Accepted

    ## Decision

    Events are kept in the database of ADR-0001.
    ```
    """
    record, workspace = subject.record, subject.workspace
    if workspace.is_gone(record):
        return
    quiet = _quiet(record)
    told: set[str] = set()
    for mention, resolution in workspace.resolved(record).items():
        target = workspace.records.get(resolution.path or "")
        if target is None or target.path == record.path or target.path in told or workspace.successors(target):
            continue
        status = workspace.status(target)
        if status is None or status.canonical not in ("rejected", "deprecated"):
            continue
        if any(span.covers(mention.span) for span in quiet) or _says_so(record, mention):
            continue
        told.add(target.path)
        yield Found(mention.span, f"{called(target)}, is {status.canonical}.", tag="deprecated")


def relying(workspace: Workspace, record: Known) -> tuple[Facts, ...]:
    """The records that hold and still rely on a superseded one, by what is known of all files; none where nothing holds in its place.

    Those that name anywhere what superseded it know of that; the rule looks closer, at the text of each.
    """
    chain = workspace.chain(record) if workspace.canonical(record) == "superseded" else ()
    if not chain or workspace.is_gone(chain[-1]):
        return ()
    newer = {one.path for one in chain}
    found: list[Facts] = []
    for path in workspace.backlinks.get(record.path, ()):
        source = workspace.records.get(path)
        if source is None or path in newer or workspace.is_gone(source):
            continue
        resolved = workspace.resolved(source)
        if newer.isdisjoint(one.path for one in resolved.values() if one.path):
            quiet = _quiet(source)
            places = (mention.span for mention, one in resolved.items() if one.path == record.path)
            if any(not any(span.covers(place) for span in quiet) for place in places):
                found.append(source)
    return tuple(found)


def _quiet(record: Known) -> list[Span]:
    """The parts of a record in which records are named that do not hold any more."""
    quiet = [section.body for section in record.sections if section.role in _HISTORY]
    quiet += [field.span for field in record.fields if field.place != "section"]
    return quiet + [related.mention.span for related in record.relations]


def _says_so(record: Record, mention: Mention) -> bool:
    """Whether the paragraph around a mention speaks of it as one that does not hold."""
    block = record.document.innermost_at(mention.span.start)
    return block is not None and FORMER.search(block.span.of(record.text)) is not None


FORMER = lazy.regex(rf"\b{any_of('former')}", re.IGNORECASE)


@rule("off", asciidoc=True)
def orphan(subject: Subject) -> Iterator[Found]:
    """No other record, and no index, refers to this one.

    It is found by those only who look through all files.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0002](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    """
    if not subject.workspace.backlinks.get(subject.record.path) and not subject.workspace.is_partial:
        yield Found(subject.head, "Nothing here refers to this record.")


RULES: tuple[Rule, ...] = (
    ref_superseded,
    ref_rejected,
    orphan,
)
