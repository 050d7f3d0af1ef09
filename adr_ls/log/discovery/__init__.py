"""Which files of a repository are ADRs, without configuration: pure decisions on a listing of files.

A *log* is a directory of records, its number space and the scope of its index. Directories are logs by the word of some ADR tool's own
configuration, by their name (``docs/adr``, ``.decisions``, ``architecture-decision-record``), or by their files (``adr-007-x.md``, or
numbered files that read like ADRs). Templates, indexes and neighbours are not records; a record about templates is.
"""

from adr_ls.log.discovery.finding import Home, find, homes, is_complete, needed
from adr_ls.log.discovery.found import Found, Reader
from adr_ls.log.discovery.naming import (
    ELSEWHERE,
    SITE_FILES,
    is_aside,
    is_below,
    is_called_index,
    is_forge,
    is_log_name,
    is_named,
    is_of_the_past,
    is_reserved,
    is_template,
    is_wanted,
    may_refer,
    named_as,
    status_of,
    unread,
)
from adr_ls.log.discovery.templates import reads_like_template

__all__ = [
    "ELSEWHERE",
    "SITE_FILES",
    "Found",
    "Home",
    "Reader",
    "find",
    "homes",
    "is_aside",
    "is_below",
    "is_called_index",
    "is_complete",
    "is_forge",
    "is_log_name",
    "is_named",
    "is_of_the_past",
    "is_reserved",
    "is_template",
    "is_wanted",
    "may_refer",
    "named_as",
    "needed",
    "reads_like_template",
    "status_of",
    "unread",
]
