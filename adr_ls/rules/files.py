"""Rules on links to files that are no Markdown."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain
from urllib.parse import unquote

from adr_ls.log import discovery
from adr_ls.log.workspace import Workspace, question
from adr_ls.record import filename, mentions
from adr_ls.record.anchors import anchors
from adr_ls.rules import begun
from adr_ls.rules.misnamed import HOST
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.markdown import Link
from adr_ls.syntax.pieced import Question, chosen
from adr_ls.syntax.text import Edit, Span
from adr_ls.write import editing

_ELSEWHERE = lazy.regex(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~@#%]|www\.")
"""How an address begins that is none of a file beside the one that has it: with a scheme, at a site's root, or by a name of a program's own."""
_BLANKS = lazy.regex(r"[{}<>$*…|\\]|\.{3}")
"""What stands in a path that a person or a program is still to fill in."""
_MADE = lazy.regex(r"\.x?html?$", re.IGNORECASE)
"""The ending of pages that a site's generator makes."""


@rule("warning", pages=True, asciidoc=True)
def link_file(subject: Subject) -> Iterator[Found]:
    """A link or an image leads to a file that is not there, be it a picture, a diagram's source or code.

    Readers see a broken picture, or the forge's page for what it cannot find. Only paths within the opened folders are looked at, and
    only for whether they are there. Names in another case count as others, as they do on forges. A warning is told of a file that its
    own directory lacks, among the records, though it has others of that kind, of one that is there under nearly that name or by that path from the root of the repository (as is meant by one with too many steps up, too), and of a
    single word that names nothing in the directory, and of a picture by a path from the root where it lies beside the record; all else is information, since code moves on and the record tells of its time. Where several links to such files lead nowhere, and not twice as
    many somewhere, none of these is told, as a build may make them; nor is one in a folder that does not look like a checkout, as a copy may
    have nothing but the texts.

    ```md before
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ![The topics](images/topics.png)
    -- docs/adr/images/Topics.png --
    ```
    ```md after
    -- docs/adr/0001-use-kafka.md --
    # 1. Use Kafka

    ![The topics](images/Topics.png)
    -- docs/adr/images/Topics.png --
    ```
    """
    record = subject.record
    if subject.is_page and posixpath.dirname(record.path) != subject.log.directory:
        return
    if subject.workspace.names.pages_around(record.path):
        return  # such a site keeps files of other kinds elsewhere, and refers to them in its own way
    told: Collection[Span] | None = None  # asked for when there is something to tell
    seen: set[str] = set()
    few: list[Found] = []  # told only where they are few
    shown: Collection[str] | None = None
    written = (one.link for one in mentions.in_html(record.document))
    in_html = [link for link in written if link is not None and _leads_to_other(link, record.text)]
    for link in chain(chosen(record.document.links, record.text, Question(_leads_to_other)), in_html):
        if told is None:  # that of which other rules tell
            resolved = subject.workspace.resolved(record)
            told = {one.link.span for one, where in resolved.items() if one.link and where.kind != "none"}
        path = _path(subject, link) if link.span not in told else ""
        if _is_rooted(_address(record.text, link), link):
            if not (rooted := _rooted(subject, link)):
                continue
            span = editing.destination(link)
            fix = subject.fix(f"Link to “{rooted}”", Edit(span, rooted), preferred=False)
            yield Found(span, f"There is no “{span.of(record.text)}” in this repository; did you mean “{rooted}”?", (fix,))
            continue
        if not path or path in seen or HOST.fullmatch(_address(record.text, link)):
            continue  # the last is told as an address without its scheme
        seen.add(path)
        is_within = subject.workspace.root_of(path) != ""
        standing = subject.surroundings.standing(path) if is_within else "unknown"
        if is_within and standing not in ("lost", "astray"):
            continue
        alike = (subject.surroundings.alike(path) if is_within else "") or _from_root(subject, link)
        if not is_within and not alike:
            continue  # nobody looks there
        if not alike and standing == "lost" and _WORD.fullmatch(_address(record.text, link)):
            yield from _word(subject, link, path)
            continue
        is_odd = bool(alike) or subject.surroundings.has_kind(path)
        # A directory is gone where that around it is there, with others, whatever else is
        is_directory = standing == "lost" and not posixpath.splitext(path)[1]
        is_whole = (
            is_odd
            or is_directory
            or _begins_at_root(subject, link)
            or subject.workspace.judged(_is_whole, subject.log.directory)
        )
        if is_whole is False:
            continue
        if shown is None:
            if begun.is_unfilled(subject):
                return
            shown = _shown(subject)
        if _address(record.text, link) in shown:
            continue
        span = editing.destination(link)
        said = "."
        fixes: tuple[Fix, ...] = ()
        if alike:
            right = editing.relative(record.path, alike, dotted=span.of(record.text).startswith("./"))
            said = f"; did you mean “{right}”?"
            fixes = (subject.fix(f"Link to “{right}”", Edit(span, right), preferred=False),)
        is_among = is_odd and path.startswith(f"{subject.log.directory}/")
        level: Level | None = None if alike or is_among else "info"
        found = Found(span, f"There is no file “{unquote(_address(record.text, link))}”{said}", fixes, level=level)
        if is_whole:
            yield found
        else:
            few.append(found)
    if len(few) <= SEVERAL:
        yield from few


