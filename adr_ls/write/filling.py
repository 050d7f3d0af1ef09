"""What a template leaves open, filled in: title, number, date and status, wherever it has them; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adr_ls.log.log import Log
from adr_ls.log.style import COMMON, FEW, Described, majority
from adr_ls.record import filename, status
from adr_ls.record.known import Known
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section
from adr_ls.record.passages import only_comments
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span, apply, line_end
from adr_ls.words import dates
from adr_ls.words.lookup import STATUS_WORDS, any_of, every, fold, language_of, one_of, spoken
from adr_ls.words.similar import cased_like
from adr_ls.write import editing, wording
from adr_ls.write.skeleton import FILLED, RECENT, entry_of


def templates(log: Log) -> tuple[Record, ...]:
    """The files that are templates of a log; where there are none, what pages describe."""
    whole = [template for template in log.templates if template.heading is not None or template.front is not None]
    return tuple(template for template in whole if not isinstance(template, Described)) or tuple(whole)


def template_of(log: Log) -> Record | None:
    """The template that the records of a log follow; None where it has none. Of several the one that the newest are most like."""
    recent = [{fold(section.name) for section in record.sections} for record in log.models[-RECENT:]]

    def likeness(template: Record) -> float:
        own = {fold(section.name) for section in template.sections}
        return sum(len(own & other) / len(own | other) for other in recent if own | other)

    return max(templates(log), key=likeness, default=None)


class Filler:
    """Fills in what a new record states about itself, wherever its template states it; modelled on the `recent` ones of its house."""

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
        """The text of the record that is made from a template."""
        text = self._words(self._tokens(text))
        text = self._titled(text)
        text = self._identified(text)
        text = self._dated(text)
        return self._with_date(self._stated(text))

    def named(self, text: str) -> str:
        """The text with title and number alone in their places, such as that of a draft that gets its number."""
        return self._identified(self._titled(text))

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

    def _words(self, text: str) -> str:
        """The words in capitals that adr-tools fills in wherever they stand, if the template's title is made of them: ``# NUMBER. TITLE``."""
        record = Record(self.path, text)
        heading = record.heading
        values = {"NUMBER": str(self.number), "TITLE": self.title, "DATE": self.today}
        if heading is None or self.number is None or not {"NUMBER", "TITLE"} <= set(re.findall(r"\w+", heading.plain)):
            return text

        def filled(part: str) -> str:
            return re.sub(r"\w+", lambda match: values.get(match[0], match[0]), part)

        body, (start, end) = record.front.body if record.front else 0, heading.span
        return text[:body] + filled(text[body:start]) + text[start:end] + filled(text[end:])

    # Title and number

    def _titled(self, text: str) -> str:
        record = Record(self.path, text)
        field = record.field("title")
        edits: list[Edit] = []
        in_front = field is not None and field.place == "front-matter"
        if field is not None and in_front:
            edits.append(_set(record, field, self._front_label() + self.title))
        heading, below = record.heading, record.title_below
        if below is not None:
            edits += self._titled_below(record, below)
        elif heading is not None:
            written = heading.text.of(text)
            edits.append(Edit(heading.text, self._label(heading.plain) + self.title + only_comments(written)))
        elif not in_front:
            at = record.front.body if record.front else 0
            edits.append(Edit(Span(at, at), f"# {self._label('')}{self.title}{line_end(text) * 2}"))
        changed = apply(text, edits)
        if (
            below is None
            and heading is not None
            and editing.letters(Record(self.path, changed).title or "") != editing.letters(self.title)
        ):
            escaped = editing.escaped(self.title)
            changed = apply(text, [*edits[:-1], edits[-1]._replace(text=edits[-1].text.replace(self.title, escaped))])
        return changed

    def _titled_below(self, record: Record, place: Span) -> Iterator[Edit]:
        """The title in its own section, and the number, where the heading above has one."""
        heading = record.heading
        label = title_label((), f"{heading.plain}: ", self.number).rstrip(": ") if heading is not None else ""
        if heading is not None and label:
            yield Edit(heading.text, label + only_comments(heading.text.of(record.text)))
        yield Edit(place, editing.shown(self.title))

    def _label(self, template: str) -> str:
        return title_label(self.recent, template, self.number)

    def _front_label(self) -> str:
        """What stands before the title in front matter."""
        labels = []
        for record in self.recent:
            field = record.field("title")
            if field is not None and field.place == "front-matter":
                written = re.sub(r"\s+", " ", field.value).strip()
                title = filename.parse_title(written, record.name)
                if title.text:
                    labels.append((re.sub(r"(?<!\d)\d+(?=\D*$)", "0", _label_of(written, title)), title.digits))
        usual = majority(label for label, _ in labels)
        return _numbered(self.number, usual, [digits for label, digits in labels if label == usual]) if usual else ""

    def _identified(self, text: str) -> str:
        text = self._derived(text)
        record = Record(self.path, text)
        field = record.field("id")
        if field is None or self.number is None:
            return text
        written = [other.value for one in self.recent if (other := one.field("id")) and re.search(r"\d", other.value)]
        model = written[-1] if written else record.id
        digits = [found[-1] for value in written if (found := re.findall(r"\d+", value))]
        value = re.sub(r"(?<!\d)\d+(?=\D*$)", filename.padded(digits, self.number) if digits else str(self.number), model)
        return apply(text, [_set(record, field, value if written else record.id)])

    def _derived(self, text: str) -> str:
        """The keys of front matter that repeat the number or the file name in the records: ``slug: 35``."""
        record = Record(self.path, text)
        edits: list[Edit] = []
        for field in record.fields:
            if field.place != "front-matter" or field.role in FILLED:
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
                self.number: sum(filename.is_number(value, one.number) for one, value in pairs),
                record.name.stem: sum(value == one.name.stem for one, value in pairs),
                record.name.slug: sum(value == one.name.slug for one, value in pairs),
            }
            for value, often in said.items():
                if value is not None and often >= COMMON * len(pairs):
                    digits = [other for _, other in pairs] if isinstance(value, int) else []
                    edits.append(_set(record, field, filename.padded(digits, value) if isinstance(value, int) else value))
                    break
        return apply(text, edits)

    # Date

    def _dated(self, text: str) -> str:
        record = Record(self.path, text)
        edits: list[Edit] = []
        done: set[Span] = set()
        own = self._words_for_dates(record)
        for field in record.fields:
            if field.role not in ("date", "updated") or field.value_span in done:
                continue
            if (
                fold(field.key) not in own
                and field.value
                and not _PLACE_OF_DATE.search(field.value)
                and not dates.read(field.value)
            ):
                continue  # a word that means a date in another language
            if field.role == "updated" and not _PLACE_OF_DATE.search(field.value) and dates.read(field.value) is None:
                continue
            if field.place == "section" and any(edit.span.start >= field.key_span.end for edit in edits):
                continue
            done.add(field.value_span)
            kept = only_comments(field.value) if field.place != "front-matter" else ""
            edits.append(_set(record, field, self._date(field) + kept))
        try:
            return apply(text, edits)
        except ValueError:  # fields within each other: the template's own words stay
            return text

    def _words_for_dates(self, template: Record) -> frozenset[str]:
        """What dates are called in English, in the house's language and in that of its template, folded."""
        language = language_of(
            ("sections", [section.name for section in template.sections]), ("fields", [field.key for field in template.fields])
        )
        names = {language.name, self.log.house.language.name}  # its keys alone may be two words that many languages share
        return frozenset(
            fold(word)
            for name in names
            for known in spoken(name)
            for table in (known.fields, known.sections)
            for role in ("date", "updated")
            for word in table.get(role, ())
        )

    def _date(self, field: Field) -> str:
        """Today as the records write it in that field, else as the template asks for it."""
        written = wording.written_date(self.recent, field.role, field.place, self.today, month_first=self.log.house.month_first)
        if written:
            return written
        place = _PLACE_OF_DATE.search(field.value)
        year, month, day = self.today.split("-")
        return (
            re.sub(r"Y{4}|J{4}|A{4}", year, re.sub(r"MM", month, re.sub(r"DD|TT|JJ(?!JJ)", day, place[0])))
            if place
            else self.today
        )

    def _with_date(self, text: str) -> str:
        """The text with the date that the records have beside their status and the template has forgotten."""
        record, usual = Record(self.path, text), self.log.house.dates
        models = [other for one in self.recent if (other := one.date_field) is not None and dates.read(other.value) is not None]
        if record.date is not None or record.name.date or not models or record.status is None or 2 * usual.having < usual.of:
            return text
        if record.status.field.place != models[-1].place or models[-1].place in ("section", "heading"):
            return text
        return apply(text, editing.add_field(record, self.log, "date", self._date(models[-1])))

    # Status

    def _stated(self, text: str) -> str:
        record = Record(self.path, text)
        word = self.word
        field = record.field("status")
        if field is None and record.section("status") is None:
            usual = self.log.house.statuses
            if self.log.records and 2 * usual.having < usual.of:
                return text
            edit = self._in_title(record)
            if edit is not None:
                return apply(text, [edit])
            return apply(text, editing.set_status(record, self.log, word))
        value = wording.written_status(self.log, word, self.today)
        canonical = STATUS_WORDS.get(fold(word), "other")
        if field is None or field.place == "section":
            changed = self._in_section(record, value)
        else:
            kept = only_comments(field.value) if field.place != "front-matter" else ""
            changed = apply(text, [_set(record, field, value + kept)])
        stated = Record(self.path, changed).status
        if stated is None or stated.canonical != canonical:
            section = record.section("status")
            if section is not None:
                # What the template says of statuses would be taken for one: the status stands before it
                at = editing.below(record, section.heading.span)
                changed = apply(text, [*self._choices(record, section), Edit(Span(at, at), line_end(text) * 2 + value)])
        return changed

    def _in_title(self, record: Record) -> Edit | None:
        """The status in the title, where the newest records have theirs there: ``# Proposed: X``, ``# X [PROPOSED]``."""
        stated = [one for one in self.recent if one.statuses]
        inside = [one for one in stated if one.heading is not None and one.statuses[0].field.span == one.heading.span]
        title, heading = record.title, record.heading
        if 2 * len(inside) <= len(stated) or title is None or heading is None:
            return None
        model = inside[-1]
        said, written = model.statuses[0].field.value, model.heading.plain if model.heading is not None else ""
        whole = written[model.heading_title.start if model.heading_title is not None else 0 :]
        at, own = whole.find(said), whole.rfind(model.title or "\n")
        if at < 0 or own < 0:
            return None
        word = cased_like(said, self.word)
        before, behind = (
            (whole[:at], whole[at + len(said) : own]) if at < own else (whole[own + len(model.title or "") : at], "")
        )
        tail = "" if at < own else whole[at + len(said) :]
        name = heading.text.of(record.text)
        if not name.rstrip().endswith(title):
            return None
        start = heading.text.start + name.rindex(title)
        if at < own:
            return Edit(Span(start, start), f"{before}{word}{behind}")
        end = start + len(title)
        return Edit(Span(end, end), f"{before}{word}{tail}")

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
        if place is None and blocks and wording.says_nothing_else(record.document.plain(blocks[0].span)):
            place = blocks[0]
        if place is not None:
            written = place.span.of(record.text)
            span = Span(place.span.start, place.span.start + len(written.rstrip()))
            return apply(record.text, [Edit(span, value)])
        at = editing.below(record, section.heading.span)
        return apply(record.text, [Edit(Span(at, at), line_end(record.text) * 2 + value)])


