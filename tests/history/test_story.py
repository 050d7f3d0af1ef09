"""What became of records: a repository in, told line by line; the story of each record out."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from adr_ls.history.story import Edit
from adr_ls.io import disk, history
from tests.history.repository import build

STORIES = {
    "a status is dated by the commit that gave it": (
        """
        2024-05-01 Ann: 1 Proposed
        2024-05-02 Bob: 2 Accepted
        2024-05-03 Cy: 1 Accepted
        """,
        """
        1: 2024-05-01 Ann proposed · 2024-05-03 Cy accepted
        2: 2024-05-02 Bob accepted
        """,
    ),
    "another spelling or more words are no other status": (
        """
        2024-05-01 Ann: 1 accepted
        2024-05-02 Bob: 1 **Accepted** on 2024-05-01
        2024-05-03 Bob: 1 Superseded by ADR-2
        2024-05-04 Bob: 1 Superseded by ADR-3
        """,
        "1: 2024-05-01 Ann accepted · 2024-05-02 Bob changes status · 2024-05-03 Bob superseded · 2024-05-04 Bob changes status",
    ),
    "a status that was taken back and given again": (
        """
        2024-05-01 Ann: 1 Accepted
        2024-05-02 Bob: 1 Proposed
        2024-05-03 Ann: 1 Accepted
        """,
        "1: 2024-05-01 Ann accepted · 2024-05-02 Bob proposed · 2024-05-03 Ann accepted",
    ),
    "a status that came with a merge is of the commit that gave it": (
        """
        2024-05-01 Ann: 1 Proposed
        branch side
        2024-05-02 Bob: 1 Accepted
        on main
        2024-05-03 Cy: 2 Proposed
        2024-05-04 Dee: from side
        """,
        """
        1: 2024-05-01 Ann proposed · 2024-05-02 Bob accepted
        2: 2024-05-03 Cy proposed
        """,
    ),
    "a branch that changed the same record, but not its status": (
        """
        2024-05-01 Ann: 1 Proposed
        branch side
        2024-05-02 Bob: 1 Proposed, We use Kafka and more.
        on main
        2024-05-03 Cy: 1 Accepted
        2024-05-04 Dee: from side; 1 Accepted, We use Kafka and more.
        """,
        "1: 2024-05-01 Ann proposed · 2024-05-03 Cy accepted · 2024-05-04 Dee changes substance by a merge",
    ),
    "what a branch said that was not followed is no part of the story": (
        """
        2024-05-01 Ann: 1 Proposed
        branch side
        2024-05-02 Bob: 1 Rejected
        on main
        2024-05-03 Cy: 1 Accepted
        2024-05-04 Dee: from side; 1 Accepted
        """,
        "1: 2024-05-01 Ann proposed · 2024-05-03 Cy accepted",
    ),
    "a merge that decides itself": (
        """
        2024-05-01 Ann: 1 Proposed
        branch side
        2024-05-02 Bob: 1 Rejected
        on main
        2024-05-03 Cy: 2 Proposed
        2024-05-04 Dee: from side; 1 Accepted
        """,
        """
        1: 2024-05-01 Ann proposed · 2024-05-04 Dee accepted by a merge
        2: 2024-05-03 Cy proposed
        """,
    ),
    "the same status on both sides is of the branch at hand": (
        """
        2024-05-01 Ann: 1 Proposed
        branch side
        2024-05-03 Bob: 1 Accepted
        on main
        2024-05-02 Cy: 1 Accepted; 2 Proposed
        2024-05-04 Dee: from side
        """,
        """
        1: 2024-05-01 Ann proposed · 2024-05-02 Cy accepted
        2: 2024-05-02 Cy proposed
        """,
    ),
    "a record that was moved": (
        """
        2024-05-01 Ann: 1 Accepted
        2024-05-02 Bob: 1 is 0001-kafka.md
        2024-05-03 Cy: 1 is 0007-kafka.md
        """,
        "7: 2024-05-01 Ann accepted",
    ),
    "a record that was rewritten while it was moved, told by its number": (
        """
        2024-05-01 Ann: 1 Accepted, Short.
        2024-05-02 Bob: 1 is 0001-queue.md; 1 Accepted, All other words than there were before in this very record of ours, and so many of them that nothing is alike any more, a queue for every team, one database for each of them, and so on and so forth for a while yet. Nobody would know it again who had not been told.
        """,
        "1: 2024-05-01 Ann accepted · 2024-05-02 Bob changes substance",
    ),
    "records that came from another folder, and from another one before": (
        """
        2024-05-01 Ann: 1 Proposed; 2 Proposed
        2024-05-02 Ann: 1 is docs/old/0001-use-number-1.md; 2 is docs/old/0002-use-number-2.md
        2024-05-03 Bob: 1 Accepted
        2024-05-04 Cy: 1 is decisions/0001-use-number-1.md; 2 is decisions/0002-use-number-2.md
        2024-05-05 Cy: 1 is docs/adr/0001-use-number-1.md; 2 is docs/adr/0002-use-number-2.md
        """,
        """
        1: 2024-05-01 Ann proposed · 2024-05-03 Bob accepted
        2: 2024-05-01 Ann proposed
        """,
    ),
    "a record that was away for a while": (
        """
        2024-05-01 Ann: 1 Proposed
        2024-05-02 Ann: 1 Accepted
        2024-05-03 Bob: 1 gone
        2024-05-04 Cy: 1 again Accepted
        """,
        "1: 2024-05-01 Ann proposed · 2024-05-02 Ann accepted",
    ),
    "a record that has the name of another one that was moved away": (
        """
        2024-05-01 Ann: 1 Accepted
        2024-05-02 Bob: 1 is 0002-kafka.md
        2024-05-03 Cy: 3 Proposed
        2024-05-04 Cy: 3 is 0001-use-number-1.md
        """,
        """
        1: 2024-05-03 Cy proposed
        2: 2024-05-01 Ann accepted
        """,
    ),
    "statuses of a team's own": (
        """
        2024-05-01 Ann: 1 Simmering
        2024-05-02 Bob: 1 simmering
        2024-05-03 Cy: 1 Boiling
        """,
        "1: 2024-05-01 Ann Simmering · 2024-05-03 Cy Boiling",
    ),
    "what was changed after it was accepted, and by whom": (
        """
        2024-05-01 Ann: 1 Accepted, We use Kafka as three teams need them.
        2024-05-02 Bob: 1 Accepted, We use Kafka as three teams need it.
        2024-05-03 Cy: 1 Accepted, We use Kafka as [three teams](teams.md) need it.
        2024-05-04 Dee: 1 Accepted, We use Rabbit as [three teams](teams.md) need it.
        2024-05-05 Eve: 1 Proposed
        2024-05-06 Fay: 1 Proposed, We use nothing.
        """,
        """
        1: 2024-05-01 Ann accepted · 2024-05-02 Bob changes substance · 2024-05-03 Cy changes links · 2024-05-04 Dee changes substance · 2024-05-05 Eve proposed
        """,
    ),
    "a day is that of the author": (
        """
        2024-05-01 +1400 Ann: 1 Proposed
        2024-05-02 -1200 : 1 Accepted
        """,
        "1: 2024-05-02 Ann proposed · 2024-05-02 nobody accepted",
    ),
}


def told(root: Path) -> str:
    workspace = disk.load([root]).workspace
    archive = history.archive(log.directory for log in workspace.logs)
    assert not archive.lacking
    found = {one.path: one.story for one in archive.stories(workspace, workspace.records)}
    lines = []
    for path, story in found.items():
        events = []
        for one in story.events:
            what = f"changes {' and '.join(one.kinds)}" if isinstance(one, Edit) else one.said
            by_merge = " by a merge" if one.commit.is_merge else ""
            events.append(f"{one.commit.day} {one.commit.author or 'nobody'} {what}{by_merge}")
        lines.append(f"{workspace.records[path].number}: {' · '.join(events)}")
    return "\n".join(lines)


@pytest.mark.parametrize("name", STORIES)
def test_a_story(name: str, tmp_path: Path) -> None:
    script, expected = STORIES[name]
    assert told(build(tmp_path, script)) == inspect.cleandoc(expected)
