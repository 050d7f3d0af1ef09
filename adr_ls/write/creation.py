"""A new record in the style of its house: from the house's template, else as its records are written, else from a built-in one.

Pure functions from a log and a title to a path, a text, and the place where writing begins. Whatever a template says stays: its
comments, its prompts; only title, number, date and status are filled in. Gaps between numbers are not reused.
"""

from __future__ import annotations

import itertools
import posixpath
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from adr_ls.log import discovery
from adr_ls.log.log import Log
from adr_ls.log.style import Described, majority
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.change import Change, FileEdit, NewFile
from adr_ls.syntax.text import Span, apply, line_end
from adr_ls.words import lookup
from adr_ls.words.lookup import fold
from adr_ls.write import beginnings, editing, filling, skeleton, wording
from adr_ls.write.skeleton import RECENT

LONGEST = 80
"""How many characters of a title go into a file name, at most."""
COMMAND = "adr-ls.newRecord"
"""The editors' command that makes a record."""
HOME = "docs/adr"
"""Where the first record of a repository is put."""

BUILT_IN = """\
# ADR-001: Title

**Status**: Proposed
**Date**: YYYY-MM-DD

## Context

<!-- What is the issue that motivates this decision? -->

## Decision

<!-- What is the change that we are making? -->

## Consequences

<!-- What becomes easier or more difficult because of this change? -->

## Alternatives Considered

<!-- What other options were considered, and why were they not chosen? -->

## References

<!-- Links to relevant resources, discussions or documentation. -->
"""
"""The template of those who have none yet."""
BUILT_IN_NAME = filename.parse_stem("000-title")


class CreationError(Exception):
    """There can be no such record; the message says why, and what to do."""


@dataclass(frozen=True)
class Made:
    """A record that does not exist yet, and the change that makes it, of other records included.

    `blanks` are the places that its template asks to fill in, in their order; there is one at least.
    """

    record: Record
    blanks: tuple[Span, ...]
    change: Change

    @property
    def selection(self) -> Span:
        """Where its first text belongs."""
        return self.blanks[0]


def log_near(workspace: Workspace, path: str | None) -> Log | None:
    """The log that is meant by a file or directory: its own, else the nearest in its folder; without a path the one with most records.

    None where there is no log.
    """

    def size(log: Log) -> tuple[int, int, str]:
        return -len(log.records), log.directory.count("/"), log.directory

    if path is None:
        return min(workspace.logs, key=size, default=None)
    own = workspace.log_of(path)
    if own is not None:
        return own

    def is_below(one: str, other: str) -> bool:
        return f"{one}/".startswith(f"{other.rstrip('/')}/")

    def distance(log: Log) -> int:
        one, other = path.rstrip("/").split("/"), log.directory.split("/")
        common = len(posixpath.commonprefix([one, other]))
        return len(one) + len(other) - 2 * common

    root = max((root for root in workspace.roots if is_below(path, root)), key=len, default="/")
    logs = [log for log in workspace.logs if is_below(log.directory, root)]
    within = [log for log in logs if is_below(log.directory, path)]
    return min(within, key=size) if within else min(logs, key=lambda log: (distance(log), *size(log)), default=None)


def named(workspace: Workspace, log: Log) -> str:
    """What people are told that a log is: the name of its directory, with so many above it that no other log is called so."""
    base = posixpath.basename(log.directory)
    alike = [one.directory for one in workspace.logs if posixpath.basename(one.directory) == base]
    if len(alike) < 2:
        return base
    return posixpath.relpath(log.directory, posixpath.commonpath([posixpath.dirname(directory) for directory in alike]))


def numbered(workspace: Workspace, log: Log, written: str) -> Facts:
    """The record of a log that is called so: by its number, its id, or its file name.

    Raises `CreationError` where there is none, or more than one.
    """
    found = called(log, written)
    if len(found) != 1:
        said = "There is no ADR" if not found else "There is more than one ADR"
        raise CreationError(f"{said} “{written.strip()}” in {named(workspace, log)}.")
    return found[0]


