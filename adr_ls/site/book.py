"""What is on which page: the records with what is known of them, the names of their pages, and where a reference leads from each."""

from __future__ import annotations

import base64
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote, unquote

from adr_ls.graph.model import Edge, Graph, graph_of, labelled, plain
from adr_ls.ide import overview
from adr_ls.ide.overview import Entry
from adr_ls.log.log import Log
from adr_ls.log.resolve import Resolution
from adr_ls.log.workspace import Workspace
from adr_ls.record.anchors import bare
from adr_ls.record.facts import Facts
from adr_ls.record.filename import is_asciidoc
from adr_ls.record.mentions import Mention
from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.words.language import ENDED
from adr_ls.words.lookup import fold

PICTURES: Mapping[str, str] = MappingProxyType(
    {
        ".apng": "image/apng",
        ".avif": "image/avif",
        ".bmp": "image/bmp",
        ".gif": "image/gif",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
    }
)
"""What a browser shows as a picture, by the endings of names."""
INDEX, TIMELINE, GRAPH = "index.html", "timeline.html", "graph.html"
"""The pages beside those of records, in a folder; in one file the parts of it are called so without their ending."""
FILES = "files"
"""The folder of the pictures."""
LONGEST_WORD = 40
"""How many characters of a status that nobody knows are shown in a list."""
LONGEST_NAME = 230
"""How many bytes of a record's file name are left in that of its page."""
STEPS = 6
"""How many generations of decisions are told of on each side of one."""