_WORD = lazy.regex(r"[\w-]+")
"""An address that is nothing but a word, without folder and ending."""


def _word(subject: Subject, link: Link, path: str) -> Iterator[Found]:
    """What is told of a link that has a word for its address, with which no file begins in this directory: a heading, or no address at all."""
    record, span = subject.record, editing.destination(link)
    word = span.of(record.text)
    if any(subject.surroundings.standing(path + ending) == "there" for ending in filename.READ) or word in _shown(subject):
        return  # a site adds the ending
    right = next((f"#{name}" for name in anchors(record) if name == word.casefold()), "")
    said = f"; did you mean “{right}”?" if right else "; say where it is to lead."
    fixes = (subject.fix(f"Link to “{right}”", Edit(span, right), preferred=False),) if right else ()
    if not begun.is_unfilled(subject):
        yield Found(span, f"There is no file “{word}”{said}", fixes, level="info" if subject.is_page else None)


def _address(text: str, link: Link) -> str:
    """The address of a link as it is written, without query and fragment."""
    return editing.destination(link).of(text).strip("<>").partition("#")[0].partition("?")[0]


def _leads_to_other(link: Link, text: str) -> bool:
    """Whether a link is to lead to a file of another kind."""
    written = _address(text, link)
    if link.kind == "autolink" or _BLANKS.search(written) is not None:
        return False
    return _is_other(unquote(written)) or _is_rooted(written, link)


def _is_rooted(address: str, link: Link) -> bool:
    """Whether the address of a picture counts from the root of a site, or of the repository."""
    return link.kind == "image" and address.startswith("/") and not address.startswith("//")


def _path(subject: Subject, link: Link) -> str:
    """The absolute path to which such a link leads, where that is to be in the opened folder; else empty."""
    record, names = subject.record, subject.workspace.names
    path = unquote(_address(record.text, link))
    found = _joined(record.path, path)
    root = names.root_of(found)
    if not names.is_partial and not root and names.root_of(record.path) and path.startswith("../"):
        return found  # out of the repository, by too many steps up
    if names.is_partial or not root or found == root:
        return ""
    home = names.home_meant(record.path, path)
    if home and discovery.is_log_name(posixpath.basename(home)):
        return ""
    first, _, below = found[len(root.rstrip("/")) + 1 :].partition("/")
    if below and link.kind != "image" and subject.surroundings.standing(posixpath.join(root, first)) != "there":
        return ""  # a build or another clone brings it
    return found


