"""Rules on the number of a record: unique in its log, and the same wherever it stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, pairwise

from adr_ls.log.folds import Fold, Tally, count
from adr_ls.log.log import grouping, number_of
from adr_ls.log.style import FEW
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known, facts_of, requests_of
from adr_ls.record.metadata import Field
from adr_ls.rules.model import Found, Place, Rule, Subject, rule
from adr_ls.rules.titles import title_from_file_name
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import every, fold
from adr_ls.write import renaming

_STYLES = Tally(lambda record: (record.heading_title.style,) if record.heading_title is not None else ())
"""How many records have which form of title."""
_AGREEING = Tally(lambda record: (_title_agrees(record),))
"""How many records have a title with the number of their file, and how many one with another."""
_ZEROS = Tally(lambda record: (record.name.digits.startswith("0"),))
"""How many records have a file name whose number is filled up with zeros."""


def _next_below(numbers: Iterable[tuple[str, int] | None]) -> Mapping[tuple[str, int], int]:
    known = sorted({number for number in numbers if number is not None})
    return {two: one[1] for one, two in pairwise(known) if one[0] == two[0]}


_BEFORE = Fold(number_of, _next_below)
"""For each number of a series the next lower one."""


@rule("error", asciidoc=True)
def duplicate_number(subject: Subject) -> Iterator[Found]:
    """Two records of a log have the same number.

    A number is how people, commits and other records refer to a decision. Where two share one, every reference is in doubt. It usually
    happens when two branches each take the next free number; renumber the one that came later. A letter behind the number tells records
    apart, in the file name or the title: ADR-9-A, ADR-9-B. So do two words before it: ADR-9, DEC-9. It is only information where the
    file names are of two forms that several records have each, as where a team began to count anew beside its old records.

    ```md before
    -- docs/adr/0001-use-postgres.md --
    # 1. Use Postgres
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    ```
    """
    record = subject.record
    if record.number is None:
        return
    paths = subject.log.by_number.get((record.series.casefold(), record.number), ())
    same = [subject.log.records[path] for path in paths]
    names = [one.name for one in same]
    part = _part(record)
    others = [
        one
        for one in same
        if one.path != record.path
        and not filename.apart(names, one.name)
        and not (part and _part(one) not in ("", part))
        and not _is_of_another_series(record, one)
    ]
    if record.number == 0 and len(others) >= BLANK:
        return
    if others and not filename.apart(names, record.name):
        said = ", ".join(
            f"“{posixpath.basename(other.path) if not other.name.own_directory else other.name.stem}”" for other in others
        )
        free = renaming.next_number(subject.workspace, subject.log, record)
        yield Found(
            _number_span(subject),
            f"Number {record.name.digits or record.number} is also used by {said}; the next free number is {free}.",
            level="info" if all(_counts_anew(subject, other) for other in others) else None,
            related=tuple(
                Place(other.path, other.heading.span if other.heading else Span(0, 0), "the other record of this number")
                for other in others
            ),
        )


BLANK = 2
"""How many others have the number 0 where that is no number yet: proposals are given theirs when they are taken."""


def _is_of_another_series(record: Known, other: Known) -> bool:
    """Whether the file names of two records have two words before their numbers: ``ADR-011``, ``DEC-0011``."""
    one, two = record.name.prefix.casefold(), other.name.prefix.casefold()
    return bool(one and two) and one != two


_FORMS = Tally(lambda record: (_form(record),))
"""How many records have their number written in which form in their file name."""


def _form(record: Facts) -> tuple[str, int]:
    return record.name.prefix.casefold(), len(record.name.digits)


def _counts_anew(subject: Subject, other: Facts) -> bool:
    """Whether the number of another record is written in another form, and several records have each of the two: they are two series."""
    forms = [_form(facts_of(subject.record)), _form(other)]
    return forms[0] != forms[1] and all(subject.log.count(_FORMS, form) >= FEW for form in forms)


_PART = lazy.regex(r"[^\d\n]{0,20}(?P<digits>\d{1,6})[-_.]?(?P<part>[A-Za-z](?:\.?\d{1,3})?)(?![\w-])")


def _part(record: Known) -> str:
    """The letter behind the number in a title, as in ``ADR-9-B``, in lower case; empty where there is none."""
    match = _PART.match(record.heading.plain) if record.heading is not None else None
    return match["part"].casefold() if match and int(match["digits"]) == record.number else ""


@rule("warning", asciidoc=True)
def number_mismatch(subject: Subject) -> Iterator[Found]:
    """The title has another number than the file.

    References by number follow the file name, readers follow the title; one of the two sends them astray. Mostly the record was copied
    from another and its title kept. Where most titles of a log differ from their files, they are numbered on their own, and nothing is
    said, unless all that differ do so by the same, between records whose titles agree: then the files were renumbered and the titles
    forgotten, which is information.

    ```md before
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-kafka.md --
    # 3. Use Kafka
    ```
    ```md after
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-kafka.md --
    # 4. Use Kafka
    ```
    """
    record = subject.record
    title, own = record.heading_title, record.name
    if title is None or record.heading is None or own.number is None:
        return
    number, digits = title.number, title.digits
    if number is None:
        blank = re.match(r"(\d{1,4})[ \t]+[^\W\d_]", record.document.plain(record.heading.text))
        if not blank or subject.log.count(_STYLES, "N") < 3:
            return
        number, digits = int(blank[1]), blank[1]
    elif not title.separator.strip() and not title.prefix:
        return
    if number != own.number and _same_series(title.prefix, own.prefix):
        at = record.heading.text.of(record.text).find(digits)
        if at < 0:
            return
        span = Span(record.heading.text.start + at, record.heading.text.start + at + len(digits))
        agree, differ = (subject.others(_AGREEING, agrees) for agrees in (True, False))
        is_own = agree + differ >= 2 and differ + 1 > agree
        if is_own and not _was_shifted(subject, number - own.number):
            return
        right = f"{own.number:0{len(digits)}}" if digits.startswith("0") or len(digits) >= len(own.digits) else str(own.number)
        yield Found(
            span,
            f"The title says {digits}, the file name says {own.digits}.",
            (subject.fix(f"Change the title's number to {right}", Edit(span, right), preferred=agree > 3 * differ),),
            level="info" if is_own or _is_anothers(subject, number) else None,
        )


def _is_anothers(subject: Subject, number: int) -> bool:
    """Whether the whole title, its number included, is that of another record, which is told there."""
    record, log = subject.record, subject.log
    alike = log.having(_TITLED, _called(record.title)) if record.title else ()
    return any(log.records[path].number == number for path in alike if path != record.path)


def _was_shifted(subject: Subject, by: int) -> bool:
    """Whether all titles with another number than their file's have one that is higher by as much, with titles that agree on both sides."""
    numbers = subject.log.of(_SHIFTS)
    shifted = numbers.get(by, (0, 0))
    agreeing = numbers.get(0, shifted)
    return numbers.keys() <= {0, by} and agreeing[0] < shifted[0] <= shifted[1] < agreeing[1]


