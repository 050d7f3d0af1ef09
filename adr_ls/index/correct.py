"""How the words of an entry are corrected: its status with the pictures beside it, and any other words, in the width of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adr_ls.index.customs import OfIndex
from adr_ls.log.index import Entry, Statement
from adr_ls.record.facts import Facts
from adr_ls.record.metadata import trim
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.language import Canonical
from adr_ls.words.lookup import STATUS_MARKS

NEIGHBOURS = 20
"""How many rows of a table tell whether its columns are aligned."""
_BLANKS = lazy.regex(" *")


@dataclass(frozen=True)
class Corrector(OfIndex):
    """Corrects entries of one index, as is the custom there."""

    def status(self, entry: Entry, statement: Statement, record: Facts, said: Canonical) -> Iterator[Edit]:
        """The record's own status in place of the one that is `said`, with the pictures that go with it."""
        text = self.index.page.text
        now = self.workspace.canonical(record)
        written = statement.slot.span.of(text)
        word = self.customs.status_word(record, written)
        yield Edit(statement.slot.span, word)
        if statement.strip.place == "cell":
            yield from self._padding(entry, statement.strip.span.end, len(written) - len(word))
        for slot in statement.part.slots:
            if slot.role == "successor" and now != "superseded":
                yield Edit(slot.span, "")
        line = entry.strips[0].parts if entry.kind == "item" else ()
        alone = [part for part in line if part.role == "mark" and not part.slot("status")]
        for part in dict.fromkeys((statement.part, *alone)):
            for slot in part.slots:
                if slot.role == "mark" and self._is_outdated(slot.span.of(text), now, said, beside=part is statement.part):
                    yield self._pictured(slot.span, record)

    def _is_outdated(self, picture: str, now: Canonical, said: Canonical, *, beside: bool) -> bool:
        """Whether a picture illustrates the status that was said and not the one that holds; `beside` tells that it stands by the word."""
        meaning = _meaning(picture)
        if meaning is None:
            return (
                beside and picture not in self.customs.pictures.get(now, ()) and picture in self.customs.pictures.get(said, ())
            )
        return meaning != now and (beside or meaning == said)

    def replaced(self, entry: Entry, span: Span, new: str) -> Iterator[Edit]:
        """Other words in place of some, in a table with the blanks that its columns need."""
        yield Edit(span, new)
        if entry.kind == "row":
            cell = next((cell for cell in entry.block.children if cell.span.covers(span)), None)
            if cell is not None:
                end = trim(self.index.page.text, cell.content or cell.span).end
                yield from self._padding(entry, end, span.end - span.start - len(new))

    def _padding(self, entry: Entry, end: int, wider: int) -> Iterator[Edit]:
        """Blanks to add or take behind a cell, so that the columns of an aligned table stay so."""
        text, lines = self.index.page.text, self.index.page.lines
        widths = {len(lines.span(lines.line_at(row.span.start)).of(text)) for row in entry.group.children[:NEIGHBOURS]}
        behind = _BLANKS.match(text, end)
        blanks = len(behind[0]) if behind else 0
        if len(widths) == 1 and wider > 0:
            yield Edit(Span(end, end), " " * wider)
        elif len(widths) == 1 and wider < 0 and blanks > 1:
            yield Edit(Span(end, end + min(-wider, blanks - 1)), "")

    def _pictured(self, span: Span, record: Facts) -> Edit:
        """Another picture in place of one; with the blanks behind it gone where the state has none."""
        text, new = self.index.page.text, self.customs.picture(record, worded=True)
        end = span.end
        while not new and text[end : end + 1] in (" ", "\t"):
            end += 1
        return Edit(Span(span.start, end), new)


def _meaning(picture: str) -> Canonical | None:
    return STATUS_MARKS.get(picture.rstrip("\ufe0f"))
