"""Looking words up: in all languages at once, since many a team mixes two, and in the one that a text is in.

The only reader of the languages' data. A new language is added to `LANGUAGES`; every reader, rule and completion uses it at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Literal, get_args

from adr_ls.words import english
from adr_ls.words.arabic import ARABIC
from adr_ls.words.bulgarian import BULGARIAN
from adr_ls.words.catalan import CATALAN
from adr_ls.words.chinese import CHINESE
from adr_ls.words.czech import CZECH
from adr_ls.words.danish import DANISH
from adr_ls.words.dutch import DUTCH
from adr_ls.words.estonian import ESTONIAN
from adr_ls.words.finnish import FINNISH
from adr_ls.words.french import FRENCH
from adr_ls.words.german import GERMAN
from adr_ls.words.greek import GREEK
from adr_ls.words.hebrew import HEBREW
from adr_ls.words.hungarian import HUNGARIAN
from adr_ls.words.indonesian import INDONESIAN
from adr_ls.words.italian import ITALIAN
from adr_ls.words.japanese import JAPANESE
from adr_ls.words.korean import KOREAN
from adr_ls.words.language import Canonical, Language, Relation
from adr_ls.words.latvian import LATVIAN
from adr_ls.words.lithuanian import LITHUANIAN
from adr_ls.words.norwegian import NORWEGIAN
from adr_ls.words.persian import PERSIAN
from adr_ls.words.polish import POLISH
from adr_ls.words.portuguese import PORTUGUESE
from adr_ls.words.romanian import ROMANIAN
from adr_ls.words.russian import RUSSIAN
from adr_ls.words.serbo_croatian import SERBO_CROATIAN
from adr_ls.words.slovak import SLOVAK
from adr_ls.words.slovene import SLOVENE
from adr_ls.words.spanish import SPANISH
from adr_ls.words.swedish import SWEDISH
from adr_ls.words.thai import THAI
from adr_ls.words.traditional_chinese import TRADITIONAL_CHINESE
from adr_ls.words.turkish import TURKISH
from adr_ls.words.ukrainian import UKRAINIAN
from adr_ls.words.vietnamese import VIETNAMESE
from adr_ls.words.welsh import WELSH

ENGLISH = english.ENGLISH
"""The language that is understood everywhere, and written where another one has no word."""
LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    PORTUGUESE,
    ITALIAN,
    DUTCH,
    POLISH,
    TURKISH,
    WELSH,
    RUSSIAN,
    CHINESE,
    TRADITIONAL_CHINESE,
    JAPANESE,
    KOREAN,
    NORWEGIAN,
    DANISH,
    SWEDISH,
    CZECH,
    UKRAINIAN,
    PERSIAN,
    CATALAN,
    ROMANIAN,
    FINNISH,
    HUNGARIAN,
    INDONESIAN,
    VIETNAMESE,
    SLOVAK,
    GREEK,
    SERBO_CROATIAN,
    BULGARIAN,
    SLOVENE,
    LITHUANIAN,
    LATVIAN,
    ESTONIAN,
    ARABIC,
    HEBREW,
    THAI,
)
"""All languages, the most usual in ADRs first: where two share a word, the first one says what it means."""

Table = Literal["statuses", "sections", "fields", "relations", "after"]
"""The words of a language that are told apart by what they mean."""

Kind = Literal[
    "codes", "either", "adding", "particles", "states", "records", "names", "itself", "of_itself", "passages", "indexes", "remaining", "numbers", "drafts", "addenda",
    "templates", "open_ends", "options", "several", "unsettled", "pending", "prompts", "proposals",
    "lookalikes", "opposites", "endings", "deciding", "in_part", "parted", "none", "nothing", "yet", "concerning", "rest", "past", "archives", "former", "parts", "inside", "possessives",
    "whole", "works", "relatives", "in_role", "conditions", "foreign", "files", "vacant", "bygone", "homes", "owners", "considered", "weighed", "chosen", "ours", "ordinary", "attributes", "bound", "suffixes", "contractions", "by", "optional", "required", "articles",
    "determiners", "prepositions", "auxiliaries", "having", "adverbs", "fillers", "hereby", "conjunctions", "listing", "disjunctions", "contrasts",
    "ranges", "see", "reasons", "asking", "abbreviations",
    "excerpts", "examples", "unused", "therefore", "deciders", "decide", "use", "follows", "following", "weekdays",
    "ordinals", "of_month", "on", "since",
]  # fmt: skip
"""The other words of a language: all of one kind mean the same."""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A word or phrase as it is looked up: composed, lower case, without marks, quotes or doubled blanks around and inside.

    >>> fold(" **Decision-Makers** : ")
    'decision makers'
    """
    is_plain = text.isascii()  # else the Turkish İ may be in it
    text = text.casefold() if is_plain else one_letter(unicodedata.normalize("NFC", text).casefold().replace("i\u0307", "i"))
    if text.replace(" ", "").isalpha() and "  " not in text:
        return text.strip()  # as most words and phrases are
    text = re.sub(r"[*_`~\"“”„«»]+", " ", text) if re.search(r"[*_`~\"“”„«»]", text) else text
    text = re.sub(r"[\s\-‐‑–]+", " ", text)
    return text.strip(" \t.:：;,!#")


