"""How a record says it stands to others, and how well that is known.

A statement is judged on its whole sentence, item or cell, never on a line: its subject (this record, a part of it, something else),
its verb, whether that is denied, holds in part or under a condition only, and all the records that it names. The words are data (see
`adr_ls.record.grammar`), and the same few rules read them in every language:

    [subject] [auxiliaries] verb [by] [part of] name [listing name]… [what is left]      Superseded in part by ADR-2 and ADR-3
    name verb                                                    where a language has its verb last: ADR-2により置き換え
    [before] name verb                                           where it has the name between two words: 已被 ADR-2 取代
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple

from adr_ls.record import filename, grammar, scope
from adr_ls.record.grammar import Token, is_content
from adr_ls.record.mentions import Mention
from adr_ls.record.metadata import Evidence, Field
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.words.language import CONVERSE, Relation
from adr_ls.words.lookup import FIELD_ROLES, any_of, every


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


class _Object(NamedTuple):
    name: int
    partial: bool


_Subject = Literal["implied", "self", "part", "object", "other"]


class _Statement(NamedTuple):
    """A verb with its subject and objects.

    `rest` says that its sentence has other words besides, `begins` that nothing is said in front of the verb, `adds` that it leaves
    the other record as it is, and is no label. The subject is ``object`` where another record does something to this one: ``ADR-2
    supersedes this record``.
    """

    relation: Relation
    subject: _Subject
    objects: tuple[_Object, ...]
    partial: bool
    conditional: bool
    rest: bool
    begins: bool = False
    adds: bool = False


Names = Sequence[Mention]
Owns = Callable[[Mention], bool]


def in_unit(text: str, unit: Unit, names: Names, owns: Owns) -> Iterator[Related]:
    """The relations that a unit of text states; `names` are the mentions in it, `owns` tells whether one names the record itself."""
    found = grammar.tokens(text, unit.span, [mention.span for mention in names])
    initial, several = True, sum(token.mark == "stop" for token in found[:-1]) > 0
    topic = _topic(found, names, owns) if unit.evidence != "declared" else -1
    for sentence in grammar.sentences(found):
        reader = _Sentence(
            text, sentence, names, owns, loose=unit.evidence != "told", declared=unit.evidence == "declared", topic=topic
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
        token.mark == "word" and token.parts & (_LIGHT | {"conditions"}) and token.relation is None for token in ahead
    )
    return found[at].name if is_light and not any(token.folded in _SEE for token in ahead) else -1


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
    for statement in _Sentence(text, found, names, owns, loose=unit.evidence != "told").statements():
        evidence = _evidence(unit, statement, initial=True, alone=True)
        for name, in_part in statement.objects:
            partial = statement.partial or in_part
            yield Related(_partly(statement.relation, partial=partial), names[name], partial, unit.field, evidence)


def successors(text: str, field: Field, names: Names, span: Span) -> Iterator[Related]:
    """The records that a status leads to, which says that there are some: ``See ADR-2`` behind *superseded*."""
    for sentence in grammar.sentences(grammar.tokens(text, span, [mention.span for mention in names])):
        words = [token for token in sentence if token.mark == "word"]
        leads = bool(words) and words[0].folded in _SEE
        first = next((index for index, token in enumerate(sentence) if token.mark == "name"), len(sentence))
        ahead = sentence[:first] if leads else sentence
        if any(map(is_content, ahead)) or _says(ahead, "none") or _says(ahead, "conditions"):
            continue
        yield from (Related("superseded_by", names[token.name], False, field) for token in sentence if token.mark == "name")


def in_value(text: str, field: Field, names: Names, relation: Relation, span: Span) -> Iterator[Related]:
    """The relations of a field that holds nothing but what its key says of others; `names` are the mentions in that span of it."""
    key = grammar.tokens(field.key, Span(0, len(field.key)), ())
    own = _without_asides(key)
    if _says([token for token in key if token not in own], "foreign"):
        return  # "Supersedes (cross-repo)"
    in_part = _says(key, "in_part")
    evidence: Evidence = "told" if _says(own, "conditions") else "declared"
    found = grammar.tokens(text, span, [mention.span for mention in names])
    if field.place == "front-matter":
        reader = _Sentence(text, found, names, lambda _: False, loose=True)
        for index, mention in enumerate(names):
            partly = in_part or reader.item_is_part(index)
            yield Related(_partly(relation, partial=partly), mention, partly, field, evidence)
        return
    for sentence in grammar.sentences(found):
        if _says_otherwise(sentence):
            yield from in_unit(text, Unit(span, evidence, field), names, lambda _: False)
            break
        reader = _Sentence(text, sentence, names, lambda _: False, loose=True)
        objects, partial, unsure = reader.objects(-1, relation)
        for name, of_part in objects:
            partly = in_part or partial or of_part
            yield Related(_partly(relation, partial=partly), names[name], partly, field, "told" if unsure else evidence)
        break


def _says_otherwise(sentence: Sequence[Token]) -> bool:
    """Whether a value says with a verb of its own how the record stands to others, and not as its key has it: ``None (extends ADR-2)``."""
    words = [token for token in sentence if token.mark != ""][:_NEAR]
    while words and (words[0].mark != "word" or "none" in words[0].parts):
        if words[0].mark == "name":
            return False
        words = words[1:]
    return bool(words) and words[0].mark == "word" and _is_verb(words[0]) and words[0].relation != "related"


def _partly(relation: Relation, *, partial: bool) -> Relation:
    """A relation in part is an amendment: the other record goes on to hold."""
    if partial and relation in ("supersedes", "superseded_by"):
        return "amends" if relation == "supersedes" else "amended_by"
    return relation


def without_parts(found: Iterable[Related]) -> Iterator[Related]:
    """The relations without those that only tell a part of what is declared of the same record: its details, in prose.

    A record that supersedes another supersedes its format too, and does not amend it by that.
    """
    given = list(found)
    whole = {
        (related.relation, _named(related.mention))
        for related in given
        if related.evidence == "declared" and related.relation in ("supersedes", "superseded_by") and not related.partial
    }
    for related in given:
        replaced = "supersedes" if related.relation == "amends" else "superseded_by"
        if related.evidence == "declared" or not related.partial or (replaced, _named(related.mention)) not in whole:
            yield related


def _named(mention: Mention) -> tuple[str, int | str | None]:
    """What a mention names, as far as its text tells."""
    return mention.series.casefold(), mention.number if mention.number is not None else mention.path


def _evidence(unit: Unit, statement: _Statement, *, initial: bool, alone: bool) -> Evidence:
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


def _says(tokens: Sequence[Token], part: grammar.Part) -> bool:
    return any(part in token.parts for token in tokens)


_LIGHT = frozenset({"auxiliaries", "listing", "state", "in_part", "whole", "by"})
"""Parts of words that leave open of what a sentence speaks."""
_REACH = 100
"""How many tokens before and behind a verb are of its statement at most; its objects apart."""
_VERBS = 100
"""How many verbs of relation a sentence has at most that says something."""
_NEAR = 4
"""How many words before a verb a negation denies it at most."""
_LONG = 4
"""How many words the name of a part of a record has at most: ``allowlist gate aspect``."""

_LONGEST = 40
"""How many words what a status says of a part of the record has at most; each character is one where there are no blanks."""


def _speaks(token: Token) -> bool:
    """Whether a token says of what its sentence speaks."""
    return token.mark == "name" or is_content(token)


def _is_verb(token: Token) -> bool:
    """Whether a token is a verb that begins another statement."""
    return token.relation is not None and not (token.relation == "related" and "listing" in token.parts)


class _Sentence:
    """A sentence that is being read. A `loose` one stands where a record speaks of itself, and may leave out what is clear there.

    In a `declared` one whatever is said of no other record is said of this one. `topic` is the name of the record that its item is
    about, -1 where it is about none.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        names: Names,
        owns: Owns,
        *,
        loose: bool,
        declared: bool = False,
        topic: int = -1,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.names = names
        self.loose = loose
        self.declared = declared
        self.topic = topic
        self.verbs = [index for index, token in enumerate(tokens) if _is_verb(token)]
        self.at = {token.name: index for index, token in enumerate(tokens) if token.mark == "name"}
        self.has_words = any(map(is_content, tokens)) or _says(tokens, "rest")
        self.own = frozenset(token.name for token in tokens if token.mark == "name" and owns(names[token.name]))

    def statements(self) -> Iterator[_Statement]:
        """What the sentence says of the record and others, in order."""
        if not (self.at or self.topic >= 0) or len(self.verbs) > _VERBS:
            return
        begin = 0
        before: _Statement | None = None
        for index, token in enumerate(self.tokens):
            if index < begin:
                continue
            begin = max(begin, index - _REACH)
            statement, end = None, index + 1
            if token.after is not None or token.around:
                statement, end = self._from_behind(begin, index)
            if statement is None and token.relation is not None and token.relation != "related":
                statement, end = self._from_verb(begin, index, token.relation, before)
            if statement is not None:
                before, begin = statement, end
                yield statement
            elif token.relation == "related" or end > index + 1:
                begin = end

    def _from_verb(self, begin: int, at: int, relation: Relation, before: _Statement | None) -> tuple[_Statement | None, int]:
        """The statement of the verb at an index, whose words before it begin no earlier than at another; and where it ends."""
        if self._is_one_of_two(at):
            return None, at + 1
        lead = self._clause(begin, at)
        if _says([token for token in lead if token.mark == "word"][-_NEAR:], "none"):
            return None, self._behind(self.objects(at, relation)[0], at)
        conditional = _says(self.tokens[begin:at], "conditions")
        if self._is_active(at, lead):
            relation = CONVERSE[relation]
        subject, in_part = self._subject(lead, before if begin else None)
        if subject in ("implied", "part") and not self.declared and self._is_of_another(begin, at):
            subject = "other"
        if subject == "implied" and relation in _PASSIVE and not self.loose and self._is_noted(at):
            subject, in_part = "other", True
        if subject == "other" and any(token.mark == "name" for token in lead):
            return self._converse(lead, at, relation, conditional=conditional)
        objects, partial, unsure = self.objects(at, relation)
        if not objects and self.topic >= 0 and subject == "implied" and not in_part and self._is_done_by_this(at, relation):
            about = (_Object(self.topic, partial=False),)
            return _Statement(CONVERSE[relation], "self", about, False, conditional, rest=True, adds=self._adds(at)), at + 1
        if not objects:
            return None, at + 1
        return (
            _Statement(
                relation,
                subject,
                objects,
                partial or in_part,
                conditional or unsure,
                self.has_words,
                begins=not any(map(_speaks, self._ahead(begin if before is not None and before.begins else 0, at))),
                adds=self._adds(at),
            ),
            self._behind(objects, at),
        )

    def _is_active(self, at: int, lead: Sequence[Token]) -> bool:
        """Whether a participle is what the subject before it did: ``This record superseded ADR-2``, ``ADR-2 has replaced this one``."""
        verb, behind = self.tokens[at], self.tokens[at + 1 : self._end(at)]
        if verb.relation not in _PASSIVE or verb.after is not None or grammar.ends_in_by(verb):
            return False
        said = list(takewhile(lambda token: token.mark == "word" and not token.parts & {"subjects", "own"}, behind))
        object_ = behind[len(said)] if len(said) < len(behind) else None
        if (
            object_ is None
            or object_.mark not in ("word", "name")
            or any("by" in one.parts and "of" not in one.parts for one in said)
        ):
            return False
        for token in reversed(lead):
            if token.mark == "name" or ("subjects" in token.parts and token.folded not in _DECIDERS):
                return True
            if token.folded not in _BESIDE_VERBS:
                return False
        return False

    def _is_one_of_two(self, at: int) -> bool:
        """Whether a label leaves open whether a record does what the verb at an index says, or only has to do with others: ``Supersedes/related: ADR-2``."""
        behind = self.tokens[at + 1 : at + 3]
        return (
            bool(behind)
            and FIELD_ROLES.get(behind[-1].folded) == "related"
            and self.text[self.tokens[at].end : behind[-1].start].strip() in ("/", "|")
        )

    def _is_done_by_this(self, at: int, relation: Relation) -> bool:
        """Whether nothing follows on the verb at an index but that this record does that: ``ADR-2 — the queue (superseded by this record)``."""
        behind = self._until_closed(at, self.tokens[at + 1 : self._end(at)])
        words = [token for token in behind if token.mark not in ("", "stop", "close")]
        while words and words[0].parts & {"by", "auxiliaries"} and "subjects" not in words[0].parts:
            words = words[1:]
        if relation not in _PASSIVE or not words or "subjects" not in words[0].parts or not _says(behind, "by"):
            return False
        return len(words) == 1 and words[0].folded not in _BARE_SUBJECTS - frozenset(every("itself"))

    def _ahead(self, begin: int, at: int) -> Sequence[Token]:
        """The tokens from an index to the verb at another: all, or behind an earlier statement those outside brackets."""
        return _without_asides(self.tokens[begin:at]) if begin else self.tokens[:at]

    def _is_of_another(self, begin: int, at: int) -> bool:
        """Whether a verb behind a dash or in brackets goes on about the record named ahead: ``ADR-3 (the canvas) — supersedes ADR-2``."""
        depth, start, found = 0, begin, -1
        for index in range(at - 1, max(0, at - _REACH) - 1, -1):
            token = self.tokens[index]
            depth += (token.mark == "close") - (token.mark == "open")
            if depth < 0:
                ahead = self.tokens[index - 1] if index else None
                if ahead is not None and ahead.mark == "name" and "listing" not in self.tokens[index + 1].parts:
                    return ahead.name not in self.own
                start = index + 1
                break
            if token.mark == "break" and not depth and found < 0 and index >= begin:
                if self.text[token.start] in ";；":
                    return False
                found = index
        if found < start:
            return False
        ahead_of = _without_asides(self.tokens[start:found])
        colon = max((index for index, token in enumerate(ahead_of) if token.mark == "colon"), default=-1)
        first = next((token for token in ahead_of[colon + 1 :] if _speaks(token) or token.relation is not None), None)
        return first is not None and first.mark == "name" and first.name not in self.own

    def _adds(self, at: int) -> bool:
        """Whether a verb says that one record adds to another, and is not a label in front of it: ``Extends: ADR-2 (the queue)``."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return "adding" in self.tokens[at].parts and not (at == 0 and following is not None and following.mark == "colon")

    def _is_noted(self, at: int) -> bool:
        """Whether a verb stands in brackets behind words of its sentence, of which alone it is said: ``the gate (replaced by ADR-2)``."""
        depth = 0
        for index in range(at - 1, max(-1, at - _REACH), -1):
            mark = self.tokens[index].mark
            depth += (mark == "close") - (mark == "open")
            if depth < 0:
                return any(map(is_content, self.tokens[max(0, index - _REACH) : index]))
        return False

    def _behind(self, objects: Sequence[_Object], at: int) -> int:
        """The index behind the last object of a verb."""
        return max((self.at[entry.name] for entry in objects), default=at) + 1

    def _clause(self, begin: int, at: int) -> Sequence[Token]:
        """The tokens between two places that are of the same clause as the second."""
        depth = 0
        for index in range(at - 1, begin - 1, -1):
            mark = self.tokens[index].mark
            if mark == "close":
                depth += 1
            elif mark == "open" and depth:
                depth -= 1
            elif (mark in ("break", "open") and not depth) and not self._names_end(begin, index):
                return _without_asides(self.tokens[index + 1 : at])
        return _without_asides(self.tokens[begin:at])

    def _names_end(self, begin: int, at: int) -> bool:
        """Whether nothing but the names of other records stands before a break: ``ADR-2 — superseded by this record``."""
        colon = max((index for index in range(begin, at) if self.tokens[index].mark == "colon"), default=begin - 1)
        before = self.tokens[colon + 1 : at]
        return (
            bool(before)
            and all(token.mark != "word" or token.parts & _LIGHT for token in before)
            and any(token.mark == "name" for token in before)
        )

    def _subject(self, lead: Sequence[Token], before: _Statement | None) -> tuple[_Subject, bool]:
        """Of what a clause speaks by the words before its verb, and whether that is a part of the record."""
        selves = [index for index, token in enumerate(lead) if "subjects" in token.parts or token.name in self.own]
        if not selves and _says(lead, "own") and not any(token.mark == "name" for token in lead):
            return "self", True
        if selves:
            first, last = selves[0], selves[-1]
            behind, ahead = lead[last + 1 :], lead[:first]
            if any(token.mark == "name" for token in (*behind, *ahead)) or any(map(is_content, behind)):
                return "other", False
            comma = max((index for index, token in enumerate(ahead) if token.mark in ("comma", "colon")), default=-1)
            words = [token for token in ahead[comma + 1 :] if token.mark == "word"]
            of_part = bool(words) and ("of" in words[-1].parts or _says(words, "parts") or any(map(is_content, words)))
            return "self", of_part or _says(lead, "in_part")
        words = [token for token in lead if token.mark in ("word", "name")]
        in_part = _says(words, "in_part") or _says(words, "parts")
        content = [token for token in words if token.mark == "name" or is_content(token)]
        if not content and all(token.parts & (_LIGHT | {"parts", "conditions"}) or token.folded.isdigit() for token in words):
            if before is not None and any("listing" in token.parts for token in words):
                return before.subject, in_part or (before.subject == "part")
            return "implied", in_part
        if self.loose and not any(token.mark == "name" for token in words):
            most = _LONGEST if self.declared else _LONG
            if len(words) <= most:
                return "part", True
        return "other", True

    def objects(self, at: int, relation: Relation) -> tuple[tuple[_Object, ...], bool, bool]:
        """The records named behind the verb at an index (-1: all of the sentence is about such), each with whether a part is meant.

        Also whether all of it holds in part, and whether it depends on a condition.
        """
        passive = relation in _PASSIVE
        listed = _without_asides(self._until_closed(at, self.tokens[at + 1 : self._end(at)]), keep=True)
        found: list[_Object] = []
        partial = conditional = False
        gap: list[Token] = []
        first: Sequence[Token] = ()
        for token in listed:
            if token.mark != "name":
                gap.append(token)
                continue
            mention = self.names[token.name]
            if found:
                goes_on = _goes_on(gap)
                if goes_on is None and not passive and _lists_part(first, gap):
                    goes_on = True
                if goes_on is None:
                    break
                if goes_on and not self._is_foreign(mention, gap):
                    of_part = _says(_behind_listing(gap), "in_part") or (not passive and _is_part(gap))
                    found.append(_Object(token.name, of_part or self._leaves(token, passive=passive, of_several=bool(found))))
                gap = []
                continue
            if not self._leads(gap, at, passive=passive):
                break
            first = gap
            conditional = conditional or _says(gap, "conditions")
            until_by = next((index for index, word in enumerate(gap) if "by" in word.parts), len(gap)) if passive else len(gap)
            partial = (
                _says(gap, "in_part")
                or self._is_limited(at)
                or _says(gap[:until_by], "parts")
                or (not passive and _is_part(gap))
            )
            if not self._is_foreign(mention, gap):
                found.append(_Object(token.name, self._leaves(token, passive=passive)))
            elif not self._lists_on(token):
                break
            else:
                found.append(_Object(-1, partial=False))
            gap = []
        tail = _clause_behind(gap)
        if found and tail and "none" in tail[0].parts and len(tail) == 1:
            found = []  # "ersetzt ADR-2 nicht"
        if tail and "conditions" in tail[0].parts:
            conditional = True
        return tuple(entry for entry in found if entry.name >= 0), partial, conditional

    def _until_closed(self, at: int, tokens: Sequence[Token]) -> Sequence[Token]:
        """The tokens behind the verb at an index, up to the end of the brackets that it stands in: ``(amended by it), ADR-2``.

        Brackets around the verb alone are a label where they begin the sentence: ``[Superseded by] ADR-2``.
        """
        inside = self._inside(tokens)
        is_label = at == 1 and all(other.parts & _LIGHT for other in inside)
        return tokens if is_label else inside

    @staticmethod
    def _inside(tail: Sequence[Token]) -> Sequence[Token]:
        """Of the tokens behind the opening of brackets those before these close; all where they do not, or none were opened."""
        depth = 1
        for index, token in enumerate(tail):
            depth += (token.mark == "open") - (token.mark == "close")
            if not depth:
                return tail[:index]
        return tail

    def _is_limited(self, at: int) -> bool:
        """Whether brackets right behind the verb at an index say for what alone it holds: ``Superseded (for the web) by ADR-2``."""
        behind = self.tokens[at + 1 : at + 3]
        return len(behind) > 1 and behind[0].mark == "open" and behind[1].folded in _CONCERNING

    def _next_verb(self, at: int) -> int:
        """The index of the verb that begins the next statement behind one."""
        place = bisect_right(self.verbs, at)
        return self.verbs[place] if place < len(self.verbs) else len(self.tokens)

    def _end(self, at: int) -> int:
        """The index of the verb that begins the next statement behind one, which none within brackets of this one does."""
        depth = 0
        for index in range(at + 1, len(self.tokens)):
            token = self.tokens[index]
            depth = max(0, depth + (token.mark == "open") - (token.mark == "close"))
            if not depth and _is_verb(token):
                return index
        return len(self.tokens)

    def _next_name(self, at: int) -> Token | None:
        """The first name behind the verb at an index, before the next verb."""
        return next((token for token in self.tokens[at + 1 : self._next_verb(at)] if token.mark == "name"), None)

    def _is_foreign(self, mention: Mention, gap: Sequence[Token]) -> bool:
        """Whether the words before a bare name say that it is of another collection."""
        if mention.form not in ("bare", "number") or not gap:
            return False
        return scope.is_foreign(self.text[gap[0].start : mention.span.start])

    def _lists_on(self, token: Token) -> bool:
        """Whether a list goes on behind a name."""
        return any(map(_joins, self.tokens[self.at[token.name] + 1 : self.at[token.name] + 2]))

    def _leads(self, gap: Sequence[Token], at: int, *, passive: bool) -> bool:
        """Whether the words between a verb and the first name lead on to it."""
        words = [token for token in gap if token.mark == "word"]
        if _says(words, "none"):
            return False
        if passive and any("by" in one.parts and "subjects" in two.parts for one, two in pairwise(words)):
            return False  # "ADR-2 — amended by this ADR, ADR-3"
        if passive and not _says(words, "by") and any("parts" in one.parts or one.folded in _RECORDS for one in words):
            return False  # "Superseded sections: ADR-2 §3"
        content = sum(map(is_content, words))
        if not passive and at >= 0 and words and words[0].folded in _AGENTS and self.tokens[at + 1].mark == "open":
            return False  # "Ersetzt (nur im Netz) durch ADR-3", which has one word for both
        if not passive and content and any("by" in token.parts and "of" not in token.parts for token in words):
            return False  # "We replace the cron jobs by the queue of ADR-3"
        if not passive and any(token.folded in _SEE and gap[index].mark == "comma" for index, token in enumerate(gap[1:])):
            return False  # "Ersetzt, siehe ADR-3"
        told_behind = at < 0 or (self.loose and bool(gap) and gap[0].mark == "colon")
        if passive and told_behind and words and "by" in words[-1].parts:
            return True  # "Superseded (2026-05-10): the projection is retired by ADR-8, and what it sat on by ADR-9"
        breaks = [index for index, token in enumerate(gap) if token.mark == "break"]
        if breaks and (content or any(not token.parts for token in gap[breaks[-1] + 1 :] if token.mark == "word")):
            return False
        if passive and at >= 0 and not (_says(words, "by") or grammar.ends_in_by(self.tokens[at])):
            return self.loose and not content
        return content <= (_LONG - 1 if passive else 2 * _LONG)

    def _leaves(self, token: Token, *, passive: bool, of_several: bool = False) -> bool:
        """Whether the words behind a name, up to the next one, say that a part of the record holds on, or that only one is meant.

        Brackets behind the last of several that say more than one thing tell what went where: ``(names to ADR-2; fees remain)``.
        """
        if not passive and self._has_part(token):
            return True
        begin = self.at[token.name] + 1
        tail: list[Token] = []
        for other in self.tokens[begin : begin + _REACH]:
            if other.mark == "name":
                tail = _before_listing(tail)
            elif _is_verb(other):
                tail = _before_verb(tail)
            if other.mark == "name" or _is_verb(other):
                break
            tail.append(other)
        if len(tail) > 1 and tail[0].mark in ("open", "comma") and tail[1].folded in _RELATIVES:
            tail = tail[next((index for index, other in enumerate(tail) if other.mark == "close"), len(tail)) :]
        if of_several and tail and tail[0].mark == "open" and any(other.mark == "break" for other in self._inside(tail[1:])):
            tail = tail[len(self._inside(tail[1:])) + 1 :]
        if grammar.leaves_rest(self._within(token, tail)) or _says(tail, "in_part") or self._names_part(token, tail):
            return True
        clause = _clause_behind(tail)
        return any(
            "parts" in word.parts and (not index or clause[index - 1].folded not in every("in_role"))
            for index, word in enumerate(clause)
        )

    def _has_part(self, name: Token) -> bool:
        """Whether the words behind a name are of a part of that record, which these make its own: ``ADR-2's size rule``."""
        at = self._behind_possessive(name)
        return at is not None and self.tokens[at].mark == "word" and "whole" not in self.tokens[at].parts

    def _behind_possessive(self, name: Token) -> int | None:
        """The index of the token behind what makes it a name's own; None where nothing does."""
        match = _POSSESSIVE.match(self.text, name.end)
        if match is None:
            return None
        at = self.at[name.name] + 1
        return next(
            (at + index for index, token in enumerate(self.tokens[at : at + _NEAR]) if token.start >= match.end()), None
        )

    def item_is_part(self, name: int) -> bool:
        """Whether the item of a list that holds a name says that a part of that record is meant."""
        at = self.at.get(name)
        if at is None:
            return False
        lead = list(takewhile(_is_inside, reversed(self.tokens[max(0, at - _REACH) : at])))[::-1]
        tail = list(takewhile(_is_inside, self.tokens[at + 1 : at + _REACH]))
        titled = bool(lead) and lead[-1].mark == "open"  # "Rules of the gateway (ADR-3)"
        bracketed = tail[1:] if tail and tail[0].mark == "open" else ()
        return (
            _says((*lead, *tail), "in_part")
            or (_is_part(lead) and not titled)
            or self._names_part(self.tokens[at], tail)
            or _says(bracketed, "parts")
        )

    def _within(self, name: Token, tail: Sequence[Token]) -> Sequence[Token]:
        """Of the words behind a name those that are in the same brackets, where it stands in some."""
        before = [token.mark for token in self.tokens[: self.at[name.name]]]
        if before.count("open") <= before.count("close"):
            return tail
        return self._inside(tail)

    def _names_part(self, name: Token, tail: Sequence[Token]) -> bool:
        """Whether a part is named by the record that it is of: ``ADR-85 decision #3``, ``ADR-53 §7``, ``the ADR-44 cost pins``."""
        at = self.at[name.name]
        words = _clause_behind(tail[:2]) if tail and tail[0].mark == "word" else []
        noun = bool(words) and ("parts" in words[0].parts or words[0].folded in _RECORDS)
        if _PART_SIGN.match(self.text, name.end) or (noun and _PART_NUMBER.match(self.text, words[0].end)):
            return True
        led = at > 0 and self.tokens[at - 1].folded in _ARTICLES
        return led and bool(words) and is_content(words[0]) and self.names[name.name].form != "link"

    def _converse(
        self, lead: Sequence[Token], at: int, relation: Relation, *, conditional: bool
    ) -> tuple[_Statement | None, int]:
        """``ADR-2 is superseded by this record``: what is said of another record, seen from this one."""
        clause = takewhile(lambda token: token.mark != "break", self.tokens[at + 1 : at + _REACH])
        behind = [token for token in clause if token.mark == "word"]
        while behind and behind[0].parts & {"by", "in_part", "auxiliaries"} and "subjects" not in behind[0].parts:
            behind = behind[1:]
        lead = _noted(lead)
        names = [token for token in lead if token.mark == "name" and token.name not in self.own]
        is_part = names and relation not in _PASSIVE and self._is_part_of_this(at)
        ends = relation == "superseded_by" or "state" in self.tokens[at].parts
        alone = not any("by" in token.parts for token in behind) and self._next_name(at) is None
        if ends and names and alone and not _says(lead, "parts"):
            # "ADR-2 is hereby superseded", "ADR-2 can be considered superseded": nobody else does it
            is_deed = any(token.folded in _HEREBY for token in (*lead, *behind[:1])) and not any(map(is_content, lead))
            if is_deed or conditional:
                objects = tuple(_Object(token.name, partial=False) for token in names)
                subject: _Subject = "self" if is_deed else "other"
                return _Statement("supersedes", subject, objects, partial=False, conditional=conditional, rest=True), at + 1
        if not is_part and (
            not behind
            or "subjects" not in behind[0].parts
            or (behind[0].folded in _BARE_SUBJECTS and len(behind) > 1)
            or not names
        ):
            return None, at + 1
        content = any(map(is_content, lead)) or _says(lead, "parts")
        part = is_part or content or _says(lead, "in_part") or _says(behind, "in_part") or _says(behind, "rest")
        objects = tuple(_Object(token.name, partial=False) for token in names)
        is_agent = relation in ("superseded_by", "amended_by")
        subject = "other" if content else "self" if is_agent else "object"
        return _Statement(CONVERSE[relation], subject, objects, part, conditional, rest=True, adds=self._adds(at)), at + 1

    def _is_part_of_this(self, at: int) -> bool:
        """Whether the object of the verb at an index is a part of this record: ``this record's rule``, ``the rule of this record``."""
        words = list(takewhile(lambda token: token.mark == "word", self.tokens[at + 1 : at + 2 + 2 * _LONG]))
        for index, word in enumerate(words):
            said, behind = words[:index], words[index + 1 :]
            if word.parts & {"own", "subjects"} and word.folded not in _BARE_SUBJECTS:
                if "own" in word.parts and not any(map(is_content, said)):
                    return "subjects" not in word.parts or any(map(is_content, behind[:1]))
                is_led = "own" in word.parts or (bool(said) and "of" in said[-1].parts)
                return is_led and (any(map(is_content, said)) or _says(said, "parts"))
            if _says((word,), "none") or ("by" in word.parts and "of" not in word.parts):
                return False
        return False

    def _from_behind(self, begin: int, at: int) -> tuple[_Statement | None, int]:
        """The statement of a verb that stands behind the names of the records that it is about."""
        verb, tokens = self.tokens[at], self.tokens
        first = at
        names: list[_Object] = []
        of_part = 0  # how many words behind a name are of a part of its record: "ADR-2のサイズ制限を置き換え"
        for index in range(at - 1, begin - 1, -1):
            token = tokens[index]
            if token.mark == "name":
                own = self._behind_possessive(token) if of_part else at
                if own is None:
                    break
                in_part = own < at and self._has_part(token) and verb.after not in _PASSIVE
                names.append(_Object(token.name, partial=in_part))
                first, of_part = index, 0
            elif not names and not of_part and token.parts and token.parts <= _HOW:
                continue  # "被 ADR-2 完整替代"
            elif token.parts & {"own", "subjects"} and not names:
                return self._done_to_this(begin, index, at, in_part=bool(of_part)), at + 1
            elif is_content(token) and of_part < _LONGEST and token.folded not in _PARTICLES:
                of_part += 1
            elif token.mark == "word" and "listing" not in token.parts:
                break
        if not names or any(token.mark == "name" for token in tokens[first:at] if token.name in self.own):
            return None, at + 1
        relation = verb.after
        head = first
        if verb.around:
            before = next((index for index in range(first - 1, begin - 1, -1) if tokens[index].mark == "word"), None)
            if before is not None and tokens[before].folded in verb.around:
                relation, head = "superseded_by", before
        if relation is None:
            return None, at + 1
        behind = tokens[at + 1 : at + _REACH]
        said = list(takewhile(lambda token: token.mark in ("word", "name"), behind))
        if _says(said, "none") or _says(tokens[begin:head], "none"):
            return None, at + 1
        subject, in_part = self._subject(self._clause(begin, head), None)
        objects = tuple(reversed(names))
        conditional = _says(tokens[begin:head], "conditions") or _says(behind[:_NEAR], "conditions")
        partial = in_part or _says(tokens[begin : at + 1], "in_part") or grammar.leaves_rest(behind)
        rest = any(map(is_content, tokens[begin:at]))
        begins = not any(map(is_content, tokens[:head]))
        statement = _Statement(relation, subject, objects, partial, conditional, rest, begins, adds=self._adds(at))
        return statement, at + 1

    def _done_to_this(self, begin: int, own: int, at: int, *, in_part: bool) -> _Statement | None:
        """What a verb at the end says of another record that does something to this one: ``ADR-2は本決定のサイズ制限を置き換える``."""
        verb, this = self.tokens[at], self.tokens[own]
        is_this = "own" in this.parts if in_part else "subjects" in this.parts and len(this.folded) > 1
        lead = self.tokens[begin:own]
        while lead and lead[-1].mark == "word" and lead[-1].parts & {"subjects", "auxiliaries"}:
            lead = lead[:-1]
        if not is_this or verb.after is None or verb.after in _PASSIVE or not lead or lead[-1].mark != "name":
            return None
        if lead[-1].name in self.own or _says(self.tokens[at + 1 : at + 1 + _NEAR], "none"):
            return None
        conditional = _says(self.tokens[begin:own], "conditions") or _says(self.tokens[at + 1 : at + 1 + _NEAR], "conditions")
        objects = (_Object(lead[-1].name, partial=False),)
        return _Statement(CONVERSE[verb.after], "object", objects, in_part, conditional, rest=True, adds=self._adds(at))


