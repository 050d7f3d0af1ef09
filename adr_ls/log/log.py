"""A log: one directory of records, and what follows from all of them together.

A log knows of its records nothing but their facts. What it works out of them are folds (see `adr_ls.log.folds`).
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from adr_ls.log import dialects
from adr_ls.log.folds import Digests, Fold, Folds, Grouping, Keeping, Tally
from adr_ls.log.style import Habits, House, Style
from adr_ls.record.facts import Facts
from adr_ls.record.filename import is_asciidoc
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.settings.values import Config
from adr_ls.syntax.lazy import cached_property
from adr_ls.words import dates
from adr_ls.words.lookup import fold

_log = logging.getLogger(__name__)

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")

SHORT_TITLE = 60
"""How long a template's title is at most for it to be a placeholder."""


def number_of(record: Facts) -> tuple[str, int] | None:
    """The series, in lower case, and the number of a record; None for one without."""
    return None if record.number is None else (record.series.casefold(), record.number)


Order: TypeAlias = tuple[int, str, int, str]
"""What sorts a record among others, its path last."""


def order(record: Facts) -> Order:
    """Sorts records by number within their series, then those known by date or slug."""
    number = record.number
    return (0 if number is not None else 1, record.series if number is not None else "", number or 0, record.path)


def ordered(records: Iterable[Facts]) -> Mapping[str, Facts]:
    """Records by path, in their order."""
    return MappingProxyType({record.path: record for record in sorted(records, key=order)})


def grouping(keys: Callable[[Facts], Iterable[_K]]) -> Grouping[_K, Order]:
    """Which records have what, in their order; see `Log.having`."""
    return Grouping(lambda record: ((key, order(record)) for key in keys(record)))


def dialect_of(record: Facts) -> str:
    """The name of the dialect that a record is written in, ``generic`` where it is none that is known."""
    return dialects.detect(
        frozenset(status.field.place for status in record.statuses),
        frozenset(map(fold, record.sections.names)),
        frozenset({record.heading_title.style} if record.heading_title else ()),
        frozenset(field.key.casefold() for field in record.fields if field.place == "front-matter"),
        dated=record.name.date is not None,
    )


