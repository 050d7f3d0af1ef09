"""Writing an entry for a record in the form of another entry of its index.

The model's parts are gone through one by one: a slot gets what it says of the new record, a part of which something is missing is left
out whole, and so is whatever somebody wrote by hand. What comes out is read again and only kept if it is an entry of that very record.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from adr_ls.index.customs import PIPE, OfIndex, as_markdown, dated_like, title_of
from adr_ls.log.index import Entry, Index, Statement
from adr_ls.log.index.strips import Part, Slot, Strip, whole
from adr_ls.log.mkdocs import Navigation
from adr_ls.record import filename, summary
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Span, line_end
from adr_ls.words import dates, lookup
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import STATUS_WORDS, fold
from adr_ls.write import editing

ALIGNED = 0.6
"""The share of a column's cells of the same width from which on a new one is given that width too."""
NEAR = 12
"""How many entries on either side are looked at for the form of most."""
UNDECIDED: tuple[Canonical, ...] = ("draft", "proposed", "other", "none")
"""States in which no box of a task list is ticked."""
KEPT = ("wrap", "blank")
"""Parts that stay whatever the record."""

_OPENING_MARKS = lazy.regex(r"[*_`]*")
_CLOSING = lazy.regex(r"[*_`]+|</\w+>")
_CLOSING_LAST = lazy.regex(r"(?:(?<![*_`])[*_`]+|</\w+>)$")
"""Marks behind the last slot, which have opened in front of it."""
_PICTURES = lazy.regex(r"^(?:[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+\s*)+")
_LEADING = lazy.regex(r"^[\s,:;·|–—-]+")
_DANGLING = lazy.regex(r"(?:(?<=\s)[,;·|–—-]|(?<=[^\s:]):)$")
"""A mark at the end of a line that parts words from what is in front of it."""


class Reference(NamedTuple):
    """How a new entry refers to its record by a definition: the label, the line to add for it if it is new, and what it says."""

    label: str
    added: str
    definition: str


