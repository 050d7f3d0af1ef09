"""Which decisions are about a file of source code, by what the records say of it in their metadata: ``applies-to: src/billing/**``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from adr_ls.log.folds import Fold
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.syntax import lazy
from adr_ls.syntax.patterns import Patterns

ROLES = frozenset({"governs", "category"})
"""What the fields are about that may name files; a scope is often no more than a word."""
MOST = 100
"""How many patterns of one record are looked at."""

_LINKED = lazy.regex(r"\[[^\[\]\n]{0,300}\]\((?P<path>[^()\s]{1,300})\)")
_ITEM = lazy.regex(r"(?:\{[^{}\n]{0,300}\}|[^,;\s{}])+")
_BRACES = lazy.regex(r"\{(?P<choices>[^{},]{0,100}(?:,[^{},]{0,100}){1,20})\}")
_MARKS = "`'\"<>()“”"
_CHARACTERS = lazy.regex(r"[\w./@~+*?!\[\]-]+")
_FILE = lazy.regex(r"[\w@+-]+\.[A-Za-z]\w{0,9}")


def governing(workspace: Workspace, path: str) -> tuple[Facts, ...]:
    """The records that say that they are about the file at a path, and hold; those of the nearest log first."""
    return tuple(record for record in naming(workspace, path) if not workspace.is_gone(record))


def naming(workspace: Workspace, path: str) -> tuple[Facts, ...]:
    """The records that say that they are about the file at a path, whether they hold or not; those of the nearest log first."""
    root = workspace.root_of(path)
    inside = path[len(root.rstrip("/")) + 1 :]
    logs = sorted(workspace.logs, key=lambda log: (-len(posixpath.commonpath((path, log.directory))), log.directory))
    return tuple(
        record
        for log in logs
        if root and workspace.root_of(log.directory) == root
        for source, lines in log.of(_GOVERNING)
        if (record := log.records[source]) and _patterns(_from(root, source, lines)).hold(inside)
    )


def patterns(workspace: Workspace, record: Facts) -> tuple[str, ...]:
    """The patterns of the files that a record says that it is about, as written."""
    log = workspace.log_of(record.path)
    named = log.of(_GOVERNING) if log is not None else ()
    return next((lines for path, lines in named if path == record.path), ())


def _named(record: Facts) -> tuple[str, tuple[str, ...]]:
    """The patterns of files that a record names, as written."""
    found = (one for field in record.fields if field.role in ROLES for one in _patterns_in(field.value))
    return record.path, tuple(dict.fromkeys(found))[:MOST]


_GOVERNING = Fold(_named, lambda seen: tuple((path, lines) for path, lines in seen if lines))
"""The records that name files, each with the patterns of these."""


def _patterns_in(value: str) -> Iterator[str]:
    """The patterns and paths in the value of a field; a link's path counts from the record, and begins with a dot to say so."""
    for link in _LINKED.finditer(value):
        path = unquote(link["path"])
        if "://" not in path and not path.startswith(("#", "mailto:")):
            yield path if path.startswith(("/", ".")) else f"./{path}"
    for item in _ITEM.findall(_LINKED.sub(" ", value)):
        for one in filter(_names_files, _spread(item.strip(_MARKS).rstrip("."))):
            yield one
            if one.startswith("./"):
                yield one[1:]  # nobody looks for code beside the records: it counts from the opened folder


def _names_files(word: str) -> bool:
    """Whether a word is a pattern or a path: with a slash or a star, or with an ending."""
    return bool(_CHARACTERS.fullmatch(word)) and ("/" in word or "*" in word or bool(_FILE.fullmatch(word)))


def _spread(pattern: str, most: int = 2) -> Iterator[str]:
    """A pattern with choices in braces as one for each: ``src/{a,b}/**``; of so many braces at most."""
    braces = _BRACES.search(pattern) if most else None
    if braces is None:
        yield pattern
        return
    for choice in braces["choices"].split(","):
        yield from _spread(f"{pattern[: braces.start()]}{choice.strip()}{pattern[braces.end() :]}", most - 1)


def _from(root: str, source: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns as they count from the opened folder; those that lead out of it are left out."""
    found = []
    for line in lines:
        if line.startswith("."):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), line))
            if not path.startswith(root.rstrip("/") + "/"):
                continue
            found.append(path[len(root.rstrip("/")) :])
        else:
            found.append(line)
    return tuple(found)


@lru_cache(1024)  # compiling them takes longer than asking, and each file that is looked at asks those of all records
def _patterns(lines: tuple[str, ...]) -> Patterns:
    return Patterns.read(lines)
