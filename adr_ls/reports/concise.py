"""One line for each problem, ``path:line:column: rule message``, which editors and terminals make a link, and a summary."""

from __future__ import annotations

from adr_ls.io.terminal import COLOURS, clean, style
from adr_ls.reports import text
from adr_ls.reports.model import Report


def render(report: Report) -> str:
    """The whole report."""
    lines = []
    for finding in report.shown:
        line, column = finding.file.lines.position(finding.problem.span.start)
        place = style(f"{clean(finding.path)}:{line + 1}:{column + 1}", "1")
        rule = style(finding.problem.rule.name, COLOURS[finding.level])
        lines.append(f"{place}: {rule} {clean(finding.problem.message)}\n")
    return "".join(lines) + text.closing(report)
