"""A folder of the window that is not there holds nothing: it stands neither for the folder around it nor in the way of the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.lsp.timeless import Editor, lay

HERE = "-- docs/adr/0001-here.md --\n# 1. Here\n\n## Status\n\nAccepted\n"
GONE = "-- docs/adr/0001-gone.md --\n# 1. Gone\n\n## Status\n\nAccepted\n"
SECRETS = "".join(
    f"-- {number:04}-secret-{number}.md --\n# {number}. Secret\n\n## Status\n\nAccepted\n" for number in (1, 2, 3)
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a record."""
    return lay(tmp_path / "here", HERE)


@pytest.fixture
def gone(tmp_path: Path) -> Path:
    """A folder that is not there, in one with records that are nobody's business."""
    return lay(tmp_path / "adr", SECRETS) / "gone"


def shown(editor: Editor) -> list[str]:
    """The files of the symbols in the workspace."""
    return sorted({one["location"]["uri"].rpartition("/")[2] for one in editor.now("workspace/symbol", {"query": ""})})


@pytest.mark.parametrize("watches", [True, False], ids=["watching", "looking"])
def test_nothing_around_a_folder_that_is_not_there_is_read(gone: Path, *, watches: bool) -> None:
    editor = Editor(gone, watches=watches)
    editor.rest(10)
    assert shown(editor) == []
    assert not editor.told("textDocument/publishDiagnostics")


@pytest.mark.parametrize("is_deep", [False, True], ids=["there", "missing"])
@pytest.mark.parametrize("is_first", [False, True], ids=["last", "first"])
def test_the_other_folders_are_read(here: Path, gone: Path, *, is_first: bool, is_deep: bool) -> None:
    missing = gone / "and" / "more" if is_deep else gone
    assert shown(Editor(*((missing, here) if is_first else (here, missing)))) == ["0001-here.md"]


@pytest.mark.parametrize("watches", [True, False], ids=["watching", "looking"])
def test_a_folder_goes_and_comes_back(here: Path, gone: Path, *, watches: bool) -> None:
    lay(gone, GONE)
    editor = Editor(here, gone, watches=watches)
    assert shown(editor) == ["0001-gone.md", "0001-here.md"]

    shutil.rmtree(gone)
    tell(editor, gone, 3, watches=watches)
    assert shown(editor) == ["0001-here.md"]

    lay(gone, GONE)
    tell(editor, gone, 1, watches=watches)
    assert shown(editor) == ["0001-gone.md", "0001-here.md"]


def test_a_folder_that_became_a_file_holds_nothing(here: Path, gone: Path) -> None:
    gone.write_text("no folder\n", "utf-8")
    assert shown(Editor(here, gone)) == ["0001-here.md"]


def test_a_document_in_a_folder_that_is_gone_is_looked_at(here: Path, gone: Path) -> None:
    lay(gone, GONE)
    editor = Editor(here, gone)
    record = gone / "docs/adr/0001-gone.md"
    uri = editor.open(record)
    shutil.rmtree(gone)
    editor.change(record, "# 1. Gone\n\n## Status\n\nAcepted\n")
    editor.rest()
    assert editor.now("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    tell(editor, gone, 3)
    assert shown(editor) == ["0001-here.md"]


def test_nothing_is_made_where_a_folder_is_gone(here: Path, gone: Path) -> None:
    editor = Editor(here, gone)
    asked = {"command": "adr-ls.newRecord", "arguments": [{"title": "Stay", "uri": gone.as_uri()}]}
    editor.now("workspace/executeCommand", asked)
    editor.rest()
    assert not gone.exists()
    assert len([*gone.parent.iterdir()]) == 3


def tell(editor: Editor, folder: Path, kind: int, *, watches: bool = True) -> None:
    """Tells of what happened to a folder, or lets the server look."""
    if watches:
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": folder.as_uri(), "type": kind}]})
    editor.rest(10)
