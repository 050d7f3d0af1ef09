"""How commands print, and the statuses that they exit with."""

from __future__ import annotations

import json
import sys

OK, PROBLEMS, FAILED = 0, 1, 2
"""Nothing at or above the threshold; problems, or an index out of date; the command could not do its work."""


def say(text: str) -> None:
    """Prints one line, or several."""
    sys.stdout.write(text + "\n")


def say_json(value: object) -> None:
    """Prints a value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