@dataclass(frozen=True)
class Writer(OfIndex):
    """Writes entries of one index, as is the custom there."""

    @cached_property
    def names_behind(self) -> bool:
        """Whether the words behind the links are no longer than titles: names of the records rather than summaries."""
        said, titled = [], []
        for entry in self.index.entries:
            record = self.workspace.records.get(entry.path or "")
            words = [
                part.said
                for strip in entry.strips
                if strip.place == "line"
                for part in strip.parts
                if part.role == "description"
            ]
            if words and record is not None and record.title:
                said.append(len(words[0].of(self.index.page.text).split()))
                titled.append(len(record.title.split()))
        return bool(said) and median(said) <= median(titled) + 1

    # The model

    def model(self, near: Entry, record: Facts) -> Entry:
        """The entry to write a new one like: near its place, of a record in the same state if one is, and formed as most are."""
        siblings, position = self._groups[id(near.group)], self._positions[id(near)]
        first = max(0, position - NEAR)
        around = [
            (at, entry)
            for at, entry in enumerate(siblings[first : position + NEAR + 1], first)
            if entry is near or (entry.path and (entry.mention.link is not None or near.mention.link is None))
        ]
        around = [pair for pair in around if self._series(pair[1]) == record.series] or around
        wanted = self.workspace.canonical(record)
        state = {at: self.customs.state(entry) for at, entry in around}
        fitting = [pair for pair in around if state[pair[0]] == wanted] or [
            pair for pair in around if state[pair[0]] not in ("superseded", None)
        ]
        candidates = fitting or around
        forms = Counter(self._form(entry) for _, entry in candidates)
        most = max(forms.values())
        usual = [pair for pair in candidates if forms[self._form(pair[1])] == most]
        return min(usual, key=lambda pair: abs(pair[0] - position))[1]

    @cached_property
    def _groups(self) -> dict[int, list[Entry]]:
        """The entries of each list or table."""
        found: dict[int, list[Entry]] = {}
        for entry in self.index.entries:
            found.setdefault(id(entry.group), []).append(entry)
        return found

    @cached_property
    def _positions(self) -> dict[int, int]:
        """The place of each entry in its list or table."""
        return {id(entry): at for group in self._groups.values() for at, entry in enumerate(group)}

    def _series(self, entry: Entry) -> str | None:
        record = self.workspace.records.get(entry.path or "")
        return record.series if record else None

    def _form(self, entry: Entry) -> tuple[object, ...]:
        """What an entry is made of: its parts but for notes, and how its links are worded and pointed."""
        if id(entry) not in self._forms:
            text = self.index.page.text
            found: list[object] = []
            for strip in entry.strips:
                found += (strip.place, strip.key)
                for part in strip.parts:
                    if part.role != "note":
                        found.append(part.role)
                    if part.role == "link" and part.slots[0].mention is not None:
                        found += self._link_form(entry, part.slots[0].mention, text)
            self._forms[id(entry)] = tuple(found)
        return self._forms[id(entry)]

    @cached_property
    def _forms(self) -> dict[int, tuple[object, ...]]:
        return {}

    @staticmethod
    def _link_form(entry: Entry, mention: Mention, text: str) -> Iterator[object]:
        if mention.link is None:
            return
        path = mention.path or ""
        yield from (mention.link.kind, path.startswith("./"), path.endswith("/"), path.casefold().endswith(filename.SUFFIXES))
        done = mention.link.text.start
        for slot in entry.reader.label(mention):
            yield from (slot.role, re.sub(r"\w", "", text[done : slot.span.start]))
            done = slot.span.end

    def entry(self, model: Entry, record: Facts) -> str | None:
        """The lines of an entry of `record` like `model`, without the last line end; None where none can be read again as that."""
        if not self.index.page.is_markdown:
            return self._item_of_navigation(model, record)
        for level in range(3):
            rendering = _Rendering(self, model, record, level)
            text = rendering.row() if model.kind == "row" else rendering.item()
            if self._is_read(text, model, record):
                return text
        return None

    def link(self, model: Entry, record: Facts) -> tuple[str, str]:
        """The text and the address of a link to `record` like that of `model`."""
        return _Rendering(self, model, record).label(model.mention), _target(self.index, model.mention, model, record)

    def reference(self, model: Entry, record: Facts) -> Reference | None:
        """The label and the definition for a link to `record` in the style of a model whose link refers to a definition.

        None where the model's does not, or where its label tells nothing of its record that would tell the label of another.
        """
        key = id(model), record.path
        if key not in self._references:
            self._references[key] = self._reference(model, record)
        return self._references[key]

    @cached_property
    def _references(self) -> dict[tuple[int, str], Reference | None]:
        return {}

    def _reference(self, model: Entry, record: Facts) -> Reference | None:
        page, link = self.index.page, model.mention.link
        definition = link.definition if link is not None else None
        if link is None or definition is None:
            return None
        home = posixpath.dirname(page.path)
        target = _target(self.index, model.mention, model, record)
        for known in page.document.definitions:
            if posixpath.normpath(posixpath.join(home, known.url)) == posixpath.normpath(posixpath.join(home, target)):
                return Reference(known.label, "", f"[{known.label}]: {target}")
        neighbour = self.workspace.records.get(model.path or "")
        label = _relabelled(definition.label, neighbour, record) if neighbour is not None else None
        taken = {fold(known.label) for known in page.document.definitions}
        if label is None or fold(label) in taken:
            return None
        gap = page.text[definition.span.start : definition.target.start].partition("]:")[2]
        line = f"[{label}]:{gap.rstrip('<') or ' '}{target}"
        return Reference(label, line, line)

    def _item_of_navigation(self, model: Entry, record: Facts) -> str | None:
        """The same for an item of a site's navigation."""
        page = self.index.page
        if not isinstance(page, Navigation):
            return None
        item = next(item for item in page.items if item.block.span == model.span)
        written = _as_scalar(posixpath.relpath(record.path, page.home), item.target, page.text)
        line = page.lines.span(page.lines.line_at(model.span.start))
        lead = page.text[line.start : _opening(item.title or item.target)]
        if item.title is not None:
            title = _Rendering(self, model, record).words(item.title.span, entry_slots(model))
            between = page.text[_closing(item.title) : _opening(item.target)]
            written = _as_scalar(title, item.title, page.text) + between + written
        text = lead + written
        again = Navigation(page.path, page.text[: line.end] + line_end(page.text) + text + page.text[line.end :])
        read = Index.read(again, self.workspace.names, self._title)
        return text if record.path in read.by_record and len(again.items) == len(page.items) + 1 else None

    def _is_read(self, text: str, model: Entry, record: Facts) -> bool:
        """Whether a text reads as one entry of that record, with no mark left open."""
        page = self.index.page
        lines = [re.sub(r"^[ \t]+", "", text.splitlines()[0]), *text.splitlines()[1:]]
        if model.kind == "row":
            first = page.lines.line_at(model.group.children[0].span.start)
            lines = [page.lines.span(first + at).of(page.text).strip() for at in (0, 1)] + lines
        reference = self.reference(model, record)
        below = f"\n{reference.definition}\n" if reference is not None else ""
        again = Index.read(Record(page.path, "\n".join(lines) + "\n" + below), self.workspace.names, self._title)
        return (
            len(again.entries) == 1
            and record.path in (again.entries[0].path, *again.by_record)
            and (record.path == again.entries[0].path or again.entries[0].mention.link is None)
            and is_balanced(self._without_own_words(text, record))
            and not any(self._is_wrong(said, again, record) for said in again.entries[0].statements)
        )

    def _without_own_words(self, text: str, record: Facts) -> str:
        """An entry's text without what the record is called, whose brackets are its own: ``Call clear() at night``."""
        for words in {self.customs.title(record), title_of(record)}:
            text = text.replace(words, "x") if words else text
        return text

    def _is_wrong(self, said: Statement, again: Index, record: Facts) -> bool:
        """Whether an entry states another status than the record, such as by words of its summary that look like one."""
        return STATUS_WORDS.get(fold(said.slot.span.of(again.page.text))) != self.workspace.canonical(record)

    def _title(self, path: str) -> str | None:
        record = self.workspace.records.get(path)
        return record.title if record else None


