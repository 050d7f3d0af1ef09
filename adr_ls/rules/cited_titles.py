"""Rules on the titles by which records are cited: what stands beside a number, or as the text of a link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from adr_ls.log.folds import Grouping, Tally
from adr_ls.log.log import grouping
from adr_ls.log.resolve import Resolution
from adr_ls.record import filename
from adr_ls.record.anchors import bare
from adr_ls.record.facts import Facts
from adr_ls.record.mentions import Mention
from adr_ls.rules.citations import renamed
from adr_ls.rules.model import Fix, Found, Rule, Subject, called, rule
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import any_of, fold
from adr_ls.write import editing

_TITLED = lazy.regex(r"\W*(?P<head>(?:[^\W\d_]+[-_ #]*)?\d{1,6}\s*[:.–—-]+(?![:.–—-])\s*)(?P<title>\S.*\S)\s*", re.DOTALL)


@rule("hint", strict="info")
def link_title_stale(subject: Subject) -> Iterator[Found]:
    """A reference gives a record's number and another title than it has.

    Where the words beside it, or the text of a link, are the title of one other record, or the name of its file, and have nothing of the
    named one's, a reader cannot tell which is meant: that is a warning where they are that title as it is written, and else information.
    Both ways to mend it are offered.

    Otherwise the record was mostly renamed since. Only texts such as “ADR-3: Use Kafka” are compared, and only where nearly none of the
    words is in the title. So is a text that is a file's name itself, where no file here is called so; that is information, and so is what
    an item has behind a number for its title, where it begins with words of another record's: the records got other numbers since. So is
    an item whose title has nothing of the record's, where it has capitals as titles have here, or others of the file have their records'
    own.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0002: Choose MySQL](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Store orders in Postgres
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0002: Store orders in Postgres](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Store orders in Postgres
    ```
    """
    record, workspace = subject.record, subject.workspace
    taken: set[Mention] = set()
    for mention, found in _titled_as_one(subject):
        taken.add(mention)
        yield found
    yield from _titled_otherwise(subject, taken)
    for mention, resolution in workspace.resolved(record).items():
        if mention in taken:
            continue
        yield from _named_otherwise(subject, mention, resolution)
        target = workspace.records.get(resolution.path or "")
        if (
            mention.link is None
            or target is None
            or target.path == record.path
            or target.number is None
            or mention.number != target.number
        ):
            continue
        said = _TITLED.fullmatch(record.text, mention.link.text.start, mention.link.text.end)
        if not said or not target.title or mention.fragment or not any(map(str.isalpha, said["title"])):
            continue
        # Some name a record by the words of its file
        names = (said["title"], f"{target.title} {re.sub('[-_]', ' ', target.name.slug)}")
        words, own = (set(re.findall(r"\w{3,}", text.casefold())) for text in names)
        if not words or not own or len(words & own) * 3 > len(words) or said["title"].casefold() in target.title.casefold():
            continue
        span = Span(*said.span("title"))
        title = re.sub(r"([\[\]])", r"\\\1", target.title)
        fix = subject.fix(f"Change to “{target.title}”", Edit(span, title), preferred=False)
        yield Found(span, f"The title of {target.id} is “{target.title}”.", (fix,))


_BESIDE = lazy.regex(
    r"[*_`]{0,3}\]?[*_`]{0,3}[ \t]{0,3}(?P<mark>[:：–—(（「『«“\"]|-(?=[ \t])|)[*_`]{0,3}[ \t]{0,3}[*_`\"“«「『'(（]{0,3}"
    r"(?P<said>[^\W_][^\n]{1,150})"
)
"""What stands behind a reference and may begin with a title: ``ADR-3 (Use Kafka)``, ``[ADR-3](0003-x.md) – Use Kafka``."""
_LABEL = lazy.regex(r"\W{0,3}(?:(?:[^\W\d_]{1,12}[-_ #]{0,2})?\d{1,6}[.:)）：\s–—-]{1,4})?")
"""What a link's text has before a title."""
_WORD = lazy.regex(r"[^\W_]+")
_ENDS = lazy.regex(r"(?![-'’]?\w)[*_`\"”»」』'’)）\]]{0,5}[ \t]*(?:$|[^\w\s])", re.MULTILINE)
"""What stands behind a title: no more words."""
_RUN = lazy.regex(
    rf"[*_`\]]{{0,3}}[ \t]{{0,2}}(?:[,;、，/&+|–—-]|{any_of('conjunctions', 'ranges', but='prepositions')})[ \t]{{0,2}}[*_`\[]{{0,3}}"
)
"""What stands between references of which all may be meant by the words behind the last: ``ADR-3/ADR-4: Use Kafka``."""


