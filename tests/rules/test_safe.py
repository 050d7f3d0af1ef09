"""What must hold of every fix that is applied unasked: nothing that a file says changes but what the fix's title says.

That is looked at in the real collections, and in texts made of them: wrapped at other widths, quoted, with what relates records denied,
and in other languages.
"""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from adr_ls import rules
from adr_ls.io import disk
from adr_ls.log.workspace import Workspace
from adr_ls.record.facts import Facts
from adr_ls.record.record import Record
from adr_ls.rules.model import Fix, Problem
from adr_ls.syntax.change import Change
from adr_ls.syntax.text import Edit, Span, apply
from adr_ls.words import lookup
from adr_ls.words.lookup import RELATION_WORDS, SECTION_ROLES, STATUS_WORDS, fold
from tests.conftest import EVERYTHING
from tests.fixture import whole
from tests.rules.test_fixes import STRICT, chosen, strict
from tests.test_corpora import MEDIUM, collections

pytestmark = pytest.mark.timeout(3600 if EVERYTHING else 300)

SAMPLE = 2
"""How many problems of each rule are mended in each collection."""


# What a file says


def said(workspace: Workspace, facts: Facts) -> Iterator[tuple[str, str]]:
    """What a record says of itself and of others, each with its kind."""
    if facts.title:
        yield "title", fold(facts.title)
    yield "number", str(facts.number)
    yield "state", str(workspace.canonical(facts))
    date = workspace.date(facts)
    if date:
        yield "date", date
    for related in facts.relations:
        if related.evidence == "declared":
            found = workspace.resolve(facts, related.mention)
            yield related.relation, found.path or related.mention.path or f"{related.mention.series}{related.mention.number}"
    for section in facts.sections:
        if section.role is not None:
            yield "section", section.role


def listed(workspace: Workspace, path: str) -> Iterator[tuple[str, str]]:
    """What an index says of records."""
    index = workspace.indexes.get(path)
    for entry in index.entries if index is not None else ():
        yield "entry", f"{entry.path} {sorted({statement.value for statement in entry.statements})}"


def told(workspace: Workspace, paths: set[str]) -> Counter[tuple[str, str, str]]:
    """All of that, of some files."""
    found: Counter[tuple[str, str, str]] = Counter()
    for path in paths:
        facts = workspace.records.get(path)
        if facts is not None:
            found.update((path, kind, value) for kind, value in said(workspace, facts))
        found.update((path, kind, value) for kind, value in listed(workspace, path))
    return found


def around(workspace: Workspace, paths: set[str]) -> set[str]:
    """Those files and all that refer to them or list them."""
    found = set(paths)
    for path in paths:
        found.update(workspace.backlinks.get(path, ()))
        log = workspace.log_of(path)
        found.update(index.path for index in workspace.indexes_of(log)) if log is not None else None
    return found


# What a title says


def is_announced(workspace: Workspace, problem: Problem, fix: Fix, fact: tuple[str, str, str], given: str) -> bool:
    """Whether a fix's title, with the message above it, tells of a fact that comes or goes; `given` are such facts of the other kind."""
    _, kind, value = fact
    words = fold(f"{fix.title} {problem.message}")

    def is_named(target: str) -> bool:
        facts = workspace.records.get(target)
        names = [posixpath.basename(target), *([facts.id, facts.title or facts.id] if facts is not None else [])]
        return target == problem.path or any(fold(name) in words for name in names)  # “this record”

    match kind:
        case "state":
            return any(
                STATUS_WORDS[word] == value for word in STATUS_WORDS if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)
            )
        case "date":
            return value in words or value.replace("-", "") in re.sub(r"\D", "", words) or "date" in problem.rule.name
        case "title":
            return value in words or value in given or given in value
        case "number":
            return value in words
        case "section":
            return any(SECTION_ROLES[word] == value for word in SECTION_ROLES if word in words)
        case "entry":
            return is_named(value.partition(" ")[0])
        case _:
            return is_named(value)


def harm(workspace: Workspace, problem: Problem, fix: Fix) -> Iterator[str]:
    """What a fix changes without saying so."""
    gone, come = changes(workspace, fix.change)
    for facts, others in ((gone, come), (come, gone)):
        for fact in facts:
            path, kind, value = fact
            if facts is gone and kind == "state" and any((other[0], other[1]) == (path, kind) for other in come):
                continue  # what was stated gives way to what is
            given = "; ".join(other[2] for other in others if other[:2] == (path, kind))
            if not is_announced(workspace, problem, fix, fact, given):
                sign = "no longer" if facts is gone else "now"
                yield f"{posixpath.basename(path)} {sign} says {kind} {value}"


