"""``adr-ls link``: how one record stands to another, said on both sides."""

from __future__ import annotations

import argparse
from types import MappingProxyType

from adr_ls.cli import changing
from adr_ls.ide import relating, superseding
from adr_ls.words.language import Relation

RELATIONS: MappingProxyType[str, Relation] = MappingProxyType(
    {
        "supersedes": "supersedes",
        "superseded-by": "superseded_by",
        "amends": "amends",
        "amended-by": "amended_by",
        "related": "related",
    }
)
"""What people say for each relation."""


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("record", metavar="RECORD", help=changing.MEANT)
    parser.add_argument(
        "relation", choices=tuple(RELATIONS), metavar="RELATION", help=f"how it stands to the other: {', '.join(RELATIONS)}"
    )
    parser.add_argument("other", metavar="RECORD", help="the other record")
    changing.options(parser)


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    found = changing.meant(options.record, options)
    try:
        change = relating.related(found.workspace, found.record, RELATIONS[options.relation], found.other(options.other))
    except (superseding.SupersedingError, relating.RelatingError) as error:
        raise changing.refused(error) from error
    return changing.carry_out(found.loaded, change, options)
