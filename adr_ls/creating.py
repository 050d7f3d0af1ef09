"""A new record in the style of its house: from the house's template, else as its records are written, else from a built-in one.

Pure functions from a log and a title to a path, a text, and the place where writing begins. Whatever a template says stays: its
comments, its prompts; only title, number, date and status are filled in. Gaps between numbers are not reused.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from adr_ls import dates, discovery, editing, naming, status
from adr_ls.frontmatter import Entry
from adr_ls.house import COMMON, FEW, Described, section_key
from adr_ls.languages import CONVERSE, ENGLISH, LANGUAGES, STATUS_WORDS, fold
from adr_ls.markdown import Heading
from adr_ls.metadata import Field
from adr_ls.record import Record, Section
from adr_ls.text import Edit, Span, apply, line_end
from adr_ls.workspace import Log, Workspace

RECENT = 10
"""How many of the newest records a new one is modelled on."""
LONGEST = 80
"""How many characters of a title go into a file name, at most."""
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
BUILT_IN_NAME = naming.parse_stem("000-title")


class CreationError(Exception):
    """There can be no such record; the message says why, and what to do."""


@dataclass(frozen=True)
class Made:
    """A record that does not exist yet, where its first text belongs, and what changes in other records because of it."""

    record: Record
    selection: Span
    changes: tuple[tuple[str, Edit], ...] = ()


def log_near(workspace: Workspace, path: str | None) -> Log | None:
    """The log that is meant by a file or directory: its own, else the nearest; without a path the one with most records.

    None where the workspace has no log.
    """
    if not workspace.logs:
        return None

    def size(log: Log) -> tuple[int, int, str]:
        return -len(log.records), log.directory.count("/"), log.directory

    if path is None:
        return min(workspace.logs, key=size)
    own = workspace.log_of(path)
    if own is not None:
        return own

    def distance(log: Log) -> int:
        one, other = path.rstrip("/").split("/"), log.directory.split("/")
        common = len(posixpath.commonprefix([one, other]))
        return len(one) + len(other) - 2 * common

    within = [log for log in workspace.logs if log.directory.startswith(path.rstrip("/") + "/") or log.directory == path]
    return min(within, key=size) if within else min(workspace.logs, key=lambda log: (distance(log), *size(log)))


def numbered(log: Log, written: str) -> Record:
    """The record of a log that is called so: by its number, its id, or its file name.

    Raises `CreationError` where there is none, or more than one.
    """
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
            and (not match["series"] or match["series"].casefold() in (record.series.casefold(), *naming.PLAIN_PREFIXES))
        ]
    if len(found) != 1:
        said = "There is no ADR" if not found else "There is more than one ADR"
        raise CreationError(f"{said} “{wanted}” in {posixpath.basename(log.directory)}.")
    return found[0]


def create(
    workspace: Workspace,
    log: Log,
    title: str,
    today: str,
    *,
    near: Record | None = None,
    supersedes: Sequence[Record] = (),
    path: str = "",
    newline: str = "",
) -> Made:
    """A new record of a log, which may have none yet, with that title.

    `today` is the date in ISO 8601. `near` is a record of the series that is meant, where a log has several; `supersedes` the records
    that the new one replaces, whose statuses change with it. `path` is given where the file is one that a link already names, `newline`
    where more is known of the line ends of the house than its texts show.
    Raises `CreationError` where there is no title, or a record of that title or name already.
    """
    title = re.sub(r"\s+", " ", title).strip()
    if not title:
        raise CreationError("A new ADR needs a title.")
    models = _models(log, near)
    twin = next((record for record in log.records.values() if record.title and fold(record.title) == fold(title)), None)
    if twin is not None:
        raise CreationError(
            f"There is an ADR of that title already: {twin.id}, “{twin.title}” ({posixpath.basename(twin.path)})."
        )
    if path:
        number = naming.name_of(path).number
    else:
        number = _next_number(workspace, log, models)
        path = _path(log, models, title, number, today)
    if path in workspace.records or path in workspace.files:
        raise CreationError(f"There is a file “{posixpath.basename(path)}” already; choose another title.")
    if discovery.is_reserved(naming.strip_suffix(posixpath.basename(path))) and not naming.name_of(path).own_directory:
        raise CreationError(f"A file “{posixpath.basename(path)}” would not be taken for an ADR; choose another title.")
    text = _text(log, models, path, title, number, today)
    record = Record(path, text)
    changes: list[tuple[str, Edit]] = []
    for other in supersedes:
        record = Record(path, apply(record.text, editing.relate(record, "supersedes", other, log)))
        changes += ((other.path, edit) for edit in editing.supersede(other, record, log))
    record = Record(path, re.sub(r"\r\n|\n|\r", newline or _line_end(log), record.text))
    return Made(record, _beginning(record), tuple(changes))


# What it is modelled on


def _models(log: Log, near: Record | None) -> tuple[Record, ...]:
    """The records that name a new one by their example, the newest last: those of the usual form of file name and series."""
    records = tuple(log.records.values())
    if near is not None and near.path in log.records and near.number is not None:
        records = tuple(record for record in records if record.series == near.series) or records
    forms = [(_form(record.name), record.name.prefix.casefold()) for record in records[-2 * RECENT :]]
    usual = _most(forms)
    return tuple(record for record in records if (_form(record.name), record.name.prefix.casefold()) == usual)


def _usual_form(log: Log) -> tuple[str, bool] | None:
    return _most(_form(record.name) for record in log.records.values())


def _form(name: naming.Name) -> tuple[str, bool]:
    """The form of a file name, however many digits its number has."""
    return re.sub(r"N+", "N", name.pattern), name.own_directory


_T = TypeVar("_T")


def _most(values: Iterable[_T]) -> _T | None:
    """The most frequent value, of several the last; None where there is none."""
    listed = list(values)
    counted = Counter(listed)
    return max(reversed(listed), key=lambda value: counted[value], default=None)


# Number and name


def _next_number(workspace: Workspace, log: Log, models: Sequence[Record]) -> int | None:
    """The number behind the greatest one; None where the house knows its records by date or name."""
    if not log.records:
        return 1
    numbered = [record for record in models if record.number is not None]
    if 2 * len(numbered) < len(models) or not numbered:
        return None
    series = {record.series.casefold() for record in numbered}
    space = (log, *_sharing(workspace, log, series))
    taken = {r.number for one in space for r in one.records.values() if r.number is not None and r.series.casefold() in series}
    prefix = models[-1].name.prefix.casefold()
    beside = {
        name.number
        for path in workspace.files
        if path.startswith(log.directory + "/") and (name := naming.name_of(path)).prefix.casefold() == prefix
    }
    number = max(taken) + 1
    while number in beside:
        number += 1
    return number


def _sharing(workspace: Workspace, log: Log, series: set[str]) -> Iterator[Log]:
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


def _path(log: Log, models: Sequence[Record], title: str, number: int | None, today: str) -> str:
    model = models[-1].name if models else _first_name(log)
    words = slug(title, models, has_number=bool(model.digits or model.date))
    base = posixpath.basename(models[-1].path) if models else "title.md"
    suffix = posixpath.splitext(base)[1]
    date = ""
    if model.date:
        mark = model.stem[4] if not model.stem[4].isdigit() else ""
        date = mark.join(today.split("-"))
    if model.digits and number is not None:
        between = model.stem[len(date)] if date else ""
        digits = padded([record.name.digits for record in models] or [model.digits], number)
        head = f"{date}{between}{model.prefix}{model.join}{digits}"
        stem = f"{head}{model.separator}{words}" if model.slug or not models else head
    elif date:
        stem = f"{date}{model.separator or '-'}{words}"
    else:
        stem = words
    if model.own_directory:
        return posixpath.join(log.directory, stem, base)
    return posixpath.join(log.directory, stem + suffix)


def _first_name(log: Log) -> naming.Name:
    """The form of the first record's file name: that of the template's, if that has one, with as many digits as its heading."""
    template = template_of(log)
    if template is None:
        return BUILT_IN_NAME
    if not isinstance(template, Described):
        stem = re.sub(r"(?:X{3,}|N{3,})(?![A-Za-z])", lambda match: "0" * len(match[0]), naming.name_of(template.path).stem)
        name = naming.parse_stem(stem)
        if name.digits or name.date:
            return name if name.slug else replace(name, separator="-", slug="title")
    place = _PLACE.match(template.heading.plain) if template.heading is not None else None
    width = len(place["place"]) if place and re.fullmatch(_PADDED, place["place"]) else 3
    return naming.parse_stem(f"{'0' * width}-title")


def padded(written: Sequence[str], number: int) -> str:
    """A number with as many digits as others have, where they are filled up with zeros."""
    widths = [len(digits) for digits in written if digits.startswith("0") and len(digits) > 1]
    return f"{number:0{_most(widths) or 1}}"


_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def slug(title: str, models: Sequence[Record], *, has_number: bool = True) -> str:
    """A title as the house writes titles in file names: its separator, its case, with accents or without.

    Letters of other scripts stay as they are. Raises `CreationError` where nothing is left.
    """
    all_known = [record.name.slug for record in models if record.name.slug]
    known = all_known[-RECENT:]
    marks = [mark for stem in known for mark in re.findall(r"[-_ ]", stem)]
    separator = _most(marks) or "-"
    lower = not known or 2 * sum(stem == stem.lower() for stem in known) >= len(known)
    accents = any(re.search(r"[^\x00-\x7f]", stem) for stem in all_known)
    umlauts = any(re.search(r"[äöü]", record.title or "", re.IGNORECASE) for record in models) or bool(
        re.search(r"[äöü]", title, re.IGNORECASE) and re.search(r"ß|\b(?:für|über|und|der|die|das)\b", title, re.IGNORECASE)
    )
    text = unicodedata.normalize("NFC", title)
    if not accents:
        text = text.translate(_UMLAUTS) if umlauts else text
        text = "".join(_plain(character) for character in text.translate(_LETTERS))
    text = unicodedata.normalize("NFC", text)
    words = re.findall(r"[^\W_]+", re.sub(r"['’ʼ`]", "", text.lower() if lower else text))
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


def _plain(character: str) -> str:
    """A Latin letter without its accents; any other character as it is."""
    base = unicodedata.normalize("NFKD", character)
    return base[0] if base[0].isascii() and base[0].isalpha() and all(map(unicodedata.combining, base[1:])) else character


# The text


def _text(log: Log, models: Sequence[Record], path: str, title: str, number: int | None, today: str) -> str:
    template = template_of(log)
    word = first_status(log, template)
    if template is not None:
        text = template.text
    elif models:
        text = _skeleton(log, models)
    else:
        text = BUILT_IN
    recent = models[-RECENT:] or tuple(log.records.values())[-RECENT:]
    filler = _Filler(log, recent, path, title, number, today, word)
    text = filler.fill(text)
    return text if text.endswith(("\n", "\r")) else text + line_end(text)


def _line_end(log: Log) -> str:
    """The line end of the house."""
    usual = _most(line_end(record.text) for record in log.records.values() if "\n" in record.text or "\r" in record.text)
    return usual or _most(line_end(template.text) for template in log.templates) or "\n"


def template_of(log: Log) -> Record | None:
    """The template that the records of a log follow; None where it has none. Of several the one that the newest are most like."""
    whole = [template for template in log.templates if template.heading is not None or template.front is not None]
    files = [template for template in whole if not isinstance(template, Described)]
    recent = [{fold(section.name) for section in record.sections} for record in tuple(log.records.values())[-RECENT:]]

    def likeness(template: Record) -> float:
        own = {fold(section.name) for section in template.sections}
        return sum(len(own & other) / len(own | other) for other in recent if own | other)

    return max(files or whole, key=likeness, default=None)


class _Filler:
    """Fills in what a new record states about itself, wherever its template states it."""

    def __init__(
        self, log: Log, recent: Sequence[Record], path: str, title: str, number: int | None, today: str, word: str
    ) -> None:
        self.log = log
        self.recent = recent
        self.path = path
        self.title = title
        self.number = number
        self.today = today
        self.word = word

    def fill(self, text: str) -> str:
        text = self._tokens(text)
        text = self._titled(text)
        text = self._identified(text)
        text = self._dated(text)
        return self._stated(text)

    def _tokens(self, text: str) -> str:
        """The placeholders of templates that other tools fill in: ``{{ title }}``, ``{{number}}``."""
        values = {"title": self.title, "date": self.today, "number": "" if self.number is None else str(self.number)}

        def value(match: re.Match[str]) -> str:
            return values.get((match["name"] or match["single"]).casefold()) or match[0]

        return re.sub(
            r"\{\{[ \t]*\.?(?P<name>\w+)[ \t]*\}\}|(?<![\{\[<])[\{\[<](?P<single>date|DATE|TITLE)[\}\]>](?![\}\]>(])",
            value,
            text,
        )

    # Title and number

    def _titled(self, text: str) -> str:
        record = Record(self.path, text)
        field = record.field("title")
        edits: list[Edit] = []
        in_front = field is not None and field.place == "front-matter"
        if field is not None and in_front:
            edits.append(_set(record, field, self._front_label() + self.title))
        heading = record.heading
        if heading is not None:
            written = heading.text.of(text)
            comments = "".join(re.findall(r"[ \t]*<!--.*?-->", written))
            edits.append(Edit(heading.text, self._label(heading.plain) + self.title + comments))
        elif not in_front:
            at = record.front.body if record.front else 0
            edits.append(Edit(Span(at, at), f"# {self._label('')}{self.title}{line_end(text) * 2}"))
        changed = apply(text, edits)
        if heading is not None and _letters(Record(self.path, changed).title or "") != _letters(self.title):
            # Markdown took part of the title for markup
            escaped = re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", self.title)
            changed = apply(text, [*edits[:-1], edits[-1]._replace(text=edits[-1].text.replace(self.title, escaped))])
        return changed

    def _label(self, template: str) -> str:
        """What stands before the title in a heading, number and all, as in the records, else as the template has it."""
        labels = [
            (re.sub(r"\d+(?=\D*$)", "0", label), digits)
            for record in self.recent
            if record.heading is not None and record.heading_title is not None and record.heading_title.text
            for label in [_label_of(record.heading.plain, record.heading_title)]
            for digits in [record.heading_title.digits]
        ]
        usual = _most(label for label, _ in labels)
        if usual is not None:
            return self._numbered(usual, [digits for label, digits in labels if label == usual])
        match = _PLACE.match(template)
        if match is None or self.number is None:
            return ""
        width = len(match["place"]) if re.fullmatch(_PADDED, match["place"]) else 1
        return f"{match['before']}{self.number:0{width}}{match['behind']}"

    def _front_label(self) -> str:
        """What stands before the title in front matter."""
        labels = []
        for record in self.recent:
            field = record.field("title")
            if field is not None and field.place == "front-matter":
                written = re.sub(r"\s+", " ", field.value).strip()
                title = naming.parse_title(written, record.name)
                if title.text:
                    labels.append((re.sub(r"\d+(?=\D*$)", "0", _label_of(written, title)), title.digits))
        usual = _most(label for label, _ in labels)
        return self._numbered(usual, [digits for label, digits in labels if label == usual]) if usual else ""

    def _numbered(self, label: str, digits: Sequence[str]) -> str:
        if self.number is None:
            return "" if any(digits) else label
        return re.sub(r"0(?=\D*$)", padded(digits, self.number), label)

    def _identified(self, text: str) -> str:
        text = self._derived(text)
        record = Record(self.path, text)
        field = record.field("id")
        if field is None or self.number is None:
            return text
        written = [other.value for one in self.recent if (other := one.field("id")) and re.search(r"\d", other.value)]
        model = written[-1] if written else record.id
        digits = [found[-1] for value in written if (found := re.findall(r"\d+", value))]
        value = re.sub(r"\d+(?=\D*$)", padded(digits, self.number) if digits else str(self.number), model)
        return apply(text, [_set(record, field, value if written else record.id)])

    def _derived(self, text: str) -> str:
        """The keys of front matter that repeat the number or the file name in the records: ``slug: 35``."""
        record = Record(self.path, text)
        edits: list[Edit] = []
        for field in record.fields:
            if field.place != "front-matter" or field.role in _FILLED:
                continue
            pairs = [
                (one, other.value)
                for one in self.recent
                for other in one.fields
                if other.place == field.place and other.key == field.key
            ]
            if len(pairs) < FEW:
                continue
            said = {
                self.number: sum(value.isdecimal() and one.number == int(value) for one, value in pairs),
                record.name.stem: sum(value == one.name.stem for one, value in pairs),
                record.name.slug: sum(value == one.name.slug for one, value in pairs),
            }
            for value, often in said.items():
                if value is not None and often >= COMMON * len(pairs):
                    digits = [other for _, other in pairs] if isinstance(value, int) else []
                    edits.append(_set(record, field, padded(digits, value) if isinstance(value, int) else value))
                    break
        return apply(text, edits)

    # Date

    def _dated(self, text: str) -> str:
        record = Record(self.path, text)
        edits: list[Edit] = []
        done: set[Span] = set()
        for field in record.fields:
            if field.role not in ("date", "updated") or field.value_span in done:
                continue
            if field.role == "updated" and not _PLACE_OF_DATE.search(field.value) and dates.read(field.value) is None:
                continue
            if field.place == "section" and any(edit.span.start >= field.key_span.end for edit in edits):
                continue
            done.add(field.value_span)
            kept = "".join(re.findall(r"[ \t]*<!--.*?-->", field.value, re.DOTALL)) if field.place != "front-matter" else ""
            edits.append(_set(record, field, self._date(field) + kept))
        try:
            return apply(text, edits)
        except ValueError:  # fields within each other: the template's own words stay
            return text

    def _date(self, field: Field) -> str:
        """Today as the records write it in that field, else as the template asks for it."""
        for record in reversed(self.recent):
            for other in record.fields:
                if other.role == field.role and other.place == field.place:
                    found = dates.read(other.value)
                    if found is not None and found.iso is not None and found.form != "month":
                        return dates.like(
                            other.value[found.start : found.end], self.today, month_first=self.log.house.month_first
                        )
        place = _PLACE_OF_DATE.search(field.value)
        year, month, day = self.today.split("-")
        return (
            re.sub(r"Y{4}|J{4}|A{4}", year, re.sub(r"MM", month, re.sub(r"DD|TT|JJ(?!JJ)", day, place[0])))
            if place
            else self.today
        )

    # Status

    def _stated(self, text: str) -> str:
        record = Record(self.path, text)
        word = self.word
        field = record.field("status")
        if field is None and record.section("status") is None:
            usual = self.log.house.statuses
            if self.log.records and 2 * usual.having < usual.of:
                return text
            return apply(text, editing.set_status(record, self.log, word))
        value = written_status(self.log, word, self.today)
        canonical = STATUS_WORDS.get(fold(word), "other")
        if field is None or field.place == "section":
            changed = self._in_section(record, value)
        else:
            kept = "".join(re.findall(r"[ \t]*<!--.*?-->", field.value, re.DOTALL)) if field.place != "front-matter" else ""
            changed = apply(text, [_set(record, field, value + kept)])
        stated = Record(self.path, changed).status
        if stated is None or stated.canonical != canonical:
            section = record.section("status")
            if section is not None:
                # What the template says of statuses would be taken for one: the status stands before it
                at = section.heading.span.end
                changed = apply(text, [*self._choices(record, section), Edit(Span(at, at), line_end(text) * 2 + value)])
        return changed

    @staticmethod
    def _choices(record: Record, section: Section) -> Iterator[Edit]:
        """Takes away the list of statuses to choose from."""
        for block in record.blocks_in(section.own):
            if block.kind == "paragraph" and _is_choice(record.document.plain(block.span)):
                end = block.span.end
                yield Edit(Span(block.span.start, end + len(record.text[end:]) - len(record.text[end:].lstrip())), "")

    @staticmethod
    def _in_section(record: Record, value: str) -> str:
        """Puts the status in the place of the choices, of a status that stands alone, or above all else."""
        section = record.section("status")
        if section is None:
            return record.text
        blocks = record.blocks_in(section.own)
        place = next((b for b in blocks if b.kind == "paragraph" and _is_choice(record.document.plain(b.span))), None)
        if place is None and blocks and _is_status(record.document.plain(blocks[0].span)):
            place = blocks[0]
        if place is not None:
            written = place.span.of(record.text)
            span = Span(place.span.start, place.span.start + len(written.rstrip()))
            return apply(record.text, [Edit(span, value)])
        at = section.heading.span.end
        return apply(record.text, [Edit(Span(at, at), line_end(record.text) * 2 + value)])


_PLACE = re.compile(
    r"(?P<before>[\[(]?[\w #№-]{0,40}?)(?<![XNnx#])"
    r"(?P<place>X{2,}|x{2,}|N{2,}|n{2,}|\#{2,}|[Nn](?=[.:\])])|\d+|NUMBER|(?i:[\[{<(][^\]}>)]*\b(?:number|nummer|num|nr|id|n+|x+)\b[^\]}>)]*[\]}>)]))"
    r"(?P<behind>[\])]?(?:[ \t]*[:.–—|-]+[ \t]*|[ \t]+))"
)
"""Where a template's heading has the number: ``ADR-NNN: Title``, ``# ADR {NUMBER}: {TITLE}``, ``ADR ###: Title``, ``N. Title``."""
_PADDED = r"[XN#]{2,}|[nx]{2,}|0\d+"
"""A place for a number that tells how many digits it has."""
_PLACE_OF_DATE = re.compile(
    r"\b(?:YYYY|JJJJ|AAAA)[-/. ]?MM[-/. ]?(?:DD|TT|JJ)\b|\b(?:(?:DD|TT|JJ)[-/. ]MM|MM[-/. ](?:DD|TT|JJ))[-/. ](?:YYYY|JJJJ|AAAA)\b"
)


