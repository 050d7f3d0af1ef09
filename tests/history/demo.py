"""Makes a small repository with a past to show, in the folder that is given."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.history.repository import build, git

SCRIPT = """
2024-05-02 Ann Lee: 1 Proposed
branch review
2024-05-06 Bo Ray: 1 Proposed, We use Kafka, as three teams need it and two more will.
2024-05-08 Bo Ray: 1 Accepted
on main
2024-05-07 Cy Orr: 2 Accepted
2024-05-09 Ann Lee: from review
2024-06-01 Cy Orr: 1 is 0001-use-kafka.md
2024-07-10 Cy Orr: 1 Accepted, We use Kafka, as [three teams](teams.md) need it and two more will.
branch later
2024-09-02 Ann Lee: 1 Accepted, We use Rabbit, as one team needs it.
"""

if __name__ == "__main__":
    root = build(Path(sys.argv[1]), SCRIPT)
    git(root, "checkout", "-q", "later")
