"""Every pattern of the program, looked at by the analyser: none grows exponentially, and those that may grow as a power are named."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from adr_ls.ide.completion.links import _DESTINATION
from adr_ls.write.editing import _DELIMITER
from tests.patterns import passed
from tests.patterns.analyser import Costly, UndecidedError, examine
from tests.patterns.known import OPEN, UNSEEN
from tests.patterns.measure import is_within
from tests.patterns.sites import Site, sites, sources

REPOSITORY = Path(__file__).resolve().parents[2]


@cache
def _compiled() -> tuple[tuple[str, int, str, int], ...]:
    command = [sys.executable, "-m", "tests.patterns.collect"]
    printed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    return tuple((module, line, pattern, flags) for module, line, pattern, flags in json.loads(printed))


def _patterns(site: Site) -> set[tuple[str, int]]:
    """The patterns of a site, as compiled there; as written where it was not come to."""
    found = {(pattern, flags) for module, line, pattern, flags in _compiled() if module == site.module and line in site.lines}
    return found or ({(site.text, 0)} if site.text is not None else set())


@cache
def _costly() -> dict[str, list[Costly]]:
    found: dict[str, list[Costly]] = {}
    known, good = passed.known(), set[str]()
    for site in sites():
        for pattern, flags in _patterns(site):
            digest = passed.digest(pattern, flags & ~re.UNICODE, site.searched, site.whole)
            if digest in known or digest in good:
                good.add(digest)
                continue
            try:
                costly = examine(pattern, flags & ~re.UNICODE, searched=site.searched, whole=site.whole)
            except UndecidedError as error:
                raise AssertionError(f"{site.key} is too large to be decided") from error
            if costly:
                found.setdefault(site.key, []).append(costly)
            else:
                good.add(digest)
    passed.keep(good)
    return found


def test_every_pattern_that_is_compiled_stands_at_a_call_that_is_known() -> None:
    assert len(_compiled()) > 300
    assert not [
        (module, line, pattern)
        for module, line, pattern, _ in _compiled()
        if not any(module == site.module and line in site.lines for site in sites())
    ]


def test_every_call_is_come_to_or_named() -> None:
    assert {site.key for site in sites() if not _patterns(site)} == UNSEEN


def test_what_is_compiled_at_once_is_needed_at_once() -> None:
    assert {site.key for site in sites() if site.is_early} == {"adr_ls.lsp.transport:_LENGTH"}


def test_what_a_match_was_found_by_is_told_by_its_text() -> None:
    """It is the compiled pattern, and so never what stands in for that."""
    compared = [node for tree in sources().values() for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    sides = [(side, node) for node in compared for side in (node.left, *node.comparators)]
    assert not [ast.unparse(node) for side, node in sides if isinstance(side, ast.Attribute) and side.attr == "re"]


def test_no_pattern_grows_exponentially() -> None:
    assert not {key: costly for key, found in _costly().items() for costly in found if costly.exponential}


def test_those_that_may_grow_as_a_power_are_named() -> None:
    assert set(_costly()) - OPEN == set()
    assert OPEN - set(_costly()) == set(), "no longer: take them off the list"


def test_a_row_of_dashes_costs_in_proportion() -> None:
    short, long = ("-" * times + "x" for times in (2_000, 8_000))  # 25 of them took seconds
    assert is_within(8, _DELIMITER.fullmatch, short, long)


def test_images_in_a_link_cost_no_more_than_the_square() -> None:
    short, long = ("[" + "![]" * times for times in (20, 40))  # each doubled it
    assert is_within(10, _DESTINATION.search, short, long)
