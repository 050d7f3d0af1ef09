"""How other tools have the first record of a log, as data: the form of its file name, and what stands in it.

Where such a tool keeps the log, what it finds there has to be of its form. The texts have its sections and metadata, and our words
below them. Forms as of adr-tools 3, adrs 0.11, log4brains 1.1, adrgen 0.4, adrgo 0.1 and phodal's adr 1.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from adr_ls.settings import other_tools
from adr_ls.words import lookup
from adr_ls.words.language import Language


@dataclass(frozen=True)
class Beginning:
    """The form of the first record: a file name like its own, and its template."""

    stem: str
    text: str


_NYGARD = """\
# N. Title

{date}: YYYY-MM-DD

## {status}

{proposed}

## {context}

<!-- … -->

## {decision}

<!-- … -->

## {consequences}

<!-- … -->
"""
_BULLETS = """\
# Title

- Status: proposed
- Date: YYYY-MM-DD

## Context and Problem Statement

<!-- … -->

## Considered Options

- …

## Decision Outcome

<!-- Chosen option: “…”, because … -->
"""
_FRONT_MATTER = """\
---
status: proposed
date: YYYY-MM-DD
---

# Title

## Context and Problem Statement

<!-- … -->

## Considered Options

* …

## Decision Outcome

<!-- Chosen option: “…”, because … -->
"""
_LOG4BRAINS = (".log4brains.yml", ".log4brains.yaml")
_DIGITS = ("digits", "id_digit_number")
"""The keys by which a configuration says how many digits a number has."""
_LANGUAGES = MappingProxyType(
    {
        "de": "German",
        "es": "Spanish",
        "fa": "Persian",
        "fr": "French",
        "it": "Italian",
        "pt": "Portuguese",
        "ru": "Russian",
        "zh": "Chinese",
    }
)
"""The languages in which some of these tools write, by the code that their configuration has for it."""


def beginning(base: str, text: str) -> Beginning | None:
    """The form of the tool whose configuration file has that name and says that; None for no tool."""
    if not base:
        return None
    if base in _LOG4BRAINS:
        return Beginning("20000101-title", _BULLETS)
    digits = other_tools.said(base, text, _DIGITS)
    width = int(digits) if digits.isdecimal() and 0 < int(digits) < 10 else 4
    stem = f"{other_tools.said(base, text, ('prefix',))}{'0' * width}-title"
    if other_tools.said(base, text, ("format",)) == "madr":
        return Beginning(stem, _FRONT_MATTER)
    return Beginning(stem, _nygard(_language(other_tools.said(base, text, ("language",)))))


def _language(code: str) -> Language:
    name = _LANGUAGES.get(code.casefold()[:2], "")
    return next((language for language in lookup.LANGUAGES if language.name == name), lookup.ENGLISH)


def _nygard(language: Language) -> str:
    """The form of adr-tools in the words of a language; in English where it lacks one."""
    known = {**lookup.ENGLISH.sections, **language.sections}
    sections = {role: known[role][0].capitalize() for role in ("status", "context", "decision", "consequences")}
    proposed = (language.statuses.get("proposed") or lookup.ENGLISH.statuses["proposed"])[0].capitalize()
    return _NYGARD.format(date=lookup.label(language, "date"), proposed=proposed, **sections)
