"""What a rule is: one function that holds its name, default level, explanation, example, check and fix together.

The function's name with hyphens is the rule's name everywhere: diagnostic code, setting, page. Its docstring is its page: the first line
the summary, the prose why it matters, and a pair of code blocks ``before`` and ``after`` the example, which is also its test: the first
must raise exactly this problem, its first fix must give the second, and the second must be clean.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeVar

from adr_ls.log.folds import Tally
from adr_ls.log.index import Index
from adr_ls.log.log import Log
from adr_ls.log.surroundings import Surroundings
from adr_ls.log.workspace import Workspace
from adr_ls.record.code import Code
from adr_ls.record.known import Known
from adr_ls.record.record import Record
from adr_ls.settings.file import Settings
from adr_ls.settings.values import Level
from adr_ls.syntax.change import Change, FileEdit
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Edit, Span

_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True)
class Fix:
    """A titled change of one file or several, whose edits are worked out only when asked for.

    `preferred` marks the one safe answer, which *fix all* applies; others are offered for people to choose. One that `is_late` takes
    going through a whole index, and is known to change something without that.
    """

    title: str
    make: Callable[[], Iterable[FileEdit]] = field(repr=False)
    preferred: bool = True
    is_late: bool = False

    @cached_property
    def change(self) -> Change:
        """What it does to the texts in which the problem was found."""
        return Change(self.title, tuple(self.make()))

    @property
    def edits(self) -> tuple[FileEdit, ...]:
        """The edits of its change."""
        return self.change.edits


@dataclass(frozen=True)
class Place:
    """A second place that matters for a problem, and why."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True)
class Found:
    """What a rule finds: where in the file it looked at, what is wrong and what to do, and fixes for it."""

    span: Span
    message: str
    fixes: tuple[Fix, ...] = ()
    related: tuple[Place, ...] = ()
    tag: str = ""
    """``unnecessary`` or ``deprecated``, where an editor may show it so."""
    level: Level | None = None
    """Another level than the rule's own, where this case weighs less."""


@dataclass(frozen=True)
class Problem:
    """A finding at the level that is in force, in the file at `path`."""

    rule: Rule
    level: Level
    path: str
    span: Span
    message: str
    offered: tuple[Fix, ...] = ()
    """The fixes that the rule has for it."""
    related: tuple[Place, ...] = ()
    tag: str = ""

    @cached_property
    def fixes(self) -> tuple[Fix, ...]:
        """The fixes that change something: any other is none, however it came about."""
        return tuple(fix for fix in self.offered if fix.change)


