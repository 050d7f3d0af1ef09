"""What differs between two directories of names: which mentions may lead elsewhere once records or files have come, gone or been renamed.

A mention leads where it does by its number and the words and numbers of its path, each looked up among those of the records and files.
So whatever has none of those that have changed leads where it did, and need not be looked up again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping

from adr_ls.log.resolve import Identity, Names
from adr_ls.record import filename
from adr_ls.record.mentions import Mention

FEW = 50
"""Where more names than this have changed, looking for them takes as long as finding out anew where all leads."""


def elsewhere(before: Names, now: Names) -> Callable[[Mention], bool] | None:
    """Tells of a mention whether it may lead elsewhere by the names of now, in a file that is called as before; None where any may."""
    if before is now:
        return lambda _: False
    changed = _changed(before.identities, now.identities)
    files = before.files ^ now.files
    if len(changed) + len(files) > FEW or _scope(before) != _scope(now):
        return None
    if any(filename.unread_name(posixpath.basename(path)) is not None for path in files):
        return None
    numbers = {one.number for one in changed if one.number is not None}
    if _apart(before, numbers) != _apart(now, numbers):
        return None
    words = {word for one in changed for word in _words(one.path, one.stem, one.slug_id)}
    words.update(word for path in files for word in _words(path))
    days = {day[1] for one in changed if one.number is None and (day := filename.day_of(one.stem)) is not None}
    signs = _signs(words, numbers, days)

    def may(mention: Mention) -> bool:
        path = mention.path
        return mention.number in numbers or (path is not None and signs.search(path.casefold()) is not None)

    return may


def _changed(before: Mapping[str, Identity], now: Mapping[str, Identity]) -> list[Identity]:
    """The identities that only one of the two has."""
    return [
        one
        for path in before.keys() | now.keys()
        if (old := before.get(path)) is not (new := now.get(path)) and old != new
        for one in (old, new)
        if one is not None
    ]


def _scope(names: Names) -> tuple[object, ...]:
    """What all mentions are looked up by, whatever they name."""
    return names.roots, names.is_partial, names.directories, names.series, names.aliases, bool(names.by_number)


def _apart(names: Names, numbers: Iterable[int | None]) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """The records by what they write before their numbers; those of some numbers aside."""
    left = set(numbers)
    return {key: paths for key, paths in names.by_alias.items() if key[1] not in left}


def _words(path: str, *names: str) -> Iterable[str]:
    """What may stand in a path, in lower case, by which people mean a file: its name, or its directory's if it is the page of that.

    Each of them with and without a number.
    """
    home, base = posixpath.split(path)
    stem = filename.strip_suffix(base)
    of_home = (posixpath.basename(home),) if stem.casefold() in filename.DIRECTORY_NAMES else ()
    for name in (stem, *of_home, *names):
        yield name.casefold()
        yield filename.parse_stem(name).slug.casefold()


def _signs(words: Iterable[str], numbers: Iterable[int], days: Iterable[str]) -> re.Pattern[str]:
    """What is in each path, in lower case, that may lead to what has changed.

    A path that ends in no name leads to the page of a directory above, and digits of other scripts say numbers, too.
    """
    said = "|".join(map(re.escape, sorted(filter(None, words))))
    counted = "|".join(map(str, sorted(numbers)))
    dated = "|".join(rf"{day[:4]}[-_.]?{day[4:6]}[-_.]?{day[6:8]}" for day in sorted(days))
    found = (said, rf"(?<!\d)0*(?:{counted})(?!\d)" if counted else "", dated, r"[/.]$|^$", r"(?![0-9])\d")
    return re.compile("|".join(filter(None, found)))
