"""GitLab's Code Quality report, which it shows in merge requests; see https://docs.gitlab.com/ci/testing/code_quality/."""

from __future__ import annotations

from adr_ls.io.terminal import as_json
from adr_ls.reports.model import Report, digest

_SEVERITIES = {"error": "critical", "warning": "major", "info": "minor", "hint": "info"}


def render(report: Report) -> str:
    """A JSON list with an object for each problem."""
    found = []
    for finding in report.shown:
        lines, problem = finding.file.lines, finding.problem
        found.append(
            {
                "description": problem.message,
                "check_name": problem.rule.name,
                "fingerprint": digest(f"{finding.path}\0{finding.fingerprint}"),
                "severity": _SEVERITIES[finding.level],
                "location": {
                    "path": finding.path,
                    "lines": {
                        "begin": lines.position(problem.span.start).line + 1,
                        "end": lines.position(problem.span.end).line + 1,
                    },
                },
            }
        )
    return as_json(found)
