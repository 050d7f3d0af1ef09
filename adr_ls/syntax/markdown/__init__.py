"""Markdown with exact positions: mistune's parsers, taught where they are.

What is a heading, a list or a link is what mistune says; this package, the only one that knows mistune, adds where it stands.
"""

from adr_ls.syntax.markdown.document import MAX_LENGTH, Document, parse
from adr_ls.syntax.markdown.inlines import MAX_LINE
from adr_ls.syntax.markdown.nodes import Block, Definition, Heading, Inline, Link

__all__ = ["MAX_LENGTH", "MAX_LINE", "Block", "Definition", "Document", "Heading", "Inline", "Link", "parse"]
