"""All records at a glance, and which of them need attention: for side bars, pickers and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from adr_ls.ide.completion import people
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.rules import citations, dates
from adr_ls.syntax import lazy
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import fold, is_nothing

Kind = Literal["errors", "superseded", "review", "proposed"]
"""Why a record needs attention, the weightiest first: it has errors, it is superseded and it or others do not know, it was to be looked at
again, or it has been proposed for long."""
NAMED = 3
"""How many records a reason names at most."""


@dataclass(frozen=True)
class Reason:
    """Why a record needs attention, in words that follow its name, and the records that it is about.

    `weight` tells which of two of a kind comes first: days, or how many there are.
    """

    kind: Kind
    words: str
    weight: int = 0
    about: tuple[Facts, ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        """What comes first has the lesser one."""
        return _KINDS.index(self.kind), -self.weight


_KINDS: tuple[Kind, ...] = ("errors", "superseded", "review", "proposed")


@dataclass(frozen=True)
class Entry:
    """A record as a list shows it. `status` is as written, `canonical` what it comes to, and `standing` what has become of the decision.

    `areas` are its categories; `owners` are those who wrote it or answer for it, `deciders` those who decided.
    """

    record: Facts
    status: str | None
    canonical: Canonical | None
    standing: Canonical | None
    date: str | None
    tags: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    successors: tuple[Facts, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the decision."""
        return int(self.date[:4]) if self.date else None

    @property
    def people(self) -> tuple[str, ...]:
        """Those to ask."""
        return _people(self.owners, self.deciders)


@dataclass(frozen=True)
class Listed:
    """A log with its records in its order."""

    log: Log
    entries: tuple[Entry, ...]


def overview(workspace: Workspace) -> tuple[Listed, ...]:
    """All logs that have records."""
    return tuple(
        Listed(log, tuple(entry(workspace, log, record) for record in log.records.values()))
        for log in workspace.logs
        if log.records
    )


def with_errors(logs: Iterable[Listed], errors: Mapping[str, int]) -> tuple[Listed, ...]:
    """The same, where so many errors are known of the files at some paths: these need attention first."""
    return tuple(
        replace(one, entries=tuple(_with_errors(entry, errors.get(entry.record.path, 0)) for entry in one.entries))
        for one in logs
    )


def _with_errors(entry: Entry, errors: int) -> Entry:
    if not errors:
        return entry
    return replace(entry, reasons=(Reason("errors", f"{errors} error{'s' * (errors != 1)}", errors), *entry.reasons))


def pressing(logs: tuple[Listed, ...]) -> tuple[Entry, ...]:
    """The records that need attention, of all logs, the most pressing first."""
    found = [one for listed in logs for one in listed.entries if one.reasons]
    return tuple(sorted(found, key=lambda one: one.reasons[0].rank))


def entry(workspace: Workspace, log: Log | None, record: Facts) -> Entry:
    """What a list shows of a record; without its log not why it needs attention."""
    status, canonical, standing = workspace.status(record), workspace.canonical(record), workspace.standing(record)
    said = _said(record)
    return Entry(
        record,
        status.text if status else None,
        None if canonical == "none" else canonical,
        None if standing == "none" else standing,
        workspace.date(record),
        said["tags"],
        said["category"],
        said["author"],
        said["deciders"],
        workspace.successors(record),
        tuple(sorted(reasons(workspace, log, record), key=lambda reason: reason.rank)) if log is not None else (),
    )


@dataclass(frozen=True)
class Wanted:
    """Which records are looked for: those that fit each of these that is not empty; of a label or a person a part is enough."""

    status: str = ""
    tag: str = ""
    owner: str = ""
    year: int = 0
    is_pressing: bool = False

    def holds(self, entry: Entry) -> bool:
        """Whether a record is one of those."""
        stated = {entry.canonical, entry.standing, fold(entry.status or "")}
        labels, those = (*entry.tags, *entry.areas), (*entry.owners, *entry.deciders)
        return (
            (not self.status or fold(self.status) in stated or fold(entry.status or "").startswith(fold(self.status) + " "))
            and (not self.tag or any(fold(self.tag) in fold(label) for label in labels))
            and (not self.owner or any(fold(self.owner) in fold(name) for name in those))
            and (not self.year or self.year == entry.year)
            and (not self.is_pressing or bool(entry.reasons))
        )


