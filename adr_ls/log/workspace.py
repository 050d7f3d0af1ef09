"""The records of the opened folders: logs, what refers to what, and the chains of supersession.

Everything is an immutable value. A keystroke makes one new `Record` and one new `Workspace`, which share all else with the old: what
was resolved stays resolved as long as no record changed its number or name, and what was worked out from all records is brought up to
date from the one that changed.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from adr_ls.log import dialects, mkdocs
from adr_ls.log.index import Index
from adr_ls.log.resolve import Identity, Names, Resolution
from adr_ls.log.style import Habits, House, Style
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Evidence
from adr_ls.record.record import Record, Status
from adr_ls.record.relations import Related
from adr_ls.settings.file import Settings
from adr_ls.settings.values import Config
from adr_ls.words import dates
from adr_ls.words.languages import CONVERSE, Canonical, Relation, fold


@dataclass(frozen=True)
class Log:
    """One directory of records: the scope within which numbers are unique.

    `records` are its records by path, in the order of their numbers; `templates` the files from which new ones are made.
    """

    directory: str
    records: Mapping[str, Record]
    templates: tuple[Record, ...] = ()
    config: Config = field(default_factory=Config)
    kin: tuple[Record, ...] = field(default=(), repr=False)
    """Records of the neighbouring logs of the same people, from which a small log's style is learned besides."""

    @cached_property
    def by_number(self) -> Mapping[tuple[str, int], tuple[Record, ...]]:
        """The records of each series and number."""
        found: dict[tuple[str, int], list[Record]] = {}
        for record in self.records.values():
            if (number := _numbered(record)) is not None:
                found.setdefault(number, []).append(record)
        return {key: tuple(records) for key, records in found.items()}

    @cached_property
    def house(self) -> House:
        """The conventions of this log, learned from its templates and the majority of its records."""
        # What is set for some paths holds for the log as a whole where it holds for any file that may come into its directory
        config = self.config.at(posixpath.join(self.directory, "record.md"))
        return House.learn(tuple(self.records.values()), self.templates, config, self.kin)

    @cached_property
    def habits(self) -> Habits:
        """How often the records of this log write what."""
        return Habits.learn(tuple(self.records.values()))

    @cached_property
    def date_forms(self) -> Mapping[str, Style]:
        """For each kind of date field the form in which the records write it."""
        forms: dict[str, list[str]] = {}
        for record in self.records.values():
            for role, form in _date_forms(record):
                forms.setdefault(role, []).append(form)
        return {role: Style.most(found) for role, found in forms.items()}

    @cached_property
    def template_text(self) -> frozenset[str]:
        """The paragraphs, items and rows of the templates' sections that say something, less those that most records keep on purpose."""
        texts = {
            words
            for template in self.templates
            for words in _texts(template)
            if len(words) >= WORDS and not words.startswith(("http", "[", "!["))
        }
        everyone = (*self.records.values(), *self.kin)
        kept = Counter(words for record in everyone for words in texts if words in record.text) if texts else Counter()
        return frozenset(words for words in texts if kept[words] < max(2, len(everyone) / 2))

    @cached_property
    def template_titles(self) -> frozenset[str]:
        """The folded titles of the templates, where they are short enough to be a placeholder."""
        titles = {fold(template.title) for template in self.templates if template.title}
        return frozenset(
            title
            for title in titles
            if 0 < len(title) <= 60
            and sum(fold(r.title or "") == title for r in self.records.values()) <= 1 + len(self.records) / 10
        )

    @cached_property
    def dialect(self) -> str:
        """The name of the dialect that most records are written in."""
        return Style.most(dialect_of(record) for record in self.records.values()).form or "generic"

    def with_record(self, record: Record) -> Log:
        """This log with the record in place of the one at its path; what was worked out is kept where it still holds."""
        old = self.records.get(record.path)
        records = {**self.records, record.path: record}
        if old is None or order(old) != order(record):
            records = dict(sorted(records.items(), key=lambda item: order(item[1])))
        changed = replace(self, records=MappingProxyType(records))
        if old is None:
            return changed
        kept, known = changed.__dict__, self.__dict__
        if "house" in known:
            # What the majority does is not changed by one record being typed in, before the log is read anew.
            kept["house"] = self.house
        if "habits" in known:
            kept["habits"] = self.habits
        for name, seen in _SEEN.items():
            if name in known and seen(old) == seen(record):
                kept[name] = known[name]
        number = _numbered(record)
        if "by_number" in known and _numbered(old) == number:
            of_number = {number: tuple(record if r is old else r for r in self.by_number[number])} if number else {}
            kept["by_number"] = {**self.by_number, **of_number}
        return changed


