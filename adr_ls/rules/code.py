"""Source code that refers to records: in comments, in strings, by paths."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from adr_ls.log.folds import Fold
from adr_ls.log.resolve import Resolution
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename, grammar
from adr_ls.record.code import CLEAR, Code, Reference
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.rules.citations import FORMER
from adr_ls.rules.model import Fix, Found, Rule, Subject, called, code_rule
from adr_ls.rules.references import FAR, FOREIGNERS, HIGHEST, defined, is_of_this_log, swapped
from adr_ls.syntax.code import Passage
from adr_ls.syntax.text import Edit
from adr_ls.write import editing

BESIDE = 2
"""So many lines above or below a reference its comment is taken to go on."""
LONGEST = 300
"""How many characters before and behind a reference are looked at."""


@code_rule("warning")
def code_reference_unknown(subject: Subject) -> Iterator[Found]:
    """Source code refers to a record that does not exist.

    Who reads the code is sent nowhere. Only what clearly means a record of this log counts: a number in a comment that is filled up with
    zeros as the names of the log's files are, or a path into its directory. A number that is written otherwise may be that of anything;
    in a log that fills none up it is a hint. In another string than one that documents something it is a hint as well, and in the
    strings of tests, where records are made up, nothing is said. Nor is it of a record that is another team's (“upstream ADR-0042”), or
    is said not to exist.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka
    -- docs/adr/0012-use-postgres.md --
    # ADR-0012: Use Postgres
    -- src/store.py --
    # Rows, not documents: see ADR-0021
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka
    -- docs/adr/0012-use-postgres.md --
    # ADR-0012: Use Postgres
    -- src/store.py --
    # Rows, not documents: see ADR-0012
    ```
    """
    told: frozenset[int] | None = None
    for reference, resolution in _sure(subject):
        mention, span = reference.mention, reference.mention.span
        weighs = reference.kind != "string"
        if resolution.kind == "broken" and _is_written_alike(subject, mention, resolution):
            is_moved = any(path.endswith(f"/{(mention.path or '').rsplit('/', 1)[-1]}") for path in resolution.paths)
            weighs &= not is_moved or (mention.path or "").startswith(".")  # else it may be that of another repository
            likely = [subject.workspace.records[path] for path in resolution.paths if path in subject.workspace.records]
            said = f"; {likely[0].id} is “{likely[0].path.rsplit('/', 1)[-1]}”." if len(likely) == 1 else "."
            yield Found(
                span,
                f"There is no file “{mention.path}”{said}",
                _renamings(subject, reference, likely),
                level=None if weighs else "hint",
            )
        if resolution.kind != "unknown" or filename.is_short_date(mention.digits) or mention in subject.record.vacant:
            continue
        if subject.log.count(FOREIGNERS, (mention.series.casefold(), mention.number or 0)):
            continue
        highest = subject.log.of(HIGHEST) or 0
        if (mention.number or 0) > FAR * max(10, highest) or not is_of_this_log(subject, mention):
            continue
        width = subject.log.of(_WIDTH)
        is_clear = len(mention.digits) == width >= CLEAR
        if not is_clear and (width >= CLEAR or reference.kind == "string"):
            continue
        told = subject.workspace.ask(defined, subject.log.directory) if told is None else told
        if mention.number in told:
            continue
        turned = swapped(subject, mention)
        said = f"; did you mean {turned[0].id}?" if turned else f"; the records here go up to {highest}."
        yield Found(
            span,
            f"There is no {span.of(subject.record.text)}{said}",
            _renamings(subject, reference, turned),
            level=None if weighs and is_clear else "hint",
        )


def _is_written_alike(subject: Subject, mention: Mention, resolution: Resolution) -> bool:
    """Whether a path that leads nowhere is called as the files of the log are: by its number, or by the words of one of them."""
    digits = filename.name_of(mention.path or "").digits
    named = any(subject.workspace.names.is_meant(mention, path, "", "") for path in resolution.paths)
    return len(digits) == subject.log.of(_WIDTH) if digits else named


_WIDTH = Fold(
    lambda record: len(record.name.digits or re.sub(r"^.*\D(?=\d)", "", record.id)),
    lambda widths: max((counted := Counter(widths)), key=lambda width: (counted[width], width), default=0),
)
"""To how many digits most numbers of a log are filled up in the names of files, and else where the records have theirs."""


@code_rule("hint", strict="warning")
def code_reference_superseded(subject: Subject) -> Iterator[Found]:
    """Source code refers to a record that another one has superseded.

    The code may follow a decision that no longer holds. Nothing is said where the comment names the newer record as well, or speaks of
    what was. Where records declare what has superseded what, the newer one can be named instead.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- src/store.py --
    # Rows, not documents: see ADR-0001
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- src/store.py --
    # Rows, not documents: see ADR-0002
    ```
    """
    workspace = subject.workspace
    by_passage: dict[Passage, set[str]] = {}
    by_line: dict[int, set[str]] = {}
    for reference, resolution in _sure(subject):
        line = subject.record.lines.line_at(reference.mention.span.start)
        for known in (by_passage.setdefault(reference.passage, set()), by_line.setdefault(line, set())):
            known.update(resolution.paths[:1])
    for reference, target in _outdated(subject):
        if workspace.standing(target) != "superseded":
            continue
        newer = _newer(workspace, target)
        line = subject.record.lines.line_at(reference.mention.span.start)
        named = {
            *by_passage[reference.passage],
            *(path for at in range(line - BESIDE, line + BESIDE + 1) for path in by_line.get(at, ())),
        }
        if newer and not named.isdisjoint(record.path for record in (*workspace.chain(target), *newer)):
            continue
        said = f"{target.id} is superseded" + (f" by {' and '.join(map(called, newer))}." if newer else ".")
        declared = [record for record in newer if _is_declared(workspace, target, record)]
        yield Found(reference.mention.span, said, _renamings(subject, reference, declared), tag="deprecated")


@code_rule("hint", strict="warning")
def code_reference_rejected(subject: Subject) -> Iterator[Found]:
    """Source code refers to a record that was rejected or is deprecated, and that no other has superseded.

    The code may follow a decision that does not hold. Nothing is said where the comment speaks of what was.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Rejected
    -- src/store.py --
    # Rows, not documents: see ADR-0001
    ```
    """
    workspace = subject.workspace
    for reference, target in _outdated(subject):
        standing = workspace.standing(target)
        if standing in ("rejected", "deprecated") and not workspace.successors(target):
            yield Found(reference.mention.span, f"{called(target)}, is {standing}.", tag="deprecated")


def _sure(subject: Subject) -> Iterator[tuple[Reference, Resolution]]:
    """The references that are meant for people, with where they lead; none of a file whose language is not known."""
    code = subject.record
    if isinstance(code, Code):
        resolved = subject.workspace.resolved(code)
        for reference in code.references:
            if reference.is_sure and reference.kind != "unknown" and reference.mention in resolved:
                yield reference, resolved[reference.mention]


def _outdated(subject: Subject) -> Iterator[tuple[Reference, Facts]]:
    """The references to records that hold no longer, but for those that say so."""
    workspace = subject.workspace
    for reference, resolution in _sure(subject):
        target = workspace.records.get(resolution.path or "")
        is_data = reference.kind == "string" and reference.mention.path is not None  # which names a file, not a decision
        if target is None or is_data or not workspace.is_gone(target):
            continue
        words = _words(subject, reference)
        if not FORMER.search(words) and not grammar.may_state(words):
            yield reference, target


def _words(subject: Subject, reference: Reference) -> str:
    """What stands in the line of a reference and in those next to it, as far as its comment or string may go."""
    lines, start = subject.record.lines, reference.mention.span.start
    line = lines.line_at(start)
    above, below = lines.starts[max(0, line - 1)], lines.ends[min(len(lines) - 1, line + 1)]
    return subject.record.text[max(above, start - LONGEST) : min(below, start + LONGEST)]


def _newer(workspace: Workspace, target: Facts) -> tuple[Facts, ...]:
    """What has taken the place of a record and holds, as far as that is known: the end of the chain, or several."""
    chain = workspace.chain(target)
    found = chain[-1:] or workspace.successors(target)
    return tuple(record for record in found if not workspace.is_gone(record))


def _is_declared(workspace: Workspace, target: Facts, newer: Facts) -> bool:
    """Whether each step from a record to a newer one is declared by one of the two."""
    chain = (target, *(workspace.chain(target) or (newer,)))
    return all(
        workspace.declares(old, "superseded_by", new) or workspace.declares(new, "supersedes", old)
        for old, new in pairwise(chain)
    )


def _renamings(subject: Subject, reference: Reference, targets: list[Facts]) -> tuple[Fix, ...]:
    """For each of some records the fix that names it instead, in the form that is written there."""
    return tuple(
        subject.fix(f"Refer to {called(record)}", _renaming(subject, reference.mention, record), preferred=False)
        for record in targets[:2]
    )


def _renaming(subject: Subject, mention: Mention, target: Facts) -> Edit:
    """A mention of another record; of a file in another directory its whole path, which counts from where that of now does."""
    path = mention.path or ""
    base = posixpath.basename(target.path)
    if not path or posixpath.basename(path) != base or "://" in path:
        return editing.rename_mention(subject.record, mention, target)
    home = posixpath.dirname(subject.record.path) if path.startswith(".") else subject.workspace.root_of(target.path)
    return Edit(mention.span, posixpath.relpath(target.path, home))


RULES: tuple[Rule, ...] = (code_reference_unknown, code_reference_superseded, code_reference_rejected)