class _Title(NamedTuple):
    """A title beside a reference: where it stands, its words, the record `of` which it is, and whether it is written as that has it."""

    span: Span
    words: tuple[str, ...]
    of: Facts
    is_exact: bool


def _titled_as_one(subject: Subject) -> Iterator[tuple[Mention, Found]]:
    """The references that have the title of exactly one other record beside them, or the words of its file, and little of their own."""
    record, records = subject.record, subject.log.records
    told: set[tuple[str, str]] = set()
    run: list[str | None] = []
    last = 0
    for mention, resolution in subject.workspace.resolved(record).items():
        is_next = _RUN.fullmatch(record.text, last, mention.span.start) is not None
        run = [*run, resolution.path] if is_next else [resolution.path]
        last = mention.span.end
        meant = [records[path] for path in resolution.paths if path in records] if resolution.kind == "record" else []
        if not meant or len(meant) < len(resolution.paths) or any(one.path == record.path for one in meant):
            continue
        title = _title_beside(subject, mention, meant)
        if title is None or title.of.path in (record.path, *run, *resolution.paths):
            continue  # what a record is of itself may be said of any other
        heading = title.of.heading_title
        is_numbered_so = heading is not None and mention.number is not None and heading.number == mention.number
        if is_numbered_so or any(_may_be_called(one, title.words) for one in meant):
            continue  # that a heading has another number than its file is told there
        target, other = meant[0], title.of
        shared = {*_parts_of(title.words)} & {*_own_parts(target)}
        is_sure = title.is_exact and all(subject.log.count(_TITLE_PARTS, part) > COMMON for part in shared)
        is_first = (target.path, other.path) not in told
        told.add((target.path, other.path))
        said = f"{called(target)}, is of something else; “{title.span.of(record.text)}” is {other.id}."
        fixes = tuple(_alternatives(subject, mention, target, title))
        yield mention, Found(title.span, said, fixes, level="warning" if is_sure and is_first else "info")


COMMON = 2
"""In how many titles a word may be to tell what a record is of."""


def _alternatives(subject: Subject, mention: Mention, target: Facts, title: _Title) -> Iterator[Fix]:
    """The two ways to make a reference and the title beside it agree: another record, or its own title."""
    record, other = subject.record, title.of
    edits = (editing.retarget(record, mention, other),) if mention.number is None else tuple(renamed(subject, mention, other))
    if edits:
        yield subject.fix(f"Change to {called(other)}", *edits, preferred=False)
    if target.marked and title.is_exact:
        yield subject.fix(f"Change to “{target.title}”", Edit(title.span, target.marked), preferred=False)


def _title_beside(subject: Subject, mention: Mention, meant: Sequence[Facts]) -> _Title | None:
    """The title of a record that is not `meant` in the text of a link, or behind a number; of a link without one only what is just so."""
    text, link = subject.record.text, mention.link
    if link is not None and link.kind != "autolink":
        label = _LABEL.match(text, link.text.start, link.text.end)
        within = _title_in(subject, Span(label.end() if label is not None else link.text.start, link.text.end), meant)
        if within is not None:
            return within if within.is_exact or mention.number is not None else None
    behind = _BESIDE.match(text, mention.span.end) if mention.number is not None else None
    title = _title_in(subject, Span(*behind.span("said")), meant) if behind is not None else None
    return title if title is not None and behind is not None and (behind["mark"] or title.is_exact) else None


