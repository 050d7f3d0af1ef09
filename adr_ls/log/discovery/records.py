"""Which of the files in a directory are the records of a log, which its templates, and whether it is a log at all."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from adr_ls.log import evidence
from adr_ls.log.dialects import TITLES
from adr_ls.log.discovery.beside import OF_A_RECORD, begins_with, companions, kin, listings, notes, translations
from adr_ls.log.discovery.found import FEW, MANY, MOST, NEARLY_ALL, Found, Reader
from adr_ls.log.discovery.naming import EXAMPLES, PAST, PROPOSALS, TEMPLATE_DIRECTORIES, is_neighbour, is_template, status_of
from adr_ls.log.discovery.templates import TITLE_KEYS, is_called_template, is_titled_template
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.filename import name_of
from adr_ls.syntax import lazy
from adr_ls.words.lookup import fold


class Place(NamedTuple):
    """What the names of a directory, and of those above it, say of what lies in it.

    It or one above may be `named` as a log, its `own_name` may say so, or at least that it may be one (`is_home`), or one that
    `proposes`; it may be anywhere in an opened folder that is called after proposals (`is_among`), or `configured` as a log.
    """

    named: bool
    own_name: bool
    is_home: bool
    proposes: bool
    is_among: bool
    configured: bool


def log_in(home: str, paths: list[str], read: Reader, place: Place) -> Found:
    """The log at a directory, of those files that belong to it."""
    named, own_name, is_home, proposes, _, configured = place
    paths = _without_copies(paths)
    templates = tuple(path for path in paths if is_template(path) and not _is_draft(path, read))
    if posixpath.basename(home).casefold() in TEMPLATE_DIRECTORIES:
        return Found(home, (), tuple(path for path in templates if not filename.is_asciidoc(path)), configured)
    set_aside = frozenset(templates)
    candidates = [(path, name_of(path)) for path in paths if path not in set_aside and not is_neighbour(path)]
    blank = {
        path
        for path, name in candidates
        if (
            name.number == 0
            and (
                name.slug.casefold() in EXAMPLES
                or evidence.is_blank(read(path))
                or evidence.is_bracketed(read(path))
                or is_titled_template(read(path))
            )
        )
        or (not name.own_directory and is_called_template(name, read, path))
    }
    templates = tuple(path for path in (*templates, *sorted(blank)) if not filename.is_asciidoc(path))  # no record comes of one
    candidates = [(path, name) for path, name in candidates if path not in blank]
    numbered = [name for _, name in candidates if name.number is not None]
    dated = [name for _, name in candidates if name.number is None and name.date]
    records: list[str] = []
    vouched: frozenset[str] = frozenset()
    if not own_name:
        formal = [(path, name) for path, name in candidates if name.number is not None]
        vouched = _vouched(home, formal, read, place, templates)
    prefixes = {name_of(path).prefix.casefold() for path in vouched} - {""}
    lettered = [name for _, name in candidates if _LETTERED.match(name.stem)]
    styled = len(numbered) + len(dated) + len(lettered) > len(candidates) / 2
    proposed = _proposed(candidates, read, place)
    is_like_kin = kin([path for path, name in candidates if name.number is not None or name.date], read)
    loose: list[str] = []
    for path, name in candidates:
        if name.number is not None:
            if own_name or path in vouched:
                records.append(path)
        elif name.date:
            if (
                own_name
                or (named and evidence.weigh(read(path)) >= 1)
                or ((named or proposes) and evidence.is_dated(read(path)))
            ):
                records.append(path)
        elif (
            is_home
            or (named and (numbered or dated or evidence.is_whole(read(path))))
            or begins_with(name.stem, prefixes)
            or _is_called_adr(path, name.stem)
        ):
            title = (about := read(path)) is not None and about.heading_title
            if title and OF_A_RECORD.match(title.text):
                continue
            weight = evidence.weigh(read(path)) + (is_home and evidence.tells_why(read(path)))
            if (
                weight >= (2 if styled else 3)
                or is_like_kin(read(path))
                or (own_name and styled and evidence.is_stub(read(path)))
            ):
                records.append(path)
                loose.append(path)
        elif path in proposed or (vouched and styled and is_like_kin(read(path))):
            records.append(path)
            loose.append(path)
    if own_name and not styled and len(loose) >= MANY and 2 * len(records) > len(candidates):
        usual = Counter(name for path in records for name in evidence.named_decision(read(path)))
        found = [
            path
            for path, _ in candidates
            if path not in records
            and (evidence.is_stated(read(path)) or any(usual[name] >= MANY for name in evidence.named_decision(read(path))))
        ]
        records += found
        loose += found
    if own_name and not (styled or records):
        records += (loose := _dated_alike([path for path, _ in candidates], read))
    beside = companions(records, read) | translations(records) | listings(records, read) | notes(records)
    records = [path for path in records if path not in beside and not evidence.is_collection(read(path))]
    formed = len(records) - len(loose)
    if formed >= MANY and formed >= NEARLY_ALL * len(records):  # another is more likely a page about them
        pages = {path for path in loose if not (evidence.is_exception(read(path)) or is_like_kin(read(path)))}
        records = [path for path in records if path not in pages]
    if (
        len(records) == 1
        and not own_name
        and not _is_like_record(records[0], read)
        and not (is_home and evidence.weigh_body(read(records[0])) > evidence.WHOLE)
        and not (proposes and _is_lone_proposal(records[0], read, led=bool(templates)))
        and not (place.is_among and evidence.is_formed_proposal(read(records[0])))
    ):
        records.clear()
    return Found(home, tuple(records), templates, configured)


def _proposed(candidates: Sequence[tuple[str, filename.Name]], read: Reader, place: Place) -> frozenset[str]:
    """The files without a number or a date that have the form of proposals, among such or where most of those beside them have it, too."""
    if not place.proposes:
        return frozenset()
    plain = [path for path, name in candidates if name.number is None and not name.date]
    found = frozenset(path for path in plain if evidence.is_formed_proposal(read(path)))
    if len(found) < FEW or 2 * len(found) < len(plain):
        return found if place.is_among else frozenset()
    return found | {
        path for path in plain if evidence.is_stated(read(path)) or "motivation" in evidence.section_names(read(path))
    }


def _dated_alike(paths: Sequence[str], read: Reader) -> list[str]:
    """The files below the name of a log that are its records though neither number nor status says so: front matter gives nearly all their day."""
    found = [path for path in paths if evidence.is_of_a_day(read(path))]
    return found if len(found) >= max(FEW, NEARLY_ALL * len(paths)) else []


def _without_copies(paths: Sequence[str]) -> list[str]:
    """The files but those in AsciiDoc beside which the same is in Markdown, as it is where a team goes from the one to the other."""
    asciidoc = {path for path in paths if filename.is_asciidoc(path)}
    if not asciidoc:
        return [*paths]
    markdown = {filename.strip_suffix(path) for path in paths if path not in asciidoc}
    return [path for path in paths if path not in asciidoc or filename.strip_suffix(path) not in markdown]


def _is_draft(path: str, read: Reader) -> bool:
    """Whether a file without a number yet, ``XXXX-use-kafka.md``, is a record all the same: its title says what its name does, and it is filled in."""
    match = _DRAFT.fullmatch(name_of(path).stem)
    if match is None or PAST.search(match["slug"]):
        return False
    record = read(path)
    title = fold(record.title or "") if record is not None else ""
    words = re.findall(r"[^\W_]+", fold(match["slug"]))
    is_blank = fold(match["slug"].replace("-", " ")) in TITLES or not TITLE_KEYS.isdisjoint(words)
    return (
        len(words) > 1
        and not is_blank
        and all(word in title for word in words)
        and evidence.weigh_body(record) > evidence.TELLING
    )


_LETTERED = lazy.regex(r"(?:adrs?[-_ ]?)?\d{2,6}[a-z][-_. ]", re.IGNORECASE)
"""A file's name with a number that was in use already, and a letter to tell it from that: ``0004b-boats``."""
_DRAFT = lazy.regex(r"(?:adrs?[-_. ])?(?:x{2,}|n{3,})[-_. ]+(?P<slug>[^-_. \n].*)", re.IGNORECASE)
"""A file's name with a blank for its number."""
_CALLED_ADR = lazy.regex(r"adr[-_][^\W\d_]", re.IGNORECASE)
"""How a file without a number is called that says that it is a record wherever it lies: ``adr-use-kafka``."""
_INSTRUCTING = frozenset({"agents", "skills", "prompts", "commands"})
"""Directories in which agents are told what to do, such as how to write a record; others are hidden."""


