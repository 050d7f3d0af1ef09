"""The commands and requests beyond the protocol's own, asked of the real server by clients that can more or less."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from adr_ls.io import changes
from tests.protocol.client import Client, notification, request

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "bookshop"
ABLE: dict[str, Any] = {
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
    "window": {"showDocument": {"support": True}},
    "experimental": {"adrLs": {"status": True}},
    "general": {"positionEncodings": ["utf-16"]},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "bookshop"))


@contextmanager
def client(root: Path | None, capabilities: dict[str, Any] | None = None) -> Iterator[Client]:
    """A client with that folder open, as soon as the server has read it."""
    able = ABLE if capabilities is None else {**capabilities, "experimental": ABLE["experimental"]}
    with Client("-m", "adr_ls", program=()) as found:
        folders = [{"uri": root.as_uri(), "name": "f"}] if root else None
        found.initialize(capabilities=able, workspaceFolders=folders)
        ready(found)
        yield found
        assert found.shut_down()[0] == 0


def ready(found: Client) -> dict[str, Any]:
    while (told := found.receive(method="adr-ls/status")["params"])["state"] != "ready":
        pass
    return told


def execute(found: Client, command: str, *arguments: Any) -> dict[str, Any]:
    return found.ask("workspace/executeCommand", {"command": f"adr-ls.{command}", "arguments": list(arguments)})


def begin(found: Client, command: str, *arguments: Any) -> str:
    """Has a command begun that is answered only when the client has changed files; the id of the request."""
    identifier = f"begun {command} {len(found.kept)}"
    found.send(request(identifier, "workspace/executeCommand", {"command": f"adr-ls.{command}", "arguments": list(arguments)}))
    return identifier


def applied(found: Client, *, accepted: bool = True, reason: str = "") -> list[dict[str, Any]]:
    """What the client is asked to change; answered as told."""
    asked = found.receive(method="workspace/applyEdit")
    answer = {"applied": accepted} if accepted else {"applied": False, "failureReason": reason}
    found.send({"jsonrpc": "2.0", "id": asked["id"], "result": answer})
    changes: list[dict[str, Any]] = asked["params"]["edit"]["documentChanges"]
    return changes


def at(root: Path, name: str) -> str:
    return (root / "docs" / "adr" / name).as_uri()


def test_a_new_record_is_on_the_disk_and_shown(root: Path) -> None:
    with client(root) as found:
        result = execute(found, "newRecord", {"title": "Print 🧾 receipts"})["result"]
        assert (result["uri"], result["number"]) == (at(root, "006-print-receipts.md"), 6)
        text = (root / "docs" / "adr" / "006-print-receipts.md").read_text("utf-8")
        assert re.match(
            r"# ADR-006: Print 🧾 receipts\n\n\*\*Status\*\*: Proposed\n\*\*Date\*\*: \d{4}-\d\d-\d\d\n\n## Context\n", text
        )
        assert text.split("\n")[result["range"]["start"]["line"] - 2] == "## Context"
        shown = found.receive(method="window/showDocument")
        assert shown["params"] == {"uri": result["uri"], "takeFocus": True, "selection": result["range"]}
        found.send({"jsonrpc": "2.0", "id": shown["id"], "result": {"success": True}})


def test_a_client_that_can_goes_on_from_one_blank_to_the_next(root: Path) -> None:
    able = {**ABLE, "workspace": {"workspaceEdit": {"documentChanges": True, "snippetEditSupport": True}}}
    with client(root, able) as found:
        result = execute(found, "newRecord", {"title": "Print receipts"})["result"]
        assert len(result["blanks"]) > 1
        assert result["blanks"][0] == result["range"]
        shown = found.receive(method="window/showDocument")
        found.send({"jsonrpc": "2.0", "id": shown["id"], "result": {"success": True}})
        (change,) = applied(found)
        (edit,) = change["edits"]
        assert change["textDocument"]["uri"] == result["uri"]
        assert edit["range"] == {"start": result["blanks"][0]["start"], "end": result["blanks"][-1]["end"]}
        value = edit["snippet"]["value"]
        assert value.startswith("${1:")
        text = (root / "docs" / "adr" / "006-print-receipts.md").read_text("utf-8")
        assert re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+", r"\1", value) in text


def test_templates_are_told_and_chosen(root: Path) -> None:
    for name, text in (("long.md", "# ADR-NNN: Title\n\n## Context\n"), ("short.md", "# ADR-NNN: Title\n\n## Why\n")):
        path = root / "docs" / "adr" / "templates" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    with client(root) as found:
        known = found.result("adr-ls/templates", {"textDocument": {"uri": at(root, NEW)}})
        assert {one["name"] for one in known} >= {"long.md", "short.md"}
        chosen = next(one["uri"] for one in known if one["name"] == "short.md")
        execute(found, "newRecord", {"title": "Print receipts", "uri": at(root, NEW), "template": chosen})
    assert "## Why\n" in (root / "docs" / "adr" / "006-print-receipts.md").read_text("utf-8")


def test_a_record_is_made_with_the_number_of_a_reference(root: Path) -> None:
    with client(root) as found:
        result = execute(found, "newRecord", {"title": "Print receipts", "uri": at(root, NEW), "number": 12, "ask": True})[
            "result"
        ]
        assert (result["number"], result["uri"]) == (12, at(root, "012-print-receipts.md"))


def test_a_new_record_is_known_at_once(root: Path) -> None:
    with client(root, {}) as found:
        result = execute(found, "newRecord", {"title": "Print receipts", "uri": at(root, "")})["result"]
        assert result["number"] == 6
        assert ready(found)["records"] == 6
    made = root / "docs" / "adr" / "006-print-receipts.md"
    assert made.read_text("utf-8").startswith("# ADR-006: Print receipts\n")


@pytest.mark.parametrize("old", ["", "1"], ids=["new", "superseding"])
def test_a_number_that_somebody_took_just_now_is_not_taken_again(root: Path, old: str) -> None:
    with client(root) as found:
        (root / "docs" / "adr" / "006-wrap-in-paper.md").write_text("# ADR-006: Wrap in paper\n", "utf-8")
        asked = {"title": "Print receipts", "uri": at(root, ""), **({"supersedes": old} if old else {})}
        identifier = begin(found, "newRecord", asked)
        if old:
            applied(found)
        assert found.receive(id=identifier)["result"]["number"] == 7
    assert (root / "docs" / "adr" / "007-print-receipts.md").exists()


@pytest.mark.parametrize(("taken", "is_refused"), [(".", False), ("docs", True)], ids=["around", "within"])
def test_a_new_record_waits_for_those_who_decide_in_the_opened_folder_and_for_nobody_around_it(
    root: Path, taken: str, *, is_refused: bool
) -> None:
    (root / ".git").mkdir()
    with changes.turn(str(root / taken)) as is_mine, client(root / "docs") as found:
        answer = execute(found, "newRecord", {"title": "Print receipts", "uri": at(root, "")})
    assert is_mine
    assert ("try again in a moment" in answer.get("error", {}).get("message", ""), "result" in answer) == (
        is_refused,
        not is_refused,
    )


@pytest.mark.parametrize("capabilities", [{}, None], ids=["makes no files", "makes files"])
def test_line_ends_are_those_of_the_files_whatever_the_editor_shows(root: Path, capabilities: dict[str, Any] | None) -> None:
    """Also where the editor makes files: it would give them the line ends of its system."""
    names = [path.name for path in (root / "docs" / "adr").glob("0*.md")]
    for name in names:
        path = root / "docs" / "adr" / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with client(root, capabilities) as found:
        for name in names:
            text = (root / "docs" / "adr" / name).read_text("utf-8").replace("\r\n", "\n")
            item = {"uri": at(root, name), "languageId": "markdown", "version": 1, "text": text}
            found.send(notification("textDocument/didOpen", {"textDocument": item}))
        execute(found, "newRecord", {"title": "Print receipts"})
    data = (root / "docs" / "adr" / "006-print-receipts.md").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 5


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (None, "A new ADR needs a title."),
        ({"title": 3}, "A new ADR needs a title."),
        (
            {"title": "deploy WITH containers"},
            "There is an ADR of that title already: ADR-003, “Deploy with containers” (003-deploy-with-containers.md).",
        ),
    ],
)
def test_what_cannot_be_made_is_said(root: Path, argument: Any, message: str) -> None:
    with client(root) as found:
        error = execute(found, "newRecord", argument)["error"]
        assert (error["code"], error["message"]) == (-32803, message)


def test_the_first_record_of_a_folder(tmp_path: Path) -> None:
    with client(tmp_path) as found:
        result = execute(found, "newRecord", {"title": "Begin"})["result"]
        assert result["uri"] == (tmp_path / "docs" / "adr" / "001-begin.md").as_uri()
        assert result["number"] == 1


def test_no_record_is_made_outside_the_opened_folders(tmp_path: Path) -> None:
    root = tmp_path / "inside"
    root.mkdir()
    (root / "adr-ls.toml").write_text('directories = ["../outside"]\n', "utf-8")
    with client(root) as found:
        assert execute(found, "newRecord", {"title": "Stay"})["result"]["uri"] == (root / "docs/adr/001-stay.md").as_uri()
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


def test_a_client_without_a_folder_is_told_to_open_one() -> None:
    with client(None) as found:
        assert execute(found, "newRecord", {"title": "Begin"})["error"]["message"].startswith("Open the folder")


def test_a_status_is_set(root: Path) -> None:
    with client(root) as found:
        name = at(root, "005-sign-in-with-passkeys.md")
        assert execute(found, "setStatus", {"uri": name, "status": "Accepted"})["result"] is None
        (change,) = applied(found)
        assert change["textDocument"]["uri"] == name
        assert [edit["newText"] for edit in change["edits"]] == ["Accepted"]


def test_values_may_come_without_names(root: Path) -> None:
    """Editors in which one types a command have it easier so."""
    with client(root, {}) as found:
        assert execute(found, "newRecord", "Print receipts")["result"]["number"] == 6
        assert ready(found)["records"] == 6
        assert execute(found, "setStatus", at(root, "006-print-receipts.md"), "Accepted")["result"] is None


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ({"uri": "README.md", "status": "Accepted"}, "This file is no ADR, so it has no status."),
        ({"uri": "001-keep-orders-in-mysql.md", "status": " "}, "No status was given."),
    ],
)
def test_what_has_no_status_is_said(root: Path, argument: dict[str, str], message: str) -> None:
    with client(root) as found:
        error = execute(found, "setStatus", {**argument, "uri": at(root, argument["uri"])})["error"]
        assert (error["code"], error["message"]) == (-32803, message)


def told(found: Client, name: str) -> str:
    """What the client is asked to write into a file, all of its edits together."""
    changes = {change["textDocument"]["uri"]: change["edits"] for change in applied(found)}
    return "".join(edit["newText"] for edit in changes[name])


def choose(found: Client, title: str | None) -> tuple[str, list[str]]:
    """Presses a button of a question, or closes it; what was asked and between which buttons."""
    asked = found.receive(method="window/showMessageRequest")
    found.send({"jsonrpc": "2.0", "id": asked["id"], "result": {"title": title} if title else None})
    return asked["params"]["message"], [action["title"] for action in asked["params"]["actions"]]


OLD, NEW = "003-deploy-with-containers.md", "005-sign-in-with-passkeys.md"


@pytest.mark.parametrize("by", [NEW, "5", "ADR-005"])
def test_a_record_is_superseded_by_one_that_there_is(root: Path, by: str) -> None:
    with client(root) as found:
        argument = {"uri": at(root, OLD), "by": at(root, by) if by == NEW else by}
        assert execute(found, "supersede", argument)["result"] == {"uri": at(root, NEW), "number": 5}
        assert told(found, at(root, OLD)) == "Superseded by [ADR-005](./005-sign-in-with-passkeys.md)"


FUNCTIONS = "006-deploy-with-functions.md"


def test_a_record_is_superseded_by_a_new_one(root: Path) -> None:
    with client(root) as found:
        identifier = begin(found, "supersede", {"uri": at(root, OLD), "title": "Deploy with functions"})
        assert told(found, at(root, OLD)) == "Superseded by [ADR-006](./006-deploy-with-functions.md)"
        assert found.receive(id=identifier)["result"]["uri"] == at(root, FUNCTIONS)
        assert found.receive(method="window/showDocument")["params"]["uri"] == at(root, FUNCTIONS)
    assert "**Supersedes**: [ADR-003](" in (root / "docs" / "adr" / FUNCTIONS).read_text("utf-8")


@pytest.mark.parametrize("old", [OLD, "3", 3])
def test_a_new_record_may_say_what_it_supersedes(root: Path, old: str | int) -> None:
    with client(root) as found:
        argument = {"title": "Deploy with functions", "uri": at(root, NEW), "supersedes": at(root, OLD) if old == OLD else old}
        identifier = begin(found, "newRecord", argument)
        assert told(found, at(root, OLD)) == "Superseded by [ADR-006](./006-deploy-with-functions.md)"
        assert found.receive(id=identifier)["result"]["number"] == 6
        assert "There is no ADR “77”" in execute(found, "newRecord", {**argument, "supersedes": "77"})["error"]["message"]


@pytest.mark.parametrize(
    ("reason", "why"),
    [("", ""), ("The file is read-only.", ": The file is read-only")],
)
def test_a_new_record_is_taken_back_where_the_editor_does_not_change_the_old_one(root: Path, reason: str, why: str) -> None:
    with client(root) as found:
        identifier = begin(found, "supersede", {"uri": at(root, OLD), "title": "Deploy with functions"})
        applied(found, accepted=False, reason=reason)
        refused = found.receive(id=identifier)["error"]
        assert refused["code"] == -32803
        assert refused["message"].endswith(f": the editor did not change the files{why}. What was made for that is taken back.")
        assert not (root / "docs" / "adr" / FUNCTIONS).exists()
        assert not [message for message in found.kept if message.get("method") == "window/showDocument"]
        again = begin(found, "supersede", {"uri": at(root, OLD), "title": "Deploy with functions"})
        applied(found)
        assert found.receive(id=again)["result"]["number"] == 6  # which is free again


def test_what_was_written_meanwhile_is_not_taken_back(root: Path) -> None:
    made = root / "docs" / "adr" / FUNCTIONS
    with client(root) as found:
        identifier = begin(found, "supersede", {"uri": at(root, OLD), "title": "Deploy with functions"})
        asked = found.receive(method="workspace/applyEdit")
        made.write_text("# ADR-006: Mine\n", "utf-8")
        found.send({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -32603, "message": "no"}})
        message = found.receive(id=identifier)["error"]["message"]
    assert f"{FUNCTIONS} was changed meanwhile and is left." in message
    assert made.read_text("utf-8") == "# ADR-006: Mine\n"


@pytest.mark.parametrize("says_so", [True, False])
def test_a_new_record_is_taken_back_where_the_editor_leaves_without_an_answer(root: Path, *, says_so: bool) -> None:
    with Client("-m", "adr_ls", program=()) as found:
        found.initialize(capabilities=ABLE, workspaceFolders=[{"uri": root.as_uri(), "name": "f"}])
        ready(found)
        begin(found, "supersede", {"uri": at(root, OLD), "title": "Deploy with functions"})
        found.receive(method="workspace/applyEdit")
        assert (root / "docs" / "adr" / FUNCTIONS).exists()
        if says_so:
            assert found.shut_down()[0] == 0
        else:
            assert found.process.stdin is not None
            found.process.stdin.close()
            found.end()
    assert not (root / "docs" / "adr" / FUNCTIONS).exists()


def test_a_successor_that_was_asked_for_is_taken_back_too(root: Path) -> None:
    with client(root) as found:
        execute(found, "supersede", {"uri": at(root, OLD)})
        choose(found, "A new ADR")
        applied(found, accepted=False)
        assert "is taken back." in found.receive(method="window/showMessage")["params"]["message"]
    assert not list((root / "docs" / "adr").glob("006*"))


def test_edits_that_the_editor_refuses_are_told(root: Path) -> None:
    with client(root) as found:
        execute(found, "supersede", {"uri": at(root, OLD), "by": "5"})
        applied(found, accepted=False, reason="The version is another one")
        told_of = found.receive(method="window/showMessage")["params"]["message"]
    assert told_of.endswith(": the editor did not change the files: The version is another one.")


@pytest.mark.parametrize(
    ("command", "argument"),
    [("supersede", {}), ("setStatus", {"status": "Superseded"}), ("setStatus", {"status": "superseded"})],
)
def test_which_record_supersedes_one_is_asked(root: Path, command: str, argument: dict[str, str]) -> None:
    with client(root) as found:
        assert execute(found, command, {"uri": at(root, OLD), **argument})["result"] is None
        question, buttons = choose(found, "ADR-005, “Sign in with passkeys”")
        assert question == "Which ADR supersedes ADR-003, “Deploy with containers”?"
        assert buttons == ["ADR-005, “Sign in with passkeys”", "ADR-004, “Move orders to PostgreSQL”", "A new ADR"]
        assert told(found, at(root, OLD)) == "Superseded by [ADR-005](./005-sign-in-with-passkeys.md)"


def test_a_successor_without_a_title_gets_one_to_begin_with(root: Path) -> None:
    with client(root) as found:
        execute(found, "supersede", {"uri": at(root, OLD)})
        choose(found, "A new ADR")
        assert told(found, at(root, OLD)) == "Superseded by [ADR-006](./006-supersedes-adr-003.md)"


def test_a_question_may_be_closed(root: Path) -> None:
    with client(root) as found:
        execute(found, "setStatus", {"uri": at(root, OLD), "status": "Superseded"})
        choose(found, None)
        assert (
            execute(found, "supersede", {"uri": at(root, OLD), "by": "12"})["error"]["message"]
            == "There is no ADR “12” in adr."
        )
    assert not [message for message in found.kept if message.get("method") == "workspace/applyEdit"]


def test_statuses_are_offered_on_the_status(root: Path) -> None:
    with client(root) as found:
        place = {"start": {"line": 2, "character": 14}, "end": {"line": 2, "character": 14}}
        params = {
            "textDocument": {"uri": at(root, "005-sign-in-with-passkeys.md")},
            "range": place,
            "context": {"diagnostics": [], "only": ["refactor"]},
        }
        titles = [action["title"] for action in found.result("textDocument/codeAction", params)]
        assert "Change the status to “Accepted”" in titles
        assert "Change the status to “Proposed”" not in titles


def test_a_record_that_is_linked_can_be_made(root: Path) -> None:
    name = at(root, "005-sign-in-with-passkeys.md")
    with client(root, {}) as found:
        text = "# ADR-005: X\n\n**Status**: Proposed\n\n[The receipts](./007-receipts.md)\n"
        item = {"uri": name, "languageId": "markdown", "version": 1, "text": text}
        found.send(notification("textDocument/didOpen", {"textDocument": item}))
        place = {"start": {"line": 4, "character": 20}, "end": {"line": 4, "character": 20}}
        params = {"textDocument": {"uri": name}, "range": place, "context": {"diagnostics": []}}
        offered = found.result("textDocument/codeAction", params)
        (action,) = (action for action in offered if action["title"].startswith("Create "))
        assert (action["title"], action["kind"]) == ("Create ADR-007, “The receipts”", "quickfix")
        assert found.result("workspace/executeCommand", action["command"])["uri"] == at(root, "007-receipts.md")
    assert (root / "docs" / "adr" / "007-receipts.md").read_text("utf-8").startswith("# ADR-007: The receipts\n")


def test_a_file_that_would_be_no_record_is_not_made(root: Path) -> None:
    with client(root, {}) as found:
        for name in ("../007-x.md", "sub/007-x.md", "007-x.txt", "README.md"):
            argument = {"title": "X", "file": at(root, name)}
            assert execute(found, "newRecord", argument)["error"]["code"] == -32803, name


def test_the_facts_of_a_record(root: Path) -> None:
    with client(root) as found:
        answer = found.result("adr-ls/record", {"textDocument": {"uri": at(root, "001-keep-orders-in-mysql.md")}})
        superseding = {
            "uri": at(root, "004-move-orders-to-postgresql.md"),
            "id": "ADR-004",
            "title": "Move orders to PostgreSQL",
        }
        assert answer == {
            "id": "ADR-001",
            "number": 1,
            "title": "Keep orders in MySQL",
            "status": "Accepted",
            "canonical": "accepted",
            "date": "2024-02-12",
            "statuses": answer["statuses"],
            "asking": [],  # another record says already that it superseded this one
            "supersededBy": [superseding],
            "index": {"uri": at(root, "README.md"), "lists": True, "missing": 2},
        }
        assert {"Proposed", "Accepted"} <= set(answer["statuses"])
        assert found.result("adr-ls/record", {"textDocument": {"uri": at(root, "README.md")}}) is None
        assert found.result("adr-ls/record", {"textDocument": {"uri": "untitled:Untitled-1"}}) is None


def test_the_facts_of_an_index(root: Path) -> None:
    with client(root) as found:
        index = at(root, "README.md")
        assert found.result("adr-ls/index", {"textDocument": {"uri": index}}) == {"uri": index, "listed": 3, "missing": 2}
        assert found.result("adr-ls/index", {"textDocument": {"uri": at(root, "001-keep-orders-in-mysql.md")}}) is None


def test_clients_that_save_what_refactorings_change_are_told_of_changes_of_several_files(root: Path) -> None:
    able = {"workspace": {"workspaceEdit": {"documentChanges": True, "metadataSupport": True}}}
    with client(root, able) as found:
        several = {"uri": at(root, "001-keep-orders-in-mysql.md"), "by": "4"}
        for command, argument, told in (
            ("supersede", several, {"isRefactoring": True}),
            ("setStatus", {"uri": at(root, "005-sign-in-with-passkeys.md"), "status": "Accepted"}, None),
        ):
            execute(found, command, argument)
            assert found.receive(method="workspace/applyEdit")["params"].get("metadata") == told


def test_who_may_supersede_a_record_is_answered(root: Path) -> None:
    with client(root) as found:
        answer = found.result("adr-ls/successors", {"textDocument": {"uri": at(root, "003-deploy-with-containers.md")}})
        named = [(record["id"], record["title"], record["status"]) for record in answer["records"]]
        assert answer["reason"] is None
        assert named[:2] == [
            ("ADR-005", "Sign in with passkeys", "Proposed"),
            ("ADR-004", "Move orders to PostgreSQL", "Accepted"),
        ]
        answer = found.result("adr-ls/successors", {"textDocument": {"uri": at(root, "README.md")}})
        assert answer == {"reason": "This file is no ADR.", "records": []}


def test_the_mentions_of_a_document_are_answered(root: Path) -> None:
    with client(root) as found:
        answer = found.result("adr-ls/mentions", {"textDocument": {"uri": at(root, "002-search-with-elasticsearch.md")}})
        assert answer == [
            {
                "text": "ADR-001",
                "uri": at(root, "001-keep-orders-in-mysql.md"),
                "id": "ADR-001",
                "title": "Keep orders in MySQL",
                "status": "Accepted",
                "superseded": True,
                "deprecated": False,
            }
        ]


def test_how_the_records_hang_together_is_answered(root: Path) -> None:
    uris = {
        number: at(root, f"{number:03}-{name}.md")
        for number, name in ((1, "keep-orders-in-mysql"), (4, "move-orders-to-postgresql"))
    }
    with client(root) as found:
        for params in ({}, None, {"textDocument": None}):
            whole = found.result("adr-ls/graph", params)
            assert [node["id"] for node in whole["nodes"]] == [f"ADR-00{number}" for number in range(1, 6)]
        assert whole["nodes"][0] == {
            "uri": uris[1],
            "log": uris[1].rpartition("/")[0],
            "id": "ADR-001",
            "number": 1,
            "title": "Keep orders in MySQL",
            "status": "accepted",
            "statusText": "Accepted",
            "standing": "superseded",
            "date": "2024-02-12",
            "dateFrom": "record",
            "area": "Data",
        }
        assert whole["edges"][1] == {
            "from": uris[4],
            "to": uris[1],
            "kind": "supersedes",
            "partial": False,
            "evidence": "declared",
            "saidBy": ["from"],
        }
        near = {"textDocument": {"uri": uris[1]}}
        assert [node["number"] for node in found.result("adr-ls/graph", near)["nodes"]] == [1, 2, 4]
        assert [node["number"] for node in found.result("adr-ls/graph", {**near, "depth": 0})["nodes"]] == [1]
        assert found.result("adr-ls/graph", {"textDocument": {"uri": at(root, "README.md")}}) == {"nodes": [], "edges": []}
        for params in ({**near, "depth": -1}, {**near, "depth": "all"}, {"textDocument": {}}):
            assert found.ask("adr-ls/graph", params)["error"]["code"] == -32602


def test_a_graph_is_of_what_is_there_now(root: Path) -> None:
    with client(root) as found:
        assert len(found.result("adr-ls/graph", {})["nodes"]) == 5
        new = root / "docs" / "adr" / "006-x.md"
        new.write_text("# ADR-006: X\n\n**Status**: Proposed\n", encoding="utf-8")
        found.send(notification("workspace/didChangeWatchedFiles", {"changes": [{"uri": new.as_uri(), "type": 1}]}))
        assert len(found.result("adr-ls/graph", {})["nodes"]) == 6


def test_malformed_requests_are_refused(root: Path) -> None:
    malformed: list[Any] = [None, {}, {"textDocument": None}, {"textDocument": {"uri": 3}}, [1]]
    with client(root) as found:
        for method in ("adr-ls/record", "adr-ls/index", "adr-ls/successors", "adr-ls/mentions"):
            assert {found.ask(method, params)["error"]["code"] for params in malformed} == {-32602}


def test_the_state_is_told_as_it_changes(root: Path) -> None:
    with Client("-m", "adr_ls", program=()) as found:
        found.initialize(capabilities=ABLE, workspaceFolders=[{"uri": root.as_uri(), "name": "f"}])
        assert found.receive(method="adr-ls/status")["params"] == {"state": "reading", "records": 0, "logs": 0, "folders": 1}
        assert ready(found) == {"state": "ready", "records": 5, "logs": 1, "folders": 1}
        new = root / "docs" / "adr" / "006-x.md"
        new.write_text("# ADR-006: X\n\n**Status**: Proposed\n", encoding="utf-8")
        change = {"changes": [{"uri": new.as_uri(), "type": 1}]}
        found.send(notification("workspace/didChangeWatchedFiles", change))
        assert ready(found)["records"] == 6
        found.shut_down()


@pytest.mark.parametrize(("name", "pulls"), [("Visual Studio Code", True), ("Neovim", False)])
def test_a_client_that_forgets_open_files_is_pushed_to(root: Path, name: str, *, pulls: bool) -> None:
    capabilities = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with Client("-m", "adr_ls", program=()) as found:
        folders = [{"uri": root.as_uri(), "name": "f"}]
        answer = found.initialize(capabilities=capabilities, clientInfo={"name": name}, workspaceFolders=folders)
        assert ("diagnosticProvider" in answer["capabilities"]) is pulls
        if not pulls:
            assert found.receive(method="textDocument/publishDiagnostics")["params"]["diagnostics"]
        found.shut_down()


def test_nobody_is_told_the_state_who_did_not_ask(root: Path) -> None:
    with Client("-m", "adr_ls", program=()) as found:
        found.initialize(capabilities={}, workspaceFolders=[{"uri": root.as_uri(), "name": "f"}])
        wait_for(lambda: found.result("workspace/symbol", {"query": "passkeys"}))
        found.shut_down()
        assert not [message for message in found.kept if message.get("method") == "adr-ls/status"]


def wait_for(ask: Callable[[], Any]) -> None:
    """Asks until there is an answer; the server's own pace is the only clock."""
    for _ in range(1000):
        if ask():
            return
    raise AssertionError("the server never answered with anything")


RECORDED = Path(__file__).resolve().parents[3] / "shared" / "design" / "initialize-payloads"


@pytest.mark.parametrize("name", sorted(path.stem for path in RECORDED.glob("*.json")) or ["none"])
def test_every_recorded_client_gets_its_new_record(root: Path, name: str) -> None:
    path = RECORDED / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"the recorded initialize requests are not at {RECORDED}")
    recorded = json.loads(path.read_text("utf-8"))
    recorded = recorded.get("params", recorded)
    capabilities = {**recorded.get("capabilities", {}), "experimental": ABLE["experimental"]}
    with Client("-m", "adr_ls", program=()) as found:
        folder = {"uri": root.as_uri(), "name": "f"}
        found.initialize(**{**recorded, "capabilities": capabilities, "workspaceFolders": [folder], "processId": None})
        ready(found)
        assert execute(found, "newRecord", {"title": "Print receipts"})["result"]["number"] == 6
        assert ready(found)["records"] == 6
        assert (
            found.result("adr-ls/record", {"textDocument": {"uri": at(root, "001-keep-orders-in-mysql.md")}})["id"] == "ADR-001"
        )
        found.shut_down()
    assert (root / "docs" / "adr" / "006-print-receipts.md").exists()
