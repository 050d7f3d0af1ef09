"""Decisions in a few lines, as they are put into a prompt: what was decided, where it is written, and why it matters here.

What a record says is quoted as it is written, so that nobody takes it for words of this program.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from adr_ls.ide.context import Decision, Reason
from adr_ls.log.workspace import Workspace
from adr_ls.record import filename
from adr_ls.record.facts import Facts
from adr_ls.record.summary import decided
from adr_ls.syntax import lazy

MOST = 6000
"""How many characters are told where nobody says how many; a token of a language model has about four."""
LEAST = 200
"""So many are needed to say anything."""
NAMES = 120
"""How many characters the names of decisions may take for which there is no room."""
FILES = 3
"""How many files a reason names at most, and how many lines of each."""

_UNSEEN = lazy.regex(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SAID = {
    "governs": "Says that it is about {}.",
    "cited": "Cited in {}.",
    "near": "Cited nearby, in {}.",
    "topic": "Found by {}.",
    "named": "Shares {} with the path.",
}
_THROUGH = {
    "governs": "Replaces {}, which says that it is about {}.",
    "cited": "Replaces {}, which is cited in {}.",
    "near": "Replaces {}, which is cited nearby, in {}.",
    "topic": "Replaces {}, which is found by {}.",
    "named": "Replaces {}, which shares {} with the path.",
}


def markdown(workspace: Workspace, decisions: Sequence[Decision], base: str, most: int = MOST) -> str:
    """The decisions as a list in Markdown of so many characters at most, with paths relative to `base`; empty where there are none.

    Where they are too many, the last ones are told without what was decided, and then only counted.
    """
    taken: list[str] = []
    left = most
    for at, one in enumerate(decisions):
        item = _fitting(workspace, one, base, left, decisions[at + 1 :])
        if not item:
            taken.append(_rest(decisions[at:], left))
            break
        taken.append(item)
        left -= len(item) + 1
    return "\n".join(filter(None, taken))


def _fitting(workspace: Workspace, one: Decision, base: str, room: int, others: Sequence[Decision]) -> str:
    """As much of a decision as there is room for beside the names of the others, or else their number; empty where there is none."""
    head, quote = _head(workspace, one, base), _quote(workspace, one.record)
    for rest in dict.fromkeys((_rest(others, NAMES), _count(others))):
        for item in (f"{head}\n{quote}" if quote else head, head):
            if len(item) + (len(rest) + 1 if rest else 0) <= room:
                return item
    return ""


def data(
    workspace: Workspace, decisions: Sequence[Decision], base: str, most: int, size: Callable[[object], int]
) -> list[dict[str, Any]]:
    """The decisions as values that JSON can have, the first ones, as many as have the `size` of so many characters together."""
    kept: list[dict[str, Any]] = []
    for one in decisions:
        found = _value(workspace, one, base)
        if size([*kept, found]) > most:
            break
        kept.append(found)
    return kept


def _value(workspace: Workspace, one: Decision, base: str) -> dict[str, Any]:
    """A decision as values that JSON can have."""

    def named(record: Facts) -> dict[str, Any]:
        return {"id": _id(record), "title": record.title, "path": posixpath.relpath(record.path, base)}

    return {
        **told(workspace, one.record, base),
        "decided": said(workspace, one.record),
        "why": [
            {
                "kind": reason.kind,
                "files": [
                    {"path": posixpath.relpath(path, base), "lines": [line + 1 for line in lines]}
                    for path, lines in reason.places
                ],
                "words": list(reason.words),
                "through": named(reason.through) if reason.through is not None else None,
            }
            for reason in one.reasons
        ],
        "replaces": [named(other) for other in one.replaced],
        "replaced_by": [named(other) for other in one.successors],
    }


def told(workspace: Workspace, record: Facts, base: str) -> dict[str, Any]:
    """What tells a record from others, and whether it holds, as values that JSON can have."""
    status = workspace.status(record)
    standing = workspace.standing(record)
    return {
        "id": _id(record),
        "title": record.title,
        "path": posixpath.relpath(record.path, base),
        "status": status.text if status is not None else None,
        "state": standing if standing != "none" else None,
        "holds": holds(workspace, record),
        "date": workspace.date(record),
    }


def holds(workspace: Workspace, record: Facts) -> bool | None:
    """Whether a decision is to be followed: accepted and not gone; None where that is not known, as of one that states no status."""
    standing = workspace.standing(record)
    if standing in ("none", "other"):
        return None
    return standing in ("accepted", "amended")


def said(workspace: Workspace, record: Facts) -> str:
    """What was decided, in a record's own words, else its summary; empty where it says neither."""
    file = workspace.file(record.path)
    return (decided(file) if file is not None else "") or (record.summary if record.summary != record.title else "")


