"""Rules on what is cited: what a record says of another, beside what that one is today."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from adr_ls.log.folds import Fold
from adr_ls.log.resolve import Resolution
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.rules.model import Found, Rule, Subject, called, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import any_of, fold
from adr_ls.write import editing

_HISTORY = frozenset({"changelog", "alternatives", "status", "notes", "references"})
"""The parts of a record that speak of what was, or name records for their own sake."""


@rule("hint", strict="info")
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
        edits = [tuple(_newer(subject, mention, last)) for mention in mentions]
        # Told once, at the first mention, so the fix is for all of them
        changes = (edit for own in edits for edit in own)
        fixes = (subject.fix(f"Change to {called(last)}", *changes, preferred=False),) if all(edits) else ()
        yield Found(mentions[0].span, f"{workspace.records[path].id} is superseded by {called(last)}.", fixes, tag="deprecated")


def _newer(subject: Subject, mention: Mention, target: Known) -> Iterator[Edit]:
    """A mention changed to name another record, in its text as well; nothing where a definition is shared."""
    if mention.link is None:
        yield editing.rename_mention(subject.record, mention, target)
    elif mention.link.kind == "inline" and mention.number is not None:
        yield Edit(mention.span, editing.link(subject.record.path, target, subject.log))
    elif mention.link.kind == "inline":
        yield editing.retarget(subject.record, mention, target)


@rule("hint", strict="info")
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


_TITLED = lazy.regex(r"\W*(?P<head>(?:[^\W\d_]+[-_ #]*)?\d{1,6}\s*[:.–—-]+(?![:.–—-])\s*)(?P<title>\S.*\S)\s*", re.DOTALL)


@rule("hint", strict="info")
def link_title_stale(subject: Subject) -> Iterator[Found]:
    """The text of a link gives the record's number and another title than it has.

    Mostly the record was renamed since. Only texts such as “ADR-3: Use Kafka” are compared, and only where nearly none of the words is
    in the title. So is a text that is a file's name itself, where no file here is called so; that is information, and so is what an
    item has behind a number for its title, where it begins with words of another record's: the records got other numbers since. So is an
    item whose title has nothing of the record's, where it has capitals as titles have here, or others of the file have their records' own.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0002: Choose MySQL](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Store orders in Postgres
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0002: Store orders in Postgres](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Store orders in Postgres
    ```
    """
    record, workspace = subject.record, subject.workspace
    yield from _titled_otherwise(subject)
    for mention, resolution in workspace.resolved(record).items():
        yield from _named_otherwise(subject, mention, resolution)
        target = workspace.records.get(resolution.path or "")
        if (
            mention.link is None
            or target is None
            or target.path == record.path
            or target.number is None
            or mention.number != target.number
        ):
            continue
        said = _TITLED.fullmatch(record.text, mention.link.text.start, mention.link.text.end)
        if not said or not target.title or mention.fragment:
            continue
        # Some name a record by the words of its file
        names = (said["title"], f"{target.title} {re.sub('[-_]', ' ', target.name.slug)}")
        words, own = (set(re.findall(r"\w{3,}", text.casefold())) for text in names)
        if not words or not own or len(words & own) * 3 > len(words) or said["title"].casefold() in target.title.casefold():
            continue
        span = Span(*said.span("title"))
        title = re.sub(r"([\[\]])", r"\\\1", target.title)
        fix = subject.fix(f"Change to “{target.title}”", Edit(span, title), preferred=False)
        yield Found(span, f"The title of {target.id} is “{target.title}”.", (fix,))


_BEHIND_NUMBER = lazy.regex(r"[*_`]{0,3}[ \t]*(?:[:：–—][*_]{0,3}|-[ \t])[ \t]*(?P<said>[^\W_][^\n;()（）]{3,100})")
"""What stands behind a number as its title: ``ADR-3: Use Kafka``; in brackets there are remarks as well."""


_ITEM = lazy.regex(r"[ \t>]{0,20}(?:[-*+]|\d{1,3}[.)])[ \t]+[*_`]{0,3}")
"""How a line begins that is an item."""


class _Item(NamedTuple):
    """An item that begins with the number of a record, be it in brackets: the records that are `meant`, and what stands `behind` it."""

    mention: Mention
    meant: tuple[Facts, ...]
    behind: Span
    is_bracketed: bool
    is_of_log: bool
    """Whether no record of another log may be meant."""


def _items(subject: Subject) -> Iterator[_Item]:
    record, records = subject.record, subject.log.records
    for mention, resolution in subject.workspace.resolved(record).items():
        if mention.form != "bare" or resolution.kind != "record":
            continue
        meant = tuple(one for path in resolution.paths if (one := records.get(path)) is not None)
        line = record.lines.span(record.lines.line_at(mention.span.start))
        before = Span(line.start, mention.span.start).of(record.text)
        if meant and _ITEM.fullmatch(before.removesuffix("[")):
            behind = Span(mention.span.end, line.end)
            yield _Item(mention, meant, behind, before.endswith("["), len(meant) == len(resolution.paths))


_ENTITLED = lazy.regex(
    r"(?P<closed>\])?[*_`]{0,3}[ \t]{0,3}(?(closed)[:：–—-]?|(?:[:：–—]|-(?=[ \t])))[*_]{0,3}[ \t]{1,3}"
    r"(?P<said>[^\W\d_][^\n:;()（）–—|]{3,80}?)[*_.]{0,3}[ \t]{0,3}(?:$|\(|[–—]|-[ \t])",
    re.MULTILINE,
)
"""A title behind the number of a record, up to the end of the item or a remark: ``[ADR-3] Use Kafka``, ``ADR-3: Use Kafka (draft)``."""
_COLON = lazy.regex(r"\]?[*_`]{0,3}[ \t]*[:：]")