def _label_of(written: str, title: naming.Title) -> str:
    """What stands before the title proper, without pictures in front of it."""
    return re.sub(r"^[\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+", "", written[: title.start])


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def _set(record: Record, field: Field, value: str) -> Edit:
    """Puts a value into a field, whatever its template has there."""
    entry = _entry(record, field)
    if field.place == "table" and field.value:
        value = value.ljust(len(field.value))  # the template's columns are aligned
    if entry is None:
        return editing.set_value(record, field, value)
    if entry.kind == "scalar" and entry.scalars and entry.scalars[0].style != "block":
        return editing.set_value(record, field, value)
    if entry.kind == "scalar" and entry.scalars:
        return Edit(entry.scalars[0].span, value)
    span = Span(entry.value_span.start, max(entry.value_span.end, entry.span.end))
    return Edit(span, ("" if record.text[span.start - 1].isspace() else " ") + editing.yaml_scalar(value))


def _entry(record: Record, field: Field) -> Entry | None:
    if field.place != "front-matter" or record.front is None:
        return None
    return next((entry for entry in record.front.entries if entry.key_span == field.key_span), None)


def _is_choice(plain: str) -> bool:
    """Whether a paragraph lists statuses to choose from."""
    return status.lists_choices(plain) or bool(
        re.search(r"[|/]", plain) and status.leading_word(fold(re.sub(r"^\W+", "", plain)))
    )


