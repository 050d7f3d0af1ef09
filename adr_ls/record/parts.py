"""The parts of a record: the status that it states, and its sections."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, overload

from adr_ls.record.metadata import Evidence, Field
from adr_ls.syntax.markdown import Heading
from adr_ls.syntax.text import Span
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import fold


@dataclass(frozen=True, slots=True)
class Status:
    """The status that holds now: its text and place as written, what it comes to, and the field it was read from."""

    text: str
    span: Span
    canonical: Canonical
    word: str
    field: Field
    partial: bool = False
    choices: bool = False
    evidence: Evidence = "declared"

    @property
    def spelled(self) -> str:
        """The word that was recognised, as the text spells it; empty where none was."""
        return _spelled(self.text, self.word)


@lru_cache(maxsize=4096)
def _spelled(text: str, word: str) -> str:
    words = " ".join(re.findall(r"[^\W\d_][\w'’-]*", text)[: word.count(" ") + 1]) if word else ""
    return words if fold(words) == word else ""


class Section(NamedTuple):
    """A heading and what stands under it, up to the next heading of its level or above.

    `own` ends at the next heading of any level; both leave out the heading itself.
    """

    heading: Heading
    name: str
    role: str | None
    body: Span
    own: Span
    is_empty: bool = False
    """Whether nothing stands in its body, see `says_nothing`."""

    @property
    def level(self) -> int:
        """The heading's level, 1 to 6."""
        return self.heading.level


def says_nothing(text: str) -> bool:
    """Whether what stands below a heading is nothing, or nothing but the heading's own anchor: ``[summary]: #summary``."""
    said = text.strip()
    if not said.startswith("[") or "\n" in said or "\r" in said:
        return not said
    target = said.partition("]:")[2].strip()
    return target.startswith("#") and len(target.split()) == 1


class Sections(Sequence[Section]):
    """The sections of a file, so small that they can be kept of every file: each is made anew when it is looked at.

    `names` and `roles` are theirs, `plains` the texts of their headings, `numbers` the ten numbers of each: the level, the edges of the
    heading, of its text, of `body` and of `own`, and whether it is empty.
    """

    __slots__ = ("names", "numbers", "plains", "roles")

    def __init__(
        self, names: tuple[str, ...], plains: tuple[str, ...], roles: tuple[str | None, ...], numbers: array[int]
    ) -> None:
        self.names = names
        self.plains = names if plains == names else plains
        self.roles = roles
        self.numbers = numbers

    @staticmethod
    def of(sections: Iterable[Section]) -> Sections:
        """The same sections, made small."""
        every = tuple(sections)
        return Sections(
            tuple(one.name for one in every),
            tuple(one.heading.plain for one in every),
            tuple(one.role for one in every),
            array("I", [number for one in every for number in _numbers(one)]),
        )

    @property
    def outline(self) -> tuple[object, ...]:
        """All of them but where they stand and how their headings are spelled."""
        return self.names, self.roles, self.numbers[::_EACH], self.numbers[_EACH - 1 :: _EACH]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sections) and (self.names, self.plains, self.roles, self.numbers) == (
            other.names,
            other.plains,
            other.roles,
            other.numbers,
        )

    def __hash__(self) -> int:
        return hash(self.names)

    @property
    def heads(self) -> Iterator[tuple[str, str | None, int]]:
        """The name, the role and the level of each, for whoever goes through all files and needs no more."""
        return zip(self.names, self.roles, self.numbers[::_EACH], strict=True)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Section]:
        numbers = iter(self.numbers)
        return map(_section, self.names, self.plains, self.roles, *[numbers] * _EACH)

    def __reversed__(self) -> Iterator[Section]:
        return reversed(tuple(self))

    @overload
    def __getitem__(self, at: int) -> Section: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Section, ...]: ...

    def __getitem__(self, at: int | slice) -> Section | tuple[Section, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        place = range(len(self.names))[at]
        return _section(
            self.names[place], self.plains[place], self.roles[place], *self.numbers[place * _EACH : (place + 1) * _EACH]
        )


_EACH = 10


def _section(name: str, plain: str, role: str | None, *numbers: int) -> Section:
    """A section of its ten numbers."""
    level, a, b, c, d, e, f, g, h, is_empty = numbers
    return Section(Heading(level, Span(a, b), Span(c, d), plain), name, role, Span(e, f), Span(g, h), is_empty == 1)


def _numbers(section: Section) -> tuple[int, ...]:
    heading = section.heading
    return (heading.level, *heading.span, *heading.text, *section.body, *section.own, section.is_empty)
