"""Which files of a repository are ADRs, without configuration: pure decisions on a listing of files.

A *log* is a directory of records, its number space and the scope of its index. Directories are logs by the word of some ADR tool's own
configuration, by their name (``docs/adr``, ``.decisions``, ``architecture-decision-record``), or by their files (``adr-007-x.md``, or
numbered files that read like ADRs). Templates, indexes and neighbours are not records; a record about templates is.
"""

from __future__ import annotations

import itertools
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, cast

from adr_ls.log import evidence
from adr_ls.log.dialects import TITLES
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.filename import name_of
from adr_ls.settings import file, other_tools
from adr_ls.syntax import lazy
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import AMBIGUOUS, ARCHITECTURE, DECISIONS, STATUS_WORDS, any_of, every, fold, one_of, words_for

SITE_FILES = ("mkdocs.yml", "mkdocs.yaml")
"""Files that list the pages of a site, records among them."""

_LOG_NAMES = lazy.regex(
    r"\.?(?:(?:architecture|architectural|arch|design|technical|tech|engineering|project|product|team)?[-_ ]?(?:decisions?|decision[-_ ]?(?:records?|logs?))"
    r"|adrs?|adl|madr|[\w-]+[-_](?:adrs?|decision[-_]?records?)|(?:architecture[-_ ])?adrs?|(?:any|architecture|architectural)[-_ ]?decision[-_ ]?records?)",
    re.IGNORECASE,
)
_EXAMPLES = frozenset({"example", "examples", "sample", "samples"})
_TESTING = frozenset(
    {
        "test",
        "tests",
        "__tests__",
        "testdata",
        "test-data",
        "test_data",
        "fixtures",
        "__fixtures__",
        "integration-tests",
        "e2e",
        "spec",
        "specs",
        *_EXAMPLES,
    }
)
_SPECIFIED = frozenset({"specs"})
"""Those of them in which many keep what is to be built, in words that name the decisions it rests on."""
FEW, MOST = 3, 0.6
"""How many files, and which share of a kind, must read like records for the others of that kind to be taken for some unread."""
MANY, NEARLY_ALL = 5, 0.9
"""How many records, and which share of all, have a number or a date in their file name where that is what makes them records."""
_COPIES = frozenset({"versioned_docs"})
"""Directories in which site generators keep copies of pages as they once were."""
_RESERVED = lazy.regex(
    r"(?:_?readme|_?index|toc|summary|_?sidebar|backlog|contributing|changelog|code[-_]of[-_]conduct|license|glossary|overview|skill|"
    r"(?:architecture[-_ ])?(?:decision|adr)s?(?:[-_ ]?(?:records?|log|index|finder|process|guidelines?|list))?|about|agents|claude|home|faq)",
    re.IGNORECASE,
)
_INDEX = lazy.regex(any_of("indexes"), re.IGNORECASE)
"""How an index is called in other languages."""
_TEMPLATE = lazy.regex(
    rf"(?:^|[-_. ])(?:{any_of('templates')}|example[-_]adr|xxx+|nnn+)(?:$|[-_. ])"
    rf"|(?:{one_of(word for word in every('templates') if not word[0].isascii() and not any(letter.islower() for letter in word))})$",
    re.IGNORECASE,
)
_HUMP = lazy.regex(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
"""Where a word begins in a name like ``HarbourAdrTemplate``."""
_PROPOSALS = lazy.regex(r"rfcs?|rfds?|proposals?|enhancements?|design[-_ ]?(?:docs?|proposals?)", re.IGNORECASE)
"""How directories are called whose numbered files each propose something, and are decided upon."""
_ENDS_IN_PROPOSALS = lazy.regex(rf"(?:^|[-_. ])(?P<said>{_PROPOSALS.pattern})$", re.IGNORECASE)
"""A repository's name that says in its last word that it holds proposals: ``harbour-rfcs``."""
_TEMPLATE_DIRECTORIES = frozenset({"template", "templates", "_templates", "_template", ".templates"})
_ASSETS = frozenset({"assets", "images", "image", "img", "attachments", "figures", "diagrams"})
"""Directories of what records show, where one may be called after its record without being another."""
ELSEWHERE = frozenset(
    {"vendor", "vendors", "vendored", "third-party", "third_party", "external", "externals", "deps", "submodules"}
)
"""Directories that hold other people's projects."""
_PAST = lazy.regex(rf"(?<![^\W_])(?:{any_of('archives', 'templates')})(?![^\W_])", re.IGNORECASE)
"""What is in the name of a draft that is none: it tells of what was, or of how something is to be written."""
_WRITTEN = lazy.regex(rf"(?<![^\W_])(?:{any_of('templates')})(?![^\W_])", re.IGNORECASE)
"""What is in the name of a page or a folder that tells how something is to be written."""
_TOLD = lazy.regex(
    rf"(?:\d[\d.]*[-_. ]|{any_of('records')}[-_. ])?{any_of('archives')}(?:[-_. ].*)?",
    re.IGNORECASE,
)
"""How pages and folders are called that tell of what was: by their first word, as a history inside of a name may be anything's."""
_FORGES = frozenset(
    {".github", ".gitlab", ".gitea", ".forgejo", "issue_template", "pull_request_template", "merge_request_templates"}
)
"""Directories in which forges look for the templates of issues and pull requests, and for what else is theirs."""
_REQUEST = lazy.regex(r"(?:issue|pull[-_ ]?request|merge[-_ ]?request)[-_ ]?templates?", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """One log: its directory, its records' and templates' paths, and whether a tool's configuration named it; all relative."""

    directory: str
    records: tuple[str, ...]
    templates: tuple[str, ...] = ()
    configured: bool = False


Reader = Callable[[str], Facts | None]
"""Reads the file at a relative path; None where it cannot be read."""


def is_wanted(base: str) -> bool:
    """Whether a file of that name matters at all: Markdown, AsciiDoc, a record in another markup, or the configuration of an ADR tool."""
    return (
        filename.is_read(base) or base in (*other_tools.FILES, *SITE_FILES, *file.OWN) or filename.unread_name(base) is not None
    )


def unread(files: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The files in directories of records, or below such, that are called like records and not read, by the ending that they have."""
    found: dict[str, list[str]] = {}
    for path in sorted(files):
        directory, base = posixpath.split(path)
        if filename.unread_name(base) is not None and is_named(directory) and not is_aside(directory):
            found.setdefault(posixpath.splitext(base)[1].casefold(), []).append(path)
    return {suffix: tuple(paths) for suffix, paths in found.items()}


def is_log_name(base: str) -> bool:
    """Whether a directory of that name usually holds ADRs: ``adr``, ``decisions``, ``architektur-entscheidungen``."""
    return bool(_LOG_NAMES.fullmatch(base)) or _names_decisions(base)


@lru_cache(4096)  # the same directories are asked for over and over
def _names_decisions(base: str) -> bool:
    """Whether a name is that of decisions in some language, and at most says besides that they are of architecture."""
    parts = re.split(r"[-_ ]", base.removeprefix(".").casefold()) if len(base) <= _LONG_NAME else []
    if _joined_up(parts) in _NAMES_IN_DENSE:
        return True
    decisions = [part for part in parts if part in DECISIONS]
    compound = [
        part for part in parts if part.endswith(_COMPOUNDED) and part.startswith(ARCHITECTURE) and part not in decisions
    ]
    others = [part for part in parts if part not in decisions and part not in compound]
    return (
        bool(decisions or compound)
        and all(part in _SMALL or (part in _OF_RECORDS) or part.startswith(ARCHITECTURE) for part in others)
        and (bool(compound) or not AMBIGUOUS.issuperset(decisions) or any(part.startswith(ARCHITECTURE) for part in others))
    )


def _may_name_decisions(base: str) -> bool:
    """Whether a directory of that name may hold ADRs, where these read like such: also ``решения``, which are solutions as well."""
    return is_log_name(base) or base.casefold() in DECISIONS


def _joined_up(parts: Iterable[str]) -> str:
    """The words of a name as scripts write them that put no blanks between words."""
    return unicodedata.normalize("NFC", "".join(parts))


_LONG_NAME = 60
_COMPOUNDED = tuple(word for word in DECISIONS if len(word) > 5)  # the shorter end other words too
_SMALL = frozenset(every("articles", "prepositions", "by")) | {"d", "of"}
_OF_RECORDS = frozenset(every("records"))
_DENSE = lazy.regex(rf"[{filename.DENSE}]")
_NAMES_IN_DENSE = frozenset(
    _joined_up(word.split())
    for word in every("names", "records")
    if _DENSE.search(word) and any(decision in word for decision in DECISIONS if _DENSE.search(decision))
)
"""What a collection of decisions is called where names are one word: ``决策记录``, ``アーキテクチャ決定記録``."""


def is_reserved(stem: str) -> bool:
    """Whether a file of that stem is an index, a template or another neighbour of records, never a record."""
    return bool(_RESERVED.fullmatch(stem))


def is_called_index(stem: str) -> bool:
    """Whether a file of that stem is called an index in any language."""
    return _INDEX.fullmatch(stem) is not None


def is_of_the_past(stem: str) -> bool:
    """Whether a file of that stem is called after what was: ``decisions_legacy_full``."""
    return _PAST.search(stem) is not None


@lru_cache(filename.NAMES)  # as with names, each reading asks this of all files, and hardly any has another
def is_template(path: str) -> bool:
    """Whether the file is a template: by its directory, or by its name where it has no number of its own to be a record about templates."""
    if is_forge(path):
        return False
    if posixpath.basename(posixpath.dirname(path)).casefold() in _TEMPLATE_DIRECTORIES:
        return True
    name = name_of(path)
    return bool(_TEMPLATE.search(_HUMP.sub("-", name.slug or name.stem))) and not (name.number or name.date)


def is_forge(path: str) -> bool:
    """Whether a file is a forge's own, such as the template of its pull requests, which says nothing of records."""
    directory, base = posixpath.split(path)
    parts = directory.casefold().split("/")
    inside = max((at for at, part in enumerate(parts) if part in _FORGES), default=None)
    return bool(_REQUEST.fullmatch(filename.strip_suffix(base))) or (
        inside is not None and not any(is_log_name(part) for part in parts[inside + 1 :])
    )


def may_refer(path: str) -> bool:
    """Whether what a file in Markdown or AsciiDoc elsewhere says of records is meant of the records there are, at a path relative to the opened folder.

    Templates and examples name made-up ones, and what was archived, or tells of the past, those of its time; in a hidden folder stands
    what machines are told.
    """
    directory, base = posixpath.split(path)
    parts = [part for part in directory.casefold().split("/") if part]
    return (
        filename.is_read(base)
        and not base.startswith(".")
        and not any(part.startswith(".") or part in ELSEWHERE for part in parts)
        and not is_aside("/".join(part for part in parts if part not in _SPECIFIED))
        and not is_template(path)
        and not is_forge(path)
        and not _WRITTEN.search(_HUMP.sub("-", filename.strip_suffix(path)))
        and not any(_TOLD.fullmatch(part) for part in _HUMP.sub("-", filename.strip_suffix(path)).split("/"))
    )


def reads_like_template(path: str, template: Facts) -> bool:
    """Whether a template that lies outside a log's directories is one of records: by a directory's or its own name, or its words."""
    directory, base = posixpath.split(path)
    words = re.split(r"[-_. ]", filename.strip_suffix(base).casefold())
    roles = {section.role for section in template.sections}
    return (
        is_named(directory)
        or not {"adr", "adrs", "madr"}.isdisjoint(words)
        or template.field("status") is not None
        or not {"status", "context", "decision"}.isdisjoint(roles)
    )


def find(
    files: Iterable[str], read: Reader, config: Callable[[str], str | None], directories: Sequence[str] = (), folder: str = ""
) -> tuple[Found, ...]:
    """The logs among the files, whose paths are relative to the opened folder and written with slashes.

    `read` reads a file in Markdown or AsciiDoc as a record, `config` the text of another tool's configuration file. `directories` are those that our
    own settings name; `folder` is the opened folder's own path, whose name counts for files that lie directly in it.
    """
    files, folder, read = tuple(files), named_as(folder), cache(read)  # which is asked for each file many times
    texts = [path for path in files if filename.is_read(path)]
    tools = [path for path in files if posixpath.basename(path) in other_tools.FILES and not is_aside(posixpath.dirname(path))]
    configured = _configured(texts, tools, config, directories)
    homes = _joined(_by_home(texts), folder)
    exclusive = bool(configured) and any(is_complete(path, texts, config) for path in tools)
    found = []
    for home in sorted(homes):
        named = any(is_below(home + "/x", directory) for directory in configured)
        if not named and (exclusive or directories or is_aside(home)):
            continue
        if not named and posixpath.basename(home).casefold() in _ASSETS:
            continue
        whole = posixpath.join(folder, home) if folder else home
        is_among = bool(_PROPOSALS.fullmatch(posixpath.basename(folder)))
        place = _Place(
            named=named or is_named(whole if _is_inside(folder) else home),
            own_name=named or bool(_LOG_NAMES.fullmatch(posixpath.basename(whole.rstrip("/")))),
            is_home=named or _may_name_decisions(posixpath.basename(whole.rstrip("/"))),
            proposes=is_among or bool(_PROPOSALS.fullmatch(posixpath.basename(whole.rstrip("/")))),
            is_among=is_among,
            configured=named,
        )
        log = _log(home, homes[home], read, place)
        if log.records or log.templates:
            found.append(log)
    return tuple(found)


def needed(
    files: Iterable[str], config: Callable[[str], str | None], directories: Sequence[str] = (), folder: str = ""
) -> tuple[str, ...]:
    """The files that `find`, and whoever looks for indexes after it, will read of nearly every folder, for the same arguments.

    It goes by names alone, so that many files can be read at once; there may be others that are needed, and a few that are not.
    """
    files, folder = tuple(files), named_as(folder)
    texts = [path for path in files if filename.is_read(path)]
    tools = [path for path in files if posixpath.basename(path) in other_tools.FILES and not is_aside(posixpath.dirname(path))]
    configured = _configured(texts, tools, config, directories)
    found: dict[str, None] = {}
    above: set[str] = set()
    for home, paths in _by_home(texts).items():
        named = any(is_below(home + "/x", directory) for directory in configured)
        if not named and (directories or is_aside(home)):
            continue
        if named or is_named(posixpath.join(folder, home) if _is_inside(folder) else home):
            found.update(dict.fromkeys(paths))
            while home:
                home = posixpath.dirname(home)  # noqa: PLW2901  # up to the folder itself
                above.add(home)
        elif len(numbered := [path for path in paths if name_of(path).number is not None and not _is_neighbour(path)]) > 1:
            found.update(dict.fromkeys(numbered))
    return (
        *found,
        *(path for path in texts if posixpath.dirname(path) in above and path not in found and not filename.is_asciidoc(path)),
    )


def _configured(
    texts: Sequence[str], tools: Iterable[str], config: Callable[[str], str | None], directories: Sequence[str]
) -> tuple[str, ...]:
    """The directories that our own settings and other tools' configuration name, as far as there are records to be read in them."""
    named_by_tools = (directory for path in tools for directory in other_tools.directories(path, config(path) or ""))
    found = dict.fromkeys((*(posixpath.normpath(directory) for directory in directories), *named_by_tools))
    return tuple(directory for directory in found if any(is_below(path, directory) for path in texts))


def is_complete(tool: str, texts: Collection[str], config: Callable[[str], str | None]) -> bool:
    """Whether another tool's file names all directories of records that there are: that of log4brains does, as it names those of packages.

    Not if one of them is not there any more: then it was not kept up when they moved.
    """
    return posixpath.basename(tool).startswith(".log4brains") and all(
        any(is_below(path, directory) for path in texts) for directory in other_tools.directories(tool, config(tool) or "")
    )


def _by_home(texts: Iterable[str]) -> dict[str, list[str]]:
    """Files by the directory of the log that they would belong to."""
    found: dict[str, list[str]] = {}
    for path in texts:
        found.setdefault(_home(path), []).append(path)
    return found


def _joined(homes: dict[str, list[str]], folder: str) -> dict[str, list[str]]:
    """The same, with those directories of a log that are called after a status taken for parts of it: ``adr/accepted``, ``adr/rejected``.

    Records move between these while they keep their numbers, so they are one number space. A single such directory is part of the log
    only if it goes on with the numbers of the log; else it may well be an archive of an earlier one.
    """
    parts: dict[str, list[str]] = {}
    for home in homes:
        above = posixpath.dirname(home)
        whole = posixpath.join(folder, above) if folder else above
        name = posixpath.basename(whole.rstrip("/"))
        if above != home and (is_log_name(name) or _PROPOSALS.fullmatch(name)) and status_of(home) != "other":
            parts.setdefault(above, []).append(home)
    joined = dict(homes)
    for above, below in parts.items():
        own, others = _numbers(homes.get(above, ())), _numbers(path for home in below for path in homes[home])
        if len(below) > 1 or (own and others and own.isdisjoint(others)):
            joined[above] = [*homes.get(above, ()), *(path for home in below for path in joined.pop(home))]
    return joined


def _numbers(paths: Iterable[str]) -> set[int]:
    return {number for path in paths if (number := name_of(path).number) is not None}


def status_of(directory: str) -> Canonical:
    """The status after which a directory is called, be it numbered for the order: ``accepted``, ``2-rejected``, ``0b_rejected``; ``other`` for none."""
    words = fold(re.sub(r"^(?:\d+[a-z][_. -]+|[\d_. -]+)|[-_]", " ", posixpath.basename(directory)))
    return cast(
        "Canonical", STATUS_WORDS.get(words) or STATUS_WORDS.get(words.removesuffix("s"), "other")
    )  # many are named in the plural


class Home(NamedTuple):
    """A directory in which the first record of a folder belongs, and the file that says so, if another tool's does."""

    directory: str
    named_by: str = ""


def homes(files: Iterable[str], config: Callable[[str], str | None], folder: str = "") -> Iterator[Home]:
    """Where the first record of a folder belongs, the best first: the directories that tools or their names say are logs.

    Paths are relative to the folder, whose own path is `folder`; see `find`.
    """
    files, folder = tuple(files), named_as(folder)
    for path in files:
        if posixpath.basename(path) in other_tools.FILES and not is_aside(posixpath.dirname(path)):
            yield from (Home(directory, path) for directory in other_tools.directories(path, config(path) or ""))
    if _is_inside(folder):
        yield Home("")
    directories = {posixpath.dirname(path) for path in files}
    directories |= {posixpath.dirname(path) for path in directories if posixpath.basename(path) in _TEMPLATE_DIRECTORIES}
    for directory in sorted(directories, key=lambda path: (path.count("/"), path)):
        if is_log_name(posixpath.basename(directory)) and not is_aside(directory):
            yield Home(directory)


@lru_cache(filename.NAMES)  # as `is_template`
def _home(path: str) -> str:
    """The directory of the log that a file would belong to: its own, or the one above where the record has a directory of its own."""
    directory = posixpath.dirname(path)
    return posixpath.dirname(directory) if name_of(path).own_directory or _is_doubled(path) else directory


def is_named(directory: str) -> bool:
    """Whether the directory or one above has the name of a log."""
    parts = directory.split("/")
    return any(is_log_name(part) for part in parts) or any(
        f"{a}/{b}".casefold() in ("architecture/decisions", "adr/decisions") for a, b in itertools.pairwise(parts)
    )


def is_aside(directory: str) -> bool:
    """Whether a directory lies among tests, examples, copies or what a generator lays out for other projects."""
    parts = [part.casefold() for part in directory.split("/")]
    return any(part in _TESTING or part in _COPIES for part in parts) or any(
        part in _TEMPLATE_DIRECTORIES for part in parts[:-1]
    )


def named_as(folder: str) -> str:
    """The path of the opened folder with the name by which it says what it holds: ``/w/rfcs`` for ``/w/harbour__boat-rfcs-main``."""
    above, base = posixpath.split(folder.rstrip("/"))
    name = filename.repository_in(base)
    proposals = _ENDS_IN_PROPOSALS.search(name)
    return posixpath.join(above, proposals["said"] if proposals is not None else name or base)


def _is_inside(folder: str) -> bool:
    """Whether the opened folder is itself a directory of records, opened alone."""
    return is_log_name(posixpath.basename(folder.rstrip("/")))


class _Place(NamedTuple):
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


def _log(home: str, paths: list[str], read: Reader, place: _Place) -> Found:
    """The log at a directory, of those files that belong to it."""
    named, own_name, is_home, proposes, _, configured = place
    paths = _without_copies(paths)
    templates = tuple(path for path in paths if is_template(path) and not _is_draft(path, read))
    if posixpath.basename(home).casefold() in _TEMPLATE_DIRECTORIES:
        return Found(home, (), tuple(path for path in templates if not filename.is_asciidoc(path)), configured)
    set_aside = frozenset(templates)
    candidates = [(path, name_of(path)) for path in paths if path not in set_aside and not _is_neighbour(path)]
    blank = {
        path
        for path, name in candidates
        if (
            name.number == 0
            and (
                name.slug.casefold() in _EXAMPLES
                or evidence.is_blank(read(path))
                or evidence.is_bracketed(read(path))
                or _is_titled_template(read(path))
            )
        )
        or (not name.own_directory and _is_called_template(name, read, path))
    }
    templates = tuple(path for path in (*templates, *sorted(blank)) if not filename.is_asciidoc(path))  # no record comes of one
    candidates = [(path, name) for path, name in candidates if path not in blank]
    numbered = [name for _, name in candidates if name.number is not None]
    dated = [name for _, name in candidates if name.number is None and name.date]
    records: list[str] = []
    vouched: frozenset[str] = frozenset()
    if not own_name:
        formal = [(path, name) for path, name in candidates if name.number is not None]
        vouched = _vouched(home, formal, read, place, led=bool(templates))
    prefixes = {name_of(path).prefix.casefold() for path in vouched} - {""}
    lettered = [name for _, name in candidates if _LETTERED.match(name.stem)]
    styled = len(numbered) + len(dated) + len(lettered) > len(candidates) / 2
    proposed = _proposed(candidates, read, place)
    is_like_kin = _kin([path for path, name in candidates if name.number is not None or name.date], read)
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
            or _begins_with(name.stem, prefixes)
            or _is_called_adr(path, name.stem)
        ):
            title = (about := read(path)) is not None and about.heading_title
            if title and _OF_A_RECORD.match(title.text):
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
    beside = _companions(records, read) | _translations(records) | _listings(records, read) | _notes(records)
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


def _proposed(candidates: Sequence[tuple[str, filename.Name]], read: Reader, place: _Place) -> frozenset[str]:
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
    if match is None or _PAST.search(match["slug"]):
        return False
    record = read(path)
    title = fold(record.title or "") if record is not None else ""
    words = re.findall(r"[^\W_]+", fold(match["slug"]))
    is_blank = fold(match["slug"].replace("-", " ")) in TITLES or not _TITLES.isdisjoint(words)
    return (
        len(words) > 1
        and not is_blank
        and all(word in title for word in words)
        and evidence.weigh_body(record) > evidence.TELLING
    )


_TITLES = frozenset(words_for("sections", "title"))
"""What a title is called, which is none of one."""
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


def _kin(formed: Sequence[str], read: Reader) -> Callable[[Facts | None], bool]:
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


def _begins_with(stem: str, prefixes: Iterable[str]) -> bool:
    """Whether a file without a number is called as numbered ones of its directory are: ``adr-draft-lanes`` beside ``adr-007-gates``."""
    return re.split(r"[-_. ]", stem.casefold())[0] in prefixes


def _companions(paths: Sequence[str], read: Reader) -> set[str]:
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
_OF_A_RECORD = lazy.regex(rf"\W*{any_of('addenda')}(?![^\W_])[^\d]*\d", re.IGNORECASE)
"""A title that says of which record a file is an addendum: ``Addendum to ADR 12``."""


def _is_called_addendum(path: str, record: Facts | None) -> bool:
    """Whether a file says in its name or its title that it adds to a record: ``0012-addendum.md``, ``# ADR 12: Addendum 1``."""
    title = record.heading_title if record is not None else None
    return bool(_AT_AN_END.match(name_of(path).slug)) or (title is not None and bool(_ADDENDUM.match(title.text)))


def _translations(paths: Iterable[str]) -> set[str]:
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


_IN_LANGUAGE = lazy.regex(rf"[._-](?P<language>{any_of('codes')})(?:[-_][A-Za-z]{{2,4}})?$", re.IGNORECASE)
"""The language of a translation at the end of its file's name."""


def _listings(paths: Sequence[str], read: Reader) -> set[str]:
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


def _notes(paths: Sequence[str]) -> set[str]:
    """The files with a number of their own and that of a record behind it, where records are called as that is: ``90_ADR-0002_why-skipped.md``."""
    prefixes = {name.prefix.casefold() for path in paths if (name := name_of(path)).number is not None} - {""}
    found = set()
    for path in paths if prefixes else ():
        name = name_of(path)
        about = filename.name_of(name.slug) if name.number is not None and not name.prefix else None
        if about is not None and about.number is not None and about.prefix.casefold() in prefixes:
            found.add(path)
    return found


def _vouched(
    home: str, numbered: Sequence[tuple[str, filename.Name]], read: Reader, place: _Place, *, led: bool
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
        elif len(numbered) == 1 and proposes and _is_lone_proposal(paths[0], read, led=led):
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
        if (not prefix or _PROPOSALS.fullmatch(prefix)) and are_alike(home, paths, read, proposes=proposes):
            found.update(paths)
        if place.is_among:
            found.update(path for path in paths if name_of(path).number and evidence.is_formed_proposal(read(path)))
    return frozenset(found)


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
        if (_PROPOSALS.fullmatch(name_of(path).prefix) and evidence.is_numbered(read(path)))
        or evidence.is_labelled(read(path))
        or (proposes and _is_doubled(path))
    }
    return 2 * len(says_why.keys() | says_twice) >= len(paths)


def _have_directories_alike(home: str, paths: Sequence[str], read: Reader, *, proposes: bool) -> bool:
    """Whether files that each stand for a numbered directory propose something though none says how it stands: most say why.

    Several are called alike, and that or their home says that it is for proposals: ``design/012-boats/rfc.md``, ``rfcs/012-boats/README.md``.
    """
    called = Counter(filename.strip_suffix(posixpath.basename(path)).casefold() for path in paths)
    (usual, count), numbers = called.most_common(1)[0], {name_of(path).number for path in paths}
    is_home = (
        proposes
        or posixpath.basename(home).casefold() == "text"
        or (usual in filename.WORDS and bool(_PROPOSALS.fullmatch(usual)))
    )
    if not is_home or count < max(FEW, MOST * len(paths)) or len(numbers) < len(paths):
        return False
    if any(len(name_of(path).digits) < DIGITS - 1 for path in paths):
        return False
    return sum("context" in {section.role for section in one.sections} for path in paths if (one := read(path))) >= MOST * len(
        paths
    )


def _is_doubled(path: str) -> bool:
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
    if record is not None and title is None and _PROPOSALS.fullmatch(record.name.prefix):  # its title is in front matter
        return evidence.is_stated(record)
    return title is not None and bool(title.prefix) and evidence.is_numbered(record) and evidence.weigh_body(record) > 0


def _is_lone_proposal(path: str, read: Reader, *, led: bool) -> bool:
    """Whether a file in a directory for proposals is one even where it is the only one.

    It is numbered, and it says how it stands, or the directory is `led` by a template.
    """
    return (led or evidence.is_stated(read(path))) and _is_proposal(read(path))


def _is_called_template(name: filename.Name, read: Reader, path: str) -> bool:
    """Whether name and title of a file say nothing but that a record is to be made of it: ``0001-template.md``, ``new-decision.md``.

    One with a number or a date has to be called a template, as it may be a record just begun; a record about templates says more.
    """
    if not _may_call_template(name):
        return False
    is_own = name.number is not None or bool(name.date)
    record = read(path)
    title = record.title if record is not None else None
    if record is None or title is None or evidence.is_blank(record) or evidence.is_bracketed(record):
        return title is not None or (record is not None and is_own and record.heading_title is not None)
    return is_own and _is_titled_template(record)


@lru_cache(filename.NAMES)  # as `is_template`
def _may_call_template(name: filename.Name) -> bool:
    """Whether a name says nothing but that a record is to be made of its file, or no more than that there are records."""
    words = set(re.findall(r"[^\W\d_]+", fold(name.slug or name.stem)))
    if not words or not words <= _OF_TEMPLATES | _GENERAL:
        return False
    is_own = name.number is not None or bool(name.date)
    return not is_own or (not words.isdisjoint(_OF_TEMPLATES) and words <= _OF_TEMPLATES | _NOUNS)


def _is_titled_template(record: Facts | None) -> bool:
    """Whether the title of a file says nothing but that it is a template of records: ``Architecture Decision Record Template``."""
    title = record.title if record is not None else None
    said = set(re.findall(r"[^\W\d_]+", fold(title))) - filename.WORDS if title is not None else set()
    return not said.isdisjoint(_OF_TEMPLATES | _TITLES) and said <= _OF_TEMPLATES | _NOUNS | _TITLES


_OF_TEMPLATES = frozenset(every("templates"))
_NOUNS = frozenset(part for word in every("records", "names") for part in word.split()) - _OF_TEMPLATES
_GENERAL = _NOUNS | frozenset(every("articles", "ordinary"))


def _is_like_record(path: str, read: Reader) -> bool:
    """Whether a file is a record even where it is the only one: it is called one, or has both a context and a decision."""
    record = read(path)
    if record is None:
        return False
    title = record.heading_title
    prefixes = {name_of(path).prefix.casefold(), title.prefix.casefold() if title is not None else ""}
    return not prefixes.isdisjoint(filename.PLAIN_PREFIXES - {""}) or evidence.tells_why(record)


@lru_cache(filename.NAMES)  # as `is_template`
def _is_neighbour(path: str) -> bool:
    name = name_of(path)
    return not name.own_directory and (is_reserved(filename.strip_suffix(posixpath.basename(path))) or is_forge(path))


def is_below(path: str, directory: str) -> bool:
    """Whether a path lies in a directory, both relative to the opened folder, which is empty or a point."""
    return directory in ("", ".") or path.startswith(directory.rstrip("/") + "/")
