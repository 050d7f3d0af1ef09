"""Rules on the keys of metadata: misspelt, given twice, empty or missing where nearly all other records have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_ls.log.style import MANY, NEARLY_ALL, Style
from adr_ls.record.metadata import Field, role_of
from adr_ls.record.record import Record
from adr_ls.rules.model import Fix, Found, Place, Rule, Subject, rule
from adr_ls.rules.statuses import is_signpost
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import FIELD_ROLES, fold, spoken
from adr_ls.words.similar import SLIPS, cased_like, distance, is_form, is_slip
from adr_ls.write import editing

_SURE = ("status", "date", "deciders", "author", "consulted", "informed", "supersedes", "superseded_by", "amends", "amended_by")
"""What keys that are nearly right are compared with, beside the house's own."""
_PLAIN = lazy.regex(r"^[ \t>]*(?:[-*+][ \t]+)?(?P<key>[^\W\d_][\w -]{2,24}?)[ \t]*:[ \t]+(?=\S)", re.MULTILINE)


@rule("warning")
def key_misspelled(subject: Subject) -> Iterator[Found]:
    """A key of the metadata is nearly, but not quite, one that is known.

    What stands behind it is lost to every tool, and to whoever searches for the key. Only keys that no other record uses are compared,
    and only with what the record does not state otherwise.

    ```md before
    ---
    statsu: accepted
    date: 2025-01-31
    ---
    # Use Kafka
    ```
    ```md after
    ---
    status: accepted
    date: 2025-01-31
    ---
    # Use Kafka
    ```
    """
    record, habits = subject.record, subject.log.habits
    stated = {field.role for field in record.fields}
    keys = {fold(field.key) for field in record.fields}
    found = [(field.key, field.key_span) for field in record.fields if field.role is None and _is_area(field)]
    found += _unread(record)
    if not found:
        return
    own = dict(habits.common_keys)
    sure = _sure(subject.log.house.key_language.name)
    for key, span in found:
        folded = fold(key)
        if len(folded) < 4 or habits.has_key(folded, 2):
            continue
        known = [word for word in (*own, *sure) if word not in keys and FIELD_ROLES.get(word, word) not in stated]
        if any(is_form(folded, word) for word in sure):
            continue
        right = min(
            (word for word in known if is_slip(folded, word, slips=SLIPS if word in _sure("English") else 1)),
            key=lambda word: distance(folded, word),
            default="",
        )
        if right:
            spelled = own.get(right) or cased_like(key, right.replace(" ", _join(key)))
            yield Found(
                span,
                f"Unknown key “{key}”; did you mean “{spelled}”?",
                (subject.fix(f"Change to “{spelled}”", Edit(span, spelled), preferred=right not in own),),
            )


@cache
def _sure(language: str) -> tuple[str, ...]:
    """The keys that everybody knows, in English and a language of that name."""
    return tuple(sorted({word for known in spoken(language) for role in _SURE for word in known.fields.get(role, ())[:2]}))


def _unread(record: Record) -> Iterator[tuple[str, Span]]:
    """Lines such as ``Statsu: Accepted`` of the metadata area, which are read as metadata only where their key is known."""
    stated = {field.role for field in record.fields}
    if {"status", "date"} <= stated:
        return
    for block in record.area:
        if block.kind in ("paragraph", "list"):
            for match in _PLAIN.finditer(record.text, block.span.start, block.span.end):
                if role_of(match["key"]) is None and " " not in match["key"]:
                    for word in ("status", "date"):
                        if word not in stated and is_slip(fold(match["key"]), word):
                            yield match["key"], Span(*match.span("key"))


def _is_area(field: Field) -> bool:
    return field.place not in ("section", "heading")


def _join(key: str) -> str:
    return next((mark for mark in "-_" if mark in key), " ")


@rule("warning")
def key_duplicate(subject: Subject) -> Iterator[Found]:
    """The metadata states the same thing twice.

    The first one counts, and the next change will be made to either. It is only information where both say the same, and below another
    heading, where it may be said of a part. Front matter has a rule of its own for that.

    ```md before
    # 1. Use Kafka

    **Status**: Accepted
    **Date**: 2025-01-31
    **Date**: 2025-01-31
    ```
    ```md after
    # 1. Use Kafka

    **Status**: Accepted
    **Date**: 2025-01-31
    ```
    """
    record = subject.record
    first: dict[tuple[str, str], Field] = {}
    for field in record.fields:
        if field.role in ("status", "date", "deciders", "author") and field.place in (
            "bold-line",
            "plain-line",
            "bullet",
        ):
            earlier = first.setdefault((fold(field.key), field.place), field)
            if earlier is not field and field.key:
                same = fold(earlier.value) == fold(field.value)
                fixes = _removal(subject, field, preferred=same)
                place = Place(record.path, earlier.span, "the first")
                apart = any(earlier.span.end < one.heading.span.start < field.span.start for one in record.sections)
                said = f"“{field.key}” is given twice; keep the one that holds."
                yield Found(field.key_span, said, fixes, (place,), level="info" if same or apart else None)


def _removal(subject: Subject, field: Field, *, preferred: bool) -> tuple[Fix, ...]:
    """Removes the line of a field, if nothing else stands on it."""
    record = subject.record
    line = record.lines.line_at(field.span.start)
    written = record.lines.span(line).of(record.text)
    alone = re.fullmatch(r"[\s>|*_+\\-]*", written.replace(field.span.of(record.text), "", 1))
    if not alone or record.lines.line_at(field.span.end) != line:
        return ()
    edit = editing.without_lines(record, line, line)
    return (subject.fix(f"Remove “{field.key}”", edit, preferred=preferred),)


