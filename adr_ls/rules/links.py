"""Rules on where links lead."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from adr_ls.log import discovery
from adr_ls.log.folds import Fold, Tally
from adr_ls.log.resolve import Resolution, of_kind, where
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.anchors import bare
from adr_ls.record.facts import Facts
from adr_ls.record.known import Known
from adr_ls.record.mentions import Mention, path_span
from adr_ls.rules import begun
from adr_ls.rules.markup import is_at_home
from adr_ls.rules.misnamed import HOST, is_of_one_cause, misnamed
from adr_ls.rules.model import Fix, Found, Rule, Subject, called, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import asciidoc, lazy
from adr_ls.syntax.markdown import Link
from adr_ls.syntax.text import Edit, Span
from adr_ls.words.lookup import fold
from adr_ls.words.similar import LOOSE, NEAR, Guesses, is_near, nearest
from adr_ls.write import editing


@rule("warning", pages=True, asciidoc=True)
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
        if not is_placeholder(subject, mention) and not is_of_site(subject, mention):
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
            near = "" if likely else misnamed(subject, mention)
            right = editing.relative(record.path, near, dotted=(mention.path or "").startswith("./")) if near else ""
            said = (
                _told(subject, mention, one, sure=sure) if one is not None else f"; did you mean “{right}”?" if right else "."
            )
            if right and not fixes:
                fixes = (_link_to(subject, span, right, preferred=False),)
            meant = one.path if one is not None and sure else near
            level: Level | None = "info" if is_of_one_cause(subject, mention.path or "", causes, meant) else None
            yield Found(span, f"There is no file “{mention.path}”{said}", fixes, level=level)


def _link_to(subject: Subject, span: Span, path: str, *, preferred: bool) -> Fix:
    """Points a link at another file, whose fragment stays."""
    fragment = "".join(span.of(subject.record.text).partition("#")[1:])
    return subject.fix(f"Link to “{path}”", Edit(span, path + fragment), preferred=preferred)


def _is_route(mention: Mention, target: Known) -> bool:
    """Whether a path is a record's address on a site: its file's name without number and ending."""
    return posixpath.basename((mention.path or "").rstrip("/")).casefold() == target.name.slug.casefold() != ""


@rule("warning", pages=True, asciidoc=True)
def link_lost(subject: Subject) -> Iterator[Found]:
    """A link leads to a file of the repository that is not there, or that is found only by programs that guess.

    Mostly the file was moved or renamed, or the path counts from the root of the repository: forges, previews and most site
    generators count from the file that has the link. So are too few or too many folders up, where one file alone has the rest of the
    path, a file that is called like a record where an index leads to others, and one that a forge's address of this very repository
    names among its records, one that is called nearly so in its folder, and the one template there. Where the file is at neither place, that is only information: a build or another repository may bring it. So are an ending
    that is missing where the log's links have theirs, and an address without `https://`. Files but those of Markdown are not looked
    at, from AsciiDoc but those of either, nor in pages elsewhere any but links to records; those that lead nowhere are `link-broken`'s.
    Pages of an Antora site are left alone, as any may have former names. Of directories only that of the
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
    if names.pages_around(record.path):
        return  # any page may have former names, by which it can be reached
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
        if link is None or is_of_site(subject, mention):
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
        host = not is_record and HOST.fullmatch(path) is not None
        is_listed = is_list and not is_record and _is_lost_entry(subject, mention)
        if not (is_bare or host or path in lost or is_listed):
            continue
        span = editing.destination(link)
        written = span.of(record.text)
        is_short = "{" in record.text[link.text.end : link.target.start]  # a short code, whose address the site works out
        if span in seen or is_short or not written or BLANKS.search(written) or is_placeholder(subject, mention):
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
        near = "" if resolution.paths or depth else misnamed(subject, mention)
        there = resolution.paths or ((depth or near,) if depth or near else alike)
        said = "."
        fixes: tuple[Fix, ...] = ()
        if len(there) == 1 and there[0] != record.path:
            right = editing.relative(record.path, there[0], dotted=path.startswith("./"))
            said = f"; did you mean “{right}”?"
            fixes = (_link_to(subject, span, right, preferred=bool(resolution.paths)),)
        level: Level | None = "info" if is_bare or not (resolution.paths or depth or near or is_listed) else None
        if level is None and is_of_one_cause(subject, path, causes, there[0] if len(there) == 1 else ""):
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
    folder, log = posixpath.dirname(there), subject.log
    is_home = folder in log.of(_FOLDERS) or discovery.is_log_name(posixpath.basename(folder))
    if not is_home and not log.count(_CALLED, _form_of(filename.name_of(path))):
        return False  # other documents have numbers and dates, too
    return bool(subject.workspace.names.root_of(there)) and subject.surroundings.standing(there) in (
        "lost",
        "astray",
        "unknown",
    )


def _form_of(name: filename.Name) -> tuple[str, int, bool]:
    """How a file is called: its prefix, how many digits its number has, and whether it has a date."""
    return name.prefix.casefold(), len(name.digits), bool(name.date)


_CALLED = Tally(lambda record: (_form_of(record.name),))
"""How many records are called in which way."""


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


BLANKS = lazy.regex(r"[{}<>$*…]|\.{3}")
"""What stands in a path that a person or a program is still to fill in."""


def is_entry(subject: Subject, mention: Mention) -> bool:
    """Whether a mention in an index is one of its entries, or stands where such do: what is wrong there is told of the index."""
    if subject.index is None:
        return False
    line = subject.record.lines.span(subject.record.lines.line_at(mention.span.start)).of(subject.record.text)
    return bool(re.match(r"[ \t>]*(?:[-*+|#]|\d+[.)])", line)) or any(
        entry.span.covers(mention.span) for entry in subject.index.entries
    )


def _is_told_of_index(subject: Subject, mention: Mention) -> bool:
    """Whether a dead link in an index is one of its entries, or stands where such do: not where its entry is found without it."""
    if subject.index is None or not is_entry(subject, mention):
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
    return f"; did you mean “{_path_to(subject, target.path) if is_elsewhere else base}”?"


def _path_to(subject: Subject, target: str) -> str:
    """The path of a file as a link in this one names it, which in an Antora site counts from the pages of the module."""
    pages = subject.workspace.names.pages_around(subject.record.path)
    if pages and target.startswith(f"{pages}/"):
        return target[len(pages) + 1 :]
    return editing.relative(subject.record.path, target)


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


def is_placeholder(subject: Subject, mention: Mention) -> bool:
    """Whether a mention is an example of one: with a blank for its number, or just as a template of the log has it."""
    written = mention.path if mention.path is not None else mention.span.of(subject.record.text)
    blank = _BLANK.search(written)
    if blank is not None and blank[0].strip("0") == "" and mention.link is not None:
        # There is a record of that number, or a template, so a link to it is none for show
        blank = None if subject.log.count(_FIRSTS, True) or misnamed(subject, mention) else blank
    return blank is not None or any(
        written == (other.path if other.path is not None else other.span.of(template.text))
        for template in subject.log.templates
        for other in template.mentions
    )


def is_of_site(subject: Subject, mention: Mention) -> bool:
    """Whether a mention in AsciiDoc leads where only its site knows."""
    return subject.record.is_fixed and asciidoc.leads_by_site(mention.span.of(subject.record.written))


_FIRSTS = Tally(lambda record: (record.number == 0,))
"""How many records have the number 0, as a first one that a tool began the log with, and how many another."""


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


@rule("info", asciidoc=True)
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


RULES: tuple[Rule, ...] = (
    link_broken,
    link_lost,
    link_anchor,
    link_self,
)