def _titled_otherwise(subject: Subject) -> Iterator[Found]:
    """Items that are the number of a record and a title of which nothing is in that record's; one that is another record's is told first.

    What stands there is surely a title where it is written in capitals, as the record's is; or behind a colon, as where most of such items
    have something of their records' titles. Behind a dash there is as often a remark on the record.
    """
    record = subject.record
    titles: list[tuple[Span, tuple[Facts, ...], bool, bool]] = []
    told: set[Span] = set()
    for item in _items(subject):
        as_another = _titled_as_another(subject, item)
        if as_another is not None:
            yield as_another
        said = _ENTITLED.match(record.text, item.behind.start)
        if said is None or bool(said["closed"]) != item.is_bracketed or not item.is_of_log:
            continue
        has_colon = _COLON.match(record.text, item.behind.start) is not None and len(_words(said["said"])) > 1
        is_akin = any(_are_akin(item.behind.of(record.text), one) for one in item.meant)
        titles.append((Span(*said.span("said")), item.meant, has_colon, is_akin))
        if as_another is not None:
            told.add(titles[-1][0])
    right = sum(is_akin for _, _, has_colon, is_akin in titles if has_colon)
    are_titles = right > 0 and 2 * right >= sum(has_colon for _, _, has_colon, _ in titles)
    for span, meant, has_colon, is_akin in titles:
        words = span.of(record.text)
        if is_akin or span in told or record.path in subject.log.of(_PAIRS).get(_first_words(words) or ("", ""), ()):
            continue  # what a record is of itself may be said of any other
        in_capitals = _has_capitals(words) and all(_has_capitals(one.title or "") for one in meant)
        if (in_capitals or (has_colon and are_titles)) and all(one.path != record.path for one in meant):
            yield Found(span, f"The title of {meant[0].id} is “{meant[0].title}”.", level="info" if in_capitals else None)


def _titled_as_another(subject: Subject, item: _Item) -> Found | None:
    """What is told of an item with a title behind it that begins with words of another record's, and has no word of its own record's."""
    record, target = subject.record, item.meant[0]
    said = _BEHIND_NUMBER.match(record.text, item.behind.start) if not item.is_bracketed else None
    begins = _first_words(said["said"]) if said is not None and target.title and target.number is not None else None
    others = subject.log.of(_PAIRS).get(begins, ()) if begins is not None else ()
    if said is None or not others or {target.path, record.path} & {*others}:
        return None  # what a record is of itself may be said of any other
    if {*_words_of(target)} & {*_words(said["said"])}:
        return None
    meant = ", ".join(subject.log.records[path].id for path in others[:3])
    return Found(item.mention.span, f"{called(target)}, is of something else; did you mean {meant}?", level="info")


def _has_capitals(title: str) -> bool:
    """Whether all longer words of a title begin with a capital, as English writes titles, and there are several."""
    long = [word for word in re.findall(r"[^\W\d_][\w'’-]*", title) if len(word) >= LONG]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _are_akin(said: str, record: Facts) -> bool:
    """Whether a text has a word of a record's title, or of its file's name, be it in another form or within one written without blanks."""
    folded, words = fold(said), _words(said)
    return any(one in folded or any(word in one or one[:LONG] == word[:LONG] for word in words) for one in _words_of(record))


def _words_of(record: Facts) -> list[str]:
    """The words of a record's title and of its file's name."""
    return _words(f"{record.title} {re.sub('[-_]', ' ', record.name.slug)}")


LONG = 4
"""How many letters a word of a title has at least that is no small word, and how many tell that two are of one stem."""


def _words(text: str) -> list[str]:
    """The words of a text, folded, without those so short that they tell nothing."""
    return [word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) > 2 or not word.isalpha()]


def _first_words(text: str) -> tuple[str, str] | None:
    """The first two words of a title, folded; None of one that has fewer."""
    return next(pairwise(_words(text)), None)


def _by_pair(seen: Iterable[tuple[tuple[tuple[str, str], ...], str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for pairs, path in seen:
        for pair in pairs:
            found.setdefault(pair, []).append(path)
    return {pair: tuple(paths) for pair, paths in found.items()}


_PAIRS = Fold(lambda record: (tuple(dict.fromkeys(pairwise(_words(record.title or "")))), record.path), _by_pair)
"""The records of which the titles have two words one after the other."""


_FILE = lazy.regex(r"`?(?:\.{0,2}/)?(?:[\w.-]+/){0,20}(?P<base>[\w.-]+)`?")


def _named_otherwise(subject: Subject, mention: Mention, resolution: Resolution) -> Iterator[Found]:
    """A link whose text is the name of a file, as its target is, where no file here is called so: a slip, or the name of before."""
    record, names = subject.record, subject.workspace.names
    if mention.link is None or mention.link.kind == "autolink" or resolution.kind not in ("record", "file"):
        return
    text = mention.link.text
    said = _FILE.fullmatch(record.text, text.start, text.end)
    base = posixpath.basename(resolution.paths[0])
    if said is None or not said["base"].casefold().endswith(filename.SUFFIXES) or names.by_base.get(said["base"].casefold()):
        return
    if not base.casefold().endswith(filename.SUFFIXES) or base.casefold().endswith(said["base"].casefold()):
        return  # a part of its name stands for it
    span = Span(*said.span("base"))
    fix = subject.fix(f"Change to “{base}”", Edit(span, base), preferred=False)
    yield Found(span, f"No file is called “{said['base']}”; the link leads to “{base}”.", (fix,), level="info")


@rule("off")
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
    link_title_stale,
    orphan,
)