_HOW = frozenset({"auxiliaries", "in_part"})
"""Parts of words between the name of a record and a verb behind it that say how far that goes."""
_BESIDE_NAMES = frozenset({"whole", "state", "auxiliaries"})
"""Parts of words between *of* and the name of a record."""
_ARTICLES = frozenset(every("articles"))
_RECORDS = frozenset(every("records"))
_PART_SIGN = lazy.regex(r"[ \t]*(?:§{1,2}[ \t]*\d|#\d)")
"""The number of a part right behind the name of its record."""
_PART_NUMBER = lazy.regex(r"[ \t]*(?:[§#]{1,2}[ \t]*)?\d")
"""The number of a part behind what it is called."""
_WORKS = frozenset(every("works"))
_AGENTS = frozenset(every("by")) - frozenset(every("inside"))
_PASSIVE = frozenset({"superseded_by", "amended_by"})
_CONCERNING = frozenset(every("concerning"))
_HEREBY = frozenset(every("hereby"))
_RELATIVES = frozenset(every("relatives"))
_SEE = frozenset(every("see"))
_PARTICLES = frozenset(every("particles"))
_POINTING = frozenset(every("relatives", "determiners"))
"""With what another thing begins, or what is said of one: the queue *that* works in ADR-3."""
_DECIDERS = frozenset(every("deciders"))
_BESIDE_VERBS = frozenset(every("having", "adverbs", "in_part"))
"""What may stand between a subject and the participle that says what it did."""
_POSSESSIVE = lazy.regex(rf"(?:[ \t]*(?=[{filename.DENSE}])|['’:]){any_of('possessives')}(?:(?<=[{filename.DENSE}])|(?!\w))")
"""What makes the words behind a record's name a part of it."""
_BARE_SUBJECTS = frozenset(every("determiners", "deciders"))
"""What stands for a record before a verb, but behind one begins something else: ``by this team``."""


