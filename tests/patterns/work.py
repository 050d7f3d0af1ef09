"""A little of everything that the program does, so that it makes all the patterns that it makes."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from adr_ls import rules
from adr_ls.cli import main
from adr_ls.ide import completion, rename, symbols
from adr_ls.ide.target import Cursor
from adr_ls.index import update
from adr_ls.log import difference
from adr_ls.log.index import entry
from adr_ls.log.watch import Notes
from adr_ls.syntax.code import LANGUAGES
from adr_ls.words import dates, lookup
from adr_ls.write import wording
from tests import test_runs
from tests.conftest import EVERYTHING
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
MANIFOLD = ("index", "nested in an index", "cell of an index", "cell of a status", "TOML", "broken front matter")
"""The places at which all of that is typed."""
EACH = 4
"""Of so many pairs of what is typed and another place one is tried, if not all are."""

TEMPLATE = "# NNN. Title\n\n## Status\n\nDecided | Rejected\n\n## Context\n\n## Decision\n\n## Consequences\n"


def everything() -> None:
    """Commands in a copy of the example, and what editors ask of texts of all kinds."""
    with tempfile.TemporaryDirectory() as directory:
        shop, begun = Path(directory) / "shop", Path(directory) / "begun"
        shutil.copytree(REPOSITORY / "examples" / "bookshop", shop)
        _run(shop, COMMANDS)
        (begun / "docs" / "adr").mkdir(parents=True)
        (begun / "docs" / "adr" / "template.md").write_text(TEMPLATE, "utf-8")
        _run(begun, ("new Use|queues",))
    for (turn, place), (at, run) in product(enumerate(test_runs.PLACES), enumerate(("x", *TYPED))):
        if EVERYTHING or place in MANIFOLD or (turn + at) % EACH == 0:
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
    _write()
    for rule in rules.RULES:
        if rule.before and not rule.before.startswith("-- "):
            given = fixture(f"-- docs/adr/0001-a.md --\n{rule.before}{test_runs.OTHERS}")
            rules.examine(given.workspace, given.path, Notes())


def _write() -> None:
    """What few texts call for."""
    update._nobody_is_listed()
    entry.remark()
    one, two = (
        fixture(
            f"-- docs/adr/000{n}-a.md --\n# {n}. A\n{test_runs.OTHERS}-- docs/adr/2024-01-0{n}-b.md --\n# B\n"
        ).workspace.names
        for n in (1, 9)
    )
    moved = difference.elsewhere(one, two)
    assert moved is not None
    assert not moved.files(difference.Mentioned.of({}))
    lookup.spelling_out()
    for date in ("01/02/2020", "1st of May 2020", "1 May 2020"):
        dates.like(date, "2024-01-01")
    wording.reworded("Accepted, proposed", "accepted", "rejected")
    given = fixture(
        f"-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\n$0Decided\n{test_runs.OTHERS}-- docs/adr/template.md --\n{TEMPLATE}"
    )
    rename.rename(given.cursor, "Settled", move=False)
    [*symbols.workspace_symbols(given.workspace, "queue")]
    for listed in (
        "- [1. A](0001-a.md) - Accepted\n- [2. B](0002-b.md) - $0\n",
        "- [2. B](0002-b.md) - Accepted\n\n[1. A](0001-a.md) - $0\n",
    ):
        completion.completion(
            fixture(
                f"-- docs/adr/README.md --\n# Decisions\n\n{listed}-- docs/adr/0001-a.md --\n# 1. A\n{test_runs.OTHERS}"
            ).cursor
        )


def _run(repository: Path, commands: Sequence[str]) -> None:
    (repository / ".git").mkdir()
    before = Path.cwd()
    os.chdir(repository)
    try:
        for command in commands:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                main.main([part.replace("|", " ") for part in command.split(" ")])
    finally:
        os.chdir(before)


def _ask(typed: str) -> None:
    given = fixture(f"-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n{typed}$0\n{test_runs.OTHERS}")
    given.workspace.names.may_name(typed)
    cursor = Cursor(given.workspace, given.record, given.offset)
    completion.completion(cursor)
