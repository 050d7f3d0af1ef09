"""What a record is called: the parts of its file name and of its title.

``0001-use-mysql.md``, ``ADR-7.md``, ``adr012-x.md``, ``ODH-ADR-MS-0001-x.md``, ``20200924-x.md``, ``2021-06-10_006-x.md``,
``231005-x.md``, ``0011UseKafka.md``, ``2024-01-02-x/README.md``; ``# 1. X``, ``# ADR-001: X``, ``# [ADR 1] X``, ``# 0037 — X``,
``# ADR.003 X``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from adr_ls.syntax import lazy
from adr_ls.words.lookup import ARCHITECTURE, DECISIONS, any_of, every, one_of, words_for

SUFFIXES = (".md", ".markdown", ".mdx")
"""The endings of Markdown, which is read and written."""

ASCIIDOC = (".adoc", ".asciidoc", ".asc")
"""The endings of AsciiDoc, which is read and never written. The last one is that of signatures too."""

READ = (*SUFFIXES, *ASCIIDOC)
"""The endings of the files that are read."""

UNREAD = {".rst": "reStructuredText", ".org": "Org", ".textile": "Textile"}
"""Other endings of files in which teams keep records, and the markup: their names count, their texts are not read."""

NAMES = 16_384
"""How many file names that were read last are remembered: those of a log are asked for again and again."""

DIRECTORY_NAMES = frozenset({"readme", "index", "adr", "decision", "proposal", "rfc"})
"""Stems of the file that stands for its directory where a log keeps one directory per record."""

_NUMBERED_ONLY = frozenset({"proposal", "rfc"})
"""Those of them that stand for a numbered directory alone: tools for plans keep a proposal in a directory called after a day."""

WORDS = frozenset({
    "adr", "ad", "adl", "lar", "tdr", "dr", "rfc", "rfd", "dec", "decision", "record", "edr", "ddr", "pdr", "mdr",
    "kdd", "adrs", "madr",
})  # fmt: skip
"""Short words, in lower case, that stand before the number of a decision or a proposal."""
PLAIN_PREFIXES = frozenset(
    {
        "adr",
        "adrs",
        "ad",
        "decision",
        "record",
        "lar",
        "dec",
        "dr",
        *every("names"),
    }
)
"""Prefixes, in lower case, that say no more than "a decision": a number behind them is known by the number alone."""

OTHERS = frozenset(
    {
        "prd",
        "srs",
        "brd",
        "frd",
        "spec",
        "req",
        "epic",
        "story",
        "us",
        "uc",
        "task",
        "ticket",
        "issue",
        "bug",
        "feat",
        "test",
        "tc",
    }
)
"""Prefixes, in lower case, of other documents that teams number: requirements, stories, tasks, tests."""

BRANCHES = ("main", "master", "trunk", "develop", "head")
"""What a repository's first branch may be called."""
BRANCH_KINDS = frozenset(
    {
        "feature",
        "features",
        "feat",
        "fix",
        "fixes",
        "bug",
        "bugfix",
        "hotfix",
        "release",
        "chore",
        "doc",
        "docs",
        "refactor",
        "test",
    }
    | {"task", "topic", "user", "users", "dev", "wip", "renovate", "dependabot", "adr", "adrs", "rfc", "rfcs"}
)
"""What the names of other branches begin with in front of a slash, as a rule."""
_OF_A_COPY = lazy.regex(
    rf"[-_@](?:{'|'.join(BRANCHES)}|dev|git|[0-9a-f]{{7,40}}|v?\d{{1,4}}(?:\.\d{{1,4}}){{1,3}})$", re.IGNORECASE
)
"""What archives and clones of a repository have behind its name: a branch, a commit or a version."""
_WORD_ENDS = lazy.regex(r"[-_. ]+")
"""What stands between the words of a name."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{mark}" for kind in ("com", "lpt") for mark in "123456789¹²³")})
"""What Windows takes for a device whatever ending it has; see “Naming Files, Paths, and Namespaces”."""

DENSE = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
"""Letters of scripts that put no blanks between words."""
_CAPITALS, _SMALL, _EITHER = "A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я", "a-zß-öø-ÿα-ωа-џ", "\u0100-\u017f"
"""Letters of scripts that have both; those of further Latin, which take turns, count as either."""

_NUMBERED = lazy.regex(
    r"(?P<prefix>[A-Za-z][A-Za-z]*(?:[-_ ][A-Za-z]+){0,3})?(?P<join>[-_ #]{0,2})(?P<digits>\d{1,6})(?:(?P<sep>[-_. ]+(?![-_. ])|(?=[^\w\s]))(?P<slug>.*))?",
    re.DOTALL,
)
_COUNTED = lazy.regex(
    rf"(?P<prefix>{any_of('numbers')}(?:\.|(?=[-_ ]?0\d))|№)(?P<join>[-_ ]?)(?P<digits>\d{{1,6}})(?:(?P<sep>[-_. ]+(?![-_. ]))(?P<slug>.*))?",
    re.IGNORECASE | re.DOTALL,
)
"""A number with a word for it, which has a point or a number that is filled up behind it: ``nr.-001-x``, ``№-3-x``, but ``no-1-goal``."""
_JOINED = lazy.regex(
    r"(?P<prefix>[A-Za-z]{1,20})?(?P<join>)(?P<digits>0\d{2,5})"
    rf"(?P<sep>)(?P<slug>(?:[{_CAPITALS}{_EITHER}][{_CAPITALS}]{{0,20}}[{_SMALL}{_EITHER}](?!\d)|[{DENSE}]).*)",
    re.DOTALL,
)
"""A number that is filled up, and right behind it a word with a capital or in a script without blanks: ``0011UseKafka``."""
_DATED = lazy.regex(
    r"(?P<date>\d{4}(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d))(?:(?P<sep>(?:[A-Za-z](?=[-_]))?[-_ .])(?P<slug>.*))?",
    re.DOTALL,
)
_LED = lazy.regex(r"(?P<prefix>[A-Za-z]+(?:[-_ ][A-Za-z]+){0,3})(?P<join>[-_ ])")
"""A prefix before a date: ``ADR-2021-06-10-x``."""
_VERSION = lazy.regex(r"[-_ ][vV]$")
"""In what a name ends before the number of a version: ``ADRs-v0``."""
_SHORT = lazy.regex(
    r"(?P<y>[1-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:(?P<sep>[A-Za-z]?[-_ .])(?P<slug>.*)|[A-Za-z]?)",
    re.DOTALL,
)
"""A date in six digits, ``231005-x``: so many records as to number them that high no log has. A letter tells those of one day apart."""
_YEARLY = lazy.regex(
    r"(?P<prefix>(?:[A-Za-z]+[-_ ])?(?:19|20)\d\d)(?P<join>[-_])(?P<digits>\d{3,4})(?:(?P<sep>[-_ .])(?P<slug>.*))?",
    re.DOTALL,
)
"""A number that counts within a year: ``2026-001-x``, ``ADR-2026-001``."""


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a record's file name (of its directory's, where the file is that directory's README).

    `digits` is the number as written, `number` its value; `date` is ISO 8601. What is missing is empty or None. `pattern` describes
    the form with ``N`` for each digit of the number, so that two names of one house compare equal: ``NNNN-slug``, ``ADR-NNN-slug``.
    """

    stem: str
    prefix: str = ""
    join: str = ""
    digits: str = ""
    number: int | None = None
    date: str | None = None
    separator: str = ""
    slug: str = ""
    own_directory: bool = False

    @property
    def pattern(self) -> str:
        """The form of the name: ``NNN-slug``, ``ADR-N``, ``YYYY-MM-DD-slug``, ``slug``."""
        date = ""
        if self.date:
            date = self.dated("YYYY-MM-DD")
        if self.digits:
            head = f"{self.prefix}{self.join}{'N' * len(self.digits)}"
            date = f"{date}{self.stem[len(date)]}" if date else ""
            return f"{date}{head}" + (f"{self.separator}slug" if self.slug else "")
        if date:
            return date + (f"{self.separator}slug" if self.slug else "")
        return "slug"

    def dated(self, iso: str) -> str:
        """A date, given in ISO 8601, as this name writes its own: ``2021-06-10``, ``20210610``, ``210610``, ``ADR-2021-06-10``."""
        before = "" if self.digits else f"{self.prefix}{self.join}"
        own = self.stem[len(before) :]
        if re.match(r"\d{6}(?!\d)", own):
            return before + iso.replace("-", "")[2:]
        return before + iso.replace("-", own[4] if not own[4].isdigit() else "")


