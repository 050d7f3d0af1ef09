"""The example log as a repository, for agents to ask about."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import REPOSITORY


def shop(folder: Path) -> Path:
    """A copy of the example in a folder, with source code that cites it and a decision that says what it is about."""
    root = folder / "shop"
    shutil.copytree(REPOSITORY / "examples" / "bookshop", root)
    (root / ".git").mkdir()
    passkeys = root / "docs" / "adr" / "005-sign-in-with-passkeys.md"
    passkeys.write_text(passkeys.read_text("utf-8").replace("**Date**", "**Applies to**: src/login/**\n**Date**", 1), "utf-8")
    return root
