"""Why files that may have been meant as records are none: for whoever wonders why nothing is shown of them.

It retells the decisions of `adr_ls.log.discovery` in sentences, and decides nothing itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from adr_ls.log import discovery
from adr_ls.record.facts import Facts
from adr_ls.record.filename import is_read, name_of, strip_suffix
from adr_ls.settings import other_tools
from adr_ls.syntax.patterns import Patterns

NAMING = "“directories” in adr-ls.toml can name it"


@dataclass(frozen=True)
class Looker:
    """What `discovery.find` was given; paths are relative to the opened folder.

    `files` are all that are listed, those that settings exclude too, `excluded` the patterns of these, `known` what is a record, an
    index, a template or another page already.
    """

    files: Sequence[str]
    known: Collection[str]
    read: Callable[[str], Facts | None]
    config: Callable[[str], str | None]
    directories: Sequence[str]
    excluded: Patterns

    def missed(self) -> Iterator[tuple[str, str]]:
        """The files that look as if they were meant as records and are none, each with the reason as a clause."""
        for path in self.files:
            if path not in self.known and self._may_be_meant(path):
                reason = self.reason(path)
                if reason:
                    yield path, reason

    def _may_be_meant(self, path: str) -> bool:
        """Whether a file is called like a record, or lies where records do and is not called like a neighbour of theirs."""
        base = strip_suffix(posixpath.basename(path))
        if not is_read(path) or discovery.is_template(path) or discovery.is_forge(path):
            return False
        name = name_of(path)
        return (name.number is not None or bool(name.date) or discovery.is_named(posixpath.dirname(path))) and not (
            discovery.is_reserved(base)
        )

    def reason(self, path: str) -> str:
        """Why the Markdown file at a path is no record, as a clause that its name begins; empty where it cannot be read."""
        directory, base = posixpath.split(path)
        by_tools = dict(self._by_tools())
        inside = any(discovery.is_below(path, posixpath.normpath(one)) for one in (*self.directories, *by_tools))
        if self.excluded.rules and self.excluded.hold(path):
            return "is left out by “exclude” in the settings"
        if self.directories and not inside:
            return f"lies outside the directories that the settings name ({', '.join(self.directories)})"
        exclusive = next((tool for tool in by_tools.values() if discovery.is_complete(tool, self.files, self.config)), "")
        if exclusive and not inside:
            return f"lies outside the directories that {exclusive} names; {NAMING}"
        if discovery.is_aside(directory) and not inside:
            return f"lies among tests, examples or copies; {NAMING}"
        if discovery.is_forge(path) or discovery.is_template(path):
            return "is called like a template, or lies among templates"
        if discovery.is_reserved(strip_suffix(base)):
            return "is called like an index or another neighbour of records"
        if self.read(path) is None:
            return ""
        return _by_name(path, directory)

    def _by_tools(self) -> Iterator[tuple[str, str]]:
        """The directories of records that other tools name, with the files that do so."""
        for path in self.files:
            if posixpath.basename(path) in other_tools.FILES and not discovery.is_aside(posixpath.dirname(path)):
                yield from ((directory, path) for directory in other_tools.directories(path, self.config(path) or ""))


def _by_name(path: str, directory: str) -> str:
    """Why a file that nothing else speaks against is no record."""
    name, is_named = name_of(path), discovery.is_named(directory)
    is_formed = name.number is not None or bool(name.date)
    if is_named and is_formed:
        return "reads like an appendix, a translation or a list of other records, or like none"
    if is_named:
        return "has no number in its name and does not read like a record, with a status and a decision"
    if is_formed:
        return f"lies in no directory that is called like one of records, and does not read enough like one; {NAMING}"
    return f"has no number in its name and lies in no directory that is called like one of records; {NAMING}"


def together(found: Iterable[tuple[str, str]]) -> list[str]:
    """Files with reasons as sentences, those of one directory and reason in one."""
    groups: dict[tuple[str, str], list[str]] = {}
    for path, reason in found:
        groups.setdefault((posixpath.dirname(path), reason), []).append(path)
    told = []
    for (directory, reason), paths in groups.items():
        if len(paths) == 1:
            told.append(f"{paths[0]} {reason}")
        else:
            told.append(f"{directory or '.'}: {len(paths)} files, such as {posixpath.basename(paths[0])}; each {reason}")
    return told