def _rooted(subject: Subject, link: Link) -> str:
    """What a picture's address that counts from the root of a site evidently means: the file is not there, but beside the record; else empty."""
    record = subject.record
    path = unquote(_address(record.text, link))
    root = subject.workspace.root_of(record.path)
    if not root:
        return ""
    here, away = posixpath.dirname(record.path), path.lstrip("/")
    while here != root and here.startswith(root.rstrip("/") + "/"):
        if here != posixpath.dirname(record.path) and subject.surroundings.standing(posixpath.join(here, away)) == "there":
            return ""  # the root of a site
        here = posixpath.dirname(here)
    is_there = subject.surroundings.standing(posixpath.join(root, away)) == "there"
    beside = subject.surroundings.standing(posixpath.join(posixpath.dirname(record.path), away)) == "there"
    return away if beside and not is_there else ""


def _from_root(subject: Subject, link: Link) -> str:
    """What is there at the path of a link if that counts from the root of the repository, as nothing but its author does; else empty.

    So does one that goes further up than that.
    """
    root, away = subject.workspace.root_of(subject.record.path), unquote(_address(subject.record.text, link)).rstrip("/")
    leads_out = away.startswith("../") and not subject.workspace.root_of(_joined(subject.record.path, away))
    away = _UP.sub("", away) if leads_out else away
    if not root or "/" not in away or away.startswith("."):
        return ""
    meant = posixpath.join(root, away)
    return meant if subject.surroundings.standing(meant) == "there" else ""


_UP = lazy.regex(r"\A(?:\.\./)+")
"""The steps up with which a path begins."""


def _joined(path: str, address: str) -> str:
    """Where an address leads from the file that has it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _begins_at_root(subject: Subject, link: Link) -> bool:
    """Whether the first directory that a link names is at the root of the repository and not beside the record, be the rest gone: no build brings it."""
    record = subject.record
    root, here = subject.workspace.root_of(record.path), posixpath.dirname(record.path)
    first, _, below = unquote(_address(record.text, link)).partition("/")
    if link.kind == "image" or not (root and below) or first in ("", ".", "..") or here == root:
        return False
    standing = subject.surroundings.standing
    return standing(posixpath.join(here, first)) == "lost" and standing(posixpath.join(root, first)) == "there"


def _is_other(path: str) -> bool:
    """Whether a path is one from a file to another, and no page."""
    base = posixpath.basename(path.rstrip("/"))
    is_page = base.casefold().endswith(filename.READ) or _MADE.search(base) is not None
    return _ELSEWHERE.match(path) is None and base not in ("", ".", "..") and not is_page


SEVERAL, MOST = 2, 2
"""How many links to files of other kinds must lead somewhere, and how many times as many as do not, for one that does not to be a mistake."""


@question
def _is_whole(workspace: Workspace, directory: str) -> bool | None:
    """Whether the links from the records of a log to files of other kinds mostly lead somewhere.

    None where they are too few to tell, in a checkout: there, one that leads nowhere is none that was left out.
    """
    log = workspace.log_at(directory)
    paths = {
        _joined(record.path, mention.path)
        for record in (log.records.values() if log is not None else ())
        for mention in record.mentions
        if mention.link is not None and mention.path and _is_other(mention.path)
    }
    seen = Counter(workspace.surroundings.standing(path) for path in paths if workspace.root_of(path))
    gone = seen["lost"] + seen["astray"]
    if seen["there"] >= max(SEVERAL, MOST * gone):
        return True
    return None if gone <= SEVERAL and workspace.surroundings.is_checkout(workspace.root_of(directory)) else False


def _shown(subject: Subject) -> Collection[str]:
    """The addresses of links that a template of the log has as well, to show one."""
    return {_address(one.text, link) for one in subject.log.templates for link in one.document.links}


RULES: tuple[Rule, ...] = (link_file,)