def _without_asides(tokens: Sequence[Token], *, keep: bool = False) -> list[Token]:
    """The tokens without what stands in parentheses; with `keep`, those stay that begin with a name or go on with a list."""
    closes: list[int | None] = [None] * len(tokens)  # for each token where the next closing mark stands
    for index in range(len(tokens) - 2, -1, -1):
        closes[index] = index + 1 if tokens[index + 1].mark == "close" else closes[index + 1]
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        token, close = tokens[index], closes[index]
        if token.mark == "open":
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            listed = following is not None and (following.mark == "name" or following.parts & {"listing", "by"})
            if close is not None and not (keep and listed and not any(map(_is_verb, tokens[index:close]))):
                index = close
        elif token.mark != "close":
            found.append(token)
        index += 1
    return found


def _goes_on(gap: Sequence[Token]) -> bool | None:
    """Whether the words between two names list the second beside the first; None where they begin something else."""
    words = [token for token in gap if token.mark in ("word", "comma")]
    if _says(words, "none"):
        return False
    if _says(words, "listing") and "by" in words[-1].parts:
        said = words[next(index for index, token in enumerate(words) if "listing" in token.parts) + 1 :]
        return True if not any(map(is_content, said)) or "whole" in said[0].parts else None
    breaks = [index for index, token in enumerate(gap) if token.mark == "break"]
    if breaks:
        behind = [token for token in gap[breaks[-1] + 1 :] if token.mark in ("word", "comma")]
        if behind and behind[0].folded in _SEE:
            return None  # "Supersedes ADR-2; see ADR-3"
        listed = bool(behind) and _joins(behind[-1])
        return True if listed or not behind or (not any(map(is_content, behind)) and _says(behind, "listing")) else None
    joints = [index for index, token in enumerate(words) if _joins(token)]
    if not joints:
        return None if words else True
    behind = words[joints[-1] + 1 :]
    content = sum(map(is_content, behind))
    spoken = words[joints[-1]].mark == "word"
    return True if not content or (spoken and content <= 2 and not _says(behind, "of")) else None