def one_letter(lowered: str) -> str:
    """A text in small letters with one letter for each that is written in two ways: Romanian with commas below or cedillas, the final sigma."""
    return lowered if lowered.isascii() else lowered.translate(_TWICE)


_TWICE = str.maketrans("șțς", "şţσ")
_EITHER = str.maketrans({"ş": "[şș]", "ţ": "[ţț]", "σ": "[σς]"})
"""The same letters in a pattern, which may be for a text as it is written."""

# In all languages


def _of(language: Language, *kinds: Kind) -> list[str]:
    """The words of some kinds in one language, folded."""
    return [fold(word) for kind in kinds for word in getattr(language, kind)]


def _by_word(table: Table) -> Mapping[str, str]:
    """Each word of a table with its meaning, and each without its accents where that is no other word."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for meaning, words in getattr(language, table).items():
            for word in words:
                found.setdefault(fold(word), meaning)
    own = dict(found)
    others = _others()
    if table == "statuses":
        for language in LANGUAGES:
            for meaning, words in language.statuses.items():
                # A verb with an ending tells what the record did to another: "ersetzte ADR-2"
                endings = [one for one in language.inflections if meaning != "superseded" or "" not in one]
                for form in (form for word in words for form in _inflected(fold(word), endings)):
                    if form not in own and form not in others:
                        found.setdefault(form, meaning)
    without: dict[str, set[str]] = {}
    for word, meaning in found.items():
        if not word.isascii() and (bare := without_accents(word)) not in found and bare not in others:
            without.setdefault(bare, set()).add(meaning)
    found.update((bare, min(meanings)) for bare, meanings in without.items() if len(meanings) == 1)
    return MappingProxyType(found)


@cache
def _others() -> frozenset[str]:
    """The words of all tables in all languages, and the other ones in English: what a word without accents, or with an ending, must not be."""
    tables = (words for table in get_args(Table) for language in LANGUAGES for words in getattr(language, table).values())
    return frozenset(chain((fold(word) for words in tables for word in words), _of(ENGLISH, *get_args(Kind))))


_SHORTEST = 5
"""How many letters a word has at least that is told by its stem alone."""


def _inflected(word: str, inflections: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The other forms of a folded word, each with another of the endings that go with its own."""
    for endings in inflections if len(word) >= _SHORTEST and " " not in word else ():
        own = max((ending for ending in endings if word.endswith(ending)), key=len, default=None)
        if own is not None:
            yield from (word[: len(word) - len(own)] + ending for ending in endings if ending != own)


def without_accents(folded: str) -> str:
    """A folded word as people write it whose keyboard has none of its accents: ``prijato``; so are Greek ones in capitals.

    Letters of other scripts stay as they are.
    """
    if folded.isascii():
        return folded  # as half of all words are
    parts = unicodedata.normalize("NFD", folded)
    return folded if re.search(r"[^\u0000-\u024f\u0300-\u03ff’]", parts) else parts.translate(_UNACCENTED)


