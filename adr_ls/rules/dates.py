"""Rules on dates: that of the decision, and those by which it is to be looked at again."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from adr_ls.log.folds import Fold
from adr_ls.log.log import Log
from adr_ls.log.style import BACKED, FEW, NEARLY_ALL
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.metadata import Field
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.rules.statuses import is_signpost
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words import dates
from adr_ls.words.lookup import fold
from adr_ls.write import editing

_DATES = ("date", "updated", "review")


@rule("info", strict="warning", asciidoc=True)
def date_missing(subject: Subject) -> Iterator[Found]:
    """The record has no date, though nearly all others here have one.

    A decision was right or wrong by what was known at the time. The date of the commit is no help once a file was moved. The fix puts
    in the day on which it is applied, so look whether that is meant.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    **Date**: 2025-01-01
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    **Date**: 2025-01-02
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    **Date**: 2025-01-03
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    **Date**: 2025-01-04
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    **Date**: 2025-01-05
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: Accepted
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    **Date**: 2025-01-01
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    **Date**: 2025-01-02
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    **Date**: 2025-01-03
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    **Date**: 2025-01-04
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    **Date**: 2025-01-05
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: Accepted
    **Date**: 2030-01-01
    ```
    """
    record, house = subject.record, subject.log.house
    if not house.dates.is_kept_by(0.8, 5) or is_signpost(subject):
        return
    if record.date is not None or record.name.date or not record.text.strip():
        return
    evidence = f"{house.dates.having} of {house.dates.of} records here have one"
    field = record.date_field or record.field("date")
    if field is None and record.is_whole:
        yield Found(subject.head, f"This record has no date; {evidence}.", _dating(subject))
    elif field is not None and not field.value:
        span = field.key_span if field.key_span.start < field.key_span.end else field.span
        fixes: tuple[Fix, ...] = ()
        if subject.workspace.today and field.place != "section":
            today = subject.workspace.today
            fixes = (subject.fix(f"Write {today}", editing.set_value(record, field, today), preferred=False),)
        yield Found(span, f"The date is empty; {evidence}.", fixes)


def _dating(subject: Subject) -> tuple[Fix, ...]:
    """Adds today's date beside the status, where that is a place for it."""
    record, today = subject.record, subject.workspace.today
    if not today or record.status is None or record.status.field.place in ("section", "heading"):
        return ()
    edits = editing.add_field(record, subject.log, "date", today)
    return (subject.fix(f"Add the date {today}", *edits, preferred=False),)


@rule("warning", asciidoc=True)
def date_future(subject: Subject) -> Iterator[Found]:
    """A decision is dated later than today.

    Mostly the year is a slip of the pen. A date of review may lie in the future, of course, and so may one that is a day ahead
    elsewhere in the world.

    ```md before
    # 1. Use Kafka
    **Status**: Accepted
    **Date**: 2099-01-31
    ```
    """
    now = _day(subject.workspace.today)
    canonical = subject.workspace.canonical(subject.record)
    if now is None or canonical in ("proposed", "draft"):
        return
    limit = (now + dt.timedelta(days=2)).isoformat()
    for field in subject.record.fields:
        if field.role in ("date", "updated"):
            date = dates.read(field.value)
            if date is not None and date.iso and len(date.iso) == 10 and min(date.iso, date.other or date.iso) > limit:
                span = Span(field.value_span.start + date.start, field.value_span.start + date.end)
                yield Found(span, f"{date.iso} has not come yet; is the year right?")


@rule("info", asciidoc=True)
def review_overdue(subject: Subject) -> Iterator[Found]:
    """The day on which the decision was to be looked at again is past.

    Whoever set it wanted to be reminded: look whether the decision still holds, then set a new date. Not reported for decisions that
    hold no longer.

    ```md before
    # 1. Use Kafka
    **Status**: Accepted
    **Next Review**: 2021-05-10
    ```
    """
    for field, date in overdue(subject.workspace, subject.record):
        span = Span(field.value_span.start + date.start, field.value_span.start + date.end)
        yield Found(span, f"“{field.key}” was {date.iso}: does the decision still hold? Then set a new date.")


def overdue(workspace: Workspace, record: Known) -> Iterator[tuple[Field, dates.Date]]:
    """The reviews of a record whose day is past; none of a decision that holds no longer."""
    if not workspace.today:
        return
    for field in record.fields:
        if field.role != "review" or workspace.is_gone(record):
            continue
        date = dates.read(field.value)
        if date is None or not date.iso or max(date.iso, date.other or date.iso) >= workspace.today[: len(date.iso)]:
            continue
        if fold(field.key) != "review" or _is_after(date.iso, workspace.date(record)):
            yield field, date


def _is_after(review: str, made: str | None) -> bool:
    """Whether a review was set for later: the bare word may as well name the day on which one was held."""
    one, other = _day(review), _day(made or "")
    return one is not None and other is not None and (one - other).days >= 28


@rule("off", strict="info", asciidoc=True)
def proposed_stale(subject: Subject) -> Iterator[Found]:
    """A proposal was made long ago and is still not decided.

    Either it was decided and nobody said so, or it should be withdrawn. Teams differ in how long a proposal may rest, so this is off
    unless asked for; the setting `stale-after` says how many days are long, 90 if it is not set.

    ```md before
    # 1. Use Kafka
    **Status**: Proposed
    **Date**: 2020-01-31
    ```
    """
    status = subject.workspace.status(subject.record)
    rested = stale(subject.workspace, subject.log, subject.record)
    if status is not None and rested is not None:
        yield Found(status.span, f"“{status.word or status.text}” for {rested} days now: decide it, or withdraw it.")


def stale(workspace: Workspace, log: Log, record: Known) -> int | None:
    """For how many days a proposal has not been decided, where that is long; None for all else."""
    if workspace.canonical(record) not in ("proposed", "draft"):
        return None
    rested = days_since(workspace, workspace.date(record) or "")
    return rested if rested is not None and rested > log.config.at(record.path).stale_after else None


def days_since(workspace: Workspace, iso: str) -> int | None:
    """How many days have passed since an ISO 8601 date; None for what is no day, and where nobody said what day it is."""
    now, then = _day(workspace.today), _day(iso)
    return None if now is None or then is None else (now - then).days


def _day(iso: str) -> dt.date | None:
    """The day that an ISO 8601 date means; None for anything else."""
    try:
        return dt.date.fromisoformat(iso) if len(iso) == 10 else None
    except ValueError:
        return None


@rule("error", asciidoc=True)
def date_impossible(subject: Subject) -> Iterator[Found]:
    """A date does not exist in the calendar.

    Mostly day and month changed places, or the month is shorter than was thought.

    ```md before
    # 1. Use Kafka
    **Status**: Accepted
    **Date**: 2025-02-30
    ```
    """
    for field in subject.record.fields:
        if field.role in _DATES:
            date = dates.read(field.value)
            if date is not None and date.form == "impossible":
                span = Span(field.value_span.start + date.start, field.value_span.start + date.end)
                written = field.value[date.start : date.end]
                turned = re.sub(r"^(\d{4})([-/.])(\d\d)\2(\d\d)$", r"\1\2\4\2\3", written)
                right = dates.read(turned)
                fixes: tuple[Fix, ...] = ()
                if turned != written and right is not None and right.iso is not None:
                    fixes = (subject.fix(f"Change to {turned}", Edit(span, turned), preferred=False),)
                yield Found(span, f"“{written}” is no date: check day and month.", fixes)


@rule("warning", asciidoc=True)
def date_year(subject: Subject) -> Iterator[Found]:
    """The year of a date is another than that of the records before and after.

    In January people go on to write the old year for a while, be it in several records, and a record that was begun as a copy keeps it.
    Reported only in a log whose dates go up with its numbers, where the date fits among those of its neighbours as soon as the year is
    one more or one less.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    Date: 2024-11-05
    -- docs/adr/0002-b.md --
    # 2. B
    Date: 2024-12-10
    -- docs/adr/0003-c.md --
    # 3. C
    Date: 2024-01-15
    -- docs/adr/0004-d.md --
    # 4. D
    Date: 2025-02-01
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    Date: 2024-11-05
    -- docs/adr/0002-b.md --
    # 2. B
    Date: 2024-12-10
    -- docs/adr/0003-c.md --
    # 3. C
    Date: 2025-01-15
    -- docs/adr/0004-d.md --
    # 4. D
    Date: 2025-02-01
    ```
    """
    record = subject.record
    slip = subject.log.of(_SLIPS).get(record.path)
    field = record.date_field
    date = dates.read(field.value) if slip is not None and field is not None else None
    if slip is None or field is None or date is None or date.form != "iso":
        return
    span = Span(field.value_span.start + date.start, field.value_span.start + date.end)
    there = " and ".join(f"{subject.log.records[path].id} is of {day}" for path, day in slip.beside)
    fixes = (subject.fix(f"Write {slip.right}", Edit(span, slip.right), preferred=False),)
    yield Found(span, f"Is the year right? {there}, so this is probably of {slip.right}.", fixes)


class _Slip(NamedTuple):
    """What a date was probably meant to be, and the paths and dates of the records before and after."""

    right: str
    beside: tuple[tuple[str, str], ...]


_Dated = tuple[tuple[str, str], int, dt.date, str]
"""The directory and series of a record, its number, date and path."""
_OUT = 150
"""From how many days off on a date is out of the order of the numbers."""
_NEAR = 45
"""How many days off a date may be that fits into it: numbers are often taken before a decision is dated."""
_RUN = 5
"""How many records one after the other may have the wrong year."""
_YEAR = 365
_ORDERED = 0.9
"""The share of neighbours that must be in order for the dates of a log to go by its numbers."""


def _dated(record: Facts) -> _Dated | None:
    day = _day(record.date.iso) if record.date is not None and record.date.iso and record.date.form == "iso" else None
    if day is None or record.number is None:
        return None
    return (posixpath.dirname(record.path), record.series.casefold()), record.number, day, record.path


def _slipped(seen: Iterable[_Dated | None]) -> Mapping[str, _Slip]:
    """The records whose year is probably wrong, by path."""
    rows: dict[tuple[str, str], list[_Dated]] = {}
    for one in filter(None, seen):
        rows.setdefault(one[0], []).append(one)
    return {path: slip for row in rows.values() for path, slip in _slips_of(sorted(row))}


def _slips_of(row: Sequence[_Dated]) -> Iterator[tuple[str, _Slip]]:
    dated = [day for *_, day, _ in row]
    days = [day.toordinal() for day in dated]  # numbers, which have no last one as dates do
    if len(days) <= FEW:
        return
    found: list[tuple[str, _Slip]] = []
    kept = 0  # the last one before that has its own year
    for at, day in enumerate(days[1:], 1):
        near = range(at + 1, min(len(days), at + 1 + _RUN))
        is_early = all(day < other - _OUT for other in days[max(0, at - 2) : at])
        behind = next((one for one in near if (days[one] >= days[at - 1] - _OUT if is_early else days[one] < day - _OUT)), None)
        is_out = (behind is not None or (is_early and not near)) and (is_early or _is_late(days, at, behind or at))
        right = _in_year(dated[at], dated[at].year + (1 if is_early else -1)) if is_out else None
        last = (days[behind] if behind is not None else days[at - 1] + _OUT) + _NEAR
        if right is not None and days[at - 1] - _NEAR <= right.toordinal() <= last:
            right_ones = (one for one in (kept, behind) if one is not None)
            beside = tuple((row[one][3], dated[one].isoformat()) for one in right_ones)
            found.append((row[at][3], _Slip(right.isoformat(), beside)))
            days[at] = right.toordinal()  # by which those behind it are judged
        else:
            kept = at
    off = sum(first > second + _OUT for first, second in pairwise(days))
    if off <= (1 - _ORDERED) * (len(days) - 1):
        yield from found


def _is_late(days: Sequence[int], at: int, behind: int) -> bool:
    """Whether a day lies far behind the next two that are in order, or behind the first of them, which fits well to the one before.

    Were the year of that one wrong instead, it would not fit to the second.
    """
    following = days[behind : behind + 2]
    if all(days[at] > other + _OUT for other in following):
        return True
    first, second = following
    return days[at] > first + _OUT and -_NEAR <= first - days[at - 1] < _OUT and first + _YEAR > second + _NEAR


def _in_year(day: dt.date, year: int) -> dt.date | None:
    """The same day of another year, and the one before where there is none; None where there is no such year."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return day.replace(year=year, day=day.day - (day.month == 2 and day.day == 29))


