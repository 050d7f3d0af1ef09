"""What stands between the words of a sentence that says how records stand to each other: lists, asides, parts of records, clauses."""

from __future__ import annotations

from collections.abc import Sequence

from adr_ls.record import grammar
from adr_ls.record.grammar import Token, is_content
from adr_ls.words.lookup import every


def says(tokens: Sequence[Token], part: grammar.Part) -> bool:
    """Whether any token is a word of that part of speech."""
    return any(part in token.parts for token in tokens)


LIGHT = frozenset({"auxiliaries", "listing", "state", "in_part", "whole", "by"})
"""Parts of words that leave open of what a sentence speaks."""
NEAR = 4
"""How many words before a verb a negation denies it at most."""
LONG = 4
"""How many words the name of a part of a record has at most: ``allowlist gate aspect``."""


def speaks(token: Token) -> bool:
    """Whether a token says of what its sentence speaks."""
    return token.mark == "name" or is_content(token)


def is_verb(token: Token) -> bool:
    """Whether a token is a verb that begins another statement."""
    return token.relation is not None and not (token.relation == "related" and "listing" in token.parts)


_BESIDE_NAMES = frozenset({"whole", "state", "auxiliaries"})
"""Parts of words between *of* and the name of a record."""
ARTICLES = frozenset(every("articles"))
_WORKS = frozenset(every("works"))
SEE = frozenset(every("see"))
_POINTING = frozenset(every("relatives", "determiners"))
"""With what another thing begins, or what is said of one: the queue *that* works in ADR-3."""


def without_asides(tokens: Sequence[Token], *, keep: bool = False) -> list[Token]:
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
            if close is not None and not (keep and listed and not any(map(is_verb, tokens[index:close]))):
                index = close
        elif token.mark != "close":
            found.append(token)
        index += 1
    return found


def goes_on(gap: Sequence[Token]) -> bool | None:
    """Whether the words between two names list the second beside the first; None where they begin something else."""
    words = [token for token in gap if token.mark in ("word", "comma")]
    if says(words, "none"):
        return False
    if says(words, "listing") and "by" in words[-1].parts:
        said = words[next(index for index, token in enumerate(words) if "listing" in token.parts) + 1 :]
        return True if not any(map(is_content, said)) or "whole" in said[0].parts else None
    breaks = [index for index, token in enumerate(gap) if token.mark == "break"]
    if breaks:
        behind = [token for token in gap[breaks[-1] + 1 :] if token.mark in ("word", "comma")]
        if behind and behind[0].folded in SEE:
            return None  # "Supersedes ADR-2; see ADR-3"
        listed = bool(behind) and joins(behind[-1])
        return True if listed or not behind or (not any(map(is_content, behind)) and says(behind, "listing")) else None
    joints = [index for index, token in enumerate(words) if joins(token)]
    if not joints:
        return None if words else True
    behind = words[joints[-1] + 1 :]
    content = sum(map(is_content, behind))
    spoken = words[joints[-1]].mark == "word"
    return True if not content or (spoken and content <= 2 and not says(behind, "of")) else None


def lists_part(first: Sequence[Token], gap: Sequence[Token]) -> bool:
    """Whether the words between two names list a part of the second beside one of the first, in the same words as those before it.

    So in ``the size rule in ADR-2 and the rationale in ADR-3``, which is not ``and the queue works in ADR-3``.
    """
    begin = next((index for index, token in enumerate(gap) if not joins(token)), len(gap))
    said = gap[begin:]
    before, words = ([token for token in one if token.mark == "word"] for one in (first, said))
    if not begin or not is_part(before) or not is_part(words) or any(token.mark not in ("word", "comma") for token in said):
        return False
    if says(words, "none") or says(words, "subjects") or says(words, "conditions"):
        return False
    if any(token.folded in _POINTING and "of" not in token.parts for token in words[1:]):
        return False
    content = sum(map(is_content, words))
    if before[0].folded in ARTICLES:
        return words[0].folded in ARTICLES and content <= 2 * LONG
    return content == 1 and "of" in words[-1].parts and words[-1].folded == before[-1].folded


def before_listing(gap: Sequence[Token]) -> list[Token]:
    """The tokens between two names that still belong to the first."""
    return list(gap[: next((index for index, token in enumerate(gap) if joins(token)), len(gap))])


def noted(lead: Sequence[Token]) -> Sequence[Token]:
    """Of the words before a verb those that it speaks of: the last item of a list, where a dash sets off what is noted of it.

    A label before them is none of these: ``Note on this record: ADR-2``.
    """
    colon = next((index for index, token in enumerate(lead) if token.mark == "colon"), -1)
    if colon >= 0 and not any(token.mark == "name" for token in lead[:colon]):
        lead = lead[colon + 1 :]
    if not lead or lead[-1].mark != "break":
        return lead
    return lead[max((index + 1 for index, token in enumerate(lead) if token.mark in ("comma", "colon")), default=0) :]


def before_verb(gap: Sequence[Token]) -> list[Token]:
    """The tokens between a name and the next verb that still belong to the name: not what says how much the verb covers.

    So of ``supersedes ADR-2; partially supersedes ADR-3``, but for ``supersedes ADR-2 in part; amends ADR-3``.
    """
    left = list(gap)
    while left and left[-1].mark == "word" and left[-1].parts & {"in_part", "auxiliaries"}:
        left.pop()
    return left


def behind_listing(gap: Sequence[Token]) -> Sequence[Token]:
    """The tokens between two names that belong to the second."""
    return gap[next((index for index, token in enumerate(gap) if joins(token)), len(gap)) :]


def joins(token: Token) -> bool:
    """Whether a token joins the names of a list."""
    return token.mark == "comma" or "listing" in token.parts


def is_inside(token: Token) -> bool:
    """Whether an item of a list goes on with a token."""
    return token.mark not in ("comma", "break")


def is_part(gap: Sequence[Token]) -> bool:
    """Whether the words before a name speak of a part of that record: ``the fee rule in``, ``section 3 of``."""
    words = [token for token in gap if token.mark == "word"]
    if says(words, "parts"):
        return True
    while words and not is_content(words[-1]) and words[-1].parts & _BESIDE_NAMES and "of" not in words[-1].parts:
        words.pop()  # "the signing rule of the retired ADR-31"
    content = [token for token in words if is_content(token)]
    if len(content) == 1 and content[0].folded in _WORKS and not is_content(words[-1]):
        return False  # "the design presented in ADR-9"
    return len(words) > 1 and "of" in words[-1].parts and bool(content)


def clause_behind(tail: Sequence[Token]) -> list[Token]:
    """The words right behind a name, up to the next mark."""
    words: list[Token] = []
    for token in tail:
        if token.mark != "word":
            if words or token.mark != "comma":
                break
            continue
        words.append(token)
    return words
