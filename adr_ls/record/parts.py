"""The parts of a record: the status that it states, and its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above.

    `own` ends at the next heading of any level; both leave out the heading itself.
    """

    heading: Heading
    name: str
    role: str | None
    body: Span
    own: Span
    is_empty: bool = False
    """Whether nothing but blanks stands in its body."""

    @property
    def level(self) -> int:
        """The heading's level, 1 to 6."""
        return self.heading.level
