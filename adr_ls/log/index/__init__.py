"""Indexes: hand-made or generated lists of a log's records, read as they are.

An entry is a list item or a table row whose first reference names a record. What else stands in it (status, date, summary) is read
where it is recognised and left alone where it is not. A file that lists nothing is no index.
"""

from adr_ls.log.index.entry import Entry, Statement, categories, groups
from adr_ls.log.index.heads import DEEPEST, state_of
from adr_ls.log.index.index import Index
from adr_ls.log.index.kinds import names_an_index

__all__ = ["DEEPEST", "Entry", "Index", "Statement", "categories", "groups", "names_an_index", "state_of"]