def _is_status(plain: str) -> bool:
    """Whether a paragraph says a status or leaves room for one, and nothing else."""
    words = re.sub(r"^\W+", "", plain)
    known = status.leading_word(fold(words))
    return (bool(known) and len(words.split()) <= known.count(" ") + 3) or bool(re.fullmatch(r"[\[{<(].*[\]}>)]|STATUS", plain))


# Statuses


def first_status(log: Log, template: Record | None = None) -> str:
    """The status with which records of a house begin, in its own spelling: the template's one, else that of a proposal."""
    field = template.field("status") if template is not None else None
    stated = template.status if template is not None else None
    if stated is not None and not stated.choices and stated.spelled and field is not None and _is_status(stated.text):
        return stated.spelled
    house = log.house
    for state in ("proposed", "draft"):
        for word in house.vocabulary:
            if STATUS_WORDS.get(fold(word)) == state:
                return word
    ended = ("superseded", "deprecated", "rejected", "amended")
    lasting = [word for word in house.vocabulary if STATUS_WORDS.get(fold(word)) not in ended]
    usual = {fold(language.statuses["accepted"][0]) for language in LANGUAGES if "accepted" in language.statuses}
    if lasting and (house.documented or fold(lasting[0]) not in usual):
        return lasting[0]
    # Records that are all accepted were proposed once, whether or not anybody wrote that down
    word = house.spelled("proposed")
    written = _most(record.status.spelled for record in log.records.values() if record.status and record.status.spelled)
    return word.lower() if written and written == written.lower() else word


