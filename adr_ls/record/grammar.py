"""The words of a sentence, as far as they can say how one record stands to another.

A sentence becomes `Token`s: a known word or phrase with the parts that it can play, the name of a record, or a mark. What the parts
are is data in `adr_ls.words`, the same kinds for all languages; what they mean in a row is told by `adr_ls.record.relations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from adr_ls.record import filename
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.words import lookup
from adr_ls.words.language import Language, Relation
from adr_ls.words.lookup import STATUS_WORDS, Kind, any_of, every, fold

Part = Literal[
    "by", "none", "in_part", "rest", "past", "parts", "subjects", "auxiliaries", "conditions", "of", "whole", "listing",
    "foreign", "ordinary", "adding", "state", "own",
]  # fmt: skip
"""What a word can be in a statement; ``state`` is a word of status, and of what kinds the others are is told by `_KINDS`."""

_KINDS: Mapping[Part, tuple[Kind, ...]] = MappingProxyType(
    {
        "by": ("by",),
        "none": ("none",),
        "in_part": ("in_part",),
        "rest": ("rest",),
        "past": ("past",),
        "parts": ("parts",),
        "subjects": ("itself",),
        "own": ("of_itself",),
        "auxiliaries": ("auxiliaries", "adverbs", "fillers", "hereby"),
        "conditions": ("conditions",),
        "of": ("inside",),
        "whole": ("whole", "articles", "records"),
        "listing": ("conjunctions", "listing"),
        "foreign": ("foreign",),
        "ordinary": ("ordinary",),
        "adding": ("adding",),
    }
)

Mark = Literal["", "name", "word", "stop", "break", "open", "close", "comma", "colon"]


class Token(NamedTuple):
    """A word, phrase, name or mark: its offsets in the text, what it is, and what it can say.

    `mark` is ``name`` for a record's name, whose place among the names is `name`; ``break`` for a semicolon or a dash, which begin
    another clause, and ``stop`` for the end of a sentence. A phrase of several words is one token.
    """

    start: int
    end: int
    mark: Mark
    folded: str = ""
    parts: frozenset[Part] = frozenset()
    relation: Relation | None = None
    after: Relation | None = None
    around: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()
    name: int = -1


class _Entry(NamedTuple):
    phrase: str = ""
    parts: frozenset[Part] = frozenset()
    relation: Relation | None = None
    after: Relation | None = None
    around: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()


_DENSE = filename.DENSE
"""Letters of scripts that put no blanks between words: each is a token of its own, and a phrase a row of them."""
_LEXEME = lazy.regex(
    rf"""(?P<name>\0\x01*)
    | (?P<word>[{_DENSE}]|[^\W_{_DENSE}]+(?:['’.][^\W_{_DENSE}]+)*)
    | (?P<stop>(?<![.!?])[.!?]+(?=[\s\x02)\]'’]|\Z)|[。！？]|(?<=[ ]{{2}})\r?\n|\\\r?\n|<br[ ]{{0,2}}/?>)
    | (?P<break>[;；—]|(?<=[\s\x02])(?:–|--?)(?=[\s\x02]))
    | (?P<open>[(（\[])
    | (?P<close>[)）\]])
    | (?P<comma>[,，、/&+])
    | (?P<colon>[:：])""",
    re.VERBOSE,
)
_MARKS = str.maketrans({**dict.fromkeys('*_~`"“”„«»「」『』', "\x02"), "’": "'"})
_SUFFIX = lazy.regex(rf"-{any_of('suffixes')}(?![\w-]|\.\w)")
"""The ending of a word that a hyphen joins to a record's name, which is the name's."""
_ABBREVIATIONS = frozenset(every("abbreviations"))


@cache
def _lexicon() -> dict[str, tuple[tuple[tuple[str, ...], _Entry], ...]]:
    """The known phrases by their first word, longest first: the words behind it, and what the phrase says."""
    parts: dict[str, set[Part]] = {}
    relations, after = lookup.RELATION_WORDS, dict(lookup.after())
    around: dict[str, list[str]] = {}
    parted: dict[str, list[str]] = {}
    for part, kinds in _KINDS.items():
        for word in every(*kinds):
            parts.setdefault(word, set()).add(part)
    for before, behind in lookup.around():
        around.setdefault(fold(behind), []).append(fold(before))
        parts.setdefault(fold(before), set()).add("by")
    for verb in every("parted"):
        head, _, particle = verb.partition(" ")
        parted.setdefault(head, []).append(particle)
        parts.setdefault(particle, set())
    for phrase, relation in lookup.after_with("in_part"):
        after.setdefault(phrase, relation)
        parts.setdefault(phrase, set()).add("in_part")
    after.update((phrase, relation) for phrase, relation in lookup.after_with("adverbs") if phrase not in after)
    for word in STATUS_WORDS:
        parts.setdefault(word, set()).add("state")
    for month in lookup.months():
        parts.setdefault(month, set()).add("auxiliaries")
    found: dict[str, list[tuple[tuple[str, ...], _Entry]]] = {}
    for phrase in {*parts, *relations, *after, *around, *parted}:
        first, *rest = (match[0] for match in _LEXEME.finditer(phrase))
        entry = _Entry(
            phrase,
            frozenset(parts.get(phrase, ())),
            relations.get(phrase),
            after.get(phrase),
            tuple(around.get(phrase, ())),
            tuple(parted.get(phrase, ())),
        )
        found.setdefault(first, []).append((tuple(rest), entry))
    return {first: tuple(sorted(phrases, key=lambda phrase: (-len(phrase[0]), phrase[0]))) for first, phrases in found.items()}


def may_state(text: str) -> bool:
    """Whether there is a verb of relation in a text; where not, it need not be read for statements."""
    lowered = lookup.one_letter(text.lower()).replace("ß", "ss")
    return not _verbs().isdisjoint(_WORD.findall(lowered)) or _IN_DENSE.search(lowered) is not None


_WORD = lazy.regex(r"[^\W_]+")
_IN_DENSE = lazy.regex(f"[{_DENSE}]")


@cache
def _verbs() -> frozenset[str]:
    """The first words of all verbs."""
    return frozenset(
        first
        for first, phrases in _lexicon().items()
        if any(entry.relation not in (None, "related") or entry.after or entry.around or entry.parted for _, entry in phrases)
    )


_UNKNOWN = _Entry()
_ALONE: tuple[tuple[tuple[str, ...], _Entry], ...] = ()


def tokens(text: str, span: Span, names: Iterable[Span]) -> list[Token]:
    """The tokens of a stretch of text, in which records are named at those places; a token's `name` counts them from 0."""
    lowered = _lowered(span.of(text)).replace("\0", " ").replace("\x01", " ")  # which stand for names below
    pieces, at = [], span.start
    for name in names:
        suffix = _SUFFIX.match(lowered, name.end - span.start)
        end = name.end if suffix is None else suffix.end() + span.start
        pieces += [lowered[at - span.start : name.start - span.start], "\0" + "\x01" * (end - name.start - 1)]
        at = end
    pieces.append(lowered[at - span.start :])
    shadow = "".join(pieces).translate(_MARKS)
    # Phrases are folded, where a sharp s is two
    lexemes = [(match.lastgroup, match[0].replace("ß", "ss"), match.start(), match.end()) for match in _LEXEME.finditer(shadow)]
    found = _joined(list(_phrases(lexemes, span.start)))
    for index, token in enumerate(found):
        if token.folded in lookup.months() and text[token.start].isupper() and not _only_begins(found, index):
            found[index] = token._replace(parts=_OF_MONTHS)
    if any(not token.parts.isdisjoint(_TELLING) for token in found):
        verbs = frozenset(token.folded for token in found if token.relation or token.after or token.around)
        misread = _misread(_spoken(verbs)) if verbs else {}
        return [
            token._replace(parts=token.parts - misread[token.folded]) if token.folded in misread else token for token in found
        ]
    return found


_TELLING: frozenset[Part] = frozenset({"conditions", "parts", "none", "in_part", "rest", "listing"})
"""What a word may be by which a statement is another one."""
_OTHERWISE: tuple[Kind, ...] = (
    "in_role", "prepositions", "adverbs", "articles", "conjunctions", "listing", "see", "fillers", "auxiliaries", "inside",
)  # fmt: skip
"""What a word may be that is telling in another language."""


@lru_cache(256)
def _spoken(verbs: frozenset[str]) -> tuple[Language, ...]:
    """The languages of some verbs."""
    return tuple(language for language in lookup.LANGUAGES if not verbs.isdisjoint(_relating(language)))


@lru_cache(64)  # sentences are in one language or two, and so are most logs
def _misread(spoken: tuple[Language, ...]) -> Mapping[str, frozenset[Part]]:
    """The words of these languages that are telling in others alone, with what they say there: *als* in German, *del* in Spanish."""
    telling: dict[str, set[Part]] = {}
    for language in spoken:
        for kind in _OTHERWISE:
            for word in getattr(language, kind):
                telling.setdefault(fold(word), set())
        for part in _TELLING:
            for kind in _KINDS[part]:
                for word in getattr(language, kind):
                    telling.setdefault(fold(word), set()).add(part)
    return {word: _TELLING - parts for word, parts in telling.items() if parts != _TELLING}


def _relating(language: Language) -> Iterator[str]:
    """The verbs of relation of a language."""
    for words in (*language.relations.values(), *language.after.values()):
        yield from map(fold, words)
    yield from (fold(behind) for _, behind in language.around)


_OF_MONTHS: frozenset[Part] = frozenset({"auxiliaries"})
"""What the name of a month says, which has a capital where it is another word in small letters (``may``)."""


def _only_begins(found: Sequence[Token], index: int) -> bool:
    """Whether a word has its capital from beginning a sentence, and is no month with its year or day: ``May be replaced by``."""
    begins = index == 0 or found[index - 1].mark in ("stop", "break")
    return begins and index + 1 < len(found) and found[index + 1].mark == "word" and not found[index + 1].folded[0].isdigit()


def _lowered(text: str) -> str:
    """The text in small letters, each where it was."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lookup.one_letter(lowered)


def _phrases(lexemes: Sequence[tuple[str | None, str, int, int]], base: int) -> Iterator[Token]:
    """The lexemes as tokens, the longest phrase that is known as one."""
    lexicon, index, named = _lexicon(), 0, 0
    while index < len(lexemes):
        kind, written, start, end = lexemes[index]
        if kind == "name":
            yield Token(base + start, base + end, "name", name=named)
            named += 1
        elif kind == "word" or written in lexicon:
            entry, count = _UNKNOWN, 0
            for rest, known in lexicon.get(written, _ALONE):
                if all(
                    index + offset < len(lexemes) and lexemes[index + offset][1] == word for offset, word in enumerate(rest, 1)
                ):
                    entry, count = known, len(rest)
                    break
            if kind == "word" or count or entry is not _UNKNOWN:
                mark: Mark = "word" if kind == "word" or count else "comma"
                end = lexemes[index + count][3]
                yield Token(
                    base + start,
                    base + end,
                    mark,
                    entry.phrase or written,
                    entry.parts,
                    entry.relation,
                    entry.after,
                    entry.around,
                    entry.parted,
                )
                index += count
            else:
                yield Token(base + start, base + end, "comma")
        elif kind == "stop" and index and _is_abbreviation(lexemes[index - 1], written):
            pass
        else:
            yield Token(base + start, base + end, kind)  # type: ignore[arg-type]  # the groups of the pattern are the marks
        index += 1


def _joined(found: list[Token]) -> list[Token]:
    """The tokens with the two halves of a verb that has records between them as one, where its first half is: *löst* ADR-7 *ab*."""
    for index in [at for at, token in enumerate(found) if token.parted]:
        clause_end = next((at for at in range(index, len(found)) if found[at].mark in ("stop", "break")), len(found))
        behind = next((at for at in range(index + 1, clause_end) if found[at].folded in found[index].parted), None)
        if behind is None:
            continue
        before = next(token for token in reversed(found[:behind]) if "in_part" not in token.parts)
        if before.mark not in ("name", "close"):
            continue
        after = found[behind + 1] if behind + 1 < len(found) else None
        if after is not None and after.mark == "word" and "listing" not in after.parts:
            continue  # a preposition with its noun
        verb = f"{found[index].folded} {found[behind].folded}"
        found[index] = found[index]._replace(folded=verb, relation=lookup.RELATION_WORDS[verb], parts=frozenset())
        found[behind] = found[behind]._replace(mark="", folded="", parts=frozenset())
    return [token for token in found if token.mark]


def _is_abbreviation(before: tuple[str | None, str, int, int], stop: str) -> bool:
    """Whether a full stop belongs to the word before it: of an abbreviation, a number (``3. Mai``) or an initial."""
    return stop == "." and before[0] == "word" and before[1] in _ABBREVIATIONS


def is_content(token: Token) -> bool:
    """Whether a token is a word that says something of its own."""
    return token.mark == "word" and token.parts <= _PLAIN and token.relation is None and not token.folded.isdigit()


_PLAIN = frozenset({"ordinary"})


def ends_in_by(verb: Token) -> bool:
    """Whether a phrase such as ``ersetzt durch`` has the word within it that leads on to who did it.

    A passive of several words always has, whatever its last one says elsewhere: ``înlocuit de``.
    """
    first, _, last = verb.folded.rpartition(" ")
    return last in every("by") or (bool(first) and verb.relation in ("superseded_by", "amended_by"))


def sentences(found: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens of each sentence, without the stops."""
    begin = 0
    for index, token in enumerate(found):
        if token.mark == "stop":
            if index > begin:
                yield found[begin:index]
            begin = index + 1
    if begin < len(found):
        yield found[begin:]


def clause(found: Sequence[Token]) -> Sequence[Token]:
    """The first of them, up to a semicolon, a dash or a bracket."""
    end = next((index for index, token in enumerate(found) if token.mark in ("break", "open", "close")), len(found))
    return found[:end]


def leaves_rest(found: Iterable[Token]) -> bool:
    """Whether words behind a record's name say that some of it holds on: ``— serving mode only``, ``(stages 2 and 3 remain)``.

    What is kept only for reference or as history does not.
    """
    rest = past = False
    for token in found:
        if token.mark in ("break", "open", "close"):
            if rest and not past:
                return True
            rest = past = False
        rest, past = rest or "rest" in token.parts, past or "past" in token.parts
    return rest and not past