def _relabelled(label: str, of: Facts, record: Facts) -> str | None:
    """The label of a definition for a record, as another one has its own: by its number, title, or file."""
    for known, new in ((of.title, record.title), (of.name.stem, record.name.stem), (of.id, record.id)):
        if known and new and label == known:
            return None if re.search(r"[\[\]]", new) else new
    runs = [match for match in re.finditer(r"\d+", label) if filename.is_number(match[0], of.number)]
    if len(runs) != 1 or record.number is None:
        return None
    rest = label[runs[0].end() :].strip(" :.-")
    if rest:
        return None if not of.title or fold(rest) != fold(of.title) else _relabelled_title(label, of, record, runs[0])
    return f"{label[: runs[0].start()]}{record.number:0{len(runs[0][0])}}{label[runs[0].end() :]}"


def _relabelled_title(label: str, of: Facts, record: Facts, number: re.Match[str]) -> str | None:
    """The same for a label of number and title."""
    at = label.casefold().find((of.title or "").casefold(), number.end())
    if at < 0 or not record.title or re.search(r"[\[\]]", record.title):
        return None
    join = label[number.end() : at]
    return f"{label[: number.start()]}{record.number:0{len(number[0])}}{join}{record.title}"


def entry_slots(entry: Entry) -> tuple[Slot, ...]:
    """What the text is made of by which an entry calls its record."""
    return entry.reader.label(entry.mention)


def _opening(scalar: Scalar) -> int:
    """Where a scalar starts, its quotes included."""
    return scalar.span.start - (scalar.style != "plain")


def _closing(scalar: Scalar) -> int:
    return scalar.span.end + (scalar.style != "plain")


def _as_scalar(value: str, like: Scalar, text: str) -> str:
    """A text as YAML holds it, in quotes where another has some."""
    if like.style == "plain":
        return editing.yaml_scalar(value)
    quote = text[like.span.start - 1]
    inner = value.replace("'", "''") if quote == "'" else value.replace("\\", "\\\\").replace('"', '\\"')
    return f"{quote}{inner}{quote}"


_ELSE = lazy.regex(r"\\.|(?P<ticks>`+)|(?<=\]\()<[^<>\n]*>")
"""What is no bracket or mark of its own: what is escaped, the fences of code, an address."""


def _without_code(text: str) -> str:
    """The text without what is escaped, code in backticks and addresses."""
    fences: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        fences.setdefault(len(run[0]), []).append(run.start())
    kept, at = [], 0
    while found := _ELSE.search(text, at):
        kept.append(text[at : found.start()])
        at = found.end()
        if found["ticks"]:
            others = fences.get(len(found[0]), [])
            closing = others[bisect_left(others, at) :][:1]
            if closing:
                at = closing[0] + len(found[0])
            else:
                kept.append(found[0])
    return "".join([*kept, text[at:]])


