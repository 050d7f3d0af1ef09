"""A pattern that is compiled when it is first used is like any other."""

from __future__ import annotations

import re

import pytest

from adr_ls.syntax import lazy


def test_it_is_compiled_when_it_is_first_used() -> None:
    wrong = lazy.regex("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_it_is_what_compiling_it_at_once_gives() -> None:
    late, soon = lazy.regex(r"(?P<digits>\d+)", re.ASCII), re.compile(r"(?P<digits>\d+)", re.ASCII)
    for _ in range(2):  # the second time it is known
        assert (late.pattern, late.flags, late.groupindex) == (soon.pattern, soon.flags, soon.groupindex)
        assert late.sub("-", "a1b22") == soon.sub("-", "a1b22") == "a-b-"
        assert [match["digits"] for match in late.finditer("1 22")] == ["1", "22"]
        assert late.fullmatch("x") is None


def test_it_may_be_of_bytes() -> None:
    assert lazy.regex(rb"\d+").findall(b"1 22") == [b"1", b"22"]