def called(log: Log, written: str) -> list[Facts]:
    """The records of a log that are called so: by number, id, file name or, without a number, day; several where one was taken twice."""
    wanted = written.strip()
    found = [
        record
        for record in log.records.values()
        if wanted.casefold() in (record.id.casefold(), record.name.stem.casefold(), posixpath.basename(record.path).casefold())
    ]
    if not found and (match := re.fullmatch(r"(?:(?P<series>[A-Za-z][A-Za-z-]*?)[- ]?)?#?(?P<number>\d{1,8})", wanted)):
        found = [
            record
            for record in log.records.values()
            if record.number == int(match["number"])
            and (not match["series"] or match["series"].casefold() in (record.series.casefold(), *filename.PLAIN_PREFIXES))
        ]
    if not found and re.fullmatch(r"(?:[A-Za-z]+[- ]?)?[\d-]+", wanted) and (day := filename.day_of(wanted)) is not None:
        found = [
            record
            for record in log.records.values()
            if record.number is None
            and (own := filename.day_of(record.name.stem)) is not None
            and own[1] == day[1]
            and (day[0] == own[0] or filename.is_plain(day[0] or "adr"))
        ]
    return found


def create(
    workspace: Workspace,
    log: Log,
    title: str,
    today: str,
    *,
    near: Facts | None = None,
    supersedes: Sequence[Facts] = (),
    path: str = "",
    number: int | None = None,
    template: str = "",
    newline: str = "",
) -> Made:
    """A new record of a log, which may have none yet, with that title.

    `today` is the date in ISO 8601. `near` is a record of the series that is meant, where a log has several; `supersedes` the records
    that the new one replaces, whose statuses change with it. `path` is given where the file is one that a link already names, `number`
    where a reference has given it one, `template` where people have chosen one, by its path or name, and `newline` where more is known
    of the line ends of the house than its texts show.
    Raises `CreationError` where there is no title or no such template, or a record of that title, number or name already.
    """
    log = _with_template(log, template) if template else log
    title = re.sub(r"\s+", " ", title).strip()
    if not title:
        raise CreationError("A new ADR needs a title.")
    if log.records and all(map(filename.is_asciidoc, log.records)):
        newest = posixpath.basename(tuple(log.records)[-1])
        raise CreationError(f"The records there are not written in Markdown, as adr-ls would write one: {newest}.")
    models = _models(log, near)
    twin = next((record for record in log.records.values() if record.title and fold(record.title) == fold(title)), None)
    if twin is not None:
        raise CreationError(
            f"There is an ADR of that title already: {twin.id}, “{twin.title}” ({posixpath.basename(twin.path)})."
        )
    if path:
        if posixpath.dirname(path) != log.directory or not path.endswith(filename.SUFFIXES):
            raise CreationError(f"“{posixpath.basename(path)}” would be no record of {named(workspace, log)}.")
        number = filename.name_of(path).number
    else:
        if number is None:
            number = _next_number(workspace, log, models)
        elif any(record.number == number for record in (*models, *filter(editing.obstacle, log.records.values()))):
            raise CreationError(f"There is an ADR with the number {number} already.")
        path = path_of(log, models, title, number, today)
    if path in workspace.records or path in workspace.files:
        raise CreationError(f"There is a file “{posixpath.basename(path)}” already; choose another title.")
    if discovery.is_reserved(filename.strip_suffix(posixpath.basename(path))) and not filename.name_of(path).own_directory:
        raise CreationError(f"A file “{posixpath.basename(path)}” would not be taken for an ADR; choose another title.")
    text = _text(workspace, log, models, path, title, number, today)
    record = Record(path, text)
    edits: list[FileEdit] = []
    for other in supersedes:
        record = Record(path, apply(record.text, editing.relate(record, "supersedes", other, log)))
        whole = workspace.file(other.path)
        edits += (FileEdit(other.path, edit) for edit in editing.supersede(whole, record, log)) if whole is not None else ()
    record = Record(path, re.sub(r"\r\n|\n|\r", newline or _line_end(log), record.text))
    change = Change(f"Create {record.id}, “{title}”", tuple(edits), (NewFile(path, record.text),))
    return Made(record, tuple(_blanks(record)) or (Span(len(record.text), len(record.text)),), change)


def _with_template(log: Log, wanted: str) -> Log:
    """The log with the one template that is called so, by its path, or by its file's name with or without the ending."""
    known = filling.templates(log)
    for template in known:
        base = posixpath.basename(template.path)
        if wanted in (template.path, base, filename.strip_suffix(base)):
            return replace(log, templates=(template,), learned=(log.house, log.habits))
    names = ", ".join(f"“{posixpath.basename(template.path)}”" for template in known)
    raise CreationError(f"There is no template “{wanted}”" + (f"; there are {names}." if known else "."))


def working_title(log: Log, number: int) -> str:
    """What a record of that number may be called until somebody has found its title: ``Decision 12``, in the words of the house."""
    named = [section.name for section in log.house.sections if section.role == "decision"]
    known = log.house.language.sections.get("decision") or lookup.ENGLISH.sections["decision"]
    return f"{(named or [known[0].capitalize()])[0]} {number}"