def _is_called_adr(path: str, stem: str) -> bool:
    """Whether a file's name alone says that it is a record; not where tools and agents have what they are told of records."""
    parts = posixpath.dirname(path).casefold().split("/")
    return _CALLED_ADR.match(stem) is not None and not any(part.startswith(".") or part in _INSTRUCTING for part in parts)


def _vouched(
    home: str, numbered: Sequence[tuple[str, filename.Name]], read: Reader, place: Place, templates: Sequence[str]
) -> frozenset[str]:
    """The records among the numbered files of a directory whose own name does not say that it is a log.

    File names speak for records (``adr-007-x.md``; any number of three digits below a log), but only together with what the files
    say: prompts, research and gap maps *about* records bear their numbers too. Where at least half of the files of a kind read like
    records, so are the others of that kind, however they read; else only those that leave no doubt.
    """
    named, proposes = place.named, place.proposes
    found: set[str] = set()
    kinds: dict[tuple[str, bool], list[str]] = {}
    for path, name in numbered:
        if name.prefix.casefold() in filename.OTHERS and not named:
            continue
        if not _is_of_several(name):
            kinds.setdefault((name.prefix.casefold(), name.own_directory), []).append(path)
    for (prefix, own_directory), paths in kinds.items():
        if prefix not in filename.WORDS | {""} and len(paths) > 1 and len({name_of(path).number for path in paths}) == 1:
            continue  # "L7-routing" and "L7-metrics" are both about layer seven
        plain = prefix in ("adr", "adrs")
        usual = not own_directory and (
            plain or (named and (bool(prefix) or all(len(name_of(path).digits) >= 3 for path in paths)))
        )
        sure = [path for path in paths if evidence.weigh_body(read(path)) >= (1 if usual and plain else 2 if usual else 3)]
        if not usual:
            sure = [
                path
                for path in paths
                if path in sure or evidence.is_formed_proposal(read(path)) or (proposes and _is_proposal(read(path)))
            ]
        if usual and 2 * len(sure) >= len(paths):
            found.update(paths)
        elif usual:
            found.update(path for path in sure if evidence.weigh_body(read(path)) >= 3)
        elif len(numbered) == 1 and proposes and _is_lone_proposal(paths[0], read, led=bool(templates)):
            found.update(paths)
        elif len(numbered) >= 2 or prefix in filename.PLAIN_PREFIXES - {""}:
            sure = [
                path for path in sure if proposes or evidence.is_decision(read(path)) or evidence.is_formed_proposal(read(path))
            ]
            if len(paths) == 1 and len(kinds) > 1:  # one of its own kind beside others may well be a review or a plan
                sure = [path for path in sure if evidence.is_numbered(read(path))]
            if len(sure) >= FEW and len(sure) >= MOST * len(paths):
                found.update(paths)
            elif 2 * len(sure) >= len(paths):
                found.update(sure)
        if named and not usual:
            found.update(path for path in paths if evidence.weigh(read(path)) >= 2)
        are_alike = _have_directories_alike if own_directory else _are_alike
        if (not prefix or PROPOSALS.fullmatch(prefix)) and are_alike(home, paths, read, proposes=proposes):
            found.update(paths)
        is_called = bool(PROPOSALS.fullmatch(prefix)) or (proposes and not prefix)
        if not own_directory and is_called and _are_in_form(paths, templates, read, proposes=proposes):
            found.update(paths)
        if place.is_among:
            found.update(path for path in paths if name_of(path).number and evidence.is_formed_proposal(read(path)))
    for (prefix, own_directory), paths in kinds.items():
        if own_directory:
            found |= _in_gaps(paths, found.intersection(kinds.get((prefix, False), ())))
    return frozenset(found)


