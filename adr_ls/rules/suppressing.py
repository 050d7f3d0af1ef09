"""Comments by which people silence a rule, and the rules on these comments.

``<!-- adr-ls-disable-next-line RULE -->``, ``<!-- adr-ls-disable RULE -->`` up to ``<!-- adr-ls-enable RULE -->`` or the end, and
``<!-- adr-ls-disable-file RULE -->``; without a rule, all of them. Within front matter the same words stand behind ``#``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adr_ls.record import Record
from adr_ls.rules.model import FileEdit, Fix, Found, Problem, Rule, Subject, rule
from adr_ls.text import Edit, Span, line_end

_COMMENT = re.compile(
    r"(?:<!--|(?P<yaml>#))[ \t]*adr-ls-(?P<what>disable-next-line|disable-file|disable|enable)(?P<rules>[\w, \t-]*?)[ \t]*(?(yaml)(?=\r|\n|\Z)|-->)",
)


@dataclass(frozen=True)
class Directive:
    """One rule named in a comment (empty for all), where its name stands, and the part of the text that it is about."""

    rule: str
    name: Span
    comment: Span
    scope: Span

    def hides(self, problem: Problem) -> bool:
        """Whether the problem is silenced by it."""
        return self.rule in ("", problem.rule.name) and self.scope.start <= problem.span.start <= self.scope.end


def directives(record: Record) -> list[Directive]:
    """All directives of a file, in order; comments in code are none."""
    if "adr-ls-" not in record.text:
        return []
    comments = [match for match in _COMMENT.finditer(record.text) if _is_comment(record, match)]
    found: list[Directive] = []
    for position, match in enumerate(comments):
        if match["what"] == "enable":
            continue
        for name, span in _names(match):
            scope = _scope(record, match, name, comments[position + 1 :])
            found.append(Directive(name, span, Span(*match.span()), scope))
    return found


def _is_comment(record: Record, match: re.Match[str]) -> bool:
    if match["yaml"]:
        return record.front is not None and record.front.content.covers(Span(*match.span()))
    return record.document.kind_at(match.start()) in ("block_html", "inline_html")


def _names(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    names = list(re.finditer(r"[\w-]+", match["rules"]))
    for name in names:
        yield name[0], Span(*name.span()).shift(match.start("rules"))
    if not names:
        yield "", Span(*match.span())


def _scope(record: Record, match: re.Match[str], name: str, following: Iterable[re.Match[str]]) -> Span:
    if match["what"] == "disable-file":
        return Span(0, len(record.text))
    if match["what"] == "disable-next-line":
        line = record.lines.line_at(match.end()) + 1
        return record.lines.span(line) if line < len(record.lines) else Span(len(record.text), len(record.text))
    end = next(
        (other.start() for other in following if other["what"] == "enable" and name in ("", *(n for n, _ in _names(other)))),
        None,
    )
    every = next((other.start() for other in following if other["what"] == "enable" and not other["rules"].strip()), None)
    ends = [at for at in (end, every) if at is not None]
    return Span(match.start(), min(ends, default=len(record.text)))


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
    problems: Iterable[Problem], record: Record, names: frozenset[str]
) -> tuple[list[Problem], list[tuple[Rule, Found]]]:
    """The problems that no directive hides, and what is wrong with the directives; `names` are the rules that there are."""
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
        if directive.rule and directive.rule not in names:
            near = difflib.get_close_matches(directive.rule, names, 1)
            fixes = (_renamed(record, directive, near[0]),) if near else ()
            said = f"There is no rule “{directive.rule}”" + (f"; did you mean “{near[0]}”?" if near else ".")
            wrong.append((suppression_unknown, Found(directive.name, said, fixes)))
        elif directive not in used:
            what = f"“{directive.rule}” reports" if directive.rule else "Any rule reports"
            wrong.append(
                (
                    suppression_unused,
                    Found(directive.name, f"{what} nothing here, so it need not be silenced.", tag="unnecessary"),
                )
            )
    return kept, wrong


def _renamed(record: Record, directive: Directive, name: str) -> Fix:
    return Fix(f"Change to “{name}”", lambda: iter((FileEdit(record.path, Edit(directive.name, name)),)), preferred=False)


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
    """
    del subject  # as above
    yield from ()


RULES: tuple[Rule, ...] = (suppression_unknown, suppression_unused)
