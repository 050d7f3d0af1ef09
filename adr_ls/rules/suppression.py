"""Comments by which people silence a rule, and the rules on these comments.

``<!-- adr-ls-disable-line RULE -->``, ``<!-- adr-ls-disable-next-line RULE -->``, ``<!-- adr-ls-disable RULE -->`` up to
``<!-- adr-ls-enable RULE -->`` or the end, and ``<!-- adr-ls-disable-file RULE -->``; without a rule, all of them. The next line is the
next that is not blank. Behind the rules a reason may stand: ``RULE -- since we …``. Within front matter the same words stand behind ``#``, in
AsciiDoc on a line of their own behind ``//``, in source code in any comment.
madr-lint's comments of the same form and adr-kit's ``<!-- adr-kit-lint: skip -->`` count for the rules that mean the same; whether they
are needed is not for us to say.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from adr_ls.record.code import Code
from adr_ls.record.record import Record
from adr_ls.rules.model import Fix, Found, Problem, Rule, Subject, rule
from adr_ls.settings import former, other_tools
from adr_ls.syntax import lazy
from adr_ls.syntax.change import FileEdit
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words.similar import LOOSE, nearest
from adr_ls.write.editing import without_lines

VERBS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")
_COMMENT = lazy.regex(
    r"(?:<!--|(?P<yaml>#))[ \t]{0,9}(?P<tool>adr-ls|madr-lint)-(?P<what>[a-z](?:\w|-(?=\w)){0,40})(?!\w)"
    r"(?P<rules>(?:[\w, \t/]|-(?!-))*)[^\n\r<>]*?(?:(?P<closed>-->)|(?=[\n\r<>]|\Z))",
    re.IGNORECASE,
)
"""What may be a comment, up to its end or the one of its line, so that none is looked for twice in one line."""
_IN_CODE = lazy.regex(
    rf"(?<![\w-])(?P<tool>adr-ls)-(?P<what>{'|'.join(sorted(VERBS, key=len, reverse=True))})(?![\w-])"
    r"(?P<rules>(?:[ \t]{0,9},?[ \t]{1,9}[a-z]{1,40}(?:-[a-z]{1,40})+)*)",
    re.IGNORECASE,
)
"""The same words in a comment of source code, whatever its marks are."""
_IN_ASCIIDOC = lazy.regex(
    r"^//(?!/)[ \t]{0,9}(?P<tool>adr-ls)-(?P<what>[a-z](?:\w|-(?=\w)){0,40})(?!\w)(?P<rules>(?:[\w, \t/]|-(?!-))*)[^\r\n]*",
    re.IGNORECASE | re.MULTILINE,
)
"""The same words in a line of AsciiDoc that is a comment."""
_ADR_KIT = lazy.regex(r"<!--[ \t]{0,9}adr-kit-lint:(?P<what>[^<>\n]{0,500}?)-->", re.IGNORECASE)
_NAME = lazy.regex(r"(?<![\w/-])[/-]*\w[\w/-]*")


class _Given:
    """Where comments give back what was silenced: some rules, or all of them."""

    def __init__(self, comments: Iterable[_Comment]) -> None:
        self._all: list[int] = []
        self._single: dict[str, list[int]] = {}
        for comment in comments:
            for name in comment.rules:
                self._single.setdefault(name, []).append(comment.span.start)
            if not comment.names:
                self._all.append(comment.span.start)

    def of(self, rule: str, after: int) -> int:
        """The first place behind one where that rule is given back; far off if it is not."""
        found = [
            places[at]
            for places in (self._all, self._single.get(rule, []))
            if (at := bisect_right(places, after)) < len(places)
        ]
        return min(found, default=sys.maxsize)


@dataclass(frozen=True)
class Directive:
    """What one comment silences by one name: the rules (none for all of them), and the part of the text that it is about.

    `written` is that name and `name` where it stands, or the whole comment where it has none; `names` are all of its names. `back` tells
    from where on rules are heard of again. `own` is false for another tool's comment.
    """

    written: str
    rules: frozenset[str]
    name: Span
    comment: Span
    names: tuple[Span, ...]
    scope: Span
    back: _Given | None = field(default=None, compare=False)
    own: bool = True

    def end_for(self, rule: str) -> int:
        """Up to where it silences a rule."""
        return min(self.scope.end, self.back.of(rule, self.scope.start)) if self.back is not None else self.scope.end


@dataclass(frozen=True)
class _Comment:
    """A comment as written: what it is to do, and the rules that it names."""

    match: re.Match[str]

    @property
    def what(self) -> str:
        return self.match["what"].casefold()

    @property
    def own(self) -> bool:
        return self.match["tool"].casefold() == "adr-ls"

    @property
    def span(self) -> Span:
        return Span(*self.match.span())

    @cached_property
    def names(self) -> list[tuple[str, frozenset[str], Span]]:
        """The names in the comment, the rules that each means, and where it stands."""
        start = self.match.start("rules")
        return [
            (
                name[0],
                frozenset({former.rule(name[0].casefold()) or name[0].casefold()})
                if self.own
                else other_tools.same_as([name[0]]),
                Span(*name.span()).shift(start),
            )
            for name in _NAME.finditer(self.match["rules"])
        ]

    @cached_property
    def rules(self) -> frozenset[str]:
        """All the rules that it names."""
        return frozenset(rule for _, rules, _ in self.names for rule in rules)


def rules_at(record: Record, offset: int) -> tuple[frozenset[str], Span] | None:
    """The rules that a comment names at an offset, and where; None where it names none there."""
    names = (name for comment in _comments(record) for name in comment.names if name[1] and offset in name[2])
    return next(((rules, span) for written, rules, span in names if written), None)


def _comments(record: Record) -> list[_Comment]:
    """The comments of a file, in order; what stands in code is none."""
    folded = record.written.casefold()
    if "adr-ls-" not in folded and "madr-lint-" not in folded:
        return []
    if isinstance(record, Code):
        # Where the language is not known, any text may be a comment
        comments = (one.span for one in record.passages if one.kind == "comment")
        places = comments if record.language is not None else (Span(0, len(record.text)),)
        return [_Comment(match) for place in places for match in _IN_CODE.finditer(record.text, *place)]
    if record.is_fixed:  # a comment is blank in the transcript, and what only looks like one in a listing is not
        found = _IN_ASCIIDOC.finditer(record.written)
        return [_Comment(match) for match in found if not Span(*match.span()).of(record.text).strip()]
    return [_Comment(match) for match in _COMMENT.finditer(record.text) if _is_comment(record, match)]


def _is_comment(record: Record, match: re.Match[str]) -> bool:
    if match.re.pattern == _COMMENT.pattern and match["yaml"]:
        is_whole = not match["closed"] and record.text[match.end() : match.end() + 1] in ("", "\r", "\n")
        return is_whole and record.front is not None and record.front.content.covers(Span(*match.span()))
    if match.re.pattern == _COMMENT.pattern and not match["closed"]:
        return False
    return record.document.kind_at(match.start()) in ("block_html", "inline_html")


def _directives(record: Record, comments: Sequence[_Comment]) -> Iterator[Directive]:
    """What the comments silence."""
    given = {own: _Given(one for one in comments if one.own == own and one.what == "enable") for own in (True, False)}
    for comment in comments:
        if comment.what in VERBS and comment.what != "enable":
            yield from _silencing(record, comment, given[comment.own])
    match = _ADR_KIT.search(record.text)  # the first of a file is the one that counts
    if match is not None and _is_comment(record, match):
        what, _, gates = match["what"].strip().casefold().partition(" ")
        rules = other_tools.same_as(gate.strip() for gate in gates.split(","))
        if what == "skip" and (rules or not gates.strip()):
            place = Span(*match.span())
            yield Directive(match["what"], rules, place, place, (), Span(0, len(record.text)), own=False)


def _silencing(record: Record, comment: _Comment, given: _Given) -> Iterator[Directive]:
    names, scope = tuple(span for _, _, span in comment.names), _scope(record, comment)
    for written, rules, name in comment.names or [("", frozenset[str](), comment.span)]:
        if comment.own or rules or not written:  # another tool's rule may be none of ours
            back = given if comment.what == "disable" else None
            yield Directive(written, rules, name, comment.span, names, scope, back, comment.own)


_WRITTEN = lazy.regex(r"\S")


def _scope(record: Record, comment: _Comment) -> Span:
    """The part of the text that a comment is about, as if nothing behind it gave anything back."""
    size, lines = len(record.text), record.lines
    line = lines.line_at(comment.span.end)
    if comment.what == "disable-file":
        return Span(0, size)
    if comment.what == "disable-line":
        return lines.span(line)
    if comment.what == "disable-next-line":
        below = _WRITTEN.search(record.text, lines.full_span(line).end)
        return lines.span(lines.line_at(below.start())) if below else Span(size, size)
    return Span(comment.span.start, size)


# Silencing one problem


def silence(problem: Problem, record: Record) -> Fix | None:
    """Puts a comment above the line of a problem that silences its rule there, or behind it where one above would break a block.

    None where the line begins in a string of source code, and in a file that is only read.
    """
    if record.is_fixed:
        return None
    text, lines = record.text, record.lines
    line = lines.line_at(problem.span.start)
    if isinstance(record, Code):
        edit = _above(record, lines.span(line), f"adr-ls-disable-next-line {problem.rule.name}")
        return _silencing_by(problem, record, edit) if edit is not None else None
    span, front = lines.span(line), record.front
    in_front = front is not None and front.content.start <= span.start < front.content.end
    blocks = record.document.block_at(problem.span.start) if not in_front else ()
    begins = not blocks or (len(blocks) == 1 and blocks[0].kind != "table" and lines.line_at(blocks[0].span.start) == line)
    words = f"adr-ls-disable-next-line {problem.rule.name}"
    if in_front or begins:
        comment = f"# {words}" if in_front else f"<!-- {words} -->"
        indent = re.match(r"[ \t]*", span.of(text))
        edit = Edit(Span(span.start, span.start), f"{indent[0] if indent else ''}{comment}{line_end(text)}")
    else:
        written = span.of(text)
        end = len(written.rstrip(" \t"))  # two blanks at the end of a line are a mark
        if blocks[0].kind == "table" or any(block.kind == "table" for block in blocks):
            end = len(written[:end].removesuffix("|").rstrip(" \t")) if written[:end].endswith("|") else end
        end -= written[:end].endswith("\\") and not written[:end].endswith("\\\\")
        at = span.start + end
        edit = Edit(Span(at, at), f" <!-- adr-ls-disable-line {problem.rule.name} -->")
    return _silencing_by(problem, record, edit)


def _silencing_by(problem: Problem, record: Record, edit: Edit) -> Fix:
    return Fix(f"Silence {problem.rule.name} on this line", lambda: iter((FileEdit(record.path, edit),)), preferred=False)


def _above(record: Code, line: Span, words: str) -> Edit | None:
    """A comment above a line of source code; None where none can stand there."""
    written = line.of(record.text)
    indent = written[: len(written) - len(written.lstrip(" \t"))]
    passage = record.passage(line.start + len(indent))
    begins = passage.span.start >= line.start or passage.kind in ("code", "unknown")
    if record.language is None or (not begins and passage.kind != "comment"):
        return None
    before, behind = record.language.mark
    if not begins:  # within a comment over several lines
        star = re.match(r"\*[ \t]+", written[len(indent) :])
        before, behind = star[0] if star else "", ""
    elif not before:
        return None
    return Edit(Span(line.start, line.start), f"{indent}{before}{words}{behind}{line_end(record.text)}")


# Judging the comments


def silenced(
    problems: Iterable[Problem],
    record: Record,
    names: frozenset[str],
    unheard: frozenset[str] = frozenset(),
    *,
    quieted: bool = False,
) -> tuple[list[Problem], list[tuple[Rule, Found]]]:
    """The problems that no directive hides, and what is wrong with the directives.

    `names` are the rules that there are. What does not report here cannot be told to be silenced for nothing: the rules `unheard`, and
    where somebody has `quieted` any, whatever is for all.
    """
    comments = _comments(record)
    directives = list(_directives(record, comments))
    kept, used = _heard(list(problems), directives)
    own = [comment for comment in comments if comment.own]
    wrong = [(suppression_unknown, found) for found in _unknown(record, own, names)]
    wrong += [(suppression_unused, found) for found in _idle(record, own, names)]
    for directive in directives:
        doubtful = directive.rules & unheard or not directive.rules <= names if directive.rules else quieted
        if directive.own and directive not in used and not doubtful:
            said = f"“{directive.written}” reports nothing here" if directive.written else "No rule reports anything here"
            fixes = (_removed(record, directive.comment, directive.name, directive.names),)
            found = Found(directive.name, f"{said}, so it need not be silenced.", fixes, tag="unnecessary")
            wrong.append((suppression_unused, found))
    return kept, wrong


def _heard(problems: list[Problem], directives: Iterable[Directive]) -> tuple[list[Problem], set[Directive]]:
    """The problems that no directive hides, and the directives that hide any."""
    places: dict[str, list[int]] = {}
    for problem in problems:
        places.setdefault(problem.rule.name, []).append(problem.span.start)
    for starts in places.values():
        starts.sort()
    # How many more directives hide the problem of that place among those of its rule than the one before it
    more = {name: [0] * (len(starts) + 1) for name, starts in places.items()}
    used: set[Directive] = set()
    for directive in directives:
        for name in directive.rules & places.keys() if directive.rules else places:
            first = bisect_left(places[name], directive.scope.start)
            last = bisect_right(places[name], directive.end_for(name))
            if first < last:
                used.add(directive)
                more[name][first] += 1
                more[name][last] -= 1
    hidden = {name: list(accumulate(counts)) for name, counts in more.items()}
    kept = [one for one in problems if not hidden[one.rule.name][bisect_left(places[one.rule.name], one.span.start)]]
    return kept, used


def _unknown(record: Record, comments: Iterable[_Comment], names: frozenset[str]) -> Iterator[Found]:
    """Comments that ask for what there is not, and rules in them that do not exist."""
    for comment in comments:
        if comment.what not in VERBS:
            place = Span(*comment.match.span("what"))
            yield _no_such(record, "comment", f"adr-ls-{comment.match['what']}", place, comment.what, VERBS)
            continue
        for written, rules, span in comment.names:
            word = written.casefold()
            if word in former.RULES:
                yield _former(record, written, span, former.rule(word))
            elif not rules <= names:
                yield _no_such(record, "rule", written, span, written.casefold(), names)


def _former(record: Record, written: str, place: Span, now: str) -> Found:
    """A name by which the rule was known to an earlier version; it counts as long as the rule is there."""
    change = Fix(f"Change to “{now}”", lambda: iter((FileEdit(record.path, Edit(place, now)),)))
    return Found(place, former.told("rule", written, now), (change,) if now else ())


def _no_such(record: Record, what: str, said: str, place: Span, word: str, known: Iterable[str]) -> Found:
    near = nearest(word, known, LOOSE)
    whole = f"adr-ls-{near}" if near and what == "comment" else near
    message = f"There is no {what} “{said}”" + (f"; did you mean “{whole}”?" if near else ".")
    change = Fix(f"Change to “{whole}”", lambda: iter((FileEdit(record.path, Edit(place, near)),)), preferred=False)
    return Found(place, message, (change,) if near else ())


def _idle(record: Record, comments: Sequence[_Comment], names: frozenset[str]) -> Iterator[Found]:
    """Comments that give back what was never silenced."""
    any_silenced = all_silenced = False
    silenced: set[str] = set()
    for comment in comments:
        ends = all_silenced or (any_silenced if not comment.names else not silenced.isdisjoint(comment.rules))
        if comment.what == "disable":
            any_silenced, all_silenced = True, all_silenced or not comment.names
            silenced |= comment.rules
        if comment.what == "enable" and comment.rules <= names and not ends:
            fixes = (_removed(record, comment.span, comment.span, ()),)
            yield Found(comment.span, "Nothing is silenced here that could be given back.", fixes, tag="unnecessary")


def _removed(record: Record, comment: Span, name: Span, names: tuple[Span, ...]) -> Fix:
    """Takes a name out of its comment, or the comment with its line where there is nothing else in it."""
    if len(names) > 1:
        place = bisect_left(names, name)
        span = Span(names[place - 1].end, name.end) if place else Span(name.start, names[1].start)
        title = f"Remove “{name.of(record.text)}” from the comment"
        edit = Edit(span, "")
    else:
        title = "Remove the comment"
        edit = _without(record, comment)
    return Fix(title, lambda: iter((FileEdit(record.path, edit),)))


def _without(record: Record, comment: Span) -> Edit:
    """Takes out a comment: with its line where it stands alone there, else with the blanks before it."""
    text, lines = record.text, record.lines
    line = lines.line_at(comment.start)
    if lines.span(line).of(text).strip() == comment.of(text).strip():
        return without_lines(record, line, line)
    before = text[lines.starts[line] : comment.start]
    return Edit(Span(comment.start - (len(before) - len(before.rstrip(" \t"))), comment.end), "")


@rule("warning")
def suppression_unknown(subject: Subject) -> Iterator[Found]:
    """A comment names a rule that does not exist, or asks for what there is not.

    It looks as if it silenced something, and does not.

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
    """A comment silences what reports nothing there, or gives back what was not silenced.

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
