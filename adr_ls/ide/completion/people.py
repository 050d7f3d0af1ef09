"""People: those whom the records name behind the same keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from adr_ls.ide.completion.place import Completion, Item, Place, Typed, listed
from adr_ls.log.folds import Tally
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.words.lookup import any_of, fold, is_nothing

ROLES = ("deciders", "author", "consulted", "informed")
"""The fields that name people."""
LONGEST = 60
"""How many characters a name has at most."""
_CUT = lazy.regex(
    rf"(?:(?<!\s)\s+)?(?:[,;&\r\n]|<br\s*/?>|(?<!\w)(?-i:{any_of('conjunctions')})(?!\w)\s)\s*(?:[-*+]\s+)?|(?P<bracket>[()\[\]])",
    re.IGNORECASE,
)
SEPARATOR = lazy.regex(
    rf"(?:.*(?:[,;&]|(?<!\w)(?-i:{any_of('conjunctions')})(?!\w)(?=[ \t])))?[ \t]*", re.IGNORECASE | re.DOTALL
)
"""What of a value stands before the last of its names."""


def _named(record: Facts) -> Iterator[tuple[str, str]]:
    """The roles of people with their names."""
    for field in record.fields:
        if field.role in ROLES:
            for name in names(field.value):
                yield field.role, name


def names(value: str) -> Iterator[str]:
    """The names in a value; nothing that a template left there."""
    for piece in _pieces(re.sub(r"^\s*[-*+]\s+", "", value)):
        name = piece.strip(" \t.")
        if 1 < len(name) <= LONGEST and not is_nothing(name) and not re.match(r"[{<(]|\[[^\]]*\](?!\()", name):
            yield name


def _pieces(value: str) -> Iterator[str]:
    """What stands between the separators, but for those within brackets: the next bracket behind them closes."""
    cuts: list[re.Match[str]] = []
    at = 0
    for found in chain(_CUT.finditer(value), [None]):
        if found is not None and found["bracket"] is None:
            cuts.append(found)
            continue
        for cut in cuts if found is None or found["bracket"] in "([" else ():
            yield value[at : cut.start()]
            at = cut.end()
        cuts = []
    yield value[at:]


_NAMED = Tally(_named)


def offered(place: Place, typed: Typed, role: str, written: Callable[[str], str]) -> Completion:
    """Those whom the records name in that role, the most frequent first, then all others; nobody twice in one value."""
    counts: Counter[tuple[str, str]] = place.log.of(_NAMED).copy() if place.log else Counter()
    own = place.log.records.get(place.record.path) if place.log else None
    counts.subtract(_NAMED.see(own) if own is not None else ())
    said: dict[str, str] = {}
    all_roles: Counter[str] = Counter()
    this_role: Counter[str] = Counter()
    for (kind, name), count in counts.items():
        key = fold(name)
        said.setdefault(key, name)
        all_roles[key] += count
        this_role[key] += count if kind == role else 0
    here = {fold(name) for name in names(place.before[: len(place.before) - len(typed.text)].rpartition(":")[2])}
    ranked = sorted(
        (key for key, count in all_roles.items() if count and key not in here),
        key=lambda key: (-this_role[key], -all_roles[key], key),
    )
    return listed(typed, (Item(said[key], written(said[key]), said[key], "person") for key in ranked))