def _by_number(seen: Iterable[tuple[str, tuple[str, int] | None]]) -> Mapping[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = {}
    for path, number in seen:
        if number is not None:
            found.setdefault(number, []).append(path)
    return {key: tuple(paths) for key, paths in found.items()}


def _date_forms(record: Facts) -> list[tuple[str, str]]:
    return [
        (field.role, date.form)
        for field in record.fields
        if field.role in ("date", "updated") and (date := dates.read(field.value))
    ]


BY_NUMBER = Fold(lambda record: (record.path, number_of(record)), _by_number)
"""The paths of the records of each series and number."""
DATE_FORMS = Tally(_date_forms)
"""How many records write which kind of date field in which form."""
TITLES = Tally(lambda record: (fold(record.title or ""),))
"""How many records have which title, folded."""
CALLED = Tally(lambda record: ((number_of(record), fold(record.title or "")),))
"""How many records have which number and title."""
DIALECTS = Tally(lambda record: (dialect_of(record),))
"""How many records are written in which dialect."""
DIGESTS = Digests()
"""What tells the texts of the records from others."""


SEVERAL = 4
"""How many records have to keep a sentence of the template, besides being a fifth of all, so that it is meant to stay."""


def _is_blank(words: str) -> bool:
    """Whether a passage is to be filled in, as it stands in brackets, asks something or breaks off."""
    return words.startswith(("[", "{", "<", "(", "…")) or words.rstrip(" *_)]\"'”»").endswith(("?", "？", "…", "..."))


@dataclass(frozen=True, eq=False)
class Log:
    """One directory of records: the scope within which numbers are unique.

    `records` are the facts of its records by path, in the order of their numbers; `templates` the files from which new ones are made.
    """

    directory: str
    records: Mapping[str, Facts]
    templates: tuple[Record, ...] = ()
    config: Config = field(default_factory=Config)
    begun_by: tuple[str, str] = ("", "")
    """The configuration file of another tool that names the directory, and its text, where there are no records yet."""
    kin: tuple[Facts, ...] = field(default=(), repr=False)
    """Records of the neighbouring logs of the same people, from which a small log's style is learned besides."""
    learned: tuple[House, Habits] | None = field(default=None, repr=False)
    """What was learned before one of the records changed."""
    is_settled: bool = True
    """Whether what was learned is what these records teach; while one of them is being typed in, it stays what it was."""
    earlier: Folds | None = field(default=None, repr=False)
    """The folds over these records as far as they are known already."""

    @cached_property
    def folds(self) -> Folds:
        """The folds over the records."""
        return self.earlier or Folds(self.records)

    def of(self, wanted: Fold[Any, _V]) -> _V:
        """The value of a fold over the records of this log."""
        return self.folds.of(wanted)

    def count(self, tally: Tally[_K], key: _K, without: Known | None = None) -> int:
        """How many records have something, one of them left out."""
        own = self.records.get(without.path) if without is not None else None
        return self.of(tally)[key] - (own is not None and key in tally.see(own))

    def having(self, grouped: Grouping[_K, Order], key: _K) -> tuple[str, ...]:
        """The paths of the records that have something, in their order."""
        return tuple(path for *_, path in self.of(grouped).get(key, ()))

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.records)

    @property
    def by_number(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The paths of the records of each series and number."""
        return self.of(BY_NUMBER)

    @cached_property
    def models(self) -> tuple[Facts, ...]:
        """The records that show how one is written here: those in Markdown, all where there are none."""
        every = tuple(self.records.values())
        return tuple(record for record in every if not is_asciidoc(record.path)) or every

    @cached_property
    def house(self) -> House:
        """The conventions of this log, learned from its templates and the majority of its records."""
        if self.learned is not None:
            return self.learned[0]
        # What is set for some paths holds for the log as a whole where it holds for any file that may come into its directory
        config = self.config.at(posixpath.join(self.directory, "record.md"))
        return self._taught(lambda: House.learn(self.models, self.templates, config, self.kin), House)

    @cached_property
    def habits(self) -> Habits:
        """How often the records of this log write what."""
        return self.learned[1] if self.learned is not None else self._taught(lambda: Habits.learn(self.models), Habits)

    def _taught(self, learn: Callable[[], _V], nothing: Callable[[], _V]) -> _V:
        """What is learned; nothing where this program stumbles over it, as rules about the records then go by what is said of all."""
        try:
            return learn()
        except Exception:  # noqa: BLE001  # whatever it is, it is a matter of this log alone
            _log.exception("finding out what is usual in %s failed", self.directory)
            return nothing()

    @cached_property
    def date_forms(self) -> Mapping[str, Style]:
        """For each kind of date field the form in which the records write it."""
        forms: dict[str, list[str]] = {}
        for (role, form), count in sorted(self.of(DATE_FORMS).items()):
            forms.setdefault(role, []).extend([form] * count)
        return {role: Style.most(found) for role, found in forms.items()}

    @cached_property
    def template_text(self) -> frozenset[str]:
        """The passages of the templates' sections that say something, less those that so many records keep that it is on purpose."""
        texts = {words for template in self.templates for words in template.asking}
        everyone = len(self.records) + len(self.kin)
        most = max(2, everyone / 2)
        several = min(most, max(SEVERAL, everyone / 5))
        return frozenset(words for words in texts if self.keeping(words) < (most if _is_blank(words) else several))

    def keeping(self, words: str) -> int:
        """How many records of this log and of its kin have a passage."""
        return self.of(Keeping(words)) + sum(words in record.passages for record in self.kin)

    @cached_property
    def template_titles(self) -> frozenset[str]:
        """The folded titles of the templates, where they are short enough to be a placeholder."""
        titles = {fold(template.title) for template in self.templates if template.title}
        counted = self.of(TITLES)
        return frozenset(
            title for title in titles if 0 < len(title) <= SHORT_TITLE and counted[title] <= 1 + len(self.records) / 10
        )

    @property
    def dialect(self) -> str:
        """The name of the dialect that most records are written in, of several the first by name."""
        counted = self.of(DIALECTS)
        return min(counted, key=lambda name: (-counted[name], name), default="generic")

    def taking_over(self, before: Log) -> Log:
        """This log, read anew, with the folds of an earlier one over the same directory, as far as they can be brought up to these records."""
        return replace(self, earlier=before.folds.over(self.records))

    def with_kin(self, record: Facts) -> Log:
        """This log with the record in place of the one at its path, where that is of its kin."""
        if not any(one.path == record.path for one in self.kin):
            return self
        return replace(self, kin=tuple(record if one.path == record.path else one for one in self.kin), earlier=self.folds)

    def with_record(self, record: Facts) -> Log:
        """This log with the record in place of the one at its path.

        The house stays as it was learned until the log is put together anew: what the majority does is not changed by one record that is
        being typed in.
        """
        old = self.records.get(record.path)
        records = {**self.records, record.path: record}
        known = replace(self, learned=(self.house, self.habits), is_settled=self.is_settled and old == record)
        if old is None or order(old) != order(record):
            return replace(known, records=ordered(records.values()), earlier=None)
        return replace(known, records=MappingProxyType(records), earlier=self.folds.after(records, old, record))

    def without_file(self, path: str) -> Log:
        """This log without the record or template at a path; the house stays as it was learned, as above."""
        records = MappingProxyType({other: record for other, record in self.records.items() if other != path})
        templates = tuple(one for one in self.templates if one.path != path)
        if len(records) == len(self.records) and len(templates) == len(self.templates):
            return self
        learned = (self.house, self.habits)
        return replace(self, records=records, templates=templates, learned=learned, is_settled=False, earlier=None)
