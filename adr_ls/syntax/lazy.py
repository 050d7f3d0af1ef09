"""Regular expressions that are compiled when they are first used.

All modules together have more than four hundred, and compiling them took nearly half of the time that a start needs for importing.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast


class _Regex(Generic[AnyStr]):
    """Stands in for a compiled pattern. What has been asked for once is an attribute of its own, so that asking again costs nothing."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags
        self._compiled: re.Pattern[AnyStr] | None = None

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # who asks whether there is such a method does not want to match anything
            raise AttributeError(name)
        compiled = self._compiled = self._compiled or re.compile(self.pattern, self._flags)
        found: object = getattr(compiled, name)
        setattr(self, name, found)
        return found


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` returns, as far as its methods and attributes go; a mistake in the pattern is raised by whoever first uses it."""
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))