def is_number(digits: str, number: int | None) -> bool:
    """Whether digits say a number, with any zeros before it; of whatever length they are, since Python reads 4300 of them at most."""
    return digits.isdecimal() and len(digits) <= _LONGEST_NUMBER and int(digits) == number


_LONGEST_NUMBER = 20
"""More digits than the number of any record has, with the zeros before it."""


@lru_cache(NAMES)
def name_of(path: str) -> Name:
    """Reads the name of the record at that path (slashes, absolute or relative)."""
    directory, base = posixpath.split(path)
    stem = strip_suffix(base)
    if stem.casefold() in DIRECTORY_NAMES and directory:
        outer = parse_stem(posixpath.basename(directory))
        if outer.number is not None or (outer.date and stem.casefold() not in _NUMBERED_ONLY):
            return Name(
                outer.stem,
                outer.prefix,
                outer.join,
                outer.digits,
                outer.number,
                outer.date,
                outer.separator,
                outer.slug,
                own_directory=True,
            )
    return parse_stem(stem)


def apart(names: Iterable[Name], name: Name) -> bool:
    """Whether a letter tells a name from others of its number: ``adr-021-a`` is an annex of ``adr-021``, and not the same record.

    Where none of them does without, letters are but short slugs.
    """
    return _is_annex(name) and any(not other.slug and other.digits == name.digits for other in names)


