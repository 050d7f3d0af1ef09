"""The shapes of what agents are answered as data: the tools' output schemas. Keys are only ever added."""

from __future__ import annotations

from typing_extensions import TypedDict


class Named(TypedDict):
    """A record as others name it; `path` counts from the folder."""

    id: str
    title: str | None
    path: str


class Told(Named):
    """A record, and whether it holds: `status` is as written, `state` what that and other records make of it.

    `holds` is null where nobody can tell.
    """

    status: str | None
    state: str | None
    holds: bool | None
    date: str | None


class Listed(Told):
    """A record in a list."""

    summary: str


class Listing(TypedDict):
    """Records that were looked for; `total` is how many there are."""

    total: int
    records: list[Listed]


class Whole(Told):
    """A record as it is written, and how it stands to others; `holds_now` is what holds in its place."""

    holds_now: list[Told]
    replaces: list[Told]
    replaced_by: list[Told]
    amends: list[Told]
    amended_by: list[Told]
    related: list[Told]
    governs: list[str]
    refers_to: list[Told]
    referred_to_by: list[str]
    cited_in_code: list[str]
    text: str
    is_cut: bool


class Place(TypedDict):
    """A file, and the lines in which it names a record, from 1."""

    path: str
    lines: list[int]


class Reason(TypedDict):
    """Why a decision matters; `through` is the earlier record that the files name, which it has replaced."""

    kind: str
    files: list[Place]
    words: list[str]
    through: Named | None


class Decision(Told):
    """A decision that matters; `decided` is what it says in a sentence or two."""

    decided: str
    why: list[Reason]
    replaces: list[Named]
    replaced_by: list[Named]


class Context(TypedDict):
    """The decisions that matter, the weightiest first, and how many there was no room for."""

    decisions: list[Decision]
    left_out: int
    notes: list[str]


class Problem(TypedDict):
    """What is wrong in a draft, and how it can be mended; lines and columns from 1."""

    line: int
    column: int
    level: str
    rule: str
    message: str
    fixes: list[str]


class Checked(TypedDict):
    """What the linter says; `mended` is the text with all done that needs no choice, null where that is nothing."""

    path: str
    problems: list[Problem]
    mended: str | None


class Proposed(TypedDict):
    """A record that is proposed, or was written; `changes` are the other files that change with it."""

    path: str
    text: str
    is_written: bool
    changes: list[str]
    problems: list[Problem]
