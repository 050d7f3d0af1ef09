"""A log that was found, and how many files tell something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adr_ls.record.facts import Facts

FEW, MOST = 3, 0.6
"""How many files, and which share of a kind, must read like records for the others of that kind to be taken for some unread."""
MANY, NEARLY_ALL = 5, 0.9
"""How many records, and which share of all, have a number or a date in their file name where that is what makes them records."""


@dataclass(frozen=True)
class Found:
    """One log: its directory, its records' and templates' paths, and whether a tool's configuration named it; all relative."""

    directory: str
    records: tuple[str, ...]
    templates: tuple[str, ...] = ()
    configured: bool = False


Reader = Callable[[str], Facts | None]
"""Reads the file at a relative path; None where it cannot be read."""
