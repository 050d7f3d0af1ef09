"""Statuses: the words of the house."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from adr_ls.ide.completion.place import Completion, Item, Place, Typed, listed
from adr_ls.log.folds import Tally
from adr_ls.log.style import House
from adr_ls.words.language import STATUSES
from adr_ls.words.lookup import fold
from adr_ls.words.similar import is_slip

_SPELLED = Tally(lambda record: (fold(record.status.spelled),) if record.status else ())
"""How many records have which word for their status, folded."""


def statuses(house: House) -> tuple[str, ...]:
    """The statuses of a house in its spelling, each once; with the usual ones besides where it has written down none.

    A word that is another one misspelt is none, however often it was copied.
    """
    words = list(house.vocabulary) or [house.spelled(state) for state in STATUSES[:6]]
    if not house.documented:
        words += [house.spelled(state) for state in STATUSES[:6]]
    known: dict[str, str] = {}
    for word in words:
        known.setdefault(fold(word), word)
    return tuple(
        word
        for folded, word in known.items()
        if folded in house.written or not any(is_slip(folded, other) for other in known if other != folded)
    )


def offered(place: Place, typed: Typed, written: Callable[[str], str]) -> Completion:
    """The house's statuses; behind a word only those that begin like that, since what is typed is a sentence otherwise."""
    words = statuses(place.house)
    text = typed.text.lstrip()
    if re.search(r"\s", text):
        words = tuple(word for word in words if word.casefold().startswith(text.casefold()))
    counts: Counter[str] = place.log.of(_SPELLED) if place.log else Counter()
    size = place.log.size if place.log else 0
    return listed(
        typed,
        (
            Item(word, written(word), word, "status", f"{count} of {size} records here" if count else "")
            for word in words
            for count in [counts[fold(word)]]
        ),
    )