def _numbered(record: Record) -> tuple[str, int] | None:
    return None if record.number is None else (record.series.casefold(), record.number)


def _date_forms(record: Record) -> list[tuple[str, str]]:
    return [
        (field.role, date.form)
        for field in record.fields
        if field.role in ("date", "updated") and (date := dates.read(field.value))
    ]


WORDS = 12
"""The length from which on a template's text is recognisable; shorter pieces ("N/A") are anybody's."""


def _texts(template: Record) -> Iterator[str]:
    first = template.sections[0].heading.span.start if template.sections else len(template.text)
    for block in template.document.walk():
        if block.kind in ("paragraph", "table_row") and block.span.start >= first and block.info != "head":
            yield re.sub(r"\s+", " ", block.span.of(template.text)).strip()


def dialect_of(record: Record) -> str:
    """The name of the dialect that a record is written in, ``generic`` where it is none that is known."""
    return dialects.detect(
        frozenset(status.field.place for status in record.statuses),
        frozenset(fold(section.name) for section in record.sections),
        frozenset({record.heading_title.style} if record.heading_title else ()),
        frozenset(field.key.casefold() for field in record.fields if field.place == "front-matter"),
        dated=record.name.date is not None,
    )


_SEEN: Mapping[str, Callable[[Record], object]] = {
    "date_forms": _date_forms,
    "dialect": dialect_of,
    "template_titles": lambda record: fold(record.title or ""),
}
"""What a log works out from all its records, each with all that it sees of one."""


def order(record: Record) -> tuple[int, str, int, str]:
    """Sorts records by number within their series, then those known by date or slug."""
    number = record.number
    return (0 if number is not None else 1, record.series if number is not None else "", number or 0, record.path)


