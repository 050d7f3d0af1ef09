"""The records of the opened folders: logs, what refers to what, and the chains of supersession.

Everything is an immutable value, made of the facts of all files and of the few whole ones that are open. A keystroke makes one new
`Record`, its facts, and one new `Workspace`; what follows from facts that are as before is shared with the old one.
"""

from __future__ import annotations

import logging
import posixpath
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from adr_ls.log import code as coding
from adr_ls.log import discovery, mkdocs
from adr_ls.log.difference import Mentioned, elsewhere
from adr_ls.log.earlier import Earlier, ReadPage, RecordsGround, Said, Stances, Statement, brought_up, exchanged, gathered
from adr_ls.log.index import Index
from adr_ls.log.log import CALLED, DIGESTS, Log, order
from adr_ls.log.resolve import Identity, Names, Resolution, Resolved
from adr_ls.log.style import Described, described
from adr_ls.log.surroundings import Surroundings
from adr_ls.record import filename
from adr_ls.record.code import Code
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known, digest_of, facts_of, requests_of
from adr_ls.record.mentions import Mention, requests_in
from adr_ls.record.parts import Status
from adr_ls.record.record import Record, record_of
from adr_ls.record.relations import Related
from adr_ls.settings.file import Settings
from adr_ls.settings.values import Config, Reach
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.pieced import Pieced
from adr_ls.syntax.text import Span
from adr_ls.words import dates
from adr_ls.words.language import CONVERSE, ENDED, Canonical, Relation

_K = TypeVar("_K")
_T = TypeVar("_T")
_P = ParamSpec("_P")
_Called = tuple[tuple[str, int] | None, str]
"""The series and number of a record, and its title, folded."""
_WHOLE: Mapping[Relation, Relation] = MappingProxyType({"amends": "supersedes", "amended_by": "superseded_by"})
"""For an amendment what it is where all of the other record is meant."""


_log = logging.getLogger(__name__)

RESOLVED = 2048
"""Of how many files it is remembered where their mentions lead."""


@dataclass(frozen=True)
class Reader:
    """Reads the text of a file at a path, None where it cannot be read.

    What `once` makes reads for as long as one question takes, so that it need not find out anew where each file lies.
    """

    once: Callable[[], Callable[[str], str | None]]

    def __call__(self, path: str) -> str | None:
        """The text of the file at a path, wherever that lies by now."""
        return self.once()(path)


QUESTIONS: dict[str, Callable[..., Any]] = {}
"""The pure functions that notes on what was asked may name, by module and name."""


def question(asked: Callable[_P, _T]) -> Callable[_P, _T]:
    """Lets a pure function be named in notes on what was asked."""
    QUESTIONS[f"{asked.__module__}.{asked.__qualname__}"] = asked
    return asked


def nothing(path: str) -> str | None:  # noqa: ARG001  # a reader has this form
    """A reader without files."""
    return None


class Reading(NamedTuple):
    """What was made of the text of a file, as an index too where somebody has read it so."""

    record: Record
    facts: Facts
    page: ReadPage | None = None


