"""Writing an entry for a record in the form of another entry of its index.

The model's parts are gone through one by one: a slot gets what it says of the new record, a part of which something is missing is left
out whole, and so is whatever somebody wrote by hand. What comes out is read again and only kept if it is an entry of that very record.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from adr_ls.log.entries import Part, Slot, Strip, whole
from adr_ls.log.index import Entry, Index, Statement
from adr_ls.log.mkdocs import Navigation
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename, summary
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.record.record import Record
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.text import Span, line_end
from adr_ls.words import dates, lookup
from adr_ls.words.language import Canonical, Language
from adr_ls.words.lookup import STATUS_MARKS, STATUS_WORDS, fold
from adr_ls.write import editing

ALIGNED = 0.6
"""The share of a column's cells of the same width from which on a new one is given that width too."""
MEANT = 0.5
"""The share of entries from which on another spelling than the records' own titles is the index's way of naming them."""
AROUND = 6
"""How many entries of records before and behind tell first how a record is titled: that changes over the years."""
FOLLOWED = 0.6
"""The share of the values of a column from which on it repeats a field of the records."""
FEW = 3
"""How many entries tell such a thing at least."""
NEAR = 12
"""How many entries on either side are looked at for the form of most."""
DISTINCT = 2
"""Of how many states an index has the usual pictures from which on it is taken to have them of the others too."""
UNDECIDED: tuple[Canonical, ...] = ("draft", "proposed", "other", "none")
"""States in which no box of a task list is ticked."""
KEPT = ("wrap", "blank")
"""Parts that stay whatever the record."""

_PICTURE = re.compile("(?P<mark>" + "|".join(map(re.escape, STATUS_MARKS)) + ")\ufe0f?")
_PIPE = re.compile(r"(?<!\\)\|")
_CLOSING = re.compile(r"[*_`]+|</\w+>")
_CLOSING_LAST = re.compile(r"(?:[*_`]+|</\w+>)$")
"""Marks behind the last slot, which have opened in front of it."""
_LEADING = re.compile(r"^[\s,:;·|–—-]+")


class Reference(NamedTuple):
    """How a new entry refers to its record by a definition: the label, the line to add for it if it is new, and what it says."""

    label: str
    added: str
    definition: str