@dataclass(frozen=True)
class Workspace:
    """All logs and indexes of the opened folders.

    `roots` are the folders' paths; `files` the Markdown files that exist in them.
    """

    roots: tuple[str, ...] = ()
    logs: tuple[Log, ...] = ()
    pages: Mapping[str, Record] = field(default_factory=dict)
    """Markdown files beside the records that may be indexes, read like records."""
    files: frozenset[str] = field(default=frozenset(), repr=False)
    settings: Mapping[str, Settings] = field(default_factory=dict)
    """The settings files by path."""
    is_partial: bool = False
    """Whether these are only the opened files, the others being still to read."""
    today: str = ""
    """The day on which this was read, in ISO 8601, by which dates are past or to come; empty where nobody said."""

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """All records by path."""
        return {path: record for log in self.logs for path, record in log.records.items()}

    @cached_property
    def _directories(self) -> Mapping[str, str]:
        """For each record the directory of its log."""
        return {path: log.directory for log in self.logs for path in log.records}

    def _log_with(self, path: str) -> Log | None:
        directory = self._directories.get(path)
        return None if directory is None else next(log for log in self.logs if log.directory == directory)

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        """The order of all files: that of the records, then that of the pages."""
        return {path: rank for rank, path in enumerate((*self.records, *self.pages))}

    def file(self, path: str) -> Record | None:
        """The record, page or settings file at a path."""
        found = self.records.get(path) or self.pages.get(path)
        if found is None and path in self.settings:
            return self.settings[path].page
        return found

    def _file(self, path: str) -> Record:
        return self.records.get(path) or self.pages[path]

    def log_of(self, path: str) -> Log | None:
        """The log to which the record at that path belongs; for an index the log that it lists, for others the one around it."""
        log = self._log_with(path)
        if log is not None:
            return log
        index = self.indexes.get(path)
        if index is not None and index.logs:
            return next((log for log in self.logs if log.directory == index.logs[0]), None)
        directory = posixpath.dirname(path)
        return next((log for log in self.logs if log.directory == directory), None)

    @cached_property
    def names(self) -> Names:
        """The directory of all records by what they are called."""
        identities = {path: Identity.of(record, log.directory) for log in self.logs for path, record in log.records.items()}
        return Names(MappingProxyType(identities), self.roots, self.files, self.is_partial)

    @cached_property
    def indexes(self) -> Mapping[str, Index]:
        """The files that list records, by path."""
        return {path: index for path, (index, _) in self._read_pages.items() if index.logs}

    @cached_property
    def _read_pages(self) -> Mapping[str, tuple[Index, frozenset[str]]]:
        """Each page read as an index, with the records whose titles were looked at for that."""
        earlier = self._earlier.pages if self._earlier else {}
        return {
            path: earlier[path] if path in earlier and earlier[path][0].page is page else self._read_page(page)
            for path, page in self.pages.items()
        }

    def _read_page(self, page: Record) -> tuple[Index, frozenset[str]]:
        asked: set[str] = set()

        def title(path: str) -> str | None:
            asked.add(path)
            return self.records[path].title if path in self.records else None

        return Index.read(page, self.names, title), frozenset(asked)

    def indexes_of(self, log: Log) -> tuple[Index, ...]:
        """The indexes that list the records of a log, the nearest first."""
        listing = [index for index in self.indexes.values() if log.directory in index.logs]
        return tuple(sorted(listing, key=lambda index: (_distance(index.path, log.directory), index.path)))

    # References

    def resolve(self, record: Record, mention: Mention) -> Resolution:
        """Where a mention in that record or page leads."""
        return self.resolved(record)[mention]

    def resolved(self, record: Record) -> Mapping[Mention, Resolution]:
        """All mentions of a record or page with where they lead, worked out once as long as no record changes its name."""
        kept = record.__dict__.get("_resolved")
        if kept is None or kept[0] is not self.names:
            kept = (self.names, {mention: self.names.resolve(record.path, mention) for mention in record.mentions})
            record.__dict__["_resolved"] = kept
        resolved: Mapping[Mention, Resolution] = kept[1]
        return resolved

    def refers_to(self, record: Record) -> tuple[Record, ...]:
        """The other records that this one refers to in any form, each once, in order of first mention."""
        paths = dict.fromkeys(resolution.path for resolution in self.resolved(record).values() if resolution.path)
        return tuple(self.records[path] for path in paths if path != record.path and path in self.records)

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[str, ...]]:
        """For each record the paths of the records and pages that refer to it."""
        if self._earlier is not None and self._earlier.backlinks is not None:
            now = {path: self._targets(self._file(path)) for path in self._earlier.targets}
            return self._brought_up(self._earlier.backlinks, self._earlier.targets, now, lambda source: source)
        found: dict[str, list[str]] = {}
        for source in (*self.records.values(), *self.pages.values()):
            for target in self._targets(source):
                found.setdefault(target, []).append(source.path)
        return {path: tuple(sources) for path, sources in found.items()}

    def _targets(self, source: Record) -> _Said[str]:
        """The records that a file refers to, itself left out."""
        paths = (resolution.path for resolution in self.resolved(source).values())
        return {path: (source.path,) for path in paths if path and path != source.path}

    def _brought_up(
        self, known: _Said[_T], before: Mapping[str, _Said[_T]], now: Mapping[str, _Said[_T]], source: Callable[[_T], str]
    ) -> _Said[_T]:
        """An earlier account of what is said of each record, brought up to what the files that changed say now."""
        changed: dict[str, tuple[_T, ...]] = {}
        for path, said in before.items():
            for target in {**said, **now[path]}:
                if said.get(target) != now[path].get(target):
                    others = (entry for entry in changed.get(target, known.get(target, ())) if source(entry) != path)
                    entries = (*others, *now[path].get(target, ()))
                    changed[target] = tuple(sorted(entries, key=lambda entry: self._ranks[source(entry)]))
        return {path: said for path, said in {**known, **changed}.items() if said} if changed else known

    def mentions_of(self, target: Record) -> Iterator[tuple[Record, Mention]]:
        """Every mention of a record in other records and pages, file by file."""
        for path in self.backlinks.get(target.path, ()):
            source = self.file(path)
            if source is not None:
                for mention, resolution in self.resolved(source).items():
                    if resolution.path == target.path:
                        yield source, mention

    # Relations

    def relations(self, record: Record, *, told: bool = False) -> tuple[tuple[Related, Record], ...]:
        """The relations that this record states, to records that exist; with `told` also those of which it only tells."""
        found = []
        for related in record.relations:
            if related.evidence == "told" and not told:
                continue
            resolution = self.resolved(record).get(related.mention)
            other = self.records.get(resolution.path) if resolution and resolution.path else None
            if other is not None and other is not record:
                found.append((related, other))
        return tuple(found)

    def related(self, record: Record, relation: Relation) -> tuple[Record, ...]:
        """The records to which this one says it stands in that relation, each once."""
        return tuple(dict.fromkeys(other for related, other in self.relations(record) if related.relation == relation))

    @cached_property
    def _stated_by_others(self) -> Mapping[str, tuple[_Statement, ...]]:
        if self._earlier is not None and self._earlier.stated is not None:
            now = {path: self._statements(self._file(path)) for path in self._earlier.statements}
            return self._brought_up(self._earlier.stated, self._earlier.statements, now, lambda entry: entry[1])
        found: dict[str, list[_Statement]] = {}
        for record in self.records.values():
            if record.relations:
                for path, stated in self._statements(record).items():
                    found.setdefault(path, []).extend(stated)
        return {path: tuple(stated) for path, stated in found.items()}

    def _statements(self, record: Record) -> _Said[_Statement]:
        """What a record says of others, seen from their side."""
        found: dict[str, list[_Statement]] = {}
        for related, other in self.relations(record):
            if related.relation in CONVERSE:
                found.setdefault(other.path, []).append((CONVERSE[related.relation], record.path, related.evidence))
        return {path: tuple(stated) for path, stated in found.items()}

    def converse(self, record: Record, relation: Relation) -> tuple[Record, ...]:
        """The records that say, from their side, that this one stands in that relation to them."""
        said = self._stated_by_others.get(record.path)
        return tuple(self.records[path] for stated, path, _ in said if stated == relation) if said else ()

    def successors(self, record: Record) -> tuple[Record, ...]:
        """The records that supersede this one, whichever side says so."""
        return tuple(dict.fromkeys((*self.related(record, "superseded_by"), *self.converse(record, "superseded_by"))))

    def is_gone(self, record: Record) -> bool:
        """Whether the decision holds no longer: by its own word, or because a decided record says that it supersedes it."""
        if self.canonical(record) in ("superseded", "deprecated", "rejected"):
            return True
        return any(
            relation == "superseded_by"
            and evidence == "declared"
            and self.canonical(self.records[path]) in ("accepted", "superseded", "amended")
            for relation, path, evidence in self._stated_by_others.get(record.path, ())
        )

    def standing(self, record: Record) -> Canonical:
        """What has become of the decision: what its status comes to, but superseded where only its successor says so."""
        state = self.canonical(record)
        gone = state not in ("superseded", "deprecated", "rejected") and self.is_gone(record)
        return "superseded" if gone else state

    def chain(self, record: Record) -> tuple[Record, ...]:
        """From this record's successor to the one that holds now; ends where it would branch or come back."""
        found: list[Record] = []
        while True:
            following = self.successors(found[-1] if found else record)
            if len(following) != 1 or following[0] is record or following[0] in found:
                return tuple(found)
            found.append(following[0])

    def status(self, record: Record) -> Status | None:
        """The status that holds: where a record states two, the one in the place where its log keeps it."""
        if len(record.statuses) > 1:
            log = self._log_with(record.path)
            usual = log.house.status_place if log else None
            return next((status for status in record.statuses if status.field.place == usual), record.status)
        return record.status

    def canonical(self, record: Record) -> Canonical:
        """What the record's status comes to; ``none`` where it states none."""
        status = self.status(record)
        return status.canonical if status else "none"

    def date(self, record: Record) -> str | None:
        """The date of the decision in ISO 8601: the metadata's, read in the log's order of day and month, else the file name's."""
        found: dates.Date | None = record.date
        if found is not None and found.iso is not None:
            if found.form == "ambiguous" and found.other:
                log = self._log_with(record.path)
                if log is not None and log.house.month_first:
                    return found.other
            return found.iso
        return record.name.date

    # Change

    def with_text(self, path: str, text: str) -> Workspace:
        """The workspace after the file at that path got this text; unchanged where the file is none of those it knows."""
        old = self.records.get(path)
        if old is not None:
            if old.text == text:
                return self
            record = Record(path, text)
            record.reuse(old)
            directory = self._directories[path]
            logs = tuple(log.with_record(record) if log.directory == directory else log for log in self.logs)
            changed = replace(self, logs=logs)
            if order(old) == order(record):
                changed.__dict__["records"] = {**self.records, path: record}
                self._hand_on(changed, "_ranks")
            self._hand_on(changed, "_directories")
            if Identity.of(old, directory) == Identity.of(record, directory):
                self._hand_on(changed, "names")
                changed.__dict__["_earlier"] = self._remember(old, record)
                if "_judged" in self.__dict__ and _stated(old) == _stated(record):
                    self._hand_on(changed, "_judged")
            return changed
        page = self.pages.get(path)
        if page is not None:
            if page.text == text:
                return self
            record = mkdocs.page(path, text)
            record.reuse(page)
            changed = replace(self, pages=MappingProxyType({**self.pages, path: record}))
            self._hand_on(changed, "records", "_ranks", "_directories", "names", "_stated_by_others")
            changed.__dict__["_earlier"] = self._remember(page, record)
            return changed
        settings = self.settings.get(path)
        if settings is not None and settings.text != text:
            # What follows from them is for the next reading of the folder; what is wrong in them is known at once
            changed = replace(self, settings=MappingProxyType({**self.settings, path: settings.with_text(text)}))
            changed.__dict__.update({name: value for name, value in self.__dict__.items() if name not in changed.__dict__})
            return changed
        return self

    def _hand_on(self, changed: Workspace, *names: str) -> None:
        """Hands what was worked out on to a workspace in which it still holds."""
        changed.__dict__.update({name: self.__dict__[name] for name in names if name in self.__dict__})

    @cached_property
    def _earlier(self) -> _Earlier | None:
        """What an earlier workspace with the same `names` knew; `with_text` puts it there."""
        return None

    def _remember(self, old: Record, new: Record) -> _Earlier | None:
        """What is to be known of this workspace when `new` has taken the place of `old`."""
        if "names" not in self.__dict__:
            return None
        known, earlier = self.__dict__, self._earlier or _Earlier()
        backlinks, targets = (known["backlinks"], {}) if "backlinks" in known else (earlier.backlinks, earlier.targets)
        if backlinks is not None and old.path not in targets:
            targets = {**targets, old.path: self._targets(old)}
        stated, statements = (
            (known["_stated_by_others"], {}) if "_stated_by_others" in known else (earlier.stated, earlier.statements)
        )
        if stated is not None and old.path not in statements and old.path in self.records:
            statements = {**statements, old.path: self._statements(old)}
        pages = known.get("_read_pages", earlier.pages)
        if any(old.path in asked for _, asked in pages.values()) and old.title != new.title:
            pages = {path: read for path, read in pages.items() if old.path not in read[1]}
        return _Earlier(pages, backlinks, targets, stated, statements)


