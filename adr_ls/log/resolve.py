"""Which record a mention names: the directory of all records, looked up by path, number, slug and site route.

`Names` holds only what identifies records, so it stays the same object while people write in their bodies, and what was resolved
against it stays true.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeVar

from adr_ls.record import filename, metadata
from adr_ls.record.facts import Facts
from adr_ls.record.filename import READ
from adr_ls.record.mentions import Mention, begin, is_loose
from adr_ls.syntax import asciidoc, lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.pieced import Question, between, chosen, each
from adr_ls.words.lookup import fold
from adr_ls.words.similar import NEAR, distance, nearest

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one record from all others: its path, the directory of its log, and how it is numbered and called."""

    path: str
    directory: str
    series: str
    number: int | None
    stem: str
    slug_id: str = ""
    alias: str = ""
    """What it writes before its number besides its series, in lower case, see `_alias`."""
    former: tuple[str, ...] = ()
    """The paths that its page had before in an Antora site, from the pages of its module."""

    @staticmethod
    def of(record: Facts, directory: str) -> Identity:
        """The identity of a record in the log at that directory."""
        said = {f.key.casefold(): f.value for f in record.fields if f.place == "front-matter"}
        slug = said.get("slug", "") or (said.get("id", "") if _PAGE_ID.fullmatch(said.get("id", "")) else "")
        return Identity(
            record.path,
            directory,
            record.series.casefold(),
            record.number,
            record.name.stem,
            slug.strip("/ "),
            _alias(record),
            _former(record) if filename.is_asciidoc(record.path) else (),
        )


def _alias(record: Facts) -> str:
    """What a record writes before its number besides its series: ``DR``, which says no more than “a decision”, or a series in its title alone.

    The latter is ``RFC`` of ``# RFC-0007: X`` in ``0007-x.md``. In lower case.
    """
    title = record.heading_title
    said = (record.name.prefix, title.prefix if title is not None else "")
    for one in said:
        if one.isupper() and filename.is_plain(one) and not one.startswith("ADR"):
            return one.casefold()
    is_own = title is not None and title.number == record.number and _SERIES.fullmatch(title.prefix) is not None
    alias = said[1].casefold() if is_own else ""
    if not alias or filename.is_plain(alias):
        alias = metadata.numbered_as(record.fields, record.number) or filename.kind_of(record.path)
    return alias if alias and not filename.is_plain(alias) and alias != record.series.casefold() else ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a mention leads.

    ``record``: to the first of `paths`, of several of that number the nearest first; ``unknown``: it claims to name a record of the
    asking record's log, and there is none; ``broken``: a link to a file among the records that does not exist, with the records it
    might mean in `paths`; ``file``: to some other known file, the first of `paths`; ``none``: it is no reference to a record at all.
    """

    kind: Literal["record", "unknown", "broken", "file", "none"]
    paths: tuple[str, ...] = ()

    @property
    def path(self) -> str | None:
        """The record meant, None where there is none."""
        return self.paths[0] if self.kind == "record" else None


class Resolved(Mapping[Mention, Resolution]):
    """Where each of the mentions of a file leads, as `names` know; found out by the pieces of its text, where it was read by these."""

    __slots__ = ("_all", "_names", "_source", "mentions")

    def __init__(self, names: Names, source: str, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._names = names
        self._source = source
        self._all: dict[Mention, Resolution] | None = None

    @property
    def whole(self) -> Mapping[Mention, Resolution]:
        """All of it."""
        if self._all is None:
            self._all = dict(zip(self.mentions, each(self.mentions, "", self._asked(_resolution)), strict=True))
        return self._all

    @property
    def paths(self) -> Mapping[str, None]:
        """The records to which they lead, each once, in order."""
        return dict.fromkeys(filter(None, each(self.mentions, "", self._asked(_path))))

    def where(self, query: Callable[..., bool], *about: Any) -> Iterator[tuple[Mention, Resolution]]:
        """Those of which a pure function says so, see `where`."""
        for mention in chosen(self.mentions, "", self._asked(_answers, query, *about)):
            yield mention, self._names.resolve(self._source, mention)

    def _asked(self, query: Callable[..., _T], *given: Any) -> Question[_T]:
        return Question(query, self._source, *given, by=self._names)

    def __getitem__(self, mention: Mention) -> Resolution:
        if mention not in self:
            raise KeyError(mention)
        return self._names.resolve(self._source, mention)

    def __contains__(self, mention: object) -> bool:
        return isinstance(mention, Mention) and mention in between(self.mentions, mention.span.start, mention.span.start, begin)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.mentions)

    def __len__(self) -> int:
        return len(self.mentions)

    def items(self) -> ItemsView[Mention, Resolution]:
        """All of it, each mention once."""
        return self.whole.items()

    def values(self) -> ValuesView[Resolution]:
        """Where they lead."""
        return self.whole.values()


def _resolution(mention: Mention, _: str, names: Names, source: str) -> Resolution:
    return names.resolve(source, mention)


def _path(mention: Mention, _: str, names: Names, source: str) -> str | None:
    return names.resolve(source, mention).path


def _answers(mention: Mention, _: str, names: Names, source: str, query: Callable[..., bool], *about: Any) -> bool:
    return query(mention, names.resolve(source, mention), *about)


def where(
    resolved: Mapping[Mention, Resolution], query: Callable[..., bool], *about: Any
) -> Iterator[tuple[Mention, Resolution]]:
    """Those mentions of a file, with where they lead, of which a pure function of both, whatever their places, and of some more says so.

    Where the file was read by pieces, only those are asked that were not asked before.
    """
    if isinstance(resolved, Resolved):
        return resolved.where(query, *about)
    return ((mention, found) for mention, found in resolved.items() if query(mention, found, *about))


def of_kind(_: Mention, found: Resolution, kind: str) -> bool:
    """Whether a mention leads to something of a kind; to be asked of `where`."""
    return found.kind == kind


_NO_MARKS = str.maketrans("", "", "-_.")
NONE = Resolution("none")
REMEMBERED = 8
"""Of how many files it is remembered where their mentions lead: of those that people are working in."""
SHARED = 4096
"""Of how many ways to refer to a record it is remembered which one that is, and in how many directories."""
LONGEST = 250
"""How many characters a file's name has at most, as systems allow."""
LONGEST_BRANCH = 3
"""How many slashes the name of a branch has at most in an address."""
HALF = 0.5
SHORT = 3
"""Words of so many letters tell little of what a record is about: ``use``, ``the``, ``for``."""
_PAGE_ID = lazy.regex(r"(?!.*\d{3})[^\W\d_][\w.]*(?:-[\w.]+)+")
"""What a site calls a page instead of by its file's name: ``partition-strategy``, and no record's own ``ADR-004``."""
_SERIES = lazy.regex(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)*")
"""A series as prose refers to it: ``RFC``."""
_URL = lazy.regex(r"^[A-Za-z][A-Za-z0-9+.-]*:|^//")
_FORGE = lazy.regex(
    r"^https?://(?P<repository>[^/]+/[^/]+/[^/]+)(?:/-)?/(?:blob|tree|raw|edit|blame|src)/(?:branch/)?(?P<revision>[^/]+)/(?P<path>[^?#]+)"
)
_ROUTE = lazy.regex(r"^/?(?:[\w.-]+/)*(?:adrs?|decisions?|architecture-decisions?)/(?P<slug>[\w.-]+?)/?$")


