"""What was changed from one text of a record to another: which lines, and what kind of change it is.

A change is judged by what a reader sees of it. What no kind explains is its substance, and so is whatever may be another word: a number,
a negation, a word that is not surely a slip.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from adr_ls.record.record import Record
from adr_ls.settings.values import ALTERATIONS, Alteration
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import every, fold
from adr_ls.words.similar import is_form, is_opposite, is_slip

Kind = Alteration | Literal["substance"]
"""What a change is about, see the setting `may_change`; ``substance`` is what was decided, or why."""
KINDS: tuple[Kind, ...] = (*ALTERATIONS, *get_args(Literal["substance"]))

MOST = 250_000
"""How many pairs of lines are compared at most; beyond that all lines between the first and the last change count as changed."""
LONGEST = 60
"""How many letters a word has at most of which it is asked whether it is misspelt."""
SHORTEST = 4
"""How many letters a word has at least of which another form may be taken for the same word."""
NEARBY = 2
"""By how many letters such a form is longer at most."""
WORDS = 500
"""In how many words of a change misspelt ones are looked for."""

_STATES = frozenset({"status", "supersedes", "superseded_by", "amends", "amended_by"})
"""What fields and sections are about that tell how a record stands."""
_LINKS = frozenset({"references", "related"})
_METADATA = frozenset({"changelog", "date", "deciders", "metadata"})
_BLANKS = lazy.regex(r"\s+")
_AROUND = "()[]{}\"'“”‘’«»„.,;:!?*_`…|—–"
"""What stands around words without being one."""
_UNSPACED = "\u0e00"
"""From here on scripts have words without blanks between them, or of few letters, so that one letter mostly makes another word."""


@dataclass(frozen=True)
class Part:
    """Lines that changed together: numbers of lines from 0, the end not included, in the earlier text and in the later one."""

    kinds: tuple[Kind, ...]
    old: tuple[int, int]
    new: tuple[int, int]


def parts(before: Record, after: Record) -> tuple[Part, ...]:
    """What changed from one text of a record to another, in the order of the lines; nothing where only ends of lines did."""
    one, other = _Side(before), _Side(after)
    return tuple(
        Part(kinds, (a, b), _said(other, (c, d)))
        for a, b, c, d in _hunks(one.lines, other.lines)
        if (kinds := _kinds(one, other, (a, b), (c, d)))
    )


def _said(side: _Side, lines: tuple[int, int]) -> tuple[int, int]:
    """The lines without the blank ones at both ends, where there are others."""
    full = [line for line in range(*lines) if side.lines[line].strip()]
    return (full[0], full[-1] + 1) if full else lines


def kinds_of(found: Sequence[Part]) -> tuple[Kind, ...]:
    """All kinds of some changes, in the order of `KINDS`."""
    there = {kind for part in found for kind in part.kinds}
    return tuple(kind for kind in KINDS if kind in there)


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The lines that differ, as pairs of beginnings and ends."""
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old and not new:
        return
    if len(old) * len(new) > MOST:
        yield head, head + len(old), head, head + len(new)
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + a, head + b, head + c, head + d