@rule("hint", strict="info")
def key_missing(subject: Subject) -> Iterator[Found]:
    """The metadata lacks what nearly all other records state.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    **Deciders**: Ben
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    **Deciders**: Ben
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0007-g.md --
    # 7. G
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0008-h.md --
    # 8. H
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0009-i.md --
    # 9. I
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0010-j.md --
    # 10. J
    **Status**: Accepted
    ```
    """
    record, habits = subject.record, subject.log.habits
    stated = {field.role for field in record.fields} | {section.role for section in record.sections}
    if not habits.expected_keys or is_signpost(subject):
        return
    keys = {fold(field.key) for field in record.fields} | {fold(section.name) for section in record.sections}
    lacking = [key for key in habits.expected_keys if key not in keys and _is_free(role_of(key), stated)]
    for style in (habits.keys[key] for key in lacking):
        said = f"{style.of} of {habits.size} records here have it"
        yield Found(subject.head, f"“{style.form}” is missing from the metadata; {said}.")


def _is_free(role: str | None, stated: set[str | None]) -> bool:
    """Whether nothing of that role is stated; status, date and title have rules of their own."""
    return role is None or (role not in stated and role not in ("status", "date", "title", "id"))


@rule("hint", strict="info")
def key_empty(subject: Subject) -> Iterator[Found]:
    """A key has no value, though nearly all other records give it one.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0002-b.md --
    # 2. B
    **Status**: Accepted
    **Deciders**: Ben
    -- docs/adr/0003-c.md --
    # 3. C
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0004-d.md --
    # 4. D
    **Status**: Accepted
    **Deciders**: Ben
    -- docs/adr/0005-e.md --
    # 5. E
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0006-f.md --
    # 6. F
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0007-g.md --
    # 7. G
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0008-h.md --
    # 8. H
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0009-i.md --
    # 9. I
    **Status**: Accepted
    **Deciders**: Ann
    -- docs/adr/0010-j.md --
    # 10. J
    **Status**: Accepted
    **Deciders**:
    ```
    """
    habits = subject.log.habits
    for field in subject.record.fields:
        if field.value or not _is_area(field) or field.role in ("status", "date", "title", "id"):
            continue
        style, filled = habits.keys.get(fold(field.key), Style()), habits.filled.get(fold(field.key), 0)
        asked = any(fold(other.key) == fold(field.key) for template in subject.log.templates for other in template.fields)
        if (style.of >= 2 * MANY and filled >= NEARLY_ALL * style.of) or (asked and Style("", filled, style.of).is_custom):
            yield Found(field.key_span, f"“{field.key}” is empty; {filled} of {style.of} records here give it a value.")


@rule("off", strict="hint")
def key_name(subject: Subject) -> Iterator[Found]:
    """A key is called otherwise than in nearly all other records, such as `deciders` where the others have `decision-makers`.

    It means the same to adr-ls, but not to a search. Templates rename their keys from version to version.

    ```md before
    -- docs/adr/0001-a.md --
    # 1. A
    **Deciders**: Ann
    -- docs/adr/0002-b.md --
    # 2. B
    **Deciders**: Ben
    -- docs/adr/0003-c.md --
    # 3. C
    **Deciders**: Ann
    -- docs/adr/0004-d.md --
    # 4. D
    **Deciders**: Ben
    -- docs/adr/0005-e.md --
    # 5. E
    **Deciders**: Ann
    -- docs/adr/0006-f.md --
    # 6. F
    **Deciders**: Ann
    -- docs/adr/0007-g.md --
    # 7. G
    **Deciders**: Ann
    -- docs/adr/0008-h.md --
    # 8. H
    **Deciders**: Ann
    -- docs/adr/0009-i.md --
    # 9. I
    **Deciders**: Ann
    -- docs/adr/0010-j.md --
    # 10. J
    **Decision Makers**: Ann
    ```
    ```md after
    -- docs/adr/0001-a.md --
    # 1. A
    **Deciders**: Ann
    -- docs/adr/0002-b.md --
    # 2. B
    **Deciders**: Ben
    -- docs/adr/0003-c.md --
    # 3. C
    **Deciders**: Ann
    -- docs/adr/0004-d.md --
    # 4. D
    **Deciders**: Ben
    -- docs/adr/0005-e.md --
    # 5. E
    **Deciders**: Ann
    -- docs/adr/0006-f.md --
    # 6. F
    **Deciders**: Ann
    -- docs/adr/0007-g.md --
    # 7. G
    **Deciders**: Ann
    -- docs/adr/0008-h.md --
    # 8. H
    **Deciders**: Ann
    -- docs/adr/0009-i.md --
    # 9. I
    **Deciders**: Ann
    -- docs/adr/0010-j.md --
    # 10. J
    **Deciders**: Ann
    ```
    """
    habits = subject.log.habits
    for field in subject.record.fields:
        if field.role is None or not _is_area(field) or not field.key:
            continue
        named = {key: style for key, style in habits.keys.items() if role_of(key) == field.role}
        total = sum(style.of for style in named.values())
        usual = max(named.values(), key=lambda style: style.of, default=Style())
        if total >= 2 * MANY and usual.of >= NEARLY_ALL * total and fold(usual.form) != fold(field.key):
            said = f"{usual.of} of {total} records here call it so"
            fix = subject.fix(f"Change to “{usual.form}”", Edit(field.key_span, usual.form), preferred=False)
            yield Found(field.key_span, f"“{field.key}” is called “{usual.form}” here; {said}.", (fix,))


RULES: tuple[Rule, ...] = (key_misspelled, key_duplicate, key_missing, key_empty, key_name)
