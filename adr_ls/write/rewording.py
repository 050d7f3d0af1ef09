"""Other words for what has a name within a log or a file: the word of a status in all records that use it, the label of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_ls.log.index import Index
from adr_ls.log.log import Log
from adr_ls.log.style import Described
from adr_ls.log.workspace import Workspace
from adr_ls.record import status as statuses
from adr_ls.record.known import Known
from adr_ls.record.parts import Status
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.syntax.change import Change, FileEdit
from adr_ls.syntax.markdown import Definition, Link
from adr_ls.syntax.text import Edit, Span, apply
from adr_ls.words.lookup import STATUS_WORDS, fold
from adr_ls.write import editing, renaming
from adr_ls.write.renaming import RenamingError

NEAR = 500
"""Characters around a status within which a reference may be part of it."""

# The word of a status

_WORD = lazy.regex(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,3}")


def word_span(log: Log, record: Record, status: Status) -> Span | None:
    """Where a status says its word, as the house knows it; None where it says none, or is one of several to choose from.

    Nor is a word in a picture one, such as a badge: it is a part of an address.
    """
    if status.choices or status.evidence != "declared" or editing.is_checklist(record, status):
        return None
    own = status.text if _WORD.fullmatch(status.text) else ""  # the house's own, which no language knows
    known = status.spelled or next((word for word in log.house.vocabulary if _opens(status.text, word)), own)
    found = _found(record.text, status.span, known) if known else None
    in_picture = found and any(link.kind == "image" and link.span.covers(found) for link in record.document.links)
    return None if in_picture else found


def restated(workspace: Workspace, log: Log, word: str, words: str) -> Change:
    """Another word for a status, in all records of a log that use it, in its indexes, their explanations of it and its templates.

    Each place keeps its case. Raises `RenamingError` where the new word would say something else than the old one.
    """
    workspace = workspace.remembering()
    words = re.sub(r"\s+", " ", words).strip()
    if not _WORD.fullmatch(words):
        raise RenamingError(f"“{words}” is no word for a status.")
    if fold(word) in map(fold, log.config.statuses) and "statuses" not in log.config.borrowed:
        raise RenamingError(f"The settings name “{word}” as one of the statuses; change it there first.")
    old, new = STATUS_WORDS.get(fold(word)), STATUS_WORDS.get(fold(words))
    if old and new and old != new:
        raise RenamingError(
            f"“{words}” says something else than “{word}”: {new}, not {old}. Change the status of each record instead."
        )
    if words == word:
        return Change()
    edits: dict[str, list[Edit]] = {}
    for facts in log.records.values():
        if any(_opens(status.text, word) or fold(status.spelled) == fold(word) for status in facts.statuses):
            record = workspace.file(facts.path)
            if record is not None and not record.is_fixed:
                edits[record.path] = _in_statuses(log, record, word, words)
    for template in log.templates:
        if not isinstance(template, Described) and template.path not in edits:
            edits[template.path] = list(_in_choices(template, word, words))
    found = [FileEdit(path, edit) for path, own in edits.items() for edit in own]
    for index in workspace.indexes_of(log):
        found += (FileEdit(index.path, edit) for edit in _in_entries(index, edits, word, words))
        found += _in_groups(workspace, index, word, words)
    for path in workspace.pages:
        page = workspace.file(path) if path.startswith(log.directory + "/") else None
        if page is not None and page.is_markdown:
            found += (FileEdit(path, edit) for edit in _in_legend(page, word, words))
    return Change(f"Rename to “{words}”", tuple(dict.fromkeys(found)))


def _opens(text: str, word: str) -> bool:
    """Whether a status begins with that word."""
    said, known = fold(text), fold(word)
    return said.startswith(known) and not said[len(known) : len(known) + 1].isalnum()


def _found(text: str, within: Span, word: str) -> Span | None:
    """Where a word stands first within a span."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", within.of(text), re.IGNORECASE)
    return Span(*found.span()).shift(within.start) if found else None


def _cased(words: str, like: str) -> str:
    """Words in the case of others: all small, all capitals, or as they were given."""
    if like.islower():
        return words.lower()
    if like.isupper() and len(like) > 1:
        return words.upper()
    return words[:1].upper() + words[1:] if like[:1].isupper() else words


