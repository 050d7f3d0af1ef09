"""Which decisions matter for some files, or for a topic: for people and programs that are about to change something there.

What a file is bound by comes first: the records that say that they are about it, then those that it cites, then those that its neighbours
cite, then those whose titles and labels have the words of its path. Where one of them holds no longer, what holds now stands in its place.
"""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from adr_ls.ide import finding
from adr_ls.ide.finding import Words
from adr_ls.log import governing
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts

Kind = Literal["asked", "governs", "cited", "topic", "near", "named"]
"""Why a decision matters, the weightiest first: it is itself what is asked about, it says that it is about a file, a file cites it, it is
about the topic, a file beside one cites it, it has the words of a path."""

KINDS: tuple[Kind, ...] = ("asked", "governs", "cited", "topic", "near", "named")
NAMED = 3
"""How many decisions are told at most that have no more than the words of a path."""
TOPICAL = 10
"""How many decisions are told at most for a topic."""
FEW = 2
"""So many records may have a word of a path, or a tenth of all, so that it tells them from the others."""

_WORDY = frozenset({"topic", "named"})


@dataclass(frozen=True)
class Reason:
    """Why a decision matters: for which files, by which words, and through which earlier decision, which it has replaced.

    `places` are the paths of the files, each with the lines (from 0) where one names the record, in order.
    """

    kind: Kind
    places: tuple[tuple[str, tuple[int, ...]], ...] = ()
    words: tuple[str, ...] = ()
    through: Facts | None = None


@dataclass(frozen=True)
class Decision:
    """A record that matters, with the reasons, the weightiest first, the records that it has replaced and those that have replaced it."""

    record: Facts
    reasons: tuple[Reason, ...]
    replaced: tuple[Facts, ...] = ()
    successors: tuple[Facts, ...] = ()


