"""Completion: what may stand at the cursor, in the style in which the log writes it.

`PROVIDERS` are all that is completed, each one function in the module of its kind of place. The first that knows the place answers.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from adr_ls.ide.completion import entries, fields, headings, keys, links, madr, references, suppression
from adr_ls.ide.completion.place import NOTHING, Area, Completion, Place, Provider
from adr_ls.ide.hover import Address, Hover, card
from adr_ls.ide.target import Cursor
from adr_ls.log.workspace import Workspace

TRIGGERS = ("-", "[", "(", "/", "#", ":", " ", "*", '"')
"""The characters after which completion is worth asking for."""

PROVIDERS: Mapping[Area, tuple[Provider, ...]] = MappingProxyType(
    {
        "front": (suppression.comments, fields.in_front, keys.in_front),
        "text": (
            links.destinations,
            links.labels,
            links.brackets,
            headings.headings,
            entries.entries,
            madr.chosen,
            fields.in_body,
            madr.arguments,
            references.references,
            keys.in_body,
        ),
        "comment": (suppression.comments,),
        "code": (),
    }
)
"""What is completed in each part of a file, in the order in which they are asked."""

_log = logging.getLogger(__name__)


def completion(cursor: Cursor, today: str = "") -> Completion:
    """What can be inserted at the cursor; `today` in ISO 8601."""
    if cursor.record.is_fixed:
        return NOTHING  # what is offered is Markdown
    place = Place.of(cursor, today)
    for provider in PROVIDERS[place.area]:
        try:
            found = provider(place)
        except Exception:  # noqa: BLE001  # whatever it trips over is its own matter: the next one may know the place
            _log.exception("completion by %s failed", provider.__name__)
            continue
        if found is not None:
            return replace(found, incomplete=found.incomplete or cursor.workspace.is_partial)
    return NOTHING


def documentation(workspace: Workspace, path: str, address: Address = str) -> Hover | None:
    """The card of the record that an item stands for; None where it is gone."""
    record = workspace.records.get(path)
    return card(workspace, record, address) if record else None