def _lists_part(first: Sequence[Token], gap: Sequence[Token]) -> bool:
    """Whether the words between two names list a part of the second beside one of the first, in the same words as those before it.

    So in ``the size rule in ADR-2 and the rationale in ADR-3``, which is not ``and the queue works in ADR-3``.
    """
    begin = next((index for index, token in enumerate(gap) if not _joins(token)), len(gap))
    said = gap[begin:]
    before, words = ([token for token in one if token.mark == "word"] for one in (first, said))
    if not begin or not _is_part(before) or not _is_part(words) or any(token.mark not in ("word", "comma") for token in said):
        return False
    if _says(words, "none") or _says(words, "subjects") or _says(words, "conditions"):
        return False
    if any(token.folded in _POINTING and "of" not in token.parts for token in words[1:]):
        return False
    content = sum(map(is_content, words))
    if before[0].folded in _ARTICLES:
        return words[0].folded in _ARTICLES and content <= 2 * _LONG
    return content == 1 and "of" in words[-1].parts and words[-1].folded == before[-1].folded


def _before_listing(gap: Sequence[Token]) -> list[Token]:
    """The tokens between two names that still belong to the first."""
    return list(gap[: next((index for index, token in enumerate(gap) if _joins(token)), len(gap))])


def _noted(lead: Sequence[Token]) -> Sequence[Token]:
    """Of the words before a verb those that it speaks of: the last item of a list, where a dash sets off what is noted of it.

    A label before them is none of these: ``Note on this record: ADR-2``.
    """
    colon = next((index for index, token in enumerate(lead) if token.mark == "colon"), -1)
    if colon >= 0 and not any(token.mark == "name" for token in lead[:colon]):
        lead = lead[colon + 1 :]
    if not lead or lead[-1].mark != "break":
        return lead
    return lead[max((index + 1 for index, token in enumerate(lead) if token.mark in ("comma", "colon")), default=0) :]