def _title_in(subject: Subject, span: Span, meant: Sequence[Facts]) -> _Title | None:
    """The longest title with which a text begins, if it is one record's alone, no `meant` one's, and no more words follow."""
    text = subject.record.text
    first = _WORD.search(text, span.start, span.end)
    if first is None or span.start < first.start() - 1:
        return None
    titles = (one.title for one in meant if one.title and text.startswith(one.title, first.start()))
    if any(_ENDS.match(text, first.start() + len(title)) for title in titles):
        return None  # as nearly all are
    names = subject.log.of(_NAMES).get(fold(first[0]), ())
    if not names:
        return None  # as in most prose
    found = list(islice(_WORD.finditer(text, first.start(), span.end), len(names[0][1])))
    words = tuple(fold(match[0]) for match in found)
    fitting = [(known, path) for _, known, path in names if words[: len(known)] == known]
    of = [path for known, path in fitting if known == fitting[0][0]]
    if len(of) != 1:
        return None
    known = fitting[0][0]
    place = Span(found[0].start(), found[len(known) - 1].end())
    if _ENDS.match(text, place.end) is None:
        return None
    record = subject.log.records[of[0]]
    return _Title(place, known, record, _is_written_so(place.of(text), known, record))


def _is_written_so(said: str, words: tuple[str, ...], record: Facts) -> bool:
    """Whether words are a record's title as it stands there, but for remarks in brackets; or begin it, and are all of its file's name."""
    title = " ".join((record.title or "").split())
    is_whole = words in (_words_in(title), _words_in(_ASIDE.sub(" ", title)))
    return " ".join(said.split()) in title and (is_whole or (words == _words_in(record.name.slug) and title.startswith(said)))


_ASIDE = lazy.regex(r"[(（\[][^()（）\[\]]*[)）\]]")
"""A remark in brackets."""


def _may_be_called(record: Facts, words: tuple[str, ...]) -> bool:
    """Whether words may be said of a record: most of them are in its title or its file's name, or one of its headings has them all."""
    parts, own = _parts_of(words), _own_parts(record)
    known = sum(part in own or any(part[:LONG] == one[:LONG] for one in own if len(one) >= LONG) for part in parts)
    return 2 * known > len(parts) or any("".join(words) in bare(anchor) for anchor in record.anchors)


def _words_in(text: str) -> tuple[str, ...]:
    """All the words of a text, folded."""
    return tuple(fold(word) for word in _WORD.findall(text))


_DENSE = lazy.regex(f"[{filename.DENSE}]")


def _parts_of(words: Iterable[str]) -> list[str]:
    """What of some words tells what they are about: each that is not short, and each two signs of what is written without blanks."""
    found: list[str] = []
    for word in words:
        if _DENSE.search(word):
            found += (f"{one}{other}" for one, other in pairwise(word))
        elif _tells(word):
            found.append(word)
    return found


def _tells(word: str) -> bool:
    """Whether a word is not so short that it tells nothing."""
    return len(word) > 2 or not word.isalpha()


def _own_parts(record: Facts) -> frozenset[str]:
    """The same of a record's title and of its file's name."""
    return frozenset(_parts_of(_words_in(f"{record.title} {record.name.slug}")))


_TITLE_PARTS = Tally(_own_parts)
"""How many records have what in their titles or their files' names."""


def _names_of(record: Facts) -> tuple[tuple[str, ...], ...]:
    """By which words a record may be called that are no others': its title, with what is in brackets or without, and its file's name."""
    title = record.title or ""
    names = dict.fromkeys(_words_in(one) for one in (title, _ASIDE.sub(" ", title), record.name.slug))
    return tuple(name for name in names if len(name) > 1 or (name and len(name[0]) >= LONG and _DENSE.search(name[0])))


