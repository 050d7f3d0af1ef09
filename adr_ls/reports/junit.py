"""JUnit's XML, which nearly every CI system shows: a test for each problem, and one that passes for each file without any.

There is no standard; this is the common ground of what Jenkins, GitLab, Azure Pipelines and CircleCI read.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from adr_ls.io.terminal import clean
from adr_ls.reports.model import Finding, Report
from adr_ls.syntax import lazy

_NO_COMMAND = "#&#35;["
"""What is in place of what GitHub Actions would obey in any line of output; a reader of XML sees the same characters."""
_NOT_XML = lazy.regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The XML document. What is below the threshold is a test that passes and says what was found."""
    with_problems = {finding.path for finding in report.shown}
    tests = [_test(finding, fails=finding.level in report.failing) for finding in report.shown]
    tests += [
        f'  <testcase classname={_attribute(path)} name="no problems" file={_attribute(path)} time="0"/>'
        for path in report.checked
        if path not in with_problems
    ]
    failures = sum(finding.level in report.failing for finding in report.shown)
    totals = f'name="adr-ls" tests="{len(tests)}" failures="{failures}" errors="0" skipped="0" time="0"'
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="adr-ls" tests="{len(tests)}" failures="{failures}" errors="0" time="0">',
            f" <testsuite {totals}>",
            *tests,
            " </testsuite>",
            "</testsuites>\n",
        )
    )


def _test(finding: Finding, *, fails: bool) -> str:
    problem = finding.problem
    line, column = finding.file.lines.position(problem.span.start)
    place = f"{finding.path}:{line + 1}:{column + 1}"
    # The name has no line, so that a CI system knows the problem again after lines have moved.
    name = f"{problem.rule.name}: {problem.message}"
    said = _text(f"{place}: {problem.level}: {problem.message}")
    body = (
        f"<failure type={_attribute(problem.rule.name)} message={_attribute(problem.message)}>{said}</failure>"
        if fails
        else f"<system-out>{said}</system-out>"
    )
    return (
        f"  <testcase classname={_attribute(finding.path)} name={_attribute(name)} file={_attribute(finding.path)}"
        f' line="{line + 1}" time="0">{body}</testcase>'
    )


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("�", clean(value))).replace("##[", _NO_COMMAND)


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("�", clean(value))).replace("##[", _NO_COMMAND)