def _in_gaps(paths: Sequence[str], records: Collection[str]) -> set[str]:
    """Those of numbered directories with a number that is missing between those of records beside them, as where some have pictures."""
    often = Counter(name_of(path).number for path in paths)
    known = {number for path in records if (number := name_of(path).number) is not None}
    if len(known) < FEW:
        return set()
    first, last = min(known), max(known)
    return {
        path
        for path in paths
        if (number := name_of(path).number) is not None and first < number < last and number not in known and often[number] == 1
    }


def _is_of_several(name: filename.Name) -> bool:
    """Whether another number of as many digits follows on that of a file, which is about several records then: ``adr-049-050-plan``."""
    digits = re.match(r"\d{3,}(?=[-_])", name.slug)
    return digits is not None and len(digits[0]) == len(name.digits)


def _are_alike(home: str, paths: Sequence[str], read: Reader, *, proposes: bool) -> bool:
    """Whether numbered files propose something though none says how it stands: they say why, in a directory in which proposals lie.

    Or they say twice that they are proposals, by name and title: ``rfc-0002-tokens.md`` with ``# RFC 0002: Tokens``. The directory is one
    for proposals, or, as in the repositories of those that took over Rust's way, ``text`` or one called after a status. Of only two,
    more of the sections are the same.
    """
    base = posixpath.basename(home)
    is_home = proposes or base.casefold() == "text" or status_of(home) != "other"
    if not is_home or any(len(name_of(path).digits) < DIGITS for path in paths):
        return False
    says_why = {path: names for path in paths if "motivation" in (names := evidence.section_names(read(path)))}
    if len(paths) < FEW:
        return len(paths) > 1 and len(says_why) == len(paths) and len(set.intersection(*says_why.values())) >= SHARED
    says_twice = {
        path
        for path in paths
        if (PROPOSALS.fullmatch(name_of(path).prefix) and evidence.is_numbered(read(path)))
        or evidence.is_labelled(read(path))
        or (proposes and is_doubled(path))
    }
    return 2 * len(says_why.keys() | says_twice) >= len(paths)