def context(
    workspace: Workspace,
    files: Iterable[str],
    topic: str = "",
    texts: Words = finding.silent,
    *,
    named: Iterable[str] | None = None,
) -> tuple[Decision, ...]:
    """The decisions that matter for the files at some paths, which need not exist yet, and for a topic; the weightiest first.

    `named` are the paths whose words count, where these are others, such as a directory instead of all files in it.
    What source code cites is found in what is known of it (`Workspace.code`), in these files and in those of their directories.
    """
    asked = tuple(dict.fromkeys(files))
    gathered = _Gathered(workspace, workspace.doubles(None) - set(asked))
    for path in asked:
        for record, reason in _about(workspace, path):
            gathered.add(record, reason, path, _lines(workspace, path, record) if reason == "cited" else ())
    for match in finding.search(workspace, topic, texts)[:TOPICAL] if topic.strip() else ():
        gathered.add_words(match.record, "topic", match.words)
    for path, record in _beside(workspace, frozenset(asked)):
        gathered.add(record, "near", path, _lines(workspace, path, record))
    rare = max(FEW, len(workspace.records) // 10)
    telling = asked if named is None else named
    words = _words(workspace, (path for path in telling if path not in workspace.records))
    matches = finding.find(workspace, words, rare=rare) if words else ()
    likely = (match for match in matches if not workspace.is_gone(match.record) and not gathered.has(match.record))
    for match in tuple(likely)[:NAMED]:
        gathered.add_words(match.record, "named", match.words)
    return gathered.decisions()


def current(workspace: Workspace, record: Facts) -> tuple[Facts, ...]:
    """What holds in place of a record: itself while it holds; else its successors, theirs where these hold no longer, and so on.

    Itself where nothing has come in its place.
    """
    found: dict[Facts, None] = {}
    seen, waiting = {record.path}, deque([record])
    while waiting:
        one = waiting.popleft()
        following = workspace.successors(one) if workspace.is_gone(one) else ()
        if not following:
            found[one] = None
        for other in following:
            if other.path not in seen:
                seen.add(other.path)
                waiting.append(other)
    return tuple(found) or (record,)


def replaced(workspace: Workspace, record: Facts) -> tuple[Facts, ...]:
    """The records that one supersedes, whichever side says so."""
    return tuple(dict.fromkeys((*workspace.related(record, "supersedes"), *workspace.converse(record, "supersedes"))))


@dataclass
class _Gathered:
    """The decisions as they are found, with the reasons for each."""

    workspace: Workspace
    doubles: frozenset[str]
    """The records that are copies of others, which are told instead of them."""
    _reasons: dict[Facts, dict[tuple[Kind, Facts | None], tuple[dict[str, tuple[int, ...]], dict[str, None]]]] = field(
        default_factory=dict
    )

    def _for(self, record: Facts, kind: Kind) -> Iterator[tuple[dict[str, tuple[int, ...]], dict[str, None]]]:
        for now in (record,) if kind == "asked" else current(self.workspace, record):
            if now.path in self.doubles:
                continue
            through = record if now != record else None
            yield self._reasons.setdefault(now, {}).setdefault((kind, through), ({}, {}))

    def add(self, record: Facts, kind: Kind, path: str, lines: tuple[int, ...]) -> None:
        for places, _ in self._for(record, kind):
            places[path] = lines

    def add_words(self, record: Facts, kind: Kind, words: Iterable[str]) -> None:
        for _, found in self._for(record, kind):
            found.update(dict.fromkeys(words))

    def has(self, record: Facts) -> bool:
        return record in self._reasons

    def decisions(self) -> tuple[Decision, ...]:
        """Those that bind most files by the weightiest reason first; else in the order in which they were found."""
        found = []
        for record, by_kind in self._reasons.items():
            reasons = [
                Reason(kind, tuple(places.items()), tuple(words), through)
                for (kind, through), (places, words) in by_kind.items()
                if through is None or kind not in _WORDY or (kind, None) not in by_kind
            ]
            reasons.sort(key=lambda reason: KINDS.index(reason.kind))
            found.append(Decision(record, tuple(reasons), replaced(self.workspace, record), self.workspace.successors(record)))
        return tuple(sorted(found, key=lambda one: (KINDS.index(one.reasons[0].kind), -len(one.reasons[0].places))))


def _about(workspace: Workspace, path: str) -> Iterator[tuple[Facts, Kind]]:
    """The records that are about the file at a path by what they or the file say."""
    if path in workspace.records:
        yield workspace.records[path], "asked"
    for record in governing.naming(workspace, path):
        yield record, "governs"
    source = workspace.facts(path)
    if source is not None and path not in workspace.indexes:  # which lists all of them
        for record in workspace.refers_to(source):
            yield record, "cited"


def _beside(workspace: Workspace, asked: frozenset[str]) -> Iterator[tuple[str, Facts]]:
    """The files beside those that are asked about, with the records that they cite; records themselves are no such neighbours."""
    folders = {posixpath.dirname(path) for path in asked if path not in workspace.records}
    for path, source in sorted({**workspace.pages, **workspace.code}.items()):
        if posixpath.dirname(path) in folders and path not in asked and path not in workspace.indexes:
            for record in workspace.refers_to(source):
                yield path, record


def _lines(workspace: Workspace, path: str, record: Facts) -> tuple[int, ...]:
    """The lines in which the file at a path names a record."""
    source = workspace.facts(path)
    if source is None:
        return ()
    found = (one.span.start for one, leads in workspace.resolved(source).items() if leads.path == record.path)
    return tuple(sorted({source.lines.line_at(start) for start in found}))


def _words(workspace: Workspace, paths: Iterable[str]) -> dict[str, float]:
    """The words of paths below the opened folder, with their weights: a name's are worth twice those of the folder that it is in."""
    found: dict[str, float] = {}
    for path in paths:
        root = workspace.root_of(path)
        inside = posixpath.splitext(path[len(root.rstrip("/")) + 1 :] if root else posixpath.basename(path))[0]
        for distance, part in enumerate(reversed(inside.split("/"))):
            for word in finding.words_of(part):
                if len(word) >= 3 and not word.isdigit():
                    found[word] = max(found.get(word, 0), 0.5**distance)
    return dict(sorted(found.items()))
