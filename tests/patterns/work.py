"""A little of everything that the program does, so that it makes all the patterns that it makes."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from pathlib import Path

from adr_ls.cli import main
from adr_ls.ide import completion
from adr_ls.ide.target import Cursor
from adr_ls.syntax.code import LANGUAGES
from tests import test_runs
from tests.fixture import fixture

REPOSITORY = Path(__file__).resolve().parents[2]
COMMANDS = (
    "list",
    "new Use|queues",
    "new --supersedes 3 Deploy|with|functions",
    "status 2",
    "status 2 deprecated",
    "supersede 1 2",
    "link 1 amends 2",
    "retitle 4 Another|title",
    "renumber 5 9",
    "index --diff",
    "check --fix",
    "explain status-unknown",
)
TYPED = (
    "[[",
    "[a](",
    "Supersedes ADR-",
    "**Status**: ",
    "| [1. A](0001-a.md) | ",
    "- [ ",
    "Chosen option: ",
    "<!-- adr-ls",
    "Superseeded by 2",
    "Accepted since 1 May 2024",
    "ADR-1, 2 and 3",
)


def everything() -> None:
    """Commands in a copy of the example, and what editors ask of texts of all kinds."""
    with tempfile.TemporaryDirectory() as directory:
        _commands(Path(directory) / "shop")
    for place in test_runs.PLACES:
        for run in ("x", *TYPED):
            test_runs.asked(place, run, len(run))
    for typed in TYPED:
        _ask(typed)
    for language in LANGUAGES:
        marks = (
            *language.strings,
            *language.long,
            *(begin for begin, _ in language.block),
            *(end for _, end in language.block),
        )
        assert list(language.passages(" ".join(marks))) or not marks


def _commands(shop: Path) -> None:
    shutil.copytree(REPOSITORY / "examples" / "bookshop", shop)
    (shop / ".git").mkdir()
    before = Path.cwd()
    os.chdir(shop)
    try:
        for command in COMMANDS:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                main.main([part.replace("|", " ") for part in command.split(" ")])
    finally:
        os.chdir(before)


def _ask(typed: str) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n{typed}$0\n{test_runs.OTHERS}")
    given.workspace.names.may_name(typed)
    cursor = Cursor(given.workspace, given.record, given.offset)
    completion.completion(cursor)