_NAMES = Grouping(lambda record: ((name[0], (-len(name), name, record.path)) for name in _names_of(record)))
"""The words by which records may be called, the longest first, with the records' paths; by the first of the words."""


_BEHIND_NUMBER = lazy.regex(r"[*_`]{0,3}[ \t]*(?:[:：–—][*_]{0,3}|-[ \t])[ \t]*(?P<said>[^\W_][^\n;()（）]{3,100})")
"""What stands behind a number as its title: ``ADR-3: Use Kafka``; in brackets there are remarks as well."""


_ITEM = lazy.regex(r"[ \t>]{0,20}(?:[-*+]|\d{1,3}[.)])[ \t]+[*_`]{0,3}")
"""How a line begins that is an item."""


class _Item(NamedTuple):
    """An item that begins with the number of a record, be it in brackets: the records that are `meant`, and what stands `behind` it."""

    mention: Mention
    meant: tuple[Facts, ...]
    behind: Span
    is_bracketed: bool
    is_of_log: bool
    """Whether no record of another log may be meant."""


def _items(subject: Subject) -> Iterator[_Item]:
    record, records = subject.record, subject.log.records
    for mention, resolution in subject.workspace.resolved(record).items():
        if mention.form != "bare" or resolution.kind != "record":
            continue
        meant = tuple(one for path in resolution.paths if (one := records.get(path)) is not None)
        line = record.lines.span(record.lines.line_at(mention.span.start))
        before = Span(line.start, mention.span.start).of(record.text)
        if meant and _ITEM.fullmatch(before.removesuffix("[")):
            behind = Span(mention.span.end, line.end)
            yield _Item(mention, meant, behind, before.endswith("["), len(meant) == len(resolution.paths))


_ENTITLED = lazy.regex(
    r"(?P<closed>\])?[*_`]{0,3}[ \t]{0,3}(?(closed)[:：–—-]?|(?:[:：–—]|-(?=[ \t])))[*_]{0,3}[ \t]{1,3}"
    r"(?P<said>[^\W\d_][^\n:;()（）–—|]{3,80}?)[*_.]{0,3}[ \t]{0,3}(?:$|\(|[–—]|-[ \t])",
    re.MULTILINE,
)
"""A title behind the number of a record, up to the end of the item or a remark: ``[ADR-3] Use Kafka``, ``ADR-3: Use Kafka (draft)``."""
_COLON = lazy.regex(r"\]?[*_`]{0,3}[ \t]*[:：]")


def _titled_otherwise(subject: Subject, taken: set[Mention]) -> Iterator[Found]:
    """Items that are the number of a record and a title of which nothing is in that record's; one that is another record's is told first.

    What stands there is surely a title where it is written in capitals, as the record's is; or behind a colon, as where most of such items
    have something of their records' titles. Behind a dash there is as often a remark on the record.
    """
    record = subject.record
    titles: list[tuple[Span, tuple[Facts, ...], bool, bool]] = []
    told: set[Span] = set()
    for item in _items(subject):
        if item.mention in taken:
            continue
        as_another = _titled_as_another(subject, item)
        if as_another is not None:
            yield as_another
        said = _ENTITLED.match(record.text, item.behind.start)
        if said is None or bool(said["closed"]) != item.is_bracketed or not item.is_of_log:
            continue
        has_colon = _COLON.match(record.text, item.behind.start) is not None and len(_words(said["said"])) > 1
        is_akin = any(_are_akin(item.behind.of(record.text), one) for one in item.meant)
        titles.append((Span(*said.span("said")), item.meant, has_colon, is_akin))
        if as_another is not None:
            told.add(titles[-1][0])
    right = sum(is_akin for _, _, has_colon, is_akin in titles if has_colon)
    are_titles = right > 0 and 2 * right >= sum(has_colon for _, _, has_colon, _ in titles)
    for span, meant, has_colon, is_akin in titles:
        words = span.of(record.text)
        if is_akin or span in told or record.path in subject.log.having(_PAIRS, _first_words(words) or ("", "")):
            continue  # what a record is of itself may be said of any other
        in_capitals = _has_capitals(words) and all(_has_capitals(one.title or "") for one in meant)
        if (in_capitals or (has_colon and are_titles)) and all(one.path != record.path for one in meant):
            yield Found(span, f"The title of {meant[0].id} is “{meant[0].title}”.", level="info" if in_capitals else None)