def _first_and_last(seen: Iterable[tuple[int, int] | None]) -> Mapping[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for by, number in filter(None, seen):
        first, last = found.get(by, (number, number))
        found[by] = min(first, number), max(last, number)
    return found


_SHIFTS = Fold(
    lambda record: (
        (title.number - record.name.number, record.name.number)
        if (title := record.heading_title) is not None and title.number is not None and record.name.number is not None
        else None
    ),
    _first_and_last,
)
"""By how much the titles' numbers are higher than those of their files, with the first and the last file of which that is so."""


def _title_agrees(record: Facts) -> bool | None:
    """Whether a record's title has the number of its file; None where one of them has none."""
    title = record.heading_title
    if title is None or title.number is None or record.name.number is None:
        return None
    return title.number == record.name.number


@rule("warning", asciidoc=True)
def id_mismatch(subject: Subject) -> Iterator[Found]:
    """The number in the front matter differs from the file's.

    Tools that read front matter would know this record by a number under which nobody else finds it. Where records have the numbers of
    the requests in which they were proposed, one that names the request of another record was copied from that, which is information.

    ```md before
    -- docs/adr/0004-use-kafka.md --
    ---
    id: 0003
    status: accepted
    ---
    # Use Kafka
    ```
    ```md after
    -- docs/adr/0004-use-kafka.md --
    ---
    id: 0004
    status: accepted
    ---
    # Use Kafka
    ```
    """
    record = subject.record
    yield from _of_other_request(subject)
    field = record.field("id")
    if field is None or field.place != "front-matter" or record.name.number is None:
        return
    match = re.fullmatch(r"(?P<prefix>[A-Za-z-]*?)[-_ #]?(?P<digits>\d{1,6})", field.value)
    if match and int(match["digits"]) != record.name.number and _same_series(match["prefix"], record.name.prefix):
        start = field.value_span.start + field.value_span.of(record.text).rindex(match["digits"])
        span = Span(start, start + len(match["digits"]))
        right = f"{record.name.number:0{len(match['digits'])}}"
        yield Found(
            span,
            f"The front matter says {match['digits']}, the file name says {record.name.digits}.",
            (subject.fix(f"Change it to {right}", Edit(span, right)),),
        )


_REQUESTED = Fold(
    lambda record: (record.number, tuple(sorted(requests_of(record)))),
    lambda seen: {number: frozenset(addresses) for number, addresses in seen if number and any(map(_with(number), addresses))},
)
"""The requests that records name which have the number of one, by that number."""


_REQUESTING = count(lambda record: bool(requests_of(record)), "requests")
"""How many records name a request."""


def _with(number: int) -> Callable[[str], bool]:
    """Tells whether the address of a request ends in a number."""
    return lambda address: address.endswith(f"/{number}")


def _of_other_request(subject: Subject) -> Iterator[Found]:
    """The request that a record names though it is that of another record, which has its number as most here have."""
    record = subject.record
    named = requests_of(record) if record.number is not None else {}
    if not named or any(map(_with(record.number or 0), named)):
        return
    numbered = subject.log.of(_REQUESTED)
    if len(numbered) < FEW or 2 * len(numbered) <= subject.log.of(_REQUESTING):
        return
    for address, span in named.items():
        number = int(address.rpartition("/")[2])
        if address in numbered.get(number, ()):
            yield Found(span, f"This is the request of number {number}; was it copied?", level="info")


@rule("info", strict="warning", asciidoc=True)
def filename_format(subject: Subject) -> Iterator[Found]:
    """The file is not named as nearly all others of its log.

    It sorts elsewhere in a listing, and tools that look for the others' pattern miss it. Series of their own and numbers that outgrew
    their digits count as the same form.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    -- docs/adr/0003-use-rust.md --
    # 3. Use Rust
    -- docs/adr/0004-use-regions.md --
    # 4. Use regions
    -- docs/adr/0005-use-linux.md --
    # 5. Use Linux
    -- docs/adr/0006-use-git.md --
    # 6. Use Git
    -- docs/adr/0007-use-tests.md --
    # 7. Use tests
    -- docs/adr/0008-use-docs.md --
    # 8. Use docs
    -- docs/adr/0009-use-hooks.md --
    # 9. Use hooks
    -- docs/adr/10_use_colours.md --
    # 10. Use colours
    ```
    """
    style = subject.log.house.file_name
    name = subject.record.name
    if not style.is_custom or name.pattern == style.form:
        return
    if subject.record.series != "ADR" and name.prefix != _prefix(style.form):
        return  # a series of its own
    width, own = style.form.count("N"), len(name.digits)
    padded = subject.log.count(_ZEROS, True) > 0
    if _shape(name.pattern, name.prefix) == _shape(style.form, _prefix(style.form)) and (own >= width or not padded):
        return
    ending = posixpath.splitext(subject.record.path)[1] if subject.record.is_fixed else ".md"
    yield Found(
        subject.head,
        f"{style.having} of {style.of} files here are named like “{style.form}{ending}”; this one is “{name.pattern}{ending}”.",
    )


@rule("off", strict="hint", asciidoc=True)
def number_gap(subject: Subject) -> Iterator[Found]:
    """A number between those of two records is missing.

    A record may have been lost, or be on a branch still. Teams that number by hand or delete what was never decided have gaps on
    purpose, so this is off unless asked for. Reported on the record behind the gap.

    ```md before
    -- docs/adr/0001-use-postgres.md --
    # 1. Use Postgres
    -- docs/adr/0003-use-kafka.md --
    # 3. Use Kafka
    ```
    """
    record, log = subject.record, subject.log
    series = record.series.casefold()
    if record.number is None or record.number < 2 or (series, record.number - 1) in log.by_number:
        return
    before = log.of(_BEFORE).get((series, record.number))
    if before is not None and record.number - before <= FAR:
        first, last = before + 1, record.number - 1
        what = f"Number {first} is" if first == last else f"The numbers {first} to {last} are"
        yield Found(_number_span(subject), f"{what} missing here.")


FAR = 100
"""From which distance on two numbers belong to two ways of counting, rather than to one with a gap."""


def _called(title: str) -> str:
    """A title folded, without a number in front that it has still, as it is not the record's."""
    return _ANOTHER.sub("", fold(title))


_ANOTHER = lazy.regex(r"\A\d{1,5}[.:)]?[ ]+(?=\S)")
_TITLED = grouping(lambda record: (_called(record.title),) if record.title else ())
"""The paths of the records of each title, folded."""


@rule("warning", asciidoc=True)
def title_copied(subject: Subject) -> Iterator[Found]:
    """The title is that of another record, and the file name tells of something else; or another's hangs behind it.

    The record was begun as a copy, and its title was left, or the new one was written in front of it without a blank. Indexes, searches and sites show the other decision twice and this one
    nowhere. Records whose file names have a word in common with their title are left alone, unless it has all words of the other's and
    some that are not in their own, which is information where that is one word of many; and so are those where that of the other record has none either, unless several have it from a template. Where heading and front matter disagree, what another record is
    called is the copy.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-store-orders.md --
    # 2. Use Kafka
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka
    -- docs/adr/0002-store-orders.md --
    # 2. Store orders
    ```
    """
    record, log = subject.record, subject.log
    heading, slug = record.heading, record.name.slug
    if heading is None or not record.title:
        return
    if beside := _copied_beside(subject, record.document.plain(heading.text), heading.text):
        yield beside
        return
    yield from _hanging(subject, heading.text)
    alike = log.having(_TITLED, _called(record.title))
    if not slug or len(alike) <= 1:
        return
    own = _share(slug, record.title)
    for path in alike:
        other = log.records[path]
        shared = _share(other.name.slug, record.title) if other.path != record.path else 0
        # A title that has words of both files' names is that of the one of which it has all, and the other lacks some
        lacking = _lacking(slug, record.title) if shared == 1 > own else 0
        is_alien = not _is_of(slug, record.title) and shared > 0
        if is_alien or lacking >= _SOME or (lacking and own >= _MOST):
            title = title_from_file_name(subject)
            at = heading.text.of(record.text).find(record.title) if _ANOTHER.match(record.title) is None else -1
            span = Span(at, at + len(record.title)).shift(heading.text.start) if at >= 0 else heading.text
            fix = subject.fix(f"Write “{title}”, after the file name", Edit(span, title), preferred=False)
            said = f"This is the title of {other.id} too; the file is called “{record.name.slug}”."
            level: Level | None = None if is_alien or lacking >= _SOME else "info"
            yield Found(heading.text, said, (fix,), (Place(other.path, Span(0, 0), "the other record"),), level=level)
            return
    if not own and _COPIES < len({log.records[path].name.slug for path in alike}) == len(alike) < log.size / 2:
        title = title_from_file_name(subject)
        fix = subject.fix(f"Write “{title}”, after the file name", Edit(heading.text, title), preferred=False)
        yield Found(heading.text, f"{len(alike) - 1} others have this title too; name the decision.", (fix,))


_CAPITALS = "A-ZÀ-ÖØ-ÞА-ЯΑ-Ω"
_JOINT = lazy.regex(rf"(?<=[^\W_{_CAPITALS}])(?=[{_CAPITALS}])")
"""Where a title may begin without a blank in front: ``Buy a craneUse Kafka``."""
_JOINTS = 10
"""How many such places are looked at, as names that are written so have some, too."""


def _hanging(subject: Subject, heading: Span) -> Iterator[Found]:
    """The title of another record that hangs behind the own one, with no blank between them."""
    record, log = subject.record, subject.log
    text = heading.of(record.text).rstrip()
    for match in islice(_JOINT.finditer(text), _JOINTS):
        behind = text[match.start() :]
        path = next(iter(log.having(_TITLED, _called(behind))), record.path) if " " in behind else record.path
        if path != record.path:
            span = Span(match.start(), len(text)).shift(heading.start)
            fix = subject.fix("Take it away", Edit(span, ""), preferred=False)
            said = f"The title of {log.records[path].id} hangs behind this one."
            yield Found(span, said, (fix,), (Place(path, Span(0, 0), "the other record"),))
            return


def _copied_beside(subject: Subject, title: str, heading: Span) -> Found | None:
    """What is told where heading and front matter say something else, and one of them what another record is called."""
    record, log = subject.record, subject.log
    field = _stated_title(record)
    if field is None or not field.value:
        return None
    words, said = (set(re.findall(r"[^\W_]{2,}", fold(text))) for text in (title, field.value))
    if not words or not said or 2 * len(words & said) >= min(len(words), len(said)):
        return None
    for paths, span, right, where in (
        (log.having(_TITLED, _called(title)), heading, field.value, "the front matter"),
        (log.having(_STATED, fold(field.value)), field.value_span, title, "the heading"),
    ):
        other = next((log.records[path] for path in paths if path != record.path), None)
        if other is not None and len(paths) <= 1 + _COPIES:  # what many are called is a name for all of them
            fix = subject.fix(f"Write “{right}”", Edit(span, right), preferred=False)
            return Found(span, f"This is the title of {other.id} too; {where} says “{right}”.", (fix,))
    return None


def _stated_title(record: Known) -> Field | None:
    """The title in the front matter."""
    return next((one for one in record.fields if one.place == "front-matter" and fold(one.key) == "title"), None)


_STATED = grouping(lambda record: (fold(field.value),) if (field := _stated_title(record)) is not None else ())
"""The paths of the records of each title in the front matter, folded."""
_COPIES = 2
"""More records than this with one title, of whose files each has a name of its own and none is called so, have it from a template."""


_MOST = 0.75
"""Which share of the words of a file's name is in a title that has one word besides, for that one to tell it, too."""
_SOME = 2
"""How many words of a title that the file name lacks tell that it is another record's, though they have words in common."""


def _share(slug: str, title: str) -> float:
    """Which share of the words of a record's file name is in a title; none of a name without words."""
    words, said = _words(slug), _words(title)
    return sum(any(_is_alike(one, other) for other in said) for one in words) / len(words) if words else 0


def _lacking(slug: str, title: str) -> int:
    """How many words of a title are not in a record's file name."""
    words = _words(slug)
    return sum(not any(_is_alike(one, other) for one in words) for other in _words(title))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]{2,}", fold(text))) - filename.WORDS