# What it is modelled on


def _models(log: Log, near: Facts | None) -> tuple[Facts, ...]:
    """The records that name a new one by their example, the newest last: those of the usual form of file name and series."""
    records = log.models
    if near is not None and near.path in log.records and near.number is not None:
        records = tuple(record for record in records if record.series == near.series) or records
    forms = [(_form(record.name), record.name.prefix.casefold()) for record in records[-2 * RECENT :]]
    usual = majority(forms)
    return tuple(record for record in records if (_form(record.name), record.name.prefix.casefold()) == usual)


def models_with_numbers(log: Log) -> tuple[Facts, ...]:
    """The records that name one with a number by their example, the newest last; none where the house has no such."""
    numbered = [record for record in log.models if record.number is not None]
    usual = majority((_form(record.name), record.name.prefix.casefold()) for record in numbered[-2 * RECENT :])
    return tuple(record for record in numbered if (_form(record.name), record.name.prefix.casefold()) == usual)


def next_number(workspace: Workspace, log: Log) -> int:
    """The number of the next record with one."""
    return _next_number(workspace, log, models_with_numbers(log)) or 1


def title_label(log: Log, number: int) -> str:
    """What titles of a house have before their words, with that number: ``ADR-012: ``; empty where they have nothing."""
    template = filling.template_of(log)
    heading = template.heading.plain if template is not None and template.heading is not None else ""
    return filling.title_label(models_with_numbers(log)[-RECENT:], heading, number)


def filler(workspace: Workspace, log: Log, models: Sequence[Facts], path: str, title: str, number: int) -> filling.Filler:
    """What writes title and number as the models have them into the text of a record at a path."""
    return filling.Filler(log, _whole(workspace, models), path, title, number, workspace.today, "")


def _usual_form(log: Log) -> tuple[str, bool] | None:
    return majority(_form(record.name) for record in log.models)


def _form(name: filename.Name) -> tuple[str, bool]:
    """The form of a file name, however many digits its number has."""
    return _without_digits(name.pattern), name.own_directory


@lru_cache(maxsize=256)
def _without_digits(pattern: str) -> str:
    """The pattern of a name with one digit for all: a log has thousands of names, and few patterns."""
    return re.sub(r"N+", "N", pattern)


# Number and name


def _next_number(workspace: Workspace, log: Log, models: Sequence[Facts]) -> int | None:
    """The number behind the greatest one; None where the house knows its records by date or name."""
    unread = set(unread_numbers(workspace, log))
    if not log.records:
        # Markdown that cannot be read, or that settings exclude, is called as a record all the same
        there = [posixpath.basename(path) for path in workspace.files if posixpath.dirname(path) == log.directory]
        named = (
            filename.parse_stem(filename.strip_suffix(base)) for base in there if base.casefold().endswith(filename.SUFFIXES)
        )
        unread.update(name.number for name in named if name.number is not None and (name.prefix or name.digits.startswith("0")))
        return max(unread, default=0) + 1 if _first_name(log).digits else None
    numbered = [record for record in models if record.number is not None]
    if 2 * len(numbered) < len(models) or not numbered:
        return None
    series = {record.series.casefold() for record in numbered}
    space = (log, *sharing(workspace, log, series))
    taken = {r.number for one in space for r in one.records.values() if r.number is not None and r.series.casefold() in series}
    return behind(max(taken), unread | set(numbers_of_files(workspace, log, models[-1].name.prefix)))


def behind(number: int, taken: Container[int]) -> int:
    """The first number behind another one that is not taken."""
    return next(one for one in itertools.count(number + 1) if one not in taken)


def unread_numbers(workspace: Workspace, log: Log) -> dict[int, str]:
    """The numbers of files in the directory of a log that may be records in a markup that is not read, with their paths."""
    there = [path for path in workspace.files if posixpath.dirname(path) == log.directory]
    named = ((filename.unread_name(posixpath.basename(path)), path) for path in there)
    return {name.number: path for name, path in named if name is not None and name.number is not None}


def numbers_of_files(workspace: Workspace, log: Log, prefix: str) -> dict[int, str]:
    """The numbers of the files below the directory of a log whose names have that prefix, read or not, with the last path of each."""
    below = ((filename.name_of(path), path) for path in workspace.files if path.startswith(log.directory + "/"))
    return {
        name.number: path for name, path in below if name.number is not None and name.prefix.casefold() == prefix.casefold()
    }