def is_balanced(text: str) -> bool:
    """Whether every bracket and mark of a text has its other half."""
    bare = _without_code(text)
    return (
        all(bare.count(one) == bare.count(other) for one, other in ("()", "[]"))
        and all(bare.count(mark) % 2 == 0 for mark in ("**", "~~", "`"))
        and not re.search(r"\(\s*\)|\*\*\s*\*\*(?!\*)", bare.replace("]()", ""))
    )


@dataclass(frozen=True)
class _Rendering:
    """One entry in the making; from `level` 1 on it does without descriptions, at 2 it is the link alone, with the title."""

    writer: Writer
    model: Entry
    record: Facts
    level: int = 0

    @property
    def _text(self) -> str:
        return self.writer.index.page.text

    @cached_property
    def _neighbour(self) -> Facts | None:
        return self.writer.workspace.records.get(self.model.path or "")

    # Lines and rows

    def item(self) -> str:
        """The lines of a list item."""
        page, model = self.writer.index.page, self.model
        line, *nested = model.strips
        first = page.lines.line_at(model.span.start)
        lead = page.text[page.lines.starts[first] : line.span.start]
        lines = [self._closed((lead + self._strip(line)).rstrip())]
        by_line: dict[int, list[Strip]] = {}
        for strip in nested if self.level < 2 else ():
            by_line.setdefault(page.lines.line_at(strip.span.start), []).append(strip)
        last = page.lines.line_at(max(model.span.start, model.span.end - 1))
        below = page.lines.line_at(max(model.own.start, model.own.end - 1))
        blanks: list[str] = []
        for number in range(below + 1, last + 1):
            span = page.lines.span(number)
            if number in by_line:
                filled = self._nested(span, by_line[number])
                if filled is not None:
                    lines += [*blanks, filled]
                blanks = []
            elif not span.of(page.text).strip() and number > below:
                blanks = [*blanks, span.of(page.text)]
            else:
                blanks = []
        return line_end(page.text).join(lines)

    def _closed(self, line: str) -> str:
        """The line without a mark at its end that nothing follows, as where the model's words go on below it, or there are none to say."""
        mark = _DANGLING.search(line)
        if mark is None or self._text[self.model.own.start : self.model.own.end].rstrip().endswith(mark[0]):
            return line
        words = "" if self.level else self.title if self._is_titled else self._summary
        return f"{line} {words}" if words else line[: mark.start()].rstrip()

    def _nested(self, line: Span, strips: list[Strip]) -> str | None:
        """A line of nested statements; None where nothing is known to say."""
        parts, done, said = [], line.start, False
        for strip in strips:
            value = self._strip(strip)
            said = said or bool(value)
            parts += [self._text[done : strip.span.start], value]
            done = min(strip.span.end, line.end)
        return "".join([*parts, self._text[done : line.end]]) if said else None

    def row(self) -> str:
        """The line of a table's row, its cells as wide as their columns."""
        page, model = self.writer.index.page, self.model
        line = page.lines.span(page.lines.line_at(model.span.start))
        parts, done = [], line.start
        for strip in model.strips:
            value = PIPE.sub(r"\\|", self._strip(strip))
            lead = page.text[done : strip.span.start]
            parts += [lead, f" {value}" if value and lead.endswith("|") and strip.span.start == strip.span.end else value]
            done = strip.span.end
        return aligned(self.writer.index, model.group, "".join([*parts, page.text[done : line.end]]))

    # Strips

    @cached_property
    def _is_titled(self) -> bool:
        """Whether the model's link says no title, and no other part repeats it, so that the words behind it are one."""
        if any(part.slot("title") for strip in self.model.strips for part in strip.parts):
            return False
        link = self.model.mention.link
        if self.model.kind == "row" and any(strip.role == "title" for strip in self.model.strips):
            return False
        return link is None or not any(slot.role in ("title", "stem", "file") for slot in self._label_slots(self.model.mention))

    def _is_words(self, part: Part) -> bool:
        """Whether a part is words that may be the title where none is said."""
        return part.role == "description" or (part.role == "note" and self.model.mention.link is None)

    @cached_property
    def _to_be_titled(self) -> Strip | None:
        """The line or the cell whose words are the title, where no part says one: the first that tells nothing else."""
        strips = (strip for strip in self.model.strips if strip.place != "nested" and strip.role not in ("status", "date"))
        return next((strip for strip in strips if any(map(self._is_words, strip.parts))), None)

    @cached_property
    def _is_of_other_series(self) -> bool:
        """Whether the model's number has another prefix than the record's."""
        return self._neighbour is not None and self.record.number is not None and self._neighbour.series != self.record.series

    def _label_slots(self, mention: Mention) -> tuple[Slot, ...]:
        return self.model.reader.label(mention)

    def _strip(self, strip: Strip) -> str:
        """What a strip says of the record."""
        filled: list[str] = []
        titled = self._is_titled and strip is self._to_be_titled
        value: str | None
        if strip.span.start < strip.span.end and (value := self.writer.customs.value(self.record, strip)) is not None:
            said = whole(strip, self._text).said
            return self._text[strip.span.start : said.start] + value + self._text[said.end : strip.span.end] if value else ""
        for part in strip.parts:
            words = part.role in ("description", "note")
            if words and titled and self._is_words(part):
                value = self.title
                titled = False
            elif words and strip.place == "line" and part.role == "description" and not self.level:
                value = self._name if self._is_by_file and self.writer.names_behind else self._summary
            else:
                filled.append(self._part(part, strip.role))
                continue
            tail = self._text[part.said.end : part.span.end]
            filled.append(self._text[part.span.start : part.said.start] + value + tail)
        result = "".join(filled)
        if strip.place != "line":
            dropped = bool(filled) and not filled[0]
            result = _LEADING.sub("", result) if dropped else result
            if not re.search(r"\w|\S\S", result) and not re.search(r"\S", result):
                result = self._by_column(strip)
        return result

    def _part(self, part: Part, role: str | None) -> str:
        text = self._text
        if part.role in KEPT:
            return part.span.of(text)
        if part.role == "box":
            open_yet = self.writer.workspace.canonical(self.record) in UNDECIDED
            return re.sub(r"[xX]", " ", part.span.of(text)) if open_yet else part.span.of(text)
        if not part.slots or (self.level == 2 and part.role != "link"):
            return ""
        lead = text[part.span.start : part.said.start]
        filled: list[str] = []
        done = part.said.start
        for slot in part.slots:
            value = self._date(slot, role) or None if slot.role == "date" else self._value(slot)
            if value is None:
                if slot.role in ("mark", "successor"):
                    filled.append(
                        text[done : slot.span.start].rstrip() if slot.role == "successor" else text[done : slot.span.start]
                    )
                    done = slot.span.end
                    while slot.role == "mark" and text[done : done + 1] == " " and done < part.said.end:
                        done += 1
                    continue
                if not filled or not any(filled):
                    return ""
                break
            filled += [text[done : slot.span.start], value]
            done = slot.span.end
        said = "".join(filled)
        if not said.strip():
            return ""
        rest = text[done : part.said.end]
        closing = _CLOSING.match(rest) or _CLOSING_LAST.search(rest)
        return lead + said + (closing[0] if closing else "") + text[part.said.end : part.span.end]

    def _value(self, slot: Slot) -> str | None:
        """What a slot holds for the record; None where there is nothing to say."""
        fill = _FILL[slot.role]
        return fill(self, slot) or None

    # Values

    @cached_property
    def title(self) -> str:
        return self.writer.customs.title(self.record)

    @cached_property
    def _is_by_file(self) -> bool:
        """Whether the model's link calls its record by its file."""
        return any(slot.role in ("stem", "file") for slot in self._label_slots(self.model.mention))

    @cached_property
    def _name(self) -> str:
        """The title without the pictures in front of it, which are of the record's own page."""
        return _PICTURES.sub("", self.title) or self.title

    @cached_property
    def _summary(self) -> str:
        whole = self.writer.workspace.file(self.record.path)
        return as_markdown(summary.summary(whole)) if whole is not None else ""

    def number(self, slot: Slot) -> str:
        written = slot.span.of(self._text)
        return f"{self.record.number:0{len(written)}}" if self.record.number is not None else ""

    def status(self, slot: Slot) -> str:
        return self.writer.customs.status_word(self.record, slot.span.of(self._text))

    def mark(self, _: Slot) -> str:
        return self.writer.customs.picture(self.record, worded=bool(self.model.statements))

    def _date(self, slot: Slot, role: str | None) -> str:
        iso = self.writer.workspace.date(self.record)
        if iso is None or len(iso) != 10:
            return iso or ""
        written = slot.span.of(self._text)
        neighbour = self.writer.workspace.date(self._neighbour) if self._neighbour else None
        meant = dates.read(written)
        if role != "date" and neighbour and meant and neighbour not in (meant.iso, meant.other):
            return ""  # a date of something else, such as a review
        new = dated_like(iso, written, neighbour)
        if new != iso or not re.search(r"[^\W\d]", written):
            return new
        field = self.record.date_field
        own = dates.read(field.value) if field else None
        return field.value[own.start : own.end] if field and own and own.form == "written" else iso

    def file(self, slot: Slot) -> str:
        base = posixpath.basename(self.record.path)
        return base if slot.role == "file" else self.record.name.stem

    def successor(self, slot: Slot) -> str:
        """``by [ADR-9](..)`` for the record's own successor."""
        following = self.writer.workspace.successors(self.record)
        if self.writer.workspace.canonical(self.record) != "superseded" or not following or slot.mention is None:
            return ""
        mention = slot.mention
        written = self._reference(mention, following[0])
        return self._text[slot.span.start : mention.span.start] + written

    def link(self, slot: Slot) -> str:
        return self._reference(slot.mention, self.record) if slot.mention is not None else ""

    def _reference(self, mention: Mention, record: Facts) -> str:
        """A mention of a record in the form of another one."""
        link, text = mention.link, self._text
        page = self.writer.index.page
        if link is None:
            edit = editing.rename_mention(page, mention, record)
            written = text[mention.span.start : edit.span.start] + edit.text + text[edit.span.end : mention.span.end]
            wiki = re.fullmatch(r"(\[\[[^|\]]*\|)([^\]]*)(\]\])", written)
            return wiki[1] + (record.title or record.id) + wiki[3] if wiki else written
        target = _target(self.writer.index, mention, self.model, record)
        if link.kind == "autolink":
            return f"<{target}>"
        label = self.label(mention, record)
        reference = self.writer.reference(self.model, record) if mention is self.model.mention else None
        if reference is not None:
            written = text[link.text.end : mention.span.end]  # "][label]", "][]" or "]"
            if link.kind == "full":
                return f"[{label}][{reference.label}]"
            return f"[{reference.label}{written}" if label == reference.label or self.level else f"[{label}]({target})"
        return f"[{label}]({target})"

    def label(self, mention: Mention, named: Facts | None = None) -> str:
        """The text of a link to `named`, the record itself if not given, in the form of another link."""
        link, record = mention.link, named or self.record
        if link is None:
            return ""
        written = link.text.of(self._text)
        if written in self.writer.customs.generic:
            return written
        return self.words(link.text, self._label_slots(mention), record) if self.level < 2 else title_of(record)

    def words(self, span: Span, slots: tuple[Slot, ...], named: Facts | None = None) -> str:
        """A link's text, or any other that calls a record something, as it calls `named`, the record itself if not given."""
        text, record = self._text, named or self.record
        filled: list[str] = []
        done = span.start
        if slots and slots[0].role == "number" and record is self.record and self._is_of_other_series:
            width = len(slots[0].span.of(text))
            filled.append(f"{record.series}-{record.number:0{width}}" if record.series else record.id)
            done, slots = slots[0].span.end, slots[1:]
        for slot in slots:
            value = self._label_value(slot, record)
            if value is None:
                break
            if value:
                lead = text[done : slot.span.start]
                # What stands between what is left out and the rest goes with it: "1. ", but not the mark in front
                opening = _OPENING_MARKS.match(text, span.start)
                filled += [lead if filled or done == span.start or opening is None else opening[0], value]
            done = slot.span.end
        closing = text[done : span.end] if slots and done == slots[-1].span.end else self._closing(span, slots)
        return "".join(filled) + closing if filled else (title_of(record) if record.title else record.id)

    def _closing(self, label: Span, slots: tuple[Slot, ...]) -> str:
        """The marks that close a label whose last slots are left out."""
        marks = re.search(r"(?<![*_`])[*_`]*$", label.of(self._text))
        return marks[0] if marks and slots else ""

    def _label_value(self, slot: Slot, record: Facts) -> str | None:
        """What a slot of a link's text holds; empty to leave it out, None to end the text there."""
        if slot.role == "number":
            return f"{record.number:0{len(slot.span.of(self._text))}}" if record.number is not None else ""
        if slot.role == "title":
            return self.writer.customs.title(record)
        if slot.role in ("file", "stem"):
            return posixpath.basename(record.path) if slot.role == "file" else record.name.stem
        if slot.role == "date":
            iso = self.writer.workspace.date(record)
            return dated_like(iso, slot.span.of(self._text), None) if iso and len(iso) == 10 else iso or ""
        if slot.role == "status":
            return self.writer.customs.status_word(record, slot.span.of(self._text)) or None
        return None

    def _by_column(self, strip: Strip) -> str:
        """A value by its column or key alone, between the marks that the model has around its own."""
        if self.level == 2:
            return ""
        part = whole(strip, self._text)
        written = part.said.of(self._text)
        value = self._of_role(strip, written)
        if not value:
            return ""
        return self._text[strip.span.start : part.said.start] + value + self._text[part.said.end : strip.span.end]

    def _of_role(self, strip: Strip, written: str) -> str:
        workspace, record = self.writer.workspace, self.record
        match strip.role:
            case "status":
                return self.writer.customs.status_word(record, written)
            case "date":
                iso = workspace.date(record) or ""
                return dated_like(iso, written, None) if len(iso) == 10 else iso
            case "title":
                return self.title
            case "summary":
                return self._summary
            case "id":
                digits = re.search(r"\d+", written)
                if digits and record.number is not None:
                    return f"{written[: digits.start()]}{record.number:0{len(digits[0])}}"
                return "" if not written else record.id
            case "deciders" | "author" | "tags" | "category":
                field = record.field(strip.role)
                return as_markdown(record.plain(field)) if field else ""
        if strip.role is None and strip.place == "cell" and fold(strip.key) in _TITLES:
            return self.title
        return ""


