"""Renaming at the cursor, asked of the features and of the real server; and the command line's way to do it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from adr_ls.cli import main
from adr_ls.ide import actions, rename
from adr_ls.io import files
from adr_ls.syntax.text import Span
from adr_ls.write.renaming import RenamingError
from tests.fixture import clean, fixture
from tests.lsp.test_commands import ABLE, EXAMPLE, at, client
from tests.protocol.client import Client
from tests.write.test_renaming import changed

LOG = """
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka
    -- docs/adr/0002-b.md --
    # ADR-0002: B

    ADR-0001, [ADR-0001: Use Kafka](0001-use-kafka.md), ADR-0009
    """


@pytest.mark.parametrize(
    ("before", "after", "what", "words"),
    [
        ("# ADR-0001: Use Kafka", "# $0ADR-0001: Use Kafka", "number", "0001"),
        ("# ADR-0001: Use Kafka", "# ADR-0001$0: Use Kafka", "number", "0001"),
        ("# ADR-0001: Use Kafka", "# ADR-0001: Use K$0afka", "title", "Use Kafka"),
        ("\nADR-0001,", "\nADR-00$001,", "number", "0001"),
        ("[ADR-0001: Use Kafka]", "[ADR-0$0001: Use Kafka]", "number", "0001"),
        ("[ADR-0001: Use Kafka]", "[ADR-0001: Use $0Kafka]", "title", "Use Kafka"),
        ("ADR-0009", "ADR-000$09", "", ""),
        ("# ADR-0002: B\n\n", "# ADR-0002: B\n$0\n", "", ""),
    ],
)
def test_what_a_rename_is_about(before: str, after: str, what: str, words: str) -> None:
    given = fixture(clean(LOG).replace(before, after))
    found = rename.renamable(given.cursor)
    assert (found.what, found.words, found.span.of(given.record.text)) == (what, words, words) if found else not what


def test_part_of_a_word_is_no_title() -> None:
    given = fixture("-- docs/adr/0001-it.md --\n# 1. it\n-- docs/adr/0002-b.md --\n# 2. B\n\n[Aud$0it](0001-it.md)\n")
    assert rename.renamable(given.cursor) is None


@pytest.mark.parametrize("words", ["12", "0012", "ADR-0012", " adr 12 "])
def test_a_number_may_be_given_in_any_form(words: str) -> None:
    given = fixture(clean(LOG).replace("\nADR-0001,", "\nADR$0-0001,"))
    assert "-- docs/adr/0012-use-kafka.md --\n# ADR-0012: Use Kafka\n" in changed(
        given, rename.rename(given.cursor, words, move=True)
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("twelve", "“twelve” is no number; choose one from 0 to 999999."),
        ("-1", "“-1” is no number; choose one from 0 to 999999."),
        ("99999999", "99999999 is no number for an ADR; choose one from 0 to 999999."),
        ("2", "ADR-0002 is “B” (0002-b.md)."),
        ("7", "The number is in the file's name, and this editor does not let others rename files."),
    ],
)
def test_what_cannot_be_says_why(words: str, said: str) -> None:
    given = fixture(clean(LOG).replace("\nADR-0001,", "\nADR$0-0001,"))
    with pytest.raises(RenamingError) as caught:
        rename.rename(given.cursor, words, move=False)
    assert str(caught.value) == said


TWICE = """
    -- docs/adr/0001-a.md --
    # 1. A
    -- docs/adr/0001-b.md --
    # 1. B
    -- docs/adr/0002-c.md --
    # 2. C

    See [B](0001-b.md).
    """


def test_a_number_taken_twice_is_mended_where_files_can_be_renamed() -> None:
    given = fixture(TWICE)
    path = "/w/docs/adr/0001-b.md"
    (without,) = [a for a in actions.actions(given.workspace, path, Span(2, 3)) if a.title.startswith("Renumber")]
    assert "does not let others rename files" in without.disabled
    assert not without.edits
    (action,) = [
        a
        for a in actions.actions(given.workspace, path, Span(2, 3), offering=actions.Offering(moves=True))
        if a.title.startswith("Renumber")
    ]
    assert action.title == "Renumber this record to 3"
    assert action.moves == ((path, "/w/docs/adr/0003-b.md"),)
    assert given.edited(action.edits) == clean(TWICE).replace("# 1. B", "# 3. B").replace("(0001-b.md)", "(0003-b.md)")


# The server

MOVES: dict[str, Any] = {
    **ABLE,
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]}},
    "textDocument": {"rename": {"prepareSupport": True}},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "bookshop"))


def place(root: Path, name: str, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": at(root, name)}, "position": {"line": line, "character": character}}


def open_record(found: Client, root: Path, name: str) -> None:
    text = (root / "docs" / "adr" / name).read_text(encoding="utf-8")
    item = {"uri": at(root, name), "languageId": "markdown", "version": 1, "text": text}
    found.send({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}})


def test_a_rename_edits_first_and_moves_then(root: Path) -> None:
    name = "001-keep-orders-in-mysql.md"
    with client(root, MOVES) as found:
        open_record(found, root, name)
        prepared = found.ask("textDocument/prepareRename", place(root, name, 0, 4))["result"]
        assert prepared == {
            "range": {"start": {"line": 0, "character": 6}, "end": {"line": 0, "character": 9}},
            "placeholder": "001",
        }
        assert found.ask("textDocument/prepareRename", place(root, name, 1, 0))["result"] is None
        refused = found.ask("textDocument/rename", {**place(root, name, 0, 4), "newName": "4"})
        assert refused["error"]["message"] == "ADR-004 is “Move orders to PostgreSQL” (004-move-orders-to-postgresql.md)."
        changes = found.ask("textDocument/rename", {**place(root, name, 0, 4), "newName": "9"})["result"]["documentChanges"]
        assert changes[-1] == {
            "kind": "rename",
            "oldUri": at(root, name),
            "newUri": at(root, "009-keep-orders-in-mysql.md"),
            "options": {"overwrite": False, "ignoreIfExists": False},
        }
        assert {change["textDocument"]["uri"] for change in changes[:-1]} >= {at(root, name), at(root, "README.md")}
        # the client asks what follows from the move, which the change holds already; the next time it is somebody else's
        asked = {"files": [{"oldUri": changes[-1]["oldUri"], "newUri": changes[-1]["newUri"]}]}
        assert found.ask("workspace/willRenameFiles", asked)["result"] is None
        again = found.ask("workspace/willRenameFiles", asked)["result"]["documentChanges"]
        assert at(root, "README.md") in {change["textDocument"]["uri"] for change in again}


def test_without_file_renames_only_texts_change(root: Path) -> None:
    name = "001-keep-orders-in-mysql.md"
    with client(root) as found:
        refused = found.ask("textDocument/rename", {**place(root, name, 0, 4), "newName": "9"})
        assert "does not let others rename files" in refused["error"]["message"]
        changes = found.ask("textDocument/rename", {**place(root, name, 0, 12), "newName": "Keep them 🧾"})["result"]
        assert all("textDocument" in change for change in changes["documentChanges"])


def test_links_from_other_folders_follow(root: Path) -> None:
    guide = root / "docs" / "guide" / "h.md"
    guide.parent.mkdir()
    guide.write_text("😀 [it](../adr/001-keep-orders-in-mysql.md)\n", encoding="utf-8")
    name = "001-keep-orders-in-mysql.md"
    with client(root, MOVES) as found:
        open_record(found, root, name)
        changes = found.ask("textDocument/rename", {**place(root, name, 0, 4), "newName": "9"})["result"]["documentChanges"]
        (own,) = [change["edits"] for change in changes if change.get("textDocument", {}).get("uri") == guide.as_uri()]
        start = {"line": 0, "character": 8}
        assert [(edit["range"]["start"], edit["newText"]) for edit in own] == [(start, "../adr/009-keep-orders-in-mysql.md")]
        files = [{"oldUri": at(root, name), "newUri": at(root, "old/001-keep-orders-in-mysql.md")}]
        changes = found.ask("workspace/willRenameFiles", {"files": files})["result"]["documentChanges"]
        assert guide.as_uri() in {change["textDocument"]["uri"] for change in changes}


def test_a_folder_that_moves_takes_its_links_along(root: Path) -> None:
    with client(root, MOVES) as found:
        files = [{"oldUri": (root / "docs").as_uri(), "newUri": (root / "documentation").as_uri()}]
        assert found.ask("workspace/willRenameFiles", {"files": files})["result"] is None  # links within it stay true
        files = [{"oldUri": at(root, "001-keep-orders-in-mysql.md"), "newUri": at(root, "old/001-keep-orders-in-mysql.md")}]
        changes = found.ask("workspace/willRenameFiles", {"files": files})["result"]["documentChanges"]
        edits = [edit["newText"] for change in changes for edit in change["edits"]]
        assert "./old/001-keep-orders-in-mysql.md" in edits


# The command line


def test_renumbering_on_the_command_line(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    (root / ".git").mkdir()
    file = root / "docs" / "adr" / "001-keep-orders-in-mysql.md"
    guide = root / "docs" / "guide" / "h.md"
    guide.parent.mkdir()
    guide.write_bytes("\ufeff[it](../adr/001-keep-orders-in-mysql.md)\r\n".encode())
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert main.main(["renumber", str(file), "4"]) == 2
    assert "adr-ls: ADR-004 is “Move orders to PostgreSQL” (004-move-orders-to-postgresql.md)\n" in capsys.readouterr().err
    assert main.main(["renumber", str(file), "--diff"]) == 0
    assert "+# ADR-006: Keep orders in MySQL" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before
    assert main.main(["renumber", str(file)]) == 0
    assert capsys.readouterr().out.endswith("docs/adr/001-keep-orders-in-mysql.md → docs/adr/006-keep-orders-in-mysql.md\n")
    assert not file.exists()
    assert guide.read_bytes() == "\ufeff[it](../adr/006-keep-orders-in-mysql.md)\r\n".encode()
    assert "(./006-keep-orders-in-mysql.md)" in (root / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert main.main(["renumber", "README.md"]) == 2


@pytest.mark.parametrize(
    ("fails", "said"), [({"README.md"}, "nothing was changed"), ({"README.md", "006"}, "could not be put back")]
)
def test_a_renumbering_that_fails_leaves_everything_as_it_was(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fails: set[str], said: str
) -> None:
    (root / ".git").mkdir()
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    written, write = [], files.write

    def failing(path: Path, text: str, *rest: Any, **more: Any) -> None:
        again = path in written
        written.append(path)
        if path.name in fails or (again and path.name[:3] in fails):
            raise files.WriteError(f"{path.name} cannot be written (no space left)")
        write(path, text, *rest, **more)

    monkeypatch.setattr(files, "write", failing)
    assert main.main(["renumber", str(root / "docs" / "adr" / "001-keep-orders-in-mysql.md")]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "README.md cannot be written (no space left); " in told.err
    assert said in told.err
    assert len(written) > 1
    after = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert after.keys() == before.keys()
    changed_still = {path.name for path in before if after[path] != before[path]}
    assert changed_still == ({"001-keep-orders-in-mysql.md"} if "006" in fails else set())
