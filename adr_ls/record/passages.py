"""The passages of a text: its paragraphs, items, table rows and comments, each told from others by a number.

Whether a record still has what its template says must be known of all records at once, and their texts are not kept. So a file's facts
hold four bytes for each of its passages, and a template's passage is looked for among these. Code is none.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from zlib import crc32

from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Document
from adr_ls.syntax.text import Span

SHORTEST = 12
"""The characters from which on a passage is recognisable; shorter ones ("N/A") are anybody's."""
REMARKS = frozenset({"optional", "mandatory", "same as above"})
"""Those that are recognisable all the same: what public templates remark on a section, ``## Links <!-- optional -->``."""

_OPENS = lazy.regex(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|\||#{1,6}[ \t])")
"""The start of a line that opens a passage: an item, a row or a heading."""
_OPENERS = frozenset("-*+|#0123456789")
"""The first characters of such lines; of other digits people make no lists."""
_FENCE = lazy.regex(r"[ \t>]*(?:```|~~~)")
_FENCES = frozenset("`~")

_QUOTED = lazy.regex(r"^[ \t]*(?:>[ \t]*)+", re.MULTILINE)


def words_of(text: str) -> str:
    """A text with single blanks between its words, without the marks of quotes."""
    return " ".join(_QUOTED.sub("", text).split()) if ">" in text else " ".join(text.split())


def is_long(words: str) -> bool:
    """Whether a passage is so long that it is recognisable, where a sign of a script without letters says as much as a syllable or two."""
    return len(words) >= SHORTEST or len(words) + 2 * len(_SIGN.findall(words)) >= SHORTEST


_SIGN = lazy.regex("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def passages(text: str) -> Iterator[str]:
    """The passages of a text with single blanks between their words and without the mark of an item, in no particular order."""
    yield from filter(None, _in_lines(text))
    yield from (words for _, words in comments(text))


def _in_lines(text: str) -> Iterator[str | None]:
    """Those that are no comments; None at the end where that is within code."""
    unit: list[str] = []
    fenced = False
    for line in (*(_QUOTED.sub("", text) if ">" in text else text).splitlines(), ""):
        head = line.lstrip(" \t>")[:1]  # most lines are prose, which this tells at once
        fence = head in _FENCES and _FENCE.match(line) is not None
        opening = None if fenced or fence or head not in _OPENERS else _OPENS.match(line)
        if unit and (fence or opening or not line.strip()):
            yield " ".join(unit)
            unit = []
        fenced ^= fence
        if not fenced and not fence:
            row = opening is not None and opening[0].endswith("|")
            unit += line[opening.end() if opening and not row else 0 :].split()
    if fenced:
        yield None


def comments(text: str, start: int = 0) -> Iterator[tuple[Span, str]]:
    """The HTML comments of a text from an offset on, each with its words, single blanks between them."""
    while (start := text.find("<!--", start)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield Span(start, end + 3), " ".join(text[start + 4 : end].split())
        start = end + 3


def without_comments(text: str) -> str:
    """A text without its HTML comments and the blanks before them."""
    pieces, at = [], 0
    for span, _ in comments(text):
        pieces.append(text[at : span.start].rstrip(" \t"))
        at = span.end
    return "".join([*pieces, text[at:]])


def only_comments(text: str) -> str:
    """The HTML comments of a text with the blanks before them."""
    found, at = [], 0
    for span, _ in comments(text):
        before = text[at : span.start]
        found.append(before[len(before.rstrip(" \t")) :] + span.of(text))
        at = span.end
    return "".join(found)


class Passages:
    """What passages a text has, so small that it can be kept of every file."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: array[int]) -> None:
        self.numbers = numbers

    @staticmethod
    def of(text: str) -> Passages:
        """The passages of a text."""
        return Passages._told_by(map(_number, filter(_is_recognisable, passages(text))))

    @staticmethod
    def of_document(document: Document) -> Passages:
        """The passages of a document's text, of whose pieces those that were read before are not read again."""
        found = document.piecewise(_numbers) if not document.start else None
        if found is None or any(ends for _, ends, _ in found) or not all(begins for begins, _, _ in found[1:]):
            return Passages.of(document.text)
        said = (words for _, words in comments(document.text))
        own = frozenset(map(_number, filter(_is_recognisable, said)))
        return Passages._told_by(own.union(*(numbers for _, _, numbers in found)))

    @staticmethod
    def _told_by(numbers: Iterable[int]) -> Passages:
        return Passages(array("I", sorted(set(numbers))))

    def __contains__(self, words: object) -> bool:
        if not isinstance(words, str):
            return False
        wanted = _number(words)
        at = bisect_left(self.numbers, wanted)
        return at < len(self.numbers) and self.numbers[at] == wanted


def _numbers(document: Document) -> list[tuple[bool, bool, frozenset[int]]]:
    """What tells the passages of a piece that are no comments from others, behind how it begins and ends.

    That is whether it begins a passage by itself, as a cut is made in front of HTML and labels without end, too; and whether it ends within
    code, which may go on in the next one where Markdown sees none.
    """
    text = document.text
    begins = bool(text[:1].isalpha() or _OPENS.match(text) or _FENCE.match(text))
    found = list(_in_lines(text))
    numbers = frozenset(_number(words) for words in found if words is not None and _is_recognisable(words))
    return [(begins, None in found, numbers)]


def _is_recognisable(words: str) -> bool:
    return is_long(words) or words in REMARKS


def _number(words: str) -> int:
    return crc32(words.encode("utf-8", "surrogatepass"))
