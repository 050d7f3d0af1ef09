"""A pattern that is compiled when it is first used is like any other; a property that is worked out once keeps nobody waiting."""

from __future__ import annotations

import re
import threading

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


class Text:
    """Something of which a part takes long to work out."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.times = 0

    @lazy.cached_property
    def blocks(self) -> list[str]:
        """Its words, worked out once it may end."""
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(60)
        return self.words.split()


def test_a_property_is_worked_out_once() -> None:
    text = Text("we use kafka")
    text.may_end.set()
    assert text.blocks is text.blocks
    assert (text.blocks, text.times) == (["we", "use", "kafka"], 1)
    assert Text.blocks.__doc__ == "Its words, worked out once it may end."


def test_nobody_waits_for_the_same_property_of_another_object() -> None:
    long, short = Text("a long one"), Text("a short one")
    reading = threading.Thread(target=lambda: long.blocks)
    reading.start()
    assert long.begun.wait(60)
    short.may_end.set()
    other = threading.Thread(target=lambda: short.blocks)
    other.start()
    assert short.begun.wait(60), "it waits for the long one"
    long.may_end.set()
    other.join()
    reading.join()
    assert (long.times, short.times) == (1, 1)