def told(workspace: Workspace, record: Facts) -> str:
    """What a list shows behind the title of a record, in one line: what has become of it, its date, its labels, and whom to ask."""
    standing, said = workspace.standing(record), _said(record)
    names = said["category"] + said["tags"], _people(said["author"], said["deciders"])
    parts = (standing if standing != "none" else "", workspace.date(record), *map(", ".join, names))
    return " · ".join(part for part in parts if part)


def _people(owners: tuple[str, ...], deciders: tuple[str, ...]) -> tuple[str, ...]:
    """Those to ask: the owners, or where none are named the deciders."""
    return owners or deciders


def _said(record: Facts) -> dict[str, tuple[str, ...]]:
    """The single values of the fields of a record for labels and people by role, each once, as readers see them."""
    seen: dict[str, dict[str, None]] = {role: {} for role in _SAID}
    for field in record.fields:
        if field.role in seen:
            seen[field.role].update(dict.fromkeys(_SAID[field.role](record.plain(field))))
    return {role: tuple(values) for role, values in seen.items()}


@lru_cache(maxsize=4096)
def _names(value: str) -> tuple[str, ...]:
    """The names in the value of a field; remembered, as records have them in common."""
    return tuple(people.names(_LINKED.sub(r"\1", value)))


@lru_cache(maxsize=4096)
def _labels(value: str) -> tuple[str, ...]:
    """The same of labels."""
    return tuple(labels(_LINKED.sub(r"\1", value)))


_SAID = {"tags": _labels, "category": _labels, "author": _names, "deciders": _names}


_LIST = lazy.regex(r"[,;\r\n，、；]|\s(?=#\w)")
_BULLET = lazy.regex(r"[-*+]\s")
_BEFORE, _BEHIND = " \t\"'`[#", " \t\"'`]."
"""What may stand around a label."""
_LINKED = lazy.regex(r"\[([^\[\]]*)\]\([^()\s]*\)|<[^<>@]+@[^<>]+>")
"""A link, of which the text is left, and an address of mail, which is nobody's name. Front matter has them as they are written."""


def labels(value: str) -> Iterator[str]:
    """The labels in a value: ``#storage #orders``, ``[storage, orders]``, ``storage; orders``."""
    for piece in map(str.strip, _LIST.split(value)):
        label = piece[2 if _BULLET.match(piece) else 0 :].lstrip(_BEFORE).rstrip(_BEHIND)
        if label and not is_nothing(label) and not label.startswith(("{", "<")):
            yield label


# What needs attention


def reasons(workspace: Workspace, log: Log, record: Facts) -> Iterator[Reason]:
    """Why a record needs attention; nothing of what its team does not want to hear of (rules that are set to ``off``)."""
    silent = log.config.at(record.path).rules

    def wants(rule: str) -> bool:
        return silent.get(rule) != "off"

    status, canonical = workspace.status(record), workspace.canonical(record)
    if wants("supersede-status") and status is not None and canonical != workspace.standing(record):
        successors = workspace.successors(record)
        words = f"still “{status.spelled or status.text}”, though superseded by {_named(successors)}"
        yield Reason("superseded", words, len(workspace.backlinks.get(record.path, ())), successors)
    if wants("ref-superseded"):
        relying = citations.relying(workspace, record)
        if relying:
            now, they = _named(workspace.chain(record)[-1:]), _named(relying)
            words = f"superseded by {now}, but {they} still refer{'s' * (len(relying) == 1)} to it"
            yield Reason("superseded", words, len(relying), relying)
    if wants("review-overdue"):
        due = min((date.iso for _, date in dates.overdue(workspace, record) if date.iso), default=None)
        if due is not None:
            yield Reason("review", f"review overdue since {due}", dates.days_since(workspace, due) or 0)
    if wants("proposed-stale"):
        rested = dates.stale(workspace, log, record)
        if rested is not None:
            yield Reason("proposed", f"{canonical} for {rested} days", rested)


def _named(records: tuple[Facts, ...]) -> str:
    """The names of records in a sentence, the first few of them."""
    names = [one.id for one in records[:NAMED]]
    if len(records) > NAMED:
        names.append(f"{len(records) - NAMED} more")
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
