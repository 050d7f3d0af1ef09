"""Dates as people write them in ADRs, read without guessing more than needed.

A date is read from the start of a value ("2024-01-02 (revised later)"). Forms: ISO 8601 and its spellings with slashes, dots or no
separator, written-out months, and numeric day/month/year, whose order is undecided where both could be a month, and whose year may
have two digits: ``13/02/26``, ``13.02.26``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as date_type
from functools import cache
from itertools import product
from typing import Literal

from adr_ls.syntax import lazy
from adr_ls.words.lookup import ENGLISH, LANGUAGES, any_of, months, one_of
from adr_ls.words.similar import cased_like

Form = Literal["iso", "numeric", "written", "month", "ambiguous", "impossible"]


@dataclass(frozen=True, slots=True)
class Date:
    """A date found in a text.

    `iso` is the calendar date (``2024-01-02``; ``2024-01`` where only a month is given), None where it is impossible; where the order
    of day and month is open it reads day first, and `other` holds the month-first reading. `start` and `end` are offsets into the
    text that was read. `month_first` tells the order where the numbers prove it: ``4/28/2022``.
    """

    iso: str | None
    form: Form
    start: int
    end: int
    other: str | None = None
    month_first: bool | None = None


@cache
def _forms() -> re.Pattern[str]:
    """All forms of a date; compiled when the first one is read, since that takes longer than most of what is imported."""
    month = one_of(months())
    ordinal, of = any_of("ordinals"), any_of("of_month")
    return re.compile(
        rf"""(?P<iso>(?P<y1>\d{{4}})(?P<s1>[-/_]|(?P<dot>\.(?:[ ](?=\d{{1,2}}\.[ ]\d{{1,2}}(?:\.|\s*$)))?)|年|년[ ]?)(?P<m1>\d{{1,2}})(?:
            (?P<s2>[-/._]|(?(dot)\.[ ]|(?!))|月|월[ ]?)(?P<d1>\d{{1,2}})[日일]?(?!\d)(?!-[ ]?\d) | (?!\d|-[ ]?\d|[ ]-\d{{1,2}}(?!\d))))
        | (?P<slip>\d{{4}}(?:-[ ]?|[ ]-)\d{{1,2}}(?:-[ ]?|[ ]-)\d{{1,2}})(?!\d)
        | (?P<odd>(?:\d{{3}}(?=-\d\d-\d\d(?!\d))|2\d{{4}}(?=-\d\d-\d\d(?!\d))|(?:19|20)\d\d(?=-\d{{1,2}}-\d{{3,4}}(?!\d)|-\d{{3}}-\d{{1,2}}(?!\d)))-\d+-\d+)
        | (?P<compact>(?P<y2>(?:19|20)\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>[0-3]\d))(?!\d)
        | (?P<numeric>(?P<a>\d{{1,2}})[-/.]\s?(?P<b>\d{{1,2}})[-/.]\s?(?P<y3>\d{{4}}))(?!\d)
        | (?P<short>(?P<a2>\d{{1,2}})/(?P<b2>\d{{1,2}})/(?P<y8>\d\d)|(?P<a3>\d\d)\.(?P<b3>\d\d)\.(?P<y9>\d\d))(?![\d./-])
        | (?P<dmy>(?P<d4>\d{{1,2}})(?:{ordinal}|\.)?[- ]+(?:{of}[ ]+)??(?P<mon4>{month})\b\.?,?[- ]+(?:{of}[ ]+)?(?P<y4>\d{{4}}))
        | (?P<mdy>(?P<mon5>{month})\b\.?[ ]+(?P<d5>\d{{1,2}}){ordinal}?,?[ ]+(?P<y5>\d{{4}}))
        | (?P<ymd>(?P<y7>\d{{4}})[,.]?[- ]+(?P<mon7>{month})\b\.?,?[- ]+(?P<d7>\d{{1,2}}){ordinal}?)(?!\d)
        | (?P<my>(?P<mon6>{month})\b\.?,?[ ]+(?P<y6>\d{{4}}))""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _lead() -> re.Pattern[str]:
    """What may stand before a date: marks, a word such as *on* and the day of the week."""
    return re.compile(
        rf"[\s\"“„«'`*_(\[{{<]*(?:{any_of('on')}\.?\s+)?(?:{any_of('weekdays')}\b\.?,?\s+)?",
        re.IGNORECASE,
    )