def title_label(recent: Sequence[Known], template: str, number: int | None) -> str:
    """What stands before the title in a heading, number and all, as in the newest records, else as the template's heading has it."""
    labels = [
        (re.sub(r"(?<!\d)\d+(?=\D*$)", "0", label), digits)
        for record in recent
        if record.heading is not None and record.heading_title is not None and record.heading_title.text
        for label in [_label_of(record.heading.plain, record.heading_title)]
        for digits in [record.heading_title.digits]
    ]
    usual = majority(label for label, _ in labels)
    if usual is not None:
        return _numbered(number, usual, [digits for label, digits in labels if label == usual])
    match = PLACE_OF_NUMBER.match(template)
    if match is None or number is None:
        return ""
    width = len(match["place"]) if re.fullmatch(PADDED, match["place"]) else 1
    return f"{match['before']}{number:0{width}}{match['behind']}"


def _numbered(number: int | None, label: str, digits: Sequence[str]) -> str:
    if number is None:
        return "" if any(digits) else label
    return re.sub(r"0(?=\D*$)", filename.padded(digits, number), label)


PLACE_OF_NUMBER = lazy.regex(
    r"(?P<before>[\[(]?[\w #№-]{0,40}?)(?<![XNnx#])"
    rf"(?P<place>X{{2,}}|x{{2,}}|N{{2,}}|n{{2,}}|\#{{2,}}|[Nn](?=[.:\])])|\d+|{one_of(word.upper() for word in every('numbers') if len(word) > 3)}"
    rf"|(?i:[\[{{<(](?=[^\]}}>)]*\b(?:{any_of('numbers')}|n+|x+)\b)[^\]}}>)]*[\]}}>)]))"
    r"(?P<behind>[\])]?(?:[ \t]*[:.–—|-]+[ \t]*|[ \t]+))"
)
"""Where a template's heading has the number: ``ADR-NNN: Title``, ``# ADR {NUMBER}: {TITLE}``, ``ADR ###: Title``, ``N. Title``."""
PADDED = r"[XN#]{2,}|[nx]{2,}|0\d+"
"""A place for a number that tells how many digits it has."""
_PLACE_OF_DATE = lazy.regex(dates.blank(r"\b{y}[-/. ]?{m}[-/. ]?{d}\b|\b(?:{d}[-/. ]{m}|{m}[-/. ]{d})[-/. ]{y}\b"))


def _label_of(written: str, title: filename.Title) -> str:
    """What stands before the title proper, without pictures in front of it."""
    return re.sub(r"^[\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+", "", written[: title.start])


def _set(record: Record, field: Field, value: str) -> Edit:
    """Puts a value into a field, whatever its template has there."""
    entry = entry_of(record, field)
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


def _is_choice(plain: str) -> bool:
    """Whether a paragraph lists statuses to choose from."""
    return status.lists_choices(plain) or bool(
        re.search(r"[|/]", plain) and status.leading_word(fold(re.sub(r"^\W+", "", plain)))
    )
