"""Which records are about something that is said in a few words: by their titles, labels and summaries, and by their texts.

A word that most records have tells none of them from the others, so it counts for little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from adr_ls.ide.overview import labels
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.words.lookup import every, fold
from adr_ls.write import creation

Where = Literal["name", "title", "labels", "summary", "text"]
"""Where a record has a word: it is what the record is called, or stands in its title, its tags and categories, its summary or anywhere."""

Words = Callable[[Facts], frozenset[str]]
"""Gives the words of a record's text, see `words_of`."""


WEIGHTS: Mapping[Where, float] = MappingProxyType({"name": 20, "title": 5, "labels": 4, "summary": 2, "text": 1})
"""How much a word counts by where it stands, the weightiest first."""
LEAST = 0.3
"""Records are left out that fit less well than this part of what the best one does."""
TELLING = 0.25
"""Words that count for less than this part of the rarest one tell nobody why a record was found."""
LONG_ENOUGH = 4
"""So many letters have to be the same for two words to be forms of one."""

_LABELS = frozenset({"tags", "category"})
_WORD = lazy.regex(r"[^\W_]+")
_HUMP = lazy.regex(r"[a-z0-9][A-Z]")
_PIECE = lazy.regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True)
class Match:
    """A record that was looked for, how well it fits, which words tell it from others, and the weightiest place where it has one."""

    record: Facts
    score: float
    words: tuple[str, ...]
    where: Where


def silent(_record: Facts) -> frozenset[str]:
    """No words, where texts are not looked at."""
    return frozenset()


def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded; of one that is put together, as names in programs are, also its parts."""
    found: set[str] = set()
    for word in set(_WORD.findall(text)):
        found.add(fold(word))
        if _HUMP.search(word):
            found.update(piece.casefold() for piece in _PIECE.findall(word) if len(piece) >= 3)
    return frozenset(found)


def alike(one: str, other: str) -> bool:
    """Whether two folded words are forms of one: the same, or the same but for their ends, as “order” and “orders” are.

    Where words are written without spaces, one stands in the other.
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if not short.isascii() and len(short) >= 2:
        return short in long
    if len(short) < LONG_ENOUGH or len(long) - len(short) > 3:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return same >= max(LONG_ENOUGH, len(short) - 1)


def forms(word: str, vocabulary: Iterable[str]) -> frozenset[str]:
    """The forms of a word in a vocabulary; where there is none, what begins with it, as “elasticsearch” does with “elastic”."""
    known = tuple(vocabulary)
    found = frozenset(one for one in known if alike(word, one))
    if found or len(word) <= LONG_ENOUGH:
        return found
    return frozenset(one for one in known if one.startswith(word))


def find(
    workspace: Workspace,
    words: Mapping[str, float],
    texts: Words = silent,
    *,
    rare: int | None = None,
) -> tuple[Match, ...]:
    """The records that have some of those folded words, the best first.

    Each word has a weight; `texts` gives the words of a record's whole text.
    If it is said what is `rare`, only titles and labels are looked at, and a word that more than so many records have there counts for
    nothing.
    """
    places = {path: _places(record, texts(record)) for path, record in workspace.records.items()}
    if rare is not None:
        places = {path: {"title": sets["title"], "labels": sets["labels"]} for path, sets in places.items()}
    vocabulary = frozenset(word for sets in places.values() for held in sets.values() for word in held)
    wanted: dict[str, tuple[float, frozenset[str]]] = {}
    for word, weight in words.items():
        found_as = forms(word, vocabulary)
        count = sum(any(not held.isdisjoint(found_as) for held in sets.values()) for sets in places.values())
        if count and (rare is None or count <= rare):
            wanted[word] = weight * math.log((len(places) + 1) / count), found_as
    whole = sum(weight for weight, _ in wanted.values())
    found = [match for path, sets in places.items() if (match := _match(workspace.records[path], sets, wanted, whole))]
    found.sort(key=lambda match: -match.score)
    return tuple(match for match in found if match.score >= LEAST * found[0].score)


def _match(
    record: Facts, places: Mapping[Where, frozenset[str]], wanted: Mapping[str, tuple[float, frozenset[str]]], whole: float
) -> Match | None:
    """How well a record fits: the more of the words, the rarer these and the weightier their places, the better."""
    had: dict[str, Where] = {}
    for word, (_, found_as) in wanted.items():
        place = next((where for where in WEIGHTS if where in places and not places[where].isdisjoint(found_as)), None)
        if place is not None:
            had[word] = place
    if not had:
        return None
    score = sum(wanted[word][0] * WEIGHTS[place] for word, place in had.items())
    part = sum(wanted[word][0] for word in had) / whole if whole else 1
    most = max(wanted[word][0] for word in had)
    telling = tuple(word for word in had if wanted[word][0] >= TELLING * most)
    return Match(record, score * part, telling, min(had.values(), key=list(WEIGHTS).index))


def _places(record: Facts, text: frozenset[str]) -> Mapping[Where, frozenset[str]]:
    title, said, summary = _heads(
        record.title or filename.shown(record.name.stem),
        tuple(label for field in record.fields if field.role in _LABELS for label in labels(field.value)),
        record.summary,
    )
    return {"title": title, "labels": said, "summary": summary, "text": text}


@lru_cache(8192)  # what is asked for again and again, of records that seldom change
def _heads(title: str, said: tuple[str, ...], summary: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return words_of(title), words_of(" ".join(said)), words_of(summary)


@cache
def _empty() -> frozenset[str]:
    """Words that say nothing about what somebody looks for."""
    return frozenset(
        every(
            *("articles", "determiners", "prepositions", "auxiliaries"),
            *("conjunctions", "disjunctions", "contrasts", "deciders", "fillers", "asking"),
        )
    )


def called(workspace: Workspace, written: str) -> tuple[Facts, ...]:
    """The records that are called so in any log, by number, id or file name."""
    return tuple(record for log in workspace.logs for record in creation.called(log, written))


def search(workspace: Workspace, query: str, texts: Words = silent) -> tuple[Match, ...]:
    """The records that somebody looks for by a few words, or by what they are called; the best first."""
    named = tuple(Match(record, WEIGHTS["name"], (query.strip(),), "name") for record in called(workspace, query))
    if named:
        return named
    asked = [fold(word) for word in _WORD.findall(query)]
    words = [word for word in asked if word not in _empty() and (len(word) >= 2 or not word.isascii())] or asked
    return find(workspace, dict.fromkeys(words, 1.0), texts)