_UNACCENTED: Mapping[int, str | None] = {0x142: "l", 0xF8: "o", 0x131: "i", 0x111: "d"} | dict.fromkeys(range(0x300, 0x370))
"""Accents as nothing, and letters with a stroke or without a dot (ł, ø, ı, đ), which are no letter and an accent to Unicode."""


SECTION_ROLES: Mapping[str, str] = _by_word("sections")
"""Folded section names and the part they play."""
FIELD_ROLES: Mapping[str, str] = _by_word("fields")
"""Folded metadata keys and what they hold."""
STATUS_WORDS: Mapping[str, str] = _by_word("statuses")
"""Folded status words and phrases and what they come to."""
RELATION_WORDS: Mapping[str, Relation] = _by_word("relations")  # type: ignore[assignment]  # the meanings of this table are relations
"""Folded verbs of relation and how one record stands to another by them."""
STATUS_MARKS: Mapping[str, Canonical] = MappingProxyType(
    {
        "✅": "accepted",
        "❌": "rejected",
        "🤔": "proposed",
        "⌛": "superseded",
        "🟢": "accepted",
        "🔴": "rejected",
        "🟡": "proposed",
        "⏳": "proposed",
        "💡": "proposed",
        "📝": "draft",
        "🚧": "draft",
        "☑": "accepted",
        "✔": "accepted",
        "🚫": "rejected",
        "🗑": "deprecated",
    }
)
"""Pictures that stand for a status where no word stands beside them."""


@cache
def every(*kinds: Kind, but: Kind | None = None) -> tuple[str, ...]:
    """The words of some kinds in all languages, folded, without repeats.

    With `but`, those are left out that are of this other kind in a language where they are of none of the first: Dutch *en* says *and*,
    but *in* in French, so that it proves nothing in a text whose language is not known.
    """
    other = {
        word for language in LANGUAGES if but is not None for word in set(_of(language, but)).difference(_of(language, *kinds))
    }
    return tuple(dict.fromkeys(word for language in LANGUAGES for word in _of(language, *kinds) if word not in other))


@cache
def words_for(table: Table, *meanings: str) -> tuple[str, ...]:
    """The words of a table with any of these meanings, or with any at all, in all languages, folded, without repeats.

    >>> words_for("relations", "supersedes")[:2], "remplace" in words_for("relations", "supersedes")
    (('supersedes', 'supercedes'), True)
    """
    return tuple(
        dict.fromkeys(
            fold(word)
            for language in LANGUAGES
            for meaning in meanings or getattr(language, table)
            for word in getattr(language, table).get(meaning, ())
        )
    )


def one_of(words: Iterable[str]) -> str:
    r"""A pattern for any of some words or phrases, the longest that fits, with any blanks, hyphens or low lines where a phrase has a blank.

    It matches folded texts and, where case is ignored, texts as written. It does not look at what stands around the words, and matches
    nothing where there are none.

    >>> one_of(["by", "in favour of"])
    '(?:in[ \\t_-]+favour[ \\t_-]+of|by)'
    """
    patterns = (
        r"[ \t_-]+".join(map(re.escape, word.split())) for word in sorted(set(words), key=lambda word: (-len(word), word))
    )
    return f"(?:{'|'.join(patterns) or '(?!)'})".translate(_EITHER)


@cache
def any_of(*kinds: Kind, but: Kind | None = None) -> str:
    """A pattern as of `one_of` for the words that `every` gives."""
    return one_of(every(*kinds, but=but))


def any_in(language: Language, *kinds: Kind) -> str:
    """The same for the words of one language."""
    return one_of(_of(language, *kinds))


@cache
def around() -> tuple[tuple[str, str], ...]:
    """What stands before and behind the record that superseded another one, in all languages that have it so."""
    return tuple(pair for language in LANGUAGES for pair in language.around)


@cache
def after() -> Mapping[str, Relation]:
    """What stands behind the name of another record, folded, and how this one stands to it by that."""
    return _by_word("after")  # type: ignore[return-value]  # the meanings of this table are relations