def blank(form: str) -> str:
    """A pattern for the place of a date in a template, in any language: `form` has ``{y}``, ``{m}`` and ``{d}`` for its parts."""
    places = [[one.date_blanks[part] for one in LANGUAGES if one.date_blanks] for part in range(3)]
    year, month, day = (f"(?:{'|'.join(dict.fromkeys(names))})" for names in places)
    return form.format(y=year, m=month, d=day)


_USUAL = lazy.regex(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
"""A date as nearly all are written, which takes no long look."""
_DIGIT = lazy.regex(r"\d")


def read(text: str) -> Date | None:
    """The date with which the text begins, behind quotes, brackets and emphasis; None where it begins with none."""
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        return _checked(int(usual["y"]), int(usual["m"]), int(usual["d"]), "iso", *usual.span())
    if _DIGIT.search(text) is None:
        return None
    lead = _lead().match(text)
    match = _forms().match(text, lead.end() if lead else 0)
    return _date(match) if match else None


def search(text: str) -> Date | None:
    """The first full date anywhere in the text."""
    for match in _forms().finditer(text):
        if text[match.start() - 1 : match.start()].isalnum() or match["odd"]:
            continue  # what only stands where a date does is one with a slip; elsewhere it may be any number
        date = _date(match)
        if date.form != "month":
            return date
    return None


def _date(match: re.Match[str]) -> Date:
    start, end = match.span()
    if match["iso"]:
        if not match["d1"]:
            month = int(match["m1"])
            return Date(
                f"{match['y1']}-{month:02}" if 1 <= month <= 12 else None,
                "month" if 1 <= month <= 12 else "impossible",
                start,
                end,
            )
        proper = match["s1"] == match["s2"] == "-" and len(match["m1"]) == len(match["d1"]) == 2
        return _checked(int(match["y1"]), int(match["m1"]), int(match["d1"]), "iso" if proper else "numeric", start, end)
    if match["compact"]:
        return _checked(int(match["y2"]), int(match["m2"]), int(match["d2"]), "numeric", start, end)
    if match["slip"] or match["odd"]:
        return Date(None, "impossible", start, end)
    if match["numeric"] or match["short"]:
        first, second, written = _numbers(match)
        year = int(written) if len(written) == 4 else 2000 + int(written)
        if first > 12 or first == second or second > 12:
            day, month = (first, second) if second <= 12 else (second, first)
            date = _checked(year, month, day, "numeric", start, end)
            return date if first == second else replace(date, month_first=second > 12)
        day_first, month_first = _iso(year, second, first), _iso(year, first, second)
        return Date(day_first, "ambiguous" if day_first and month_first else "impossible", start, end, month_first)
    if match["my"]:
        return Date(f"{match['y6']}-{_number(match['mon6']):02}", "month", start, end)
    which = "4" if match["dmy"] else "7" if match["ymd"] else "5"
    return _checked(int(match["y" + which]), _number(match["mon" + which]), int(match["d" + which]), "written", start, end)


def _number(month: str) -> int:
    """The number of a month by its name as written, which may have blanks in it: ``tháng 3``."""
    return _months()[_alike(" ".join(re.split(r"[ \t_-]+", month.casefold())))]


@cache
def _months() -> Mapping[str, int]:
    return {_alike(month): number for month, number in months().items()}


def _alike(word: str) -> str:
    """A word with one letter for each that a pattern without case takes for another: i with and without a dot."""
    return word.replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")


def _numbers(match: re.Match[str]) -> tuple[int, int, str]:
    """The first and the second number of a numeric date, and its year as written."""
    suffix = "" if match["numeric"] else "2" if match["a2"] else "3"
    return int(match["a" + suffix]), int(match["b" + suffix]), match["y3"] or match["y8"] or match["y9"]


def _checked(year: int, month: int, day: int, form: Form, start: int, end: int) -> Date:
    iso = _iso(year, month, day)
    return Date(iso, form if iso else "impossible", start, end)


def _iso(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def nearer(date: Date, known: str | None) -> str | None:
    """The reading of a date with two that is near another day in ISO 8601, about the same thing; None where that proves neither."""
    if date.iso is None or date.other is None or known is None or len(known) != len("2024-01-02"):
        return None
    away, other = (abs(date_type.fromisoformat(one) - date_type.fromisoformat(known)).days for one in (date.iso, date.other))
    if min(away, other) > NEAR or max(away, other) <= NEAR:
        return None
    return date.iso if away < other else date.other


NEAR = 28
"""Within how many days of each other two dates of one decision may well be: of its record's file, and of its status."""


def like(example: str, today: str, *, month_first: bool = False, beside: Iterable[str] = ()) -> str:
    """A day, given in ISO 8601, written as the date `example` is; as it is given where that form cannot be written.

    `month_first` decides where the example could be read both ways, and the dates `beside` it where several languages have its month.
    """
    match = _forms().fullmatch(example)
    if match is None:
        return today
    year, month, day = (int(part) for part in today.split("-"))
    if match["iso"] and match["d1"]:
        short = len(match["m1"]) == 1 or len(match["d1"]) == 1
        ending = (str(month), str(day)) if short else (f"{month:02}", f"{day:02}")
        return f"{year:04}{match['s1']}{ending[0]}{match['s2']}{ending[1]}" + (example[-1] if example[-1] in "日일" else "")
    if match["compact"]:
        return today.replace("-", "")
    if match["numeric"] or match["short"]:
        first, second, year_written = _numbers(match)
        month_leads = second > 12 or (month_first and first <= 12)
        values = (month, day) if month_leads else (day, month)
        padded = re.match(r"\d\d\D+\d\d\D", example) is not None
        one, other = (f"{value:02}" if padded else str(value) for value in values)
        short_year = f"{year:04}"[-len(year_written) :]
        return re.sub(r"\d{1,2}(\D+)\d{1,2}(\D+)\d+", rf"{one}\g<1>{other}\g<2>{short_year}", example)
    which = next((suffix for suffix in "457" if match["mon" + suffix]), "")
    name = _month_like(match["mon" + which], month, beside) if which else ""
    if not name:
        return today
    written, (start, end) = match["d" + which], match.span("d" + which)
    if ordinal := re.match(any_of("ordinals"), example[end:], re.IGNORECASE):
        behind = _ordinal(ordinal[0], day)
        example = f"{example[:end]}{behind}{example[end + ordinal.end() :]}"
        changed = _forms().fullmatch(example) if behind is not None else None
        if changed is None:
            return today
        match = changed
    parts = [((start, end), f"{day:02}" if len(written) == 2 and written.startswith("0") else str(day))]
    parts += [(match.span("mon" + which), name), (match.span("y" + which), f"{year:04}")]
    for (start, end), value in sorted(parts, reverse=True):
        example = example[:start] + value + example[end:]
    return example


def _ordinal(like: str, day: int) -> str | None:
    """What stands behind a day where that of another date stands behind its: *st*, *nd*; in most languages the first alone has one."""
    if like.casefold() in ENGLISH.ordinals:
        return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return like if day == 1 else "" if like.casefold() in ("er", "º") else None


def _month_like(written: str, month: int, beside: Iterable[str]) -> str:
    """The name of a month in the language, form and case of another; empty where that language has no such form of every month.

    A name that several languages share is that of the one in which most of what is `beside` it is, and then of the one that writes it
    so: *januar* is none of German, which has *Januar*.
    """
    others = [set(_WORD.findall(other.casefold())) for other in beside]
    best, found = -1, ""
    for form, exact, language in product(range(2), (True, False), LANGUAGES):
        names = [forms[form] for forms in language.months if len(forms) > form]
        if len(names) == 12 and (written in names if exact else written.casefold() in map(str.casefold, names)):
            known = {name.casefold() for forms in language.months for name in forms}
            alike = sum(not known.isdisjoint(other) for other in others)
            if alike > best:
                best, found = alike, cased_like(written, names[month - 1])
    return found


_WORD = lazy.regex(r"[^\W\d_]+")
