"""Patterns of paths as `.gitignore` files write them, for these files and for the settings. The only door to pathspec.

Patterns come from strangers' repositories, so one that could keep a regular expression busy for hours is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adr_ls.syntax import lazy

if TYPE_CHECKING:
    from pathspec.pattern import RegexPattern

_MAX_LENGTH = 1_000
_MAX_STARS = 3
_STARS = lazy.regex(r"\*+")


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns in order, of which the last that is about a path decides. Paths are relative to where the patterns stand."""

    rules: tuple[RegexPattern, ...] = ()

    @classmethod
    def read(cls, lines: Iterable[str], report: Callable[[str, str], object] = lambda _line, _reason: None) -> Patterns:
        """The patterns in some lines; one that cannot be followed is left out and told to `report` with the reason, as a clause."""
        return cls(tuple(_compiled(lines, report)))

    def decide(self, path: str) -> bool | None:
        """Whether a path is meant, and None where no pattern says anything about it; that of a folder ends with `/`."""
        for rule in reversed(self.rules):
            if rule.include is not None and _is_meant(rule, path):
                return rule.include
        return None

    def hold(self, path: str) -> bool:
        """Whether a file is meant, itself or by a folder that it is in."""
        parts = path.split("/")
        folders = ("/".join(parts[:depth]) + "/" for depth in range(1, len(parts)))
        return any(self.decide(folder) for folder in folders) or bool(self.decide(path))


def refused(pattern: str) -> str:
    """Why a pattern cannot be followed, as a clause; empty where it can."""
    reasons: list[str] = []
    Patterns.read([pattern], lambda _, reason: reasons.append(reason))
    return reasons[0] if reasons else ""


def _is_meant(rule: RegexPattern, path: str) -> bool:
    """Whether a rule is about this very path.

    To pathspec a rule about a folder is also one about all that is in it, to Git it is not: `!docs` opens the folder, and leaves what other rules say about the files in it as it is.
    """
    result = rule.match_file(path)
    if result is None:
        return False
    # pathspec gives this name to the slash behind a folder that a rule is about.
    slash = result.match.start("ps_d") if "ps_d" in result.match.re.groupindex else -1
    return slash in (-1, len(path) - 1)


def _compiled(lines: Iterable[str], report: Callable[[str, str], object]) -> Iterable[RegexPattern]:
    """The rules in the lines.

    A rule with many stars is left out and reported: each becomes a repetition in a regular expression, and a long name could keep
    that busy for hours. So is one that makes no sense.
    """
    for line in lines:
        rule = line.removesuffix("\r")
        if not rule.strip() or rule.startswith("#"):
            continue
        stars = _STARS.findall(rule)
        double = sum(len(run) > 1 for run in stars)
        if len(rule) > _MAX_LENGTH or double > _MAX_STARS or len(stars) - double > _MAX_STARS:
            report(rule, "is too complex to be followed")
            continue
        from pathspec import GitIgnoreSpec  # noqa: PLC0415 - costs 20 ms, which a folder without rules never has to pay

        try:
            yield from GitIgnoreSpec.from_lines([_spelt_out(rule)]).patterns
        except (ValueError, re.error):
            report(rule, "makes no sense")


def _spelt_out(rule: str) -> str:
    """The same rule, without the shapes for which pathspec makes an expression that does not tell a folder from what is in it."""
    negation, rule = ("!", rule[1:]) if rule.startswith("!") else ("", rule)
    if rule.rstrip(" ") in ("*", "**"):
        return f"{negation}?*"
    if rule.rstrip(" ") in ("*/", "**/"):
        return f"{negation}?*/"
    if rule.endswith("/**"):
        return f"{negation}{rule}/*"
    return f"{negation}{rule}*/" if rule.endswith("/**/") else f"{negation}{rule}"
