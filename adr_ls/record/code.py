"""A file of source code, as far as it refers to records: no record itself, and no page either.

Where a reference stands tells how far it is to be trusted. In a comment, or in a string that documents something, people speak to
people. Another string may be data, and in a test it mostly is; in code, ``ADR-3`` is a subtraction.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from adr_ls.record import claims, mentions
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field
from adr_ls.record.parts import Section, Status
from adr_ls.record.record import Record
from adr_ls.record.relations import Related
from adr_ls.syntax import code
from adr_ls.syntax.code import Kind, Language, Passage
from adr_ls.syntax.frontmatter import FrontMatter
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.markdown import Document, Heading
from adr_ls.syntax.text import Span
from adr_ls.words import dates

CLEAR = 3
"""So many digits, as file names fill numbers up to, are hardly those of anything else behind the name of a series."""


class Reference(NamedTuple):
    """A mention in source code, and the comment or string that it stands in.

    One that is `sure` is meant for people: it is followed when a record gets another name, and counts as a reference to it. Any other is
    no more than a place that may lead somewhere.
    """

    mention: Mention
    passage: Passage
    is_sure: bool

    @property
    def kind(self) -> Kind:
        """What it stands in."""
        return self.passage.kind


@dataclass(frozen=True, eq=False)
class Code(Record):
    """A file of source code. Nothing in it is Markdown or metadata: it has only references."""

    is_test: bool = dataclasses.field(default=False)
    """Whether it holds tests, or examples, in which strings are made up."""
    is_markdown: ClassVar[bool] = False

    @cached_property
    def language(self) -> Language | None:
        """The family of languages that it is in; None for one that is not known."""
        return code.language_of(self.path)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All places that may name a record, in order; none that stands in code."""
        placed = ((mention, self.passage(mention.span.start)) for mention in mentions.in_code(self.text))
        return tuple(
            Reference(mention, passage, self._is_sure(mention, passage.kind))
            for mention, passage in placed
            if passage.kind != "code"
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its comments and strings, in order."""
        return tuple(self.language.passages(self.text)) if self.language is not None else ()

    @cached_property
    def _begins(self) -> list[int]:
        return [passage.span.start for passage in self.passages]

    def passage(self, offset: int) -> Passage:
        """The comment or string that an offset is in; else all there is around it that is none."""
        at = bisect_right(self._begins, offset)
        before = self.passages[at - 1] if at else Passage("code", Span(0, 0))
        if offset < before.span.end:
            return before
        end = self._begins[at] if at < len(self._begins) else len(self.text)
        return Passage(self.language.rest if self.language is not None else "unknown", Span(before.span.end, end))

    def _is_sure(self, mention: Mention, kind: Kind) -> bool:
        if mention.path is not None:
            return not self.is_test or kind == "comment"
        if kind == "comment" or (kind == "docstring" and not self.is_test):
            return not self.is_quoted(mention) and not claims.is_of_others(*self._around(mention))
        return kind == "string" and not self.is_test and len(mention.digits) >= CLEAR

    def is_quoted(self, mention: Mention) -> bool:
        """Whether a mention stands between marks that make an example of it: ```ADR-42```."""
        start, end = mention.span
        return (
            self.text[start - 1 : start] in ("`", "'", '"', "“")
            and start > 0
            and self.text[end : end + 1] in ("`", "'", '"', "”")
        )

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """Those of the references that are sure."""
        if self.known is not None:
            return self.known.mentions
        return tuple(one.mention for one in self.references if one.is_sure)

    @cached_property
    def pointers(self) -> tuple[Mention, ...]:
        """All of them."""
        return tuple(one.mention for one in self.references)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.mention.span.start for one in self.references]

    def reference(self, mention: Mention) -> Reference | None:
        """What is known of the place of a mention."""
        at = bisect_right(self._starts, mention.span.start) - 1
        return self.references[at] if at >= 0 and self.references[at].mention == mention else None

    # What it does not have

    @cached_property
    def front(self) -> FrontMatter | None:
        """None: it is no Markdown."""
        return None

    @cached_property
    def document(self) -> Document:
        """A document without blocks."""
        return Document(self.text, len(self.text))

    @cached_property
    def heading(self) -> Heading | None:
        """None."""
        return None

    @cached_property
    def title(self) -> str | None:
        """None."""
        return None

    @cached_property
    def number(self) -> int | None:
        """None, whatever the file is called."""
        return None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """None."""
        return ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """None."""
        return ()

    @cached_property
    def statuses(self) -> tuple[Status, ...]:
        """None."""
        return ()

    @cached_property
    def date_field(self) -> Field | None:
        """None."""
        return None

    @cached_property
    def date(self) -> dates.Date | None:
        """None."""
        return None

    @cached_property
    def relations(self) -> tuple[Related, ...]:
        """None."""
        return ()

    def after(self, text: str) -> Record:
        """The file with another text; nothing is taken over, as reading it is one look."""
        return Code(self.path, text, is_test=self.is_test)
