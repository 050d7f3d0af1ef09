"""Which patterns the analyser has passed before, on this machine: it takes seconds for a few of them, and few change.

What is kept of each is a digest of the pattern, of how it is used, of the analyser and of Python: whatever changes of that has it looked at
again. Of those that were not passed nothing is kept. It lies where pytest keeps what it knows, and is as good when it is gone.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.conftest import EVERYTHING, REPOSITORY

FILE = REPOSITORY / ".pytest_cache" / "patterns-passed"
ANALYSER = ("analyser.py", "automaton.py", "charsets.py")


def digest(*asked: object) -> str:
    """What stands for a pattern and how it is used."""
    return sha256(f"{_analyser()}{asked!r}".encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _analyser() -> str:
    code = b"".join((Path(__file__).parent / name).read_bytes() for name in ANALYSER)
    return f"{sys.version}{sha256(code).hexdigest()}"


def known() -> frozenset[str]:
    """The digests of those that were passed; none where all are to be looked at."""
    try:
        return frozenset(FILE.read_text("ascii").split() if not EVERYTHING else ())
    except (OSError, UnicodeDecodeError):
        return frozenset()


def keep(digests: set[str]) -> None:
    """Keeps these, and no others, in one step, so that nobody who runs beside reads half of them."""
    FILE.parent.mkdir(exist_ok=True)
    new = FILE.with_suffix(f".{os.getpid()}")
    new.write_text("\n".join(sorted(digests)), "ascii")
    new.replace(FILE)
