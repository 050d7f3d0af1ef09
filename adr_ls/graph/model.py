"""The graph of some records: each with what tells it from others, and how they stand to each other.

An edge leads from the record that acts to the one that it acts on: from the one that supersedes to the one that is superseded, whichever
of them says so. Where two records stand in a relation, that they mention each other besides is not told again.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, get_args

from adr_ls.log.index import Index, state_of
from adr_ls.log.log import Log
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.words.language import CONVERSE, STATUSES, Canonical, Relation
from adr_ls.words.lookup import is_nothing

Kind = Literal["supersedes", "amends", "relates", "refers"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""How a record may stand to another, the strongest first; ``relates`` and ``refers`` say no more than that they do."""
Side = Literal["from", "to"]
SIDES: tuple[Side, ...] = get_args(Side)
"""The ends of an edge, by which may be told who says so."""
By = Literal["status", "time", "area", "log"]
BY: tuple[By, ...] = get_args(By)
"""By what records may be put together."""
_KINDS: Mapping[Relation, Kind] = MappingProxyType({"supersedes": "supersedes", "amends": "amends", "related": "relates"})
_UNKNOWN: Mapping[By, str] = MappingProxyType({"status": "no status", "time": "no date", "area": "no area", "log": ""})


@dataclass(frozen=True)
class Node:
    """A record. `log` is the directory of its log, `area` what it is about: by its own word, its index's or its folder's."""

    path: str
    log: str
    id: str
    number: int | None
    title: str
    status: Canonical
    """What its status comes to."""
    status_text: str | None
    """The status as it is written."""
    standing: Canonical
    """What has become of the decision: superseded, too, where only its successor says so."""
    date: str | None
    """The date of the decision in ISO 8601."""
    area: str | None
    is_dated_by_git: bool = False
    """Whether that is only the day on which it was committed."""

    @property
    def name(self) -> str:
        """Its number and title in one line."""
        return f"{self.id}: {self.title}" if self.number is not None else self.title

    @property
    def dated(self) -> str:
        """The date for people, marked where only git knows it; empty where there is none."""
        return f"git {self.date}" if self.date and self.is_dated_by_git else self.date or ""

    @property
    def state(self) -> str:
        """What has become of it in a word for people: one of the team's own where it is none that is known."""
        return {"none": _UNKNOWN["status"], "other": self.status_text or "other"}.get(self.standing, self.standing)


@dataclass(frozen=True)
class Edge:
    """How the record at the path `source` stands to the one at `target`."""

    source: str
    target: str
    kind: Kind
    evidence: Literal["declared", "stated"] | None = None
    """Whether a record declares it in its metadata or states it in a sentence; None for what only refers."""
    is_partial: bool = False
    """Whether only a part of the other record is meant."""
    sides: tuple[Side, ...] = ("from",)
    """Which of the two say so."""