def changes(workspace: Workspace, change: Change) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[str, str, str]]]:
    """What is no longer said after a change, and what is said newly."""
    after = workspace
    for path in change.by_path:
        after = after.with_text(path, change.text(path, whole(workspace, path).text))
    near = around(workspace, set(change.by_path))
    was, now = told(workspace, near), told(after, near)
    return was - now, now - was


# Texts made of others


def paragraphs(record: Record) -> Iterator[Span]:
    """The paragraphs of prose behind the metadata."""
    for section in record.sections:
        if section.role not in ("status", "date"):
            yield from (block.span for block in record.blocks_in(section.own) if block.kind == "paragraph")


def wrapped(record: Record, width: int) -> str:
    edits = []
    for span in paragraphs(record):
        words = span.of(record.text)
        if not re.search(r"  \n|\\\n|`|\|", words):
            edits.append(Edit(span, textwrap.fill(words, width, break_long_words=False, break_on_hyphens=False)))
    return apply(record.text, edits)


def quoted(record: Record) -> str:
    return apply(record.text, [Edit(span, re.sub(r"(?m)^", "> ", span.of(record.text))) for span in paragraphs(record)])


VERBS = re.compile(
    "|".join(
        sorted((rf"\b{re.escape(word)}\b" for word, relation in RELATION_WORDS.items() if relation != "related"), key=len)
    ),
    re.IGNORECASE,
)


def denied(record: Record) -> str:
    edits = [Edit(span, VERBS.sub(lambda verb: f"not {verb[0]}", span.of(record.text))) for span in paragraphs(record)]
    return apply(record.text, edits)


def translated(record: Record, language: str) -> str:
    """The words of statuses, sections and keys in another language."""
    spoken = next(one for one in lookup.LANGUAGES if one.name == language)
    edits = []
    for status in record.statuses:
        words = spoken.statuses.get(status.canonical, ())
        at = status.span.of(record.text).find(status.spelled) if status.spelled else -1
        if words and at >= 0:
            start = status.span.start + at
            edits.append(Edit(Span(start, start + len(status.spelled)), words[0].capitalize()))
    edits += (
        Edit(section.heading.text, spoken.sections[section.role][0].capitalize())
        for section in record.sections
        if section.role in spoken.sections and section.heading.text.of(record.text) == section.name
    )
    edits += (
        Edit(field.key_span, spoken.fields[field.role][0].capitalize())
        for field in record.fields
        if field.role in spoken.fields and field.place != "section" and field.key_span.of(record.text) == field.key
    )
    taken, fitting = -1, []
    for edit in sorted(edits):
        if edit.span.start >= taken:
            fitting.append(edit)
            taken = edit.span.end
    return apply(record.text, fitting)


MADE: dict[str, Callable[[Record], str]] = {
    "wrapped at 40": partial(wrapped, width=40),
    "wrapped at 100": partial(wrapped, width=100),
    "quoted": quoted,
    "denied": denied,
    **{language: partial(translated, language=language) for language in ("German", "French", "Spanish", "Japanese")},
}


def test_a_safe_fix_changes_nothing_that_its_title_does_not_say(corpora: Path) -> None:
    found = [what for root in collections(corpora, MEDIUM) for what in harms(root.name, loaded(root, None))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("made", MADE)
def test_nor_does_it_in_texts_made_of_others(corpora: Path, made: str) -> None:
    roots = chosen(corpora, [*MADE].index(made))
    found = [what for root in roots for what in harms(f"{root.name}, {made}", loaded(root, MADE[made]))]
    assert not found, "\n".join(found)


def loaded(root: Path, made: Callable[[Record], str] | None) -> Workspace:
    """A collection, with texts made of those of its records."""
    workspace = strict(root)
    if made is None:
        return workspace
    opened = {path: made(whole(workspace, path)) for path in workspace.records}
    return disk.load([root], opened=opened, settings=STRICT, rules=rules.NAMES).workspace


def harms(name: str, workspace: Workspace) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for problem in rules.check(workspace):
        for fix in problem.fixes:
            if not fix.preferred:
                continue
            seen[problem.rule.name] += 1
            if EVERYTHING or seen[problem.rule.name] <= SAMPLE:
                for what in harm(workspace, problem, fix):
                    yield f"{name}, {posixpath.basename(problem.path)}: {problem.rule.name}: {fix.title}: {what}"
