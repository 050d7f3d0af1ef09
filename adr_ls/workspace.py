"""The records of the opened folders: logs, what refers to what, and the chains of supersession.

Everything is an immutable value. A keystroke makes one new `Record` and one new `Workspace`, which share all else with the old: what
was resolved stays resolved as long as no record changed its number or name.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from adr_ls import dates, dialects
from adr_ls.config import Config
from adr_ls.house import House, Style
from adr_ls.index import Index
from adr_ls.languages import CONVERSE, Canonical, Relation, fold
from adr_ls.names import Identity, Names, Resolution
from adr_ls.record import Record, Related, Status
from adr_ls.references import Mention


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
            if record.number is not None:
                found.setdefault((record.series.casefold(), record.number), []).append(record)
        return {key: tuple(records) for key, records in found.items()}

    @cached_property
    def house(self) -> House:
        """The conventions of this log, learned from its templates and the majority of its records."""
        return House.learn(tuple(self.records.values()), self.templates, self.config, self.kin)

    @cached_property
    def date_forms(self) -> Mapping[str, Style]:
        """For each kind of date field the form in which the records write it."""
        forms: dict[str, list[str]] = {}
        for record in self.records.values():
            for found in record.fields:
                if found.role in ("date", "updated") and (date := dates.read(found.value)):
                    forms.setdefault(found.role, []).append(date.form)
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
        kept = (
            Counter(words for record in self.records.values() for words in texts if words in record.text)
            if texts
            else Counter()
        )
        return frozenset(words for words in texts if kept[words] < max(2, len(self.records) / 2))

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
        return Style.most(_dialect(record) for record in self.records.values()).form or "generic"

    def with_record(self, record: Record) -> Log:
        """This log with the record in place of the one at its path."""
        records = dict(self.records)
        records[record.path] = record
        if record.path not in self.records:
            records = dict(sorted(records.items(), key=lambda item: order(item[1])))
        changed = replace(self, records=MappingProxyType(records))
        old = self.records.get(record.path)
        house = self.__dict__.get("house")
        if house is not None and old is not None:
            # A house style is a majority's; one record being typed in does not change it before the log is read anew.
            changed.__dict__["house"] = house
        return changed

    def without(self, path: str) -> Log:
        """This log without the record at that path."""
        return replace(self, records=MappingProxyType({key: record for key, record in self.records.items() if key != path}))


WORDS = 12
"""The length from which on a template's text is recognisable; shorter pieces ("N/A") are anybody's."""


def _texts(template: Record) -> Iterator[str]:
    first = template.sections[0].heading.span.start if template.sections else len(template.text)
    for block in template.document.walk():
        if block.kind in ("paragraph", "table_row") and block.span.start >= first and block.info != "head":
            yield re.sub(r"\s+", " ", block.span.of(template.text)).strip()


def _dialect(record: Record) -> str:
    return dialects.detect(
        frozenset(status.field.place for status in record.statuses),
        frozenset(fold(section.name) for section in record.sections),
        frozenset({record.heading_title.style} if record.heading_title else ()),
        frozenset(field.key.casefold() for field in record.fields if field.place == "front-matter"),
        dated=record.name.date is not None,
    )


def order(record: Record) -> tuple[int, str, int, str]:
    """Sorts records by number within their series, then those known by date or slug."""
    number = record.number
    return (0 if number is not None else 1, record.series if number is not None else "", number or 0, record.path)


@dataclass(frozen=True)
class Workspace:
    """All logs and indexes of the opened folders.

    `roots` are the folders' paths; `files` the Markdown files that exist in them; `generation` counts the changes of what exists.
    """

    roots: tuple[str, ...] = ()
    logs: tuple[Log, ...] = ()
    pages: Mapping[str, Record] = field(default_factory=dict)
    """Markdown files beside the records that may be indexes, read like records."""
    files: frozenset[str] = field(default=frozenset(), repr=False)
    config: Config = field(default_factory=Config)
    is_partial: bool = False
    """Whether these are only the opened files, the others being still to read."""

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """All records by path."""
        return {path: record for log in self.logs for path, record in log.records.items()}

    @cached_property
    def _log_by_path(self) -> Mapping[str, Log]:
        return {path: log for log in self.logs for path in log.records}

    def log_of(self, path: str) -> Log | None:
        """The log to which the record at that path belongs; for an index the log that it lists, for others the one around it."""
        log = self._log_by_path.get(path)
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
        records = self.records

        def title(path: str) -> str | None:
            return records[path].title if path in records else None

        found = {path: Index.read(page, self.names, title) for path, page in self.pages.items()}
        return {path: index for path, index in found.items() if index.logs}

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
        found: dict[str, dict[str, None]] = {}
        for source in (*self.records.values(), *self.pages.values()):
            for resolution in self.resolved(source).values():
                if resolution.path and resolution.path != source.path:
                    found.setdefault(resolution.path, {})[source.path] = None
        return {path: tuple(sources) for path, sources in found.items()}

    def mentions_of(self, target: Record) -> Iterator[tuple[Record, Mention]]:
        """Every mention of a record in other records and pages, file by file."""
        for path in self.backlinks.get(target.path, ()):
            source = self.records.get(path) or self.pages.get(path)
            if source is not None:
                for mention, resolution in self.resolved(source).items():
                    if resolution.path == target.path:
                        yield source, mention

    # Relations

    def relations(self, record: Record) -> tuple[tuple[Related, Record], ...]:
        """The relations that this record states, to records that exist."""
        found = []
        for related in record.relations:
            resolution = self.resolved(record).get(related.mention)
            other = self.records.get(resolution.path) if resolution and resolution.path else None
            if other is not None and other is not record:
                found.append((related, other))
        return tuple(found)

    def related(self, record: Record, relation: Relation) -> tuple[Record, ...]:
        """The records to which this one says it stands in that relation, each once."""
        return tuple(dict.fromkeys(other for related, other in self.relations(record) if related.relation == relation))

    @cached_property
    def _stated_by_others(self) -> Mapping[str, tuple[tuple[Relation, str], ...]]:
        found: dict[str, list[tuple[Relation, str]]] = {}
        for record in self.records.values():
            if record.relations:
                for related, other in self.relations(record):
                    if related.relation in CONVERSE:
                        found.setdefault(other.path, []).append((CONVERSE[related.relation], record.path))
        return {path: tuple(relations) for path, relations in found.items()}

    def converse(self, record: Record, relation: Relation) -> tuple[Record, ...]:
        """The records that say, from their side, that this one stands in that relation to them."""
        return tuple(self.records[path] for stated, path in self._stated_by_others.get(record.path, ()) if stated == relation)

    def successors(self, record: Record) -> tuple[Record, ...]:
        """The records that supersede this one, whichever side says so."""
        return tuple(dict.fromkeys((*self.related(record, "superseded_by"), *self.converse(record, "superseded_by"))))

    def is_gone(self, record: Record) -> bool:
        """Whether the decision holds no longer: by its own word, or because a decided record says that it supersedes it."""
        if self.canonical(record) in ("superseded", "deprecated", "rejected"):
            return True
        return any(
            self.canonical(other) in ("accepted", "superseded", "amended") for other in self.converse(record, "superseded_by")
        )

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
            log = self._log_by_path.get(record.path)
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
                log = self._log_by_path.get(record.path)
                if log is not None and log.house.month_first:
                    return found.other
            return found.iso
        return record.name.date

    # Change

    def with_text(self, path: str, text: str) -> Workspace:
        """The workspace after the file at that path got this text; unchanged where the file is none of its records or pages."""
        old = self.records.get(path)
        if old is not None:
            if old.text == text:
                return self
            record = Record(path, text)
            record.reuse(old)
            log = self._log_by_path[path].with_record(record)
            return self._with_logs(
                tuple(log if other.directory == log.directory else other for other in self.logs), old, record
            )
        page = self.pages.get(path)
        if page is not None:
            if page.text == text:
                return self
            record = Record(path, text)
            record.reuse(page)
            return self._with_page(page, record)
        return self

    def _with_logs(self, logs: tuple[Log, ...], old: Record, new: Record) -> Workspace:
        changed = replace(self, logs=logs)
        directory = self._log_by_path[old.path].directory
        names = self.__dict__.get("names")
        if names is not None and Identity.of(old, directory) == Identity.of(new, directory):
            changed.__dict__["names"] = names
            self._carry_backlinks(changed, old, new)
        return changed

    def _with_page(self, old: Record, new: Record) -> Workspace:
        changed = replace(self, pages=MappingProxyType({**self.pages, new.path: new}))
        if "names" in self.__dict__:
            changed.__dict__["names"] = self.names
            self._carry_backlinks(changed, old, new)
        return changed

    def _carry_backlinks(self, changed: Workspace, old: Record, new: Record) -> None:
        """Moves the index of backlinks to the changed workspace, looking only at the one file that changed."""
        if "indexes" in self.__dict__ and old.path in self.records:
            changed.__dict__["indexes"] = self.indexes
        known = self.__dict__.get("backlinks")
        if known is None:
            return
        before = {r.path for r in self.resolved(old).values() if r.path and r.path != old.path}
        after = {r.path for r in changed.resolved(new).values() if r.path and r.path != new.path}
        backlinks = known if before == after else dict(known)
        for path in before - after:
            backlinks[path] = tuple(source for source in backlinks[path] if source != old.path)
        for path in after - before:
            backlinks[path] = (*backlinks.get(path, ()), new.path)
        changed.__dict__["backlinks"] = backlinks


def _distance(path: str, directory: str) -> int:
    one, other = posixpath.dirname(path).split("/"), directory.split("/")
    common = len(posixpath.commonprefix([one, other]))
    return len(one) + len(other) - 2 * common


def paths(records: Iterable[Record]) -> list[str]:
    """The records' paths."""
    return [record.path for record in records]