def sharing(workspace: Workspace, log: Log, series: set[str]) -> Iterator[Log]:
    """The logs whose numbers go on with this one's: those beside it of which none has a number twice, and archives below it.

    Only logs with file names of the same form count.
    """
    above, form = posixpath.dirname(log.directory), _usual_form(log)
    alike = [other for other in workspace.logs if _usual_form(other) == form]
    beside = [other for other in alike if posixpath.dirname(other.directory) == above]
    numbers = [key for other in beside for key in other.by_number if key[0] in series]
    if len(set(numbers)) == len(numbers):
        yield from (other for other in beside if other is not log)
    own = {key for key in log.by_number if key[0] in series}
    for other in alike:
        if other.directory.startswith(log.directory + "/") and not own & set(other.by_number):
            yield other


DEVICE = "Windows keeps the name “{}” for a device, whatever its ending, so no file can have it there; choose another title."


def path_of(log: Log, models: Sequence[Facts], title: str, number: int | None, today: str) -> str:
    """The path of a record with that title and number, named as the models are, the newest last."""
    model = models[-1].name if models else _first_name(log)
    words = slug(title, models, has_number=bool(model.digits or model.date))
    base = posixpath.basename(models[-1].path) if models else "title.md"
    suffix = posixpath.splitext(base)[1]
    date = model.dated(today) if model.date else ""
    if model.digits and number is not None:
        between = model.stem[len(date)] if date else ""
        digits = filename.padded([record.name.digits for record in models] or [model.digits], number)
        head = f"{date}{between}{model.prefix}{model.join}{digits}"
        stem = f"{head}{model.separator}{words}" if model.slug or not models else head
        if stem != head and filename.parse_stem(stem).digits != digits:
            stem = f"{head}-{words}"  # words right behind a number that do not end it
    elif date:
        stem = f"{date}{model.separator or '-'}{words}"
    else:
        stem = words
    if filename.is_device(stem):
        raise CreationError(DEVICE.format(stem))
    if model.own_directory:
        return posixpath.join(_directory(log), stem, base)
    return posixpath.join(_directory(log), stem + suffix)


def _directory(log: Log) -> str:
    """Where a new record goes: into the log's directory, or where all records lie in parts of it that for what is not decided yet."""
    parts = dict.fromkeys(
        posixpath.dirname(posixpath.dirname(path) if record.name.own_directory else path)
        for path, record in log.records.items()
    )
    if log.directory in parts:
        return log.directory
    return next((part for part in parts if discovery.status_of(part) in ("proposed", "draft")), log.directory)


def _first_name(log: Log) -> filename.Name:
    """The form of the first record's file name.

    That of the template's, if that has one, else that of the tool that keeps the log, else with as many digits as the template's heading.
    """
    template = filling.template_of(log)
    if template is not None and not isinstance(template, Described):
        stem = re.sub(
            r"(?:(?<!X)X{3,}|(?<!N)N{3,})(?![A-Za-z])", lambda match: "0" * len(match[0]), filename.name_of(template.path).stem
        )
        name = filename.parse_stem(stem)
        if name.digits or name.date:
            return name if name.slug else replace(name, separator="-", slug="title")
    if (begun := beginnings.beginning(*log.begun_by)) is not None:
        return filename.parse_stem(begun.stem)
    if template is None:
        return BUILT_IN_NAME
    place = filling.PLACE_OF_NUMBER.match(template.heading.plain) if template.heading is not None else None
    width = len(place["place"]) if place and re.fullmatch(filling.PADDED, place["place"]) else 3
    return filename.parse_stem(f"{'0' * width}-title")


