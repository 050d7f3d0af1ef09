"""The analyser finds what is known to be costly, passes what is known not to be, and the texts that it makes really cost that."""

from __future__ import annotations

import re

import pytest

from tests.patterns.analyser import Costly, UndecidedError, examine
from tests.patterns.measure import growth, seconds

EXPONENTIAL = [
    r"(a+)+b",
    r"(a*)*b",
    r"^(\w+\s?)*$",
    r"^(a|a)*$",
    r"^(a|aa)+$",
    r"^(?:(?:a|b?)*c)*d$",
    r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*@",
    r'"(?:\\.|[^"])*"x',
    r"(?:\r\n?|\n)+x",
    r"^(?:[^\[\]]|!?\[[^\[\]]*\])*x",
    r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|?)+[ \t]*x",
]
SQUARE = [
    r"\s+$",
    r"a+b",
    r"(?:a+b|a)",
    r"\s*,\s*",
    r"x*y*z",
    r"^\s*a?\s*$",
    r"(?s)^.*a.*b",
    r"<!--.*?-->",
    r"\[[^\]]*\]\(",
    r"(?m)^\s*#",
    r"(?=a+b)a",
    r"(?:(?!a*b)a)+c",
    r"(?P<q>['\"]).*?(?P=q)x",
    r"(?<!x)\w+:",
    r"(['\"])?a+\1b",
    r"(a)?a+(?(1)b|c)",
    r"^[ \t]*-[ \t]+(?P<value>.*)$",
]
LINEAR = [
    r"\w+",
    r"\w+\b",
    r"(a|a)*",
    r"(?<!\s)\s+$",
    r"\S\s*$",
    r"(?m)[^\n]*$",
    r"(?m)^[ \t]*#",
    r"\b\w+\s+by\b",
    r"(?<![\w-])[\w-]+:",
    r"^(\d+\.)*\d+$",
    r'^"(?:\\.|[^"\\])*"$',
    r"(?s)\A---\n(.*?)\n---",
    r"[a-z]{0,20}x",
    r"(?:[-*]|(?<!\d)\d+[.)])[ ]",
    r"(?<![\r\n])(?:\r\n|\n|\r(?!\n))+x(?<!y)",
    r"a(?=\s|$)",
    r"(?i)^\W*\w+ a",
    r"a[^b\s]{0,250}b",
]
MORE = 6
"""Four times the text costs four times as much in proportion, and sixteen times as the square."""


def _worst(pattern: str, found: Costly, times: int) -> str:
    """The end that makes the text most costly."""
    return max(found.ends, key=lambda end: _takes(pattern, found.text(times, end)))


def _takes(pattern: str, text: str) -> float:
    compiled = re.compile(pattern)
    return seconds(lambda: [*compiled.finditer(text)])


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_what_grows_exponentially_is_found_and_does(pattern: str) -> None:
    found = examine(pattern)
    assert found is not None
    assert found.exponential
    # Two more repeats, where it takes long enough to be measured
    times, end = next(
        (times, end) for times in range(1, 40) for end in found.ends if _takes(pattern, found.text(times, end)) > 0.001
    )
    assert growth(lambda text: re.search(pattern, text), found.text(times, end), found.text(times + 2, end)) > 2


@pytest.mark.parametrize("pattern", SQUARE)
def test_what_grows_as_the_square_is_found_and_does(pattern: str) -> None:
    found = examine(pattern)
    assert found is not None
    assert not found.exponential
    end = _worst(pattern, found, 100)
    assert growth(lambda text: [*re.finditer(pattern, text)], found.text(300, end), found.text(1200, end)) > MORE


@pytest.mark.parametrize("pattern", LINEAR)
def test_what_is_in_proportion_is_passed(pattern: str) -> None:
    assert examine(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "how", "linear"),
    [
        (r"\s+$", {"searched": False}, True),
        (r"\s*a?\s*", {"searched": False}, True),
        (r"\s*a?\s*", {"searched": False, "whole": True}, False),
        (r"\s*-\s+.*$", {"searched": False}, False),
        (r"\s*-\s+.*$", {"searched": False, "lines": True}, True),
    ],
)
def test_how_a_pattern_is_used_counts(pattern: str, how: dict[str, bool], *, linear: bool) -> None:
    assert (examine(pattern, **how) is None) == linear


def test_what_is_too_large_is_said_to_be_undecided() -> None:
    with pytest.raises(UndecidedError):
        examine(r"(?:[ab]+c)+(?:[ab]+c)+d", steps=10)