_Statement = tuple[Relation, str, Evidence]
"""How a record stands to the one at a path, which says so, and how well that is known."""
_T = TypeVar("_T")
_Said = Mapping[str, tuple[_T, ...]]
"""For each record what is said of it."""


@dataclass(frozen=True)
class _Earlier:
    """What an earlier workspace knew, from which a later one with the same names works out the same by looking at what changed.

    `targets` and `statements` hold, for each file that has changed since, what its text of then referred to and stated.
    """

    pages: Mapping[str, tuple[Index, frozenset[str]]] = field(default_factory=dict)
    backlinks: _Said[str] | None = None
    targets: Mapping[str, _Said[str]] = field(default_factory=dict)
    stated: _Said[_Statement] | None = None
    statements: Mapping[str, _Said[_Statement]] = field(default_factory=dict)


def _stated(record: Record) -> tuple[object, ...]:
    """All that an index may repeat of a record, or that others' standing depends on."""
    return (
        record.title,
        record.id,
        [(status.text, status.canonical) for status in record.statuses],
        [(field.key, field.value, field.place) for field in record.fields],
        [
            (related.relation, related.mention.span.of(record.text), related.partial, related.evidence)
            for related in record.relations
        ],
        [(section.name, section.level) for section in record.sections],
    )


def _distance(path: str, directory: str) -> int:
    one, other = posixpath.dirname(path).split("/"), directory.split("/")
    common = len(posixpath.commonprefix([one, other]))
    return len(one) + len(other) - 2 * common