class _Side:
    """One of two texts that are compared."""

    def __init__(self, record: Record) -> None:
        self._record = record
        text = record.written
        self.lines = [record.lines.span(line).of(text) for line in range(len(record.lines))]

    @cached_property
    def about(self) -> Sequence[Kind | None]:
        """For each line whether it tells how the record stands, leads elsewhere or is metadata; None for what it decides."""
        found: list[Kind | None] = [None] * len(self.lines)

        def put(kind: Kind, span: Span) -> None:
            if span.end > span.start:
                first, last = self._record.lines.line_at(span.start), self._record.lines.line_at(span.end - 1)
                found[first : last + 1] = [kind] * (last + 1 - first)

        if self._record.front is not None:
            put("metadata", Span(0, self._record.front.body))
        for section in self._record.sections:
            if kind := _kind_of(section.role):
                put(kind, section.own)
        for field in self._record.fields:
            if field.place not in ("heading", "section") and (kind := _kind_of(field.role) or "metadata"):
                put(kind, field.span)
        return found

    def text(self, lines: tuple[int, int], kind: Kind | None) -> str:
        """The lines about one thing, blanks as they come."""
        return "\n".join(self.lines[line] for line in range(*lines) if self.about[line] == kind)

    def read(self, lines: tuple[int, int]) -> str:
        """What a reader sees of the lines with what was decided."""
        return " ".join(filter(None, (self._plain(line) for line in self._rows(lines))))

    def targets(self, lines: tuple[int, int]) -> list[str]:
        """Where the links in these lines lead."""
        rows = [*self._rows(lines)]
        if not rows:
            return []
        starts, ends = self._record.lines.starts, self._record.lines.ends
        within = Span(starts[rows[0]], ends[rows[-1]])
        links = [link.url for link in self._record.document.links if link.span.start in within]
        return [
            *links,
            *(one.span.of(self._record.text) for one in self._record.document.definitions if one.span.start in within),
        ]

    def states(self, lines: tuple[int, int]) -> list[str]:
        """How the record stands as the headings in these lines say it."""
        fields = [field for field in self._record.fields if field.place == "heading" and field.role in _STATES]
        return [field.value for field in fields if self._record.lines.line_at(field.value_span.start) in range(*lines)]

    def _rows(self, lines: tuple[int, int]) -> Iterator[int]:
        return (line for line in range(*lines) if self.about[line] is None)

    def _plain(self, line: int) -> str:
        record, span = self._record, self._record.lines.span(line)
        inner = (field.value_span for field in record.fields if field.place == "heading" and span.covers(field.value_span))
        cuts = sorted(inner)
        edges = [span.start, *(edge for cut in cuts for edge in cut), span.end]
        return " ".join(record.document.plain(Span(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


def _kind_of(role: str | None) -> Kind | None:
    if role in _STATES:
        return "status"
    return "links" if role in _LINKS else "metadata" if role in _METADATA else None


def _kinds(one: _Side, other: _Side, old: tuple[int, int], new: tuple[int, int]) -> tuple[Kind, ...]:
    """What a change of some lines is about; none where only blank ends of lines differ."""
    found: set[Kind] = set()
    for kind in ("status", "links", "metadata"):
        before, after = one.text(old, kind), other.text(new, kind)
        if before != after:
            found.add("formatting" if _words(before) == _words(after) else kind)
    is_restated = one.states(old) != other.states(new)
    said = _decided(one, other, old, new)
    found |= {"status"} if is_restated else set()
    found |= {said} if said is not None and not (is_restated and said == "formatting") else set()
    return tuple(kind for kind in KINDS if kind in found)


def _words(text: str) -> list[str]:
    return _BLANKS.split(text.strip())


def _decided(one: _Side, other: _Side, old: tuple[int, int], new: tuple[int, int]) -> Kind | None:
    """What a change is of the lines that are about the decision; None where these are the same."""
    if one.text(old, None) == other.text(new, None):
        return None
    before, after = one.read(old), other.read(new)
    if (were := _spoken(before)) == (are := _spoken(after)):
        if before != after and _words(before) != _words(after):
            return "links" if _without_addresses(before) == _without_addresses(after) else "typos"
        return "formatting" if one.targets(old) == other.targets(new) else "links"
    if not were:
        return "additions"
    return "typos" if _are_slips(were, are) else "substance"


def _spoken(text: str) -> list[str]:
    """The words of a text without what stands around them, and without addresses."""
    found = (word.strip(_AROUND) for word in text.split() if "://" not in word)
    return [word for word in found if any(map(str.isalnum, word))]


def _without_addresses(text: str) -> list[str]:
    return [word for word in text.split() if "://" not in word]


def _are_slips(were: list[str], are: list[str]) -> bool:
    """Whether the words say the same, and only their spelling was mended."""
    if max(len(were), len(are)) > WORDS:
        return False
    for tag, a, b, c, d in difflib.SequenceMatcher(None, were, are, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        old, new = were[a:b], are[c:d]
        if "".join(old) == "".join(new):
            continue  # put together or taken apart
        if tag == "replace" and len(old) == len(new) and all(map(_is_same_word, old, new)):
            continue
        if tag == "delete" and all(first == second for first, second in pairwise(were[max(0, a - 1) : b])) and a:
            continue  # written twice
        return False
    return True


_DENYING = frozenset(map(fold, every("none")))


def _is_same_word(old: str, new: str) -> bool:
    """Whether one word is surely another one spelled otherwise, in whichever direction."""
    one, other = fold(old), fold(new)
    if any(letter.isdigit() for letter in one + other):
        return old.casefold() == new.casefold()
    if one == other:
        return True
    is_long = max(len(one), len(other)) > LONGEST or max(one + other) >= _UNSPACED
    if is_long or _DENYING & {one, other} or is_opposite(one, other) or is_opposite(other, one):
        return False
    if is_slip(one, other) or is_slip(other, one):
        return True
    return min(len(one), len(other)) >= SHORTEST and abs(len(one) - len(other)) <= NEARBY and is_form(one, other)