_PICTURES = re.compile(r"[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+[ \t]*")


def written_status(log: Log, word: str, today: str) -> str:
    """A status as the records of a house write it: with its picture, its date, its marks of code or emphasis."""
    same: list[tuple[str, str]] = []
    around: list[tuple[str, str]] = []
    for record in log.records.values():
        stated = record.status
        parts = decoration(record, stated.span.of(record.text), stated.word) if stated else None
        if stated is not None and parts is not None:
            before, behind = (dated(part, today) for part in parts)
            if fold(stated.spelled) == fold(word):
                same.append((before, behind))
            around.append((_PICTURES.sub("", before), _PICTURES.sub("", behind)))
    before, behind = _most(same) or _most(around) or ("", "")
    return f"{before}{word}{behind}"


def decoration(record: Record, written: str, word: str) -> tuple[str, str] | None:
    """What stands around the word of a status where that is marks, pictures and a date; None where people wrote more."""
    match = re.search(r"[\W_]+".join(map(re.escape, word.split())), written, re.IGNORECASE) if word else None
    if match is None or "\n" in written or record.text.startswith("+++"):
        return None
    before, behind = written[: match.start()], written[match.end() :]
    for part in (before, behind):
        found = dates.read(part.strip(" \t([{:,-–—"))
        rest = part.replace(part.strip(" \t([{:,-–—")[found.start : found.end], "") if found else part
        if re.search(r"\w", rest) or "<" in rest or "]" in rest:
            return None
    return before, behind


