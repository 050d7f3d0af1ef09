"""Which files are templates by what they say."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from adr_ls.log import evidence
from adr_ls.log.discovery.found import Reader
from adr_ls.log.discovery.naming import is_named
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.words.lookup import every, fold, words_for


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


TITLE_KEYS = frozenset(words_for("sections", "title"))
"""What a title is called, which is none of one."""


def is_called_template(name: filename.Name, read: Reader, path: str) -> bool:
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
    return is_own and is_titled_template(record)


@lru_cache(filename.NAMES)  # as `is_template`
def _may_call_template(name: filename.Name) -> bool:
    """Whether a name says nothing but that a record is to be made of its file, or no more than that there are records."""
    words = set(re.findall(r"[^\W\d_]+", fold(name.slug or name.stem)))
    if not words or not words <= _OF_TEMPLATES | _GENERAL:
        return False
    is_own = name.number is not None or bool(name.date)
    return not is_own or (not words.isdisjoint(_OF_TEMPLATES) and words <= _OF_TEMPLATES | _NOUNS)


def is_titled_template(record: Facts | None) -> bool:
    """Whether the title of a file says nothing but that it is a template of records: ``Architecture Decision Record Template``."""
    title = record.title if record is not None else None
    said = set(re.findall(r"[^\W\d_]+", fold(title))) - filename.WORDS if title is not None else set()
    return not said.isdisjoint(_OF_TEMPLATES | TITLE_KEYS) and said <= _OF_TEMPLATES | _NOUNS | TITLE_KEYS


_OF_TEMPLATES = frozenset(every("templates"))
_NOUNS = frozenset(part for word in every("records", "names") for part in word.split()) - _OF_TEMPLATES
_GENERAL = _NOUNS | frozenset(every("articles", "ordinary"))
