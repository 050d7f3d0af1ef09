"""Which pages are indexes, and of which logs: by how much of a log they list, how they are called, and what else they do with records."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from adr_ls.log import discovery
from adr_ls.log.index.entry import SAYS, Entry, Excerpt, categories
from adr_ls.log.index.heads import listed_nouns
from adr_ls.log.resolve import Names
from adr_ls.record import filename, status
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Block
from adr_ls.syntax.pieced import Ground, Question, chosen, each
from adr_ls.words import dates
from adr_ls.words.lookup import fold

LISTED = 0.3
"""The share of a log that its own page, or a file named like an index of decisions, must list to be an index."""
LISTED_ABOVE = 0.5
"""The same for a README or an index further up, which is the home page of something else too."""
LISTED_ELSEWHERE = 0.8
"""The same for other files, which may list a part of the log on purpose."""
NEARLY = 0.9
"""The share of a log that what lists a part of it as a rule, such as instructions for agents, must list to be an index all the same."""
LAGGING = 3
"""How many records a page must list at least to be an index of which most is missing."""
PASSING = lazy.regex(
    r"(?:^|[-_. ])(?:changelog|changes|history|news|release(?:s|[-_ ]?notes)?|road[-_ ]?map|to[-_ ]?do|tasks|plans?|hand[-_ ]?off|progress|back[-_ ]?up|bck|bak)"
    r"(?:$|[-_. ])",
    re.IGNORECASE,
)
"""Names of files that tell what happened or is to happen; they name records in passing and never list them."""
_GUIDE = lazy.regex(
    r"agents?|claude|gemini|codex|cursor|contributing|developing|development|onboarding|security|code[-_]of[-_]conduct"
    r"|(?:.*[-_.])?(?:instructions|rules)|pull[-_]request[-_]template|issue[-_]template|skill",
    re.IGNORECASE,
)
"""Names of files that tell people and agents how to work; they name the records that matter for it."""
_LISTING = lazy.regex(
    r"toc|summary|_?sidebar|(?:architecture[-_ ])?(?:decision|adr)s?(?:[-_ ]?(?:records?|log|index|list))?", re.IGNORECASE
)
"""Names of files that list decisions wherever they stand."""
_HOME = lazy.regex(r"_?readme|_?index|home", re.IGNORECASE)
"""Names of files that are the home page of a directory."""
NAVIGATING = lazy.regex(r"summary|_?sidebar", re.IGNORECASE)
"""Names of files that are the navigation of a site."""


def listed_logs(
    page: Record, names: Names, entries: Sequence[Entry], excerpts: tuple[Excerpt, ...], ground: Ground
) -> tuple[str, ...]:
    """The directories of which a page lists so many records that it is an index of them."""
    outside = [entry for entry in entries if not any(one.span.covers(entry.span) for one in excerpts)] if excerpts else entries
    led = [one.span for one in excerpts if one.is_led]
    entries = [entry for entry in entries if not any(span.covers(entry.span) for span in led)] if led else entries
    whole = _Count.of(entries, names, ground)
    part = _Count.of(outside, names, ground) if excerpts else whole
    sizes = names.sizes
    return tuple(
        directory
        for directory, _ in whole.listed.most_common()
        if part.reaches(share := _share(page, directory), sizes, directory, is_page=_is_page_of(page, directory))
        or (excerpts and whole.reaches(max(share, NEARLY), sizes, directory, is_page=_is_page_of(page, directory)))
        or _lags(page, names, outside, directory)
    )


def _is_unnumbered(entry: Entry, _: str, names: Names) -> bool:
    return entry.path is not None and names.identities[entry.path].number is None


def _is_ticked(entry: Entry, text: str) -> bool:
    return status.ticked(entry.own.of(text)) is not None


class _Claim(NamedTuple):
    """The records that an entry names, that which its link means but for its folder or its capitals, and that which another broken one claims."""

    paths: tuple[str, ...]
    meant: str | None
    claimed: str | None


def _claim(entry: Entry, _text: str, _ground: Ground) -> _Claim:
    if entry.path is not None:
        return _Claim(entry.paths, None, None)
    meant = entry.meant if entry.meant is not None and _has_name_of(entry, entry.meant) else None
    claimed = entry.resolution.paths[0] if entry.resolution.paths and meant is None else None
    return _Claim(entry.paths, meant, claimed)


def _has_name_of(entry: Entry, path: str) -> bool:
    """Whether the link of an entry names the file of that record, be it in another folder, as where that was renamed."""
    written, own = (posixpath.basename(one.partition("#")[0]).casefold() for one in (entry.mention.path or "", path))
    return unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", own)


def _lags(page: Record, names: Names, entries: Iterable[Entry], directory: str) -> bool:
    """Whether the page of a log lists its records though most came later: in a table of nothing else, or a list of the first ones.

    Of a register, whose head and place say that it is one, a single row is enough.
    """
    if not _is_page_of(page, directory):
        return False
    groups: dict[int, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(id(entry.group), []).append(entry)
    return any(_is_whole(group, names, directory) for group in groups.values())


def _is_page_of(page: Record, directory: str) -> bool:
    """Whether a page is the one of a log by its name and its place."""
    return is_home(page.path, directory) and is_index_name(filename.strip_suffix(posixpath.basename(page.path)))


def _is_whole(entries: Sequence[Entry], names: Names, directory: str) -> bool:
    """Whether entries are all that their list or table has, each a link to a record of that directory; those of a list its first ones."""
    group = entries[0].group
    if group.kind == "table" and all(entry.mention.form == "number" and entry.path for entry in entries):
        # The numbers alone prove nothing, but for what the head of such a table and its page say
        return len(entries) == len(_rows(group, entries[0].reader.page.text)) and all(
            names.identities[entry.path or ""].directory == directory == posixpath.dirname(entry.reader.page.path)
            for entry in entries
        )
    paths = {entry.path for entry in entries if entry.path is not None and entry.mention.link is not None}
    listed = [names.identities[path] for path in paths]
    page = entries[0].reader.page
    if not listed or len(listed) < len(_rows(group, page.text)) or any(one.directory != directory for one in listed):
        return False
    if group.kind == "table" and len(listed) >= LAGGING:
        return True
    numbers = sorted(i.number for i in names.identities.values() if i.directory == directory and i.number is not None)
    are_first = sorted(i.number for i in listed if i.number is not None) == numbers[: len(listed)]
    is_register = group.kind == "table" and directory == posixpath.dirname(page.path) and _states(entries[0])
    return are_first and (is_register or len(listed) >= LAGGING)


def _states(entry: Entry) -> bool:
    """Whether a row has a column for the status of its record."""
    return any(found.role == "status" for found in entry.fields)


def _rows(group: Block, text: str) -> list[Block]:
    """The items of a list or the rows of a table below its head, those aside that hold nothing but blanks, dots and marks."""
    return [row for row in group.children if row.info != "head" and SAYS.search(text, row.span.start, row.span.end)]


def names_an_index(base: str) -> bool:
    """Whether a file of that name tells that it lists decisions, be it in one word of several: ``all-decisions.md``, ``Sommaire.md``."""
    stem = filename.strip_suffix(base)
    if discovery.is_log_name(stem) or _LISTING.fullmatch(stem) or _HOME.fullmatch(stem):
        return True
    return any(fold(word) in listed_nouns() for word in re.split(r"[-_ ]+", stem))


def renames(page: Record, names: Names, entries: Sequence[Entry], ground: Ground) -> bool:
    """Whether a page tells where old numbers went: most of its entries give a number to a record that has none."""
    without = list(chosen(entries, "", Question(_is_unnumbered, by=ground, through=names)))
    renamed = (
        any(
            mention.form == "bare" and mention.number is not None and names.resolve(page.path, mention).kind != "record"
            for mention in page.mentions_in(entry.span)
        )
        for entry in without
    )
    return bool(without) and 2 * sum(renamed) > len(entries)


def is_diary(entries: Sequence[Entry]) -> bool:
    """Whether most entries stand below headings of days, so that the page tells what was done when."""
    headings = {category.heading.span: category.name for category in categories(entries) if category is not None}
    dated = {span for span, name in headings.items() if (date := dates.search(name)) is not None and date.iso is not None}
    return len(dated) > 1 and 2 * sum(
        entry.category is not None and entry.category.heading.span in dated for entry in entries
    ) > len(entries)


def is_checklist(page: Record, entries: Sequence[Entry]) -> bool:
    """Whether most entries are items of a checklist, so that the page tells what was to be done: ``- [x] ADR-2 data model``."""
    ticked = sum(each(entries, page.text, Question(_is_ticked)))
    return 2 * ticked > len(entries)


def speaks_of_others(page: Record, entries: Sequence[Entry]) -> bool:
    """Whether a page that is none by its name or place, such as an old design, names more decisions that are not here than such that are."""
    stem = filename.strip_suffix(posixpath.basename(page.path))
    is_old = discovery.is_of_the_past(stem)
    if not page.is_markdown or is_index_name(stem) or (names_an_index(posixpath.basename(page.path)) and not is_old):
        return False
    lost = {entry.mention.number for entry in entries if not (entry.path or entry.resolution.paths or entry.mention.link)}
    return len(lost) > len({entry.path for entry in entries if entry.path})


@dataclass(frozen=True)
class _Count:
    """How many records of each directory some entries list, and how many more they mean with links that are broken."""

    listed: Counter[str]
    claimed: Counter[str]

    @staticmethod
    def of(entries: Sequence[Entry], names: Names, ground: Ground) -> _Count:
        listed: dict[str, None] = {}
        meant: dict[str, None] = {}
        claimed = []
        for paths, one, other in each(entries, "", Question(_claim, by=ground)):
            for path in paths:
                listed[path] = None
            if one is not None:
                meant[one] = None
            if other is not None:
                claimed.append(other)
        listed |= meant
        return _Count(
            Counter(names.identities[path].directory for path in listed),
            Counter(names.identities[path].directory for path in claimed),
        )

    def reaches(self, share: float, sizes: Mapping[str, int], directory: str, *, is_page: bool) -> bool:
        """Whether that is so much of the log in a directory; where most links of its own page have died, what they mean counts, too."""
        count, claimed = self.listed[directory], self.claimed[directory]
        is_several = count >= 2 or 0 < sizes[directory] <= 2 or (is_page and count > 0 and count + claimed >= 2)
        return count + claimed >= share * sizes[directory] and is_several


def is_home(page: str, directory: str) -> bool:
    """Whether a page stands in the directory of a log, or in one of decisions right above it."""
    here = posixpath.dirname(page)
    return directory == here or (directory.startswith(here + "/") and discovery.is_log_name(posixpath.basename(here)))


def _share(page: Record, directory: str) -> float:
    """How much of the log in a directory a page must list to be an index of it."""
    stem = filename.strip_suffix(posixpath.basename(page.path))
    if _GUIDE.fullmatch(stem):
        return NEARLY
    is_above = directory == posixpath.dirname(page.path) or directory.startswith(posixpath.dirname(page.path) + "/")
    if is_above and (not page.is_markdown or _LISTING.fullmatch(stem)):
        return LISTED
    if not is_index_name(stem):
        return LISTED_ELSEWHERE
    is_front = _HOME.fullmatch(stem) or discovery.is_called_index(stem)
    return LISTED if is_home(page.path, directory) else LISTED_ABOVE if is_above and is_front else LISTED_ELSEWHERE


def is_index_name(stem: str) -> bool:
    """Whether a file of that stem is the page of a directory by its name, in whatever language."""
    return discovery.is_reserved(stem) or discovery.is_called_index(stem)
