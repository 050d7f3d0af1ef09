"""Comments that silence rules: what they may be told, and which rules there are."""

from __future__ import annotations

import re

from adr_ls import rules
from adr_ls.ide.completion.place import Completion, Item, Place, listed
from adr_ls.rules.suppression import VERBS

_VERB = re.compile(r"(?:<!--|(?P<yaml>#))[ \t]*(?P<typed>adr[a-z-]*)$")
_RULES = re.compile(
    r"(?:<!--|(?P<yaml>#))[ \t]*adr-ls-(?P<verb>[a-z-]+)[ \t]+(?P<named>(?:(?!--)[\w/-]+[ \t,]+)*)(?P<typed>[\w/-]*)$",
    re.IGNORECASE,
)

_REST = r"(?:[\w/]|-(?!->))*"
"""What goes on of a name behind the cursor; not the end of the comment."""


def comments(place: Place) -> Completion | None:
    """Behind ``adr-ls-disable-line`` and the like the rules that are not named there yet; before it these words themselves."""
    found = _RULES.search(place.before)
    if found and found["verb"].casefold() in VERBS and bool(found["yaml"]) == place.in_front:
        named = {*re.findall(r"[\w/-]+", found["named"].casefold()), *re.findall(r"[\w/-]+", place.behind.partition("--")[0])}
        typed = place.typed(found.start("typed"), _REST)
        others = (rule for rule in rules.RULES if rule.name not in named - {typed.text})
        return listed(typed, (Item(rule.name, rule.name, rule.name, "rule", rule.summary) for rule in others))
    found = _VERB.search(place.before)
    if not found or bool(found["yaml"]) != place.in_front:
        return None
    typed = place.typed(found.start("typed"), _REST)
    return listed(typed, (Item(f"adr-ls-{verb}", f"adr-ls-{verb} ", f"adr-ls-{verb}", "rule") for verb in VERBS))