@dataclass(frozen=True)
class Graph:
    """Records in the order of their logs and numbers, and what is between them."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def among(self, paths: Collection[str]) -> Graph:
        """The part with these records alone."""
        nodes = tuple(node for node in self.nodes if node.path in paths)
        return Graph(nodes, tuple(edge for edge in self.edges if edge.source in paths and edge.target in paths))

    def of_kinds(self, kinds: Collection[Kind]) -> Graph:
        """The same records with the edges of these kinds alone."""
        return Graph(self.nodes, tuple(edge for edge in self.edges if edge.kind in kinds))

    def with_logs(self, name: Callable[[str], str]) -> Graph:
        """The same with other names for the logs, such as shorter ones."""
        return Graph(tuple(replace(node, log=name(node.log)) for node in self.nodes), self.edges)

    def with_days(self, days: Mapping[str, str]) -> Graph:
        """The same with the days on which git knows of decisions, by path, for those that say no date."""
        return Graph(tuple(_on_day(node, days.get(node.path, "")) for node in self.nodes), self.edges)

    def shown(self) -> Graph:
        """The same with all that people wrote in one line each, without what would disguise it."""
        return Graph(tuple(_shown(node) for node in self.nodes), self.edges)

    def around(self, path: str, depth: int) -> Graph:
        """The part within so many steps of the record at a path, whichever way the edges lead."""
        beside: dict[str, list[str]] = {}
        for edge in self.edges:
            beside.setdefault(edge.source, []).append(edge.target)
            beside.setdefault(edge.target, []).append(edge.source)
        found = {path}
        outer = [path]
        while outer and depth > 0:  # however many steps are asked for, there are no more than lead anywhere
            outer = [*dict.fromkeys(other for one in outer for other in beside.get(one, ()) if other not in found)]
            found.update(outer)
            depth -= 1
        return self.among(found)

    def groups(self, by: By) -> Mapping[str, tuple[Node, ...]]:
        """The records by status, year, area or log: statuses in the order of a decision's life, all others as they come; what has none last."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(group_of(node, by), []).append(node)
        return {name: tuple(found[name]) for name in sorted(found, key=lambda name: _rank(name, by, list(found)))}

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of edges that there are."""
        there = {edge.kind for edge in self.edges}
        return tuple(kind for kind in KINDS if kind in there)


def _on_day(node: Node, day: str) -> Node:
    return replace(node, date=day, is_dated_by_git=True) if day and not node.date else node


def group_of(node: Node, by: By) -> str:
    """The name of the group that a record belongs to."""
    named = {
        "status": node.standing if node.standing != "none" else None,
        "time": node.date[:4] if node.date else None,
        "area": node.area,
        "log": node.log,
    }[by]
    return named or _UNKNOWN[by]


def _rank(name: str, by: By, found: list[str]) -> tuple[int, int, str]:
    if name == _UNKNOWN[by]:
        return 2, 0, name
    if by == "status":
        return 0, _LIFE.get(name, len(_LIFE)), name
    return 0, 0 if by == "time" else found.index(name), name


_LIFE: Mapping[str, int] = MappingProxyType({name: rank for rank, name in enumerate(STATUSES)})


def graph_of(workspace: Workspace, paths: Collection[str] | None = None) -> Graph:
    """The graph of the records at these paths, of all where none are given."""
    records = {path: record for path, record in workspace.records.items() if paths is None or path in paths}
    nodes = tuple(node for log in workspace.logs for node in _nodes(workspace, log, records))
    return Graph(nodes, tuple(_edges(workspace, records)))


def _nodes(workspace: Workspace, log: Log, records: Mapping[str, Facts]) -> Iterator[Node]:
    own = [record for path, record in log.records.items() if path in records]
    areas = _areas(workspace, log) if own else {}
    for record in own:
        status = workspace.status(record)
        yield Node(
            record.path,
            log.directory,
            record.id,
            record.number,
            record.title or record.name.stem,
            workspace.canonical(record),
            status.text if status is not None else None,
            workspace.standing(record),
            workspace.date(record),
            areas.get(record.path),
        )


# What a record is about


def _areas(workspace: Workspace, log: Log) -> Mapping[str, str]:
    """What each record is about: what it says itself, else the heading above it in an index, else the folder in which it lies with others."""
    listed: dict[str, str] = {}
    for index in workspace.indexes_of(log):
        for path, area in _headings(index):
            listed.setdefault(path, area)
    folders = Counter(posixpath.dirname(path) for path in log.records)
    found: dict[str, str] = {}
    for path, record in log.records.items():
        about = _stated(record) or listed.get(path) or _folder(log, path, folders)
        if about is not None:
            found[path] = about
    return found


def _stated(record: Facts) -> str | None:
    field = record.field("category")
    first = re.split(r"[,;\r\n]", record.plain(field), maxsplit=1)[0].strip() if field is not None else ""
    return None if not first or is_nothing(first) or first.startswith(("{", "<", "[")) else first


def _headings(index: Index) -> Iterator[tuple[str, str]]:
    """The records that an index lists below headings that tell them apart, and are no statuses or years."""
    named = [(entry.path, entry.category.name) for entry in index.entries if entry.path and entry.category is not None]
    telling = [(path, name.strip()) for path, name in named if state_of(name) is None and not name.strip().isdigit()]
    if len({name for _, name in telling}) > 1:
        yield from telling


def _folder(log: Log, path: str, folders: Mapping[str, int]) -> str | None:
    folder = posixpath.dirname(path)
    name = posixpath.relpath(folder, log.directory)
    is_told = folder != log.directory and folders[folder] > 1 and not name.startswith("..")
    return name if is_told and state_of(posixpath.basename(name)) is None else None


# How records stand to each other


_Ends = tuple[str, str, Kind]


def _edges(workspace: Workspace, records: Mapping[str, Facts]) -> Iterator[Edge]:
    found: dict[_Ends, Edge] = {}
    for record in records.values():
        for edge in (*_stating(workspace, record), *_naming(workspace, record)):
            if edge.source not in records or edge.target not in records:
                continue
            own = edge
            if own.kind == "relates" and (own.target, own.source, own.kind) in found:
                own = replace(own, source=own.target, target=own.source, sides=("to",))
            ends = (own.source, own.target, own.kind)
            found[ends] = _joined(found[ends], own) if ends in found else own
    close = {frozenset((edge.source, edge.target)) for edge in found.values()}
    for path in records:
        for source in workspace.backlinks.get(path, ()):
            if source not in records or frozenset((source, path)) in close:
                continue
            if (path, source, "refers") in found:
                found[path, source, "refers"] = Edge(path, source, "refers", sides=("from", "to"))
            else:
                found[source, path, "refers"] = Edge(source, path, "refers")
    rank = {path: at for at, path in enumerate(records)}
    yield from sorted(found.values(), key=lambda edge: (rank[edge.source], rank[edge.target], KINDS.index(edge.kind)))


def _stating(workspace: Workspace, record: Facts) -> Iterator[Edge]:
    """What a record says of how it stands to others."""
    for related, other in workspace.relations(record) if record.relations else ():
        if related.evidence == "told":
            continue
        if related.relation in _KINDS:
            yield Edge(record.path, other.path, _KINDS[related.relation], related.evidence, related.partial)
        else:
            kind = _KINDS[CONVERSE[related.relation]]
            yield Edge(other.path, record.path, kind, related.evidence, related.partial, ("to",))


def _naming(workspace: Workspace, record: Facts) -> Iterator[Edge]:
    """The records that stand in a field for those that have to do with it."""
    places = [field.value_span for field in record.fields if field.role == "related"]
    said = {related.mention for related in record.relations}
    for mention, resolution in workspace.resolved(record).items() if places else ():
        path = resolution.path
        if path and path != record.path and mention not in said and any(place.covers(mention.span) for place in places):
            yield Edge(record.path, path, "relates", "declared")


def _joined(one: Edge, other: Edge) -> Edge:
    """Two statements of the same as one: declared where one of them is, in part where both are."""
    return replace(
        one,
        evidence="declared" if "declared" in (one.evidence, other.evidence) else "stated",
        is_partial=one.is_partial and other.is_partial,
        sides=tuple(side for side in SIDES if side in one.sides or side in other.sides),
    )


def labelled(edge: Edge) -> str:
    """What an edge says, in a word or two."""
    return {"supersedes": "supersedes", "amends": "amends", "relates": "relates to", "refers": "refers to"}[edge.kind] + (
        " in part" if edge.is_partial else ""
    )


def plain(text: str) -> str:
    """The text in one line, without what would disguise it or cannot stand in a drawing: control characters, changes of direction."""
    return " ".join(_UNSEEN.sub(" ", text).split())


_UNSEEN = lazy.regex(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def _shown(node: Node) -> Node:
    return replace(
        node,
        id=plain(node.id),
        title=plain(node.title),
        status_text=None if node.status_text is None else plain(node.status_text),
        area=None if node.area is None else plain(node.area),
    )


def names_of(nodes: Iterable[Node]) -> Mapping[str, str]:
    """A name for each record that any language of graphs takes, by its path."""
    return {node.path: f"n{at}" for at, node in enumerate(nodes, 1)}