@dataclass(frozen=True)
class Cloner:
    """Writes entries of one index."""

    workspace: Workspace
    index: Index

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
        state = {at: self._state(entry) for at, entry in around}
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

    def _state(self, entry: Entry) -> Canonical | None:
        record = self.workspace.records.get(entry.path or "")
        return self.workspace.canonical(record) if record else None

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

    # The entry

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
        home = posixpath.join(posixpath.dirname(page.path), page.root)
        written = _as_scalar(posixpath.relpath(record.path, home), item.target, page.text)
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
        for words in {self.title(record), title_of(record)}:
            text = text.replace(words, "x") if words else text
        return text

    def _is_wrong(self, said: Statement, again: Index, record: Facts) -> bool:
        """Whether an entry states another status than the record, such as by words of its summary that look like one."""
        return STATUS_WORDS.get(fold(said.slot.span.of(again.page.text))) != self.workspace.canonical(record)

    def _title(self, path: str) -> str | None:
        record = self.workspace.records.get(path)
        return record.title if record else None

    # What is written alike all over the index

    def escaped(self, entry: Entry, value: str) -> str | None:
        """A value as an entry can hold it: in a table without a pipe that would end its cell. None where it cannot."""
        if not self.index.page.is_markdown:
            return value if editing.yaml_scalar(value) == value and not re.search(r"['\"]", value) else None
        return _PIPE.sub(r"\\|", value) if entry.kind == "row" else value

    def title(self, record: Facts) -> str:
        """What the index calls a record, as Markdown: its title, unless the entries of the records around it take theirs from elsewhere.

        That is the file name in one of its spellings, the title in another case, or what another index of the log calls the record.
        """
        said = _as_in(self.index)(record)
        if said is not None:
            return said
        ranks, agreeing = self._spelled
        at = bisect_left(ranks, self._rank(record))
        near = agreeing[max(0, at - AROUND) : at + AROUND]
        for within in (near, agreeing):
            counts = [sum(column) for column in zip(*within, strict=True)]
            most = max(counts, default=0)
            if most >= FEW and most >= MEANT * len(within):
                spelled = self._spellings[counts.index(most)](record) if most > counts[0] + 1 else None
                return spelled or title_of(record)
        return title_of(record)

    def is_titled_by_records(self, titled: Iterable[tuple[Facts, str]]) -> bool:
        """Whether no spelling fits more of some records' titles in the index, to the letter, than those of the records."""
        counts = [sum(_is_said(spelling(record), said) for record, said in titled) for spelling in self._spellings]
        return counts[0] == max(counts)

    @cached_property
    def _spellings(self) -> tuple[Callable[[Facts], str | None], ...]:
        """How the index may spell what a record is called; the first is the usual."""
        others = {
            other.path: _as_in(other)
            for log in self.workspace.logs
            if log.directory in self.index.logs
            for other in self.workspace.indexes_of(log)
            if other.path != self.index.path
        }
        return (*_SPELLINGS, *others.values())

    @cached_property
    def _spelled(self) -> tuple[list[int], list[tuple[bool, ...]]]:
        """For each entry that titles its record, in the order of the records: that order, and which spellings it agrees with."""
        found = sorted(
            (self._rank(record), tuple(_is_said(spelling(record), said) for spelling in self._spellings))
            for entry in self.index.entries
            if (record := self.workspace.records.get(entry.path or "")) and (span := title_span(entry)) is not None
            for said in (self.index.page.document.plain(span),)
        )
        return [rank for rank, _ in found], [agreeing for _, agreeing in found]

    def _rank(self, record: Facts) -> int:
        return self._ranks.get(record.path, 0)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {path: rank for rank, path in enumerate(self.workspace.records)}

    @cached_property
    def followed(self) -> dict[tuple[str, str], str]:
        """The columns and keys whose values repeat a field of the records that has no role here: that field's key, folded."""
        said: dict[tuple[str, str], list[tuple[str, Facts]]] = {}
        for entry in self.index.entries:
            record = self.workspace.records.get(entry.path or "")
            for strip in entry.strips if record is not None else ():
                value = self.index.page.document.plain(strip.span) if strip.key and strip.place != "line" else ""
                if value and record is not None and strip.role not in ("status", "title", "id"):
                    said.setdefault((strip.place, strip.key), []).append((fold(value), record))
        found: dict[tuple[str, str], str] = {}
        for key, values in said.items():
            fields = Counter(
                fold(field.key)
                for value, record in values
                for field in record.fields
                if fold(record.plain(field)) == value and field.role != "status"
            )
            usual, count = fields.most_common(1)[0] if fields else ("", 0)
            if count >= FEW and count >= FOLLOWED * len(values):
                found[key] = usual
        return found

    def value(self, record: Facts, strip: Strip) -> str | None:
        """What a record says in the field that a strip's column or key repeats, as Markdown; None where it repeats none."""
        wanted = self.followed.get((strip.place, strip.key))
        return None if wanted is None else as_markdown(said_in(record, wanted))

    @cached_property
    def generic(self) -> frozenset[str]:
        """Link texts that several records share, such as "view": they name none."""
        labels: dict[str, set[str]] = {}
        for entry in self.index.entries:
            for strip in entry.strips if entry.kind == "row" else ():
                for part in strip.parts:
                    link = part.slots[0].mention.link if part.role == "link" and part.slots[0].mention else None
                    if link is not None and entry.path:
                        labels.setdefault(link.text.of(self.index.page.text), set()).add(entry.path)
        return frozenset(label for label, paths in labels.items() if len(paths) > 1)

    @cached_property
    def words(self) -> dict[Canonical, Counter[str]]:
        """The words with which the entries state each status."""
        found: dict[Canonical, Counter[str]] = {}
        for entry in self.index.entries:
            for said in entry.statements:
                word = said.slot.span.of(self.index.page.text)
                canonical = STATUS_WORDS.get(fold(word))
                if canonical is not None:
                    found.setdefault(canonical, Counter())[word] += 1  # type: ignore[arg-type]  # the table is typed by meaning
        return found

    @cached_property
    def language(self) -> Language | None:
        """The language of the statuses in the index; None where it states none."""
        used = Counter(fold(word) for words in self.words.values() for word in words.elements())
        return lookup.language_of(("statuses", used.elements())) if used else None

    @cached_property
    def pictures(self) -> dict[Canonical, Counter[str]]:
        """The pictures beside the status of a record in each state, or in front of its entry."""
        found: dict[Canonical, Counter[str]] = {}
        for entry in self.index.entries:
            state = self._state(entry)
            words = (fold(said.slot.span.of(self.index.page.text)) for said in entry.statements)
            if state is None or any(STATUS_WORDS.get(word) != state for word in words):
                continue  # out of date, and its picture with it
            for strip in entry.strips:
                for part in strip.parts:
                    for slot in part.slots:
                        if slot.role == "mark":
                            found.setdefault(state, Counter())[slot.span.of(self.index.page.text)] += 1
        return found

    def status_word(self, record: Facts, like: str = "") -> str:
        """A record's status as the index states it: as the record spells it, in the index's language and in the case of `like`."""
        found = self.workspace.status(record)
        if found is None:
            return ""
        word = own_word(found.word, found.spelled, found.text)
        language = self.language
        known = language is None or not found.word or any(found.word in words for words in language.statuses.values())
        if not known and language is not None:
            used = self.words.get(found.canonical)
            word = used.most_common(1)[0][0] if used else next(iter(language.statuses.get(found.canonical, ())), word)
        return in_case(word, like)

    def picture(self, record: Facts, *, worded: bool) -> str:
        """The picture of a record's status: the one that this index uses for that state, else the record's own; empty where there is none.

        At last it is the usual one where no word states the status, `worded` being false, or where the index has that of other states.
        """
        state = self.workspace.canonical(record)
        used = self.pictures.get(state)
        if used:
            return used.most_common(1)[0][0]
        status = self.workspace.status(record)
        if status is not None:
            lead = _PICTURE.search(status.field.value[: status.span.end - status.field.value_span.start])
            if lead and STATUS_MARKS.get(lead["mark"]) == state:
                return lead[0]
        usual = sum(any(STATUS_MARKS.get(mark.rstrip("\ufe0f")) == of for mark in used) for of, used in self.pictures.items())
        if worded and usual < DISTINCT:
            return ""
        return next((mark for mark, means in STATUS_MARKS.items() if means == state), "")


