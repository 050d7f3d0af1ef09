"""Rules on front matter: what YAML makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_ls.log.style import FEW, MANY, NEARLY_ALL
from adr_ls.record.known import PADDED, octal
from adr_ls.record.metadata import role_of
from adr_ls.record.record import Record
from adr_ls.record.status import leading_word
from adr_ls.rules.model import Fix, Found, Rule, Subject, rule
from adr_ls.settings.values import Level
from adr_ls.syntax import lazy
from adr_ls.syntax.frontmatter import FrontMatter
from adr_ls.syntax.text import Edit, Span, line_end
from adr_ls.words import dates
from adr_ls.words.lookup import fold
from adr_ls.write import editing


@rule("error")
def front_matter_invalid(subject: Subject) -> Iterator[Found]:
    """The front matter is not valid YAML.

    Site generators and other tools drop such metadata silently or fail. So they do where a formatter has made lines of underscores of
    its fences.

    ```md before
    ---
    title: Use Kafka: a broker
    status: accepted
    ---
    # Use Kafka
    ```
    ```md after
    ---
    title: "Use Kafka: a broker"
    status: accepted
    ---
    # Use Kafka
    ```
    """
    front = subject.record.front
    if front is None:
        yield from _underscored(subject)
        return
    for fault in front.faults:
        if fault.kind != "duplicate-key":
            fixes: tuple[Fix, ...] = ()
            level: Level | None = None
            message = fault.message
            entry = next((e for e in front.entries if e.span.start <= fault.span.start <= e.span.end), None)
            if (
                fault.kind == "syntax"
                and entry is not None
                and entry.kind == "scalar"
                and "\n" not in entry.value_span.of(subject.record.text)
            ):
                value = entry.value_span.of(subject.record.text).strip()
                if value == "-":  # for nothing, as it stands in tables: all that reads this file by lines takes it so
                    level, message = "info", "For YAML “-” begins a list: leave the value empty, or put it in quotes."
                if value and value[0] not in "\"'|>{[&*!":
                    fixes = (subject.fix("Put the value in quotes", Edit(entry.value_span, editing.yaml_scalar(value))),)
            elif fault.kind == "unclosed":
                at, newline = front.content.end, line_end(subject.record.text)
                fixes = (subject.fix("Close the front matter", Edit(Span(at, at), f"{newline}---")),)
            yield Found(fault.span, message, fixes, level=level)


_UNDERSCORED = lazy.regex(
    r"(?P<open>_{3,})[ \t]*\r?\n(?P<gap>(?:\r?\n){0,2})[A-Za-z][\w-]{0,40}:[^\r\n]*\r?\n(?:[^\r\n_][^\r\n]*\r?\n|\r?\n){0,60}(?P<close>_{3,})[ \t]*(?=\r?\n|\Z)"
)
"""What was front matter before a formatter drew its fences as it draws lines between paragraphs."""


def _underscored(subject: Subject) -> Iterator[Found]:
    """That what stands above all was to be front matter."""
    match = _UNDERSCORED.match(subject.record.text)
    if match is not None:
        spans = (Span(*match.span("open")), Span(*match.span("close")))
        edits = (*(Edit(span, "---") for span in spans), Edit(Span(*match.span("gap")), ""))
        fix = subject.fix("Write “---” above and below it", *edits, preferred=False)
        yield Found(
            spans[0], "This is no front matter, as its fences are underscores: a formatter may have changed “---”.", (fix,)
        )


@rule("warning")
def front_matter_duplicate_key(subject: Subject) -> Iterator[Found]:
    """A key of the front matter is given twice; most tools keep the last one silently.

    ```md before
    ---
    status: accepted
    status: proposed
    ---
    # Use Kafka
    ```
    """
    record, front = subject.record, subject.record.front
    if front is None:
        return
    for fault in front.faults:
        entry = next((entry for entry in front.entries if entry.key_span == fault.span), None)
        if fault.kind == "duplicate-key" and entry is not None:
            first = front.get(entry.key)
            same = first is not None and first.value_span.of(record.text) == entry.value_span.of(record.text)
            lines = (record.lines.line_at(at) for at in (entry.span.start, max(entry.span.start, entry.span.end - 1)))
            fix = subject.fix("Remove this one", editing.without_lines(record, *lines), preferred=same)
            yield Found(fault.span, fault.message, (fix,), tag="unnecessary")


@rule("warning")
def front_matter_comment(subject: Subject) -> Iterator[Found]:
    """What follows `#` in a front matter value is a comment to YAML, so the number is lost.

    ```md before
    ---
    status: superseded by #12
    ---
    # Use Kafka
    ```
    ```md after
    ---
    status: "superseded by #12"
    ---
    # Use Kafka
    ```
    """
    record, front = subject.record, subject.record.front
    if front is None or "#" not in front.content.of(record.text) or record.text.startswith("+++"):
        return
    for value, comment in _lost(record, front):
        text = value.of(record.text).rstrip()
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        fix = subject.fix("Put the value in quotes", Edit(Span(value.start, value.start + len(text)), quoted))
        yield Found(comment, "YAML takes this for a comment; put the value in quotes.", (fix,))


_ITEM = lazy.regex(r"(?:^|(?<=[\r\n]))[ \t]*-[ \t]+(?P<comment>#\d[^\r\n]*)")


def _lost(record: Record, front: FrontMatter) -> Iterator[tuple[Span, Span]]:
    """The values that end in a number which is a comment to YAML, or are nothing but that, each with that comment."""
    for entry in front.entries:
        for scalar in entry.scalars:
            if scalar.comment is not None and entry.kind == "scalar" and re.match(r"#\d", scalar.comment.of(record.text)):
                yield Span(scalar.span.start, scalar.comment.end), scalar.comment
        if entry.comment is not None and re.match(r"#\d", entry.comment.of(record.text)):
            yield entry.comment, entry.comment
    for match in _ITEM.finditer(record.text, front.content.start, front.content.end):
        comment = Span(*match.span("comment"))
        if not any(scalar.span.overlaps(comment) for entry in front.entries for scalar in entry.scalars):
            yield comment, comment


_NAMING = ("id", "supersedes", "superseded_by", "amends", "amended_by", "related")
"""What front matter says by the numbers of records."""


@rule("info", strict="warning")
def front_matter_octal(subject: Subject) -> Iterator[Found]:
    """YAML takes a number with a leading zero for an octal one: `0012` is ten.

    Tools that read front matter would know the record by another number, or not at all; `0018`, which is no octal number, they take
    for text. adr-ls itself reads what is written. In quotes it means what it says. In a log where many records have such numbers, so
    that its own tools must know them, it is only a hint; where all write their own number so, nothing is said.

    ```md before
    -- docs/adr/0012-use-kafka.md --
    ---
    id: 0012
    status: accepted
    ---
    # Use Kafka
    ```
    ```md after
    -- docs/adr/0012-use-kafka.md --
    ---
    id: "0012"
    status: accepted
    ---
    # Use Kafka
    ```
    """
    front, ids = subject.record.front, subject.log.habits.ids
    if front is None or subject.record.text.startswith("+++"):
        return
    if ids.form == PADDED and ids.is_kept_by(NEARLY_ALL, FEW):
        return  # only some of these numbers happen to be octal ones: what reads them here knows
    level: Level | None = "hint" if subject.log.habits.octal > MANY else None
    for entry in front.entries:
        if role_of(entry.key) not in _NAMING or entry.kind not in ("scalar", "list"):
            continue
        for scalar in entry.scalars:
            if octal(scalar):
                value = int(scalar.text, 8)
                fix = subject.fix("Put the number in quotes", Edit(scalar.span, f'"{scalar.text}"'), preferred=level is None)
                yield Found(scalar.span, f"YAML reads {scalar.text} as {value}; put it in quotes.", (fix,), level=level)


_BOOLEAN = frozenset({"yes", "no", "on", "off", "true", "false", "null", "~"})


@rule("info", strict="warning")
def front_matter_type(subject: Subject) -> Iterator[Found]:
    """A value of the front matter is no text to YAML: `{accepted}` is a mapping, `no` is false.

    Site generators and other tools show such a status or date as nonsense, or fail. Braces mostly are left over from the template.

    ```md before
    ---
    status: {accepted}
    ---
    # Use Kafka
    ```
    ```md after
    ---
    status: accepted
    ---
    # Use Kafka
    ```
    """
    record = subject.record
    if record.front is None or record.text.startswith("+++") or any(fault.kind == "syntax" for fault in record.front.faults):
        return
    for entry in record.front.entries:
        if role_of(entry.key) not in ("status", "date"):
            continue
        written = entry.value_span.of(record.text)
        inner = written[1:-1].strip()
        if entry.kind == "map" and re.fullmatch(r"\{[^{}:,|]+\}", written) and (leading_word(fold(inner)) or dates.read(inner)):
            fix = subject.fix(f"Write {inner}", Edit(entry.value_span, editing.yaml_scalar(inner)))
            yield Found(entry.value_span, "YAML takes this for a mapping; leave the braces out.", (fix,))
        elif entry.kind == "scalar" and entry.scalars[0].style == "plain" and written.casefold() in _BOOLEAN - {"null", "~"}:
            fix = subject.fix("Put the value in quotes", Edit(entry.value_span, f'"{written}"'))
            yield Found(entry.value_span, f"YAML takes “{written}” for true or false; put it in quotes.", (fix,))


RULES: tuple[Rule, ...] = (
    front_matter_invalid, front_matter_duplicate_key, front_matter_comment, front_matter_octal, front_matter_type,
)  # fmt: skip
