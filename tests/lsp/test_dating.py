"""What editors show of what git knows: in hovers, above records, in graphs, and by a command; and that nobody waits for it long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adr_ls.io import history
from adr_ls.io.filesystem import Disk
from adr_ls.lsp import dating
from tests.history.repository import HOME, build, git
from tests.lsp.timeless import Editor

SCRIPT = """
2024-05-01 Ann: 1 Proposed
2024-05-02 Bob [x](y): 1 Accepted
2024-05-03 Cy: 1 Accepted, We use Rabbit.
2024-05-04 Dee: 2 Accepted, As ADR-0001 says.
"""
FIRST, SECOND = f"{HOME}/0001-use-number-1.md", f"{HOME}/0002-use-number-2.md"
PAST = "In git: accepted on 2024-05-02 by Bob \\[x\\](y); changed on 2024-05-03 by Cy after it was accepted"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path / "r", SCRIPT)


def hover(editor: Editor, path: Path, line: int, character: int = 3) -> str:
    place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
    found = editor.now("textDocument/hover", place)
    return str(found["contents"]["value"]) if found else ""


def lenses(editor: Editor, path: Path) -> list[str]:
    found = editor.now("textDocument/codeLens", {"textDocument": {"uri": path.as_uri()}})
    return [lens["command"]["title"] for lens in found]


def test_a_hover_tells_what_git_knows_in_a_line(root: Path) -> None:
    editor = Editor(root, textDocument={"hover": {"contentFormat": ["markdown"]}})
    editor.open(root / FIRST)
    editor.open(root / SECOND)
    assert PAST in hover(editor, root / FIRST, 0)
    assert PAST in hover(editor, root / FIRST, 4)
    assert PAST in hover(editor, root / SECOND, 8)
    assert "In git: added as accepted on 2024-05-04 by Dee" in hover(editor, root / SECOND, 0)
    assert "In git" not in hover(editor, root / SECOND, 6)


def test_what_was_not_committed_is_told_as_such(root: Path) -> None:
    editor = Editor(root)
    editor.open(root / FIRST)
    editor.change(root / FIRST, (root / FIRST).read_text("utf-8").replace("Accepted", "Deprecated"))
    assert "In git: not committed yet; committed as accepted on 2024-05-02 by Bob" in hover(editor, root / FIRST, 0)
    new = root / HOME / "0003-new.md"
    new.write_text("# 3. New\n\n## Status\n\nAccepted\n", "utf-8")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": new.as_uri(), "type": 1}]})
    editor.rest()
    editor.open(new)
    assert "In git" not in hover(editor, new, 0)


def test_what_is_committed_is_seen_soon(root: Path) -> None:
    refreshing = {"codeLens": {"refreshSupport": True}}
    editor = Editor(root, workspace=refreshing, textDocument={"codeLens": {}})
    editor.open(root / FIRST)
    assert lenses(editor, root / FIRST)[-1:] == ["referenced by 1 record"]
    editor.rest(2)
    assert len(editor.told("workspace/codeLens/refresh")) == 1
    assert lenses(editor, root / FIRST)[-1] == PAST.removeprefix("In git: ").replace("\\", "")
    text = (root / FIRST).read_text("utf-8").replace("Accepted", "Deprecated")
    (root / FIRST).write_text(text, "utf-8")
    git(root, "commit", "-qam", "x", "--date", "2024-05-09T12:00:00Z", "--author", "Eve <e>")
    editor.change(root / FIRST, text)
    editor.rest(dating.FRESH + 1)
    lenses(editor, root / FIRST)
    editor.rest(2)
    assert lenses(editor, root / FIRST)[-1].startswith("deprecated on 2024-05-09 by Eve")


@pytest.mark.parametrize("beside", [False, True], ids=["a repository", "a work tree beside one"])
def test_what_was_told_of_another_branch_is_told_no_more(root: Path, tmp_path: Path, *, beside: bool) -> None:
    git(root, "branch", "before", "HEAD~2")
    if beside:
        git(root, "worktree", "add", "-q", "-b", "mine", str(tmp_path / "beside"))
        root = tmp_path / "beside"
    editor = Editor(root, textDocument={"hover": {"contentFormat": ["markdown"]}})
    editor.open(root / FIRST)
    assert PAST in hover(editor, root / FIRST, 0)
    git(root, "checkout", "-q", "before")
    assert "changed on 2024-05-03" not in hover(editor, root / FIRST, 0), "at once"
    assert "In git: accepted on 2024-05-02 by Bob" in hover(editor, root / FIRST, 0)
    text = (root / FIRST).read_text("utf-8").replace("Accepted", "Deprecated")
    (root / FIRST).write_text(text, "utf-8")
    git(root, "commit", "-qam", "x", "--date", "2024-05-09T12:00:00Z", "--author", "Eve <e>")
    editor.change(root / FIRST, text)
    assert "In git: deprecated on 2024-05-09 by Eve" in hover(editor, root / FIRST, 0)


def test_a_lens_leads_to_all_of_the_history(root: Path) -> None:
    editor = Editor(root, textDocument={"codeLens": {}})
    uri = editor.open(root / FIRST)
    lenses(editor, root / FIRST)
    editor.rest(2)
    lens = editor.now("textDocument/codeLens", {"textDocument": {"uri": uri}})[-1]["command"]
    editor.now("workspace/executeCommand", {"command": lens["command"], "arguments": lens["arguments"]})
    (told,) = editor.told("window/showMessage")
    assert told["message"].splitlines() == [
        "ADR-0001: Use number 1",
        "proposed on 2024-05-01 by Ann",
        "accepted on 2024-05-02 by Bob [x](y)",
        "changed (substance) on 2024-05-03 by Cy",
    ]


@pytest.mark.parametrize("why", ["no repository", "shallow", "not wanted", "not on the disk", "it fails"])
def test_nothing_is_shown_where_nothing_is_known_or_wanted(
    why: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if why == "no repository":
        (root / ".git").rename(tmp_path / "elsewhere")
    elif why == "shallow":
        git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "shallow")
        root = tmp_path / "shallow"
    elif why == "not wanted":
        (root / "adr-ls.toml").write_text("history = false\n", "utf-8")
    elif why == "it fails":
        monkeypatch.setattr(history, "archive", broken)
    editor = Editor(root, system=Elsewhere() if why == "not on the disk" else None)
    uri = editor.open(root / FIRST)
    assert "Accepted" in hover(editor, root / FIRST, 0)
    assert "In git" not in hover(editor, root / FIRST, 0)
    refused = editor.now("workspace/executeCommand", {"command": "adr-ls.showHistory", "arguments": [{"uri": uri}]})
    assert refused["message"] == "Git knows nothing of this record, or is not asked; “adr-ls history” says why."


def broken(*_: Any, **__: Any) -> None:
    raise ValueError


class Elsewhere(Disk):
    """Files that are on no disk, as an editor may have them."""


def test_nobody_waits_long_for_git(root: Path) -> None:
    editor = Editor(root, holds=True)
    editor.release()
    editor.open(root / FIRST)
    editor.release()
    place = {"textDocument": {"uri": (root / FIRST).as_uri()}, "position": {"line": 0, "character": 3}}
    waiting = editor.ask("textDocument/hover", place)
    assert not editor.answers(waiting)
    editor.rest(dating.PAUSE)
    assert "In git" not in str(editor.result(waiting))
    assert "In git" not in str(editor.result(editor.ask("textDocument/hover", place))), "nobody waits for it again"
    editor.release()
    assert "In git" in str(editor.now("textDocument/hover", place))


def test_the_graph_has_gits_dates_marked_as_such(root: Path) -> None:
    editor = Editor(root)
    found = editor.now("adr-ls/graph", {})
    assert [(node["date"], node["dateFrom"]) for node in found["nodes"]] == [("2024-05-02", "git"), ("2024-05-04", "git")]
