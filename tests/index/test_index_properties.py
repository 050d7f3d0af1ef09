"""What must hold of every index, whatever it looks like: made-up indexes in all forms, with words that try to be something else."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_ls.index import create, judge, restyle, update
from adr_ls.log.index import Entry, Index
from adr_ls.log.workspace import Workspace
from adr_ls.syntax.change import Change
from tests.fixture import whole, workspace

PATH = "/w/docs/adr/README.md"
STATUSES = ("Accepted", "Proposed", "Superseded", "Rejected", "Deprecated")
TITLES = st.sampled_from(
    (
        "Use Kafka",
        "Use A | B",
        "Drop `init`",
        "The *best* way",
        "[Draft] it",
        "Say __no__",
        "Öl für Zoë",
        "使用 Kafka",
        "C++ & <T>",
        "2nd try: again",
        "Accepted risks",
    )
)
WORDS = st.sampled_from(
    ("", "", "", "so there", "see #12", "until 2024-05-06", "not (yet)", "a | b", "**bold**", "[link](x.md)", "Rejected once")
)
LINES = (
    "- [{number}. {title}]({file})",
    "* [ADR-{number:03}]({file}) - {title}",
    "1. [{title}](./{file}) - **{status}**",
    "- **[ADR-{number:03}: {title}](./{file})** ({status})",
    "- ✅ [{title}]({file}) — {words}",
    "- [{number}. {title}]({file})\n  - **Status**: {status}\n  - **Summary**: {words}",
    "* [{number}. {title}][{number}]",
    "- ADR-{number:03} {title}",
    "+ [{title}]({file})\n  - Owner: {words}\n",
)
HEADS = {
    "| [{number:04}]({file}) | {title} | {status} |": "| ADR | Title | Status |\n|---|---|---|",
    "| {number} | [{title}]({file}) | {words} | {status} |": "| # | Decision | Notes | Status |\n| - | - | - | - |",
    "[{number}. {title}]({file}) | 2024-01-{number:02}": "ADR | Date\n--- | ---",
}


@st.composite
def logs(draw: st.DrawFn) -> dict[str, str]:
    """A log with an index that lacks some records and has some dead entries."""
    count = draw(st.integers(2, 7))
    titles = [draw(TITLES) for _ in range(count)]
    statuses = [draw(st.sampled_from(STATUSES)) for _ in range(count)]
    texts = {}
    for number, (title, status) in enumerate(zip(titles, statuses, strict=True), 1):
        texts[f"/w/docs/adr/{number:04}-x{number}.md"] = (
            f"# {number}. {title}\n\nDate: 2024-01-{number:02}\n\n## Status\n\n{status}\n\n## Decision\n\nWe will {title.lower()}.\n"
        )
    form = draw(st.sampled_from((*LINES, *HEADS)))
    listed = draw(st.lists(st.integers(1, count + 1), min_size=2, max_size=count + 2))
    if draw(st.booleans()):
        listed.sort(reverse=draw(st.booleans()))
    gap = draw(st.sampled_from(("\n", "\n\n"))) if form in LINES else "\n"
    lines = []
    for number in listed:
        own = number <= count and draw(st.integers(0, 3))
        title = titles[number - 1] if own else draw(TITLES)
        status = statuses[number - 1] if own else draw(st.sampled_from(STATUSES))
        said = {"number": number, "title": _safe(form, title), "file": f"{number:04}-x{number}.md", "status": status}
        lines.append(form.format(**said, words=_safe(form, draw(WORDS))))
    body = gap.join(lines)
    head = draw(st.sampled_from(("", "# Decisions\n\n", "Before.\n\n## Accepted\n\n", "<!-- adrlog -->\n\n")))
    tail = draw(st.sampled_from(("", "\n", "\n\nAfter.\n", "\n\n<!-- adrlogstop -->\n", "\n\n**Last updated**: 2024-01-01\n")))
    if "][" in form:
        tail += "\n\n" + "".join(f"[{n}]: {n:04}-x{n}.md\n" for n in dict.fromkeys(listed))
    text = head + (f"{HEADS[form]}\n{body}" if form in HEADS else body) + tail
    newline = draw(st.sampled_from(("\n", "\r\n")))
    return {PATH: text.replace("\n", newline), **texts}


def _safe(form: str, words: str) -> str:
    """The words as they can stand in the form: no pipe may end a cell, no bracket a link."""
    words = words.replace("|", "\\|") if form in HEADS else words
    return re.sub(r"[\[\]]", "", words) if words.startswith("[Draft") else words


def after(given: Workspace, change: Change) -> Workspace:
    return given.with_text(PATH, change.text(PATH, whole(given, PATH).text))


def holds(source: dict[str, str]) -> tuple[Workspace, Index] | None:
    given = workspace(source)
    index = given.indexes.get(PATH)
    return (given, index) if index is not None else None


SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@SETTINGS
@given(logs())
def test_an_update_adds_what_is_missing_once_and_keeps_what_was_there(source: dict[str, str]) -> None:
    found = holds(source)
    if found is None:
        return
    given, index = found
    before = index.page.text
    changed = after(given, update.update(given, index))
    again = changed.indexes[PATH]
    assert not update.update(changed, again)
    assert {r.path for r in judge.missing(changed, again)} == judge.left_out(changed, again).keys()
    corrected = [edit for _, edit in update.update(given, index).edits if edit.span.start < edit.span.end]
    moved = [one.entry for one in judge.stale(given, index) if one.is_move]
    moved += [entry for entry, _ in judge.duplicates(index)]  # one that comes to say what another does goes
    for edit in corrected:
        assert moved or any(entry.span.covers(edit.span) for entry in index.entries)
        assert moved or "\n" not in edit.span.of(before)
    touched = {index.page.lines.line_at(edit.span.start) for edit in corrected}
    touched |= {line for entry in moved for line in range(*_lines(index, entry))}
    # The blank line that parts an entry from the next goes with it, be it above or below
    kept = [line for number, line in enumerate(before.splitlines()) if number not in touched and line.strip()]
    rest = iter(again.page.text.splitlines())
    assert all(line in rest for line in kept)
    ends = set(re.findall(r"\r\n|\n|\r", again.page.text))
    assert ends <= set(re.findall(r"\r\n|\n|\r", before)) or not re.search(r"[\r\n]", before)


def _lines(index: Index, entry: Entry) -> tuple[int, int]:
    """The first line of an entry, and the one behind the blank line below it."""
    return index.page.lines.line_at(entry.span.start), index.page.lines.line_at(entry.span.end) + 2


@SETTINGS
@given(logs())
def test_pruning_takes_out_all_that_is_dead_and_nothing_else(source: dict[str, str]) -> None:
    found = holds(source)
    if found is None:
        return
    given, index = found
    changed = after(given, update.update(given, index))
    index = changed.indexes[PATH]
    pruned = after(changed, update.pruning(changed, index))
    again = pruned.indexes[PATH]
    assert [entry.path for entry in again.entries] == [entry.path for entry in index.entries if not entry.is_dead]
    assert not update.pruning(pruned, again)
    assert not update.update(pruned, again)
    rest = iter(index.page.text.splitlines())
    assert all(line in rest for line in again.page.text.splitlines())


@SETTINGS
@given(logs(), st.sampled_from(create.STYLES), st.sampled_from(create.STYLES))
def test_a_change_of_style_loses_no_word_and_is_done_after_once(
    source: dict[str, str], style: create.Style, other: create.Style
) -> None:
    found = holds(source)
    if found is None:
        return
    given, index = found
    for wanted in (style, other):
        edits, obstacles = restyle.restyle(given, index, wanted)
        assert not (edits and obstacles)
        assert all(obstacle.reason for obstacle in obstacles)
        changed = after(given, Change.of("", PATH, edits))
        again = changed.indexes[PATH]
        assert [(entry.path, entry.is_dead) for entry in again.entries] == [(e.path, e.is_dead) for e in index.entries]
        keys = {word for entry in index.entries for field in entry.fields for word in _words(field.key)}
        heads = {"adr", "title", "status", "decision", "notes", "date", "summary"}
        assert not _words(index.page.text) - _words(again.page.text) - keys - heads - _ordinals(index)
        if not obstacles:
            assert restyle.restyle(changed, again, wanted) == restyle.Restyled()
        given, index = changed, again


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _ordinals(index: Index) -> set[str]:
    """The numbers of a numbered list, which are its form."""
    return set(re.findall(r"^(\d+)\.", index.page.text, re.MULTILINE))


@SETTINGS
@given(logs())
def test_a_misplaced_entry_is_moved_whole(source: dict[str, str]) -> None:
    found = holds(source)
    if found is None:
        return
    given, index = found
    for off in judge.misplaced(given, index):
        change = update.moving(off)
        if change:
            text = change.text(PATH, index.page.text)
            assert sorted(filter(None, text.splitlines())) == sorted(filter(None, index.page.text.splitlines()))
