"""What differs between two directories of names: which mentions may lead elsewhere once records or files have come, gone or been renamed.

A mention leads where it does by its number and the words and numbers of its path, each looked up among those of the records and files.
So whatever has none of those that have changed leads where it did, and need not be looked up again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from adr_ls.log.resolve import Identity, Names
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.syntax import lazy

_K = TypeVar("_K")

FEW = 50
"""Where more names than this have changed, looking for them takes as long as finding out anew where all leads."""


@dataclass(frozen=True)
class Mentioned:
    """What files mention, as far as it may lead elsewhere one day: the numbers, and the paths in lower case, each with the files that do."""

    files: Mapping[str, Facts]
    numbers: Mapping[int, frozenset[str]]
    paths: Mapping[str, frozenset[str]]

    @staticmethod
    def of(files: Mapping[str, Facts], before: Mentioned | None = None) -> Mentioned:
        """What these files mention; of those that `before` knows as they are, what it does."""
        known = before or Mentioned({}, {}, {})
        gone = [facts for path, facts in known.files.items() if files.get(path) is not facts]
        come = [facts for path, facts in files.items() if known.files.get(path) is not facts]
        if before is not None and not gone and not come:
            return before
        numbers: dict[int, set[str]] = {}
        paths: dict[str, set[str]] = {}
        for changed, change in ((gone, set[str].discard), (come, set[str].add)):
            for facts in changed:
                for mention in facts.mentions:
                    if mention.number is not None:
                        change(_begun(numbers, known.numbers, mention.number), facts.path)
                    if mention.path is not None:
                        change(_begun(paths, known.paths, mention.path.casefold()), facts.path)
        return Mentioned(MappingProxyType(dict(files)), _updated(known.numbers, numbers), _updated(known.paths, paths))


def _begun(changed: dict[_K, set[str]], known: Mapping[_K, frozenset[str]], key: _K) -> set[str]:
    """The files that mention something, to be changed: those that are known to, at first."""
    if key not in changed:
        changed[key] = set(known.get(key, ()))
    return changed[key]


def _updated(known: Mapping[_K, frozenset[str]], changed: Mapping[_K, set[str]]) -> Mapping[_K, frozenset[str]]:
    found = {**known, **{key: frozenset(files) for key, files in changed.items()}}
    for key in [key for key, files in changed.items() if not files]:
        del found[key]
    return MappingProxyType(found)


class Moved:
    """Tells of mentions whether they may lead elsewhere than they did, by the numbers, words and days of what has come or gone."""

    def __init__(self, numbers: Iterable[int] = (), words: Iterable[str] = (), days: Iterable[str] = ()) -> None:
        self._numbers = frozenset(numbers)
        self._words = frozenset(filter(None, words))
        # What begins with digits is found fast, and most paths have none of these
        self._dated = [re.compile(rf"{day[:4]}[-_.]?{day[4:6]}[-_.]?{day[6:8]}") for day in sorted(days)]
        self._is_any = bool(self._numbers or self._words or self._dated)

    def __call__(self, mention: Mention) -> bool:
        """Whether that mention may, in a file that is called as before."""
        path = mention.path
        return self._is_any and (mention.number in self._numbers or (path is not None and any(self._among((path.casefold(),)))))

    def files(self, mentioned: Mentioned) -> frozenset[str]:
        """The files in which some mention may."""
        if not self._is_any:
            return frozenset()
        numbered = (mentioned.numbers.get(number, frozenset()) for number in self._numbers)
        return frozenset().union(*numbered, *(mentioned.paths[path] for path in self._among(mentioned.paths)))

    def is_in(self, text: str) -> bool:
        """Whether a text may name anything of that, be it by more than mentions."""
        return self._is_any and any(self._among((f"{text.casefold()}\n",)))

    def _among(self, paths: Collection[str]) -> Iterator[str]:
        """Those of some paths, in lower case, that may lead to what has changed; they are many, and each is asked little.

        A path that ends in no name leads to the page of a directory above, and digits of other scripts say numbers, too.
        """
        yield from [path for path in paths if path[-1:] in "/." or (not path.isascii() and _FOREIGN.search(path))]
        for word in self._words:
            yield from [path for path in paths if word in path]
        for number, pattern in ((str(number), re.compile(rf"(?<!\d)0*{number}(?!\d)")) for number in self._numbers):
            yield from [path for path in paths if number in path and pattern.search(path)]
        for day in self._dated:
            yield from [path for path in paths if day.search(path)]


_FOREIGN = lazy.regex(r"(?![0-9])\d")
"""A digit of another script."""


def elsewhere(before: Names, now: Names) -> Moved | None:
    """Tells of a mention whether it may lead elsewhere by the names of now, in a file that is called as before; None where any may."""
    if before is now:
        return Moved()
    changed = _changed(before.identities, now.identities)
    files = before.files ^ now.files
    if len(changed) + len(files) > FEW or _scope(before) != _scope(now):
        return None
    if any(filename.unread_name(posixpath.basename(path)) is not None for path in files):
        return None
    numbers = {one.number for one in changed if one.number is not None}
    numbers.update(number for path in files if (number := filename.name_of(path).number) is not None)
    if _apart(before, numbers) != _apart(now, numbers):
        return None
    words = {
        word for one in changed for word in _words(one.path, one.stem, one.slug_id, *map(filename.strip_suffix, one.former))
    }
    words.update(word for path in files for word in _words(path))
    days = {day[1] for one in changed if one.number is None and (day := filename.day_of(one.stem)) is not None}
    return Moved(numbers, words, days)


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
