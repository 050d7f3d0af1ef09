from __future__ import annotations

import pytest

from adr_ls.log import discovery

NEEDED = {
    "a log, and the pages around and above it": (
        "docs/adr/0001-x.md docs/adr/README.md docs/adr/template.md docs/guide.md README.md",
        "other/guide.md docs/other/guide.md",
    ),
    "numbered files that may be records": ("design/0001-x.md design/0002-y.md", "design/guide.md once/0001-x.md"),
    "no tests and examples": ("docs/adr/0001-x.md", "tests/adr/0001-x.md examples/adr/0001-x.md"),
    "records with a directory of their own": ("adr/0001-x/README.md adr/0002-y/README.md", "x/0001-x/README.md"),
}


@pytest.mark.parametrize(("wanted", "others"), NEEDED.values(), ids=NEEDED)
def test_which_files_are_needed_is_told_by_their_names(wanted: str, others: str) -> None:
    found = discovery.needed([*wanted.split(), *others.split()], lambda _: None)
    assert sorted(found) == sorted(set(wanted.split()))


def test_where_settings_name_directories_only_these_are_needed() -> None:
    files = ["docs/adr/0001-x.md", "why/0001-x.md", "why/guide.md"]
    assert sorted(discovery.needed(files, lambda _: None, ["why"])) == files[1:]


def test_the_opened_folder_may_be_a_log_itself() -> None:
    assert discovery.needed(["0001-x.md", "guide.md"], lambda _: None, folder="/w/adr") == ("0001-x.md", "guide.md")