def _in_statuses(log: Log, record: Record, word: str, words: str) -> list[Edit]:
    """The word in each status of a record; raises `RenamingError` where the record would then say something else."""
    edits = []
    for status in record.statuses:
        span = word_span(log, record, status)
        if span is not None and fold(span.of(record.text)) == fold(word):
            said = _cased(words, span.of(record.text))
            fits = status.field.place != "front-matter" or editing.within_scalar(record, span, said) == said
            if not fits:
                raise RenamingError(f"“{words}” cannot stand in the front matter of {record.id} without quotes.")
            edits.append(Edit(span, said))
    if not any(abs(one.mention.span.start - edit.span.start) < NEAR for one in record.relations for edit in edits):
        return edits  # nothing that it says of others hangs on the word
    then = Record(record.path, apply(record.text, edits))
    if _related(record) != _related(then) or len(record.statuses) != len(then.statuses):
        raise RenamingError(f"With “{words}”, {record.id} would no longer say how it stands to other records.")
    return edits


def _related(record: Known) -> list[tuple[str, str, int | None]]:
    """How a record says that it stands to which others."""
    return [(one.relation, one.mention.path or one.mention.series, one.mention.number) for one in record.relations]


def _in_choices(template: Record, word: str, words: str) -> Iterator[Edit]:
    """The word where a template states it, or lists it among those to choose from."""
    choice = re.compile(rf"(?:^|[^\w\s])\s*(?P<word>{re.escape(word)})(?!\w)", re.IGNORECASE)
    for field in template.fields:
        said = field.value_span.of(template.text) if field.role == "status" else ""
        found = choice.search(said)
        if found is not None and (statuses.lists_choices(said) or not re.search(r"\w", said[: found.start("word")])):
            span = Span(*found.span("word")).shift(field.value_span.start)
            yield Edit(span, _cased(words, span.of(template.text)))


def _in_entries(index: Index, changed: dict[str, list[Edit]], word: str, words: str) -> Iterator[Edit]:
    """The word in the entries of records that change."""
    for entry in index.entries:
        if changed.get(entry.path or ""):
            for slot in (
                slot for strip in entry.strips for part in strip.parts for slot in part.slots if slot.role == "status"
            ):
                said = slot.span.of(index.page.text)
                if fold(said) == fold(word):
                    yield Edit(slot.span, _cased(words, said))


def _in_groups(workspace: Workspace, index: Index, word: str, words: str) -> Iterator[FileEdit]:
    """The word as a heading above entries, pictures beside it left out, with the links to that."""
    for heading in dict.fromkeys(entry.category.heading for entry in index.entries if entry.category is not None):
        span = _found(index.page.text, heading.text, word)
        if span is not None and fold(re.sub(r"^[\W_]+|(?<![\W_])[\W_]+$", "", heading.plain)) == fold(word):
            text = heading.text.of(index.page.text)
            at = span.shift(-heading.text.start)
            said = text[: at.start] + _cased(words, at.of(text)) + text[at.end :]
            yield from renaming.reheaded(workspace, index.page, heading, said).edits


def _in_legend(page: Record, word: str, words: str) -> Iterator[Edit]:
    """The word where a page of the log explains it."""
    for found in statuses.explained(word).finditer(page.text):
        if page.document.kind_at(found.start("word")) in ("text", "codespan"):
            yield Edit(Span(*found.span("word")), _cased(words, found["word"]))


# Labels


def relabelled(record: Record, definition: Definition, words: str) -> Change:
    """Another label for links, where it is defined and where it is used; what readers see stays as it is.

    Raises `RenamingError` where the label is taken, or brackets elsewhere would become links by it.
    """
    words = re.sub(r"\s+", " ", words).strip().removeprefix("[").removesuffix("]").strip()
    if not words or re.search(r"[\[\]]", words):
        raise RenamingError(f"“{words}” cannot be the label of a link.")
    if words == definition.label:
        return Change()
    document, old = record.document, same_label(definition.label)
    if same_label(words) != old and any(same_label(other.label) == same_label(words) for other in document.definitions):
        raise RenamingError(f"There is a label “{words}” already.")
    edits = [Edit(editing.label_span(one, record), words) for one in document.definitions if same_label(one.label) == old]
    edits += (
        _labelled(link, record, words)
        for link in document.links
        if link.definition and same_label(link.definition.label) == old
    )
    then = Record(record.path, apply(record.text, edits)).document
    if [link.url for link in then.links] != [link.url for link in document.links]:
        raise RenamingError(f"“{words}” stands in brackets elsewhere in this file, and would become a link there.")
    return Change.of(f"Rename to “{words}”", record.path, edits)


def same_label(label: str) -> str:
    """What two labels have in common that are the same to Markdown."""
    return re.sub(r"\s+", " ", label).strip().casefold()


def _labelled(link: Link, record: Record, words: str) -> Edit:
    """The edit that gives a link another label, in ``[text][label]``, ``[label][]`` and ``[label]``."""
    if link.target != link.text:
        return Edit(link.target, words)
    if link.span.of(record.text).endswith("[]"):
        return Edit(Span(link.span.end - 1, link.span.end - 1), words)
    return Edit(Span(link.span.end, link.span.end), f"[{words}]")
