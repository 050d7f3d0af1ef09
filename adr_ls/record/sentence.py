"""One sentence in which a record says how it stands to others: its statements, each with its subject, its verb and the records that it names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple

from adr_ls.record import filename, grammar, scope
from adr_ls.record.gaps import (
    ARTICLES,
    LIGHT,
    LONG,
    NEAR,
    SEE,
    before_listing,
    before_verb,
    behind_listing,
    clause_behind,
    goes_on,
    is_inside,
    is_part,
    is_verb,
    joins,
    lists_part,
    noted,
    says,
    speaks,
    without_asides,
)
from adr_ls.record.grammar import Token, is_content
from adr_ls.record.mentions import Mention
from adr_ls.syntax import lazy
from adr_ls.words.language import CONVERSE, Relation
from adr_ls.words.lookup import FIELD_ROLES, any_of, every


class _Object(NamedTuple):
    name: int
    partial: bool


_Subject = Literal["implied", "self", "part", "object", "other"]


class Statement(NamedTuple):
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
_REACH = 100
"""How many tokens before and behind a verb are of its statement at most; its objects apart."""
_VERBS = 100
"""How many verbs of relation a sentence has at most that says something."""
_LONGEST = 40
"""How many words what a status says of a part of the record has at most; each character is one where there are no blanks."""


class Sentence:
    """A sentence that is being read. A `loose` one stands where a record speaks of itself, and may leave out what is clear there.

    In a `declared` one whatever is said of no other record is said of this one. `topic` is the name of the record that its item is
    about, -1 where it is about none. It `follows` where another one stands before it in its paragraph or item.
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
        follows: bool = False,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.names = names
        self.loose = loose
        self.declared = declared
        self.topic = topic
        self.is_aside = follows and tokens[0].mark == "open"
        self.verbs = [index for index, token in enumerate(tokens) if is_verb(token)]
        self.at = {token.name: index for index, token in enumerate(tokens) if token.mark == "name"}
        self.has_words = any(map(is_content, tokens)) or says(tokens, "rest")
        self.own = frozenset(token.name for token in tokens if token.mark == "name" and owns(names[token.name]))

    def statements(self) -> Iterator[Statement]:
        """What the sentence says of the record and others, in order."""
        if not (self.at or self.topic >= 0) or len(self.verbs) > _VERBS:
            return
        begin = 0
        before: Statement | None = None
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

    def _from_verb(self, begin: int, at: int, relation: Relation, before: Statement | None) -> tuple[Statement | None, int]:
        """The statement of the verb at an index, whose words before it begin no earlier than at another; and where it ends."""
        if self._is_one_of_two(at):
            return None, at + 1
        lead = self._clause(begin, at)
        if says([token for token in lead if token.mark == "word"][-NEAR:], "none"):
            return None, self._behind(self.objects(at, relation)[0], at)
        conditional = says(self.tokens[begin:at], "conditions")
        if self._is_active(at, lead):
            relation = CONVERSE[relation]
        subject, in_part = self._subject(lead, before if begin else None)
        if subject in ("implied", "part") and not self.declared and self._is_of_another(begin, at):
            subject = "other"
        if subject == "implied" and self._is_remark(at, relation):
            subject, in_part = "other", True
        if subject == "other" and any(token.mark == "name" for token in lead):
            return self._converse(lead, at, relation, conditional=conditional)
        objects, partial, unsure = self.objects(at, relation)
        if not objects and self.topic >= 0 and subject == "implied" and not in_part and self._is_done_by_this(at, relation):
            about = (_Object(self.topic, partial=False),)
            return Statement(CONVERSE[relation], "self", about, False, conditional, rest=True, adds=self._adds(at)), at + 1
        if not objects:
            return None, at + 1
        return (
            Statement(
                relation,
                subject,
                objects,
                partial or in_part,
                conditional or unsure,
                self.has_words,
                begins=not any(map(speaks, self._ahead(begin if before is not None and before.begins else 0, at))),
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
        if relation not in _PASSIVE or not words or "subjects" not in words[0].parts or not says(behind, "by"):
            return False
        return len(words) == 1 and words[0].folded not in _BARE_SUBJECTS - frozenset(every("itself"))

    def _ahead(self, begin: int, at: int) -> Sequence[Token]:
        """The tokens from an index to the verb at another: all, or behind an earlier statement those outside brackets."""
        return without_asides(self.tokens[begin:at]) if begin else self.tokens[:at]

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
        ahead_of = without_asides(self.tokens[start:found])
        colon = max((index for index, token in enumerate(ahead_of) if token.mark == "colon"), default=-1)
        first = next((token for token in ahead_of[colon + 1 :] if speaks(token) or token.relation is not None), None)
        return first is not None and first.mark == "name" and first.name not in self.own

    def _adds(self, at: int) -> bool:
        """Whether a verb says that one record adds to another, and is not a label in front of it: ``Extends: ADR-2 (the queue)``."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return "adding" in self.tokens[at].parts and not (at == 0 and following is not None and following.mark == "colon")

    def _is_remark(self, at: int, relation: Relation) -> bool:
        """Whether prose says what became of that alone which stands before it: in brackets, in its sentence or behind it."""
        return relation in _PASSIVE and not self.loose and (self.is_aside or self._is_noted(at))

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
                return without_asides(self.tokens[index + 1 : at])
        return without_asides(self.tokens[begin:at])

    def _names_end(self, begin: int, at: int) -> bool:
        """Whether nothing but the names of other records stands before a break: ``ADR-2 — superseded by this record``."""
        colon = max((index for index in range(begin, at) if self.tokens[index].mark == "colon"), default=begin - 1)
        before = self.tokens[colon + 1 : at]
        return (
            bool(before)
            and all(token.mark != "word" or token.parts & LIGHT for token in before)
            and any(token.mark == "name" for token in before)
        )

    def _subject(self, lead: Sequence[Token], before: Statement | None) -> tuple[_Subject, bool]:
        """Of what a clause speaks by the words before its verb, and whether that is a part of the record."""
        selves = [index for index, token in enumerate(lead) if "subjects" in token.parts or token.name in self.own]
        if not selves and says(lead, "own") and not any(token.mark == "name" for token in lead):
            first = next(index for index, token in enumerate(lead) if "own" in token.parts)
            return "self", not _is_decision(lead[:first], lead[:first]) or says(lead, "in_part")
        if selves:
            first, last = selves[0], selves[-1]
            behind, ahead = lead[last + 1 :], lead[:first]
            if any(token.mark == "name" for token in (*behind, *ahead)) or not _is_verb_alone(behind):
                return "other", False
            comma = max((index for index, token in enumerate(ahead) if token.mark in ("comma", "colon")), default=-1)
            words = [token for token in ahead[comma + 1 :] if token.mark == "word"]
            of_part = bool(words) and "of" in words[-1].parts and not _is_decision(words, (*words, *behind))
            return "self", of_part or says(words, "parts") or any(map(is_content, words)) or says(lead, "in_part")
        words = [token for token in lead if token.mark in ("word", "name")]
        in_part = says(words, "in_part") or says(words, "parts")
        content = [token for token in words if token.mark == "name" or is_content(token)]
        if not content and all(token.parts & (LIGHT | {"parts", "conditions"}) or token.folded.isdigit() for token in words):
            if before is not None and any("listing" in token.parts for token in words):
                return before.subject, in_part or (before.subject == "part")
            return "implied", in_part
        if self.loose and not any(token.mark == "name" for token in words):
            most = _LONGEST if self.declared else LONG
            if len(words) <= most:
                return "part", True
        return "other", True

    def objects(self, at: int, relation: Relation) -> tuple[tuple[_Object, ...], bool, bool]:
        """The records named behind the verb at an index (-1: all of the sentence is about such), each with whether a part is meant.

        Also whether all of it holds in part, and whether it depends on a condition.
        """
        passive = relation in _PASSIVE
        listed = without_asides(self._until_closed(at, self.tokens[at + 1 : self._end(at)]), keep=True)
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
                listed_on = goes_on(gap)
                if listed_on is None and not passive and lists_part(first, gap):
                    listed_on = True
                if listed_on is None:
                    break
                if listed_on and not self._is_foreign(mention, gap):
                    of_part = says(behind_listing(gap), "in_part") or (not passive and is_part(gap))
                    found.append(_Object(token.name, of_part or self._leaves(token, passive=passive, of_several=bool(found))))
                gap = []
                continue
            if not self._leads(gap, at, passive=passive):
                break
            first = gap
            conditional = conditional or says(gap, "conditions")
            until_by = next((index for index, word in enumerate(gap) if "by" in word.parts), len(gap)) if passive else len(gap)
            partial = (
                says(gap, "in_part") or self._is_limited(at) or says(gap[:until_by], "parts") or (not passive and is_part(gap))
            )
            if not self._is_foreign(mention, gap):
                found.append(_Object(token.name, self._leaves(token, passive=passive)))
            elif not self._lists_on(token):
                break
            else:
                found.append(_Object(-1, partial=False))
            gap = []
        tail = clause_behind(gap)
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
        is_label = at == 1 and all(other.parts & LIGHT for other in inside)
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
            if not depth and is_verb(token):
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
        return any(map(joins, self.tokens[self.at[token.name] + 1 : self.at[token.name] + 2]))

    def _leads(self, gap: Sequence[Token], at: int, *, passive: bool) -> bool:
        """Whether the words between a verb and the first name lead on to it."""
        words = [token for token in gap if token.mark == "word"]
        if says(words, "none"):
            return False
        if passive and any("by" in one.parts and "subjects" in two.parts for one, two in pairwise(words)):
            return False  # "ADR-2 — amended by this ADR, ADR-3"
        if passive and not says(words, "by") and any("parts" in one.parts or one.folded in _RECORDS for one in words):
            return False  # "Superseded sections: ADR-2 §3"
        content = sum(map(is_content, words))
        if not passive and at >= 0 and words and words[0].folded in _AGENTS and self.tokens[at + 1].mark == "open":
            return False  # "Ersetzt (nur im Netz) durch ADR-3", which has one word for both
        if not passive and content and any("by" in token.parts and "of" not in token.parts for token in words):
            return False  # "We replace the cron jobs by the queue of ADR-3"
        if not passive and any(token.folded in SEE and gap[index].mark == "comma" for index, token in enumerate(gap[1:])):
            return False  # "Ersetzt, siehe ADR-3"
        told_behind = at < 0 or (self.loose and bool(gap) and gap[0].mark == "colon")
        if passive and told_behind and words and "by" in words[-1].parts:
            return True  # "Superseded (2026-05-10): the projection is retired by ADR-8, and what it sat on by ADR-9"
        breaks = [index for index, token in enumerate(gap) if token.mark == "break"]
        if breaks and (content or any(not token.parts for token in gap[breaks[-1] + 1 :] if token.mark == "word")):
            return False
        if passive and at >= 0 and not (says(words, "by") or grammar.ends_in_by(self.tokens[at])):
            return self.loose and not content
        return content <= (LONG - 1 if passive else 2 * LONG)

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
                tail = before_listing(tail)
            elif is_verb(other):
                tail = before_verb(tail)
            if other.mark == "name" or is_verb(other):
                break
            tail.append(other)
        if len(tail) > 1 and tail[0].mark in ("open", "comma") and tail[1].folded in _RELATIVES:
            tail = tail[next((index for index, other in enumerate(tail) if other.mark == "close"), len(tail)) :]
        if of_several and tail and tail[0].mark == "open" and any(other.mark == "break" for other in self._inside(tail[1:])):
            tail = tail[len(self._inside(tail[1:])) + 1 :]
        if grammar.leaves_rest(self._within(token, tail)) or says(tail, "in_part") or self._names_part(token, tail):
            return True
        clause = clause_behind(tail)
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
        return next((at + index for index, token in enumerate(self.tokens[at : at + NEAR]) if token.start >= match.end()), None)

    def item_is_part(self, name: int) -> bool:
        """Whether the item of a list that holds a name says that a part of that record is meant."""
        at = self.at.get(name)
        if at is None:
            return False
        lead = list(takewhile(is_inside, reversed(self.tokens[max(0, at - _REACH) : at])))[::-1]
        tail = list(takewhile(is_inside, self.tokens[at + 1 : at + _REACH]))
        titled = bool(lead) and lead[-1].mark == "open"  # "Rules of the gateway (ADR-3)"
        bracketed = tail[1:] if tail and tail[0].mark == "open" else ()
        return (
            says((*lead, *tail), "in_part")
            or (is_part(lead) and not titled)
            or self._names_part(self.tokens[at], tail)
            or says(bracketed, "parts")
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
        words = clause_behind(tail[:2]) if tail and tail[0].mark == "word" else []
        noun = bool(words) and ("parts" in words[0].parts or words[0].folded in _RECORDS)
        if _PART_SIGN.match(self.text, name.end) or (noun and _PART_NUMBER.match(self.text, words[0].end)):
            return True
        led = at > 0 and self.tokens[at - 1].folded in ARTICLES
        return led and bool(words) and is_content(words[0]) and self.names[name.name].form != "link"

    def _converse(
        self, lead: Sequence[Token], at: int, relation: Relation, *, conditional: bool
    ) -> tuple[Statement | None, int]:
        """``ADR-2 is superseded by this record``: what is said of another record, seen from this one."""
        clause = takewhile(lambda token: token.mark != "break", self.tokens[at + 1 : at + _REACH])
        behind = [token for token in clause if token.mark == "word"]
        while behind and behind[0].parts & {"by", "in_part", "auxiliaries"} and "subjects" not in behind[0].parts:
            behind = behind[1:]
        lead = noted(lead)
        names = [token for token in lead if token.mark == "name" and token.name not in self.own]
        is_of_this = names and relation not in _PASSIVE and self._is_part_of_this(at)
        ends = relation == "superseded_by" or "state" in self.tokens[at].parts
        alone = not any("by" in token.parts for token in behind) and self._next_name(at) is None
        if ends and names and alone and not says(lead, "parts"):
            # "ADR-2 is hereby superseded", "ADR-2 can be considered superseded": nobody else does it
            is_deed = any(token.folded in _HEREBY for token in (*lead, *behind[:1])) and not any(map(is_content, lead))
            if is_deed or conditional:
                objects = tuple(_Object(token.name, partial=False) for token in names)
                subject: _Subject = "self" if is_deed else "other"
                return Statement("supersedes", subject, objects, partial=False, conditional=conditional, rest=True), at + 1
        if not is_of_this and (
            not behind
            or "subjects" not in behind[0].parts
            or (behind[0].folded in _BARE_SUBJECTS and len(behind) > 1)
            or not names
        ):
            return None, at + 1
        content = any(map(is_content, lead)) or says(lead, "parts")
        part = is_of_this or content or says(lead, "in_part") or says(behind, "in_part") or says(behind, "rest")
        objects = tuple(_Object(token.name, partial=False) for token in names)
        is_agent = relation in ("superseded_by", "amended_by")
        subject = "other" if content else "self" if is_agent else "object"
        return Statement(CONVERSE[relation], subject, objects, part, conditional, rest=True, adds=self._adds(at)), at + 1

    def _is_part_of_this(self, at: int) -> bool:
        """Whether the object of the verb at an index is a part of this record: ``this record's rule``, ``the rule of this record``."""
        words = list(takewhile(lambda token: token.mark == "word", self.tokens[at + 1 : at + 2 + 2 * LONG]))
        for index, word in enumerate(words):
            said, behind = words[:index], words[index + 1 :]
            if word.parts & {"own", "subjects"} and word.folded not in _BARE_SUBJECTS:
                if "own" in word.parts and not any(map(is_content, said)):
                    return "subjects" not in word.parts or any(map(is_content, behind[:1]))
                is_led = "own" in word.parts or (bool(said) and "of" in said[-1].parts)
                return is_led and (any(map(is_content, said)) or says(said, "parts"))
            if says((word,), "none") or ("by" in word.parts and "of" not in word.parts):
                return False
        return False

    def _from_behind(self, begin: int, at: int) -> tuple[Statement | None, int]:
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
        if says(said, "none") or says(tokens[begin:head], "none"):
            return None, at + 1
        subject, in_part = self._subject(self._clause(begin, head), None)
        if subject == "implied" and self._is_remark(head, relation):
            subject, in_part = "other", True
        objects = tuple(reversed(names))
        conditional = says(tokens[begin:head], "conditions") or says(behind[:NEAR], "conditions")
        partial = in_part or says(tokens[begin : at + 1], "in_part") or grammar.leaves_rest(behind)
        rest = any(map(is_content, tokens[begin:at]))
        begins = not any(map(is_content, tokens[:head]))
        statement = Statement(relation, subject, objects, partial, conditional, rest, begins, adds=self._adds(at))
        return statement, at + 1

    def _done_to_this(self, begin: int, own: int, at: int, *, in_part: bool) -> Statement | None:
        """What a verb at the end says of another record that does something to this one: ``ADR-2は本決定のサイズ制限を置き換える``."""
        verb, this = self.tokens[at], self.tokens[own]
        is_this = "own" in this.parts if in_part else "subjects" in this.parts and len(this.folded) > 1
        lead = self.tokens[begin:own]
        while lead and lead[-1].mark == "word" and lead[-1].parts & {"subjects", "auxiliaries"}:
            lead = lead[:-1]
        if not is_this or verb.after is None or verb.after in _PASSIVE or not lead or lead[-1].mark != "name":
            return None
        if lead[-1].name in self.own or says(self.tokens[at + 1 : at + 1 + NEAR], "none"):
            return None
        conditional = says(self.tokens[begin:own], "conditions") or says(self.tokens[at + 1 : at + 1 + NEAR], "conditions")
        objects = (_Object(lead[-1].name, partial=False),)
        return Statement(CONVERSE[verb.after], "object", objects, in_part, conditional, rest=True, adds=self._adds(at))


_HOW = frozenset({"auxiliaries", "in_part"})
"""Parts of words between the name of a record and a verb behind it that say how far that goes."""
_RECORDS = frozenset(every("records"))


def _is_verb_alone(behind: Sequence[Token]) -> bool:
    """Whether nothing stands between a subject and a verb but another verb that says the same of it: ``This record revokes and`` replaces."""
    said = [token for token in behind if is_content(token)]
    return not said or (len(said) == 1 and said[0] is behind[0] and len(behind) > 1 and behind[-1].folded in _CONJUNCTIONS)


_CONJUNCTIONS = frozenset(every("conjunctions"))


def _is_decision(words: Sequence[Token], around: Sequence[Token]) -> bool:
    """Whether words before the name of a record, and around it, say what it is all about: ``The decision made in``."""
    return any(token.folded in _RECORDS for token in around) and all(token.parts & {"whole", "of"} for token in words)


_PART_SIGN = lazy.regex(r"[ \t]*(?:§{1,2}[ \t]*\d|#\d)")
"""The number of a part right behind the name of its record."""
_PART_NUMBER = lazy.regex(r"[ \t]*(?:[§#]{1,2}[ \t]*)?\d")
"""The number of a part behind what it is called."""
_AGENTS = frozenset(every("by")) - frozenset(every("inside"))
_PASSIVE = frozenset({"superseded_by", "amended_by"})
_CONCERNING = frozenset(every("concerning"))
_HEREBY = frozenset(every("hereby"))
_RELATIVES = frozenset(every("relatives"))
_PARTICLES = frozenset(every("particles"))
_DECIDERS = frozenset(every("deciders"))
_BESIDE_VERBS = frozenset(every("having", "adverbs", "in_part"))
"""What may stand between a subject and the participle that says what it did."""
_POSSESSIVE = lazy.regex(rf"(?:[ \t]*(?=[{filename.DENSE}])|['’:]){any_of('possessives')}(?:(?<=[{filename.DENSE}])|(?!\w))")
"""What makes the words behind a record's name a part of it."""
_BARE_SUBJECTS = frozenset(every("determiners", "deciders"))
"""What stands for a record before a verb, but behind one begins something else: ``by this team``."""
