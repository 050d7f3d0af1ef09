"""Hover: the card of a record, what a status means, and why a rule reports what it does.

A card is built from extracted text, every character of it escaped, so that a record's HTML, images and command links stay words. The
names of other records in it lead to their files.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from adr_ls import rules
from adr_ls.ide.target import Cursor, ReferenceTarget, SelfTarget, StatusTarget, Target, target
from adr_ls.log.workspace import Workspace
from adr_ls.record import status as statuses
from adr_ls.record import summary
from adr_ls.record.known import Known
from adr_ls.record.mentions import BARE
from adr_ls.record.parts import Status
from adr_ls.rules import suppression
from adr_ls.rules.model import Problem, Rule, Subject
from adr_ls.syntax import lazy
from adr_ls.syntax.text import Span
from adr_ls.words.lookup import fold

LONGEST = 4096
"""How many characters a card has at most."""
PARAGRAPH = 600
"""How many characters of the decision it shows."""
LONG = 120
"""How many characters of a status are shown at most."""
FEW = 2
"""Words that join a status to what it names: *by*, *and*."""
REFERRERS = 8
"""How many referring records it names."""


Address = Callable[[str], str]
"""Makes of the path of a file, or the name of a rule, the address by which a link leads there."""
Telling = Callable[[Known], str]
"""Says something of a record in a line, nothing where there is nothing to say."""
_LINK = lazy.regex(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)")


@dataclass(frozen=True)
class Hover:
    """What to show for the text at `span`, as Markdown and as plain text; `lines` are the paragraphs that it was made of."""

    span: Span
    markdown: str
    plain: str
    lines: tuple[str, ...] = ()


def nothing(record: Known) -> str:  # noqa: ARG001  # whoever tells of records has this form
    """Tells nothing of a record."""
    return ""


def about(cursor: Cursor) -> Known | None:
    """The record that a hover at the cursor tells of, None where it tells of none."""
    match target(cursor):
        case ReferenceTarget(resolution=resolution, records=records) if records and resolution.kind == "record":
            return records[0]
        case SelfTarget(record=record):
            return record
        case StatusTarget():
            return cursor.record
        case _:
            return None


def hover(cursor: Cursor, address: Address = str, manual: Address = str, past: Telling = nothing) -> Hover | None:
    """The hover at the cursor, None where there is nothing to tell.

    `manual` is where more is said of a rule, by its name; `past` tells in a line what is known of a record's past.

    While the workspace is partial, only what records say of themselves is told, and nothing that depends on what all of them do.
    """
    found = target(cursor)
    if cursor.workspace.is_partial and not _speaks_for_itself(found):
        return None
    match found:
        case ReferenceTarget(mention=mention, resolution=resolution, records=records) if (
            records and resolution.kind == "record"
        ):
            is_own = cursor.record.heading is not None and cursor.offset in cursor.record.heading.span
            title = [] if is_own and records[0].path == cursor.record.path else [_title(records[0])]
            lines = [*title, *_card(cursor.workspace, records[0], address, past)]
            if len(records) > 1:
                here = posixpath.dirname(cursor.record.path)
                others = ", ".join(_link(posixpath.relpath(one.path, here), one, address) for one in records[1:4])
                lines.append(f"{len(records)} records have this number; besides this one: {others}")
            return _hover(mention.span, lines)
        case ReferenceTarget(mention=mention, resolution=resolution) if resolution.kind in ("unknown", "broken"):
            return _hover(mention.span, ["There is no such record here."])
        case SelfTarget(record=record, span=span):
            return _hover(span, [*_card(cursor.workspace, record, address, past), *_lacking(cursor)])
        case StatusTarget(status=status):
            return _hover(status.span, [*_meaning(cursor, status, address), *_past(past, cursor.record)])
        case _:
            names, span = suppression.rules_at(cursor.record, cursor.offset) or ((), Span(0, 0))
            lines = [_why(rule, manual) for rule in rules.RULES if rule.name in names]
            return _hover(span, lines) if lines else None


def _speaks_for_itself(found: Target | None) -> bool:
    """Whether what is to be told of a target needs no other records, such as to tell which of two statuses holds."""
    match found:
        case ReferenceTarget(records=(record,)) | SelfTarget(record=record):
            return len(record.statuses) <= 1 and not (record.date is not None and record.date.form == "ambiguous")
        case _:
            # What no language knows is a status where others here have it
            return isinstance(found, StatusTarget) and found.status.canonical in _MEANINGS


def _lacking(cursor: Cursor) -> list[str]:
    """What the house expects and the record does not have, and why it is expected."""
    if cursor.log is None or cursor.workspace.is_partial:
        return []
    from adr_ls.rules import sections  # noqa: PLC0415  # no card of another record waits for what that imports

    missing = sections.missing_sections(Subject(cursor.workspace, cursor.log, cursor.record))
    return [f"Missing here: {_escape(expected.name)} ({_escape(expected.evidence)})" for expected in missing]


def card(workspace: Workspace, record: Known, address: Address = str) -> Hover:
    """The card of a record, for no place in particular."""
    return _hover(Span(0, 0), [_title(record), *_card(workspace, record, address)])


def explaining(problems: Iterable[Problem], offset: int, manual: Address, found: Hover | None) -> Hover | None:
    """A hover with why the problems at an offset matter; `manual` is as in `hover`.

    For editors that do not lead from a diagnostic to its rule; the message itself they show anyway.
    """
    here = [problem for problem in problems if offset in problem.span]
    lines = [_why(rule, manual) for rule in dict.fromkeys(problem.rule for problem in here)]
    if not lines:
        return found
    span = found.span if found is not None else min((one.span for one in here), key=lambda span: span.end - span.start)
    return _hover(span, [*(found.lines if found is not None else ()), *lines])


def _why(rule: Rule, manual: Address) -> str:
    """Why a rule matters, in a paragraph, and where more is said of it."""
    words = " ".join(rule.explanation.split("\n\n", 1)[0].split()) or rule.summary
    return f"{_escape(words)} ([{_escape(rule.name)}]({_encoded(manual(rule.name))}))"


def _title(record: Known) -> str:
    return f"**{_escape(heading(record))}**"


def _past(past: Telling, record: Known) -> list[str]:
    said = past(record)
    return [f"In git: {_escape(said)}"] if said else []


def _card(workspace: Workspace, record: Known, address: Address, past: Telling = nothing) -> list[str]:
    """What is told of a record below its title."""
    chain = workspace.chain(record) if not workspace.is_partial else ()
    successors = workspace.successors(record) if not chain else ()
    facts = [_escape(_state(workspace, record, (*chain, *successors)))]
    date = workspace.date(record)
    if date:
        facts.append(_escape(date))
    lines = [" · ".join(facts)]
    if chain:
        trail = " → ".join(f"{_name(one, address)} ({_escape(workspace.canonical(one))})" for one in chain)
        lines.append(f"Superseded by {trail}" + ("" if len(chain) == 1 else "; the last one holds"))
    elif successors:
        lines.append("Superseded by " + ", ".join(_name(one, address) for one in successors))
    former = dict.fromkeys((*workspace.related(record, "supersedes"), *workspace.converse(record, "supersedes")))
    if former:
        lines.append("Supersedes " + ", ".join(_name(one, address) for one in former))
    lines = ["  \n".join([*lines, *_past(past, record)])]
    whole = workspace.file(record.path)
    span = summary.decision_paragraph(whole) if whole is not None else None
    if whole is not None and span is not None:
        words = re.sub(r"\s+", " ", whole.document.plain(span)).strip()
        if words.endswith((":", "：")):  # it only leads up to what was decided
            words = summary.summary(whole)
        lines.append("> " + _escape(_cut(words)))
    paths = workspace.backlinks.get(record.path, ()) if not workspace.is_partial else ()
    referrers = [workspace.records.get(path) for path in paths]
    known = [other for other in referrers if other is not None]
    if known:
        more = len(known) - REFERRERS
        lines.append(
            "Referred to by "
            + ", ".join(_name(other, address) for other in known[:REFERRERS])
            + (f" and {more} more" if more > 0 else "")
        )
    paths = workspace.code_backlinks.get(record.path, ()) if not workspace.is_partial else ()
    if paths:
        named = ", ".join(_linked_file(workspace, path, address) for path in paths[:REFERRERS])
        lines.append(f"In code: {named}" + (f" and {len(paths) - REFERRERS} more" if len(paths) > REFERRERS else ""))
    return lines


def _linked_file(workspace: Workspace, path: str, address: Address) -> str:
    return f"[{_escape(posixpath.relpath(path, workspace.root_of(path)))}]({_encoded(address(path))})"


def _state(workspace: Workspace, record: Known, told: Iterable[Known]) -> str:
    """The status of a record in at most `LONG` characters; its word alone where it only names those successors that are told besides."""
    state = workspace.status(record)
    if state is None:
        return "no status"
    said = state.text
    if state.canonical == "superseded" and state.spelled:
        for one in (known := [*told]):
            for name in filter(None, (one.id, one.title)):
                said = said.replace(name, "")
        words = re.findall(r"[^\W\d_]+", BARE.sub("", said).replace(state.spelled, "", 1))
        if known and len(words) <= FEW:
            return state.spelled
    return state.text if len(state.text) <= LONG else (state.word or state.text[: LONG - 1] + "…")


def _name(record: Known, address: Address) -> str:
    return _link(record.id, record, address)


def _link(said: str, record: Known, address: Address) -> str:
    return f"[{_escape(said)}]({_encoded(address(record.path))})"


def _encoded(address: str) -> str:
    """An address as it can stand in the parentheses of a link."""
    return re.sub(r"[\s()<>]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)


def _cut(words: str) -> str:
    """The words up to `PARAGRAPH` characters, cut between two of them where their script has blanks."""
    if len(words) <= PARAGRAPH:
        return words
    at = words.rfind(" ", PARAGRAPH // 2, PARAGRAPH)
    return words[: at if at > 0 else PARAGRAPH].rstrip() + " …"


def heading(record: Known) -> str:
    """Number and title in one line: ``ADR-003: Memory Architecture``."""
    return f"{record.id}: {record.title}" if record.number is not None and record.title else record.title or record.id


_MEANINGS = {
    "draft": "still being written; not up for decision yet",
    "proposed": "under discussion; not decided yet",
    "accepted": "decided; it holds",
    "rejected": "considered and not adopted",
    "deprecated": "no longer relevant, and nothing has taken its place",
    "superseded": "a newer record has taken its place",
    "amended": "it holds, with the changes that another record makes",
}


def _meaning(cursor: Cursor, status: Status, address: Address) -> list[str]:
    """What a status means here: in the words of the index where it explains statuses, else in ours."""
    log = cursor.log if not cursor.workspace.is_partial else None
    states = [found for one in log.records.values() if (found := cursor.workspace.status(one))] if log is not None else []
    is_known = status.canonical in _MEANINGS
    same = sum(one.canonical == status.canonical if is_known else fold(one.text) == fold(status.text) for one in states)
    is_own = same > 1 or (log is not None and fold(status.text) in map(fold, log.house.vocabulary))
    usual = "a status of this project’s own" if is_own else "no status that is known here"
    meaning = _explained(cursor, status) or _MEANINGS.get(status.canonical, usual)
    lines = [f"**{_escape(status.word.capitalize() or status.text)}**: {_escape(meaning)}"]
    if log is not None:
        if is_known or is_own:
            lines.append(f"{same} of {len(log.records)} records here {f'are {status.canonical}' if is_known else 'say so'}")
        used = Counter(other.status.spelled for other in log.records.values() if other.status and other.status.spelled)
        words = dict.fromkeys((*log.house.vocabulary, *(word for word, _ in used.most_common())))
        if words:
            lines.append("In use here: " + ", ".join(_escape(f"{word} ({used[word]})") for word in list(words)[:10]))
    if status.canonical == "superseded" and not cursor.workspace.is_partial:
        chain = cursor.workspace.chain(cursor.record)
        if chain:
            lines.append("Superseded by " + " → ".join(_link(heading(one), one, address) for one in chain))
    return lines


def _explained(cursor: Cursor, status: Status) -> str:
    """The explanation that an index or README of the log gives of a status: ``- **Accepted**: Decision made and approved``."""
    if cursor.log is None or len(status.text) > LONG:
        return ""
    pattern = statuses.explained(status.word or status.text)
    for path in cursor.workspace.pages:
        page = cursor.workspace.file(path) if path.startswith(cursor.log.directory + "/") else None
        if page is not None:
            match = pattern.search(page.text)
            if match:
                return page.document.plain(Span(*match.span("words"))).strip()
    return ""


def _hover(span: Span, lines: Sequence[str]) -> Hover:
    markdown = "\n\n".join(lines)
    if len(markdown) > LONGEST:  # without its links, of which none may lose its end
        markdown = _LINK.sub(r"\1", markdown)
    if len(markdown) > LONGEST:
        markdown = re.sub(r"\\$", "", markdown[: LONGEST - 1]) + "…"
    plain = re.sub(r"(?<!\\)\*\*|  $", "", _LINK.sub(r"\1", markdown), flags=re.MULTILINE)
    return Hover(span, markdown, re.sub(r"\\([\\`*_\[\]<>&~|#+\-=.])", r"\1", plain), tuple(lines))


def _escape(text: str) -> str:
    """The text as Markdown that shows it and does nothing else: no emphasis, links, images, HTML or blocks.

    No more is escaped than that takes, since some editors show the backslashes.
    """
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", text)
    text = re.sub(r"[\\`*\[\]<&~|]|(?<!\w)_|_(?!\w)", r"\\\g<0>", text)
    return re.sub(r"^\s*(?:(?=[-+=#>])|\d+(?=[.)]\s))", r"\g<0>\\", text)