_TITLES = frozenset(lookup.every("records"))
_FILL: dict[str, Callable[[_Rendering, Slot], str]] = {
    "link": _Rendering.link,
    "number": _Rendering.number,
    "title": lambda rendering, _: rendering.title,
    "file": _Rendering.file,
    "stem": _Rendering.file,
    "status": _Rendering.status,
    "mark": _Rendering.mark,
    "successor": _Rendering.successor,
}
"""What fills each slot."""


def _target(index: Index, mention: Mention, model: Entry, record: Facts) -> str:
    """The link to `record` as the index writes its links: from where, with or without ``./`` and ending, to a file or a directory."""
    written = mention.path or ""
    page = index.page
    if written.startswith("/"):
        path = model.path or ""
        root = path[: -len(written)] if path.endswith(written) else ""
        under = bool(root) and record.path.startswith(root + "/")
        return record.path[len(root) :] if under else editing.relative(page.path, record.path)
    target = editing.relative(page.path, record.path, dotted=written.startswith("./"))
    if written.casefold().endswith(filename.SUFFIXES):
        return target
    if record.name.own_directory:
        directory = target.rsplit("/", 1)[0]
        return directory + "/" if written.endswith("/") else directory
    return filename.strip_suffix(target) if model.path and not written.endswith("/") else target


def aligned(index: Index, table: Block, row: str) -> str:
    """The row with its cells as wide as the table's columns, where they are of one width; else with single blanks behind them."""
    page = index.page
    columns = [PIPE.split(page.lines.span(page.lines.line_at(child.span.start)).of(page.text)) for child in table.children]
    below_head = page.lines.span(page.lines.line_at(table.children[0].span.start) + 1).of(page.text)
    rule = PIPE.split(below_head)
    cells = PIPE.split(row)
    for at, cell in enumerate(cells):
        if not cell.strip() and at in (0, len(cells) - 1):
            continue  # before the first pipe, or behind the last
        column = [parts[at] for parts in columns if at < len(parts)]
        width, count = Counter(map(len, column)).most_common(1)[0] if column else (0, 0)
        padded = any(part.endswith("  ") for part in column) or (at < len(rule) and len(rule[at]) == width)
        if padded and count >= ALIGNED * len(column):
            cells[at] = (cell.rstrip() + (" " if cell.endswith(" ") else "")).ljust(width)
        else:
            cells[at] = re.sub(r"(?<![ \t])[ \t]+$", " ", cell)
    return "|".join(cells)