def after_with(kind: Kind) -> Iterator[tuple[str, Relation]]:
    """The same with a word of some kind between the particle and the verb, the words parted by blanks: に 一部 置き換え."""
    for language in LANGUAGES:
        for relation, phrases in language.after.items() if language.particles else ():
            for phrase in map(fold, phrases):
                particle = max((one for one in language.particles if phrase.startswith(one)), key=len, default=None)
                if particle is not None:
                    verb = phrase.removeprefix(particle).strip()
                    yield from ((f"{particle} {fold(word)} {verb}", relation) for word in getattr(language, kind))


@cache
def misspelled() -> Mapping[str, str]:
    """Statuses that are understood but misspelled, and how they are spelled."""
    return MappingProxyType({wrong: right for language in LANGUAGES for wrong, right in language.misspelled.items()})


@cache
def months() -> Mapping[str, int]:
    """All forms of the months' names in all languages, in lower case, each with the month's number from 1 on."""
    return MappingProxyType(
        {
            form.casefold(): number
            for language in reversed(LANGUAGES)
            for number, forms in enumerate(language.months, start=1)
            for form in forms
        }
    )


@cache
def _all_words() -> frozenset[str]:
    phrases = {
        *(word for table in get_args(Table) for word in words_for(table)),
        *every(
            "states", "records", "options", "passages", "lookalikes", "in_part", "none", "nothing", "rest", "past", "parts",
            "whole", "conditions", "foreign", "ordinary", "articles", "determiners", "prepositions", "auxiliaries", "having", "adverbs",
            "fillers", "conjunctions", "listing", "disjunctions", "contrasts", "excerpts", "use",
        ),
    }  # fmt: skip
    return frozenset(part for phrase in phrases for part in (phrase, *phrase.split())).difference(misspelled())


def is_word(folded: str) -> bool:
    """Whether a folded text is a word that some language here has, so that it is none with a slip in it."""
    return folded in _all_words()


@cache
def _nothing() -> frozenset[str]:
    return frozenset(
        _bare(f"{word} {yet}")
        for language in LANGUAGES
        for word in ("", *language.nothing)
        for yet in (("", *language.yet) if word else ("",))
    )


_BRACKETS = " \t()[]{}<>（）［］【】「」*_`~\"'.。‐‑-–—―"


def _bare(value: str) -> str:
    return fold(value.strip(_BRACKETS)).replace(".", "")


def is_nothing(value: str) -> bool:
    """Whether a value says that there is none, in whatever brackets: ``—``, ``(none)``, ``[n.a.]``, ``*keine*``; or is empty.

    >>> is_nothing("(None.)"), is_nothing("(none so far)"), is_nothing("{list of records}")
    (True, True, False)
    """
    return _bare(value) in _nothing()


_BEGINNING = 5
"""By how many letters words are known to be forms of one another."""


def _decisions(language: Language) -> set[str]:
    """What decisions are called in a language, with and without accents: those words for records that begin as a section for one does."""
    sections = {fold(word) for word in language.sections.get("decision", ())}
    words = {
        word for word in _of(language, "records") if any(word[:_BEGINNING] == section[:_BEGINNING] for section in sections)
    }
    words |= {fold(word) for word in language.sections.get("decision", ())[:1]}
    return words | {without_accents(word) for word in words}


DECISIONS: frozenset[str] = frozenset(word for language in LANGUAGES for word in _decisions(language))
"""What decisions are called in all languages, in singular and plural, folded."""
AMBIGUOUS: frozenset[str] = frozenset(
    word for language in LANGUAGES if language.codes[0] in ("ru", "uk") for word in _decisions(language)
)
"""Those of them that mean a solution as often."""
ARCHITECTURE: tuple[str, ...] = tuple(
    sorted(
        {
            part[:_BEGINNING]
            for word in (*every("names"), "architecture")
            for part in word.replace("'", " ").split()
            if len(part) >= _BEGINNING and not part.startswith(tuple(DECISIONS)) and part not in every("records")
        }
    )
)
"""How words for architecture begin in all languages, folded."""


