"""How a record says it stands to others, and how well that is known.

A statement is judged on its whole sentence, item or cell, never on a line: its subject (this record, a part of it, something else),
its verb, whether that is denied, holds in part or under a condition only, and all the records that it names. The words are data (see
`adr_ls.record.grammar`), and the same few rules read them in every language:

    [subject] [auxiliaries] verb [by] [part of] name [listing name]… [what is left]      Superseded in part by ADR-2 and ADR-3
    name verb                                                    where a language has its verb last: ADR-2により置き換え
    [before] name verb                                           where it has the name between two words: 已被 ADR-2 取代
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from adr_ls.record import grammar
from adr_ls.record.gaps import LIGHT, NEAR, SEE, is_verb, says, without_asides
from adr_ls.record.grammar import Token, is_content
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Evidence, Field
from adr_ls.record.sentence import Names, Owns, Sentence, Statement
from adr_ls.syntax.text import Span
from adr_ls.words.language import Relation


@dataclass(frozen=True, slots=True)
class Related:
    """That this record stands in a relation to the one mentioned; `partial` where only a part of it is meant."""

    relation: Relation
    mention: Mention
    partial: bool
    field: Field | None
    evidence: Evidence = "declared"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that is read as a whole, and what it counts for.

    A ``declared`` one is of metadata: what it says, it says of the record. A ``stated`` one stands where a record speaks of itself
    (beside its metadata, in lists of links): what is nothing but a statement there is declared. Any other is ``told``, prose;
    what a cell of a table speaks of is clear from its row at most, and an option that was weighed says what might have been.
    """

    span: Span
    evidence: Evidence
    field: Field | None = None
    is_elliptic: bool = False
    """Whether a statement there without a subject may be of something else: in a cell, or among options."""


def in_unit(text: str, unit: Unit, names: Names, owns: Owns) -> Iterator[Related]:
    """The relations that a unit of text states; `names` are the mentions in it, `owns` tells whether one names the record itself."""
    found = grammar.tokens(text, unit.span, [mention.span for mention in names])
    initial, several = True, sum(token.mark == "stop" for token in found[:-1]) > 0
    topic = _topic(found, names, owns) if unit.evidence != "declared" else -1
    for sentence in grammar.sentences(found):
        reader = Sentence(
            text,
            sentence,
            names,
            owns,
            loose=unit.evidence != "told",
            declared=unit.evidence == "declared",
            topic=topic,
            follows=not initial,
        )
        for statement in reader.statements():
            if topic >= 0 and statement.subject in ("implied", "part") and all(one.name != topic for one in statement.objects):
                continue  # what is said of the record that the item is about
            evidence = _evidence(unit, statement, initial=initial, alone=not several)
            relation = _partly(statement.relation, partial=statement.partial)
            for name, in_part in statement.objects:
                partial = statement.partial or in_part
                yield Related(_partly(relation, partial=partial), names[name], partial, unit.field, evidence)
        initial = False


def _topic(found: Sequence[Token], names: Names, owns: Owns) -> int:
    """The name of another record with which an item begins that is about it: ``ADR-2 — the queue. Extends ADR-1.``; else -1."""
    at = next((index for index, token in enumerate(found) if token.mark == "name"), len(found))
    ahead = found[:at]
    if not 0 <= at < len(found) - 1 or found[at + 1].mark not in ("break", "colon") or owns(names[found[at].name]):
        return -1
    is_light = all(
        token.mark == "word" and token.parts & (LIGHT | {"conditions"}) and token.relation is None for token in ahead
    )
    return found[at].name if is_light and not any(token.folded in SEE for token in ahead) else -1


def in_list(text: str, unit: Unit, names: Names, owns: Owns) -> Iterator[Related]:
    """The relations that the last sentence of a unit of text states to the names below it: ``This ADR supersedes:`` over a list."""
    spans = [mention.span for mention in names]
    sentence = list(grammar.sentences(grammar.tokens(text, unit.span, ())))[-1:]
    found = [token for tokens in sentence for token in tokens]
    while found and found[-1].mark != "word":
        found.pop()
    for index, span in enumerate(spans):
        found += [Token(span.start, span.start, "comma")] if index else []
        found.append(Token(span.start, span.end, "name", name=index))
    for statement in Sentence(text, found, names, owns, loose=unit.evidence != "told").statements():
        evidence = _evidence(unit, statement, initial=True, alone=True)
        for name, in_part in statement.objects:
            partial = statement.partial or in_part
            yield Related(_partly(statement.relation, partial=partial), names[name], partial, unit.field, evidence)


