"""The words of all records, by which the page finds them without a server: each word once, with the records that have it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from adr_ls.syntax import lazy

SHORTEST, LONGEST = 2, 40
"""How many letters a word has at least; of a longer one, so many are kept."""
_WORD = lazy.regex(r"[^\W_]+")


def folded(text: str) -> str:
    """A text without what people leave out when they search: capitals, accents. The page's script does the same."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if unicodedata.category(one)[0] != "M").lower()


def words(texts: Iterable[str]) -> dict[str, str]:
    """By each word the numbers of the texts that have it, in base 36 and each as what it is more than the one before."""
    found: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, text in enumerate(texts):
        for word in {one[:LONGEST] for one in _WORD.findall(folded(text)) if len(one) >= SHORTEST}:
            found.setdefault(word, []).append(_base36(number - last.get(word, 0)))
            last[word] = number
    return {word: " ".join(found[word]) for word in sorted(found)}


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