def has_picture(text: str) -> bool:
    """Whether a text has a picture such as ✅ in it."""
    return bool(_PICTURES.search(text))


def dated(part: str, today: str) -> str:
    """A text with today, given in ISO 8601, in the place of its date, written as that one is."""
    found = dates.search(part)
    return part[: found.start] + dates.like(part[found.start : found.end], today) + part[found.end :] if found else part


# A house without a template


def _skeleton(log: Log, models: Sequence[Record]) -> str:
    """A record as the others are, less all that they say: their metadata, and the sections that most of them have."""
    recent = models[-RECENT:]
    model = _typical(recent)
    newline = line_end(model.text)
    head = _head(model, recent)
    between = newline * 2 + (f"---{newline * 2}" if _is_ruled(recent) else "")
    body = between.join(_section(model, section, log, newline) for section in _sections(log, models, model))
    return f"{head.rstrip()}{newline * 2}{body}{newline}" if body else f"{head.rstrip()}{newline}"


def _is_ruled(recent: Sequence[Record]) -> bool:
    """Whether the records draw a line between their sections."""
    ends = [
        blocks[-1].kind == "thematic_break"
        for record in recent
        for section in record.sections[:-1]
        if (blocks := record.blocks_in(section.own))
    ]
    return 2 * sum(ends) > len(ends)


