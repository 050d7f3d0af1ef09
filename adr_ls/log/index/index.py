"""A page as an index of records."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from adr_ls.log import discovery
from adr_ls.log.index.entry import SAYS, Entries, Entry, Excerpt, carry, groups, is_linked, meant_of, names_of, paths_of
from adr_ls.log.index.kinds import (
    NAVIGATING,
    NEARLY,
    PASSING,
    is_checklist,
    is_diary,
    is_home,
    is_index_name,
    listed_logs,
    renames,
    speaks_of_others,
)
from adr_ls.log.index.navigator import Navigator
from adr_ls.log.index.reader import PageReader
from adr_ls.log.mkdocs import Navigation
from adr_ls.log.resolve import Names
from adr_ls.record import filename
from adr_ls.record.parts import Section
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.pieced import Ground, Question, each


@dataclass(frozen=True)
class Index:
    """A page that lists records; `logs` are the directories whose records it lists, empty where it is no index.

    `is_lost` tells that nobody knows whether it is one, since this program stumbled over it.
    """

    page: Record
    entries: Sequence[Entry] = ()
    logs: tuple[str, ...] = ()
    groups: tuple[Section, ...] = ()
    """The list items that head entries by a status."""
    is_lost: bool = False
    ground: Ground = field(default_factory=Ground, repr=False)
    """What is the same as long as entries that say the same are read the same: by the same names and titles."""
    excerpts: tuple[Excerpt, ...] | None = field(default=None, repr=False)
    """The lists and tables that give a part of a log on purpose; None where the page is no index, whatever there is of what it lists."""

    @property
    def is_by_links(self) -> bool:
        """Whether each entry is one by its link alone, whatever else the records are called."""
        return all(each(self.entries, "", Question(is_linked)))

    def under(self, names: Names) -> Index:
        """This index where there are other records besides, by whose names all its entries are read as they were."""
        if self.excerpts is None:
            return self
        logs = listed_logs(self.page, names, self.entries, self.excerpts, self.ground)
        return self if logs == self.logs else replace(self, logs=logs)

    @cached_property
    def by_record(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each record."""
        return _ByRecord(self.entries)

    @property
    def path(self) -> str:
        """The page's path."""
        return self.page.path

    @property
    def headings(self) -> tuple[Section, ...]:
        """What may head entries: the sections of the page, and the items that do so."""
        return (*self.page.sections, *self.groups)

    @cached_property
    def goes_on(self) -> bool:
        """Whether the index says itself that there are more records than it lists, by a row of dots."""
        text = self.page.text
        rows = (row for group in {id(one): one for one, _ in groups(self.entries)}.values() for row in group.children)
        return any(
            _MORE.search(text, row.span.start, row.span.end) and not SAYS.search(text, row.span.start, row.span.end)
            for row in rows
        )

    def lists(self, path: str) -> bool:
        """Whether the record at that path has an entry, be it one whose link is broken but that evidently means it."""
        return path in self.by_record or path in self._meant

    def leaves_to(self, other: Index, log: Iterable[str]) -> bool:
        """Whether this page may leave the records of a log, given by their paths, to another that is the log's own and lists more.

        A page that lists nearly all of them means to list all, as does the navigation of a site, beside which nothing is shown.
        """
        log = tuple(log)
        stem, directory = filename.strip_suffix(posixpath.basename(other.path)), posixpath.dirname(log[0])
        if not self.page.is_markdown or NAVIGATING.fullmatch(filename.strip_suffix(posixpath.basename(self.path))):
            return False
        if not (is_home(other.path, directory) and discovery.is_reserved(stem)):
            return False
        own = sum(map(self.lists, log))
        return own < NEARLY * len(log) and sum(map(other.lists, log)) > own

    @cached_property
    def _meant(self) -> frozenset[str]:
        """The records that alone answer to a broken link of an entry."""
        return frozenset(filter(None, each(self.entries, "", Question(meant_of, by=self.ground))))

    @staticmethod
    def read(page: Record, names: Names, title: Callable[[str], str | None], before: Index | None = None) -> Index:
        """Reads a page as an index of the records that `names` knows; `title` gives the title of the one at a path.

        `before` is what was read of an earlier text of the page, by the same names and titles.
        """
        ground = Ground() if before is None else before.ground
        kind = Navigator if isinstance(page, Navigation) else PageReader
        reader = kind(page, names, title)
        entries, groups = reader.read(ground)
        earlier = before.entries if before is not None and isinstance(before.entries, Entries) else None
        if earlier is not None:
            carry(earlier.beside(entries), entries.beside(earlier))
        listed = set().union(*each(entries, "", Question(names_of, by=ground)))
        for known in sorted(listed):
            title(known)  # an entry is cut into its parts later, and by the title of its record
        if renames(page, names, entries, ground) or speaks_of_others(page, entries):
            return Index(page, entries, ground=ground)
        stem = filename.strip_suffix(posixpath.basename(page.path))
        if PASSING.search(stem) or is_diary(entries) or (not is_index_name(stem) and is_checklist(page, entries)):
            return Index(page, entries, ground=ground)
        excerpts = reader.excerpts()
        logs = listed_logs(page, names, entries, excerpts, ground)
        return Index(page, entries, logs, groups, ground=ground, excerpts=excerpts)


class _ByRecord(Mapping[str, tuple[Entry, ...]]):
    """The entries of a page by the records that they name, placed when somebody looks at those of a record."""

    __slots__ = ("_entries", "_places")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._places: dict[str, list[int]] = {}
        for at, paths in enumerate(each(entries, "", Question(paths_of))):
            for path in paths:
                self._places.setdefault(path, []).append(at)

    def __getitem__(self, path: str) -> tuple[Entry, ...]:
        return tuple([self._entries[at] for at in self._places[path]])

    def __contains__(self, path: object) -> bool:
        return path in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


_MORE = lazy.regex(r"\.\.\.|…")