def _is_of(slug: str, title: str) -> bool:
    """Whether a title has a word of a file name; *use* and small words only where that has no others."""
    words = _words(slug)
    said = _words(title)
    return any(_is_alike(one, other) for one in words - _small() or words for other in said)


@cache
def _small() -> frozenset[str]:
    return frozenset(every("articles", "determiners", "prepositions", "conjunctions", "use"))


def _is_alike(one: str, other: str) -> bool:
    """Whether two words begin alike."""
    return one[:4] == other[:4]


@rule("off", strict="hint")
def slug_mismatch(subject: Subject) -> Iterator[Found]:
    """The file name has no word in common with the title.

    Who looks through the files does not find the decision. File names are kept where titles are reworded, which is why this is off
    unless asked for.

    ```md before
    -- docs/adr/0001-use-rabbit.md --
    # 1. Kafka is our broker
    ```
    """
    record = subject.record
    words = set(re.findall(r"[a-z0-9]{3,}", record.name.slug.casefold()))
    said = set(re.findall(r"[a-z0-9]{3,}", (record.title or "").casefold()))
    alike = any(one[:4] == other[:4] for one in words for other in said)
    if words and said and not alike and record.title and record.title.isascii():
        yield Found(subject.head, f"The file is called “{record.name.slug}”, which this title has nothing in common with.")