def said_in(record: Facts, key: str) -> str:
    """What a record says in the field of that folded key, in plain words; empty where it has none."""
    return next((record.plain(field) for field in record.fields if fold(field.key) == key), "")


def _relabelled(label: str, of: Facts, record: Facts) -> str | None:
    """The label of a definition for a record, as another one has its own: by its number, title, or file."""
    for known, new in ((of.title, record.title), (of.name.stem, record.name.stem), (of.id, record.id)):
        if known and new and label == known:
            return None if re.search(r"[\[\]]", new) else new
    runs = [match for match in re.finditer(r"\d+", label) if int(match[0]) == of.number]
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


def title_span(entry: Entry) -> Span | None:
    """Where an entry says what its record is called: in its link, behind that, or in a column for it; None where it does nowhere."""
    for strip in entry.strips:
        for part in strip.parts:
            mention = part.slots[0].mention if part.role == "link" else None
            named = entry.reader.label(mention) if mention is not None else part.slots
            for slot in named:
                if slot.role == "title":
                    return slot.span
    column = next((strip for strip in entry.strips if strip.place == "cell" and strip.role == "title"), None)
    return column.span if column is not None and column.span.start < column.span.end else None


def _is_said(spelled: str | None, said: str) -> bool:
    return spelled is not None and re.sub(r"\\\\(?=\\W)|[*_`]", "", spelled) == re.sub(r"[*_`]", "", said)


def _as_in(index: Index) -> Callable[[Facts], str | None]:
    """The title by which an index knows each record."""

    def called(record: Facts) -> str | None:
        spans = (title_span(entry) for entry in index.by_record.get(record.path, ()) if entry.path == record.path)
        span = next((span for span in spans if span is not None), None)
        return span.of(index.page.text) if span is not None else None

    return called


def _slug(record: Facts) -> str:
    return record.name.slug


def _spelt(words: Iterable[str], record: Facts, join: str) -> str:
    """The words with capitals, those that the title spells in a way of their own (``ABCI``, ``gRPC``) as it does."""
    own = {fold(word): word for word in re.findall(r"\w+", record.title or "") if not word[1:].islower()}
    return join.join(own.get(fold(word)) or (word if fold(word) in _SMALL else word[:1].upper() + word[1:]) for word in words)


def title_of(record: Facts) -> str:
    """A record's title as Markdown: as its heading has it where that is the title and holds no link, else escaped."""
    return record.marked or as_markdown(record.title or record.id)


_SMALL = frozenset(
    (*lookup.ENGLISH.articles, *lookup.ENGLISH.prepositions, *lookup.ENGLISH.conjunctions, *lookup.ENGLISH.disjunctions)
)
"""Words that keep their small letters in an English title."""
_SPELLINGS: tuple[Callable[[Facts], str | None], ...] = (
    title_of,
    _slug,
    lambda record: re.sub(r"[-_]+", " ", _slug(record)),
    lambda record: _spelt(re.split(r"[-_]+", _slug(record)), record, "-"),
    lambda record: _spelt(re.split(r"[-_]+", _slug(record)), record, " "),
    lambda record: _spelt(title_of(record).split(" "), record, " "),
    lambda record: (words := re.sub(r"[-_]+", " ", _slug(record)))[:1].upper() + words[1:],
)
"""How an index may spell what a record is called; the first is the usual."""