_SLIPS = Fold(_dated, _slipped)


@rule("warning", asciidoc=True)
def date_format(subject: Subject) -> Iterator[Found]:
    """A date is written in another form than the house's.

    Reported only where nearly all records of the log write ISO 8601 dates (2025-01-31), which sort and cannot be misread, or where most
    do and the template asks for it. Where day and month could be either, both readings are offered. One that is only half written,
    such as 2025-??-??, 2025-01-XX or 2025--01-31, is reported wherever it stands.

    ```md before
    -- docs/adr/template.md --
    # N. Title
    Date: YYYY-MM-DD
    -- docs/adr/0001-a.md --
    # 1. A
    Date: 2025-01-01
    -- docs/adr/0002-b.md --
    # 2. B
    Date: 2025-01-02
    -- docs/adr/0003-c.md --
    # 3. C
    Date: 2025-01-03
    -- docs/adr/0004-d.md --
    # 4. D
    Date: 2025-01-04
    -- docs/adr/0005-e.md --
    # 5. E
    Date: January 5, 2025
    ```
    ```md after
    -- docs/adr/template.md --
    # N. Title
    Date: YYYY-MM-DD
    -- docs/adr/0001-a.md --
    # 1. A
    Date: 2025-01-01
    -- docs/adr/0002-b.md --
    # 2. B
    Date: 2025-01-02
    -- docs/adr/0003-c.md --
    # 3. C
    Date: 2025-01-03
    -- docs/adr/0004-d.md --
    # 4. D
    Date: 2025-01-04
    -- docs/adr/0005-e.md --
    # 5. E
    Date: 2025-01-05
    ```
    """
    for field in subject.record.fields:
        if field.role not in ("date", "updated"):
            continue
        date = dates.read(field.value)
        if half := _HALF_WRITTEN.fullmatch(field.value):
            whole = "-".join(half.group("year", "month", "day"))
            is_date = (read := dates.read(whole)) is not None and read.iso == whole
            fixes: tuple[Fix, ...] = (subject.fix(f"Write {whole}", Edit(field.value_span, whole)),) if is_date else ()
            yield Found(field.value_span, f"“{field.value}” is only half a date; write it as YYYY-MM-DD.", fixes)
            continue
        if date is None or date.iso is None or date.form in ("iso", "month"):
            continue
        style = subject.log.date_forms.get(field.role)
        asked = subject.log.house.date_pattern
        least, share = (FEW - 1, BACKED) if asked else (FEW, NEARLY_ALL)
        if style is None or style.form != "iso" or style.having < max(least, share * style.of):
            continue
        span = Span(field.value_span.start + date.start, field.value_span.start + date.end)
        proved = dates.nearer(date, subject.record.name.date) if field.role == "date" else None
        choices = [proved] if proved else [date.iso] if not date.other else [date.iso, date.other]
        fixes = tuple(subject.fix(f"Write {choice}", Edit(span, choice), preferred=len(choices) == 1) for choice in choices)
        said = f"the template asks for {asked}" if asked else f"{style.having} of {style.of} records here write it so"
        yield Found(span, f"Write the date as {choices[0]}; {said}.", fixes)


_HALF_WRITTEN = lazy.regex(
    r"(?=.{0,12}(?:\?|--|[A-Za-z]))(?P<year>\d{4})-{1,2}(?P<month>\d\d|\?{1,2}|([A-Za-z])\3)-{1,2}(?P<day>\d\d|\?{1,2}|([A-Za-z])\5)",
)
"""A date with what is not known of it as question marks or letters (``2025-01-XX``), or with a hyphen too much."""

RULES: tuple[Rule, ...] = (
    date_missing, date_impossible, date_future, date_year, date_format, review_overdue, proposed_stale,
)  # fmt: skip