@dataclass(frozen=True, eq=False)
class Workspace:
    """All logs and indexes of the opened folders.

    `roots` are the folders' paths; `files` the Markdown files that exist in them.
    """

    roots: tuple[str, ...] = ()
    logs: tuple[Log, ...] = ()
    pages: Mapping[str, Facts] = field(default_factory=dict)
    """Markdown files beside the records that may be indexes, and others that refer to records, all read like records."""
    guides: frozenset[str] = field(default=frozenset(), repr=False)
    """Those pages that stand elsewhere, and so are no indexes."""
    code: Mapping[str, Facts] = field(default_factory=dict, repr=False)
    """The files of source code that refer to records, as far as they are known."""
    files: frozenset[str] = field(default=frozenset(), repr=False)
    settings: Mapping[str, Settings] = field(default_factory=dict)
    """The settings files by path."""
    is_partial: bool = False
    """Whether these are only the opened files, the others being still to read."""
    today: str = ""
    """The day on which this was read, in ISO 8601, by which dates are past or to come; empty where nobody said."""
    before: Mapping[str, Record] = field(default_factory=dict, repr=False)
    """The records as they were at a revision with which they are compared, by the paths of today; empty where they are compared with none."""
    opened: Mapping[str, Record] = field(default_factory=dict, repr=False)
    """The whole files that are at hand, such as those that are being edited."""
    read: Callable[[str], str | None] = field(default=nothing, repr=False)
    """Reads the text of a file that is not at hand; None where it cannot be read."""
    surroundings: Surroundings = field(default_factory=Surroundings, repr=False)
    """The files of other kinds, as far as links lead to them."""
    earlier: Earlier = field(default_factory=Earlier, repr=False)
    at_hand: dict[str, Record] | None = field(default=None, repr=False)
    """The files that were read, where whoever asks needs the same ones again and again, see `remembering`."""
    _keeper: Callable[[], _Derived | None] | None = field(default=None, init=False, repr=False)
    """What keeps the answers about this workspace, as long as that is there, where it does not keep them itself; see `_apart`."""

    @cached_property
    def records(self) -> Mapping[str, Facts]:
        """All records by path."""
        if len(self.logs) == 1:
            return self.logs[0].records
        known = self.earlier.names
        if known is not None and len(known.identities) == sum(len(log.records) for log in self.logs):
            return _Together(known, self.logs)
        return {path: record for log in self.logs for path, record in log.records.items()}

    @cached_property
    def ground(self) -> RecordsGround:
        """What answers about the records rest on (`OF_RECORDS`): the same object as in an earlier workspace where all of it is the same."""
        found = RecordsGround(
            tuple(map(weakref.ref, self.logs)), weakref.ref(self.names), (self.roots, self.files, self.today, self.is_partial)
        )
        known = self.earlier.ground
        is_same = (
            known is not None
            and len(known.logs) == len(found.logs)
            and all(one is other for one, other in zip((*known.logs, known.names), (*found.logs, found.names), strict=True))
            and known.others == found.others
        )
        return known if known is not None and is_same else found

    def log_at(self, directory: str) -> Log | None:
        """The log of a directory, None where there is none."""
        return next((log for log in self.logs if log.directory == directory), None)

    def _log_with(self, path: str) -> Log | None:
        return next((log for log in self.logs if path in log.records), None)

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        """The order of all files: that of the records, then that of the pages."""
        return {path: rank for rank, path in enumerate((*self.records, *self.pages))}

    def _rank(self, path: str) -> int:
        return self._ranks[path]

    def facts(self, path: str) -> Facts | None:
        """The facts of the record, page or source code at a path, None where there is none."""
        return self.records.get(path) or self.pages.get(path) or self.code.get(path)

    def file(self, path: str) -> Record | None:
        """The whole record, page, template or settings file at a path; read now where it is not at hand, None where it cannot be."""
        if path in self.opened:
            return self.opened[path]
        facts = self.facts(path)
        if facts is None:
            if path in self.settings:
                return self.settings[path].page
            return next((one for log in self.logs for one in log.templates if one.path == path), None)
        if self.at_hand is not None and path in self.at_hand:
            return self.at_hand[path]
        text = self.read(path)
        if text is None:
            return None
        known = facts if facts.digest == digest_of(text) else None
        is_code = path in self.code
        file = coding.code_of(path, text, self.root_of(path), known) if is_code else mkdocs.page(path, text, known)
        if self.at_hand is not None:
            self.at_hand[path] = file
        return file

    def remembering(self) -> Workspace:
        """This workspace for as long as one question takes, for which no file is read twice."""
        if self.at_hand is not None:
            return self
        read = self.read.once() if isinstance(self.read, Reader) else self.read
        return replace(self, at_hand={}, earlier=self._still(self.names), read=read)

    def in_one_go(self) -> Workspace:
        """This workspace for whoever looks at all files one after the other: where their folders lie is found out once."""
        return replace(self, earlier=self._still(self.names), read=self.read.once()) if isinstance(self.read, Reader) else self

    def root_of(self, path: str) -> str:
        """The innermost opened folder in which a file or directory lies; empty where it lies in none."""
        return self.names.root_of(path)

    def doubles(self, first: Log | None) -> frozenset[str]:
        """The records that another log holds as well, such as the source of a book and what is made of it; those of `first` are none.

        Logs are copies where most records of the smaller one are called as in the other.
        """
        found: set[str] = set()
        kept: list[Counter[_Called]] = []
        for log in sorted(self.logs, key=lambda one: first is None or one.directory != first.directory):
            own = log.of(CALLED)
            for other in kept:
                shared = own.keys() & other.keys()
                if len(shared) >= 2 and 2 * len(shared) > min(len(own), len(other)):
                    found.update(path for path, record in log.records.items() if not shared.isdisjoint(CALLED.see(record)))
            kept.append(own)
        return frozenset(found)

    def log_of(self, path: str) -> Log | None:
        """The log to which the record at that path belongs; for an index the log that it lists, for others the one around it."""
        log = self._log_with(path)
        if log is not None:
            return log
        index = self.indexes.get(path)
        if index is not None and index.logs:
            return self.log_at(index.logs[0])
        return self.log_at(posixpath.dirname(path))

    def log_near(self, path: str) -> Log | None:
        """The log in the opened folder of a page that lies nearest to it, None where there is none."""
        root = self.names.root_of(path)
        there = [log for log in self.logs if log.records and self.names.root_of(log.directory) == root]
        return min(there, key=lambda log: (_distance(path, log.directory), log.directory), default=None)

    def may_be_guide(self, path: str) -> bool:
        """Whether a file is a text elsewhere, neither record nor beside them, whose references to records are wanted."""
        root = self.names.root_of(path)
        config = self._configs.get(root)
        return config is not None and config.at(path).check_pages and discovery.may_refer(posixpath.relpath(path, root))

    def reach(self, path: str) -> Reach:
        """How far source code is looked at in the opened folder of a file that may be some."""
        root = self.names.root_of(path)
        config = self._configs.get(root) if not self.is_partial else None
        return config.code if config is not None and coding.is_code(posixpath.relpath(path, root)) else "off"

    @property
    def searched(self) -> tuple[str, ...]:
        """The opened folders whose source code is to be searched, open or not."""
        return tuple(root for root in self.roots if root in self._configs and self._configs[root].code == "all")

    def is_cached(self, root: str) -> bool:
        """Whether the settings let what is read of an opened folder be kept for the next start."""
        return root in self._configs and self._configs[root].cache

    def as_code(self, path: str, text: str) -> Code | None:
        """A text in the opened folders as source code; None where it is none, or none is looked at."""
        is_looked_at = len(text) <= coding.LARGEST and self.reach(path) != "off" and not coding.is_made(text)
        return coding.code_of(path, text, self.root_of(path)) if is_looked_at else None

    @cached_property
    def _configs(self) -> Mapping[str, Config]:
        """The settings of each opened folder that has records."""
        return {self.names.root_of(log.directory): log.config for log in self.logs if log.records}

    @cached_property
    def names(self) -> Names:
        """The directory of all records by what they are called."""
        if self.earlier.names is not None:
            return self.earlier.names
        identities = {path: Identity.of(record, log.directory) for log in self.logs for path, record in log.records.items()}
        return Names(MappingProxyType(identities), self.roots, self.files, self.is_partial)

    @cached_property
    def indexes(self) -> Mapping[str, Index]:
        """The files that list records, by path."""
        return {path: page.index for path, page in self._read_pages.items() if page.index.logs}

    @cached_property
    def lost(self) -> frozenset[str]:
        """The pages of which this program could not find out whether they list records, which is a mistake of ours."""
        return frozenset(path for path, page in self._read_pages.items() if page.index.is_lost)

    @cached_property
    def _read_pages(self) -> Mapping[str, ReadPage]:
        """Each page read as an index."""
        found = {}
        for path in self.pages.keys() - self.guides if self.guides else self.pages:
            known = self.earlier.read_pages.get(path)
            if known is not None:
                found[path] = known
            elif (page := self.file(path)) is not None:
                found[path] = self._read_page(page, self.earlier.outdated.get(path))
        return found

    @property
    def read_pages(self) -> Mapping[str, ReadPage]:
        """The pages that have been read as indexes so far, to be given to a later workspace."""
        return self._still(None).read_pages

    @cached_property
    def _titles(self) -> Mapping[str, str | None]:
        """The titles of all records."""
        return {path: record.title for path, record in self.records.items()}

    def _title(self, path: str) -> str | None:
        record = self.records.get(path)
        return record.title if record is not None else None

    def _read_page(self, page: Record, before: ReadPage | None) -> ReadPage:
        asked: dict[str, str | None] = {}
        titles = self._titles  # the index keeps what it asks of, which is not to be all that refers to it, or facts of long ago

        def title(path: str) -> str | None:
            asked[path] = titles.get(path)
            return asked[path]

        earlier: Index | None = None
        if before is not None and before.holds(self.names, titles):
            earlier, asked = before.index, {**before.asked}
            is_kept = page.text == earlier.page.text and page.document.is_in_pieces <= earlier.page.document.is_in_pieces
            page = earlier.page if is_kept else page
        try:
            return ReadPage(Index.read(page, self.names, title, earlier), asked, self.names)
        except Exception:  # noqa: BLE001  # whatever it is, it is told, and a matter of this page alone
            _log.exception("reading %s as an index failed", page.path)
            return ReadPage(Index(page, is_lost=True), asked, self.names)

    def rest(self) -> None:
        """Lets go of the Markdown of indexes that nobody has open: what they list is known, and what is asked besides is read again."""
        for path, page in self.read_pages.items():
            if path not in self.opened:
                page.index.page.document.rest()

    def indexes_of(self, log: Log) -> tuple[Index, ...]:
        """The indexes that list the records of a log, the nearest first."""
        listing = [index for index in self.indexes.values() if log.directory in index.logs]
        return tuple(sorted(listing, key=lambda index: (_distance(index.path, log.directory), index.path)))

    def indexed_by(self, directory: str) -> tuple[str, ...]:
        """The paths of the indexes that list the records of a log, the nearest first."""
        log = self.log_at(directory)
        return tuple(index.path for index in self.indexes_of(log)) if log is not None else ()

    # What is asked of the whole

    @cached_property
    def _derived(self) -> _Derived:
        return _Derived()

    @cached_property
    def _apart(self) -> Workspace:
        """This workspace as it is given to what it keeps the answers of: it knows the same, but keeps none.

        Answers refer to what they were found in. Were that this workspace, all that is no longer needed would wait for a search for
        garbage.
        """
        _ = self.linked().indexes, self.ground
        apart = replace(self, earlier=replace(self._still(self.names), judged={}))
        object.__setattr__(apart, "_keeper", weakref.ref(self._derived))
        return apart

    def derived(self, query: Callable[..., _T], *about: str) -> _T:
        """What a pure function says of this workspace and of those things; worked out once."""
        if self._keeper is None:
            return _once(self._derived, self._apart, query, *about)
        kept = self._keeper()
        return query(self, *about) if kept is None else _once(kept, self, query, *about)

    def ask(self, query: Callable[..., _T], *about: str) -> _T:
        """What a `question` gets of this workspace and of those things; for whoever notes what is asked (`adr_ls.log.watch`)."""
        return query(self, *about)

    def outline(self) -> tuple[object, ...]:
        """All that can be told from another workspace by looking at any file but oneself."""
        logs = tuple((log.directory, log.records, log.house, log.habits, log.templates, log.config) for log in self.logs)
        return logs, tuple(self.pages.items()), self.files, self.today

    def is_as(self, other: Workspace) -> bool:
        """Whether this reading of the disk found the same files as the one before, with the same texts and settings, on the same day."""
        return (
            self.roots == other.roots
            and self.files == other.files
            and self.settings == other.settings
            and self.today == other.today
            and len(self.logs) == len(other.logs)
            and all(a.directory == b.directory and _is_as(a, b) for a, b in zip(self.logs, other.logs, strict=True))
            and _texts(self.pages) == _texts(other.pages)
            and self.surroundings.is_as(other.surroundings)
        )

    def judged(self, query: Callable[..., _T], *about: str) -> _T:
        """The same, but while a record is being typed in what was said before that stays, until the typing rests."""
        return _once(self.earlier.judged, self._apart, query, *about) if self._keeper is None else self.derived(query, *about)

    # References

    def resolve(self, source: Known, mention: Mention) -> Resolution:
        """Where a mention in that record or page leads."""
        return self.resolved(source)[mention]

    def resolved(self, source: Known) -> Mapping[Mention, Resolution]:
        """All mentions of a record or page with where they lead; of the files that were asked about last this is remembered."""
        kept = self.earlier.resolved.get(source.path)
        if kept is not None and kept[0] is source.mentions:
            return kept[1]
        found = self._resolved(source)
        if len(self.earlier.resolved) >= RESOLVED:
            self.earlier.resolved.clear()
        self.earlier.resolved[source.path] = source.mentions, found
        return found

    def pointed(self, source: Record) -> Mapping[Mention, Resolution]:
        """All places of a file from which people may go somewhere, with where they lead; the same, but for source code."""
        known = self.resolved(source)
        if source.pointers is source.mentions:
            return known
        return {one: known.get(one) or self.names.resolve(source.path, one) for one in source.pointers}

    def _resolved(self, source: Known) -> Mapping[Mention, Resolution]:
        if isinstance(source.mentions, Pieced) and source.path not in self.names.identities:
            return Resolved(self.names, source.path, source.mentions)
        found = {mention: self.names.resolve(source.path, mention) for mention in source.mentions}
        heading, title = source.heading, source.heading_title
        if heading is not None and title is not None and title.digits and source.path in self.names.identities:
            # What a record calls itself is itself, also where another one has the number
            label = Span(heading.span.start, heading.text.start + title.start)
            own = Resolution("record", (source.path,))
            found |= {one: own for one, other in found.items() if label.covers(one.span) and other.kind == "record"}
        return found

    def refers_to(self, source: Known) -> tuple[Facts, ...]:
        """The other records that this one refers to in any form, each once, in order of first mention.

        A link to a file that is not there refers to the one record that it evidently means, and one to the request in which a record was
        proposed to that record.
        """
        paths = dict.fromkeys(self._meant(mention, found) for mention, found in self.resolved(source).items())
        return tuple(self.records[path] for path in paths if path and path != source.path and path in self.records)

    def _meant(self, mention: Mention, found: Resolution) -> str | None:
        """The record to which a mention leads, or which it evidently means though it leads nowhere, or to where that was proposed."""
        if found.kind == "none" and mention.link is not None:
            return next((self._proposed_in.get(address) for address in requests_in(mention.path or "")), None)
        if found.kind != "broken" or len(found.paths) != 1 or mention.link is None:
            return found.path
        (path,) = found.paths
        return path if path in self.records and self.names.is_meant(mention, path, self._title(path) or "", "") else None

    @cached_property
    def _proposed_in(self) -> Mapping[str, str]:
        """The record that names a request of a forge in its metadata, by the request's address: ``RFC PR: https://…/pull/31``.

        Of several that name one it is that with its number; without such a one, none.
        """
        found: dict[str, list[Facts]] = {}
        for record in self.records.values():
            for address in requests_of(record):
                found.setdefault(address, []).append(record)
        numbered = {address: [one for one in every if address.endswith(f"/{one.number}")] for address, every in found.items()}
        meant = {address: numbered[address] or every for address, every in found.items()}
        return {address: every[0].path for address, every in meant.items() if len(every) == 1}

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[str, ...]]:
        """For each record the paths of the records and pages that refer to it."""
        if self.earlier.backlinks is not None:
            return self.earlier.backlinks
        every = (*self.records.values(), *self.pages.values())
        return gathered(self._targets(source, self._found_in(source, self._resolved)) for source in every)

    @staticmethod
    def _targets(source: Facts, resolved: Mapping[Mention, Resolution]) -> Said[str]:
        """The records that a file refers to, itself left out."""
        paths = resolved.paths if isinstance(resolved, Resolved) else (resolution.path for resolution in resolved.values())
        return {path: (source.path,) for path in paths if path and path != source.path}

    def _found_in(self, source: Facts, find: Callable[[Facts], Mapping[_K, _T]]) -> Mapping[_K, _T]:
        """What is found in one file; nothing where this program stumbles over it, as all others are gone through beside it."""
        try:
            return find(source)
        except Exception:  # noqa: BLE001  # whatever it is, it is a matter of this file alone
            _log.exception("finding out what %s refers to failed", source.path)
            return {}

    @cached_property
    def code_backlinks(self) -> Mapping[str, tuple[str, ...]]:
        """For each record the paths of the source files that are known to refer to it."""
        if self.earlier.in_code is not None:
            return self.earlier.in_code
        return gathered(map(self._leads, self.code.values()))

    def _leads(self, source: Facts) -> Said[str]:
        """The records that source code refers to."""
        return self._targets(source, self._found_in(source, self._resolved))

    def sources(self, path: str) -> tuple[str, ...]:
        """The paths of all files that refer to the record at a path: records, pages and source code."""
        return (*self.backlinks.get(path, ()), *self.code_backlinks.get(path, ()))

    def mentions_of(self, target: Known) -> Iterator[tuple[Facts, Mention]]:
        """Every mention of a record in other records, in pages and in source code, file by file."""
        wanted = target.path
        for path in self.sources(wanted):
            source = self.facts(path)
            if source is not None:
                for mention, resolution in self.resolved(source).items():
                    if resolution.kind == "record" and resolution.paths[0] == wanted:
                        yield source, mention

    def links_into(self, path: str, leads: Callable[[str], bool]) -> Iterator[tuple[Facts, Mention]]:
        """Every link to the record or page at a path, in that one itself as well; `leads` says which fragments, ``""`` for none."""
        sources = (path, *self.backlinks.get(path, ())) if path in self.records else (*self.records, *self.pages)
        for source in filter(None, map(self.facts, sources)):
            for mention in source.mentions:
                leading = mention.path is not None and leads(mention.fragment)
                if leading and self.names.resolve(source.path, mention).paths[:1] == (path,):
                    yield source, mention

    # Relations

    def relations(self, record: Known, *, told: bool = False) -> tuple[tuple[Related, Facts], ...]:
        """The relations that this record states, to records that exist; with `told` also those of which it only tells."""
        said = self._stances(record).said
        return tuple((related, self.records[path]) for related, path in said if told or related.evidence != "told")

    def said_of(self, record: Known, other: Known) -> tuple[Related, ...]:
        """What a record says of how it stands to the other, also where it only tells of it."""
        return self._stances(record).by_path.get(other.path, ())

    def _stances(self, record: Known) -> Stances:
        """How a record stands to others; of the files that were asked about last this is remembered."""
        if not record.relations:
            return Stances(())
        kept = self.earlier.stances.get(record.path)
        if kept is not None and kept.relations is record.relations:
            return kept
        resolved = self.resolved(record)
        paths = ((related, resolved[related.mention].path) for related in record.relations if related.mention in resolved)
        said = ((related, path) for related, path in paths if path is not None and path != record.path and path in self.records)
        found = Stances(record.relations, tuple(said))
        if len(self.earlier.stances) >= RESOLVED:
            self.earlier.stances.clear()
        self.earlier.stances[record.path] = found
        return found

    def related(self, record: Known, relation: Relation) -> tuple[Facts, ...]:
        """The records to which this one says it stands in that relation, each once."""
        return tuple(dict.fromkeys(other for related, other in self.relations(record) if related.relation == relation))

    @cached_property
    def _stated_by_others(self) -> Said[Statement]:
        if self.earlier.stated is not None:
            return self.earlier.stated
        return gathered(self._statements(record) for record in self.records.values() if record.relations)

    def _statements(self, record: Facts) -> Said[Statement]:
        """What a record says of others, seen from their side."""
        return self._found_in(record, self._statements_of)

    def _statements_of(self, record: Facts) -> Said[Statement]:
        found: dict[str, list[Statement]] = {}
        for related, other in self.relations(record):
            if related.relation in CONVERSE:
                found.setdefault(other.path, []).append((CONVERSE[related.relation], record.path, related.evidence))
        return {path: tuple(dict.fromkeys(stated)) for path, stated in found.items()}

    def states(self, record: Known, relation: Relation, other: Known) -> bool:
        """Whether a record says that it stands in that relation to the other, and does not only tell of it."""
        return any(one.relation == relation and one.evidence != "told" for one in self.said_of(record, other))

    def declares(self, record: Known, relation: Relation, other: Known) -> bool:
        """Whether a record declares that it stands in that relation to the other."""
        return any(related.relation == relation and related.evidence == "declared" for related in self.said_of(record, other))

    def tells(self, record: Known, relations: tuple[Relation, ...], other: Known) -> bool:
        """Whether a record says in whatever words that it stands in one of those relations to the other."""
        return any(related.relation in relations for related in self.said_of(record, other))

    def converse(self, record: Known, relation: Relation) -> tuple[Facts, ...]:
        """The records that say, from their side, that this one stands in that relation to them."""
        said = self._stated_by_others.get(record.path)
        return tuple(self.records[path] for stated, path, _ in said if stated == relation) if said else ()

    def on_either_side(self, record: Known, relation: Relation) -> tuple[Facts, ...]:
        """The records to which one stands so, whichever side says it, each once.

        Where a record supersedes another, what prose says of the parts that it changes is no amendment besides.
        """
        found = tuple(dict.fromkeys((*self.related(record, relation), *self.converse(record, relation))))
        if relation not in _WHOLE or not found:
            return found
        whole = self.on_either_side(record, _WHOLE[relation])
        return tuple(
            other
            for other in found
            if other not in whole or self.declares(record, relation, other) or self.declares(other, CONVERSE[relation], record)
        )

    @cached_property
    def _sides(self) -> dict[tuple[str, Relation], tuple[int, int]]:
        return {}

    def sides(self, directory: str, relation: Relation) -> tuple[int, int]:
        """How many of such relations between records of a log are told by the one side alone, and how many declared by both."""
        if (directory, relation) not in self._sides:
            alone = both = 0
            log = self.log_at(directory)
            for record in log.records.values() if log is not None else ():
                for other in self.related(record, relation):
                    told = self.declares(other, CONVERSE[relation], record)
                    both += told
                    alone += not told
            self._sides[directory, relation] = alone, both
        return self._sides[directory, relation]

    def successors(self, record: Known) -> tuple[Facts, ...]:
        """The records that supersede this one, whichever side says so."""
        return tuple(dict.fromkeys((*self.related(record, "superseded_by"), *self.converse(record, "superseded_by"))))

    def is_gone(self, record: Known) -> bool:
        """Whether the decision holds no longer: by its own word, or because a decided record says that it supersedes it."""
        if self.canonical(record) in ENDED:
            return True
        said = self._stated_by_others.get(record.path)
        return said is not None and any(
            relation == "superseded_by"
            and evidence == "declared"
            and self.canonical(self.records[path]) in ("accepted", "superseded", "amended")
            for relation, path, evidence in said
        )

    def standing(self, record: Known) -> Canonical:
        """What has become of the decision: what its status comes to, but superseded where only its successor says so."""
        state = self.canonical(record)
        gone = state not in ENDED and self.is_gone(record)
        return "superseded" if gone else state

    def chain(self, record: Known) -> tuple[Facts, ...]:
        """From this record's successor to the one that holds now; ends where it would branch or come back."""
        found: list[Facts] = []
        while True:
            following = self.successors(found[-1] if found else record)
            if len(following) != 1 or following[0].path == record.path or following[0] in found:
                return tuple(found)
            found.append(following[0])

    def status(self, record: Known) -> Status | None:
        """The status that holds: where a record states two, the one in the place where its log keeps it."""
        if len(record.statuses) > 1:
            log = self._log_with(record.path)
            usual = log.house.status_place if log else None
            return next((status for status in record.statuses if status.field.place == usual), record.status)
        return record.status

    def canonical(self, record: Known) -> Canonical:
        """What the record's status comes to; ``none`` where it states none."""
        status = self.status(record)
        return status.canonical if status else "none"

    def date(self, record: Known) -> str | None:
        """The date of the decision in ISO 8601: the metadata's, read in the log's order of day and month, else the file name's."""
        found: dates.Date | None = record.date
        if found is not None and found.iso is not None:
            if found.form == "ambiguous" and found.other:
                proved = dates.nearer(found, record.name.date)
                if proved is not None:
                    return proved
                log = self._log_with(record.path)
                if log is not None and log.house.month_first:
                    return found.other
            return found.iso
        return record.name.date

    # Change

    def with_text(self, path: str, text: str, read: Reading | None = None) -> Workspace:
        """The workspace after the file at that path got this text; unchanged where the file is none of those it knows.

        `read` is what another workspace made of the same text, where one has (see `reading`): then that is not done again.
        """
        known = self.opened.get(path)
        if known is not None and known.written == text:
            return self
        old = self.facts(path)
        if path in self.code:
            return self._with_code(coding.code_of(path, text, self.root_of(path)))
        if old is not None:
            return self._with(old, read or _read(known.after(text) if known is not None else mkdocs.edited(path, text)))
        if path in self.files and self.file(path) is None and self.may_be_guide(path) and self.names.sign.search(text):
            return self._with_guide(*(read or _read(record_of(path, text)))[:2])
        if self.records and (code := self.as_code(path, text)) is not None and self.names.may_name(text) and code.mentions:
            return self._with_code(code)
        settings = self.settings.get(path)
        if settings is not None and settings.text != text:
            # What follows from them is for the next reading of the folder; what is wrong in them is known at once
            changed = MappingProxyType({**self.settings, path: settings.with_text(text)})
            return replace(self, settings=changed, earlier=self._still(self.names))
        return self

    def reading(self, path: str) -> Reading | None:
        """What was made of the text of an open record or page; None for any other file."""
        record, facts = self.opened.get(path), self.facts(path)
        page = self.read_pages.get(path)
        return None if record is None or facts is None or path in self.code else Reading(record, facts, page)

    def with_made(self, directory: str, record: Record) -> Workspace:
        """The workspace after a new record was put into the log of that directory."""
        logs = tuple(one.with_record(facts_of(record)) if one.directory == directory else one for one in self.logs)
        opened = MappingProxyType({**self.opened, record.path: record})
        return replace(self, logs=logs, opened=opened, files=self.files | {record.path}, earlier=Earlier())

    def without(self, path: str) -> Workspace:
        """The workspace without what it knows of a file, which may still be on the disk."""
        logs = tuple(one.without_file(path) for one in self.logs)
        settings = MappingProxyType({other: file for other, file in self.settings.items() if other != path})
        pages = MappingProxyType({other: page for other, page in self.pages.items() if other != path})
        code = MappingProxyType({other: file for other, file in self.code.items() if other != path})
        opened = MappingProxyType({other: record for other, record in self.opened.items() if other != path})
        known = replace(self, logs=logs, pages=pages, guides=self.guides - {path}, code=code, opened=opened, settings=settings)
        return replace(known, earlier=Earlier())

    @property
    def is_settled(self) -> bool:
        """Whether nothing in it was learned before some record changed."""
        return all(log.is_settled for log in self.logs)

    def is_seen_otherwise(self, before: Workspace, path: str) -> bool:
        """Whether others may see the file at a path otherwise than in the workspace `before`, of which it alone has changed since."""
        if path in self.code:
            return False
        old, new = before.facts(path), self.facts(path)
        if old != new:
            return True
        if path in self.pages:
            return path in self.indexes or path in before.indexes
        if old is None or new is None or old.digest == new.digest:
            return False
        if self._has_copy(old) or self._has_copy(new):
            return True
        earlier = {log.directory: log for log in before.logs}
        return any(
            log.directory not in earlier or log.template_text != earlier[log.directory].template_text
            for log in self.logs
            if any(
                (words in old.passages) != (words in new.passages) for template in log.templates for words in template.asking
            )
        )

    def is_found_otherwise(self, before: Workspace, path: str) -> bool:
        """Whether a reading may find other records, pages and templates than there are, now that others see the file at a path otherwise.

        It alone has changed since the workspace `before`. What a file is, its facts tell; what a page asks of records, its text besides.
        """
        old, new = before.facts(path), self.facts(path)
        if old is None or new is None or old != new or path in self.guides:
            return True
        if path in self.records:
            return self._has_copy(old) or self._has_copy(new)
        page = self.file(path)
        return page is None or not page.is_markdown or self._is_described_otherwise(page)

    def _is_described_otherwise(self, page: Record) -> bool:
        """Whether a page asks other things of the records than were read off it."""
        if not discovery.is_reserved(filename.strip_suffix(posixpath.basename(page.path))):
            return False  # no other pages are asked
        said = [one.text for one in described(page)]
        kept = ((one for one in log.templates if isinstance(one, Described) and one.path == page.path) for log in self.logs)
        return any([one.text for one in known] != said for known in kept)

    def _has_copy(self, facts: Facts) -> bool:
        """Whether another file has the text that a record has or had: such are no kin of each other's logs."""
        return any(facts.digest in log.of(DIGESTS) for log in self.logs if facts.path not in log.records)

    def linked(self) -> Workspace:
        """This workspace, with worked out what refers to what; for whoever has time to do so."""
        for _ in self._linking():
            pass
        return self

    def _linking(self) -> Iterator[object]:
        """What that is, worked out one after the other."""
        yield self.names
        yield self.backlinks
        yield self._stated_by_others
        yield self.code_backlinks

    def _preparing(self) -> Iterator[object]:
        """All that is asked of it again and again, worked out one after the other."""
        yield from self._linking()
        yield self.indexes
        for log in self.logs:
            yield log.house
            yield log.habits
            yield log.template_text

    @property
    def is_linked(self) -> bool:
        """Whether that is worked out."""
        known = self._still(None)
        return None not in (known.backlinks, known.stated, known.in_code)

    def prepared(self, is_overtaken: Callable[[], bool] = lambda: False) -> Workspace:
        """This workspace, with all worked out that is asked of it again and again, until something more urgent has overtaken that."""
        steps = self._preparing()
        while not is_overtaken() and next(steps, None) is not None:
            pass
        return self

    def settled(self) -> Workspace:
        """This workspace once the typing rests: without what was learned and judged before, and indexes read by the titles of now."""
        logs = tuple(
            log if log.is_settled else replace(log, learned=None, is_settled=True, earlier=log.folds) for log in self.logs
        )
        earlier = self._still(self.names)
        pages = {
            path: page
            for path, page in earlier.read_pages.items()
            if all(self._title(one) == title for one, title in page.asked.items())
        }
        if self.is_settled and not earlier.judged and len(pages) == len(earlier.read_pages):
            return self
        return replace(self, logs=logs, earlier=replace(earlier, judged={}, read_pages=pages))

    def taking_over(self, before: Workspace) -> Workspace:
        """This workspace, read anew, with what an earlier one of the same folders had worked out, as far as it holds of this one.

        What a file says of others holds where neither it has changed nor the names of those that it mentions.
        """
        names = self.names
        known = before._still(before.names)
        outdated = {path: page for path, page in {**known.outdated, **known.read_pages}.items() if page.names is names}
        fresh = replace(self, earlier=Earlier(names, outdated=outdated))
        moved = elsewhere(before.names, names) if not before.is_partial else None
        old, new = ({**one.records, **one.pages} for one in (before, self))
        if moved is None or [path for path in old if path in new] != [path for path in new if path in old]:
            return fresh
        mentioned = Mentioned.of(new, before.earlier.mentioned)
        is_called, was_called = names.identities.get, before.names.identities.get
        other = {path for path, facts in new.items() if old.get(path) is not facts}
        other.update(
            path for path in new if (said := is_called(path)) is not (known_as := was_called(path)) and said != known_as
        )
        same = new.keys() - other - moved.files(mentioned)
        pages = {
            path: kept
            for path, page in known.read_pages.items()
            if path in same
            and all(self._title(one) == title for one, title in page.asked.items())
            and (kept := page.under(names, before.names, moved)) is not None
        }
        earlier = Earlier(
            names,
            read_pages=pages,
            outdated={path: page for path, page in outdated.items() if path not in pages},
            resolved={path: kept for path, kept in known.resolved.items() if path in same},
            stances={path: kept for path, kept in known.stances.items() if path in same},
            mentioned=mentioned,
        )
        logs = {log.directory: log for log in before.logs}
        over = tuple(log.taking_over(logs[log.directory]) if log.directory in logs else log for log in self.logs)
        now = replace(self, logs=over, earlier=earlier)
        gone, come = ([facts for path, facts in files.items() if path not in same] for files in (old, new))
        try:
            return replace(now, earlier=now._exchanging(before, gone, come))  # noqa: SLF001  # of the same class
        except Exception:  # noqa: BLE001  # whatever it is, all is read, and whoever asks for it finds out anew
            _log.exception("finding out what refers to what after a change failed")
            return now

    def _exchanging(self, before: Workspace, gone: Sequence[Facts], come: Sequence[Facts]) -> Earlier:
        """What is known here, with who refers to whom as an earlier workspace knew it, but for the files that are gone and those that have come."""
        known = before._still(before.names)
        said, says = before._said_by(gone), self._said_by(come)
        paths = {facts.path for facts in (*gone, *come)}
        backlinks = brought_up(known.backlinks, paths, said[0], says[0], lambda source: source, self._rank)
        stated = brought_up(known.stated, paths, said[1], says[1], lambda entry: entry[1], self._rank)
        return replace(self.earlier, backlinks=backlinks, stated=stated)

    def named_after(self, before: Workspace) -> Workspace:
        """This workspace with the names of an earlier one, and what was found out by these, where the same files are called the same."""
        known, names = before.names, before.names.identities
        identities = {
            path: one
            if (one := names.get(path)) is not None and one.directory == log.directory and before.records.get(path) is record
            else Identity.of(record, log.directory)
            for log in self.logs
            for path, record in log.records.items()
        }
        found = Names(MappingProxyType(identities), self.roots, self.files, self.is_partial)
        is_same = found == known and list(identities) == list(names)
        return replace(self, earlier=Earlier(known if is_same else found))

    def _said_by(self, files: Iterable[Facts]) -> tuple[Said[str], Said[Statement]]:
        """To whom some files refer, and what those of them that are records say of others."""
        files = tuple(files)
        targets = gathered(self._targets(source, self._found_in(source, self.resolved)) for source in files)
        return targets, gathered(self._statements(one) for one in files if one.path in self.records)

    def _with(self, old: Facts, read: Reading) -> Workspace:
        """The workspace with what was read of a record or page in place of the one with the facts `old`."""
        record, new, page = read
        opened = MappingProxyType({**self.opened, new.path: record})
        log = self._log_with(new.path)
        if log is None:
            changed = replace(self, opened=opened, pages=MappingProxyType({**self.pages, new.path: new}))
            is_same = True
        else:
            logs = tuple(one.with_record(new) if one is log else one.with_kin(new) for one in self.logs)
            changed = replace(self, opened=opened, logs=logs)
            is_same = Identity.of(old, log.directory) == Identity.of(new, log.directory) and order(old) == order(new)
        if not is_same:
            return replace(changed, earlier=Earlier())
        before = self._still(self.names)
        changed = replace(changed, earlier=before)
        said = self._targets(old, self._found_in(old, self.resolved)), self._statements(old) if log is not None else {}
        return replace(changed, earlier=changed._after(before, new, *said, page))  # noqa: SLF001  # of the same class

    def _with_guide(self, record: Record, facts: Facts) -> Workspace:
        """The workspace with a file besides that has come to refer to records."""
        before = self._still(self.names)
        changed = replace(
            self,
            opened=MappingProxyType({**self.opened, record.path: record}),
            pages=MappingProxyType({**self.pages, record.path: facts}),
            guides=self.guides | {record.path},
            earlier=before,
        )
        return replace(changed, earlier=changed._after(before, facts, {}, {}))  # noqa: SLF001  # of the same class

    def _with_code(self, record: Record) -> Workspace:
        """The workspace with a file of source code as it is now."""
        facts, old = facts_of(record), self.code.get(record.path)
        before = self._still(self.names)
        changed = replace(
            self,
            opened=MappingProxyType({**self.opened, record.path: record}),
            code=MappingProxyType({**self.code, record.path: facts}),
            earlier=before,
        )
        if before.in_code is None:
            return changed
        targets = self._leads(old) if old is not None else {}
        return replace(changed, earlier=replace(before, in_code=exchanged(before.in_code, targets, self._leads(facts))))

    def without_code(self, path: str) -> Workspace:
        """The workspace without what it knows of a file of source code; unchanged where it knows of none."""
        facts = self.code.get(path)
        if facts is None:
            return self
        before = self._still(self.names)
        kept = exchanged(before.in_code, self._leads(facts), {}) if before.in_code is not None else None
        return replace(
            self,
            opened=MappingProxyType({other: file for other, file in self.opened.items() if other != path}),
            code=MappingProxyType({other: file for other, file in self.code.items() if other != path}),
            earlier=replace(before, in_code=kept),
        )

    def with_code(self, code: Mapping[str, Facts]) -> Workspace:
        """The workspace with all that is known of source code; what is open is none of that."""
        if not code and not self.code:
            return self
        opened = {path: facts for path, facts in self.code.items() if path in self.opened}
        now = {**code, **opened}
        if now.keys() == self.code.keys() and all(self.code[path] is facts for path, facts in now.items()):
            return self
        return replace(self, code=MappingProxyType(now), earlier=replace(self._still(self.names), in_code=None))

    def _after(
        self, before: Earlier, new: Facts, targets: Said[str], stated: Said[Statement], page: ReadPage | None = None
    ) -> Earlier:
        """What is known when one file has the facts `new`, whose earlier ones referred to these targets and stated this."""
        now = self._statements(new) if new.path in self.records else {}
        page = page or before.read_pages.get(new.path)
        referred = self._targets(new, self._found_in(new, self.resolved))
        return replace(
            before,
            backlinks=brought_up(before.backlinks, {new.path}, targets, referred, lambda source: source, self._rank),
            stated=brought_up(before.stated, {new.path}, stated, now, lambda entry: entry[1], self._rank),
            read_pages={path: read for path, read in before.read_pages.items() if path != new.path},
            outdated=before.outdated if page is None else {**before.outdated, new.path: page},
            judged={} if new.path in self.pages else before.judged,
        )

    def _still(self, names: Names | None) -> Earlier:
        """What is known of this workspace by now, with these names."""
        known = self.__dict__
        return Earlier(
            names,
            known.get("backlinks", self.earlier.backlinks),
            known.get("_stated_by_others", self.earlier.stated),
            known.get("code_backlinks", self.earlier.in_code),
            known.get("_read_pages", self.earlier.read_pages),
            {} if "_read_pages" in known else self.earlier.outdated,
            self.earlier.resolved,
            self.earlier.stances,
            self.earlier.judged,
            known.get("ground", self.earlier.ground),
            self.earlier.mentioned,
        )


