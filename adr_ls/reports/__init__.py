"""What `adr-ls check` found, in the formats that people, scripts and CI systems read: one module each, imported only when it is asked for.

A format is a module with a function ``render(report)`` that gives the whole text. It does no input or output of its own.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType

from adr_ls.reports.model import Report

FORMATS = MappingProxyType(
    {
        "text": "text",
        "concise": "concise",
        "statistics": "statistics",
        "json": "json_",
        "sarif": "sarif",
        "junit": "junit",
        "github": "github",
        "gitlab": "gitlab",
    }
)
"""The module of each format, by the name that users say."""
FOR_PEOPLE = frozenset({"text", "concise", "statistics"})
"""The formats that people read, with paths from where they are."""
WITH_FIXES = frozenset({"text", "json", "sarif"})
"""The formats that tell of fixes."""

FROM_REPOSITORY = frozenset({"sarif", "junit", "github", "gitlab"})
"""The formats whose readers look for files from the root of the repository, wherever the command was run."""


def render(name: str, report: Report) -> str:
    """The report in the format of that name, ending with a line end unless it is empty."""
    text: str = import_module(f"adr_ls.reports.{FORMATS[name]}").render(report)
    return text