def _before_verb(gap: Sequence[Token]) -> list[Token]:
    """The tokens between a name and the next verb that still belong to the name: not what says how much the verb covers.

    So of ``supersedes ADR-2; partially supersedes ADR-3``, but for ``supersedes ADR-2 in part; amends ADR-3``.
    """
    left = list(gap)
    while left and left[-1].mark == "word" and left[-1].parts & {"in_part", "auxiliaries"}:
        left.pop()
    return left


def _behind_listing(gap: Sequence[Token]) -> Sequence[Token]:
    """The tokens between two names that belong to the second."""
    return gap[next((index for index, token in enumerate(gap) if _joins(token)), len(gap)) :]


def _joins(token: Token) -> bool:
    return token.mark == "comma" or "listing" in token.parts


def _is_inside(token: Token) -> bool:
    """Whether an item of a list goes on with a token."""
    return token.mark not in ("comma", "break")


def _is_part(gap: Sequence[Token]) -> bool:
    """Whether the words before a name speak of a part of that record: ``the fee rule in``, ``section 3 of``."""
    words = [token for token in gap if token.mark == "word"]
    if _says(words, "parts"):
        return True
    while words and not is_content(words[-1]) and words[-1].parts & _BESIDE_NAMES and "of" not in words[-1].parts:
        words.pop()  # "the signing rule of the retired ADR-31"
    content = [token for token in words if is_content(token)]
    if len(content) == 1 and content[0].folded in _WORKS and not is_content(words[-1]):
        return False  # "the design presented in ADR-9"
    return len(words) > 1 and "of" in words[-1].parts and bool(content)


def _clause_behind(tail: Sequence[Token]) -> list[Token]:
    """The words right behind a name, up to the next mark."""
    words: list[Token] = []
    for token in tail:
        if token.mark != "word":
            if words or token.mark != "comma":
                break
            continue
        words.append(token)
    return words
