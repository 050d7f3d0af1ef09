"""SARIF 2.1.0, which GitHub code scanning, Azure DevOps and editors' viewers show; see https://docs.oasis-open.org/sarif/sarif/v2.1.0/.

Columns are counted in UTF-16 code units, as most viewers do whatever a run says. Paths are relative to ``%SRCROOT%``, the root of the
repository, and no path of this machine is told. The fingerprint has a key of our own: GitHub's upload works out its own
``primaryLocationLineHash``, and warns of every result that comes with another.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import quote

import adr_ls
from adr_ls import rules
from adr_ls.io.terminal import as_json
from adr_ls.record.record import Record
from adr_ls.reports.model import Finding, Report, digest
from adr_ls.rules.model import Fix, Rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "hint": "note", "off": "none"}
_LINK = lazy.regex(r"\[(?=[^\[\]]*\]\()")


def render(report: Report) -> str:
    """The log file: one run, with all rules, so that a system knows them before they find anything, and the results."""
    declared = {rule.name: rule for rule in (*rules.RULES, *(finding.problem.rule for finding in report.shown))}
    indexes = {name: position for position, name in enumerate(declared)}
    run = {
        "tool": {
            "driver": {
                "name": "adr-ls",
                "version": adr_ls.__version__,
                "informationUri": adr_ls.REPOSITORY,
                "rules": [_rule(rule) for rule in declared.values()],
            }
        },
        "automationDetails": {"id": "adr-ls/"},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(report, finding, indexes[finding.problem.rule.name]) for finding in report.shown],
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    uri = rules.DOCUMENTATION.format(rule.name)
    configuration: dict[str, Any] = {"level": _LEVELS[rule.level]}
    if rule.level == "off":
        configuration = {"enabled": False}
    prose = rule.explanation or rule.summary
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": prose[:1000]},
        "help": {"text": f"{prose}\n\n{uri}", "markdown": f"{rule.summary}\n\n{prose}\n\n[More on `{rule.name}`]({uri})"},
        "helpUri": uri,
        "defaultConfiguration": configuration,
        "properties": {"tags": ["documentation", "adr"]},
    }


def _result(report: Report, finding: Finding, index: int) -> dict[str, Any]:
    problem = finding.problem
    result: dict[str, Any] = {
        "ruleId": problem.rule.name,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": _message(problem.message)},
        "locations": [{"physicalLocation": _place(finding.path, finding.file, problem.span)}],
        "partialFingerprints": {"adrLs/v1": digest(f"{finding.path}\0{finding.fingerprint}")},
    }
    if problem.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _message(place.message)},
                "physicalLocation": _place(report.relative(place.path), report.read(place.path), place.span),
            }
            for number, place in enumerate(problem.related, 1)
        ]
    fixes = [_fix(report, fix) for fix in problem.fixes if fix.preferred and fix.edits]
    if fixes:
        result["fixes"] = fixes[:1]
    return result


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    changes = []
    for path, edits in groupby(sorted(fix.edits, key=lambda edit: edit.path), key=lambda edit: edit.path):
        file = report.read(path)
        changes.append(
            {
                "artifactLocation": _location(report.relative(path)),
                "replacements": [
                    {"deletedRegion": _region(file, edit.span), "insertedContent": {"text": edit.text}}
                    for edit in (found.edit for found in edits)
                ],
            }
        )
    return {"description": {"text": _message(fix.title)}, "artifactChanges": changes}


def _place(path: str, file: Record, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _location(path), "region": _region(file, span)}


def _location(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="replace"), "uriBaseId": "%SRCROOT%"}


def _region(file: Record, span: Span) -> dict[str, int]:
    start, end = file.lines.position(span.start, "utf-16"), file.lines.position(span.end, "utf-16")
    return {
        "startLine": start.line + 1,
        "startColumn": start.column + 1,
        "endLine": end.line + 1,
        "endColumn": end.column + 1,
    }


def _message(text: str) -> str:
    r"""A text in which no brackets are taken for a link: in a message of SARIF, ``[a](1)`` is one unless written ``\[a](1)``."""
    return _LINK.sub(r"\\[", text)