# In one language


_SMALL_WORDS: tuple[Kind, ...] = ("articles", "determiners", "prepositions", "conjunctions", "auxiliaries")


def spoken(name: str) -> tuple[Language, ...]:
    """English, which is understood everywhere, and the language of that name."""
    return tuple(language for language in LANGUAGES if language is ENGLISH or language.name == name)


@cache
def spelled_out() -> Mapping[str, str]:
    """Letters that some language spells out in ASCII, small and capital ones, and as what."""
    small = {letter: plain for language in LANGUAGES for letter, plain in language.letters.items()}
    return MappingProxyType(small | {letter.upper(): plain.capitalize() for letter, plain in small.items()})


@cache
def spelling_out() -> re.Pattern[str]:
    """Small words by which a text shows that it is in a language that spells letters out: those that no other language has."""
    languages = [language for language in LANGUAGES if language.letters]
    others = {word for language in LANGUAGES if not language.letters for word in _of(language, *_SMALL_WORDS)}
    words = {word for language in languages for word in _of(language, *_SMALL_WORDS)} - others
    return re.compile(rf"ß|\b{one_of(words)}\b", re.IGNORECASE)


@cache
def usual(status: Canonical) -> frozenset[str]:
    """What a status is mostly called, folded: one word of each language."""
    return frozenset(fold(language.statuses[status][0]) for language in LANGUAGES if status in language.statuses)


@cache
def usual_forms(status: Canonical) -> frozenset[str]:
    """The same with the forms and kin that languages have of that word: *proposée*, *proponowana*, 提案中."""
    found = set(usual(status))
    for language in LANGUAGES:
        first, *others = map(fold, language.statuses.get(status, ("",)))
        forms = {first, *_inflected(first, language.inflections)}
        found.update(word for word in others if word in forms or (first in word if first >= "\u3040" else word[:5] in first))
    return frozenset(found)


def agreeing(language: Language, status: Canonical, like: str) -> str:
    """What a status is called in a language, in the gender of another one if it has a word for that: *remplacée* beside *acceptée*."""
    words = language.statuses.get(status, (status,))
    for endings in language.inflections:
        own, other = (
            max((end for end in endings if one.endswith(end)), key=len, default=None) for one in (words[0], fold(like))
        )
        if own is not None and other is not None:
            form = words[0][: len(words[0]) - len(own)] + other
            return form if form in words else words[0]
    return words[0]


@cache
def usual_keys(role: str) -> frozenset[str]:
    """What a statement of a role is mostly called, folded: one word of each language."""
    return frozenset(fold(language.fields[role][0]) for language in LANGUAGES if role in language.fields)


def label(language: Language, role: str) -> str:
    """What a statement of that role is called in a language, with a capital; the English word where it has none."""
    words = language.fields.get(role) or ENGLISH.fields[role]
    return words[0][:1].upper() + words[0][1:]


def language_of(*groups: tuple[Table, Iterable[str]]) -> Language:
    """The language of the words: what the first group leaves undecided the next decides, and what all do is English.

    Each group is of one table: statuses, sections or fields.
    """
    found = languages_of(*groups)
    return found[0] if len(found) == 1 else ENGLISH


def languages_of(*groups: tuple[Table, Iterable[str]]) -> tuple[Language, ...]:
    """The same, with all languages of which it may be: words that several share, such as *Status* and *Datum*, leave that open."""
    left = [language.name for language in LANGUAGES]
    for table, words in groups:
        votes: Counter[str] = Counter()
        for word, count in Counter(words).items():
            for name in _speakers(table).get(fold(word), ()):
                votes[name] += count
        most = max(votes[name] for name in left)
        left = [name for name in left if votes[name] == most]
    return tuple(language for language in LANGUAGES if language.name in left)


@cache
def _speakers(table: Table) -> Mapping[str, tuple[str, ...]]:
    """The names of the languages that have each word of that table."""
    found: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for word in {fold(word) for words in getattr(language, table).values() for word in words}:
            found[word] = (*found.get(word, ()), language.name)
    return MappingProxyType(found)