_HUMP = lazy.regex(r"[a-z\d][A-Z]")
"""Where a word begins within CamelCase."""
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def slug(title: str, models: Sequence[Facts], *, has_number: bool = True) -> str:
    """A title as the house writes titles in file names: its separator, its case, with accents or without.

    Letters of other scripts stay as they are. Raises `CreationError` where nothing is left.
    """
    all_known = [record.name.slug for record in models if record.name.slug]
    known = all_known[-RECENT:]
    marks = [mark for stem in known for mark in re.findall(r"[-_ ]", stem)]
    separator = majority(marks) or "-"
    lower = not known or 2 * sum(stem == stem.lower() for stem in known) >= len(known)
    humps = sum(_HUMP.search(stem) is not None for stem in known)
    capitalised = any(record.name.slug[:1].isupper() and record.name.digits and not record.name.separator for record in models)
    joined = not marks and (capitalised or 2 * humps >= max(len(known), 1) or (bool(humps) and not lower))
    accents = any(re.search(r"[^\x00-\x7f]", stem) for stem in all_known)
    spelled = lookup.spelled_out()
    spells_out = any(not spelled.keys().isdisjoint(record.title or "") for record in models) or bool(
        not spelled.keys().isdisjoint(title) and lookup.spelling_out().search(title)
    )
    text = unicodedata.normalize("NFC", title)
    if not accents:
        text = text.translate({ord(letter): plain for letter, plain in spelled.items()}) if spells_out else text
        text = "".join(_plain(character) for character in text.translate(_LETTERS))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"['’ʼ`]", " " if _parts_at_apostrophes(models) else "", text.lower() if lower and not joined else text)
    words = re.findall(r"[^\W_]+", text)
    if joined:
        separator, small = "", 2 * sum(stem[0].islower() for stem in known) > len(known)
        words = [(word[0].lower() if small and not at else word[0].upper()) + word[1:] for at, word in enumerate(words)]
    found = ""
    for word in words:
        longer = f"{found}{separator}{word}" if found else word
        if len(longer) > LONGEST or len(longer.encode()) > 2 * LONGEST:
            found = found or word[: LONGEST // 2]
            break
        found = longer
    if not found or (not has_number and not re.search(r"[^\W\d_]", found)):
        raise CreationError(f"“{title}” has no letters from which a file name could be made; choose another title.")
    return found


_APOSTROPHE = lazy.regex(r"(?<![^\W\d_])(?P<before>[^\W\d_]+)['’ʼ`](?P<behind>[^\W\d_]+)")


def _parts_at_apostrophes(models: Sequence[Facts]) -> bool:
    """Whether most names of files have two words where their titles have an apostrophe: ``a-l-arrivee``."""
    parted = whole = 0
    for record in models:
        found = _APOSTROPHE.search(record.title or "")
        if found is not None:
            before, behind = ("".join(map(_plain, found[part].lower())) for part in ("before", "behind"))
            name = "".join(map(_plain, record.name.slug.lower()))
            parted += any(f"{before}{between}{behind}" in name for between in "-_ ")
            whole += before + behind in name
    return parted > whole


def _plain(character: str) -> str:
    """A Latin letter without its accents; any other character as it is."""
    base = unicodedata.normalize("NFKD", character)
    return base[0] if base[0].isascii() and base[0].isalpha() and all(map(unicodedata.combining, base[1:])) else character


# The text


def _text(
    workspace: Workspace, log: Log, models: Sequence[Facts], path: str, title: str, number: int | None, today: str
) -> str:
    template = filling.template_of(log)
    if template is None and not log.records and (begun := beginnings.beginning(*log.begun_by)) is not None:
        template = Record(path, begun.text)
    recent = _whole(workspace, models) or _whole(workspace, log.models)
    word = wording.first_status(log, template)
    if template is not None:
        text = template.text
    elif recent and models:
        text = skeleton.skeleton(log, models, recent)
    else:
        text = BUILT_IN
    text = filling.Filler(log, recent, path, title, number, today, word).fill(text)
    return text if text.endswith(("\n", "\r")) else text + line_end(text)


def _whole(workspace: Workspace, records: Sequence[Facts]) -> tuple[Record, ...]:
    """The newest of the records, whole, the newest last."""
    return tuple(whole for record in records[-RECENT:] if (whole := workspace.file(record.path)) is not None)


def _line_end(log: Log) -> str:
    """The line end of the house."""
    usual = majority(record.newline for record in log.models if record.newline)
    return usual or majority(line_end(template.text) for template in log.templates) or "\n"


BLANKS = 40
"""How many places of a new record are offered to be filled in, at most."""


def _blanks(record: Record) -> Iterator[Span]:
    """What a template asks for, section by section, so that typing replaces it; a blank line where it asks for nothing."""
    lines = record.lines
    for section in record.sections[:BLANKS]:
        if section.role in skeleton.STATED or section.role == "changelog":
            continue
        blocks = record.blocks_in(section.own)
        if blocks:
            written = blocks[0].span.of(record.text)
            yield Span(blocks[0].span.start, blocks[0].span.start + len(written.rstrip()))
        elif section.own.end == section.body.end:  # else its text stands in sections below it
            line = min(lines.line_at(max(section.heading.span.start, section.heading.span.end - 1)) + 2, len(lines) - 1)
            line -= bool(lines.span(line).of(record.text).strip())
            yield Span(lines.starts[line], lines.starts[line])