def _is_annex(name: Name) -> bool:
    return len(name.slug) == 1 and name.slug.isascii() and name.slug.isalpha()


def kind_of(path: str) -> str:
    """The series after which the directory of a record is called, or the one above: ``rfc`` of ``docs/rfcs/0001-x.md``; else empty.

    A directory that the record has for itself does not count, and the last word of a name is enough: ``boat-rfcs/text/0001-x/0001-x.md``.
    """
    directory = posixpath.dirname(path)
    number = name_of(path).number
    if number is not None and parse_stem(posixpath.basename(directory)).number == number:
        directory = posixpath.dirname(directory)
    for part in directory.casefold().split("/")[:-3:-1]:
        last = _WORD_ENDS.split(repository_in(part))[-1]
        for said in (last, last.removesuffix("s")):
            if said in WORDS and said not in PLAIN_PREFIXES:
                return said
    return ""


def repository_in(base: str) -> str:
    """The name of the repository that was cloned or unpacked into a folder of that name: ``boat-rfcs`` in ``harbour__boat-rfcs-main``."""
    return _OF_A_COPY.sub("", base.rpartition("__")[2].rpartition("+")[2])  # many clone into a folder with the owner in front


@lru_cache(NAMES)
def stem_of(path: str) -> str:
    """What tells a file from others: its name without an ending that is read, or its directory's where the file only stands for that."""
    directory, base = posixpath.split(path)
    stem = strip_suffix(base)
    return posixpath.basename(directory) if stem.casefold() in DIRECTORY_NAMES and directory.strip("./") else stem


def is_device(name: str) -> bool:
    """Whether Windows takes a file's name for that of a device, so that nobody could check out a repository with it there."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def strip_suffix(base: str) -> str:
    """The file name without the ending of Markdown or AsciiDoc; other names as they are."""
    stem, suffix = posixpath.splitext(base)
    return stem if suffix.casefold() in READ else base


def is_asciidoc(path: str) -> bool:
    """Whether a file is AsciiDoc by its name. What ends in ``.asc`` is only if its name is a record's, and not that of a signed file."""
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    folded = suffix.casefold()
    if folded != ".asc":
        return folded in ASCIIDOC
    name = parse_stem(stem)
    return (name.number is not None or bool(name.date)) and not posixpath.splitext(stem)[1]


def shown(stem: str) -> str:
    """What a file is called in one line, though its name may have breaks of lines, which few systems refuse."""
    return _BREAKS.sub(" ", stem)