def successors(text: str, field: Field, names: Names, span: Span) -> Iterator[Related]:
    """The records that a status leads to, which says that there are some: ``See ADR-2`` behind *superseded*."""
    for sentence in grammar.sentences(grammar.tokens(text, span, [mention.span for mention in names])):
        words = [token for token in sentence if token.mark == "word"]
        leads = bool(words) and words[0].folded in SEE
        first = next((index for index, token in enumerate(sentence) if token.mark == "name"), len(sentence))
        ahead = sentence[:first] if leads else sentence
        if any(map(is_content, ahead)) or says(ahead, "none") or says(ahead, "conditions"):
            continue
        yield from (Related("superseded_by", names[token.name], False, field) for token in sentence if token.mark == "name")


def in_value(text: str, field: Field, names: Names, relation: Relation, span: Span) -> Iterator[Related]:
    """The relations of a field that holds nothing but what its key says of others; `names` are the mentions in that span of it."""
    key = grammar.tokens(field.key, Span(0, len(field.key)), ())
    own = without_asides(key)
    if says([token for token in key if token not in own], "foreign"):
        return  # "Supersedes (cross-repo)"
    in_part = says(key, "in_part")
    evidence: Evidence = "told" if says(own, "conditions") else "declared"
    found = grammar.tokens(text, span, [mention.span for mention in names])
    if field.place == "front-matter":
        reader = Sentence(text, found, names, lambda _: False, loose=True)
        for index, mention in enumerate(names):
            partly = in_part or reader.item_is_part(index)
            yield Related(_partly(relation, partial=partly), mention, partly, field, evidence)
        return
    for sentence in grammar.sentences(found):
        if _says_otherwise(sentence):
            yield from in_unit(text, Unit(span, evidence, field), names, lambda _: False)
            break
        reader = Sentence(text, sentence, names, lambda _: False, loose=True)
        objects, partial, unsure = reader.objects(-1, relation)
        for name, of_part in objects:
            partly = in_part or partial or of_part
            yield Related(_partly(relation, partial=partly), names[name], partly, field, "told" if unsure else evidence)
        break


def _says_otherwise(sentence: Sequence[Token]) -> bool:
    """Whether a value says with a verb of its own how the record stands to others, and not as its key has it: ``None (extends ADR-2)``."""
    words = [token for token in sentence if token.mark != ""][:NEAR]
    while words and (words[0].mark != "word" or "none" in words[0].parts):
        if words[0].mark == "name":
            return False
        words = words[1:]
    return bool(words) and words[0].mark == "word" and is_verb(words[0]) and words[0].relation != "related"


def _partly(relation: Relation, *, partial: bool) -> Relation:
    """A relation in part is an amendment: the other record goes on to hold."""
    if partial and relation in ("supersedes", "superseded_by"):
        return "amends" if relation == "supersedes" else "amended_by"
    return relation


def without_parts(found: Iterable[Related]) -> Iterator[Related]:
    """The relations without those that only tell a part of what is declared of the same record: its details, in prose or behind that.

    A record that supersedes another supersedes its format too, and does not amend it by that.
    """
    given = list(found)
    whole: dict[tuple[Relation, tuple[str, int | str | None]], Field | None] = {
        (_partly(related.relation, partial=True), _named(related.mention)): related.field
        for related in given
        if related.evidence == "declared" and related.relation in ("supersedes", "superseded_by") and not related.partial
    }
    for related in given:
        part = related.relation, _named(related.mention)
        if part in whole and related.evidence == "declared":
            is_detail = related.field is not None and related.field is whole[part]
        else:
            is_detail = part in whole and related.partial
        if not is_detail:
            yield related


def _named(mention: Mention) -> tuple[str, int | str | None]:
    """What a mention names, as far as its text tells."""
    return mention.series.casefold(), mention.number if mention.number is not None else mention.path


def _evidence(unit: Unit, statement: Statement, *, initial: bool, alone: bool) -> Evidence:
    if statement.conditional or statement.subject == "other" or (unit.is_elliptic and statement.subject == "implied"):
        return "told"
    if unit.evidence == "declared":
        return "declared"
    if unit.evidence == "stated" and alone and statement.subject == "implied" and not statement.rest:
        return "declared"
    if statement.adds:
        return "told"  # to extend a record in a sentence is to build upon it
    if unit.evidence == "stated":
        return "stated"
    if statement.subject == "self":
        return "stated"
    # "Supersedes ADR-2." can only speak of the record; "Superseded by ADR-3." may be said of what stands before it
    active = statement.relation in ("supersedes", "amends")
    return "stated" if statement.subject == "implied" and statement.begins and (initial or active) else "told"
