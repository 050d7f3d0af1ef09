"""``adr-ls explain``: a rule, what was learned from a log, or the schema of the settings."""

from __future__ import annotations

import argparse
import posixpath

from adr_ls import rules
from adr_ls.cli import checking
from adr_ls.cli.printing import OK, say, say_json
from adr_ls.cli.schema import schema
from adr_ls.ide import learned
from adr_ls.io.terminal import CommandError, clean, style


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("rule", nargs="?", help="the rule's name; without one, all rules are listed")
    parser.add_argument("--log", metavar="PATH", help="tell instead what was learned from the records there, and from what")
    parser.add_argument("--schema", action="store_true", help="print instead the JSON schema of the settings, for editors")


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    if options.log is not None:
        return _explain_log(options.log)
    if options.schema:
        say_json(schema())
        return OK
    if options.rule is None:
        width = max(len(rule.name) for rule in rules.RULES)
        for rule in rules.RULES:
            say(f"{rule.name.ljust(width)}  {rule.level.ljust(7)}  {rule.summary}")
        return OK
    found = rules.BY_NAME[checking.current(options.rule)]
    checking.tell_former([options.rule])
    parts = [f"{style(found.name, '1')} ({found.level} by default)", found.summary, found.explanation]
    parts += ["It looks at AsciiDoc, too, which is left to you to mend."] if found.asciidoc else []
    parts += [f"Example:\n\n{_indented(found.before)}"] if found.before else []
    parts += [f"After the fix:\n\n{_indented(found.after)}"] if found.after else []
    parts.append(f'Set its level in adr-ls.toml:\n\n    [rules]\n    {found.name} = "off"')
    say("\n\n".join(part for part in parts if part))
    return OK


def _explain_log(path: str) -> int:
    """Tells the house style of each log: what it is, and from how many records or from what it was learned."""
    reader = checking.read(path)
    workspace, base = reader.loaded.workspace, reader.scope.base
    logs = [log for log in workspace.logs if checking.is_asked(log, reader)]
    if not logs:
        raise CommandError(f"no ADRs found below “{clean(path)}”")
    for log in logs:
        say(style(clean(posixpath.relpath(log.directory, base)), "1"))
        for lesson in learned.lessons(workspace, log):
            evidence = style(f"  ({clean(lesson.evidence)})", "2") if lesson.evidence else ""
            say(f"  {lesson.about + ':':12} {clean(lesson.said)}{evidence}")
    return OK


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip().splitlines())