_BREAKS = lazy.regex(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def is_read(path: str) -> bool:
    """Whether a file is one of those that are read, as far as its name tells."""
    return path.casefold().endswith(SUFFIXES) or is_asciidoc(path)


def unread_name(base: str) -> Name | None:
    """The name of a file that may be a record in a markup that is not read; None for any other file."""
    stem, suffix = posixpath.splitext(base)
    name = parse_stem(stem) if suffix.casefold() in UNREAD else None
    return name if name is not None and (name.number is not None or name.date) else None


def parse_stem(stem: str) -> Name:
    """Reads a file name without its ending. A number counts only at the front, behind nothing but a prefix that looks like one."""
    dated = _DATED.fullmatch(stem)
    date = _iso(dated)
    if dated and date:
        slug = dated["slug"] or ""
        inner = re.match(r"(\d{3,4})([-_])(.+)", slug, re.DOTALL)
        # "2021-06-10_006-x", but "20211031-1000-players": a number is filled up, or stands apart by another sign than the words do
        if inner and (inner[1].startswith("0") or inner[2] != dated["sep"]):
            return Name(stem, "", "", inner[1], int(inner[1]), date, inner[2], inner[3])
        return Name(stem, date=date, separator=dated["sep"] or "", slug=slug)
    short = _SHORT.fullmatch(stem)
    if short:
        date = f"20{short['y']}-{short['m']}-{short['d']}"
        return Name(stem, date=date, separator=short["sep"] or "", slug=short["slug"] or "")
    led = _LED.match(stem)
    dated = _DATED.fullmatch(stem, led.end()) if led and is_prefix(led["prefix"]) else None
    if led and dated and (date := _iso(dated)):
        return Name(stem, led["prefix"], led["join"], date=date, separator=dated["sep"] or "", slug=dated["slug"] or "")
    yearly = _YEARLY.fullmatch(stem)
    if yearly and is_prefix(yearly["prefix"][:-4].rstrip("-_ ")):
        number = int(yearly["digits"])
        return Name(
            stem, yearly["prefix"], yearly["join"], yearly["digits"], number, None, yearly["sep"] or "", yearly["slug"] or ""
        )
    counted = _COUNTED.fullmatch(stem)
    numbered = counted or _NUMBERED.fullmatch(stem) or _JOINED.fullmatch(stem)
    prefix = (numbered["prefix"] or "") if numbered else ""
    leads = is_prefix(prefix) or (numbered is not None and _is_code(prefix, numbered["join"], numbered["digits"]))
    if numbered and (counted or (leads and not _VERSION.search(prefix) and not _ends_in_a_name(numbered))):
        digits = numbered["digits"]
        return Name(
            stem,
            numbered["prefix"] or "",
            numbered["join"],
            digits,
            int(digits),
            None,
            numbered["sep"] or "",
            numbered["slug"] or "",
        )
    return Name(stem, slug=stem)


def _is_code(prefix: str, join: str, digits: str) -> bool:
    """Whether words before a number that is filled up are short for a project and the like, not words of the slug: ``ccc-jb-001-use-kafka``."""
    parts = prefix.split("-")
    is_short = len(parts) > 1 and all(1 < len(part) <= SHORT and part.isalpha() for part in parts)
    return is_short and join == "-" and digits.startswith("0") and len(digits) > 2 and _ORDINARY.isdisjoint(parts)


SHORT = 4
"""How many letters such a word has at most."""
_ORDINARY = frozenset(every("ordinary", "articles", "prepositions"))


def _ends_in_a_name(numbered: re.Match[str]) -> bool:
    """Whether digits right behind a prefix of several words belong to its last one, which is a name then: ``ADR-CRC32-sums``."""
    *before, last = re.split(r"[-_ ]", numbered["prefix"] or "")
    return bool(before) and not numbered["join"] and last.casefold() not in WORDS


def _iso(dated: re.Match[str] | None) -> str:
    """The date that a name has, in ISO 8601; empty where its digits are none."""
    if dated is None or not (1 <= int(dated["m"]) <= 12 and 1 <= int(dated["d"]) <= 31 and dated["date"][:2] in ("19", "20")):
        return ""
    return f"{dated['date'][:4]}-{dated['m']}-{dated['d']}"


_DAY = lazy.regex(
    r"(?P<prefix>(?:[A-Za-z]{1,40}[-_ ]){0,4})(?P<y>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?:[-_](?P<count>\d{1,3})(?![^\W_]))?(?![^\W_])"
)


def day_of(stem: str) -> tuple[str, str] | None:
    """The prefix and the day by which records are told apart that have no number, with the count within the day, if there is one.

    So is told what a file's name begins with, and what texts write of it; None where a text does not begin so.

    >>> day_of("20260323-03-use-mysql"), day_of("ADR-2026-03-23")
    (('', '20260323-3'), ('ADR', '20260323'))
    """
    found = _DAY.match(stem)
    if found is None:
        return None
    count = f"-{int(found['count'])}" if found["count"] else ""
    return found["prefix"][:-1], f"{found['y']}{found['m']}{found['d']}{count}"


def is_plain(prefix: str) -> bool:
    """Whether a prefix says no more than "a decision" or "number", so that it is no series of its own."""
    return prefix.casefold() in PLAIN_PREFIXES or is_word_for_number(prefix)


def says_in_full(prefix: str) -> bool:
    """Whether a prefix says in words that a record, or its number, follows; nobody calls a record by it."""
    return is_word_for_number(prefix) or prefix.casefold() in _IN_WORDS


_IN_WORDS = frozenset(every("names"))


def is_word_for_number(prefix: str) -> bool:
    """Whether a prefix says that a number follows, and no more: ``Nr.``, ``No.``, ``№``."""
    return bool(_FOR_NUMBER.fullmatch(prefix))


_FOR_NUMBER = lazy.regex(rf"{any_of('numbers')}\.?|№", re.IGNORECASE)


def is_short_date(digits: str) -> bool:
    """Whether digits are those of a date in six: ``231005``."""
    return bool(_SHORT.fullmatch(digits))


def is_prefix(prefix: str) -> bool:
    """Whether letters before a number name a series of records (``ADR``, ``api``'s ``API``, ``ODH-ADR-MS``), not a word of the slug."""
    parts = re.split(r"[-_ ]", prefix)
    return (
        not prefix or prefix.isupper() or any(part.casefold() in WORDS or (part.isupper() and len(part) > 1) for part in parts)
    )


@dataclass(frozen=True, slots=True)
class Title:
    """The parts of a record's title as written in its first heading or front matter.

    `start` is the offset of `text`, the title proper, in the heading's text; `label` is what precedes it without the separator
    (``ADR-001``, ``1``), empty where there is nothing. `style` describes that part (``ADR-N:``, ``N.``, ``plain``) for comparison.
    """

    text: str
    start: int = 0
    prefix: str = ""
    join: str = ""
    digits: str = ""
    number: int | None = None
    separator: str = ""

    @property
    def style(self) -> str:
        """The form of what precedes the title: ``ADR-N:``, ``N.``, ``ADR N —``, ``plain``."""
        if not self.digits:
            return "plain"
        return f"{self.prefix}{self.join}N{self.separator.rstrip() or ''}"


_HEAD = lazy.regex(
    r"(?P<open>[\[(]?)(?P<prefix>(?:[A-Za-z]+(?:\.[A-Za-z]+)?[-_ ]){0,3}?[A-Za-z]+(?![A-Za-z]))?(?P<join>[ ]?[-_#№.–—][ ]?|[ ]?\[|[ ]*#?|[ ])(?P<digits>\d{1,6})"
    r"(?P<close>[\])]?)(?P<separator>[ \t]*[:.–—-]+(?=[ \t\s]|[^\W\d])[ \t]*|[ \t]*[:：][ \t]*|[ \t]+[|/·•~][ \t]+|[ \t]+|$)",
)
_PICTURES = lazy.regex(r"[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff \t]+(?=[\w\[(])")
"""Pictures before a title's number: ``# 🎨 ADR-021: X``."""
_LABEL = lazy.regex(rf"{one_of(words_for('sections', 'title'))}[ \t]*[:：][ \t]*(?=\S)", re.IGNORECASE)
"""What says of a title no more than that it is one: ``Title: Use Kafka``."""
_COUNTING = lazy.regex(
    rf"(?P<prefix>{any_of('numbers')}\.)(?P<join>[ ]?)(?P<digits>\d{{1,6}})(?P<separator>[ \t]*[:：–—-]+[ \t]*|\.[ \t]+)",
    re.IGNORECASE,
)
"""A word for a number and the number before a title: ``Nr. 001: X``."""
_IN_FULL = lazy.regex(
    rf"(?P<prefix>{any_of('names')})(?P<join>(?:[ ]?\([A-Z]{{2,5}}\))?[ ]?(?:{any_of('numbers')}\.?|n[°º]|№|#)?[ ]?)(?P<digits>\d{{1,6}})"
    r"(?P<separator>[ \t]*[:：–—-]+[ \t]*|\.[ \t]+|[ \t]*$)",
    re.IGNORECASE,
)
"""What a record is called in full, and its number: ``Fiche de décision d'architecture n° 7 : X``."""
_IN_A_YEAR = lazy.regex(
    r"(?P<prefix>(?:[A-Za-z]+[-_ ])?(?:19|20)\d\d)(?P<join>[-_/])(?P<digits>\d{3,4})(?P<separator>[ \t]*[:.–—-]+[ \t]*|[ \t]+|$)"
)
"""A number that counts within a year before a title: ``2026-001: X``."""
_BEHIND = lazy.regex(
    r"(?<![ \t])[ \t]+(?:[:|–—-]+[ \t]*|[(\[])(?P<prefix>[A-Za-z]+(?:-[A-Za-z]+)*)[ \t]?[-_#]?(?P<digits>\d{1,6})[)\]]?[ \t]*$"
)
"""A record's name behind its title: ``Use Kafka - ADR 004``, ``Use Kafka (ADR-4)``."""
_BARE = lazy.regex(
    rf"(?P<prefix>ADR|{any_of('names')})(?P<separator>[ \t]*[:–—-]+[ \t]*)"
    rf"|(?P<what>(?:(?:{one_of(ARCHITECTURE)})[^\W\d_]*[ \t]+)?(?:{one_of(DECISIONS)}|{one_of(WORDS)}))(?P<colon>[ \t]*[:：][ \t]*)(?=\S)",
    re.IGNORECASE,
)
"""What says of a title no more than that it is one of a decision: ``ADR - Use Kafka``, ``Decision: Use Kafka``."""
_LONG = lazy.regex(any_of("names", "records"), re.IGNORECASE)


_CODED = lazy.regex(
    r"(?P<prefix>ADRs?)[ \t-]+(?P<code>[A-Z]{1,4}\d{1,3}(?:[.-][A-Z\d]{1,4}){1,4})(?P<separator>[ \t]*[—–:][ \t]+|[ \t]+-[ \t]+)"
)
"""A title that begins with a code of several parts, which is no number: ``ADR R9-F.6 — Use Kafka``."""


def _signs(text: str) -> str:
    """The letters and digits of a name or a code, in lower case."""
    return re.sub(r"[\W_]", "", text).casefold()


def parse_title(text: str, name: Name | None = None, prefixes: frozenset[str] = frozenset()) -> Title:
    """Splits a title into number and title proper.

    Behind a bare number a blank alone separates only where the number is the file's own (``# 12 factor apps`` is no record 12), and a
    word before a number is a prefix only where it looks like one or is among `prefixes` (in lower case).
    """
    picture = _PICTURES.match(text)
    if picture and picture.end():
        inner = parse_title(text[picture.end() :], name, prefixes)
        if inner.digits or inner.prefix:
            return replace(inner, start=inner.start + picture.end())
        return Title(text.strip())
    if (label := _LABEL.match(text)) and label.end() < len(text):
        inner = parse_title(text[label.end() :], name, prefixes)
        return replace(inner, start=inner.start + label.end())
    yearly = _IN_A_YEAR.match(text)
    if yearly and name is not None and name.number == int(yearly["digits"]) and name.prefix[-4:] == yearly["prefix"][-4:]:
        return Title(
            text[yearly.end() :].strip(),
            yearly.end(),
            yearly["prefix"],
            yearly["join"],
            yearly["digits"],
            int(yearly["digits"]),
            yearly["separator"],
        )
    counted = _COUNTING.match(text) or _IN_FULL.match(text)
    if counted:
        return Title(
            text[counted.end() :].strip(),
            counted.end(),
            counted["prefix"],
            counted["join"],
            counted["digits"],
            int(counted["digits"]),
            counted["separator"],
        )
    match = _HEAD.match(text)
    if match:
        prefix = match["prefix"] or ""
        number = int(match["digits"])
        same = name is not None and name.number == number
        separated = bool(match["separator"].strip()) or match.end() == len(text) or bool(match["open"] and match["close"])
        if not prefix:
            is_own = (same and (separated or not _is_in_slug(match, name))) or (
                separated and (match["separator"] != "-" or _is_file_name(match, name))
            )
        elif match["join"].strip() in (".", "–", "—"):
            # "# ADR.003 X", "# ADR – 001: X", where any other word before is one of the title
            is_own = prefix.casefold() in PLAIN_PREFIXES | prefixes and prefix.isupper()
        elif prefix.casefold() in PLAIN_PREFIXES | prefixes or _LONG.fullmatch(prefix):
            is_own = True  # "# ADR 4 Title": the prefix vouches for the number
        else:
            # "# API-004: X" in "004-x.md", but "# UTF-8 everywhere", "# L2 rollout: first stage" and "# S3" are titles
            padded_or_known = match["digits"].startswith("0") or (
                (name is None or name.number is None) and prefix.casefold() in WORDS
            )
            is_own = (
                bool(match["separator"].strip() or (match["join"] and match.end() == len(text)))
                and all(part.isupper() or part.casefold() in WORDS for part in re.split(r"[-_ ]", prefix))
                and (same or padded_or_known)
                and not _is_in_slug(match, name)
            ) or (same and prefix.casefold() in WORDS and not _is_in_slug(match, name))  # "# RFC 5 Title" in "0005-x.md"
            # "# Harbour RFC 0005: Title", behind whose project's name the series follows
            is_own = is_own or (
                same and bool(match["separator"].strip()) and re.split(r"[-_ ]", prefix)[-1].casefold() in WORDS
            )
        if is_own and not (match["open"] and not match["close"]):
            return Title(
                text[match.end() :].strip(), match.end(), prefix, match["join"], match["digits"], number, match["separator"]
            )
    coded = _CODED.match(text) if name is not None else None
    if coded and name is not None and _signs(name.stem).startswith(_signs(coded["prefix"] + coded["code"])):
        return Title(text[coded.end() :].strip(), coded.end(), coded["prefix"], separator=coded["separator"])
    said = re.match(r"(?P<prefix>ADR)(?P<separator>[ \t]+)(?P<first>\w{3,})", text)
    slug = re.match(r"[A-Za-z]{3,}", name.slug) if name is not None and said else None
    if said and slug and (said["first"].casefold().startswith(slug[0].casefold())):
        # "# ADR Gateway choice" in a file "…-gateway-choice": the word is no part of the title where the file name goes without it
        return Title(text[said.end("separator") :].strip(), said.end("separator"), said["prefix"], separator=said["separator"])
    bare = _BARE.match(text)
    if bare and bare.end() < len(text):
        prefix, separator = bare["prefix"] or bare["what"], bare["separator"] or bare["colon"]
        return Title(text[bare.end() :].strip(), bare.end(), prefix, separator=separator)
    behind = _BEHIND.search(text)
    if (
        behind
        and behind.start()
        and name is not None
        and int(behind["digits"]) == name.number
        and behind["prefix"].casefold() in PLAIN_PREFIXES | prefixes
    ):
        return Title(text[: behind.start()].strip())
    return Title(text.strip())


def is_labelled(text: str) -> bool:
    """Whether a heading says itself that it is the title: ``Title: Use Kafka``."""
    return _LABEL.match(text) is not None


def _is_in_slug(match: re.Match[str], name: Name | None) -> bool:
    """Whether a file name has a title's first number behind its own, as the title's: ``0008-utf-8-everywhere.md``."""
    said = re.sub(r"[\W_]", "", f"{match['prefix'] or ''}{match['digits']}").casefold()
    slug = re.match(r"(?:[^\W_]+[-_.]?){0,4}", name.slug) if name is not None else None
    return bool(slug and said) and re.sub(r"[\W_]", "", slug[0] if slug else "").casefold().startswith(said)


def _is_file_name(match: re.Match[str], name: Name | None) -> bool:
    """Whether a title is like the name of a numbered file, of this one under another number: ``# 013-use-kafka`` in ``011-use-kafka.md``."""
    if name is None or name.number is None or match["digits"] == name.digits:
        return False
    said, slug = (re.sub(r"[\W_]+", "", text).casefold() for text in (match.string[match.end() :], name.slug))
    return match["digits"].startswith("0") or (len(match["digits"]) == len(name.digits) and said == slug)


def padded(written: Iterable[str], number: int) -> str:
    """A number with as many digits as others have as written, where they are filled up with zeros."""
    widths = [len(digits) for digits in written if digits.startswith("0") and len(digits) > 1]
    return f"{number:0{max(reversed(widths), key=widths.count, default=1)}}"
