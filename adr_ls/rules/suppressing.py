"""Comments by which people silence a rule, and the rules on these comments.

``<!-- adr-ls-disable-next-line RULE -->``, ``<!-- adr-ls-disable RULE -->`` up to ``<!-- adr-ls-enable RULE -->`` or the end, and
``<!-- adr-ls-disable-file RULE -->``; without a rule, all of them. The next line is the next that is not blank. Within front matter the
same words stand behind ``#``. madr-lint's comments of the same form and adr-kit's ``<!-- adr-kit-lint: skip -->`` count for the rules
that mean the same; whether they are needed is not for us to say.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from adr_ls import peers
from adr_ls.record import Record
from adr_ls.rules.model import FileEdit, Fix, Found, Problem, Rule, Subject, rule
from adr_ls.text import Edit, Span, line_end

_COMMENT = re.compile(
    r"(?:<!--|(?P<yaml>#))[ \t]*(?P<tool>adr-ls|madr-lint)-(?P<what>disable-next-line|disable-file|disable|enable)"
    r"(?P<rules>[\w, \t/-]*?)[ \t]*(?(yaml)(?=\r|\n|\Z)|-->)",
)
_ADR_KIT = re.compile(r"<!--\s*adr-kit-lint:\s*(?P<what>[^>]+?)\s*-->", re.IGNORECASE)
_NAME = re.compile(r"[\w/-]+")


@dataclass(frozen=True)
class Directive:
    """What one comment silences by one name: the rules (none for all of them), and the part of the text that it is about.

    `written` is that name and `name` where it stands, or the whole comment where it has none; `names` are all of its names. `back` tells from where on
    single rules are heard of again though all were silenced. `own` is false for another tool's comment.
    """

    written: str
    rules: frozenset[str]
    name: Span
    comment: Span
    names: tuple[Span, ...]
    scope: Span
    back: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    own: bool = True

    def hides(self, problem: Problem) -> bool:
        """Whether the problem is silenced by it."""
        rule, at = problem.rule.name, problem.span.start
        if self.rules and rule not in self.rules:
            return False
        return self.scope.start <= at <= self.scope.end and at < self.back.get(rule, at + 1)


def directives(record: Record) -> list[Directive]:
    """All directives of a file, in order; comments in code are none."""
    found: list[Directive] = []
    if "adr-ls-" in record.text or "madr-lint-" in record.text:
        comments = [_Comment(match) for match in _COMMENT.finditer(record.text) if _is_comment(record, match)]
        for position, comment in enumerate(comments):
            if comment.what != "enable":
                found += _silencing(record, comment, [one for one in comments[position + 1 :] if one.own == comment.own])
    if "adr-kit-lint" in record.text.casefold():
        found += _of_adr_kit(record)
    return found


@dataclass(frozen=True)
class _Comment:
    match: re.Match[str]

    @property
    def what(self) -> str:
        return self.match["what"]

    @property
    def own(self) -> bool:
        return self.match["tool"] == "adr-ls"

    @cached_property
    def names(self) -> list[tuple[str, frozenset[str], Span]]:
        """The names in the comment, the rules that each means, and where it stands."""
        start = self.match.start("rules")
        return [
            (name[0], frozenset({name[0]}) if self.own else peers.same_as([name[0]]), Span(*name.span()).shift(start))
            for name in _NAME.finditer(self.match["rules"])
        ]


def _silencing(record: Record, comment: _Comment, following: Sequence[_Comment]) -> Iterator[Directive]:
    whole = Span(*comment.match.span())
    for written, rules, name in comment.names or [("", frozenset[str](), whole)]:
        if comment.own or rules or not written:  # another tool's rule may be none of ours
            scope, back = _scope(record, comment, rules, following)
            names = tuple(span for _, _, span in comment.names)
            yield Directive(written, rules, name, whole, names, scope, back, comment.own)


def _scope(
    record: Record, comment: _Comment, rules: frozenset[str], following: Sequence[_Comment]
) -> tuple[Span, Mapping[str, int]]:
    size = len(record.text)
    if comment.what == "disable-file":
        return Span(0, size), MappingProxyType({})
    if comment.what == "disable-next-line":
        lines = record.lines
        below = range(lines.line_at(comment.match.end()) + 1, len(lines))
        line = next((line for line in below if lines.span(line).of(record.text).strip()), None)
        return (lines.span(line) if line is not None else Span(size, size)), MappingProxyType({})
    end, back = size, dict[str, int]()
    for other in following:
        if other.what == "enable":
            named = frozenset().union(*(some for _, some, _ in other.names))
            if not other.names or (rules and rules <= named):
                end = other.match.start()
                break
            for name in named:
                back.setdefault(name, other.match.start())
    return Span(comment.match.start(), end), MappingProxyType(back)


def _of_adr_kit(record: Record) -> Iterator[Directive]:
    """The first comment of adr-kit in a file is the one that counts."""
    match = _ADR_KIT.search(record.text)
    if match is None or not _is_comment(record, match):
        return
    what, _, gates = match["what"].strip().casefold().partition(" ")
    rules = peers.same_as(gate.strip() for gate in gates.split(","))
    if what == "skip" and (rules or not gates.strip()):
        place = Span(*match.span())
        yield Directive(match["what"], rules, place, place, (), Span(0, len(record.text)), own=False)


def _is_comment(record: Record, match: re.Match[str]) -> bool:
    if match.re is _COMMENT and match["yaml"]:
        return record.front is not None and record.front.content.covers(Span(*match.span()))
    return record.document.kind_at(match.start()) in ("block_html", "inline_html")


def silence(problem: Problem, record: Record) -> Fix:
    """Puts a comment above the line of a problem that silences its rule there."""
    line = record.lines.line_at(problem.span.start)
    at = record.lines.starts[line]
    words = f"adr-ls-disable-next-line {problem.rule.name}"
    front = record.front
    comment = f"# {words}" if front is not None and front.content.start <= at < front.content.end else f"<!-- {words} -->"
    indent = re.match(r"[ \t]*", record.text[at : record.lines.ends[line]])
    text = f"{indent[0] if indent else ''}{comment}{line_end(record.text)}"
    return Fix(
        f"Silence {problem.rule.name} on this line",
        lambda: iter((FileEdit(record.path, Edit(Span(at, at), text)),)),
        preferred=False,
    )


def silenced(
    problems: Iterable[Problem], record: Record, names: frozenset[str], unheard: frozenset[str] = frozenset()
) -> tuple[list[Problem], list[tuple[Rule, Found]]]:
    """The problems that no directive hides, and what is wrong with the directives.

    `names` are the rules that there are, `unheard` those that were switched off: whether these need silencing nobody can tell.
    """
    own = directives(record)
    if not own:
        return list(problems), []
    used: set[Directive] = set()
    kept = []
    for problem in problems:
        hiding = [directive for directive in own if directive.hides(problem)]
        used.update(hiding)
        if not hiding:
            kept.append(problem)
    wrong = []
    for directive in own:
        if directive.own and directive.written and directive.written not in names:
            near = difflib.get_close_matches(directive.written, names, 1)
            fixes = (_renamed(record, directive, near[0]),) if near else ()
            said = f"There is no rule “{directive.written}”" + (f"; did you mean “{near[0]}”?" if near else ".")
            wrong.append((suppression_unknown, Found(directive.name, said, fixes)))
        elif directive.own and directive not in used and not (directive.rules & unheard if directive.rules else unheard):
            what = f"“{directive.written}” reports" if directive.written else "Any rule reports"
            said = f"{what} nothing here, so it need not be silenced."
            wrong.append((suppression_unused, Found(directive.name, said, (_removed(record, directive),), tag="unnecessary")))
    return kept, wrong


def _renamed(record: Record, directive: Directive, name: str) -> Fix:
    return Fix(f"Change to “{name}”", lambda: iter((FileEdit(record.path, Edit(directive.name, name)),)), preferred=False)


def _removed(record: Record, directive: Directive) -> Fix:
    """Takes a name out of its comment, or the comment with its line where there is nothing else in it."""
    place = directive.names.index(directive.name) if len(directive.names) > 1 else None
    if place is not None:
        span = (
            Span(directive.names[place - 1].end, directive.name.end)
            if place
            else Span(directive.name.start, directive.names[1].start)
        )
        title = f"Remove “{directive.written}” from the comment"
    else:
        line = record.lines.line_at(directive.comment.start)
        alone = record.lines.span(line).of(record.text).strip() == directive.comment.of(record.text).strip()
        span, title = record.lines.full_span(line) if alone else directive.comment, "Remove the comment"
    return Fix(title, lambda: iter((FileEdit(record.path, Edit(span, "")),)))


@rule("warning")
def suppression_unknown(subject: Subject) -> Iterator[Found]:
    """A comment silences a rule that does not exist.

    ```md before
    # 1. Use Kafka

    <!-- adr-ls-disable-next-line status-unknwn -->
    **Status**: Accepted
    ```
    """
    del subject  # found where all problems of the file are known: see `silenced`
    yield from ()


@rule("info")
def suppression_unused(subject: Subject) -> Iterator[Found]:
    """A comment silences a rule that reports nothing there.

    It would hide the next problem that comes along.

    ```md before
    # 1. Use Kafka

    <!-- adr-ls-disable-next-line status-unknown -->
    **Status**: Accepted
    ```

    ```md after
    # 1. Use Kafka

    **Status**: Accepted
    ```
    """
    del subject  # as above
    yield from ()


RULES: tuple[Rule, ...] = (suppression_unknown, suppression_unused)
