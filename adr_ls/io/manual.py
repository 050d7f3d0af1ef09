"""The pages of the rules, which come with the program so that they can be read without a network."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import adr_ls

_PACKAGE = Path(adr_ls.__file__).resolve().parent
PLACES = (_PACKAGE / "manual", _PACKAGE.parent / "docs" / "rules")
"""Where they are: in the package as it is installed, or in the repository that it is run from."""


@lru_cache(maxsize=256)
def page(rule: str) -> Path | None:
    """The page of the rule of that name; None where it did not come along."""
    return next((path for place in PLACES if (path := place / f"{rule}.md").is_file()), None)
