"""What records in the way of MADR have in their bodies: the option that was chosen, and the arguments for and against each."""

from __future__ import annotations

import re
from collections import Counter

from adr_ls.ide.completion.place import Completion, Item, Place, listed
from adr_ls.rules import madr
from adr_ls.syntax import lazy

_ITEM = lazy.regex(r"^[ \t]*[-*+][ \t]+(?P<typed>[^\W\d_]*(?:,[ \t]?[^\W\d_]*)?)$")
_OPENING = lazy.regex(r"^[ \t]*[-*+][ \t]+(?P<said>[^\W\d_]+, [^\W\d_]+)(?=[ \t])", re.MULTILINE)
_CLOSING = {"“": "”"}
"""The marks behind a quotation, where they are others than before it."""


def chosen(place: Place) -> Completion | None:
    """``Chosen option: "…``: one of the options of the record."""
    found = madr.choosing(place.before)
    options = madr.named(place.record) if found else ()
    if not found or not options:
        return None
    quote = found["quote"]
    close = _CLOSING.get(quote or '"', quote or '"')
    is_closed = close in place.behind
    typed = place.typed(found.start("said"), rf"[^{re.escape(close)}]*(?={re.escape(close)})" if is_closed else r"[\w-]*")
    opening = "" if quote else '"'
    lead = "" if quote or place.before[: found.start("said")].endswith((" ", "\t")) else " "
    return listed(typed, (Item(name, f"{lead}{opening}{name}{'' if is_closed else close}", name, "option") for name in options))


def arguments(place: Place) -> Completion | None:
    """An item on the pros and cons of an option, or on the consequences: how the arguments of the house begin."""
    found = _ITEM.match(place.before)
    if not found:
        return None
    weighing = madr.is_weighing(place.record, place.line.start)
    section = place.record.section("consequences")
    if not weighing and (section is None or place.line.start not in section.own):
        return None
    templates = place.log.templates if place.log else ()
    said = Counter(match["said"] for text in (place.record, *templates) for match in _OPENING.finditer(text.text))
    openings = [opening for opening, count in said.most_common() if count > 1 or opening in madr.ARGUMENTS]
    if not weighing and not openings:
        return None  # consequences are told in all kinds of ways
    known = openings if openings and not set(openings) & set(madr.ARGUMENTS) else (*madr.ARGUMENTS, *openings)
    typed = place.typed(found.start("typed"), r"[\w,]*(?:[ \t](?=\w))?")
    return listed(typed, (Item(opening, f"{opening} ", opening, "option") for opening in dict.fromkeys(known)))
