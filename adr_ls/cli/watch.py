"""``adr-ls check --watch``: checks again whenever files change."""

from __future__ import annotations

import argparse
import sys
import time

from adr_ls.cli import checking
from adr_ls.cli.checking import Reader
from adr_ls.io.terminal import CommandError, clean, inert
from adr_ls.reports import text
from adr_ls.reports.model import Report

POLL = 1.0
"""Seconds between looks at the disk while watching, at least."""


def watch(reader: Reader, options: argparse.Namespace, report: Report) -> None:
    """Checks again whenever files change, and prints what is new and what is gone, until it is interrupted."""
    sys.stdout.flush()
    trouble = ""
    cost = 0.0
    while True:
        time.sleep(max(POLL, 10 * cost))  # a look may take a tenth of one processor's time
        started = time.monotonic()
        before = reader.loaded
        try:
            after = reader.load()
            if after.stamps == before.stamps and after.workspace.files == before.workspace.files and not trouble:
                cost = time.monotonic() - started
                continue
            current = checking.report(reader, options, "text")
            trouble = ""
        except CommandError as error:
            if str(error) != trouble:
                sys.stderr.write(f"adr-ls: {error}\n")
            trouble = str(error)
            continue
        cost = time.monotonic() - started
        old = {(finding.path, finding.problem.message, finding.fingerprint) for finding in report.shown}
        new = {(finding.path, finding.problem.message, finding.fingerprint) for finding in current.shown}
        lines = [
            f"- {clean(finding.path)}: {clean(finding.problem.message)}  {finding.problem.rule.name}"
            for finding in report.shown
            if (finding.path, finding.problem.message, finding.fingerprint) not in new
        ]
        for finding in current.shown:
            if (finding.path, finding.problem.message, finding.fingerprint) not in old:
                place, *shown = text.entry(finding)
                lines += [f"+ {place}", *shown]
        if lines:
            sys.stdout.write(inert("".join(f"{line}\n" for line in ("", *lines, text.summary(current)))))
            sys.stdout.flush()
        report = current
