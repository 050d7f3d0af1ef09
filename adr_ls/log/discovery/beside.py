"""What stands beside records and is none: their companions, translations, lists and notes."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

from adr_ls.log import evidence
from adr_ls.log.discovery.found import FEW, Reader
from adr_ls.log.discovery.naming import is_called_index, is_reserved
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.filename import name_of
from adr_ls.syntax import lazy
from adr_ls.words.lookup import ENGLISH, any_of


def kin(formed: Sequence[str], read: Reader) -> Callable[[Facts | None], bool]:
    """Tells whether a file is built as most of those files are: it has nearly all headings and keys that these share, and enough of them."""

    @cache
    def shared() -> frozenset[str]:
        made = [evidence.build(record) for path in formed[:MOST_KIN] if (record := read(path)) is not None]
        counted = Counter(part for one in made for part in one)
        return frozenset(part for part, count in counted.items() if count >= KIN_SHARE * len(made)) if made else frozenset()

    def is_like_kin(record: Facts | None) -> bool:
        if record is None or len(formed) < FEW:
            return False
        common = evidence.build(record) & shared()
        return len(common) >= KIN_PARTS and len(common) >= KIN_SHARE * len(shared())

    return is_like_kin


MOST_KIN = 50
"""How many records are looked at to learn how those of a directory are built."""
KIN_PARTS, KIN_SHARE = 4, 0.7
"""How many headings and keys a file must share with the records beside it to be one, and which share of what these have in common."""


def begins_with(stem: str, prefixes: Iterable[str]) -> bool:
    """Whether a file without a number is called as numbered ones of its directory are: ``adr-draft-lanes`` beside ``adr-007-gates``."""
    return re.split(r"[-_. ]", stem.casefold())[0] in prefixes


def companions(paths: Sequence[str], read: Reader) -> set[str]:
    """The files that accompany a record of their number: its appendix, notes on it, its translation's raw text.

    They are called an addendum, or read like none themselves, and either are called as the record and something more, or say nothing
    at all of their own where the other reads like a record.
    """
    found = set()
    by_number: dict[tuple[str, int], list[str]] = {}
    for path in paths:
        name = name_of(path)
        if name.number is not None and not name.own_directory:
            by_number.setdefault((name.prefix.casefold(), name.number), []).append(path)
    for same in by_number.values():
        for path in same if len(same) > 1 else ():
            record, stem = read(path), name_of(path).stem
            others = [other for other in same if other != path and evidence.weigh_body(read(other)) >= evidence.TELLING]
            if _is_called_addendum(path, record) and any(not _is_called_addendum(other, read(other)) for other in others):
                found.add(path)
                continue
            longer = any(re.match(r"[-_. ]", stem.removeprefix(name_of(other).stem)) for other in others)
            silent = not (evidence.weigh(record) or evidence.is_stub(record) or evidence.is_numbered(record))
            if others and evidence.weigh_body(record) < evidence.TELLING and (longer or silent):
                found.add(path)
    return found


_ADDENDUM = lazy.regex(rf"(?<![^\W_]){any_of('addenda')}(?![^\W_])", re.IGNORECASE)
_AT_AN_END = lazy.regex(rf"{any_of('addenda')}(?![^\W_])|.*(?<![^\W_]){any_of('addenda')}[-_. ]*\d*$", re.IGNORECASE)
OF_A_RECORD = lazy.regex(rf"\W*{any_of('addenda')}(?![^\W_])[^\d]*\d", re.IGNORECASE)
"""A title that says of which record a file is an addendum: ``Addendum to ADR 12``."""


def _is_called_addendum(path: str, record: Facts | None) -> bool:
    """Whether a file says in its name or its title that it adds to a record: ``0012-addendum.md``, ``# ADR 12: Addendum 1``."""
    title = record.heading_title if record is not None else None
    return bool(_AT_AN_END.match(name_of(path).slug)) or (title is not None and bool(_ADDENDUM.match(title.text)))


def translations(paths: Iterable[str]) -> set[str]:
    """The files that say what another one says in another language: ``0001-x.en.md`` beside ``0001-x.md``, which is the record.

    Where each is called after its language, the English one is the record, else the first.
    """
    named = {path: _of_language(path) for path in paths}
    if not any(language for _, language in named.values()):
        return set()
    by_stem: dict[str, dict[str, str]] = {}
    for path, (stem, language) in named.items():
        by_stem.setdefault(stem, {})[language] = path
    found: set[str] = set()
    for same in by_stem.values():
        first = min(same, key=lambda language: (language != "", language != "en", language))
        found.update(path for language, path in same.items() if language != first)
    return found


@lru_cache(filename.NAMES)  # as `is_template`
def _of_language(path: str) -> tuple[str, str]:
    """A path without its ending and the language before that, and the language, in lower case and empty where it names none."""
    stem = filename.strip_suffix(path)
    match = _IN_LANGUAGE.search(stem)
    return (stem[: match.start()], match["language"].casefold()) if match else (stem, "")


_IN_LANGUAGE = lazy.regex(
    rf"(?:\.|[_-](?!{ENGLISH.fields['id'][0]}$))(?P<language>{any_of('codes')})(?:[-_][A-Za-z]{{2,4}})?$", re.IGNORECASE
)
"""The language of a translation at the end of its file's name; ``tenant-id.md`` is not Indonesian."""


def listings(paths: Sequence[str], read: Reader) -> set[str]:
    """The numbered files that only list the others: ``0000-contents.md``. What reads like a record is one, however many it names."""
    found = set()
    known, least = frozenset(paths), max(FEW, len(paths) - 1) / 2
    for path in paths:
        record, name = read(path), name_of(path)
        is_called_so = name.number == 0 and (is_reserved(name.slug) or is_called_index(name.slug))
        if record is None or name.number is None or (len(record.mentions) < least and not is_called_so):
            continue
        if evidence.weigh(record) and not is_called_so:
            continue
        linked = {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), mention.path))
            for mention in record.mentions
            if mention.path and mention.link is not None
        }
        lists = len(linked & known) >= least
        if lists or (is_called_so and not evidence.weigh_body(record)):
            found.add(path)
    return found


def notes(paths: Sequence[str]) -> set[str]:
    """The files with a number of their own and that of a record behind it, where records are called as that is: ``90_ADR-0002_why-skipped.md``."""
    prefixes = {name.prefix.casefold() for path in paths if (name := name_of(path)).number is not None} - {""}
    found = set()
    for path in paths if prefixes else ():
        name = name_of(path)
        about = filename.name_of(name.slug) if name.number is not None and not name.prefix else None
        if about is not None and about.number is not None and about.prefix.casefold() in prefixes:
            found.add(path)
    return found
