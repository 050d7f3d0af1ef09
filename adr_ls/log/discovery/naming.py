"""What files and directories are by what they are called: logs, indexes, templates, what belongs to forges, tests and the past."""

from __future__ import annotations

import itertools
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast

from adr_ls.record import filename
from adr_ls.record.filename import name_of
from adr_ls.settings import file, other_tools
from adr_ls.syntax import lazy
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import AMBIGUOUS, ARCHITECTURE, DECISIONS, STATUS_WORDS, any_of, every, fold, one_of

SITE_FILES = ("mkdocs.yml", "mkdocs.yaml")
"""Files that list the pages of a site, records among them."""
LOG_NAMES = lazy.regex(
    r"\.?(?:(?:architecture|architectural|arch|design|technical|tech|engineering|project|product|team)?[-_ ]?(?:decisions?|decision[-_ ]?(?:records?|logs?))"
    r"|adrs?|adl|madr|[\w-]+[-_](?:adrs?|decision[-_]?records?)|(?:architecture[-_ ])?adrs?|(?:any|architecture|architectural)[-_ ]?decision[-_ ]?records?)",
    re.IGNORECASE,
)
EXAMPLES = frozenset({"example", "examples", "sample", "samples"})
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
        *EXAMPLES,
    }
)
_SPECIFYING = frozenset({"spec", "specs"})
"""Those of them that may hold specifications instead."""
_SPECIFIED = frozenset({"specs"})
"""Those of them in which many keep what is to be built, in words that name the decisions it rests on."""
_COPIES = frozenset({"versioned_docs", "backup", "backups"})
"""Directories of copies as they once were, be it those that site generators keep of pages."""
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
PROPOSALS = lazy.regex(r"rfcs?|rfds?|proposals?|enhancements?|design[-_ ]?(?:docs?|proposals?)", re.IGNORECASE)
"""How directories are called whose numbered files each propose something, and are decided upon."""
_ENDS_IN_PROPOSALS = lazy.regex(rf"(?:^|[-_. ])(?P<said>{PROPOSALS.pattern})$", re.IGNORECASE)
"""A repository's name that says in its last word that it holds proposals: ``harbour-rfcs``."""
TEMPLATE_DIRECTORIES = frozenset({"template", "templates", "_templates", "_template", ".templates"})
ASSETS = frozenset({"assets", "images", "image", "img", "attachments", "figures", "diagrams"})
"""Directories of what records show, where one may be called after its record without being another."""
ELSEWHERE = frozenset(
    {"vendor", "vendors", "vendored", "third-party", "third_party", "external", "externals", "deps", "submodules"}
)
"""Directories that hold other people's projects."""
PAST = lazy.regex(rf"(?<![^\W_])(?:{any_of('archives', 'templates')})(?![^\W_])", re.IGNORECASE)
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
    return bool(LOG_NAMES.fullmatch(base)) or _names_decisions(base)


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


def may_name_decisions(base: str) -> bool:
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
    return PAST.search(stem) is not None


@lru_cache(filename.NAMES)  # as with names, each reading asks this of all files, and hardly any has another
def is_template(path: str) -> bool:
    """Whether the file is a template: by its directory, or by its name where it has no number of its own to be a record about templates."""
    if is_forge(path):
        return False
    if posixpath.basename(posixpath.dirname(path)).casefold() in TEMPLATE_DIRECTORIES:
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


def status_of(directory: str) -> Canonical:
    """The status after which a directory is called, be it numbered for the order: ``accepted``, ``2-rejected``, ``0b_rejected``; ``other`` for none."""
    words = fold(re.sub(r"^(?:\d+[a-z][_. -]+|[\d_. -]+)|[-_]", " ", posixpath.basename(directory)))
    return cast(
        "Canonical", STATUS_WORDS.get(words) or STATUS_WORDS.get(words.removesuffix("s"), "other")
    )  # many are named in the plural


def is_named(directory: str) -> bool:
    """Whether the directory or one above has the name of a log."""
    parts = directory.split("/")
    return any(is_log_name(part) for part in parts) or any(
        f"{a}/{b}".casefold() in ("architecture/decisions", "adr/decisions") for a, b in itertools.pairwise(parts)
    )


def is_aside(directory: str) -> bool:
    """Whether a directory lies among tests, examples, copies or what a generator lays out for other projects."""
    parts = [part.casefold() for part in directory.split("/")]
    if any(part in _TESTING or part in _COPIES for part in parts):
        of_logs = [at for at, part in enumerate(parts) if is_log_name(part) or PROPOSALS.fullmatch(part)]
        last = of_logs[-1] if of_logs else 0
        # What is specified may have its proposals beside it: ``spec/rfcs``
        if any(
            part in _COPIES or (part in _TESTING and not (part in _SPECIFYING and at < last)) for at, part in enumerate(parts)
        ):
            return True
    return any(part in TEMPLATE_DIRECTORIES for part in parts[:-1])


def named_as(folder: str) -> str:
    """The path of the opened folder with the name by which it says what it holds: ``/w/rfcs`` for ``/w/harbour__boat-rfcs-main``."""
    above, base = posixpath.split(folder.rstrip("/"))
    name = filename.repository_in(base)
    proposals = _ENDS_IN_PROPOSALS.search(name)
    return posixpath.join(above, proposals["said"] if proposals is not None else name or base)


def is_inside(folder: str) -> bool:
    """Whether the opened folder is itself a directory of records, opened alone."""
    return is_log_name(posixpath.basename(folder.rstrip("/")))


@lru_cache(filename.NAMES)  # as `is_template`
def is_neighbour(path: str) -> bool:
    """Whether a file is the page of a directory, or a forge's, and so no record, wherever it stands."""
    name = name_of(path)
    return not name.own_directory and (is_reserved(filename.strip_suffix(posixpath.basename(path))) or is_forge(path))


def is_below(path: str, directory: str) -> bool:
    """Whether a path lies in a directory, both relative to the opened folder, which is empty or a point."""
    return directory in ("", ".") or path.startswith(directory.rstrip("/") + "/")
