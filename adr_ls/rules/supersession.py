"""Rules on supersession: a graph that both sides have to agree on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import zip_longest

from adr_ls.log.folds import Tally
from adr_ls.log.style import FEW
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename, grammar, remarks
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known, around_mentions
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.record.relations import Related
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, called, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.change import FileEdit
from adr_ls.syntax.text import Span
from adr_ls.words.language import CONVERSE, ENDED, Relation
from adr_ls.words.lookup import any_of, every, fold, one_of, words_for
from adr_ls.write import editing

_ASIDE = lazy.regex(r"\([^)]*(?P<closed>\))?")


@rule("warning", asciidoc=True)
def supersede_no_target(subject: Subject) -> Iterator[Found]:
    """A superseded record does not say by which.

    Readers land on old decisions from code comments and commits; they need one step to the current one.

    ```md before
    # 1. Use MySQL

    **Status**: Superseded
    ```
    """
    workspace, record = subject.workspace, subject.record
    status = workspace.status(record)
    if status is None or status.canonical != "superseded" or status.field.role != "status":
        return
    if any(related.relation == "superseded_by" for related in record.relations) or workspace.successors(record):
        return
    if re.search(r"\w", _ASIDE.sub(lambda aside: "" if aside["closed"] else aside[0], status.text[len(status.word) :])) or any(
        field.role == "superseded_by" and field.value for field in record.fields
    ):
        return  # it is named in words, or by something that is no record
    if _names_successor(record, status):
        return
    yield Found(status.span, "Superseded by which record? Name it, so that readers find the decision that holds.")


def _names_successor(record: Record, status: Status) -> bool:
    """Whether a file or page is named as it stands, where the status or a sentence of the body says what superseded the record.

    It is in code (```0007-use-kafka.md```) or an address, in a section of the status, in the paragraph that says so, or in the list that
    this leads up to.
    """
    blocks = [block for block in record.document.walk() if block.kind == "paragraph"]
    own = [section.own for section in record.sections if section.role == "status" and section.own.covers(status.span)]
    for block, following in zip_longest(blocks, blocks[1:]):
        said = _COMMENT.sub("", block.span.of(record.text))
        if any(span.covers(block.span) for span in own) and _names_target(said):
            return True
        verb = _SUPERSEDED.search(said)
        if verb is None:
            continue
        behind = said[verb.end() :]
        if status.span.start in range(block.span.start, block.span.end):
            behind = behind.partition("\n")[0]
        elif behind.rstrip().endswith((":", "：")) and following is not None:
            behind += following.span.of(record.text)
        if _names_target(behind):
            return True
    return False


_COMMENT = lazy.regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SUPERSEDED = lazy.regex(rf"\b{one_of(words_for('relations', 'superseded_by'))}\b", re.IGNORECASE)
_ENDINGS = "|".join(map(re.escape, (*filename.SUFFIXES, *filename.ASCIIDOC)))
_ADDRESS = lazy.regex(r"https?://[^\s<>)/]{1,100}/")
_CODE = lazy.regex(r"`[^`\n]*`")
_FILE = lazy.regex(rf"(?:{_ENDINGS})\b|\b[Aa][Dd][Rr][-_ #]?\d")


def _names_target(text: str) -> bool:
    """Whether a text names a page or a file of a record as it stands: by its address, or by its name in code."""
    return _ADDRESS.search(text) is not None or any(_FILE.search(code[0]) for code in _CODE.finditer(text))


@rule("warning", asciidoc=True)
def supersede_status(subject: Subject) -> Iterator[Found]:
    """A superseded record still looks as if it held.

    Another record says that it supersedes this one, and is itself decided. Not reported where it does so only in part, as where words
    behind the number say of what (“Supersedes: ADR-1 §3”), where it is only proposed, or where this one's own status names it. It is
    only information where several records have the number that it names, as another of them may be meant, and where several records
    supersede others and no record of the log says that it was superseded, which its people then tell on one side alone. The fix is left
    to people where the statement has words besides the records that it names, which may limit it.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Accepted
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    ```
    """
    workspace, record = subject.workspace, subject.record
    status = workspace.status(record)
    if status is None or status.canonical not in ("accepted", "proposed", "draft") or status.partial:
        return
    if any(other.canonical in ENDED and not other.partial for other in record.statuses):
        return  # told by status-conflict, on the same line
    amended = {other.path for other in (*workspace.related(record, "amended_by"), *workspace.converse(record, "amended_by"))}
    decided = [
        other
        for other in workspace.successors(record)
        if workspace.canonical(other) in ("accepted", "superseded", "none", "amended")
        and other.path not in amended
        and not _is_limited(workspace, other, record)
    ]
    named = {workspace.resolved(record)[mention].path for mention in record.mentions_in(status.span)}
    if not decided or any(other.path in named for other in decided):
        return
    certain = [other for other in decided if _is_certain(workspace, other, record)]
    successor = (certain or decided)[0]
    word = status.word or status.text
    at = status.span.of(record.text).casefold().find(word.casefold())
    span = Span(status.span.start + at, status.span.start + at + len(word)) if at >= 0 else status.span
    yield Found(
        span,
        f"{called(successor)}, supersedes this record.",
        (
            subject.fix(
                f"Mark as superseded by {successor.id}",
                *editing.supersede(record, successor, subject.log),
                preferred=status.evidence == "declared"
                and not remarks.has_notes(record)
                and bool(certain)
                and _is_plain(workspace, successor, record),
            ),
        ),
        related=tuple(_statement(workspace, successor, record)),
        tag="deprecated",
        level=None if certain and not _is_told_by_successors(subject) else "info",
    )


_SIDES = Tally(
    lambda record: {
        *("new" for one in record.relations if one.relation == "supersedes" and one.evidence == "declared"),
        *("old" for one in record.relations if one.relation == "superseded_by"),
        *("old" for status in record.statuses if status.canonical in ENDED),
    }
)
"""How many records declare that they supersede others, and how many say that they hold no longer."""


def _is_told_by_successors(subject: Subject) -> bool:
    """Whether supersessions are told by the records that supersede alone, as where what was decided is not touched any more.

    Unlike `is_told_by_one`, which asks only who names whom: here nobody may say so without a name either.
    """
    return subject.log.count(_SIDES, "new") >= FEW and not subject.log.count(_SIDES, "old")


def _is_certain(workspace: Workspace, source: Known, target: Known) -> bool:
    """Whether what a record says of its relation to another can mean no third: numbers may be taken twice."""
    resolved = workspace.resolved(source)
    return all(
        len(resolved[related.mention].paths) == 1
        for related in workspace.said_of(source, target)
        if related.evidence != "told" and related.relation in ("supersedes", "superseded_by")
    )


def _is_plain(workspace: Workspace, source: Known, target: Known) -> bool:
    """Whether the metadata of one record names the other with nothing but records beside it: ``Supersedes: ADR-1, ADR-2``."""
    for related in workspace.said_of(source, target):
        if related.relation == "supersedes" and related.field is not None and related.evidence == "declared":
            said = around_mentions(source, related.field)
            words = re.findall(r"[^\W\d_]+", fold(said.casefold().replace((target.title or "").casefold(), "")))
            if related.field.role == "status" and words and words[0] in _VERBS:
                words = words[1:]
            return _BESIDE.issuperset(words)
    return False


def _is_limited(workspace: Workspace, source: Known, target: Known) -> bool:
    """Whether all that one record says of the other has words right behind its name that are no title: ``ADR-16 code examples``."""
    said = [one for one in workspace.said_of(source, target) if one.relation == "supersedes" and one.evidence == "declared"]
    return bool(said) and all(_is_of_part(source, target, one) for one in said)


def _is_of_part(source: Known, target: Known, related: Related) -> bool:
    field = related.field
    if field is None or field.role == "status" or related.mention.span.start - field.value_span.start > _MARKS:
        return False
    behind = _OF_PART.match(around_mentions(source, field))
    if behind is None or behind["word"] is None:
        return behind is not None
    words = set(re.findall(r"[^\W\d_]{3,}", fold(around_mentions(source, field)[:_NEAR])))
    title = set(re.findall(r"[^\W\d_]{3,}", fold(f"{target.title or ''} {target.name.slug.replace('-', ' ')}")))
    return len(words & title) * 2 < len(words)


_OF_PART = lazy.regex(
    rf"[*_`]{{0,6}}(?:[ \t]+[*_`]*)?(?:§|(?!{any_of('conjunctions', 'disjunctions', 'prepositions', 'articles')}\b)(?P<word>[^\W\d_]))",
    re.IGNORECASE,
)
"""Words that say right behind a name of what of it something holds."""
_MARKS = 3
"""How many marks may stand before the name that a value begins with."""
_NEAR = 80
"""How many characters of it are compared with a title."""
_VERBS = frozenset(words_for("relations", "supersedes"))
_BESIDE = frozenset({"adr", "adrs", *every("conjunctions", but="prepositions")})
"""Words that only join references."""


def _statement(workspace: Workspace, source: Known, target: Known) -> Iterator[Place]:
    """Where one record says how it stands to the other."""
    for related in workspace.said_of(source, target):
        if related.evidence != "told":
            yield Place(source.path, related.mention.span, f"{source.id} says so here")
            return


@rule("info", strict="warning", asciidoc=True)
def supersede_one_way(subject: Subject) -> Iterator[Found]:
    """Only one side of a supersession tells of it.

    Reported on the side that says it, with a fix that completes the other. Where most of a log's supersessions are told by one side
    alone, that is its style and not reported.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    ```
    """
    workspace, record, log = subject.workspace, subject.record, subject.log
    one_sided: dict[Relation, bool] = {}
    for related, other in _first_said(workspace, record, ("superseded_by", "supersedes")):
        if other.path not in log.records:
            continue
        back: Relation = "supersedes" if related.relation == "superseded_by" else "superseded_by"
        if workspace.tells(other, (back, "amends" if back == "supersedes" else "amended_by"), record):
            continue
        if back == "superseded_by" and workspace.canonical(other) not in ("superseded", "none"):
            continue  # told by supersede-status, on the other record
        if workspace.states(other, related.relation, record):
            continue  # told by supersede-cycle
        if back == "superseded_by" and _is_many(workspace, other):
            continue  # told by supersede-many
        if back == "supersedes" and is_older(workspace, other, record):
            continue
        if back not in one_sided:
            one_sided[back] = _one_sided(subject, back)
        if one_sided[back]:
            continue
        fixes = (_complete(subject, other, back, preferred=related.evidence == "declared"),)
        said = f"{other.id} does not say that it {'supersedes' if back == 'supersedes' else 'is superseded by'} this record."
        place = Place(other.path, other.heading.span if other.heading else Span(0, 0), "the other side")
        yield Found(related.mention.span, said, fixes, (place,))


def _first_said(workspace: Workspace, record: Known, relations: tuple[Relation, ...]) -> Iterator[tuple[Related, Facts]]:
    """The statements of those relations that a record makes, of those that say the same of the same record the first."""
    said = set()
    for related, other in workspace.relations(record):
        if related.relation in relations and (related.relation, other.path) not in said:
            said.add((related.relation, other.path))
            yield related, other


def _is_among(record: Known, others: Iterable[Known]) -> bool:
    return any(other.path == record.path for other in others)


def _complete(subject: Subject, other: Facts, back: Relation, *, preferred: bool) -> Fix:
    def edits() -> Iterator[FileEdit]:
        whole = subject.file(other)
        if whole is None:
            return iter(())
        made = (
            editing.relate(whole, "supersedes", subject.record, subject.log)
            if back == "supersedes"
            else editing.supersede(whole, subject.record, subject.log)
        )
        return (subject.edit(edit, other) for edit in made)

    return Fix(
        f"Say so in {other.id} too",
        edits,
        preferred=preferred
        and _is_certain(subject.workspace, subject.record, other)
        and (back == "supersedes" or (not other.has_notes and _is_plain(subject.workspace, subject.record, other))),
    )


def _one_sided(subject: Subject, back: Relation) -> bool:
    """Whether the log leaves it to one side to tell of such relations: other pairs do, and none is told by both."""
    alone, both = subject.workspace.sides(subject.log.directory, CONVERSE[back])
    for other in subject.workspace.related(subject.record, CONVERSE[back]):
        told = subject.workspace.declares(other, back, subject.record)
        both -= told
        alone -= not told
    return is_told_by_one(alone, both)


def is_told_by_one(alone: int, both: int) -> bool:
    """Whether relations of which so many are told by one side alone, and so many by both, are one side's to tell; see `Workspace.sides`."""
    return alone >= 2 and alone > both


@rule("error", asciidoc=True)
def supersede_cycle(subject: Subject) -> Iterator[Found]:
    """Records supersede each other in a circle, so that none of them holds.

    Mostly "supersedes" and "superseded by" were mixed up in one of them.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Superseded by [ADR-0001](0001-use-mysql.md)
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    ```
    """
    workspace, record = subject.workspace, subject.record
    for related in record.relations:
        resolution = workspace.resolved(record).get(related.mention)
        if (
            related.relation in ("supersedes", "superseded_by")
            and resolution
            and resolution.path == record.path
            and related.field is not None
            and _names_it_plainly(record.text, Span(related.field.value_span.start, related.mention.span.start))
        ):
            yield Found(related.mention.span, "This record names itself.")
    if not _comes_back(workspace, record):
        return
    told: set[str] = set()
    for related, other in _first_said(workspace, record, ("supersedes", "superseded_by")):
        if other.path in told:
            continue
        ends = (other, record) if related.relation == "superseded_by" else (record, other)
        trail = _trail(workspace, *ends)
        if trail:
            told.add(other.path)
            circle = (record, *trail) if related.relation == "superseded_by" else (*trail, record)
            names = " → ".join(found.id for found in circle)
            fixes = _flips(subject, other) if len(trail) == 2 else ()
            yield Found(related.mention.span, f"These records supersede each other in a circle: {names}.", fixes)


def _names_it_plainly(text: str, before: Span) -> bool:
    """Whether nothing but a verb leads up to a record's name: not in ``Supersedes the earlier ADR-1``, which is of another one of that number."""
    said = grammar.tokens(text, before, ()) if before.start < before.end else []
    verb = max((at for at, token in enumerate(said) if token.relation or token.after), default=-1)
    return all(token.mark != "word" or token.folded in _LEADING for token in said[verb + 1 :])


_LEADING = frozenset(every("by", "articles", "records", "prepositions", "numbers"))


def _comes_back(workspace: Workspace, record: Known) -> bool:
    """Whether a record is among those that superseded it, or these in turn."""
    reached: dict[str, Known] = {one.path: one for one in workspace.successors(record)}
    queue = list(reached.values())
    for one in queue:
        new = [following for following in workspace.successors(one) if following.path not in reached]
        reached.update((following.path, following) for following in new)
        queue += new
    return record.path in reached


def _trail(workspace: Workspace, start: Known, end: Known) -> tuple[Known, ...]:
    """The shortest way from a record to another by way of what superseded what, both included; empty where there is none."""
    ways: dict[str, tuple[Known, ...]] = {start.path: (start,)}
    queue: list[Known] = [start]
    for record in queue:
        for following in workspace.successors(record):
            if following.path not in ways:
                ways[following.path] = (*ways[record.path], following)
                queue.append(following)
    return ways.get(end.path, ())


def _flips(subject: Subject, other: Facts) -> tuple[Fix, ...]:
    """Where each of two records says that it is superseded by the other: makes the newer one say that it supersedes the older."""
    workspace, log, record = subject.workspace, subject.log, subject.record
    pair: tuple[Known, Known] = (other, record) if _is_before(workspace, other, record) else (record, other)
    older, newer = pair
    status = workspace.status(newer)
    if not _is_before(workspace, older, newer) or status is None or status.canonical != "superseded":
        return ()
    if not (workspace.states(older, "superseded_by", newer) and workspace.states(newer, "superseded_by", older)):
        return ()
    if len(newer.statuses) > 1 or status.field.role != "status" or editing.is_checklist(newer, status):
        return ()

    def edits() -> Iterator[FileEdit]:
        whole, word = subject.file(newer), log.house.spelled("accepted")
        if whole is not None:
            yield subject.edit(editing.set_value(whole, status.field, word), newer)
            yield from (subject.edit(edit, newer) for edit in editing.relate(whole, "supersedes", older, log))

    return (Fix(f"{newer.id} supersedes {older.id}, and is accepted", edits, preferred=False),)


def _is_before(workspace: Workspace, one: Known, other: Known) -> bool:
    """Whether a record is older than another: by number, else by date."""
    if one.number is not None and other.number is not None and one.series == other.series and one.number != other.number:
        return one.number < other.number
    before, date = workspace.date(one), workspace.date(other)
    return bool(before and date and before < date)


@rule("info", strict="warning", asciidoc=True)
def supersede_early(subject: Subject) -> Iterator[Found]:
    """A record is called superseded by one that was rejected, or by an undecided one that says nothing of it.

    Until the newer one is accepted the older one holds; if it was rejected, it still does. Where an undecided record says itself that it
    supersedes the older one, both were written so on purpose.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Rejected
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    ```
    """
    workspace, record = subject.workspace, subject.record
    status = workspace.status(record)
    if status is None or status.canonical != "superseded":
        return
    successors = workspace.related(record, "superseded_by")
    if not successors or not all(_is_early(workspace, record, other) for other in successors):
        return
    for related, other in workspace.relations(record):
        if related.relation == "superseded_by":
            stated = workspace.status(other)
            places = (Place(other.path, stated.span, "its status"),) if stated else ()
            said = "was rejected" if workspace.canonical(other) == "rejected" else "is not decided yet"
            yield Found(related.mention.span, f"{called(other)}, {said}, so this record still holds.", related=places)


def _is_early(workspace: Workspace, record: Known, successor: Known) -> bool:
    """Whether a record still holds though another is named as its successor."""
    state = workspace.canonical(successor)
    return state == "rejected" or (state in ("proposed", "draft") and not workspace.states(successor, "supersedes", record))


@rule("hint", strict="info", asciidoc=True)
def supersede_many(subject: Subject) -> Iterator[Found]:
    """A record is superseded by several others, and none says that it is so in part.

    Readers have to find out by themselves which of them holds for what. “Superseded in part by …” tells.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- docs/adr/0003-use-sqlite.md --
    # ADR-0003: Use SQLite

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    ```
    """
    workspace, record = subject.workspace, subject.record
    status = workspace.status(record)
    if status is None or not _is_many(workspace, record):
        return
    others = _decided(workspace, record)
    names = ", ".join(other.id for other in others)
    places = tuple(place for other in others for place in _statement(workspace, other, record))
    yield Found(status.span, f"{names} each supersede this record; say which holds for what.", related=places)


def _is_many(workspace: Workspace, record: Known) -> bool:
    """Whether several records say that they supersede this one, which does not name them all: where it does, its author knows."""
    if workspace.canonical(record) != "superseded":
        return False
    return len(_decided(workspace, record)) > 1 and len(workspace.related(record, "superseded_by")) < 2


def _decided(workspace: Workspace, record: Known) -> list[Facts]:
    undecided = ("proposed", "draft", "rejected")
    return [other for other in workspace.successors(record) if workspace.canonical(other) not in undecided]


@rule("info", strict="warning", asciidoc=True)
def supersede_older(subject: Subject) -> Iterator[Found]:
    """A record is superseded by one that is older, by number and by date.

    Mostly “supersedes” and “superseded by” were mixed up.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Accepted
    **Date**: 2021-01-01
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Superseded by [ADR-0001](0001-use-mysql.md)
    **Date**: 2022-02-02
    ```
    """
    workspace, record = subject.workspace, subject.record
    for related, other in workspace.relations(record):
        if related.relation == "superseded_by" and other.path in subject.log.records and is_older(workspace, other, record):
            told = f"{other.id} of {workspace.date(other)} is older than this record of {workspace.date(record)}"
            place = Place(other.path, other.heading.span if other.heading else Span(0, 0), "the older one")
            yield Found(related.mention.span, f"{told}; does this record supersede it?", related=(place,))


def is_older(workspace: Workspace, one: Known, other: Known) -> bool:
    """Whether a record is older than another by number and by date."""
    before, date = workspace.date(one), workspace.date(other)
    if one.number is None or other.number is None or one.series != other.series or not before or not date:
        return False
    return one.number < other.number and before < date


@rule("hint", strict="info", asciidoc=True)
def relation_one_way(subject: Subject) -> Iterator[Found]:
    """Only one side of an amendment tells of it.

    Who reads the amended record should learn that there is more to it. Where most of a log's amendments are told by one side alone,
    that is its style and not reported.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Accepted
    -- docs/adr/0002-use-replicas.md --
    # ADR-0002: Use replicas

    **Status**: Accepted
    **Amends**: [ADR-0001](0001-use-mysql.md)
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Accepted
    **Amended by**: [ADR-0002](0002-use-replicas.md)
    -- docs/adr/0002-use-replicas.md --
    # ADR-0002: Use replicas

    **Status**: Accepted
    **Amends**: [ADR-0001](0001-use-mysql.md)
    ```
    """
    workspace, record, log = subject.workspace, subject.record, subject.log
    one_sided: dict[Relation, bool] = {}
    for related, other in workspace.relations(record):
        if related.relation not in ("amends", "amended_by") or other.path not in log.records or related.partial:
            continue
        back = CONVERSE[related.relation]
        if back not in one_sided:
            one_sided[back] = _one_sided(subject, back)
        if one_sided[back] or _is_among(record, workspace.refers_to(other)):
            continue
        place = Place(other.path, other.heading.span if other.heading else Span(0, 0), "the other side")
        said = "it is amended by" if back == "amended_by" else "it amends"
        fix = Fix(
            f"Say so in {other.id} too",
            partial(_related, subject, other, back),
            preferred=False,
        )
        yield Found(related.mention.span, f"{other.id} does not say that {said} this record.", (fix,), (place,))


def _related(subject: Subject, other: Facts, back: Relation) -> Iterator[FileEdit]:
    """The edits by which another record says how it stands to this one."""
    whole = subject.file(other)
    if whole is not None:
        yield from (subject.edit(edit, other) for edit in editing.relate(whole, back, subject.record, subject.log))


RULES: tuple[Rule, ...] = (
    supersede_no_target, supersede_status, supersede_one_way, supersede_cycle, supersede_early, supersede_many, supersede_older,
    relation_one_way,
)  # fmt: skip