def own_word(word: str, spelled: str, text: str) -> str:
    """A record's status by its word alone, as the record spells it if it spells it right."""
    if word in lookup.misspelled():
        return lookup.misspelled()[word].capitalize()
    return spelled or word.capitalize() or text


def in_case(word: str, like: str) -> str:
    """The word with capitals as another one has them."""
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    if not letters:
        return word
    return word[:1].lower() + word[1:] if letters[0].islower() else word[:1].upper() + word[1:]


def is_balanced(text: str) -> bool:
    """Whether every bracket and mark of a text has its other half."""
    bare = re.sub(r"\\.|(`+).+?\1|(?<=\]\()<[^<>\n]*>", "", text)
    return (
        all(bare.count(one) == bare.count(other) for one, other in ("()", "[]"))
        and all(bare.count(mark) % 2 == 0 for mark in ("**", "~~", "`"))
        and not re.search(r"\(\s*\)|\*\*\s*\*\*(?!\*)", bare.replace("]()", ""))
    )


_SHOWN = re.compile(r"(?<!\\)(?:[\[\]`<~]|(?<![^\W_])_|_(?![^\W_])|\*(?=\S)|(?<=\S)\*|&(?=#?\w+;)|\\(?=[!-/:-@\[-`{-~]))")
"""What Markdown would take as a mark and not show as it is."""


def as_markdown(text: str) -> str:
    """The Markdown that shows plain text as it is."""
    return _SHOWN.sub(lambda match: "\\" + match[0], text)


def dated_like(iso: str, written: str, neighbour: str | None) -> str:
    """A date in the form of one that is written; `neighbour` is what that one means, which tells the order of day and month.

    As it is given where that form cannot be written.
    """
    read = dates.read(written)
    return dates.like(written, iso, month_first=read is not None and read.other is not None and read.other == neighbour)