def _typical(recent: Sequence[Record]) -> Record:
    """The record whose metadata are most like those of the others, of several the newest."""
    keys = [{(field.place, fold(field.key)) for field in record.fields} for record in recent]
    counted = Counter(key for own in keys for key in own)

    def likeness(index: int) -> tuple[float, int]:
        rare = sum(2 * counted[key] < len(recent) for key in keys[index])
        return sum(2 * counted[key] >= len(recent) for key in keys[index]) - rare, index

    return recent[max(range(len(recent)), key=likeness)]


_RELATIONS = frozenset({*CONVERSE, "related"})
_FILLED = frozenset({"title", "id", "status", "date", "updated"})


def _is_nothing(value: str) -> bool:
    """Whether a value says that there is none, as houses write it that always have the line: ``—``, ``None``."""
    return bool(value) and value.casefold().strip(" .*_`") in editing.NOTHING


def _head(model: Record, recent: Sequence[Record]) -> str:
    """Front matter, title and metadata of a record, with what is its own taken out."""
    counted = Counter(key for record in recent for key in {(f.place, fold(f.key)) for f in record.fields})
    values: dict[tuple[str, str], Counter[str]] = {}
    for record in recent:
        for field in record.fields:
            values.setdefault((field.place, fold(field.key)), Counter())[field.value] += 1
    first = model.sections[0].heading.span.start if model.sections else len(model.text)
    edits: list[Edit] = []
    kept: list[Field] = []
    for field in model.fields:
        if field.span.start >= first:
            continue
        key = (field.place, fold(field.key))
        (value, often) = values[key].most_common(1)[0]
        if 2 * counted[key] < len(recent) or (field.role in _RELATIONS and not _is_nothing(value)):
            continue
        kept.append(field)
        if field.role in _RELATIONS:
            edits.append(Edit(field.value_span, value))
            continue
        constant = value == field.value and len(recent) >= FEW and often >= COMMON * len(recent)
        if field.role not in _FILLED and not constant:
            edits.append(_blank(model, field))
    lines, text = model.lines, model.text
    stating = {
        n
        for field in kept
        for n in range(lines.line_at(field.span.start), lines.line_at(max(field.span.start, field.span.end - 1)) + 1)
    }
    stating |= {lines.line_at(field.value_span.start) for field in kept}
    is_ruled = 2 * sum(any(block.kind == "thematic_break" for block in record.area) for record in recent) >= len(recent)
    edits += _unknown(model, recent, first, stating)
    dropped: set[int] = set()
    if model.front is not None:
        whole = {n for f in kept if (e := _entry(model, f)) for n in _lines(model, e.span)}
        dropped |= set(_lines(model, model.front.content)) - whole
        last = lines.line_at(max(model.front.span.start, model.front.span.end - 1))
        dropped -= {lines.line_at(model.front.span.start), last}
    for block in model.document.blocks_within(Span(model.document.start, first)):
        own = set(_lines(model, block.span))
        if block.kind == "heading" or (block.kind == "thematic_break" and is_ruled):
            continue
        if not own & stating:
            dropped |= own
        elif block.kind == "table":
            rows = [n for n in sorted(own) if n not in stating]
            dropped |= set(rows) - {min(own), min(own) + 1}
        else:
            dropped |= own - stating
    edits = [edit for edit in edits if lines.line_at(edit.span.start) not in dropped]
    edits += [Edit(lines.full_span(n), "") for n in sorted(dropped) if lines.starts[n] < first]
    changed = apply(text[:first], [edit for edit in edits if edit.span.end <= first])
    changed = re.sub(r"(?<=[:*_：])[ \t]+$", "", changed, flags=re.MULTILINE)
    return re.sub(r"(?:\r\n|\n|\r){3,}", line_end(text) * 2, changed)


