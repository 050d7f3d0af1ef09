"""Rules on references by number: what they mean, and how they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from adr_ls.log.folds import Fold, Tally
from adr_ls.log.resolve import of_kind, where
from adr_ls.log.style import FEW
from adr_ls.log.workspace import Workspace, question
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.rules.links import is_entry, is_placeholder
from adr_ls.rules.model import Found, Rule, Subject, called, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import fold
from adr_ls.write import editing

FAR = 3
"""How many times the highest number a number is that hardly any log of its size would get to."""


@rule("warning", pages=True, asciidoc=True)
def reference_unknown(subject: Subject) -> Iterator[Found]:
    """A reference names a record that does not exist.

    ``ADR-42`` counts as a reference in prose, metadata and front matter alike; issues (``#42``), other series (``RFC-2119``) and code
    do not. Nor does a record that is said to be another team's (“upstream ADR-42”), wherever it is named, one that is said not to
    exist, or no more (“ADR-42 is reserved”, “the former ADR-42”), and one that a page beside the records defines. A fix is offered where two digits changed places. It
    is only information in a page beside the records, which may tell of what was or is to come, where the number is far beyond those of
    the log, as it may well be another team's, or made up, where most numbers of a log have gaps behind them, as they count more than records, and wherever a file that was told of it once names it again. So is a number of
    the log's own in a record of one in which none has a number.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0012.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    """
    record = subject.record
    elsewhere = [status.span for status in record.statuses if status.choices]  # among them "superseded by ADR-0123"
    heading, title = record.heading, record.heading_title
    if heading is not None and title is not None and title.digits:
        elsewhere.append(Span(heading.span.start, heading.text.start + title.start))  # number-mismatch tells of it
    told: frozenset[int] | None = None
    named: set[tuple[str, int]] = set()
    for mention, _ in where(subject.workspace.resolved(record), of_kind, "unknown"):
        if not is_placeholder(subject, mention):
            if filename.is_short_date(mention.digits):
                continue
            identity = mention.series.casefold(), mention.number or 0
            if mention in record.foreign or subject.log.count(FOREIGNERS, identity) or mention in record.vacant:
                continue
            if any(span.covers(mention.span) for span in elsewhere):
                continue
            if told is None:
                told = subject.workspace.ask(defined, subject.log.directory)
            if mention.number in told:
                continue
            written = mention.span.of(record.text)
            turned = swapped(subject, mention)
            highest = subject.log.of(HIGHEST)
            said = (
                f"; did you mean {turned[0].id}?"
                if len(turned) == 1
                else f"; the records here go up to {highest}."
                if highest is not None
                else "."
            )
            fixes = tuple(
                subject.fix(f"Change to {called(other)}", editing.rename_mention(record, mention, other), preferred=False)
                for other in turned[:2]
            )
            far = (mention.number or 0) > FAR * max(10, highest or 0)
            if subject.is_page and (far or is_entry(subject, mention) or not is_of_this_log(subject, mention)):
                continue
            is_less = far or subject.log.of(_SPARSE) or (subject.is_page and len(turned) != 1) or identity in named
            level: Level | None = "info" if is_less else None
            named.add(identity)
            yield Found(mention.span, f"There is no {_SEVERAL.sub('', written)}{said}", fixes, level=level)
    if not subject.is_page and subject.workspace.names.is_numberless:
        yield from _numbers_of_none(subject)


def _numbers_of_none(subject: Subject) -> Iterator[Found]:
    """The numbers by which a record names others of its log, where none of them has a number; each once."""
    record, names = subject.record, subject.workspace.names
    told: set[int | None] = set()
    known = subject.workspace.ask(defined, subject.log.directory)
    title = record.heading.span if record.heading else Span(0, 0)
    for mention, _ in where(subject.workspace.resolved(record), of_kind, "none"):
        if mention.number in told or mention.number in known or not names.has_none_of(record.path, mention):
            continue
        identity = mention.series.casefold(), mention.number or 0
        is_foreign = mention in record.foreign or mention in record.vacant or subject.log.count(FOREIGNERS, identity)
        is_example = title.covers(mention.span) or _QUOTED.match(record.text, mention.span.start - 1) is not None
        if subject.log.size < FEW:  # asked late, as it is another one with each record that is added
            return
        if is_foreign or is_example or is_placeholder(subject, mention) or filename.is_short_date(mention.digits):
            continue
        told.add(mention.number)
        written = _SEVERAL.sub("", mention.span.of(record.text))
        yield Found(mention.span, f"No record here has a number, so nobody can tell which is {written}.", level="info")


_QUOTED = lazy.regex(r"[\"“”„«»‘'‚‹「『《〈]")
"""What stands before a name that is only an example of one."""


_SEVERAL = lazy.regex(r"(?<=[A-Z])s(?=[ \t-]*\d)")
"""The plural of an abbreviation, of which one is named: ``ADRs 3``."""


def is_of_this_log(subject: Subject, mention: Mention) -> bool:
    """Whether a number in a page elsewhere can be meant for no other log: none besides has its series, and it is written as this one's are."""
    series = mention.series.casefold()
    homes = [log.directory for log in subject.workspace.logs if any(one == series for one, _ in log.by_number)]
    return homes == [subject.log.directory]


NEXT = 5
"""How many numbers behind the highest one may be those of records that others are writing."""


HIGHEST = Fold(
    lambda record: record.number, lambda numbers: max((number for number in numbers if number is not None), default=None)
)
"""The highest number of a log, None where it has none."""


SCATTERED = 8
"""So many records show whether their numbers count something else besides."""


def _are_sparse(numbers: Iterable[int | None]) -> bool:
    own = sorted({number for number in numbers if number is not None})
    return len(own) >= SCATTERED and 2 * sum(after - one > 1 for one, after in pairwise(own)) > len(own)


_SPARSE = Fold(lambda record: record.number, _are_sparse)
"""Whether most numbers have a gap behind them, so that they count something else besides, such as tasks."""


FOREIGNERS = Tally(lambda record: record.foreigners)
"""How many records say of which record that it is somebody else's or not there, by series and number."""


def _sorted_digits(seen: Iterable[tuple[str, int | None]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path, number in seen:
        if number is not None:
            found.setdefault("".join(sorted(str(number))), []).append(path)
    return {digits: tuple(paths) for digits, paths in found.items()}


_DIGITS = Fold(lambda record: (record.path, record.number), _sorted_digits)
"""The paths of the records whose numbers have the same digits, by these in order."""


@question
def defined(workspace: Workspace, directory: str) -> frozenset[int]:
    """The numbers that pages write of: a collection of old decisions, or a list of what is to come.

    Such a page has the number at the beginning of a line, be it of a heading, an item or a row; one outside the directory of the log has
    it at the beginning of a heading. Of an index those entries count that lead nowhere on purpose, having no link, and what it says is
    not there. A record whose title has another number than its file tells of that, too.
    """
    logs = [log for log in workspace.logs if log.directory == directory]
    found = {number for log in logs for number in log.of(_TITLE_NUMBERS) if number is not None}
    for path in workspace.indexed_by(directory):
        found.update(entry.mention.number or 0 for entry in workspace.indexes[path].entries if entry.is_told_bare)
    for path, page in workspace.pages.items():
        if posixpath.dirname(path) != directory:
            heads = {section.heading.text.start for section in page.sections}
            found.update(
                one.number for one in page.mentions if one.number is not None and one.form == "bare" and one.span.start in heads
            )
            continue
        found.update(number for series, number in page.foreigners if not series)
        if path not in workspace.indexes:
            starts: dict[int, tuple[int, int]] = {}
            for mention in page.mentions:
                if mention.form == "bare" and mention.number is not None:
                    line, column = page.lines.position(mention.span.start)
                    starts.setdefault(line, (column, mention.number))
            found.update(number for column, number in starts.values() if column <= MARKS)
    return frozenset(found)


_TITLE_NUMBERS = Tally(lambda record: (record.heading_title.number,) if record.heading_title is not None else ())
"""How many records have which number in their title."""


MARKS = 8
"""How many characters of Markdown stand before the first word of a line at most: ``- [x] **``, ``#### ``."""


def swapped(subject: Subject, mention: Mention) -> list[Facts]:
    """The records whose number has the digits of a mention in another order, unless it is likely to be just what is meant.

    A number right behind the highest one is more often that of a record which is still to come.
    """
    if 0 < (mention.number or 0) - (subject.log.of(HIGHEST) or 0) <= NEXT:
        return []
    paths = subject.log.of(_DIGITS).get("".join(sorted(str(mention.number))), ())
    found = [subject.log.records[path] for path in paths if path != subject.record.path]
    if not found or subject.others(_NAMED, mention.number) or _named(subject.record).count(mention.number) > 1:
        return []  # nobody makes the same slip twice
    return [other for other in found if other.number != mention.number]


def _named(record: Known) -> list[int | None]:
    return [mention.number for mention in record.mentions if mention.form == "bare"]


_NAMED = Tally(_named)
"""How many records name a record by that number."""


@rule("warning", asciidoc=True)
def link_number_mismatch(subject: Subject) -> Iterator[Found]:
    """A link says one number and leads to the record of another.

    One of the two is a slip; only people can tell which, so both fixes are offered and neither is applied by itself.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0003](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    ```
    """
    record, workspace = subject.record, subject.workspace
    for mention, resolution in workspace.resolved(record).items():
        target = workspace.records.get(resolution.path or "")
        if mention.link is None or target is None or target.number is None or mention.link.kind == "autolink":
            continue
        said = _said_number(record, mention, target)
        if said is None or int(said) == target.number:
            continue
        label = mention.link.text.of(record.text)
        at = label.find(said)
        span = Span(mention.link.text.start + at, mention.link.text.start + at + len(said)) if at >= 0 else mention.link.text
        right = f"{target.number:0{len(said)}}"
        fixes = [subject.fix(f"Change the text to {right}", Edit(span, right), preferred=False)]
        paths = subject.log.by_number.get((target.series.casefold(), int(said)), ())
        named = [subject.log.records[path] for path in paths if path != record.path]
        fixes += [
            subject.fix(f"Link to {called(other)}", editing.retarget(record, mention, other), preferred=False)
            for other in named[:2]
        ]
        place = mention.span if record.is_fixed else mention.link.text
        yield Found(place, f"The text says {said}, the link leads to {called(target)}.", tuple(fixes))


def _said_number(record: Record, mention: Mention, target: Facts) -> str | None:
    """The number by which the text of a link names a record: ``ADR-3``, or ``3.`` before its title; None where it names it by none."""
    if mention.link is None:
        return None
    if mention.number is not None:
        return mention.digits if mention.series and mention.series.casefold() == target.series.casefold() else None
    before = _ORDINAL.match(record.document.plain(mention.link.text))
    return before["number"] if before is not None and fold(before["title"]) == fold(target.title or "") else None


_ORDINAL = lazy.regex(r"(?P<number>\d{1,4})\.[ \t]+(?P<title>\S.*)", re.DOTALL)
"""A number before a title, as the simplest tools write it: ``3. Use Kafka``."""


@rule("off", strict="hint")
def reference_unlinked(subject: Subject) -> Iterator[Found]:
    """A reference names a record to which nothing in the text links.

    adr-ls follows both; a browser only follows links. Not reported in a log that mostly names its records without links, and once for
    each record that is named.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    [ADR-0003](0003-use-rust.md), and [its test](0003-use-rust.md), follow from ADR-0002.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    [ADR-0003](0003-use-rust.md), and [its test](0003-use-rust.md), follow from [ADR-0002](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    ```
    """
    record, workspace = subject.record, subject.workspace
    if subject.log.house.mention.form != "link":
        return
    resolved = workspace.resolved(record)
    title = record.heading.span if record.heading else Span(0, 0)
    told = {resolution.path for mention, resolution in resolved.items() if mention.link is not None}
    for mention, resolution in resolved.items():
        target = workspace.records.get(resolution.path or "")
        if (
            mention.form != "bare"
            or target is None
            or target.path == record.path
            or target.path in told
            or len(resolution.paths) > 1
        ):
            continue
        at = mention.span.start
        if title.covers(mention.span) or at < record.document.start or record.document.kind_at(at) != "text":
            continue
        told.add(target.path)
        words = mention.span.of(record.text)
        path = editing.relative(record.path, target.path, dotted=subject.log.house.link_path.form == "./")
        fix = subject.fix(f"Link to {called(target)}", Edit(mention.span, f"[{words}]({path})"), preferred=False)
        yield Found(mention.span, f"{words} could be a link to “{posixpath.basename(target.path)}”.", (fix,))


@rule("off", strict="hint")
def reference_ambiguous(subject: Subject) -> Iterator[Found]:
    """A reference by number names a record that exists in several logs, and none of them is this record's own.

    Readers have to guess which is meant; a link would tell.

    ```md before
    -- adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0007.
    -- shop/adr/0007-use-postgres.md --
    # ADR-0007: Use Postgres
    -- bank/adr/0007-use-rust.md --
    # ADR-0007: Use Rust
    ```
    """
    record, workspace = subject.record, subject.workspace
    for mention, resolution in workspace.resolved(record).items():
        found = [path for path in resolution.paths if path in workspace.records] if resolution.kind == "record" else []
        if mention.form == "bare" and len(found) > 1 and not any(path in subject.log.records for path in found):
            names = ", ".join(f"“{workspace.records[path].title}”" for path in found[:3])
            yield Found(mention.span, f"{mention.span.of(record.text)} may be any of {names}; link to the one that is meant.")


@rule("off", strict="hint")
def reference_padding(subject: Subject) -> Iterator[Found]:
    """A reference writes the number with more or fewer zeros than nearly all others here.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0002, ADR-0002, ADR-0002, ADR-0002 and ADR-0002, and ADR-2 again.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0002, ADR-0002, ADR-0002, ADR-0002 and ADR-0002, and ADR-0002 again.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    """
    record, style = subject.record, subject.log.habits.digits
    if not style.is_custom:
        return
    for mention, resolution in subject.workspace.resolved(record).items():
        right = f"{mention.number or 0:0{len(style.form)}}"
        if (
            mention.form == "bare"
            and resolution.path in subject.log.records
            and len(right) == len(style.form)
            and mention.digits != right
        ):
            at = mention.span.start + mention.span.of(record.text).rfind(mention.digits)
            span = Span(at, at + len(mention.digits))
            fix = subject.fix(f"Write {right}", Edit(span, right), preferred=False)
            yield Found(span, f"Numbers have {len(style.form)} digits in {style.having} of {style.of} references here.", (fix,))


RULES: tuple[Rule, ...] = (
    reference_unknown,
    reference_unlinked,
    reference_ambiguous,
    reference_padding,
    link_number_mismatch,
)
