"""Names are compared as the file system compares them: Linux tells case and normal forms apart, macOS and Windows do not."""

from __future__ import annotations

import ntpath
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adr_ls.io import disk, files

COMPOSED, APART = "caf\u00e9", "cafe\u0301"
TEXT = "# 1. One\n\n## Status\n\nAccepted\n\n## Context\n\nSee [the second](002-{}.md).\n"


@pytest.fixture
def exact(tmp_path: Path) -> Path:
    """A folder on a file system that tells all names apart."""
    (tmp_path / "probe").touch()
    (tmp_path / APART).touch()
    if (tmp_path / "PROBE").exists() or (tmp_path / COMPOSED).exists():
        pytest.skip("this system's disk takes some spellings for one")
    return tmp_path


def lay(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(TEXT.format(COMPOSED), "utf-8")


@pytest.mark.parametrize(
    ("there", "asked", "found"),
    [
        ("docs/adr/001-x.md", "docs/adr/001-x.md", "docs/adr/001-x.md"),
        ("docs/adr/001-x.md", "Docs/ADR/001-X.md", "docs/adr/001-x.md"),
        (f"docs/001-{COMPOSED}.md", f"docs/001-{APART}.md", f"docs/001-{COMPOSED}.md"),
        (f"docs/001-{APART}.md", f"docs/001-{APART}.md", f"docs/001-{COMPOSED}.md"),
        (f"{APART}/001-x.md", f"{COMPOSED}/001-x.md", f"{COMPOSED}/001-x.md"),
        (f"{APART}/001-x.md", f"{COMPOSED.upper()}/001-X.md", f"{COMPOSED}/001-x.md"),
        ("docs/001-x.md", "docs/002-Y.md", "docs/002-Y.md"),
    ],
)
def test_a_path_is_spelled_as_it_is_listed(forgiving: Path, there: str, asked: str, found: str) -> None:
    lay(forgiving, there)
    assert files.spelled(forgiving / asked, [forgiving]) == forgiving / found
    listed = files.walk(forgiving, want=lambda name: name.endswith(".md")).files
    assert (found in listed) == (asked != "docs/002-Y.md")


def test_a_root_may_be_spelled_otherwise(forgiving: Path) -> None:
    lay(forgiving, "Work/docs/001-x.md")
    root = forgiving / "Work"
    assert files.spelled(forgiving / "work/DOCS/001-x.md", [root]) == root / "docs/001-x.md"


@pytest.mark.parametrize(
    ("roots", "asked", "found"),
    [
        (["link"], "real/docs/001-x.md", "link/docs/001-x.md"),
        (["link/docs"], "real/docs/001-x.md", "link/docs/001-x.md"),
        (["link"], "link/docs/001-x.md", "link/docs/001-x.md"),
        (["link", "real"], "real/docs/001-x.md", "real/docs/001-x.md"),
        (["real"], "link/docs/001-x.md", "link/docs/001-x.md"),
        (["link"], "real-one/001-x.md", "real-one/001-x.md"),
        (["nowhere"], "real/docs/001-x.md", "real/docs/001-x.md"),
    ],
)
def test_what_lies_where_a_root_leads_is_in_it(exact: Path, roots: list[str], asked: str, found: str) -> None:
    lay(exact, "real/docs/001-x.md", "real-one/001-x.md")
    (exact / "link").symlink_to("real")
    assert files.spelled(exact / asked, [exact / root for root in roots]) == exact / found


def test_what_the_file_system_tells_apart_stays_as_it_is(exact: Path) -> None:
    lay(exact, f"docs/001-{APART}.md", f"docs/001-{COMPOSED}.md", "docs/README.md", "docs/readme.md")
    for name in (f"docs/001-{APART}.md", f"docs/001-{COMPOSED}.md", "docs/readme.md", "Docs/README.md"):
        assert files.spelled(exact / name, [exact]) == exact / name
    listed = files.walk(exact, want=lambda name: name.endswith(".md")).files
    assert set(listed) == {f"docs/001-{APART}.md", f"docs/001-{COMPOSED}.md", "docs/README.md", "docs/readme.md"}


def test_outside_the_roots_nothing_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "in/x.md", "out/x.md")
    looked: list[str] = []
    lstat = os.lstat

    def watched(path: Any, **more: Any) -> os.stat_result:
        looked.append(str(path))
        return lstat(path, **more)

    monkeypatch.setattr(files.os, "lstat", watched)
    for asked in ("out/x.md", "OUT/X.md", "in/../out/X.md"):
        assert files.spelled(tmp_path / asked, [tmp_path / "in"]) == tmp_path / asked
    assert not [path for path in looked if path.lower().startswith(str(tmp_path / "out").lower())]


def test_accents_in_another_form_break_no_link_where_both_are_one_name(forgiving: Path) -> None:
    lay(forgiving, "docs/adr/001-one.md", f"docs/adr/002-{APART}.md")
    loaded = disk.load([forgiving])
    names = loaded.workspace.names
    record = loaded.workspace.records[(forgiving / "docs/adr/001-one.md").as_posix()]
    assert [names.resolve(record.path, mention).kind for mention in record.mentions] == ["record"]


def test_accents_in_another_form_break_a_link_where_they_are_two_names(exact: Path) -> None:
    lay(exact, "docs/adr/001-one.md", f"docs/adr/002-{APART}.md")
    loaded = disk.load([exact])
    record = loaded.workspace.records[(exact / "docs/adr/001-one.md").as_posix()]
    assert [loaded.workspace.names.resolve(record.path, mention).kind for mention in record.mentions] == ["broken"]


@pytest.mark.parametrize(
    ("root", "path", "is_below"),
    [
        ("C:\\Work", "c:\\work\\docs\\x.md", True),
        ("C:\\Work", "C:\\Work", True),
        ("C:\\Work", "C:\\Work-evil\\x.md", False),
        ("C:\\Work", "D:\\Work\\x.md", False),
        ("C:\\", "C:\\x.md", True),
        ("\\\\server\\share", "\\\\SERVER\\share\\docs\\x.md", True),
        ("\\\\server\\share\\", "\\\\server\\share\\x.md", True),
        ("\\\\server\\share", "\\\\server\\other\\x.md", False),
        ("\\\\?\\C:\\Work", "\\\\?\\c:\\work\\x.md", True),
        ("C:\\Work", "\\\\.\\nul", False),
    ],
)
def test_what_lies_below_a_root_on_windows(monkeypatch: pytest.MonkeyPatch, root: str, path: str, *, is_below: bool) -> None:
    monkeypatch.setattr(files, "os", SimpleNamespace(path=ntpath))
    assert files._is_below(root, path) == is_below