_KEYED = re.compile(r"(?P<key>[ \t>]*(?:[-*+][ \t]+)?[*_]*[^\W\d_][^:：*_\n|]{0,40}[*_]*[:：][*_]*)(?P<value>[ \t]*.*)")
"""A line such as ``* Team: core`` whose key means nothing to us."""


def _unknown(model: Record, recent: Sequence[Record], first: int, stating: set[int]) -> Iterator[Edit]:
    """The lines of the metadata with keys of the team's own, which it adds to `stating`: emptied where they differ."""
    said: dict[str, list[str]] = {}
    for record in recent:
        for block in record.area:
            for line in _lines(record, block.span):
                if match := _KEYED.fullmatch(record.lines.span(line).of(record.text)):
                    said.setdefault(match["key"], []).append(match["value"])
    known = {model.lines.line_at(field.span.start) for field in model.fields}
    for block in model.area:
        own = _lines(model, block.span)
        if block.span.start >= first or block.kind == "table" or not stating & set(own):
            continue
        for line in set(own) - stating - known:
            span = model.lines.span(line)
            match = _KEYED.fullmatch(span.of(model.text))
            if match is None or 2 * len(said.get(match["key"], ())) < len(recent):
                continue
            stating.add(line)
            values = said[match["key"]]
            if len(recent) < FEW or values.count(match["value"]) < COMMON * len(recent):
                yield Edit(Span(span.start + match.start("value"), span.end), "")