def _are_in_form(paths: Sequence[str], templates: Sequence[str], read: Reader, *, proposes: bool) -> bool:
    """Whether files that are called proposals and numbered are some though none says how it stands: most are built as their template is.

    That is called as they are; or else they lie where proposals do, and say why and what is proposed, as no standard does.
    """
    names = [name_of(path) for path in paths]
    if (
        len(paths) < FEW
        or len({name.number for name in names}) < len(paths)
        or any(len(name.digits) < DIGITS - 1 for name in names)
    ):
        return False
    forms = [evidence.section_names(read(path)) for path in templates if name_of(path).prefix == names[0].prefix]
    if any(
        len(form) >= SHARED
        and sum(2 * len(form & evidence.section_names(read(path))) >= len(form) for path in paths) >= MOST * len(paths)
        for form in forms
    ):
        return True
    return proposes and sum(evidence.tells_why(read(path)) for path in paths) >= MOST * len(paths)


def _have_directories_alike(home: str, paths: Sequence[str], read: Reader, *, proposes: bool) -> bool:
    """Whether files that each stand for a numbered directory propose something though none says how it stands: most say why.

    Several are called alike, and that or their home says that it is for proposals: ``design/012-boats/rfc.md``, ``rfcs/012-boats/README.md``.
    """
    called = Counter(filename.strip_suffix(posixpath.basename(path)).casefold() for path in paths)
    (usual, count), numbers = called.most_common(1)[0], {name_of(path).number for path in paths}
    is_home = (
        proposes
        or posixpath.basename(home).casefold() == "text"
        or (usual in filename.WORDS and bool(PROPOSALS.fullmatch(usual)))
    )
    if not is_home or count < max(FEW, MOST * len(paths)) or len(numbers) < len(paths):
        return False
    if any(len(name_of(path).digits) < DIGITS - 1 for path in paths):
        return False
    return sum("context" in {section.role for section in one.sections} for path in paths if (one := read(path))) >= MOST * len(
        paths
    )


def is_doubled(path: str) -> bool:
    """Whether a file with a number lies in a directory of its own that is called as it is: ``0007-boats/0007-boats.md``."""
    directory, base = posixpath.split(path)
    return name_of(path).number is not None and posixpath.basename(directory) == filename.strip_suffix(base)


SHARED = 3
"""How many sections two proposals have in common where nothing else says that they are some."""
DIGITS = 4
"""How many digits the numbers of proposals have where nothing else says that they are some."""


def _is_proposal(record: Facts | None) -> bool:
    """Whether a file among proposals has its number in its title and says why: ``# RFC 0005 Server extensions``, below it a motivation."""
    title = record.heading_title if record is not None else None
    if record is not None and title is None and PROPOSALS.fullmatch(record.name.prefix):  # its title is in front matter
        return evidence.is_stated(record)
    return title is not None and bool(title.prefix) and evidence.is_numbered(record) and evidence.weigh_body(record) > 0


def _is_lone_proposal(path: str, read: Reader, *, led: bool) -> bool:
    """Whether a file in a directory for proposals is one even where it is the only one.

    It is numbered, and it says how it stands, or the directory is `led` by a template.
    """
    return (led or evidence.is_stated(read(path))) and _is_proposal(read(path))


def _is_like_record(path: str, read: Reader) -> bool:
    """Whether a file is a record even where it is the only one: it is called one, or has both a context and a decision."""
    record = read(path)
    if record is None:
        return False
    title = record.heading_title
    prefixes = {name_of(path).prefix.casefold(), title.prefix.casefold() if title is not None else ""}
    return not prefixes.isdisjoint(filename.PLAIN_PREFIXES - {""}) or evidence.tells_why(record)
