"""Text for people: the problems file by file, each with a place to click on and a mark under it, and a summary."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from adr_ls.io.terminal import COLOURS, clean, excerpt, style
from adr_ls.record import filename
from adr_ls.reports.model import LEVELS, Finding, Report

MANY = 20
"""How many problems it takes for the summary to tell them by rule."""


def render(report: Report) -> str:
    """The whole report, with colours where standard output is a terminal that wants them."""
    many = (*by_rule(report), "") if len(report.shown) >= MANY else ()
    return "".join(f"{line}\n" for line in (*_problems(report), *many)) + closing(report)


def entry(finding: Finding) -> Iterator[str]:
    """One problem: its place and message, and an excerpt."""
    problem, lines = finding.problem, finding.file.lines
    line, column = lines.position(problem.span.start)
    colour = COLOURS[problem.level]
    # Terminals and editors make “path:line:column” a link, but only where it stands together
    place = style(f"{clean(finding.path)}:{line + 1}:{column + 1}", "1")
    yield f"{place}  {style(problem.level, colour)}  {clean(problem.message)}  {style(problem.rule.name, '2')}"
    yield from (f"    {part}" for part in excerpt(lines, problem.span, colour))


def _problems(report: Report) -> Iterator[str]:
    path = ""
    for finding in report.shown:
        if path and finding.path != path:
            yield ""
        path = finding.path
        yield from entry(finding)
    if path:
        yield ""


def by_rule(report: Report) -> Iterator[str]:
    """How many problems each rule found, and in how many files, most first."""
    counts = Counter(finding.problem.rule.name for finding in report.shown)
    width = len(str(max(counts.values(), default=0)))
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        files = len({finding.path for finding in report.shown if finding.problem.rule.name == name})
        yield f"  {count:{width}}  {name}" + style(f"  in {files} file{'s' * (files != 1)}", "2")


def closing(report: Report) -> str:
    """The summary as the last line of a report; nothing where only the problems are asked for."""
    return "" if report.is_quiet else f"{summary(report)}\n"


def summary(report: Report) -> str:
    """One line: how many problems of each level in how many records, what can be mended, and what is not shown."""
    if not report.checked:
        return report.nothing
    counts = report.counts
    parts = [
        style(f"{counts[level]} {level}{'s' * (counts[level] != 1 and level != 'info')}", COLOURS[level])
        for level in LEVELS
        if counts[level]
    ]
    said = f"{', '.join(parts) or 'no problems'} in {report.records} record{'s' * (report.records != 1)}"
    if report.code:
        said += f" and {report.code} source file{'s' * (report.code != 1)}"
    if asciidoc := [path for path in report.checked if filename.is_asciidoc(path)]:
        files = f"{len(asciidoc)} file{'s' * (len(asciidoc) != 1)} in AsciiDoc ({clean(posixpath.basename(asciidoc[0]))})"
        said += f", where fewer rules look at {files}"
    if report.hidden:
        said += f", {report.hidden} more hidden by the baseline"
    # What an index lacks is told of the index and of the record, and mended once
    mending = [next((fix.edits for fix in finding.problem.fixes if fix.preferred), None) for finding in report.findings]
    fixable = len({edits for edits in mending if edits is not None})
    hints = counts["hint"] if report.fails_on != "hint" else 0
    advice = [f"“adr-ls check --fix” mends {fixable}"] if fixable else []
    advice += [f"“--fail-on hint” shows the hint{'s' * (hints != 1)}"] if hints else []
    return "; ".join([said, *advice])
