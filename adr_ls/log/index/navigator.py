"""Reads the navigation of a site as entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adr_ls.log.index.entry import Entries, Entry, Excerpt
from adr_ls.log.index.reader import PageReader
from adr_ls.log.index.strips import Named, Part, Reader, Slot, Strip
from adr_ls.log.mkdocs import Item, Navigation
from adr_ls.record import filename
from adr_ls.record.mentions import Mention
from adr_ls.record.parts import Section
from adr_ls.syntax.frontmatter import Scalar
from adr_ls.syntax.pieced import Ground, Portion
from adr_ls.syntax.text import Span


@dataclass(frozen=True)
class Navigator(PageReader):
    """Reads the entries of a site's navigation: its items that lead to a record."""

    def read(self, ground: Ground) -> tuple[Entries, tuple[Section, ...]]:  # noqa: ARG002  # it is read anew
        """The entries in their order; its parts are no list items."""
        return Entries([(0, Portion(self.page.text, tuple(self._entries)))], [None]), ()

    @property
    def _entries(self) -> Iterator[Entry]:
        by_start = {mention.span.start: mention for mention in self.page.mentions}
        for item in self._items:
            mention = by_start.get(item.target.span.start)
            resolution = self.names.resolve(self.page.path, mention) if mention else None
            if mention is not None and resolution is not None and resolution.kind in ("record", "broken"):
                span = item.block.span
                yield Entry("item", item.block, span, span, mention, resolution, None, item.group, self)

    @property
    def _items(self) -> tuple[Item, ...]:
        return self.page.items if isinstance(self.page, Navigation) else ()

    def titled(self, mention: Mention) -> Scalar | None:
        """The title in front of a path; None where it has none."""
        return self.page.item(mention).title if isinstance(self.page, Navigation) else None

    def excerpts(self) -> tuple[Excerpt, ...]:
        """None: a site shows all that it has."""
        return ()

    def also(self, entry: Entry) -> Iterator[str | None]:
        """None but its own: an item is one page."""
        yield entry.path

    def strips(self, entry: Entry, *, stating: bool = False) -> Iterator[Strip]:
        """The title, which states nothing but what the record is called."""
        slots = () if stating else self.label(entry.mention)
        if slots:
            span = Span(slots[0].span.start, slots[-1].span.end)
            yield Strip(span, (Part("title", span, span, slots),))

    def label(self, mention: Mention) -> tuple[Slot, ...]:
        """What the title in front of a path is made of."""
        title = self.titled(mention)
        path = self.names.resolve(self.page.path, mention).path
        identity = self.names.identities.get(path or "")
        if title is None or title.text != title.span.of(self.page.text) or identity is None:
            return ()
        named = Named(filename.name_of(identity.path), identity.number, self.title(identity.path) or "")
        return Reader(self.page.text, (), named).label(title.span)