_WEB = lazy.regex(r"https?://[^\s/]", re.IGNORECASE)
_MAIL = "mailto:"
_SCHEME = lazy.regex(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class Way:
    """How one record stands to others, in a word, and these."""

    name: str
    others: tuple[Facts, ...]


@dataclass(frozen=True, eq=False)
class Book:
    """The records that are shown. `paths` are in the order of their logs.

    With `is_single` all of it is one page. `source` is where the files of the repository are shown, if anywhere: an address to which
    their paths are added. `pictures` reads a picture of the repository, None where there is none.
    """

    workspace: Workspace
    paths: tuple[str, ...]
    title: str
    is_single: bool = False
    source: str = ""
    pictures: Callable[[str], bytes | None] = lambda _: None
    used: dict[str, bytes] = field(default_factory=dict)
    """The pictures that were asked for so far, by their names on the site."""
    _named: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def logs(self) -> tuple[Log, ...]:
        """The logs that have some of the records."""
        shown = frozenset(self.paths)
        return tuple(log for log in self.workspace.logs if not shown.isdisjoint(log.records))

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The records in order, with what a list says of each."""
        records = self.workspace.records
        return {path: overview.entry(self.workspace, None, records[path]) for path in self.paths}

    @cached_property
    def _log_of(self) -> Mapping[str, Log]:
        return {path: log for log in self.logs for path in log.records}

    def log_of(self, path: str) -> Log:
        """The log of a record."""
        return self._log_of[path]

    @cached_property
    def graph(self) -> Graph:
        """How they hang together."""
        return graph_of(self.workspace, frozenset(self.paths))

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """What each is about, where that is known."""
        return {node.path: plain(node.area) for node in self.graph.nodes if node.area}

    def within(self, path: str) -> str:
        """A path as it is told from the root that it lies in."""
        root = self.workspace.root_of(path)
        return path[len(root.rstrip("/")) + 1 :] if root else posixpath.basename(path)

    # Names

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Of each record the name of its page, with slashes; in one file its id there. Two never differ by case alone."""
        taken = _Names((INDEX, TIMELINE, GRAPH, "decisions", "timeline", "graph"))
        found: dict[str, str] = {}
        for path in sorted(self.paths) if not self.is_single else self.paths:
            if self.is_single:
                found[path] = taken.free(
                    re.sub(r"[^\w.-]+", "-", plain(self.entries[path].record.id).lower()).strip("-") or "record"
                )
                continue
            stem, ending = posixpath.splitext(_visible(self.within(path)))
            stem = _short(stem)
            found[path] = taken.free(f"{stem}.html", f"{stem}{ending}.html")
        return found

    def here(self, path: str) -> str:
        """The folder of the page on which a record is."""
        return "" if self.is_single else posixpath.dirname(self.pages[path])

    def to_record(self, path: str, here: str = "", fragment: str = "") -> str:
        """The address of a record, or of a place in it, from a page in the folder `here`."""
        name = self.pages[path]
        if self.is_single:
            return f"#{quote(f'{name}/{fragment}' if fragment else name)}"
        return _relative(name, here) + (f"#{quote(fragment)}" if fragment else "")

    def to_page(self, name: str, here: str = "") -> str:
        """The address of a page that is no record's."""
        if self.is_single:
            return "#decisions" if name == INDEX else f"#{name.removesuffix('.html')}"
        return _relative(name, here)

    def to_source(self, path: str) -> str | None:
        """Where a file of the repository is shown; None where nobody said."""
        return f"{self.source.rstrip('/')}/{quote(self.within(path))}" if self.source else None

    def to_picture(self, path: str, here: str) -> str | None:
        """The address of a picture of the repository, None where there is none."""
        ending = posixpath.splitext(path)[1].casefold()
        if ending not in PICTURES:
            return None
        if path not in self._named:
            data = self.pictures(path)
            if data is None:
                self._named[path] = None
            elif self.is_single:
                self._named[path] = f"data:{PICTURES[ending]};base64,{base64.b64encode(data).decode('ascii')}"
            else:
                free = self._pictured.free(f"{FILES}/{_visible(self.within(path))}")
                self.used[free] = data
                self._named[path] = free
        name = self._named[path]
        return name if name is None or self.is_single else _relative(name, here)

    @cached_property
    def _pictured(self) -> _Names:
        return _Names(())

    # What is known of a record

    def state(self, path: str) -> str:
        """What has become of a decision in a word of its log."""
        entry = self.entries[path]
        status = self.workspace.status(entry.record)
        if entry.standing is not None and entry.standing != entry.canonical:
            return self.log_of(path).house.spelled(entry.standing)
        if status is None:
            return "no status"
        said = plain(status.spelled or status.text)
        return said if len(said) <= LONGEST_WORD else f"{said[: LONGEST_WORD - 1].rstrip()}…"

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Of each record the word for what has become of it by which it is put together with others: their usual spelling of it."""
        said = {path: self.state(path) for path in self.paths}
        counted: dict[str, Counter[str]] = {}
        for word in said.values():
            counted.setdefault(fold(word), Counter())[word] += 1
        usual = {key: words.most_common(1)[0][0] for key, words in counted.items()}
        return {path: usual[fold(word)] for path, word in said.items()}

    def holds(self, path: str) -> bool:
        """Whether a decision was made and not given up."""
        return self.entries[path].standing not in (*ENDED, "draft", "proposed", None)

    @cached_property
    def _forebears(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path, entry in self.entries.items():
            for other in entry.successors:
                if other.path in self.pages and other.path != path:
                    found.setdefault(other.path, []).append(path)
        return {path: tuple(others) for path, others in found.items()}

    def forebears(self, path: str) -> tuple[str, ...]:
        """The decisions that this one replaced."""
        return self._forebears.get(path, ())

    def heirs(self, path: str) -> tuple[str, ...]:
        """The decisions that replaced this one."""
        return tuple(one.path for one in self.entries[path].successors if one.path in self.pages and one.path != path)

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {path: at for at, path in enumerate(self.paths)}

    @cached_property
    def _beside(self) -> Mapping[str, tuple[str | None, str | None]]:
        found: dict[str, tuple[str | None, str | None]] = {}
        for log in self.logs:
            own = [path for path in log.records if path in self.entries]
            found.update(zip(own, zip([None, *own], [*own[1:], None], strict=False), strict=True))
        return found

    def beside(self, path: str) -> tuple[str | None, str | None]:
        """The decisions before and after one in its log."""
        return self._beside[path]

    def lineage(self, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What came before a decision and after it, the oldest first, as far as `STEPS` away."""
        before = _generations(path, self.forebears)
        after = _generations(path, self.heirs)
        rank = self._rank
        flat = [one for generation in reversed(before) for one in sorted(generation, key=rank.__getitem__)]
        return tuple(flat), tuple(one for generation in after for one in sorted(generation, key=rank.__getitem__))

    def now(self, path: str) -> tuple[str, ...]:
        """What holds in place of a decision that was replaced: the first ones that hold of all that came after it."""
        found: dict[str, None] = {}
        seen, ahead = {path}, list(self.heirs(path))
        while ahead:
            one = ahead.pop(0)
            if one in seen:
                continue
            seen.add(one)
            if self.holds(one):
                found[one] = None
            else:
                ahead += self.heirs(one)
        return tuple(found)

    @cached_property
    def _edges(self) -> Mapping[str, tuple[Edge, ...]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.graph.edges:
            found.setdefault(edge.source, []).append(edge)
            found.setdefault(edge.target, []).append(edge)
        return {path: tuple(edges) for path, edges in found.items()}

    def ways(self, path: str) -> Iterator[Way]:
        """How a record stands to others, but for what replaced what."""
        found: dict[str, list[Facts]] = {}
        records = self.workspace.records
        for edge in self._edges.get(path, ()):
            is_source = edge.source == path
            other = records[edge.target if is_source else edge.source]
            names = {
                "supersedes": ("Replaces in part", "Replaced in part by") if edge.is_partial else ("Replaces", "Replaced by"),
                "amends": ("Amends", "Amended by"),
                "relates": ("Related", "Related"),
                "refers": ("Refers to", "Referred to by"),
            }[edge.kind]
            found.setdefault(names[0 if is_source else 1], []).append(other)
            if edge.kind == "refers" and len(edge.sides) > 1:
                found.setdefault(names[1 if is_source else 0], []).append(other)
        order = (
            "Replaces",
            "Replaced by",
            "Replaces in part",
            "Replaced in part by",
            "Amends",
            "Amended by",
            "Related",
            "Refers to",
            "Referred to by",
        )
        for name in order:
            if name in found:
                yield Way(name, tuple(found[name]))

    def told(self, path: str) -> Iterator[tuple[str, str]]:
        """What a record does to others, in words, and to which."""
        for edge in self._edges.get(path, ()):
            if edge.source == path and edge.kind != "refers":
                yield labelled(edge), edge.target

    def guides(self, path: str) -> Iterator[str]:
        """The pages that refer to a record and are no indexes, and the source files, as far as these were searched."""
        for source in self.workspace.sources(path):
            index = self.workspace.indexes.get(source)
            if source not in self.workspace.records and (index is None or not index.logs):
                yield source

    # Where a link leads

    def links(self, path: str) -> Place:
        """Where things are, seen from a record."""
        facts = self.workspace.records[path]
        return Place(self, path, self.workspace.resolved(facts))

    @cached_property
    def fronts(self) -> frozenset[str]:
        """What the page with all records stands for: the folders of logs, and pages that list them."""
        directories = {log.directory for log in self.logs}
        return frozenset(directories) | {
            path for path, index in self.workspace.indexes.items() if not directories.isdisjoint(index.logs)
        }

    def anchor(self, path: str, fragment: str) -> str:
        """The anchor in a record that a fragment leads to, empty where it leads to none."""
        facts = self.workspace.records[path]
        if not fragment or is_asciidoc(path):
            return ""
        for one in (fragment, fragment.lower()):
            if one in facts.anchors or one in facts.html_anchors:
                return one
        wanted = bare(fragment)
        return next((one for one in facts.anchors if bare(one) == wanted), "") if wanted else ""


@dataclass(frozen=True)
class Place:
    """Where things are, seen from one record; see `adr_ls.site.markup.Links`."""

    book: Book
    path: str
    resolved: Mapping[Mention, Resolution]

    def mentioned(self, mention: Mention) -> str | None:
        """The address of the record that a reference leads to."""
        found = self.resolved.get(mention)
        if found is None or found.path is None or found.path not in self.book.pages:
            return None
        if _WEB.match(mention.path or "") and not (mention.path or "").endswith(posixpath.basename(found.path)):
            return None  # it is called like a record, but leads elsewhere
        fragment = self.book.anchor(found.path, mention.fragment)
        if found.path == self.path and not fragment:
            return None
        return self.book.to_record(found.path, self.book.here(self.path), fragment)

    def address(self, url: str) -> str | None:
        """The address of what a link leads to."""
        plainly = re.sub(r"[\x00-\x20\x7f]", "", url)  # as browsers read it
        if _WEB.match(plainly) or plainly.casefold().startswith(_MAIL):
            return plainly
        if plainly.startswith("//"):
            return f"https:{plainly}"
        if _SCHEME.match(plainly):
            return None
        path, _, fragment = url.strip().partition("#")
        fragment = unquote(fragment)
        if not path:
            own = self.book.anchor(self.path, fragment)
            return f"#{quote(self.anchor(own))}" if own else None
        target = self._located(path)
        if target is None:
            return None
        if target in self.book.pages:
            return self.book.to_record(target, self.book.here(self.path), self.book.anchor(target, fragment))
        if target in self.book.fronts:
            return self.book.to_page(INDEX, self.book.here(self.path))
        return self.book.to_source(target)

    def picture(self, url: str) -> str | None:
        """The address of a picture of the repository."""
        path = re.sub(r"[\x00-\x1f\x7f]", "", url)
        target = None if _SCHEME.match(path) or path.startswith(("//", "#")) else self._located(path)
        return self.book.to_picture(target, self.book.here(self.path)) if target is not None else None

    def anchor(self, name: str) -> str:
        """The id of a place in the record."""
        return f"{self.book.pages[self.path]}/{name}" if self.book.is_single else name

    def _located(self, url: str) -> str | None:
        """The file of the repository that a relative address names; None where it leads out."""
        path = unquote(url.partition("#")[0].partition("?")[0])
        root = self.book.workspace.root_of(self.path)
        if not path or not root or "\\" in path:
            return None
        folder = root if path.startswith("/") else posixpath.dirname(self.path)
        found = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        return found if found == root or found.startswith(f"{root.rstrip('/')}/") else None


class _Names:
    """Names that were given, of which no two may be the same where case and normal forms do not matter."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {_folded(name) for name in taken}
        self._next: dict[str, int] = {}

    def free(self, *wanted: str) -> str:
        """The first of these that is free, else the last with a number."""
        for name in wanted:
            if _folded(name) not in self._taken:
                break
        else:
            stem, ending = posixpath.splitext(wanted[-1])
            number = self._next.get(_folded(wanted[-1]), 2)
            while _folded(name := f"{stem}-{number}{ending}") in self._taken:
                number += 1
            self._next[_folded(wanted[-1])] = number + 1
        self._taken.add(_folded(name))
        return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _visible(path: str) -> str:
    """A path of which no part is hidden or left out by those who serve pages, as what begins with a dot or an underscore is by some."""
    return "/".join(part.lstrip("._") or "records" for part in path.split("/"))


def _short(path: str) -> str:
    """A path whose last part leaves room for another ending: systems allow 255 bytes."""
    folder, base = posixpath.split(path)
    return posixpath.join(folder, base.encode()[:LONGEST_NAME].decode("utf-8", "ignore"))


def _relative(name: str, here: str) -> str:
    return quote(posixpath.relpath(name, here or "."))


def _generations(path: str, next_to: Callable[[str], tuple[str, ...]]) -> list[list[str]]:
    found: list[list[str]] = []
    seen, last = {path}, [path]
    while last and len(found) < STEPS:
        last = list(dict.fromkeys(other for one in last for other in next_to(one) if other not in seen))
        seen.update(last)
        if last:
            found.append(last)
    return found
