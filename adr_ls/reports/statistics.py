"""How many problems each rule found, and in how many files, most first."""

from __future__ import annotations

from adr_ls.reports import text
from adr_ls.reports.model import Report


def render(report: Report) -> str:
    """The whole report."""
    return "".join(f"{line}\n" for line in text.by_rule(report)) + text.closing(report)
