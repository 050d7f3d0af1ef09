"""A command that makes a file and has the client change others: both is done, or neither, whatever the client answers and when."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from adr_ls.lsp.handlers.applying import PATIENCE
from adr_ls.lsp.protocol import Later, RequestFailed
from tests.lsp.memory import Memory
from tests.lsp.timeless import Editor
from tests.protocol.client import notification

ROOT = Path("/nowhere/mill")
OLD, MADE, INDEX = (ROOT / "docs/adr" / name for name in ("0001-old.md", "0002-new.md", "README.md"))
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the files in memory have POSIX paths")
BEFORE = {
    OLD: "# 1. Old\n\n## Status\n\nAccepted\n\n## Context\n\nThere was none.\n",
    INDEX: "# Decisions\n\n* [1. Old](0001-old.md): accepted\n",
}
DONE, REFUSED = {"result": {"applied": True}}, {"result": {"applied": False, "failureReason": "no time"}}
DEAD = {"error": {"code": -32603, "message": "no such window"}}


class Person:
    """Somebody who has a record superseded by a new one, in an editor that takes its time."""

    def __init__(self) -> None:
        self.memory = Memory({path.as_posix(): text for path, text in BEFORE.items()})
        self.editor = Editor(ROOT, system=self.memory)
        item = {"uri": OLD.as_uri(), "languageId": "markdown", "version": 1, "text": BEFORE[OLD]}
        self.editor.tell("textDocument/didOpen", {"textDocument": item})
        self.editor.rest()
        argument = {"uri": OLD.as_uri(), "title": "New"}
        self.command = self.editor.ask("workspace/executeCommand", {"command": "adr-ls.supersede", "arguments": [argument]})
        self.editor.rest()
        (asked,) = (one for one in self.editor.sent if one.get("method") == "workspace/applyEdit")
        self._asked: dict[str, Any] = asked
        assert self.is_made

    @property
    def is_made(self) -> bool:
        return MADE.as_posix() in self.memory.texts

    @property
    def answers(self) -> list[str]:
        """What the command was answered."""
        return [one["error"]["message"] if "error" in one else "done" for one in self.editor.answers(self.command)]

    @property
    def told(self) -> list[str]:
        return [params["message"] for params in self.editor.told("window/showMessage")]

    def reply(self, answer: dict[str, Any]) -> None:
        self.editor.send({"jsonrpc": "2.0", "id": self._asked["id"], **answer})
        self.editor.rest()

    def edit(self, *paths: Path) -> None:
        """Has the editor do what it was asked in these files, in a buffer or on the disk, without a word."""
        for path in paths:
            text = BEFORE[path]
            for one in reversed(self._asked["params"]["edit"]["changes"][path.as_uri()]):
                lines = text.split("\n")
                start, end = (
                    sum(len(line) + 1 for line in lines[: at["line"]]) + at["character"]
                    for at in (one["range"]["start"], one["range"]["end"])
                )
                text = text[:start] + one["newText"] + text[end:]
            if path == OLD:
                identifier = {"uri": path.as_uri(), "version": 2}
                self.editor.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})
            else:
                self.memory.texts[path.as_posix()] = text


NOT_YET = (
    "Supersede ADR-0001 by ADR-0002: the editor has not said yet whether it changes the files. "
    "0002-new.md was made, and is taken back if it does not."
)
BACK = "Supersede ADR-0001 by ADR-0002: the editor did not change the files{}. What was made for that is taken back."
PART = "Supersede ADR-0001 by ADR-0002: the editor did not change the files{}. A part of them has changed all the same, so 0002-new.md is left."


def test_who_answers_in_time_is_waited_for() -> None:
    person = Person()
    person.editor.rest(PATIENCE - 10)
    assert person.answers == []
    person.reply(DONE)
    assert person.answers == ["done"]
    person.editor.rest(PATIENCE)
    assert (person.answers, person.told, person.is_made) == (["done"], [], True)


def test_who_does_not_answer_is_told_so_and_the_file_stays_for_the_edits_may_come_yet() -> None:
    person = Person()
    person.editor.rest(PATIENCE)
    assert (person.answers, person.is_made) == ([NOT_YET], True)


def test_who_answers_late_that_it_is_done_has_done_it() -> None:
    person = Person()
    person.editor.rest(PATIENCE)
    person.reply(DONE)
    assert (person.answers, person.told, person.is_made) == ([NOT_YET], [], True)


@pytest.mark.parametrize(("answer", "why"), [(REFUSED, ": no time"), (DEAD, ": no such window"), ({"result": None}, "")])
def test_who_answers_late_that_it_is_not_done_has_the_file_taken_back_and_people_told(answer: dict[str, Any], why: str) -> None:
    person = Person()
    person.editor.rest(PATIENCE)
    person.reply(answer)
    assert (person.answers, person.told, person.is_made) == ([NOT_YET], [BACK.format(why)], False)


def test_who_cancels_the_command_is_told_all_the_same_what_became_of_it() -> None:
    person = Person()
    person.editor.send(notification("$/cancelRequest", {"id": person.command}))
    person.reply(REFUSED)
    assert (person.told, person.is_made) == ([BACK.format(": no time")], False)


def test_who_does_the_edits_without_a_word_has_done_them() -> None:
    person = Person()
    person.edit(OLD, INDEX)
    person.editor.rest(PATIENCE)
    assert (person.answers, person.told, person.is_made) == (["done"], [], True)


@pytest.mark.parametrize("path", [OLD, INDEX])
def test_what_was_done_in_part_is_not_made_worse(path: Path) -> None:
    person = Person()
    person.edit(path)
    person.reply(REFUSED)
    assert (person.answers, person.is_made) == ([PART.format(": no time")], True)


@pytest.mark.parametrize("seconds", [1, PATIENCE])
def test_an_editor_that_dies_leaves_nothing_half_done(seconds: float) -> None:
    person = Person()
    person.editor.rest(seconds)
    person.editor.server.protocol.hang_up()
    assert not person.is_made
    assert {path: person.memory.texts[path.as_posix()] for path in BEFORE} == BEFORE


def test_an_editor_that_dies_when_all_is_done_leaves_it_so() -> None:
    person = Person()
    person.edit(OLD, INDEX)
    person.editor.server.protocol.hang_up()
    assert person.is_made


def test_edits_that_cannot_be_asked_for_leave_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: Any, **_named: Any) -> None:
        raise ZeroDivisionError

    for where in ("adr_ls.lsp.convert.Converter.workspace_edit", "adr_ls.lsp.protocol.Protocol.ask"):
        memory = Memory({path.as_posix(): text for path, text in BEFORE.items()})
        editor = Editor(ROOT, system=memory)
        with monkeypatch.context() as patch:
            patch.setattr(where, fails)
            argument = {"uri": OLD.as_uri(), "title": "New"}
            editor.ask("workspace/executeCommand", {"command": "adr-ls.supersede", "arguments": [argument]})
            editor.rest()
        assert MADE.as_posix() not in memory.texts


def test_who_takes_their_time_to_choose_gets_a_number_that_is_free_by_then() -> None:
    memory = Memory({path.as_posix(): text for path, text in BEFORE.items()})
    editor = Editor(ROOT, system=memory)
    editor.ask("workspace/executeCommand", {"command": "adr-ls.supersede", "arguments": [{"uri": OLD.as_uri()}]})
    (question,) = (one for one in editor.sent if one.get("method") == "window/showMessageRequest")
    others = [ROOT / f"docs/adr/{number:04}-other.md" for number in range(2, 7)]
    memory.texts |= {path.as_posix(): f"# {path.name[3]}. Other\n\n## Status\n\nAccepted\n" for path in others}
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 1} for path in others]})
    editor.send({"jsonrpc": "2.0", "id": question["id"], "result": {"title": "A new ADR"}})
    editor.rest()
    assert [path for path in memory.texts if "/0007-" in path]


def test_what_is_given_before_anybody_can_be_answered_is_answered_then() -> None:
    given: list[object] = []

    def respond(answer: Any) -> bool:
        given.append(answer())
        return True

    later = Later()
    assert later.give(lambda: 1)
    assert not later.give(lambda: 2)
    later.begin(respond)
    assert given == [1]


def test_a_failure_in_who_waits_keeps_nobody_from_hearing_that_the_client_is_gone() -> None:
    heard: list[str | None] = []

    def fails(_reply: Any) -> None:
        raise RequestFailed("x")

    editor = Editor(ROOT, system=Memory({}))
    editor.server.request("x/first", None, fails)
    editor.server.request("x/second", None, lambda reply: heard.append(reply.error), timeout=None)
    editor.server.protocol.hang_up()
    assert heard == ["it is gone"]