def _titled_as_another(subject: Subject, item: _Item) -> Found | None:
    """What is told of an item with a title behind it that begins with words of another record's, and has no word of its own record's."""
    record, target = subject.record, item.meant[0]
    said = _BEHIND_NUMBER.match(record.text, item.behind.start) if not item.is_bracketed else None
    begins = _first_words(said["said"]) if said is not None and target.title and target.number is not None else None
    others = subject.log.having(_PAIRS, begins) if begins is not None else ()
    if said is None or not others or {target.path, record.path} & {*others}:
        return None  # what a record is of itself may be said of any other
    if {*_words_of(target)} & {*_words(said["said"])}:
        return None
    meant = ", ".join(subject.log.records[path].id for path in others[:3])
    return Found(item.mention.span, f"{called(target)}, is of something else; did you mean {meant}?", level="info")


def _has_capitals(title: str) -> bool:
    """Whether all longer words of a title begin with a capital, as English writes titles, and there are several."""
    long = [word for word in re.findall(r"[^\W\d_][\w'’-]*", title) if len(word) >= LONG]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _are_akin(said: str, record: Facts) -> bool:
    """Whether a text has a word of a record's title, or of its file's name, be it in another form or within one written without blanks."""
    folded, words = fold(said), _words(said)
    return any(one in folded or any(word in one or one[:LONG] == word[:LONG] for word in words) for one in _words_of(record))


def _words_of(record: Facts) -> list[str]:
    """The words of a record's title and of its file's name."""
    return _words(f"{record.title} {re.sub('[-_]', ' ', record.name.slug)}")


LONG = 4
"""How many letters a word of a title has at least that is no small word, and how many tell that two are of one stem."""


def _words(text: str) -> list[str]:
    """The words of a text, folded, without those so short that they tell nothing."""
    return [word for word in _WORD.findall(fold(text)) if _tells(word)]


def _first_words(text: str) -> tuple[str, str] | None:
    """The first two words of a title, folded; None of one that has fewer."""
    return next(pairwise(_words(text)), None)


_PAIRS = grouping(lambda record: pairwise(_words(record.title or "")))
"""The records of which the titles have two words one after the other."""


_FILE = lazy.regex(r"`?(?:\.{0,2}/)?(?:[\w.-]+/){0,20}(?P<base>[\w.-]+)`?")


def _named_otherwise(subject: Subject, mention: Mention, resolution: Resolution) -> Iterator[Found]:
    """A link whose text is the name of a file, as its target is, where no file here is called so: a slip, or the name of before."""
    record, names = subject.record, subject.workspace.names
    if mention.link is None or mention.link.kind == "autolink" or resolution.kind not in ("record", "file"):
        return
    text = mention.link.text
    said = _FILE.fullmatch(record.text, text.start, text.end)
    base = posixpath.basename(resolution.paths[0])
    if said is None or not said["base"].casefold().endswith(filename.SUFFIXES) or names.by_base.get(said["base"].casefold()):
        return
    if not base.casefold().endswith(filename.SUFFIXES) or base.casefold().endswith(said["base"].casefold()):
        return  # a part of its name stands for it
    span = Span(*said.span("base"))
    fix = subject.fix(f"Change to “{base}”", Edit(span, base), preferred=False)
    yield Found(span, f"No file is called “{said['base']}”; the link leads to “{base}”.", (fix,), level="info")


RULES: tuple[Rule, ...] = (link_title_stale,)