About = Literal["record", "index", "page", "settings", "code"]
"""The kinds of files that rules look at."""


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: a record in its log, an index, a page or source code that refers to records, or a settings file; with all that is around it.

    `record` is the file itself, whatever it is.
    """

    workspace: Workspace
    log: Log
    record: Record
    index: Index | None = None
    settings: Settings | None = None
    is_page: bool = False
    """Whether it is looked at as a page that refers to records, be it an index besides."""
    whole: Workspace | None = None
    """The workspace itself, where `workspace` is a view that notes what is read of it."""
    noted: Surroundings | None = None
    """A view of the files of other kinds that notes what is asked of them, where `workspace` is none."""

    @property
    def fixing(self) -> Workspace:
        """The workspace for fixes, which are worked out when they are chosen, and change nothing in what was found."""
        return self.whole or self.workspace

    @property
    def surroundings(self) -> Surroundings:
        """The files of other kinds."""
        return self.noted or self.workspace.surroundings

    @property
    def about(self) -> About:
        """What kind of file it is."""
        if self.is_page:
            return "page"
        if isinstance(self.record, Code):
            return "code"
        return "settings" if self.settings is not None else "index" if self.index is not None else "record"

    def file(self, record: Known) -> Record | None:
        """A record whole, for fixes; rules look at nothing of others but their facts."""
        return self.record if record.path == self.record.path else self.fixing.file(record.path)

    def edit(self, edit: Edit, record: Known | None = None) -> FileEdit:
        """An edit of the file looked at, or of another record."""
        return FileEdit((record or self.record).path, edit)

    def fix(self, title: str, *edits: Edit, preferred: bool = True) -> Fix:
        """A fix within the file looked at."""
        return Fix(title, lambda: (self.edit(edit) for edit in edits), preferred)

    @property
    def head(self) -> Span:
        """Where to report what concerns the record as a whole: its title, or the first line of its text."""
        if self.record.heading is not None:
            return self.record.heading.span
        lines = self.record.lines
        start = (
            lines.line_at(self.record.front.body) if self.record.front and self.record.front.body < len(self.record.text) else 0
        )
        return next(
            (span for n in range(start, len(lines)) if (span := lines.span(n)).of(self.record.text).strip()), lines.span(0)
        )

    def others(self, tally: Tally[_K], key: _K) -> int:
        """How many other records of the log have something."""
        return self.log.count(tally, key, self.record)

    @property
    def siblings(self) -> int:
        """How many other records the log has."""
        return self.log.size - (self.record.path in self.log.records)


LONG = 80
"""How much of a title a message repeats: some teams put the whole decision into it."""


def called(record: Known) -> str:
    """A record as messages name it: ``ADR-003, “Use Kafka”``."""
    title = record.title or ""
    if len(title) > LONG:
        title = title[: LONG - 1].rstrip() + "…"
    return f"{record.id}, “{title}”" if title and title != record.id else record.id


Check = Callable[[Subject], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule; see the module."""

    name: str
    level: Level
    check: Check = field(repr=False)
    about: About = "record"
    """What kind of file it looks at."""
    strict: Level | None = None
    """The level for those who want to hear of everything, matters of taste included; None where it is the default."""
    pages: bool = False
    """Whether it looks at other pages that refer to records as well."""
    asciidoc: bool = False
    """Whether it is as sure of AsciiDoc, of which it sees no more than their transcript says; see `adr_ls.syntax.asciidoc`."""

    @cached_property
    def doc(self) -> str:
        """The whole explanation, as Markdown."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The explanation's first line."""
        return self.doc.partition("\n")[0]

    @property
    def explanation(self) -> str:
        """Why the rule matters: the prose behind the first line, without the example."""
        return self._parts[""]

    @property
    def before(self) -> str:
        """The example that breaks the rule."""
        return self._parts["before"]

    @property
    def after(self) -> str:
        """The example after the first fix; empty where the rule has none."""
        return self._parts["after"]

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """The prose behind the first line (by an empty name), and the examples by theirs."""
        found = {"": "", "before": "", "after": ""}
        name = fence = ""
        for line in self.doc.splitlines(keepends=True)[1:]:
            mark = re.match(r"```+|", line)
            if fence and line.strip() == fence:
                name = fence = ""
            elif mark and mark[0] and not fence:
                fence, name = mark[0], line.rpartition(" ")[2].strip()
            else:
                found[name] += line
        return MappingProxyType(found | {"": found[""].strip()})


def rule(level: Level, *, strict: Level | None = None, pages: bool = False, asciidoc: bool = False) -> Callable[[Check], Rule]:
    """Declares a rule that looks at each record, and with `pages` at other pages that refer to records; with `asciidoc` at such in AsciiDoc, too.

    `level` is its default, `strict` the one under the strict profile if another.
    """
    return lambda check: Rule(_name(check), level, check, strict=strict, pages=pages, asciidoc=asciidoc)


def index_rule(level: Level, *, strict: Level | None = None) -> Callable[[Check], Rule]:
    """Declares a rule that looks at each index; the levels are those of `rule`."""
    return lambda check: Rule(_name(check), level, check, "index", strict)


def code_rule(level: Level, *, strict: Level | None = None) -> Callable[[Check], Rule]:
    """Declares a rule that looks at each file of source code that refers to records; the levels are those of `rule`."""
    return lambda check: Rule(_name(check), level, check, "code", strict)


def settings_rule(level: Level) -> Callable[[Check], Rule]:
    """Declares a rule that looks at each settings file."""
    return lambda check: Rule(_name(check), level, check, "settings")


def _name(check: Check) -> str:
    return check.__name__.replace("_", "-")
