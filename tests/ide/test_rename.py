"""Renaming at the cursor, asked of the features and of the real server; and the command line's way to do it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from adr_ls.cli import main
from adr_ls.ide import actions, rename
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


@pytest.mark.parametrize(
    ("front", "heading", "what", "words", "new", "front_then"),
    [
        ("title: Use K$0afka", "# Use Kafka", "title", "Use Kafka", "Use NATS", "title: Use NATS"),
        ("title: 'Use K$0afka'", "## Context", "title", "Use Kafka", "Use: NATS", "title: 'Use: NATS'"),
        ("id: ADR-00$001\ntitle: Use Kafka", "# Use Kafka", "number", "0001", "7", "id: ADR-0007\ntitle: Use Kafka"),
        ("id: $01", "# 1. Use Kafka", "number", "1", "7", "id: 7"),
        ('title: "1. Use K$0afka"', "## Context", "title", "Use Kafka", "Use NATS", 'title: "1. Use NATS"'),
        ('title: "$01. Use Kafka"', "## Context", "number", "1", "7", 'title: "7. Use Kafka"'),
        ("ta$0gs: Use Kafka", "# Use Kafka", "", "", "", ""),
    ],
)
def test_names_in_front_matter_are_renamed(front: str, heading: str, what: str, words: str, new: str, front_then: str) -> None:
    other = "-- docs/adr/0002-b.md --\n---\nstatus: accepted\n---\n# 2. B\n"
    given = fixture(f"-- docs/adr/0001-use-kafka.md --\n---\nstatus: accepted\n{front}\n---\n{heading}\n{other}")
    found = rename.renamable(given.cursor)
    assert (found.what, found.words, found.span.of(given.record.text)) == (what, words, words) if found else not what
    if found:
        assert f"status: accepted\n{front_then}\n---" in changed(given, rename.rename(given.cursor, new, move=True))


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
    assert not without.change.edits
    (action,) = [
        a
        for a in actions.actions(given.workspace, path, Span(2, 3), offering=actions.Offering(moves=True))
        if a.title.startswith("Renumber")
    ]
    assert action.title == "Renumber this record to 3"
    assert action.change.moves == ((path, "/w/docs/adr/0003-b.md"),)
    assert given.edited(action.change.edits) == clean(TWICE).replace("# 1. B", "# 3. B").replace("(0001-b.md)", "(0003-b.md)")


# Headings, labels and statuses

WITHIN = """
    -- docs/adr/0001-use-kafka.md --
    # ADR-0001: Use Kafka

    - [Why?](#why)
    - [Costs](#costs)
    - [Costs](#costs-1), [costs](./0001-use-kafka.md#costs-1)

    ## Why?

    ## Costs

    ## Costs

    ## Größe {#size}
    -- docs/adr/0002-b.md --
    # ADR-0002: B

    [Costs](0001-use-kafka.md#costs), [they cost](0001-use-kafka.md#Costs-1), [Größe](0001-use-kafka.md#size), [the queue][q], [q], [q][],
    [Wozu?](0001-use-kafka.md#why) and ![Why?](why.png)

    [q]: 0001-use-kafka.md#costs 'A queue'
    -- docs/guide.md --
    # Guide

    ## Order

    Read [why](adr/0001-use-kafka.md#why), then [Why?](adr/0001-use-kafka.md#why), in this [order](#order).
    """

IN_A_FILE = [
    # A heading: its anchor in all files, and texts that repeat it
    ("## Why?", "## W$0hy?", "Motivation", [("## Why?", "## Motivation"), ("[Why?](#why)", "[Motivation](#motivation)"), ("md#why", "md#motivation"), ("[Why?](adr", "[Motivation](adr")]),
    # The first of two: the second is now the only one
    ("## Costs\n\n## Costs", "## Co$0sts\n\n## Costs", "Price", [("## Costs\n\n## Costs", "## Price\n\n## Costs"), ("[Costs](#costs)", "[Price](#price)"), ("[Costs](0001-use-kafka.md#costs)", "[Price](0001-use-kafka.md#price)"), ("md#costs 'A", "md#price 'A"), ("#costs-1", "#costs"), ("#Costs-1", "#costs")]),
    ("## Costs\n\n## Größe", "## Co$0sts\n\n## Größe", "Preis", [("## Costs\n\n## Größe", "## Preis\n\n## Größe"), ("[Costs](#costs-1)", "[Preis](#preis)"), ("md#costs-1", "md#preis"), ("md#Costs-1", "md#preis")]),
    # From a link to it
    ("md#why) and", "md#w$0hy) and", "Warum?", [("## Why?", "## Warum?"), ("[Why?](#why)", "[Warum?](#warum)"), ("md#why", "md#warum"), ("[Why?](adr", "[Warum?](adr")]),
    # As another site makes anchors
    ("[they cost](0001-use-kafka.md#Costs-1)", "[they cost](0001-use-kafka.md#_costs$0_1)", "Preis", [("## Costs\n\n## Größe", "## Preis\n\n## Größe"), ("[Costs](#costs-1)", "[Preis](#preis)"), ("md#costs-1", "md#preis"), ("md#Costs-1", "md#preis")]),
    # With an anchor of its own
    ("## Größe {", "## Grö$0ße {", "Umfang", [("## Größe {", "## Umfang {"), ("[Größe](", "[Umfang](")]),
    # Of a page
    ("## Order", "## Or$0der", "## How to read", [("## Order", "## How to read"), ("#order", "#how-to-read")]),
    # A label
    ("[q]: ", "[$0q]: ", "queue", [("[q]: ", "[queue]: "), ("queue][q]", "queue][queue]"), (", [q],", ", [q][queue],"), ("[q][]", "[q][queue]")]),
    ("queue][q]", "queue][$0q]", "[Queue]", [("[q]: ", "[Queue]: "), ("queue][q]", "queue][Queue]"), (", [q],", ", [q][Queue],"), ("[q][]", "[q][Queue]")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "words", "changes"), IN_A_FILE, ids=[one[1] for one in IN_A_FILE])
def test_what_has_a_name_within_a_file_is_renamed(before: str, after: str, words: str, changes: list[tuple[str, str]]) -> None:
    given = fixture(clean(WITHIN).replace(before, after, 1))
    then = clean(WITHIN)
    for old, new in changes:
        then = then.replace(old, new)
    assert changed(given, rename.rename(given.cursor, words, move=False)) == then


STATED = """
    -- docs/adr/0001-a.md --
    # ADR-0001: A

    **Status**: Accepted
    -- docs/adr/0002-b.md --
    ---
    status: accepted
    ---
    # ADR-0002: B

    It was accepted by all. Accepted: yes.
    -- docs/adr/0003-c.md --
    # ADR-0003: C

    ## Status

    ACCEPTED on 2024-03-01, in the *accepted* form
    -- docs/adr/0004-d.md --
    # ADR-0004: D

    **Status**: Superseded by ADR-0001
    -- docs/adr/0005-e.md --
    # ADR-0005: E

    **Status**: Implementable
    -- docs/adr/0006-f.md --
    # ADR-0006: F

    **Status**: Implementable
    -- docs/adr/template.md --
    # ADR-NNNN: Title

    **Status**: Proposed | Accepted | Superseded
    -- docs/adr/README.md --
    # Decisions

    | ADR | Title | Status |
    | --- | --- | --- |
    | [0001](0001-a.md) | A | Accepted |
    | [0002](0002-b.md) | B | ✅ Accepted |
    | [0004](0004-d.md) | D | Superseded |

    - **Accepted**: decided by the team
    - **Superseded**: another one holds
    """

STATUSES = [
    ("**Status**: Accepted\n-- docs/adr/0002", "**Status**: Acc$0epted\n-- docs/adr/0002", "Approved", [("**Status**: Accepted\n", "**Status**: Approved\n"), ("status: accepted", "status: approved"), ("ACCEPTED on", "APPROVED on"), ("| Accepted |\n", "| Approved |\n"), ("✅ Accepted", "✅ Approved"), ("Proposed | Accepted |", "Proposed | Approved |"), ("**Accepted**", "**Approved**")]),
    ("✅ Accepted", "✅ Acc$0epted", "approved", [("**Status**: Accepted\n", "**Status**: Approved\n"), ("status: accepted", "status: approved"), ("ACCEPTED on", "APPROVED on"), ("| Accepted |\n", "| Approved |\n"), ("✅ Accepted", "✅ Approved"), ("Proposed | Accepted |", "Proposed | Approved |"), ("**Accepted**", "**Approved**")]),
    ("Superseded by", "Super$0seded by", "Replaced", [("Superseded by", "Replaced by"), ("| D | Superseded |", "| D | Replaced |"), ("Accepted | Superseded\n", "Accepted | Replaced\n"), ("**Superseded**", "**Replaced**")]),
    ("Implementable\n-- docs/adr/0006", "Implement$0able\n-- docs/adr/0006", "Ready", [("Implementable", "Ready")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "words", "changes"), STATUSES, ids=[one[1] for one in STATUSES])
def test_the_word_of_a_status_is_renamed_where_it_is_one(
    before: str, after: str, words: str, changes: list[tuple[str, str]]
) -> None:
    given = fixture(clean(STATED).replace(before, after, 1))
    then = clean(STATED)
    for old, new in changes:
        then = then.replace(old, new)
    assert changed(given, rename.rename(given.cursor, words, move=False)) == then


CHOICES = """
    -- docs/adr/0001-a.md --
    # 1. A

    ## Status

    Implemented
    -- docs/adr/0002-b.md --
    # 2. B

    ## Status

    Partially Implemented
    -- docs/adr/template.md --
    # N. Title

    ## Status

    > An implemented record has a date.

    `Proposed`, `Partially Implemented`, `Implemented`, `Rejected`
    -- docs/adr/README.md --
    # Decisions

    See the [implemented](#-implemented) ones.

    ## ✅ Implemented

    - [1. A](0001-a.md)

    ## Partially Implemented

    - [2. B](0002-b.md)
    """


def test_a_word_within_another_status_or_a_sentence_is_left_alone() -> None:
    given = fixture(clean(CHOICES).replace("Implemented\n-- docs/adr/0002", "Implement$0ed\n-- docs/adr/0002"))
    then = clean(CHOICES)
    for old, new in (
        ("\nImplemented\n", "\nDone\n"),
        ("`, `Implemented`", "`, `Done`"),
        ("✅ Implemented", "✅ Done"),
        ("(#-implemented)", "(#-done)"),
    ):
        then = then.replace(old, new)
    assert changed(given, rename.rename(given.cursor, "Done", move=False)) == then


@pytest.mark.parametrize(
    ("source", "before", "after", "words", "said"),
    [
        (WITHIN, "## Why?", "## W$0hy?", " ", "A heading needs words."),
        (WITHIN, "[q]: ", "[$0q]: ", "a]b", "“a]b” cannot be the label of a link."),
        (WITHIN, "[q]: ", "[x]: x.md\n[$0q]: ", "X", "There is a label “X” already."),
        (WITHIN, "[q]: ", "- [x] done\n\n[$0q]: ", "x", "“x” stands in brackets elsewhere in this file, and would become a link there."),
        (STATED, "**Status**: Acc", "**Status**: A$0cc", "Rejected", "“Rejected” says something else than “Accepted”: rejected, not accepted. Change the status of each record instead."),
        (STATED, "**Status**: Acc", "**Status**: A$0cc", "a | b", "“a | b” is no word for a status."),
        (STATED, "Superseded by", "Super$0seded by", "Overrun", "With “Overrun”, ADR-0004 would no longer say how it stands to other records."),
    ],
)  # fmt: skip
def test_a_name_that_would_change_more_is_refused(source: str, before: str, after: str, words: str, said: str) -> None:
    given = fixture(clean(source).replace(before, after, 1))
    with pytest.raises(RenamingError) as caught:
        rename.rename(given.cursor, words, move=False)
    assert str(caught.value) == said


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


def test_a_number_that_a_file_has_of_which_nobody_told_yet_is_taken(root: Path) -> None:
    """Somebody else, such as ``adr-ls new``, may have made it a moment ago."""
    name = "001-keep-orders-in-mysql.md"
    with client(root, MOVES) as found:
        open_record(found, root, name)
        found.result("textDocument/documentSymbol", {"textDocument": {"uri": at(root, name)}})
        (root / "docs" / "adr" / "009-print-receipts.md").write_text("# ADR-009: Print receipts\n", "utf-8")
        refused = found.ask("textDocument/rename", {**place(root, name, 0, 4), "newName": "9"})
        assert refused["error"]["message"] == "There is a “009-print-receipts.md” already."


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


def test_a_file_whose_name_is_not_unicode_becomes_a_record(root: Path) -> None:
    odd = f"{(root / 'docs' / 'adr').as_uri()}/caf%E9%20a.md"
    with client(root, MOVES) as found:
        assert (
            found.ask("workspace/willRenameFiles", {"files": [{"oldUri": odd, "newUri": at(root, "009-x.md")}]})["result"]
            is None
        )
        files = [{"oldUri": at(root, "001-keep-orders-in-mysql.md"), "newUri": odd}]
        changes = found.ask("workspace/willRenameFiles", {"files": files})["result"]["documentChanges"]
        assert "./caf%E9%20a.md" in {edit["newText"] for change in changes for edit in change["edits"]}


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
    moved, *changed = capsys.readouterr().out.splitlines()
    assert moved == "docs/adr/001-keep-orders-in-mysql.md → docs/adr/006-keep-orders-in-mysql.md"
    assert "docs/adr/README.md changed" in changed
    assert "docs/guide/h.md changed" in changed
    assert not file.exists()
    assert guide.read_bytes() == "\ufeff[it](../adr/006-keep-orders-in-mysql.md)\r\n".encode()
    assert "(./006-keep-orders-in-mysql.md)" in (root / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert main.main(["renumber", "README.md"]) == 2


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ({"README.md.new"}, "nothing was changed"),
        ({"README.md.new", "001-keep-orders-in-mysql.md.old"}, "is put back by the next"),
    ],
)
def test_a_renumbering_that_fails_leaves_everything_as_it_was(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fails: set[str], said: str
) -> None:
    (root / ".git").mkdir()
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done, real = [], os.replace

    def replace(old: str, new: str) -> None:
        if Path(new).name + Path(old).suffix in fails:
            raise OSError(28, "No space left on device")
        real(old, new)
        done.append(new)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        assert main.main(["renumber", str(root / "docs" / "adr" / "001-keep-orders-in-mysql.md")]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "README.md cannot be written (no space left on device); " in told.err
    assert said in told.err
    assert done
    main.main(["check", str(root)])
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert ("a change of files that was cut short was undone" in capsys.readouterr().err) == (len(fails) > 1)