def _lines(record: Record, span: Span) -> range:
    return range(record.lines.line_at(span.start), record.lines.line_at(max(span.start, span.end - 1)) + 1)


def _blank(record: Record, field: Field) -> Edit:
    """Takes out the value of a field."""
    entry = _entry(record, field)
    if entry is None:
        return Edit(field.value_span, "")
    span = Span(entry.value_span.start, max(entry.value_span.end, entry.span.end))
    if entry.kind == "list":
        at = (
            entry.key_span.end + record.text[entry.key_span.end :].index(":") + 1
            if ":" in record.text[entry.key_span.end :]
            else span.start
        )
        return Edit(Span(at, span.end), " []")
    quoted = record.text[span.start : span.start + 1] in ("'", '"')
    return Edit(span, '""' if quoted else "")


def _sections(log: Log, models: Sequence[Record], model: Record) -> list[Section]:
    """The sections of a new record in the order of the house: those of most records, each as some record has its heading."""
    grown = [record for record in models if record.sections]
    if len(grown) < FEW:
        return _complete([s for s in model.sections if s.level <= 2 and s.role not in _RELATIONS], log)
    counted: Counter[str] = Counter()
    places: dict[str, list[float]] = {}
    found: dict[str, Section] = {}
    for record in (*grown, model):
        seen: set[str] = set()
        for position, section in enumerate(record.sections):
            key = section_key(section)
            if key not in seen:
                seen.add(key)
                counted[key] += record is not model
                places.setdefault(key, []).append(position / len(record.sections))
                if key not in found or record is model:
                    found[key] = section
    least = 0.6
    chosen = [
        key
        for key in found
        if counted[key] >= least * len(grown) and found[key].level <= 3 and found[key].role not in _RELATIONS
    ]
    names = {key: _most(s.name for r in grown for s in r.sections if section_key(s) == key) for key in chosen}
    ordered = sorted(chosen, key=lambda key: sum(places[key]) / len(places[key]))
    return _complete([replace(found[key], name=names[key] or found[key].name) for key in ordered], log)


def _complete(sections: list[Section], log: Log) -> list[Section]:
    """Adds what the house expects besides, each behind what it follows there; a heading that only a template has is made up."""
    at = 0
    for expected in log.house.sections:
        own = next((index for index, section in enumerate(sections) if expected.is_met_by(section)), None)
        if own is not None:
            at = own + 1
            continue
        heading = Heading(expected.level, Span(0, 0), Span(0, 0), expected.name)
        sections.insert(
            max(at, 1 if sections and sections[0].role in _STATED else 0),
            Section(heading, expected.name, expected.role, Span(0, 0), Span(0, 0)),
        )
        at += 1
    return sections


def _section(model: Record, section: Section, log: Log, newline: str) -> str:
    """A heading with what is to be written below it as a comment, or with the status and date that are filled in later."""
    own = next((s for s in model.sections if section_key(s) == section_key(section)), None)
    written = own.heading.text.of(model.text) if own is not None and own.name == section.name else section.name
    head = f"{'#' * section.level} {written}"
    if section.role in ("status", "date") and own is not None:
        if any(field.place == "heading" and field.span == own.heading.span for field in model.fields):
            return head
        field = next((f for f in model.fields if f.role == section.role and own.own.covers(f.value_span)), None)
        if field is not None:
            return f"{head}{newline * 2}{field.value_span.of(model.text)}"
    hint = editing.HINTS.get(section.role or "", "") if log.house.language is ENGLISH else ""
    return f"{head}{newline * 2}<!-- {hint or '…'} -->"


# Where writing begins

_STATED = frozenset({"status", "date", "deciders", "title", "metadata", "supersedes", "superseded_by", "amends", "amended_by"})


def _beginning(record: Record) -> Span:
    """What a template asks for first, selected so that typing replaces it; a blank line where it asks for nothing."""
    for section in record.sections:
        if section.role in _STATED or fold(section.name) in ("changelog", "change log", "revisions", "history"):
            continue
        blocks = record.blocks_in(section.own)
        if blocks:
            written = blocks[0].span.of(record.text)
            return Span(blocks[0].span.start, blocks[0].span.start + len(written.rstrip()))
        lines = record.lines
        line = min(lines.line_at(max(section.heading.span.start, section.heading.span.end - 1)) + 2, len(lines) - 1)
        line -= bool(lines.span(line).of(record.text).strip())
        return Span(lines.starts[line], lines.starts[line])
    return Span(len(record.text), len(record.text))
