"""JSON for scripts: stable, with a version; lines and columns from 1, columns in Unicode code points."""

from __future__ import annotations

from typing import Any

from adr_ls.io.terminal import as_json
from adr_ls.reports.model import LEVELS, Finding, Report


def render(report: Report) -> str:
    """The report as one JSON object. New keys may be added; those that are there keep their meaning as long as `version` is 1."""
    counts = report.counts
    summary: dict[str, Any] = {"records": report.records, **{f"{level}s": counts[level] for level in LEVELS}}
    if report.hidden is not None:
        summary["hidden"] = report.hidden
    found = {"version": 1, "problems": [_problem(finding) for finding in report.findings], "summary": summary}
    return as_json(found)


def _problem(finding: Finding) -> dict[str, Any]:
    problem, lines = finding.problem, finding.file.lines
    start, end = lines.position(problem.span.start), lines.position(problem.span.end)
    return {
        "path": finding.path,
        "line": start.line + 1,
        "column": start.column + 1,
        "end_line": end.line + 1,
        "end_column": end.column + 1,
        "rule": problem.rule.name,
        "severity": problem.level,
        "message": problem.message,
        "fixes": [fix.title for fix in problem.fixes],
    }