class Address(NamedTuple):
    """Where a file is shown on a forge: the repository with its host, the branch, tag or commit, and the path in it."""

    repository: str
    revision: str
    path: str

    @property
    def is_permanent(self) -> bool:
        """Whether it shows a state that never changes: that of a commit or a version."""
        return bool(re.fullmatch(r"(?=[a-f]*\d)[0-9a-f]{7,64}|[vV]?\d+\.\d.*", self.revision))


def on_forge(url: str) -> Address | None:
    """The parts of a forge's address for a file; None for any other."""
    match = _FORGE.match(url)
    return Address(match["repository"].casefold(), match["revision"], match["path"]) if match else None


@dataclass(frozen=True)
class Names:
    """All the records of a workspace by what they are called, and the other Markdown files that exist.

    All paths are absolute and written with slashes; `roots` are the opened folders.
    """

    identities: Mapping[str, Identity]
    roots: tuple[str, ...] = ()
    files: frozenset[str] = field(default=frozenset(), repr=False)
    is_partial: bool = False
    """Whether the workspace is still being read, so that nothing may be called missing."""
    answers: dict[str, tuple[dict[tuple[object, ...], Resolution], dict[tuple[object, ...], Resolution]]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """Where the mentions of the files that were asked about last lead, by how these are written, and those of all like them: see `resolve`."""

    @cached_property
    def by_number(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The paths of the records of each series and number."""
        found: dict[tuple[str, int], list[str]] = {}
        for path in sorted(self.identities):
            identity = self.identities[path]
            if identity.number is not None:
                found.setdefault((identity.series, identity.number), []).append(path)
        return {key: tuple(paths) for key, paths in found.items()}

    @cached_property
    def by_alias(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The paths of the records of each alias and number; of a log most of whose records have that alias, all records."""
        usual: dict[str, Counter[str]] = {}
        for identity in self.identities.values():
            usual.setdefault(identity.directory, Counter())[identity.alias] += identity.number is not None
        found: dict[tuple[str, int], list[str]] = {}
        for path in sorted(self.identities):
            identity = self.identities[path]
            alias = identity.alias or usual[identity.directory].most_common(1)[0][0]
            if alias and identity.number is not None:
                found.setdefault((alias, identity.number), []).append(path)
        return {key: tuple(paths) for key, paths in found.items()}

    @cached_property
    def by_stem(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the records of each file name without its ending, in lower case; also of front matter slugs."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.identities):
            identity = self.identities[path]
            found.setdefault(identity.stem.casefold(), []).append(path)
            if identity.slug_id:
                found.setdefault(f"/{identity.slug_id.casefold()}", []).append(path)
        return {key: tuple(paths) for key, paths in found.items()}

    @cached_property
    def _by_day(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the records without a number by their day, and by their count within it where they have one."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.identities):
            identity = self.identities[path]
            named = filename.day_of(identity.stem) if identity.number is None else None
            if named is not None:
                for key in dict.fromkeys((named[1], named[1].partition("-")[0])):
                    found.setdefault(key, []).append(path)
        return {key: tuple(paths) for key, paths in found.items()}

    def _on_day(self, source: str, written: str) -> tuple[str, ...]:
        """The one record that a text names by its day: ``ADR-20260323-03``; none where there are several of that name."""
        named = filename.day_of(written)
        if named is None or not (filename.is_plain(named[0]) or named[0].casefold() in self.series):
            return ()
        rest = written[len(named[0]) + 1 :]
        found = self._together(source, self._by_day.get(named[1], ())) if rest.translate(_NO_MARKS).isdigit() else ()
        return found if len(found) == 1 else ()

    @cached_property
    def _by_slug(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the records of each file name without its number, in lower case."""
        found: dict[str, list[str]] = {}
        for path, identity in self.identities.items():
            found.setdefault(filename.parse_stem(identity.stem).slug.casefold(), []).append(path)
        return {key: tuple(paths) for key, paths in found.items()}

    @cached_property
    def _unread(self) -> Mapping[int, tuple[str, ...]]:
        """The files of each number that lie among the records and are none: in a markup that is not read, or such as nobody can read."""
        found: dict[int, list[str]] = {}
        for path in sorted(self.files.difference(self.identities)):
            directory, base = posixpath.split(path)
            if directory not in self.directories:
                continue
            name = filename.name_of(path) if filename.is_read(base) else filename.unread_name(base)
            is_ours = name is not None and (
                not name.prefix or filename.is_plain(name.prefix) or name.prefix.casefold() in self.series
            )
            if name is not None and name.number is not None and is_ours:
                found.setdefault(name.number, []).append(path)
        return {number: tuple(paths) for number, paths in found.items()}

    @cached_property
    def directories(self) -> frozenset[str]:
        """The directories that hold records: those of the logs, and the parts of them."""
        parts = {posixpath.dirname(path) for path in self.identities if not filename.name_of(path).own_directory}
        return frozenset(parts.union(identity.directory for identity in self.identities.values()))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many records there are in the log of each directory."""
        return Counter(identity.directory for identity in self.identities.values())

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """What is in every text that names a record or links among them: a number behind its series, or a directory or number in a path."""
        series = "|".join(re.escape(name) for name in sorted({*self.series, *self.aliases, "adr"}) if name)
        homes = "|".join(sorted({re.escape(posixpath.basename(path)) for path in self.directories if posixpath.basename(path)}))
        return re.compile(
            rf"(?<![^\W_])(?:{series})s?[-_ #]{{0,2}}\d|(?<![^\W_])(?:{homes or '(?!)'})/|\d{{3}}[-_][^\s()]{{0,{LONGEST}}}\.(?:m|adoc|asc)",
            re.IGNORECASE,
        )

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What is in source code that names a record, in small letters: the name of a series, the end of a directory, or an ending."""
        homes = (posixpath.basename(path).casefold() for path in self.directories)
        names = {*self.series, *self.aliases, "adr", "decision record"}
        return tuple(sorted({*names, *(f"{home}/" for home in homes if home), *READ} - {""}))

    @cached_property
    def _numbered(self) -> tuple[re.Pattern[str], ...]:
        """The names of series with a number behind; each a pattern of its own, since what begins with a text is found fastest."""
        return tuple(
            re.compile(re.escape(sign) + r"s?[-_ ]{0,2}[#№]?\d") for sign in self.signs if sign[0] != "." and sign[-1] != "/"
        )

    def may_name(self, text: str) -> bool:
        """Whether source code may name a record; where it does not, telling that costs next to nothing."""
        small = text.lower()
        literal = (sign for sign in self.signs if sign[0] == "." or sign[-1] == "/")
        return any(sign in small for sign in literal) or any(pattern.search(small) for pattern in self._numbered)

    @cached_property
    def series(self) -> frozenset[str]:
        """The series in use, in lower case."""
        return frozenset(identity.series for identity in self.identities.values())

    @cached_property
    def aliases(self) -> frozenset[str]:
        """What records write before their numbers besides their series, in lower case."""
        return frozenset(alias for alias, _ in self.by_alias)

    def resolve(self, source: str, mention: Mention) -> Resolution:
        """Where a mention in the file at `source` leads; of the files that were asked about last this is remembered.

        Which record is meant is the same for all files of a series in a directory, so that is found out once for all of them.
        """
        known = self.answers.get(source)
        if known is None:
            if len(self.answers) >= REMEMBERED:
                self.answers.clear()
            known = self.answers[source] = {}, self._shared(source)
        own, shared = known
        length = mention.span.end - mention.span.start if mention.form == "wiki" else 0
        key = (mention.form, mention.series, mention.digits, mention.number, mention.path, length)
        found = shared.get(key) or own.get(key)
        if found is None:
            found = self._resolve(source, mention)
            if self.is_partial and found.kind in ("unknown", "broken"):
                found = NONE
            if found.kind != "record":  # a broken link does not mean the very file
                own[key] = found
            elif len(shared) < SHARED:
                shared[key] = found
        return found

    def _shared(self, source: str) -> dict[tuple[object, ...], Resolution]:
        """What is remembered of the mentions in all files for which they lead to the same records as for the one at `source`."""
        identity = self.identities.get(source)
        series = identity.series if identity is not None else None
        alike = posixpath.dirname(source), series, filename.is_asciidoc(source)
        if len(self._answers) >= SHARED and alike not in self._answers:
            self._answers.clear()
        return self._answers.setdefault(alike, {})

    @cached_property
    def _answers(self) -> dict[tuple[str, str | None, bool], dict[tuple[object, ...], Resolution]]:
        return {}

    def _resolve(self, source: str, mention: Mention) -> Resolution:
        if mention.path is not None:
            found = self._by_path(source, mention)
            if mention.form == "code":
                return found if found.kind == "record" else NONE
            if found.kind == "record" or mention.number is None:
                return found
            named = self._by_number(source, mention.series, mention.number, mention.digits)
            if found.kind == "broken":
                # A slug tells more than a number, which may have been given to another record since
                slug = _slug(mention.path)
                kept = slug and any(_slug(path) == slug for path in found.paths)
                return Resolution("broken", found.paths if kept else self._there(source, mention.path, named) or found.paths)
            if _is_url(mention.path) and mention.series and named:
                # A link out of the repository that is labelled like a record of ours, say to its pull request
                meant = tuple(one for one in named if _may_be(mention.path, mention.number, one))
                return Resolution("record", meant) if meant else found
            return found
        if mention.number is None:
            return NONE
        named = self._by_number(source, mention.series, mention.number, mention.digits)
        if named:
            return Resolution("record", named)
        if is_loose(mention) or not self._claims(source, mention):
            return NONE  # "RFC 6749", in a log of RFCs
        unread = self._unread.get(mention.number, ())
        return Resolution("file", self._nearest(source, unread)) if unread else Resolution("unknown")

    def _claims(self, source: str, mention: Mention) -> bool:
        """Whether a number that no record has still claims to be one of ours: ``ADR-42`` does, ``RFC-2119`` does not."""
        identity = self.identities.get(source)
        if not self.by_number or mention.form == "number":
            return False
        series = mention.series.casefold()
        own = identity.series if identity else ""
        return bool(series) and (series in {"adr", own} if own in {"adr", ""} or series == own else series in self.series)

    @property
    def is_numberless(self) -> bool:
        """Whether no record at all has a number."""
        return not self.by_number

    def has_none_of(self, source: str, mention: Mention) -> bool:
        """Whether a mention names a record of the asking one's log by a number that, where no record has one, no other file among them has."""
        identity = self.identities.get(source)
        is_ours = mention.form == "bare" and identity is not None and mention.series.casefold() == identity.series
        return is_ours and not (self.is_partial or self._unread.get(mention.number or 0))

    def _by_number(self, source: str, series: str, number: int, digits: str = "") -> tuple[str, ...]:
        """The records of a number, the nearest first; of one log those first whose names have as many digits as were written."""
        identity = self.identities.get(source)
        own = identity.series if identity else "adr"
        wanted = series.casefold()
        candidates = self.by_number.get((wanted, number), ()) if wanted else self.by_number.get((own, number), ())
        if not candidates and wanted in ("adr", "") and own != "adr":
            candidates = self.by_number.get((own, number), ())
        candidates = candidates or self.by_alias.get((wanted, number), ())
        if filename.is_plain(wanted) and candidates and self._is_plain_somewhere(source):
            candidates = tuple(path for path in candidates if self.identities[path].directory not in self._of_their_own)
        if len(candidates) > 1:
            names = {path: filename.name_of(path) for path in candidates}
            candidates = tuple(path for path in candidates if not filename.apart(names.values(), names[path]))
        if len(self.roots) > 1 or not identity:
            # What has been opened side by side, or is open besides, may have nothing to do with each other
            candidates = self._together(source, candidates)
        return tuple(
            sorted(
                candidates,
                key=lambda path: (self._distance(source, path), len(filename.name_of(path).digits) != len(digits), path),
            )
        )

    @cached_property
    def _of_their_own(self) -> frozenset[str]:
        """The directories of logs most of whose records have a series of their own, be it besides, such as ``RFC`` in their titles."""
        kinds: dict[str, Counter[bool]] = {}
        for one in self.identities.values():
            is_own = one.alias not in ("", "madr") and not filename.is_plain(one.alias)
            kinds.setdefault(one.directory, Counter())[is_own] += one.number is not None
        return frozenset(directory for directory, counted in kinds.items() if counted[True] > counted[False])

    def _is_plain_somewhere(self, source: str) -> bool:
        """Whether a log in the opened folder of a file numbers its records as decisions, beside another that has a series of its own."""
        if not self._of_their_own:
            return False
        root = self.root_of(source)
        return any(directory not in self._of_their_own and self.root_of(directory) == root for directory in self.sizes)

    def root_of(self, path: str) -> str:
        """The innermost opened folder in which a file or directory lies; empty where it lies in none."""
        return max((root for root in self.roots if f"{path}/".startswith(root.rstrip("/") + "/")), key=len, default="")

    def _distance(self, source: str, path: str) -> int:
        """How many steps of directories lie between two files."""
        one, other = (
            posixpath.dirname(source).split("/"),
            self.identities[path].directory.split("/") if path in self.identities else posixpath.dirname(path).split("/"),
        )
        common = 0
        for a, b in zip(one, other, strict=False):
            if a != b:
                break
            common += 1
        return len(one) + len(other) - 2 * common

    def _by_end(self, source: str, path: str) -> tuple[str, ...]:
        """The records in the folder whose paths end as a wiki link says, which needs no more of a path than tells one note from others."""
        tail = f"/{filename.strip_suffix(path).strip('/').casefold()}"
        alike = self._together(source, self._by_base.get(posixpath.basename(tail), ()))
        return tuple(one for one in alike if filename.strip_suffix(one).casefold().endswith(tail))

    @cached_property
    def _by_base(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the records of each file's name without its ending, be it a page that stands for its directory, in lower case."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.identities):
            found.setdefault(filename.strip_suffix(posixpath.basename(path)).casefold(), []).append(path)
        return {base: tuple(paths) for base, paths in found.items()}

    def _by_tail(self, source: str, path: str) -> Resolution:
        """Where a path in source code leads, which may count from the file, from the folder, or from some directory of it.

        One that leads nowhere is ours where it evidently lies in a directory of records.
        """
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        tail = "/" + "/".join(parts).casefold()
        home, base = posixpath.split(tail)
        alike = self._together(source, self.by_stem.get(filename.strip_suffix(base), ()))
        found = tuple(one for one in alike if one.casefold().endswith(tail))
        if found:
            return Resolution("record", self._nearest(source, found))
        name = filename.name_of(base)
        is_called_so = name.number is not None or bool(name.date)
        if home == "/" or not is_called_so:
            return NONE
        homes = [directory for directory in self.directories if directory.casefold().endswith(home)]
        beside = (posixpath.join(directory, parts[-1]) for directory in homes)  # such as their template
        if any(map(self._existing, (posixpath.normpath(posixpath.join(posixpath.dirname(source), path)), *beside))):
            return NONE
        if alike and name.slug:
            return Resolution("broken", self._nearest(source, alike))  # it has moved to another directory
        if not homes:
            return NONE
        likely = self._by_slug.get(name.slug.casefold(), ()) if name.slug else ()
        if not likely and name.number is not None:
            likely = self._by_number(source, name.prefix, name.number)
        return Resolution("broken", self._nearest(source, self._together(source, likely)))

    def _together(self, source: str, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of the records that lie in the opened folder of a file."""
        root = self.root_of(source)
        return tuple(path for path in paths if self.root_of(path) == root)

    def _by_path(self, source: str, mention: Mention) -> Resolution:
        path = mention.path or ""
        if mention.form == "path" and not _is_url(path):
            return self._by_tail(source, path)
        if _is_url(path):
            address = on_forge(path)
            if address is None:
                return NONE
            wanted = posixpath.normpath(address.path)
            # The name of a branch may have slashes itself: ``/blob/feature/boats/docs/adr/0001-x.md``
            slashes = min(wanted.count("/"), LONGEST_BRANCH) if address.revision.casefold() in filename.BRANCH_KINDS else 0
            behind = (wanted.split("/", parts)[-1] for parts in range(slashes + 1))
            meant = (tuple(p for root in self.roots if (p := posixpath.join(root, one)) in self.identities) for one in behind)
            found = next(filter(None, meant), ())
            return Resolution("record", found) if found else NONE
        if mention.form in ("wiki", "code") and "/" not in path:
            stem = filename.strip_suffix(path).casefold()
            found = self.by_stem.get(stem, ()) or self._on_day(source, path) or self._by_number_and_slug(source, stem)
            if found:
                return Resolution("record", self._nearest(source, found))
            is_link = mention.span.end - mention.span.start > len(path) and source in self.identities
            return self._broken(source, posixpath.join(posixpath.dirname(source), path), mention) if is_link else NONE
        if path.startswith("/"):
            pages = self.pages_around(source)
            candidates = [posixpath.normpath(root + path) for root in (*self.roots, *([pages] if pages else ()))]
            named = self._by_route(source, path)
            named = named or self._by_page(path)
            if named:
                return Resolution("record", self._nearest(source, named))
        else:
            candidates = [posixpath.normpath(posixpath.join(posixpath.dirname(source), path)), *self._in_site(source, path)]
            candidates += [
                posixpath.normpath(posixpath.join(root, path))
                for root in self.roots
                if "/" in path and not path.startswith(".")
            ]
        for candidate in candidates:
            found_path = self._existing(candidate)
            if found_path in self.identities:
                return Resolution("record", (found_path,))
        if mention.form == "wiki" and (ending := self._by_end(source, path)):
            return Resolution("record", self._nearest(source, ending))
        if filename.is_asciidoc(source) and (former := self._by_former.get(path, ())):
            return Resolution("record", self._nearest(source, former))
        for candidate in candidates:
            found_path = self._existing(candidate)
            if found_path:
                return Resolution("file", (found_path,))
        is_rooted = path.startswith("/")
        shown = self._by_full_name(source, path) if is_rooted else self._by_page(candidates[0]) if candidates else ()
        if shown:
            return Resolution("record", shown)
        broken = self._broken(source, candidates[0], mention) if candidates else NONE
        if broken is NONE and (pages := self.pages_around(source)):
            return self._broken(source, posixpath.normpath(posixpath.join(pages, path)), mention)
        return broken

    @cached_property
    def _by_former(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the records by those that their pages had before."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.identities):
            for former in self.identities[path].former:
                found.setdefault(former, []).append(path)
        return {former: tuple(paths) for former, paths in found.items()}

    def pages_around(self, source: str) -> str:
        """The directory of the pages from which references count in a file of an Antora site; empty for other files."""
        module = _MODULE.match(source) if filename.is_asciidoc(source) else None
        return f"{module[0]}pages" if module is not None else ""

    def _in_site(self, source: str, path: str) -> list[str]:
        """Where else a path in AsciiDoc may lead: from the pages of its module, and from a folder around it, whose document may include it."""
        if not filename.is_asciidoc(source):
            return []
        pages = self.pages_around(source)
        found = [posixpath.join(pages, path)] if pages else []
        home, root = posixpath.dirname(posixpath.dirname(source)), self.root_of(source)
        while "/" in path and not path.startswith(".") and root and len(home) > len(root):
            found.append(posixpath.join(home, path))
            home = posixpath.dirname(home)
        return [posixpath.normpath(one) for one in found]

    def _by_number_and_slug(self, source: str, stem: str) -> tuple[str, ...]:
        """The records that a file's name calls by number and slug, with or without the word for a record that the file has: ``adr-0003-use-kafka``."""
        name = filename.parse_stem(stem)
        if name.number is None or not name.slug or not filename.is_plain(name.prefix or "adr"):
            return ()
        return tuple(
            path for path in self._by_number(source, "ADR", name.number, name.digits) if _slug(path).casefold() == name.slug
        )

    def _by_page(self, path: str) -> tuple[str, ...]:
        """The one record that a site shows at the path of its directory and its name without the number: ``/adr/use-kafka``."""
        home, base = posixpath.split(path.rstrip("/").casefold())
        if "." in base or not home.strip("/"):
            return ()
        alike = dict.fromkeys((*self.by_stem.get(f"/{base}", ()), *self._by_slug.get(base, ())))
        found = tuple(one for one in alike if posixpath.dirname(one).casefold().endswith(home))
        return found if len(found) == 1 else ()

    def _by_full_name(self, source: str, path: str) -> tuple[str, ...]:
        """The one record here whose whole name ends a path from the root of a site: ``/docs/0003-use-kafka``, ``/rfcs/rfc-001``.

        Without words it has to be behind that of its directory.
        """
        directory, base = posixpath.split(path.rstrip("/"))
        name = filename.parse_stem(base)
        found = self._together(source, self.by_stem.get(name.stem.casefold(), ())) if len(name.digits) >= 3 else ()
        if not name.slug:
            found = tuple(one for one in found if posixpath.basename(posixpath.dirname(one)) == posixpath.basename(directory))
        return found if len(found) == 1 else ()

    def _by_route(self, source: str, path: str) -> tuple[str, ...]:
        """The records that a site shows at an address: by what their front matter says, their file's name, or their number."""
        whole = "/" + path.strip("/").casefold()
        route = _ROUTE.match(path)
        if whole in self.by_stem or route is None:
            return self.by_stem.get(whole, ())
        slug = filename.strip_suffix(route["slug"])
        named = self.by_stem.get("/" + slug.casefold(), ()) or self.by_stem.get(slug.casefold(), ())
        name = filename.parse_stem(slug)
        if named or name.number is None or name.slug:
            return named
        return self._by_number(source, name.prefix, name.number)

    def _existing(self, candidate: str) -> str:
        """The file that a link to `candidate` reaches: itself, with an ending added, or the page of a directory; else empty."""
        if candidate in self.identities or candidate in self.files:
            return candidate
        for suffix in READ:
            if candidate + suffix in self.identities or candidate + suffix in self.files:
                return candidate + suffix
        stem, suffix = posixpath.splitext(candidate)
        if suffix == ".html":
            return self._existing(stem)
        for page in ("README.md", "index.md", "readme.md", "README.markdown", "README.adoc", "index.adoc"):
            inside = posixpath.join(candidate, page)
            if inside in self.identities or inside in self.files:
                return inside
        return ""

    def _broken(self, source: str, candidate: str, mention: Mention) -> Resolution:
        """A link that reaches nothing is ours to judge only where it points among the records."""
        base = posixpath.basename(candidate)
        stem, suffix = posixpath.splitext(base)
        meant = next((ending for ending in READ if self._is_slip(candidate, suffix, ending)), None)
        if meant is not None:
            return Resolution("broken", (posixpath.splitext(candidate)[0] + meant,))
        name = filename.parse_stem(stem if suffix.casefold() in READ else base)
        among = posixpath.dirname(candidate) in self.directories
        looks = (name.number is not None and (bool(name.prefix) or len(name.digits) >= 3)) or name.date is not None
        labelled = mention.series != "" and mention.number is not None
        ours = looks and name.prefix.casefold() in {*self.series, *filename.PLAIN_PREFIXES, ""}
        if suffix.casefold() not in ("", *READ) or not ((among and (suffix or ours or labelled)) or (ours and suffix)):
            return NONE
        if not any(candidate.startswith(root.rstrip("/") + "/") for root in self.roots):
            return NONE
        likely = self.by_stem.get(name.stem.casefold(), ())
        likely = tuple(path for path in likely if path.casefold() == candidate.casefold()) or likely
        if not likely and name.slug:
            likely = tuple(path for path in self._by_slug.get(name.slug.casefold(), ()) if path != source)
        if not likely and name.number is not None and among:
            likely = self._there(source, mention.path or "", self._by_number(source, name.prefix, name.number))
        if not likely and name.date and among:
            likely = self._renamed(candidate)
        if not among and not likely:
            return NONE
        return Resolution("broken", self._nearest(source, likely))

    def _renamed(self, candidate: str) -> tuple[str, ...]:
        """The one record of the day in a file's name that has most of its words, and lies where it is looked for: it was renamed since."""
        named, written = filename.day_of(filename.strip_suffix(posixpath.basename(candidate))), _slug(candidate)
        found = tuple(
            path
            for path in (self._by_day.get(named[1], ()) if named is not None else ())
            if posixpath.dirname(path) == posixpath.dirname(candidate)
            and min(_share(written, _slug(path)), _share(_slug(path), written)) > HALF
        )
        return found if len(found) == 1 else ()

    def _is_slip(self, candidate: str, suffix: str, ending: str) -> bool:
        """Whether a path leads to a record but for one letter of its ending: ``0003-x.m``."""
        return distance(suffix, ending) == 1 and posixpath.splitext(candidate)[0] + ending in self.identities

    def _there(self, source: str, written: str, paths: Iterable[str]) -> tuple[str, ...]:
        """Those records that are of the log into which a link points, or of the file's own; other logs have numbers of their own."""
        if not _slug(written):
            return tuple(paths)  # nothing but the number was meant
        home = posixpath.dirname(posixpath.normpath(posixpath.join(posixpath.dirname(source), written)))
        own = self.identities[source].directory if source in self.identities else home
        return tuple(path for path in paths if {home, own} & {self.identities[path].directory, posixpath.dirname(path)})

    @cached_property
    def folders(self) -> frozenset[str]:
        """All directories in which there is a known file, in them or below."""
        found: set[str] = set()
        for path in (*self.files, *self.identities):
            home = posixpath.dirname(path)
            while home not in found and len(home) > 1:
                found.add(home)
                home = posixpath.dirname(home)
        return frozenset(found)

    @cached_property
    def by_digits(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The names of the known files in each directory that have the same digits, ``""`` for those without."""
        found: dict[tuple[str, str], list[str]] = {}
        for path in sorted(self.files.union(self.identities)):
            directory, base = posixpath.split(path)
            found.setdefault((directory, digits_in(base)), []).append(base)
        return {key: tuple(bases) for key, bases in found.items()}

    @cached_property
    def by_base(self) -> Mapping[str, tuple[str, ...]]:
        """The known files of each name, in lower case."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            found.setdefault(posixpath.basename(path).casefold(), []).append(path)
        return {base: tuple(paths) for base, paths in found.items()}

    def lost(self, source: str, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some relative paths from the file at `source` that lead to no file, as forges read them; remembered as `resolve` does.

        A directory at the root of which nothing is known may be filled by a build or a clone beside this one, so of that it is only told
        where the file evidently lies at another depth; nor is it of what is no Markdown, since other files are not known.
        """
        known = self._lost.get(source)
        if known is None:
            if len(self._lost) >= REMEMBERED:
                self._lost.clear()
            known = self._lost[source] = {}
        for path in paths:
            if path not in known:
                known[path] = self._is_lost(source, path)
        return tuple(path for path in paths if known[path])

    @cached_property
    def _lost(self) -> dict[str, dict[str, bool]]:
        """For files that were asked about last which of their paths lead nowhere."""
        return {}

    def _is_lost(self, source: str, path: str) -> bool:
        path = path.partition("?")[0]
        endings = filename.READ if filename.is_asciidoc(source) else filename.SUFFIXES
        if self.is_partial or path.startswith("/") or not path.casefold().endswith(endings) or _is_url(path):
            return False
        candidate = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if any(map(self._existing, (candidate, *self._in_site(source, path)))) or not (root := self.root_of(candidate)):
            return False
        first, _, rest = candidate[len(root.rstrip("/")) + 1 :].partition("/")
        return not rest or posixpath.join(root, first) in self.folders or bool(self.at_another_depth(path))

    def at_another_depth(self, path: str) -> str:
        """The one file that a dead relative path names with its folders, but for how many go up before them; else empty."""
        inner = _UPWARDS.sub("", posixpath.normpath(path))
        alike = self.by_base.get(posixpath.basename(inner).casefold(), ()) if "/" in inner else ()
        found = [one for one in alike if one.endswith(f"/{inner}")]
        return found[0] if len(found) == 1 else ""

    def home_meant(self, source: str, path: str) -> str:
        """The directory of records that a relative path from the file at `source` evidently means, which leads to no known directory.

        There is but one that is called so, in a directory of the same name, if the path names that too; else it is empty.
        """
        path = path.partition("?")[0].rstrip("/")
        candidate = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if (
            self.is_partial
            or _is_url(path)
            or path.startswith("/")
            or posixpath.splitext(path)[1]
            or not self.root_of(candidate)
        ):
            return ""
        if candidate in self.folders or candidate in self.directories or self._existing(candidate):
            return ""
        named = [part for part in path.casefold().split("/") if part.strip(".")][-2:]
        homes = self._together(
            source, (home for home in self.directories if home.casefold().split("/")[-len(named) :] == named)
        )
        return homes[0] if named and len(homes) == 1 else ""

    def differs_in(self, source: str, mention: Mention, path: str) -> str:
        """In what alone a broken link in the file at `source` differs from the path of that record; empty where in more."""
        written = posixpath.normpath(posixpath.join(posixpath.dirname(source), mention.path or ""))
        one, other = unicodedata.normalize("NFC", written), unicodedata.normalize("NFC", path)
        if one == other:
            return "how its accents are encoded"
        return "case" if one.casefold() == other.casefold() else ""

    def is_meant(self, mention: Mention, path: str, title: str, said: str) -> bool:
        """Whether a broken link evidently means the record at a path: by more than its number, which others may have got since.

        Its file's name agrees with that of the record or with its title, or what is `said` in the link or around it does.
        """
        written, identity = _slug(mention.path or ""), self.identities.get(path)
        if identity is None:
            return False
        own = _slug(path)
        if not written or written == own or _share(written, f"{own} {title}") > HALF or _share(title or own, said) >= HALF:
            return True
        return min(_share(written, own), _share(own, written)) >= HALF

    def _nearest(self, source: str, paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(paths, key=lambda path: (self._distance(source, path), path)))


def _former(record: Facts) -> tuple[str, ...]:
    """What a page says of the paths that it had before, each without its version, component and module."""
    said = ",".join(field.value for field in record.fields if field.key.casefold() == "page-aliases")
    return tuple(asciidoc.FAMILY.sub("", one.strip(), count=1) for one in said.split(",") if one.strip())


_UPWARDS = lazy.regex(r"\A(?:\.\./)+")
"""How a relative path begins that leads up from its folder."""
_MODULE = lazy.regex(r".*/modules/[^/]+/(?=(?:pages|partials|examples)/|[^/]*\Z)")
"""The directory of a module of an Antora site, by a page of it, what pages include, or its navigation."""


def digits_in(base: str) -> str:
    """All the digits of a file's name without its ending."""
    return "".join(_DIGITS.findall(filename.strip_suffix(base)))


_DIGITS = lazy.regex(r"\d+")


def _slug(path: str) -> str:
    """The words of a file's name without its number."""
    return filename.parse_stem(filename.strip_suffix(posixpath.basename(path))).slug.casefold()


def _may_be(url: str, number: int, path: str) -> bool:
    """Whether an address may be that of a record: not where it has its number and other words, as somebody else's record of that number does."""
    name = filename.name_of(url.rstrip("/"))
    words, own = name.slug.casefold(), _slug(path)
    return name.number != number or not words or not own or _share(words, own) >= ALIKE


ALIKE = 0.5
"""Which share of the words of an address a record's name has that may be meant by it."""


def _share(name: str, text: str) -> float:
    """Which share of the words of a name is in a text, near enough."""
    words, known = (re.findall(r"[^\W\d_]+", fold(one)) for one in (name, text))
    telling = {word for word in words if len(word) > SHORT} or set(words)
    return sum(bool(nearest(word, known, NEAR)) for word in telling) / len(telling) if telling else 0


def _is_url(path: str) -> bool:
    return bool(_URL.match(path))
