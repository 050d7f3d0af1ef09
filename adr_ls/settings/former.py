"""What rules and settings were called in earlier versions, so that settings, comments and baselines of then go on working.

A release that renames or removes one adds a line here: nothing that somebody has written down may stop to count without a word.
``tests/data/released.json`` lists all names that were ever released; a test tells which of them would be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType({})
"""The name of today for each former name of a rule; none for a rule that is gone."""
SETTINGS: Mapping[str, str] = MappingProxyType({})
"""The same for settings, as settings files write them."""


def rule(name: str) -> str:
    """What the rule is called today that a name means; the name itself where it is none of a former day, none where the rule is gone."""
    return RULES.get(name, name)


def names_of(current: str) -> tuple[str, ...]:
    """The former names of a rule."""
    return tuple(former for former, now in RULES.items() if now == current)


def told(what: str, name: str, now: str) -> str:
    """Says of a former name of a rule or a setting what has become of it."""
    return f"The {what} “{name}” is called “{now}” now." if now else f"There is no {what} “{name}” any more."
