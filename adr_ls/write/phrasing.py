"""How a log words that one record stands to another: learned from the statements of its records, be there only one.

What a house has written itself says more than what its language has for it: ``Replaced by ADR-2``, ``⛔ Superseded → ADR-2``, ``ADR-2
により廃止``. Only what is nothing but a statement is learned from; what people add to it belongs to that one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from adr_ls.log.folds import Tally, ranked
from adr_ls.log.log import Log
from adr_ls.record import grammar, status
from adr_ls.record.facts import Facts
from adr_ls.record.filename import stem_of
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Field, Place
from adr_ls.record.relations import Related
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.words.language import CONVERSE, Relation
from adr_ls.words.lookup import fold


class Named(NamedTuple):
    """How a statement names a record: ``bare`` or as a mere ``number``, or by a link of which the text is an ``id``, an ``id title`` or a ``title``.

    `lead` is what stands before the digits of all but titles, `width` with how many digits these are filled up; 0 for none.
    """

    form: str
    lead: str = ""
    width: int = 0
    dotted: bool = False


class Phrase(NamedTuple):
    """The words of a statement before and behind the record that it names, and how it names it."""

    before: str
    behind: str
    named: Named


class _Kind(NamedTuple):
    """What a statement says, whether its field is one for just that, and whether that is a value of front matter."""

    relation: Relation
    in_own_field: bool
    is_value: bool


def phrase(log: Log, relation: Relation, *, is_value: bool) -> Phrase | None:
    """How the records of a log state a relation where they have no field for it: in their status, or below it; None where none does."""
    found = (said for (kind, said), _ in ranked(log.of(_SAID)) if said and kind == _Kind(relation, False, is_value))
    return next(found, None)


def named(log: Log) -> Named | None:
    """How the statements of a log name records outside of front matter, where most of them do alike; None where they do not."""
    counts = log.of(_NAMED)
    first = next(iter(ranked(counts)), None)
    return first[0] if first is not None and 2 * first[1] > counts.total() else None


def has_own_field(log: Log, relation: Relation) -> bool | None:
    """Whether most records of a log that state a relation have a field for it; None where as many do as do not, or none states it."""
    own = sum(count for (kind, _), count in log.of(_SAID).items() if kind.relation == relation and kind.in_own_field)
    others = sum(count for (kind, _), count in log.of(_SAID).items() if kind.relation == relation and not kind.in_own_field)
    return None if own == others else own > others


def keys_before(log: Log, role: str, place: Place) -> Iterator[str]:
    """The folded keys behind which the records of a log state a relation in a place that has keys, the most frequent first."""
    return (key for (known, there, key), _ in ranked(log.of(_BEFORE)) if (known, there) == (role, place))


_BEFORE = Tally(
    lambda record: [
        (field.role, field.place, fold(before.key))
        for before, field in pairwise(record.fields)
        if field.role in CONVERSE and before.place == field.place and field.place not in ("section", "heading")
    ]
)


def _said(record: Facts) -> Iterator[tuple[_Kind, Phrase | None]]:
    for related, field in _declared(record):
        own = field.role == related.relation and field.place != "section"
        yield _Kind(related.relation, own, field.place == "front-matter"), None if own else _phrase(record, related, field)


_SAID = Tally(_said)


def _names(record: Facts) -> Iterator[Named]:
    for related, field in _declared(record):
        if field.place not in ("front-matter", "heading"):
            found = _named(record, related.mention)
            if found is not None:
                yield found


_NAMED = Tally(_names)


def _declared(record: Facts) -> Iterator[tuple[Related, Field]]:
    """The relations that a record declares as a whole, each with the field that says so."""
    for related in record.relations:
        if related.relation in CONVERSE and related.evidence == "declared" and not related.partial and related.field:
            yield related, related.field


_LONG = 60
"""How many characters the words of a statement have at most."""
_REMARK = lazy.regex(r"\s*[(（\[,;–—-]")
"""What begins a remark behind a statement, such as a date."""


def _phrase(record: Facts, related: Related, field: Field) -> Phrase | None:
    """The words of a statement that says nothing else; None of any other."""
    pieces = record.beside.get(field.value_span, ())
    names = _named(record, related.mention)
    if len(pieces) != 2 or names is None:
        return None
    before, behind = pieces
    if re.search(r"\d", behind) and (aside := _REMARK.match(behind)):
        behind = behind[: aside.start()]
    both = f"{before}\0{behind}"
    if len(both) > _LONG or re.search(r"[\d\n\\|]|''", both):
        return None
    found = grammar.tokens(both, Span(0, len(both)), [Span(len(before), len(before) + 1)])
    state = status.read(f"{before}ADR-1{behind}")
    expected = ("superseded",) if related.relation == "superseded_by" else ("amended", "other")
    if state.canonical not in expected or any(token.mark in ("stop", "break") for token in found[:-1]) or _says_more(found):
        return None
    return Phrase(before, behind, names)


def _says_more(found: Iterable[grammar.Token]) -> bool:
    """Whether there is a word besides those of the relation; what goes on behind a verb without a blank is its ending: 置き換え *る*."""
    verb = -1
    for token in found:
        if token.after is not None or (token.start == verb and token.mark == "word"):
            verb = token.end
        elif grammar.is_content(token):
            return True
    return False


def _named(record: Facts, mention: Mention) -> Named | None:
    """How a mention names its record; None where that is told by nothing that others can be named by."""
    if mention.form in ("bare", "number"):
        return Named(mention.form, mention.lead if mention.form == "bare" else "", _width(record, mention.digits))
    if mention.form != "link" or not mention.path:
        return None
    stem = stem_of(mention.path)
    form = next((one for one in record.links if one.stem == stem), None)
    return Named(form.text, form.lead, _width(record, form.digits), form.path == "./") if form is not None else None


def _width(record: Facts, digits: str) -> int:
    """With how many digits a number is filled up that is written so; 0 for one that has fewer than the names of the files."""
    return len(digits) if digits.startswith("0") or len(digits) >= len(record.name.digits) else 0