def _prefix(pattern: str) -> str:
    match = re.match(r"(?P<prefix>.*?)[-_ #]?N+", pattern)
    return match["prefix"] if match else ""


def _shape(pattern: str, prefix: str) -> str:
    """A pattern in which neither the series nor the count of digits matters."""
    return re.sub(r"N+", "N", pattern.replace(prefix, "S", 1) if prefix else pattern)


def _same_series(one: str, other: str) -> bool:
    plain = filename.PLAIN_PREFIXES | {""}
    one, other = one.casefold().replace(" ", "-"), other.casefold().replace(" ", "-")
    are_plain = [prefix.replace("-", " ") in plain or filename.is_word_for_number(prefix) for prefix in (one, other)]
    return one == other or all(are_plain) or one in plain


def _number_span(subject: Subject) -> Span:
    record = subject.record
    title = record.heading_title
    if record.heading is not None and title is not None and title.digits:
        at = record.heading.text.of(record.text).find(title.digits)
        if at >= 0:
            return Span(record.heading.text.start + at, record.heading.text.start + at + len(title.digits))
    return subject.head


RULES: tuple[Rule, ...] = (
    duplicate_number,
    number_mismatch,
    id_mismatch,
    filename_format,
    number_gap,
    title_copied,
    slug_mismatch,
)