class _Together(Mapping[str, Facts]):
    """The records of several logs, which `names` tells apart: nothing is put together anew with each letter that is typed."""

    __slots__ = ("_by_directory", "_identities")

    def __init__(self, names: Names, logs: Iterable[Log]) -> None:
        self._identities = names.identities
        self._by_directory = {log.directory: log.records for log in logs}

    def __getitem__(self, path: str) -> Facts:
        return self._by_directory[self._identities[path].directory][path]

    def get(self, path: str, default: Any = None) -> Any:
        """See `Mapping`; most of what is asked for is no record."""
        identity = self._identities.get(path)
        return default if identity is None else self._by_directory[identity.directory][path]

    def __contains__(self, path: object) -> bool:
        return path in self._identities

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._by_directory.values())

    def __len__(self) -> int:
        return len(self._identities)


class _Derived(dict[tuple[object, ...], object]):
    """Answers by what was asked."""

    __slots__ = ("__weakref__",)


def _read(record: Record) -> Reading:
    return Reading(record, facts_of(record))


def _once(kept: dict[tuple[object, ...], object], workspace: Workspace, query: Callable[..., _T], *about: str) -> _T:
    key = (query, *about)
    found = kept.get(key, _UNKNOWN)
    if found is _UNKNOWN:
        found = kept[key] = query(workspace, *about)
    return cast("_T", found)


_UNKNOWN = object()


def _is_as(one: Log, other: Log) -> bool:
    """Whether two readings of a log found the same."""
    return (
        _texts(one.records) == _texts(other.records)
        and one.config == other.config
        and [(type(template), template.path, template.text) for template in one.templates]
        == [(type(template), template.path, template.text) for template in other.templates]
    )


def _texts(files: Mapping[str, Facts]) -> list[tuple[str, str]]:
    """The files in their order, each with what tells its text: what is wrong in it may be other than it was though nobody else sees that."""
    return [(path, facts.digest) for path, facts in files.items()]


def _distance(path: str, directory: str) -> int:
    one, other = posixpath.dirname(path).split("/"), directory.split("/")
    common = len(posixpath.commonprefix([one, other]))
    return len(one) + len(other) - 2 * common
