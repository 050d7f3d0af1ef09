"""Comments that silence rules: what they may be told, and which rules there are."""

from __future__ import annotations

import re

from adr_ls import rules
from adr_ls.ide.completion.place import Completion, Item, Place, listed
from adr_ls.rules.suppression import VERBS
from adr_ls.syntax import lazy

_VERB = lazy.regex(r"(?:<!--|(?P<yaml>#))[ \t]*(?P<typed>adr[a-z-]*)$")
_RULES = lazy.regex(
    r"(?:<!--|(?P<yaml>#))[ \t]*adr-ls-(?P<verb>[a-z-]+)[ \t]+(?P<named>(?:(?!--)[\w/-]+[ \t,]+)*)(?P<typed>[\w/-]*)$",
    re.IGNORECASE,
)

_REST = r"(?:[\w/]|-(?!->))*"
"""What goes on of a name behind the cursor; not the end of the comment."""


def comments(place: Place) -> Completion | None:
    """Behind ``adr-ls-disable-line`` and the like the rules that are not named there yet; before it these words themselves.

    Those come first that report something, the nearest to the comment at the top.
    """
    found = _RULES.search(place.before)
    if found and found["verb"].casefold() in VERBS and bool(found["yaml"]) == place.in_front:
        named = {*re.findall(r"[\w/-]+", found["named"].casefold()), *re.findall(r"[\w/-]+", place.behind.partition("--")[0])}
        typed = place.typed(found.start("typed"), _REST)
        said = _reported(place, place.line.start + found.start())
        others = {**said, **{rule.name: rule.summary for rule in rules.RULES if rule.name not in said}}
        return listed(
            typed,
            (Item(name, name, name, "rule", detail) for name, detail in others.items() if name not in named - {typed.text}),
        )
    found = _VERB.search(place.before)
    if not found or bool(found["yaml"]) != place.in_front:
        return None
    typed = place.typed(found.start("typed"), _REST)
    return listed(typed, (Item(f"adr-ls-{verb}", f"adr-ls-{verb} ", f"adr-ls-{verb}", "rule") for verb in VERBS))


def _reported(place: Place, start: int) -> dict[str, str]:
    """The rules that report something if the comment that starts there is left out, and what each says nearest to it."""
    record = place.record
    before, comment = record.text[:start], record.text[start:]
    without = before + comment.replace("adr-ls", "______", 1)  # as long, so that all stays in its place
    problems = rules.check_file(place.workspace.with_text(record.path, without), record.path)
    here = record.lines.line_at(start)
    nearest = sorted(problems, key=lambda problem: abs(record.lines.line_at(problem.span.start) - here))
    said: dict[str, str] = {}
    for problem in nearest:
        said.setdefault(problem.rule.name, problem.message)
    return said
