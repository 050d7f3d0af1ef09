"""Workflow commands, with which GitHub Actions shows problems beside the changed lines of a pull request.

The form is that of https://docs.github.com/actions/reference/workflow-commands-for-github-actions: ``::error file=…,line=…::message``,
in which ``%`` and line ends are escaped, in properties also ``:`` and ``,``.
"""

from __future__ import annotations

from adr_ls.io.terminal import clean, plain
from adr_ls.reports import text
from adr_ls.reports.model import LEVELS, Finding, Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice", "hint": "notice"}


def render(report: Report) -> str:
    """A command for each problem and a summary. GitHub shows ten of a kind for each step, so the gravest come first."""
    gravest = sorted(report.shown, key=lambda finding: LEVELS.index(finding.level))
    return "".join(f"{line}\n" for line in (*map(_command, gravest), plain(text.summary(report))))


def _command(finding: Finding) -> str:
    lines, span = finding.file.lines, finding.problem.span
    start, end = lines.position(span.start), lines.position(span.end)
    place = {"file": clean(finding.path), "line": start.line + 1, "endLine": end.line + 1}
    if start.line == end.line:  # GitHub takes columns only within one line
        place |= {"col": start.column + 1, "endColumn": max(end.column, start.column + 1)}
    place["title"] = f"adr-ls: {finding.problem.rule.name}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    return f"::{_COMMANDS[finding.level]} {properties}::{_data(clean(finding.problem.message))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("##[", "## [")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