@dataclass(frozen=True)
class _Rendering:
    """One entry in the making; from `level` 1 on it does without descriptions, at 2 it is the link alone, with the title."""

    cloner: Cloner
    model: Entry
    record: Facts
    level: int = 0

    @property
    def _text(self) -> str:
        return self.cloner.index.page.text

    @cached_property
    def _neighbour(self) -> Facts | None:
        return self.cloner.workspace.records.get(self.model.path or "")

    # Lines and rows

    def item(self) -> str:
        """The lines of a list item."""
        page, model = self.cloner.index.page, self.model
        line, *nested = model.strips
        first = page.lines.line_at(model.span.start)
        lead = page.text[page.lines.starts[first] : line.span.start]
        lines = [(lead + self._strip(line)).rstrip()]
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
        page, model = self.cloner.index.page, self.model
        line = page.lines.span(page.lines.line_at(model.span.start))
        parts, done = [], line.start
        for strip in model.strips:
            value = _PIPE.sub(r"\\|", self._strip(strip))
            lead = page.text[done : strip.span.start]
            parts += [lead, f" {value}" if value and lead.endswith("|") and strip.span.start == strip.span.end else value]
            done = strip.span.end
        return aligned(self.cloner.index, model.group, "".join([*parts, page.text[done : line.end]]))

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

    @cached_property
    def _is_of_other_series(self) -> bool:
        """Whether the model's number has another prefix than the record's."""
        return self._neighbour is not None and self.record.number is not None and self._neighbour.series != self.record.series

    def _label_slots(self, mention: Mention) -> tuple[Slot, ...]:
        return self.model.reader.label(mention)

    def _strip(self, strip: Strip) -> str:
        """What a strip says of the record."""
        filled: list[str] = []
        titled = self._is_titled
        value: str | None
        if strip.span.start < strip.span.end and (value := self.cloner.value(self.record, strip)) is not None:
            said = whole(strip, self._text).said
            return self._text[strip.span.start : said.start] + value + self._text[said.end : strip.span.end] if value else ""
        for part in strip.parts:
            words = part.role in ("description", "note")
            if words and titled and (part.role == "description" or self.model.mention.link is None) and strip.place != "nested":
                value = self.title
                titled = False
            elif words and strip.place == "line" and part.role == "description" and not self.level:
                value = self._summary
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
            open_yet = self.cloner.workspace.canonical(self.record) in UNDECIDED
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
        return self.cloner.title(self.record)

    @cached_property
    def _summary(self) -> str:
        whole = self.cloner.workspace.file(self.record.path)
        return as_markdown(summary.summary(whole)) if whole is not None else ""

    def number(self, slot: Slot) -> str:
        written = slot.span.of(self._text)
        return f"{self.record.number:0{len(written)}}" if self.record.number is not None else ""

    def status(self, slot: Slot) -> str:
        return self.cloner.status_word(self.record, slot.span.of(self._text))

    def mark(self, _: Slot) -> str:
        return self.cloner.picture(self.record, worded=bool(self.model.statements))

    def _date(self, slot: Slot, role: str | None) -> str:
        iso = self.cloner.workspace.date(self.record)
        if iso is None or len(iso) != 10:
            return iso or ""
        written = slot.span.of(self._text)
        neighbour = self.cloner.workspace.date(self._neighbour) if self._neighbour else None
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
        following = self.cloner.workspace.successors(self.record)
        if self.cloner.workspace.canonical(self.record) != "superseded" or not following or slot.mention is None:
            return ""
        mention = slot.mention
        written = self._reference(mention, following[0])
        return self._text[slot.span.start : mention.span.start] + written

    def link(self, slot: Slot) -> str:
        return self._reference(slot.mention, self.record) if slot.mention is not None else ""

    def _reference(self, mention: Mention, record: Facts) -> str:
        """A mention of a record in the form of another one."""
        link, text = mention.link, self._text
        page = self.cloner.index.page
        if link is None:
            edit = editing.rename_mention(page, mention, record)
            written = text[mention.span.start : edit.span.start] + edit.text + text[edit.span.end : mention.span.end]
            wiki = re.fullmatch(r"(\[\[[^|\]]*\|)([^\]]*)(\]\])", written)
            return wiki[1] + (record.title or record.id) + wiki[3] if wiki else written
        target = _target(self.cloner.index, mention, self.model, record)
        if link.kind == "autolink":
            return f"<{target}>"
        label = self.label(mention, record)
        reference = self.cloner.reference(self.model, record) if mention is self.model.mention else None
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
        if written in self.cloner.generic:
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
                filled += [text[done : slot.span.start], value]
            done = slot.span.end
        closing = text[done : span.end] if slots and done == slots[-1].span.end else self._closing(span, slots)
        return "".join(filled) + closing if filled else (title_of(record) if record.title else record.id)

    def _closing(self, label: Span, slots: tuple[Slot, ...]) -> str:
        """The marks that close a label whose last slots are left out."""
        marks = re.search(r"[*_`]*$", label.of(self._text))
        return marks[0] if marks and slots else ""

    def _label_value(self, slot: Slot, record: Facts) -> str | None:
        """What a slot of a link's text holds; empty to leave it out, None to end the text there."""
        if slot.role == "number":
            return f"{record.number:0{len(slot.span.of(self._text))}}" if record.number is not None else ""
        if slot.role == "title":
            return self.cloner.title(record)
        if slot.role in ("file", "stem"):
            return posixpath.basename(record.path) if slot.role == "file" else record.name.stem
        if slot.role == "date":
            iso = self.cloner.workspace.date(record)
            return dated_like(iso, slot.span.of(self._text), None) if iso and len(iso) == 10 else iso or ""
        if slot.role == "status":
            return self.cloner.status_word(record, slot.span.of(self._text)) or None
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
        workspace, record = self.cloner.workspace, self.record
        match strip.role:
            case "status":
                return self.cloner.status_word(record, written)
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
    columns = [_PIPE.split(page.lines.span(page.lines.line_at(child.span.start)).of(page.text)) for child in table.children]
    below_head = page.lines.span(page.lines.line_at(table.children[0].span.start) + 1).of(page.text)
    rule = _PIPE.split(below_head)
    cells = _PIPE.split(row)
    for at, cell in enumerate(cells):
        if not cell.strip() and at in (0, len(cells) - 1):
            continue  # before the first pipe, or behind the last
        column = [parts[at] for parts in columns if at < len(parts)]
        width, count = Counter(map(len, column)).most_common(1)[0] if column else (0, 0)
        padded = any(part.endswith("  ") for part in column) or (at < len(rule) and len(rule[at]) == width)
        if padded and count >= ALIGNED * len(column):
            cells[at] = (cell.rstrip() + (" " if cell.endswith(" ") else "")).ljust(width)
        else:
            cells[at] = re.sub(r"[ \t]+$", " ", cell)
    return "|".join(cells)
