"""Rules on links and references between records."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from urllib.parse import unquote

from adr_ls.log import discovery
from adr_ls.log.folds import Fold, Tally
from adr_ls.log.resolve import Resolution, of_kind, where
from adr_ls.log.workspace import Workspace, question
from adr_ls.record import filename
from adr_ls.record.anchors import bare
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention, path_span
from adr_ls.record.record import Record
from adr_ls.rules import begun
from adr_ls.rules.markup import is_at_home
from adr_ls.rules.model import Fix, Found, Rule, Subject, called, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Link
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import any_of, fold
from adr_ls.words.similar import LOOSE, NEAR, Guesses, is_near, nearest
from adr_ls.write import editing


@rule("warning", pages=True)
def link_broken(subject: Subject) -> Iterator[Found]:
    """A link points at a record that does not exist.

    Only links among records are judged, in records and in other Markdown files, such as guides; files of other kinds, other
    repositories and web sites are not looked at. Nor is a record's address on a site that leaves numbers out (`use-postgres` for
    `0002-use-postgres.md`, as Docusaurus does). Where a file has several links to the same missing file, or into the same missing folder,
    one thing was moved, and all but the first are information.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    See [the database](0002-use-postgre.md).
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    See [the database](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres
    ```
    """
    record = subject.record
    seen: set[Span] = set()
    causes: set[str] = set()
    for mention, resolution in where(subject.workspace.resolved(record), of_kind, "broken"):
        if not _is_placeholder(subject, mention):
            if subject.is_page and (_is_told_of_index(subject, mention) or not (resolution.paths or _is_among(mention))):
                continue
            span = editing.destination(mention.link) if mention.link is not None else path_span(mention, record.text)
            if span in seen:
                continue  # a definition that several links share
            if not seen and not subject.is_page and begun.is_unfilled(subject):
                return  # the example of a template, which is told as a whole
            seen.add(span)
            likely = [subject.workspace.records[path] for path in resolution.paths if path in subject.workspace.records]
            one = likely[0] if len(likely) == 1 else None
            if one is not None and _is_route(mention, one):
                continue
            sure = one is None or _is_meant(subject, mention, one)
            fixes = _retargets(subject, mention, likely or _alike(subject, mention), sure=sure)
            said = _told(subject, mention, one, sure=sure) if one is not None else "."
            level: Level | None = "info" if _is_of_one_cause(subject, mention.path or "", causes) else None
            yield Found(span, f"There is no file “{mention.path}”{said}", fixes, level=level)


def _is_of_one_cause(subject: Subject, path: str, causes: set[str]) -> bool:
    """Whether a dead path leads to a file, or into a folder, that is missing for one dead before it, too; if not, it becomes one of them."""
    there = posixpath.normpath(posixpath.join(posixpath.dirname(subject.record.path), path))
    folder = posixpath.dirname(there)
    cause = there if folder in subject.workspace.names.folders else folder
    if cause in causes:
        return True
    causes.add(cause)
    return False


def _is_route(mention: Mention, target: Known) -> bool:
    """Whether a path is a record's address on a site: its file's name without number and ending."""
    return posixpath.basename((mention.path or "").rstrip("/")).casefold() == target.name.slug.casefold() != ""


@rule("warning", pages=True)
def link_lost(subject: Subject) -> Iterator[Found]:
    """A link leads to a file of the repository that is not there, or that is found only by programs that guess.

    Mostly the file was moved or renamed, or the path counts from the root of the repository: forges, previews and most site
    generators count from the file that has the link. So are too few or too many folders up, where one file alone has the rest of the
    path, a file that is called like a record where an index leads to others, and one that a forge's address of this very repository
    names among its records. Where the file is at neither place, that is only information: a build or another repository may bring it. So are an ending
    that is missing where the log's links have theirs, and an address without `https://`. Files but those of Markdown are not looked
    at, nor in pages elsewhere any but links to records; those that lead nowhere are `link-broken`'s. Of directories only that of the
    records counts, where it was moved. Of several links of a file that have one cause, as there, all but the first are information.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    How it is run is told in [the guide](docs/guides/run-kafka.md).
    -- docs/guides/run-kafka.md --
    # Run Kafka
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    How it is run is told in [the guide](../guides/run-kafka.md).
    -- docs/guides/run-kafka.md --
    # Run Kafka
    ```
    """
    record, names = subject.record, subject.workspace.names
    if filename.is_asciidoc(record.path):
        return  # where a page lies is a matter of the site
    seen: set[Span] = set()
    causes: set[str] = set()
    is_list = _is_list(subject)
    at_home = not subject.is_page or is_list or posixpath.dirname(record.path) == subject.log.directory
    yield from _lost_at_forge(subject)
    doubtful = tuple(where(subject.workspace.resolved(record), _is_doubtful, record.path))
    lost = names.lost(record.path, tuple(dict.fromkeys(one.path for one, _ in doubtful if one.path)))
    for mention, resolution in doubtful:
        link, path = mention.link, mention.path or ""
        is_record = resolution.path is not None
        is_other = link is not None and resolution.kind == "none" and not mention.fragment
        home = names.home_meant(record.path, path) if is_other else ""
        if link is None:
            continue
        if home and discovery.is_log_name(posixpath.basename(home)) and "{" not in path:
            right = editing.relative(record.path, home, dotted=path.startswith("./")) + "/" * path.endswith("/")
            span = editing.destination(link)
            fix = subject.fix(f"Link to “{right}”", Edit(span, right), preferred=False)
            yield Found(span, f"There is no directory “{path}”; did you mean “{right}”?", (fix,))
            continue
        if resolution.kind == "unknown" or not (at_home or is_record):
            continue
        if resolution.kind == "broken" and not (subject.is_page and not resolution.paths and not _is_among(mention)):
            continue  # told by another rule
        is_bare = at_home and _lacks_ending(subject, path, next(iter(resolution.paths), ""))
        host = not is_record and _HOST.fullmatch(path) is not None
        is_listed = is_list and not is_record and _is_lost_entry(subject, mention)
        if not (is_bare or host or path in lost or is_listed):
            continue
        span = editing.destination(link)
        written = span.of(record.text)
        is_of_site = "{" in record.text[link.text.end : link.target.start]  # a short code, whose address the site works out
        if span in seen or is_of_site or not written or _BLANKS.search(written) or _is_placeholder(subject, mention):
            continue
        if not seen and not subject.is_page and begun.is_unfilled(subject):
            return
        seen.add(span)
        if host:
            right = f"https://{written}"
            fix = subject.fix(f"Change to “{right}”", Edit(span, right), preferred=False)
            yield Found(span, f"This leads to a file “{path}” of the repository; did you mean “{right}”?", (fix,), level="info")
            continue
        base = posixpath.basename(path)
        # Names of one word, such as README, stand for another text in each directory
        alike = names.by_base.get(base.casefold(), ()) if re.search(r"\w[-_. ]\w", filename.strip_suffix(base)) else ()
        depth = "" if resolution.paths else names.at_another_depth(path)
        there = resolution.paths or ((depth,) if depth else alike)
        said = "."
        fixes: tuple[Fix, ...] = ()
        if len(there) == 1 and there[0] != record.path:
            right = editing.relative(record.path, there[0], dotted=path.startswith("./"))
            fragment = written.partition("#")[1:]
            said = f"; did you mean “{right}”?"
            fixes = (
                subject.fix(f"Link to “{right}”", Edit(span, right + "".join(fragment)), preferred=bool(resolution.paths)),
            )
        level: Level | None = "info" if is_bare or not (resolution.paths or depth or is_listed) else None
        if level is None and _is_of_one_cause(subject, path, causes):
            level = "info"
        yield Found(span, f"There is no file “{path}”{said}", fixes, level=level)


def _is_doubtful(mention: Mention, resolution: Resolution, source: str) -> bool:
    """Whether a mention is a link that does not simply name the very file to which it leads."""
    if mention.link is None or not mention.path:
        return mention.link is not None
    named = posixpath.normpath(posixpath.join(posixpath.dirname(source), mention.path))
    return resolution.kind not in ("record", "file") or resolution.paths[0] != named


LIVE = 3
"""How many entries of an index must lead to records for others that are called like such to be dead, wherever they lead."""


def _is_list(subject: Subject) -> bool:
    """Whether a page is an index that leads to records."""
    if not subject.is_page or subject.index is None:
        return False
    alive = (entry for entry in subject.index.entries if entry.mention.link is not None and entry.resolution.path)
    return len(tuple(islice(alive, LIVE))) == LIVE


def _is_lost_entry(subject: Subject, mention: Mention) -> bool:
    """Whether a link in an index names a file that is called like a record and is not there, be its folder gone, too."""
    path = (mention.path or "").partition("?")[0]
    if not _is_among(mention) or path.startswith("/") or "//" in path or not path.casefold().endswith(filename.SUFFIXES):
        return False
    there = posixpath.normpath(posixpath.join(posixpath.dirname(subject.record.path), path))
    return bool(subject.workspace.names.root_of(there)) and subject.surroundings.standing(there) in (
        "lost",
        "astray",
        "unknown",
    )


def _at_forge(url: str) -> tuple[str, str] | None:
    """The repository's name and the path that an address of a file in its first branch has, as forges write it; None for other addresses."""
    parts = url.partition("#")[0].partition("?")[0].split("/")
    at = next((n for n, part in enumerate(parts) if n > _OWNER and part in ("blob", "src")), 0)
    branch = at + 1 + (parts[at + 1 : at + 2] == ["branch"])
    if (
        not at
        or not url.startswith("http")
        or parts[branch : branch + 1] == []
        or parts[branch].casefold() not in filename.BRANCHES
    ):
        return None
    return parts[at - 2 if parts[at - 1] == "-" else at - 1], unquote("/".join(parts[branch + 1 :]))


_OWNER = 4
"""Behind how many parts of such an address its files may begin: the scheme, nothing, the host, the owner and the repository."""


def _lost_at_forge(subject: Subject) -> Iterator[Found]:
    """The links by a forge's address to a record of this repository that is not there.

    It is this one if it is called so, as the opened folder is, and the address leads into a directory of the log.
    """
    record, log = subject.record, subject.log
    root = subject.workspace.names.root_of(record.path).rstrip("/")
    if not root or ("/blob/" not in record.text and "/src/" not in record.text):
        return
    for link in record.document.links:
        name, path = _at_forge(link.url) or ("", "")
        if not name or not _is_called(posixpath.basename(root), name):
            continue
        there = posixpath.join(root, path)
        folder, base = posixpath.split(there)
        home = log if folder in log.of(_FOLDERS) else subject.workspace.log_at(folder)
        if home is None or not base.casefold().endswith(filename.SUFFIXES):
            continue
        if subject.surroundings.standing(there) != "lost":
            continue
        beside = [posixpath.basename(path) for path in home.records if posixpath.dirname(path) == folder]
        near = nearest(base, beside, NEAR)
        span = editing.destination(link)
        fixes: tuple[Fix, ...] = ()
        said = "."
        if near and (at := span.of(record.text).rfind(base)) >= 0:
            said = f"; did you mean “{near}”?"
            edit = Edit(Span(span.start + at, span.start + at + len(base)), near)
            fixes = (subject.fix(f"Link to “{near}”", edit, preferred=False),)
        yield Found(span, f"There is no file “{path}” in this repository{said}", fixes)


_FOLDERS = Fold(lambda record: posixpath.dirname(record.path), frozenset[str])
"""The folders in which the records of a log lie."""


def _is_called(folder: str, name: str) -> bool:
    """Whether a folder is called like a repository, be it with its owner's name before it or a branch's behind it."""
    name = name.casefold().removesuffix(".git")
    return any(
        one == name or one.endswith(("-" + name, "_" + name, "." + name))
        for one in (folder.casefold(), filename.repository_in(folder.casefold()))
    )


_HOST = lazy.regex(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.(?:com|org|net|io|dev|edu|gov|app|info|eu|au|be|br|ca|ch|cn|cz|de|dk|es|fi|fr|it|jp|nl|no|nz|se|uk))(?:/.*)?"
)
"""An address without its scheme: ``www.example.de``, ``example.org/x``."""
ENDED, BARE_SHARE = 3, 0.1
"""How many links to files with an ending prove a custom, and which share of those without one does not break it."""


def _lacks_ending(subject: Subject, path: str, target: str) -> bool:
    """Whether a link to a file has no ending where nearly all others of its log have one, so that no site is meant to add it."""
    if path.startswith("/") or "//" in path or path.endswith("/") or path.casefold().endswith(filename.READ):
        return False
    if posixpath.basename(path) != filename.strip_suffix(posixpath.basename(target)):
        return False  # to the directory that a record has for itself
    if posixpath.basename(path).casefold() == "readme":
        return True  # sites show it at the address of its directory
    ended, bare = subject.log.of(_ENDINGS)
    return ended >= ENDED and bare <= max(1, BARE_SHARE * ended)


def _count_endings(record: Facts) -> tuple[int, int]:
    """How many links to files have an ending, and how many to such that are called like records have none."""
    paths = [mention.path for mention in record.mentions if mention.link is not None and mention.path]
    relative = [path for path in paths if "//" not in path and not path.startswith("/") and not path.endswith("/")]
    bare = [path for path in relative if not path.casefold().endswith(filename.READ)]
    named = [path for path in bare if (name := filename.name_of(path)).slug and (name.number is not None or name.date)]
    return len(relative) - len(bare), len(named)


def _added(seen: Iterable[tuple[int, int]]) -> tuple[int, int]:
    counts = tuple(seen)
    return sum(one for one, _ in counts), sum(other for _, other in counts)


_ENDINGS = Fold(_count_endings, _added)
"""The same of a log."""


_BLANKS = lazy.regex(r"[{}<>$*…]|\.{3}")
"""What stands in a path that a person or a program is still to fill in."""


def _is_entry(subject: Subject, mention: Mention) -> bool:
    """Whether a mention in an index is one of its entries, or stands where such do: what is wrong there is told of the index."""
    if subject.index is None:
        return False
    line = subject.record.lines.span(subject.record.lines.line_at(mention.span.start)).of(subject.record.text)
    return bool(re.match(r"[ \t>]*(?:[-*+|#]|\d+[.)])", line)) or any(
        entry.span.covers(mention.span) for entry in subject.index.entries
    )


def _is_told_of_index(subject: Subject, mention: Mention) -> bool:
    """Whether a dead link in an index is one of its entries, or stands where such do: not where its entry is found without it."""
    if subject.index is None or not _is_entry(subject, mention):
        return False
    around = [entry for entry in subject.index.entries if entry.span.covers(mention.span)]
    return not around or any(entry.mention == mention or entry.resolution.path is None for entry in around)


def _is_among(mention: Mention) -> bool:
    """Whether a dead link evidently leads among records: its file is called like one, or its directory like a log."""
    directory, base = posixpath.split(posixpath.normpath(mention.path or ""))
    name = filename.name_of(base)
    return name.number is not None or name.date is not None or discovery.is_log_name(posixpath.basename(directory))


def _told(subject: Subject, mention: Mention, target: Known, *, sure: bool) -> str:
    """The end of the message on a broken link that may mean one record alone."""
    base = posixpath.basename(target.path)
    if difference := subject.workspace.names.differs_in(subject.record.path, mention, target.path):
        shown = base if base != posixpath.basename(mention.path or "") else editing.relative(subject.record.path, target.path)
        named = f"“{shown}”" if difference == "case" else f"that of {target.id}"  # which looks the same
        return f"; {named} differs from it in {difference}."
    if not sure:
        return f"; {target.id} is “{base}”."
    is_elsewhere = base == posixpath.basename(mention.path or "")
    return f"; did you mean “{editing.relative(subject.record.path, target.path) if is_elsewhere else base}”?"


def _is_meant(subject: Subject, mention: Mention, target: Known) -> bool:
    """Whether a broken link means a record by more than its number."""
    said = mention.link.text.of(subject.record.text) if mention.link is not None else ""
    return subject.workspace.names.is_meant(mention, target.path, target.title or "", said)


def _alike(subject: Subject, mention: Mention) -> list[Facts]:
    """The record whose file is called nearly as the link says; by its words where both have some, as names of a log begin alike."""
    written = filename.name_of(mention.path or "")
    paths = subject.log.of(_SLUGS) if written.slug else subject.log.of(_STEMS)
    near = nearest(written.slug or written.stem, paths, NEAR)
    found = subject.log.records.get(paths[near]) if near else None
    return [found] if found is not None and found.path != subject.record.path else []


_SLUGS = Fold(lambda record: (record.name.slug, record.path), lambda seen: {slug: path for slug, path in seen if slug})
"""The path of the record of each file name without its number."""
_STEMS = Fold(lambda record: (record.name.stem, record.path), dict[str, str])
"""The path of the record of each file name."""


def _retargets(subject: Subject, mention: Mention, likely: list[Facts], *, sure: bool = True) -> tuple[Fix, ...]:
    return tuple(
        subject.fix(
            f"Link to {called(record)}",
            editing.retarget(subject.record, mention, record),
            preferred=sure and len(likely) == 1 and record.path != subject.record.path,  # nobody means to link to itself
        )
        for record in likely[:3]
    )


_BLANK = lazy.regex(r"(?<![^\W_])(?:X{2,}|x{3,}|N{2,}|n{3,}|0{2,})(?![^\W_])")
"""What stands for a number that is still to be given."""


def _is_placeholder(subject: Subject, mention: Mention) -> bool:
    """Whether a mention is an example of one: with a blank for its number, or just as a template of the log has it."""
    written = mention.path if mention.path is not None else mention.span.of(subject.record.text)
    blank = _BLANK.search(written)
    if blank is not None and blank[0].strip("0") == "" and mention.link is not None and subject.log.count(_FIRSTS, True):
        blank = None  # there is a record of that number, so a link to it is none for show
    return blank is not None or any(
        written == (other.path if other.path is not None else other.span.of(template.text))
        for template in subject.log.templates
        for other in template.mentions
    )


_FIRSTS = Tally(lambda record: (record.number == 0,))
"""How many records have the number 0, as a first one that a tool began the log with, and how many another."""


FAR = 3
"""How many times the highest number a number is that hardly any log of its size would get to."""


@rule("warning", pages=True)
def reference_unknown(subject: Subject) -> Iterator[Found]:
    """A reference names a record that does not exist.

    ``ADR-42`` counts as a reference in prose, metadata and front matter alike; issues (``#42``), other series (``RFC-2119``) and code
    do not. Nor does a record that is said to be another team's (“upstream ADR-42”), wherever it is named, one that is said not to
    exist, or no more (“ADR-42 is reserved”, “the former ADR-42”), and one that a page beside the records defines. A fix is offered where two digits changed places. It
    is only information in a page beside the records, which may tell of what was or is to come, where the number is far beyond those of
    the log, as it may well be another team's, or made up, where most numbers of a log have gaps behind them, as they count more than records, and wherever a file that was told of it once names it again.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0012.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    """
    record = subject.record
    elsewhere = [status.span for status in record.statuses if status.choices]  # among them "superseded by ADR-0123"
    heading, title = record.heading, record.heading_title
    if heading is not None and title is not None and title.digits:
        elsewhere.append(Span(heading.span.start, heading.text.start + title.start))  # number-mismatch tells of it
    told: frozenset[int] | None = None
    named: set[tuple[str, int]] = set()
    for mention, _ in where(subject.workspace.resolved(record), of_kind, "unknown"):
        if not _is_placeholder(subject, mention):
            if filename.is_short_date(mention.digits):
                continue
            identity = mention.series.casefold(), mention.number or 0
            if mention in record.foreign or subject.log.count(FOREIGNERS, identity) or mention in record.vacant:
                continue
            if any(span.covers(mention.span) for span in elsewhere):
                continue
            if told is None:
                told = subject.workspace.ask(defined, subject.log.directory)
            if mention.number in told:
                continue
            written = mention.span.of(record.text)
            turned = swapped(subject, mention)
            highest = subject.log.of(HIGHEST)
            said = (
                f"; did you mean {turned[0].id}?"
                if len(turned) == 1
                else f"; the records here go up to {highest}."
                if highest is not None
                else "."
            )
            fixes = tuple(
                subject.fix(f"Change to {called(other)}", editing.rename_mention(record, mention, other), preferred=False)
                for other in turned[:2]
            )
            far = (mention.number or 0) > FAR * max(10, highest or 0)
            if subject.is_page and (far or _is_entry(subject, mention) or not is_of_this_log(subject, mention)):
                continue
            is_less = far or subject.log.of(_SPARSE) or (subject.is_page and len(turned) != 1) or identity in named
            level: Level | None = "info" if is_less else None
            named.add(identity)
            yield Found(mention.span, f"There is no {_SEVERAL.sub('', written)}{said}", fixes, level=level)


_SEVERAL = lazy.regex(r"(?<=[A-Z])s(?=[ \t-]*\d)")
"""The plural of an abbreviation, of which one is named: ``ADRs 3``."""


def is_of_this_log(subject: Subject, mention: Mention) -> bool:
    """Whether a number in a page elsewhere can be meant for no other log: none besides has its series, and it is written as this one's are."""
    series = mention.series.casefold()
    homes = [log.directory for log in subject.workspace.logs if any(one == series for one, _ in log.by_number)]
    return homes == [subject.log.directory]


NEXT = 5
"""How many numbers behind the highest one may be those of records that others are writing."""
HIGHEST = Fold(
    lambda record: record.number, lambda numbers: max((number for number in numbers if number is not None), default=None)
)
"""The highest number of a log, None where it has none."""


SCATTERED = 8
"""So many records show whether their numbers count something else besides."""


def _are_sparse(numbers: Iterable[int | None]) -> bool:
    own = sorted({number for number in numbers if number is not None})
    return len(own) >= SCATTERED and 2 * sum(after - one > 1 for one, after in pairwise(own)) > len(own)


_SPARSE = Fold(lambda record: record.number, _are_sparse)
"""Whether most numbers have a gap behind them, so that they count something else besides, such as tasks."""
FOREIGNERS = Tally(lambda record: record.foreigners)
"""How many records say of which record that it is somebody else's or not there, by series and number."""


def _sorted_digits(seen: Iterable[tuple[str, int | None]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path, number in seen:
        if number is not None:
            found.setdefault("".join(sorted(str(number))), []).append(path)
    return {digits: tuple(paths) for digits, paths in found.items()}


_DIGITS = Fold(lambda record: (record.path, record.number), _sorted_digits)
"""The paths of the records whose numbers have the same digits, by these in order."""


@question
def defined(workspace: Workspace, directory: str) -> frozenset[int]:
    """The numbers that pages write of: a collection of old decisions, or a list of what is to come.

    Such a page has the number at the beginning of a line, be it of a heading, an item or a row; one outside the directory of the log has
    it at the beginning of a heading. Of an index those entries count that lead nowhere on purpose, having no link, and what it says is
    not there. A record whose title has another number than its file tells of that, too.
    """
    logs = [log for log in workspace.logs if log.directory == directory]
    found = {number for log in logs for number in log.of(_TITLE_NUMBERS) if number is not None}
    for path in workspace.indexed_by(directory):
        found.update(entry.mention.number or 0 for entry in workspace.indexes[path].entries if entry.is_told_bare)
    for path, page in workspace.pages.items():
        if posixpath.dirname(path) != directory:
            heads = {section.heading.text.start for section in page.sections}
            found.update(
                one.number for one in page.mentions if one.number is not None and one.form == "bare" and one.span.start in heads
            )
            continue
        found.update(number for series, number in page.foreigners if not series)
        if path not in workspace.indexes:
            starts: dict[int, tuple[int, int]] = {}
            for mention in page.mentions:
                if mention.form == "bare" and mention.number is not None:
                    line, column = page.lines.position(mention.span.start)
                    starts.setdefault(line, (column, mention.number))
            found.update(number for column, number in starts.values() if column <= MARKS)
    return frozenset(found)


_TITLE_NUMBERS = Tally(lambda record: (record.heading_title.number,) if record.heading_title is not None else ())
"""How many records have which number in their title."""
MARKS = 8
"""How many characters of Markdown stand before the first word of a line at most: ``- [x] **``, ``#### ``."""


def swapped(subject: Subject, mention: Mention) -> list[Facts]:
    """The records whose number has the digits of a mention in another order, unless it is likely to be just what is meant.

    A number right behind the highest one is more often that of a record which is still to come.
    """
    if 0 < (mention.number or 0) - (subject.log.of(HIGHEST) or 0) <= NEXT:
        return []
    paths = subject.log.of(_DIGITS).get("".join(sorted(str(mention.number))), ())
    found = [subject.log.records[path] for path in paths if path != subject.record.path]
    if not found or subject.others(_NAMED, mention.number) or _named(subject.record).count(mention.number) > 1:
        return []  # nobody makes the same slip twice
    return [other for other in found if other.number != mention.number]


def _named(record: Known) -> list[int | None]:
    return [mention.number for mention in record.mentions if mention.form == "bare"]


_NAMED = Tally(_named)
"""How many records name a record by that number."""


@rule("warning")
def link_number_mismatch(subject: Subject) -> Iterator[Found]:
    """A link says one number and leads to the record of another.

    One of the two is a slip; only people can tell which, so both fixes are offered and neither is applied by itself.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0003](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    ```
    """
    record, workspace = subject.record, subject.workspace
    for mention, resolution in workspace.resolved(record).items():
        target = workspace.records.get(resolution.path or "")
        if mention.link is None or target is None or target.number is None or mention.link.kind == "autolink":
            continue
        said = _said_number(record, mention, target)
        if said is None or int(said) == target.number:
            continue
        label = mention.link.text.of(record.text)
        at = label.find(said)
        span = Span(mention.link.text.start + at, mention.link.text.start + at + len(said)) if at >= 0 else mention.link.text
        right = f"{target.number:0{len(said)}}"
        fixes = [subject.fix(f"Change the text to {right}", Edit(span, right), preferred=False)]
        paths = subject.log.by_number.get((target.series.casefold(), int(said)), ())
        named = [subject.log.records[path] for path in paths if path != record.path]
        fixes += [
            subject.fix(f"Link to {called(other)}", editing.retarget(record, mention, other), preferred=False)
            for other in named[:2]
        ]
        yield Found(mention.link.text, f"The text says {said}, the link leads to {called(target)}.", tuple(fixes))


def _said_number(record: Record, mention: Mention, target: Facts) -> str | None:
    """The number by which the text of a link names a record: ``ADR-3``, or ``3.`` before its title; None where it names it by none."""
    if mention.link is None:
        return None
    if mention.number is not None:
        return mention.digits if mention.series and mention.series.casefold() == target.series.casefold() else None
    before = _ORDINAL.match(record.document.plain(mention.link.text))
    return before["number"] if before is not None and fold(before["title"]) == fold(target.title or "") else None


_ORDINAL = lazy.regex(r"(?P<number>\d{1,4})\.[ \t]+(?P<title>\S.*)", re.DOTALL)
"""A number before a title, as the simplest tools write it: ``3. Use Kafka``."""


@rule("warning", pages=True)
def link_anchor(subject: Subject) -> Iterator[Found]:
    """A link leads to a heading that its record does not have.

    The reader lands at the top of the record instead. Mostly the heading was renamed. Anchors set in HTML count, and so do those that
    differ from the heading only in punctuation or accents, which site generators treat differently. Links to headings of other pages
    that tell of records are information. In pages beside the records only links to headings of the page itself are looked at. Where a
    record has several links to the same one, all but the first are information, and so are all but the first of a page.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    See [why](0002-use-postgres.md#contxt).
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres

    ## Context

    We need a database.
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    See [why](0002-use-postgres.md#context).
    -- docs/adr/0002-use-postgres.md --
    # 2. Use Postgres

    ## Context

    We need a database.
    ```
    """
    record, workspace = subject.record, subject.workspace
    if subject.is_page and (not is_at_home(subject) or any(one.path == record.path for one in subject.log.templates)):
        return
    own = workspace.pages.get(record.path) if subject.is_page else workspace.records.get(record.path)
    asked: list[tuple[Link, str, Facts | None]] = [
        (mention.link, mention.fragment, _headed(workspace, resolution))
        for mention, resolution in (workspace.resolved(record).items() if not subject.is_page else ())
        if mention.link is not None and "//" not in mention.link.url
    ]
    if "](#" in record.text or "]: #" in record.text:
        asked += [(link, unquote(link.url[1:]), own) for link in record.document.links if link.url.startswith("#")]
    names: dict[str, dict[str, str]] = {}
    told: set[tuple[str, str]] = set()
    guesses = Guesses()
    for link, fragment, target in asked:
        if target is None or not fragment or re.match(r"L\d+|fn|top$|:~:", fragment):
            continue
        if target.path not in names:
            names[target.path] = {bare(name): name for name in target.anchors}
        known = names[target.path]
        wanted = bare(fragment)
        is_there = wanted in known or fragment in target.html_anchors or _unaccented(wanted) in map(_unaccented, known)
        is_dotted = is_there and _DOTTED.search(fragment) and wanted in known and fragment not in target.html_anchors
        if is_there and (not is_dotted or known[wanted] == fragment):
            continue
        span = editing.destination(link)
        at = span.of(record.text).find("#")
        if at < 0:
            continue
        span = Span(span.start + at + 1, span.end)
        if is_dotted:
            fix = subject.fix(f"Link to “#{known[wanted]}”", Edit(span, known[wanted]), preferred=False)
            said = f"The anchor of this heading is “#{known[wanted]}”: forges and most sites leave the dot out."
            yield Found(span, said, (fix,), level="info")
            continue
        near = guesses.nearest(wanted, known, LOOSE)
        fixes = (subject.fix(f"Link to “#{known[near]}”", Edit(span, known[near]), preferred=False),) if near else ()
        said = f"; did you mean “#{known[near]}”?" if near and is_near(wanted, near, NEAR) else "."
        is_other = target.path not in workspace.records and not subject.is_page
        # A page whose text has moved has a whole list of them
        level: Level | None = "info" if is_other or (target.path, wanted) in told or (told and subject.is_page) else None
        told.add((target.path, wanted))
        where = "This page" if subject.is_page else posixpath.basename(target.path) if is_other else target.id
        yield Found(span, f"{where} has no heading “#{fragment}”{said}", fixes, level=level)


_DOTTED = lazy.regex(r"[^\W_]\.[^\W_]")
"""A dot within an anchor."""


def _headed(workspace: Workspace, resolution: Resolution) -> Facts | None:
    """The record or the page to which a link leads, None where its headings are not known."""
    if resolution.kind == "file":
        return workspace.pages.get(resolution.paths[0])
    return workspace.records.get(resolution.path or "")


def _unaccented(text: str) -> str:
    """A text as sites write it in addresses that have no letters with accents."""
    return (
        text
        if text.isascii()
        else "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    )


_HISTORY = frozenset({"changelog", "alternatives", "status", "notes", "references"})
"""The parts of a record that speak of what was, or name records for their own sake."""


@rule("hint", strict="info")
def ref_superseded(subject: Subject) -> Iterator[Found]:
    """A reference names a record that another one has superseded since.

    Whoever follows it reads what no longer holds. The text may well mean the old decision, so this is only a hint; nothing is said of
    relations, histories, alternatives and lists of links, in the record that superseded it, and where the newer one is named beside it.
    Each record is told of once in a file.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- docs/adr/0003-keep-events.md --
    # ADR-0003: Keep events

    **Status**: Accepted

    ## Decision

    Events are kept in the database of ADR-0001.
    ```
    ```md after
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Superseded by [ADR-0002](0002-use-postgres.md)
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres

    **Status**: Accepted
    **Supersedes**: [ADR-0001](0001-use-mysql.md)
    -- docs/adr/0003-keep-events.md --
    # ADR-0003: Keep events

    **Status**: Accepted

    ## Decision

    Events are kept in the database of ADR-0002.
    ```
    """
    record, workspace = subject.record, subject.workspace
    if workspace.is_gone(record):
        return
    quiet = _quiet(record)
    resolved = workspace.resolved(record)
    relied: dict[str, list[Mention]] = {}
    for mention, resolution in resolved.items():
        target = workspace.records.get(resolution.path or "")
        if target is None or target.path == record.path or workspace.canonical(target) != "superseded":
            continue
        chain = workspace.chain(target)
        if (
            not chain
            or any(other.path == record.path for other in chain)
            or workspace.is_gone(chain[-1])
            or any(span.covers(mention.span) for span in quiet)
        ):
            continue
        blocks = record.document.block_at(mention.span.start)
        around = blocks[-1].span if blocks else mention.span
        if not any(resolved[other].path in {r.path for r in chain} for other in resolved if around.covers(other.span)):
            relied.setdefault(target.path, []).append(mention)
    for path, mentions in relied.items():
        last = workspace.chain(workspace.records[path])[-1]
        edits = [tuple(_newer(subject, mention, last)) for mention in mentions]
        # Told once, at the first mention, so the fix is for all of them
        changes = (edit for own in edits for edit in own)
        fixes = (subject.fix(f"Change to {called(last)}", *changes, preferred=False),) if all(edits) else ()
        yield Found(mentions[0].span, f"{workspace.records[path].id} is superseded by {called(last)}.", fixes, tag="deprecated")


def _newer(subject: Subject, mention: Mention, target: Known) -> Iterator[Edit]:
    """A mention changed to name another record, in its text as well; nothing where a definition is shared."""
    if mention.link is None:
        yield editing.rename_mention(subject.record, mention, target)
    elif mention.link.kind == "inline" and mention.number is not None:
        yield Edit(mention.span, editing.link(subject.record.path, target, subject.log))
    elif mention.link.kind == "inline":
        yield editing.retarget(subject.record, mention, target)


@rule("hint", strict="info")
def ref_rejected(subject: Subject) -> Iterator[Found]:
    """A reference names a record that was rejected or is deprecated, and that no other has superseded.

    Whoever follows it reads what does not hold. As with superseded records nothing is said of relations, histories, alternatives and
    lists of links, and each record is told of once in a file.

    ```md before
    -- docs/adr/0001-use-mysql.md --
    # ADR-0001: Use MySQL

    **Status**: Rejected
    -- docs/adr/0002-keep-events.md --
    # ADR-0002: Keep events

    **Status**: Accepted

    ## Decision

    Events are kept in the database of ADR-0001.
    ```
    """
    record, workspace = subject.record, subject.workspace
    if workspace.is_gone(record):
        return
    quiet = _quiet(record)
    told: set[str] = set()
    for mention, resolution in workspace.resolved(record).items():
        target = workspace.records.get(resolution.path or "")
        if target is None or target.path == record.path or target.path in told or workspace.successors(target):
            continue
        status = workspace.status(target)
        if status is None or status.canonical not in ("rejected", "deprecated"):
            continue
        if any(span.covers(mention.span) for span in quiet) or _says_so(record, mention):
            continue
        told.add(target.path)
        yield Found(mention.span, f"{called(target)}, is {status.canonical}.", tag="deprecated")


def relying(workspace: Workspace, record: Known) -> tuple[Facts, ...]:
    """The records that hold and still rely on a superseded one, by what is known of all files; none where nothing holds in its place.

    Those that name anywhere what superseded it know of that; the rule looks closer, at the text of each.
    """
    chain = workspace.chain(record) if workspace.canonical(record) == "superseded" else ()
    if not chain or workspace.is_gone(chain[-1]):
        return ()
    newer = {one.path for one in chain}
    found: list[Facts] = []
    for path in workspace.backlinks.get(record.path, ()):
        source = workspace.records.get(path)
        if source is None or path in newer or workspace.is_gone(source):
            continue
        resolved = workspace.resolved(source)
        if newer.isdisjoint(one.path for one in resolved.values() if one.path):
            quiet = _quiet(source)
            places = (mention.span for mention, one in resolved.items() if one.path == record.path)
            if any(not any(span.covers(place) for span in quiet) for place in places):
                found.append(source)
    return tuple(found)


def _quiet(record: Known) -> list[Span]:
    """The parts of a record in which records are named that do not hold any more."""
    quiet = [section.body for section in record.sections if section.role in _HISTORY]
    quiet += [field.span for field in record.fields if field.place != "section"]
    return quiet + [related.mention.span for related in record.relations]


def _says_so(record: Record, mention: Mention) -> bool:
    """Whether the paragraph around a mention speaks of it as one that does not hold."""
    blocks = record.document.block_at(mention.span.start)
    around = blocks[-1].span.of(record.text) if blocks else ""
    return bool(FORMER.search(around))


FORMER = lazy.regex(rf"\b{any_of('former')}", re.IGNORECASE)


@rule("info")
def link_self(subject: Subject) -> Iterator[Found]:
    """A record links to itself.

    Mostly another record was meant, and the link was copied or its number is a slip. Links to a heading of the record are no matter.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    The events are kept as said in [ADR-0001](0001-use-kafka.md).
    ```
    """
    record = subject.record
    title = record.heading.span if record.heading else Span(0, 0)
    related = {relation.mention for relation in record.relations}  # what these say is told by supersede-cycle
    for mention, resolution in subject.workspace.resolved(record).items():
        if resolution.path != record.path or mention.link is None or mention in related or title.covers(mention.span):
            continue
        if mention.fragment or "//" in mention.link.url:  # a place in it, or its copy elsewhere
            continue
        if _is_member(subject, mention):
            continue
        yield Found(mention.span, "This links to the record itself; was another one meant?")


def _is_member(subject: Subject, mention: Mention) -> bool:
    """Whether a link is one item of a list of records, with the record's own number or title: a list of all of a kind has itself, too."""
    record = subject.record
    outer = next((block for block in record.document.block_at(mention.span.start) if block.kind == "list"), None)
    if outer is None or mention.link is None:
        return False
    resolved = subject.workspace.resolved(record)
    others = {resolved[one].path for one in resolved if one.link is not None and outer.span.covers(one.span)} - {
        record.path,
        None,
    }
    label = record.document.plain(mention.link.text)
    names = [name for name in (record.id, record.title) if name]
    return len(others) >= 2 and any(fold(name) in fold(label) for name in names)


_TITLED = lazy.regex(r"\W*(?P<head>(?:[^\W\d_]+[-_ #]*)?\d{1,6}\s*[:.–—-]+(?![:.–—-])\s*)(?P<title>\S.*\S)\s*", re.DOTALL)


@rule("hint", strict="info")
def link_title_stale(subject: Subject) -> Iterator[Found]:
    """The text of a link gives the record's number and another title than it has.

    Mostly the record was renamed since. Only texts such as “ADR-3: Use Kafka” are compared, and only where nearly none of the words is
    in the title. So is a text that is a file's name itself, where no file here is called so; that is information, and so is what an
    item has behind a number for its title, where it begins with words of another record's: the records got other numbers since. An item
    with a title that has no word of the record's is told of where others of the file have some.

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
    as_another = [*_titled_as_another(subject)]
    yield from as_another
    yield from (one for one in _titled_otherwise(subject) if all(one.span != other.span for other in as_another))
    for mention, resolution in workspace.resolved(record).items():
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
        if not said or not target.title or mention.fragment:
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


_BEHIND_NUMBER = lazy.regex(r"[*_`]{0,3}[ \t]*(?:[:：–—][*_]{0,3}|-[ \t])[ \t]*(?P<said>[^\W_][^\n;()（）]{3,100})")
"""What stands behind a number as its title: ``ADR-3: Use Kafka``; in brackets there are remarks as well."""
_ITEM = lazy.regex(r"[ \t>]{0,20}(?:[-*+]|\d{1,3}[.)])[ \t]+[*_`]{0,3}")
"""How a line begins that is an item."""


def _titles_said(subject: Subject) -> Iterator[tuple[Mention, Facts, str]]:
    """The items of a record that begin with the number of another one and have a title behind it: the mention, the record meant, the title."""
    record = subject.record
    for mention, resolution in subject.workspace.resolved(record).items():
        target = subject.log.records.get(resolution.path or "")
        if mention.form != "bare" or target is None or not target.title or target.number is None:
            continue
        line = record.lines.span(record.lines.line_at(mention.span.start))
        is_item = _ITEM.fullmatch(record.text, line.start, mention.span.start) is not None
        said = _BEHIND_NUMBER.match(record.text, mention.span.end) if is_item else None
        if said is not None:
            yield mention, target, said["said"]


def _has_word_of(target: Facts, said: str) -> bool:
    """Whether a text has a word of a record's title, or of its file's name, be it in another form or within one written without blanks."""
    own = _words(f"{target.title} {re.sub('[-_]', ' ', target.name.slug)}")
    folded, words = fold(said), _words(said)
    return any(one in folded or any(word in one or one[:_STEM] == word[:_STEM] for word in words) for one in own)


def _line_behind(record: Record, mention: Mention) -> str:
    """What stands behind a mention, up to the end of its line."""
    return Span(mention.span.end, record.lines.span(record.lines.line_at(mention.span.end)).end).of(record.text)


_COLON = lazy.regex(r"[*_`]{0,3}[ \t]*[:：]")
_STEM = 4
"""By how many letters words are taken for forms of one."""


def _titled_otherwise(subject: Subject) -> Iterator[Found]:
    """The items that have no word of the title of the record whose number they begin with, where others of this file have some of theirs.

    What stands behind a dash is as often a remark on the record.
    """
    told = [
        (mention, target, _has_word_of(target, _line_behind(subject.record, mention)))
        for mention, target, said in _titles_said(subject)
        if len(_words(said)) > 1 and _COLON.match(subject.record.text, mention.span.end)
    ]
    if not any(right for _, _, right in told) or 2 * sum(right for _, _, right in told) < len(told):
        return
    for mention, target, right in told:
        if not right and target.path != subject.record.path:
            yield Found(mention.span, f"Is another record meant? {called(target)}, has no word of this in its title.")


def _titled_as_another(subject: Subject) -> Iterator[Found]:
    """The items with a number and a title behind it that begins with words of another record's, and has no word of its own record's."""
    record = subject.record
    for mention, target, said in _titles_said(subject):
        begins = _first_words(said)
        others = subject.log.of(_PAIRS).get(begins, ()) if begins is not None else ()
        if not others or {target.path, record.path} & {*others}:
            continue  # what a record is of itself may be said of any other
        own = set(_words(f"{target.title} {re.sub('[-_]', ' ', target.name.slug)}"))
        if own & set(_words(said)):
            continue
        meant = ", ".join(subject.log.records[path].id for path in others[:3])
        yield Found(mention.span, f"{called(target)}, is of something else; did you mean {meant}?", level="info")


def _words(text: str) -> list[str]:
    """The words of a text, folded, without those so short that they tell nothing."""
    return [word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) > 2 or not word.isalpha()]


def _first_words(text: str) -> tuple[str, str] | None:
    """The first two words of a title, folded; None of one that has fewer."""
    return next(pairwise(_words(text)), None)


def _by_pair(seen: Iterable[tuple[tuple[tuple[str, str], ...], str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for pairs, path in seen:
        for pair in pairs:
            found.setdefault(pair, []).append(path)
    return {pair: tuple(paths) for pair, paths in found.items()}


_PAIRS = Fold(lambda record: (tuple(dict.fromkeys(pairwise(_words(record.title or "")))), record.path), _by_pair)
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


@rule("off", strict="hint")
def reference_unlinked(subject: Subject) -> Iterator[Found]:
    """A reference names a record to which nothing in the text links.

    adr-ls follows both; a browser only follows links. Not reported in a log that mostly names its records without links, and once for
    each record that is named.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    [ADR-0003](0003-use-rust.md), and [its test](0003-use-rust.md), follow from ADR-0002.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    [ADR-0003](0003-use-rust.md), and [its test](0003-use-rust.md), follow from [ADR-0002](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    -- docs/adr/0003-use-rust.md --
    # ADR-0003: Use Rust
    ```
    """
    record, workspace = subject.record, subject.workspace
    if subject.log.house.mention.form != "link":
        return
    resolved = workspace.resolved(record)
    title = record.heading.span if record.heading else Span(0, 0)
    told = {resolution.path for mention, resolution in resolved.items() if mention.link is not None}
    for mention, resolution in resolved.items():
        target = workspace.records.get(resolution.path or "")
        if (
            mention.form != "bare"
            or target is None
            or target.path == record.path
            or target.path in told
            or len(resolution.paths) > 1
        ):
            continue
        at = mention.span.start
        if title.covers(mention.span) or at < record.document.start or record.document.kind_at(at) != "text":
            continue
        told.add(target.path)
        words = mention.span.of(record.text)
        path = editing.relative(record.path, target.path, dotted=subject.log.house.link_path.form == "./")
        fix = subject.fix(f"Link to {called(target)}", Edit(mention.span, f"[{words}]({path})"), preferred=False)
        yield Found(mention.span, f"{words} could be a link to “{posixpath.basename(target.path)}”.", (fix,))


@rule("off", strict="hint")
def reference_ambiguous(subject: Subject) -> Iterator[Found]:
    """A reference by number names a record that exists in several logs, and none of them is this record's own.

    Readers have to guess which is meant; a link would tell.

    ```md before
    -- adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0007.
    -- shop/adr/0007-use-postgres.md --
    # ADR-0007: Use Postgres
    -- bank/adr/0007-use-rust.md --
    # ADR-0007: Use Rust
    ```
    """
    record, workspace = subject.record, subject.workspace
    for mention, resolution in workspace.resolved(record).items():
        found = [path for path in resolution.paths if path in workspace.records] if resolution.kind == "record" else []
        if mention.form == "bare" and len(found) > 1 and not any(path in subject.log.records for path in found):
            names = ", ".join(f"“{workspace.records[path].title}”" for path in found[:3])
            yield Found(mention.span, f"{mention.span.of(record.text)} may be any of {names}; link to the one that is meant.")


@rule("off", strict="hint")
def reference_padding(subject: Subject) -> Iterator[Found]:
    """A reference writes the number with more or fewer zeros than nearly all others here.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0002, ADR-0002, ADR-0002, ADR-0002 and ADR-0002, and ADR-2 again.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    This follows from ADR-0002, ADR-0002, ADR-0002, ADR-0002 and ADR-0002, and ADR-0002 again.
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    """
    record, style = subject.record, subject.log.habits.digits
    if not style.is_custom:
        return
    for mention, resolution in subject.workspace.resolved(record).items():
        right = f"{mention.number or 0:0{len(style.form)}}"
        if (
            mention.form == "bare"
            and resolution.path in subject.log.records
            and len(right) == len(style.form)
            and mention.digits != right
        ):
            at = mention.span.start + mention.span.of(record.text).rfind(mention.digits)
            span = Span(at, at + len(mention.digits))
            fix = subject.fix(f"Write {right}", Edit(span, right), preferred=False)
            yield Found(span, f"Numbers have {len(style.form)} digits in {style.having} of {style.of} references here.", (fix,))


@rule("off")
def orphan(subject: Subject) -> Iterator[Found]:
    """No other record, and no index, refers to this one.

    It is found by those only who look through all files.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    See [ADR-0002](0002-use-postgres.md).
    -- docs/adr/0002-use-postgres.md --
    # ADR-0002: Use Postgres
    ```
    """
    if not subject.workspace.backlinks.get(subject.record.path) and not subject.workspace.is_partial:
        yield Found(subject.head, "Nothing here refers to this record.")


RULES: tuple[Rule, ...] = (
    link_broken,
    link_lost,
    link_anchor,
    reference_unknown,
    ref_superseded,
    ref_rejected,
    reference_unlinked,
    reference_ambiguous,
    reference_padding,
    orphan,
    link_number_mismatch,
    link_self,
    link_title_stale,
)