def name(record: Facts) -> str:
    """What a record is called, with its title."""
    identity, title = _id(record), record.title or ""
    return ": ".join(filter(None, (identity, title))) or filename.shown(record.name.stem)


def _id(record: Facts) -> str:
    return record.id if record.number is not None else ""


def line(workspace: Workspace, record: Facts, base: str) -> str:
    """A record in one line: its name, what has become of it, its date, and where it is."""
    parts = (state(workspace, record), workspace.date(record), posixpath.relpath(record.path, base))
    return one_line(f"**{name(record)}** ({', '.join(filter(None, parts))})")


def state(workspace: Workspace, record: Facts) -> str:
    """What has become of a decision, in one word of English where that is known, else as it is written."""
    standing, status = workspace.standing(record), workspace.status(record)
    if standing in ("none", "other"):
        return status.text if status is not None else ""
    return standing


def _head(workspace: Workspace, one: Decision, base: str) -> str:
    about = [words for reason in one.reasons if (words := _why(reason, base))]
    through = {reason.through for reason in one.reasons if reason.through is not None}
    others = [record for record in one.replaced if record not in through]
    if others:
        about.append(f"Replaces {listed(name(other) for other in others)}.")
    if one.successors:
        about.append(f"Replaced by {listed(name(other) for other in one.successors)}.")
    return "\n".join([f"- {line(workspace, one.record, base)}", *([f"  {one_line(' '.join(about))}"] if about else [])])


def _quote(workspace: Workspace, record: Facts) -> str:
    words = said(workspace, record)
    return f"  > {one_line(words)}" if words else ""


def _why(reason: Reason, base: str) -> str:
    if reason.kind == "asked":
        return ""
    words = listed(f"“{word}”" for word in reason.words)
    about = words or listed((_place(path, lines, base) for path, lines in reason.places), FILES)
    if reason.through is not None:
        return _THROUGH[reason.kind].format(name(reason.through), about)
    return _SAID[reason.kind].format(about)


def _place(path: str, lines: tuple[int, ...], base: str) -> str:
    shown = posixpath.relpath(path, base)
    return f"{shown}:{','.join(str(line + 1) for line in lines[:FILES])}" if lines else shown


def _rest(decisions: Sequence[Decision], most: int) -> str:
    """How those are told for whom there is no room: by their number, and by their names as far as so many characters hold them."""
    names = [_id(one.record) or filename.shown(one.record.name.stem) for one in decisions]
    shown = range(min(len(names), most), 0, -1)
    lines = (*(f"{_count(decisions)}: {listed(names, count)}" for count in shown), _count(decisions))
    return next((line for line in lines if len(line) <= most), "")


def _count(decisions: Sequence[Decision]) -> str:
    return f"- {len(decisions)} more" if decisions else ""


def listed(words: Iterable[str], most: int | None = None) -> str:
    """Some words as a list in a sentence, of which so many are named at most."""
    every = list(words)
    if most is not None and len(every) > most:
        every = [*every[:most], f"{len(every) - most} more"]
    return one_line(" and ".join(filter(None, [", ".join(every[:-1]), *every[-1:]])))


def one_line(text: str) -> str:
    """A text as one line in which nothing commands a terminal, hides or looks like a line of ours, whatever it was read off."""
    return _UNSEEN.sub(" ", text)
