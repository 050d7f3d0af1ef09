"""What an editor shows of what git knows of a record."""

from __future__ import annotations

from collections.abc import Mapping

from adr_ls.history import telling
from adr_ls.history.story import State, Story
from adr_ls.log.workspace import Workspace
from adr_ls.record.known import Known

MOST = 20
"""How many events are listed at most, the latest ones."""


def line(workspace: Workspace, record: Known, story: Story) -> str:
    """What git adds to what a record says, in a line; empty where it adds nothing."""
    is_signed = any(record.plain(field).strip() for field in record.fields if field.role == "deciders")
    return telling.line(story, workspace.status(record), workspace.date(record), is_signed=is_signed)


def days(stories: Mapping[str, Story | None]) -> dict[str, str]:
    """The days on which records were decided, or came where they are not, as far as git knows them; by path."""
    decided = {path: story.decided for path, story in stories.items() if story is not None}
    return {path: commit.day for path, commit in decided.items() if commit is not None and commit.day}


def events(story: Story) -> list[str]:
    """What became of a record, a line for each status and each change after it was accepted."""
    told = [
        telling.made(one.said if isinstance(one, State) else f"changed ({', '.join(one.kinds)})", one.commit)
        for one in story.events
    ]
    return told if len(told) <= MOST else ["…", *told[-MOST:]]
