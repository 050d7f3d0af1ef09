"""Which files are source code that may refer to records, and how one is read."""

from __future__ import annotations

import posixpath

from adr_ls.log import discovery
from adr_ls.log.discovery import SITE_FILES
from adr_ls.record import filename
from adr_ls.record.code import Code
from adr_ls.record.facts import Facts
from adr_ls.settings import other_tools
from adr_ls.settings.file import is_settings
from adr_ls.syntax import lazy

LARGEST = 1024 * 1024
"""The characters of the longest text that is looked at: nobody writes a longer one."""
MADE = '<meta name="generator" content="adr-ls'
"""What a page of HTML that adr-ls made says of itself, within the first `HEAD` characters."""
HEAD = 400
_OTHERS = frozenset({"node_modules", "bower_components", "site-packages", ".git", *discovery.ELSEWHERE})
"""Directories that hold other people's code."""
_TESTS = frozenset({"test", "tests", "spec", "specs", "fixture", "fixtures", "mock", "mocks", "conftest"})
"""What is in the names of files that hold tests: ``test_x``, ``x.spec``, ``XTest``."""
_PART = lazy.regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""A word of a name."""


def is_code(path: str) -> bool:
    """Whether a file, at a path relative to the opened folder, is neither a record nor a page nor one of settings, but a text of the team's own."""
    directory, base = posixpath.split(path)
    if filename.is_read(base) or is_settings(base) or base in other_tools.FILES or base in SITE_FILES:
        return False
    return filename.unread_name(base) is None and _OTHERS.isdisjoint(directory.casefold().split("/"))


def is_made(text: str) -> bool:
    """Whether a text is a page that adr-ls made of records: what refers to them there is no more than what they say themselves."""
    return MADE in text[:HEAD]


def is_test(path: str) -> bool:
    """Whether a file, at a path relative to the opened folder, holds tests or examples."""
    directory, base = posixpath.split(path)
    return discovery.is_aside(directory) or not _TESTS.isdisjoint(word.casefold() for word in _PART.findall(base))


def code_of(path: str, text: str, root: str, known: Facts | None = None) -> Code:
    """The source file at a path in the opened folder `root`; `known` are the facts of this text, where somebody has them."""
    return Code(path, text, known, is_test=is_test(posixpath.relpath(path, root) if root else posixpath.basename(path)))
