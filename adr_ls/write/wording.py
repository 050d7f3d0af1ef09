"""How a house words a status: with which one its records begin, and what it writes around the word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adr_ls.log.log import Log
from adr_ls.log.style import majority
from adr_ls.record import status
from adr_ls.record.known import Known
from adr_ls.record.metadata import Place
from adr_ls.record.record import Record
from adr_ls.syntax import lazy
from adr_ls.words import dates
from adr_ls.words.language import ENDED, Language
from adr_ls.words.lookup import STATUS_WORDS, any_of, fold, usual_forms


def first_status(log: Log, template: Record | None = None) -> str:
    """The status with which records of a house begin, in its own spelling: the template's one, else that of a proposal."""
    field = template.field("status") if template is not None else None
    stated = template.status if template is not None else None
    if stated is not None and not stated.choices and stated.spelled and field is not None and says_nothing_else(stated.text):
        return stated.spelled
    house = log.house
    for state in ("proposed", "draft"):
        for word in (*house.vocabulary, *house.single):
            if STATUS_WORDS.get(fold(word)) == state:
                return word
    lasting = [word for word in house.vocabulary if STATUS_WORDS.get(fold(word)) not in (*ENDED, "amended")]
    if lasting and (house.documented or not _was_decided(fold(lasting[0]), house.language)):
        return lasting[0]
    # Records that are all accepted were proposed once, whether or not anybody wrote that down
    word = house.spelled("proposed")
    written = majority(record.status.spelled for record in log.models if record.status and record.status.spelled)
    return word.lower() if written and written == written.lower() else word


def _was_decided(word: str, language: Language) -> bool:
    """Whether a status, folded, says of a record only that it was decided, and so was proposed before: *acceptée*, *genehmigt*."""
    return word in usual_forms("accepted") or any(stem in word for stem in language.deciding)


_PICTURES = lazy.regex(r"[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+[ \t]*")


def written_status(log: Log, word: str, today: str) -> str:
    """A status as the records of a house write it: with its picture, its date, its marks of code or emphasis."""
    same: list[tuple[str, str]] = []
    around: list[tuple[str, str]] = []
    for record in log.models:
        stated = record.status
        parts = decoration(record.written_status, stated.word) if stated else None
        if stated is not None and parts is not None:
            before, behind = (dated(part, today) for part in parts)
            if fold(stated.spelled) == fold(word):
                same.append((before, behind))
            around.append((_PICTURES.sub("", before), _PICTURES.sub("", behind)))
    before, behind = majority(same) or majority(around) or ("", "")
    return f"{before}{word}{behind}"


def decoration(written: str, word: str) -> tuple[str, str] | None:
    """What stands around the word of a status where that is marks, pictures and a date; None where people wrote more."""
    match = re.search(r"[\W_]+".join(map(re.escape, word.split())), written, re.IGNORECASE) if word else None
    if match is None or "\n" in written:
        return None
    before, behind = written[: match.start()], written[match.end() :]
    for part in (before, behind):
        found = dates.read(part.strip(" \t([{:,-–—"))
        rest = part.replace(part.strip(" \t([{:,-–—")[found.start : found.end], "") if found else part
        if re.search(r"\w", rest) or "<" in rest or "]" in rest:
            return None
    return before, behind


_JOINED = lazy.regex(
    rf"(?P<kept>\s*\([^()]*\))?\s*(?:[&+/,;]|\b{any_of('conjunctions', but='prepositions')}\b)\s*(?=[^\W\d_])", re.IGNORECASE
)
"""What stands between two statuses that hold at once: ``Accepted (lazy consensus) & implemented``."""
_AHEAD = 100
"""In so many characters the word of a status ends."""


def reworded(written: str, word: str, new: str) -> str:
    """A status as written with another one in place of its word, given folded, and of those joined to it; all of it where it has none."""
    match = re.search(r"[\W_]+".join(map(re.escape, word.split())), written, re.IGNORECASE) if word else None
    if match is None:
        return new
    kept, end = "", match.end()
    while joined := _JOINED.match(written, end):
        also = status.leading_word(fold(written[joined.end() : joined.end() + _AHEAD]))
        other = re.match(r"[\W_]+".join(map(re.escape, also.split())), written[joined.end() :], re.IGNORECASE) if also else None
        rest = written[joined.end() + other.end() :] if other else ""
        if other is None or re.match(r"\s*[^\W_]", rest):
            break  # what follows says more of that other status
        kept, end = kept + (joined["kept"] or ""), joined.end() + other.end()
    return written[: match.start()] + new + kept + written[end:]


def written_date(records: Iterable[Known], role: str | None, place: Place, today: str, *, month_first: bool) -> str:
    """Today, given in ISO 8601, as the last of the records writes a date of that role in such a place; empty where none does."""
    records = tuple(records)
    beside = [field.value for record in records for field in record.fields if field.role == role and field.place == place]
    for record in reversed(records):
        for field in record.fields:
            if field.role == role and field.place == place:
                found = dates.read(field.value)
                if found is not None and found.iso is not None and found.form != "month":
                    written = field.value[found.start : found.end]
                    stop = "." if ". " in written and field.value.startswith(".", found.end) else ""  # "2024. 3. 15."
                    return dates.like(written, today, month_first=month_first, beside=beside) + stop
    return ""


def has_picture(text: str) -> bool:
    """Whether a text has a picture such as ✅ in it."""
    return bool(_PICTURES.search(text))


def dated(part: str, today: str) -> str:
    """A text with today, given in ISO 8601, in the place of its date, written as that one is."""
    found = dates.search(part)
    return part[: found.start] + dates.like(part[found.start : found.end], today) + part[found.end :] if found else part


def says_nothing_else(plain: str) -> bool:
    """Whether a text says a status, or leaves room for one, and nothing else."""
    words = re.sub(r"^\W+", "", plain)
    known = status.leading_word(fold(words))
    return (bool(known) and len(words.split()) <= known.count(" ") + 3) or bool(re.fullmatch(r"[\[{<(].*[\]}>)]|STATUS", plain))
